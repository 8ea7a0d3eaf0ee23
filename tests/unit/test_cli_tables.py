"""CSV of ours on the command line: who got it out puts it in again, with nothing lost."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.unit.test_cli import BLANKED, CLEAN, WRONG, complaints, folder, run

__all__ = ["folder"]
REPORTS = (BLANKED, CLEAN, WRONG)  # as they stand in the folder, by name


@pytest.mark.parametrize("shape", ["csv", "csv-wide"])
class TestWhatWasWrittenIsRead:
    """The same reports, by file, by folder, from standard input, whatever the file is called."""

    def test_every_report_comes_back(self, folder: Path, tmp_path_factory: pytest.TempPathFactory, shape: str) -> None:
        tmp_path = tmp_path_factory.mktemp("elsewhere")
        lines = run("convert", folder, "--to", "jsonl").stdout
        written = tmp_path / "tables" / "reports.csv"
        written.parent.mkdir()
        assert run("convert", folder, "--to", shape, "-o", written.parent).exit_code == 0
        assert (written.parent / "datapackage.json").is_file()
        (tmp_path / "renamed").write_bytes(written.read_bytes())
        for source in (written, written.parent, tmp_path / "renamed"):
            result = run("convert", source, "--to", "jsonl")
            assert (result.stdout, result.exit_code, complaints(result)) == (lines, 0, [])
        for data in (written.read_bytes(), run("convert", folder, "--to", shape).stdout_bytes):
            assert run("convert", "-", "--to", "jsonl", data=data).stdout == lines

    def test_each_is_named_by_the_line_that_it_begins_in(self, folder: Path, tmp_path_factory: pytest.TempPathFactory, shape: str) -> None:
        written = tmp_path_factory.mktemp("elsewhere") / "all.csv"
        run("convert", folder, "--to", shape, "-o", written)
        sources = [json.loads(line)["source"] for line in run("check", written, "--format", "jsonl").stdout.splitlines()]
        assert [source.rpartition(":")[0] for source in sources] == [str(written)] * len(REPORTS)
        rows = list(csv.DictReader(io.StringIO(written.read_text(encoding="utf-8-sig"), newline="")))
        assert [int(source.rpartition(":")[2]) for source in sources] == [
            2 + next(n for n, row in enumerate(rows) if row["report"] == str(number)) for number in range(1, len(REPORTS) + 1)
        ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"organ,year,requests\nA,2023,5\n", "line 1"),
        ("机关,年度\n某局,2023\n".encode("gb18030"), "UTF-8"),
        (b"", "heads"),
        (b"report,organ,year,form\n1,A,2023\n", "line"),
    ],
    ids=["others", "another encoding", "nothing", "cut short"],
)
def test_what_is_no_table_of_ours_is_one_clear_error(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    result = run("check", path)
    assert (result.exit_code, len(complaints(result))) == (2, 1)
    assert told in complaints(result)[0]


def test_heads_alone_are_no_report(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(run("convert", folder, "--to", "csv").stdout.splitlines()[0], encoding="utf-8")
    assert (run("read", path).exit_code, len(complaints(run("read", path)))) == (2, 1)
