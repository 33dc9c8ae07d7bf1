"""Finds titles and headings that a page has glued to the paragraph after or before them.

A title is known by its closing noun and by what follows it (a date, a salutation). A heading is known by its number:
the main numbers of a speech (一、 二、) count through it, wherever they stand. Where such a heading ends is told by a
space, or by nothing at all: 一、明确任务，全力打好治水攻坚战水利建设是… Then the evidence decides: a word that opens
paragraphs, a word of the heading that is taken up again, a last clause as long as its sisters', a word headings end
with. Without enough of it the heading stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
from speechparse.segment.edtf import find_dates
from speechparse.segment.linekinds import (
    LONGEST_TITLE,
    NAME,
    has_title_noun,
    is_title,
    numbering,
    salutation_end,
    title_words,
)
from speechparse.text import Edit
from speechparse.words import cut

SHORTEST_SECTION = 100  # what follows a main heading inside a paragraph; the items of a list are shorter
SHORTEST_BODY = 12
LONGEST_HEADING = 48
SHORTEST_HEADING = 6
LONGEST_WORD = 8  # of those that bound a heading
LONGEST_REACH = 200  # characters to look at for the end of a heading
LONGEST_LINE = 80  # a line without a stop that is no longer is a heading and nothing else
ENOUGH = 4.0  # evidence that a heading ends: a strong opener after a word that headings end with, or as much together
ONE_CLAUSE = 14  # characters; a longer one without a comma is likely two

_NUMBERS = "一二三四五六七八九十"
_MAIN = regex.compile(
    rf"(?P<number>[{_NUMBERS}]{{1,3}}+)[、．](?=[ 　]?[\p{{Han}}“\d])(?![{_NUMBERS}](?:[、季产类级线期等]))"
)
_BEFORE = frozenset("。！？!?：:…”’）) 　\t\n")  # a heading can follow these inside a paragraph
_VALUE = {c: i for i, c in enumerate(_NUMBERS, 1)}
_STOP = regex.compile("[。！？!?；;：:\n]")
_YEAR = regex.compile(r"(?:19|20)(?:\d\d|\d[*xX×]|[*xX×]{2})年")
_PREDICATE = regex.compile(r"[^，,]{0,14}?(?:是|要|必须|关系|涉及|决定)")
_CLAUSE = regex.compile("[，,、 　]")
_NOT_BEFORE = frozenset("的和与及在对以为将把被从向让使、，,“‘（(《—-")
_NOT_AFTER = frozenset("的和与及等了着性化者们、，,”’）)》")


class BoundRow(NamedTuple):
    """A word that `opens` a paragraph, `ends` a heading, or `both`, and how much that says; half of it for an end."""

    word: str
    side: str
    weight: int
    example: str


class _Words(NamedTuple):
    """The words that open a paragraph and that end a heading, with what each says."""

    opens: dict[str, int]
    ends: dict[str, int]


@lru_cache(maxsize=1)
def _words() -> _Words:
    rows = lexicons.load("heading_bounds", BoundRow)
    return _Words(*({row.word: row.weight for row in rows if row.side in (side, "both")} for side in ("opens", "ends")))


def _opened(text: str) -> int:
    """What the word says for the beginning of a paragraph that a text begins with."""
    opens = _words().opens
    return next((opens[text[:size]] for size in range(LONGEST_WORD, 0, -1) if text[:size] in opens), 0)


def _ended(text: str) -> int:
    """What the word says for the end of a heading that a text ends with."""
    ends = _words().ends
    return next((ends[text[-size:]] for size in range(LONGEST_WORD, 0, -1) if text[-size:] in ends), 0)


# --- titles


_DATE = regex.compile(rf"(?P<name>{NAME})?[ 　]?(?P<date>[（(〔][^（()）\n]{{4,24}}[)）〕])")
_UNDER_TITLE = regex.compile(rf"{_DATE.pattern}|——|--")


def glued_titles(text: str) -> Iterator[Edit]:
    """Line breaks after the titles, and their dates, that paragraphs begin with."""
    for start, end in _paragraphs(text):
        if end - start < 20:
            continue
        title = _title_end(text[start : min(end, start + 200)])
        if not title:
            continue
        at = start + title
        subtitle = regex.search("[ 　](?=——|--)", text[start:at])
        if subtitle:
            yield from _break(text, start + subtitle.start(), "lines.title")
        yield from _break(text, at, "lines.title")
        date = _DATE.match(text, at + len(text[at:end]) - len(text[at:end].lstrip()), end)
        if date and date.end() < end and next(find_dates(date["date"]), None):
            if date["name"]:
                yield from _break(text, date.start("date"), "lines.title")
            yield from _break(text, date.end(), "lines.title")


@lru_cache(maxsize=1)
def _title_pattern() -> regex.Pattern[str]:
    nouns, tails = title_words()
    return regex.compile(rf"(?:{nouns})(?:{tails}){{0,2}}(?:[（(][^（()）年]{{1,10}}[)）])?[》”]?")


def _title_end(line: str) -> int:
    """Where the title ends that a paragraph begins with, or 0."""
    if not has_title_noun(line):
        return 0
    for match in _title_pattern().finditer(line[:LONGEST_TITLE]):
        title, rest = line[: match.end()], line[match.end() :]
        if not is_title(title) or not rest:
            continue
        spaced = rest[0].isspace()
        rest = rest.lstrip()
        if salutation_end(rest) or _UNDER_TITLE.match(rest):
            return match.end()
        held = "在" in title and title.endswith(("上的讲话", "上讲话", "上的发言", "上的报告", "上的致辞"))
        if held and (spaced or _opened(rest) > 1):
            return match.end()
    return 0


# --- headings


class _Heading(NamedTuple):
    """A main heading: `number` at `start`, its words from `words` on; `opens_line` where it begins a line."""

    value: int
    start: int
    words: int
    opens_line: bool


def glued_headings(text: str) -> Iterator[Edit]:
    """Line breaks before the main headings that stand inside paragraphs, and after those that run into one."""
    headings = _main_headings(text)
    edits = [edit for h in headings if not h.opens_line for edit in _break(text, h.start, "lines.heading")]
    sisters: set[_Shape] = set()  # those whose end is plain tell how the others are built
    unclear: list[_Heading] = []
    for heading in headings:
        line = _rest_of_line(text, heading.words)
        if len(line) <= LONGEST_HEADING and not _STOP.search(line):
            sisters.add(_shape(line))
        elif end := _heading_end(text, heading, frozenset()):
            sisters.add(_shape(text[heading.words : end]))
            edits += _break(text, end, "lines.heading")
        else:
            unclear.append(heading)
    for heading in (*unclear, *_bracketed(text)):
        end = _heading_end(text, heading, sisters if heading.value else frozenset())
        if end:
            edits += _break(text, end, "lines.heading")
    yield from sorted(edits)


class _Shape(NamedTuple):
    """How a heading is built: how many clauses it has, and how long the last of them is."""

    clauses: int
    last: int


def _shape(heading: str) -> _Shape:
    clauses = _CLAUSE.split(heading.strip())
    return _Shape(len(clauses), len(clauses[-1]))


def _bracketed(text: str) -> Iterator[_Heading]:
    """The headings of the second level that begin a line."""
    for start, _ in _paragraphs(text):
        number = numbering(text, start)
        if number and number.style == "chinese_bracketed":
            yield _Heading(0, start, number.end, True)


def _main_headings(text: str) -> list[_Heading]:
    """The main headings of a text. Inside a paragraph a number is one only if it counts on and a section follows it."""
    runs: list[list[_Heading]] = []
    for match in _MAIN.finditer(text):
        if match.start() and text[match.start() - 1] not in _BEFORE:
            continue
        value = _value(match["number"])
        opens_line = match.start() == 0 or text[match.start() - 1] == "\n"
        heading = _Heading(value, match.start(), match.end(), opens_line)
        if runs and value == runs[-1][-1].value + 1:
            runs[-1].append(heading)
        elif value == 1 or opens_line:
            runs.append([heading])
    return [heading for run in runs if _are_sections(text, run) for heading in run]


def _are_sections(text: str, run: Sequence[_Heading]) -> bool:
    inside = [heading for heading in run if not heading.opens_line]
    if not inside:
        return True
    ends = {a.start: b.start for a, b in pairwise(run)}
    return len(run) > 1 and all(
        ends.get(heading.start, len(text)) - heading.start >= SHORTEST_SECTION for heading in inside
    )


def _value(number: str) -> int:
    if "十" not in number:
        return _VALUE[number[0]] if len(number) == 1 else 0
    tens, _, units = number.partition("十")
    return 10 * _VALUE.get(tens, 1) + _VALUE.get(units, 0)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _rest_of_line(text: str, start: int) -> str:
    """What stands from `start` on in its line, as far as a heading can reach."""
    return text[start : start + LONGEST_REACH].partition("\n")[0]


def _heading_end(text: str, heading: _Heading, sisters: Set[_Shape]) -> int:
    """Where a heading ends that runs into its paragraph without a stop, or 0."""
    line = _rest_of_line(text, heading.words)
    stop = _STOP.search(line)
    sentence = line[: stop.start()] if stop else line
    lead = len(sentence) - len(sentence.lstrip())
    sentence = sentence.strip()
    body = len(line) - lead
    if stop is None and len(sentence) <= LONGEST_LINE:
        return 0
    if len(sentence) < SHORTEST_HEADING + 4 or body < SHORTEST_HEADING + SHORTEST_BODY:
        return 0
    at = _best_end(sentence, body, sisters)
    return heading.words + lead + at if at else 0


def _best_end(sentence: str, body: int, sisters: Set[_Shape]) -> int:
    """The place in a heading's first sentence where the evidence is best that the heading ends there, or 0."""
    scores = {
        at: score
        for at in range(SHORTEST_HEADING, min(len(sentence) - 3, LONGEST_HEADING))
        if body - at >= SHORTEST_BODY and (score := _evidence(sentence, at, sisters)) >= ENOUGH
    }
    if not scores:
        return 0
    ends = _word_ends(sentence)
    whole = {at: score for at, score in scores.items() if at in ends or sentence[at].isspace()}
    return max(whole, key=lambda at: (whole[at], at), default=0)


def _word_ends(sentence: str) -> set[int]:
    ends, at = set(), 0
    for word in cut(sentence):
        at += len(word)
        ends.add(at)
    return ends


def _evidence(sentence: str, at: int, sisters: Set[_Shape]) -> float:
    """How much speaks for a heading's end at `at`."""
    head, rest = sentence[:at], sentence[at:]
    if head[-1] in _NOT_BEFORE or rest[0] in _NOT_AFTER or head[-1].isspace() or head.count("“") != head.count("”"):
        return 0.0
    begins = _taken_up(head, rest)
    if rest[0].isspace() and len(rest.split(maxsplit=1)[0]) > 1:
        begins += 3
        rest = rest.lstrip()
    begins += 3 if _YEAR.match(rest) else _opened(rest)
    if not begins:
        return 0.0
    return begins + _ended(head) / 2 + _run_together(head, rest) + _as_long_as(head, sisters)


def _run_together(head: str, rest: str) -> float:
    """Two clauses with no comma between them: 着力加固沿江堤防 | 大力疏浚河道。"""
    before, after = _CLAUSE.split(head)[-1], _CLAUSE.split(rest)[0]
    return 1.0 if min(len(before), len(after)) >= 4 and len(before) + len(after) >= ONE_CLAUSE else 0.0


def _taken_up(head: str, rest: str) -> float:
    """A word of the heading that the paragraph begins with: …抓好水利工作 | 水利是…"""
    size = 0
    while size < min(len(rest), 8) and rest[: size + 1] in head:
        size += 1
    if size < 2:
        return 0.0
    if rest.startswith("是", size):
        return min(size, 4) * 0.5 + 1.5
    return min(size, 4) * 0.5 + (0.5 if _PREDICATE.match(rest) else 0.0)


def _as_long_as(head: str, sisters: Set[_Shape]) -> float:
    """Headings of one speech are built alike: as many clauses, the last of them about as long."""
    clauses, last = _shape(head)
    for score, difference in ((2.0, 0), (1.0, 1), (0.5, 2)):
        if {(clauses, last - difference), (clauses, last + difference)} & sisters:
            return score
    return 0.0


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = _line_end(text, start)
        yield start, end
        start = end + 1


def _break(text: str, at: int, rule: str) -> Iterator[Edit]:
    """A line break at `at`, in place of the space that stands there."""
    start = at
    while start and text[start - 1] in " \t　":
        start -= 1
    end = at
    while end < len(text) and text[end] in " \t　":
        end += 1
    if start and end < len(text) and text[start - 1] != "\n" and text[end] != "\n":
        yield Edit(start, end, "\n", rule)
