"""Names of projects: what is one, where it begins and ends, and what is only a class."""

from __future__ import annotations

from itertools import pairwise

import pytest
from extracting import names, records, rules_in_the_code

import speechparse as sp
from speechparse import lexicons
from speechparse.extract.figures import TermRow
from speechparse.extract.name_words import HeadRow, NameWordRow, is_generic

# rule, text, the names
CASES = [
    # a list that says that it is one
    ("project.list", "重点抓好云溪水厂、东岭粮库等12个项目", ["云溪水厂", "东岭粮库"]),
    ("project.list", "抓好云溪水厂扩建、东岭粮库迁建、柏湾桥等36个项目", ["云溪水厂扩建", "东岭粮库迁建", "柏湾桥"]),
    ("project.list", "加快鹿鸣大酒店、云溪宾馆等酒店建设", ["鹿鸣大酒店", "云溪宾馆"]),
    ("project.list", "建成云溪、东岭两个广场", ["云溪", "东岭"]),
    ("project.list", "推进云溪公司年产面粉、20万吨饲料加工等项目", ["云溪公司年产面粉、20万吨饲料加工"]),
    # 项目, 工程 behind it
    ("project.closed", "全力推进云溪水厂扩建项目", ["云溪水厂扩建"]),
    ("project.closed", "加快2×66万千瓦火电项目建设", ["2×66万千瓦火电"]),
    ("project.closed", "启动柏湾河治理工程", ["柏湾河治理"]),
    # what happened to it
    ("project.event", "云溪水厂建成投产", ["云溪水厂"]),
    ("project.event", "柏湾大桥、鹿鸣隧道竣工通车", ["柏湾大桥", "鹿鸣隧道"]),
    ("project.event", "云溪工业园进展顺利", ["云溪工业园"]),
    # a verb of building before it
    ("project.verb", "开工建设云溪水厂", ["云溪水厂"]),
    ("project.title", "（一）云溪产业园。这个项目总投资28亿元，占地1450亩。", ["云溪产业园"]),
    ("project.title", "二、东岭快速路。全长7.8公里，路基完成九成。", ["东岭快速路"]),
    ("project.closed", "云溪至东岭高速公路、柏湾水库及灌区配套工程全面开工",
     ["云溪至东岭高速公路", "柏湾水库及灌区配套"]),
    ("project.event", "云溪大桥5月1日合龙", ["云溪大桥"]),
    ("project.event", "云溪产业园（总投资32亿元）、东岭物流园（总投资6亿元）要开工", ["云溪产业园", "东岭物流园"]),
    ("project.event", "12月底前，云溪文化艺术中心对外开放", ["云溪文化艺术中心"]),
    ("project.event", "东岭水库下闸蓄水", ["东岭水库"]),
    ("project.event", "云溪大桥、东岭路改造，国庆节前必须全线通车", ["云溪大桥", "东岭路改造"]),
    ("project.closed", "云溪养殖场项目，由于道路不通", ["云溪养殖场"]),
    ("project.closed", "实施东岭科技“云仓”基地一期项目", ["东岭科技“云仓”基地一期"]),
    ("project.closed", "启动柏湾棚户区项目二期、云溪水厂工程", ["柏湾棚户区项目二期", "云溪水厂"]),
    ("project.verb", "支持云溪县建设东岭文化产业园", ["东岭文化产业园"]),
    ("project.verb", "支持东岭县建设云溪产业园", ["云溪产业园"]),
    ("project.verb", "支持云溪机场提升货运能力", ["云溪机场"]),
    ("project.closed", "云溪水库提升工程竣工", ["云溪水库提升"]),
    ("project.list", "投资2600万元的云溪管网改造、1900万元的背街巷道改造等项目全面完成",
     ["云溪管网改造", "背街巷道改造"]),
    ("project.verb", "开工建设云溪大桥（前期阶段）", ["云溪大桥"]),
    ("project.list", "完成柏湾屯、青屏村等7个现代牧场建设任务", ["柏湾屯", "青屏村"]),
    ("project.event", "加快云溪大道（北段）建设", ["云溪大道（北段）"]),
    ("project.verb", "高质量建设北方（柏湾）跨境电商物流基地", ["北方（柏湾）跨境电商物流基地"]),
    ("project.list", "青电入云、东岭核电一期、云溪（东部）风电母港等项目抓紧推进",
     ["青电入云", "东岭核电一期", "云溪（东部）风电母港"]),
    ("project.event", "9月底前，云溪古街一期（修缮院落47处，投资2300万元）竣工", ["云溪古街一期"]),
    ("project.event", "云溪小学（36个班）、东岭医院、柏湾大桥开工建设", ["云溪小学", "东岭医院", "柏湾大桥"]),
    ("project.list", "加快落实云溪粮库（占地36亩）、东岭片区改造等5个项目", ["云溪粮库", "东岭片区改造"]),
    ("project.list", "力争投资12亿元的安置住房、1.3亿元的柏湾水厂等工程竣工", ["安置住房", "柏湾水厂"]),
    ("project.list", "云溪学校、柏湾医院、东岭健身中心三个民生项目要封顶", ["云溪学校", "柏湾医院", "东岭健身中心"]),
    ("project.event", "加快云东、柏鹿高铁建设", ["云东", "柏鹿高铁"]),
    ("project.verb", "推进云溪泵站及灌区配套", ["云溪泵站及灌区配套"]),
    ("project.list", "加快建设云溪水厂、鹿鸣大桥等3个项目", ["云溪水厂", "鹿鸣大桥"]),
    ("project.list", "云柏、鹿东等4条高铁加快建设", ["云柏", "鹿东"]),
    ("project.list", "支持云溪、东岭等县推进柏湾粮库、鹿鸣水厂等项目", ["柏湾粮库", "鹿鸣水厂"]),
    ("project.verb", "开工建设柏湾大桥", ["柏湾大桥"]),
    ("project.verb", "新建740万元云溪文化广场", ["云溪文化广场"]),
    # what is told of it speaks for a name: its size, how far it is, by when what
    ("project.event", "云溪抽水蓄能电站（4×30万千瓦）大坝填筑172万方", ["云溪抽水蓄能电站"]),
    ("project.event", "X228云溪至柏湾段改造（长27.84公里，概算5.37亿元）到位资金2.1亿元", ["X228云溪至柏湾段改造"]),
    ("project.event", "东岭大道三期、柏湾门隧道、云溪至鹿鸣公路分别于6月、8月、10月通车",
     ["东岭大道三期", "柏湾门隧道", "云溪至鹿鸣公路"]),
    ("project.event", "控制性工程鹿鸣特大桥剩最后2跨", ["鹿鸣特大桥"]),
    ("project.event", "220千伏柏湾变电站确保12月底前带电投运", ["220千伏柏湾变电站"]),
    ("project.event", "云溪电镀中心的环评卡了8个月", ["云溪电镀中心"]),
    ("project.event", "柏湾河西街棚改今年要征拆1260户", ["柏湾河西街棚改"]),
    ("project.event", "云溪食品深加工（二期）冷库已封顶", ["云溪食品深加工（二期）"]),
    ("project.event", "云溪食品厂房都已摘牌", ["云溪食品厂房"]),
    ("project.event", "云溪机场成为双跑道机场", ["云溪机场"]),
    ("project.event", "云溪引水工程西干线全线贯通", ["云溪引水工程西干线"]),
    ("project.event", "云溪特高压工程柏湾段全线贯通", ["云溪特高压工程柏湾段"]),
    ("project.event", "柏湾石材二期总投资11.2亿元", ["柏湾石材二期"]),
    ("project.event", "云溪农光互补建成投产", ["云溪农光互补"]),
    ("project.event", "云溪木栈道1.2公里、鹿鸣露营地（帐篷60顶），依次在8月底、9月中旬完工",
     ["云溪木栈道", "鹿鸣露营地"]),
    ("project.event", "云溪灌区续建配套形象进度88%", ["云溪灌区续建配套"]),
    ("project.event", "云溪产业园累计完成投资8300万元", ["云溪产业园"]),
    ("project.closed", "供热主管道扩建工程实现全域供热，老城片区管网改造一期工程完工",
     ["供热主管道扩建", "老城片区管网改造一期"]),
    ("project.event", "县人民医院整体搬迁总投资6.2亿元", ["县人民医院整体搬迁"]),
    ("project.event", "镇养老服务中心封顶", ["镇养老服务中心"]),
    ("project.event", "早该交工的东岭职教中心，拖到年底", ["东岭职教中心"]),
    ("project.event", "云溪景区晋升为国家5A级景区", ["云溪景区"]),
    ("project.list", "推进云溪新材料、东岭冷链、沿江高铁等建设。", ["云溪新材料", "东岭冷链", "沿江高铁"]),
    ("project.event", "云溪绿道12公里、东岭步道8公里建成", ["云溪绿道", "东岭步道"]),
    ("project.verb", "大连开工建设云溪水厂", ["云溪水厂"]),
    ("project.verb", "云溪县新建东岭水厂", ["东岭水厂"]),
    ("project.event", "云溪大桥（北段）、东岭隧道（右线）全线贯通", ["云溪大桥（北段）", "东岭隧道"]),
    ("project.event", "东岭医院（公立）投入使用", ["东岭医院"]),
    ("project.event", "东岭光伏电站保证年底并网", ["东岭光伏电站"]),
    ("project.list", "推进道路、管网、云溪图书馆等建设。", ["云溪图书馆"]),
    ("project.list", "云溪大桥、东岭水厂这两个项目要快", ["云溪大桥", "东岭水厂"]),
    # three things with heads and names of their own are works, if not all of them are bodies
    ("project.event", "云溪大桥、东岭河治理、青屏燃气门站，都是前年立的项", ["云溪大桥", "东岭河治理", "青屏燃气门站"]),
    ("project.list", "完成对柏湾三路、东岭路和云溪大街3条老街道路的改造", ["柏湾三路", "东岭路", "云溪大街"]),
    ("project.list", "云溪技术创新中心、东岭农高区等一批省级重大平台挂牌", ["云溪技术创新中心", "东岭农高区"]),
    ("project.list", "建成青屏北、柏湾两座车站", ["青屏北", "柏湾"]),
    ("project.list", "云柏高铁和鹿青改扩建、溪东、柏青4条高速提前建成通车", ["云柏高铁", "鹿青改扩建", "溪东", "柏青"]),
    ("project.list", "云溪水厂、柏湾河修复两个政府投资项目", ["云溪水厂", "柏湾河修复"]),
    ("project.list", "建成云溪、柏湾等过江通道", ["云溪", "柏湾"]),
    ("project.list", "实施5个奶牛养殖场、云溪粮库等项目", ["云溪粮库"]),
    ("project.list", "推动云溪大桥、东岭水网及乡镇配套工程等项目", ["云溪大桥", "东岭水网及乡镇配套"]),
    ("project.beside", "加快沿江高铁、云柏铁路，打通断头路", ["沿江高铁", "云柏铁路"]),
    ("project.event", "云溪碑林新馆、东岭纪念馆等建成开放", ["云溪碑林新馆", "东岭纪念馆"]),
    ("project.event", "云溪电子产业园承诺9月底前封顶", ["云溪电子产业园"]),
    ("project.event", "东岭大桥比原定工期提前合拢", ["东岭大桥"]),
    ("project.event", "S309线云溪至东岭段路基9月底完成", ["S309线云溪至东岭段"]),
    ("project.event", "云溪物流港还差60亩土地", ["云溪物流港"]),
    ("project.event", "东岭片区改造涉及住户320户", ["东岭片区改造"]),
    ("project.event", "云溪产业园二期的用地手续月底报出", ["云溪产业园二期"]),
    ("project.verb", "投资9亿元的云溪显示模组", ["云溪显示模组"]),
    ("project.verb", "投资2亿元的东岭特大桥", ["东岭特大桥"]),
    ("project.closed", "云溪大桥和年处理3万吨秸秆综合利用项目", ["云溪大桥", "年处理3万吨秸秆综合利用"]),
    ("project.closed", "启动区医院扩建工程", ["区医院扩建"]),
    ("project.event", "“云帆2号”智算中心建成投运", ["“云帆2号”智算中心"]),
    ("project.event", "柏湾、云溪水利枢纽投入使用", ["柏湾", "云溪水利枢纽"]),
    ("project.verb", "有序实施G309、S218、S305提质改造", ["G309", "S218", "S305提质改造"]),
    ("project.list", "县医院迁建、云溪水厂扩容这样的民生项目", ["县医院迁建", "云溪水厂扩容"]),
    ("project.list", "区妇幼保健院迁建、城南污水处理厂扩容这样的民生项目", ["区妇幼保健院迁建", "城南污水处理厂扩容"]),
    ("project.list", "加快推进3号线一期西段、9号线延伸线、A1等地铁建设", ["3号线一期西段", "9号线延伸线", "A1"]),
    ("project.beside", "体育公园、文化中心、云溪博物馆年内开馆", ["体育公园", "文化中心", "云溪博物馆"]),
    # named again
    ("project.again", "云溪文化广场建成投用。市民常去云溪文化广场散步", ["云溪文化广场", "云溪文化广场"]),
]

NONE = [
    # classes
    "实施工业项目20个", "推进基础设施建设", "加快农村道路改造", "抓好重点项目建设", "推动重大工程", "加强产业园区建设",
    "建设公办、民办2所学校", "打通绿色通道", "每座水库如期完工", "20万吨级航道建成",
    "建设一批水厂", "新建水厂3座", "硬化道路12公里",
    "加快布局建设煤制油、低阶煤热解等项目", "谋划新一代煤电、新型储能等11个重点领域项目", "加快形成百万吨级工程",
    "现代煤化工入选云溪省先进制造业集群", "积极争创集成电路集群", "提质改造乡镇公路差等路600公里",
    "实施117公里供热工程", "完成二期5万平方米供热改造", "幸福河湖建设90公里", "新修园区道路12.6公里",
    "云溪县农村公路45公里",
    "提升承接桥隧、水利、矿山等专业工程的本领", "明年要晋升为三级乙等医院", "杜绝引来高污染、高耗能项目",
    "完成人工造林5万亩、湿地修复工程3处", "完成8万平方米老旧小区改造",
    "3家全省重点实验室落户云溪", "再铺7到8公里雨污管网",
    "东岭医院保证药品供应", "云溪商场框架协议已签",
    "推进G309、S218、乡道改造", "完善农村公路、国省干线公路建设", "云溪大道亮灯率达到98%",
    "多谋划强链、补链、延链这样的项目", "三级甲等医院建设加快",
    "参与长江经济带、云溪都市圈、东岭城市群等建设。", "加强党风廉政、云溪文明城市、东岭法治政府等建设。",
    "云溪大道、东岭街、柏湾路，要加强保洁", "云溪河、东岭河、柏湾湖，都要管好",
    # things with names of which something else is told
    "云溪机场、东岭高铁站、柏湾客运站，日均客流3万人",
    "云溪水库、东岭水库、柏湾水库，蓄水量分别为3亿立方米、2亿立方米、1亿立方米",
    "主厂房10月底封顶", "市图书馆目前藏书30万册", "区体育中心正在举办运动会", "云溪学校还剩3名学生没注册",
    # bodies, meetings, plans
    "县人民医院、县中医院、云溪中学，要带头",
    "成立项目推进工作组", "云溪镇等38个单位", "县发改局等部门", "引进云溪集团等38家企业", "召开推进会", "项目库建设",
    # no words of a name
    "加快推进", "我们要建设", "",
]  # fmt: skip

@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_names(rule: str, text: str, expected: list[str]) -> None:
    assert names(text) == expected
    assert rule in {r.rule for r in records(text) if isinstance(r, sp.Project)}


@pytest.mark.parametrize("text", NONE)
def test_no_name(text: str) -> None:
    assert names(text) == []


def test_each_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == rules_in_the_code("project")


def test_names_do_not_overlap() -> None:
    found = [r for r in records("抓好云溪水厂、云溪水厂二期、柏湾云溪水厂等12个项目") if isinstance(r, sp.Project)]
    assert len(found) == 3
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("name", ["工业", "基础设施", "农村公路", "重点产业园区"])
def test_generic(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["云溪水厂", "鹿鸣", "工业柏"])
def test_not_generic(name: str) -> None:
    assert not is_generic(name)


# --- the lexicons: the name in each example is 云溪 with what the row says of it

HEADS = lexicons.load("project_heads", HeadRow)
LEADS = lexicons.load("project_leads", TermRow)
EVENTS = lexicons.load("project_events", TermRow)
GENERIC = lexicons.load("project_generic", TermRow)
NAME_WORDS = lexicons.load("name_words", NameWordRow)


@pytest.mark.parametrize("row", HEADS, ids=[row.term for row in HEADS])
def test_head(row: HeadRow) -> None:
    assert row.sort in ("facility", "works")
    found = names(row.example)
    assert found
    assert found[0].endswith(row.term)


@pytest.mark.parametrize("row", LEADS, ids=[row.term for row in LEADS])
def test_lead(row: TermRow) -> None:
    assert row.term in row.example
    (name,) = names(row.example)
    assert row.term not in name


@pytest.mark.parametrize("row", EVENTS, ids=[row.term for row in EVENTS])
def test_event(row: TermRow) -> None:
    assert row.term in row.example
    (name,) = names(row.example)
    assert row.term not in name


@pytest.mark.parametrize("row", GENERIC, ids=[row.term for row in GENERIC])
def test_generic_word(row: TermRow) -> None:
    assert row.term in row.example
    assert names(row.example) == []
    assert is_generic(row.term)


@pytest.mark.parametrize("row", NAME_WORDS, ids=[row.term for row in NAME_WORDS])
def test_word_of_names(row: NameWordRow) -> None:
    roles = set(row.roles.split())
    assert roles <= {"stop", "bad_end", "strong_lead", "opener", "after_opener", "place"}
    assert len(roles) == len(row.roles.split())
    assert row.term in row.example
    found = names(row.example)
    if roles & {"opener", "after_opener", "place"}:  # 建设银行云溪大楼, 大连云溪产业园
        assert row.term in found[0]
    elif "bad_end" in roles:
        assert found == []
    else:
        assert len(found) == 1
        assert row.term not in found[0]
