"""Quantities with what may stand around them: bound words, and a second one that makes a range."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.errors import ValueParseError
from speechparse.extract.figures import BoundRow, alternatives, bounds
from speechparse.extract.numerals import DIGITS
from speechparse.lazy import regex
from speechparse.records import Bound
from speechparse.values.quantities import Quantity, Reader

_INCLUSIVE = regex.compile(r"[(\[]不?含[)\]]")
# 1-2, 1~2, 1——2, 1到2; also 从1到2 and 介于1和2之间
_BETWEEN = regex.compile(r"(?:从|由|介于|在)?(?P<body>.+?)(?P<ends>之间)?")
_SEPARATOR = regex.compile(r"[-–—~]{1,3}|[到至]")
_SEPARATOR_BETWEEN = regex.compile(r"[-–—~]{1,3}|[到至和与]")
_LAST_DIGIT = regex.compile(rf".*[\d{''.join(DIGITS)}几半]", regex.DOTALL)


class _BoundWords(NamedTuple):
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    bounds: dict[tuple[str, str], Bound]  # by place and word


@lru_cache(maxsize=1)
def _bound_words() -> _BoundWords:
    """The bound words of running text, and those that stand only around a value that is given alone."""
    rows = [*bounds().values(), *lexicons.load("value_bounds", BoundRow)]
    names: dict[str, Bound] = {"min": "min", "max": "max", "about": "about", "exact": "exact"}
    return _BoundWords(
        regex.compile(alternatives(row.term for row in rows if row.place == "prefix")),
        regex.compile(rf"(?:{alternatives(row.term for row in rows if row.place == 'suffix')})$"),
        {(row.place, row.term): names[row.bound] for row in rows},
    )


def read_bounded(text: str, read: Reader, head: regex.Pattern[str] | None = None) -> Quantity | None:
    """A quantity with the bound words around it, or a range of two.

    `read` reads one quantity; `head` is what the first of two may stand for both (百分之, ￥).
    """
    text = _INCLUSIVE.sub("", text)
    words = _bound_words()
    bound: Bound = "exact"
    found = read(text)
    while found is None:
        match = words.after.search(text)
        if match and match.start():
            text, word = text[: match.start()], words.bounds["suffix", match.group()]
        else:
            found = _read_range(text, read, head)
            if found is not None:
                break
            match = words.before.match(text)
            if not match or match.end() == len(text):
                return None
            text, word = text[match.end() :], words.bounds["prefix", match.group()]
        bound = word if bound == "exact" or (bound == "about" and word != "exact") else bound
        found = read(text)
    if bound == "exact" or found.bound == "range":
        return found
    return found._replace(bound=bound, upper=None if bound == "max" else found.upper)


def _read_range(text: str, read: Reader, head: regex.Pattern[str] | None) -> Quantity | None:
    match = _BETWEEN.fullmatch(text)
    if not match:
        return None
    body = match["body"]
    for separator in (_SEPARATOR_BETWEEN if match["ends"] else _SEPARATOR).finditer(body):
        left, right = body[: separator.start()], body[separator.end() :]
        if not left or not right:
            continue
        shared = head.match(left) if head else None
        borrowed = [right + tail for tail in reversed([*_tails(left)])]  # the least first: 美元 of 3万美元
        for higher in [shared.group() + right, *borrowed] if shared else borrowed:
            high = read(higher)
            low = high and _lower(left, right, high, read)
            if low and high:
                return Quantity(low.value, high.upper or high.value, "range", high.unit)
    return None


def _lower(left: str, right: str, high: Quantity, read: Reader) -> Quantity | None:
    for tail in _tails(right):
        low = read(left + tail)
        if low is not None and low.unit == high.unit and low.value < high.value:
            return low
    return None


def _tails(text: str) -> Iterator[str]:
    """What the end of a range may lend to its beginning, the most first: 百日元 of 3百日元, then 日元, then nothing."""
    match = _LAST_DIGIT.match(text)
    start = match.end() if match else len(text)
    for at in range(start, len(text) + 1):
        yield text[at:]


# --- errors ------------------------------------------------------------------------------------------------------

_MASKED = regex.compile(r"[xX*×□]+(?![a-zA-Z])|某|多少|若干")


def not_understood(kind: str, text: str, plain_text: str, read: Reader) -> ValueParseError:
    """The error for a text that `read` does not read: it names the part behind the longest beginning that it does."""
    if _MASKED.search(plain_text):
        return ValueParseError(kind, text, "the figure is masked")
    for end in range(len(plain_text) - 1, 0, -1):
        if read(plain_text[:end]) is not None:
            return ValueParseError(kind, text, f"{plain_text[end:]!r} behind {plain_text[:end]!r}")
    for start in range(1, len(plain_text)):
        if read(plain_text[start:]) is not None:
            return ValueParseError(kind, text, f"{plain_text[:start]!r} before {plain_text[start:]!r}")
    return ValueParseError(kind, text, f"no {kind} in it")
