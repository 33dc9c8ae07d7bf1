"""The value parsers on the test cases of other projects, in ../shared/peers: the floors, and what is known to differ.

docs/known-differences.md lists each case that differs, with its reason. The list has to be complete and true.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from places import REPOSITORY

from speechparse import ValueParseError, parse_amount, parse_date, parse_number, parse_percentage

Row = dict[str, str]

FLOORS = {"numbers": 0.97, "percentages": 0.97, "amounts": 0.94, "dates": 0.80}
KNOWN = REPOSITORY / "docs" / "known-differences.md"
# Some projects round: 1/3 to 14 digits, an amount to the 分
TOLERANCE = Decimal("1e-9")


@pytest.fixture(scope="module")
def peers(shared: Path) -> Path:
    folder = shared / "peers"
    if not folder.is_dir():
        pytest.skip("the cases of other projects, ../shared/peers, are not here")
    return folder


def near(ours: Decimal | None, theirs: str) -> bool:
    if ours is None or not theirs:
        return ours is None and not theirs
    return abs(ours - Decimal(theirs)) <= TOLERANCE * abs(Decimal(theirs))


def number(row: Row) -> bool:
    return near(parse_number(row["text"]).value, row["value"])


def percentage(row: Row) -> bool:
    return near(parse_percentage(row["text"]).value, row["percent"])


def amount(row: Row) -> bool:
    found = parse_amount(row["text"])
    return near(found.value, row["value"]) and near(found.upper, row["upper"]) and found.currency == row["currency"]


def days(row: Row) -> str:
    """What comes out of a date, as the list of known differences writes it."""
    try:
        found = parse_date(row["text"], reference_date=dt.date.fromisoformat(row["reference_date"]))
    except ValueParseError:
        return "an error"
    return f"{found.earliest} to {found.latest}"


def date(row: Row) -> bool:
    return days(row) == f"{row['earliest']} to {row['latest']}"


SAME: dict[str, Callable[[Row], bool]] = {
    "numbers": number,
    "percentages": percentage,
    "amounts": amount,
    "dates": date,
}


def rows(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def same(table: str, row: Row) -> bool:
    try:
        return SAME[table](row)
    except ValueParseError:
        return False


def known() -> list[list[str]]:
    """The rows of the table of dates: source, text, reference date, theirs, ours, reason."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    table = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    cells = [[cell.strip().strip("`") for cell in line] for line in table]
    return [row for row in cells if row[0] != "source"]


@pytest.mark.parametrize("table", FLOORS)
def test_the_floors_hold(peers: Path, table: str) -> None:
    cases = rows(peers, table)
    wrong = [f"{row['source']}: {row['text']}" for row in cases if not same(table, row)]
    assert 1 - len(wrong) / len(cases) >= FLOORS[table], wrong


@pytest.mark.parametrize("table", FLOORS)
def test_each_difference_is_listed(peers: Path, table: str) -> None:
    listed = {(source, text) for source, text, *_ in known()} if table == "dates" else set()
    assert {(row["source"], row["text"]) for row in rows(peers, table) if not same(table, row)} - listed == set()


@pytest.mark.parametrize("case", known(), ids=lambda case: f"{case[0]} {case[1]}")
def test_each_listed_difference_is_one(peers: Path, case: list[str]) -> None:
    source, text, reference, theirs, ours, reason = case
    row = next(row for row in rows(peers, "dates") if (row["source"], row["text"]) == (source, text))
    assert (row["reference_date"], f"{row['earliest']} to {row['latest']}") == (reference, theirs)
    assert days(row) == ours != theirs
    assert reason
