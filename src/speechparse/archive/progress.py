"""How far a run is, as a bar on a terminal."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from speechparse.errors import SpeechparseError
from speechparse.outputs.messages import said

LEARNING = "looking for lines that recur"


@dataclass
class Tally:
    """What has become of the inputs so far, and what is done at the moment; before they are parsed, how many were
    `looked_at` for the lines of their sites."""

    looked_at: int = 0
    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    failed: int = 0
    doing: str = LEARNING

    @property
    def inputs(self) -> int:
        return self.added + self.replaced + self.unchanged + self.failed

    @property
    def done(self) -> int:
        """How many inputs are done with what is done at the moment."""
        return self.looked_at if self.doing == LEARNING else self.inputs


@contextmanager
def shown(tally: Tally, inputs: Iterator[object] | None, *, wanted: bool | None = None) -> Generator[None]:
    """A bar with rate, time left and failures, as long as the block runs; on stderr, and only if that is a terminal.

    `inputs` are counted to know how much is left: reading takes a hundredth of the time that parsing takes. It is done
    in a thread, and until it is done there is no time left to show.
    """
    if not (sys.stderr.isatty() if wanted is None else wanted):
        yield
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Doing(ProgressColumn):
        def render(self, task: Any) -> Text:
            return Text(said(tally.doing))

    class Rate(ProgressColumn):
        def render(self, task: Any) -> Text:
            rate = task.finished_speed or task.speed
            return Text(f"{rate:,.1f}/s" if rate else "–/s")

    class Failed(ProgressColumn):
        def render(self, task: Any) -> Text:
            return Text(said(f"{tally.failed:,} failed"), style="red" if tally.failed else "")

    class Left(TimeRemainingColumn):
        def render(self, task: Any) -> Text:
            return Text(said("time left") + " ") + super().render(task)

    columns = (SpinnerColumn(), Doing(), BarColumn(), MofNCompleteColumn(), Rate(), Left(), Failed())
    done = threading.Event()
    with Progress(*columns, console=Console(stderr=True), speed_estimate_period=60) as progress:
        task = progress.add_task("", total=None)

        def follow() -> None:
            while not done.wait(0.5):
                progress.update(task, completed=tally.done)

        def find_total() -> None:
            total = 0
            with suppress(SpeechparseError):  # the run itself finds it too, and says so
                for _ in inputs or ():
                    total += 1
                    if done.is_set():
                        return
                progress.update(task, total=total or None)

        for work in (follow, find_total):
            threading.Thread(target=work, daemon=True).start()
        try:
            yield
        finally:
            done.set()
            progress.update(task, completed=tally.inputs)
