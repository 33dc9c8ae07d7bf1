"""How likely a stretch of Chinese text is, by the frequencies of its words in jieba's dictionary.

The score of a text, in nats, is that of its likeliest cutting into words of up to four characters, each taken by
itself, and a little more for what its page says elsewhere. It is carried along character by character (`extend`), so
that readings that differ in one place share the rest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import log
from typing import NamedTuple

from speechparse.clean.forms import forms
from speechparse.clean.gbk import gbk
from speechparse.lexicons import load
from speechparse.words import dictionary

IMPOSSIBLE = -1e9
FULL_WIDTH = 0xFEE0  # from ! to ！
LOST = "\ufffd"  # an ASCII character of which nothing is left

# jieba's dictionary has no punctuation. These are rough shares of the words of a government speech, of which every
# sixth is punctuation; what stands inside a sentence of Chinese only by accident (a lone letter) is dear.
MARKS = {"，": 0.06, ",": 0.06, "。": 0.03, "、": 0.03, "；": 0.006, ";": 0.006, "：": 0.004, ":": 0.004, "？": 3e-4}
MARKS |= {"?": 3e-4, "！": 2e-3, "!": 2e-3, "\n": 1e-3, LOST: 0.02} | dict.fromkeys("“”（）()《》", 3e-3)
MARKS |= dict.fromkeys("0123456789", 0.01) | dict.fromkeys(".%-— …·％", 1e-3)
MARKS |= {chr(ord(mark) + FULL_WIDTH): share for mark, share in MARKS.items() if "!" <= mark <= "~"} | MARKS
CLAUSE_ENDS = frozenset("，。、；：？！,;:?!")
STOPS = CLAUSE_ENDS | {"\n"}
DOUBLED = 6.0  # nats: how much less likely a mark is right after another
LINE_ENDS = frozenset("。；：？！”\n")
AT_LINE_END = 5.0  # nats: how much likelier a line ends there

CHOICES = 24  # characters that are tried where many could stand
SURE = 6  # of them, for what they are, whatever words others may begin
UNSEEN = 0.5  # in occurrences: a character that the dictionary has not at all
VARIANT = 2.5  # nats: 乾 is 干, but few of all 干 are 乾
RARE_FORM = 4.0  # nats: jieba's dictionary has some 2000 of 屼, but hardly a text has one
USUAL = -5.0  # nats: what a character costs of which nothing is known
RARE = -13.0  # nats: a character that is rarer is not tried where any may stand
RARE_WORD = -17.0  # nats: a word seen twice; one rarer is not looked for, though it counts where it is met
MOST_GAINS = 1 << 17  # that are remembered
AGAIN = tuple(0.8 * log(1 + times) for times in range(40))  # nats, by how often the page has two characters together

State = tuple[float, float, float, float, str]
"""The score of the text so far, of the text without its last one, two, three characters, and those (simplified)."""

Gain = tuple[float, float, float, bool, str, str]
"""What a character behind another adds to a score: as a word by itself, and as one with the other (to the score before
that); the best score of a longer word that both begin; whether both can end one; the simplified character, and both, or
nothing where it says little that they stand together elsewhere.
"""

START: State = (0.0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, "")


class SpeechWord(NamedTuple):
    """A word of government speeches that jieba's dictionary lacks or takes for rare."""

    word: str
    per_million: int
    example: str


class Likely(NamedTuple):
    """A character that may stand in a place, the state after it, and its prospect.

    That is how many nats a word that the character begins makes up for what it costs by itself.
    """

    character: str
    state: State
    prospect: float


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """Characters of which one stands in a place.

    written: each in the script of the page, by its simplified form. commonest: the commonest of the simplified forms.
    """

    written: dict[str, str]
    commonest: tuple[str, ...]


class Words:
    """The words of the two dictionaries with their scores, and indexes of them.

    begun: the second characters by the first, with the best score; ended: the first of two by the last; openings: the
    best score of a longer one, by its first two or three characters; onward: the characters that follow these in it;
    endings: the last two characters of longer ones.
    """

    def __init__(self) -> None:
        frequency, total = dictionary()
        log_total = log(total)
        self.forms = forms()
        self.scores = {word: log(seen) - log_total for word, seen in frequency.items() if seen and len(word) < 5}
        for row in load("speech_words", SpeechWord):
            score = log(row.per_million / 1e6)
            self.scores[row.word] = score
        self.endings = {word[-2:] for word in self.scores if len(word) > 2}
        self.gains: dict[str, Gain] = {}
        self._unseen = log(UNSEEN) - log_total
        self.singles: dict[str, float] = {mark: log(share) for mark, share in MARKS.items()}
        self.begun: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self.ended: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self.openings: dict[str, float] = {}
        self.onward: dict[str, str] = {}
        for word, score in self.scores.items():
            length = len(word)
            if score < RARE_WORD or length < 2:
                continue
            begun = self.begun[word[0]]
            if score > begun.get(word[1], IMPOSSIBLE):
                begun[word[1]] = score
            if length == 2:
                self.ended[word[1]][word[0]] = score
            else:
                for end in range(2, length):
                    opening = word[:end]
                    self.onward[opening] = self.onward.get(opening, "") + word[end]
                    if score > self.openings.get(opening, IMPOSSIBLE):
                        self.openings[opening] = score
        common = (c for c in gbk().at.values() if self.single(c) > RARE)
        self.common = "".join(sorted(common, key=self.single, reverse=True))

    def single(self, character: str) -> float:
        """The score of a character that stands alone as a word."""
        score = self.singles.get(character)
        if score is None:
            score = self.scores.get(self.forms.plain(character), self._unseen)
            if character in self.forms.variants:
                score -= VARIANT
            if character in self.forms.rare:
                score -= RARE_FORM
            self.singles[character] = score
        return score

    def gain(self, text: str) -> Gain:
        """What a character adds that follows another, simplified one."""
        character = text[-1]
        plain = self.forms.plain(character)
        both = text[:-1] + plain
        one, two, opening = self.single(character), IMPOSSIBLE, IMPOSSIBLE
        if len(both) > 1:
            two = self.scores.get(both, IMPOSSIBLE)
            opening = self.openings.get(both, IMPOSSIBLE)
            if character == "\n":
                one += AT_LINE_END if both[0] in LINE_ENDS else 0.0
            elif character in STOPS and both[0] in CLAUSE_ENDS:
                one -= DOUBLED
        says_little = len(both) < 2 or (character in MARKS and both[0] in MARKS)
        if len(self.gains) > MOST_GAINS:
            self.gains.clear()
        gain = self.gains[text] = one, two, opening, both in self.endings, plain, "" if says_little else both
        return gain

    def options(self, characters: str, traditional: bool) -> Options:
        """The characters as `Options`; of several forms of one character, that of the script."""
        written: dict[str, str] = {}
        for character in characters:
            plain = self.forms.plain(character)
            self.single(plain)  # now known to `likely`
            if plain not in written or (character not in self.forms.variants and (character != plain) == traditional):
                written[plain] = character
        return Options(written, tuple(sorted(written, key=self.single, reverse=True)[:CHOICES]))

    def prospects(self, options: Options, after: str | frozenset[str] | None) -> dict[str, float]:
        """The prospects of the most promising of the (simplified) options, before what follows as in `likely`."""
        single, written = self.single, options.written
        prospects: dict[str, float] = {}
        if after is None:
            for plain in written.keys() & self.begun.keys():
                prospects[plain] = max(self.begun[plain].values()) - single(plain) - USUAL
        else:
            for follows in (self.forms.plain(after),) if isinstance(after, str) else after:
                if follows in self.ended:
                    cost = single(follows) if isinstance(after, str) else USUAL
                    ended = self.ended[follows]
                    for plain in ended.keys() & written.keys():
                        prospect = ended[plain] - single(plain) - cost
                        if prospect > prospects.get(plain, 0.0):
                            prospects[plain] = prospect
        best = sorted(prospects, key=lambda plain: prospects[plain] + single(plain), reverse=True)[:CHOICES]
        return {plain: prospects[plain] for plain in best if prospects[plain] > 0}

    def promising(
        self, options: Options, before: str, after: str | frozenset[str] | None, most: int
    ) -> tuple[tuple[str, float], ...]:
        """The options to try between a (simplified) character and what follows, as in `likely`, and their prospects."""
        singles, written = self.singles, options.written
        prospects = _prospects(options, after)
        ranked = {plain: singles[plain] for plain in options.commonest}
        if before in self.begun:
            begun = self.begun[before]
            single = self.single(before)
            for plain in begun.keys() & written.keys():
                ranked[plain] = max(begun[plain] - single, singles[plain])
        best = dict.fromkeys(sorted(ranked, key=ranked.__getitem__, reverse=True)[: min(SURE, most - 1)])
        for plain, prospect in prospects.items():
            ranked[plain] = ranked.get(plain, singles[plain]) + prospect
        best |= dict.fromkeys(sorted(ranked, key=ranked.__getitem__, reverse=True)[: max(most - SURE, 1)])
        return tuple((written[plain], prospects.get(plain, 0.0)) for plain in best)


@lru_cache(maxsize=1)
def words() -> Words:
    """The one `Words`; it takes a good second to make, most of it for jieba's dictionary."""
    return Words()


@lru_cache(maxsize=1 << 15)
def _prospects(options: Options, after: str | frozenset[str] | None) -> dict[str, float]:
    return words().prospects(options, after)


@lru_cache(maxsize=1 << 15)
def _promising(
    options: Options, before: str, after: str | frozenset[str] | None, most: int
) -> tuple[tuple[str, float], ...]:
    return words().promising(options, before, after, most)


class Likelihood:
    """Scores text, traditional or simplified, as part of a page, whose own words are likelier there."""

    def __init__(self, page: str) -> None:
        self.words = words()
        self._page = page

    @cached_property
    def _plain(self) -> str:
        return self._page.translate(self.words.forms.simplify)

    @cached_property
    def _pairs(self) -> Counter[str]:
        return Counter(map(str.__add__, self._plain, self._plain[1:]))

    @cached_property
    def _triples(self) -> Counter[str]:
        pairs = map(str.__add__, self._plain, self._plain[1:])
        return Counter(map(str.__add__, pairs, self._plain[2:]))

    def extend(self, state: State, character: str) -> State:
        """The state after one more character."""
        score, back_1, back_2, back_3, tail = state
        pair = tail[-1:] + character
        one, two, _, ends_longer, plain, both = self.words.gains.get(pair) or self.words.gain(pair)
        best = score + one
        if back_1 + two > best:
            best = back_1 + two
        tail += plain
        triple = tail[-3:]
        if ends_longer:
            scores = self.words.scores
            if (word := scores.get(triple)) and back_2 + word > best:
                best = back_2 + word
            if (word := scores.get(tail)) and back_3 + word > best:
                best = back_3 + word
        if times := self._pairs.get(both):
            best += AGAIN[times if times < 40 else 39]
            if times := self._triples.get(triple):
                best += AGAIN[times if times < 40 else 39]
        return best, score, back_1, back_2, triple

    def after(self, text: str) -> State:
        """The state after a text."""
        state = START
        for character in text:
            state = self.extend(state, character)
        return state

    def score(self, left: str, text: str) -> float:
        """The score of a text that follows another."""
        state = self.after(left)
        before = state[0]
        for character in text:
            state = self.extend(state, character)
        return state[0] - before

    def likely(
        self, state: State, options: Options, after: str | frozenset[str] | None, most: int = CHOICES
    ) -> list[Likely]:
        """The likeliest of many characters after a state: such as are common or make a word with a neighbour.

        after: the character that follows, or none; or the simplified ones of which one follows; or None if any may.
        most: how many of them.
        """
        tried = dict(_promising(options, state[4][-1:], after, most))
        tail = state[4]
        for opening in {tail, tail[-2:]}:
            for plain in self.words.onward.get(opening, ""):
                if character := options.written.get(plain):
                    tried.setdefault(character, 0.0)
        return [self._likely(state, character, prospect) for character, prospect in tried.items()]

    def _likely(self, state: State, character: str, prospect: float) -> Likely:
        """The character, with the prospect of a longer word that it brings nearer to its end."""
        onward = self.extend(state, character)
        score, _, back_2, back_3, tail = onward
        opening = self.words.gains[state[4][-1:] + character][2]
        if back_2 + opening - USUAL - score > prospect:
            prospect = back_2 + opening - USUAL - score
        if (word := self.words.openings.get(tail)) and back_3 + word - USUAL - score > prospect:
            prospect = back_3 + word - USUAL - score
        return Likely(character, onward, prospect)
