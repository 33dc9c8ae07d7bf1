"""What the value parsers return."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from speechparse.records import YI, Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedNumber:
    """A number in words or digits.

    value: the number; of a range, and of a vague number (十几), the lower end.
    upper: the higher end, where the words set one: 10到15, 十几 (20), 60多亿 (70亿), 八九亿 (9亿).
    bound: `exact`, `range`, `min` (以上, 超过, 多, 余, 几), `max` (以内, 不足) or `about` (约, 左右, 近).
    text: the text as given.
    """

    text: str
    value: Decimal
    upper: Decimal | None = None
    bound: Bound = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPercentage(ParsedNumber):
    """A share or a change; `unit` is `%`, `pp` (percentage points) or `x` (times). A fall is negative."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAmount(ParsedNumber):
    """A sum of money in the main unit of its currency; `unit` is the ISO 4217 code."""

    unit: str

    @property
    def currency(self) -> str:
        """The ISO 4217 code."""
        return self.unit

    @property
    def yi(self) -> Decimal:
        """The value in 亿 (hundred millions) of its currency."""
        return self.value / YI


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDate:
    """A time that the calendar can place.

    earliest, latest: its first and last day as `YYYY-MM-DD`, `X` for a digit that the text masks; None where it is open
        (5月1日以前 has no first, 去年以来 no last day).
    text: the text as given.
    """

    text: str
    earliest: str | None
    latest: str | None
