"""How long `parse` and its stages take, as a ratio to `jieba.lcut` over the same text in the same run.

    python benchmarks/speed.py [--rounds N] [--without-fast] [--check]

Times depend on the machine, ratios hardly do. Each is the median of the rounds, with the smallest and the largest.
The texts are the clean sample speeches, their damaged copies and, where it is there, the corpus beside the repository.
The floor is what cannot be done without: to decode the bytes once, and to look at each character once with `regex`.
Below the table stands what a process takes until its first speech is parsed, as `start.py` measures it.

`--without-fast` leaves rjieba out, whether it is installed or not. `--check` says WARNING where something takes more
than 20 % longer, as a ratio, than `ratios.toml` has it, or more than its limit there; it never fails.
"""

from __future__ import annotations

import argparse
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import jieba
import regex
import start

from speechparse import ParseOptions
from speechparse.clean import clean_text, decode
from speechparse.extract import extract_records
from speechparse.pipeline import Parser
from speechparse.segment import split_speeches
from speechparse.text import AlignedText

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
RATIOS = Path(__file__).with_name("ratios.toml")
EVERY = 4  # of the corpus: every fourth report is enough for a steady median
CHARACTERS = 40_000  # of short texts in a round: repeated up to a length at which a clock tick does not matter
LOSS = 0.2
OPTIONS = ParseOptions()

Table = dict[str, dict[str, float]]  # by kind of text (or `start`) and name of what was measured


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--without-fast", action="store_true")
    arguments.add_argument("--check", action="store_true")
    asked = arguments.parse_args()
    if asked.without_fast:
        leave_rjieba_out()
    measured = ratios_of_stages(asked.rounds)
    measured["start"] = start.measured(asked.rounds, fast=not asked.without_fast)
    if asked.check:
        with RATIOS.open("rb") as file:
            kept = tomllib.load(file)
        print("", *losses(measured, kept["ratios"]), *excesses(measured, kept["limits"]), sep="\n")


def leave_rjieba_out() -> None:
    sys.modules["rjieba"] = None  # type: ignore[assignment]  # importing it is now an ImportError


def ratios_of_stages(rounds: int) -> Table:
    """Print the table of all kinds of text; return the medians."""
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    print(f"{'text':<18}{'characters':>11}  {'stage':<13}{'ms':>9}  × jieba.lcut (smallest–largest)")
    medians: Table = {}
    for kind, texts in texts_by_kind().items():
        stages = stages_over(texts)
        times = [{name: seconds(stage) for name, stage in stages.items()} for _ in range(rounds)]
        size = f"{sum(map(len, texts)):,}"
        medians[kind] = {}
        for name in stages:
            milliseconds = 1000 * median(time[name] for time in times)
            ratios = [time[name] / time["jieba.lcut"] for time in times]
            medians[kind][name.strip("- ")] = median(ratios)
            spread = f"{median(ratios):.4f} ({min(ratios):.4f}–{max(ratios):.4f})"
            print(f"{kind:<18}{size:>11}  {name:<13}{milliseconds:>9.1f}  {spread}")
    return medians


def texts_by_kind() -> dict[str, list[str]]:
    """The texts of each kind, short ones repeated."""
    clean = sorted((REPOSITORY / "tests" / "samples").glob("*.txt"))
    damaged = [file for file in sorted((REPOSITORY / "data" / "samples").iterdir()) if file.suffix != ".md"][1:]
    kinds = {"samples, clean": clean, "samples, damaged": damaged, "corpus": sorted(CORPUS.rglob("*.txt"))[::EVERY]}
    return {kind: repeated([read(file) for file in files]) for kind, files in kinds.items() if files}


def read(file: Path) -> str:
    return decode(file.read_bytes(), source=file.name).text


def repeated(texts: list[str]) -> list[str]:
    return texts * max(1, CHARACTERS // sum(map(len, texts)))


def stages_over(texts: list[str]) -> dict[str, Callable[[], object]]:
    """What is timed. Each stage gets what the one before it made, made beforehand; so lexicons are loaded too."""
    parser = Parser(OPTIONS)
    raw = [AlignedText.of(text) for text in texts]
    cleaned = [clean_text(text, OPTIONS) for text in raw]
    segmented = [(text, split_speeches(text, OPTIONS)) for text in cleaned]
    for text, speeches in segmented:
        extract_records(text, speeches, OPTIONS)
    pages = [text.encode() for text in texts]
    pass_over = regex.compile(r"[\p{Han}\d]++")
    return {
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
        "parse": lambda: [parser.parse(text) for text in texts],
        "- clean": lambda: [clean_text(text, OPTIONS) for text in raw],
        "- segment": lambda: [split_speeches(text, OPTIONS) for text in cleaned],
        "- extract": lambda: [extract_records(text, speeches, OPTIONS) for text, speeches in segmented],
        "floor: decode": lambda: [page.decode() for page in pages],
        "floor: regex": lambda: [sum(1 for _ in pass_over.finditer(text)) for text in texts],
    }


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def losses(measured: Table, kept: Table) -> Iterator[str]:
    """What takes more than 20 % longer than was kept."""
    for place, now, before in in_both(measured, kept):
        if now > before * (1 + LOSS):
            yield f"WARNING: {place}: {now:.2f}, kept is {before:.2f} ({now / before - 1:+.0%})"


def excesses(measured: Table, limits: Table) -> Iterator[str]:
    """What is above its limit."""
    for place, now, limit in in_both(measured, limits):
        if now > limit:
            yield f"WARNING: {place}: {now:.2f}, the limit is {limit:.2f}"


def in_both(one: Table, other: Table) -> Iterator[tuple[str, float, float]]:
    """Place and values of what is in both tables: what could not be measured (there is no corpus) is left out."""
    for kind in one.keys() & other.keys():
        for name in one[kind].keys() & other[kind].keys():
            yield f"{kind}, {name}", one[kind][name], other[kind][name]


if __name__ == "__main__":
    main()
