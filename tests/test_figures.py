"""The finder of figures: what is one, and its value, unit and bound."""

from __future__ import annotations

from itertools import pairwise

import pytest
from extracting import figures, plain, rules_in_the_code, said
from hypothesis import given
from hypothesis import strategies as st

import speechparse as sp
from speechparse import lexicons
from speechparse.extract.figures import BoundRow, TermRow, UnitRow, find_figures
from speechparse.extract.mentions import Mention

# rule, text, the figure as `said` writes it
CASES = [
    # money
    ("figure.amount", "确保完成固定资产投资53.2亿元", "53.2亿元 5320000000 CNY exact"),
    ("figure.amount", "完成投资5亿3千万元", "5亿3千万元 530000000 CNY exact"),
    ("figure.amount", "发放贷款两千三百亿元", "两千三百亿元 230000000000 CNY exact"),
    ("figure.amount", "争取上级资金7000余万元", "7000余万元 70000000 CNY min"),
    ("figure.amount", "争取上级资金60多亿元", "60多亿元 6000000000 CNY min"),
    ("figure.amount", "城镇居民人均可支配收入10,467元", "10,467元 10467 CNY exact"),
    ("figure.amount", "实际利用外资1.2亿美元", "1.2亿美元 120000000 USD exact"),
    ("figure.amount", "引进港资8000万港元以上", "8000万港元以上 80000000 HKD min"),
    ("figure.amount", "进口设备300万欧元", "300万欧元 3000000 EUR exact"),
    ("figure.amount", "单个项目投资10—15亿元", "10—15亿元 1000000000~1500000000 CNY range"),
    ("figure.amount", "单个项目投资10亿元至15亿元", "10亿元至15亿元 1000000000~1500000000 CNY range"),
    ("figure.amount", "每户补助5000-8000元", "5000-8000元 5000~8000 CNY range"),
    ("figure.amount", "财政收入跨上3万亿元台阶", "3万亿元 3000000000000 CNY min"),
    ("figure.amount", "跨过一万五千元的坎", "一万五千元 15000 CNY min"),
    ("figure.amount", "总投资三至五亿元", "三至五亿元 300000000~500000000 CNY range"),
    ("figure.amount_without_unit", "总投资10—15亿，分两期建", "10—15亿 1000000000~1500000000 CNY range"),
    ("figure.amount_without_unit", "税收报一个亿，争取更多", "一个亿 100000000 CNY exact"),
    ("figure.amount_without_unit", "到位资金突破3.5亿，增势良好", "突破3.5亿 350000000 CNY min"),
    # things and people
    ("figure.count", "全年开工重点项目65个", "65个 65 个 exact"),
    ("figure.count", "新增规模以上企业三百二十家", "三百二十家 320 家 exact"),
    ("figure.count", "培育龙头企业上百家", "上百家 100 家 min"),
    ("figure.count", "举办群众赛事超千场", "超千场 1000 场 min"),
    ("figure.count", "化解十几件积案", "十几件 10 件 min"),
    ("figure.count", "整治隐患点七八十处", "七八十处 70~80 处 range"),
    ("figure.count", "接待游客突破370万人次", "突破370万人次 3700000 人次 min"),
    ("figure.count", "存栏14万头（只）", "14万头（只） 140000 头（只） exact"),
    ("figure.count", "引进企业不少于20家", "不少于20家 20 家 min"),
    ("figure.count", "建成泊位12个左右", "12个左右 12 个 about"),
    ("figure.count", "出栏黑山羊三千只", "三千只 3000 只 exact"),
    ("figure.count", "参赛队伍上万支", "上万支 10000 支 min"),
    ("figure.count", "缺熟练工八十来名", "八十来名 80 名 about"),
    ("figure.rank_move", "位次比上季度后退4位", "4位 -4 位 exact"),
    ("figure.rank_move", "考评再前移3位以上", "3位以上 3 位 min"),
    ("figure.measure", "企业诉求24小时内响应", "24小时内 24 小时 max"),
    ("figure.percentage", "占全市的两成以上", "两成以上 20 % min"),
    ("figure.people", "让近8万市民用上自来水", "近8万 80000 人 about"),
    ("figure.people", "解决12万群众的饮水问题", "12万 120000 人 exact"),
    ("figure.people", "组织300余群众开渠引水", "300余 300 人 min"),
    # shares and changes
    ("figure.percentage", "工业增加值增长8.5%", "8.5% 8.5 % exact"),
    ("figure.percentage", "失业率控制在4%以内", "4%以内 4 % max"),
    ("figure.percentage", "增速5%－6%", "5%－6% 5~6 % range"),
    ("figure.percentage", "增速5至6%", "5至6% 5~6 % range"),
    ("figure.percentage", "服务业比重提高2.3个百分点", "2.3个百分点 2.3 pp exact"),
    ("figure.percentage", "产值是五年前的2.6倍", "2.6倍 2.6 x exact"),
    ("figure.percentage", "自然增长率6‰以内", "6‰以内 0.6 % max"),
    ("figure.percentage", "三成以上的企业完成技改", "三成以上 30 % min"),
    ("figure.tenths", "三成五的企业完成技改", "三成五 35 % exact"),
    ("figure.tenths", "九成半以上的农户通了自来水", "九成半以上 95 % min"),
    ("figure.fraction", "产值增长百分之三点五", "百分之三点五 3.5 % exact"),
    ("figure.fraction", "完成全年任务的三分之二以上", "三分之二以上 66.67 % min"),
    ("figure.fraction", "增长百分之十二点一二五", "百分之十二点一二五 12.125 % exact"),
    ("figure.fraction", "增速为负百分之一点二", "负百分之一点二 -1.2 % exact"),
    ("figure.fraction", "占比超百分之四十", "超百分之四十 40 % min"),
    ("figure.fraction", "完成率低于百分之五十", "低于百分之五十 50 % max"),
    ("figure.fraction", "涨幅百分之二上下", "百分之二上下 2 % about"),
    ("figure.fraction", "失业率控制在百分之五", "百分之五 5 % max"),
    ("figure.percentage", "占比不得低于六成", "不得低于六成 60 % min"),
    ("figure.percentage", "比重不得超过20%", "不得超过20% 20 % max"),
    ("figure.fraction", "以最多不超过正税的百分之二十为限", "百分之二十 20 % max"),
    ("figure.fraction", "增长百分之五—百分之五点五", "百分之五—百分之五点五 5~5.5 % range"),
    ("figure.fraction", "增长百分之九到十，再创新高", "百分之九到十 9~10 % range"),
    ("figure.fraction", "比重由百分之九到二〇三〇年全面提高", "百分之九 9 % exact"),
    ("figure.fraction", "出生率控制在千分之八以内", "千分之八以内 0.8 % max"),
    ("figure.half", "重点项目半数完工", "半数 50 % exact"),
    ("figure.half", "投资完成率过半", "过半 50 % min"),
    ("figure.half", "销号一半以上", "一半以上 50 % min"),
    ("figure.half", "床位装好了一大半", "一大半 50 % min"),
    ("figure.half", "用半年左右的时间建成", "半年左右 0.5 年 about"),
    ("figure.doubling", "五年内产值翻两番", "翻两番 4 x exact"),
    ("figure.doubling", "旅游收入翻一番以上", "翻一番以上 2 x min"),
    ("figure.doubling", "实现产值倍增", "倍增 2 x exact"),
    ("figure.two_digits", "财政收入保持两位数增长", "两位数 10 % min"),
    ("figure.zero_growth", "建设用地实现零增长", "零增长 0 % exact"),
    ("figure.zero_growth", "一般性支出负增长", "负增长 0 % max"),
    # quantities
    ("figure.measure", "净增耕地6840亩", "6840亩 6840 亩 exact"),
    ("figure.measure", "装机2×66万千瓦", "2×66万千瓦 1320000 千瓦 exact"),
    ("figure.measure", "新建厂房12万平方米", "12万平方米 120000 平方米 exact"),
    ("figure.measure", "办结时限压缩到3个工作日以内", "3个工作日以内 3 工作日 max"),
    ("figure.measure", "工期缩短一个半月", "一个半月 1.5 月 exact"),
    ("figure.measure", "连续6年保持增长", "6年 6 年 exact"),
    ("figure.measure", "连续3个季度增长", "3个季度 3 季度 exact"),
    ("figure.measure", "年产5GWh动力电池", "5GWh 5 吉瓦时 exact"),
    ("figure.percentage", "东岭区投资增速是-4.7%", "-4.7% -4.7 % exact"),
    ("figure.percentage", "东岭区投资增速为负1.2%", "负1.2% -1.2 % exact"),
    ("figure.percentage", "增长5%-6%", "5%-6% 5~6 % range"),
    ("figure.percentage", "减轻企业税负30%", "30% 30 % exact"),
    ("figure.percentage", "担负60%的供水任务", "60% 60 % exact"),
    # places in an order
    ("figure.rank", "固定资产投资增速位居全市第三位", "第三位 3 位 exact"),
    ("figure.rank", "综合考核进入全省前10位", "前10位 10 位 max"),
    ("figure.rank", "外贸增速居全省首位", "首位 1 位 exact"),
    ("figure.rank", "旅游收入排名全市第5", "第5 5 位 exact"),
    ("figure.rank", "全市排队，8月份掉到第7", "第7 7 位 exact"),
    # points of a rate, and points on the map
    ("figure.percentage", "增速比全市低两个点", "两个点 -2 pp exact"),
    ("figure.percentage", "回升1.5个点", "1.5个点 1.5 pp exact"),
    ("figure.count", "上午看了6个点", "6个 6 个 exact"),
    ("figure.count", "新增12个点", "12个 12 个 exact"),
    ("figure.measure", "平均受教育年限达到11年", "11年 11 年 exact"),
    # a class by its size
    ("figure.class", "引进亿元以上项目", "亿元以上 100000000 CNY min"),
    ("figure.class", "引进过亿元项目", "过亿元 100000000 CNY min"),
    ("figure.class", "打造千亿级产业集群", "千亿 100000000000 CNY min"),
    ("figure.class", "培育百亿企业", "百亿 10000000000 CNY min"),
    ("figure.class", "建设亿吨级港口", "亿吨 100000000 吨 min"),
    # lost and masked numbers
    ("figure.masked", "开工重点项目XX个", "XX个 ? 个 exact"),
    ("figure.masked", "完成投资**亿元以上", "**亿元以上 ? CNY min"),
    ("figure.masked", "全年实施多少个项目", "多少个 ? 个 exact"),
    ("figure.masked", "完成投资3X亿元", "3X亿元 ? CNY exact"),
]


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_figure(rule: str, text: str, expected: str) -> None:
    assert [said(f) for f in figures(text)] == [expected]
    assert figures(text)[0].rule.split()[0] == rule


def test_each_rule_has_a_case() -> None:
    kinds = {f"figure.{row.kind}" for row in UNITS}
    elsewhere = {"figure.bound_of_list", "figure.damaged", "figure.lost"}  # below, test_extract, test_losses
    assert {rule for rule, _, _ in CASES} == (rules_in_the_code("figure") | kinds) - elsewhere


SEVERAL = [
    ("确保引进53.2亿元，力争70亿元", ["53.2亿元 5320000000 CNY exact", "70亿元 7000000000 CNY exact"]),
    ("由5.24亿元增加到15.07亿元", ["5.24亿元 524000000 CNY exact", "15.07亿元 1507000000 CNY exact"]),
    ("城乡居民收入分别增长5%、6.5%", ["5% 5 % exact", "6.5% 6.5 % exact"]),
    ("新建A座3座、B座15座", ["3座 3 座 exact", "15座 15 座 exact"]),
    ("新开工项目分别不少于30个、8个和3个", ["不少于30个 30 个 min", "8个 8 个 min", "3个 3 个 min"]),
    ("投资增长3%左右-5%左右", ["3%左右 3 % about", "5%左右 5 % about"]),
    ("引进三轮摩托车企业2家", ["2家 2 家 exact"]),
    ("三项增速分别排全省第4、第6和第9位", ["第4 4 位 exact", "第6 6 位 exact", "第9位 9 位 exact"]),
    ("开工项目65项（其中工业项目35项）", ["65项 65 项 exact", "35项 35 项 exact"]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=[text for text, _ in SEVERAL])
def test_several_figures(text: str, expected: list[str]) -> None:
    assert [said(f) for f in figures(text)] == expected


NONE = [
    # names and codes
    "三元区", "万家灯火", "拨打12345热线", "G101国道", "A3座", "12345678901234567890123456789个", "5号楼", "3D打印",
    # words that begin or end like a unit
    "分为3份额", "上演二人转", "举办3人制比赛",
    "落到第三方机构头上", "列第一、第二类管控", "退到第二排",
    "第三方评估", "土石方3方", "每户补助5—万元", "坚持三位一体", "项目建成投产", "三度召开会议", "他只用三天",
    # ends of other words: no bound, no figure
    "签约仪式", "最近一段时间", "通过三方面努力",
    # times
    "2031年3月5日", "到2035年", "“十四五”规划", "3月份",
    # ranks that are none
    "把安全摆在第一位", "第一时间响应", "发展是第一要务", "第三产业", "第二次全体会议", "第3页",
    # 亿元, 万元 with nothing before them
    "以亿元计",
    # a place in an order
    "论文进入全球前千分之一", "培育后三强", "排名第几位",
    # numerals that are no number, more than there is, ranges that fall
    "投资10—百千亿元", "投资12345678901234567890万元", "投资10—5亿元", "位次前移百千位",
    "任务的零分之三", "增长百分之八到百分之五，",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_no_figure(text: str) -> None:
    assert [said(f) for f in figures(text)] == []


# --- the lexicons

UNITS = lexicons.load("units", UnitRow)
BOUNDS = lexicons.load("bounds", BoundRow)
PEOPLE = lexicons.load("people", TermRow)


def found_in(text: str) -> list[tuple[Mention, str]]:
    return [(figure, text[figure.start : figure.end]) for figure in find_figures(text)]


@pytest.mark.parametrize("row", UNITS, ids=[row.term for row in UNITS])
def test_unit(row: UnitRow) -> None:
    def of_this_unit(text: str) -> list[str]:
        return [f.text for f in figures(text) if row.term in f.text and (f.kind, f.unit) == (row.kind, row.unit)]

    assert len(of_this_unit(row.example)) == 1
    assert of_this_unit(row.counter_example) == []


@pytest.mark.parametrize("row", UNITS, ids=[row.term for row in UNITS])
def test_factor_of_a_unit(row: UnitRow) -> None:
    number = "4个" if row.term in ("月", "工作日", "百分点") else "4万" if row.term == "方" else "4"
    (figure, _) = found_in(f"连续{number}{row.term}以上")[0]
    assert figure.value == 4 * row.factor * (10**4 if row.term == "方" else 1)


@pytest.mark.parametrize("row", BOUNDS, ids=[row.term for row in BOUNDS])
def test_bound(row: BoundRow) -> None:
    def bounded(text: str) -> list[str]:
        return [words for f, words in found_in(text) if f.bound == row.bound and row.term in words]

    assert len(bounded(row.example)) == 1
    assert bounded(row.counter_example) == []


@pytest.mark.parametrize("row", PEOPLE, ids=[row.term for row in PEOPLE])
def test_people(row: TermRow) -> None:
    ((figure, _),) = found_in(row.example)
    assert (figure.kind, figure.unit) == ("count", "人")


# --- properties

_PIECES = st.sampled_from([row.term for row in UNITS] + [row.term for row in BOUNDS])
_WORDS = st.sampled_from("项目 投资 增长 第 分之 至 ， 。 X ** 亿 万 多 余 个 一 三 十 百 千 两 几".split())
_NUMBERS = st.one_of(st.integers(0, 10**9).map(str), st.decimals(0, 999, places=1).map(str))


@given(st.lists(st.one_of(_PIECES, _WORDS, _NUMBERS), max_size=20).map("".join))
def test_figures_do_not_overlap_and_ranges_rise(text: str) -> None:
    found = find_figures(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for figure in found:
        assert (figure.bound == "range") == (figure.upper is not None)
        if figure.upper is not None:
            assert figure.value is not None
            assert figure.value < figure.upper


@given(st.decimals(min_value="0.01", max_value=99999, places=2))
def test_an_amount_keeps_every_digit(number: object) -> None:
    (figure,) = figures(f"完成投资{number}亿元")
    assert plain(figure.value) == plain(number * 10**8)  # type: ignore[operator]


def test_one_bound_word_closes_a_list() -> None:
    found = sp.parse("税收和利润分别增长5%、6.5%左右，三项处理率分别达到95%、85%、80%以上。").figures
    assert [(f.text, f.bound) for f in found] == [
        *[("5%", "about"), ("6.5%左右", "about")],
        *[("95%", "min"), ("85%", "min"), ("80%以上", "min")],
    ]
    assert [f.bound for f in sp.parse("税收增长5%、利润增长6.5%左右。").figures] == ["exact", "about"]
