"""Whose speech it is: the cases of regions.tsv, what stays unknown, and real pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import SHARED

from speechparse import lexicons
from speechparse.archive.regions import Region, RegionRow, RegionWordRow, region_of, region_of_speech, report_year
from speechparse.clean import clean_text
from speechparse.options import ParseOptions
from speechparse.pipeline import Parser
from speechparse.records import Document
from speechparse.segment import split_speeches
from speechparse.text import AlignedText

OPTIONS = ParseOptions()
REST = "过去一年，我们迎难而上、真抓实干，各项工作都取得了新的进展，为今后的发展打下了坚实基础。"


def document(text: AlignedText) -> Document:
    speeches = split_speeches(text, OPTIONS)
    return Document(source="case", encoding="str", text=text.text, speeches=speeches, records=[])


def of(lines: str) -> Document:
    return document(AlignedText.of("\n".join([*lines.split("|"), REST])))


CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("regions.tsv").read_text(encoding="utf-8").splitlines()[2:]
    if not line.startswith("#")
]

UNKNOWN = [
    "在县委农村工作会议上的讲话|同志们：|全县上下要抓好落实，我县的任务很重。",
    "在全县项目建设推进大会上的讲话|县长 陆清|同志们：",
    "在市委经济工作会议上的讲话",
    "在省委经济工作会议上的讲话|省长 高远山",
    "在自治区第十四届人民代表大会第四次会议上的讲话",
    "在全国水利工作会议精神传达会上的讲话",
    "政府工作报告|各位代表：|各县区要抓落实，充分说明县委的决策是正确的，看到了全县的希望，全县要努力。",
    "动员讲话|同志们：|全县上下要学习昆山市、江阴市、张家港市、常熟市的经验，我县要追赶。",
    "动员讲话|同志们：|全市上下要到宜昌市、荆州市学习，我市要追赶宜昌市、荆州市，学宜昌市和荆州市。",
    "在开发区招商大会上的讲话",
    "在某某县项目推进会上的讲话",
    "在××县项目推进会上的讲话",
    "在白果树县调研时的讲话",
    "动员讲话|同志们：|各项工作，超额完成区第十三届人大的任务。全区上下振奋，我区新城区、新城区、新城区建设加快。",
    "在中央经济工作会议上的讲话",
    "清华大学校长在毕业典礼上的讲话",
    "在县十七届人大四次会议上的政府工作报告|县长 陆清",
    "年终总结|今年我们厂完成了全部任务。",
]

YEARS = [
    ("2026年上海市政府工作报告|2026年2月3日", 2026),
    ("云溪县二〇一九年政府工作报告", 2019),
    ("政府工作报告|——2013年2月28日在海拉尔区第十四届人民代表大会第二次会议上", 2013),
    ("在全县防汛会上的讲话|（2017年4月26日）", 2017),
    ("在201*年全县招商引资工作总结大会上的讲话", None),
    ("201*年云溪县政府工作报告", None),
    ("在全县招商引资工作总结大会上的讲话", None),
    ("关于2025年计划执行情况与2026年计划草案的工作报告|（2026年1月26日）", 2026),
]


@pytest.mark.parametrize(("lines", "name", "level", "code"), CASES, ids=[case[0] for case in CASES])
def test_the_region_of_a_speech(lines: str, name: str, level: str, code: str) -> None:
    assert region_of(of(lines)) == Region(name, level, code or None)


@pytest.mark.parametrize("lines", UNKNOWN)
def test_what_does_not_say_stays_unknown(lines: str) -> None:
    assert region_of(of(lines)) is None


@pytest.mark.parametrize(("lines", "year"), YEARS)
def test_the_year_of_a_report(lines: str, year: int | None) -> None:
    found = of(lines)
    assert report_year(found, found.speeches[0]) == year


def test_the_first_speech_that_names_a_region_gives_it_to_the_document() -> None:
    found = of(f"在全县防汛会上的讲话|同志们：|{REST}|在青禾县水利会上的讲话|同志们：")
    region = Region("青禾县", "county", None)
    assert [region_of_speech(found.text, speech) for speech in found.speeches] == [None, region]
    assert region_of(found) == region


def test_each_row_of_the_table_is_found_by_its_example() -> None:
    """Named with all its parents, each region has its own code."""
    wrong = []
    for row in lexicons.load("regions", RegionRow):
        found = region_of(of(row.example))
        if found is None or (found.name, found.code) != (row.place.split("/")[-1], row.code):
            wrong.append((row.place, row.code, found))
    assert wrong == []


@pytest.mark.parametrize("row", lexicons.load("region_words", RegionWordRow), ids=lambda row: row.word)
def test_words_that_make_no_region(row: RegionWordRow) -> None:
    assert region_of(of(row.example)) is None


def test_the_table_holds_codes_under_the_codes_of_their_provinces() -> None:
    rows = lexicons.load("regions", RegionRow)
    provinces = {row.place: row.code for row in rows if "/" not in row.place}
    today = [row for row in rows if not row.until]
    assert len(provinces) == 34
    assert len({row.code for row in today}) == len(today) > 3200
    assert [row for row in today if row.code[:2] != provinces[row.place.split("/")[0]][:2]] == []


PROVINCES = sorted(SHARED.glob("corpus/provinces-2026/*.txt"))
absent = pytest.mark.skipif(not PROVINCES, reason="../shared/corpus is not here")


@absent
@pytest.mark.parametrize("file", PROVINCES, ids=lambda file: file.stem)
def test_the_reports_of_the_provinces(file: Path) -> None:
    code = next(row.code for row in lexicons.load("regions", RegionRow) if row.place == file.stem)
    found = document(clean_text(Parser().read(file), OPTIONS))
    assert region_of(found) == Region(file.stem, "province", code)
    assert report_year(found, found.speeches[0]) == 2026


FILES = [
    ("inputs/000_c997ce9e16a0cb63.txt", None),
    ("inputs/001_050f0b94ea7cda64.txt", None),
    ("inputs/002_ff42f6529827b0e0.txt", None),
    ("inputs/003_36de8cf26dd669b1.txt", None),
    ("inputs/004_8c8fe3468e784512.txt", Region("中北县", "county", None)),
    ("inputs/guizhou-2026.txt", Region("贵州省", "province", "520000")),
    ("inputs/hailar-2013.txt", Region("海拉尔区", "county", "150702")),
    ("corpus/hailar/2012.txt", Region("海拉尔区", "county", "150702")),
    ("corpus/national/1956.txt", Region("中国", "country", None)),
    ("corpus/national/2012.txt", Region("中国", "country", None)),
    ("corpus/national/2024.txt", Region("中国", "country", None)),
]


@absent
@pytest.mark.parametrize(("name", "region"), FILES)
def test_other_pages(name: str, region: Region | None) -> None:
    assert region_of(document(clean_text(Parser().read(SHARED / name), OPTIONS))) == region
