"""Write the row of this version into benchmarks/history.csv: how accurate it is, and how fast.

    python benchmarks/history.py [--rounds N]

found, value, record        F1 over all kinds on tests/gold, as `speechparse evaluate` counts it
clean, damaged, corpus      what `parse` takes as a multiple of `jieba.lcut` over the same text in the same run, as
                            `speed.py` times it (medians): the clean samples, their damaged copies, the corpus beside
                            the repository (empty where there is none)

A row is written when a version is released, and stays. Until then the version's row is replaced by each run.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import jieba
from speed import seconds, stages_over, texts_by_kind

import speechparse as sp
from speechparse.evaluate import MEASURES, evaluate

HISTORY = Path(__file__).with_name("history.csv")
GOLD = Path(__file__).parents[1] / "tests" / "gold"
TEXTS = {"clean": "samples, clean", "damaged": "samples, damaged", "corpus": "corpus"}
COLUMNS = ("version", "date", "python", *MEASURES, *TEXTS)

Row = dict[str, str]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    now = {
        "version": sp.__version__,
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
    }
    row = now | accuracy() | speeds(rounds)
    write(with_row(read(), row))
    print(", ".join(f"{name} {value}" for name, value in row.items()))


def accuracy() -> Row:
    documents = [json.loads(sp.parse(file).model_dump_json()) for file in sorted(GOLD.glob("*.txt"))]
    agreement = evaluate(GOLD, documents).all
    return {measure: f"{agreement.f1(measure):.4f}" for measure in MEASURES}


def speeds(rounds: int) -> Row:
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    kinds = texts_by_kind()
    return {name: ratio(kinds[kind], rounds) if kind in kinds else "" for name, kind in TEXTS.items()}


def ratio(texts: list[str], rounds: int) -> str:
    stages = stages_over(texts)
    times = [seconds(stages["parse"]) / seconds(stages["jieba.lcut"]) for _ in range(rounds)]
    return f"{median(times):.2f}"


def with_row(rows: Iterable[Row], row: Row) -> list[Row]:
    """The rows, with this one in the place of its version's, or at the end."""
    known = {each["version"]: each for each in rows}
    return list((known | {row["version"]: row}).values())


def read(file: Path = HISTORY) -> list[Row]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(rows: Iterable[Row], file: Path = HISTORY) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
