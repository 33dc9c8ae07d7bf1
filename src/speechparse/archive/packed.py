"""Zip and tar archives member by member, and compressed files, read into memory only: nothing is ever extracted.

Python's own modules keep a list of some 500 bytes a member; here none is kept, so that a million of them are no burden.
What is damaged is skipped, and said; what points outside (`../`, `/`, links, devices) is not read at all.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Self

from speechparse.archive.items import (
    Limits,
    Meter,
    Metered,
    Readable,
    UnreadableError,
    metered,
    named,
    too_large,
)
from speechparse.errors import MissingExtraError
from speechparse.inputs import is_readme

DAMAGED = (  # what the modules below raise on damaged and on hostile data
    OSError,
    EOFError,
    ValueError,  # pyarrow's ArrowInvalid is one too
    OverflowError,
    NotImplementedError,
    RecursionError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
)
_LINK = "is a link, which is not followed"
_NO_FILE = "is a device or a pipe, not a file"


class Member(NamedTuple):
    """A file in an archive: its name there, and either a stream (good until the next member) or why there is none."""

    name: str
    stream: io.BufferedReader | None
    problem: str


def reason(error: Exception) -> str:
    """What an error of DAMAGED means, in plain words."""
    if str(error) == "empty file":  # tarfile
        return "is empty"
    if isinstance(error, EOFError) or re.search("(?i)unexpected end|truncated", str(error)):
        return "ends in the middle: it was cut off, the rest is lost"
    if isinstance(error, OSError) and error.strerror:
        return f"can't be read ({error.strerror})"
    return f"is damaged ({type(error).__name__}: {str(error)[:200]})"


def decompressed(file: BinaryIO, name: str) -> tuple[Readable, str]:
    """The stream below a single compression, and the name without its ending (both as they are where there is none)."""
    stem, dot, ending = name.rpartition(".")
    match ending.lower() if dot else "":
        case "gz":
            return gzip.GzipFile(fileobj=file), stem
        case "tgz":
            return gzip.GzipFile(fileobj=file), f"{stem}.tar"
        case "zst":
            return _zstd(file), stem
        case "tzst":
            return _zstd(file), f"{stem}.tar"
    return file, name


def _zstd(file: BinaryIO) -> Readable:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError("pyarrow", "archive") from error
    # pyarrow, since zstandard's stream_reader ends at the end of a truncated file as if all were there.
    stream: Readable = pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")
    return stream


def _no_document(name: str) -> bool:
    """Hidden files are no documents (`.DS_Store`, `__MACOSX/._page.html`), nor is a README."""
    parts = re.split(r"[/\\]", name)
    return is_readme(parts[-1]) or any(part.startswith(".") and part != "." for part in parts)


def _name_problem(name: str) -> str | None:
    outside = name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name)
    return "has a name that points outside of the archive; it is not read" if outside else None


def _size_problem(size: int, limits: Limits) -> str | None:
    """A declared size is believed when it is too large only."""
    return too_large(limits.document) if size > limits.document else None


# Zip

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_LENGTHS = struct.Struct("<3H")
_LONGEST_COMMENT = (1 << 16) - 1
_IN_EXTRA = 0xFFFFFFFF
_UTF8_NAME = 1 << 11
_ENCRYPTED = 1
_UNIX = 3
_PIECE = 1 << 18  # longer than any entry


class _Contents(zipfile.ZipFile):
    """Opens members that it is given. ZipFile would first list all of them: 500 MB for a million."""

    def _RealGetContents(self) -> None:  # noqa: N802  # if its name changes some day, all still works, with more memory
        pass


def zip_members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    """The members of a zip archive, in the order of its directory. Raises UnreadableError where that is broken."""
    meter = Meter(limits)
    with _Contents(file) as contents:
        for name, info in _directory(file):
            meter.add_member()
            problem = _name_problem(name)
            if problem is None and (name.endswith(("/", "\\")) or _no_document(name)):
                continue
            problem = problem or _zip_problem(info) or _size_problem(info.file_size, limits)
            if problem is not None:
                yield Member(name, None, problem)
                continue
            try:
                member = Member(name, metered(contents.open(info), meter), "")
            except DAMAGED as error:
                member = Member(name, None, reason(error))
            yield member


def _zip_problem(info: zipfile.ZipInfo) -> str | None:
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    if kind == stat.S_IFLNK:
        return _LINK
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return _NO_FILE
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack it with its password first"
    if info.compress_size == 0:
        return "is empty"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Python's bzip2 and LZMA unpack a whole piece at once, however large it becomes.
        return f"is packed by method {info.compress_type}, which is not read; pack the archive again in the usual way"
    return None


def _directory(file: BinaryIO) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Name and entry of each member, from a piece of the directory at a time.

    The format: PKWARE's APPNOTE.TXT, 4.3.12 (entries), 4.3.14 to 4.3.16 (the end), 4.5.3 (sizes of 64 bits).
    """
    start, end, shift = _extent_of_directory(file)
    piece, at, count = b"", 0, 0
    while start + at < end:
        if not _is_entry(piece, at):
            start, at = start + at, 0
            file.seek(start)
            piece = file.read(min(_PIECE, end - start))
            if not _is_entry(piece, at):
                raise UnreadableError(f"has a list of files that is damaged after {count:,} of them; the rest is lost")
        yield _entry(piece, at, shift)
        at += _length(piece, at)
        count += 1


def _is_entry(piece: bytes, at: int) -> bool:
    """Whether a whole entry begins here."""
    return piece.startswith(b"PK\1\2", at) and at + _ENTRY.size <= len(piece) and at + _length(piece, at) <= len(piece)


def _length(piece: bytes, at: int) -> int:
    name, extra, comment = _LENGTHS.unpack_from(piece, at + 28)
    return _ENTRY.size + int(name + extra + comment)


def _extent_of_directory(file: BinaryIO) -> tuple[int, int, int]:
    """Where the directory begins and ends, and how far all is shifted by what was put before the archive."""
    size = file.seek(0, 2)
    tail_start = file.seek(max(0, size - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise UnreadableError("is no zip archive, or its end is missing: was the download cut off?")
    *_, length, offset, _ = _END.unpack_from(tail, at)
    end = tail_start + at
    end64 = end - _LOCATOR64.size - _END64.size
    if end64 >= 0:
        file.seek(end64)
        record = file.read(_END64.size + 4)
        if record.startswith(b"PK\6\6") and record.endswith(b"PK\6\7"):
            *_, length, offset = _END64.unpack_from(record)
            end = end64
    if not 0 <= offset <= end - length:
        raise UnreadableError("is damaged: the list of its files is not where it should be")
    return end - length, end, end - length - offset


def _entry(piece: bytes, at: int, shift: int) -> tuple[str, zipfile.ZipInfo]:
    fields = _ENTRY.unpack_from(piece, at)
    system, flags, method, crc = fields[2], fields[5], fields[6], fields[9]
    name_length, extra_length, attributes = fields[12], fields[13], fields[17]
    name_end = at + _ENTRY.size + name_length
    raw = piece[at + _ENTRY.size : name_end]
    packed, size, offset = _long_sizes(piece[name_end : name_end + extra_length], fields[10], fields[11], fields[18])
    info = zipfile.ZipInfo()
    # ZipFile compares it with the name before the contents, which it reads in this way.
    info.orig_filename = raw.decode("utf-8", "replace") if flags & _UTF8_NAME else raw.decode("cp437")
    info.create_system, info.flag_bits, info.compress_type, info.CRC = system, flags, method, crc
    info.compress_size, info.file_size, info.header_offset, info.external_attr = (
        packed,
        size,
        offset + shift,
        attributes,
    )
    return named(raw), info


def _long_sizes(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """The sizes, of which those too large for 32 bits stand in the extra field 1, in the order size, packed, offset."""
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<2H", extra, at)
        if tag == 1:
            values = [value for (value,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])]
            found = [values.pop(0) if field == _IN_EXTRA and values else field for field in (size, packed, offset)]
            return found[1], found[0], found[2]
        at += 4 + length
    return packed, size, offset


# Tar

_BLOCK = 512
_ZEROS_OR_END = (tarfile.EOFHeaderError, tarfile.EmptyHeaderError)  # type: ignore[attr-defined]
_LONGEST_HEADERS = 1 << 20  # bytes of one member: long names and the like, which tarfile reads into memory


def tar_members(stream: Readable, limits: Limits) -> Iterator[Member]:
    """The members of a tar archive, one after the other. After a damaged part it goes on with the next header."""
    meter = Meter(limits)
    damaged = 0

    class Header(tarfile.TarInfo):
        @classmethod
        def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
            """tarfile goes over what is no header in silence; here it is counted, unless it is zeros or the end."""
            nonlocal damaged
            try:
                return super().fromtarfile(tarfile_)
            except tarfile.HeaderError as error:
                meter.headers_end = (meter.headers_end or 0) + _BLOCK
                damaged += not isinstance(error, _ZEROS_OR_END)
                raise

    meter.headers_end = _LONGEST_HEADERS
    tar = tarfile.open(  # noqa: SIM115  # it holds nothing open but the stream
        fileobj=Metered(stream, meter),
        mode="r|",
        bufsize=_PIECE,
        tarinfo=Header,
        ignore_zeros=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    while True:
        meter.headers_end = max(meter.count, tar.offset) + _LONGEST_HEADERS
        try:
            info = tar.next()
        except tarfile.StreamError:  # tarfile.open went over a file without a single header to its end
            if not damaged:
                raise
            info = None
        meter.headers_end = None
        tar.members = []  # type: ignore[attr-defined]  # which would grow with the archive
        if damaged:
            where = f"before {_tar_name(info)}" if info else "at the end"
            yield Member("?", None, f"is damaged {where}: {damaged:,} blocks of {_BLOCK} bytes are no tar")
            damaged = 0
        if info is None:
            return
        meter.add_member()
        name = _tar_name(info)
        problem = _name_problem(name)
        if problem is None and (info.isdir() or _no_document(name)):
            continue
        problem = problem or _tar_problem(info) or _size_problem(info.size, limits)
        yield Member(name, None if problem else tar.extractfile(info), problem or "")  # type: ignore[arg-type]


def _tar_name(info: tarfile.TarInfo) -> str:
    return named(info.name.encode("utf-8", "surrogateescape"))


def _tar_problem(info: tarfile.TarInfo) -> str | None:
    if info.issym() or info.islnk():
        return _LINK
    if not info.isfile() or info.issparse():
        return _NO_FILE
    return None if info.size else "is empty"
