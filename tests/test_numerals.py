"""Numerals: Arabic, Chinese and mixed; what they are worth, and what only looks like one."""

from __future__ import annotations

import pytest
import regex
from extracting import plain
from hypothesis import given
from hypothesis import strategies as st

from speechparse.extract.numerals import NUMERAL, read_chinese_integer, read_numeral

_NUMERAL = regex.compile(NUMERAL)

# numeral, its value; `+` where it is the lower end (60多亿), `a~b` where two digits stand in the place of one
NUMERALS = [
    # Arabic, with multipliers
    ("320", "320"),
    ("53.2亿", "5320000000"),
    ("1.2万", "12000"),
    ("10,467", "10467"),
    ("10，467", "10467"),
    ("1,080.5", "1080.5"),
    ("3.4万亿", "3400000000000"),
    ("5千", "5000"),
    ("3百亿", "30000000000"),
    ("２．５万", "25000"),
    ("2×66万", "1320000"),
    ("2*35万", "700000"),
    # Chinese
    ("三百二十", "320"),
    ("两千三百亿", "230000000000"),
    ("一万零三十", "10030"),
    ("一万零三百零五", "10305"),
    ("十", "10"),
    ("十五", "15"),
    ("廿五", "25"),
    ("两千三", "2300"),
    ("三万五", "35000"),
    ("一百零八", "108"),
    ("五亿三千万", "530000000"),
    ("三千五百万亿", "3500000000000000"),
    ("一万亿", "1000000000000"),
    ("二〇一三", "2013"),
    ("二○○八", "2008"),
    ("三点五", "3.5"),
    ("三点五亿", "350000000"),
    ("零点八", "0.8"),
    ("壹佰贰拾", "120"),
    # about: the lower end
    ("60多亿", "6000000000+"),
    ("7000余万", "70000000+"),
    ("十几", "10+"),
    ("二十几", "20+"),
    ("几十万", "100000+"),
    ("数百", "100+"),
    ("三十多万", "300000+"),
    # two neighbouring digits
    ("七八十", "70~80"),
    ("三四百", "300~400"),
    ("五六", "5~6"),
    ("十七八", "17~18"),
    ("两三千万", "20000000~30000000"),
]


@pytest.mark.parametrize(("text", "expected"), NUMERALS, ids=[text for text, _ in NUMERALS])
def test_numeral(text: str, expected: str) -> None:
    reading = read_numeral(text)
    assert reading is not None
    upper = "" if reading.upper is None else f"~{plain(reading.upper)}"
    assert f"{plain(reading.value)}{upper}{'+' if reading.vague else ''}" == expected
    assert _NUMERAL.fullmatch(text)


# no number, or one that can't be told
NO_NUMERALS = ["", "百千", "三五百", "六三", "几", "数", "多", "亿万", "三点", "三点几", "X", "**", "1" * 99, "一" * 99]


@pytest.mark.parametrize("text", NO_NUMERALS)
def test_no_numeral(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize("text", ["三点五", "2.5", "百千", "几十", ""])
def test_no_chinese_integer(text: str) -> None:
    assert read_chinese_integer(text) is None


_DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """An integer as it is read aloud: 10030 is 一万零三十."""
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    if number >= 10**4:
        return _joined(number, 10**4, "万")
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            return _joined(number, unit, name)
    return _DIGITS[number]


def _joined(number: int, unit: int, name: str) -> str:
    high, low = divmod(number, unit)
    gap = "零" if 0 < low < unit // 10 else ""
    return in_chinese(high) + name + gap + (in_chinese(low) if low else "")


@given(st.integers(min_value=1, max_value=10**16 - 1))
def test_every_integer_is_read_back(number: int) -> None:
    assert read_chinese_integer(in_chinese(number)) == number


@given(st.text(st.sampled_from("0123456789零一二三四五六七八九十百千万亿两几多余来数点廿.,，×"), max_size=80))
def test_reading_never_fails(text: str) -> None:
    reading = read_numeral(text)
    if reading is not None:
        assert reading.value >= 0
        assert reading.upper is None or reading.upper > reading.value
