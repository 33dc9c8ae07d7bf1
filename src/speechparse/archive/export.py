"""One table or view of an archive's database as a file: CSV, JSON lines, Parquet, Excel or Stata, by the file's ending.

| ending   | text                  | numbers                | dates | lists and structs | rows in memory |
|----------|-----------------------|------------------------|-------|-------------------|----------------|
| .csv     | UTF-8 with BOM, CRLF  | in plain digits        | ISO   | JSON text         | a batch        |
| .jsonl   | UTF-8                 | exact                  | ISO   | kept              | a batch        |
| .parquet | kept                  | kept, decimals too     | kept  | kept              | a batch        |
| .xlsx    | see `workbook.py`     | 15 digits              | kept  | JSON text         | a batch        |
| .dta     | see `stata.py`        | 16 digits              | kept  | JSON text         | all            |

CSV, JSON lines and Parquet are written by DuckDB itself. Bytes become base64 where a format has none, times with a zone
become UTC.

A text that a spreadsheet would take for a formula is kept from becoming one: in CSV it gets an apostrophe in front (see
`outputs/formulas.py`). Only text is changed: a negative number stays a number. Excel files store it as text as it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from speechparse.errors import InputError, MissingExtraError, OptionsError, OutputError
from speechparse.outputs.formulas import FORMULA

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A view has no order of its own: its rows are sorted by those of these columns that it has, so that a database always
# gives the same file. A table keeps its order; to sort whole texts is dear.
KEYS = ("document_id", "record", "region_code", "region_name", "report_year", "indicator_id")

# One thread writes rows as they come and in their order. Several would each gather 120,000 rows to keep the order, and
# those are gigabytes where a row holds the text of a page.
SETTINGS = {"threads": "1", "preserve_insertion_order": "false", "memory_limit": "'1GB'"}

_KINDS = {
    "BOOLEAN": "boolean",
    "BLOB": "bytes",
    "DATE": "date",
    "DECIMAL": "decimal",
    "DOUBLE": "float",
    "FLOAT": "float",
    "TIMESTAMP WITH TIME ZONE": "zoned",
    "STRUCT": "nested",
    "MAP": "nested",
    "UNION": "nested",
}


class Column(NamedTuple):
    """A column of the table: its type in DuckDB's words, and what its comment says of it ("" without one)."""

    name: str
    type: str
    comment: str

    @property
    def kind(self) -> str:
        """`integer`, `decimal`, `float`, `boolean`, `date`, `moment`, `zoned`, `bytes`, `nested` or `text`."""
        if self.type.endswith("]"):
            return "nested"
        base = self.type.partition("(")[0]
        if base.endswith("INT") or base == "INTEGER" or base == "UINTEGER":
            return "integer"
        return _KINDS.get(base) or ("moment" if base.startswith("TIMESTAMP") else "text")

    @property
    def sql(self) -> str:
        return quoted(self.name)

    @property
    def flat(self) -> str:
        """SQL for its value in a format without lists, bytes and zones."""
        forms = {
            "nested": "to_json({})::VARCHAR",
            "bytes": "base64({})",
            "zoned": "timezone('UTC', {})",
            "text": "{}::VARCHAR",
        }
        return forms.get(self.kind, "{}").format(self.sql)

    @property
    def is_wide(self) -> bool:
        """Whether it is an integer of 128 bits, which few formats have."""
        return self.type in {"HUGEINT", "UHUGEINT"}

    @property
    def is_text(self) -> bool:
        """Whether `flat` is a text."""
        return self.kind in {"text", "nested", "bytes"}


class Table(NamedTuple):
    """The table or view to export, in an open database."""

    connection: DuckDBPyConnection
    name: str
    is_view: bool
    columns: list[Column]

    def select(self, expressions: list[str], names: list[str] | None = None) -> str:
        """SQL for its rows with an expression for each column, and other names for them if given."""
        names = names or [column.name for column in self.columns]
        fields = (f"{sql} AS {quoted(name)}" for sql, name in zip(expressions, names, strict=True))
        own = {column.name for column in self.columns}
        keys = [quoted(name) for name in KEYS if name in own]
        order = f" ORDER BY {', '.join(keys)}" if keys and self.is_view else ""
        return f"SELECT {', '.join(fields)} FROM {quoted(self.name)}{order}"

    def count_rows(self) -> int:
        """The number of its rows."""
        return int(self.connection.execute(f"SELECT count(*) FROM {quoted(self.name)}").fetchall()[0][0])


def export(database: Path, table: str, to: Path) -> int:
    """Write a table or a view of a DuckDB database to a file and return the number of its rows.

    What stood under that name before is replaced when the new file is whole; after an error it is still there.
    Raises OptionsError for an ending that is not in `WRITERS`, InputError where the database or the table is not
    there, OutputError where the file can't be written or the format can't hold the table, MissingExtraError. Warns
    (UserWarning) where Excel's cells are too small for a text.
    """
    write = WRITERS.get(to.suffix.lower())
    if write is None:
        raise OptionsError(f"{to}: the ending says the format, and it is not one of {', '.join(WRITERS)}")
    with _opened(database) as connection, _replacing(to) as file:
        for setting, value in SETTINGS.items():
            connection.execute(f"SET {setting} = {value}")
        connection.execute(f"SET temp_directory = {_literal(file.parent)}")  # for what sorting can't hold in memory
        return write(_described(connection, database, table), file)


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _described(connection: DuckDBPyConnection, database: Path, table: str) -> Table:
    found = connection.execute(
        "SELECT table_name, table_type = 'VIEW' FROM information_schema.tables "
        "WHERE table_catalog = current_database() AND table_schema = 'main' ORDER BY table_name"
    ).fetchall()
    is_view: dict[str, bool] = dict(found)
    if table not in is_view:
        names = ", ".join(is_view) or "(it is empty)"
        raise InputError(str(database), f"has no table or view {table!r}", f"choose one of: {names}")
    columns = connection.execute(
        "SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [table],
    ).fetchall()
    return Table(connection, table, is_view[table], [Column(*column) for column in columns])


@contextmanager
def _opened(database: Path) -> Iterator[DuckDBPyConnection]:
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("duckdb", "archive") from error
    if not database.is_file():
        raise InputError(str(database), "there is no such file", "make it with: speechparse archive SOURCE --to FILE")
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        advice = "give the database that speechparse archive wrote, and wait until nothing writes to it any more"
        raise InputError(str(database), f"can't be opened ({_first_line(error)})", advice) from error
    try:
        with connection:
            yield connection
    except duckdb.Error as error:
        problem = f"can't be read ({_first_line(error)})"
        raise InputError(str(database), problem, "make it anew with: speechparse archive SOURCE --to FILE") from error


@contextmanager
def _replacing(to: Path) -> Iterator[Path]:
    """A file in a new folder beside `to`; it takes the place of `to` at the end, or goes away after an error."""
    import duckdb

    try:
        with tempfile.TemporaryDirectory(dir=to.parent, prefix=f".{to.name}.") as folder:
            file = Path(folder) / to.name
            yield file
            file.replace(to)
    except (OSError, duckdb.IOException) as error:
        advice = "check the folder, its permissions and the space left"
        raise OutputError(str(to), f"can't be written ({_first_line(error)})", advice) from error


def _first_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).partition("\n")[0]


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _copy(table: Table, query: str, file: Path, options: str) -> int:
    return int(table.connection.execute(f"COPY ({query}) TO {_literal(file)} ({options})").fetchall()[0][0])


def _write_csv(table: Table, file: Path) -> int:
    # Without a byte order mark Excel reads the file in the system's code page, which garbles Chinese. DuckDB writes
    # none, but it writes the header: the mark goes in front of the first name.
    names = [column.name for column in table.columns]
    names[0] = "\ufeff" + names[0]
    query = table.select([_csv_cell(column) for column in table.columns], names)
    return _copy(table, query, file, r"FORMAT csv, HEADER true, NEW_LINE '\r\n'")


def _csv_cell(column: Column) -> str:
    if column.is_text:
        return f"CASE WHEN regexp_matches({column.flat}, '{FORMULA}') THEN '''' ELSE '' END || {column.flat}"
    if column.kind == "decimal" and not column.type.endswith(",0)"):
        return f"rtrim(rtrim({column.sql}::VARCHAR, '0'), '.')"  # 12.500000 is 12.5
    return column.flat


def _write_jsonl(table: Table, file: Path) -> int:
    forms = {"float": "CASE WHEN isfinite({0}) THEN {0} END", "bytes": "base64({0})"}  # JSON knows no NaN and no bytes
    cells = [forms.get(column.kind, "{0}").format(column.sql) for column in table.columns]
    return _copy(table, table.select(cells), file, "FORMAT json")


def _write_parquet(table: Table, file: Path) -> int:
    # Sums are of 128 bits in DuckDB, and Parquet has no such integers: as they are they would become floats.
    cells = [f"{column.sql}::DECIMAL(38, 0)" if column.is_wide else column.sql for column in table.columns]
    return _copy(table, table.select(cells), file, "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE_BYTES '64MB'")


def _write_xlsx(table: Table, file: Path) -> int:
    from speechparse.archive import workbook

    return workbook.write(table, file)


def _write_dta(table: Table, file: Path) -> int:
    from speechparse.archive import stata

    return stata.write(table, file)


WRITERS: dict[str, Callable[[Table, Path], int]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
    ".dta": _write_dta,
}
