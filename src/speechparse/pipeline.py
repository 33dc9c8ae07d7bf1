"""The Parser: the stages in their order, from an input to a Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from speechparse.clean import clean_text, decode
from speechparse.errors import InputError
from speechparse.extract import extract_records
from speechparse.options import ParseOptions
from speechparse.records import Document, Removal, Repair, Warning
from speechparse.segment import split_speeches
from speechparse.text import AlignedText
from speechparse.time_limit import check, limited

Source = bytes | str | Path


class Parser:
    """Parses inputs under one set of options.

    An input is `bytes` (of a file), a `str` (a text, already decoded) or a `Path` (a file to read).
    """

    def __init__(self, options: ParseOptions | None = None) -> None:
        self.options = options or ParseOptions()

    def read(self, source: Source, *, name: str | None = None) -> AlignedText:
        """The decoded raw text of an input. Raises InputError where there is no text to be had."""
        name = _named(source, name)
        if isinstance(source, str):
            text = AlignedText.of(_without_surrogates(source))
        elif isinstance(source, bytes):
            text = decode(source, source=name, encoding=self.options.encoding)
        elif isinstance(source, Path):
            try:
                data = source.read_bytes()
            except OSError as error:
                problem = f"can't be read ({error.strerror})"
                raise InputError(name, problem, "check the name and the permissions") from error
            text = decode(data, source=name, encoding=self.options.encoding)
        else:
            raise TypeError(f"a source is bytes, str or Path, not {type(source).__name__}")
        if not text.text.strip():
            raise InputError(name, "holds no text", "give a file or a string with the text of a speech")
        return text

    def clean(self, source: Source, *, name: str | None = None) -> AlignedText:
        """The clean text of an input, aligned with its raw text."""
        with limited(self.options.time_limit, _named(source, name)):
            return clean_text(self.read(source, name=name), self.options)

    def parse(self, source: Source, *, name: str | None = None) -> Document:
        """The Document of an input; `name` replaces its name in `Document.source`."""
        with limited(self.options.time_limit, _named(source, name)):
            text = self.clean(source, name=name)
            check()
            speeches = split_speeches(text, self.options)
            records, checks = extract_records(text, speeches, self.options)
            check()
            repairs, removals = describe_changes(text)
        first = speeches[0] if speeches else None
        return Document(
            source=_named(source, name),
            encoding=text.encoding,
            title=first.title if first else None,
            date=first.date if first else None,
            place=first.place if first else None,
            speaker=first.speaker if first else None,
            text=text.text,
            speeches=speeches,
            records=records,
            repairs=repairs,
            removals=removals,
            warnings=sorted([*clean_warnings(text), *checks], key=lambda w: (w.start, w.end, w.code)),
            raw=text.raw,
        )

    def parse_many(self, sources: Iterable[Source]) -> Iterator[Document]:
        """Parse one input after the other, lazily. Stops at the first that can't be read, with its InputError."""
        for source in sources:
            yield self.parse(source)


def _named(source: Source, name: str | None) -> str:
    return name or (str(source) if isinstance(source, Path) else f"<{type(source).__name__}>")


def _without_surrogates(text: str) -> str:
    """A lone surrogate (from bytes decoded with `surrogateescape`) is no character, and JSON can't hold it."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def describe_changes(text: AlignedText) -> tuple[list[Repair], list[Removal]]:
    """What cleaning did, as the contract has it. Replaying both lists on the raw text gives the clean text."""
    repairs: list[Repair] = []
    removals: list[Removal] = []
    for change in text.changes():
        before = text.raw[change.raw_start : change.raw_end]
        rule = "+".join(change.rules)
        if change.start == change.end:
            removals.append(Removal(rule=rule, raw_start=change.raw_start, raw_end=change.raw_end, text=before))
            continue
        after = text.text[change.start : change.end]
        repairs.append(
            Repair(
                rule=rule,
                raw_start=change.raw_start,
                raw_end=change.raw_end,
                start=change.start,
                end=change.end,
                before=before,
                after=after,
            )
        )
    return repairs, removals


def clean_warnings(text: AlignedText) -> list[Warning]:
    """The warnings of the cleaning stages, placed in the clean text."""
    return [
        Warning(
            code=note.name,
            message=note.value,
            start=text.position_of(note.raw_start),
            end=max(text.position_of(note.raw_start), text.position_of(note.raw_end)),
        )
        for note in text.warnings
    ]
