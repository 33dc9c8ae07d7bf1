"""Make data/lexicons/readings.tsv: which characters each pinyin syllable reads.

    pip install pypinyin==0.55.0 && python benchmarks/make_readings.py > data/lexicons/readings.tsv

The readings are those of pypinyin (MIT licence), which takes them from pinyin-data (MIT licence, after Unihan). Kept
are the two-byte characters of GBK: no other can stand on the pages that carry such notes. The first reading of a
character is its `characters` row, its further readings are in `others`. The example is the commonest word of jieba's
dictionary in which the syllable is read so, in traditional characters and with its note, or the bare character.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import jieba
import opencc
from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

NOT_IN_GBK = str.maketrans({"ḿ": "m", "ế": "ê", "ề": "ê"})


def gbk_characters() -> list[str]:
    """The Chinese characters that GBK holds."""
    characters = []
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                character = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if "\u4e00" <= character <= "\u9fff":
                characters.append(character)
    return sorted(characters)


def syllables_of(character: str) -> list[str]:
    """The readings of a character, the usual one first."""
    return [s.translate(NOT_IN_GBK) for s in pinyin_dict.get(ord(character), "").split(",") if s]


def examples() -> dict[tuple[str, str], str]:
    """For a character and a reading, the commonest two-character word that has it, the note behind the character."""
    traditional = opencc.OpenCC("s2t")
    jieba.initialize()
    words = sorted((w for w in jieba.dt.FREQ if len(w) == 2), key=lambda w: -jieba.dt.FREQ[w])[:60_000]
    found: dict[tuple[str, str], str] = {}
    for word in words:
        written = traditional.convert(word)
        if len(written) != 2:
            continue
        for at, (syllable,) in enumerate(pinyin(word, style=Style.TONE)):
            note = f"({syllable.translate(NOT_IN_GBK)})"
            found.setdefault((written[at], note[1:-1]), written[: at + 1] + note + written[at + 1 :])
    return found


def main() -> None:
    first: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for character in gbk_characters():
        for order, syllable in enumerate(dict.fromkeys(syllables_of(character))):
            (others if order else first)[syllable].append(character)
    phrases = examples()
    print("# Made by benchmarks/make_readings.py out of pypinyin 0.55.0 (MIT). A missing reading may be added by hand.")
    print("syllable", "characters", "others", "example", sep="\t")
    for syllable in sorted({*first, *others}):
        candidates = [*first[syllable], *others[syllable]]
        with_word = [c for c in candidates if (c, syllable) in phrases]
        commonest = max(with_word, key=lambda c: jieba.dt.FREQ.get(c, 0), default="")
        example = phrases.get((commonest, syllable), f"{candidates[0]}({syllable})")
        print(syllable, "".join(first[syllable]), "".join(others[syllable]), example, sep="\t")


if __name__ == "__main__":
    sys.exit(main())
