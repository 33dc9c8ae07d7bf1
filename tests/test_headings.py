"""Sections by their numbered headings. `test_numbering` tries the rows of the lexicon."""

from __future__ import annotations

import pytest

from speechparse import lexicons
from speechparse.segment.headings import find_sections
from speechparse.segment.linekinds import HeadingRow, numbering

BODY = "水利是农业的命脉，各镇各部门都要主动配合。"


def sections(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.heading) for s in find_sections(text, 0, len(text))]


@pytest.mark.parametrize("row", lexicons.load("headings", HeadingRow), ids=lambda row: row.style)
def test_numbering(row: HeadingRow) -> None:
    found = numbering(row.example)
    assert found
    assert (found.style, found.level) == (row.style, row.level)
    assert numbering(row.counter_example) is None


FOUND = [
    (f"一、抓好春灌\n{BODY}\n二、抓好管护\n{BODY}", [(1, "一", "抓好春灌"), (1, "二", "抓好管护")]),
    (f"（一）抓好春灌\n{BODY}", [(2, "一", "抓好春灌")]),
    (f"(二)抓好管护。{BODY}", [(2, "二", "抓好管护")]),
    (f"1.抓好春灌\n{BODY}", [(3, "1", "抓好春灌")]),
    (f"1、抓好春灌\n{BODY}", [(3, "1", "抓好春灌")]),
    (f"一、一年来的工作\n{BODY}", [(1, "一", "一年来的工作")]),
    (f"一、 过去五年工作\n{BODY}", [(1, "一", "过去五年工作")]),
    (f"第一部分 过去五年工作\n{BODY}", [(1, "一", "过去五年工作")]),
    (f"（一）加强节水，保证春灌。\n{BODY}", [(2, "一", "加强节水，保证春灌")]),
    (f"十一、抓好春灌\n{BODY}", [(1, "十一", "抓好春灌")]),
    # run in: the first sentence is the heading; inside a paragraph it has to count on
    (
        f"{BODY}(一)抓好春灌。{BODY}\n(二)抓好管护。{BODY}(三)抓好节水。{BODY}",
        [(2, "一", "抓好春灌"), (2, "二", "抓好管护"), (2, "三", "抓好节水")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_sections_are_found(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert sections(text) == expected


NONE = [
    BODY,
    f"一是抓好春灌。{BODY}",
    f"第一，抓好春灌。{BODY}",
    f"——春灌成效好。{BODY}",
    "一、二季度雨水偏少，要早做准备。",
    "1.5万亩良田喝饱了水。",
    "12个项目开工。",
    "一、资金不足；\n二、人手不够；",
    f"{BODY}(三)抓好节水。{BODY}",
    "渠道（二）期工程开工。",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_heading(text: str) -> None:
    assert sections(text) == []


def test_a_section_reaches_to_the_next_of_its_level_or_a_higher_one() -> None:
    text = f"{BODY}\n一、春灌\n{BODY}\n（一）早动手\n{BODY}\n（二）快完工\n{BODY}\n二、管护\n{BODY}"
    found = {s.heading: text[s.start : s.end] for s in find_sections(text, 0, len(text))}
    assert found["春灌"] == f"一、春灌\n{BODY}\n（一）早动手\n{BODY}\n（二）快完工\n{BODY}"
    assert found["早动手"] == f"（一）早动手\n{BODY}"
    assert found["管护"] == f"二、管护\n{BODY}"


def test_sections_of_one_speech_of_several() -> None:
    text = f"一、春灌\n{BODY}\n一、管护\n{BODY}"
    second = text.index("一、管护")
    assert [s.heading for s in find_sections(text, second, len(text))] == ["管护"]
    assert [s.heading for s in find_sections(text, 0, second - 1)] == ["春灌"]


def test_a_long_first_sentence_is_cut_at_a_clause() -> None:
    text = f"（一）{'以节水为先，' * 20}确保春灌。{BODY}"
    assert 10 < len(sections(text)[0][2]) <= 60
