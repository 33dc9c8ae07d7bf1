"""How a Document shows itself in a notebook: the speech with its records marked, and a table of them below.

Plain HTML without a script, so that it can be read where scripts are not run, and harmless whatever the page held.
In Chinese where the locale is.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from speechparse.errors import OptionsError
from speechparse.outputs.labels import Labels, labels, local_language, named
from speechparse.outputs.markup import escaped, in_text, paragraphs, tag
from speechparse.outputs.terminal import BOUND_SIGNS, interval_words, value_words
from speechparse.records import KINDS, STATUSES, Document, Figure, Project, Record

# half transparent, so that they are seen on a light and on a dark page
_COLOURS = {
    "amount": "255,193,7",
    "count": "66,165,245",
    "percentage": "102,187,106",
    "measure": "171,130,255",
    "rank": "240,98,146",
    "deadline": "255,138,80",
    "period": "158,158,158",
    "project": "38,190,180",
}
_STYLE = (
    ".speechparse mark{color:inherit;background:none;border-radius:2px}"
    ".speechparse mark.target{font-weight:600;border-bottom:2px solid rgb(198,40,40)}"
    ".speechparse .text{max-height:30em;overflow:auto;overflow-wrap:anywhere;line-height:1.6}"
    ".speechparse .text p{text-indent:2em;margin:.2em 0}.speechparse td,.speechparse th{text-align:left!important}"
    + "".join(f".speechparse .{kind}{{background:rgba({rgb},.35)}}" for kind, rgb in _COLOURS.items())
)


_shown = count()  # all outputs of a notebook are one page, on which each place has a name of its own


class View:
    """Some records of a Document, as a notebook shows them."""

    def __init__(self, document: Document, kinds: Collection[str], statuses: Collection[str]) -> None:
        self._document = document
        self._records = [
            (number, record)
            for number, record in enumerate(document.records)
            if record.kind in kinds and (not statuses or getattr(record, "status", None) in statuses)
        ]

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"{len(self._records)} of {len(self._document.records)} records of {self._document.source}"

    def _repr_html_(self) -> str:
        words = labels(local_language())
        legend = " ".join(tag("span", escaped(words[kind]), class_=kind) for kind in KINDS)
        title = tag("b", escaped(self._document.title or self._document.source))
        said = escaped(" · ".join(filter(None, (self._document.date, self._document.place, self._document.speaker))))
        prefix = f"speechparse{next(_shown)}-"
        stretches = in_text(self._records, words, prefix)
        text = tag("div", *paragraphs(self._document, stretches, prefix=prefix), class_="text")
        rows = "".join(_row(record, f"{prefix}t{number}", words) for number, record in self._records)
        names = ("kind", "name", "value", "bound", "role_status", "strength", "when", "words")
        head = tag("tr", *(tag("th", escaped(words[name])) for name in names))
        table = tag("table", tag("thead", head), tag("tbody", rows))
        summary = tag("summary", escaped(repr(self)))
        facts = tag("p", title, " ", said, "<br>", legend)
        below = tag("details", summary, table, open="")
        return tag("div", tag("style", _STYLE), facts, text, below, class_="speechparse")


def view(document: Document, kind: str | Collection[str] | None, status: str | Collection[str] | None) -> View:
    """The records of some kinds and statuses; None stands for all. Raises OptionsError for a name that is none."""
    return View(document, _chosen("kind", kind, KINDS) or KINDS, _chosen("status", status, STATUSES))


def _chosen(what: str, names: str | Collection[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    chosen = () if names is None else (names,) if isinstance(names, str) else tuple(names)
    for name in chosen:
        if name not in known:
            raise OptionsError(f"no {what} {name!r}: take one of {', '.join(known)}")
    return chosen


def _row(record: Record, anchor: str, words: Labels) -> str:
    name = bound = status = strength = when = ""
    if isinstance(record, Figure):
        name, bound = record.indicator or record.of or "", BOUND_SIGNS[record.bound]
        status = named(words, "status", record.status) or named(words, "role", record.role)
        strength = named(words, "strength", record.strength)
        when = f"{record.when.text} {interval_words(record.when)}" if record.when else ""
    elif isinstance(record, Project):
        name = record.name
    else:
        when = interval_words(record)
    said = tag("a", escaped(record.text), href=f"#{anchor}")
    cells = (named(words, "kind", record.kind), name, value_words(record), bound, status, strength, when)
    return tag("tr", *(tag("td", escaped(cell)) for cell in cells), tag("td", said))
