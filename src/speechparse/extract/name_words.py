"""The words of a clause as the names of projects see them: which can stand in a name, end one, or say that one comes.

Words are jieba's, with its tags; the lexicons say which are heads (`project_heads.tsv`), generic
(`project_generic.tsv`), verbs of building (`project_leads.tsv`) and what happens to a project (`project_events.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons, words
from speechparse.extract.figures import TermRow, alternatives
from speechparse.extract.patterns import beginning_known, first_characters
from speechparse.lazy import re


class HeadRow(NamedTuple):
    """The last word of a project's name: a `facility` or `works` done."""

    term: str
    sort: str
    example: str


class NameWordRow(NamedTuple):
    """What a word says of a name, separated by blanks: it stands in none (`stop`), at the end of none (`bad_end`), is a
    verb of building before one (`strong_lead`), begins one (`opener`) before certain words (`after_opener`), or is a
    `place` that jieba's dictionary takes for an adverb (大连)."""

    term: str
    roles: str
    example: str


@dataclass(slots=True)
class Token:
    """A word of a clause. `tag` is jieba's, `?` for a word it does not know, `NUM` and `TIME` for what was found;
    `nameable`: it can stand in a name."""

    start: int
    end: int
    word: str
    tag: str
    nameable: bool


class _Words(NamedTuple):
    leads: frozenset[str]
    events: frozenset[str]
    phrase: re.Pattern[str]
    heads: frozenset[str]
    works: frozenset[str]
    endings: Mapping[str, tuple[str, ...]]  # the heads by their last character, the longest first
    generic: re.Pattern[str]
    event: re.Pattern[str]
    mere_work: re.Pattern[str]
    signal: re.Pattern[str]
    stop: frozenset[str]
    bad_end: frozenset[str]
    strong_lead: frozenset[str]
    opener: frozenset[str]
    after_opener: frozenset[str]
    place: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> _Words:
    heads = lexicons.load("project_heads", HeadRow)
    events = lexicons.load("project_events", TermRow)
    rows = lexicons.load("name_words", NameWordRow)
    generic = [r.term for r in lexicons.load("project_generic", TermRow)]
    alone = {r.term for r in heads if len(r.term) == 1}
    last = "".join(sorted({r.term[-1] for r in heads}))
    last_of_longer = "".join(sorted(set(last) - alone))
    last_but_one = "".join(sorted({r.term[-2] for r in heads if r.term[-1] not in alone}))
    told = (
        "(?:建设|提升|前期|主体|全|总投资|估算|概算|装机|占地|设计|正式|基本|顺利|已|要|将|年内|年底|今年|明年|本月|等|"
        "[一二三四]期|还|只?剩|才|刚|正|都|均|成为|入选|升级为|眼下|目前|的[环可征拆土桩路用]|"
        "形象|设备|路基|桥面|桩基|涉及|比(?:节点|计划|序时|原定)|存栏|合同额|承诺|保证|断点|的工期|总长|累计|完成投资|框架|实现|工作(?=全面|基本|顺利|扎实|已)|"
        f"必须|务必|确保|力[争促]|争取|分别|上半年|下半年|[一二三四]季度|{alternatives(r.term for r in events)})"
    )
    return _Words(
        frozenset(r.term for r in lexicons.load("project_leads", TermRow)),
        frozenset(r.term for r in events),
        re.compile(beginning_known(alternatives(r.term for r in events if len(r.term) >= 4))),  # 进展顺利 is two words
        frozenset(r.term for r in heads),
        frozenset(r.term for r in heads if r.sort == "works"),
        _by_last_character(r.term for r in heads),
        re.compile(rf"(?=[{re.escape(''.join(sorted({w[0] for w in generic})))}])(?:{alternatives(generic)})"),
        re.compile(
            rf"(?:[要将已即在都均等]|工作|断点|必须|务必|确保|力争|年内|全面|全部|全线|主体|基本|正式|整体|顺利|成功|相继|陆续|先后|如期|按期|尽快|尽早|已经|即将|正在|前期|的|[一-鿿]{{2}}前(?!期)|"
            rf"\d{{1,2}}月(?:份|底|初|中旬)?前?|今年|本月)*(?:(?:{alternatives(r.term for r in events)})(?!率)"
            r"|(?<=[要需])(?=尽快|完成|推进|明确|整体|加快|抓紧|建成))"
        ),
        re.compile(r"(?:(?!投入|开工|复工).)*?(?:建设|前期|实施|运营)", re.DOTALL),
        # what a clause with a name has: a list's end, a class word not generic, a head before what happens to it
        re.compile(
            rf"(?=[等这元*＊项工{last}])(?:这(?:样|类)的?[^，,。；;、的]{{0,6}}项目|"
            rf"等[^，,。；;、]{{0,20}}(?:项目|工程)|等(?:\d|[^，,。；;、的]{{0,8}}[场园库路桥店院校区城])|元的|[*＊]{{2}}|"
            rf"(?=[项工])(?<!重点|重大|新开|在建|各类|民生|实事|产业|工业|投资|惠民)(?<![大好小抓上个该和、新])(?:项目|工程)(?![库化法部办数])|"
            # the last two characters of a head; that it is there is looked up behind a match, which is faster
            rf"(?P<head>[{''.join(sorted(alone))}]|[{last_of_longer}](?<=[{last_but_one}].))(?=[、，,。；;和及与的（(]|$|"
            rf"\d|[一-鿿]{{0,4}}(?:开工|竣工|投产|投入|通车|建成|完工|启动|签约|落地)|[一-鿿]{{2,3}}前|"
            rf"(?=[{first_characters(told)}]){told}))"
        ),
        *(frozenset(r.term for r in rows if role in r.roles.split()) for role in _Words._fields[-6:]),
    )


def _by_last_character(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for term in sorted(terms, key=len, reverse=True):
        found.setdefault(term[-1], []).append(term)
    return {last: tuple(ending) for last, ending in found.items()}


# what jieba, guessing at unknown words, takes for a part of them
_STUCK = re.compile(r"([一-鿿]+)([等及至])|(及)([一-鿿]+)|(等)([市县区州地])|([对把])([一-鿿]{2,})")
_FUNCTION_TAGS = frozenset("uj ul uz ud ug u p c d r y e o w".split())
PUNCTUATION = frozenset("，,。；;：:、！!？?“”‘’《》\"' \u3000\n①②③④⑤⑥⑦⑧⑨⑩（）()")
NAME_TAGS = frozenset("n nr ns nt nz nrt nrfg ng l i j b f s vn an x eng zg g ? a ag q m NUM k h tg nrj".split())
PROPER = frozenset({"?", "ns", "nr", "nz", "nt", "nrt", "nrfg", "eng"})
CLOSERS = ("项目", "工程")


def tokenize(text: str, start: int, end: int, blocks: list[tuple[int, int, str]]) -> list[Token]:
    """The words of `text[start:end]`; what was found before (`blocks`) is one word each."""
    pieces = _pieces()
    tokens: list[Token] = []
    at = start
    for block_start, block_end, sort in [*blocks, (end, end, "")]:
        if block_start > at:
            for word in words.cut(text[at:block_start]):
                for part, tag, nameable in pieces[word]:
                    over = at + len(part)
                    tokens.append(Token(at, over, part, tag, nameable))
                    at = over
        if block_end > at:
            found = text[block_start:block_end]
            tokens.append(Token(block_start, block_end, found, sort, _nameable(found, sort)))
            at = block_end
    return tokens


_Piece = tuple[str, str, bool]  # the word, the tag and `nameable` of a Token


class _Pieces(dict[str, tuple[_Piece, ...]]):
    """What each word of jieba's is for names: one word, or several. A word is looked at when it is first asked for."""

    def __missing__(self, word: str) -> tuple[_Piece, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()  # jieba takes any unknown characters for words; an archive has no end of them
        self[word] = pieces = tuple(_pieces_of(word))
        return pieces


_MOST_WORDS = 1 << 16


@lru_cache(maxsize=1)
def _pieces() -> _Pieces:
    return _Pieces()


def _pieces_of(word: str) -> Iterator[_Piece]:
    if len(word) > 2 and word.endswith(CLOSERS):  # 建设项目, 二期工程 are one word of the dictionary
        yield _piece(word[:-2], "n")
        word = word[-2:]
    stuck = _STUCK.fullmatch(word) if len(word) > 1 and words.tag(word) is None else None
    for part in filter(None, stuck.groups()) if stuck else (word,):  # 西十、康渝等 4条高铁
        yield _piece(part, "?")


_PHASES = frozenset(f"{number}期" for number in "一二三四五六")  # adverbs and times to jieba


def _piece(word: str, unknown: str) -> _Piece:
    tag = "ns" if word in vocabulary().place else "n" if word in _PHASES else words.tag(word) or unknown
    return word, tag, _nameable(word, tag)


def has_proper(item: list[Token]) -> bool:
    """Whether one of the words is a proper noun, and no head."""
    return any(t.tag in PROPER and t.word not in vocabulary().heads for t in item)


def head_of(name: str) -> str:
    """The head that a name ends in, the longest one, or nothing."""
    heads = vocabulary().endings.get(name[-1:], ())
    return next(filter(name.endswith, heads)) if name.endswith(heads) else ""


def is_generic(name: str) -> bool:
    """All of the name is made of generic words: 工业, 基础设施, 农村道路."""
    generic = vocabulary().generic
    at = 0
    while at < len(name):
        match = generic.match(name, at)
        if not match or match.end() == at:
            return False
        at = match.end()
    return True


def _nameable(word: str, tag: str) -> bool:
    if tag == "PLACE":
        return True
    if word in vocabulary().stop or tag in ("TIME", "FIGURE", "ASIDE"):
        return False
    if tag in NAME_TAGS or word[0] == "非" or word in ("地", "特", "*", "＊", "**", "第一", "第二", "第三"):
        return word not in PUNCTUATION
    return word in vocabulary().heads or tag not in _FUNCTION_TAGS


PLACE_TAGS = frozenset("? ns nr nz j".split())
