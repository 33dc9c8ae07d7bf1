"""Indicators: what a figure measures, in the speech's own words."""

from __future__ import annotations

import pytest
from extracting import rules_in_the_code, rules_of, values
from hypothesis import example, given
from hypothesis import strategies as st

from speechparse import lexicons
from speechparse.extract.indicators import FrameRow, VerbRow, strip_frame

# rule, text, the indicator of each figure
CASES = [
    # before the figure
    ("indicator.before", "港口集团要当好主力军，完成投资28亿元", ["投资"]),
    ("indicator.before", "投资15亿元实施了安居工程和棚户区改造工程", ["安居工程和棚户区改造工程投资"]),
    ("indicator.before", "环卫工人工资逐年提高，月人均提高320元", ["环卫工人工资月人均提高"]),
    ("indicator.completion_rate", "仓储企业完成年度投资额不足20%", ["仓储企业年度投资额完成率"]),
    ("indicator.compared", "工业增加值增长4%，快于2030年1.8个百分点", ["工业增加值增长", "工业增加值增长比2030年"]),
    ("indicator.before", "完成固定资产投资53.2亿元", ["固定资产投资"]),
    ("indicator.before", "确保重点项目达到125个", ["重点项目"]),
    ("indicator.before", "今年全县开工5000万元以上项目66个", ["开工5000万元以上项目"]),
    ("indicator.before", "城镇登记失业率控制在4%以内", ["城镇登记失业率"]),
    ("indicator.before", "新建水厂3座、粮库2座", ["新建水厂", "新建粮库"]),
    ("indicator.before", "开工项目65项（其中工业项目35项）", ["开工项目", "工业项目"]),
    ("indicator.before", "重点项目20个，开工5个，竣工3个", ["重点项目", "开工重点项目", "竣工重点项目"]),
    ("indicator.before", "龙头企业达到22家，实现销售收入54亿元", ["龙头企业", "龙头企业销售收入"]),
    # behind it
    ("indicator.behind", "实施125个重点项目", ["重点项目"]),
    ("indicator.behind", "20个项目正式投产", ["正式投产项目"]),
    ("indicator.behind", "引进培育12家规模以上企业", ["引进培育规模以上企业"]),
    ("indicator.behind", "推进6个未来产业加速园建设", ["未来产业加速园"]),
    ("indicator.behind", "安排3亿元建设资金", ["建设资金"]),
    # a clause back
    ("indicator.inherited", "工业增加值增长8.5%，达到282亿元", ["工业增加值增长", "工业增加值"]),
    # changes
    ("indicator.before", "新增文明城市5个、文明村镇108个", ["新增文明城市", "新增文明村镇"]),
    ("indicator.before", "中央财政安排资金5亿元", ["中央财政安排资金"]),
    ("indicator.before", "新晋院士2位", ["新晋院士"]),
    ("indicator.before", "共建园区项目累计使用外资3亿元", ["共建园区项目累计使用外资"]),
    ("indicator.before", "医保补贴从人均30元提高到36元", ["医保补贴", "医保补贴"]),
    ("indicator.before", "最低标准由每人每月60元提高到75元", ["最低标准", "最低标准"]),
    ("indicator.before", "粮食增产预期目标3.5%", ["粮食增产预期目标"]),
    ("indicator.before", "客运码头停靠游船18艘次、旅客6余万人次", ["客运码头停靠游船", "旅客"]),
    ("indicator.behind", "12家村镇银行完成改制任务", ["村镇银行完成改制"]),
    ("indicator.behind", "完成40个乡村振兴样板村创建", ["创建乡村振兴样板村"]),
    ("indicator.behind", "8个重点县建设露地春季果菜基地", ["建设露地春季果菜基地县"]),
    ("indicator.behind", "推动4个新型产业基地提质升级", ["提质升级新型产业基地"]),
    ("indicator.behind", "打造3条多式联运精品线路", ["多式联运精品线路"]),
    ("indicator.growth", "技改投资占比提高6.3个百分点", ["技改投资占比提高"]),
    ("indicator.growth", "优质品率同比提高3.4个百分点", ["优质品率提高"]),
    ("indicator.growth", "地区生产总值比2031年增长6.4%，达到284亿元", ["地区生产总值增长", "地区生产总值"]),
    ("indicator.share", "技改投资占工业投资比重从41.3%提升到47.2%",
     ["技改投资占工业投资比重", "技改投资占工业投资比重"]),
    ("indicator.difference", "债券36亿元、比上年增加5亿元", ["债券", "债券比上年"]),
    ("indicator.rank", "创新指数从全国第21位跃升至第14位", ["创新指数", "创新指数"]),
    ("indicator.before", "工业投资拿下33亿元，增速保15%", ["工业投资", "工业投资增速"]),
    ("indicator.before", "投资3亿元，启动云溪、东岭等5个片区改造", ["投资", "片区改造"]),
    ("indicator.difference", "工业产值比去年增加3亿元，达到20亿元", ["工业产值比去年", "工业产值"]),
    ("indicator.growth", "用电量比去年同期增长8%，较上年末提高2%", ["用电量增长", "用电量提高"]),
    ("indicator.before", "固定资产投资保8%争10%", ["固定资产投资", "固定资产投资"]),
    ("indicator.before", "医保30万人、社保20万人", ["医保", "社保"]),
    ("indicator.growth", "技改投资占工业投资比重从41%升到47%，比上年提高6个百分点",
     ["技改投资占工业投资比重", "技改投资占工业投资比重", "技改投资占工业投资比重提高"]),
    ("indicator.duration", "优良天数达到320天，同比增加12天", ["优良天数", "优良天数增加"]),
    ("indicator.behind", "16个乡村旅游点开业", ["开业乡村旅游点"]),
    ("indicator.behind", "完成20个美丽乡村示范村创建", ["创建美丽乡村示范村"]),
    ("indicator.behind", "7个县和5个乡完成任务", ["县"]),
    ("indicator.completion_rate", "完成主要目标任务的85%", ["主要目标任务完成率"]),
    ("indicator.respectively", "游客人数、旅游收入分别增长12%和15%，列全市第五、第三",
     ["游客人数增长", "旅游收入增长", "游客人数", "旅游收入"]),
    ("indicator.before", "投资2400万元，完成36栋宿舍楼、9万平方米既有房屋保温改造",
     ["既有房屋保温改造投资", "宿舍楼", "既有房屋保温改造"]),
    ("indicator.before", "排定重点项目84个，其中，工业类9个、农业类21个，项目总投资27.6亿元",
     ["重点项目", "工业类", "农业类", "重点项目总投资"]),
    ("indicator.behind", "6条乡间道路开工建设，其中2条实现通车", ["开工建设乡间道路", "通车乡间道路"]),
    ("indicator.rank", "获得卫生县城测评第一名的好名次", ["卫生县城测评"]),
    ("indicator.rank", "外贸增速掉到第9位", ["外贸增速"]),
    ("indicator.inherited", "外贸总额翻番达到36亿元", ["外贸总额增长", "外贸总额"]),
    ("indicator.before", "外贸之所以能连续多年两位数以上增长", ["外贸增长"]),
    ("indicator.behind", "财政局前一段筹措了3000万元周转资金", ["周转资金"]),
    ("indicator.completion_rate", "交通项目跑得最快，年度计划已经完成七成", ["年度计划完成率"]),
    ("indicator.inherited", "税收完成6亿元；单体投资过亿元的项目，由上年的8个增加到13个",
     ["税收", "单体投资过亿元的项目", "单体投资过亿元的项目"]),
    ("indicator.compared", "亩均税收比全市平均水平低了近三成", ["亩均税收比全市"]),
    ("indicator.before", "优化领导包联机制，确保完成投资24亿元", ["投资"]),
    ("indicator.before", "肉类产量突破3万吨大关", ["肉类产量"]),
    ("indicator.duration", "优良天数304天、比2030年增加17天", ["优良天数", "优良天数增加"]),
    ("indicator.duration", "用三年时间基本解决拖欠工程款", ["基本解决拖欠工程款时间"]),
    ("indicator.duration", "平均受教育年限从8.9年提升至9.4年左右", ["平均受教育年限", "平均受教育年限"]),
    ("indicator.duration", "做好第二轮林地承包期满后再延长20年", ["第二轮林地承包期满后再延长时间"]),
    ("indicator.growth", "地区生产总值增长6%左右", ["地区生产总值增长"]),
    ("indicator.growth", "城乡居民收入年均增长8%", ["城乡居民收入增长"]),
    ("indicator.growth", "粮食产量翻一番", ["粮食产量增长"]),
    ("indicator.before", "税收增加5亿元，增加3亿元", ["税收增加", "税收增加"]),
    ("indicator.respectively", "税收、利润、产值分别增长1%、2%、3%", ["税收增长", "利润增长", "产值增长"]),
    ("indicator.respectively", "一二三产业分别增长3%、8%、7%", ["一产业增长", "二产业增长", "三产业增长"]),
    ("indicator.respectively", "城镇和农村居民收入分别为3万元、1万元，分别增长5%和8%",
     ["城镇居民收入", "农村居民收入", "城镇居民收入增长", "农村居民收入增长"]),
    ("indicator.before", "新签约项目20个，在建8个，竣工3个", ["新签约项目", "在建项目", "竣工项目"]),
    ("indicator.before", "建设云溪学院等创新平台16家", ["创新平台"]),
    ("indicator.before", "中欧班列（云溪）开行600列", ["中欧班列开行"]),
    ("indicator.before", "一般公共预算收入增长4.6%，总量首次突破19亿元", ["一般公共预算收入增长", "一般公共预算收入"]),
    ("indicator.growth", "数字经济占比超过50%、提升9个百分点", ["数字经济占比", "数字经济占比提升"]),
    ("indicator.risen_to", "园区由162个整合为123个", ["园区", "园区"]),
    ("indicator.growth", "云溪县固定资产投资增长13%，东岭区增长11%，柏湾区下降3%",
     ["云溪县固定资产投资增长", "东岭区固定资产投资增长", "柏湾区固定资产投资下降"]),
    ("indicator.before", "规模以上工业企业发展到96家，净增14家", ["规模以上工业企业", "规模以上工业企业净增"]),
    ("indicator.respectively", "云溪县、东岭区进度较快，分别完成年度计划的88%、84%",
     ["云溪县年度计划完成率", "东岭区年度计划完成率"]),
    ("indicator.rank", "全市项目建设考核，开发区确保保持第一名", ["项目建设考核"]),
    ("indicator.risen_to", "税收由5.24亿元增加到15.07亿元", ["税收", "税收"]),
    ("indicator.compared", "工业增加值增速高于全市平均水平2.1个百分点", ["工业增加值增速比全市平均水平"]),
    ("indicator.compared", "投资增长8%，比序时进度慢2个百分点", ["投资增长", "投资增长比序时进度"]),
    ("indicator.difference", "开工项目20个，比去年少3个", ["开工项目", "开工项目比去年"]),
    ("indicator.ratio", "旅游收入是五年前的2.6倍", ["旅游收入与五年前之比"]),
    # shares
    ("indicator.share", "服务业增加值占生产总值的比重达到45%", ["服务业增加值占生产总值比重"]),
    ("indicator.share", "工业产值占全市5%，占全省3%", ["工业产值占全市", "工业产值占全省"]),
    ("indicator.share", "新开工项目20个，不足全市新开项目的20%", ["新开工项目", "新开工项目占全市新开项目"]),
    ("indicator.completion_rate", "只完成年度投资计划的9.4%", ["年度投资计划完成率"]),
    ("indicator.completion_rate", "完成投资7.96亿元，占年度计划的9.4%", ["投资", "投资年度计划完成率"]),
    # times and places
    ("indicator.duration", "审批时限压缩到3个工作日", ["审批时限压缩时间"]),
    ("indicator.duration", "连续三年保持增长", ["连续增长"]),
    ("indicator.rank", "固定资产投资增速位居全市第三位", ["固定资产投资增速"]),
    ("indicator.rank", "投资总量居全市第七位，比上年下降2位", ["投资总量", "投资总量"]),
    ("indicator.rank", "综合考核进入全省前10位", ["综合考核"]),
    ("indicator.respectively", "粮食、油料、蔬菜产量分别增长1%、2%、3%",
     ["粮食产量增长", "油料产量增长", "蔬菜产量增长"]),
    ("indicator.ratio", "旅游收入是2026年的2.6倍", ["旅游收入与2026年之比"]),
    ("indicator.difference", "开工项目比去年少3个", ["开工项目比去年"]),
    ("indicator.respectively", "工业、农业和服务业投资分别增长1%、2%、3%",
     ["工业投资增长", "农业投资增长", "服务业投资增长"]),
    ("indicator.respectively", "三次产业分别增长3%、8%、7%", ["一产增长", "二产增长", "三产增长"]),
    ("indicator.respectively", "烤烟、辣椒面积分别为400亩和300亩，比上年分别增长12%、20%",
     ["烤烟面积", "辣椒面积", "烤烟面积增长", "辣椒面积增长"]),
    ("indicator.respectively", "工业产值完成40亿元，固定资产投资完成17亿元，分别完成年度计划的52%和46%",
     ["工业产值", "固定资产投资", "工业产值年度计划完成率", "固定资产投资年度计划完成率"]),
    ("indicator.respectively", "亿元以上、10亿元以上新开工项目分别达到30个和3个",
     ["亿元以上新开工项目", "10亿元以上新开工项目"]),
    ("indicator.respectively", "工业产值、投资增速分别排全省第4和第9位", ["工业产值", "投资增速"]),
    ("indicator.respectively", "60岁以上、80岁以上老人不断增加，分别达到3万人和1万人",
     [None, "60岁以上老人", "80岁以上老人"]),
    ("indicator.rank", "固定资产投资完成5亿元，总量在全市排第7位", ["固定资产投资", "固定资产投资总量"]),
    ("indicator.behind", "县财政拿出5000万元作项目前期经费", ["项目前期经费"]),
    # harmonised too: test_harmonise
    ("indicator.harmonised", "地区生产总值增长6%", ["地区生产总值增长"]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_indicator(rule: str, text: str, expected: list[str]) -> None:
    found = values(text)
    assert [f.indicator for f in found] == expected
    assert rule in rules_of(found)


def test_each_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == rules_in_the_code("indicator")


SIGNED = [
    ("地区生产总值增长4%，比去年低2.1个百分点", ["4", "-2.1"]),
    ("投资增长3%，较上年慢1.2个百分点", ["3", "-1.2"]),
    ("投资增长3%，比上年高1.2个百分点", ["3", "1.2"]),
    ("就业率97%，较2030年降低3个百分点", ["97", "-3"]),
    ("就业率97%，比上年同期提高3个百分点", ["97", "3"]),
    ("亩均税收比全市平均水平低了近三成", ["-30"]),
    ("万元工业增加值能耗下降3.1%", ["-3.1"]),
    ("能耗和排放分别下降3%、5%", ["-3", "-5"]),
    ("投资同比下滑3.6%", ["-3.6"]),
    ("工业投资87亿元、增11%，房地产投资31亿元、降18.7%", ["8700000000", "11", "3100000000", "-18.7"]),
    ("预算收入欠序时进度4个百分点", ["-4"]),
    ("账款清欠80%", ["80"]),
    ("城乡收入分别比全省低XX个百分点和4.2个百分点", ["None", "-4.2"]),
    ("失业率降到5%，成本压降至3%", ["5", "3"]),
    ("开工项目20个，比去年少3个", ["20", "-3"]),
    ("增速低于全市平均水平2.1个百分点", ["-2.1"]),
    ("税收增长5%", ["5"]),
    ("城镇化率62%，低于去年1.5个百分点", ["62", "-1.5"]),
    ("商品房销售额5.3亿元，环比又掉了12.4%", ["530000000", "-12.4"]),
    ("用电量、货运量分别比全省低2—3个百分点和4个百分点", ["-3", "-4"]),
    ("砍掉了40%的审批事项", ["40"]),
    ("两县处置率分别比全省平均水平低6.3个百分点和4.2个百分点", ["-6.3", "-4.2"]),
    ("投资增速分别比全省、全市高6.3个百分点和4.2个百分点", ["6.3", "4.2"]),
    ("工业投资下降0%", ["0"]),
    ("单位能耗下降到3%", ["3"]),
    ("地区生产总值增速提高2个百分点，单位能耗下降3%，税收增长5%", ["2", "-3", "5"]),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED, ids=[text for text, _ in SIGNED])
def test_falls_are_negative(text: str, expected: list[str]) -> None:
    assert [str(f.value) for f in values(text)] == expected


STRIPPED = [
    ("确保完成固定资产投资", "固定资产投资"),
    ("全县重点项目达到", "重点项目"),
    ("力争全年城镇新增就业", "城镇新增就业"),
    ("已累计新建水厂", "新建水厂"),
    ("", ""),
    ("，、：", ""),
    # words that begin like a frame and are none
    ("全社会用电量", "全社会用电量"),
    ("新能源汽车产量", "新能源汽车产量"),
    ("重点工程", "重点工程"),
    ("总投资", "总投资"),
    ("达标企业", "达标企业"),
    ("实际利用外资", "实际利用外资"),
    ("新签约项目", "新签约项目"),
]


@pytest.mark.parametrize(("words", "expected"), STRIPPED)
def test_frames_are_stripped(words: str, expected: str) -> None:
    assert strip_frame(words) == expected


@example("5%占重点项目重点项目5%")
@example("3个占确保确保确保重点项目5%")
@given(st.lists(st.sampled_from("重点项目 确保 达到 全县 的 ， A 增长 占 5% 3个 竣工 增加".split())).map("".join))
def test_indicators_are_short_and_stripping_is_done_once(text: str) -> None:
    assert strip_frame(strip_frame(text)) == strip_frame(text)
    assert all(len(f.indicator or "") <= len(text) + 4 for f in values(text))


# --- the lexicons

FRAMES = lexicons.load("frame_words", FrameRow)
VERBS = lexicons.load("action_verbs", VerbRow)


@pytest.mark.parametrize("row", FRAMES, ids=[row.term for row in FRAMES])
def test_frame_word(row: FrameRow) -> None:
    assert row.side in ("lead", "tail", "both")
    assert row.term in row.example
    indicator = values(row.example)[-1].indicator or ""
    assert indicator
    assert row.side == "tail" or not indicator.startswith(row.term)
    assert row.side == "lead" or not indicator.endswith(row.term)


@pytest.mark.parametrize("row", VERBS, ids=[row.term for row in VERBS])
def test_verb_is_shared_by_a_list(row: VerbRow) -> None:
    first, second = values(row.example)
    assert (first.indicator or "").startswith(row.term)
    assert (second.indicator or "").startswith(row.term)
