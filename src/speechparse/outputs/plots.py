"""Plots with matplotlib (extra `plots`), with a font that has Chinese characters.

Without such a font matplotlib prints boxes; here that is an error which says how to get one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from speechparse.errors import MissingExtraError, MissingFontError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# what Debian, Windows, macOS and the usual free packages call theirs
FONTS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "SimHei"),
    *("PingFang SC", "Hiragino Sans GB", "Heiti SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP"),
    *("AR PL UMing CN", "AR PL UKai CN", "Noto Serif CJK SC", "SimSun", "STHeiti", "Arial Unicode MS"),
)
COLOURS = {"min": "#1b7f5c", "max": "#b3261e", "about": "#c98a00", "range": "#3b62c4", "exact": "#555555"}
MARKERS = {"min": ">", "max": "<", "about": "o", "range": "s", "exact": "o"}


def cjk_font() -> str:
    """The name of an installed font with Chinese characters, for matplotlib's `font.family`.

    Raises MissingExtraError without matplotlib, MissingFontError where no such font is found.
    """
    try:
        from matplotlib import font_manager
    except ImportError as error:
        raise MissingExtraError("matplotlib", "plots") from error
    installed = {font.name for font in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in installed:
            return name
    raise MissingFontError


def growth_targets(panel: pd.DataFrame, indicator_id: str = "gdp_growth", ax: Axes | None = None) -> Axes:
    """The targets of one indicator, one line a place and year, with their bounds.

    panel: rows of the view `targets` of an archive's database (`region_name`, `report_year`, `indicator_id`, `value`,
    `low`, `high`, `qualifier`, `wording`). A triangle points to where a bound is open, a bar spans a range,
    a hollow circle is about (左右). Raises as `cjk_font`, and ValueError where the indicator has no row.
    """
    font = cjk_font()
    from matplotlib import pyplot

    rows = panel[(panel.indicator_id == indicator_id) & panel.value.notna()]
    if rows.empty:
        raise ValueError(f"the panel has no value of {indicator_id}")
    rows = rows.sort_values(["report_year", "region_name"])
    with pyplot.rc_context({"font.family": [font], "axes.unicode_minus": False}):
        axes: Any = ax if ax is not None else pyplot.subplots(figsize=(7, 0.4 * len(rows) + 1.2))[1]
        years = rows.report_year.astype("Int64").astype("string").fillna("")
        labels = [f"{place} {year}".strip() for place, year in zip(rows.region_name, years, strict=True)]
        for at, row in enumerate(rows.itertuples()):
            colour = COLOURS[row.qualifier]
            if row.qualifier == "range":
                axes.plot([row.low, row.high], [at, at], color=colour, linewidth=4)
            face = "none" if row.qualifier == "about" else colour
            axes.plot(row.value, at, MARKERS[row.qualifier], color=colour, markerfacecolor=face)
            place = {"xytext": (8, 4), "textcoords": "offset points"}
            axes.annotate(row.wording, (row.value, at), fontsize=8, font=font, **place)
        axes.set_yticks(range(len(labels)), labels, font=font)
        axes.set_ylim(-0.8, len(labels) - 0.2)
        axes.margins(x=0.25)
        axes.set_xlabel(indicator_id)
        axes.grid(axis="x", alpha=0.3)
    return axes  # type: ignore[no-any-return]
