"""Laws of locating: what was broken is found, nothing larger is proposed, and two oracles agree.

The oracles know nothing of networks. On the toy form all tables that balance are gone through; on the real forms an
integer program (HiGHS) says how few cells have to change.
"""

import importlib
import random
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.keys import Section
from govinfo.locator import Diagnosis, locate
from govinfo.report import BLANK, CellState, Mark, Report, Table
from govinfo.strategies import reports
from tests.broken import random_damage, random_table
from tests.toy import BOOKS

FORM_REPORTS = reports(max_value=3000).filter(lambda report: report.requests is not None or report.disputes is not None)
optimize: Any = importlib.import_module("scipy.optimize")  # its types are stubs of another package
LARGEST = 9  # no smallest correction of the toy tables below needs a larger figure
DRAWN = 100  # random broken tables of each section of each form, in every run


def located_cells(report: Report) -> list[str]:
    """The cells with a printed figure that lie in balances."""
    tables = [table for table in (report.requests, report.disputes) if table is not None]
    return [address for table in tables for address, value in table.by_address.items() if value is not None]


def broken(report: Report) -> list[str]:
    """The balances without unknown cells that do not hold."""
    return [
        f"{balance.code} {balance.line}"
        for table in report.tables
        for balance in table.matrix.balances
        if all(table.at(cell) is not None for cell in balance.cells) and balance.gap(table.by_address)
    ]


def damaged(data: st.DataObject, report: Report, most: int) -> tuple[Report, dict[str, int]]:
    """The report with up to so many figures changed, and the figures that were changed, as they were."""
    cells = data.draw(st.lists(st.sampled_from(located_cells(report)), min_size=1, max_size=most, unique=True))
    right: dict[str, int] = {}
    wrong: dict[str, int] = {}
    for cell in cells:
        value = report[cell]
        assert isinstance(value, int)
        right[cell] = value
        wrong[cell] = data.draw(st.integers(0, 9999).filter(value.__ne__))
    return report.replace(wrong), right


class TestOneWrongCell:
    """A wrong cell of a report whose balances held is among the corrections, with its true value."""

    @given(st.data())
    def test_it_is_proposed_with_its_true_value(self, data: st.DataObject) -> None:
        report, right = damaged(data, data.draw(FORM_REPORTS), 1)
        diagnosis = locate(report, limit=1000)
        assert diagnosis.complete
        assert right in [correction.cells for correction in diagnosis.corrections]

    @given(st.data())
    def test_in_section_3_it_is_the_only_one(self, data: st.DataObject) -> None:
        report = data.draw(FORM_REPORTS.filter(lambda report: report.requests is not None))
        report, right = damaged(data, Report(requests=report.requests), 1)
        diagnosis = locate(report)
        assert diagnosis.unique
        assert [correction.cells for correction in diagnosis.corrections] == [right]


class TestSeveralWrongCells:
    """The diagnosis is never larger than what was broken, and every proposal restores all balances."""

    @given(st.data())
    def test_never_larger_and_always_enough(self, data: st.DataObject) -> None:
        report, right = damaged(data, data.draw(FORM_REPORTS), 3)
        diagnosis = locate(report)
        assert diagnosis.complete
        for correction in diagnosis.corrections:
            assert len(correction.cells) <= len(right)
            mended = correction.apply(report)
            assert not broken(mended)
            assert not locate(mended).corrections
        assert bool(diagnosis.corrections) == bool(broken(report))

    @given(st.data())
    def test_the_same_with_blanks(self, data: st.DataObject) -> None:
        report = data.draw(reports(max_value=300, blanks=True).filter(lambda report: bool(located_cells(report))))
        report, right = damaged(data, report, 2)
        diagnosis = locate(report)
        for correction in diagnosis.corrections:
            assert len(correction.cells) <= len(right)
            assert not broken(correction.apply(report))
            assert all(report[cell] is not None and report[cell] != value for cell, value in correction.cells.items())


class TestNothingWrong:
    """A report whose balances hold needs no correction, and what is deduced is true."""

    @given(FORM_REPORTS)
    def test_nothing_is_proposed(self, report: Report) -> None:
        assert locate(report) == Diagnosis()

    @given(st.data())
    def test_deduced_values_are_the_true_ones(self, data: st.DataObject) -> None:
        report = data.draw(FORM_REPORTS)
        states = st.sampled_from([BLANK, Mark(CellState.SLASH, "/"), Mark(CellState.UNREADABLE, "?")])
        hidden = data.draw(st.dictionaries(st.sampled_from(located_cells(report)), states, min_size=1, max_size=60))
        diagnosis = locate(report.replace(hidden))
        assert diagnosis.complete
        assert not diagnosis.corrections
        assert diagnosis.deduced == {cell: report[cell] for cell in diagnosis.deduced}
        assert diagnosis.deduced.keys() <= hidden.keys()

    @given(st.data())
    def test_a_single_hidden_cell_is_deduced(self, data: st.DataObject) -> None:
        report = data.draw(FORM_REPORTS)
        cell = data.draw(st.sampled_from(located_cells(report)))
        assert locate(report.replace({cell: BLANK})).deduced == {cell: report[cell]}


# --- every table that balances: the toy form -------------------------------------------------------------------------


@cache
def balanced() -> list[tuple[int, ...]]:
    """Every toy table that adds up and has no inner figure above `LARGEST`."""
    inner = product(range(LARGEST + 1), repeat=4)
    return [(a, b, a + b, c, d, c + d, a + c, b + d, a + b + c + d) for a, b, c, d in inner]


def by_brute_force(figures: Sequence[int | None]) -> tuple[dict[frozenset[int], set[tuple[int, ...]]], dict[int, set[int]]]:
    """All smallest sets of printed cells with all values that they can take, and all values of each blank."""
    smallest, sets, blanks = 10, dict[frozenset[int], set[tuple[int, ...]]](), dict[int, set[int]]()
    for table in balanced():
        cells = [i for i, value in enumerate(figures) if value is not None and value != table[i]]
        if len(cells) < smallest:
            smallest, sets, blanks = len(cells), {}, {}
        if len(cells) == smallest:
            sets.setdefault(frozenset(cells), set()).add(tuple(table[i] for i in cells))
            for i in [i for i, value in enumerate(figures) if value is None]:
                blanks.setdefault(i, set()).add(table[i])
    return sets, blanks


def toy(figures: Sequence[int | None]) -> Report:
    """The report of these nine figures, None for blank."""
    return Report(requests=Table.of(BOOKS, {a: BLANK if v is None else v for a, v in zip(BOOKS.addresses, figures, strict=True)}))


def agrees_with_brute_force(figures: Sequence[int | None]) -> None:
    sets, blanks = by_brute_force(figures)
    diagnosis = locate(toy(figures), limit=1000, most=9)
    assert diagnosis.complete
    named = {frozenset(BOOKS.index_of[a] for a in correction.cells): correction for correction in diagnosis.corrections}
    assert len(named) == len(diagnosis.corrections)
    wanted = {cells: values for cells, values in sets.items() if cells}
    assert named.keys() == wanted.keys()
    assert diagnosis.unique == (len(wanted) == 1)
    for cells, correction in named.items():
        printed = [value for i, value in enumerate(figures) if i in cells and value is not None]
        found = tuple(correction.cells.values())
        least = min(sum(abs(a - b) for a, b in zip(values, printed, strict=True)) for values in wanted[cells])
        assert found in wanted[cells]
        assert sum(abs(a - b) for a, b in zip(found, printed, strict=True)) == least
        assert not correction.exact or len(wanted[cells]) == 1
    if not wanted:
        assert diagnosis.deduced == {BOOKS.addresses[i]: min(values) for i, values in blanks.items() if len(values) == 1}
    else:
        assert all(blanks[BOOKS.index_of[a]] == {value} for a, value in diagnosis.deduced.items())


@given(st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9))
def test_all_smallest_sets_of_the_toy_form_with_blanks(figures: list[int | None]) -> None:
    agrees_with_brute_force(figures)


@given(st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_all_smallest_sets_of_the_toy_form(figures: list[int]) -> None:
    agrees_with_brute_force(figures)


# --- an integer program: the real forms ------------------------------------------------------------------------------


def fewest_by_program(table: Table) -> int:
    """The number of printed cells that have to change, by an integer program over all cells of the table."""
    matrix, count = table.matrix, len(table.figures)
    sums = np.zeros((len(matrix.balances), 2 * count))
    for row, balance in enumerate(matrix.balances):
        for address, sign in balance.signs.items():
            sums[row, matrix.index_of[address]] = sign
    known = np.array([int(value or 0) for value in table.figures])
    printed = np.array([value is not None for value in table.figures])
    most = 2 * float(known.sum()) + 1  # what is moved is at most what is printed, on both sides of the balances
    # The figure of a printed cell moves only if its switch is on: known - known * switch <= figure <= known + most * switch.
    upper = np.hstack([np.eye(count), -np.diag(np.where(printed, most, 0))])
    lower = np.hstack([np.eye(count), np.diag(np.where(printed, known, 0))])
    solved = optimize.milp(
        np.concatenate([np.zeros(count), printed.astype(float)]),
        constraints=[
            optimize.LinearConstraint(sums, 0, 0),
            optimize.LinearConstraint(upper, -np.inf, np.where(printed, known, most)),
            optimize.LinearConstraint(lower, np.where(printed, known, 0), np.inf),
        ],
        # Only the switches: at the corners of such a program the figures are whole by themselves.
        integrality=np.concatenate([np.zeros(count), np.ones(count)]),
        bounds=optimize.Bounds(0, np.concatenate([np.full(count, 2 * most), np.ones(count)])),
    )
    assert solved.success
    return round(float(solved.fun))


def of_table(table: Table) -> Report:
    """The report that has only that table."""
    return Report(requests=table) if table.matrix.key == Section.REQUESTS else Report(disputes=table)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize("section", ["requests", "disputes"])
def test_sizes_agree_with_an_integer_program(form: Form, section: str) -> None:
    given_up = 0
    for seed in range(DRAWN):
        dice = random.Random(seed)
        table = random_damage(random_table(form.matrix(section), dice), dice)
        diagnosis = locate(of_table(table), limit=1)
        if diagnosis.corrections or diagnosis.complete:
            proposed = len(diagnosis.corrections[0].cells) if diagnosis.corrections else 0
            assert proposed == fewest_by_program(table), f"seed {seed}"
        given_up += not diagnosis.complete
    assert given_up <= DRAWN // 20
