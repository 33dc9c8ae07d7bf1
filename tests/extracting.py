"""What the tests of extraction share: one line that says what a record is."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import regex

import speechparse as sp
from speechparse import extract
from speechparse.records import Record, Speech
from speechparse.text import AlignedText

FIGURES = (sp.Amount, sp.Count, sp.Percentage, sp.Measure, sp.Rank)
TIMES = (sp.Deadline, sp.Period)


def records(text: str, *, date: str | None = "2031", title: str | None = None) -> list[Record]:
    """The records of a speech of which nothing but its clean text, its date and its title is known."""
    speech = Speech(start=0, end=len(text), date=date, title=title)
    found, _ = extract.extract_records(AlignedText.of(text), [speech], sp.ParseOptions())
    for record in found:
        assert record.text == text[record.start : record.end]
    return found


def figures(text: str, *, date: str | None = "2031", title: str | None = None) -> list[sp.records.Figure]:
    return [r for r in records(text, date=date, title=title) if isinstance(r, FIGURES)]


def values(text: str, *, date: str | None = "2031", title: str | None = None) -> list[sp.records.Figure]:
    """The figures with role `value`."""
    return [r for r in figures(text, date=date, title=title) if r.role == "value"]


def times(text: str, *, date: str | None = "2031", title: str | None = None) -> list[sp.Deadline | sp.Period]:
    return [r for r in records(text, date=date, title=title) if isinstance(r, TIMES)]


def names(text: str) -> list[str]:
    """The names of the projects of a text."""
    return [r.name for r in records(text) if isinstance(r, sp.Project)]


def plain(value: Decimal | None) -> str:
    """A number as the tables write it, with `?` for one that is lost."""
    return "?" if value is None else f"{value.normalize():f}"


def said(figure: sp.records.Figure) -> str:
    """`53.2亿元以上 5320000000 CNY min`; of a range `10—15亿元 1000000000~1500000000 CNY range`."""
    upper = "" if figure.upper is None else f"~{plain(figure.upper)}"
    return f"{figure.text} {plain(figure.value)}{upper} {figure.unit} {figure.bound}"


def days(time: sp.records.When | sp.Deadline | sp.Period) -> str:
    """`2031-01-01..2031-12-31`, with nothing on a side that is open."""
    return f"{time.earliest or ''}..{time.latest or ''}"


def rules_of(found: Iterable[Record]) -> set[str]:
    return {rule for record in found for rule in record.rule.split()}


_RULE = regex.compile(r"(?:figure|time|project|role|indicator|status|when|whole|comparison)\.[a-z_]+")


def rules_in_the_code(prefix: str) -> set[str]:
    """The rules that the code can put on a record: its string constants, and what `made` gets in `times`."""
    found: set[str] = set()
    for file in Path(extract.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _RULE.fullmatch(node.value):
                found.add(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "made":
                found |= {f"time.{arg.value}" for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return {rule for rule in found if rule.startswith(f"{prefix}.")}
