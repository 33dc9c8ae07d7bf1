"""The JSON contract: what a Document says in JSON, and that its schema and its models agree."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from example_document import FULL, place
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import speechparse as sp
from speechparse.records import SCHEMA_VERSION

SCHEMA = sp.Document.model_json_schema(mode="serialization")


def test_json_round_trip() -> None:
    again = sp.Document.model_validate_json(FULL.model_dump_json())
    assert again == FULL.model_copy(update={"raw": ""})


def test_the_raw_text_is_no_part_of_the_json() -> None:
    assert "raw" not in json.loads(FULL.model_dump_json())
    assert "raw" not in SCHEMA["properties"]


def test_json_validates_against_the_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(FULL.model_dump_json()), SCHEMA)


WRONG_JSON = [
    # path to a field, a value that the schema must refuse
    (("records", 0, "value"), 9500000000),
    (("records", 0, "bound"), "atleast"),
    (("records", 0, "kind"), "money"),
    (("records", 0, "start"), "0"),
    (("schema_version",), "2"),
    (("speeches",), None),
]


@pytest.mark.parametrize(("path", "value"), WRONG_JSON)
def test_the_schema_refuses(path: tuple[Any, ...], value: object) -> None:
    document = json.loads(FULL.model_dump_json())
    parent = document
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_contract_fields() -> None:
    """The names that other systems read; a change of them changes SCHEMA_VERSION."""
    document = json.loads(FULL.model_dump_json())
    assert document["schema_version"] == SCHEMA_VERSION == "1"
    assert list(document) == [
        *("schema_version", "source", "encoding", "title", "date", "place", "speaker", "text"),
        *("speeches", "records", "repairs", "removals", "warnings"),
    ]
    amount, deadline, project, count = document["records"][:4]
    assert set(amount) == {
        *("kind", "text", "start", "end", "raw_start", "raw_end", "speech", "rule"),
        *("value", "upper", "unit", "bound", "role", "indicator", "indicator_id", "status", "strength", "of"),
        *("comparison", "when"),
    }
    assert (amount["value"], count["value"]) == ("9500000000", None)
    assert count["when"] == {"text": "年底前", "earliest": None, "latest": "201X-12-31"}
    assert (deadline["earliest"], deadline["latest"]) == (None, "201X-12-31")
    assert project["name"] == "鹿鸣铜基新材料产业园"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e20"), max_value=Decimal("1e20")))
def test_numbers_are_plain_decimal_strings(value: Decimal) -> None:
    amount = sp.Amount(**place("95亿元以上"), value=value, unit="CNY")
    written = json.loads(amount.model_dump_json())["value"]
    assert set(written) <= set("-.0123456789")
    assert Decimal(written) == value
    assert amount.value == value


@pytest.mark.parametrize(
    ("value", "yi"), [(Decimal("5320000000"), Decimal("53.2")), (Decimal(-100000000), Decimal(-1)), (None, None)]
)
def test_amount_in_yi(value: Decimal | None, yi: Decimal | None) -> None:
    assert sp.Amount(**place("95亿元以上"), value=value, unit="CNY").yi == yi


def test_views_of_a_document() -> None:
    sizes = {name: len(getattr(FULL, name)) for name in ("amounts", "counts", "percentages", "measures", "ranks")}
    assert sizes == {"amounts": 1, "counts": 1, "percentages": 1, "measures": 1, "ranks": 1}
    assert [len(FULL.deadlines), len(FULL.periods), len(FULL.projects), len(FULL.figures)] == [1, 1, 1, 5]
    assert [record.text for record in FULL.targets] == ["95亿元以上", "28个"]


def test_records_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        FULL.records[0].text = "96亿元以上"
    with pytest.raises(ValidationError):
        sp.Deadline(**place("年底前"), year=2016)
