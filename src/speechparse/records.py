"""The records that speechparse makes of a speech, and the Document that holds them.

This is the JSON contract: `Document.model_dump_json()` is what `speechparse parse --format jsonl` prints. A change of
meaning changes `SCHEMA_VERSION`. Numbers are `Decimal` in Python and decimal strings in JSON. Offsets are half-open
and count characters: `start`, `end` in `Document.text`, `raw_start`, `raw_end` in the decoded raw text.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

if TYPE_CHECKING:
    import pandas as pd

    from speechparse.outputs.notebook import View
    from speechparse.projects_table import ProjectRow

SCHEMA_VERSION = "1"

Bound = Literal["exact", "min", "max", "about", "range"]
Role = Literal["value", "threshold", "attribute"]
Status = Literal["target", "actual", "plan"]
Strength = Literal["must", "strive", "plan"]

YI = Decimal(100_000_000)

Number = Annotated[
    Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json-unless-none")
]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Model):
    """The time that governs a figure: its words, and its first and last day (`X` for a digit that is not known)."""

    text: str
    earliest: str | None = None
    latest: str | None = None


class _Record(_Model):
    """What every record has: its words, where they stand, and the rules that made it."""

    text: str = Field(description="the exact words, `Document.text[start:end]`")
    start: int
    end: int
    raw_start: int
    raw_end: int
    speech: int = Field(description="index into `Document.speeches`")
    rule: str = Field(description="the rules that found, valued and linked it, joined by a blank")


class _Figure(_Record):
    """A number of the world. `value` is None where the source has lost or masked it."""

    value: Number | None = Field(description="in base units; of a range the lower end; None where lost or masked")
    upper: Number | None = Field(default=None, description="the higher end of a range")
    unit: str
    bound: Bound = "exact"
    role: Role = "value"
    indicator: str | None = Field(default=None, description="what the figure measures, in the speech's own words")
    indicator_id: str | None = Field(default=None, description="the harmonised indicator, see indicators.tsv")
    status: Status | None = None
    strength: Strength | None = None
    of: str | None = Field(default=None, description="the project an attribute belongs to, or the whole of a part")
    when: When | None = None


class Amount(_Figure):
    """A sum of money; `unit` is its ISO 4217 code, `value` is in that currency's main unit."""

    kind: Literal["amount"] = "amount"

    @property
    def yi(self) -> Decimal | None:
        """The value in 亿 (hundred millions) of its currency."""
        return None if self.value is None else self.value / YI


class Count(_Figure):
    """A number of things or people; `unit` is the classifier."""

    kind: Literal["count"] = "count"


class Percentage(_Figure):
    """A share or a change; `unit` is `%`, `pp` (percentage points) or `x` (times)."""

    kind: Literal["percentage"] = "percentage"


class Measure(_Figure):
    """A physical quantity or a duration; `unit` is the unit without its multiplier."""

    kind: Literal["measure"] = "measure"


class Rank(_Figure):
    """A place in an order; `unit` is 位."""

    kind: Literal["rank"] = "rank"


class _Time(_Record):
    earliest: str | None = None
    latest: str | None = None


class Deadline(_Time):
    """A time that limits a commitment."""

    kind: Literal["deadline"] = "deadline"


class Period(_Time):
    """A time that a figure or a planned event refers to."""

    kind: Literal["period"] = "period"


class Project(_Record):
    """A mention of a named project; `name` is the name as the speech has it."""

    kind: Literal["project"] = "project"
    name: str


Figure = Amount | Count | Percentage | Measure | Rank
Record = Annotated[
    Amount | Count | Percentage | Measure | Rank | Deadline | Period | Project, Field(discriminator="kind")
]


class Section(_Model):
    """A part of a speech under a heading; `start`, `end` span heading and body. Level 1 is the highest."""

    level: int
    number: str
    heading: str
    start: int
    end: int


class Speech(_Model):
    """One speech of a document. `date` is EDTF: `2016-02-19`, `201X-08-24`, `20XX`."""

    title: str | None = None
    date: str | None = None
    place: str | None = None
    speaker: str | None = None
    start: int
    end: int
    sections: list[Section] = []


class Repair(_Model):
    """Raw text that was read as something else: `raw[raw_start:raw_end]` is `before`, `text[start:end]` is `after`."""

    rule: str
    raw_start: int
    raw_end: int
    start: int
    end: int
    before: str
    after: str


class Removal(_Model):
    """Raw text that is no part of the speech."""

    rule: str
    raw_start: int
    raw_end: int
    text: str


class Warning(_Model):
    """Something a reader should know before trusting a figure; the span is in `Document.text`."""

    code: str
    message: str
    start: int
    end: int


class Document(_Model):
    """Everything that was read from one input."""

    schema_version: Literal["1"] = "1"
    source: str
    encoding: str
    title: str | None = None
    date: str | None = None
    place: str | None = None
    speaker: str | None = None
    text: str
    speeches: list[Speech]
    records: list[Record]
    repairs: list[Repair] = []
    removals: list[Removal] = []
    warnings: list[Warning] = []
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
