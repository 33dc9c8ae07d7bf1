"""A speech with what a scraped page may hold to harm its reader: harmless in every output, its records readable."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from speechparse import cli
from speechparse.outputs.formulas import FORMULA

SPEECH = "\n".join(
    [
        '=HYPERLINK("http://example.invalid","x")在全县<script>alert(1)</script>项目建设大会上的讲话',
        "同志们：",
        "<script>alert(1)</script>今年确保完成投资30亿元。",
        "</style></title></textarea></pre>今年确保开工<b>项目</b>12个。",
        '" onmouseover="alert(1)" x="今年确保引进项目13个。',
        "今年\u202e确保\u2066完成投资40亿元\u2069，\u200f力争50亿元。",
        "今年\x1b[31m确保\x1b[2J完成投资60亿元\x1b]0;title\x07，\x08\x08\x9b31m力争70亿元。",
        "=cmd|' /C calc'!A0。今年确保=1+1投资80亿元，＝2投资90亿元，@SUM(1)投资100亿元。",
        "今年确保" + "啊" * 100_000 + "投资110亿元。",
    ]
)
WORDS = "30亿元 12个 13个 40亿元 50亿元 60亿元 70亿元 80亿元 90亿元 100亿元 110亿元".split()
ACTING = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}--\n]", regex.V1)  # escape sequences begin with one of them


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("hostile") / "speech.txt"
    file.write_text(SPEECH, encoding="utf-8")
    return file


def printed(*arguments: object) -> str:
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("command", ["targets --all", "explain", "clean --explain", "clean --diff", "clean"])
def test_nothing_acts_on_a_terminal(page: Path, command: str) -> None:
    text = printed(*command.split(), page)
    assert ACTING.findall(text) == []
    if command in ("targets --all", "explain"):
        assert [words for words in WORDS if words not in text] == []
        assert max(map(len, text.splitlines())) < 400


def test_no_cell_of_a_csv_becomes_a_formula(page: Path) -> None:
    rows = list(csv.reader(io.StringIO(printed("targets", "--all", "--format", "csv", page))))
    assert {words for row in rows for words in row} >= set(WORDS)
    assert [cell for row in rows for cell in row if regex.search(FORMULA, cell)] == []


@pytest.mark.parametrize("table", ["records", "documents"])
def test_no_cell_of_a_workbook_becomes_a_formula_or_a_link(page: Path, table: str) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: the workbook is not opened")
    database, workbook = page.with_suffix(".duckdb"), page.with_name(f"{table}.xlsx")
    if not database.exists():
        printed("archive", page, "--to", database, "--jobs", 1)
    printed("export", database, "--table", table, "--to", workbook)
    cells = [cell for row in openpyxl.load_workbook(workbook).active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    if table == "records":
        assert {cell.value for cell in cells} >= set(WORDS)


def test_the_report_is_well_formed_and_shows_every_record(page: Path) -> None:
    to = page.with_name("report.html")
    printed("report", page, "--to", to)
    text = to.read_text(encoding="utf-8")
    assert ACTING.findall(text) == []
    assert text.count("<script") == text.count("</script>") == 1
    assert re.findall(r"<[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', text)) == []
    assert [words for words in WORDS if f">{words}<" not in text] == []
