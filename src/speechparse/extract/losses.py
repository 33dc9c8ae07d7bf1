"""Figures whose number was deleted from the page: 新签约项目个、在建个, 征收土地亩.

Only the classifier or unit is left, so the record has no value. One such place may be a word of its own (农户), so
a text is taken to have lost its numbers only where several places show it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import regex

from speechparse.extract.figures import units
from speechparse.extract.mentions import Mention

_BARE = regex.compile(
    r"(?<![\d一二三四五六七八九十百千万亿两几多余数每整这那各某半首逐第\s])(?P<vague>多)?(?P<unit>亿元(?:以上|以下|左右)?|万元|万亩|平方米|公里|个|亩|栋|座|户|条|家|项|吨|人次|台|所)(?=[、，,。；;])"
    r"|(?<=[，,。；;、]|^)(?P<vague2>)(?P<unit2>个|条|座|家|户)(?=项目|背街|企业|重点|小区|乡镇|村)",
    regex.MULTILINE,
)
_SURE = regex.compile(r"项目个|土地亩|亿元(?:以上)?$|平方米$|万元$|公里$")


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """The words of jieba's dictionary that end in a classifier: 农户, 讲座, 国家."""
    import jieba

    path = Path(jieba.__file__).parent / "dict.txt"
    endings = tuple("个亩栋座户条家项吨台所")
    with path.open(encoding="utf-8") as lines:
        return frozenset(word for word in (line.split(" ", 1)[0] for line in lines) if word.endswith(endings))


def find_losses(text: str, taken: list[Mention]) -> list[Mention]:
    """The figures of which only the unit is left; `taken` are figures already found."""
    spots = list(_BARE.finditer(text))
    covered = {i for m in taken for i in range(m.start, m.end)} if spots else set()
    spots = [m for m in spots if m.start() not in covered]
    if not spots:
        return []
    spots = [m for m in spots if not _is_word(text, m)]
    if len(spots) < 3:
        return []
    found = []
    for match in spots:
        surface = match["unit"] or match["unit2"]
        bound = "min" if match["vague"] or surface.endswith("以上") else "exact"
        term = regex.sub(r"(?:以上|以下|左右)$", "", surface)
        if term.endswith("元"):
            kind, unit = "amount", "CNY"
        else:
            row = units()[term.removeprefix("万")]
            kind, unit = row.kind, row.unit
        found.append(Mention(kind, match.start(), match.end(), ["figure.lost"], None, None, unit, bound, bare=True))
    return found


def _is_word(text: str, match: regex.Match[str]) -> bool:
    if match["unit2"] or len(match["unit"]) > 1 or match["unit"] == "亩":
        return False
    end = match.end()
    return any(text[end - n : end] in _words() for n in (2, 3, 4))
