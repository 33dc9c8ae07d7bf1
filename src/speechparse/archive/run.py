"""A run over an archive: from its sources to the database, going on where the last one stopped."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from speechparse.archive.batches import (
    arrow,
    batch_of,
    digest_of_row,
    failure_row,
    input_schema,
    page_lines_schema,
    page_of,
    parse_batch,
    read_page_lines,
    recurring_lines,
    settings,
    storable,
)
from speechparse.archive.pool import parse_in_processes, process_context
from speechparse.archive.progress import Tally, shown
from speechparse.archive.reposts import group_reposts
from speechparse.archive.sources import LIST, Columns, Failure, Item, Limits, read_sources
from speechparse.archive.store import Known, Store
from speechparse.errors import ArchiveError
from speechparse.options import ParseOptions

if TYPE_CHECKING:
    import pyarrow as pa

TIMEOUT = 60.0  # seconds a document may take; a long report takes a tenth of one

# A batch for a worker: enough that handing it over costs nothing, few enough that all workers end at the same time.
BATCH_DOCUMENTS = 64
BATCH_BYTES = 4_000_000
# A transaction: what a kill may cost, and what the main process holds in memory.
COMMIT_DOCUMENTS = 500
COMMIT_BYTES = 16_000_000
COMMIT_SECONDS = 3.0
GROUP_DOCUMENTS = 64  # handed at a time to the process that groups them


Copy = tuple[str, str, tuple[str, ...], int]  # what `group_reposts` takes of a document


class Summary(NamedTuple):
    """What a run has done: `inputs` is the sum of the next four; `documents` and `failures` are what there is now."""

    inputs: int
    added: int
    replaced: int
    unchanged: int
    failed: int
    documents: int
    failures: int
    seconds: float


def build(
    sources: str | Path | Iterable[str | Path],
    to: str | Path,
    *,
    jobs: int = 1,
    options: ParseOptions | None = None,
    columns: Columns = Columns(),  # noqa: B008
    limits: Limits = Limits(),  # noqa: B008
    timeout: float = TIMEOUT,
    progress: bool | None = None,
) -> Summary:
    """Parse all documents of `sources` with `jobs` processes into the DuckDB file `to`.

    An input that can't be read, takes longer than `timeout` seconds or kills its process is a row in `failures`. A run
    that was killed is gone on with by calling this again; so is an archive that has grown or changed. Documents that
    are no longer in the sources stay. `progress` shows a bar or not; without it there is one on a terminal.

    Raises ArchiveError where the database can't be written, MissingExtraError without the extra `archive`.
    """
    arrow()  # if it is missing, that is to be said before anything is made
    names = [sources] if isinstance(sources, str | Path) else list(sources)
    started = time.monotonic()
    tally = Tally()

    # The sources are read twice where they have addresses, and once more where progress is shown; standard input can
    # be read only once.
    listed = sys.stdin.buffer.read() if any(str(name) == LIST for name in names) else None
    read = partial(read_sources, names, columns=columns, limits=limits, listed=listed)
    in_processes = partial(parse_in_processes, jobs=jobs, options=options, timeout=timeout)
    with Store(to) as store, shown(tally, read(), wanted=progress):
        run = store.begin_run(map(storable, map(str, names)), settings(options), jobs)
        if _has_addresses(read(addressed=True)):
            with closing(in_processes(_unlearned(read(), store, options, tally), parse=read_page_lines)) as pages:
                for some in _transactions(page for page in pages if page.schema.equals(page_lines_schema())):
                    store.write_page_lines(some)
        store.learn_site_lines()
        tally.doing = "parsing documents"
        with closing(in_processes(_unparsed(read(), store, options, tally), parse=parse_batch)) as results:
            for some in _transactions(results):
                written = store.write(some)
                tally.added += written.added
                tally.replaced += written.replaced
                tally.failed += written.failed
        tally.doing = "grouping reposts"
        group(store)
        store.make_views()
        counts = {name: getattr(tally, name) for name in ("inputs", "added", "replaced", "unchanged", "failed")}
        store.end_run(run, counts)
        documents, failures = store.totals()
    return Summary(**counts, documents=documents, failures=failures, seconds=time.monotonic() - started)


def group(store: Store) -> None:
    """Find the reposts of the whole archive, if there is a document that was not grouped with the others."""
    if store.ungrouped():
        store.set_groups(group_apart(store.copies()))


def group_apart(copies: Iterator[Copy]) -> dict[str, tuple[int, bool]]:
    """`group_reposts` in a process of its own: what it remembers of each text grows with the archive.

    Raises ArchiveError where that process is stopped.
    """
    context = process_context()
    ours, theirs = context.Pipe()
    helper = context.Process(target=_group, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
    helper.start()
    theirs.close()
    try:
        while some := list(islice(copies, GROUP_DOCUMENTS)):
            ours.send(some)
        ours.send([])
        groups: dict[str, tuple[int, bool]] = ours.recv()
    except (EOFError, OSError) as error:
        problem = "the process that groups the reposts was stopped; run the same command again, it goes on from here"
        raise ArchiveError(problem) from error
    finally:
        ours.close()
        helper.join()
    return groups


def _group(pipe: Connection) -> None:
    pipe.send(group_reposts(copy for some in iter(pipe.recv, []) for copy in some))
    pipe.close()


def _has_addresses(items: Iterable[Item | Failure]) -> bool:
    return any(isinstance(item, Item) and item.url for item in items)


def _unlearned(
    items: Iterable[Item | Failure], store: Store, options: ParseOptions | None, tally: Tally
) -> Iterator[pa.RecordBatch]:
    """Batches of the inputs that have a site and are not yet in `page_lines` as they are now."""
    for some in _batches(items):
        tally.looked_at += len(some)
        pages = [(row, page) for row in map(_row, some) if (page := page_of(row, options))]
        known = store.known_pages([row["id"] for row, _ in pages]) if pages else {}
        if inputs := [row for row, page in pages if known.get(row["id"]) != page]:
            yield arrow().RecordBatch.from_pylist(inputs, schema=input_schema())


def _unparsed(
    items: Iterable[Item | Failure], store: Store, options: ParseOptions | None, tally: Tally
) -> Iterator[pa.RecordBatch]:
    """Batches of the inputs that have to be parsed, and of the rows of those that could not be read."""
    now = settings(options)
    for some in _batches(items):
        ids = [item.id for item in some if isinstance(item, Item)]
        known, recurring = (store.known(ids), store.recurring(ids)) if ids else ({}, {})
        failures: list[dict[str, Any]] = []
        inputs: list[dict[str, Any]] = []
        for item in some:
            row = _row(item)
            if isinstance(item, Failure):
                failures.append(failure_row(row, item.stage, item.reason, options))
                continue
            row["recurring"] = recurring.get(item.id)
            as_known, has_failed = known.get(item.id, (None, False))
            digest, _ = digest_of_row(row)
            lines = None if has_failed else recurring_lines(row)
            if as_known != Known(row["name"], row["url"], row["published"], digest, now, lines):
                inputs.append(row)
            elif has_failed:
                tally.failed += 1
            else:
                tally.unchanged += 1
        if failures:
            yield batch_of(failures)
        if inputs:
            yield arrow().RecordBatch.from_pylist(inputs, schema=input_schema())


def _batches(items: Iterable[Item | Failure]) -> Iterator[list[Item | Failure]]:
    """The items in lists of a size that one worker takes at once."""
    some: list[Item | Failure] = []
    size = 0
    for item in items:
        some.append(item)
        size += len(item.content) if isinstance(item, Item) else 0
        if len(some) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _row(item: Item | Failure) -> dict[str, Any]:
    """An item as a row of a batch of inputs."""
    content = item.content if isinstance(item, Item) else None
    url, date = (item.url, item.date) if isinstance(item, Item) else (None, None)
    return {
        "id": item.id,
        "name": storable(item.name),
        "content": content if isinstance(content, bytes) else None,
        "text": storable(content) if isinstance(content, str) else None,
        "url": None if url is None else storable(url),
        "published": None if date is None else storable(date),
        "recurring": None,
    }


def _transactions(results: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """The results in lists that are written at once."""
    some: list[pa.RecordBatch] = []
    since, rows, size = 0.0, 0, 0
    for result in results:
        since = since if some else time.monotonic()
        some.append(result)
        rows += result.num_rows
        size += result.nbytes
        if rows >= COMMIT_DOCUMENTS or size >= COMMIT_BYTES or time.monotonic() - since >= COMMIT_SECONDS:
            yield some
            some, rows, size = [], 0, 0
    if some:
        yield some
