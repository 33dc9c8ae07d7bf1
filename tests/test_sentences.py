"""Sentences and clauses as spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechparse.segment.sentences import clauses, sentences

# `|` parts what has to be apart
SENTENCES = [
    "水是命脉。|渠是血管！|谁来管护？",
    "他说：“渠要修好。”|大家都同意。",
    "一、抓好春灌|今年雨水偏少。",
    "投资3.5亿元，增长1.2%。|再接再厉！！|",
    "没有句号的一行",
    "（二）抓好管护。|今年要早动手（各镇落实）。",
]
CLAUSES = [
    "总投资1,080万元，|其中：|市里出三成；|县里出七成。",
    "水利、农业、林业要配合，|一件一件抓。|",
    "时间从8:30到9:00，|不得延误。",
]


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences(case: str) -> None:
    pieces = [piece for piece in case.split("|") if piece]
    text = case.replace("春灌|", "春灌\n").replace("|", "")
    assert [text[s.start : s.end] for s in sentences(text)] == pieces


@pytest.mark.parametrize("case", CLAUSES)
def test_clauses(case: str) -> None:
    text = case.replace("|", "")
    assert [text[s.start : s.end] for s in clauses(text)] == [piece for piece in case.split("|") if piece]


def test_a_part_of_a_text() -> None:
    text = "甲。乙，丙。丁。"
    assert [text[s.start : s.end] for s in sentences(text, 2, 6)] == ["乙，丙。"]
    assert [text[s.start : s.end] for s in clauses(text, 2, 6)] == ["乙，", "丙。"]


@given(st.text(alphabet="水，。！；：”“12,: \n", max_size=80))
def test_spans_cover_all_but_space(text: str) -> None:
    for cut in (sentences, clauses):
        spans = list(cut(text))
        assert "".join("".join(text[s.start : s.end] for s in spans).split()) == "".join(text.split())
        assert all(a.end <= b.start for a, b in pairwise(spans))
