"""Make an archive of speeches to try `speechparse archive` on: of any number, damaged as scraped pages are.

    python benchmarks/make_archive.py 100000 archive.zip [--corpus FOLDER] [--seed N]

Each speech is put together from sentences of the clean samples (and of the corpus), with other figures and an invented
place; a twelfth are the next year's report of an office that is there already. A fifth of the documents are reposts:
other boilerplate, script, masks, or a third of the text. One in a hundred is no text, or not to be read. A table beside
the archive, `archive.csv`, says what each document is: `id, group, kind`. The same seed makes the same archive.

A zip holds files, a `.jsonl.gz` lines with `id, text, url, date`; bytes stand there as a careless scraper reads them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import opencc

REPOSITORY = Path(__file__).parents[1]
REPOSTS, NEXT_YEARS, BROKEN = 0.20, 0.08, 0.01
KEPT = 400  # originals that may still be reposted: a repost follows within a few thousand documents
SYLLABLES = "云禾青临苍柳麦岭溪州川原江河山林海安平宁泰和丰昌盛永长新东西南北中明清石松竹梅兰"
KINDS = ("县", "县", "县", "区", "市", "省")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
MENU = "首页 > 政务公开 > 领导讲话 > 正文\n"
NOTE = "来源：网络整理 免责声明：本文仅限学习分享，如有版权问题请联系我们及时删除。\n"
SLOGAN = "{}之声欢迎您常来看看，这里有更多的好文章等着您。\n"
FOOT = "【字体：大 中 小】 打印本页 关闭窗口\n上一篇：{}\n下一篇：没有了\n版权所有：{}人民政府 ICP备{:08d}号\n"


class Speech(NamedTuple):
    """What is told of one occasion; its reposts have the same `group`."""

    group: str
    place: str
    year: int
    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join((self.title, f"（{self.year}年1月18日）", "各位代表：", *self.paragraphs)) + "\n"


class Page(NamedTuple):
    id: str
    content: bytes
    encoding: str
    group: str
    kind: str


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("documents", type=int)
    arguments.add_argument("to", type=Path)
    arguments.add_argument("--corpus", type=Path, help="a folder of further .txt speeches to take sentences from")
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    make(chosen.documents, chosen.to, corpus=chosen.corpus, seed=chosen.seed)


def make(documents: int, to: Path, *, corpus: Path | None = None, seed: int = 1) -> None:
    """Write the archive and its table."""
    beside = to.with_name(to.name.removesuffix(".gz").rpartition(".")[0] + ".csv")
    with writer(to) as write, beside.open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        rows.writerow(("id", "group", "kind"))
        for page in pages(documents, sentences(corpus), random.Random(seed)):
            write(page)
            rows.writerow((page.id, page.group, page.kind))


@contextmanager
def writer(to: Path) -> Iterator[Callable[[Page], None]]:
    """What writes a page into a zip or into JSON lines."""
    if to.suffix == ".zip":
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
            # a fixed time, so that the same seed makes the same bytes
            yield lambda page: pack.writestr(zipfile.ZipInfo(page.id), page.content, zipfile.ZIP_DEFLATED)
    elif to.name.endswith(".jsonl.gz"):
        with gzip.open(to, "wt", encoding="utf-8", compresslevel=1) as lines:

            def write(page: Page) -> None:
                text = page.content.decode(page.encoding, "replace")
                row = {"id": page.id, "text": text, "url": f"http://www.{page.id}", "date": None}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")

            yield write
    else:
        raise SystemExit(f"{to}: name it .zip or .jsonl.gz")


def sentences(corpus: Path | None) -> list[str]:
    """The sentences of the clean samples, and of the corpus."""
    files = sorted((REPOSITORY / "tests" / "samples").glob("*.txt"))
    files += sorted(corpus.rglob("*.txt")) if corpus else []
    found = []
    for file in files:
        data = file.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "ignore")
        found += [sentence for sentence in re.split(r"(?<=[。！？])|\n", text) if 12 <= len(sentence.strip()) <= 300]
    return [sentence.strip() for sentence in found]


def pages(documents: int, pool: list[str], chance: random.Random) -> Iterator[Page]:
    """The pages of the archive in their order."""
    recent: list[Speech] = []
    for number in range(documents):
        syllable = chance.choice(SYLLABLES)
        site = f"{syllable.encode('utf-8').hex()}.gov.cn"
        name = f"{site}/{number % 100:02d}/{number:07d}.html"
        draw = chance.random()
        if draw < BROKEN:
            yield Page(name, broken(chance), "utf-8", "", "broken")
            continue
        if draw < BROKEN + REPOSTS and recent:
            speech, kind = chance.choice(recent), chance.choice(("boilerplate", "masks", "traditional", "excerpt"))
            text = reposted(speech, kind, chance)
        else:
            kind = "next year" if recent and draw < BROKEN + REPOSTS + NEXT_YEARS else "original"
            speech = original(f"g{number:07d}", pool, chance)
            if kind == "next year":
                speech = next_year(chance.choice(recent), speech, chance)
            text = speech.text
            recent.append(speech)
            if len(recent) > KEPT:
                recent.pop(chance.randrange(KEPT))
        content, encoding = as_scraped(text, speech, SLOGAN.format(syllable), chance)
        yield Page(name, content, encoding, speech.group, kind)


def original(group: str, pool: list[str], chance: random.Random) -> Speech:
    """A new speech: most as long as a page or two, some as long as a province's report."""
    place = "".join(chance.sample(SYLLABLES, 2)) + chance.choice(KINDS)
    year = chance.randint(2003, 2026)
    title = chance.choice((f"{year}年{place}人民政府工作报告", f"在{place}项目推进会上的讲话"))
    count = min(300, max(8, int(chance.lognormvariate(3.2, 0.7))))
    told = [other_figures(sentence, chance) for sentence in chance.choices(pool, k=count)]
    told.insert(0, f"我代表{place}人民政府，向大会报告工作。")
    paragraphs = ["".join(told[at : at + 4]) for at in range(0, len(told), 4)]
    return Speech(group, place, year, title, tuple(paragraphs))


def next_year(before: Speech, fresh: Speech, chance: random.Random) -> Speech:
    """The same office a year later: half of what it says is said again, with other figures."""
    again = [other_figures(p, chance) for p in before.paragraphs if chance.random() < 0.5]
    paragraphs = (*again, *fresh.paragraphs[: max(2, len(before.paragraphs) - len(again))])
    year = before.year + 1
    return Speech(fresh.group, before.place, year, before.title.replace(str(before.year), str(year)), paragraphs)


def other_figures(text: str, chance: random.Random) -> str:
    """Each number with other digits, as many as before; years stay."""

    def other(match: re.Match[str]) -> str:
        digits = match[0]
        if len(digits) == 4 and digits.startswith(("19", "20")):
            return digits
        return re.sub(r"\d", lambda digit: str(chance.randint(1, 9)) if digit[0] != "0" else "0", digits)

    return NUMBER.sub(other, text)


def reposted(speech: Speech, kind: str, chance: random.Random) -> str:
    """The speech as another site has it."""
    if kind == "masks":
        return masked(speech.text, chance)
    if kind == "traditional":
        return str(to_traditional().convert(speech.text))
    if kind == "excerpt":
        third = max(1, len(speech.paragraphs) // 3)
        at = chance.randrange(len(speech.paragraphs) - third + 1)
        return "\n".join((speech.title, *speech.paragraphs[at : at + third])) + "\n"
    return f"公文写作网\n{MENU}{speech.text}{NOTE}"


@cache
def to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def masked(text: str, chance: random.Random) -> str:
    """A fifth of the numbers masked, as sites that sell the text do."""
    return NUMBER.sub(lambda m: chance.choice(("**", "xx", "X")) if chance.random() < 0.2 else m[0], text)


def as_scraped(text: str, speech: Speech, slogan: str, chance: random.Random) -> tuple[bytes, str]:
    """The page's bytes and what they are: framed, wrapped, in HTML, in GBK, damaged. The slogan is that of its site."""
    foot = slogan + FOOT.format(speech.title, speech.place, chance.randrange(10**8))
    draw = chance.random()
    if draw < 0.25:
        body = "".join(f"<p>　　{line}</p>\n" for line in text.splitlines())
        head = f'<html><head><meta charset="gb2312"><title>{speech.title}</title></head><body>'
        menu = "".join(f'<a href="/{n}/">{word}</a> ' for n, word in enumerate(("首页", "公开", "服务")))
        page = f'{head}<div class="nav">{menu}</div><div id="zoom">{body}</div><p>{foot}</p></body></html>'
        return page.encode("gb18030"), "gb18030"
    if draw < 0.40:
        return (MENU + text + foot).encode("gb18030"), "gb18030"
    if draw < 0.50:
        text = "\n".join(line[at : at + 40] for line in text.splitlines() for at in range(0, len(line), 40))
    elif draw < 0.55:
        text = text.replace("%", "℅").replace("。", "。\u200b")
    elif draw < 0.58:
        return text.encode("utf-8").decode("latin-1").encode("utf-8"), "utf-8"  # mojibake
    elif draw < 0.60:
        data = bytearray(text.encode("gb18030"))
        for _ in range(3):
            del data[chance.randrange(len(data))]
        return bytes(data), "gb18030"
    return (MENU + text + foot if draw < 0.8 else text).encode("utf-8"), "utf-8"


def broken(chance: random.Random) -> bytes:
    """What is no text at all, or hardly one."""
    kind = chance.randrange(5)
    if kind == 0:
        return b""
    if kind == 1:
        return b"\x89PNG\r\n\x1a\n" + chance.randbytes(800)
    if kind == 2:
        return b"%PDF-1.4\n" + chance.randbytes(800)
    if kind == 3:
        return chance.randbytes(chance.randint(1, 2000))
    return " \r\n\u3000\t\n".encode() * chance.randint(1, 50)


if __name__ == "__main__":
    main()
