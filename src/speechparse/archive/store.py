"""The database of an archive: a DuckDB file that is right whenever the program is killed.

What was read from a few hundred documents is one transaction, with the old rows of changed documents going in the same
one. So a document is there with all its rows, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from speechparse.archive import tables
from speechparse.archive.batches import Page, arrow, rows_of
from speechparse.archive.site_lines import LEARN
from speechparse.errors import ArchiveError, MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

MEMORY = "128MB"  # what DuckDB may take in the main process; beyond it works on disk
AT_ONCE = 1000  # rows of texts that are in memory when reposts are grouped

# What failed for its circumstances is no reason to skip a document in the next run.
PASSING = ("timeout", "crash")


class Known(NamedTuple):
    """What decides whether an input is the one that is in the database already; of failures without `site_lines`."""

    name: str | None
    url: str | None
    published: str | None
    digest: str | None
    settings: str
    site_lines: list[int] | None


class Written(NamedTuple):
    """How many inputs of a batch were new documents, were there before with other content, or are failures."""

    added: int
    replaced: int
    failed: int


class Store:
    """An archive's database, open for writing; a context manager."""

    def __init__(self, path: str | Path) -> None:
        duckdb = _duckdb()
        self.path = Path(path)
        try:
            self._connection = duckdb.connect(self.path, config={"memory_limit": MEMORY, "threads": 1})
            self._look = self._connection.cursor()  # for `known`, which is asked from another thread
        except duckdb.Error as error:
            problem = f"{self.path}: can't be opened as a DuckDB database ({_first_line(error)})"
            raise ArchiveError(f"{problem}; close what else has it open, or give another name") from error
        try:
            self._refuse_what_is_no_database()
            self._make_tables()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._look.close()
        self._connection.close()

    def known(self, ids: list[str]) -> dict[str, tuple[Known, bool]]:
        """Of these documents those that need no second look if they are unchanged, and whether they are failures."""
        columns = ", ".join(("document_id", *Known._fields[:-1]))
        rows = self._look.execute(
            f"""
            SELECT {columns}, site_lines, false FROM documents WHERE document_id IN (SELECT unnest($ids))
            UNION ALL
            SELECT {columns}, NULL, true FROM failures
            WHERE document_id IN (SELECT unnest($ids)) AND stage NOT IN {PASSING}
            """,
            {"ids": ids},
        ).fetchall()
        return {row[0]: (Known(*row[1:-1]), row[-1]) for row in rows}

    def known_pages(self, ids: list[str]) -> dict[str, Page]:
        """Of these pages those whose lines have been read."""
        rows = self._look.execute(
            f"SELECT document_id, {', '.join(Page._fields)} FROM page_lines WHERE document_id IN (SELECT unnest($ids))",
            {"ids": ids},
        ).fetchall()
        return {row[0]: Page(*row[1:]) for row in rows}

    def write_page_lines(self, pages: list[pa.RecordBatch]) -> None:
        """Store what pages say of the lines of their sites, instead of what is there of the same pages."""
        self._connection.register("batch", arrow().Table.from_batches(pages).combine_chunks())
        with self._transaction():
            self._connection.execute("DELETE FROM page_lines WHERE document_id IN (SELECT document_id FROM batch)")
            self._connection.execute("INSERT INTO page_lines BY NAME SELECT * FROM batch")
        self._connection.unregister("batch")

    def learn_site_lines(self) -> None:
        """Find the lines that recur over the pages of each site."""
        with self._transaction():
            self._connection.execute("DELETE FROM site_lines")
            self._connection.execute(f"INSERT INTO site_lines {LEARN}")

    def recurring(self, ids: list[str]) -> dict[str, list[dict[str, int]]]:
        """The lines of these pages that recur over their sites: `line` and `pages`."""
        rows = self._look.execute(
            """
            SELECT document_id, list({'line': line, 'pages': pages} ORDER BY line)
            FROM (
                SELECT document_id, site, unnest(lines) AS line FROM page_lines
                WHERE document_id IN (SELECT unnest($ids))
            ) JOIN site_lines USING (site, line)
            GROUP BY document_id
            """,
            {"ids": ids},
        ).fetchall()
        return dict(rows)

    def write(self, results: list[pa.RecordBatch]) -> Written:
        """Store what was read, instead of what is there of the same documents, in one transaction."""
        execute = self._connection.execute
        # in one piece: DuckDB takes a third of the time that it takes for a piece a document
        self._connection.register("batch", arrow().Table.from_batches(results).combine_chunks())
        with self._transaction():
            known = "SELECT document_id FROM documents UNION ALL SELECT document_id FROM failures"
            added, replaced, failed = self._row(f"""
                SELECT count(*) FILTER (failure IS NULL AND NOT known), count(*) FILTER (failure IS NULL AND known),
                       count(failure)
                FROM (SELECT failure, document_id IN ({known}) AS known FROM batch)
            """)
            # a group that changes, or loses its best copy, has to be made anew
            execute("""
                UPDATE documents SET group_id = NULL, best_copy = NULL WHERE group_id IN
                    (SELECT group_id FROM documents WHERE document_id IN (SELECT document_id FROM batch))
            """)
            for name in ("documents", "failures"):
                [deleted] = self._row(f"DELETE FROM {name} WHERE document_id IN (SELECT document_id FROM batch)")
                if name == "documents" and deleted:
                    for table in tables.PARTS:
                        execute(f"DELETE FROM {table.name} WHERE document_id IN (SELECT document_id FROM batch)")
            for statement in _INSERTS:
                execute(statement)
        self._connection.unregister("batch")
        return Written(added, replaced, failed)

    def begin_run(self, sources: Iterable[str], settings: str, jobs: int) -> int:
        """A row in `runs`, and its number."""
        [run] = self._row(
            "INSERT INTO runs BY NAME SELECT (SELECT coalesce(max(run), 0) + 1 FROM runs) AS run, "
            "now() AT TIME ZONE 'UTC' AS started, $sources AS sources, $settings AS settings, $jobs AS jobs "
            "RETURNING run",
            {"sources": "\n".join(sources), "settings": settings, "jobs": jobs},
        )
        return int(run)

    def end_run(self, run: int, counts: dict[str, int]) -> None:
        """What a run has done, by the names of the columns of `runs`."""
        values = ", ".join(f"{name} = ${name}" for name in counts)
        statement = f"UPDATE runs SET ended = now() AT TIME ZONE 'UTC', {values} WHERE run = $run"
        self._connection.execute(statement, {**counts, "run": run})

    def totals(self) -> tuple[int, int]:
        """How many documents and how many failures there are."""
        documents, failures = self._row("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM failures)")
        return documents, failures

    def make_views(self) -> None:
        """The views, with the indicators that there are."""
        _make_view(self._connection, tables.TARGETS)
        found = "SELECT DISTINCT indicator_id FROM targets WHERE indicator_id IS NOT NULL ORDER BY ALL"
        indicators = tuple(name for (name,) in self._connection.execute(found).fetchall())
        _make_view(self._connection, tables.targets_wide(indicators))
        _make_view(self._connection, tables.coverage())

    def copies(self) -> Iterator[tuple[str, str, tuple[str, ...], int]]:
        """What tells which documents are copies of one speech: id, text, office and year, and how damaged it is.

        In no order: to sort the texts would take memory, and groups do not depend on it.
        """
        rows = self._connection.cursor().execute(
            """
            SELECT document_id, text, coalesce(region_code, region_name, ''), coalesce(report_year::VARCHAR, ''),
                   masks + damages
            FROM documents
            """
        )
        while some := rows.fetchmany(AT_ONCE):
            for document_id, text, region, year, badness in some:
                yield document_id, text, (region, year), badness

    def set_groups(self, groups: dict[str, tuple[int, bool]]) -> None:
        """Write the group of each document, and whether it is the best copy, in one transaction."""
        columns = zip(*((name, *group) for name, group in groups.items()), strict=True)
        names = ("document_id", "group_id", "best_copy")
        self._connection.register("grouped", arrow().table(dict(zip(names, map(list, columns), strict=True))))
        self._connection.execute("""
            UPDATE documents SET group_id = g.group_id, best_copy = g.best_copy FROM grouped AS g
            WHERE documents.document_id = g.document_id
              AND (documents.group_id, documents.best_copy) IS DISTINCT FROM (g.group_id, g.best_copy)
        """)
        self._connection.unregister("grouped")

    def ungrouped(self) -> bool:
        """Whether there is a document that was not grouped with the others."""
        [found] = self._row("SELECT count(*) > 0 FROM documents WHERE group_id IS NULL")
        return bool(found)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise

    def _row(self, statement: str, values: dict[str, Any] | None = None) -> tuple[Any, ...]:
        [row] = self._connection.execute(statement, values or {}).fetchall()
        return tuple(row)

    def _refuse_what_is_no_database(self) -> None:
        """A file that is there and ends in .csv, .json or .parquet DuckDB puts beside an empty database in memory, of
        which nothing would be left after the run."""
        [path] = self._row("SELECT path FROM duckdb_databases() WHERE database_name = current_database()")
        if path is None:
            raise ArchiveError(f"{self.path}: is no DuckDB database; give another name")

    def _make_tables(self) -> None:
        there: dict[str, list[str]] = {}
        for table, column in self._connection.execute(
            "SELECT c.table_name, c.column_name FROM duckdb_columns() AS c JOIN duckdb_tables() AS t "
            "ON c.table_oid = t.table_oid ORDER BY c.table_oid, c.column_index"
        ).fetchall():
            there.setdefault(table, []).append(column)
        expected = {table.name: [column.name for column in table.columns] for table in tables.TABLES}
        if not there:
            with self._transaction():
                for table in tables.TABLES:
                    columns = ", ".join(f'"{c.name}" {tables.SQL_TYPES[c.type]}' for c in table.columns)
                    self._connection.execute(f"CREATE TABLE {table.name} ({columns})")
                    _comment(self._connection, table)
        elif any(there.get(name) != columns for name, columns in expected.items()):
            problem = f"{self.path}: has other tables than this version of speechparse makes"
            raise ArchiveError(f"{problem}; write to a new file")


def _duckdb() -> Any:
    """The package duckdb. Raises MissingExtraError without it."""
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("duckdb", "archive") from error
    return duckdb


def _names(columns: Iterable[tables.Column], prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{column.name}"' for column in columns)


def _inserts() -> Iterator[str]:
    """The statements that bring the rows of a batch into the tables."""
    columns = [column for column in tables.DOCUMENTS.columns if not column.grouping]
    yield f"INSERT INTO documents ({_names(columns)}) SELECT {_names(columns)} FROM batch WHERE failure IS NULL"
    for table in tables.PARTS:
        columns = [column for column in table.columns if column != tables.DOCUMENT_ID]
        yield (
            f"INSERT INTO {table.name} (document_id, {_names(columns)}) SELECT document_id, {_names(columns, 'r.')} "
            f"FROM (SELECT document_id, unnest({rows_of(table)}) AS r FROM batch WHERE failure IS NULL)"
        )
    columns = [column for column in tables.FAILURES.columns if not column.name.startswith("reason")]
    yield (
        f"INSERT INTO failures ({_names(columns)}, reason, reason_zh) "
        f"SELECT {_names(columns)}, failure, failure_zh FROM batch WHERE failure IS NOT NULL"
    )


_INSERTS = tuple(_inserts())


def _make_view(connection: Any, view: tables.View) -> None:
    connection.execute(f"CREATE OR REPLACE VIEW {view.name} AS {view.sql}")
    _comment(connection, view)


def _comment(connection: Any, thing: tables.Table | tables.View) -> None:
    kind = "TABLE" if isinstance(thing, tables.Table) else "VIEW"
    connection.execute(f"COMMENT ON {kind} {thing.name} IS {_quoted(thing.sentence)}")
    for column in thing.columns:
        meaning = f"{column.sentence} [{column.unit}]" if column.unit else column.sentence
        connection.execute(f'COMMENT ON COLUMN {thing.name}."{column.name}" IS {_quoted(meaning)}')


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
