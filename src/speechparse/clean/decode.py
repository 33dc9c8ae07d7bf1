from __future__ import annotations

from speechparse.text import AlignedText


def decode(data: bytes, *, source: str, encoding: str | None = None) -> AlignedText:
    try:
        return AlignedText.of(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return AlignedText.of(data.decode("gb18030", "replace"), "gb18030")
