"""The main text of pages, with offsets of the page; stray markup out of texts; genuine signs left alone."""

from __future__ import annotations

import pytest
from cleaning import assert_aligned, assert_linear, damaged_texts, run
from hypothesis import given
from hypothesis import strategies as st

import speechparse as sp
from speechparse import lexicons
from speechparse.clean.html import take_main_text
from speechparse.clean.markup import HtmlPart, split

SENTENCE = "今年全县计划实施水利项目32个，总投资18.6亿元，目前已开工27个，完成投资9.4亿元。"
SPEECH = [
    "同志们：",
    SENTENCE,
    "一、认清形势，增强责任感",
    "要围绕“一库两渠”的布局，确保11月底前白鹭水库主体封顶，力争新增有效灌溉面积4.2万亩。",
    *(f"{number}是抓好当前工作。{SENTENCE}" for number in "一二三四五六"),
    "谢谢大家！",
]
PARAGRAPHS = "".join(f"<p>{paragraph}</p>\n" for paragraph in SPEECH)
TITLE = "在全县重点水利工程推进会上的讲话"


def page(body: str, head: str = f"<title>{TITLE}_麦岭县人民政府</title>") -> str:
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n{body}\n</body></html>"


NAVIGATION = '<div class="nav"><a href="/">首页</a> <a href="/xxgk/">信息公开</a> <a href="/ld/">领导讲话</a></div>'
INFO = '<div class="info">发布时间：2031-08-06 09:15　来源：县政府办　浏览次数：<script>count(312)</script>312</div>'
BACK = '<div class="next">上一篇：<a href="1.htm">防汛工作会议召开</a><br>下一篇：<a href="3.htm">春灌安排</a></div>'
FOOTER = '<div class="footer">版权所有：麦岭县人民政府办公室 备案号00000000</div>'

CONTAINERS = [
    '<div class="TRS_Editor">{}</div>',
    '<div class="view TRS_UEDITOR trs_paper_default trs_web">{}</div>',
    '<div class="TRS_Editor"><style>.TRS_Editor P{{margin:0}}</style><div class="Custom_UnionStyle">{}</div></div>',
    "<div id='UCAP-CONTENT'>{}</div>",
    "<div class=pages_content>{}</div>",
    '<span id="zoom"><span lang="EN-US"></span>{}</span>',
    '<div class="content"><div class="TRS_Editor">{}</div><div class="share">分享到：微信 微博</div></div>',
    "<article>{}</article>",
    '<div class="unknown-to-us"><div class="x1">{}</div></div>',
    "<table width=980><tr><td width=200>站内导航</td><td>{}</td></tr></table>",
]


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_speech_alone_is_taken(container: str) -> None:
    source = page("\n".join([NAVIGATION, f"<h1>{TITLE}</h1>", INFO, container.format(PARAGRAPHS), BACK, FOOTER]))
    aligned = run(take_main_text, source)
    assert aligned.text.split("\n") == [TITLE, *SPEECH]
    assert_aligned(aligned)


def test_raw_offsets_are_those_of_the_page() -> None:
    source = page(f'{NAVIGATION}<div id="zoom">{PARAGRAPHS}{PARAGRAPHS.replace("32个", "57个")}</div>')
    aligned = run(take_main_text, source)
    for figure in ("32个", "57个", "18.6亿元"):
        at = aligned.text.index(figure)
        start, end = aligned.raw_span(at, at + len(figure))
        assert source[start:end] == figure
        assert start == source.index(figure)


def facts(source: str) -> dict[str, str]:
    aligned = run(take_main_text, source)
    for fact in aligned.facts:
        assert 0 <= fact.raw_start < fact.raw_end <= len(source)
    return {fact.name: fact.value for fact in aligned.facts}


FACTS = [
    # head, body, title, day of publication
    (f"<title>{TITLE}_麦岭县人民政府</title>", "", TITLE, None),
    (f"<title>{TITLE} - 领导讲话 - 麦岭县政府网</title>", "", TITLE, None),
    (f"<title>{TITLE}|麦岭</title>", "", TITLE, None),
    (f'<meta name="ArticleTitle" content="{TITLE}"><title>麦岭县</title>', "", TITLE, None),
    ('<title>麦岭县</title><meta name="PubDate" content="2031-8-6 10:02">', "", "麦岭县", "2031-08-06"),
    ('<meta name="PubDate" content="未知">', f"<h1>{TITLE}</h1>{INFO}", TITLE, "2031-08-06"),
    ("", f"<h1>{TITLE}</h1>{INFO}", TITLE, "2031-08-06"),
    ("", f"<h1>{TITLE[:2]}<font color='red'>{TITLE[2:]}</font></h1>{INFO}", TITLE, "2031-08-06"),
    (f"<title>{TITLE}</title>", f"<h1>麦岭县政府网</h1><h1>{TITLE}</h1>", TITLE, None),
    ("<title>在全县&ldquo;两会&rdquo;上的讲话</title>", "", "在全县“两会”上的讲话", None),
]


@pytest.mark.parametrize(("head", "body", "title", "published"), FACTS)
def test_facts_outside_the_speech_are_noted(head: str, body: str, title: str, published: str | None) -> None:
    found = facts(page(f'{body}<div id="zoom">{PARAGRAPHS}</div>', head))
    assert found.get("title") == title
    assert found.get("published") == published


def test_the_heading_that_is_the_pages_title_is_kept_not_the_sites_name() -> None:
    heads = f'<h1>麦岭县政府网</h1><h1>{TITLE}</h1><p class="subtitle">（2031年8月5日）</p>'
    body = f'{heads}<div id="zoom">{PARAGRAPHS}</div>'
    assert run(take_main_text, page(body)).text.split("\n") == [TITLE, "（2031年8月5日）", *SPEECH]


BODIES = [
    # what stands in the container, the text
    (f"{SENTENCE}<br>{SENTENCE}<br />\n<br/>{SENTENCE}", f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}"),
    ("<p>完成<b>投资</b><span lang='EN-US'>18.6</span>亿元。</p>", "完成投资18.6亿元。"),
    ("<p>完成投资\n      18.6亿元，同比\n增长8%。</p>", "完成投资 18.6亿元，同比增长8%。"),
    ("<p>引进 PPP\n项目</p>", "引进 PPP 项目"),
    ("<p>&nbsp;&nbsp;一、形势&#22823;好&mdash;&#x2014;</p>", "  一、形势大好——"),
    ("<p>5&lt;10，A&amp;B，&quot;三资&quot;</p>", '5<10，A&B，"三资"'),
    ("<p>增长5<10，a < b</p>", "增长5<10，a < b"),
    ("<ul><li>桥梁</li><li>水库</li></ul>", "桥梁\n水库"),
    ("<p>一<!-- 注释 <p>二</p> -->三</p>", "一三"),
    ("<p>一<script>if (a < b) { document.write('<p>二</p>') }</script>三</p>", "一三"),
    ("<p>一<STYLE type='text/css'>p > a {}</STYLE>三</p>", "一三"),
    ("<p>一二三四<i style='DISPLAY: none'>水印</i>五</p>", "一二三四五"),
    ("<p style='overflow:hidden'>一</p>", "一"),
    ("<p title='a>b'>一</p><p title=\"x>二</p>", "一\n二"),
    ("<p>一<o:p></o:p><st1:chsdate day='5'>5日</st1:chsdate></p>", "一5日"),
    ("<p>一<p>二<p>三", "一\n二\n三"),
    ("一\n二\n三", "一\n二\n三"),
    (
        "<table><tr><th>项目</th><th>个数</th></tr>\n<tr><td><p>桥梁</p></td>\n<td><p>12</p></td></tr></table>",
        "项目\t个数\n桥梁\t12",
    ),
    (f"<table><tr><td><p>{SENTENCE * 4}</p><p>二</p></td></tr></table>", f"{SENTENCE * 4}\n二"),
]


@pytest.mark.parametrize(("body", "text"), BODIES)
def test_lines_entities_and_tables(body: str, text: str) -> None:
    assert run(take_main_text, page(f'<div id="zoom">{body}</div>')).text == text


def test_a_speech_in_boxes_of_no_name_is_taken_whole() -> None:
    """Each long paragraph in a box of its own: the text stands in what holds the boxes."""
    lines = ["".join(SPEECH), "".join(reversed(SPEECH))]
    boxes = "".join(f"<div><div><span>{line}</span></div></div>" for line in lines)
    assert run(take_main_text, f"<html><body>{boxes}</body></html>").text.split("\n") == lines


def test_a_container_that_holds_little_is_not_the_one() -> None:
    source = page(f'<div id="zoom"><p>麦岭县</p></div><div class="main2">{PARAGRAPHS}</div>')
    assert run(take_main_text, source).text.split("\n")[-len(SPEECH) :] == SPEECH


def test_a_speech_in_several_parts_is_taken_whole() -> None:
    part = '<div class="TRS_Editor">{}</div>'
    source = page(f"{NAVIGATION}{part.format(PARAGRAPHS)}<div><a>第二部分</a></div>{part.format(PARAGRAPHS)}{FOOTER}")
    assert run(take_main_text, source).text.split("\n") == SPEECH * 2


def test_a_page_cut_off_in_the_middle() -> None:
    source = page(f'{NAVIGATION}<div id="zoom">{PARAGRAPHS}')[:-40]
    assert run(take_main_text, source).text.startswith(SPEECH[0] + "\n" + SPEECH[1])


PLAIN = [
    # text with left-overs of markup, the text without them
    ("<p>各位代表：</p><p>现在报告工作。</p>", "各位代表：\n现在报告工作。"),
    ("各位代表：<br>\n现在报告工作。", "各位代表：\n现在报告工作。"),
    ("完成<strong>投资</strong>18亿元", "完成投资18亿元"),
    ("&lt;p&gt;各位代表&lt;/p&gt;", "各位代表"),
    ("&amp;nbsp;&amp;nbsp;各位&nbsp;代表", "  各位 代表"),
    ("&ldquo;三资&rdquo;农业", "“三资”农业"),
    ("R&D;经费增长&#x0007;8%", "R&D;经费增长8%"),
    (".TRS_Editor P{margin-top:0;line-height:1.5;font-family:宋体}各位代表", "各位代表"),
    ("各位代表\n.a, #b > p { color : red }\n现在", "各位代表\n\n现在"),
    ("各位代表<style>p{margin:0}</style>：", "各位代表："),
    ("<title>工作报告</title>\n各位代表", "工作报告\n各位代表"),
    ('各位代表：\ndocument.write("<a href=x>");\n现在', "各位代表：\n现在"),
    ("各位代表<!-- 正文开始 -->：", "各位代表："),
]


@pytest.mark.parametrize(("text", "clean"), PLAIN)
def test_left_overs_in_plain_text(text: str, clean: str) -> None:
    aligned = run(take_main_text, text)
    assert aligned.text == clean
    assert {rule.split(".")[0] for _, _, rule in aligned.edits} == {"html"}
    assert_aligned(aligned)


GENUINE = [
    "增速5<10，a<b且c>d",
    "若A<B，则B>A",
    "学习>领导讲话>工作报告",
    "R&D经费投入强度2.5%，A&B公司，AT&T;和AT&TT;",
    "调用print的函数有三个：甲、乙、丙);",
    "http://example.org/?a=1&copy=2&lt=3",
    "集合{1, 2, 3}与{甲：乙}",
    "会议(扩大)由document部门承办",
    "<<政府工作报告>>与<关于预算的决定>",
    "《a<b》",
]


@pytest.mark.parametrize("text", GENUINE)
def test_genuine_signs_stay(text: str) -> None:
    assert run(take_main_text, text).text == text


PARTS = lexicons.load("html_parts", HtmlPart)


@pytest.mark.parametrize("row", PARTS, ids=lambda row: row.selector)
def test_each_row_is_found_in_its_example(row: HtmlPart) -> None:
    assert row.selector == row.selector.lower()
    assert row.part in ("text", "title", "subtitle", "dropped")
    assert row in [element.row for element in split(row.example).elements]
    assert row not in [element.row for element in split(row.counter_example).elements]


@given(damaged_texts)
def test_twice_is_once_and_the_changes_tell_all(text: str) -> None:
    once = run(take_main_text, text)
    assert_aligned(once)
    assert run(take_main_text, once.text).text == once.text


BARE = ["<div>", "</div>", "<td>", "</td>", "<table>", "<p>", "甲", "乙 丙\n", "<b>", "</b>"]


@given(st.lists(st.sampled_from(BARE)))
def test_what_is_taken_stands_in_the_page_in_that_order(pieces: list[str]) -> None:
    source = f"<body>{''.join(pieces)}</body>"
    aligned = run(take_main_text, source)
    for index, character in enumerate(aligned.text):
        if character in "甲乙丙":
            assert source[slice(*aligned.raw_span(index, index + 1))] == character


HOSTILE = ["<", "<div>", "<div></td>", '<a "', "<!--", "<script>", "<p>", "<table><td>", "<span id=zoom>"]
HOSTILE += ["<div class=content>", "<h1>一</h1>", "<td></td>", "&amp;", "{a:b", "{a:b;}", "document.", "document.\n"]
HOSTILE += ["?", "(a)", "a"]
HOSTILE += ["&", "&#", "&#x", "&nbsp", "&a", "&#99", "<!", "<!DOCTYPE", "<![CDATA[", "<?xml", "</", "</div"]
HOSTILE += ["<a href=", "<a b", "<textarea>", "<title>", "<style>", "<!--x", "<option>", "<li><ul>", "<b><i></b></i>"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    assert_linear(take_main_text, piece)


PROMISE = "同志们：\n今年，确保完成固定资产投资53.2亿元以上。"
DEEP, LONG = 100_000, 20_000
BROKEN = [
    # name, page
    ("nothing is closed", f"<html><body><div class=content><p>{PROMISE}"),
    ("nested deep", "<div>" * DEEP + f"<p>{PROMISE}</p>" + "</div>" * DEEP),
    ("nested deep and not closed", "<div>" * DEEP + f"<p>{PROMISE}</p>"),
    ("closed and never opened", f"<html><body><p>{PROMISE}</p>" + "</div>" * DEEP),
    ("tables nested deep", "<table><tr><td>" * LONG + f"<p>{PROMISE}</p>"),
    ("lists crossing each other", f"<html><body><p>{PROMISE}</p>" + "<ul><li><b></ul></b>" * LONG),
    ("an entity without end", f"<html><body><p>{PROMISE}</p>&#" + "9" * LONG),
    ("a named entity without end", f"<html><body><p>{PROMISE}</p>&" + "a" * LONG),
    ("entities without a semicolon", f"<html><body><p>{PROMISE}</p>" + "&#x20" * LONG),
    ("an attribute without end", f'<html><body><p>{PROMISE}</p><a href="' + "x" * LONG),
    ("a comment without end", f"<html><body><p>{PROMISE}</p><!--" + "x" * LONG),
    ("a script without end", f"<html><body><p>{PROMISE}</p><script>" + "x = 1; " * LONG),
    ("a tag without end", f"<html><body><p>{PROMISE}</p><div " + "a=b " * LONG),
]


@pytest.mark.parametrize("page", [page for _, page in BROKEN], ids=[name for name, _ in BROKEN])
def test_a_broken_page_still_gives_its_speech(page: str) -> None:
    document = sp.parse(page)
    assert [(record.text, record.bound) for record in document.targets] == [("53.2亿元以上", "min")]
