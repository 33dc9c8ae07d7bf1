"""What a site that works on GBK bytes can have done to a text, one move at a time, backwards.

A page's original is a row of two-byte characters, x1x2 y1y2 … The site puts notes behind pairs of bytes and turns
full-width ASCII into half-width, and does both to pairs that straddle two characters as well, x2 y1. What it leaves of
the two can't be read as GBK and is marked or dropped, and what follows is read with one byte's shift, until a byte
below 0x80 ends a pair too early. `Channel` says at each place of the damaged text how the original can go on there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from speechparse.clean.forms import forms
from speechparse.clean.gbk import gbk
from speechparse.clean.likelihood import FULL_WIDTH, LINE_ENDS, LOST, RARE, words
from speechparse.clean.readings import LETTERS, read_by, readings
from speechparse.clean.site_table import SiteTable
from speechparse.lazy import regex

NOTE = regex.compile(rf"\(([{LETTERS}]{{1,7}}+)\)")
REST_OF_NOTE = regex.compile(rf"([{LETTERS}]{{1,7}}+)\)")
ONE_MARK_AT_MOST = regex.compile(rf"[?\ufffd]?+\(?([{LETTERS}]{{1,7}}+)\)")
TWO_MARKS_AT_MOST = regex.compile(rf"(?:[?\ufffd]{{2}})?+\(?([{LETTERS}]{{1,7}}+)\)")
ONE_MARK = regex.compile(rf"[?\ufffd]\(?([{LETTERS}]{{1,7}}+)\)")
TWO_MARKS = regex.compile(rf"[?\ufffd]{{2}}\(?([{LETTERS}]{{1,7}}+)\)")
ERROR = regex.compile(rf"[?\ufffd]{{1,2}}+\(?([{LETTERS}]{{1,7}}+)\)|[?\ufffd]")
UNREADABLE = frozenset("?\ufffd")
FIGURE_FOLLOWS = regex.compile(
    r"[0-9０-９.+\-/%％‰年月日时時个個万萬亿億元倍米公里吨噸人户戶家项項条條座所名种種类類批处處件次]"
)
REST_OF_BRACKET = regex.compile(rf"(?:\([{LETTERS}]{{1,7}}+\)|[^(){LETTERS}?,;:，。；：\n]){{1,14}}+\)")

# The second byte of full-width ASCII and its half-width form, which is left to see where only the lead byte went.
VISIBLE_HALVED = {chr(byte & 0x7F): byte for byte in range(0xA1, 0xC0)}  # ! " # … 0 … 9 … ?
QUESTION_MARK = 0xBF  # what every such site turns into half-width, even one that leaves the comma alone
FIRST_OF_WIDE = 0xA3
MARKS = frozenset("!(),:;")

LONGEST_SHIFT = 40  # characters

# How far-fetched a move is, in nats.
BREAK = 3.0
OTHER_MARK = 1.5  # a break at another mark than ？, of which nothing is left to see
LOST_TOO = 1.0  # an ASCII character is lost with a lead byte
UNHEARD_OF = 6.0  # a page with so much damage would show this trace if it had the habit

UNSEEN = 0.3  # in occurrences
MANY = 20
FEW = 2
HABIT = 0.05  # of all traces: so many, and more than a few, are a habit


class Trace(NamedTuple):
    """What a decoder leaves of a lead byte that begins no character: so many marks, and its next byte or not."""

    marks: int
    next_is_shown: bool


TRACES = (Trace(1, False), Trace(2, False), Trace(1, True), Trace(0, True), Trace(0, False))
NO_TRACE = Trace(0, False)


class Move(NamedTuple):
    """The damaged text up to `at` stands for one of the characters `options` (none: for nothing), and then for `more`.

    byte: the first byte of the original's next character, if `at` is out of step; None in step. Where nothing is left
    of it, minus the byte before, with which it makes a pair that is no character; LAST_OF_OPTION: of the option's last.
    after: the character that follows, or none; or the (simplified) ones of which one follows; None if it may be any.
    cause: `note` or `width`, what broke the text; `read` for a note that is only dropped. cost: in nats.
    """

    at: int
    byte: int | None
    options: str
    more: str = ""
    after: str | frozenset[str] | None = None
    cause: str = ""
    cost: float = 0.0


LAST_OF_OPTION = -1
ANY = -1


class Error(NamedTuple):
    """A decoding error that can have left a trace up to `end`, where its next byte is shown or not.

    note: the syllable that stands there, up to `end_of_note`, if any.
    """

    end: int
    next_is_shown: bool
    note: str
    end_of_note: int
    cost: float


class Channel:
    """The channel of one page.

    source: the damaged text; plain: the same without notes. traces: how often each trace is seen in it where that is
    certain.
    """

    def __init__(self, source: str, plain: str, traces: Mapping[Trace, int], table: SiteTable) -> None:
        self.source = source
        self.table = table
        self.gbk = gbk()
        self.readings = readings()
        self._moves: dict[tuple[int, int], tuple[Move, ...]] = {}  # most ways that come to a place share its byte
        self._ends_in_a3 = self.gbk.trails_to[FIRST_OF_WIDE]
        seen = sum(traces.values())
        if seen > MANY:  # then two marks that are no habit are one mark twice
            traces = {trace: times for trace, times in traces.items() if trace.marks < 2 or _is_habit(trace, traces)}
        costs = {trace: log(seen + len(TRACES) * UNSEEN) - log(traces.get(trace, 0) + UNSEEN) for trace in TRACES}
        self._all_costs = costs
        self._costs = {trace: cost for trace, cost in costs.items() if cost < UNHEARD_OF}
        self._habits = {trace for trace in TRACES if trace.marks or _is_habit(trace, traces)}
        one_mark = sum(times for trace, times in traces.items() if trace.marks == 1)
        self._plain_error = ONE_MARK_AT_MOST if one_mark else TWO_MARKS_AT_MOST
        self._broken_note = ONE_MARK if one_mark else TWO_MARKS
        self._shows_next = 2 * sum(times for trace, times in traces.items() if trace.next_is_shown) > seen
        self._halved = {QUESTION_MARK: 0.0}
        for mark, byte in VISIBLE_HALVED.items():
            if mark in plain and mark in MARKS:
                self._halved[byte] = OTHER_MARK
            elif mark in ",;:" and chr(ord(mark) + FULL_WIDTH) not in plain:  # too short a page to know
                self._halved[byte] = 2 * OTHER_MARK
        self._halves_commas = plain.count(",") > plain.count("，")

    def reads(self, note: str, last: str) -> bool:
        """Whether a note reads the last character, or the pair of bytes that a letter makes with the one before it."""
        characters = self.readings.loosely(note)
        if last[-1:] in characters:
            return True
        if "@" <= last[-1:] <= "~" and (byte := self._last_byte(last[:-1])):
            return self.gbk.at.get((byte, ord(last[-1]))) in characters
        return False

    def breaks(self, at: int, last: str, unseen: bool) -> Iterator[Move]:
        """The moves with which the text loses its step at `at`. last: the two characters of the original before it.

        unseen: also such as leave no trace, though that is not the page's habit.
        """
        errors = list(self._errors(at, unseen))
        by_note = False
        last_byte = self._last_byte(last)
        for error in errors:
            for character in self._noted(error.note, last_byte) if error.note and last_byte else ():
                following = self.gbk.pair_of[character][1]
                if following > 0x80:
                    by_note = True
                    yield Move(error.end_of_note, following, "", cause="note", cost=BREAK + error.cost)
        if by_note and self.source[at + 1 : at + 2] not in UNREADABLE:  # after two marks it may be the next one's note
            return
        for error in errors:
            if error.end == at and error.note:
                continue
            if not error.next_is_shown:
                for byte, dear in self._halved.items():
                    yield from self._width_break(error.end, byte, error.cost + dear)
            elif halved := VISIBLE_HALVED.get(self.source[error.end : error.end + 1]):
                yield from self._width_break(error.end + 1, halved, error.cost)

    def _width_break(self, at: int, byte: int, cost: float) -> Iterator[Move]:
        follows = self._first_of_next(at, byte)
        if follows != "" and not (isinstance(follows, str) and words().single(follows) < RARE):
            yield Move(at, byte, self._ends_in_a3, after=follows, cause="width", cost=BREAK + cost)

    def plain_breaks(self, at: int, last: str) -> list[Move]:
        """The breaks at `at` if it is a straddled note with a trace that can be read in one way."""
        error = self._plain_error.match(self.source, at)
        last_byte = self._last_byte(last)
        if not error or not last_byte:
            return []
        seconds = (self.gbk.pair_of[character][1] for character in self._noted(error[1], last_byte))
        return [Move(error.end(), second, "") for second in seconds if second > 0x80]

    def plain_way_on(self, at: int, byte: int) -> Move | None:
        """The move out of step at `at`, without options if there is none; None if there is more than one."""
        shown = self.source[at : at + 1]
        if pair := self.gbk.pair_of.get(shown):
            end = at + 1
            if note := NOTE.match(self.source, end):
                if shown not in self.readings.loosely(note[1]):
                    return None
                end = note.end()
            if pair[1] > 0x80:
                return Move(end, pair[1], self._plain(at, byte, self.gbk.at.get((byte, pair[0]), "")))
        elif "@" <= shown <= "~" and not (NO_TRACE in self._habits and REST_OF_NOTE.match(self.source, at)):
            option = self.gbk.at.get((byte, ord(shown)), "")
            note = NOTE.match(self.source, at + 1)
            fits = option in self.readings.loosely(note[1]) if note else self._plain(at, byte, option) != ""
            return Move(at + 1, None, option if fits else "")
        elif error := self._plain_error.match(self.source, at):
            return Move(error.end(), None, self._before_note(error.end(), self._noted(error[1], byte)))
        return None

    def goes_on(self, at: int, byte: int) -> tuple[Move, ...]:
        """The moves of a text that is out of step at `at`, where `byte` is as in `Move`."""
        moves = self._moves.get((at, byte))
        if moves is None:
            moves = self._moves[at, byte] = tuple(self._onward(at, byte))
        return moves

    def _onward(self, at: int, byte: int) -> Iterator[Move]:
        source = self.source
        shown = source[at]
        if second := self._second_byte(shown):
            options = ending(byte, second)
            plain = self._plain(at, byte, options)
            carried = self.gbk.pair_of[shown][1] if shown in self.gbk.pair_of else 0
            if not options or carried == 0x80:
                pass
            elif carried > 0x80:
                if plain and (follows := self._first_of_next(at + 1, carried)) != "":
                    yield Move(at + 1, carried, plain, after=follows)
                note = NOTE.match(source, at + 1)
                if plain and note and shown in self.readings.loosely(note[1]):
                    yield Move(note.end(), carried, plain, after=self._first_of_next(note.end(), carried))
            else:
                more = chr(carried) if carried else ""
                note = NOTE.match(source, at + 1)
                noted = "".join(self.readings.loosely(note[1]).intersection(options)) if note else plain
                fits = noted or options
                if not more and not note:
                    fits = self._before_note(at + 1, fits)
                yield Move(at + 1, None, fits, more, self._next(at + 1), cost=0.0 if noted else UNHEARD_OF)
        elif (halved := VISIBLE_HALVED.get(shown)) and (options := self._plain(at, byte, ending(byte, FIRST_OF_WIDE))):
            cost = self._halved.get(halved, UNHEARD_OF)
            yield Move(at + 1, halved, options, after=self._first_of_next(at + 1, halved), cost=cost)
        for error in self._errors(at):
            yield from self._error_in_shift(at, byte, error)

    def _error_in_shift(self, at: int, byte: int, error: Error) -> Iterator[Move]:
        end, cost = error.end, error.cost
        if error.note:
            if characters := self.table.of_noted(read_after(error.note, byte)):
                characters = self._before_note(error.end_of_note, characters)
                yield Move(error.end_of_note, None, characters, after=self._next(error.end_of_note), cost=cost)
            return
        follows = self.source[end : end + 1]
        if error.next_is_shown:
            if not self._shows_next and FIGURE_FOLLOWS.match(self.source, end):
                return  # more likely a digit before these has gone with the lead byte
            if first := self.gbk.pair_of[follows][0] if follows in self.gbk.pair_of else 0:
                if options := self._plain(at, byte, before_unread(byte, first)):
                    yield Move(end, None, options, after=follows, cost=cost)
            elif follows < "@":
                yield Move(end, None, self._plain(at, byte, begun(byte)), after=follows, cost=cost)
            return
        if follows > " ":
            second = ANY if ERROR.match(self.source, end) else self._second_byte(follows)
            if second and (options := self._plain(at, byte, before_lost(byte, second))):
                yield Move(end, LAST_OF_OPTION, options, after=self._next_after_lost(end), cost=cost)
        if self._looks_sound(end):
            lost = self._lost(end)
            yield Move(end, None, self._plain(at, byte, begun(byte)), lost, "", cost=cost + LOST_TOO)
            if (ends := ending_line(byte)) and not FIGURE_FOLLOWS.match(self.source, end):
                yield Move(end, None, ends, "\n", "", cost=cost + LOST_TOO)

    def _errors(self, at: int, unseen: bool = False) -> Iterator[Error]:
        marks = 0
        while marks < 2 and self.source[at + marks : at + marks + 1] in UNREADABLE:
            marks += 1
        for trace, cost in self._costs.items() if not unseen else self._all_costs.items():
            if trace.marks > marks or (marks and trace == NO_TRACE):
                continue
            end = at + trace.marks
            note = (NOTE if trace.next_is_shown else REST_OF_NOTE).match(self.source, end)
            if note:
                yield Error(end, trace.next_is_shown, note[1], note.end(), cost)
            elif unseen or trace in self._habits:
                yield Error(end, trace.next_is_shown, "", end, cost)

    def _noted(self, note: str, lead: int) -> str:
        """The characters with this lead byte that a note can stand for."""
        return self.table.of_noted(read_by(note, lead))

    def _plain(self, at: int, byte: int, characters: str) -> str:
        """Those of some characters with the first `byte` that can stand at `at` without a note.

        One that a note or a loss has split before its turn to be noted came can be any.
        """
        before = self.source[at - 1]
        if (before == ")" and not self.table.overlapping) or (before in VISIBLE_HALVED and byte in self._halved):
            return characters
        return self.table.of_plain(characters)

    def _before_note(self, at: int, characters: str) -> str:
        """Those of some characters with whose second byte what is left of a note at `at` fits, if any does."""
        if len(characters) < 2 or not (error := self._broken_note.match(self.source, at)):
            return characters
        pair_of = self.gbk.pair_of
        return "".join(c for c in characters if self._noted(error[1], pair_of[c][1])) or characters

    def _looks_sound(self, at: int) -> bool:
        """Whether the two characters from `at` on can be in step: out of step, they are often such as no text has."""
        shown = self.source[at : at + 2]
        is_common = all(c < "\u4e00" or words().single(c) > RARE for c in shown)
        return is_common or shown.translate(forms().simplify) in words().scores

    def _lost(self, at: int) -> str:
        """The ASCII character that can have gone before `at` together with a lead byte, if there is one to think of."""
        if FIGURE_FOLLOWS.match(self.source, at):  # it may have been a digit
            return LOST
        if REST_OF_BRACKET.match(self.source, at):
            return "("
        return "," if self._halves_commas else LOST

    def _last_byte(self, last: str) -> int:
        """The second byte of a character, also of one that was full-width before the site halved it; 0 for others."""
        if pair := self.gbk.pair_of.get(last[-1:]):
            return pair[1]
        return VISIBLE_HALVED.get(last[-1:], 0)

    def _second_byte(self, shown: str) -> int:
        """The byte with which what is shown ends a character that began before it; 0 where it can't."""
        if pair := self.gbk.pair_of.get(shown):
            return pair[0]
        return ord(shown) if "@" <= shown <= "~" else 0

    def _next(self, at: int) -> str:
        return self.source[at : at + 1]

    def _first_of_next(self, at: int, byte: int) -> str | frozenset[str] | None:
        """What `byte` begins before `at`: a character or none, those that a note reads, None if that can't be seen."""
        if second := self._second_byte(self.source[at : at + 1]):
            return self.gbk.at.get((byte, second), "")
        if error := self._plain_error.match(self.source, at):
            return simplified(self._noted(error[1], byte)) or ""
        return None

    def _next_after_lost(self, at: int) -> frozenset[str] | None:
        """The (simplified) characters that can begin with a byte that is lost before `at`; None if any can."""
        if error := ERROR.match(self.source, at):
            if error[1]:
                return simplified("".join(self.readings.loosely(error[1])))
            at = error.end()
        second = self._second_byte(self.source[at : at + 1])
        return simplified(self.gbk.trails_to[second]) if second else None


def _is_habit(trace: Trace, traces: Mapping[Trace, int]) -> bool:
    return traces.get(trace, 0) > max(FEW, HABIT * sum(traces.values()))


def drops_lead_bytes(traces: Mapping[Trace, int]) -> bool:
    """Whether a page has the habit to drop a lead byte that begins no character and to show the next byte."""
    return _is_habit(Trace(0, True), traces)


def may_be_shifted(source: str, at: int) -> bool:
    """Whether the text from `at` on can be what follows a lost A3 BF, by its bytes alone, and comes into step again."""
    tables = gbk()
    byte = QUESTION_MARK
    for shown in source[at : at + LONGEST_SHIFT]:
        if shown in UNREADABLE:
            return True
        if pair := tables.pair_of.get(shown):
            character = tables.at.get((byte, pair[0]), "")
            byte = pair[1]
            if not character or byte <= 0x80 or "！" <= character <= "～":
                return False
        else:
            return "@" <= shown <= "~" and (byte, ord(shown)) in tables.at
    return False


def read_after(note: str, byte: int) -> str:
    """The characters that a note reads and that a first byte, as in `Move`, can begin."""
    if byte > 0:
        return read_by(note, byte)
    tables = gbk()
    characters = readings().characters(note) or readings().loosely(note)
    return "".join(c for c in sorted(characters) if tables.pair_of[c][0] in tables.unread[-byte])


@lru_cache(maxsize=1 << 16)
def ending(byte: int, second: int) -> str:
    """The characters of a first byte, as in `Move`, and a second."""
    tables = gbk()
    if byte > 0:
        return tables.at.get((byte, second), "")
    return "".join(c for c in tables.trails_to.get(second, "") if tables.pair_of[c][0] in tables.unread[-byte])


@lru_cache(maxsize=1 << 10)
def begun(byte: int) -> str:
    """The characters that a first byte, as in `Move`, can begin."""
    tables = gbk()
    if byte > 0:
        return tables.leads_to[byte]
    return "".join(c for c in words().common if tables.pair_of[c][0] in tables.unread[-byte])


@lru_cache(maxsize=1 << 10)
def ending_line(byte: int) -> str:
    """Those of them with which a line ends."""
    return "".join(c for c in begun(byte) if c in LINE_ENDS)


@lru_cache(maxsize=1 << 14)
def before_lost(byte: int, second: int) -> str:
    """Those of them whose second byte can begin a pair that is no character, of which the `second` byte is left."""
    pair_of = gbk().pair_of
    lasts = gbk().unread.keys() if second == ANY else unread_before(second)
    return "".join(c for c in begun(byte) if pair_of[c][1] in lasts)


@lru_cache(maxsize=1 << 8)
def unread_before(second: int) -> frozenset[int]:
    """The bytes behind which the lead byte of a character with this second byte is lost."""
    tables = gbk()
    leads = {tables.pair_of[c][0] for c in tables.trails_to.get(second, "")}
    return frozenset(last for last, unread in tables.unread.items() if not leads.isdisjoint(unread))


@lru_cache(maxsize=1 << 16)
def before_unread(byte: int, following: int) -> str:
    """Those of them whose second byte makes no character with the following byte."""
    tables = gbk()
    return "".join(c for c in begun(byte) if following in tables.unread.get(tables.pair_of[c][1], ()))


@lru_cache(maxsize=1 << 12)
def simplified(characters: str) -> frozenset[str]:
    """The simplified forms of some characters."""
    return frozenset(map(forms().plain, characters))
