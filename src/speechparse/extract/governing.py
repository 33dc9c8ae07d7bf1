"""Which time governs a figure, and which of the times found are records.

A figure is governed by a time of its own clause, else by the last one before it in its sentence, else by the last one
before it in its paragraph. A time is a record where it limits a commitment, or where a figure or a planned event refers
to it; it is a deadline where what it governs is a target.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.extract.patterns import match_at
from speechparse.extract.status import Cue, find_cues, is_topic
from speechparse.lazy import re

_COMPARISON_BEFORE = re.compile(r"(?:比|较|与|同|占|超过|高于|低于)$")
_PAST_EVENT = re.compile(r"召开|收假|签约|举行|闭幕|印发|出台|颁布|下发|成立|启动了|已经|获批|调研|视察|指出")
_COMMITMENT = re.compile(
    r"开工|竣工|投产|建成|完成|签约|落地|通车|完工|启用|投用|投入|运营|到位|交付|开门红|供地|拆迁|征收|动工|达产|封顶|入库|验收|办结|实现|召开|举办|开业|兑现|"
    r"有[^，。]{0,4}进展|突破|申报|批复|试运|见效|上报|落实|发放|拿出|形成|启动|开展|组织|赴|搬迁|协调|推进|取得|核准|备案|可研|谋划|增量|观摩|出台|制定|清零|销号|整改"
)


def link_times(text: str, discourse: Discourse, figures: list[Mention], times: list[Mention]) -> None:
    """Set `when` of every figure with role `value`, and `governs` of its time."""
    values = [f for f in figures if f.role == "value" and not f.is_duration]
    usable = [t for t in times if _can_govern(text, discourse, t)]
    at = 0
    for number, figure in enumerate(values):
        while at < len(usable) and usable[at].start < figure.start:
            at += 1
        index = discourse.sentence_at(figure.start)
        sentence = discourse.sentences[index]
        clause_start, clause_end = discourse.clause_at(figure.start)
        before = _last_open(text, usable, at, figure)
        after = usable[at] if at < len(usable) else None
        if after is not None and number + 1 < len(values) and values[number + 1].start < after.start:
            after = None  # the next figure stands before it
        time = None
        if "连续" in text[clause_start : figure.start]:
            continue  # 连续二年排在首位: the years are the time
        if before is not None and before.start >= clause_start:
            time, rule = before, "when.clause"
        elif after is not None and after.end <= clause_end:
            time, rule = after, "when.behind"
        elif (
            after is not None
            and after.kind == "deadline"
            and after.end <= sentence.end
            and is_topic(text, clause_start, figure, clause_end)
        ):
            time, rule = after, "when.of_topic"
        elif before is not None and before.start >= _sentence_start(discourse, index):
            time, rule = before, "when.sentence"
        elif (
            before is not None
            and _carries(discourse, before)
            and discourse.sentences[discourse.sentence_at(before.start)].paragraph == sentence.paragraph
        ):
            time, rule = before, "when.paragraph"
        if time is not None:
            figure.when = time
            figure.rules.append(rule)
            time.governs.append(figure)


def _sentence_start(discourse: Discourse, index: int) -> int:
    """Where the sentence begins that full stops bound: semicolons only divide it."""
    first = max(0, index - _PARTS)
    while index > first and discourse.goes_on(index):
        index -= 1
    return discourse.sentences[index].start


_PARTS = 8  # parts of a sentence that a time reaches over


def _can_govern(text: str, discourse: Discourse, time: Mention) -> bool:
    """Not a base of comparison (比上年), not a year talked about (今年是…之年, 1978年是…), not 全年任务.

    The speech's own year and the one before it, told by their numbers, are those of what follows (2025年是收官之年。…).
    """
    if _COMPARISON_BEFORE.search(text, max(0, time.start - 2), time.start):
        return False
    if text.startswith("是", time.end) and time.rules[0] == "time.year":
        year, own = (time.earliest or "")[:4], discourse.year
        return text[time.start] in "12" and (year + own).isdigit() and 0 <= int(own) - int(year) <= 1
    return not match_at(_TALKED_ABOUT, text, time.end)


_TALKED_ABOUT = re.compile(r"是|远景|的?(?:各项)?(?:目标)?任务|目标|工作|的?[\d.]+倍")
_RISEN_TO = re.compile(r"(?:增加|提高|上升|扩大|增长|降低|下降|减少|提升|增|升|降)(?:了?[到至为]|至)")


# A bracket is closed, a rise told, within so many characters
_SHUT_WITHIN = 200
_SHUT = re.compile("[^()（）]*+[)）]")
_END_OF_RISE = tuple("由从到至比较")
_NEXT_CLAUSE = re.compile(r"[，,；;。]")


def _last_open(text: str, usable: list[Mention], at: int, figure: Mention) -> Mention | None:
    """The last time before the figure that is not shut in: in a bracket that is closed, or in 由去年的2个增加到."""
    for time in reversed(usable[max(0, at - 6) : at]):
        between = text[time.end : min(figure.start, time.end + _SHUT_WITHIN)]
        ahead = text[time.start - 1 : time.start]
        if ahead in _END_OF_RISE and between[:1] == "的" and between[1:2].isdigit() and time.end + 1 < figure.start:
            continue  # 由2030年的3亿元增长到2031年的4亿元，…: a year of the figure that it stands at
        if time.rules[0] == "time.recent_years" and between[:1] not in "，," and _NEXT_CLAUSE.search(between):
            continue  # 占比达到58%，近三年提升13个百分点，超过全市水平
        if ("）" in between or ")" in between) and _SHUT.match(between):
            continue
        if ahead in ("由", "从") and _RISEN_TO.search(between):
            continue
        return time
    return None


def _carries(discourse: Discourse, time: Mention) -> bool:
    """A time reaches into later sentences where it is a year, or where a figure of its own sentence refers to it."""
    if time.rules[0] in ("time.year", "time.since_year", "time.years", "time.five_year_plan", "time.this_month"):
        return True
    if time.rules[0] in ("time.day", "time.week") and discourse.is_ahead(time.latest):
        return False  # 10月18日合龙。…已完成4公里
    sentence = discourse.sentences[discourse.sentence_at(time.start)]
    return bool(time.governs) and time.governs[0].start < sentence.end


def keep_times(text: str, discourse: Discourse, times: list[Mention]) -> list[Mention]:
    """The times that are records, each as deadline or period."""
    cues_between = cache(partial(find_cues, text))
    return [time for time in times if _is_record(text, discourse, time, cues_between)]


def _is_record(text: str, discourse: Discourse, time: Mention, cues_between: Callable[[int, int], list[Cue]]) -> bool:
    sentence = discourse.sentences[discourse.sentence_at(time.start)]
    clause_start, clause_end = discourse.clause_at(time.start)
    surface = text[time.start : time.end]
    limits = time.kind == "deadline"
    whole_year = time.rules[0] == "time.year"
    if match_at(_MULTIPLE, text, time.end) or text.startswith("远景", time.end):
        return False
    if time.governs:
        first = time.governs[0]
        lasting = limits and not whole_year and not discourse.is_past(time.latest)
        to_come = discourse.is_ahead(time.earliest or time.latest)
        time.kind = "deadline" if first.status == "target" or lasting or to_come else "period"
        return True
    if discourse.is_past(time.latest):
        return False
    promised = sentence.mood == "target" or discourse.is_ahead(time.earliest or time.latest)
    more = match_at(_MORE_TIMES, text, time.end)  # 6月、8月、10月通车
    over = more.end() if more else time.end
    after, rest = text[over:clause_end], text[over : sentence.end]
    if _COMPARISON_BEFORE.search(text, max(0, time.start - 2), time.start) or _NOT_A_TIME.match(after):
        return False
    if limits and not whole_year:
        return True
    own_cues = [c for c in cues_between(clause_start, clause_end) if c.status == "target"]
    if whole_year and not limits:
        # 今年 with neither a figure nor an order says nothing that a table could hold
        if _GOALS.search(after) or not (own_cues and _COMMITMENT.search(after)):
            return False
        time.kind = "deadline"
        return own_cues[0].start >= time.end and own_cues[0].start - time.end <= 4 and surface != "全年"
    if limits:
        return not _GOALS.match(after)
    if time.rules[0] in ("time.day", "time.days"):
        if "结束" in rest[:4]:
            time.kind = "deadline"
            return True
        to_come = discourse.is_ahead(time.latest) and _MUST.match(after) is not None
        if to_come or rest.startswith(("为限", "为界", "截止", "之前")) or (
            promised and not _PAST_EVENT.search(rest[:24]) and _DATED_EVENT.match(after)
        ):
            time.kind = "deadline"
            return True
        return surface.endswith(("开始", "起")) or rest.startswith(("开始", "启动", "起"))
    if _PAST_EVENT.search(rest[:24]):
        return False
    if own_cues and _COMMITMENT.search(after or rest[:20]):
        time.kind = "deadline"
        return True
    if time.rules[0] == "time.half" and promised:
        return not re.search(r"情况|指标", after)
    if promised and time.rules[0] in _EVENT_TIMES and (_COMPLETION.match(after) or _DATED_EVENT.match(after)):
        time.kind = "deadline"
        return True
    if time.rules[0] in _EVENT_TIMES and _COMMITMENT.search(rest[:30]):
        cues = cues_between(sentence.start, sentence.end)
        return promised or any(c.status == "target" for c in cues)
    return False


_MORE_TIMES = re.compile(r"(?:[、和及](?:\d{1,2}月(?:份|底|初|[上中下]旬)?|[一二三四]季度))+")
_EVENT_TIMES = frozenset({"time.month", "time.from_month", "time.five_year_plan", "time.quarter"})
_COMPLETION = re.compile(r"(?:正式|全面)?(?:投入|完成|开工|竣工|投产|建成|通车|交付|启用|投用|动工|封顶|达产|启动)")
# 5月1日合龙, 12月28日首列发车
_DATED_EVENT = re.compile(
    r"(?:要|将|必须|务必|确保|力争|如期|准时|集中|同时|统一|正式|全面|全线|全部|首[列班批]|[^，,。；;]{0,6}(?=合龙|发车|通车))*"
    r"(?:合龙|发车|开秤|开学|开馆|开园|开放|开业|开工|开建|动工|破土|奠基|进场|竣工|完工|完成|建成|封顶|交房|交付|交工|通车|通水|通电|通气|通航|贯通|点火|"
    r"投产|投用|投入|(?:联动|投料)?试车|试产|交验|组卷|补正|割接|整体交付|试运|联调|并网|达产|运营|启用|验收|签约|签订|摘牌|挂牌|上市|供暖|搬迁|入住|入驻|清零|销号|收尾)"
)
_MUST = re.compile(r"(?:要(?!求)|必须|务必|一定|准时)")  # 7月25日要打下第一根桩
_NOT_A_TIME = re.compile(r"(?:检查|考核|总结|张榜|述职|评比|评优|奖)")
_MULTIPLE = re.compile(r"的?[\d.]+倍")
_GOALS = re.compile(r"(?:各项|经济|目标|任务|工作)[^，。]{0,12}(?:目标|任务|完成|实现)|^的?(?:目标|任务)")
