"""The layout of a speech that the linkers work on: paragraphs, sentences, clauses, and what each part talks about.

A clause is what stands between commas, semicolons, colons and brackets; 、 does not end one, nor does the comma in
1,080. Sentences and clauses are cut where they outgrow any that is read aloud, so that a text without punctuation
costs no more than one with it. The *mood* of a sentence says whether its part of the speech reports (`actual`) or
promises (`target`): it changes at headings (工作回顾, 2013年工作安排) and at formulas (主要预期目标是), and holds
until the next of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from speechparse.lazy import re
from speechparse.records import Speech

_SENTENCE_END = re.compile(r"[。！？!?；;\n]++[”’）)]*+")
_END_MARK = r"[：:（）()]|[，,](?!(?<=\d.)\d{3}(?!\d))"
# the lookahead comes first: most characters are none of these
_CLAUSE_END = re.compile(rf"(?=[：:（）()，,—])(?:(?:{_END_MARK})++|——)")
# The longest sentence of 15,800 in reports of all provinces has 470 characters, the longest clause 120
_LONGEST_SENTENCE, _LONGEST_CLAUSE = 1000, 400
_FAR = 1 << 62  # behind any text

_REVIEW = re.compile(r"回顾|总结|成绩|成就|肯定|成效|评价|过去|工作情况|来的工作|形势|问题|差距|极不平凡|看到")
_PLAN = re.compile(
    r"安排|任务|目标|部署|措施|要求|打算|思路|下一步|今后|建议|突出|强化|狠抓|加强|落实|努力|加快|推进|坚定|坚持|咬定|着力|全力|确保|奋力|"
    r"抓好|抓实|深化|提升|统筹|做[强优大精好]|推动|进一步|务求|严格|明确|扎实"
)
_GOAL_FORMULA = re.compile(
    r"(?=[主工纲规预奋总发年今明做承军表作])(?:(?<!会议)(?<!会议.)(?<!会议..)(?<!会议...)(?:主要|工作)任务(?:是|为)|(?:纲要|规划)[^。]{0,20}(?:提出|明确)|(?:预期|奋斗|总体|主要|工作|发展)目标(?:任务)?(?:是|为|：|:)|总体要求|总体思路|年工作的|今年.{0,10}(?:重点|着力)(?:抓好|做好)|"
    r"(?:今年|明年)(?:政府工作|工作)|做好.{0,12}(?:以下|几)(?:个方面|项)?.{0,4}工作|承诺|军令状|表个?态|作.{0,4}表态)"
)
_BACK_FORMULA = re.compile(
    r"^(?:一年来|过去一年|五年来|过去的?五年|今年以来|去年以来|近年来|去年|(?:20[\dxX*]{2})年(?:以来)?|前段|前一?阶段|上半年|前\S{1,3}个?月|.{0,6}取得了?.{0,8}成[绩效])"
    r"[^。]{0,80}了|^(?:一年来|五年来|过去一年|过去的?五年)"
)
# a heading that states a result belongs to a review: 经济实力显著增强, 项目带动成效凸显
_RESULT = re.compile(
    r"(?:显著|明显|持续|不断|稳步|日益|更加|进一步|全面|大幅|加速|较快|快速|扎实|有效|有力|蓬勃|深入|加快)(?:增强|提升|提高|改善|优化|加强|凸显|发展|推进|释放|显现|向好|巩固|拓展|壮大|好转|攀升|增长|加快|加力)$|"
    r"成效(?:显著|凸显|明显)|强劲$|新(?:成效|进展|突破|台阶|气象|提升|局面|步伐)$|加快$|显著$|明显$|见效$|有力有效$|增势"
)
_ORDER = re.compile(r"^[一二三四五六七八九十]要[^。]{2,}")
_HEADING = re.compile(
    r"^(?:(?P<top>第?[一二三四五六七八九十]+[、.．章节部]"
    # without a number: 2031年工作回顾
    r"|[“”一-鿿\d]{2,28}(?:回顾|成就|(?:工作|任务)安排|重点工作|重点任务|主要任务|目标任务|总体要求)$)"
    r"|[(（][一二三四五六七八九十]+[)）]|[—-]{1,2})"
)


@dataclass(slots=True)
class Sentence:
    """One sentence of `text`: its span, the index of its paragraph, and its mood (`actual` or `target`)."""

    text: str
    start: int
    end: int
    paragraph: int
    mood: str = "actual"
    _clauses: list[tuple[int, int]] | None = None

    @property
    def clauses(self) -> list[tuple[int, int]]:
        """The spans of its clauses, at least one; cut when first asked for, for many sentences hold no record."""
        if self._clauses is None:
            self._clauses = _clauses_of(self.text, self.start, self.end)
        return self._clauses

    def clause_index(self, position: int) -> int:
        return bisect_right(self.clauses, (position, _FAR), 1) - 1


@dataclass(slots=True)
class Discourse:
    """A speech cut into sentences and clauses, with the day it was held on where that is known, or its year."""

    text: str
    sentences: list[Sentence]
    _starts: list[int] = field(default_factory=list)
    day: str | None = None
    year: str = "XXXX"
    _clause_of: dict[int, tuple[int, int]] = field(default_factory=dict)

    def sentence_at(self, position: int) -> int:
        return bisect_right(self._starts, position, 1) - 1

    def clause_at(self, position: int) -> tuple[int, int]:
        clause = self._clause_of.get(position)  # each linker asks for the clause of each figure
        if clause is None:
            clauses = self.sentences[bisect_right(self._starts, position, 1) - 1].clauses
            clause = self._clause_of[position] = clauses[bisect_right(clauses, (position, _FAR), 1) - 1]
        return clause

    def goes_on(self, index: int) -> bool:
        """Whether a sentence is only divided from the one before it, by a semicolon, and not ended by a full stop."""
        return index > 0 and self.text[self.sentences[index].start - 1] in "；;"

    def is_past(self, day: str | None) -> bool:
        """Whether a day lies before that of the speech; a masked year is comparable with itself only."""
        if self.day is None:
            return day is not None and self._years_known(day) and day[:4] < self.year
        return day is not None and _comparable(self.day, day) and day < self.day

    def is_ahead(self, day: str | None) -> bool:
        """Whether a day lies after that of the speech."""
        if self.day is None:
            return day is not None and self._years_known(day) and day[:4] > self.year
        return day is not None and _comparable(self.day, day) and day > self.day

    def _years_known(self, day: str) -> bool:
        return "X" not in day[:4] + self.year


def _comparable(one: str, other: str) -> bool:
    return "X" not in one[5:] + other[5:] and (one[:4] == other[:4] or "X" not in one[:4] + other[:4])


def cut_speech(text: str, speech: Speech) -> Discourse:
    """Cut one speech of a clean text into sentences with clauses and moods; at least one, be it empty."""
    sentences = list(_sentences(text, speech.start, speech.end)) or [Sentence(text, speech.start, speech.end, 0)]
    _set_moods(text, sentences)
    day = speech.date if speech.date and len(speech.date) == len("2016-02-19") else None
    return Discourse(text, sentences, [s.start for s in sentences], day)


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    paragraph = 0
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        over = match.end()
        if over <= at + _LONGEST_SENTENCE:
            yield Sentence(text, at, over, paragraph)
        else:
            yield from (Sentence(text, *piece, paragraph) for piece in _pieces(at, over, _LONGEST_SENTENCE))
        if "\n" in match.group():
            paragraph += 1
        at = over
    yield from (Sentence(text, *piece, paragraph) for piece in _pieces(at, end, _LONGEST_SENTENCE))


def _clauses_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    clauses: list[tuple[int, int]] = []
    at = start
    ends = [match.span() for match in _CLAUSE_END.finditer(text, start, end)]
    for over, following in (*ends, (end, end)):
        if at < over <= at + _LONGEST_CLAUSE:
            clauses.append((at, over))
        else:
            clauses += _pieces(at, over, _LONGEST_CLAUSE)
        at = following
    return clauses or [(at, end)]


def _pieces(start: int, end: int, longest: int) -> list[tuple[int, int]]:
    return [(at, min(at + longest, end)) for at in range(start, end, longest)]


# what an excerpt without headings shows of its part: verbs of a promise, or of what is done
_PROMISES = re.compile(r"确保|力争|务必|年内|加快推进")
_REPORTS = re.compile(r"[^，。为]了|已[经完建开]|同比|比上年|全面完成|累计|位居|[今去]年以来|一年来|上半年")


def _heading(words: str) -> re.Match[str] | None:
    """The number of a heading, if a sentence is one and no paragraph that begins with a number."""
    return _HEADING.match(words) if len(words) <= _LONGEST_HEADING else None


def _opening_mood(text: str, sentences: list[Sentence]) -> str:
    """The mood of the part before the first heading or formula that says one."""
    start = sentences[0].start
    end = start + _OPENING
    for sentence in sentences:
        if sentence.start >= end:
            break
        words = text[sentence.start : sentence.end]
        said = _heading(words) and (_REVIEW.search(words) or _PLAN.search(words) or _RESULT.search(words))
        if said or _GOAL_FORMULA.search(words) or _BACK_FORMULA.match(words):
            end = sentence.start
            break
    part = text[start:end]
    promises = len(_PROMISES.findall(part))
    return "target" if promises >= _ENOUGH_PROMISES and promises > 2 * len(_REPORTS.findall(part)) else "actual"


_LONGEST_HEADING = 50
_OPENING = 2000  # characters that are looked at
_ENOUGH_PROMISES = 4


def _set_moods(text: str, sentences: list[Sentence]) -> None:
    mood, mood_of_paragraph = _opening_mood(text, sentences), ""
    # a numbered heading of the first level (一、2013年工作回顾) holds for all below it
    locked = locked_target = False
    previous_paragraph = -1
    for sentence in sentences:
        words = text[sentence.start : sentence.end]
        opens = sentence.paragraph != previous_paragraph
        previous_paragraph = sentence.paragraph
        if opens:
            mood_of_paragraph = ""
        heading = _heading(words) if opens else None
        if heading:
            review, plan = _REVIEW.search(words), _PLAN.search(words)
            top = heading["top"] is not None
            if top:
                locked = False
            if review and not (plan and plan.start() < review.start()):
                mood = "actual"
                locked = locked or top
            elif _RESULT.search(words.strip("。；;！\n")):
                mood = "actual" if not locked_target else mood
            elif plan and not words.startswith(("—", "-")) and not locked:
                mood = "target"
                locked_target = top or locked_target
        elif _GOAL_FORMULA.search(words):
            mood, locked, locked_target = "target", False, True
        elif _ORDER.match(words):
            mood_of_paragraph = "target"
        elif _BACK_FORMULA.match(words):
            mood_of_paragraph = "actual"
            if opens:
                mood = "actual"
        sentence.mood = mood_of_paragraph or mood
