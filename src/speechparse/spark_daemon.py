"""The process that Spark forks its Python workers from, with dictionaries, lexicons and patterns loaded.

    SparkSession.builder.config("spark.python.daemon.module", "speechparse.spark_daemon")

Without it each worker loads them for itself, and Spark ends a worker that had nothing to do for a minute. Its memory is
shared by the workers until they write to it. Spark starts daemons on systems that can fork (not on Windows).
"""

from __future__ import annotations

from speechparse.archive import warm  # noqa: F401

if __name__ == "__main__":
    from pyspark.daemon import manager

    manager()
