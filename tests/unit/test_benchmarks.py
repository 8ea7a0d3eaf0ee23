"""The benchmarks run and their sides agree; how long they take is nobody's test."""

import importlib
import json
import sys
from pathlib import Path

import pytest

from govinfo.errors import RenderError
from govinfo.simulate import country

pytest.importorskip("pydantic", reason="needs the extra 'bench'")


@pytest.mark.parametrize(
    ("name", "sides"), [("json_report", {"govinfo", "pydantic", "msgspec"}), ("balances", {"govinfo", "by hand", "tuned"})]
)
def test_every_side_is_measured_on_every_document(name: str, sides: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    benchmark = importlib.import_module(f"benchmarks.{name}")
    results = benchmark.results(rounds=1, repeats=1)
    assert len(results) == len(benchmark.DOCUMENTS) == 2
    benchmark.show(results, as_json=True)
    for shown in json.loads(capsys.readouterr().out):
        assert set(shown["microseconds"]) == sides
        assert set(shown["ratios"]) == sides - {"govinfo"}
    benchmark.show(results, as_json=False)
    assert capsys.readouterr().out.count("govinfo takes") == 2 * (len(sides) - 1)


def test_the_columns_agree_with_other_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb", reason="needs the extra 'bench'")
    benchmark = importlib.import_module("benchmarks.columns")
    (result,) = benchmark.results(rows=1_000, rounds=1, blanks=0.05)
    benchmark.show([result], as_json=True)
    (shown,) = json.loads(capsys.readouterr().out)
    assert set(shown["ratios"]) == {"numpy.sum", "polars", "duckdb", "objects"}
    if sys.platform == "linux":
        assert benchmark.peak(1_000, 0.05)[1] >= 0


def test_documents_of_every_format_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    benchmark = importlib.import_module("benchmarks.formats")
    try:
        results = benchmark.results(rounds=1, repeats=1)
    except RenderError:  # pragma: no cover -- where no Chinese font is installed
        pytest.skip("no Chinese font is installed")
    assert len(results) == len(benchmark.DOCUMENTS) * len(benchmark.FORMATS)
    benchmark.show(results, as_json=False)
    assert capsys.readouterr().out.count("govinfo takes") == len(benchmark.DOCUMENTS)  # of PDF


def test_a_build_is_measured_against_bare_loops() -> None:
    pytest.importorskip("pandas", reason="needs the extra 'bench'")
    found = importlib.import_module("benchmarks.corpus").results(count=3, processes=1, rounds=1)
    assert set(found) == {"loop of read", "loop of read and check", "build, 1 process"}
    assert all(rate > 0 for rate in found.values())


def test_a_country_is_written_as_documents_and_its_faults_are_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas", reason="needs the extra 'bench'")
    benchmark = importlib.import_module("benchmarks.nation")
    made = country(cities=1, counties=1, townships=1, departments=1, years=[2021, 2022], faults=0.2, seed=1)
    benchmark.prepare(made, tmp_path)
    out, across = tmp_path / "data", tmp_path / "check.out"
    assert benchmark.run(["build", str(tmp_path / "documents"), "--out", str(out), "--processes", "1"]).code == 0
    benchmark.run(["check", str(out), "--organs", str(tmp_path / "organs.csv"), "--complete", "--format", "jsonl"], across)
    benchmark.compared(tmp_path, out, across)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"planted {len(made.planted)}, found {len(made.planted)}"
    assert told[1].startswith("said of whole reports without a fault: {} within")
