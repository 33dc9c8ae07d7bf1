"""The report page: whole, linked, harmless, and seen in a browser where one is there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import formulas
import pytest
from chromium import CHROMIUM, Browser, browser
from example_document import document as document_of
from example_document import place
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import speechparse as sp
from speechparse.cli import app
from speechparse.errors import OptionsError, OutputError
from speechparse.outputs import report
from speechparse.outputs.formulas import guarded
from speechparse.outputs.labels import labels
from speechparse.outputs.markup import Marked, escaped, marked
from speechparse.outputs.raw_view import CONTEXT, spots
from speechparse.outputs.screen import coded

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
VOID = {"meta", "input", "br", "wbr"}
HOSTILE = [
    "<script>alert(1)</script>今年确保完成投资30亿元。",
    "</style></title></textarea>开工项目12个。",
    '" onmouseover="alert(1)" x="今年开工项目12个',
    "今年\u202e确保\u2066完成投资30亿元\u2069。",
    "今年确保完成投资30亿元，<img src=x onerror=alert(1)>开工&lt;12个&gt;项目。",
    "开工项目12个，" * 8000,
]


class Page(HTMLParser):
    """What a page holds: its elements, identifiers, links and text; `unclosed` must be empty."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.unclosed: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def page_of(*documents: sp.Document, language: str = "en") -> str:
    return "".join(report.page(documents, labels(language)))


@pytest.fixture(scope="module")
def documents() -> list[sp.Document]:
    files = sorted(file for file in SAMPLES.iterdir() if file.suffix != ".md")
    return [sp.parse(file) for file in files]


def test_each_record_is_linked_to_its_place_in_the_clean_and_in_the_raw_text(documents: list[sp.Document]) -> None:
    for document in documents:
        page = Page(page_of(document))
        assert page.unclosed == []
        assert len(page.ids) == len(set(page.ids))
        wanted = {f"{place}{number}" for place in "tw" for number in range(len(document.records))}
        assert wanted <= set(page.ids)
        assert {link[1:] for link in page.links} <= set(page.ids)
        assert page.tags["tr"] >= len(document.targets)


def test_several_inputs_share_a_page_with_an_index(documents: list[sp.Document]) -> None:
    page = Page(page_of(*documents))
    assert page.tags["article"] == len(documents)
    assert len(page.ids) == len(set(page.ids))
    assert {f"#d{number}-article" for number in range(len(documents))} <= set(page.links)


def test_the_text_is_all_there(documents: list[sp.Document]) -> None:
    for document in documents:
        words = Page(page_of(document)).words
        missing = [line for line in document.text.split("\n") if line.strip() and line.strip() not in words]
        assert missing == []


def test_the_outline_leads_to_a_heading_inside_a_line() -> None:
    document = sp.parse("一、工作安排\n全力以赴。\n二、工作要求\n抓好落实。")
    glued = document.text.replace("。\n", "。")
    speech = document.speeches[0]
    at = [section.model_copy(update={"start": glued.index(section.heading) - 2}) for section in speech.sections]
    speeches = [speech.model_copy(update={"sections": at})]
    page = Page(page_of(document.model_copy(update={"text": glued, "speeches": speeches})))
    assert len(at) == 2
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert "全力以赴。二、工作要求" in page.words


def test_two_tiers_stand_beside_each_other() -> None:
    words = Page(page_of(sp.parse("今年，确保引进资金30亿元，力争33亿元。"))).words
    assert "Targets in two tiers" in words
    assert "Targets in two tiers" not in Page(page_of(sp.parse("今年，确保引进资金30亿元。"))).words


def test_parts_that_do_not_add_up_are_said_to() -> None:
    wrong = page_of(sp.parse("全县开工项目58个，其中工业项目31个、农业项目12个、服务业项目17个。"))
    right = page_of(sp.parse("全县开工项目60个，其中工业项目31个、农业项目12个、服务业项目17个。"))
    assert wrong.count('class="amiss"') == 1
    assert right.count('class="amiss"') == 0
    assert wrong.count('class="bar"') == right.count('class="bar"') == 3


def test_a_part_whose_whole_is_no_record_has_no_bar() -> None:
    part = sp.Count(**place("28个"), value=Decimal(28), unit="个", indicator="工业项目", of="开工项目")
    assert 'class="bar' not in page_of(document_of(part))


def test_a_masked_day_is_shown_as_unknown() -> None:
    page = page_of(sp.parse("201*年底前，确保开工项目12个。"))
    assert '<span class="day unknown">201X-12-31</span>' in page


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_scraped_text_stays_text(text: str) -> None:
    source = page_of(sp.parse(text))
    page = Page(source)
    assert page.tags["script"] == page.tags["style"] == 1
    assert page.tags["img"] == 0
    assert not any(name.startswith("on") for name in page.attributes)
    assert "\u202e" not in source
    assert "\u2066" not in source


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.data())
def test_marks_keep_every_character(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(place, place).map(sorted).filter(lambda s: s[0] < s[1]), max_size=5))
    stretches = [
        Marked(start, end, "amount", "tip", f"t{number}", f"w{number}")
        for number, (start, end) in enumerate(sorted(spans))
    ]
    page = Page(marked(text, 0, len(text), stretches))
    assert page.unclosed == []
    assert page.words == Page(escaped(text)).words
    assert set(page.ids) == {f"t{number}" for number in range(len(spans))}


SPOTS = [
    # lengths of unchanged and changed stretches in turn, lines of 1000 characters; which stretches stand open
    ([500, 10, 500], [(500 - CONTEXT, 510 + CONTEXT)]),
    ([500, 10, 100, 10, 500], [(500 - CONTEXT, 620 + CONTEXT)]),
    ([20, 10, 960], [(0, 30 + CONTEXT)]),
    ([1020, 10, 960], [(1000, 1030 + CONTEXT)]),
    ([3000], []),
]


@pytest.mark.parametrize(("lengths", "opened"), SPOTS)
def test_the_raw_text_stands_open_around_what_was_changed(lengths: list[int], opened: list[tuple[int, int]]) -> None:
    raw = "".join("\n" if at % 1000 == 999 else "x" for at in range(sum(lengths)))
    bounds = [sum(lengths[:at]) for at in range(len(lengths) + 1)]
    changed = list(zip(bounds[1::2], bounds[2::2], strict=False))
    assert [span for span in spots(raw, changed, []) if span[0] < span[1]] == opened


@given(st.text(alphabet="x\n", min_size=1, max_size=900), st.data())
def test_no_record_is_cut_where_the_raw_text_is_folded(raw: str, data: st.DataObject) -> None:
    place = st.integers(0, len(raw))
    spans = st.lists(st.tuples(place, place).map(lambda s: (min(s), max(s))), max_size=5)
    changed, records = data.draw(spans), data.draw(spans)
    bounds = [bound for span in spots(raw, changed, records) for bound in span]
    assert bounds == sorted(bounds)
    assert [r for r in records if any(r[0] < bound < r[1] for bound in bounds)] == []
    assert all(any(s <= a and b <= e for s, e in zip(bounds[::2], bounds[1::2], strict=True)) for a, b in changed)


def test_a_page_that_notes_have_changed_all_through_is_folded() -> None:
    noted = "，".join(["全縣重點項(xiàng)目建設(shè)進(jìn)展順利"] * 60)
    page = page_of(sp.parse(f"{noted}。\n要確保完成投資30億元。"))
    assert '<div class="raw-text"' in page
    assert page.count("<details") > 2
    assert "characters, changes: " in page


def test_the_command_writes_the_page_and_says_so(tmp_path: Path) -> None:
    to = tmp_path / "report.html"
    result = CliRunner().invoke(app, ["report", str(SAMPLES / "01-county-work-report.txt"), "--to", str(to)])
    assert result.exit_code == 0
    assert result.output == f"{to}: 1 input\n"
    assert to.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("locale", "language"), [("zh_CN.UTF-8", "zh-CN"), ("en_GB.UTF-8", "en"), ("C", "en")])
def test_the_page_speaks_the_language_of_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    to = tmp_path / "report.html"
    CliRunner().invoke(app, ["report", str(SAMPLES / "01-county-work-report.txt"), "--to", str(to)])
    assert f'<html lang="{language}">' in to.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be written"):
        report.write([sp.parse("开工项目12个。")], tmp_path / "nowhere" / "report.html")


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(OptionsError, match="no language 'fr'"):
        labels("fr")


needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: the page is not tried in a browser")
FOCUS = "document.activeElement.textContent.trim() || document.activeElement.dataset.hide"


@pytest.fixture(scope="module")
def masked(documents: list[sp.Document]) -> sp.Document:
    """A sample with masked numbers, and with so little to clean that most of its raw text is folded."""
    return documents[5]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, masked: sp.Document) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "report.html").write_text(page_of(masked), encoding="utf-8")
    with browser(folder) as chromium:
        chromium.open(folder / "report.html")
        yield chromium


@needs_chromium
class TestInABrowser:
    def test_filters(self, opened: Browser, masked: sp.Document) -> None:
        left = "document.querySelectorAll('mark.amount:not(.off)').length"
        assert opened.run(left) > 0
        opened.run("document.querySelector('input[data-hide=amount]').focus()")
        opened.press(" ")
        assert opened.run(left) == 0
        records = len(masked.records)
        shown = f"{records - len(masked.amounts)} / {records} records are shown"
        assert opened.run("document.querySelector('form output').textContent") == shown
        opened.press(" ")
        assert opened.run(left) > 0

    def test_the_tab_key_goes_to_the_text_the_targets_and_the_filters(self, opened: Browser) -> None:
        opened.run("location.reload()")
        opened.wait_until_loaded()
        visited = []
        for _ in range(4):
            opened.press("Tab")
            visited.append(opened.run(FOCUS))
        assert visited == ["Skip to the text", "Skip to the targets", "Skip to what was repaired", "amount"]
        assert opened.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"

    def test_enter_on_a_record_shows_it_and_escape_goes_back(self, opened: Browser, masked: sp.Document) -> None:
        target = masked.targets[0]
        number = masked.records.index(target)
        opened.run(f"document.querySelector('mark a[href=\"#w{number}\"]').focus()")
        opened.press("Enter")
        card = opened.run("card.open && card.textContent")
        assert all(words in card for words in (target.text, target.indicator, "target", target.rule))
        assert opened.run(FOCUS) == "in the clean text"
        opened.press("Escape")
        assert opened.run("card.open") is False
        assert opened.run(FOCUS) == target.text

    def test_each_record_is_reached_in_the_text_and_in_the_raw_text(self, opened: Browser, masked: sp.Document) -> None:
        """By the links of the table of all records; a piece of the raw text that is folded opens."""
        script = """(async () => {
            for (const folded of document.querySelectorAll("details")) folded.open = false;
            document.querySelector("details.records").open = true;
            const missed = [];
            const links = [...document.querySelectorAll("details.records td a")];
            for (const link of links) {
                link.click();
                await new Promise((done) => setTimeout(done, 0));
                const mark = document.querySelector(":target ~ mark");
                const box = mark && mark.getBoundingClientRect();
                if (!box || !box.height || box.bottom < 0 || box.top > innerHeight) missed.push(link.hash);
            }
            return [links.length, missed.join(" ")];
        })()"""
        assert opened.run("document.querySelectorAll('.raw-text details:not([open])').length") > 0
        assert opened.run(script) == [2 * len(masked.records), ""]

    def test_a_table_is_sorted_by_its_heads_with_the_unknown_last(self, opened: Browser) -> None:
        opened.run("document.querySelectorAll('#targets th button')[1].focus()")
        values = "[...document.querySelectorAll('#targets td.number')].map((cell) => cell.dataset.sort)"
        for order, sign in (("ascending", 1), ("descending", -1)):
            opened.press("Enter")
            assert opened.run("document.querySelector('#targets th[aria-sort]').ariaSort") == order
            shown = opened.run(values)
            known = [float(value) for value in shown if value]
            assert known == sorted(known, key=lambda value: value * sign)
            assert shown == [*shown[: len(known)], *[""] * (len(shown) - len(known))]

    def test_a_copied_cell_is_guarded_as_in_a_csv_file(self, opened: Browser, tmp_path: Path) -> None:
        """Each text as an indicator, -5% beside it: a value and its number are ours, and stay."""
        texts = [" ".join(text.split()) for text in (*formulas.HOSTILE, *formulas.HARMLESS)]
        records = (sp.Percentage(**place("28"), value=Decimal(-5), unit="%", indicator=text) for text in texts)
        targets = [record.model_copy(update={"status": "target"}) for record in records]
        (tmp_path / "copied.html").write_text(page_of(document_of(*targets)), encoding="utf-8")
        opened.open(tmp_path / "copied.html")
        script = """(async () => {
            const copied = new Promise((writeText) => {
                Object.defineProperty(navigator, "clipboard", {value: {writeText}});
            });
            document.querySelector("p.copy button").click();
            return copied;
        })()"""
        head, *rows = (row.split("\t") for row in opened.run(script).split("\n"))
        assert [row[head.index("indicator")] for row in rows] == [guarded(coded(text)) for text in texts]
        assert {tuple(row[head.index("value") :][:2]) for row in rows} == {("-5%", "-5")}

    @pytest.mark.parametrize("text", [*formulas.HOSTILE, *formulas.HARMLESS], ids=ascii)
    def test_the_script_decides_as_csv_files_do(self, opened: Browser, text: str) -> None:
        rule = "new RegExp(document.querySelector('p.copy').dataset.formula, 'u')"
        assert opened.run(f"{rule}.test({json.dumps(text)})") == (guarded(text) != text)

    def test_no_error_and_no_request(self, opened: Browser) -> None:
        assert opened.troubles == []
        assert [url for url in opened.requests if not url.startswith("file:")] == []

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_scraped_text_does_nothing(self, opened: Browser, tmp_path: Path, text: str) -> None:
        """An alert would stop the page; a fetched picture would be a request; a long line would widen the page."""
        (tmp_path / "report.html").write_text(page_of(sp.parse(text)), encoding="utf-8")
        before = len(opened.requests)
        opened.open(tmp_path / "report.html")
        assert opened.run("document.scripts.length") == 1
        assert opened.run("document.documentElement.scrollWidth <= innerWidth") is True
        assert opened.troubles == []
        assert len(opened.requests) == before + 1
