"""What the names of a list say for each other: 延榆、康渝高铁 share a head, and 文化中心 is one beside 云溪博物馆."""

from __future__ import annotations

from speechparse.extract.name_words import PLACE_TAGS, Token, has_proper, head_of, is_generic
from speechparse.extract.names import NO_NAME, is_of_the_place
from speechparse.extract.patterns import match_at
from speechparse.extract.repeated_names import SHORTEST
from speechparse.lazy import re


def are_works(text: str, items: list[list[Token]], after: int) -> bool:
    """Whether a clause is but a list of works: three or more, each with a head and a name of its own, not all bodies or
    mere places (云溪医院、东岭学校、柏湾街).

    `after` is where the list ends.
    """
    if len(items) < 3 or match_at(_ALL_OF_THEM, text, after) is None:
        return False
    no_works = 0
    for item in items:
        name = text[item[0].start : item[-1].end]
        if not (head := head_of(name)) or not (has_proper(item) or is_of_the_place(name)):
            return False
        no_works += _NO_WORKS.search(head) is not None
    return no_works < len(items)


# 云溪大桥、东岭棚改、柏湾水厂，到现在…; …都在里头
_ALL_OF_THEM = re.compile(
    r"[，,](?=前年|去年|今年|到现在|至今|现在|[都均全这必务要]|一个|\d{1,2}月|年[底内]|[上下]半年)"
    r"|[都均全]|这|[三四五六]个"
)
_NO_WORKS = re.compile(
    r"(?:河|湖|江|街|路|大道|巷|广场|公园|村|医院|[中小大]学|学校|学院|院|园区|社区|局|站|站点|所|中心|银行|线)$"
)


def is_name_beside(name: str, *, happened: bool) -> bool:
    """Whether a common noun is a name in the list of one: 沿江高铁、云柏铁路; 体育公园、文化中心、云溪博物馆开馆.

    `happened`: something is told of the list.
    """
    head = head_of(name)
    if happened and len(name) >= 4 and _ONE_BUILDING.search(head) and not NO_NAME.search(name):
        return True
    core = name.removesuffix(head)
    is_route = _ROUTE.search(name) is not None and len(name) >= SHORTEST and core != ""
    return is_route and not (is_generic(core) or NO_NAME.search(name))


_ONE_BUILDING = re.compile(r"(?:中心|公园|馆|广场|剧院|大楼|展厅|市场|敬老院|养护院|水厂|污水处理厂|客运站)$")
# 延榆、康渝高铁: the last name of a list has the head of all
_ROUTE = re.compile(
    r"(?:铁路|高铁|高速|高速公路|公路|机场|航道|大桥|水利枢纽|水电站|水库|社区卫生服务中心|文体馆|[GSX]\d{1,4}[^G-X\d]{2,6})$"
)


def share_a_head(text: str, items: list[list[Token]]) -> list[bool]:
    """For each item whether it is but a place or the number of a road, and one behind it has the head of all."""
    if len(items) == 1:
        return [False]
    shared = []
    follows = False
    for item in reversed(items):
        if _ROUTE.search(text, item[0].start, item[-1].end):
            follows = True
            shared.append(False)
        else:
            follows = follows and _is_route(item)
            shared.append(follows)
    return shared[::-1]


_ROAD = re.compile(r"[GSXY]\d{1,4}")


def _is_route(item: list[Token]) -> bool:
    """延榆, 日照至五莲, G219: nothing but places, or the number of a road."""
    if len(item) == 1 and _ROAD.fullmatch(item[0].word):
        return True
    return all(t.tag in PLACE_TAGS or t.word == "至" for t in item) and sum(len(t.word) for t in item) <= 8
