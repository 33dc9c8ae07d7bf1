"""Targets for fuzzing: each takes any bytes, hands them to one way into the package, and checks what has to hold.

`benchmarks/fuzz.py` runs them a million times, `test_fuzz.py` a few times and on all that was ever found. A target
returns when all is well, also when the input was refused with a SpeechparseError, and raises whatever is not.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import duckdb
from invariants import check_spans, replay

import speechparse as sp
from speechparse import lexicons
from speechparse.archive import export
from speechparse.archive.sources import Failure, Item, Limits, read_sources
from speechparse.outputs import csv as csv_output
from speechparse.outputs import diff, explain, jsonl, report, rows, terminal
from speechparse.outputs.labels import labels

Target = Callable[[bytes], None]

AGAIN = 8  # every so many executions are done twice and compared
LIMITS = Limits(document=20_000, unpacked=100_000, members=40)  # so small that they are reached
PARSER = sp.Parser()
RESOLVING = sp.Parser(sp.ParseOptions(resolve_years=True, script="keep"))
_turns = itertools.count()


def parse_bytes(data: bytes) -> None:
    """`parse(bytes)`: a file's content."""
    _parsed(data)


def parse_text(data: bytes) -> None:
    """`parse(str)`: bytes that are no UTF-8 become lone surrogates."""
    _parsed(data.decode("utf-8", "surrogateescape"))


def parse_values(data: bytes) -> None:
    """The parsers of single values: a value that is read back from its own words, or a ValueParseError."""
    text = data.decode("utf-8", "surrogateescape")
    date = partial(sp.parse_date, reference_date=dt.date(2024, 3, 1))
    for parse in (sp.parse_number, sp.parse_percentage, sp.parse_amount, date):
        try:
            assert parse(text) == parse(text)
        except sp.ValueParseError as error:
            _check_words(str(error))


def read_archive(data: bytes, ending: str) -> None:
    """A file of an archive: every entry a document within the limits or a failure in words, no id twice."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"source{ending}"
        file.write_bytes(data)
        entries = _entries(file)
        assert [path.name for path in Path(folder).iterdir()] == [file.name]
        if next(_turns) % AGAIN == 0:
            assert _entries(file) == entries
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        entry.name.encode()
        if isinstance(entry, Item):
            assert 0 < len(entry.content) <= LIMITS.document
        else:
            assert entry.reason.encode()


def read_lexicon(data: bytes) -> None:
    """The text of a lexicon: typed rows, or a LexiconError with the line."""
    text = data.decode("utf-8", "replace")
    try:
        read = lexicons.parse(text, LexiconRow)
    except sp.LexiconError as error:
        _check_words(error.file, range(1, text.count("\n") + 2)[error.line - 1])
        return
    assert [row.word for row in read] == sorted({row.word for row in read})
    assert all(isinstance(row.value, Decimal | None) and isinstance(row.order, int) for row in read)


def write_outputs(data: bytes) -> None:
    """Every output of a Document; what programs read is read back, and no text becomes a tag of a page."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        document = PARSER.parse(text, name="=1.txt")
    except sp.SpeechparseError:
        return
    table = [dict(row) for row in rows.rows([document], every=True)]
    written = io.StringIO(newline="")
    csv_output.write([document], written, every=True)
    read = list(csv.DictReader(io.StringIO(written.getvalue(), newline="")))
    assert [row["start"] for row in read] == [str(row["start"]) for row in table]
    for row, said in zip(table, read, strict=True):
        assert said["text"].removeprefix("'") == str(row["text"]).removeprefix("'")
    assert not any(cell[:1] in ("=", "@", "\t", "\r") for row in read for cell in row.values())
    lines = io.StringIO()
    jsonl.write_records([document], lines, every=True)
    texts = [json.loads(line)["text"] for line in lines.getvalue().split("\n")[:-1]]
    assert texts == [record.text for record in document.records]
    screen = io.StringIO()
    terminal.write([document], screen, every=True)
    explain.write([document], screen)
    diff.write(PARSER.clean(text), screen)
    assert "\x1b" not in screen.getvalue()
    for language in ("en", "zh"):
        _check_page("".join(report.page([document], labels(language))))
    _check_page(document._repr_html_())
    document.project_table()


def write_tables(data: bytes) -> None:
    """A database's table with hostile cells in each format; the texts are read back where the format keeps them."""
    texts = data.decode("utf-8", "replace").split("\0")
    with duckdb.connect(config={"threads": 1}) as connection:
        _write_table(connection, texts)


def _write_table(connection: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    connection.execute("CREATE TABLE cells (number INTEGER, text VARCHAR, list VARCHAR[], page BLOB)")
    connection.executemany(
        "INSERT INTO cells VALUES (?, ?, ?, ?)", [(n, text, [text], text.encode()) for n, text in enumerate(texts)]
    )
    columns = [("number", "INTEGER"), ("text", "VARCHAR"), ("list", "VARCHAR[]"), ("page", "BLOB")]
    table = export.Table(connection, "cells", False, [export.Column(name, kind, "") for name, kind in columns])
    with tempfile.TemporaryDirectory() as folder:
        for ending, write in export.WRITERS.items():
            if ending == ".dta":  # takes fifty times as long as all others together; `test_archive_export.py` has it
                continue
            file = Path(folder) / f"cells{ending}"
            try:
                assert write(table, file) == len(texts)
            except sp.OutputError as error:
                _check_words(error.advice)
                continue
            if ending == ".parquet":
                read = connection.execute(f"SELECT text FROM '{file}' ORDER BY number").fetchall()
                assert [text for (text,) in read] == texts
            elif ending == ".jsonl":
                lines = file.read_text(encoding="utf-8").split("\n")[:-1]
                assert [json.loads(line)["text"] for line in lines] == texts
            elif ending == ".csv":
                with file.open(encoding="utf-8-sig", newline="") as stream:
                    cells = [row["text"] for row in csv.DictReader(stream)]
                assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in texts]


class LexiconRow(NamedTuple):
    """One column of each type that a lexicon can have."""

    word: str
    value: Decimal | None
    order: int
    loose: bool
    example: str


TARGETS: dict[str, Target] = {
    "bytes": parse_bytes,
    "text": parse_text,
    "values": parse_values,
    **{
        ending.removeprefix("."): lambda data, ending=ending: read_archive(data, ending)  # type: ignore[misc]
        for ending in (".zip", ".tar", ".tar.gz", ".zst", ".jsonl", ".csv", ".tsv", ".parquet")
    },
    "lexicon": read_lexicon,
    "outputs": write_outputs,
    "tables": write_tables,
}


def _parsed(source: bytes | str) -> None:
    turn = next(_turns)
    parser = RESOLVING if turn % 5 == 0 else PARSER
    document = _document(parser, source)
    if document is None:
        return
    check_spans(document)
    assert replay(document) == document.text
    written = document.model_dump_json()
    assert sp.Document.model_validate_json(written) == document.model_copy(update={"raw": ""})
    if turn % AGAIN == 0:
        again = _document(sp.Parser(parser.options), source)
        assert again is not None
        assert again.model_dump_json() == written


def _document(parser: sp.Parser, source: bytes | str) -> sp.Document | None:
    try:
        return parser.parse(source)
    except sp.InputError as error:
        _check_words(error.problem, error.advice)
        return None


def _check_words(*words: object) -> None:
    """That an error says something."""
    assert all(words)


def _entries(file: Path) -> list[Item | Failure]:
    try:
        return [entry._replace(name=entry.name[-200:]) for entry in read_sources([file], limits=LIMITS)]
    except sp.SpeechparseError as error:
        _check_words(str(error))
        return []


class _Tags(HTMLParser):
    """The tags of a page, and the attributes that could run or fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found |= {name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")[:20]}

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:80]!r}")


@cache
def _own_tags() -> frozenset[str]:
    """The tags of the pages of a harmless speech, which are all that there should be."""
    return frozenset(_tags("".join(_pages("总投资2亿元的青坪水厂6月底前开工。\n二、今年，增长5%，其中工业增长3%。"))))


def _pages(text: str) -> Iterator[str]:
    document = PARSER.parse(text)
    yield from report.page([document], labels("en"))
    yield document._repr_html_()


def _tags(page: str) -> set[str]:
    parser = _Tags()
    parser.feed(page)
    parser.close()
    return parser.found


def _check_page(page: str) -> None:
    strange = _tags(page) - _own_tags() - _PLAIN_TAGS
    assert not strange, strange


_PLAIN_TAGS = frozenset(
    "a article b br button caption code dd del details div dl dt em figure h1 h2 h3 h4 h5 h6 header hr i ins li main "
    "mark nav ol p pre q s section small span strong sub summary sup svg g rect text line path circle title time table "
    "tbody td th thead tr u ul wbr".split()
)
