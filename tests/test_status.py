"""Status and strength: what is promised, reported or planned, and how firmly."""

from __future__ import annotations

import pytest
import regex
from extracting import rules_in_the_code, rules_of, values

from speechparse import lexicons
from speechparse.extract.patterns import first_characters
from speechparse.extract.status import CueRow, find_cues

PLANS = "一、2031年工作安排\n"
REVIEW = "一、2030年工作回顾\n"

# rule, text, the status (and strength) of each figure
CASES = [
    # the cue of its own clause
    ("status.clause", "确保完成投资30亿元", ["target must"]),
    ("status.clause", "确保引进53.2亿元，力争70亿元", ["target must", "target strive"]),
    ("status.clause", "力争确保开工30个项目", ["target must"]),
    ("status.clause", "将新建桥梁3座", ["target plan"]),
    ("status.clause", "预计完成投资30亿元", ["target plan"]),
    ("status.clause", "已完成投资30亿元", ["actual"]),
    ("status.clause", "目前开工项目30个", ["actual"]),
    ("status.clause", "今年安排重点项目40个", ["plan"]),
    ("status.sentence", "主要预期目标是：地区生产总值增长6%", ["target must"]),
    ("status.clause", "云溪水厂等9个项目要确保10月底投产", ["target must"]),
    ("status.ordered", REVIEW + "每月开工不能少于30个", ["target must"]),
    # a word for what is done says nothing behind a promise
    ("status.clause", "一季度，专项债到账4200万元", ["actual"]),
    ("status.clause", REVIEW + "必须年底前到账5000万元", ["target must"]),
    ("status.clause", REVIEW + "争取到账资金2亿元", ["target strive"]),
    ("status.clause", REVIEW + "要改完30户、干完12公里", ["target must", "target must"]),
    ("status.deadline", "11月底前到账5000万元", ["target must"]),
    # the cue of an earlier clause
    ("status.sentence", "确保全面完成任务，开工项目30个", ["target must"]),
    ("status.sentence", "力争全年，旅游人数突破500万人次", ["target strive"]),
    ("status.as_before", "确保开工项目30个，竣工项目12个", ["target must", "target must"]),
    ("status.as_before", "已开工项目30个，完成投资12亿元", ["actual", "actual"]),
    ("status.as_before", "今年安排重点项目40个，其中工业项目12个", ["plan", "plan"]),
    # 计划投资 is a plan whatever the speech does
    ("status.plan_amount", "全县开工项目30个，计划总投资84.6亿元", ["actual", "plan"]),
    ("status.plan_amount", "确保开工项目30个，计划投资84.6亿元", ["target must", "plan"]),
    # its time says it
    ("status.past_time", PLANS + "去年完成投资30亿元", ["actual"]),
    ("status.past_months", PLANS + "1-7月份完成投资30亿元", ["actual"]),
    ("status.deadline", "一、工作回顾\n9月底前开工项目30个", ["target must"]),
    # what a rise begins with, what something is done to
    ("status.baseline", PLANS + "覆盖率由52%提高到85%以上", ["actual", "target must"]),
    ("status.baseline", "年底前，社区由4个增加到9个", ["actual", "target must"]),
    ("status.object", PLANS + "对216户脱贫户逐户建档", ["actual"]),
    ("status.object", PLANS + "对云溪水厂、东岭粮库等5个签约项目，逐个包保", ["actual"]),
    ("status.handled", PLANS + "要盯住投资5亿元以上的58个项目", ["actual"]),
    ("status.handled", PLANS + "用好3亿元产业基金", ["actual"]),
    ("status.actors", PLANS + "9名班子成员、67名机关干部全部下沉", ["actual", "actual"]),
    ("status.actors", PLANS + "要落实责任，25名县级领导每人包联2个项目", ["actual", "target must"]),
    ("status.mood", PLANS + "区级领导每人联系2个项目、3户重点企业，一周一会商", ["target must", "target must"]),
    ("status.takes", PLANS + "土地报批平均要走187天", ["actual"]),
    ("status.clause", PLANS + "要用90天建成云溪水厂", ["target must"]),
    ("status.existing", PLANS + "在外经商的云溪人有2700多名", ["actual"]),
    ("status.existing", PLANS + "正在谈的有云溪粮库、东岭水厂2个项目", ["actual"]),
    ("status.existing", PLANS + "批而未供的860亩地", ["actual"]),
    ("status.existing", PLANS + "云溪粮库、东岭水厂等8个在建项目，倒排工期", ["actual"]),
    ("status.mood", PLANS + "新开工云溪至柏湾等2个项目，提速其余", ["target must"]),
    ("status.deadline", PLANS + "云溪水厂、东干渠清淤等5个项目，10月底前要全部进场施工", ["target must"]),
    ("status.mood", REVIEW + "争取专项债券资金31亿元", ["actual"]),
    ("status.mood", PLANS + "每村都有2座水塔", ["target must"]),
    # what only looks like it
    ("status.mood", PLANS + "完成剩余的20公里路面硬化", ["target must"]),
    ("status.mood", PLANS + "所有20个项目都不等不靠", ["target must"]),
    ("status.mood", PLANS + "新建云溪、东岭等8座桥梁，方便群众出行", ["target must"]),
    ("status.clause", PLANS + "要紧盯8%的增长目标", ["target must"]),
    ("status.clause", PLANS + "要紧盯100亿元的投资目标", ["target must"]),
    ("status.mood", PLANS + "20家规上企业全部完成智能化改造", ["target must"]),
    ("status.mood", REVIEW + "满意度始终不低于95%", ["actual"]),
    ("status.mood", REVIEW + "发放低保金5000万元，医保5.6万人，化解纠纷120起", ["actual"] * 3),
    ("status.mood", REVIEW + "新认定的20家高新技术企业投产", ["actual"]),
    ("status.mood", REVIEW + "兑现各类奖励资金2300万元", ["actual"]),
    ("status.mood", PLANS + "还剩45天，新开工项目20个", ["actual", "target must"]),
    ("status.clause", PLANS + "争取引进市外资金100亿元", ["target strive"]),
    ("status.came", PLANS + "今年排定项目326个，入库纳统217个", ["plan", "actual"]),
    ("status.as_before", "今年计划安排项目30个，财政支出2亿元", ["plan", "plan"]),
    ("status.ordered", "一、工作回顾\n完成投资30亿元，以后每月不少于2亿元", ["actual", "target must"]),
    ("status.past_time", "2030年，全区预计完成产值312亿元。\n2031年，我们的目标是：产值达到360亿元。",
     ["actual", "target must"]),
    ("status.mood", "今年排定重点项目34项，开工率66.6%", ["plan", "actual"]),
    ("status.as_before", "今年排定重点项目34项，占全市的20%", ["plan", "plan"]),
    ("status.estimate", REVIEW + "粮食产量50万吨，工业增加值预计增长10%", ["actual", "actual"]),
    ("status.clause", "对前5位的单位，各奖励工作经费20万元", ["plan"]),
    ("status.clause", "全年增速保7%争7.5%", ["target must", "target strive"]),
    ("status.clause", PLANS + "还剩3户没有迁", ["actual"]),
    ("status.sentence", PLANS + "大家要有数：常住人口21万人", ["actual"]),
    ("status.clause", "一、工作回顾\n今年的任务是改造14个小区", ["target must"]),
    ("status.clause", PLANS + "重点项目盘子定在62个", ["plan"]),
    # the cue of a second tier is for itself alone
    ("status.clause", "确保投资增长6%、力争7%，消费增长8%", ["target must", "target strive", "target must"]),
    ("status.clause", "税收要达到600万元，奋力冲击800万元", ["target must", "target strive"]),
    ("status.goes_on", "确保到位资金30亿元；新签约项目40个以上", ["target must", "target must"]),
    # what is talked about, what goes on
    ("status.partitive", PLANS + "125个重点项目中，确保开工32个", ["actual", "target must"]),
    ("status.list_under_way", PLANS + "加快云溪水厂、东岭粮库等12个项目建设", ["actual"]),
    ("status.list_under_way", PLANS + "投资增长10%，加快云溪水厂等12个亿元、70个10亿元以上项目建设",
     ["target must", "actual", "actual"]),
    ("status.clause", PLANS + "全镇辖14个行政村", ["actual"]),
    ("status.clause", PLANS + "批而未供土地还有3850亩", ["actual"]),
    ("status.clause", PLANS + "截至12月底，确保完成投资30亿元", ["target must"]),
    ("status.clause", PLANS + "确保年底前还有3个项目竣工", ["target must"]),
    ("status.past_time", PLANS + "截至5月底，征收土地1420亩；拆迁房屋265户", ["actual", "actual"]),
    ("status.past_time", "2030年，全区完成产值312亿元。\n2031年，我们的目标是：产值达到360亿元。",
     ["actual", "target must"]),
    ("status.told_before", PLANS + "今年确定的34项重点项目都要抓。\n我看34项重点项目大有希望。", ["plan", "plan"]),
    # nothing but the part of the speech that it stands in
    ("status.mood", PLANS + "新建水厂3座", ["target must"]),
    ("status.mood", REVIEW + "新建水厂3座", ["actual"]),
    ("status.mood", "新建水厂3座", ["actual"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_status(rule: str, text: str, expected: list[str]) -> None:
    found = values(text)
    assert [" ".join(filter(None, (f.status, f.strength))) for f in found] == expected
    assert rule in rules_of(found)


def test_each_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == rules_in_the_code("status")


def test_a_month_to_come_outdoes_what_was_said_before() -> None:
    text = "目前入库6830万元，10月、11月分别入库1300万元、1200万元"
    assert [f.status for f in values(text, date="2031-09-02")] == ["actual", "target", "target"]
    assert [f.status for f in values(text, date="2031-12-02")] == ["actual", "actual", "actual"]


def test_how_things_stand_is_not_governed_by_a_day_to_come() -> None:
    (figure,) = values("厂房9月底前封顶，到位资金已有3亿元", date="2031-07-02")
    assert (figure.status, figure.when) == ("actual", None)


EXCERPT = (
    "云溪县政府工作报告\n（二）积极调整结构\n加快推进云溪园区建设，确保东岭中心投入使用。启动柏湾商城建设，确保时代广场开工。"
    "重点抓好青屏大桥。力争鹿鸣酒店营业。新建大棚300个。"
)


def test_an_excerpt_without_headings_promises_where_its_verbs_do() -> None:
    assert [f.status for f in values(EXCERPT)] == ["target"]
    assert [f.status for f in values(EXCERPT.replace("确保", "完成了"))] == ["actual"]
    reported = EXCERPT.replace("重点抓好", "上半年已完成，同比增长，位居前列，建成了")
    assert [f.status for f in values(reported)] == ["actual"]


def test_only_targets_have_a_strength() -> None:
    for _, text, _ in CASES:
        assert all((f.strength is not None) == (f.status == "target") for f in values(text))


# words that hold a cue's characters and are none
NO_CUES = [
    "主要产品20种", "需要资金2亿元", "重要指标30项", "将近30个", "将军山隧道3公里", "排水管网40公里", "排名第三",
    "确定性增强", "争取上级资金12亿元", "缴纳保证金20万元", "拟定方案3个", "计划投资率80%",
    "做好项目前期工作，开工20个", "实现有效投资20亿元", "将8个公司整合为2个",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_CUES)
def test_no_cue(text: str) -> None:
    assert [text[c.start : c.end] for c in find_cues(text, 0, len(text)) if c.status != "actual"] == []


FIRST = [
    ("确保", "确"),
    ("确保|力争", "力确"),
    ("(?:确保|[要将]要|力争)", "力将确要"),
    ("(?:[月年]底|前)完成", "前年月"),
    ("(?:甲(?:乙|丙)|丁)戊", "丁甲"),
    ("(?<!不)要", "要"),
    ("[必务]?须", "务必须"),
]


@pytest.mark.parametrize(("pattern", "expected"), FIRST)
def test_what_a_pattern_can_begin_with(pattern: str, expected: str) -> None:
    assert first_characters(pattern) == expected


@pytest.mark.parametrize("pattern", [r"\d个", "(?P<name>要)", "[^要]", "(?:要", ""])
def test_a_pattern_that_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"can't say|not closed"):
        first_characters(pattern)


CUES = lexicons.load("status_cues", CueRow)


@pytest.mark.parametrize("row", CUES, ids=[row.example for row in CUES])
def test_each_cue_is_found_in_its_example_and_not_in_its_counter_example(row: CueRow) -> None:
    pattern = regex.compile(row.pattern)

    def of_this_row(text: str) -> list[str]:
        cues = [c for c in find_cues(text, 0, len(text)) if (c.status, c.strength) == (row.status, row.strength)]
        return [text[c.start : c.end] for c in cues if (m := pattern.match(text, c.start)) and m.end() == c.end]

    assert len(of_this_row(row.example)) == 1
    assert of_this_row(row.counter_example) == []
    figure = values(row.example)[-1]
    assert figure.status == row.status
    assert figure.strength == (row.strength.removeprefix("weak") or None)
