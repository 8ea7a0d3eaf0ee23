"""Laws of checking: what is right is never accused, what is missing is never held, and nothing crashes a check."""

import pickle
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from govinfo.combine import aggregate
from govinfo.findings import Finding, Verdict
from govinfo.form import Form, Kind
from govinfo.forms import CN_2019, CN_2021, FORMS
from govinfo.keys import ReportScope
from govinfo.report import BLANK, MAX_COUNT, CellState, Mark, Report, Table, Value
from govinfo.rules import STRICT, check, check_parts, check_years
from govinfo.strategies import consecutive, marks, reports, tables, wholes_and_parts

# Rules on what a cell shows: an empty cell is what they look for, or what they allow.
ABOUT_EMPTY_CELLS = {"C103", "C104", "R306", "P202", "S504"}


def with_tables(*given: Table) -> dict[str, Any]:
    """The attributes of a report that hold those tables."""
    return {str(table.matrix.key): table for table in given}


def instances(findings: list[Finding] | tuple[Finding, ...]) -> dict[tuple[str, str], Finding]:
    return {(finding.code, finding.line): finding for finding in findings}


class TestAValidReportIsNeverAccused:
    """A report whose sums hold breaks no rule of severity error."""

    @given(reports())
    def test_of_an_error(self, report: Report) -> None:
        report = evolve(report, organ=None)  # a drawn date is not made to suit a drawn name
        wrong = check(report).errors
        assert not wrong

    @given(reports(max_value=1000, blanks=True))
    def test_with_blanks_neither(self, report: Report) -> None:
        assert not check(evolve(report, organ=None)).errors

    @given(tables(CN_2019.proactive, max_value=50))
    def test_and_p207_only_speaks_of_items_below_zero(self, table: Table) -> None:
        for finding in check(Report(year=2020, proactive=table)).of("P207"):
            prior, change = (table.at(cell) for cell in finding.cells)
            assert prior is not None
            assert change is not None
            assert (finding.verdict is Verdict.BROKEN) == (prior + change < 0)


class TestUnknownIsNeverHeld:
    """Taking a value away makes what needs it unknown; it never makes it hold, and accuses nobody."""

    @given(reports(max_value=60), st.data())
    def test_in_one_report(self, report: Report, data: st.DataObject) -> None:
        cells = [address for table in report.tables for address in table.matrix.addresses]
        if not cells:
            return
        gone = data.draw(st.sampled_from(cells))
        before, after = instances(check(report)[:]), instances(check(report.replace({gone: BLANK}))[:])
        for key, finding in after.items():
            if finding.code in ABOUT_EMPTY_CELLS:
                continue
            used = gone in finding.cells
            if used and (finding.left, finding.right) == (None, None) and finding.verdict is Verdict.HOLDS:
                pytest.fail(f"{finding.code} holds without {gone}")
            if finding.verdict is Verdict.BROKEN:
                assert before[key].verdict is Verdict.BROKEN, key
            if finding.verdict is Verdict.HOLDS and key in before:
                assert before[key].verdict in (Verdict.HOLDS, Verdict.NOT_APPLICABLE), key
        # Every equation or comparison that used the cell can no longer be decided.
        for key, finding in before.items():
            if gone in finding.cells and finding.left is not None:
                assert after[key].verdict is Verdict.UNKNOWN

    @given(tables(CN_2021.requests, max_value=60), st.data())
    def test_over_two_years(self, table: Table, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(table.matrix.addresses))
        last, this = Report(year=2022, requests=table), Report(year=2023, requests=table).replace({gone: BLANK})
        for finding in check_years([last, this]).of("Y701", "Y708"):
            if gone in finding.cells and finding.about[-1].cells == (gone,):
                assert finding.verdict is Verdict.UNKNOWN


@given(consecutive([2022, 2023], max_value=5))
def test_consistent_years_are_never_accused(run: list[Report]) -> None:
    assert not check(run[1]).of("R301", "R302", "R303").broken
    assert not [f for f in check_years(run).of("Y701", "Y702") if f.verdict is not Verdict.HOLDS]


@given(wholes_and_parts(form=CN_2021, max_value=1000))
def test_a_whole_that_is_the_sum_of_its_parts_is_never_accused(drawn: tuple[Report, tuple[Report, ...]]) -> None:
    findings = check_parts(*drawn, complete=True)
    assert not [f for f in findings.broken if f.code != "H806"]
    assert len(findings.of("H801")) == len(CN_2021.requests.cells)


@given(tables(CN_2021.requests, max_value=1000), st.sampled_from(CN_2021.requests.addresses))
def test_one_wrong_cell_of_a_whole_is_named(table: Table, cell: str) -> None:
    part = Report(organ="甲局", year=2023, scope=ReportScope.OWN_ORGAN, requests=table)
    value = table.at(cell)
    assert value is not None
    whole = aggregate([part], organ="某县人民政府").replace({cell: value + 1})
    assert [f.line for f in check_parts(whole, [part], complete=True).of("H801").broken] == [cell]


def filled(form: Form, value: Value | Mark) -> Report:
    """A report every cell of which shows that."""
    shown = [
        Table.of(m, {c.address: Decimal(value) if c.kind is Kind.MONEY and isinstance(value, int) else value for c in m.cells})
        for m in form.matrices
    ]
    return Report(year=form.first_year, organ="井研县人民政府", **with_tables(*shown))


class TestBadReportsAreAnswered:
    """Whatever a report shows, a check ends with findings that have words."""

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
    @pytest.mark.parametrize("value", [0, 1, MAX_COUNT, BLANK, Mark(CellState.UNREADABLE, "9" * 40), Mark(CellState.ABSENT)], ids=repr)
    def test_of_one_kind_throughout(self, form: Form, value: Value | Mark) -> None:
        report = filled(form, value)
        findings = [*check(report), *check_years([report, evolve(report, year=(report.year or 0) + 1)])]
        findings += check_parts(
            evolve(report, scope=ReportScope.AGGREGATE), [evolve(report, organ="甲局", scope=ReportScope.OWN_ORGAN)], complete=True
        )
        assert all(finding.message("zh") and finding.message("en") for finding in findings)
        if isinstance(value, Mark):
            assert not {f.verdict for f in findings if f.code in ("R301", "R302", "R303", "D401", "Y701", "H801")} - {
                Verdict.UNKNOWN,
            }

    def test_with_every_cell_wrong(self) -> None:
        """Different figures everywhere: nearly every equation is broken, and all are said."""
        requests = Table(CN_2021.requests, tuple(n * n + 1 for n in range(len(CN_2021.requests.cells))))
        findings = check(Report(year=2023, requests=requests))
        assert len(findings.of("R301", "R302", "R303").broken) == 39

    @given(st.data(), st.sampled_from([matrix for form in FORMS for matrix in form.matrices]).flatmap(lambda m: st.sampled_from(m.cells)))
    def test_with_any_mark_in_any_cell(self, data: st.DataObject, cell: object) -> None:
        matrix = next(m for form in FORMS for m in form.matrices if any(c is cell for c in m.cells))
        own = next(c for c in matrix.cells if c is cell)
        table = data.draw(tables(matrix, max_value=9))
        report = Report(year=2023, **with_tables(table)).replace({own.address: data.draw(marks(own))})
        assert all(f.message("zh") and f.message("en") for f in check(report) if own.address in f.cells)

    @given(reports(blanks=True))
    def test_and_a_strict_profile_changes_no_verdict(self, report: Report) -> None:
        assert [f.verdict for f in check(report, profile=STRICT)] == [f.verdict for f in check(report)]


@given(reports(blanks=True))
def test_findings_travel_between_processes(report: Report) -> None:
    findings = check(report)
    back = pickle.loads(pickle.dumps(findings))  # noqa: S301 -- made on the line above
    assert back == findings
    assert [finding.message() for finding in back.broken] == [finding.message() for finding in findings.broken]
