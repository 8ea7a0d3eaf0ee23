"""The data set under Spark: row for row that of one machine, over several partitions, and where tasks fail. Needs pyspark and Java 17."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from govinfo.corpus import build
from govinfo.corpus.batches import digest
from govinfo.corpus.store import SCHEMAS, pq, read_manifest
from govinfo.errors import DataError
from tests import country

OLDEST_JAVA = 17


def _java() -> int:
    program = shutil.which("java")
    if os.environ.get("JAVA_HOME"):
        program = str(Path(os.environ["JAVA_HOME"]) / "bin" / "java")
    try:
        said = subprocess.run([program or "java", "-version"], capture_output=True, check=True, encoding="utf-8").stderr
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


pytest.importorskip("pyspark", reason="needs the extra 'spark'")
pytestmark = [
    pytest.mark.skipif(_java() < OLDEST_JAVA, reason=f"needs Java {OLDEST_JAVA} or newer"),
    # Others' code: pyspark looks at the version of pandas, and leaves sockets to the collector.
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of two threads in which a task may fail three times; it speaks to this machine only."""
    sessions: Any = import_module("pyspark.sql").SparkSession  # `Any`: it may not be installed, and its types say more than they hold

    os.environ["PYSPARK_PYTHON"] = sys.executable
    own = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "5",
    }
    builder = sessions.builder.master("local[2,4]")
    for name, value in own.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def test_it_is_the_data_set_of_one_machine_row_for_row_though_a_task_fails(spark: Any, tmp_path: Path) -> None:
    from govinfo.spark import check_reports, read_documents, tables

    sources = country.write(country.made(), tmp_path / "documents")[::3]
    for path in set((tmp_path / "documents").iterdir()) - set(map(Path, sources)):
        path.unlink()
    (tmp_path / "documents" / "bad.html").write_text("<p>无", "utf-8")
    build([tmp_path / "documents"], tmp_path / "out", processes=1)
    failed = tmp_path / "failed"

    def once(batches: Iterator[Any]) -> Iterator[Any]:
        context = import_module("pyspark").TaskContext.get()
        if context is not None and context.partitionId() == 1 and context.attemptNumber() == 0:
            failed.touch()
            raise RuntimeError("a machine is lost")
        return batches

    found = spark.read.format("binaryFile").load((tmp_path / "documents").as_uri())
    documents = found.selectExpr("replace(path, 'file:', '') AS source", "content").repartition(3)
    assert documents.rdd.getNumPartitions() == 3
    readings = read_documents(documents.mapInArrow(once, documents.schema)).persist()
    spread = tables(readings)
    assert set(spread) == set(SCHEMAS)
    for name, frame in spread.items():
        here = [pq.read_table(tmp_path / "out" / name / f"{part['key']}.parquet") for part in read_manifest(tmp_path / "out")["parts"]]
        assert frame.columns == here[0].schema.names
        assert sorted(map(repr, frame.toArrow().to_pylist())) == sorted(repr(row) for table in here for row in table.to_pylist())
        assert frame.count() > 0
    assert failed.exists()
    assert check_reports(readings).count() == spread["findings"].count()


def test_other_columns_are_refused_before_anything_runs(spark: Any) -> None:
    from govinfo.spark import read_documents

    with pytest.raises(DataError) as raised:
        read_documents(spark.createDataFrame([("x", 1)], "path string, n int"))
    assert raised.value.problems[0][0] == "content"


def test_a_document_without_content_is_a_failure(spark: Any) -> None:
    from govinfo.spark import read_documents

    documents = spark.createDataFrame([("x", None, "https://a.gov.cn")], "source string, content binary, url string")
    (row,) = read_documents(documents).select("source", "url", "sha256", "kind").collect()
    assert tuple(row) == ("x", "https://a.gov.cn", digest(b""), "unreadable")
