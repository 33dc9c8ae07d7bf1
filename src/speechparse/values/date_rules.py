"""The grammar of times: one rule for each part that a time may have, in the order in which they are tried.

A time is read from the coarse to the fine: 2021年 · 5月 · 第二周. A rule has a name, an example that is not read so
without it (a test sees to that), the pattern of its part, and the reader that narrows the scope of the parts before it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from speechparse.calendar_cn import SOLAR_TERMS
from speechparse.extract.figures import alternatives
from speechparse.extract.times import occasions
from speechparse.lazy import regex
from speechparse.values import date_parts as parts
from speechparse.values import durations
from speechparse.values.told import Reader


class Rule(NamedTuple):
    name: str
    example: str
    pattern: str
    read: Reader


@lru_cache(maxsize=1)
def rules() -> tuple[tuple[Rule, regex.Pattern[str]], ...]:
    """The rules with their patterns compiled; OCCASIONS, ERAS and RELATIVES in them are the words of lexicons."""
    words = {
        "OCCASIONS": alternatives([*(term for term, row in occasions().items() if row.day), *SOLAR_TERMS]),
        "ERAS": alternatives(parts.eras()),
        "RELATIVES": alternatives(parts.relatives()),
    }
    compiled = []
    for rule in RULES:
        pattern = rule.pattern
        for name, alternative in words.items():
            pattern = pattern.replace(name, alternative)
        compiled.append((rule, regex.compile(pattern)))
    return tuple(compiled)


_NUMBER = r"(?:\d{1,3}|[零〇一二两三四五六七八九十百廿卅]{1,5})"
_DIGIT = "[零〇一二三四五六七八九]"
_WEEK = r"(?:个?(?:周|星期|礼拜))"
_WEEKDAY = "[一二三四五六日天1-7]"
_STEP = r"(?P<step>上上|下下|上|下|本|这|当|同)[一1]?"
_ORDINAL = rf"(?P<ordinal>第{_NUMBER}|首|最后一|末)"
_UNIT = rf"(?P<unit>天|日|{_WEEK}|个?月|个?季度|年)(?P<half>半)?|个(?P<half>半)(?P<unit>月)"
_DURATION = rf"(?P<count>{_NUMBER}|半)(?:{_UNIT})"
# before and after: 3日前 is before the 3rd, 3月前 before March, and 2019年前 before 2019
_AGO = (
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]{1,4}|半)"
    rf"(?:(?P<unit>天|{_WEEK}|个月|个季度|年)(?P<half>半)?|个(?P<half>半)(?P<unit>月))"
)

RULES: tuple[Rule, ...] = (
    # so many from now; before the years, for 20年后 is no year 20
    Rule("ago", "五天前", rf"{_AGO}(?:之|以)?(?P<side>前|后)", durations.read_ago),
    Rule("within", "十天之内", rf"{_DURATION}(?:之|以)?内", durations.read_within),
    Rule("since", "三年来", rf"(?P<side>近|最近|过去)?{_DURATION}来", durations.read_last_or_next),
    Rule(
        "first_or_last",
        "2022年前五个月",
        rf"(?P<which>前|头|首|后|最后|末)(?P<count>{_NUMBER})(?P<unit>天|日|个?月|个?季度|{_WEEK})",
        parts.read_first_or_last,
    ),
    Rule(
        "last_or_next",
        "未来三天",
        rf"(?P<side>过去|最近|近|此前|前|上|未来|今后|接下来|往后|后|下)的?{_DURATION}",
        durations.read_last_or_next,
    ),
    # figures alone
    Rule(
        "figures",
        "2016-02-19",
        r"(?P<year>\d{4}|\d{2}(?=[-/.]\d{1,2}[-/.]))(?P<mark>[-/.])(?P<month>\d{1,2})"
        r"(?:(?P=mark)(?P<day>\d{1,2})日?|月)?(?!\d)",
        parts.read_figures,
    ),
    Rule("month_and_day", "8/15", r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)", parts.read_figures),
    Rule("eight_figures", "20160219", r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)", parts.read_figures),
    # years and more
    Rule("christian_year", "公元618年", r"(?:公元|西元)(?P<year>\d{1,4})年", parts.read_full_year),
    Rule(
        "year",
        "2016年",
        rf"(?P<year>\d{{4}}|{_DIGIT}{{4}})(?:年度?份?|财年|(?=$|农历|阴历|[上下]半年|第|Q))",
        parts.read_full_year,
    ),
    Rule("year_in_words", "两千零八年", r"(?P<year>[一二两]千[零〇一二三四五六七八九十百]*)年", parts.read_full_year),
    Rule("short_year", "九八年", rf"(?P<year>\d\d|{_DIGIT}{{2}})年度?", parts.read_short_year),
    Rule("two_years", "明后两年", r"(?P<years>[前去今明后]{2,3})[两三]年", parts.read_two_years),
    Rule("relative", "大前年", r"(?P<term>RELATIVES)", parts.read_relative),
    Rule("following_year", "2019年12月至次年3月", r"(?:次|翌)年", parts.read_following_year),
    Rule("era", "光绪三年", r"(?P<era>ERAS)(?P<year>元|\d{1,2}|[一二三四五六七八九十]{1,3})年", parts.read_era),
    Rule(
        "plan",
        "“十三五”期间",
        r"[“\"]?(?P<plan>十?[一二三四五六七八九十]五)[”\"]?(?:规划|计划)?(?:(?P<end>期?末)|期间|时期|期)?",
        parts.read_plan,
    ),
    Rule(
        "century",
        "20世纪末",
        r"(?:(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})|(?P<which>本|这个?|上个?))世纪"
        r"(?P<part>初期?|中叶|中期|末期?|上半叶|下半叶)?",
        parts.read_century,
    ),
    Rule(
        "decade",
        "上世纪90年代",
        rf"(?P<number>\d{{3}}0|{_DIGIT}{{3}}[零〇]|\d0|[一二三四五六七八九]?十)年代(?P<part>初期?|中期|末期?)?",
        parts.read_decade,
    ),
    Rule("lunar", "农历八月初八", r"农历|阴历|旧历|夏历", parts.read_lunar),
    # parts of a year
    Rule("year_edge", "2016年底", r"(?P<year>年|岁)?(?P<edge>初|中|底|末|终|尾)(?!旬)", parts.read_year_edge),
    Rule("half", "2016年下半年", r"(?P<half>[上下前后])半年度?", parts.read_half),
    Rule("half_from_now", "下个半年", rf"{_STEP}个半年", parts.read_half_from_now),
    Rule(
        "quarter",
        "三季度",
        r"第?(?P<quarter>[一二三四1-4])个?季度?|[Qq](?P<quarter>[1-4])(?:季度)?|(?P<quarter>首|末|最后一)个?季度?",
        parts.read_quarter,
    ),
    Rule("quarter_from_now", "下季度", rf"{_STEP}个?季度?", parts.read_quarter_from_now),
    Rule("quarter_edge", "三季度末", r"(?P<edge>初|中|底|末)", parts.read_quarter_edge),
    Rule("season", "2016年夏季", r"(?P<which>[今去明])?(?P<season>[春夏秋冬])[季天日]?(?!节|至|分)", parts.read_season),
    Rule(
        "occasion",
        "2016年国庆节",
        r"(?P<name>OCCASIONS)(?:节|日)?(?:当天|期间|假期|长假|佳节)?",
        parts.read_occasion,
    ),
    Rule("new_year_day", "大年初八", r"大年(?P<day>初[一二三四五六七八九十])", parts.read_new_year_day),
    # months and their parts
    Rule("ordinal_month", "2016年第九个月", rf"{_ORDINAL}个?月", parts.read_ordinal_month),
    Rule("lunar_month", "腊月", r"(?P<month>[正冬腊])月", parts.read_lunar_month),
    Rule(
        "month",
        "2016年8月",
        r"(?:这个)?(?P<leap>闰)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?",
        parts.read_month,
    ),
    Rule("month_from_now", "上个月", rf"(?:{_STEP}个?|全)月份?", parts.read_month_from_now),
    Rule(
        "month_edge",
        "8月中旬",
        r"(?P<month>月)?(?P<edge>中上旬|上中旬|中下旬|[上中下]旬|[上下]半月|初|中|底|末)",
        parts.read_month_edge,
    ),
    # weeks
    Rule("ordinal_weekday", "6月第二个周五", rf"{_ORDINAL}{_WEEK}(?P<weekday>{_WEEKDAY})", parts.read_ordinal_weekday),
    Rule("ordinal_week", "2016年第二周", rf"{_ORDINAL}{_WEEK}", parts.read_ordinal_week),
    Rule("week_from_now", "下周", rf"{_STEP}{_WEEK}", parts.read_week_from_now),
    Rule("weekend", "本周末", rf"(?P<week>{_WEEK})?末", parts.read_weekend),
    Rule("weekday", "周五", rf"[(]?(?P<week>{_WEEK})?(?P<weekday>{_WEEKDAY})[)]?", parts.read_weekday),
    # days
    Rule("ordinal_day", "2016年第100天", rf"{_ORDINAL}[天日]", parts.read_ordinal_day),
    Rule("lunar_day", "正月初五", r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)", parts.read_lunar_day),
    Rule(
        "day",
        "8月15日",
        r"(?P<day>[12]\d|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?P<unit>[日号])?",
        parts.read_day,
    ),
    Rule("today", "2016年8月到今", r"今(?=$)", parts.read_today),
    Rule(
        "part_of_day",
        "昨天上午",
        r"上午|下午|中午|早上|早晨|晚上|晚间|凌晨|傍晚|夜里|夜间|深夜|[早晚夜晨]",
        parts.read_part_of_day,
    ),
)
