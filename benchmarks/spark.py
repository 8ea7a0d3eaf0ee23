"""Documents -> a data set under Spark, on this machine alone: against `govinfo.corpus.build` with as many processes.

python -m benchmarks.spark [--documents N] [--threads N] [--rounds R]

Both sides read, check, and write the five tables. Needs the extra `spark` and Java 17. What Spark takes to begin is not measured.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.corpus import built, write

_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    "spark.sql.files.maxPartitionBytes": str(4 * 1024 * 1024),
    "spark.sql.files.openCostInBytes": str(64 * 1024),
}


def session(threads: int) -> Any:
    """Spark within this process."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = import_module("pyspark.sql").SparkSession.builder.master(f"local[{threads},4]")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    return made


def spread(spark: Any, folder: Path, out: Path) -> tuple[float, float]:
    """The same as `built` under Spark, the readings written first: seconds for these, and for the five tables."""
    own: Any = import_module("govinfo.spark")
    began = time.perf_counter()
    documents = spark.read.format("binaryFile").load(f"file:{folder}").select("path", "content")
    own.read_documents(documents).write.parquet(f"{out}/readings")
    read = time.perf_counter()
    for name, table in own.tables(spark.read.parquet(f"{out}/readings")).items():
        table.write.parquet(f"{out}/{name}")
    done = time.perf_counter()
    assert spark.read.parquet(f"{out}/reports").count() == len(list(folder.iterdir()))
    return read - began, done - read


def results(count: int, threads: int, rounds: int) -> dict[str, float]:
    """Documents a second: the median over the rounds, in which both sides run in turn."""
    taken: dict[str, list[float]] = {"build": [], "spark": [], "spark, readings alone": []}
    spark = session(threads)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        write(folder, count)
        spread(spark, folder, Path(name) / "before")
        for number in range(rounds):
            began = time.perf_counter()
            built(folder, threads)
            taken["build"].append(time.perf_counter() - began)
            read, split = spread(spark, folder, Path(name) / f"{number}")
            taken["spark"].append(read + split)
            taken["spark, readings alone"].append(read)
    spark.stop()
    return {side: count / statistics.median(times) for side, times in taken.items()}


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=min(os.cpu_count() or 1, 4))
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    found = results(chosen.documents, chosen.threads, chosen.rounds)
    for side, rate in found.items():
        print(f"{side:<24}{rate:8.1f} documents a second   {rate / found['build']:5.2f} of build, {chosen.threads} processes")


if __name__ == "__main__":
    main()
