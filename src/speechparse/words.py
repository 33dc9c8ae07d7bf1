"""The one place that loads jieba, and its dictionary as word frequencies.

Where `rjieba` is installed (the extra `fast`), it cuts texts into the same words in a tenth of the time.

jieba keeps a cache of its dictionary in the shared folder for temporary files and reads back whatever lies there
under its name. Here the cache is in a folder of the user's own.
"""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple, cast


class Dictionary(NamedTuple):
    """Words with how often they were seen, out of `total`. The beginnings of words are there too, with 0."""

    frequency: Mapping[str, int]
    total: int


def _cache_folder() -> Path:
    """A folder that only this user can write; a new one for this process where there is none to be had."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "speechparse"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK) and (os.name == "nt" or folder.stat().st_uid == os.getuid()):
            return folder
    except (OSError, RuntimeError):
        pass  # no home, or one that can't be written: a container, a service account
    return Path(tempfile.mkdtemp(prefix="speechparse-"))


@lru_cache(maxsize=1)
def tokenizer() -> Any:
    """jieba's own tokenizer with its dictionary loaded (the first time takes about half a second)."""
    import jieba

    class Tokenizer(jieba.Tokenizer):  # type: ignore[misc]
        """jieba's tokenizer with its search for the likeliest words in one pass: the same words in half the time."""

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

    jieba.setLogLevel(logging.WARNING)
    loaded = Tokenizer()
    loaded.tmp_dir = str(_cache_folder())
    loaded.initialize()
    return loaded


def cut(text: str) -> Iterable[str]:
    """The words of a text as jieba cuts it, punctuation and spaces too."""
    fast = _fast_cut()
    if fast is None or _RARE_HAN.search(text):
        return cast("Iterable[str]", tokenizer().cut(text))
    return _as_jieba(fast(text))


@lru_cache(maxsize=1)
def _fast_cut() -> Callable[[str], list[str]] | None:
    try:
        import rjieba
    except ImportError:
        return None
    return cast("Callable[[str], list[str]]", rjieba.cut)


# What jieba takes for no Chinese characters: it has each of them as a word, rjieba joins them to their neighbours
_RARE_HAN = re.compile("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# rjieba has 2026-02-03 and PM_2.5 as one word each. This is how jieba cuts what its dictionary does not have
_MIXED = re.compile(r"(?<![a-zA-Z0-9])[a-zA-Z0-9]*+[+#&._%\-][a-zA-Z0-9+#&._%\-]*+")
_LETTERS_AND_DIGITS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


def _as_jieba(words: list[str]) -> Iterable[str]:
    if any(map(_MIXED.fullmatch, words)):
        return _cut_mixed(words)
    return words


def _cut_mixed(words: list[str]) -> Iterator[str]:
    for word in words:
        if _MIXED.fullmatch(word) and word not in tags():
            yield from filter(None, _LETTERS_AND_DIGITS.split(word))
        else:
            yield word


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """jieba's dictionary. Its words are in simplified characters."""
    loaded = tokenizer()
    return Dictionary(loaded.FREQ, loaded.total)


@lru_cache(maxsize=1)
def tags() -> Mapping[str, str]:
    """The part of speech of each word of jieba's dictionary, as it stands there (`n`, `ns`, `v`, `d` …)."""
    import jieba

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: tag for word, _, tag in (line.split(" ") for line in lines)}
