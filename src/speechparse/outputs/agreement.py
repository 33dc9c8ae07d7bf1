"""How Documents agree with annotated speeches, as a table for the eye and as JSON."""

from __future__ import annotations

import json
from typing import TextIO

from rich import box
from rich.table import Table

from speechparse.evaluate import MEASURES, Agreement, Evaluation, Row
from speechparse.outputs.screen import console, visible

COLUMNS = ("kind", "gold", "predicted", "precision", "recall", *(f"{measure} F1" for measure in MEASURES))


def write(evaluation: Evaluation, stream: TextIO, *, errors: bool) -> None:
    """One row a kind and one for all; with `errors` each record that does not agree."""
    screen = console(stream)
    table = Table(*COLUMNS, box=box.SIMPLE_HEAD, show_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for kind, agreement in {**evaluation.kinds, "all": evaluation.all}.items():
        table.add_row(kind, *_cells(agreement))
    screen.print(table, soft_wrap=False)
    if errors:
        for difference in evaluation.differences:
            screen.print(visible(f"{difference.source}: {difference.what} {difference.kind}"))
            screen.print(visible(f"  gold      {_said(difference.gold)}"))
            screen.print(visible(f"  predicted {_said(difference.predicted)}"))


def write_json(evaluation: Evaluation, stream: TextIO) -> None:
    """One object: for each kind and `all` the counts and the F1 of found, value and record."""
    rows = {
        kind: agreement._asdict() | {f"{measure}_f1": round(agreement.f1(measure), 4) for measure in MEASURES}
        for kind, agreement in {**evaluation.kinds, "all": evaluation.all}.items()
    }
    json.dump(rows, stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def _cells(agreement: Agreement) -> list[str]:
    gold, predicted, found, *_ = agreement
    precision = f"{found / predicted:.3f}" if predicted else ""
    recall = f"{found / gold:.3f}" if gold else ""
    return [str(gold), str(predicted), precision, recall, *(f"{agreement.f1(measure):.3f}" for measure in MEASURES)]


def _said(row: Row | None) -> str:
    if row is None:
        return "–"
    shown = ("value", "upper", "unit", "bound", "role", "indicator", "of", "status", "strength", "earliest", "latest")
    when = row.get("when")
    fields = {name: row[name] for name in shown if row.get(name) is not None}
    fields |= {"when": when.get("text") if isinstance(when, dict) else when} if when else {}
    return " ".join([row["text"], *(f"{name}={value}" for name, value in fields.items())])
