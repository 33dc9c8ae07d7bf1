"""Accuracy on the annotated speeches of this repository, with the floors of floors.toml.

`gold-dense` holds five more, denser and more varied in their words, `gold-spoken` seven in the words of meetings, where
projects are gone through one by one; the rules know less of what stands in them.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

import speechparse as sp
from speechparse.evaluate import Evaluation, evaluate

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
FOLDERS = {"own_gold": "gold", "own_gold_dense": "gold-dense", "own_gold_spoken": "gold-spoken"}


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    return {floors: evaluated(HERE / folder) for floors, folder in FOLDERS.items()}


def evaluated(folder: Path) -> Evaluation:
    files = sorted(folder.glob("*.txt"))
    assert files
    return evaluate(folder, [json.loads(sp.parse(file).model_dump_json()) for file in files])


@pytest.mark.parametrize(("floors", "measure"), [(floors, measure) for floors in FOLDERS for measure in FLOORS[floors]])
def test_own_gold(evaluations: dict[str, Evaluation], floors: str, measure: str) -> None:
    reached = evaluations[floors].all.f1(measure)
    print(floors, measure, round(reached, 4))
    assert reached >= FLOORS[floors][measure]
