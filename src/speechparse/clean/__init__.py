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


def clean_text(raw: AlignedText, options: ParseOptions) -> AlignedText:
    """Run all stages over a decoded text."""
    for stage in STAGES:
        raw = stage(raw, options)
    return raw


__all__ = ["STAGES", "Stage", "clean_text", "decode"]
