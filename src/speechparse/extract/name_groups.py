"""Names outside of lists: the chunks of words that 、 and 和 join, judged by what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from speechparse.extract.mentions import Mention
from speechparse.extract.name_words import CLOSERS, PLACE_TAGS, PROPER, Token, head_of, vocabulary
from speechparse.extract.names import LENGTH_OF_CLASS, as_name, is_name
from speechparse.extract.names_together import are_works, is_name_beside, share_a_head
from speechparse.extract.patterns import match_at
from speechparse.extract.told_of import goes_on_to_tell, has_length, is_counted, is_priced, what_is_told
from speechparse.lazy import re


@dataclass(slots=True)
class _Lead:
    """What stands before a group and speaks for its names: a verb of building (`led`, `strong`), a price (`priced`),
    or that it is late or done (`late`: 早该交工的职教中心)."""

    led: bool
    strong: bool
    priced: bool
    late: bool


class _Candidate(NamedTuple):
    """The words that may be a name: 项目 or 工程 follows (`closed`), something is told of it (`happened`), that it is
    done (`ended`)."""

    item: list[Token]
    closed: bool
    happened: bool
    ended: bool


def names_of_group(
    text: str, group: list[list[Token]], before: list[Token], after: int, clause_end: int
) -> Iterator[Mention]:
    """The names in a group of chunks that 、 and 和 join; what closes the group holds for all of it.

    `before`: the last words ahead of it; `after`: where the clause goes on.
    """
    lead = _lead(text, before)
    candidates = []
    for number, chunk in enumerate(group):
        chunk = _without_lead(text, chunk, lead)
        cut = _cut(text, chunk, lead)
        if cut.following:
            group.insert(number + 1, cut.following)  # the loop comes to it next
        if number == 0 and before and before[-1].tag == "FIGURE" and before[-1].word[-1] in "个条座家所处项":
            continue  # 15个井工煤矿: a class that is counted
        goes_on = after if number == len(group) - 1 else chunk[-1].end
        if candidate := _candidate(text, chunk, cut, lead, goes_on, clause_end):
            candidates.append(candidate)
        lead.late = False
    if candidates:
        yield from _names(text, candidates, lead, before, after, clause_end)


def _lead(text: str, before: list[Token]) -> _Lead:
    table = vocabulary()
    words = [t.word for t in before]
    relative = len(before) >= 2 and words[-1] == "的"
    return _Lead(
        led=not table.leads.isdisjoint(words),
        strong=not table.strong_lead.isdisjoint(words),
        priced=relative
        and before[-2].tag in ("FIGURE", "NUM")
        and (
            words[-2].endswith("元")
            or _SIZED.search(text, max(0, before[-2].start - 8), before[-2].start) is not None
        ),
        late=relative and words[-2] in table.events,
    )


_SIZED = re.compile(
    r"(?:投资|年产|产值|税收|能力|床位|装机|占地|用地|面积|规模|总长|全长|里程|库容|产能|就业|处理)[^，。\d]{0,4}$"
)


def _without_lead(text: str, chunk: list[Token], lead: _Lead) -> list[Token]:
    """The chunk without the verbs and numbers at its beginning; verbs of building count as a lead."""
    table = vocabulary()
    begin = 0
    while begin < len(chunk) - 1 and (
        chunk[begin].tag in ("vd", "vi", "t", "q")
        or (
            chunk[begin].tag == "m"
            and (chunk[begin + 1].tag == "q" or len(chunk[begin].word) == 1)
            and not text.startswith(_YEARLY, chunk[begin].start)
        )
        or (
            chunk[begin].tag == "v"
            and not lead.priced
            and (len(chunk[begin].word) == 1 or chunk[begin].word in table.events)
            and chunk[begin].word not in table.heads
            and chunk[begin + 1].word not in _PLACES
        )
        or (
            chunk[begin].word in table.leads
            and not text.startswith("落地签", chunk[begin].start)
            and not (chunk[begin].word in table.opener and chunk[begin + 1].word in table.after_opener)
            and chunk[begin + 1].word not in _PLACES
        )
    ):
        lead.led = lead.led or chunk[begin].word in table.leads
        lead.strong = lead.strong or chunk[begin].word in table.strong_lead
        begin += 1
    return chunk[begin:]


_YEARLY = ("年处理", "年产", "年加工", "日处理", "日产", "日供")
_PLACES = frozenset("镇 乡 村 县 区 市 路 街 河 桥 湖 山 岭 庄 屯".split())


class _Cut(NamedTuple):
    """Where a name ends in its chunk: before the word `stop`, which is 项目 or 工程 if it is `closed`; `following` are
    words behind it that are a chunk of their own."""

    stop: int
    closed: bool = False
    following: list[Token] | None = None


def _cut(text: str, chunk: list[Token], lead: _Lead) -> _Cut:
    table = vocabulary()
    for at in range(1, len(chunk)):
        token = chunk[at]
        word = token.word
        rest = chunk[at + 1 :]
        if word in CLOSERS and text[token.end : token.end + 1] not in _NOT_CLOSED:
            if match_at(_BRANCH, text, token.end):
                continue
            named = any(t.tag in PROPER for t in rest) and any(head_of(t.word) for t in rest)
            return _Cut(at, closed=True, following=rest if named else None)  # 控制性工程云溪特大桥
        told_next = not rest or rest[0].word in table.events
        if goes_on_to_tell(text, token) or (told_next and _is_size(text, chunk, token)):
            return _Cut(at)
        if rest and (
            word in _MADE_INTO
            or (
                (word == "建设" or (word in _BUILDS and any(t.tag in PROPER for t in rest)))
                and all(t.tag in PLACE_TAGS or t.word in _PLACES for t in chunk[:at])
            )
        ):
            # 支持云溪县建设东岭产业园, 大连开工建设云溪水厂, 将柏湾定为东岭产业园: none of the name stands before
            lead.led = True
            return _Cut(0, following=rest)
        if table.phrase.match(text, token.start) or (word not in table.works and word in table.events):
            return _Cut(at)
        if (
            word == "提升"
            and rest
            and head_of(chunk[at - 1].word)
            and not any(t.word in CLOSERS or head_of(t.word) for t in rest)
        ):
            return _Cut(at)  # 支持云溪机场提升货运能力; but 云溪水库提升工程 is its name
        if token.tag not in ("v", "vd", "vi", "t") or text.endswith(
            table.endings.get(word[-1], ()), chunk[0].start, token.end
        ):
            continue
        if word in table.leads or not (_inner(chunk, at) or (lead.priced and rest)):
            return _Cut(at)
    return _Cut(len(chunk))


_NOT_CLOSED = frozenset("库储化办部法组")
# 云溪引水工程西干线
_BRANCH = re.compile(r"[东西南北主]?[干支]线|[一-鿿]{1,3}(?<!阶)段")
_BUILDS = frozenset("开工 开工建设 新建".split())
_MADE_INTO = frozenset("定为 列为".split())


def _is_size(text: str, chunk: list[Token], token: Token) -> bool:
    """东岭木栈道1.2公里: a length behind a head."""
    endings = vocabulary().endings.get(text[token.start - 1], ())
    return token.tag == "NUM" and has_length(text, token.start) and text.endswith(endings, chunk[0].start, token.start)


def _inner(chunk: list[Token], at: int) -> bool:
    """A verb that stands inside a name: 购物 in 云溪购物广场."""
    table = vocabulary()
    for token in chunk[at + 1 : at + 6]:
        if token.word in CLOSERS or head_of(token.word):
            return True
        if token.word in table.leads or token.word in table.events:
            return False
    return False


def _candidate(
    text: str, chunk: list[Token], cut: _Cut, lead: _Lead, after: int, clause_end: int
) -> _Candidate | None:
    """The words before the cut with what is told of them; `after` is where the text goes on behind the chunk."""
    stop, closed = cut.stop, cut.closed
    item = chunk[:stop]
    behind = after
    if stop < len(chunk) - closed:
        behind = chunk[stop].end if closed else chunk[stop].start
    own_end = chunk[-1].end if stop == len(chunk) else behind
    happened, ended = what_is_told(text, item or chunk, own_end, behind, clause_end, closed=closed, led=lead.led)
    happened = happened or (lead.late and head_of(chunk[stop - 1].word) not in vocabulary().works)
    lead.priced = lead.priced or is_priced(text, own_end)
    while len(item) > 1 and (item[-1].word in _NO_LAST_WORD or _is_direction(item[-1])):
        happened, item = True, item[:-1]
    return _Candidate(item, closed, happened, ended) if item else None


_NO_LAST_WORD = frozenset("建设 前期 开工 运营 主体 整体 全线 全部 路基 桥面 桩基 面层".split())


def _is_direction(token: Token) -> bool:
    return token.tag == "f" and token.word not in vocabulary().heads


def _names(
    text: str, candidates: list[_Candidate], lead: _Lead, before: list[Token], after: int, clause_end: int
) -> Iterator[Mention]:
    """Those of the candidates that are names."""
    items = [candidate.item for candidate in candidates]
    enumerated = not before and are_works(text, items, after)
    speaks = lead.led or lead.strong or lead.priced or enumerated
    if not speaks and not any(c.closed or c.happened or c.item[0].word[0] in "*＊" for c in candidates):
        return
    last = candidates[-1]
    at_clause_end = after == clause_end and text[after : after + 1] in ("，", ",")
    topic = not before and candidates[0].closed and at_clause_end  # 云溪养殖场项目，由于…
    names: list[Mention] = []
    for candidate, shared in zip(candidates, share_a_head(text, items), strict=True):
        item = candidate.item
        name = as_name(text, item)
        if (
            name is None
            or len(name.name) < (2 if shared else 3)
            or is_counted(text, name.start, name.end, item, led=lead.led)
            or LENGTH_OF_CLASS.match(name.name)
        ):
            continue
        closed = candidate.closed or last.closed
        happened = candidate.happened or last.happened or enumerated or (topic and head_of(name.name) != "")
        if is_name(
            name.name,
            item,
            led=lead.led,
            strong=lead.strong,
            closed=closed,
            event=candidate.ended or last.ended,
            happened=happened,
            priced=lead.priced,
        ) or (shared and not head_of(name.name) and (lead.led or happened)):
            if name.start == item[0].start and item is items[0]:
                name.start = _with_quotation(text, name.start)
                name.name = text[name.start : name.end]
            name.rules.append("project.closed" if closed else "project.event" if happened else "project.verb")
            names.append(name)
        elif is_name_beside(name.name, happened=happened):
            name.rules.append("project.beside")
            names.append(name)
        lead.priced = False
    if any(name.rules != ["project.beside"] for name in names):
        yield from names


_QUOTED_AHEAD = re.compile(r"“[^“”\n，。]{2,8}”$")


def _with_quotation(text: str, start: int) -> int:
    """Where a name begins with the quoted words before it: “云帆2号”智算中心."""
    quoted = _QUOTED_AHEAD.search(text, max(0, start - 10), start) if text[start - 1 : start] == "”" else None
    return quoted.start() if quoted else start
