"""The Markdown pages hold: their links lead somewhere, their code blocks run and print what the pages say.

`python tests/test_docs.py` writes the present output into the blocks of docs/.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pages import DOCS, PAGES, README, Shell, anchors, blocks, links, page_name, renewed
from places import REPOSITORY

import speechparse as sp
from speechparse.clean.pinyin import DAMAGED, NEAR_FIGURE

each_page = pytest.mark.parametrize("page", PAGES, ids=page_name)
ARCHIVE = REPOSITORY / "docs" / "archive.md"  # its blocks start processes, so they run as a script
SPARK = REPOSITORY / "docs" / "spark.md"  # its blocks need a Spark session
RUN_HERE = [page for page in DOCS if page not in (ARCHIVE, SPARK) and blocks(page, "console", "pycon", "python")]

RUN = {"console", "pycon", "python"}
NOT_RUN = {"json", "sh", "sql", "text", "tsv"}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    targets = [((page.parent / path).resolve() if path else page, path, anchor) for path, anchor in links(page)]
    assert [path for target, path, _ in targets if not target.exists()] == []
    lost = [f"{path}#{anchor}" for target, path, anchor in targets if anchor and anchor not in anchors(target)]
    assert lost == []


@each_page
def test_each_block_says_what_it_is_in(page: Path) -> None:
    """A block without a language, or with a misspelt one, would not be run."""
    fences = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("```")]
    assert {fence.removeprefix("```") for fence in fences[::2]} <= RUN | NOT_RUN
    assert set(fences[1::2]) <= {"```"}


@pytest.mark.parametrize("page", RUN_HERE, ids=page_name)
def test_blocks_print_what_they_say(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the page, in one namespace, in an empty folder but for `data`."""
    use_empty_folder(tmp_path, monkeypatch.chdir)
    assert page.read_text(encoding="utf-8") == renewed(page, Shell()), "python tests/test_docs.py writes it"


def test_the_blocks_of_the_guide_for_archives_run(tmp_path: Path) -> None:
    sample = REPOSITORY / "data" / "samples" / "04-pledge-gbk.txt"
    (tmp_path / "pages").mkdir()
    shutil.copy(sample, tmp_path / "pages")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as packed:
        packed.write(sample, "again.txt")
    for number, block in enumerate(blocks(ARCHIVE, "python")):
        script = tmp_path / f"guide{number}.py"
        script.write_text(block.body, encoding="utf-8")
        subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=True, timeout=120, stdout=subprocess.DEVNULL)


def test_the_blocks_of_the_guide_for_spark_are_python() -> None:
    for block in blocks(SPARK, "python"):
        compile(block.body, page_name(SPARK), "exec")


def test_the_limits_have_the_accuracy_that_the_readme_has() -> None:
    """The table of what speeches gave that nobody had looked at."""
    readme = README.read_text(encoding="utf-8").splitlines()
    limits = (REPOSITORY / "docs" / "limits.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in limits if line.startswith("|")]
    assert len(rows) > 3
    assert [row for row in rows if row not in readme] == []


def test_the_readme_sets_no_other_figures_beside_other_tools() -> None:
    """What its table has of a tool stands in one of the tables of the comparison."""
    section = README.read_text(encoding="utf-8").partition("### Beside other tools\n")[2].partition("\n## ")[0]
    rows = [row_cells(line) for line in section.splitlines() if line.startswith("| ")][1:]
    compared: dict[str, set[str]] = {}
    for line in (REPOSITORY / "docs" / "comparison.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("| "):
            tool, *figures = row_cells(line)
            compared.setdefault(tool, set()).update(figures)
    assert len(rows) == 6
    assert {tool: [figure for figure in figures if figure not in compared[tool]] for tool, *figures in rows} == {
        tool: [] for tool, *_ in rows
    }


def row_cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


RULES = REPOSITORY / "docs" / "how-it-decides.md"
_ROW = re.compile(r"^\| `(\w+\.\w+)` \|.*\| `([^`|]+)` \|$", re.MULTILINE)


@pytest.mark.parametrize(("rule", "example"), _ROW.findall(RULES.read_text(encoding="utf-8")))
def test_each_example_is_decided_by_its_rule(rule: str, example: str) -> None:
    document = sp.parse(example.replace("⏎", "\n"))
    assert rule in {rule for record in document.records for rule in record.rule.split()}


def test_each_rule_and_each_warning_is_told() -> None:
    """Those of extraction that are written out in the code, and all codes of warnings."""
    source = "".join(f.read_text(encoding="utf-8") for f in sorted((REPOSITORY / "src").rglob("*.py")))
    families = "figure|role|status|when|indicator|whole|project|comparison"
    rules = set(re.findall(rf'"((?:{families})\.[a-z_]+)"', source))
    rules |= {f"time.{name}" for name in re.findall(r'made\(\s*"([a-z_]+)"', source)}
    codes = set(re.findall(r'(?:code=|_warning\(text, |Note\()"([a-z]+_[a-z_]+)"', source)) | {DAMAGED, NEAR_FIGURE}
    text = RULES.read_text(encoding="utf-8")
    assert rules
    assert [name for name in sorted(rules | codes) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("file", sorted((REPOSITORY / "tests" / "gold").glob("*.txt")), ids=lambda file: file.stem)
def test_each_rule_of_an_annotated_speech_is_told(parsed: Callable[[Path], sp.Document], file: Path) -> None:
    text = RULES.read_text(encoding="utf-8")
    rules = {rule for record in parsed(file).records for rule in record.rule.split()}
    assert rules
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in text] == []


def use_empty_folder(folder: Path, chdir: object) -> None:
    """Examples may write files, and find the samples where a reader in a clone of the repository finds them."""
    (folder / "data").symlink_to(REPOSITORY / "data")
    chdir(folder)  # type: ignore[operator]


def write_outputs() -> None:
    """Write the present output into the console and pycon blocks of docs/."""
    for page in RUN_HERE:
        with tempfile.TemporaryDirectory() as folder:
            use_empty_folder(Path(folder), os.chdir)
            text = renewed(page, Shell())
            os.chdir(REPOSITORY)
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_outputs()
