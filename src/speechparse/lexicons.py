"""The only reader of `data/lexicons`: typed, checked rows.

A lexicon is a tab-separated file with a header line. Its first column is the key: sorted, unique. Every lexicon has a
column `example`, a phrase in which the row has to be found; the test suite tries each one. Lines that begin with `#`
are comments.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_type_hints

from speechparse.errors import LexiconError

R = TypeVar("R", bound=NamedTuple)


def folder() -> Path:
    """Where the lexicons are: inside an installed package, or in the repository of an editable install."""
    installed = Path(__file__).parent / "lexicons"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "data" / "lexicons"


OWN_FOLDER = "SPEECHPARSE_LEXICONS"


@lru_cache(maxsize=1)
def own_folder() -> Path | None:
    """The folder of the user's own rows, which the environment variable SPEECHPARSE_LEXICONS names.

    Its files have the names and the columns of the shipped ones. It is read when the first speech is parsed. Raises
    LexiconError where it is no folder, or holds a file that no lexicon is named like.
    """
    named = os.environ.get(OWN_FOLDER)
    if not named:
        return None
    own = Path(named)
    if not own.is_dir():
        advice = "set it to a folder with rows of your own, or unset it"
        raise LexiconError(named, 1, f"{OWN_FOLDER} names no folder; {advice}")
    known = {file.name for file in folder().glob("*.tsv")}
    for file in sorted(own.glob("*.tsv")):
        if file.name not in known:
            raise LexiconError(str(file), 1, f"no lexicon has this name; there are {', '.join(sorted(known))}")
    return own


@lru_cache(maxsize=64)
def load(name: str, row_type: type[R]) -> tuple[R, ...]:
    """The rows of `data/lexicons/NAME.tsv` as `row_type`, whose fields are the columns, in order.

    Rows of the user's own (see `own_folder`) are added; one with the key of a shipped row takes its place.

    Fields may be annotated `str`, `int`, `bool` (`yes` or empty), `Decimal` or `Decimal | None` (empty is None).
    Raises LexiconError with file and line for anything wrong.
    """
    shipped = _read(folder() / f"{name}.tsv", row_type)
    own = own_folder()
    if own is None or not (own / f"{name}.tsv").exists():
        return shipped
    rows = {row[0]: row for row in (*shipped, *_read(own / f"{name}.tsv", row_type))}
    return tuple(rows[key] for key in sorted(rows))


def _read(path: Path, row_type: type[R]) -> tuple[R, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise LexiconError(str(path), 1, f"can't be read ({error})") from error
    return parse(text, row_type, file=path.name)


def parse(text: str, row_type: type[R], *, file: str = "lexicon") -> tuple[R, ...]:
    """Parse the text of a lexicon; see `load`."""
    hints = get_type_hints(row_type)
    fields: Sequence[str] = row_type._fields
    rows: list[R] = []
    previous: str | None = None
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            if header != list(fields):
                raise LexiconError(file, number, f"the header is {header}, expected {list(fields)}")
            continue
        if len(cells) != len(fields):
            raise LexiconError(file, number, f"{len(cells)} cells, expected {len(fields)}: {', '.join(fields)}")
        for column, cell in zip(fields, cells, strict=True):
            if cell != cell.strip():
                raise LexiconError(file, number, f"space around {column} {cell!r}")
        key = cells[0]
        if not key:
            raise LexiconError(file, number, f"{fields[0]} is empty")
        if "example" in fields and not cells[fields.index("example")]:
            raise LexiconError(file, number, "the example is empty")
        if previous is not None and key <= previous:
            problem = "stands twice" if key == previous else f"is out of order after {previous!r}"
            raise LexiconError(file, number, f"{fields[0]} {key!r} {problem}")
        previous = key
        values = [_convert(cell, hints[c], c, file, number) for c, cell in zip(fields, cells, strict=True)]
        rows.append(row_type(*values))
    if not rows:
        raise LexiconError(file, 1, "no rows")
    return tuple(rows)


def _convert(cell: str, kind: Any, column: str, file: str, line: int) -> Any:
    if kind is str:
        return cell
    if kind is bool:
        if cell not in ("", "yes"):
            raise LexiconError(file, line, f"{column} is {cell!r}, expected 'yes' or nothing")
        return cell == "yes"
    if not cell and kind == Decimal | None:
        return None
    try:
        return int(cell) if kind is int else Decimal(cell)
    except (ValueError, InvalidOperation) as error:
        raise LexiconError(file, line, f"{column} is {cell!r}, expected a number") from error
