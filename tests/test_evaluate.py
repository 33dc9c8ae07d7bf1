"""The comparison with annotated speeches: what agrees, what does not, and texts that are not cleaned alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import speechparse as sp
from speechparse.cli import app
from speechparse.errors import InputError
from speechparse.evaluate import align, evaluate

TEXT = "在云溪县项目建设动员会上的讲话\n今年，确保完成固定资产投资30亿元以上，力争33亿元。\n云溪水厂年底前竣工投产。"


def document(text: str = TEXT) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(sp.parse(text, name="speech.txt").model_dump_json())
    return made


def gold(folder: Path, rows: list[dict[str, Any]], text: str = TEXT) -> Path:
    (folder / "speech.txt").write_text(text, encoding="utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "speech.jsonl").write_text(lines, encoding="utf-8")
    return folder


def golden(made: dict[str, Any], text: str = TEXT) -> list[dict[str, Any]]:
    """The records of a Document as a reader would write them down."""
    rows = []
    for record in made["records"]:
        line = text.count("\n", 0, record["start"]) + 1
        start = text.rfind("\n", 0, record["start"]) + 1
        n = text[start : record["start"]].count(record["text"]) + 1
        when = record.get("when")
        rows.append({**record, "line": line, "n": n, "when": when["text"] if when else None})
    return rows


def test_what_is_the_same_agrees(tmp_path: Path) -> None:
    made = document()
    result = evaluate(gold(tmp_path, golden(made)), [made])
    assert result.differences == []
    assert result.all.gold == result.all.predicted == result.all.record == len(made["records"]) > 4
    assert [result.all.f1(measure) for measure in ("found", "value", "record")] == [1, 1, 1]


# what the reader wrote instead, what is said of the record
CHANGES = [
    ({"value": "3100000000"}, "value"),
    ({"bound": "exact"}, "value"),
    ({"unit": "USD"}, "value"),
    ({"value": "many"}, "value"),
    ({"value": None}, "value"),
    ({"status": "actual"}, "record"),
    ({"strength": "strive"}, "record"),
    ({"indicator": "财政收入"}, "record"),
    ({"when": "年底前"}, "record"),
    ({"indicator": "固定资产投资额"}, None),  # most of the characters are shared
]


@pytest.mark.parametrize(("change", "what"), CHANGES, ids=[str(change) for change, _ in CHANGES])
def test_what_differs_is_said(tmp_path: Path, change: dict[str, str], what: str | None) -> None:
    made = document()
    rows = golden(made)
    first = next(number for number, row in enumerate(rows) if row["text"] == "30亿元以上")
    rows[first] |= change
    result = evaluate(gold(tmp_path, rows), [made])
    assert [difference.what for difference in result.differences] == ([what] if what else [])


def test_a_record_too_many_and_one_too_few(tmp_path: Path) -> None:
    made = document()
    rows = [row for row in golden(made) if row["text"] != "33亿元"]
    made["records"] = [record for record in made["records"] if record["kind"] != "project"]
    result = evaluate(gold(tmp_path, rows), [made])
    assert sorted((d.what, d.kind) for d in result.differences) == [("extra", "amount"), ("missed", "project")]
    assert result.all.f1("found") < 1


def test_texts_need_not_be_laid_out_alike(tmp_path: Path) -> None:
    made = document(TEXT.replace("\n", "\n\n  ").replace("30亿元", "３０亿元"))
    result = evaluate(gold(tmp_path, golden(document())), [made])
    assert result.differences == []


HALVES = (
    "今年，确保完成固定资产投资30亿元以上，力争33亿元，比去年多出一成。",
    "云溪水厂、东岭粮库和柏湾大桥年底前都要竣工投产。",
)
# a page, what of the two sentences is found in it
ALIGNED = [
    # a passage that the gold has not, before, between and behind
    (f"首页 新闻中心\n{HALVES[0]}\n分享到朋友圈\n{HALVES[1]}\n上一篇", "".join(HALVES)),
    # a passage that only the gold has
    ("".join(HALVES).replace("，比去年多出一成", ""), "".join(HALVES).replace("，比去年多出一成", "")),
    # words twice: what stands only once tells which of them it is
    ("今年，今年，" + "".join(HALVES), "".join(HALVES)),
    # halves that have changed places: the longer one
    (HALVES[1] + HALVES[0], HALVES[0]),
    ("林海苍茫，没有一句相同的话", ""),
]


@pytest.mark.parametrize(("page", "found"), ALIGNED, ids=["more", "less", "twice", "moved", "other"])
def test_texts_that_differ_are_aligned_as_far_as_they_agree(page: str, found: str) -> None:
    text = "".join(HALVES)
    pairs = align(page, text)
    assert all(page[here] == text[there] for here, there in pairs.items())
    assert "".join(text[there] for there in sorted(pairs.values())) == "".join(filter(str.isalnum, found))


def test_words_that_stand_twice_are_aligned_by_what_is_around_them() -> None:
    text = "确保完成固定资产投资和技改投资30亿元，确保完成固定资产投资和技改投资50亿元"
    page = f"首页 新闻中心\n{text}"
    assert align(page, text) == {page.index(text) + i: i for i, character in enumerate(text) if character.isalnum()}


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_aligned_is_the_same_character(text: str, other: str) -> None:
    for here, there in align(text, other).items():
        assert text[here].lower() == other[there].lower() or not text[here].isascii()


def test_a_text_is_aligned_with_itself_whole() -> None:
    assert align(TEXT, TEXT) == {i: i for i, character in enumerate(TEXT) if character.isalnum()}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"kind": "amount", "line": 9, "text": "30亿元"}, "line 1"),
        ({"kind": "amount", "line": 2, "text": "31亿元"}, "line 1"),
    ],
    ids=["line", "words"],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        evaluate(gold(tmp_path, [row]), [document()])


def test_a_folder_without_speeches_is_named(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=r"holds no NAME\.txt with its NAME\.jsonl"):
        evaluate(tmp_path, [document()])


def test_a_record_that_overlaps_two_agrees_with_the_one_that_it_overlaps_most(tmp_path: Path) -> None:
    made = document()
    rows = golden(made)
    first = next(row for row in rows if row["text"] == "30亿元以上")
    result = evaluate(gold(tmp_path, [*rows, first | {"text": "30亿元", "n": 1}]), [made])
    assert [(d.what, d.gold and d.gold["text"]) for d in result.differences] == [("missed", "30亿元")]


def test_blank_lines_between_records_do_not_count(tmp_path: Path) -> None:
    made = document()
    file = gold(tmp_path, golden(made)) / "speech.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("\n", "\n\n"), encoding="utf-8")
    assert evaluate(tmp_path, [made]).differences == []


def test_a_speech_without_a_document(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no Document is of this source"):
        evaluate(gold(tmp_path, []), [])


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    made = document()
    folder = gold(tmp_path, golden(made))
    file = tmp_path / "documents.jsonl"
    file.write_text(json.dumps(made, ensure_ascii=False) + "\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["evaluate", str(folder), str(file), "--errors"])
    assert shown.exit_code == 0
    assert shown.output.splitlines()[-1].split()[0] == "all"
    rows = [row | {"bound": "exact"} if row["text"] == "30亿元以上" else row for row in golden(made)]
    gold(tmp_path, [row for row in rows if row["text"] != "33亿元"])
    shown = CliRunner().invoke(app, ["evaluate", str(folder), str(file), "--errors"])
    said = [line.split(" role=")[0].rstrip() for line in shown.output.splitlines()[-6:]]
    assert said == [
        *["speech.txt: value amount", "  gold      30亿元以上 value=3000000000 unit=CNY bound=exact"],
        *["  predicted 30亿元以上 value=3000000000 unit=CNY bound=min"],
        *["speech.txt: extra amount", "  gold      –", "  predicted 33亿元 value=3300000000 unit=CNY bound=exact"],
    ]
    without = CliRunner().invoke(app, ["evaluate", str(folder), str(file)])
    assert without.output.splitlines() == shown.output.splitlines()[:-6]
    gold(tmp_path, golden(made))
    data = json.loads(CliRunner().invoke(app, ["evaluate", str(folder), str(file), "--format", "json"]).output)
    assert data["all"]["record_f1"] == 1
    file.write_text("{}\n", encoding="utf-8")
    wrong = CliRunner().invoke(app, ["evaluate", str(folder), str(file)])
    assert isinstance(wrong.exception, InputError)


def test_of_two_names_half_is_enough(tmp_path: Path) -> None:
    made = document("推进云溪水厂建设。\n")
    (row,) = golden(made, made["text"])
    half, less = row | {"text": "水厂"}, row | {"text": "厂"}
    for name, what in ((half, "value"), (less, "missed")):
        folder = gold(tmp_path, [name], made["text"])
        assert evaluate(folder, [made]).differences[0].what == what
