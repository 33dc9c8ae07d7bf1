"""The one place that knows jieba: how it cuts a text into words, and what its dictionary says of them.

Where `rjieba` is installed (the extra `fast`), it cuts texts into the same words in a tenth of the time.

jieba would read its whole dictionary of 349,046 words first, or a cache of it from the shared folder for temporary
files, which takes half a second. A speech has a few thousand different words: here only those that begin with a
character of the text are read, and the part of speech of those that are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import Any, NamedTuple, cast

from speechparse.lazy import re


class Dictionary(NamedTuple):
    """Words with how often they were seen, out of `total`."""

    frequency: Mapping[str, int]
    total: int


class _Lines(NamedTuple):
    """jieba's dict.txt as it is (`\\n项目 3450 n`), and where in it the words with each first character stand."""

    text: str
    begun_by: Mapping[str, list[tuple[int, int]]]


TOTAL = 60_101_967  # the sum of all frequencies in dict.txt
_ENTRY = re.compile(r"\n(\S+) (\d+)")
_SAME_FIRST = re.compile(r"\n(.)[^\n]*+(?:\n\1[^\n]*+)*+")


@lru_cache(maxsize=1)
def _lines() -> _Lines:
    package = find_spec("jieba")
    assert package is not None
    assert package.origin is not None
    text = f"\n{Path(package.origin).with_name('dict.txt').read_bytes().decode()}\n"
    begun_by: dict[str, list[tuple[int, int]]] = {}
    for block in _SAME_FIRST.finditer(text):
        begun_by.setdefault(block[1], []).append(block.span())
    return _Lines(text, begun_by)


def _entries_begun_by(character: str) -> Iterator[tuple[str, int]]:
    """The words of the dictionary that begin with a character, with how often they were seen."""
    text, begun_by = _lines()
    for start, end in begun_by.get(character, ()):
        for word, seen in _ENTRY.findall(text, start, end):
            yield word, int(seen)


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """A tokenizer that cuts as jieba's own does, with as much of the dictionary as the texts so far have asked for."""
    import jieba

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
        """jieba's tokenizer, its dictionary read as needed, its search for the likeliest words in one pass."""

        def __init__(self) -> None:
            super().__init__()
            self.total, self.initialized = TOTAL, True
            self._known: set[str] = set()  # the first characters whose words are in FREQ

        def cut(self, sentence: str, *arguments: Any, **named: Any) -> Iterator[str]:
            for character in set(sentence) - self._known:
                self._read(character)
            return cast("Iterator[str]", super().cut(sentence, *arguments, **named))

        def _read(self, character: str) -> None:
            frequency = self.FREQ
            for word, seen in _entries_begun_by(character):
                frequency[word] = seen
                for end in range(1, len(word)):  # the beginnings of words, which lead on to them
                    frequency.setdefault(word[:end], 0)
            self._known.add(character)

        def get_DAG(self, sentence: str) -> None:  # noqa: N802
            """Nothing: `calc` looks for the words itself."""

        def calc(self, sentence: str, _: None, route: dict[int, tuple[float, int]]) -> None:
            """Fill `route`: for each position, the best score from there on and the last index of the word there."""
            frequency, log_total, length = self.FREQ, log(self.total), len(sentence)
            route[length] = (0, 0)
            scores = [0.0] * (length + 1)
            for start in range(length - 1, -1, -1):
                # the character alone, even one that the dictionary has not, or only as the beginning of words
                seen, end = frequency.get(sentence[start]), start + 1
                best, last = log(seen or 1) - log_total + scores[end], start
                nothing_yet = not seen
                while seen is not None and end < length:
                    end += 1
                    seen = frequency.get(sentence[start:end])
                    if seen:
                        score = log(seen) - log_total + scores[end]
                        if score >= best or nothing_yet:
                            best, last, nothing_yet = score, end - 1, False
                scores[start] = best
                route[start] = (best, last)

    return Tokenizer()


def cut(text: str) -> Iterable[str]:
    """The words of a text as jieba cuts it, punctuation and spaces too."""
    fast = _fast_cut()
    if fast is None or _RARE_HAN.search(text):
        return cast("Iterable[str]", tokenizer().cut(text))
    words = fast(text)
    return _cut_mixed(words) if _SIGN.search(text) else words


@lru_cache(maxsize=1)
def _fast_cut() -> Callable[[str], list[str]] | None:
    try:
        import rjieba
    except ImportError:
        return None
    return cast("Callable[[str], list[str]]", rjieba.cut)


# What jieba takes for no Chinese characters: it has each of them as a word, rjieba joins them to their neighbours
_RARE_HAN = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SIGN = re.compile(r"[+#&._%\-]")
# rjieba has 2026-02-03 and PM_2.5 as one word each. This is how jieba cuts what its dictionary does not have
_MIXED = re.compile(r"(?<![a-zA-Z0-9])[a-zA-Z0-9]*+[+#&._%\-][a-zA-Z0-9+#&._%\-]*+")
_LETTERS_AND_DIGITS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def _cut_mixed(words: list[str]) -> Iterator[str]:
    for word in words:
        if _MIXED.fullmatch(word) and tag(word) is None:
            yield from filter(None, _LETTERS_AND_DIGITS.split(word))
        else:
            yield word


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """jieba's dictionary. Its words are in simplified characters."""
    return Dictionary({word: int(seen) for word, seen in _ENTRY.findall(_lines().text)}, TOTAL)


@lru_cache(maxsize=1 << 16)
def tag(word: str) -> str | None:
    """The part of speech of a word as it stands in jieba's dictionary (`n`, `ns`, `v`, `d` …); None if it has not the
    word."""
    text, begun_by = _lines()
    line = f"\n{word} "
    for start, end in reversed(begun_by.get(word[:1], ())):
        at = text.rfind(line, start, end)  # of a word that stands there twice the last counts
        if at >= 0:
            return text[at + len(line) : text.index("\n", at + 1)].partition(" ")[2]
    return None
