"""Tables row by row: JSON lines, CSV and Parquet, of which one column holds the documents."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from speechparse.archive.items import (
    Columns,
    ColumnsError,
    Entries,
    Failure,
    Item,
    Limits,
    Meter,
    UnreadableError,
    failure,
    printable,
    too_large,
)
from speechparse.clean import decode
from speechparse.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

_USUAL = Columns(
    text="text html content body fulltext full_text 正文 内容 全文 文本",
    id="id doc_id docid 编号",
    url="url link href 网址 链接 地址",
    date="date published publish_date pub_date 发布时间 发布日期 日期 时间",
)
SAY_WHICH = "say which column holds the text (option --text)"  # in Python: Columns(text=...)
_PIECE = 1 << 16
_BATCH = 4  # rows of Parquet at once: a large value that rows share is packed as one, but unpacked for each of them


class _Chosen(NamedTuple):
    text: str
    id: str | None
    url: str | None
    date: str | None


def _choose(name: str, columns: Columns, present: Sequence[str]) -> _Chosen:
    """Which columns hold what. Raises ColumnsError if that of the text is not clear or a named one is not there."""
    shown = ", ".join(present) or "none"
    for asked in columns:
        if asked is not None and asked not in present:
            raise ColumnsError(name, f"has no column {asked} (its columns: {shown})", "check the name")
    texts = [columns.text] if columns.text else _usual(_USUAL.text, present)
    if not texts:
        raise ColumnsError(name, f"has no text column (its columns: {shown})", SAY_WHICH)
    if len(texts) > 1:
        problem = f"has several columns that may hold the text: {', '.join(texts)} (its columns: {shown})"
        raise ColumnsError(name, problem, SAY_WHICH)
    others = [
        asked or next(iter(_usual(usual, present)), None) for asked, usual in zip(columns[1:], _USUAL[1:], strict=True)
    ]
    return _Chosen(texts[0], *others)


def _usual(names: str | None, present: Sequence[str]) -> list[str]:
    """The columns with one of these names, in the order of the names."""
    return [column for usual in (names or "").split() for column in present if column.strip().lower() == usual]


def _row(name: str, row: Mapping[str, Any], chosen: _Chosen, limits: Limits) -> Item | Failure:
    """The document of a row, or why it has none."""
    content, id = row.get(chosen.text), _plain(row.get(chosen.id or "")) or name
    if content is None or content in ("", b""):
        return failure(name, f"has no text (column {chosen.text})", id)
    if not isinstance(content, str | bytes):
        return failure(name, f"has no text but a {type(content).__name__} (column {chosen.text})", id)
    if len(content) > limits.document:
        return failure(name, too_large(limits.document), id)
    url, date = (_plain(row.get(column or "")) for column in (chosen.url, chosen.date))
    return Item(id, printable(name), printable(content) if isinstance(content, str) else content, url, date)


def _plain(value: Any) -> str | None:
    """The cell of an id, a url or a date as text, if there is something in it."""
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
    return printable(text).strip() or None


class _Lines:
    """The lines of a stream. One that is too long is read past, and the next can be read.

    `quotes` counts the quotes that were gone over: they say whether a CSV file is inside of a quoted cell.
    """

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self.quotes = 0

    def read(self) -> bytes:
        """The next line, b"" at the end. Raises UnreadableError if it is longer than the limit."""
        line = self._stream.readline(self._limit + 1)
        self.quotes += line.count(b'"')
        if len(line) <= self._limit:
            return line
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(_PIECE)
            self.quotes += line.count(b'"')
        raise UnreadableError(too_large(self._limit))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line with each byte as one character, for csv.reader."""
        if line := self.read():
            return line.decode("latin-1")
        raise StopIteration

    def close_quotes(self) -> None:
        """Go on behind the line in which the quoted cell ends that could not be read."""
        while self.quotes & 1:
            try:
                if not self.read():
                    return
            except UnreadableError:
                continue


class _InUtf8(io.RawIOBase):
    """A stream of UTF-16 or UTF-32 in UTF-8, whose bytes below 128 are what they look like."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than any buffer: io gives it one
        more = True
        while more and not self._ready:
            piece = self._stream.read(_PIECE)
            more = bool(piece)
            self._ready = self._decoder.decode(piece, final=not more).encode()
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def _text_stream(stream: io.BufferedReader) -> tuple[io.BufferedReader, str]:
    """The stream without its byte order mark and in an encoding in which ASCII is ASCII, and which one that is.

    Raises UnreadableError where it is no text.
    """
    sample = stream.peek(_PIECE)[:_PIECE]
    try:
        encoding = decode(sample[: sample.rfind(b"\n") + 1] or sample, source="").encoding
    except InputError as error:
        raise UnreadableError(f"{error.problem}; {error.advice}") from error
    if encoding.startswith(("utf-16", "utf-32")):
        stream, encoding = io.BufferedReader(_InUtf8(stream, encoding), _PIECE), "utf-8"
        sample = stream.peek(_PIECE)
    if sample.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
    return stream, encoding


def json_rows(
    name: str, stream: io.BufferedReader, columns: Columns, limits: Limits, *, addressed: bool = False
) -> Entries:
    """The rows of JSON lines, named by their line. The first object says which columns there are.

    Here and below: `addressed` is for those rows only that may have an address, none of a table without such a column.
    """
    lines = _Lines(_text_stream(stream)[0], limits.document)
    chosen: _Chosen | None = None
    number = 0
    while True:
        number += 1
        row_name = f"{name}#{number}"
        try:
            line = lines.read()
            if not line:
                return
            if not line.strip():
                continue
            row = _object(line)
        except UnreadableError as error:
            yield failure(row_name, str(error))
            continue
        chosen = chosen or _choose(name, columns, list(row))
        if addressed and not chosen.url:
            return
        yield _row(row_name, row, chosen, limits)


def _object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        try:
            text = decode(line, source="").text
        except InputError as error:
            raise UnreadableError(error.problem) from error
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is no JSON ({error})") from error
    if not isinstance(row, dict):
        raise UnreadableError(f"is no JSON object but a {type(row).__name__}")
    return row


def csv_rows(
    name: str, stream: io.BufferedReader, columns: Columns, limits: Limits, *, addressed: bool = False
) -> Entries:
    """The rows of a CSV file, numbered from 1 below the header.

    Each byte is one character to csv.reader, so that a cell keeps its bytes and is decoded like a file. In UTF-8,
    GB 18030 and Big5 no part of a character looks like a quote, a delimiter or a line end; but decoded as a whole, half
    a character before a quote, as damaged pages have it, would swallow the quote.
    """
    stream, encoding = _text_stream(stream)
    lines = _Lines(stream, limits.document)
    head = stream.peek(_PIECE).partition(b"\n")[0]
    reader = csv.reader(lines, delimiter=max(",\t;", key=lambda sign: head.count(sign.encode())))
    try:
        header = [_cell(cell, encoding).strip() for cell in _cells(reader, limits) or []]
    except (csv.Error, UnreadableError) as error:
        yield failure(name, f"has no header that can be read ({error})")
        return
    chosen = _choose(name, columns, header)
    if addressed and not chosen.url:
        return
    number = 0
    while True:
        lines.quotes = 0
        try:
            cells = _cells(reader, limits)
        except (csv.Error, UnreadableError) as error:
            number += 1
            large = isinstance(error, UnreadableError) or "field larger" in str(error)
            if large:
                lines.close_quotes()
            yield failure(f"{name}#{number}", too_large(limits.document) if large else f"is no CSV ({error})")
            continue
        if cells is None:
            return
        if not cells:  # an empty line
            continue
        number += 1
        row_name = f"{name}#{number}"
        if any(cells[len(header) :]):
            problem = f"has {len(cells)} cells where the header has {len(header)}; put texts with commas in quotes"
            yield failure(row_name, problem)
            continue
        row: dict[str, str | bytes] = {}
        for column, cell in zip(header, cells, strict=False):
            if column == chosen.text:
                row[column] = cell.encode("latin-1")
            elif column in chosen:
                row[column] = _cell(cell, encoding)
        yield _row(row_name, row, chosen, limits)


def _cells(reader: Iterator[list[str]], limits: Limits) -> list[str] | None:
    """The next row, None at the end. Its largest cell is a setting of the whole process, so it is put back."""
    before = csv.field_size_limit(limits.document)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _cell(cell: str, encoding: str) -> str:
    """A short cell in the encoding of the table: alone it would not tell its own."""
    return cell.encode("latin-1").decode("cp950" if encoding == "big5" else encoding, "replace")


def parquet_rows(
    name: str, file: io.BufferedReader, columns: Columns, limits: Limits, *, addressed: bool = False
) -> Entries:
    """The rows of a Parquet file, numbered from 1. What is damaged costs the rest of its row group only."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "archive") from error
    meter = Meter(limits)
    damage = (pa.ArrowException, OSError, ValueError)
    try:
        schema = pq.read_schema(file)
        chosen = _choose(name, columns, schema.names)
        if not _holds_text(schema.field(chosen.text).type):
            problem = f"holds {schema.field(chosen.text).type} in column {chosen.text}, not text"
            raise ColumnsError(name, problem, SAY_WHICH)
        if addressed and not chosen.url:
            return
        # Page by page; by default a whole row group, often the whole file, is held.
        table = pq.ParquetFile(file, pre_buffer=False, buffer_size=_PIECE)
    except damage as error:
        raise UnreadableError(f"is no Parquet file, or is damaged ({error})") from error
    done = 0
    for group in range(table.num_row_groups):
        number, rows = done, table.metadata.row_group(group).num_rows
        done += rows
        try:
            for batch in table.iter_batches(
                batch_size=_BATCH,
                row_groups=[group],
                columns=[column for column in dict.fromkeys(chosen) if column],
                use_threads=False,
            ):
                for index in range(batch.num_rows):
                    number += 1
                    row = {column: batch.column(column)[index].as_py() for column in batch.schema.names}
                    entry = _row(f"{name}#{number}", row, chosen, limits)
                    meter.count += len(entry.content) if isinstance(entry, Item) else 0
                    if meter.room() < 0:
                        raise meter.overflow()
                    yield entry
        except damage as error:
            yield failure(f"{name}#{number + 1}", f"and the rows to {done} are damaged ({error})")


def _holds_text(kind: pa.DataType) -> bool:
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return str(kind).removeprefix("large_") in ("string", "binary", "string_view", "binary_view", "null")
