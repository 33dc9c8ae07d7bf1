"""Comma-separated rows, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

import regex

from speechparse.outputs.rows import COLUMNS, rows
from speechparse.records import Document

# What a spreadsheet takes for the beginning of a formula, also behind blanks and invisible characters, which some of
# them skip, and full-width, which Chinese and Japanese ones take for the same; a tab or line break may be skipped too.
FORMULA = r"^[\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]"
_FORMULA = regex.compile(FORMULA)


def write(documents: Iterable[Document], stream: TextIO, *, every: bool) -> None:
    """A header and one row a record; numbers in plain digits, an empty cell for what is not there."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(documents, every=every):
        writer.writerow(_cell(row[column]) for column in COLUMNS)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str) and _FORMULA.search(value):
        return "'" + value  # scraped text must not become a formula when a spreadsheet opens the file
    return str(value)
