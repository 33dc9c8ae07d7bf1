"""Lays the lines of a speech out: one line a paragraph, none of them blank, every heading on its own line.

`lay_out_lines` first closes the gaps between lines: it joins what a page break or a fixed width had cut, also inside a
word, a number or a quotation, drops the page numbers that stand in between, and takes away blank lines and indents.
Then it opens the gaps that are missing: a title or a heading that is glued to a paragraph gets a line of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from speechparse.clean.glued import glued_headings, glued_titles
from speechparse.lazy import regex
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
WIDTHS = range(18, 66)  # of lines that were cut
EVEN = 5  # how many widths the lines have that were cut at one: a mark or a digit more or less
RAGGED = 12  # and those that were cut at words, or in a font of many widths
FEWEST_WRAPPED = 6
INDENT = 2  # of the first line of a paragraph, at least

_NEVER_LAST = frozenset("，、,《“（(【「『—")  # a line can't end here
_NEVER_FIRST = frozenset("，。、；：！？》”）)】」』,;:!?%％℃")  # nor begin here
_CLOSED = regex.compile(rf"[{FULL_STOPS}](?:[（(][^（()）]{{1,14}}[)）]|[{CLOSING}])++$")
_ORDINAL = regex.compile(r"第[一二三四五六七八九十]{1,2}[，,、][^。；;]{4,32}")
_LEAD_IN = regex.compile(r"(?:下面|最后|现在|这里|首先|今天|接下来)[，,]?.{0,12}?(?:讲|谈|说|强调|提)")
_PLAIN = regex.compile(r"[^，,、；;。！？：:]*[^，,、；;。！？：:的和与及对在是为把被将以从向由\d]")
_HEADING_AT_END = regex.compile(r"[。！？：:；…”）\s][一二三四五六七八九十]{1,3}、[^。！？；：:\n]{4,48}$")
_ASCII_WORD = regex.compile("[0-9A-Za-z]{2}")
_LETTER = regex.compile("[A-Za-z]")
# what a paragraph is more likely to begin with than a sentence within it: a short one that says what it is about, 一是
_LEAD = regex.compile(r"[^，,。；;：:\d]{4,22}[。：]|同志们|各位|[一二三四五六七八九十]{1,3}[是要]")
_MARK = regex.compile("[，,。；;]")
_NUMBER = regex.compile(r"\d[\d.,]*")
_PAGE_NUMBER = regex.compile(r"\d{1,3}")


class Wrapping(NamedTuple):
    """How a page has cut its lines: what is `least` wide fills one. `margin` is the indent of lines that go on, where a
    deeper one begins a paragraph; None where indents tell nothing. `parted`: blank lines stand between paragraphs."""

    least: int
    ragged: bool
    margin: int | None = None
    parted: bool = False

    def fills(self, line: Line) -> bool:
        return line.width >= self.least

    def begins(self, above: Line, below: Line) -> bool | None:
        """Whether a line begins a paragraph, by its indent or the blank line above it; None where neither tells."""
        if self.margin is not None:
            return below.indent >= self.margin + INDENT
        if not self.parted or not _is_parted(above, below):
            return False if self.parted else None
        return True if _is_complete(above.text) else None  # a page break may have a blank line too


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
    wrapping = find_wrapping(lines)
    numbers = _page_numbers(lines, wrapping)
    kept = [line for index, line in enumerate(lines) if index not in numbers]
    if not kept:
        return
    yield Edit(0, kept[0].start, "", "lines.blank")
    paragraph = [kept[0]]
    for above, below in pairwise(kept):
        joined = _goes_on(paragraph, below, wrapping)
        between = text[above.end : below.start]
        rule = "lines.join" if joined else "lines.blank"
        if between.strip():
            rule = "lines.page_number"
        yield Edit(above.end, below.start, _glue(text, above, below, wrapping) if joined else "\n", rule)
        if joined:
            paragraph.append(below)
        else:
            paragraph = [below]
    yield Edit(kept[-1].end, len(text), "", "lines.blank")


def _glue(text: str, above: Line, below: Line, wrapping: Wrapping | None) -> str:
    """What stands between two lines that were one: a space between Latin words, but not where GDP or RCEP was cut."""
    left, right = above.text[-1], below.text[0]
    if not (left.isascii() and right.isascii() and left.isalpha() and right.isalpha()):
        return ""
    if text[above.end] in " \t":
        return " "
    return "" if wrapping or (left.isupper() and right.isupper()) else " "


def _page_numbers(lines: Sequence[Line], wrapping: Wrapping | None) -> set[int]:
    """The indices of lines that are bare page numbers.

    A number on a line of its own may also be part of the text (the 2.5 of PM2.5, the 17 of 17772). On a page whose
    lines were cut it can't be: there such a number stands at the end of a line. On another page only numbers that
    count the pages one by one are taken for page numbers.
    """
    bare = {
        index: int(line.text)
        for index, line in enumerate(lines)
        if _PAGE_NUMBER.fullmatch(line.text) and not (index and _LETTER.fullmatch(lines[index - 1].text[-1]))
    }
    if wrapping is not None:
        return set(bare)
    counting: list[int] = []
    for index, number in bare.items():
        if not counting or number == bare[counting[-1]] + 1:
            counting.append(index)
    return set(counting) if len(counting) > 1 else set()


def find_wrapping(lines: Sequence[Line]) -> Wrapping | None:
    """How a page has cut its lines, where it has: most are about as wide, and end anywhere."""
    if len(lines) < FEWEST_WRAPPED:
        return None
    widths = Counter(line.width for line in lines)
    even, ragged = _at_one_width(lines, widths), _at_ragged_widths(lines, widths)
    if even and ragged and 4 * _cut_within(even.least, EVEN, lines) >= 3 * _cut_within(ragged.least, RAGGED, lines):
        ragged = None
    wrapping = ragged or even
    if wrapping is None:
        return None
    ends = [pair for pair in pairwise(lines) if _is_complete(pair[0].text)]
    cuts = [pair for pair in pairwise(lines) if wrapping.fills(pair[0]) and not _is_complete(pair[0].text)]
    return wrapping._replace(margin=_margin(cuts, ends), parted=_parts_paragraphs(cuts, ends, _is_parted))


def _cut_within(least: int, widths: int, lines: Sequence[Line]) -> int:
    return sum(least <= line.width < least + widths and not _is_complete(line.text) for line in lines)


def _at_one_width(lines: Sequence[Line], widths: Counter[int]) -> Wrapping | None:
    common, _ = max(widths.items(), key=lambda item: (item[1], item[0]))
    least = common - EVEN // 2
    if common not in WIDTHS or not _is_cut_prose([line for line in lines if least <= line.width < least + EVEN]):
        return None
    full = {line.text for line in lines if least <= line.width < least + EVEN and not is_title(line.text)}
    return Wrapping(least, ragged=False) if 3 * len(full) >= len(lines) else None


def _at_ragged_widths(lines: Sequence[Line], widths: Counter[int]) -> Wrapping | None:
    narrower = list(accumulate((widths[width] for width in range(WIDTHS[-1] + RAGGED)), initial=0))
    least = max(WIDTHS, key=lambda least: narrower[least + RAGGED] - narrower[least])
    if 20 * sum(seen for width, seen in widths.items() if width >= least + RAGGED) > len(lines):
        return None
    full = [line for line in lines if least <= line.width < least + RAGGED]
    if 2 * len(full) < len(lines) or not _is_cut_prose(full):
        return None
    return Wrapping(min(line.width for line in full if not _is_complete(line.text)), ragged=True)


def _is_cut_prose(lines: Sequence[Line]) -> bool:
    """Whether lines are of paragraphs: most break off, and have marks within. The names in a list have none."""
    different = {line.text for line in lines if not is_title(line.text)}
    cut = [line for line in different if not _is_complete(line)]
    marked = sum(bool(_MARK.search(line)) for line in cut)
    return len(different) >= FEWEST_WRAPPED and 2 * len(cut) >= len(different) and 2 * marked >= len(cut)


Pairs = Sequence[tuple[Line, Line]]  # of a line and the one below it


def _margin(cuts: Pairs, ends: Pairs) -> int | None:
    """The indent of lines that go on, where those that begin a paragraph have a deeper one."""
    indents = Counter(below.indent for _, below in cuts)
    margin = max(indents, key=lambda indent: (indents[indent], -indent), default=0)
    deeper = _parts_paragraphs(cuts, ends, lambda _, below: below.indent >= margin + INDENT)
    return margin if deeper and 10 * indents[margin] >= 9 * len(cuts) else None


def _parts_paragraphs(cuts: Pairs, ends: Pairs, mark: Callable[[Line, Line], bool]) -> bool:
    """Whether a mark stands where a sentence ends, as paragraphs do, and hardly ever where a page has cut a line."""
    seen = sum(mark(*pair) for pair in ends)
    return seen >= 2 and 2 * seen >= len(ends) and 10 * sum(mark(*pair) for pair in cuts) <= len(cuts)


def _is_parted(above: Line, below: Line) -> bool:
    return above.over < below.begin


def _is_complete(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line[-1] in FULL_STOPS or bool(line[-1] in CLOSING and _CLOSED.search(line[-24:]))


def _goes_on(paragraph: Sequence[Line], below: Line, wrapping: Wrapping | None) -> bool:
    """Whether the line below belongs to the paragraph that was read so far."""
    above = paragraph[-1]
    complete = _is_complete(above.text)
    full = wrapping is not None and wrapping.fills(above)
    begins = wrapping.begins(above, below) if wrapping else None
    if begins is not None and (begins or full) and below.text[0] not in _NEVER_FIRST:
        return not begins and not (complete and _opens(below.text))
    if complete and not full and below.text[0] not in _NEVER_FIRST:
        return False
    if _opens(below.text):
        return False
    if above.text[-1] in _NEVER_LAST or below.text[0] in _NEVER_FIRST:
        return True
    if wrapping and full:
        if speaker_of(below.text) and introduces(_whole(paragraph)):
            return False
        if complete and wrapping.ragged:  # the last line of its paragraph, or one that happens to end with a sentence
            return above.text[-1] in "；;：:" or not _LEAD.match(below.text)
        return not complete or not (below.indent > above.indent and below.indent >= INDENT)
    if _ASCII_WORD.fullmatch(above.text[-1] + below.text[0]) or _NUMBER.fullmatch(below.text):
        return True
    short = above.begin == 0 and len(above.text) <= LONGEST_PLAIN_HEADING
    if wrapping is None and short and len(below.text) >= PARAGRAPH:
        return False
    if _HEADING_AT_END.search(above.text[-64:]):
        return False
    if len(paragraph) > 1 and wrapping is None:
        return True
    return not _stands_alone(_whole(paragraph))


def _whole(paragraph: Sequence[Line]) -> str:
    """A paragraph of which a title or a heading may be all; nothing of a longer one."""
    return "".join(line.text for line in paragraph) if len(paragraph) < LONGEST_HEADING // WIDTHS[0] + 2 else ""


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
