"""The Chinese calendar: lunar dates, solar terms, and the days that have a name.

The data is `lunar_years.tsv`, one row a year from 1900 to 2100. Outside of it, and for days that a month does not have,
the answer is None.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.errors import LexiconError

SOLAR_TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨",
    "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑",
    "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
_LENGTHS = {"大": 30, "小": 29}


class LunarYearRow(NamedTuple):
    """A year: `new_year` is the first day of the lunar year as MM-DD; `months` has 大 for 30, 小 for 29 days, 闰 before
    a leap month; `terms` are the days of the month of the 24 solar terms of the calendar year."""

    year: int
    new_year: str
    months: str
    terms: str
    example: str


class LunarMonth(NamedTuple):
    first: dt.date
    length: int


@lru_cache(maxsize=1)
def _years() -> dict[int, LunarYearRow]:
    return {row.year: row for row in lexicons.load("lunar_years", LunarYearRow)}


@lru_cache(maxsize=256)
def _months(year: int) -> dict[tuple[int, bool], LunarMonth]:
    """The months of a lunar year by (number, leap)."""
    row = _years().get(year)
    if row is None:
        return {}
    month, day = map(int, row.new_year.split("-"))
    first = dt.date(year, month, day)
    months: dict[tuple[int, bool], LunarMonth] = {}
    number, leap = 0, False
    for char in row.months:
        if char == "闰":
            leap = True
            continue
        number += not leap
        months[number, leap] = LunarMonth(first, _LENGTHS[char])
        first += dt.timedelta(days=_LENGTHS[char])
        leap = False
    following = _years().get(year + 1)
    if number != 12 or (following is not None and f"{first:%m-%d}" != following.new_year):
        raise LexiconError("lunar_years.tsv", 1, f"the months of {year} do not fill the year")
    return months


def lunar_month(year: int, month: int, *, leap: bool = False) -> LunarMonth | None:
    """A month of the lunar year that begins in the calendar year `year`; month 12 reaches into the next."""
    return _months(year).get((month, leap))


def lunar_to_date(year: int, month: int, day: int, leap: bool = False) -> dt.date | None:
    """The date of a lunar day: (2021, 8, 15) → 2021-09-21. None where there is no such day or year."""
    found = lunar_month(year, month, leap=leap)
    if found is None or not 1 <= day <= found.length:
        return None
    return found.first + dt.timedelta(days=day - 1)


def solar_term(year: int, name: str) -> dt.date | None:
    """The day of a solar term in a calendar year: (2021, "清明") → 2021-04-04."""
    row = _years().get(year)
    if row is None or name not in SOLAR_TERMS:
        return None
    index = SOLAR_TERMS.index(name)
    return dt.date(year, index // 2 + 1, int(row.terms.split()[index]))


def named_day(day: str, year: int) -> dt.date | None:
    """The date of a day of occasions.tsv in a year.

    `MM-DD` is that day; `lunar:MM-DD` is of the lunar year, where the 30th of a month of 29 days is its last day
    (大年三十); `term:NAME` is a solar term; `weekday:MM-N-D` is the Nth weekday D (1 is Monday) of a month (感恩节).
    """
    kind, _, rest = day.rpartition(":")
    if kind == "term":
        return solar_term(year, rest)
    if kind == "weekday":
        month, number, weekday = map(int, rest.split("-"))
        offset = (weekday - dt.date(year, month, 1).isoweekday()) % 7
        return dt.date(year, month, 1 + offset + 7 * (number - 1))
    month, number = map(int, rest.split("-"))
    if kind == "lunar":
        found = lunar_month(year, month)
        return None if found is None else found.first + dt.timedelta(days=min(number, found.length) - 1)
    if number > calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, number)
