"""What holds for every Document, whatever was read."""

from __future__ import annotations

import speechparse as sp


def check_spans(document: sp.Document) -> None:
    """Every span lies within its text and has the words it claims."""
    text, raw = document.text, document.raw
    for record in document.records:
        assert 0 <= record.start < record.end <= len(text)
        assert text[record.start : record.end] == record.text
        assert 0 <= record.raw_start < record.raw_end <= len(raw)
        speech = document.speeches[record.speech]
        assert speech.start <= record.start
        assert record.end <= speech.end
        assert record.rule
    starts = [record.start for record in document.records]
    assert starts == sorted(starts)
    for speech in document.speeches:
        assert 0 <= speech.start <= speech.end <= len(text)
        for section in speech.sections:
            assert speech.start <= section.start <= section.end <= speech.end
            assert section.heading in text[section.start : section.end]
    for one, other in zip(document.speeches, document.speeches[1:], strict=False):
        assert one.end <= other.start
    for repair in document.repairs:
        assert raw[repair.raw_start : repair.raw_end] == repair.before
        assert text[repair.start : repair.end] == repair.after
        assert repair.rule
    for removal in document.removals:
        assert raw[removal.raw_start : removal.raw_end] == removal.text
        assert removal.rule
    for warning in document.warnings:
        assert 0 <= warning.start <= warning.end <= len(text)


def replay(document: sp.Document) -> str:
    """The clean text made from the raw text and the lists of repairs and removals alone."""
    changes = [(r.raw_start, r.raw_end, r.after) for r in document.repairs]
    changes += [(r.raw_start, r.raw_end, "") for r in document.removals]
    pieces, done = [], 0
    for raw_start, raw_end, after in sorted(changes, key=lambda change: change[:2]):
        pieces += [document.raw[done:raw_start], after]
        done = raw_end
    return "".join([*pieces, document.raw[done:]])
