"""Parsers of single values, for users and other systems: a text in, a value with its bounds out, or an error.

    from speechparse import parse_amount, parse_date, parse_number, parse_percentage

    parse_number("一万零三十").value                                      # Decimal("10030")
    parse_amount("10~15k元")                                             # 10000 to 15000 CNY
    parse_date("去年前三季度", reference_date=date(2021, 6, 14)).latest    # "2020-09-30"

They read a text that is nothing but the value; figures in running text are `speechparse.parse`'s.
"""

from speechparse.values.amounts import parse_amount
from speechparse.values.dates import parse_date
from speechparse.values.numbers import parse_number
from speechparse.values.parsed import ParsedAmount, ParsedDate, ParsedNumber, ParsedPercentage
from speechparse.values.percentages import parse_percentage

__all__ = [
    "ParsedAmount",
    "ParsedDate",
    "ParsedNumber",
    "ParsedPercentage",
    "parse_amount",
    "parse_date",
    "parse_number",
    "parse_percentage",
]
