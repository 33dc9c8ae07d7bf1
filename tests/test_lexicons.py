"""The lexicon reader: each wrong row is refused with its file and line, and each lexicon of the repository is right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import namedtuple
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from places import LEXICONS

import speechparse as sp
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


PARSE = (
    "import speechparse as sp;"
    "print([(r.text, r.unit, str(r.value)) for r in sp.parse('全县种植灵芝12万棒。').figures])"
)


def run_with_own_rows(folder: Path, code: str = PARSE) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SPEECHPARSE_LEXICONS": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_own_rows_are_added_without_touching_the_package(tmp_path: Path) -> None:
    header = (LEXICONS / "units.tsv").read_text(encoding="utf-8").split("\n")[0]
    (tmp_path / "units.tsv").write_text(f"{header}\n棒\tcount\t棒\t1\t种植灵芝12万棒\t\n", encoding="utf-8")
    assert run_with_own_rows(tmp_path).stdout == "[('12万棒', '棒', '120000')]\n"
    assert sp.parse("全县种植灵芝12万棒。").figures == []


INDICATORS = "id\tenglish\tdimension\tform\tsynonyms\texample\tcounter_example\n"
EVIDENCE = "pattern\tsort\tyear\texample\tcounter_example\n"


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("unit.tsv", "term\n", "no lexicon has this name"),
        ("units.tsv", "term\tkind\n", "units.tsv, line 1: the header is"),
        ("indicators.tsv", f"{INDICATORS}a\tA\tcount\tsum\t甲\t甲5个\t乙5个\n", "a: form 'sum'"),
        ("indicators.tsv", f"{INDICATORS}a\tA\tcount\tlevel\t@b\t甲5个\t乙5个\n", "a refers to @b, which is no row"),
        ("year_evidence.tsv", f"{EVIDENCE}甲之年\tday\t2010\t今年是甲之年\t乙\n", "sort 'day' of 甲之年 is not known"),
        (None, "", "names no folder"),
    ],
    ids=["name", "header", "form", "reference", "sort", "folder"],
)
def test_wrong_own_rows_are_named(tmp_path: Path, file: str | None, content: str, problem: str) -> None:
    if file:
        (tmp_path / file).write_text(content, encoding="utf-8")
    code = "import speechparse as sp; sp.parse('全县开工重点项目65个。')"
    done = run_with_own_rows(tmp_path if file else tmp_path / "nowhere", code)
    assert "LexiconError" in done.stderr
    assert problem in done.stderr
