"""Records as a DataFrame of pandas (extra `frames`) or polars (extra `polars`)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from speechparse.errors import MissingExtraError
from speechparse.outputs.rows import COLUMNS, rows
from speechparse.records import KINDS, STATUSES, Bound, Document, Role, Strength

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

NUMBERS = ("value", "upper", "value_yi")
OFFSETS = ("speech", "start", "end", "raw_start", "raw_end")
# the same in every frame, so that frames of several Documents can be joined
CATEGORIES: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "bound": get_args(Bound),
    "role": get_args(Role),
    "status": STATUSES,
    "strength": get_args(Strength),
}


def to_frame(documents: Document | Iterable[Document]) -> pd.DataFrame:
    """One row a record of one or many Documents, with the columns of `outputs.rows.COLUMNS`.

    `value`, `upper` and `value_yi` are float64 (NaN where the source has lost or masked the number), offsets int64,
    `kind`, `bound`, `role`, `status`, `strength` categories, all others strings. Days stay strings, since `201X-12-31`
    is no date that pandas could hold. Raises MissingExtraError without pandas.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise MissingExtraError("pandas", "frames") from error
    return pd.DataFrame({name: _typed(pd, name, values) for name, values in _columns(documents).items()})


def _columns(documents: Document | Iterable[Document]) -> dict[str, list[Any]]:
    table = list(rows([documents] if isinstance(documents, Document) else documents, every=True))
    return {name: [row[name] for row in table] for name in COLUMNS}


def _typed(pd: Any, name: str, values: list[Any]) -> pd.Series[Any]:
    if name in NUMBERS:
        numbers = [float(value) if isinstance(value, Decimal) else float("nan") for value in values]
        return pd.Series(numbers, dtype="float64")
    if name in OFFSETS:
        return pd.Series(values, dtype="int64")
    if name in CATEGORIES:
        return pd.Series(pd.Categorical(values, categories=CATEGORIES[name]))
    return pd.Series(values, dtype="string")


def to_polars(documents: Document | Iterable[Document]) -> pl.DataFrame:
    """The same as a polars DataFrame: numbers Float64 (null where the source has lost or masked them), offsets Int64,
    `kind`, `bound`, `role`, `status`, `strength` Categorical, all others String.

    Raises MissingExtraError without polars.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError("polars", "polars") from error
    types: dict[str, Any] = (
        dict.fromkeys(COLUMNS, pl.String)
        | dict.fromkeys(NUMBERS, pl.Float64)
        | dict.fromkeys(OFFSETS, pl.Int64)
        | dict.fromkeys(CATEGORIES, pl.Categorical)
    )
    columns = {name: list(map(_plain, values)) for name, values in _columns(documents).items()}
    return pl.DataFrame(columns, schema={name: types[name] for name in COLUMNS})


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value
