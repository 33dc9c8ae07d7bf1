"""From the bytes of a page to the text of its speeches, with every repair and removal on record.

`STAGES` is the order in which the stages act. Each is a function from `AlignedText` to `AlignedText`.
"""

from __future__ import annotations

from collections.abc import Callable

from speechparse.clean.boilerplate import cut_boilerplate
from speechparse.clean.decode import decode
from speechparse.clean.glyphs import normalise_glyphs
from speechparse.clean.html import take_main_text
from speechparse.clean.lines import lay_out_lines
from speechparse.clean.mojibake import undo_mojibake
from speechparse.clean.pinyin import undo_pinyin_damage
from speechparse.clean.script import simplify
from speechparse.options import ParseOptions
from speechparse.text import AlignedText

Stage = Callable[[AlignedText, ParseOptions], AlignedText]

STAGES: tuple[Stage, ...] = (
    take_main_text,
    undo_mojibake,
    undo_pinyin_damage,
    simplify,
    normalise_glyphs,
    cut_boilerplate,
    lay_out_lines,
)


# One stage can leave work for another before it: a control character taken out of the middle of a mojibake run joins
# what it had parted, a title that stood three times still stands twice.
_ROUNDS = 4
_LAYOUT = frozenset({"lines.blank", "lines.join", "glyphs.line_end", "glyphs.spaces"})


def clean_text(raw: AlignedText, options: ParseOptions) -> AlignedText:
    """Run all stages over a decoded text, and again until they find nothing more. Mere layout needs no second run."""
    text = raw
    for _ in range(_ROUNDS):
        done = len(text.edits)
        for stage in STAGES:
            text = stage(text, options)
        if all(rule in _LAYOUT for _, _, rule in text.edits[done:]):
            break
    return text


__all__ = ["STAGES", "Stage", "clean_text", "decode"]
