"""The README runs: its Python blocks are executed, and its console blocks print what the README says they print.

Its Chinese twin has the same blocks and the same numbers. `python tests/test_readme.py` writes the present output into
the console blocks of both.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from pages import BLOCK, CHINESE_README, ELLIPSIS, README, Block, blocks, run_python, shortened
from places import REPOSITORY


def output_of(command: str) -> list[str]:
    """What a `speechparse …` command prints, line by line, without the blanks that fill up a table's last column."""
    program, *arguments = shlex.split(command)
    assert program == "speechparse"
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    result = subprocess.run(
        [sys.executable, "-m", "speechparse", *arguments],
        capture_output=True,
        check=True,
        cwd=REPOSITORY,
        env=environment,
        encoding="utf-8",
    )
    return [line.rstrip() for line in result.stdout.splitlines()]


def test_python_blocks_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the README, in one namespace, as a reader would type them."""
    monkeypatch.chdir(REPOSITORY)
    namespace: dict[str, object] = {}
    for block in blocks(README, "python"):
        run_python(block, namespace, "README.md")
    assert namespace["doc"].targets  # type: ignore[attr-defined]
    assert len(namespace["targets"]) > 0  # type: ignore[arg-type]


@pytest.mark.parametrize("block", blocks(README, "console"), ids=lambda block: block.body.split("\n", 1)[0])
def test_console_blocks_print_what_they_say(block: Block) -> None:
    """A line `…` stands for any number of lines."""
    prompt, *shown = block.body.splitlines()
    printed = output_of(prompt.removeprefix("$ "))
    pattern = "\n".join(r"(?:.*\n)*?.*" if line == ELLIPSIS else re.escape(line) for line in shown)
    assert shown
    assert re.fullmatch(pattern, "\n".join(printed)), "python tests/test_readme.py writes the present output"


def test_the_two_commands_are_one_line_each() -> None:
    first, second = blocks(README, "sh")
    assert first.body.splitlines() == ["python -m pip install . && speechparse targets data/samples"]
    assert second.body.splitlines() == ["python -m pip install -e '.[test]' && python -m pytest"]


def test_the_columns_are_explained() -> None:
    from speechparse.outputs.rows import COLUMNS
    from speechparse.outputs.terminal import RECORD_COLUMNS, TARGET_COLUMNS

    text = README.read_text(encoding="utf-8")
    columns = {*COLUMNS, *TARGET_COLUMNS, *RECORD_COLUMNS} - {"indicator or name"}
    assert [column for column in columns if f"`{column}`" not in text] == []


def test_every_command_and_option_is_explained() -> None:
    import typer.main

    from speechparse.cli import app

    text = README.read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    commands = group.commands  # type: ignore[attr-defined]
    assert [name for name in commands if f"`speechparse {name}" not in text] == []
    options = {option for command in commands.values() for param in command.params for option in param.opts}
    assert [option for option in options if option.startswith("--") and option not in text] == []


def test_the_chinese_twin_has_the_same_blocks() -> None:
    ours, theirs = ([(b.language, b.body) for b in blocks(page)] for page in (README, CHINESE_README))
    assert ours == theirs


def test_the_chinese_twin_has_the_same_names_and_numbers() -> None:
    """In each row of a table, in any order."""
    for ours, theirs in zip(table_rows(README), table_rows(CHINESE_README), strict=True):
        for pattern in (r"`[^`]+`", r"\d+(?:\.\d+)?"):
            assert sorted(re.findall(pattern, ours)) == sorted(re.findall(pattern, theirs)), ours
    assert f"]({CHINESE_README.name})" in README.read_text(encoding="utf-8")
    assert f"]({README.name})" in CHINESE_README.read_text(encoding="utf-8")


def table_rows(page: Path) -> list[str]:
    return [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]


def test_the_version_is_in_the_changelog() -> None:
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {version}" in changelog or "## Unreleased" in changelog


def write_outputs() -> None:
    """Write the present output into the console blocks: all of it, or the first lines and the last."""

    def renewed(match: re.Match[str]) -> str:
        language, body = match.groups()
        if language != "console":
            return match[0]
        prompt = body.split("\n", 1)[0]
        lines = shortened(output_of(prompt.removeprefix("$ ")))
        return "\n".join(["```console", prompt, *lines, "```"])

    for page in (README, CHINESE_README):
        page.write_text(BLOCK.sub(renewed, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_outputs()
