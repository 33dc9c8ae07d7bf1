"""What other tools read in annotated speeches, beside speechparse: a Markdown table.

    python -m pip install -e '.[peers]'
    python benchmarks/peers.py [--only NAME ...] [--python NAME=PATH ...] [--limit SECONDS] [--examples]

The tools are JioNLP (money and times), Recognizers-Text (all Chinese models that read values), cn2an, chinese2digits
and twenty lines of regex (`twenty_lines.py`). Each runs in a process of its own, on the same texts: the speeches of
tests/gold, and if they are there those of ../shared/gold and the raw pages these were cleaned from, ../shared/inputs.
A tool that is not installed is left out; `--python` names the Python of an environment in which it is, with jieba.
`--examples` shows what each reads in sentences of our own.

Each tool gets its best: the day of the speech; whole texts or sentences, whichever it reads better; the numerals, for
cn2an, which finds none itself; of several readings of the same words the longest. The measures:

right           of the figures (amounts, counts, percentages, measures, ranks) and times (deadlines, periods) of the
                gold, the share that the tool reads right. A record is compared with what overlaps it most.
figures         right is the value in base units, both ends of a range, to a thousandth and without its sign, together
                with the unit. A bare number has the unit behind it, so that tools without units can be right too.
times           right is the last day of a deadline, the first and the last of a period, in the digits that the gold
                knows. What the gold leaves open is not compared.
bound kept      of the figures that are not exact (以上, 以内, 左右, 10—15), the share that has this bound.
role right      of all figures, the share with the right role: value, threshold or attribute.
wrong values    figures of the gold for which the tool says another value.
false           of what the tool reads, that which stands where the gold has neither figure nor time: list numbers,
                slogans, page counters. A finder of numbers is right that these are numbers; they are no records.
speed           characters in a second of the processor, whole texts (the faster way for each), warm; and the time as a
                multiple of that of `jieba.lcut` over the same texts, in the same process and in turns, medians of five.

`–` stands where a tool has no notion of what is measured; what crashed and what ran out of time is said below a table.
The rules of speechparse were written with these texts in sight, the other tools have not seen them; what speechparse
gave on texts that nobody had looked at is in the README.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache, reduce
from pathlib import Path
from typing import Any, NamedTuple

from peer_scores import TIMES, Score, placed, score
from peer_tools import TOOLS, Finding, Tool

from speechparse import Parser
from speechparse.clean import decode
from speechparse.evaluate import align, read_gold

HERE = Path(__file__).parent
OWN = HERE.parent / "tests" / "gold"
SHARED = HERE.parents[1] / "shared"
LIMIT = 900.0  # seconds for a tool and a set of texts
INSTALL = "python -m pip install -e '.[peers]'"
RIGHT = ("right", "figures", "times", "bound kept", "role right", "wrong values", "false")
COLUMNS = (*RIGHT, "characters/s", "× jieba.lcut")
EXAMPLES = (
    "今年，新开工70个3000万元以上项目。",
    "确保固定资产投资完成53.2亿元以上，力争达到六十亿元。",
    "总投资10—15亿元，带动就业三至五千人。",
    "农民收入增长8%左右，高于全市1.5个百分点，居全省第三位。",
    "旅游收入翻一番，是2015年的2.6倍。",
    "年产20万吨，装机2×66万千瓦，流转土地六万余亩。",
    "6月底前开工，“五一”前完成征地，“十四五”末全部建成。",
    "一要抓好四个重点，做到百分之百落实，建成万里绿道。",
)

Row = dict[str, Any]


class Case(NamedTuple):
    """A text that the tools get, the gold's text with its records, and the day that the tools are told."""

    text: str
    gold_text: str
    gold: list[Row]
    day: date


class Answer(NamedTuple):
    """What a tool gave for a set of texts; fewer `findings` than texts where it ran out of time."""

    versions: dict[str, str]
    findings: list[list[Finding]]
    crashed: list[str]
    seconds: dict[str, float]
    unusable: str | None = None


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", nargs="+", choices=TOOLS, default=list(TOOLS), metavar="NAME")
    arguments.add_argument("--python", action="append", default=[], metavar="NAME=PATH")
    arguments.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS")
    arguments.add_argument("--examples", action="store_true")
    chosen = arguments.parse_args()
    pythons = dict(pair.split("=", 1) for pair in chosen.python)
    sets = {"examples": examples()} if chosen.examples else gold_sets()
    answers = {
        title: {name: ask(name, cases, pythons.get(name, sys.executable), chosen.limit) for name in chosen.only}
        for title, cases in sets.items()
    }
    for name, answer in next(iter(answers.values())).items():
        if answer.unusable:
            python = pythons.get(name, sys.executable)
            print(f"{TOOLS[name].title} is left out: {answer.unusable}\n  for {python}; {INSTALL}", file=sys.stderr)
    if chosen.examples:
        print("\n\n".join(example_tables(sets["examples"], usable(answers["examples"]))))
        return
    print(heading(usable(next(iter(answers.values())))))
    for title, cases in sets.items():
        print(f"\n### {title}\n")
        print("\n".join(table(cases, usable(answers[title]))))


def usable(answers: dict[str, Answer]) -> dict[str, Answer]:
    return {name: answer for name, answer in answers.items() if not answer.unusable}


# --- texts


def gold_sets() -> dict[str, list[Case]]:
    """The sets of texts that are here."""
    sets = {"Annotated speeches of the repository": clean_cases(OWN)}
    if SHARED.is_dir():
        sets["Speeches from the web, cleaned"] = clean_cases(SHARED / "gold")
        sets["The same as raw pages"] = raw_cases(SHARED / "gold", SHARED / "inputs")
    return sets


def clean_cases(folder: Path) -> list[Case]:
    names = sorted(file.stem for file in folder.glob("*.jsonl"))
    return [case(text, text, gold) for text, gold in (read_gold(folder, [name]) for name in names)]


def raw_cases(folder: Path, inputs: Path) -> list[Case]:
    sources = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    texts = {source: decode((inputs / source).read_bytes(), source=source).text for source in sources}
    return [case(texts[source], *read_gold(folder, names)) for source, names in sources.items()]


def case(text: str, gold_text: str, gold: list[Row]) -> Case:
    return Case(text, gold_text, gold, reference_day(gold_text, gold))


def reference_day(text: str, gold: Sequence[Row]) -> date:
    """A day in the year of most of the gold's times: that of the speech where the text says it, else the first.

    Of a masked year the digits that the gold knows are enough: 201X is told as 2010, XXXX as 2020.
    """
    years = Counter(row["latest"][:4] for row in gold if row["kind"] in TIMES and row.get("latest"))
    year = years.most_common(1)[0][0] if years else "XXXX"
    known = 2020 if year == "XXXX" else int(year.replace("X", "0"))
    dated = re.search(rf"{known}年(1[0-2]|[1-9])月([12][0-9]|3[01]|[1-9])日）", text)
    return date(known, int(dated[1]), int(dated[2])) if dated else date(known, 1, 1)


def examples() -> list[Case]:
    return [Case(sentence, sentence, [], date(2024, 3, 5)) for sentence in EXAMPLES]


# --- tools


def ask(name: str, cases: Sequence[Case], python: str, limit: float) -> Answer:
    """Run a tool over some texts in a process of its own."""
    given = "".join(json.dumps({"text": case.text, "day": str(case.day)}) + "\n" for case in cases)
    command = [python, str(HERE / "peer_tools.py"), name]
    try:
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", timeout=limit)
    except subprocess.TimeoutExpired as late:
        printed = late.stdout or b""
        return read_answers(printed.decode("utf-8") if isinstance(printed, bytes) else printed)
    except OSError as error:
        return Answer({}, [], [], {}, str(error))
    if done.returncode:
        last = done.stderr.strip().rsplit("\n", 1)[-1]
        return Answer({}, [], [], {}, f"its process ended with status {done.returncode} ({last})")
    return read_answers(done.stdout)


def read_answers(printed: str) -> Answer:
    """The lines of `peer_tools.py`; the last may be cut short where the time ran out."""
    answer = Answer({}, [], [], {})
    for line in printed.splitlines(keepends=True):
        if not line.endswith("\n"):
            break
        said = json.loads(line)
        if "findings" in said:
            answer.findings.append([Finding(*fields) for fields in said["findings"]])
            answer.crashed.extend(said["crashed"])
        else:
            answer = answer._replace(**said)
    return answer


# --- tables


def heading(answers: dict[str, Answer]) -> str:
    versions = {package: number for answer in answers.values() for package, number in answer.versions.items()}
    packages = ", ".join(f"{package} {number}" for package, number in versions.items())
    return f"Measured on {datetime.now(UTC):%Y-%m-%d} with CPython {platform.python_version()}: {packages}."


def table(cases: Sequence[Case], answers: dict[str, Answer]) -> Iterator[str]:
    """A row a tool, and below it what has to be said of it."""
    scores = {name: total(cases, answer) for name, answer in answers.items()}
    counted = next(iter(scores.values()))
    characters = sum(len(case.text) for case in cases)
    gold = f"{counted.figures} figures, {counted.bounds} of them not exact, and {counted.times} times"
    yield f"{len(cases)} texts, {characters:,} characters, {gold}."
    yield ""
    yield f"| tool | {' | '.join(COLUMNS)} |"
    yield "|---|" + "---:|" * len(COLUMNS)
    for name, answer in answers.items():
        row = [TOOLS[name].title, *cells(TOOLS[name], scores[name]), *speed(answer, characters)]
        yield f"| {' | '.join(row)} |"
    yield ""
    yield from ratios(answers)
    for name, answer in answers.items():
        yield from notes(TOOLS[name], answer, len(cases))


def total(cases: Sequence[Case], answer: Answer) -> Score:
    """A text that was not reached counts as one in which nothing was read."""
    reached = [*answer.findings, *([[]] * (len(cases) - len(answer.findings)))]
    return reduce(Score.plus, (compared(case, found) for case, found in zip(cases, reached, strict=True)), Score())


def compared(case: Case, found: list[Finding]) -> Score:
    if case.text != case.gold_text:
        found = placed(found, raw_places(case.text, case.gold_text))
    return score(case.gold_text, case.gold, found)


@cache
def raw_places(raw: str, gold_text: str) -> dict[int, int]:
    """Where the characters of a raw page stand in the gold's text.

    By way of the cleaned text, whose alignment with the page is exact: between pinyin notes and counters the page
    itself has no stretch long enough to be found in the gold.
    """
    cleaned = Parser().clean(raw)
    places: dict[int, int] = {}
    for at, place in align(cleaned.text, gold_text).items():
        for raw_at in range(cleaned.raw_starts[at], cleaned.raw_ends[at]):
            places.setdefault(raw_at, place)
    return places


def cells(tool: Tool, counted: Score) -> list[str]:
    right = counted.figures_right + counted.times_right
    return [
        share(right, counted.figures + counted.times),
        share(counted.figures_right, counted.figures),
        share(counted.times_right, counted.times) if tool.times else "–",
        share(counted.bounds_right, counted.bounds) if tool.bounds else "–",
        share(counted.roles_right, counted.figures) if tool.roles else "–",
        str(counted.wrong),
        f"{counted.false} of {counted.findings}",
    ]


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def speed(answer: Answer, characters: int) -> list[str]:
    if not answer.seconds:
        return ["–", "–"]
    return [f"{characters / answer.seconds['tool']:,.0f}", ratio(slowness(answer))]


def slowness(answer: Answer) -> float:
    return answer.seconds["tool"] / answer.seconds["jieba"]


def ratio(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


def ratios(answers: dict[str, Answer]) -> Iterator[str]:
    """How many times as long as speechparse the others take, each as a multiple of jieba.lcut beside it."""
    ours = answers.get("speechparse")
    if ours and ours.seconds:
        times = {name: slowness(answer) / slowness(ours) for name, answer in answers.items() if answer.seconds}
        words = ", ".join(f"{TOOLS[name].title} {ratio(times[name])}" for name in times if name != "speechparse")
        yield f"Time, as a multiple of that of speechparse: {words}."


def notes(tool: Tool, answer: Answer, texts: int) -> Iterator[str]:
    if answer.crashed:
        kinds = Counter(error.partition(":")[0] for error in answer.crashed)
        named = ", ".join(f"{count} × {kind}" for kind, count in kinds.items())
        unit = "sentences" if tool.sentences else "texts"
        yield f"{tool.title} crashed on {len(answer.crashed)} {unit} ({named})."
    if len(answer.findings) < texts:
        yield f"{tool.title} was stopped at the time limit after {len(answer.findings)} of {texts} texts."


def example_tables(cases: Sequence[Case], answers: dict[str, Answer]) -> Iterator[str]:
    for number, case in enumerate(cases):
        read = {TOOLS[name].title: readings(case.text, answer.findings[number]) for name, answer in answers.items()}
        rows = [f"| {title} | {words} |" for title, words in read.items()]
        yield "\n".join([case.text, "", "| tool | reads |", "|---|---|", *rows])


def readings(text: str, found: Sequence[Finding]) -> str:
    return "; ".join(reading(text, finding) for finding in sorted(found)) or "nothing"


def reading(text: str, finding: Finding) -> str:
    words = f"`{text[finding.start : finding.end]}`"
    if finding.time:
        return f"{words} {finding.first or ''}..{finding.last or ''}"
    values = "–".join(f"{float(value):,.12g}" for value in (finding.value, finding.upper) if value) or "?"
    return " ".join(part for part in (words, values, finding.unit, finding.bound, finding.role) if part)


if __name__ == "__main__":
    main()
