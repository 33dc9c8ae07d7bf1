"""Finder of named projects: works, plants, parks, roads and buildings that a speech names.

A clause is cut into words; words that can stand in a name make chunks, chunks joined by 、 or 和 make groups. A
group is taken for names by what stands around it:

- it ends in 等N个项目 (or 等酒店, 等铁路): every item is a name;
- 项目 or 工程 follows, or what happened to it (竣工通车, 进展顺利), or a verb of building stands before it (加快).

Outside a list, a name also needs a head (`project_heads.tsv`) and something that is not generic
(`project_generic.tsv`): 工业项目 is a class, 云溪工业园 a name.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.extract.name_groups import names_of_group
from speechparse.extract.name_lists import BELONGINGS, SEPARATORS, find_lists, list_items
from speechparse.extract.name_words import CLOSERS, Token, head_of, is_generic, tokenize, vocabulary
from speechparse.extract.names import CLOSING
from speechparse.extract.patterns import match_at
from speechparse.extract.repeated_names import repeat_names
from speechparse.lazy import re
from speechparse.time_limit import checked

Block = tuple[int, int, str]


def find_projects(text: str, discourse: Discourse, figures: list[Mention], times: list[Mention]) -> list[Mention]:
    """The project names of a speech, in order."""
    found: list[Mention] = []
    blocks = sorted(
        [(t.start, t.end, "TIME") for t in times]
        + [(f.start, f.end, "NUM" if _may_be_in_a_name(text, f) else "FIGURE") for f in figures]
    )
    asides = _asides(text, discourse)
    for start, end in checked(_clauses_with_signal(text, discourse, asides)):
        inside = _within(blocks, start, end)
        if over := _within(asides, start, end):
            inside = sorted([*over, *(b for b in inside if not any(a[0] < b[0] < a[1] for a in over))])
        found += _in_clause(text, start, end, inside)
    found.sort(key=lambda m: m.start)
    found = [_with_part(text, mention) for mention in _with_titles(text, discourse, found)]
    return repeat_names(text, discourse, found) if found else found


def _may_be_in_a_name(text: str, figure: Mention) -> bool:
    """A measure (2×66万千瓦火电), or what is made in a year (云溪电机年产30万台电机)."""
    return figure.kind == "measure" or text.endswith(_MADE, 0, figure.start)


def _within(blocks: list[Block], start: int, end: int) -> list[Block]:
    """The blocks that begin between two places; they are in order."""
    return blocks[bisect_left(blocks, (start,)) : bisect_left(blocks, (end,))]


_ASIDE = re.compile(
    r"[（(](?<=[一-鿿”].)(?:(?P<place>(?![^（）()]{0,5}(?:[期段套市县乡镇区村台类家项等场所]|街道)[）)]|含|原|即|简称|以|试|暂|拟)[一-鿿]{1,6})[）)](?=[一-鿿])"
    r"|[^（）()\n。！？]{1,80}[）)])"
)


def _asides(text: str, discourse: Discourse) -> list[Block]:
    """What stands in brackets behind a word, in order.

    A place within a name (北方（柏湾）物流基地), or a remark that parts a name from what is told of it or from the next
    one of a list (东岭小学（36个班）、云溪医院（公立）开工).
    """
    first, last = discourse.sentences[0].start, discourse.sentences[-1].end
    happens = vocabulary().event.match
    return [
        (m.start(), m.end(), "PLACE" if m["place"] and not happens(text, m.end()) else "ASIDE")
        for m in _ASIDE.finditer(text, first, last)
    ]


# 东岭大道（北段）, 云溪安置小区项目二期
_PART = re.compile(r"(?:项目|工程)[一二三四五]期|[（(](?:[一-鿿]{1,8}(?<!阶)段|[一二三四五]期)[）)]")


def _with_part(text: str, mention: Mention) -> Mention:
    """The mention with the part of the project that the words behind it name."""
    if part := match_at(_PART, text, mention.end):
        mention.end = part.end()
        mention.name = text[mention.start : mention.end]
    return mention


_MADE = ("年产", "日产", "年加工", "日处理", "年处理")
# (一)云溪产业园。这个项目总投资28亿元
_TITLE = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*+|[①-⑳])?+(?P<name>[^，,。；;：:、！？\n（(]{4,30})[。：:\n]"
    r"(?:[^\n]{0,60}[，,。；;])?"
    r"(?:这个|该)?(?:项目|工程)?(?:计划|概算|规划|设计)?(?:总投资|总占地|占地|全长|总长|总?建筑面积|年产|位于|是.{2,12}投资)"
)


def _with_titles(text: str, discourse: Discourse, found: list[Mention]) -> list[Mention]:
    """The names found and those that title a paragraph, which the words behind them describe as a project."""
    taken = {m.start for m in found}
    paragraph = -1
    titles = []
    for sentence in discourse.sentences:
        if sentence.paragraph == paragraph:
            continue
        paragraph = sentence.paragraph
        match = _TITLE.match(text, sentence.start, sentence.end + _LONGEST_TITLE)
        if match is None:
            continue
        start = match.start("name")
        name = CLOSING.sub("", match["name"])
        if start not in taken and (name != match["name"] or head_of(name)) and len(name) >= 4 and not is_generic(name):
            titles.append(Mention("project", start, start + len(name), ["project.title"], name=name))
    return sorted([*found, *titles], key=lambda m: m.start) if titles else found


_LONGEST_TITLE = 100  # characters of the sentence behind a title that are looked at


def _clauses_with_signal(text: str, discourse: Discourse, asides: list[Block]) -> Iterator[tuple[int, int]]:
    """The clauses that can hold a name, each once: what brackets part is one, and what stands in them another."""
    at, end = discourse.sentences[0].start, discourse.sentences[-1].end
    endings, signal = vocabulary().endings, vocabulary().signal
    last = last_joined = -1
    while match := signal.search(text, at, end):
        at = match.end()
        if (ending := match["head"]) and not text.endswith(endings[ending], 0, at):
            continue
        clause = discourse.clause_at(match.start())
        joined = _joined(discourse, clause, asides) if asides else clause
        if joined != clause:
            at = max(clause[1], at)
            if joined[0] > last_joined:
                last_joined = joined[0]
                yield joined
        elif clause[0] > last and clause[1] - clause[0] >= 4:
            last, at = clause[0], max(clause[1], at)
            yield clause


def _joined(discourse: Discourse, clause: tuple[int, int], asides: list[Block]) -> tuple[int, int]:
    """The clause with those that stand beyond the brackets at its ends."""
    start, end = clause
    number = bisect_left(asides, (start,))
    while number and asides[number - 1][1] == start:
        number -= 1
        start = discourse.clause_at(asides[number][0] - 1)[0]
    number = bisect_left(asides, (end,))
    while number < len(asides) and asides[number][0] == end:
        start_beyond, end = discourse.clause_at(asides[number][1])
        if start_beyond != asides[number][1]:  # the bracket ends the sentence
            return start, asides[number][0]
        number += 1
    return start, end


def _in_clause(text: str, start: int, end: int, blocks: list[tuple[int, int, str]]) -> Iterator[Mention]:
    lists = find_lists(text, start, end)
    tokens = tokenize(text, start, end, blocks)
    for listing in lists:
        yield from list_items(text, listing, [t for t in tokens if listing.start <= t.start and t.end <= listing.end])
    rest = [t for t in tokens if t.start >= lists[-1].over] if lists else tokens
    yield from _singles(text, rest, end)


def _singles(text: str, tokens: list[Token], clause_end: int) -> Iterator[Mention]:
    """Names outside of lists."""
    nameable = [token.nameable for token in tokens]
    last = len(tokens) - 1
    number = 0
    while number <= last:
        if not nameable[number]:
            number += 1
            continue
        first = number
        group: list[list[Token]] = []
        while number <= last and nameable[number]:
            chunk: list[Token] = []
            while number <= last and (
                nameable[number]
                or (tokens[number].word == "至" and number < last and nameable[number + 1])
                or (tokens[number].word == "及" and chunk and BELONGINGS.match(text, tokens[number].end))
            ):
                chunk.append(tokens[number])
                number += 1
                if number <= last and tokens[number].word == "“" and (quoted := _quoted(tokens, number, nameable)):
                    chunk += tokens[number:quoted]
                    number = quoted
            group.append(chunk)
            beyond = number + (number < last and tokens[number].tag == "ASIDE")
            if beyond < last and tokens[beyond].word in SEPARATORS and nameable[beyond + 1]:
                number = beyond + 1
            else:
                break
        before = tokens[max(0, first - 2) : first]
        if _may_hold_a_name(text, tokens[first:number], before):
            behind = number
            while behind <= last and tokens[behind].tag in ("TIME", "ASIDE"):  # 东岭大桥（1.2公里）5月1日合龙
                behind += 1
            after = tokens[behind].start if behind <= last else clause_end
            yield from names_of_group(text, group, before, after, clause_end)


def _quoted(tokens: list[Token], number: int, nameable: list[bool]) -> int:
    """Where words in quotes inside a name end whose quote opens at `number`, 0 if nowhere: 东岭科技“云计算”基地."""
    for at in range(number + 2, min(number + 6, len(tokens) - 1)):
        if tokens[at].word == "”":
            return at + 1 if nameable[at + 1] else 0
    return 0


def _may_hold_a_name(text: str, tokens: list[Token], before: list[Token]) -> bool:
    """Whether one of the words ends in a head or is 项目 or 工程, or 的 stands before them: 投资3亿元的云溪粮库."""
    if before and before[-1].word == "的":
        return True
    endings = vocabulary().endings
    for token in tokens:  # a loop, for this is asked of all words of all clauses that can hold a name
        heads = endings.get(token.word[-1])
        if (heads and text.endswith(heads, 0, token.end)) or token.word in CLOSERS:
            return True
    return False
