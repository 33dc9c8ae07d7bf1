"""A report page: one self-contained HTML file on one or several Documents, readable without its script.

Each speech has its clean text with the records marked, the table of targets, targets in two tiers, parts beside their
whole, the deadlines in order, a card for each project, and what was repaired and removed beside the raw text. Each
record links to its place in the clean and in the raw text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path

from speechparse.errors import OutputError
from speechparse.outputs.labels import Labels, labels
from speechparse.outputs.markup import Marked, escaped, in_raw, marked, paragraphs, tag
from speechparse.outputs.screen import Places
from speechparse.outputs.terminal import BOUND_SIGNS, amount_words, interval_words, value_words
from speechparse.records import KINDS, STATUSES, Deadline, Document, Figure, Record

FACTS = ("title", "date", "place", "speaker", "source", "encoding")
TIER_WITHIN = 60  # characters between a target and its second tier
CLAUSE = 100  # characters around a deadline that are shown
EXAMPLES = 200  # repairs or removals of one rule that are listed; the raw text shows all


def write(documents: Iterable[Document], to: Path, *, language: str = "en") -> int:
    """Write the page for all Documents to a file, and say how many they were. `language` is `en` or `zh`."""
    articles = list(documents)
    pieces = page(articles, labels(language), language) if articles else iter(())
    try:
        with to.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
    except OSError as error:
        problem = f"can't be written ({error.strerror or error})"
        raise OutputError(str(to), problem, "name a file in a folder that is there and writable") from error
    return len(articles)


def page(documents: Sequence[Document], words: Labels, language: str) -> Iterator[str]:
    """The page in pieces."""
    title = documents[0].title or documents[0].source if len(documents) == 1 else words["reports"]
    yield f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    # nothing is ever fetched; the page's own style and script are all there is
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
    )
    yield f"<title>{escaped(title)}</title>\n<style>\n{_asset('report.css')}</style>\n</head>\n<body>\n"
    yield tag("a", escaped(words["skip"]), class_="skip", href="#main") + "\n"
    yield f"<header>{tag('h1', escaped(title))}{_filters(words)}</header>\n"
    if len(documents) > 1:
        yield _index(documents, words)
    yield '<main id="main">\n'
    for number, document in enumerate(documents):
        yield from _article(document, words, f"d{number}-" if len(documents) > 1 else "")
    yield f"</main>\n<script>\n{_asset('report.js')}</script>\n</body>\n</html>\n"


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
    return tag("form", *groups, class_="filters", autocomplete="off")


def _index(documents: Sequence[Document], words: Labels) -> str:
    rows = "".join(
        tag(
            "tr",
            tag("td", tag("a", escaped(document.title or document.source), href=f"#d{number}-top")),
            *(tag("td", escaped(cell)) for cell in (document.date or "", document.source)),
            *(tag("td", str(count), class_="number") for count in (len(document.targets), len(document.records))),
        )
        for number, document in enumerate(documents)
    )
    names = ("title", "date", "source", "targets", "records")
    head = tag("thead", tag("tr", *(tag("th", escaped(words[name]), scope="col") for name in names)))
    return tag("nav", tag("table", head, tag("tbody", rows), class_="index"), aria_label=words["reports"]) + "\n"


def _article(document: Document, words: Labels, prefix: str) -> Iterator[str]:
    numbered = list(enumerate(document.records))
    targets = [(n, r) for n, r in numbered if isinstance(r, Figure) and r.status == "target" and r.role == "value"]
    yield f'<article id="{prefix}top">\n'
    yield _facts(document, words)
    yield f'<div class="columns">\n<section class="text" aria-label="{escaped(words["text"])}">\n'
    yield tag("h2", escaped(words["text"])) + _outline(document, words, prefix)
    yield "\n".join(paragraphs(document, numbered, prefix=prefix))
    yield "\n</section>\n<div>\n"
    yield _section(words["targets"], _targets(document, targets, words, prefix))
    yield _section(words["tiers"], _tiers(targets, words, prefix))
    yield _section(words["parts"], _parts(document, words, prefix))
    yield _section(words["timeline"], _timeline(document, numbered, words, prefix))
    yield _section(words["projects"], _projects(document, words))
    yield _section(words["warnings"], _warnings(document))
    yield "</div>\n</div>\n"
    yield _changes(document, numbered, words, prefix)
    yield "</article>\n"


def _section(title: str, body: str) -> str:
    return f"<section>{tag('h2', escaped(title))}{body}</section>\n" if body else ""


def _facts(document: Document, words: Labels) -> str:
    rows = [
        *((words[name], getattr(document, name)) for name in FACTS),
        (words["records"], str(len(document.records))),
    ]
    return tag("dl", *(tag("dt", escaped(k)) + tag("dd", escaped(v)) for k, v in rows if v), class_="facts")


def _outline(document: Document, words: Labels, prefix: str) -> str:
    items = [
        tag("li", tag("a", escaped(section.heading), href=f"#{prefix}s{number}-{at}"), class_=f"level{section.level}")
        for number, speech in enumerate(document.speeches)
        for at, section in enumerate(speech.sections)
    ]
    if not items:
        return ""
    return tag("details", tag("summary", escaped(words["outline"])), tag("ol", *items), class_="outline")


def _links(number: int, places: Places, record: Record, words: Labels, prefix: str) -> str:
    return (
        tag("a", escaped(record.text), href=f"#{prefix}t{number}", title=words["in_text"])
        + " "
        + tag("a", escaped(places(record.raw_start)), href=f"#{prefix}w{number}", class_="raw", title=words["in_raw"])
    )


def _targets(document: Document, targets: Sequence[tuple[int, Figure]], words: Labels, prefix: str) -> str:
    if not targets:
        return tag("p", escaped(words["no_targets"]))
    places = Places(document.raw)
    names = ("indicator", "value", "bound", "strength", "when", "dates", "where")
    heads = (tag("th", tag("button", escaped(words[name]), type="button"), scope="col") for name in names)
    rows = (
        tag(
            "tr",
            tag("td", escaped(record.indicator or "")),
            tag("td", escaped(value_words(record)), class_="number", data_sort=str(record.value or "")),
            tag("td", escaped(BOUND_SIGNS[record.bound])),
            tag("td", escaped(words[record.strength]) if record.strength else "", class_=record.strength),
            tag("td", escaped(record.when.text) if record.when else ""),
            tag("td", escaped(interval_words(record.when)) if record.when else ""),
            tag("td", _links(number, places, record, words, prefix)),
            class_=record.kind,
        )
        for number, record in targets
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="sortable")
    copy = tag("button", escaped(words["copy"]), type="button", class_="copy", hidden="")
    return copy + tag("div", table, class_="wide", tabindex="0", role="region", aria_label=words["targets"])


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
            rows.append(tag("tr", tag("td", escaped(firm.indicator or "")), *values))
    if not rows:
        return ""
    head = "".join(tag("th", escaped(words[h]), scope="col") for h in ("indicator", "must", "strive"))
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
    return text[start : min(ends, default=len(text))].strip()[:CLAUSE]


def _projects(document: Document, words: Labels) -> str:
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
        cards.append(tag("li", tag("h3", escaped(row.name)), listed, class_="project"))
    return tag("ul", *cards, class_="cards") if cards else ""


def _warnings(document: Document) -> str:
    items = [tag("li", tag("code", escaped(w.code)), " " + escaped(w.message)) for w in document.warnings]
    return tag("ul", *items) if items else ""


def _changes(document: Document, numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str) -> str:
    """What was repaired and removed, by rule, and the raw text with all of it marked."""
    places = Places(document.raw)
    changes = [(r.rule, r.raw_start, r.raw_end, r.before, r.after) for r in document.repairs]
    changes += [(r.rule, r.raw_start, r.raw_end, r.text, "") for r in document.removals]
    changes.sort(key=lambda change: change[1])
    by_rule: defaultdict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for number, (rule, start, _, before, after) in enumerate(changes):
        by_rule[rule].append((number, start, before, after))
    blocks = []
    for rule, made in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        rows = [
            tag(
                "tr",
                tag("td", tag("a", escaped(places(start)), href=f"#{prefix}c{number}")),
                tag("td", tag("del", escaped(_short(before)))),
                tag("td", tag("ins", escaped(_short(after)))),
            )
            for number, start, before, after in made[:EXAMPLES]
        ]
        summary = tag("summary", tag("code", escaped(rule)), f" {len(made)}")
        blocks.append(tag("details", summary, tag("table", *rows)))
    stretches = [
        Marked(start, max(end, start + 1), number, _outcome(after), _told(rule, before, after), f"c{number}")
        for number, (rule, start, end, before, after) in enumerate(changes)
    ]
    stretches = [m._replace(anchor=prefix + m.anchor) for m in (*stretches, *in_raw(numbered))]
    stretches.sort(key=lambda m: m.start)
    raw = marked(document.raw, 0, len(document.raw), stretches, _raw_text)
    pre = tag("pre", raw, tabindex="0", aria_label=words["raw"])
    columns = tag("div", tag("div", *blocks), pre, class_="columns")
    return tag("section", tag("h2", escaped(words["changes"])), columns, class_="changes") + "\n"


def _told(rule: str, before: str, after: str) -> str:
    return f"{rule}: {_short(before)} → {_short(after)}"


def _outcome(after: str) -> str:
    return "repaired" if after else "removed"


def _raw_text(text: str) -> str:
    """Raw text keeps its line breaks."""
    return "\n".join(escaped(line) for line in text.split("\n"))


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"
