"""What the finders hand to the linkers: a span of the clean text with what is known about it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from speechparse.records import FIGURE_KINDS


@dataclass(slots=True, eq=False)
class Mention:
    """A figure, a time or a project name, in the making. Finders set its span and value, linkers the rest."""

    kind: str
    start: int
    end: int
    rules: list[str]
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    bound: str = "exact"
    role: str = "value"
    indicator: str | None = None
    indicator_id: str | None = None
    status: str | None = None
    strength: str | None = None
    of: str | None = None
    comparison: str | None = None
    when: Mention | None = None
    earliest: str | None = None
    latest: str | None = None
    name: str = ""
    governs: list[Mention] = field(default_factory=list)
    """of a time: the figures it governs"""

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURE_KINDS

    @property
    def is_duration(self) -> bool:
        """A length of time: it is not governed by another time, and the figures around it are not its list."""
        return self.kind == "measure" and self.unit in ("天", "工作日", "月", "季度", "年", "小时", "分钟")
