"""The cleaning stages together: a second run changes nothing, and what was done can be replayed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import speechparse as sp
from speechparse.pipeline import describe_changes
from speechparse.text import AlignedText

WORDS = [
    "在全县重点项目推进会上的讲话",
    "同志们：",
    "一、认清形势，增强责任感",
    "今年要完成固定资产投资162亿元以上，力争170亿元。",
    "（2031年3月5日）",
    "- 3 -",
    "項(xiàng)目建(jiàn)設(shè)",
    "?偼顿Y",
    "银行(háng)",
    "\xb0\x7f\xa1\xf8P",
    "ç»æµŽ",
    "<p>",
    "&nbsp;",
    "<br>",
    "1121 万 元",
    "21.88%%",
    "53、04亿元",
    "\u3000\u3000",
    "\n",
    "\n\n",
    " ",
    "\u3000",
    "政 府 工 作 报 告",
    "打印本页 关闭窗口",
    "２０３１年",
    "髮展",
    "？",
    "?",
    "责任编辑：王某",
]


@st.composite
def pages(draw: st.DrawFn) -> str:
    return "".join(draw(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), min_size=1, max_size=14)))


def replay(text: AlignedText) -> str:
    repairs, removals = describe_changes(text)
    edits = [(r.raw_start, r.raw_end, r.after) for r in repairs] + [(r.raw_start, r.raw_end, "") for r in removals]
    pieces, at = [], 0
    for start, end, after in sorted(edits):
        pieces += (text.raw[at:start], after)
        at = end
    return "".join([*pieces, text.raw[at:]])


@settings(max_examples=300, deadline=None)
@given(pages())
def test_cleaning_twice_is_cleaning_once(page: str) -> None:
    try:
        once = sp.clean(page)
    except sp.SpeechparseError:
        return
    if once.text.strip():
        assert sp.clean(once.text).text == once.text


@settings(max_examples=300, deadline=None)
@given(pages())
def test_what_was_done_can_be_replayed(page: str) -> None:
    try:
        text = sp.clean(page)
    except sp.SpeechparseError:
        return
    assert replay(text) == text.text


@pytest.mark.parametrize(
    "page",
    ["°\x7f¡øP", "同志们：\n今年完成投资2亿元。", "<p>同志们：</p><p>投资&nbsp;2亿元。</p>"],
)
def test_texts_that_failed_once(page: str) -> None:
    once = sp.clean(page)
    assert sp.clean(once.text).text == once.text
    assert replay(once) == once.text
