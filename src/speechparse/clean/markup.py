"""Splits a page into its markup and its elements, where they stand, in one pass that hostile input can't slow down.

It is no HTML parser: a tag that closes nothing is passed over, an element that nothing closes ends with the one around
it. That is enough to know which element holds what, and every token and element keeps its place in the source.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
from speechparse.time_limit import checked


class HtmlPart(NamedTuple):
    """A row of html_parts.tsv: what the elements that `selector` (tag, `*#id` or `.class`) selects are there for."""

    selector: str
    part: str
    rank: int
    example: str
    counter_example: str


BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
        "h4", "h5", "h6", "head", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option",
        "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
    }
)
CELLS = frozenset({"td", "th"})
_TABLES = frozenset({"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"})
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "area", "b", "base", "basefont", "bdo", "big", "blink", "button", "cite",
        "code", "col", "colgroup", "del", "em", "embed", "font", "i", "iframe", "img", "input", "ins", "kbd",
        "label", "link", "map", "mark", "marquee", "meta", "nobr", "noscript", "o:p", "object", "param", "s",
        "samp", "script", "select", "small", "source", "span", "st1:chsdate", "strike", "strong", "style",
        "sub", "sup", "svg", "template", "textarea", "tt", "u", "ucapcontent", "ucaptitle", "var", "wbr",
    }
)
KNOWN = BLOCKS | CELLS | _INLINE
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"}
)
_RAW = frozenset({"script", "style", "textarea", "title"})  # nothing within is a tag

# A quoted value may hold >, but no <: so the search for the end of a tag stops at the next one, and stays linear.
_TOKEN = regex.compile(
    r"""(?xi)
    <!--
    |<(?P<close>/?)(?P<name>[a-z][\w:.-]{0,30}+)(?=[\s/>])(?:(?P<attributes>(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>|[^<>]*+>)
    |<[!?][a-z\[][^<>]*+>
    """
)
_RAW_END = {name: regex.compile(rf"(?i)</{name}\b[^<>]*+>") for name in _RAW}
_SELECTORS = regex.compile(r"""(?i)(?<![\w-])(id|class)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_HIDDEN = regex.compile(r"(?i)display\s*+:\s*+none")
HAN = regex.compile(r"[㐀-鿿]")


class Token(NamedTuple):
    """A tag, a comment or a raw element (`script` with all it holds). Of the names of raw elements `raw` is set."""

    start: int
    end: int
    name: str
    closing: bool
    attributes: str
    raw: bool


def tokens_of(text: str) -> Iterator[Token]:
    """The markup of a page, in order. A raw element or a comment that does not end has only its tag removed."""
    unending: set[str] = set()
    at = 0
    while match := _TOKEN.search(text, at):
        start, end = match.span()
        name = (match["name"] or "").lower()
        closing, raw = match["close"] == "/", False
        if match.group() == "<!--":
            close = -1 if "--" in unending else text.find("-->", end)
            if close < 0:
                unending.add("--")
            name, end = "!--", end if close < 0 else close + 3
        elif name in _RAW and not closing and name not in unending:
            close_tag = _RAW_END[name].search(text, end)
            if close_tag is None:
                unending.add(name)
            else:
                end, raw = close_tag.end(), True
        yield Token(start, end, name, closing, match["attributes"] or "", raw)
        at = end



@dataclass(slots=True)
class Element:
    """An element and the number of Chinese characters in it, links not counted."""

    name: str
    start: int
    inner: int
    parent: int
    row: HtmlPart | None
    before: int
    inner_end: int = 0
    end: int = 0
    amount: int = 0
    own: float = 0.0  # the text that is in no smaller element, and half of what its children have of their own

    @property
    def part(self) -> str:
        return self.row.part if self.row else ""


@dataclass(slots=True)
class Page:
    """A page, split up: its tokens in order, its elements in the order in which they begin."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    def inside(self, start: int, end: int) -> str:
        """The visible text of a span, its markup left out."""
        pieces, at = [], start
        first = bisect_right(self.tokens, start, key=lambda token: token.end)
        for token in self.tokens[first:]:
            if token.start >= end:
                break
            pieces.append(self.text[at : max(at, token.start)])
            at = max(at, token.end)
        pieces.append(self.text[at:end])
        return regex.sub(r"\s++", " ", html.unescape("".join(pieces))).strip()


@cache
def _parts() -> dict[str, HtmlPart]:
    return {row.selector: row for row in lexicons.load("html_parts", HtmlPart)}


def _row_of(name: str, attributes: str) -> HtmlPart | None:
    """The most trusted row of the lexicon that selects an element."""
    keys = [name]
    for kind, double, single, bare in _SELECTORS.findall(attributes) if attributes else ():
        value = (double or single or bare).lower()
        keys += [f"*#{value.strip()}"] if kind.lower() == "id" else [f".{token}" for token in value.split()]
    rows = [_parts()[key] for key in keys if key in _parts()]
    if attributes and _HIDDEN.search(attributes):
        return _HIDDEN_ROW
    return min(rows, key=lambda row: row.rank, default=None)


_HIDDEN_ROW = HtmlPart("hidden", "hidden", 1, "", "")


def split(text: str) -> Page:
    """Tokens and elements of a page, in one pass; a tag that closes nothing, or not in its cell, is passed over."""
    page = Page(text)
    root = Element("", 0, 0, -1, None, 0, len(text), len(text))
    page.elements.append(root)
    stack = [0]
    open_of: dict[str, list[int]] = defaultdict(list)  # places in the stack
    amount, at, in_link = 0, 0, False

    def close(place: int, inner_end: int, end: int) -> None:
        while len(stack) > place:
            index = stack.pop()
            element = page.elements[index]
            open_of[element.name].pop()
            element.inner_end, element.end, element.amount = inner_end, end, amount - element.before
            page.elements[element.parent].own += element.own / 2
            end = inner_end

    for token in checked(tokens_of(text)):
        if not in_link:
            found = len(HAN.findall(text, at, token.start))
            amount += found
            page.elements[stack[-1]].own += found
        at = token.end
        page.tokens.append(token)
        name = token.name
        if name == "a":
            in_link = not token.closing
        if token.raw or name in _VOID or name == "!--":
            continue
        if token.closing:
            places = open_of.get(name)
            barriers = [open_of[cell][-1] for cell in ("td", "th", "table") if open_of.get(cell)]
            if places and (name in _TABLES or not barriers or places[-1] > max(barriers)):
                close(places[-1], token.start, token.end)
            continue
        row = _row_of(name, token.attributes)
        if row or open_of.get(name) or (name != "p" and (name in BLOCKS or name in CELLS)):
            open_of[name].append(len(stack))
            page.elements.append(Element(name, token.start, token.end, stack[-1], row, amount))
            stack.append(len(page.elements) - 1)
    if not in_link:
        found = len(HAN.findall(text, at))
        amount += found
        page.elements[stack[-1]].own += found
    close(1, len(text), len(text))
    root.amount = amount
    return page
