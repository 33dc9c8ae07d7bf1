"""How patterns are applied to a long text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from speechparse.text import Span
from speechparse.time_limit import checked

_REACH = 40


def match_at(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """The match of a pattern right at a position, of at most 40 characters.

    Without an end, a repeat such as the digits before 倍, tried at each time of a text that is nothing else, would run
    through the rest of it each time and cost the square of its length.
    """
    return pattern.match(text, position, position + _REACH)


def stretches(
    trigger: re.Pattern[str], text: str, start: int, end: int, *, before: int, behind: int
) -> Iterator[Span]:
    """The stretches of `text[start:end]` around what a simple pattern finds, with so many characters `before` and
    `behind`, in order and not overlapping: only there is a pattern worth trying that costs more."""
    first = last = -1
    for match in checked(trigger.finditer(text, start, end)):
        if last < 0 or match.start() - before > last:
            if last > 0:
                yield Span(first, last)
            first = max(start, match.start() - before)
        last = min(end, match.end() + behind)
    if last > 0:
        yield Span(first, last)


def beginning_known(pattern: str) -> str:
    """The pattern behind a look at the characters that a match can begin with (see `first_characters`)."""
    return rf"(?=[{first_characters(pattern)}])(?:{pattern})"


def first_characters(pattern: str) -> str:
    """The characters that a match of a simple pattern can begin with.

    `re` tries a pattern of many alternatives at each character of a text, one by one; with `(?=[…])` of these
    characters before it, only where one of them can match.

    Raises:
        ValueError: the pattern begins with what is not understood here (an escape, a negated class, a named group).
    """
    if len(alternatives := _alternatives_of(pattern)) > 1:
        return "".join(sorted(set("".join(map(first_characters, alternatives)))))
    at = 0
    while pattern.startswith(("(?<!", "(?<="), at):
        at = _end_of_group(pattern, at)
    if pattern.startswith("(?:", at):
        end = _end_of_group(pattern, at)
        found = first_characters(pattern[at + 3 : end - 1])
    elif pattern.startswith("[", at) and not pattern.startswith("[^", at):
        end = pattern.index("]", at) + 1
        found = pattern[at + 1 : end - 1]
    else:
        end = at + 1
        found = pattern[at:end]
    if not found or set(found) & set("\\[]().*+?^$|-"):
        raise ValueError(f"can't say what a match of {pattern!r} begins with")
    if pattern[end : end + 1] in ("?", "*"):
        found += first_characters(pattern[end:].lstrip("?*+"))
    return "".join(sorted(set(found)))


def _end_of_group(pattern: str, start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for bracket in re.finditer(r"\\.|\[[^\]]*\]|[()]", pattern[start:]):
        depth += {"(": 1, ")": -1}.get(bracket.group(), 0)
        if not depth and bracket.group() == ")":
            return start + bracket.end()
    raise ValueError(f"a group of {pattern!r} is not closed")


def _alternatives_of(pattern: str) -> list[str]:
    """The alternatives of a pattern, without splitting the groups in it."""
    parts = [""]
    at = 0
    while at < len(pattern):
        end = _end_of_group(pattern, at) if pattern[at] == "(" else at + 1
        if pattern[at] == "[":
            end = pattern.index("]", at) + 1
        if pattern[at] == "|":
            parts.append("")
        else:
            parts[-1] += pattern[at:end]
        at = end
    return parts
