"""A table as an Excel workbook (extra `excel`), written row by row.

Numbers have thousands separators and the decimals that they have in the table; a figure whose `unit` is `%` is shown
with the sign, and stays the number that was written (12.5, not 0.125). Years, codes and identifiers have no separators.
Excel keeps 15 digits, so an integer with more of them becomes text. Limits of Excel's are from Microsoft's "Excel
specifications and limits": a table with more rows or columns is refused, a longer text is cut with a warning.
"""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections import Counter
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from speechparse.archive.export import Table
from speechparse.errors import MissingExtraError, OutputError
from speechparse.lazy import re

MAX_ROWS = 1_048_576  # with the header
MAX_COLUMNS = 16_384
MAX_TEXT = 32_767  # UTF-16 code units in a cell
MAX_SHEET_NAME = 31
MAX_INTEGER = 10**15  # from here on a float of Excel's loses digits
BATCH = 2_048  # rows fetched at a time; the first batch also tells the widths
WIDTHS = (8, 60)  # narrowest and widest column, in characters; a Chinese one counts as two
MAX_DECIMALS = 6  # shown
CUT = "…"

FIGURES = frozenset({"value", "upper", "low", "high"})  # columns that the column `unit` speaks of
NO_SEPARATORS = re.compile(r"(?:^|_)(?:id|code|year)$")
FIRST_DAY = dt.date(1900, 3, 1)  # Excel takes 1900 for a leap year: days before are shown one day off


def write(table: Table, file: Path) -> int:
    """Write the table to the file and return the number of its rows."""
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import XlsxFileError
    except ImportError as error:
        raise MissingExtraError("xlsxwriter", "excel") from error
    _refuse_what_does_not_fit(table, file)
    options = {
        "constant_memory": True,
        "tmpdir": str(file.parent),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    try:
        with Workbook(str(file), options) as workbook:
            workbook.use_zip64()
            return _Sheet(workbook, table).fill()
    except XlsxFileError as error:
        raise OutputError(file.name, f"can't be written ({error})", "check the folder and the space left") from error


def _refuse_what_does_not_fit(table: Table, file: Path) -> None:
    rows = table.count_rows()
    for number, limit, noun in ((rows, MAX_ROWS - 1, "rows"), (len(table.columns), MAX_COLUMNS, "columns")):
        if number > limit:
            problem = f"{table.name} has {number:,} {noun}, and a sheet of Excel holds {limit:,}"
            raise OutputError(file.name, problem, "export it to .csv or .parquet")


class _Sheet:
    """The one sheet of the workbook."""

    def __init__(self, workbook: Any, table: Table) -> None:
        self.workbook = workbook
        self.table = table
        self.sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\]|^'|'$", "_", table.name)[:MAX_SHEET_NAME])
        self.names = [column.name for column in table.columns]
        self.unit = self.names.index("unit") if "unit" in self.names else None
        self.formats: dict[str, Any] = {}
        self.cut: Counter[str] = Counter()

    def fill(self) -> int:
        """Write header and rows; returns the number of the rows."""
        result = self.table.connection.execute(self.table.select([column.flat for column in self.table.columns]))
        batch = result.fetchmany(BATCH)
        for at, width in enumerate(self._widths(batch)):
            self.sheet.set_column(at, at, width)
        bold = self.workbook.add_format({"bold": True})
        for at, name in enumerate(self.names):
            self.sheet.write_string(0, at, name, bold)
        number = 0
        batches = chain([batch], iter(lambda: result.fetchmany(BATCH), []))
        for number, row in enumerate(chain.from_iterable(batches), 1):
            percent = self.unit is not None and row[self.unit] == "%"
            for at, value in enumerate(row):
                if value is not None:
                    self._write(number, at, value, percent)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, number, len(self.names) - 1)
        if self.cut:
            cells = ", ".join(f"{name} ({count:,})" for name, count in self.cut.items())
            message = f"texts longer than a cell of Excel ({MAX_TEXT:,} characters) were cut: {cells}"
            warnings.warn(f"{message}; the other formats have them whole", stacklevel=2)
        return number

    def _widths(self, batch: list[Any]) -> list[int]:
        """The width of each column: of its header with the filter's arrow, or of its widest text in the batch."""
        widths = [max(WIDTHS[0], cell_len(name) + 3) for name in self.names]
        for row in batch:
            for at, value in enumerate(row):
                if value is not None:
                    widths[at] = max(widths[at], cell_len(str(value)[: WIDTHS[1]]) + 1)
        return [min(width, WIDTHS[1]) for width in widths]

    def _write(self, row: int, at: int, value: Any, percent: bool) -> None:
        sheet = self.sheet
        if isinstance(value, bool):
            sheet.write_boolean(row, at, value)
        elif isinstance(value, int) and abs(value) < MAX_INTEGER:
            sheet.write_number(row, at, value, self._format("0" if NO_SEPARATORS.search(self.names[at]) else "#,##0"))
        elif isinstance(value, Decimal | float) and math.isfinite(value):
            sign = percent and self.names[at] in FIGURES
            sheet.write_number(row, at, float(value), self._format(_decimals(value) + ('"%"' if sign else "")))
        elif isinstance(value, dt.datetime) and value.date() >= FIRST_DAY:
            sheet.write_datetime(row, at, value, self._format("yyyy-mm-dd hh:mm:ss"))
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= FIRST_DAY:
            sheet.write_datetime(row, at, value, self._format("yyyy-mm-dd"))
        else:
            sheet.write_string(row, at, self._fitting(str(value), self.names[at]))

    def _format(self, code: str) -> Any:
        if code not in self.formats:
            self.formats[code] = self.workbook.add_format({"num_format": code})
        return self.formats[code]

    def _fitting(self, text: str, name: str) -> str:
        """The text, cut to what a cell holds: characters beyond U+FFFF count as two there."""
        if len(text) <= MAX_TEXT // 2 or len(units := text.encode("utf-16-le")) // 2 <= MAX_TEXT:
            return text
        self.cut[name] += 1
        return units[: 2 * (MAX_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _decimals(number: Decimal | float) -> str:
    """The number format that shows the number's own decimals, but for the endless ones of a float."""
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    places = min(MAX_DECIMALS, max(0, -exponent)) if isinstance(exponent, int) else 0
    return "#,##0" + ("." + "0" * places if places else "")
