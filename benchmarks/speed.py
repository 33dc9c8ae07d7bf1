"""How long `parse` and its stages take, as a ratio to `jieba.lcut` over the same text in the same run.

    python benchmarks/speed.py [--rounds N]

Times depend on the machine, ratios hardly do. Each is the median of the rounds, with the smallest and the largest.
The texts are the clean sample speeches, their damaged copies and, where it is there, the corpus beside the repository.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import jieba

from speechparse import ParseOptions
from speechparse.clean import clean_text, decode
from speechparse.extract import extract_records
from speechparse.pipeline import Parser
from speechparse.segment import split_speeches
from speechparse.text import AlignedText

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
EVERY = 4  # of the corpus: every fourth report is enough for a steady median
CHARACTERS = 40_000  # of short texts in a round: repeated up to a length at which a clock tick does not matter
OPTIONS = ParseOptions()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    print(f"{'text':<18}{'characters':>11}  {'stage':<11}{'ms':>9}  × jieba.lcut (smallest–largest)")
    for kind, texts in texts_by_kind().items():
        stages = stages_over(texts)
        times = [{name: seconds(stage) for name, stage in stages.items()} for _ in range(rounds)]
        size = f"{sum(map(len, texts)):,}"
        for name in stages:
            milliseconds = 1000 * median(time[name] for time in times)
            ratios = [time[name] / time["jieba.lcut"] for time in times]
            spread = f"{median(ratios):.3f} ({min(ratios):.3f}–{max(ratios):.3f})"
            print(f"{kind:<18}{size:>11}  {name:<11}{milliseconds:>9.1f}  {spread}")


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
    return {
        "jieba.lcut": lambda: [jieba.lcut(text) for text in texts],
        "parse": lambda: [parser.parse(text) for text in texts],
        "- clean": lambda: [clean_text(text, OPTIONS) for text in raw],
        "- segment": lambda: [split_speeches(text, OPTIONS) for text in cleaned],
        "- extract": lambda: [extract_records(text, speeches, OPTIONS) for text, speeches in segmented],
    }


def seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main()
