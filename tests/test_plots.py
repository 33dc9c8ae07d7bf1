"""Plots: a font that has Chinese characters or a clear message, and a mark for each bound."""

from __future__ import annotations

import sys

import pandas as pd
import pytest

from speechparse.errors import MissingExtraError, MissingFontError
from speechparse.outputs import plots

pytest.importorskip("matplotlib", reason="matplotlib is not installed: plots are not tried")

PANEL = pd.DataFrame(
    [
        ("青禾县", 2024, "gdp_growth", 6.0, 6.0, 6.0, "about", "6%左右"),
        ("云溪县", 2024, "gdp_growth", 5.0, 5.0, None, "min", "5%以上"),
        ("苍岭省", 2023, "gdp_growth", 5.0, 5.0, 5.5, "range", "5%—5.5%"),
        ("东岭市", 2023, "gdp_growth", None, None, None, "exact", "X%"),
        ("东岭市", 2023, "retail_sales_growth", 7.0, 7.0, 7.0, "exact", "7%"),
    ],
    columns=["region_name", "report_year", "indicator_id", "value", "low", "high", "qualifier", "wording"],
)


@pytest.fixture
def _a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any font will do for what is drawn where."""
    monkeypatch.setattr(plots, "FONTS", ("DejaVu Sans",))


@pytest.mark.usefixtures("_a_font")
@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
def test_each_target_is_a_line_of_the_plot() -> None:
    axes = plots.growth_targets(PANEL)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["苍岭省 2023", "云溪县 2024", "青禾县 2024"]
    assert [text.get_text() for text in axes.texts] == ["5%—5.5%", "5%以上", "6%左右"]
    assert [line.get_marker() for line in axes.lines if line.get_marker() != "None"] == ["s", ">", "o"]


@pytest.mark.usefixtures("_a_font")
def test_an_indicator_without_a_value() -> None:
    with pytest.raises(ValueError, match="no value of cpi_growth"):
        plots.growth_targets(PANEL, "cpi_growth")


def test_without_a_font_the_message_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "FONTS", ("No Such Font",))
    with pytest.raises(MissingFontError, match="fonts-noto-cjk"):
        plots.growth_targets(PANEL)


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"speechparse\[plots\]"):
        plots.cjk_font()
