"""Which characters a site puts notes behind.

A site goes by a table: it notes each match of a pair of bytes that stands in it, at any byte offset. So what is shown
with a note stands in the table, and any two neighbouring bytes that are shown without one do not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from sys import byteorder

from speechparse.clean.gbk import gbk
from speechparse.clean.notes import Event
from speechparse.lazy import re

BEFORE_BRACKET = re.compile(rb"..\(", re.DOTALL)

AGAIN = 20  # notes behind characters that have another: so many say something of the rule
EXCEPTIONS = 0.02  # of the characters in the table, on a page that goes by one


class SiteTable:
    """The characters that are known to stand in a site's table (`noted`), and those known not to.

    neighbours: pairs of bytes without a note, as `_number` has them. overlapping: whether a match is noted that shares
    a byte with another; it is not where a note has split it before.
    """

    def __init__(
        self,
        noted: frozenset[str] = frozenset(),
        neighbours: frozenset[int] = frozenset(),
        *,
        overlapping: bool = False,
    ) -> None:
        self.noted = noted
        self.overlapping = overlapping
        self._neighbours = neighbours
        self._without_noted = dict.fromkeys(map(ord, noted))
        self._of_plain: dict[str, str] = {}
        self._of_noted: dict[str, str] = {}

    def of_noted(self, characters: str) -> str:
        """Those of some characters that can have a note."""
        left = self._of_noted.get(characters)
        if left is None:
            left = "".join(c for c in characters if c in self.noted or _number(c) not in self._neighbours)
            self._of_noted[characters] = left
        return left

    def of_plain(self, characters: str) -> str:
        """Those of some characters that can stand without a note."""
        left = self._of_plain.get(characters)
        if left is None:
            left = self._of_plain[characters] = characters.translate(self._without_noted)
        return left


def site_table(source: str, events: Sequence[Event], *, bytes_are_dropped: bool) -> SiteTable:
    """The table that the notes of a page show; an empty one if the page does not go by one.

    bytes_are_dropped: then bytes that look like neighbours may be none.
    """
    notes = [source[event.start - 1] for event in events if event.plain]
    noted = frozenset(notes)
    if len(notes) - len(noted) < AGAIN:
        return SiteTable()
    neighbours = _neighbours(source)
    if sum(_number(c) in neighbours for c in noted) > EXCEPTIONS * len(noted):
        return SiteTable()
    if bytes_are_dropped:
        neighbours = neighbours.intersection(map(_number, set(source) & gbk().pair_of.keys()))
    return SiteTable(noted, neighbours, overlapping=_notes_overlap(source, events, noted))


def _notes_overlap(source: str, events: Sequence[Event], noted: Collection[str]) -> bool:
    """Whether a note stands behind each match, also behind one that shares a byte with the match before it."""
    overlaps = sum(
        following.start == event.end and event.plain and not following.plain and following.note != ""
        for event, following in pairwise(events)
    )
    if overlaps < AGAIN:
        return False
    pair_of, at = gbk().pair_of, gbk().at
    for event in events:
        following = source[event.end : event.end + 1]
        if event.plain and following in pair_of:
            second, first = pair_of[source[event.start - 1]][1], pair_of[following][0]
            if at.get((second, first)) in noted:
                return False
    return True


def _neighbours(source: str) -> frozenset[int]:
    """The pairs of neighbouring bytes of a text, as `_number` has them, but for those before a bracket."""
    data = BEFORE_BRACKET.sub(b"((", source.replace("\ufffd", "?").encode("gb18030", "replace"))
    even, odd = len(data) // 2 * 2, (len(data) - 1) // 2 * 2
    return frozenset((*memoryview(data)[:even].cast("H"), *memoryview(data)[1 : odd + 1].cast("H")))


def _number(character: str) -> int:
    """The two bytes of a character as the number that the machine takes them for."""
    return int.from_bytes(gbk().pair_of[character], byteorder)
