"""Figures whose number was deleted: only the unit or the classifier is left, and no value is guessed."""

from __future__ import annotations

import pytest
from extracting import figures, said

LOST = [
    (
        "新签约项目个，开工个，竣工个，征收土地亩。",
        ["个 ? 个 exact", "个 ? 个 exact", "个 ? 个 exact", "亩 ? 亩 exact"],
    ),
    ("引进项目个、改造危房户；完成投资亿元以上，新建厂房平方米。", ["个", "户", "亿元以上 min CNY", "平方米"]),
    ("完成投资万元，硬化道路公里，接待游客人次。", ["万元 CNY", "公里", "人次"]),
    ("个项目开工，条背街小巷改造完工，户企业搬迁，栽树多亩。", ["个", "条", "户", "多亩 min"]),
]


@pytest.mark.parametrize(("text", "expected"), LOST, ids=[text for text, _ in LOST])
def test_lost_numbers(text: str, expected: list[str]) -> None:
    lost = [f for f in figures(text) if "figure.lost" in f.rule]
    assert all(f.value is None for f in lost)
    assert len(lost) == len(expected)
    for figure, words in zip(lost, expected, strict=True):
        assert set(words.split()) <= set(said(figure).split())


NONE = [
    # words that end in a classifier
    "走访农户，举办讲座，报效国家，服务客户，感谢专家。",
    "不怕困难，一个，两家，三座。",
    # one or two such places may be anything
    "新签约项目个，开工30个。",
    "新签约项目个，在建个，竣工12个。",
    # each number is there
    "新签约项目3个，开工5个，竣工8个，征收土地200亩。",
    "这个，那个，每个，各家，整条，半座。",
]


@pytest.mark.parametrize("text", NONE)
def test_nothing_lost(text: str) -> None:
    assert [f.text for f in figures(text) if "figure.lost" in f.rule] == []
