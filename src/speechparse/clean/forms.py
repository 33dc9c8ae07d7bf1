"""The traditional and the simplified form of each character that GBK holds, from OpenCC."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from speechparse.clean.gbk import gbk

LAST_FREQUENT = b"\xc6\x7e"  # of Big5


class Forms(NamedTuple):
    """simplified: the simplified form of each traditional character; simplify: the same for `str.translate`.

    traditional_only, simplified_only: the characters that text in the other script does not have. variants: those
    traditional ones that are not the usual form of their simplified one, as 鎭 is not of 镇. rare: characters that are
    no usual form, nor in GB 2312, nor among the 5401 frequent ones of Big5.
    """

    simplified: dict[str, str]
    simplify: dict[int, str]
    traditional_only: frozenset[str]
    simplified_only: frozenset[str]
    variants: frozenset[str]
    rare: frozenset[str]

    def plain(self, character: str) -> str:
        """The simplified form of a character, or itself."""
        return self.simplified.get(character, character)


@lru_cache(maxsize=1)
def forms() -> Forms:
    """The tables; they take about 30 ms to make."""
    import opencc

    characters = [c for c in gbk().at.values() if "\u4e00" <= c <= "\u9fff"]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    simplified = {c: s for c, s in zip(characters, converted, strict=True) if s != c}
    usual = opencc.OpenCC("s2t").convert("\n".join(simplified.values())).split("\n")
    variants = frozenset(c for c, t in zip(simplified, usual, strict=True) if c != t)
    return Forms(
        simplified,
        str.maketrans(simplified),
        frozenset(simplified),
        frozenset(s for s, t in zip(simplified.values(), usual, strict=True) if s != t and s not in simplified),
        variants,
        frozenset(c for c in characters if (c not in simplified or c in variants) and _is_rare(c)),
    )


def _is_rare(character: str) -> bool:
    code = character.encode("big5", "ignore")
    return not character.encode("gb2312", "ignore") and (not code or code > LAST_FREQUENT)
