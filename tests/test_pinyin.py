"""Pinyin notes and the GBK damage around them: what is restored, what stays, what is marked, and at what price."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from cleaning import DEFAULTS, assert_aligned, assert_linear, corpus, read, run
from gbk_channel import (
    ONLY_QUESTION_MARK,
    PUNCTUATION,
    Channel,
    Outcome,
    compare,
    converter,
    damage,
    folded,
    unmarked,
    wrong_figures,
)
from hypothesis import given
from hypothesis import strategies as st
from places import REPOSITORY

from speechparse import AlignedText, lexicons
from speechparse.clean.likelihood import SpeechWord
from speechparse.clean.pinyin import undo_pinyin_damage
from speechparse.clean.readings import ReadingRow, readings, toneless

RESTORED = [
    # notes
    ("推進(jìn)青杨镇項(xiàng)目建設(shè)", "推進青杨镇項目建設"),
    ("建成投產(chǎn)后年增税收8300萬(wàn)元", "建成投產后年增税收8300萬元"),
    ("全年完成投資(zī)八億(yì)元，同比增長(zhǎng)百分之十二。", "全年完成投資八億元，同比增長百分之十二。"),
    ("要認(rèn)真總(zǒng)結(jié)經(jīng)驗(yàn)，銀行(háng)也要配合", "要認真總結經驗，銀行也要配合"),
    ("我們(men)的目標(biāo)是(shì)什(shén)麼(me)，廣(ɡuǎnɡ)大幹(gàn)部要清楚", "我們的目標是什麼，廣大幹部要清楚"),
    # notes that straddle two characters
    ("青?kuàng)?yáng)鎮(zhèn)的項(xiàng)目?jī)?chǔ)備(bèi)還(hái)不夠(gòu)", "青楊鎮的項目儲備還不夠"),
    ("松嶺(lǐng)區(qū)的圖(tú)紙(zhǐ)?jiān)O(shè)計(jì)已經(jīng)完成", "松嶺區的圖紙設計已經完成"),
    ("加?hòng)?qiáng)基層(céng)隊(duì)?luò)榻ㄔO(shè)，改善辦(bàn)學(xué)條(tiáo)件", "加強基層隊伍建設，改善辦學條件"),
    ("深入一線(xiàn)解?jiǎ)Q(jué)問(wèn)題(tí)", "深入一線解決問題"),
    ("讓(ràng)羣(qún)衆(zhòng)得到??huán)??shí)惠", "讓羣衆得到實惠"),
    ("讓(ràng)羣(qún)衆(zhòng)得到?(huán)?(shí)惠", "讓羣衆得到實惠"),
    ("讓(ràng)羣(qún)衆(zhòng)得到(huán)(shí)惠", "讓羣衆得到實惠"),
    ("各部門(mén)要切實(shí)發(fā)展“A(láo)I+”產(chǎn)業(yè)", "各部門要切實發展“AI+”產業"),
    # a note of the pair that a broken one has made
    (
        "推進(jìn)項(xiàng)目建設(shè)，發(fā)展(zhǎn)產(chǎn)業(yè)，修路200公里?zhēng)琍(lí)M2.5年(nián)?zè)?jūn)濃度(dù)下降(jiàng)。",
        "推進項目建設，發展產業，修路200公里，PM2.5年均濃度下降。",
    ),
    # the loss of A3 BF, and of other pairs
    ("備(bèi)料還(hái)不夠(gòu)?梢哉f(shuō)，各村都要再加一把勁(jìn)。", "備料還不夠。可以說，各村都要再加一把勁。"),
    ("進(jìn)度還(hái)不夠(gòu)??梢哉f(shuō)，各村都要再加一把勁(jìn)。", "進度還不夠。可以說，各村都要再加一把勁。"),
    ("全年確?偼顿Y增長一成", "全年確保總投資增長一成"),
    ("河道治理?h水利局負責督辦", "河道治理。縣水利局負責督辦"),
    ("要加?hòng)?qiáng)河道治理?h(xiàn)水利局負(fù)責(zé)督辦(bàn)。", "要加強河道治理。縣水利局負責督辦。"),
    ("各部門(mén)要協(xié)作??zǒng)體(tǐ)目?shàn)?biāo)是年底前完工", "各部門要協作。總體目標是年底前完工"),
    ("道路硬化已經(jīng)過(guò)半?,F(xiàn)在要抓緊(jǐn)驗(yàn)收。", "道路硬化已經過半。現在要抓緊驗收。"),
    (
        "道路硬化已經(jīng)過(guò)半?F(xiàn)在要抓緊(jǐn)驗(yàn)收,不留尾巴。",
        "道路硬化已經過半。現在要抓緊驗收,不留尾巴。",
    ),
]


@pytest.mark.parametrize(("damaged", "wanted"), RESTORED)
def test_damage_is_undone(damaged: str, wanted: str) -> None:
    text = run(undo_pinyin_damage, damaged)
    assert text.text == wanted
    assert_aligned(text)


UNCHANGED = [
    "今年全县新开工项目三十二个，比去年多五个。",
    "银行(háng)是多音字，这里念háng。",
    "他姓單(shàn)，不姓單(dān)。",
    "長(zhǎng)沙、重(chóng)慶、單(shàn)縣都是多音字地名。",
    "國內生產總值(GDP)增長百分之六，方案(a)比方案(b)好。",
    "我們(we)一起努力(can)，企業(long)也一樣。",
    "你們準備好了嗎?我看還沒有。錢從哪裏來?人往哪裏去?",
    "这个增长点在哪?现在还不清晰。怎么办?干!",
    "完成投资?亿元，新建厂房??个，占地???亩。",
    "五年合計財政支出爲??零九??億元，其中農業支出??億元。",
    "見 http://example.cn/?id=3&x=(b) 或(c)項",
    "????????????",
    "（一）項目建設，(二)招商引資，（3）作風建設?",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_sound_text_stays_the_same_object(text: str) -> None:
    original = AlignedText.of(text)
    assert undo_pinyin_damage(original, DEFAULTS) is original


def test_a_remark_stays_on_a_page_that_notes_changed_characters_only() -> None:
    noted = (
        "".join(f"{c}(jìn)" for c in "進")
        + "一步推進(jìn)項(xiàng)目建設(shè)，發(fā)展產(chǎn)業(yè)，實(shí)現(xiàn)增長(zhǎng)。"
    )
    text = run(undo_pinyin_damage, noted * 6 + "銀行(háng)的行念háng。")
    assert "(" not in text.text.removesuffix("銀行(háng)的行念háng。")
    assert text.text.endswith("銀行(háng)的行念háng。")


def test_a_note_that_stands_alone_goes_where_the_page_notes_its_character() -> None:
    noted = "發(fā)展養(yǎng)老托(tuō)育(yù)和(hé)托(tuō)幼(yòu)服(fú)務(wù)，"
    far = "各級都要重視起來，" * 12
    text = run(undo_pinyin_damage, f"{noted}{far}做好托(tuō)管服務。{far}銀行(háng)的行念háng。")
    assert text.text.count("(") == 1
    assert "做好托管服務。" in text.text
    assert "銀行(háng)的行" in text.text


WARNED = [
    # a digit may be lost; it is never guessed
    (
        "目前有家企業(yè)實(shí)現(xiàn)投產(chǎn)，機(jī)構(gòu)?wǔ)?80家，經(jīng)營(yíng)良好",
        "figure_near_damage",
        "?80家",
    ),
    ("項(xiàng)目?jī)?chǔ)備(bèi)??個(gè)，資(zī)金到位，進(jìn)展順(shùn)利", "figure_near_damage", "??個"),
    # what is left of a note that nothing explains
    ("推進(jìn)項(xiàng)目建設(shè)，發(fā)展產(chǎn)業(yè)?qián)嗡，實(shí)現(xiàn)增長", "damaged_text", ""),
]


@pytest.mark.parametrize(("damaged", "code", "kept"), WARNED)
def test_what_is_not_restored_is_marked(damaged: str, code: str, kept: str) -> None:
    text = run(undo_pinyin_damage, damaged)
    assert code in {note.name for note in text.warnings}
    assert kept in text.text


def test_errors_are_marked() -> None:
    """On a page that notes any character, which breaks most: one error of a hundred has no warning beside it."""
    wrong = without = 0
    for seed, file in enumerate(sorted(REPOSITORY.glob("tests/gold/*.txt"))):
        damaged = damage(file.read_text(encoding="utf-8"), Channel("any"), seed)
        text = run(undo_pinyin_damage, damaged.text)
        wrong += compare(damaged, text.text).wrong
        without += unmarked(damaged, text)
    assert wrong > 500
    assert without <= 0.01 * wrong


def test_misgivings_are_told_apart_from_doubts() -> None:
    """They cost no figure its value, as `damaged_text` does."""
    texts = (run(undo_pinyin_damage, damage(SPEECH, Channel("any"), seed).text) for seed in range(4))
    notes = [note for text in texts for note in text.warnings]
    assert {note.name for note in notes} == {"damaged_text", "figure_near_damage", "doubtful_repair"}
    assert all(note.value.startswith("restored as ") for note in notes if note.name == "doubtful_repair")


@pytest.mark.parametrize("damaged", [damaged for damaged, *_ in WARNED])
def test_no_digit_is_made_up(damaged: str) -> None:
    digits = regex.compile(r"[0-9]+")
    assert digits.findall(run(undo_pinyin_damage, damaged).text) == digits.findall(damaged)


@pytest.mark.xfail(reason="of 努力 too few bytes are left to find it among all words")
def test_a_word_is_found_of_which_nearly_nothing_is_left() -> None:
    damaged = "爲(wèi)實(shí)現(xiàn)全年目?shàn)硕???^(fèn)鬥(dòu)！\n"
    assert "而努力奮鬥" in run(undo_pinyin_damage, damaged).text


def test_each_reading_has_an_example_that_holds_it() -> None:
    note = regex.compile(r"(.)\(([^()]+)\)")
    for row in lexicons.load("readings", ReadingRow):
        found = note.search(row.example)
        assert found, row.syllable
        assert (found[1] in row.characters + row.others, found[2]) == (True, row.syllable)
        assert found[1] in readings().characters(row.syllable) & readings().loosely(toneless(row.syllable))


def test_each_speech_word_stands_in_its_example() -> None:
    assert [row.word for row in lexicons.load("speech_words", SpeechWord) if row.word not in row.example] == []


SPEECH = """
同志们：今天我们在这里召开全县项目推进会，主要任务是总结经验、分析形势、部署下一步工作。
今年以来，全县新开工重点项目三十二个，完成投资十八亿元，占年度计划的百分之六十一。可以说，成绩来之不易。
一是招商引资取得突破。我们先后赴沿海地区开展推介活动，签约项目二十六个，其中亿元以上项目九个。总的来看，
项目结构更加合理，发展后劲明显增强。二是服务质量不断提高。各部门主动上门，帮助企业解决用地、用工、资金等问题。
三是作风建设进一步加强。广大干部深入一线，帮助群众办实事、解难题，赢得了社会各界的好评。
在肯定成绩的同时，也要看到存在的问题：项目储备还不够，有的工程进度缓慢，个别单位协作意识不强，确保全年目标的压力很大。
现在离年底只有四个月时间。县发展改革部门要倒排工期，科学调度，切实把责任落实到岗位、落实到人。
要扩大有效投资，推动传统产业转型升级，培育新的增长点；要保护生态环境，严格执行审批制度；要关心困难职工的生活，
做好就业、养老、医疗等各项社会保障工作，让发展成果惠及全县人民。同志们，让我们团结一心，为实现全年目标而努力奋斗！
"""

CHANNELS = {
    "notes first": Channel(),
    "one character after the other": Channel(by_position=False, share=0.8),
    "all punctuation halved": Channel(pairs=PUNCTUATION),
    "punctuation halved first": Channel(notes_first=False, pairs=PUNCTUATION),
    "two marks": Channel(error="double"),
    "one byte marked": Channel(error="mark", pairs=PUNCTUATION),
    "one byte dropped": Channel(error="drop"),
    "one byte dropped, all punctuation halved": Channel(error="drop", pairs=PUNCTUATION),
    "a generous decoder": Channel(codec="gb18030", pairs=PUNCTUATION),
}


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=CHANNELS)
def test_a_speech_comes_back_from_each_channel(channel: Channel) -> None:
    outcome = Outcome(0, 0, 0, 0, 0, 0)
    for seed in range(3):
        damaged = damage(SPEECH, channel, seed)
        text = run(undo_pinyin_damage, damaged.text)
        assert_aligned(text)
        outcome += compare(damaged, text.text)
    assert outcome.straddled > 20
    assert outcome.straddled_right >= 0.97 * outcome.straddled, str(outcome)
    assert outcome.wrong <= 0.02 * outcome.characters, str(outcome)


def test_the_channel_does_damage() -> None:
    """Without repair the same figures are bad, so the floors above say something."""
    damaged = damage(SPEECH, Channel(), 0)
    outcome = compare(damaged, damaged.text)
    assert outcome.straddled_right < 0.1 * outcome.straddled
    assert outcome.wrong > outcome.characters / 2


def noted(text: str) -> str:
    return damage(text, CHANNELS["one byte marked"], 0).text


damaged_texts = st.lists(
    st.one_of(
        st.sampled_from([*SPEECH.split("，"), *map(noted, SPEECH.split("，"))]),
        st.sampled_from(
            ["?", "??", "(xiàng)", "jī)", "項(xiàng)", "?jī)", "?h", "?梢哉f", "\ufffd", "12", "(a)", "\n", "F"]
        ),
        st.text(max_size=2),
    ),
    max_size=12,
).map("".join)


@given(damaged_texts)
def test_a_second_run_changes_nothing_and_the_alignment_holds(damaged: str) -> None:
    text = run(undo_pinyin_damage, damaged)
    assert_aligned(text)
    assert run(undo_pinyin_damage, text.text).text == text.text


@given(st.text(alphabet="項目儲備可以說縣。，?()jīxiànghfF梢哉偼12\ufffd\n", max_size=60))
def test_any_row_of_such_characters_is_aligned(damaged: str) -> None:
    assert_aligned(run(undo_pinyin_damage, damaged))


HOSTILE = ("?", "(a)", "(xiàng)", "項(xiàng)", "中", "jī)", "(", "中?", "項(xiàng)目?jī)")


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_on_hostile_text(piece: str) -> None:
    assert_linear(undo_pinyin_damage, piece)


def test_clean_speeches_stay(shared: Path) -> None:
    halved = str.maketrans("，：；？！（）", ",:;?!()")
    for name, clean in [*corpus(shared), *((file.name, read(file)) for file in sorted(shared.glob("gold/*.txt")))]:
        for text in (clean, clean.translate(halved), converter("s2t")(clean).translate(halved)):
            assert run(undo_pinyin_damage, text).text == text, name


def test_damaged_speeches_come_back(shared: Path) -> None:
    outcome = Outcome(0, 0, 0, 0, 0, 0)
    for seed, (_, clean) in enumerate(list(corpus(shared))[::5]):
        damaged = damage(clean, Channel(pairs=ONLY_QUESTION_MARK), seed)
        outcome += compare(damaged, run(undo_pinyin_damage, damaged.text).text)
    assert outcome.straddled_right >= 0.99 * outcome.straddled, str(outcome)
    assert outcome.lost_right >= 0.9 * outcome.lost, str(outcome)
    assert outcome.wrong <= 0.0018 * outcome.characters, str(outcome)


@pytest.mark.parametrize("noted", ["changed", "places", "any"])
def test_no_figure_comes_back_wrong(shared: Path, noted: str) -> None:
    texts = dict(corpus(shared))
    for seed, name in enumerate(["1956.txt", *list(texts)[::6]]):  # the first has full-width digits
        damaged = damage(texts[name], Channel(noted), seed)
        assert wrong_figures(damaged, run(undo_pinyin_damage, damaged.text).text) == [], name


def test_each_damaged_spot_of_the_noted_page_is_right(shared: Path) -> None:
    page = next(shared.glob("inputs/000_*.txt"))
    restored = letters(folded(run(undo_pinyin_damage, read(page)).text))
    lines = [line for name in ("000a", "000b") for line in read(shared / "gold" / f"{name}.txt").splitlines()]
    assert [line for line in lines if letters(line) not in restored] == []


def letters(text: str) -> str:
    """The letters and digits of a text; 著 and 着 are for the stage that converts the script."""
    return "".join(c for c in text.replace("著", "着") if c.isalnum())
