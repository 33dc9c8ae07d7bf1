"""The furniture of a site is learned and cut; what speeches say again and again stays."""

from __future__ import annotations

import random
from collections.abc import Iterable

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CLEAN_SAMPLES

from speechparse import lexicons
from speechparse.archive.site_lines import (
    LEARN,
    MINIMUM,
    SiteParser,
    SpeechPhraseRow,
    cut,
    hashed,
    is_speech,
    normalised,
    page_lines,
)
from speechparse.pipeline import Parser
from speechparse.text import AlignedText

WORDS = "青禾云岭白塔松坡柳塘麦岭石桥港湾新苗长堤"
HEAD = ["云岭政务在线", "首页 > 政务公开 > 领导讲话"]
FOOT = [
    "云岭政务在线版权所有",
    "技术支持：云岭信息中心",
    "本站内容仅供学习参考，转载请注明来源，若有不妥请告知，我们会尽快处理这些内容。",
]
FURNITURE = [*HEAD, *FOOT]


def paragraph(chance: random.Random) -> str:
    return "".join(chance.choices(WORDS, k=60)) + "。"


def page(seed: int, *, furniture: bool = True) -> list[str]:
    """The lines of a page of the site: a speech of its own, between what all pages have."""
    chance = random.Random(seed)
    body = ["同志们：", paragraph(chance), "工作打算", *(paragraph(chance) for _ in range(4)), "谢谢大家！"]
    title = f"{''.join(chance.choices(WORDS, k=8))}的总结"
    return [*HEAD, title, *body, *FOOT] if furniture else [title, *body]


def learn(pages: Iterable[tuple[str, list[str]]]) -> dict[str, dict[int, tuple[int, int]]]:
    """Of each site its recurring lines, with the pages that have it and of how many."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE page_lines (document_id INT, site TEXT, speech BIGINT, lines BIGINT[])")
        for number, (site, lines) in enumerate(pages):
            if found := page_lines("\n".join(lines)):
                connection.execute("INSERT INTO page_lines VALUES (?, ?, ?, ?)", [number, site, *found])
        sites: dict[str, dict[int, tuple[int, int]]] = {}
        for site, line, count, of_pages in connection.execute(LEARN).fetchall():
            sites.setdefault(site, {})[line] = (count, of_pages)
    return sites


def known(line: str) -> int:
    return hashed(normalised(line))


def learned(pages: int = 20) -> dict[int, int]:
    found = learn(("a", page(seed)) for seed in range(pages)).get("a", {})
    return {line: count for line, (count, _) in found.items()}


def test_what_recurs_is_learned_with_its_count() -> None:
    assert learned() == {known(line): 20 for line in [*FURNITURE, "工作打算"]}


STAYS = [
    "各位代表！",
    "各位代表，同志们：",
    "同志们：",
    "谢谢大家",
    "我的报告完了，谢谢！",
    "请予审议。",
    "一、工作回顾",
    "（二）发展目标",
    "政府工作报告",
    "在全县春季造林动员会上的讲话",
    "——2024年1月18日在青禾县第十六届人民代表大会第四次会议上",
    "（2024年3月）",
    "青禾县人民政府县长 周望山",
    "县长 陆清",
    "周望山",
    "完成投资12亿元",
    "完成投资**亿元",
    "增长百分之八",
    "抓好三个重点",
    "让我们携手并肩，再创辉煌！",
]
GOES = [
    "云岭政务在线",
    "首页 > 政务公开 > 领导讲话",
    "主办单位：云岭信息中心",
    "【打印本页】【关闭窗口】",
    "公文写作素材库",
    "如有侵权请联系我们删除。",
    "点击加载更多精彩内容",
]


@pytest.mark.parametrize("line", STAYS)
def test_lines_of_speeches_stay(line: str) -> None:
    assert is_speech(line)
    assert known(line) not in learn(("a", [line, *page(seed), line]) for seed in range(20))["a"]


@pytest.mark.parametrize("line", GOES)
def test_furniture_goes(line: str) -> None:
    assert not is_speech(line)
    assert learn(("a", [*page(seed), line]) for seed in range(20))["a"][known(line)] == (20, 20)


@pytest.mark.parametrize("row", lexicons.load("speech_phrases", SpeechPhraseRow), ids=lambda row: row.phrase)
def test_each_phrase_keeps_its_example(row: SpeechPhraseRow) -> None:
    assert row.phrase in row.example
    assert is_speech(row.example)


def test_too_few_pages_say_nothing() -> None:
    assert learned(MINIMUM - 1) == {}
    assert learned(MINIMUM) != {}


def test_too_small_a_share_says_nothing() -> None:
    pages = [("a", page(seed, furniture=seed < 9)) for seed in range(100)]
    assert learn(pages) == {"a": {known("工作打算"): (100, 100)}}
    assert len(learn(pages[:90])["a"]) == len(FURNITURE) + 1


def test_a_speech_that_is_posted_often_is_no_furniture() -> None:
    posted = [("a", page(77, furniture=False)) for _ in range(50)]
    found = learn([*posted, *(("a", page(seed)) for seed in range(10))])
    assert found["a"] == {known("工作打算"): (11, 11)} | {known(line): (10, 11) for line in FURNITURE}


def test_what_many_sites_have_is_the_language() -> None:
    pages = [(site, [f"{site}站在线", *page(seed)]) for site in "甲乙丙丁" for seed in range(9)]
    assert learn(pages) == {site: {known(f"{site}站在线"): (9, 9)} for site in "甲乙丙丁"}


def test_a_page_without_lines_says_nothing() -> None:
    assert page_lines(" \n\n") is None


def test_the_cut_leaves_the_speech() -> None:
    text = AlignedText.of("\n".join(page(99)))
    assert cut(text, learned()).text == "\n".join(page(99, furniture=False))
    assert cut(text, {}) is text


def test_what_recurs_inside_the_speech_stays() -> None:
    assert known("工作打算") in learned()
    assert "工作打算" in cut(AlignedText.of("\n".join(page(99))), learned()).text.splitlines()


def test_a_page_of_nothing_else_is_left_alone() -> None:
    text = AlignedText.of("\n".join(FURNITURE))
    assert cut(text, learned()) is text


def test_the_removals_of_a_document_have_the_rule_and_the_count() -> None:
    speech = (CLEAN_SAMPLES / "county-work-report.txt").read_text(encoding="utf-8").strip()
    plain = Parser().parse(speech)
    raw = f"{speech}\n雲嶺在線歡迎您常來看看，這裏有更多的好文章等著您。"  # a traditional page has simplified lines
    furniture = "云岭在线欢迎您常来看看，这里有更多的好文章等着您。"
    assert Parser().parse(raw).text == f"{plain.text}\n{furniture}"
    document = SiteParser(recurring={known(furniture): 37}).parse(raw)
    assert document.text == plain.text
    assert document.records == plain.records
    (removal,) = (removal for removal in document.removals if "site.recurring" in removal.rule)
    assert removal.rule == "script.traditional+site.recurring:37"
    assert removal.text.strip() == raw.splitlines()[-1]
    assert raw[removal.raw_start : removal.raw_end] == removal.text


LINES = st.lists(st.sampled_from(["云岭在线", "关于本站", "同志们：", "一、目标", "正文" * 25, "", "短"]), max_size=12)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\n　　"]))
def test_the_cut_takes_whole_lines_and_nothing_else(lines: list[str], between: str) -> None:
    text = AlignedText.of(between.join(lines))
    recurring = ["云岭在线", "关于本站"]
    after = cut(text, {known(line): 9 for line in recurring}).text
    left = [line.strip() for line in after.splitlines() if line.strip()]
    stays = [line for line in lines if line and line not in recurring]
    assert [line for line in left if line not in recurring] == stays
    assert left or not any(lines)
