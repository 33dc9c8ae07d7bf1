"""From the speeches of a clean text to records.

Finders find mentions (figures, times, names), linkers say what they mean; `find_mentions` has them in their order.
"""

from __future__ import annotations

from typing import Any

from speechparse.extract.checks import check_figures
from speechparse.extract.comparison import set_comparisons
from speechparse.extract.discourse import cut_speech
from speechparse.extract.figures import find_figures, share_bounds
from speechparse.extract.governing import keep_times, link_times
from speechparse.extract.harmonise import set_indicator_ids
from speechparse.extract.indicators import name_indicators
from speechparse.extract.losses import find_losses
from speechparse.extract.mentions import Mention
from speechparse.extract.projects import find_projects
from speechparse.extract.rhetoric import drop_rhetoric
from speechparse.extract.roles import set_roles
from speechparse.extract.status import set_status
from speechparse.extract.times import find_times
from speechparse.extract.wholes import link_wholes
from speechparse.extract.years import Years, date_speeches
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
from speechparse.time_limit import check, checked

_MODELS: dict[str, type[Record]] = {
    "amount": Amount,
    "count": Count,
    "percentage": Percentage,
    "measure": Measure,
    "rank": Rank,
    "deadline": Deadline,
    "period": Period,
    "project": Project,
}


def extract_records(
    text: AlignedText, speeches: list[Speech], options: ParseOptions
) -> tuple[list[Record], list[Warning]]:
    """The records of all speeches in text order, and what does not fit together in them.

    With `resolve_years`, a speech that masks its year but gives it away is replaced in `speeches` by one with a date.
    """
    records: list[Record] = []
    dated, warnings = date_speeches(text.text, speeches, options)
    speeches[:] = dated
    for number, speech in enumerate(speeches):
        check()
        mentions, contradictions = find_mentions(text.text, speech, options)
        warnings += contradictions
        _doubt_damaged(text, mentions)
        records += [_record(text, mention, number) for mention in checked(mentions)]
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
    years = Years(text, speech, discourse, options)
    discourse.year = years.base.own
    times = list(find_times(text, speech.start, speech.end, years.at))
    figures = find_figures(body)
    figures += find_losses(body, figures)
    for figure in figures:
        figure.start += speech.start
        figure.end += speech.start
    figures.sort(key=lambda f: f.start)
    figures, times = _settle(figures, times)
    projects = find_projects(text, discourse, figures, times)
    figures = drop_rhetoric(text, figures)
    share_bounds(text, figures)
    set_roles(text, figures, projects)
    link_times(text, discourse, figures, times)
    set_status(text, discourse, figures)
    name_indicators(text, discourse, figures, times, projects)
    set_comparisons(text, figures)
    link_wholes(text, discourse, figures)
    set_indicator_ids(text, discourse, figures, f"{speech.place or ''} {speech.title or ''}".strip())
    kept = keep_times(text, discourse, times)
    mentions = [*figures, *kept, *projects]
    mentions.sort(key=lambda m: (m.start, -m.end, m.kind))
    return mentions, check_figures(text, discourse, figures)


def _settle(figures: list[Mention], times: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Where a figure and a time claim the same characters, the longer one has them; of equal ones the time."""
    kept: list[Mention] = []
    beaten: set[Mention] = set()
    at = 0
    for figure in figures:
        while at < len(times) and times[at].end <= figure.start:
            at += 1
        last = at
        while last < len(times) and times[last].start < figure.end:
            last += 1
        clash = [t for t in times[at:last] if t not in beaten]
        if not clash or all(t.end - t.start < figure.end - figure.start for t in clash):
            kept.append(figure)
            beaten.update(clash)
    return kept, [t for t in times if t not in beaten]


def _record(text: AlignedText, mention: Mention, speech: int) -> Record:
    raw_start, raw_end = text.raw_span(mention.start, mention.end)
    said: dict[str, Any] = {
        "text": text.text[mention.start : mention.end],
        "start": mention.start,
        "end": mention.end,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "speech": speech,
        "rule": " ".join(mention.rules),
    }
    if mention.kind == "project":
        said["name"] = mention.name
    elif not mention.is_figure:
        said["earliest"] = mention.earliest
        said["latest"] = mention.latest
    else:
        said |= _said_of_figure(text, mention)
    return _MODELS[mention.kind].model_validate(said)


def _said_of_figure(text: AlignedText, mention: Mention) -> dict[str, Any]:
    said: dict[str, Any] = {
        "value": mention.value,
        "upper": mention.upper,
        "unit": mention.unit,
        "bound": mention.bound,
        "role": mention.role,
        "of": mention.of,
    }
    if mention.role == "value":
        said["indicator"] = mention.indicator or None
        said["indicator_id"] = mention.indicator_id
        said["status"] = mention.status
        said["comparison"] = mention.comparison
        said["strength"] = mention.strength if mention.status == "target" else None
        if (when := mention.when) is not None:
            words = text.text[when.start : when.end]
            said["when"] = When(text=words, earliest=when.earliest, latest=when.latest)
    return said
