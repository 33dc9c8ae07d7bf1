"""The report page: whole, linked, harmless, and seen in a browser where one is there."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import speechparse as sp
from speechparse.cli import app
from speechparse.errors import OptionsError, OutputError
from speechparse.outputs import report
from speechparse.outputs.labels import labels
from speechparse.outputs.markup import escaped, marked

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
VOID = {"meta", "input", "br"}
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
    return "".join(report.page(documents, labels(language), language))


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
    assert {f"#d{number}-top" for number in range(len(documents))} <= set(page.links)


def test_the_text_is_all_there(documents: list[sp.Document]) -> None:
    for document in documents:
        words = Page(page_of(document)).words
        missing = [line for line in document.text.split("\n") if line.strip() and line.strip() not in words]
        assert missing == []


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
        report.Marked(start, end, number, "amount", "tip", f"t{number}")
        for number, (start, end) in enumerate(sorted(spans))
    ]
    page = Page(marked(text, 0, len(text), stretches))
    assert page.unclosed == []
    assert page.words == Page(escaped(text)).words
    assert set(page.ids) == {f"t{number}" for number in range(len(spans))}


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


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PROBE = """
<script>
window.addEventListener("error", (event) => { document.title = "error: " + event.message; });
addEventListener("load", () => {
  document.querySelector("input[data-hide=amount]").click();
  document.querySelector("table.sortable th button").click();
  const off = document.querySelectorAll("mark.amount.off").length;
  const left = document.querySelectorAll("mark.amount:not(.off)").length;
  const sorted = document.querySelectorAll("th[aria-sort=ascending]").length;
  const out = document.createElement("output");
  const fetched = performance.getEntriesByType("resource").length;
  out.textContent = `off ${off} left ${left} sorted ${sorted} fetched ${fetched}`;
  document.body.append(out);
});
</script>
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: the page is not tried in a browser")
def test_filters_and_sorting_in_a_browser(tmp_path: Path) -> None:
    document = sp.parse(SAMPLES / "01-county-work-report.txt")
    page = page_of(document).replace("<body>", "<body>" + PROBE)
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    command = [
        *(str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
        *("--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}"),
        *("--virtual-time-budget=5000", "--dump-dom", file.as_uri()),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    assert f"off {2 * len(document.amounts)} left 0 sorted 1 fetched 0" in shown
    assert "<title>error" not in shown
