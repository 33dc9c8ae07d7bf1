"""Where the time of `parse` goes: each part of the stages, and the functions that have most of it for themselves.

    python benchmarks/parts.py [--rounds N] [--text KIND] [--write]

The parts are the steps of `clean_text` and of `find_mentions`. Each is timed by itself, in the least of the rounds; the
share is that of the whole `parse`. The functions are as cProfile counts them, which makes calls dearer than they are.
`--write` writes what is printed, with the tables of `speed.py` and `start.py` before it, to `profile.txt`.
"""

from __future__ import annotations

import argparse
import cProfile
import inspect
import io
import platform
import pstats
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from datetime import UTC, datetime
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from unittest.mock import patch

import speed
import start

from speechparse.extract import find_mentions
from speechparse.pipeline import Parser

PROFILE = Path(__file__).with_name("profile.txt")
LIBRARIES = ("speechparse", "jieba", "rjieba", "pydantic", "regex")
FUNCTIONS = 25
STEPS = {  # the module whose names the calls go through, and the names: functions, or tuples of functions
    "pipeline": ("clean_text", "split_speeches", "extract_records", "describe_changes", "Document"),
    "clean": ("_REPAIRS", "STAGES"),
    "extract": ("date_speeches", "_record", *re.findall(r"(?<![.\w])(\w+)(?=\()", inspect.getsource(find_mentions))),
}

Spent = dict[str, float]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--text", choices=speed.texts_by_kind(), default=list(speed.texts_by_kind())[-1])
    arguments.add_argument("--write", action="store_true")
    asked = arguments.parse_args()
    texts = speed.texts_by_kind()[asked.text]
    if not asked.write:
        print_parts(texts, asked.rounds)
        return
    page = io.StringIO()
    with redirect_stdout(page):
        print(f"python benchmarks/parts.py --write, {datetime.now(UTC):%Y-%m-%d}, {platform.machine()},")
        print(f"Python {platform.python_version()}, {', '.join(f'{name} {installed(name)}' for name in LIBRARIES)}\n")
        speed.ratios_of_stages(asked.rounds)
        start.measured(asked.rounds, fast=True)
        print(f"\nThe parts of parse, over: {asked.text}\n")
        print_parts(texts, asked.rounds)
    PROFILE.write_text(re.sub(r" +$", "", page.getvalue(), flags=re.MULTILINE), encoding="utf-8")


def installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "is not installed"


def print_parts(texts: list[str], rounds: int) -> None:
    parser = Parser(speed.OPTIONS)
    for text in texts:
        parser.parse(text)
    each = [spent_by_parts(parser, texts) for _ in range(rounds)]
    least = {name: min(spent[name] for spent in each) for name in each[0]}
    for name, own in sorted(least.items(), key=lambda item: -item[1]):
        print(f"{name:<36}{1000 * own:>9.1f} ms{own / least['parse']:>8.1%}")
    print()
    print(profile_of(parser, texts))


def spent_by_parts(parser: Parser, texts: list[str]) -> Spent:
    """The seconds of the processor that each part took over all texts, and `parse` as a whole."""
    spent: Spent = defaultdict(float)
    with watched(spent):
        begun = time.process_time()
        for text in texts:
            parser.parse(text)
        spent["parse"] = time.process_time() - begun
    return spent


@contextmanager
def watched(spent: Spent) -> Iterator[None]:
    """Within, what each step takes is added to `spent`."""
    with ExitStack() as patches:
        for module, names in STEPS.items():
            package = sys.modules[f"speechparse.{module}"]
            for name in names:
                step = getattr(package, name, None)
                if isinstance(step, tuple):
                    timed: Any = tuple(timer(spent, f"{module}: {each.__name__}", each) for each in step)
                elif getattr(step, "__module__", "").startswith("speechparse"):
                    timed = timer(spent, f"{module}: {name}", step)
                else:
                    continue
                patches.enter_context(patch.object(package, name, timed))
        yield


def timer(spent: Spent, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(step)
    def timed(*arguments: Any, **named: Any) -> Any:
        begun = time.process_time()
        made = step(*arguments, **named)
        if inspect.isgenerator(made):
            made = list(made)
        spent[name] += time.process_time() - begun
        return made

    return timed


def profile_of(parser: Parser, texts: list[str]) -> str:
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for text in texts:
        parser.parse(text)
    profile.disable()
    page = io.StringIO()
    pstats.Stats(profile, stream=page).sort_stats("tottime").print_stats(FUNCTIONS)
    return re.sub(r"\S*/(?=(?:speechparse|site-packages|python3\.\d+)/)", "", page.getvalue()).strip()


if __name__ == "__main__":
    main()
