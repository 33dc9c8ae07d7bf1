"""What the command line says, in Chinese where the locale is Chinese.

Messages are written in English where they arise, and stay so in exceptions and in Documents, which depend on no locale.
Here one is known again by its row in the lexicon `messages`, in which `{0}`, `{1}` stand for any text and `{n}`, `{m}`
for numbers. A message that no row knows is taken apart (`INPUT: what is wrong; what to do`); what is then still unknown
stays as it is.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import re
from speechparse.outputs.labels import Language, local_language

_GAP = re.compile(r"\{([0-9nm])\}")
_NUMBER, _TEXT = r"([\d,.]+)", "(.+?)"
_FIRST = r"((?:(?!: |; ).)+?)(?<!:)"  # what a message begins with is no `INPUT: …`


class MessageRow(NamedTuple):
    """A message with its gaps, its Chinese with the same gaps, and one as it is printed."""

    message: str
    chinese: str
    example: str


def said(message: str) -> str:
    """The message in the language of the environment."""
    return in_chinese(message) if local_language() is Language.ZH else message


def in_chinese(message: str) -> str:
    """The message in Chinese, as far as the lexicon knows it."""
    for pattern, names, chinese in _rows():
        if match := pattern.fullmatch(message):
            for name, gap in zip(names, match.groups(), strict=True):
                chinese = chinese.replace(f"{{{name}}}", in_chinese(gap))
            return chinese
    for sign, full_width in (("; ", "；"), (": ", "："), (", ", "，")):
        before, _, after = message.partition(sign)
        parts = [in_chinese(before), in_chinese(after)] if after else []
        if parts != [before, after] and parts:
            return full_width.join(parts)
    return message


@cache
def _rows() -> list[tuple[re.Pattern[str], list[str], str]]:
    """The shipped rows as patterns, the longest first; one of the user's own could break the message on it."""
    text = (lexicons.folder() / "messages.tsv").read_text(encoding="utf-8")
    rows = lexicons.parse(text, MessageRow, file="messages.tsv")
    return [
        (re.compile(_pattern(row.message), re.DOTALL), _GAP.findall(row.message), row.chinese)
        for row in sorted(rows, key=lambda row: -len(row.message))
    ]


def _pattern(message: str) -> str:
    pieces = _GAP.split(message)
    written = re.escape(pieces[0])
    for name, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        written += (_NUMBER if name in "nm" else _TEXT if written else _FIRST) + re.escape(piece)
    return written
