"""Projects as rows: what a speech says of one project in several places, gathered.

Mentions are of one project where their names are equal (but for 项目, 工程 at their end), or where one is a clear
shortening of the other: 热电厂铁路专用线 of 云溪热电厂铁路专用线, 锦湖 of 锦湖酒店. 云溪水厂 and 云溪水厂二期 stay two.
Mentions that one list joins (A、B等2个项目10月底前竣工) share what is said of the list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from speechparse import lexicons
from speechparse.extract.discourse import Discourse, cut_speech
from speechparse.extract.figures import alternatives
from speechparse.extract.name_words import HeadRow, is_generic
from speechparse.extract.status import find_cues
from speechparse.lazy import regex
from speechparse.records import Amount, Count, Deadline, Document, Measure, Number, Project
from speechparse.text import Span

STAGES = ("谋划", "洽谈", "签约", "前期", "开工", "在建", "竣工", "投产")
_UNDER_WAY = frozenset({"谋划", "洽谈", "前期", "在建"})


class StageRow(NamedTuple):
    """What is said of a project at a stage; a `weak` word counts where nothing firmer is said."""

    term: str
    stage: str
    weak: bool
    example: str
    counter_example: str


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Capacity(_Row):
    """What a project is to make or hold: 年产20万吨 is 200000 吨."""

    value: Number
    unit: str
    text: str


class DueDate(_Row):
    """A deadline of a project in the speech's words, and its last day (`X` for a digit that is not known)."""

    text: str
    latest: str | None = None


class ProjectRow(_Row):
    """One project of one speech.

    `investment` is in yuan. `stage` is the furthest that is reported as reached, or what is to be reached where nothing
    is; `goal` is what is to be reached. `body` is who leads it. `spans` are its mentions in `Document.text`.
    """

    name: str
    speech: int
    investment: Number | None = None
    capacity: Capacity | None = None
    stage: str | None = None
    goal: str | None = None
    deadline: DueDate | None = None
    body: str | None = None
    spans: tuple[Span, ...]


_Attribute = Amount | Count | Measure


def project_table(document: Document) -> list[ProjectRow]:
    """The projects of a Document, in the order in which they are first named."""
    mentions: defaultdict[int, list[Project]] = defaultdict(list)
    deadlines: defaultdict[int, list[Deadline]] = defaultdict(list)
    attributes: defaultdict[tuple[int, str], list[_Attribute]] = defaultdict(list)
    for record in document.records:
        if isinstance(record, Project):
            mentions[record.speech].append(_with_phase(document.text, record))
        elif isinstance(record, Deadline):
            deadlines[record.speech].append(record)
        elif isinstance(record, Amount | Count | Measure) and record.role == "attribute" and record.of:
            attributes[record.speech, record.of].append(record)
    rows: list[ProjectRow] = []
    for number, found in mentions.items():
        discourse = cut_speech(document.text, document.speeches[number])
        said = _read_contexts(document.text, found, deadlines[number], discourse)
        for group in _groups(found):
            names = list(dict.fromkeys(m.name for m in group))
            of = [figure for name in names for figure in attributes[number, name]]
            rows.append(_row(document.text, number, names, group, of, [said[m.start] for m in group]))
    return sorted(rows, key=lambda row: row.spans[0])


def _with_phase(text: str, mention: Project) -> Project:
    """The mention with the phase that stands right behind it: 二期 makes another project of it."""
    phase = _NEXT_PHASE.match(text, mention.end)
    return mention.model_copy(update={"name": mention.name + phase.group()}) if phase else mention


_NEXT_PHASE = regex.compile(r"[一二三四五六]期")


# --- which mentions are of one project

_CLOSING = regex.compile(r"(?:等?(?:重点|重大)?(?:建设)?(?:项目|工程)(?:建设)?|建设)+$")
_QUOTES = regex.compile(r"[\s“”\"'‘’《》]")
_SIZE = regex.compile(
    r"(?:年产|日产|日处理|装机|总装机)?\d[\d.×xX*]*[百千万亿]*"
    r"(?:吨|千瓦|立方米|平方米|亩|公里|千伏|兆瓦|米|头|套|辆|台|张|标箱)(?:/[日年天])?"
)
_SHORTEST = 4


def _groups(mentions: list[Project]) -> list[list[Project]]:
    """The mentions of each project; the names that belong together are found over the endings of names."""
    by_key: defaultdict[str, list[Project]] = defaultdict(list)
    for mention in mentions:
        by_key[_key(mention.name)].append(mention)
    whole = _shortened(list(by_key))
    groups: defaultdict[str, list[Project]] = defaultdict(list)
    for key, same in by_key.items():
        while key in whole:
            key = whole[key]
        groups[key] += same
    return [sorted(group, key=lambda m: m.start) for group in groups.values()]


def _key(name: str) -> str:
    """A name without what does not tell it apart: quotes, a closing 项目, 工程 or 建设."""
    plain = _QUOTES.sub("", name)
    return _CLOSING.sub("", plain) or plain


def _shortened(keys: list[str]) -> dict[str, str]:
    """Of each name that is a clear shortening of exactly one longer name, that longer name."""
    endings: defaultdict[str, set[str]] = defaultdict(set)
    for key in keys:
        for forms in {_with_head(key), _SIZE.sub("", key)} - {key}:
            endings[forms].add(key)
        if not _SIZE.match(key):
            for at in range(1, len(key) - _SHORTEST + 1):
                endings[key[at:]].add(key)
    found: dict[str, str] = {}
    for key in keys:
        longer = endings.get(key, set()) - {key}
        if len(longer) == 1 and not is_generic(key):
            found[key] = longer.pop()
    return found


def _with_head(key: str) -> str:
    """锦湖 of 锦湖酒店: a name without its last word, where what is left is no name of a facility by itself."""
    head = _facility().search(key)
    short = key[: head.start()] if head else ""
    own = _facility().search(short)
    if len(short) < 2 or (own and len(own.group()) > 1) or not _BRAND_HEAD.search(key):
        return key
    return short


# Words that a brand or a firm stands before and that are often left out
_BRAND_HEAD = regex.compile(r"(?:酒店|宾馆|饭店|大厦|商厦|购物中心|购物广场|综合体|物流园|产业园)$")


@lru_cache(maxsize=1)
def _facility() -> regex.Pattern[str]:
    heads = lexicons.load("project_heads", HeadRow)
    return regex.compile(rf"(?:{alternatives(r.term for r in heads if r.sort == 'facility')})$")


# --- what is said around a mention


@dataclass(slots=True)
class _Said:
    """What is said where a project is mentioned. Stages are places in STAGES, -1 where nothing is said."""

    reached: int = -1
    goal: int = -1
    weak: bool = False
    deadline: Deadline | None = None
    body: str | None = None


class _List(NamedTuple):
    """Mentions that one list joins, and the stretches of text before and behind it that may speak of them."""

    mentions: list[Project]
    left: Span
    right: Span


_AND = regex.compile(r"、|和|及|与|以及")
_JOINT = regex.compile(
    r"(?:项目|工程|建设)*[”\"]?(?:[（(][^（()）\n]{0,20}[)）])?(?:、|和|及|与|以及|，|,)?[“\"]?[^，,。；;、\n]{0,14}?的?[“\"]?"
)
_SENTENCE_END = regex.compile(r"[。！？!?；;\n]")
_REACH = 90


def _read_contexts(
    text: str, mentions: list[Project], deadlines: list[Deadline], discourse: Discourse
) -> dict[int, _Said]:
    """What is said of each mention, by where it starts."""
    starts = [deadline.start for deadline in deadlines]
    said: dict[int, _Said] = {}
    for listed in _lists(text, mentions):
        mood = discourse.sentences[discourse.sentence_at(listed.mentions[0].start)].mood
        near = deadlines[bisect_left(starts, listed.left.start) : bisect_left(starts, listed.right.end)]
        context = _read_context(text, listed, mood, near)
        said |= {mention.start: context for mention in listed.mentions}
    return said


def _lists(text: str, mentions: list[Project]) -> Iterator[_List]:
    """The mentions as lists. What stands between two lists in one sentence is of the first up to its last comma."""
    lists = [[mentions[0]]]
    for before, mention in pairwise(mentions):
        link = text[before.end : mention.start]
        if mention.start < before.end or (len(link) <= 30 and _AND.search(link) and _JOINT.fullmatch(link)):
            lists[-1].append(mention)
        else:
            lists.append([mention])
    border = -1
    for at, listed in enumerate(lists):
        start, end = listed[0].start, max(m.end for m in listed)
        left = max(start - _REACH, border, 0)
        left = max([m.end() for m in _SENTENCE_END.finditer(text, left, start)], default=left)
        stop = _SENTENCE_END.search(text, end, end + _REACH)
        right = stop.start() if stop else min(len(text), end + _REACH)
        border = right
        if at + 1 < len(lists) and lists[at + 1][0].start <= right:
            right = lists[at + 1][0].start
            comma = max(text.rfind(mark, end, right) for mark in "，,、")
            right = max(comma, end)
            border = right + (comma >= end)
        yield _List(listed, Span(left, start), Span(end, right))


@lru_cache(maxsize=1)
def _stages() -> tuple[regex.Pattern[str], dict[str, StageRow]]:
    rows = {row.term: row for row in lexicons.load("stages", StageRow)}
    return regex.compile(rf"(?<![未没]|没有|尚未|未能|不能|难以)(?:{alternatives(rows)})"), rows


# the stage is still to come; these are no cues of status by themselves
_TO_COME = regex.compile(r"即将|早日|尽快|尽早|及早|促其|促成|拟|待")
# a clause that says nothing of its own yet: 等9个项目, 总投资2亿元, 目前, 10月底前
_GOES_ON = regex.compile(
    r"[的”\"]*(?:等[^，,]{0,12}|[^，,]{0,6}(?:项目|工程|建设)|[^，,]{0,6}(?:投资|占地|面积|年产|装机|全长|规模)[^，,]*|"
    r"[^，,]{0,8}[月年前底内]|[^，,]{0,8}\d[^，,]{0,6}|[^，,]{0,4}由[^，,]{2,24}(?:牵头|负责)[^，,]{0,4})?"
)
_CLAUSE = regex.compile(r"[，,]?(?:[（(][^（()）\n]*+[)）]|[^，,])++")
_BRACKETED = regex.compile(r"[（(][^（()）\n]*+[)）]")
_CONTINUES = regex.compile(
    r"[，,]?(?:也|并|且|即将|力争|确保|争取|预计|计划|务必|促|加快|年底|年内|\d{1,2}月|今年|明年|目前|已)"
)
_COMPLETED = regex.compile(r"完成了?(?:[^，,、。]{0,12}的)?[“\"]?$")


def _read_context(text: str, listed: _List, mood: str, deadlines: list[Deadline]) -> _Said:
    """What is said of a list: in the first clauses behind it, else in the words before it."""
    left, right = listed.left, listed.right
    dated = [d for d in deadlines if left.start <= d.start and d.end <= left.end]
    before = dated[-1] if dated else None
    firm: list[_Hit] = []
    weak: list[_Hit] = []
    due: Deadline | None = None
    for clause in _CLAUSE.finditer(text, right.start, right.end):
        if (firm or weak) and not _CONTINUES.match(clause.group()):
            break
        own = next((d for d in deadlines if clause.start() <= d.start and d.end <= clause.end()), None)
        due = due or own
        hits = list(_hits(text, clause.start(), clause.end(), dated=bool(own or before)))
        firm += [hit for hit in hits if not hit.row.weak]
        weak += [hit for hit in hits if hit.row.weak]
        if not hits and not _GOES_ON.fullmatch(_BRACKETED.sub("", clause.group()).lstrip("，,")):
            break
    if not firm:
        ahead = _hits(text, left.start, left.end, dated=bool(due or before))
        near = [hit for hit in ahead if not regex.search("[，,]", text[hit.at : left.end])]
        firm = [hit for hit in near if not hit.row.weak][-1:]
        weak = weak or near[-1:]
    if not firm and _COMPLETED.search(text, left.start, left.end):
        firm = [_Hit(left.end - 1, _stages()[1]["完工"], bool(due or before))]
    said = _Said()
    for hit in firm or weak[:1]:
        place = STAGES.index(hit.row.stage)
        cues = find_cues(text, left.start, max(hit.at, left.end))
        to_come = hit.dated or bool(_TO_COME.search(text, left.start, hit.at))
        if hit.row.stage in _UNDER_WAY and not (hit.row.weak and to_come):
            said.weak = hit.row.weak
            said.reached = max(said.reached, place)
        elif to_come or (cues[-1].status if cues else mood) == "target":
            said.goal = max(said.goal, place)
        else:
            said.reached = max(said.reached, place)
    said.deadline = due or before
    said.body = _body(text, listed)
    return said


class _Hit(NamedTuple):
    """A word of stage; `dated` where a deadline says that the stage is still to come."""

    at: int
    row: StageRow
    dated: bool


def _hits(text: str, start: int, end: int, *, dated: bool) -> Iterator[_Hit]:
    pattern, rows = _stages()
    return (_Hit(m.start(), rows[m.group()], dated) for m in pattern.finditer(text, start, end))


_LED = regex.compile(
    r"由(?P<who>[^，,。；;：:（()）\n]{2,24}?)(?:共同|具体|负责)*(?:牵头|负责|主抓|承办|包抓)|"
    r"(?:[（(]|[，,。；;\n]|^)(?!由)(?P<who>[^，,。；;：:（()）\n\d]{2,16}?)(?:负责)?牵头(?!单位|部门|抓总)"
)
_LED_BY = regex.compile(
    r"(?:牵头|责任|主管|承办|实施)(?:单位|部门|主体|科室)?[：:为](?P<who>[^，,。；;：:（()）\n]{2,40})"
)


def _body(text: str, listed: _List) -> str | None:
    """Who leads the list: 由县水利局牵头 behind it, or （牵头单位：县水利局） at the end of its paragraph."""
    end = listed.right.start
    if match := _LED.search(text, listed.right.start, listed.right.end):
        return str(match["who"]).strip()
    paragraph = text.find("\n", end)
    paragraph = min(len(text) if paragraph < 0 else paragraph, end + 300)
    if match := _LED_BY.search(text, end, paragraph):
        return str(match["who"]).strip()
    if match := _LED.search(text, listed.left.start, listed.left.end):
        return str(match["who"]).strip()
    return None


# --- the row

_LAND = regex.compile(r"(?:占地|用地|征地)[^，,。；;]{0,6}$")
_TOTAL = regex.compile(r"总投资[^，,。；;]{0,4}$")
_INVESTED = regex.compile(r"投资[^，,。；;]{0,6}$")


def _row(
    text: str,
    speech: int,
    names: list[str],
    mentions: list[Project],
    of: list[_Attribute],
    said: list[_Said],
) -> ProjectRow:
    reached = max((s.reached for s in said if not s.weak), default=-1)
    reached = reached if reached >= 0 else max(s.reached for s in said)
    goal = max(s.goal for s in said)
    due = next((s.deadline for s in said if s.deadline), None)
    return ProjectRow(
        name=max(names, key=len),
        speech=speech,
        investment=_investment(text, of),
        capacity=_capacity(text, of),
        stage=STAGES[reached] if reached >= 0 else STAGES[goal] if goal >= 0 else None,
        goal=STAGES[goal] if goal >= 0 else None,
        deadline=DueDate(text=due.text, latest=due.latest) if due else None,
        body=next((s.body for s in said if s.body), None),
        spans=tuple(Span(m.start, m.end) for m in mentions),
    )


def _investment(text: str, of: list[_Attribute]) -> Number | None:
    amounts = [f for f in of if f.kind == "amount" and f.unit == "CNY"]
    for pattern in (_TOTAL, _INVESTED):
        for figure in amounts:
            if pattern.search(text, max(0, figure.start - 12), figure.start):
                return figure.value
    return amounts[0].value if amounts else None


def _capacity(text: str, of: list[_Attribute]) -> Capacity | None:
    for figure in of:
        if figure.kind == "amount" or figure.unit in ("天", "月", "年") or figure.value is None:
            continue
        if not _LAND.search(text, max(0, figure.start - 12), figure.start):
            return Capacity(value=figure.value, unit=figure.unit, text=figure.text)
    return None
