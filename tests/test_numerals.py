"""Numerals as speeches write them: what they count, and what is no number."""

from __future__ import annotations

from decimal import Decimal

import pytest
import regex

from speechparse.extract.numerals import NUMERAL, read_numeral

# numeral, value, upper end, vague
READINGS = [
    ("6840", "6840", None, False),
    ("10,467", "10467", None, False),
    ("1.2万", "12000", None, False),
    ("3.4万亿", "3400000000000", None, False),
    ("2×66万", "1320000", None, False),
    ("3千8百万", "38000000", None, False),
    ("1亿2千万", "120000000", None, False),
    ("2万3千", "23000", None, False),
    ("60多亿", "6000000000", None, True),
    ("三百二十", "320", None, False),
    ("两千三百亿", "230000000000", None, False),
    ("一万零三十", "10030", None, False),
    ("一百十一", "111", None, False),
    ("四千二", "4200", None, False),
    ("三点五亿", "350000000", None, False),
    ("二〇一三", "2013", None, False),
    ("廿六", "26", None, False),
    ("十几", "10", None, True),
    ("数百", "100", None, True),
    ("七八十", "70", "80", False),
]

NO_NUMBERS = ["百千", "亿万", "十百", "三五百零", "五亿万", "几", "点五点", "一" * 61, "9" * 5000, "万" * 5000]


@pytest.mark.parametrize(("text", "value", "upper", "vague"), READINGS)
def test_readings(text: str, value: str, upper: str | None, vague: bool) -> None:
    found = read_numeral(text)
    assert found is not None
    assert (found.value, found.upper, found.vague) == (Decimal(value), upper and Decimal(upper), vague)


@pytest.mark.parametrize("text", [text for text, *_ in READINGS])
def test_the_pattern_finds_the_whole_numeral(text: str) -> None:
    match = regex.search(NUMERAL, f"完成{text}，")
    assert match is not None
    assert match.group() == text


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: text[:8])
def test_what_is_no_number(text: str) -> None:
    assert read_numeral(text) is None
