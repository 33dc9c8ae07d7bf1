"""Texts that a spreadsheet takes for formulas, and texts that look a little like it."""

from __future__ import annotations

HOSTILE = [
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "  =1",
        "　＝1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
        "\u200b+1",
        "\u00a0-x",
    ),
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid","点此")',
    "-",
]
HARMLESS = ["a=b", "5%-8%", "（+3）", "1-2", "", "'=1", '"=1"', "增长8%", "http://example.invalid", "0012", "1e5"]
