"""The likeliest original of a stretch of text that a site has broken by working on its GBK bytes.

Out of the originals that `gbk_channel` allows, `StepReader` finds the one whose words are likeliest, like a decoder of
any noisy channel: it keeps the most promising ways at each place, and is done when one way in step is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from speechparse.clean.gbk_channel import LAST_OF_OPTION, NOTE, UNREADABLE, Channel, Move, Trace
from speechparse.clean.likelihood import CHOICES, IMPOSSIBLE, LOST, STOPS, Likelihood, Likely, Options, State, words
from speechparse.clean.site_table import SiteTable
from speechparse.lazy import regex

DOUBT = 3.0  # nats: another original that is no less likely than this leaves a doubt
MISGIVING = 4.6  # nats, a hundred times: and than this a misgiving
ODD = -12.0  # nats: a character that stands in no word with its neighbours, and hardly ever alone
OTHER_SCRIPT = 6.0  # nats: a simplified character on a page of traditional ones, or the other way round
KEPT = 12  # ways in step, and as many out of step, that are kept at one place
PLAIN = 24  # characters that a plain spot can take, and ways to read it
LEFT = 8  # characters before a character beside a figure that are looked at
RIGHT = 4  # characters behind a spot that are looked at
FIGURE = 16  # and behind a character that may belong to a figure
UNLIKELY = -16.0  # nats: a character that hardly stands in any text
COMMON = -9.0  # nats: a character that often stands alone
HOPELESS = 10.0  # nats behind the best of them
FEWEST = 2  # characters that are tried for the less promising ways
RIVALS = 8  # other originals that are remembered for the sake of their figures
LONGEST = 300  # characters that one spot can take
CERTAIN = 1e9
SAFE = 6.0  # nats: an original that is likelier by so much than any other is no guess
HALF_WIDTH_DIGITS = frozenset("0123456789")
FULL_WIDTH_DIGITS = frozenset("０１２３４５６７８９")
DIGITS = HALF_WIDTH_DIGITS | FULL_WIDTH_DIGITS
CERTAIN_PARTS = DIGITS | frozenset("%％‰")
SEPARATORS = frozenset(".,-．，－")
PARTS = DIGITS | SEPARATORS | {LOST}
COMMAS = frozenset(",，")
ZEROS = frozenset({"000", "０００"})
UNREAD = regex.compile("[?\ufffd]")
HAN = regex.compile("[\u4e00-\u9fff]")
GROUP_BEFORE = regex.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}$")
FIRST_OF_GROUP = regex.compile(r"(?<![0-9０-９])[0-9０-９]{1,3}[,，][0-9０-９]$")
GROUPS_BEHIND = regex.compile(r"([0-9０-９]{3})([,，][0-9０-９]{3})*+(?![0-9０-９.．,，])")
LATER_PART = regex.compile("[%％]|[0０][0-9０-９]")
NUMERALS = DIGITS | frozenset("〇零一二三四五六七八九十百千万萬亿億两兩第几幾")
NUMERAL = regex.compile("[0-9０-９〇零一二三四五六七八九十百千万萬亿億两兩]++")
NUMERALS_AND_LOST = NUMERALS | {LOST}


class Piece(NamedTuple):
    """`text` stands in the original for the damaged text from `start` to `end`, for a `cause` as in `Move`.

    options: the characters of which the first of `text` was chosen, if there was a choice.
    """

    start: int
    end: int
    text: str
    cause: str
    options: str = ""


class Way(NamedTuple):
    """One way to read the text up to `at`: what it has made of it, and how likely that is.

    prospect: what the word that its last character seems to begin will make up for. last: the last two characters of
    the original; made: all of them since the spot began. byte: as in `Move`. lead: how many nats the next best way to
    something else fell short that met this one; rivals: what such ways had made of the text, for so many characters of
    `made`. before: the way that led here, by a move that made `text`, for a `cause`; none where the text stands as it
    is. options: as in `Piece`.
    """

    score: float
    prospect: float
    state: State
    last: str
    made: str
    at: int
    byte: int | None
    lead: float
    rivals: tuple[tuple[int, str], ...]
    before: Way | None
    text: str
    cause: str
    options: str


BestScores = Mapping[tuple[int, bool], float]
"""The best score at each place, out of step and in step: they don't compete, for they differ in what is yet to come."""


class Reading(NamedTuple):
    """The pieces of the likeliest original, and whether another was nearly as likely.

    lead: how many nats the next best that was followed falls short of it. made: the original; rivals: others that are
    not much less likely.
    """

    pieces: tuple[Piece, ...]
    doubt: bool
    lead: float
    made: str = ""
    rivals: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The end of the damaged text that it stands for."""
        return self.pieces[-1].end


class StepReader:
    """Reads the damaged spots of one page. plain: its text without the notes, for what it says again and again."""

    def __init__(self, source: str, plain: str, traces: Mapping[Trace, int], table: SiteTable) -> None:
        self.source = source
        self.channel = Channel(source, plain, traces, table)
        self.words = words()
        self.likelihood = Likelihood(plain)
        self.unread = "?" if traces else LOST  # a mark is damage, but of other kinds too where no note is broken
        tables = self.words.forms
        shown = set(source)
        self.traditional = len(shown & tables.traditional_only) >= len(shown & tables.simplified_only)
        self.other_script = tables.simplified_only if self.traditional else tables.traditional_only
        if sum(map(plain.count, HALF_WIDTH_DIGITS)) > sum(map(plain.count, FULL_WIDTH_DIGITS)):
            self.other_script |= FULL_WIDTH_DIGITS

    def read(self, start: int, left: str, *, unseen: bool = False) -> Reading | None:
        """The likeliest original of the damaged spot at `start`, after the original text `left`; None if undamaged.

        unseen: the spot shows no trace of the break, though the page has no habit of that.
        """
        reading = self._plain_reading(start, left) or self._likeliest(start, left, unseen)
        return reading and self._without_guessed_figures(reading, left)

    def _without_guessed_figures(self, reading: Reading, left: str) -> Reading:
        """The reading with the lost mark for what would be a guess in or beside a figure: 三千 may be 八千."""
        sure: list[Piece] = []
        made, done = left, reading.pieces[0].start
        # of a figure that not all likely originals have, each numeral is a guess
        others = [Counter(NUMERAL.findall(rival)) for rival in reading.rivals]
        own = Counter(NUMERAL.findall(reading.made))
        guessed = {figure for figure in own if any(other[figure] < own[figure] for other in others)}
        for number, piece in enumerate(reading.pieces):
            made += self.source[done : piece.start]
            if piece.text and piece.cause != "read":
                is_guess = any(piece.text[0] in figure for figure in guessed)
                if not is_guess and len(piece.options) > 1:
                    depends = number > 0 and self._leaves_options(reading.pieces[number - 1])
                    joint = reading.lead < SAFE and self._is_chosen_jointly(reading, number)
                    right = piece.text[1:] + self._right_of(reading, number)
                    is_guess = self._is_guessed_figure(piece, made[-LEFT:], right, joint, depends)
                if is_guess:
                    piece = piece._replace(text=LOST + piece.text[1:])
            sure.append(piece)
            made += reading.pieces[number].text
            done = piece.end
        return reading._replace(pieces=tuple(sure))

    def _is_guessed_figure(self, piece: Piece, left: str, right: str, joint: bool, depends: bool) -> bool:
        """Whether a character chosen from some options could be part of a figure, or change one, if it were another.

        joint: so was a neighbour, and another may fit as well together with another of these. depends: the options were
        those that the one before leaves.
        """
        character, options = piece.text[0], piece.options
        before, behind = left[-1:], right[:1]
        if before in SEPARATORS:
            before = left[-2:]
        beside = {before[:1], behind} - {""}
        others = options
        if character in SEPARATORS and not beside.isdisjoint(DIGITS):
            return not _is_between_groups(character, left, right)
        if character in DIGITS:
            return not _is_surely_digit(character, left, right)
        if character in NUMERALS or not beside.isdisjoint(CERTAIN_PARTS):
            if len(NUMERALS.intersection(options)) > 1:
                return True
        elif not beside.isdisjoint(NUMERALS_AND_LOST):
            others = "".join(NUMERALS.intersection(options))
            if joint and (others or depends):
                return True
        else:
            return False
        right = right[:RIGHT]
        least = self.likelihood.score(left, character + right) - SAFE
        return any(self.likelihood.score(left, other + right) > least for other in others if other != character)

    def _leaves_options(self, piece: Piece) -> bool:
        """Whether a piece of which the second byte is lost was chosen, and with it what the next can be."""
        return len(piece.options) > 1 and self.source[piece.end - 1] in UNREADABLE

    def _is_chosen_jointly(self, reading: Reading, number: int) -> bool:
        """Whether a neighbour of a chosen character was chosen too; a mark before a numeral says little about it."""
        before, piece, *behind = [Piece(0, 0, "", ""), *reading.pieces][number : number + 3]
        if piece.text[0] in NUMERALS and before.text[-1:] in STOPS:
            return any(len(other.options) > 1 for other in behind)
        return any(len(other.options) > 1 for other in (before, *behind))

    def _right_of(self, reading: Reading, number: int) -> str:
        """What stands behind a piece of a reading, as far as a figure may go on, and a line's end behind the text."""
        right, done = "", reading.pieces[number].end
        for piece in reading.pieces[number + 1 :]:
            if len(right) >= FIGURE:
                break
            right += self.source[done : piece.start] + piece.text
            done = piece.end
        return (right + NOTE.sub("", self.source[done : done + FIGURE])) or "\n"

    def leaves_misgiving(self, reading: Reading, left: str) -> bool:
        """Whether a reading that is not in doubt may be wrong all the same: another is not so much less likely, or a
        character of it makes no sense where it stands (考蛳 for 考核)."""
        if reading.lead < MISGIVING:
            return True
        start, made = len(left[-1:]), reading.made
        text = left[-1:] + made + self._right_of(reading, len(reading.pieces) - 1)[:1]
        return any(
            self.words.single(character) < ODD
            and HAN.match(character) is not None
            and self.is_no_word(text[max(0, at - 1) : at + 1])
            and self.is_no_word(text[at : at + 2])
            for at, character in enumerate(made, start)
        )

    def is_no_word(self, text: str) -> bool:
        """Whether some characters are no word of the dictionary."""
        return text.translate(self.words.forms.simplify) not in self.words.scores

    def is_unlikely(self, text: str) -> bool:
        """Whether some characters are neither a word nor all common by themselves."""
        return self.is_no_word(text) and min(map(self.words.single, text)) < COMMON

    def _plain_reading(self, start: int, left: str) -> Reading | None:
        """The reading of a spot in which notes and bytes leave no choice but which of few characters a note stood for.

        Most spots are such, and are read much faster like this. None where there is more to choose.
        """
        walks: list[tuple[Piece, ...]] = []
        unfinished: list[tuple[tuple[Piece, ...], int, Move]] = [
            ((), start, move) for move in self.channel.plain_breaks(start, left[-2:])
        ]
        while unfinished:
            pieces, at, move = unfinished.pop()
            for option in move.options or ("",):
                if option and self._is_out_of_place(option):
                    continue
                walk = (*pieces, Piece(at, move.at, option, "note", move.options))
                if move.byte is None:
                    walks.append(walk)
                    continue
                onward = self.channel.plain_way_on(move.at, move.byte)
                if onward is None or len(walk) > PLAIN or len(unfinished) > PLAIN:
                    return None
                if onward.options:
                    unfinished.append((walk, move.at, onward))
        if len(walks) < 2:
            return Reading(walks[0], False, CERTAIN) if walks else None
        end = max(walk[-1].end for walk in walks)
        if self.source[end : end + 1] in UNREADABLE:  # what stands there may tell which of them it is
            return None
        right = NOTE.sub("", self.source[end : end + 2 * RIGHT])[:RIGHT]
        scored = []
        for number, walk in enumerate(walks):
            made = "".join(piece.text for piece in walk) + NOTE.sub("", self.source[walk[-1].end : end])
            scored.append((self.likelihood.score(left, made + right), number, made))
        scored.sort(reverse=True)
        (best, number, made), *others = scored
        rivals = tuple(rival for score, _, rival in others if score > best - SAFE)
        return Reading(walks[number], bool(rivals) and others[0][0] > best - DOUBT, best - others[0][0], made, rivals)

    def _is_out_of_place(self, character: str) -> bool:
        return character in self.other_script or self.words.single(character) < UNLIKELY

    def _likeliest(self, start: int, left: str, unseen: bool) -> Reading | None:
        """The likeliest of all readings. Ways are compared where they have come equally far in the damaged text."""
        state = self.likelihood.after(left)
        open_ways = {start: [Way(state[0], 0.0, state, left[-2:], "", start, None, CERTAIN, (), None, "", "", "")]}
        best: dict[tuple[int, bool], float] = {}  # as in `BestScores`
        limit = min(len(self.source), start + LONGEST)
        while True:
            at = min(open_ways)
            ways = _kept(open_ways.pop(at))
            if at >= len(self.source):
                ways = _kept([self._ended(way) for way in ways])
            if at >= limit or (not open_ways and len(ways) == 1 and ways[0].byte is None and at > start):
                in_step = [way for way in ways if way.byte is None]
                return _decided(in_step) if in_step and self._is_sounder(in_step[0], start, left) else None
            for rank, way in enumerate(ways):
                most = max(CHOICES >> rank, FEWEST)
                for onward in self._onward(way, most, start, unseen, best):
                    place = onward.at, onward.byte is None
                    if onward.score > best.get(place, IMPOSSIBLE):
                        best[place] = onward.score
                    open_ways.setdefault(onward.at, []).append(onward)
            if not open_ways:
                return None

    def _is_sounder(self, best: Way, start: int, left: str) -> bool:
        """Whether a way is likelier than the text as it stands, whatever its marks are; notes that fit are no text."""
        as_is, done = "", start
        for note in NOTE.finditer(self.source, start, best.at):
            as_is += self.source[done : note.start()]
            done = note.end() if self.channel.reads(note[1], (left + as_is)[-2:]) else note.start()
        as_is = UNREAD.sub(LOST, as_is + self.source[done : best.at])
        return best.score - self.likelihood.after(left)[0] > self.likelihood.score(left, as_is)

    def _ended(self, way: Way) -> Way:
        """The way at the end of the text, which is the end of a line."""
        return way._replace(score=way.score + self.likelihood.extend(way.state, "\n")[0] - way.state[0])

    def _onward(self, way: Way, most: int, start: int, unseen: bool, best: BestScores) -> Iterator[Way]:
        """The ways on by one move that are not hopeless, given the best score at each place.

        most: so many characters are tried where many could stand.
        """
        if way.byte is not None:
            for move in self.channel.goes_on(way.at, way.byte):
                yield from self._made(way, move, most, best)
            return
        at = way.at
        shown = self.source[at]
        if at == start or shown in UNREADABLE:
            explained = False
            for move in self.channel.breaks(at, way.last, unseen and at == start):
                yield from self._made(way, move, most, best)
                explained = explained or move.cause == "note"
            if explained:
                return
        if shown == "(" and (note := NOTE.match(self.source, at)) and self.channel.reads(note[1], way.last):
            yield from self._made(way, Move(note.end(), None, "", cause="read"), most, best)
            return
        state = self.likelihood.extend(way.state, self.unread if shown in UNREADABLE else shown)
        score = way.score + state[0] - way.state[0]
        last, made = way.last[-1:] + shown, way.made + shown
        yield Way(score, 0.0, state, last, made, at + 1, None, way.lead, way.rivals, way, shown, "", "")

    def _made(self, way: Way, move: Move, most: int, best: BestScores) -> Iterator[Way]:
        """The ways on by one move, one for each of the likeliest of its options, without hopeless ones."""
        at, byte, options, more, after, cause, cost = move
        if len(options) <= 1:
            state = self.likelihood.extend(way.state, options) if options else way.state
            choices = [Likely(options, state, 0.0)]
        else:
            choices = self.likelihood.likely(way.state, _options(options, self.traditional), after, most)
        cause = cause or way.cause
        least = best.get((at, byte is None), IMPOSSIBLE) - HOPELESS
        base = way.score - way.state[0] - cost
        for option, state, prospect in choices:
            score = base + state[0]
            if option in self.other_script:
                score -= OTHER_SCRIPT
            following = byte
            if byte == LAST_OF_OPTION:
                following = -self.channel.gbk.pair_of[option][1]
            if more:
                score -= state[0]
                state = self.likelihood.extend(state, more)
                score += state[0]
                prospect = 0.0
            if score + prospect < least:
                continue
            text = option + more
            last, made = (way.last + text)[-2:], way.made + text
            lead, rivals = way.lead, way.rivals
            yield Way(score, prospect, state, last, made, at, following, lead, rivals, way, text, cause, options)


def _kept(ways: list[Way]) -> list[Way]:
    """The best ways at one place. Of two that only differ in what lies behind them, the better one goes on."""
    if len(ways) == 1:
        return ways
    ways.sort(key=_promise, reverse=True)
    best = {True: IMPOSSIBLE, False: IMPOSSIBLE}
    for way in ways:
        best[way.byte is None] = max(best[way.byte is None], way.score)
    met: dict[tuple[int | None, str, str], int] = {}
    kept: list[Way] = []
    room = {True: KEPT, False: KEPT}  # those in step and those out of step don't compete: they will differ soon
    for way in ways:
        if way.score + way.prospect < best[way.byte is None] - HOPELESS:
            continue
        key = way.byte, way.state[4], way.last
        if (better := met.get(key)) is not None:
            ahead = kept[better].score - way.score
            if ahead < SAFE and way.made != kept[better].made:
                rivals = (*kept[better].rivals, (len(kept[better].made), way.made))[:RIVALS]
                kept[better] = kept[better]._replace(lead=min(ahead, kept[better].lead), rivals=rivals)
        elif room[way.byte is None] or not way.made:  # nothing tells yet which of several characters a note stood for
            room[way.byte is None] -= 1
            met[key] = len(kept)
            kept.append(way)
    return kept


def _decided(ways: list[Way]) -> Reading | None:
    best, *others = ways
    pieces = _pieces(best)
    if not pieces:
        return None
    many = sum(len(piece.options) > 1 for piece in pieces) > 1  # then some of the others may not have been tried
    lead = min([best.lead, *(best.score - way.score for way in others if way.made != best.made)])
    rivals = [rival + best.made[length:] for length, rival in best.rivals]
    rivals += [way.made for way in others if way.score > best.score - SAFE]
    return Reading(pieces, many or lead < DOUBT, lead, best.made, tuple(rivals))


def _pieces(way: Way) -> tuple[Piece, ...]:
    pieces = []
    while way.before:
        if way.cause:
            pieces.append(Piece(way.before.at, way.at, way.text, way.cause, way.options))
        way = way.before
    return tuple(reversed(pieces))


def _promise(way: Way) -> float:
    return way.score + way.prospect


def _is_between_groups(character: str, left: str, right: str) -> bool:
    """Whether a separator can only be a comma: 5,321,000 has more than one point, and none has 000 behind it."""
    if character not in COMMAS or not GROUP_BEFORE.search(left):
        return False
    groups = GROUPS_BEHIND.match(right)
    return groups is not None and (groups[1] in ZEROS or groups[2] is not None)


def _is_surely_digit(character: str, left: str, right: str) -> bool:
    """Whether a digit behind a separator, the only one with its second byte, can be nothing but a digit.

    No figure begins with 00 or with a percent sign, and one has three digits in each of its groups.
    """
    if left[-1:] in PARTS and LATER_PART.match(right):
        return True
    groups = GROUPS_BEHIND.match(character + right)
    return groups is not None and groups[2] is not None and FIRST_OF_GROUP.search(left + character) is not None


@lru_cache(maxsize=1 << 12)
def _options(characters: str, traditional: bool) -> Options:
    return words().options(characters, traditional)
