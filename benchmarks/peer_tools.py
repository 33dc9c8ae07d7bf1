"""The tools that `peers.py` sets side by side, each as a function from a text to what it reads there.

    python benchmarks/peer_tools.py TOOL < TEXTS > ANSWERS

runs one tool in this process and this Python. TEXTS is one JSON object a line, with `text` and `day` (the day of the
speech); ANSWERS one JSON object a line: first the `versions` of its packages (`unusable` and why, if they can't be
loaded), then for each text its `findings` and how the tool `crashed`, and last its `seconds` and those of `jieba.lcut`
over the same texts.

What a tool says is mapped to findings by the functions `from_…`, which need no tool: values in base units (yuan,
percent, pieces), days inclusive. Only the standard library is needed up to where a tool is loaded, so that a tool can
run in an environment of its own.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

Row = dict[str, Any]
ROUNDS, ENOUGH = 5, 30.0  # the timing ends after so many rounds or seconds
SENTENCE = re.compile(r"[^\n。；]+")
WHOLE = re.compile(r"(?s).+")


class Finding(NamedTuple):
    """A figure (`time` false) or a time that a tool reads in a text; None for what it does not say.

    `unit`: ISO 4217 code of money; `%`, `pp` (percentage points) or `x` (times); otherwise the word. None: a bare
    number. `value`: a decimal string in base units, of a range the lower end, `upper` the higher. `first`, `last`: the
    days of a time.
    """

    start: int
    end: int
    time: bool = False
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    bound: str | None = None
    role: str | None = None
    first: str | None = None
    last: str | None = None


# The day is that of the speech: 今年 is its year
Find = Callable[[str, date], Iterable[Finding]]


class Tool(NamedTuple):
    """A tool: how the table names it, the packages to install, how it is loaded, and what it has a notion of.

    `sentences`: it reads more right if it gets one sentence after the other, though that takes longer.
    """

    title: str
    packages: tuple[str, ...]
    load: Callable[[], Find]
    times: bool = False
    bounds: bool = False
    roles: bool = False
    sentences: bool = False


# --- JioNLP

CURRENCIES = {"元": "CNY", "美元": "USD", "港元": "HKD", "欧元": "EUR", "日元": "JPY", "英镑": "GBP"}
JIONLP_BOUNDS = {"accurate": "exact", "blur+": "min", "blur-": "max", "blur": "about"}
JIONLP_LENGTHS = {"year": "年", "month": "月", "week": "周", "day": "天", "workday": "工作日", "hour": "小时"}


def from_jionlp_money(row: Row) -> Finding:
    """`num` is a number, or the two ends of a range; `blur+` is at least, `blur-` at most, `blur` about."""
    detail = row["detail"]
    ends = detail["num"] if isinstance(detail["num"], list) else [detail["num"], None]
    bound = "range" if ends[1] else JIONLP_BOUNDS.get(detail["definition"])
    return Finding(*row["offset"], False, *ends, CURRENCIES.get(detail["case"], detail["case"]), bound)


def from_jionlp_time(row: Row) -> Finding | None:
    """Spans and points have two ends, `inf` where there is none; a length of time is a measure. 每年 is neither."""
    said = row["detail"]["time"]
    if row["type"] in ("time_span", "time_point"):
        first, last = (None if "inf" in end else end[:10] for end in said)
        return Finding(*row["offset"], True, first=first, last=last)
    if row["type"] != "time_delta":
        return None
    ends = said if isinstance(said, list) else [said]
    units = {unit for end in ends for unit in end}
    if len(units) != 1:
        return Finding(*row["offset"])
    (unit,) = units
    low, high = (str(end[unit]) for end in (ends[0], ends[-1]))
    return Finding(*row["offset"], False, low, high if len(ends) > 1 else None, JIONLP_LENGTHS.get(unit, unit))


def load_jionlp() -> Find:
    import jionlp

    def find(text: str, day: date) -> Iterator[Finding]:
        base = {"year": day.year, "month": day.month, "day": day.day}
        yield from map(from_jionlp_money, jionlp.ner.extract_money(text, with_parsing=True))
        for row in jionlp.ner.extract_time(text, time_base=base, with_parsing=True):
            found = from_jionlp_time(row)
            if found:
                yield found

    return find


# --- Recognizers-Text

DURATION_UNITS = {"Y": "年", "M": "月", "W": "周", "D": "天", "TH": "小时", "TM": "分钟", "TS": "秒"}


def from_recognizers(row: Row, number_end: int, year: int) -> Finding | None:
    """A result as `start`, `end` (its last character), `text`, `type`, `resolution`.

    `number_end` is where a number inside it ends: what follows it in the text is the unit. Of the days in several years
    the one in `year` is taken.
    """
    start, end, said = row["start"], row["end"] + 1, row["resolution"] or {}
    kind = row["type"]
    if kind.startswith("datetime"):
        return _recognizers_time(start, end, said.get("values") or [], year)
    value = said.get("value")
    if value is None:
        return None
    if kind == "percentage":
        return Finding(start, end, value=value.rstrip("%"), unit="pp" if "百分点" in row["text"] else "%")
    if kind == "currency":
        return Finding(start, end, value=value, unit=said.get("isoCurrency") or said["unit"])
    if kind in ("dimension", "age", "temperature"):
        return Finding(start, end, value=value, unit=row["text"][number_end - start :].strip() or None)
    if "分之" in row["text"]:
        return Finding(start, end, value=str(100 * Decimal(value)), unit="%")
    return Finding(start, end, value=value, unit="位" if kind == "ordinal" else None)


def _recognizers_time(start: int, end: int, values: list[Row], year: int) -> Finding | None:
    days = []
    for value in values:
        lasting = re.fullmatch(r"P(T?)([\d.]+)([YMWDHS])", value["timex"])
        if value["type"] == "duration" and lasting:
            clock, number, unit = lasting.groups()
            return Finding(start, end, value=number, unit=DURATION_UNITS.get(clock + unit))
        if re.fullmatch(r"\d{4}", value["timex"]):  # 今年: it ends on the reference day, but means the year
            days.append((f"{value['timex']}-01-01", f"{value['timex']}-12-31"))
        elif value["type"] == "date" and value.get("value"):
            days.append((value["value"], value["value"]))
        elif value["type"] == "daterange":
            days.append((value.get("start"), _inclusive(value.get("end"))))
    if not days:
        return None
    first, last = next((each for each in days if str(year) in (each[1] or "")), days[-1])
    return Finding(start, end, True, first=first, last=last)


def _inclusive(end: str | None) -> str | None:
    """The last day of a range: the first of a month is the day after the range (6月 ends on 07-01)."""
    if not end or not end.endswith("-01"):
        return end
    return str(date.fromisoformat(end) - timedelta(days=1))


def load_recognizers() -> Find:
    from recognizers_date_time import DateTimeRecognizer
    from recognizers_number import NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer
    from recognizers_text import Culture

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    # of two results on the same words the first stands: 第三位 is a rank and not three bits
    models = [
        DateTimeRecognizer(Culture.Chinese).get_datetime_model(),
        numbers.get_ordinal_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
        units.get_age_model(),
        units.get_temperature_model(),
    ]
    number_model = numbers.get_number_model()

    def find(text: str, day: date) -> Iterator[Finding]:
        moment = datetime(day.year, day.month, day.day)
        bare = [as_row(result) for result in number_model.parse(text)]
        ends = {row["start"]: row["end"] + 1 for row in bare}
        rows = [as_row(result) for result in models[0].parse(text, moment)]
        rows += [as_row(result) for model in models[1:] for result in model.parse(text)]
        for row in longest([*rows, *bare]):
            found = from_recognizers(row, ends.get(row["start"], row["end"] + 1), day.year)
            if found:
                yield found

    def as_row(result: Any) -> Row:
        return {
            "start": result.start,
            "end": result.end,
            "text": result.text,
            "type": result.type_name,
            "resolution": result.resolution,
        }

    return find


def longest(rows: Iterable[Row]) -> list[Row]:
    """Without those that a longer one overlaps; of equally long ones the first stays."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: row["start"] - row["end"]):
        if all(row["end"] < other["start"] or other["end"] < row["start"] for other in kept):
            kept.append(row)
    return kept


# --- cn2an and chinese2digits: numbers, no units

NUMERAL = re.compile(
    r"(?:百分之)?(?:\d[\d,]*(?:\.\d+)?(?:[十百万亿]|千(?![瓦克米伏]))*"
    r"|[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?(?:[十百万亿]|千(?![瓦克米伏]))*)"
)


def from_number(start: int, text: str, number: object) -> Finding | None:
    """What a converter makes of a numeral: 8% is a percentage, 2/3 a share, everything else a bare number."""
    said = str(number)
    unit = "%" if said.endswith("%") or text.startswith("百分之") else None
    try:
        if "/" in said:
            above, below = said.split("/")
            value = Decimal(above) / Decimal(below) * 100
            unit = "%"
        else:
            value = Decimal(said.rstrip("%"))
    except (ArithmeticError, ValueError):
        return None
    return Finding(start, start + len(text), value=f"{value:f}", unit=unit)


def load_cn2an() -> Find:
    """cn2an converts a numeral, or rewrites a text; it does not say where. So the numerals are found for it."""
    import cn2an

    def find(text: str, day: date) -> Iterator[Finding]:
        for found in NUMERAL.finditer(text):
            numeral = found[0].replace(",", "").replace("百分之", "")
            try:
                number = cn2an.cn2an(numeral, "smart")
            except ValueError:  # it is none, as the 万 of 万里
                continue
            row = from_number(found.start(), found[0], number)
            if row:
                yield row

    return find


def load_chinese2digits() -> Find:
    """It gives the numerals of a text in their order, with what they are, but not where they stand."""
    import chinese2digits

    def find(text: str, day: date) -> Iterator[Finding]:
        said = chinese2digits.takeNumberFromString(text, percentConvert=False, traditionalConvert=False)
        at = 0
        for words, number in zip(said["CHNumberStringList"], said["digitsStringList"], strict=True):
            place = text.find(words, at)
            if place >= 0:
                at = place + len(words)
                row = from_number(place, words, number)
                if row:
                    yield row

    return find


# --- the twenty lines, and speechparse


def load_twenty_lines() -> Find:
    import twenty_lines

    def find(text: str, day: date) -> Iterator[Finding]:
        for start, end, value, upper, unit, bound in twenty_lines.figures(text):
            yield Finding(start, end, False, f"{value:f}", None if upper is None else f"{upper:f}", unit, bound)
        for start, end, first, last in twenty_lines.times(text, day.year):
            yield Finding(start, end, True, first=str(first), last=str(last))

    return find


def from_speechparse(record: Row) -> Finding | None:
    """A record of a Document, at its place in the text that was given. Names of projects are no figures."""
    place = record["raw_start"], record["raw_end"]
    if record["kind"] == "project":
        return None
    if record["kind"] in ("deadline", "period"):
        return Finding(*place, True, first=record["earliest"], last=record["latest"])
    fields = (record[field] for field in ("value", "upper", "unit", "bound", "role"))
    return Finding(*place, False, *(None if field is None else str(field) for field in fields))


def load_speechparse() -> Find:
    from speechparse import ParseOptions, Parser

    def find(text: str, day: date) -> Iterator[Finding]:
        for record in Parser(ParseOptions(reference_date=day)).parse(text).records:
            found = from_speechparse(record.model_dump())
            if found:
                yield found

    return find


OURS = ("speechparse", *(package for package in ("jieba", "rjieba") if find_spec(package)))

TOOLS = {
    "speechparse": Tool("speechparse", OURS, load_speechparse, times=True, bounds=True, roles=True),
    "twenty_lines": Tool("20 lines of regex", (), load_twenty_lines, times=True, bounds=True),
    "jionlp": Tool("JioNLP", ("jionlp",), load_jionlp, times=True, bounds=True),
    "recognizers": Tool("Recognizers-Text", ("recognizers-text-suite",), load_recognizers, times=True, sentences=True),
    "cn2an": Tool("cn2an", ("cn2an",), load_cn2an),
    "chinese2digits": Tool("chinese2digits", ("chinese2digits",), load_chinese2digits, sentences=True),
}


# --- one tool in a process of its own


def main(name: str) -> None:
    warnings.simplefilter("ignore")  # of the tools, about invalid escapes and numerals that are none
    answers, sys.stdout = sys.stdout, sys.stderr  # some tools print when they are loaded
    tool = TOOLS[name]
    cases = [json.loads(line) for line in sys.stdin]
    texts = [(case["text"], date.fromisoformat(case["day"])) for case in cases]

    def answer(**said: object) -> None:
        print(json.dumps(said, ensure_ascii=False), file=answers, flush=True)

    try:
        answer(versions={package: version(package) for package in tool.packages})
        find = tool.load()
    except ImportError as error:  # a PackageNotFoundError is one too
        answer(unusable=f"{type(error).__name__}: {error}")
        return
    pieces = SENTENCE if tool.sentences else WHOLE
    for text, day in texts:
        findings, crashed = read(find, text, day, pieces)
        answer(findings=findings, crashed=crashed)
    answer(seconds=timed(lambda: [read(find, text, day, WHOLE) for text, day in texts], [text for text, _ in texts]))


def read(find: Find, text: str, day: date, pieces: re.Pattern[str]) -> tuple[list[Finding], list[str]]:
    """What a tool reads in the pieces of a text, and what it crashed on."""
    findings, crashed = [], []
    for piece in pieces.finditer(text):
        try:
            found = list(find(piece[0], day))
            findings += [row._replace(start=row.start + piece.start(), end=row.end + piece.start()) for row in found]
        except Exception as error:
            crashed.append(f"{type(error).__name__}: {error}")
    return findings, crashed


def timed(run: Callable[[], object], texts: list[str]) -> dict[str, float]:
    """Processor seconds of the tool and of `jieba.lcut` in turns, the medians of up to five rounds."""
    import jieba

    jieba.setLogLevel("WARNING")
    jieba.initialize()

    def seconds(run: Callable[[], object]) -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    rounds: list[tuple[float, float]] = []
    while len(rounds) < ROUNDS and sum(tool for tool, _ in rounds) < ENOUGH:
        rounds.append((seconds(run), seconds(lambda: [jieba.lcut(text) for text in texts])))
    return {"tool": median(tool for tool, _ in rounds), "jieba": median(words for _, words in rounds)}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(sys.argv[1])
