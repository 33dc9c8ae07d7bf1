"""Cuts text into sentences and clauses, as spans; nothing is copied."""

from __future__ import annotations

from collections.abc import Iterator

from speechparse.lazy import regex
from speechparse.text import Span

_SENTENCE = regex.compile(r"[^。！？!?\n]*+(?:[。！？!?]++[”’」』）)》]*+|\n|$)")
_CLAUSE = regex.compile(r"(?:[^，,；;：:。！？!?\n]|(?<=\d)[,:](?=\d))*+(?:[，,；;：:。！？!?]++[”’」』）)》]*+|\n|$)")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The sentences of `text[start:end]`, without the space around them. A line break ends a sentence too."""
    return _spans(_SENTENCE, text, start, len(text) if end is None else end)


def clauses(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The clauses of `text[start:end]`: what commas, semicolons, colons and full stops part. A comma in a number
    (1,080) parts nothing, nor does 、."""
    return _spans(_CLAUSE, text, start, len(text) if end is None else end)


def _spans(pattern: regex.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for match in pattern.finditer(text, start, end):
        piece = match.group()
        first = match.start() + len(piece) - len(piece.lstrip())
        last = match.start() + len(piece.rstrip())
        if first < last:
            yield Span(first, last)
