"""What a figure is compared with."""

from __future__ import annotations

import time

import pytest
from extracting import rules_in_the_code, rules_of, values

from speechparse import lexicons
from speechparse.extract.comparison import ChangeRow, ComparisonRow

# text, each figure with its words of comparison
CASES = [
    ("固定资产投资同比增长12%", ["12% 同比"]),
    ("工业投资同比分别增长12%、8%和6%", ["12% 同比", "8% 同比", "6% 同比"]),
    ("完成税收12亿元，同比增加3亿元、增长33%", ["12亿元", "3亿元 同比", "33% 同比"]),
    ("新开工项目46个，比去年同期多12个", ["46个", "12个 比去年同期"]),
    ("工业投资比2030年增长12%", ["12% 比2030年"]),
    ("工业和农业投资比2030年分别增长12%、6%", ["12% 比2030年", "6% 比2030年"]),
    ("旅游收入比2030年翻一番", ["翻一番 比2030年"]),
    ("旅游收入是2030年的2.6倍", ["2.6倍 是2030年的"]),
    ("城镇居民人均可支配收入较上年增长8%以上", ["8%以上 较上年"]),
    ("工业投资增速高于全市平均水平2个百分点", ["2个百分点 高于全市平均水平"]),
    ("工业投资增速比全市平均水平高出2个百分点", ["2个百分点 比全市平均水平"]),
    ("能耗强度与上年相比，下降3%", ["3% 与上年相比"]),
    ("招商项目在去年的基础上再增加5个", ["5个 在去年的基础上"]),
    ("规上工业增加值增长8%以上，高于全省平均水平", ["8%以上 高于全省平均水平"]),
    ("农民人均纯收入12000元，超过全市平均水平800元", ["12000元", "800元 超过全市平均水平"]),
    # no comparison
    ("固定资产投资增长12%", ["12%"]),
    ("工业投资占比达到36%", ["36%"]),
    ("第三产业比重提高2个百分点", ["2个百分点"]),
    ("实现较大幅度增长，引进项目12个", ["12个"]),
    ("工业投资较快增长12%", ["12%"]),
    ("开展比学赶超活动，新增企业12家", ["12家"]),
    ("淘汰落后产能120万吨", ["120万吨"]),
    ("引进投资超过亿元的项目12个", ["12个"]),
    ("同比增长，达到12亿元", ["12亿元"]),
    ("工业投资同比增长12%，引进项目12个", ["12% 同比", "12个"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_comparisons(text: str, expected: list[str]) -> None:
    found = values(text)
    assert [f"{f.text} {f.comparison}" if f.comparison else f.text for f in found] == expected
    assert all(not f.comparison or f.comparison in text for f in found)


def test_each_rule_has_a_case() -> None:
    rules = {f"comparison.{place}" for place in ("before", "behind", "shared")}
    assert rules_of(f for text, _ in CASES for f in values(text)) >= rules == rules_in_the_code("comparison")


COMPARISONS = lexicons.load("comparisons", ComparisonRow)
CHANGES = lexicons.load("changes", ChangeRow)


@pytest.mark.parametrize("row", COMPARISONS, ids=[row.word for row in COMPARISONS])
def test_each_word_of_comparison_finds_its_example(row: ComparisonRow) -> None:
    (figure,) = values(row.example)
    assert row.word in (figure.comparison or "")


@pytest.mark.parametrize("row", CHANGES, ids=[row.word for row in CHANGES])
def test_each_word_of_change_finds_its_example(row: ChangeRow) -> None:
    (figure,) = values(f"工业投资{row.example}")
    assert figure.comparison == row.example.partition(row.word)[0]
    assert row.kind in ("change", "degree")


@pytest.mark.parametrize("piece", ["同比增长8%", "比上年比上年", "高于", "在在在基础", "比" * 10 + "8%"])
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        """The best of three: the first may also load a dictionary."""
        text, best = piece * times, float("inf")
        for _ in range(3):
            start = time.process_time()
            values(text)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(2000) < 40 * max(seconds(200), 0.01)
