"""Texts that say the same in another way, and how far their records agree: for the tests and benchmarks/metamorphic.py.

A `Rewriting` turns a clean text into what a page might have made of it: full-width figures, traditional characters,
furniture, cut lines, other units, other bytes. What the speech says stays, so the records have to stay.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, partial
from typing import Any, NamedTuple

import opencc

import speechparse as sp
from speechparse.segment.linekinds import is_title, numbering

FIGURE = ("value", "upper", "unit", "bound", "role", "status", "strength", "indicator_id")
DAYS = ("earliest", "latest")


class Rewriting(NamedTuple):
    """Another way to write a text, and what it does to the name of a project."""

    rewrite: Callable[[str], str | bytes]
    name: Callable[[str], str] = str


class Difference(NamedTuple):
    """A stretch of records that differ: those of the text, and those of the text in the other writing."""

    before: list[sp.records.Record]
    after: list[sp.records.Record]


class Agreement(NamedTuple):
    """How many records both texts have together, how many of these correspond, and those that don't."""

    records: int
    corresponding: int
    differences: list[Difference]

    @property
    def share(self) -> float:
        """Of the records of both texts, those that have their like in the other."""
        return self.corresponding / self.records if self.records else 1.0


def compare(before: sp.Document, after: sp.Document, name: Callable[[str], str] = str) -> Agreement:
    """How far two Documents say the same, record for record in text order; where the words stand does not count."""
    first = [tuple(said(record, name).items()) for record in before.records]
    second = [tuple(said(record).items()) for record in after.records]
    differences: list[Difference] = []
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if what != "equal":
            differences.append(Difference(before.records[a:b], after.records[c:d]))
    records = len(first) + len(second)
    return Agreement(records, records - sum(len(d.before) + len(d.after) for d in differences), differences)


def said(record: sp.records.Record, name: Callable[[str], str] = str) -> dict[str, object]:
    """What a record says, without its words and their place; of a figure with its time."""
    says: dict[str, object] = {"kind": record.kind}
    if isinstance(record, sp.Project):
        return says | {"name": name(record.name)}
    if isinstance(record, sp.Deadline | sp.Period):
        return says | {field: getattr(record, field) for field in DAYS}
    says |= {field: getattr(record, field) for field in FIGURE}
    return says | {"when": record.when and (record.when.earliest, record.when.latest)}


def differing(difference: Difference, name: Callable[[str], str] = str) -> Iterator[str]:
    """What is wrong in a stretch: the fields in which two records differ, `lost` or `new` for one too few or many."""
    for left, right in zip(difference.before, difference.after, strict=False):
        one, other = said(left, name), said(right)
        yield "+".join(field for field in one | other if one.get(field) != other.get(field)) or "order"
    extra = len(difference.after) - len(difference.before)
    yield from ["new" if extra > 0 else "lost"] * abs(extra)


# the rewritings

_FULL_WIDTH_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_FIGURE = re.compile(r"\d[\d,.]*%?")
_FULL_WIDTH_FIGURE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


def full_width_digits(text: str) -> str:
    return text.translate(_FULL_WIDTH_DIGITS)


def full_width_figures(text: str) -> str:
    """Also the point, the comma of thousands and the percent sign, as in reports of the eighties."""
    return _FIGURE.sub(lambda match: match.group().translate(_FULL_WIDTH_FIGURE), text)


@cache
def _converter(table: str) -> Any:
    return opencc.OpenCC(table)


def traditional(text: str, table: str = "s2t") -> str:
    """In traditional characters: OpenCC's, Taiwan's (`s2tw`) or Hong Kong's (`s2hk`)."""
    return str(_converter(table).convert(text))


def in_page_text(text: str) -> str:
    """Within what a site has around it, as the text of a page is copied."""
    title, _, body = text.partition("\n")
    return (
        "网站首页 | 机构概况 | 政务公开 | 办事服务 | 互动交流\n当前位置：首页 > 政务公开 > 领导讲话 > 正文\n"
        f"{title}\n"
        "来源：市政府办公室　发布时间：2033-04-07 09:26　浏览次数：1738次　字号：[大 中 小]　【打印】【关闭】\n"
        "分享到：微信 微博 QQ空间\n"
        f"{body.rstrip()}\n"
        "【打印本页】 【关闭窗口】\n上一篇：全市春季造林现场会召开\n下一篇：没有了\n"
        "免责声明：本站部分内容来自网络，仅供学习参考，如有侵权请联系我们删除。\n"
        "版权所有：禾泉市人民政府办公室　网站标识码：0000000000　联系电话：0000-0000000\n"
    )


def in_html(text: str) -> str:
    """A web page with the same around it."""
    title, *lines = text.splitlines()
    paragraphs = "\n".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{line}</p>" for line in lines)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}_禾泉市人民政府</title>
<style>.nav a{{color:#c00}}</style><script>var hits = 1738;</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk/">政务公开</a> <a href="/bsfw/">办事服务</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/ld/">领导讲话</a> &gt; 正文</div>
<h1>{title}</h1>
<div class="info">发布日期：2033-04-07 09:26　来源：市政府办公室　浏览次数：1738</div>
<div class="share">分享到：<a>微信</a><a>微博</a><a>QQ空间</a></div>
<div id="zoom" class="content">
{paragraphs}
</div>
<div class="page">上一篇：<a href="1.html">全市春季造林现场会召开</a><br>下一篇：没有了</div>
<div class="footer">主办：禾泉市人民政府办公室　网站标识码：0000000000
版权所有 未经许可不得转载</div>
</body></html>
"""


def indented(text: str) -> str:
    """Paragraphs with an indent and a blank line between them, and the line ends of Windows."""
    return "\r\n\r\n".join(f"　　{line}" for line in text.split("\n"))


def wrapped(text: str, *, ragged: bool, indent: str) -> str:
    """Cut at 30 to 40 characters: every line of a text at one width, or each at its own."""
    chance = random.Random(len(text))
    width = chance.randint(30, 40)
    lines: list[str] = []
    for line in (f"{indent}{line}" for line in text.split("\n")):
        while len(line) > width:
            lines.append(line[:width])
            line = line[width:]
            width = chance.randint(30, 40) if ragged else width
        lines.append(line)
    return "\n".join(lines)


def wrapped_with_blank_lines(text: str) -> str:
    """Cut raggedly, without indents, with a blank line below each paragraph."""
    return "\n\n".join(wrapped(line, ragged=True, indent="") for line in text.split("\n"))


# Only what is surely of 亿元: 3.2万亿元, 30多亿元, 2×66亿元, 十亿元 stay; in 10—15亿元 and 3、5亿元 all numbers are
_NUMBER = r"\d{1,8}(?:\.\d{1,6})?"
_YI = re.compile(rf"(?<![\d.,×xX*])(?:{_NUMBER}(?:[—–~～-]{{1,2}}|[至到、和]))*{_NUMBER}亿元")


def in_wan(text: str) -> str:
    """亿元 as 万元: 1.62亿元 is 16200万元."""
    return _YI.sub(lambda match: re.sub(_NUMBER, _times_10_000, match.group()[:-2]) + "万元", text)


def _times_10_000(number: re.Match[str]) -> str:
    return f"{(Decimal(number.group()) * 10_000).normalize():f}"


_RANGED = "—–~～至到－-"
_PERCENT = re.compile(rf"(?<![\d.,{_RANGED}])(\d{{1,4}})(?:\.(\d{{1,3}}))?%(?![一二三四五六七八九十百千万两{_RANGED}])")
_DIGITS = "零一二三四五六七八九"


def in_words(text: str) -> str:
    """12.5% as 百分之十二点五. Not of a range, nor before a Chinese number, which would go on with it."""
    return _PERCENT.sub(lambda m: f"百分之{_said_in_full(int(m[1]))}" + (f"点{_digits(m[2])}" if m[2] else ""), text)


def _digits(number: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in number)


def _said_in_full(number: int) -> str:
    """A number under 10,000: 12 is 十二, 305 三百零五."""
    said = "".join(
        _DIGITS[int(d)] + unit * (d != "0") for d, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    )
    said = re.sub("零+", "零", said).strip("零")
    return (said.removeprefix("一") if said.startswith("一十") else said) or "零"


def after_a_sentence(text: str) -> str:
    """Behind a sentence that says nothing, in front of the whole text."""
    return f"请大家把手机调成静音，认真听、认真记。\n{text}"


def after_a_sentence_each(text: str) -> str:
    """Each plain paragraph begins with a sentence that says nothing."""
    return "\n".join(
        f"这个道理大家都明白。{line}" if len(line) > 40 and not _opens_something(line) else line
        for line in text.split("\n")
    )


def _opens_something(line: str) -> bool:
    return bool(numbering(line) or is_title(line)) or line[0] in "—（(第一二三四五六七八九十"


_UNIT_AFTER = r"(?=[%‰]|[百千万亿]{0,2}(?:元|亩|吨|人|户|个|家|年|月|日|倍|公里|千瓦|平方))"


def spaced_units(text: str) -> str:
    """A space on both sides of an Arabic number, between 万, 亿 and the unit, and before 亿元 anywhere."""
    text = re.sub("(?<=[十百千一二三四五六七八九])(?=亿元)", " ", text)
    text = re.sub(r"(?<=[一-鿿])(?=\d)|(?<=\d)(?=[一-鿿%])", " ", text)
    return re.sub(r"(?<=\d )([万亿])(?=[元亩吨人户个千])", r"\1 ", text)


def spaced_digits(text: str) -> str:
    """A space between the digits of a number that a unit follows: 1 2 . 5 %."""
    return re.sub(rf"(?<![\d.,])\d[\d.]*{_UNIT_AFTER}", lambda match: " ".join(match.group()), text)


def all_at_once(text: str) -> bytes:
    """The copy of a scan: traditional, full-width, cut, within furniture, in GBK."""
    return in_page_text(wrapped(full_width_figures(traditional(text)), ragged=True, indent="　　")).encode("gb18030")


REWRITINGS: Mapping[str, Rewriting] = {
    "full-width digits": Rewriting(full_width_digits),
    "full-width figures": Rewriting(full_width_figures),
    "traditional characters": Rewriting(traditional),
    "traditional characters of Taiwan": Rewriting(partial(traditional, table="s2tw")),
    "traditional characters of Hong Kong": Rewriting(partial(traditional, table="s2hk")),
    "other boilerplate": Rewriting(in_page_text),
    "web page": Rewriting(in_html),
    "indents, blank lines, CRLF": Rewriting(indented),
    "hard wraps at one width, indents": Rewriting(partial(wrapped, ragged=False, indent="　　")),
    "hard wraps at one width, no indents": Rewriting(partial(wrapped, ragged=False, indent="")),
    "ragged hard wraps, indents": Rewriting(partial(wrapped, ragged=True, indent="　　")),
    "ragged hard wraps, no indents": Rewriting(partial(wrapped, ragged=True, indent="")),
    "ragged hard wraps, blank lines": Rewriting(wrapped_with_blank_lines),
    "亿元 as 万元": Rewriting(in_wan, in_wan),
    "% as 百分之": Rewriting(in_words, in_words),
    "a sentence before": Rewriting(after_a_sentence),
    "a sentence before each paragraph": Rewriting(after_a_sentence_each),
    "spaces around numbers and units": Rewriting(spaced_units),
    "spaces between digits": Rewriting(spaced_digits),
    "spaces in both": Rewriting(lambda text: spaced_units(spaced_digits(text))),
    "GBK bytes": Rewriting(lambda text: text.encode("gb18030")),
    "UTF-16 bytes": Rewriting(lambda text: text.encode("utf-16-le")),
    "all at once": Rewriting(all_at_once),
}
