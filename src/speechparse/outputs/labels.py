"""The words that a report page shows, in English and in Chinese."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping
from enum import StrEnum

from speechparse.errors import OptionsError

Labels = Mapping[str, str]

_WORDS = {
    # name: English, Chinese
    "actual": ("reported", "实际"),
    "all_records": ("All records", "全部记录"),
    "amount": ("amounts", "金额"),
    "base_value": ("value in base units", "数值（基本单位）"),
    "body": ("responsible", "责任单位"),
    "bound": ("bound", "界限"),
    "capacity": ("capacity", "规模"),
    "changes": ("What was repaired and removed", "修复与删除"),
    "changes_folded": ("changes:", "改动："),
    "characters": ("characters", "字"),
    "close": ("Close", "关闭"),
    "copied": ("rows copied", "行已复制"),
    "copy": ("Copy for a spreadsheet", "复制到表格"),
    "count": ("counts", "数量"),
    "date": ("date", "日期"),
    "dates": ("dates", "起止日"),
    "deadline": ("deadlines", "时限"),
    "due": ("deadline", "时限"),
    "encoding": ("encoding", "编码"),
    "goal": ("goal", "目标"),
    "in_raw": ("in the raw text", "在原文中"),
    "in_text": ("in the clean text", "在正文中"),
    "indicator": ("indicator", "指标"),
    "investment": ("investment", "投资"),
    "kind": ("kind", "类别"),
    "lang": ("en", "zh-CN"),
    "masked_days": ("X: a digit that the source has masked or does not say", "X：来源隐去或没有写明的数字，按未知处理"),
    "measure": ("measures", "实物量"),
    "mentions": ("mentions", "提及"),
    "name": ("indicator or name", "指标或名称"),
    "no_targets": ("No targets were found.", "未发现目标。"),
    "of": ("of", "属于"),
    "outline": ("Outline", "提纲"),
    "parts": ("Parts and wholes", "总分"),
    "percentage": ("percentages", "百分比"),
    "period": ("periods", "时期"),
    "place": ("place", "地点"),
    "plan": ("planned", "计划"),
    "project": ("projects", "项目"),
    "projects": ("Projects", "项目"),
    "rank": ("ranks", "位次"),
    "raw": ("Raw text", "原文"),
    "raw_place": ("raw line:col", "原文行:列"),
    "record": ("Record", "记录"),
    "records": ("records", "记录"),
    "reports": ("Speeches", "讲话"),
    "role_status": ("status or role", "性质或角色"),
    "rule": ("rules", "规则"),
    "shown": ("records are shown", "条记录可见"),
    "skip": ("Skip to the text", "跳到正文"),
    "skip_changes": ("Skip to what was repaired", "跳到修复与删除"),
    "skip_targets": ("Skip to the targets", "跳到目标"),
    "source": ("source", "来源"),
    "speaker": ("speaker", "讲话人"),
    "stage": ("stage", "进度"),
    "status": ("status", "性质"),
    "strength": ("strength", "力度"),
    "target": ("targets", "目标"),
    "targets": ("Targets", "目标"),
    "text": ("Text", "正文"),
    "tiers": ("Targets in two tiers", "两档目标"),
    "timeline": ("Deadlines", "时间表"),
    "title": ("title", "标题"),
    "unchanged": ("unchanged", "未改动"),
    "value": ("value", "数值"),
    "warnings": ("Warnings", "提示"),
    "when": ("when", "时间"),
    "words": ("text", "原话"),
    # of single records; see `named`
    "bound about": ("about", "左右"),
    "bound exact": ("", ""),
    "bound max": ("at most", "至多"),
    "bound min": ("at least", "至少"),
    "bound range": ("range", "区间"),
    "kind amount": ("amount", "金额"),
    "kind count": ("count", "数量"),
    "kind deadline": ("deadline", "时限"),
    "kind measure": ("measure", "实物量"),
    "kind percentage": ("percentage", "百分比"),
    "kind period": ("period", "时期"),
    "kind project": ("project", "项目"),
    "kind rank": ("rank", "位次"),
    "role attribute": ("attribute", "项目属性"),
    "role threshold": ("threshold", "门槛"),
    "role value": ("value", "数值"),
    "status actual": ("actual", "实际"),
    "status plan": ("plan", "计划规模"),
    "status target": ("target", "目标"),
    "strength must": ("must", "确保"),
    "strength plan": ("plan", "预计"),
    "strength strive": ("strive", "力争"),
}


class Language(StrEnum):
    """The languages of `_WORDS`, in the order of its columns."""

    EN = "en"
    ZH = "zh"


def local_language() -> Language:
    """The language that the environment asks for, in the order of GNU gettext: LANGUAGE, LC_ALL, LC_MESSAGES, LANG.

    LANGUAGE counts only beside a locale that is not `C`. Where none of them is set, as on Windows, the locale of the
    system counts.
    """
    locales = filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    setting = next(locales, None) or locale.getlocale(locale.LC_CTYPE)[0] or "C"
    if setting.partition(".")[0] in ("C", "POSIX"):
        return Language.EN
    first = (os.environ.get("LANGUAGE") or setting).partition(":")[0]
    return Language.ZH if first.lower().startswith(("zh", "chinese")) else Language.EN


def labels(language: str) -> Labels:
    """The words in a language. Raises OptionsError for one that is not there."""
    if language not in list(Language):
        raise OptionsError(f"no language {language!r}: take one of {', '.join(Language)}")
    at = list(Language).index(Language(language))
    return {name: words[at] for name, words in _WORDS.items()}


def named(words: Labels, family: str, name: str | None) -> str:
    """The word for a `kind`, `bound`, `role`, `status` or `strength` of a record; nothing for none."""
    return words[f"{family} {name}"] if name else ""
