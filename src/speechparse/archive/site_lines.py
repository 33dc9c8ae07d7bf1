"""Lines that recur over the pages of one site are its furniture, which no rule of boilerplate.tsv may know.

Two passes over an archive: `page_lines` takes from the clean text of each page the lines at its edges that may be
furniture, as hashes, and the database counts them site by site (`LEARN`); then a `SiteParser` that was given those that
recur cuts them. It is a `Parser` whose cleaning goes one step further, so that speeches, records and offsets follow
from the text without those lines, and each removal has its rule with the count as evidence: `site.recurring:37`.

A line is cut only where all of this holds:

- it stands before the first paragraph of its page or after the last: what recurs between them is a heading;
- it stood on at least `MINIMUM` pages of the site, which are at least `SHARE` of them. Pages whose three longest lines
  are the same are reposts, and count once: a speech that is posted five times is no furniture;
- it recurs on no more than `EVERYWHERE` sites: what all sites have is the language of speeches (各位代表！), or a
  case for boilerplate.tsv;
- nothing says that it is speech: no figure, mask, salutation, heading, title, date, or speaker, and no word of
  data/lexicons/speech_phrases.tsv (谢谢大家). And the page keeps at least one line.

The counts depend on nothing but the pages: neither on their order nor on how many processes read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
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
MINIMUM = 5  # pages
SHARE = 0.1  # of the pages of a site
EVERYWHERE = 3  # sites


class SpeechPhraseRow(NamedTuple):
    """Words that only a speech has: a line with one stays, however often it recurs."""

    phrase: str
    example: str


class PageLines(NamedTuple):
    """What a page says of its site. `speech` is the same for reposts of one speech; `lines` are the hashes of the
    different lines at its edges that may be furniture."""

    speech: int
    lines: tuple[int, ...]


# The lines that recur, from a table `page_lines` (document_id, site, speech, lines) of all pages: rows of site, line,
# the number of different pages that have it, and of how many that is. Of reposts the first by its id counts.
LEARN = f"""
    WITH pages AS (
        SELECT site, lines FROM page_lines
        WHERE document_id IN (SELECT min(document_id) FROM page_lines GROUP BY site, speech)
    ),
    sizes AS (SELECT site, count(*) AS of_pages FROM pages GROUP BY site),
    counts AS (
        SELECT site, line, count(*) AS pages FROM (SELECT site, unnest(lines) AS line FROM pages)
        GROUP BY site, line HAVING count(*) >= {MINIMUM}
    )
    SELECT site, line, pages, of_pages FROM counts JOIN sizes USING (site)
    WHERE pages >= {SHARE} * of_pages
    QUALIFY count(*) OVER (PARTITION BY line) <= {EVERYWHERE}
"""


def page_lines(text: str) -> PageLines | None:
    """What the clean text of a page says of its site; None where it has no line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return None
    longest = sorted(lines, key=lambda line: (-len(line), line))[:3]
    edges = dict.fromkeys(normalised(line) for line in (*lines[:EDGE], *lines[-EDGE:]) if len(line) <= LONGEST)
    furniture = tuple(hashed(line) for line in edges if not is_speech(line))
    return PageLines(hashed("\n".join(map(normalised, longest))), furniture)


def normalised(line: str) -> str:
    """A line without its spaces, in the compatibility forms of its characters."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def hashed(text: str) -> int:
    """A text as an integer of 64 bits, signed as databases have them. Two texts alike would cost one line a count."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


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


def cut(text: AlignedText, recurring: Mapping[int, int]) -> AlignedText:
    """A clean text without the furniture of its site: hashes of normalised lines, with the pages each was seen on."""
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
        edits.append(Edit(begin, end, "", f"{RULE}:{recurring[hashed(normalised(line.text))]}"))
    return text.apply(edits)


def _outside(lines: Iterable[Line], recurring: Mapping[int, int]) -> Iterator[Line]:
    """The recurring lines before the speech begins; with the lines in reverse, behind its end."""
    for line in lines:
        if hashed(normalised(line.text)) in recurring:
            yield line
        elif len(line.text) >= PARAGRAPH or salutation_end(line.text) or numbering(line.text):
            return


class SiteParser(Parser):
    """A Parser for the pages of one site, whose recurring lines it cuts."""

    def __init__(self, options: ParseOptions | None = None, *, recurring: Mapping[int, int]) -> None:
        super().__init__(options)
        self.recurring = recurring

    def clean(self, source: Source, *, name: str | None = None) -> AlignedText:
        return cut(super().clean(source, name=name), self.recurring)
