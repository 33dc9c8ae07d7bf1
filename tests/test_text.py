"""AlignedText: whatever the stages edit, each character knows which raw characters it stands for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechparse.text import AlignedText, Edit, Span

LETTERS = st.text(alphabet="甲乙丙12?( \n", max_size=12)


@st.composite
def edit_rounds(draw: st.DrawFn) -> tuple[AlignedText, list[list[Edit]]]:
    """A text after several rounds of random edits, and the rounds."""
    text = AlignedText.of(draw(LETTERS))
    rounds = []
    for number in range(draw(st.integers(0, 4))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit(start, end, draw(st.text(alphabet="丁戊34", max_size=3)), f"round{number}.{index}")
            for index, (start, end) in enumerate(zip(places[::2], places[1::2], strict=False))
        ]
        rounds.append(edits)
        text = text.apply(edits)
    return text, rounds


def replay(text: AlignedText) -> str:
    """The clean text made from the raw text and the changes alone."""
    pieces, done = [], 0
    for change in text.changes():
        pieces += [text.raw[done : change.raw_start], text.text[change.start : change.end]]
        done = change.raw_end
    return "".join([*pieces, text.raw[done:]])


@given(edit_rounds())
def test_edits_do_what_string_surgery_does(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    text, rounds = case
    plain = text.raw
    for edits in rounds:
        for start, end, new, _ in reversed(edits):
            plain = plain[:start] + new + plain[end:]
    assert text.text == plain


@given(edit_rounds())
def test_replaying_the_changes_on_the_raw_text_gives_the_text(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    assert replay(case[0]) == case[0].text


@given(edit_rounds())
def test_changes_are_in_order_and_do_not_overlap(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    for one, next_one in pairwise(case[0].changes()):
        assert one.raw_start <= one.raw_end <= next_one.raw_start
        assert one.start <= one.end <= next_one.start


@given(edit_rounds())
def test_every_change_names_rules_and_every_effective_rule_is_named(
    case: tuple[AlignedText, list[list[Edit]]],
) -> None:
    text, _ = case
    named = {rule for change in text.changes() for rule in change.rules}
    assert all(change.rules for change in text.changes())
    assert named == {rule for _, _, rule in text.edits}


@given(edit_rounds())
def test_the_alignment_never_goes_back(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    text, _ = case
    assert len(text.raw_starts) == len(text.raw_ends) == len(text.text)
    assert all(one <= next_one for one, next_one in pairwise(text.raw_starts))
    assert all(0 <= start <= end <= len(text.raw) for start, end in zip(text.raw_starts, text.raw_ends, strict=True))


def test_raw_ends_never_go_back_either() -> None:
    text = AlignedText.of("㈠").apply([Edit(0, 1, "(一)", "width")]).apply([Edit(1, 1, "第", "insert")])
    assert list(text.raw_ends) == sorted(text.raw_ends)


@given(edit_rounds())
def test_a_wider_span_has_a_wider_raw_span(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    text, _ = case
    for end in range(1, len(text) + 1):
        inner, outer = text.raw_span(end - 1, end), text.raw_span(0, end)
        assert outer.start <= inner.start
        assert inner.end <= outer.end


@given(edit_rounds())
def test_untouched_characters_stand_for_themselves(case: tuple[AlignedText, list[list[Edit]]]) -> None:
    """The alphabets of raw text and replacements differ, so a raw letter in the result was never replaced."""
    text, _ = case
    for at, char in enumerate(text.text):
        if char in "甲乙丙12?( \n":
            assert text.raw[slice(*text.raw_span(at, at + 1))] == char


NOTES = AlignedText.of("項(xiàng)目83個，　完成").apply(
    [Edit(0, 1, "项", "script"), Edit(1, 8, "", "pinyin.note"), Edit(11, 12, "个", "script")]
)

RAW_SPANS = [
    # clean slice, its raw slice
    ("项", "項"),
    ("项目", "項(xiàng)目"),
    ("目83个", "目83個"),
    ("83", "83"),
    ("完成", "完成"),
]


@pytest.mark.parametrize(("clean", "raw"), RAW_SPANS)
def test_raw_span(clean: str, raw: str) -> None:
    at = NOTES.text.index(clean)
    assert NOTES.raw[slice(*NOTES.raw_span(at, at + len(clean)))] == raw


def test_the_raw_span_of_nothing_is_a_place() -> None:
    assert NOTES.raw_span(1, 1) == Span(8, 8)
    assert NOTES.raw_span(len(NOTES), len(NOTES)) == Span(len(NOTES.raw), len(NOTES.raw))


def test_a_repeated_line_keeps_its_own_place() -> None:
    """What a diff afterwards gets wrong: of two equal lines the first is cut, and the figure belongs to the second."""
    text = AlignedText.of("投资5亿元\n投资5亿元\n").apply([Edit(0, 6, "", "boilerplate.repeated")])
    assert text.raw_span(2, 5) == Span(8, 11)


def test_edits_that_change_nothing_leave_the_same_object() -> None:
    text = AlignedText.of("项目83个")
    assert text.apply([]) is text
    assert text.apply([Edit(0, 2, "项目", "script")]) is text


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(3, 4, "x", "late"), Edit(0, 1, "x", "early")],
        [Edit(0, 3, "x", "one"), Edit(2, 4, "x", "other")],
        [Edit(3, 2, "x", "backwards")],
        [Edit(3, 9, "x", "outside")],
    ],
    ids=lambda edits: edits[0].rule,
)
def test_edits_out_of_order_or_range_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order or out of range"):
        AlignedText.of("项目83个").apply(edits)
