"""The lexicon reader: each wrong row is refused with its file and line, and each lexicon of the repository is right."""

from __future__ import annotations

from collections import namedtuple
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from places import LEXICONS

from speechparse import LexiconError, lexicons

LEXICON_FILES = sorted(LEXICONS.glob("*.tsv"))


class Row(NamedTuple):
    word: str
    value: Decimal | None
    order: int
    loose: bool
    example: str


HEADER = "word\tvalue\torder\tloose\texample"
RIGHT = f"# units of land\n{HEADER}\n\n亩\t666.67\t1\t\t土地6840亩\n公顷\t\t2\tyes\t造林12公顷\n"

WRONG = [
    # text, line of the error, words of the message
    ("", 1, "no rows"),
    (f"{HEADER}\n", 1, "no rows"),
    ("word\tvalue\n亩\t1\n", 1, "the header is"),
    (f"{HEADER}\n亩\t1\t1\t\n", 2, "4 cells, expected 5"),
    (f"{HEADER}\n亩\t1\t1\t\t\n", 2, "the example is empty"),
    (f"{HEADER}\n\t1\t1\t\t6840亩\n", 2, "word is empty"),
    (f"{HEADER}\n亩 \t1\t1\t\t6840亩\n", 2, "space around word '亩 '"),
    (f"{HEADER}\n亩\tone\t1\t\t6840亩\n", 2, "value is 'one', expected a number"),
    (f"{HEADER}\n亩\t1\t1.5\t\t6840亩\n", 2, "order is '1.5', expected a number"),
    (f"{HEADER}\n亩\t1\t\t\t6840亩\n", 2, "order is '', expected a number"),
    (f"{HEADER}\n亩\t1\t1\tno\t6840亩\n", 2, "loose is 'no', expected 'yes' or nothing"),
    (f"{HEADER}\n# land\n亩\t1\t1\t\t6840亩\n亩\t1\t1\t\t6840亩\n", 4, "'亩' stands twice"),
    (f"{HEADER}\n公顷\t1\t1\t\t12公顷\n亩\t1\t1\t\t6840亩\n", 3, "'亩' is out of order after '公顷'"),
]


def test_typed_rows() -> None:
    assert lexicons.parse(RIGHT, Row) == (
        Row("亩", Decimal("666.67"), 1, False, "土地6840亩"),
        Row("公顷", None, 2, True, "造林12公顷"),
    )


@pytest.mark.parametrize(("text", "line", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_a_wrong_row_is_refused_with_its_place(text: str, line: int, words: str) -> None:
    with pytest.raises(LexiconError) as caught:
        lexicons.parse(text, Row, file="land.tsv")
    assert (caught.value.file, caught.value.line) == ("land.tsv", line)
    message = str(caught.value)
    assert message.startswith(f"land.tsv, line {line}: ")
    assert words in message


def test_a_missing_lexicon_is_named() -> None:
    with pytest.raises(LexiconError, match=r"no_such_lexicon\.tsv, line 1: can't be read"):
        lexicons.load("no_such_lexicon", Row)


@pytest.mark.parametrize("file", LEXICON_FILES, ids=lambda file: file.name)
def test_each_lexicon_is_sorted_unique_and_has_examples(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").split("\n")
    columns = next(line for line in lines if line.strip() and not line.startswith("#")).split("\t")
    assert "example" in columns
    row_type = namedtuple("row_type", columns)  # type: ignore[misc]
    row_type.__annotations__ = dict.fromkeys(columns, str)
    rows = lexicons.parse("\n".join(lines), row_type, file=file.name)
    assert len(rows) > 0


@pytest.mark.parametrize("file", LEXICON_FILES, ids=lambda file: file.name)
def test_each_lexicon_ends_in_one_line_break_and_has_unix_lines(file: Path) -> None:
    data = file.read_bytes()
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
    assert b"\r" not in data


def test_the_guide_names_each_lexicon() -> None:
    guide = (LEXICONS / "README.md").read_text(encoding="utf-8")
    assert [file.name for file in LEXICON_FILES if f"`{file.name}`" not in guide] == []
