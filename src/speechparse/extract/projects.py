"""Finder of named projects: works, plants, parks, roads and buildings that a speech names.

A clause is cut into words; words that can stand in a name make chunks, chunks joined by 、 or 和 make groups. A
group is taken for names by what stands around it:

- it ends in 等N个项目 (or 等酒店, 等铁路): every item is a name;
- 项目 or 工程 follows, or what happened to it (竣工通车, 进展顺利), or a verb of building stands before it (加快).

Outside a list, a name also needs a head (`project_heads.tsv`) and something that is not generic
(`project_generic.tsv`): 工业项目 is a class, 云溪工业园 a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from speechparse import lexicons, words
from speechparse.extract.discourse import Discourse
from speechparse.extract.figures import TermRow, alternatives
from speechparse.extract.mentions import Mention
from speechparse.extract.numerals import read_chinese_integer
from speechparse.extract.patterns import first_characters, match_at
from speechparse.lazy import re
from speechparse.text import Span
from speechparse.time_limit import checked


class HeadRow(NamedTuple):
    """The last word of a project's name: a `facility` or `works` done."""

    term: str
    sort: str
    example: str


class NameWordRow(NamedTuple):
    """What a word says of a name, separated by blanks: it stands in none (`stop`), at the end of none (`bad_end`), is a
    verb of building before one (`strong_lead`), or begins one (`opener`) before certain words (`after_opener`)."""

    term: str
    roles: str
    example: str


@dataclass(slots=True)
class Token:
    """A word of a clause. `tag` is jieba's, `?` for a word it does not know, `NUM` and `TIME` for what was found;
    `nameable`: it can stand in a name."""

    start: int
    end: int
    word: str
    tag: str
    nameable: bool


class _Words(NamedTuple):
    leads: frozenset[str]
    events: frozenset[str]
    phrases: tuple[str, ...]
    heads: frozenset[str]
    works: frozenset[str]
    endings: Mapping[str, tuple[str, ...]]  # the heads by their last character, the longest first
    generic: re.Pattern[str]
    event: re.Pattern[str]
    mere_work: re.Pattern[str]
    signal: re.Pattern[str]
    stop: frozenset[str]
    bad_end: frozenset[str]
    strong_lead: frozenset[str]
    opener: frozenset[str]
    after_opener: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    heads = lexicons.load("project_heads", HeadRow)
    events = lexicons.load("project_events", TermRow)
    rows = lexicons.load("name_words", NameWordRow)
    generic = [r.term for r in lexicons.load("project_generic", TermRow)]
    last = "".join(sorted({r.term[-1] for r in heads}))
    told = (
        "(?:建设|提升|前期|主体|全|总投资|估算|概算|装机|占地|设计|正式|基本|顺利|已|要|将|年内|年底|今年|明年|本月|等|"
        "[一二三四]期|还|只?剩|才|刚|正|都|均|成为|入选|升级为|眼下|目前|的[环可征拆土桩路]|"
        f"必须|务必|确保|力[争促]|争取|分别|上半年|下半年|[一二三四]季度|{alternatives(r.term for r in events)})"
    )
    return _Words(
        frozenset(r.term for r in lexicons.load("project_leads", TermRow)),
        frozenset(r.term for r in events),
        tuple(r.term for r in events if len(r.term) >= 4),  # 进展顺利 is two words
        frozenset(r.term for r in heads),
        frozenset(r.term for r in heads if r.sort == "works"),
        _by_last_character(r.term for r in heads),
        re.compile(rf"(?=[{re.escape(''.join(sorted({w[0] for w in generic})))}])(?:{alternatives(generic)})"),
        re.compile(
            rf"(?:[要将已即在都均]|必须|务必|确保|力争|年内|全面|全部|全线|主体|基本|正式|整体|顺利|成功|相继|陆续|先后|如期|按期|尽快|尽早|已经|即将|正在|前期|的|[一-鿿]{{2}}前(?!期)|"
            rf"\d{{1,2}}月(?:份|底|初|中旬)?前?|今年|本月)*(?:{alternatives(r.term for r in events)}"
            r"|(?<=[要需])(?=尽快|完成|推进|明确|整体|加快|抓紧|建成))"
        ),
        re.compile(r"(?:(?!投入|开工|复工).)*?(?:建设|前期|实施|运营)", re.DOTALL),
        # what a clause with a name has: a list's end, a class word not generic, a head before what happens to it
        re.compile(
            rf"(?=[等元*＊项工{last}])(?:"
            rf"等[^，,。；;、]{{0,20}}(?:项目|工程)|等(?:\d|[^，,。；;、的]{{0,8}}[场园库路桥店院校区城])|元的|[*＊]{{2}}|"
            rf"(?=[项工])(?<!重点|重大|新开|在建|各类|民生|实事|产业|工业|投资|惠民)(?<![大好小抓上个该和、新])(?:项目|工程)(?![库化法部办数])|"
            # the last character of a head; that the head itself is there is looked up behind a match, which is faster
            rf"(?P<head>[{last}])(?=[、，,。；;和及与的（(]|$|"
            rf"\d|[一-鿿]{{0,4}}(?:开工|竣工|投产|投入|通车|建成|完工|启动|签约|落地)|[一-鿿]{{2,3}}前|"
            rf"(?=[{first_characters(told)}]){told}))"
        ),
        *(frozenset(r.term for r in rows if role in r.roles.split()) for role in _Words._fields[-5:]),
    )


def _by_last_character(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for term in sorted(terms, key=len, reverse=True):
        found.setdefault(term[-1], []).append(term)
    return {last: tuple(ending) for last, ending in found.items()}


# 等15个百亿元项目, 等36个项目, 等酒店, 等重大水利工程, 等上线的大项目; not 等38家企业, 等部门
_LIST_END = re.compile(
    r"等(?!级)(?:共)?(?P<count>(?:[\d.]+[万多余]*|[一二两三四五六七八九十百]+)(?:个|项|条|座|家|所|处|大))?等?(?:[^，,。；;、：:\n的]{1,4}的(?=大?项目))?(?:[\d百千万亿]+元(?:以上)?、\d+个)?"
    r"(?P<noun>[^，,。；;、：:\n的]{0,14}?(?:项目|工程|酒店|水库|铁路|高速公路|公路|高速|高铁|道路|广场|新地标|公园|园区|景区|大桥|桥梁|医院|学校|电站|煤矿|楼宇|街区|综合体|灌区|场馆|"
    r"机场|过江通道|运输通道|小区|产业园|批发市场|专业市场|商场|超市|牧场|农场|航道|码头|船闸|泵站|变电站|实验室|服务设施)(?:建设)?(?:项目|工程)?+)(?!推进|工作组|领导小组|指挥部|办公室|库|办)"
)
_NOT_A_LIST = re.compile(r"单位|领域|行业|部门|政策|机制|问题|活动|经贸|措施|制度|手续|条件|因素|方面|家企业|知名企业")
# 云溪、东岭两个广场; 水厂扩建、粮库迁建3个项目
_COUNTED_LIST = re.compile(
    r"(?=[两三二四五六七八九十\d])(?<=[一-鿿])(?<![第等])(?P<told>[两三二四五六七八九十]|\d{1,3})[个项座条所](?:[一-鿿]{0,4}(?:广场|公园|园区|产业园|小区|水库|水厂|市场|商城|车站|大桥|隧道|电站|泵站|中学|小学|学校|医院|码头|景区|高速公路|高速|高铁|铁路|公路|航线)|"
    r"[一-鿿]{0,6}(?:项目|工程))(?!推进|工作组)"
)
# what jieba, guessing at unknown words, takes for a part of them
_STUCK = re.compile(r"([一-鿿]+)([等及至])|(及)([一-鿿]+)|(等)([市县区州地])")
_FUNCTION_TAGS = frozenset("uj ul uz ud ug u p c d r y e o w".split())
_PUNCTUATION = frozenset("，,。；;：:、！!？?“”‘’《》\"' \u3000\n①②③④⑤⑥⑦⑧⑨⑩（）()")
_MERE_TAIL = re.compile(r"(?:建设)?主体(?:建设|工程)?$|前期$|(?<=.{4})(?:提[档质]升级|贯通)$")
_CLOSING = re.compile(r"(?:等?(?:重点|重大)?(?:项目|工程))+$")
_NEEDS_CLOSER = re.compile(r"[\d火风光]电$|[A-Za-z ]$")
_SEPARATORS = frozenset({"、", "和", "及", "与", "以及"})
_NAME_TAGS = frozenset("n nr ns nt nz nrt nrfg ng l i j b f s vn an x eng zg g ? a ag q m NUM k h tg nrj".split())
_PROPER = frozenset({"?", "ns", "nr", "nz", "nt", "nrt", "nrfg", "eng"})
_JOINTS = frozenset({"至", "到", "和", "及", "与", "以及"})  # they stand inside a name
_CLOSERS = ("项目", "工程")
_NOT_CLOSED = frozenset("库化办部法组")


def find_projects(text: str, discourse: Discourse, figures: list[Mention], times: list[Mention]) -> list[Mention]:
    """The project names of a speech, in order."""
    found: list[Mention] = []
    blocks = sorted(
        [(t.start, t.end, "TIME") for t in times]
        + [(f.start, f.end, "NUM" if _may_be_in_a_name(text, f) else "FIGURE") for f in figures]
    )
    at = 0
    for start, end in checked(_clauses_with_signal(text, discourse)):
        while at < len(blocks) and blocks[at][1] <= start:
            at += 1
        last = at
        while last < len(blocks) and blocks[last][0] < end:
            last += 1
        inside = [block for block in blocks[at:last] if block[0] >= start]
        found += _in_clause(text, start, end, inside)
    found = [_with_part(text, mention) for mention in _with_titles(text, discourse, found)]
    return repeat_names(text, discourse, found) if found else found


def _may_be_in_a_name(text: str, figure: Mention) -> bool:
    """A measure (2×66万千瓦火电), or what is made in a year (云溪电机年产30万台电机)."""
    return figure.kind == "measure" or text.endswith(_MADE, 0, figure.start)


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
        name = _CLOSING.sub("", match["name"])
        if start not in taken and (name != match["name"] or head_of(name)) and len(name) >= 4 and not is_generic(name):
            titles.append(Mention("project", start, start + len(name), ["project.title"], name=name))
    return sorted([*found, *titles], key=lambda m: m.start) if titles else found


_LONGEST_TITLE = 100  # characters of the sentence behind a title that are looked at


def _clauses_with_signal(text: str, discourse: Discourse) -> Iterator[tuple[int, int]]:
    """The clauses that can hold a name, in order, each once."""
    at, end = discourse.sentences[0].start, discourse.sentences[-1].end
    endings, signal = _words().endings, _words().signal
    last = -1
    while match := signal.search(text, at, end):
        at = match.end()
        if (ending := match["head"]) and not text.endswith(endings[ending], 0, at):
            continue
        clause = discourse.clause_at(match.start())
        if clause[0] > last and clause[1] - clause[0] >= 4:
            last, at = clause[0], max(clause[1], at)
            yield clause


def tokenize(text: str, start: int, end: int, blocks: list[tuple[int, int, str]]) -> list[Token]:
    """The words of `text[start:end]`; what was found before (`blocks`) is one word each."""
    pieces = _pieces()
    tokens: list[Token] = []
    at = start
    for block_start, block_end, sort in [*blocks, (end, end, "")]:
        if block_start > at:
            for word in words.cut(text[at:block_start]):
                for piece in pieces[word]:
                    over = at + len(piece[0])
                    tokens.append(Token(at, over, *piece))
                    at = over
        if block_end > at:
            found = text[block_start:block_end]
            tokens.append(Token(block_start, block_end, found, sort, _nameable(found, sort)))
            at = block_end
    return tokens


_Piece = tuple[str, str, bool]  # the word, the tag and `nameable` of a Token


class _Pieces(dict[str, tuple[_Piece, ...]]):
    """What each word of jieba's is for names: one word, or several. A word is looked at when it is first asked for."""

    def __missing__(self, word: str) -> tuple[_Piece, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()  # jieba takes any unknown characters for words; an archive has no end of them
        self[word] = pieces = tuple(_pieces_of(word))
        return pieces


_MOST_WORDS = 1 << 16


@lru_cache(maxsize=1)
def _pieces() -> _Pieces:
    return _Pieces()


def _pieces_of(word: str) -> Iterator[_Piece]:
    if len(word) > 2 and word.endswith(_CLOSERS):  # 建设项目, 二期工程 are one word of the dictionary
        yield _piece(word[:-2], "n")
        word = word[-2:]
    stuck = _STUCK.fullmatch(word) if len(word) > 1 and words.tag(word) is None else None
    for part in filter(None, stuck.groups()) if stuck else (word,):  # 西十、康渝等 4条高铁
        yield _piece(part, "?")


def _piece(word: str, unknown: str) -> _Piece:
    tag = words.tag(word) or unknown
    return word, tag, _nameable(word, tag)


def _in_clause(text: str, start: int, end: int, blocks: list[tuple[int, int, str]]) -> Iterator[Mention]:
    at = start
    lists: list[tuple[int, int, bool, int | None]] = []  # begin, end, and what `_list_items` asks of the number
    while match := _LIST_END.search(text, at, end):
        if not _NOT_A_LIST.search(match["noun"]):
            lists.append((at, match.start(), match["count"] is not None, None))
        at = match.end()
    if (
        not lists
        and (match := _COUNTED_LIST.search(text, start, end))
        and re.search("[、和]", text[start : match.start()])
    ):
        lists.append((start, match.start(), True, read_chinese_integer(match["told"]) or int(match["told"])))
        at = match.end()
    tokens = tokenize(text, start, end, blocks)
    for list_start, list_end, counted, told in lists:
        listed = [t for t in tokens if list_start <= t.start and t.end <= list_end]
        yield from _list_items(text, listed, counted=counted, told=told)
    rest = [t for t in tokens if t.start >= at] if lists else tokens
    yield from _singles(text, rest, end)


def _list_items(text: str, tokens: list[Token], *, counted: bool, told: int | None = None) -> Iterator[Mention]:
    """Every item before 等…项目, of which `counted` says whether it has a number (等5个项目).

    `told` is that number where the list has no 等: the items must be as many (云溪、东岭两个广场).
    """
    items: list[list[Token]] = [[]]
    for token in tokens:
        if token.word in _SEPARATORS and items[-1]:
            items.append([])
        else:
            items[-1].append(token)
    items = _behind_verb([i for i in items if i])
    quantities = any(_has_count(i) for i in items)
    items = [i for i in items if not _has_count(i)]  # 新建5条道路、12公里管网等项目: quantities of a class
    items = [_trim_first(i) if n == 0 else i for n, i in enumerate(items)]
    items = [i for i in items if i]
    separators = {b.start: a for a, b in pairwise(tokens) if a.word in _SEPARATORS}
    items = _glue_list(items, separators)
    if told is not None and (len(items) < 2 or abs(told - len(items)) > 1):
        return
    if len(items) > 1 and not counted and not any(_is_particular(item) for item in items):
        return  # 煤制烯烃、低阶煤分质利用等项目: a class
    for number, item in enumerate(items):
        if number:
            item = _trim_first(item) if len(item) > 4 else _trim_lead(item)
        name = _finish(text, item)
        if told is not None and (
            name is None or any(t.tag == "FIGURE" for t in item) or not 2 <= len(name.name) <= 20
        ):
            continue
        if name is not None and _LENGTH_OF_CLASS.match(name.name):
            continue
        if quantities and item and items[number][0].tag in ("NUM", "FIGURE"):
            continue
        if item and _AREA.search(item[0].word) and item[0].tag == "NUM" and not any(t.tag in _PROPER for t in item):
            continue  # 5000亩沙区治理、8万亩退耕还林等工程
        if name is None:
            continue
        # 投资2亿元的保障性住房、1.3亿元的水厂等工程: a price makes one of a building, though not of 基础设施
        priced = text.endswith("元的", 0, name.start) and head_of(name.name) != ""
        if _is_item(name.name, item) or (priced and len(name.name) >= 4 and not is_generic(name.name)):
            name.rules.append("project.list")
            yield name


def _behind_verb(items: list[list[Token]]) -> list[list[Token]]:
    """The items from the last verb on: in 支持云溪、东岭等县建设A、B等项目 the counties are no projects."""
    leads = _words().leads
    for number in range(len(items) - 1, 0, -1):
        words = [t.word for t in items[number]]
        if "等" in words and any(w in leads for w in words[words.index("等") + 1 : -1]):
            return items[number:]
    return items


def _is_particular(item: list[Token]) -> bool:
    """Whether an item holds a proper noun, a size, or the head of a building."""
    return any(t.tag in _PROPER or t.tag in ("NUM", "FIGURE") for t in item) or head_of(item[-1].word) not in (
        "",
        *_words().works,
    )


_AREA = re.compile(r"[亩顷]$")


def _has_count(item: list[Token]) -> bool:
    """新建2台锅炉: a quantity of a class."""
    return any(t.tag == "FIGURE" and t.word[-1] in "条座台个处所家户" for t in item)


def _glue_list(items: list[list[Token]], separators: dict[int, Token]) -> list[list[Token]]:
    """Put names together again that hold 、 or 和: 面粉和方便面加工, 年产A、20万吨B开发."""
    result: list[list[Token]] = []
    for item in items:
        if result:
            before = result[-1]
            if (
                before[0].tag in _NAME_TAGS
                and any(t.word == "年产" or t.word.endswith("年产") for t in before)
                and item[0].tag == "NUM"
                and before[-1].word not in _words().heads
            ):
                result[-1] = before + item
                continue
            between = separators.get(item[0].start)
            joined = "".join(t.word for t in before)
            if between is not None and between.word == "及" and _BELONGINGS.match("".join(t.word for t in item)):
                result[-1] = [*before, between, *item]
                continue
            if (
                between is not None
                and between.word in ("和", "及")
                and len(joined) >= 4
                and (before[0].tag in _PROPER or before[0].tag == "NUM")
                and not head_of(joined)
                and head_of("".join(t.word for t in item))
            ):
                result[-1] = [*before, between, *item]
                continue
        result.append(item)
    return result


def _trim_first(item: list[Token]) -> list[Token]:
    """The first item of a list begins behind the last verb, 的, time or amount before it."""
    table = _words()
    begin = 0
    for number, token in enumerate(item):
        last = number == len(item) - 1
        if (
            (
                token.tag in ("TIME", "FIGURE", "p", "d", "c", "r", "ud", "uj", "ul", "u", "y")
                and not ((token.word in _JOINTS and number > begin) or token.word[0] == "非")
            )
            or token.word in _words().stop
            or (
                token.word in table.leads
                and not (token.word in table.works and number > begin)
                and not (token.word in _words().opener and not last and item[number + 1].word in _words().after_opener)
            )
            or (
                token.tag in ("v", "vd", "vi")
                and len(token.word) == 1
                and token.word != "背"  # 背街小巷改造
                and not last
                and number == begin
            )
            or token.word in _PUNCTUATION
        ) and not (last and number > begin):
            begin = number + 1
    return item[begin:]


def _trim_lead(item: list[Token]) -> list[Token]:
    table = _words()
    begin = 0
    while begin < len(item) - 1:
        token = item[begin]
        if (
            token.tag in ("TIME", "FIGURE", "p", "d", "c", "r", "u", "uj", "ul", "y")
            or token.word in _words().stop
            or (
                token.word in table.leads
                and (token.word not in table.heads or item[begin + 1].tag in _PLACE_TAGS)
                and not (token.word in _words().opener and item[begin + 1].word in _words().after_opener)
            )
        ):
            begin += 1
        else:
            break
    return item[begin:]


def _finish(text: str, item: list[Token]) -> Mention | None:
    """A mention of the item, without a closing 项目 or 工程 where it is a name without."""
    while item and (item[-1].word in _PUNCTUATION or item[-1].word == "的"):
        item = item[:-1]
    while item and ((item[0].word in _PUNCTUATION and item[0].word != "“") or item[0].word == "的"):
        item = item[1:]
    if not item:
        return None
    start, end = item[0].start, item[-1].end
    name = text[start:end]
    if len(name) > 4 and (tail := _MERE_TAIL.search(name)) and not text.startswith(_CLOSERS, end):
        name, end = name[: tail.start()], start + tail.start()
    trimmed = _CLOSING.sub("", name) if name.endswith(_CLOSERS) else name
    if trimmed != name and len(trimmed) >= 3 and not _NEEDS_CLOSER.search(trimmed):
        name, end = trimmed, start + len(trimmed)
    if not name or len(name) > 45:
        return None
    return Mention("project", start, end, [], name=name)


def _is_item(name: str, item: list[Token]) -> bool:
    if len(name) == 1:
        return name in "钛铜铝镁锂硅镍磷钾"
    if _NO_ITEM.fullmatch(name):
        return False
    if is_generic(name) or "一批" in name or "一大批" in name:
        return False
    if (
        (name[0] == "“" and "”" not in name)
        or ("”" in name and "“" not in name)
        or re.fullmatch(r"“[^”]{1,6}”", name)
    ):
        return False
    if _NO_NAME.search(name) and not any(t.tag in _PROPER for t in item):
        return False
    if item[-1].word in _words().bad_end and not any(t.tag in _PROPER for t in item):
        return False
    return not all(t.word in _words().stop for t in item)


# 50万千瓦以上风光基地, 百万吨级, 二期, 5412, “四化”, 意识贯彻于
_NO_ITEM = re.compile(
    r"[\d.]+[万亿]?[一-鿿]{1,3}以[上下内].*|[\d.百千万亿]+吨?级|"
    r"[一二三四五]期|\d+|[一二两三四五六七八九十]{1,2}[化新大]|.*[于不]"
)


def head_of(name: str) -> str:
    """The head that a name ends in, the longest one, or nothing."""
    heads = _words().endings.get(name[-1:], ())
    return next(filter(name.endswith, heads)) if name.endswith(heads) else ""


def is_generic(name: str) -> bool:
    """All of the name is made of generic words: 工业, 基础设施, 农村道路."""
    generic = _words().generic
    at = 0
    while at < len(name):
        match = generic.match(name, at)
        if not match or match.end() == at:
            return False
        at = match.end()
    return True


def _nameable(word: str, tag: str) -> bool:
    if word in _words().stop or tag in ("TIME", "FIGURE"):
        return False
    if tag in _NAME_TAGS or word[0] == "非" or word in ("地", "*", "＊", "**", "第一", "第二", "第三"):
        return word not in _PUNCTUATION
    return word in _words().heads or tag not in _FUNCTION_TAGS


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
                or (tokens[number].word == "及" and chunk and _BELONGINGS.match(text, tokens[number].end))
            ):
                chunk.append(tokens[number])
                number += 1
                if number <= last and tokens[number].word == "“" and (quoted := _quoted(tokens, number, nameable)):
                    chunk += tokens[number:quoted]
                    number = quoted
            group.append(chunk)
            if number < last and tokens[number].word in _SEPARATORS and nameable[number + 1]:
                number += 1
            else:
                break
        before = tokens[max(0, first - 2) : first]
        if _may_hold_a_name(text, tokens[first:number], before):
            behind = number
            while behind <= last and tokens[behind].tag == "TIME":  # 东岭大桥5月1日合龙
                behind += 1
            after = tokens[behind].start if behind <= last else clause_end
            yield from _accept(text, group, before, after, clause_end)


def _quoted(tokens: list[Token], number: int, nameable: list[bool]) -> int:
    """Where words in quotes inside a name end whose quote opens at `number`, 0 if nowhere: 东岭科技“云计算”基地."""
    for at in range(number + 2, min(number + 6, len(tokens) - 1)):
        if tokens[at].word == "”":
            return at + 1 if nameable[at + 1] else 0
    return 0


# 云溪泵站及灌区配套 is one name
_BELONGINGS = re.compile(r"[一-鿿]{0,2}配套|附属|灌区|管网|储能|旅游开发")


def _may_hold_a_name(text: str, tokens: list[Token], before: list[Token]) -> bool:
    """Whether one of the words ends in a head or is 项目 or 工程, or 的 stands before them: 投资3亿元的云溪粮库."""
    if before and before[-1].word == "的":
        return True
    endings = _words().endings
    for token in tokens:  # a loop, for this is asked of all words of all clauses that can hold a name
        heads = endings.get(token.word[-1])
        if (heads and text.endswith(heads, 0, token.end)) or token.word in _CLOSERS:
            return True
    return False


def _accept(text: str, group: list[list[Token]], before: list[Token], after: int, clause_end: int) -> Iterator[Mention]:
    """The names in a group of chunks that 、 and 和 join; what closes the group holds for all of it."""
    table = _words()
    words_before = [t.word for t in before]
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
                and not (chunk[begin].word in _words().opener and chunk[begin + 1].word in _words().after_opener)
                and chunk[begin + 1].word not in _PLACES
            )
        ):
            led = led or chunk[begin].word in table.leads
            strong = strong or chunk[begin].word in _words().strong_lead
            begin += 1
        chunk = chunk[begin:]
        stop = len(chunk)
        closed = False
        for at in range(1, len(chunk)):
            token = chunk[at]
            word = token.word
            if word in _CLOSERS and text[chunk[at].end : chunk[at].end + 1] not in _NOT_CLOSED:
                if match_at(_BRANCH, text, chunk[at].end):
                    continue
                stop, closed = at, True
                if any(t.tag in _PROPER for t in chunk[at + 1 :]) and any(head_of(t.word) for t in chunk[at + 1 :]):
                    group.insert(number + 1, chunk[at + 1 :])  # 控制性工程云溪特大桥: the loop comes to it next
                break
            if (word in _SIZE_WORDS and match_at(_DESCRIBED, text, token.start)) or (
                token.tag == "v" and match_at(_TOLD_OF, text, token.start)
            ):
                stop = at
                break
            if text.startswith(table.phrases, token.start) or (word not in table.works and word in table.events):
                stop = at
                break
            if at + 1 < len(chunk) and (
                word in _MADE_INTO
                or (word == "建设" and all(t.tag in _PLACE_TAGS or t.word in _PLACES for t in chunk[:at]))
            ):
                # 支持云溪县建设东岭产业园, 将柏湾定为东岭产业园: what stands before is none of the name
                group.insert(number + 1, chunk[at + 1 :])  # the loop comes to it next
                led, stop = True, 0
                break
            if (
                word == "提升"
                and head_of(chunk[at - 1].word)
                and at + 1 < len(chunk)
                and not any(t.word in _CLOSERS or head_of(t.word) for t in chunk[at + 1 :])
            ):
                stop = at  # 支持云溪机场提升货运能力; but 云溪水库提升工程 is its name
                break
            if token.tag not in ("v", "vd", "vi", "t") or text.endswith(
                table.endings.get(word[-1], ()), chunk[0].start, chunk[at].end
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
        event = table.event.match(text, behind, clause_end) or _in_next_clause(text, behind, clause_end)
        ended = bool(event) and not table.mere_work.fullmatch(event.group() if event else "")
        happened = bool(event) and not (closed and event and table.mere_work.fullmatch(event.group()))
        own_end = chunk[-1].end if stop == len(chunk) else behind
        told = match_at(_TOLD_OF, text, own_end) or (behind > own_end and match_at(_DONE_BY_THEN, text, behind))
        happened = happened or bool(told) or match_at(_DESCRIBED, text, behind) is not None
        ended = ended or bool(told)
        priced = priced or match_at(_PRICED, text, own_end) is not None
        while len(item) > 1 and (
            item[-1].word in ("建设", "前期", "开工", "运营", "主体", "全线", "全部")
            or (item[-1].tag == "f" and item[-1].word not in table.heads)
        ):
            happened, item = True, item[:-1]
        if number == 0 and before and before[-1].tag == "FIGURE" and before[-1].word[-1] in "个条座家所处项":
            continue  # 15个井工煤矿: a class that is counted
        if item:
            items.append((item, closed, happened, ended))
    speaks = led or strong or priced
    if not items or not (
        speaks or any(closed or happened or item[0].word[0] in "*＊" for item, closed, happened, _ in items)
    ):
        return  # nothing speaks for a name
    routes = _shared_routes(text, [item for item, *_ in items])
    group_closed = items[-1][1]
    group_happened = items[-1][2]
    group_ended = items[-1][3]
    topic = not before and items[0][1] and after == clause_end and text[after : after + 1] in ("，", ",")
    beside: list[Mention] = []
    accepted: list[Mention] = []
    for (item, closed, happened, ended), shared in zip(items, routes, strict=True):
        name = _finish(text, item)
        if (
            name is None
            or len(name.name) < (2 if shared else 3)
            or match_at(_COUNTED_AFTER, text, name.end)
            or _LENGTH_OF_CLASS.match(name.name)
        ):
            continue
        closed, happened = closed or group_closed, happened or group_happened
        happened = happened or (topic and head_of(name.name) != "")  # 云溪养殖场项目，由于…
        if _is_name(
            name.name,
            item,
            led=led,
            strong=strong,
            closed=closed,
            event=ended or group_ended,
            happened=happened,
            priced=priced,
        ) or (shared and not head_of(name.name) and (led or happened)):
            name.rules.append("project.closed" if closed else "project.event" if happened else "project.verb")
            accepted.append(name)
        elif _is_route_beside(name.name):
            name.rules.append("project.beside")
            beside.append(name)
        priced = False
    yield from sorted(accepted + beside, key=lambda m: m.start) if accepted else ()


def _is_route_beside(name: str) -> bool:
    """沿江高铁 is a common noun, but a project in a list of such: 沿江高铁、云柏铁路."""
    core = name.removesuffix(head_of(name))
    return (
        _ROUTE.search(name) is not None
        and len(name) >= _SHORTEST
        and core != ""
        and not (is_generic(core) or _NO_NAME.search(name))
    )


# 云溪大桥、东岭大道，国庆节前必须全线通车
_SOON = re.compile(
    r"[，,](?=[\d一二三四五六七八九十年今上下国春元必务确力要“五])(?:[^，,。；;、]{0,8}前|\d{1,2}月(?:份|底|初|[上中下]旬)?|年内|年底|今年|[上下]半年|[一二三四]季度)?"
    r"(?:必须|务必|确保|力争|要)?"
)
_LONGEST_EVENT = 16  # characters


def _in_next_clause(text: str, behind: int, clause_end: int) -> re.Match[str] | None:
    """What happens to a name that is all of its clause: by when, or that it must, says the next one."""
    soon = match_at(_SOON, text, behind) if behind == clause_end else None
    if soon is None or soon.end() == behind + 1:
        return None
    event = _words().event.match(text, soon.end(), soon.end() + _LONGEST_EVENT)
    return event if event and text[event.end() : event.end() + 1] in "，,。；;\n" else None


# 云溪引水工程西干线
_BRANCH = re.compile(r"[东西南北主]?[干支]线|[一-鿿]{1,3}(?<!阶)段")
# what is told of a project that stands at the head of its clause: its size in brackets, how far it is, by when what
_TOLD_OF = re.compile(
    r"[（(](?:[^（）()\d]{0,10}\d[\d.,×xX*—~-]*+[^（）()\d]{0,8}[元里米亩瓦吨座张床户套栋]|[一二三四五]期[）)])|"
    r"成为|入选|升级为|(?:还|只)?剩|才|刚|正在|眼下|目前|提前|滞后|比(?:节点|计划|序时)|如期|按期|(?:已|还)[^，,。；;]{0,4}(?:完成|铺设|封顶|投)|"
    r"的(?:环评|可研|征地|征迁|拆迁)|的?(?:土建|桩基|大坝|路基|桥面|站房|接网|接入)|"
    r"[\d.]+万?(?:公里|平方米|千瓦|栋|套|张)[^，,。；;、\d]{0,8}(?:要|全线|全部|主体|已|贯通|完成|封顶|[^，,。；;、\d]{1,6}前)|"
    r"(?:必须|务必|确保|力争|争取|力促|保证|要在)[^，,。；;]{0,10}(?:前|底|内|季度|\d月)|分别(?:于|在)?\d"
)
_DONE_BY_THEN = re.compile(
    r"(?:要|必须|务必|确保|力争|争取|将|可|分别|全部|全面|全线|主体|正式|基本)*"
    r"(?:完成|实现|具备|见|开|建|封|通|投|送|带电|移交|交|竣|蓄|合龙|贯通|启|挂|征|拆|装|铺|下线|摘)"
)
# 云溪光电背光模组（总投资18亿元）
_SIZE_WORDS = frozenset("计划 概算 估算 总 总投资 全长".split())
_PRICED = re.compile(r"[（(](?:计划|预计|概算|估算)?(?:总投资|投资)")
# 东岭水厂（总投资3亿元）, 云溪大道全长8公里; not 项目的总投资
_DESCRIBED = re.compile(
    r"[（(]?(?:计划|概算|估算|预计|设计)?"
    r"(?:总投资|全长|总?装机|总?占地|建筑面积|日处理|年产|床位|年旅客)[^，。；、\d]{0,8}\d"
)
# 延榆、康渝高铁: the last name of a list has the head of all
_ROUTE = re.compile(r"(?:铁路|高铁|高速|高速公路|公路|机场|航道|大桥)$")


def _shared_routes(text: str, items: list[list[Token]]) -> list[bool]:
    """For each item whether it is but the places of a route, and one behind it has the head: 延榆、康渝高铁."""
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


def _is_route(item: list[Token]) -> bool:
    """延榆, 日照至五莲: nothing but places."""
    return all(t.tag in _PLACE_TAGS or t.word == "至" for t in item) and sum(len(t.word) for t in item) <= 8


_PLACE_TAGS = frozenset("? ns nr nz j".split())


# 建成幸福河湖4762个, 12公里供水管网: a class with its number
_COUNTED_AFTER = re.compile(r"(?:项目|工程)?(?:约|近|超过?)?[\d.]+[万亿]?多?[个条座处所家户公平亩栋]")
_LENGTH_OF_CLASS = re.compile(
    r"[\d.]+万?(?:公里|千米|米|延米)[一-鿿]{0,6}(?:管网|管道|道路|公路|绿道|线路|街路|干道|沟渠|渠道|河道)$"
)
_MADE_INTO = frozenset("定为 列为".split())
_PLACES = frozenset("镇 乡 村 县 区 市 路 街 河 桥 湖 山 岭 庄 屯".split())


def _inner(chunk: list[Token], at: int) -> bool:
    """A verb that stands inside a name: 购物 in 云溪购物广场."""
    for token in chunk[at + 1 : at + 6]:
        if token.word in _CLOSERS or head_of(token.word):
            return True
        if token.word in _words().leads or token.word in _words().events:
            return False
    return False


def _is_facility(name: str, head: str) -> bool:
    """云溪水厂, and what is done to one: 云溪水厂二期, 政务中心搬迁."""
    table = _words()
    if head not in table.works:
        return True
    base = name.removesuffix(head)
    inner = head_of(base)
    return inner not in ("", base) and inner not in table.works and not is_generic(base)


def _is_name(
    name: str,
    item: list[Token],
    *,
    led: bool,
    strong: bool,
    closed: bool,
    event: bool,
    happened: bool,
    priced: bool,
) -> bool:
    if is_generic(name) or name[-1] in "的了于" or item[-1].word in _words().bad_end or _NO_NAME.search(name):
        return False
    if _NO_ITEM.fullmatch(name) or _is_sized_class(name) or name.count("“") != name.count("”"):
        return False
    if all(t.tag[0] in "vadm" and t.word not in _words().heads for t in item):
        return False
    if priced:
        return not name.startswith(("项目", "工程", "企业"))
    table = _words()
    head = head_of(name)
    core = name.removesuffix(head)
    named = any(t.tag in _PROPER and t.tag != "?" and t.word not in table.heads for t in item) or any(
        t.tag == "NUM" or (n and t.word in ("镇", "乡", "县")) for n, t in enumerate(item)
    )
    proper = named or any(t.tag == "?" and t.word not in table.heads for t in item)
    if not named and not event and (_PROGRAMME.search(name) or _ABSTRACT.search(name)):
        return False  # 医疗卫生强基工程, 零碳园区: many sites
    facility = head != "" and _is_facility(name, head)
    if name.startswith(("*", "＊")) and facility:
        return True
    if (
        core
        and is_generic(core)
        and not re.match(r"[东西南北]", core)
        and not (happened and facility and (len(core) >= 2 or core in "市县区镇省州"))
    ):
        return False
    if closed:
        if proper and (led or happened or len(name) >= 4):
            return True
        return len(core) >= 2 and (happened or (led and facility))
    if not head or not core:
        # 图书馆投入使用: a common noun, but one definite building
        return bool(head and event and len(name) >= 3)
    if proper:
        return led or happened
    return facility and len(name) >= 3 and (happened or (strong and len(core) >= 3))


def _is_sized_class(name: str) -> bool:
    """每座水库, 20万吨级航道: no more than a size and a head."""
    rest = _SIZE_OF_CLASS.sub("", name)
    return rest != name and (rest == head_of(rest) or is_generic(rest))


_SIZE_OF_CLASS = re.compile(r"^(?:每[个座家处条]|[\d.]+[万亿]?(?:吨级?|千伏|千瓦|米|亩))")
_ABSTRACT = re.compile(r"平台$")
_PROGRAMME = re.compile(
    r"(?:强基|提质|扩容|扩面|扩围|提升|攀登|增效|跃升|样板|赋能|办实事|实事|为民|生态保护|生命线|生命线安全|完整社区|零碳园区|零碳工厂|绿色工厂|美丽[一-鿿]{2}(?:建设)?|"
    r"(?:人才|文化|科技|质量|品牌|教育)(?:兴|强)[一-鿿]|[强兴][一-鿿]|大市场|资源|制造|一体化|创新|传承|创造|联动|工程)$"
)
_NO_NAME = re.compile(
    r"会[开上]|老工业基地|陆海新通道|大通道$|国务院|法院|检察院|共青团|工会|妇联|基金$|专项债|数据库$|大市场|"
    r"[不没要把被]|项目库|^(?:努力|大力|充分|认真|切实|狠抓)|[三二四五六七八九]大|线路$|企业[一-鿿]{0,4}(?:入园|升级)$"
)
_SIZED = re.compile(
    r"(?:投资|年产|产值|税收|能力|床位|装机|占地|用地|面积|规模|总长|全长|里程|库容|产能|就业|处理)[^，。\d]{0,4}$"
)


def repeat_names(text: str, discourse: Discourse, found: list[Mention]) -> list[Mention]:
    """Every further mention of the names found: 东山组团 is named again without a verb of building."""
    names = {m.name for m in found if len(m.name) >= _SHORTEST and m.rules[0] != "project.list"}
    names |= {m.name for m in found if len(m.name) >= 5}
    if not names:
        return found
    taken = bytearray(len(text) + 1)
    for m in found:
        taken[m.start : m.end] = b"\1" * (m.end - m.start)
    start, end = discourse.sentences[0].start, discourse.sentences[-1].end
    for again in _occurrences(names, text, start, end):
        if match_at(_LIST_OF_FIRMS, text, again.end):
            continue
        if not any(taken[again.start : again.end]):
            found.append(Mention("project", *again, ["project.again"], name=text[again.start : again.end]))
    found.sort(key=lambda m: m.start)
    return found


_SHORTEST = 4
_LIST_OF_FIRMS = re.compile(r"等\d{0,6}家(?:知名)?企业")
_PHASE = re.compile(r"[一二三四]期")


def _occurrences(names: set[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Where the names stand in `text[start:end]`, the longest at each place.

    One pattern of thousands of names would be tried name by name at each character.
    """
    lengths: dict[str, list[int]] = {}
    for opening, length in sorted({(name[:_SHORTEST], len(name)) for name in names}, reverse=True):
        lengths.setdefault(opening, []).append(length)
    first = re.compile(f"[{''.join(re.escape(c) for c in sorted({name[0] for name in names}))}]")
    done = start
    for match in first.finditer(text, start, end):
        at = match.start()
        if at < done:
            continue
        for length in lengths.get(text[at : at + _SHORTEST], ()):
            if at + length <= end and text[at : at + length] in names and not match_at(_PHASE, text, at + length):
                yield Span(at, at + length)
                done = at + length
                break
