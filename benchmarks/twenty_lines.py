"""What a careful researcher would write in twenty lines: figures in Arabic digits, with unit and bound, and times.

The plainest of the tools that `peers.py` sets side by side: twenty statements and the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import prod

SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
CODES = {"元": "CNY", "美元": "USD", "个百分点": "pp", "百分点": "pp", "倍": "x", "％": "%"}
BOUNDS = dict.fromkeys("以上 超过 突破 不低于 不少于 余 多".split(), "min") | {"左右": "about", "约": "about"}
FIGURE = re.compile(
    r"(超过|突破|不低于|不少于|不超过|约)?(\d[\d,]*(?:\.\d+)?)(?:%?[-—~至到]+(\d+(?:\.\d+)?))?"
    r"([余多]?)([十百千万亿]*)([余多]?)(个?百分点|人次|[平立]方米|平方公里|公里|千瓦时?|工作日|美?元|个(?!月)|"
    r"[%％倍亩吨米人名户家项台辆头只座条处所套张支栋天位])(以上|以内|以下|左右)?"
)
PARTS = {"上半年": (1, 6), "下半年": (7, 12), "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12)}
TIME = re.compile(
    r"(?=[\d去今全年上下一二三四])(?:(\d{4})年|(去年)|今年|全年|年内|年(?=底))?底?"
    rf"(?:(1[0-2]|[1-9])月(?:([12]?\d|3[01])日|份|底)?|({'|'.join(PARTS)}))?前?"
)


def figures(text: str) -> Iterator[tuple[int, int, float, float | None, str, str]]:
    """Start, end, value, upper end of a range, unit and bound of each figure."""
    for found in FIGURE.finditer(text):
        before, low, high, more, scale, odd, unit, after = found.groups()
        factor = prod(SCALES[character] for character in scale)
        bound = "range" if high else BOUNDS.get(after or before or more or odd, "max" if after or before else "exact")
        ends = (float(number.replace(",", "")) * factor if number else None for number in (low, high))
        yield *found.span(), *ends, CODES.get(unit, unit), bound


def times(text: str, this_year: int) -> Iterator[tuple[int, int, date, date]]:
    """Start, end, first and last day of each time."""
    for found in (found for found in TIME.finditer(text) if found[0]):
        year, last, month, day, part = found.groups()
        first, final = PARTS[part] if part else (int(month or 1), int(month or 12))
        start = date(int(year or this_year - bool(last)), first, int(day or 1))
        end = start if day else date(start.year + final // 12, final % 12 + 1, 1) - timedelta(days=1)
        yield *found.span(), start, end
