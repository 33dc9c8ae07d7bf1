"""Every document of a list of sources: files, folders, patterns, archives, tables.

What can't be read comes as a Failure in its place, and the reading goes on. One document at a time is read into memory;
nothing is written, and no link is followed but one that the caller named.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from speechparse.archive.items import (
    Columns,
    ColumnsError,
    Entries,
    Failure,
    Item,
    Limits,
    Meter,
    OverflowingError,
    UnreadableError,
    document,
    failure,
    metered,
    named,
)
from speechparse.archive.packed import DAMAGED, Member, decompressed, reason, tar_members, zip_members
from speechparse.archive.rows import csv_rows, json_rows, parquet_rows
from speechparse.inputs import is_readme
from speechparse.lazy import re

__all__ = ["Columns", "Failure", "Item", "Limits", "read_sources"]

LIST = "-"
_GUESSED = Columns()
_USUAL = Limits()
_ROWS = {".jsonl": json_rows, ".ndjson": json_rows, ".csv": csv_rows, ".tsv": csv_rows}
_PATTERN = re.compile(r"[*?\[]")


def read_sources(
    sources: Iterable[str | Path],
    *,
    columns: Columns = _GUESSED,
    limits: Limits = _USUAL,
    listed: bytes | None = None,
    addressed: bool = False,
) -> Iterator[Item | Failure]:
    """The documents of all sources, lazily, in an order that is the same in each run, each with an id of its own.

    A source is a file, a folder (all files at any depth, sorted), a pattern with `*`, `**`, `?` or `[...]`, or `-` (a
    list on standard input, a path a line; what was read of it before is given as `listed`). Hidden files and README
    files are left out where they were not named: in folders, archives and what a pattern matches.
    Files are opened by their ending: archives (.zip, .tar, also packed with gzip or zstd), tables (.csv, .tsv, .jsonl,
    .ndjson, also packed; .parquet), single packed documents (.gz, .zst); all others are documents as they are. Tables
    in archives are read, archives in archives are documents like all others.

    With `addressed` only what may have an address comes, which is the rows of tables that have a column for it; other
    documents are not read, and their ids do not count.

    Raises SpeechparseError where a table that is itself a source does not say which column holds the text, or where a
    package of the extra `archive` is missing.
    """
    reader = _Reader(columns, limits, listed, addressed)
    given = [sources] if isinstance(sources, str | Path) else sources
    seen: dict[int, int] = {}  # hashes, since there may be millions of ids; two alike only cost a needless number
    for source in given:
        for entry in reader.source(source):
            if isinstance(entry, Item) or not addressed:
                yield entry._replace(id=_distinct(entry.id, seen))


def _distinct(id: str, seen: dict[int, int]) -> str:
    """`id`, or `id~2`, `id~3`... if it was given before."""
    key = hash(id)
    count = seen[key] = seen.get(key, 0) + 1
    return id if count == 1 else _distinct(f"{id}~{count}", seen)


class _Reader:
    def __init__(self, columns: Columns, limits: Limits, listed: bytes | None, addressed: bool) -> None:
        self._columns = columns
        self._limits = limits
        self._listed = listed
        self._addressed = addressed

    def source(self, source: str | Path) -> Entries:
        path = Path(source)
        if str(source) == LIST:
            for line in sys.stdin.buffer if self._listed is None else io.BytesIO(self._listed):
                if listed := line.strip(b"\r\n").removeprefix(b"\xef\xbb\xbf"):
                    yield from self._forgiving(str(Path(os.fsdecode(listed))), self._named(Path(os.fsdecode(listed))))
        elif _PATTERN.search(str(source)) and not _exists(path):
            yield from self._pattern(path)
        else:
            yield from self._named(path)

    def _named(self, path: Path) -> Entries:
        """What the caller named: a link is followed."""
        name = _name(path)
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except (OSError, ValueError) as error:
            yield failure(name, reason(error))
            return
        if is_folder:
            yield from _or_none(name, "holds no file", self._folder(path))
        else:
            yield from self._file(path, follow=True)

    def _pattern(self, pattern: Path) -> Entries:
        name = _name(pattern)
        fixed = Path(*takewhile(lambda part: not _PATTERN.search(part), pattern.parts))
        parts = pattern.parts[len(fixed.parts) :]
        try:
            found = sorted(fixed.glob(str(Path(*parts, "*") if parts[-1] == "**" else Path(*parts))))
        except (OSError, ValueError) as error:
            yield failure(name, reason(error))
            return
        shown = [path for path in found if not any(part.startswith(".") for part in path.relative_to(fixed).parts)]
        yield from _or_none(name, "matches no file", self._found(fixed, shown, "**" in parts))

    def _found(self, fixed: Path, paths: list[Path], deep: bool) -> Entries:
        for path in paths:
            way = [path, *path.parents]
            if any(part.is_symlink() for part in way[: way.index(fixed)]):
                yield failure(_name(path), "is behind a link, which is not followed")
            elif path.is_dir():
                if not deep:
                    yield from self._folder(path)
            elif not is_readme(path.name):
                yield from self._forgiving(_name(path), self._file(path, follow=False))

    def _folder(self, folder: Path) -> Entries:
        """All files below, in sorted order. Folders on the way are held as iterators over names, not as a recursion."""
        names = [_names(folder)]
        folders = [folder]
        while folders:
            entry = next(names[-1], None)
            if entry is None:
                names.pop()
                folders.pop()
            elif isinstance(entry, OSError):
                yield failure(_name(folders[-1]), reason(entry))
            else:
                path = folders[-1] / entry
                try:
                    is_folder = stat.S_ISDIR(path.lstat().st_mode)
                except OSError as error:
                    yield failure(_name(path), reason(error))
                    continue
                if is_folder:
                    folders.append(path)
                    names.append(_names(path))
                elif not is_readme(entry):
                    yield from self._forgiving(_name(path), self._file(path, follow=False))

    def _forgiving(self, name: str, entries: Entries) -> Entries:
        """A table that was come across and is not understood does not end the run."""
        try:
            yield from entries
        except ColumnsError as error:
            yield failure(name, f"{error.problem}; {error.advice}")

    def _file(self, path: Path, *, follow: bool) -> Entries:
        name = _name(path)
        if self._addressed and not _holds_others(name):
            return
        try:
            with _open(path, follow=follow) as file:
                yield from self._opened(name, file)
        except (UnreadableError, OverflowingError) as error:
            yield failure(name, str(error))
        except DAMAGED as error:
            yield failure(name, reason(error))

    def _opened(self, name: str, file: io.BufferedReader) -> Entries:
        ending = Path(name).suffix.lower()
        if ending == ".zip":
            yield from self._archive(name, zip_members(file, self._limits))
        elif ending == ".parquet":
            found = parquet_rows(name, file, self._columns, self._limits, addressed=self._addressed)
            yield from _or_none(name, "holds no row", found)
        else:
            stream, inner = decompressed(file, name)
            if inner.lower().endswith(".tar"):
                yield from self._archive(name, tar_members(stream, self._limits))
            else:
                packed = stream is not file
                yield from self._content(name, inner, metered(stream, Meter(self._limits)) if packed else file)

    def _archive(self, name: str, members: Iterator[Member]) -> Entries:
        yield from _or_none(name, "holds no file", self._members(name, members))

    def _members(self, archive: str, members: Iterator[Member]) -> Entries:
        for member in members:
            name = f"{archive}!{member.name}"
            if member.stream is None:
                yield failure(name, member.problem)
                continue
            try:
                yield from self._forgiving(name, self._content(name, member.name, member.stream))
            except UnreadableError as error:
                yield failure(name, str(error))
            except DAMAGED as error:
                yield failure(name, reason(error))

    def _content(self, name: str, ending: str, stream: io.BufferedReader) -> Entries:
        """What a stream holds: the rows of a table, or one document."""
        rows = _ROWS.get(Path(ending).suffix.lower())
        if rows:
            found = rows(name, stream, self._columns, self._limits, addressed=self._addressed)
            yield from _or_none(name, "holds no row", found)
        elif not self._addressed:
            yield document(name, stream, self._limits)


def _exists(path: Path) -> bool:
    """Whether there is such a file. A pattern may be longer than any name can be."""
    try:
        return path.exists()
    except OSError:
        return False


def _holds_others(name: str) -> bool:
    """Whether a file is an archive or a table by its ending, and no single document."""
    endings = [ending.lower() for ending in Path(name).suffixes[-2:]]
    return bool({".zip", ".tar", ".tgz", ".tzst", ".parquet", *_ROWS} & set(endings))


def _open(path: Path, *, follow: bool) -> io.BufferedReader:
    """Open a regular file. Links are not followed, pipes not waited for, even if they took its place just now."""
    mode = (path.stat() if follow else path.lstat()).st_mode
    if stat.S_ISLNK(mode):
        raise UnreadableError("is a link, which is not followed")
    if not stat.S_ISREG(mode):
        raise UnreadableError("is a device or a pipe, not a file")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags | (0 if follow else getattr(os, "O_NOFOLLOW", 0))), "rb")


def _names(folder: Path) -> Iterator[str | OSError]:
    """The names in a folder, sorted, without hidden ones; or the error that listing it gave."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        return iter([error])
    return iter(names)


def _name(path: Path) -> str:
    return named(os.fsencode(path))


def _or_none(name: str, problem: str, entries: Entries) -> Entries:
    """The entries, or a Failure where there is none: nothing that was named is passed over in silence."""
    first = next(entries, None)
    if first is None:
        yield failure(name, problem)
        return
    yield first
    yield from entries
