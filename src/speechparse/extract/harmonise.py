"""The harmonised indicator of a figure: 全市生产总值增长 and GDP增长 are both `gdp_growth` (`indicators.tsv`).

What a figure measures is known in the speech's own words. These are brought to one spelling, freed of the speech's own
place and of words that frame them (预计, 力争), and then have to be a name of the lexicon in full: 工业增加值增长 is no
growth of 生产总值, nor is 海洋生产总值 the 生产总值. A figure whose words fit no row has no identifier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.errors import LexiconError
from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.extract.patterns import beginning_known
from speechparse.lazy import re
from speechparse.time_limit import checked


class IndicatorRow(NamedTuple):
    """One indicator; the columns are explained at the head of the lexicon."""

    id: str
    english: str
    dimension: str
    form: str
    synonyms: str
    example: str
    counter_example: str


FORMS = ("growth", "level", "new", "rate", "share")

# The units of each dimension; where none are listed, all units of the kind are of it.
DIMENSIONS: dict[str, tuple[str, frozenset[str]]] = {
    "%": ("percentage", frozenset({"%"})),
    "area": ("measure", frozenset({"亩", "公顷", "平方公里", "平方千米", "平方米"})),
    "computing": ("measure", frozenset({"Eflops"})),
    "concentration": ("measure", frozenset({"微克/立方米", "微克"})),
    "containers": ("count", frozenset({"标箱", "标准箱", "TEU"})),
    "count": ("count", frozenset()),
    "energy": ("measure", frozenset({"千瓦时"})),
    "home": ("count", frozenset({"套", "户"})),
    "household": ("count", frozenset({"户"})),
    "length": ("measure", frozenset({"公里", "米"})),
    "mass": ("measure", frozenset({"吨", "斤", "公斤"})),
    "money": ("amount", frozenset()),
    "person": ("count", frozenset({"人", "名", "位"})),
    "power": ("measure", frozenset({"千瓦", "兆瓦", "吉瓦", "瓦"})),
    "time": ("measure", frozenset({"天", "岁", "年"})),
    "visit": ("count", frozenset({"人次", "人"})),
    "volume": ("measure", frozenset({"立方米"})),
    "x": ("percentage", frozenset({"x"})),
}
_OF_OTHER_COUNTS = frozenset({"人", "人次", "名", "套", "户"})
_FIRMS = re.compile(r"(?:企业|公司|主体|工厂|冠军|巨人)$")

_SPELLINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[\s“”\"'‘’《》的了_]"), ""),
    (
        re.compile(r"(?=[全我本该地国生G])(?:[全我本][省市县区州旗盟国]|该[省市县区])?(?:(?:地区|国内)?生产总值|(?:地区)?GDP)"),
        "生产总值",
    ),
    (re.compile(r"规模以上"), "规上"),
    (re.compile(r"(占(?!比).{2,30}?)(?:(?:比重|比例|份额).{0,4})?$"), lambda share: f"{share[1]}比重"),
)
_FRAME = re.compile(
    r"(?:[全我本][省市县区州旗盟镇乡国]|该[省市县区]|[省市县区州旗盟]?本级|其中|建议|提出|预计|预期|力争|确保|努力|争取|实现|"
    r"完成|达到|办好|发行|使|累计|全年|全口径|主要|今年|初步核算|推动|推进|保持|稳定|指标|目标|到|[一二三四五六七八九十]{1,2}是|\d{1,2}[.．、])"
)
_TAIL = re.compile(
    beginning_known(
        "(?:总数量|总数|总量|数量|总规模|规模|人数|数|首次|总体|历史性|保持|稳定|控制|双双|连续|年均|平均|累计|预计|力争|拟?按|[从由]|"
        "(?:(?:提高|增加|上调|达)[到至]?)?每(?:人每)?[月年人](?:每[月年])?)$"
    )
)
_GROWTH = re.compile(
    r"(?:增长|增速|增幅|上涨|涨幅|增加|提高|上升|提升|升高|扩大|缩小|下降|降低|降幅|减少|压减|压缩|回落|减)(?:率|幅度|速度|幅)?$"
)
# 地区生产总值按增长5%安排, 地区生产总值连续迈上4个万亿元台阶、年均增长5.7%
_BEFORE_GROWTH = re.compile(
    r"(?:按|比|同比|年|(?:连续|先后|相继|成功|历史性)*+(?:跨过|跨越|跨上|迈上|迈过|突破|登上|站上|跨|连跨)[^，]{0,14}?(?:台阶|大关)?)$"
)
_ADDING = re.compile(
    r"(?:(?:累计|全面|计划|推动|推进|加快|启动|实施|开展|再|共|预计|力争)*+"
    r"(?:新(?:增|建成|建设|建|改扩建|改建|改|培育|认定|引进|引育|设立|设|登记|注册|开工|开|打造|发展|入库|获批|晋|入选|入规|升规|添|签约)|"
    r"净增|增加|增设|扩增|增|建设|建成|修建|翻建|建|改造|改扩建|改建|扩建|开工|完成|培育|认定|创建|打造|发展|筹集|筹建|筹措|引进|引育|"
    r"招引|培养|集聚|更新|提升|加装|入选|获批|建立|设立|整治|供应|交付|配建|维修|[新迁重扩]建)(?:[、和及与]|并)?)++"
)
_DONE = re.compile(
    beginning_known(
        "(?:(?:开工|新增|新建|完成)?(?:改造提升|更新改造|改造升级|建设|改造|新建|加装|更新|扩建|新增|治理|整治|建成)(?:工程|任务|项目)?|开工)$"
    )
)
_AVERAGE = re.compile(r"年均|年平均|平均每年|每年平均|年递增|每年递增")
_OVER_YEARS = re.compile(
    r"累计|(?<![\d一二三四五六七八九十〇○零])[2-9两二三四五]年(?:来|间)?[^，]{0,12}(?:增长|增加|提高|下降|降低)|"
    r"[比较与](?P<base>(?:19|20)\d\d)年(?!同期)|[比较][“\"].五"
)
_OTHERS = re.compile(r"(?:全国|世界|全球|全省平均|全市平均)(?:的|平均)?$")
_PLACE = re.compile(
    r"(?!脱贫|贫困|边境|牧业|人口|各|两|部分)[一-鿿]{1,6}?(?<![园社景城灾牧林库片街地山湖校辖郊小发新])"
    r"(?:自治[区州县旗]|[省市县区州盟旗])(?!场)"
)
_UP_TO = re.compile(r"(?:[到至达为在]|超过|突破)(?:约|了)?$")
# how far back the words of a whole list are looked for
_REACH = 200


@lru_cache(maxsize=1)
def indicators() -> dict[str, IndicatorRow]:
    """The harmonised indicators by their identifier."""
    return {row.id: row for row in lexicons.load("indicators", IndicatorRow)}


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], list[IndicatorRow]]:
    """The rows by form and by each of their names, in one spelling."""
    names: defaultdict[tuple[str, str], list[IndicatorRow]] = defaultdict(list)
    for row in indicators().values():
        if row.form not in FORMS or row.dimension not in DIMENSIONS:
            problem = f"{row.id}: form {row.form!r} or dimension {row.dimension!r} is not known"
            raise LexiconError("indicators.tsv", 1, problem)
        for name in synonyms(row):
            names[row.form, one_spelling(name)].append(row)
    return dict(names)


def synonyms(row: IndicatorRow) -> list[str]:
    """The names of a row, with those of the rows it refers to (`@gdp`)."""
    names: list[str] = []
    for name in row.synonyms.split("|"):
        if not name.startswith("@"):
            names.append(name)
        elif name[1:] in indicators():
            names += synonyms(indicators()[name[1:]])
        else:
            raise LexiconError("indicators.tsv", 1, f"{row.id} refers to {name}, which is no row")
    return names


def one_spelling(words: str) -> str:
    """The words of an indicator in one spelling: 规模以上 is 规上, GDP and 地区生产总值 are 生产总值."""
    for pattern, spelling in _SPELLINGS:
        words = pattern.sub(spelling, words)
    return words


def set_indicator_ids(text: str, discourse: Discourse, figures: list[Mention], place: str = "") -> None:
    """Set `indicator_id` of every figure with role `value` whose indicator the lexicon knows.

    `place` holds the names of the speech's own place (its title will do); where it is empty, any place is taken for it.
    """
    previous = 0
    for figure in checked(figures):
        if figure.role == "value" and figure.indicator and figure.kind != "rank":
            start, _ = discourse.clause_at(figure.start)
            # 年均 stands once before all figures of A、B、C分别增长1%、2%、3%
            chained = "indicator.respectively" in figure.rules
            left = text[max(start, figure.start - _REACH) if chained else max(start, previous) : figure.start]
            row = find_indicator(figure, left, place, opens=previous <= start)
            suffix = _suffix(figure, left) if row is not None and row.form == "growth" else ""
            if row is not None and suffix is not None:
                figure.indicator_id = row.id + suffix
                figure.rules.append("indicator.harmonised")
        previous = figure.end


def find_indicator(figure: Mention, left: str, place: str = "", *, opens: bool = True) -> IndicatorRow | None:
    """The row that names what a figure measures; `left` is what stands before it in its clause.

    A name of two characters (出口, 经济) is sure only for the figure that opens its clause: the exports in
    茶叶产值增长8%、出口增长9% are those of tea.
    """
    words = figure.indicator or ""
    for name in _names_in(words, place):
        if figure.kind == "percentage":
            row = _row(("rate", "share"), name, figure)
        else:
            row = _row(("level",), name, figure) or _added(name, figure)
        if row is not None:
            return None if _of_others(left, name) or (len(name) <= 2 and not opens) else row
    changed = _GROWTH.search(words)
    if changed is None:
        return None
    # 增长5%, 提高到5%: a rise in percent, or the size after it
    to = _UP_TO.search(left)
    for name in _names_in(words[: changed.start()], place):
        bare = _BEFORE_GROWTH.sub("", name)
        if figure.kind == "percentage":
            row = _row(("rate", "share"), name, figure) if to else None
            row = row or _row(("growth",), name, figure) or _row(("growth",), bare, figure)
        else:
            row = _row(("level",), name, figure) if to else None
        if row is not None:
            return None if _of_others(left, name) or (len(name) <= 2 and not opens) else row
    return None


@lru_cache(maxsize=1 << 12)
def _names_in(words: str, place: str) -> Sequence[str]:
    """The words in one spelling, and those with one frame after another taken off them."""
    words = one_spelling(words)
    found = [words]
    while words:
        if frame := _FRAME.match(words):
            words = words[frame.end() :]
        elif own := _own_place_end(words, place):
            words = words[own:].lstrip("省市县区州盟旗")
        elif not place and (named := _PLACE.match(words)):
            words = words[named.end() :]
        elif tail := _TAIL.search(words):
            words = words[: tail.start()]
        else:
            break
        found.append(words)
    return found


def _own_place_end(words: str, place: str) -> int:
    """Where the name of the speech's own place ends that the words begin with, but not all of them; 0 if they don't."""
    end = 2
    while end < len(words) and end <= _LONGEST_PLACE and words[:end] in place:
        end += 1
    return end - 1 if end > 2 else 0


_LONGEST_PLACE = 8  # characters


def _added(words: str, figure: Mention) -> IndicatorRow | None:
    """新建5G基站, 高标准农田建设: what is added, with the verb before or behind it."""
    verb = _ADDING.match(words)
    names = [words[verb.end() :], _DONE.sub("", words[verb.end() :])] if verb else []
    if done := _DONE.search(words):
        names.append(words[: done.start()])
    for name in names:
        for short in (name, _TAIL.sub("", name)):
            if row := _row(("new",), short, figure):
                return row
    return None


def _row(forms: tuple[str, ...], name: str, figure: Mention) -> IndicatorRow | None:
    names = _names()
    for form in forms:
        for row in names.get((form, name), ()):
            if _fits(row, name, figure):
                return row
    return None


def _fits(row: IndicatorRow, name: str, figure: Mention) -> bool:
    """Whether the figure is in the row's dimension. 改造老旧小区5200户 are households; 规上工业企业320户 are firms."""
    kind, units = DIMENSIONS[row.dimension]
    if figure.kind != kind:
        return False
    if row.dimension == "count":
        return figure.unit not in _OF_OTHER_COUNTS or (figure.unit == "户" and bool(_FIRMS.search(name)))
    return not units or figure.unit in units


def _of_others(left: str, name: str) -> bool:
    """全国地区生产总值增长5%: the figure of somebody else, quoted for comparison."""
    at = left.rfind(name[:2])
    return at > 0 and bool(_OTHERS.search(left, 0, at))


def _suffix(figure: Mention, left: str) -> str | None:
    """The time that a growth is over: a year (no suffix), a yearly average, several years; None where that is open."""
    if _AVERAGE.search(left):
        return "_average"
    when = figure.when
    months = when is not None and when.rules[0] in ("time.months", "time.first_months")
    over = None if months else _OVER_YEARS.search(left)
    if over and not (over["base"] and when is not None and when.earliest == f"{int(over['base']) + 1}-01-01"):
        return "_total"
    if when is not None and (when.earliest or "")[:4] != (when.latest or "")[:4] and when.earliest and when.latest:
        return None
    return None if when is not None and when.rules[0] == "time.by_year" else ""
