"""Which time governs a figure, and which of the times found are records, as deadlines or periods."""

from __future__ import annotations

import pytest
from extracting import days, rules_in_the_code, rules_of, times, values

import speechparse as sp

PLANS = "一、2031年工作安排\n"
REVIEW = "一、2030年工作回顾\n"

# rule, text, the words of the time that governs each figure
GOVERNED = [
    ("when.clause", "今年开工项目30个", ["今年"]),
    ("when.clause", "9月底前开工30个，年底前开工50个", ["9月底前", "年底前"]),
    ("when.behind", "确保30个项目年底前开工", ["年底前"]),
    ("when.of_topic", "云溪水厂、东干渠清淤等5个项目，10月底前要全部进场施工", ["10月底前"]),
    ("", "2030年是收官之年。我们顶压前行，投资增长6%", ["2030年"]),
    ("", "1978年是改革元年，全市完成投资20亿元", [None]),
    ("when.sentence", "今年，全县开工项目30个，完成投资12亿元", ["今年", "今年"]),
    ("when.paragraph", "全年开工项目30个。完成投资12亿元", ["全年", "全年"]),
    ("when.paragraph", "五年来，全县变化很大。完成投资12亿元", ["五年来"]),
    # another paragraph, a time that reaches no further than its sentence
    ("", "全年开工项目30个。\n完成投资12亿元", ["全年", None]),
    ("", "9月底前全面开工。完成投资12亿元", [None]),
    # a base of comparison, a year that is talked about
    ("", "比上年增加项目30个", [None]),
    ("", "今年是攻坚之年，要开工项目30个", [None]),
    # shut in: in a bracket that is closed, in a rise
    ("", "税收（2030年）达到3亿元", [None]),
    ("", "由去年的2个增加到5个", ["去年", None]),
    ("", "生产总值由2030年的3亿元增长到2031年的4亿元，税收突破2亿元", ["2030年", "2031年", None]),
    ("", "2030年的3个重点项目完成投资5亿元，新增产值2亿元", ["2030年", "2030年", "2030年"]),
    ("", "占比58%，近三年提升13个百分点，高于全市2个百分点", [None, "近三年", None]),
    # a duration is no figure of a time
    ("", "今年审批时限压缩到3个工作日", [None]),
]


@pytest.mark.parametrize(("rule", "text", "expected"), GOVERNED, ids=[text for _, text, _ in GOVERNED])
def test_the_time_that_governs(rule: str, text: str, expected: list[str | None]) -> None:
    found = values(text)
    assert [f.when.text if f.when else None for f in found] == expected
    assert not rule or rule in rules_of(found)


def test_each_rule_has_a_case() -> None:
    assert {rule for rule, *_ in GOVERNED if rule} == rules_in_the_code("when")


def test_the_days_of_the_time_come_with_it() -> None:
    (figure,) = values("9月底前开工项目30个")
    assert figure.when is not None
    assert days(figure.when) == "..2031-09-30"


# text, each time that is a record
RECORDS = [
    # it limits what is promised
    ("确保9月底前开工项目30个", ["deadline 9月底前"]),
    ("确保云溪水厂年底前投产", ["deadline 年底前"]),
    ("力争“五一”前开工", ["deadline “五一”前"]),
    (PLANS + "云溪大桥5月1日合龙，12月28日首列发车", ["deadline 5月1日", "deadline 12月28日"]),
    ("以11月15日为限，逾期收回", ["deadline 11月15日"]),
    (REVIEW + "5年增长18.7%", ["period 5年"]),
    ("今年要开工项目30个", ["deadline 今年"]),
    ("截至6月底，开工项目30个", ["period 截至6月底"]),
    ("今年开工项目30个", ["period 今年"]),
    ("去年完成投资30亿元", ["period 去年"]),
    (PLANS + "上半年开工，年底前投产", ["period 上半年", "deadline 年底前"]),
    (PLANS + "云溪大道分别于6月、8月通车", ["deadline 6月", "deadline 8月"]),
    (PLANS + "10月30日集中破土", ["deadline 10月30日"]),
    # a year that says nothing of a figure, a base of comparison, a goal
    ("今年的工作千头万绪", []),
    ("同比去年有所好转", []),
    ("全年目标任务艰巨", []),
    ("2028年召开了动员大会", []),
    ("是2026年的2.6倍", []),
]


@pytest.mark.parametrize(("text", "expected"), RECORDS, ids=[text for text, _ in RECORDS])
def test_times_that_are_records(text: str, expected: list[str]) -> None:
    assert [f"{t.kind} {t.text}" for t in times(text)] == expected


LOOKED_BACK_ON = [
    # the title makes it a report: 全年 in what it looks back on is the year before
    ("云溪县2031年政府工作报告", "一、2030年工作回顾\n全年完成投资30亿元。", "2030-01-01..2030-12-31"),
    ("云溪县2031年政府工作报告", "二、2031年工作安排\n全年完成投资30亿元。", "2031-01-01..2031-12-31"),
    ("在项目推进会上的讲话", "全年完成投资30亿元。", "2031-01-01..2031-12-31"),
    ("在项目推进会上的讲话", "去年动工偏晚；全年完成投资30亿元。", "2030-01-01..2030-12-31"),
    ("在项目推进会上的讲话", "去年动工偏晚。全年完成投资30亿元。", "2031-01-01..2031-12-31"),
]


@pytest.mark.parametrize(("title", "text", "expected"), LOOKED_BACK_ON, ids=[text for _, text, _ in LOOKED_BACK_ON])
def test_the_year_that_is_looked_back_on(title: str, text: str, expected: str) -> None:
    assert [days(t) for t in times(text, title=title) if t.text == "全年"] == [expected]


YEARS = [
    ("2031", "..2031-12-31"),
    ("2031-05-06", "..2031-12-31"),
    ("203X", "..203X-12-31"),
    (None, "..XXXX-12-31"),
]


@pytest.mark.parametrize(("date", "expected"), YEARS)
def test_the_year_is_the_speech_s_own(date: str | None, expected: str) -> None:
    assert [days(t) for t in times("确保云溪水厂年底前投产", date=date)] == [expected]


def test_without_a_date_the_first_year_that_is_stated_is_its_own() -> None:
    assert [days(t) for t in times("2031年确保云溪水厂年底前投产", date=None)][-1] == "..2031-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "去年全市完成投资20亿元，今年1-7月份完成15亿元，年底前必须完成30亿元。",
        "去年签约项目35个，力争9月份全部开工；年底前竣工12个。",
        "去年签约的云溪水厂，年底前必须开工。",
        "去年以来签约35个，年底前竣工12个。",
        "去年底开工的云溪大桥，年底前通车。",
    ],
)
def test_last_year_ends_where_this_year_is_spoken_of(text: str) -> None:
    assert [t.latest for t in times(text, date="2031-08-20") if t.text == "年底前"] == ["2031-12-31"]


@pytest.mark.parametrize("date", ["2031年10月5日", "（2031年10月5日，根据录音整理）", "（录音整理　2031年10月5日）"])
def test_a_day_to_come_is_a_deadline_and_goes_no_further_than_its_sentence(date: str) -> None:
    page = f"在重点项目调度会上的讲话\n{date}\n\n同志们：\n大桥11月18日合龙，已吊装32片。水厂已铺设管道4公里。\n"
    day, hoisted, laid = sp.parse(page).records
    assert (day.kind, day.text) == ("deadline", "11月18日")
    assert [getattr(figure.when, "text", None) for figure in (hoisted, laid)] == [day.text, None]


@pytest.mark.parametrize(("told", "kinds"), [("要打下第一根桩", ["deadline"]), ("下了一场雨", [])])
def test_a_day_to_come_limits_what_must_be_done(told: str, kinds: list[str]) -> None:
    page = f"在重点项目调度会上的讲话\n2031年7月5日\n\n同志们：\n土地证本周就能办下来，7月25日{told}。\n"
    assert [record.kind for record in sp.parse(page).records] == kinds
