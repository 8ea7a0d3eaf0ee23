"""The report as a value: what it holds, what it refuses, how it is looked into."""

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis.vendor.pretty import pretty

from govinfo import aggregate, check_years, to_csv
from govinfo.errors import AddressError, FigureError
from govinfo.form import Kind
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ORGANISATIONS, TABLES, Applicant, DisputeResult, DisputeTrack, Flow, Outcome, OutcomeGroup, ReportScope
from govinfo.report import (
    ABSENT,
    BLANK,
    MAX_COUNT,
    MONEY_FRACTION_DIGITS,
    MONEY_INTEGER_DIGITS,
    CellState,
    Counts,
    Mark,
    Report,
    Table,
    plain,
)
from tests.messages import unsaid
from tests.toy import BOOKS, RIGHT, Reader, Shelf, books

CORNER = "requests.lent.child"
SLASH = Mark(CellState.SLASH, "/")
NOTED = Mark(CellState.VALUE, "1（含外借）", "含外借")
TOY_REPORT = Report(year=2100, requests=RIGHT)


def zeros(matrix: Any) -> dict[str, Any]:
    return {cell.address: Decimal(0) if cell.kind == "money" else 0 for cell in matrix.cells}


# --- what constructors refuse ----------------------------------------------------------------------------------------

COUNT = "requests.granted.total"
AMOUNT = "proactive.charges.amount_wan"
CHANGE = "proactive.licensing.net_change"
BOUNDS: dict[str, list[object]] = {
    COUNT: ["int", 0, MAX_COUNT],
    CHANGE: ["int", -MAX_COUNT, MAX_COUNT],
    AMOUNT: ["decimal.Decimal", MONEY_INTEGER_DIGITS, MONEY_FRACTION_DIGITS],
}
REFUSED_VALUES = [
    *((CN_2021.requests, COUNT, value) for value in (True, False, 1.0, "1", "１２", -1, MAX_COUNT + 1, Decimal(1), 1j, b"1")),
    *((CN_2019.proactive, CHANGE, value) for value in (True, 1.0, "减3", -MAX_COUNT - 1, MAX_COUNT + 1)),
    *((CN_2021.proactive, AMOUNT, value) for value in (1, 1.5, "1.5", True)),
    *(
        (CN_2021.proactive, AMOUNT, Decimal(text))
        for text in ("NaN", "sNaN", "Infinity", "-Infinity", "1e20", "0.00000000001", "1e21", "0e20", "123456789012345678901")
    ),
]


@pytest.mark.parametrize(("matrix", "address", "value"), REFUSED_VALUES, ids=lambda value: None if hasattr(value, "form") else repr(value))
def test_a_value_that_a_cell_cannot_hold_is_refused(matrix: Any, address: str, value: Any) -> None:
    with pytest.raises(FigureError) as refused:
        Table.of(matrix, zeros(matrix) | {address: value})
    assert refused.value.where == address
    assert refused.value.given is value
    assert unsaid(refused.value, *BOUNDS[address]) == []


@pytest.mark.parametrize(
    ("matrix", "address", "value"),
    [
        (CN_2021.requests, COUNT, MAX_COUNT),
        (CN_2019.proactive, CHANGE, -MAX_COUNT),
        (CN_2021.proactive, AMOUNT, Decimal("99999999999999999999.9999999999")),
        (CN_2021.proactive, AMOUNT, Decimal("-0.5")),
        (CN_2021.proactive, AMOUNT, Decimal("1e3")),
        (CN_2021.proactive, AMOUNT, Decimal("1e19")),
        (CN_2021.proactive, AMOUNT, Decimal("0e19")),
        (CN_2021.proactive, AMOUNT, Decimal("0e-10")),
    ],
)
def test_values_at_the_bounds_are_held(matrix: Any, address: str, value: Any) -> None:
    assert Table.of(matrix, zeros(matrix) | {address: value}).at(address) == value


def test_figures_that_do_not_add_up_are_not_refused() -> None:
    assert books(1, 2, 4, 4, 5, 9, 5, 7, 12).matrix.broken((1, 2, 4, 4, 5, 9, 5, 7, 12)) != ()


@pytest.mark.parametrize(("left_out", "where"), [(1, [CORNER]), (2, [CORNER, "1 more"]), (9, [CORNER, "8 more"])])
def test_cells_left_out_are_refused_by_name_and_number(left_out: int, where: list[str]) -> None:
    with pytest.raises(FigureError) as refused:
        Table.of(BOOKS, dict.fromkeys(BOOKS.addresses[left_out:], 0))
    assert refused.value.where.split(" and ") == where
    assert unsaid(refused.value, "9 cells", "Mark", "Table.blank") == []


def test_an_address_that_the_form_lacks_is_refused() -> None:
    with pytest.raises(AddressError) as refused:
        Table.of(BOOKS, dict.fromkeys([*BOOKS.addresses, COUNT], 0))
    assert (refused.value.key, refused.value.form) == (COUNT, "toy")


def test_a_mark_at_no_cell_is_refused() -> None:
    with pytest.raises(AddressError):
        Table(BOOKS, RIGHT.figures, [("requests.lent.total", NOTED)])


FULL = Report(
    organ="某县人民政府办公室",
    year=2100,
    scope=ReportScope.AGGREGATE,
    title="某县2100年报告",
    published_on=dt.date(2101, 1, 15),
    overview="",
    problems="字",
    other_matters="字",
    proactive=Table.blank(CN_2021.proactive),
    requests=RIGHT,
    disputes=Table.blank(CN_2021.disputes),
)
NO_TABLES: list[Any] = [{}, RIGHT.figures, "requests", BOOKS]
ACCEPTED = {"year": ["int", "four digits"], "scope": ["ReportScope"], "published_on": ["datetime.date"]} | {
    section: ["table", section] for section in TABLES
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("organ", 1),
        ("title", b"x"),
        ("overview", ["x"]),
        ("problems", 0),
        ("other_matters", False),
        ("year", "2023"),
        ("year", 2023.0),
        ("year", True),
        ("year", 999),
        ("year", 10000),
        ("scope", "own_organ"),
        ("published_on", "2024-01-15"),
        ("published_on", dt.datetime(2024, 1, 15, tzinfo=dt.UTC)),
        ("year", dt.date(2023, 1, 1)),
        *((section, wrong) for section in TABLES for wrong in NO_TABLES),
        *((section, table) for section in TABLES for table in FULL.tables if table.matrix.key != section),
    ],
)
def test_a_report_refuses_values_of_a_wrong_type_alone_and_among_right_ones(name: str, value: Any) -> None:
    for others in (Report(), FULL):
        with pytest.raises(FigureError) as refused:
            evolve(others, **{name: value})
        assert (refused.value.where, refused.value.given) == (name, value)
        assert unsaid(refused.value, name, *ACCEPTED.get(name, ["string"]), "None") == []


@pytest.mark.parametrize("year", [1000, 2023, 9999])
def test_a_year_has_four_digits(year: int) -> None:
    assert Report(year=year).year == year


# --- a value ---------------------------------------------------------------------------------------------------------


def test_equal_figures_are_equal_reports() -> None:
    again = Report(year=2100, requests=books(*(int(value or 0) for value in RIGHT.figures)))
    assert again == TOY_REPORT
    assert hash(again) == hash(TOY_REPORT)
    assert len({again, TOY_REPORT}) == 1
    assert again != TOY_REPORT.replace({CORNER: 2})
    assert again != TOY_REPORT.replace({}, {CORNER: NOTED})


def test_tables_of_two_forms_differ_though_they_print_alike() -> None:
    assert Table.blank(CN_2019.disputes) != Table.blank(CN_2021.disputes)


def test_the_empty_heading_is_not_the_missing_one() -> None:
    assert Report(overview="") != Report(overview=None)


@pytest.mark.parametrize("report", [Report(), TOY_REPORT, Report(disputes=Table.blank(CN_2021.disputes))], ids=["empty", "toy", "blank"])
def test_a_report_survives_pickling_and_copying(report: Report) -> None:
    hash(report)
    for again in (pickle.loads(pickle.dumps(report)), copy.copy(report), copy.deepcopy(report)):  # noqa: S301 -- our own bytes
        assert again == report
        assert hash(again) == hash(report)


def test_nothing_can_be_changed_in_place() -> None:
    with pytest.raises(FrozenInstanceError):
        TOY_REPORT.year = 1  # type: ignore[misc]  # that is what is tested
    with pytest.raises(FrozenInstanceError):
        RIGHT.figures = ()  # type: ignore[misc]  # the same
    with pytest.raises(AttributeError):
        RIGHT[Shelf.LENT].total = 1
    with pytest.raises(AttributeError):
        del RIGHT[Shelf.LENT].line
    for view in (RIGHT.by_address, RIGHT.marks, TOY_REPORT.marks):
        assert not hasattr(view, "__setitem__")


def test_a_repr_is_one_short_line() -> None:
    full = evolve(FULL, overview="字" * 5_000)
    for value in (full, full.requests, TOY_REPORT, RIGHT.replace({CORNER: BLANK})):
        assert "\n" not in repr(value)
        assert len(repr(value)) < 400
        assert pretty(value) == repr(value)


def test_a_repr_says_what_the_report_has() -> None:
    assert repr(Report()) == "Report()"
    assert repr(TOY_REPORT) == "Report(year=2100, <Table requests of toy: 9 plain>)"
    assert repr(evolve(FULL, proactive=None, disputes=None)) == (
        "Report(organ='某县人民政府办公室', year=2100, scope=aggregate, title='某县2100年报告', published_on=datetime.date(2101, 1, 15), "
        "overview=<0 characters>, problems=<1 characters>, other_matters=<1 characters>, <Table requests of toy: 9 plain>)"
    )


# --- access ----------------------------------------------------------------------------------------------------------


def test_one_cell_by_keys_by_row_and_by_address() -> None:
    report = Report(requests=Table.blank(CN_2021.requests).replace({"requests.granted.natural_person": 7}))
    assert report.requests is not None
    assert report.requests[Outcome.GRANTED, Applicant.NATURAL_PERSON] == 7
    assert report.requests["granted", "natural_person"] == 7
    assert report.requests[Outcome.GRANTED].natural_person == 7
    assert report.requests[Outcome.GRANTED]["natural_person"] == 7
    assert report["requests.granted.natural_person"] == 7
    assert report.requests.at("requests.granted.natural_person") == 7
    assert report.requests[Outcome.GRANTED].total is None


def test_a_row_is_a_mapping_with_the_columns_as_names() -> None:
    row = RIGHT[Shelf.ELSEWHERE]
    assert dict(row) == {"child": 4, "other_reader": 5, "all_readers": 9}
    assert row == Counts(row.line, {Reader.CHILD: 4, Reader.OTHER: 5, Reader.ALL: 9})
    assert hash(row) == hash(RIGHT["elsewhere"])
    turned = Counts(row.line, {column: row[column] for column in reversed(list(row))})
    assert turned == row
    assert hash(turned) == hash(row)
    assert pickle.loads(pickle.dumps(row)) == row  # noqa: S301 -- our own bytes
    assert copy.deepcopy(row) == row
    with pytest.raises(AttributeError):
        _ = row.natural_person
    with pytest.raises(KeyError):
        _ = row["natural_person"]


NO_KEYS: list[object] = [Shelf.LENT, "lent", None, 1, (bytearray(), "total"), (Shelf.LENT,)]


def test_a_table_is_a_mapping_over_pairs_of_keys() -> None:
    assert len(RIGHT) == 9
    assert next(iter(RIGHT)) == (Shelf.LENT, Reader.CHILD)
    assert RIGHT[Shelf.LENT, Reader.CHILD] == 1
    assert (Shelf.LENT, Reader.CHILD) in RIGHT
    assert (Shelf.LENT, "total") not in RIGHT
    assert not any(map(RIGHT.__contains__, NO_KEYS))
    assert dict(RIGHT.items())[Shelf.ALL, Reader.ALL] == 12


@pytest.mark.parametrize(
    ("look_up", "key", "form", "where"),
    [
        (lambda: Table.blank(CN_2019.requests)[Outcome.OTHER_MISC], Outcome.OTHER_MISC, "cn-2019", ["rows", "requests"]),
        (
            lambda: Table.blank(CN_2021.requests)[Outcome.OTHER_PROCESSING, Applicant.TOTAL],
            (Outcome.OTHER_PROCESSING, Applicant.TOTAL),
            "cn-2021",
            ["section", "requests"],
        ),
        (
            lambda: Table.blank(CN_2021.requests)[Outcome.GRANTED, DisputeResult.TOTAL],
            (Outcome.GRANTED, DisputeResult.TOTAL),
            "cn-2021",
            ["section", "requests"],
        ),
        (
            lambda: Table.blank(CN_2021.disputes)[DisputeTrack.RECONSIDERATION, Applicant.TOTAL],
            (DisputeTrack.RECONSIDERATION, Applicant.TOTAL),
            "cn-2021",
            ["section", "disputes"],
        ),
        (lambda: Table.blank(CN_2021.requests)["nothing"], "nothing", "cn-2021", ["rows", "requests"]),
        (lambda: RIGHT.at("requests.lent"), "requests.lent", "toy", ["section", "requests"]),
        (lambda: RIGHT.mark("requests.lent.total"), "requests.lent.total", "toy", ["section", "requests"]),
        (lambda: RIGHT.subtotal(OutcomeGroup.DENIED, Reader.ALL), OutcomeGroup.DENIED, "toy", ["rows", "requests"]),
        (lambda: TOY_REPORT["requests.granted.total"], "requests.granted.total", "toy", ["section", "requests"]),
        (lambda: TOY_REPORT[3], 3, "toy", ["tables", "report"]),  # type: ignore[index]  # whatever it is, it is no address
        (lambda: TOY_REPORT["proactive.rules.issued"], "proactive.rules.issued", "toy", ["tables", "report"]),
        (lambda: TOY_REPORT.table("overview"), "overview", "toy", ["sections", "table"]),
        (lambda: TOY_REPORT.table("section 3"), "section 3", "toy", ["sections", "table"]),
        (lambda: Report()["requests.lent.child"], "requests.lent.child", "(none)", ["tables", "report"]),
    ],
)
def test_a_key_that_the_form_does_not_have_is_a_key_error_that_names_it(
    look_up: Callable[[], object], key: object, form: str, where: list[str]
) -> None:
    with pytest.raises(AddressError) as refused:
        look_up()
    assert isinstance(refused.value, KeyError)
    assert (refused.value.key, refused.value.form) == (key, form)
    assert unsaid(refused.value, *where) == []


@pytest.mark.parametrize("address", ["proactive.rules.issued", "overview", "nowhere.at.all", "requests", ""])
def test_an_address_outside_the_tables_of_the_report(address: str) -> None:
    with pytest.raises(AddressError) as refused:
        _ = TOY_REPORT[address]
    assert refused.value.key == address


@pytest.mark.parametrize("takes_many", [list, check_years, aggregate, to_csv])
def test_one_report_is_not_taken_for_many(takes_many: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError):
        takes_many(TOY_REPORT)


def test_states_and_marks() -> None:
    table = RIGHT.replace({CORNER: SLASH, "requests.lent.other_reader": ABSENT}, {"requests.lent.all_readers": NOTED})
    assert table.state(CORNER) is CellState.SLASH
    assert table.state("requests.lent.other_reader") is CellState.ABSENT
    assert table.state("requests.lent.all_readers") is CellState.VALUE
    assert table.state("requests.elsewhere.child") is CellState.VALUE
    assert table.mark("requests.elsewhere.child") is None
    assert list(table.marks) == [CORNER, "requests.lent.other_reader", "requests.lent.all_readers"]


def priced(amount: Decimal) -> Table:
    """The toy form's table with money in its cells, that amount in each."""
    (band,) = BOOKS.bands
    changed = evolve(BOOKS, bands=(evolve(band, columns=tuple(evolve(column, kind=Kind.MONEY) for column in band.columns)),))
    (matrix,) = evolve(BOOKS.form, matrices=(changed,)).matrices
    return Table(matrix, (amount,) * len(matrix.cells))


# --- subtotals -------------------------------------------------------------------------------------------------------


def counted() -> Table:
    """Section 3 with the number of its place in every cell."""
    matrix = CN_2021.requests
    return Table(matrix, tuple(range(len(matrix.cells))))


@pytest.mark.parametrize("group", OutcomeGroup)
def test_a_subtotal_over_a_group_runs_over_its_leaf_rows(group: OutcomeGroup) -> None:
    table = counted()
    leaves = [o for o in Outcome if o.group is group and o is not Outcome.OTHER_PROCESSING]
    assert table.subtotal(group, Applicant.TOTAL) == sum(table[o, Applicant.TOTAL] or 0 for o in leaves)


def test_a_subtotal_over_organisations_and_several_rows() -> None:
    table = counted()
    assert table.subtotal(Flow.NEW_RECEIVED, ORGANISATIONS) == 1 + 2 + 3 + 4 + 5
    assert table.subtotal([Flow.NEW_RECEIVED, Flow.CARRIED_IN], [Applicant.ENTERPRISE]) == 1 + 8
    both = table.subtotal([OutcomeGroup.GRANTED, OutcomeGroup.PARTIAL], Applicant.TOTAL)
    assert both == 20 + 27


@pytest.mark.parametrize("mark", [BLANK, SLASH, ABSENT, Mark(CellState.UNREADABLE, "?")])
def test_a_subtotal_over_a_cell_without_a_value_is_unknown(mark: Mark) -> None:
    table = counted().replace({"requests.denied_state_secret.total": mark})
    assert table.subtotal(OutcomeGroup.DENIED, Applicant.TOTAL) is None
    assert table.subtotal(OutcomeGroup.DENIED, Applicant.ENTERPRISE) is not None


def test_a_subtotal_of_money_is_exact_whatever_the_context() -> None:
    amount = priced(Decimal("99999999999999999999.9999999999"))
    with localcontext(prec=3):
        assert str(amount.subtotal([Shelf.LENT, Shelf.ELSEWHERE], Reader.CHILD)) == "199999999999999999999.9999999998"


def test_a_subtotal_of_nothing_is_unknown_not_zero() -> None:
    assert counted().subtotal([], Applicant.TOTAL) is None


def test_group_other_is_one_row_in_2019_and_three_in_2021() -> None:
    for form, rows in ((CN_2019, ["other_processing"]), (CN_2021, ["other_uncorrected", "other_fee_unpaid", "other_misc"])):
        table = Table(form.requests, (1,) * len(form.requests.cells))
        assert table.subtotal(OutcomeGroup.OTHER, Applicant.TOTAL) == len(rows)


# --- replacing -------------------------------------------------------------------------------------------------------


def test_replace_gives_a_new_report_and_leaves_the_old() -> None:
    changed = TOY_REPORT.replace({CORNER: 9})
    assert (changed[CORNER], TOY_REPORT[CORNER]) == (9, 1)
    assert changed.year == 2100


def test_a_new_value_takes_the_old_mark_away_and_a_mark_the_value() -> None:
    blank = TOY_REPORT.replace({CORNER: BLANK})
    assert blank[CORNER] is None
    assert blank.marks == {CORNER: BLANK}
    assert blank.replace({CORNER: 1}) == TOY_REPORT
    noted = TOY_REPORT.replace({}, {CORNER: NOTED})
    assert noted[CORNER] == 1
    assert noted.replace({CORNER: 1}) == TOY_REPORT


def test_a_mark_of_a_value_does_not_fill_a_cell() -> None:
    with pytest.raises(FigureError):
        TOY_REPORT.replace({CORNER: NOTED})


@pytest.mark.parametrize(("values", "marks"), [({"requests.granted.total": 1}, {}), ({}, {"proactive.rules.issued": NOTED})])
def test_replace_refuses_what_the_report_has_not(values: dict[str, int], marks: dict[str, Mark]) -> None:
    with pytest.raises(AddressError):
        TOY_REPORT.replace(values, marks)


def test_replace_in_two_tables_at_once() -> None:
    report = Report(proactive=Table.blank(CN_2021.proactive), disputes=Table.blank(CN_2021.disputes))
    changed = report.replace({"proactive.rules.issued": 1, "disputes.reconsideration.total": 2})
    assert (changed["proactive.rules.issued"], changed["disputes.reconsideration.total"]) == (1, 2)
    assert len(changed.marks) == len(report.marks) - 2


def test_evolve_checks_as_the_constructor_does() -> None:
    assert evolve(TOY_REPORT, year=2101).year == 2101
    with pytest.raises(FigureError):
        evolve(TOY_REPORT, year=1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-3, "-3"), (Decimal("1e3"), "1000"), (Decimal("0.50"), "0.50"), (Decimal("-0"), "0"), (Decimal("1e-7"), "0.0000001")],
)
def test_plain_figures(value: Any, text: str) -> None:
    assert plain(value) == text
