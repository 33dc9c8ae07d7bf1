"""Extraction as a whole: what holds for any text, damaged figures, and time that grows with the text only."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise

import pytest
from extracting import FIGURES, TIMES, figures, records
from hypothesis import given, settings
from hypothesis import strategies as st

import speechparse as sp
from speechparse.extract import extract_records
from speechparse.records import Speech
from speechparse.text import AlignedText, Edit, Note

# --- what holds for any text

_WORDS = st.sampled_from(
    "今年 去年 全年 年底前 9月底 10月15日 截至 到2035年 201*年 “十五五” 末 期间 五年来 春节前 上半年 1-7月份 本月 "
    "亿元 万元 以上 左右 亿元以上 过亿元 百亿 千亿级 个 家 项 位 成 倍 % 百分点 个百分点 百分之 分之 翻番 半数 "
    "力争 确保 已 计划投资 将 要 预计 目标是 其中 分别 增长 下降 提高到 由 比上年 占 的 比重 连续 同比 首位 "
    "前10位 第三 月底前 云溪 水厂 项目 工程 等 等3个项目 竣工 建成投产 加快 总投资 年产 企业 "
    "重点项目 工业 、 和 （ ） ， 。 ； ： “ ”".split()
)
_NUMBERS = st.one_of(
    st.integers(0, 10**12).map(str),
    st.text("0123456789.,，×Xx*", max_size=8),
    st.text("零一二三四五六七八九十百千万亿两几多余数点", max_size=8),
)
_ANYTHING = st.one_of(_WORDS, _NUMBERS, st.text(max_size=3), st.just("\n"))
_TEXTS = st.lists(_ANYTHING, max_size=30).map("".join)
_DATES = st.sampled_from([None, "2031", "2031-03-05", "203X", "20XX", "203X-08-24"])


@given(_TEXTS, _DATES, st.sampled_from([None, "云溪县政府工作报告"]), st.sampled_from([None, dt.date(2032, 2, 29)]))
@settings(max_examples=300)
def test_any_text(text: str, date: str | None, title: str | None, day: dt.date | None) -> None:
    speech = Speech(start=0, end=len(text), date=date, title=title)
    found, warnings = extract_records(AlignedText.of(text), [speech], sp.ParseOptions(reference_date=day))
    for record in found:
        assert record.text == text[record.start : record.end] != ""
        assert record.rule
        if isinstance(record, FIGURES):
            check_figure(record, text)
        elif isinstance(record, TIMES):
            days = [d for d in (record.earliest, record.latest) if d is not None]
            assert all(len(day) == 10 for day in days)
            dates = [dt.date.fromisoformat(day) for day in days if "X" not in day]
            assert dates == sorted(dates)
    counted = [r for r in found if isinstance(r, FIGURES)]
    assert all(a.end <= b.start for a, b in pairwise(counted))
    assert all(0 <= w.start <= w.end <= len(text) for w in warnings)


def check_figure(figure: sp.records.Figure, text: str) -> None:
    assert (figure.bound == "range") == (figure.upper is not None)
    if figure.upper is not None:
        assert figure.value is not None
        assert figure.value < figure.upper
    assert (figure.status is not None) == (figure.role == "value")
    assert (figure.strength is not None) == (figure.status == "target")
    assert figure.role == "value" or figure.when is None
    assert figure.role != "attribute" or figure.of
    assert len(figure.indicator or "") <= len(text) + 4
    assert figure.when is None or figure.when.text in text


@given(_TEXTS, _TEXTS)
@settings(max_examples=50)
def test_a_speech_sees_nothing_of_the_next(first: str, second: str) -> None:
    text = f"{first}\n\n\n{second}"
    speeches = [
        Speech(start=0, end=len(first), date="2031"),
        Speech(start=len(first) + 3, end=len(text), date="2021"),
    ]
    found, _ = extract_records(AlignedText.of(text), speeches, sp.ParseOptions())
    for record in found:
        speech = speeches[record.speech]
        assert speech.start <= record.start < record.end <= speech.end


def test_an_empty_speech_has_no_records() -> None:
    assert records("") == []


# --- figures beside damage


def test_a_figure_that_touches_damage_has_no_value() -> None:
    raw = "引进项目12个，新建水厂3座"
    text = AlignedText.of(raw).note(warnings=[Note("figure_near_damage", "a byte is missing", 4, 6)])
    found, _ = extract_records(text, [Speech(start=0, end=len(raw))], sp.ParseOptions())
    assert [(r.text, r.value, r.rule.split()[-1] == "figure.damaged") for r in found] == [
        ("12个", None, True),
        ("3座", 3, False),
    ]


def test_offsets_are_those_of_the_clean_text_and_of_the_raw_one() -> None:
    raw = "引进项目(mù)12个"
    text = AlignedText.of(raw).apply([Edit(4, 8, "", "pinyin.note")])
    ((count,), _) = extract_records(text, [Speech(start=0, end=len(text))], sp.ParseOptions())
    assert (count.text, count.start, count.end) == ("12个", 4, 7)
    assert raw[count.raw_start : count.raw_end] == "12个"


# --- 1,080 and brackets


def test_a_comma_in_a_number_ends_no_clause() -> None:
    (figure,) = figures("新建1,080个项目")
    assert (figure.text, figure.indicator) == ("1,080个", "新建项目")


# --- time grows with the text only

# What can stand again and again without end: one of everything that a pattern repeats, and figures, times and names in
# the shapes that the linkers look back or ahead from
HOSTILE = [
    "1", "一", "一万", "1,", "1-", "1.", "第", "、", "，", "X", "*", "(", "（", "）", "“", "”", "零", "几", "多",
    "点", "两", " ", "\n", "2×", "百分之", "三分之", "等项目", "A项目、", "年", "年底前", "1月", "今年", "春节前",
    "1-7月份", "“十五五”", "力争", "分别", "增长", "的", "比", "占", "亿元", "个，", "5个、", "5个，", "5个。",
    "5个\n", "5个(", "（今年）5个", "今年5个", "今年5个\n", "由去年的2个增加到3个", "连续3年", "增长5%，",
    "占全市5%，", "增加5亿元，", "5000万元以上", "过5000万元", "5亿元、", "X个", "**个，", "翻番", "排第1位",
    "总投资2亿元的", "云溪水厂", "云溪水厂、", "云溪水厂项目开工，", "推进云溪水厂建设", "新开工5个项目",
    "其中5个，", "没有标点的话", "项目20个，开工5个，",
]  # fmt: skip


def seconds(text: str) -> float:
    speech = Speech(start=0, end=len(text), date="2031")
    begin = time.process_time()
    extract_records(AlignedText.of(text), [speech], sp.ParseOptions())
    return time.process_time() - begin


def is_linear(text: str) -> bool:
    """Four times the text takes about four times as long, and never anything near sixteen times."""
    quarter = len(text) // 4
    return any(seconds(text) <= 8 * seconds(text[:quarter]) + 0.05 for _ in range(3))  # the machine has other work too


@pytest.mark.parametrize("piece", HOSTILE, ids=[repr(piece) for piece in HOSTILE])
def test_hostile_repetition(piece: str) -> None:
    assert is_linear((piece * 12_000)[:12_000])


SENTENCE = "今年，我们要加快云溪水厂扩建项目建设，确保完成投资5.2亿元，力争达到7亿元，其中工业项目31个，增长8.5%。"


@pytest.mark.parametrize("stop", ["", "，", "。", "\n"])
def test_one_long_paragraph(stop: str) -> None:
    assert is_linear((SENTENCE.replace("，", stop).replace("。", stop) * 2_000)[:60_000])
