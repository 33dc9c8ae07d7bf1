"""From the speeches of a clean text to records."""

from __future__ import annotations

from speechparse.options import ParseOptions
from speechparse.records import Record, Speech, Warning
from speechparse.text import AlignedText


def extract_records(
    text: AlignedText, speeches: list[Speech], options: ParseOptions
) -> tuple[list[Record], list[Warning]]:
    return [], []
