"""The sample speeches: each damaged copy gives the clean speech again, and the figures that a reader would take."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from places import CLEAN_SAMPLES, SAMPLE_FILES, SAMPLES

import speechparse as sp

Parsed = Callable[[Path], sp.Document]

FILES = {
    # damaged copy: the clean speech it was made of
    "01-county-work-report.txt": "county-work-report",
    "02-mobilisation-pinyin.txt": "mobilisation",
    "03-scheduling-meeting.html": "scheduling-meeting",
    "04-pledge-gbk.txt": "pledge",
    "05-province-report-wrapped.txt": "province-report",
    "06-investment-summary-masked.txt": "investment-summary",
    "07-rural-water-mojibake.txt": "rural-water",
    "08-two-speeches.txt": "collection",
    "09-anti-flood-traditional-utf16.txt": "anti-flood",
}

SPEECHES = [
    # file, titles of its speeches, date and place of the first
    ("01", ["政府工作报告"], "2024-01-18"),
    ("02", ["在全县项目建设攻坚年动员大会上的讲话"], "201X"),
    ("03", ["在全县重点项目第二次调度会上的讲话"], "2022-08-05"),
    ("04", ["在全市招商引资和项目建设推进会上的表态发言"], "2021-03-12"),
    ("05", ["苍岭省2023年政府工作报告（摘要）"], "2023-01-15"),
    ("06", ["在201*年全县招商引资工作总结大会上的讲话"], "201X"),
    ("07", ["在全县冬春农田水利建设现场会上的讲话"], "2019-11-20"),
    ("08", ["在全市工业强市推进大会上的讲话", "在全市港口经济发展座谈会上的讲话"], None),
    ("09", ["在全州防汛抗旱暨水库除险加固工作会议上的讲话"], "2017-04-26"),
]

FIGURES = [
    # file, kind, words of the clean text, value, unit, bound, role, status
    ("01", "amount", "186.4亿元", "18640000000", "CNY", "exact", "value", "actual"),
    ("01", "percentage", "1.4个百分点", "1.4", "pp", "exact", "value", "actual"),
    ("01", "amount", "12亿元", "1200000000", "CNY", "exact", "attribute", None),
    ("01", "percentage", "6%左右", "6", "%", "about", "value", "target"),
    ("01", "amount", "58.3亿元", "5830000000", "CNY", "exact", "value", "plan"),
    ("01", "count", "30个", "30", "个", "exact", "value", "target"),
    ("01", "measure", "72万亩以上", "720000", "亩", "min", "value", "target"),
    ("01", "count", "7.2张", "7.2", "张", "exact", "value", "target"),
    ("02", "count", "83个", "83", "个", "exact", "value", "actual"),
    ("02", "amount", "26亿元", "2600000000", "CNY", "exact", "value", "target"),
    ("02", "percentage", "18%以上", "18", "%", "min", "value", "target"),
    ("02", "measure", "150万平方米", "1500000", "平方米", "exact", "value", "target"),
    ("02", "count", "5000人以上", "5000", "人", "min", "value", "target"),
    ("03", "percentage", "56.3%", "56.3", "%", "exact", "value", "actual"),
    ("03", "amount", "6.8亿元", "680000000", "CNY", "exact", "attribute", None),
    ("03", "amount", "63亿元", "6300000000", "CNY", "exact", "value", "target"),
    ("03", "rank", "前5位", "5", "位", "max", "value", "target"),
    ("04", "amount", "10亿元以上", "1000000000", "CNY", "min", "threshold", None),
    ("04", "count", "45个", "45", "个", "exact", "value", "target"),
    ("04", "measure", "1850亩", "1850", "亩", "exact", "value", "target"),
    ("04", "percentage", "15%以上", "15", "%", "min", "value", "target"),
    ("05", "amount", "1080亿元", "108000000000", "CNY", "exact", "value", "actual"),
    ("05", "amount", "3200亿元以上", "320000000000", "CNY", "min", "value", "target"),
    ("05", "amount", "22亿美元", "2200000000", "USD", "exact", "value", "target"),
    ("05", "percentage", "2.8倍", "2.8", "x", "exact", "value", "actual"),
    ("05", "percentage", "62%以内", "62", "%", "max", "value", "target"),
    ("06", "amount", "X亿元", None, "CNY", "exact", "value", "actual"),
    ("06", "percentage", "23.6%", "23.6", "%", "exact", "value", "actual"),
    ("06", "percentage", "61.5%", "61.5", "%", "exact", "value", "actual"),
    ("06", "amount", "15亿元以上", "1500000000", "CNY", "min", "value", "target"),
    ("06", "percentage", "七成五", "75", "%", "exact", "value", "target"),
    ("07", "amount", "3.1亿元", "310000000", "CNY", "exact", "value", "plan"),
    ("07", "amount", "约3000万元", "30000000", "CNY", "about", "value", "target"),
    ("07", "measure", "1500万立方米", "15000000", "立方米", "exact", "value", "target"),
    ("08", "rank", "第9位", "9", "位", "exact", "value", "actual"),
    ("08", "percentage", "12%以上", "12", "%", "min", "value", "target"),
    ("08", "measure", "突破9000万吨", "90000000", "吨", "min", "value", "target"),
    ("09", "count", "312座", "312", "座", "exact", "value", "actual"),
    ("09", "amount", "4.7亿元", "470000000", "CNY", "exact", "value", "actual"),
    ("09", "percentage", "98%以上", "98", "%", "min", "value", "target"),
]

DEADLINES = [
    # file, words, first and last day
    ("01", "6月底前", None, "2024-06-30"),
    ("01", "到2025年", None, "2025-12-31"),
    ("02", "3月底前", None, "201X-03-31"),
    ("03", "8月20日前", None, "2022-08-20"),
    ("03", "11月中旬前", None, "2022-11-20"),
    ("04", "5月底前", None, "2021-05-31"),
    ("04", "上半年", "2021-01-01", "2021-06-30"),
    ("07", "明年1月底前", None, "2020-01-31"),
    ("09", "“五一”前", None, "2017-04-30"),
]

PROJECTS = [
    # file, name as the speech has it
    ("01", "恒岳生物基材料二期"),
    ("02", "鹿鸣铜基新材料产业园"),
    ("03", "麦岭通用机场"),
    ("04", "云仓智慧物流园"),
    ("05", "苍望高铁"),
    ("06", "白鹭湖文旅小镇"),
    ("09", "青石水库扩容"),
]


def sample(number: str) -> Path:
    return next(file for file in SAMPLE_FILES if file.name.startswith(number))


def fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum() or c in "%*").lower()


def test_each_sample_has_its_clean_speech_and_its_line_in_the_guide() -> None:
    assert [file.name for file in SAMPLE_FILES] == list(FILES)
    guide = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in guide] == []


@pytest.mark.parametrize("name", FILES)
def test_the_clean_speech_is_restored(name: str, parsed: Parsed) -> None:
    """As for the development material: at least 99 % of the speech kept, at most 2 % more than the speech."""
    wanted = fold((CLEAN_SAMPLES / f"{FILES[name]}.txt").read_text(encoding="utf-8"))
    text = fold(parsed(SAMPLES / name).text)
    same = sum(block.size for block in SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks())
    assert same / len(wanted) >= 0.99
    assert 1 - same / len(text) <= 0.02


@pytest.mark.parametrize(("number", "titles", "date"), SPEECHES, ids=[number for number, _, _ in SPEECHES])
def test_speeches(number: str, titles: list[str], date: str | None, parsed: Parsed) -> None:
    document = parsed(sample(number))
    assert [speech.title for speech in document.speeches] == titles
    assert document.date == date


@pytest.mark.parametrize(
    ("number", "kind", "words", "value", "unit", "bound", "role", "status"),
    FIGURES,
    ids=[f"{number}-{words}" for number, _, words, *_ in FIGURES],
)
def test_figure(
    number: str,
    kind: str,
    words: str,
    value: str | None,
    unit: str,
    bound: str,
    role: str,
    status: str | None,
    parsed: Parsed,
) -> None:
    figures = parsed(sample(number)).figures
    found = [(f.kind, f.value, f.unit, f.bound, f.role, f.status) for f in figures if f.text.replace(",", "") == words]
    assert (kind, None if value is None else Decimal(value), unit, bound, role, status) in found


@pytest.mark.parametrize(
    ("number", "words", "earliest", "latest"), DEADLINES, ids=[f"{number}-{words}" for number, words, _, _ in DEADLINES]
)
def test_deadline(number: str, words: str, earliest: str | None, latest: str, parsed: Parsed) -> None:
    found = [(time.earliest, time.latest) for time in parsed(sample(number)).deadlines if time.text == words]
    assert (earliest, latest) in found


@pytest.mark.parametrize(("number", "name"), PROJECTS)
def test_project(number: str, name: str, parsed: Parsed) -> None:
    assert any(project.name.startswith(name) for project in parsed(sample(number)).projects)


def test_two_tiers_of_one_target(parsed: Parsed) -> None:
    tiers = [t for t in parsed(sample("01")).targets if t.text in ("25个", "30个")]
    assert [(tier.value, tier.strength) for tier in tiers] == [(25, "must"), (30, "strive")]
    assert tiers[0].indicator == tiers[1].indicator


def test_parts_know_their_whole(parsed: Parsed) -> None:
    parts = [count for count in parsed(sample("01")).counts if count.text in ("52个", "27个", "17个") and count.of]
    assert [part.value for part in parts] == [52, 27, 17]


def test_the_governing_time(parsed: Parsed) -> None:
    land = next(figure for figure in parsed(sample("04")).figures if figure.text == "1850亩")
    assert land.when is not None
    assert (land.when.text, land.when.latest) == ("5月底前", "2021-05-31")


def test_masked_and_deleted_numbers_stay_unknown(parsed: Parsed) -> None:
    """Nine figures of this speech were masked or deleted; none is guessed and none is dropped."""
    lost = [figure.text for figure in parsed(sample("06")).figures if figure.value is None]
    assert lost == ["**个", "X亿元", "**亿元", "个", "个", "个", "××人", "X万美元", "亩"]


def test_a_digit_that_the_damage_took_is_never_guessed(parsed: Parsed) -> None:
    """The page shows 目標?8% where the speech said 78%: the first digit went with a broken byte."""
    document = parsed(sample("02"))
    assert [figure.value for figure in document.figures if figure.value in (8, 78) and figure.unit == "%"] == []
    at = document.text.index("完成目标") + len("完成目标")
    assert any(warning.start <= at + 2 and at <= warning.end for warning in document.warnings)
