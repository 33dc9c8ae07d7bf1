"""What `benchmarks/speed.py --check` says of figures; how long anything takes is no test."""

from __future__ import annotations

import tomllib

import parts
import pytest
import speed
import start

KEPT = tomllib.loads(speed.RATIOS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("now", "warnings"),
    [
        ({"corpus": {"parse": 0.5}}, []),
        ({"corpus": {"parse": 0.6}}, []),
        ({"corpus": {"parse": 0.61}}, ["WARNING: corpus, parse: 0.61, kept is 0.50 (+22%)"]),
        ({"corpus": {"parse": 0.4}}, []),
        ({"corpus": {"clean": 9.0}}, []),
        ({}, []),
    ],
)
def test_what_has_become_slower_by_a_fifth_is_a_warning(now: speed.Table, warnings: list[str]) -> None:
    assert list(speed.losses(now, {"corpus": {"parse": 0.5}})) == warnings


def test_what_is_above_its_limit_is_a_warning() -> None:
    measured = {"start": {"MB of import": 46.0, "seconds of import": 0.1}}
    assert list(speed.excesses(measured, {"start": {"MB of import": 45, "seconds of import": 0.25}})) == [
        "WARNING: start, MB of import: 46.00, the limit is 45.00"
    ]


def test_what_is_kept_is_measured() -> None:
    stages = {name.strip("- ") for name in speed.stages_over(["今年，投资增长8%。"])}
    for table in KEPT.values():
        for kind, names in table.items():
            assert kind in {"samples, clean", "samples, damaged", "corpus", "start"}
            assert kind == "start" or names.keys() <= stages


def test_what_is_kept_of_the_start_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "cost_of", lambda *_, **__: start.Cost(0.2, 0.3, 40.0))
    measured = start.measured(1, fast=True)
    assert KEPT["ratios"]["start"].keys() | KEPT["limits"]["start"].keys() == measured.keys()


def test_the_parts_are_those_of_the_package() -> None:
    spent = parts.spent_by_parts(parts.Parser(), ["今年，确保固定资产投资增长8%以上。"])
    assert {"clean: cut_boilerplate", "extract: find_figures", "extract: find_projects", "pipeline: clean_text"} <= set(
        spent
    )
