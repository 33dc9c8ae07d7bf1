"""Takes the text of a speech out of the markup of its page, or the left-overs of markup out of a text.

The page is split into tags, entities and text where it stands, so that every removal is an edit of the source and the
offsets of what remains are those of the source; an HTML parser would give a tree without offsets. What matters of the
tree is which element holds the speech: the rows of data/lexicons/html_parts.tsv know it on the sites that publish
speeches, and where none applies, it is the element whose own paragraphs hold most text that is no link. Its title and
subtitle are kept with it. Where the page gives a title or a day of publication elsewhere, they are noted as facts
(`title`, `published`).

Lines are made as a browser would: at block elements and `<br>`; cells of a row stay on one line, with a tab between.
"""

from __future__ import annotations

import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from speechparse.clean.markup import BLOCKS, CELLS, HAN, KNOWN, Element, Page, Token, split, tokens_of
from speechparse.lazy import regex
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit, Note
from speechparse.time_limit import checked

_ROUNDS = 8  # markup inside of markup: &lt;p&gt; becomes a tag when it is decoded
_ENOUGH = 0.4  # the share of a page's text that an element of the lexicon must hold to be the one
_NEARLY_ALL = 0.7
_LONGEST_TITLE = 120
_LONGEST_SELECTOR = 300
_LONGEST_CELL = 80  # Chinese characters; a longer cell is no datum but part of a page laid out by tables


def take_main_text(text: AlignedText, options: ParseOptions) -> AlignedText:
    """The main text of a page, or a text without stray markup; what has no markup comes back as it is."""
    for _ in range(_ROUNDS):
        before = text
        if "<" in text.text:
            text = _take_from_page(text) if _is_page(text.text) else _drop_stray_markup(text)
        if "&" in text.text:
            text = text.apply(_entities(text.text))
        if "{" in text.text:
            text = text.apply(_style_left_overs(text.text))
        if "(" in text.text:
            text = text.apply(_script_left_overs(text.text))
        if text is before:
            break
    return text


_PAGE = regex.compile(r"(?i)<(?:!doctype\s+html|html|head|body|meta\s|frameset)")
_BLOCK_TAG = regex.compile(r"(?i)</?(?:p|br|div|td|tr|table|li|h[1-6]|section|article)(?=[\s/>])")


def _is_page(text: str) -> bool:
    """Whether a text plainly is HTML: it says so, or every few lines have a tag of a block."""
    return bool(_PAGE.search(text)) or len(_BLOCK_TAG.findall(text)) >= max(6, len(text) // 300)


def _main_elements(page: Page) -> list[Element]:
    """The elements that hold the speech: known ones, or the one with most text of its own."""
    total = page.elements[0].amount
    known = [(element.row.rank, element) for element in page.elements if element.row and element.part == "text"]
    for rank in sorted({rank for rank, _ in known}):
        of_rank = [element for its_rank, element in known if its_rank == rank]
        most = max(element.amount for element in of_rank)
        if most < max(1, total * _ENOUGH):
            continue
        best = min((e for e in of_rank if e.amount >= most * 0.9), key=lambda e: e.inner_end - e.inner)
        return [best, *_siblings(best, of_rank)]
    best = max(page.elements, key=lambda element: element.own)
    while best.amount < total * _NEARLY_ALL and best.parent >= 0:
        best = page.elements[best.parent]
    return [best]


def _siblings(best: Element, others: list[Element]) -> Iterator[Element]:
    """More elements of the same kind with a good deal of text: a speech, or several, in parts."""
    at = best.inner_end
    for element in others:
        if element.row is best.row and element.start >= at and element.amount >= best.amount * 0.2:
            yield element
            at = element.end


def _title_elements(page: Page, before: int) -> list[Element]:
    """The title above the speech, and the subtitles after it. Sites put their own name into a heading as well."""
    candidates = [
        element
        for element in page.elements
        if element.part in ("title", "subtitle") and element.end <= before and 0 < element.amount <= _LONGEST_TITLE
    ]
    titles = [element for element in candidates if element.part == "title"]
    if not titles:
        return []
    whole = _document_title(page)
    title = next((e for e in reversed(titles) if whole and page.inside(e.inner, e.inner_end) in whole[0]), titles[-1])
    return [title, *(e for e in candidates if e.part == "subtitle" and e.start >= title.end)]


def _document_title(page: Page) -> tuple[str, int, int] | None:
    """What `<meta name="ArticleTitle">` or `<title>` says, with its place; the site's name after it is left out."""
    for token in page.tokens:
        if token.name == "meta" and _meta(token).get("name") == "articletitle":
            return _meta(token)["content"], token.start, token.end
    for token in page.tokens:
        if token.name == "title" and token.raw:
            start, end = _between_tags(page.text, token)
            title = _SITE_NAME.sub("", " ".join(html.unescape(page.text[start:end]).split()))
            return (title, token.start, token.end) if title else None
    return None


def _between_tags(text: str, token: Token) -> tuple[int, int]:
    """The span of what a raw element holds."""
    return text.index(">", token.start) + 1, text.rindex("<", token.start, token.end)


def _meta(token: Token) -> dict[str, str]:
    """`name` (in lower case) and `content` of a meta element."""
    values = {kind.lower(): html.unescape(double or single) for kind, double, single in _META.findall(token.attributes)}
    return {"name": values.get("name", values.get("property", "")).lower(), "content": values.get("content", "")}


def _published(page: Page, until: int) -> tuple[str, int, int] | None:
    """The day on which the page says it was published, as YYYY-MM-DD, with its place."""
    for token in page.tokens:
        if token.name == "meta" and _meta(token)["name"] in ("pubdate", "publishdate", "article:published_time"):
            day = _DAY.search(_meta(token)["content"])
            if day:
                return _iso(day), token.start, token.end
    day = _DAY_LINE.search(page.text, 0, until)
    return (_iso(day), day.start("year"), day.end("day")) if day else None


def _iso(day: regex.Match[str]) -> str:
    return f"{day['year']}-{int(day['month']):02}-{int(day['day']):02}"


_META = regex.compile(r"""(?i)(?<![\w-])(name|property|content)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_SITE_NAME = regex.compile(
    r"(?:(?<!\s)\s++)?+(?<![_|｜\-－–—])[_|｜\-－–—]++[^_|｜]{0,40}?(?:网|政府|门户|平台|频道|首页|公开|文库)[^_|｜]{0,20}$"
    r"|(?:(?<!\s)\s++)?+[_|｜].*+"
)
_DAY = regex.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?!\d)")
_DAY_LINE = regex.compile(
    rf"(?:日期|时间|发布|发表|發布|時間)[^\d<]{{0,12}}+(?:<[^<>]{{0,80}}+>\s{{0,8}}+){{0,3}}+{_DAY.pattern}"
)


_SEPARATORS = ("", " ", "\t", "\n")  # what stands between two pieces of text; the strongest wins
_NOTHING, _BLANK, _CELL, _LINE = range(4)
_SPACE = regex.compile(r"[ \t\r\n\f]++")  # of HTML; U+3000 and no-break spaces are text
_RULES = {"script": "html.script", "style": "html.style", "!--": "html.comment"}


class _Removable(NamedTuple):
    """Markup or space, to be replaced by a separator at least as strong as this one."""

    start: int
    end: int
    separator: int
    rule: str


def _take_from_page(text: AlignedText) -> AlignedText:
    page = split(text.text)
    main = _main_elements(page)
    first = min(element.inner for element in main)
    titles = _title_elements(page, first)
    found = _document_title(page)
    if titles:
        found = page.inside(titles[0].inner, titles[0].inner_end), titles[0].inner, titles[0].inner_end
    facts = [
        Note(name, fact[0], *text.raw_span(*fact[1:]))
        for name, fact in (("title", found), ("published", _published(page, first)))
        if fact
    ]
    return text.apply(_page_edits(page, [*titles, *main])).note(facts=facts)


def _page_edits(page: Page, kept: list[Element]) -> Iterator[Edit]:
    done = 0
    for element in sorted(kept, key=lambda element: element.inner):
        yield Edit(done, element.inner, _SEPARATORS[_LINE if done else _NOTHING], "html.outside")
        gap: list[_Removable] = []
        for removable in _removables(page, element):
            if gap and removable.start > gap[-1].end:
                yield from _close(gap, page.text, element)
                gap = []
            gap.append(removable)
        yield from _close(gap, page.text, element)
        done = element.inner_end
    yield Edit(done, len(page.text), "", "html.outside")


def _close(gap: list[_Removable], text: str, element: Element) -> Iterator[Edit]:
    """Put the strongest separator of a gap in its place; the source's line end is none between Chinese characters."""
    if not gap:
        return
    start, end = gap[0].start, gap[-1].end
    separator = max(removable.separator for removable in gap)
    at_an_edge = start == element.inner or end == element.inner_end
    if at_an_edge or (separator == _BLANK and text[start - 1] > "\u2e7f" < text[end] and "\n" in text[start:end]):
        separator = _NOTHING
    for index, removable in enumerate(gap):
        yield Edit(removable.start, removable.end, "" if index else _SEPARATORS[separator], removable.rule)


def _removables(page: Page, region: Element) -> list[_Removable]:
    """The markup and the white space of a region, in order."""
    markup = list(_markup(page, region))
    # A text without any element that makes a line has its lines as they stand.
    own_lines = all(removable.separator < _LINE for removable in markup)
    found, at = list[_Removable](), region.inner
    for removable in [*markup, _Removable(region.inner_end, region.inner_end, _NOTHING, "")]:
        for space in _SPACE.finditer(page.text, at, removable.start):
            separator = _LINE if own_lines and "\n" in space.group() else _BLANK
            found.append(_Removable(*space.span(), separator, "html.space"))
        found.append(removable)
        at = removable.end
    return found[:-1]


def _markup(page: Page, region: Element) -> Iterator[_Removable]:
    cells = _Cells(page, region)
    dropped = {e.start: e for e in page.elements if _is_dropped(e, region)}
    done = region.inner
    for token in page.tokens[bisect_left(page.tokens, region.inner, key=lambda token: token.start) :]:
        if token.start >= region.inner_end:
            return
        if token.start < done:
            continue
        element = dropped.get(token.start)
        if element:
            done = min(element.end, region.inner_end)
            yield _Removable(token.start, done, cells.separator(token), f"html.{element.part}")
            continue
        done = token.end
        yield _Removable(token.start, done, cells.separator(token), _RULES.get(token.name, "html.tag"))


def _is_dropped(element: Element, region: Element) -> bool:
    """Hidden text, share bars and the like within the speech; never half of it."""
    return (
        element.part in ("dropped", "hidden")
        and region.inner <= element.start < region.inner_end
        and element.amount * 2 <= region.amount
    )


class _Cells:
    """The cells of tables of data: what they hold stays on one line. Those of a layout are blocks."""

    def __init__(self, page: Page, region: Element) -> None:
        cells = [
            element
            for element in page.elements
            if element.name in CELLS and element.amount <= _LONGEST_CELL and region.inner <= element.start
        ]
        self._spans = sorted((cell.inner, cell.inner_end) for cell in cells)
        self._edges = {offset for span in self._spans for offset in span}

    def separator(self, token: Token) -> int:
        if token.name in CELLS:
            return _CELL if token.end in self._edges or token.start in self._edges else _LINE
        if token.name not in BLOCKS:
            return _NOTHING
        place = bisect_right(self._spans, (token.start, len(self._spans) and self._spans[-1][1])) - 1
        return _BLANK if place >= 0 and token.start < self._spans[place][1] else _LINE


_ENTITY = regex.compile(
    r"&(?P<escaped>(?:amp;)*+)(?P<name>\#[0-9]{1,7}+;?+|\#[xX][0-9a-fA-F]{1,6}+;?+|[a-zA-Z][a-zA-Z0-9]{1,30}+;"
    r"|(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|middot|mdash|emsp|ensp)(?![a-zA-Z0-9=;])|(?<=amp;))"
)
_DECLARATIONS = regex.compile(r"\{\s*+(?:[a-zA-Z-]++\s*+:[^{};<>]{1,300}+(?:;\s*+|(?=\})))++\}")
_SELECTOR = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.#:>,*@_-[]=\"' ")
_SCRIPT_WORD = regex.compile(r"document\.|function ?\(|window\.|getElementById")


def _drop_stray_markup(text: AlignedText) -> AlignedText:
    """Take tags out of a text that is no page. Only known names are tags: `a<b` and `5<10` stay."""
    edits = []
    for token in checked(tokens_of(text.text)):
        if token.name in KNOWN or token.name in ("", "!--"):
            rule = _RULES.get(token.name, "html.stray_tag")
            if token.raw and token.name in ("title", "textarea"):  # what they hold is text
                start, end = _between_tags(text.text, token)
                edits += [Edit(token.start, start, "", rule), Edit(end, token.end, "", rule)]
                continue
            edges = text.text[token.start - 1 : token.start], text.text[token.end : token.end + 1]
            makes_line = token.name in BLOCKS and all(edge not in ("", "\n", "\r", ">") for edge in edges)
            edits.append(Edit(token.start, token.end, "\n" if makes_line else "", rule))
    return text.apply(edits)


def _entities(text: str) -> Iterator[Edit]:
    """Decode entities, those of an & that was escaped once more as well (`&amp;nbsp;`)."""
    for entity in _ENTITY.finditer(text):
        character = html.unescape(f"&{entity['name']}")
        if character == f"&{entity['name']}" and not entity["escaped"]:
            continue  # AT&T;
        shown = " " if character == "\xa0" else "".join(c for c in character if c >= " " or c in "\t\n")
        yield Edit(*entity.span(), shown, "html.entity")


def _style_left_overs(text: str) -> Iterator[Edit]:
    """CSS that lost its tag: `.TRS_Editor P{margin-top:0;line-height:1.5}`, with the selector before it."""
    done = 0
    for block in _DECLARATIONS.finditer(text):
        start = block.start()
        while start > max(done, block.start() - _LONGEST_SELECTOR) and text[start - 1] in _SELECTOR:
            start -= 1
        yield Edit(start, block.end(), "", "html.css")
        done = block.end()


def _script_left_overs(text: str) -> Iterator[Edit]:
    """Lines of a script that lost its tag: no Chinese, and ending as code does."""
    done = 0
    for word in _SCRIPT_WORD.finditer(text):
        if word.start() < done:
            continue
        start = text.rfind("\n", 0, word.start()) + 1
        done = text.find("\n", word.end()) + 1 or len(text)
        line = text[start:done].rstrip()
        if line.endswith((";", "{", "}", ")", ",")) and not HAN.search(line):
            yield Edit(start, done, "", "html.code")
