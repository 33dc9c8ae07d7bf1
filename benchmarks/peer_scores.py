"""How what a tool reads in a text is compared with the gold: by its place, then value, unit, bound and role.

The measures are defined in `peers.py`. Rows of the gold are as `speechparse.evaluate.read_gold` gives them; findings
stand where the gold's text has them (`placed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from peer_tools import Finding

Row = dict[str, Any]

TIMES = ("deadline", "period")
FIGURES = ("amount", "count", "percentage", "measure", "rank")
NOWHERE = -1

# How a unit may be written behind a bare number, where that is not the unit's own name
WRITTEN = {"CNY": "元", "USD": "美元", "HKD": "港元", "%": "[%％℅]", "pp": "个?百分点", "x": "[倍番]"}
WRITTEN |= {"月": "个?月", "工作日": "个?工作日"}


class Score(NamedTuple):
    """Counts over some texts. `figures`, `times`, `bounds`: what the gold has; `…_right`: what of it is right.

    `wrong`: figures of the gold with another value. `findings`: what the tool reads; `false`: what of it is
    where the gold has nothing.
    """

    figures: int = 0
    figures_right: int = 0
    times: int = 0
    times_right: int = 0
    bounds: int = 0
    bounds_right: int = 0
    roles_right: int = 0
    wrong: int = 0
    findings: int = 0
    false: int = 0

    def plus(self, other: Score) -> Score:
        return Score(*map(sum, zip(self, other, strict=True)))


def score(text: str, gold: Sequence[Row], findings: Iterable[Finding]) -> Score:
    """Compare the findings in a text with its gold, both with their places in this text."""
    rows = [row for row in gold if row["kind"] in (*FIGURES, *TIMES)]
    found = list(findings)
    pairs = {id(row): finding for row, finding in matched(rows, found)}
    figures = [(row, pairs.get(id(row))) for row in rows if row["kind"] in FIGURES]
    times = [(row, pairs.get(id(row))) for row in rows if row["kind"] in TIMES]
    bounds = [(row, finding) for row, finding in figures if row["bound"] != "exact"]
    return Score(
        figures=len(figures),
        figures_right=sum(same_value(row, finding) and same_unit(row, finding, text) for row, finding in figures),
        times=len(times),
        times_right=sum(same_days(row, finding) for row, finding in times),
        bounds=len(bounds),
        bounds_right=sum(finding is not None and finding.bound == row["bound"] for row, finding in bounds),
        roles_right=sum(finding is not None and finding.role == row["role"] for row, finding in figures),
        wrong=sum(finding is not None and wrong_value(row, finding) for row, finding in figures),
        findings=len(found),
        false=sum(not any(overlap(row, finding) for row in rows) for finding in found),
    )


def placed(findings: Iterable[Finding], aligned: Mapping[int, int]) -> list[Finding]:
    """The findings at their places in the gold's text; at `NOWHERE` what the gold's text has not."""
    moved = []
    for finding in findings:
        places = [aligned[i] for i in range(finding.start, finding.end) if i in aligned]
        start, end = (min(places), max(places) + 1) if places else (NOWHERE, NOWHERE)
        moved.append(finding._replace(start=start, end=end))
    return moved


def overlap(row: Row, finding: Finding) -> int:
    """How many characters a record of the gold and a finding share."""
    return max(0, min(row["end"], finding.end) - max(row["start"], finding.start))


def matched(rows: Sequence[Row], findings: Sequence[Finding]) -> list[tuple[Row, Finding]]:
    """Each record of the gold with the finding that overlaps it most, figures with figures and times with times."""
    overlaps = []
    for (i, row), (j, finding) in product(enumerate(rows), enumerate(findings)):
        shared = overlap(row, finding)
        if shared and finding.time == (row["kind"] in TIMES):
            overlaps.append((-shared / (row["end"] - row["start"] + finding.end - finding.start - shared), i, j))
    pairs, taken_rows, taken_findings = [], set(), set()
    for _, i, j in sorted(overlaps):
        if i not in taken_rows and j not in taken_findings:
            taken_rows.add(i)
            taken_findings.add(j)
            pairs.append((rows[i], findings[j]))
    return pairs


def same_value(row: Row, finding: Finding | None) -> bool:
    """Both ends of a range, to a thousandth; the sign does not count (the gold has -5 for 下降5%)."""
    if finding is None:
        return False
    return same_number(row.get("value"), finding.value) and same_number(row.get("upper"), finding.upper)


def wrong_value(row: Row, finding: Finding) -> bool:
    """It says a value, and not that of the gold."""
    return finding.value is not None and not same_value(row, finding)


def same_number(ours: str | None, theirs: str | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    a, b = abs(Decimal(ours)), abs(Decimal(theirs))
    return abs(a - b) <= a / 1000


def same_unit(row: Row, finding: Finding | None, text: str) -> bool:
    """A bare number has the unit that the gold gives it if this stands behind it, or where the gold's words have
    none (近8万市民, in 人; 第一).
    """
    if finding is None:
        return False
    if finding.unit is not None:
        return bool(finding.unit == row["unit"])
    behind = WRITTEN.get(row["unit"]) or re.escape(row["unit"])
    if row["kind"] == "rank" or not re.search(behind, row["text"]):
        return True
    return re.match(rf"\s*[余多来几]?\s*(?:{behind})", text[finding.end :]) is not None


def same_days(row: Row, finding: Finding | None) -> bool:
    """Days agree in each digit that the gold knows; a day that it leaves open (年底前 has no first) is not compared."""
    if finding is None:
        return False
    last = same_day(row.get("latest"), finding.last)
    return last and (row["kind"] == "deadline" or same_day(row.get("earliest"), finding.first))


def same_day(ours: str | None, theirs: str | None) -> bool:
    if ours is None:
        return True
    if theirs is None or len(ours) != len(theirs):
        return False
    return all(a in (b, "X") for a, b in zip(ours, theirs, strict=True))
