"""What a figure is compared with, in the words of its own clause: 同比增长8%, 比上年增加3亿元, 高于全市2个百分点."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.figures import alternatives
from speechparse.extract.mentions import Mention
from speechparse.lazy import re

_REACH = 40  # characters before or behind a figure


class ComparisonRow(NamedTuple):
    """A word of comparison. kind: `base`, it says with what by itself (同比); `than`, what it is compared with and a
    word of change follow (比上年增长); `with`, what it is compared with and 相比 follow; `upon`, 在 and what it is
    compared with stand before; `over`, what it is compared with follows (高于全市2个百分点); `times`, that and 的
    follow, and the figure is a multiple (是上年的2.6倍)."""

    word: str
    kind: str
    example: str


class ChangeRow(NamedTuple):
    """A word that says how a figure has changed. kind: `change`, other words may stand between it and the figure
    (增长了近8%); `degree`, hardly any may (高出2个百分点)."""

    word: str
    kind: str
    example: str


class _Patterns(NamedTuple):
    """Each has one group that matches, of any name: the words of comparison. `times` is for multiples only."""

    before: re.Pattern[str]
    times: re.Pattern[str]
    behind: re.Pattern[str]
    between: re.Pattern[str]


def set_comparisons(text: str, figures: list[Mention]) -> None:
    """Set the words of comparison of the figures with role `value`.

    They stand before the figure in its clause, or are the clause right behind it (增长8%，高于全市平均水平); a figure
    that follows on another (同比增加3亿元、增长8%) has those of the other.
    """
    patterns = _patterns()
    values = [figure for figure in figures if figure.role == "value"]
    for number, figure in enumerate(values):
        previous = values[number - 1] if number else None
        left = text[max(0, figure.start - _REACH) : figure.start]
        if text.startswith("翻", figure.start):  # 比2030年翻一番: the word of change is in the figure
            left += "翻"
        before = patterns.before.search(left) or (patterns.times.search(left) if figure.unit == "x" else None)
        if before:
            _set(figure, before[before.lastgroup or 0], "comparison.before")
        elif behind := patterns.behind.match(text, figure.end, figure.end + _REACH):
            _set(figure, behind["over"], "comparison.behind")
        elif (
            previous is not None
            and previous.comparison is not None
            and "comparison.behind" not in previous.rules
            and patterns.between.fullmatch(text, previous.end, figure.start)
        ):
            _set(figure, previous.comparison, "comparison.shared")


def _set(figure: Mention, words: str, rule: str) -> None:
    figure.comparison = words
    figure.rules.append(rule)


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    rows = (*lexicons.load("comparisons", ComparisonRow), *lexicons.load("changes", ChangeRow))

    def words(kind: str) -> str:
        return f"(?:{alternatives(row.word for row in rows if row.kind == kind)})"

    first = re.escape("在" + "".join(sorted({r.word[0] for r in rows if r.kind in ("base", "than", "with", "over")})))
    stop = r"，,。；;：:、！!？?\n（(）)"
    base = rf"[^{stop}]{{2,20}}?"
    changed = rf"(?:{words('change')}[^{stop}\d]{{0,8}}|{words('degree')}[出了约近达为至]{{0,2}})"
    # neither 占比, 评比 nor 比例, 比学赶超, 较大
    than = rf"(?<![占对百相之类等计比评攀]){words('than')}(?![例重如较率分值价学武拼大多高快好强低小少为])"
    # neither 超过亿元的项目12个
    over = rf"{words('over')}[^{stop}\d的百千万亿元]{{1,16}}?"
    return _Patterns(
        before=re.compile(
            rf"(?=[{first}])(?:(?P<base>{words('base')})[^{stop}\d]{{0,12}}"
            rf"|(?P<than>{than}{base})(?:分别|平均|均|共|还|只|将)*+{changed}"
            rf"|(?P<with>{words('with')}{base}相比)[，,]?[^{stop}\d]{{0,12}}"
            rf"|(?P<upon>在[^{stop}]{{1,16}}?{words('upon')})[，,]?[^{stop}\d]{{0,12}}"
            rf"|(?P<over>{over})[约近达]?)$"
        ),
        times=re.compile(rf"(?P<times>{words('times')}[^{stop}]{{2,14}}?的)$"),
        behind=re.compile(rf"[，,、]?(?:均|也|并|且|继续|分别|明显|大幅)?(?P<over>{over})(?=[{stop}]|$)"),
        between=re.compile(rf"[、，,和及与]?(?:分别)?{words('change')}?[了约近]?"),
    )
