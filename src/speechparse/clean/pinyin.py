"""Pinyin notes dropped, and what the sites that insert them did to the GBK bytes around them undone."""

from __future__ import annotations

from typing import NamedTuple

import regex

from speechparse.clean.gbk_shift import StepReader, Trace
from speechparse.clean.readings import LETTERS, readings
from speechparse.options import ParseOptions
from speechparse.text import AlignedText, Edit, Note

EVENT = regex.compile(rf"[?\ufffd]*+(?:\([{LETTERS}]{{1,7}}+\)|[{LETTERS}]{{1,7}}+\))|[?\ufffd]++")

LEFT = 6
RIGHT = 4
MARGIN = 5.0
DOUBT = 3.0

class Repair(NamedTuple):
    """Edits that bring a damaged spot back, and whether another way to do so is nearly as likely."""

    edits: list[Edit]
    end: int
    text: str
    doubt: bool


def undo_pinyin_damage(text: AlignedText, options: ParseOptions) -> AlignedText:
    source = text.text
    if not EVENT.search(source):
        return text
    edits: list[Edit] = []
    warnings: list[Note] = []
    done = 0
    left = ""
    read = readings()
    reader = StepReader(source, _traces(source))
    for event in EVENT.finditer(source):
        start, end = event.span()
        if start < done:
            continue
        left = (left + source[done:start])[-LEFT:]
        done = start
        if source[start] == "(" and left[-1:] in read.loosely(source[start + 1 : end - 1]):
            edits.append(Edit(start, end, "", "pinyin.note"))
            done = end
            continue
        repair = _repair(reader, source, start, left)
        if repair is None:
            span = text.raw_span(start, end)
            warnings.append(Note("damaged_text", source[start:end], *span))
            left = (left + source[start:end])[-LEFT:]
            done = end
            continue
        edits += repair.edits
        left = (left + repair.text)[-LEFT:]
        if repair.doubt:
            warnings.append(Note("damaged_text", repair.text, *text.raw_span(start, repair.end)))
        done = repair.end
    return text.apply(edits).note(warnings=warnings)


def _traces(source: str) -> dict[Trace, int]:
    """How often the page shows each trace of an unreadable byte."""
    traces: dict[Trace, int] = {}
    for event in EVENT.finditer(source):
        shown = event[0]
        marks = len(shown) - len(shown.lstrip("?\ufffd"))
        rest = shown[marks:]
        if rest and (marks or rest[0] != "("):
            trace = Trace(marks, rest[0] == "(")
            traces[trace] = traces.get(trace, 0) + 1
    return traces


def _repair(reader: StepReader, source: str, start: int, left: str) -> Repair | None:
    reading = reader.read(start, left)
    if reading is None:
        return None
    edits: list[Edit] = []
    text = ""
    done = start
    for piece in reading.pieces:
        edits.append(Edit(piece.start, piece.end, piece.text, f"gbk.{piece.cause}"))
        text += source[done:piece.start] + piece.text
        done = piece.end
    return Repair(edits, done, text, reading.doubt)
