"""Lines that recur over the pages of one site are its furniture, which no rule of boilerplate.tsv may know.

Two passes over an archive: `learn` counts, over the clean texts of a site's pages, the lines that stand at their edges;
then a `SiteParser` that was given the lines of the site cuts them. It is a `Parser` whose cleaning goes one step
further, so that speeches, records and offsets follow from the text without those lines, and each removal has its rule
with the count as evidence: `site.recurring:37` (`rule_and_count` parts the two again).

A line is cut only where all of this holds:

- it stands before the first paragraph of its page or after the last: what recurs between them is a heading;
- it stood on at least `minimum` pages of the site, which are at least `share` of them. A page whose three longest lines
  have all been seen before is a repost, and counts once: a speech that is posted five times is no furniture;
- it recurs on fewer than `EVERYWHERE` other sites: what all sites have is the language of speeches (各位代表！), or a
  case for boilerplate.tsv;
- nothing says that it is speech: no figure, mask, salutation, heading, title, date, or speaker, and no word of
  data/lexicons/speech_phrases.tsv (谢谢大家). And the page keeps at least one line.

Memory is bounded: of more than `limit` lines those seen least often are forgotten (lossy counting), so counts may come
out too low, never too high. Pages of a site that follow one another are counted best.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import regex

from speechparse import lexicons
from speechparse.errors import OptionsError
from speechparse.options import ParseOptions
from speechparse.pipeline import Parser, Source
from speechparse.segment.edtf import MASKS
from speechparse.segment.linekinds import (
    Line,
    is_date,
    is_name,
    is_subtitle,
    is_title,
    numbering,
    salutation_end,
    speaker_of,
    split_lines,
)
from speechparse.text import AlignedText, Edit

RULE = "site.recurring"
EDGE = 15  # lines from the beginning and from the end of a page
PARAGRAPH = 40  # characters
LONGEST = 300  # characters of a line of furniture
EVERYWHERE = 3  # other sites


class SpeechPhraseRow(NamedTuple):
    """Words that only a speech has: a line with one stays, however often it recurs."""

    phrase: str
    example: str


class SiteLines(NamedTuple):
    """What `learn` found: the number of different `pages` of each site, and its recurring `lines` with the pages each
    was seen on. Lines are in the form of `normalised`."""

    pages: Mapping[str, int]
    lines: Mapping[str, Mapping[str, int]]

    def recurring(self, site: str) -> Mapping[str, int]:
        """The furniture of a site, with the number of pages that have each line."""
        return self.lines.get(site, {})


def learn(
    pages: Iterable[tuple[str, Iterable[str]]], *, minimum: int = 5, share: float = 0.1, limit: int = 1_000_000
) -> SiteLines:
    """The lines that recur over the pages of each site.

    pages: the site and the lines of the clean text of each page; an empty site is none, and not counted. minimum,
    share: on how many pages, and which share of the site's pages, a line has to stand. limit: how many lines are
    remembered at a time (about 200 bytes each). Raises OptionsError for values that make no sense.
    """
    if minimum < 2 or not 0 < share <= 1 or limit < 1:
        problem = "minimum has to be at least 2, share above 0 and up to 1, limit at least 1"
        raise OptionsError(f"minimum={minimum}, share={share}, limit={limit}: {problem}")
    number: Counter[str] = Counter()
    counts: Counter[tuple[str, int]] = Counter()
    texts: dict[tuple[str, int], str] = {}  # of what was seen more than once
    seen: set[int] = set()
    forgotten = 0
    for site, page in pages:
        lines = [line for line in page if line.strip()]
        longest = sorted(lines, key=lambda line: (-len(line), line))[:3]
        fingerprint = _hash("\n".join([site, *map(normalised, longest)]))
        if not site or not lines or fingerprint in seen:
            continue
        seen.add(fingerprint)
        number[site] += 1
        for line in {normalised(line) for line in (*lines[:EDGE], *lines[-EDGE:]) if len(line) <= LONGEST}:
            key = (site, _hash(line))
            counts[key] += 1
            if counts[key] == 2 and not is_speech(line):
                texts[key] = line
        while len(counts) > limit:
            forgotten += 1
            counts = Counter({key: count for key, count in counts.items() if count > forgotten})
            texts = {key: line for key, line in texts.items() if key in counts}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (site, hashed), line in texts.items():
        if counts[site, hashed] >= max(minimum, share * number[site]):
            found[site][line] = counts[site, hashed]
    sites = Counter(line for lines in found.values() for line in lines)
    furniture = {
        site: {line: count for line, count in sorted(lines.items()) if sites[line] <= EVERYWHERE}
        for site, lines in found.items()
    }
    return SiteLines(dict(number), furniture)


def normalised(line: str) -> str:
    """A line without its spaces, in the compatibility forms of its characters."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


# --- what may be speech

_FIGURE = regex.compile(
    rf"[\d{MASKS}]|百分之|[一二三四五六七八九十百千万亿两](?:个|项|条|点|年|月|日|元|倍|成|家|人|次|届|户|名|座|公里|亩|吨)"
)


_BREADCRUMB = regex.compile("[>»›|]")  # 首页 > 领导讲话 ends like a title


@lru_cache(maxsize=1)
def _phrases() -> regex.Pattern[str]:
    rows = lexicons.load("speech_phrases", SpeechPhraseRow)
    return regex.compile("|".join(regex.escape(row.phrase) for row in rows))


def is_speech(line: str) -> bool:
    """Whether a line, alone, may be part of a speech, for which its recurring says nothing."""
    return bool(
        _FIGURE.search(line)
        or _phrases().search(line)
        or salutation_end(line)
        or numbering(line)
        or (is_title(line) and not _BREADCRUMB.search(line))
        or is_subtitle(line)
        or is_date(line)
        or is_name(line)
        or speaker_of(line)
    )


# --- the cut


def cut(text: AlignedText, recurring: Mapping[str, int]) -> AlignedText:
    """A clean text without the furniture of its site (`SiteLines.recurring`)."""
    if not recurring:
        return text
    lines = list(split_lines(text.text))
    goes = {*_outside(lines[:EDGE], recurring), *_outside(lines[: -EDGE - 1 : -1], recurring)}
    if not goes or len(goes) == len(lines):
        return text
    last = max(line.end for line in lines if line not in goes)
    edits = []
    for line in sorted(goes, key=lambda line: line.start):
        # behind the last line that stays, the line break before a line goes with it, so that none is left over
        begin, end = (line.begin, line.over) if line.end < last else (line.begin - 1, line.end)
        edits.append(Edit(begin, end, "", f"{RULE}:{recurring[normalised(line.text)]}"))
    return text.apply(edits)


def _outside(lines: Iterable[Line], recurring: Mapping[str, int]) -> Iterator[Line]:
    """The recurring lines before the speech begins; with the lines in reverse, behind its end."""
    for line in lines:
        if normalised(line.text) in recurring:
            yield line
        elif len(line.text) >= PARAGRAPH or salutation_end(line.text) or numbering(line.text):
            return


def rule_and_count(rule: str) -> tuple[str, int | None]:
    """The name of a removal's rule without the count, and the count: on how many pages of its site the line stood."""
    bare, count = regex.subn(rf"(?<={RULE}):\d+", "", rule)
    found = [int(number) for number in regex.findall(rf"{RULE}:(\d+)", rule)]
    return bare, max(found) if count else None


class SiteParser(Parser):
    """A Parser for the pages of one site, whose recurring lines it cuts."""

    def __init__(self, options: ParseOptions | None = None, *, recurring: Mapping[str, int]) -> None:
        super().__init__(options)
        self.recurring = recurring

    def clean(self, source: Source, *, name: str | None = None) -> AlignedText:
        return cut(super().clean(source, name=name), self.recurring)
