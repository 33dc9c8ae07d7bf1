"""Which characters a pinyin note can stand for."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from speechparse import lexicons
from speechparse.clean.gbk import gbk

LETTERS = "a-züāáǎàēéěèêīíǐìńňǹōóǒòūúǔùǖǘǚǜɑɡ"
"""The letters of a note; ɑ and ɡ stand for a and g in the fonts of school books."""

TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0304\u030c"))


class ReadingRow(NamedTuple):
    """A syllable, the characters whose usual reading it is, and those that have it as another reading."""

    syllable: str
    characters: str
    others: str
    example: str


class Readings:
    """The readings of all characters that GBK holds, from the lexicon `readings.tsv`."""

    def __init__(self) -> None:
        with_tone: defaultdict[str, set[str]] = defaultdict(set)
        any_tone: defaultdict[str, set[str]] = defaultdict(set)
        ambiguous: set[str] = set()
        usual: dict[str, str] = {}
        for row in lexicons.load("readings", ReadingRow):
            with_tone[row.syllable].update(row.characters, row.others)
            any_tone[toneless(row.syllable)].update(row.characters, row.others)
            ambiguous.update(row.others)
            usual.update(dict.fromkeys(row.characters, row.syllable))
        self._with_tone = {syllable: frozenset(characters) for syllable, characters in with_tone.items()}
        self._any_tone = {syllable: frozenset(characters) for syllable, characters in any_tone.items()}
        self._ambiguous = frozenset(ambiguous)
        self._usual = usual
        self._by_note: dict[str, frozenset[str]] = {}

    def characters(self, note: str) -> frozenset[str]:
        """The characters that a note reads, tone for tone; none where it is no syllable."""
        return self._with_tone.get(note) or self._with_tone.get(_spelt(note), frozenset())

    def loosely(self, note: str) -> frozenset[str]:
        """The characters that a note reads if its tone is let go: 一 is yī, but a site may write it yì before 定."""
        found = self._by_note.get(note)
        if found is None:
            found = self._any_tone.get(toneless(_spelt(note)), frozenset())
            if found:
                self._by_note[note] = found
        return found

    def is_usual(self, character: str, note: str) -> bool:
        """Whether the note is the usual reading of the character."""
        return self._usual.get(character) == _spelt(note)

    def is_only(self, character: str, note: str) -> bool:
        """Whether the note is the only reading of the character, which then needs no remark on it."""
        return character not in self._ambiguous and character in self.characters(note)


def toneless(syllable: str) -> str:
    """The syllable without its tone; ü keeps its dots."""
    return normalize("NFC", normalize("NFD", syllable).translate(TONES))


def _spelt(note: str) -> str:
    return note.replace("ɑ", "a").replace("ɡ", "g").replace("v", "ü")


@lru_cache(maxsize=1)
def readings() -> Readings:
    """The readings; they take about 10 ms to load."""
    return Readings()


@lru_cache(maxsize=1 << 14)
def read_by(note: str, lead: int) -> str:
    """The characters with this lead byte that a note reads."""
    pair_of = gbk().pair_of
    for characters in (readings().characters(note), readings().loosely(note)):
        if led := "".join(sorted(c for c in characters if pair_of[c][0] == lead)):
            return led
    return ""
