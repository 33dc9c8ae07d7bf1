"""Pinyin notes dropped, and what the sites that insert them did to the GBK bytes around them undone.

Such a site turns a page into traditional characters and puts a reading behind many of them, 項(xiàng)目. A note is
dropped only where it reads the character before it and where notes are the habit of the page: every second or third of
the characters that only traditional text has carries one. A remark that stands alone, 銀行(háng), stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from speechparse.clean.gbk import gbk
from speechparse.clean.gbk_channel import FIGURE_FOLLOWS, VISIBLE_HALVED, Trace, drops_lead_bytes, may_be_shifted
from speechparse.clean.gbk_shift import Piece, Reading, StepReader
from speechparse.clean.likelihood import LOST
from speechparse.clean.notes import EVENT, HAN, Event, events, habit_of, straddles
from speechparse.clean.site_table import site_table
from speechparse.lazy import regex
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit, Note
from speechparse.time_limit import check

HALVED_MARK = regex.compile(r"(?<=[\u4e00-\u9fff])[!,:;](?=[^\s\d(])")
LATIN = frozenset("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~")
QUESTION = regex.compile(r"(?:[吗嗎呢吧么麼哪何谁誰怎几幾多]|是不是|是否)[^，。；！？,;!?\n]{0,12}+$")
FIGURE_PRECEDES = regex.compile(r"[0-9０-９百千万萬亿億点點]")

ROUNDS = 3  # what one spot makes clear can help with another
SHORT = 4  # marks; a longer row is a mask or a rule, not damage
LEFT = 8  # characters before a spot that are looked at
UNSEEN = 10  # characters before a broken note in which the text may have lost its step without a trace
MOST = 0.01  # marks a character on a page without notes: half-width forms break fewer, lost bytes of UTF-8 many more
FEW = 20  # marks, of which that says nothing

DAMAGED = "damaged_text"
NEAR_FIGURE = "figure_near_damage"
DOUBTFUL = "doubtful_repair"

Warned = tuple[int, int, str, str]
"""From where to where in the text, under which code, with which message."""


def undo_pinyin_damage(text: AlignedText, options: ParseOptions) -> AlignedText:
    """The text without pinyin notes, and with what their insertion, and the halving of full-width ASCII, have broken.

    What could not be restored, or not without doubt, is in the warnings.
    """
    lost: frozenset[int] = frozenset()
    for _ in range(ROUNDS):
        if not any(sign in text.text for sign in "?\ufffd)") or not EVENT.search(text.text):
            break
        edits, warnings, lost = _repairs(text.text, lost)
        if warnings:
            notes = (Note(code, message, *text.raw_span(start, end)) for start, end, code, message in warnings)
            text = text.note(warnings=notes)
        if not edits:
            break
        text = text.apply(edits)
    return text


@lru_cache(maxsize=4)
def _repairs(source: str, lost: frozenset[int]) -> tuple[list[Edit], list[Warned], frozenset[int]]:
    """The edits of a text, its warnings, and where the marks of lost characters will stand in it.

    lost: where those of an earlier round stand, which says no more of them. Remembered, for a page is looked at until
    nothing is left to repair.
    """
    page = _Page(source, lost)
    page.repair()
    edits = [edit._replace(text=edit.text.replace(LOST, "?")) if LOST in edit.text else edit for edit in page.edits]
    return edits, page.warnings(), page.lost()


class _Page:
    """A text on its way through the repairs.

    edits: what is to be done. done: up to here the text is repaired.
    """

    def __init__(self, source: str, lost: frozenset[int]) -> None:
        self.source = source
        self.events = list(events(source))
        if lost:
            self.events = [event for event in self.events if lost.isdisjoint(range(event.start, event.end))]
        self._lost = lost
        self.habit = habit_of(source, self.events)
        self.edits: list[Edit] = []
        self.done = 0
        self._has_lost_bytes = not self.habit.is_there and len(self.events) > max(FEW, MOST * len(self.source))
        self._made = ""  # the repaired text just before `done`
        self._restored = False
        self._doubts: list[tuple[int, int, str]] = []
        self._misgivings: list[Warned] = []  # the figures beside them are sound
        self._beside_figures: set[tuple[int, int]] = set()  # doubts that are so in their middle
        self._marks_left: list[tuple[int, int]] = []

    def repair(self) -> None:
        """Go through all events, and make the edits."""
        if self.habit.is_there and drops_lead_bytes(self._traces):
            self.events = sorted((*self.events, *self._visible_halves()))
            self.habit = habit_of(self.source, self.events)
        for number, event in enumerate(self.events):
            check()
            if event.start < self.done:
                continue
            if number in self.habit.notes:
                self.edits.append(Edit(event.start, event.end, "", "pinyin.note"))
            elif self._has_lost_bytes and not event.note:
                self._marks_left.append((event.start, event.end))
            else:
                self._look_at(event)

    def _look_at(self, event: Event) -> None:
        """Repair the text at an event that is not a plain note of the habit."""
        left = self._left_of(event.start)
        reading: Reading | None = None
        if not event.note:
            if not self._may_be_damage(event, left):
                self._marks_left.append((event.start, event.end))
                return
        elif event.whole and not event.marks:
            if event.plain or not (self.habit.is_there or event.start == self.done):
                return
            if left[-1:] in LATIN:
                reading = self._break_before(event)
            if reading is None and self._reader.channel.reads(event.note, left[-2:]):
                self.edits.append(Edit(event.start, event.end, "", "pinyin.note"))
                return
        elif not (event.marks or self.habit.is_there):
            return
        reading = reading or self._reader.read(event.start, left)
        if reading is None and event.note and self.habit.is_there:
            reading = self._break_before(event)
        if reading:
            self._accept(reading)
        elif event.note:
            self._doubts.append((event.start, event.end, "what is left of a pinyin note"))
        elif event.marks:
            self._marks_left.append((event.start, event.end))

    def _may_be_damage(self, event: Event, left: str) -> bool:
        """Whether marks stand in a Chinese sentence that goes on behind them in a way that a sound one would not."""
        if not event.marks:
            return True
        habit = self.habit.is_there
        follows = self.source[event.end : event.end + 2]
        if event.marks > (SHORT if habit else SHORT / 2) or FIGURE_FOLLOWS.match(follows):
            return False
        if not HAN.search(left) or not follows.strip():
            return False
        if follows[0] not in gbk().pair_of and follows[0] not in LATIN:
            return habit and follows[0] in VISIBLE_HALVED
        return habit or (may_be_shifted(self.source, event.end) and self._reader.is_unlikely(follows))

    def _visible_halves(self) -> Iterator[Event]:
        """Halved punctuation behind which a text that drops lead bytes does not go on as a sound one would."""
        for match in HALVED_MARK.finditer(self.source):
            start, end = match.span()
            follows = self.source[end : end + 2].rstrip("(")
            if follows[0] in LATIN or self._reader.is_unlikely(follows):
                yield Event(start, start, 0, "", False, False)

    @cached_property
    def _traces(self) -> Counter[Trace]:
        """How often the page shows each trace of a lead byte that begins no character, where that is certain."""
        return Counter(Trace(event.marks, event.whole) for event in self.events if straddles(self.source, event))

    @cached_property
    def _reader(self) -> StepReader:
        """Made only for a page that has something to repair: jieba's dictionary takes its time to load."""
        table = site_table(self.source, self.events, bytes_are_dropped=drops_lead_bytes(self._traces))
        return StepReader(self.source, EVENT.sub("", self.source), self._traces, table)

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
        first = max(self.done, event.start - UNSEEN, self.edits[-1].end if self.edits else 0)
        for start in range(event.start - 1, first - 1, -1):
            if self.source[start] in VISIBLE_HALVED:
                reading = self._reader.read(start, self._left_of(start), unseen=True)
                return reading if reading and reading.end >= event.end else None
        return None

    def _accept(self, reading: Reading) -> None:
        """Make the edits of a reading."""
        start = reading.pieces[0].start
        made = made_before = self._left_of(start)
        done = start
        for piece in reading.pieces:
            rule = "pinyin.note" if piece.cause == "read" else f"gbk_shift.{piece.cause}"
            self.edits.append(Edit(piece.start, piece.end, piece.text, rule))
            made += self.source[done : piece.start] + piece.text
            done = piece.end
        self._note_doubts(reading, made_before)
        self.done = done
        self._made = made[-LEFT:]
        self._restored = True

    def _note_doubts(self, reading: Reading, left: str) -> None:
        """Note what is lost or doubtful in a reading: up to each lost character beside a figure, and the rest of it."""
        start, end = reading.pieces[0].start, reading.end
        lost = [piece for piece in reading.pieces if LOST in piece.text]
        for piece in lost:
            if self._is_beside_figure(piece.start, piece.end):
                self._doubts.append((start, piece.end, "a character is lost"))
                self._beside_figures.add((start, piece.end))
                start = piece.end
        rest = [piece for piece in reading.pieces if piece.start >= start]
        if any(LOST in piece.text for piece in rest):
            self._doubts.append((start, end, "a character is lost"))
        elif reading.doubt and any(piece.text for piece in rest):
            self._doubts.append((start, end, _restored(rest)))
        elif not lost and self._reader.leaves_misgiving(reading, left):
            self._misgivings.append((start, end, DOUBTFUL, _restored(rest)))

    def lost(self) -> frozenset[int]:
        """Where the marks of lost characters stand when the edits are made."""
        pieces: list[str] = []
        done = 0
        for start, end, text, _ in sorted((*self.edits, *(Edit(at, at + 1, LOST, "") for at in self._lost))):
            pieces += (self.source[done:start].replace(LOST, "?"), text)
            done = end
        made = "".join(pieces)
        return frozenset(match.start() for match in regex.finditer(LOST, made))

    def warnings(self) -> list[Warned]:
        """What is doubtful, and, on a page that is damaged elsewhere, marks that ask no question."""
        doubts = self._doubts
        if self.habit.is_there or self._restored:
            doubts = [*doubts, *((*span, "marks that may stand for damaged text") for span in self._unasked_marks())]
        return sorted([*(self._warning(*doubt) for doubt in doubts), *self._misgivings])

    def _unasked_marks(self) -> Iterator[tuple[int, int]]:
        for start, end in self._marks_left:
            if not QUESTION.search(self.source[max(0, start - 30) : start]):
                yield start, end

    def _is_beside_figure(self, start: int, end: int) -> bool:
        before = FIGURE_PRECEDES.match(self.source, start - 1, start)
        return before is not None or FIGURE_FOLLOWS.match(self.source, end) is not None

    def _warning(self, start: int, end: int, message: str) -> Warned:
        code = DAMAGED
        if (start, end) in self._beside_figures or self._is_beside_figure(start, end):
            code, message = NEAR_FIGURE, f"a figure next to damage may have lost a digit ({message})"
        return start, end, code, message


def _restored(pieces: Sequence[Piece]) -> str:
    restored = "".join(piece.text for piece in pieces)
    return f"restored as {restored!r}, but it may have been something else"


def _start(event: Event) -> int:
    return event.start
