"""What the web did to texts: each channel encodes a text rightly and decodes it wrongly.

A lossless channel keeps every byte, or raises UnicodeError where the wrong encoding can't read the text. A lossy one
drops or replaces what the wrong encoding has not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

Channel = Callable[[str], str]

_C1 = re.compile("[\x80-\x9f]")
_UNDEFINED_IN_1252 = re.compile("[\x81\x8d\x8f\x90\x9d]")


def as_1252(data: bytes) -> str:
    """Read as browsers read windows-1252: what it has not is a control character."""
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in data)


def as_windows_gbk(data: bytes) -> str:
    """Read as Windows reads GBK: the single byte 80 is the euro."""
    pieces, at = [], 0
    while at < len(data):
        if data[at] < 0x80 or data[at] == 0x80:
            pieces.append("€" if data[at] == 0x80 else chr(data[at]))
            at += 1
        else:
            pieces.append(data[at : at + 2].decode("gb18030"))
            at += 2
    return "".join(pieces)


LOSSLESS: dict[str, Channel] = {
    "utf8_as_gbk": lambda text: text.encode().decode("gbk"),
    "utf8_as_gb18030": lambda text: text.encode().decode("gb18030"),
    "utf8_as_windows_gbk": lambda text: as_windows_gbk(text.encode()),
    "utf8_as_latin1": lambda text: text.encode().decode("latin-1"),
    "utf8_as_1252": lambda text: as_1252(text.encode()),
    "gbk_as_latin1": lambda text: text.encode("gbk").decode("latin-1"),
    "gbk_as_1252": lambda text: as_1252(text.encode("gbk")),
}

_AGAIN = ("utf8_as_gbk", "utf8_as_gb18030", "utf8_as_latin1", "utf8_as_1252")


def _twice(first: str, second: str) -> Channel:
    return lambda text: LOSSLESS[second](LOSSLESS[first](text))


# What was misread is stored as UTF-8 again, or the second reading would be another one.
TWICE: dict[str, Channel] = {
    f"{first}+{second}": _twice(first, second) for first, second in product(LOSSLESS, _AGAIN)
}

LOSSY: dict[str, Channel] = {
    "utf8_as_gbk_replaced": lambda text: text.encode().decode("gbk", "replace"),
    "utf8_as_gbk_dropped": lambda text: text.encode().decode("gbk", "ignore"),
    "utf8_as_gb18030_question_marks": lambda text: text.encode().decode("gb18030", "replace").replace("\ufffd", "?"),
    "utf8_as_1252_dropped": lambda text: _UNDEFINED_IN_1252.sub("", as_1252(text.encode())),
    "utf8_as_1252_question_marks": lambda text: _UNDEFINED_IN_1252.sub("?", as_1252(text.encode())),
    "utf8_as_1252_spaces": lambda text: as_1252(text.encode()).replace("\xa0", " "),
    "utf8_as_latin1_without_c1": lambda text: _C1.sub("", text.encode().decode("latin-1")),
}


def readable_lines(channel: Channel, text: str) -> tuple[str, str]:
    """The lines of a text that a lossless channel can read, and what it makes of them."""
    clean, damaged = [], []
    for line in text.splitlines(keepends=True):
        try:
            misread = channel(line)
        except UnicodeError:
            continue
        if misread != line:
            clean.append(line)
            damaged.append(misread)
    return "".join(clean), "".join(damaged)
