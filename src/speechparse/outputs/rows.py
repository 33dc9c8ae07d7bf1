"""A record as one flat row: the columns that the CSV table and the DataFrame share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from speechparse.records import Amount, Document, Record

COLUMNS = (
    "source",
    "speech",
    "kind",
    "text",
    "value",
    "upper",
    "value_yi",
    "unit",
    "bound",
    "role",
    "indicator",
    "indicator_id",
    "status",
    "strength",
    "of",
    "comparison",
    "when_text",
    "when_earliest",
    "when_latest",
    "earliest",
    "latest",
    "name",
    "start",
    "end",
    "raw_start",
    "raw_end",
    "rule",
)


def select(document: Document, *, every: bool) -> Iterable[Record]:
    """The records to show: the targets, or every record."""
    return document.records if every else document.targets


def row(document: Document, record: Record) -> dict[str, object]:
    """The record as a mapping from `COLUMNS`; None where a column does not apply to its kind.

    `value` and `upper` are Decimals in base units (yuan, percent, …), `value_yi` is an amount's value in 亿.
    """
    fields = dict(record)
    when = fields.get("when")
    fields["source"] = document.source
    fields["value_yi"] = record.yi if isinstance(record, Amount) else None
    if when is not None:
        fields |= {"when_text": when.text, "when_earliest": when.earliest, "when_latest": when.latest}
    return {column: fields.get(column) for column in COLUMNS}


def rows(documents: Iterable[Document], *, every: bool) -> Iterator[dict[str, object]]:
    """The rows of the selected records of all documents, in text order."""
    for document in documents:
        for record in select(document, every=every):
            yield row(document, record)
