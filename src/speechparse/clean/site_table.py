"""Which characters a site puts notes behind.

A site goes by a table: it notes each match of a pair of bytes that stands in it, at any byte offset. So what is shown
with a note stands in the table, and any two neighbouring bytes that are shown without one do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from speechparse.clean.gbk import gbk
from speechparse.clean.notes import Event

AGAIN = 20  # notes behind characters that have another: so many say something of the rule
EXCEPTIONS = 0.01  # of the characters in the table, on a page that goes by one


class SiteTable:
    """The characters that are known to stand in a site's table (`noted`), and those known not to (`plain`).

    overlapping: whether a match is noted that shares a byte with another; it is not where a note has split it before.
    """

    def __init__(
        self, noted: frozenset[str] = frozenset(), plain: frozenset[str] = frozenset(), overlapping: bool = False
    ) -> None:
        self.noted = noted
        self.plain = plain
        self.overlapping = overlapping
        self._of_plain: dict[str, str] = {}

    def of_noted(self, characters: str) -> str:
        """Those of some characters that can have a note."""
        return "".join(c for c in characters if c not in self.plain)

    def of_plain(self, characters: str) -> str:
        """Those of some characters that can stand without a note."""
        left = self._of_plain.get(characters)
        if left is None:
            left = self._of_plain[characters] = "".join(c for c in characters if c not in self.noted)
        return left


def site_table(source: str, events: Sequence[Event], *, bytes_are_dropped: bool) -> SiteTable:
    """The table that the notes of a page show; an empty one if the page does not go by one.

    bytes_are_dropped: then bytes that look like neighbours may be none.
    """
    noted = Counter(source[event.start - 1] for event in events if event.plain)
    shown = Counter(source)
    times = sum(noted.values())
    if times - len(noted) < AGAIN or sum(shown[c] for c in noted) > (1 + EXCEPTIONS) * times:
        return SiteTable()
    plain = set(shown) if bytes_are_dropped else set(_neighbours(source))
    return SiteTable(frozenset(noted), frozenset(plain - noted.keys()), _notes_overlap(source, events, noted.keys()))


def _notes_overlap(source: str, events: Sequence[Event], noted: Collection[str]) -> bool:
    """Whether a note stands behind each match, also behind one that shares a byte with the match before it."""
    pair_of, at = gbk().pair_of, gbk().at
    overlaps = 0
    for event, following in pairwise(events):
        if not event.plain:
            continue
        if following.start == event.end and following.note and not following.plain:
            overlaps += 1
        elif source[event.end] in pair_of:
            second, first = pair_of[source[event.start - 1]][1], pair_of[source[event.end]][0]
            if at.get((second, first)) in noted:
                return False
    return overlaps > AGAIN


def _neighbours(source: str) -> Iterable[str]:
    """The characters that any two neighbouring bytes of a text make, but for those before a bracket."""
    at = gbk().at
    data = source.replace("\ufffd", "?").encode("gb18030", "replace")
    triples = set(zip(data, data[1:], data[2:], strict=False))
    pairs = {triple[:2] for triple in triples if triple[2] != 0x28}
    return (at[pair] for pair in pairs & at.keys())
