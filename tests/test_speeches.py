"""The speeches of a text, and what each says about itself: title, date, place, speaker. Places are invented."""

from __future__ import annotations

import pytest

from speechparse import lexicons
from speechparse.clean.boilerplate import cut_boilerplate
from speechparse.clean.lines import lay_out_lines
from speechparse.options import ParseOptions
from speechparse.records import Speech
from speechparse.segment.linekinds import (
    OfficeRow,
    SalutationRow,
    SurnameRow,
    TitleRow,
    is_name,
    is_salutation,
    is_title,
    salutation_end,
    speaker_of,
)
from speechparse.segment.speeches import DateCueRow, split_speeches
from speechparse.text import AlignedText

OPTIONS = ParseOptions()
BODY = "全县完成水利投资3.2亿元，新修渠道126公里，改善灌溉面积4.5万亩，有87个村的群众喝上了自来水。"
END = "同志们，让我们抢晴天、战雨天，把渠道修到田头，把堤防修牢修好，让父老乡亲年年都有好收成！"


def split(text: str) -> list[Speech]:
    return split_speeches(AlignedText.of(text), OPTIONS)


def parse(page: str) -> tuple[AlignedText, list[Speech]]:
    text = lay_out_lines(cut_boilerplate(AlignedText.of(page), OPTIONS), OPTIONS)
    return text, split_speeches(text, OPTIONS)


# --- the rows of the lexicons


@pytest.mark.parametrize("row", lexicons.load("speech_titles", TitleRow), ids=lambda row: row.word)
def test_titles(row: TitleRow) -> None:
    assert is_title(row.example)
    assert row.word in row.example
    assert not is_title(row.counter_example)


@pytest.mark.parametrize("row", lexicons.load("salutations", SalutationRow), ids=lambda row: row.word)
def test_salutations(row: SalutationRow) -> None:
    assert is_salutation(row.example)
    assert not is_salutation(row.counter_example)


@pytest.mark.parametrize("row", lexicons.load("offices", OfficeRow), ids=lambda row: row.office)
def test_offices(row: OfficeRow) -> None:
    speaker = speaker_of(row.example)
    assert speaker
    assert speaker.name
    assert speaker.office.endswith(row.office)


def test_surnames() -> None:
    for row in lexicons.load("surnames", SurnameRow):
        assert is_name(row.example), row
    assert not is_name("浏览记录")
    assert not is_name("讲话发言")


@pytest.mark.parametrize("row", lexicons.load("date_cues", DateCueRow), ids=lambda row: row.name)
def test_date_cues(row: DateCueRow) -> None:
    place = row.name.split("_")[0]
    pages = {
        "any": "{0}\n{1}，{2}\n{0}",
        "begin": "{1}，{2}\n{0}",
        "end": "{2}\n{0}\n{1}，全县上下要抢晴天、战雨天，把渠道修到田头，把堤防修牢修好，不负重托。",
        "heading": "{2}\n{1}\n{0}",
    }
    plain = "要抓住农闲时节，组织群众上堤上渠，做到人员、机械、材料三到位，确保工程按期保质完成，让群众满意。"
    assert split(pages[place].format(plain, row.example, plain))[0].date == "2031"
    assert split(pages[place].format(plain, row.counter_example, plain))[0].date is None


NO_TITLES = [
    "请大家听取工作报告",
    "会上作了重要讲话",
    "一、2030年工作报告",
    "讲话发言",
    "水利建设取得新成效",
    "下面请县长讲话",
    "工作报告。",
]


@pytest.mark.parametrize("line", NO_TITLES)
def test_what_is_no_title(line: str) -> None:
    assert not is_title(line)


@pytest.mark.parametrize("line", ["同志们，今天的会很重要。", "人大代表：张明远", "代表们反映的问题", "同志，你好"])
def test_what_is_no_salutation(line: str) -> None:
    assert salutation_end(line) == 0


# --- what a speech says about itself: text, (title, date, place, speaker)

HEADS = [
    (
        "在白河县水利大会上的讲话\n（2031年4月6日）\n同志们：",
        ("在白河县水利大会上的讲话", "2031-04-06", "白河县", None),
    ),
    ("在全县水利大会上的讲话\n(201*年9月6日)\n同志们:", ("在全县水利大会上的讲话", "201X-09-06", None, None)),
    ("在2031年全县水利大会上的讲话\n同志们：", ("在2031年全县水利大会上的讲话", "2031", None, None)),
    ("在20xx年全县水利大会上的讲话\n同志们：", ("在20xx年全县水利大会上的讲话", "20XX", None, None)),
    ("在2031年水利大会上的讲话\n（20xx年4月6日）\n同志们：", ("在2031年水利大会上的讲话", "2031-04-06", None, None)),
    (
        "政府工作报告\n——2031年2月8日在白河县第十四届人民代表大会第二次会议上\n白河县人民政府县长　陆清\n各位代表：",
        ("政府工作报告", "2031-02-08", "白河县", "陆清"),
    ),
    (
        "政 府 工 作 报 告\n----2031年2月8日在柳塘区第十四届人民代表大会第二次会议上\n柳塘区人民政府区长苏明远",
        ("政府工作报告", "2031-02-08", "柳塘区", "苏明远"),
    ),
    ("2031年云岭省政府工作报告\n省长 高 远\n各位代表：", ("2031年云岭省政府工作报告", "2031", "云岭省", "高远")),
    (
        "云岭省2031年政府工作报告\n2031年1月8日在云岭省第十届人民代表大会第二次会议上 云岭省省长 高远\n各位代表：",
        ("云岭省2031年政府工作报告", "2031-01-08", "云岭省", "高远"),
    ),
    ("政府工作报告\n国务院总理\n方 明\n各位代表：", ("政府工作报告", None, None, "方明")),
    ("让渠水流进田\n——在白河县水利大会上的讲话\n同志们：", ("让渠水流进田", None, "白河县", None)),
    (
        "在全县水利大会上的讲话\n陆清\n（2031年4月6日）\n同志们：",
        ("在全县水利大会上的讲话", "2031-04-06", None, "陆清"),
    ),
    ("同志们：", (None, None, None, None)),
    ("——在全县水利大会上的讲话\n（2031年4月6日）", ("在全县水利大会上的讲话", "2031-04-06", None, None)),
    ("在 2031 年县委“水利兴县”动员会上的讲话\n同志们：", ("在2031年县委“水利兴县”动员会上的讲话", "2031", None, None)),
    ("在争创省级节水县城动员会上的讲话\n同志们：", ("在争创省级节水县城动员会上的讲话", None, None, None)),
]


@pytest.mark.parametrize(("head", "expected"), HEADS)
def test_head_of_a_speech(head: str, expected: tuple[str | None, ...]) -> None:
    speech = split(f"{head}\n{BODY}\n{END}")[0]
    assert (speech.title, speech.date, speech.place, speech.speaker) == expected


YEARS = [
    (f"今天，县里召开201*年水利大会，部署冬修工作。{BODY}", "201X"),
    (f"汛期刚过，县里就召开了20xx年水利总结会，抓紧备战。{BODY}", "20XX"),
    (
        f"为推进我县20xx年水利建设，县里确定了十项工程。{BODY}\n同志们，2031年水利建设的大幕已经拉开，让我们一起努力，把每一项工程都建成精品，让群众满意！",
        "2031",
    ),
    (f"今年是203*年，任务很重。{BODY}", "203X"),
    (f"今天，县里召开2031年水利大会，部署冬修。{BODY}\n为圆满完成202*年各项目标任务而努力奋斗。{END}", "202X"),
    (f"今天，县里召开2031年水利大会，部署冬修。{BODY}\n为圆满完成203*年各项目标任务而努力奋斗。{END}", "2031"),
    (f"今天，县里召开1234年水利大会，部署冬修。{BODY}", None),
    (f"{BODY}\n二、2031年重点工作\n{BODY}", "2031"),
    (f"一、2030年工作回顾\n{BODY}", None),
    (f"2030年，全县水利建设成绩很大。{BODY}", None),
    (BODY, None),
]


@pytest.mark.parametrize(("text", "date"), YEARS)
def test_year_that_a_speech_states(text: str, date: str | None) -> None:
    assert split(f"同志们：\n{text}")[0].date == date


def test_the_date_of_the_page_is_not_the_date_of_the_speech() -> None:
    _, speeches = parse(f"在全县水利大会上的讲话\n时间:2018-04-03 10:11:12\n同志们：\n{BODY}\n{END}")
    assert [(s.title, s.date) for s in speeches] == [("在全县水利大会上的讲话", None)]


# --- several speeches in one text


def test_no_text_has_no_speech() -> None:
    assert split("") == []
    assert split(" \n\n") == []


def test_one_speech_spans_its_lines() -> None:
    text = f"同志们：\n{BODY}\n{END}"
    assert [(s.start, s.end) for s in split(text)] == [(0, len(text))]


def test_a_title_with_its_salutation_begins_another_speech() -> None:
    first = f"在白河县水利大会上的讲话\n同志们：\n{BODY}\n{END}"
    second = f"在柳塘区防汛会上的讲话\n(2031年6月1日)\n同志们：\n一、守住大堤\n{BODY}"
    text = f"{first}\n{second}"
    speeches = split(text)
    assert [text[s.start : s.end] for s in speeches] == [first, second]
    assert [s.title for s in speeches] == ["在白河县水利大会上的讲话", "在柳塘区防汛会上的讲话"]
    assert [s.date for s in speeches] == [None, "2031-06-01"]
    assert [len(s.sections) for s in speeches] == [0, 1]


def test_a_salutation_within_a_speech_begins_none() -> None:
    assert len(split(f"各位代表：\n{BODY}\n各位代表！\n{END}\n各位代表！\n{BODY}")) == 1


def test_speeches_of_a_series_whose_titles_were_cut() -> None:
    page = f"水利建设讲话稿(一)：\n同志们：\n{BODY}\n水利建设讲话稿(二)：\n各位代表：\n{END}"
    text, speeches = parse(page)
    assert [s.title for s in speeches] == ["水利建设讲话稿(一)", "水利建设讲话稿(二)"]
    assert [text.text[s.start : s.end] for s in speeches] == [f"同志们：\n{BODY}", f"各位代表：\n{END}"]


def test_further_reading_is_another_speech() -> None:
    other = "在柳塘区防汛会上的讲话"
    page = f"在白河县水利大会上的讲话\n同志们：\n{BODY}\n扩展阅读：{other}\n{other}\n同志们：\n{END}"
    assert [s.title for s in parse(page)[1]] == ["在白河县水利大会上的讲话", other]


def test_title_from_the_editors_introduction() -> None:
    page = f"本站小编为你整理了书记在水利现场会上发言参考范文，希望对你有帮助。\n{BODY}\n{END}"
    text, speeches = parse(page)
    assert text.text == f"{BODY}\n{END}"
    assert [s.title for s in speeches] == ["书记在水利现场会上发言"]


def test_numbers_alone_part_a_collection() -> None:
    page = f"水利大会上的领导讲话\n下面是小编整理的，仅供参考。\n一\n同志们：\n{BODY}\n二\n各位代表：\n{END}"
    text, speeches = parse(page)
    assert text.text == f"同志们：\n{BODY}\n各位代表：\n{END}"
    assert len(speeches) == 2
