"""What is a name of a project: where it ends, and what is but a class, a programme, a size or a slogan."""

from __future__ import annotations

from speechparse.extract.mentions import Mention
from speechparse.extract.name_words import (
    CLOSERS,
    PROPER,
    PUNCTUATION,
    Token,
    has_proper,
    head_of,
    is_generic,
    vocabulary,
)
from speechparse.lazy import re

_MERE_TAIL = re.compile(
    r"(?=[建主前土桩提贯])(?:(?:建设)?主体(?:建设|工程)?|前期|(?<=.{3})(?:土建|桩基)|(?<=.{4})(?:提[档质]升级|贯通))$"
)
CLOSING = re.compile(r"(?:等?(?:重点|重大)?(?:项目|工程))+$")
_NEEDS_CLOSER = re.compile(r"[\d火风光]电$|[A-Za-z ]$")


def as_name(text: str, item: list[Token]) -> Mention | None:
    """A mention of the item, without a closing 项目 or 工程 where it is a name without."""
    while item and (item[-1].word in PUNCTUATION or item[-1].word == "的"):
        item = item[:-1]
    while item and ((item[0].word in PUNCTUATION and item[0].word != "“") or item[0].word == "的"):
        item = item[1:]
    if not item:
        return None
    start, end = item[0].start, item[-1].end
    name = text[start:end]
    if len(name) > 4 and (tail := _MERE_TAIL.search(name)) and not text.startswith(CLOSERS, end):
        name, end = name[: tail.start()], start + tail.start()
    trimmed = CLOSING.sub("", name) if name.endswith(CLOSERS) else name
    if trimmed != name and len(trimmed) >= 3 and not _NEEDS_CLOSER.search(trimmed):
        name, end = trimmed, start + len(trimmed)
    if not name or len(name) > 45:
        return None
    return Mention("project", start, end, [], name=name)


def is_listed_name(name: str, item: list[Token]) -> bool:
    """Whether an item of a list is a name; the list itself speaks for it."""
    if len(name) == 1:
        return name in "钛铜铝镁锂硅镍磷钾"
    if _NO_ITEM.fullmatch(name):
        return False
    if (is_generic(name) and not is_of_the_place(name)) or "一批" in name or "一大批" in name:
        return False
    if (name[0] == "“" and "”" not in name) or ("”" in name and "“" not in name) or re.fullmatch(r"“[^”]{1,6}”", name):
        return False
    if NO_NAME.search(name) and not any(t.tag in PROPER for t in item):
        return False
    if item[-1].word in vocabulary().bad_end and not any(t.tag in PROPER for t in item):
        return False
    return not all(t.word in vocabulary().stop for t in item)


# 50万千瓦以上风光基地, 百万吨级, 二期, 5412, “四化”, 意识贯彻于
_NO_ITEM = re.compile(
    r"[\d.]+[万亿]?[一-鿿]{1,3}以[上下内].*|[\d.百千万亿]+吨?级|"
    r"[一二三四五]期|\d+|(?:[强补延建固拓]链)+|[一二两三四五六七八九十]{1,2}[化新大]|.*[于不]"
)
LENGTH_OF_CLASS = re.compile(
    r"[\d.]+(?:[到至—-][\d.]+)?万?(?:公里|千米|米|延米)[一-鿿]{0,6}(?:管网|管道|道路|公路|绿道|线路|街路|干道|沟渠|渠道|河道|供[水热气电]|铺设|改造|疏浚|清淤|绿化|硬化)$"
)


def _is_facility(name: str, head: str) -> bool:
    """云溪水厂, and what is done to one: 云溪水厂二期, 政务中心搬迁."""
    table = vocabulary()
    if head not in table.works:
        return True
    base = name.removesuffix(head).removesuffix("整体")
    inner = head_of(base)
    return inner not in ("", base) and inner not in table.works and (not is_generic(base) or is_of_the_place(name))


_OF_THE_PLACE = re.compile(r"(?:城[东西南北]|[县市区镇乡州])(?![级域内外直属委政区县乡镇村城场道])")


def is_of_the_place(name: str) -> bool:
    """县人民医院, 镇养老服务中心, 县人民医院迁建: made of generic words, but a place has one of it."""
    head, shortest = head_of(name), 4
    if head in vocabulary().works:
        name, shortest = name.removesuffix(head).removesuffix("整体"), 3  # 区医院扩建
        head = head_of(name)
    return head not in ("", *vocabulary().works) and len(name) >= shortest and _OF_THE_PLACE.match(name) is not None


def is_name(
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
    """Whether words outside a list are a name.

    What speaks for it: a verb of building before it (`led`, `strong`), 项目 behind it (`closed`), what is told of it
    (`happened`), that it is done (`event`), its price before it (`priced`).
    """
    head = head_of(name)
    if not (head or closed or priced):
        return False
    definite = is_of_the_place(name) and (event or (closed and led))
    if (is_generic(name) and not definite) or _ENDS_IN_SIZE.search(name):
        return False
    if name[-1] in "的了于" or item[-1].word in vocabulary().bad_end or NO_NAME.search(name):
        return False
    if _NO_ITEM.fullmatch(name) or _is_sized_class(name) or name.count("“") != name.count("”"):
        return False
    if all(t.tag[0] in "vadm" and t.word not in vocabulary().heads for t in item):
        return False
    if priced:
        return not name.startswith(("项目", "工程", "企业"))
    table = vocabulary()
    core = name.removesuffix(head)
    named = any(t.tag in PROPER and t.tag != "?" and t.word not in table.heads for t in item) or any(
        t.tag == "NUM" or (n and t.word in ("镇", "乡", "县")) for n, t in enumerate(item)
    )
    proper = named or has_proper(item)
    if not named and not event and (_PROGRAMME.search(name) or _ABSTRACT.search(name)):
        return False  # 医疗卫生强基工程, 零碳园区: many sites
    if closed and event and _PHASE.fullmatch(head) and len(core) >= 4:
        return True  # 老城片区管网改造一期工程完工
    facility = head != "" and _is_facility(name, head)
    if name.startswith(("*", "＊")) and facility:
        return True
    if (
        core
        and is_generic(core)
        and not definite
        and not re.match(r"[东西南北]", core)
        and not (happened and facility and (len(core) >= 2 or core in "市县区镇省州"))
    ):
        return False
    if closed:
        if proper and (led or happened or len(name) >= 4):
            return True
        return len(core) >= 2 and (happened or (led and facility))
    if not core:
        # 图书馆投入使用: a common noun, but one definite building
        return event and len(name) >= 3
    if proper:
        return led or happened
    return facility and len(name) >= 3 and (happened or (strong and len(core) >= 3))


_ENDS_IN_SIZE = re.compile(r"\d万?(?:亩|公里|平方米|公顷)$")  # 完成人工造林5万亩
_PHASE = re.compile(r"[一二三四]期")


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
NO_NAME = re.compile(
    r"^主(?:厂房|楼)$|^[一二三四]期|^晋升|^[村乡镇]级|^[一二三]级[甲乙丙]等|会[开上]|老工业基地|陆海新通道|大通道$|(?:绿色|防火|消防|逃生|人行)通道$|国务院|法院|检察院|共青团|工会|妇联|基金$|专项债|数据库$|大市场|"
    r"[不没要把被]|项目库|^(?:努力|大力|充分|认真|切实|狠抓)|[三二四五六七八九]大|线路$|电路$|热线$|高污染|高耗能|老旧小区|一些|某些|四好农村路|企业[一-鿿]{0,4}(?:入园|升级)$"
)
