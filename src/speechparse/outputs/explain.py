"""Where records and clean text come from: each record, repair and removal with the rule that made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.text import Text

from speechparse.outputs.messages import said
from speechparse.outputs.rows import COLUMNS, row
from speechparse.outputs.screen import Places, console, counted, visible
from speechparse.records import Document, Record, Removal, Repair, Warning
from speechparse.text import AlignedText

CONTEXT = 18  # characters shown on each side of a record: about half a line of a terminal

_SHOWN_ELSEWHERE = {"source", "speech", "kind", "text", "start", "end", "raw_start", "raw_end", "rule"}
_FIELDS = tuple(column for column in COLUMNS if column not in _SHOWN_ELSEWHERE)


def write(documents: Iterable[Document], stream: TextIO) -> None:
    """For each document its speeches, then each record with its rules, its clean and its raw place, then warnings."""
    screen = console(stream)
    for document in documents:
        places = Places(document.raw)
        screen.print(Text(f"{document.source} (read as {document.encoding})", style="bold"))
        for number, speech in enumerate(document.speeches):
            facts = [speech.title, speech.date, speech.place, speech.speaker]
            screen.print(f"speech {number}: {visible(' · '.join(fact for fact in facts if fact)) or 'no title'}")
        for number, record in enumerate(document.records):
            screen.print()
            screen.print(_record(number, document, record, places))
        _write_warnings(document.warnings, document.text, stream)
        counts = [("record", len(document.records)), ("repair", len(document.repairs))]
        counts += [("removal", len(document.removals)), ("warning", len(document.warnings))]
        screen.print("\n" + said(", ".join(counted(number, noun) for noun, number in counts)))


def write_changes(
    text: AlignedText, repairs: list[Repair], removals: list[Removal], warnings: list[Warning], stream: TextIO
) -> None:
    """Every repair and removal in the order of the raw text: place, rule, before → after; then the warnings."""
    screen = console(stream)
    places = Places(text.raw)
    changes: list[Repair | Removal] = [*repairs, *removals]
    for change in sorted(changes, key=lambda change: (change.raw_start, change.raw_end)):
        offsets = f"{change.raw_start}:{change.raw_end}"
        line = Text(f"{places(change.raw_start):<8} {offsets:<13} ")
        line.append(f"{change.rule:<28} ", style="cyan")
        line.append(visible(change.before if isinstance(change, Repair) else change.text), style="red")
        line.append(" → ")
        line.append(visible(change.after) if isinstance(change, Repair) else "(removed)", style="green")
        screen.print(line)
    _write_warnings(warnings, text.text, stream)
    screen.print(said(", ".join((counted(len(repairs), "repair"), counted(len(removals), "removal")))))


def _record(number: int, document: Document, record: Record, places: Places) -> Text:
    fields = row(document, record)
    values = [f"{name}={visible(_shown(fields[name]))}" for name in _FIELDS if fields[name] is not None]
    if "value" in type(record).model_fields and fields["value"] is None:
        values.insert(0, "value=? (masked or lost in the source)")
    block = Text(f"[{number}] {record.kind} ", style="bold")
    block.append(visible(record.text), style="bold green")
    block.append(f"\n  rule   {record.rule}", style="cyan not bold")
    block.append(f"\n  fields {' '.join(values)}", style="not bold")
    block.append(f"\n  clean  {record.start}:{record.end}  ", style="not bold")
    block.append_text(_in_context(document.text, record.start, record.end))
    block.append(f"\n  raw    {record.raw_start}:{record.raw_end}  line {places(record.raw_start)}  ", style="not bold")
    block.append_text(_in_context(document.raw, record.raw_start, record.raw_end))
    return block


def _shown(value: object) -> str:
    return format(value, "f") if hasattr(value, "as_tuple") else str(value)


def _in_context(text: str, start: int, end: int) -> Text:
    """The slice between ⟦ ⟧ with what stands around it."""
    context = Text(("…" if start > CONTEXT else "") + visible(text[max(0, start - CONTEXT) : start]), style="not bold")
    context.append(f"⟦{visible(text[start:end])}⟧", style="bold green")
    context.append(visible(text[end : end + CONTEXT]) + ("…" if end + CONTEXT < len(text) else ""), style="not bold")
    return context


def _write_warnings(warnings: list[Warning], text: str, stream: TextIO) -> None:
    screen = console(stream)
    for warning in warnings:
        line = Text(f"\nwarning {warning.code}: {visible(warning.message)}\n  clean  {warning.start}:{warning.end}  ")
        line.stylize("yellow")
        line.append_text(_in_context(text, warning.start, warning.end))
        screen.print(line)
