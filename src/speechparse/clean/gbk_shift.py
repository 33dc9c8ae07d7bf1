"""Text that lost its step when a site worked on GBK bytes, read in step again.

A site that inserts notes or halves the width of punctuation on bytes also hits pairs that straddle two characters, x2
y1 of x1x2 y1y2. What it leaves of the two can't be read, and what follows is read with one byte's shift until a byte
below 0x80 ends a pair too early. `StepReader` undoes this like any noisy channel: it walks over the damaged text with
all originals that the channel would have turned into just this text, and keeps the likeliest by their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

import regex

from speechparse.clean.gbk import gbk
from speechparse.clean.likelihood import START, Options, State, likelihood
from speechparse.clean.readings import LETTERS, readings

NOTE = regex.compile(rf"\(([{LETTERS}]{{1,7}}+)\)")
REST_OF_NOTE = regex.compile(rf"([{LETTERS}]{{1,7}}+)\)")
UNREADABLE = frozenset("?\ufffd")
OF_FIGURE = regex.compile(r"[0-9０-９.%％‰年月日时時个個万萬亿億元倍米公里吨噸人户戶家项項]")
LISTED = regex.compile(r"[一二三四五六七八九十0-9]{1,3}+\)")

# The second byte of full-width ASCII that sites turn into half-width, and how far-fetched it is, in nats, to suppose so
# where nothing of the pair is left to see. ？ is what every such site converts, even one that leaves the comma alone.
HALVED = {0xBF: 0.0, 0xAC: 1.5, 0xBA: 3.0, 0xBB: 3.0, 0xA1: 3.5, 0xA8: 3.5, 0xA9: 3.5}
VISIBLE_HALVED = {chr(byte & 0x7F): byte for byte in range(0xA1, 0xC0)}  # ! " # … 0 … 9 … ?
FIRST_OF_WIDE = 0xA3

CERTAIN = 1e9
OTHER_SCRIPT = 3.0  # nats: a simplified character on a page of traditional ones, or the other way round
BREAK = 3.0  # nats: how far-fetched a break is
UNHEARD_OF = 6.0  # nats: traces that a page with so much damage would show if it had the habit are not supposed
DOUBT = 3.0  # nats: another original that is no less likely than this leaves a doubt
KEPT = 16  # ways that are kept at one place
HOPELESS = 16.0  # nats behind the best; a word that has only begun is not yet credited
LONGEST = 300  # characters that one spot can take


class Trace(NamedTuple):
    """What a decoder leaves of a lead byte that begins no character: so many marks, and its next byte or not."""

    marks: int
    next_is_shown: bool


TRACES = (Trace(1, False), Trace(2, False), Trace(1, True), Trace(0, True), Trace(0, False))


class Error(NamedTuple):
    """A trace that was found: where it ends, whether the next byte is shown there, or (the rest of) a note; its cost."""

    end: int
    next_is_shown: bool
    note: regex.Match[str] | None
    cost: float


class Piece(NamedTuple):
    """`text` stands in the original for the damaged text from `start` to `end`; `before` is the piece before it."""

    before: Piece | None
    start: int
    end: int
    text: str
    cause: str


class Way(NamedTuple):
    """One way to read the text up to `at`: what it has made of it, and how likely that is.

    last: the last character of the original. byte: out of step, the first byte of the next one; None in step. Where
    nothing is left of it, minus the byte before it: the two are a pair that is no character.
    lead: how many nats the best other way fell short that met this one. prospect: how many nats it will gain if its last
    character is the beginning of the word that the next one makes likely.
    """

    score: float
    state: State
    last: str
    at: int
    byte: int | None
    piece: Piece | None
    lead: float
    prospect: float


class Reading(NamedTuple):
    """The pieces of the likeliest original, and whether another was nearly as likely."""

    pieces: tuple[Piece, ...]
    doubt: bool


class StepReader:
    """Reads the damaged spots of one page.

    traces: how often each trace was seen on the page, where that is certain.
    """

    def __init__(self, source: str, traces: Mapping[Trace, int]) -> None:
        self.source = source
        self.gbk = gbk()
        self.words = likelihood()
        self.ends_in_a3 = self.gbk.trails_to[FIRST_OF_WIDE]
        seen = sum(traces.values())
        self.costs = {trace: log(seen + 2.5) - log(traces.get(trace, 0) + 0.5) for trace in TRACES}
        self.costs = {trace: cost for trace, cost in self.costs.items() if cost < UNHEARD_OF}
        self.usual = {trace for trace in TRACES if trace.marks or traces.get(trace, 0) > 0.02 * seen}
        self.halves_commas = "," in source and source.count(",") > source.count("，")
        shown = set(source)
        self.traditional = len(shown & self.words.only_traditional) >= len(shown & self.words.only_simplified)
        self.other_script = self.words.only_simplified if self.traditional else self.words.only_traditional

    def read(self, start: int, left: str, *, unseen: int | None = None) -> Reading | None:
        """The likeliest original of the damaged spot at `start`, after the original text `left`; None if undamaged.

        unseen: suppose also that bytes went without a trace anywhere before this place, though the page has no habit of it.
        """
        self.unseen = unseen or start
        state = START
        for character in left:
            state = self.words.extend(state, character)
        open_ways = {start: [Way(state[0], state, left[-1:], start, None, None, CERTAIN, 0.0)]}
        limit = min(len(self.source), start + LONGEST)
        while open_ways:
            at = min(open_ways)
            ways = _pruned(open_ways.pop(at))
            if at >= limit:
                open_ways.clear()
            if not open_ways and (at >= limit or (at > start and len(ways) == 1 and ways[0].byte is None)):
                return _decided(ways)
            for again in range(3):
                here = []
                for way in ways:
                    for onward in self._in_step(way) if way.byte is None else self._out_of_step(way, way.byte):
                        if onward.at > at:
                            open_ways.setdefault(onward.at, []).append(onward)
                        elif again < 2:
                            here.append(onward)
                if not here:
                    break
                ways = _pruned(here)
        return None

    def _made(
        self, way: Way, at: int, byte: int | None, text: str, cause: str, cost: float = 0.0, prospect: float = 0.0
    ) -> Way:
        """The way after a piece of text that ends at `at`."""
        score, state, last, start, _, piece, lead, _ = way
        before = state[0]
        for character in text:
            state = self.words.extend(state, character)
            last = character
            if character in self.other_script:
                cost += OTHER_SCRIPT
        piece = Piece(piece, start, at, text, cause)
        return Way(score + state[0] - before - cost, state, last, at, byte, piece, lead, prospect)

    def _choices(
        self, way: Way, at: int, byte: int | None, options: str, more: str = "", cause: str = "", cost: float = 0.0
    ) -> Iterator[Way]:
        """The ways after one of several characters, which ends at `at`, and `more`; none where nothing can follow."""
        shown = self.source[at : at + 1]
        after: str | None = more or shown
        if byte is not None:
            after = None
            following = self._second_byte(shown)
            if following:
                after = self.gbk.at.get((byte, following))
                if not after:
                    return
        elif len(options) > 1 and shown == "(" and (note := NOTE.match(self.source, at)):
            options = "".join(readings().loosely(note[1]).intersection(options)) or options
        cause = cause or (way.piece.cause if way.piece else "")
        if len(options) == 1:
            yield self._made(way, at, byte, options + more, cause, cost)
        else:
            for option, prospect in self.words.likely(_options(options, self.traditional), way.state[4][-1:], after):
                yield self._made(way, at, byte, option + more, cause, cost, prospect)

    def _errors(self, at: int) -> Iterator[Error]:
        """The decoding errors that can have left a trace at `at`: where it ends, whether the next byte is shown, cost."""
        marks = 0
        while marks < 2 and self.source[at + marks : at + marks + 1] in UNREADABLE:
            marks += 1
        for trace, cost in self.costs.items():
            if trace.marks <= marks and (trace.marks or not marks):
                note = (NOTE if trace.next_is_shown else REST_OF_NOTE).match(self.source, at + trace.marks)
                if note or trace in self.usual or at < self.unseen:
                    yield Error(at + trace.marks, trace.next_is_shown, note, cost)

    def _in_step(self, way: Way) -> Iterator[Way]:
        source, at = self.source, way.at
        shown = source[at]
        pair_of = self.gbk.pair_of
        if shown == "(" and (note := NOTE.match(source, at)) and way.last in readings().loosely(note[1]):
            yield self._made(way, note.end(), None, "", "dropped")
            return
        explained = False
        for end, next_is_shown, note, cost in self._errors(at):
            if note and way.last in pair_of:
                for character in read_by(note[1], pair_of[way.last][1]):
                    following = pair_of[character][1]
                    if following > 0x80:
                        yield self._made(way, note.end(), following, "", "note", BREAK + cost)
                        explained = True
                continue
            if note and end == at:
                continue
            if next_is_shown:
                if byte := VISIBLE_HALVED.get(source[end : end + 1]):
                    dear = BREAK + HALVED.get(byte, 4.0) + cost
                    yield from self._choices(way, end + 1, byte, self.ends_in_a3, cause="width", cost=dear)
            else:
                for byte, dear in HALVED.items():
                    dear += BREAK + cost
                    yield from self._choices(way, end, byte, self.ends_in_a3, cause="width", cost=dear)
        if not explained:
            state = self.words.extend(way.state, shown)
            yield Way(way.score + state[0] - way.state[0], state, shown, at + 1, None, way.piece, way.lead, 0.0)

    def _second_byte(self, shown: str) -> int:
        """The byte with which what is shown ends a character that began before it; 0 where it can't."""
        if pair := self.gbk.pair_of.get(shown):
            return pair[0]
        return ord(shown) if "@" <= shown <= "~" else 0

    def _out_of_step(self, way: Way, byte: int) -> Iterator[Way]:
        source, at, tables = self.source, way.at, self.gbk
        shown = source[at]
        cause = way.piece.cause if way.piece else ""
        if first := self._second_byte(shown):
            options = _ending(byte, first)
            second = tables.pair_of[shown][1] if shown in tables.pair_of else 0
            if second > 0x80:
                note = NOTE.match(source, at + 1)
                of_this = note and shown in readings().loosely(note[1])
                for onward in self._choices(way, at + 1, second, options):
                    yield onward
                    if note and of_this:
                        yield self._made(onward, note.end(), second, "", "note")
            elif second != 0x80:
                yield from self._choices(way, at + 1, None, options, chr(second) if second else "")
        elif halved := VISIBLE_HALVED.get(shown):
            cost = HALVED.get(halved, 4.0)
            yield from self._choices(way, at + 1, halved, _ending(byte, FIRST_OF_WIDE), cost=cost)
        for end, next_is_shown, note, cost in self._errors(at):
            if note and (characters := _read_after(note[1], byte)):
                yield from self._choices(way, note.end(), None, characters, cost=cost)
                continue
            if note and end == at:
                continue
            follows = source[end : end + 1]
            if next_is_shown:
                if first := self._second_byte(follows) if follows in tables.pair_of else 0:
                    yield from self._choices(way, end, None, _before_unread(byte, first), cost=cost)
                elif not follows or follows < "@":
                    yield from self._choices(way, end, None, _begun(byte), cost=cost)
                continue
            if follows > " ":
                options = _options(_unread(byte), self.traditional)
                second = self._second_byte(follows)
                afters = _simplified(tables.trails_to[second]) if second else None
                for option, prospect in self.words.likely(options, way.state[4][-1:], afters):
                    lost = -tables.pair_of[option][1]
                    if not second or _ending(lost, second):
                        yield self._made(way, end, lost, option, cause, cost, prospect)
            for lost in self._lost(end):
                yield from self._choices(way, end, None, _begun(byte), lost, cost=cost + 1.0)

    def _lost(self, at: int) -> Iterable[str]:
        """The ASCII characters that can have gone before `at` together with a lead byte; ? for one not to be known."""
        follows = self.source[at : at + 1]
        if OF_FIGURE.match(follows):  # it may have been a digit
            return "?"
        if LISTED.match(self.source, at):
            return "("
        return ",\n" if self.halves_commas else "\n?"


@lru_cache(maxsize=1 << 16)
def _ending(first: int, second: int) -> str:
    """The characters of two bytes; `first` may be known only by the one before it, see `Way`."""
    if first > 0:
        return gbk().at.get((first, second), "")
    tables = gbk()
    return "".join(c for c in tables.trails_to.get(second, "") if tables.pair_of[c][0] in tables.unread[-first])


@lru_cache(maxsize=1 << 10)
def _begun(first: int) -> str:
    """The characters that a first byte can begin, commonest first where that byte is not known."""
    tables = gbk()
    if first > 0:
        return tables.leads_to[first]
    return "".join(c for c in _common() if tables.pair_of[c][0] in tables.unread[-first])


@lru_cache(maxsize=1 << 10)
def _unread(first: int) -> str:
    """The characters that a first byte can begin and whose second byte can begin a pair that is none."""
    tables = gbk()
    return "".join(c for c in _begun(first) if tables.pair_of[c][1] in tables.unread)


@lru_cache(maxsize=1 << 12)
def _options(characters: str, traditional: bool) -> Options:
    return likelihood().options(characters, traditional)


@lru_cache(maxsize=1 << 14)
def _simplified(characters: str) -> frozenset[str]:
    simplified = likelihood().simplified
    return frozenset(simplified.get(c, c) for c in characters)


@lru_cache(maxsize=1 << 16)
def _before_unread(first: int, following: int) -> str:
    """The characters that a first byte can begin and whose second byte makes no pair with the following byte."""
    tables = gbk()
    return "".join(c for c in _begun(first) if following in tables.unread.get(tables.pair_of[c][1], ()))


@lru_cache(maxsize=1)
def _common() -> str:
    """The characters that make up nearly all of a text, commonest first."""
    words = likelihood()
    return "".join(sorted((c for c in gbk().at.values() if words.single(c) > -10.5), key=words.single, reverse=True))


def _pruned(ways: list[Way]) -> list[Way]:
    """The best ways at one place. Of two that only differ in what lies behind them, the better one goes on."""
    if len(ways) == 1:
        return ways
    ways.sort(key=_score, reverse=True)
    hopeless = _score(ways[0]) - HOPELESS
    kept: dict[tuple[int | None, str, str], Way] = {}
    for way in ways[: 4 * KEPT]:
        if _score(way) < hopeless:
            break
        key = way.byte, way.state[4], way.last
        if (better := kept.get(key)) is None:
            kept[key] = way
        elif better.score - way.score < better.lead:
            kept[key] = better._replace(lead=better.score - way.score)
    room = {True: KEPT, False: KEPT}  # those in step and those out of step don't compete: they will differ soon
    best = []
    for way in kept.values():
        if room[way.byte is None]:
            room[way.byte is None] -= 1
            best.append(way)
    return best


def _decided(ways: list[Way]) -> Reading | None:
    best = ways[0]
    if best.piece is None:
        return None
    doubt = best.lead < DOUBT or any(way.score > best.score - DOUBT for way in ways[1:])
    return Reading(_pieces(best), doubt)


def _pieces(way: Way) -> tuple[Piece, ...]:
    pieces = []
    piece = way.piece
    while piece:
        pieces.append(piece)
        piece = piece.before
    return tuple(reversed(pieces))


def _score(way: Way) -> float:
    return way.score + way.prospect


@lru_cache(maxsize=1 << 14)
def read_by(note: str, lead: int) -> str:
    """The characters with this lead byte that a note reads."""
    pair_of = gbk().pair_of
    for characters in (readings().characters(note), readings().loosely(note)):
        led = [c for c in sorted(characters) if pair_of[c][0] == lead]
        if led:
            return "".join(led)
    return ""


def _read_after(note: str, lead: int) -> str:
    if lead > 0:
        return read_by(note, lead)
    tables = gbk()
    characters = readings().characters(note) or readings().loosely(note)
    return "".join(c for c in sorted(characters) if tables.pair_of[c][0] in tables.unread[-lead])
