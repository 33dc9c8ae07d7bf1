"""What a line of a speech is by its looks: title, subtitle, date, speaker, salutation, heading.

These are the marks by which the cleaning knows where on a page a speech begins, and the segmentation how it is parted.
Each question is about one stripped line and looks at nothing else, so the answer never depends on the page around it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import re, regex
from speechparse.segment.edtf import MASKS, find_dates

LONGEST_TITLE = 70
LONGEST_SALUTATION = 80
NAME = rf"(?:\p{{Han}}{{2,4}}|\p{{Han}}[ 　]{{1,2}}\p{{Han}}|\p{{Han}}{{1,8}}[·•‧]\p{{Han}}{{1,8}}|[{MASKS}某]{{2,4}})"


class Line(NamedTuple):
    """A line that is not blank: `text`, without the space around it, stands at `start:end`; the whole line, with its
    indent and its line break, at `begin:over`."""

    text: str
    start: int
    end: int
    begin: int
    over: int

    @property
    def indent(self) -> int:
        return self.start - self.begin

    @property
    def width(self) -> int:
        """How wide the line is on its page, in characters."""
        return self.end - self.begin


@lru_cache(maxsize=2)  # the stages that follow each other ask for the lines of the same text
def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    begin = 0
    for whole in text.splitlines(keepends=True):
        over = begin + len(whole)
        stripped = whole.strip()
        if stripped:
            start = begin + whole.index(stripped[0])
            lines.append(Line(stripped, start, start + len(stripped), begin, over))
        begin = over
    return tuple(lines)


class TitleRow(NamedTuple):
    word: str
    kind: str
    example: str
    counter_example: str


class SalutationRow(NamedTuple):
    word: str
    example: str
    counter_example: str


class OfficeRow(NamedTuple):
    office: str
    example: str


class SurnameRow(NamedTuple):
    surname: str
    example: str


class HeadingRow(NamedTuple):
    style: str
    level: int
    number: str
    example: str
    counter_example: str


class Numbering(NamedTuple):
    """The number at the beginning of a heading: `line[:end]` is it with its marks."""

    style: str
    level: int
    number: str
    end: int


class Speaker(NamedTuple):
    """A line under a title: the body spoken for, the office, and the name where the line gives it."""

    body: str
    office: str
    name: str | None


def _any_of(words: list[str]) -> str:
    return "|".join(sorted(map(regex.escape, words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def title_words() -> tuple[str, str]:
    """Patterns of the nouns that a title ends with, and of what sites put after them (讲话稿, 发言材料)."""
    rows = lexicons.load("speech_titles", TitleRow)
    return _any_of([r.word for r in rows if r.kind == "noun"]), _any_of([r.word for r in rows if r.kind == "tail"])


@lru_cache(maxsize=1)
def _title_noun() -> re.Pattern[str]:
    """The nouns alone. `re` finds one of many words four times faster than `regex` does."""
    return re.compile(title_words()[0])


def has_title_noun(line: str) -> bool:
    """Whether a noun that titles end with stands where the title of a line could be; most lines have none."""
    return _title_noun().search(line, 0, LONGEST_TITLE) is not None


@lru_cache(maxsize=1)
def _title_pattern() -> regex.Pattern[str]:
    nouns, tails = title_words()
    return regex.compile(
        rf"""[《“"]?(?P<body>[^。！？；;!?…]{{2,{LONGEST_TITLE}}}?)(?P<noun>{nouns})(?:{tails}){{0,2}}[》”"]?
        (?P<extra>\s*+(?:[（(][^()（）]{{1,14}}[)）]|篇\s?[\d一二三四五六七八九十]{{1,3}}|\d{{1,2}}[篇则]?|[一二三四五六七八九十]{{1,2}}篇))?+""",
        regex.VERBOSE,
    )


_NO_TITLE = regex.compile(
    "(?:下面|刚才|现在|今天|会上|请|首先)|.*(?<!工)(?:作|做|听取|审议|听|发表|提交|参阅)了?(?:重要|总结|动员|主旨|典型|表态|专题)?(?:政府工作)?"
    "(?:讲话|报告|发言|汇报|说明)$"
)


_NO_TITLE_ENDS = frozenset(("", *"。！？；：，、…!?;:,"))
_SPACED_OUT = regex.compile(r"\p{Han}(?:[ 　]{1,4}\p{Han})++")


def close_up(line: str) -> str:
    """A letter-spaced title (政 府 工 作 报 告) without its spaces; any other line as it is."""
    return regex.sub(r"[ 　]+", "", line) if _SPACED_OUT.fullmatch(line) else line


def is_title(line: str) -> bool:
    """Whether a line may be the title of a speech: 在全县水利现场会上的讲话, 2018年某省政府工作报告."""
    if line[-1:] in _NO_TITLE_ENDS:
        return False
    line = close_up(line)
    if not 6 <= len(line) <= LONGEST_TITLE or line.count(",") + line.count("，") > 1:
        return False
    if not has_title_noun(line) or not _title_pattern().fullmatch(line):
        return False
    return not _NO_TITLE.match(line) and numbering(line) is None


@lru_cache(maxsize=1)
def _salutation_pattern() -> regex.Pattern[str]:
    words = _any_of([r.word for r in lexicons.load("salutations", SalutationRow)])
    respectful = rf"(?:尊敬的|亲爱的|各位|全体)(?:各位)?[\p{{Han}}{MASKS}]{{0,8}}?(?:{words})们?"
    item = rf"(?:{respectful}|\p{{Han}}{{0,4}}?(?:{words})们)"
    return regex.compile(rf"{item}(?:[、，, 　]{{1,2}}{item}){{0,8}}(?:[:：!！]|$)")


def salutation_end(line: str) -> int:
    """Where the salutation ends that a line begins with (同志们：, 各位代表：), or 0."""
    match = _salutation_pattern().match(line[:LONGEST_SALUTATION])
    return match.end() if match and (match.end() == len(line) or line[match.end() - 1] in ":：!！") else 0


def is_salutation(line: str) -> bool:
    return bool(line) and salutation_end(line) == len(line)


def is_date(line: str) -> bool:
    """Whether a line is a date as documents write it: (2018年3月5日), 二○一八年三月. A page's 2018-03-05 is none.

    What the text was made from may stand beside it: (2018年3月5日，根据录音整理).
    """
    bare = _MADE_FROM.sub("", line.strip("（()）〔〕[]【】 　"))
    if not 5 <= len(bare) <= 20:
        return False
    found = next(find_dates(bare), None)
    whole = found is not None and found.start == 0 and found.end == len(bare)
    return whole and ("月" in bare or bare != line)


_MADE_FROM = regex.compile(
    r"[，,；;\s]{0,2}(?:根据)?(?:讲话|会议)?(?:录音|记录|速记)整理稿?$|^(?:根据)?(?:讲话|会议)?(?:录音|记录|速记)整理稿?[，,；;\s]{0,2}"
)
_SUBTITLE = regex.compile(
    r"[（(]?(?P<dash>[—–\-－]{1,4})?\s?(?P<date>(?P<digits>[^在——\s]{4,16})年[^在]{0,8})?在(?P<where>.{4,60}?)(?:上|会|会议)"
    r"(?:的?(?:讲话|报告|发言|致辞))?[)）]?(?P<rest>\s.{2,24})?"
)


def is_subtitle(line: str) -> bool:
    """Whether a line says where a speech was held: ——2018年3月5日在某区第八届人大第二次会议上."""
    if not 0 < len(line) <= LONGEST_TITLE or (line[0] not in "—–-－（(一二" and not line[0].isdigit()):
        return False
    match = _SUBTITLE.fullmatch(line)
    if match is None:
        return False
    found = next(find_dates(line), None)
    return bool(match["dash"]) or (found is not None and (len(found.edtf) > len("2013") or line[0] in "（("))


def introduces(line: str) -> bool:
    """Whether a line stands only at the beginning of a speech, under its title."""
    return is_salutation(line) or is_date(line) or is_subtitle(line)


@lru_cache(maxsize=1)
def _speaker_pattern() -> regex.Pattern[str]:
    offices = _any_of([r.office for r in lexicons.load("offices", OfficeRow)])
    return regex.compile(
        rf"(?P<body>[\p{{Han}}{MASKS}、 　]{{0,24}}?)(?P<office>{offices})(?:[ 　:：]*+(?P<name>{NAME}))?(?:同志)?"
    )


_NO_NAME = regex.compile("会议|会上|讲话|发言|报告|工作|致辞|[在的对就与和]")


def speaker_of(line: str) -> Speaker | None:
    """Read a line that names the speaker: 白河县人民政府县长 陆清, 国务院总理."""
    match = _speaker_pattern().fullmatch(line) if 2 <= len(line) <= 40 else None
    if match is None or (match["name"] and _NO_NAME.search(match["name"])):
        return None
    name = match["name"]
    return Speaker(match["body"], match["office"], name and name.replace(" ", "").replace("　", ""))


_BARE_NAME = regex.compile(NAME)


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    return frozenset(row.surname for row in lexicons.load("surnames", SurnameRow))


def is_name(line: str) -> bool:
    """Whether a line could be nothing but a person's name; only its neighbours can tell that it is."""
    if not _BARE_NAME.fullmatch(line) or _NO_NAME.search(line):
        return False
    return "·" in line or line[0] in MASKS or not surnames().isdisjoint((line[:1], line[:2]))


@lru_cache(maxsize=1)
def _heading_patterns() -> dict[str, list[tuple[HeadingRow, regex.Pattern[str]]]]:
    """The patterns of headings by the characters they may begin with."""
    patterns = [(row, regex.compile(row.number)) for row in lexicons.load("headings", HeadingRow)]
    return {
        first: [(row, pattern) for row, pattern in patterns if pattern.match(first, partial=True)]
        for first in "一二三四五六七八九十第（(0123456789"
    }


def numbering(line: str, start: int = 0) -> Numbering | None:
    """The number of the heading that begins at `line[start]`, if one does."""
    for row, pattern in _heading_patterns().get(line[start : start + 1], ()):
        match = pattern.match(line, start)
        if match:
            return Numbering(row.style, row.level, match["number"], match.end())
    return None
