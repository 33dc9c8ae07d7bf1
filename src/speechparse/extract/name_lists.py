"""Names in lists: each item before 等N个项目 is one, and each of 云溪、东岭两个广场."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from speechparse.extract.mentions import Mention
from speechparse.extract.name_words import (
    NAME_TAGS,
    PLACE_TAGS,
    PROPER,
    PUNCTUATION,
    Token,
    head_of,
    is_generic,
    vocabulary,
)
from speechparse.extract.names import LENGTH_OF_CLASS, as_name, is_listed_name, is_of_the_place
from speechparse.extract.numerals import read_chinese_integer
from speechparse.lazy import re

# 等15个百亿元项目, 等36个项目, 等酒店, 等重大水利工程, 等上线的大项目; not 等38家企业, 等部门
_LIST_END = re.compile(
    r"(?:等(?<![甲乙丙上中头高初优]等)(?!级)|(?:这样|这类)的?(?=[^，,。；;、的]{0,6}项目))(?:共)?(?P<count>(?:[\d.]+[万多余]*|[一二两三四五六七八九十百]+)(?:个|项|条|座|家|所|处|大)|一大?批)?等?(?:[^，,。；;、：:\n的]{1,4}的(?=大?项目))?(?:[\d百千万亿]+元(?:以上)?、\d+个)?"
    r"(?P<noun>[^，,。；;、：:\n的]{0,14}?(?:项目|工程|酒店|水库|铁路|高速公路|公路|高速|高铁|道路|广场|新地标|公园|园区|景区|大桥|桥梁|医院|学校|电站|煤矿|楼宇|街区|综合体|灌区|场馆|"
    r"机场|过江通道|运输通道|小区|产业园|批发市场|专业市场|商场|超市|牧场|农场|航道|码头|船闸|泵站|变电站|实验室|片区|地铁|(?:服务|文化|体育)设施|(?:创新|承接|重大)平台)(?:建设)?(?:项目|工程)?+|(?=建设[，,。；;]))(?!推进|监测|检测|工作组|领导小组|指挥部|办公室|库|办)"
)
_NOT_A_LIST = re.compile(
    r"单位|专业工程|领域|行业|部门|政策|机制|问题|活动|经贸|措施|制度|手续|条件|因素|方面|家企业|知名企业"
)
# 云溪、东岭两个广场; 水厂扩建、粮库迁建3个项目
_COUNTED_LIST = re.compile(
    r"(?=[这那两三二四五六七八九十\d])(?<=[一-鿿])(?<![第等])[这那]?(?P<told>[两三二四五六七八九十]|\d{1,3})[个项座条所](?:[一-鿿]{0,4}(?:广场|公园|园区|产业园|小区|水库|水厂|市场|商城|车站|大桥|隧道|电站|泵站|中学|小学|学校|医院|码头|景区|高速公路|高速|高铁|铁路|公路|道路|街道|航线)|"
    r"[一-鿿]{0,6}(?:项目|工程))(?!推进|工作组)"
)
SEPARATORS = frozenset({"、", "和", "及", "与", "以及"})
_JOINTS = SEPARATORS - {"、"} | {"至", "到"}  # they stand inside a name


class NameList(NamedTuple):
    """Where the items of a list stand, and where what closes it ends. `counted`: it tells a number (等5个项目); `told`
    is that number where the list has no 等, for then the items must be as many (云溪、东岭两个广场).
    `bare`: no noun says what the items are (等建设)."""

    start: int
    end: int
    over: int
    counted: bool
    told: int | None = None
    bare: bool = False


def find_lists(text: str, start: int, end: int) -> list[NameList]:
    """The lists of names in a clause."""
    at = start
    lists: list[NameList] = []
    while match := _LIST_END.search(text, at, end):
        if not _NOT_A_LIST.search(match["noun"]):
            counted, bare = match["count"] is not None, not match["noun"]
            lists.append(NameList(at, match.start(), match.end(), counted, bare=bare))
        at = match.end()
    match = None if lists else _COUNTED_LIST.search(text, start, end)
    if match and re.search("[、和]", text[start : match.start()]):
        told = read_chinese_integer(match["told"]) or int(match["told"])
        counted = not match.group().endswith(("学校", "中学", "小学", "医院"))  # 公办、民办2所学校: sorts
        lists.append(NameList(start, match.start(), match.end(), counted, told))
    return lists


def list_items(text: str, listing: NameList, tokens: list[Token]) -> Iterator[Mention]:
    """Every name in a list; `tokens` are the words of its items."""
    told = listing.told
    items: list[list[Token]] = [[]]
    for token in tokens:
        if token.word in SEPARATORS and items[-1]:
            items.append([])
        elif token.tag != "ASIDE":
            items[-1].append(token)
    items = _behind_verb([i for i in items if i])
    quantities = any(_has_count(i) for i in items)
    items = [i for i in items if not _has_count(i)]  # 新建5条道路、12公里管网等项目: quantities of a class
    items = [_trim_first(i) if n == 0 else i for n, i in enumerate(items)]
    items = [i for i in items if i]
    separators = {b.start: a for a, b in pairwise(tokens) if a.word in SEPARATORS}
    items = _glue_list(items, separators)
    if told is not None and (len(items) < 2 or abs(told - len(items)) > 1):
        return
    if len(items) > 1 and not listing.counted and not any(_is_particular(item) for item in items):
        return  # 煤制烯烃、低阶煤分质利用等项目: a class
    if listing.bare:  # 云溪新材料、东岭冷链、沿江高铁等建设, but 道路、管网、充电桩等建设
        items = _of_buildings(items)
    for number, item in enumerate(items):
        if number:
            item = _trim_first(item) if len(item) > 4 else _trim_lead(item)
        name = as_name(text, item)
        if name is None or LENGTH_OF_CLASS.match(name.name):
            continue
        if told is not None and (any(t.tag == "FIGURE" for t in item) or not 2 <= len(name.name) <= 20):
            continue
        if quantities and items[number][0].tag in ("NUM", "FIGURE"):
            continue
        if _AREA.search(item[0].word) and item[0].tag == "NUM" and not any(t.tag in ("ns", "nr", "nt") for t in item):
            continue  # 5000亩沙区治理、8万亩退耕还林等工程
        # 投资2亿元的保障性住房、1.3亿元的水厂等工程: a price makes one of a building, though not of 基础设施
        priced = text.endswith("元的", 0, name.start) and head_of(name.name) != ""
        if is_listed_name(name.name, item) or (priced and len(name.name) >= 4 and not is_generic(name.name)):
            name.rules.append("project.list")
            yield name


def _of_buildings(items: list[list[Token]]) -> list[list[Token]]:
    """The items that are names where no noun says what all are: 云溪新材料、东岭冷链、沿江高铁等建设.

    Where half of them are proper nouns, and half have heads, one of both is enough; not in 道路、管网、云溪图书馆等建设
    or 长江经济带、云溪文明城市等建设.
    """
    proper = [any(t.tag in PROPER for t in item) for item in items]
    heads = [head_of(item[-1].word) != "" for item in items]
    enough = 1 if 2 * min(sum(proper), sum(heads)) >= len(items) else 2
    return [item for item, named, head in zip(items, proper, heads, strict=True) if named + head >= enough]


def _behind_verb(items: list[list[Token]]) -> list[list[Token]]:
    """The items from the last verb on: in 支持云溪、东岭等县建设A、B等项目 the counties are no projects."""
    leads = vocabulary().leads
    for number in range(len(items) - 1, 0, -1):
        words = [t.word for t in items[number]]
        if "等" in words and any(w in leads for w in words[words.index("等") + 1 : -1]):
            return items[number:]
    return items


def _is_particular(item: list[Token]) -> bool:
    """Whether an item holds a proper noun, a size, or the head of a building."""
    if any(t.tag in PROPER or t.tag in ("NUM", "FIGURE") for t in item):
        return True
    head = head_of(item[-1].word)
    return (head != "" and head not in vocabulary().works) or is_of_the_place("".join(t.word for t in item))


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
                before[0].tag in NAME_TAGS
                and any(t.word == "年产" or t.word.endswith("年产") for t in before)
                and item[0].tag == "NUM"
                and before[-1].word not in vocabulary().heads
            ):
                result[-1] = before + item
                continue
            between = separators.get(item[0].start)
            joined = "".join(t.word for t in before)
            if between is not None and between.word == "及" and BELONGINGS.match("".join(t.word for t in item)):
                result[-1] = [*before, between, *item]
                continue
            if (
                between is not None
                and between.word in ("和", "及")
                and len(joined) >= 4
                and (before[0].tag in PROPER or before[0].tag == "NUM")
                and not head_of(joined)
                and head_of("".join(t.word for t in item))
            ):
                result[-1] = [*before, between, *item]
                continue
        result.append(item)
    return result


def _trim_first(item: list[Token]) -> list[Token]:
    """The first item of a list begins behind the last verb, 的, time or amount before it."""
    table = vocabulary()
    begin = 0
    for number, token in enumerate(item):
        last = number == len(item) - 1
        if (
            (
                token.tag in ("TIME", "FIGURE", "p", "d", "c", "r", "ud", "uj", "ul", "u", "y")
                and not ((token.word in _JOINTS and number > begin) or token.word[0] == "非")
            )
            or token.word in table.stop
            or (
                token.word in table.leads
                and not (token.word in table.works and number > begin)
                and not (token.word in table.opener and not last and item[number + 1].word in table.after_opener)
            )
            or (
                token.tag in ("v", "vd", "vi")
                and len(token.word) == 1
                and token.word != "背"  # 背街小巷改造
                and not last
                and number == begin
            )
            or token.word in PUNCTUATION
        ) and not (last and number > begin):
            begin = number + 1
    return item[begin:]


def _trim_lead(item: list[Token]) -> list[Token]:
    table = vocabulary()
    begin = 0
    while begin < len(item) - 1:
        token = item[begin]
        if (
            token.tag in ("TIME", "FIGURE", "p", "d", "c", "r", "u", "uj", "ul", "y")
            or token.word in table.stop
            or (
                token.word in table.leads
                and (token.word not in table.heads or item[begin + 1].tag in PLACE_TAGS)
                and not (token.word in table.opener and item[begin + 1].word in table.after_opener)
            )
        ):
            begin += 1
        else:
            break
    return item[begin:]


# 云溪泵站及灌区配套 is one name
BELONGINGS = re.compile(r"[一-鿿]{0,2}配套|附属|灌区|管网|储能|旅游开发")
