"""What the package never does: run code that it reads, unpickle, reach for the network."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import REPOSITORY

SOURCES = sorted((REPOSITORY / "src").rglob("*.py"))

MODULES = frozenset(
    # what reads objects back from bytes, and so runs what they say
    "pickle cPickle _pickle marshal shelve dbm dill cloudpickle joblib yaml code codeop runpy imp "
    # what reaches for other machines or other programs
    "socket socketserver ssl http ftplib smtplib poplib imaplib telnetlib xmlrpc webbrowser asyncio "
    "requests httpx urllib3 aiohttp subprocess pty ctypes cffi".split()
)
NAMES = frozenset(["eval", "exec", "compile", "__import__", "breakpoint", "input"])
ATTRIBUTES = frozenset(
    "read_pickle to_pickle load_module urlopen urlretrieve system popen execv execve spawnv fork loads_pickle".split()
)


def forbidden(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of each place in a source that does what is not done here."""
    for node in ast.walk(ast.parse(source)):
        imported: list[str] = []
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imported = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in imported:
            if name.partition(".")[0] in MODULES or name.startswith("urllib.request"):
                yield node.lineno, f"import {name}"
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in NAMES:
                yield node.lineno, f"{called.id}()"
            if isinstance(called, ast.Attribute) and called.attr in ATTRIBUTES:
                yield node.lineno, f".{called.attr}()"
            if any(keyword.arg == "allow_pickle" for keyword in node.keywords):
                yield node.lineno, "allow_pickle"


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(REPOSITORY / "src").as_posix())
def test_no_source_runs_what_it_reads(file: Path) -> None:
    assert list(forbidden(file.read_text(encoding="utf-8"))) == []


FORBIDDEN = [
    "import pickle",
    "from pickle import loads",
    "import urllib.request",
    "from urllib import request",
    "import http.client as client",
    "def f():\n    import socket",
    "eval(text)",
    "exec('x = 1')",
    "compile(text, '', 'exec')",
    "pandas.read_pickle(file)",
    "os.system('ls')",
    "numpy.load(file, allow_pickle=True)",
    "import subprocess",
]
ALLOWED = ["import re\nre.compile('a')", "from urllib.parse import urlsplit", "model.evaluate(text)", "json.loads(x)"]


@pytest.mark.parametrize("source", FORBIDDEN)
def test_what_is_forbidden_is_found(source: str) -> None:
    assert list(forbidden(source))


@pytest.mark.parametrize("source", ALLOWED)
def test_what_is_allowed_is_not(source: str) -> None:
    assert not list(forbidden(source))
