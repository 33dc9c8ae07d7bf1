"""Patterns that are compiled when they are first used are the patterns themselves in all that is asked of them."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import regex

from speechparse import lazy


@pytest.fixture(params=[(re, lazy.re), (regex, lazy.regex)], ids=["re", "regex"])
def engines(request: pytest.FixtureRequest) -> tuple[object, object]:
    return request.param


def test_a_pattern_answers_as_a_compiled_one(engines) -> None:
    at_once, later = (engine.compile(r"(?P<n>\d+)亿", engine.VERBOSE) for engine in engines)
    text = "投资12亿元，比上年的3亿元"
    assert later.pattern == at_once.pattern
    assert later.search(text)["n"] == "12"
    assert [match.span() for match in later.finditer(text, 6)] == [match.span() for match in at_once.finditer(text, 6)]
    assert later.sub("X", text) == at_once.sub("X", text)
    assert (later.pattern, later.flags, later.groupindex) == (at_once.pattern, at_once.flags, at_once.groupindex)


def test_a_method_may_be_taken_before_the_pattern_is_used(engines) -> None:
    _, later = engines
    assert list(filter(later.compile("一+").fullmatch, ["一一", "二"])) == ["一一"]


def test_a_pattern_that_is_none_says_so_when_it_is_used(engines) -> None:
    at_once, later = engines
    broken = later.compile("(")
    with pytest.raises(at_once.error):
        broken.search("")


def test_an_unknown_attribute_is_none_of_a_pattern(engines) -> None:
    _, later = engines
    pattern = later.compile("一")
    for _ in "before and after it is compiled":
        with pytest.raises(AttributeError):
            pattern.serach  # noqa: B018


def test_the_rest_of_the_module_is_as_it_is(engines) -> None:
    at_once, later = engines
    assert later.escape is at_once.escape
    assert later.fullmatch("[一二]", "二")


def test_to_import_the_package_compiles_none_of_its_patterns() -> None:
    watch = (
        "import re, regex, sys\n"
        "seen = []\n"
        "for module in re, regex:\n"
        "    def compile(*arguments, original=module.compile):\n"
        "        seen.append(sys._getframe(1).f_globals['__name__'])\n"
        "        return original(*arguments)\n"
        "    module.compile = compile\n"
        "import speechparse\n"
        "print([name for name in seen if name.startswith('speechparse')])\n"
    )
    answer = subprocess.run([sys.executable, "-c", watch], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "[]"


def test_threads_that_use_a_pattern_at_once_all_have_their_answer(engines) -> None:
    _, later = engines
    for number in range(50):
        pattern = later.compile(f"一{{{number + 1}}}$")
        together = threading.Barrier(4)

        def ask(text: str, pattern=pattern, together=together) -> bool:
            together.wait()
            return pattern.search(text) is not None

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask, ["一" * (number + 1)] * 4)) == [True] * 4
