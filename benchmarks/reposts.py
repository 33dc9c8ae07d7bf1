"""How well and how fast reposts are grouped, on generated archives (tests/repost_cases.py).

    python benchmarks/reposts.py 2000 10000
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from repost_cases import archive, scores

from speechparse.archive.reposts import group_reposts


def main(sizes: list[int]) -> None:
    print("documents  characters  seconds  precision  recall  peak of the process")
    for size in sizes:
        copies = archive(size, seed=size)
        start = time.process_time()
        groups = group_reposts(copy.row for copy in copies)
        seconds = time.process_time() - start
        characters = sum(len(copy.text) for copy in copies)
        precision, recall = scores(copies, groups)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{len(copies):9}  {characters:10}  {seconds:7.1f}  {precision:9.4f}  {recall:6.4f}  {peak} MB")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2000, 10000])
