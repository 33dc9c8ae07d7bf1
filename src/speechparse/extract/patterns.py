"""How patterns are applied to a long text."""

from __future__ import annotations

import re

_REACH = 40


def match_at(pattern: re.Pattern[str], text: str, position: int) -> re.Match[str] | None:
    """The match of a pattern right at a position, of at most 40 characters.

    Without an end, `regex` first looks for a character that the pattern can't do without, as far as the text goes. A
    pattern with 倍, tried at each time of a long text that has no 倍, would cost the square of its length.
    """
    return pattern.match(text, position, position + _REACH)
