"""What the command line says: plain words, one line, in Chinese where the locale is Chinese."""

from __future__ import annotations

import ast
import itertools
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from places import REPOSITORY, SAMPLES

from speechparse import cli, lexicons
from speechparse.archive.progress import Tally, shown
from speechparse.outputs.labels import local_language
from speechparse.outputs.messages import MessageRow, in_chinese

SOURCE = REPOSITORY / "src" / "speechparse"
ROWS = lexicons.load("messages", MessageRow)
SAMPLE = SAMPLES / "01-county-work-report.txt"
HAN = re.compile(r"[\u4e00-\u9fff]")
FULL = Path("/dev/full")  # a disk without space

CHINESE = [
    # as it is printed, in Chinese
    ("page.txt: is empty; give a file with the text of a speech", "page.txt：是空文件；请给出有讲话正文的文件"),
    (
        "a.csv: can't be written (No space left on device); write to a new file",
        "a.csv：无法写入（磁盘已满）；请写到新文件",
    ),
    (
        "x.db: has no table or view 'a'; choose one of: records, warnings",
        "x.db：没有 'a' 这个表或视图；可选：records, warnings",
    ),
    ("units.tsv, line 3: the example is empty", "units.tsv 第 3 行：缺少例子"),
    ("9 inputs in 12 s: 8 added, 0 replaced", "9 个输入，用时 12 秒：新增 8，替换 0"),
    ("45 records, 1 repair", "45 条记录，1 处修复"),
    ("something that no row knows: at all; not", "something that no row knows: at all; not"),
]


@pytest.mark.parametrize(("message", "chinese"), CHINESE)
def test_a_message_in_chinese(message: str, chinese: str) -> None:
    assert in_chinese(message) == chinese


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.message)
def test_the_example_of_a_row_is_decided_by_it(row: MessageRow) -> None:
    fixed = [piece for piece in re.split(r"\{\w?\}", row.chinese) if piece]
    said = in_chinese(row.example)
    assert HAN.search(said) or row.message == "The JSON Schema of a Document."
    assert [piece for piece in fixed if piece not in said] == []
    assert sorted(re.findall(r"\{\w?\}", row.message)) == sorted(re.findall(r"\{\w?\}", row.chinese))


def messages(file: Path) -> Iterator[str]:
    """Those that a module gives to one of `CALLS`, or calls by one of `NAMES`, with their gaps filled."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        values: list[ast.expr] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
            values = node.args
        elif isinstance(node, ast.Return) and file.name in REASONS:
            values = [node.value.body if isinstance(node.value, ast.IfExp) else node.value] if node.value else []
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value and _last_name(node) in NAMES:
            values = [node.value]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value
            elif isinstance(value, ast.JoinedStr):
                filled = [part.value if isinstance(part, ast.Constant) else "7" for part in value.values]
                yield "".join(map(str, filled))


def _last_name(node: ast.Assign | ast.AnnAssign) -> str:
    """The name that is assigned to: `doing` of `tally.doing = ...`."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return ast.unparse(target).rpartition(".")[2]


NAMES = ("problem", "advice", "message", "doing", "reason", "LEARNING", "SAY_WHICH", "_LINK", "_NO_FILE")
ERRORS = ("InputError", "OutputError", "LexiconError", "OptionsError", "ArchiveError", "ColumnsError")
FAILURES = ("UnreadableError", "OverflowingError", "_LostError", "failure", "_or_none")
CALLS = (*ERRORS, *FAILURES, "said", "warnings.warn")
REASONS = ("items.py", "packed.py")  # whose functions give reasons back
MODULES = ["inputs.py", "options.py", "pipeline.py", "lexicons.py", "evaluate.py", "clean/decode.py"]
for folder in ("archive", "outputs"):
    MODULES += [f"{folder}/{file.name}" for file in sorted((SOURCE / folder).glob("*.py"))]
MESSAGES = [(module, message) for module in MODULES for message in messages(SOURCE / module) if " " in message]


@pytest.mark.parametrize(("module", "message"), MESSAGES)
def test_each_message_of_the_code_has_its_row(module: str, message: str) -> None:
    pieces = message.split("; ")
    assert [piece for piece in pieces if re.search("[a-z] ", piece) and not HAN.search(in_chinese(piece))] == [], module


def test_every_help_has_its_row() -> None:
    group = typer.main.get_command(cli.app)
    commands = [group, *group.commands.values()]  # type: ignore[attr-defined]
    texts = {command.help for command in commands}
    texts |= {getattr(param, "help", None) for command in commands for param in command.params}
    known = {row.message for row in ROWS}
    assert [text for text in texts if text and text not in known] == []


LOCALES = [
    # environment, language
    ({}, "en"),
    ({"LANG": "zh_CN.UTF-8"}, "zh"),
    ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
    ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
    ({"LANG": "en_GB.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh"),
    ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en"}, "en"),
    ({"LC_ALL": "C", "LANGUAGE": "zh_CN"}, "en"),
    ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
]


@pytest.mark.parametrize(("environment", "language"), LOCALES)
def test_the_locale_says_the_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], language: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda category: (None, None))
    assert local_language() == language


def test_where_the_environment_says_nothing_the_system_does(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda category: ("Chinese (Simplified)_China", "936"))
    assert local_language() == "zh"


WRONG = [
    # arguments, English, Chinese
    ("targets", "Missing argument 'INPUT' (see: speechparse targets --help)", "缺少参数 INPUT"),
    ("tarets x", "No such command 'tarets'", "没有 tarets 这个命令"),
    ("targets x --fromat csv", "No such option: --fromat", "没有 --fromat 这个选项"),
    ("targets x --format xml", "'xml' is not one of 'table', 'csv', 'jsonl'", "'xml' 不在可选值之内"),
    ("targets x --reference-date 2016-2-30", "Invalid value for '--reference-date'", "选项 --reference-date 的值不对"),
    ("targets x --encoding klingon", "is not one that Python knows", "不认识 encoding='klingon'"),
    ("report x", "Missing option '--to'", "缺少选项 --to"),
    ("archive x --to a.duckdb --jobs 0", "greater than or equal to 1", "不能小于 1"),
    ("archive . --to none/x.duckdb", "No such file or directory", "x.duckdb\"：没有这个文件或文件夹"),
    ("export none.duckdb --to a.csv", "none.duckdb: there is no such file; make it with", "没有这个文件；请先生成"),
    ("export x --to a.doc", "not one of .csv, .jsonl", "文件名的结尾决定格式，而它不在这些之内：.csv, .jsonl"),
    ("clean x --explain --diff", "exclude each other", "不能同时用"),
    ("targets x", "x: no such file or folder; check the name", "x：没有这个文件或文件夹；请检查名称"),
    ("evaluate x y", "y: can't be read (No such file or directory)", "y：无法读取（没有这个文件或文件夹）"),
]


def command(*arguments: str, language: str = "C", to: Path | None = None, cwd: Path | None = None) -> tuple[int, str]:
    """The exit status and what is said on stderr."""
    environment = {name: value for name, value in os.environ.items() if name != "LANGUAGE"}
    with (to or Path(os.devnull)).open("w") as stdout:
        result = subprocess.run(
            [sys.executable, "-m", "speechparse", *arguments],
            stdout=stdout,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**environment, "LC_ALL": language},
            cwd=cwd,
            timeout=60,
            check=False,
        )
    return result.returncode, result.stderr


@pytest.mark.parametrize(("arguments", "english", "chinese"), WRONG, ids=[arguments for arguments, _, _ in WRONG])
def test_what_is_wrong_is_one_line(tmp_path: Path, arguments: str, english: str, chinese: str) -> None:
    for language, words in (("C", english), ("zh_CN.UTF-8", chinese)):
        status, told = command(*arguments.split(), language=language, cwd=tmp_path)
        assert status == 2
        assert told.startswith("speechparse: ")
        assert told.count("\n") == 1
        assert words in told


TABLES = [
    # a source, arguments, English, Chinese
    ("a,b\n1,2\n", "", "has no text column (its columns: a, b)", "找不到正文所在的列（现有各列：a, b）"),
    ("a,b\n1,2\n", "--text c", "has no column c (its columns: a, b)", "没有 c 这一列（现有各列：a, b）；请检查名称"),
    ("text,html\n1,2\n", "", "several columns that may hold the text: text, html", "有几列都可能是正文：text, html"),
    ("a,text\n1,2\n", "--to page.csv", "is no DuckDB database; give", "page.csv：不是 DuckDB 数据库；请换一个名称"),
]


@pytest.mark.parametrize(("rows", "arguments", "english", "chinese"), TABLES)
def test_an_archive_that_can_not_begin(tmp_path: Path, rows: str, arguments: str, english: str, chinese: str) -> None:
    (tmp_path / "page.csv").write_text(rows)
    run = ["archive", "page.csv", "--jobs", "1", "--to", "x.duckdb", *arguments.split()]
    for language, words in (("C", english), ("zh_CN.UTF-8", chinese)):
        status, told = command(*run, language=language, cwd=tmp_path)
        assert (status, told.count("\n")) == (2, 1)
        assert words in told
    assert (tmp_path / "page.csv").read_text() == rows


def test_counting_ends_with_what_it_was_for(capsys: pytest.CaptureFixture[str]) -> None:
    seen = itertools.count()
    with shown(Tally(), seen, wanted=True):
        pass
    for thread in threading.enumerate():
        if "find_total" in thread.name:
            thread.join(10)
    at = next(seen)
    time.sleep(0.05)
    assert next(seen) == at + 1


def test_the_bar_in_chinese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    with shown(Tally(failed=1), None, wanted=True):
        pass
    told = capsys.readouterr().err
    assert all(words in told for words in ("查找重复出现的行", "失败 1", "剩余时间"))


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a disk without space")
@pytest.mark.parametrize("arguments", [["targets"], ["parse"], ["report", "--to", str(FULL)]], ids=lambda a: a[0])
def test_a_full_disk(arguments: list[str]) -> None:
    status, told = command(*arguments, str(SAMPLE), to=FULL)
    assert status == 2
    assert "No space left on device" in told
    assert told.count("\n") == 1


def test_a_report_of_nothing_is_not_written(tmp_path: Path) -> None:
    assert command("report", "none.txt", "--to", "report.html", cwd=tmp_path)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_help_in_chinese() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "speechparse", "export", "--help"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": ""},
        check=True,
    )
    assert all(words in result.stdout for words in ("要导出的表或视图。", "选项", "参数", "显示本帮助。"))
