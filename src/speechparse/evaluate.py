"""How well Documents agree with speeches that a reader has annotated: `speechparse evaluate GOLD DOCUMENTS`.

GOLD is a folder with, for each speech, NAME.txt (its clean text) and NAME.jsonl (its records, one a line: `line` is the
line of the text from 1, `text` the exact words there, `n` which of them if not the first, and the fields of a record).
`sources.json` may say which speeches an input holds: {"page.html": ["one", "two"]}; without it NAME.txt is NAME.

A record of the gold is `found` where a record of the same kind overlaps it, its `value` is right where numbers, unit
and bound (or days, or the name) are too, and the whole `record` where role, indicator, status, strength and time are.
The two texts need not be cleaned alike: they are laid side by side character by character.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path, PurePath
from typing import Any, NamedTuple
from unicodedata import normalize

import regex

from speechparse.errors import InputError
from speechparse.records import FIGURE_KINDS, KINDS

MEASURES = ("found", "value", "record")
GRAM = 12  # characters that stand once in each text show how these lie beside each other
SAME_WORDS = 0.6  # of the characters of two indicators that say the same
NAME_OVERLAP = 0.5  # of two names that are the same mention

Row = dict[str, Any]


class Agreement(NamedTuple):
    """How many records of a kind the gold and the Documents have, and how many agree."""

    gold: int = 0
    predicted: int = 0
    found: int = 0
    value: int = 0
    record: int = 0

    def plus(self, other: Agreement) -> Agreement:
        return Agreement(*map(sum, zip(self, other, strict=True)))

    def f1(self, measure: str) -> float:
        """The harmonic mean of precision and recall for `found`, `value` or `record`; 1 where there is nothing."""
        total = self.gold + self.predicted
        return 2 * int(getattr(self, measure)) / total if total else 1.0


class Difference(NamedTuple):
    """A record that does not agree. `what` is `missed`, `extra`, or the first thing wrong: `value` or `record`."""

    source: str
    what: str
    kind: str
    gold: Row | None
    predicted: Row | None


class Evaluation(NamedTuple):
    """The agreement of each kind and of all, and the records that do not agree."""

    kinds: Mapping[str, Agreement]
    all: Agreement
    differences: Sequence[Difference]


def evaluate(gold: Path, documents: Iterable[Mapping[str, Any]]) -> Evaluation:
    """Compare Documents (as JSON objects) with the annotated speeches of a folder.

    Raises InputError for a gold folder that can't be understood, or a speech of which there is no Document.
    """
    by_name = {PurePath(document["source"]).name: document for document in documents}
    kinds = dict.fromkeys(KINDS, Agreement())
    differences: list[Difference] = []
    for source, names in _sources(gold).items():
        document = by_name.get(source) or by_name.get(PurePath(source).stem)
        if document is None:
            raise InputError(source, "is in the gold, but no Document is of this source", "parse it too")
        text, rows = read_gold(gold, names)
        aligned = align(document["text"], text)
        predicted = [_moved(row, aligned) for row in document["records"] if row["kind"] in KINDS]
        for kind in KINDS:
            agreement, found = _compare(source, kind, rows, predicted)
            kinds[kind] = kinds[kind].plus(agreement)
            differences += found
    total = Agreement()
    for agreement in kinds.values():
        total = total.plus(agreement)
    return Evaluation(kinds, total, differences)


def read_documents(file: Path) -> Iterator[dict[str, Any]]:
    """The Documents of a JSON-lines file. Raises InputError where a line is none."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")  # not splitlines: texts may hold other line ends
    except (OSError, UnicodeError) as error:
        problem = f"can't be read ({getattr(error, 'strerror', None) or error})"
        raise InputError(str(file), problem, "name the output of `speechparse parse`") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            _ = document["source"], document["text"], document["records"]
        except (ValueError, KeyError, TypeError) as error:
            problem = f"line {number} is no Document"
            raise InputError(str(file), problem, "name the output of `speechparse parse --format jsonl`") from error
        yield document


def _sources(gold: Path) -> dict[str, list[str]]:
    listed = gold / "sources.json"
    if listed.exists():
        return {str(source): list(names) for source, names in json.loads(listed.read_text(encoding="utf-8")).items()}
    names = sorted(file.stem for file in gold.glob("*.txt") if file.with_suffix(".jsonl").exists())
    if not names:
        raise InputError(str(gold), "holds no NAME.txt with its NAME.jsonl", "name a folder with annotated speeches")
    return {f"{name}.txt": [name] for name in names}


def read_gold(folder: Path, names: Sequence[str]) -> tuple[str, list[Row]]:
    """The text of some annotated speeches, one after the other, and their records with `start` and `end` in it."""
    text = ""
    rows: list[Row] = []
    for name in names:
        base = len(text)
        body = (folder / f"{name}.txt").read_text(encoding="utf-8")
        lines = body.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        file = folder / f"{name}.jsonl"
        for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if written.strip():
                rows.append(_placed(json.loads(written), lines, starts, base, f"{file}, line {number}"))
        text += body + "\n"
    return text, rows


def _placed(row: Row, lines: Sequence[str], starts: Sequence[int], base: int, where: str) -> Row:
    at = -1
    try:
        line = lines[row["line"] - 1]
        for _ in range(row.get("n", 1)):
            at = line.index(row["text"], at + 1)
    except (KeyError, IndexError, ValueError) as error:
        advice = "give `line` (from 1), the exact `text` there and, if it is not the first, `n`"
        raise InputError(where, "names words that its line has not", advice) from error
    start = base + starts[row["line"] - 1] + at
    return row | {"start": start, "end": start + len(row["text"])}


def align(text: str, gold: str) -> dict[int, int]:
    """For the letters and digits of a text, where they stand in the gold; what has no counterpart is left out."""
    (a, at_a), (b, at_b) = _folded(text), _folded(gold)
    pairs: dict[int, int] = {}
    for i, j in _anchors(a, b):
        # grow each anchor as far as both texts agree
        while i > 0 and j > 0 and i - 1 not in pairs and a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
        while i < len(a) and j < len(b) and a[i] == b[j]:
            pairs[i] = j
            i, j = i + 1, j + 1
    return {at_a[i]: at_b[j] for i, j in pairs.items()}


def _folded(text: str) -> tuple[str, list[int]]:
    characters, places = [], []
    for place, character in enumerate(text):
        for folded in normalize("NFKC", character):
            if folded.isalnum() or folded in "%*×":
                characters.append(folded.lower())
                places.append(place)
    return "".join(characters), places


def _anchors(a: str, b: str) -> Iterator[tuple[int, int]]:
    """Where the stretches that stand once in each text begin, in an order that both texts share."""
    if a == b:
        yield 0, 0
        return
    once_a, once_b = _once(a), _once(b)
    common = sorted((i, once_b[gram]) for gram, i in once_a.items() if gram in once_b)
    # the longest run that rises in both: a text whose parts were moved keeps the larger part
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(common):
        place = bisect_left(ends, j)
        ends[place : place + 1] = [j]
        last[place : place + 1] = [number]
        before.append(last[place - 1] if place else -1)
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(common[number])
        number = before[number]
    yield from reversed(chain)


def _once(text: str) -> dict[str, int]:
    size = min(GRAM, len(text))
    grams = [text[i : i + size] for i in range(len(text) - size + 1)]
    counts = Counter(grams)
    return {gram: i for i, gram in enumerate(grams) if counts[gram] == 1}


def _moved(row: Row, aligned: Mapping[int, int]) -> Row:
    """The record with its place in the gold; nowhere (-1) where the gold has no such words."""
    places = [aligned[i] for i in range(row["start"], row["end"]) if i in aligned]
    start, end = (min(places), max(places) + 1) if places else (-1, -1)
    return row | {"start": start, "end": end}


def _compare(
    source: str, kind: str, gold: Sequence[Row], predicted: Sequence[Row]
) -> tuple[Agreement, list[Difference]]:
    golden = [row for row in gold if row["kind"] == kind]
    rows = [row for row in predicted if row["kind"] == kind]
    matched = list(_pairs(golden, rows))
    differences = []
    value = record = 0
    for i, j in matched:
        if not _same_value(golden[i], rows[j]):
            differences.append(Difference(source, "value", kind, golden[i], rows[j]))
            continue
        value += 1
        if _same_meaning(golden[i], rows[j]):
            record += 1
        else:
            differences.append(Difference(source, "record", kind, golden[i], rows[j]))
    seen = {i for i, _ in matched}, {j for _, j in matched}
    differences += [Difference(source, "missed", kind, row, None) for i, row in enumerate(golden) if i not in seen[0]]
    differences += [Difference(source, "extra", kind, None, row) for j, row in enumerate(rows) if j not in seen[1]]
    return Agreement(len(golden), len(rows), len(matched), value, record), differences


def _pairs(golden: Sequence[Row], rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Each record of the gold with the record that overlaps it most; none is taken twice."""
    overlaps = []
    for (i, g), (j, r) in product(enumerate(golden), enumerate(rows)):
        both = min(g["end"], r["end"]) - max(g["start"], r["start"])
        if both > 0:
            share = both / (max(g["end"], r["end"]) - min(g["start"], r["start"]))
            if g["kind"] != "project" or share >= NAME_OVERLAP:
                overlaps.append((-share, i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in sorted(overlaps):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def _same_value(g: Row, r: Row) -> bool:
    if g["kind"] in FIGURE_KINDS:
        numbers = all(_same_number(g.get(field), r.get(field)) for field in ("value", "upper"))
        return numbers and (g.get("unit"), g.get("bound")) == (r.get("unit"), r.get("bound"))
    if g["kind"] == "project":
        return _short(g["text"]) == _short(r.get("name") or r["text"])
    fields = ("latest",) if g["kind"] == "deadline" else ("earliest", "latest")
    return all(_same_day(g.get(field), r.get(field)) for field in fields)


def _same_meaning(g: Row, r: Row) -> bool:
    if g["kind"] not in FIGURE_KINDS:
        return True
    if g.get("role") != r.get("role"):
        return False
    if g.get("role") != "value":
        return g.get("role") == "threshold" or _alike(g.get("of"), r.get("of"))
    when = r.get("when")
    when = when.get("text") if isinstance(when, Mapping) else when
    firmness = g.get("status") != "target" or g.get("strength") == r.get("strength")
    words = _alike(g.get("indicator"), r.get("indicator")) and _alike(g.get("when"), when)
    return g.get("status") == r.get("status") and firmness and words


def _same_number(a: object, b: object) -> bool:
    if a is None or b is None:
        return a is b
    try:
        return abs(Decimal(str(a)) - Decimal(str(b))) <= abs(Decimal(str(a))) / 1000
    except InvalidOperation:
        return a == b


def _same_day(a: str | None, b: str | None) -> bool:
    """Days agree in each digit that both know."""
    if a is None or b is None:
        return a is b
    return len(a) == len(b) and all(x == y or "X" in (x, y) for x, y in zip(a, b, strict=True))


def _alike(a: str | None, b: str | None) -> bool:
    first, second = (regex.sub(r"[^\w%×]", "", words or "").lower() for words in (a, b))
    return first == second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= SAME_WORDS


def _short(name: str) -> str:
    """A name without blanks, quotes and a closing 项目, 工程 or 建设."""
    bare = regex.sub(r"[\s“”\"《》]", "", name)
    return regex.sub(r"(?:等?(?:重点|重大)?(?:项目|工程|建设))+$", "", bare)
