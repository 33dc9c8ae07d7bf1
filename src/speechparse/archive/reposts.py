"""Which documents of an archive are the same speech: copies, copies with other boilerplate or masks, excerpts.

A document becomes a sketch, and only the sketches are kept:

- `words`: a sample of its shingles of 16 Chinese characters. Punctuation, figures and masks are left out first, so that
  a masked copy has the same shingles. A shingle is in the sample where its hash is below a threshold that leaves about
  `SAMPLE` of them (a FracMinHash). Unlike a MinHash it tells how much of one text is contained in the other, and an
  excerpt of a third, whose Jaccard similarity is 0.33 at best, is contained whole.
- `contexts` and `figures`: a sample of its figures, each under the eight characters before it. The report of the next
  year has many phrases of the last, but other figures behind them.

The documents are then taken one after the other, the fullest first. Each is compared with the few groups that share
most of its rarest shingles, and joins the best of those that it is a copy of, or opens a group. It is compared with the
document that opened the group, never with those that joined: so no chain of likenesses can tie two speeches together.
A copy that several groups fit equally well, since all its figures are masked, opens one too.

Time is linear in the characters, and memory about 2 kB a document. The order of the rows does not matter. A text
without Chinese characters is a group of its own.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from speechparse.errors import MissingExtraError
from speechparse.lazy import re

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

SHINGLE = 16  # Chinese characters; two reports share shorter phrases
CONTEXT = 8  # Chinese characters before a figure
SAMPLE = 96  # shingles that a sketch keeps, about
FIGURES = 96  # figures that a sketch keeps, about
ANCHORS = 24  # shingles of a sketch by which its group is looked for, about
CROWD = 64  # groups; an anchor that more of them share is a phrase of the language
CANDIDATES = 6  # groups that a document is compared with

COPIED = 0.5  # the share of the shorter text that a copy has in common with the longer,
SURE = 10  # known by at least so many shingles of the samples
ENOUGH = 2  # figures with the same context, from which on they decide
OTHER_FIGURES = 0.5  # another speech: at most this share of them agrees
SAME_FIGURES = 0.95  # the same speech, though its year is told differently, where
MANY = 20  # so many agree

Row = tuple[str, str, tuple[str, ...], int]


class _Sketch(NamedTuple):
    """What is kept of a document; the arrays as bytes, which are a third of the size of small arrays."""

    id: str
    key: tuple[str, ...]
    badness: int
    length: int  # Chinese characters
    words: bytes
    contexts: bytes
    figures: bytes


class _Match(NamedTuple):
    """A group that a document fits, and how well: the share of figures that agree (the more of them, the surer), the
    parts of the office key that do, and the share of words in common."""

    agreeing: float
    keyed: int
    contained: float
    group: int


def group_reposts(rows: Iterable[Row]) -> dict[str, tuple[int, bool]]:
    """The group of each document, and whether it is the best copy of its group.

    rows: id (unique), clean text, office key (region code or name, report year as text; empty where unknown), badness
    (the number of masks and damages). The best copy has the least badness, then the longest text, then the smallest id.
    Groups are numbered from 0 by their smallest ids. Raises MissingExtraError without numpy.
    """
    sketches = [_sketch(*row) for row in rows]
    sketches.sort(key=_fullest_first)
    members = [[sketches[index] for index in group] for group in _groups(sketches)]
    members.sort(key=lambda group: min(sketch.id for sketch in group))
    result: dict[str, tuple[int, bool]] = {}
    for number, group in enumerate(members):
        best = min(group, key=lambda sketch: (sketch.badness, -sketch.length, sketch.id))
        result.update((sketch.id, (number, sketch is best)) for sketch in group)
    return result


def _fullest_first(sketch: _Sketch) -> tuple[int, int, str]:
    """Long before short, by steps of a quarter; within a step those with figures before the masked, so that a masked
    copy does not open a group in which two years would meet."""
    return -int(math.log(sketch.length + 1, 1.25)), -len(sketch.figures), sketch.id


# --- sketches


def _numpy() -> Any:
    try:
        import numpy
    except ImportError as error:
        raise MissingExtraError("numpy", "archive") from error
    return numpy


_FIGURE = re.compile(r"(?<![\d.*×xX＊])\d[\d,.]*+(?![*×xX＊])")
_BASE = 0x9E3779B97F4A7C15  # odd, as the factor of a rolling hash modulo 2 to the 64th has to be


def _sketch(id: str, text: str, key: tuple[str, ...], badness: int) -> _Sketch:
    np = _numpy()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    chinese = (codes >= 0x3400) & (codes <= 0x9FFF)
    characters = codes[chinese].astype(np.uint64)
    words = _sample(_rolling(characters, SHINGLE), SAMPLE)
    contexts, figures = _figures(text, characters, np.cumsum(chinese))
    return _Sketch(id, key, badness, len(characters), words.tobytes(), contexts.tobytes(), figures.tobytes())


def _figures(text: str, characters: Hashes, before: Any) -> tuple[Any, Any]:
    """A sample of the figures of a text: hashes of their contexts and of themselves. What a mask touches is no figure,
    and a context that has two is left out. `before` counts the characters up to each place of the text."""
    np = _numpy()
    found = [(match.start(), match[0]) for match in _FIGURE.finditer(text)]
    starts = np.array([before[start] for start, _ in found], dtype=np.int64) - CONTEXT
    values = np.array([zlib.crc32(figure.rstrip(",.").encode()) & 0xFFFF for _, figure in found], dtype=np.uint16)
    inside = starts >= 0
    contexts, first, times = np.unique(
        _rolling(characters, CONTEXT)[starts[inside]], return_index=True, return_counts=True
    )
    kept = (times == 1) & (contexts <= _threshold(len(contexts), FIGURES))
    return (contexts[kept] >> np.uint64(16)).astype(np.uint32), values[inside][first[kept]]


def _rolling(characters: Hashes, width: int) -> Hashes:
    """A hash of each run of `width` (a power of two) characters, spread evenly over 64 bits. A text that is shorter has
    one, of itself."""
    np = _numpy()
    hashes, factor, done = characters, _BASE, 1
    while done < width and len(hashes) > done:
        hashes = hashes[:-done] * np.uint64(factor) + hashes[done:]
        factor, done = factor * factor % 2**64, done * 2
    hashes = hashes ^ (hashes >> np.uint64(30))
    hashes = hashes * np.uint64(0xBF58476D1CE4E5B9)
    hashes = hashes ^ (hashes >> np.uint64(27))
    hashes = hashes * np.uint64(0x94D049BB133111EB)
    spread: Hashes = hashes ^ (hashes >> np.uint64(31))
    return spread


def _threshold(length: int, sample: int) -> Any:
    """The hash below which about `sample` hashes of a text of that length lie."""
    return _numpy().uint64(min(2**64 - 1, 2**64 * sample // max(length, 1)))


def _sample(hashes: Hashes, sample: int) -> Hashes:
    np = _numpy()
    kept: Hashes = np.unique(hashes[hashes <= _threshold(len(hashes), sample)])
    return kept


def _hashes(packed: bytes) -> Hashes:
    np = _numpy()
    hashes: Hashes = np.frombuffer(packed, dtype=np.uint64)
    return hashes


# --- groups


def _groups(sketches: Sequence[_Sketch]) -> list[list[int]]:
    """The groups, as indices of sketches; the first of each is the document that opened it."""
    np = _numpy()
    groups: list[list[int]] = []
    keys: list[tuple[str, ...]] = []
    if not sketches:
        return groups
    hashes, times = np.unique(np.concatenate([_anchors(sketch) for sketch in sketches]), return_counts=True)
    opened: dict[int, list[int]] = {int(anchor): [] for anchor in hashes[times > 1]}  # groups by their anchors
    for index, sketch in enumerate(sketches):
        anchors = [anchor for anchor in _anchors(sketch).tolist() if anchor in opened]
        votes = Counter(group for anchor in anchors for group in opened[anchor])
        likely = sorted(votes, key=lambda group: (-votes[group], group))[:CANDIDATES]
        matches = [_match(sketch, sketches[groups[group][0]], keys[group], group) for group in likely]
        fitting = [match for match in matches if match]
        if fitting and not _undecided(fitting):
            best = max(fitting, key=lambda match: (*match[:3], -match.group))
            groups[best.group].append(index)
            keys[best.group] = _known(keys[best.group], sketch.key)
            continue
        for anchor in anchors:
            if len(opened[anchor]) < CROWD:
                opened[anchor].append(len(groups))
        groups.append([index])
        keys.append(sketch.key)
    return groups


def _anchors(sketch: _Sketch) -> Hashes:
    words = _hashes(sketch.words)
    anchors: Hashes = words[words <= _threshold(sketch.length - SHINGLE + 1, ANCHORS)]
    return anchors


def _known(key: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """What either of two copies tells of their office."""
    return tuple(mine or theirs for mine, theirs in zip(key, other, strict=True))


def _match(sketch: _Sketch, opener: _Sketch, key: tuple[str, ...], group: int) -> _Match | None:
    """How well a document fits a group, None where it is another speech."""
    contained = _contained(sketch, opener)
    if contained < COPIED:
        return None
    agreeing, told = _agreeing_figures(sketch, opener)
    if told >= ENOUGH and agreeing <= OTHER_FIGURES * told:
        return None
    certain = told >= MANY and agreeing >= SAME_FIGURES * told
    region, *year = (bool(mine and theirs) and mine != theirs for mine, theirs in zip(sketch.key, key, strict=True))
    if region or (any(year) and not certain):
        return None
    same = sum(bool(mine) and mine == theirs for mine, theirs in zip(sketch.key, key, strict=True))
    return _Match((agreeing + 1) / (told + 2), same, contained, group)


def _undecided(fitting: Sequence[_Match]) -> bool:
    """Whether several groups fit and nothing tells which: a copy whose figures are all masked, of a report whose words
    come back in the next year. It stays alone rather than stand for the wrong year."""
    best, *others = sorted((match[:2] for match in fitting), reverse=True)
    return best[0] == 0.5 and best in others  # 0.5: no figure speaks for it or against it


def _contained(one: _Sketch, other: _Sketch) -> float:
    """The share of the shorter text that stands in the longer, as far as both samples go; 0 where they don't go far."""
    np = _numpy()
    limit = _threshold(max(one.length, other.length) - SHINGLE + 1, SAMPLE)
    mine, theirs = _hashes(one.words), _hashes(other.words)
    mine, theirs = mine[mine <= limit], theirs[theirs <= limit]
    common = len(np.intersect1d(mine, theirs, assume_unique=True))
    every = max(1, min(one.length, other.length) - SHINGLE + 1)
    return common / min(len(mine), len(theirs)) if common >= min(SURE, every) else 0.0


def _agreeing_figures(one: _Sketch, other: _Sketch) -> tuple[int, int]:
    """How many figures agree, and how many stand in the same context."""
    np = _numpy()
    contexts = [np.frombuffer(sketch.contexts, dtype=np.uint32) for sketch in (one, other)]
    figures = [np.frombuffer(sketch.figures, dtype=np.uint16) for sketch in (one, other)]
    _, mine, theirs = np.intersect1d(*contexts, assume_unique=True, return_indices=True)
    return int((figures[0][mine] == figures[1][theirs]).sum()), len(mine)
