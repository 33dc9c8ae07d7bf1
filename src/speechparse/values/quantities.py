"""Numbers of every writing: digits, words, both mixed, vague ones, fractions, dozens, powers.

All functions take plain text (see `plain`) and return None for what they can't read. `WRITINGS` is the order in which
the writings are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal, InvalidOperation, Overflow
from itertools import pairwise
from typing import Any, NamedTuple

from speechparse.extract.numerals import COMPACT, DIGITS, LARGE, SMALL, UNITS, read_number
from speechparse.lazy import regex
from speechparse.records import Bound

_CONTEXT = Context(prec=40, Emax=9999, Emin=-9999)
_EXACT = Context(prec=1000)


def tidy(number: Decimal) -> Decimal:
    """The number without zeros behind its point (42.0), and without a sign on zero."""
    if not number:
        return Decimal(0)
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize(_EXACT)


class Quantity(NamedTuple):
    """A value in its unit; `upper` and `bound` as in ParsedNumber."""

    value: Decimal
    upper: Decimal | None = None
    bound: Bound = "exact"
    unit: str = ""

    @property
    def limits(self) -> dict[str, Any]:
        """Value, upper and bound as the fields of a ParsedNumber."""
        upper = None if self.upper is None else tidy(self.upper)
        return {"value": tidy(self.value), "upper": upper, "bound": self.bound}

    def scaled(self, factor: Decimal | int, unit: str = "") -> Quantity:
        """The quantity times a factor, in another unit. A negative factor turns a range over, and a bound."""
        value, upper, bound = self.value * factor, None if self.upper is None else self.upper * factor, self.bound
        if factor < 0:
            value, upper = (value, None) if upper is None else (upper, value)
            bound = _TURNED.get(bound, bound)
        return Quantity(value, upper, bound, unit or self.unit)


Reader = Callable[[str], Quantity | None]

# 兆 is 10^12 for a number in words; speeches use it for mega, so that the numerals of speeches do without
NUMBER_UNITS = UNITS | {"兆": 10**12}
_LARGE_UNITS = LARGE | {"兆": 10**12}
_TURNED: dict[Bound, Bound] = {"min": "max", "max": "min"}
_LATIN = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6, "G": 10**9, "B": 10**9, "T": 10**12}
_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_SIGN = regex.compile(r"(?P<minus>负的?|零下|[-–—])|[+正]")
_DECIMAL = regex.compile(
    r"(?:(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d*))?|\.(?P<part>\d+))(?:[eE](?P<e>[+-]?\d{1,4}))?"
)
_POWER = regex.compile(r"(?P<base>[^\^的]+)(?:\^(?P<signs>[+-]{0,2})(?P<exponent>\d+(?:\.\d+)?)|的(?P<order>.+)次方)")
_FRACTION = regex.compile(
    r"(?:(?P<whole>[^又]+)又)?(?P<below>[^又/]+?)(?:分之|份之?|(?<=[十百千万])分)(?P<above>[^又/]+)"
)
_SLASHED = regex.compile(r"(?:(?P<whole>[^又/]+)又)?(?P<above>[^又/]+)/(?P<below>[^又/]+)")
_DOZENS = regex.compile(r"(?P<number>.+)打(?P<half>半)?")
_HALF = regex.compile(r"(?P<number>.*?)(?:(?<=.)|个)半")
_HALVES = regex.compile(r"[一1]?半{1,2}")
_HALF_UNIT = regex.compile(rf"半(?P<unit>[{''.join(SMALL)}]?[{''.join(_LARGE_UNITS)}]?)")
_UP_TO_UNIT = regex.compile(rf"上(?P<unit>[{''.join(SMALL)}]?[{''.join(_LARGE_UNITS)}]*)")
_SUFFIXED = regex.compile(rf"(?P<number>.+?)(?P<suffix>[{''.join(_LATIN)}]|{'|'.join(_WORDS)})")
_SEVERAL = regex.compile(r"好?(?P<head>[^几数多余来]*)[几数](?P<tail>[^几数多余来]*)")
_ODD = regex.compile(r"(?P<head>[^几数多余来]+)(?:[多余来]|(?<=\d)几)(?P<tail>[^几数多余来]*)")
_DIGIT_PAIR = regex.compile(rf"(?<=[{''.join(DIGITS)}])、(?=[{''.join(DIGITS)}])")
_CLASSIFIER = regex.compile(rf"个(?=[{''.join(_LARGE_UNITS)}]|$)")


def read_quantity(text: str) -> Quantity | None:
    """A number of any writing, with its sign, no unit."""
    sign = _SIGN.match(text)
    if sign:
        rest = text[sign.end() :]
        found = read_quantity(rest) if rest and not _SIGN.match(rest) else None
        return found.scaled(-1) if found and sign["minus"] else found
    for read in WRITINGS:
        found = read(text)
        if found is not None:
            return found
    return None


def _decimal(text: str) -> Quantity | None:
    """1,200.5  .5  12.32e+14"""
    match = _DECIMAL.fullmatch(text)
    if not match:
        return None
    whole, part = (match["whole"] or "0").replace(",", ""), match["part"] or "0"
    return Quantity(Decimal(f"{whole}.{part}e{match['e'] or 0}" if part.strip("0") or match["e"] else whole))


def _numeral(text: str) -> Quantity | None:
    """三百二十, 1.2万, 5亿1万4千6百, 两个亿; digit by digit where there are only digits (一一)."""
    text = _CLASSIFIER.sub("", text)
    number = read_number(text, NUMBER_UNITS)
    if number is not None:
        return Quantity(number)
    return _neighbours(text) or _digits(text)


def _digits(text: str) -> Quantity | None:
    if not text or not all(c in DIGITS for c in text):
        return None
    return Quantity(Decimal("".join(str(DIGITS[c]) for c in text)))


def _neighbours(text: str) -> Quantity | None:
    """Two neighbouring digits in the place of one: 八九亿, 三四百, 七、八十, and 三五百, which is 300 to 500."""
    text = _DIGIT_PAIR.sub("", text)
    for i, pair in enumerate(pairwise(text)):
        first, second = (DIGITS.get(c, 0) for c in pair)
        if first and (second - first == 1 or (pair == ("三", "五") and len(text) > 2)):
            low, high = (read_number(text[:i] + c + text[i + 2 :], NUMBER_UNITS) for c in pair)
            if low is not None and high is not None and low < high:
                return Quantity(low, high, "range")
    return None


def _power(text: str) -> Quantity | None:
    """2^5, 1.1^-23, 十的三次方; of two signs the first turns the second: 1.1^--23 is 1.1^23."""
    match = _POWER.fullmatch(text)
    base = match and _numeral_or_decimal(match["base"])
    order = match and _numeral_or_decimal(match["order"] or match["exponent"])
    if not match or not base or not order:
        return None
    exponent = order.value * (-1) ** (match["signs"] or "").count("-")
    try:
        found = _CONTEXT.power(base.value, exponent)
    except (InvalidOperation, Overflow):  # 0^0, 8^99999
        return None
    return Quantity(found) if found.is_finite() else None


def _fraction(text: str) -> Quantity | None:
    """三分之二, 一又二分之一, 3/4, 十份十一"""
    match = _FRACTION.fullmatch(text) or _SLASHED.fullmatch(text)
    if not match:
        return None
    below = _numeral_or_decimal(match["below"])
    above = read_quantity(match["above"])
    whole = _numeral_or_decimal(match["whole"]) if match["whole"] else Quantity(Decimal(0))
    if below is None or above is None or whole is None or below.value == 0:
        return None

    def share(value: Decimal) -> Decimal:
        return _CONTEXT.add(whole.value, _CONTEXT.divide(value, below.value))

    return Quantity(share(above.value), None if above.upper is None else share(above.upper), above.bound)


def _numeral_or_decimal(text: str) -> Quantity | None:
    return _decimal(text) or _numeral(text)


def _half(text: str) -> Quantity | None:
    """一半, 1半; 半百, 半亿; 两个半, 个半; 三万半"""
    if _HALVES.fullmatch(text):
        return Quantity(Decimal("0.5"))
    match = _HALF_UNIT.fullmatch(text)
    if match:
        number = read_number(match["unit"], NUMBER_UNITS)
        return None if number is None else Quantity(number / 2)
    match = _HALF.fullmatch(text)
    number = read_number(match["number"].removesuffix("个") or "一", NUMBER_UNITS) if match else None
    if number is None:
        return None
    last = _LARGE_UNITS.get(text[-2], 1)  # 三万半 is 35000, 两个半 is 2.5
    return Quantity(number + Decimal(last) / 2)


def _dozens(text: str) -> Quantity | None:
    """五打, 半打, 一打半"""
    match = _DOZENS.fullmatch(text)
    found = read_quantity(match["number"]) if match else None
    if not match or not found:
        return None
    return found.scaled(12) if not match["half"] else Quantity(found.value * 12 + 6)


def _suffixed(text: str) -> Quantity | None:
    """100K, 1.2M, 2.5w, 3.2k"""
    match = _SUFFIXED.fullmatch(text)
    found = _decimal(match["number"]) if match else None
    return found.scaled(_LATIN.get(match["suffix"]) or _WORDS[match["suffix"]]) if match and found else None


def _several(text: str) -> Quantity | None:
    """几十万, 数百: from one to ten of them; 十几, 一百零几万: from the round number to the next."""
    match = _UP_TO_UNIT.fullmatch(text)
    if match:
        number = read_number(match["unit"], NUMBER_UNITS)
        return None if number is None else Quantity(number, None, "min")
    if text in ("几", "好几"):
        return Quantity(Decimal(1), Decimal(10), "min")
    match = _SEVERAL.fullmatch(_CLASSIFIER.sub("", text))
    if not match or not (match["head"] or match["tail"]):
        return None
    head, tail = match["head"], match["tail"]
    one, two = (read_number(head + digit + tail, NUMBER_UNITS) for digit in "一二")
    if one is None or two is None:
        return None
    step = two - one
    low = one if tail[:1] in SMALL or not head else one - step
    return Quantity(low, one + 9 * step, "min")


def _odd(text: str) -> Quantity | None:
    """60多亿, 三千余, 一百二十多万, 3亿多: from the round number to the next in the last place that is given."""
    match = _ODD.fullmatch(_CLASSIFIER.sub("", text))
    if not match:
        return None
    head, tail = match["head"], match["tail"]
    latin = head[-1:] in _LATIN
    found = _suffixed(head) if latin else _numeral_or_decimal(head + tail)
    if not found or found.upper is not None or (latin and tail):
        return None
    step = Decimal(_LATIN[head[-1]] if latin else _last_place(head))
    for char in tail:
        step *= NUMBER_UNITS.get(char, 1)
    return Quantity(found.value, found.value + step, "min")


def _last_place(head: str) -> Decimal | int:
    """What the last place of a number counts: 十 of 二十, 1000 of 7000, 万 of 3万, 0.1亿 of 2.3亿."""
    if head[-1] in COMPACT:
        return 10
    digits = head.rstrip("".join(NUMBER_UNITS))
    unit = 1
    for char in head[len(digits) :]:
        unit *= NUMBER_UNITS[char]
    _, _, part = digits.replace("点", ".").partition(".")
    if part:
        return Decimal(unit).scaleb(-len(part))
    significant = digits.rstrip("0")
    return unit if unit > 1 or not significant else 10 ** (len(digits) - len(significant))


def _roman(text: str) -> Quantity | None:
    """Ⅲ, XII, iv. X and XX are masks."""
    text = text.upper() if text.islower() else text
    if not regex.fullmatch(r"(?=.*[IV])M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})", text):
        return None
    values = [_ROMAN[c] for c in text]
    return Quantity(Decimal(sum(-v if v < next_ else v for v, next_ in zip(values, [*values[1:], 0], strict=True))))


WRITINGS: tuple[Reader, ...] = (
    _decimal,
    _numeral,
    _suffixed,
    _several,
    _odd,
    _half,
    _dozens,
    _fraction,
    _power,
    _roman,
)
