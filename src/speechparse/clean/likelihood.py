"""How likely a stretch of Chinese text is, by the frequencies of its words in jieba's dictionary.

The score of a text is that of its most likely cutting into words of up to four characters, each taken by itself. It
is carried along character by character (`extend`), so that readings that differ in one place share the rest.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import log
from typing import NamedTuple

from speechparse.words import dictionary

IMPOSSIBLE = -1e9

# jieba's dictionary has no punctuation. These are rough shares of the words of a government speech, punctuation being
# every sixth of them; what stands inside a sentence of Chinese only by accident (a lone letter) is dear.
MARKS = {"，": 0.06, ",": 0.06, "。": 0.03, "、": 0.03, "；": 0.006, ";": 0.006, "：": 0.004, ":": 0.004, "？": 3e-4}
MARKS |= {"?": 3e-4, "！": 2e-3, "!": 2e-3, "\n": 1e-3} | dict.fromkeys("“”（）()《》", 3e-3)
MARKS |= dict.fromkeys("0123456789", 0.01) | dict.fromkeys(".%-— …·％", 1e-3)
CLAUSE_ENDS = frozenset("，。、；：？！,;:?!")
DOUBLED = 6.0  # nats: how much less likely a mark is right after another
LINE_ENDS = frozenset("。；：？！”\n")
AT_LINE_END = 5.0  # nats: how much likelier a line ends there
CHOICES = 12  # characters that are tried where many could stand
FAR = 8.0  # nats: characters that are so much less likely than another are not tried
UNSEEN = 0.5  # in occurrences: a character that the dictionary has not at all


State = tuple[float, float, float, float, str]
"""The score of the text so far, of the text without its last one, two, three characters, and those (simplified)."""

START: State = (0.0, IMPOSSIBLE, IMPOSSIBLE, IMPOSSIBLE, "")


class Likelihood:
    """Scores traditional and simplified text alike."""

    def __init__(self) -> None:
        import opencc

        from speechparse.clean.gbk import gbk

        self._frequency, total = dictionary()
        self._log_total = log(total)
        characters = [c for c in gbk().at.values() if "\u4e00" <= c <= "\u9fff"]
        simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
        self.simplified = {c: s for c, s in zip(characters, simplified, strict=True) if s != c}
        traditional = opencc.OpenCC("s2t").convert("\n".join(self.simplified.values())).split("\n")
        self.variants = frozenset(c for c, t in zip(self.simplified, traditional, strict=True) if c != t)
        self.only_traditional = frozenset(self.simplified)
        self.only_simplified = frozenset(self.simplified.values()) - self.only_traditional
        self._single = {mark: log(share) for mark, share in MARKS.items()}
        self._begun: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._ended: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for word, seen in self._frequency.items():
            if seen and len(word) == 2:
                score = log(seen) - self._log_total
                self._begun[word[0]][word[1]] = self._ended[word[1]][word[0]] = score

    def single(self, character: str) -> float:
        """The score of a character that stands alone as a word."""
        score = self._single.get(character)
        if score is None:
            score = log(self._frequency.get(self.simplified.get(character, character)) or UNSEEN) - self._log_total
            self._single[character] = score
        return score

    def extend(self, state: State, character: str) -> State:
        """The state after one more character."""
        score, back_1, back_2, back_3, tail = state
        frequency, log_total = self._frequency, self._log_total
        single = self._single.get(character)
        best = score + (self.single(character) if single is None else single)
        tail += self.simplified.get(character, character)
        if character in CLAUSE_ENDS and tail[-2:-1] in CLAUSE_ENDS:
            best -= DOUBLED
        elif character == "\n" and tail[-2:-1] in LINE_ENDS:
            best += AT_LINE_END
        if (seen := frequency.get(tail[-2:])) and (whole := back_1 + log(seen) - log_total) > best:
            best = whole
        if (seen := frequency.get(tail[-3:])) and (whole := back_2 + log(seen) - log_total) > best:
            best = whole
        if (seen := frequency.get(tail)) and (whole := back_3 + log(seen) - log_total) > best:
            best = whole
        return best, score, back_1, back_2, tail[-3:]

    def likely(self, options: Options, before: str, after: str | frozenset[str] | None) -> list[Likely]:
        """The likeliest of many characters: such as are common or make a word with a neighbour.

        before: the simplified character before, or none. after: the one after, or none; or the simplified ones of which
        one follows; or None where nothing is known of it.
        """
        single, written = self.single, options.written
        found = dict(options.commonest)
        if before in self._begun:
            begun = self._begun[before]
            for plain in begun.keys() & written.keys():
                found[plain] = max(begun[plain] - single(before), single(plain))
        prospects: dict[str, float] = {}
        if after is None:
            for plain, best in options.beginners:
                prospects[plain] = best - single(plain)
        else:
            for follows in (self.simplified.get(after, after),) if isinstance(after, str) else after:
                if follows in self._ended:
                    ended = self._ended[follows]
                    for plain in ended.keys() & written.keys():
                        prospect = ended[plain] - single(plain) - (single(follows) if isinstance(after, str) else 0)
                        if prospect > prospects.get(plain, 0.0):
                            prospects[plain] = prospect
        ranked = []
        for plain in found.keys() | prospects.keys():
            prospect = max(0.0, prospects.get(plain, 0.0))
            ranked.append((found.get(plain, single(plain)) + prospect, written[plain], prospect))
        ranked.sort(reverse=True)
        least = ranked[0][0] - FAR if ranked else 0.0
        return [Likely(option, prospect) for score, option, prospect in ranked[:CHOICES] if score > least]

    def options(self, characters: str, traditional: bool) -> Options:
        """The characters as `Options`; of several forms of one character, that of the script."""
        written: dict[str, str] = {}
        for character in characters:
            plain = self.simplified.get(character, character)
            if plain not in written or (character not in self.variants) and (character != plain) == traditional:
                written[plain] = character
        singles = sorted(((self.single(plain), plain) for plain in written), reverse=True)[:CHOICES]
        begun = ((max(self._begun[plain].values()), plain) for plain in written if plain in self._begun)
        return Options(
            written,
            tuple((plain, score) for score, plain in singles),
            tuple((plain, score) for score, plain in sorted(begun, reverse=True)[:CHOICES]),
        )


class Likely(NamedTuple):
    """A character and its prospect: how many nats a word that it begins makes up for what it costs by itself."""

    character: str
    prospect: float


class Options(NamedTuple):
    """Characters of which one stands in a place.

    written: each in the script of the page, by its simplified form. commonest: the commonest of the simplified forms,
    with their scores. beginners: those that begin the commonest words, with the scores of these.
    """

    written: dict[str, str]
    commonest: tuple[tuple[str, float], ...]
    beginners: tuple[tuple[str, float], ...]


@lru_cache(maxsize=1)
def likelihood() -> Likelihood:
    """The one Likelihood; loads jieba's dictionary the first time."""
    return Likelihood()
