"""Bytes to text: the right encoding without being told, marks for what is in none, clear words for what is no text."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import opencc
import pytest
import regex
from cleaning import corpus
from hypothesis import example, given
from hypothesis import strategies as st

from speechparse import InputError
from speechparse.clean import decode

SPEECH = (
    "各位代表：\n　　现在，我代表县人民政府向大会报告工作，请予审议。\n"
    "　　2031年全县地区生产总值完成86.4亿元，增长9.2%；固定资产投资41.5亿元，其中工业投资18亿元。\n"
    "　　——产业基础更加稳固。“两园一带”建设提速，入园企业达到36家，带动就业2300余人。\n"
)
LABELS = {"utf-8-sig": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "cp950": "big5"}
MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@cache
def traditional(text: str) -> str:
    """The lines of the traditional conversion that Big5 can hold."""
    converted: str = opencc.OpenCC("s2tw").convert(text)
    lines = converted.splitlines(keepends=True)
    return "".join(line for line in lines if line.encode("big5", "ignore").decode("big5") == line)


def encoded(text: str) -> Iterator[tuple[str, str, bytes]]:
    """Label, text and bytes of a text in every encoding that can hold it."""
    for name in ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb2312", "gbk", "gb18030", "big5", "cp950"):
        held = traditional(text) if LABELS.get(name, name) == "big5" else text
        try:
            data = held.encode(name)
        except UnicodeEncodeError:
            continue
        yield LABELS.get(name, name), held, data
        if name in MARKS:
            yield name, held, MARKS[name] + data


DECODED = [
    # bytes, encoding, text
    ("同志们".encode("gbk"), "gb18030", "同志们"),
    ("〇㐀𠀀，𬭎".encode("gb18030"), "gb18030", "〇㐀𠀀，𬭎"),
    ("會議".encode("big5"), "big5", "會議"),
    (b"2031", "utf-8", "2031"),
    ("项目\r\n建设".encode("utf-16"), "utf-16-le", "项目\r\n建设"),
    ("全县重点项目建设推进会".encode("utf-16-le"), "utf-16-le", "全县重点项目建设推进会"),
    ("全县重点项目建设推进会".encode("utf-16-be"), "utf-16-be", "全县重点项目建设推进会"),
    ("GDP".encode("utf-16-be"), "utf-16-be", "GDP"),
    ("会议".encode("utf-32"), "utf-32-le", "会议"),
    (b'<meta charset="gb2312">' + "一、认清形势".encode(), "utf-8", '<meta charset="gb2312">一、认清形势'),
    (b'<meta charset="gb2312">' + "喆、镕、﨑".encode("gb18030"), "gb18030", '<meta charset="gb2312">喆、镕、﨑'),
    (b'<meta charset="utf-8">' + "一、认清形势".encode("gbk"), "gb18030", '<meta charset="utf-8">一、认清形势'),
    (b"<script>" + b"x = 1; " * 9000 + b"</script>" + "形势".encode("gbk"), "gb18030", None),
    ("深圳、埗、邨".encode("big5hkscs", "ignore"), "big5", None),
]


@pytest.mark.parametrize(("data", "encoding", "text"), DECODED, ids=[repr(text) for _, _, text in DECODED])
def test_decoded(data: bytes, encoding: str, text: str | None) -> None:
    aligned = decode(data, source="page")
    assert aligned.encoding == encoding
    assert text is None or aligned.text == text
    assert aligned.text == aligned.raw
    assert aligned.warnings == ()


def test_each_encoding() -> None:
    for label, text, data in encoded(SPEECH):
        aligned = decode(data, source="page")
        assert (aligned.encoding, aligned.text) == (label, text)


GIVEN = [
    # bytes, encoding as given, label, text
    ("会议".encode("gbk"), "GB2312", "gb18030", "会议"),
    ("会议".encode("utf-8-sig"), "utf8", "utf-8", "会议"),
    ("会议".encode("utf-8-sig"), "utf-8-sig", "utf-8", "会议"),
    ("会议".encode("utf-16"), "utf-16", "utf-16-le", "会议"),
    (codecs.BOM_UTF16_BE + "会议".encode("utf-16-be"), "utf-16", "utf-16-be", "会议"),
    ("會議".encode("big5"), "Big5", "big5", "會議"),
    (b"\xe4\xbc\x9a\xe8", "utf-8", "utf-8", "会\ufffd"),
    (b"caf\xe9", "latin-1", "iso8859-1", "café"),
]


@pytest.mark.parametrize(("data", "encoding", "label", "text"), GIVEN, ids=[row[1] for row in GIVEN])
def test_the_encoding_is_used_that_is_given(data: bytes, encoding: str, label: str, text: str) -> None:
    aligned = decode(data, source="page", encoding=encoding)
    assert (aligned.encoding, aligned.text) == (label, text)


DAMAGED = [
    # what is put into the middle of the bytes, encoding
    (b"\xff", "utf-8"),
    (b"\xe4\xb8", "utf-8"),
    (b"\xff\xfe\xff", "utf-8"),
    (b"\xff", "gb18030"),
    (b"\x80\x80", "gb18030"),
]


@pytest.mark.parametrize(("bad", "encoding"), DAMAGED)
@pytest.mark.parametrize("half", [0, 1])
def test_a_few_bad_bytes_are_marked_and_the_rest_is_kept(bad: bytes, encoding: str, half: int) -> None:
    before, after = "各位代表：全县生产总值完成86亿元，", "固定资产投资完成41.5亿元，入园企业达到36家。" * 9
    cut = len(before.encode(encoding)) - half
    data = (before + after).encode(encoding)
    aligned = decode(data[:cut] + bad + data[cut:], source="page")
    assert aligned.encoding == encoding
    assert aligned.text.startswith(before[:-1])
    assert aligned.text.endswith(after[1:])
    assert "\ufffd" in aligned.text
    warning = aligned.warnings[0]
    assert warning.name == "bad_bytes"
    assert set(aligned.raw[warning.raw_start : warning.raw_end]) == {"\ufffd"}


def test_a_loss_that_came_with_the_file_is_told_too() -> None:
    assert [warning.name for warning in decode("投资\ufffd亿元".encode(), source="page").warnings] == ["bad_bytes"]


def test_no_more_warnings_than_can_be_read() -> None:
    aligned = decode(b"\xff " * 5000, source="page", encoding="utf-8")
    assert len(aligned.warnings) == 1001
    assert aligned.warnings[-1].raw_end == len(aligned.raw)


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<p/>")
    return file.getvalue()


def tarred() -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("page.html"))
    return file.getvalue()


PAGE = "<html><body>今年，确保完成固定资产投资53.2亿元以上。</body></html>".encode()
NOISE = Random(4).randbytes(5000)

# What a crawler meets under the name of a page
REFUSED = [
    # bytes, words of the message
    (b"", "is empty"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a PNG image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a JPEG image"),
    (b"GIF89a\x01\0", "is a GIF image"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "is a WebP image"),
    (b"II*\0\x08\0\0\0", "is a TIFF image"),
    (b"BM\x36\x04\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0" + b"\0\xff" * 90, "is no text but binary data"),
    (b"\0\0\1\0\1\0\x10\x10", "is an icon"),
    (b"8BPS\0\1", "is a Photoshop image"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "is a HEIC image"),
    (b"\0\0\0\x1cftypavif\0\0\0\0", "is an AVIF image"),
    (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "is a video or sound file"),
    (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1webm", "is a video file"),
    (b"FLV\1\5\0\0\0\x09", "is a video file"),
    (b"ID3\3\0\0\0\0\0\x23TSSE", "is a sound file"),
    (b"\xff\xfb\x90\x44" + b"\0" * 400, "is no text but binary data"),
    (b"OggS\0\2", "is a sound or video file"),
    (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    (b"\r\n\r\n%PDF-1.4\n1 0 obj", "is a PDF"),
    (b"%!PS-Adobe-3.0\n", "is a PostScript file"),
    (b"CAJ\0\0", "is a CAJ document"),
    (b"AT&TFORM\0\0\0\x10DJVU", "is a DjVu scan"),
    (zipped(), "is a ZIP archive or an Office file"),
    (b"PK\5\6" + b"\0" * 18, "is an empty ZIP archive"),
    (gzip.compress(PAGE), "is gzip-compressed"),
    (bz2.compress(PAGE), "is bzip2-compressed"),
    (lzma.compress(PAGE), "is xz-compressed"),
    (b"\x28\xb5\x2f\xfd\x04\0", "is zstd-compressed"),
    (b"\x1f\x9d\x90", "is compressed"),
    (b"LZIP\1\x0c", "is lzip-compressed"),
    (zlib.compress(PAGE * 20 + NOISE), "is no text but binary data"),
    (tarred(), "is a tar archive"),
    (b"7z\xbc\xaf\x27\x1c\0\4", "is a 7z archive"),
    (b"Rar!\x1a\7\1\0", "is a RAR archive"),
    (b"MSCF\0\0\0\0", "is a cabinet archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file"),
    (b"{\\rtf1\\ansi", "is an RTF document"),
    (b"SQLite format 3\0", "is a SQLite database"),
    (b"PAR1\x15\4", "is a Parquet file"),
    (b"ARROW1\0\0", "is an Arrow file"),
    (b"wOF2\0\1\0\0", "is a font"),
    (b"\0\1\0\0\0\x0f\0\x80" + b"\0\1\2\3" * 40, "is a font"),
    (b"\x7fELF\2\1\1", "is a program"),
    (b"MZ\x90\0\3", "is a program"),
    (b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0\x10" * 40, "is no text but binary data"),
    (NOISE, "is no text but binary data"),
    (b"\0" * 300, "is no text but binary data"),
]


REFUSED_IDS = [f"{number} {words}" for number, (_, words) in enumerate(REFUSED)]


@pytest.mark.parametrize(("data", "words"), REFUSED, ids=REFUSED_IDS)
def test_what_is_no_text_is_refused_by_name(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, source="scan.txt")
    assert caught.value.source == "scan.txt"
    assert caught.value.problem.startswith(words)
    assert caught.value.advice
    assert str(caught.value) == f"scan.txt: {caught.value.problem}; {caught.value.advice}"


CUT_OFF = [
    # bytes that end or begin in the middle of a character, encoding, text
    (SPEECH.encode()[:-2], "utf-8", SPEECH[:-2] + "\ufffd"),
    (SPEECH.encode()[1:], "utf-8", "\ufffd\ufffd" + SPEECH[1:]),
    (SPEECH.encode("gb18030")[:-2], "gb18030", SPEECH[:-2] + "\ufffd"),
    (SPEECH.encode("utf-16-le")[:-3], "utf-16-le", SPEECH[:-2] + "\ufffd"),
    (SPEECH.encode("utf-16-be")[:-3], "utf-16-be", SPEECH[:-2] + "\ufffd"),
    (codecs.BOM_UTF8 + SPEECH.encode()[:-2], "utf-8", SPEECH[:-2] + "\ufffd"),
]


@pytest.mark.parametrize(("data", "encoding", "text"), CUT_OFF, ids=[row[1] for row in CUT_OFF])
def test_what_was_cut_off_costs_a_character(data: bytes, encoding: str, text: str) -> None:
    aligned = decode(data, source="page")
    assert (aligned.encoding, aligned.text) == (encoding, text)
    assert [warning.name for warning in aligned.warnings] == ["bad_bytes"]


LITTLE, BIG = SPEECH.encode("utf-16-le"), (SPEECH * 9).encode("utf-16-be")

OUT_OF_STEP = [
    # bytes of a UTF-16 text with one too many or too few, encoding, text
    (b"\n" + LITTLE, "utf-16-le", "\ufffd" + SPEECH),
    (b"\n" + BIG, "utf-16-be", "\ufffd" + SPEECH * 9),
    (b"S" + LITTLE[:40], "utf-16-le", "\ufffd" + SPEECH[:20]),
    (LITTLE[1:], "utf-16-le", "\ufffd" + SPEECH[1:]),
    (BIG[1:], "utf-16-be", "\ufffd" + (SPEECH * 9)[1:]),
    (LITTLE[1:-1], "utf-16-le", "\ufffd" + SPEECH[1:-1] + "\ufffd"),
    (codecs.BOM_UTF16_LE + LITTLE[:51] + LITTLE[52:], "utf-16-le", SPEECH[:24] + "\ufffd\ufffd" + SPEECH[26:]),
    (LITTLE[:200] + b"\r" + LITTLE[200:], "utf-16-le", SPEECH[:100] + "\ufffd" + SPEECH[100:]),
    (LITTLE[:-19] + LITTLE[-18:], "utf-16-le", SPEECH[:-10] + "\ufffd" + SPEECH[-9:]),
    (BIG[:1801] + BIG[1802:], "utf-16-be", (SPEECH * 9)[:899] + "\ufffd\ufffd" + (SPEECH * 9)[901:]),
]


@pytest.mark.parametrize(("data", "encoding", "text"), OUT_OF_STEP, ids=range(len(OUT_OF_STEP)))
def test_utf_16_out_of_step_costs_a_character(data: bytes, encoding: str, text: str) -> None:
    """A byte too many or too few turns each character behind it into another one; many of those are Chinese, too."""
    aligned = decode(data, source="page")
    assert (aligned.encoding, aligned.text) == (encoding, text)
    assert {warning.name for warning in aligned.warnings} == {"bad_bytes"}
    assert decode(data, source="page", encoding=encoding).text.lstrip("\ufeff") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@given(at=st.integers(0, 2 * len(SPEECH) - 1), lost=st.booleans())
@example(at=265, lost=True)  # 00 out of step is a space of two columns: it takes longer to tell
def test_a_byte_of_utf_16_costs_the_characters_beside_it(encoding: str, at: int, lost: bool) -> None:
    text = SPEECH * 2
    whole = text.encode(encoding)
    aligned = decode(whole[:at] + (b"" if lost else b" ") + whole[at + lost :], source="page")
    before, behind = regex.fullmatch("([^\ufffd]*)\ufffd+([^\ufffd]*)\n?", aligned.text).groups()
    assert aligned.encoding == encoding
    assert text.startswith(before[:-1])
    assert text.endswith(behind[1:])
    assert len(before) + len(behind) >= len(text) - 5


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_in_step_stays_whatever_its_characters_are(encoding: str) -> None:
    text = "།༄༅། །བོད་ཡིག་" * 30 + "㐀㐁㐂㑇㑊" * 40 + "𠀀𠀁𠮷" * 50 + "العربية" * 30
    assert decode(MARKS[encoding] + text.encode(encoding), source="page").text == text


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        aligned = decode(data, source="page")
    except InputError:
        return
    assert aligned.text == aligned.raw
    assert ("\ufffd" in aligned.raw) == bool(aligned.warnings)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=60, max_size=90))
def test_rare_characters_are_no_reason_to_misread_utf8(text: str) -> None:
    assert decode(text.encode(), source="page").text == text


def test_whole_texts_of_the_development_material(shared: Path) -> None:
    tried, wrong = 0, list[tuple[str, str]]()
    for name, text in corpus(shared):
        for label, held, data in encoded(text):
            tried += 1
            aligned = decode(data, source=name)
            if (aligned.encoding, aligned.text) != (label, held):
                wrong.append((name, label))
    assert tried > 200
    assert len(wrong) <= 0.005 * tried, wrong


def test_heads_of_the_development_material(shared: Path) -> None:
    """300 bytes or a few less, so that the cut falls within a character as well; it may cost that character only."""
    tried, wrong = 0, list[tuple[str, str, int]]()
    for name, text in corpus(shared):
        for label, held, data in encoded(text):
            for length in (297, 298, 299, 300):
                tried += 1
                aligned = decode(data[:length], source=name)
                read = aligned.text.rstrip("\ufffd")
                if aligned.encoding != label or not held.startswith(read) or len(aligned.text) - len(read) > 2:
                    wrong.append((name, label, length))
    assert tried > 800
    assert len(wrong) <= 0.03 * tried, wrong
