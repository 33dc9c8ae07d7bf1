"""What cleaning changed, in place: the raw text with what went struck out and what came beside it."""

from __future__ import annotations

from typing import TextIO

from rich.text import Text

from speechparse.outputs.screen import console, visible
from speechparse.text import AlignedText

CONTEXT = 30  # unchanged characters kept on each side of a change
NEAR = 2 * CONTEXT + 10  # an unchanged stretch up to this length is shown whole: cutting it would not save a line


def write(text: AlignedText, stream: TextIO) -> None:
    """The changed stretches with their surroundings, one group a line, marked as `git diff --word-diff` does.

    `[-before-]` is red and `{+after+}` is green on a terminal; the rules stand at the end of the line.
    """
    screen = console(stream)
    line, rules, done = Text(), dict[str, None](), 0
    for change in text.changes():
        between = text.raw[done : change.raw_start]
        if len(between) > NEAR:
            if rules:
                line.append(visible(between[:CONTEXT]) + "…")
                screen.print(_with_rules(line, rules))
            line, rules = Text("…" + visible(between[-CONTEXT:])), {}
        else:
            line.append(visible(between))
        if change.raw_start < change.raw_end:
            line.append(f"[-{visible(text.raw[change.raw_start : change.raw_end])}-]", style="red")
        if change.start < change.end:
            line.append(f"{{+{visible(text.text[change.start : change.end])}+}}", style="green")
        rules |= dict.fromkeys(change.rules)
        done = change.raw_end
    if rules:
        rest = text.raw[done:]
        line.append(visible(rest[:CONTEXT]) + ("…" if len(rest) > CONTEXT else ""))
        screen.print(_with_rules(line, rules))


def _with_rules(line: Text, rules: dict[str, None]) -> Text:
    line.append(f"  {' '.join(rules)}\n", style="dim cyan")
    return line
