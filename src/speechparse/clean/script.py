"""Turns traditional characters into simplified ones, where a text shows them.

OpenCC converts character by character, with an eye on the words that need it; so wrong traditional forms come out
right as well: 髮展 and 發展 are both 发展. What it leaves is in data/lexicons/script_fixes.tsv: 著 is 着 in 隨著, but
stays 著 in 顯著. Simplified text has some of the same characters (乾县, 显著, 於 in names): these are converted only in
a line that is traditional otherwise, and a single character of script_names.tsv is left to whoever bears it in a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import compress, count
from operator import ne
from typing import Any, NamedTuple

from speechparse import lexicons
from speechparse.lazy import re, regex
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit
from speechparse.time_limit import checked

_TRADITIONAL_TEXT = 0.1  # the share of traditional-only characters; of a wholly traditional text it is 0.3, mixed less
_TRADITIONAL_LINE = 2
_HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00))
_LINE = regex.compile(r"[^\n]++")


class ScriptFix(NamedTuple):
    """A row of script_fixes.tsv: what `form` is in simplified text."""

    form: str
    simplified: str
    example: str
    counter_example: str


class ScriptName(NamedTuple):
    """A row of script_names.tsv: a character that names in simplified text have."""

    character: str
    example: str


def simplify(text: AlignedText, options: ParseOptions) -> AlignedText:
    """The text in simplified characters; with `script="keep"`, and without traditional ones, as it is."""
    if options.script == "keep" or text.text.isascii() or not _traditional_only().search(text.text):
        return text
    return text.apply(_edits(text.text))


def _edits(text: str) -> Iterator[Edit]:
    traditional, names = _traditional_only(), _names()
    telling = [character for character in traditional.findall(text) if character not in names]
    everywhere = len(telling) > _TRADITIONAL_TEXT * len(text)
    for line in checked(_LINE.finditer(text)) if telling else ():
        found = [character for character in traditional.findall(line.group()) if character not in names]
        if everywhere or len(found) >= _TRADITIONAL_LINE:
            new = _fixes().sub(lambda fix: _simplified()[fix.group()], _convert(line.group()))
        else:
            new = line.group().translate({ord(character): _convert(character) for character in found})
        yield from _differences(line.group(), new, line.start())


def _differences(before: str, after: str, at: int) -> Iterator[Edit]:
    """One edit for each run of characters that changed. Both texts have the same length."""
    start = end = 0
    for place in compress(count(), map(ne, before, after)):
        if place != end and start != end:
            yield Edit(at + start, at + end, after[start:end], "script.traditional")
        if place != end or start == end:
            start = place
        end = place + 1
    if start != end:
        yield Edit(at + start, at + end, after[start:end], "script.traditional")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _convert(text: str) -> str:
    """Convert, and keep the length: a word that OpenCC would make longer or shorter goes by its characters."""
    converted: str = _converter().convert(text)
    return converted if len(converted) == len(text) else "".join(_converter().convert(c)[:1] for c in text)


@cache
def _traditional_only() -> re.Pattern[str]:
    """The characters that OpenCC changes and GB 2312 has not, which no simplified text has but in names.

    A pattern of `re`: `regex` takes forty times as long over a class of thousands of single characters.
    """
    characters = [chr(code) for code in _HAN]
    converted = _converter().convert("\n".join(characters)).split("\n")
    traditional = [a for a, b in zip(characters, converted, strict=True) if a != b and not a.encode("gb2312", "ignore")]
    return re.compile(f"[{''.join(traditional)}]")


@cache
def _simplified() -> dict[str, str]:
    return {row.form: row.simplified for row in lexicons.load("script_fixes", ScriptFix)}


@cache
def _fixes() -> regex.Pattern[str]:
    return regex.compile("|".join(sorted(map(regex.escape, _simplified()), key=len, reverse=True)))


@cache
def _names() -> frozenset[str]:
    return frozenset(row.character for row in lexicons.load("script_names", ScriptName))
