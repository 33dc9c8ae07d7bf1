"""The lunar calendar and the solar terms, and the day before an occasion that they settle."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from speechparse import LexiconError, calendar_cn, lexicons
from speechparse.calendar_cn import LunarYearRow, lunar_month, lunar_to_date, named_day, solar_term
from speechparse.extract.times import OccasionRow, day_before, occasions

ROWS = lexicons.load("lunar_years", LunarYearRow)

# lunar year, month, day, leap, date: well-known ones, and the leap months that are easy to get wrong
LUNAR_DAYS = [
    (1949, 8, 10, False, "1949-10-01"),
    (1984, 10, 10, True, "1984-12-02"),
    (2000, 1, 1, False, "2000-02-05"),
    (2008, 7, 8, False, "2008-08-08"),
    (2012, 4, 1, True, "2012-05-21"),
    (2014, 9, 9, True, "2014-11-01"),
    (2020, 4, 1, True, "2020-05-23"),
    (2023, 2, 1, True, "2023-03-22"),
    (2024, 12, 29, False, "2025-01-28"),
    (2033, 11, 1, True, "2033-12-22"),
    (2034, 1, 1, False, "2034-02-19"),
]

NO_LUNAR_DAYS = [
    (2021, 1, 30, True),  # no leap month
    (2024, 12, 30, False),  # a month of 29 days
    (2021, 13, 1, False),
    (2021, 1, 0, False),
    (1899, 1, 1, False),
    (2101, 1, 1, False),
]

TERMS = [
    (2016, "清明", "2016-04-04"),
    (2017, "立春", "2017-02-03"),
    (2021, "冬至", "2021-12-21"),
    (2022, "立秋", "2022-08-07"),
    (2022, "霜降", "2022-10-23"),
    (2024, "芒种", "2024-06-05"),
]

NAMED_DAYS = [
    ("10-01", 2022, "2022-10-01"),
    ("02-29", 2022, None),
    ("02-29", 2024, "2024-02-29"),
    ("lunar:05-05", 2022, "2022-06-03"),
    ("lunar:12-30", 2024, "2025-01-28"),  # of a month of 29 days the last one
    ("term:清明", 2022, "2022-04-05"),
    ("weekday:05-2-7", 2022, "2022-05-08"),
    ("weekday:11-4-4", 2022, "2022-11-24"),
    ("lunar:05-05", 1850, None),
]

# occasion, year, the day before it
DAYS_BEFORE = [
    ("中秋", "2013", "2013-09-18"),
    ("中秋", "2020", "2020-09-30"),
    ("端午节", "2014", "2014-06-01"),
    ("清明", "2013", "2013-04-03"),
    ("清明", "2015", "2015-04-04"),
    ("冬至", "2018", "2018-12-21"),
    ("春节", "2016", "2016-02-07"),
    ("元宵", "2016", "2016-02-21"),
    ("重阳节", "2016", "2016-10-08"),
    ("五一", "2016", "2016-04-30"),
    ("元旦", "2016", "2015-12-31"),
    # a masked year: only what is so in each year that it may be
    ("国庆", "201X", "201X-09-30"),
    ("元旦", "201X", "20XX-12-31"),
    ("国庆", "XXXX", "XXXX-09-30"),
    ("中秋", "201X", None),
    ("清明", "201X", None),
    ("感恩节", "20XX", None),
    # no date of its own, or the year of neither
    ("汛期", "2016", None),
    ("除夕", "2016", None),
    ("春节", "1850", None),
]


@pytest.mark.parametrize(("year", "month", "day", "leap", "date"), LUNAR_DAYS)
def test_lunar_days(year: int, month: int, day: int, leap: bool, date: str) -> None:
    assert lunar_to_date(year, month, day, leap) == dt.date.fromisoformat(date)


@pytest.mark.parametrize(("year", "month", "day", "leap"), NO_LUNAR_DAYS)
def test_there_is_no_such_lunar_day(year: int, month: int, day: int, leap: bool) -> None:
    assert lunar_to_date(year, month, day, leap) is None


@pytest.mark.parametrize(("year", "name", "date"), TERMS)
def test_solar_terms(year: int, name: str, date: str) -> None:
    assert solar_term(year, name) == dt.date.fromisoformat(date)


def test_there_is_no_such_solar_term() -> None:
    assert solar_term(2022, "三伏") is None
    assert solar_term(2101, "立春") is None


@pytest.mark.parametrize(("day", "year", "date"), NAMED_DAYS)
def test_named_days(day: str, year: int, date: str | None) -> None:
    assert named_day(day, year) == (None if date is None else dt.date.fromisoformat(date))


@pytest.mark.parametrize(("occasion", "year", "day"), DAYS_BEFORE)
def test_the_day_before_an_occasion(occasion: str, year: str, day: str | None) -> None:
    assert day_before(occasion, year) == day


@pytest.mark.parametrize("row", [row for row in occasions().values() if row.day], ids=lambda row: row.term)
def test_each_occasion_has_a_day_in_any_year(row: OccasionRow) -> None:
    assert all(named_day(row.day, year) for year in range(1901, 2100))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.year))
def test_each_year(row: LunarYearRow) -> None:
    """The example is from the library's own conversion, the table from its months."""
    year, month, day = map(int, regex.findall(r"\d+", row.example))
    assert lunar_to_date(row.year, 8, 15) == dt.date(year, month, day)
    days = [solar_term(row.year, name) for name in calendar_cn.SOLAR_TERMS]
    gaps = {(b - a).days for a, b in pairwise(days) if a and b}
    assert None not in days
    assert gaps <= {14, 15, 16}


@given(st.integers(1900, 2099))
def test_the_months_fill_the_year(year: int) -> None:
    twelfth, following = lunar_month(year, 12), lunar_month(year + 1, 1)
    assert twelfth is not None
    assert following is not None
    assert twelfth.first + dt.timedelta(days=twelfth.length) == following.first


def test_a_year_whose_months_do_not_fill_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row.year: row for row in ROWS} | {2021: ROWS[121]._replace(months="大" * 12)}
    monkeypatch.setattr(calendar_cn, "_years", lambda: rows)
    calendar_cn._months.cache_clear()
    try:
        with pytest.raises(LexiconError, match="the months of 2021 do not fill the year"):
            lunar_month(2021, 1)
    finally:
        calendar_cn._months.cache_clear()
