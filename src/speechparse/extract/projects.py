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
from speechparse.extract.name_lists import BELONGINGS, SEPARATORS, find_lists, list_items
from speechparse.extract.name_words import CLOSERS, PLACE_TAGS, PROPER, Token, head_of, is_generic, tokenize, vocabulary
from speechparse.extract.names import CLOSING, LENGTH_OF_CLASS, NO_NAME, as_name, is_name, is_of_the_place
from speechparse.extract.patterns import match_at
from speechparse.extract.repeated_names import SHORTEST, repeat_names
from speechparse.lazy import re
from speechparse.time_limit import checked

_NOT_CLOSED = frozenset("库储化办部法组")
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
    one of a list (东岭小学（36个班）、云溪医院开工).
    """
    first, last = discourse.sentences[0].start, discourse.sentences[-1].end
    return [
        (m.start(), m.end(), "PLACE" if m["place"] else "ASIDE") for m in _ASIDE.finditer(text, first, last)
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
            yield from _accept(text, group, before, after, clause_end)


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


def _accept(text: str, group: list[list[Token]], before: list[Token], after: int, clause_end: int) -> Iterator[Mention]:
    """The names in a group of chunks that 、 and 和 join; what closes the group holds for all of it."""
    table = vocabulary()
    words_before = [t.word for t in before]
    late = len(before) >= 2 and words_before[-1] == "的" and words_before[-2] in table.events  # 早该交工的职教中心
    led = not table.leads.isdisjoint(words_before)
    strong = not table.strong_lead.isdisjoint(words_before)
    priced = (
        len(before) >= 2
        and before[-1].word == "的"
        and before[-2].tag in ("FIGURE", "NUM")
        and (
            before[-2].word.endswith("元")
            or _SIZED.search(text, max(0, before[-2].start - 8), before[-2].start) is not None
        )
    )
    items: list[tuple[list[Token], bool, bool, bool]] = []
    for number, chunk in enumerate(group):
        begin = 0
        while begin < len(chunk) - 1 and (
            chunk[begin].tag in ("vd", "vi", "t", "q")
            or (chunk[begin].tag == "m" and (chunk[begin + 1].tag == "q" or len(chunk[begin].word) == 1))
            or (
                chunk[begin].tag == "v"
                and not priced
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
            led = led or chunk[begin].word in table.leads
            strong = strong or chunk[begin].word in table.strong_lead
            begin += 1
        chunk = chunk[begin:]
        stop = len(chunk)
        closed = False
        for at in range(1, len(chunk)):
            token = chunk[at]
            word = token.word
            if word in CLOSERS and text[token.end : token.end + 1] not in _NOT_CLOSED:
                if match_at(_BRANCH, text, token.end):
                    continue
                stop, closed = at, True
                rest = chunk[at + 1 :]
                if any(t.tag in PROPER for t in rest) and any(head_of(t.word) for t in rest):
                    group.insert(number + 1, rest)  # 控制性工程云溪特大桥: the loop comes to it next
                break
            if (word in _SIZE_WORDS and match_at(_DESCRIBED, text, token.start)) or (
                (token.tag == "v" or word in _PROGRESS) and match_at(_TOLD_OF, text, token.start)
            ):
                stop = at
                break
            if (
                token.tag == "NUM"
                and at == len(chunk) - 1
                and match_at(_MEASURED, text, token.start)
                and text.endswith(table.endings.get(chunk[at - 1].word[-1], ()), chunk[0].start, token.start)
            ):
                stop = at  # 东岭木栈道1.2公里
                break
            if table.phrase.match(text, token.start) or (word not in table.works and word in table.events):
                stop = at
                break
            if at + 1 < len(chunk) and (
                word in _MADE_INTO
                or (word == "建设" and all(t.tag in PLACE_TAGS or t.word in _PLACES for t in chunk[:at]))
            ):
                # 支持云溪县建设东岭产业园, 将柏湾定为东岭产业园: what stands before is none of the name
                group.insert(number + 1, chunk[at + 1 :])  # the loop comes to it next
                led, stop = True, 0
                break
            if (
                word == "提升"
                and head_of(chunk[at - 1].word)
                and at + 1 < len(chunk)
                and not any(t.word in CLOSERS or head_of(t.word) for t in chunk[at + 1 :])
            ):
                stop = at  # 支持云溪机场提升货运能力; but 云溪水库提升工程 is its name
                break
            if token.tag not in ("v", "vd", "vi", "t") or text.endswith(
                table.endings.get(word[-1], ()), chunk[0].start, token.end
            ):
                continue
            if word in table.leads or not _inner(chunk, at):
                stop = at
                break
        item = chunk[:stop]
        behind = (
            (chunk[stop].end if closed else chunk[stop].start)
            if stop < len(chunk) and not (closed and stop == len(chunk) - 1 and number == len(group) - 1)
            else (chunk[-1].end if number < len(group) - 1 else after)
        )
        if behind < clause_end:
            event = table.event.match(text, behind, clause_end)
        else:
            event = _in_next_clause(text, clause_end)
        ended = bool(event) and not table.mere_work.fullmatch(event.group() if event else "")
        happened = bool(event) and not (closed and event and table.mere_work.fullmatch(event.group()))
        own_end = chunk[-1].end if stop == len(chunk) else behind
        told = match_at(_TOLD_OF, text, own_end)
        if told and told["called"] and text.endswith(tuple(table.works), item[0].start, own_end):
            told = None  # 现代煤化工入选…: a branch
        if told or (behind > own_end and match_at(_DONE_BY_THEN, text, behind)):
            happened = ended = True
        happened = (
            happened
            or (late and number == 0 and head_of(item[-1].word) not in table.works)
            or match_at(_DESCRIBED, text, behind) is not None
            or (not led and _is_measured(text, item, own_end))
        )
        priced = priced or match_at(_PRICED, text, own_end) is not None
        while len(item) > 1 and (
            item[-1].word in ("建设", "前期", "开工", "运营", "主体", "整体", "全线", "全部")
            or (item[-1].tag == "f" and item[-1].word not in table.heads)
        ):
            happened, item = True, item[:-1]
        if number == 0 and before and before[-1].tag == "FIGURE" and before[-1].word[-1] in "个条座家所处项":
            continue  # 15个井工煤矿: a class that is counted
        if item:
            items.append((item, closed, happened, ended))
    enumerated = not before and match_at(_ALL_OF_THEM, text, after) is not None and _are_works(text, items)
    speaks = led or strong or priced or enumerated
    if not items or not (
        speaks or any(closed or happened or item[0].word[0] in "*＊" for item, closed, happened, _ in items)
    ):
        return  # nothing speaks for a name
    routes = _shared_routes(text, [item for item, *_ in items])
    group_closed = items[-1][1]
    group_happened = items[-1][2]
    group_ended = items[-1][3]
    topic = not before and items[0][1] and after == clause_end and text[after : after + 1] in ("，", ",")
    names: list[Mention] = []
    for (item, closed, happened, ended), shared in zip(items, routes, strict=True):
        name = as_name(text, item)
        if (
            name is None
            or len(name.name) < (2 if shared else 3)
            or match_at(_COUNTED_AFTER, text, name.end)
            or (led and match_at(_MEASURED, text, name.end))
            or LENGTH_OF_CLASS.match(name.name)
            or (not _has_proper(item) and _COUNTED_BEFORE.search(text, max(0, name.start - 10), name.start))
        ):
            continue
        closed, happened = closed or group_closed, happened or group_happened
        happened = happened or enumerated or (topic and head_of(name.name) != "")  # 云溪养殖场项目，由于…
        if is_name(
            name.name,
            item,
            led=led,
            strong=strong,
            closed=closed,
            event=ended or group_ended,
            happened=happened,
            priced=priced,
        ) or (shared and not head_of(name.name) and (led or happened)):
            if name.start == item[0].start and item is items[0][0]:
                name.start = _with_quotation(text, name.start)
                name.name = text[name.start : name.end]
            name.rules.append("project.closed" if closed else "project.event" if happened else "project.verb")
            names.append(name)
        elif _is_route_beside(name.name) or (happened and _is_facility_beside(name.name)):
            name.rules.append("project.beside")
            names.append(name)
        priced = False
    if any(name.rules != ["project.beside"] for name in names):
        yield from names


# 云溪大桥、东岭棚改、柏湾水厂，到现在…; …都在里头
_ALL_OF_THEM = re.compile(r"[，,。；;\n]|[都均全]|这|[三四五六]个")
_IS_A_BODY = re.compile(r"(?:医院|[中小大]学|学校|学院|院|园区|社区|局|站|站点|所|中心|银行|线)$")


def _are_works(text: str, items: list[tuple[list[Token], bool, bool, bool]]) -> bool:
    """Whether three things or more, each with a name of its own and a head, are no list of bodies."""
    if len(items) < 3:
        return False
    bodies = 0
    for item, *_ in items:
        name = text[item[0].start : item[-1].end]
        if not (head := head_of(name)) or not (_has_proper(item) or is_of_the_place(name)):
            return False
        bodies += _IS_A_BODY.search(head) is not None
    return bodies < len(items)


def _is_facility_beside(name: str) -> bool:
    """文化中心 is a common noun, but one building in a list of such: 体育公园、文化中心、云溪博物馆开馆."""
    head = head_of(name)
    return len(name) >= 4 and _ONE_BUILDING.search(head) is not None and not NO_NAME.search(name)


_ONE_BUILDING = re.compile(r"(?:中心|公园|馆|广场|剧院|大楼|展厅|市场|敬老院|养护院|水厂|污水处理厂|客运站)$")


def _is_route_beside(name: str) -> bool:
    """沿江高铁 is a common noun, but a project in a list of such: 沿江高铁、云柏铁路."""
    core = name.removesuffix(head_of(name))
    return (
        _ROUTE.search(name) is not None
        and len(name) >= SHORTEST
        and core != ""
        and not (is_generic(core) or NO_NAME.search(name))
    )


# 云溪大桥、东岭大道，国庆节前必须全线通车
_SOON = re.compile(
    r"[，,](?=[\d一二三四五六七八九十年今上下国春元必务确力要“五])(?:[^，,。；;、]{0,8}前|\d{1,2}月(?:份|底|初|[上中下]旬)?|年内|年底|今年|[上下]半年|[一二三四]季度)?"
    r"(?:必须|务必|确保|力争|要)?"
)
_LONGEST_EVENT = 16  # characters


def _in_next_clause(text: str, clause_end: int) -> re.Match[str] | None:
    """What happens to a name that is all of its clause: by when, or that it must, says the next one."""
    soon = match_at(_SOON, text, clause_end)
    if soon is None or soon.end() == clause_end + 1:
        return None
    event = vocabulary().event.match(text, soon.end(), soon.end() + _LONGEST_EVENT)
    return event if event and text[event.end() : event.end() + 1] in "，,。；;\n" else None


# 云溪引水工程西干线
_BRANCH = re.compile(r"[东西南北主]?[干支]线|[一-鿿]{1,3}(?<!阶)段")
# what is told of a project that stands at the head of its clause: its size in brackets, how far it is, by when what
_TOLD_OF = re.compile(
    r"[（(](?:[^（）()\d]{0,10}\d[\d.,×xX*—~-]*+[^（）()\d]{0,8}[元里米亩瓦吨座张床户套栋个顶班处口间头顷]|[一二三四五]期[）)])|"
    r"(?P<called>成为|入选|升级为)|(?:还|只)?剩|才|刚|正在|眼下|目前|提前|滞后|比(?:节点|计划|序时)|如期|按期|(?:已|还)[^，,。；;]{0,4}(?:完成|铺设|封顶|投)|"
    r"的(?:环评|可研|征地|征迁|拆迁|工期)|的?(?:土建|桩基|大坝|路基|桥面|站房|接网|接入|主体|垫层|钢结构|形象进度|设备(?:安装|调试|进场)|基?本?框架)|累计完成|完成投资|实现[^，,。；;\d]{0,6}(?:供水|供热|通车|通水|通电|并网|运营)|"
    r"[\d.]+万?(?:公里|平方米|千瓦|栋|套|张)[^，,。；;、\d]{0,8}(?:要|全线|全部|主体|已|贯通|完成|封顶|[^，,。；;、\d]{1,6}前)|"
    r"(?:必须|务必|确保|力争|争取|力促|保证|要在)[^，,。；;]{0,10}(?:前|底|内|季度|\d月)|分别(?:于|在)?\d|承诺|保证|表态"
)
_DONE_BY_THEN = re.compile(
    r"(?:要|必须|务必|确保|力争|争取|将|可|分别|全部|全面|全线|主体|正式|基本)*"
    r"(?:完成|实现|具备|见|开|建|封|通|投|送|带电|移交|交|竣|蓄|合龙|贯通|启|挂|征|拆|装|铺|下线|摘)"
)
_PROGRESS = frozenset("形象 框架 设备 桩基 主体".split())
_SIZE_WORDS = frozenset("计划 概算 估算 总 总投资 全长".split())
# 云溪光电背光模组（总投资18亿元）
_PRICED = re.compile(r"[（(](?:计划|预计|概算|估算)?(?:总投资|投资)")
# 东岭水厂（总投资3亿元）, 云溪大道全长8公里; not 项目的总投资
_DESCRIBED = re.compile(
    r"[（(]?(?:计划|概算|估算|预计|设计)?"
    r"(?:总投资|全长|总长|总?装机|总?占地|建筑面积|日处理|年产|存栏|床位|年旅客|合同额)[^，。；、\d]{0,8}\d"
)
# 延榆、康渝高铁: the last name of a list has the head of all
_ROUTE = re.compile(
    r"(?:铁路|高铁|高速|高速公路|公路|机场|航道|大桥|水利枢纽|水电站|水库|社区卫生服务中心|文体馆|[GSX]\d{1,4}[^G-X]{2,6})$"
)


def _shared_routes(text: str, items: list[list[Token]]) -> list[bool]:
    """For each item whether it is but the places of a route, and one behind it has the head: 延榆、康渝高铁."""
    if len(items) == 1:
        return [False]
    shared = []
    follows = False
    for item in reversed(items):
        if _ROUTE.search(text, item[0].start, item[-1].end):
            follows = True
            shared.append(False)
        else:
            follows = follows and _is_route(item)
            shared.append(follows)
    return shared[::-1]


_ROAD = re.compile(r"[GSXY]\d{1,4}")


def _is_route(item: list[Token]) -> bool:
    """延榆, 日照至五莲, G219: nothing but places, or the number of a road."""
    if len(item) == 1 and _ROAD.fullmatch(item[0].word):
        return True
    return all(t.tag in PLACE_TAGS or t.word == "至" for t in item) and sum(len(t.word) for t in item) <= 8


# 建成幸福河湖4762个, 12公里供水管网: a class with its number
_COUNTED_AFTER = re.compile(
    r"(?:项目|工程)?(?:约|近|超过?)?[\d.]+[万亿]?多?[个条座处所家户栋口眼]|(?:建设|改造|修复)(?:约|近|超过?)?[\d.]+[万亿]?(?:公里|平方米|亩)"
)
_COUNTED_BEFORE = re.compile(r"\d[个家座条所套栋][^，,。；;、的\d]{0,6}$")  # 3家全省重点实验室落户
# 建成农村公路212公里; but 东岭木栈道1.2公里，
_MEASURED = re.compile(r"(?:项目|工程)?(?:约|近|超过?)?[\d.]+[万亿]?多?(?:公里|公顷|平方米|平方公里|亩)")


def _is_measured(text: str, item: list[Token], end: int) -> bool:
    """云溪木栈道1.2公里; not 提质改造云溪公路120公里, 新修园区道路3公里, 云溪县农村公路45公里."""
    first = item[0].word
    if first in vocabulary().works or first[0] in "新改扩修建铺硬" or not match_at(_MEASURED, text, end):
        return False
    without_place = _PLACE_AHEAD.sub("", text[item[0].start : item[-1].end])
    return _has_proper(item) and not is_generic(without_place)


_PLACE_AHEAD = re.compile(r"^[一-鿿]{1,3}[县市区镇乡州旗]")


_QUOTED_AHEAD = re.compile(r"“[^“”\n，。]{2,8}”$")


def _with_quotation(text: str, start: int) -> int:
    """Where a name begins with the quoted words before it: “云帆2号”智算中心."""
    quoted = _QUOTED_AHEAD.search(text, max(0, start - 10), start) if text[start - 1 : start] == "”" else None
    return quoted.start() if quoted else start


def _has_proper(item: list[Token]) -> bool:
    """Whether one of the words is a proper noun, and no head."""
    return any(t.tag in PROPER and t.word not in vocabulary().heads for t in item)


_MADE_INTO = frozenset("定为 列为".split())
_PLACES = frozenset("镇 乡 村 县 区 市 路 街 河 桥 湖 山 岭 庄 屯".split())


def _inner(chunk: list[Token], at: int) -> bool:
    """A verb that stands inside a name: 购物 in 云溪购物广场."""
    table = vocabulary()
    for token in chunk[at + 1 : at + 6]:
        if token.word in CLOSERS or head_of(token.word):
            return True
        if token.word in table.leads or token.word in table.events:
            return False
    return False


_SIZED = re.compile(
    r"(?:投资|年产|产值|税收|能力|床位|装机|占地|用地|面积|规模|总长|全长|里程|库容|产能|就业|处理)[^，。\d]{0,4}$"
)
