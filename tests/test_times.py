"""The finder of times: which words are one, and their first and last day. Which of them are records: test_governing."""

from __future__ import annotations

import datetime as dt

import pytest
from extracting import days, rules_in_the_code
from hypothesis import given
from hypothesis import strategies as st

import speechparse as sp
from speechparse.extract.mentions import Mention
from speechparse.extract.times import (
    OccasionRow,
    YearContext,
    find_times,
    five_year_plan,
    occasions,
    read_year,
    shift_year,
)

OWN = YearContext("2031")
ON_A_DAY = YearContext("2031", day=dt.date(2031, 11, 20))
LOOKING_BACK = YearContext("2031", review="2030")


def found(text: str, years: YearContext = OWN) -> list[Mention]:
    return list(find_times(text, 0, len(text), lambda position: years))


def surfaces(text: str, years: YearContext = OWN) -> list[str]:
    return [text[m.start : m.end] for m in found(text, years)]


# rule, text, the words of the time, its days; `!` where it limits what is said
CASES = [
    ("time.year", "今年开工30个", "今年", "2031-01-01..2031-12-31"),
    ("time.year", "全年完成投资", "全年", "2031-01-01..2031-12-31"),
    ("time.year", "年内完成投资", "年内", "2031-01-01..2031-12-31!"),
    ("time.year", "去年完成投资", "去年", "2030-01-01..2030-12-31"),
    ("time.year", "明年开工建设", "明年", "2032-01-01..2032-12-31"),
    ("time.year", "2028年完成投资", "2028年", "2028-01-01..2028-12-31"),
    ("time.year", "二〇二八年完成投资", "二〇二八年", "2028-01-01..2028-12-31"),
    ("time.year", "202*年完成投资", "202*年", "202X-01-01..202X-12-31"),
    ("time.year", "20xx年完成投资", "20xx年", "20XX-01-01..20XX-12-31"),
    ("time.year", "201*年完成投资", "201*年", "201X-01-01..201X-12-31"),
    ("time.year_end", "年底前完成投资", "年底前", "..2031-12-31!"),
    ("time.year_end", "今年年底完成投资", "今年年底", "..2031-12-31!"),
    ("time.year_end", "明年底完成投资", "明年底", "..2032-12-31!"),
    ("time.mid_year", "年中完成投资", "年中", "..2031-06-30!"),
    ("time.recent_years", "近3年提升13个百分点", "近3年", "2028-01-01..2030-12-31"),
    ("time.years", "这五年，建成40个", "这五年", "2026-01-01..2030-12-31"),
    ("time.year", "今年中央财政安排5亿元", "今年", "2031-01-01..2031-12-31"),
    ("time.year", "今年内需扩大", "今年", "2031-01-01..2031-12-31"),
    ("time.year", "今年内河港口吞吐量800万吨", "今年", "2031-01-01..2031-12-31"),
    ("time.year", "今年内部分项目完工", "今年内", "2031-01-01..2031-12-31!"),
    ("time.year", "今年中考报名6000人", "今年", "2031-01-01..2031-12-31"),
    ("time.before_year", "2035年前完成投资", "2035年前", "..2034-12-31!"),
    ("time.by_year", "到2035年，产值翻一番", "到2035年", "..2035-12-31!"),
    ("time.since_year", "今年以来开工30个", "今年以来", "2031-01-01.."),
    ("time.half", "上半年开工30个", "上半年", "2031-01-01..2031-06-30"),
    ("time.half", "明年下半年开工", "明年下半年", "2032-07-01..2032-12-31"),
    ("time.quarter", "一季度开工30个", "一季度", "2031-01-01..2031-03-31"),
    ("time.quarter", "第三季度末完工", "第三季度末", "..2031-09-30!"),
    ("time.quarter", "二季度前完工", "二季度前", "..2031-06-30!"),
    ("time.month", "9月内启动收回程序", "9月内", "2031-09-01..2031-09-30!"),
    ("time.months", "1-7月份完成投资", "1-7月份", "2031-01-01..2031-07-31"),
    ("time.months", "3月至10月施工", "3月至10月", "2031-03-01..2031-10-31"),
    ("time.first_months", "前三季度完成投资", "前三季度", "2031-01-01..2031-09-30"),
    ("time.first_months", "前10个月完成投资", "前10个月", "2031-01-01..2031-10-31"),
    ("time.month", "10月份开工", "10月份", "2031-10-01..2031-10-31"),
    ("time.month", "2032年2月开工", "2032年2月", "2032-02-01..2032-02-29"),
    ("time.from_month", "3月份开始施工", "3月份开始", "2031-03-01.."),
    ("time.month_begin", "5月初开工", "5月初", "..2031-05-10!"),
    ("time.mid_month", "5月中旬开工", "5月中旬", "..2031-05-20!"),
    ("time.late_month", "5月下旬开工", "5月下旬", "..2031-05-31!"),
    ("time.month_end", "9月底前完工", "9月底前", "..2031-09-30!"),
    ("time.month_end", "十月底完工", "十月底", "..2031-10-31!"),
    ("time.before_month", "10月前完工", "10月前", "..2031-09-30!"),
    ("time.before_month", "1月前完工", "1月前", "..!"),
    ("time.day", "10月15日前完工", "10月15日前", "..2031-10-15!"),
    ("time.day", "10月15日开工", "10月15日", "2031-10-15..2031-10-15"),
    ("time.day", "三月五日开工", "三月五日", "2031-03-05..2031-03-05"),
    ("time.day", "2032年2月29日开工", "2032年2月29日", "2032-02-29..2032-02-29"),
    ("time.day", "3月1日起施行", "3月1日起", "2031-03-01.."),
    ("time.until", "截至6月底，开工30个", "截至6月底", "..2031-06-30"),
    ("time.until", "截止7月20日，开工30个", "截止7月20日", "..2031-07-20"),
    ("time.five_year_plan", "“十五五”期间，建成高速公路", "“十五五”期间", "2026-01-01..2030-12-31"),
    ("time.five_year_plan", "“十五五”末，通车里程翻番", "“十五五”末", "..2030-12-31!"),
    ("time.years", "五年来，累计投资", "五年来", "2026-01-01..2030-12-31"),
    ("time.years", "过去五年，累计投资", "过去五年", "2026-01-01..2030-12-31"),
    ("time.years", "今后五年，累计投资", "今后五年", "2031-01-01..2035-12-31"),
    ("time.span_of_years", "2027—2029年累计投资", "2027—2029年", "2027-01-01..2029-12-31"),
    ("time.next_two_years", "明后两年再投资", "明后两年", "2032-01-01..2033-12-31!"),
    ("time.this_month", "本月内开工", "本月内", "2031-XX-01..2031-XX-XX!"),
    ("time.last_months", "最后两个月要冲刺", "最后两个月", "2031-11-01..2031-12-31!"),
    ("time.last_months", "，后四个月月均入库", "后四个月", "2031-09-01..2031-12-31!"),
    ("time.days", "10月20日至11月10日开展攻坚", "10月20日至11月10日", "2031-10-20..2031-11-10"),
    ("time.days", "7月10日—12日召开现场会", "7月10日—12日", "2031-07-10..2031-07-12"),
    ("time.occasion", "主汛期到来之前完工", "主汛期到来之前", "..!"),
    ("time.since_year", "年初以来争取资金", "年初以来", "2031-01-01.."),
    ("time.year", "今年初步安排项目", "今年", "2031-01-01..2031-12-31"),
    ("time.occasion", "“五一”前开工", "“五一”前", "..2031-04-30!"),
    ("time.occasion", "国庆节前通车", "国庆节前", "..2031-09-30!"),
    ("time.occasion", "春节前兑现工资", "春节前", "..2031-01-22!"),
    ("time.occasion", "清明前完成造林", "清明前", "..2031-04-04!"),
    ("time.occasion", "明年元旦前投产", "明年元旦前", "..2031-12-31!"),
    ("time.occasion", "汛期前完成加固", "汛期前", "..!"),
]


@pytest.mark.parametrize(("rule", "text", "words", "expected"), CASES, ids=[text for _, text, *_ in CASES])
def test_time(rule: str, text: str, words: str, expected: str) -> None:
    (time,) = found(text)
    assert text[time.start : time.end] == words
    assert days(time) + ("!" if time.kind == "deadline" else "") == expected
    assert time.rules == [rule]


def test_each_rule_has_a_case() -> None:
    on_a_day = {rule for text, *_ in ON_A_DAY_CASES for time in found(text, ON_A_DAY) for rule in time.rules}
    assert {rule for rule, *_ in CASES} | on_a_day == rules_in_the_code("time")


# the day of the speech is known: 20 November 2031
ON_A_DAY_CASES = [
    ("本月底前完工", "本月底前", "..2031-11-30!"),
    ("月底前完工", "月底前", "..2031-11-30!"),
    ("本月中旬完工", "本月中旬", "..2031-11-20!"),
    ("下个月开工", "下个月", "2031-12-01..2031-12-31!"),
    ("上个月开工", "上个月", "2031-10-01..2031-10-31"),
    ("本月内开工", "本月内", "2031-11-01..2031-11-30!"),
    # 20 November 2031 is a Thursday
    ("本月25号重新开标", "本月25号", "2031-11-25..2031-11-25"),
    ("下月5日前完工", "下月5日前", "..2031-12-05!"),
    ("下周三之前开工", "下周三之前", "..2031-11-26!"),
    ("本周五下班前交方案", "本周五下班前", "..2031-11-21!"),
    ("下周内给个说法", "下周内", "2031-11-24..2031-11-30!"),
    ("这个星期日开工", "这个星期日", "2031-11-23..2031-11-23"),
    ("上周出货38万颗", "上周", "2031-11-10..2031-11-16"),
    ("上周五前出货38万颗", "上周五前", "..2031-11-14"),
    ("这一周出货38万颗", "这一周", "2031-11-17..2031-11-23"),
    ("本周末前开工", "本周末前", "..2031-11-23!"),
    ("下周前开工", "下周前", "..2031-11-23!"),
    ("下周一起开工", "下周一起", "2031-11-24.."),
    ("11月30日下班前交方案", "11月30日下班前", "..2031-11-30!"),
    # an occasion to come
    ("春节前兑现工资", "春节前", "..2032-02-10!"),
    ("元旦前完工", "元旦前", "..2031-12-31!"),
    ("今年春节前兑现工资", "今年春节前", "..2031-01-22!"),
    # one that is nearer than the next
    ("国庆节前开工的项目", "国庆节前", "..2031-09-30!"),
]


@pytest.mark.parametrize(("text", "words", "expected"), ON_A_DAY_CASES, ids=[text for text, *_ in ON_A_DAY_CASES])
def test_times_of_a_speech_with_a_day(text: str, words: str, expected: str) -> None:
    (time,) = found(text, ON_A_DAY)
    assert text[time.start : time.end] == words
    assert days(time) + ("!" if time.kind == "deadline" else "") == expected


# what the text looks back on: 2030
LOOKING_BACK_CASES = [
    ("全年完成投资", "2030-01-01..2030-12-31"),
    ("当年建成投产", "2030-01-01..2030-12-31"),
    ("年底建成投产", "..2030-12-31"),
    ("上年完成投资", "2029-01-01..2029-12-31"),
    ("今年完成投资", "2031-01-01..2031-12-31"),
    ("去年完成投资", "2030-01-01..2030-12-31"),
    ("五年来完成投资", "2026-01-01..2030-12-31"),
]


@pytest.mark.parametrize(("text", "expected"), LOOKING_BACK_CASES, ids=[text for text, _ in LOOKING_BACK_CASES])
def test_times_of_a_review(text: str, expected: str) -> None:
    (time,) = found(text, LOOKING_BACK)
    assert days(time) == expected


MASKED = [
    ("201X", "年底前完成", "..201X-12-31"),
    ("201X", "2月底前完成", "..201X-02-28"),
    ("201X", "明年完成", "20XX-01-01..20XX-12-31"),
    ("201X", "国庆前完成", "..201X-09-30"),
    ("201X", "中秋前完成", ".."),
    ("20XX", "今年完成", "20XX-01-01..20XX-12-31"),
    ("XXXX", "年底前完成", "..XXXX-12-31"),
    ("XXXX", "去年完成", "XXXX-01-01..XXXX-12-31"),
    ("XXXX", "五年来完成", ".."),
    ("XXXX", "未来三年完成", ".."),
    ("203X", "2月29日完成", "203X-02-29..203X-02-29"),
]


@pytest.mark.parametrize(("own", "text", "expected"), MASKED, ids=[f"{own} {text}" for own, text, _ in MASKED])
def test_a_masked_year_stays_masked(own: str, text: str, expected: str) -> None:
    (time,) = found(text, YearContext(own))
    assert days(time) == expected


NONE = [
    # comparisons, ordinals, frequencies, durations
    "比去年同期增长5%", "每月底通报一次", "一月一通报", "三个月完成", "三年行动计划", "三年内产值翻番", "半年内见效",
    "第一季报", "下周三前开工", "本周期内", "附近三年级学生1200人",
    # what no calendar holds
    "13月份", "2月29日前完工", "4月31日前完工", "3月5日至4月31日", "今年7-3月份", "首三个月",
    "最后12个月", "“二五”期间",
    # parts of names and words
    "提前3个月完工",
    "达产后年产值", "建成后年处理污水", "年中央农村工作会议", "十五五金", "历年来", "起步区", "年初确定的目标",
    # plans without a part of them: a name
    "“十五五”规划纲要草案", "“十五五”", "十五五开局之年",
    # occasions without a limit
    "春节期间走访慰问", "国庆后开工", "“五一”劳动奖章",
]  # fmt: skip


@pytest.mark.parametrize(("day", "told"), [("2031-03-05", []), ("2031-10-05", ["剩下两个月"])])
def test_the_rest_of_a_year_is_told_near_its_end(day: str, told: list[str]) -> None:
    """In March 剩下两个月 is the rest of something else."""
    document = sp.parse("剩下两个月完成投资3亿元。", options=sp.ParseOptions(reference_date=dt.date.fromisoformat(day)))
    assert [time.text for time in document.deadlines + document.periods] == told


@pytest.mark.parametrize("text", NONE)
def test_no_time(text: str) -> None:
    assert surfaces(text) == []


YEARS = [
    ("2013年", "2013"), ("14年", "2014"), ("201*年", "201X"), ("20xx年", "20XX"), ("20**年", "20XX"),
    ("XXXX年", "XXXX"),
    ("二〇一三年", "2013"), ("二○一三年", "2013"), ("201○年", "201X"), ("２０１３年", "2013"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_year(text: str, expected: str) -> None:
    assert read_year(text) == expected


PLANS = [("六五", 1981), ("九五", 1996), ("十五", 2001), ("十一五", 2006), ("十五五", 2026), ("三五", None)]


@pytest.mark.parametrize(("text", "first"), PLANS)
def test_five_year_plan(text: str, first: int | None) -> None:
    assert five_year_plan(text) == first


@given(st.integers(1900, 2099), st.integers(-40, 40))
def test_shifting_a_year_and_back(year: int, by: int) -> None:
    assert shift_year(shift_year(str(year), by), -by) == str(year)


# --- the lexicon of occasions

OCCASIONS = list(occasions().values())


@pytest.mark.parametrize("row", OCCASIONS, ids=[row.term for row in OCCASIONS])
def test_occasion(row: OccasionRow) -> None:
    (time,) = found(row.example)
    assert row.term in row.example[time.start : time.end]
    assert time.rules == ["time.occasion"]
    assert (time.latest is not None) == bool(row.day and not row.day.startswith("lunar:12"))
    assert surfaces(row.counter_example) == []


# --- properties

_PIECES = st.sampled_from(
    "今年 去年 明年 2031年 201*年 全年 年底 前 年内 上半年 三季度 末 10月 十月 底 中旬 15日 以来 期间 截至 到 从 “ ” "
    "十五五 “十五五” 五年来 本月 下个月 国庆 春节 汛期 的 ， 1 - 7 月份 一 月 年 日 2月 29日 31日 二月三十日".split()
)


@given(
    st.lists(_PIECES, max_size=12).map("".join),
    st.sampled_from(["2031", "201X", "20XX", "XXXX"]),
    st.sampled_from([None, dt.date(2031, 1, 31), dt.date(2032, 2, 29)]),
)
def test_every_day_exists_and_none_ends_before_it_begins(text: str, own: str, day: dt.date | None) -> None:
    for time in found(text, YearContext(own, day=day)):
        assert 0 <= time.start < time.end <= len(text)
        known = [d for d in (time.earliest, time.latest) if d is not None and "X" not in d]
        dates = [dt.date.fromisoformat(d) for d in known]
        assert dates == sorted(dates)
