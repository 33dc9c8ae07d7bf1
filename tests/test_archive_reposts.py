"""Which documents are the same speech: copies that sites make, and speeches that only look like copies."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CLEAN_SAMPLES, SHARED
from repost_cases import (
    archive,
    damaged,
    excerpt,
    masked,
    other_figures,
    scores,
    sources,
    speeches,
    with_furniture,
    without_paragraphs,
)

from speechparse import MissingExtraError
from speechparse.archive import reposts
from speechparse.archive.reposts import Row, group_reposts

CHANCE = random.Random(7)
REPORT = (CLEAN_SAMPLES / "county-work-report.txt").read_text(encoding="utf-8")
OTHER = (CLEAN_SAMPLES / "scheduling-meeting.txt").read_text(encoding="utf-8")
LONG = list(speeches(len(sources()) + 3, seed=3))[-1]
NEXT_YEAR = other_figures(REPORT, CHANCE)
NO_KEY = ("", "")
KEY = ("520000", "2024")

PAIRS = [
    # what, the texts with their office keys, whether they are the same speech
    ("the same", (REPORT, NO_KEY), (REPORT, NO_KEY), True),
    ("another", (REPORT, NO_KEY), (OTHER, NO_KEY), False),
    ("furniture", (REPORT, NO_KEY), (with_furniture(REPORT, CHANCE), NO_KEY), True),
    ("masks", (REPORT, NO_KEY), (masked(REPORT, 0.8, CHANCE), NO_KEY), True),
    ("all masked", (REPORT, NO_KEY), (masked(REPORT, 1, CHANCE), NO_KEY), True),
    ("damage", (LONG, NO_KEY), (damaged(LONG, 0.02, CHANCE), NO_KEY), True),
    ("lost paragraphs", (REPORT, NO_KEY), (without_paragraphs(REPORT, 0.3, CHANCE), NO_KEY), True),
    ("an excerpt", (LONG, NO_KEY), (excerpt(LONG, 1 / 3, CHANCE), NO_KEY), True),
    ("spaces and line breaks", (REPORT, NO_KEY), (" ".join(REPORT), NO_KEY), True),
    ("other punctuation", (REPORT, NO_KEY), (REPORT.replace("，", ",").replace("。", "."), NO_KEY), True),
    ("the next year", (REPORT, NO_KEY), (NEXT_YEAR, NO_KEY), False),
    ("the next year, masked, years known", (REPORT, KEY), (masked(NEXT_YEAR, 1, CHANCE), ("520000", "2025")), False),
    ("the same key, other figures", (REPORT, KEY), (NEXT_YEAR, KEY), False),
    ("another region", (REPORT, KEY), (REPORT, ("530000", "2024")), False),
    ("a year that is told differently", (REPORT, KEY), (REPORT, ("520000", "2025")), True),
    ("only one key known", (REPORT, KEY), (REPORT, NO_KEY), True),
    ("two short texts", ("同志们，今天开个短会。", NO_KEY), ("同志们：今天开个短会！", NO_KEY), True),
    ("two other short texts", ("同志们，今天开个短会。", NO_KEY), ("同志们，明天再开个会。", NO_KEY), False),
    ("no Chinese", ("...", NO_KEY), ("", NO_KEY), False),
]


@pytest.mark.parametrize(("one", "other", "same"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_pairs(one: tuple[str, tuple[str, str]], other: tuple[str, tuple[str, str]], same: bool) -> None:
    groups = group_reposts([("a", *one, 0), ("b", *other, 0)])
    assert (groups["a"][0] == groups["b"][0]) == same


def test_an_anchor_of_many_groups_is_a_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reposts, "CROWD", 1)
    copies = [(str(number), f"{REPORT}{OTHER[:60]}" if number % 2 else OTHER, NO_KEY, 0) for number in range(4)]
    groups = group_reposts(copies)
    assert {name: group for name, (group, _) in groups.items()}.keys() == {"0", "1", "2", "3"}
    assert groups["0"][0] == groups["2"][0] != groups["1"][0] == groups["3"][0]


BEST = [
    # badness and text of a, b, c; the best of them
    ((0, REPORT), (0, REPORT), (0, REPORT), "a"),
    ((2, REPORT), (1, REPORT), (1, REPORT), "b"),
    ((1, REPORT), (1, REPORT), (1, REPORT + "我的报告完了，请各位代表审议。"), "c"),
    ((1, REPORT + "我的报告完了，请各位代表审议。"), (0, REPORT), (3, REPORT), "b"),
]


@pytest.mark.parametrize(("a", "b", "c", "best"), BEST)
def test_the_best_copy(a: tuple[int, str], b: tuple[int, str], c: tuple[int, str], best: str) -> None:
    rows = [(name, text, NO_KEY, badness) for name, (badness, text) in zip("abc", (a, b, c), strict=True)]
    groups = group_reposts(rows)
    assert {group for group, _ in groups.values()} == {0}
    assert [name for name, (_, is_best) in groups.items() if is_best] == [best]


@pytest.mark.parametrize("seed", [1, 2])
def test_generated_archives(seed: int) -> None:
    copies = archive(600, seed)
    precision, recall = scores(copies, group_reposts(copy.row for copy in copies))
    assert precision >= 0.99
    assert recall >= 0.95


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [copy.row for copy in archive(200, seed=5)]
    groups = group_reposts(rows)
    assert group_reposts(reversed(rows)) == groups
    assert group_reposts(random.Random(1).sample(rows, len(rows))) == groups


def test_one_speech_on_many_sites_is_one_group() -> None:
    rows = [(f"{number:03}", with_furniture(REPORT, CHANCE), NO_KEY, number % 7) for number in range(200)]
    groups = group_reposts([*rows, ("other", OTHER, NO_KEY, 0)])
    assert Counter(group for group, _ in groups.values()) == {0: 200, 1: 1}


MASKED = masked(REPORT, 1, CHANCE)
YEARS = [("a", REPORT, ("", "2024"), 0), ("b", NEXT_YEAR, ("", "2025"), 0)]


@pytest.mark.parametrize(("year", "joins"), [("2024", "a"), ("2025", "b"), ("", None)])
def test_a_masked_copy_of_one_of_two_years(year: str, joins: str | None) -> None:
    groups = group_reposts([*YEARS, ("c", MASKED, ("", year), 99)])
    assert groups["a"][0] != groups["b"][0]
    assert [name for name in "ab" if groups[name][0] == groups["c"][0]] == ([joins] if joins else [])


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_real_reports_of_one_office_and_of_many_stay_apart() -> None:
    texts = sources()
    assert len(texts) > 30
    groups = group_reposts((f"{number:02}", text, NO_KEY, 0) for number, text in enumerate(texts))
    assert len({group for group, _ in groups.values()}) == len(texts)


TEXTS = st.text(st.sampled_from("年全县完成投资增长亿元项目建设，。*\n0123456789x"), max_size=200)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", "520000"]), st.integers(0, 3)), max_size=12))
def test_each_document_is_in_one_group_with_one_best_copy(made: list[tuple[str, str, int]]) -> None:
    rows: list[Row] = [(str(n), text, (region, ""), badness) for n, (text, region, badness) in enumerate(made)]
    groups = group_reposts(rows)
    assert set(groups) == {row[0] for row in rows}
    numbers = {group for group, _ in groups.values()}
    assert numbers == set(range(len(numbers)))
    assert Counter(group for group, best in groups.values() if best) == Counter(numbers)


def test_rows_are_read_once_one_after_the_other() -> None:
    read: list[str] = []

    def rows() -> Iterable[Row]:
        for name in ("a", "b"):
            read.append(name)
            yield name, REPORT, NO_KEY, 0

    assert group_reposts(rows()) == {"a": (0, True), "b": (0, False)}
    assert read == ["a", "b"]


def test_without_numpy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(MissingExtraError, match=r"speechparse\[archive\]"):
        group_reposts([("a", REPORT, NO_KEY, 0)])
