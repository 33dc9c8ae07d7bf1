"""One way of writing for each character and no stray spaces; punctuation, columns and Latin words as they were."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cleaning import assert_aligned, assert_linear, corpus, damaged_texts, run
from hypothesis import given

from speechparse import lexicons
from speechparse.clean.glyphs import GlyphPattern, GlyphRow, normalise_glyphs

NORMALISED = [
    # as it stands, as it should
    ("完成投资１２３．４５亿元，增长８％", "完成投资123.45亿元,增长8%".replace(",", "，")),
    ("收入２７，３１９，０００元，支出８４６千元", "收入27,319,000元，支出846千元"),
    ("ＰＰＰ项目３－５个，２０１＊年", "PPP项目3-5个，201*年"),
    ("增长15℅，占21.88%%，下降3﹪", "增长15%，占21.88%，下降3%"),
    ("1121 万 元", "1121万元"),
    ("总额三千六百 亿元，面积二十 万亩", "总额三千六百亿元，面积二十万亩"),
    ("增长 30 %，达到 12. 5 亿元", "增长30%，达到12.5亿元"),
    ("在 2020 年 5 月 20 日前", "在2020年5月20日前"),
    ("下降 2 %，比 2030 年增长 8 %", "下降2%，比2030年增长8%"),
    ("从 2026 年到 2030 年的 5 年间，收入是 2025 年的 1.5 倍", "从2026年到2030年的5年间，收入是2025年的1.5倍"),
    ("从1 9 9 3 年3 月到2 0 日，增长8 ．8 ％", "从1993年3月到20日，增长8.8%"),
    ("产量达到4 9 2 5 0 万吨，比1 9 8 0 年", "产量达到49250万吨，比1980年"),
    ("人均收入10, 467元", "人均收入10,467元"),
    ("完成53、04亿元，占5·2%，达到3。05万元", "完成53.04亿元，占5.2%，达到3.05万元"),
    ("政 府 工 作 报 告", "政府工作报告"),
    ("政　府　工　作　报　告", "政府工作报告"),
    ("2 0 1 6 年 政 府 工 作 报 告", "2016年政府工作报告"),
    ("讲　话\n目 录\n", "讲话\n目录\n"),
    ("县人民政府县长　　孙海", "县人民政府县长 孙海"),
    ("县长　孙　海", "县长 孙海"),
    ("项\u200b目\ufeff建\u00ad设\u2060", "项目建设"),
    ("全县\x01经济\x7f发展\x9c", "全县经济发展"),
    ("一、形势\r\n二、任务\r三、措施\u2028四、保障", "一、形势\n二、任务\n三、措施\n四、保障"),
    ("坚持 “项目为王” ， 加快（ 一 ）建设", "坚持“项目为王”，加快（一）建设"),
    ("加强审计, 全面规范", "加强审计,全面规范"),
    ("引进\u00a0PPP\u2003\u2003项目", "引进 PPP 项目"),
    ("⽉⽇⼈⼯，农⺠，部⻔", "月日人工，农民，部门"),
    ("区长\ue5e5\ue5e5王海", "区长 王海"),
    ("投资　１２　亿元", "投资12亿元"),
]

KEPT = [
    "各位代表：“十五”以来，《规划》提出——增长8%；（一）是……！？",
    "　　各位代表：\n    现在报告工作。\n",
    "城乡环境基础设施 PPP 项目由 ABC Group 承建",
    "12 15\n12 15 18\n桥梁\t12\t15\n",
    "2019年 2020年",
    "刘十二 王三百 元旦",
    "渠道12条 水库3座 泵站5处",
    "开工53、54、55号楼，分别完成53、4亿元",
    "1、05万元以下的项目",
    "①加快 ②推进",
    "⒈㈠①Ⅱ㎡℃‰",
    "纪念5·18、9·11、“一二·九”",
    "1. 5个项目开工",
    "三次产业结构为3.6 : 48 : 48.4",
    "201*年、20xx年、X亿元、**个、××县、某某县",
    "1．加快建设",
    "10,467元与10，467",
    "副县长 孙海 李江",
    "提高标准。 二、进一步",
    "AB栋、5G、A股、e租宝",
    "二○一六年，二〇一七年",
    "",
]


@pytest.mark.parametrize(("text", "normalised"), NORMALISED)
def test_normalised(text: str, normalised: str) -> None:
    aligned = run(normalise_glyphs, text)
    assert aligned.text == normalised
    assert {rule.split(".")[0] for _, _, rule in aligned.edits} == {"glyphs"}
    assert_aligned(aligned)


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert run(normalise_glyphs, text).text == text


def test_a_list_number_keeps_its_point() -> None:
    assert run(normalise_glyphs, "　　１．２０１６年工作回顾").text == "　　1．2016年工作回顾"


def test_an_inferred_decimal_point_is_told() -> None:
    aligned = run(normalise_glyphs, "　完成53、04亿元")
    (warning,) = aligned.warnings
    assert warning.name == "odd_decimal_point"
    assert aligned.raw[warning.raw_start : warning.raw_end] == "、"


def test_a_figure_keeps_its_place() -> None:
    aligned = run(normalise_glyphs, "投资 1 121.5 万 元，增长１２ ％")
    at = aligned.text.index("12%")
    assert aligned.raw[slice(*aligned.raw_span(at, at + 3))] == "１２ ％"


def shown(text: str) -> str:
    """Examples name the characters that can't be seen: [U+200B]."""
    return re.sub(r"\[U\+([0-9A-F]{4})\]", lambda match: chr(int(match[1], 16)), text)


@pytest.mark.parametrize("row", lexicons.load("glyphs", GlyphRow), ids=lambda row: row.first)
def test_each_character_is_put_right_in_its_example(row: GlyphRow) -> None:
    aligned = run(normalise_glyphs, shown(row.example))
    assert any(rule == f"glyphs.{row.rule}" for _, _, rule in aligned.edits)
    assert not re.search(f"[{shown(f'[{row.first}]')}-{shown(f'[{row.last}]')}]", aligned.text)
    assert any(shown(f"[{row.first}]") <= character <= shown(f"[{row.last}]") for character in shown(row.example))


PATTERNS = lexicons.load("glyph_patterns", GlyphPattern)


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.rule)
def test_each_pattern_acts_in_its_example_and_not_in_its_counter_example(row: GlyphPattern) -> None:
    acted = run(normalise_glyphs, shown(row.example))
    assert acted.text == shown(row.cleaned)
    assert any(rule == f"glyphs.{row.rule}" for _, _, rule in acted.edits)
    stayed = run(normalise_glyphs, shown(row.counter_example))
    assert all(rule != f"glyphs.{row.rule}" for _, _, rule in stayed.edits)


def test_each_pattern_has_its_place() -> None:
    orders = [row.order for row in PATTERNS]
    assert len(set(orders)) == len(orders)


@given(damaged_texts)
def test_twice_is_once_and_the_changes_tell_all(text: str) -> None:
    once = run(normalise_glyphs, text)
    assert_aligned(once)
    assert run(normalise_glyphs, once.text).text == once.text


HOSTILE = ["?", "(a)", "<", "1", "1 ", "一 ", "1，", "１，０００，", "%", "1%", "\r", "\u200b", "、0"]
HOSTILE += [" ", "　a", "1. ", "\t", "一", "１"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    assert_linear(normalise_glyphs, piece)


def letters(text: str) -> str:
    """Without spaces, line ends and width: what must be the same before and after."""
    wide = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)})
    return "".join(text.translate(wide).split())


def test_clean_texts_of_the_development_material_change_in_space_and_width_only(shared: Path) -> None:
    changed = [name for name, text in corpus(shared) if letters(run(normalise_glyphs, text).text) != letters(text)]
    assert changed == []
