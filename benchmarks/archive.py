"""How fast an archive goes through with one process and with more, and how much memory the main process takes.

    python benchmarks/make_archive.py 2000 archive.jsonl.gz
    python benchmarks/archive.py archive.jsonl.gz [--jobs 1 2] [--text COLUMN] [--id COLUMN]

Each number of jobs is a run of its own into a fresh database. `start` is the time until the first result, with the
loading of dictionaries; the rate and the speed-up are of what comes after it, without the grouping of reposts. What the
main process took is processor time: if it is a tenth of the run, two processes can't be more than 1.8 × as fast.
Memory is the peak so far of the main process, and what it holds at that moment.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PAGE = resource.getpagesize()
CHECKPOINTS = 10  # of each run, evenly over its documents


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    arguments.add_argument("--text")
    arguments.add_argument("--id")
    chosen = arguments.parse_args()
    first: float | None = None
    for jobs in chosen.jobs:
        with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as alone:
            to = Path(folder) / "archive.duckdb"
            told = alone.apply(measure, (chosen.sources, str(to), jobs, chosen.text, chosen.id))
            size = to.stat().st_size
        rate = told["inputs"] / told["working"]
        first = first or rate
        print(f"{jobs} jobs: {told['inputs']:,} inputs, {told['documents']:,} documents, {told['failures']:,} failures")
        print(f"  {told['seconds']:,.1f} s, of that start {told['start']:.1f}, grouping {told['grouping']:.1f}", end="")
        print(f"; {rate:,.1f} a second, × {rate / first:.2f}; the main process took {told['processor']:.1f} s")
        print(f"  database {size / 1e6:,.1f} MB; memory: {json.dumps(told['memory'])}")


def measure(sources: list[str], to: str, jobs: int, text: str | None, id: str | None) -> dict[str, Any]:
    """One run; runs in a process of its own, so that its memory is that of one run alone."""
    # a worker of a pool may have no children; this one is asked to
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    from speechparse.archive import Columns, build, run
    from speechparse.archive.store import Store, Written

    memory: dict[str, str] = {}
    grouping: list[float] = []
    begun: list[float] = []
    written = 0
    write, group, transactions = Store.write, run.group, run._transactions

    def noting_write(store: Store, results: list[Any]) -> Written:
        nonlocal written
        done = write(store, results)
        written += sum(done)
        memory[str(written)] = f"{peak():.0f} ({held():.0f}) MB"
        return done

    def noting_transactions(results: Any) -> Any:
        def noted() -> Any:
            for result in results:
                if not begun:
                    begun.append(time.monotonic())
                yield result

        return transactions(noted())

    def timed_group(store: Store) -> None:
        started = time.monotonic()
        group(store)
        grouping.append(time.monotonic() - started)
        memory["grouped"] = f"{peak():.0f} ({held():.0f}) MB"

    Store.write = noting_write  # type: ignore[method-assign]
    run.group, run._transactions = timed_group, noting_transactions
    started = time.monotonic()
    summary = build(sources, to, jobs=jobs, columns=Columns(text=text, id=id))
    every = max(1, len(memory) // CHECKPOINTS)
    kept = {at: told for number, (at, told) in enumerate(memory.items()) if number % every == 0 or at == "grouped"}
    start = begun[0] - started
    return summary._asdict() | {
        "start": start,
        "grouping": grouping[0],
        "working": summary.seconds - start - grouping[0],
        "processor": time.process_time(),
        "memory": kept,
    }


def peak() -> float:
    """The most memory this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def held() -> float:
    """The memory this process holds now, in MB; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6
    except OSError:
        return 0.0


if __name__ == "__main__":
    main()
