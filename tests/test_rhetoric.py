"""Numbers that are rhetoric, and their neighbours that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracting import figures, records

from speechparse import lexicons
from speechparse.extract.rhetoric import NounRow

SENTENCES = (Path(__file__).parent / "rhetoric.tsv").read_text(encoding="utf-8").splitlines()


def test_of_the_sentences_of_rhetoric_hardly_any_gives_a_record() -> None:
    wrong = {s: [r.text for r in records(s)] for s in SENTENCES if records(s)}
    assert len(SENTENCES) >= 150
    assert len(wrong) <= 0.02 * len(SENTENCES), wrong


RHETORIC = [
    "我讲三点意见", "从四个方面查找差距", "抓好八个“一批”", "实施“三大工程”", "这三个项目都要抓", "每周调度一次",
    "解决最后一公里问题", "尽百分之百的努力", "苦战一百天", "这5个月很关键", "打造半小时经济圈", "开展三年行动",
    "做到“五个一”", "每个乡镇都要行动", "拨打12345热线", "百日攻坚", "一个声音喊到底", "任务过半", "三十多年来",
    "上述两项工作",
]  # fmt: skip

FIGURES = [
    ("走访三个乡镇", ["三个"]),
    ("新建三座水厂", ["三座"]),
    ("开工5个项目", ["5个"]),
    ("建成12套保障性住房", ["12套"]),
    ("开工项目5个", ["5个"]),
    ("新建十二座桥梁", ["十二座"]),
    ("完成百分之九十的任务", ["百分之九十"]),
    ("新建道路1公里", ["1公里"]),
    ("办理时限压缩到15天以内", ["15天以内"]),
    ("举办推进会12场", ["12场"]),
    ("工期缩短三个月", ["三个月"]),
    ("投资完成率过半", ["过半"]),
]


@pytest.mark.parametrize("text", RHETORIC)
def test_rhetoric(text: str) -> None:
    assert [f.text for f in figures(text)] == []


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[text for text, _ in FIGURES])
def test_figures_of_the_world(text: str, expected: list[str]) -> None:
    assert [f.text for f in figures(text)] == expected


NOUNS = lexicons.load("count_nouns", NounRow)


@pytest.mark.parametrize("row", NOUNS, ids=[row.term for row in NOUNS])
def test_noun(row: NounRow) -> None:
    assert row.term in row.example
    assert len(figures(row.example)) == row.world
