"""Years that a speech masks and gives away: the evidence, the warning, and what resolving them changes."""

from __future__ import annotations

import pytest

import speechparse as sp
from speechparse import lexicons
from speechparse.extract.years import YearEvidenceRow, find_evidence, suggest_year
from speechparse.records import Speech

ROWS = lexicons.load("year_evidence", YearEvidenceRow)
RESOLVED = sp.ParseOptions(resolve_years=True)


def years(text: str, *, report: bool = False) -> list[int]:
    return [evidence.year for evidence in find_evidence(text, 0, len(text), report=report)]


@pytest.mark.parametrize("row", ROWS, ids=[row.example for row in ROWS])
def test_each_row_is_found_in_its_example_and_nothing_in_its_counter_example(row: YearEvidenceRow) -> None:
    (year,) = years(row.example)
    if row.sort == "event":
        assert year == row.year
    assert year not in years(row.counter_example)


CASES = [
    ("今年是“十一五”规划的最后一年", [2010]),
    ("今年是“十三五”规划的开局之年，也是项目攻坚年", [2016]),
    ("今年是全面完成“十二五”规划目标任务的收官之年", [2015]),
    ("今年是实施第十个五年计划的第二年", [2002]),
    ("今年是中国共产党成立一百周年", [2021]),
    ("今年恰逢新中国成立七十周年", [2019]),
    ("今年是改革开放40周年，我们要再出发", [2018]),
    # the year before, the year after
    ("去年是“十二五”规划的开局之年", [2012]),
    ("过去的一年，是“十二五”规划的收官之年", [2016]),
    ("明年是“十四五”规划的开局之年", [2020]),
    # the mask itself
    ("20**年是“十三五”规划的开局之年", [2016]),
    ("过去的20xx年是“十三五”规划的开局之年", [2017]),
    # no subject, another subject, no year given away
    ("“十三五”规划开局之年，各镇要早谋划", []),
    ("在“十三五”规划的最后一年，我们开了一个好头", []),
    ("今年以来，2020年是“十三五”规划的收官之年", []),
    ("今年是新一届县政府的开局之年", []),
    ("今年要谋划“十四五”规划", []),
    ("我们隆重庆祝了建党100周年", []),
    ("今年全县上下围绕“十三五”规划的开局之年谋划工作", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_evidence(text: str, expected: list[int]) -> None:
    assert years(text) == expected


def test_a_masked_year_in_a_report_may_be_the_year_before() -> None:
    assert years("20**年是“十三五”规划的开局之年", report=True) == []


SPEECH = """在全县重点项目推进会上的讲话
（201*年8月24日）
同志们：今年是“十一五”规划的最后一年。今年要开工重点项目20个，10月底前完成投资3亿元。
"""


def test_a_year_given_away_is_a_warning_and_the_mask_stays() -> None:
    document = sp.parse(SPEECH)
    (warning,) = [w for w in document.warnings if w.code == "year_from_evidence"]
    assert document.text[warning.start : warning.end] == "“十一五”规划的最后一年"
    assert warning.message == "“十一五”规划的最后一年: the date is 2010-08-24, where the speech has 201X-08-24"
    assert document.date == document.speeches[0].date == "201X-08-24"
    assert {d.latest for d in document.deadlines} == {"201X-12-31", "201X-10-31"}


def test_resolving_writes_the_year_into_speech_and_times() -> None:
    document = sp.parse(SPEECH, options=RESOLVED)
    assert document.date == document.speeches[0].date == "2010-08-24"
    assert {d.latest for d in document.deadlines} == {"2010-12-31", "2010-10-31"}
    assert [w.code for w in document.warnings] == ["year_from_evidence"]


def test_an_undated_speech_is_of_the_year_behind_the_one_it_reports() -> None:
    text = "2021年，开发区完成产值312亿元。\n2022年，我们力争产值达到360亿元。今年10月底前开工云溪水厂。\n"
    days = {d.text: d.latest for d in sp.parse("在誓师大会上的表态发言\n各位领导，同志们：\n" + text).deadlines}
    assert days["今年10月底前"] == "2022-10-31"


@pytest.mark.parametrize(
    "text",
    [
        "2021年，开发区完成产值312亿元。今年10月底前开工云溪水厂。\n2022年，我们力争产值达到360亿元。\n",
        "2021年，开发区完成产值312亿元。\n2022年，完成产值360亿元。\n2023年，完成产值400亿元。今年10月底前开工云溪水厂。\n",
    ],
)
def test_another_undated_speech_keeps_the_year_it_states_first(text: str) -> None:
    days = {d.text: d.latest for d in sp.parse("在誓师大会上的表态发言\n各位领导，同志们：\n" + text).deadlines}
    assert days["今年10月底前"] == "2021-10-31"


SUGGESTIONS = [
    # mask of the date, text, suggestion
    ("201X", "今年是“十一五”规划的最后一年。", "2010"),
    ("20XX", "今年是“十三五”规划的开局之年。", "2016"),
    (None, "今年是“十三五”规划的开局之年。", "2016"),
    ("201X-XX-12", "今年是“十三五”规划的开局之年。", "2016-XX-12"),
    ("2016", "今年是“十三五”规划的开局之年。", None),  # it is stated
    ("200X", "今年是“十三五”规划的开局之年。", None),  # the mask says otherwise
    (None, "今年是“十三五”规划的开局之年。今年是改革开放40周年。", None),  # the two contradict each other
    (None, "今年是“十三五”规划的第三年。今年是改革开放40周年。", "2018"),
]


@pytest.mark.parametrize(("date", "text", "expected"), SUGGESTIONS)
def test_suggestions(date: str | None, text: str, expected: str | None) -> None:
    suggestion = suggest_year(text, Speech(start=0, end=len(text), date=date))
    assert (suggestion[0] if suggestion else None) == expected
