"""What a notebook shows of a Document."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_report import HOSTILE, Page

import speechparse as sp
from speechparse.errors import OptionsError

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "01-county-work-report.txt"


@pytest.fixture(scope="module")
def document() -> sp.Document:
    return sp.parse(SAMPLE)


def test_a_document_shows_its_text_with_every_record_and_a_table(document: sp.Document) -> None:
    page = Page(document._repr_html_())
    assert page.unclosed == []
    assert page.tags["script"] == 0
    assert page.tags["tr"] == len(document.records) + 1
    assert len([name for name in page.ids if "-t" in name]) == len(document.records)
    assert {link[1:] for link in page.links} <= set(page.ids)


@pytest.mark.parametrize(
    ("kind", "status", "property_"),
    [
        ("amount", None, "amounts"),
        ("deadline", None, "deadlines"),
        (["count", "rank"], None, None),
        (None, "target", None),
    ],
    ids=["amounts", "deadlines", "two kinds", "targets"],
)
def test_show_chooses_kinds_and_statuses(
    document: sp.Document, kind: str | list[str] | None, status: str | None, property_: str | None
) -> None:
    view = document.show(kind=kind, status=status)
    wanted = [
        record
        for record in document.records
        if (kind is None or record.kind in kind) and (status is None or getattr(record, "status", None) == status)
    ]
    assert len(view) == len(wanted) > 0
    assert property_ is None or len(view) == len(getattr(document, property_))
    assert repr(view) == f"{len(wanted)} of {len(document.records)} records of {document.source}"


def test_two_outputs_of_a_notebook_share_no_place(document: sp.Document) -> None:
    first, second = Page(document._repr_html_()), Page(document._repr_html_())
    assert not set(first.ids) & set(second.ids)


@pytest.mark.parametrize(("kind", "status", "problem"), [("amounts", None, "no kind"), (None, "done", "no status")])
def test_a_name_that_is_none(document: sp.Document, kind: str | None, status: str | None, problem: str) -> None:
    with pytest.raises(OptionsError, match=problem):
        document.show(kind=kind, status=status)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_scraped_text_stays_text(text: str) -> None:
    source = sp.parse(text)._repr_html_()
    page = Page(source)
    assert page.tags["script"] == page.tags["img"] == 0
    assert page.tags["style"] == 1
    assert not any(name.startswith("on") for name in page.attributes)
    assert "\u202e" not in source


def test_polars_holds_what_pandas_holds(document: sp.Document) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: its table is not compared")
    table, frame = sp.to_polars(document), sp.to_frame(document)
    assert table.columns == list(frame.columns)
    assert table.height == len(frame)
    assert table["value"].dtype == polars.Float64
    assert table["value"].drop_nulls().to_list() == frame["value"].dropna().tolist()
    indicators = frame["indicator"].astype(object)
    assert table["indicator"].to_list() == indicators.where(indicators.notna(), None).tolist()
