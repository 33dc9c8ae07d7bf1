"""Comma-separated rows, for spreadsheets and statistics programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from typing import TextIO

from speechparse.outputs.formulas import guarded
from speechparse.outputs.rows import COLUMNS, rows
from speechparse.records import Document


def write(documents: Iterable[Document], stream: TextIO, *, every: bool) -> None:
    """A header and one row a record; numbers in plain digits, an empty cell for what is not there."""
    writer = csv.writer(_LineFeeds(stream))
    writer.writerow(COLUMNS)
    for row in rows(documents, every=every):
        writer.writerow(_cell(row[column]) for column in COLUMNS)


class _LineFeeds:
    """Rows end with a line feed alone. Python below 3.13 quotes a cell for what the writer's own line end is made of,
    so with that set to a line feed a carriage return in a cell would end the row for other readers."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, row: str) -> int:
        return self._stream.write(row.removesuffix("\r\n") + "\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    return guarded(str(value))
