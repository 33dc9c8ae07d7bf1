"""Contradictions between figures, and the many lists, rates and growths that only look like one."""

from __future__ import annotations

import pytest

import speechparse as sp

CODES = frozenset({"parts_exceed_whole", "parts_not_whole", "rate_contradicts", "growth_contradicts"})


def contradictions(text: str) -> list[str]:
    return [w.code for w in sp.parse(text).warnings if w.code in CODES]


WRONG = [
    # parts that are more than their whole
    ("全县实施重点项目58个，其中新开工31个，续建12个，储备17个。", "parts_exceed_whole"),
    ("全县实施重点项目58个，其中新开工项目31个，续建项目12个，储备项目17个。", "parts_exceed_whole"),
    ("今年安排重点项目58个（新开工31个、续建12个、前期17个）。", "parts_exceed_whole"),
    ("58个重点项目中，31个已经开工，12个正在办理手续，17个尚未落实用地。", "parts_exceed_whole"),
    ("安排重点项目100个，其中工业类40个、农业类35个、城建类45个。", "parts_exceed_whole"),
    ("争取上级资金6亿元，其中中央资金3.5亿元、省级资金4.1亿元。", "parts_exceed_whole"),
    ("实施重点项目58个，其中工业项目62个。", "parts_exceed_whole"),
    ("全县58个项目，分别是工业31个、农业12个、服务业17个。", "parts_exceed_whole"),
    ("工业项目31个、农业项目12个、服务业项目17个，合计58个。", "parts_exceed_whole"),
    ("全县实施项目50个，其中新开工0个、续建60个。", "parts_exceed_whole"),
    # a list that claims to be all of them
    ("全县58个项目，分别是工业31个、农业12个、服务业13个。", "parts_not_whole"),
    ("全县实施项目58个，其中31个已开工，12个在办手续，其余14个尚未启动。", "parts_not_whole"),
    ("全县实施项目58个，由31个工业项目、12个农业项目和10个服务业项目组成。", "parts_not_whole"),
    ("工业项目31个、农业项目12个、服务业项目14个，合计58个。", "parts_not_whole"),
    # rates
    ("在建项目计划投资84.59亿元，目前只完成7.96亿元，仅为计划任务的12.4%。", "rate_contradicts"),
    ("完成投资7.96亿元，占年度计划84.59亿元的12.4%。", "rate_contradicts"),
    ("70个重点项目中，工业项目只有23个，仅占项目总量的43%。", "rate_contradicts"),
    ("计划开工项目60个，已开工45个，开工率65%。", "rate_contradicts"),
    ("全县已开工45个，计划开工60个，开工率65%。", "rate_contradicts"),
    # growth
    ("全县税收由5.24亿元增加到15.07亿元，增长87.6%。", "growth_contradicts"),
    ("旅游收入从2.04亿元提高到3.06亿元，增长40%。", "growth_contradicts"),
    ("全县旅游收入达到3.06亿元，比上年的2.04亿元增长40%。", "growth_contradicts"),
    ("全县旅游收入达到3.06亿元，比上年增加1.02亿元，增长40%。", "growth_contradicts"),
    ("审批事项由60项减少到45项，减少30%。", "growth_contradicts"),
    ("工业用水量由60吨减少到45吨，降幅为35%。", "growth_contradicts"),
    ("全县审批事项45项，比上年减少15项，下降35%。", "growth_contradicts"),
]


@pytest.mark.parametrize(("text", "code"), WRONG, ids=[text for text, _ in WRONG])
def test_a_contradiction_is_said(text: str, code: str) -> None:
    assert contradictions(text) == [code]


RIGHT = [
    "全县实施重点项目60个，其中新开工31个，续建12个，储备17个。",
    "争取上级资金41.3亿元，其中财政资金31.15亿元，预算内资金4.01亿元，专项债券5.54亿元，其他资金0.6亿元。",
    "在建项目计划投资84.59亿元，目前只完成7.96亿元，仅为计划任务的9.41%。",
    "完成投资7.96亿元，占年度计划84.59亿元的9.4%。",
    "70个重点项目中，工业项目只有23个，仅占项目总量的33%。",
    "全县税收由5.24亿元增加到15.07亿元，增长187.6%。",
    "全县旅游收入从2.04亿元提高到3.06亿元，增长50%。",
    "全县旅游收入从2亿元提高到3亿元，增长40%。",  # 2亿 may be 2.3亿
    "全县旅游收入从2亿元提高到6亿元，增长2倍。",
    # a sample of the whole
    "全县实施重点项目125个，其中新开工项目32个；过5000万元以上项目66个，其中过亿元项目29个。",
    "实施重点项目58个，其中工业项目31个、农业项目12个。",
    "全县58个项目，包括工业31个、农业12个等。",
    "全县58个项目，由31个工业项目、12个农业项目和10个服务业项目带动。",
    "工业项目31个、农业项目12个、服务业项目15个，合计58个。",
    # a total that is far from what stands before it is one of something else
    "工业项目31个、农业项目12个、服务业项目40个，合计58个。",
    # parts that may overlap
    "规模以上工业企业达到100家，其中高新技术企业60家、专精特新企业50家。",
    "全县完成投资100亿元，其中工业投资60亿元、民间投资55亿元。",
    "全县实施重点项目58个，其中新开工项目31个、竣工项目40个。",
    "实施项目80个，其中工业项目50个，亿元以上项目45个。",
    # another whole, another thing, a change
    "重点项目105个，其中工业类33个，新建学校80个班级，培训骨干120个。",
    "新增企业58家，其中工业企业31家，比上年增加40家。",
    "建成公路58公里，其中国道31公里（其中隧道12公里、桥梁20公里），省道27公里。",
    "完成投资20亿元左右，其中工业投资12亿元、农业投资10亿元。",
    # growth that its levels need not give
    "地区生产总值由100亿元增加到160亿元，增长45%。",
    "全县税收由5亿元增加到8亿元，年均增长9.9%。",
    "全县税收达到8亿元，增长20%。",
    "全县税收由5亿元增加到8亿元，同口径增长40%。",
    "全县销售收入由2亿元增加到5.8亿元，增长2.9倍。",
    "完成税收8亿元，占年度任务的92%。",
    "工业用水量由60吨减少到45吨，降幅为25%。",
    "全县审批事项45项，比上年减少15项，下降25%。",
    "计划投资1亿元，已完成0.9亿元，完成率60%。",  # 1亿 may be hardly more than half of it, or nearly two
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_agrees_or_can_not_be_checked_is_left_alone(text: str) -> None:
    assert contradictions(text) == []


def test_a_warning_has_the_figures_and_their_place() -> None:
    document = sp.parse("全县实施重点项目58个，其中新开工31个，续建12个，储备17个。")
    (warning,) = document.warnings
    assert warning.message == "31个 + 12个 + 17个 = 60个 are more than 58个 (重点项目)"
    assert document.text[warning.start : warning.end] == "58个，其中新开工31个，续建12个，储备17个"
    assert [str(f.value) for f in document.figures] == ["58", "31", "12", "17"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "计划投资84.59亿元，目前只完成7.96亿元，仅为计划任务的12.4%。",
            "7.96亿元 of 84.59亿元 is 9.41 %, not 12.4%",
        ),
        (
            "全县税收由5.24亿元增加到15.07亿元，增长87.6%。",
            "from 5.24亿元 to 15.07亿元 is a change of 187.6 %, not 87.6%",
        ),
        (
            "全县旅游收入达到3.06亿元，比上年增加1.02亿元，增长40%。",
            "to 3.06亿元 by 1.02亿元 is a change of 50 %, not 40%",
        ),
        (
            "全县五十八个项目，分别是工业三十一个、农业十二个、服务业十七个。",
            "三十一个 + 十二个 + 十七个 = 60 are more than 五十八个",
        ),
    ],
)
def test_messages(text: str, message: str) -> None:
    (warning,) = sp.parse(text).warnings
    assert warning.message.startswith(message)
