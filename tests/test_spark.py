"""Speeches on Spark, with a session of two local workers: the same rows as the local function gives.

Needs the extra `spark` and Java 17 or later; skipped without them.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import speechparse as sp
from speechparse.archive import tables
from speechparse.archive.batches import input_schema, parse_batch, rows_of

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'speechparse[spark]'")
if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
    pytest.skip("Spark needs Java 17 or later, and there is none", allow_module_level=True)

from speechparse import spark  # noqa: E402

SPEECH = """在云溪县项目建设动员大会上的讲话
（2031年3月5日）
一、目标
今年，确保固定资产投资增长8%以上，力争引进项目40个。
"""
REPORT = """2032年政府工作报告
云溪县水厂项目，总投资3.2亿元，6月底前竣工。到?3?亿元，城镇化率达到6*%。
今年，引进?锟斤拷2?40个
"""
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
OPTIONS = sp.ParseOptions(resolve_years=True)
TEXT, BYTES = "text", "bytes"

PAGES: list[dict[str, Any]] = [
    {"page": "a", "text": SPEECH, "url": "https://a.example.invalid/1.html", "day": "2031-03-06"},
    {"page": "b", "bytes": REPORT.encode("gb18030")},
    {"page": "picture", "bytes": PNG, "url": "http://[broken"},
    {"page": "empty", "text": ""},
    {"page": "nothing"},
    {"page": "both", "text": "不读这个", "bytes": SPEECH.encode("utf-8")},
    {"page": "𠮷", "text": "項(xiàng)目83個，=1+1\x00\n" + REPORT * 20},
]
BAD = {"picture", "empty", "nothing"}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("test").config("spark.ui.enabled", "false")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2",  # so that a partition is several batches
        "spark.sql.shuffle.partitions": "2",
        "spark.python.daemon.module": "speechparse.spark_daemon",
        "spark.log.level": "ERROR",
    }
    session = builder.config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(session: Any) -> Any:
    rows = [tuple(page.get(name) for name in ("page", "text", "bytes", "url", "day")) for page in PAGES]
    return session.createDataFrame(rows, "page string, text string, bytes binary, url string, day string").repartition(
        2
    )


@pytest.fixture(scope="module")
def parsed(frame: Any) -> spark.Parsed:
    result = spark.parse(frame, TEXT, "page", content=BYTES, url="url", date="day", options=OPTIONS)
    result.rows.persist()
    return result


@cache
def local() -> list[dict[str, Any]]:
    """What the local function makes of the same pages."""
    import pyarrow as pa

    inputs = [
        {
            "id": p["page"],
            "content": p.get("bytes"),
            "text": p.get("text"),
            "url": p.get("url"),
            "published": p.get("day"),
        }
        for p in PAGES
    ]
    return list(parse_batch(pa.RecordBatch.from_pylist(inputs, schema=input_schema()), OPTIONS).to_pylist())


def collected(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in frame.collect()]


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: [str(value).zfill(8) for value in row.values()])


def test_one_row_an_input_the_same_as_local(parsed: spark.Parsed) -> None:
    assert in_order(collected(parsed.rows)) == in_order(local())


@pytest.mark.parametrize("table", tables.PARTS, ids=lambda table: table.name)
def test_the_parts_are_the_same_rows_as_local(parsed: spark.Parsed, table: tables.Table) -> None:
    frame = getattr(parsed, table.name)
    rows = [{"document_id": row["document_id"], **part} for row in local() for part in row[rows_of(table)] or ()]
    assert frame.columns == [column.name for column in table.columns]
    assert in_order(collected(frame)) == in_order(rows)
    assert len(rows) > 0


def test_each_input_is_a_document_or_a_failure(parsed: spark.Parsed) -> None:
    failures = {row["document_id"]: row["reason"] for row in collected(parsed.failures)}
    documents = {row["document_id"] for row in collected(parsed.documents)}
    assert set(failures) == BAD
    assert documents == {page["page"] for page in PAGES} - BAD
    assert failures["empty"].startswith("holds no text")
    assert parsed.failures.columns == [column.name for column in tables.FAILURES.columns]


def test_workers_are_forked_with_everything_loaded(frame: Any) -> None:
    def loaded(batches: Iterator[Any]) -> Iterator[Any]:
        import sys

        import pyarrow as pa

        warm = "speechparse.archive.warm" in sys.modules
        yield from (pa.RecordBatch.from_pydict({"warm": [warm] * batch.num_rows}) for batch in batches)

    rows = collected(frame.select("page").mapInArrow(loaded, "warm boolean"))
    assert rows == [{"warm": True}] * len(PAGES)


def test_texts_alone(frame: Any) -> None:
    texts = spark.parse(frame.where("page = 'a'").select("page", "text"), id="page")
    assert [row["text"] for row in collected(texts.records) if row["status"] == "target"] == ["8%以上", "40个"]


WRONG = [
    ({"text": "html"}, "no column html; the columns are page, text, bytes, url, day"),
    ({"id": "key", "url": "address"}, "no column key, address"),
    ({"text": None}, "text=None without a content"),
]


@pytest.mark.parametrize(("names", "message"), WRONG)
def test_a_wrong_column_is_named(frame: Any, names: dict[str, Any], message: str) -> None:
    with pytest.raises(sp.OptionsError, match=message):
        spark.parse(frame, **({"id": "page"} | names))


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(sp.MissingExtraError, match=r"pip install 'speechparse\[spark\]'"):
        spark.parse(None)


def test_the_package_for_spark_needs_no_duckdb() -> None:
    import subprocess

    code = "import sys; sys.modules['duckdb'] = None; import speechparse.spark"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path.cwd())
