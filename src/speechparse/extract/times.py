"""Finder of times: 今年, 年底前, 10月初, 上半年, 1-7月份, “十二五”期间, “五一”前, and what days they are.

A time needs a year. `YearContext` gives it: the speech's own year (今年), or the year that a report is looking back on
(全年, 当年 in 2012年工作回顾). A year the speech masks keeps its mask: `201X-12-31`; a year nobody states is `XXXX`.
Which of the times found become records, and whether as deadline or period, is decided by the linkers.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.calendar_cn import named_day
from speechparse.extract.figures import alternatives
from speechparse.extract.mentions import Mention
from speechparse.extract.numerals import DIGITS, read_chinese_integer
from speechparse.extract.patterns import stretches
from speechparse.lazy import re

UNKNOWN_YEAR = "XXXX"


class OccasionRow(NamedTuple):
    """A day that has a name; `day` is as `calendar_cn.named_day` reads it, or empty where it has no date (汛期)."""

    term: str
    day: str
    example: str
    counter_example: str


@lru_cache(maxsize=1)
def occasions() -> dict[str, OccasionRow]:
    return {row.term: row for row in lexicons.load("occasions", OccasionRow)}


_MASKS = r"[xXＸ*＊×○]"
YEAR = (
    rf"(?:(?:19|20)\d\d|(?:19|20)(?:\d{_MASKS}|{_MASKS}{{1,2}})|{_MASKS}{{4}}|"
    r"[一二][九〇○零O][〇○零一二三四五六七八九xX*]{2})年"
)
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
# 建成后年产值 is no 后年
_NOT_DONE = "".join(f"(?<!{done})" for done in "投产 达产 建成 投用 投运 运营 改造 竣工 完工".split())
_RELATIVE = rf"(?:今年|去年|明年|{_NOT_DONE}后年|前年|上年|当年|本年度?|同年|下年)"
_QUARTER = r"(?:第?[一二三四1-4]季度|首季度?)"
_EDGE = r"(?:底|末|初|中旬|上旬|下旬)"
_BEFORE = r"(?:(?:下班|上班)?(?:以前|之前|前))"
# what a time can begin with, but for occasions
_FIRST = "最剩余今去明后前上当本同下第一二三四五六七八九十首头全年月从自截到至过未近这“\"'12x30456789XＸ*＊×○"
_PLAN_NAMES = "一二三四五六七八九十"
# 今年中央财政安排…, 今年中考 are no middle of the year, 今年内需, 今年内河港口 no 年内
_MID = "中(?![央心国小西东型部等高医期秋考药旬低外学华原标级共青式游端长草欧亚俄非转试间层铁职专]|、高)"
_WITHIN = "内(?![外需蒙河陆贸容涝]|部(?!分))"


@lru_cache(maxsize=1)
def _time_pattern() -> re.Pattern[str]:
    occasion = alternatives(occasions())
    first = "".join(sorted({w[0] for w in occasions()} | set(_FIRST)))
    return re.compile(
        rf"""(?=[{first}])(?<![\d.\-第])(?<![\d年月日号]—)(?:
        (?P<plan>[“"]?(?P<plan_number>十?[{_PLAN_NAMES}]五)[”"]?(?P<plan_part>规划期?(?:期间|末|内)?|期间|时期|末|以来|头[一二三]年|前[一二三四]年|开局之年|收官之年)?+)
        |(?P<years>(?P<years_word>过去|这(?=[五5])|(?<!附)近(?=[二两三四五\d])|今后|未来)(?P<years_number>[一二两三四五六七八九十]|\d{{1,2}})年(?!的?时间|多|左右|级)(?:来|间)?|(?P<years_alone>[一五])年(?P<years_after>来|间)
            |(?P<years_of_plan>[5五])年(?=(?:累计|年均)?(?:增长|提高|提升|增加|下降|新增|净增)))
        |(?P<span>(?P<span_from>(?:19|20)\d\d)(?:年)?[—–－\-~～至到]{{1,2}}(?P<span_to>(?:19|20)\d\d)年)
        |(?P<next_two>明、?后两?年)
        |(?P<week>(?P<week_word>[本这下上])(?:一?个|一)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])?(?P<week_after>末?{_BEFORE}|之?内|末)?+(?P<week_on>起(?!点|步|来|色|草|伏)|开始)?+(?![期边年转报刊密到全界长知旋岁]))
        |(?=[^，,。；;]{{0,24}}?[年月季半期前后])  # without one of them what follows is no time, but may be empty
            (?P<from_to>[从自])?+(?P<until>截[至止]到?)?+(?P<to>到|至)?+
            (?:(?P<year>{YEAR}|(?<=[（(，,、；;])\d\d年(?=[为底末全上下初一二三四\d]))|(?P<relative>{_RELATIVE})|本(?=月|季度|周|年)|(?P<next>[下上](?=个?月|季度))个?)?+
            (?:(?P<range>(?P<m1>{_MONTH})(?:月份?)?[—–－\-~～至到]{{1,2}}(?P<m2>{_MONTH})月份?)
              |(?P<last_months>(?:最后|剩下的?|余下的?|(?<![一-鿿])后|(?<=[今全]年)后)(?P<lm>{_MONTH}|两)个月(?:时间)?)
              |(?P<first_months>(?<!提)[前头首](?:(?P<fm>{_MONTH}|两)个?月|(?P<fq>[一二三两])个?季度))
              |(?P<month>{_MONTH})月(?:份)?(?P<day>{_DAY}[日号])?(?P<month_edge>{_EDGE})?
                  (?:(?<=[日号])[—–－\-~～至到]{{1,2}}(?:(?P<to_month>{_MONTH})月)?(?P<to_day>{_DAY})[日号](?!{_BEFORE}))?+
              |(?P<this_month>(?:(?<=[本下上])|(?<=[下上]个))月(?:份)?)(?:(?P<this_edge>{_EDGE})|(?P<this_day>{_DAY})[日号])?+
              |(?P<half>[上下]半年)
              |(?P<quarter>{_QUARTER})(?P<quarter_edge>末|初)?
              |(?P<month_end>月[底末])
              |(?P<year_part>(?<=年)(?:[底末终]|{_MID}|{_WITHIN}|初(?!步|级|衷))(?!期)|年(?:底|末|初(?!步|级|衷)|终|{_MID})|(?<=年)全年|全年|(?<![一二两三四五六七八九十几数多余干半\d])年内|年度内|当年|本年度?)
              |[“"']?(?P<occasion>{occasion})(?:[”"'])?(?:假期|长假)?(?:(?:到来|来临)(?={_BEFORE})|(?={_BEFORE}|期间|后))
            )?+
            (?P<after>{_BEFORE}|以来|开始|起(?!点|步|来|色|草|伏)|期间|[以之]?{_WITHIN}|同期|中期)?+
        )""",
        re.VERBOSE,
    )


@dataclass(slots=True)
class YearContext:
    """The years that times refer to. `own` is the year of the speech, `review` the year looked back on where the text
    is doing so; both are 4 characters with `X` for what is not known."""

    own: str = UNKNOWN_YEAR
    review: str | None = None
    day: dt.date | None = None

    @property
    def running(self) -> str:
        """The year of 全年, 年底, 10月."""
        return self.review or self.own


def shift_year(year: str, by: int) -> str:
    """The year `by` years later. Of a masked year only what stays certain is kept: 201X + 1 is 20XX."""
    if by == 0:
        return year
    if "X" not in year:
        return str(int(year) + by)
    return "20XX" if year.startswith("20") else UNKNOWN_YEAR


def read_year(text: str) -> str:
    """2013年 → 2013, 201*年 → 201X, 20xx年 → 20XX, 二〇一三年 → 2013, 14年 → 2014.

    A circle is a mask behind Arabic digits (201○年) and a zero behind Chinese ones (二○一三年).
    """
    digits = text.removesuffix("年")
    if digits.isdecimal() and len(digits) == 2:
        return f"20{digits}"
    zeros = "○O" if digits[0] in "一二" else ""
    known = "".join("0" if c in zeros else _year_digit(c) for c in digits)
    return known + "X" * (4 - len(known))


def _year_digit(char: str) -> str:
    if char.isdecimal():
        return str(int(char))
    return str(DIGITS[char]) if char in DIGITS and char != "○" else "X"


def _longest(year: str, month: int) -> int:
    """The days of a month; of one in a masked year, the most that it may have."""
    return calendar.monthrange(2000 if "X" in year else int(year), month)[1]


def last_day(year: str, month: int) -> str:
    if month == 2:
        day = calendar.monthrange(int(year), 2)[1] if "X" not in year else 28
    else:
        day = calendar.monthrange(2001, month)[1]
    return f"{year}-{month:02}-{day:02}"


_RISEN = re.compile(r"(?:提高|增加|上升|提升|跃升|增长|扩大|下降|降低|减少|发展)$")


def _small_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return read_chinese_integer(text) or 0


def find_times(text: str, start: int, end: int, year_at: Callable[[int], YearContext]) -> Iterator[Mention]:
    """The times in `text[start:end]`; `year_at` gives the years in force at a position."""
    pattern = _time_pattern()
    for window in stretches(_TRIGGER, text, start, end, before=_REACH, behind=_REACH):
        for match in pattern.finditer(text, *window):
            if match.end() - match.start() < 2:
                continue
            mention = _read_time(text, match, year_at(match.start()))
            if mention is not None:
                yield mention


# Every time holds one of these; around them the full pattern is tried. Where each alternative begins with a character,
# not with a class, `re` looks for these characters alone.
_TRIGGER = re.compile(
    r"年|月|季度|半年|五[”\"]?(?=规划|期间|时期|末)|前(?:(?<=[一-鿿]{2}前)|(?<=[”\"]前))|后(?:(?<=[一-鿿]{2}后)|(?<=[”\"]后))"
    r"|期间(?:(?<=[一-鿿]{2}间)|(?<=[”\"]期间))|周(?<=[本这下上个一]周)|星期(?<=[本这下上个一]星期)|礼拜(?<=[本这下上个一]礼拜)"
)
_REACH = 16


def _read_time(text: str, match: re.Match[str], years: YearContext) -> Mention | None:
    start, end = match.span()

    if match["to"] and (_RISEN.search(text, max(0, start - 4), start) or text[end : end + 1] == "的"):
        start += 1  # 提高到2025年的14万元: the 到 is the verb's
    if match["from_to"] and not (match["after"] or "").startswith(("起", "开始", "以来")):
        start += 1

    def made(rule: str, earliest: str | None, latest: str | None, *, limits: bool = False) -> Mention:
        return Mention(
            "deadline" if limits else "period", start, end, [f"time.{rule}"], earliest=earliest, latest=latest
        )

    if match["plan"]:
        part = match["plan_part"] or ""
        quoted = text[start] in '“"'
        if not (part.startswith(("期", "时", "末", "规划期")) or (quoted and part == "末")):
            return None
        first = five_year_plan(match["plan_number"])
        if first is None:
            return None
        at_end = part.endswith("末")
        return made("five_year_plan", None if at_end else f"{first}-01-01", f"{first + 4}-12-31", limits=at_end)
    if match["years"]:
        if not _is_review_of_years(match):
            return None
        recent = match["years_word"] == "近" and not match["years"].endswith("来")
        return made("recent_years" if recent else "years", *_years_back(match, years))
    if match["span"]:
        return made("span_of_years", f"{match['span_from']}-01-01", f"{match['span_to']}-12-31")
    if match["next_two"]:
        return made(
            "next_two_years", f"{shift_year(years.own, 1)}-01-01", f"{shift_year(years.own, 2)}-12-31", limits=True
        )
    if match["week"]:
        return _week(match, years, made)
    year, stated = _year_of(match, years)
    after = match["after"] or ""
    before = after.endswith("前")
    if after == "同期":
        return None
    if match["range"]:
        first_month, last_month = _small_number(match["m1"]), _small_number(match["m2"])
        if not (1 <= first_month < last_month <= 12) or (match["range"][-1] not in "月份"):
            return None
        return made("months", f"{year}-{first_month:02}-01", last_day(year, last_month))
    if match["first_months"]:
        months = _small_number(match["fm"]) if match["fm"] else 3 * _small_number(match["fq"])
        if not 1 <= months <= 12 or (match["first_months"][0] == "首" and months > 1):
            return None
        return made("first_months", f"{year}-01-01", last_day(year, months))
    if match["last_months"]:
        months = _small_number(match["lm"])
        if not 1 <= months <= 11:
            return None
        if years.day and match["last_months"][0] in "剩余" and not 0 <= 12 - years.day.month - months <= 1:
            return None
        return made("last_months", f"{year}-{13 - months:02}-01", f"{year}-12-31", limits=True)
    if match["month"]:
        return _month(match, year, before, after, made, text)
    if match["this_month"] or match["month_end"]:
        return _this_month(match, years, before, made, text)
    if match["half"]:
        first_month = 1 if match["half"][0] == "上" else 7
        begin = None if before else f"{year}-{first_month:02}-01"
        latest = last_day(year, first_month + 5) if not before else last_day(year, 6) if first_month == 7 else None
        return made("half", begin, latest, limits=before)
    if match["quarter"]:
        number = 1 if match["quarter"][0] == "首" else _small_number(match["quarter"].removeprefix("第")[0])
        edge = match["quarter_edge"]
        begin = None if edge or before else f"{year}-{3 * number - 2:02}-01"
        return made("quarter", begin, last_day(year, 3 * number), limits=bool(edge) or before)
    if match["occasion"]:
        if not before:
            return None
        latest = day_before(match["occasion"], year)
        if not stated and latest and years.review is None and years.day and latest < years.day.isoformat():
            following = day_before(match["occasion"], shift_year(year, 1))  # 春节前, said in August; not 五一前
            if following and dt.date.fromisoformat(following) - years.day < years.day - dt.date.fromisoformat(latest):
                latest = following
        return made("occasion", None, latest, limits=True)
    return _whole_year(match, year, stated, before, after, made, text)


def _year_of(match: re.Match[str], years: YearContext) -> tuple[str, bool]:
    if match["year"]:
        return read_year(match["year"]), True
    relative = match["relative"]
    if relative:
        if relative == "上年":
            return shift_year(years.running, -1), True
        by = {"去年": -1, "明年": 1, "下年": 1, "后年": 2, "前年": -2}.get(relative)
        if by is not None:
            return shift_year(years.own, by), True
        return (years.running if relative in ("当年", "同年") else years.own), True
    return years.running, False


Maker = Callable[..., Mention]


def _month(match: re.Match[str], year: str, before: bool, after: str, made: Maker, text: str) -> Mention | None:
    month = _small_number(match["month"])
    edge = match["month_edge"]
    # 一月一通报, 三月内: a Chinese numeral alone is as often a duration or a frequency
    told = match["year"] or match["relative"] or match["day"] or edge or before or "月份" in match.group()
    if not told and not match["month"].isdigit():
        return None
    if match["day"] and match["to_day"]:
        last_month, last = _small_number(match["to_month"] or match["month"]), _small_number(match["to_day"])
        first = _small_number(match["day"].rstrip("日号"))
        exist = first <= _longest(year, month) and last <= _longest(year, last_month)
        if not exist or (month, first) >= (last_month, last):
            return None
        return made("days", f"{year}-{month:02}-{first:02}", f"{year}-{last_month:02}-{last:02}")
    if match["day"]:
        day = _small_number(match["day"].rstrip("日号"))
        if day > _longest(year, month):
            return None  # 4月31日
        date = f"{year}-{month:02}-{day:02}"
        if match["until"]:
            return made("until", None, date)
        if before:
            return made("day", None, date, limits=True)
        return made("day", date, None if after in ("起", "以来") else date)
    if match["until"]:
        return made("until", None, last_day(year, month))
    if edge in ("底", "末"):
        return made("month_end", None, last_day(year, month), limits=True)
    if edge in ("初", "上旬"):
        return made("month_begin", None, f"{year}-{month:02}-10", limits=True)
    if edge == "中旬":
        return made("mid_month", None, f"{year}-{month:02}-20", limits=True)
    if edge == "下旬":
        return made("late_month", None, last_day(year, month), limits=True)
    if before:
        return made("before_month", None, last_day(year, month - 1) if month > 1 else None, limits=True)
    if after in ("起", "开始", "以来"):
        return made("from_month", f"{year}-{month:02}-01", None)
    return made("month", f"{year}-{month:02}-01", last_day(year, month), limits=after in ("内", "之内"))


def _this_month(match: re.Match[str], years: YearContext, before: bool, made: Maker, text: str) -> Mention | None:
    year, month = years.own, "XX"
    last = f"{year}-XX-XX"
    if years.day is not None:
        by = {"下": 1, "上": -1}.get(match["next"] or "", 0)
        index = years.day.year * 12 + years.day.month - 1 + by
        year, month = str(index // 12), f"{index % 12 + 1:02}"
        last = last_day(year, int(month))
    if match["month_end"]:
        if text.endswith(tuple("每各上当逐半"), 0, match.start()):
            return None
        return made("month_end", None, last, limits=True)
    if match["this_day"]:
        day = _small_number(match["this_day"])
        if not 1 <= day <= (_longest(year, int(month)) if month != "XX" else 31):
            return None
        date = f"{year}-{month}-{day:02}"
        return made("day", None, date, limits=True) if before else made("day", date, date)
    edge = match["this_edge"]
    if edge in ("底", "末", "下旬"):
        return made("month_end", None, last, limits=True)
    if edge in ("中旬", "初", "上旬"):
        return made("mid_month", None, f"{year}-{month}-{'20' if edge == '中旬' else '10'}", limits=True)
    if match["next"] == "上":
        return made("this_month", f"{year}-{month}-01", last)
    return made("this_month", f"{year}-{month}-01", last, limits=True)


def _week(match: re.Match[str], years: YearContext, made: Maker) -> Mention | None:
    """本周内, 下周三前: placed by the day of the speech, and nowhere without it. Weeks begin on Monday."""
    if years.day is None:
        return None
    by = {"下": 7, "上": -7}.get(match["week_word"], 0)
    monday = years.day + dt.timedelta(days=by - years.day.weekday())
    after = match["week_after"] or ""
    limits = after != "" and match["week_word"] != "上"
    if weekday := match["weekday"]:
        first = last = monday + dt.timedelta(days=min("一二三四五六日天".index(weekday), 6))
    else:
        first, last = monday, monday + dt.timedelta(days=6)
        if after in ("前", "之前", "以前"):
            last = monday - dt.timedelta(days=1)  # 下周前
    if match["week_on"]:
        return made("week", first.isoformat(), None)  # 下周一起
    by_then = after.endswith(("前", "末")) or (weekday is not None and limits)
    return made("week", None if by_then else first.isoformat(), last.isoformat(), limits=limits)


def _whole_year(
    match: re.Match[str], year: str, stated: bool, before: bool, after: str, made: Maker, text: str
) -> Mention | None:
    part = match["year_part"] or ""
    if not stated and not part:
        return None
    if part.endswith(("底", "末", "终")):
        return made("year_end", None, f"{year}-12-31", limits=True)
    if part.endswith("初"):
        return made("since_year", f"{year}-01-01", None) if after == "以来" else None  # 年初确定的目标
    if part.endswith("中"):
        return made("mid_year", None, f"{year}-06-30", limits=True)
    if before:
        return made("before_year", None, f"{shift_year(year, -1)}-12-31", limits=True)
    if (
        match["to"]
        and stated
        and match["year"]
        and not _RISEN.search(text, max(0, match.start() - 4), match.start())
        and text[match.end() : match.end() + 1] != "的"
    ):
        return made("by_year", None, f"{year}-12-31", limits=True)
    if after in ("以来", "开始", "起"):
        return made("since_year", f"{year}-01-01", None)
    return made("year", f"{year}-01-01", f"{year}-12-31", limits=part in ("年内", "内", "年度内"))


def five_year_plan(number: str) -> int | None:
    """The first year of a five-year plan: 十二五 → 2011. The first plan began in 1953, the sixth in 1981."""
    ordinal = read_chinese_integer(number[:-1])
    if ordinal is None or not 6 <= ordinal <= 19:
        return None
    return 1981 + 5 * (ordinal - 6)


def _is_review_of_years(match: re.Match[str]) -> bool:
    word, number = match["years_word"], match["years_number"]
    return (
        match["years_after"] == "来"
        or match["years_of_plan"] is not None
        or (number in ("五", "5") and word in ("过去", "这"))
        or word in ("近", "今后", "未来")
    )


def _years_back(match: re.Match[str], years: YearContext) -> tuple[str | None, str | None]:
    count = _small_number(match["years_number"] or match["years_alone"] or match["years_of_plan"])
    if match["years_word"] in ("今后", "未来"):
        if "X" in years.own:
            return None, None
        return f"{years.own}-01-01", f"{shift_year(years.own, count - 1)}-12-31"
    last = years.review or shift_year(years.own, -1)
    if "X" in last:
        return None, None
    return f"{shift_year(last, 1 - count)}-01-01", f"{last}-12-31"


@lru_cache(maxsize=1024)
def day_before(occasion: str, year: str) -> str | None:
    """The last day before an occasion; None where it has no day (汛期) or the year does not settle it.

    Of a masked year (201X) the day is given where it is the same in every year that the mask allows: that of 国庆 is,
    that of 中秋 never. A day of the twelfth lunar month belongs to either of two years for one who speaks in January.
    """
    day = occasions()[occasion].day
    if not day or day.startswith("lunar:12"):
        return None
    years = [int(year)] if "X" not in year else [y for y in _YEARS if _may_be(y, year)]
    found: set[tuple[int, int, int]] = set()
    for number in years:
        date = named_day(day, number)
        if date is None:
            return None
        before = date - dt.timedelta(days=1)
        found.add((before.year - number, before.month, before.day))
        if len(found) > 1:
            return None
    by, month, number = found.pop()
    return f"{shift_year(year, by)}-{month:02}-{number:02}"


_YEARS = range(1900, 2101)


def _may_be(number: int, masked: str) -> bool:
    return all(mask in ("X", digit) for mask, digit in zip(masked, str(number), strict=True))
