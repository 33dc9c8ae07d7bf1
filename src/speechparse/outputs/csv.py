"""Comma-separated rows, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

from speechparse.outputs.rows import COLUMNS, rows
from speechparse.records import Document


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
    if isinstance(value, str) and len(value) > 1 and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value  # scraped text must not become a formula when a spreadsheet opens the file
    return str(value)
