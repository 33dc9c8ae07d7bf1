"""Cuts from a page what is not the speech: navigation, counters, introductions, related lists, disclaimers, paywalls.

What is cut is named in data/lexicons/boilerplate.tsv, a rule a row:

- `rule` is its name, which the removal carries as `boilerplate.RULE`;
- `scope` is what goes: `span` the match, wherever it stands in a line; `line` a line that the pattern matches whole;
  `lead` what a line begins with, to the end of the match; `end` a title that a line ends with; `block` a line and the
  list under it; `rest` everything from there on;
- `where` a line has to stand: `head` before the speech, `tail` after it, `edge` either, `any` also within it;
- `cue` are pieces of text, parted by `|`, without one of which the pattern is not tried (empty: always; a rule for
  spans needs one);
- `example` is cut, `counter_example` stays.

Within a speech a line goes only by a rule that says `any`. Before and after it a line also goes for its position: in
the head all but the title and what belongs to it, in the tail whatever is short and ends without a full stop. A speech
begins with its salutation, its first heading or its first paragraph, and ends with its last paragraph.

What the cut lines say about the speech is noted as facts before it goes: `title` is a title that the page gives
(breadcrumb, introduction), `speech` marks the place where another speech of a collection begins, and is its title.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from speechparse import lexicons
from speechparse.clean.lines import Wrapping, find_wrapping
from speechparse.clean.repeats import (
    doubled_run,
    doubled_title_end,
    fold,
    prefix_end,
    repeated_lines,
    repeats_what_follows,
)
from speechparse.lazy import re, regex
from speechparse.options import ParseOptions
from speechparse.segment.linekinds import (
    LONGEST_TITLE,
    Line,
    has_title_noun,
    introduces,
    is_date,
    is_name,
    is_salutation,
    is_subtitle,
    is_title,
    numbering,
    salutation_end,
    speaker_of,
    split_lines,
    title_words,
)
from speechparse.text import AlignedText, Edit, Note
from speechparse.time_limit import checked

PREFIX = "boilerplate."
LONGEST_ENDING = 16
LONGEST_LINE = 600  # furniture in longer lines is left to the rules for spans
SHORT = 40  # what is shorter and ends without a mark may be furniture by its position alone
WRAPPED = 16  # the shortest line that can be part of a paragraph cut into lines
LONGEST_HEAD = 400  # lines; a page on which no speech has begun by then is not like those these rules are made for
LONGEST_TAIL = 400
LONGEST_INTRODUCTION = 400  # of a collection, before its first speech
LONGEST_FOOT = 1500  # characters that may follow what ends a page
SHORTEST_TITLE = 8  # of one that is known only from the mark before the speech
WIDEST_INDENT = 3  # more than a full line may lack of the page's width anyway
SENTENCE_END = "。！？!?；;：:…”’』」"


class BoilerplateRow(NamedTuple):
    rule: str
    where: str
    scope: str
    cue: str
    pattern: str
    example: str
    counter_example: str


class Rule(NamedTuple):
    """A row made ready: `pattern` is tried on a text that has one of the `cues`."""

    name: str
    where: str
    scope: str
    cues: tuple[str, ...]
    pattern: regex.Pattern[str]

    def may_match(self, text: str) -> bool:
        for cue in self.cues:  # a loop, for this is asked of every rule about every line of a page's ends
            if cue in text:
                return True
        return not self.cues


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rows of the lexicon, compiled."""
    return tuple(
        Rule(row.rule, row.where, row.scope, tuple(filter(None, row.cue.split("|"))), regex.compile(row.pattern))
        for row in lexicons.load("boilerplate", BoilerplateRow)
    )


@lru_cache(maxsize=8)
def _rules_for(where: str, *scopes: str) -> tuple[Rule, ...]:
    """The rules for lines that act in a `head`, in a `tail` or in a `body`."""
    places = {"head": ("head", "edge", "any"), "tail": ("tail", "edge", "any"), "body": ("any",)}[where]
    return tuple(rule for rule in rules() if rule.where in places and rule.scope in scopes)


@lru_cache(maxsize=1)
def rules_for_lines() -> frozenset[str]:
    """The rules that cut whole lines, named as the removals name them."""
    return frozenset(PREFIX + rule.name for rule in rules() if rule.scope != "span")


def cut_boilerplate(text: AlignedText, options: ParseOptions) -> AlignedText:
    """Cut what is not the speech, and note what it said about it. A text with nothing to cut comes back unchanged."""
    text = _cut_spans(text)
    page = _Page(text)
    page.read()
    return text.apply(page.edits()).note(facts=page.facts) if page.cuts or page.endings else text


def _cut_spans(text: AlignedText) -> AlignedText:
    """Cut the furniture that stands inside lines: paywalls and the numbers they bring, page numbers, advertising."""
    cues = set(_span_cues().findall(text.text))
    found = [
        Edit(match.start(), match.end(), _gap(match.group()), PREFIX + rule.name)
        for rule in rules()
        if rule.scope == "span" and not cues.isdisjoint(rule.cues)
        for match in rule.pattern.finditer(text.text)
    ]
    if not found:
        return text
    edits: list[Edit] = []
    for edit in sorted(found):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    return text.apply(edits)


@lru_cache(maxsize=1)
def _span_cues() -> re.Pattern[str]:
    """The cues of all rules for spans. `re` finds one of many words four times faster than `regex` does."""
    cues = {cue for rule in rules() if rule.scope == "span" for cue in rule.cues}
    return re.compile("|".join(map(re.escape, sorted(cues, key=lambda cue: (-len(cue), cue)))))


def _gap(cut: str) -> str:
    """A span that takes a line break with it leaves one: the lines above and below stay two."""
    return "\n" if "\n" in cut.strip(" 　") else ""


class _Mark(NamedTuple):
    """Where a speech of a collection begins: its line, what of the line goes (all of it: None), and its title."""

    at: int
    end: int | None
    title: str | None
    rule: str | None


class _Part(NamedTuple):
    """The lines `first:last` of a page that hold one speech. `base` is the title the whole collection goes by, `title`
    the one that the mark before the speech gives."""

    first: int
    last: int
    base: str = ""
    title: str = ""


@dataclass
class _Page:
    """A page while it is read: which of its lines, or what of them, goes under which rule."""

    text: AlignedText
    lines: Sequence[Line] = ()
    cuts: dict[int, tuple[int, str]] = field(default_factory=dict)  # line: (end of what goes, rule)
    endings: list[Edit] = field(default_factory=list)  # of lines that stay
    facts: list[Note] = field(default_factory=list)
    wrapping: Wrapping | None = None  # how the page has cut its lines, where it has

    def read(self) -> None:
        self.lines = split_lines(self.text.text)
        self.wrapping = find_wrapping(self.lines)
        for index in repeated_lines([line.text for line in self.lines]):
            self._cut(index, "repeated_text")
        self._cut_doubled_titles()
        for part in self._parts():
            opening = self._read_head(part)
            if opening < part.last:
                self._cut_blocks(part, opening)
                self._read_tail(part, opening)
        self._cut_endings()

    def edits(self) -> list[Edit]:
        edits = list(self.endings)
        for index, (end, rule) in self.cuts.items():
            line = self.lines[index]
            edits.append(Edit(line.begin if end == line.over else line.start, end, "", rule))
        return sorted(edits)

    def _cut(self, index: int, rule: str, end: int | None = None) -> None:
        """Let a line go, or what of it stands before `end`."""
        self.cuts[index] = (self.lines[index].over if end is None else end, PREFIX + rule)

    def _goes(self, index: int) -> bool:
        return index in self.cuts and self.cuts[index][0] == self.lines[index].over

    def _rest(self, index: int) -> str:
        """What is left of a line."""
        line = self.lines[index]
        return self.text.text[self.cuts[index][0] : line.end].strip() if index in self.cuts else line.text

    def _note(self, name: str, value: str, index: int) -> None:
        raw = self.text.raw_span(self.lines[index].start, self.lines[index].end)
        self.facts.append(Note(name, value, raw.start, raw.end))

    def _cut_doubled_titles(self) -> None:
        for index, line in checked(enumerate(self.lines)):
            run = doubled_run(line.text)
            if run:
                self._cut(index, "doubled_run", None if run.end == len(line.text) else line.start + run.end)
                self._note("title", run.once, index)
            elif end := doubled_title_end(line.text):
                self._cut(index, "doubled_title", line.start + end)

    def _cut_endings(self) -> None:
        """Cut the title that a copy has left at the end of a paragraph."""
        if self.wrapping is not None:
            return  # lines end anywhere
        endings = [rule for rule in rules() if rule.scope == "end"]
        for index, line in enumerate(self.lines):
            if line.text[-1] in SENTENCE_END or index in self.cuts:
                continue
            piece = line.text[-LONGEST_ENDING:]
            for rule in endings:
                if match := rule.pattern.search(piece):
                    at = line.end - len(piece) + match.start()
                    self.endings.append(Edit(at, line.end, "", PREFIX + rule.name))
                    raw = self.text.raw_span(at, line.end)
                    self.facts.append(Note("title", match.group(), raw.start, raw.end))

    # --- the speeches of a page

    def _parts(self) -> Iterator[_Part]:
        """The parts of a page that hold a speech each, in order. What marks them off, and goes, is cut on the way."""
        marks = self._marks()
        for mark in marks:
            if mark.rule:
                self._cut(mark.at, mark.rule, mark.end)
            self._note("speech", mark.title or "", mark.at)
        base = next((_base(mark.title) for mark in marks if mark.rule == "series_line" and mark.title), "")
        end = marks[0].at if marks else len(self.lines)
        if marks and marks[0].rule and self._is_introduction(end):
            for index in range(end):
                rule = self._match(index, "head")
                self._note_titles(index)
                self._cut(index, rule.name if rule else "collection_head")
        elif end:
            yield _Part(0, end, base)
        for mark, after in pairwise([*marks, _Mark(len(self.lines), None, None, None)]):
            yield _Part(mark.at, after.at, base, mark.title or "")

    def _is_introduction(self, end: int) -> bool:
        """Whether what stands before the first speech of a collection only introduces it."""
        prose = sum(len(line.text) for line in self.lines[:end] if len(line.text) >= SHORT)
        return prose <= LONGEST_INTRODUCTION and not any(salutation_end(line.text) for line in self.lines[:end])

    def _marks(self) -> list[_Mark]:
        marks: list[_Mark] = []
        titles = {_base(line.text) for line in self.lines if is_title(line.text)}
        numbered = [_numbered_title(line.text) for line in self.lines]
        bases = Counter(fold(found[0]) for found in numbered if found)
        in_speech = False
        for index, line in checked(enumerate(self.lines)):
            if self._goes(index):
                continue
            text = self._rest(index)
            found = numbered[index]
            if found and (bases[fold(found[0])] > 1 or _base(found[0]) in titles - {_base(text)}):
                end = None if found[1] == len(line.text) else line.start + found[1]
                marks.append(_Mark(index, end, line.text[: found[1]].rstrip(":： "), "series_line"))
            elif lead := _SERIES_LEAD.match(text):
                title = text[lead.end() :].strip()
                following = self._following(index)
                repeated = not title or any(map(fold(title).startswith, filter(None, map(fold, following[:2]))))
                if following and (is_title(title) or (lead["number"] and repeated)):
                    end = None if repeated else line.end - len(text) + lead.end()
                    marks.append(_Mark(index, end, title or None, "series_mark"))
                elif lead["number"] and _glued_title_end(once := title[doubled_title_end(title) :]):
                    marks.append(_Mark(index, line.end - len(once), None, "series_mark"))
            elif _LONE_NUMBER.fullmatch(text) and any(map(is_salutation, self._following(index)[:1])):
                marks.append(_Mark(index, None, None, "series_mark"))
            elif in_speech and is_title(text) and any(map(introduces, self._following(index))):
                marks.append(_Mark(index, None, None, None))
            else:
                prose = len(text) >= SHORT and text[-1] in SENTENCE_END
                in_speech = in_speech or (prose and self._match(index, "head") is None)
                continue
            in_speech = False
        return marks

    def _following(self, index: int) -> list[str]:
        """The next lines that stay, three at most."""
        return [line.text for line in self.lines[index + 1 : index + 4]]

    def _below(self, index: int) -> str:
        """As much of what stays below a line as could repeat it."""
        room, below = 2 * len(self.lines[index].text) + 8 * SHORT, ""
        for at in range(index + 1, len(self.lines)):
            if len(below) >= room:
                break
            if not self._goes(at):
                below += self._rest(at)[:room]
        return below

    # --- before a speech

    def _read_head(self, part: _Part) -> int:
        """Cut what stands before the speech; return the index of the line that opens it."""
        index = part.first
        while index < min(part.last, part.first + LONGEST_HEAD):
            if self._goes(index):
                index += 1
            elif rule := self._match(index, "head"):
                index = self._cut_by(rule, index, part.last, "head")
            elif not self._opens(index, part.last):
                index += 1
            elif _is_abstract(self._rest(index), self._below(index)):
                self._cut(index, "abstract")
                index += 1
            else:
                self._choose_title(part, index)
                return index
        return part.last  # no speech to be seen: what is no known furniture stays

    def _opens(self, index: int, last: int) -> bool:
        """Whether a line opens the speech: a salutation, a heading, a paragraph."""
        text = self._rest(index)
        number = numbering(text)
        if salutation_end(text) or (number and number.level <= 2):
            return True
        if is_title(text.rstrip("。.")) or is_date(text) or is_subtitle(text):
            return False
        if text[-1] in SENTENCE_END:
            return len(text) >= WRAPPED or "。" in text or "！" in text
        if "。" in text:
            return True
        commas = sum(map(text.count, "，,、；;"))
        if not commas or (commas > 2 and not _RUNNING.search(text)):  # a row of key words
            return False
        if len(text) > SHORT or self._is_full(index):
            return True
        following = self._rest(index + 1) if index + 1 < last and not self._goes(index + 1) else ""
        return (
            len(text) >= WRAPPED
            and len(following) >= WRAPPED
            and not self._match(index + 1, "head")
            and not is_title(following)
        )

    def _choose_title(self, part: _Part, opening: int) -> None:
        """Of the lines that are left before a speech keep its title and what belongs to it."""
        left = [index for index in range(part.first, opening) if not self._goes(index)]
        kept = [index for index in left if self._is_title_of(part, index)][-1:]
        subtitles = [index for index in left if is_subtitle(self._rest(index))]
        if not kept and subtitles:
            kept = subtitles[-1:]
        if kept and self._rest(kept[0])[0] in "—–-－":
            above = left[left.index(kept[0]) - 1] if left.index(kept[0]) else None
            if above is not None and len(self._rest(above)) <= SHORT:
                kept.insert(0, above)
        title = self._rest(kept[0]) if kept else ""
        seen: set[str] = {fold(self._rest(index)) for index in kept}
        for position, index in enumerate(left):
            text = self._rest(index)
            below = self._rest(left[position + 1] if position + 1 < len(left) else opening)
            belongs = _belongs_to_title(text, below) and (not kept or index > kept[-1])
            belongs = belongs or self._is_wrapped(index)
            belongs = belongs or (bool(kept) and index == left[-1] and _FIRST_PART.fullmatch(text) is not None)
            if index in kept or (belongs and fold(text) not in seen):
                seen.add(fold(text))
            else:
                if not title and not part.base:
                    self._note_titles(index)
                self._cut(index, "title_repeated" if is_title(text) else "head_line")
        if title:
            self._cut_title_prefix(opening, title)

    def _is_wrapped(self, index: int) -> bool:
        """Whether a line is part of a longer one that the page has cut at its width."""
        return self._is_full(index) or (index > 0 and self._is_full(index - 1))

    def _is_full(self, index: int) -> bool:
        """Whether a line reaches to where the page has cut its lines, give or take an indent that was taken away."""
        return self.wrapping is not None and self.lines[index].width >= self.wrapping.least - WIDEST_INDENT

    def _is_within_paragraph(self, index: int) -> bool:
        """Whether a line is one of those into which the page has cut a paragraph, neither the first nor the last."""
        both = (self.lines[index - 1].text, self.lines[index].text)
        return self._is_full(index) and self._is_full(index - 1) and not any(text[-1] in SENTENCE_END for text in both)

    def _is_title_of(self, part: _Part, index: int) -> bool:
        text = self._rest(index)
        if part.base and _base(text) == part.base:
            return False  # the collection's own, which no speech of it has
        return is_title(text) or (len(text) >= SHORTEST_TITLE and fold(part.title).startswith(fold(text)))

    def _cut_title_prefix(self, index: int, title: str) -> None:
        """Cut the title off a paragraph that begins with it once more."""
        text = self._rest(index)
        end = prefix_end(text, title)
        if not end and fold(text[: _glued_title_end(text)]).endswith(fold(title)):
            end = _glued_title_end(text)
        if 0 < end < len(text):
            self._cut(index, "title_repeated", self.lines[index].end - len(text) + end)

    # --- within and after a speech

    def _cut_blocks(self, part: _Part, opening: int) -> None:
        """Cut single lines of furniture, lists of links and the like that stand within or after a speech."""
        index = opening + 1
        while index < part.last:
            text = self.lines[index].text
            prose = len(text) > 4 * SHORT or text[-1] in "。！？；" or self._is_within_paragraph(index)
            if self._goes(index) or prose or _is_main_heading(text):
                index += 1
                continue
            rule = self._match(index, "body")
            if rule is None and self._is_after_speech(index, part.last):
                rule = self._match(index, "tail", "block", "rest")
            index = self._cut_by(rule, index, part.last, "tail") if rule else index + 1

    def _is_after_speech(self, index: int, last: int) -> bool:
        """Whether nothing of a speech follows: neither salutation nor heading, and not much text."""
        if index + 1 < last and self.lines[last - 1].over - self.lines[index].over > LONGEST_FOOT:
            return False
        return not any(
            salutation_end(line.text) or _is_main_heading(line.text) for line in self.lines[index + 1 : last]
        )

    def _read_tail(self, part: _Part, opening: int) -> None:
        """Cut what stands after the speech, from the last line upwards."""
        unsure: list[int] = []
        for index in range(part.last - 1, max(opening, part.last - LONGEST_TAIL), -1):
            if self._goes(index):
                continue
            if rule := self._match(index, "tail"):
                self._cut_by(rule, index, index + 1, "tail")
                for below in unsure:
                    self._cut(below, "tail_line")
                unsure = []
            elif self._closes(index):
                speech = self.text.text[self.lines[opening].start : self.lines[index].start]
                if index > opening + 1 and _is_abstract(self.lines[index].text, speech):
                    self._cut(index, "abstract")
                else:
                    break
            else:
                unsure.append(index)
        for position, index in enumerate(reversed(unsure)):
            text = self.lines[index].text
            if not (is_date(text) or numbering(text)):
                for below in unsure[: len(unsure) - position]:
                    self._note_titles(below)
                    self._cut(below, "tail_line")
                break

    def _closes(self, index: int) -> bool:
        """Whether a line is of the speech, for all that can be seen from below."""
        text = self.lines[index].text
        if text[-1] in SENTENCE_END or len(text) > SHORT:
            return True
        if len(text) >= WRAPPED and regex.search("[，,、；;]", text):
            return True
        above = self.lines[index - 1].text
        return len(above) >= SHORT and above[-1] not in SENTENCE_END and not self._goes(index - 1)

    # --- lines and rules

    def _match(self, index: int, where: str, *scopes: str) -> Rule | None:
        text = self._rest(index)
        if not text or len(text) > LONGEST_LINE or salutation_end(text):
            return None
        for rule in _rules_for(where, *(scopes or ("line", "block", "rest", "lead"))):
            if rule.may_match(text):
                found = rule.pattern.match(text) if rule.scope == "lead" else rule.pattern.fullmatch(text)
                if found:
                    return rule
        return None

    def _cut_by(self, rule: Rule, index: int, last: int, where: str) -> int:
        """Cut by a rule the line, and what goes with it; return the index of the next line to look at."""
        self._note_titles(index)
        if rule.scope == "lead":
            text = self._rest(index)
            found = rule.pattern.match(text)
            assert found is not None  # it has just been matched
            rest = text[found.end() :].strip()
            if salutation_end(rest) or len(rest) >= SHORT:
                self._cut(index, rule.name, self.lines[index].end - len(text) + found.end())
                return index
        self._cut(index, rule.name)
        index += 1
        while rule.scope in ("block", "rest") and index < last:
            if rule.scope == "block" and (
                self._begins_speech(index, last)
                or self._match(index, where, "rest")
                or not (self._is_listed(index) or self._match(index, where))
            ):
                break
            self._cut(index, rule.name)
            index += 1
        return index

    def _begins_speech(self, index: int, last: int) -> bool:
        """Whether a title is not one of a list: it has its speech under it."""
        if index + 1 >= last or not is_title(self.lines[index].text):
            return False
        below = self.lines[index + 1].text
        return introduces(below) or salutation_end(below) > 0 or (len(below) >= SHORT and below[-1] in SENTENCE_END)

    def _is_listed(self, index: int) -> bool:
        """Whether a line may be an item of a list of links or notices."""
        text = self.lines[index].text
        number = numbering(text)
        if salutation_end(text) or _is_main_heading(text):
            return False
        if number and number.style == "arabic" and is_title(text[number.end :]):
            return True
        return len(text) < 2 * SHORT and (text[-1] not in SENTENCE_END or text.endswith(("...", "…")))

    def _note_titles(self, index: int) -> None:
        """Note the titles that a line names which is going to be cut."""
        text = self.lines[index].text
        if len(text) > LONGEST_LINE:
            return
        introduced = _introduced_pattern().search(text)
        if introduced:
            self._note("title", introduced["title"], index)
            return
        for piece in reversed(_PIECES.split(text)):
            if is_title(piece.strip()):
                self._note("title", piece.strip(), index)
                return


_SERIES_LEAD = regex.compile(
    r"【?(?:(?P<number>第[一二三四五六七八九十\d]{1,2}篇|篇[一二三四五六七八九十\d]{1,2}|范文[一二三四五六七八九十\d]{1,2})"
    r"|(?:扩展|延伸|拓展)阅读(?=[:：]))】?\s*[:：.、]?\s*"
)
_RUNNING = regex.compile("[的了是要对为我这以把有全各]")
# the heading of the first part, without a number
_FIRST_PART = regex.compile("[“”一-鿿\\d]{0,24}(?:工作回顾|发展成就|主要成就|工作安排|总体要求|目标任务|主要任务)")
_LONE_NUMBER = regex.compile(r"[（(【]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)）】]?[、.:：]?")
_PIECES = regex.compile(r"[>＞»›|｜《》]|(?:移动端|标题|位置|题目)(?:是)?\s*[:：]")


@lru_cache(maxsize=1)
def _numbered_title_pattern() -> regex.Pattern[str]:
    nouns, tails = title_words()
    number = r"[\d一二三四五六七八九十]{1,2}"
    return regex.compile(
        rf"(?:{nouns})(?:{tails}){{0,2}}\s*(?P<number>篇\s?{number}|[（(]{number}[)）]|{number})\s*[:：]?\s*"
    )


def _numbered_title(line: str) -> tuple[str, int] | None:
    """A title with a number, as the speeches of a collection have it (…讲话(一):, …发言稿 篇2), and where it ends."""
    match = _numbered_title_pattern().search(line, 0, LONGEST_TITLE) if has_title_noun(line) else None
    if match is None:
        return None
    title, rest = line[: match.start("number")].rstrip(), line[match.end() :]
    return (title, match.end()) if is_title(title) and (not rest or salutation_end(rest)) else None


def _is_abstract(text: str, speech: str) -> bool:
    """Whether a line is the beginning of the speech once more, with its title glued to it or without."""
    bare = text[_glued_title_end(text) :]
    return any(repeats_what_follows(lead, speech) for lead in (text, bare, bare[salutation_end(bare) :]))


_AFTER_TITLE = regex.compile(
    r"(?:(?<!\s)\s++)?+(?:[（(][^()（）]*+[)）]|篇?\s?[\d一二三四五六七八九十]{1,2}篇?)?[:：]?$"
)


def _base(title: str) -> str:
    """A title without the number, the praise or the site that a page puts after it."""
    bare = _AFTER_TITLE.sub("", title.rstrip())
    return fold(bare)


def _glued_title_end(text: str) -> int:
    """Where the title ends that a paragraph begins with, or 0."""
    for match in regex.finditer(rf"(?:{title_words()[0]})稿?\s*", text[:LONGEST_TITLE]):
        if is_title(text[: match.end()].rstrip()) and match.end() < len(text):
            return match.end()
    return 0


def _belongs_to_title(text: str, below: str) -> bool:
    """Whether a line under a title belongs to it: date, place, speaker or their body, a remark in brackets."""
    if _BODY.fullmatch(text) and (is_date(below) or salutation_end(below)):
        return True
    if is_date(text) or is_subtitle(text) or speaker_of(text):
        return True
    if is_name(text) and (is_date(below) or is_salutation(below) or is_subtitle(below)):
        return True
    return bool(regex.fullmatch(r"[（(〔][^（()）\d]{2,30}[)）〕]", text))


# who pledges: 云溪县住房和城乡建设局; a government is as often the page's own
_BODY = regex.compile(
    r"\p{Han}{2,20}(?:局|委员会|管委会|指挥部|公司|集团|街道办事处|街道|工委|党委|[县区市]委|镇|乡)(?:党委|党组)?"
)


def _is_main_heading(line: str) -> bool:
    number = numbering(line)
    return number is not None and number.level <= 2


@lru_cache(maxsize=1)
def _introduced_pattern() -> regex.Pattern[str]:
    nouns, tails = title_words()
    return regex.compile(
        r"(?:整理|收集|搜集|准备|带来|分享|推荐|提供)(?:了|的|出|关于|有关|[:：《“])*+"
        rf"(?P<title>[^，,。；;！!《》“”（(]{{2,60}}(?:{nouns})(?:{tails}){{0,2}})"
    )
