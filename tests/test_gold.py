"""Accuracy on the annotated speeches of this repository (tests/gold), with the floors of floors.toml."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import speechparse as sp
from speechparse.evaluate import Evaluation, evaluate

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["own_gold"]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    documents = [json.loads(sp.parse(file).model_dump_json()) for file in sorted((HERE / "gold").glob("*.txt"))]
    return evaluate(HERE / "gold", documents)


@pytest.mark.parametrize("measure", FLOORS)
def test_own_gold(evaluation: Evaluation, measure: str) -> None:
    print({name: round(evaluation.all.f1(name), 4) for name in FLOORS})
    assert evaluation.all.f1(measure) >= FLOORS[measure]
