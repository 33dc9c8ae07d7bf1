"""What a text says stays when it is written in another way (rewritings.py), with the floors of floors.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from cleaning import corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CLEAN_SAMPLES
from rewritings import (
    REWRITINGS,
    compare,
    differing,
    full_width_figures,
    in_page_text,
    in_wan,
    in_words,
    spaced_digits,
    spaced_units,
    traditional,
    wrapped,
)

import speechparse as sp
from speechparse.pipeline import Parser

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["metamorphic"]
EVERY = 7  # of the development material: benchmarks/metamorphic.py takes all of it


@cache
def own_texts() -> dict[str, sp.Document]:
    """The clean texts of this repository and what is read from them."""
    files = sorted([*CLEAN_SAMPLES.glob("*.txt"), *(HERE / "gold").glob("*.txt")])
    return {text: sp.parse(text) for text in (Parser().clean(file).text for file in files)}


def agreement(texts: dict[str, sp.Document], name: str) -> float:
    """The share of the records of some texts that stay when these are written in another way."""
    rewriting = REWRITINGS[name]
    found = [compare(doc, sp.parse(rewriting.rewrite(text)), rewriting.name) for text, doc in texts.items()]
    return sum(each.corresponding for each in found) / sum(each.records for each in found)


@pytest.mark.parametrize("name", REWRITINGS)
def test_own_texts(name: str) -> None:
    assert any(REWRITINGS[name].rewrite(text) != text for text in own_texts())
    assert agreement(own_texts(), name) >= FLOORS["own"]


@pytest.fixture(scope="module")
def development(shared: Path) -> dict[str, sp.Document]:
    texts = [Parser().clean(text).text for _, text in list(corpus(shared))[::EVERY]]
    return {text: sp.parse(text) for text in texts}


@pytest.mark.parametrize("name", REWRITINGS)
def test_development_material(development: dict[str, sp.Document], name: str) -> None:
    assert agreement(development, name) >= FLOORS["corpus"]


# Each may come on top of those before it.
STACK: tuple[Callable[[str], str], ...] = (
    traditional,
    in_wan,
    full_width_figures,
    spaced_units,
    lambda text: wrapped(text, ragged=True, indent="    "),
    in_page_text,
)
STACKED = (CLEAN_SAMPLES / "county-work-report.txt").read_text(encoding="utf-8")


@given(st.sets(st.sampled_from(range(len(STACK)))), st.sampled_from(["utf-8", "gb18030", "utf-16-le"]))
@settings(max_examples=40)
def test_one_upon_another(chosen: set[int], encoding: str) -> None:
    text = STACKED
    for step in sorted(chosen):
        text = STACK[step](text)
    found = compare(sp.parse(STACKED), sp.parse(text.encode(encoding)), in_wan if 1 in chosen else str)
    assert [list(differing(difference)) for difference in found.differences] == []


REWRITTEN = [
    (in_wan, "1.62亿元", "16200万元"),
    (in_wan, "10—15亿元，其中3、5亿元", "100000—150000万元，其中30000、50000万元"),
    (in_wan, "3.2万亿元、30多亿元、2×66亿元、十亿元", "3.2万亿元、30多亿元、2×66亿元、十亿元"),
    (in_words, "增长12.5%、305%、110%、0.3%", "增长百分之十二点五、百分之三百零五、百分之一百一十、百分之零点三"),
    (in_words, "5%—6%，80%二级医院", "5%—6%，80%二级医院"),
    (spaced_units, "投资12亿元，增长8%", "投资 12 亿 元，增长 8 %"),
    (spaced_digits, "12.5%，3部", "1 2 . 5%，3部"),
]


@pytest.mark.parametrize(("rewrite", "text", "written"), REWRITTEN)
def test_a_rewriting_says_the_same(rewrite: Callable[[str], str], text: str, written: str) -> None:
    assert rewrite(text) == written


COMPARED = [
    # two texts, their records, those that correspond, what differs
    ("全年完成投资12亿元，增长8%。", "全年完成投资12亿元，增长8%。", 6, 6, []),
    ("全年完成投资12亿元，增长8%。", "全年完成投资12亿元，增长9%。", 6, 4, ["value"]),
    ("全年完成投资12亿元，增长8%。", "全年完成投资12亿元。", 5, 4, ["lost"]),
    ("全年完成投资12亿元。", "全年完成投资12亿元，增长8%。", 5, 4, ["new"]),
    ("全年完成投资12亿元，增长8%。", "全年完成投资12亿元以上，增长8%。", 6, 4, ["bound"]),
    ("完成投资12亿元。", "3月底前完成投资12亿元。", 3, 0, ["kind", "new"]),
]


@pytest.mark.parametrize(("one", "other", "records", "corresponding", "what"), COMPARED)
def test_compare(one: str, other: str, records: int, corresponding: int, what: list[str]) -> None:
    found = compare(sp.parse(one), sp.parse(other))
    assert (found.records, found.corresponding) == (records, corresponding)
    wrong = [field for difference in found.differences for field in differing(difference)]
    assert [field.split("+")[0] for field in wrong] == what
