"""The texts that are the worst for a pattern, made from its own parse tree.

A pattern costs more than its text is long where a repeat can be fed for long and the rest then fails: once for each way
to cut the run in two, or once for each place at which it may begin. So for each repeat of a pattern: what leads to it,
what it repeats, again and again, and then nothing that it wants.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

LONG = 6  # a repeat of more than so many can be fed for long
_MOST_CHOICES = 8
_WORDS = {"\\p{Han}": "一", "\\p{Zs}": " ", "\\p{L}": "a", "\\p{Nd}": "1", "\\p{Cc}": "\\x01", "\\p{Cf}": "\\u200b"}
_CATEGORIES = {"DIGIT": "1", "SPACE": " ", "WORD": "一", "NOT_DIGIT": "一", "NOT_SPACE": "一", "NOT_WORD": "，"}
_OTHERS = "一1a ，\n.-"  # one of them is in any class that excludes some characters


def hostile_texts(pattern: str, flags: int) -> list[tuple[str, str]]:
    """Of each worst text what it begins with and what it repeats."""
    tree = _parsed(pattern, flags)
    found: dict[tuple[str, str], None] = {}
    for before, body in _repeats(list(tree), ""):
        for text in ((before, body), ("", before + body), ("", before)):
            if text[1]:
                found[text] = None
    whole = _example(list(tree), 0)
    if whole and found:  # without a long repeat, no place in a text is looked at more than so many times
        found |= {("", whole): None, ("", whole[:-1] or whole): None, ("", whole[0]): None}
    return list(found)


def match_of(pattern: str, flags: int) -> str:
    """A text that the pattern matches, or nearly."""
    return _example(list(_parsed(pattern, flags)), 0)


def _parsed(pattern: str, flags: int) -> Any:
    parser: Any = importlib.import_module("re._parser")  # the one of `re` itself, which has no other name
    return parser.parse(_readable(pattern), flags & (re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE))


def _readable(pattern: str) -> str:
    """The pattern in the syntax of `re`, near enough to make texts from."""
    for word, example in _WORDS.items():
        pattern = pattern.replace(word, example)
    pattern = re.sub(r"\\[pP]\{\w+\}", "一", pattern).replace(r"\K", "").replace("[[:blank:]]", "[ ]")
    pattern = re.sub(r"\(\?\(\w+\)", "(?:", pattern)
    return re.sub(r"\(\?P?<\w+>", "(?:", re.sub(r"\(\?P=\w+\)", "一", pattern))


def _repeats(nodes: list[Any], before: str) -> Iterator[tuple[str, str]]:
    """An example of what leads to each long repeat, and examples of what it repeats."""
    for name, value in nodes:
        kind = str(name)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = value
            if most > LONG:
                for choice in range(_choices(list(body))):
                    yield before, _example(list(body), choice)
            yield from _repeats(list(body), before)
            yield from _repeats(list(body), before + _example(list(body), 0))
        elif kind == "SUBPATTERN":
            yield from _repeats(list(value[-1]), before)
        elif kind == "ATOMIC_GROUP":
            yield from _repeats(list(value), before)
        elif kind == "BRANCH":
            for branch in value[1]:
                yield from _repeats(list(branch), before)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from _repeats(list(value[1]), before if value[0] > 0 else "")
        before += _example([(name, value)], 0)


def _choices(nodes: list[Any]) -> int:
    """How many examples of the nodes there are to be tried."""
    counts = [3]
    for name, value in nodes:
        match str(name):
            case "BRANCH":
                counts.append(len(value[1]))
            case "IN":
                counts.append(len(value))
            case "SUBPATTERN":
                counts.append(_choices(list(value[-1])))
    return min(_MOST_CHOICES, max(counts))


def _example(nodes: list[Any], choice: int) -> str:
    """A text that the nodes match, or nearly; `choice` is which of the alternatives is taken."""
    return "".join(_piece(str(name), value, choice) for name, value in nodes)


def _piece(kind: str, value: Any, choice: int) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return next(character for character in _OTHERS if character != chr(value))
        case "ANY":
            return _OTHERS[choice]
        case "IN":
            return _of_class(value, choice)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, body = value
            return _example(list(body), choice) * (least or min(most, 1))
        case "SUBPATTERN":
            return _example(list(value[-1]), choice)
        case "ATOMIC_GROUP":
            return _example(list(value), choice)
        case "BRANCH":
            return _example(list(value[1][choice % len(value[1])]), choice)
    return ""  # assertions, positions, references


def _of_class(items: list[Any], choice: int) -> str:
    members: list[str] = []
    negated = False
    for name, value in items:
        match str(name):
            case "NEGATE":
                negated = True
            case "LITERAL":
                members.append(chr(value))
            case "RANGE":
                members.append(chr(value[0]))
            case "CATEGORY":
                members.append(_CATEGORIES[str(value).removeprefix("CATEGORY_")])
    if negated:
        members = [character for character in _OTHERS if character not in members] or ["ж"]
    return members[choice % len(members)]
