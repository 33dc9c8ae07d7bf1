"""What a page says twice: doubled glyph runs, repeated titles, an abstract of the text, the text once more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from speechparse.lazy import regex
from speechparse.segment.linekinds import LONGEST_TITLE, is_title, title_words

LONGEST_RUN = 24  # of a doubled piece; longer ones are whole titles, which the rules for titles see
SHORTEST_TITLE = 8  # of one that may stand there twice running
LOOK_AT = 400  # a doubled run stands at the beginning of a line; a title is never longer
ENOUGH = 40  # folded characters that no two different paragraphs share

_FOLD = regex.compile(r"[\W_]+")
_BETWEEN = " 　“”\"'‘’《》（）()、·—-"


class DoubledRun(NamedTuple):
    """A run of doubled pieces: it ends at `end`, and reads `once` where each piece is read once."""

    end: int
    once: str


def fold(text: str) -> str:
    """The text without anything that copies differ in: spaces, punctuation, width of marks."""
    return _FOLD.sub("", text)


def doubled_run(line: str) -> DoubledRun | None:
    """The doubled run that a line begins with: 在在 20322032 年年“春灌春灌”动员会动员会 says everything twice.

    It comes from pages whose title is drawn twice over, for a shadow. A run has at least three doubled pieces and
    reads as a title, for 清清楚楚、明明白白 is good Chinese.
    """
    line = line[:LOOK_AT]
    once: list[str] = []
    at = pieces = end = 0
    while at < len(line):
        size = _doubled(line, at)
        if size and not (size == 1 and line[at] in _BETWEEN):
            once.append(line[at : at + size])
            at += 2 * size
            pieces += 1
            end = at
        elif line[at] in _BETWEEN:
            once.append(line[at])
            at += 1
        else:
            break
    reading = "".join(once).strip()
    if pieces < 3 or end < 12 or not regex.search(rf"会|{title_words()[0]}", reading):
        return None
    return DoubledRun(end, reading)


def _doubled(line: str, at: int) -> int:
    """The size of the longest piece at `at` that stands there twice running, or 0."""
    size, again = 0, line.find(line[at], at + 1, at + 1 + LONGEST_RUN)
    while again >= 0:
        if line.startswith(line[at:again], again):
            size = again - at
        again = line.find(line[at], again + 1, at + 1 + LONGEST_RUN)
    return size


def doubled_title_end(line: str) -> int:
    """Where the second copy begins of a title that a line begins with twice (在…上的讲话在…上的讲话各位领导), or 0."""
    size = line.find(line[:SHORTEST_TITLE], SHORTEST_TITLE, LONGEST_TITLE + SHORTEST_TITLE)
    if size < 0 or not is_title(line[:size].rstrip()):
        return 0
    once, again = fold(line[:size]).replace("的", ""), fold(line[size : 2 * size + 4]).replace("的", "")
    return size if again.startswith(once) else 0


def prefix_end(line: str, title: str) -> int:
    """Where in `line` the copy of `title` ends that it begins with, spaces and marks apart; 0 where there is none."""
    at = 0
    for char in fold(title):
        while at < len(line) and _FOLD.match(line[at]):
            at += 1
        if at == len(line) or line[at] != char:
            return 0
        at += 1
    return at


def repeats_what_follows(line: str, following: str) -> bool:
    """Whether a line is an abstract: cut off, and once more at the beginning of what follows."""
    lead = fold(line)
    if len(lead) < ENOUGH:
        return False
    room = fold(following[: 2 * len(line) + 600])
    at = room.find(lead[: ENOUGH // 2])
    return 0 <= at <= 2 * ENOUGH and room.startswith(lead[: max(ENOUGH // 2, len(lead) - 4)], at)


def repeated_lines(lines: Sequence[str]) -> set[int]:
    """The indices of paragraphs that stand there for the second time, and of the short lines that came with them."""
    seen: dict[str, int] = {}
    repeated: set[int] = set()
    for index, line in enumerate(lines):
        if len(line) < ENOUGH or not ("。" in line or "！" in line):
            continue
        key = fold(line[:ENOUGH])
        first = seen.setdefault(key, index)
        if first != index and len(key) >= ENOUGH // 2:
            earlier, later = fold(lines[first][: 2 * len(line) + ENOUGH]), fold(line)
            if len(later) <= len(earlier) and earlier.startswith(later[:-4]):  # what is cut off ends in its own way
                repeated.add(index)
    if not repeated:
        return repeated
    first_at: dict[str, int] = {}
    for index, line in enumerate(lines):
        first_at.setdefault(fold(line), index)
    short = {i for i, line in enumerate(lines) if len(line) < ENOUGH and first_at[fold(line)] < i}
    for index in sorted(repeated):
        for step in (-1, 1):
            at = index + step
            while at in short and at not in repeated:
                repeated.add(at)
                at += step
    return repeated
