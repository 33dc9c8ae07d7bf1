"""The whole way: what holds for every Document, whatever the input."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants import check_spans, replay
from places import INPUT_FILES, SAMPLE_FILES

import speechparse as sp

FILES = [*SAMPLE_FILES, *INPUT_FILES]
Parsed = Callable[[Path], sp.Document]
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)

FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(FULL_WIDTH_DIGITS))


def raw_digits(document: sp.Document, record: sp.Record) -> str:
    """The digits of a record's raw slice, without those of what was removed inside it, such as a page number."""
    inside = [r for r in document.removals if record.raw_start <= r.raw_start < record.raw_end]
    pieces, done = [], record.raw_start
    for removal in inside:
        pieces.append(document.raw[done : removal.raw_start])
        done = removal.raw_end
    return digits("".join([*pieces, document.raw[done : record.raw_end]]))


@each_file
def test_spans(file: Path, parsed: Parsed) -> None:
    check_spans(parsed(file))


@each_file
def test_the_raw_slice_holds_the_same_figure(file: Path, parsed: Parsed) -> None:
    document = parsed(file)
    assert [r for r in document.records if digits(r.text) != raw_digits(document, r)] == []


@each_file
def test_repairs_and_removals_replayed_give_the_clean_text(file: Path, parsed: Parsed) -> None:
    document = parsed(file)
    assert replay(document) == document.text


@each_file
def test_clean_text_is_clean(file: Path, parsed: Parsed) -> None:
    text = parsed(file).text
    assert sp.clean(text).text == text


@each_file
def test_json_validates(file: Path, parsed: Parsed) -> None:
    document = parsed(file)
    jsonschema.validate(json.loads(document.model_dump_json()), sp.Document.model_json_schema(mode="serialization"))
    assert sp.Document.model_validate_json(document.model_dump_json()) == document.model_copy(update={"raw": ""})


def test_two_runs_say_the_same() -> None:
    for file in SAMPLE_FILES[:3]:
        assert sp.parse(file).model_dump_json() == sp.parse(file).model_dump_json()


class TestSources:
    TEXT = "今年，确保固定资产投资增长8%以上。\n"

    def test_a_path_is_a_file_bytes_are_its_content_and_a_str_is_text(self, tmp_path: Path) -> None:
        file = tmp_path / "speech.txt"
        file.write_bytes(self.TEXT.encode("gb18030"))
        by_path, by_bytes, by_str = sp.parse(file), sp.parse(file.read_bytes()), sp.parse(self.TEXT)
        assert by_path.text == by_bytes.text == by_str.text
        assert by_path.records == by_bytes.records == by_str.records
        assert (by_path.source, by_bytes.source, by_str.source) == (str(file), "<bytes>", "<str>")

    def test_a_name_replaces_the_source(self) -> None:
        assert sp.parse(self.TEXT, name="page 7").source == "page 7"

    def test_a_str_is_never_a_file_name(self) -> None:
        assert sp.parse(str(SAMPLE_FILES[0])).raw == str(SAMPLE_FILES[0])

    @pytest.mark.parametrize("source", [None, 7, ["text"]])
    def test_other_types_are_refused(self, source: object) -> None:
        with pytest.raises(TypeError, match="a source is bytes, str or Path"):
            sp.parse(source)  # type: ignore[arg-type]

    @pytest.mark.parametrize("source", ["", " \n", b"", b"\n", Path("no such file.txt")])
    def test_no_text_is_an_input_error(self, source: sp.pipeline.Source) -> None:
        with pytest.raises(sp.InputError):
            sp.parse(source)

    def test_parse_many_is_lazy(self) -> None:
        taken = []

        def sources() -> Iterator[str]:
            for number in range(3):
                taken.append(number)
                yield self.TEXT

        documents = sp.parse_many(sources())
        assert taken == []
        next(documents)
        assert taken == [0]
        assert len(list(documents)) == 2

    def test_clean_is_the_text_of_the_document(self) -> None:
        for file in SAMPLE_FILES:
            assert sp.clean(file).text == sp.parse(file).text


FRAGMENTS = [
    *(
        "确保",
        "力争",
        "完成",
        "固定资产投资",
        "5",
        "3.2",
        "亿元",
        "万",
        "以上",
        "％",
        "。",
        "，",
        "、",
        "\n",
        "一、",
        "（",
        "）",
    ),
    *(
        "年底前",
        "201*年",
        "X亿元",
        "个",
        "項(xiàng)目",
        "?",
        "<p>",
        "&nbsp;",
        "\x00",
        "\u200b",
        "　",
        "- 1 -",
        "\ud7ff",
        "𠀀",
    ),
    *("同志们：", "在全县大会上的讲话", "2016年2月19日", "其中", "Ã¥", "上一篇：", "１", "百分之", "十", "—", "\r\n"),
]


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40).map("".join))
@settings(max_examples=200)
def test_any_text_ends_in_a_sound_document(text: str) -> None:
    try:
        document = sp.parse(text)
    except sp.SpeechparseError:
        assert not text.replace("\ufeff", "").strip()
        return
    check_spans(document)
    assert replay(document) == document.text


ANY_BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), max_size=20)
    .map("".join)
    .flatmap(
        lambda text: st.sampled_from(("utf-8", "gb18030", "big5", "utf-16", "latin-1")).map(
            lambda encoding: text.encode(encoding, "ignore")
        )
    )
    .flatmap(lambda data: st.tuples(st.just(data), st.binary(max_size=3), st.integers(0, 60)))
    .map(lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]),
)


@given(ANY_BYTES)
@settings(max_examples=200)
def test_any_bytes_end_in_a_sound_document_or_an_input_error(data: bytes) -> None:
    try:
        document = sp.parse(data)
    except sp.InputError:
        return
    check_spans(document)
    document.model_dump_json()


@given(st.text(max_size=80))
def test_any_characters_end_in_a_sound_document_or_an_error(text: str) -> None:
    try:
        document = sp.parse(text)
    except sp.SpeechparseError:
        return
    check_spans(document)
    document.model_dump_json()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"script": "latin"}, "script='latin' is not one of simplified, "),
        ({"reference_date": "2031-03-05"}, "reference_date='2031-03-05' is not a datetime"),
        ({"encoding": "gbk18030"}, "encoding='gbk18030' is not one that Python knows"),
    ],
)
def test_an_option_with_a_value_that_it_can_not_have_is_named(options: dict[str, str], problem: str) -> None:
    with pytest.raises(sp.OptionsError, match=problem):
        sp.ParseOptions(**options)  # type: ignore[arg-type]


def test_a_lone_surrogate_is_no_crash() -> None:
    assert "投资5亿元" in sp.parse("\ud800投资5亿元").model_dump_json()
