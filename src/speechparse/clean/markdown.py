"""Drops the marks of Markdown that pages and files bring: `**一、提高认识**`, `## 一、提高认识`.

Two asterisks are also how sites mask a number or a name (`新签约项目**个`, `**县`, `李**`). So a pair goes where its
ends can't be masks: no word that follows masks stands behind either (data/lexicons/mask_words.tsv), and a sign or the
end of the line follows the pair; or the page is Markdown for certain, and a sign stands before it. What fits into no
pair stays, with all pairs of its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
from speechparse.options import ParseOptions
from speechparse.segment.linekinds import OfficeRow, surnames
from speechparse.text import AlignedText, Edit
from speechparse.words import tag

_HEADING = regex.compile(r"(?m:^)[ \t]{0,3}#{1,6}[ \t]++(?=[^\s#])")
_LINE = regex.compile(r"[^\n]++")
_MARK = regex.compile(r"(?<![*0-9])\*\*(?!\*)")  # digits before it: 20**年
_BEGINS = regex.compile(r"[^\s\p{P}]|[\p{Ps}\p{Pi}]")  # what may stand behind the first mark, and before the second
_ENDS = regex.compile(r"[^\s\p{Ps}\p{Pi}]")
_SIGN = regex.compile(r"[\s\p{P}]")
_LONGEST_WORD = 6


class MaskWordRow(NamedTuple):
    word: str
    example: str
    counter_example: str


class _Pair(NamedTuple):
    """Two marks around `text[start:end]`. sure: they are no masks; likely: they are none in Markdown."""

    start: int
    end: int
    sure: bool
    likely: bool
    alone: bool  # before the first mark, too, there is a sign or the beginning of the line


def drop_markdown(text: AlignedText, options: ParseOptions) -> AlignedText:
    """Take the number signs off headings, and the pairs of asterisks from around bold words."""
    content = text.text
    edits = [Edit(match.start(), match.end(), "", "markdown.heading") for match in _HEADING.finditer(content)]
    lines = list(_lines_of_pairs(content)) if "**" in content else []
    is_markdown = bool(edits) or any(pair.sure and pair.alone for pairs in lines for pair in pairs)
    for pairs in lines:
        if is_markdown or any(pair.sure for pair in pairs):
            edits += (Edit(at, at + 2, "", "markdown.bold") for pair in pairs for at in (pair.start - 2, pair.end))
    return text.apply(sorted(edits)) if edits else text


def _lines_of_pairs(text: str) -> Iterator[list[_Pair]]:
    """The pairs of each line all of whose marks, but for masks, pair."""
    for line in _LINE.finditer(text):
        marks = [mark for mark in _MARK.finditer(text, *line.span()) if not _is_masked_word(text, mark.end())]
        pairs = [_pair(text, marks[at].end(), marks[at + 1].start()) for at in range(0, len(marks) - 1, 2)]
        if len(marks) % 2 == 0 and all(pair.likely for pair in pairs):
            yield pairs


def _pair(text: str, start: int, end: int) -> _Pair:
    inner, behind = text[start:end], text[end + 2 : end + 3] or "\n"
    before = text[start - 3] if start > 2 else "\n"
    closed = bool(_SIGN.match(behind))
    fits = _BEGINS.match(inner) and _ENDS.match(inner[-1:]) and (closed or not _SIGN.match(inner[-1]))
    surnames_of_both = {before, inner[-1:]} <= surnames()  # 由李**牵头，配合的是王**。
    office = inner.endswith(_offices()) or text.endswith(_offices(), 0, start - 2)  # 区长**说，请局长**。
    names = surnames_of_both or office
    digits = inner[:1].isdecimal() and "，" in inner  # 投资**5万元，增长**。
    alone = bool(_SIGN.match(before))
    likely = bool(fits) and not names and (closed or alone)
    return _Pair(start, end, likely and closed and not digits, likely, alone)


@lru_cache(maxsize=1)
def _offices() -> tuple[str, ...]:
    """The words behind which a name is masked."""
    return ("同志", *(row.office for row in lexicons.load("offices", OfficeRow)))


def _is_masked_word(text: str, start: int) -> bool:
    """Whether a word stands there that follows masks, and not a longer one that only begins so: 项目, but not 亿元."""
    words = [text[start:end] for end in range(start + 1, start + 1 + _LONGEST_WORD)]
    longest = max((word for word in words if word in _mask_words()), key=len, default="")
    return bool(longest) and (len(longest) > 1 or all(tag(word) in (None, "m", "q") for word in words[1:]))


@lru_cache(maxsize=1)
def _mask_words() -> frozenset[str]:
    return frozenset(row.word for row in lexicons.load("mask_words", MaskWordRow))
