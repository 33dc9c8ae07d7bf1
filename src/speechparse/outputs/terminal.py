"""Records as a table for the eye."""

from __future__ import annotations

import os
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import PurePath
from typing import TextIO

from rich import box
from rich.table import Table
from rich.text import Text

from speechparse import lexicons
from speechparse.extract.figures import UnitRow
from speechparse.outputs.messages import said
from speechparse.outputs.rows import select
from speechparse.outputs.screen import Places, console, counted, visible
from speechparse.records import Amount, Deadline, Document, Percentage, Period, Project, Record, When

MASKED = "?"
MASKED_NOTE = f"{MASKED}  the source has masked or lost this number: it is kept as unknown, never guessed"
BOUND_SIGNS = {"exact": "", "min": "≥", "max": "≤", "about": "≈", "range": "–"}
PERCENTAGE_UNITS = {"%": "%", "pp": "个百分点", "x": "倍"}
YI, WAN = Decimal(100_000_000), Decimal(10_000)
STYLES = {"target": "bold", "must": "red", "strive": "yellow", "plan": "cyan", "actual": "dim"}

TARGET_COLUMNS = ("indicator", "value", "bound", "strength", "when", "dates", "text", "raw line:col")
RECORD_COLUMNS = ("kind", "role", "status", "indicator or name", "of", *TARGET_COLUMNS[1:])


def write(documents: Iterable[Document], stream: TextIO, *, every: bool) -> None:
    """One table of the targets (or of every record) of all documents, with a section for each document."""
    screen = console(stream)
    documents = list(documents)
    folder = _common_folder([document.source for document in documents])
    columns = RECORD_COLUMNS if every else TARGET_COLUMNS
    if sum(len(document.speeches) for document in documents) > 1:
        columns = ("source", *columns)
    table = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False)
    for column in table.columns:
        column.overflow = "fold"  # a value that is cut is worse than one on two lines
        column.justify = "right" if column.header == "value" else "left"
    masked = False
    for document in documents:
        places = Places(document.raw)
        for record in select(document, every=every):
            cells = _cells(record, places)
            cells["source"] = document.source.removeprefix(folder)
            if len(document.speeches) > 1:
                cells["source"] += f" #{record.speech + 1}"
            masked = masked or cells["value"] == MASKED
            table.add_row(*(_styled(visible(cells[column])) for column in columns))
        table.add_section()
    if table.row_count:
        screen.print(table, soft_wrap=False)
    if masked:
        screen.print(said(MASKED_NOTE))
    if documents:
        screen.print(said(_summary(documents, every=every)))


def amount_words(value: Decimal, unit: str) -> str:
    """The value as Chinese texts write it: in 亿元 from a hundred million on, in 万元 from ten thousand on."""
    currency = _currency_names().get(unit, unit)
    for size, prefix in ((YI, "亿"), (WAN, "万")):
        if abs(value) >= size:
            return f"{_plain(value / size)}{prefix}{currency}"
    return f"{_plain(value)}{currency}"


def interval_words(when: When | Deadline | Period) -> str:
    """A whole year as `2024`, a whole month as `2024-06`, a day as itself, other times as `EARLIEST..LATEST` with open
    ends left out.
    """
    earliest, latest = when.earliest or "", when.latest or ""
    if earliest == latest:
        return latest
    if earliest[:4] == latest[:4] and (earliest[4:], latest[4:]) == ("-01-01", "-12-31"):
        return latest[:4]
    if earliest[:7] == latest[:7] and earliest.endswith("-01") and latest[8:] >= "28":
        return latest[:7]
    return f"{earliest}..{latest}"


def value_words(record: Record) -> str:
    """The value with its unit, `?` where the source has lost it; of a range both ends. Empty for times and names.

    Money as `amount_words` has it, other things in 亿 from a hundred million on: a row of zeros is not read.
    """
    if isinstance(record, Deadline | Period | Project):
        return ""
    ends = [end for end in (record.value, record.upper) if end is not None]
    if not ends:
        return MASKED
    if isinstance(record, Amount):
        return "–".join(amount_words(end, record.unit) for end in ends)
    unit = PERCENTAGE_UNITS.get(record.unit, record.unit) if isinstance(record, Percentage) else record.unit
    if min(map(abs, ends)) >= YI:
        return "–".join(f"{_plain(end / YI)}亿" for end in ends) + unit
    return "–".join(map(_plain, ends)) + unit


@cache
def _currency_names() -> dict[str, str]:
    """The shortest Chinese name of each currency that the lexicon of units has: 元 for CNY, 美元 for USD."""
    rows = [row for row in lexicons.load("units", UnitRow) if row.kind == "amount"]
    names: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: len(row.term)):
        names.setdefault(row.unit, row.term)
    return names


def _plain(value: Decimal) -> str:
    digits = format(value, ",f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _cells(record: Record, places: Places) -> dict[str, str]:
    cells = dict.fromkeys((*TARGET_COLUMNS, *RECORD_COLUMNS), "")
    cells |= {
        "kind": record.kind,
        "value": value_words(record),
        "text": record.text,
        "raw line:col": places(record.raw_start),
    }
    if isinstance(record, Deadline | Period):
        cells["dates"] = interval_words(record)
    elif isinstance(record, Project):
        cells["indicator or name"] = record.name
    else:
        cells |= {
            "indicator": record.indicator or "",
            "indicator or name": record.indicator or "",
            "bound": BOUND_SIGNS[record.bound],
            "role": record.role,
            "status": record.status or "",
            "strength": record.strength or "",
            "of": record.of or "",
        }
        if record.when is not None:
            cells |= {"when": record.when.text, "dates": interval_words(record.when)}
    return cells


def _styled(cell: str) -> Text:
    return Text(cell, style=STYLES.get(cell, ""))


def _common_folder(sources: list[str]) -> str:
    """The folder that all sources share, with its slash: in every row it would only take room."""
    folders = {str(PurePath(source).parent) for source in sources}
    folder = folders.pop() if len(folders) == 1 else "."
    return "" if folder == "." else f"{folder}{os.sep}"


def _summary(documents: list[Document], *, every: bool) -> str:
    shown = sum(len(list(select(document, every=every))) for document in documents)
    inputs = counted(len(documents), "input")
    if every:
        return f"{counted(shown, 'record')} in {inputs}"
    records = sum(len(document.records) for document in documents)
    return f"{counted(shown, 'target')} in {inputs}, of {counted(records, 'record')} (--all shows every record)"
