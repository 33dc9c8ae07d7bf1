"""Dates and times that the calendar can place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from speechparse.errors import ValueParseError
from speechparse.lazy import regex
from speechparse.values.date_rules import Rule, rules
from speechparse.values.parsed import ParsedDate
from speechparse.values.plain import plain
from speechparse.values.scopes import Scope, shift_days, year_scope
from speechparse.values.told import Today

_Span = tuple[dt.date | None, dt.date | None]

_OPENING = regex.compile(r"[=:]|(?P<since>从|自|打)|(?P<until>截至|截止到?|直到|到|至)|约|大约|在|于")
_FILLER = regex.compile(r"的|,")
_CLOSING = regex.compile(
    r"(?P<before>以前|之前|前)|(?P<after>以后|之后|后)|(?P<since>以来|开始|来|起)|(?P<now>至今|迄今|到现在|至目前)|(?P<until>为止|止)"
    r"|期间|同期|之?间|之?内|以内|左右|前后|当中|中"
)
_SEPARATOR = regex.compile(r"[-–—~]{1,3}|[到至和与]")
# of 1-五月, 12-19日, 1985到89年: the unit of the end, which its beginning does without
_LENT_UNIT = regex.compile(r".*[\d零〇一二三四五六七八九十](?P<unit>个?月份?|[日号]|季度|年)")
_MASKED_YEAR = regex.compile(r"(?P<year>(?:19|20)(?:\d[xX*×□]|[xX*×□]{2}))(?=年|[-/.])")


def parse_date(text: str, *, reference_date: dt.date) -> ParsedDate:
    """The first and last day of a time: 2016年2月19日, 去年前三季度, 下周五, 2019年中秋节, 上世纪90年代, 3月到5月.

    reference_date: the day on which it was said; 今年 is its year, a month without a year is in its year.
    A range includes its end. 月初 is up to the 10th, 月底 from the 25th, 年初 January and February, 年底 from November.
    A season begins with its solar term and ends before the next one's. The weeks of a month or a year are those that
    begin in it. Three years ago is that year, five days ago that day. A masked year (201X年) stays masked.
    Raises ValueParseError, which says what was not understood.
    """
    words = plain(text, "date")
    if isinstance(reference_date, dt.datetime):
        reference_date = reference_date.date()
    masked = _MASKED_YEAR.search(words)
    if masked:
        earliest, latest = _of_masked_year(text, words, masked, reference_date)
    else:
        first, last = _read(text, words, reference_date)
        earliest, latest = (None if day is None else day.isoformat() for day in (first, last))
    return ParsedDate(text=text, earliest=earliest, latest=latest)


def _of_masked_year(text: str, words: str, match: regex.Match[str], today: dt.date) -> tuple[str | None, str | None]:
    """The days of a year such as 201X, where they are the same in every year it may be."""
    mask = regex.sub(r"[^\d]", "X", match["year"])
    answers: set[tuple[str | None, str | None]] = set()
    for digits in range(10 ** mask.count("X")):
        year = mask.rstrip("X") + str(digits).zfill(mask.count("X"))
        filled = words[: match.start()] + year + words[match.end() :]
        first, last = _read(text, filled, today)
        answers.add((_masked(first, year, mask), _masked(last, year, mask)))
    if len(answers) > 1:
        raise ValueParseError("date", text, f"its days depend on the year {mask}")
    return answers.pop()


def _masked(day: dt.date | None, year: str, mask: str) -> str | None:
    if day is None:
        return None
    iso = day.isoformat()
    if iso.endswith("-02-29"):
        iso = f"{iso[:4]}-02-28"  # the last day of February, as a masked year is written elsewhere
    return iso.replace(year, mask, 1)


def _read(text: str, words: str, today: dt.date) -> _Span:
    reader = _Reader(words, Today(today, today.year, today.year + 10))
    span = reader.whole()
    if span is None:
        rest, done = words[reader.furthest :], words[: reader.furthest]
        raise ValueParseError("date", text, f"{rest!r} behind {done!r}" if done and rest else "no date in it")
    return span


class _Reader:
    """Reads one text; `furthest` is the place up to which something was understood."""

    def __init__(self, text: str, today: Today) -> None:
        self.text = text
        self.today = today
        self.furthest = 0

    def whole(self) -> _Span | None:
        opening = _OPENING.match(self.text)
        start = opening.end() if opening else 0
        span = self._closed(start)
        if span is None:
            span = self._range(start)
            return span or (self._closed(0) if start else None)
        if opening and opening["until"]:
            return None, span[1]
        return span

    def _closed(self, start: int) -> _Span | None:
        """One time with what may close it: 以前, 以来, 至今."""
        readings = list(self._narrow(self.text, start, None, self.today))
        for scope, rest in readings:
            if not rest:
                return scope.first, scope.last
        for scope, rest in readings:
            closing = _CLOSING.fullmatch(rest)
            if closing is None:
                continue
            if closing["before"]:
                last = scope.last if scope.closes else shift_days(scope.first, -1)
                return None if last is None else (None, last)
            if closing["after"]:
                first = shift_days(scope.last, 1)
                return None if first is None else (first, None)
            if closing["since"]:
                return scope.first, None
            if closing["until"]:
                return None, scope.last
            if closing["now"]:
                return (scope.first, self.today.date) if scope.first <= self.today.date else None
            return scope.first, scope.last
        return None

    def _range(self, start: int) -> _Span | None:
        text = self.text.removesuffix("之间").removesuffix("期间")
        for separator in _SEPARATOR.finditer(text, start):
            left, right = text[start : separator.start()], text[separator.end() :]
            if not left or not right or (separator.group() in "和与" and text == self.text):
                continue
            span = self._between(left, right)
            if span is not None:
                return span
        return None

    def _between(self, left: str, right: str) -> _Span | None:
        lent = _LENT_UNIT.match(right)
        for beginning in ([left + lent["unit"]] if lent else []) + [left]:
            first = next((scope for scope, rest in self._narrow(beginning, 0, None, self.today) if not rest), None)
            if first is None:
                continue
            told = Today(self.today.date, first.first.year, first.first.year + 99)
            for parent in _surroundings(first):
                for last, rest in self._narrow(right, 0, parent, told):
                    if not rest and last.last >= first.last and last.first >= first.first:
                        return first.first, last.last
        return None

    def _narrow(self, text: str, at: int, scope: Scope | None, today: Today) -> Iterator[tuple[Scope, str]]:
        """The scopes that the rules make of the text from `at` on, each with the rest that it leaves."""
        waiting = [(at, scope)]
        while waiting:
            at, scope = waiting.pop()
            filler = _FILLER.match(text, at) if scope is not None else None
            further: list[tuple[int, Scope | None]] = []
            if filler:
                further.append((filler.end(), scope))
            for rule, pattern in rules():
                match = pattern.match(text, at)
                found = _applied(rule, match, scope, today) if match and match.end() > at else None
                if match and found is not None:
                    further.append((match.end(), found))
            if text is self.text:
                self.furthest = max([self.furthest, *(end for end, _ in further)])
            waiting += reversed(further)
            if scope is not None:
                yield scope, text[at:]


def _applied(rule: Rule, match: regex.Match[str], scope: Scope | None, today: Today) -> Scope | None:
    try:
        return rule.read(match, scope, today)
    except (OverflowError, ValueError):  # before year 1 or after year 9999, where datetime ends
        return None


def _surroundings(scope: Scope) -> Iterator[Scope | None]:
    """What the end of a range may be a part of: the month, the year of its beginning, the year after it, or nothing."""
    parent, outermost = scope.parent, scope
    while parent is not None:
        yield parent
        outermost, parent = parent, parent.parent
    if outermost.grain == "year" and outermost is not scope:
        yield year_scope(outermost.first.year + 1)
    yield None
