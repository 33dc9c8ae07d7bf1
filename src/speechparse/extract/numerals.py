"""Numerals: Arabic, Chinese and mixed, as one pattern and one reading.

A numeral here is the bare number with its multipliers (53.2亿, 三百二十, 2×66万, 60多亿, 十几): no unit and no bound.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import regex

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "０": 0, "两": 2, "俩": 2, "仨": 3,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
COMPACT = {"廿": 20, "卅": 30}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

_DIGIT = "".join(DIGITS)
_SMALL = "".join(SMALL)
_LARGE = "".join(LARGE)
_CHINESE_CHARS = f"{_DIGIT}{_SMALL}{_LARGE}廿卅"

# 10,467 and 10，467; a comma that no three digits follow ends the number. 2×66 is a product.
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3})++(?!\d)|\d++)(?:[.．]\d++)?+"
# 万亿, 千万, 百亿 … behind Arabic digits, with the 多/余/几 that may stand before or inside it
MULTIPLIER = rf"[{_SMALL}]?+[{_LARGE}]++|[{_SMALL}]"
VAGUE = "多余几来"
NUMERAL = (
    rf"(?:(?:{ARABIC}[×xX*＊])?+{ARABIC}(?:[{VAGUE}](?=[{_SMALL}{_LARGE}]))?+(?:{MULTIPLIER})?+"
    rf"|[{_CHINESE_CHARS}几数]++(?:[多余来](?=[{_LARGE}])[{_LARGE}]++)?+(?:点[{_DIGIT}]++[{_LARGE}]*+)?+)"
)

_READING = regex.compile(
    rf"(?:(?P<times>{ARABIC})[×xX*＊])?+(?P<arabic>{ARABIC})(?P<vague>[{VAGUE}])?+(?P<multiplier>{MULTIPLIER})?+"
)


class Reading(NamedTuple):
    """The value of a numeral; `vague` where it holds 多, 余, 几, 来 (60多亿, 十几): the value is then the lower end."""

    value: Decimal
    vague: bool = False
    upper: Decimal | None = None


def read_numeral(text: str) -> Reading | None:
    """The value of a numeral, or None where its characters make no number (百千, 一二三)."""
    match = _READING.fullmatch(text)
    if match:
        value = _arabic(match["arabic"])
        if match["times"]:
            value *= _arabic(match["times"])
        for char in match["multiplier"] or "":
            value *= SMALL.get(char) or LARGE[char]
        return Reading(value, bool(match["vague"]))
    return _read_chinese(text)


def _arabic(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", "").replace("．", "."))


def _read_chinese(text: str) -> Reading | None:
    vague = any(c in "多余来几数" for c in text)
    if "点" in text:
        whole_text, _, rest = text.partition("点")
        decimals = rest.rstrip(_LARGE)
        whole = read_chinese_integer(whole_text) if whole_text else 0
        if whole is None or not decimals:
            return None
        value = Decimal(f"{whole}." + "".join(str(DIGITS[c]) for c in decimals))
        for char in rest[len(decimals) :]:
            value *= LARGE[char]
        return Reading(value)
    if not vague:
        number = read_chinese_integer(text)
        if number is not None:
            return Reading(Decimal(number))
        return _read_approximate(text)
    plain = text.replace("多", "").replace("余", "").replace("来", "")
    if "几" not in plain and "数" not in plain:
        number = read_chinese_integer(plain)
        return None if number is None else Reading(Decimal(number), True)
    # 几十, 数百: from one of them on (几十万 is at least 10 万); 十几, 二十几: from the round number on
    if plain[0] in "几数":
        if len(plain) == 1:
            return None
        number = read_chinese_integer("一" + plain[1:])
        return None if number is None else Reading(Decimal(number), True)
    number = read_chinese_integer(plain.replace("几", ""))
    return None if number is None else Reading(Decimal(number), True)


def _read_approximate(text: str) -> Reading | None:
    """Two neighbouring digits in the place of one: 七八十 is 70 to 80, 三四百 300 to 400, 五六个 5 to 6."""
    for i in range(len(text) - 1):
        first, second = DIGITS.get(text[i]), DIGITS.get(text[i + 1])
        if first is not None and second is not None and second - first == 1 and first > 0:
            low = read_chinese_integer(text[: i + 1] + text[i + 2 :])
            high = read_chinese_integer(text[:i] + text[i + 1 :])
            if low is not None and high is not None and low < high:
                return Reading(Decimal(low), upper=Decimal(high))
    return None


def read_chinese_integer(text: str) -> int | None:
    """三百二十 → 320, 两千三百亿 → 230000000000, 一万零三十 → 10030, 二〇一三 → 2013; None where it is no number."""
    if not text:
        return None
    if all(c in DIGITS for c in text):
        # digit by digit, as years and codes are written; 三五, 六七 are not a number
        if len(text) == 1 or len(text) >= 3 or "零" in text or "〇" in text or "○" in text:
            return int("".join(str(DIGITS[c]) for c in text))
        return None
    total = section = 0
    digit: int | None = None
    last_unit = 0
    for char in text:
        if char in DIGITS:
            if digit:  # 三五百: two digits in a row are no number
                return None
            digit = DIGITS[char]
            if digit == 0:
                last_unit = 0
                digit = None
        elif char in COMPACT:
            section += COMPACT[char]
        elif char in SMALL:
            unit = SMALL[char]
            section += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif char in LARGE:
            unit = LARGE[char]
            part = section + (digit or 0)
            if unit == 10**8 and total:  # 一万亿, 三千五百万亿
                total = (total + part) * unit
            elif unit == 10**4 and total and total < 10**8:
                return None
            else:
                total += (part or 1) * unit
            section, digit, last_unit = 0, None, unit
        else:
            return None
    if digit is not None:
        # 两千三 is 2300, 三万五 is 35000: a last digit stands for the next smaller unit
        section += digit * (last_unit // 10 if last_unit >= 100 else 1)
    return total + section
