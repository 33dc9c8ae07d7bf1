"""What a speech tells of a project behind its name: what happened to it, how far it is, its price and its sizes."""

from __future__ import annotations

from typing import NamedTuple

from speechparse.extract.name_words import Token, has_proper, is_generic, vocabulary
from speechparse.extract.patterns import match_at
from speechparse.lazy import re


class Told(NamedTuple):
    """What speaks for a name behind it: something is told (`happened`), and that it is done or to be done (`ended`)."""

    happened: bool
    ended: bool


def what_is_told(
    text: str, item: list[Token], own_end: int, behind: int, clause_end: int, *, closed: bool, led: bool
) -> Told:
    """What is told of the words of `item`, whose chunk ends at `own_end`; `behind` is where the clause goes on.

    `closed`: 项目 or 工程 stands between; `led`: a verb of building stands before, so that a length behind is an amount
    of work.
    """
    table = vocabulary()
    event = table.event.match(text, behind, clause_end) if behind < clause_end else _in_next_clause(text, clause_end)
    is_work = event is not None and table.mere_work.fullmatch(event.group()) is not None
    ended = event is not None and not is_work
    happened = ended or (is_work and not closed)
    told = match_at(_TOLD_OF, text, own_end)
    if told and told["called"] and text.endswith(tuple(table.works), item[0].start, own_end):
        told = None  # 现代煤化工入选…: a branch
    if told or (behind > own_end and match_at(_DONE_BY_THEN, text, behind)):
        happened = ended = True
    happened = happened or is_described(text, behind) or (not led and _is_measured(text, item, own_end))
    return Told(happened, ended)


def goes_on_to_tell(text: str, token: Token) -> bool:
    """Whether what is told of a project begins with a word that could stand in its name: 形象进度88%, 总投资3亿元."""
    return (token.word in _SIZE_WORDS and is_described(text, token.start)) or (
        (token.tag == "v" or token.word in _PROGRESS) and match_at(_TOLD_OF, text, token.start) is not None
    )


def is_described(text: str, at: int) -> bool:
    """Whether a size of the project follows."""
    return match_at(_DESCRIBED, text, at) is not None


def is_priced(text: str, at: int) -> bool:
    """Whether its price follows in brackets."""
    return match_at(_PRICED, text, at) is not None


def is_counted(text: str, start: int, end: int, item: list[Token], *, led: bool) -> bool:
    """Whether the words are a class of which a number is told, before or behind them."""
    return (
        match_at(_COUNTED_AFTER, text, end) is not None
        or (led and has_length(text, end))
        or (not has_proper(item) and _COUNTED_BEFORE.search(text, max(0, start - 10), start) is not None)
    )


def has_length(text: str, at: int) -> bool:
    """Whether a length or an area follows."""
    return match_at(_MEASURED, text, at) is not None


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


# what is told of a project that stands at the head of its clause: its size in brackets, how far it is, by when what
_TOLD_OF = re.compile(
    r"[（(](?:[^（）()\d]{0,10}\d[\d.,×xX*—~-]*+[^（）()\d]{0,8}[元里米亩瓦吨座张床户套栋个顶班处口间头顷]|[一二三四五]期[）)])|"
    r"(?P<called>成为|入选|升级为)|(?:还|只)?剩(?![^，,。；;]{0,6}[人名个家])|才|刚|(?:正在|眼下|目前)(?=[^，,。；;]{0,10}(?:建|工|完|进|铺|推|顶|前期|办理|没|未|还|装|调|尾|浇|打|拆|征|干|做))|提前|滞后|比(?:节点|计划|序时|原定)|涉及(?:住户|群众|居民|\d)|(?:还|尚)[差缺欠]|如期|按期|(?:已|还)[^，,。；;]{0,4}(?:完成|铺设|封顶|投)|"
    r"的(?:环评|可研|征地|征迁|拆迁|工期|用地)|的?(?:土建|桩基|大坝|路基|桥面|站房|接网|接入|主体(?!责任|变更|作用|地位)|垫层|钢结构|形象进度|设备(?:安装|调试|进场)|基?本?框架(?!协议|合同))|累计完成|完成投资|实现[^，,。；;\d]{0,6}(?:供水|供热|通车|通水|通电|并网|运营)|"
    r"[\d.]+万?(?:公里|平方米|千瓦|栋|套|张)[^，,。；;、\d]{0,8}(?:要|全线|全部|主体|已|贯通|完成|封顶|[^，,。；;、\d]{1,6}前)|"
    r"(?:必须|务必|确保|力争|争取|力促|保证|要在)[^，,。；;]{0,10}(?:前|底|内|季度|\d月)|分别(?:于|在)?\d|承诺|表态"
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
# 建成幸福河湖36个, 12公里供水管网: a class with its number
_COUNTED_AFTER = re.compile(
    r"(?:项目|工程)?(?:约|近|超过?)?[\d.]+[万亿]?多?[个条座处所家户栋口眼]|(?:建设|改造|修复)(?:约|近|超过?)?[\d.]+[万亿]?(?:公里|平方米|亩)"
)
_COUNTED_BEFORE = re.compile(r"\d[个家座条所套栋][^，,。；;、的\d]{0,6}$")  # 3家全省重点实验室落户
# 建成农村公路212公里; but 东岭木栈道1.2公里，
_MEASURED = re.compile(r"(?:项目|工程)?(?:约|近|超过?)?[\d.]+[万亿]?多?(?:公里|公顷|平方米|平方公里|亩)")


def _is_measured(text: str, item: list[Token], end: int) -> bool:
    """云溪木栈道1.2公里; not 提质改造云溪公路120公里, 新修园区道路3公里, 云溪县农村公路45公里."""
    first = item[0].word
    if first in vocabulary().works or first[0] in "新改扩修建铺硬" or not has_length(text, end):
        return False
    without_place = _PLACE_AHEAD.sub("", text[item[0].start : item[-1].end])
    return has_proper(item) and not is_generic(without_place)


_PLACE_AHEAD = re.compile(r"^[一-鿿]{1,3}[县市区镇乡州旗]")
