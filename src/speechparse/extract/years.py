"""The years that a speech speaks of: its own, the one it looks back on, and the one it gives away.

A speech that masks its year (201*年) may still say what year it is: 今年是“十一五”规划的最后一年. The lexicon
`year_evidence.tsv` knows such phrases. A phrase counts only with its subject: 今年 is the speech's own year, 去年 the
one before it, 明年 the one after it. What it gives is a warning with a suggestion; the mask itself stays unless the
caller asks for years to be resolved.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.errors import LexiconError
from speechparse.extract.discourse import Discourse
from speechparse.extract.numerals import read_chinese_integer
from speechparse.extract.patterns import stretches
from speechparse.extract.times import UNKNOWN_YEAR, YearContext, five_year_plan, read_year, shift_year
from speechparse.lazy import re, regex
from speechparse.options import ParseOptions
from speechparse.records import Speech, Warning


class YearEvidenceRow(NamedTuple):
    """A phrase that gives away a year; the columns are explained at the head of the lexicon."""

    pattern: str
    sort: str
    year: int
    example: str
    counter_example: str


class Evidence(NamedTuple):
    """`text[start:end]` says that the speech was given in `year`."""

    start: int
    end: int
    year: int


_PLAN = (
    r"(?:[“\"‘]?(?P<plan>十?[一二三四五六七八九]五)[”\"’]?|第(?P<ordinal>十?[一二三四五六七八九十])个五年(?:规划|计划))"
)
_FILLER = r"[^，,。；;、“”\n]{0,12}?的?"
_NUMBER = r"(?P<n>\d{1,3}|[一二两三四五六七八九十百]{1,5})"
# whose year it is: 今年 the speech's own, 去年 the one before
_SUBJECTS = {
    r"今年|本年(?!度)|这一年(?=是)|新的一年": 0,
    r"明年|来年|下一年|后一年": -1,
    r"去年|上年|(?:刚刚)?过去的?这?一年": 1,
}
_SUBJECT = regex.compile(
    "|".join(f"(?P<s{shift + 1}>{words})" for words, shift in _SUBJECTS.items())
    # 20**年是… is the speech's own year, but in a report as often the one before it
    + r"|(?P<past>过去的)?(?P<masked>(?:19|20)(?:\d[*xX＊×]|[*xX＊×]{2})年)"
)
_OTHER_SUBJECT = regex.compile(r"(?:19|20)\d\d年|时期|五年来|期间")
# 去年全年…; not 去年底, 去年以来, 去年签约的项目
_LAST_YEAR = re.compile("去年(?!年?[底末]|以来|[^，,。；;]{0,16}的)")
# …，今年1-7月份, …，年底前必须: the speech's own year again
_OWN_YEAR_AGAIN = re.compile("[今本]年|目前|当前|截至|(?<![主重需只])要|必须|务必|确保|力争|争取|计划")
_PREDICATE = regex.compile(r"是|为|处于|正值|恰逢|适逢|迎来|作为")
_YEAR_NAMED = re.compile("年(?<=[今本一明来去上*xX＊×]年)")  # as every subject ends
_REACH = 60
_LONGEST_EVIDENCE = 60


@lru_cache(maxsize=1)
def _evidence_pattern() -> tuple[regex.Pattern[str], list[YearEvidenceRow]]:
    rows = list(lexicons.load("year_evidence", YearEvidenceRow))
    patterns = []
    for number, row in enumerate(rows):
        if row.sort not in ("plan", "anniversary", "event"):
            raise LexiconError("year_evidence.tsv", 1, f"sort {row.sort!r} of {row.pattern} is not known")
        pattern = row.pattern.replace("PLAN", _PLAN).replace("FILLER", _FILLER).replace("N周年", f"{_NUMBER}周年")
        patterns.append(f"(?P<row{number}>{pattern})")
    return regex.compile("|".join(patterns)), rows


def find_evidence(text: str, start: int, end: int, *, report: bool = False) -> Iterator[Evidence]:
    """Every phrase in `text[start:end]` that gives away the year of the speech; `report`: it is a yearly report."""
    pattern, rows = _evidence_pattern()
    for stretch in stretches(_YEAR_NAMED, text, start, end, before=0, behind=_REACH + _LONGEST_EVIDENCE):
        for match in pattern.finditer(text, *stretch):
            number = next(i for i in range(len(rows)) if match[f"row{i}"] is not None)
            year = _year_of(match, rows[number])
            shift = _shift(text, max(start, match.start() - _REACH), match.start(), report)
            if year is not None and shift is not None:
                yield Evidence(match.start(), match.end(), year + shift)


def _year_of(match: regex.Match[str], row: YearEvidenceRow) -> int | None:
    if row.sort == "event":
        return row.year
    if row.sort == "anniversary":
        number = int(match["n"]) if match["n"].isdigit() else read_chinese_integer(match["n"])
        return None if number is None else row.year + number
    first = five_year_plan(match["plan"] or f"{match['ordinal']}五")
    return None if first is None else first + row.year - 1


def _shift(text: str, start: int, at: int, report: bool) -> int | None:
    """How far the speech is from the year that a phrase at `at` speaks of; None where its subject can't be told."""
    sentence = regex.split(r"[。！？!?；;\n]", text[start:at])[-1]
    subject = None
    for match in _SUBJECT.finditer(sentence):
        subject = match
    if subject is None or _OTHER_SUBJECT.search(sentence, subject.end()):
        return None
    if not _PREDICATE.search(sentence, subject.end()):
        return None
    if subject["masked"] is not None:
        return 1 if subject["past"] else None if report else 0
    return int((subject.lastgroup or "s1")[1:]) - 1


def suggest_year(text: str, speech: Speech) -> tuple[str, Evidence] | None:
    """The date that a speech gives away although it masks its year, with the first evidence for it.

    None where the speech states its year, where nothing gives it away, or where two phrases contradict each other.
    """
    date = speech.date or ""
    mask = (date[:4] or UNKNOWN_YEAR).ljust(4, "X")
    if "X" not in mask:
        return None
    report = "报告" in (speech.title or "")
    found = [e for e in find_evidence(text, speech.start, speech.end, report=report) if _fits(str(e.year), mask)]
    if len({e.year for e in found}) != 1:
        return None
    return f"{found[0].year}{date[4:]}", found[0]


def _fits(year: str, mask: str) -> bool:
    return all(m in ("X", y) for y, m in zip(year, mask, strict=True))


def date_speeches(text: str, speeches: list[Speech], options: ParseOptions) -> tuple[list[Speech], list[Warning]]:
    """The speeches, dated by their evidence where the options ask for it, and a warning for each year given away."""
    dated: list[Speech] = []
    warnings: list[Warning] = []
    for speech in speeches:
        suggestion = suggest_year(text, speech)
        if suggestion is not None:
            date, evidence = suggestion
            words = text[evidence.start : evidence.end]
            message = f"{words}: the date is {date}, where the speech has {speech.date or 'none'}"
            warnings.append(Warning(code="year_from_evidence", message=message, start=evidence.start, end=evidence.end))
            if options.resolve_years:
                speech = speech.model_copy(update={"date": date})
        dated.append(speech)
    return dated, warnings


_OWN_YEAR = regex.compile(r"(?<!\d)((?:19|20)(?:\d\d|\d[*xX＊]|[*xX＊]{2}))年")
_REVIEW_OPENING = regex.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|[—-]+|　)*(?:过去的|刚刚过去的)?"
    r"((?:19|20)\d\d)年(?:是|，|,|在|以来|全|、)"
)
_REVIEW_HEADING = regex.compile(r"((?:19|20)\d\d)年[^，。；]{0,16}(?:回顾|总结|情况|成绩)")


def _reports_the_year_before(text: str, discourse: Discourse, year: str) -> bool:
    """2021年，完成… 2022年，我们的目标是…: a speech without a date that reports one year and promises for the next.

    Not where 今年 stands before the second year, nor where sentences open with others too.
    """
    opened: list[str] = []
    for sentence in discourse.sentences:
        words = text[sentence.start : sentence.end]
        opening = _REVIEW_OPENING.match(words)
        if opening and opening[1] not in opened:
            opened.append(opening[1])
            promises = sentence.mood == "target" or _WILL.search(words) is not None
        elif len(opened) == 1 and "今年" in words:
            return False
    return opened == [year, str(int(year) + 1)] and promises


_WILL = regex.compile(r"目标|力争|确保|将|计划|安排")


class Years:
    """The year context along a speech: its own year, and the year a part of it looks back on."""

    def __init__(self, text: str, speech: Speech, discourse: Discourse, options: ParseOptions) -> None:
        own = (speech.date or "")[:4]
        day = options.reference_date
        if not own and day is not None:
            own = f"{day.year:04}"
        if speech.date and len(speech.date) == 10 and "X" not in speech.date:
            day = dt.date.fromisoformat(speech.date)
        if not own:
            stated = [read_year(m[1]) for m in _OWN_YEAR.finditer(text, speech.start, speech.end)]
            own = stated[0] if stated else UNKNOWN_YEAR
            if own.isdigit() and _reports_the_year_before(text, discourse, own):
                own = str(int(own) + 1)
        elif day is not None and not own.startswith(str(day.year)):
            day = None
        self.base = YearContext(own, None, day)
        self._marks = list(self._read_marks(text, speech, discourse))
        self._starts = [start for start, _ in self._marks]

    def _read_marks(self, text: str, speech: Speech, discourse: Discourse) -> Iterator[tuple[int, str | None]]:
        """Where the year looked back on changes, and to which (None: the text speaks of its own year)."""
        own = self.base.own
        # an annual report looks back on the year before it: 全年 in its first part is last year
        annual = "X" not in own and "报告" in (speech.title or "")
        mood = ""
        last_year = False  # 去年在册项目147个；全年固投58.7亿元: until it speaks of this year, at most to the full stop
        for number, sentence in enumerate(discourse.sentences):
            words = text[sentence.start : sentence.end]
            if last_year and not discourse.goes_on(number):
                last_year = False
                yield sentence.start, None
            names_a_year = "年" in words
            heading = _REVIEW_HEADING.search(words) if names_a_year and len(words) <= 40 else None
            opening = _REVIEW_OPENING.match(words) if names_a_year else None
            if heading:
                yield sentence.start, heading[1] if heading[1] != own else None
            elif opening:
                year = opening[1]
                yield sentence.start, year if year != own else None
            elif not annual and words.startswith("今年"):
                yield sentence.start, None
            elif not annual and _LAST_YEAR.match(words):
                last_year = True
                yield sentence.start, shift_year(own, -1)
            elif sentence.mood != mood:
                if sentence.mood == "target":
                    yield sentence.start, None
                elif annual:
                    yield sentence.start, str(int(own) - 1)
            if last_year and (back := _OWN_YEAR_AGAIN.search(words)):
                last_year = False
                yield sentence.start + back.start(), None
            mood = sentence.mood

    def at(self, position: int) -> YearContext:
        """The years in force at a position of the text."""
        mark = bisect_right(self._starts, position)
        return YearContext(self.base.own, self._marks[mark - 1][1] if mark else None, self.base.day)
