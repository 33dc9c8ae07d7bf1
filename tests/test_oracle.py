"""The growth targets of 18 provincial reports of 2026 (`../shared/oracle`): each has to be found, and no other."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import speechparse as sp

BOUNDS = {"区间": "range", "左右": "about", "以上": "min", "": "exact"}
YEAR = "2026"


def growth_targets(document: sp.Document) -> list[tuple[Decimal | None, Decimal | None, str]]:
    """Low, high and bound of the targets for this year's growth; a time that is given has to be this year."""
    return [
        (figure.value, figure.upper or figure.value, figure.bound)
        for figure in document.targets
        if figure.indicator_id == "gdp_growth"
        and (figure.when is None or YEAR in {(figure.when.earliest or "")[:4], (figure.when.latest or "")[:4]})
    ]


def test_the_growth_targets_of_the_provinces(shared: Path, parsed: Callable[[Path], sp.Document]) -> None:
    with (shared / "oracle" / "gdp-growth-targets-2026.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 18
    wrong = {}
    for row in rows:
        found = growth_targets(parsed(shared / "corpus" / "provinces-2026" / row["source"]))
        expected = [(Decimal(row["low"]), Decimal(row["high"]), BOUNDS[row["phrasing"]])]
        if found != expected:
            wrong[row["source"]] = found
    assert wrong == {}


REPORTS = [
    # the goal of the year stands beside the plan's, last year's result and figures of other indicators
    ("“十五五”时期，地区生产总值年均增长5%左右。今年预期目标是：地区生产总值增长6%以上。", [("6", "6", "min")]),
    ("全市地区生产总值增长4.8%。主要预期目标是：全市生产总值增长5%—5.5%，投资增长7%。", [("5", "5.5", "range")]),
    ("今年主要预期目标是：经济增长5%左右，规模以上工业增加值增长6%。", [("5", "5", "about")]),
    ("今年主要预期目标是：地区生产总值按增长5%安排，人均地区生产总值增长5.2%。", [("5", "5", "exact")]),
    ("今年要实现数字经济核心产业增加值占地区生产总值比重10%，海洋生产总值增长8%。", []),
    ("到2030年，地区生产总值年均增长6%左右，单位GDP能耗累计下降15%。", []),
]


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_only_the_growth_target_of_the_year_is_taken(text: str, expected: list[tuple[str, str, str]]) -> None:
    document = sp.parse(f"2026年云岭市政府工作报告\n{text}\n")
    assert growth_targets(document) == [(Decimal(low), Decimal(high), bound) for low, high, bound in expected]
