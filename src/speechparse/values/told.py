"""What the readers of times share: what a time is told from, and the numerals in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

import regex

from speechparse.extract.numerals import read_number
from speechparse.values.scopes import Scope

Match = regex.Match[str]


class Today(NamedTuple):
    """What a time is told from.

    date: the reference date.
    year: the year that 次年 follows: that of the reference date, or of the beginning of a range.
    latest: the latest year that one of two digits can be.
    """

    date: dt.date
    year: int
    latest: int


# Reads a part of a time within the scope of the parts before it; None where it does not apply there
Reader = Callable[[Match, Scope | None, Today], Scope | None]

# 上周, 下下个月, 本季度: how many steps from the present one
STEPS = {"上上": -2, "上": -1, "下": 1, "下下": 2}


def number_of(text: str) -> int:
    """A numeral of a date: 12, 十二, 廿二, 元; -1 where it is none (两三)."""
    if text == "元":
        return 1
    if text.isdigit() and text.isascii():
        return int(text)
    number = read_number(text)
    return -1 if number is None else int(number)


def is_week(unit: str) -> bool:
    """Whether a unit is one of the words for a week."""
    return "周" in unit or "星期" in unit or "礼拜" in unit
