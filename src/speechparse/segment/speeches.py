"""Parts a clean text into its speeches, and reads what each says about itself: title, date, place, speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
from speechparse.options import ParseOptions
from speechparse.records import Speech
from speechparse.segment.edtf import combine, read_date
from speechparse.segment.headings import find_sections
from speechparse.segment.linekinds import (
    Line,
    introduces,
    is_date,
    is_name,
    is_subtitle,
    is_title,
    numbering,
    salutation_end,
    speaker_of,
    split_lines,
)
from speechparse.text import AlignedText

HEAD_LINES = 8  # how far below its beginning a speech may still be introducing itself
LONGEST_MAIN_TITLE = 40
PROSE = 40  # the length from which on a line is a paragraph


class DateCueRow(NamedTuple):
    """How a speech states its own year: `pattern`, `YEAR` for the year, in the part of the speech that `name` begins
    with (any, begin, end, heading). Of several the one with the highest `weight` is believed."""

    name: str
    weight: int
    pattern: str
    example: str
    counter_example: str


class _Head(NamedTuple):
    """The lines that open a speech, by what they are."""

    title: str | None
    subtitle: str | None
    date: str | None
    speaker: Sequence[str]


def split_speeches(text: AlignedText, options: ParseOptions) -> list[Speech]:
    """The speeches of a clean text, in order. A text without a mark of several is one speech; an empty one has none.

    The facts that cleaning noted (titles it cut, the beginnings of the speeches of a collection) are used here.
    """
    lines = split_lines(text.text)
    if not lines:
        return []
    starts = _starts(text, lines)
    named = dict(_marks(text))
    page_title = next((note.value for note in text.facts if note.name == "title"), None)
    speeches = []
    for number, (first, last) in enumerate(pairwise([*starts, len(lines)])):
        own = lines[first:last]
        start, end = own[0].start, own[-1].end
        head = _read_head(own)
        title = _tidy(head.title) or named.get(start) or (_tidy(page_title) if number == 0 else None)
        speeches.append(
            Speech(
                title=title,
                date=_date(head, title, own),
                place=_place(head, title),
                speaker=_speaker(head),
                start=start,
                end=end,
                sections=find_sections(text.text, start, end),
            )
        )
    return speeches


_SPACE = regex.compile(r"(?<=[\p{Han}\d”])[ 　]+(?=[\p{Han}\d“])")


def _tidy(title: str | None) -> str | None:
    """A title without the brackets around it and the spaces inside it."""
    return _SPACE.sub("", title.strip("《》 　")) or None if title else None


# --- where a speech begins


def _marks(text: AlignedText) -> Iterator[tuple[int, str | None]]:
    """The places in the clean text where cleaning saw a speech of a collection begin, with its title."""
    for note in text.facts:
        if note.name == "speech":
            at = text.position_of(note.raw_start)
            while at < len(text) and text.text[at].isspace():
                at += 1
            yield at, note.value or None


def _starts(text: AlignedText, lines: Sequence[Line]) -> list[int]:
    """The indices of the lines that begin a speech."""
    marked = {start for start, _ in _marks(text)}
    starts = [0]
    prose = False
    for index, line in enumerate(lines):
        begins = line.start in marked or (
            prose and is_title(line.text) and any(introduces(below.text) for below in lines[index + 1 : index + 4])
        )
        if begins and index:
            starts.append(index)
            prose = False
        prose |= len(line.text) >= PROSE
    return starts


# --- what a speech says about itself


def _read_head(lines: Sequence[Line]) -> _Head:
    title: str | None = None
    subtitle: str | None = None
    date: str | None = None
    speaker: list[str] = []
    for index, line in enumerate(lines[:HEAD_LINES]):
        text = line.text
        if salutation_end(text) or numbering(text) or len(text) > 2 * PROSE:
            break
        if is_subtitle(text):
            subtitle = subtitle or text
            speaker += [piece for piece in text.split(maxsplit=1)[1:] if speaker_of(piece)]
            if title is None and index == 1 and len(lines[0].text) <= LONGEST_MAIN_TITLE:
                title = lines[0].text
            elif title is None and text[0] in "—-–－" and is_title(text.lstrip("—-–－ ")):
                title = text.lstrip("—-–－ ")
        elif is_title(text) and title is None:
            title = text
        elif is_date(text):
            date = date or read_date(text)
        elif speaker_of(text) or (index and is_name(text)):
            speaker.append(text)
    return _Head(title, subtitle, date, speaker)


@lru_cache(maxsize=1)
def _date_cues() -> tuple[tuple[DateCueRow, regex.Pattern[str]], ...]:
    year = r"(?P<year>[12一二][^\s，。]{3}年)"
    rows = lexicons.load("date_cues", DateCueRow)
    return tuple((row, regex.compile(row.pattern.replace("YEAR", year))) for row in rows)


def _date(head: _Head, title: str | None, lines: Sequence[Line]) -> str | None:
    """The date of a speech: of its own date line, its subtitle, its title, or the year that it states about itself."""
    stated = [date for date in (head.date, read_date(head.subtitle or ""), read_date(title or "")) if date]
    if not stated:
        return _stated_year(lines)
    date = stated[0]
    if "X" not in date:
        return _day_of_meeting(date, lines)
    for other in (*stated[1:], _stated_year(lines)):
        date = (other and combine(date, other)) or date
    return date


_MEETING_OPENED = regex.compile(r"^[^，,。]{6,14}日[^。]{0,60}?(?:开幕|召开|举行|作(?:政府)?工作报告)")


def _day_of_meeting(date: str, lines: Sequence[Line]) -> str:
    """Of a date that is only a year: the day in that year on which the opening line says that the meeting was held."""
    if len(date) > 4:
        return date
    for line in lines[:HEAD_LINES]:
        if len(line.text) >= PROSE:
            opened = _MEETING_OPENED.match(line.text)
            day = read_date(opened.group()) if opened else None
            return day if day and day.startswith(date) else date
    return date


def _stated_year(lines: Sequence[Line]) -> str | None:
    """The year that a speech gives away, at its beginning, in a heading or at its end. One without a mask is believed
    before a masked one that it agrees with."""
    prose = [line.text for line in lines if len(line.text) >= PROSE]
    places = {
        "any": "\n".join(prose),
        "begin": "\n".join(prose[:2]),
        "end": prose[-1] if prose else "",
        "heading": "\n".join(line.text for line in lines if len(line.text) < PROSE),
    }
    found: list[tuple[bool, int, str]] = []
    for row, pattern in _date_cues():
        for match in pattern.finditer(places[row.name.split("_")[0]]):
            year = read_date(match["year"])
            if year:
                found.append(("X" not in year, row.weight, year))
    if not found:
        return None
    best = max(found, key=lambda each: each[:2])
    masked = [year for known, _, year in found if not known]
    if best[0] and masked and not any(combine(best[2], year) for year in masked):
        return masked[0]
    return best[2]


_PLACE = (
    r"(?P<place>(?!乡镇|城镇|县区|市县|县市|城乡|城市)(?:(?![全我本该各两某级])\p{Han}){1,9}?"
    r"(?:自治[区州县旗]|特别行政区|省|市|州(?![省市])|盟|县|区|旗|镇|乡|街道)(?![级直属内外]))"
)
_HELD_IN = regex.compile(rf"在{_PLACE}(?=第|人大|人民|委|党|项目|重点|经济|政府|工作|\p{{Han}}{{2,12}}(?:会|仪式))")
_OF_PLACE = regex.compile(rf"(?:年|^){_PLACE}(?=(?:人民)?政府工作报告|[12]\d{{3}}年)")


def _place(head: _Head, title: str | None) -> str | None:
    """The place that a speech names as its own: in its subtitle, its title, or before the speaker's office."""
    for source in (head.subtitle, title):
        match = _HELD_IN.search(source) if source else None
        match = match or (_OF_PLACE.search(source) if source else None)
        if match:
            return match["place"]
    for line in head.speaker:
        speaker = speaker_of(line)
        match = regex.match(_PLACE, speaker.body) if speaker else None
        if match:
            return match["place"]
    return None


def _speaker(head: _Head) -> str | None:
    for line in head.speaker:
        speaker = speaker_of(line)
        if speaker is None:
            return line.replace(" ", "").replace("　", "")
        if speaker.name:
            return speaker.name
    return None
