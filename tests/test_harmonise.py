"""Harmonised indicators: each name of the lexicon, and what stands close to it and is something else."""

from __future__ import annotations

import pytest

import speechparse as sp
from speechparse.extract.harmonise import DIMENSIONS, FORMS, IndicatorRow, indicators, one_spelling, synonyms

ROWS = list(indicators().values())


def identifiers(text: str, title: str = "云溪县政府工作报告") -> list[str | None]:
    """The identifiers of the figures of a text, in order."""
    document = sp.parse(f"{title}\n{text}。\n" if title else text)
    return [figure.indicator_id for figure in document.figures if figure.role == "value"]


def test_the_lexicon_covers_what_reports_use() -> None:
    assert len(ROWS) >= 150


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_row_is_found_in_its_example_and_not_in_its_counter_example(row: IndicatorRow) -> None:
    assert row.id in identifiers(row.example)
    others = identifiers(row.counter_example)
    assert others, f"no figure in {row.counter_example}"
    assert row.id not in others


def test_no_two_rows_share_a_name_in_one_form_and_dimension() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for row in ROWS:
        for name in {one_spelling(name) for name in synonyms(row)}:
            other = seen.setdefault((row.form, row.dimension, name), row.id)
            assert other == row.id, f"{name} is a name of {other} and of {row.id}"


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_form_and_dimension_agree(row: IndicatorRow) -> None:
    assert row.form in FORMS
    assert row.dimension in DIMENSIONS
    assert (row.dimension in ("%", "x")) == (row.form in ("growth", "rate", "share"))


CASES = [
    # one indicator, many words
    ("地区生产总值增长6%", ["gdp_growth"]),
    ("全县生产总值增长6%", ["gdp_growth"]),
    ("GDP增长6%左右", ["gdp_growth"]),
    ("预计全年地区生产总值完成180亿元，增长6%", ["gdp", "gdp_growth"]),
    ("力争地区生产总值增速达到7%", ["gdp_growth"]),
    ("云溪县地区生产总值达到180亿元", ["gdp"]),
    ("规模以上工业增加值增速达到9%", ["industrial_value_added_growth"]),
    ("规上工业增加值增长9%", ["industrial_value_added_growth"]),
    ("城镇调查失业率控制在5.5%以内", ["urban_unemployment"]),
    ("城镇登记失业率4%以内", ["registered_unemployment"]),
    ("居民消费价格涨幅3%左右", ["cpi_growth"]),
    ("CPI上涨2%", ["cpi_growth"]),
    ("全社会研发经费支出相当于全县生产总值的比例达到2%", ["rd_intensity"]),
    ("常住人口城镇化率提高到61%", ["urbanisation_rate"]),
    ("民生支出占一般公共预算支出的比重达到80%", ["livelihood_share_of_expenditure"]),
    ("城镇和农村居民收入分别增长5%、7%", ["urban_disposable_income_growth", "rural_disposable_income_growth"]),
    ("规上工业企业达到320户", ["industrial_firms"]),
    # the unit decides
    ("改造老旧小区32个", ["old_communities_renewed"]),
    ("改造老旧小区5200户", ["old_community_households"]),
    # what is there and what is added
    ("高标准农田达到52万亩", ["high_standard_farmland"]),
    ("新建高标准农田6万亩", ["high_standard_farmland_new"]),
    ("新建和改造高标准农田6万亩", ["high_standard_farmland_new"]),
    ("新增5G基站120座", ["5g_base_stations_new"]),
    # growth over several years
    ("“十五五”时期地区生产总值年均增长5%", ["gdp_growth_average"]),
    ("五年来地区生产总值年均增长5%", ["gdp_growth_average"]),
    ("单位GDP能耗累计下降14%", ["energy_intensity_change_total"]),
    ("地区生产总值比2020年增长32%", ["gdp_growth_total"]),
    ("2．实现地区生产总值增长5%", ["gdp_growth"]),
    # close to it, and something else
    ("全部工业增加值增长6%", ["total_industrial_value_added_growth"]),
    ("人均地区生产总值达到8万元", ["gdp_per_capita"]),
    ("数字经济核心产业增加值占地区生产总值比重达到8%", ["digital_core_share_of_gdp"]),
    ("海洋生产总值增长6%", ["marine_gdp_growth"]),
    ("县域经济增长6%", [None]),
    ("世界经济增长3%", [None]),
    ("民营企业进出口增长9%", [None]),
    ("茶叶产值增长8%、出口增长9%", [None, None]),
    ("地区生产总值增加12亿元", [None]),
    ("常住人口城镇化率提高1.2个百分点", [None]),
    ("固定资产投资增速居全市第3位", [None]),
    ("青石县地区生产总值增长9%", [None]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_identifiers(text: str, expected: list[str | None]) -> None:
    assert identifiers(text) == expected


def test_any_place_is_the_own_one_where_the_speech_names_none() -> None:
    assert identifiers("青石县地区生产总值增长9%。", title="") == ["gdp_growth"]


def test_thresholds_and_attributes_have_no_identifier() -> None:
    document = sp.parse("实施总投资5亿元的云溪水厂项目，5000万元以上项目达到12个。")
    assert [f.indicator_id for f in document.figures if f.role != "value"] == [None, None]
