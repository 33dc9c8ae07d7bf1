"""Processes that parse batches, of which any may hang or die without costing more than one document.

A worker answers for each document as soon as it is done, so it is known which one it was at when it died. That one is
tried once more in a process of its own: a worker may be killed for the memory that another took. What it had before is
kept, and what came after goes to a new worker.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any

from speechparse.archive.batches import arrow, batch_of, failure_row, input_schema, parse_batch
from speechparse.errors import ArchiveError
from speechparse.options import ParseOptions

if TYPE_CHECKING:
    import pyarrow as pa

Parse = Callable[["pa.RecordBatch", "ParseOptions | None"], "pa.RecordBatch"]

GRACE = 30.0  # seconds after a timeout at which a worker that nobody has stopped ends itself
READY = b"ready"


def parse_in_processes(
    batches: Iterable[pa.RecordBatch],
    *,
    jobs: int = 1,
    options: ParseOptions | None = None,
    timeout: float = 60.0,
    parse: Parse = parse_batch,
) -> Generator[pa.RecordBatch]:
    """What `parse` makes of each batch, in the order in which they are done; documents may come one by one.

    A document that takes longer than `timeout` seconds or kills its process is a row with a failure. A batch that is
    not one of inputs (one of failures, say) is passed on. Batches are taken one at a time for each of the `jobs`
    processes, and no more are taken than results are asked for. `parse` has to be importable by its name.
    """
    source = _Shared(batches)
    results: queue.Queue[pa.RecordBatch | BaseException | None] = queue.Queue(maxsize=4 * jobs)
    workers = [_Worker(parse, options, timeout) for _ in range(jobs)]
    threads = [threading.Thread(target=_serve, args=(worker, source, results), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    running = jobs
    try:
        while running:
            result = results.get()
            if isinstance(result, BaseException):
                raise result
            if result is None:
                running -= 1
            else:
                yield result
    finally:
        source.close()
        for worker in workers:
            worker.stop()
        while any(thread.is_alive() for thread in threads):
            with contextlib.suppress(queue.Empty):
                results.get(timeout=0.05)


class _Shared:
    """An iterator that several threads take from."""

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = iter(batches)
        self._lock = threading.Lock()
        self._closed = False

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        while not self._closed:
            with self._lock:
                batch = next(self._batches, None)
            if batch is None:
                return
            yield batch

    def close(self) -> None:
        self._closed = True


def _serve(worker: _Worker, source: _Shared, results: queue.Queue[Any]) -> None:
    """Brings batches to a worker until there are no more; ends with None, or with what went wrong."""
    try:
        for batch in source:
            if batch.schema.equals(input_schema()):
                for result in worker.parse(batch):
                    results.put(result)
            else:
                results.put(batch)
    except BaseException as error:
        results.put(error)
    else:
        results.put(None)
    finally:
        worker.close()


class _Worker:
    """One process at a time that parses, and a new one where it was lost."""

    def __init__(self, parse: Parse, options: ParseOptions | None, timeout: float) -> None:
        self._parse = parse
        self._options = options
        self._timeout = timeout
        self._process: _Process | None = None
        self._stopped = False

    def parse(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """A batch for each row of `batch`: what `parse` makes of it, or its failure."""
        done = 0
        while done < batch.num_rows and not self._stopped:
            try:
                for result in self._results(batch.slice(done)):
                    yield result
                    done += 1
                    if self._stopped:
                        return
            except _LostError as lost:
                if self._stopped:
                    return
                suspect = batch.slice(done, 1)
                yield self._failure(suspect, lost) if lost.stage == "timeout" else self._alone(suspect)
                done += 1

    def _alone(self, suspect: pa.RecordBatch) -> pa.RecordBatch:
        """The result of a document at which a process died, from a process that has seen nothing else."""
        try:
            for result in self._results(suspect):
                return result
        except _LostError as lost:
            return self._failure(suspect, lost)
        return batch_of([])  # the run is being ended

    def _results(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        if self._process is None:
            self._process = _Process(self._parse, self._options, self._timeout)
            if self._stopped:  # in the meantime: there was no process yet that could be killed
                return
        try:
            yield from self._process.parse(batch)
        except _LostError:
            self.close()
            raise

    def _failure(self, suspect: pa.RecordBatch, lost: _LostError) -> pa.RecordBatch:
        return batch_of([failure_row(suspect.to_pylist()[0], lost.stage, str(lost), self._options)])

    def stop(self) -> None:
        """End the work from another thread: the process is killed, and its own thread finds the pipe at its end."""
        self._stopped = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """Give up the process, where there is one."""
        if (process := self._process) is not None:
            self._process = None
            process.close()


class _LostError(Exception):
    """A process was lost: at the `stage` timeout or crash."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(reason)
        self.stage = stage


class _Process:
    """A process that parses, and the pipe to it."""

    def __init__(self, parse: Parse, options: ParseOptions | None, timeout: float) -> None:
        context = process_context()
        self._timeout = timeout
        self._pipe, theirs = context.Pipe()
        self._process: Any = context.Process(  # type: ignore[attr-defined]
            target=_work, args=(theirs, parse, options, timeout), daemon=True, name="speechparse worker"
        )
        self._process.start()
        theirs.close()
        try:
            self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self.close()
            problem = f"a worker process ended with status {self._process.exitcode} before it could begin"
            advice = "in a script of your own, call it under `if __name__ == '__main__':`"
            raise ArchiveError(f"{problem}; {advice}") from error

    def parse(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """The result of each row, as it comes. Raises _LostError where the process is lost at the next."""
        pa = arrow()
        try:
            self._pipe.send_bytes(batch.serialize())
            for _ in range(batch.num_rows):
                if not self._pipe.poll(self._timeout):
                    reason = f"it took longer than {self._timeout:g} s"
                    raise _LostError("timeout", f"{reason}; it is tried again by the next run, with its timeout")
                answer = self._pipe.recv_bytes()
                yield pa.ipc.open_stream(pa.py_buffer(answer)).read_next_batch()
        except (EOFError, OSError) as error:
            self._process.join(5)
            raise _LostError("crash", f"its process was lost ({_ending(self._process.exitcode)})") from error

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _ending(status: int | None) -> str:
    """A status as words: `signal SIGSEGV`, `status 1`."""
    if status is not None and status < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-status).name}"
    return f"status {status}"


def _with_schema(batch: pa.RecordBatch) -> pa.Buffer:
    pa = arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue()


def process_context() -> BaseContext:
    """How processes are started. A fork server has the package loaded once, so that a new worker costs no seconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["speechparse.archive.warm"])
    return context


def _work(pipe: Connection, parse: Parse, options: ParseOptions | None, timeout: float) -> None:
    """What a worker does: an answer for each row of each batch that comes, until the pipe ends."""
    from speechparse.archive import warm  # noqa: F401  # where there is no fork server, the loading is done here

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which then ends the workers
    pa = arrow()
    # the pipe ends when the main process does, whatever ended that
    with open(os.devnull, "w") as nowhere, contextlib.suppress(EOFError, OSError):  # noqa: PTH123
        pipe.send_bytes(READY)
        while True:
            batch = pa.ipc.read_record_batch(pa.py_buffer(pipe.recv_bytes()), input_schema())
            for number in range(batch.num_rows):
                # if the main process is killed, nobody stops a document that hangs, perhaps in code that never lets
                # another thread run; this does
                faulthandler.dump_traceback_later(timeout + GRACE, exit=True, file=nowhere)
                answer = _with_schema(parse(batch.slice(number, 1), options))
                faulthandler.cancel_dump_traceback_later()
                pipe.send_bytes(answer)
