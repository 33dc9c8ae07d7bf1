"""The record reference, the shipped schema and its example are those of the present models."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from make_records import FILES, KINDS, example
from pages import page_name
from typer.testing import CliRunner

import speechparse as sp
from speechparse.cli import app
from speechparse.records import Removal, Repair, Section, Speech, Warning, When


def shipped(name: str) -> Any:
    return json.loads((resources.files("speechparse") / "schema" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", FILES, ids=page_name)
def test_it_is_up_to_date(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == FILES[file](), "python tests/make_records.py writes it"


def test_the_shipped_schema_is_the_one_that_the_command_prints() -> None:
    assert shipped("document.schema.json") == json.loads(CliRunner().invoke(app, ["schema"]).stdout)


def test_the_shipped_example_is_valid_and_has_every_kind() -> None:
    jsonschema.Draft202012Validator(shipped("document.schema.json")).validate(shipped("example.json"))
    document = sp.Document.model_validate(shipped("example.json"))
    assert {type(record) for record in document.records} == {*KINDS}
    assert all(document.text[record.start : record.end] == record.text for record in document.records)
    assert document.repairs
    assert document.removals
    assert document.warnings
    assert document.speeches[0].sections


MODELS = [*KINDS, sp.Document, When, Speech, Section, Repair, Removal, Warning]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_field_says_what_it_means(model: Any) -> None:
    properties = model.model_json_schema(mode="serialization")["properties"]
    assert [name for name in properties if name != "kind" and not properties[name].get("description")] == []


def test_the_page_of_the_examples_is_not_masked() -> None:
    """So that each example shows a value."""
    assert all(figure.value is not None for figure in example().figures)
