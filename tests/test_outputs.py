"""The outputs: what people and programs read of a Document."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TextIO

import pandas as pd
import pytest
from example_document import FULL, TEXT, amount, document, place
from rich.cells import cell_len

import speechparse as sp
from speechparse.outputs import csv as csv_output
from speechparse.outputs import diff, explain, jsonl, terminal
from speechparse.outputs.rows import COLUMNS, row
from speechparse.outputs.screen import Places, visible
from speechparse.pipeline import describe_changes
from speechparse.records import Repair, Speech, When
from speechparse.text import AlignedText, Edit


def printed(write: Callable[..., None], *args: object, **kwargs: object) -> str:
    stream = io.StringIO()
    write(*args, stream, **kwargs)
    return stream.getvalue()



class TestRows:
    def test_each_column_has_its_value(self) -> None:
        wanted = {
            **dict.fromkeys(COLUMNS),
            "source": "a.txt",
            "speech": 0,
            "kind": "amount",
            "text": "95亿元以上",
            "value": Decimal(9500000000),
            "value_yi": Decimal(95),
            "unit": "CNY",
            "bound": "min",
            "role": "value",
            "indicator": "固定资产投资",
            "status": "target",
            "strength": "must",
            "start": 8,
            "end": 14,
            "raw_start": 8,
            "raw_end": 14,
            "rule": "test.rule",
        }
        assert row(FULL, FULL.records[0]) == wanted

    def test_the_governing_time_is_three_columns(self) -> None:
        columns = row(FULL, FULL.records[3])
        assert [columns[name] for name in ("when_text", "when_earliest", "when_latest")] == [
            "年底前",
            None,
            "201X-12-31",
        ]

    def test_every_field_of_every_kind_has_a_column(self) -> None:
        fields = {name for record in FULL.records for name in type(record).model_fields}
        assert fields - set(COLUMNS) == {"when"}


class TestCsv:
    def test_targets(self) -> None:
        header, *rows = csv.reader(io.StringIO(printed(csv_output.write, [FULL], every=False)))
        assert tuple(header) == COLUMNS
        assert [(r[header.index("text")], r[header.index("value")]) for r in rows] == [
            ("95亿元以上", "9500000000"),
            ("28个", ""),
        ]

    def test_every_record(self) -> None:
        assert printed(csv_output.write, [FULL, FULL], every=True).count("\n") == 1 + 2 * len(FULL.records)

    def test_nothing_found_is_a_header(self) -> None:
        assert printed(csv_output.write, [document()], every=True) == ",".join(COLUMNS) + "\n"


class TestJson:
    def test_one_document_a_line(self) -> None:
        lines = printed(jsonl.write, [FULL, FULL]).splitlines()
        assert [json.loads(line) for line in lines] == [json.loads(FULL.model_dump_json())] * 2

    @pytest.mark.parametrize("documents", [[], [FULL], [FULL, FULL]], ids=len)
    def test_one_array(self, documents: list[sp.Document]) -> None:
        wanted = [json.loads(document.model_dump_json()) for document in documents]
        assert json.loads(printed(jsonl.write_array, documents)) == wanted

    def test_one_record_a_line(self) -> None:
        records = [json.loads(line) for line in printed(jsonl.write_records, [FULL], every=False).splitlines()]
        assert [(r["source"], r["text"], r["value"]) for r in records] == [
            ("a.txt", "95亿元以上", "9500000000"),
            ("a.txt", "28个", None),
        ]

    @pytest.mark.parametrize("write", [jsonl.write, jsonl.write_records, csv_output.write])
    def test_documents_are_written_as_they_come(self, write: Callable[..., None]) -> None:
        stream = io.StringIO()

        def documents() -> Iterable[sp.Document]:
            yield FULL
            assert stream.getvalue()
            yield FULL

        options = {} if write is jsonl.write else {"every": True}
        write(documents(), stream, **options)


AMOUNTS = [
    # value, unit, words
    ("5320000000", "CNY", "53.2亿元"),
    ("100000000", "CNY", "1亿元"),
    ("1260000000000", "CNY", "12,600亿元"),
    ("99990000", "CNY", "9,999万元"),
    ("30000000", "CNY", "3,000万元"),
    ("6900", "CNY", "6,900元"),
    ("0.5", "CNY", "0.5元"),
    ("-320000000", "CNY", "-3.2亿元"),
    ("2200000000", "USD", "22亿美元"),
    ("15000000", "CHF", "1,500万瑞士法郎"),
    ("15000000", "XAU", "1,500万XAU"),
]


class TestTable:
    @pytest.mark.parametrize(("value", "unit", "words"), AMOUNTS)
    def test_amounts_in_the_units_of_chinese_texts(self, value: str, unit: str, words: str) -> None:
        assert terminal.amount_words(Decimal(value), unit) == words

    @pytest.mark.parametrize(
        ("record", "words"),
        [
            (amount("1000000000", upper="1500000000", bound="range"), "10亿元–15亿元"),
            (amount(None), "?"),
            (sp.Count(**place("28个"), value=Decimal(1200), unit="个"), "1,200个"),
            (sp.Percentage(**place("28"), value=Decimal("6.50"), unit="%"), "6.5%"),
            (sp.Percentage(**place("28"), value=Decimal("1.4"), unit="pp"), "1.4个百分点"),
            (sp.Percentage(**place("28"), value=Decimal("5"), upper=Decimal("5.5"), unit="%"), "5–5.5%"),
            (sp.Percentage(**place("28"), value=Decimal("2.7"), unit="x"), "2.7倍"),
            (sp.Rank(**place("28"), value=Decimal(10), unit="位"), "10位"),
            (FULL.records[1], ""),
        ],
    )
    def test_value_words(self, record: sp.Record, words: str) -> None:
        assert terminal.value_words(record) == words

    def test_targets(self) -> None:
        text = printed(terminal.write, [FULL], every=False)
        line = next(line for line in text.splitlines() if "95亿元以上" in line)
        assert line.split() == ["固定资产投资", "95亿元", "≥", "must", "95亿元以上", "1:9"]
        assert "a.txt" not in text
        assert "2 targets in 1 input, of 8 records" in text

    def test_a_lost_number_is_a_question_mark_with_a_note(self) -> None:
        text = printed(terminal.write, [FULL], every=False)
        line = next(line for line in text.splitlines() if "28个" in line)
        assert line.split()[:5] == ["项目", "?", "strive", "年底前", "..201X-12-31"]
        assert terminal.MASKED_NOTE in text
        assert terminal.MASKED_NOTE not in printed(terminal.write, [document(amount("1"))], every=True)

    def test_every_record(self) -> None:
        text = printed(terminal.write, [FULL], every=True)
        kinds = [record.kind for record in FULL.records]
        assert [line.split()[0] for line in text.splitlines() if line.split()[:1] and line.split()[0] in kinds] == kinds
        assert "鹿鸣铜基新材料产业园" in text
        assert "8 records in 1 input" in text

    def test_several_inputs_have_a_source_column_without_their_common_folder(self) -> None:
        documents = [FULL.model_copy(update={"source": f"pages/{name}.txt"}) for name in ("a", "b")]
        lines = printed(terminal.write, documents, every=False).splitlines()
        assert lines[0].split()[0] == "source"
        assert [line.split()[0] for line in lines if "95亿元以上" in line] == ["a.txt", "b.txt"]

    def test_several_speeches_of_one_input_are_numbered(self) -> None:
        speeches = [Speech(start=0, end=20), Speech(start=20, end=30)]
        text = printed(terminal.write, [FULL.model_copy(update={"speeches": speeches})], every=False)
        assert [line.split()[:2] for line in text.splitlines() if "95亿元以上" in line] == [["a.txt", "#1"]]

    @pytest.mark.parametrize(
        ("earliest", "latest", "words"),
        [
            ("2024-01-01", "2024-12-31", "2024"),
            ("201X-01-01", "201X-12-31", "201X"),
            ("2024-06-01", "2024-06-30", "2024-06"),
            ("XXXX-02-01", "XXXX-02-28", "XXXX-02"),
            ("2024-01-01", "2024-06-30", "2024-01-01..2024-06-30"),
            ("2024-01-01", "2024-01-20", "2024-01-01..2024-01-20"),
            ("2021-01-01", "2025-12-31", "2021-01-01..2025-12-31"),
            (None, "2024-06-30", "..2024-06-30"),
            ("2024-03-01", None, "2024-03-01.."),
            (None, None, ""),
        ],
    )
    def test_interval_words(self, earliest: str | None, latest: str | None, words: str) -> None:
        assert terminal.interval_words(When(text="时间", earliest=earliest, latest=latest)) == words

    def test_chinese_columns_are_aligned(self) -> None:
        text = printed(terminal.write, [FULL], every=False)
        widths = {cell_len(line[: line.index("1:")]) for line in text.splitlines() if " 1:" in line}
        assert len(widths) == 1

    def test_long_cells_are_folded_not_cut(self) -> None:
        indicator = "".join(chr(0x9000 + at) for at in range(240))
        text = printed(terminal.write, [document(amount("1", indicator=indicator, status="target"))], every=False)
        assert "".join(char for char in text if char in indicator) == indicator

    def test_no_targets(self) -> None:
        assert printed(terminal.write, [document()], every=False) == (
            "0 targets in 1 input, of 0 records (--all shows every record)\n"
        )

    def test_no_documents(self) -> None:
        assert printed(terminal.write, [], every=False) == ""

    def test_escape_sequences_do_not_reach_the_terminal(self) -> None:
        text = printed(terminal.write, [document(amount("1", indicator="投资\x1b[31m\u202e"))], every=True)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "投资<U+001B>[31m<U+202E>" in text


VISIBLE = [
    ("两行\n一段", "两行⏎一段"),
    ("\x1b[2J", "<U+001B>[2J"),
    ("零\u200b宽", "零<U+200B>宽"),
    ("全角　空格，“引号”", "全角　空格，“引号”"),
    (" \n　\u00a0", "␣⏎<U+3000><U+00A0>"),
]


@pytest.mark.parametrize(("text", "shown"), VISIBLE)
def test_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(("offset", "place"), [(0, "1:1"), (2, "1:3"), (3, "2:1"), (4, "3:1"), (5, "3:2"), (6, "3:3")])
def test_places(offset: int, place: str) -> None:
    assert Places("一二\n\n三四")(offset) == place


class TestExplain:
    def test_each_record_with_its_rules_and_places(self) -> None:
        raw = "首页\n" + TEXT
        record = FULL.records[0].model_copy(update={"raw_start": 11, "raw_end": 17, "rule": "amount.yi bound.min"})
        text = printed(explain.write, [document(record, raw=raw)])
        assert "[0] amount 95亿元以上" in text
        assert "rule   amount.yi bound.min" in text
        assert "value=9500000000 value_yi=95 unit=CNY bound=min role=value indicator=固定资产投资" in text
        assert "clean  8:14  确保固定资产投资⟦95亿元以上⟧，力争年底前" in text
        assert "raw    11:17  line 2:9  首页⏎确保固定资产投资⟦95亿元以上⟧，力争年底前" in text

    def test_a_lost_number_says_so(self) -> None:
        assert "value=? (masked or lost in the source)" in printed(explain.write, [document(amount(None))])

    def test_speeches_and_warnings(self) -> None:
        text = printed(explain.write, [FULL])
        assert text.startswith("a.txt (read as utf-8)\nspeech 0: 讲话 · 201X-08-24\n")
        assert "warning c: m\n  clean  0:1  ⟦确⟧保固定资产投资95亿元以上" in text
        assert text.endswith("8 records, 1 repair, 1 removal, 1 warning\n")


CLEANED = AlignedText.of("首页 > 正文\n項(xiàng)目83個\n完").apply(
    [
        Edit(0, 8, "", "boilerplate.crumbs"),
        Edit(8, 9, "项", "script.simplified"),
        Edit(9, 16, "", "pinyin.note"),
        Edit(19, 20, "个", "script.simplified"),
    ]
)


class TestChanges:
    def test_every_change_with_rule_place_before_and_after(self) -> None:
        text = printed(lambda stream: explain.write_changes(CLEANED, *describe_changes(CLEANED), [], stream))
        assert [line.split(maxsplit=3) for line in text.splitlines()[:-1]] == [
            ["1:1", "0:8", "boilerplate.crumbs", "首页 > 正文⏎ → (removed)"],
            ["2:1", "8:9", "script.simplified", "項 → 项"],
            ["2:2", "9:16", "pinyin.note", "(xiàng) → (removed)"],
            ["2:12", "19:20", "script.simplified", "個 → 个"],
        ]
        assert text.splitlines()[-1] == "2 repairs, 2 removals"

    def test_diff_marks_what_went_and_what_came(self) -> None:
        text = printed(diff.write, CLEANED)
        assert text == (
            "[-首页 > 正文⏎-][-項-]{+项+}[-(xiàng)-]目83[-個-]{+个+}⏎完  "
            "boilerplate.crumbs script.simplified pinyin.note\n\n"
        )

    def test_diff_leaves_out_long_unchanged_stretches(self) -> None:
        raw = "個" + "一" * 200 + "個" + "二" * 200
        text = AlignedText.of(raw).apply([Edit(0, 1, "个", "s"), Edit(201, 202, "个", "s")])
        one, _, two, *_ = printed(diff.write, text).splitlines()
        assert one == "[-個-]{+个+}" + "一" * 30 + "…  s"
        assert two == "…" + "一" * 30 + "[-個-]{+个+}" + "二" * 30 + "…  s"

    def test_diff_of_an_untouched_text_is_nothing(self) -> None:
        assert printed(diff.write, AlignedText.of("项目83个")) == ""

    def test_colour_on_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        stream: TextIO = Terminal()
        diff.write(CLEANED, stream)
        assert "\x1b[31m[-項-]" in stream.getvalue()
        assert "\x1b[32m{+项+}" in stream.getvalue()


class TestFrame:
    def test_columns_and_types(self) -> None:
        frame = sp.to_frame([FULL])
        assert tuple(frame.columns) == COLUMNS
        assert len(frame) == len(FULL.records)
        for name, kinds in {
            "fiu": ("value", "upper", "value_yi", "speech", "start", "end", "raw_start", "raw_end"),
        }.items():
            assert all(frame[column].dtype.kind in name for column in kinds)
        assert str(frame["kind"].dtype) == "category"
        other = sp.to_frame(sp.parse("今年，确保开工项目12个。"))
        joined = pd.concat([frame, other])
        names = ("kind", "bound", "role", "status", "strength")
        assert [name for name in names if joined[name].dtype != frame[name].dtype] == []

    def test_values(self) -> None:
        frame = sp.to_frame([FULL])
        first = frame.iloc[0]
        assert (first["value"], first["value_yi"], first["unit"]) == (9.5e9, 95.0, "CNY")
        lost = frame[frame["text"] == "28个"].iloc[0]
        assert pd.isna(lost["value"])
        assert lost["when_latest"] == "201X-12-31"

    def test_a_filter_as_a_researcher_writes_it(self) -> None:
        frame = sp.to_frame([FULL, FULL])
        chosen = frame[(frame.status == "target") & (frame.unit == "CNY")]
        assert chosen["value_yi"].tolist() == [95.0, 95.0]

    @pytest.mark.parametrize("documents", [[], [document()]], ids=["none", "empty"])
    def test_no_records_is_an_empty_frame_with_the_same_types(self, documents: list[sp.Document]) -> None:
        frame, full = sp.to_frame(documents), sp.to_frame([FULL])
        assert len(frame) == 0
        numeric = [name for name in COLUMNS if full[name].dtype.kind in "fiu"]
        assert [frame[name].dtype for name in numeric] == [full[name].dtype for name in numeric]

    def test_one_document_and_its_method(self) -> None:
        pd.testing.assert_frame_equal(FULL.to_frame(), sp.to_frame(FULL))

    def test_without_pandas_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pandas", None)
        with pytest.raises(sp.MissingExtraError, match=r"pip install 'speechparse\[frames\]'"):
            sp.to_frame([FULL])

    def test_without_polars_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "polars", None)
        with pytest.raises(sp.MissingExtraError, match=r"pip install 'speechparse\[polars\]'"):
            sp.to_polars([FULL])


def test_repairs_and_removals_of_the_contract() -> None:
    repairs, removals = describe_changes(CLEANED)
    assert repairs[0] == Repair(
        rule="script.simplified", raw_start=8, raw_end=9, start=0, end=1, before="項", after="项"
    )
    assert [(removal.rule, removal.text) for removal in removals] == [
        ("boilerplate.crumbs", "首页 > 正文\n"),
        ("pinyin.note", "(xiàng)"),
    ]
