"""Sums of money."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.figures import alternatives, units
from speechparse.lazy import regex
from speechparse.values.bounded import not_understood, read_bounded
from speechparse.values.parsed import ParsedAmount
from speechparse.values.plain import plain
from speechparse.values.quantities import Quantity, read_quantity


class CurrencyRow(NamedTuple):
    """A way to write money beside those of units.tsv. `place` is before or after the number, or both; `factor` is the
    term in main units (0.01 for 美分)."""

    term: str
    currency: str
    factor: Decimal
    place: str
    example: str


class _Money(NamedTuple):
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    names: dict[str, tuple[str, Decimal]]


def parse_amount(text: str) -> ParsedAmount:
    """The sum of money that a text gives: 53.2亿元, 三块五, 两百万美元, 10~15k元, US$300, 肆佰叁拾萬圓整, 几十万块.

    Where no currency is named it is CNY. Raises ValueParseError, which says what was not understood.
    """
    words = plain(text, "amount")
    found = read_bounded(words, read_sum, _money().before)
    if found is None:
        raise not_understood("amount", text, words, read_sum)
    return ParsedAmount(text=text, unit=found.unit, **found.limits)


@lru_cache(maxsize=1)
def _money() -> _Money:
    rows = lexicons.load("currencies", CurrencyRow)
    after = {row.term: (row.unit, row.factor) for row in units().values() if row.kind == "amount"}
    before = {term: value for term, value in after.items() if term != "元" and value[1] == 1}
    after |= {row.term: (row.currency, row.factor) for row in rows if row.place != "before"}
    before |= {row.term: (row.currency, row.factor) for row in rows if row.place != "after"}
    return _Money(regex.compile(alternatives(before)), regex.compile(alternatives(after)), before | after)


# 5元多 and 5元 are read as 5多元: the number is vague, not the unit
_VAGUE_UNIT = regex.compile(r"(?P<number>[^多余]+?)(?P<unit>元|块)(?P<vague>[多余])钱?")
_END = regex.compile(r"[整正]")
_COINS = regex.compile(
    r"(?:零?(?P<tenths>[^角毛分]+)[角毛])?(?:零?(?P<hundredths>[^角毛分]+)分)?(?P<bare>[^角毛分钱整正]+)?钱?[整正]?"
)


def read_sum(text: str) -> Quantity | None:
    """One sum of money, without bound words."""
    before, after, names = _money()
    sign = text[0] if text[:1] in ("-", "负") else ""
    if sign:
        found = read_sum(text[1:]) if text[1:2] not in ("-", "负") else None
        return found and found.scaled(-1)
    lead = before.match(text)
    if lead:
        body = text[lead.end() :].removeprefix(":")
        found = read_sum(body) if body and not before.match(body) else None
        currency, factor = names[lead.group()]
        if found is None or found.unit not in ("CNY", currency):
            return None
        return found.scaled(factor, currency)
    vague = _VAGUE_UNIT.fullmatch(text)
    if vague:
        text = f"{vague['number']}{vague['vague']}{vague['unit']}"
    bare = read_quantity(text)
    if bare is not None:
        return bare._replace(unit="CNY")
    for match in after.finditer(text):
        number = read_quantity(text[: match.start()])
        if number is not None:
            return _with_rest(number, *names[match.group()], text[match.end() :])
    return None


def _with_rest(number: Quantity, currency: str, factor: Decimal, rest: str) -> Quantity | None:
    """A sum and what stands behind its unit: 整, a second name of the currency (三万元欧元), smaller coins."""
    found = number.scaled(factor, currency)
    _, after, names = _money()
    if not rest or _END.fullmatch(rest) or rest == "钱":
        return found
    second = after.fullmatch(rest)
    if second and currency == "CNY" and names[second.group()][1] == 1:
        return found._replace(unit=names[second.group()][0])
    if number.upper is not None:
        return None
    coins = _COINS.fullmatch(rest) if currency == "CNY" else None
    if coins:
        return _with_coins(found, factor, coins)
    smaller = read_sum(rest)
    if smaller and smaller.unit == currency and smaller.upper is None and smaller.value < factor:
        return found._replace(value=found.value + smaller.value)
    return None


def _with_coins(found: Quantity, factor: Decimal, coins: regex.Match[str]) -> Quantity | None:
    value = found.value
    place = factor / 10
    for name, worth, most in (("tenths", Decimal("0.1"), 10), ("hundredths", Decimal("0.01"), 100)):
        if coins[name]:
            number = read_quantity(coins[name])
            if number is None or number.upper is not None or not 0 <= number.value < most:
                return None
            value += number.value * worth
            place = worth / 10
    if coins["bare"]:  # 三块五 is 3.5, 三块二毛五 is 3.25
        number = read_quantity(coins["bare"])
        if number is None or len(coins["bare"]) != 1 or place < Decimal("0.01"):
            return None
        value += number.value * place
    return found._replace(value=value)
