"""Figures that contradict each other: parts and their whole, a rate and its two amounts, a growth and its two levels.

What is found is said in a warning; no value is ever changed. A warning has to be sure of what belongs together: the
parts of a list may be a sample (其中工业项目23个) or overlap (高新技术企业60家，专精特新企业50家), and the growth of
生产总值 is counted at constant prices. Each figure is taken with the precision it is written with, rounded or
cut: 7.96亿元 of 84.59亿元 may be anything from 9.39 to 9.43 percent.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.lazy import re
from speechparse.records import Warning
from speechparse.time_limit import checked


class Interval(NamedTuple):
    """The values that a written number may stand for, rounded or cut: 7.96亿 is 7.95亿 to 7.97亿; 58个 is 58."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, text: str, figure: Mention) -> Interval:
        assert figure.value is not None
        step = _last_place(text[figure.start : figure.end], figure.value)
        if figure.kind == "percentage" and not step:
            step = Decimal(1)
        return cls(figure.value - step, figure.value + step)

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


_WRITTEN = re.compile(r"(?P<whole>\d+(?:[,，]\d{3})*)(?:[.．](?P<decimals>\d+))?")


def _last_place(surface: str, value: Decimal) -> Decimal:
    """What one step in the last written digit is worth: 1000000 in 7.96亿元, 1 in 58个; 0 where all digits are said."""
    match = _WRITTEN.search(surface)
    if match is None:
        digits = str(int(abs(value)))
        return Decimal(10 ** (len(digits) - len(digits.rstrip("0")))) if len(digits) > 2 else Decimal(0)
    decimals = match["decimals"] or ""
    written = Decimal(re.sub(r"[,，]", "", match["whole"]) + "." + (decimals or "0"))
    if not written:
        return Decimal(0)
    scale = abs(value) / written
    return Decimal(0) if scale == 1 and not decimals else scale.scaleb(-len(decimals))


def check_figures(text: str, discourse: Discourse, figures: list[Mention]) -> list[Warning]:
    """The contradictions between the figures of one speech, in text order. The figures must be linked."""
    values = [
        f for f in figures if f.role == "value" and f.value is not None and f.kind != "rank" and not f.is_duration
    ]
    found = [
        *_check_parts(text, values),
        *_check_sums(text, values),
        *_check_rates(text, discourse, values),
        *_check_growth(text, discourse, values),
    ]
    return sorted(found, key=lambda w: (w.start, w.end, w.code))


# --- parts and their whole

_INTRODUCED = re.compile(
    r"[^，,。；;：:、（(）)\d\n]{0,14}(?:[（(][^（()）\n]{0,16}[)）])?(?:"
    r"[，,：:、。；;]?(?:其中|当中)[，,：:]?(?P<which>)"
    r"|[，,：:、]?(?:分别(?:是|为)|分为|分成|由)[：:]?(?P<all>)"
    r"|[，,：:、]?包括[：:]?(?P<including>)"
    r"|[（(](?:其中|含|包括)?[，,：:]?(?P<bracket>)"
    r"|中[，,](?P<among>))"
)
_SUBLIST = re.compile(r"其中|当中|包括|含|分别")
_NOT_A_PART = re.compile(
    r"(?:增长|增加|增至|减少|下降|新增|净增|提高|上升|超过|比[^，、]{0,8}|较[^，、]{0,8}|同比|由|从|到|至|平均|人均|每[^，、]{0,4}|共|共计|合计|累计|总投资|"
    r"年均|占|完成率|剩余任务|以上)$"
)
_DIFFERENCE = re.compile(r"(?:[少多超增减]|增加|减少|提高|降低)[^，,。；;\d]{0,3}$")
_LIST_END = re.compile(r"[。！？!?\n]|同时|此外|另外|今年|去年|明年|力争|确保|全年|预计|计划")
_SEPARATOR = re.compile(r"[，,、；;]|^[^，,、；;]{0,8}?(?:和|以及|及)")
_REST = re.compile(r"其余|其他|剩余|余下|另[外有]?(?=\d)")
_STAGES = (
    ("started", re.compile(r"新开工|新建|新开|新签|新上")),
    ("going", re.compile(r"续建|结转|在建|跨年")),
    ("ahead", re.compile(r"储备|前期|谋划|拟建|未开工|未动工|尚未|洽谈|预备|推进类|筹建|拟开工|待开工")),
    ("done", re.compile(r"竣工|建成|投产|完工|收尾|已完成")),
    ("open", re.compile(r"已开工|开工建设|开工|动工")),
)
# 新开工 and 竣工 may be the same project
_OVERLAPPING_STAGES = ({"started", "done"}, {"going", "done"}, {"open", "done"}, {"open", "going"}, {"open", "started"})
_SECTOR = re.compile(
    r"(?:工业|农业|农牧业|服务业|商贸|城建|城市|交通|水利|民生|社会|旅游|文化|能源|基础设施|生态|环保|第?[一二三]产|产业|房地产|教育|卫生|科技|"
    r"小学|初中|高中|幼儿园|城镇|农村|城市|国家级|省级|市级|县级|自治区级|中央|地方|男|女|[甲乙丙ABC一二三]类|类)"
)
_CROSSING = re.compile(
    r"以上|以下|民间|民营|国有|外资|高新|专精特新|龙头|规上|规模|重点|重大|贫困|党员|少数民族|新增|优秀|首次|特别|主要"
)


class _List(NamedTuple):
    whole: Mention
    parts: list[Mention]
    exhaustive: bool
    nouns: list[str]


def _check_parts(text: str, values: list[Mention]) -> Iterator[Warning]:
    for listed in checked(_lists(text, values)):
        whole, parts = listed.whole, listed.parts
        total = Interval.of(text, whole)
        each = [Interval.of(text, part) for part in parts]
        low, high = sum(i.low for i in each), sum(i.high for i in each)
        size = whole.value or Decimal(1)
        said = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        ratio = said / size if size else Decimal(0)
        disjoint = _disjoint(listed.nouns)
        close = len(parts) >= 3 and abs(ratio - 1) <= Decimal("0.1")
        if low > total.high and (len(parts) == 1 or listed.exhaustive or disjoint or close):
            yield _parts_warning(text, "parts_exceed_whole", whole, parts)
        elif high < total.low and len(parts) > 1 and all(p.bound == "exact" for p in parts):
            nearly = len(parts) >= 3 and disjoint and Decimal("0.97") <= ratio and size >= 20
            if listed.exhaustive or nearly:
                yield _parts_warning(text, "parts_not_whole", whole, parts)


_LONGEST_LIST = 40


def _lists(text: str, values: list[Mention]) -> Iterator[_List]:
    """Every figure that a list of parts follows, with the parts: same kind, same unit, one after the other."""
    for at, whole in enumerate(values):
        if whole.kind not in ("amount", "count", "measure") or whole.bound != "exact" or not whole.value:
            continue
        intro = _INTRODUCED.match(text, whole.end, min(len(text), whole.end + 24))
        if intro is None or _DIFFERENCE.search(text, max(0, whole.start - 8), whole.start):
            continue
        parts, nouns, end = _parts_of(text, whole, values[at + 1 : at + 1 + _LONGEST_LIST], intro)
        if not parts:
            continue
        between = text[intro.end() : parts[-1].start]
        closed = text[parts[-1].end : parts[-1].end + 16]
        if "由" in intro.group() and intro["all"] is not None:
            if not re.match(r"[^，。；]{0,10}(?:组成|构成)", closed):
                continue
            exhaustive = True
        else:
            exhaustive = intro["all"] is not None or bool(_REST.search(between))
        if re.match(r"[^，,。；;、）)]{0,8}等(?!级)", text[parts[-1].end : end + 10]):
            exhaustive = False
        yield _List(whole, parts, exhaustive and len(parts) > 1, nouns)


def _parts_of(
    text: str, whole: Mention, following: list[Mention], intro: re.Match[str]
) -> tuple[list[Mention], list[str], int]:
    parts: list[Mention] = []
    nouns: list[str] = []
    depth, at, item = 0, intro.end(), intro.end()
    for figure in following:
        if figure.start < intro.end():
            continue
        between = text[at : figure.start]
        if figure.start - at > 60 or _LIST_END.search(between):
            break
        depth += between.count("（") + between.count("(") - between.count("）") - between.count(")")
        if depth < 0:
            break
        at = figure.end
        if depth > 0:
            continue
        if parts and _SUBLIST.search(between):
            break
        if figure.kind != whole.kind or figure.unit != whole.unit:
            continue
        left = re.sub(r"[（(][^（()）]*[)）]", "", text[item : figure.start])
        if parts and re.search(r"[；;]", left) and intro.group()[-1] not in "：:":
            break  # 其中新开工项目32个；亿元以上项目66个: another whole
        if _NOT_A_PART.search(left) or (parts and not _SEPARATOR.search(left)):
            continue
        if figure.bound not in ("exact", "min"):
            return [], [], at
        noun = _noun_of_part(text, left, figure)
        if whole.kind == "count" and not _same_thing(text, whole, figure, left):
            break
        parts.append(figure)
        nouns.append(noun)
        item = figure.end
    return parts, nouns, at


_NEXT_WORDS = re.compile(r"[^，,、。；;（()）\d\n]{0,12}")


def _noun_of_part(text: str, left: str, figure: Mention) -> str:
    right = _NEXT_WORDS.match(text, figure.end)
    return re.split(r"[，,、；;：:]", left)[-1] + (right.group() if right else "")


def _same_thing(text: str, whole: Mention, part: Mention, left: str) -> bool:
    """Whether a part counts what its whole counts: 重点项目105个，其中工业类3个, but not 培训骨干20个 behind them."""
    ours, theirs = part.indicator or "", whole.indicator or ""
    if ours[-2:] == theirs[-2:] or ours.endswith(("类", "型", "级", "产")):
        return True
    last = re.split(r"[，,、；;：:]", left)[-1]
    after = text[part.end : part.end + 1]
    if after in "，,、；;。）)\n(（" or not after:
        return len(last) <= 8
    return len(last) <= 3


def _disjoint(nouns: list[str]) -> bool:
    """Whether the parts can't overlap: all of them stages of work that exclude each other, or all of them sectors."""
    if len(nouns) < 2 or any(_CROSSING.search(noun) for noun in nouns):
        return False
    stages = [next((name for name, pattern in _STAGES if pattern.search(noun)), "") for noun in nouns]
    if all(stages):
        return not any(pair <= set(stages) for pair in _OVERLAPPING_STAGES) and len(set(stages)) > 1
    return not any(stages) and all(_SECTOR.search(noun) for noun in nouns)


def _parts_warning(text: str, code: str, whole: Mention, parts: list[Mention]) -> Warning:
    said = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    terms = " + ".join(text[part.start : part.end] for part in parts)
    words = text[whole.start : whole.end]
    total = f" = {_plain(said, text, whole)}" if len(parts) > 1 else ""
    verb = "are more than" if code == "parts_exceed_whole" else "are not"
    if len(parts) == 1:
        verb = "is more than"
    spans = [whole, *parts]
    return Warning(
        code=code,
        message=f"{terms}{total} {verb} {words} ({whole.indicator})",
        start=min(f.start for f in spans),
        end=max(f.end for f in spans),
    )


def _plain(value: Decimal, text: str, like: Mention) -> str:
    """A value in the way another figure of its kind is written: 60个, 41.2亿元."""
    surface = text[like.start : like.end]
    match = _WRITTEN.search(surface)
    if match is None or not like.value:
        return f"{value.normalize():f}"
    number = Decimal(re.sub(r"[,，]", "", match.group()).replace("．", "."))
    scale = like.value / number if number else Decimal(1)
    return f"{(value / scale).normalize():f}{surface[match.end() :]}"


_SUM = re.compile(r"(?:合计|共计|总计|总共|加起来)[^，,。；;、\d]{0,8}$")


def _check_sums(text: str, values: list[Mention]) -> Iterator[Warning]:
    """工业31个、农业12个、服务业17个，合计58个: the whole stands behind its parts."""
    for at, whole in enumerate(values):
        if whole.bound != "exact" or not whole.value or not _SUM.search(text, max(0, whole.start - 14), whole.start):
            continue
        parts: list[Mention] = []
        edge = whole.start
        for figure in reversed(values[max(0, at - 12) : at]):
            between = text[figure.end : edge]
            if len(between) > 40 or re.search(r"[。！？\n]|其中|比|较", between):
                break
            if _NOT_A_PART.search(text, max(0, figure.start - 8), figure.start):
                break
            if (figure.kind, figure.unit, figure.bound) != (whole.kind, whole.unit, "exact"):
                break
            parts.insert(0, figure)
            edge = figure.start
        if len(parts) < 2:
            continue
        total, each = Interval.of(text, whole), [Interval.of(text, part) for part in parts]
        both = Interval(sum((i.low for i in each), Decimal(0)), sum((i.high for i in each), Decimal(0)))
        said = sum((part.value or Decimal(0) for part in parts), Decimal(0))
        if not both.meets(total) and abs(said / whole.value - 1) <= Decimal("0.2"):
            code = "parts_exceed_whole" if both.low > total.high else "parts_not_whole"
            yield _parts_warning(text, code, whole, parts)


# --- a rate and its two amounts

_RATE_OF = re.compile(
    r"(?:占|完成了?|为|达到?|仅|只)*+(?P<what>[^，,。；;、\d]{0,10}?(?:计划|任务|目标)[^，,。；;、\d]{0,8})(?:的比例为?|的|完成率(?:为|达到?)?)$"
)
_ACHIEVED = re.compile(r"(?:完成|到位|实现|达到|拨付|支出|开工|竣工|投产|入库)[^，,。；;\d]{0,8}$")
_PLANNED = re.compile(r"(?:计划|任务|目标|预算|应)[^，,。；;\d]{0,10}$")
_RATE_ALONE = re.compile(r"(?:完成率|到位率|开工率|竣工率|支付率|投产率|支出率|达产率)(?:为|达到?|仅|仅为)?$")
_SHARE_OF_ALL = re.compile(
    r"[，,、]?(?:仅|只|约|已)*占(?:项目|企业|工程|全部|计划|重点)*(?:总数|总量|总额|全部)的?(?:比重|比例)?[的为]?"
)


def _check_rates(text: str, discourse: Discourse, values: list[Mention]) -> Iterator[Warning]:
    for at, rate in enumerate(values):
        if rate.unit != "%" or rate.bound != "exact" or at < 2 or not rate.value:
            continue
        pair = _amounts_of_rate(text, discourse, values, at)
        if pair is None:
            continue
        part, whole = (Interval.of(text, f) for f in pair)
        if part.low < 0 or whole.low <= 0:
            continue
        true = Interval(100 * part.low / whole.high, 100 * part.high / whole.low)
        if not true.meets(Interval.of(text, rate)):
            words = [text[f.start : f.end] for f in (*pair, rate)]
            value = _percent((pair[0].value or Decimal(0)) / (pair[1].value or Decimal(1)))
            yield Warning(
                code="rate_contradicts",
                message=f"{words[0]} of {words[1]} is {value} %, not {words[2]} ({rate.indicator})",
                start=min(f.start for f in pair),
                end=rate.end,
            )


def _amounts_of_rate(text: str, discourse: Discourse, values: list[Mention], at: int) -> tuple[Mention, Mention] | None:
    """What was done and what was planned, where both stand right before their rate."""
    rate = values[at]
    first, second = values[at - 2], values[at - 1]
    sentence = discourse.sentences[discourse.sentence_at(rate.start)]
    if first.start < sentence.start or (first.kind, first.unit) != (second.kind, second.unit):
        return None
    if first.bound != "exact" or second.bound != "exact" or first.kind not in ("amount", "count", "measure"):
        return None
    if rate.start - second.end > 24 or second.start - first.end > 40:
        return None
    before = [text[max(sentence.start, f.start - 16) : f.start] for f in (first, second)]
    link = text[second.end : rate.start]
    planned = [bool(_PLANNED.search(words)) for words in before]
    if re.fullmatch(r"的", link) and re.search(r"占[^，,。；;]{0,14}$", before[1]):
        return first, second  # 完成7.96亿元，占年度计划84.59亿元的9.41%
    if second.of is not None and second.of == first.indicator and _SHARE_OF_ALL.fullmatch(link):
        return second, first  # 70个项目中，工业项目23个，占项目总数的33%
    match = _RATE_OF.search(link) or _RATE_ALONE.search(link)
    if match and re.fullmatch(r"[^，,。；;、\d]{0,4}[，,、](?:目前)?(?:仅|只|已)?", link[: match.start()]):
        if planned[0] and _ACHIEVED.search(before[1]) and not planned[1]:
            return second, first
        if planned[1] and _ACHIEVED.search(before[0]) and not planned[0]:
            return first, second
    return None


# --- a growth and its two levels

_RISE = re.compile(
    r"(?:增加|增长|提高|上升|扩大|发展|提升|跃升|下降|降低|减少|降|增)(?:到|至|为)[^，,。；;\d]{0,4}$"
)
_FROM = re.compile(r"(?:由|从)[^，,。；;]{0,16}$")
_GROWN = re.compile(
    r"[^，,。；;\d]{0,8}[，,、](?:累计|总体|共)?(?:增长|增加|增幅|提高|上升|下降|降低|减少|降幅)(?:了|达到?|为|约)?"
)
_THAN = re.compile(r"[，,、]?(?:比|较|与)[^，,。；;\d]{0,4}(?:\d{4}年)?[^，,。；;\d]{0,4}的")
_GROWN_THAN = re.compile(r"(?:增长|增加|提高|上升|下降|降低|减少)了?")
_MORE = re.compile(
    r"[^，,。；;\d]{0,6}[，,、](?:同比|[比较](?:上年|去年|上年同期|去年同期))?(?P<how>增加|净增|增长|多|减少|下降|少)了?"
)
# counted at constant prices, or for a field that was delimited anew
_NOT_BY_LEVELS = re.compile(r"可比|不变价|实际增长|同口径|剔除|扣除|年均|名义|每年|平均")
_CONSTANT_PRICES = re.compile(r"生产总值|GDP|增加值|总产值|经济总量|国民收入|纯收入|可支配收入|劳动生产率|产值")


class _Rise(NamedTuple):
    base: Interval
    level: Interval
    said: str


def _check_growth(text: str, discourse: Discourse, values: list[Mention]) -> Iterator[Warning]:
    """由5.24亿元增加到15.07亿元，增长187%; 15.07亿元，比上年的5.24亿元增长187%; 15.07亿元，增加9.83亿元，增长187%."""
    for at, growth in enumerate(values):
        if growth.kind != "percentage" or growth.unit not in ("%", "x") or growth.bound != "exact" or at < 2:
            continue
        rise = _rise(text, discourse, values, at)
        if rise is None or rise.base.low <= 0 or rise.level.low < 0:
            continue
        factor = 100 if growth.unit == "%" else 1
        true = Interval(factor * (rise.level.low / rise.base.high - 1), factor * (rise.level.high / rise.base.low - 1))
        said = Interval.of(text, growth)
        if true.high < 0 < said.low:  # 由60家减少到45家，减少25%
            true = Interval(-true.high, -true.low)
        if growth.unit == "x" and said.meets(Interval(true.low + 1, true.high + 1)):
            continue  # a growth to 2.9 times is often said to be one by 2.9 times
        if not true.meets(said):
            shown = _percent(rise.level.middle / rise.base.middle - 1)
            yield Warning(
                code="growth_contradicts",
                message=f"{rise.said} is a change of {shown} %, not {text[growth.start : growth.end]}"
                f" ({growth.indicator})",
                start=values[at - 2].start,
                end=growth.end,
            )


def _rise(text: str, discourse: Discourse, values: list[Mention], at: int) -> _Rise | None:
    """The two levels before a growth; None where they can't be told or need not agree with it."""
    growth, second, first = values[at], values[at - 1], values[at - 2]
    sentence = discourse.sentences[discourse.sentence_at(growth.start)]
    if first.start < sentence.start or (first.kind, first.unit) != (second.kind, second.unit):
        return None
    if first.bound != "exact" or second.bound != "exact" or first.kind == "percentage":
        return None
    stretch = text[max(sentence.start, first.start - 30) : growth.start]
    if _NOT_BY_LEVELS.search(stretch) or _CONSTANT_PRICES.search(f"{stretch}{growth.indicator}"):
        return None
    gap, link = text[first.end : second.start], text[second.end : growth.start]
    before = text[max(sentence.start, first.start - 18) : first.start]
    words = [text[f.start : f.end] for f in (first, second)]
    one, two = Interval.of(text, first), Interval.of(text, second)
    if _FROM.search(before) and len(gap) <= 30 and _RISE.search(gap) and _GROWN.fullmatch(link):
        return _Rise(one, two, f"from {words[0]} to {words[1]}")
    if _THAN.fullmatch(gap) and _GROWN_THAN.fullmatch(link):
        return _Rise(two, one, f"from {words[1]} to {words[0]}")
    if (more := _MORE.fullmatch(gap)) and not re.search(r"[新净]增|增加|减少", before) and _GROWN.fullmatch(link):
        change = Interval(abs(two.low), abs(two.high)) if two.low > 0 else Interval(-two.high, -two.low)
        if more["how"] in ("减少", "下降", "少"):
            base = Interval(one.low + change.low, one.high + change.high)
        else:
            base = Interval(one.low - change.high, one.high - change.low)
        return _Rise(base, one, f"to {words[0]} by {words[1]}")
    return None


def _percent(share: Decimal) -> str:
    value = (100 * share).quantize(Decimal("0.01"))
    return f"{value.normalize():f}"
