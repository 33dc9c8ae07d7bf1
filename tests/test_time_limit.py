"""The time limit of a document: a clear error in any stage and any thread, and never another result."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from places import SAMPLE_FILES

import speechparse as sp
from speechparse import time_limit
from speechparse.time_limit import check, checked, limited

TEXT = "今年，确保完成固定资产投资53.2亿元以上，力争新开工项目30个，其中工业项目12个。\n"

ENDLESS = [
    # what each stage is long at
    ("html", "<div><p>今年</p>", 8_000),
    ("pinyin", "推进(tuījìn)项目??建设，", 3_000),
    ("mojibake", "椤圭洰建设，", 20_000),
    ("mojibake in one run", "é¡¹ç›®", 40_000),
    ("script", "項目建設，", 40_000),
    ("glyphs", "投资 １２ ．５ 亿 元，", 20_000),
    ("boilerplate", "字号：大 中 小\n", 20_000),
    ("speeches", "同志们：\n今年的工作。\n", 8_000),
    ("figures and names", TEXT.strip(), 4_000),
    ("one clause", TEXT.replace("，", "").replace("。\n", ""), 4_000),
]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    for file in SAMPLE_FILES:
        sp.parse(file)


@pytest.mark.parametrize(("piece", "times"), [row[1:] for row in ENDLESS], ids=[row[0] for row in ENDLESS])
def test_a_long_document_ends_in_a_clear_error(piece: str, times: int) -> None:
    limit = sp.ParseOptions(time_limit=0.05)
    with pytest.raises(sp.TimeLimitError, match=r"^page\.html: took longer than 0\.05 s; give it more time") as caught:
        sp.Parser(limit).parse(piece * times, name="page.html")
    assert isinstance(caught.value, sp.InputError)
    assert caught.value.seconds == 0.05


def test_clean_has_the_limit_too(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(ENDLESS[0][1] * ENDLESS[0][2], encoding="utf-8")
    with pytest.raises(sp.TimeLimitError, match=r"page\.html: took longer"):
        sp.clean(page, options=sp.ParseOptions(time_limit=0.01))


def test_enough_time_changes_nothing() -> None:
    for file in SAMPLE_FILES:
        assert sp.parse(file, options=sp.ParseOptions(time_limit=600)) == sp.parse(file)


def test_each_thread_has_its_own() -> None:
    """A document without a limit is not stopped by the limit of another, nor by that of the thread that started it."""

    def parsed(limit: float | None) -> bool:
        try:
            sp.parse(TEXT * 200, options=sp.ParseOptions(time_limit=limit))
        except sp.TimeLimitError:
            return False
        return True

    with limited(1e-9, "the main thread"), ThreadPoolExecutor(4) as threads:
        assert list(threads.map(parsed, [None, 1e-6, None, 1e-6] * 2)) == [True, False, True, False] * 2


def test_a_limit_ends_with_its_document() -> None:
    with pytest.raises(sp.TimeLimitError):
        sp.parse(TEXT, options=sp.ParseOptions(time_limit=1e-9))
    check()
    assert sp.parse(TEXT).targets


def test_a_check_costs_nothing_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "monotonic", lambda: pytest.fail("the clock was asked"))
    assert list(checked("abc")) == ["a", "b", "c"]


@pytest.mark.parametrize("limit", [0, -1, float("nan")])
def test_a_limit_is_a_time(limit: float) -> None:
    with pytest.raises(sp.OptionsError, match="is not a number of seconds above 0; leave it out"):
        sp.ParseOptions(time_limit=limit)


def test_the_time_is_that_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(time_limit, "monotonic", lambda: now)
    with limited(2, "page"):
        now += 1.9
        check()
        now += 0.2
        with pytest.raises(sp.TimeLimitError):
            check()
