"""The readers of times that count from the reference date: 五天前, 近三年, 未来两周, 三个月内."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from speechparse.values.date_parts import months_from
from speechparse.values.scopes import (
    DAY,
    Scope,
    day_scope,
    month_scope,
    shift_days,
    shift_months,
    week_scope,
    year_scope,
)
from speechparse.values.told import Match, Today, is_week, number_of


def _shift(day: dt.date, count: int, unit: str, half: bool) -> dt.date | None:
    """`count` units later; half is half a unit more (一年半, 一个半月)."""
    if "年" in unit:
        return shift_months(day, 12 * count + (6 if count >= 0 else -6) * half)
    if "季" in unit:
        return shift_months(day, 3 * count)
    if "月" in unit:
        shifted = shift_months(day, count)
        return shifted and shift_days(shifted, (15 if count >= 0 else -15) * half)
    return shift_days(day, count * (7 if is_week(unit) else 1))


class _Duration(NamedTuple):
    number: int
    unit: str
    half: bool

    def from_(self, day: dt.date, sign: int) -> dt.date | None:
        if self.number == 0 and self.half:  # 半年, 半个月
            months, days = (6, 0) if "年" in self.unit else (0, 15)
            shifted = shift_months(day, sign * months)
            return shifted and shift_days(shifted, sign * days)
        return _shift(day, sign * self.number, self.unit, self.half)


def _duration(match: Match) -> _Duration | None:
    word = match["count"]
    if word == "半":
        return _Duration(0, match["unit"], True) if "年" in match["unit"] or "月" in match["unit"] else None
    count = number_of(word)
    return _Duration(count, match["unit"], bool(match["half"])) if 0 < count <= 9999 else None


def read_ago(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """五天前 is a day, 三周前 a week, 两个月后 a month, 三年前 a year: as exact as its unit."""
    duration = _duration(match)
    if scope is not None or duration is None:
        return None
    day = duration.from_(today.date, -1 if "前" in match["side"] else 1)
    if day is None:
        return None
    if is_week(duration.unit):
        return week_scope(day)
    if "季" in duration.unit:
        return months_from(dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3, "quarter")
    if "月" in duration.unit or duration.half:
        return day_scope(day) if "月" in duration.unit and duration.half else month_scope(day.year, day.month)
    return year_scope(day.year) if "年" in duration.unit else day_scope(day)


def read_last_or_next(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    """近三天 and 未来两周 count from this hour, and so touch today; 前一周 and 后一年 are without today."""
    duration = _duration(match)
    if scope is not None or duration is None:
        return None
    if match["side"] in ("上", "下") and duration.number <= 1:
        return None  # 上一年 is last year, 上半年 half of this one
    back = match["side"] in _BACK
    other = duration.from_(today.date, -1 if back else 1)
    if other is None:
        return None
    if match["side"] in ("前", "上", "后", "下", "此前"):
        return Scope(other, today.date - DAY, "span") if back else Scope(today.date + DAY, other, "span")
    if "月" in duration.unit or "年" in duration.unit or "季" in duration.unit:
        other = other + DAY if back else other - DAY
    return Scope(other, today.date, "span") if back else Scope(today.date, other, "span")


_BACK = (None, "过去", "近", "最近", "前", "上", "此前")  # None: 三年来


def read_within(match: Match, scope: Scope | None, today: Today) -> Scope | None:
    duration = _duration(match)
    end = duration.from_(today.date, 1) if scope is None and duration else None
    return None if end is None else Scope(today.date, end, "span")
