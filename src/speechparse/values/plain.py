"""The text of a value, as the grammars of this package read it: simplified, half-width, without blanks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from speechparse.errors import ValueParseError
from speechparse.lazy import regex

if TYPE_CHECKING:
    import opencc

LONGEST = 100  # the longest number in words has some thirty characters; more is a text, not a value

# Other ways to write a numeral's characters, after the conversion to simplified ones
_VARIANTS = str.maketrans("参叄弎弍弌幺○−⁄", "叁叁叁贰一一〇-/")

# 1½ and 1 1/2 would become 11/2
_MIXED = regex.compile(r"(?<=\d)\s+(?=\d+\s*/\s*\d)|(?<=[\d一二三四五六七八九十])(?=[¼½¾⅐-⅞])")
_ROMAN = regex.compile(r"[Ⅰ-ↂ]")  # Ⅹ would become X, which is a mask
# digits of other scripts; the newest of them are digits for `regex` and nothing for `int` and `Decimal`
_OTHER_DIGIT = regex.compile(r"(?![0-9])\d")
_POINT = regex.compile(r"(?<=[零〇一二三四五六七八九十])[.·](?=[零〇一二三四五六七八九])")  # 三.五亿


def plain(text: str, kind: str) -> str:
    """The text made plain. Raises ValueParseError for what is empty or longer than any value; `kind` says of what."""
    if len(text) > LONGEST:
        raise ValueParseError(kind, f"{text[:20]}…", f"{len(text)} characters are no value; give the figure alone")
    if not _is_encodable(text):
        raise ValueParseError(kind, text, "it holds half a character (a lone surrogate)")
    if _ROMAN.fullmatch(text):
        return str(int(unicodedata.numeric(text)))
    result = "".join(unicodedata.normalize("NFKC", _MIXED.sub("又", text)).split())
    if not result.isascii():
        result = _OTHER_DIGIT.sub(lambda m: str(unicodedata.digit(m[0], "\N{REPLACEMENT CHARACTER}")), result)
        result = _simplifier().convert(result)
    result = _POINT.sub("点", result.translate(_VARIANTS))
    if not result:
        raise ValueParseError(kind, text, "it is empty")
    return result


def _is_encodable(text: str) -> bool:
    """Whether UTF-8 can hold it: not so the lone surrogates of bytes decoded with `surrogateescape`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _simplifier() -> opencc.OpenCC:
    import opencc

    return opencc.OpenCC("t2s")
