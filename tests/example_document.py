"""A Document with a record of each kind, for the tests of models and outputs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import speechparse as sp
from speechparse.records import Removal, Repair, Speech, Warning, When

TEXT = "确保固定资产投资95亿元以上，力争年底前开工鹿鸣铜基新材料产业园等28个项目。"


def place(words: str) -> dict[str, Any]:
    at = TEXT.index(words)
    shared = {"start": at, "end": at + len(words), "raw_start": at, "raw_end": at + len(words), "speech": 0}
    return {"text": words, "rule": "test.rule", **shared}


FULL = sp.Document(
    source="a.txt",
    encoding="utf-8",
    title="讲话",
    date="201X-08-24",
    text=TEXT,
    speeches=[Speech(title="讲话", date="201X-08-24", start=0, end=len(TEXT))],
    records=[
        sp.Amount(
            **place("95亿元以上"),
            value=Decimal("9.5E+9"),
            unit="CNY",
            bound="min",
            indicator="固定资产投资",
            status="target",
            strength="must",
        ),
        sp.Deadline(**place("年底前"), latest="201X-12-31"),
        sp.Project(**place("鹿鸣铜基新材料产业园"), name="鹿鸣铜基新材料产业园"),
        sp.Count(
            **place("28个"),
            value=None,
            unit="个",
            indicator="项目",
            status="target",
            strength="strive",
            when=When(text="年底前", latest="201X-12-31"),
        ),
        sp.Percentage(**place("28"), value=Decimal("-0.50"), unit="%", bound="range", upper=Decimal("1E+1")),
        sp.Measure(**place("28"), value=Decimal(1), unit="亩", role="attribute", of="产业园"),
        sp.Rank(**place("28"), value=Decimal(10), unit="位", bound="max"),
        sp.Period(**place("年底"), earliest="2016-01-01"),
    ],
    repairs=[Repair(rule="r", raw_start=0, raw_end=1, start=0, end=1, before="確", after="确")],
    removals=[Removal(rule="r", raw_start=0, raw_end=1, text="首页")],
    warnings=[Warning(code="c", message="m", start=0, end=1)],
    raw=TEXT,
)


def document(*records: sp.Record, raw: str = TEXT, source: str = "b.txt") -> sp.Document:
    return sp.Document(
        source=source, encoding="utf-8", text=TEXT, speeches=[Speech(start=0, end=1)], records=list(records), raw=raw
    )


def amount(value: str | None, unit: str = "CNY", upper: str | None = None, **fields: object) -> sp.Amount:
    numbers = {"value": value and Decimal(value), "upper": upper and Decimal(upper)}
    return sp.Amount(**place("95亿元以上"), unit=unit, **numbers, **fields)
