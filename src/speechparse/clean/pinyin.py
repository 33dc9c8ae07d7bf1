"""Pinyin notes dropped, and what the sites that insert them did to the GBK bytes around them undone.

Such a site turns a page into traditional characters and puts a reading behind many of them, 項(xiàng)目. A note is
dropped only where it reads the character before it and where notes are the habit of the page: every second or third of
the characters that only traditional text has carries one. A remark that stands alone, 銀行(háng), stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from speechparse.clean.forms import forms
from speechparse.clean.gbk import gbk
from speechparse.clean.gbk_channel import FIGURE_FOLLOWS, VISIBLE_HALVED, Trace, read_by
from speechparse.clean.gbk_shift import Reading, StepReader
from speechparse.clean.likelihood import LOST
from speechparse.clean.readings import LETTERS, readings
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit, Note

# A note, or the rest of one, with the marks before it; or marks alone.
EVENT = regex.compile(
    rf"(?<marks>[?\ufffd]{{0,4}}+)(?:\((?<note>[{LETTERS}]{{1,7}}+)\)|(?<![\s({LETTERS}])(?<rest>[{LETTERS}]{{1,7}}+)\))|[?\ufffd]++"
)
HALVED_MARK = regex.compile(r"(?<=[\u4e00-\u9fff])[!,:;](?=[^\s\d(])")
LATIN = frozenset("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~")
SHORT = 4  # marks; a longer row is a mask or a rule, not damage
HAN = regex.compile(r"[\u4e00-\u9fff]")
CLAUSE_OF_QUESTION = regex.compile(
    r"(?:[吗嗎呢吧么麼哪何谁誰怎几幾多]|是不是|是否)[^，。；！？,;!?\n]{0,12}+$", regex.VERSION1
)
FIGURE_BEFORE = regex.compile(r"[0-9０-９百千万萬亿億点點]$")

NEAR = 60  # characters: notes that are no farther apart belong to one stretch
MANY = 5  # notes make a habit
COVERED = 0.25  # of the traditional characters, in a stretch that has the habit
DENSE = 12  # characters a note, in a stretch of any script that has the habit
SURE = 30  # notes say which characters a site notes: those that the conversion changed, or any
CHANGED = 0.95

LEFT = 8  # characters before a spot that are looked at
UNSEEN = 10  # characters before a broken note in which the text may have lost its step without a trace

ROUNDS = 3  # what one spot makes clear can help with another

DAMAGED = "damaged_text"
NEAR_FIGURE = "figure_near_damage"


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


def undo_pinyin_damage(text: AlignedText, options: ParseOptions) -> AlignedText:
    """The text without pinyin notes, and with what their insertion, and the halving of full-width ASCII, have broken.

    What could not be restored, or not without doubt, is in the warnings.
    """
    for _ in range(ROUNDS):
        if not EVENT.search(text.text):
            break
        page = _Page(text)
        page.repair()
        if warnings := page.warnings():
            text = text.note(warnings=warnings)
        text = text.apply(page.edits)
        if not page.edits:
            break
    return text


class _Page:
    """The events of a text, and what has been made of them so far.

    done: up to here the text is repaired; made: the repaired text just before that.
    """

    def __init__(self, text: AlignedText) -> None:
        self.text = text
        self.source = text.text
        self.events = list(_events(text.text))
        self.edits: list[Edit] = []
        self.done = 0
        self._made = ""
        self._has_habit = False
        self._restored = False
        self._doubts: list[tuple[int, int, str, str]] = []
        self._marks_left: list[tuple[int, int]] = []

    def repair(self) -> None:
        """Go through all events."""
        habitual = self.habitual_notes()
        if self._has_habit and self._reader.channel.drops_lead_bytes:
            self.events = sorted((*self.events, *self._visible_halves()))
            habitual = self.habitual_notes()
        for number, event in enumerate(self.events):
            if number in habitual and event.start > self.done:
                self.edits.append(Edit(event.start, event.end, "", "pinyin.note"))
            elif event.start >= self.done:
                self.look_at(event)

    def _visible_halves(self) -> Iterator[Event]:
        """Halved punctuation behind which the text does not go on as a sound one would, on a page that drops lead
        bytes.
        """
        for match in HALVED_MARK.finditer(self.source):
            start, end = match.span()
            follows = self.source[end : end + 2].rstrip("(")
            if follows[0] in LATIN or self._reader.is_unlikely(follows):
                yield Event(start, start, 0, "", False, False)

    def habitual_notes(self) -> set[int]:
        """The numbers of the plain notes that stand where notes are the habit, or can be nothing else."""
        stretches: list[list[int]] = []
        for number, event in enumerate(self.events):
            if event.plain:
                if not stretches or event.start - self.events[stretches[-1][-1]].end > NEAR:
                    stretches.append([])
                stretches[-1].append(number)
        habitual: set[int] = set()
        changed: set[int] = set()
        self._has_habit = any(event.note and event.marks and self._is_broken(event) for event in self.events)
        for stretch in stretches:
            of_changed = {n for n in stretch if self._noted(n) in forms().traditional_only}
            if self._is_habit(stretch, of_changed):
                self._has_habit = True
                habitual.update(stretch)
            elif self._has_habit or self._has_no_remark(of_changed):
                habitual |= of_changed
            changed |= of_changed
        if len(habitual) >= SURE and len(habitual & changed) >= CHANGED * len(habitual):
            habitual &= changed
        return habitual

    def _noted(self, number: int) -> str:
        return self.source[self.events[number].start - 1]

    def _is_habit(self, stretch: list[int], changed: set[int]) -> bool:
        """Whether notes that are near to each other are no remarks: many, or all with the usual readings of
        traditional characters, and on most characters or on many of the traditional ones."""
        span = self.source[self.events[stretch[0]].start - 1 : self.events[stretch[-1]].end]
        dense = len(HAN.findall(span)) <= DENSE * len(stretch)
        if len(stretch) < MANY:
            usual = all(readings().is_usual(self._noted(n), self.events[n].note) for n in stretch)
            return dense and usual and len(changed) == len(stretch) > 1
        traditional = forms().traditional_only
        return dense or len(changed) >= COVERED * sum(character in traditional for character in span)

    def _has_no_remark(self, numbers: set[int]) -> bool:
        """Whether one of the notes is the only reading of its character, so that there is nothing to remark on it."""
        return any(readings().is_only(self._noted(n), self.events[n].note) for n in numbers)

    def look_at(self, event: Event) -> None:
        """Repair the text at an event that is not a plain note of the habit."""
        left = self._left_of(event.start)
        if event.note and event.whole and not event.marks:
            if event.plain or not (self._has_habit or self.done == event.start):
                return
            reading = self._break_before(event) if left[-1:] in LATIN else None
            if reading:
                self._repair(reading)
                return
            if self._reader.channel.reads(event.note, left[-2:]):
                self.edits.append(Edit(event.start, event.end, "", "pinyin.note"))
                return
        elif event.note:
            if not (event.marks or self._has_habit):
                return
        elif not self._may_be_damage(event, left):
            self._marks_left.append((event.start, event.end))
            return
        reading = self._reader.read(event.start, left)
        if reading is None and event.note and self._has_habit:
            reading = self._break_before(event)
        if reading:
            self._repair(reading)
        elif event.note:
            self._doubt(event.start, event.end, "what is left of a pinyin note")
        elif event.marks:
            self._marks_left.append((event.start, event.end))

    def _may_be_damage(self, event: Event, left: str) -> bool:
        """Whether marks stand in a Chinese sentence that goes on behind them in a way that a sound one would not."""
        if not event.marks:
            return True
        follows = self.source[event.end : event.end + 2]
        if event.marks > (SHORT if self._has_habit else SHORT / 2) or FIGURE_FOLLOWS.match(follows):
            return False
        if not HAN.search(left) or not follows.strip():
            return False
        if follows[0] not in self._reader.channel.gbk.pair_of and not "@" <= follows[0] <= "~":
            return self._has_habit and follows[0] in VISIBLE_HALVED
        return self._has_habit or self._reader.is_unlikely(follows)

    @cached_property
    def _reader(self) -> StepReader:
        """Made only for a page that has something to repair: jieba's dictionary takes its time to load."""
        pieces = []
        traces: Counter[Trace] = Counter()
        done = 0
        for event in self.events:
            pieces.append(self.source[done : event.start])
            done = event.end
            if event.note and not event.plain and self._is_broken(event):
                traces[Trace(event.marks, event.whole)] += 1
        pieces.append(self.source[done:])
        return StepReader(self.source, "".join(pieces), traces)

    def _is_broken(self, event: Event) -> bool:
        """Whether a note that is not plain straddles two characters for certain."""
        pair = gbk().pair_of.get(self.source[event.start - 1 : event.start])
        return pair is not None and read_by(event.note, pair[1]) != ""

    def _left_of(self, start: int) -> str:
        """The repaired text before `start`, without notes."""
        left = ""
        number = bisect_left(self.events, start, key=_start)
        for event in reversed(self.events[max(0, number - LEFT) : number]):
            if len(left) >= LEFT or event.end <= self.done:
                break
            left = self.source[max(event.end, start - LEFT) : start] + left
            start = event.start
        left = self.source[max(self.done, start - LEFT) : start] + left
        return ((self._made if start - LEFT <= self.done else "") + left)[-LEFT:]

    def _break_before(self, event: Event) -> Reading | None:
        """The reading of a text that lost its step before a note that does not fit, and shows no trace of where."""
        for start in range(event.start - 1, max(self.done, event.start - UNSEEN) - 1, -1):
            if self.source[start] in VISIBLE_HALVED:
                reading = self._reader.read(start, self._left_of(start), unseen=True)
                return reading if reading and reading.end >= event.end else None
        return None

    def _repair(self, reading: Reading) -> None:
        made = self._left_of(reading.pieces[0].start)
        self.done = reading.pieces[0].start
        text = ""
        for piece in reading.pieces:
            new = piece.text.replace(LOST, "?")
            rule = "pinyin.note" if piece.cause == "read" else f"gbk_shift.{piece.cause}"
            self.edits.append(Edit(piece.start, piece.end, new, rule))
            text += self.source[self.done : piece.start] + piece.text
            self.done = piece.end
        start = reading.pieces[0].start
        self._made = (made + text)[-LEFT:]
        self._restored = True
        if LOST in text:
            self._doubt(start, self.done, "a character is lost")
        elif reading.doubt:
            self._doubt(start, self.done, f"restored as {text!r}, but it may have been something else")

    def _doubt(self, start: int, end: int, message: str) -> None:
        code = DAMAGED
        if FIGURE_BEFORE.search(self.source, max(0, start - 1), start) or FIGURE_FOLLOWS.match(self.source, end):
            code, message = NEAR_FIGURE, f"a figure next to damage may have lost a digit ({message})"
        self._doubts.append((start, end, code, message))

    def warnings(self) -> list[Note]:
        """The warnings: what is doubtful, and, on a page that is damaged elsewhere, marks that ask no question."""
        if self._has_habit or self._restored:
            for start, end in self._marks_left:
                if not CLAUSE_OF_QUESTION.search(self.source[max(0, start - 30) : start]):
                    self._doubt(start, end, "marks that may stand for damaged text")
        return [
            Note(code, message, *self.text.raw_span(start, end)) for start, end, code, message in sorted(self._doubts)
        ]


def _start(event: Event) -> int:
    return event.start


def _events(source: str) -> Iterator[Event]:
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
