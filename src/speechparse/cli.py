"""The command line: a thin layer over the library. Each command is a function below; `main` is the entry point."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from speechparse import __version__
from speechparse.errors import InputError, SpeechparseError
from speechparse.inputs import NamedSource, resolve
from speechparse.options import ParseOptions
from speechparse.outputs.labels import Language, local_language
from speechparse.outputs.messages import said
from speechparse.outputs.screen import counted
from speechparse.pipeline import Parser, clean_warnings, describe_changes
from speechparse.records import document_schema

T = TypeVar("T")
# of click, or of the part of click that newer versions of typer hold
_UsageError: Any = typer.BadParameter.__mro__[1]
FAILED = 2

app = typer.Typer(
    help="From damaged web copies of Chinese government speeches to records of what was promised or reported.",
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)


class TableFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class DocumentFormat(StrEnum):
    JSONL = "jsonl"
    JSON = "json"


class EvaluationFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT", help="A file, a folder (its .txt, .html, .htm, .md files) or - (stdin)."),
]
ReferenceDate = Annotated[
    dt.datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day of the speech, where it does not say so itself."
    ),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help="The encoding of the input; otherwise it is detected.")
]
KeepScript = Annotated[bool, typer.Option("--keep-script", help="Keep traditional characters as they are.")]
ResolveYears = Annotated[
    bool, typer.Option("--resolve-years", help="Write a masked year that the text gives away into the records.")
]


@app.command()
def targets(
    inputs: Inputs,
    format: Annotated[
        TableFormat, typer.Option(help="A table for the eye, comma-separated rows, JSON lines.")
    ] = TableFormat.TABLE,
    every: Annotated[bool, typer.Option("--all", help="Every record, not the targets alone.")] = False,
    reference_date: ReferenceDate = None,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
    resolve_years: ResolveYears = False,
) -> None:
    """What the speeches promise: one row a target."""
    from speechparse.outputs import csv, jsonl, terminal

    write = {TableFormat.TABLE: terminal.write, TableFormat.CSV: csv.write, TableFormat.JSONL: jsonl.write_records}[
        format
    ]
    parser = _parser(reference_date, encoding, keep_script, resolve_years)
    with _each(inputs, parser.parse) as documents:
        write(documents, sys.stdout, every=every)


@app.command()
def parse(
    inputs: Inputs,
    format: Annotated[
        DocumentFormat, typer.Option(help="One Document a line, or one JSON array.")
    ] = DocumentFormat.JSONL,
    reference_date: ReferenceDate = None,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
    resolve_years: ResolveYears = False,
) -> None:
    """Everything that was read from each input, as JSON Documents (see `speechparse schema`)."""
    from speechparse.outputs import jsonl

    write = {DocumentFormat.JSONL: jsonl.write, DocumentFormat.JSON: jsonl.write_array}[format]
    parser = _parser(reference_date, encoding, keep_script, resolve_years)
    with _each(inputs, parser.parse) as documents:
        write(documents, sys.stdout)


@app.command()
def clean(
    inputs: Inputs,
    explain: Annotated[bool, typer.Option("--explain", help="List every repair and removal instead.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what changed in place instead, in colour on a terminal.")
    ] = False,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
) -> None:
    """The clean text of each input."""
    from speechparse.outputs import diff as diff_output
    from speechparse.outputs import explain as explain_output

    if explain and diff:
        raise typer.BadParameter("--explain and --diff exclude each other")
    parser = _parser(None, encoding, keep_script, False)
    with _each(inputs, lambda source, name: (name, parser.clean(source, name=name))) as texts:
        for name, text in texts:
            if len(inputs) > 1 or name != inputs[0]:
                print(f"==> {name} <==")
            if explain:
                explain_output.write_changes(text, *describe_changes(text), clean_warnings(text), sys.stdout)
            elif diff:
                diff_output.write(text, sys.stdout)
            else:
                print(text.text.rstrip("\n"))


@app.command()
def explain(
    inputs: Inputs,
    reference_date: ReferenceDate = None,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
    resolve_years: ResolveYears = False,
) -> None:
    """Each record with the rules that made it, and where it stood in the clean and in the raw text."""
    from speechparse.outputs import explain as explain_output

    parser = _parser(reference_date, encoding, keep_script, resolve_years)
    with _each(inputs, parser.parse) as documents:
        explain_output.write(documents, sys.stdout)


@app.command()
def report(
    inputs: Inputs,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The page to write, report.html.")],
    language: Annotated[
        Language | None, typer.Option(help="Of the page; otherwise Chinese where the locale is Chinese.")
    ] = None,
    reference_date: ReferenceDate = None,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
    resolve_years: ResolveYears = False,
) -> None:
    """A page to look at: the text with its records, the targets, and what was repaired, in one HTML file."""
    from speechparse.outputs import report as report_output

    parser = _parser(reference_date, encoding, keep_script, resolve_years)
    with _each(inputs, parser.parse) as documents:
        count = report_output.write(documents, to, language=language or local_language())
    if count:
        print(said(f"{to}: {counted(count, 'input')}"))


@app.command()
def archive(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="A folder, an archive, a table or a file; see docs/archive.md."),
    ],
    to: Annotated[Path, typer.Option(metavar="FILE", help="The DuckDB database to make or to go on with.")],
    jobs: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that parse; otherwise one a processor.")
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="COLUMN", help="Of tables the column with the page.")] = None,
    id: Annotated[str | None, typer.Option(metavar="COLUMN", help="Of tables the column that names a row.")] = None,
    url: Annotated[str | None, typer.Option(metavar="COLUMN", help="Of tables the column with the address.")] = None,
    date: Annotated[str | None, typer.Option(metavar="COLUMN", help="Of tables the column with the date.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="What one document may take.")] = 60,
    max_document: Annotated[
        int, typer.Option(min=1, metavar="BYTES", help="The largest document that is read.")
    ] = 50_000_000,
    max_unpacked: Annotated[
        int, typer.Option(min=1, metavar="BYTES", help="The most that is unpacked of one archive.")
    ] = 50_000_000_000,
    encoding: Encoding = None,
    keep_script: KeepScript = False,
    resolve_years: ResolveYears = False,
) -> None:
    """All documents of an archive into one database, which can be stopped and gone on with at any time."""
    from speechparse.archive import Columns, Limits, build

    done = build(
        sources,
        to,
        jobs=jobs or os.cpu_count() or 1,
        options=_parser(None, encoding, keep_script, resolve_years).options,
        columns=Columns(text=text, id=id, url=url, date=date),
        limits=Limits(document=max_document, unpacked=max_unpacked),
        timeout=timeout,
    )
    became = f"{done.added} added, {done.replaced} replaced, {done.unchanged} unchanged, {done.failed} failed"
    print(said(f"{counted(done.inputs, 'input')} in {done.seconds:,.0f} s: {became}"))
    print(said(f"{to}: {counted(done.documents, 'document')}, {counted(done.failures, 'failure')}"))
    if done.failed:
        why = f"see: speechparse export {to} --table failures --to failures.csv"
        _complain(f"{to}: the table failures says why; {why}")
    if done.failed == done.inputs:
        raise typer.Exit(FAILED)  # a wrong name, or nothing in it that can be read


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A folder with NAME.txt and NAME.jsonl of each speech.")],
    documents: Annotated[
        Path, typer.Argument(metavar="DOCUMENTS", help="What `speechparse parse --format jsonl` printed.")
    ],
    errors: Annotated[bool, typer.Option("--errors", help="List each record that does not agree.")] = False,
    format: Annotated[EvaluationFormat, typer.Option(help="A table for the eye, or JSON.")] = EvaluationFormat.TABLE,
) -> None:
    """How well Documents agree with speeches that you have annotated."""
    from speechparse.evaluate import evaluate, read_documents
    from speechparse.outputs import agreement

    evaluation = evaluate(gold, read_documents(documents))
    if format is EvaluationFormat.JSON:
        agreement.write_json(evaluation, sys.stdout)
    else:
        agreement.write(evaluation, sys.stdout, errors=errors)


@app.command()
def export(
    database: Annotated[Path, typer.Argument(metavar="DATABASE", help="What `speechparse archive` wrote.")],
    to: Annotated[
        Path, typer.Option(metavar="FILE", help="The new file: .csv, .jsonl, .parquet, .xlsx or .dta (Stata).")
    ],
    table: Annotated[str, typer.Option(metavar="NAME", help="The table or view to export.")] = "targets",
) -> None:
    """One table or view of an archive's database as a file."""
    from speechparse.archive.export import export as write

    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always", UserWarning)
        rows = write(database, table, to)
    for doubt in doubts:
        _complain(f"{to}: {doubt.message}")
    print(said(f"{rows:,} rows of {table} in {to}"))


@app.command()
def schema() -> None:
    """The JSON Schema of a Document."""
    print(json.dumps(document_schema(), ensure_ascii=False, indent=2))


@app.callback()
def common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Print the version.", callback=lambda v: _version(v))
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(FAILED)


def main() -> None:
    """Run the command line; what goes wrong is one line on stderr and exit status 2, in the language of the locale."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    command = typer.main.get_command(app)
    if local_language() is Language.ZH:
        _translate_help(command)
    try:
        sys.exit(command.main(prog_name="speechparse", standalone_mode=False))
    except SpeechparseError as error:
        _complain(error)
    except _UsageError as error:
        problem = error.format_message().removesuffix(".").replace(": Value error, ", ": ")
        path = error.ctx.command_path if error.ctx else "speechparse"
        print(f"speechparse: {said(problem)} ({said(f'see: {path} --help')})", file=sys.stderr)
    except OSError as error:  # but for a reader that stops early, as `head` does: that typer knows
        _complain(f"standard output can't be written ({error.strerror}); free some space, or write elsewhere")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(FAILED)


def _translate_help(command: Any) -> None:
    """The help of a command, of its parameters and of the commands within it, in Chinese."""
    from typer import rich_utils

    for title in ("ARGUMENTS_PANEL_TITLE", "OPTIONS_PANEL_TITLE", "COMMANDS_PANEL_TITLE"):
        setattr(rich_utils, title, said(getattr(rich_utils, title)))
    for string in ("REQUIRED_LONG_STRING", "DEFAULT_STRING"):
        setattr(rich_utils, string, said(getattr(rich_utils, string)))
    for each in (command, *command.commands.values()):
        each.help = said(each.help or "")
        for parameter in (*each.params, each.get_help_option(each.context_class(each))):
            parameter.help = said(parameter.help or "")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"speechparse {__version__}")
        raise typer.Exit


def _parser(reference_date: dt.datetime | None, encoding: str | None, keep_script: bool, resolve_years: bool) -> Parser:
    return Parser(
        ParseOptions(
            reference_date=reference_date.date() if reference_date else None,
            encoding=encoding,
            script="keep" if keep_script else "simplified",
            resolve_years=resolve_years,
        )
    )


@contextmanager
def _each(arguments: list[str], read: Callable[..., T]) -> Generator[Iterator[T]]:
    """What `read(source, name=...)` makes of each input, lazily.

    An input that can't be read is a line on stderr; the others go on, and the command then ends with status 2.
    """
    failures: list[SpeechparseError] = []

    def results() -> Iterator[T]:
        for item in resolve(arguments, stdin=sys.stdin.buffer):
            try:
                result = _read(item, read)
            except SpeechparseError as error:
                _complain(error)
                failures.append(error)
            else:
                yield result

    yield results()
    if failures:
        raise typer.Exit(FAILED)


def _read(item: NamedSource | InputError, read: Callable[..., T]) -> T:
    if isinstance(item, InputError):
        raise item
    return read(item.source, name=item.name)


def _complain(problem: SpeechparseError | str) -> None:
    print(f"speechparse: {said(str(problem))}", file=sys.stderr)
