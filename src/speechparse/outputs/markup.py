"""Text with its records marked, as HTML that is harmless whatever a scraped page held.

Everything that comes from a text goes through `escaped`: markup is shown as characters, control and bidi characters
as their codes, so that none of them acts on the page.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from speechparse.outputs.labels import Labels, named
from speechparse.outputs.screen import coded
from speechparse.outputs.terminal import interval_words, value_words
from speechparse.records import Deadline, Document, Period, Project, Record


class Marked(NamedTuple):
    """A stretch to mark: its classes, its tooltip, the identifier of its place, and that of the place it leads to."""

    start: int
    end: int
    classes: str
    tooltip: str
    anchor: str
    leads_to: str = ""


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


def tooltip(record: Record, words: Labels) -> str:
    """What the record says, in one line: value, bound, status, strength, time, rules."""
    kind = named(words, "kind", record.kind)
    if isinstance(record, Deadline | Period):
        said = [kind, interval_words(record)]
    elif isinstance(record, Project):
        said = [kind, record.name]
    else:
        strength = f"({named(words, 'strength', record.strength)})" if record.strength else ""
        when = f"{record.when.text} {interval_words(record.when)}" if record.when else ""
        of = f"{words['of']} {record.of}" if record.of else ""
        role = named(words, "role", record.role) if record.role != "value" else ""
        said = [
            *(kind, role, record.indicator or "", named(words, "bound", record.bound), value_words(record)),
            *(named(words, "status", record.status) + strength, when, of),
        ]
    return " · ".join(filter(None, [*said, record.rule]))


def classes(record: Record) -> str:
    """The classes by which a page styles and filters a record: its kind, its status, its role."""
    return " ".join(filter(None, (record.kind, getattr(record, "status", None), getattr(record, "role", None))))


def in_text(records: Iterable[tuple[int, Record]], words: Labels, prefix: str = "") -> list[Marked]:
    """The records, with their numbers, as stretches of the clean text (`t3` is the place of record 3)."""
    return [Marked(r.start, r.end, classes(r), tooltip(r, words), f"{prefix}t{n}") for n, r in records]


def in_raw(records: Iterable[tuple[int, Record]], words: Labels, prefix: str = "") -> list[Marked]:
    """The same in the raw text (`w3`)."""
    return [Marked(r.raw_start, r.raw_end, classes(r), tooltip(r, words), f"{prefix}w{n}") for n, r in records]


def marked(
    text: str,
    start: int,
    end: int,
    stretches: Sequence[Marked],
    show: Callable[[str], str] = escaped,
    anchored: set[str] | None = None,
) -> str:
    """`text[start:end]` as HTML with the stretches marked; of those that overlap, the shortest is seen on top.

    `stretches` are in order of their start. A stretch is one `mark`, or several where others begin or end inside it.
    `anchored` takes down which places have their identifier, for stretches that go on behind `end`.
    """
    inside = [m for m in stretches if m.start < end and m.end > start]
    bounds = sorted({start, end, *(min(max(b, start), end) for m in inside for b in (m.start, m.end))})
    pieces: list[str] = []
    anchored = set() if anchored is None else anchored
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
    narrowest = sorted(over, key=lambda m: m.end - m.start)
    linked = next((m for m in narrowest if m.leads_to), None) if shown.strip() else None
    # a line break in a tooltip is one; `coded` would show it as a sign
    title = "&#10;".join(escaped(m.tooltip) for m in narrowest)
    body = shown if linked is None else tag("a", shown, href=f"#{linked.leads_to}")
    return f'{anchors}<mark class="{escaped(narrowest[0].classes)}" title="{title}">{body}</mark>'


def paragraphs(document: Document, stretches: Iterable[Marked], *, prefix: str = "") -> Iterator[str]:
    """The clean text as paragraphs with stretches marked, headings as headings with identifiers (`s0-2`)."""
    stretches = sorted(stretches, key=lambda m: m.start)
    headings = {
        section.start: (f"{prefix}s{number}-{at}", section)
        for number, speech in enumerate(document.speeches)
        for at, section in enumerate(speech.sections)
    }
    titles = {speech.title for speech in document.speeches if speech.title}
    anchored: set[str] = set()
    start = first = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        while first < len(stretches) and stretches[first].end <= start:
            first += 1
        last = first
        while last < len(stretches) and stretches[last].start < end:
            last += 1
        body, done = "", start
        for cut in (*(at for at in headings if start < at < end), end):  # a heading glued to what stands before it
            body += marked(document.text, done, cut, stretches[first:last], anchored=anchored)
            body += tag("a", id=headings[cut][0]) if cut < end else ""
            done = cut
        if start in headings:
            identifier, section = headings[start]
            whole = len(line.strip()) <= len(section.heading) + len(section.number) + 2
            # a heading that its paragraph follows in the same line is no heading of its own
            yield tag(f"h{min(section.level + 2, 6)}" if whole else "p", body, id=identifier)
        elif line.strip():
            yield tag("p", body, class_="title" if line.strip() in titles else None)
        start = end + 1
