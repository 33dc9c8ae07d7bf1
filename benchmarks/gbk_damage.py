"""How much of simulated pinyin and GBK damage is undone, what is wrong without a warning, and what it costs.

    python benchmarks/gbk_damage.py [SETTING...] [--every N] [--rounds N]

Each text of the corpus beside the repository is cleaned, sent through the channel of `tests/gbk_channel.py` under a
seed, and restored. A SETTING says what the site notes: `changed` (characters that the conversion to traditional ones
changed), `places` or `any` (a third of the places, or of the characters). The cost is that of cleaning a damaged text
as a multiple of `jieba.lcut` over it, the best of the rounds on each text, of at most 18,000 characters.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from speechparse import ParseOptions
from speechparse.clean import clean_text, decode
from speechparse.clean.pinyin import undo_pinyin_damage
from speechparse.text import AlignedText

REPOSITORY = Path(__file__).parents[1]
CORPUS = REPOSITORY.parent / "shared" / "corpus"
sys.path.insert(0, str(REPOSITORY / "tests"))

SETTINGS = ("changed", "places", "any")
TIMED = 18_000  # characters
OPTIONS = ParseOptions()


def main() -> None:
    from gbk_channel import Channel, Outcome, compare, damage, unmarked, wrong_figures

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("setting", nargs="*", choices=[*SETTINGS, []])
    arguments.add_argument("--every", type=int, default=1, help="of the texts only each N-th")
    arguments.add_argument("--rounds", type=int, default=5)
    asked = arguments.parse_args()
    files = sorted(CORPUS.rglob("*.txt"))
    if not files:
        sys.exit(f"{CORPUS} holds no texts: this needs the corpus beside the repository")
    jieba.setLogLevel("WARNING")
    jieba.initialize()
    for setting in asked.setting or SETTINGS:
        outcome, wrong, cutting, cleaning = Outcome(0, 0, 0, 0, 0, 0), 0, 0.0, 0.0
        without = warnings = 0
        for seed, file in list(enumerate(files))[:: asked.every]:
            text = decode(file.read_bytes(), source=file.name).text
            damaged = damage(cleaned(text).text, Channel(setting), seed)
            restored = undo_pinyin_damage(AlignedText.of(damaged.text), OPTIONS)
            outcome += compare(damaged, restored.text)
            wrong += len(wrong_figures(damaged, restored.text))
            without += unmarked(damaged, restored)
            warnings += len(restored.warnings)
            if setting != "any":
                part = damaged.text[:TIMED]
                cutting += best(asked.rounds, jieba.lcut, part)
                cleaning += best(asked.rounds, cleaned, part)
        cost = f", clean {cleaning / cutting:.2f} × jieba.lcut" if cutting else ""
        marked = f"errors without a warning {without}, warnings {warnings}, wrong figures {wrong}"
        print(f"{setting}: {outcome}, {marked}{cost}", flush=True)


def cleaned(text: str) -> AlignedText:
    return clean_text(AlignedText.of(text), OPTIONS)


def best(rounds: int, run: Callable[[str], object], text: str) -> float:
    """The least processor time of some rounds; what is remembered of a page is forgotten before each."""
    from speechparse.clean import pinyin

    times = []
    for _ in range(rounds):
        pinyin._repairs.cache_clear()
        start = time.process_time()
        run(text)
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
