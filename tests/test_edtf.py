"""Dates as documents write them, and as EDTF."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechparse.segment.edtf import combine, find_dates, read_date

DATES = [
    ("2031年2月19日", "2031-02-19"),
    ("二○三一年二月十九日", "2031-02-19"),
    ("二〇三一年十二月三十一日", "2031-12-31"),
    ("二零三一年十月廿日", "2031-10-20"),
    ("二O三一年四月卅日", "2031-04-30"),
    ("2031-02-19", "2031-02-19"),
    ("2031/2/9", "2031-02-09"),
    ("2031.2.19", "2031-02-19"),
    ("２０３１年２月１９日", "2031-02-19"),
    ("2031 年 2 月 19 日", "2031-02-19"),
    ("2031年2月19号", "2031-02-19"),
    ("2031年2月", "2031-02"),
    ("2031年2月份", "2031-02"),
    ("2031年", "2031"),
    ("203*年9月6日", "203X-09-06"),
    ("201*年9月6日", "201X-09-06"),
    ("201X/X/XX", "201X"),
    ("201×年", "201X"),
    ("20xx年", "20XX"),
    ("20**年", "20XX"),
    ("20XX年X月X日", "20XX"),
    ("20xx年月日", "20XX"),
    ("二○一*年", "201X"),
    ("2031年4月*日", "2031-04"),
    ("2031年2月30日", None),
    ("2031年13月1日", None),
    ("2028年2月29日", "2028-02-29"),
    ("今年2月", None),
    ("12031年", None),
    ("2031.5亿元", None),
    ("2003-2012", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "edtf"), DATES)
def test_read_date(text: str, edtf: str | None) -> None:
    assert read_date(text) == edtf
    assert read_date(f"（{text}）") == edtf


def test_dates_of_a_text_are_found_with_their_places() -> None:
    text = "自2030年起，到2031年6月30日止。"
    assert [(text[d.start : d.end], d.edtf) for d in find_dates(text)] == [
        ("2030年", "2030"),
        ("2031年6月30日", "2031-06-30"),
    ]


COMBINED = [
    ("20XX", "2031", "2031"),
    ("201X-09-06", "2013", "2013-09-06"),
    ("2013", "201X-09-06", "2013-09-06"),
    ("2031", "2031-02", "2031-02"),
    ("2012", "2013", None),
    ("201X", "2025", None),
    ("2031-02", "2031-03-01", None),
]


@pytest.mark.parametrize(("first", "second", "both"), COMBINED)
def test_combine(first: str, second: str, both: str | None) -> None:
    assert combine(first, second) == both
    assert combine(second, first) == both


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_as_itself(day: dt.date) -> None:
    year, month, date = str(day).split("-")
    assert read_date(f"{year}年{int(month)}月{int(date)}日") == str(day)
    assert read_date(f"{year}-{month}-{date}") == str(day)


@given(st.text(alphabet="0129年月日xX*-./一二十○廿 ", max_size=60))
def test_found_dates_are_in_order_and_apart(text: str) -> None:
    at = 0
    for found in find_dates(text):
        assert at <= found.start < found.end
        at = found.end
