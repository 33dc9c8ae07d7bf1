"""From the bytes of a page to the text of its speeches, with every repair and removal on record.

`STAGES` is the order in which the stages act. Each is a function from `AlignedText` to `AlignedText`.
"""

from __future__ import annotations

from collections.abc import Callable

from speechparse.clean.boilerplate import cut_boilerplate, rules_for_lines
from speechparse.clean.decode import decode
from speechparse.clean.glyphs import normalise_glyphs
from speechparse.clean.html import take_main_text
from speechparse.clean.lines import lay_out_lines
from speechparse.clean.markdown import drop_markdown
from speechparse.clean.mojibake import undo_mojibake
from speechparse.clean.pinyin import undo_pinyin_damage
from speechparse.clean.script import simplify
from speechparse.options import ParseOptions
from speechparse.text import AlignedText
from speechparse.time_limit import check

Stage = Callable[[AlignedText, ParseOptions], AlignedText]

_REPAIRS: tuple[Stage, ...] = (take_main_text, undo_mojibake, undo_pinyin_damage, simplify)
_TIDYING: tuple[Stage, ...] = (normalise_glyphs, drop_markdown, cut_boilerplate, lay_out_lines)
STAGES = (*_REPAIRS, *_TIDYING)

# One stage can leave work for another before it: a control character taken out of the middle of a mojibake run joins
# what it had parted, a title that stood three times still stands twice, joined lines hold a figure that
# was in two. The normal forms of glyphs, blank lines and whole lines of furniture leave none for the tidying.
_ROUNDS = 4


def clean_text(raw: AlignedText, options: ParseOptions) -> AlignedText:
    """Run all stages over a decoded text, and again until they find nothing more."""
    text = raw
    for _ in range(_ROUNDS):
        done = len(text.edits)
        for stage in STAGES:
            check()
            text = stage(text, options)
        if _is_tidy(text.edits[done:]) and all(repair(text, options) is text for repair in _REPAIRS):
            break
    return text


def _is_tidy(edits: tuple[tuple[int, int, str], ...]) -> bool:
    """Whether a round made no edit that leaves work for the tidying."""
    settled = rules_for_lines() | {"lines.blank"}
    return all(rule in settled or rule.startswith("glyphs.") for _, _, rule in edits)


__all__ = ["STAGES", "Stage", "clean_text", "decode"]
