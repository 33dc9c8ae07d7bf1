"""Paragraphs joined where a page cut them, titles and headings on lines of their own. Places are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechparse import lexicons
from speechparse.clean.glued import BoundRow, glued_headings
from speechparse.clean.lines import lay_out_lines
from speechparse.options import ParseOptions
from speechparse.text import AlignedText

OPTIONS = ParseOptions()
LONG = "全县完成水利投资3.2亿元，新修渠道126公里，改善灌溉面积4.5万亩，有87个村的群众喝上了自来水。"
MORE = "去冬今春，干部群众冒严寒、战风雪，修渠道、筑堤坝，干出了白河人的精气神，也积累了不少好经验。"


def lay_out(raw: str) -> list[str]:
    return lay_out_lines(AlignedText.of(raw), OPTIONS).text.split("\n")


def wrap(text: str, width: int, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


# `|` is where the page has cut the line, `/` where a line has to end.
JOINED = [
    "进展总体顺利，但有些渠道受征迁手||续拖累，没有按期开工。",
    "早勘测、早||  备料、早开工，把工程往前赶。",
    "今年要完成水利投资143||亿元，新修渠道80公里。",
    "全县农民人均收入17|772元，增长8%。",
    "粮食总产量1|285万吨，再创新高。",
    "全县上下形成了“|学技术、赛质量、创样板”的风气。",
    "各镇要想方设法筹资金，||早日把渠道修到田头。",
    "研发投入占比升至1.9|%，比上年高0.2个百分点。",
    "县里制定了《|白河县河道管理办法|》和配套措施，已经施行。",
    "细颗粒物（PM|2.5|）浓度下降9.1%。",
    "推广应用 GIS|data 平台，服务防汛。",
    "人均GD|P突破5万元。",
    "主要做法有三条：/一是抓早抓小。/二是抓实抓细。",
    "各位代表！/过去的一年很不平凡。",
    "一、抓好春灌/全县水利条件较好，要用好每一方水。",
    "（一）抓好春灌/全县水利条件较好，要用好每一方水。",
    "第一，抓好春灌/全县水利条件较好，要用好每一方水。",
    "过去一年的工作/全县水利条件较好，要用好每一方水。",
    "下面，我着重讲两个问题/全县水利条件较好，要用好每一方水。",
    "现在，我代表县政府报告工作，请予审议，并请列席人员提出意见/一、过去一年的工作",
    "——2031年2月8日在白河县第十四届人民代表大会第二次会议上/白河县人民政府县长　陆清/各位代表：",
    "（2031年4月6日）/同志们：/去冬今春，全县水利建设开了个好头。",
    "完成整治（牵头单位：水利局）。/新建水库3座（牵头单位：水利局）。",
]


@pytest.mark.parametrize("case", JOINED)
def test_lines_are_joined_where_a_page_cut_them(case: str) -> None:
    expected = case.replace("||  ", "").replace("||", "").replace("GIS|data", "GIS data").replace("|", "").split("/")
    assert lay_out(case.replace("|", "\n").replace("/", "\n")) == expected


def test_blank_lines_and_indents_go() -> None:
    assert lay_out("\n\n　　" + LONG + "  \n \n\n  " + MORE + "\n　　\n") == [LONG, MORE]


def test_carriage_returns_go() -> None:
    assert lay_out(LONG + "\r\n\r\n" + MORE + "\r\n") == [LONG, MORE]


@pytest.mark.parametrize("width", [24, 28, 30, 37])
@pytest.mark.parametrize("indent", ["", "    ", "　　"])
def test_a_page_cut_at_a_fixed_width(width: int, indent: str) -> None:
    paragraphs = [LONG + MORE, MORE + LONG, MORE]
    page = "\n".join(wrap(paragraph, width, indent) for paragraph in paragraphs)
    assert "".join(lay_out(page)) == "".join(paragraphs)
    if indent:
        assert lay_out(page) == paragraphs


def wrap_raggedly(text: str, indent: str = "") -> str:
    """Cut at 26 to 34 characters, each line elsewhere, as in a font whose digits are narrower."""
    lines, text = [], indent + text
    while text:
        width = 26 + 5 * len(lines) % 9
        lines.append(text[:width])
        text = text[width:]
    return "\n".join(lines)


@pytest.mark.parametrize("indent", ["  ", "　　"])
def test_a_page_cut_raggedly_has_its_paragraphs_by_their_indents(indent: str) -> None:
    paragraphs = [LONG + MORE, MORE + LONG + LONG, MORE + LONG + LONG[:33] + "。", LONG + MORE + LONG]
    assert lay_out("\n".join(wrap_raggedly(paragraph, indent) for paragraph in paragraphs)) == paragraphs


def test_a_page_cut_raggedly_has_its_paragraphs_by_their_blank_lines() -> None:
    paragraphs = [LONG + MORE, MORE + LONG + LONG, MORE + LONG[:33] + "。", LONG + MORE + LONG, MORE]
    page = "\n\n".join(wrap_raggedly(paragraph) for paragraph in paragraphs)
    assert lay_out(page) == paragraphs
    cut = page.index("\n", len(paragraphs[0]) + 40)
    assert lay_out(page[:cut] + "\n" + page[cut:]) == paragraphs  # a page ends in the middle of a paragraph


# of a page cut raggedly, without indents; `|` is where a line that it has filled ends, `/` where a paragraph ends
RAGGED = [
    "全县完成水利投资3.2亿元，同比增长12.5%，其中中央资金1.1亿元；|新修渠道126公里。",
    "去年全县水利建设开了个好头，干部群众冒严寒、战风雪，干出了精气神。|全年新修渠道126公里，改善灌溉面积4.5万亩。",
    "去年全县水利建设开了个好头，干部群众冒严寒、战风雪，干出了精气神。/渠道建设提速增效。新修渠道126公里，投资2亿元。",
    "去年全县水利建设开了个好头，干部群众冒严寒、战风雪，干出了精气神。/一是抓渠道建设，新修渠道126公里，投资2亿元。",
]


@pytest.mark.parametrize("case", RAGGED)
def test_a_sentence_that_fills_a_ragged_line(case: str) -> None:
    page = "\n".join([wrap_raggedly(LONG + MORE + LONG + MORE), case.replace("|", "\n").replace("/", "\n")])
    assert lay_out(page)[1:] == case.replace("|", "").split("/")


def test_a_list_is_not_a_page_cut_raggedly() -> None:
    names = "高标准农田、节水改造、水库除险、渠道清淤、河道治理、饮水安全、泵站更新、闸门改造".split("、")
    page = [f"白河县{name}和配套设施建设工程{'二期' * (index % 3)}" for index, name in enumerate(names)]
    assert lay_out("\n".join(page)) == page


# the first lines of a page that is cut at 30 characters; `|` is where it has cut a line
HEADS = [
    "　　——2031年2月8日在白河县第十四届人民代表大会第四次会议上/　　白河县人民政府县长　陆清",
    "——2031年2月8日在白河县第十四届人民代表大会第四次全体会议上/白河县人民政府县长　陆清",
    "　　——2031年2月8日在青石自治州白河县第十四届人民代表大会|第四次会议上/　　白河县人民政府县长　陆清",
    "——2031年2月8日在青石自治州白河县第十四届人民代表大会第|四次会议上/白河县人民政府县长　陆清",
]


@pytest.mark.parametrize("case", HEADS)
def test_a_subtitle_that_fills_its_line_does_not_go_on(case: str) -> None:
    indent = "　　" * case.startswith("　")
    page = "\n".join([case.replace("|", "\n").replace("/", "\n"), wrap(LONG + MORE + LONG + MORE, 30, indent)])
    assert lay_out(page)[:-1] == case.replace("|", "").replace("　　", "").split("/")


CUT_WORDS = [
    "全面落实稳增长、促改革各项政策措施，全年实现人均GD|P增长6%，高于全市1个百分点。",
    "全面落实稳增长、促改革各项政策措施，推广应用GIS |data平台，服务全县防汛抗旱工作。",
]


@pytest.mark.parametrize("case", CUT_WORDS)
def test_a_latin_word_that_a_page_has_cut(case: str) -> None:
    page = "\n".join([wrap(LONG + MORE + LONG + MORE, 28), case.replace("|", "\n")])
    assert lay_out(page)[-1].endswith(case.replace("|", ""))


def test_page_numbers_between_the_lines_go() -> None:
    lines = wrap(LONG + MORE + LONG, 30).split("\n")
    page = "\n".join([*lines[:2], "1", *lines[2:4], "2", *lines[4:]])
    assert lay_out(page) == [LONG + MORE + LONG]


def test_page_numbers_that_count_go_between_long_lines() -> None:
    pages = [LONG[:30], "1", LONG[30:] + MORE[:20], "2", MORE[20:]]
    assert lay_out("\n".join(pages)) == [LONG + MORE]


def test_numbers_alone_are_no_page() -> None:
    assert lay_out("1\n2\n3") == ["1", "2", "3"]


def test_numbers_that_do_not_count_on_are_no_page_numbers() -> None:
    pieces = [LONG[:30], "1", LONG[30:] + MORE[:20], "7", MORE[20:]]
    assert "".join(lay_out("\n".join(pieces))) == "".join(pieces)


def test_a_title_that_a_page_has_cut() -> None:
    title = "在全县冬修水利暨小型水库除险加固工作推进会上的讲话"
    page = "\n".join([title[:22], title[22:], "同志们：", wrap(LONG + MORE + LONG, 22)])
    assert lay_out(page)[0] == title


def test_a_number_that_counts_no_page_stays() -> None:
    assert lay_out("农民人均收入达到\n17\n772元，比上年增加1200元。") == ["农民人均收入达到17772元，比上年增加1200元。"]


# --- titles and headings that were glued to a paragraph; `/` is where a line has to end

TITLES = [
    "在白河县水利大会上的讲话 /同志们：今天的会议很重要，我讲两点意见，请大家认真抓好落实。",
    "在白河县水利大会上的讲话/同志们：今天的会议很重要，我讲两点意见，请大家认真抓好落实。",
    "在白河县水利大会上的讲话/（2031年4月6日）/各位领导，同志们：今天的会议很重要，请大家抓好落实。",
    "在白河县水利大会上的讲话/陆清/（2031年4月6日）/同志们：今天的会议很重要，请大家抓好落实。",
    "在全县水利建设观摩总结会上的讲话/这次观摩活动，目的是在全县掀起水利建设新高潮，请大家抓好落实。",
    "让渠水流进每一块田 /——在全县水利大会上的讲话 /（2031年4月6日） /同志们：今天的会议很重要。",
]


@pytest.mark.parametrize("case", TITLES)
def test_a_glued_title_gets_its_line(case: str) -> None:
    assert lay_out(case.replace("/", "")) == [line.rstrip() for line in case.split("/")]


NO_TITLES = [
    "会议听取了水利局的工作汇报，同志们：大家要按照县委书记的讲话抓好落实，不能等、不能靠。",
    "要认真学习贯彻县委书记在水利大会上的讲话，各级各部门都要行动起来，抓好贯彻落实。",
    "县政府工作报告已经印发，今天不再重复，请大家会后对照任务清单逐条抓好落实。",
]


@pytest.mark.parametrize("text", NO_TITLES)
def test_a_sentence_is_no_title(text: str) -> None:
    assert lay_out(text) == [text]


BODY = "项目工作是各项工作的重头戏，各镇各部门都要主动配合、靠前服务。" * 4
# The lines as they should be. Those after a `~` are glued to the one before; the others stand on their own.
HEADINGS = {
    "a heading inside a paragraph, its body below": [
        "去冬今春的情况不再多说，我讲三点意见：",
        "~一、认清形势，切实增强抓好水利的紧迫感",
        f"水利是农业的命脉。{BODY}",
        "~二、盯住要害，抓好渠道建设",
        f"~当前，渠道老化严重。{BODY}",
    ],
    "headings beyond the tenth": [
        "九、抓好第九项工作，切实增强责任感",
        BODY,
        "十、抓好第十项工作，切实增强责任感",
        BODY,
        f"本节到此为止，再讲一点。{BODY}",
        "~十一、抓好最后一项工作，切实增强责任感",
        f"~当前，渠道老化严重。{BODY}",
    ],
    "a space before a heading": [
        f"我讲两点意见。{BODY} ",
        "~一、认清形势，切实增强抓好水利的紧迫感",
        f"~当前，渠道老化严重。{BODY} ",
        "~二、盯住要害，抓好渠道建设",
        f"~当前，渠道老化严重。{BODY}",
    ],
    "bodies told by a space": [
        "同志们：我讲两点意见。",
        "~一、认清形势，增强责任感",
        f"~ 今年以来，全县水利建设开局良好。{BODY}",
        "~二、盯住要害，提高执行力",
        f"~ 进一步完善办法。{BODY}",
    ],
    "a body told by a word that opens paragraphs": [
        "一、摸清底数，全面打响水利攻坚战",
        f"~下半年全县水利工作的重点是：续建工程全部完工。{BODY}",
    ],
    "a body told by a word that is taken up again": [
        "一、凝聚合力，推动堤防工程提质增效",
        f"~堤防工程是民心工程，关系千家万户，一刻也不能松劲。{BODY}",
    ],
    "a heading told by the length of its sister": [
        "一、对照差距，绷紧安全弦",
        BODY,
        "二、对照清单，筑牢防汛堤",
        f"~“两大工程”方案已经下发，请大家抓紧施工。{BODY}",
    ],
}


@pytest.mark.parametrize("lines", HEADINGS.values(), ids=HEADINGS)
def test_a_glued_heading_gets_its_line(lines: list[str]) -> None:
    assert lay_out("\n".join(lines).replace("\n~", "")) == [line.lstrip("~ ").rstrip() for line in lines]


def test_a_heading_that_ends_a_paragraph_is_kept_from_the_one_below() -> None:
    raw = f"我讲两点意见：一、抓好渠道建设，打通最后一公里\n\n水利是农业的命脉。{BODY}\n二、抓好水库除险\n{BODY}"
    assert lay_out(raw) == [
        "我讲两点意见：",
        "一、抓好渠道建设，打通最后一公里",
        f"水利是农业的命脉。{BODY}",
        "二、抓好水库除险",
        BODY,
    ]


NO_HEADINGS = [
    "主要有三个问题：一、资金不足；二、人才缺乏；三、管理落后。这些问题要逐一解决。",
    "一、二、三产业协调发展，结构不断优化，二、三产业比重提高到90%以上。",
    "（一）开展清淤行动，是化解当前渠道堵塞难题的好办法。今年以来，全县渠道淤积严重，群众反映强烈。" + BODY,
    "（二）要在筹措资金上下功夫。今年上级扶持力度更大，要抓住时机。" + BODY + "（三）要在管护上下功夫。" + BODY,
    "一、深化国资国企改革，推动重点企业做强做优做大，扶持一批有竞争力的骨干企业。" + BODY,
    "工程分两步走，一、二期今年完工，三期明年开工，各镇要早做准备，早见成效。" + BODY,
]


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_what_is_no_heading_stays_in_its_paragraph(text: str) -> None:
    assert lay_out(text) == [text]


@pytest.mark.parametrize("row", lexicons.load("heading_bounds", BoundRow), ids=lambda row: row.word)
def test_example_of_a_heading_bound_has_its_word(row: BoundRow) -> None:
    assert row.word in row.example
    assert row.side in ("opens", "ends", "both")


@pytest.mark.xfail(reason="neither a space nor a word says where the heading ends", strict=True)
def test_a_glued_heading_without_evidence() -> None:
    assert lay_out(f"一、去冬今春的水利成绩/群众满意是最高标准。{BODY}".replace("/", ""))[0] == "一、去冬今春的水利成绩"


# --- properties


@given(st.text(alphabet="一二、。，：（）“”()- 12页讲话在上同志们%\n　", max_size=160))
@settings(max_examples=300, deadline=None)
def test_every_character_of_the_text_is_of_the_raw_text(raw: str) -> None:
    text = lay_out_lines(AlignedText.of(raw), OPTIONS)
    assert "".join(text.text.split()) == "".join(raw.split()) or any(
        rule == "lines.page_number" for *_, rule in text.edits
    )
    assert all(text.raw[text.raw_starts[i] : text.raw_ends[i]] == c for i, c in enumerate(text.text) if not c.isspace())


@given(
    st.lists(
        st.sampled_from([LONG, MORE, "一、抓好春灌", "（一）抓好渠道", "同志们：", BODY, "二、抓好水库除险"]),
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_a_text_laid_out_comes_back_unchanged(lines: list[str]) -> None:
    once = lay_out_lines(AlignedText.of("\n\n".join(lines)), OPTIONS)
    again = AlignedText.of(once.text)
    assert lay_out_lines(again, OPTIONS) is again
    assert list(glued_headings(once.text)) == []
