"""From bytes to text: which encoding the bytes are in, and what is to be done with those that are in none.

What a page says about its own encoding (`<meta charset>`, the HTTP header) is not asked: pages declared gb2312 are gbk,
gb18030 or utf-8, and the bytes themselves tell. Valid UTF-8 is UTF-8. Of everything else each candidate is tried on a
sample, and the one that yields most everyday characters is taken: misread text is full of rare ones.
"""

from __future__ import annotations

import codecs
from collections import Counter

from speechparse.clean.everyday import everyday_share
from speechparse.clean.utf_16 import decode_in_step
from speechparse.errors import InputError
from speechparse.lazy import regex
from speechparse.text import AlignedText, Note

_LOST = "\ufffd"
_SAMPLE = 1 << 15
_CANDIDATES = ("gb18030", "utf-8", "big5", "utf-16-le", "utf-16-be")
_CERTAIN = 0.97  # of some 280 texts each right reading reached 0.998, a wrong one 0.50 at most
_CONTROLS = 0.04  # control characters are 11 % of random bytes, and none of a text
_NOTED_RUNS = 1000
_WINDOW = 40
_NOT_IN_GB18030 = regex.compile(rb"[\x80\xff]++")

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PICTURE = "give the page or its text, not a picture of it"
_SOUND = "give the page or its text, not a recording"
_AS_TEXT = "save the document as text"
_THE_PAGE = "give the page or its text"
_BINARIES = (
    # offset, how it begins there, what it is, what to do
    (0, b"\x89PNG\r\n\x1a\n", "is a PNG image", _PICTURE),
    (0, b"\xff\xd8\xff", "is a JPEG image", _PICTURE),
    (0, b"GIF87a", "is a GIF image", _PICTURE),
    (0, b"GIF89a", "is a GIF image", _PICTURE),
    (0, b"II*\x00", "is a TIFF image", _PICTURE),
    (0, b"MM\x00*", "is a TIFF image", _PICTURE),
    (0, b"\x00\x00\x01\x00", "is an icon", _PICTURE),
    (0, b"8BPS", "is a Photoshop image", _PICTURE),
    (0, b"AT&TFORM", "is a DjVu scan", "have its text recognised first"),
    (4, b"ftypheic", "is a HEIC image", _PICTURE),
    (4, b"ftypavif", "is an AVIF image", _PICTURE),
    (4, b"ftyp", "is a video or sound file (MP4 or its like)", _SOUND),
    (0, b"\x1a\x45\xdf\xa3", "is a video file (Matroska or WebM)", _SOUND),
    (0, b"FLV\x01", "is a video file (Flash)", _SOUND),
    (0, b"ID3\x02", "is a sound file (MP3)", _SOUND),
    (0, b"ID3\x03", "is a sound file (MP3)", _SOUND),
    (0, b"ID3\x04", "is a sound file (MP3)", _SOUND),
    (0, b"OggS", "is a sound or video file (Ogg)", _SOUND),
    (0, b"RIFF", "is a WebP image or another RIFF file", _THE_PAGE),
    (0, b"%PDF-", "is a PDF", "extract its text first, with pdftotext for example"),
    (0, b"%!PS-", "is a PostScript file", "extract its text first, with ps2ascii for example"),
    (0, b"CAJ\x00", "is a CAJ document", _AS_TEXT),
    (0, b"PK\x03\x04", "is a ZIP archive or an Office file (.docx, .xlsx)", "unpack it, or save the document as text"),
    (0, b"PK\x05\x06", "is an empty ZIP archive", _THE_PAGE),
    (0, b"\x1f\x8b", "is gzip-compressed", "unpack it first, with gunzip for example"),
    (0, b"\x1f\x9d", "is compressed (.Z)", "unpack it first, with gunzip for example"),
    (0, b"BZh", "is bzip2-compressed", "unpack it first, with bunzip2 for example"),
    (0, b"\xfd7zXZ\x00", "is xz-compressed", "unpack it first, with unxz for example"),
    (0, b"LZIP\x01", "is lzip-compressed", "unpack it first, with lzip -d for example"),
    (0, b"\x28\xb5\x2f\xfd", "is zstd-compressed", "unpack it first, with unzstd for example"),
    (0, b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "unpack it first"),
    (0, b"Rar!\x1a\x07", "is a RAR archive", "unpack it first"),
    (0, b"MSCF\x00\x00\x00\x00", "is a cabinet archive", "unpack it first"),
    (257, b"ustar", "is a tar archive", "unpack it first, or give it to speechparse archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file (.doc, .xls)", _AS_TEXT),
    (0, b"{\\rtf", "is an RTF document", _AS_TEXT),
    (0, b"SQLite format 3\x00", "is a SQLite database", _THE_PAGE),
    (0, b"PAR1", "is a Parquet file", "give it to speechparse archive, or give the page or its text"),
    (0, b"ARROW1\x00\x00", "is an Arrow file", _THE_PAGE),
    (0, b"\x00\x01\x00\x00", "is a font", _THE_PAGE),
    (0, b"OTTO\x00", "is a font", _THE_PAGE),
    (0, b"wOFF", "is a font", _THE_PAGE),
    (0, b"wOF2", "is a font", _THE_PAGE),
    (0, b"\x7fELF", "is a program", _THE_PAGE),
    (0, b"MZ\x90\x00", "is a program", _THE_PAGE),
)
_HEAD = 1024  # bytes in which a PDF may begin, after blank lines that a server has put before it


def decode(data: bytes, *, source: str, encoding: str | None = None) -> AlignedText:
    """The text of `data`, under the name of the encoding it was read in (`utf-8`, `gb18030`, `big5`, `utf-16-le`…).

    `encoding`, where the caller knows it, is used as it is; otherwise it is detected. Bytes that are no character in it
    become U+FFFD, each run of them with a warning `bad_bytes`.
    Raises InputError, under the name `source`, for empty and for binary data.
    """
    if not data:
        raise InputError(source, "is empty", "give a file with the text of a speech")
    head = data[:_HEAD].lstrip(b"\r\n\t ")
    for offset, magic, problem, advice in _BINARIES:
        if head.startswith(magic, offset):
            raise InputError(source, problem, advice)
    name, text = _read_as(data, encoding) if encoding else _detect(data)
    if _control_share(text[:_SAMPLE]) > _CONTROLS:
        raise InputError(source, "is no text but binary data", "give the page or its text")
    return _mark_losses(AlignedText.of(text, name))


def _read_as(data: bytes, encoding: str) -> tuple[str, str]:
    """Read `data` in an encoding that the caller named."""
    name = codecs.lookup(encoding).name
    if name in ("utf-16", "utf-32"):  # without a byte order: the mark says, or else it is little-endian
        name = next((marked for mark, marked in _MARKS if data.startswith(mark) and name in marked), f"{name}-le")
    elif name in ("gb2312", "gbk"):  # what calls itself so holds characters of its supersets
        name = "gb18030"
    elif name == "utf-8-sig":
        name = "utf-8"
    return name, _decode(data, name).removeprefix("\ufeff")


def _detect(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, _decode(data[len(mark) :], name)
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" not in data:
        try:
            return "utf-8", data.decode()
        except UnicodeDecodeError:
            pass
    name = _most_plausible(_sample(data))
    return name, _decode(data, name)


def _sample(data: bytes) -> bytes:
    """The part to judge by: from the first byte that is not ASCII on, which may come after a long script."""
    first = regex.search(rb"[\x80-\xff\x00]", data)
    start = first.start() & ~1 if first else 0  # an even offset keeps the pairs of UTF-16 together
    return data[start : start + _SAMPLE]


def _most_plausible(sample: bytes) -> str:
    best, best_score = "", -1.0
    for name in _CANDIDATES:
        score = everyday_share(_decode(sample, name))
        if score > best_score:
            best, best_score = name, score
        if score >= _CERTAIN and len(sample) > 100:
            break
    return best


def _decode(data: bytes, name: str) -> str:
    """Decode with U+FFFD for what is no character. Big5 is read as Windows writes it."""
    if name.startswith("utf-16-"):
        return decode_in_step(data, name)
    codec, errors = {"gb18030": ("gb18030", "speechparse.gb18030"), "big5": ("cp950", "speechparse.big5")}.get(
        name, (name, "replace")
    )
    return data.decode(codec, errors)


def _step_over_in_gb18030(error: UnicodeError) -> tuple[str, int]:
    """Step over bytes that GB 18030 has not, and over the half character after them where there is one.

    A character is two bytes, and nothing says which is the first: one byte lost or gained would turn all that follows,
    up to the next digit or line end, into other characters. The step is taken that makes better sense.
    """
    assert isinstance(error, UnicodeDecodeError)
    data = error.object
    bad = _NOT_IN_GB18030.match(data, error.start + (data[error.start] not in b"\x80\xff"))
    after = bad.end() if bad else error.start + 1
    if bad and data[after : after + 1] > b"\x7f":
        whole, half = (data[at : at + _WINDOW].decode("gb18030", "ignore") for at in (after, after + 1))
        if everyday_share(half) > everyday_share(whole):
            return _LOST, after + 1
    return _LOST, after


def _try_hong_kong(error: UnicodeError) -> tuple[str, int]:
    """What Windows' table has not may be a character of Hong Kong's."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    try:
        return pair.decode("big5hkscs"), error.start + len(pair)
    except UnicodeDecodeError:
        return _LOST, error.end


codecs.register_error("speechparse.gb18030", _step_over_in_gb18030)
codecs.register_error("speechparse.big5", _try_hong_kong)


def _control_share(text: str) -> float:
    controls = sum(n for c, n in Counter(text).items() if (c < " " and c not in "\t\n\r\f\v\x1a") or c == "\x7f")
    return controls / len(text) if text else 0.0


def _mark_losses(text: AlignedText) -> AlignedText:
    """Warn of every run of U+FFFD, those that came in with the file as well."""
    if _LOST not in text.raw:
        return text
    warnings: list[Note] = []
    for run in regex.finditer(f"{_LOST}++", text.raw):
        if len(warnings) == _NOTED_RUNS:
            rest = f"and more such places to the end of the text, the first {_NOTED_RUNS} are listed"
            warnings.append(Note("bad_bytes", rest, run.start(), len(text.raw)))
            break
        problem = f"bytes that are no character in {text.encoding} stood here"
        warnings.append(Note("bad_bytes", problem, run.start(), run.end()))
    return text.note(warnings=warnings)
