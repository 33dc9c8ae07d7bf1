"""Text with its records marked, as HTML that is harmless whatever a scraped page held.

Everything that comes from a text goes through `escaped`: markup is shown as characters, control and bidi characters
as their codes, so that none of them acts on the page.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from speechparse.outputs.screen import coded
from speechparse.outputs.terminal import interval_words, value_words
from speechparse.records import Deadline, Document, Period, Project, Record

BOUND_WORDS = {"exact": "", "min": "at least", "max": "at most", "about": "about", "range": "range"}


class Marked(NamedTuple):
    """A stretch to mark: the number of its record, its classes, its tooltip and the identifier of its place."""

    start: int
    end: int
    number: int
    classes: str
    tooltip: str
    anchor: str


def escaped(text: str) -> str:
    """The text as HTML text and as the value of a quoted attribute."""
    return html.escape(coded(text), quote=True)


def tag(name: str, *content: str, **attributes: str | None) -> str:
    """An element; `content` is HTML, attributes are text (`class_` is `class`, `data_kind` is `data-kind`)."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(content)}</{name}>"


def tooltip(record: Record) -> str:
    """What the record says, in one line: value, bound, status, strength, time, rules."""
    if isinstance(record, Deadline | Period):
        said = [record.kind, interval_words(record)]
    elif isinstance(record, Project):
        said = [record.kind, record.name]
    else:
        strength = f"({record.strength})" if record.strength else ""
        when = f"{record.when.text} {interval_words(record.when)}" if record.when else ""
        of = f"of {record.of}" if record.of else ""
        role = record.role if record.role != "value" else ""
        said = [
            *(record.kind, role, record.indicator or "", BOUND_WORDS[record.bound], value_words(record)),
            *(f"{record.status or ''}{strength}", when, of),
        ]
    return " · ".join(filter(None, [*said, record.rule]))


def classes(record: Record) -> str:
    """The classes by which a page styles and filters a record: its kind, its status, its role."""
    return " ".join(filter(None, (record.kind, getattr(record, "status", None), getattr(record, "role", None))))


def in_text(records: Iterable[tuple[int, Record]]) -> list[Marked]:
    """The records, with their numbers, as stretches of the clean text (`t3` is the place of record 3)."""
    return [Marked(r.start, r.end, n, classes(r), tooltip(r), f"t{n}") for n, r in records]


def in_raw(records: Iterable[tuple[int, Record]]) -> list[Marked]:
    """The same in the raw text (`w3`)."""
    return [Marked(r.raw_start, r.raw_end, n, classes(r), tooltip(r), f"w{n}") for n, r in records]


def marked(text: str, start: int, end: int, stretches: Sequence[Marked], show: Callable[[str], str] = escaped) -> str:
    """`text[start:end]` as HTML with the stretches marked; of those that overlap, the shortest is seen on top.

    `stretches` are in order of their start. A stretch is one `mark`, or several where others begin or end inside it.
    """
    inside = [m for m in stretches if m.start < end and m.end > start]
    bounds = sorted({start, end, *(min(max(b, start), end) for m in inside for b in (m.start, m.end))})
    pieces: list[str] = []
    anchored: set[str] = set()
    waiting, open_now = iter(inside), list[Marked]()
    upcoming = next(waiting, None)
    for left, right in pairwise(bounds):
        while upcoming is not None and upcoming.start <= left:
            open_now.append(upcoming)
            upcoming = next(waiting, None)
        open_now = [m for m in open_now if m.end > left]
        pieces.append(_piece(show(text[left:right]), open_now, anchored))
    return "".join(pieces)


def _piece(shown: str, over: list[Marked], anchored: set[str]) -> str:
    if not over:
        return shown
    anchors = ""
    for stretch in over:
        if stretch.anchor not in anchored:
            anchored.add(stretch.anchor)
            anchors += tag("a", id=stretch.anchor)
    top = min(over, key=lambda m: m.end - m.start)
    tips = "\n".join(m.tooltip for m in sorted(over, key=lambda m: m.end - m.start))
    # a line break in a tooltip is one; `coded` would show it as a sign
    title = "&#10;".join(escaped(tip) for tip in tips.split("\n"))
    return f'{anchors}<mark class="{escaped(top.classes)}" data-record="{top.number}" title="{title}">{shown}</mark>'


def paragraphs(document: Document, records: Iterable[tuple[int, Record]], *, prefix: str = "") -> Iterator[str]:
    """The clean text as paragraphs with the records marked, headings as headings with identifiers (`s0-2`)."""
    stretches = sorted(in_text(records), key=lambda m: m.start)
    if prefix:
        stretches = [m._replace(anchor=prefix + m.anchor) for m in stretches]
    headings = {
        section.start: (f"{prefix}s{number}-{at}", section)
        for number, speech in enumerate(document.speeches)
        for at, section in enumerate(speech.sections)
    }
    titles = {speech.title for speech in document.speeches if speech.title}
    start = first = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        while first < len(stretches) and stretches[first].end <= start:
            first += 1
        last = first
        while last < len(stretches) and stretches[last].start < end:
            last += 1
        body = marked(document.text, start, end, stretches[first:last])
        if start in headings:
            identifier, section = headings[start]
            whole = len(line.strip()) <= len(section.heading) + len(section.number) + 2
            # a heading that its paragraph follows in the same line is no heading of its own
            yield tag(f"h{min(section.level + 2, 6)}" if whole else "p", body, id=identifier)
        elif line.strip():
            yield tag("p", body, class_="title" if line.strip() in titles else None)
        start = end + 1
