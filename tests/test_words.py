"""Cutting into words: the same with rjieba as with jieba alone."""

from __future__ import annotations

import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import REPOSITORY

from speechparse import words

DICTIONARY = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
TEXTS = sorted((REPOSITORY / "tests").glob("*/*.txt"))


def with_jieba(text: str) -> list[str]:
    return list(words.tokenizer().cut(text))


@pytest.fixture
def rjieba() -> None:
    pytest.importorskip("rjieba", reason="without the extra `fast` there is only jieba's own cut")


needs_rjieba = pytest.mark.usefixtures("rjieba")


@needs_rjieba
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_speech_has_the_same_words(path: Path) -> None:
    for clause in path.read_text(encoding="utf-8").split("，"):
        assert list(words.cut(clause)) == with_jieba(clause)


@needs_rjieba
@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03印发",
        "PM_2.5浓度",
        "AT&T和C++",
        "䶮溪产业园",
        "在𠮷田路",
        "15.5%。",
        "G3012线、2×66万千瓦",
        "云溪\u3000水厂\n",
        "",
    ],
)
def test_odd_characters_are_cut_alike(text: str) -> None:
    assert list(words.cut(text)) == with_jieba(text)


def test_without_rjieba_there_is_jieba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    words._fast_cut.cache_clear()
    try:
        assert list(words.cut("云溪产业园区")) == with_jieba("云溪产业园区")
        assert words._fast_cut() is None
    finally:
        words._fast_cut.cache_clear()


@needs_rjieba
@given(st.text(alphabet="云溪产业园区的在了2026年AaZ.%-_+#& 　（）“”\n万亿元３㎡𠮷䶮é鄉", max_size=12))
def test_any_text_is_cut_alike(text: str) -> None:
    assert list(words.cut(text)) == with_jieba(text)


def test_without_rjieba_jieba_cuts(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []
    monkeypatch.setattr(words, "_fast_cut", lambda: None)
    monkeypatch.setattr(words.tokenizer(), "cut", lambda text: cut.append(text) or [text])
    assert list(words.cut("加快云溪水厂建设")) == cut == ["加快云溪水厂建设"]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_as_much_of_the_dictionary_as_a_text_needs_cuts_it_as_all_of_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert with_jieba(text) == jieba.lcut(text)


def test_the_dictionary_is_read_as_it_is() -> None:
    frequency = {word: int(seen) for word, seen, _ in map(str.split, DICTIONARY)}
    assert words.dictionary() == (frequency, sum(int(line.split()[1]) for line in DICTIONARY))


def test_a_word_has_the_tag_of_the_dictionary() -> None:
    tags = {word: tag for word, _, tag in map(str.split, DICTIONARY)}
    some = [*list(tags)[::500], list(tags)[-1]]
    assert [words.tag(word) for word in some] == [tags[word] for word in some]


@pytest.mark.parametrize("word", ["", "\n", "云溪粮库", "项目 ", "𠮷田"])
def test_what_is_no_word_has_no_tag(word: str) -> None:
    assert words.tag(word) is None
