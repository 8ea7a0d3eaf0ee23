"""Where every balance holds nothing is broken; a changed cell breaks, and a blank one leaves unknown, exactly the balances that use it."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.findings import Finding, Verdict
from govinfo.form import Matrix
from govinfo.forms import FORMS
from govinfo.report import BLANK, MAX_COUNT, Report, Table
from govinfo.rules import check
from govinfo.strategies import counts, reports, tables
from tests.toy import BOOKS, TOY

TIED = [matrix for matrix in (*(m for form in FORMS for m in form.matrices), BOOKS) if matrix.balances]
EVERY_TIED_TABLE = pytest.mark.parametrize("matrix", TIED, ids=[f"{matrix.form.id} {matrix.key}" for matrix in TIED])
CODES = {balance.code for matrix in TIED for balance in matrix.balances}


def alone(table: Table) -> Report:
    """A report that has only this table."""
    changes: dict[str, Any] = {table.matrix.key: table}
    return Report(**changes)


def instances(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """Code and line of the findings that are about balances."""
    return {(finding.code, finding.line) for finding in findings if finding.code in CODES}


def using(matrix: Matrix, *addresses: str) -> set[tuple[str, str]]:
    """Code and line of the balances that use any of those cells."""
    return {(b.code, b.line) for b in matrix.balances if not set(b.cells).isdisjoint(addresses)}


@given(reports())
def test_a_valid_report_breaks_nothing_that_the_form_or_a_statute_asks_for(report: Report) -> None:
    assert check(report).errors == ()
    assert not instances(check(report).broken)


@given(reports(forms=(TOY,)))
def test_a_valid_report_on_a_form_of_the_callers_own_breaks_nothing_either(report: Report) -> None:
    assert check(report).errors == ()


@given(reports())
def test_every_balance_of_every_table_is_found_to_hold(report: Report) -> None:
    held = [f for f in check(report) if f.verdict is Verdict.HOLDS and f.code in CODES]
    assert len(held) == sum(len(table.matrix.balances) for table in report.tables)
    assert all(finding.left == finding.right for finding in held)


@EVERY_TIED_TABLE
@given(data=st.data())
def test_a_changed_cell_breaks_exactly_the_balances_that_use_it(matrix: Matrix, data: st.DataObject) -> None:
    table = data.draw(tables(matrix))
    address = data.draw(st.sampled_from(matrix.addresses))
    old = table.at(address)
    # Any other count: drawn from one fewer, and stepping over the old one.
    new = data.draw(counts(max_value=MAX_COUNT - 1))
    new += old is not None and new >= old
    changed = table.replace({address: new})
    findings = check(alone(changed))
    assert instances(findings.broken) == using(matrix, address)
    assert instances(findings.unknown) == set()
    assert {(matrix.balances[n].code, matrix.balances[n].line) for n in matrix.broken(changed.figures)} == using(matrix, address)


@EVERY_TIED_TABLE
@given(data=st.data())
def test_blanks_leave_exactly_the_balances_that_use_them_unknown(matrix: Matrix, data: st.DataObject) -> None:
    table = data.draw(tables(matrix))
    addresses = data.draw(st.lists(st.sampled_from(matrix.addresses), min_size=1, max_size=4))
    findings = check(alone(table.replace(dict.fromkeys(addresses, BLANK))))
    assert instances(findings.unknown) == using(matrix, *addresses)
    assert instances(findings.broken) == set()
    unknown = [finding for finding in findings.unknown if finding.code in CODES]
    assert all(finding.left is None or finding.right is None for finding in unknown)


@EVERY_TIED_TABLE
@given(data=st.data())
def test_one_balance_at_a_time_says_the_same_as_all_at_once(matrix: Matrix, data: st.DataObject) -> None:
    figures = data.draw(st.lists(st.integers(0, 3), min_size=len(matrix.cells), max_size=len(matrix.cells)))
    values = dict(zip(matrix.addresses, figures, strict=True))
    one_by_one = tuple(n for n, balance in enumerate(matrix.balances) if balance.sides(values)[0] != balance.sides(values)[1])
    assert matrix.broken(figures) == one_by_one == tuple(n for n, b in enumerate(matrix.balances) if b.gap(values))
    found = instances(check(alone(Table(matrix, figures))).broken)
    assert found == {(matrix.balances[n].code, matrix.balances[n].line) for n in one_by_one}
