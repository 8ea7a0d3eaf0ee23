"""What the strategies draw, what they find, and what they shrink to."""

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from govinfo.errors import FormError
from govinfo.form import Band, Form, Identity, Kind, Line, Matrix
from govinfo.forms import CN_2021, FORMS, form_for
from govinfo.keys import Applicant, Flow, Outcome, Section
from govinfo.report import MAX_COUNT, CellState, Report, Table
from govinfo.strategies import MAX_MONEY, counts, marks, money, reports, tables
from tests.toy import BOOKS, TOY

MATRICES = [*(matrix for form in FORMS for matrix in form.matrices), BOOKS]
NAMES = [f"{matrix.form.id} {matrix.key}" for matrix in MATRICES]
SEARCH = settings(max_examples=5_000, database=None, deadline=None)


def is_zero(table: Table) -> bool:
    return not any(table.figures) and not table.marked


@pytest.mark.parametrize("matrix", MATRICES, ids=NAMES)
def test_a_table_shrinks_to_zeros(matrix: Matrix) -> None:
    assert is_zero(find(tables(matrix), lambda _: True, settings=SEARCH))
    assert is_zero(find(tables(matrix, blanks=True), lambda _: True, settings=SEARCH))


@pytest.mark.parametrize("blanks", [False, True])
def test_a_report_shrinks_to_zeros(blanks: bool) -> None:
    least = find(reports(blanks=blanks), lambda _: True, settings=SEARCH)
    assert [table.form for table in least.tables] == [CN_2021] * 3
    assert all(map(is_zero, least.tables))
    assert least == Report(proactive=least.proactive, requests=least.requests, disputes=least.disputes)


def test_a_counterexample_is_small() -> None:
    least = find(tables(CN_2021.requests), lambda table: table[Outcome.GRANTED].total in range(5, MAX_COUNT), settings=SEARCH)
    others = {address.rpartition(".")[0] for address, value in least.by_address.items() if value}
    assert others == {"requests.new_received", "requests.granted", "requests.total_concluded"}
    assert least.at("requests.granted.total") == 5


FOUND: dict[str, Callable[[Report], bool]] = {
    "a hybrid": lambda r: r.proactive is not None and r.requests is not None and r.proactive.form != r.requests.form,
    "no tables": lambda r: not r.tables,
    "no section 4": lambda r: [table.matrix.key for table in r.tables] == [Section.PROACTIVE, Section.REQUESTS],
    "large counts": lambda r: r.requests is not None and r.requests[Outcome.GRANTED].total in range(900_000_000, MAX_COUNT),
    "one column": lambda r: r.requests is not None and r["requests.new_received.other_org"] == r["requests.new_received.total"] != 0,
    "all columns": lambda r: r.requests is not None and all(r.requests[Flow.NEW_RECEIVED, column] for column in Applicant),
    "the form of 2019": lambda r: r.year == 2020 and r.proactive is not None and any(r.proactive.figures),
    "a negative change": lambda r: r.proactive is not None and any(value < 0 for value in r.proactive.figures if value is not None),
    "empty prose": lambda r: r.overview == "",
    "prose of several lines": lambda r: r.problems is not None and "\n" in r.problems,
}


@pytest.mark.parametrize("wanted", FOUND.values(), ids=FOUND)
def test_what_reports_are_like_is_found(wanted: Callable[[Report], bool]) -> None:
    assert wanted(find(reports(), wanted, settings=settings(SEARCH, phases=[Phase.generate])))


@pytest.mark.parametrize("state", [state for state in CellState if state is not CellState.UNREADABLE])
def test_marks_are_found_but_for_what_no_reader_could_read(state: CellState) -> None:
    def shows(table: Table) -> bool:
        return any(mark.state is state for _, mark in table.marked)

    least = find(tables(CN_2021.requests, blanks=True), shows, settings=SEARCH)
    assert len(least.marked) == (len(Applicant) if state is CellState.ABSENT else 1)


@given(reports(max_value=7), tables(max_value=0), tables(BOOKS, max_value=3))
def test_counts_stay_under_the_bound(report: Report, zero: Table, toy: Table) -> None:
    for table, most in ((zero, 0), (toy, 3), *((table, 7) for table in report.tables)):
        whole = [value for value in table.figures if isinstance(value, int)]
        assert all(abs(value) <= most for value in whole)


@given(reports())
def test_a_report_with_a_year_is_on_the_form_of_that_year(report: Report) -> None:
    if report.year is not None:
        assert {table.form for table in report.tables} <= {form_for(report.year)}


@given(reports(blanks=True))
def test_section_4_is_on_the_form_that_a_reader_would_take_it_for(report: Report) -> None:
    if report.disputes is not None:
        others = [table.form for table in (report.requests, report.proactive) if table is not None]
        by_year = [form_for(report.year)] if report.year is not None else []
        assert report.disputes.form == [*others, *by_year][0]


@given(reports(blanks=True))
def test_a_row_is_absent_as_a_whole_and_never_all_of_them(report: Report) -> None:
    for table in report.tables:
        states = {row: {table.state(f"{table.matrix.key}.{row}.{c}") for c in table[row]} for row in (row.key for row in table.matrix.rows)}
        absent = [row for row, seen in states.items() if CellState.ABSENT in seen]
        assert all(states[row] == {CellState.ABSENT} for row in absent)
        assert len(absent) < len(states)


@given(counts(), counts(min_value=3, max_value=5))
def test_counts_are_bounded(any_count: int, few: int) -> None:
    assert 0 <= any_count <= MAX_COUNT
    assert 3 <= few <= 5


@given(money(), money(min_value=Decimal("0.05"), max_value=Decimal("0.3"), max_places=10), money(min_value=-MAX_MONEY, max_places=0))
def test_money_is_bounded_and_exact(wide: Decimal, narrow: Decimal, whole: Decimal) -> None:
    assert 0 <= wide <= MAX_MONEY
    assert -int(wide.as_tuple().exponent) <= 6
    assert Decimal("0.05") <= narrow <= Decimal("0.3")
    assert whole == int(whole)


def test_money_shrinks_to_0_and_reaches_its_bounds() -> None:
    assert str(find(money(), lambda _: True, settings=SEARCH)) == "0"
    assert find(money(), lambda amount: amount > MAX_MONEY - 1, settings=SEARCH) <= MAX_MONEY
    assert find(money(max_places=10), lambda amount: int(amount.as_tuple().exponent) == -10, settings=SEARCH).is_zero()


@pytest.mark.parametrize("places", [-1, 11])
def test_money_has_no_more_digits_than_a_cell_holds(places: int) -> None:
    with pytest.raises(ValueError, match=str(places)):
        money(max_places=places)


@pytest.mark.parametrize("matrix", MATRICES, ids=NAMES)
@given(data=st.data())
def test_a_mark_goes_into_its_cell(matrix: Matrix, data: st.DataObject) -> None:
    table = data.draw(tables(matrix))
    cell = data.draw(st.sampled_from(matrix.cells))
    without, value = data.draw(marks(cell)), table.figures[cell.index]
    assert table.replace({cell.address: without}).mark(cell.address) == without
    shown = data.draw(marks(cell, value=value))
    assert table.replace({}, {cell.address: shown}).mark(cell.address) == shown


def test_a_form_of_the_callers_own_needs_nothing_else() -> None:
    least = find(reports(forms=(TOY,)), lambda report: bool(report.requests and (report["requests.lent.child"] or 0) > 0), settings=SEARCH)
    assert [table.form for table in least.tables] == [TOY]
    assert least.requests is not None
    assert least.requests.figures == (1, 0, 1, 0, 0, 0, 1, 0, 1)


def money_form() -> Form:
    """A form whose balances are over money, and one of whose tables stands outside them."""
    amount = Line("amount", "金额", "Amount", kind=Kind.MONEY)
    rows = tuple(Line(key, key, key) for key in ("one", "two", "sum"))
    band = Band("money", rows, (amount,))
    return Form("money", "", "", "", 2100, None, (), (Matrix(Section.REQUESTS, (band,), (Identity("M", ("one", "two"), ("sum",)),)),))


@given(tables(forms=[money_form()]))
def test_money_in_balances_is_money(table: Table) -> None:
    assert {type(value) for value in table.figures} == {Decimal}
    assert table.matrix.broken(table.figures) == ()


def test_a_form_that_cannot_be_filled_is_an_error_before_anything_is_drawn() -> None:
    columns = tuple(Line(key, key, key) for key in "abcd")
    crossed = (Identity("X", ("a", "b"), ("c", "d")), Identity("Y", ("a", "c"), ("b", "d")))
    form = Form("x", "", "", "", 2100, None, (), (Matrix(Section.REQUESTS, (Band("b", (Line("r", "r", "r"),), columns),), crossed),))
    with pytest.raises(FormError):
        tables(form.requests)


def test_the_absent_extra_is_one_error_that_names_it() -> None:
    script = "import sys; sys.modules['hypothesis'] = None\nfrom govinfo.errors import MissingExtraError\n"
    script += "try:\n    import govinfo.strategies\nexcept MissingExtraError as error:\n    print(error.extra)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["strategies"]
