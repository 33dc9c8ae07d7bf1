"""The history of releases, benchmarks/history.csv, and how a row comes into it."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import history
import pytest
from places import REPOSITORY

FIRST, SECOND = ({column: f"{column}{number}" for column in history.COLUMNS} for number in (1, 2))
RUN_AGAIN = FIRST | {"date": "later"}


@pytest.mark.parametrize(
    ("rows", "row", "after"),
    [
        ([], FIRST, [FIRST]),
        ([FIRST], SECOND, [FIRST, SECOND]),
        ([FIRST, SECOND], RUN_AGAIN, [RUN_AGAIN, SECOND]),
    ],
)
def test_a_version_has_one_row(
    rows: list[history.Row], row: history.Row, after: list[history.Row], tmp_path: Path
) -> None:
    file = tmp_path / "history.csv"
    history.write(history.with_row(rows, row), file)
    assert history.read(file) == after


def test_there_is_no_history_before_the_first_row(tmp_path: Path) -> None:
    assert history.read(tmp_path / "history.csv") == []


def test_each_row_of_the_history_is_whole() -> None:
    """The corpus may be absent; all else is measured. The last row is that of the present version."""
    rows = history.read()
    for row in rows:
        assert tuple(row) == history.COLUMNS
        dt.date.fromisoformat(row["date"])
        assert 0 < float(row["record"]) <= float(row["value"]) <= float(row["found"]) <= 1
        assert all(float(row[name]) > 0 for name in ("clean", "damaged"))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert rows[-1]["version"] == project["version"]
