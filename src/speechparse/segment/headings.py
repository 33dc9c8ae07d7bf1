"""Finds the sections of a speech by their numbered headings.

The styles of numbering and their levels are rows of data/lexicons/headings.tsv: 一、 is 1, （一） 2, 1. 3, （1） 4. A
heading begins a line, or, for （一）, follows a full stop inside a paragraph and counts on. 一是, 第一 and the like are
no headings: they number sentences. The items of a list (一、…；二、…；) are none either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from speechparse.lazy import regex
from speechparse.records import Section
from speechparse.segment.linekinds import numbering

LONGEST_HEADING = 80
LONGEST_RUN_IN = 60  # of a heading that goes on in its line

_STOP = regex.compile("[。！？!?；;：:\n]")
_CLAUSE_END = regex.compile("[，,、 　]")
_BRACKETED = regex.compile(
    r"(?:(?P<outer>^)|(?<=[。！？”]))[（(](?P<number>[一二三四五六七八九十]{1,3})[)）]"
    r"(?(outer)|(?=[^。！？；;：:\n（(]{4,40}。))",
    regex.MULTILINE,
)
_VALUES = {number: value for value, number in enumerate("一二三四五六七八九十", 1)}


class _Heading(NamedTuple):
    level: int
    number: str
    start: int
    words: int


def find_sections(text: str, start: int, end: int) -> list[Section]:
    """The sections of the speech `text[start:end]`, in order. Each spans heading and body, up to the next heading of
    its level or a higher one; the heading is without its number and its closing mark."""
    headings = [*_at_line_starts(text, start, end), *_inside_paragraphs(text, start, end)]
    headings.sort(key=lambda heading: heading.start)
    ends = [end] * len(headings)
    open_at: list[int] = []
    for index, heading in enumerate(headings):
        while open_at and headings[open_at[-1]].level >= heading.level:
            ends[open_at.pop()] = heading.start
        open_at.append(index)
    return [
        Section(
            level=heading.level,
            number=heading.number,
            heading=_words(text, heading.words, over),
            start=heading.start,
            end=heading.start + len(text[heading.start : over].rstrip()),
        )
        for heading, over in zip(headings, ends, strict=True)
    ]


def _at_line_starts(text: str, start: int, end: int) -> Iterator[_Heading]:
    at = start
    while at < end:
        over = text.find("\n", at, end)
        over = end if over < 0 else over
        number = numbering(text, at)
        if number and number.end < over and text[over - 1] not in "；;":
            yield _Heading(number.level, number.number, at, number.end)
        at = over + 1


def _inside_paragraphs(text: str, start: int, end: int) -> Iterator[_Heading]:
    """（二） after a full stop, with a heading that ends in one. It counts on from the last （一）, or is the first."""
    last = 0
    for match in _BRACKETED.finditer(text, start, end):
        value = _VALUES.get(match["number"], 0)
        if match["outer"] is not None:
            last = value
        elif value in (1, last + 1):
            last = value
            yield _Heading(2, match["number"], match.start(), match.end())


def _words(text: str, start: int, end: int) -> str:
    """The words of a heading: its line, or of a longer line the first sentence."""
    over = text.find("\n", start, end)
    line = text[start : end if over < 0 else over].strip()
    stop = _STOP.search(line)
    if stop and stop.end() < len(line):
        line = line[: stop.start()]
        limit = LONGEST_RUN_IN
    else:
        line = line.rstrip("。：:；;！!")
        limit = LONGEST_HEADING
    if len(line) > limit:
        cuts = [m.start() for m in _CLAUSE_END.finditer(line, 0, limit)]
        line = line[: cuts[-1] if cuts else limit]
    return line
