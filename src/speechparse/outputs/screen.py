"""What the outputs for the eye share: a console, places in the raw text, harmless control characters."""

from __future__ import annotations

from bisect import bisect_left
from typing import TextIO

from rich.console import Console

from speechparse.lazy import regex

FILE_WIDTH = (
    240  # of a table that goes into a file or a pipe: wider than usual rows, so that cells are hardly ever folded
)

_CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]")
_SPACES = {ord(" "): "␣", ord("\u3000"): "<U+3000>", ord("\u00a0"): "<U+00A0>"}


def console(stream: TextIO) -> Console:
    """A console that writes to `stream`: coloured on a terminal, plain and wide otherwise."""
    return Console(
        file=stream,
        width=None if stream.isatty() else FILE_WIDTH,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=True,
    )


def visible(text: str) -> str:
    """The text with each line break as `⏎` and each other control or format character as its code.

    A scraped page may hold escape sequences or bidi controls; printed as they are they would act on the terminal.
    Of a text that is blank the spaces are shown too.
    """
    return coded(text.translate(_SPACES) if text.isspace() else text)


def coded(text: str) -> str:
    """The text with each line break as `⏎` and each other control or format character as its code."""
    return _CONTROL.sub(lambda match: "⏎" if match[0] == "\n" else f"<U+{ord(match[0]):04X}>", text)


def counted(number: int, noun: str) -> str:
    """`1 record`, `2 records`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


class Places:
    """Turns offsets of a text into the line and the column that an editor shows (both from 1)."""

    def __init__(self, text: str) -> None:
        self._breaks = [at for at, char in enumerate(text) if char == "\n"]

    def __call__(self, offset: int) -> str:
        """`LINE:COLUMN` of an offset."""
        line = bisect_left(self._breaks, offset)
        column = offset - (self._breaks[line - 1] if line else -1)
        return f"{line + 1}:{column}"
