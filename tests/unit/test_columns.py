"""Tables of reports: their schema, what other libraries hand over, what is refused, and sums that run over."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow", reason="needs the extra 'columns'")

from benchmarks.documents import DOCUMENTS
from govinfo.columns import YEARS_COVERED, check_parts_table, check_table, check_years_table, from_table, measure, schema, to_table
from govinfo.columns.arrow import pa
from govinfo.columns.sieve import BLOCK
from govinfo.errors import DataError, FigureError, ProfileError, UnknownFormError
from govinfo.findings import Verdict
from govinfo.forms import CN_2019, CN_2021, FORMS
from govinfo.keys import Applicant, Outcome, ReportScope
from govinfo.metrics import METRICS
from govinfo.report import BLANK, CellState, Mark, Report, Table
from govinfo.rules import RULES, check
from tests.toy import RIGHT, TOY

REPORTS = list(DOCUMENTS.values())
TABLE = to_table(REPORTS)


def test_one_column_a_cell_named_by_its_address() -> None:
    both, new = schema(), schema(CN_2021)
    assert [name for name in new.names if name in CN_2021.cells] == list(CN_2021.cells)
    assert set(both.names) >= {*CN_2019.cells, *CN_2021.cells}
    assert {str(both.field(cell.address).type) for form in FORMS for cell in form.cells.values()} == {"int32", "decimal128(30, 10)"}
    assert all(both.field(address).nullable for address in CN_2021.cells)
    assert both.metadata[b"govinfo.forms"] == b"cn-2019,cn-2021"


def test_the_field_of_a_cell_says_what_it_is() -> None:
    said = {name.decode(): text.decode() for name, text in schema().field("requests.granted.natural_person").metadata.items()}
    assert said["zh"] == CN_2021.cells["requests.granted.natural_person"].label
    assert said["forms"] == "cn-2019,cn-2021"
    assert schema().field("proactive.rules.issued").metadata[b"unit"] == "件".encode()


def test_each_section_says_its_form() -> None:
    mixed = Report(proactive=Table.blank(CN_2021.proactive), requests=Table.blank(CN_2019.requests))
    table = to_table([mixed])
    assert [table.column(f"{section}.form")[0].as_py() for section in ("proactive", "requests", "disputes")] == ["cn-2021", "cn-2019", None]
    assert from_table(table) == [mixed]


def test_marks_and_zeros_behind_the_point_are_kept() -> None:
    cell = "proactive.charges.amount_wan"
    given = REPORTS[0].replace({cell: Decimal("12.500"), "requests.granted.total": Mark(CellState.UNREADABLE, "1l")})
    (back,) = from_table(to_table([given]))
    assert str(back[cell]) == "12.500"
    assert back.marks == given.marks
    (needed,) = from_table(to_table([given]).drop_columns([f"{cell}.places"]))
    assert (needed, str(needed[cell])) == (given, "12.5")


def test_no_reports_are_a_table_without_rows() -> None:
    assert to_table([]).schema.equals(schema(), check_metadata=True)
    assert from_table(to_table([])) == []
    assert check_table(to_table([])).num_rows == 0
    assert check_years_table(to_table([])).num_rows == 0
    assert check_parts_table(to_table([]), [], []).num_rows == 0


def polars_frame(table: Any) -> Any:
    return pytest.importorskip("polars", reason="not installed: it comes with the extra 'test'").DataFrame(table)


def duckdb_relation(table: Any) -> Any:
    connection = pytest.importorskip("duckdb", reason="not installed: it comes with the extra 'bench'").connect()
    return connection.from_arrow(table)


def pandas_frame(table: Any) -> Any:
    pytest.importorskip("pandas", reason="not installed: it comes with the extra 'bench'")
    return table.to_pandas()


def record_batch(table: Any) -> Any:
    return table.to_batches()[0]


@pytest.mark.parametrize("library", [polars_frame, duckdb_relation, pandas_frame, record_batch])
def test_tables_of_other_libraries_are_taken(library: Callable[[Any], Any]) -> None:
    spoiled = [*REPORTS, REPORTS[0].replace({"requests.granted.total": 987_654, "requests.denied_state_secret.total": BLANK})]
    theirs = library(to_table(spoiled))
    assert from_table(theirs) == spoiled
    assert check_table(theirs).equals(check_table(to_table(spoiled)))


def test_columns_beside_these_are_left_alone() -> None:
    more = TABLE.append_column("source", pa.array(["a.html", "b.html"])).select([*reversed(TABLE.column_names), "source"][::-1][::-1])
    assert from_table(more) == REPORTS


def changed(name: str, values: list[Any], kind: Any = None) -> Any:
    place = TABLE.column_names.index(name)
    return TABLE.set_column(place, name, pa.array(values, kind or TABLE.column(name).type))


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (TABLE.drop_columns(["requests.granted.total"]), "requests.granted.total"),
        (changed("requests.granted.total", [1.5, 2.0], pa.float64()), "requests.granted.total"),
        (changed("requests.granted.total", ["x", "y"], pa.string()), "requests.granted.total"),
        (changed("requests.granted.total", [True, False], pa.bool_()), "requests.granted.total"),
        (changed("requests.granted.total", [b"1", b"2"], pa.binary()), "requests.granted.total"),
        (changed("year", [date(2023, 1, 1), None], pa.date32()), "year"),
        (changed("requests.form", ["cn-2021", "cn-1999"]), "requests.form[1]"),
        (changed("requests.form", ["cn-2019", "cn-2021"]), "requests.other_uncorrected.natural_person[0]"),
        (changed("scope", ["all", None]), "scope[0]"),
        (changed("marks", [[("requests.granted.total", None, None, None, None)], None]), "marks[0]"),
        (changed("marks", [[("overview.granted.total", "value", "1", None, None)], None]), "marks[0]"),
        (TABLE.append_column("year", pa.array([2000, 2001])), "year"),
    ],
)
def test_what_is_no_table_of_reports_is_refused(table: Any, where: str) -> None:
    with pytest.raises(DataError) as refused:
        from_table(table)
    assert where in [place for place, _ in refused.value.problems]


def test_figures_that_no_report_can_hold_are_refused() -> None:
    with pytest.raises(FigureError):
        from_table(changed("requests.granted.total", [-1, 0]))
    with pytest.raises(FigureError):
        from_table(changed("requests.granted.total", [None, 0]))
    with pytest.raises(TypeError):
        from_table(REPORTS)  # type: ignore[arg-type]  # on purpose


def test_forms_that_are_not_named_are_refused() -> None:
    with pytest.raises(UnknownFormError):
        to_table([Report(requests=RIGHT)])
    table = to_table([Report(requests=RIGHT)], forms=(TOY,))
    with pytest.raises(DataError):
        check_table(table)
    assert check_table(table, forms=(TOY,), verdicts=[Verdict.HOLDS]).num_rows == 6


def column_with(values: dict[Outcome, int], total: int) -> Report:
    cells = {f"requests.{row}.{Applicant.NATURAL_PERSON}": value for row, value in values.items()}
    zeros = dict.fromkeys(CN_2021.requests.addresses, 0)
    return Report(requests=Table.of(CN_2021.requests, zeros | cells | {f"requests.total_concluded.{Applicant.NATURAL_PERSON}": total}))


def test_a_gap_of_two_to_the_thirty_second_is_not_taken_for_none() -> None:
    fifth, rows = 2**32 // 5, list(Outcome)[:5]
    over = column_with({row: fifth + (row is rows[0]) for row in rows}, 0)
    assert sum(over.requests[row].natural_person or 0 for row in rows) == 2**32 if over.requests else False
    found = [(row["code"], row["line"], row["left"], row["right"]) for row in check_table(to_table([over])).to_pylist()]
    assert ("R302", "natural_person", 2**32, 0) in found
    assert found == [(f.code, f.line, f.left, f.right) for f in check(over).broken if f.code in ("R301", "R302", "R303")]


def test_every_row_of_several_blocks_is_looked_at() -> None:
    rows = 2 * BLOCK + 5
    wrong = {0, 7, BLOCK - 1, BLOCK, 2 * BLOCK, rows - 1}
    table = TABLE.take(pa.array([1] * rows))
    place = table.column_names.index("requests.granted.total")
    spoiled = table.set_column(place, "requests.granted.total", pa.array([int(row in wrong) for row in range(rows)], pa.int32()))
    assert check_table(table).num_rows == 0
    assert set(check_table(spoiled).column("report").to_pylist()) == wrong
    blanks = table.set_column(place, "requests.granted.total", pa.array([None if row in wrong else 0 for row in range(rows)], pa.int32()))
    found = check_table(blanks.slice(3))  # bits that do not start with a byte
    assert {row + 3 for row in found.column("report").to_pylist()} == wrong - {0}
    assert set(found.column("verdict").to_pylist()) == {"unknown"}


def test_other_rules_are_held_on_request() -> None:
    assert set(check_table(TABLE, codes=["T601"], verdicts=list(Verdict)).column("code").to_pylist()) == {"T601"}
    assert str(check_table(TABLE, codes=RULES).schema.field("left").type) == "decimal128(38, 10)"
    with pytest.raises(ProfileError):
        check_table(TABLE, codes=["X999"])
    with pytest.raises(ProfileError):
        check_years_table(TABLE, codes=["R301"])
    with pytest.raises(ProfileError):
        check_parts_table(TABLE, [0], [1], codes=["Y701"])


def test_years_need_who_and_when() -> None:
    one = [Report(organ="甲局", year=2022), Report(organ="甲局", year=2023)]
    assert check_years_table(to_table(one), verdicts=list(Verdict)).num_rows == len(YEARS_COVERED) + 2  # Y708 speaks of each table
    for wrong in ([*one, one[0]], [*one, Report(organ="甲局")], [*one, Report(year=2023)]):
        with pytest.raises(FigureError):
            check_years_table(to_table(wrong))
    with pytest.raises(DataError):
        check_years_table(TABLE.append_column("id", pa.array([[1]] * TABLE.num_rows)), organ="id")


@pytest.mark.parametrize(("whole", "part"), [([0], [0]), ([0, 0], [1, 1]), ([0], [2]), ([0, 0], [1]), ([-1], [0])])
def test_parts_that_cannot_be_are_refused(whole: list[int], part: list[int]) -> None:
    with pytest.raises(FigureError):
        check_parts_table(TABLE, whole, part)


def test_parts_are_of_the_year_of_the_whole() -> None:
    two = to_table([Report(year=2022, scope=ReportScope.AGGREGATE), Report(year=2023, scope=ReportScope.OWN_ORGAN)])
    with pytest.raises(FigureError) as refused:
        check_parts_table(two, [0], [1])
    assert refused.value.where == "year[1]"


def test_rates_with_numbers_from_a_column() -> None:
    table = TABLE.append_column("people", pa.array([50_000, None], pa.int64()))
    found = measure(table, ["requests_per_10k", METRICS["denial_rate"]], given={"population": "people"})
    new = REPORTS[0]["requests.new_received.total"]
    assert new
    assert found.column("requests_per_10k").to_pylist() == [new * 10_000 / 50_000, None]
    with pytest.raises(FigureError):
        measure(TABLE, ["requests_per_10k"])
    with pytest.raises(FigureError):
        measure(TABLE, ["no such rate"])


@pytest.mark.parametrize("module", ["govinfo.columns", "govinfo.simulate"])
def test_an_absent_extra_is_named(module: str) -> None:
    script = (
        "import sys; sys.modules['pyarrow'] = None\n"
        f"try: import {module}\nexcept ImportError as error: print(type(error).__name__, error.extra)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.split() == ["MissingExtraError", "columns"]
