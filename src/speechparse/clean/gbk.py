"""The two-byte part of GBK as tables between characters and their bytes.

Read as GB18030, which gives every pair of bytes a character (a private one where GBK has none), so that a page that a
generous decoder has read loses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


class Gbk(NamedTuple):
    """pair_of: the two bytes of a character, private ones included. at: the character of two bytes, without these.

    leads_to: for a lead byte, its characters; trails_to: for a trail byte, its characters; both in byte order.
    unread: for a byte, the trail bytes with which it begins no character; 80, which ends 個, begins none at all.
    """

    pair_of: dict[str, tuple[int, int]]
    at: dict[tuple[int, int], str]
    leads_to: dict[int, str]
    trails_to: dict[int, str]
    unread: dict[int, frozenset[int]]


@lru_cache(maxsize=1)
def gbk() -> Gbk:
    """The tables; they take about 20 ms to make."""
    pair_of: dict[str, tuple[int, int]] = {}
    at: dict[tuple[int, int], str] = {}
    leads_to: defaultdict[int, str] = defaultdict(str)
    trails_to: defaultdict[int, str] = defaultdict(str)
    unread: defaultdict[int, set[int]] = defaultdict(set)
    for lead in LEADS:
        for trail in TRAILS:
            pair = bytes((lead, trail))
            character = pair.decode("gb18030")
            pair_of[character] = lead, trail
            try:
                pair.decode("gbk")
            except UnicodeDecodeError:
                unread[lead].add(trail)
                continue
            at[lead, trail] = character
            leads_to[lead] += character
            trails_to[trail] += character
    unread[0x80].update(TRAILS)
    return Gbk(pair_of, at, dict(leads_to), dict(trails_to), {lead: frozenset(t) for lead, t in unread.items()})
