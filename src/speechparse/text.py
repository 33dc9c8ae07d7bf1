"""Text that remembers where it came from.

`AlignedText` is the text of a stage together with, for each of its characters, the raw characters it stands for. A
stage never writes a new text: it says which spans it replaces by what and under which rule (`Edit`), and
`AlignedText.apply` makes the new text with its alignment. The alignment is so carried by the edits themselves. A diff
of raw and clean text afterwards would not do: with a repeated line it maps a figure onto the wrong copy.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of character offsets."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace `text[start:end]` of the current stage by `text`, under the name of a rule. Empty `text` removes."""

    start: int
    end: int
    text: str
    rule: str


class Change(NamedTuple):
    """What all stages together did to one stretch of the raw text.

    `raw[raw_start:raw_end]` became `clean[start:end]`; `rules` are the names of the rules in the order they acted.
    """

    raw_start: int
    raw_end: int
    start: int
    end: int
    rules: tuple[str, ...]


class Note(NamedTuple):
    """Something a stage noticed about a stretch of the raw text: a fact (`title`, …) or a warning (its code)."""

    name: str
    value: str
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text and its alignment with the raw text.

    raw_starts[i], raw_ends[i] are the raw span that character i stands for. Both never decrease.
    edits logs, in raw offsets, every edit made so far; facts and warnings are what the stages noticed.
    """

    raw: str
    text: str
    raw_starts: Sequence[int]
    raw_ends: Sequence[int]
    edits: tuple[tuple[int, int, str], ...] = ()
    facts: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    encoding: str = "str"

    @classmethod
    def of(cls, raw: str, encoding: str = "str") -> AlignedText:
        """The raw text itself, aligned with itself."""
        return cls(raw, raw, range(len(raw)), range(1, len(raw) + 1), encoding=encoding)

    def __len__(self) -> int:
        return len(self.text)

    def raw_span(self, start: int, end: int) -> Span:
        """The raw span of `text[start:end]`; of an empty slice, the raw position before it."""
        if start < end:
            return Span(self.raw_starts[start], self.raw_ends[end - 1])
        at = self.raw_starts[start] if start < len(self.raw_starts) else len(self.raw)
        # inside a replacement of another length the characters share one raw span
        return Span(at, max(at, self.raw_ends[start - 1]) if start else at)

    def position_of(self, raw_offset: int) -> int:
        """The first character whose raw span starts at or after `raw_offset`."""
        return bisect_left(self.raw_starts, raw_offset)

    def apply(self, edits: Iterable[Edit]) -> AlignedText:
        """Make the edits (in text order, not overlapping) and return the new text.

        A replacement of the same length is aligned character by character; of another length, each new character
        stands for the whole replaced span. Edits that change nothing are dropped.
        """
        text = self.text
        pieces: list[str] = []
        log: list[tuple[int, int, str]] = []
        starts, ends = array("I"), array("I")
        raw_starts, raw_ends = self.raw_starts, self.raw_ends
        done = aligned = 0  # up to here the text is copied, and its alignment, which edits of the same length keep
        for start, end, new, rule in edits:
            if start < done or end < start or end > len(text):
                raise ValueError(f"edit {start}:{end} ({rule}) is out of order or out of range")
            if text[start:end] == new:
                continue
            raw_start, raw_end = (raw_starts[start], raw_ends[end - 1]) if start < end else self.raw_span(start, end)
            log.append((raw_start, raw_end, rule))
            pieces += (text[done:start], new)
            done = end
            if len(new) != end - start:
                if not isinstance(raw_starts, array):  # of a text that no stage has changed; slices of arrays are cheap
                    raw_starts, raw_ends = _as_array(raw_starts), _as_array(raw_ends)
                starts.extend(raw_starts[aligned:start])
                ends.extend(raw_ends[aligned:start])
                if new:
                    starts.extend([raw_start] * len(new))
                    ends.extend([raw_end] * len(new))
                aligned = end
        if not log:
            return self
        pieces.append(text[done:])
        if starts or aligned:
            starts.extend(raw_starts[aligned:])
            ends.extend(raw_ends[aligned:])
            raw_starts, raw_ends = starts, ends
        return replace(self, text="".join(pieces), raw_starts=raw_starts, raw_ends=raw_ends, edits=(*self.edits, *log))

    def note(self, *, facts: Iterable[Note] = (), warnings: Iterable[Note] = ()) -> AlignedText:
        """The same text with more facts and warnings; those that it already has are not said twice."""
        return replace(
            self,
            facts=tuple(dict.fromkeys((*self.facts, *facts))),
            warnings=tuple(dict.fromkeys((*self.warnings, *warnings))),
        )

    def changes(self) -> list[Change]:
        """Every stretch of the raw text that was changed, in order and not overlapping.

        Edits of several stages that touch the same raw characters are one change. Replaying the changes on the raw
        text gives the clean text.
        """
        changes: list[Change] = []
        open_start = open_end = -1
        rules: list[tuple[int, str]] = []

        def close() -> None:
            start = bisect_left(self.raw_starts, open_start)
            inserted = self._inserted_end(start, open_start)
            if open_start < open_end:  # what was inserted before it is a change of its own
                start, end = inserted, bisect_left(self.raw_starts, open_end)
            else:
                end = inserted
            names = dict.fromkeys(rule for _, rule in sorted(rules)) if len(rules) > 1 else (rules[0][1],)
            changes.append(Change(open_start, open_end, start, end, tuple(names)))

        for order, (raw_start, raw_end, rule) in sorted(enumerate(self.edits), key=lambda e: e[1][:2]):
            if rules and (raw_start < open_end or raw_start == raw_end == open_start == open_end):
                open_end = max(open_end, raw_end)
            else:
                if rules:
                    close()
                open_start, open_end, rules = raw_start, raw_end, []
            rules.append((order, rule))
        if rules:
            close()
        return changes

    def _inserted_end(self, start: int, raw_at: int) -> int:
        """The end of the characters inserted at raw position `raw_at`, which begin at `start`."""
        end = start
        while end < len(self.text) and self.raw_starts[end] == self.raw_ends[end] == raw_at:
            end += 1
        return end


_FIRST_NUMBERS = 1 << 17


@lru_cache(maxsize=1)
def _first_numbers() -> array[int]:
    return array("I", range(_FIRST_NUMBERS))


def _as_array(offsets: Sequence[int]) -> array[int]:
    """The offsets as an array. A slice of one costs a tenth of making it number by number."""
    if isinstance(offsets, range) and offsets.stop <= _FIRST_NUMBERS:
        return _first_numbers()[offsets.start : offsets.stop]
    return array("I", offsets)
