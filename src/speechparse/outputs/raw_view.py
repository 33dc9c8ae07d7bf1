"""What was repaired and removed, by rule, beside the raw text, of which only the changed spots stand open.

The rest is folded, so that a long page stays short: what is unchanged, and what a rule changed that changes much of the
page, as notes of pinyin behind every third character do. Every record has its place in it, and a link unfolds it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from speechparse.outputs.labels import Labels
from speechparse.outputs.markup import Marked, escaped, in_raw, marked, tag
from speechparse.outputs.screen import Places
from speechparse.records import Document, Record

EXAMPLES = 200  # repairs or removals of one rule that are listed; the raw text shows all
AROUND = 10  # characters on each side of a listed change
OFTEN = 50  # changes of a rule on a page; of a rule with more none stands open for itself
CONTEXT = 60  # characters of its line that stand open on each side of a change
FOLDED_FROM = 200  # a shorter stretch between two changes stands open too: folding it would save no room
SHOWN = 120  # characters of a change that are listed

Span = tuple[int, int]


class Change(NamedTuple):
    """A repair or a removal."""

    start: int
    end: int
    rule: str
    before: str
    after: str


def changes(document: Document, numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str) -> str:
    """The list by rule and the raw text (`c3` is the place of change 3, `w3` that of record 3)."""
    made = [Change(r.raw_start, r.raw_end, r.rule, r.before, r.after) for r in document.repairs]
    made += [Change(r.raw_start, r.raw_end, r.rule, r.text, "") for r in document.removals]
    made.sort()
    raw = tag(
        "div",
        *_raw_text(document, made, numbered, words, prefix),
        class_="raw-text",
        tabindex="0",
        role="group",
        aria_label=words["raw"],
    )
    columns = tag("div", tag("div", *_by_rule(document, made, prefix)), raw, class_="columns")
    return tag("section", tag("h2", escaped(words["changes"])), columns, class_="changes", id=f"{prefix}changes") + "\n"


def _by_rule(document: Document, made: Sequence[Change], prefix: str) -> Iterator[str]:
    """For each rule, the most frequent first, its changes in what stands around them."""
    places = Places(document.raw)
    by_rule: defaultdict[str, list[tuple[int, Change]]] = defaultdict(list)
    for number, change in enumerate(made):
        by_rule[change.rule].append((number, change))
    for rule, of_rule in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        rows = (
            tag(
                "tr",
                tag("td", tag("a", escaped(places(change.start)), href=f"#{prefix}c{number}")),
                tag("td", *_in_context(document.raw, change)),
            )
            for number, change in of_rule[:EXAMPLES]
        )
        yield tag("details", tag("summary", tag("code", escaped(rule)), f" {len(of_rule)}"), tag("table", *rows))


def _in_context(raw: str, change: Change) -> Iterator[str]:
    yield escaped(raw[max(0, change.start - AROUND) : change.start])
    yield tag("del", escaped(_short(change.before)))
    if change.after:
        yield tag("ins", escaped(_short(change.after)))
    yield escaped(raw[change.end : change.end + AROUND])


def _raw_text(
    document: Document, made: Sequence[Change], numbered: Sequence[tuple[int, Record]], words: Labels, prefix: str
) -> Iterator[str]:
    """The raw text in pieces, each with the line and column where it begins; the unchanged ones are folded."""
    raw, places = document.raw, Places(document.raw)
    records = [m._replace(leads_to=f"{prefix}t{n}") for n, m in enumerate(in_raw(numbered, words, prefix))]
    stretches = [
        Marked(start, max(end, start + 1), "repaired" if c.after else "removed", _told(c), f"{prefix}c{number}")
        for number, c in enumerate(made)
        for start, end in [(min(c.start, len(raw) - 1), c.end)]  # what was inserted stands at the character behind it
    ]
    times = Counter(c.rule for c in made)
    # a line end alone is no spot to look at
    seen = [(c.start, c.end) for c in made if times[c.rule] <= OFTEN and (c.before + c.after).strip()]
    stretches = sorted(chain(stretches, records), key=lambda m: m.start)
    opened = spots(raw, seen, [(m.start, m.end) for m in stretches])
    starts = [m.start for m in stretches]

    def piece(start: int, end: int) -> str:
        inside = stretches[bisect_left(starts, start) : bisect_left(starts, end)]
        return tag("div", marked(raw, start, end, inside, _lines), class_="piece")

    done = 0
    for start, end in (*opened, (len(raw), len(raw))):
        if done < start:
            within = bisect_left(made, (start,)) - bisect_left(made, (done,))
            told = f"{words['changes_folded']} {within:,}" if within else words["unchanged"]
            summary = f"{places(done)} … {start - done:,} {words['characters']}, {told}"
            yield tag("details", tag("summary", escaped(summary)), piece(done, start))
        if start < end:
            yield tag("span", places(start), class_="place") + piece(start, end)
        done = end


def spots(raw: str, changed: Iterable[Span], uncut: Iterable[Span]) -> list[Span]:
    """The stretches of the raw text that stand open: each change with its surroundings, none of `uncut` in part."""
    around = []
    for start, end in changed:
        first, last = max(0, start - CONTEXT), min(len(raw), end + CONTEXT)
        line, stop = raw.rfind("\n", first, start) + 1, raw.find("\n", end, last) + 1
        around.append((line or first, stop or last))
    opened = _joined(around, 0)
    at = 0
    for start, end in _joined(uncut, 0):
        while at < len(opened) and opened[at][1] <= start:
            at += 1
        if at < len(opened) and opened[at][0] < end:
            around.append((start, end))
    ends = [(0, 0), (len(raw), len(raw))] if around else []
    return _joined([*ends, *around], FOLDED_FROM)


def _joined(spans: Iterable[Span], gap: int) -> list[Span]:
    """The spans in order, those that overlap or are nearer than `gap` as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _told(change: Change) -> str:
    return f"{change.rule}: {_short(change.before)} → {_short(change.after)}"


def _lines(text: str) -> str:
    """Raw text keeps its line breaks."""
    return "\n".join(escaped(line) for line in text.split("\n"))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 3] + "…"
