"""What the tests of the cleaning stages share: running a stage, replaying its changes, the texts to compare with."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path

from hypothesis import strategies as st

from speechparse import AlignedText, ParseOptions
from speechparse.clean import Stage

DEFAULTS = ParseOptions()

# Of what damaged pages are made: figures, traditional and rare characters, misread ones, markup, spaces of all sorts.
PIECES = (
    *("今年全县完成投资", "，", "。", "“项目为王”", "恪尽职守", "12", "3.5", "亿元"),
    *("%", "％", "１２", "、", "０5", "１，０００", "．", "53、04", "?", "××", "a", "PPP", "(xiàng)"),
    *(" ", "　", "\u200b", "\ufeff", "\n", "\r\n", "\t", "政 府 工 作"),
    *("項目建設", "顯著", "隨著", "乾", "椤圭洰", "é¡¹ç›®", "ÏîÄ¿", "Ã©", "€", "\ufffd", "銆", "锛?"),
    *("<p>", "</p>", "<br>", "<", ">", "<div>", "</div>", "<script>", "</script>", "<!--", "-->", "<td>", "<html>"),
    *("&nbsp;", "&lt;", "&amp;", "&gt;", ".A{color:red}", "{color:red}"),
)
damaged_texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)


def run(stage: Stage, text: str, options: ParseOptions = DEFAULTS) -> AlignedText:
    return stage(AlignedText.of(text), options)


def replay(text: AlignedText) -> str:
    """The text again, made of the raw text and the list of changes alone."""
    pieces, at = [], 0
    for change in text.changes():
        pieces += [text.raw[at : change.raw_start], text.text[change.start : change.end]]
        at = change.raw_end
    return "".join([*pieces, text.raw[at:]])


def assert_aligned(text: AlignedText) -> None:
    """Every character has its raw span, in order, and the changes tell the whole story."""
    assert len(text.raw_starts) == len(text.raw_ends) == len(text.text)
    assert list(text.raw_starts) == sorted(text.raw_starts)
    assert list(text.raw_ends) == sorted(text.raw_ends)
    assert all(start <= end for start, end in zip(text.raw_starts, text.raw_ends, strict=True))
    assert replay(text) == text.text


def assert_linear(stage: Stage, piece: str) -> None:
    """Four times the text takes no more than eight times as long; small times are the machine's, not the text's.

    Quadratic work takes sixteen times as long each time; a busy machine does not four times.
    """

    def seconds(length: int) -> float:
        text = AlignedText.of((piece * (length // len(piece) + 1))[:length])
        gc.collect()
        gc.disable()  # what earlier tests have left in memory is none of the stage's business
        try:
            begun = time.process_time()
            stage(text, DEFAULTS)
            return time.process_time() - begun
        finally:
            gc.enable()

    seconds(1000)
    assert any(seconds(200_000) < 8 * max(seconds(50_000), 0.05) for _ in range(4))


def read(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def corpus(shared: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each clean speech of the development material."""
    for file in sorted(shared.glob("corpus/**/*.txt")):
        yield file.name, read(file)
