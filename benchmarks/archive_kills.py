"""Kill an archive's run at random moments, go on after each, and compare with a run that nothing disturbed.

    python benchmarks/make_archive.py 3000 archive.jsonl.gz
    python benchmarks/archive_kills.py archive.jsonl.gz [--kills 50] [--jobs 2] [--seed N]

Lines have addresses, so that what recurs over a site is learned too. Kills are `kill -9` of the main process, spread
over the time that the run takes. Prints what each left behind, and in
the end whether the tables are equal row for row (ordering aside).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from speechparse.archive import tables

# The command, but with a transaction after each third of a second: more moments at which a kill could do harm. It says
# when the first of them begins, since to load dictionaries takes longer than all that is to be killed.
COMMAND = """
from speechparse import cli
from speechparse.archive import run
from speechparse.archive.store import Store
run.COMMIT_SECONDS = 0.3

def noted(write):
    def write_and_say(store, results):
        print(flush=True)
        return write(store, results)
    return write_and_say

Store.write, Store.write_page_lines = noted(Store.write), noted(Store.write_page_lines)
cli.main()
"""
WHILE_LOADING = 0.1  # of the kills


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("source")
    arguments.add_argument("--kills", type=int, default=50)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        undisturbed, killed = Path(folder) / "undisturbed.duckdb", Path(folder) / "killed.duckdb"
        run = start(chosen.source, undisturbed, chosen.jobs)
        loading, working = seconds_of(lambda: first_line(run)), seconds_of(run.wait)
        print(f"undisturbed: {loading:.1f} s to start, {working:.1f} s of work; {counted(undisturbed)}")
        for kill in range(1, chosen.kills + 1):
            # so that the kills are spread over all that a run does: its start, its documents, the grouping of reposts
            run = start(chosen.source, killed, chosen.jobs)
            if chance.random() < WHILE_LOADING:
                seconds = chance.uniform(0, loading)
            else:
                first_line(run)
                seconds = chance.uniform(0, 2 * working / chosen.kills)
            try:
                run.wait(seconds)
                ended = "ended by itself"
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                ended = "killed"
            print(f"{kill:3}: {ended} after {seconds:5.2f} s, {counted(killed)}", flush=True)
        if start(chosen.source, killed, chosen.jobs).wait():
            raise SystemExit("the last run failed")
        print(f"last run: {counted(killed)}")
        different = [name for name in result_tables() if differ(undisturbed, killed, name)]
    print("equal row for row" if not different else f"DIFFERENT: {', '.join(different)}")
    sys.exit(bool(different))


def first_line(run: subprocess.Popen[bytes]) -> None:
    """Wait until the run writes its first transaction, or ends."""
    assert run.stdout
    run.stdout.readline()


def seconds_of(wait: Callable[[], object]) -> float:
    started = time.monotonic()
    wait()
    return time.monotonic() - started


def start(source: str, to: Path, jobs: int) -> subprocess.Popen[bytes]:
    arguments = ("archive", source, "--to", str(to), "--jobs", str(jobs))
    return subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], stdout=subprocess.PIPE)


def result_tables() -> list[str]:
    return [table.name for table in tables.TABLES if table != tables.RUNS]


def counted(database: Path) -> str:
    """How many rows there are, and that no document is there twice."""
    try:
        with duckdb.connect(database, read_only=True) as connection:
            [(documents, different, failures)] = connection.execute(
                "SELECT count(*), count(DISTINCT document_id), (SELECT count(*) FROM failures) FROM documents"
            ).fetchall()
    except duckdb.Error as error:
        return f"no database yet ({str(error).splitlines()[0][:60]})"
    twice = "" if documents == different else f", {documents - different} OF THEM TWICE"
    return f"{documents} documents{twice}, {failures} failures"


def differ(one: Path, other: Path, table: str) -> bool:
    """Whether a table has other rows in the other database."""
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        for first, second in (("one", "other"), ("other", "one")):
            rest = f"FROM {first}.{table} EXCEPT ALL FROM {second}.{table}"
            if connection.execute(f"SELECT count(*) FROM ({rest})").fetchall() != [(0,)]:
                return True
    return False


if __name__ == "__main__":
    main()
