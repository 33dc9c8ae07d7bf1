"""What a process takes until its first speech is parsed: processor time and memory, each in a process of its own.

    python benchmarks/start.py [--rounds N] [--without-fast]

`first parse` is that of 5,000 characters of sample speeches, behind the import. Beside it stand what the package is
built on: `import pydantic`, and the first `jieba.lcut` with its import, whose dictionary comes from jieba's cache.
The memory is the largest that the process had at the end of it. Needs a system with `resource` (not Windows).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import NamedTuple

SAMPLES = Path(__file__).parents[1] / "tests" / "samples"
SPEECH = 5_000  # characters

# name: what comes before the clock is started, and what is timed
STEPS = {
    "import pydantic": ("", "import pydantic"),
    "import": ("", "import speechparse"),
    "first parse": ("import speechparse", "speechparse.parse(speech)"),
    "first jieba.lcut": ("", "import jieba; jieba.setLogLevel('WARNING'); jieba.lcut(speech)"),
}
_PROCESS = """
import json, resource, sys, time
speech, fast, before, timed = json.load(sys.stdin)
if not fast:
    sys.modules["rjieba"] = None
exec(before)
real, own = time.perf_counter(), time.process_time()
exec(timed)
real, own = time.perf_counter() - real, time.process_time() - own
try:
    with open("/proc/self/status") as status:  # what `resource` knows on Linux begins with what the parent had
        memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
except OSError:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
print(json.dumps([own, real, memory]))
"""


class Cost(NamedTuple):
    """Seconds of the processor, seconds of the clock, megabytes."""

    own: float
    real: float
    memory: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--without-fast", action="store_true")
    asked = arguments.parse_args()
    measured(asked.rounds, fast=not asked.without_fast)


def measured(rounds: int, *, fast: bool) -> dict[str, float]:
    """Print the table; return what is kept in `ratios.toml` or has a limit there: the import as a multiple of that of
    pydantic and the first parse as one of the first `jieba.lcut`, which hardly depend on the machine, and the sizes."""
    costs = {name: [cost_of(*step, fast=fast) for _ in range(rounds + 1)][1:] for name, step in STEPS.items()}
    print(f"\n{'in a fresh process':<20}{'s of the processor (smallest–largest)':<40}{'s of the clock':>15}{'MB':>8}")
    for name, each in costs.items():
        own = [cost.own for cost in each]
        spread = f"{median(own):.3f} ({min(own):.3f}–{max(own):.3f})"
        real, memory = median(cost.real for cost in each), median(cost.memory for cost in each)
        print(f"{name:<20}{spread:<40}{real:>15.3f}{memory:>8.1f}")

    def own_time(name: str) -> float:
        return median(cost.own for cost in costs[name])

    return {
        "import of pydantic": own_time("import") / own_time("import pydantic"),
        "first jieba.lcut": own_time("first parse") / own_time("first jieba.lcut"),
        "seconds of import": own_time("import"),
        "MB of import": median(cost.memory for cost in costs["import"]),
        "seconds of first parse": own_time("first parse"),
    }


def cost_of(before: str, timed: str, *, fast: bool) -> Cost:
    """What one step takes in a fresh process, whose modules have been compiled before, as those of a user have."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    given = json.dumps([speech(), fast, before, timed])
    answer = subprocess.run(
        [sys.executable, "-c", _PROCESS], input=given, env=environment, check=True, capture_output=True, text=True
    )
    return Cost(*json.loads(answer.stdout))


def speech() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.txt")))[:SPEECH]


if __name__ == "__main__":
    main()
