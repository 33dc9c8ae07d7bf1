"""The README runs: its Python blocks are executed, and its console blocks print what the README says they print.

`python tests/test_readme.py` writes the present output into the console blocks.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib

import pytest
from places import REPOSITORY

README = REPOSITORY / "README.md"
LINES_SHOWN = 12

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"


def blocks(language: str) -> list[str]:
    return [body for name, body in BLOCK.findall(README.read_text(encoding="utf-8")) if name == language]


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
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), namespace)  # the README is our own
    assert namespace["doc"].targets  # type: ignore[attr-defined]
    assert len(namespace["targets"]) > 0  # type: ignore[arg-type]


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.split("\n", 1)[0])
def test_console_blocks_print_what_they_say(block: str) -> None:
    """A line `…` stands for any number of lines."""
    prompt, *shown = block.splitlines()
    printed = output_of(prompt.removeprefix("$ "))
    pattern = "\n".join(r"(?:.*\n)*?.*" if line == ELLIPSIS else re.escape(line) for line in shown)
    assert shown
    assert re.fullmatch(pattern, "\n".join(printed)), "python tests/test_readme.py writes the present output"


def test_the_two_commands_are_one_line_each() -> None:
    first, second = blocks("sh")
    assert first.splitlines() == ["python -m pip install . && speechparse targets data/samples"]
    assert second.splitlines() == ["python -m pip install -e '.[test]' && python -m pytest"]


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


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "data/samples/README.md", "data/lexicons/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    page = REPOSITORY / name
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


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
        lines = output_of(prompt.removeprefix("$ "))
        if len(lines) > LINES_SHOWN + 2:
            lines = [*lines[:LINES_SHOWN], ELLIPSIS, lines[-1]]
        return "\n".join(["```console", prompt, *lines, "```"])

    README.write_text(BLOCK.sub(renewed, README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_outputs()
