"""Parts and their whole: 重点项目125个，其中新开工项目32个."""

from __future__ import annotations

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.lazy import re

_OF_WHICH = re.compile(r"其中|(?:项目|企业|工程)中[，,]")
_CLASS = re.compile(r"(?:过?[\d.]+[万亿]*元(?:以上|以下)|过?亿元(?:以上)?)")
# 其中南北山绿化43万亩，修复草原517万亩: a verb of its own begins something else
_NEW_VERB = re.compile(r"[，,](?:新增|新建|修复|治理|改造|建成|完成|实现|发放|培训|解决)")
_STAGE = re.compile(r"新?开工|竣工|投产|建成|签约|落地")
_END_OF_PARTS = re.compile(r"[。；;）)]")


def link_wholes(text: str, discourse: Discourse, figures: list[Mention]) -> None:
    """Set `of` of the figures behind 其中 to the indicator of the last figure of their kind before it."""
    values = [f for f in figures if f.role == "value"]
    whole: Mention | None = None
    for index, figure in enumerate(values):
        if not index:
            continue
        between = text[values[index - 1].end : figure.start]
        if len(between) <= 60 and _OF_WHICH.search(between) and "\n" not in between:
            whole = _whole_before(discourse, values, index)
        elif whole is not None and (
            _END_OF_PARTS.search(between) or figure.unit != whole.unit or _NEW_VERB.search(between)
        ):
            whole = None
        if whole is not None and figure.kind == whole.kind:
            figure.of = whole.indicator
            size = _CLASS.search(whole.indicator or "")
            if figure.indicator and "元" not in figure.indicator:
                stage = _STAGE.search(whole.indicator or "") if size else None
                own = stage.group() if stage and stage.group() not in figure.indicator else ""
                figure.indicator = (size.group() if size else "") + own + figure.indicator
            figure.rules.append("whole.of_which")


def _whole_before(discourse: Discourse, values: list[Mention], index: int) -> Mention:
    """重点项目96个，年度投资58亿元，其中产业类项目52个: the whole is the figure of the same kind in the sentence."""
    figure = values[index]
    start = discourse.sentences[discourse.sentence_at(values[index - 1].start)].start
    for other in reversed(values[max(0, index - 4) : index]):
        if other.start >= start and (other.kind, other.unit) == (figure.kind, figure.unit):
            return other
    return values[index - 1]
