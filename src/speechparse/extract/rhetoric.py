"""Leaves out the numbers that are rhetoric: 三点意见, 四个方面的差距, 四大班子, 每周一次, 百分之百的努力.

A small Chinese number before a general classifier is rhetoric unless its noun is a thing that can be counted in the
world (三个乡镇); an Arabic number is a figure unless its noun belongs to the speech itself (5个方面).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.figures import alternatives
from speechparse.extract.mentions import Mention
from speechparse.lazy import re


class NounRow(NamedTuple):
    """A noun behind (or before) a count; `world` says whether it is counted in the world or in the speech."""

    term: str
    world: bool
    example: str


# Classifiers of things that can be touched: they count in the world whatever noun follows
_PHYSICAL = frozenset("座 栋 幢 台 辆 艘 架 人 户 亩 名 所 株 棵 头 只 台套 辆 人次 间 套 张 盏 位".split())
_BEFORE = re.compile(r"(?:[这那每各哪该此]|上述|以上|以下|几乎|任何|逐)$")
_QUOTED = re.compile(r"[“‘\"'《]$")
_FREQUENCY = re.compile(r"(?:每[周月日天季年人]|每半[月年]|至少|不定期|定期)[^，,。]{0,6}$")
_TO_THE_RIGHT = re.compile(r"[^，,。；;：:、！!（(]{0,16}")
_TO_THE_LEFT = re.compile(r"[^，,。；;：:、！!）)]{0,10}$")
_NOT_EARNEST = re.compile(r"的?(?:努力|期望|希望|把握|信心|热情|精力|决心|精神|可能|劲头|投入|干劲|准备)")
_ANAPHORIC_DURATION = re.compile(
    r"(?:[这那每前头第近几某]|过去|最近|最后|(?<!剩)下|上|再过|奋战|苦战|大战|决战|倒计时|大干)$"
)


_MILESTONES = re.compile(r"[十百千]?[万亿]+元?(?:大关|台阶|关口)")  # 跨过3个万亿元大关
_TAKEN = re.compile(r"(?:拖|耗|缩短|提前|压缩|延长|超期|停工|耗时|历时|少|多|快|慢)了?$")


@lru_cache(maxsize=1)
def _nouns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The nouns of the world, those of a speech, and those of a speech a few characters ahead (三个突出问题)."""
    rows = lexicons.load("count_nouns", NounRow)
    world = alternatives(r.term for r in rows if r.world)
    speech = alternatives(r.term for r in rows if not r.world)
    return re.compile(world), re.compile(speech), re.compile(rf"[^的]{{0,4}}(?:{speech})")


def drop_rhetoric(text: str, figures: list[Mention]) -> list[Mention]:
    """The figures that are figures of the world."""
    return [f for f in figures if not _is_rhetoric(text, f)]


def _is_rhetoric(text: str, figure: Mention) -> bool:
    before = text[max(0, figure.start - 12) : figure.start]
    after = text[figure.end : figure.end + 16]
    surface = text[figure.start : figure.end]
    if figure.kind == "percentage":
        return bool(_NOT_EARNEST.match(after)) or (surface == "过半" and before.endswith(("时间", "任务")))
    if figure.kind == "measure":
        return _is_rhetorical_duration(figure, before, surface, after)
    if figure.kind != "count" or figure.value is None:
        return False
    if _MILESTONES.match(after):
        return True
    chinese = not any(c.isdigit() for c in surface)
    if _BEFORE.search(before) and (chinese or not before.endswith("各")):
        return True
    if _QUOTED.search(before) and (chinese or after[:1] in "”’\"'》"):
        return True
    if _FREQUENCY.search(before) and (chinese or figure.unit in ("次",)):
        return True
    noun = _TO_THE_RIGHT.match(after)
    right = noun.group() if noun else ""
    world, speech, speech_ahead = _nouns()
    left = _TO_THE_LEFT.search(before)
    around = right or (left.group() if left else "")
    is_speech = speech.match(right) or speech_ahead.match(right)
    if not chinese:  # 12套保障性住房 are homes, whatever 三个保障 are
        thing = figure.unit in _PHYSICAL or world.search(right)
        return bool(is_speech and not thing) or _is_code(before)
    if figure.value == 1 or (surface[0] in "百千万" and figure.value in (100, 1000, 10000) and figure.bound == "exact"):
        return True
    if figure.value >= 10:
        return bool(is_speech and not world.search(right)) or not (right or figure.value > 10)
    if figure.unit in _PHYSICAL:
        return bool(is_speech) or not (right or world.search(around))
    head = world.search(around)
    return not head or bool(is_speech and is_speech.start() <= head.start() and is_speech.end() >= head.end())


def _is_code(before: str) -> bool:
    """12345条热线, 110个联动: a number that is a name."""
    return before.endswith(("热线", "电话"))


def _is_rhetorical_duration(figure: Mention, before: str, surface: str, after: str) -> bool:
    if surface[0] == "一" and figure.value == 1 and figure.unit not in ("月", "年"):
        return True  # 最后一公里, 一亩三分地
    if figure.unit not in ("天", "工作日", "月", "年", "小时", "分钟", "岁"):
        return False
    if _ANAPHORIC_DURATION.search(before) or "几" in surface:
        return True
    arabic = any(c.isdigit() for c in surface)
    if figure.unit == "天" and not arabic and not _TAKEN.search(before):
        return not after.startswith(("时间", "的时间", "内", "以内", "完成", "左右"))
    if figure.unit in ("小时", "分钟") and not arabic:
        return True
    if re.match(r"[一-鿿]{0,4}(?:交通圈|生活圈|经济圈|通勤圈|服务圈|城市圈)", after):
        return True
    return after.startswith(("一调度", "一通报", "来", "一次", "滚动", "行动", "计划", "规划"))
