"""JSON: one Document or one record a line, or all Documents as one array."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from speechparse.outputs.rows import select
from speechparse.records import Document


def write(documents: Iterable[Document], stream: TextIO) -> None:
    """One Document a line, as the JSON contract has it."""
    for document in documents:
        stream.write(document.model_dump_json() + "\n")


def write_array(documents: Iterable[Document], stream: TextIO) -> None:
    """All Documents as one indented JSON array, written as they come."""
    opening = "["
    for document in documents:
        stream.write(opening + "\n" + document.model_dump_json(indent=2))
        opening = ","
    stream.write("[]\n" if opening == "[" else "\n]\n")


def write_records(documents: Iterable[Document], stream: TextIO, *, every: bool) -> None:
    """One record a line: its fields as in the contract, after the `source` it comes from."""
    for document in documents:
        for record in select(document, every=every):
            fields = {"source": document.source, **record.model_dump(mode="json")}
            stream.write(json.dumps(fields, ensure_ascii=False) + "\n")
