"""Make data/lexicons/lunar_years.tsv: the lunar months and the solar terms of 1900 to 2100.

    pip install lunar-python==1.4.8 cnlunar==0.2.5
    python benchmarks/make_lunar_years.py > data/lexicons/lunar_years.tsv

The table is that of lunar-python (MIT licence), which computes new moons and solar terms. cnlunar (MIT licence) carries
tables of its own for 1901 to 2099; each month and term is compared with them, and what differs goes to stderr.
These are seven moments within minutes of midnight: 小雪 1912, 秋分 1913, 大雪 1917, 白露 1927, 夏至 1928,
大寒 1979, and the new moon of 29 September 2057.
"""

from __future__ import annotations

import datetime as dt
import sys

import cnlunar
from lunar_python import Lunar, LunarYear, Solar

YEARS = range(1900, 2101)
TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨",
    "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑",
    "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip

HEAD = """\
# Made by benchmarks/make_lunar_years.py out of lunar-python 1.4.8 (MIT), compared with cnlunar 0.2.5 (MIT).
# new_year: the first day of the lunar year. months: 大 has 30 and 小 29 days, 闰 stands before a leap month.
# terms: the days of the 24 solar terms from 小寒 on, two a month from January to December.
year	new_year	months	terms	example"""


def date_of(solar: Solar) -> dt.date:
    return dt.date(solar.getYear(), solar.getMonth(), solar.getDay())


def months_of(year: int) -> list[tuple[int, dt.date, int]]:
    """(month, first day, length) of each month of a lunar year; a leap month is negative."""
    return [
        (month.getMonth(), date_of(Solar.fromJulianDay(month.getFirstJulianDay())), month.getDayCount())
        for month in LunarYear.fromYear(year).getMonthsInYear()
    ]


def terms_of(year: int) -> list[dt.date]:
    """The solar terms of a calendar year, which the table of a lunar year in its midst holds."""
    table = [date_of(solar) for solar in Lunar.fromYmd(year, 6, 1).getJieQiTable().values()]
    return sorted({day for day in table if day.year == year})


def compare(year: int) -> None:
    """Print what cnlunar has otherwise."""
    for month, first, length in months_of(year):
        for day in (first, first + dt.timedelta(days=length - 1)):
            other = cnlunar.Lunar(dt.datetime(day.year, day.month, day.day, 12))
            theirs = (other.lunarYear, -other.lunarMonth if other.isLunarLeapMonth else other.lunarMonth)
            if theirs != (year, month):
                print(f"{day}: month {month}, cnlunar {theirs}", file=sys.stderr)
    others = cnlunar.Lunar(dt.datetime(year, 6, 1, 12)).thisYearSolarTermsDic
    for name, day in zip(TERMS, terms_of(year), strict=True):
        if (day.month, day.day) != others[name]:
            print(f"{day}: {name}, cnlunar {others[name]}", file=sys.stderr)


def main() -> None:
    print(HEAD)
    for year in YEARS:
        months = months_of(year)
        terms = terms_of(year)
        if [day.month for day in terms] != [month for month in range(1, 13) for _ in range(2)]:
            raise SystemExit(f"{year}: not two solar terms a month")
        if 1901 <= year <= 2099:
            compare(year)
        lengths = "".join(("闰" if month < 0 else "") + {30: "大", 29: "小"}[length] for month, _, length in months)
        autumn = date_of(Lunar.fromYmd(year, 8, 15).getSolar())
        days = " ".join(f"{day.day:02}" for day in terms)
        example = f"{year}年中秋是{autumn.month}月{autumn.day}日"
        print(f"{year}\t{months[0][1]:%m-%d}\t{lengths}\t{days}\t{example}")


if __name__ == "__main__":
    main()
