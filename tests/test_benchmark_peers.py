"""What `benchmarks/peers.py` does without the tools: their output as findings, findings against the gold, the table."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import Any

import peer_scores
import peer_tools
import peers
import pytest
import twenty_lines
from peer_tools import Finding

Row = dict[str, Any]


def money(num: object, definition: str, case: str = "元") -> Row:
    return {"offset": [2, 8], "type": "money", "detail": {"num": num, "definition": definition, "case": case}}


@pytest.mark.parametrize(
    ("said", "value", "upper", "unit", "bound"),
    [
        (money("5320000000.00", "accurate"), "5320000000.00", None, "CNY", "exact"),
        (money("30000000.00", "blur+"), "30000000.00", None, "CNY", "min"),
        (money("50000000.00", "blur-", "美元"), "50000000.00", None, "USD", "max"),
        (money("7000000.00", "blur"), "7000000.00", None, "CNY", "about"),
        (money(["1000000000.00", "1500000000.00"], "blur"), "1000000000.00", "1500000000.00", "CNY", "range"),
        (money("12.00", "accurate", "卢布"), "12.00", None, "卢布", "exact"),
    ],
)
def test_money_of_jionlp(said: Row, value: str, upper: str | None, unit: str, bound: str) -> None:
    assert peer_tools.from_jionlp_money(said) == Finding(2, 8, False, value, upper, unit, bound)


def spoken(kind: str, time: object) -> Row:
    return {"offset": [0, 4], "type": kind, "detail": {"time": time}}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            spoken("time_span", ["2024-03-05 00:00:00", "2024-06-30 23:59:59"]),
            Finding(0, 4, True, first="2024-03-05", last="2024-06-30"),
        ),
        (spoken("time_span", ["2024-01-01 00:00:00", "inf"]), Finding(0, 4, True, first="2024-01-01")),
        (spoken("time_span", ["-inf", "2023-12-31 23:59:59"]), Finding(0, 4, True, last="2023-12-31")),
        (spoken("time_delta", {"month": 10.0}), Finding(0, 4, value="10.0", unit="月")),
        (spoken("time_delta", [{"month": 3.0}, {"month": 5.0}]), Finding(0, 4, value="3.0", upper="5.0", unit="月")),
        (spoken("time_delta", {"hour": 1.0, "minute": 20.0}), Finding(0, 4)),
        (spoken("time_period", {"delta": {"year": 1}, "point": None}), None),
    ],
)
def test_times_of_jionlp(said: Row, found: Finding | None) -> None:
    assert peer_tools.from_jionlp_time(said) == found


DATERANGE = "datetimeV2.daterange"


def result(words: str, kind: str, resolution: object) -> Row:
    return {"start": 0, "end": len(words) - 1, "text": words, "type": kind, "resolution": resolution}


def timex(timex: str, **said: str) -> Row:
    return {"values": [{"timex": timex, **said}]}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            result("53.2亿元", "currency", {"value": "5320000000", "unit": "Chinese yuan", "isoCurrency": "CNY"}),
            Finding(0, 6, value="5320000000", unit="CNY"),
        ),
        (result("15%", "percentage", {"value": "15%"}), Finding(0, 3, value="15", unit="%")),
        (result("1.5个百分点", "percentage", {"value": "1.5%"}), Finding(0, 7, value="1.5", unit="pp")),
        (result("20万吨", "dimension", {"value": "200000", "unit": "Ton"}), Finding(0, 4, value="200000", unit="吨")),
        (result("第三", "ordinal", {"value": "3"}), Finding(0, 2, value="3", unit="位")),
        (result("四分之一", "number", {"value": "0.25"}), Finding(0, 4, value="25.00", unit="%")),
        (result("125", "number", {"value": "125"}), Finding(0, 3, value="125")),
        (result("125", "number", None), None),
        (
            result("3年", "datetimeV2.duration", timex("P3Y", type="duration", value="94608000")),
            Finding(0, 2, value="3", unit="年"),
        ),
        (
            result("今年", DATERANGE, timex("2024", type="daterange", start="2024-01-01", end="2024-03-05")),
            Finding(0, 2, True, first="2024-01-01", last="2024-12-31"),
        ),
        (
            result("6月", DATERANGE, timex("2024-06", type="daterange", start="2024-06-01", end="2024-07-01")),
            Finding(0, 2, True, first="2024-06-01", last="2024-06-30"),
        ),
        (
            result("5月1日", "datetimeV2.date", timex("2024-05-01", type="date", value="2024-05-01")),
            Finding(0, 4, True, first="2024-05-01", last="2024-05-01"),
        ),
        (result("每年", "datetimeV2.set", timex("P1Y", type="set", value="not resolved")), None),
    ],
)
def test_results_of_recognizers(said: Row, found: Finding | None) -> None:
    number_end = 3 if said["type"] == "dimension" else 0
    assert peer_tools.from_recognizers(said, number_end, 2024) == found


def test_of_several_years_that_of_the_speech_is_taken() -> None:
    days = [{"timex": "XXXX-09-15", "type": "date", "value": f"{year}-09-15"} for year in (2023, 2024)]
    for year in (2023, 2024):
        found = peer_tools.from_recognizers(result("9月15日", "datetimeV2.date", {"values": days}), 0, year)
        assert found == Finding(0, 5, True, first=f"{year}-09-15", last=f"{year}-09-15")


def test_the_longest_of_overlapping_results_stays() -> None:
    year, number, rank, unit = (
        {"start": start, "end": end, "type": kind}
        for start, end, kind in [(0, 4, "year"), (0, 3, "number"), (9, 10, "rank"), (10, 11, "unit")]
    )
    assert peer_tools.longest([rank, unit, number, year]) == [year, rank]


@pytest.mark.parametrize(
    ("words", "number", "value", "unit"),
    [
        ("3000万", 30000000, "30000000", None),
        ("一点五", 1.5, "1.5", None),
        ("百分之八", "8%", "8", "%"),
        ("百分之八", 8, "8", "%"),
        ("四分之三", "3/4", "75.00", "%"),
    ],
)
def test_numbers_of_converters(words: str, number: object, value: str, unit: str | None) -> None:
    assert peer_tools.from_number(7, words, number) == Finding(7, 7 + len(words), value=value, unit=unit)


@pytest.mark.parametrize("number", ["点", "1/0"])
def test_what_is_no_number_is_nothing(number: str) -> None:
    assert peer_tools.from_number(0, "点", number) is None


TEXT = "今年新开工70个3000万元以上项目，增长8%，达6万多户，年底前完成。"


def gold(words: str, kind: str, **fields: object) -> Row:
    start = TEXT.index(words)
    row: Row = {"kind": kind, "text": words, "start": start, "end": start + len(words), "bound": "exact"}
    return row | {"role": "value"} | fields


COUNT = gold("70个", "count", value="70", unit="个")
AMOUNT = gold("3000万元以上", "amount", value="30000000", unit="CNY", bound="min", role="threshold")
GROWTH = gold("8%", "percentage", value="-8", unit="%")
HOMES = gold("6万多户", "count", value="60000", unit="户", bound="min")
YEAR = gold("今年", "period", earliest="201X-01-01", latest="201X-12-31")
DEADLINE = gold("年底前", "deadline", earliest=None, latest="2016-12-31")
GOLD = [COUNT, AMOUNT, GROWTH, HOMES, YEAR, DEADLINE]


def at(words: str, time: bool = False, **said: str) -> Finding:
    start = TEXT.index(words)
    return Finding(start, start + len(words), time, **said)  # type: ignore[arg-type]


def test_a_record_is_compared_with_what_overlaps_it_most() -> None:
    both, amount = at("70个3000万元以上", value="100000"), at("3000万元", value="30000000")
    assert peer_scores.matched(GOLD, [both, amount]) == [(AMOUNT, amount), (COUNT, both)]


def test_figures_and_times_are_not_compared_with_each_other() -> None:
    assert peer_scores.matched([YEAR], [at("今年", value="1")]) == []
    assert peer_scores.matched([COUNT], [at("70个", time=True)]) == []


@pytest.mark.parametrize(
    ("row", "finding", "value", "unit"),
    [
        (COUNT, at("70个", value="70.0", unit="个"), True, True),
        (COUNT, at("70个", value="70", unit="家"), True, False),
        (COUNT, at("70", value="70"), True, True),
        (COUNT, at("7", value="7"), False, False),
        (AMOUNT, at("3000万", value="30000000"), True, True),
        (AMOUNT, at("3000", value="3000"), False, False),
        (AMOUNT, at("3000万元", value="30000000", upper="40000000", unit="CNY"), False, True),
        (GROWTH, at("8", value="8"), True, True),
        (HOMES, at("6万", value="60000"), True, True),
        (HOMES | {"unit": "人"}, at("6万", value="60000"), True, True),
        (COUNT | {"value": None}, at("70个", unit="个"), True, True),
        (COUNT | {"value": None}, at("70个", value="0", unit="个"), False, True),
        (COUNT, None, False, False),
    ],
)
def test_value_and_unit(row: Row, finding: Finding | None, value: bool, unit: bool) -> None:
    assert (peer_scores.same_value(row, finding), peer_scores.same_unit(row, finding, TEXT)) == (value, unit)


@pytest.mark.parametrize(
    ("row", "first", "last", "same"),
    [
        (YEAR, "2016-01-01", "2016-12-31", True),
        (YEAR, "2016-01-01", "2016-03-05", False),
        (YEAR, "2026-01-01", "2026-12-31", False),
        (YEAR, "2016-01-01", None, False),
        (DEADLINE, "2016-03-05", "2016-12-31", True),
        (DEADLINE, None, "XXXX-12-31", False),
    ],
)
def test_days(row: Row, first: str | None, last: str | None, same: bool) -> None:
    assert peer_scores.same_days(row, Finding(0, 2, True, first=first, last=last)) is same


def test_the_score_counts() -> None:
    findings = [
        at("今年", True, first="2016-01-01", last="2016-12-31"),
        at("70个3000万元以上", value="100000", unit="CNY", bound="min", role="value"),
        at("8%", value="8", unit="%", bound="exact", role="value"),
        at("项目", value="1"),
    ]
    assert peer_scores.score(TEXT, GOLD, findings) == peer_scores.Score(
        figures=4, figures_right=1, times=2, times_right=1, bounds=2, bounds_right=1, roles_right=1,
        wrong=1, findings=4, false=1,
    )  # fmt: skip


def test_findings_of_a_raw_page_are_placed_in_the_gold() -> None:
    found = [Finding(4, 6, value="70"), Finding(9, 11, value="1")]
    assert peer_scores.placed(found, {3: 1, 4: 2, 6: 3}) == [Finding(2, 3, value="70"), Finding(-1, -1, value="1")]


def test_a_tool_that_crashes_loses_the_sentence_only() -> None:
    def find(text: str, day: dt.date) -> list[Finding]:
        if "坏" in text:
            raise IndexError("out of range")
        return [Finding(0, len(text))]

    read = peer_tools.read(find, "一。坏。三四", dt.date(2024, 1, 1), peer_tools.SENTENCE)
    assert read == ([Finding(0, 1), Finding(4, 6)], ["IndexError: out of range"])


def test_answers_that_were_cut_short_are_kept_as_far_as_they_go() -> None:
    lines = '{"versions": {"a": "1"}}\n{"findings": [[0, 2, false, "1"]], "crashed": ["E: x"]}\n{"findings": [[0,'
    assert peers.read_answers(lines) == peers.Answer({"a": "1"}, [[Finding(0, 2, False, "1")]], ["E: x"], {})


def test_a_tool_that_is_not_installed_is_unusable() -> None:
    assert peers.ask("cn2an", [], "no-such-python", 10).unusable


def test_the_table_has_no_zero_for_what_a_tool_does_not_say() -> None:
    case = peers.Case(TEXT, TEXT, GOLD, dt.date(2016, 1, 1))
    count = at("70个", value="70", unit="个", role="value")
    answers = {
        "speechparse": peers.Answer({}, [[count]], [], {"tool": 1.0, "jieba": 2.0}),
        "cn2an": peers.Answer({}, [], ["ValueError: x"], {"tool": 4.0, "jieba": 2.0}),
    }
    table = list(peers.table([case], answers))
    assert table[4:6] == [
        "| speechparse | 17% | 25% | 0% | 0% | 25% | 0 | 0 of 1 | 36 | 0.50 |",
        "| cn2an | 0% | 0% | – | – | – | 0 | 0 of 0 | 9 | 2.0 |",
    ]
    assert table[7:] == [
        "Time, as a multiple of that of speechparse: cn2an 4.0.",
        "cn2an crashed on 1 texts (1 × ValueError).",
        "cn2an was stopped at the time limit after 0 of 1 texts.",
    ]


@pytest.mark.parametrize(
    ("text", "rows", "day"),
    [
        ("在会上的讲话\n（2024年3月5日）", [DEADLINE | {"latest": "2024-12-31"}], dt.date(2024, 3, 5)),
        ("（2024年3月5日）", [DEADLINE | {"latest": "2023-12-31"}], dt.date(2023, 1, 1)),
        ("年底前", [DEADLINE | {"latest": "201X-12-31"}], dt.date(2010, 1, 1)),
        ("年底前", [DEADLINE | {"latest": "XXXX-12-31"}], dt.date(2020, 1, 1)),
        ("无", [], dt.date(2020, 1, 1)),
    ],
)
def test_the_day_that_tools_are_told(text: str, rows: list[Row], day: dt.date) -> None:
    assert peers.reference_day(text, rows) == day


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("53.2亿元以上", (5320000000, None, "CNY", "min")),
        ("1,450亩", (1450, None, "亩", "exact")),
        ("66万千瓦", (660000, None, "千瓦", "exact")),
        ("提高1.5个百分点", (1.5, None, "pp", "exact")),
        ("10—15亿元", (10**9, 15 * 10**8, "CNY", "range")),
        ("不超过3亿元", (3 * 10**8, None, "CNY", "max")),
        ("60多亿元", (6 * 10**9, None, "CNY", "min")),
        ("约7000户", (7000, None, "户", "about")),
    ],
)
def test_figures_in_twenty_lines(text: str, figure: tuple[object, ...]) -> None:
    (found,) = twenty_lines.figures(text)
    assert found[2:] == figure


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今年", "2024-01-01", "2024-12-31"),
        ("去年", "2023-01-01", "2023-12-31"),
        ("6月底前", "2024-06-01", "2024-06-30"),
        ("2025年12月31日前", "2025-12-31", "2025-12-31"),
        ("二季度", "2024-04-01", "2024-06-30"),
        ("年底前", "2024-01-01", "2024-12-31"),
    ],
)
def test_times_in_twenty_lines(text: str, first: str, last: str) -> None:
    assert [tuple(map(str, found[2:])) for found in twenty_lines.times(text, 2024)] == [(first, last)]


def test_twenty_lines_are_twenty_statements() -> None:
    tree = ast.parse(Path(twenty_lines.__file__).read_text(encoding="utf-8"))
    imports = ast.Import, ast.ImportFrom
    written = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not isinstance(node, imports)]
    docstrings = [node for node in written if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    assert len(written) - len(docstrings) == 20
