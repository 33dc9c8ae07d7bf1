"""Whose speech it is: the region that a speech says it speaks for, with its level and its code of GB/T 2260.

Only the speech is asked, never the site: city sites repost the province's report. It names its region, in the order
in which it is believed,

1. in the lines that open it: the title (2026年上海市政府工作报告), the meeting (在青禾县第十六届人民代表大会上), the
   office of the speaker (柳塘区人民政府区长);
2. in its first sentences: 我代表青禾县人民政府向大会报告工作;
3. anywhere, where it says 我县 or 全县 of itself: by the one name of that level that it keeps coming back to.

Names and codes are rows of data/lexicons/regions.tsv (`place` the path from the province down, `short` what an
autonomous area is called for short, `until` the last year in which it stood under this parent). Words that end or
begin like a region and make none (特色小镇) are rows of region_words.tsv. What follows from GB/T 2260:

- A name that several regions have (鼓楼区) gets a code only where the speech names one of their parents, or one far
  more often than the others. Else it keeps its name and level, and has no code.
- A region that the table does not know, invented or new, has the level of its wording (云溪县: county) and no code.
  A city (云岭市) is a county where it stands under another city or speaks of its 乡镇, and a prefecture otherwise.
- Development zones (高新区, 经济开发区) are no divisions of GB/T 2260: level county, no code. Their name begins with
  the city's where the speech gives it, since each city has one.
- Towns are not in GB/T 2260 either: level township, no code. China itself: level country, no code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.lazy import regex
from speechparse.records import Document, Speech
from speechparse.segment.edtf import find_dates
from speechparse.segment.linekinds import salutation_end, split_lines

HEAD_LINES = 10
LONGEST_HEAD_LINE = 90
OPENING = 800  # characters in which a speech says for whom it is given
ENOUGH = 3  # how often a speech has to name a region in its body, and
FAR_MORE = 2  # how many times as often as any other of that level
CUE_WEIGHT = 3  # 中共中北县委 says more than 中北县


class Region(NamedTuple):
    """A region: its name as the table or the speech has it, its level (country, province, prefecture, county or
    township) and its six digits of GB/T 2260, None where it has none or is not known for sure."""

    name: str
    level: str
    code: str | None


class RegionRow(NamedTuple):
    place: str
    code: str
    short: str
    until: str
    example: str


class RegionWordRow(NamedTuple):
    """`kind`: a region's name does not `begin`, or `end`, with the word."""

    word: str
    kind: str
    example: str


class _Place(NamedTuple):
    """A row of the table: `parents` from the province down, `until` empty for today."""

    name: str
    code: str
    parents: tuple[str, ...]
    until: str


class _Named(NamedTuple):
    """A region as a speech words it: `parents` are the regions named right before it (贵州省 六盘水市 盘州市)."""

    name: str
    parents: tuple[str, ...]
    end: int


CHINA = Region("中国", "country", None)


def region_of(document: Document) -> Region | None:
    """The region of the first speech of a document that names one."""
    regions = (region_of_speech(document.text, speech) for speech in document.speeches)
    return next((region for region in regions if region is not None), None)


def region_of_speech(text: str, speech: Speech) -> Region | None:
    """The region that a speech of the clean text speaks for; None where it does not say."""
    body = text[speech.start : speech.end]
    head = list(_head_lines(body, speech))
    if any(_OF_CHINA.search(line) for line in head) or _FOR_CHINA.search(_close_up(body[:OPENING])):
        return CHINA
    for pattern in (_TITLE, _MEETING, _OFFICE):
        for line in head:
            named = _read(pattern, line)
            if named:
                return _resolve(named, body, speech)
    opening = _close_up(body[:OPENING])
    named = _read(_FOR, opening) or _read(_OPENED, opening, known=True)
    return _resolve(named, body, speech) if named else _of_body(body, speech)


def report_year(document: Document, speech: Speech) -> int | None:
    """The year of a speech: the one in the title of a work report, or that of its date. None where masked."""
    title = speech.title or ""
    years = {date.edtf[:4] for date in find_dates(title)} if "工作报告" in title else set()
    year = years.pop() if len(years) == 1 else (speech.date or "")[:4]
    return int(year) if year.isdigit() and len(year) == 4 else None


# --- the table


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


_UNIT = regex.compile(r"(?:自治[区州县旗]|特别行政区|地区|林区|特区|新区|[省市州盟县区旗])$")


def _short(name: str) -> str:
    """呼伦贝尔市 → 呼伦贝尔."""
    return _UNIT.sub("", name)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[_Place, ...]]:
    """The regions by full name, and by short name with its unit (延边州). What has moved stands under each parent."""
    named: dict[str, list[_Place]] = {}
    for row in lexicons.load("regions", RegionRow):
        *parents, name = row.place.split("/")
        place = _Place(name, row.code, tuple(parents), row.until)
        for called in {name, row.short + name[-1] if row.short else name}:
            named.setdefault(called, []).append(place)
    return {name: tuple(places) for name, places in named.items()}


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    """The full names of the provinces by what they are called for short."""
    rows = (row for row in lexicons.load("regions", RegionRow) if "/" not in row.place)
    return {row.short or _short(row.place): row.place for row in rows}


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    """The full names of the provinces and prefectures of today by what they are called for short before a county."""
    rows = (row for row in lexicons.load("regions", RegionRow) if not row.until and row.code.endswith("00"))
    names = [(row.short, row.place.split("/")[-1]) for row in rows]
    return {short or _short(name): name for short, name in names} | _provinces()


@lru_cache(maxsize=1)
def _no_name() -> regex.Pattern[str]:
    """What is worded like the name of a region and is none."""
    words: dict[str, list[str]] = {"begin": [], "end": []}
    for row in lexicons.load("region_words", RegionWordRow):
        words[row.kind].append(row.word)
    begin, end = ("|".join(words[kind]) for kind in ("begin", "end"))
    return regex.compile(rf"(?:{begin}).*|.*(?:{end})|自治[区州县旗]|{_ZONE}")


_LONGEST_NAME = 18
_ZONE = (
    r"(?:经济技术开发区|经济开发区|高新技术产业开发区|高新区|经开区|开发区|示范区|新区|管理区|风景名胜区"
    r"|工业园区|产业园区)"
)
_SYLLABLE = (
    r"(?:(?![全我本该各两某级第届次会的在年月日和与及委代表大政府报告上下市县区省乡镇个是为了到向对把让将])\p{Han})"
)
_UNKNOWN = regex.compile(
    rf"{_SYLLABLE}{{2,6}}?(?:{_ZONE}|自治[区州县旗]|特别行政区|街道|[省市盟县区旗镇乡]|州(?!市))(?![级直属内外场民容城])"
)
_ZONE_AFTER = regex.compile(rf"{_SYLLABLE}{{0,6}}?{_ZONE}")


def _name_at(text: str, at: int) -> str | None:
    """The name of a region that begins at `at`: the longest that the table has, else what is worded like one."""
    known = _known_at(text, at)
    if known:
        return known
    unknown = _UNKNOWN.match(text, at)
    return unknown.group() if unknown and not _no_name().fullmatch(unknown.group()) else None


def _known_at(text: str, at: int) -> str | None:
    """The longest name of the table that begins at `at`."""
    ends = range(min(len(text), at + _LONGEST_NAME), at + 1, -1)
    return next((text[at:end] for end in ends if text[at:end] in _places()), None)


def _chain_at(text: str, at: int) -> _Named | None:
    """The region that begins at `at`, with those it is placed under: 贵州省六盘水市盘州市, 天津滨海新区."""
    names: list[str] = []
    if _known_at(text, at) is None:
        for end in (at + 2, at + 3):
            if text[at:end] in _parents() and _known_at(text, end):
                names, at = [_parents()[text[at:end]]], end
                break
    while len(names) < 4:
        zone = _ZONE_AFTER.match(text, at) if names else None
        name = _name_at(text, at)
        if zone and (name is None or name not in _places()):
            name = names[-1] + zone.group()
            at = zone.end()
        elif name is None:
            break
        else:
            at += len(name)
        names.append(name)
    return _Named(names[-1], tuple(names[:-1]), at) if names else None


# --- where a speech names its region

_YEAR = r"(?:[\d*×xX〇○零一二三四五六七八九十]{4}年度?)?"
_PARTY = r"(?:中共|中国共产党)?"
_TITLE = (
    regex.compile(rf"^(?:关于)?[《“]?{_YEAR}{_PARTY}"),
    regex.compile(r"[\p{Han}\d]{0,40}(?:报告|讲话|致辞|献词|贺词|汇报|述职|发言)"),
)
_MEETING = (
    regex.compile(rf"在{_PARTY}"),
    regex.compile(
        r"(?!\p{Han}{0,8}(?:调研|考察|视察|督导|督查|检查|召开|举行|举办))\p{Han}{0,40}(?:会|仪式|典礼|班)"
    ),
)
_OFFICE = (
    regex.compile(rf"^{_PARTY}|(?<= ){_PARTY}"),
    regex.compile(
        r"(?:\p{Han}{0,10}?[委府会局])?[ 、]?"
        r"(?:副?书记|代?(?:常务)?副?[省市县区州旗盟镇乡]长|副?主席|副?主任|副?局长)"
    ),
)
_FOR = (
    regex.compile(rf"(?:代表|受){_PARTY}"),
    regex.compile(r"(?:人民政府|委|政府|作|向)"),
)
_OPENED = (
    regex.compile(rf"(?<![^\n。，,：:]){_PARTY}"),
    regex.compile(r"第[一二三四五六七八九十百\d]+届(?:人民代表大会|人大|委员会|政协)"),
)
_OF_CHINA = regex.compile(r"届全国人民代表大会|全国人大\p{Han}{0,6}会议上|国务院总理")
_FOR_CHINA = regex.compile(r"我?代表(?:中华人民共和国)?国务院")

_Pattern = tuple["regex.Pattern[str]", "regex.Pattern[str]"]


def _read(pattern: _Pattern, line: str, *, known: bool = False) -> _Named | None:
    """The region that stands between the two halves of a pattern; `known`: only one of the table, since what stands in
    a sentence is often worded like one (超额完成区第十三届人大的任务)."""
    before, after = pattern
    for match in before.finditer(line):
        named = _chain_at(line, match.end())
        if named and after.match(line, named.end) and (not known or named.name in _places()):
            return named
    return None


_SPACE = regex.compile(r"(?<=\p{Han})[ \u3000]+(?=\p{Han})")


def _close_up(text: str) -> str:
    return _SPACE.sub("", text)


def _head_lines(body: str, speech: Speech) -> Iterator[str]:
    """The title and the lines before the salutation or the first paragraph."""
    if speech.title:
        yield _close_up(speech.title)
    for number, line in enumerate(split_lines(body)):
        if number == HEAD_LINES or salutation_end(line.text) or len(line.text) > LONGEST_HEAD_LINE:
            return
        yield _close_up(line.text).lstrip("—-－–（( ")


# --- which region a name means


def _resolve(named: _Named, body: str, speech: Speech) -> Region:
    places = _places().get(named.name)
    if places is None:
        return Region(named.name, _level_of_wording(named, body), None)
    name = places[0].name
    levels = {_level(place.code) for place in places}
    if named.parents:
        places = tuple(place for place in places if _fits(place, named.parents))
    codes = {place.code for place in places}
    if len(codes) > 1:
        places = _of_its_day(places, speech.date)
        codes = _codes_by_parents(places, body)
    code = codes.pop() if len(codes) == 1 else None
    level = _level(code) if code else levels.pop() if len(levels) == 1 else _level_of_wording(named, body)
    return Region(next((place.name for place in places if place.code == code), name), level, code)


def _fits(place: _Place, parents: Sequence[str]) -> bool:
    """Whether all regions that the speech names right before a place are among its parents."""
    return all(any(known.name in place.parents for known in _places().get(parent, ())) for parent in parents)


def _of_its_day(places: tuple[_Place, ...], date: str | None) -> tuple[_Place, ...]:
    """The places that were still there in the year before a speech, which is the year that it reports on."""
    if not date or not date[:4].isdigit():
        return places
    return tuple(place for place in places if not place.until or int(place.until) >= int(date[:4]) - 1) or places


def _codes_by_parents(places: Sequence[_Place], body: str) -> set[str]:
    """The code of the one place whose own parent (the prefecture, or a municipality) the speech names, far more often
    than those of the others."""
    if len({place.code for place in places}) == 1:
        return {places[0].code}
    counts: Counter[str] = Counter()
    for place in places:
        counts[place.code] = max(counts[place.code], body.count(_short(place.parents[-1])))
    (code, count), *others = counts.most_common(2)
    clear = count > 0 and (not others or count >= FAR_MORE * others[0][1] + 1)
    return {code} if clear else set(counts)


_OF_TOWNS = regex.compile(r"各乡镇|乡镇（街道）|各镇|各街道|镇街|乡镇")
_OF_COUNTIES = regex.compile(r"各县|县区|县（市|县\(市|区县|县市|各区")


def _level_of_wording(named: _Named, body: str) -> str:
    name = named.name
    if regex.search(r"(?:镇|乡|街道|苏木)$", name):
        return "township"
    if regex.search(rf"{_ZONE}$|[县旗区]$", name) and not name.endswith(("自治区", "地区", "特别行政区")):
        return "county"
    if name.endswith(("省", "自治区", "特别行政区")):
        return "province"
    if name.endswith("市"):
        above = any(parent.endswith(("市", "州", "盟", "地区")) for parent in named.parents)
        return "county" if above or len(_OF_TOWNS.findall(body)) > len(_OF_COUNTIES.findall(body)) else "prefecture"
    return "prefecture"


# --- the region that a speech keeps coming back to

_OF_ITSELF = regex.compile(r"[全我]([省市县区州盟旗])(?![级直])")
_LEVELS_OF_UNIT = {
    "省": ("province",),
    "市": ("province", "prefecture", "county"),
    "州": ("prefecture",),
    "盟": ("prefecture",),
    "县": ("county",),
    "旗": ("county",),
    "区": ("province", "county"),
}


def _of_body(body: str, speech: Speech) -> Region | None:
    own = Counter(_OF_ITSELF.findall(body)).most_common(2)
    if not own or own[0][1] < 2 or (len(own) > 1 and own[0][1] == own[1][1]):
        return None
    best = _weights(body, own[0][0]).most_common(2)
    if not best or best[0][1] < ENOUGH or (len(best) > 1 and best[0][1] < FAR_MORE * best[1][1]):
        return None
    return _resolve(_Named(best[0][0], (), 0), body, speech)


def _weights(body: str, unit: str) -> Counter[str]:
    """How strongly a speech names each region of its own kind: provinces by their short names, which nothing else has,
    the others with their unit."""
    weights: Counter[str] = Counter()
    levels = _LEVELS_OF_UNIT[unit]
    if "province" in levels:
        weights.update({name: body.count(short) for short, name in _provinces().items() if name[-1] == unit})
    if levels == ("province",):
        return weights
    for match in regex.finditer(rf"中共(?P<name>{_SYLLABLE}{{2,7}}?{unit})委", body):
        weights[match["name"]] += CUE_WEIGHT
    for match in regex.finditer(unit, body):
        end = match.end()
        for start in range(max(0, end - _LONGEST_NAME), end - 2):
            name = body[start:end]
            if _no_name().fullmatch(name):  # 新城区 is the name of two, and a word of all
                break
            if name not in _provinces().values() and any(_level(p.code) in levels for p in _places().get(name, ())):
                weights[name] += 1
                break
    return weights
