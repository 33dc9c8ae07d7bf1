"""Shares and changes: percent, percentage points, tenths, multiples."""

from __future__ import annotations

from decimal import Decimal

from speechparse.extract.numerals import DIGITS
from speechparse.lazy import regex
from speechparse.values.bounded import not_understood, read_bounded
from speechparse.values.parsed import ParsedPercentage
from speechparse.values.plain import plain
from speechparse.values.quantities import Quantity, read_quantity

_SIGN = regex.compile(r"(?:负的?|-|–)(?=.)")
# 增长5% and 下降5%, as reports say it
_CHANGE = regex.compile(
    r"(?:同比|环比|比上年)?(?:(?P<up>增长|增加|提高|上升|上涨|上调|扩大|增)|(?P<down>下降|减少|降低|回落|下跌|下调|收窄|负增长|降|减))(?:了|为)?"
)
_OF_HUNDRED = regex.compile(r"(?P<base>百|千|万)分之(?P<part>.+)")
_SHARED = regex.compile(r".*分之")
_UNITS: dict[str, tuple[Decimal, str]] = {
    "%": (Decimal(1), "%"),
    "‰": (Decimal("0.1"), "%"),
    "百分点": (Decimal(1), "pp"),
    "pp": (Decimal(1), "pp"),
    "基点": (Decimal("0.01"), "pp"),
    "bp": (Decimal("0.01"), "pp"),
    "成": (Decimal(10), "%"),
    "倍": (Decimal(1), "x"),
}
_WITH_UNIT = regex.compile(rf"(?P<number>.+?)个?(?P<unit>{'|'.join(_UNITS)})")
_TENTHS = regex.compile(r"(?P<tenths>[一二两三四五六七八九\d])成(?P<rest>[一二三四五六七八九\d半])")
_DISCOUNT = regex.compile(r"(?P<number>.+)折")
_DOUBLED = regex.compile(r"翻(?P<times>.*)番")
_WORDS = {
    "百分百": Quantity(Decimal(100), unit="%"),
    "半数": Quantity(Decimal(50), unit="%"),
    "一半": Quantity(Decimal(50), unit="%"),
    "过半": Quantity(Decimal(50), None, "min", "%"),
    "对折": Quantity(Decimal(50), unit="%"),
    "半折": Quantity(Decimal(50), unit="%"),
    "两位数": Quantity(Decimal(10), None, "min", "%"),
    "零增长": Quantity(Decimal(0), unit="%"),
    "翻番": Quantity(Decimal(2), unit="x"),
    "倍增": Quantity(Decimal(2), unit="x"),
    "翻倍": Quantity(Decimal(2), unit="x"),
}


def parse_percentage(text: str) -> ParsedPercentage:
    """The share or change that a text gives: 百分之三点五, 千分之二, 三成五, 0.4个百分点, 2.6倍, 下降5%.

    A fraction (三分之二, 1.5/3) is a share in percent, 七五折 is 75 %, 翻一番 is 2 times. A fall is negative.
    Raises ValueParseError, which says what was not understood.
    """
    words = plain(text, "percentage")
    change = _CHANGE.match(words)
    falls = bool(change and change["down"])
    body = words[change.end() :] if change else words
    found = read_bounded(body, read_share, _SHARED)
    if found is None:
        raise not_understood("percentage", text, words, read_share)
    found = found.scaled(-1) if falls and found.value > 0 else found
    return ParsedPercentage(text=text, unit=found.unit, **found.limits)


def read_share(text: str) -> Quantity | None:
    """One share, without bound words."""
    if text in _WORDS:
        return _WORDS[text]
    sign = _SIGN.match(text)
    if sign:
        found = read_share(text[sign.end() :])
        return found and found.scaled(-1)
    match = _OF_HUNDRED.fullmatch(text)
    if match:
        found = read_quantity(match["part"])
        return found and found.scaled(Decimal(100) / {"百": 100, "千": 1000, "万": 10000}[match["base"]], "%")
    match = _TENTHS.fullmatch(text)
    if match:
        tenths, rest = (int(DIGITS.get(digit, digit)) for digit in (match["tenths"], match["rest"].replace("半", "五")))
        return Quantity(Decimal(10 * tenths + rest), unit="%")
    match = _WITH_UNIT.fullmatch(text)
    if match:
        found = read_quantity(match["number"])
        factor, unit = _UNITS[match["unit"]]
        return found and found.scaled(factor, unit)
    return _discount(text) or _doubled(text) or _fraction(text)


def _discount(text: str) -> Quantity | None:
    """七折 is 70 %, 七五折 and 7.5折 are 75 %."""
    match = _DISCOUNT.fullmatch(text)
    digits = match and read_quantity("".join(match["number"]))
    if not match or not digits:
        return None
    if len(match["number"]) == 2 and digits.upper is None and digits.value.adjusted() == 1:
        return Quantity(digits.value, unit="%")
    return digits.scaled(10, "%")


def _doubled(text: str) -> Quantity | None:
    """翻两番 is four times."""
    match = _DOUBLED.fullmatch(text)
    found = read_quantity(match["times"] or "一") if match else None
    if not found or not 0 < found.value < 100 or found.value != found.value.to_integral_value():
        return None
    return Quantity(Decimal(2) ** int(found.value), unit="x")


def _fraction(text: str) -> Quantity | None:
    found = read_quantity(text) if "分之" in text or "/" in text else None
    return found and found.scaled(100, "%")
