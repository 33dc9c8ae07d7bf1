"""Whether a figure is promised, reported or planned, and how firmly it is promised.

The nearest cue before the figure in its sentence decides (确保, 力争, 已, 计划投资); without one, what the figure
before it in the sentence was; without that, the mood of this part of the speech.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.discourse import Discourse, Sentence
from speechparse.extract.mentions import Mention
from speechparse.extract.patterns import first_characters, match_at
from speechparse.lazy import re
from speechparse.time_limit import checked


class CueRow(NamedTuple):
    """A pattern that says status and strength. Of several in one clause the firmer holds.

    A report that is `weak` gives way to a promise before it: 到账3000万元, but 必须6月底前到账3000万元.
    """

    pattern: str
    status: str
    strength: str
    example: str
    counter_example: str


class Cue(NamedTuple):
    start: int
    end: int
    status: str
    strength: str


_FIRMNESS = {"must": 3, "plan": 2, "strive": 1, "": 0}
_LIST_UNDER_WAY = re.compile(
    r"(?:加快|推进|推动|继续|抓好|有|包括|涉及)[^，,。；]*等$|^(?:[^，,。；]{0,4}?)(?:加快推进|推进|推动|加快|抓好|提速)(?:[^，,。；]{0,12}、)?$"
)
_PLAN_AMOUNT = re.compile(
    r"(?=[计投概估规])(?:计划(?:总)?投资|投资(?:总)?规模|计划投入|概算(?:总)?投资|投资概算|估算(?:总)?投资|规划投资)(?:总额)?(?:为|达|约|是|达到)*$"
)
_PARTITIVE = re.compile(r"^[^，,。；]{0,16}?(?:中|来说|来看|而言)[，,]")
_OF_WHICH = re.compile(r"(?:^|[在就对于从])[^，,。]{0,12}$")
# 由52%提高到85%: what a rise begins with is reported, whatever is promised of its end
_BASELINE = re.compile(r"(?:由|从)[^，,。；;\d]{0,8}$")
_RISES_TO = re.compile(
    r"[^，,。；;\d]{0,8}?(?:增加|提高|上升|扩大|增长|降低|下降|减少|提升|压缩|压减|缩短|发展|增|升|降|提)(?:了?[到至为]|至)"
)
# 对216户脱贫户逐户建档
_OBJECT = re.compile(r"(?:^|[，,。；;：:])(?:针对|对于|对)(?:全[市县区镇乡村]|[^，,。；;]*等)?$")
# 盯住投资5亿元以上的58个项目, 用好3亿元基金: the verb takes what is there
_HANDLED = re.compile(r"(?:[紧死]?盯[住紧牢准]?|用[好足]|管好)(?:[^，,。；;]{0,20}的)?$")
# 审批平均要走187天, 去化周期要19个月, 离年底还剩45天
_TAKES = re.compile(
    r"(?:周期|时间|平均|起来|流程|手续|程序|一般|通常|往往)[^，,。；;]{0,6}[要需得][走花等跑用]?$|剩(?:下|余)?$"
)
# 9名班子成员全部下沉, 25名县级领导每人包联, 39个部门、16个乡镇，每家一个: those who do it, not what is done
_ACTORS = re.compile(
    r"[^，,。；;、\d的]{0,4}(?:成员|干部|领导|部门|乡镇|单位|企业|同志|党员|代表|委员)"
    r"(?=[、和，,每各都]|[一人]人|全员|一律|逐一|全部(?:下沉|上阵|出动|到岗|到位)|$)"
)
_PLACE_AHEAD = 2  # characters: 镇上12名班子成员; not 每人联系3户重点企业
# 力争70亿元, 奋力冲击800万元: the second tier of the figure before
_SECOND_TIER = re.compile(
    r"[，,、；;]?(?:并|再|奋力|努力|全力|最好)*(?:力争|争取|力促|冲刺|冲击|挑战)(?:完成|实现|达到|突破|引进|在|到|能|上)*"
)
_PAST_TIME = ("去年", "上年", "前年")
_UP_TO = ("截至", "截止")


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], list[CueRow]]:
    rows = sorted(lexicons.load("status_cues", CueRow), key=lambda r: -len(r.pattern))
    first = "".join(first_characters(r.pattern) for r in rows)
    # An empty group behind each says which one matched. A group around each would be entered before `re` looks at the
    # first character, and triple the time.
    return re.compile(f"(?=[{first}])(?:{'|'.join(f'{r.pattern}()' for r in rows)})"), rows


def find_cues(text: str, start: int, end: int) -> list[Cue]:
    """The cues of status in a stretch of text."""
    pattern, rows = _cues()
    cues = []
    for match in pattern.finditer(text, start, end):
        row = rows[match.lastindex - 1]  # type: ignore[operator]
        cues.append(Cue(match.start(), match.end(), row.status, row.strength))
    return cues


def set_status(text: str, discourse: Discourse, figures: list[Mention]) -> None:
    """Set status and strength of every figure with role `value`; its time must be known."""
    sentence_index = -1
    carried = False
    cues: list[Cue] = []
    previous: Mention | None = None
    told: defaultdict[tuple[Decimal | None, str], list[Mention]] = defaultdict(list)
    for figure in checked(figures):
        index = discourse.sentence_at(figure.start)
        sentence = discourse.sentences[index]
        if index != sentence_index:
            # 确保到位资金30亿元；新签约项目40个: the promise goes on behind a semicolon
            carried = _is_promise(previous) and index == sentence_index + 1 and discourse.goes_on(index)
            sentence_index, previous = index, None
            cues = find_cues(text, sentence.start, sentence.end)
        if figure.role == "value":
            earlier = told[figure.value, figure.unit]
            _decide(text, discourse, sentence, figure, previous, cues, figures, earlier)
            if carried and figure.rules[-1] == "status.mood" and not cues:
                figure.status, figure.strength = "target", "must"
                figure.rules[-1] = "status.goes_on"
            _free_from_deadline(discourse, figure)
            if previous is not None and _SECOND_TIER.fullmatch(text, previous.end, figure.start):
                # its cue is for itself alone: 增长6%、力争7%，消费增长8%
                cues = [c for c in cues if not previous.end <= c.start < figure.start]
            else:
                previous = figure
            if figure.kind == "count" and figure.status in ("plan", "actual") and len(earlier) < _TOLD:
                earlier.append(figure)


def _free_from_deadline(discourse: Discourse, figure: Mention) -> None:
    """How things stand is not governed by a day to come that was named before: 9月底前封顶，…；已到位资金3亿元."""
    when = figure.when
    if (
        figure.status == "actual"
        and when is not None
        and when.kind == "deadline"
        and when.end <= figure.start
        and ("when.paragraph" in figure.rules or "when.sentence" in figure.rules)
        and when.rules[0] != "time.year"
        and not discourse.is_past(when.latest)
    ):
        figure.when = None
        when.governs.remove(figure)


def _is_promise(figure: Mention | None) -> bool:
    return figure is not None and figure.status == "target" and figure.rules[-1] != "status.mood"


# So many counts of one size are remembered, lest a hostile text be compared with all of itself
_TOLD = 8


def _told_before(text: str, figure: Mention, earlier: list[Mention]) -> Mention | None:
    """An earlier count of the same things that was no target: 今年确定的34项 … 对这34项.

    `earlier` are the counts of the same size and unit that were reported or planned.
    """
    if figure.value is None or figure.value < 5:
        return None
    noun = text[figure.end : figure.end + 8]
    if "项目" not in noun:
        return None
    return next((o for o in earlier if noun[:2] in text[max(0, o.start - 12) : o.end + 12]), None)


def _stands_alone(figure: Mention) -> bool:
    """What is there (a list under way, the class that is talked about, those who do it) says nothing of the next."""
    return not _ALONE.isdisjoint(figure.rules)


_ALONE = frozenset(
    "status.list_under_way status.partitive status.past_time status.told_before status.baseline status.object "
    "status.actors status.handled status.takes status.existing".split()
)


def _is_further_part(text: str, figure: Mention, previous: Mention | None) -> bool:
    """推进A等15个百亿元、60个20亿元以上项目: a further part of the list whose size is reported."""
    return (
        previous is not None
        and previous.kind == figure.kind == "count"
        and previous.rules[-1] == "status.list_under_way"
        and _NEXT_PART.fullmatch(text, previous.end, figure.start) is not None
    )


# 排定的326个项目，入库纳统217个: what came of the plan
_WHAT_CAME = re.compile(r"(?:纳统|入库|实际(?:完成|投入|到位|支出)?|已经?到位)(?:了|资金|投资)?(?:为|达到?)?$")
_ORDERED = ("不低于", "不少于", "不得低于", "不得少于", "不能低于", "不能少于")
_NEXT_PART = re.compile(r"[^，,。；;、\d]{0,16}[、和及]")
# 紧盯100亿元的投资目标
_GOAL = re.compile(r"[^，,。；;]{0,8}(?:目标|任务)")
_ONLY_TIME = re.compile(r"(?:到|在)?[^，,。]{0,4}(?:年|月|内|末|底|前)")


def _spreads(text: str, discourse: Discourse, cue: Cue, figures: list[Mention]) -> bool:
    """力争 and 将 reach later clauses only from a clause with a figure: not 在实际工作中努力争取更好结果."""
    if cue.status != "target" or cue.strength == "must":
        return True
    start, end = discourse.clause_at(cue.start)
    if end - cue.end <= 6 and _ONLY_TIME.fullmatch(text, cue.end, end):
        return True  # 力争全年，旅游人数突破500万
    at = bisect_left(figures, max(start, cue.end), key=lambda f: f.start)
    return at < len(figures) and figures[at].start < end


def _decide(
    text: str,
    discourse: Discourse,
    sentence: Sentence,
    figure: Mention,
    previous: Mention | None,
    cues: list[Cue],
    figures: list[Mention],
    told: list[Mention],
) -> None:
    clause_start, clause_end = discourse.clause_at(figure.start)
    before = text[clause_start : figure.start]
    own_before = [c for c in cues if clause_start <= c.start < figure.start and c.status == "target"]
    if (
        figure.kind == "amount"
        and (match := _PLAN_AMOUNT.search(before))
        and not (own_before and "计划" not in match.group())
    ):
        figure.status = "plan"
        figure.rules.append("status.plan_amount")
        return
    if _BASELINE.search(before) and match_at(_RISES_TO, text, figure.end):
        figure.status = "actual"
        figure.rules.append("status.baseline")
        promised = sentence.mood == "target" or any(c.status == "target" for c in cues)
        if promised and figure.when is not None and text[figure.when.start - 1 : figure.when.start] not in ("由", "从"):
            figure.when = None
        return
    if rule := _reported(text, discourse, figure, previous, cues, own_before, before, clause_end):
        figure.status = "actual"
        figure.rules.append(rule)
        return
    when = figure.when
    if own_before or (when is not None and when.kind == "deadline" and when.start >= clause_start):
        cues = [c for c in cues if c.strength != "weak" or not clause_start <= c.start < figure.start]
    since = previous.end if previous else sentence.start
    own = [c for c in cues if max(clause_start, since) <= c.start < figure.start]
    if not own:
        own = [c for c in cues if clause_start <= c.start < figure.start]
    if not own:
        # a cue behind the figure rules where the figure counts the subject: 等9个项目要确保10月底投产
        own = [
            c for c in cues if figure.end <= c.start < clause_end and figure.kind == "count" and c.status == "target"
        ]
    over = discourse.is_past(when.latest) if when is not None else previous is not None and previous.status == "actual"
    if own and over and sentence.mood == "actual" and all(_is_estimate(text, c) for c in own):
        figure.status = "actual"
        figure.rules.append("status.estimate")
        return
    if own:
        _take(figure, own, "status.clause")
        return
    if _is_ordered(text, sentence, figure, before) and not (previous is not None and previous.status == "plan"):
        figure.status, figure.strength = "target", "must"
        figure.rules.append("status.ordered")
        return
    if previous is not None and previous.status == "plan":
        if _WHAT_CAME.search(text, previous.end, figure.start):
            figure.status = "actual"
            figure.rules.append("status.came")
            return
        if text.startswith("率", figure.start - 1):
            previous, cues = None, [c for c in cues if c.status != "plan"]  # 今年排34项，开工率66.6%
    if (
        previous is not None
        and previous.status == "plan"
        and not [c for c in cues if previous.end <= c.start < figure.start]
    ):
        figure.status = "plan"
        figure.rules.append("status.as_before")
        return
    # 目前入库6830万元，10月、11月分别入库1300万元: a time of its own that is to come outdoes what was said before
    since_when = clause_start if when is not None and when.start >= clause_start else sentence.start
    if (
        when is not None
        and (when.kind == "deadline" or discourse.is_ahead(when.earliest))
        and when.start >= sentence.start
        and not [c for c in cues if since_when <= c.start < figure.start and c.status != "target"]
    ):
        firm = [c for c in cues if c.status == "target" and when.start - 6 <= c.start < figure.start]
        _take(figure, firm or [Cue(0, 0, "target", "must")], "status.deadline")
        return
    if (
        figure.kind == "count"
        and sentence.mood == "target"
        and (_LIST_UNDER_WAY.search(before) or _is_further_part(text, figure, previous))
    ):
        figure.status = "actual"
        figure.rules.append("status.list_under_way")
        return
    between = [
        c for c in cues if previous and previous.end <= c.start < clause_start and _spreads(text, discourse, c, figures)
    ]
    if previous is not None and previous.status and not between and not _stands_alone(previous):
        figure.status, figure.strength = previous.status, previous.strength
        figure.rules.append("status.as_before")
        if previous.status != "target" or sentence.mood == "target":
            return
    earlier = [c for c in cues if c.start < clause_start and _spreads(text, discourse, c, figures)]
    if earlier:
        last = earlier[-1]
        start, end = discourse.clause_at(last.start)
        _take(figure, [c for c in earlier if start <= c.start < end], "status.sentence")
        return
    if figure.status:
        return
    if figure.kind == "count" and (known := _told_before(text, figure, told)):
        figure.status = known.status
        figure.rules.append("status.told_before")
        return
    if sentence.mood == "target" and _is_there(text, sentence, figure, before, clause_end):
        figure.status = "actual"
        figure.rules.append("status.existing")
        return
    figure.status = sentence.mood
    figure.strength = "must" if sentence.mood == "target" else None
    figure.rules.append("status.mood")


def _reported(
    text: str,
    discourse: Discourse,
    figure: Mention,
    previous: Mention | None,
    cues: list[Cue],
    own_before: list[Cue],
    before: str,
    clause_end: int,
) -> str | None:
    """The rule by which a figure is reported, whatever else its clause promises; None if there is none.

    own_before: the cues of a promise `before` it in its clause.
    """
    if _OBJECT.search(before):
        return "status.object"
    leads = len(before) <= _PLACE_AHEAD or (previous is not None and previous.rules[-1] == "status.actors")
    if leads and not own_before and figure.kind == "count" and _ACTORS.match(text, figure.end, clause_end + 1):
        return "status.actors"
    if figure.kind != "percentage" and _HANDLED.search(before) and not match_at(_GOAL, text, figure.end):
        return "status.handled"
    if figure.is_duration and not text.startswith("不", figure.start) and _TAKES.search(before):
        return "status.takes"
    when = figure.when
    promised_then = when is not None and any(
        c.status == "target" and when.start <= c.start < figure.start for c in cues
    )
    if when is not None and (
        text.startswith(_PAST_TIME, when.start)
        or (discourse.is_past(when.latest) and all(_is_estimate(text, c) for c in own_before))
        # 截至5月底, what is done; 截止12月底，确保…: what will be
        or (text.startswith(_UP_TO, when.start) and not discourse.is_ahead(when.latest) and not promised_then)
    ):
        return "status.past_time"
    if _PARTITIVE.search(text[figure.end : clause_end + 1]) and _OF_WHICH.search(before):
        return "status.partitive"
    if (
        when is not None
        and when.rules[0] in ("time.first_months", "time.months")
        and not any(when.end <= c.start < figure.start and c.status == "target" for c in cues)
    ):
        return "status.past_months"
    return None


def _is_ordered(text: str, sentence: Sentence, figure: Mention, before: str) -> bool:
    """Whether its bound makes the figure an order: 每月不少于2亿元; not 满意度始终不低于95% in a report."""
    if not text.startswith(_ORDERED, figure.start):
        return False
    reported = figure.kind == "percentage" or _KEPT.search(before) is not None
    return sentence.mood == "target" or text.startswith(("不得", "不能"), figure.start) or not reported


_KEPT = re.compile(r"始终|保持|稳定|连续")
# 在外经商的有2700多名, 正在谈的有A、B两个项目; not 每村有1名
_THERE_IS = re.compile(
    r"(?<![要将拥没能会均都所国享具占])(?:共|现|还|尚)?有(?:[^，,。；;\d、]{1,16}、[^，,。；;\d]{0,24})?$"
)
_BEGUN = re.compile(r"开工|建成|竣工|投产|通车|完成|实施|投用|启动|签约|推进|加快|抓好|提速")
# what the next clause asks of them
_ASKED = re.compile(r"[^，,。；;]{0,6}(?:要|必须|务必|倒排|抓紧|加快)|[^，,。；;]{0,12}(?:月|年|季度)")
_TOPIC = re.compile(r"[^，,。；;：:、\d]{1,10}[，,]")
_EACH_HAS = re.compile(r"每|做到|实现|([乡镇村户县])(?:\1|有)")  # 乡乡有1所, 村有1个
_DEALT_WITH = re.compile(r"完成|解决|改造|清理|盘活|新建|消化")  # 完成剩余的20公里, 解决未通水的5000户
# 批而未供的860亩地
_LEFT_OVER = re.compile(r"[未没剩占欠缺停][^，,。；;\d]{0,8}的$|闲置的$")


def _is_there(text: str, sentence: Sentence, figure: Mention, before: str, clause_end: int) -> bool:
    """The size of what is there, where the speech promises what is to be done with it."""
    if _THERE_IS.search(before) and not _EACH_HAS.search(before):
        return True
    if figure.when is not None and figure.when.start >= sentence.start:
        return False  # A、B等8个项目，11月底前要全部完工
    if _LEFT_OVER.search(before) and not _DEALT_WITH.match(before):
        return True
    return is_topic(text, figure.start - len(before), figure, clause_end)


def is_topic(text: str, clause_start: int, figure: Mention, clause_end: int) -> bool:
    """Whether a clause is but a list of which the next ones speak: A、B等8个项目，要倒排工期; not 新开工A等2个项目."""
    return (
        text.endswith("等", clause_start, figure.start)
        and _TOPIC.fullmatch(text, figure.end, clause_end + 1) is not None
        and _BEGUN.search(text, clause_start, figure.start) is None
        and match_at(_ASKED, text, clause_end + 1) is not None
    )


def _is_estimate(text: str, cue: Cue) -> bool:
    """2011年预计完成84亿元, said of a year that is over: its last figures are not in yet."""
    return text.startswith("预计", cue.start)


def _take(figure: Mention, cues: list[Cue], rule: str) -> None:
    decided = [c for c in cues if c.status != "target"] or cues
    last = cues[-1]
    status = last.status if len({c.status for c in cues}) > 1 else decided[-1].status
    figure.status = status
    if status == "target":
        strengths = [c.strength for c in cues if c.status == "target"]
        figure.strength = max(strengths, key=_FIRMNESS.__getitem__) or "must"
    figure.rules.append(rule)
