"""Parts and their whole: 重点项目125个，其中新开工项目32个."""

from __future__ import annotations

import regex

from speechparse.extract.discourse import Discourse
from speechparse.extract.mentions import Mention

_OF_WHICH = regex.compile(r"其中|包括|分别是|[（(]")
_END_OF_PARTS = regex.compile(r"[。；;）)]")


def link_wholes(text: str, discourse: Discourse, figures: list[Mention]) -> None:
    """Set `of` of the figures behind 其中 to the indicator of the figure before it."""
    values = [f for f in figures if f.role == "value"]
    whole: Mention | None = None
    for previous, figure in zip([None, *values], values, strict=False):
        if previous is None:
            continue
        between = text[previous.end : figure.start]
        if len(between) <= 60 and "其中" in between and "\n" not in between:
            whole = previous
        elif whole is not None and _END_OF_PARTS.search(between):
            whole = None
        if whole is not None and figure.kind == whole.kind:
            figure.of = whole.indicator
            figure.rules.append("whole.of_which")
