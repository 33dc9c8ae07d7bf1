"""Fuzz the ways into the package, with atheris (guided by coverage) or hypothesis (texts as damaged pages have them).

    python benchmarks/fuzz.py TARGET... [--engine atheris|hypothesis] [--runs N] [--seconds N] [--to FOLDER]

The targets are those of `tests/fuzzing.py`; without a name there is a list. What a target raised is written to
FOLDER/finds/TARGET-*, one file for each place in the code, and the fuzzing goes on; so is what took too long.
FOLDER/executions has a row for each run: target, engine, begin, seconds, executions, finds. Needs the extra `test`, and
`pip install atheris`.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import multiprocessing
import os
import random
import sys
import tarfile
import time
import traceback
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "tests"))

TEXTS = ("bytes", "text", "values", "outputs", "tables", "lexicon")
LONGEST = 300  # bytes of a text: a short one is tried soon, and has room for what can go wrong
SLOW = 3.0  # seconds of processor time for an input that is worth keeping
SEED = 270  # bytes of a sample that go into the first corpus


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("target", nargs="*")
    arguments.add_argument("--engine", choices=("atheris", "hypothesis"), default="atheris")
    arguments.add_argument("--runs", type=int, default=100_000)
    arguments.add_argument("--seconds", type=int, default=86_400)
    arguments.add_argument("--to", type=Path, default=Path("fuzz"))
    asked = arguments.parse_args()
    for target in asked.target:
        # a process each: neither engine gives back control, and a crash of one is none of the others
        run = {"atheris": run_atheris, "hypothesis": run_hypothesis}[asked.engine]
        process = multiprocessing.get_context("spawn").Process(
            target=run, args=(target, asked.runs, asked.seconds, asked.to)
        )
        process.start()
        process.join()
        print(f"{target}: ended with status {process.exitcode}", flush=True)
    if not asked.target:
        import fuzzing

        print("\n".join(fuzzing.TARGETS))


class Watch:
    """A target under watch: counts, and keeps what it raised."""

    def __init__(self, name: str, engine: str, to: Path) -> None:
        import fuzzing

        self._name, self._target, self._engine = name, fuzzing.TARGETS[name], engine
        self._finds = to / "finds"
        self._finds.mkdir(parents=True, exist_ok=True)
        (to / "executions").mkdir(exist_ok=True)
        self._log = to / "executions" / f"{name}-{engine}-{os.getpid()}.tsv"
        self._begun = datetime.now().astimezone().isoformat(timespec="seconds")
        self._started = time.monotonic()
        self.executions = self.found = 0
        self._known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        begun = time.process_time()
        try:
            self._target(data)
        except Exception as error:
            self._keep(data, _place(error), traceback.format_exc())
        else:
            if time.process_time() - begun > SLOW:
                self._keep(data, "slow", f"{time.process_time() - begun:.1f} s")
        self.executions += 1
        if self.executions % 500 == 0:
            self.save()

    def _keep(self, data: bytes, place: str, told: str) -> None:
        self.found += 1
        if place not in self._known:
            self._known.add(place)
            name = f"{self._name}-{place}-{hashlib.sha1(data).hexdigest()[:8]}"
            (self._finds / name).write_bytes(data)
            (self._finds / f"{name}.txt").write_text(told, encoding="utf-8", errors="backslashreplace")

    def save(self) -> None:
        """Say how far it has come."""
        self._log.write_text(
            f"{self._name}\t{self._engine}\t{self._begun}\t{time.monotonic() - self._started:.0f}\t"
            f"{self.executions}\t{self.found}\n",
            encoding="utf-8",
        )


def _place(error: Exception) -> str:
    """The kind of error and where in the package, or in its check, it came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    last = frames[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"


def run_atheris(name: str, runs: int, seconds: int, to: Path) -> None:
    import atheris

    with atheris.instrument_imports(include=["speechparse"]):
        import fuzzing  # noqa: F401  # imports all that it needs

    watch = Watch(name, "atheris", to)
    corpus = to / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds(name):
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
        watch(seed)
    rest = [
        f"-max_len={LONGEST if name in TEXTS else 4_000}", f"-runs={runs}", f"-max_total_time={seconds}",
        "-timeout=60", "-rss_limit_mb=3000",
        f"-artifact_prefix={to / 'finds'}/{name}-", "-verbosity=0", "-print_final_stats=1", "-len_control=50",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *rest, str(corpus)], watch, custom_mutator=_mutator(name))
    try:
        atheris.Fuzz()
    finally:
        watch.save()


def _mutator(name: str):  # type: ignore[no-untyped-def]
    """Half of the mutations are those of libFuzzer, the others put, repeat, drop or move whole words."""
    import atheris

    words = [word.encode("utf-8", "surrogatepass") for word in tokens()]

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.4:
            return atheris.Mutate(data, most)
        for _ in range(chance.choice((1, 1, 2, 4))):
            start = chance.randint(0, len(data))
            end = min(len(data), start + chance.choice((0, 0, 1, 3, 6, 30)))
            piece = chance.choice((words, [data[start:end]]))
            word = chance.choice(piece) * chance.choice((1, 1, 1, 2, 3, 12))
            while 0 < start < len(data) and data[start] & 0xC0 == 0x80:  # not within a character
                start -= 1
            data = data[:start] + word + data[max(start, end) :]
        return data[:most]

    return mutate


def run_hypothesis(name: str, runs: int, seconds: int, to: Path) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    watch = Watch(name, "hypothesis", to)
    until = time.monotonic() + seconds
    made = st.lists(st.one_of(st.sampled_from(tokens()), st.text(max_size=4)), max_size=40).map("".join)
    encoded = st.tuples(made, st.sampled_from(("utf-8", "gb18030", "big5", "utf-16-le", "utf-16"))).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    )
    cut = st.tuples(encoded, st.integers(0, 300), st.integers(0, 3), st.binary(max_size=2)).map(
        lambda made: made[0][: made[1]] + made[3] + made[0][made[1] + made[2] :]
    )
    choices = st.one_of(encoded if name == "bytes" else made.map(lambda text: text.encode("utf-8", "replace")), cut)
    if name not in TEXTS:
        places = st.tuples(st.sampled_from(seeds(name)), st.integers(0, 4000), st.integers(0, 8), st.binary(max_size=8))
        choices = places.map(lambda made: _changed(*made))

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(choices)
    def some(data: bytes) -> None:
        watch(data)

    while watch.executions < runs and time.monotonic() < until:
        some()
    watch.save()


def _changed(data: bytes, at: int, drop: int, put: bytes) -> bytes:
    at %= len(data) + 1
    return data[:at] + put + data[at + drop :]


def tokens() -> list[str]:
    """What damaged pages and speeches are made of."""
    from cleaning import PIECES
    from test_extract import HOSTILE

    more = (
        "2024年", "X月X日", "二〇二四年", "十四五", "第一", "一、", "（一）", "同志们：", "各位代表：",
        "——在会议上的讲话", "其中", "同比", "不低于", "以上", "左右", "翻番", "分别", "一季度", "上半年", "月底前",
        "亩", "吨", "公里", "万元", "推进", "力争", "确保", "预计", "完成", "增长", "总投资", "项目", "个百分点",
        "￥", "$", "港元", "倍", "成", "０",
        "￾", "\ud800", "\U0001f600", "͏", "‮", "\r", "\x0b", "\x1b[31m", "=1+1", "@SUM", "'", '"', "\x00", "\x85", " ",
        "&#x4e00;", "&#99999999;", "&#xd800;", "&notanentity", "<!DOCTYPE", "<![CDATA[", "]]>", "<meta charset=gbk>",
        "涓\ue15e浗", "ä¸­å›½", "锘縮", "锟斤拷", "烫烫烫", "zhōng", "guó", "(zhong)", "【", "】", "http://a.b/c?d=e",
        "点击", "打印", "关闭", "来源：", "字体：大 中 小", "责任编辑", "上一篇", "微信",
        "1234567890" * 4, "9" * 30, "1e999",
        '{"text": "', '"}\n', "text,id\n", "\t", "word\tvalue\torder\tloose\texample\n",
    )  # fmt: skip
    return [*PIECES, *HOSTILE, *more]


def seeds(name: str) -> list[bytes]:
    """The first inputs of a target, of the sample speeches."""
    samples = [file.read_bytes() for file in sorted((REPOSITORY / "data" / "samples").glob("0*"))]
    pieces = [sample[at : at + SEED] for sample in samples for at in (0, 3 * len(sample) // 8 & ~1)]
    texts = [piece.decode("utf-8", "ignore") for piece in pieces]
    return list(_seeds(name, pieces, texts))


def _seeds(name: str, pieces: list[bytes], texts: list[str]) -> Iterator[bytes]:
    lines = [{"id": number, "text": text[:80], "url": "http://a.b/c"} for number, text in enumerate(texts[:3])]
    match name:
        case "bytes":
            yield from pieces
            sentence = "今年，确保完成固定资产投资53.2亿元以上。"
            yield from (sentence.encode(code, "replace") for code in ("gbk", "big5", "utf-16-le", "utf-16"))
        case "text" | "outputs":
            yield from (text.encode() for text in texts)
        case "tables":
            yield b"\0".join(text[:60].encode() for text in texts)
            yield b"=1\0@a\0\t=2\0'b\0\"c\"\0a\r\nb\0,\0"
        case "values":
            for words in ("3.2亿元以上", "两千三百亿", "三成五", "中秋节前", "2024年6月底", "5-8万元", "十万八千"):
                yield words.encode()
        case "lexicon":
            header = "word\tvalue\torder\tloose\texample"
            yield f"# units\n{header}\n\n亩\t666.67\t1\t\t土地6840亩\n公顷\t\t2\tyes\t造林12公顷\n".encode()
        case "zip":
            for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield _zip(method, texts)
        case "tar":
            yield _tar(texts)[:2600]
        case "tar.gz":
            yield gzip.compress(_tar(texts), mtime=0)
        case "zst":
            import pyarrow as pa

            yield pa.compress(texts[0].encode(), codec="zstd", asbytes=True)
        case "jsonl":
            yield "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
        case "csv" | "tsv":
            sign = "," if name == "csv" else "\t"
            cells = [f'{number}{sign}"{text[:60]}"{sign}a' for number, text in enumerate(texts[:3])]
            rows = [sign.join(("id", "text", "url")), *cells]
            yield "\r\n".join(rows).encode()
            yield "\n".join(rows).encode("gb18030", "replace")
        case "parquet":
            yield _parquet(lines)


def _zip(method: int, texts: list[str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for number, text in enumerate(texts[:2]):
            archive.writestr(f"页{number}.txt", text[:30])
        archive.writestr("t.csv", "text\na\n")
    return buffer.getvalue()


def _tar(texts: list[str]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for number, text in enumerate(texts[:2]):
            info = tarfile.TarInfo(f"页{number}.txt")
            content = text[:30].encode()
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def _parquet(lines: list[dict[str, object]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(lines[:2]), buffer, compression="none")
    return buffer.getvalue()


if __name__ == "__main__":
    main()
