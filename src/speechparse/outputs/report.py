"""A report page: one self-contained HTML file on one or several Documents, readable without its script.

Each speech has its clean text with the records marked, the table of targets, targets in two tiers, parts beside their
whole, the deadlines in order, a table of all records, a card for each project, and what was repaired and removed beside
the raw text. Each record links to its place in the clean and in the raw text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path

from speechparse.errors import OutputError
from speechparse.outputs.formulas import FORMULA
from speechparse.outputs.labels import Labels, labels, named
from speechparse.outputs.markup import Marked, classes, escaped, in_text, paragraphs, tag
from speechparse.outputs.messages import in_chinese
from speechparse.outputs.raw_view import changes
from speechparse.outputs.screen import Places
from speechparse.outputs.terminal import BOUND_SIGNS, amount_words, interval_words, value_words
from speechparse.records import KINDS, STATUSES, Deadline, Document, Figure, Period, Project, Record, Warning, When

SPEECH_FACTS = ("title", "date", "place", "speaker")
SKIPS = (("main", "skip"), ("targets", "skip_targets"), ("changes", "skip_changes"))
TIER_WITHIN = 60  # characters between a target and its second tier
SHORT = 10  # characters of a record that stand on one line of a table
CLAUSE = 100  # characters around a deadline that are shown


def write(documents: Iterable[Document], to: Path, *, language: str = "en") -> int:
    """Write the page for all Documents to a file, and say how many they were. `language` is `en` or `zh`.

    Without a Document no file is written.
    """
    articles = list(documents)
    if not articles:
        return 0
    pieces = page(articles, labels(language))
    try:
        with to.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        problem = f"can't be written ({error.strerror or error})"
        raise OutputError(
            str(to), problem, "name a file in a folder that is there and writable, with space left"
        ) from error
    return len(articles)


def page(documents: Sequence[Document], words: Labels) -> Iterator[str]:
    """The page in pieces."""
    title = documents[0].title or documents[0].source if len(documents) == 1 else words["reports"]
    yield f'<!DOCTYPE html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    # nothing is ever fetched; the page's own style and script are all there is
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
    )
    yield f"<title>{escaped(title)}</title>\n<style>\n{_asset('report.css')}</style>\n</head>\n<body>\n"
    several = len(documents) > 1
    for place, label in SKIPS:
        to = place if place == "main" or not several else f"d0-{place}"
        yield tag("a", escaped(words[label]), class_="skip", href=f"#{to}") + "\n"
    yield f"<header>{tag('h1', escaped(title), id='top')}{_filters(words)}</header>\n"
    if several:
        yield _index(documents, words)
    yield '<main id="main">\n'
    for number, document in enumerate(documents):
        yield from _article(document, words, f"d{number}-" if several else "")
    yield "</main>\n" + _card(words)
    yield f"<script>\n{_asset('report.js')}</script>\n</body>\n</html>\n"


def _asset(name: str) -> str:
    return resources.files("speechparse.outputs").joinpath("assets", name).read_text(encoding="utf-8")


def _filters(words: Labels) -> str:
    """Boxes that hide kinds and statuses; without the script all is shown and they do nothing."""
    groups = []
    for legend, names in ((words["kind"], KINDS), (words["status"], STATUSES)):
        boxes = "".join(
            f'<label class="{name}"><input type="checkbox" checked data-hide="{name}"> {escaped(words[name])}</label>'
            for name in names
        )
        groups.append(f"<fieldset><legend>{escaped(legend)}</legend>{boxes}</fieldset>")
    shown = tag("output", data_words=words["shown"])
    return tag("form", *groups, shown, class_="filters", autocomplete="off")


def _card(words: Labels) -> str:
    """Where the script shows the record that was clicked, so that one needn't leave the place one reads."""
    close = tag("button", escaped(words["close"]), type="button")
    said = {"aria_label": words["record"], "data_text": words["in_text"], "data_raw": words["in_raw"]}
    return tag("dialog", tag("div"), close, id="card", **said) + "\n"


def _index(documents: Sequence[Document], words: Labels) -> str:
    rows = "".join(
        tag(
            "tr",
            tag("td", tag("a", escaped(document.title or document.source), href=f"#d{number}-article")),
            *(tag("td", escaped(cell)) for cell in (document.date or "", document.source)),
            *(tag("td", str(count), class_="number") for count in (len(document.targets), len(document.records))),
        )
        for number, document in enumerate(documents)
    )
    names = ("title", "date", "source", "targets", "records")
    head = tag("thead", tag("tr", *(tag("th", escaped(words[name]), scope="col") for name in names)))
    table = tag("table", head, tag("tbody", rows), class_="index")
    return tag("nav", tag("div", table, class_="wide"), aria_label=words["reports"]) + "\n"


def _article(document: Document, words: Labels, prefix: str) -> Iterator[str]:
    numbered = list(enumerate(document.records))
    targets = [(n, r) for n, r in numbered if isinstance(r, Figure) and r.status == "target" and r.role == "value"]
    yield f'<article id="{prefix}article">\n'
    if prefix:  # of several; a single one has its title as that of the page
        back = tag("a", "↑", href="#top", aria_label=words["reports"])
        yield tag("h2", escaped(document.title or document.source), " ", back, class_="speech")
    yield _facts(document, words)
    yield '<div class="columns">\n<section class="text">\n'
    yield tag("h2", escaped(words["text"])) + _outline(document, words, prefix)
    stretches = [m._replace(leads_to=f"{prefix}w{n}") for n, m in enumerate(in_text(numbered, words, prefix))]
    doubts = (
        Marked(w.start, w.end, "doubt", _said(w, words), f"{prefix}x{n}") for n, w in enumerate(document.warnings)
    )
    yield "\n".join(paragraphs(document, [*stretches, *doubts], prefix=prefix))
    yield "\n</section>\n<div>\n"
    yield _section(words["targets"], _targets(document, targets, words, prefix), f"{prefix}targets")
    yield _section(words["tiers"], _tiers(targets, words, prefix))
    yield _section(words["parts"], _parts(document, words, prefix))
    yield _section(words["timeline"], _timeline(document, numbered, words, prefix))
    yield _section(words["warnings"], _warnings(document, words, prefix))
    yield "</div>\n</div>\n"
    yield _section(words["projects"], _projects(document, numbered, words, prefix))
    yield _records(document, numbered, words, prefix)
    yield changes(document, numbered, words, prefix)
    yield "</article>\n"


def _section(title: str, body: str, identifier: str | None = None) -> str:
    return tag("section", tag("h2", escaped(title)), body, id=identifier) + "\n" if body else ""


def _facts(document: Document, words: Labels) -> str:
    """What is known of each speech, and of the input."""
    if len(document.speeches) > 1:
        lists = [[(words[name], getattr(speech, name)) for name in SPEECH_FACTS] for speech in document.speeches]
    else:  # the title is the heading above
        lists = [[(words[name], getattr(document, name)) for name in SPEECH_FACTS[1:]]]
    lists.append(
        [
            (words["source"], document.source),
            (words["encoding"], document.encoding),
            (words["records"], str(len(document.records))),
        ]
    )
    return "".join(
        tag("dl", *(tag("div", tag("dt", escaped(k)), tag("dd", escaped(v))) for k, v in facts if v), class_="facts")
        for facts in lists
    )


def _outline(document: Document, words: Labels, prefix: str) -> str:
    items = [
        tag("li", tag("a", escaped(section.heading), href=f"#{prefix}s{number}-{at}"), class_=f"level{section.level}")
        for number, speech in enumerate(document.speeches)
        for at, section in enumerate(speech.sections)
    ]
    if not items:
        return ""
    return tag("details", tag("summary", escaped(words["outline"])), tag("ol", *items), class_="outline")


def _links(number: int, places: Places, record: Record, prefix: str) -> list[str]:
    """Two cells: the words with their place in the text, and the place in the raw text."""
    words = tag("a", escaped(record.text), href=f"#{prefix}t{number}")
    return [
        tag("td", words, class_="short" if len(record.text) <= SHORT else None),
        tag("td", tag("a", escaped(places(record.raw_start)), href=f"#{prefix}w{number}"), class_="raw"),
    ]


def _targets(document: Document, targets: Sequence[tuple[int, Figure]], words: Labels, prefix: str) -> str:
    if not targets:
        return tag("p", escaped(words["no_targets"]))
    places = Places(document.raw)
    names = ("indicator", "value", "bound", "strength", "when", "dates", "words", "raw_place")
    rows = (
        tag(
            "tr",
            tag("td", escaped(record.indicator or "")),
            tag("td", escaped(value_words(record)), class_="number", data_sort=_number(record)),
            tag("td", escaped(BOUND_SIGNS[record.bound])),
            tag("td", escaped(named(words, "strength", record.strength)), class_=record.strength),
            tag("td", escaped(record.when.text) if record.when else ""),
            tag("td", _days(record.when) if record.when else ""),
            *_links(number, places, record, prefix),
            class_=record.kind,
        )
        for number, record in targets
    )
    return _sortable(names, rows, words, words["targets"])


def _sortable(names: Sequence[str], rows: Iterable[str], words: Labels, label: str) -> str:
    """A table that the script sorts by any column and copies."""
    heads = (
        tag("th", tag("button", escaped(words[name]), type="button"), scope="col", data_number=_base(name, words))
        for name in names
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable")
    copy = tag("button", escaped(words["copy"]), type="button", hidden="")
    copying = tag("p", copy, " ", tag("output", data_words=words["copied"]), class_="copy", data_formula=FORMULA)
    return copying + tag("div", table, class_="wide", tabindex="0", role="group", aria_label=label)


def _base(name: str, words: Labels) -> str | None:
    """The head of the column of plain numbers that a copy has beside `value`."""
    return words["base_value"] if name == "value" else None


def _number(record: Record) -> str:
    value = getattr(record, "value", None)
    return "" if value is None else format(value, "f")


def _days(when: When | Deadline | Period) -> str:
    """`2024-03-01..2024-06-30` breaks behind its dots, not within a day."""
    first, dots, last = escaped(interval_words(when)).partition("..")
    return tag("span", first, dots, "<wbr>" if first and dots else "", last, class_="days")


def _records(document: Document, numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str) -> str:
    """Every record with all that is known of it; the script shows a row of it where a record is clicked."""
    if not numbered:
        return ""
    places = Places(document.raw)
    names = ("kind", "name", "value", "bound", "role_status", "strength", "when", "dates", "of")
    rows = []
    for number, record in numbered:
        name = of = bound = role = strength = when = days = ""
        if isinstance(record, Deadline | Period):
            days = _days(record)
        elif isinstance(record, Project):
            name = record.name
        else:
            name, of, bound = record.indicator or "", record.of or "", BOUND_SIGNS[record.bound]
            role = named(words, "status", record.status) or named(words, "role", record.role)
            strength = named(words, "strength", record.strength)
            if record.when:
                when, days = record.when.text, _days(record.when)
        value = tag("td", escaped(value_words(record)), class_="number", data_sort=_number(record))
        cells = [tag("td", escaped(named(words, "kind", record.kind)), class_="short"), tag("td", escaped(name))]
        cells += [value, *(tag("td", escaped(cell)) for cell in (bound, role, strength, when))]
        cells += [tag("td", days), tag("td", escaped(of)), *_links(number, places, record, prefix)]
        cells.append(tag("td", escaped(record.rule), class_="rule"))
        rows.append(tag("tr", *cells, id=f"{prefix}r{number}", class_=classes(record)))
    table = _sortable((*names, "words", "raw_place", "rule"), rows, words, words["all_records"])
    summary = tag("summary", tag("h2", escaped(words["all_records"])), f" {len(numbered)}")
    return tag("details", summary, table, class_="records") + "\n"


def _tiers(targets: Sequence[tuple[int, Figure]], words: Labels, prefix: str) -> str:
    """确保30亿元，力争33亿元: the two beside each other."""
    rows = []
    for (first, firm), (second, strive) in pairwise(targets):
        same = firm.indicator == strive.indicator and firm.unit == strive.unit
        if same and firm.strength == "must" and strive.strength == "strive" and strive.start - firm.end <= TIER_WITHIN:
            values = (
                tag("td", tag("a", escaped(value_words(r)), href=f"#{prefix}t{n}"), class_="number")
                for n, r in ((first, firm), (second, strive))
            )
            rows.append(tag("tr", tag("td", escaped(firm.indicator or "")), *values, class_=firm.kind))
    if not rows:
        return ""
    heads = (words["indicator"], words["strength must"], words["strength strive"])
    head = "".join(tag("th", escaped(h), scope="col") for h in heads)
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", *rows))


def _parts(document: Document, words: Labels, prefix: str) -> str:
    """Each whole with its parts as bars, and a mark where a warning says that they don't add up."""
    figures = [(n, r) for n, r in enumerate(document.records) if isinstance(r, Figure) and r.role == "value"]
    groups: list[tuple[tuple[int, Figure], list[tuple[int, Figure]]]] = []
    for at, (number, part) in enumerate(figures):
        if not part.of:
            continue
        named = (part.of, part.unit, None)
        earlier = (f for f in reversed(figures[:at]) if (f[1].indicator, f[1].unit, f[1].of) == named)
        whole = next(earlier, None)
        if whole is None:
            continue
        if not groups or groups[-1][0][0] != whole[0]:
            groups.append((whole, []))
        groups[-1][1].append((number, part))
    blocks = [_bars(document, of, parts, words, prefix) for of, parts in groups]
    return "".join(blocks)


def _bars(
    document: Document, whole: tuple[int, Figure], parts: Sequence[tuple[int, Figure]], words: Labels, prefix: str
) -> str:
    number, of = whole
    amiss = [w.message for w in document.warnings if w.start <= of.start and w.end >= of.end and "whole" in w.code]
    rows = []
    for at, figure in (whole, *parts):
        share = figure.value / of.value if figure.value is not None and of.value else None
        width = min(Decimal(100), 100 * share) if share is not None else Decimal(0)
        bar = f'<span class="bar{" whole" if at == number else ""}" style="width:{width:.1f}%"></span>'
        rows.append(
            tag(
                "tr",
                tag("td", escaped(figure.indicator or "")),
                tag("td", tag("a", escaped(value_words(figure)), href=f"#{prefix}t{at}"), class_="number"),
                tag("td", bar, class_="bars"),
                class_=figure.kind,
            )
        )
    note = "".join(tag("p", "⚠ " + escaped(message), class_="amiss") for message in amiss)
    return tag("table", *rows, class_="parts") + note


def _timeline(document: Document, numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str) -> str:
    """The deadlines by their last day; those whose year or day the source has masked stand apart, as unknown."""
    deadlines = [(n, r) for n, r in numbered if isinstance(r, Deadline)]
    deadlines.sort(key=lambda d: (_is_masked(d[1]), d[1].latest or "X", d[1].start))
    items = []
    for number, deadline in deadlines:
        day = deadline.latest or "?"
        items.append(
            tag(
                "li",
                tag("span", escaped(day), class_="day unknown" if _is_masked(deadline) else "day"),
                " " + tag("a", escaped(deadline.text), href=f"#{prefix}t{number}"),
                " " + tag("span", escaped(_clause(document, deadline)), class_="clause"),
                class_="deadline",
            )
        )
    masked = bool(deadlines) and _is_masked(deadlines[-1][1])
    note = tag("p", escaped(words["masked_days"]), class_="note") if masked else ""
    return tag("ol", *items, class_="timeline") + note if items else ""


def _is_masked(deadline: Deadline) -> bool:
    return deadline.latest is None or "X" in deadline.latest


def _clause(document: Document, record: Record) -> str:
    """The words around a record, from the last stop before it to the next one behind it."""
    text = document.text
    start = max(text.rfind(stop, 0, record.start) for stop in "。；\n") + 1
    ends = [at for stop in "。；\n" if (at := text.find(stop, record.end)) >= 0]
    clause = text[start : min(ends, default=len(text))].strip()
    return clause if len(clause) <= CLAUSE else clause[:CLAUSE] + "…"


def _projects(document: Document, numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str) -> str:
    at = {(r.start, r.end): n for n, r in numbered if isinstance(r, Project)}
    cards = []
    for row in document.project_table():
        facts = [
            (words["investment"], amount_words(row.investment, "CNY") if row.investment is not None else ""),
            (words["capacity"], row.capacity.text if row.capacity else ""),
            (words["stage"], row.stage or ""),
            (words["goal"], row.goal if row.goal and row.goal != row.stage else ""),
            (words["due"], row.deadline.text if row.deadline else ""),
            (words["body"], row.body or ""),
            (words["mentions"], str(len(row.spans)) if len(row.spans) > 1 else ""),
        ]
        listed = tag("dl", *(tag("dt", escaped(k or "")) + tag("dd", escaped(v or "")) for k, v in facts if v))
        first = next((at[span] for span in row.spans if span in at), None)
        name = escaped(row.name) if first is None else tag("a", escaped(row.name), href=f"#{prefix}t{first}")
        cards.append(tag("li", tag("h3", name), listed, class_="project"))
    return tag("ul", *cards, class_="cards") if cards else ""


def _warnings(document: Document, words: Labels, prefix: str) -> str:
    items = [
        tag("li", tag("a", tag("code", escaped(w.code)), href=f"#{prefix}x{number}"), " " + escaped(_said(w, words)))
        for number, w in enumerate(document.warnings)
    ]
    return tag("ul", *items) if items else ""


def _said(warning: Warning, words: Labels) -> str:
    return warning.message if words["lang"] == "en" else in_chinese(warning.message)
