"""What reading an archive gives, document by document, and the limits it keeps to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from speechparse.errors import InputError
from speechparse.lazy import re

_PIECE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Limits(NamedTuple):
    """`document` is in bytes, `unpacked` the bytes that one archive may unpack to, `members` how many it may hold."""

    document: int = 50_000_000
    unpacked: int = 50_000_000_000
    members: int = 10_000_000


class Item(NamedTuple):
    """A document as it was found: bytes of a file, or a text that its table holds already decoded.

    `name` says where it came from: `pages.zip!a/b.html` is a member of an archive, `rows.csv#17` the 17th row below the
    header, `rows.jsonl#17` the 17th line. `id` is unlike that of all others: the id column, else the name.
    """

    id: str
    name: str
    content: bytes | str
    url: str | None
    date: str | None


class Failure(NamedTuple):
    """A document (or an archive, from some place on) that can't be read, and why, in words that follow its name."""

    id: str
    name: str
    stage: str
    reason: str


class Columns(NamedTuple):
    """The names of the columns of a table. None means: one of the usual names."""

    text: str | None = None
    id: str | None = None
    url: str | None = None
    date: str | None = None


Entries = Iterator[Item | Failure]


class ColumnsError(InputError):
    """Which column holds the text, or another that was asked for, is not clear."""


class UnreadableError(Exception):
    """One document can't be read; the message is the reason. What comes after it still can."""


class OverflowingError(Exception):
    """An archive unpacks to more than its limit; the message is the reason. Nothing more is read from it."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def failure(name: str, reason: str, id: str | None = None) -> Failure:
    return Failure(printable(id or name), printable(name), "read", printable(reason))


def document(name: str, stream: Readable, limits: Limits) -> Item:
    """The rest of a stream as one document. Raises UnreadableError if it is empty or too large."""
    content = read_all(stream, limits.document)
    if not content:
        raise UnreadableError("is empty")
    return Item(printable(name), printable(name), content, None, None)


def read_all(stream: Readable, limit: int) -> bytes:
    """What is left in a stream, piece by piece: sizes that files declare are not trusted."""
    pieces = bytearray()
    while piece := stream.read(min(_PIECE, limit + 1 - len(pieces))):
        pieces += piece
        if len(pieces) > limit:
            raise UnreadableError(too_large(limit))
    return bytes(pieces)


def too_large(limit: int) -> str:
    return f"is larger than a document may be ({limit:,} bytes)"


def printable(text: str) -> str:
    """The text without lone surrogates, which neither UTF-8 nor Arrow can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def named(raw: bytes) -> str:
    """A file name as text, without control characters. Old archives hold names in GBK, and nothing says so."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("gb18030", "replace")
    return _CONTROL.sub("\ufffd", name)


class Meter:
    """What an archive has held and unpacked to so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self.members = 0
        self.headers_end: int | None = None  # set while headers of a tar are read: how far they may reach

    def room(self) -> int:
        """How many bytes may still come."""
        most = self.limits.unpacked
        return (most if self.headers_end is None else min(most, self.headers_end)) - self.count

    def overflow(self) -> OverflowingError:
        if self.count < self.limits.unpacked:
            return OverflowingError("holds a header without end; the rest is not read")
        most = f"{self.limits.unpacked:,} bytes"
        return OverflowingError(f"unpacks to more than an archive may ({most}); the rest is not read")

    def add_member(self) -> None:
        """Raises OverflowingError where there are too many."""
        self.members += 1
        if self.members > self.limits.members:
            raise OverflowingError(f"holds more than {self.limits.members:,} files; the rest is not read")


class Metered(io.RawIOBase):
    """A stream whose bytes are counted as they come: all that may come do, then it raises OverflowingError.

    A read gives what the stream has at hand, so that nothing that stands before a damaged place is lost with it.
    """

    def __init__(self, stream: Readable, meter: Meter) -> None:
        self._read = getattr(stream, "read1", stream.read)
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than any buffer: io gives it one
        room = max(0, min(len(buffer), self._meter.room()))
        piece = self._read(room or 1)
        if len(piece) > room:
            raise self._meter.overflow()
        self._meter.count += len(piece)
        buffer[: len(piece)] = piece
        return len(piece)


def metered(stream: Readable, meter: Meter) -> io.BufferedReader:
    return io.BufferedReader(Metered(stream, meter), _PIECE)
