"""Roles: what a figure delimits, what it describes, and what it measures."""

from __future__ import annotations

import pytest
from extracting import figures, rules_in_the_code, rules_of

# rule (none for a value), text, each figure with its role and the project it describes
CASES = [
    # a class of things
    ("role.threshold", "引进5000万元以上项目66个", ["5000万元以上 threshold", "66个 value"]),
    ("role.threshold", "培育产值超10亿元的企业3家", ["超10亿元 threshold", "3家 value"]),
    ("role.threshold", "培育100户以上的自然村12个", ["100户以上 threshold", "12个 value"]),
    ("role.threshold", "签约一批项目，投资超5000万元的不少于5个", ["超5000万元 threshold", "不少于5个 value"]),
    ("role.threshold", "投资进度低于50%的项目要加快", ["低于50% threshold"]),
    ("role.threshold", "抓好15个百亿元、60个20亿元以上项目",
     ["15个 value", "百亿元 threshold", "60个 value", "20亿元以上 threshold"]),
    # 亿元以上 is a threshold when it is found
    ("figure.class", "引进亿元以上项目8个", ["亿元以上 threshold", "8个 value"]),
    ("role.threshold", "亩均投资达不到300万元的，一律不供地", ["300万元 threshold"]),
    ("role.threshold", "5亿元以上的只有8个", ["5亿元以上 threshold", "8个 value"]),
    ("role.threshold", "5亿元以上的就8个", ["5亿元以上 threshold", "8个 value"]),
    ("role.threshold", "对排在前三名的部门给予奖励", ["前三名 threshold"]),
    ("role.threshold", "约谈排名后3位的乡镇", ["后3位 threshold"]),
    # one project
    ("role.inside_name", "加快2×66万千瓦火电项目建设", ["2×66万千瓦 attribute 2×66万千瓦火电"]),
    ("role.describes", "总投资2亿元的云溪水厂扩建项目开工建设", ["2亿元 attribute 云溪水厂扩建"]),
    ("role.describes", "年产20万吨的云溪玻璃厂建成投产", ["20万吨 attribute 云溪玻璃厂"]),
    ("role.describes", "新建740万元云溪文化广场", ["740万元 attribute 云溪文化广场"]),
    ("role.describes", "全力推进云溪水厂项目，总投资2亿元，占地120亩",
     ["2亿元 attribute 云溪水厂", "120亩 attribute 云溪水厂"]),
    ("role.describes", "（一）云溪产业园。这个项目总投资28亿元，占地1450亩。",
     ["28亿元 attribute 云溪产业园", "1450亩 attribute 云溪产业园"]),
    ("role.inside_name", "推进云溪港30万吨级航道项目", ["30万吨 attribute 云溪港30万吨级航道"]),
    ("role.inside_name", "云溪电机年产30万台电机项目建成投产", ["30万台 attribute 云溪电机年产30万台电机"]),
    ("role.describes", "云溪大道改造全长8.4公里，要实现通车", ["8.4公里 attribute 云溪大道改造"]),
    ("role.in_bracket", "加快云溪水厂项目（总投资2亿元）建设", ["2亿元 attribute 云溪水厂"]),
    ("role.describes", "总投资12亿元、年产值18亿元、可安置就业1200余人的云溪陶瓷产业园开工建设",
     ["12亿元 attribute 云溪陶瓷产业园", "18亿元 attribute 云溪陶瓷产业园", "1200余人 attribute 云溪陶瓷产业园"]),
    ("role.describes", "占地65亩、日处理鲜果80吨的东岭水果加工厂建成投产",
     ["65亩 attribute 东岭水果加工厂", "80吨 attribute 东岭水果加工厂"]),
    ("role.threshold", "亿元以上、5亿元以上、10亿元以上新开工项目达到30个",
     ["亿元以上 threshold", "5亿元以上 threshold", "10亿元以上 threshold", "30个 value"]),
    ("role.in_bracket", "云溪医院大楼（3.2万平方米、床位500张）10月封顶",
     ["3.2万平方米 attribute 云溪医院大楼", "500张 attribute 云溪医院大楼"]),
    ("role.in_bracket", "云溪污水处理厂扩容（由3000吨/日提至8000吨/日）月底前通水",
     ["3000吨/日 attribute 云溪污水处理厂扩容", "8000吨/日 attribute 云溪污水处理厂扩容"]),
    ("role.told_behind", "云溪高铁柏湾段6月底前动工，全长41.3公里", ["41.3公里 attribute 云溪高铁柏湾段"]),
    ("role.told_behind", "云溪铝棒二期4月点火试车，达产后年产值可达25亿元、税收8000万元，带动就业600人",
     ["25亿元 attribute 云溪铝棒二期", "8000万元 attribute 云溪铝棒二期", "600人 attribute 云溪铝棒二期"]),
    ("role.describes", "投资1.9亿元实施云溪雨污分流工程", ["1.9亿元 attribute 云溪雨污分流"]),
    ("role.describes", "投资7000万元，启动实施云溪水厂改扩建工程", ["7000万元 attribute 云溪水厂改扩建"]),
    ("role.describes", "云溪木栈道1.2公里、鹿鸣露营地（帐篷60顶）9月完工",
     ["1.2公里 attribute 云溪木栈道", "60顶 attribute 鹿鸣露营地"]),
    ("role.told_behind", "云溪实验学校占地260亩、设计90个班",
     ["260亩 attribute 云溪实验学校", "90个 attribute 云溪实验学校"]),
    ("role.threshold", "加快东岭开发区（5000万元以上项目20个）建设", ["5000万元以上 threshold", "20个 value"]),
    ("role.threshold", "新增云海等4个过五千亿、星辰等3个过千亿产业",
     ["4个 value", "过五千亿 threshold", "3个 value", "过千亿 threshold"]),
]  # fmt: skip

# figures that stand by a class or a project and are values of their own
VALUES = [
    "园区总投资达到48亿元",
    "云溪水厂（已完成投资2亿元）建成投产",
    "云溪大桥（年度计划投资5000万元）开工建设",
    "推进东岭产业园建设，投用后全区工业产值达到200亿元",
    "云溪水厂投产后，我们还要投资3亿元改造管网",
    "云溪水厂、东岭粮库等12个项目建成后，总投资30亿元",
    "投资8000万元实施云溪管网改造、柏湾水厂等项目",
    "安排5000万元以上用于道路改造",
    "90%以上的项目已经开工",
    "完成投资30亿元以上，增长20%以上",
    "全县开工项目30个以上",
    "12万人以上用上自来水",
]


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_role(rule: str, text: str, expected: list[str]) -> None:
    found = figures(text)
    assert [" ".join(filter(None, (f.text, f.role, f.of))) for f in found] == expected
    assert rule in rules_of(found)


@pytest.mark.parametrize("text", VALUES)
def test_values(text: str) -> None:
    assert {f.role for f in figures(text)} == {"value"}


def test_each_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES if rule.startswith("role.")} == rules_in_the_code("role")


def test_a_threshold_has_neither_indicator_nor_status() -> None:
    threshold = figures("今年要引进5000万元以上项目66个")[0]
    assert (threshold.indicator, threshold.status, threshold.strength, threshold.when) == (None, None, None, None)


def test_a_threshold_is_a_minimum_unless_it_says_otherwise() -> None:
    bounds = {f.text: f.bound for f in figures("抓好15个百亿元、60个20亿元以上项目；培育产值10亿元以下的企业30家")}
    assert (bounds["百亿元"], bounds["20亿元以上"], bounds["10亿元以下"]) == ("min", "min", "max")
