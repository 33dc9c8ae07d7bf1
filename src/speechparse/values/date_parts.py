"""The readers of the parts of a time that the calendar has: years, seasons, months, weeks, days.

Each takes the match of its rule (see `date_rules`), the scope of the parts before it and what the time is told from.
A part that needs a year or a month, and has none before it, is of the reference date's.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.calendar_cn import SOLAR_TERMS, named_day, solar_term
from speechparse.extract.numerals import DIGITS
from speechparse.extract.times import five_year_plan, occasions
from speechparse.values.scopes import (
    DAY,
    Scope,
    day_scope,
    lunar_month_scope,
    lunar_year_scope,
    month_length,
    month_scope,
    shift_days,
    shift_months,
    week_scope,
    year_scope,
)
from speechparse.values.told import STEPS, Match, Today, is_week, number_of


class EraRow(NamedTuple):
    term: str
    first_year: int
    example: str


class RelativeRow(NamedTuple):
    """A year or a day told from the reference date; `grain` is year or day, `later` how many of them later."""

    term: str
    grain: str
    later: int
    example: str


@lru_cache(maxsize=1)
def eras() -> dict[str, int]:
    return {row.term: row.first_year for row in lexicons.load("eras", EraRow)}


@lru_cache(maxsize=1)
def relatives() -> dict[str, RelativeRow]:
    return {row.term: row for row in lexicons.load("relative_times", RelativeRow)}


_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {str(i + 1): i for i in range(7)} | {"天": 6}


# --- what a part without a year is of -------------------------------------------------------------------------------


def _year(scope: Scope | None, today: Today) -> Scope | None:
    if scope is None:
        return year_scope(today.date.year, implied=True)
    return scope if scope.grain == "year" else None


def _month(scope: Scope | None, today: Today) -> Scope | None:
    if scope is None:
        return month_scope(today.date.year, today.date.month, _year(None, today), implied=True)
    return scope if scope.grain == "month" else None


# --- years and more -------------------------------------------------------------------------------------------------


def read_full_year(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None and not (scope.implied and scope.lunar):
        return None
    year = number_of(match["year"])
    return lunar_year_scope(year) if scope else year_scope(year)


def read_short_year(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """21年, 五八年: of the hundred years that end ten years from now, or that begin where a range does."""
    if scope is not None and not (scope.implied and scope.lunar):
        return None
    return year_scope(_near(match["year"], today.latest))


def _near(digits: str, last: int) -> int:
    """The year with these last digits among the hundred up to `last`."""
    year = last - last % 100 + int("".join(str(DIGITS.get(c, c)) for c in digits))
    return year - 100 if year > last else year


def read_relative(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """去年, 后天: so many years or days from the reference date."""
    row = relatives()[match["term"]]
    if scope is not None:
        return None
    if row.grain == "year":
        return year_scope(today.date.year + row.later)
    day = shift_days(today.date, row.later)
    return None if day is None else day_scope(day)


def read_following_year(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """次年 in 2019年12月至次年3月: the year after the one it is told from."""
    return year_scope(today.year + 1) if scope is None else None


def read_two_years(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """今明两年, 去今两年, 明后两年"""
    by = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}
    steps = [by[c] for c in match["years"]]
    if scope is not None or steps != [*range(steps[0], steps[0] + len(steps))]:
        return None
    year = today.date.year
    return Scope(dt.date(year + steps[0], 1, 1), dt.date(year + steps[-1], 12, 31), "span")


def read_era(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    year = eras()[match["era"]] + number_of(match["year"]) - 1
    return year_scope(year) if scope is None and number_of(match["year"]) > 0 else None


def read_plan(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    first = five_year_plan(match["plan"])
    if scope is not None or first is None:
        return None
    begin, end = dt.date(first, 1, 1), dt.date(first + 4, 12, 31)
    if match["end"]:
        begin = dt.date(first + 4, 1, 1)
    return Scope(begin, end, "span", closes=bool(match["end"]))


def read_century(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None:
        return None
    if match["number"]:
        first = 100 * (number_of(match["number"]) - 1)
    else:
        first = today.date.year // 100 * 100 - (100 if "上" in match["which"] else 0)
    if not 100 <= first <= 9800:
        return None
    low, high = {"初": (0, 19), "中": (20, 79), "末": (80, 99), "上": (0, 49), "下": (50, 99)}.get(
        (match["part"] or " ")[0], (0, 99)
    )
    return Scope(dt.date(first + low, 1, 1), dt.date(first + high, 12, 31), "span" if match["part"] else "century")


def read_decade(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """90年代, 二十年代 of a century that is said, or of the latest that has begun; 2010年代."""
    word = match["number"]
    number = number_of(word)
    if scope is None:
        first = number if len(word) == 4 else _near(f"{number:02}", today.latest - 10)
    elif scope.grain == "century" and len(word) < 4:
        first = scope.first.year + number
    else:
        return None
    if not 1 <= first <= 9980:
        return None
    low, high = {"初": (0, 2), "中": (3, 6), "末": (7, 9)}.get((match["part"] or " ")[0], (0, 9))
    return Scope(dt.date(first + low, 1, 1), dt.date(first + high, 12, 31), "decade", scope)


def read_lunar(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is None:
        return lunar_year_scope(today.date.year, implied=True)
    return lunar_year_scope(scope.first.year, scope.parent) if scope.grain == "year" and not scope.lunar else None


# --- parts of a year ------------------------------------------------------------------------------------------------


def read_year_edge(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """年初 is January and February, 年中 June and July, 年底 November and December."""
    if scope is None and not match["year"]:
        return None
    year = _year(scope, today)
    if year is None:
        return None
    edge = match["edge"]
    low, high = (1, 2) if edge == "初" else (6, 7) if edge == "中" else (11, 12)
    number = year.first.year
    last = dt.date(number, high, month_length(number, high))
    return year.part(dt.date(number, low, 1), last, "part", closes=high == 12)


def read_half(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    year = _year(scope, today)
    if year is None:
        return None
    number = year.first.year
    if match["half"] in "上前":
        return year.part(dt.date(number, 1, 1), dt.date(number, 6, 30), "half")
    return year.part(dt.date(number, 7, 1), dt.date(number, 12, 31), "half")


def read_half_from_now(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None:
        return None
    index = today.date.year * 2 + (today.date.month > 6) + STEPS.get(match["step"], 0)
    first = dt.date(index // 2, 7 if index % 2 else 1, 1)
    return months_from(first, 6, "half")


def months_from(first: dt.date, count: int, grain: str, parent: Scope | None = None) -> Scope | None:
    after = shift_months(first, count)
    return None if after is None else Scope(first, after - DAY, grain, parent)


def read_quarter(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    year = _year(scope, today)
    if year is None or year.lunar:
        return None
    word = match["quarter"]
    number = 1 if word == "首" else 4 if word in ("末", "最后一") else number_of(word)
    return months_from(dt.date(year.first.year, 3 * number - 2, 1), 3, "quarter", year)


def read_quarter_from_now(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None:
        return None
    index = today.date.year * 4 + (today.date.month - 1) // 3 + STEPS.get(match["step"], 0)
    return months_from(dt.date(index // 4, index % 4 * 3 + 1, 1), 3, "quarter")


def read_quarter_edge(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """The first, second or third month of a quarter."""
    if scope is None or scope.grain != "quarter":
        return None
    offset = {"初": 0, "中": 1}.get(match["edge"], 2)
    first = shift_months(scope.first, offset)
    found = None if first is None else months_from(first, 1, "part", scope)
    return None if found is None else Scope(found.first, found.last, "part", scope, closes=offset == 2)


# 春 lasts from 立春 to the day before 立夏, and so on: the calendar's seasons, not the weather's
_SEASONS = {"春": ("立春", "立夏"), "夏": ("立夏", "立秋"), "秋": ("立秋", "立冬"), "冬": ("立冬", "立春")}


def read_season(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    which = match["which"]
    if which and scope is not None:
        return None
    by = {"去": -1, "明": 1}.get(which or "", 0)
    year = year_scope(today.date.year + by) if which else _year(scope, today)
    if year is None:
        return None
    begin, end = _SEASONS[match["season"]]
    number = year.first.year
    first, after = solar_term(number, begin), solar_term(number + (end == "立春"), end)
    return None if first is None or after is None else Scope(first, after - DAY, "part", year)


def read_occasion(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """国庆节, 清明, 中秋: of the year, or of the lunar year where one is said."""
    year = _year(scope, today)
    if year is None:
        return None
    term = match["name"]
    day = f"term:{term}" if term in SOLAR_TERMS else occasions()[term].day
    date = named_day(day, year.lunar[0] if year.lunar else year.first.year) if day else None
    return None if date is None else day_scope(date, year)


def read_ordinal_day(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """第100天, 首日, 最后一天 of a year or a month that is said."""
    if scope is None or scope.grain == "day":
        return None
    word = match["ordinal"]
    day = scope.last if word.startswith("最后") else scope.first if word == "首" else None
    if day is None:
        day = shift_days(scope.first, number_of(word.removeprefix("第")) - 1)
    return None if day is None else scope.part(day, day, "day")


# --- months ---------------------------------------------------------------------------------------------------------


def read_month(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    year = _year(scope, today)
    if year is None:
        return None
    month = number_of(match["month"])
    if year.lunar or match["leap"]:
        return lunar_month_scope(_lunar_year(year), month, year, leap=bool(match["leap"]))
    return month_scope(year.first.year, month, year)


def _lunar_year(year: Scope) -> int:
    return year.lunar[0] if year.lunar else year.first.year


def read_lunar_month(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """正月, 冬月, 腊月 are lunar without being called so."""
    year = _year(scope, today)
    month = {"正": 1, "冬": 11, "腊": 12}[match["month"]]
    return None if year is None else lunar_month_scope(_lunar_year(year), month, year)


def read_month_from_now(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None:
        return None
    day = shift_months(today.date.replace(day=1), STEPS.get(match["step"] or "", 0))
    return None if day is None else month_scope(day.year, day.month)


def read_ordinal_month(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """第九个月, 首月, 最后一个月 of a year, a half or a quarter."""
    year = scope or _year(None, today)
    if year is None or year.grain not in ("year", "half", "quarter"):
        return None
    word = match["ordinal"]
    if word.startswith(("最后", "末")):
        return month_scope(year.last.year, year.last.month, year)
    offset = 0 if word == "首" else number_of(word.removeprefix("第")) - 1
    first = shift_months(year.first, offset) if offset >= 0 else None
    return month_scope(first.year, first.month, year) if first and first <= year.last else None


def read_first_or_last(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """前三个月, 后两个季度, 前10天, 最后四个月, 前2周 of a year or a month."""
    unit = match["unit"]
    grain = "month" if "月" in unit else "quarter" if "季" in unit else "week" if is_week(unit) else "day"
    whole = scope if scope is not None or grain in ("day", "week") else _year(None, today)
    count = number_of(match["count"])
    if scope is None and count == 1:
        return None  # 前一个月 counts from today
    if whole is None or whole.grain not in ("year", "month", "half", "quarter") or not 1 <= count <= 366 or whole.lunar:
        return None
    last = match["which"] in ("后", "最后", "末")
    if grain == "day":
        first = shift_days(whole.last, 1 - count) if last else whole.first
        end = whole.last if last else shift_days(whole.first, count - 1)
    elif grain == "week":
        weeks = _weeks(whole)
        if count > len(weeks):
            return None
        chosen = weeks[-count:] if last else weeks[:count]
        return Scope(chosen[0].first, chosen[-1].last, "span", whole)
    else:
        months = count * (3 if grain == "quarter" else 1)
        first = shift_months(whole.last + DAY, -months) if last else whole.first
        after = whole.last + DAY if last else shift_months(whole.first, months)
        end = after and after - DAY
    return whole.part(first, end, "span") if first and end else None


def read_month_edge(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """上旬, 中旬, 下旬, and 月初 up to the 10th, 月中 from the 10th to the 20th, 月底 from the 25th on."""
    if scope is None and not match["month"] and match["edge"] in "初中底末":
        return None
    month = _month(scope, today)
    if month is None:
        return None
    length = (month.last - month.first).days + 1
    low, high = {
        "初": (1, 10),
        "上旬": (1, 10),
        "上半月": (1, 15),
        "上中旬": (1, 20),
        "中上旬": (1, 20),
        "中": (10, 20),
        "中旬": (11, 20),
        "中下旬": (11, length),
        "下半月": (16, length),
        "下旬": (21, length),
        "底": (25, length),
        "末": (25, length),
    }[match["edge"]]
    return month.part(month.first + (low - 1) * DAY, month.first + (high - 1) * DAY, "part", closes=high == length)


# --- weeks ----------------------------------------------------------------------------------------------------------


def _weeks(whole: Scope) -> list[Scope]:
    """The weeks of a year or a month: those whose Monday is in it."""
    monday = whole.first + (-whole.first.weekday() % 7) * DAY
    return [Scope(day, day + 6 * DAY, "week", whole) for day in _days_by(monday, whole.last, 7)]


def _days_by(first: dt.date, last: dt.date, step: int) -> list[dt.date]:
    return [first + n * DAY for n in range(0, (last - first).days + 1, step)]


def read_ordinal_week(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """第二周, 第三十七个星期, 首周, 最后一周: of a month, or of a year."""
    whole = scope or _year(None, today)
    if whole is None or whole.grain not in ("year", "month"):
        return None
    word = match["ordinal"]
    weeks = _weeks(whole)
    index = 0 if word == "首" else len(weeks) - 1 if word.startswith("最后") else number_of(word.removeprefix("第")) - 1
    return weeks[index] if 0 <= index < len(weeks) else None


def read_ordinal_weekday(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """第三个星期日, 最后一个周五 of a month or a year."""
    whole = scope or _month(None, today)
    if whole is None or whole.grain not in ("year", "month"):
        return None
    weekday = _WEEKDAYS[match["weekday"]]
    first = whole.first + ((weekday - whole.first.weekday()) % 7) * DAY
    days = _days_by(first, whole.last, 7)
    word = match["ordinal"]
    index = len(days) - 1 if word.startswith("最后") else 0 if word == "首" else number_of(word.removeprefix("第")) - 1
    return day_scope(days[index], whole) if 0 <= index < len(days) else None


def read_week_from_now(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    if scope is not None:
        return None
    day = shift_days(today.date, 7 * STEPS.get(match["step"], 0))
    return None if day is None else week_scope(day)


def read_weekday(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """周三 of this week or of the one that is said; behind a date (6月14日星期一) it has to be right."""
    weekday = _WEEKDAYS[match["weekday"]]
    if scope is not None and scope.grain == "day":
        return scope if match["week"] and scope.first.weekday() == weekday else None
    week = scope or week_scope(today.date, implied=True)
    if week.grain != "week" or not (match["week"] or scope):
        return None
    return day_scope(week.first + weekday * DAY, week)


def read_weekend(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    week = scope or week_scope(today.date, implied=True)
    return week.part(week.last - DAY, week.last, "span") if week.grain == "week" and (match["week"] or scope) else None


# --- days -----------------------------------------------------------------------------------------------------------


def read_day(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """5日, 十五号; without 日 only behind a month, and a Chinese one of two characters is then lunar: 八月十五."""
    if scope is None and not match["unit"]:
        return None
    month = _month(scope, today)
    if month is None:
        return None
    word, number = match["day"], number_of(match["day"])
    if not match["unit"] and not word.isdigit() and len(word) > 1 and not month.lunar and number <= 30:
        return _lunar_day_in(month, number)
    day = shift_days(month.first, number - 1)
    return month.part(day, day, "day") if day and number > 0 else None


def read_lunar_day(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """初五, 廿二: the month before it is lunar, even if nobody says so (去年五月初五)."""
    month = _month(scope, today)
    word = match["day"]
    return None if month is None else _lunar_day_in(month, number_of(word.removeprefix("初")))


def _lunar_day_in(month: Scope, day: int) -> Scope | None:
    if not month.lunar:
        found = lunar_month_scope(month.first.year, month.first.month, month.parent)
        if found is None:
            return None
        month = found
    date = shift_days(month.first, day - 1)
    return month.part(date, date, "day") if date and day > 0 else None


def read_new_year_day(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """大年初十"""
    year = _year(scope, today)
    month = lunar_month_scope(_lunar_year(year), 1, year) if year else None
    return month and _lunar_day_in(month, number_of(match["day"].removeprefix("初")))


def read_today(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    return day_scope(today.date) if scope is None else None


def read_part_of_day(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """上午 and 晚上 leave the day as it is."""
    return scope if scope is not None and scope.grain == "day" else None


def read_figures(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """2016-02-19, 2016.2, 16/2/19, 2-19, 20160219"""
    if scope is not None:
        return None
    written = match.groupdict().get("year")
    year = today.date.year if written is None else int(written) if len(written) > 2 else _near(written, today.latest)
    month = month_scope(year, int(match["month"]), year_scope(year, implied=written is None))
    if month is None or not match["day"]:
        return month
    day = shift_days(month.first, int(match["day"]) - 1)
    return month.part(day, day, "day") if day and int(match["day"]) else None


