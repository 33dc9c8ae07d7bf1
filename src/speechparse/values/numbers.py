"""Numbers in words or digits."""

from __future__ import annotations

from speechparse.values.amounts import read_sum
from speechparse.values.bounded import not_understood, read_bounded
from speechparse.values.parsed import ParsedNumber
from speechparse.values.plain import plain
from speechparse.values.quantities import Quantity, read_quantity


def parse_number(text: str) -> ParsedNumber:
    """The number that a text gives: 三百二十, 1.2万, 五亿零四万, 负一又二分之一, 十几, 10到15, 3.2k, Ⅳ, 2^5.

    兆 is 10^12. Neighbouring digits are a range (七八 is 7 to 8), others in a row are read one by one (一一 is 11).
    A number written as on a cheque may keep its 元整. Raises ValueParseError, which says what was not understood.
    """
    words = plain(text, "number")
    found = read_bounded(words, _read)
    if found is None:
        raise not_understood("number", text, words, _read)
    return ParsedNumber(text=text, **found.limits)


def _read(text: str) -> Quantity | None:
    found = read_quantity(text)
    if found is None and ("元" in text or "圆" in text):
        found = read_sum(text)
    return found if found is None or found.unit in ("", "CNY") else None
