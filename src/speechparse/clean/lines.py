"""Lays the lines of a speech out: one line a paragraph, none of them blank, every heading on its own line.

`lay_out_lines` first closes the gaps between lines: it joins what a page break or a fixed width had cut, also inside a
word, a number or a quotation, drops the page numbers that stand in between, and takes away blank lines and indents.
Then it opens the gaps that are missing: a title or a heading that is glued to a paragraph gets a line of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from speechparse.clean.glued import glued_headings, glued_titles
from speechparse.options import ParseOptions
from speechparse.segment.linekinds import (
    Line,
    introduces,
    is_title,
    numbering,
    speaker_of,
    split_lines,
)
from speechparse.text import AlignedText, Edit

LONGEST_PLAIN_HEADING = 34  # of a heading without a number; what is longer and has no full stop goes on
LONGEST_HEADING = 80  # of a numbered one
PARAGRAPH = 60  # under a first line that is much shorter, that line is a title
FULL_STOPS = "。！？!?；;：:…"
CLOSING = "”’」』）)》】"
WIDTHS = range(18, 66)  # of lines that were cut at a fixed width
FEWEST_WRAPPED = 6

_NEVER_LAST = frozenset("，、,《“（(【「『—")  # a line can't end here
_NEVER_FIRST = frozenset("，。、；：！？》”）)】」』,;:!?%％℃")  # nor begin here
_CLOSED = regex.compile(rf"[{FULL_STOPS}](?:[（(][^（()）]{{1,14}}[)）]|[{CLOSING}])++$")
_ORDINAL = regex.compile(r"第[一二三四五六七八九十]{1,2}[，,、][^。；;]{4,32}")
_LEAD_IN = regex.compile(r"(?:下面|最后|现在|这里|首先|今天|接下来)[，,]?.{0,12}?(?:讲|谈|说|强调|提)")
_PLAIN = regex.compile(r"[^，,、；;。！？：:]*[^，,、；;。！？：:的和与及对在是为把被将以从向由\d]")
_HEADING_AT_END = regex.compile(r"[。！？：:；…”）\s][一二三四五六七八九十]{1,3}、[^。！？；：:\n]{4,48}$")
_ASCII_WORD = regex.compile("[0-9A-Za-z]{2}")
_LETTER = regex.compile("[A-Za-z]")
_NUMBER = regex.compile(r"\d[\d.,]*")
_PAGE_NUMBER = regex.compile(r"\d{1,3}")


def lay_out_lines(text: AlignedText, options: ParseOptions) -> AlignedText:
    """Put every paragraph, title and heading on one line of its own. Text laid out like that comes back unchanged."""
    text = text.apply(_close_gaps(text.text))
    text = text.apply(glued_titles(text.text))
    return text.apply(glued_headings(text.text))


def _close_gaps(text: str) -> Iterator[Edit]:
    lines = split_lines(text)
    if not lines:
        yield Edit(0, len(text), "", "lines.blank")
        return
    width = fixed_width(lines)
    numbers = _page_numbers(lines, width)
    kept = [line for index, line in enumerate(lines) if index not in numbers]
    if not kept:
        return
    yield Edit(0, kept[0].start, "", "lines.blank")
    paragraph = [kept[0]]
    for above, below in pairwise(kept):
        joined = _goes_on(paragraph, below, width)
        between = text[above.end : below.start]
        rule = "lines.join" if joined else "lines.blank"
        if between.strip():
            rule = "lines.page_number"
        yield Edit(above.end, below.start, _glue(above.text, below.text) if joined else "\n", rule)
        if joined:
            paragraph.append(below)
        else:
            paragraph = [below]
    yield Edit(kept[-1].end, len(text), "", "lines.blank")


def _glue(above: str, below: str) -> str:
    return " " if above[-1].isascii() and below[0].isascii() and above[-1].isalpha() and below[0].isalpha() else ""


def _page_numbers(lines: Sequence[Line], width: int | None) -> set[int]:
    """The indices of lines that are bare page numbers.

    A number on a line of its own may also be part of the text (the 2.5 of PM2.5, the 17 of 17772). On a page that was
    cut at a fixed width it can't be: there such a number stands at the end of a line. On another page only numbers that
    count the pages one by one are taken for page numbers.
    """
    bare = {
        index: int(line.text)
        for index, line in enumerate(lines)
        if _PAGE_NUMBER.fullmatch(line.text) and not (index and _LETTER.fullmatch(lines[index - 1].text[-1]))
    }
    if width is not None:
        return set(bare)
    counting: list[int] = []
    for index, number in bare.items():
        if not counting or number == bare[counting[-1]] + 1:
            counting.append(index)
    return set(counting) if len(counting) > 1 else set()


def fixed_width(lines: Sequence[Line]) -> int | None:
    """The width at which a page has cut its lines, where it has: most lines are as wide, and end anywhere."""
    if len(lines) < FEWEST_WRAPPED:
        return None
    widths = Counter(line.width for line in lines)
    common, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
    if common not in WIDTHS:
        return None
    full = {line.text for line in lines if abs(line.width - common) <= 2 and not is_title(line.text)}
    cut = sum(not _is_complete(line) for line in full)
    if len(full) < FEWEST_WRAPPED or 3 * len(full) < len(lines) or 2 * cut < len(full):
        return None
    return common


def _is_complete(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line[-1] in FULL_STOPS or bool(line[-1] in CLOSING and _CLOSED.search(line[-24:]))


def _goes_on(paragraph: Sequence[Line], below: Line, width: int | None) -> bool:
    """Whether the line below belongs to the paragraph that was read so far."""
    above = paragraph[-1]
    complete = _is_complete(above.text)
    full = width is not None and above.width >= width - 2
    if complete and not full and below.text[0] not in _NEVER_FIRST:
        return False
    if _opens(below.text):
        return False
    if above.text[-1] in _NEVER_LAST or below.text[0] in _NEVER_FIRST:
        return True
    if full:
        return not complete or not (below.indent > above.indent and below.indent >= 2)
    if _ASCII_WORD.fullmatch(above.text[-1] + below.text[0]) or _NUMBER.fullmatch(below.text):
        return True
    if width is None and above.begin == 0 and len(above.text) <= LONGEST_PLAIN_HEADING and len(below.text) >= PARAGRAPH:
        return False
    if _HEADING_AT_END.search(above.text[-64:]):
        return False
    return len(paragraph) > 1 or not _stands_alone(above.text)


def _opens(line: str) -> bool:
    """Whether a line begins something new, whatever stands above it."""
    if numbering(line) or line.startswith("——"):
        return True
    return len(line) <= LONGEST_HEADING and (is_title(line) or introduces(line))


def _stands_alone(line: str) -> bool:
    """Whether a line without a full stop is complete: a title and what belongs to it, a heading, a lead-in."""
    if len(line) > LONGEST_HEADING:
        return False
    if is_title(line) or introduces(line) or speaker_of(line):
        return True
    if numbering(line):
        return not regex.search("[。！？]", line)
    if _ORDINAL.fullmatch(line):
        return True
    if 2 <= len(line) <= LONGEST_PLAIN_HEADING and _PLAIN.fullmatch(line):
        return True
    return len(line) <= LONGEST_HEADING and bool(_LEAD_IN.match(line)) and "。" not in line
