"""What Spark adds to plain Python: the same documents through the same function, as a ratio of times, once warm.

    python benchmarks/spark_cost.py [--documents 2000] [--workers 2] [--rounds 3]

The documents are the sample speeches, over and over, each with a line of its own. Plain Python is `parse_batches` in
one process, over batches of the same size. The first run of each loads dictionaries and is not counted; then the two
take turns, so that another load of the machine meets both, and the median is shown. Spark's time is from a DataFrame
that it holds in memory to the number of records, so that all rows are made and none is written. What is above
1 / workers is what Spark costs.

The processor time of all processes is shown too (on Linux): divided by the workers it is what the time would be with
a core free for each of them, which on a busy machine is the better measure. A query has some 1.5 s of the JVM's own,
so take documents enough.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from speechparse import spark
from speechparse.archive.batches import input_schema, parse_batches
from speechparse.clean import decode

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
BATCH = 100  # documents
PARTITIONS = 4  # a worker, so that the last one to end is not waited for long


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=2000)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    documents = texts(chosen.documents)
    size = sum(map(len, documents))
    print(f"{len(documents):,} documents, {size:,} characters, {chosen.workers} workers, {chosen.rounds} rounds")
    session = started(chosen.workers)
    frame = session.createDataFrame(list(enumerate(documents)), "id long, text string")
    frame = frame.repartition(PARTITIONS * chosen.workers).persist()
    frame.count()
    records = {in_plain_python(documents), on_spark(frame)}
    if len(records) > 1:
        raise SystemExit(f"the two do not read the same: {records}")
    rounds = [
        (spent(lambda: in_plain_python(documents)), spent(lambda: on_spark(frame))) for _ in range(chosen.rounds)
    ]
    session.stop()
    for kind in Spent._fields:
        times = [(getattr(plain, kind), getattr(cluster, kind)) for plain, cluster in rounds]
        print(f"{kind} time")
        for name, each in zip(("plain Python", "Spark"), zip(*times, strict=True), strict=True):
            print(f"  {name:<14}{median(each):7.1f} s  {1000 * median(each) / len(documents):6.2f} ms a document")
        shared = chosen.workers if kind == "processor" else 1
        ratios = [cluster / shared / plain for plain, cluster in times if plain]
        if ratios:
            print(f"  {kind_of_ratio(shared):<14}{median(ratios):7.2f}  ({min(ratios):.2f}–{max(ratios):.2f})")


def texts(number: int) -> list[str]:
    """Texts of the samples, each with a line that no other has."""
    files = [file for file in sorted(SAMPLES.iterdir()) if file.suffix != ".md"]
    samples = [decode(file.read_bytes(), source=file.name).text for file in files]
    return [f"{samples[at % len(samples)]}\n第{at}号材料。\n" for at in range(number)]


def started(workers: int) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        # Spark ends a worker that was idle for a minute, as all are while plain Python has its turn
        "spark.python.daemon.module": "speechparse.spark_daemon",
    }
    return SparkSession.builder.master(f"local[{workers}]").config(map=settings).getOrCreate()


def in_plain_python(documents: list[str]) -> int:
    rows = [{"id": str(at), "text": text} for at, text in enumerate(documents)]
    batches = (pa.RecordBatch.from_pylist(rows[at : at + BATCH], input_schema()) for at in range(0, len(rows), BATCH))
    return sum(sum(batch.column("records").drop_null().to_pylist()) for batch in parse_batches(batches))


def on_spark(frame: object) -> int:
    rows = spark.parse(frame).rows
    return int(rows.agg(sql.sum("records"), sql.max(sql.size("records_rows"))).collect()[0][0])


class Spent(NamedTuple):
    """Seconds: of the clock, and of all processors by this process and all that it has started."""

    wall: float
    processor: float


def spent(run: Callable[[], int]) -> Spent:
    start, used = time.perf_counter(), processor_time()
    run()
    return Spent(time.perf_counter() - start, processor_time() - used)


def processor_time() -> float:
    """The processor time of this process and of those below it; 0 where the system does not tell."""
    children: dict[int, list[int]] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # behind the name in brackets: state, parent, …, at 11 to 14 the times of it and of its children that ended
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            ticks[int(folder.name)] = sum(map(int, fields[11:15]))
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    below = [os.getpid()]
    for process in below:
        below += children.get(process, [])
    return sum(ticks.get(process, 0) for process in below) / os.sysconf("SC_CLK_TCK")


def kind_of_ratio(shared: int) -> str:
    return "Spark / plain" if shared == 1 else f"/ {shared} / plain"


if __name__ == "__main__":
    main()
