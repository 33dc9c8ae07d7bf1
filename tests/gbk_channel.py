"""The channel that reposting sites send a page through, so that any clean text can be damaged at will.

The page is converted to traditional characters; then, on its GBK bytes and at any byte offset, notes `(py)` are put
behind pairs that are a character of the site's table, and full-width ASCII becomes half-width; what then can't be read
as GBK is marked or dropped. `damage` does all this under a seed and says which characters of the original it broke.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import normalize

import opencc
import regex

from speechparse import lexicons
from speechparse.clean.readings import ReadingRow
from speechparse.text import AlignedText

PUNCTUATION = (0xA1, 0xA8, 0xA9, 0xAC, 0xBA, 0xBB, 0xBF)  # the second bytes of ！（），：；？
ONLY_QUESTION_MARK = (0xBF,)


@dataclass(frozen=True)
class Channel:
    """One site's habits.

    noted: `changed` characters only (those that the conversion changed), a third of `any` character of the text as
        a table, or a third of the `places` of a text at random.
    by_position: notes go in behind every match at once; otherwise one character of the table after the other is
        replaced, and a match that a note has split is none any more.
    notes_first: notes, then half-width; otherwise the other way round.
    pairs: the second bytes of the full-width characters that become half-width, `share` of them.
    error: what becomes of a lead byte that begins no character: `swallow` it and the next byte make one ?; `double`
    two;
        `mark` it alone makes a ?; `drop` it alone goes; `vanish` it and the next byte go; `mixed` each in turn at
        random.
    """

    noted: str = "changed"
    by_position: bool = True
    notes_first: bool = True
    pairs: tuple[int, ...] = ONLY_QUESTION_MARK
    share: float = 1.0
    error: str = "swallow"
    codec: str = "gbk"


@dataclass(frozen=True)
class Damaged:
    """`text` is what the site shows of `original`; the events are indices of the first broken character of
    `original`.
    """

    text: str
    original: str
    straddled: tuple[int, ...]
    lost: tuple[int, ...]


@lru_cache(maxsize=1)
def main_readings() -> dict[str, str]:
    rows = lexicons.load("readings", ReadingRow)
    return {character: row.syllable for row in rows for character in row.characters}


@lru_cache(maxsize=4)
def converter(configuration: str) -> Callable[[str], str]:
    return opencc.OpenCC(configuration).convert


def writable(text: str) -> str:
    """Only what GBK can hold: the sites had no other characters."""
    return text.encode("gbk", "ignore").decode("gbk")


def damage(text: str, channel: Channel, seed: int) -> Damaged:
    """Send a text (simplified or traditional) through a channel."""
    rng = random.Random(seed)
    original = writable(converter("s2t")(text))
    table = site_table(original, channel, rng)
    data = original.encode("gbk")
    index = [i for i, c in enumerate(original) for _ in c.encode("gbk")]
    straddled: list[int] = []
    lost: list[int] = []
    cells = [(bytes((byte,)), at) for byte, at in zip(data, index, strict=True)]
    steps = [insert_notes, halve_width]
    for step in steps if channel.notes_first else reversed(steps):
        cells = step(cells, channel, table, rng, straddled if step is insert_notes else lost)
    return Damaged(read(b"".join(byte for byte, _ in cells), channel, rng), original, tuple(straddled), tuple(lost))


Cells = list[tuple[bytes, int]]
"""Bytes with the index of the character they came from; a note is one cell with index -1."""


def site_table(original: str, channel: Channel, rng: random.Random) -> dict[bytes, str]:
    """The two-byte sequences that the site puts notes behind, with the note."""
    readings = main_readings()
    simplified = converter("t2s")
    if channel.noted == "changed":
        return {c.encode("gbk"): readings[c] for c in readings if simplified(c) != c}
    if channel.noted == "any":
        return {c.encode("gbk"): s for c, s in sorted(readings.items()) if rng.random() < 1 / 3}
    return {c.encode("gbk"): s for c, s in readings.items()}


def insert_notes(
    cells: Cells, channel: Channel, table: dict[bytes, str], rng: random.Random, straddled: list[int]
) -> Cells:
    matches = []
    for at in range(len(cells) - 1):
        (first, of_first), (second, of_second) = cells[at], cells[at + 1]
        syllable = table.get(first + second)
        if syllable is None:
            continue
        broken = of_first != of_second or (at > 0 and cells[at - 1][1] == of_first)
        if channel.noted == "places" and (broken or rng.random() > 1 / 3) and rng.random() > 0.02:
            continue
        matches.append((at, syllable, broken))
    if not channel.by_position:
        order = sorted(matches, key=lambda match: hash_of(table, cells, match[0], rng_key=channel.noted))
        split: set[int] = set()  # a note stands between cell n and cell n + 1
        kept = []
        for match in order:
            if match[0] not in split:
                kept.append(match)
                split.add(match[0] + 1)
        matches = sorted(kept)
    after = {at + 1: syllable for at, syllable, _ in matches}
    straddled.extend(cells[at][1] for at, _, broken in matches if broken)
    result: Cells = []
    for at, cell in enumerate(cells):
        result.append(cell)
        if at in after:
            result.append((b"(" + after[at].encode("gb18030") + b")", -1))
    return result


def hash_of(table: dict[bytes, str], cells: Cells, at: int, rng_key: str) -> int:
    """An arbitrary but fixed order of the table's characters."""
    first, second = cells[at][0][0], cells[at + 1][0][0]
    return (first * 7919 + second * 104729) % 65521


def halve_width(cells: Cells, channel: Channel, table: dict[bytes, str], rng: random.Random, lost: list[int]) -> Cells:
    result: Cells = []
    at = 0
    while at < len(cells):
        (byte, of), following = cells[at], cells[at + 1 : at + 2]
        if byte == b"\xa3" and following and following[0][0] in {bytes((p,)) for p in channel.pairs}:
            broken = following[0][1] != of
            if not broken or rng.random() < channel.share:
                if broken:
                    lost.append(of)
                result.append((bytes((following[0][0][0] & 0x7F,)), of))
                at += 2
                continue
        result.append(cells[at])
        at += 1
    return result


def read(data: bytes, channel: Channel, rng: random.Random) -> str:
    return "".join(_read(data, channel, rng))


def _read(data: bytes, channel: Channel, rng: random.Random) -> Iterator[str]:
    at = 0
    while at < len(data):
        if data[at] < 0x80:
            yield chr(data[at])
            at += 1
            continue
        pair = data[at : at + 2]
        try:
            yield pair.decode(channel.codec)
            at += 2
            continue
        except UnicodeDecodeError:
            pass
        error = channel.error
        if error == "mixed":
            error = rng.choice(("swallow", "double", "mark", "drop"))
        yield {"swallow": "?", "double": "??", "mark": "?", "drop": "", "vanish": ""}[error]
        at += 1 if error in ("mark", "drop") else 2


@dataclass(frozen=True)
class Outcome:
    """How much of a damaged text was restored, counted in characters of the original."""

    characters: int
    wrong: int
    straddled: int
    straddled_right: int
    lost: int
    lost_right: int

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    def __str__(self) -> str:
        return (
            f"character errors {self.wrong}/{self.characters} = {self.wrong / max(1, self.characters):.4%}, "
            f"straddled {self.straddled_right}/{self.straddled} = {self.straddled_right / max(1, self.straddled):.2%}, "
            f"lost {self.lost_right}/{self.lost} = {self.lost_right / max(1, self.lost):.2%}"
        )


def compare(damaged: Damaged, restored: str) -> Outcome:
    """Compare a restored text with the original, script, white space and the width of ASCII apart."""
    original, restored = folded(damaged.original), folded(restored)
    right = bytearray(len(original))
    wrong = 0
    for start, end, rstart, rend in stretches(original, restored):
        matcher = SequenceMatcher(None, original[start:end], restored[rstart:rend], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                right[start + a : start + b] = b"\1" * (b - a)
            else:
                wrong += max(printed(original[start + a : start + b]), printed(restored[rstart + c : rstart + d]))
    return Outcome(
        len(original),
        wrong,
        len(damaged.straddled),
        sum(all(right[i : i + 2]) for i in damaged.straddled),
        len(damaged.lost),
        sum(all(right[i : i + 2]) for i in damaged.lost),
    )


def unmarked(damaged: Damaged, restored: AlignedText) -> int:
    """The character errors of a restored text that no warning touches."""
    original, text = folded(damaged.original), folded(restored.text)
    warned = [(note.raw_start, note.raw_end) for note in restored.warnings]
    wrong = 0
    for start, end, rstart, rend in stretches(original, text):
        matcher = SequenceMatcher(None, original[start:end], text[rstart:rend], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            errors = max(printed(original[start + a : start + b]), printed(text[rstart + c : rstart + d]))
            if tag != "equal" and errors:
                at, until = restored.raw_span(rstart + c, rstart + d)
                if not any(first <= max(until, at + 1) and at <= last for first, last in warned):
                    wrong += errors
    return wrong


FIGURE = regex.compile(r"[0-9][0-9.,]*+(?<![.,])|[零〇一二三四五六七八九十百千万亿两]+")


def wrong_figures(damaged: Damaged, restored: str) -> list[str]:
    """The figures of a restored text that its original has not in that place, and that no lost mark touches."""
    original, restored = folded(damaged.original), folded(restored)
    of_original: dict[int, int] = {}  # for each character that is right, its index in the original
    for start, end, rstart, rend in stretches(original, restored):
        matcher = SequenceMatcher(None, original[start:end], restored[rstart:rend], autojunk=False)
        for a, b, size in matcher.get_matching_blocks():
            of_original.update((rstart + b + i, start + a + i) for i in range(size))
    right = set(of_original.values())
    return [
        restored[max(0, match.start() - 6) : match.end() + 6]
        for match in FIGURE.finditer(restored)
        if "?" not in restored[max(0, match.start() - 1) : match.end() + 1]
        and not _stands_in(original, [of_original.get(at, -1) for at in range(*match.span())], right)
    ]


def _stands_in(original: str, indices: list[int], right: set[int]) -> bool:
    """Whether characters stand in the original side by side, and no more of the figure around them."""
    first, last = indices[0], indices[-1]
    if -1 in indices or last - first != len(indices) - 1:
        return False
    around = [at for at in (first - 1, last + 1) if 0 <= at < len(original) and at not in right]
    return not any(original[at].isdigit() or FIGURE.match(original[at]) for at in around)


def folded(text: str) -> str:
    """The text in simplified and half-width characters, as many as before."""
    text = converter("t2s")(text)
    return "".join(half if len(half := normalize("NFKC", c)) == 1 else c for c in text)


def printed(text: str) -> int:
    """The characters of a text but for white space."""
    return sum(not c.isspace() for c in text)


def stretches(original: str, restored: str) -> Iterator[tuple[int, int, int, int]]:
    """Cut both texts at passages that stand once in their neighbourhood, so that the comparison stays cheap."""
    size = 10
    done = rdone = 0
    for at in range(len(original) - size):
        if at < done + 120:
            continue
        key = original[at : at + size]
        around = restored[rdone : rdone + at - done + 120]
        if around.count(key) == 1 and original[done : at + 240].count(key) == 1:
            yield done, at, rdone, rdone + around.index(key)
            rdone += around.index(key)
            done = at
    yield done, len(original), rdone, len(restored)
