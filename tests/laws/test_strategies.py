"""What the strategies say of what they draw is what the library finds: an oracle for the users of both."""

import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from govinfo.errors import ReadError
from govinfo.findings import Extent, Verdict
from govinfo.forms import CN_2019, CN_2021, FORMS, form_for
from govinfo.keys import ReportScope
from govinfo.readers import read
from govinfo.renderers.pdf import HEI, SONG
from govinfo.report import CellState, Report, Table
from govinfo.rules import RULES, check, check_parts, check_years
from govinfo.strategies import (
    DAMAGES,
    Broken,
    Document,
    broken_reports,
    consecutive,
    documents,
    reports,
    tables,
    wholes_and_parts,
)
from govinfo.strategies.documents import DocumentFormat
from govinfo.strategies.printed import parts_of
from govinfo.strategies.writers import as_html, as_markdown
from govinfo.strategies.years import continued
from tests.toy import TOY

BALANCES = sorted({balance.code for form in FORMS for balance in form.balances})
FEW = settings(max_examples=20)
SEARCH = settings(max_examples=2_000, database=None, deadline=None)
GENERATE = settings(SEARCH, phases=[Phase.generate])
# All rules over years; the parts' rules that say what a sum is.
OF_YEARS = {rule.code for rule in RULES.values() if rule.extent is Extent.YEARS}
OF_PARTS = ("H801", "H802", "H803", "H804")


def whole_zero(report: Report) -> bool:
    return not any(any(table.figures) for table in report.tables)


class TestBroken:
    """The rules that are named are those that a check calls broken, and no other balance is."""

    @given(broken_reports())
    def test_named_and_found_are_the_same(self, broken: Broken) -> None:
        found = {finding.code for finding in check(broken.report).broken if finding.code in BALANCES}
        assert found == broken.rules != set()

    @pytest.mark.parametrize("rule", BALANCES)
    def test_for_every_balance(self, rule: str) -> None:
        @given(st.integers(1, 5).flatmap(lambda cells: broken_reports(rule, cells=cells, max_value=20).map(lambda drawn: (cells, drawn))))
        @FEW
        def law(drawn: tuple[int, Broken]) -> None:
            cells, broken = drawn
            assert rule in broken.rules
            assert {f.code for f in check(broken.report).of(*BALANCES).broken} == broken.rules
            assert len(broken.changed) == cells
            for cell, (right, wrong) in broken.changed.items():
                assert broken.original[cell] == right != wrong == broken.report[cell]
            assert broken.report == broken.original.replace({cell: wrong for cell, (_, wrong) in broken.changed.items()})
            assert not check(broken.original).of(*BALANCES).broken
            figures = [value for table in broken.report.tables for value in table.figures if isinstance(value, int)]
            assert all(abs(value) <= 20 for value in figures)

        law()

    @given(broken_reports("T1", cells=2, forms=(TOY,), max_value=2))
    @FEW
    def test_on_a_form_of_the_callers_own(self, broken: Broken) -> None:
        assert "T1" in broken.rules
        assert {f.code for f in check(broken.report).broken} == broken.rules

    def test_it_shrinks_to_one_wrong_one_among_zeros(self) -> None:
        least = find(broken_reports("R301"), lambda _: True, settings=SEARCH)
        assert whole_zero(least.original)
        assert list(least.changed.values()) == [(0, 1)]

    @pytest.mark.parametrize("of", [{"year": 2020}, {"form": CN_2019}, {"organ": "某局", "year": 2023}], ids=list)
    def test_the_report_is_as_asked(self, of: dict[str, Any]) -> None:
        broken = find(broken_reports(**of), lambda _: True, settings=GENERATE)
        assert all(getattr(broken.report, name) == value for name, value in of.items() if name != "form")
        assert {table.form for table in broken.report.tables} == {CN_2021 if of.get("year") == 2023 else CN_2019}

    def test_what_cannot_be_drawn_is_refused_at_once(self) -> None:
        refused: list[dict[str, Any]] = [{"rule": "Y701"}, {"cells": 0}, {"cells": 10_000}, {"max_value": 1}, {"year": 2018}]
        for wrong in refused:
            with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
                broken_reports(**wrong)


class TestConsecutiveYears:
    """A valid run of years is never accused: no rule over years is broken, whichever it is."""

    @pytest.mark.parametrize("years", [(2019, 2020), (2020, 2021), (2021, 2022, 2023), range(2019, 2025)], ids=str)
    def test_every_rule_holds(self, years: range) -> None:
        @given(consecutive(years, max_value=300) | consecutive(years))
        @FEW
        def law(run: list[Report]) -> None:
            findings = check_years(run)
            assert {finding.code for finding in findings} == OF_YEARS
            assert not findings.broken
            assert {finding.code for finding in findings.unknown} <= {"Y710"}
            assert len([f for f in findings if f.code == "Y701" and f.verdict is Verdict.HOLDS]) == 7 * (len(run) - 1)
            assert not [f for report in run for f in check(report).errors if f.code in {*BALANCES, "P207", "C101", "C102"}]
            assert [report.year for report in run] == list(years)
            assert len({(report.organ, report.scope) for report in run}) == 1
            assert all({table.form for table in report.tables} == {form_for(report.year or 0)} for report in run)

        law()

    @given(st.sampled_from([2019, 2021, 2023]).flatmap(lambda year: consecutive([year], max_value=300)), st.text(min_size=1, max_size=9))
    @FEW
    def test_what_was_filed_again_is_changed(self, only: list[Report], words: str) -> None:
        """Of a report that is copied, figure for figure and word for word, a year is made that follows from it."""
        first = evolve(only[0], overview=words, problems="我们改进。")
        copied = evolve(first, year=(first.year or 0) + 1)
        assert check_years([first, copied]).of("Y710").broken
        run = continued([first, copied], first.organ, first.scope)
        assert run[0] == first
        assert not check_years(run).broken

    def test_every_rule_is_met(self) -> None:
        """The figures are not so small that the rules have nothing to say of them."""

        def spoken(run: list[Report]) -> bool:
            holding = {finding.code for finding in check_years(run) if finding.verdict is Verdict.HOLDS}
            return holding == OF_YEARS - {"N410"}

        assert spoken(find(consecutive([2020, 2021, 2022]) | consecutive([2019, 2020, 2021, 2022]), spoken, settings=GENERATE))

    @given(st.sampled_from([1, 60, 900]).flatmap(lambda most: consecutive([2100, 2101, 2102], forms=(TOY,), max_value=most)))
    @FEW
    def test_on_a_form_of_the_callers_own(self, run: list[Report]) -> None:
        assert not check_years(run).broken
        again = continued([run[0], evolve(run[0], year=2101)], run[0].organ, run[0].scope)
        assert not check_years(again).of("Y709").broken

    def test_figures_are_carried_over_and_differ(self) -> None:
        def rich(run: list[Report]) -> bool:
            return all(
                (report["requests.carried_in.total"] or 0) > 9 and (report["disputes.reconsideration.pending"] or 0) > 0 for report in run
            )

        assert rich(find(consecutive([2022, 2023]), rich, settings=GENERATE))

    @given(consecutive([2022, 2023, 2024], max_value=50))
    @FEW
    def test_the_bound_is_kept(self, run: list[Report]) -> None:
        assert all(value <= 50 for report in run for table in report.tables for value in table.figures if isinstance(value, int))

    def test_its_simplest_is_zeros(self) -> None:
        assert all(map(whole_zero, find(consecutive([2022, 2023]), lambda _: True, settings=GENERATE)))

    @pytest.mark.parametrize("years", [[], [2022, 2022], [2023, 2022], [2021, 2023], [2018, 2019]])
    def test_other_years_are_refused(self, years: list[int]) -> None:
        with pytest.raises(ValueError, match="year"):
            consecutive(years)


class TestAWholeAndItsParts:
    """Every cell of the whole is the sum of the parts'."""

    @given(wholes_and_parts())
    def test_the_rules_hold(self, drawn: tuple[Report, tuple[Report, ...]]) -> None:
        whole, parts = drawn
        findings = check_parts(whole, parts, complete=True).of(*OF_PARTS)
        assert not findings.broken
        assert not findings.unknown
        assert whole.scope is ReportScope.AGGREGATE
        assert not check(whole).of(*BALANCES).broken

    def test_a_whole_of_several_is_found_and_the_simplest_is_zeros(self) -> None:
        def several(drawn: tuple[Report, tuple[Report, ...]]) -> bool:
            return len(drawn[1]) == 3 and any(any(table.figures) for table in drawn[0].tables)

        assert several(find(wholes_and_parts(form=CN_2019), several, settings=GENERATE))
        whole, parts = find(wholes_and_parts(year=2023, organ="某县人民政府", max_parts=2), lambda _: True, settings=GENERATE)
        assert len(parts) == 1
        assert whole_zero(whole)
        assert (whole.organ, whole.year) == ("某县人民政府", 2023)

    def test_no_parts_are_refused(self) -> None:
        with pytest.raises(ValueError, match="max_parts"):
            wholes_and_parts(max_parts=0)


def unspaced(report: Report, kind: str) -> Report:
    """The report as far as that kind of document can say it: where the words of a PDF were apart is not known."""
    prose: dict[str, Any] = {n: re.sub(r"\s", "", text) for n in ("overview", "problems", "other_matters") if (text := getattr(report, n))}
    return evolve(report, **prose) if kind == "pdf" else report


def needed(kind: str) -> None:
    """Skip where what writes and reads that kind is not installed."""
    for module in {"docx": ("docx",), "xlsx": ("openpyxl",), "pdf": ("pdfplumber", "typst")}.get(kind, ()):
        pytest.importorskip(module, reason="needs the extras 'office' and 'pdf'")
    if kind == "pdf":
        from typst import Fonts

        if not {*SONG, *HEI} & {*Fonts().families()}:
            pytest.skip("no Chinese font is installed")


KINDS: dict[DocumentFormat, int] = {"markdown": 30, "html": 30, "docx": 12, "xlsx": 12, "pdf": 3}


def holds(document: Document) -> None:
    """A reader gives what was printed, or where something was lost less than that, or nothing; never anything else."""
    try:
        report = read(document.content).report
    except ReadError:
        assert not document.exact
        return
    assert document.wrong(report) == {}
    assert not document.exact or unspaced(report, document.format) == unspaced(document.report, document.format)


class TestDocuments:
    """What a document is said to hold is what reading it gives, whatever is amiss with it; a damage never gives a wrong figure."""

    @pytest.mark.parametrize("kind", KINDS)
    def test_in_every_format(self, kind: DocumentFormat) -> None:
        needed(kind)

        @given(documents(format=kind, lossy=True, blanks=True))
        @settings(max_examples=KINDS[kind])
        def law(document: Document) -> None:
            assert document.format == kind
            holds(document)

        law()

    @pytest.mark.parametrize("name", [damage.name for damage in DAMAGES])
    def test_every_damage(self, name: str) -> None:
        """And somewhere a document is other than without the damage: it is not only said to be damaged."""
        damaged: list[bool] = []

        @given(documents(damage=name, blanks=True))
        @settings(max_examples=8)
        def law(document: Document) -> None:
            assert document.damage is not None
            assert document.damage.name == name
            printed = parts_of(document.report)
            damaged.append(document.content != (as_html(printed) if document.format == "html" else as_markdown(printed)).encode())
            holds(document)

        law()
        assert any(damaged)

    def test_without_being_asked_nothing_is_lost_and_asked_it_is(self) -> None:
        lost = find(documents(lossy=True), lambda document: not document.exact, settings=GENERATE)
        assert lost.damage is not None
        with pytest.raises(NoSuchExample):
            find(documents(), lambda document: not document.exact, settings=settings(GENERATE, max_examples=40))

    def test_wrong_says_what_was_printed_and_what_was_read(self) -> None:
        document = find(documents(year=2023), lambda document: document.report["requests.granted.total"] != 7, settings=GENERATE)
        printed = document.report["requests.granted.total"]
        assert document.wrong(document.report.replace({"requests.granted.total": 7})) == {"requests.granted.total": (printed, 7)}
        assert document.wrong(Report()) == {}

    def test_what_is_no_document_is_refused(self) -> None:
        refused: list[dict[str, Any]] = [{"format": "odt"}, {"damage": "coffee"}, {"damage": "cut", "format": "docx"}]
        for wrong in refused:
            with pytest.raises(ValueError, match=next(iter(wrong.values()))):
                documents(**wrong)


WANTED: dict[str, Callable[[Report], bool]] = {
    "year": lambda report: report.year == 2020 and all(table.form is CN_2019 for table in report.tables),
    "organ": lambda report: report.organ == "某局",
}


@given(reports(year=2020, organ="某局", max_value=5))
@FEW
def test_a_report_is_of_the_year_and_organ_that_are_asked_for(report: Report) -> None:
    assert all(wanted(report) for wanted in WANTED.values())


@given(reports(form=CN_2019, blanks=True))
@FEW
def test_a_report_is_on_the_form_that_is_asked_for(report: Report) -> None:
    assert {table.form for table in report.tables} <= {CN_2019}


def test_a_year_of_no_form_is_refused_at_once() -> None:
    refused: list[dict[str, Any]] = [{"year": 2018}, {"year": 2020, "form": CN_2021}]
    for wrong in refused:
        with pytest.raises(ValueError, match=str(wrong["year"])):
            reports(**wrong)


@given(st.from_type(Report), st.from_type(Table))
@FEW
def test_types_have_strategies(report: Report, table: Table) -> None:
    assert not check(report).of(*BALANCES).broken
    assert all(mark.state is CellState.VALUE for _, mark in table.marked)


class TestWithoutAnImport:
    """`from_type(Report)` draws reports, whichever of the two is imported first, and who uses only one pays nothing."""

    @pytest.mark.parametrize(
        "first", ["import hypothesis, govinfo", "import govinfo, hypothesis", "from govinfo.report import Report; import hypothesis"]
    )
    def test_types_have_strategies(self, first: str) -> None:
        script = f"""{first}
import sys
from govinfo.report import Report
from hypothesis import find, strategies
print(any(name.startswith("govinfo.strategies") for name in sys.modules))
print(find(strategies.from_type(Report), lambda report: len(report.tables) == 3).year)
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["False", "None"]

    def test_hypothesis_alone_loads_nothing_of_ours(self) -> None:
        script = "import sys, hypothesis; print(*(name for name in sys.modules if name.partition('.')[0] == 'govinfo'))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.split() == []


@given(tables(CN_2019.proactive, max_amount=3))
@FEW
def test_amounts_are_bounded(table: Table) -> None:
    assert all(abs(value) <= 3 for value in table.figures if value is not None and not isinstance(value, int))
