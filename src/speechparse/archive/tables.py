"""What the tables and views of an archive hold: each column with its type, its unit and a sentence that explains it.

This is the one place: the tables are made from it, the comments in the database, the Arrow schema of the batches and
the columns in `docs/archive.md`.

Keys are kept by the writer, not by an index: DuckDB holds an index in memory, and that would grow with the archive.
"""

from __future__ import annotations

from typing import NamedTuple

from speechparse import lexicons


class Column(NamedTuple):
    """`type` is a key of `SQL_TYPES`; `key` columns together name a row; `grouping` columns are known only when all
    documents are parsed."""

    name: str
    type: str
    sentence: str
    unit: str = ""
    key: bool = False
    grouping: bool = False


class Table(NamedTuple):
    name: str
    sentence: str
    columns: tuple[Column, ...]


class View(NamedTuple):
    """`sql` is the SELECT behind it."""

    name: str
    sentence: str
    columns: tuple[Column, ...]
    sql: str


SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "INTEGER",
    "long": "BIGINT",
    "number": "DOUBLE",
    "flag": "BOOLEAN",
    "moment": "TIMESTAMP",
    "sections": "STRUCT(level INTEGER, number VARCHAR, heading VARCHAR, text_start INTEGER, text_end INTEGER)[]",
    "spans": "STRUCT(text_start INTEGER, text_end INTEGER)[]",
    "hashes": "BIGINT[]",
}

DOCUMENT_ID = Column("document_id", "text", "the document: its id in the source, or where it was found", key=True)
CHARACTERS = "characters"
EDTF = "EDTF"

_SPEECH = Column("speech", "integer", "which speech of the document, from 0")
_SITE = Column("site", "text", "the host of `url`")
_RULE = Column("rule", "text", "the rules that made it, joined by a blank or a plus")
_TEXT_SPAN = (
    Column("text_start", "integer", "where it begins in documents.text", CHARACTERS),
    Column("text_end", "integer", "where it ends in documents.text (half-open)", CHARACTERS),
)
_RAW_SPAN = (
    Column("raw_start", "integer", "where it begins in the decoded page", CHARACTERS),
    Column("raw_end", "integer", "where it ends in the decoded page (half-open)", CHARACTERS),
)
_COMPARISON = Column("comparison", "text", "what it is compared with, in the speech's words: 同比, 比上年")
_SETTINGS = Column("settings", "text", "the version and the options it was parsed with; others parse it anew")

DOCUMENTS = Table(
    "documents",
    "One row a document that was parsed.",
    (
        DOCUMENT_ID,
        Column("name", "text", "the name of the input as a reader knows it"),
        Column("url", "text", "the address that the source gives for it"),
        _SITE,
        Column("published", "text", "the date that the source gives for it, as it stands there"),
        Column("digest", "text", "SHA-256 of the content; equal content is not parsed again"),
        Column("bytes", "long", "the size of the content; of a text in UTF-8", "bytes"),
        Column("encoding", "text", "as which the bytes were read"),
        Column("title", "text", "of the first speech"),
        Column("date", "text", "of the first speech; X is a digit that is not known", EDTF),
        Column("place", "text", "of the first speech"),
        Column("speaker", "text", "of the first speech"),
        Column("region_name", "text", "whose speech the first is, read from the speech, not from the site"),
        Column("region_level", "text", "country, province, prefecture, county or township"),
        Column("region_code", "text", "GB/T 2260"),
        Column("report_year", "integer", "of the first speech: the year of the report, or of its date", "years"),
        Column("text", "text", "the clean text"),
        Column("speeches", "integer", "how many it holds", "speeches"),
        Column("records", "integer", "how many it holds", "records"),
        Column("targets", "integer", "how many of its records are targets", "records"),
        Column("masks", "integer", "how many of its figures have no value: masked or lost", "records"),
        Column("damages", "integer", "how many warnings of damaged text it has", "warnings"),
        _SETTINGS,
        Column("site_lines", "hashes", "the lines in it that recur over its site, as in `site_lines`; NULL: none; "
               "others parse it anew"),
        Column("group_id", "integer", "the group of reposts of one speech; NULL until the archive was grouped",
               grouping=True),
        Column("best_copy", "flag", "it is the copy of its group with the fewest masks and damages", grouping=True),
    ),
)  # fmt: skip

SPEECHES = Table(
    "speeches",
    "One row a speech: a page may hold several.",
    (
        DOCUMENT_ID,
        _SPEECH._replace(key=True),
        Column("title", "text", "its title"),
        Column("date", "text", "the day it was given; X is a digit that is not known", EDTF),
        Column("place", "text", "where it was given"),
        Column("speaker", "text", "who gave it"),
        Column("report_year", "integer", "the year of the report, from its title, or of its date", "years"),
        *_TEXT_SPAN,
        Column("sections", "sections", "its headings, with the span of each heading and its body"),
    ),
)

RECORDS = Table(
    "records",
    "One row a record: a figure, a time or the mention of a project, as in the JSON contract.",
    (
        DOCUMENT_ID,
        Column("record", "integer", "which record of the document, in text order, from 0", key=True),
        _SPEECH,
        Column("kind", "text", "amount, count, percentage, measure, rank, deadline, period or project"),
        Column("text", "text", "the exact words"),
        Column("value", "number", "of a range the lower end; NULL where the page has masked or lost it",
               "base units: yuan, percent, pieces"),
        Column("upper", "number", "the higher end of a range", "base units"),
        Column("value_yi", "number", "of amounts the value in 亿 (hundred millions)", "亿 of `unit`"),
        Column("unit", "text", "amounts: ISO 4217; percentages: %, pp (points), x (times); counts: the classifier"),
        Column("bound", "text", "exact, min, max, about or range"),
        Column("role", "text", "value, threshold (5000万元以上项目) or attribute (of a project)"),
        Column("indicator", "text", "what is measured, in the speech's words"),
        Column("indicator_id", "text", "what is measured, harmonised: data/lexicons/indicators.tsv"),
        Column("status", "text", "target, actual or plan"),
        Column("strength", "text", "of targets: must, strive or plan"),
        Column("of", "text", "of attributes the project, of parts the indicator of their whole"),
        _COMPARISON,
        Column("when_text", "text", "the words of the time that governs it"),
        Column("when_earliest", "text", "its first day; X is a digit that is not known", EDTF),
        Column("when_latest", "text", "its last day; X is a digit that is not known", EDTF),
        Column("earliest", "text", "of deadlines and periods the first day", EDTF),
        Column("latest", "text", "of deadlines and periods the last day", EDTF),
        Column("name", "text", "of projects"),
        Column("sentence", "text", "the sentence it stands in"),
        Column("section", "text", "the nearest heading above it"),
        Column("warnings", "text", "the codes of the warnings whose span touches it, joined by a blank"),
        *_TEXT_SPAN,
        *_RAW_SPAN,
        _RULE,
    ),
)  # fmt: skip

PROJECTS = Table(
    "projects",
    "One row a project of a speech: what is said of it in several places, gathered.",
    (
        DOCUMENT_ID,
        Column("project", "integer", "which project of the document, from 0", key=True),
        _SPEECH,
        Column("name", "text", "its fullest name"),
        Column("investment", "number", "what it is to cost", "yuan"),
        Column("capacity", "number", "what it is to make or hold", "capacity_unit"),
        Column("capacity_unit", "text", "the unit of `capacity`"),
        Column("capacity_text", "text", "the words of `capacity`"),
        Column("stage", "text", "the furthest stage that is reported as reached, or is to be reached"),
        Column("goal", "text", "the stage that is to be reached"),
        Column("deadline_text", "text", "by when, in the speech's words"),
        Column("deadline_latest", "text", "the last day; X is a digit that is not known", EDTF),
        Column("body", "text", "who leads it"),
        Column("mentions", "spans", "where it is named in documents.text", CHARACTERS),
    ),
)

REMOVALS = Table(
    "removals",
    "One row a piece of the page that is no part of the speech.",
    (
        DOCUMENT_ID,
        Column("removal", "integer", "which removal of the document, from 0", key=True),
        _RULE,
        *_RAW_SPAN,
        Column("text", "text", "what was removed"),
    ),
)

WARNINGS = Table(
    "warnings",
    "One row a thing to know before trusting a figure.",
    (
        DOCUMENT_ID,
        Column("warning", "integer", "which warning of the document, from 0", key=True),
        Column("code", "text", "what kind of warning"),
        Column("message", "text", "the evidence"),
        *_TEXT_SPAN,
    ),
)

FAILURES = Table(
    "failures",
    "One row an input that is no document. Each input is in `documents` or here, never in both.",
    (
        DOCUMENT_ID,
        Column("name", "text", "the name of the input as a reader knows it"),
        Column("url", "text", "the address that the source gives for it"),
        Column("published", "text", "the date that the source gives for it, as it stands there"),
        Column("digest", "text", "SHA-256 of the content, where it could be read"),
        Column("stage", "text", "read, parse, timeout or crash; after the last two it is tried again by the next run"),
        Column("reason", "text", "what went wrong"),
        Column("reason_zh", "text", "the same in Chinese"),
        _SETTINGS,
    ),
)

PAGE_LINES = Table(
    "page_lines",
    "One row a page whose source gives an address: what it says of the lines of its site.",
    (
        DOCUMENT_ID,
        _SITE,
        Column("digest", "text", "SHA-256 of the content; equal content is not read again"),
        _SETTINGS,
        Column("speech", "long", "its longest lines as a hash: pages that are alike in it count once"),
        Column("lines", "hashes", "the lines at its edges that may be furniture, as hashes"),
    ),
)

SITE_LINES = Table(
    "site_lines",
    "One row a line that recurs over the pages of a site, counted over all of `page_lines` by the last run.",
    (
        _SITE._replace(key=True),
        Column("line", "long", "the line without blanks, as a hash", key=True),
        Column("pages", "integer", "how many different pages of the site have it at an edge", "pages"),
        Column("of_pages", "integer", "of how many", "pages"),
    ),
)

RUNS = Table(
    "runs",
    "One row a run; it is no part of the result.",
    (
        Column("run", "integer", "which run, from 1", key=True),
        Column("started", "moment", "when it began", "UTC"),
        Column("ended", "moment", "when it ended; NULL if it was killed or is running", "UTC"),
        Column("sources", "text", "what was read, one a line"),
        _SETTINGS._replace(sentence="the version and the options"),
        Column("jobs", "integer", "how many processes parsed", "processes"),
        Column("inputs", "long", "documents and failures that the sources held", "inputs"),
        Column("added", "long", "new documents", "inputs"),
        Column("replaced", "long", "documents and failures that had other content, settings or lines before", "inputs"),
        Column("unchanged", "long", "documents that were there already", "inputs"),
        Column("failed", "long", "inputs that are no documents", "inputs"),
    ),
)

# The tables that hold what a document holds: a column of a batch, a list of structs, becomes the rows of one.
PARTS = (SPEECHES, RECORDS, PROJECTS, REMOVALS, WARNINGS)
TABLES = (DOCUMENTS, *PARTS, FAILURES, PAGE_LINES, SITE_LINES, RUNS)

_BEST = "coalesce(d.best_copy, true)"

TARGETS = View(
    "targets",
    "One row a target: a figure that was promised. Of a group of reposts only the best copy counts.",
    (
        DOCUMENT_ID._replace(key=False),
        Column("url", "text", "the address of the document"),
        _SITE,
        Column("region_name", "text", "whose speech it is"),
        Column("region_level", "text", "country, province, prefecture, county or township"),
        Column("region_code", "text", "GB/T 2260"),
        Column("speaker", "text", "who gave the speech"),
        Column("report_year", "integer", "the year of the report, from its title, or of its date", "years"),
        Column("indicator_id", "text", "what is promised, harmonised"),
        Column("indicator", "text", "what is promised, in the speech's words"),
        Column("value", "number", "of a range the lower end; NULL where the page has masked or lost it",
               "base units: yuan, percent, pieces"),
        Column("low", "number", "the least that keeps the promise; NULL for at most", "base units"),
        Column("high", "number", "the most that keeps the promise; NULL for at least", "base units"),
        Column("value_yi", "number", "where it is money, `value` in 亿 (hundred millions)", "亿 of `unit`"),
        Column("unit", "text", "money: ISO 4217; percentages: %, pp (points), x (times); counts: the classifier"),
        Column("qualifier", "text", "about (左右), min (以上), max (以内), range or exact"),
        Column("wording", "text", "the exact words of the figure with its qualifier"),
        Column("strength", "text", "must, strive or plan"),
        _COMPARISON,
        Column("target_year", "integer", "the year of `latest`; NULL where no time governs it or a digit is lost",
               "years"),
        Column("earliest", "text", "the first day of the time that governs it; X is a digit that is not known", EDTF),
        Column("latest", "text", "the last day of the time that governs it; X is a digit that is not known", EDTF),
        Column("when_text", "text", "the words of that time"),
        Column("project", "text", "the project, or of a part (其中) the indicator of its whole"),
        Column("sentence", "text", "the sentence it stands in"),
        Column("section", "text", "the nearest heading above it"),
        *_TEXT_SPAN,
        *_RAW_SPAN,
        _RULE,
        Column("warnings", "text", "the codes of the warnings whose span touches it"),
        Column("group_id", "integer", "the group of reposts the document belongs to"),
        Column("speech", "integer", "which speech of the document, from 0"),
        Column("record", "integer", "the row in `records`"),
    ),
    f"""
    SELECT d.document_id, d.url, d.site, d.region_name, d.region_level, d.region_code, s.speaker, s.report_year,
           r.indicator_id, r.indicator, r.value,
           CASE WHEN r.bound <> 'max' THEN r.value END AS low,
           CASE r.bound WHEN 'range' THEN r.upper WHEN 'min' THEN NULL ELSE r.value END AS high,
           r.value_yi, r.unit, r.bound AS qualifier, r.text AS wording, r.strength, r.comparison,
           TRY_CAST(left(r.when_latest, 4) AS INTEGER) AS target_year,
           r.when_earliest AS earliest, r.when_latest AS latest, r.when_text, r."of" AS project,
           r.sentence, r.section, r.text_start, r.text_end, r.raw_start, r.raw_end, r.rule, r.warnings,
           d.group_id, r.speech, r.record
    FROM records AS r
    JOIN documents AS d USING (document_id)
    JOIN speeches AS s USING (document_id, speech)
    WHERE r.role = 'value' AND r.status = 'target' AND {_BEST}
    """,
)  # fmt: skip


class UsualRow(NamedTuple):
    """An indicator for which nearly every work report sets a target."""

    id: str
    example: str


def usual_indicators() -> tuple[str, ...]:
    """The indicators that `coverage` asks each document for."""
    return tuple(row.id for row in lexicons.load("usual_indicators", UsualRow))


def coverage() -> View:
    """The view `coverage`: the usual indicators are data, so its SELECT is made."""
    usual = ", ".join(f"('{indicator}')" for indicator in usual_indicators())
    return View(
        "coverage",
        "One row a document and usual indicator. Failures have no rows: what was not read is not `not stated`. "
        "Of a group of reposts only the best copy counts.",
        (
            DOCUMENT_ID._replace(key=False),
            Column("region_name", "text", "whose speech it is"),
            Column("region_level", "text", "country, province, prefecture, county or township"),
            Column("region_code", "text", "GB/T 2260"),
            Column("report_year", "integer", "of the first speech", "years"),
            Column("indicator_id", "text", "one of data/lexicons/usual_indicators.tsv"),
            Column("target", "text", "stated; masked (promised, but the page has no value); not stated"),
        ),
        f"""
        SELECT d.document_id, d.region_name, d.region_level, d.region_code, d.report_year, u.indicator_id,
               CASE WHEN t.values > 0 THEN 'stated' WHEN t.targets > 0 THEN 'masked' ELSE 'not stated' END AS target
        FROM documents AS d
        CROSS JOIN (VALUES {usual}) AS u(indicator_id)
        LEFT JOIN (
            SELECT document_id, indicator_id, count(*) AS targets, count(value) AS values
            FROM records WHERE role = 'value' AND status = 'target' GROUP BY ALL
        ) AS t USING (document_id, indicator_id)
        WHERE {_BEST}
        """,
    )


def targets_wide(indicators: tuple[str, ...]) -> View:
    """The view `targets_wide`, with a column for each of these indicators: a view can't find them out by itself.

    A region may promise an indicator in several speeches of a year, and for several years: the target of the report's
    own year goes before others, then the first in the archive.
    """
    # a PIVOT with no column is no SQL, and nothing can be an indicator of this name
    names = ", ".join(f"'{name}'" for name in indicators or ("no_indicator",))
    return View(
        "targets_wide",
        "One row a region and report year, one column an indicator. Targets of unknown regions or years are left out.",
        (
            Column("region_name", "text", "whose targets they are"),
            Column("region_level", "text", "country, province, prefecture, county or township"),
            Column("region_code", "text", "GB/T 2260"),
            Column("report_year", "integer", "the year of the report, from its title, or of its date", "years"),
            *(Column(name, "number", "see data/lexicons/indicators.tsv", "亿 for money") for name in indicators),
        ),
        f"""
        PIVOT (
            SELECT region_name, region_level, region_code, report_year, indicator_id,
                   coalesce(value_yi, value) AS figure,
                   (target_year IS DISTINCT FROM report_year AND target_year IS NOT NULL, document_id, record) AS place
            FROM targets
            WHERE region_name IS NOT NULL AND report_year IS NOT NULL AND value IS NOT NULL
        )
        ON indicator_id IN ({names})
        USING arg_min(figure, place)
        GROUP BY region_name, region_level, region_code, report_year
        """,
    )


def markdown() -> str:
    """The tables and views as sections of the guide."""
    parts = []
    for thing in (*TABLES, TARGETS, targets_wide(()), coverage()):
        kind = "view" if isinstance(thing, View) else "table"
        parts += ["", f"### `{thing.name}` ({kind})", "", thing.sentence, "", "| column | type | unit | meaning |"]
        parts.append("|---|---|---|---|")
        for column in thing.columns:
            name = f"**`{column.name}`**" if column.key else f"`{column.name}`"
            shown = "list" if SQL_TYPES[column.type].endswith("[]") else column.type
            parts.append(f"| {name} | {shown} | {column.unit} | {column.sentence} |")
    return "\n".join(parts).strip() + "\n"

