"""Which time governs a figure, and which of the times found are records.

A figure is governed by a time of its own clause, else by the last one before it in its sentence, else by the last one
before it in its paragraph. A time is a record where it limits a commitment, or where a figure or a planned event refers
to it; it is a deadline where what it governs is a target.
"""

from __future__ import annotations

import regex

from speechparse.extract.discourse import Discourse
from speechparse.extract.indicators import is_duration
from speechparse.extract.mentions import Mention
from speechparse.extract.status import find_cues

_COMPARISON_BEFORE = regex.compile(r"(?:比|较|与|同|是|超过|高于|低于)$")
_PAST_EVENT = regex.compile(r"召开|收假|签约|举行|闭幕|印发|出台|颁布|下发|成立|启动了|已经|获批|调研|视察|指出")
_NO_COMMITMENT = regex.compile(r"^的?(?:目标|任务|工作|经济|计划|项目建设|形势|各项|投资目标|目标任务|总体|重点工作|发展|政府工作)(?![^，。]*\d)")
_COMMITMENT = regex.compile(
    r"开工|竣工|投产|建成|完成|签约|落地|通车|完工|启用|投用|投入|运营|到位|交付|开门红|供地|拆迁|征收|动工|达产|封顶|入库|验收|办结|实现|召开|举办|开业|兑现|"
    r"有[^，。]{0,4}进展|突破|申报|批复|试运|见效|上报|落实|发放|拿出|形成|启动|开展|组织|赴|搬迁|协调|推进|取得|核准|备案|可研|出台|制定|清零|销号|整改"
)
_EVENT_AHEAD = regex.compile(r"要|将|力争|确保|争取|必须|务必|开始|试运营|完成|组织|筹备|做好|抓好|谋划|完不成")


def link_times(text: str, discourse: Discourse, figures: list[Mention], times: list[Mention]) -> None:
    """Set `when` of every figure with role `value`, and `governs` of its time."""
    values = [f for f in figures if f.role == "value" and not is_duration(f)]
    usable = [t for t in times if not _COMPARISON_BEFORE.search(text, max(0, t.start - 2), t.start)]
    at = 0
    for figure in values:
        while at < len(usable) and usable[at].start < figure.start:
            at += 1
        index = discourse.sentence_at(figure.start)
        sentence = discourse.sentences[index]
        clause_start, clause_end = discourse.clause_at(figure.start)
        before = usable[at - 1] if at else None
        after = usable[at] if at < len(usable) else None
        time = None
        if "连续" in text[clause_start : figure.start]:
            continue  # 连续二年排在首位: the years are the time
        if before is not None and before.start >= clause_start:
            time, rule = before, "when.clause"
        elif after is not None and after.end <= clause_end and not _figure_between(values, figure, after):
            time, rule = after, "when.behind"
        elif before is not None and before.start >= sentence.start:
            time, rule = before, "when.sentence"
        elif before is not None and discourse.sentences[discourse.sentence_at(before.start)].paragraph == sentence.paragraph:
            time, rule = before, "when.paragraph"
        if time is not None:
            figure.when = time
            figure.rules.append(rule)
            time.governs.append(figure)


def _figure_between(values: list[Mention], figure: Mention, time: Mention) -> bool:
    return any(figure.end <= other.start < time.start for other in values)


def keep_times(text: str, discourse: Discourse, times: list[Mention]) -> list[Mention]:
    """The times that are records, each as deadline or period."""
    return [time for time in times if _is_record(text, discourse, time)]


def _is_record(text: str, discourse: Discourse, time: Mention) -> bool:
    sentence = discourse.sentences[discourse.sentence_at(time.start)]
    clause_start, clause_end = discourse.clause_at(time.start)
    near = [f for f in time.governs if sentence.start <= f.start < sentence.end]
    if near:
        first = near[0]
        if first.status == "target" and not (time.earliest and first.strength == "plan" and False):
            time.kind = "deadline"
        elif first.status in ("actual", "plan"):
            time.kind = "period"
        return True
    after = text[time.end : clause_end]
    rest = text[time.end : sentence.end]
    if time.kind == "deadline":
        if _NO_COMMITMENT.match(after) and not regex.search(r"[前底末]$", text[time.start : time.end]):
            return False
        return True
    if time.rules[0] == "time.day" and "XX" not in (time.earliest or ""):
        if regex.match(r"开始|启动|起", after):
            return True
        if regex.match(r"(?:结束|完成|前)", after):
            time.kind = "deadline"
            return True
        return False
    if _PAST_EVENT.search(rest[:24]) or _NO_COMMITMENT.match(after):
        return False
    cues = [c for c in find_cues(text, sentence.start, sentence.end) if c.start < clause_end]
    committed = [c for c in cues if c.status == "target"]
    if committed and _COMMITMENT.search(after or rest[:20]):
        surface = text[time.start : time.end]
        if surface.startswith(("今年", "当年", "20", "到")) and committed[-1].end < clause_start:
            return False
        time.kind = "deadline"
        return True
    if time.rules[0] in ("time.month", "time.from_month", "time.five_year_plan") and _COMMITMENT.search(rest[:30]):
        return sentence.mood == "target" or bool(committed)
    return False
