"""Puts right what is only another way to write a character, and the spaces that no Chinese text has.

There are two kinds of rules: characters that stand for others wherever they are (data/lexicons/glyphs.tsv, and the
full-width, compatibility and radical forms that Unicode knows), and patterns of figures and spaces
(data/lexicons/glyph_patterns.tsv). Chinese punctuation and quotes stay as they are, and so do the spaces that separate:
those around Latin words, the columns of a table, and the indent of a line, by which paragraphs are told apart later.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import re, regex
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit, Note
from speechparse.time_limit import checked

_ROUNDS = 4  # a space that goes may be what kept another pattern from matching
_AFTER_CHARACTERS = 10
_SPACES = regex.compile(r"[[:blank:]]++")
_CARRIAGE_RETURN = regex.compile(r"\r(\n?)")


class GlyphRow(NamedTuple):
    """A row of glyphs.tsv: the characters from `first` to `last` become `becomes` (a text, U+… or nothing)."""

    first: str
    last: str
    becomes: str
    rule: str
    example: str


class GlyphPattern(NamedTuple):
    """A row of glyph_patterns.tsv: what matches `pattern` becomes `becomes`.

    trigger: characters without one of which the pattern is not tried; `space` is a space within a line.
    warning: what the reader has to know, where the repair is an inference.
    """

    rule: str
    order: int
    trigger: str
    pattern: str
    becomes: str
    warning: str
    example: str
    cleaned: str
    counter_example: str


def normalise_glyphs(text: AlignedText, options: ParseOptions) -> AlignedText:
    """One way of writing for each character, and no stray spaces; a text that has that already comes back as it is."""
    for _ in range(_ROUNDS):
        before = text
        text = text.apply(_line_ends(text.text))
        for pattern in checked(_patterns()):
            if pattern.order < _AFTER_CHARACTERS:
                text = _apply(pattern, text)
        text = text.apply(_characters(text.text))
        for pattern in checked(_patterns()):
            if pattern.order > _AFTER_CHARACTERS:
                text = _apply(pattern, text)
        if text is before:
            break
    return text


def _line_ends(text: str) -> Iterator[Edit]:
    for end in _CARRIAGE_RETURN.finditer(text):
        yield Edit(end.start(), end.start() + 1, "" if end[1] else "\n", "glyphs.line_end")


def _characters(text: str) -> Iterator[Edit]:
    """Characters that stand for others; one edit for each run of a rule."""
    table, rules = _table()
    for run in _special().finditer(text):
        at = run.start()
        for rule, characters in groupby(run.group(), key=rules.__getitem__):
            before = "".join(characters)
            yield Edit(at, at + len(before), before.translate(table), f"glyphs.{rule}")
            at += len(before)


def _apply(pattern: GlyphPattern, text: AlignedText) -> AlignedText:
    places = _places(pattern.trigger, text.text)
    if not places:
        return text
    edits = [
        Edit(*match.span(), _becomes(pattern.becomes, match.group()), f"glyphs.{pattern.rule}")
        for start, end in places
        for match in _compiled(pattern.pattern).finditer(text.text, start, end)
    ]
    if pattern.warning and edits:
        spans = (text.raw_span(edit.start, edit.end) for edit in edits)
        text = text.note(warnings=[Note(pattern.rule, pattern.warning, *span) for span in spans])
    return text.apply(edits) if edits else text


def _places(trigger: str, text: str) -> Sequence[tuple[int, int]]:
    """Where a pattern is tried: in the lines that have a space within, or anywhere if the text has its trigger."""
    if trigger == "space":
        return _spaced_lines(text)
    return ((0, len(text)),) if any(character in text for character in trigger) else ()


@lru_cache(maxsize=2)  # many patterns are tried on one text
def _spaced_lines(text: str) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    done = 0
    for spaces in _SPACES.finditer(text):
        start, end = spaces.span()
        if start < done or not start or text[start - 1] == "\n" or text[end : end + 1] in "\n":
            continue  # in a line that was tried, an indent, or at the end of a line
        start = text.rfind("\n", 0, start) + 1
        done = text.find("\n", end) + 1 or len(text)
        lines.append((start, done))
    return tuple(lines)


def _becomes(becomes: str, match: str) -> str:
    if becomes == "(close)":
        return _SPACES.sub("", match)
    if becomes == "(narrow)":
        return unicodedata.normalize("NFKC", match)
    return _named(becomes)


def _named(character: str) -> str:
    """A character given as U+…, or the text itself."""
    return chr(int(character[2:], 16)) if character.startswith("U+") else character


@cache
def _patterns() -> tuple[GlyphPattern, ...]:
    return tuple(sorted(lexicons.load("glyph_patterns", GlyphPattern), key=lambda pattern: pattern.order))


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


@cache
def _table() -> tuple[dict[int, str], dict[str, str]]:
    """What each special character becomes, for `str.translate`, and by which rule."""
    rules: dict[str, str] = {}
    table: dict[int, str] = {}
    known = {
        "full_width": (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)),
        "compatibility": (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)),
    }
    for rule, codes in known.items():
        for code in codes:
            becomes = unicodedata.normalize("NFKC", chr(code))
            if becomes != chr(code):
                table[code], rules[chr(code)] = becomes, rule
    for row in lexicons.load("glyphs", GlyphRow):
        for code in range(ord(_named(row.first)), ord(_named(row.last)) + 1):
            table[code], rules[chr(code)] = _named(row.becomes), row.rule
    return table, rules


@cache
def _special() -> re.Pattern[str]:
    """Runs of special characters. A pattern of `re`: `regex` takes many times as long over such a class."""
    return re.compile(f"[{re.escape(''.join(map(chr, _table()[0])))}]+")
