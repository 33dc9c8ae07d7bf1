"""Copies of speeches as sites make them, and speeches that only look like copies, with the group each belongs to.

The speeches are the samples of this repository and, where they are here, those of ../shared/corpus; further ones are
put together of their clauses, so that any number can be had.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from places import CLEAN_SAMPLES, SHARED

FOOT = (
    "上一篇：在全县春季造林动员会上的讲话下一篇：云岭市召开重点项目调度会",
    "免责声明：本文内容由网友自行上传，版权归原作者所有，如有侵权请联系我们删除。",
    "更多精彩范文请关注我们的公众号，回复关键词即可领取全套写作素材大礼包。",
    "本文共2页，当前显示第1页，剩余内容请下载后阅读，下载本文需要消耗10个积分。",
)


class Copy(NamedTuple):
    """A row of `group_reposts`, the speech that it is a copy of, and what was done to it."""

    id: str
    text: str
    key: tuple[str, str]
    badness: int
    speech: str
    kind: str

    @property
    def row(self) -> tuple[str, str, tuple[str, ...], int]:
        return self.id, self.text, self.key, self.badness


@lru_cache(maxsize=1)
def sources() -> tuple[str, ...]:
    """The texts that everything is made of."""
    files = [*sorted(CLEAN_SAMPLES.glob("*.txt")), *sorted(SHARED.glob("corpus/[np]*/*.txt"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    texts += [file.read_text(encoding="gb18030") for file in sorted(SHARED.glob("corpus/hailar/*.txt"))]
    return tuple("\n".join(line.strip() for line in text.splitlines() if line.strip()) for text in texts)


@lru_cache(maxsize=1)
def _clauses() -> tuple[str, ...]:
    return tuple(clause for text in sources() for clause in re.findall(r"[^，。；：！？\n]{4,}[，。；：！？]", text))


def speeches(number: int, seed: int) -> Iterator[str]:
    """That many different speeches: the sources first, then mixtures of their clauses, with figures of their own."""
    yield from sources()[:number]
    chance = random.Random(seed)
    for _ in range(number - len(sources())):
        clauses = chance.choices(_clauses(), k=chance.randint(60, 1000))
        ends = [clause + "\n" if clause[-1] == "。" and chance.random() < 0.3 else clause for clause in clauses]
        yield other_figures("".join(ends), chance)


def other_figures(text: str, chance: random.Random) -> str:
    """The same words with other figures, as in the report of the next year."""
    return re.sub(r"\d+", lambda match: _other(match[0], chance), text)


def _other(figure: str, chance: random.Random) -> str:
    return "".join(chance.choice("123456789") for _ in figure)


def masked(text: str, share: float, chance: random.Random) -> str:
    return re.sub(r"\d", lambda match: "*" if chance.random() < share else match[0], text)


def without_paragraphs(text: str, share: float, chance: random.Random) -> str:
    return "\n".join(line for line in text.splitlines() if chance.random() > share)


def excerpt(text: str, share: float, chance: random.Random) -> str:
    """One piece of a text, from the beginning of a paragraph on."""
    length = int(len(text) * share)
    start = text.find("\n", chance.randint(0, len(text) - length)) + 1
    start = start if start + length <= len(text) else len(text) - length
    return text[start : start + length]


def with_furniture(text: str, chance: random.Random) -> str:
    lines = [line for line in FOOT if chance.random() < 0.6]
    return "\n".join([*lines[:1], text, *lines[1:]])


def damaged(text: str, share: float, chance: random.Random) -> str:
    return "".join("?" if chance.random() < share else character for character in text)


def copies_of(text: str, name: str, key: tuple[str, str], chance: random.Random, most: int) -> Iterator[Copy]:
    """A speech and 0 to `most` copies of it. A copy may not tell its region or year."""
    yield Copy(f"{name}-original", text, key, 0, name, "original")
    for number in range(chance.randint(0, most)):
        kind = chance.choice(("same", "furniture", "masked", "cut", "excerpt", "damaged", "mixed"))
        made = _made(text, kind, chance)
        known = (chance.choice((key[0], "")), chance.choice((key[1], "")))
        yield Copy(f"{name}-{number}", made, known, made.count("*") + made.count("?"), name, kind)


def _made(text: str, kind: str, chance: random.Random) -> str:
    if kind in ("cut", "mixed"):
        text = without_paragraphs(text, 0.2, chance)
    if kind == "excerpt":
        text = excerpt(text, 1 / 3, chance)
    if kind in ("masked", "mixed"):
        text = masked(text, chance.uniform(0.3, 0.9), chance)
    if kind == "damaged":
        text = damaged(text, 0.01, chance)
    return with_furniture(text, chance) if kind in ("furniture", "excerpt", "mixed") else text


def archive(documents: int, seed: int, *, most: int = 5, years: float = 0.5) -> list[Copy]:
    """About that many documents, shuffled. Half of the speeches have a next year: their words with other figures."""
    chance = random.Random(seed)
    made: list[Copy] = []
    for number, speech in enumerate(speeches(documents, seed)):
        if len(made) >= documents:
            break
        region = chance.choice(("520000", "150702", "云溪县", "青禾县", ""))
        key = (region, "2019")
        made += copies_of(speech, f"s{number}", key, chance, most)
        if chance.random() < years:
            made += copies_of(other_figures(speech, chance), f"s{number}-next", (region, "2020"), chance, most)
    chance.shuffle(made)
    return made


def scores(copies: list[Copy], groups: dict[str, tuple[int, bool]]) -> tuple[float, float]:
    """Pairwise precision and recall."""
    pairs = {"both": 0, "said": 0, "true": 0}
    both: dict[tuple[str, int], int] = {}
    said: dict[int, int] = {}
    true: dict[str, int] = {}
    for copy in copies:
        group = groups[copy.id][0]
        for counts, at in ((both, (copy.speech, group)), (said, group), (true, copy.speech)):
            counts[at] = counts.get(at, 0) + 1  # type: ignore[attr-defined, index]
    for name, counts in (("both", both), ("said", said), ("true", true)):
        pairs[name] = sum(count * (count - 1) // 2 for count in counts.values())  # type: ignore[attr-defined]
    return pairs["both"] / (pairs["said"] or 1), pairs["both"] / (pairs["true"] or 1)
