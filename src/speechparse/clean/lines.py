from __future__ import annotations

from speechparse.options import ParseOptions
from speechparse.text import AlignedText


def lay_out_lines(text: AlignedText, options: ParseOptions) -> AlignedText:
    return text
