"""Stretches of the calendar, and how to step through them.

A `Scope` is a stretch of days of one grain (year, month, week, day …). A time is read from the coarse to the fine, and
each part of it (2021年 · 5月 · 第二周) narrows the scope of the part before it, its `parent`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from speechparse.calendar_cn import LunarMonth, lunar_month

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """The days from `first` to `last`.

    grain: century, decade, year, half, quarter, month, week, day, part (of a year or month), or span for anything else.
    implied: nobody said it; 5月 implies the year of the reference date.
    lunar: (year, month or 0, leap) of a lunar year or month.
    closes: it is the end of its parent (年底): before it is up to its last day.
    """

    first: dt.date
    last: dt.date
    grain: str
    parent: Scope | None = None
    implied: bool = False
    lunar: tuple[int, int, bool] | None = None
    closes: bool = False

    def part(self, first: dt.date, last: dt.date, grain: str, *, closes: bool = False) -> Scope | None:
        """A stretch within this one; None where it reaches out of it."""
        if not (self.first <= first <= last <= self.last):
            return None
        return Scope(first, last, grain, self, closes=closes)


def year_scope(year: int, parent: Scope | None = None, *, implied: bool = False) -> Scope | None:
    if not 1 <= year <= 9998:
        return None
    return Scope(dt.date(year, 1, 1), dt.date(year, 12, 31), "year", parent, implied)


def month_scope(year: int, month: int, parent: Scope | None = None, *, implied: bool = False) -> Scope | None:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    return Scope(dt.date(year, month, 1), dt.date(year, month, month_length(year, month)), "month", parent, implied)


def week_scope(day: dt.date, parent: Scope | None = None, *, implied: bool = False) -> Scope:
    """The week, from Monday to Sunday, that holds a day."""
    monday = day - dt.timedelta(days=day.weekday())
    return Scope(monday, monday + 6 * DAY, "week", parent, implied)


def day_scope(day: dt.date, parent: Scope | None = None) -> Scope:
    return Scope(day, day, "day", parent)


def lunar_year_scope(year: int, parent: Scope | None = None, *, implied: bool = False) -> Scope | None:
    first, last = lunar_month(year, 1), lunar_month(year, 12)
    if first is None or last is None:
        return None
    end = last.first + (last.length - 1) * DAY
    return Scope(first.first, end, "year", parent, implied, lunar=(year, 0, False))


def lunar_month_scope(year: int, month: int, parent: Scope | None = None, *, leap: bool = False) -> Scope | None:
    found: LunarMonth | None = lunar_month(year, month, leap=leap)
    if found is None:
        return None
    last = found.first + (found.length - 1) * DAY
    return Scope(found.first, last, "month", parent, lunar=(year, month, leap))


def month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def shift_days(day: dt.date, by: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=by)
    except OverflowError:
        return None


def shift_months(day: dt.date, by: int) -> dt.date | None:
    """The same day of the month `by` months later, or the last one where there is none (31 August − 6 months)."""
    index = day.year * 12 + day.month - 1 + by
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9998:
        return None
    return dt.date(year, month, min(day.day, month_length(year, month)))
