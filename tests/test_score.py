"""Accuracy on the annotated development material beside the repository, with the floors of floors.toml."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))

SPEECHES = {"000": 2, "001": 1, "002": 3, "003": 1, "004": 1, "guizhou": 1, "hailar": 1}


@pytest.fixture(scope="module")
def documents(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command prints for all inputs."""
    file = tmp_path_factory.mktemp("score") / "documents.jsonl"
    with file.open("wb") as stream:
        subprocess.run([sys.executable, "-m", "speechparse", "parse", shared / "inputs"], stdout=stream, check=True)
    return file


@pytest.fixture(scope="module")
def score(shared: Path, documents: Path) -> dict[str, Any]:
    command = [sys.executable, shared / "score.py", shared / "gold", documents]
    print(subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout)
    printed = subprocess.run([*command, "--json"], capture_output=True, check=True, text=True, encoding="utf-8").stdout
    figures: dict[str, Any] = json.loads(printed)
    return figures


def test_every_input_was_read(score: dict[str, Any]) -> None:
    assert score["missing"] == []


@pytest.mark.parametrize("measure", FLOORS["records"])
def test_records(score: dict[str, Any], measure: str) -> None:
    assert score["all"][measure]["f1"] >= FLOORS["records"][measure]


def test_clean_text(score: dict[str, Any]) -> None:
    floors = FLOORS["text"]
    assert {
        source: text
        for source, text in score["text"].items()
        if text["kept"] < floors["kept"] or text["extra"] > floors["extra"]
    } == {}


def test_speeches(documents: Path) -> None:
    parsed = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines()]
    found = {Path(d["source"]).name.replace("-", "_").split("_")[0]: len(d["speeches"]) for d in parsed}
    assert found == SPEECHES
