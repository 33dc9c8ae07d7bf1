"""UTF-16 whose bytes are out of step.

Each character is two bytes, and nothing says which is the first. A byte too many or too few (a file cut at an odd
place, a line feed of one byte that a program has put in) turns each character behind it into another one. Those are
often Chinese, too, but rare: in step nearly all characters are everyday ones, out of step one in six.
"""

from __future__ import annotations

from itertools import accumulate, zip_longest

from speechparse.clean.everyday import everyday_share
from speechparse.text import Span

_BLOCK = 256  # bytes looked at together
_MISREAD, _RIGHT = 0.5, 0.9  # everyday characters of a block that is out of step, and of the same block in step
_LOST = "\ufffd"


def decode_in_step(data: bytes, name: str) -> str:
    """The text of bytes in `name` (`utf-16-le`, `utf-16-be`), with U+FFFD where a byte is too many or left alone.

    Where that is can often be told to a character or two only: all of them are U+FFFD then.
    """
    pieces: list[str] = []
    done = at = 0  # up to `done` bytes are decoded, up to `at` they are known to be in step
    while at < len(data):
        here, shifted = (data[start : start + _BLOCK].decode(name, "ignore") for start in (at, at + 1))
        last = at + _BLOCK >= len(data)
        out_of_step = everyday_share(here) < _MISREAD and everyday_share(shifted) > _RIGHT
        if out_of_step or (last and (len(data) - at) % 2):
            first, end = _lost_step(data, max(done, at - _BLOCK), min(at + _BLOCK, len(data)), name)
            pieces += (data[done:first].decode(name, "replace"), _LOST * ((end - first + 1) // 2))
            done = at = end
        else:
            at += _BLOCK
    pieces.append(data[done:].decode(name, "replace"))
    return "".join(pieces)


def _lost_step(data: bytes, start: int, end: int, name: str) -> Span:
    """Where in `data[start:end]` the byte is without which most characters before and behind it are everyday ones."""

    def everyday(first: int) -> list[bool]:
        pairs = (data[at : at + 2] for at in range(first, end - 1, 2))
        return [everyday_share(pair.decode(name, "replace")) > 0 for pair in pairs]

    before, behind = everyday(start), everyday(start + 1)
    gains = accumulate((was - now for was, now in zip_longest(before, behind, fillvalue=False)), initial=0)
    sense = list(gains)  # of each byte in step, how many everyday characters there are more than without the first
    best = max(sense)
    return Span(start + 2 * sense.index(best), start + 2 * (len(sense) - 1 - sense[::-1].index(best)) + 1)
