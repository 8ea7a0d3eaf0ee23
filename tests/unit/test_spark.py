"""The data set under Spark: row for row that of one machine, over several partitions, and where tasks fail. Needs pyspark and Java 17."""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from govinfo.corpus import build
from govinfo.corpus.batches import digest
from govinfo.corpus.store import SCHEMAS, pq, read_manifest
from govinfo.errors import DataError
from govinfo.renderers import Format, render
from tests import country
from tests.harmful import harmful

OLDEST_JAVA = 17
ROOT = Path(__file__).parents[2]


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
    os.environ["PYTHONPATH"] = str(ROOT)  # a reader of the tests is a function of a module: the tasks import it
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


def _write_documents(folder: Path) -> None:
    """A few dozen documents of four formats, some of them in an archive or twice there, and those that cannot be read."""
    reports = list(country.made().reports())[::3]
    formats: dict[Format, str] = {"html": "html", "markdown": "md", "docx": "docx", "xlsx": "xlsx"}
    packed: list[tuple[str, bytes]] = []
    folder.mkdir()
    for number, report in enumerate(reports):
        kind = list(formats)[number % len(formats)]
        given = render(report, kind)
        name, content = f"{number:03} 报告.{formats[kind]}", given.encode() if isinstance(given, str) else given
        if number % 5 == 4:
            packed.append((name, content))
        else:
            (folder / name).write_bytes(content)
        if number % 6 == 0:
            (folder / f"copy of {name}").write_bytes(content)
    with zipfile.ZipFile(folder / "several.zip", "w") as archive:
        for name, content in packed:
            archive.writestr(name, content)
    (folder / "empty.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    for name, text in {"bad.html": "<p>无", "nothing.txt": "", "ends.txt": "EXIT", "long.txt": "LOOP", "odd.txt": "DEFECT"}.items():
        (folder / name).write_text(text, "utf-8")


def _dies_once(batches: Iterator[Any]) -> Iterator[Any]:
    """Kill the process of one task, midway, the first time."""
    context = import_module("pyspark").TaskContext.get()
    for number, batch in enumerate(batches):
        if number == 1 and context.partitionId() == 1 and context.attemptNumber() == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        yield batch


def test_it_is_the_data_set_of_one_machine_row_for_row_though_processes_die(spark: Any, tmp_path: Path) -> None:
    from govinfo.spark import check_reports, read_documents, tables

    folder, out = tmp_path / "文件 documents", tmp_path / "out"
    _write_documents(folder)
    summary = build([folder], out, processes=1, seconds=3, reader=harmful)
    assert summary.failures == {"crashed": 1, "defect": 1, "time-limit": 1, "unreadable": 3}
    found = spark.read.format("binaryFile").load(f"file:{folder.as_posix()}")
    documents = found.selectExpr("replace(path, 'file:', '') AS source", "content").repartition(3)
    assert documents.rdd.getNumPartitions() == 3
    readings = read_documents(documents.mapInArrow(_dies_once, documents.schema), seconds=3, reader=harmful).persist()
    spread = tables(readings)
    assert set(spread) == set(SCHEMAS)
    for name, frame in spread.items():
        here = [row for part in read_manifest(out)["parts"] for row in pq.read_table(out / name / f"{part['key']}.parquet").to_pylist()]
        there = frame.toArrow()
        assert [(field.name, field.type) for field in there.schema] == [(field.name, field.type) for field in SCHEMAS[name]]
        # Spark hands out no file without bytes.
        expected = [repr(row) for row in here if not row["source"].endswith("nothing.txt")]
        assert sorted(map(repr, there.to_pylist())) == sorted(expected)
        assert len(here) - len(expected) == (name == "failures")
        assert expected
    assert check_reports(readings).count() == summary.findings


def test_how_many_documents_come_at_a_time_makes_no_difference(spark: Any) -> None:
    from govinfo.spark import check_reports, read_documents

    rows = [(f"{n}", bytearray(render(r, "markdown"), "utf-8")) for n, r in enumerate(list(country.made().reports())[:8])]
    documents = spark.createDataFrame(rows, "source string, content binary").coalesce(1)
    setting = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = spark.conf.get(setting)
    told: list[list[dict[str, Any]]] = []
    try:
        for records in ("1", before, "10000"):
            spark.conf.set(setting, records)
            told.append(check_reports(read_documents(documents)).toArrow().to_pylist())
    finally:
        spark.conf.set(setting, before)
    assert told[0] == told[1] == told[2]
    assert told[0]


@pytest.mark.parametrize(
    ("columns", "wrong"),
    [
        ("path string, n int", {"content"}),
        ("n int", {"path", "content"}),
        ("source string, content string", {"content"}),  # read as the name of a file, where the task runs
        ("source int, content binary", {"source"}),
        ("source string, url array<string>, content binary", {"url"}),
        ("source string, content binary, Content binary", {"content", "Content"}),
    ],
)
def test_other_columns_are_refused_before_anything_runs(spark: Any, columns: str, wrong: set[str]) -> None:
    from govinfo.spark import read_documents

    with pytest.raises(DataError) as raised:
        read_documents(spark.createDataFrame([], columns))
    assert {name for name, _ in raised.value.problems} == wrong


def test_what_is_no_frame_or_holds_no_readings_is_refused(spark: Any) -> None:
    from govinfo.spark import check_reports, read_documents, tables

    with pytest.raises(TypeError, match="list"):
        read_documents([("x", b"")])
    for function in (tables, check_reports):
        with pytest.raises(DataError) as raised:
            function(spark.createDataFrame([], "source string, content binary"))
        assert len(raised.value.problems) == 1
    readings = read_documents(spark.createDataFrame([], "source string, content binary"))
    with pytest.raises(DataError) as raised:
        tables(readings.withColumn("year", readings["year"].cast("string")))
    assert [name for name, _ in raised.value.problems] == ["year"]


def test_of_no_documents_there_are_tables_without_rows(spark: Any) -> None:
    from govinfo.spark import read_documents, tables

    found = tables(read_documents(spark.createDataFrame([], "source string, content binary")))
    assert {name: frame.count() for name, frame in found.items()} == dict.fromkeys(SCHEMAS, 0)


def test_a_row_without_content_or_source_is_a_failure_and_other_columns_are_left(spark: Any) -> None:
    from govinfo.spark import read_documents

    page, address = bytearray(render(next(country.made().reports()), "html"), "utf-8"), "https://a.gov.cn"
    rows = [("x", None, address, "o", 1), (None, page, None, "o", 1), ("y", page, address, "o", 1), ("y", page, None, "o", 1)]
    documents = spark.createDataFrame(rows, "source string, content binary, url string, path string, `a.b` int")
    told = [tuple(row) for row in read_documents(documents).select("source", "url", "sha256", "kind").collect()]
    same = digest(bytes(page))
    assert told == [("x", address, None, "unopened"), ("", None, None, "unopened"), ("y", address, same, None), ("y", None, same, None)]


def test_the_documents_of_an_archive_have_its_address(spark: Any) -> None:
    from govinfo.spark import read_documents

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.md", render(next(country.made().reports()), "markdown"))
        archive.writestr("b.txt", "无")
    rows = [("x.zip", bytearray(content.getvalue()), "https://a.gov.cn/x.zip")]
    documents = spark.createDataFrame(rows, "source string, content binary, url string")
    told = [tuple(row) for row in read_documents(documents).select("source", "url", "kind").collect()]
    assert told == [("x.zip/a.md", "https://a.gov.cn/x.zip", None), ("x.zip/b.txt", "https://a.gov.cn/x.zip", "unreadable")]


@pytest.mark.usefixtures("spark")
def test_what_the_page_on_clusters_shows_runs(tmp_path: Path) -> None:
    """With a folder in place of the object storage, and the session that there is."""
    (tmp_path / "reports/2019-2025/a").mkdir(parents=True)
    (tmp_path / "reports/2019-2025/a/1.html").write_text(render(next(country.made().reports()), "html"), "utf-8")
    shown = re.findall(r"```python\n(.*?)```", (ROOT / "docs/cluster.md").read_text("utf-8"), re.DOTALL)
    assert shown
    names: dict[str, Any] = {}
    for code in shown:
        exec(code.replace("s3a://", f"file:{tmp_path}/"), names)  # noqa: S102 -- a page of ours
    assert pq.read_table(tmp_path / "data/reports").num_rows == 1
    assert {path.name for path in (tmp_path / "data").iterdir()} >= set(SCHEMAS)


def test_the_benchmark_holds_the_same_documents_against_a_build(spark: Any, tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="needs the extra 'bench'")
    benchmark = import_module("benchmarks.spark")
    benchmark.write(tmp_path / "documents", 2)
    assert all(seconds > 0 for seconds in benchmark.spread(spark, tmp_path / "documents", tmp_path / "out"))
