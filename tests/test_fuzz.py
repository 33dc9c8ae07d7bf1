"""The targets of the fuzzing, a few times each. `benchmarks/fuzz.py` runs them for hours; see `docs/fuzzing.md`."""

from __future__ import annotations

import pytest
from cleaning import PIECES
from fuzzing import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SAMPLE_FILES

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join)
data = st.one_of(texts.map(str.encode), st.binary(max_size=60))
DEAR = {"outputs": 5, "tables": 3}  # examples of targets that take long

FOUND = [
    # target, what broke it, what it did
    ("values", b"\xe4\xb8\x80\x80", "half a character (a lone surrogate) broke the simplifier"),
    ("values", "𞓷".encode(), "a digit of a script that `regex` knows and `Decimal` does not"),
]


@pytest.mark.parametrize("target", TARGETS)
def test_any_input_is_read_or_refused(target: str) -> None:
    @settings(max_examples=DEAR.get(target, 15), derandomize=True, database=None)
    @given(data)
    def check(source: bytes) -> None:
        TARGETS[target](source)

    check()


@pytest.mark.parametrize("target", ["bytes", "text", "outputs", "jsonl", "csv", "tables"])
def test_the_beginning_of_a_sample(target: str) -> None:
    for file in SAMPLE_FILES:
        TARGETS[target](file.read_bytes()[:300])


@pytest.mark.parametrize(("target", "source"), [row[:2] for row in FOUND], ids=[row[2] for row in FOUND])
def test_what_was_found_once(target: str, source: bytes) -> None:
    TARGETS[target](source)
