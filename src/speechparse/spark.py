"""Speeches on Spark: the function that the local archive uses, from Arrow batch to Arrow batch, in `mapInArrow`.

    from speechparse import spark

    parsed = spark.parse(df, text="html", id="page_id", url="url")
    parsed.rows.persist()  # both tables below come from it: without this each of them parses anew
    parsed.records.write.parquet("records")
    parsed.failures.show()

What a cluster needs is in docs/spark.md. Needs the extra `spark`, on the workers too.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from speechparse.archive import tables
from speechparse.archive.batches import input_schema, output_schema, parse_batches, rows_of
from speechparse.errors import MissingExtraError, OptionsError
from speechparse.options import ParseOptions

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructField, StructType

class Parsed(NamedTuple):
    """DataFrames with the columns of the tables of an archive (docs/archive.md), all lazy.

    `rows` has one row an input and is what the others are made from: persist it where you need more than one of them.
    Each input is in `documents` or in `failures`, never in both.
    """

    rows: DataFrame
    documents: DataFrame
    speeches: DataFrame
    records: DataFrame
    projects: DataFrame
    removals: DataFrame
    warnings: DataFrame
    failures: DataFrame


def parse(
    df: DataFrame,
    text: str | None = "text",
    id: str = "id",
    *,
    content: str | None = None,
    url: str | None = None,
    date: str | None = None,
    options: ParseOptions | None = None,
) -> Parsed:
    """What was read from each row of a DataFrame.

    `text` names its column with the page as text, `content` one with the bytes of a file, whose encoding is then
    detected; of a row that has both the bytes count. `id` names the column that tells documents apart: nothing checks
    that it does. `url` and `date` name columns that go into `documents` as they are. Raises OptionsError for a column
    that is not there, MissingExtraError without pyspark or pyarrow.
    """
    try:
        from pyspark.sql import functions as sql
    except ImportError as error:
        raise MissingExtraError("pyspark", "spark") from error
    if content is not None and text == "text" and "text" not in df.columns:
        text = None
    given = {"id": id, "content": content, "text": text, "url": url, "published": date}
    missing = [column for column in given.values() if column is not None and column not in df.columns]
    if missing or (text is None and content is None):
        problem = f"no column {', '.join(missing)}" if missing else "text=None without a content"
        raise OptionsError(f"{problem}; the columns are {', '.join(df.columns)}")

    def spark_schema(schema: pa.Schema) -> StructType:
        return df.sparkSession.createDataFrame(schema.empty_table()).schema

    def column(field: StructField) -> Column:
        name = given.get(field.name)
        value = sql.lit(None) if name is None else df[name]
        return value.cast(field.dataType).alias(field.name)

    inputs = df.select(*(column(field) for field in spark_schema(input_schema())))
    rows = inputs.mapInArrow(partial(_parse, options=options), spark_schema(output_schema()))
    read = rows.where(rows.failure.isNull())
    parts = {
        table.name: read.select("document_id", sql.explode(rows_of(table)).alias("row")).select("document_id", "row.*")
        for table in tables.PARTS
    }
    documents = read.select(*(c.name for c in tables.DOCUMENTS.columns if not c.grouping))
    failures = rows.where(rows.failure.isNotNull()).withColumns({"reason": rows.failure, "reason_zh": rows.failure_zh})
    return Parsed(
        rows=rows,
        documents=documents,
        failures=failures.select(*(c.name for c in tables.FAILURES.columns)),
        **parts,
    )


def _parse(batches: Iterator[pa.RecordBatch], options: ParseOptions | None) -> Iterator[pa.RecordBatch]:
    """Runs on the workers."""
    return parse_batches(batches, options)
