"""What a figure measures, in the speech's own words.

The words stand before the figure (重点项目125个), behind it (125个重点项目), or a clause back (…增长20%，达到282亿元).
The linker takes the stretch of the clause that belongs to the figure, and strips from its ends what names no
indicator: times, places, cues, and the verbs 完成, 实现, 达到 (`frame_words.tsv`). Verbs that tell two figures apart
stay (开工, 新建).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from speechparse import lexicons
from speechparse.extract.discourse import Discourse
from speechparse.extract.figures import alternatives
from speechparse.extract.mentions import Mention
from speechparse.extract.patterns import match_at
from speechparse.lazy import re
from speechparse.time_limit import checked


class FrameRow(NamedTuple):
    """A word stripped from an indicator: at its beginning (`lead`), its end (`tail`) or both."""

    term: str
    side: str
    example: str


class VerbRow(NamedTuple):
    """A verb that stays with the indicator and is shared by the items of a list: 新建A3座、B5座."""

    term: str
    example: str


# 投资保8%争10%, but 低保450元, 医保30万人
_KEEPS_OR_STRIVES = r"(?<![确环担医社低农参投五劳力续承])保|(?<![竞战纷抗力])争"


@lru_cache(maxsize=1)
def _frames() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = lexicons.load("frame_words", FrameRow)
    lead = alternatives(r.term for r in rows if r.side != "tail")
    tail = alternatives(r.term for r in rows if r.side != "lead")
    first_of_lead, first_of_tail = (
        re.escape("".join(sorted({r.term[0] for r in rows if r.side != other}))) for other in ("tail", "lead")
    )
    return (
        re.compile(rf"(?=[{first_of_lead}\s，,、”’：:的了①-⑳])(?:{lead}|[\s，,、”’：:的了]|[①-⑳])"),
        re.compile(
            rf"(?=[约保争{first_of_tail}\s，,、“\"：:])"
            rf"(?:(?<!签)约|[从由]人均|{_KEEPS_OR_STRIVES}|(?:{tail})(?<!签约)(?<![主重]要)(?<![人户亩年月日平]均)|[\s，,、“\"：:])$"
        ),
    )


@lru_cache(maxsize=1)
def _kept_verbs() -> re.Pattern[str]:
    return re.compile(alternatives(r.term for r in lexicons.load("action_verbs", VerbRow)))


# What must not be cut off a word that begins like a frame word
_PROTECTED_LEAD = re.compile(
    r"如果|全社会|全员|全口径|全要素|全年?平均|新增|新晋|新发展|新修|对接|新建|新型|新开|新签|新引|新培|新打|新能源|新入|新招|新认|新设|新投|新改|新上|新材|新一|新产|新注|新立|新农|新登|新材料|实施率|"
    r"预期性|第[一二三](?:产业|轮|批|期|次|代|届)|全国重点实验室|一般|一产|一二三|二产|三产|重点[项工企产建城开实]|重点建设|总[投产量收建面规装人产值]|总部|城|中[央小学医型华外部东药]|共[建享同有]|使用|对外|对经济|从业|从签|就业|就地|和谐|与[^，]{1,8}比|将军|把握|拥军|有效|有色|占|保障性|保税|保险|"
    r"目标任务|达标|组织化|支持率|深加工|要素|应税|应届|应急|开工|只投|达产|完成率|实现率|实际|再就业|再生|在建|在谈|在校|在册|为民|对口|落地[项资]|形成区|计划[总投完任生内]|计划[竣开]"
)
_GROWTH = re.compile(
    r"(?P<np>.*?)(?P<how>(?:同比|[比较](?:上年|去年)(?:同期|同口径|[年同]?末|底)?|年均|平均|累计|分别|比\d{4}年|环比|名义|实际|预期)*+)"
    r"(?P<growth>增长|净增|增加|提高|上升|提升|下降|降低|回落|减少|增幅|增速|涨幅|降幅|上涨|改善|压减|压缩|拉动|负增长|收窄|扩大)"
    r"(?:了|约|达|达到|为|在|保持在|控制在|要|均|也|：)*+$",
    re.DOTALL,
)
_PROPORTION = re.compile(
    r"占比(?:将|要|已|也|仅)?(?:达到?|为|约|超过|不低于|由|从|(?:提高|提升|上升|增加|下降|降低)?[到至])?$"
)
_SHARE = re.compile(
    r"占(?!比)(?P<whole>[^，,。；]{1,24}?)(?:的比重|比重|的比例|比例|的份额)?(?:的|从|由|达到?|为|约|超过|提高到|提升到|(?:保持|稳定|控制)在|降[到至]|仅|已)*+$"
)
_PLAN_RATE = re.compile(
    r"(?:只|仅|已)?(?:完成了?|为|达到|占|(?!(?:预期|主要|考核)?目标$))(?P<plan>(?:年度|全年|年初|目标|投资|计划|任务|总){0,3}(?:计划|任务|目标)(?:投资|任务)?数?|(?:年度|全年)投资额?)的?(?:比例为|约|达|达到)?$"
)
# 年度计划已经完成七成
_PLAN_DONE = re.compile(
    r"(?P<plan>(?:年度|全年)(?:投资)?(?:计划|任务|目标)|计划任务|目标任务)(?:[已要须]|必须|务必|确保|力争|只|仅|才|目前|累计|经)*(?:完成|达到)了?$"
)
_LESS_THAN_WHOLE = re.compile(r"^(?:还|也|已|仅|只)?(?P<how>不足|不到|不及|超过|低于)(?P<whole>[^，,。；\d]{2,20})的$")
_COMPARED = re.compile(
    r"(?:均|也|仅|分别)?(?P<how>高于|低于|快于|慢于|优于|落后于?|领先于?|超过|高出)(?P<base>[一-鿿]{2,12}?)(?:约|近)?$"
)
_THAN_A_YEAR = re.compile(r"(?P<how>高于|低于|快于|慢于|超过)(?P<base>(?:20\d\d年|去年|上年)[^，,。；\d]{0,8})$")
# 比全市平均水平高出2.3个百分点, 比序时进度慢8个百分点
_OTHER_THAN = re.compile(
    r"[，,]?(?:但|却|也|还|又|均|都)?(?<![占同环])[比较](?!例|重|大|多|高|快)(?P<base>[^，,。；]{1,16}?)(?:平均水平|平均)?(?<![提降减增])(?P<how>高出?|快|多|低|慢|少|落后|滞后|差)了?(?:约|近)?$"
)
_MULTIPLE_OF = re.compile(r"(?:是|为|相当于|达到?)(?P<base>[^，。；]{2,14})的$")
_RISEN_TO = re.compile(
    r"(?:年)?的?[，,]?(?:进一步|逐步|大幅)?(?:增加|提高|提升|上升|跃升|增长|扩大|发展|攀升|增|升|下降|降低|减少|缩短|压缩|缩小|压减|降|跃|整合|调整|精简)(?:了?[到至为]|至)(?:全[一-鿿]{1,2})?$"
)
_FALL = re.compile(
    r"(?:下降|降低|回落|减少|降幅|低于|压减|压缩|下滑|下跌|(?<![砍去淘拿扔甩除减丢抹汰改])掉了?|收窄|缩小|负)(?<!不低于)(?!到|至|为)[^，,。；]{0,4}$|下降.{0,3}分别$"
)
# 下滑3.6%, 房地产投资31.2亿元、降18.7%, 欠序时进度4个百分点
_FALLEN_BY = re.compile(
    r"(?:下滑|下跌|下降|降低|减少|回落|滑落|(?<![升压])降)了?$|(?:还差|(?<![拖清积亏])欠|滞后于?|落后于?)(?:[^，,。；;、]{0,2}(?:进度|计划|目标|节点))?$"
)
_BELOW_OR_FALLEN = re.compile(r"低于|少于|下跌|掉")
_LOWER = re.compile(r"[低慢少]于?$|落后$")  # before a figure that is masked: 比全省低XX个百分点和4.2个百分点
_DIFFERENCE = re.compile(
    r"(?P<base>(?<![占同环])[比较](?!例|重|大|多|高|快)[^，,。；]{1,8}?)(?:(?P<less>少|减少|下降|降低|差|低)|多|增加|净增|新增|高)了?$"
)
_RIGHT = re.compile(r"(?!大关|台阶|新台阶|关口)的?(?P<np>[^，,。；;：:、！!？?\n（(）)]{1,40})")
# 30个县建设…, but 30家县级医院: only a place does or reaches something
_OF_A_PLACE = (
    r"(?=$|[的被获达入完和、及与均已都要全脱出列纳评成]|实[现施]|通(?!用|航|村)|开(?!发)|建(?!设局|行)|推|探|整|率|居|有|接|还|启|创)"
)
_PREDICATE = re.compile(
    r"(?P<np>.{0,24}?(?:项目|企业|工程|单位|乡镇|产业|机构|学校|园区|医院|高校|小区|社区|市场主体|道路|干道(?!路)|公路|商城|广场|家庭|群众)"
    rf"|.{{0,6}}?(?:(?<!乡)村(?![级民庄屯巷道镇振卫医干落集史貌容规企小党支务电网路饮水社寨组部校内文图综]|居民|公路)|县{_OF_A_PLACE})|市(?=被|获|达|入)|乡{_OF_A_PLACE}|镇(?!区))(?P<rest>.*)"
)
_CLASS_NOUN = re.compile(r"(?:建设)?(?:项目|企业|工程|单位|机构|园区|片区|小区)|(?:链|集群|基地|集聚区)")
_STAGE = re.compile(
    r"(?:正式|全面|基本|顺利|全部|尚未|如期|已|提前|陆续|集中|新)*+(?:开工建设|开工|竣工|投产|建成通车|建成|动工|签约|落地|入库|入驻|完工|投入运营|投入使用|投用|达产|洽谈|"
    r"完成初步设计|完成年度|通车|交付|在建|复工|封顶|并网|上线|备案|核准|获批|试产|(?<=正式)运营|开业)(?!率)[^，,。；]{0,12}"
)
_STAGE_ONLY = re.compile(
    r"(?:正式|全面|基本|顺利|全部|已)*"
    r"(?:开工建设|开工|竣工|投产|建成|动工|签约|落地|通车|完工|投用|交付|并网|达产|在建|在谈|续建|储备)(?:投产|通车|使用)?"
)
_STAGE_END = re.compile(rf"(?:{_STAGE_ONLY.pattern})$")
_STAGED = re.compile(rf"^新?{_STAGE_ONLY.pattern}(?=[一-鿿]{{0,6}}(?:项目|企业|工程)$)")
_FOR_WHOM = re.compile(r"^(?P<who>.{2,16}?)(?P<what>(?:发放|提供|办理|解决|减免|返还|落实|缴纳|送).{2,12})$")
_CUT_RIGHT = re.compile(
    r"(?:进行|用于|的任务|任务|目标|以上|左右|中$|内$|上$|时$|来说|等$|力争|确保|(?<![主重需])要|必须|务必|将|已|均|都|在|实现|获得|获|占|被|得到|通过|达到|给予|同时|全部(?=完)|加快|实施了|并|，)"
)
_ASIDE = re.compile(r"(?P<before>[一-鿿]{2,16})[（(][一-鿿]{1,6}[）)]$")
# 固定资产投资增速|位居全市第三位
_TAKES_PLACE = re.compile(
    r"[居列排拿]|[比较](?!例|重)|再?(?:前进|前移|上升|提升|后退|后移|下滑|下降|退步)|进入|必须|确保|位[列居次]|升至|跃升|升到|[掉降退滑落][至到]|保持|分别|跃|获得?|夺|名列|争创|稳|连续|全部"
)
# 东岭区, but no 产业强镇, 灌区: those are counted
_PLACE = re.compile(
    r"[一-鿿]{1,4}?(?:[县区市州旗镇乡](?<![强名小村城重]镇)(?<![强名]县)(?<![强城]市)(?<![园社地景灌矿库牧片县]区)(?<!城乡)|高新区|开发区|新区)"
)
_WON = re.compile(r"(?:获得?|荣获|夺得|取得)了?(?P<what>[^，,。；;、]{3,20}?)的?$")  # 获得卫生县城测评第一名
_PLACE_FIRST = re.compile(rf"{_PLACE.pattern}(?=[一-鿿]{{2}})")
_REACHING = re.compile(r"(?:至少|[了约达到为至 ])+$")
_CHAIN_LINK = re.compile(r"[、和及与，,\s]*+(?:以及|至)?$")


def name_indicators(
    text: str, discourse: Discourse, figures: list[Mention], blocks: list[Mention], projects: list[Mention]
) -> None:
    """Set the indicator of every figure with role `value`.

    `blocks` are times and the like: what must not become part of an indicator. Thresholds stay inside it.
    """
    state = _State()
    marks = [f for f in figures if f.role != "threshold" and not f.is_duration]
    times = sorted((b.start, b.end) for b in blocks)
    topics = _topics(discourse, projects)
    at = 0
    for figure in checked(figures):
        if figure.role != "value":
            continue
        while at < len(marks) and marks[at].start < figure.start:
            at += 1
        sentence = discourse.sentence_at(figure.start)
        if sentence != state.sentence:
            state.enter(sentence, discourse.sentences[sentence].paragraph)
        topic = topics.get(state.paragraph)
        state.topic = topic.name if topic is not None and topic.start < figure.start else ""
        previous = marks[at - 1] if at and marks[at - 1].start >= discourse.sentences[sentence].start else None
        behind = at + 1 if at < len(marks) and marks[at] is figure else at
        following = marks[behind] if behind < len(marks) else None
        if figure.is_duration:
            _name_duration(text, discourse, figure, times, state)
        else:
            _name(text, discourse, figure, previous, following, times, state)


def _topics(discourse: Discourse, projects: list[Mention]) -> dict[int, Mention]:
    """The project that each paragraph is about: the first one it names."""
    topics: dict[int, Mention] = {}
    for project in projects:
        topics.setdefault(discourse.sentences[discourse.sentence_at(project.start)].paragraph, project)
    return topics


def _name_duration(
    text: str, discourse: Discourse, figure: Mention, times: list[tuple[int, int]], state: _State
) -> None:
    start, end = discourse.clause_at(figure.start)
    left = _without(text, start, figure.start, times)
    right = _without(text, figure.end, end, times)
    subject = strip_frame(_PERIOD_MEASURED.sub(r"\1\2", left))
    behind = _GIVEN_TIME.match(right)
    if "连续" in left:
        head = strip_frame(left.partition("连续")[0])
        what = right.rstrip("。；;！")
        figure.indicator = f"{head or state.subject}连续{strip_frame(what) or what}"
    elif state.subject and (change := _MORE_TIME.fullmatch(subject)):
        figure.indicator = state.subject + change["how"]
    elif len(subject) >= 2:
        state.subject = subject
        figure.indicator = subject if subject.endswith(_PERIODS) or "天数" in subject else subject + "时间"
    elif behind:
        figure.indicator = (strip_frame(behind["what"]) or state.subject) + "时间"
    else:
        figure.indicator = (strip_frame(right.strip("的。；;！!")) or state.subject)[:16]
    figure.rules.append("indicator.duration")


_PERIODS = ("时间", "期限", "时限", "审批", "工期", "天数", "年限", "周期")
# 平均受教育年限从8.9年提升至9.4年; 优良天数304天、增加17天
_PERIOD_MEASURED = re.compile(r"(时间|期限|时限|工期|天数|年限|周期)(?:[从由\d].*?)((?:增加|减少|缩短|压缩|延长)?)了?$")
_MORE_TIME = re.compile(r"(?:同比|环比|[比较].{1,6}?)?(?P<how>增加|减少|缩短|压缩|延长)")  # 优良天数320天，同比增加12天
_GIVEN_TIME = re.compile(r"(?:的|左右的?)?时间[，,]?(?P<what>[^，,。；;！!\d]{0,24})")  # 用三年时间基本解决…


class _State:
    """What earlier figures of the sentence leave for later ones."""

    def __init__(self) -> None:
        self.sentence = self.paragraph = self.named_in = -1
        self.subject = ""
        self.measured_kind = ""
        self.measured = ""  # of a place: 云溪县固定资产投资增长13%，东岭区增长11%
        self.counted = ""
        self.indicator = ""
        self.verb = ""
        self.verb_clause = (-1, -1)
        self.chain: list[str] = []
        self.listed: list[str] = []
        self.suffix = ""
        self.noun = ""
        self.topic = ""

    def owner(self) -> str:
        """Whose investment or output it is: what was counted just before in the sentence."""
        counted = self.counted
        if not counted and self.named_in == self.sentence:
            counted = re.sub(r"(?:总?产量|(?:种植|播种)?面积|总量|数量?)$", "", self.subject)
            counted = "" if counted == self.subject else counted
        words = re.sub(r"(?:占|增长|完成率|投资|任务).*$", "", counted)
        if verb := _kept_verbs().match(words):
            words = strip_frame(words[verb.end() :])
        return words

    def part(self) -> str:
        """What a share is the share of: 产值占全市5%，占全省3% has two wholes and one part."""
        return re.sub(r"(?:^|(?<=..))占(?![地用]).*$", "", self.indicator or self.subject)

    def share(self) -> str:
        """The share that the sentence told last: 占工业比重从20%升到25%，比上年提高5个百分点; else nothing."""
        return self.indicator if self.named_in == self.sentence and "占" in self.indicator else ""

    def enter(self, sentence: int, paragraph: int) -> None:
        if paragraph != self.paragraph:
            self.subject = self.indicator = self.measured = ""
        self.sentence, self.paragraph = sentence, paragraph
        self.counted = ""
        self.verb = ""
        self.chain = []
        self.listed = []


def _without(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """`text[start:end]` without the spans, which are in order and do not overlap."""
    pieces, at = [], start
    for number in range(max(0, bisect_left(spans, (start, start)) - 1), len(spans)):
        s, e = spans[number]
        if s >= end:
            break
        if e > at:
            pieces.append(text[at : max(at, _before_base(text, s, e))])
            at = e
    pieces.append(text[at:end])
    return "".join(pieces)


_THAN = re.compile(r"(?<![占同环对])[比较](?:前|上)?$")
_GREW = re.compile(
    r"(?:同期|期?末|[年月]?[底初]|时期|期间)?(?:也|均|又|再|还|分别|年均|累计|总体|平均|实现)*+(?:增|减|提[高升]|上[升涨]|下[降跌]|降|回落|翻|改善|扩大|收窄|压[减缩]|涨|缩[短小])"
)


def _before_base(text: str, start: int, end: int) -> int:
    """Where the words end in front of a time: the 比 of 产值比2020年增长9% goes with it."""
    if text[start - 1 : start] in ("比", "较", "前", "上") and _GREW.match(text, end):
        than = _THAN.search(text, max(0, start - 3), start)
        return than.start() if than else start
    return start


def strip_frame(words: str) -> str:
    """Strip from both ends what names no indicator."""
    lead, tail = _frames()
    changed = True
    while changed and words:
        changed = False
        match = lead.match(words)
        if match and match.end() and not _PROTECTED_LEAD.match(words):
            words, changed = words[match.end() :], True
            continue
        match = tail.search(words, max(0, len(words) - 8))
        if match:
            words, changed = words[: match.start()], True
    return words


def _name(
    text: str,
    discourse: Discourse,
    figure: Mention,
    previous: Mention | None,
    following: Mention | None,
    times: list[tuple[int, int]],
    state: _State,
) -> None:
    clause_start, clause_end = discourse.clause_at(figure.start)
    start = clause_start
    if previous is not None and previous.end > start:
        start = previous.end
    left = _without(text, start, figure.start, times)
    right_end = min(clause_end, following.start if following else clause_end)
    right = _without(text, figure.end, right_end, times)
    same_clause = previous is not None and previous.end >= clause_start
    bracketed = start == clause_start and text.endswith(("）", ")"), 0, start)
    if bracketed and (aside := _ASIDE.search(text, max(0, start - 30), start)):
        left = aside["before"] + left  # 中欧班列（云溪）开行600列

    if (
        same_clause
        and previous is not None
        and previous.rules[-1] == "indicator.compared"
        and figure.unit == previous.unit
        and _CHAIN_LINK.fullmatch(left)
    ):
        # 分别比全省低6.3个百分点和4.2个百分点
        figure.indicator = previous.indicator
        lower = _LOWER.search(text, clause_start, previous.start) if previous.value is None else previous.value < 0
        if lower:
            _negate(figure)
        figure.rules.append("indicator.compared")
        return
    if same_clause and state.chain and _CHAIN_LINK.fullmatch(left):
        _set(figure, state.chain.pop(0), state.suffix, state, "indicator.respectively")
        return
    state.chain = []
    if "分别" in left and (names := _respectively(text, left, discourse, figure, times, state.listed)):
        subjects, suffix = names
        state.chain, state.suffix, state.listed = subjects[1:], suffix, subjects
        _set(figure, subjects[0], suffix, state, "indicator.respectively")
        _sign(figure, left)
        return

    if same_clause and previous is not None and previous.indicator and _RISEN_TO.fullmatch(left):
        # 由5.24亿元增加到15.07亿元: both are the same quantity
        figure.indicator = previous.indicator
        figure.rules.append("indicator.risen_to")
        return
    if figure.kind == "percentage":
        _name_percentage(figure, left, right, text[start : figure.start], state)
        if figure.unit != "x" and figure.value is not None and _FALLEN_BY.search(left):
            _negate(figure)
    elif figure.kind == "rank":
        won = _WON.search(left)
        subject = strip_frame(won["what"] if won else _TAKES_PLACE.split(left)[0])
        subject = re.sub(r"(?:工作|中?由|中|[在居从由]?(?:全[省市县区国州盟旗球]|世界)|从)$", "", subject)
        if _PLACE.fullmatch(subject) and (told := _from_previous_clause(text, discourse, figure, times)):
            subject = told  # 全市项目建设考核，开发区确保保持第一名
        if subject in ("增速", "增幅", "总量", "增量", "金额", "数量", "规模", "均"):
            subject = re.sub(r"(?:增长|增速|增幅)$", "", state.subject or state.indicator) + subject
        if len(subject) < 2 and len(state.listed) > 1 and text.startswith("、第", figure.end):
            # 游客人数、旅游收入分别增长12%、15%，列全市第五、第三
            subject, *state.chain = state.listed
            state.suffix = ""
        if len(subject) < 2:
            own = state.indicator if state.named_in == state.sentence else ""
            if previous is not None and previous.kind == "rank" and "figure.rank_move" in figure.rules:
                own = previous.indicator or own
            subject = own or _from_previous_clause(text, discourse, figure, times) or state.indicator or state.subject
        figure.indicator = subject
        figure.rules.append("indicator.rank")
    else:
        _name_quantity(text, discourse, figure, left, right, same_clause, (clause_start, clause_end), state, times)
    if not figure.indicator:
        told = _from_previous_clause(text, discourse, figure, times) if left in ("由", "从", "由的", "从的") else ""
        figure.indicator = told or state.subject or _from_previous_clause(text, discourse, figure, times)
        figure.rules.append("indicator.inherited")
    if not figure.indicator and previous is not None:
        figure.indicator = previous.indicator
    state.named_in = state.sentence
    if figure.kind != "rank":
        state.indicator = figure.indicator or ""


def _set(figure: Mention, subject: str, suffix: str, state: _State, rule: str) -> None:
    figure.indicator = subject + suffix
    state.subject, state.indicator = subject, figure.indicator
    figure.rules.append(rule)
    lower = suffix in ("下降", "降低", "减少", "回落") or _BELOW.fullmatch(suffix)
    if lower and figure.kind == "percentage":
        _negate(figure)


def _set_compared(figure: Mention, subject: str, match: re.Match[str]) -> None:
    """What is higher or lower than the `base` of the match; `how` says which."""
    figure.indicator = f"{subject}比{match['base']}"
    figure.rules.append("indicator.compared")
    if match["how"][0] in "低慢少落滞差" and figure.unit != "x":
        _negate(figure)


def _sign(figure: Mention, left: str) -> None:
    if figure.kind == "percentage" and figure.unit != "x" and _FALL.search(left):
        _negate(figure)


def _negate(figure: Mention) -> None:
    """Make a figure, or both ends of a range, negative."""
    if figure.value:
        figure.value = -abs(figure.value)
        if figure.upper is not None:
            figure.value, figure.upper = -abs(figure.upper), figure.value


def _name_percentage(figure: Mention, left: str, right: str, written: str, state: _State) -> None:
    """`written`: the text to the left with its times, of which one may be a base: 是2026年的2.6倍."""
    plain = _REACHING.sub("", left)
    if match := _COMPARED.search(left):
        subject = strip_frame(left[: match.start()])
        if len(subject) < 3:
            subject = re.sub(r"(?:增长|增速|增幅)$", "", state.subject) + (subject or "")
        _set_compared(figure, subject, match)
        return
    if figure.unit == "pp" and (match := _THAN_A_YEAR.search(written)):
        state.subject = strip_frame(written[: match.start()]) or state.indicator
        _set_compared(figure, state.subject, match)
        return
    if figure.unit in ("pp", "%") and (match := _OTHER_THAN.search(written)):
        subject = strip_frame(written[: match.start()])
        _set_compared(figure, subject if len(subject) >= 2 else state.indicator or state.subject, match)
        return
    if "figure.doubling" in figure.rules:
        subject = strip_frame(re.sub(r"[比较][^，。]{1,8}$", "", left))
        state.subject = subject if len(subject) >= 2 else state.subject
        figure.indicator = state.subject + "增长"
        figure.rules.append("indicator.growth")
        return
    if figure.unit == "x" and (match := _MULTIPLE_OF.search(written)):
        figure.indicator = f"{strip_frame(written[: match.start()]) or state.subject}与{match['base']}之比"
        figure.rules.append("indicator.ratio")
        return
    if match := _PLAN_RATE.search(left):
        subject = strip_frame(left[: match.start()]) or state.subject
        figure.indicator = f"{subject}{match['plan']}完成率"
        figure.rules.append("indicator.completion_rate")
        if strip_frame(left[: match.start()]):
            state.subject = subject
        return
    if match := _PLAN_DONE.search(left):
        subject = strip_frame(left[: match.start()]) or state.subject
        figure.indicator = f"{subject}{match['plan']}完成率"
        figure.rules.append("indicator.completion_rate")
        return
    if match := _LESS_THAN_WHOLE.search(left):
        figure.indicator = f"{state.part()}占{match['whole']}"
        figure.bound = {"超": "min", "多": "min"}.get(match["how"][0], "max")
        figure.rules.append("indicator.share")
        return
    if match := _PROPORTION.search(left):
        subject = strip_frame(left[: match.start()])
        if len(subject) < 2:
            subject = state.indicator or state.subject
        figure.indicator = state.subject = f"{subject}占比"
        figure.rules.append("indicator.share")
        return
    if match := _SHARE.search(left):
        subject = strip_frame(left[: match.start()])
        if len(subject) < 2:
            subject = state.part()
        figure.indicator = f"{subject}占{match['whole']}" + ("比重" if "比重" in match.group() else "")
        figure.rules.append("indicator.share")
        return
    match = _GROWTH.match(plain)
    if (match and figure.unit != "x") or (match and "是" not in left[-4:]):
        assert match is not None
        subject = strip_frame(match["np"])
        if len(subject) < 2:
            subject = state.share() or state.subject if figure.unit == "pp" else state.subject
        growth = match["growth"]
        if _PLACE.fullmatch(subject):
            subject += state.measured
        else:
            state.measured = _PLACE_FIRST.sub("", subject, count=1)
        figure.indicator = subject if subject.endswith(growth) else subject + growth
        state.subject = subject or state.subject
        figure.rules.append("indicator.growth")
        _sign(figure, left)
        return
    subject = strip_frame(left)
    if subject in ("增速", "增幅"):  # 工业投资达到33亿元，增速保15%
        subject = re.sub(r"(?:增长|增速|增幅)$", "", state.subject) + subject
    if len(subject) >= 2:
        state.subject = subject
        if right.startswith("增长") and not subject.endswith(("增长", "增速")):  # 旅游保持两位数增长
            subject += "增长"
        figure.indicator = subject
        figure.rules.append("indicator.before")
        if _BELOW_OR_FALLEN.search(left):
            _sign(figure, left)
        return
    noun = _RIGHT.match(right)
    if noun and len(noun["np"]) >= 3 and noun["np"][0] != "占":
        figure.indicator = strip_frame(noun["np"])
        figure.rules.append("indicator.behind")


def _name_quantity(
    text: str,
    discourse: Discourse,
    figure: Mention,
    left: str,
    right: str,
    same_clause: bool,
    clause: tuple[int, int],
    state: _State,
    times: list[tuple[int, int]],
) -> None:
    if match := _DIFFERENCE.search(text, clause[0], figure.start):
        subject = strip_frame(_NUMBERED_END.sub("", strip_frame(_without(text, clause[0], match.start(), times))))
        state.subject = subject if len(subject) >= 2 else state.subject  # 产值比去年增加3亿元，达到20亿元
        figure.indicator = f"{state.subject}{match['base']}"
        figure.rules.append("indicator.difference")
        if match["less"] and figure.value is not None:
            figure.value = -figure.value
        return
    subject = strip_frame(left)
    grows = figure.kind in ("amount", "measure") or left.endswith("净增")
    growth = _GROWTH.match(left) if grows else None
    if growth and growth["growth"] in ("净增", "增加", "减少", "提高", "增长") and not left.endswith(("到", "至")):
        base = strip_frame(growth["np"])
        if _AVERAGE_ONLY.fullmatch(base):  # 环卫工人工资逐年提高，月人均提高320元
            told = _from_previous_clause(text, discourse, figure, times) or state.subject
            base = _ON_THE_RISE.sub("", told) + base
        subject = (base if len(base) >= 2 else state.subject.removesuffix(growth["growth"])) + growth["growth"]
    linked = (same_clause and left[:1] in "、和及与") or (not left and same_clause)
    verb = _kept_verbs().match(subject)
    noun = None if left.endswith(("从", "由")) else _RIGHT.match(right)
    behind = _noun_behind(noun["np"]) if noun and figure.kind != "amount" else ""
    if noun and figure.kind == "amount" and (not subject or subject.endswith(_LIGHT_ENDINGS)):
        behind = strip_frame(_plain_noun(noun["np"]))
    if behind and left[-1:] == "等":
        subject, verb = "", None
    if figure.kind == "amount" and noun and (use := _USED_AS.match(noun["np"])):
        behind, subject, verb = strip_frame(use["what"]), "", None  # 拿出5000万元作项目前期经费
    if not behind and figure.kind == "amount" and left.endswith("的") and noun and figure.role == "value":
        behind = strip_frame(_plain_noun(noun["np"]))
    if behind and not subject and state.noun and _STAGE_ONLY.fullmatch(behind):
        behind = behind + _STAGE_END.sub("", state.noun)
    elif behind and figure.kind == "count":
        stage = _STAGE_ONLY.match(behind)
        state.noun = (behind[stage.end() :] if stage else "") or behind
    if behind:
        prefix = ""
        if left.endswith("的") and not verb and 2 <= len(subject) <= 14:
            prefix = subject
        if verb and verb.end() == len(subject):
            prefix = subject
        elif verb and len(subject) <= 12:
            prefix = verb.group()
        elif linked and state.verb and state.verb_clause == clause:
            prefix = state.verb
        figure.indicator = prefix + behind
        figure.rules.append("indicator.behind")
        state.subject = state.counted = figure.indicator
    elif len(subject) >= 2:
        if _PLACE.fullmatch(subject) and state.measured and figure.kind == state.measured_kind:
            subject += state.measured
        else:
            state.measured, state.measured_kind = _PLACE_FIRST.sub("", subject, count=1), figure.kind
        noun_of_stage = ""
        if state.noun and figure.kind == "count" and _STAGE_ONLY.fullmatch(subject):
            noun_of_stage = _STAGE_END.sub("", state.noun)
            subject, verb = subject + noun_of_stage, None
        if listed := _LISTED.match(subject):
            subject, verb = listed["noun"], None
        bare = subject.replace("计划", "").replace("完成", "")
        if bare in ("总量", "规模", "总规模") and state.subject:
            subject, verb = state.subject, None
        elif bare in _NEEDS_OWNER:
            spent = bare == "投资" == left and match_at(_SPENT_ON, text, figure.end)
            owner = (
                (_owner_ahead(text, figure, discourse) if spent else "")
                or state.owner()
                or _from_previous_clause(text, discourse, figure, times)
                or _owner_ahead(text, figure, discourse)
                or state.topic
            )
            owner = "" if _NO_OWNER.search(owner) else owner
            subject = owner + (bare.removeprefix("项目") if owner.endswith("项目") else bare)
            verb = None
        if linked and state.verb and state.verb_clause == clause and not verb:
            subject = state.verb + subject
        figure.indicator = subject
        figure.rules.append("indicator.before")
        state.subject = subject
        if figure.kind == "count" and text[clause[0] - 1 : clause[0]] not in ("(", "（"):
            # 项目20个，开工5个，竣工3个: the stage of one figure is none of the next one's
            if not subject.endswith("类"):  # 重点项目84个，其中工业类9个，总投资27亿元: of all of them
                state.counted = subject
            state.noun = noun_of_stage or _STAGED.sub("", subject)
    elif subject and state.subject:
        figure.indicator = state.subject
        figure.rules.append("indicator.inherited")
    if verb and not linked:
        state.verb, state.verb_clause = verb.group(), clause
    elif not linked:
        state.verb = ""


_ON_THE_RISE = re.compile(
    r"(?:再次|继续|稳步|大幅|不断|逐步|逐年|进一步){0,3}(?:提高|增长|增加|上调|提升|下降|(?<=[续次步幅断年])提).*$"
)
_AVERAGE_ONLY = re.compile(r"每?[年月]?[人户亩]?均")
# 投资15亿元实施了云溪河治理工程
_SPENT_ON = re.compile(
    r"[，,]?(?:用于|组织|加快|全面|重点|集中)?(?:完成(?=\d)|铺设|实施|建设|新建|改造|启动|推进|开工)(?:建设)?了?"
)
# 建设云溪学院等创新平台16家
_LISTED = re.compile(r".{3,}等(?!级)(?P<noun>[一-鿿]{2,10})$")
# What belongs to somebody: 龙头企业22家，实现销售收入54亿元
_NEEDS_OWNER = frozenset(
    "投资 总投资 年度投资 项目总投资 总规模 总量 总数 产量 产值 总产值 销售收入 "
    "主营业务收入 营业收入 税收 利税 利润 入库税金 增加值 总面积 面积 贷款 收入 "
    "实物工作量 工程投资 到位资金 资金".split()
)
_NO_OWNER = re.compile(r"(?<![主重需])要|必须|务必|确保")  # 港口集团要当好主力军，完成投资
_USED_AS = re.compile(
    r"(?:用作|作为|作(?![物业坊用家])|设立|建立)(?P<what>[一-鿿]{2,12}(?:资金|经费|基金|奖金|补助|贷款))"
)
_LIGHT = frozenset(["投入", "安排", "争取", "发放", "筹措", "下达", "拨付", "整合", "撬动", "吸引", "落实", "拿出"])
_LIGHT_ENDINGS = tuple(_LIGHT)


def _plain_noun(words: str) -> str:
    """The noun behind an amount, without what happens to it: 3亿元建设资金全部到位 → 建设资金."""
    return re.split(r"全部|等等|到位|已|将|(?<![主重需])要|实施|用于|支持|妥善|建设了", words)[0]


def _noun_behind(words: str) -> str:
    """The noun behind a count, with what it does or has reached before it: 个项目正式投产 → 正式投产项目."""
    words = _AND_ANOTHER_CLASS.split(_HAS_REACHED.sub("", words))[0]
    if match := _FOR_WHOM.match(words):
        return strip_frame(match["what"]) + strip_frame(match["who"])
    match = _PREDICATE.match(words)
    if match:
        noun, rest = match["np"], match["rest"]
        while more := _CLASS_NOUN.match(rest):  # 道路 + 工程, 高速公路 + 项目
            noun, rest = noun + more.group(), rest[more.end() :]
        if re.fullmatch(r".{0,6}(?:组|办|库|队|会)", rest):
            return strip_frame(noun + rest)
        relative = rest.startswith("的")
        rest, noun = strip_frame(rest), strip_frame(noun)
        stage = _STAGE.match(rest)
        if stage:
            return strip_frame(stage.group()).removeprefix("全部") + noun
        if more := _REST_OF_NAME.fullmatch(rest):
            return noun + more["rest"]
        if re.fullmatch(r"(?:中|内|里|等|的?建设|加快建设|上|的.*|为)?", rest) and not relative:
            return noun
        extra = re.sub(r"^(?:被|获|达到|成为|至今|同时|进行|了|的)+", "", re.split(r"[和及]", rest)[0])
        if len(noun) <= 8 and 2 <= len(extra) <= 20:
            return extra + noun
        cut = _CUT_RIGHT.search(rest)
        return noun + (rest[: cut.start()] if cut else rest)[:8]
    cut = _CUT_RIGHT.search(words)
    noun = words[: cut.start()] if cut and cut.start() >= 1 else words if not cut else ""
    stage = _STAGE.search(noun, 2)
    if stage:
        return strip_frame(stage.group()) + strip_frame(noun[: stage.start()])
    return strip_frame(noun[:24].removesuffix("建设") if len(noun) > 5 else noun)


_AND_ANOTHER_CLASS = re.compile(r"(?<=项目|工程|企业|园区|中心)(?:和|及|与)|[、和及与](?=\d)")
_HAS_REACHED = re.compile(rf"^(?:实现|已经?)(?={_STAGE_ONLY.pattern}[。；;]?$)")  # 其中4条实现通车
# 未来产业 + 加速园建设: the class word was the beginning of a longer name
_REST_OF_NAME = re.compile(
    r"(?P<rest>[一-鿿]{0,4}(?:园区?|区|基地|中心|试点|平台|集群|联盟|[城站馆院所库厂场]))(?:作用|的?建设)?"
)
_DOES = re.compile(r"(?:重点|集中|主要)?(?:实施|建成|建设|完成(?!.{0,3}[\d])|改造|新建|用于|集中|启动|开工|打造|对)")


def _owner_ahead(text: str, figure: Mention, discourse: Discourse) -> str:
    """完成投资5.2亿元，建成保障性住房2262套: what the money went into stands in the next clause."""
    sentence = discourse.sentences[discourse.sentence_at(figure.start)]
    rest = re.match(r"[，,]?([^，,。；;]{2,30})", text[figure.end : sentence.end])
    if not rest:
        return ""
    spent = match_at(_SPENT_ON, text, figure.end) is not None and text.endswith("投资", 0, figure.start)
    if not _DOES.match(rest[1]) and not spent:
        return ""
    words = re.sub(r"[\d.]+[万亿]*[一-鿿]{1,2}(?:以上|左右)?.*$", "", rest[1])
    if len(strip_frame(words)) < 3:
        words = re.sub(r"^.*[\d.]+[万亿]*(?:平方米|公里|[个项家户栋座条套所处])", "", rest[1])
    words = strip_frame(words)
    if words.endswith("等"):
        return ""  # 投资3亿元，启动云溪、东岭等5个片区改造
    if verb := _kept_verbs().match(words):
        words = strip_frame(words[verb.end() :])
    return words if 2 <= len(words) <= 24 and not re.search(r"\d", words) else ""


def _respectively(
    text: str, left: str, discourse: Discourse, figure: Mention, times: list[tuple[int, int]], listed: list[str]
) -> tuple[list[str], str] | None:
    """The subjects of 分别 and what all of them share: A、B和C分别增长 → [A, B, C], 增长.

    listed: the subjects of an earlier 分别 in the sentence, which a second one takes up:
    分别为3元、5元，分别增长1%、2%.
    """
    before, _, after = left.partition("分别")
    how = "" if figure.kind == "rank" else strip_frame(after)
    head = strip_frame(before)
    if listed and (not head or _THAN_BEFORE.fullmatch(head)):
        return listed, how
    items = _items(head)
    if len(items) < 2:
        sentence = discourse.sentences[discourse.sentence_at(figure.start)]
        at = sentence.clause_index(figure.start)
        if at == 0:
            return None
        start, end = sentence.clauses[at - 1]
        several = _subjects_of_clauses(text, sentence.clauses[:at], figure, times)
        if several:
            return several, _rate_of(figure, after) or head + how
        earlier = _ON_THE_RISE.sub("", _without(text, start, end, times))
        items = [_NUMBERED_END.sub("", item) for item in _items(strip_frame(earlier))]
        if len(items) < 2:
            return None
        places = [place.group() for place in map(_PLACE.match, items) if place]
        if len(places) == len(items):  # 云溪县、东岭区进度较快，分别完成…
            items = places
        how = head + how
    return items, _rate_of(figure, after) or how


# 比上年分别增长12%、20%: what is compared, but nothing that is measured
_THAN_BEFORE = re.compile(
    r"(?:同比|环比|[比较](?:上年|去年|上月|上季度|同期|去年同期|上年同期|全[省市国县区](?:平均)?)?|均|也|又|还)+"
)
_BELOW = re.compile(r"[比较].{1,16}[低慢少]")
_NUMBERED_END = re.compile(r"(?<=[一-鿿]{2})\d.*$")
_AND_ANOTHER = re.compile(r"[、和及与](?:约|近|超|第|不足)?\d")


def _rate_of(figure: Mention, words: str) -> str:
    """What 分别完成年度计划的52% measures of each."""
    rate = _PLAN_RATE.search(words) if figure.kind == "percentage" else None
    return rate["plan"] + "完成率" if rate else ""


def _subjects_of_clauses(
    text: str, clauses: list[tuple[int, int]], figure: Mention, times: list[tuple[int, int]]
) -> list[str]:
    """总产值完成402亿元，固定资产投资完成176亿元，分别…: the subjects of the last clauses, one for each figure."""
    further = len(_AND_ANOTHER.findall(re.split(r"[，,。；;]", text[figure.end : figure.end + 60])[0]))
    if not further or len(clauses) < further + 1:
        return []
    subjects = []
    for start, end in clauses[-further - 1 :]:
        words = _without(text, start, end, times)
        subject = strip_frame(_NUMBERED_END.sub("", words))
        if subject == strip_frame(words) or len(subject) < 2 or "、" in subject or subject in _LIGHT:
            return []  # no figure in it, or no subject of its own
        subjects.append(subject)
    return subjects if not _GROWTH.match(subjects[-1]) else []


# 粮食、油料、蔬菜产量 are three outputs
_SHARED_TAIL = re.compile(
    r"(?:总?(?:产量|产值|面积|投资|消费|收入|税收|贷款|存款|销量|销售额|进出口|出口|用电量|存栏|出栏)|增加值|处理率|利用率|覆盖率|普及率|就业率|入学率|合格率|完成率)$"
)


# 游客人数、旅游收入 are two of their own
_MEASURES = re.compile(rf"{_SHARED_TAIL.pattern}|(?:人数|人次|[总数]量|总额|总值|增速|浓度)$")
_OF_CLASS = re.compile(r".*以[上下](?P<noun>[^以]{2,12})$")


def _items(words: str) -> list[str]:
    if match := re.match(r"([一二三]{2,3})(产|次产业)(.*)$", words):
        return [f"{c}{match[2]}{match[3]}" for c in match[1]]
    if words.startswith("三次产业"):
        return [f"{c}产{words.removeprefix('三次产业')}" for c in "一二三"]
    items = [i for i in re.split(r"[、,，]|和|以及|及|与", words) if i]
    if len(items) < 2:
        return items
    first, last = items[0], items[-1]
    if (of_class := _OF_CLASS.match(last)) and all(item.endswith(("以上", "以下")) for item in items[:-1]):
        return [item + of_class["noun"] for item in items[:-1]] + [last]  # 亿元以上、10亿元以上项目
    tail = _SHARED_TAIL.search(last)
    if tail and 0 < tail.start() <= len(first) + 1 and not any(_MEASURES.search(i) for i in items[:-1]):
        return [i + tail.group() for i in items[:-1]] + [last]
    if len(last) >= len(first) + 3 and len(first) <= 3:
        # 城镇和农村常住居民人均可支配收入: the tail belongs to each
        rest = last[len(first) :]
        items = [i + rest if len(i) <= 3 else i for i in items[:-1]] + [last]
    return items


def _from_previous_clause(text: str, discourse: Discourse, figure: Mention, times: list[tuple[int, int]]) -> str:
    sentence = discourse.sentences[discourse.sentence_at(figure.start)]
    at = sentence.clause_index(figure.start)
    if at == 0:
        return ""
    start, end = sentence.clauses[at - 1]
    words = strip_frame(_without(text, start, end, times))[:14]
    return "" if _SAYS.search(words) else words


# a clause that tells or orders something names nothing
_SAYS = re.compile(r"[\d了没不就才]|(?:机制|力度|保障|服务|体系|原则|要求|责任|形势|期|头|关系)$")
