"""A table as a Stata 14+ file (.dta version 118, UTF-8; extra `stata`).

The format puts the widths of all texts in front of the rows, and pandas writes it from one table: all rows are in
memory here. Variables are labelled with the comments of the columns; a name that Stata can't have is changed. Days and
times are Stata's own (%td, %tc), other numbers doubles or the smallest integers that hold them, a truth value is 0 or
1. A column of integers (hashes) of which one is beyond what a double holds exactly becomes text. Stata has no missing
text: it is "". Texts of more than 2,045 bytes become strL.
"""

from __future__ import annotations

from pathlib import Path

from speechparse.archive.export import Column, Table
from speechparse.errors import MissingExtraError
from speechparse.lazy import regex

MAX_NAME = 32
MAX_LABEL = 80
MAX_FIXED = 2_045  # bytes of a text that is no strL
MAX_EXACT = 2**53  # from here on a double skips integers
VERSION = 118

# Stata's reserved names and Mata's words: those that pandas would change, and then lose their labels.
RESERVED = frozenset(
    """
    _all _b _coef _cons _n _N _pi _pred _rc _se _skip aggregate array boolean break byte case catch class
    colvector complex const continue default delegate delete do double else eltypedef end enum explicit export
    external float for friend function global goto if in inline int local long NULL pragma protected quad
    rowvector short str# strL typedef typename using virtual with
    """.split()
)

_NO_LETTER = regex.compile(r"[^\p{L}\p{Nd}_]|[\u0080-\u00bf]")
_NO_NAME = regex.compile(r"\d|str\d+$")

_FORMS = {
    "boolean": "{}::TINYINT",
    "date": "{}::TIMESTAMP",
    "decimal": "{}::DOUBLE",
    "float": "CASE WHEN isfinite({0}) THEN {0} END",
}


def write(table: Table, file: Path) -> int:
    """Write the table to the file and return the number of its rows."""
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "stata") from error
    names = variable_names([column.name for column in table.columns])
    query = table.select([_cell(column) for column in table.columns], names)
    frame: pd.DataFrame = table.connection.execute(query).df()
    columns = dict(zip(names, table.columns, strict=True))
    texts = [name for name, column in columns.items() if column.is_text]
    for name, column in columns.items():
        if column.kind == "integer" and not column.is_wide and frame[name].abs().max() > MAX_EXACT:
            frame[name] = frame[name].map(str)
    times = {"date": "td", "moment": "tc", "zoned": "tc"}
    frame.to_stata(
        file,
        version=VERSION,
        write_index=False,
        data_label=table.name[:MAX_LABEL],
        variable_labels={name: (column.comment or column.name)[:MAX_LABEL] for name, column in columns.items()},
        convert_dates={name: times[column.kind] for name, column in columns.items() if column.kind in times},
        convert_strl=[name for name in texts if frame[name].str.encode("utf-8").str.len().max() > MAX_FIXED],
    )
    return len(frame)


def variable_names(names: list[str]) -> list[str]:
    """Names that Stata can have, each once: letters, digits and `_`, at most 32, no reserved word."""
    made: list[str] = []
    for name in names:
        valid = _NO_LETTER.sub("_", name)
        if not valid or valid in RESERVED or _NO_NAME.match(valid):
            valid = "_" + valid
        valid = valid[:MAX_NAME]
        number = 1
        while valid in made:
            number += 1
            valid = f"{valid[: MAX_NAME - len(str(number)) - 1]}_{number}"
        made.append(valid)
    return made


def _cell(column: Column) -> str:
    if column.is_text:
        return f"replace(coalesce({column.flat}, ''), chr(0), '')"  # to Stata a zero byte ends a text
    if column.is_wide:
        return f"{column.sql}::DOUBLE"
    return _FORMS.get(column.kind, "{0}").format(column.flat)
