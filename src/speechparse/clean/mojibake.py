"""Text that was decoded in the wrong encoding, put right by doing the reverse.

Three wrong readings are known of these pages, each once or more times over, in the whole text or in one paragraph:

    utf8_as_gbk      项目 → 椤圭洰   UTF-8 read as GBK or GB 18030
    utf8_as_latin1   项目 → é¡¹ç›®   UTF-8 read as Latin-1 or windows-1252
    gbk_as_latin1    项目 → ÏîÄ¿    GBK read as Latin-1 or windows-1252

A wrong reading (`_Reading`) knows the runs of characters that it makes and the bytes they stand for. A run is turned
back into its bytes, and these are read rightly; each character of the outcome is aligned with the characters that its
bytes came from. Where bytes were lost on the way U+FFFD marks the character, with a warning `lost_bytes`. What was read
in yet another encoding goes to ftfy, and its answer is taken only where everyday Chinese comes out.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from speechparse.clean.everyday import everyday_share
from speechparse.lazy import re, regex
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Note
from speechparse.time_limit import checked

_LOST = "\ufffd"
_LOST_BYTE = b"\xff"  # stands for U+FFFD among the bytes of a run; neither UTF-8 nor GBK has it
_ROUNDS = 6
_LINE = regex.compile(r"[^\n]*+\n|[^\n]++")  # str.splitlines would also split at U+0085, a byte of misread UTF-8

# UTF-8: the first bytes of punctuation, CJK and full-width characters, of those that misread texts are made of
# (it is a second misreading then), of other letters and rarities, and the bytes that follow a first one.
_FIRST_OF_CJK = (*range(0xE2, 0xEA), 0xEE, 0xEF)
_FIRST_OF_LATIN = (0xC2, 0xC3, 0xC5, 0xC6, 0xCB)
_FIRST_OF_OTHERS = (0xC4, 0xC7, 0xCE, 0xCF, 0xD0, 0xD1, 0xEA, 0xEB, 0xEC, 0xED, 0xF0)
_NEXT = range(0x80, 0xC0)


class _Piece(NamedTuple):
    """A stretch of the bytes of a run: `good` characters, `ascii`, or what is left of a `lost` character."""

    kind: str
    start: int
    end: int


class _Evidence(NamedTuple):
    """How many characters of two and of three bytes a stretch has, and how many bytes are good and lost."""

    twos: int
    threes: int
    good: int
    lost: int


class _Reading(NamedTuple):
    """One way to read bytes wrongly.

    run: the characters that it makes, with the ASCII among them; it begins with one that clean text hardly has.
    to_bytes: the bytes of a run, and for each byte the index of the character it belongs to.
    codec, pieces: the right encoding, and what splits bytes as that has them; the groups are the kinds of `_Piece`.
    gap: how many damaged bytes in a row may stand between two good characters.
    most_lost: how many damaged bytes there may be for each good one.
    accepts: whether a stretch is this kind of damage, by the characters before and after and the evidence.
    of_single_bytes: each byte was read as a character, as in Latin-1 (see `_has_single_bytes`).
    """

    rule: str
    run: re.Pattern[str]
    to_bytes: Callable[[str], tuple[bytes, Sequence[int]]]
    codec: str
    pieces: regex.Pattern[bytes]
    gap: int
    most_lost: int
    accepts: Callable[[str, str, _Evidence], bool]
    of_single_bytes: bool = True


class _Repair(NamedTuple):
    """`text[start:end]` was misread and is `new`; its i-th character stands for `text[starts[i]:ends[i]]`."""

    start: int
    end: int
    new: str
    starts: list[int]
    ends: list[int]
    rule: str


def undo_mojibake(text: AlignedText, options: ParseOptions) -> AlignedText:
    """Undo wrong readings of bytes until none shows; an undamaged text comes back as it is."""
    if text.text.isascii():
        return text
    for _ in range(_ROUNDS):
        before = text
        if _has_single_bytes(text.text):
            text = _undo_other_readings(text)
        for reading in _readings():
            if not reading.of_single_bytes or _has_single_bytes(text.text):
                text = _undo(reading, text)
        if text is before:
            break
    return text


def _undo(reading: _Reading, text: AlignedText) -> AlignedText:
    repairs: list[_Repair] = []
    for run in checked(reading.run.finditer(text.text)):
        repairs += _repairs_of_run(reading, run.group(), run.start())
    return _apply(text, repairs) if repairs else text


def _repairs_of_run(reading: _Reading, run: str, at: int) -> list[_Repair]:
    """The repairs of a run as a whole; where that has losses, line by line, the whole vouching for its short lines.

    For a line of clean text may have come in between: 下载 before the page's text is valid in nothing.
    """
    repairs = list(_decode(reading, run, at))
    if repairs and not any(_LOST in repair.new for repair in repairs):
        return repairs
    lines = _LINE.findall(run)
    if len(lines) == 1:
        return repairs
    starts = accumulate(map(len, lines), initial=at)
    return [
        repair
        for start, line in checked(zip(starts, lines, strict=False))
        for repair in _decode(reading, line, start, vouched=bool(repairs))
    ]


def _decode(reading: _Reading, run: str, at: int, vouched: bool = False) -> Iterator[_Repair]:
    """Read a run rightly, in so far as it can be; `at` is where it begins in the text."""
    data, owners = reading.to_bytes(run)
    pieces = [_Piece(piece.lastgroup or "", *piece.span()) for piece in reading.pieces.finditer(data)]
    for stretch in _stretches(pieces, data, reading.gap):
        texts = [_LOST if kind == "lost" else data[start:end].decode(reading.codec) for kind, start, end in stretch]
        first, last = owners[stretch[0].start], owners[stretch[-1].end - 1] + 1
        found = _evidence(stretch, data, reading.codec)
        if found.lost > found.good * reading.most_lost:
            continue
        if not (vouched and found.threes) and not reading.accepts(run[first:last], "".join(texts), found):
            continue
        begins: list[int] = []
        for piece, text in zip(stretch, texts, strict=True):
            begins += _character_begins(data[piece.start : piece.end], text, reading.codec, piece.start)
        yield _Repair(
            at + first,
            at + last,
            "".join(texts),
            [at + owners[begin] for begin in begins],
            [at + owners[end - 1] + 1 for end in chain(begins[1:], (stretch[-1].end,))],
            reading.rule,
        )


def _character_begins(data: bytes, text: str, codec: str, at: int) -> Iterable[int]:
    """Where in its bytes each character of a text begins; `at` is added."""
    if len(text) == 1 or len(text) == len(data):
        return range(at, at + len(text))
    if codec == "utf-8":
        return [index for index, byte in enumerate(data, at) if byte & 0xC0 != 0x80]
    return accumulate((len(character.encode(codec)) for character in text[:-1]), initial=at)


def _stretches(pieces: list[_Piece], data: bytes, gap: int) -> Iterator[list[_Piece]]:
    """From good characters to good characters, with no gap too wide; what stands outside belongs to other text.

    Only half a character that begins or ends a line (the `?` of `锛?` is its other half) belongs to the damage.
    """
    first = last = None
    lost = 0
    for index, piece in enumerate(pieces):
        if piece.kind == "lost":
            lost += piece.end - piece.start
        elif piece.kind == "good":
            if first is not None and last is not None and lost > gap:
                yield pieces[first : last + 1]
                first = None
            if first is None:
                first = _with_halves_before(pieces, data, index)
            last, lost = index, 0
    if first is not None and last is not None:
        yield pieces[first : _with_halves_after(pieces, data, last) + 1]


def _with_halves_before(pieces: list[_Piece], data: bytes, first: int) -> int:
    before = first
    while before and pieces[before - 1].kind == "lost":
        before -= 1
    return before if before == 0 or data[pieces[before].start - 1] in b"\r\n" else first


def _with_halves_after(pieces: list[_Piece], data: bytes, last: int) -> int:
    after = last
    for piece in pieces[last + 1 :]:
        if piece.kind != "lost" or not (data[piece.start] >= 0xC0 or data[piece.start] == ord("?")):
            break
        after += 1
    end = pieces[after].end
    return after if data[end : end + 1] in b"\r\n" or data[end - 1] in b"?\xff" else last


def _apply(text: AlignedText, repairs: list[_Repair]) -> AlignedText:
    """Make the repairs, each line a logged edit, and warn of the characters that lost bytes.

    `AlignedText.apply` would need an edit for each character, which takes three times as long as segmenting the text.
    """
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    log: list[tuple[int, int, str]] = []
    warnings: list[Note] = []
    done = 0
    for repair in repairs:
        pieces += (text.text[done : repair.start], repair.new)
        starts.extend(text.raw_starts[done : repair.start])
        ends.extend(text.raw_ends[done : repair.start])
        new_starts = [text.raw_starts[index] for index in repair.starts]
        new_ends = [text.raw_ends[index - 1] for index in repair.ends]
        starts.extend(new_starts)
        ends.extend(new_ends)
        log += [(new_starts[a], new_ends[b - 1], repair.rule) for a, b in _lines(repair.new)]
        if _LOST in repair.new:
            problem = f"a wrong encoding lost bytes here ({repair.rule})"
            losses = (m.span() for m in _LOSSES.finditer(repair.new))
            warnings += [Note("lost_bytes", problem, new_starts[a], new_ends[b - 1]) for a, b in losses]
        done = repair.end
    pieces.append(text.text[done:])
    starts.extend(text.raw_starts[done:])
    ends.extend(text.raw_ends[done:])
    edits, all_warnings = (*text.edits, *log), (*text.warnings, *warnings)
    return replace(text, text="".join(pieces), raw_starts=starts, raw_ends=ends, edits=edits, warnings=all_warnings)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not empty, without their ends."""
    return (match.span() for match in regex.finditer(r"[^\n]++", text))


@cache
def _readings() -> tuple[_Reading, ...]:
    """GBK read as Latin-1 comes before UTF-8 read so: pairs of its bytes are often UTF-8, but not the other way round.

    The patterns are of `re`: `regex` takes forty times as long over a class of many single characters.
    """
    rare = _class(_gb18030_pairs(_FIRST_OF_CJK, _NEXT))
    common = _class(_gb18030_pairs(_FIRST_OF_LATIN, _NEXT))
    firsts = (*_FIRST_OF_OTHERS, *_FIRST_OF_LATIN, *_FIRST_OF_CJK)  # one never follows another
    letters = range(0x40, 0x7F)
    pairs = chain(_gb18030_pairs(firsts, _NEXT), _gb18030_pairs(_NEXT, (*letters, *_NEXT, *firsts)))
    others = _class([*pairs, "€", _LOST])
    latin = _class(_LATIN)
    return (
        _Reading(
            "mojibake.utf8_as_gbk",
            re.compile(
                f"[{rare}{common}](?:(?<=[{rare}])|[{common}]{{0,7}}[{rare}]|[{common}]{{2}})[{others}\\x00-\\x7f]*"
            ),
            _gbk_bytes,
            "utf-8",
            _UTF8,
            6,
            1,
            _is_utf8_read_as_gbk,
            of_single_bytes=False,
        ),
        _Reading(
            "mojibake.gbk_as_latin1",
            re.compile(f"[\xa1-\xfe][{latin}][{latin}\\x00-\\x7f]*"),
            _latin_bytes,
            "gb18030",
            _GB18030,
            6,
            0,  # a loss would put all that follows out of step
            _is_gbk_read_as_latin1,
        ),
        _Reading(
            "mojibake.utf8_as_latin1",
            re.compile(f"[\xc2-\xf4][{latin}{_LOST}?][{latin}{_LOST}\\x00-\\x7f]*"),
            _latin_bytes_with_spaces,
            "utf-8",
            _UTF8,
            60,
            4,  # without the control characters of Latin-1 two characters of three are lost
            _is_utf8_read_as_latin1,
        ),
    )


def _class(characters: Iterable[str]) -> str:
    return re.escape("".join(characters))


def _gb18030_pairs(leads: Iterable[int], trails: Sequence[int]) -> Iterator[str]:
    """The characters that pairs of bytes are in GB 18030."""
    for lead in leads:
        if lead > 0x80:
            yield from b"".join(bytes((lead, trail)) for trail in trails).decode("gb18030")


# What Latin-1 and windows-1252 make of the bytes from 80 on: of 80–9F control characters or €‚ƒ„….
_LATIN = {chr(byte): byte for byte in range(0x80, 0x100)}
_LATIN |= {bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"}
_TO_LATIN_1 = str.maketrans({character: chr(byte) for character, byte in _LATIN.items()} | {_LOST: "\xff"})

_LOSSES = regex.compile(f"{_LOST}++")
_UTF8 = regex.compile(
    rb"""(?x)
    (?P<good>(?:[\xc2-\xdf][\x80-\xbf]
        |\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]
        |\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})++)
    |(?P<lost>[\xc2-\xf4](?:[?\xff][\x80-\xbf]?|[\x80-\xbf]{1,2}[?\xff]?)?  # half a character, a mark for the rest
        |[?\xff][\x80-\xbf]{1,2}|[\x80-\xff])
    |(?P<ascii>[\x00-\x7f](?:(?!\?[\x80-\xbf])[\x00-\x7f])*+)
    """
)
_GB18030 = regex.compile(
    rb"""(?x)
    (?P<good>(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\x83\x90-\xe2][0-9][\x81-\xfe][0-9])++)  # other leads are vacant
    |(?P<lost>[\x80-\xff])
    |(?P<ascii>[\x00-\x7f]++)
    """
)
# A no-break space that became a space: 党 is å…\xa0 only in its lost byte. Half of a character is before or around it.
_SPACE_FOR_A0 = regex.compile(rb"(?<=[\xe2-\xe9\xef]) (?=[\x80-\xbf])|(?<=[\xe2-\xe9\xef][\x80-\xbf]) ")


def _latin_bytes(run: str) -> tuple[bytes, Sequence[int]]:
    return run.translate(_TO_LATIN_1).encode("latin-1"), range(len(run))


def _latin_bytes_with_spaces(run: str) -> tuple[bytes, Sequence[int]]:
    data, owners = _latin_bytes(run)
    return _SPACE_FOR_A0.sub(b"\xa0", data), owners


def _gbk_bytes(run: str) -> tuple[bytes, Sequence[int]]:
    if "€" not in run and _LOST not in run:
        return run.encode("gb18030"), [i for i, c in enumerate(run) for _ in range(1 if c < "\x80" else 2)]
    data, owners = bytearray(), list[int]()
    for index, character in enumerate(run):
        if character == "€":
            data += _euro_bytes(data, run[index + 1 : index + 2])
        else:
            data += _LOST_BYTE if character == _LOST else character.encode("gb18030")
        owners += [index] * (len(data) - len(owners))
    return bytes(data), owners


def _euro_bytes(before: bytearray, following: str) -> bytes:
    """€ is the byte 80 in Windows' GBK (`銆€` is U+3000) and A2 E3 in GB 18030: what fits between its neighbours.

    A2 E3 would be the end of one character and the beginning of the next.
    """
    back = next((n for n, byte in enumerate(reversed(before[-3:])) if byte >= 0xC0), None)
    missing = 0 if back is None else (1 if before[-1 - back] < 0xE0 else 2) - back
    goes_on = following not in ("", "€", _LOST) and following.encode("gb18030")[0] in _NEXT
    return b"\xa2\xe3" if missing == 1 and goes_on else b"\x80"


def _evidence(pieces: list[_Piece], data: bytes, codec: str) -> _Evidence:
    good = b"".join(data[piece.start : piece.end] for piece in pieces if piece.kind == "good")
    lost = sum(piece.end - piece.start for piece in pieces if piece.kind == "lost")
    if codec != "utf-8":
        return _Evidence(len(good) // 2, 0, len(good), lost)
    twos = len(good) - len(good.translate(None, bytes(range(0xC0, 0xE0))))
    threes = len(good) - len(good.translate(None, bytes(range(0xE0, 0x100))))
    return _Evidence(twos, threes, len(good), lost)


def _is_utf8_read_as_gbk(source: str, decoded: str, found: _Evidence) -> bool:
    """Four characters of three bytes are no chance, even if they are not everyday yet, being misread twice over.

    Pairs of two bytes are: 恪尽职守 is valid UTF-8. They must all be of Latin-1, which is a second misreading.
    """
    if found.threes >= 4 and found.threes >= found.twos:
        return True
    if found.lost or found.twos + found.threes < 2:
        return False
    misread = [character for character in decoded if character >= "\x80"]
    if found.twos:
        return len(misread) >= 6 and all(character in _LATIN for character in misread)
    return set(misread) == {_LOST} or (everyday_share(decoded) > 0.9 and everyday_share(source) < 0.7)


_GENUINE = frozenset("×·°±§¨¤÷²³¹àáèéêìíòóùúü")  # of Latin-1 in Chinese texts: ××县, 25°, m², readings
_QUOTES = frozenset("“”‘’…—–•™")  # of windows-1252


def _is_utf8_read_as_latin1(source: str, decoded: str, found: _Evidence) -> bool:
    """A letter with an accent and two signs after it: of those the clean text has only a quotation mark after café."""
    if found.threes + found.twos >= 4:
        return True
    if found.lost or not found.threes:
        return False
    strange = sum(character not in _GENUINE and character not in _QUOTES for character in source if character >= "\x80")
    return found.threes >= 2 or (strange > 0 and everyday_share(decoded) > 0.9)


def _is_gbk_read_as_latin1(source: str, decoded: str, found: _Evidence) -> bool:
    """Nearly all of it is everyday Chinese, and it was no row of masks or a reading."""
    if found.twos < 2:
        return False
    latin = [character for character in source if character >= "\x80"]
    strange = sum("À" <= character <= "ÿ" and character not in _GENUINE for character in latin)
    twice = sum(character in "ÂÃ" for character in latin)  # UTF-8 read as Latin-1, twice over
    return strange * 4 > len(latin) and twice * 3 < len(latin) and everyday_share(decoded) > 0.85


# Three signs in a row of what single-byte encodings have, one of them a letter: dashes and masks (××县) are none.
_OTHER_SIGNS = "\u0080-\u05ff\u2010-\u25ff\uf8ff\ufb00-\ufb06"
_LETTER = "[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u05ff\u2200-\u22ff\u2550-\u256c]"
_OTHER_RUN = re.compile(
    f"[{_OTHER_SIGNS}]{{3}}(?<={_LETTER}..|.{_LETTER}.|..{_LETTER})[{_OTHER_SIGNS}\\x00-\\x7f]*", re.DOTALL
)
_ENOUGH = 2000  # characters, to find out by
_SINGLE_BYTES = re.compile(
    f"[\xa1-\u05ff\u2200-\u22ff\u2550-\u256c](?:(?<={_LETTER})|(?<=[\xa1-\xfe])[{_class(_LATIN)}{_LOST}?])"
)


@lru_cache(maxsize=2)
def _has_single_bytes(text: str) -> bool:
    """Whether a text has what each run of bytes that were read one by one holds; one look, for there are many runs."""
    return _SINGLE_BYTES.search(text) is not None


def _undo_other_readings(text: AlignedText) -> AlignedText:
    """UTF-8 read as Mac Roman, windows-1251 and the like: ftfy finds out which, the bytes are decoded as above."""
    repairs: list[_Repair] = []
    for run in _OTHER_RUN.finditer(text.text):
        sample = [character for character in run.group()[:_ENOUGH] if character >= "\x80"]
        if sum(character not in _LATIN for character in sample) * 10 < len(sample):
            continue  # the exact reversals are for this
        codec = _misread_as(run.group()[:_ENOUGH])
        if codec:
            repairs += _repairs_of_run(_single_byte_reading(codec), run.group(), run.start())
    return _apply(text, repairs) if repairs else text


def _misread_as(run: str) -> str | None:
    """The encoding in which ftfy thinks UTF-8 was read. It may only find that out: no quotes, no widths, no escapes."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    steps = ftfy.fix_encoding_and_explain(run, config).explanation or []
    return next((step.parameter for step in steps if step.action == "encode"), None)


@cache
def _single_byte_reading(codec: str) -> _Reading:
    def to_bytes(run: str) -> tuple[bytes, Sequence[int]]:
        return b"".join(character.encode(codec, "ignore") or _LOST_BYTE for character in run), range(len(run))

    def accepts(source: str, decoded: str, found: _Evidence) -> bool:
        return found.threes >= 2 and everyday_share(decoded.replace(_LOST, "")) > 0.9

    name = codec.removeprefix("sloppy-").replace("-", "_")
    return _Reading(f"mojibake.utf8_as_{name}", _OTHER_RUN, to_bytes, "utf-8", _UTF8, 6, 1, accepts)
