"""Every pattern of the package takes time in proportion to its text, whatever that is.

The patterns are collected from the running package (`patterns.py`), the worst texts for each are made from its own
parse tree (`hostile.py`). A pattern that is only ever given a short text may take longer: `bounded_patterns.tsv` names
it, with how long that text can be and why.
"""

from __future__ import annotations

import csv
import gc
import re
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hostile import hostile_texts, match_of
from patterns import Used, used_patterns

SIZES = (18, 200, 3200)  # characters: the first is enough to see what is exponential
WORTH_A_LOOK = 0.0015  # seconds: of 3200 characters, linear work takes a tenth, quadratic work ten times as long
LARGER = 4
ROOM = 1.75  # times as long as linear work would take; quadratic work takes four times as long


class Bounded(NamedTuple):
    place: str
    begins: str
    longest: int
    reason: str


@cache
def bounded() -> tuple[Bounded, ...]:
    with (Path(__file__).parent / "bounded_patterns.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Bounded(row["place"], row["begins"], int(row["longest"]), row["reason"]) for row in rows)


def bound_of(used: Used) -> Bounded | None:
    found = [row for row in bounded() if row.place in used.places and used.pattern.startswith(row.begins)]
    return found[0] if found else None


def work(used: Used) -> Callable[[Any], object]:
    """What the package does with a pattern; one that was not seen at work is taken to be searched for."""
    compiled = used.compiled()
    if used.is_searched:
        return lambda text: sum(1 for _ in compiled.finditer(text))
    return compiled.match if "match" in used.methods else compiled.fullmatch


def superlinear(used: Used) -> tuple[str, str, int] | None:
    """Beginning, repeated part and length of a text that takes more than linear time, if there is one."""
    run = work(used)
    ends = ["\0"]
    if used.is_searched and used.engine == "regex":  # which looks first whether there is what each match has to have
        ends.append("\0\n。" + match_of(used.pattern, used.flags))
    for (before, piece), end in product(hostile_texts(used.pattern, used.flags), ends):

        def text(size: int, before: str = before, piece: str = piece, end: str = end) -> str | bytes:
            made = before + piece * (size // len(piece) + 1) + end
            return made.encode("latin-1", "replace") if used.is_bytes else made

        large = next((size for size in SIZES if seconds(run, text(size)) > WORTH_A_LOOK), None)
        if large and all(grows(run, text, large) for _ in range(4)):
            return before, piece, large
    return None


def grows(run: Callable[[Any], object], text: Callable[[int], str | bytes], large: int) -> bool:
    small = max(4, large // LARGER)
    return min(seconds(run, text(large)) for _ in range(2)) > LARGER * ROOM * min(
        seconds(run, text(small)) for _ in range(3)
    )


def seconds(run: Callable[[Any], object], text: str | bytes) -> float:
    begun = time.process_time()
    run(text)
    return time.process_time() - begun


@contextmanager
def quiet() -> Iterator[None]:
    gc.disable()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a nested set is what `regex` calls a class with a bracket in it
        try:
            yield
        finally:
            gc.enable()


def test_all_patterns_are_found() -> None:
    places = {place.partition(":")[0] for used in used_patterns() for place in used.places}
    assert len(used_patterns()) > 500
    assert {"clean/boilerplate", "clean/glyphs", "extract/figures", "segment/edtf", "values/dates"} <= places
    of_texts = [used for used in used_patterns() if not bound_of(used)]
    assert sum(bool(used.methods) for used in of_texts) > 0.9 * len(of_texts)


def test_each_pattern_is_linear() -> None:
    with quiet():
        slow = {used: found for used in used_patterns() if not bound_of(used) and (found := superlinear(used))}
    assert not slow, "\n".join(f"{used.places} {used.pattern[:100]!r} on {found}" for used, found in slow.items())


@pytest.mark.parametrize("row", bounded(), ids=lambda row: f"{row.place} {row.begins[:20]}")
def test_a_pattern_that_is_not_linear_is_only_given_short_texts(row: Bounded) -> None:
    found = [used for used in used_patterns() if bound_of(used) == row]
    assert found, "there is no such pattern any more"
    assert all(used.longest <= row.longest for used in found), [used.longest for used in found]
    assert row.reason


KNOWN = [
    # pattern, whether it is linear when searched for
    ("(?:a+)+b", False),
    ("(a|a)*b", False),
    ("a*b", False),
    (r"（[^）\n]*）", False),
    (r"\s*+第\d", False),
    (r"\d+(?:\.\d+)?%", False),
    (r"(?<!\d)\d++(?:\.\d++)?%", True),
    (r"(?<!\s)\s++第\d", True),
    (r"（[^（）]*）", True),
    ("[^，。]{0,20}?投资", True),
]


@pytest.mark.parametrize(("pattern", "linear"), KNOWN)
@pytest.mark.parametrize("engine", ["re", "regex"])
def test_the_worst_texts_are_found(pattern: str, linear: bool, engine: str) -> None:
    used = Used(engine, pattern, re.UNICODE if engine == "re" else 0, False, ("here",), ("search",), 0)
    with quiet():
        assert (superlinear(used) is None) == linear
