"""What the tests of archives put in the place of parsing: importable, since workers import it by its name."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterable
from multiprocessing.connection import Connection
from pathlib import Path

import pyarrow as pa

from speechparse.archive import build, run
from speechparse.archive.batches import parse_batch, read_page_lines
from speechparse.archive.pool import Parse
from speechparse.archive.store import Store, Written
from speechparse.options import ParseOptions

DIES, HANGS, DIES_ONCE = "这份文件使进程终止", "这份文件使进程停住", "这份文件只终止进程一次:"


def parse_or_die(batch: pa.RecordBatch, options: ParseOptions | None) -> pa.RecordBatch:
    """Parses, but for texts that kill or stop the process."""
    die(batch)
    return parse_batch(batch, options)


def read_page_lines_or_die(batch: pa.RecordBatch, options: ParseOptions | None) -> pa.RecordBatch:
    die(batch)
    return read_page_lines(batch, options)


def die(batch: pa.RecordBatch) -> None:
    for row in batch.to_pylist():
        text = row["text"] or row["content"].decode("utf-8", "replace")
        if DIES in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if HANGS in text:
            time.sleep(600)
        if DIES_ONCE in text:
            marker = Path(text.partition(DIES_ONCE)[2].strip())
            if not marker.exists():
                marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)


def parse_here(
    batches: Iterable[pa.RecordBatch], *, options: ParseOptions | None, parse: Parse, **_: object
) -> Generator[pa.RecordBatch]:
    for batch in batches:
        yield from (parse(batch.slice(row, 1), options) for row in range(batch.num_rows))


def build_until_killed(source: str, to: str, seconds: float) -> None:
    """A run with small transactions, which `kill -9` ends so many seconds after the first of them begins.

    It parses by itself: `benchmarks/archive_kills.py` tries the whole command, which takes seconds to start.
    """
    run.BATCH_DOCUMENTS, run.COMMIT_DOCUMENTS = 3, 4
    run.parse_in_processes = parse_here
    write, write_page_lines = Store.write, Store.write_page_lines
    timer = threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL))
    timer.daemon = True

    def start_timer() -> None:
        if not timer.is_alive():
            timer.start()

    def write_page_lines_and_be_killed(store: Store, pages: list[pa.RecordBatch]) -> None:
        start_timer()
        write_page_lines(store, pages)

    def write_and_be_killed(store: Store, results: list[pa.RecordBatch]) -> Written:
        start_timer()
        return write(store, results)

    Store.write_page_lines = write_page_lines_and_be_killed  # type: ignore[method-assign]
    Store.write = write_and_be_killed  # type: ignore[method-assign]
    build([source], to)



def end_at_once(*_: object) -> None:
    """In the place of what a worker does."""
    sys.exit(3)


def stop_grouping(pipe: Connection) -> None:
    """In the place of the process that groups the reposts."""
    os.kill(os.getpid(), signal.SIGKILL)
