"""Dates as Chinese documents write them, and as EDTF (Extended Date/Time Format, ISO 8601-2).

A date is written as precisely as the text gives it, and a digit that the text masks stays unknown (`X`):

    2018年3月5日, 二○一八年三月五日, 2018-03-05      2018-03-05
    201*年9月6日                                       201X-09-06
    2018年3月, 2018年                                  2018-03, 2018
    20xx年x月x日, 20**年                               20XX

`read_date` reads the first date of a text, `find_dates` finds all of them with their places, `combine` brings together
what two dates say of the same day. All three are linear in the length of the text and need nothing but this module.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from typing import NamedTuple

from speechparse.lazy import regex

MASKS = "xX×Ｘｘ*＊╳"

_DIGITS = {c: str(i) for i, c in enumerate("０１２３４５６７８９")}
_DIGITS |= {c: str(i) for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= dict.fromkeys("〇○Oo", "0") | dict.fromkeys(MASKS, "X")

_TENS = {"十": 10, "廿": 20, "卅": 30}

_MASK = f"[{MASKS}]"
_ZERO = "[0０零〇○Oo]"
_DIGIT = r"[0-9０-９]"
_CHINESE = "[一二三四五六七八九零〇○]"
_YEAR = (
    rf"(?:(?:19|20|１９|２０)(?:{_DIGIT}{{2}}|{_DIGIT}{_MASK}|{_MASK}{{2}})"
    rf"|(?:一九|二{_ZERO})(?:{_CHINESE}|{_MASK}){{2}})"
)
_CHINESE_NUMBER = r"(?:[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_PART = rf"(?:{_DIGIT}{{1,2}}|{_CHINESE_NUMBER}|{_MASK}{{1,2}})"

_DATE = regex.compile(
    rf"""(?<![0-9０-９{MASKS}一二三四五六七八九])(?P<year>{_YEAR})
    (?: \s?年 (?: \s?(?P<month>{_PART})?+\s?月份? (?: \s?(?P<day>{_PART})?+\s?[日号] )?+ )?+
      | (?P<mark>[-./／．]) (?P<month>{_DIGIT}{{1,2}}|{_MASK}{{1,2}})
        (?: (?P=mark)(?P<day>{_DIGIT}{{1,2}}|{_MASK}{{1,2}}) (?![0-9]) )
    )""",
    regex.VERBOSE,
)


class FoundDate(NamedTuple):
    """A date in a text: `text[start:end]` is it, `edtf` is what it says."""

    start: int
    end: int
    edtf: str


def find_dates(text: str) -> Iterator[FoundDate]:
    """The dates in a text that name a year, in order. Days that no calendar has (2月30日) are left out."""
    for match in _DATE.finditer(text):
        edtf = _edtf(match["year"], match["month"], match["day"])
        if edtf:
            yield FoundDate(match.start(), match.end(), edtf)


def read_date(text: str) -> str | None:
    """The first date of a text as EDTF, or None where it names none."""
    return next((found.edtf for found in find_dates(text)), None)


def combine(first: str, second: str) -> str | None:
    """The one date that both of two EDTF dates may be, as precisely as they say together; None where they disagree.

    `20XX` and `2018` are `2018`; `201X-09-06` and `2018` are `2018-09-06`; `2017` and `2018` are None.
    """
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    shorter += longer[len(shorter) :]
    both = [b if a == "X" else a for a, b in zip(longer, shorter, strict=True)]
    if any(b not in ("X", c) for b, c in zip(shorter, both, strict=True)):
        return None
    return "".join(both)


def _edtf(year: str, month: str | None, day: str | None) -> str | None:
    parts = ["".join(_DIGITS.get(c, c) for c in year), _number(month), _number(day)]
    while parts[-1] in (None, "XX"):  # a month or a day that is masked altogether says nothing
        parts.pop()
    known = [part or "XX" for part in parts]
    return "-".join(known) if _exists(known) else None


def _number(text: str | None) -> str | None:
    """A month or a day as two digits; `XX` where any digit is masked."""
    if text is None:
        return None
    if any(c in MASKS for c in text):
        return "XX"
    if any(c in _TENS for c in text):
        tens, ten, units = text.partition(next(c for c in text if c in _TENS))
        return f"{_TENS[ten] * int(_DIGITS.get(tens, '1')) + int(_DIGITS.get(units, '0')):02d}"
    return "".join(_DIGITS.get(c, c) for c in text).rjust(2, "0")


def _exists(parts: list[str]) -> bool:
    if len(parts) > 1 and parts[1] != "XX" and not 1 <= int(parts[1]) <= 12:
        return False
    if len(parts) < 3:
        return True
    if "X" in parts[0] or parts[1] == "XX":
        last = 31 if parts[1] == "XX" else calendar.monthrange(2000, int(parts[1]))[1]
    else:
        last = calendar.monthrange(int(parts[0]), int(parts[1]))[1]
    return 1 <= int(parts[2]) <= last
