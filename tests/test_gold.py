"""Accuracy on the annotated speeches of this repository (tests/gold), with the floors of floors.toml.

A record of the gold is `found` where a record of the same kind overlaps it, its `value` is right where numbers, unit
and bound (or the days) are too, and the whole `record` where role, indicator, status, strength and time are as well.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import regex

import speechparse as sp

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["own_gold"]
NAMES = sorted(file.stem for file in (HERE / "gold").glob("*.txt"))
FIGURES = ("amount", "count", "percentage", "measure", "rank")

Row = dict[str, Any]


def gold(name: str) -> tuple[str, list[Row]]:
    """A speech and its records, with their offsets in it. A row names its line, its words, and which of them (`n`)."""
    text = (HERE / "gold" / f"{name}.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    rows: list[Row] = []
    for written in (HERE / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(written)
        line = lines[row["line"] - 1]
        at = -1
        for _ in range(row.get("n", 1)):
            at = line.index(row["text"], at + 1)
        start = sum(len(before) + 1 for before in lines[: row["line"] - 1]) + at
        rows.append(row | {"start": start, "end": start + len(row["text"])})
    return text, rows


def predicted(text: str) -> list[Row]:
    """The records of a speech as the JSON has them, with their offsets in the raw text, which is the gold's."""
    rows = [json.loads(record.model_dump_json()) for record in sp.parse(text).records]
    return [row | {"start": row["raw_start"], "end": row["raw_end"]} for row in rows]


def pairs(golden: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """Each record of the gold with the record of its kind that overlaps it most; none is taken twice."""
    overlaps = []
    for (i, g), (j, f) in product(enumerate(golden), enumerate(found)):
        both = min(g["end"], f["end"]) - max(g["start"], f["start"])
        share = both / (max(g["end"], f["end"]) - min(g["start"], f["start"]))
        if g["kind"] == f["kind"] and share > (0.5 if g["kind"] == "project" else 0):
            overlaps.append((-share, i, j))
    result = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(overlaps):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            result.append((golden[i], found[j]))
    return result


def same_number(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(Decimal(a) - Decimal(b)) <= abs(Decimal(a)) / 1000


def same_day(a: str | None, b: str | None) -> bool:
    """Days agree in each digit that both know."""
    if a is None or b is None:
        return a is b
    return len(a) == len(b) and all(x == y or "X" in (x, y) for x, y in zip(a, b, strict=True))


def alike(a: str | None, b: str | None) -> bool:
    """Two indicators say the same where they share most of their characters."""
    folded = [regex.sub(r"[^\w%×]", "", words or "").lower() for words in (a, b)]
    return folded[0] == folded[1] or SequenceMatcher(None, *folded, autojunk=False).ratio() >= 0.6


def short(name: str) -> str:
    return regex.sub(r"(?:等?(?:重点|重大)?(?:项目|工程|建设))+$", "", regex.sub(r"[\s“”\"《》]", "", name))


def same_value(g: Row, f: Row) -> bool:
    if g["kind"] in FIGURES:
        numbers = all(same_number(g.get(field), f[field]) for field in ("value", "upper"))
        return numbers and (g["unit"], g["bound"]) == (f["unit"], f["bound"])
    if g["kind"] == "project":
        return short(g["text"]) == short(f["name"])
    fields = ("latest",) if g["kind"] == "deadline" else ("earliest", "latest")
    return all(same_day(g[field], f[field]) for field in fields)


def same_meaning(g: Row, f: Row) -> bool:
    if g["kind"] not in FIGURES:
        return True
    if g["role"] != f["role"]:
        return False
    if g["role"] != "value":
        return g["role"] == "threshold" or alike(g["of"], f["of"])
    firmness = g["status"] != "target" or g["strength"] == f["strength"]
    words = alike(g["indicator"], f["indicator"]) and alike(g.get("when"), (f["when"] or {}).get("text"))
    return g["status"] == f["status"] and firmness and words


@pytest.fixture(scope="module")
def f1() -> dict[str, float]:
    tally: Counter[str] = Counter()
    for name in NAMES:
        text, golden = gold(name)
        found = predicted(text)
        matched = pairs(golden, found)
        valued = [(g, f) for g, f in matched if same_value(g, f)]
        tally["all"] += len(golden) + len(found)
        tally["found"] += 2 * len(matched)
        tally["value"] += 2 * len(valued)
        tally["record"] += 2 * sum(same_meaning(g, f) for g, f in valued)
    return {measure: tally[measure] / tally["all"] for measure in FLOORS}


@pytest.mark.parametrize("measure", FLOORS)
def test_own_gold(f1: dict[str, float], measure: str) -> None:
    print({name: round(value, 4) for name, value in f1.items()})
    assert f1[measure] >= FLOORS[measure]


def test_a_record_is_compared_with_itself() -> None:
    """The comparison finds the gold in the gold, and nothing in its place."""
    _, golden = gold(NAMES[0])
    rows = [{"upper": None, "when": None, "name": g["text"]} | g for g in golden]
    rows = [row | {"when": {"text": row["when"]} if row["when"] else None} for row in rows]
    matched = pairs(golden, rows)
    assert len(matched) == len(golden)
    assert all(g["start"] == r["start"] and same_value(g, r) and same_meaning(g, r) for g, r in matched)
    assert pairs(golden, [row | {"kind": "rank"} for row in rows if row["kind"] != "rank"]) == []
