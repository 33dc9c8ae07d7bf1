"""Further mentions of the names that a speech has told."""

from __future__ import annotations

from collections.abc import Iterator

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention
from speechparse.extract.patterns import match_at
from speechparse.lazy import re
from speechparse.text import Span


def repeat_names(text: str, discourse: Discourse, found: list[Mention]) -> list[Mention]:
    """Every further mention of the names found: 东山组团 is named again without a verb of building."""
    names = {m.name for m in found if len(m.name) >= SHORTEST and m.rules[0] != "project.list"}
    names |= {m.name for m in found if len(m.name) >= 5}
    if not names:
        return found
    taken = bytearray(len(text) + 1)
    for m in found:
        taken[m.start : m.end] = b"\1" * (m.end - m.start)
    start, end = discourse.sentences[0].start, discourse.sentences[-1].end
    for again in _occurrences(names, text, start, end):
        if match_at(_LIST_OF_FIRMS, text, again.end):
            continue
        if not any(taken[again.start : again.end]):
            found.append(Mention("project", *again, ["project.again"], name=text[again.start : again.end]))
    found.sort(key=lambda m: m.start)
    return found


SHORTEST = 4
_LIST_OF_FIRMS = re.compile(r"等\d{0,6}家(?:知名)?企业")
_PHASE = re.compile(r"[一二三四]期")


def _occurrences(names: set[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Where the names stand in `text[start:end]`, the longest at each place.

    One pattern of thousands of names would be tried name by name at each character.
    """
    lengths: dict[str, list[int]] = {}
    for opening, length in sorted({(name[:SHORTEST], len(name)) for name in names}, reverse=True):
        lengths.setdefault(opening, []).append(length)
    first, second = (re.escape("".join(sorted({name[n] for name in names}))) for n in (0, 1))
    done = start
    for match in re.compile(f"[{first}](?=[{second}])").finditer(text, start, end):
        at = match.start()
        if at < done:
            continue
        for length in lengths.get(text[at : at + SHORTEST], ()):
            if at + length <= end and text[at : at + length] in names and not match_at(_PHASE, text, at + length):
                yield Span(at, at + length)
                done = at + length
                break
