"""One guard for all CSV files: those of records, and those of an archive's tables, which DuckDB writes."""

from __future__ import annotations

import csv
import io

import duckdb
import pytest
from example_document import amount, document
from formulas import HARMLESS, HOSTILE

from speechparse.outputs import csv as csv_output
from speechparse.outputs.formulas import FORMULA, guarded


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_what_a_spreadsheet_takes_for_a_formula(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_other_text_stays(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", [*HOSTILE, *HARMLESS], ids=ascii)
def test_duckdb_decides_alike(text: str) -> None:
    with duckdb.connect() as connection:
        [(found,)] = connection.execute("SELECT regexp_matches(?, ?)", [text, FORMULA]).fetchall()
    assert found == (guarded(text) != text)


@pytest.mark.parametrize("text", [text for text in (*HOSTILE, *HARMLESS) if text], ids=ascii)
def test_records_as_csv_are_guarded(text: str) -> None:
    stream = io.StringIO(newline="")
    csv_output.write([document(amount("-5", indicator=text))], stream, every=True)
    [row] = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))
    assert row["indicator"] == guarded(text)
    assert row["value"] == "-5"
