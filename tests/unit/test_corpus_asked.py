"""A data set asked: what is found across reports, organs, rates, SQL, files; and the command line."""

import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve, frozen
from click.testing import CliRunner, Result

from govinfo.cli.commands import govinfo
from govinfo.columns.arrow import pa
from govinfo.convert import from_dict, to_json
from govinfo.corpus import Across, Corpus, Organ, Organs, across, build, counts, rates
from govinfo.corpus.store import pq
from govinfo.errors import CorpusError, DataError, FormatError, MissingExtraError
from govinfo.findings import Severity, Verdict
from govinfo.keys import AdminLevel
from govinfo.metrics import METRICS
from govinfo.report import Report
from govinfo.simulate import Country
from tests import country


@frozen
class Made:
    """A country, its documents, and its data set."""

    country: Country
    sources: list[str]
    reports: list[Report]
    folder: Path
    table: Path

    @property
    def organs(self) -> Organs:
        return Organs.read(self.table)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    work = tmp_path_factory.mktemp("corpus")
    of = country.made()
    sources = country.write(of, work / "documents")
    shutil.copy(sources[0], work / "documents" / "copy.html")
    (work / "documents" / "bad.html").write_text("<p>无")
    text = Path(sources[1]).read_text("utf-8")
    (work / "documents" / "again.html").write_text(text.replace("</body>", "<p></p></body>"), "utf-8")
    build([work / "documents"], work / "out", processes=1)
    with (work / "organs.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.DictWriter(file, ["name", "level", "region", "parent"])
        writer.writeheader()
        writer.writerows(of.hierarchy())
    return Made(of, sources, list(of.reports()), work / "out", work / "organs.csv")


@pytest.fixture
def data(made: Made) -> Iterator[Corpus]:
    with Corpus(made.folder, made.organs) as opened:
        yield opened


# --- across reports ---------------------------------------------------------------------------------------------------------


def test_every_planted_error_is_found_and_none_is_invented(made: Made, data: Corpus) -> None:
    """An error is where a report with a planted fault is concerned: itself, the next year's, or the whole that adds it up."""
    found = list(across(data, complete=True))
    told = {(row["source"], row["code"]) for row in _broken(data)}
    told |= {(_main(each), each.finding.code) for each in found if _is_broken(each) and each.finding}
    expected = {(made.sources[each.row], code) for each in made.country.planted for code in each.rules}
    assert len(made.country.planted) == 5
    assert {each.kind for each in made.country.planted} >= {"slip", "carry"}
    assert expected <= told
    faulty = {made.sources[each.row] for each in made.country.planted}
    assert not [row for row in _broken(data) if row["source"] not in faulty]
    assert not [each for each in found if _is_broken(each) and not faulty & set(each.sources)]


def _broken(data: Corpus) -> list[dict[str, str]]:
    rows = data.query("SELECT source, code FROM findings WHERE verdict = 'broken' AND severity <> 'info'").to_pylist()
    return [row for row in rows if not row["source"].endswith(("copy.html", "again.html"))]


def _is_broken(each: Across) -> bool:
    return each.finding is not None and each.finding.verdict is Verdict.BROKEN and each.finding.severity is not Severity.INFO


def _main(each: Across) -> str:
    return each.sources[-1] if each.kind == "years" else each.sources[0]


def test_copies_are_recognised_by_their_bytes_and_by_their_figures(made: Made, data: Corpus) -> None:
    found = [each for each in across(data) if each.kind == "copy"]
    folder = Path(made.sources[0]).parent.as_posix()
    assert [each.sources for each in found] == [(made.sources[0], f"{folder}/copy.html"), (made.sources[1], f"{folder}/again.html")]
    assert [(each.organ, each.year) for each in found] == [(made.reports[n].organ, made.reports[n].year) for n in (0, 1)]


def test_without_all_bodies_declared_no_sums_are_compared(data: Corpus) -> None:
    assert {each.finding.code for each in across(data) if each.kind == "parts" and each.finding} <= {"H804"}
    assert {each.kind for each in across(data)} <= {"copy", "years", "parts"}


def test_different_reports_of_one_body_and_year_are_said_and_not_compared(made: Made, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    first, later = made.sources[2], made.sources[2 + len(made.country.organs)]
    text = Path(later).read_text("utf-8")
    for name, page in (("a", Path(first).read_text("utf-8")), ("b", text), ("c", _with_another_figure(text))):
        (documents / f"{name}.html").write_text(page, "utf-8")
    build([documents], tmp_path / "out", processes=1)
    with Corpus(tmp_path / "out") as opened:
        (found,) = across(opened)
    assert (found.kind, found.year) == ("conflict", 2021)
    assert [Path(source).stem for source in found.sources] == ["b", "c"]


def _told(found: Iterable[Across]) -> list[object]:
    return [
        (e.kind, e.organ, e.year, e.sources, e.message, e.finding and (e.finding.code, e.finding.verdict, e.finding.cells, e.finding.left))
        for e in found
    ]


def test_what_is_found_does_not_depend_on_how_many_look(data: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _told(across(data, complete=True))
    monkeypatch.setattr("govinfo.corpus.pool._FEW", 1)
    assert _told(across(data, complete=True, processes=2)) == alone
    assert len(alone) > 20


def test_a_second_report_of_a_body_ends_no_comparison(made: Made, tmp_path: Path) -> None:
    """One that does not say its scope, and a page that only names the report."""
    documents = tmp_path / "documents"
    documents.mkdir()
    size = len(made.country.organs)
    (documents / "a.jsonl").write_text("\n".join(map(to_json, made.reports[:size])), "utf-8")
    body = made.reports[3]
    other = evolve(body, scope=None).replace({"proactive.licensing.decisions": 7_777})
    named = [
        Report(organ=each.organ, year=each.year, scope=scope) for each in (body, made.reports[size - 1]) for scope in (each.scope, None)
    ]
    (documents / "b.jsonl").write_text("\n".join(map(to_json, [other, *named])), "utf-8")
    build([documents], tmp_path / "out", processes=1)
    with Corpus(tmp_path / "out", made.organs) as opened:
        found = list(across(opened, complete=True))
    assert not [each for each in found if each.kind == "conflict"]
    faulty = {f"{documents.as_posix()}/a.jsonl:{each.row + 1}" for each in made.country.planted if each.row < size}
    assert any(each.kind == "parts" for each in found)
    assert not [each for each in found if _is_broken(each) and not faulty & set(each.sources)]
    assert not [each for each in found if any("b.jsonl" in source for source in each.sources)]
    assert not [each for each in found if each.kind == "parts" and each.finding and each.finding.verdict is Verdict.UNKNOWN]


def _with_another_figure(page: str) -> str:
    at = page.index("<td>", page.index("新收"))
    return page[:at] + "<td>77" + page[page.index("</td>", at) :]


# --- organs -----------------------------------------------------------------------------------------------------------------


def test_names_of_a_body_are_one_and_others_stand_for_themselves() -> None:
    rows = [
        {"name": "甲县人民政府", "id": "1", "level": "county", "region": "西"},
        {"name": "（甲县政府）", "id": "1"},
        {"name": "甲县财政局", "parent": "1"},
    ]
    organs = Organs.of(rows)
    assert organs.of_name("(甲县政府)") == Organ("1", "甲县人民政府", AdminLevel.COUNTY, "西")
    assert organs.above("甲县财政局") == ["1"]
    assert organs.of_name("乙县人民政府").level is AdminLevel.COUNTY


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([{"organ": "甲"}], ["line 1"]),
        ([{"name": "", "id": "1"}, {"name": "甲", "level": "town"}], ["line 2", "line 3"]),
        ([{"name": "甲", "id": "1"}, {"name": "甲", "id": "2"}], ["line 3"]),
        ([{"name": "甲", "id": "1", "region": "东"}, {"name": "乙", "id": "1", "region": "西"}], ["line 3"]),
        ([{"name": "甲", "parent": "丙"}], ["line 2"]),
        ([{"name": "甲", "parent": "乙"}, {"name": "乙", "parent": "甲"}], ["line 2", "line 3"]),
    ],
)
def test_a_table_of_organs_says_what_is_wrong_with_it_line_by_line(rows: list[dict[str, str]], lines: list[str]) -> None:
    with pytest.raises(DataError) as raised:
        Organs.of(rows)
    assert [where for where, _ in raised.value.problems] == lines


# --- rates and counts -------------------------------------------------------------------------------------------------------


def test_rates_are_sums_over_sums_of_the_reports_that_have_them(made: Made, data: Corpus) -> None:
    found = {(row["year"], row["level"], row["metric"]): row for row in rates(data, ("year", "level")).to_pylist()}
    size = len(made.country.organs)
    for (year, level, name), row in found.items():
        reports = [r for n, r in enumerate(made.reports) if r.year == year and made.country.organs[n % size].level == level]
        defined = [report for report in reports if METRICS[name].of(report) is not None]
        assert row["reports"] == len(defined)
        assert (row["rate"] is None) is (row["denominator"] == 0)
        if len(defined) == 1:
            assert Fraction(row["numerator"], row["denominator"]) == METRICS[name].of(defined[0])
    assert {name for _, _, name in found} <= {name for name, metric in METRICS.items() if not metric.needs}
    assert len(found) > 100
    (whole,) = rates(data, (), ["completion_rate"]).to_pylist()
    assert whole["reports"] == sum(METRICS["completion_rate"].of(report) is not None for report in made.reports)
    with pytest.raises(FormatError):
        rates(data, ("colour",))


def test_counts_are_those_of_the_tables(made: Made, data: Corpus) -> None:
    found = counts(data)
    assert [row["reports"] for row in found["reports"].to_pylist()] == [16, 14, 14]
    assert found["failures"].to_pylist() == [{"kind": "unreadable", "documents": 1}]
    assert sum(row["broken"] + row["unknown"] for row in found["findings"].to_pylist()) == data.manifest["rows"]["findings"]
    assert made.folder == data.folder


# --- questions and files ----------------------------------------------------------------------------------------------------


def test_reports_come_back_from_the_data_set(made: Made, data: Corpus) -> None:
    found = {each["source"]: from_dict(each["report"]) for each in data.documents()}
    assert [found[source] for source in made.sources] == made.reports


def test_what_sql_refuses_is_one_error(data: Corpus) -> None:
    for sql in ("selec", "SELECT nothing FROM reports", ""):
        with pytest.raises(CorpusError):
            data.query(sql)
    with pytest.raises(FormatError):
        data.write("SELECT 1", Path("x"), "xml")  # type: ignore[arg-type]  # that is the point


def test_an_absent_extra_is_named(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtraError) as raised:
        Corpus(made.folder)
    assert raised.value.extra == "corpus"


def test_a_data_set_of_nothing_can_be_asked(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    build([tmp_path / "documents"], tmp_path / "out", processes=1)
    with Corpus(tmp_path / "out") as opened:
        assert list(across(opened)) == []
        assert rates(opened).num_rows == 0
        assert opened.query("SELECT count(*) AS n FROM origins").to_pylist() == [{"n": 0}]


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(govinfo, ["corpus", *map(str, arguments)])


def test_files_are_written_in_every_format(made: Made, tmp_path: Path) -> None:
    for form in ("csv", "parquet", "jsonl"):
        assert _run("export", made.folder, "--table", "findings", "--to", form, "-o", tmp_path / form).exit_code == 0
    parquet = pq.read_table(tmp_path / "parquet").to_pylist()
    lines = [json.loads(line) for line in (tmp_path / "jsonl").read_text("utf-8").splitlines()]
    cells = list(csv.DictReader(io.StringIO((tmp_path / "csv").read_text("utf-8"))))
    assert [row["cells"] for row in parquet] == [row["cells"] for row in lines] == [json.loads(row["cells"]) for row in cells]
    assert len(parquet) > 3
    done = _run("export", made.folder, "--to", "jsonl")
    assert len(done.stdout_bytes.splitlines()) == len(made.reports) + 2
    assert {path.name for path in tmp_path.iterdir()} == {"csv", "parquet", "jsonl"}


def test_the_command_line_answers(made: Made, tmp_path: Path) -> None:
    done = _run("check", made.folder, "--organs", made.table, "--complete", "--format", "jsonl", "--lang", "en")
    assert done.exit_code == 1
    lines = [json.loads(line) for line in done.stdout_bytes.decode().splitlines()]
    assert {line["kind"] for line in lines} == {"copy", "years", "parts"}
    assert all(line["message"] and line["sources"] for line in lines)
    assert _run("check", made.folder, "--lang", "zh").exit_code == 1
    assert _run("stats", made.folder, "--by", "level", "--lang", "zh").exit_code == 0
    told = _run("stats", made.folder, "--organs", made.table, "--by", "region", "--metric", "denial_rate", "--format", "csv")
    assert told.stdout.splitlines()[0] == "region,metric,reports,numerator,denominator,rate"
    asked = 'SELECT "requests.new_received.total" AS n FROM reports ORDER BY source LIMIT 1'
    assert _run("query", made.folder, asked, "--format", "jsonl").stdout == f'{{"n":{made.reports[0]["requests.new_received.total"]}}}\n'
    assert _run("query", made.folder, asked).stdout.split() == ["n", str(made.reports[0]["requests.new_received.total"])]
    assert _run("query", made.folder, asked, "-o", tmp_path / "x.csv").exit_code == 0


def test_misuse_is_one_line_and_exit_code_2(made: Made, tmp_path: Path) -> None:
    (tmp_path / "organs.csv").write_text("名称\n甲\n", "utf-8")
    for arguments in (
        ("query", made.folder, "selec"),
        ("stats", tmp_path),
        ("build", tmp_path / "none", "--out", tmp_path / "out"),
        ("check", made.folder, "--organs", tmp_path / "none.csv"),
        ("check", made.folder, "--organs", tmp_path / "organs.csv"),
        ("stats", made.folder, "--metric", "happiness"),
    ):
        done = _run(*arguments)
        assert (done.exit_code, len(done.stderr.strip().splitlines()), done.stdout) == (2, 1, "")
    assert _run("export", made.folder, "--to", "parquet").exit_code == 2
    assert _run("check", made.folder, "--complete").exit_code == 2


# --- as it comes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "COPY reports TO '{0}/taken.csv'",
        "ATTACH '{0}/other.db'",
        "EXPORT DATABASE '{0}/taken'",
        "INSTALL httpfs",
        "SET memory_limit = '9GB'",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW reports",
        "SELECT 1 AS a; SELECT 2 AS b",
        "SELECT * FROM read_csv('{0}/private.csv')",
        "SELECT * FROM read_text('{1}/../private.csv')",
        "SELECT * FROM glob('{0}/*')",
        "SELECT * FROM reports) TO '{0}/taken.csv' --",
        "-- nothing",
    ],
)
def test_a_query_reads_the_data_set_and_nothing_else(made: Made, tmp_path: Path, sql: str) -> None:
    (tmp_path / "private.csv").write_text("a\n1\n", "utf-8")
    asked = sql.format(tmp_path, made.folder)
    with Corpus(made.folder) as data:
        with pytest.raises(CorpusError):
            data.query(asked)
        with pytest.raises(CorpusError):
            list(data.batches(asked))
        with pytest.raises(CorpusError):
            data.write(asked, tmp_path / "x.csv", "csv")
        assert data.query("FROM reports SELECT count(*) AS n").to_pylist() == [{"n": len(made.reports) + 2}]
    assert [path.name for path in tmp_path.iterdir()] == ["private.csv"]


def test_a_query_may_end_as_people_end_it_and_name_columns_as_they_like(made: Made, tmp_path: Path) -> None:
    with Corpus(made.folder) as data:
        for sql in ('SELECT [1] AS "a""b" -- so', 'SELECT [1] AS "a""b" ;  '):
            data.write(sql, tmp_path / "x.csv", "csv")
            assert (tmp_path / "x.csv").read_text("utf-8") == '"a""b"\n[1]\n'
        assert data.query("DESCRIBE reports").num_rows > 200
        data.connection.register("mine", pa.table({"a": [7]}))
        assert data.query("SELECT a FROM mine").to_pylist() == [{"a": 7}]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are of POSIX")
def test_a_result_goes_through_a_link_or_a_pipe_and_leaves_it_there(made: Made, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real.csv")
    os.mkfifo(tmp_path / "pipe")
    with Corpus(made.folder) as data:
        data.write("SELECT 1 AS a", tmp_path / "link", "csv")
        with ThreadPoolExecutor() as threads:
            read = threads.submit((tmp_path / "pipe").read_text, "utf-8")
            data.write("SELECT 1 AS a", tmp_path / "pipe", "csv")
        assert read.result() == "a\n1\n"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "real.csv").read_text("utf-8") == "a\n1\n"
    for form, sql in (("csv", "findings"), ("jsonl", "reports")):
        done = _run("export", made.folder, "--table", sql, "--to", form, "-o", tmp_path / "none" / "x")
        assert (done.exit_code, len(done.stderr.strip().splitlines()), str(tmp_path / "none" / "x") in done.stderr) == (2, 1, True)


def test_csv_has_no_formulas_and_nothing_but_plain_columns(made: Made, tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-", "@a", "'a", "\t=1", "\n=1", "a=1", "", "无"]
    with Corpus(made.folder) as data:
        data.connection.register("mine", pa.table({"n": range(len(texts)), "text": texts}))
        sql = "SELECT text, -n AS text, [text] AS nested, [text] AS nested, {'a': n} AS s, map {'k': text} AS m FROM mine ORDER BY n DESC"
        data.write(sql, tmp_path / "x.csv", "csv")
        data.write("SELECT text FROM mine ORDER BY n", tmp_path / "x.jsonl", "jsonl")
    heads, *rows = csv.reader(io.StringIO((tmp_path / "x.csv").read_bytes().decode(), newline=""))
    assert len(set(heads)) == 6
    assert [row[0] for row in rows] == [f"'{text}" if number < 7 else text for number, text in enumerate(texts)][::-1]
    assert [int(row[1]) for row in rows] == [-number for number in range(len(texts))][::-1]
    assert [(json.loads(row[2]), json.loads(row[3]), json.loads(row[5])) for row in rows] == [([t], [t], {"k": t}) for t in texts[::-1]]
    assert [json.loads(line)["text"] for line in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()] == texts


def test_text_for_people_is_the_text_that_is_there(made: Made) -> None:
    assert _run("query", made.folder, "SELECT 'a:x:b :smile: [bold]c[/]' AS t").stdout.splitlines()[1] == "a:x:b :smile: [bold]c[/]"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'name\n"a',
        b"name,id\na,b,c,d\n",
        b"name,id\na\0b,c\n",
        "name,id\n甲,乙\n".encode("utf-16"),
        b"PK\x03\x04\0\0",
        b"name\n" + b"x" * 140_000 + b"\n",
        b"name;id\na;b\n",
    ],
)
def test_a_file_that_is_no_table_of_organs_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "organs.csv").write_bytes(content)
    with pytest.raises(DataError):
        Organs.read(tmp_path / "organs.csv")
