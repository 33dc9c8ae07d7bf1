"""Exports of a database's tables: each is read back by its own reader."""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import regex
from formulas import HARMLESS, HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from places import CLEAN_SAMPLES
from typer.testing import CliRunner

import speechparse as sp
from speechparse import cli
from speechparse.archive import build, stata, tables, workbook
from speechparse.archive import export as export_module
from speechparse.archive.export import export
from speechparse.outputs.formulas import guarded

ENDINGS = (".csv", ".jsonl", ".parquet", ".xlsx", ".dta")

SCHEMA = """
CREATE TYPE status AS ENUM ('target', 'actual');
CREATE TABLE records (
    document_id VARCHAR, report_year INTEGER, "indicator in the words of the speech itself" VARCHAR,
    value DECIMAL(38, 6), unit VARCHAR, value_yi DOUBLE, growth DECIMAL(10, 0), status status, latest DATE,
    read_at TIMESTAMP, zoned TIMESTAMP WITH TIME ZONE, masked BOOLEAN, start BIGINT, total HUGEINT, warnings VARCHAR[],
    "when" STRUCT(text VARCHAR, latest VARCHAR), page BLOB, text VARCHAR);
COMMENT ON COLUMN records.value IS 'in base units: yuan, percent, pieces';
CREATE TABLE "an ""odd"" name" (a INTEGER);
CREATE VIEW targets AS SELECT document_id, value, unit, sum(start) OVER () AS starts FROM records
WHERE status = 'target';
"""
LONG = "云溪县" * 1000
DAY, MOMENT = dt.date(2024, 6, 30), dt.datetime(2026, 11, 22, 8, 30, 15)
ZONED = dt.datetime(2026, 11, 22, 8, 30, 15, tzinfo=dt.UTC)
# fmt: off
NAMES = (
    "document_id", "report_year", "indicator in the words of the speech itself", "value", "unit", "value_yi", "growth",
    "status", "latest", "read_at", "zoned", "masked", "start", "total", "warnings", "when", "page", "text",
)
ROWS: list[tuple[Any, ...]] = [
    (
        "a/1.html", 2024, "固定资产投资", Decimal("9500000000"), "CNY", 95.0, Decimal(-3),
        "target", DAY, MOMENT, ZONED, False, 12, 2**70, ['说, "不"', "=1"], {"text": "年底前", "latest": None},
        b"\xd6\xd0", "第一行\n第二行，“引号”, 逗号",
    ),
    (
        "b.txt", 2023, "城镇化率", Decimal("-12.5"), "%", None, None,
        "actual", dt.date(1899, 5, 1), None, None, True, 2**40, None, [], None, None, LONG,
    ),
    ("𠮷.txt", *[None] * 17),
]
# fmt: on


def make(database: Path, rows: list[tuple[Any, ...]] = ROWS) -> Path:
    with duckdb.connect(str(database)) as connection:
        connection.execute(SCHEMA)
        connection.executemany(f"INSERT INTO records VALUES ({', '.join('?' * len(NAMES))})", rows)
    return database


def texts_in(database: Path, texts: list[str]) -> Path:
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE texts (number INTEGER, text VARCHAR)")
        connection.executemany("INSERT INTO texts VALUES (?, ?)", list(enumerate(texts)))
    return database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("database") / "speeches.duckdb")


@pytest.fixture
def to(database: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Exports the records under an ending."""

    def exported(ending: str, table: str = "records") -> Path:
        file = tmp_path / f"out{ending}"
        assert export(database, table, file) == (3 if table == "records" else 1)
        return file

    return exported


class TestCsv:
    def test_is_rfc_4180_with_a_byte_order_mark(self, to: Callable[[str], Path]) -> None:
        data = to(".csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbfdocument_id,report_year,")
        assert data.endswith(b"\r\n")
        assert '"第一行\n第二行，“引号”, 逗号"'.encode() in data

    def test_read_back(self, to: Callable[[str], Path]) -> None:
        with to(".csv").open(encoding="utf-8-sig", newline="") as stream:
            names, first, second, third = csv.reader(stream)
        # fmt: off
        assert tuple(names) == NAMES
        assert first == [
            "a/1.html", "2024", "固定资产投资", "9500000000", "CNY", "95.0", "-3", "target", "2024-06-30",
            "2026-11-22 08:30:15", "2026-11-22 08:30:15", "false", "12", str(2**70), '["说, \\"不\\"","=1"]',
            '{"text":"年底前","latest":null}', "1tA=", "第一行\n第二行，“引号”, 逗号",
        ]
        assert second == [
            "b.txt", "2023", "城镇化率", "-12.5", "%", "", "", "actual", "1899-05-01", "", "", "true", str(2**40),
            "", "[]", "", "", LONG,
        ]
        assert third == ["𠮷.txt", *[""] * 17]
        # fmt: on

    def test_pandas_and_duckdb_read_the_same(self, to: Callable[[str], Path]) -> None:
        file = to(".csv")
        frame = pd.read_csv(file)
        assert frame["value"].tolist()[:2] == [9.5e9, -12.5]
        assert frame["text"].tolist()[:2] == [ROWS[0][-1], LONG]
        assert duckdb.sql(f"SELECT value, latest FROM read_csv('{file}')").fetchall()[0] == (9.5e9, DAY)


class TestJsonLines:
    def test_read_back(self, to: Callable[[str], Path]) -> None:
        lines = to(".jsonl").read_bytes().decode("utf-8").splitlines()
        first, second, third = (json.loads(line, parse_float=Decimal) for line in lines)
        assert "固定资产投资" in lines[0]
        assert tuple(first) == NAMES
        assert (first["value"], second["value"], first["total"]) == (9500000000, Decimal("-12.5"), 2**70)
        assert (first["warnings"], first["when"]) == (['说, "不"', "=1"], {"text": "年底前", "latest": None})
        assert (first["latest"], first["masked"], first["page"]) == ("2024-06-30", False, "1tA=")
        assert second["text"] == LONG
        assert set(third.values()) == {"𠮷.txt", None}

    def test_what_json_does_not_know_is_null(self, tmp_path: Path) -> None:
        with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
            connection.execute("CREATE TABLE t AS SELECT unnest([1.5::DOUBLE, 'nan', '-inf', NULL]) AS number")
        export(tmp_path / "x.duckdb", "t", tmp_path / "x.jsonl")
        assert (tmp_path / "x.jsonl").read_text().splitlines() == ['{"number":1.5}', *['{"number":null}'] * 3]


class TestParquet:
    def test_read_back(self, to: Callable[[str], Path]) -> None:
        table = pq.read_table(to(".parquet"))
        wanted = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
        assert table.to_pylist() == wanted
        types = {field.name: str(field.type) for field in table.schema}
        assert (types["value"], types["total"]) == ("decimal128(38, 6)", "decimal128(38, 0)")
        assert types["latest"] == "date32[day]"
        assert types["warnings"].startswith("list<")

    def test_duckdb_reads_the_same(self, to: Callable[[str], Path], database: Path) -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            names = ", ".join(f'"{name}"' for name in NAMES if name not in {"status", "total", "zoned"})
            same = f"SELECT {names} FROM records EXCEPT ALL SELECT {names} FROM '{to('.parquet')}'"
            assert connection.execute(same).fetchall() == []


class TestExcel:
    def test_read_back(self, to: Callable[[str], Path]) -> None:
        sheet = openpyxl.load_workbook(to(".xlsx")).active
        names, first, second, third = (tuple(row) for row in sheet.iter_rows(values_only=True))
        assert names == NAMES
        # fmt: off
        assert first == (
            "a/1.html", 2024, "固定资产投资", 9500000000, "CNY", 95, -3, "target", dt.datetime(2024, 6, 30), MOMENT,
            MOMENT, False, 12, str(2**70), '["说, \\"不\\"","=1"]', '{"text":"年底前","latest":null}', "1tA=",
            "第一行\n第二行，“引号”, 逗号",
        )
        assert second == (
            "b.txt", 2023, "城镇化率", -12.5, "%", None, None, "actual", "1899-05-01", None, None, True, 2**40,
            None, "[]", None, None, LONG,
        )
        # fmt: on
        assert third == ("𠮷.txt", *[None] * 17)

    def test_numbers_as_written(self, to: Callable[[str], Path]) -> None:
        sheet = openpyxl.load_workbook(to(".xlsx")).active
        shown = {name: tuple(sheet.cell(row, at).number_format for row in (2, 3)) for at, name in enumerate(NAMES, 1)}
        assert shown["value"] == ("#,##0", '#,##0.0"%"')
        assert shown["report_year"] == ("0", "0")
        assert shown["start"] == ("#,##0", "#,##0")
        assert shown["latest"] == ("yyyy-mm-dd", "General")

    def test_header_filter_and_widths(self, to: Callable[[str], Path]) -> None:
        sheet = openpyxl.load_workbook(to(".xlsx")).active
        assert sheet.title == "records"
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:R4")
        assert sheet["A1"].font.bold
        assert (round(sheet.column_dimensions["E"].width), round(sheet.column_dimensions["R"].width)) == (9, 61)

    def test_pandas_reads_the_same(self, to: Callable[[str], Path]) -> None:
        assert pd.read_excel(to(".xlsx"))["text"].tolist()[:2] == [ROWS[0][-1], LONG]

    def test_a_text_too_long_for_a_cell_is_cut_with_a_warning(self, tmp_path: Path) -> None:
        texts_in(tmp_path / "x.duckdb", ["县" * 32_767, "县" * 32_768, "𠮷" * 16_384, "短"])
        with pytest.warns(UserWarning, match=r"cut: text \(2\); the other formats have them whole"):
            export(tmp_path / "x.duckdb", "texts", tmp_path / "x.xlsx")
        sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").active
        whole, cut, doubled, short = (row[1] for row in sheet.iter_rows(min_row=2, values_only=True))
        assert (len(whole), cut, doubled, short) == (32_767, "县" * 32_766 + "…", "𠮷" * 16_383 + "…", "短")

    @pytest.mark.parametrize(("limit", "noun"), [("MAX_ROWS", "3 rows"), ("MAX_COLUMNS", "18 columns")])
    def test_a_table_too_large_is_refused(
        self, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, noun: str
    ) -> None:
        monkeypatch.setattr(workbook, limit, 3)
        with pytest.raises(sp.OutputError, match=f"records has {noun}, and a sheet of Excel holds .*export it to .csv"):
            export(database, "records", tmp_path / "x.xlsx")
        assert list(tmp_path.iterdir()) == []


STATA_NAMES = [
    (["value", "when.text"], ["value", "when_text"]),
    (["2024", "if", "str8", "strong", ""], ["_2024", "_if", "_str8", "strong", "_"]),
    (["指标", "a b", "a-b", "km²"], ["指标", "a_b", "a_b_2", "km_"]),
    (["x" * 40, "x" * 41, "x" * 32], ["x" * 32, "x" * 30 + "_2", "x" * 30 + "_3"]),
]


class TestStata:
    def test_read_back(self, to: Callable[[str], Path]) -> None:
        frame = pd.read_stata(to(".dta"))
        first, second, third = (row._asdict() for row in frame.itertuples(index=False))
        name = stata.variable_names(list(NAMES))[2]
        assert (first[name], second["value"], first["total"]) == ("固定资产投资", -12.5, float(2**70))
        assert (first["latest"], first["read_at"], first["zoned"]) == (pd.Timestamp(DAY), MOMENT, MOMENT)
        assert (second["latest"], second["start"], first["masked"]) == (pd.Timestamp(1899, 5, 1), 2**40, 0)
        assert (first["text"], second["text"], third["text"]) == (ROWS[0][-1], LONG, "")
        assert first["warnings"] == '["说, \\"不\\"","=1"]'
        assert pd.isna(third["value"])
        assert pd.isna(third["latest"])

    def test_labels(self, to: Callable[[str], Path]) -> None:
        with pd.read_stata(to(".dta"), iterator=True) as reader:
            labels = reader.variable_labels()
            assert reader.data_label == "records"
        assert labels["value"] == "in base units: yuan, percent, pieces"
        assert labels["indicator_in_the_words_of_the_sp"] == "indicator in the words of the speech itself"

    @pytest.mark.parametrize(("names", "made"), STATA_NAMES)
    def test_names(self, names: list[str], made: list[str]) -> None:
        assert stata.variable_names(names) == made

    @given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=8))
    def test_names_are_ones_that_pandas_would_not_change(self, names: list[str]) -> None:
        made = stata.variable_names(names)
        assert len(set(made)) == len(made)
        with tempfile.TemporaryDirectory() as folder:
            frame = pd.DataFrame({name: [1] for name in made})
            with warnings.catch_warnings(action="error"):
                frame.to_stata(Path(folder) / "x.dta", version=118, write_index=False)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of some samples, of which a site has lines that recur, and of an empty file."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "空.txt").write_bytes(b"")
    with (folder / "site.jsonl").open("w", encoding="utf-8") as lines:
        for number, file in enumerate(CLEAN_SAMPLES.glob("*.txt")):
            text = f"{file.read_text(encoding='utf-8').strip()}\n云岭在线欢迎您常来看看，好文章等着您。"
            text += "今年，引进?锟斤拷2?40个项目。" * (number == 0)
            row = {"id": f"第{number}页", "text": text, "url": f"http://yunling.example/{number}"}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    build(folder, folder / "speeches.duckdb")
    return folder / "speeches.duckdb"


def told(value: Any) -> str:
    """A value in the same words whatever the format: nothing is empty, numbers have 12 digits, lists are JSON."""
    if value is None or value != value:  # NaN is how pandas says that there is nothing
        return ""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, str):
        if value in ("true", "false"):
            return str(int(value == "true"))
        if not regex.fullmatch(r"-?\d{16,}", value):  # longer integers are text in Excel
            return value
    return f"{float(value):.12g}"


def rows_in(file: Path, types: list[str]) -> list[list[Any]]:
    """The rows of an exported file, as a reader of its format has them. CSV does not say which cells are numbers."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            _, *rows = csv.reader(stream)
        numeric = [kind in ("DOUBLE", "INTEGER", "BIGINT") for kind in types]
        return [[float(c) if c and number else c for c, number in zip(row, numeric, strict=True)] for row in rows]
    if file.suffix == ".jsonl":
        return [list(json.loads(line).values()) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    if file.suffix == ".parquet":
        return [list(row.values()) for row in pq.read_table(file).to_pylist()]
    if file.suffix == ".dta":
        return [list(row) for row in pd.read_stata(file).astype(object).itertuples(index=False)]
    cells = openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)
    return [[unescape(cell) if isinstance(cell, str) else cell for cell in row] for row in cells]


# the moments of `runs` have tests above
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "table", [*(t.name for t in tables.TABLES if t != tables.RUNS), "targets", "targets_wide", "coverage"]
)
def test_every_table_of_an_archive_comes_back(archive: Path, tmp_path: Path, table: str, ending: str) -> None:
    file = tmp_path / f"out{ending}"
    count = export(archive, table, file)
    with duckdb.connect(str(archive), read_only=True) as connection:
        types = [str(row[1]) for row in connection.execute(f"DESCRIBE {table}").fetchall()]
        rows = [[told(value) for value in row] for row in connection.execute(f"FROM {table}").fetchall()]
    if ending == ".csv":
        texts = [kind == "VARCHAR" for kind in types]
        rows = [[guarded(c) if text else c for c, text in zip(row, texts, strict=True)] for row in rows]
    assert count == len(rows) > 0
    assert sorted([told(value) for value in row] for row in rows_in(file, types)) == sorted(rows)


class TestFormulas:
    @pytest.fixture
    def texts(self, tmp_path: Path) -> Path:
        return texts_in(tmp_path / "x.duckdb", HOSTILE + HARMLESS)

    def test_csv_has_an_apostrophe_before_them_alone(self, texts: Path, tmp_path: Path) -> None:
        export(texts, "texts", tmp_path / "x.csv")
        with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
            read = [row["text"] for row in csv.DictReader(stream)]
        assert read == ["'" + text for text in HOSTILE] + HARMLESS

    def test_excel_stores_text(self, texts: Path, tmp_path: Path) -> None:
        export(texts, "texts", tmp_path / "x.xlsx")
        cells = [row[1] for row in openpyxl.load_workbook(tmp_path / "x.xlsx").active.iter_rows(min_row=2)]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"} | {"inlineStr"} & {
            cell.data_type for cell in cells
        }
        assert [unescape(cell.value or "").replace("\r", "\n") for cell in cells] == [
            text.replace("\r", "\n") for text in HOSTILE + HARMLESS
        ]
        with zipfile.ZipFile(tmp_path / "x.xlsx") as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
            assert not any("rels" in name and "sheet" in name for name in parts.namelist())

    @pytest.mark.parametrize("ending", [".jsonl", ".parquet", ".dta"])
    def test_the_others_leave_them_as_they_are(self, texts: Path, tmp_path: Path, ending: str) -> None:
        export(texts, "texts", tmp_path / f"x{ending}")
        assert read_texts(tmp_path / f"x{ending}") == HOSTILE + HARMLESS


def read_texts(file: Path) -> list[str]:
    """The column `text` of an exported file, with what its format can't keep apart made equal."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            return [row["text"] for row in csv.DictReader(stream)]
    if file.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").split("\n")[:-1]]
    if file.suffix == ".parquet":
        return [text for (text,) in duckdb.sql(f"SELECT text FROM '{file}'").fetchall()]
    if file.suffix == ".dta":
        return list(pd.read_stata(file)["text"])
    sheet = openpyxl.load_workbook(file).active
    return [unescape(row[1] or "").replace("\r\n", "\n") for row in sheet.iter_rows(min_row=2, values_only=True)]


def as_kept(text: str, ending: str) -> str:
    """The text as the format keeps it."""
    if ending == ".csv":
        return guarded(text)
    if ending == ".dta":
        return text.replace("\0", "")
    if ending == ".xlsx":
        return text.replace("\r\n", "\n")
    return text


@settings(max_examples=15)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20))
def test_any_text_comes_back(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = texts_in(Path(folder) / "x.duckdb", texts)
        for ending in ENDINGS:
            file = Path(folder) / f"out{ending}"
            assert export(database, "texts", file) == len(texts)
            assert read_texts(file) == [as_kept(text, ending) for text in texts], ending


def test_the_rows_of_a_view_are_in_the_order_of_their_keys(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute(
            "CREATE TABLE t AS SELECT * FROM (VALUES ('b', 1), ('a', 10), ('a', 2)) AS v(document_id, record)"
        )
        connection.execute("CREATE VIEW v AS FROM t")
    for table, rows in {"v": ["a,2", "a,10", "b,1"], "t": ["b,1", "a,10", "a,2"]}.items():
        export(tmp_path / "x.duckdb", table, tmp_path / "x.csv")
        assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").split()[1:] == rows


@pytest.mark.parametrize("ending", ENDINGS)
class TestEveryFormat:
    def test_a_view(self, to: Callable[[str, str], Path], ending: str) -> None:
        assert to(ending, "targets").stat().st_size > 0

    def test_an_empty_table_has_its_header(self, database: Path, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"x{ending}"
        assert export(database, 'an "odd" name', file) == 0
        read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel, ".dta": pd.read_stata}
        if ending in read:
            assert list(read[ending](file).columns) == ["a"]

    def test_the_ending_may_be_capitals_and_the_name_odd(self, database: Path, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"目标 'x'{ending.upper()}"
        export(database, "records", file)
        assert [path.name for path in tmp_path.iterdir()] == [file.name]

    def test_a_file_of_that_name_is_replaced(self, database: Path, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"x{ending}"
        file.write_text("before")
        export(database, "records", file)
        assert file.read_bytes()[:6] != b"before"

    def test_after_a_failure_it_is_as_before(
        self, database: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write = export_module.WRITERS[ending]

        def write_and_fail(table: export_module.Table, file: Path) -> int:
            write(table, file)
            raise OSError(28, "No space left on device")

        monkeypatch.setitem(export_module.WRITERS, ending, write_and_fail)
        file = tmp_path / f"x{ending}"
        file.write_text("before")
        with pytest.raises(sp.OutputError, match=r"can't be written \(No space left on device\)"):
            export(database, "records", file)
        assert [path.read_text() for path in tmp_path.iterdir()] == ["before"]


class TestErrors:
    def test_an_unknown_table_names_those_there_are(self, database: Path, tmp_path: Path) -> None:
        with pytest.raises(
            sp.InputError, match=r"no table or view 'target'; choose one of: an \"odd\" name, records, targets"
        ):
            export(database, "target", tmp_path / "x.csv")
        assert list(tmp_path.iterdir()) == []

    def test_an_unknown_ending_names_those_there_are(self, database: Path, tmp_path: Path) -> None:
        with pytest.raises(sp.OptionsError, match=r"not one of \.csv, \.jsonl, \.parquet, \.xlsx, \.dta"):
            export(database, "records", tmp_path / "x.xls")

    def test_no_database(self, tmp_path: Path) -> None:
        with pytest.raises(sp.InputError, match="there is no such file"):
            export(tmp_path / "x.duckdb", "records", tmp_path / "x.csv")
        (tmp_path / "x.duckdb").write_text("a text")
        with pytest.raises(sp.InputError, match="can't be opened"):
            export(tmp_path / "x.duckdb", "records", tmp_path / "x.csv")

    def test_a_database_that_is_being_written(self, tmp_path: Path) -> None:
        with duckdb.connect(str(make(tmp_path / "x.duckdb"))) as connection:
            connection.begin()
            with pytest.raises(sp.InputError, match="wait until nothing writes to it"):
                export(tmp_path / "x.duckdb", "records", tmp_path / "x.csv")

    def test_a_view_that_has_lost_its_table(self, tmp_path: Path) -> None:
        with duckdb.connect(str(make(tmp_path / "x.duckdb"))) as connection:
            connection.execute("DROP TABLE records")
        with pytest.raises(sp.InputError, match="can't be read"):
            export(tmp_path / "x.duckdb", "targets", tmp_path / "x.csv")

    def test_no_folder(self, database: Path, tmp_path: Path) -> None:
        with pytest.raises(sp.OutputError, match="No such file or directory"):
            export(database, "records", tmp_path / "none" / "x.csv")

    @pytest.mark.parametrize(
        ("module", "ending", "extra"),
        [("duckdb", ".csv", "archive"), ("xlsxwriter", ".xlsx", "excel"), ("pandas", ".dta", "stata")],
    )
    def test_a_missing_package_names_its_extra(
        self, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, ending: str, extra: str
    ) -> None:
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(sp.MissingExtraError, match=rf"pip install 'speechparse\[{extra}\]'"):
            export(database, "records", tmp_path / f"x{ending}")


class TestCommand:
    def test_prints_what_it_wrote(self, database: Path, tmp_path: Path) -> None:
        result = CliRunner().invoke(cli.app, ["export", str(database), "--to", str(tmp_path / "x.csv")])
        assert (result.exit_code, result.stdout) == (0, f"1 rows of targets in {tmp_path / 'x.csv'}\n")

    def test_warnings_and_errors_are_lines_on_stderr(self, tmp_path: Path) -> None:
        database = texts_in(tmp_path / "x.duckdb", ["县" * 40_000])
        arguments = ["export", str(database), "--table", "texts", "--to", str(tmp_path / "x.xlsx")]
        result = CliRunner().invoke(cli.app, arguments)
        assert result.exit_code == 0
        assert result.stderr.startswith(f"speechparse: {tmp_path / 'x.xlsx'}: texts longer than a cell")
        failed = subprocess.run(
            [sys.executable, "-m", "speechparse", "export", str(database), "--to", str(tmp_path / "x.csv")],
            capture_output=True,
            check=False,
        )
        assert (failed.returncode, failed.stderr.decode().count("\n")) == (2, 1)
        assert "choose one of: texts" in failed.stderr.decode()
