"""Figures whose number was deleted from the page: 新签约项目个、在建个, 征收土地亩.

Only the classifier or unit is left, so the record has no value. One such place may be a word of its own (农户), so
a text is taken to have lost its numbers only where several places show it.
"""

from __future__ import annotations

from bisect import bisect_right

from speechparse import words
from speechparse.extract.figures import units
from speechparse.extract.mentions import Mention
from speechparse.lazy import re

_BARE = re.compile(
    r"(?=[多亿万平公个亩栋座户条家项吨人台所])(?:(?<![\d一二三四五六七八九十百千万亿两几多余数每整这那各某半首逐第\s])(?P<vague>多)?(?P<unit>亿元(?:以上|以下|左右)?|万元|万亩|平方米|公里|个|亩|栋|座|户|条|家|项|吨|人次|台|所)(?=[、，,。；;])"
    r"|(?:(?<=[，,。；;、])|^)(?P<unit2>个|条|座|家|户)(?=项目|背街|企业|重点|小区|乡镇|村))",
    re.MULTILINE,
)


def find_losses(text: str, taken: list[Mention]) -> list[Mention]:
    """The figures of which only the unit is left; `taken` are the figures already found, in order."""
    starts = [m.start for m in taken]

    def free(position: int) -> bool:
        before = bisect_right(starts, position) - 1
        return before < 0 or taken[before].end <= position

    spots = [m for m in _BARE.finditer(text) if free(m.start()) and not _ends_a_word(text, m)]
    if len(spots) < 3:
        return []
    found = []
    for match in spots:
        surface = match["unit"] or match["unit2"]
        bound = "min" if match["vague"] or surface.endswith("以上") else "exact"
        term = re.sub(r"(?:以上|以下|左右)$", "", surface)
        if term.endswith("元"):
            kind, unit = "amount", "CNY"
        else:
            row = units()[term.removeprefix("万")]
            kind, unit = row.kind, row.unit
        found.append(Mention(kind, match.start(), match.end(), ["figure.lost"], None, None, unit, bound))
    return found


def _ends_a_word(text: str, match: re.Match[str]) -> bool:
    """农户, 讲座, 国家"""
    if match["unit2"] or len(match["unit"]) > 1 or match["unit"] == "亩":
        return False
    end = match.end()
    return any(words.tag(text[end - n : end]) is not None for n in (2, 3, 4))
