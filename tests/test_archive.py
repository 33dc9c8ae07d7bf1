"""Archives: nothing is lost, whatever happens to a document, to a process or to the whole run."""

from __future__ import annotations

import io
import json
import multiprocessing
import random
import re
import signal
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import archive_hooks
import duckdb
import pyarrow as pa
import pytest
from archive_hooks import DIES, DIES_ONCE, HANGS
from places import REPOSITORY, SAMPLE_FILES
from test_archive_sources import HOSTILE, SMALL
from typer.testing import CliRunner

import speechparse as sp
from speechparse import ArchiveError, cli, lexicons
from speechparse.archive import Summary, build, pool, run, tables
from speechparse.archive.batches import (
    batch_of,
    input_schema,
    output_schema,
    parse_batch,
    parse_batches,
    read_page_lines,
)
from speechparse.archive.items import Failure, Item
from speechparse.archive.pool import parse_in_processes, process_context
from speechparse.archive.sources import read_sources
from speechparse.archive.store import Store

RESULT = [table.name for table in tables.TABLES if table != tables.RUNS]
SPEECH = "在全县项目建设动员大会上的讲话\n（2031年3月5日）\n今年，确保固定资产投资增长8%以上，力争引进项目{}个。\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06" + bytes(64)


def rows(database: Path, *names: str) -> dict[str, Counter[tuple[str, ...]]]:
    """The rows of tables, without order."""
    with duckdb.connect(database, read_only=True) as connection:
        return {
            name: Counter(tuple(map(repr, row)) for row in connection.execute(f"FROM {name}").fetchall())
            for name in names or RESULT
        }


def query(database: Path, statement: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen documents, in a folder and in a zip, and one that is no text."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "pages").mkdir()
    for file in SAMPLE_FILES[:6]:
        (folder / "pages" / file.name).write_bytes(file.read_bytes())
    (folder / "pages" / "picture.txt").write_bytes(PNG)
    with zipfile.ZipFile(folder / "more.zip", "w") as pack:
        for file in SAMPLE_FILES[6:]:
            pack.write(file, file.name)
        for number in (40, 50, 60):
            pack.writestr(f"speech{number}.txt", SPEECH.format(number))
    return folder


@pytest.fixture(scope="module")
def built(archive: Path) -> tuple[Path, Summary]:
    """The archive parsed by one process."""
    to = archive / "one.duckdb"
    return to, build([archive / "pages", archive / "more.zip"], to)


class TestBatches:
    def test_one_row_in_one_row_out(self) -> None:
        inputs = pa.RecordBatch.from_pylist(
            [
                {"id": "a", "text": SPEECH.format(40), "url": "https://www.yunxi.cn:8080/a.html", "published": "2031"},
                {"id": "b", "content": PNG, "name": "b.txt"},
                {"id": "c", "content": SPEECH.format(40).encode("gb18030"), "url": "http://[broken"},
                {"id": "d"},
                {"id": "e", "content": b"", "text": None},
            ],
            schema=input_schema(),
        )
        result = parse_batch(inputs)
        assert result.schema.equals(output_schema())
        a, b, c, d, e = result.to_pylist()
        assert [row["document_id"] for row in (a, b, c, d, e)] == ["a", "b", "c", "d", "e"]
        assert (a["site"], a["published"], a["date"], a["targets"], a["failure"]) == (
            "www.yunxi.cn",
            "2031",
            "2031-03-05",
            2,
            None,
        )
        assert (c["site"], c["encoding"], c["text"]) == (None, "gb18030", a["text"])
        assert [(row["stage"], row["text"]) for row in (b, d, e)] == [("parse", None)] * 3
        assert e["failure"] == "is empty; give a file with the text of a speech"
        sentence = "今年，确保固定资产投资增长8%以上，力争引进项目40个。"
        figures = [row for row in a["records_rows"] if row["kind"] in ("percentage", "count")]
        assert [(f["sentence"], f["value"]) for f in figures] == [(sentence, 8.0), (sentence, 40.0)]
        assert [t.to_pylist() for t in parse_batches(iter([inputs]))] == [result.to_pylist()]

    def test_an_error_of_ours_is_a_row(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*_: object, **__: object) -> None:
            raise RecursionError("too deep \ud800")

        monkeypatch.setattr(sp.Parser, "parse", fail)
        inputs = pa.RecordBatch.from_pylist([{"id": "a", "text": "今年"}], schema=input_schema())
        [row] = parse_batch(inputs).to_pylist()
        assert (row["stage"], row["failure"]) == ("parse", "RecursionError: too deep \\ud800")

    def test_a_document_that_takes_too_long_is_a_row_that_is_tried_again(self) -> None:
        inputs = pa.RecordBatch.from_pylist([{"id": "a", "text": SPEECH}], schema=input_schema())
        [row] = parse_batch(inputs, sp.ParseOptions(time_limit=1e-9)).to_pylist()
        assert (row["stage"], row["failure"]) == (
            "timeout",
            "took longer than 1e-09 s; give it more time, or a part of it",
        )

    def test_the_lines_of_a_page_are_those_that_are_cut_where_they_recur(self) -> None:
        page = {"id": "a", "text": f"{FURNITURE[0]}\n{SPEECH.format(40)}", "url": "http://yunxi.example/a"}
        others = [page | {"id": "b", "url": None}, page | {"id": "c", "text": None, "content": PNG}]
        lines = read_page_lines(pa.RecordBatch.from_pylist([page, *others], schema=input_schema())).to_pylist()
        [(document, site, seen)] = [(row["document_id"], row["site"], row["lines"]) for row in lines]
        assert (document, site) == ("a", "yunxi.example")
        recurring = [{"line": line, "pages": 7} for line in seen]
        [row] = parse_batch(
            pa.RecordBatch.from_pylist([page | {"recurring": recurring}], schema=input_schema())
        ).to_pylist()
        removed = [(each["rule"], each["text"].strip()) for each in row["removals_rows"] if "site" in each["rule"]]
        assert removed == [("site.recurring:7", FURNITURE[0])]
        assert row["site_lines"] == seen

    def test_no_rows(self) -> None:
        assert parse_batch(pa.RecordBatch.from_pylist([], schema=input_schema())).equals(batch_of([]))


class TestPool:
    def parse(self, *texts: str, jobs: int = 1) -> dict[str, str | None]:
        """The failure of each text, in batches of three."""
        inputs = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
        batches = [
            pa.RecordBatch.from_pylist(inputs[at : at + 3], schema=input_schema()) for at in range(0, len(inputs), 3)
        ]
        results = parse_in_processes(batches, jobs=jobs, timeout=1.5, parse=archive_hooks.parse_or_die)
        found = [row for result in results for row in result.to_pylist()]
        assert Counter(row["document_id"] for row in found) == Counter(map(str, range(len(texts))))
        return {row["document_id"]: row["stage"] for row in found}

    def test_a_document_that_kills_its_process_or_hangs_costs_itself_only(self, tmp_path: Path) -> None:
        good = SPEECH.format(40)
        once = f"{good}{DIES_ONCE}{tmp_path / 'marker'}"
        texts = (good, DIES, good, DIES, DIES, good, good, HANGS, good, once, good)
        stages = self.parse(*texts, jobs=2)
        expected = {DIES: "crash", HANGS: "timeout"}
        assert stages == {str(number): expected.get(text) for number, text in enumerate(texts)}

    def test_a_worker_answers_row_by_row_until_its_pipe_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A main process that is killed leaves no workers behind."""
        monkeypatch.setattr(signal, "signal", lambda *_: None)  # Ctrl-C stays what it is here
        ours, theirs = multiprocessing.Pipe()
        inputs = pa.RecordBatch.from_pylist(
            [{"id": "a", "text": SPEECH.format(40)}, {"id": "b", "content": PNG}], schema=input_schema()
        )
        told = []

        def main_process() -> None:
            with ours:
                told.append(ours.recv_bytes())
                ours.send_bytes(inputs.serialize())
                told.extend(ours.recv_bytes() for _ in range(2))

        thread = threading.Thread(target=main_process)
        thread.start()
        pool._work(theirs, parse_batch, None, 60)
        thread.join()
        ready, *answers = told
        results = [pa.ipc.open_stream(answer).read_all().to_pylist() for answer in answers]
        assert ready == pool.READY
        assert results == [[row] for row in parse_batch(inputs).to_pylist()]

    def test_a_worker_that_can_not_begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pool, "_work", archive_hooks.end_at_once)
        inputs = pa.RecordBatch.from_pylist([{"id": "a", "text": SPEECH}], schema=input_schema())
        with pytest.raises(ArchiveError, match=r"ended with status 3 before it could begin; in a script of your own"):
            list(parse_in_processes([inputs], jobs=1))

    @pytest.mark.parametrize(
        ("status", "words"), [(-9, "signal SIGKILL"), (-999, "status -999"), (1, "status 1"), (None, "status None")]
    )
    def test_how_a_process_ended(self, status: int | None, words: str) -> None:
        assert pool._ending(status) == words

    def test_a_document_that_hangs_is_not_waited_for_when_nobody_asks(self) -> None:
        rows_ = [{"id": str(number), "text": text} for number, text in enumerate((SPEECH, HANGS))]
        inputs = pa.RecordBatch.from_pylist(rows_, schema=input_schema())
        begun = time.monotonic()
        results = parse_in_processes([inputs], jobs=1, timeout=600, parse=archive_hooks.parse_or_die)
        assert next(results).to_pylist()[0]["document_id"] == "0"
        results.close()
        assert time.monotonic() - begun < 300

    def test_an_error_of_the_source_comes_out(self) -> None:
        def source() -> Iterator[pa.RecordBatch]:
            yield pa.RecordBatch.from_pylist([{"id": "a", "text": SPEECH}], schema=input_schema())
            raise OSError("the disk is gone")

        with pytest.raises(OSError, match="the disk is gone"):
            list(parse_in_processes(source(), jobs=2))

    def test_results_pass_and_the_rest_is_left_when_nobody_asks(self) -> None:
        taken = []

        def source() -> Iterator[pa.RecordBatch]:
            for number in range(1000):
                taken.append(number)
                yield batch_of([{"document_id": str(number), "failure": "no such file"}])

        results = parse_in_processes(source(), jobs=2)
        assert next(results).to_pylist()[0]["failure"] == "no such file"
        results.close()
        assert len(taken) < 50


class TestViews:
    def test_a_target_has_what_researchers_ask_for(self, built: tuple[Path, Summary]) -> None:
        to, _ = built
        found = query(
            to,
            """
            SELECT indicator_id, wording, value, low, high, value_yi, unit, qualifier, strength, target_year, latest,
                   region_name, region_level, report_year
            FROM targets WHERE document_id LIKE '%01-county%' AND (indicator_id IN ('gdp_growth',
                'fixed_asset_investment_growth', 'registered_unemployment') OR value_yi = 40) ORDER BY record
            """,
        )
        rest = (2024, "2024-12-31", "青禾县", "county", 2024)
        assert found == [
            ("gdp_growth", "6%左右", 6, 6, 6, None, "%", "about", "must", *rest),
            ("fixed_asset_investment_growth", "8%以上", 8, 8, None, None, "%", "min", "must", *rest),
            ("registered_unemployment", "4.5%以内", 4.5, None, 4.5, None, "%", "max", "must", *rest),
            (None, "不少于40亿元", 4e9, 4e9, None, 40, "CNY", "min", "must", *rest),
        ]

    def test_every_target_of_every_document_is_there(self, built: tuple[Path, Summary]) -> None:
        to, _ = built
        best = "SELECT sum(targets) FROM documents WHERE best_copy"
        assert query(to, "SELECT count(*) FROM targets") == query(to, best)
        wrong = "JOIN documents AS d USING (document_id) WHERE substr(d.text, text_start + 1, len(wording)) <> wording"
        assert query(to, f"SELECT count(*) FROM targets {wrong}") == [(0,)]
        assert query(to, "SELECT count(*) FROM targets WHERE NOT contains(sentence, wording)") == [(0,)]

    def test_wide(self, built: tuple[Path, Summary]) -> None:
        to, _ = built
        columns = "region_name, report_year, gdp_growth, fixed_asset_investment_growth"
        assert query(to, f"SELECT {columns} FROM targets_wide WHERE region_level = 'county' ORDER BY ALL LIMIT 1") == [
            ("柳塘区", 2021, 15.0, 12.0)
        ]

    def test_stated_masked_and_not_stated(self, tmp_path: Path) -> None:
        said = {
            "a": ("青禾县", "今年的主要目标是：地区生产总值增长6%，力争进出口总额增长4%。"),
            "b": ("云溪县", "新的一年，我们要实现地区生产总值增长**%，新建学校3所。"),
            "c": ("麦岭县", "我们将加快项目建设，全年引进企业40家。"),
        }
        for name, (place, words) in said.items():
            text = f"2031年{place}政府工作报告\n（2031年1月5日）\n{words}\n"
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        (tmp_path / "d.txt").write_bytes(PNG)
        to = tmp_path / "a.duckdb"
        build([tmp_path / f"{name}.txt" for name in "abcd"], to)
        found = query(to, "SELECT target FROM coverage WHERE indicator_id = 'gdp_growth' ORDER BY document_id")
        assert found == [("stated",), ("masked",), ("not stated",)]
        assert query(to, "SELECT count(*) FROM coverage") == [(3 * len(tables.usual_indicators()),)]

    def test_a_stopped_grouping_says_what_to_do(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        page = tmp_path / "page.txt"
        page.write_text(SPEECH.format(40), encoding="utf-8")
        monkeypatch.setattr(run, "_group", archive_hooks.stop_grouping)
        with pytest.raises(ArchiveError, match="run the same command again"):
            build([page], tmp_path / "a.duckdb")
        monkeypatch.undo()
        assert build([page], tmp_path / "a.duckdb").unchanged == 1
        assert query(tmp_path / "a.duckdb", "SELECT count(group_id) FROM documents") == [(1,)]

    def test_of_a_group_the_best_copy_counts(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Also when the best copy is lost afterwards."""
        seen: list[Any] = []

        def group_reposts(copies: Iterable[tuple[str, str, tuple[str, ...], int]]) -> dict[str, tuple[int, bool]]:
            found = sorted(copies, key=lambda copy: copy[3])
            seen.append(found)
            return {name: (0, name == found[0][0]) for name, *_ in found}

        monkeypatch.setattr(run, "group_apart", group_reposts)
        good, masked = tmp_path / "good.txt", tmp_path / "masked.txt"
        good.write_text(SPEECH.format(40), encoding="utf-8")
        masked.write_text(SPEECH.format("**"), encoding="utf-8")
        to = tmp_path / "a.duckdb"
        build([good, masked], to)
        assert [(name, badness) for name, _, _, badness in seen[0]] == [(str(good), 0), (str(masked), 1)]
        assert query(to, "SELECT DISTINCT document_id FROM targets") == [(str(good),)]
        assert query(to, "SELECT DISTINCT group_id FROM documents") == [(0,)]
        build([good, masked], to)
        assert len(seen) == 1  # nothing has changed
        good.write_bytes(PNG)
        build([good, masked], to)
        assert query(to, "SELECT DISTINCT document_id FROM targets") == [(str(masked),)]

    def test_each_column_is_explained(self, built: tuple[Path, Summary]) -> None:
        to, _ = built
        silent = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        assert query(to, silent) == []
        views = (tables.TARGETS, tables.coverage(), tables.targets_wide(()))
        for thing in (*tables.TABLES, *views):
            there = query(to, f"SELECT column_name FROM (DESCRIBE {thing.name})")
            assert [name for (name,) in there][: len(thing.columns)] == [column.name for column in thing.columns]

    @pytest.mark.parametrize("table", [t for t in tables.TABLES if t != tables.RUNS], ids=lambda table: table.name)
    def test_keys_are_unique(self, built: tuple[Path, Summary], table: tables.Table) -> None:
        key = ", ".join(column.name for column in table.columns if column.key)
        assert query(built[0], f"SELECT {key} FROM {table.name} GROUP BY ALL HAVING count(*) > 1") == []

    def test_the_guide_has_the_tables(self) -> None:
        guide = (REPOSITORY / "docs" / "archive.md").read_text(encoding="utf-8")
        assert guide.endswith(tables.markdown()), "python tests/test_archive.py writes the present text"

    def test_the_usual_indicators_are_indicators(self) -> None:
        """Each example states a target of its indicator."""
        for row in lexicons.load("usual_indicators", tables.UsualRow):
            found = sp.parse(f"2031年青禾县政府工作报告\n（2031年1月5日）\n今年的主要目标是：{row.example}。\n").targets
            assert [target.indicator_id for target in found] == [row.id]


class TestErrors:
    def test_a_database_that_is_none(self, tmp_path: Path) -> None:
        file = tmp_path / "a.duckdb"
        file.write_bytes(b"no database " * 1000)
        with pytest.raises(ArchiveError, match="can't be opened as a DuckDB database"):
            build([], file)

    def test_a_database_with_other_tables(self, tmp_path: Path) -> None:
        file = tmp_path / "a.duckdb"
        with duckdb.connect(file) as connection:
            connection.execute("CREATE TABLE documents (id VARCHAR)")
        with pytest.raises(ArchiveError, match="has other tables than this version of speechparse makes"):
            build([], file)

    def test_a_database_that_is_open_elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(ArchiveError, match="can't be opened"):
            build([], tmp_path / "no folder" / "a.duckdb")

    @pytest.mark.parametrize("package", ["duckdb", "pyarrow"])
    def test_without_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(sp.MissingExtraError, match=rf"{package} is not installed.*speechparse\[archive\]"):
            build([], tmp_path / "a.duckdb")


class TestCommand:
    def test_it_says_what_it_did(self, tmp_path: Path) -> None:
        for name, number in (("a", 10), ("b", 20)):
            (tmp_path / f"{name}.txt").write_text(SPEECH.format(number), encoding="utf-8")
        to = tmp_path / "x.duckdb"
        arguments = ["archive", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--to", str(to), "--jobs", "1"]
        first, second = (CliRunner().invoke(cli.app, arguments) for _ in range(2))
        assert re.sub(r"in \d+ s", "in 1 s", first.stdout) == (
            "2 inputs in 1 s: 2 added, 0 replaced, 0 unchanged, 0 failed\n" + f"{to}: 2 documents, 0 failures\n"
        )
        assert "0 added, 0 replaced, 2 unchanged, 0 failed" in second.stdout
        assert (first.exit_code, second.exit_code) == (0, 0)

    def test_nothing_read_is_status_2(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(cli.app, ["archive", str(tmp_path / "none"), "--to", str(tmp_path / "x.duckdb")])
        assert result.exit_code == 2
        assert "1 failed" in result.stdout

    def test_a_bar_shows_rate_time_left_and_failures(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "a.txt").write_text(SPEECH.format(10), encoding="utf-8")
        build([tmp_path / "a.txt", tmp_path / "none"], tmp_path / "x.duckdb", progress=True)
        shown = capsys.readouterr().err
        assert "2/2" in shown
        assert "1 failed" in shown
        assert "time left" in shown


class TestRun:
    def test_documents_and_failures_are_the_inputs(self, built: tuple[Path, Summary]) -> None:
        to, summary = built
        assert summary[:-1] == Summary(
            inputs=13, added=12, replaced=0, unchanged=0, failed=1, documents=12, failures=1, seconds=0
        )[:-1]
        assert query(to, "SELECT inputs, added, failed, ended > started FROM runs") == [(13, 12, 1, True)]
        [(name, stage, reason)] = query(to, "SELECT name, stage, reason FROM failures")
        assert (Path(name).name, stage) == ("picture.txt", "parse")
        assert "PNG" in reason

    def test_the_rows_are_those_of_the_documents(self, built: tuple[Path, Summary]) -> None:
        """As `parse` has them: the counts of each, and the evidence."""
        to, _ = built
        for file in SAMPLE_FILES:
            document = sp.parse(file)
            where = f"WHERE document_id LIKE '%{file.name}'"
            [(text, counts)] = query(to, f"SELECT text, [speeches, records, targets] FROM documents {where}")
            assert text == document.text
            assert counts == [len(document.speeches), len(document.records), len(document.targets)]
            for table, things in (
                ("records", document.records),
                ("projects", document.project_table()),
                ("removals", document.removals),
                ("warnings", document.warnings),
            ):
                assert query(to, f"SELECT count(*) FROM {table} {where}") == [(len(things),)]
            found = query(to, f"SELECT text, text_start, text_end FROM records {where} ORDER BY record")
            assert found == [(r.text, r.start, r.end) for r in document.records]

    def test_two_processes_give_the_same(self, archive: Path, built: tuple[Path, Summary]) -> None:
        to = archive / "two.duckdb"
        build([archive / "pages", archive / "more.zip"], to, jobs=2)
        assert rows(to) == rows(built[0])

    def test_hostile_archives_end_with_failure_rows(self, tmp_path: Path) -> None:
        pages, to = tmp_path / "in" / "pages", tmp_path / "out" / "a.duckdb"
        pages.mkdir(parents=True)
        to.parent.mkdir()
        for name, data, _ in HOSTILE:
            (pages / name).write_bytes(data)
        before = sorted(tmp_path.rglob("*"))
        expected = [type(entry) for entry in read_sources([pages], limits=SMALL)]
        summary = build(pages, to, limits=SMALL)
        assert sorted({*tmp_path.rglob("*")} - {*before}) == [to]
        assert summary.inputs == summary.documents + summary.failures == len(expected)
        assert summary.failed >= expected.count(Failure) > 50
        assert query(to, "SELECT count(*) FROM failures WHERE coalesce(length(reason), 0) < 5") == [(0,)]
        assert query(to, r"SELECT reason FROM failures WHERE NOT regexp_matches(reason_zh, '\p{Han}')") == []

    def test_only_what_is_new_or_changed_is_parsed(self, tmp_path: Path) -> None:
        to, pages = tmp_path / "a.duckdb", tmp_path / "pages"
        pages.mkdir()
        for name, number in (("a", 10), ("b", 20)):
            (pages / f"{name}.txt").write_text(SPEECH.format(number), encoding="utf-8")
        (pages / "c.txt").write_bytes(PNG)
        assert build(pages, to)[:5] == (3, 2, 0, 0, 1)
        assert build(pages, to)[:5] == (3, 0, 0, 2, 1)

        (pages / "a.txt").write_text(SPEECH.format(11) + "力争新增就业300人。\n", encoding="utf-8")  # changed
        (pages / "b.txt").write_bytes(PNG)  # broken
        (pages / "c.txt").write_text(SPEECH.format(30), encoding="utf-8")  # mended
        (pages / "d.txt").write_text(SPEECH.format(40), encoding="utf-8")  # new
        assert build(pages, to)[:7] == (4, 1, 2, 0, 1, 3, 1)
        fresh = tmp_path / "fresh.duckdb"
        build(pages, fresh)
        assert rows(to) == rows(fresh)
        assert build(pages, to, options=sp.ParseOptions(resolve_years=True))[:5] == (4, 0, 3, 0, 1)
        assert len(query(to, "FROM runs")) == 4

    def test_a_system_without_a_fork_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
        assert process_context().get_start_method() == "spawn"

    @pytest.mark.parametrize("setting", ["COMMIT_DOCUMENTS", "BATCH_DOCUMENTS", "GROUP_DOCUMENTS"])
    def test_the_sizes_of_pieces_change_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
    ) -> None:
        write_site(tmp_path / "site.jsonl", range(6))
        build(tmp_path / "site.jsonl", tmp_path / "whole.duckdb")
        monkeypatch.setattr(run, setting, 2)
        build(tmp_path / "site.jsonl", tmp_path / "pieces.duckdb")
        assert rows(tmp_path / "pieces.duckdb") == rows(tmp_path / "whole.duckdb")

    def test_nothing_is_half_written(self, tmp_path: Path) -> None:
        """Of a transaction that fails, here for a table that is gone."""
        to = tmp_path / "a.duckdb"
        with Store(to) as store:
            store._connection.execute("DROP TABLE warnings")
            inputs = pa.RecordBatch.from_pylist([{"id": "a", "text": SPEECH.format(10)}], schema=input_schema())
            with pytest.raises(duckdb.CatalogException):
                store.write([parse_batch(inputs)])
        assert query(to, "FROM documents") == []

    def test_a_second_document_of_the_same_id_is_kept(self, tmp_path: Path) -> None:
        for folder in ("x", "y"):
            with zipfile.ZipFile(tmp_path / f"{folder}.zip", "w") as pack:
                pack.writestr("a.txt", SPEECH.format(40))
        to = tmp_path / "a.duckdb"
        sources = [tmp_path / "x.zip", tmp_path / "x.zip"]
        assert build(sources, to)[:5] == (2, 2, 0, 0, 0)
        assert build(sources, to)[:5] == (2, 0, 0, 2, 0)
        ids = [row[0] for row in query(to, "SELECT document_id FROM documents ORDER BY ALL")]
        assert ids[1] == f"{ids[0]}~2"

    def test_what_hung_or_crashed_is_tried_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        to, file = tmp_path / "a.duckdb", tmp_path / "a.txt"
        file.write_text(f"{SPEECH.format(40)}{DIES}", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(run, "parse_batch", archive_hooks.parse_or_die)
            assert build([file, tmp_path / "none"], to)[:5] == (2, 0, 0, 0, 2)
        assert "SIGKILL" in query(to, "SELECT reason FROM failures WHERE stage = 'crash'")[0][0]
        assert build([file], to)[:7] == (1, 0, 1, 0, 0, 1, 1)

    @pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
    def test_three_kills_at_random_moments_lose_nothing(self, archive: Path, tmp_path: Path) -> None:
        pages, to, undisturbed = tmp_path / "pages", tmp_path / "a.duckdb", tmp_path / "b.duckdb"
        pages.mkdir()
        for number in range(2):
            for file in (archive / "pages").iterdir():
                (pages / f"{number}{file.name}").write_bytes(file.read_bytes())
        write_site(pages / "site.jsonl", range(8))
        for _ in range(3):
            seconds = random.uniform(0, 0.2)
            process = process_context().Process(
                target=archive_hooks.build_until_killed, args=(str(pages), str(to), seconds)
            )
            process.start()
            process.join(60)
            assert process.exitcode in (0, -signal.SIGKILL), seconds
        build(pages, to, jobs=2)
        build(pages, undisturbed)
        assert rows(to) == rows(undisturbed)


FURNITURE = ("云岭在线欢迎您常来看看，好文章等着您。", "这里有更多的好文章等着您。")


def write_site(to: Path, numbers: Iterable[int]) -> None:
    """Pages of one site, each a speech of its own between the same two lines."""
    with to.open("w", encoding="utf-8") as lines:
        for number in numbers:
            words = "".join(random.Random(number).choices("青禾云岭白塔松坡柳塘麦", k=60))
            text = "\n".join([FURNITURE[0], SPEECH.format(number).strip(), f"要抓好{words}。", FURNITURE[1]])
            lines.write(json.dumps({"id": number, "text": text, "url": f"http://yunxi.example/{number}"}) + "\n")


class TestSiteLines:
    CUT = "SELECT document_id, rule, trim(text, chr(10)) FROM removals WHERE rule LIKE '%site.recurring%' ORDER BY ALL"

    def test_what_recurs_over_a_site_is_cut_with_its_count(self, tmp_path: Path) -> None:
        write_site(tmp_path / "site.jsonl", range(8))
        one, two = tmp_path / "one.duckdb", tmp_path / "two.duckdb"
        build(tmp_path / "site.jsonl", one)
        build(tmp_path / "site.jsonl", two, jobs=2)
        every = ((str(number), "site.recurring:8", line) for number in range(8) for line in FURNITURE)
        assert query(one, self.CUT) == sorted(every)
        assert query(one, "SELECT site, pages, of_pages FROM site_lines") == [("yunxi.example", 8, 8)] * 2
        assert query(one, "SELECT text FROM documents WHERE text LIKE '%云岭在线%'") == []
        assert query(one, "SELECT count(*), count(DISTINCT title) FROM documents") == [(8, 1)]
        assert rows(one) == rows(two)

    def test_pages_that_come_later_count_with_those_before(self, tmp_path: Path) -> None:
        """What recurs only now goes from the pages before, too; a count alone is no reason to parse a page again."""
        source, to, fresh = tmp_path / "site.jsonl", tmp_path / "a.duckdb", tmp_path / "fresh.duckdb"
        write_site(source, range(4))
        assert build(source, to).added == 4
        assert query(to, self.CUT) == []
        write_site(source, range(6))
        assert build(source, to)[1:4] == (2, 4, 0)
        assert {rule for _, rule, _ in query(to, self.CUT)} == {"site.recurring:6"}
        write_site(source, range(9))
        assert build(source, to)[1:4] == (3, 0, 6)
        assert Counter(rule for _, rule, _ in query(to, self.CUT)) == {"site.recurring:6": 12, "site.recurring:9": 6}
        build(source, fresh)
        same = [name for name in RESULT if name != "removals"]
        assert rows(to, *same) == rows(fresh, *same)

    @pytest.mark.parametrize(("file", "times"), [("a.txt", 1), ("site.jsonl", 2)])
    def test_what_has_no_address_is_read_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, times: int
    ) -> None:
        (tmp_path / "pages").mkdir()
        write_site(tmp_path / "pages" / "site.jsonl", range(3))
        (tmp_path / "pages" / "a.txt").write_text(SPEECH.format(4), encoding="utf-8")
        seen = Counter[str]()

        def counted(*arguments: Any, **named: Any) -> Iterator[Item | Failure]:
            for entry in read_sources(*arguments, **named):
                seen.update([] if named.get("addressed") else [entry.name])
                yield entry

        monkeypatch.setattr(run, "read_sources", counted)
        build(tmp_path / "pages" / file, tmp_path / "a.duckdb")
        assert set(seen.values()) == {times}

    def test_a_list_on_standard_input_is_read_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_site(tmp_path / "site.jsonl", range(5))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{tmp_path / 'site.jsonl'}\n".encode())))
        assert build("-", tmp_path / "a.duckdb").added == 5
        assert len(query(tmp_path / "a.duckdb", self.CUT)) == 10

    def test_a_page_that_kills_its_process_costs_no_other(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_site(tmp_path / "site.jsonl", range(5))
        bad = [{"id": id, "text": SPEECH.format(1) + id, "url": "http://yunxi.example/bad"} for id in (DIES, "good")]
        with (tmp_path / "site.jsonl").open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in bad)
        monkeypatch.setattr(run, "read_page_lines", archive_hooks.read_page_lines_or_die)
        assert build(tmp_path / "site.jsonl", tmp_path / "a.duckdb")[5:7] == (7, 0)
        assert query(tmp_path / "a.duckdb", "SELECT DISTINCT pages, of_pages FROM site_lines") == [(5, 6)]


def write_guide() -> None:
    """Write the present tables into the guide."""
    guide = REPOSITORY / "docs" / "archive.md"
    words = guide.read_text(encoding="utf-8").partition("### `documents`")[0]
    guide.write_text(words + tables.markdown(), encoding="utf-8")


if __name__ == "__main__":
    write_guide()
