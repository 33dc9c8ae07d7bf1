"""The Markdown pages of the repository: their code blocks and what these print, their headings, their links."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from places import REPOSITORY
from typer.testing import CliRunner

from speechparse.cli import app

README = REPOSITORY / "README.md"
CHINESE_README = REPOSITORY / "README.zh-CN.md"
DOCS = sorted((REPOSITORY / "docs").glob("*.md"))
PAGES = [*sorted(REPOSITORY.glob("*.md")), *DOCS, *sorted((REPOSITORY / "data").glob("*/*.md"))]

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"
LINES_SHOWN = 12


def page_name(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


class Block(NamedTuple):
    """A code block and the line of its page on which it begins."""

    language: str
    body: str
    line: int


def blocks(page: Path, *languages: str) -> list[Block]:
    """The code blocks of a page in their order; without `languages` those of every language."""
    text = page.read_text(encoding="utf-8")
    found = [Block(m[1], m[2], text.count("\n", 0, m.start()) + 2) for m in BLOCK.finditer(text)]
    return [block for block in found if not languages or block.language in languages]


# --- console blocks: `$ ` before a command, its output below it


def commands(body: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that are shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line.removeprefix("$ "), []))
        else:
            found[-1][1].append(line)
    return found


class Shell:
    """Runs what console blocks have: `speechparse …`, `echo 'text' | speechparse … -`, and `echo $?`."""

    def __init__(self) -> None:
        self.status = 0

    def __call__(self, command: str) -> list[str]:
        """What a command prints, stdout and stderr, without the blanks that fill up a table's last column."""
        if command == "echo $?":
            return [str(self.status)]
        *feeding, program = command.split(" | ")
        text = ""
        if feeding:
            echo, text = shlex.split(feeding[0])
            assert echo == "echo"
            text += "\n"
        name, *arguments = shlex.split(program)
        assert name == "speechparse"
        result = CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)
        self.status = result.exit_code
        return [line.rstrip() for line in result.output.splitlines()]


def shortened(lines: list[str]) -> list[str]:
    """All lines, or the first and the last with `…` between them."""
    return lines if len(lines) <= LINES_SHOWN + 2 else [*lines[:LINES_SHOWN], ELLIPSIS, lines[-1]]


# --- Python blocks, and pycon blocks: `>>> ` before a statement, its output below it


class _Run(doctest.DocTestRunner):
    """Keeps what each example printed."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.got: dict[int, str] = {}

    def report_success(self, out: Any, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        self.got[example.lineno] = got

    report_failure = report_success

    def report_unexpected_exception(
        self, out: Any, test: doctest.DocTest, example: doctest.Example, exc_info: Any
    ) -> None:
        raise exc_info[1]


def run_pycon(block: Block, namespace: dict[str, object]) -> str:
    """Run the statements of a block in a namespace; the block as it has to be."""
    test = doctest.DocTestParser().get_doctest(block.body, {}, "block", "block", block.line)
    test.globs = namespace
    run = _Run()
    run.run(test, out=lambda _: None, clear_globs=False)
    lines = block.body.splitlines()
    written: list[str] = []
    at = 0
    for example in test.examples:
        end = example.lineno + example.source.count("\n")
        written += [*lines[at:end], *run.got[example.lineno].splitlines()]
        at = end + example.want.count("\n")
    return "".join(f"{line.rstrip()}\n" for line in [*written, *lines[at:]])


def run_python(block: Block, namespace: dict[str, object], name: str) -> None:
    exec(compile("\n" * (block.line - 1) + block.body, name, "exec"), namespace)  # the pages are our own


def renewed(page: Path, shell: Callable[[str], list[str]]) -> str:
    """The text of a page with the present output in its console and pycon blocks."""
    namespace: dict[str, object] = {}

    def new(match: re.Match[str]) -> str:
        language, body = match.groups()
        block = Block(language, body, match.string.count("\n", 0, match.start()) + 2)
        if language == "console":
            body = "".join(
                f"{line}\n" for command, _ in commands(body) for line in [f"$ {command}", *shortened(shell(command))]
            )
        elif language == "pycon":
            body = run_pycon(block, namespace)
        elif language == "python":
            run_python(block, namespace, page_name(page))
        return f"```{language}\n{body}```"

    return BLOCK.sub(new, page.read_text(encoding="utf-8"))


# --- links

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def links(page: Path) -> Iterator[tuple[str, str]]:
    """The links of a page to files of the repository: the path (empty for the page itself) and the anchor."""
    prose = re.sub(r"`[^`\n]*`", "", BLOCK.sub("", page.read_text(encoding="utf-8")))
    for link in _LINK.findall(prose):
        if "://" not in link and not link.startswith("mailto:"):
            path, _, anchor = link.partition("#")
            yield path, anchor


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them: small letters, blanks as hyphens, no punctuation."""
    found: dict[str, int] = {}
    for heading in _HEADING.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
        words = re.sub(r"\]\([^)]*\)", "", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        number = found[anchor] = found.get(anchor, -1) + 1
        if number:
            found[f"{anchor}-{number}"] = 0
    return set(found)
