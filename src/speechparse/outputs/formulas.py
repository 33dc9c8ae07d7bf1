"""Text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises ("CSV Injection").

A reader that is no spreadsheet takes it off again with `s.str.replace(r"^'", "", …)`, or reads another format than CSV.
"""

from __future__ import annotations

from speechparse.lazy import regex

# What a spreadsheet takes for the beginning of a formula, also behind blanks and invisible characters, which some of
# them skip, and full-width, which Chinese and Japanese ones take for the same; a tab or line break may be skipped too.
# As RE2 and JavaScript have it too: DuckDB writes the tables of an archive, the report page copies its own.
FORMULA = r"^[\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]"

_FORMULA = regex.compile(FORMULA)


def guarded(text: str) -> str:
    """The text, so that a spreadsheet that opens a CSV file shows it and does nothing else."""
    return f"'{text}" if _FORMULA.match(text) else text
