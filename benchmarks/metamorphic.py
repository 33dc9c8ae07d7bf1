"""How far the records of a text stay the same when it is written in another way (tests/rewritings.py).

    python benchmarks/metamorphic.py [--every N] [--only NAME] [--errors] [FOLDER_OR_FILE...]

Each text is cleaned once; the records of the clean text are compared with those of each rewriting of it. Without names
the texts are tests/samples, tests/gold and, where it is there, the corpus beside the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "tests"))

from rewritings import REWRITINGS, Agreement, compare, differing  # noqa: E402

import speechparse as sp  # noqa: E402

CORPUS = REPOSITORY.parent / "shared" / "corpus"
AROUND = 30  # characters shown on each side of a record


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sources", nargs="*", type=Path)
    arguments.add_argument("--every", type=int, default=1, help="of the texts of a folder, every Nth")
    arguments.add_argument("--only", help="the rewritings whose name holds this")
    arguments.add_argument("--errors", action="store_true", help="list the records that differ")
    given = arguments.parse_args()
    named = {name: rewriting for name, rewriting in REWRITINGS.items() if not given.only or given.only in name}
    kinds = texts_by_kind(given.sources, given.every)
    print("| rewriting |", *(f"{kind} |" for kind in kinds))
    print("|---|" + "---|" * len(kinds))
    parsed = {kind: [(text, sp.parse(text)) for text in texts] for kind, texts in kinds.items()}
    for name, rewriting in named.items():
        cells: list[str] = []
        wrong: list[str] = []
        fields: Counter[str] = Counter()
        for texts in parsed.values():
            found: list[Agreement] = []
            for text, before in texts:
                after = sp.parse(rewriting.rewrite(text))
                found.append(compare(before, after, rewriting.name))
                fields.update(f for d in found[-1].differences for f in differing(d, rewriting.name))
                wrong += described(before, after, found[-1])
            records, corresponding = sum(a.records for a in found), sum(a.corresponding for a in found)
            cells.append(f"{100 * corresponding / max(1, records):.2f} % of {records // 2} |")
        print(f"| {name} |", *cells, flush=True)
        if given.errors:
            print(*wrong, dict(fields.most_common()), "", sep="\n")


def texts_by_kind(sources: Sequence[Path], every: int) -> dict[str, list[str]]:
    """The clean texts of each kind."""
    folders = sources or [REPOSITORY / "tests" / "samples", REPOSITORY / "tests" / "gold", CORPUS]
    parser = sp.pipeline.Parser()
    kinds: dict[str, list[str]] = {}
    for folder in folders:
        files = sorted(folder.rglob("*.txt"))[::every] if folder.is_dir() else [folder]
        if files:
            kinds[folder.name] = [parser.clean(file).text for file in files]
    return kinds


def described(before: sp.Document, after: sp.Document, agreement: Agreement) -> Iterator[str]:
    """The records that differ, each with the words around it."""
    for difference in agreement.differences:
        yield f"* {', '.join(differing(difference))}"
        for mark, doc, records in (("-", before, difference.before), ("+", after, difference.after)):
            for record in records:
                left, right = doc.text[max(0, record.start - AROUND) : record.start], doc.text[record.end :][:AROUND]
                fields = record.model_dump(
                    exclude_none=True, exclude={"start", "end", "raw_start", "raw_end", "speech", "text"}
                )
                said = " ".join(f"{name}={value}" for name, value in fields.items())
                yield f"  {mark} {left}[{record.text}]{right}".replace("\n", "⏎") + f"\n      {said}"


if __name__ == "__main__":
    main()
