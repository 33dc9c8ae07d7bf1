"""The role of a figure: it delimits a class (threshold), describes one project (attribute), or is a value."""

from __future__ import annotations

from speechparse.extract.mentions import Mention
from speechparse.extract.name_words import CLOSERS
from speechparse.extract.patterns import match_at
from speechparse.lazy import re

_CLASS = re.compile(
    r"的?(?:[^，,。；;、：:\n]{0,16}?)(?:项目|企业|工程|产业|集群|园区|公司|镇|乡|村|合同|基地|强县|板块|俱乐部|固定资产投资|单位|农户|大户|县|市场主体|载体|平台|机组|电站|品牌|单体|老年?人|人群|景区|酒店|城市|自然村|燃煤|省份)"
)
_NOT_A_CLASS = re.compile(
    r"的?(?:资金|用于|建设|实施|投入|支持|完成|新建|改造|引进|推进|开展|发展|增长|贷款|补贴|奖励|税收|产值|收入)"
)
_DESCRIBES = re.compile(
    r"(?:项目|工程)?[，,：:（(]?(?:该项目|项目|其)?(?:计划|概算|预计|估算)?(?:总|年)?(?:投资|占地|用地|建筑面积|建设规模|面积|全长|里程|规模|装机|产能|年产|设计|"
    r"总建筑面积|总装机|总面积|总占地|库容|总库容|跨度|总长|长|存栏|合同额)[^，,。；;、\d]{0,8}$"
)


def set_roles(text: str, figures: list[Mention], projects: list[Mention]) -> None:
    """Set `role` (and `of` of attributes). The figures and projects are in text order."""
    starts = {p.start: p for p in projects}
    at = 0
    for before, figure in zip([None, *figures], figures, strict=False):
        while at < len(projects) and projects[at].end <= figure.start:
            at += 1
        last = projects[at - 1] if at else None
        ahead = projects[at] if at < len(projects) else None  # or around the figure
        is_size = figure.kind in ("amount", "measure", "count")
        if is_size and ahead is not None and ahead.start <= figure.start and figure.end <= ahead.end:
            figure.bound = "exact" if figure.role == "threshold" else figure.bound  # 30万吨级进港航道
            _attribute(figure, ahead, "role.inside_name")
        elif figure.role == "threshold":
            continue
        elif is_size and last is not None and _in_its_bracket(text, figure, last):
            _attribute(figure, last, "role.in_bracket")
        elif is_size and last is not None and _told_behind(text, figure, last):
            _attribute(figure, last, "role.told_behind")
        elif is_size and (project := _sized_ahead(text, figure, ahead)):
            _attribute(figure, project, "role.describes")
        elif _is_threshold(text, figure):
            figure.role = "threshold"
            figure.bound = "min" if figure.bound == "exact" else figure.bound
            figure.rules.append("role.threshold")
        elif (figure.kind in ("amount", "measure") or text[max(0, figure.start - 2) : figure.start] == "年产") and (
            project := _invested_in(text, figure, ahead) or _described(text, figure, before, starts, last, ahead)
        ):
            _attribute(figure, project, "role.describes")


def _attribute(figure: Mention, project: Mention, rule: str) -> None:
    figure.role, figure.of = "attribute", project.name
    figure.rules.append(rule)


# 其中投资超5000万元的不少于1家, 房龄30年以上的占七成: the class noun stands before
_ELLIPTIC = re.compile(
    r"的(?=只有|仅有|不能少于|不能低于|不少于|不低于|至少|占|有|达|超过|要|就|必须|一律|由|应|才|至今|全部|，|,|\d)"
)
_RANKED = re.compile(r"的(?:部门|单位|乡镇|镇|县|村|企业|项目|干部|同志)")
# 5亿元以上、10亿元以上新开工项目: the class noun follows the last of them
_NEXT_CLASS = re.compile(rf"(?:[、和](?:超|过)?[\d.]{{1,8}}[十百千万亿]{{0,3}}元(?:以上|以下)){{1,6}}{_CLASS.pattern}")
_COUNTED = re.compile(r"\d[个家项]$")
_ROUND = re.compile(r"[十百千]亿元?$")


def _is_threshold(text: str, figure: Mention) -> bool:
    if figure.value is None:
        return False
    if figure.kind == "rank":
        return figure.bound == "max" and match_at(_RANKED, text, figure.end) is not None
    if figure.kind == "percentage" and figure.bound in ("min", "max"):
        # 进度低于50%的项目; but 90%以上的项目开工 is a share of the projects
        before = re.search(r"[一-鿿]{2}$", text[max(0, figure.start - 4) : figure.start])
        return bool(before and re.match(r"的(?:项目|企业|县|单位|乡镇)", text[figure.end : figure.end + 4]))
    if figure.kind not in ("amount", "measure") and figure.unit not in ("户", "人"):
        return False
    if figure.bound in ("min", "max") and match_at(_ELLIPTIC, text, figure.end):
        return True
    if _ROUND.search(text[figure.start : figure.end]) and re.match(
        r"项目|企业|集群|产业|园区|公司", text[figure.end : figure.end + 2]
    ):
        return True
    if figure.kind == "amount" and _COUNTED.search(text, max(0, figure.start - 3), figure.start):
        # 15个百亿元、60个20亿元以上项目: the class noun follows the last of them
        return text.startswith("、", figure.end) or match_at(_CLASS, text, figure.end) is not None
    if figure.bound not in ("min", "max"):
        return False
    if figure.kind == "amount" and match_at(_NEXT_CLASS, text, figure.end):
        return True
    if match_at(_NOT_A_CLASS, text, figure.end):
        return False
    return bool(match_at(_CLASS, text, figure.end)) and text[figure.end : figure.end + 1] not in "，,。；;、"


# 东岭水厂（日供水3万吨、总投资2亿元）, 云溪一期（用地300亩）; not 东岭水厂（已完成投资2亿元）
_BRACKET = re.compile(
    r"(?:[一二三]期|项目|工程)?[（(](?![^（）()]*(?:完成|累计|已|到位|实现|年度|今年|去年|全年|20\d\d年|其中|企业|项目))[^（）()]*"
)


def _in_its_bracket(text: str, figure: Mention, project: Mention) -> bool:
    """Whether the figure stands in a bracket that opens right behind the project's name and tells its sizes."""
    return (
        figure.end - project.end <= _LONGEST_BRACKET
        and not text.startswith(("项目", "企业"), figure.end)
        and _BRACKET.fullmatch(text, project.end, figure.start) is not None
        and match_at(_BRACKET_END, text, figure.end) is not None
    )


_LONGEST_BRACKET = 60  # characters
_BRACKET_END = re.compile(r"[^（）()\n]{0,60}[）)]")
# 云溪水厂6月开工，全长8公里; 云溪水厂要赶在年底前点火，达产后年产值25亿元、税收8000万元
_SIZE_TOLD = re.compile(
    r"[，,、](?:项目|工程)?(?:计划|概算|规划|设计)?(?:总投资|总占地|占地|用地|全长|总长|总?建筑面积|总?装机容量|总库容|设计|存栏|床位|可?容纳|合同额)"
    r"[^，,。；;、\d]{0,6}"
)
_YIELD_TOLD = re.compile(r"(?:达产|投产|满产|建成|投用|投运)(?:达效)?后[^。；;\n]*")
# …投产后，全年供水3000万吨, …建成后，我们还要投资3亿元: no longer of the project
_OF_MORE = re.compile(r"[全我本][省市县区镇乡年]|[要再还将]|新引|投资")
_SEVERAL = re.compile(r"[个项条座处家等]")
_TOLD_WITHIN = 120  # characters behind the name
_JOINS = ("、", "和", "及")
_LISTED_BEHIND = (*_JOINS, "等")


def _told_behind(text: str, figure: Mention, project: Mention) -> bool:
    """Whether a later clause of its sentence tells the figure as a size or a yield of the one project it is about."""
    start = project.end
    if figure.start - start > _TOLD_WITHIN or text.endswith(_JOINS, 0, project.start):
        return False
    between = text[start : figure.start]
    if between.startswith(_LISTED_BEHIND) or re.search(r"[。；;\n]", between):
        return False
    if told := _YIELD_TOLD.search(between):
        return not _OF_MORE.search(told.group()) and _SEVERAL.search(between, 0, told.start()) is None
    clause = max(between.rfind("，"), between.rfind(","))
    told = _SIZE_TOLD.fullmatch(between, max(clause, between.rfind("、"), 0))
    if told is None or text.startswith("的", figure.end):
        return False  # …，总投资30亿元以上的水利项目: the size of what follows
    return _SEVERAL.search(between, 0, told.start()) is None


# 云溪产业园。这个项目总投资28亿元，占地1450亩
_PROFILE = re.compile(
    r"(?:^|[，,。；;：:\n])(?:这个|该|本)?(?:项目|工程)?(?:计划|概算|规划|设计)?"
    r"(?:总投资|总占地|占地|全长|总长|总?建筑面积|年产|面积|装机|里程)[^，,。；;、\d]{0,6}$"
)
_PROFILE_WITHIN = 200  # characters behind the name that titles a paragraph
_SIZE_BEFORE = re.compile(r"(?:投资|年产|装机|占地|面积|规模|总长|全长|里程|库容|概算|总价)(?:约|近|超|达)?$")


# 总投资12亿元、达产后年产值18亿元、可安置就业1200余人的X: each of the sizes before 的
_SIZE = re.compile(
    r"(?:投资|年产|产值|税收|装机|占地|用地|面积|规模|总长|全长|里程|库容|概算|产能|日处理|年处理|日产|年加工|就业|床位)[^，,。；;、\d]{0,6}$"
)
_MORE_SIZES = re.compile(r"(?:、[^，,。；;、\d]{0,12}\d[\d.]*+[^，,。；;、\d]{0,8}){0,4}的")


# 投资1.9亿元实施云溪雨污分流工程; not 投资8000万元实施A、B等工程
_INVESTED_IN = re.compile(r"[，,]?(?:用于)?(?:实施|建设|新建|启动|启动实施|开工|开工建设|组织实施)了?")


def _invested_in(text: str, figure: Mention, project: Mention | None) -> Mention | None:
    """The one project ahead, if an amount is spent on it."""
    if figure.kind != "amount" or project is None or not text.endswith("投资", 0, figure.start):
        return None
    listed = text.startswith(_LISTED_BEHIND, project.end)
    return project if not listed and _INVESTED_IN.fullmatch(text, figure.end, project.start) else None


def _sized_ahead(text: str, figure: Mention, project: Mention | None) -> Mention | None:
    """The project ahead, if it stands behind 的 and the figure is one of its sizes."""
    if not _SIZE.search(text, max(0, figure.start - 12), figure.start):
        return None
    if project is None or project.start - figure.end > _LONGEST_SIZES:
        return None
    return project if _MORE_SIZES.fullmatch(text, figure.end, project.start) else None


_LENGTHS_AND_AREAS = frozenset("公里 千米 米 平方米 平方公里 公顷 亩".split())
_OR_CLOSED = ("", *CLOSERS)
_LONGEST_SIZES = 70  # characters
_NEXT_SIZE = re.compile(
    r"[，,、](?:计划|预计)?(?:年产|日产|日处理|日供|占地|总?建筑面积|总?投资|装机|全长|总长|设计|规模|库容|床位)[^，,。；;、\d]{0,8}"
)


def _described(
    text: str,
    figure: Mention,
    before: Mention | None,
    starts: dict[int, Mention],
    last: Mention | None,
    ahead: Mention | None,
) -> Mention | None:
    """The project that a figure describes: 总投资2亿元的X, 740万元X, X，总投资2亿元."""
    for skip in ("的", ""):
        if text.startswith(skip, figure.end):
            project = starts.get(figure.end + len(skip))
            if project is not None:
                return project
    if ahead is not None and _SIZE_BEFORE.search(text, max(0, figure.start - 8), figure.start):
        # 总投资160亿元、年产50万辆的X
        between = text[figure.end : ahead.start]
        if len(between) <= 24 and between.endswith("的") and not re.search(r"[，,。；;]", between):
            return ahead
    if last is None:
        return None
    if before is not None and before.of == last.name and before.start >= last.end:
        # X项目，总投资2亿元，占地120亩: the next of its sizes
        return last if _NEXT_SIZE.fullmatch(text, before.end, figure.start) else None
    if (
        last.rules[0] == "project.title"
        and figure.start - last.end <= _PROFILE_WITHIN
        and _PROFILE.search(text, max(last.end, figure.start - 24), figure.start)
    ):
        return last
    if figure.kind == "measure" and figure.unit in _LENGTHS_AND_AREAS and text[last.end : figure.start] in _OR_CLOSED:
        return last  # 东岭木栈道1.2公里
    if figure.start - last.end <= 24 and _DESCRIBES.fullmatch(text, last.end, figure.start):
        return last
    return None
