"""The words that a report page shows, in English and in Chinese."""

from __future__ import annotations

import os
from collections.abc import Mapping

from speechparse.errors import OptionsError

Labels = Mapping[str, str]

_WORDS = {
    # name: English, Chinese
    "actual": ("reported", "已完成"),
    "amount": ("amounts", "金额"),
    "body": ("responsible", "责任单位"),
    "bound": ("bound", "界限"),
    "capacity": ("capacity", "规模"),
    "changes": ("What was repaired and removed", "修复与删除"),
    "copy": ("Copy for a spreadsheet", "复制到表格"),
    "count": ("counts", "数量"),
    "date": ("date", "日期"),
    "dates": ("first..last day", "起止日"),
    "deadline": ("deadlines", "时限"),
    "due": ("deadline", "时限"),
    "encoding": ("encoding", "编码"),
    "goal": ("goal", "目标"),
    "in_raw": ("in the raw text (line:column)", "原文位置（行:列）"),
    "in_text": ("in the clean text", "正文位置"),
    "indicator": ("indicator", "指标"),
    "investment": ("investment", "投资"),
    "kind": ("Kinds", "类别"),
    "masked_days": ("X: a digit that the source has masked", "X：来源中被隐去的数字，按未知处理"),
    "measure": ("measures", "实物量"),
    "mentions": ("mentions", "提及"),
    "must": ("must", "确保"),
    "no_targets": ("No targets were found.", "未发现目标。"),
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
    "records": ("records", "记录"),
    "reports": ("Speeches", "讲话"),
    "skip": ("Skip to the text", "跳到正文"),
    "source": ("source", "来源"),
    "speaker": ("speaker", "讲话人"),
    "stage": ("stage", "进度"),
    "status": ("Status", "性质"),
    "strength": ("strength", "力度"),
    "strive": ("strive", "力争"),
    "target": ("targets", "目标"),
    "targets": ("Targets", "目标"),
    "text": ("Text", "正文"),
    "tiers": ("Targets in two tiers", "两档目标"),
    "timeline": ("Deadlines", "时间表"),
    "title": ("title", "标题"),
    "value": ("value", "数值"),
    "warnings": ("Warnings", "提示"),
    "when": ("when", "时间"),
    "where": ("words, raw line:col", "原话，原文行:列"),
}
LANGUAGES = ("en", "zh")


def local_language() -> str:
    """`zh` where the environment asks for messages in Chinese (LC_ALL, LC_MESSAGES, LANG), else `en`."""
    setting = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if setting.lower().startswith("zh") else "en"


def labels(language: str) -> Labels:
    """The words in a language. Raises OptionsError for one that is not there."""
    if language not in LANGUAGES:
        raise OptionsError(f"no language {language!r}: take one of {', '.join(LANGUAGES)}")
    at = LANGUAGES.index(language)
    return {name: words[at] for name, words in _WORDS.items()}
