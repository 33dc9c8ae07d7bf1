"""From the speeches of a clean text to records.

`FINDERS` find mentions, `LINKERS` say what they mean; both act in the order in which they stand.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import regex

from speechparse.extract.checks import check_figures
from speechparse.extract.discourse import Discourse, cut_speech
from speechparse.extract.figures import find_figures
from speechparse.extract.governing import keep_times, link_times
from speechparse.extract.harmonise import set_indicator_ids
from speechparse.extract.indicators import name_indicators
from speechparse.extract.losses import find_losses
from speechparse.extract.mentions import Mention
from speechparse.extract.projects import find_projects
from speechparse.extract.rhetoric import drop_rhetoric
from speechparse.extract.roles import set_roles
from speechparse.extract.status import set_status
from speechparse.extract.times import YearContext, find_times, read_year
from speechparse.extract.wholes import link_wholes
from speechparse.options import ParseOptions
from speechparse.records import (
    Amount,
    Count,
    Deadline,
    Measure,
    Percentage,
    Period,
    Project,
    Rank,
    Record,
    Speech,
    Warning,
    When,
)
from speechparse.text import AlignedText

_FIGURE_MODELS: dict[str, type[Amount | Count | Percentage | Measure | Rank]] = {"amount": Amount, "count": Count, "percentage": Percentage, "measure": Measure, "rank": Rank}


def extract_records(
    text: AlignedText, speeches: list[Speech], options: ParseOptions
) -> tuple[list[Record], list[Warning]]:
    """The records of all speeches in text order, and what does not fit together in them."""
    records: list[Record] = []
    warnings: list[Warning] = []
    for number, speech in enumerate(speeches):
        mentions, contradictions = find_mentions(text.text, speech, options)
        warnings += contradictions
        _doubt_damaged(text, mentions)
        records += [_record(text, m, number) for m in mentions]
    return records, warnings


_DAMAGE = frozenset({"damaged_text", "figure_near_damage"})


def _doubt_damaged(text: AlignedText, mentions: list[Mention]) -> None:
    """A figure that touches a damaged spot may have lost a digit to it: its value is not known."""
    damaged: set[int] = set()
    for note in text.warnings:
        if note.name in _DAMAGE and note.raw_end - note.raw_start <= 40:
            damaged.update(range(text.position_of(note.raw_start), text.position_of(note.raw_end) + 1))
    if not damaged:
        return
    for mention in mentions:
        if mention.is_figure and mention.start in damaged:
            mention.value = mention.upper = None
            mention.bound = "exact" if mention.bound == "range" else mention.bound
            mention.rules.append("figure.damaged")


def find_mentions(text: str, speech: Speech, options: ParseOptions) -> tuple[list[Mention], list[Warning]]:
    """The linked mentions of one speech, in text order, and the figures among them that contradict each other."""
    discourse = cut_speech(text, speech)
    body = text[speech.start : speech.end]
    years = _Years(text, speech, discourse, options)
    times = _without_overlap(list(find_times(text, speech.start, speech.end, years.at)))
    figures = find_figures(body)
    figures += find_losses(body, figures)
    for figure in figures:
        figure.start += speech.start
        figure.end += speech.start
    figures.sort(key=lambda f: f.start)
    figures, times = _settle(text, figures, times)
    projects = find_projects(text, discourse, figures, times)
    figures = drop_rhetoric(text, discourse, figures)
    set_roles(text, figures, projects)
    link_times(text, discourse, figures, times)
    set_status(text, discourse, figures)
    name_indicators(text, discourse, figures, times, projects)
    link_wholes(text, discourse, figures)
    set_indicator_ids(text, discourse, figures, f"{speech.place or ''} {speech.title or ''}".strip())
    kept = keep_times(text, discourse, times)
    mentions = [*figures, *kept, *projects]
    mentions.sort(key=lambda m: (m.start, -m.end, m.kind))
    return mentions, check_figures(text, discourse, figures)


def _without_overlap(mentions: list[Mention]) -> list[Mention]:
    result: list[Mention] = []
    for mention in mentions:
        if not result or mention.start >= result[-1].end:
            result.append(mention)
    return result


def _settle(text: str, figures: list[Mention], times: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Where a figure and a time claim the same characters, the longer one has them; of equal ones the time."""
    taken: list[Mention] = []
    for figure in figures:
        clash = [t for t in times if t.start < figure.end and figure.start < t.end]
        if clash and any(t.end - t.start >= figure.end - figure.start for t in clash):
            taken.append(figure)
        elif clash:
            times = [t for t in times if t not in clash]
    return [f for f in figures if f not in taken], times


_OWN_YEAR = regex.compile(r"(?<!\d)((?:19|20)(?:\d\d|\d[*xX＊]|[*xX＊]{2}))年")
_REVIEW_OPENING = regex.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|[—-]+|　)*(?:过去的|刚刚过去的)?((?:19|20)\d\d)年(?:是|，|,|在|以来|全|、)"
)
_REVIEW_HEADING = regex.compile(r"((?:19|20)\d\d)年[^，。；]{0,16}(?:回顾|总结|情况|成绩)")


class _Years:
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
            own = stated[0] if stated else "XXXX"
        elif day is not None and not own.startswith(str(day.year)):
            day = None
        self.base = YearContext(own, None, day)
        self._marks: list[tuple[int, str | None]] = []
        self._read_marks(text, speech, discourse)

    def _read_marks(self, text: str, speech: Speech, discourse: Discourse) -> None:
        own = self.base.own
        # an annual report looks back on the year before it: 全年 in its first part is last year
        annual = "X" not in own and "报告" in (speech.title or "")
        mood = ""
        for sentence in discourse.sentences:
            words = text[sentence.start : sentence.end]
            heading = _REVIEW_HEADING.search(words) if len(words) <= 40 else None
            opening = _REVIEW_OPENING.match(words)
            if heading:
                self._marks.append((sentence.start, heading[1] if heading[1] != own else None))
            elif opening:
                year = opening[1]
                self._marks.append((sentence.start, year if year != own else None))
            elif sentence.mood != mood:
                if sentence.mood == "target":
                    self._marks.append((sentence.start, None))
                elif annual:
                    self._marks.append((sentence.start, str(int(own) - 1)))
            mood = sentence.mood

    def at(self, position: int) -> YearContext:
        review = None
        for start, year in self._marks:
            if start > position:
                break
            review = year
        return YearContext(self.base.own, review, self.base.day)


def _record(text: AlignedText, mention: Mention, speech: int) -> Record:
    raw_start, raw_end = text.raw_span(mention.start, mention.end)
    common: dict[str, Any] = {
        "text": text.text[mention.start : mention.end],
        "start": mention.start,
        "end": mention.end,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "speech": speech,
        "rule": " ".join(mention.rules),
    }
    if mention.kind == "deadline":
        return Deadline(earliest=mention.earliest, latest=mention.latest, **common)
    if mention.kind == "period":
        return Period(earliest=mention.earliest, latest=mention.latest, **common)
    if mention.kind == "project":
        return Project(name=mention.name, **common)
    when = mention.when
    is_value = mention.role == "value"
    figure: dict[str, Any] = {
        "value": mention.value,
        "upper": mention.upper,
        "unit": mention.unit,
        "bound": mention.bound,
        "role": mention.role,
        "of": mention.of,
    }
    if is_value:
        figure |= {"indicator": mention.indicator, "indicator_id": mention.indicator_id, "status": mention.status}
        figure["strength"] = mention.strength if mention.status == "target" else None
        if when is not None:
            words = text.text[when.start : when.end]
            figure["when"] = When(text=words, earliest=when.earliest, latest=when.latest)
    return _FIGURE_MODELS[mention.kind](**figure, **common)
