"""speechparse: from a damaged web copy of a Chinese government speech to records of what was promised or reported.

    import speechparse as sp

    doc = sp.parse(Path("speech.html"))
    for target in doc.targets:
        print(target.indicator, target.value, target.bound, target.strength, target.when)

A `str` is a text, a `Path` is a file, `bytes` are the content of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from speechparse.errors import (
    ArchiveError,
    InputError,
    LexiconError,
    MissingExtraError,
    OptionsError,
    OutputError,
    SpeechparseError,
    TimeLimitError,
    ValueParseError,
)
from speechparse.options import ParseOptions
from speechparse.pipeline import Parser, Source
from speechparse.records import (
    Amount,
    Count,
    Deadline,
    Document,
    Measure,
    Percentage,
    Period,
    Project,
    Rank,
    Record,
)
from speechparse.text import AlignedText, Span

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from speechparse.values import (
        ParsedAmount,
        ParsedDate,
        ParsedNumber,
        ParsedPercentage,
        parse_amount,
        parse_date,
        parse_number,
        parse_percentage,
    )

try:
    __version__ = version("speechparse")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"


def parse(source: Source, *, options: ParseOptions | None = None, name: str | None = None) -> Document:
    """Parse one input; see `Parser.parse`."""
    return Parser(options).parse(source, name=name)


def parse_many(sources: Iterable[Source], *, options: ParseOptions | None = None) -> Iterator[Document]:
    """Parse inputs one after the other, lazily; see `Parser.parse_many`."""
    return Parser(options).parse_many(sources)


def clean(source: Source, *, options: ParseOptions | None = None) -> AlignedText:
    """The clean text of an input with its alignment; `.text` is the plain string."""
    return Parser(options).clean(source)


def to_frame(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row a record as a pandas DataFrame (extra `frames`); see `outputs.frames.to_frame`."""
    from speechparse.outputs import frames

    return frames.to_frame(documents)


def to_polars(documents: Document | Iterable[Document]) -> pl.DataFrame:
    """One row a record as a polars DataFrame (extra `polars`); see `outputs.frames.to_polars`."""
    from speechparse.outputs import frames

    return frames.to_polars(documents)


_VALUE_PARSERS = frozenset({
    "ParsedAmount",
    "ParsedDate",
    "ParsedNumber",
    "ParsedPercentage",
    "parse_amount",
    "parse_date",
    "parse_number",
    "parse_percentage",
})


def __getattr__(name: str) -> object:
    """The value parsers are imported when one of them is asked for: who parses speeches needs none."""
    if name in _VALUE_PARSERS:
        from speechparse import values

        return getattr(values, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "AlignedText",
    "Amount",
    "ArchiveError",
    "Count",
    "Deadline",
    "Document",
    "InputError",
    "LexiconError",
    "Measure",
    "MissingExtraError",
    "OptionsError",
    "OutputError",
    "ParseOptions",
    "ParsedAmount",
    "ParsedDate",
    "ParsedNumber",
    "ParsedPercentage",
    "Parser",
    "Percentage",
    "Period",
    "Project",
    "Rank",
    "Record",
    "Span",
    "SpeechparseError",
    "TimeLimitError",
    "ValueParseError",
    "clean",
    "parse",
    "parse_amount",
    "parse_date",
    "parse_many",
    "parse_number",
    "parse_percentage",
    "to_frame",
    "to_polars",
]
