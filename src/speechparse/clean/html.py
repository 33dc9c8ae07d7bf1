from __future__ import annotations

from speechparse.options import ParseOptions
from speechparse.text import AlignedText


def take_main_text(text: AlignedText, options: ParseOptions) -> AlignedText:
    return text
