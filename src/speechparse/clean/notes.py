"""Where a page may carry pinyin notes or be damaged by them, and which notes are plainly a site's and no remark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from speechparse.clean.forms import forms
from speechparse.clean.gbk import gbk
from speechparse.clean.readings import LETTERS, read_by, readings
from speechparse.lazy import regex

# A note, whole or its rest, with the marks before it; or marks alone.
EVENT = regex.compile(
    r"(?<marks>[?\ufffd]{0,4}+)"
    rf"(?:\((?<note>[{LETTERS}]{{1,7}}+)\)|(?<![\s({LETTERS}])(?<rest>[{LETTERS}]{{1,7}}+)\))"
    r"|[?\ufffd]++"
)
HAN = regex.compile(r"[\u4e00-\u9fff]")

NEAR = 60  # characters: notes that are no farther apart belong to one stretch
MANY = 5  # notes make a habit
COVERED = 0.25  # of the traditional characters, in a stretch that has the habit
DENSE = 12  # characters a note, in a stretch of any script that has the habit
SURE = 30  # notes say which characters a site notes: those that the conversion changed, or any
CHANGED = 0.95


class Event(NamedTuple):
    """A place that may be noted or damaged: marks, a note (whole, or what is left of it), or both.

    plain: it is a note, and the character before it is so read.
    """

    start: int
    end: int
    marks: int
    note: str
    whole: bool
    plain: bool


class Habit(NamedTuple):
    """Whether notes are the habit of a page, and the numbers of the plain ones that are to go."""

    is_there: bool
    notes: frozenset[int]


def events(source: str) -> Iterator[Event]:
    """The events of a text, in order."""
    reads = readings().loosely
    for match in EVENT.finditer(source):
        start, end = match.span()
        marks, note, rest = match.groups()
        if note:
            yield Event(start, end, len(marks), note, True, not marks and source[start - 1 : start] in reads(note))
        elif rest:
            yield Event(start, end, len(marks), rest, False, False)
        else:
            yield Event(start, end, end - start, "", False, False)


def straddles(source: str, event: Event) -> bool:
    """Whether an event's note, which does not read the character before it, reads a pair that begins in it."""
    pair = gbk().pair_of.get(source[event.start - 1 : event.start])
    return event.note != "" and not event.plain and pair is not None and read_by(event.note, pair[1]) != ""


def habit_of(source: str, events: Sequence[Event]) -> Habit:
    """The habit of a page: which of its plain notes stand where notes are the rule, or can be nothing else.

    A site notes many of the characters that the conversion to traditional ones has changed; a remark stands alone,
    and explains a character that has several readings.
    """
    is_there = any(event.marks and straddles(source, event) for event in events)
    going: set[int] = set()
    changed: set[int] = set()
    for stretch in _stretches(events):
        noted = {number: source[events[number].start - 1] for number in stretch}
        of_changed = {number for number, character in noted.items() if character in forms().traditional_only}
        if _is_rule(source[events[stretch[0]].start - 1 : events[stretch[-1]].end], events, noted, len(of_changed)):
            is_there = True
            going.update(stretch)
        elif is_there or any(readings().is_only(noted[number], events[number].note) for number in of_changed):
            going |= of_changed
        changed |= of_changed
    if len(going) >= SURE and len(going & changed) >= CHANGED * len(going):
        going &= changed
    of_site = {source[events[number].start - 1] for number in going}
    going.update(n for n, event in enumerate(events) if event.plain and source[event.start - 1] in of_site)
    return Habit(is_there, frozenset(going))


def _stretches(events: Sequence[Event]) -> Iterator[list[int]]:
    """The plain notes in rows of such as are near to each other, by their numbers."""
    stretch: list[int] = []
    for number, event in enumerate(events):
        if event.plain:
            if stretch and event.start - events[stretch[-1]].end > NEAR:
                yield stretch
                stretch = []
            stretch.append(number)
    if stretch:
        yield stretch


def _is_rule(span: str, events: Sequence[Event], noted: dict[int, str], changed: int) -> bool:
    """Whether a stretch of notes can be no remarks: many of them, or a dense row of usual readings."""
    dense = len(HAN.findall(span)) <= DENSE * len(noted)
    if len(noted) >= MANY:
        traditional = forms().traditional_only
        return dense or changed >= COVERED * sum(character in traditional for character in span)
    usual = all(readings().is_usual(character, events[number].note) for number, character in noted.items())
    return dense and usual and changed == len(noted) > 1
