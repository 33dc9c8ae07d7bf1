"""Reading archives: every document comes once, what can't be read says why, nothing outside is touched."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import os
import random
import socket
import stat
import struct
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechparse import MissingExtraError, SpeechparseError
from speechparse.archive.sources import Columns, Failure, Item, Limits, read_sources
from speechparse.inputs import is_readme

PAGE = "青坪县今年确保完成固定资产投资53.2亿元以上。".encode()
GBK = "青坪县今年力争新开工项目30个。".encode("gbk")
SMALL = Limits(document=1000, unpacked=20_000, members=50)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def read(*sources: str | Path, columns: Columns | None = None, limits: Limits | None = None) -> list[Item | Failure]:
    """All entries; what holds for every reading is checked on the way."""
    before = listing()
    entries = list(read_sources(sources, columns=columns or Columns(), limits=limits or Limits()))
    assert listing() == before
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        texts = [entry.id, entry.name, *(entry[3:] if isinstance(entry, Failure) else entry[2:])]
        assert all(text.encode() for text in texts if isinstance(text, str))
    return entries


def listing() -> list[tuple[str, int]]:
    return sorted((str(path), path.lstat().st_mtime_ns) for path in Path.cwd().parent.rglob("*"))


def told(entries: Iterable[Item | Failure]) -> dict[str, bytes | str]:
    """Content or reason by name."""
    return {entry.name: entry.content if isinstance(entry, Item) else entry.reason for entry in entries}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zipped_infos(*members: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for info, content in members:
            archive.writestr(info, content)
    return buffer.getvalue()


def zip_info(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def tarred(members: dict[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    return tarred_infos(*((tar_info(name), content) for name, content in members.items()), format=format)


def tarred_infos(*members: tuple[tarfile.TarInfo, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as archive:
        for info, content in members:
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def tar_info(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.compress(data, codec="zstd", asbytes=True)
    return packed


def comma_separated(*rows: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()


def parquet(columns: dict[str, object], **options: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, **options)
    return buffer.getvalue()


PAGES = {"a/1.html": PAGE, "a/b/2.txt": GBK, "c.md": "三、项目\n".encode()}
ROWS = [["id", "正文", "链接", "发布时间"], ["q7", "今年，\n“确保”增长8%", "http://q.example/7", "2031-03-05"]]
WHOLE = [  # the same pages, however they are packed
    ("pages.zip", zipped(PAGES)),
    ("stored.zip", zipped(PAGES, zipfile.ZIP_STORED)),
    ("behind.zip", b"#!/bin/sh\n" + zipped(PAGES)),
    ("comment.ZIP", zipped(PAGES)[:-2] + struct.pack("<H", 300) + b"-" * 300),
    ("pages.tar", tarred(PAGES)),
    ("gnu.tar", tarred(PAGES, tarfile.GNU_FORMAT)),
    ("twice.tar", tarred({"a/1.html": PAGE}) + tarred({name: PAGES[name] for name in ("a/b/2.txt", "c.md")})),
    ("pages.tar.gz", gzip.compress(tarred(PAGES))),
    ("pages.tgz", gzip.compress(tarred(PAGES))),
    ("pages.tar.zst", zstd(tarred(PAGES))),
    ("frames.tzst", zstd(tarred(PAGES)[:700]) + zstd(tarred(PAGES)[700:])),
]


ADDRESSED = [
    # file, its data, the addresses that come
    ("page.html", PAGE, []),
    ("page.txt.gz", gzip.compress(PAGE), []),
    ("rows.csv", comma_separated(*ROWS).encode(), ["http://q.example/7"]),
    ("plain.csv", comma_separated(["id", "正文"], ["q7", "今年"]).encode(), []),
    ("rows.jsonl.gz", gzip.compress(b'{"text": "a", "url": "http://a.example/1"}'), ["http://a.example/1"]),
    ("plain.jsonl", b'{"text": "a"}\n{"text": "b", "url": "http://a.example/1"}', []),
    ("rows.parquet", parquet({"text": ["a"], "url": ["http://a.example/1"]}), ["http://a.example/1"]),
    ("plain.parquet", parquet({"text": ["a"]}), []),
    ("rows.zip", zipped({"a.html": PAGE, "b.csv": b"url,text\nhttp://a.example/1,a\n"}), ["http://a.example/1"]),
    ("pages.tar.gz", gzip.compress(tarred(PAGES)), []),
    ("empty.csv", b"", []),
]


@pytest.mark.parametrize(("name", "data", "addresses"), ADDRESSED, ids=[name for name, *_ in ADDRESSED])
def test_what_may_have_an_address(name: str, data: bytes, addresses: list[str]) -> None:
    Path(name).write_bytes(data)
    found = list(read_sources([Path(name)], addressed=True))
    assert [entry.url for entry in found if isinstance(entry, Item)] == addresses
    assert len(found) == len(addresses)
    assert all(entry in read(Path(name)) for entry in found)


@pytest.mark.parametrize(("name", "data"), WHOLE, ids=[name for name, _ in WHOLE])
def test_archive(name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    assert told(read(name)) == {f"{name}!{member}": content for member, content in PAGES.items()}


TABLES: list[tuple[str, bytes, bytes | str]] = [
    ("rows.csv", comma_separated(*ROWS).encode(), ROWS[1][1].encode()),
    ("bom.csv", comma_separated(*ROWS).encode("utf-8-sig"), ROWS[1][1].encode()),
    ("quoted.csv", b'\xef\xbb\xbf"id","text","url","date"\n"q7","x","http://q.example/7","2031-03-05"\n', b"x"),
    ("gbk.csv", comma_separated(*ROWS).encode("gbk"), ROWS[1][1].encode("gbk")),
    (
        "big5.csv",
        comma_separated(ROWS[0], ["q7", "青坪縣政府工作報告", *ROWS[1][2:]])
        .replace("发布时间", "date")
        .replace("链接", "url")
        .encode("big5"),
        "青坪縣政府工作報告".encode("big5"),
    ),
    ("utf16.csv", comma_separated(*ROWS).encode("utf-16"), ROWS[1][1].encode()),
    ("semicolons.csv", "id;text;url;date\nq7;甲,乙;http://q.example/7;2031-03-05".encode(), "甲,乙".encode()),
    ("tabs.tsv", "id\ttext\turl\tdate\nq7\t甲\thttp://q.example/7\t2031-03-05".encode(), "甲".encode()),
    (
        "half.csv",
        b'id,text,url,date\nq7,"\xcf\xee\xc4\xbf\xb5","http://q.example/7",2031-03-05\n',
        b"\xcf\xee\xc4\xbf\xb5",
    ),
    (
        "large.csv",
        f"id,text,url,date\nq7,{'项' * 200_000},http://q.example/7,2031-03-05".encode(),
        ("项" * 200_000).encode(),
    ),
    ("rows.csv.gz", gzip.compress(comma_separated(*ROWS).encode()), ROWS[1][1].encode()),
    ("rows.csv.zst", zstd(comma_separated(*ROWS).encode()), ROWS[1][1].encode()),
]
ROW = {"id": "q7", "content": "今年\u2028增长8%", "url": "http://q.example/7", "publish_date": "2031-03-05"}
LINE = json.dumps(ROW, ensure_ascii=False)
TABLES += [
    ("rows.jsonl", LINE.encode(), ROW["content"]),
    ("escaped.ndjson", json.dumps(ROW).encode() + b"\r\n", ROW["content"]),
    ("bom.jsonl", LINE.encode("utf-8-sig"), ROW["content"]),
    ("gbk.jsonl", LINE.replace("\u2028", "").encode("gbk"), "今年增长8%"),
    ("utf16.jsonl", LINE.encode("utf-16"), ROW["content"]),
    ("rows.jsonl.gz", gzip.compress(LINE.encode()), ROW["content"]),
    ("rows.jsonl.zst", zstd(LINE.encode()), ROW["content"]),
]
CELLS: dict[str, object] = {"id": ["q7"], "url": ["http://q.example/7"], "date": ["2031-03-05"]}
TABLES += [
    ("text.parquet", parquet({"text": ["增长8%"], **CELLS}), "增长8%"),
    ("bytes.parquet", parquet({"html": [GBK], **CELLS}), GBK),
    ("categories.parquet", parquet({"text": pa.array(["增长8%"]).dictionary_encode(), **CELLS}), "增长8%"),
    (
        "days.parquet",
        parquet({**CELLS, "text": pa.array(["x"], pa.large_string()), "date": [dt.date(2031, 3, 5)]}),
        "x",
    ),
]


@pytest.mark.parametrize(("name", "data", "content"), TABLES, ids=[name for name, _, _ in TABLES])
def test_table(name: str, data: bytes, content: bytes | str) -> None:
    Path(name).write_bytes(data)
    assert read(name) == [Item("q7", f"{name}#1", content, "http://q.example/7", "2031-03-05")]


def test_tables_in_archives_are_read() -> None:
    data = zipped(
        {"t/rows.csv": comma_separated(*ROWS).encode(), "t/rows.jsonl": LINE.encode(), "t/no.csv": b"a,b\n1,2"}
    )
    Path("pages.zip").write_bytes(data)
    Path("pages.tar").write_bytes(tarred({"rows.csv": comma_separated(*ROWS).encode()}))
    assert [(entry.id, entry.name) for entry in read("pages.zip", "pages.tar")] == [
        ("q7", "pages.zip!t/rows.csv#1"),
        ("q7~2", "pages.zip!t/rows.jsonl#1"),
        ("pages.zip!t/no.csv", "pages.zip!t/no.csv"),
        ("q7~3", "pages.tar!rows.csv#1"),
    ]


UNCLEAR = [
    # header, columns, part of the message
    ("id,标题", Columns(), "has no text column (its columns: id, 标题)"),
    ("text,html,id", Columns(), "may hold the text: text, html (its columns: text, html, id)"),
    ("text,text", Columns(), "may hold the text: text, text"),
    ("text,id", Columns(text="正文"), "has no column 正文 (its columns: text, id)"),
    ("text,id", Columns(url="href"), "has no column href"),
]


def test_a_line_that_is_no_text_costs_itself_only() -> None:
    good = b'{"text": "a"}\n' * 10_000  # what the encoding is read from has nothing wrong
    Path("rows.jsonl").write_bytes(good + b'{"\xe8\x00\x01\x02\x00\x00\xff": 1}\n{"text": "b"}\n')
    *_, hurt, last = read_sources(["rows.jsonl"])
    assert isinstance(hurt, Failure)
    assert isinstance(last, Item)
    assert last.content == "b"


def test_a_header_that_cannot_be_read_costs_its_table_only() -> None:
    Path("t").mkdir()
    Path("t/rows.csv").write_bytes(b"id,te\rxt\n1,abc\n")
    Path("t/z.txt").write_bytes(PAGE)
    hurt, page = read_sources(["t"])
    assert isinstance(hurt, Failure)
    assert "no header that can be read" in hurt.reason
    assert page == Item("t/z.txt", "t/z.txt", PAGE, None, None)


@pytest.mark.parametrize(("header", "columns", "message"), UNCLEAR)
def test_unclear_columns(header: str, columns: Columns, message: str) -> None:
    """A table that was named is an error; one that was come across does not end the run."""
    Path("t").mkdir()
    Path("t/rows.csv").write_text(f"{header}\n1,2,3\n", encoding="utf-8")
    Path("t/b.txt").write_bytes(PAGE)
    with pytest.raises(SpeechparseError) as caught:
        read("t/rows.csv", columns=columns)
    assert message in str(caught.value)
    entries = told(read("t", columns=columns))
    assert entries["t/b.txt"] == PAGE
    assert message in str(entries["t/rows.csv"])


def test_unclear_columns_of_other_tables() -> None:
    Path("rows.jsonl").write_text('{"id": 1, "标题": "x"}\n', encoding="utf-8")
    Path("rows.parquet").write_bytes(parquet({"text": [1.5]}))
    for name, message in {"rows.jsonl": "its columns: id, 标题", "rows.parquet": "holds double in column text"}.items():
        with pytest.raises(SpeechparseError, match=message):
            read(name)


def test_named_columns() -> None:
    Path("rows.csv").write_text("text,html,k,u,d\nt,h,1,v,2031\n", encoding="utf-8")
    assert read("rows.csv", columns=Columns("html", "k", "u", "d")) == [Item("1", "rows.csv#1", b"h", "v", "2031")]


BROKEN_ROWS: list[tuple[str, bytes, dict[str, bytes | str]]] = [
    ("a.csv", b"id,text\n1,\n\n2,x\n", {"a.csv#1": "has no text (column text)", "a.csv#2": b"x"}),
    (
        "b.csv",
        b"id,text\n1,a,b\n2\n3,x,,\n",
        {"b.csv#1": "has 3 cells where the header has 2", "b.csv#2": "has no text", "b.csv#3": b"x"},
    ),
    ("c.csv", b"id,text\n1," + b"y" * 1500 + b"\n2,x\n", {"c.csv#1": "is larger than", "c.csv#2": b"x"}),
    ("d.csv", b'id,text\n1,"' + b"y\n" * 900 + b'z"\n2,x\n', {"d.csv#1": "is larger than", "d.csv#2": b"x"}),
    ("e.csv", b'id,text\n1,"y\n' + b"y" * 1500 + b'\n","u"\n2,x\n', {"e.csv#1": "is larger than", "e.csv#2": b"x"}),
    ("j.csv", b'id,text\n1,"' + b"y" * 1500, {"j.csv#1": "is larger than"}),  # a quote that nothing closes
    (
        "k.csv",
        b'id,text\n1,"' + (b"y" * 1500 + b"\n") * 2 + b'"\n2,x\n',
        {"k.csv#1": "is larger than", "k.csv#2": b"x"},
    ),
    ("f.csv", b"id,text\n1,y\rz\n2,x\n", {"f.csv#1": "is no CSV", "f.csv#2": b"x"}),
    ("g.csv", b"id,text\n", {"g.csv": "holds no row"}),
    ("h.csv", b"", {"h.csv": "is empty"}),
    ("i.csv", b"\x89PNG\r\n\x1a\n000", {"i.csv": "is a PNG image"}),
    (
        "a.jsonl",
        b'{"text": "x"}\n\n{"text": "y"\n[1]\n{"text": "z"}',
        {"a.jsonl#1": "x", "a.jsonl#3": "is no JSON (", "a.jsonl#4": "no JSON object but a list", "a.jsonl#5": "z"},
    ),
    (
        "b.jsonl",
        b'{"text": "x"}\n{"text": null}\n{"text": 5}\n{}',
        {
            "b.jsonl#1": "x",
            "b.jsonl#2": "has no text",
            "b.jsonl#3": "has no text but a int",
            "b.jsonl#4": "has no text",
        },
    ),
    (
        "c.jsonl",
        b'{"text": "x"}\n{"text": "' + b"y" * 2500 + b'"}\n{"text": "z"}',
        {"c.jsonl#1": "x", "c.jsonl#2": "is larger than", "c.jsonl#3": "z"},
    ),
    (
        "d.jsonl",
        b"[" * 900 + b'\n{"text": "x\\ud800"}\n' + b"9" * 900,
        {"d.jsonl#1": "is no JSON", "d.jsonl#2": "x\ufffd", "d.jsonl#3": "is no JSON"},
    ),
    (
        "e.jsonl.gz",
        gzip.compress(b'{"text": "x"}\n' * 2, mtime=0)[:-9],
        {"e.jsonl.gz#1": "x", "e.jsonl.gz#2": "x", "e.jsonl.gz": "cut off"},
    ),
    (
        "f.jsonl.gz",
        gzip.compress(b'{"text": "x"}\n' * 2000),
        {**{f"f.jsonl.gz#{n}": "x" for n in range(1, 1429)}, "f.jsonl.gz": "unpacks to more"},
    ),
    (
        "a.parquet",
        parquet({"text": ["x", None, "", "y" * 1500, "z"]}),
        {
            "a.parquet#1": "x",
            "a.parquet#2": "has no text",
            "a.parquet#3": "has no text",
            "a.parquet#4": "is larger than",
            "a.parquet#5": "z",
        },
    ),
    ("b.parquet", b"PAR1 and then nothing", {"b.parquet": "is no Parquet file"}),
    ("c.parquet", parquet({"text": pa.array([], pa.string())}), {"c.parquet": "holds no row"}),
    ("d.parquet", b"", {"d.parquet": "is no Parquet file"}),
]


@pytest.mark.parametrize(("name", "data", "expected"), BROKEN_ROWS, ids=[name for name, _, _ in BROKEN_ROWS])
def test_broken_rows(name: str, data: bytes, expected: dict[str, bytes | str]) -> None:
    Path(name).write_bytes(data)
    agrees(read(name, limits=SMALL), expected)


@pytest.mark.parametrize("name", ["a.tar.zst", "a.parquet"])
def test_what_needs_pyarrow_says_so(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(name).write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pyarrow is not installed.*speechparse\[archive\]"):
        read(name)


def agrees(entries: list[Item | Failure], expected: dict[str, bytes | str]) -> None:
    """The names are these, in this order, contents are equal, and reasons begin or hold what is expected."""
    assert [entry.name for entry in entries] == list(expected)
    for entry, wanted in zip(entries, expected.values(), strict=True):
        if isinstance(entry, Item):
            assert entry.content == wanted
        else:
            assert str(wanted) in entry.reason
            assert entry.stage == "read"


def test_damaged_row_group() -> None:
    data = bytearray(parquet({"text": [f"{n}" * 50 for n in range(40)]}, row_group_size=10, compression="zstd"))
    second = pq.read_metadata(io.BytesIO(data)).row_group(1).column(0)
    at = second.dictionary_page_offset or second.data_page_offset
    data[at : at + 40] = b"\xff" * 40
    Path("rows.parquet").write_bytes(data)
    entries = read("rows.parquet")
    assert [entry.name for entry in entries if isinstance(entry, Item)] == [
        f"rows.parquet#{n}" for n in range(1, 41) if not 10 < n <= 20
    ]
    (damage,) = (entry for entry in entries if isinstance(entry, Failure))
    assert damage.name == "rows.parquet#11"
    assert "and the rows to 20 are damaged" in damage.reason


def encrypted() -> bytes:
    data = bytearray(zipped({"secret.txt": PAGE, "open.txt": PAGE}))
    data[6] |= 1
    data[data.find(b"PK\1\2") + 8] |= 1
    return bytes(data)


def damaged_zip() -> bytes:
    data = bytearray(zipped({"1.txt": PAGE, "2.txt": PAGE * 2, "3.txt": PAGE}, zipfile.ZIP_STORED))
    data[data.find(PAGE * 2) + 5] ^= 255
    return bytes(data)


def damaged_tar() -> bytes:
    data = bytearray(tarred({"1.txt": PAGE, "2.txt": PAGE, "3.txt": PAGE}))
    data[1024:1030] = b"\xff" * 6
    return bytes(data)


def cut_directory() -> bytes:
    data = bytearray(zipped({"1.txt": PAGE, "2.txt": PAGE}))
    data[data.rfind(b"PK\1\2")] = 0
    return bytes(data)


def overlapping() -> bytes:
    """Two hundred entries of the directory that all point to the same member: 200 times its size."""
    data = zipped({"x.txt": b"0" * 900})
    start = data.find(b"PK\1\2")
    entry, end = data[start : data.find(b"PK\5\6")], data[data.find(b"PK\5\6") :]
    many = entry * 40
    return data[:start] + many + end[:8] + struct.pack("<2HL", 40, 40, len(many)) + end[16:]


def large_zip(files: dict[str, bytes]) -> bytes:
    """A zip with the sizes and offsets of one beyond 4 GB, as 64-bit numbers apart."""
    with mock.patch.object(zipfile, "ZIP64_LIMIT", 1):
        return zipped(files)


def long_fields_last() -> bytes:
    """The same with another field (an extended timestamp) before these numbers in the list of files."""
    data = large_zip({"a.txt": PAGE})
    start = data.find(b"PK\1\2")
    at = start + 46 + len("a.txt")
    entry = bytearray(data[start:at] + struct.pack("<2HBL", 0x5455, 5, 1, 0) + data[at : data.find(b"PK\6\6")])
    entry[30:32] = struct.pack("<H", struct.unpack_from("<H", entry, 30)[0] + 9)
    return data[:start] + bytes(entry) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry), start, 0)


def misplaced_zip() -> bytes:
    """A zip whose list of files is said to be longer than all of it."""
    data = zipped({"1.txt": PAGE})
    end = data.find(b"PK\5\6")
    return data[: end + 12] + struct.pack("<L", len(data)) + data[end + 16 :]


def pax_bomb() -> bytes:
    header = tar_info("long", tarfile.XHDTYPE)
    return tarred_infos((header, b"9" * 3_000_000), (tar_info("1.txt"), PAGE))


LINKED = "is a link, which is not followed"
OUTSIDE = "points outside of the archive"
LARGE = "is larger than a document may be (1,000 bytes)"
HOSTILE: list[tuple[str, bytes, dict[str, bytes | str]]] = [
    (
        "up.zip",
        zipped({"../up.txt": PAGE, "a/../../up.txt": PAGE, "ok.txt": PAGE}),
        {"../up.txt": OUTSIDE, "a/../../up.txt": OUTSIDE, "ok.txt": PAGE},
    ),
    (
        "root.zip",
        zipped({"/etc/up.txt": PAGE, "C:\\up.txt": PAGE, "a\\..\\up.txt": PAGE}),
        {"/etc/up.txt": OUTSIDE, "C:\\up.txt": OUTSIDE, "a\\..\\up.txt": OUTSIDE},
    ),
    (
        "up.tar",
        tarred({"../up.txt": PAGE, "/etc/up.txt": PAGE, "./ok.txt": PAGE}),
        {"../up.txt": OUTSIDE, "/etc/up.txt": OUTSIDE, "./ok.txt": PAGE},
    ),
    (
        "link.zip",
        zipped_infos((zip_info("a", stat.S_IFLNK | 0o777), b"/etc/passwd"), (zip_info("b", stat.S_IFREG), PAGE)),
        {"a": LINKED, "b": PAGE},
    ),
    (
        "device.zip",
        zipped_infos((zip_info("a", stat.S_IFCHR), b"x"), (zip_info("b", stat.S_IFIFO), b"x")),
        {"a": "is a device or a pipe", "b": "is a device or a pipe"},
    ),
    (
        "link.tar",
        tarred_infos(
            (tar_info("a", tarfile.SYMTYPE, "/etc/passwd"), b""),
            (tar_info("b", tarfile.LNKTYPE, "../c"), b""),
            (tar_info("c"), PAGE),
        ),
        {"a": LINKED, "b": LINKED, "c": PAGE},
    ),
    (
        "device.tar",
        tarred_infos(
            *(
                (tar_info(name, kind), b"")
                for name, kind in (("a", tarfile.CHRTYPE), ("b", tarfile.BLKTYPE), ("c", tarfile.FIFOTYPE))
            ),
            (tar_info("d"), PAGE),
        ),
        {"a": "is a device", "b": "is a device", "c": "is a device or a pipe", "d": PAGE},
    ),
    (
        "hidden.zip",
        zipped({".DS_Store": b"x", "__MACOSX/._a.txt": b"x", ".git/a.txt": b"x", "dir/": b"", "a.txt": PAGE}),
        {"a.txt": PAGE},
    ),
    ("readme.zip", zipped({"README": b"x", "dir/ReadMe.md": b"x", "README/a.txt": PAGE}), {"README/a.txt": PAGE}),
    ("readme.tar", tarred({"README.txt": b"x", "README.zh-CN.txt": PAGE}), {"README.zh-CN.txt": PAGE}),
    ("empty.zip", zipped({"a.txt": b"", "b.txt": PAGE}, zipfile.ZIP_STORED), {"a.txt": "is empty", "b.txt": PAGE}),
    ("empty2.zip", zipped({"a.txt": b"", "b.txt": PAGE}), {"a.txt": "is empty", "b.txt": PAGE}),
    ("empty.tar", tarred({"a.txt": b"", "b.txt": PAGE}), {"a.txt": "is empty", "b.txt": PAGE}),
    ("last.zip", long_fields_last(), {"a.txt": PAGE}),
    ("long.zip", large_zip({"a.txt": PAGE, "b.txt": PAGE * 2}), {"a.txt": PAGE, "b.txt": PAGE * 2}),
    ("misplaced.zip", misplaced_zip(), {"": "is damaged: the list of its files is not where it should be"}),
    ("none.zip", zipped({}), {"": "holds no file"}),
    ("none.tar", tarred({}), {"": "holds no file"}),
    (
        "nested.zip",
        zipped({"in.zip": zipped({"a": PAGE}), "in.tar.gz": b"\x1f\x8b..."}),
        {"in.zip": zipped({"a": PAGE}), "in.tar.gz": b"\x1f\x8b..."},
    ),
    ("large.zip", zipped({"a.txt": b"0" * 1001, "b.txt": PAGE}), {"a.txt": LARGE, "b.txt": PAGE}),
    ("large.tar.gz", gzip.compress(tarred({"a.txt": b"0" * 1001, "b.txt": PAGE})), {"a.txt": LARGE, "b.txt": PAGE}),
    ("bomb.zip", overlapping(), {"x.txt": b"0" * 900, "": "unpacks to more than an archive may (20,000 bytes)"}),
    (
        "bomb.tar.gz",
        gzip.compress(tarred({"a.txt": PAGE, "b.txt": b"0" * 5_000_000, "c.txt": PAGE})),
        {"a.txt": PAGE, "b.txt": LARGE, "": "unpacks to more"},
    ),
    (
        "many.zip",
        zipped({f"{n}.txt": PAGE for n in range(51)}),
        {**{f"{n}.txt": PAGE for n in range(50)}, "": "holds more than 50 files"},
    ),
    (
        "many.tar",
        tarred({f"{n}": b"" for n in range(38)}),
        {**{f"{n}": "is empty" for n in range(38)}, "": "unpacks to more"},
    ),
    ("locked.zip", encrypted(), {"secret.txt": "is encrypted", "open.txt": PAGE}),
    ("bzip2.zip", zipped({"a.txt": PAGE}, zipfile.ZIP_BZIP2), {"a.txt": "is packed by method 12"}),
    ("damaged.zip", damaged_zip(), {"1.txt": PAGE, "2.txt": "is damaged (BadZipFile", "3.txt": PAGE}),
    ("directory.zip", cut_directory(), {"1.txt": PAGE, "": "damaged after 1 of them"}),
    ("cut.zip", zipped(PAGES)[:-30], {"": "was the download cut off?"}),
    ("false.zip", PAGE, {"": "is no zip archive"}),
    ("nothing.zip", b"", {"": "is no zip archive"}),
    ("damaged.tar", damaged_tar(), {"1.txt": PAGE, "?": "is damaged before 3.txt: 2 blocks", "3.txt": PAGE}),
    (
        "cut.tar",
        tarred({"1.txt": PAGE, "2.txt": b"0" * 900})[: 1024 + 512 + 600],
        {"1.txt": PAGE, "2.txt": "cut off", "": "cut off"},
    ),
    ("cut2.tar", tarred({"1.txt": PAGE, "2.txt": PAGE})[: 1024 + 100], {"1.txt": PAGE, "?": "is damaged at the end"}),
    ("cut3.tar", tarred({"1.txt": PAGE})[: 1024 + 100], {"1.txt": PAGE, "?": "is damaged at the end: 1 blocks"}),
    ("cut.tar.zst", zstd(tarred(PAGES))[:-20], {"a/1.html": None, "": "cut off"}),
    ("false.tar", b"this is no tar " * 100, {"?": "is damaged at the end: 3 blocks"}),
    ("false.tar.gz", PAGE, {"": "is damaged (BadGzipFile"}),
    ("nothing.tar", b"", {"": "is empty"}),
    ("pax.tar", pax_bomb(), {"": "holds a header without end"}),
]
LOOSE = {"bomb.zip", "cut.tar.zst"}  # of these how much is read before the end depends on the sizes of buffers


@pytest.mark.parametrize(("name", "data", "expected"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_hostile_archive(name: str, data: bytes, expected: dict[str, bytes | str]) -> None:
    Path(name).write_bytes(data)
    limits = SMALL._replace(unpacked=4_000_000) if name == "pax.tar" else SMALL
    entries = read(name, limits=limits)
    if name in LOOSE:
        *_, (_, reason) = expected.items()
        assert str(reason) in entries[-1].reason  # type: ignore[union-attr]
        assert all(isinstance(entry, Item) for entry in entries[:-2])
        return
    agrees(entries, {f"{name}!{member}" if member else name: wanted for member, wanted in expected.items()})


BY_NAME = [
    # what a name is in the archive, flag for UTF-8 names, how it is shown
    ("项目推进会.txt".encode("gbk"), 0, "项目推进会.txt"),
    ("項目.txt".encode("gb18030"), 0, "項目.txt"),
    ("项目.txt".encode(), 0, "项目.txt"),
    ("项目.txt".encode(), 0x800, "项目.txt"),
    (b"a\x00\x1b[2J\n.txt", 0, "a\ufffd\ufffd[2J\ufffd.txt"),
    (b"\xff\xff.txt", 0, "\ufffd\ufffd.txt"),
]


@pytest.mark.parametrize(("raw", "flag", "shown"), BY_NAME)
def test_names(raw: bytes, flag: int, shown: str) -> None:
    placeholder = "n" * len(raw)
    data = bytearray(zipped({placeholder: PAGE}).replace(placeholder.encode(), raw))
    for at in (6, data.find(b"PK\1\2") + 8):
        data[at : at + 2] = struct.pack("<H", flag)
    Path("pages.zip").write_bytes(data)
    assert told(read("pages.zip")) == {f"pages.zip!{shown}": PAGE}
    if b"\x00" not in raw:
        Path("pages.tar").write_bytes(tarred({os.fsdecode(raw): PAGE}, tarfile.GNU_FORMAT))
        assert told(read("pages.tar")) == {f"pages.tar!{shown}": PAGE}
        Path("pages").mkdir()
        (Path("pages") / os.fsdecode(raw)).write_bytes(PAGE)
        assert told(read("pages")) == {f"pages/{shown}": PAGE}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_collide() -> None:
    one = zipped_infos(*((zipfile.ZipInfo(name), PAGE) for name in ("a", "a", "a~2")))
    Path("pages.zip").write_bytes(one)
    Path("rows.csv").write_text("id,text\n1,x\n1,y\n,z\n", encoding="utf-8")
    ids = [entry.id for entry in read("pages.zip", "rows.csv", "rows.csv")]
    assert ids == [
        "pages.zip!a",
        "pages.zip!a~2",
        "pages.zip!a~2~2",
        "1",
        "1~2",
        "rows.csv#3",
        "1~3",
        "1~4",
        "rows.csv#3~2",
    ]


def folder() -> Path:
    """A folder with all that may be met in one, and something outside that links lead to."""
    for name, content in PAGES.items():
        path = Path("pages") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    Path("outside").mkdir()
    Path("outside/secret.txt").write_bytes(b"secret")
    Path("pages/.hidden").write_bytes(PAGE)
    Path("pages/README.md").write_bytes(PAGE)
    Path("pages/.git").mkdir()
    Path("pages/.git/x.txt").write_bytes(PAGE)
    Path("pages/empty.txt").touch()
    Path("pages/packed.zip").write_bytes(zipped({"x.txt": PAGE}))
    Path("pages/single.html.gz").write_bytes(gzip.compress(PAGE))
    Path("pages/single.html.zst").write_bytes(zstd(PAGE))
    Path("pages/cut.gz").write_bytes(gzip.compress(PAGE)[:-9])
    Path("pages/cut.zst").write_bytes(zstd(PAGE)[:-3])
    Path("pages/link.txt").symlink_to(Path("outside/secret.txt").absolute())
    Path("pages/links").symlink_to(Path("outside").absolute())
    Path("pages/loop").symlink_to(Path("pages").absolute())
    Path("pages/nowhere.txt").symlink_to("nothing")
    os.mkfifo("pages/pipe.txt")
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("pages/socket.txt")
    return Path("pages")


def test_folder() -> None:
    expected: dict[str, bytes | str] = {
        "a/1.html": PAGE,
        "a/b/2.txt": GBK,
        "c.md": PAGES["c.md"],
        "cut.gz": "cut off",
        "cut.zst": "cut off",
        "empty.txt": "is empty",
        "link.txt": LINKED,
        "links": LINKED,
        "loop": LINKED,
        "nowhere.txt": LINKED,
        "packed.zip!x.txt": PAGE,
        "pipe.txt": "is a device or a pipe",
        "single.html.gz": PAGE,
        "single.html.zst": PAGE,
        "socket.txt": "is a device or a pipe",
    }
    agrees(read(folder()), {f"pages/{name}": wanted for name, wanted in expected.items()})


PATTERNS = [
    # pattern, what is found
    ("pages/*.md", ["pages/c.md"]),
    (
        "pages/**/*.txt",
        [
            "pages/a/b/2.txt",
            "pages/empty.txt",
            "pages/link.txt",
            "pages/nowhere.txt",
            "pages/pipe.txt",
            "pages/socket.txt",
        ],
    ),
    ("pages/[a]", ["pages/a/1.html", "pages/a/b/2.txt"]),
    ("pages/a/**", ["pages/a/1.html", "pages/a/b/2.txt"]),
    ("pages/links/*.txt", ["pages/links/secret.txt"]),
    (
        "pages/l*/*.txt",
        [
            "pages/links/secret.txt",
            *(f"pages/loop/{name}.txt" for name in ("empty", "link", "nowhere", "pipe", "socket")),
        ],
    ),
    ("pages/?.pdf", ["pages/?.pdf"]),
]


@pytest.mark.parametrize(("pattern", "found"), PATTERNS)
def test_pattern(pattern: str, found: list[str]) -> None:
    folder()
    entries = read(pattern)
    assert [entry.name for entry in entries] == found
    named_by_caller = pattern == "pages/links/*.txt"  # the link is no part of the pattern
    assert named_by_caller or not any(isinstance(entry, Item) and entry.content == b"secret" for entry in entries)
    assert read(str(Path(pattern).absolute())) == [
        entry._replace(id=f"{Path.cwd()}/{entry.id}", name=f"{Path.cwd()}/{entry.name}") for entry in entries
    ]


def test_file_with_a_name_like_a_pattern() -> None:
    Path("a[1].txt").write_bytes(PAGE)
    assert told(read("a[1].txt")) == {"a[1].txt": PAGE}


def test_named_sources() -> None:
    """What the caller names is read even behind a link; what is not there is said."""
    folder()
    Path("none").mkdir()
    expected: dict[str, bytes | str] = {
        "pages/link.txt": b"secret",
        "pages/links/secret.txt": b"secret",
        "gone.txt": "No such file",
    }
    expected |= {
        "none": "holds no file",
        "pages/pipe.txt": "is a device or a pipe",
        "/dev/null": "is a device or a pipe",
    }
    agrees(read("pages/link.txt", "pages/links", "gone.txt", "none", "pages/pipe.txt", "/dev/null"), expected)


def test_list(monkeypatch: pytest.MonkeyPatch) -> None:
    folder()
    Path("-").write_bytes(PAGE)
    Path("no.csv").write_bytes(b"a,b\n1,2\n")
    Path("old").mkdir()
    (Path("old") / os.fsdecode("项.txt".encode("gbk"))).write_bytes(PAGE)
    lines = b"\xef\xbb\xbfpages/c.md\r\n\nno.csv\ngone.txt\n-\npages/a\nold/" + "项.txt".encode("gbk")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    expected: dict[str, bytes | str] = {
        "pages/c.md": PAGES["c.md"],
        "no.csv": "has no text column",
        "gone.txt": "No such",
    }
    agrees(read("-"), expected | {"-": PAGE, "pages/a/1.html": PAGE, "pages/a/b/2.txt": GBK, "old/项.txt": PAGE})


def test_no_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rights to one file and to one folder the others are read. (Root has all rights, so they are feigned.)"""
    folder()
    opened, scanned = os.open, os.scandir

    def refusing(really: Callable[..., object]) -> Callable[..., object]:
        def call(path: Path, *arguments: object) -> object:
            if Path(path).name in ("c.md", "b"):
                raise PermissionError(13, "Permission denied")
            return really(path, *arguments)

        return call

    monkeypatch.setattr(os, "open", refusing(opened))
    monkeypatch.setattr(os, "scandir", refusing(scanned))
    entries = told(list(read_sources(["pages"])))
    assert entries["pages/c.md"] == entries["pages/a/b"] == "can't be read (Permission denied)"
    assert entries["pages/a/1.html"] == PAGE
    assert "pages/single.html.gz" in entries


def test_document_that_is_too_large() -> None:
    Path("large.txt").write_bytes(b"x" * 1001)
    Path("bomb.gz").write_bytes(gzip.compress(b"0" * 10_000_000))
    Path("bomb.zst").write_bytes(zstd(b"0" * 10_000_000))
    Path("fits.txt").write_bytes(b"x" * 1000)
    expected = {"large.txt": LARGE, "bomb.gz": LARGE, "bomb.zst": LARGE, "fits.txt": b"x" * 1000}
    agrees(read(*expected, limits=SMALL), expected)


def test_a_lying_size_is_not_believed() -> None:
    """The zip says that its member has 10 bytes; 10 MB are in it."""
    data = bytearray(zipped({"a.txt": b"0" * 10_000_000, "b.txt": PAGE}))
    for at in (22, data.find(b"PK\1\2") + 24):
        data[at : at + 4] = struct.pack("<L", 10)
    Path("lie.zip").write_bytes(data)
    agrees(read("lie.zip", limits=SMALL), {"lie.zip!a.txt": "is damaged", "lie.zip!b.txt": PAGE})


def test_deep_folder() -> None:
    """Deeper than Python's recursion goes."""
    top = Path.cwd()
    path = Path("deep")
    Path("deep").mkdir()
    os.chdir("deep")
    for _ in range(1050):
        path /= "d"
        os.mkdir("d")  # noqa: PTH102  # one step at a time: the whole path is walked over and over otherwise
        os.chdir("d")
    Path("x.txt").write_bytes(PAGE)
    os.chdir(top)
    assert told(read_sources(["deep"])) == {f"{path}/x.txt": PAGE}
    os.chdir(path)
    Path("x.txt").unlink()
    for _ in range(1050):
        os.chdir("..")
        Path("d").rmdir()


def test_memory_does_not_grow_with_the_archive() -> None:
    """Only the hashes of the ids do: some 100 bytes a document."""
    rows = "".join(json.dumps({"text": f"{n}" * 50}) + "\n" for n in range(2_000)).encode()
    Path("rows.jsonl.gz").write_bytes(gzip.compress(rows, 1))
    Path("pages.zip").write_bytes(zipped({f"{n}.txt": b"" for n in range(2_000)}))
    Path("pages.tar").write_bytes(tarred({f"{n}.txt": b"" for n in range(2_000)}, tarfile.USTAR_FORMAT))
    for name, count in {"rows.jsonl.gz": 2_000, "pages.zip": 2_000, "pages.tar": 2_000}.items():
        sum(1 for _ in read_sources([name]))
        assert min(_peak(name, count) for _ in range(3)) < 800_000 + 150 * count, name


def _peak(name: str, count: int) -> int:
    """The most memory while an archive is read; what other threads of the process take at the time is counted too."""
    tracemalloc.start()
    assert sum(1 for _ in read_sources([name])) == count
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("name", ["many.zip", "many.tar"])
def test_very_many_empty_files(name: str) -> None:
    """Each is a failure of its own, and none is remembered."""
    count = 50_000
    if name == "many.zip":
        with zipfile.ZipFile(name, "w") as archive:
            for number in range(count):
                archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"")
    else:
        headers = b"".join(tar_info(f"{number}.txt").tobuf(tarfile.USTAR_FORMAT) for number in range(count))
        Path(name).write_bytes(headers + bytes(1024))
    found = ((entry.name, getattr(entry, "reason", None)) for entry in read_sources([name]))
    expected = ((f"{name}!{number}.txt", "is empty") for number in range(count))
    tracemalloc.start()
    assert all(one == other for one, other in zip(found, expected, strict=True))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 800_000 + 150 * count


def test_memory_does_not_grow_with_a_row_group() -> None:
    texts = [f"{random.Random(n).randbytes(5_000).hex()}" for n in range(2_000)]
    Path("rows.parquet").write_bytes(parquet({"text": texts}))
    del texts
    held = [pa.total_allocated_bytes() for _ in read_sources(["rows.parquet"])]
    assert len(held) == 2_000
    assert max(held) - held[0] < 5_000_000


@pytest.mark.parametrize("pattern", ["a**/b", f"{'a' * 300}*", "a\0*"])
def test_a_pattern_that_can_match_nothing(pattern: str) -> None:
    [entry] = read(pattern)
    assert isinstance(entry, Failure)


def test_a_file_that_goes_while_its_folder_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("pages").mkdir()
    for name in ("a.txt", "b.txt"):
        (Path("pages") / name).write_bytes(PAGE)
    entries = read_sources(["pages"])
    assert isinstance(next(entries), Item)
    (Path("pages") / "b.txt").unlink()
    [gone] = entries
    assert isinstance(gone, Failure)
    assert gone.reason == "can't be read (No such file or directory)"


def test_bytes_as_an_address() -> None:
    Path("rows.parquet").write_bytes(parquet({"text": ["a"], "url": [b"http://a.example/1"]}))
    assert [entry.url for entry in read("rows.parquet") if isinstance(entry, Item)] == ["http://a.example/1"]


def test_a_value_that_many_rows_share() -> None:
    """1,000 bytes in the file, 100,000 in its rows."""
    Path("bomb.parquet").write_bytes(parquet({"text": ["0" * 1000] * 100}))
    *rows, end = read("bomb.parquet", limits=SMALL)
    assert len(rows) == 20
    assert isinstance(end, Failure)
    assert "unpacks to more" in end.reason


def test_nothing_is_read_ahead() -> None:
    """Reading stops where the caller stops."""
    Path("pages.tar").write_bytes(tarred(PAGES))
    entries = read_sources(["pages.tar", "gone"])
    assert next(entries).name == "pages.tar!a/1.html"
    entries.close()  # type: ignore[attr-defined]


FILES = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="/\\\\.:", min_codepoint=33), min_size=1, max_size=12),
    st.binary(min_size=1, max_size=300),
    min_size=1,
    max_size=6,
)


@settings(max_examples=50)
@given(FILES)
def test_what_is_packed_comes_out(files: dict[str, bytes]) -> None:
    files = {f"{name}.txt": data for name, data in files.items() if name.isprintable() and not is_readme(name)}
    for name, data in {
        "p.zip": zipped(files),
        "p.tar": tarred(files),
        "p.tar.gz": gzip.compress(tarred(files)),
    }.items():
        Path(name).write_bytes(data)
        expected = {f"{name}!{member}": content for member, content in files.items()} or {name: "holds no file"}
        assert told(read_sources([name])) == expected


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.just("\n"), min_size=1).filter(str.strip)


@settings(max_examples=50)
@given(st.lists(TEXTS, min_size=1))
def test_rows_come_out(texts: list[str]) -> None:
    written = {
        "t.csv": comma_separated(["text"], *([text] for text in texts)).encode(),
        "t.jsonl": "\n".join(json.dumps({"text": text}, ensure_ascii=False) for text in texts).encode(),
        "t.parquet": parquet({"text": texts}),
    }
    for name, data in written.items():
        Path(name).write_bytes(data)
        contents = [entry.content for entry in read_sources([name]) if isinstance(entry, Item)]
        assert [content.decode() if isinstance(content, bytes) else content for content in contents] == texts, name


VICTIMS = dict(WHOLE) | {name: data for name, data, _ in TABLES if len(data) < 50_000}


@given(st.sampled_from(sorted(VICTIMS)), st.data())
def test_no_damage_ends_the_run(name: str, data: st.DataObject) -> None:
    """Whatever bytes are changed, cut or doubled: entries or failures come, and a file after it is read."""
    damaged = bytearray(VICTIMS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    Path("hurt").mkdir(exist_ok=True)
    hurt = Path("hurt") / name
    hurt.write_bytes(damaged)
    Path("hurt/~last").write_bytes(PAGE)
    entries = list(read_sources(["hurt"], limits=Limits(document=100_000, unpacked=1_000_000)))
    hurt.unlink()
    assert len(entries) >= 2
    assert entries[-1] == Item("hurt/~last", "hurt/~last", PAGE, None, None)
