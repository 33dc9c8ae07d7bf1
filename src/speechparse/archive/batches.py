"""From an Arrow batch of inputs to an Arrow batch of what was read from them: one row in, one row out.

The local run and Spark (`mapInArrow`) use the same function. A document that can't be parsed is a row with a `failure`;
no document can spoil the batch it came in. `read_page_lines` is the pass before, over pages of which the site is known.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from speechparse import __version__
from speechparse.archive import tables
from speechparse.archive.regions import region_of, report_year
from speechparse.archive.site_lines import SiteParser, page_lines
from speechparse.errors import InputError, MissingExtraError, TimeLimitError
from speechparse.options import ParseOptions
from speechparse.outputs.messages import in_chinese
from speechparse.outputs.rows import row as record_fields
from speechparse.pipeline import Parser
from speechparse.records import Document, Record, Section, Speech, Warning
from speechparse.segment.sentences import sentences
from speechparse.text import Span

if TYPE_CHECKING:
    import pyarrow as pa

# What a warning has as its code where the page is damaged, beside those about what the speech says.
DAMAGE = frozenset({"damaged_text", "figure_near_damage"})

GIVEN = ("id", "name", "url", "published")  # the columns of an input that its result repeats


def arrow() -> Any:
    """The package pyarrow. Raises MissingExtraError without it."""
    try:
        import pyarrow
    except ImportError as error:
        raise MissingExtraError("pyarrow", "archive") from error
    return pyarrow


@cache
def input_schema() -> pa.Schema:
    """One row an input: its `content` (bytes) or its `text`, the other is null; and the lines that recur over its site,
    as `site_lines` has them, with the number of pages each was seen on."""
    pa = arrow()
    return pa.schema([
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string()),
        pa.field("content", pa.large_binary()),
        pa.field("text", pa.large_string()),
        pa.field("url", pa.string()),
        pa.field("published", pa.string()),
        pa.field("recurring", pa.list_(pa.struct([("line", pa.int64()), ("pages", pa.int32())]))),
    ])


@cache
def page_lines_schema() -> pa.Schema:
    """The columns of `page_lines`."""
    return arrow().schema([(column.name, arrow_type(column.type)) for column in tables.PAGE_LINES.columns])


@cache
def output_schema() -> pa.Schema:
    """One row an input: the columns of `documents`, a list of structs for each table of parts (`speech_rows`, …), and
    `stage`, `failure` and `failure_zh`, which are null where it was parsed."""
    pa = arrow()
    of_document = [column for column in tables.DOCUMENTS.columns if not column.grouping]
    return pa.schema([
        *(pa.field(c.name, arrow_type(c.type), nullable=c != tables.DOCUMENT_ID) for c in of_document),
        *(pa.field(rows_of(table), pa.list_(pa.struct(_fields(table)))) for table in tables.PARTS),
        pa.field("stage", pa.string()),
        pa.field("failure", pa.string()),
        pa.field("failure_zh", pa.string()),
    ])


def rows_of(table: tables.Table) -> str:
    """The column of a batch that holds the rows of a table."""
    return f"{table.name}_rows"


def arrow_type(name: str) -> pa.DataType:
    """The Arrow type for a type of `tables`."""
    pa = arrow()
    span = [("text_start", pa.int32()), ("text_end", pa.int32())]
    section = [("level", pa.int32()), ("number", pa.string()), ("heading", pa.string()), *span]
    types = {
        "text": pa.large_string(),  # the texts of a batch may be more than the 2 GB that a string column can hold
        "integer": pa.int32(),
        "long": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "moment": pa.timestamp("us"),
        "sections": pa.list_(pa.struct(section)),
        "spans": pa.list_(pa.struct(span)),
        "hashes": pa.list_(pa.int64()),
    }
    return types[name]


def parse_batch(batch: pa.RecordBatch, options: ParseOptions | None = None) -> pa.RecordBatch:
    """What was read from each input of a batch with `input_schema()`: a batch with `output_schema()`, in its order."""
    parser = Parser(options)
    parsed = [_parse_one(row, parser) for row in batch.to_pylist()]
    return arrow().concat_batches(parsed) if parsed else batch_of([])


def parse_batches(batches: Iterator[pa.RecordBatch], options: ParseOptions | None = None) -> Iterator[pa.RecordBatch]:
    """`parse_batch` over batches: what Spark's `mapInArrow` asks for."""
    for batch in batches:
        yield parse_batch(batch, options)


def read_page_lines(batch: pa.RecordBatch, options: ParseOptions | None = None) -> pa.RecordBatch:
    """The row of `page_lines` of each input that can be read and has a site."""
    parser = Parser(options)
    rows = []
    for row in batch.to_pylist():
        with suppress(Exception):  # what is wrong with it is for `parse_batch` to say
            lines = page_lines(parser.clean(_content(row), name=row["name"] or row["id"]).text)
            if lines and (page := page_of(row, options)):
                rows.append({"document_id": row["id"], **page._asdict(), **lines._asdict()})
    return arrow().RecordBatch.from_pylist(rows, schema=page_lines_schema())


class Page(NamedTuple):
    """What decides whether the lines of a page are those that are in the database already."""

    site: str
    digest: str | None
    settings: str


def page_of(row: Mapping[str, Any], options: ParseOptions | None) -> Page | None:
    """The page that an input is; None where no site is known."""
    site = _site(row["url"])
    return Page(site, digest_of(_content(row))[0], settings(options)) if site else None


def batch_of(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Rows as a batch with `output_schema()`; what a row has not is null."""
    return arrow().RecordBatch.from_pylist(rows, schema=output_schema())


def _parse_one(row: Mapping[str, Any], parser: Parser) -> pa.RecordBatch:
    """The batch of one input; whatever goes wrong with it is in its row."""
    if row["recurring"]:
        recurring = {line["line"]: line["pages"] for line in row["recurring"]}
        parser = SiteParser(parser.options, recurring=recurring)
    try:
        document = parser.parse(_content(row), name=row["name"] or row["id"])
        return batch_of([_given(row, parser.options) | _document_row(document)])
    except TimeLimitError as error:  # which the next run tries again, perhaps on a machine that has less to do
        return batch_of([failure_row(row, "timeout", f"{error.problem}; {error.advice}", parser.options)])
    except InputError as error:
        reason = f"{error.problem}; {error.advice}"
    except Exception as error:  # a document that finds an error of ours must not cost the others
        reason = f"{type(error).__name__}: {error}"
    return batch_of([failure_row(row, "parse", reason, parser.options)])


def failure_row(row: Mapping[str, Any], stage: str, reason: str, options: ParseOptions | None) -> dict[str, Any]:
    """The row of an input that is no document; `stage` says where it failed.

    In both languages, since the database is the same whatever the locale, and one with another may go on with it.
    """
    told = {"failure": storable(reason), "failure_zh": storable(_in_chinese(reason))}
    return _given(row, options) | {"stage": stage} | told


_in_chinese = lru_cache(maxsize=4096)(in_chinese)  # of a million failures nearly all have one of a few reasons


def _content(row: Mapping[str, Any]) -> bytes | str:
    """What an input holds: nothing is an empty text."""
    return next((row[name] for name in ("content", "text") if row[name] is not None), "")


def digest_of(content: bytes | str | None) -> tuple[str | None, int | None]:
    """The SHA-256 of a content and its size in bytes; a text counts as UTF-8."""
    if content is None:
        return None, None
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest(), len(data)


def digest_of_row(row: Mapping[str, Any]) -> tuple[str | None, int | None]:
    """The same of what an input holds; nothing of one that could not be read."""
    return digest_of(row["content"] if row["content"] is not None else row["text"])


def recurring_lines(row: Mapping[str, Any]) -> list[int] | None:
    """The lines of its site that an input is parsed without."""
    return [line["line"] for line in row["recurring"] or ()] or None


def settings(options: ParseOptions | None) -> str:
    """The version and the options, as text: documents parsed under other settings are parsed anew."""
    options = options or ParseOptions()
    telling = (name for name in options.__slots__ if name != "time_limit")  # which never changes what is found
    chosen = ", ".join(f"{name}={getattr(options, name)}" for name in telling)
    return f"speechparse {__version__}: {chosen}"


def storable(text: str) -> str:
    """The text with what UTF-8 can't hold (a lone surrogate of a file name in GBK) as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _given(row: Mapping[str, Any], options: ParseOptions | None) -> dict[str, Any]:
    """What is known of an input before it is parsed."""
    digest, size = digest_of_row(row)
    return {
        "document_id": row["id"],
        "name": row["name"],
        "url": row["url"],
        "site": _site(row["url"]),
        "published": row["published"],
        "digest": digest,
        "bytes": size,
        "settings": settings(options),
        "site_lines": recurring_lines(row),
    }


def _site(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # http://[broken
        return None


def _document_row(document: Document) -> dict[str, Any]:
    region = region_of(document)
    years = [report_year(document, speech) for speech in document.speeches]
    return {
        "encoding": document.encoding,
        "title": document.title,
        "date": document.date,
        "place": document.place,
        "speaker": document.speaker,
        "region_name": region.name if region else None,
        "region_level": region.level if region else None,
        "region_code": region.code if region else None,
        "report_year": years[0] if years else None,
        "text": document.text,
        "speeches": len(document.speeches),
        "records": len(document.records),
        "targets": len(document.targets),
        "masks": sum(figure.value is None for figure in document.figures),
        "damages": sum(warning.code in DAMAGE for warning in document.warnings),
        "speeches_rows": [
            _speech_row(number, speech, year)
            for number, (speech, year) in enumerate(zip(document.speeches, years, strict=True))
        ],
        "records_rows": _record_rows(document),
        "projects_rows": _project_rows(document),
        "removals_rows": [
            {"removal": number, **removal.model_dump()} for number, removal in enumerate(document.removals)
        ],
        "warnings_rows": [
            {"warning": number, "code": warning.code, "message": warning.message, **_text_span(warning)}
            for number, warning in enumerate(document.warnings)
        ],
    }


def _text_span(thing: Speech | Section | Record | Warning | Span) -> dict[str, int]:
    return {"text_start": thing.start, "text_end": thing.end}


def _speech_row(number: int, speech: Speech, year: int | None) -> dict[str, Any]:
    return {
        "speech": number,
        "title": speech.title,
        "date": speech.date,
        "place": speech.place,
        "speaker": speech.speaker,
        "report_year": year,
        **_text_span(speech),
        "sections": [
            {"level": s.level, "number": s.number, "heading": s.heading, **_text_span(s)} for s in speech.sections
        ],
    }


def _record_rows(document: Document) -> list[dict[str, Any]]:
    around = [_Surroundings(document, speech) for speech in document.speeches]
    rows = []
    for number, record in enumerate(document.records):
        fields = record_fields(document, record)
        for name in ("value", "upper", "value_yi"):
            fields[name] = None if fields[name] is None else float(fields[name])  # type: ignore[arg-type]
        touching = sorted({w.code for w in document.warnings if w.start <= record.end and record.start <= w.end})
        rows.append(
            fields
            | _text_span(record)
            | {
                "record": number,
                "sentence": around[record.speech].sentence(record.start, record.end),
                "section": around[record.speech].heading(record.start),
                "warnings": " ".join(touching) or None,
            }
        )
    return rows


class _Surroundings:
    """The sentence and the heading of a place in a speech."""

    def __init__(self, document: Document, speech: Speech) -> None:
        self._text = document.text
        self._sentences = list(sentences(document.text, speech.start, speech.end))
        self._starts = [sentence.start for sentence in self._sentences]
        self._sections = speech.sections

    def sentence(self, start: int, end: int) -> str | None:
        """The sentence that `start` stands in, and on to the one that `end` stands in."""
        first, last = bisect_right(self._starts, start) - 1, bisect_right(self._starts, max(start, end - 1)) - 1
        return self._text[self._sentences[first].start : self._sentences[last].end] if first >= 0 else None

    def heading(self, start: int) -> str | None:
        """The heading of the innermost section around `start`."""
        around = [section for section in self._sections if section.start <= start < section.end]
        return max(around, key=lambda section: (section.level, section.start)).heading if around else None


def _project_rows(document: Document) -> list[dict[str, Any]]:
    return [
        {
            "project": number,
            "speech": project.speech,
            "name": project.name,
            "investment": None if project.investment is None else float(project.investment),
            "capacity": float(project.capacity.value) if project.capacity else None,
            "capacity_unit": project.capacity.unit if project.capacity else None,
            "capacity_text": project.capacity.text if project.capacity else None,
            "stage": project.stage,
            "goal": project.goal,
            "deadline_text": project.deadline.text if project.deadline else None,
            "deadline_latest": project.deadline.latest if project.deadline else None,
            "body": project.body,
            "mentions": [_text_span(span) for span in project.spans],
        }
        for number, project in enumerate(document.project_table())
    ]


def _fields(table: tables.Table) -> list[tuple[str, pa.DataType]]:
    return [(column.name, arrow_type(column.type)) for column in table.columns if column != tables.DOCUMENT_ID]

