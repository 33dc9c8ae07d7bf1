"""How time and memory grow: with the length of a document, and with how many documents a process has read.

    python benchmarks/growth.py [--largest BYTES] [--documents N]

Texts are the sample speeches with other figures in each copy. Each length is read in a process of its own, which has
parsed the samples before; the time is processor time, the memory what the process needed beyond what it had. The
documents of the second table are read in one process. What is hoped for are columns that stay as they are.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import random
import re
import resource
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import speechparse as sp

REPOSITORY = Path(__file__).parents[1]
SIZES = (1_000, 10_000, 100_000, 1_000_000, 5_000_000, 20_000_000)  # bytes of UTF-8
STEPS = 10
MEGABYTE = 1 << 20


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--largest", type=int, default=SIZES[-1])
    arguments.add_argument("--documents", type=int, default=10_000)
    asked = arguments.parse_args()
    print(f"{'text':<10}{'bytes':>12}{'characters':>12}{'records':>9}{'µs/character':>14}{'bytes/character':>17}")
    for kind in KINDS:
        for size in SIZES:
            if size <= asked.largest:
                characters, records, seconds, memory = apart(read_one, kind, size)
                each, held = 1e6 * seconds / characters, memory / characters
                print(f"{kind:<10}{size:>12,}{characters:>12,}{records:>9,}{each:>14.2f}{held:>17.0f}", flush=True)
    if asked.documents:
        print(f"\n{'documents':>10}{'ms/document':>13}{'MB':>7}{'objects':>10}{'in caches':>11}")
        apart(read_many, asked.documents)


# --- the texts


def report(size: int, seed: int = 0) -> str:
    return grown([file.read_text(encoding="utf-8") for file in samples("tests/samples")], size, seed)


def damaged(size: int, seed: int = 0) -> str:
    read = sp.Parser().read
    return grown([read(file).text for file in samples("data/samples") if file.suffix == ".txt"], size, seed)


def page(size: int, seed: int = 0) -> str:
    paragraphs = "".join(f"<p class=a>{line}</p>\n" for line in report(size, seed).splitlines())
    return f"<html><head><title>报告</title></head><body><div id=nav><a href=/>首页</a></div>{paragraphs}</body></html>"


KINDS = {"report": report, "damaged": damaged, "page": page}


@lru_cache(maxsize=2)
def samples(folder: str) -> tuple[Path, ...]:
    return tuple(sorted(file for file in (REPOSITORY / folder).iterdir() if file.suffix != ".md"))


def grown(texts: list[str], size: int, seed: int) -> str:
    """The texts one after the other, with other figures each time, until they have so many bytes."""
    chance = random.Random(seed)
    pieces, length = [], 0
    while length < size:
        piece = re.sub(r"[1-9]", lambda _: str(chance.randint(1, 9)), chance.choice(texts))
        pieces.append(piece.encode()[: size - length].decode("utf-8", "ignore"))
        length += len(piece.encode())
    return "\n".join(pieces)


# --- in a process of their own


def apart(work: Callable[..., object], *arguments: object) -> tuple[int, int, float, int]:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_answer, args=(results, work, *arguments))
    process.start()
    result = results.get()
    process.join()
    return result


def _answer(results: multiprocessing.Queue[object], work: Callable[..., object], *arguments: object) -> None:
    results.put(work(*arguments))


def read_one(kind: str, size: int) -> tuple[int, int, float, int]:
    """Characters, records, seconds and bytes of memory of one document."""
    warm()
    text = KINDS[kind](size)
    rounds = max(1, 30_000 // size)
    before = peak()
    begun = time.process_time()
    for _ in range(rounds):
        document = sp.parse(text)
    seconds = (time.process_time() - begun) / rounds
    return len(text), len(document.records), seconds, peak() - before


def read_many(documents: int) -> None:
    warm()
    step = max(1, documents // STEPS)
    for number in range(documents):
        if number % step == 0:
            begun = time.process_time()
        sp.parse(report(2_000, seed=number) if number % 2 else damaged(2_000, seed=number))
        if number % step == step - 1:
            each = 1000 * (time.process_time() - begun) / step
            gc.collect()
            held, caches = len(gc.get_objects()), cached()
            print(f"{number + 1:>10,}{each:>13.1f}{resident() / MEGABYTE:>7.0f}{held:>10,}{caches:>11,}", flush=True)


def warm() -> None:
    for file in samples("data/samples"):
        sp.parse(file)


def peak() -> int:
    """The most memory that the process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def resident() -> int:
    """The memory of the process in bytes; where the system does not tell, the most it ever had."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    except OSError:
        return peak()


def cached() -> int:
    """How many answers the caches of the package hold."""
    modules = [module for name, module in sys.modules.items() if name.startswith("speechparse")]
    caches = {id(thing): thing for module in modules for thing in vars(module).values() if hasattr(thing, "cache_info")}
    return sum(cache.cache_info().currsize for cache in caches.values())


if __name__ == "__main__":
    main()
