"""The command line: what it prints, what it complains about, and with which status it ends."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from places import REPOSITORY, SAMPLES
from typer.testing import CliRunner, Result

import speechparse as sp
from speechparse import cli
from speechparse.inputs import resolve

SPEECH = "在全县项目建设动员大会上的讲话\n同志们：\n今年，确保固定资产投资增长8%以上，力争引进项目40个。\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x06\x00\x00\x00\x1f\xf3\xffa" + bytes(
    64
)


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    """The command in this process."""
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin)


def command(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a user starts it."""
    return subprocess.run(
        [sys.executable, "-m", "speechparse", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    file = tmp_path / "speech.txt"
    file.write_text(SPEECH, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two speeches and much that is none."""
    for name in ("b.txt", "a/c.HTML", "README.md", ".git/x.txt", "a/.hidden.txt", "table.csv", "a/picture.png"):
        file = tmp_path / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SPEECH, encoding="utf-8")
    return tmp_path / "pages"


class TestInputs:
    def test_a_folder_is_its_speeches_sorted(self, folder: Path) -> None:
        found = [
            item.name for item in resolve([str(folder)], stdin=io.BytesIO()) if not isinstance(item, sp.InputError)
        ]
        assert found == [str(folder / "a" / "c.HTML"), str(folder / "b.txt")]

    def test_names_are_as_given(self, speech: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(speech.parent)
        items = list(resolve(["./speech.txt", "-", str(speech)], stdin=io.BytesIO(b"text")))
        assert [item.name for item in items if not isinstance(item, sp.InputError)] == [
            "./speech.txt",
            "-",
            str(speech),
        ]

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems take only names that are text")
    def test_a_file_name_in_gbk_is_shown_in_escapes(self, tmp_path: Path) -> None:
        file = tmp_path / os.fsdecode("讲话.txt".encode("gbk"))
        file.write_text(SPEECH, encoding="utf-8")
        document = json.loads(command("parse", tmp_path).stdout)
        assert document["source"] == f"{tmp_path}/\\xbd\\xb2\\xbb\\xb0.txt"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_pipe_is_read_like_a_file(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = subprocess.Popen(["cp", SAMPLES / "01-county-work-report.txt", pipe])
        result = command("clean", pipe)
        writer.wait(timeout=10)
        assert (result.returncode, result.stderr) == (0, b"")
        assert "地区生产总值" in result.stdout.decode()


BAD = [
    # what is made, words of the complaint
    ("missing.txt", None, "no such file or folder; check the name"),
    ("empty.txt", b"", "is empty; give a file"),
    ("blank.txt", b" \n\xe3\x80\x80\n", "holds no text; give a file"),
    ("picture.png", PNG, ""),
    ("renamed.txt", PNG, ""),
    ("folder", {}, "no .txt, .html, .htm, .md file in this folder; name a folder that holds speeches"),
    ("other", {"a.csv": b"1,2"}, "no .txt, .html, .htm, .md file in this folder; name a folder that holds speeches"),
]


def make(path: Path, content: bytes | dict[str, bytes] | None) -> Path:
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        path.mkdir()
        for name, data in content.items():
            (path / name).write_bytes(data)
    return path


class TestComplaints:
    @pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[name for name, _, _ in BAD])
    @pytest.mark.parametrize("verb", ["targets", "parse", "clean", "explain"])
    def test_one_line_that_names_the_input_and_status_2(
        self, tmp_path: Path, verb: str, name: str, content: bytes | dict[str, bytes] | None, words: str
    ) -> None:
        path = make(tmp_path / name, content)
        result = run(verb, path)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"speechparse: {path}: ")
        assert result.stderr.count("\n") == 1
        assert words in result.stderr
        assert ";" in result.stderr  # what is wrong; what to do

    def test_the_others_are_still_printed(self, tmp_path: Path, speech: Path) -> None:
        png = make(tmp_path / "picture.png", PNG)
        result = run("parse", tmp_path / "missing.txt", speech, png, speech)
        assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == [str(speech)] * 2
        assert result.stderr.count("\n") == 2
        assert result.exit_code == 2

    def test_no_traceback_in_a_process_of_its_own(self, tmp_path: Path) -> None:
        result = command("targets", make(tmp_path / "picture.png", PNG))
        assert result.returncode == 2
        assert b"Traceback" not in result.stderr
        assert result.stderr.count(b"\n") == 1

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
    def test_a_file_without_permission(self, speech: Path) -> None:
        speech.chmod(0)
        assert "can't be read" in run("clean", speech).stderr

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--encoding", "klingon"], "klingon"),
            (["--reference-date", "2016-2-30"], "2016-2-30"),
            (["--format", "xml"], "xml"),
        ],
    )
    def test_wrong_options(self, speech: Path, arguments: list[str], words: str) -> None:
        result = command("targets", speech, *arguments)
        assert result.returncode == 2
        assert words in result.stderr.decode()
        assert b"Traceback" not in result.stderr

    def test_the_diff_of_what_is_only_put_in(self, tmp_path: Path) -> None:
        body = f"水利是农业的命脉。{'各镇各部门都要主动配合、靠前服务，一项一项抓落实。' * 5}"
        text = f"我讲两点意见：一、认清形势，增强紧迫感\n{body}二、盯住要害，抓好渠道建设\n当前，渠道老化严重。{body}"
        shown = run("clean", make(tmp_path / "glued.txt", text.encode()), "--diff").stdout
        assert "抓落实。{+⏎+}二、盯住要害" in shown

    def test_explain_and_diff_exclude_each_other(self, speech: Path) -> None:
        assert run("clean", speech, "--explain", "--diff").exit_code == 2


class TestCommands:
    def test_the_module_alone_runs_nothing(self) -> None:
        assert importlib.import_module("speechparse.__main__").main is cli.main

    def test_a_source_tree_that_was_never_installed(self) -> None:
        code = (
            "import importlib.metadata as metadata\n"
            "def version(name): raise metadata.PackageNotFoundError(name)\n"
            "metadata.version = version\n"
            "import speechparse; print(speechparse.__version__)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "0+unknown\n"

    def test_version_is_quick_and_right(self) -> None:
        result = command("--version")
        assert result.stdout.decode() == f"speechparse {sp.__version__}\n"

    def test_what_takes_long_to_import_waits(self) -> None:
        heavy = "{'jieba', 'pandas', 'ftfy', 'opencc'} & set(sys.modules)"
        result = subprocess.run(
            [sys.executable, "-c", f"import sys, speechparse.cli; print({heavy})"], capture_output=True, check=True
        )
        assert result.stdout == b"set()\n"

    def test_without_a_command_it_says_what_there_is(self) -> None:
        result = run()
        assert result.exit_code == 2
        assert result.stdout == run("--help").stdout

    def test_help_names_every_command(self) -> None:
        text = run("--help").stdout
        assert all(name in text for name in ("targets", "parse", "clean", "explain", "schema"))

    def test_clean_prints_the_clean_text(self, speech: Path) -> None:
        assert run("clean", speech).stdout == SPEECH

    def test_clean_names_each_of_several_inputs(self, folder: Path) -> None:
        text = run("clean", folder).stdout
        assert text == f"==> {folder}/a/c.HTML <==\n{SPEECH}==> {folder}/b.txt <==\n{SPEECH}"

    def test_standard_input(self) -> None:
        document = json.loads(run("parse", "-", stdin=SPEECH.encode("gb18030")).stdout)
        assert document["source"] == "-"
        assert "固定资产投资增长8%以上" in document["text"]

    def test_parse_validates_against_the_schema_that_schema_prints(self, speech: Path) -> None:
        schema = json.loads(run("schema").stdout)
        jsonschema.validate(json.loads(run("parse", speech).stdout), schema)

    def test_json_is_one_array(self, speech: Path) -> None:
        documents = json.loads(run("parse", speech, speech, "--format", "json").stdout)
        assert [document["source"] for document in documents] == [str(speech)] * 2

    def test_formats_of_targets_say_the_same(self, speech: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(run("targets", speech, "--format", "csv").stdout)))
        records = [json.loads(line) for line in run("targets", speech, "--format", "jsonl").stdout.splitlines()]
        table = run("targets", speech).stdout
        assert [row["text"] for row in rows] == [record["text"] for record in records] == ["8%以上", "40个"]
        assert all(record["text"] in table for record in records)

    def test_all_shows_what_is_no_target_too(self, speech: Path) -> None:
        records = [
            json.loads(line) for line in run("targets", speech, "--all", "--format", "jsonl").stdout.splitlines()
        ]
        assert [record["text"] for record in records] == ["今年", "8%以上", "40个"]

    def test_the_reference_date_gives_the_year(self, speech: Path) -> None:
        result = run("targets", speech, "--all", "--format", "jsonl", "--reference-date", "2016-03-01")
        assert json.loads(result.stdout.splitlines()[0])["latest"] == "2016-12-31"

    def test_explain_shows_rules_and_raw_places(self, speech: Path) -> None:
        text = run("explain", speech).stdout
        assert "percentage 8%以上" in text
        assert "⟦8%以上⟧" in text
        assert "  rule   " in text

    def test_keep_script(self, tmp_path: Path) -> None:
        page = make(tmp_path / "page.txt", "今年，確保固定資產投資增長8%以上。".encode())
        assert run("clean", page, "--keep-script").stdout == "今年，確保固定資產投資增長8%以上。\n"
        assert run("clean", page).stdout == "今年，确保固定资产投资增长8%以上。\n"

    def test_encoding(self, tmp_path: Path) -> None:
        page = make(tmp_path / "page.txt", SPEECH.encode("utf-16-le"))
        assert run("clean", page, "--encoding", "utf-16-le").stdout == SPEECH

    def test_what_cleaning_did(self) -> None:
        page = SAMPLES / "02-mobilisation-pinyin.txt"
        listed, shown = run("clean", page, "--explain").stdout, run("clean", page, "--diff").stdout
        assert "縣" in listed
        assert "→ 县" in listed
        assert "{+县+}" in shown


class TestStreams:
    @pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
    @pytest.mark.parametrize("verb", ["targets", "parse", "clean", "explain"])
    def test_output_is_utf8_whatever_the_locale(self, speech: Path, verb: str, locale: str) -> None:
        settings = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        result = command(verb, speech, **settings)
        assert result.returncode == 0, result.stderr.decode()
        result.stdout.decode("utf-8")

    def test_a_reader_that_stops_early_is_no_error(self) -> None:
        """As `speechparse clean data/samples | head -1` does."""
        with subprocess.Popen(
            [sys.executable, "-m", "speechparse", "clean", *[str(SAMPLES)] * 3],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""

    def test_interrupted(self) -> None:
        """Ctrl-C while it waits for standard input."""
        with subprocess.Popen(
            [sys.executable, "-m", "speechparse", "clean", str(SAMPLES), "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # a shell starts what runs in the background with interrupts ignored
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()  # it has begun
            process.send_signal(signal.SIGINT)
            _, complaint = process.communicate(timeout=60)
        assert (process.returncode, complaint) == (130, b"")

    def test_nothing_but_results_on_standard_output_and_nothing_on_stderr(self) -> None:
        result = command("parse", SAMPLES)
        assert result.stderr == b""
        documents = [json.loads(line) for line in result.stdout.splitlines()]
        names = [document["source"] for document in documents]
        assert names == sorted(names)
        assert len(names) == len([file for file in SAMPLES.iterdir() if file.suffix != ".md"])


def test_the_installed_command_is_the_module() -> None:
    text = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    assert 'speechparse = "speechparse.cli:main"' in text
