"""The records that speechparse makes of a speech, and the Document that holds them.

This is the JSON contract: `Document.model_dump_json()` is what `speechparse parse --format jsonl` prints. A change of
meaning changes `SCHEMA_VERSION`. Numbers are `Decimal` in Python and decimal strings in JSON. Offsets are half-open
and count characters: `start`, `end` in `Document.text`, `raw_start`, `raw_end` in the decoded raw text.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

if TYPE_CHECKING:
    import pandas as pd

    from speechparse.outputs.notebook import View
    from speechparse.projects_table import ProjectRow

SCHEMA_VERSION = "1"

Bound = Literal["exact", "min", "max", "about", "range"]
Role = Literal["value", "threshold", "attribute"]
Status = Literal["target", "actual", "plan"]
Strength = Literal["must", "strive", "plan"]

FIGURE_KINDS = ("amount", "count", "percentage", "measure", "rank")
KINDS = (*FIGURE_KINDS, "deadline", "period", "project")
STATUSES: tuple[str, ...] = get_args(Status)

YI = Decimal(100_000_000)

Number = Annotated[
    Decimal,
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json-unless-none"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, mode="serialization"),
]


_EARLIEST = "the first day, `YYYY-MM-DD`, an unknown digit is `X`; null: none, or it can't be known"
_LATEST = "the last day, `YYYY-MM-DD`, an unknown digit is `X`; null: none, or it can't be known"
_ENDS = "; of a range the lower end; null: lost or masked"
_DATE = "the day it was given, EDTF: `2016-02-19`, `201X-08-24`, `20XX`; null: the speech does not say"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Model):
    """The time that governs a figure: its words, and its first and last day (`X` for a digit that is not known)."""

    text: str = Field(description="its exact words")
    earliest: str | None = Field(default=None, description=_EARLIEST)
    latest: str | None = Field(default=None, description=_LATEST)


class _Record(_Model):
    """What every record has: its words, where they stand, and the rules that made it."""

    text: str = Field(description="the exact words, `Document.text[start:end]`")
    start: int = Field(description="where the words begin in `Document.text`, in characters from 0")
    end: int = Field(description="where the words end in `Document.text`, the offset behind the last one")
    raw_start: int = Field(description="where the words begin in the decoded raw text, in characters from 0")
    raw_end: int = Field(description="where the words end in the decoded raw text, the offset behind the last one")
    speech: int = Field(description="index into `Document.speeches`")
    rule: str = Field(description="the rules that found, valued and linked it, joined by a blank")


class _Figure(_Record):
    """A number of the world. `value` is None where the source has lost or masked it."""

    value: Number | None = Field(description="in base units" + _ENDS)
    upper: Number | None = Field(default=None, description="the higher end of a range, in the unit of `value`")
    unit: str
    bound: Bound = Field(
        default="exact",
        description="`exact`; `min` at least; `max` at most; `about`; `range` from `value` to `upper`",
    )
    role: Role = Field(
        default="value",
        description="`value`: the size of an indicator; `threshold`: it delimits a class of things;"
        " `attribute`: a property of one named project",
    )
    indicator: str | None = Field(
        default=None, description="of a `value`: what the figure measures, in the speech's own words"
    )
    indicator_id: str | None = Field(
        default=None, description="of a `value`: the harmonised indicator of indicators.tsv; null: none of them"
    )
    status: Status | None = Field(
        default=None,
        description="of a `value`: `target` to be reached, `actual` reported, `plan` a planned size that is quoted",
    )
    strength: Strength | None = Field(
        default=None, description="of a `target`: `must` (also where no word says it), `strive` or `plan`"
    )
    of: str | None = Field(
        default=None,
        description="of an `attribute`: the name of its project; of a part: the indicator of its whole; else null",
    )
    comparison: str | None = Field(
        default=None,
        description="of a `value`: what it is compared with, in the speech's words: 同比, 比上年, 高于全市平均水平",
    )
    when: When | None = Field(default=None, description="of a `value`: the time that governs it, where one does")


class Amount(_Figure):
    """A sum of money."""

    value: Number | None = Field(
        description="the sum in the currency's main unit, of `CNY` yuan: 53.2亿元 is 5320000000" + _ENDS
    )
    unit: str = Field(description="the currency's ISO 4217 code: `CNY`, `USD`, `HKD`")
    kind: Literal["amount"] = "amount"

    @property
    def yi(self) -> Decimal | None:
        """The value in 亿 (hundred millions) of its currency."""
        return None if self.value is None else self.value / YI


class Count(_Figure):
    """A number of things or people."""

    value: Number | None = Field(description="the number of them: 1.2万人 is 12000" + _ENDS)
    unit: str = Field(description="the classifier: 个, 项, 家, 户, 人")
    kind: Literal["count"] = "count"


class Percentage(_Figure):
    """A share, a change or a multiple."""

    value: Number | None = Field(
        description="the number before its unit, of a fall negative: 下降5% is -5, 翻一番 is 2" + _ENDS
    )
    unit: str = Field(description="`%`, `pp` (percentage points) or `x` (times)")
    kind: Literal["percentage"] = "percentage"


class Measure(_Figure):
    """A physical quantity or a duration."""

    value: Number | None = Field(description="the quantity in `unit`: 50万吨 is 500000" + _ENDS)
    unit: str = Field(description="the unit without its multiplier: 吨, 亩, 千瓦, 公里, 平方米, 天, 月, 年")
    kind: Literal["measure"] = "measure"


class Rank(_Figure):
    """A place in an order, or a move in it."""

    value: Number | None = Field(
        description="the place: 1 is the first, 前5位 is 5 with bound `max`; of a move how far, down is negative"
        + _ENDS
    )
    unit: str = Field(description="always 位")
    kind: Literal["rank"] = "rank"


class _Time(_Record):
    earliest: str | None = Field(default=None, description=_EARLIEST)
    latest: str | None = Field(default=None, description=_LATEST)


class Deadline(_Time):
    """A time that limits a commitment."""

    kind: Literal["deadline"] = "deadline"


class Period(_Time):
    """A time that a figure or a planned event refers to."""

    kind: Literal["period"] = "period"


class Project(_Record):
    """A mention of a named project."""

    kind: Literal["project"] = "project"
    name: str = Field(description="the name as the speech has it, without the amounts around it")


Figure = Amount | Count | Percentage | Measure | Rank
Record = Annotated[
    Amount | Count | Percentage | Measure | Rank | Deadline | Period | Project, Field(discriminator="kind")
]


class Section(_Model):
    """A part of a speech under a heading."""

    level: int = Field(description="of the heading; 1 is the highest")
    number: str = Field(description="the heading's number without brackets and marks: 一, 1")
    heading: str = Field(description="the heading without its number")
    start: int = Field(description="where the heading begins in `Document.text`")
    end: int = Field(description="where the part ends in `Document.text`, its body included")


class Speech(_Model):
    """One speech of a document."""

    title: str | None = Field(default=None, description="its title")
    date: str | None = Field(default=None, description=_DATE)
    place: str | None = Field(default=None, description="the place or body that it speaks for")
    speaker: str | None = Field(default=None, description="who gave it")
    start: int = Field(description="where it begins in `Document.text`")
    end: int = Field(description="where it ends in `Document.text`")
    sections: list[Section] = Field(default=[], description="its parts under a heading, in text order")


class Repair(_Model):
    """Raw text that was read as something else: `raw[raw_start:raw_end]` is `before`, `text[start:end]` is `after`."""

    rule: str = Field(description="the rules that made it, joined by `+`")
    raw_start: int = Field(description="where it begins in the decoded raw text")
    raw_end: int = Field(description="where it ends in the decoded raw text")
    start: int = Field(description="where what it became begins in `Document.text`")
    end: int = Field(description="where what it became ends in `Document.text`")
    before: str = Field(description="the raw text")
    after: str = Field(description="what it became")


class Removal(_Model):
    """Raw text that is no part of the speech."""

    rule: str = Field(description="the rules that removed it, joined by `+`")
    raw_start: int = Field(description="where it begins in the decoded raw text")
    raw_end: int = Field(description="where it ends in the decoded raw text")
    text: str = Field(description="the removed text")


class Warning(_Model):
    """Something a reader should know before trusting a figure."""

    code: str = Field(description="what kind of warning it is: `parts_exceed_whole`, `year_from_evidence`")
    message: str = Field(description="what was found, in words")
    start: int = Field(description="where the place in doubt begins in `Document.text`")
    end: int = Field(description="where the place in doubt ends in `Document.text`")


class Document(_Model):
    """Everything that was read from one input."""

    schema_version: Literal["1"] = Field(default="1", description="the version of this contract")
    source: str = Field(description="the input's name as given")
    encoding: str = Field(description="as what the bytes were read: `utf-8`, `gb18030`; `str` where text was given")
    title: str | None = Field(default=None, description="of the first speech")
    date: str | None = Field(default=None, description="of the first speech")
    place: str | None = Field(default=None, description="of the first speech")
    speaker: str | None = Field(default=None, description="of the first speech")
    text: str = Field(description="the clean text of all speeches, each heading on its own line")
    speeches: list[Speech] = Field(description="the speeches of the input, in text order")
    records: list[Record] = Field(description="what was found, in text order")
    repairs: list[Repair] = Field(default=[], description="what cleaning read as something else, in text order")
    removals: list[Removal] = Field(default=[], description="what cleaning took away, in text order")
    warnings: list[Warning] = Field(default=[], description="what a reader should know, in text order")
    raw: str = Field(default="", exclude=True, repr=False, description="the decoded raw text; not part of the JSON")

    def _of_kind(self, model: type[Any]) -> list[Any]:
        return [r for r in self.records if isinstance(r, model)]

    @property
    def figures(self) -> list[Figure]:
        return self._of_kind(_Figure)

    @property
    def targets(self) -> list[Figure]:
        """What was promised: the figures with role `value` and status `target`."""
        return [r for r in self.figures if r.role == "value" and r.status == "target"]

    @property
    def amounts(self) -> list[Amount]:
        return self._of_kind(Amount)

    @property
    def counts(self) -> list[Count]:
        return self._of_kind(Count)

    @property
    def percentages(self) -> list[Percentage]:
        return self._of_kind(Percentage)

    @property
    def measures(self) -> list[Measure]:
        return self._of_kind(Measure)

    @property
    def ranks(self) -> list[Rank]:
        return self._of_kind(Rank)

    @property
    def deadlines(self) -> list[Deadline]:
        return self._of_kind(Deadline)

    @property
    def periods(self) -> list[Period]:
        return self._of_kind(Period)

    @property
    def projects(self) -> list[Project]:
        return self._of_kind(Project)

    def project_table(self) -> list[ProjectRow]:
        """One row a project: what the speech says of it in several places, see `projects_table.ProjectRow`."""
        from speechparse.projects_table import project_table

        return project_table(self)

    def to_frame(self) -> pd.DataFrame:
        """One row a record, as `speechparse.to_frame` makes it (needs the extra `frames`)."""
        from speechparse.outputs.frames import to_frame

        return to_frame([self])

    def show(self, kind: str | Collection[str] | None = None, status: str | Collection[str] | None = None) -> View:
        """The speech with the records of some kinds and statuses marked, as a notebook shows it; None is all.

        `doc.show(kind="amount", status=["target", "plan"])`. Raises OptionsError for a name that is none.
        """
        from speechparse.outputs.notebook import view

        return view(self, kind, status)

    def _repr_html_(self) -> str:
        """What a notebook shows of a Document."""
        return self.show()._repr_html_()


def document_schema() -> dict[str, Any]:
    """The JSON Schema of a Document's JSON: `speechparse schema` prints it, the package ships it in `schema/`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(mode="serialization"),
    }
