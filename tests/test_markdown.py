"""Marks of Markdown go; masks that look like them stay."""

from __future__ import annotations

import pytest
from cleaning import assert_aligned, assert_linear, run
from hypothesis import given
from hypothesis import strategies as st

import speechparse as sp
from speechparse import lexicons
from speechparse.clean.markdown import MaskWordRow, drop_markdown

DROPPED = [
    # as it stands, as it should
    ("**一、提高认识**", "一、提高认识"),
    ("  **一、提高认识**  \n**二、狠抓落实**\n", "  一、提高认识  \n二、狠抓落实\n"),
    ("今年要**加快项目建设**，新签约项目**个，投资**亿元。", "今年要加快项目建设，新签约项目**个，投资**亿元。"),
    ("**今年，确保完成投资95亿元**。新签约项目12个。", "今年，确保完成投资95亿元。新签约项目12个。"),
    ("- **一是抓项目。** 完成投资3亿元", "- 一是抓项目。 完成投资3亿元"),
    ("重点抓好**铜基材料**、**生物医药**和**现代物流**。", "重点抓好铜基材料、生物医药和现代物流。"),
    ("新签约项目**12个**，到位资金**3亿元以上**。", "新签约项目12个，到位资金3亿元以上。"),
    ("**项目建设**：**县域经济**；**区域协调**；**人才兴市**。", "项目建设：县域经济；区域协调；人才兴市。"),
    ("（**“两园一带”建设**）提速", "（“两园一带”建设）提速"),
    ("# 在云溪县项目推进会上的讲话\n## 一、提高认识", "在云溪县项目推进会上的讲话\n一、提高认识"),
    ("## 工作重点\n**一是抓项目**要有新举措。", "工作重点\n一是抓项目要有新举措。"),
    ("**一、提高认识**\n完成投资**5万元，增长8%**。", "一、提高认识\n完成投资5万元，增长8%。"),
]

KEPT = [
    "新签约项目**个，其中**个是工业项目。",
    "**年**月**日，**县**镇举行开工仪式",
    "****年完成投资***亿元",
    "20**年完成投资1**亿元，增长**%",
    "**现代化工产业园、**机械产业园、**商贸物流产业园、**再生资源基地",
    "由**建材投资的**水泥厂年底投产",
    "刚才，**同志、**书记**作了发言",
    "**县委书记**",
    "**县人民政府县长 **",
    "引进**、**等企业",
    "由李**牵头，配合的是王**。",
    "区长**在会上说，请局长**。",
    "**同志**在会上讲话，引进**、**等企业",
    "完成投资**5万元，增长8%**。",  # the first may be hidden digits, and nothing else says that this is Markdown
    "由**公司投资**，",
    "** 不是标记 **",
    "#1机组、#2机组\n#",
    "2**3",
]


@pytest.mark.parametrize(("text", "dropped"), DROPPED)
def test_dropped(text: str, dropped: str) -> None:
    aligned = run(drop_markdown, text)
    assert aligned.text == dropped
    assert {rule.split(".")[0] for _, _, rule in aligned.edits} == {"markdown"}
    assert_aligned(aligned)


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert run(drop_markdown, text).text == text


@pytest.mark.parametrize("row", lexicons.load("mask_words", MaskWordRow), ids=lambda row: row.word)
def test_words_behind_masks(row: MaskWordRow) -> None:
    assert f"**{row.word}" in row.example
    assert run(drop_markdown, row.example).text == row.example
    if row.counter_example:
        assert f"**{row.word}" in row.counter_example
        assert "*" not in run(drop_markdown, row.counter_example).text


def test_a_heading_in_markdown_is_a_heading() -> None:
    plain = "在云溪县项目推进会上的讲话\n同志们：\n一、提高认识\n项目是经济的支撑。\n二、狠抓落实\n今年新签约项目**个。"
    page = plain.replace("一、提高认识", "**一、提高认识**").replace("二、狠抓落实", "## 二、狠抓落实")
    document = sp.parse(page)
    assert document.text == sp.parse(plain).text
    assert [section.heading for section in document.speeches[0].sections] == ["提高认识", "狠抓落实"]
    assert [count.text for count in document.counts] == ["**个"]
    assert {removal.rule for removal in document.removals} == {"markdown.bold", "markdown.heading"}


PIECES = ["**", "*", "#", " ", "\n", "，", "。", "、", "个", "县", "一、", "加快项目建设", "张", "3", "亿元", "20"]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_twice_is_once_and_only_marks_go(text: str) -> None:
    once = run(drop_markdown, text)
    assert_aligned(once)
    assert run(drop_markdown, once.text).text == once.text
    assert {once.raw[start:end].strip("# \t") for start, end, _ in once.edits} <= {"**", ""}


@pytest.mark.parametrize("piece", ["**", "**项", "**项**", "# ", "#", "**项，", "* "])
def test_time_is_linear(piece: str) -> None:
    assert_linear(drop_markdown, piece)
