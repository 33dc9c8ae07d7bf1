"""Numerals: Arabic, Chinese and mixed, as one pattern and one reading.

A numeral here is the bare number with its multipliers (53.2亿, 三百二十, 2×66万, 60多亿, 十几): no unit and no bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from speechparse.lazy import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "○": 0, "０": 0, "两": 2, "俩": 2, "仨": 3,
    "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
COMPACT = {"廿": 20, "卅": 30, "卌": 40}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
UNITS = SMALL | LARGE

_DIGIT = "".join(DIGITS)
_SMALL = "".join(SMALL)
_LARGE = "".join(LARGE)
_CHINESE_CHARS = f"{_DIGIT}{_SMALL}{_LARGE}{''.join(COMPACT)}"

# 10,467 and 10，467; a comma that no three digits follow ends the number. 2×66 is a product. All repeats are bounded:
# a run of digits that is longer counts nothing, and must cost no more than its length.
ARABIC = r"(?:\d{1,3}(?:[,，]\d{3}){1,6}+(?!\d)|\d{1,20}+)(?:[.．]\d{1,20}+)?+"
# 万亿, 千万, 百亿 … behind Arabic digits, with the 多/余/几 that may stand before or inside it
# (the 千 of 220千伏 is the unit's)
MULTIPLIER = rf"[{_SMALL}]?+[{_LARGE}]{{1,4}}+|(?!千[瓦米克伏])[{_SMALL}]"
VAGUE = "多余几来"
# 1亿2千万, 3千5百: each part has its unit
_FURTHER = rf"(?:(?<=[{_SMALL}{_LARGE}])\d{{1,4}}+(?:{MULTIPLIER})){{0,4}}+"
NUMERAL = (
    rf"(?:(?:{ARABIC}[×xX*＊])?+{ARABIC}(?:[{VAGUE}](?=[{_SMALL}{_LARGE}]))?+(?:{MULTIPLIER})?+{_FURTHER}"
    rf"|[{_CHINESE_CHARS}几数]{{1,30}}+(?:[多余来](?=[{_LARGE}])[{_LARGE}]{{1,4}}+)?+(?:点[{_DIGIT}]{{1,20}}+[{_LARGE}]{{0,4}}+)?+)"
)

# what a numeral can begin with; behind this a pattern that begins with one is tried only where it can match
FIRST = rf"\d{_CHINESE_CHARS}几数"

_NO_SUCH_PART = frozenset("拾佰仟")  # 壹仟零佰零拾伍, as cheques are written
LONGEST = 60  # a numeral is shorter; what is longer is not worth reading
_ARABIC_DIGITS = frozenset("0123456789")
_ARABIC = re.compile(ARABIC)
_READING = re.compile(
    rf"(?:(?P<times>{ARABIC})[×xX*＊])?+(?P<arabic>{ARABIC})(?P<vague>[{VAGUE}])?+(?P<multiplier>{MULTIPLIER})?+"
)


class Reading(NamedTuple):
    """The value of a numeral; `vague` where it holds 多, 余, 几, 来 (60多亿, 十几): the value is then the lower end."""

    value: Decimal
    vague: bool = False
    upper: Decimal | None = None


def read_numeral(text: str) -> Reading | None:
    """The value of a numeral, or None where its characters make no number (百千, 一二三)."""
    if len(text) > LONGEST:
        return None
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
    if not any(c in "多余来几数" for c in text):
        number = read_number(text)
        return _read_approximate(text) if number is None else Reading(number)
    plain = text.replace("多", "").replace("余", "").replace("来", "")
    # 几十, 数百: from one of them on (几十万 is at least 10 万); 十几, 二十几: from the round number on
    if plain[:1] in ("几", "数"):
        plain = "一" + plain[1:] if len(plain) > 1 else ""
    number = read_number(plain.replace("几", ""))
    return None if number is None else Reading(number, True)


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
    """三百二十 → 320, 两千三百亿 → 230000000000, 一万零三十 → 10030, 二〇一三 → 2013; None where it is no integer."""
    number = read_number(text)
    return None if number is None or number != number.to_integral_value() else int(number)


def read_number(text: str, units: Mapping[str, int] = UNITS) -> Decimal | None:
    """A numeral of Chinese and Arabic parts: 三点五亿, 5亿1万4千6百, 一万两千零3十四; None where it is no number.

    A unit takes the number before it and all smaller parts: 一万五千亿 is 15000 × 亿, 四万万 is 四万 × 万.
    """
    if not text or len(text) > LONGEST:
        return None
    if all(c in DIGITS for c in text):
        # digit by digit, as years and codes are written; 三五, 六七 are not a number
        if len(text) == 1 or len(text) >= 3 or any(c in "零〇○" for c in text):
            return Decimal("".join(str(DIGITS[c]) for c in text))
        return None
    parts: list[tuple[Decimal | int, int]] = []  # (amount, its unit), the units falling; integers stay exact
    digit: Decimal | int | None = None  # the number that waits for its unit
    tenth = 1  # what a last bare digit counts: 两千三 is 2300, 三万五 is 35000, but 两千零三 is 2003
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char in _ARABIC_DIGITS:
            arabic = _ARABIC.match(text, at - 1)
            if digit is not None or arabic is None:
                return None
            at, written = arabic.end(), arabic.group()
            digit = int(written) if written.isdigit() else _arabic(written)
            tenth = tenth if len(written) == 1 else 1
        elif char in DIGITS:
            if digit is not None:  # 三五百: two digits in a row are no number
                return None
            if DIGITS[char]:
                digit = DIGITS[char]
            else:
                tenth = 1
                at += text[at : at + 1] in _NO_SUCH_PART
        elif char == "点":
            start = at
            while at < len(text) and text[at] in DIGITS:
                at += 1
            if at == start or start == 1 or isinstance(digit, Decimal):
                return None  # 点五: 点 is more often a verb
            fraction = Decimal("0." + "".join(str(DIGITS[c]) for c in text[start:at]))
            digit = (digit or 0) * (tenth if at == len(text) else 1) + fraction
            tenth = 1
        elif char in COMPACT:
            parts.append((COMPACT[char], 10))
        elif char in units:
            unit = units[char]
            amount = None if digit is None else digit * (tenth if 10 * tenth < unit else 1)  # 百二万 is 120万
            if unit >= 10**4:
                while parts and (parts[-1][1] < unit or (amount is None and parts[-1][1] == unit)):
                    amount = (amount or 0) + parts.pop()[0]
            if parts and (parts[-1][1] <= unit or (amount is None and unit != 10)):
                return None  # 百千, 亿万; but 一百十一 is 111
            parts.append(((1 if amount is None else amount) * unit, unit))
            digit, tenth = None, unit // 10 if unit >= 100 else 1
        else:
            return None
    return Decimal(sum((amount for amount, _ in parts), (digit or 0) * tenth))
