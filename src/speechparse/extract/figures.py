"""Finder of figures: amounts, counts, percentages, measures and ranks, with value, unit and bound.

One compiled pattern (numeral, unit, the bound words that touch them) runs over the text; a few smaller ones find what
has another shape: 百分之三点五, 三分之二, 翻两番, 第5位, a bare 亿元 class. What a figure measures is decided later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.mentions import Mention
from speechparse.extract.numerals import DIGITS, FIRST, LARGE, LONGEST, NUMERAL, SMALL, VAGUE, read_numeral
from speechparse.extract.patterns import match_at, stretches
from speechparse.lazy import re
from speechparse.time_limit import checked


class UnitRow(NamedTuple):
    term: str
    kind: str
    unit: str
    factor: Decimal
    example: str
    counter_example: str


class BoundRow(NamedTuple):
    term: str
    place: str
    bound: str
    example: str
    counter_example: str


class TermRow(NamedTuple):
    term: str
    example: str


def alternatives(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first, so that no word hides a longer one that contains it."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


# What stands before a bound word when it is the end of another word: 签约30个, 最近3个月, 通过3个方面
_PREFIX_GUARDS = {
    "约": r"(?<![签节预违履集制公条特契邀相])约",
    "近": r"(?<![最附临靠就相远邻])近",
    "过": r"(?<![通经超不度路胜跨越迈])过(?!去)",
    "超": r"(?<![赶反])超",
    "不到": r"(?<!达)不到",
    "高于": r"(?<!不)高于",
    "低于": r"(?<!不)低于",
}
MASK = r"(?:[XxＸ]{1,3}|[*＊]{1,6}|[×○□]{1,3}|多少)"
RANGE = r"(?:[—–－\-~～]{1,2}|至|到)"
# Units that are also syllables of common words count only behind Arabic digits (三度, 一方, 二升)
_ARABIC_ONLY = frozenset("度方升瓦伏兆例颗场起列部只种支款笔组块片根孔口斤克里宗份头轮对锭篇册瓶尾跨")
_MOVE = re.compile(r"(?:前进|前移|上升|提升|跃升|(?P<down>后退|后移|下滑|下降|退步))了?$")  # 比上季度后退4位
_ROUND_NUMBER = re.compile(r"[一二两三四五六七八九][百千万]")  # 三千只 is a number with its classifier
# …and not before these: 三位一体, 3成立
_UNIT_GUARDS = {
    "份": r"份(?!额|子|内|量|数)",
    "个点": r"个点(?![位钟多名评])",
    "顶": r"顶(?!级|层|尖|住|峰|替|梁)",
    "位": r"位(?!一体|置|于)",
    "成": r"(?<=[一二两三四五六七八九十\d])成(?![立功为效果员本就长都交品熟分片型套群绩投渝建])",
    "人": r"人(?!均|民|大|才|工|口|力|社|防|次|事|类|文|居|生|物|行|为|转|制(?![造定作]))",
    "名": r"名(?!优|牌|城|镇|村|录|单|企|校|师|医|品)",
    "家": r"家(?!庭|园|具|电|长|乡|政|禽|居)",
    "户": r"户(?!外|籍|均|型|口)",
    "项": r"项(?!目)",
    "台": r"台(?!阶|账|湾|商|胞|资|风|帐)",
    "件": r"件(?!套)",
    "处": r"处(?!置|理|级|长|罚|于)",
    "条": r"条(?!件|例|款|块)",
    "所": r"所(?!有|属|在|得|以(?![上下内]))",
    "场": r"场(?!地|馆|所|景|面)",
    "对": r"对(?![口接外内上下标照应策比于象])",
    "跨": r"跨(?![区国省市县年界])",
    "尾": r"尾(?![矿气款数水])",
    "瓶": r"瓶(?!颈)",
    "篇": r"篇(?!章|幅)",
    "册": r"册(?!子)",
    "天": r"天(?!然|津|山|气|空|下)",
    "年": r"年(?!度|级|初|底|末|终|中|内|前|来|以来|产|均|报|代|轻|龄|货|会|关)",
    "米": r"米(?!粉|业)",
    "度": r"度(?!假|过)",
    "口": r"口(?!岸|径|碑)",
    "部": r"部(?![门分队长委署落件省])",
    "方": r"方(?!面|案|式|针|向|法|位|圆|阵)",
}


@lru_cache(maxsize=1)
def units() -> dict[str, UnitRow]:
    return {row.term: row for row in lexicons.load("units", UnitRow)}


@lru_cache(maxsize=1)
def bounds() -> dict[str, BoundRow]:
    return {row.term: row for row in lexicons.load("bounds", BoundRow)}


def _bound_patterns() -> tuple[str, str]:
    """Patterns of the bound words that stand before a figure and of those behind it."""
    prefixes = sorted(_bound_words("prefix"), key=lambda w: (-len(w), w))
    return "|".join(_PREFIX_GUARDS.get(w, w) for w in prefixes), alternatives(_bound_words("suffix"))


def _first_of_bounds() -> str:
    return "".join(sorted({word[0] for word in _bound_words("prefix")}))


@lru_cache(maxsize=2)
def _bound_words(place: str) -> tuple[str, ...]:
    return tuple(word for word, row in bounds().items() if row.place == place)


@lru_cache(maxsize=1)
def _figure_pattern() -> re.Pattern[str]:
    prefix, suffix = _bound_patterns()
    ordered = sorted(units(), key=lambda w: (-len(w), w))
    first = re.escape("".join(sorted({w[0] for w in ordered})))
    unit = f"(?=[{first}])(?:{'|'.join(_UNIT_GUARDS.get(w, re.escape(w)) for w in ordered)})"
    people = alternatives(row.term for row in lexicons.load("people", TermRow))
    return re.compile(
        rf"""(?=[{FIRST}XxＸ*＊×○□多上{_first_of_bounds()}])
        (?P<prefix>{prefix}|(?<![以之])上(?=[十百千万亿]))?+
        (?:(?<![第双\d.a-zA-Z一二三四五六七八九十百千零])(?P<number>\d{{1,20}}+[*＊xX]{{1,6}}+(?:[{"".join(SMALL)}]?+[{"".join(LARGE)}])?+|{NUMERAL}|(?<![A-Za-z*]){MASK}(?:[{"".join(SMALL)}]?+[{"".join(LARGE)}])?+))
        (?:(?P<unit1>亿?元|[%％]|{unit})?+{RANGE}(?P<number2>{NUMERAL}))?+
        (?:(?P<inside>多?个)(?=亿(?!元)|百分点|月|半月|多月|工作日|小时|标准箱|标箱))?+
        (?P<bareyi>(?<=个)亿)?+
        (?P<vague>[{VAGUE}]|半(?=月))?+
        (?:(?P<unit>{unit})|(?P<people>(?<=[万亿多余几])(?={people}))|(?:(?<=亿)(?![{VAGUE}元级\w]|$)|(?<=亿)(?=[^\d%])))
        (?P<after>[多余](?![数元层样种年式功边渠维]))?+
        (?:[（(]含[)）])?+(?P<suffix>{suffix}|(?<=[时天日月年])内(?![部外容需]))?+""",
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _fraction_pattern() -> re.Pattern[str]:
    """百分之三点五, 超百分之四十, 百分之五至百分之七, 百分之五到七, 三分之二以上; 前千分之一 is a place in an order."""
    prefix, suffix = _bound_patterns()
    return re.compile(
        rf"""(?=[{FIRST}负{_first_of_bounds()}])
        (?<!前)(?P<prefix>{prefix})?+(?P<sign>负的?)?+(?P<base>百|千|万|{NUMERAL})分之(?P<part>{NUMERAL})
        (?:{RANGE}(?:(?P=base)分之(?P<part2>{NUMERAL})|(?P<part3>{NUMERAL})(?=[，,。；;、：:！）)的左以之内上]|$)))?+
        (?P<suffix>{suffix})?+""",
        re.VERBOSE,
    )


_SHAPED = re.compile(
    rf"""(?=[一二两三四五六七八九不超接近过半翻倍零负第首榜前后])
    (?:(?P<double>翻了?(?P<times>[一二两三四\d])?+番(?P<dsuffix>以上|左右|还多|多)?+|(?<!番)倍增(?!计划|效应|行动|工程|干劲|信心)|翻倍)
    |(?P<half>(?:过|近|超过?|约)?半数|(?<=[率比量务度成活])过半|近半(?=数)?|(?:不到|超过|将近|近)?(?<![同每那另])(?<!成功的)一(?:[大多]半|半(?![时年会个天月载儿的]))(?:以上|以下|左右|多)?)
    |(?P<halfyear>半(?P<hyunit>年|个月)(?=以上|以内|左右|时间|的时间)(?P<hysuffix>以上|以内|左右)?+)
    |(?P<digits>[两二三]位数(?:以上)?+)
    |(?P<zero>零增长|负增长(?!的))
    |(?P<cheng>(?P<c1>[一二三四五六七八九])成(?P<c2>[一二三四五六七八九半])(?P<csuffix>以上|以下|左右)?+)
    |(?P<rank>第(?P<place>{NUMERAL})(?P<what>[位名])?+|首位|榜首|(?:(?<![以之此目年提])前|(?<![以之此目前最背年])后)(?P<top>{NUMERAL})(?P<twhat>[位名强])?+))""",
    re.VERBOSE,
)
# A place in an order needs a word that says so, close before it, unless 位 or 名 follows
_RANK_CUE = re.compile(
    r"(?:排名|排在?|位列|位居|[居列]|跃[居升]至?|[升掉降退滑落][至到]|保持|名列|获得?|争创|进入?|总量|增速|增幅|夺取?|稳居|实现|达到|全[省市国县区州盟旗]|总数|评比)"
    r"[^，,。；;：:、]{0,10}$"
)
_NOT_A_RANK = re.compile(
    r"梯队|方阵|方|类|排|本|批|产业|书记|资源|要务|生产力|动力|责任|[个次季线届轮期大步师国家二]|时间|任务|会议|阶段|集团|[小中]学|医院|人民|"
    r"年|月|天|款|条|章|节|者|产|[，,、。].{0,1}第|把手|现场|议题|粮|楼|关|课|手|台阶|高峰|城|县|市|省|园"
)


def find_figures(text: str) -> list[Mention]:
    """All figures of a text in order, not overlapping, rhetoric included (see `rhetoric`)."""
    found: list[Mention] = []
    for finder in FINDERS:
        found += finder(text)
    found.sort(key=lambda m: (m.start, -(m.end - m.start)))
    result: list[Mention] = []
    for mention in found:
        if not result or mention.start >= result[-1].end:
            result.append(mention)
    return result


_BETWEEN = re.compile(r"[、和及与]")
_RESPECTIVELY = re.compile(r"分别[^，,。；;\d]{0,12}$")


def share_bounds(text: str, figures: list[Mention]) -> None:
    """One bound word is for all figures of a list, behind the last or before the first; the figures are in order.

    分别增长5%、6.5%左右 is about for both, 分别不少于30个、8个 at least for both.
    """
    first = 0
    for at, figure in enumerate(figures):
        last = at + 1 == len(figures) or not _BETWEEN.fullmatch(text, figure.end, figures[at + 1].start)
        if not last:
            continue
        listed, first = figures[first:at], at + 1
        if not listed or not _RESPECTIVELY.search(text, max(0, listed[0].start - 16), listed[0].start):
            continue
        everything = [*listed, figure]
        if _bounded(figure) and text.endswith(_bound_words("suffix"), figure.start, figure.end):
            _share_bound(figure, everything)
        elif _bounded(listed[0]) and text.startswith(_bound_words("prefix"), listed[0].start):
            _share_bound(listed[0], everything)


def _bounded(figure: Mention) -> bool:
    return figure.bound in ("min", "max", "about")


def _share_bound(bounded: Mention, figures: list[Mention]) -> None:
    for other in figures:
        if other.bound == "exact" and (other.kind, other.unit) == (bounded.kind, bounded.unit):
            other.bound = bounded.bound
            other.rules.append("figure.bound_of_list")


def _numerals_with_units(text: str) -> Iterator[Mention]:
    for match in checked(_figure_pattern().finditer(text)):
        mention = _read_figure(text, match)
        if mention is not None:
            yield mention


def _read_figure(text: str, match: re.Match[str]) -> Mention | None:
    number = match["number"]
    start, end = match.span()
    if match["people"] is not None:
        kind, unit, factor, rule = "count", "人", Decimal(1), "figure.people"
    elif match["unit"]:
        row = units()[match["unit"]]
        kind, unit, factor, rule = row.kind, row.unit, row.factor, f"figure.{row.kind}"
        if row.term in _ARABIC_ONLY and not (
            number[0].isdigit() or match["prefix"] or _ROUND_NUMBER.search(number)
        ):
            return None
        if row.term == "位" and (move := _MOVE.search(text, max(0, match.start() - 4), match.start())):
            return _rank_move(text, match, down=move["down"] is not None)
        if row.term == "方" and number[-1] not in "万亿":
            return None
        if row.term == "个点" and "." not in number and not _BY_POINTS.search(text, max(0, start - 8), start):
            kind, unit, rule = "count", "个", "figure.count"  # 上午看了6个点
            end -= len("点")
        if row.term == "月" and not match["inside"]:
            return None  # 3月 is a time
        if row.term == "年" and not _is_duration(text, match):
            return None
    else:
        kind, unit, factor, rule = "amount", "CNY", Decimal(1), "figure.amount_without_unit"
    if (number in LARGE and not match["prefix"]) or (
        kind == "amount" and number in DIGITS and not (match["bareyi"] or match["number2"])
    ):
        return None  # 亿元 names a class or lost its number; 万家, 三元 are names
    if (
        number in ("万亿", "千亿", "百亿")
        and _SEVERAL.search(text, max(0, match.start() - 4), match.start())
        and match_at(_MILESTONE, text, match.end())
    ):
        return None  # 跨过两个万亿元大关
    low = read_numeral(number)
    masked = low is None
    if masked and not _MASKED.search(number):
        return None
    if low is not None and low.value >= _TOO_LARGE:
        return None
    value = None if low is None else low.value
    upper = low.upper if low else None
    bound = "range" if upper is not None else "exact"
    if match["number2"]:
        high = read_numeral(match["number2"])
        if high is None or value is None:
            return None
        upper = high.value
        if not match["unit1"] and number[-1] not in LARGE:
            # 10—15亿元: the multiplier of the higher end is that of both
            value *= _trailing_multiplier(match["number2"])
        if value >= upper:
            return None
        bound = "range"
    if match["bareyi"]:
        value = None if value is None else value * LARGE["亿"]
        upper = None if upper is None else upper * LARGE["亿"]
    if match["vague"] == "半" and value is not None:  # 一个半月
        value += Decimal("0.5")
    value = _scaled(value, factor)
    upper = _scaled(upper, factor)
    if bound != "range":
        bound = _bound(match["prefix"], match["suffix"])
        if bound == "exact" and (
            match["vague"] in ("多", "余", "几", "来")
            or match["after"]
            or match["inside"] == "多个"
            or (low and low.vague)
        ):
            bound = "about" if "来" in number or match["vague"] == "来" else "min"  # 八十来名 may be 78
    if kind == "percentage" and value is not None and _MINUS.search(text, max(0, start - 3), start):
        start -= 1
        value, upper = (-value, None) if upper is None else (-upper, -value)
    bound = _bound_around(text, start, end, bound)
    return Mention(kind, start, end, [rule if not masked else "figure.masked"], value, upper, unit, bound)


# 占比提高3个点, 比全市低两个点, 还差2个点
_BY_POINTS = re.compile(
    r"(?:[高低快慢差涨跌升降提率超]|增长|增速|增幅|回落|落后|领先|扩大|收窄|缩小|占比|比重)[^，,。；;、\d]{0,4}$"
)


def _bound_around(text: str, start: int, end: int, bound: str) -> str:
    """The bound of a figure: its own, or else that of the words around it (控制在5%, 突破10亿元大关)."""
    if bound == "exact" and (apart := _BOUND_APART.search(text, max(0, start - 14), start)):
        return "max" if apart["max"] else "min"
    return "min" if bound == "exact" and match_at(_MILESTONE, text, end) else bound


def _rank_move(text: str, match: re.Match[str], *, down: bool) -> Mention | None:
    reading = read_numeral(match["number"])
    if reading is None:
        return None
    value = -reading.value if down else reading.value
    bound = _bound(match["prefix"], match["suffix"])
    return Mention("rank", *match.span(), ["figure.rank_move"], value, None, "位", bound)


# 增速为-4.7%, 为负1.2%; but a hyphen can make a range (3%左右-5%左右) or part a name, and 负 ends 税负, 担负
_MINUS = re.compile(r"(?:[为是达由从到至（(：:、，,比降长]|[增减]速|[增降涨跌]幅|指数)[-－−负]$")
# No sum of the world's money or matter comes near: what reads as more is a code, or no number at all
_TOO_LARGE = 10**20
# a bound word apart from its number: 至少缩短审批1个月, 失业率控制在5%
_BOUND_APART = re.compile(
    r"(?=[至不最控达跨越迈])(?:(?:(?P<min>至少|不低于|不少于|最少)|(?P<max>不超过|最多|至多|不高于|控制在|达不到))"
    r"[^，,。；;、：:\d一二三四五六七八九十百千万亿]{0,10}|(?P<past>[跨越迈]过))$"
)
_MILESTONE = re.compile(r"(?:新)?(?:台阶|大关|关口|门槛)")
_SEVERAL = re.compile(r"[\d两二三四五六七八九]个$")
_MASKED = re.compile(r"[XxＸ*＊×○□]|多少")


def _trailing_multiplier(number: str) -> Decimal:
    factor = Decimal(1)
    for char in reversed(number):
        if char not in LARGE:
            break
        factor *= LARGE[char]
    return factor


def _scaled(value: Decimal | None, factor: Decimal) -> Decimal | None:
    if value is None:
        return None
    return _plain(value * factor)


def _plain(value: Decimal) -> Decimal:
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _bound(prefix: str | None, suffix: str | None) -> str:
    if suffix:
        return "max" if suffix == "内" else bounds()[suffix].bound
    if prefix == "上":
        return "min"
    return bounds()[prefix].bound if prefix else "exact"


_NUMBER_OF_YEAR = re.compile(r"(?:19|20)\d\d")
_DURATION_BEFORE = re.compile(
    r"(?:连续|历时|提前|缩短|为期|压缩|延长|至少|超过|用了?|利用|不到|有效期|期限|年限|周期|领先|存续|满)[^，。；]{0,2}$"
)


def _is_duration(text: str, match: re.Match[str]) -> bool:
    """2013年 and 三年行动 are no durations; 连续二年, 3年以上, 3年时间 are."""
    if _NUMBER_OF_YEAR.fullmatch(match["number"]):
        return False
    if match["suffix"] or "." in match["number"] or text[match.end() : match.end() + 2] in ("时间", "的时"):
        return True
    return bool(_DURATION_BEFORE.search(text, max(0, match.start() - 8), match.start()))


# 不到一半, 过半, 一大半, 近半数, 一半左右
_HALF_BOUNDS = tuple(
    (sign, bound)
    for bound, signs in (("max", "不到 以下"), ("min", "过 大 多 以上"), ("about", "近 约 左右"))
    for sign in signs.split()
)


_FRACTION = re.compile("分之")


def _around(trigger: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern around what all of them hold; on both sides of it a numeral is the longest part."""
    for stretch in stretches(trigger, text, 0, len(text), before=2 * LONGEST, behind=2 * LONGEST):
        yield from pattern.finditer(text, *stretch)


def _fractions(text: str) -> Iterator[Mention]:
    for match in _around(_FRACTION, _fraction_pattern(), text):
        base, part = read_numeral(match["base"]), read_numeral(match["part"])
        if base is None or not base.value or part is None or part.value >= _TOO_LARGE:
            continue
        start, end = match.span()
        value, upper = _percent(part.value, base.value), None
        bound = _bound(match["prefix"], match["suffix"])
        if match["part2"] or match["part3"]:
            high = read_numeral(match["part2"] or match["part3"])
            if high is None or not part.value < high.value < _TOO_LARGE:
                continue
            upper, bound = _percent(high.value, base.value), "range"
        elif match["sign"]:
            value = -value
        bound = _bound_around(text, start, end, bound)
        yield Mention("percentage", start, end, ["figure.fraction"], value, upper, "%", bound)


def _percent(part: Decimal, base: Decimal) -> Decimal:
    """The percentage that a fraction is; what has no end has two places: 三分之二 is 66.67."""
    value = part * 100 / base
    return _plain(value if base in (100, 1000, 10000) else round(value, 2))


def _special_shapes(text: str) -> Iterator[Mention]:
    for match in _SHAPED.finditer(text):
        start, end = match.span()
        if match["double"]:
            times = {"两": 2, "二": 2, "三": 3, "四": 4, "一": 1}.get(match["times"] or "一") or int(match["times"])
            bound = "min" if "多" in (match["dsuffix"] or "") else _bound(None, match["dsuffix"])
            yield Mention("percentage", start, end, ["figure.doubling"], Decimal(2) ** times, None, "x", bound)
        elif match["half"]:
            bound = next((bound for sign, bound in _HALF_BOUNDS if sign in match["half"]), "exact")
            yield Mention("percentage", start, end, ["figure.half"], Decimal(50), None, "%", bound)
        elif match["halfyear"]:
            unit = match["hyunit"][-1]
            yield Mention(
                "measure", start, end, ["figure.half"], Decimal("0.5"), None, unit, _bound(None, match["hysuffix"])
            )
        elif match["digits"]:
            value = Decimal(10 if match["digits"][0] in "两二" else 100)
            yield Mention("percentage", start, end, ["figure.two_digits"], value, None, "%", "min")
        elif match["zero"]:
            bound = "max" if match["zero"][0] == "负" else "exact"
            yield Mention("percentage", start, end, ["figure.zero_growth"], Decimal(0), None, "%", bound)
        elif match["cheng"]:
            value = Decimal(10 * DIGITS[match["c1"]] + (5 if match["c2"] == "半" else DIGITS[match["c2"]]))
            bound = _bound(None, match["csuffix"])
            yield Mention("percentage", start, end, ["figure.tenths"], value, None, "%", bound)
        else:
            mention = _read_rank(text, match)
            if mention is not None:
                yield mention


# 分别排全省第4、第6和第9位: one word behind the last says what all are
_RANKS_IN_A_ROW = re.compile(r"(?:[、和]第[\d一二三四五六七八九十]{1,3}){1,9}(?:[位名]|(?P<bare>[，,。；;]|$))")


# 列第五、第三
_RANKED = re.compile(
    r"(?:(?<![系序行陈])列|排在|[升掉降退滑落][至到])(?:全[省市县区国州])?(?:第[\d一二三四五六七八九十]{1,3}、)?$"
)


def _read_rank(text: str, match: re.Match[str]) -> Mention | None:
    start, end = match.span()
    before = text[max(0, start - 14) : start]
    after = text[end : end + 4]
    if before.endswith(("摆在", "放在", "置于", "摆在了", "放到", "突出位置")):
        return None  # 把安全摆在第一位
    if match["place"]:
        if not match["what"]:
            if before.endswith("争创") and not re.search(r"评比|评选|考核|考评", text[max(0, start - 24) : start]):
                return None
            row = _RANKS_IN_A_ROW.match(text, end)
            listed = row is not None and (row["bare"] is None or _RANKED.search(before) is not None)
            if not listed and (
                _NOT_A_RANK.match(after) or not (_RANK_CUE.search(before) or _RANKED.search(before))
            ):
                return None
        reading = read_numeral(match["place"])
        bound = "exact"
    elif match["top"]:
        if not match["twhat"] and (after[:1] not in "，,。；;、" or not _RANK_CUE.search(before)):
            return None
        if match["twhat"] == "强" and not _RANK_CUE.search(before):
            return None
        reading = read_numeral(match["top"])
        bound = "max"
    else:
        if not _RANK_CUE.search(before):
            return None
        return Mention("rank", start, end, ["figure.rank"], Decimal(1), None, "位", "exact")
    if reading is None:
        return None
    return Mention("rank", start, end, ["figure.rank"], reading.value, None, "位", bound)


# 亿元以上项目, 过亿元项目: without a numeral it names the class from one hundred million on
_CLASS_NOUN = (
    r"[^，,。；;、：:\d]{0,8}?"
    r"(?:项目|企业|产业|集群|园区|工程|公司|村|镇|乡|合同|基地|强县|板块|俱乐部|税收大户|县|市场)"
)
_NUMBER_ENDS = rf"\d{''.join(SMALL)}{''.join(LARGE)}{VAGUE}.两一二三四五六七八九*xX"
_YI_CLASS = re.compile(
    rf"""(?=[{FIRST}过超逾亿])(?:
    (?P<yi>(?<![{_NUMBER_ENDS}])(?:过|超|逾)?亿元(?:及?以上)?)(?=的?{_CLASS_NOUN}|(?<=以上)、\d{{1,3}}亿元以上|(?<=以上)的[，,要就保必应不才至占有达由])
    |(?:(?<![\d{"".join(SMALL)}{"".join(LARGE)}])(?P<size>{NUMERAL})(?P<lunit>元|吨|千瓦|兆瓦|斤|亩)?+(?=级|规模级))
    |(?:(?<![\d{"".join(SMALL)}{"".join(LARGE)}双一二两三四五六七八九])(?P<bsize>[十百千万]亿)(?=(?:产业|企业|园区|项目|集群|工程|板块|县|镇|区|市))))""",
    re.VERBOSE,
)  # fmt: skip
# of the many 亿 and 级 those that a class can have: no 亿元 of an amount, and 级 only behind a number, its unit or 规模
_YI_OR_SIZE = re.compile(
    rf"亿(?:(?=元)(?<![{_NUMBER_ENDS}]亿)|(?=[产企园项集工板县镇区市])(?<=[十百千万]亿))"
    rf"|级(?<=[{FIRST}元吨瓦斤亩模]级)"
)


def _classes_of_size(text: str) -> Iterator[Mention]:
    for match in _around(_YI_OR_SIZE, _YI_CLASS, text):
        start, end = match.span()
        if match["yi"]:
            value, unit, kind = Decimal(LARGE["亿"]), "CNY", "amount"
        else:
            size = match["size"] or match["bsize"]
            reading = read_numeral(size)
            if reading is None or (size[-1] not in LARGE and not match["lunit"]):
                continue
            value = reading.value
            row = units().get(match["lunit"] or "元")
            unit, kind = (row.unit, row.kind) if row else ("CNY", "amount")
        yield Mention(kind, start, end, ["figure.class"], _scaled(value, Decimal(1)), None, unit, "min", "threshold")


FINDERS: tuple[Callable[[str], Iterator[Mention]], ...] = (
    _classes_of_size,
    _numerals_with_units,
    _fractions,
    _special_shapes,
)
