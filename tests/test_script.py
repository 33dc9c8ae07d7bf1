"""Traditional characters become simplified, wrong ones too; simplified text keeps every character."""

from __future__ import annotations

from pathlib import Path

import opencc
import pytest
from cleaning import assert_aligned, assert_linear, corpus, damaged_texts, read, run
from hypothesis import given

from speechparse import ParseOptions, lexicons
from speechparse.clean.script import ScriptFix, ScriptName, simplify

CONVERTED = [
    # text, simplified
    ("在全縣項目建設推進會上的講話", "在全县项目建设推进会上的讲话"),
    ("髮展經濟，擴大麵積，幹部帶頭", "发展经济，扩大面积，干部带头"),
    ("乾部隊伍與乾部作風，關係與聯係", "干部队伍与干部作风，关系与联系"),
    ("隨著改革，沿著方向，著力推進，抓著不放", "随着改革，沿着方向，着力推进，抓着不放"),
    ("成效顯著，著名景區，土著魚類，領導著作", "成效显著，著名景区，土著鱼类，领导著作"),
    ("乾隆年間，發揮作用，瞭望塔，瞭解情況", "乾隆年间，发挥作用，瞭望塔，了解情况"),
    ("為瞭實現目標，祇有狠抓落實", "为了实现目标，只有狠抓落实"),
    ("征地製度，批準項目，週年慶典，佈局合理", "征地制度，批准项目，周年庆典，布局合理"),
    ("全县項目建设推进会", "全县项目建设推进会"),
    ("投资12亿元的項目", "投资12亿元的项目"),
    ("縣長：投資１２億元，增長８％", "县长：投资１２亿元，增长８％"),
]

KEPT = [
    "乾县、乾陵与乾隆年间",
    "成效显著，著名景区，编著县志",
    "樊於期、瞭望塔、后来、夥伴",
    "副市长陈昇，总工程师赵鎔",
    "镕、喆、堃、昇",
    "“项目为王”，增长８％",
    "GDP增长5.2%",
    "",
]


@pytest.mark.parametrize(("text", "simplified"), CONVERTED)
def test_traditional_text_is_simplified(text: str, simplified: str) -> None:
    aligned = run(simplify, text)
    assert aligned.text == simplified
    assert {rule for _, _, rule in aligned.edits} == {"script.traditional"}
    assert_aligned(aligned)


@pytest.mark.parametrize("text", KEPT)
def test_simplified_text_stays(text: str) -> None:
    assert run(simplify, text).text == text


def test_a_simplified_line_stays_in_a_page_with_a_traditional_one() -> None:
    page = "網站首頁，領導講話\n" + "乾县今年开工项目32个，成效显著。" * 9
    assert run(simplify, page).text == page.replace("網站首頁，領導講話", "网站首页，领导讲话")


@pytest.mark.parametrize("text", [text for text, _ in CONVERTED])
def test_the_script_can_be_kept(text: str) -> None:
    assert run(simplify, text, ParseOptions(script="keep")).text == text


def test_each_character_keeps_its_place() -> None:
    aligned = run(simplify, "全縣項目")
    assert [aligned.raw_span(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (2, 3), (3, 4)]


FIXES = lexicons.load("script_fixes", ScriptFix)


@pytest.mark.parametrize("row", FIXES, ids=lambda row: row.form)
def test_each_fix_holds_in_its_example(row: ScriptFix) -> None:
    assert len(row.form) == len(row.simplified)
    assert row.simplified in run(simplify, row.example).text
    if row.counter_example:
        assert row.simplified not in run(simplify, row.counter_example).text.replace(row.form, "")
        assert row.form in run(simplify, row.counter_example).text


@pytest.mark.parametrize("row", lexicons.load("script_names", ScriptName), ids=lambda row: row.character)
def test_each_name_keeps_its_character(row: ScriptName) -> None:
    assert row.character in row.example
    assert opencc.OpenCC("t2s").convert(row.character) != row.character  # it would not have to be listed
    assert run(simplify, row.example).text == row.example


@given(damaged_texts)
def test_twice_is_once_and_the_changes_tell_all(text: str) -> None:
    once = run(simplify, text)
    assert_aligned(once)
    assert len(once.text) == len(text)
    assert run(simplify, once.text).text == once.text


@pytest.mark.parametrize("piece", ["?", "(a)", "<", "項", "項a", "項\n", "乾", "著"])
def test_time_is_linear(piece: str) -> None:
    assert_linear(simplify, piece)


def test_no_false_alarm_on_the_development_material(shared: Path) -> None:
    texts = [*corpus(shared), *((file.name, read(file)) for file in shared.glob("gold/*.txt"))]
    assert [name for name, text in texts if run(simplify, text).text != text] == []


def test_the_development_material_comes_back_from_traditional(shared: Path) -> None:
    to_traditional = opencc.OpenCC("s2t")
    different = total = 0
    for _, text in corpus(shared):
        there = to_traditional.convert(text)
        back = run(simplify, there).text
        different += sum(a != b for a, b in zip(text, back, strict=True))
        total += len(text)
    assert different <= 0.0001 * total
