"""Projects as rows: which mentions are one project, and what is gathered of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

import speechparse as sp
from speechparse import lexicons
from speechparse.projects_table import STAGES, ProjectRow, StageRow

ROWS = lexicons.load("stages", StageRow)


def table(text: str) -> list[ProjectRow]:
    return sp.parse(text).project_table()


@pytest.mark.parametrize("row", ROWS, ids=[row.term for row in ROWS])
def test_each_stage_word_is_found_in_its_example_and_not_in_its_counter_example(row: StageRow) -> None:
    assert row.stage in STAGES
    (project,) = table(row.example + "。")[:1]
    assert row.stage in (project.stage, project.goal)
    for project in table(row.counter_example + "。") if row.counter_example else ():
        assert row.stage not in (project.stage, project.goal)


NAMES = [
    ("加快云溪水厂建设。云溪水厂项目已经开工。", ["云溪水厂"]),
    ("云溪水厂项目进展顺利，云溪水厂二期项目正在谋划。", ["云溪水厂", "云溪水厂二期"]),
    ("锦湖酒店项目主体完工。抓好锦湖、云岭大厦等酒店的开工。", ["锦湖酒店", "云岭大厦"]),
    ("云溪热电厂铁路专用线项目进展顺利。热电厂铁路专用线项目年底前竣工。", ["云溪热电厂铁路专用线"]),
    ("推进白河县实验小学、松坡镇实验小学等项目。", ["白河县实验小学", "松坡镇实验小学"]),
    ("云溪水厂项目竣工，松坡水厂项目竣工。", ["云溪水厂", "松坡水厂"]),
    ("青石县大力发展县域经济。", []),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=[text for text, _ in NAMES])
def test_mentions_of_one_project_are_one_row(text: str, names: list[str]) -> None:
    assert [row.name for row in table(text)] == names


STAGE_CASES = [
    # text, stage, goal
    ("云溪水厂项目成功签约。", "签约", None),
    ("云溪水厂项目正在洽谈。", "洽谈", None),
    ("云溪水厂项目已开工建设。", "开工", None),
    ("云溪水厂项目已经竣工投产。", "投产", None),
    ("加快推进云溪水厂项目前期工作。", "前期", None),
    ("确保云溪水厂项目10月底前竣工。", "竣工", "竣工"),
    ("云溪水厂项目已开工建设，确保10月底前竣工。", "开工", "竣工"),
    ("云溪水厂项目已经核准，也即将开工。", "前期", "开工"),
    ("云溪水厂项目，总投资2亿元，占地120亩，年底前投产。", "投产", "投产"),
    ("加快推进云溪水厂项目。", "在建", None),
    ("云溪水厂项目尚未开工。", None, None),
    ("已完成云溪水厂建设。", "竣工", None),
    # 新增企业投产 is of the firms
    ("云溪水厂项目开工建设，新增企业投产3家。", "开工", None),
]


@pytest.mark.parametrize(("text", "stage", "goal"), STAGE_CASES, ids=[text for text, _, _ in STAGE_CASES])
def test_stages(text: str, stage: str | None, goal: str | None) -> None:
    (row,) = table(text)
    assert (row.stage, row.goal) == (stage, goal)


BODIES = [
    ("云溪水厂项目由县水利局牵头，力争6月底前开工。", "县水利局"),
    ("加快云溪水厂建设。（牵头单位：县水利局；责任单位：松坡镇）", "县水利局"),
    ("加快云溪水厂建设。责任单位：县水利局、县住建局", "县水利局、县住建局"),
    ("云溪水厂项目（责任单位：县水利局），10月底前竣工。", "县水利局"),
    ("县住建局牵头，加快推进云溪水厂项目。", "县住建局"),
    ("加快云溪水厂建设，明确牵头单位，倒排工期。", None),
]


@pytest.mark.parametrize(("text", "body"), BODIES, ids=[text for text, _ in BODIES])
def test_bodies(text: str, body: str | None) -> None:
    (row,) = table(text)
    assert row.body == body


def test_a_size_is_no_shorter_name() -> None:
    rows = table("推进2×66万千瓦电厂建设。云溪2×66万千瓦电厂总投资50亿元。")
    assert [row.name for row in rows] == ["云溪2×66万千瓦电厂"]
    assert rows[0].investment == Decimal(5000000000)


def test_what_several_sentences_say_is_one_row() -> None:
    text = (
        "2031年全县重点项目推进会上的讲话\n"
        "总投资2.5亿元的云溪水厂项目已经开工建设。\n"
        "要确保云溪水厂10月底前竣工，由县水利局牵头。\n"
    )
    document = sp.parse(text)
    (row,) = document.project_table()
    assert (row.name, row.speech, row.investment) == ("云溪水厂", 0, Decimal(250000000))
    assert (row.stage, row.goal, row.body) == ("开工", "竣工", "县水利局")
    assert row.deadline is not None
    assert (row.deadline.text, row.deadline.latest) == ("10月底前", "2031-10-31")
    assert [document.text[span.start : span.end] for span in row.spans] == ["云溪水厂", "云溪水厂"]


def test_a_list_shares_what_is_said_of_it() -> None:
    rows = table("云溪水厂、松坡粮库、青石大桥等3个项目要确保10月底前竣工投产。")
    assert [row.name for row in rows] == ["云溪水厂", "松坡粮库", "青石大桥"]
    assert {(row.stage, row.deadline.latest if row.deadline else None) for row in rows} == {("投产", "XXXX-10-31")}


def test_two_projects_of_one_sentence_keep_their_own() -> None:
    water, grain = table("6月底前，云溪水厂项目开工建设，松坡粮库项目9月底前竣工。")
    assert (water.goal, water.deadline.text if water.deadline else None) == ("开工", "6月底前")
    assert (grain.goal, grain.deadline.text if grain.deadline else None) == ("竣工", "9月底前")


def test_a_capacity_has_value_unit_and_words() -> None:
    (row,) = table("投资3.2亿元的云溪年产20万吨饲料加工项目成功签约。")
    assert row.capacity is not None
    assert (row.capacity.value, row.capacity.unit, row.capacity.text) == (Decimal(200000), "吨", "20万吨")
    assert row.investment == Decimal(320000000)


def test_a_row_is_frozen_and_becomes_json() -> None:
    (row,) = table("总投资2亿元的云溪水厂项目成功签约。")
    with pytest.raises(ValueError, match="frozen"):
        row.name = "x"  # type: ignore[misc]
    assert '"investment":"200000000"' in row.model_dump_json()


def test_without_projects_there_are_no_rows() -> None:
    assert table("全县经济平稳增长。") == []
