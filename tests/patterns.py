"""Every pattern of the package, with how it is used, and the texts that are the worst for it.

`python tests/patterns.py` prints, as JSON, a row for each pattern that the package compiles while all of it is
imported, its builders are called and the samples are parsed. It has to be a process of its own: what is compiled is
watched from the first import on.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from places import LEXICONS, REPOSITORY, SAMPLE_FILES

PACKAGE = REPOSITORY / "src" / "speechparse"
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class Used(NamedTuple):
    """A pattern: the module `re` or `regex` that it is for, where it is compiled, by which methods it was used, and the
    longest stretch of text that it was given."""

    engine: str
    pattern: str
    flags: int
    is_bytes: bool
    places: tuple[str, ...]
    methods: tuple[str, ...]
    longest: int

    @property
    def is_searched(self) -> bool:
        """Whether a text is looked through; one that was not seen at work is taken to do so."""
        return not self.methods or not set(self.methods) <= {"match", "fullmatch"}

    def compiled(self) -> Any:
        import regex

        pattern = self.pattern.encode("latin-1") if self.is_bytes else self.pattern
        return (re if self.engine == "re" else regex).compile(pattern, self.flags)


@cache
def used_patterns() -> tuple[Used, ...]:
    """All patterns of the package, as `python tests/patterns.py` lists them."""
    listed = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True, encoding="utf-8")
    return tuple(Used(*map(_hashable, row)) for row in json.loads(listed.stdout))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# --- watching the package


def _function(qualified: str) -> str:
    """The function that code is part of: a comprehension is code of its own before Python 3.12 only."""
    outermost = qualified.partition(".<locals>")[0].rpartition(".")[2]
    return "<module>" if outermost.startswith("<") else outermost


class Spy:
    """A compiled pattern that notes how it is used."""

    def __init__(self, engine: str, compiled: Any, place: str) -> None:
        self.engine, self.compiled = engine, compiled
        self.places, self.methods, self.longest = {place}, set[str](), 0

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self.compiled, name)
        if name not in METHODS:
            return attribute

        def noted(*arguments: Any, **options: Any) -> Any:
            text = arguments[1] if name in ("sub", "subn") else arguments[0]
            start, end = 0, len(text)
            if name not in ("sub", "subn", "split"):
                start = min(end, arguments[1]) if len(arguments) > 1 else 0
                end = min(end, arguments[2]) if len(arguments) > 2 else end
                end = min(end, options.get("endpos", end))
            self.methods.add(name)
            self.longest = max(self.longest, end - start)
            return attribute(*arguments, **options)

        return noted


def watch() -> dict[tuple[str, Any, int], Spy]:
    """From now on every pattern that code of the package compiles is a Spy in the mapping that is returned."""
    import regex

    spies: dict[tuple[str, Any, int], Spy] = {}

    def watched(engine: str, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        compile_ = original if name == "compile" else sys.modules[engine].compile

        def call(pattern: Any, *arguments: Any, **options: Any) -> Any:
            caller = sys._getframe(1)
            file = Path(caller.f_code.co_filename)
            if not file.is_relative_to(PACKAGE) or isinstance(pattern, Spy):
                return original(pattern, *arguments, **options)
            place = f"{file.relative_to(PACKAGE).with_suffix('').as_posix()}:{_function(caller.f_code.co_qualname)}"
            if name == "compile":
                return spy(compile_(pattern, *arguments, **options), place)
            flags = options.pop("flags", 0)
            return getattr(spy(compile_(pattern, flags), place), name)(*arguments, **options)

        def spy(compiled: Any, place: str) -> Spy:
            found = spies.setdefault((engine, compiled.pattern, compiled.flags), Spy(engine, compiled, place))
            found.places.add(place)
            return found

        return call

    for module in (re, regex):
        originals = {name: getattr(module, name) for name in ("compile", *METHODS)}
        for name, original in originals.items():
            setattr(module, name, watched(module.__name__, name, original))
    at_once: Any = ModuleType("speechparse.lazy")  # where a pattern is written, not where it is first used
    at_once.re, at_once.regex = re, regex
    sys.modules[at_once.__name__] = at_once
    return spies


def main() -> None:
    spies = watch()
    import speechparse as sp
    from speechparse.archive import regions, site_lines

    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(sp.__path__, "speechparse.")
        if not module.name.endswith("__main__")
    ]
    for module in modules:
        for thing in list(vars(module).values()):
            if getattr(thing, "__module__", None) == module.__name__ and hasattr(thing, "cache_info"):
                _call(thing)
    for text in _texts():
        document = sp.parse(text)
        regions.region_of(document)
        for speech in document.speeches:
            regions.report_year(document, speech)
        for line in document.text.split("\n"):
            site_lines.is_speech(site_lines.normalised(line))
        document.project_table()
    day = dt.date(2024, 3, 1)
    for words in _values():
        for read in (sp.parse_number, sp.parse_percentage, sp.parse_amount, partial(sp.parse_date, reference_date=day)):
            with suppress(sp.ValueParseError):
                read(words)
    rows = []
    for spy in spies.values():
        pattern = spy.compiled.pattern
        is_bytes = isinstance(pattern, bytes)
        rows.append(
            Used(
                spy.engine,
                pattern.decode("latin-1") if is_bytes else pattern,
                spy.compiled.flags,
                is_bytes,
                tuple(sorted(spy.places)),
                tuple(sorted(spy.methods)),
                spy.longest,
            )
        )
    json.dump(sorted(rows), sys.stdout)


def _values() -> Iterator[str]:
    """Short ones of all sorts, and the longest there can be."""
    for number, (_, example) in enumerate(_examples()):
        if number % 10 == 0:
            yield from re.findall(r"[^，。、]{1,8}", example)[:2]
    yield from ("1" * 100, "十" * 100, "一万" * 50, "上" * 100, "1-2" * 33, "\u32c0" * 100)


def _examples() -> Iterator[tuple[str, str]]:
    """Each cell of an example column of the lexicons."""
    for file in sorted(LEXICONS.glob("*.tsv")):
        rows = [line.split("\t") for line in file.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
        for at in (at for at, column in enumerate(rows[0]) if "example" in column):
            yield from ((file.stem, row[at]) for row in rows[1:] if row[at])


def _texts() -> Iterator[str]:
    """The samples, the examples of the lexicons, and what is one clause without end: so it is seen which patterns are
    only ever given a short stretch."""
    from test_extract import HOSTILE, SENTENCE

    import speechparse as sp

    by_file: dict[str, list[str]] = {}
    for name, example in _examples():
        by_file.setdefault(name, []).append(example)
    for examples in by_file.values():
        yield "\n".join(examples[:200])
    for file in SAMPLE_FILES:
        text = sp.Parser().read(file).text
        yield text
        yield re.sub(r"\W", "", text)[:2000]
    yield SENTENCE * 20
    yield re.sub(r"[，。]", "", SENTENCE) * 30
    for piece in HOSTILE:
        yield "今年" + (piece * 1200)[:1200]


def _call(builder: Callable[[], object]) -> None:
    try:
        builder()
    except TypeError as error:
        if "missing" not in str(error):  # a cache of answers, not a builder
            raise


if __name__ == "__main__":
    main()
