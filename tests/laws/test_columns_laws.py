"""What columns say of many reports is what objects say of each: the same reports back, the same findings, the same rates."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="needs the extra 'columns'")

from govinfo.columns import (
    COVERED,
    PARTS_COVERED,
    YEARS_COVERED,
    check_parts_table,
    check_table,
    check_years_table,
    from_table,
    measure,
    measure_growth,
    to_table,
)
from govinfo.columns.arrow import pa
from govinfo.combine import aggregate
from govinfo.convert import to_json
from govinfo.errors import FigureError
from govinfo.findings import Finding, Verdict
from govinfo.form import Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import ReportScope
from govinfo.metrics import METRICS, growth
from govinfo.report import BLANK, MAX_COUNT, Report
from govinfo.rules import RULES, check, check_parts, check_years
from govinfo.rules.catalogue import OF_PARTS, OF_REPORT, OF_YEARS
from govinfo.strategies import reports
from tests.toy import TOY
from tests.unit import test_rules_parts, test_rules_years

ALL = tuple(Verdict)
MIXED = (*FORMS, TOY)
SETS_OF_FORMS = pytest.mark.parametrize("forms", [FORMS, MIXED, (TOY,)], ids=["released", "mixed", "toy"])
Row = tuple[Any, ...]


def spoiled(report: Report, seed: int) -> Report:
    """The report with up to two cells set to other figures, small or as large as a cell can hold."""
    chance = random.Random(seed)
    cells = [c.address for t in report.tables for c in t.matrix.cells if c.kind is Kind.COUNT and report[c.address] is not None]
    changes = {chance.choice(cells): chance.choice([0, 1, MAX_COUNT]) for _ in range(chance.randint(0, 2)) if cells}
    return report.replace(changes)


def wrong_reports(forms: Sequence[Form] = FORMS) -> st.SearchStrategy[list[Report]]:
    return st.lists(st.builds(spoiled, reports(forms=forms, blanks=True), st.integers(0, 999)), max_size=4)


def said(finding: Finding) -> Row:
    return (finding.code, finding.line, finding.severity.value, finding.verdict.value, list(finding.cells), finding.left, finding.right)


def rows(table: Any) -> list[Row]:
    return [tuple(row.values()) for row in table.to_pylist()]


@SETS_OF_FORMS
@settings(max_examples=10)
@given(st.data())
def test_reports_come_back_from_a_table_as_they_went_in(forms: tuple[Form, ...], data: st.DataObject) -> None:
    given_ones = data.draw(st.lists(reports(forms=forms, blanks=True), max_size=4))
    back = from_table(to_table(given_ones, forms=forms), forms=forms)
    assert back == given_ones
    assert [to_json(report) for report in back] == [to_json(report) for report in given_ones]  # down to the zeros behind a point


@SETS_OF_FORMS
@settings(max_examples=10)
@given(st.data())
def test_the_equations_have_the_verdicts_of_the_scalar_check(forms: tuple[Form, ...], data: st.DataObject) -> None:
    given_ones, skipped = data.draw(wrong_reports(forms)), data.draw(st.integers(0, 3))
    codes = {*COVERED, *(balance.code for form in forms for balance in form.balances)}
    table, kept = to_table(given_ones, forms=forms).slice(skipped), given_ones[skipped:]
    scalar = [(row, *said(f)) for row, report in enumerate(kept) for f in check(report) if f.code in codes]
    assert rows(check_table(table, forms=forms, verdicts=ALL)) == scalar
    assert rows(check_table(table, forms=forms)) == [each for each in scalar if each[4] in ("broken", "unknown")]


def recut(table: Any, chance: random.Random) -> Any:
    """The table with each column in pieces of its own, each piece a slice of something longer, in a type of another library."""
    columns: list[Any] = []
    for column in table.columns:
        cuts = sorted(chance.randint(0, len(column)) for _ in range(chance.randint(0, 3)))
        pieces: list[Any] = []
        for start, end in pairwise([0, *cuts, len(column)]):
            before = chance.randint(0, 9)
            piece = pa.concat_arrays([pa.nulls(before, column.type), *column.slice(start, end - start).chunks, pa.nulls(3, column.type)])
            pieces.append(piece.slice(before, end - start))
        other = chance.choice([pa.int32(), pa.int64(), pa.float64(), pa.string()]) if column.type == pa.int32() else column.type
        columns.append(pa.chunked_array(pieces, column.type).cast(other))
    return pa.table(dict(zip(table.column_names, columns, strict=True)))


@settings(max_examples=6)
@given(wrong_reports(), st.randoms(use_true_random=False))
def test_how_a_table_is_cut_and_typed_does_not_matter(given_ones: list[Report], chance: random.Random) -> None:
    table = to_table(given_ones)
    cut = recut(table, chance)
    assert from_table(cut) == given_ones
    assert check_table(cut, verdicts=ALL).equals(check_table(table, verdicts=ALL))
    rates = [name for name, metric in METRICS.items() if not metric.takes]
    assert measure(cut, rates).equals(measure(table, rates))
    numbers = range(len(given_ones))
    year, organ = pa.array([row % 2 + 2021 for row in numbers], pa.int32()), pa.array([str(row // 2) for row in numbers])
    years, cut_years = (each.drop_columns(["year"]).append_column("year", year).append_column("id", organ) for each in (table, cut))
    assert check_years_table(cut_years, organ="id", verdicts=ALL).equals(check_years_table(years, organ="id", verdicts=ALL))


@settings(max_examples=4)
@given(wrong_reports())
def test_every_rule_of_one_report_has_the_verdicts_of_the_scalar_check(given_ones: list[Report]) -> None:
    scalar = [(row, *said(finding)) for row, report in enumerate(given_ones) for finding in check(report)]
    assert rows(check_table(to_table(given_ones), codes=[rule.code for rule in OF_REPORT], verdicts=ALL)) == scalar


ORGANS = ("甲县财政局", "乙局", None, "甲县财政局办公室", "甲县人民政府", "甲县人民政府办公室")
TEXT = "".join(map(chr, range(0x4E00, 0x4E00 + 60)))
PROSE = (None, "", "无", TEXT, TEXT + "某", TEXT[:56] + "甲乙丙丁", TEXT[::-1], f"{TEXT} \n {TEXT}", "新收申请20件，同比增长100%。")
RELATIONS = ("fresh", "same", "blanked", "one more", "tenfold", "a tenth", "ten thousandfold")


def following(before: Report, fresh: Report, relation: str, chance: random.Random) -> Report:
    """A report for the year after another: of its own, or what people make of last year's."""
    if relation == "fresh":
        return fresh
    counted = [c.address for t in before.tables for c in t.matrix.cells if c.kind is Kind.COUNT and before[c.address] is not None]
    money = {c.address: v for t in before.tables for c in t.matrix.cells if isinstance(v := before[c.address], Decimal)}
    some = chance.sample(counted, min(len(counted), 9))

    def tenfold(value: int) -> int:
        return value * 10

    def tenth(value: int) -> int:
        return value // 10

    def one_more(value: int) -> int:
        return value + 1

    times: dict[str, Callable[[int], int]] = {"one more": one_more, "tenfold": tenfold, "a tenth": tenth}
    changes: dict[str, Any] = {}
    if relation == "blanked":
        changes = dict.fromkeys(some, BLANK)
    elif relation == "ten thousandfold":
        changes = {cell: value * 10_000 for cell, value in money.items() if value < 10**15}
    elif relation in times:
        changes = {cell: min(times[relation](int(before[cell] or 0)), MAX_COUNT) for cell in some}
    return before.replace(changes)


@settings(max_examples=16)
@given(
    st.lists(
        st.tuples(
            st.one_of(reports(blanks=True, max_value=5), reports(max_value=999)),
            st.booleans(),
            st.sampled_from([1, 1, 1, 2]),
            st.sampled_from(ORGANS),
            st.sampled_from(RELATIONS),
            st.tuples(st.sampled_from(PROSE), st.sampled_from(PROSE)),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_two_years_have_the_verdicts_of_the_scalar_check(
    drawn: list[tuple[Report, bool, int, str | None, str, tuple[str | None, str | None]]], chance: random.Random
) -> None:
    year, given_ones, last = {True: 2018, False: 2018}, list[tuple[str, Report]](), dict[bool, Report]()
    for fresh, which, step, name, relation, (overview, problems) in drawn:
        year[which] += step
        report = following(last.get(which, fresh), fresh, relation, chance)
        last[which] = evolve(report, year=year[which], organ=name, overview=overview, problems=problems)
        given_ones.append((f"id {which}", last[which]))
    chance.shuffle(given_ones)
    same_years(given_ones)


def same_years(given_ones: Sequence[tuple[str, Report]]) -> list[Row]:
    """The findings over years of the reports of each organ in a table, all of them, which are those of the scalar check."""
    table = to_table([report for _, report in given_ones])
    if given_ones:
        table = table.append_column("id", [[key for key, _ in given_ones]])
    scalar: list[Row] = []
    for key in {key for key, _ in given_ones}:
        row = {report.year: number for number, (own, report) in enumerate(given_ones) if own == key}
        for finding in check_years([report for own, report in given_ones if own == key]) if len(row) > 1 else ():
            before, after = finding.about
            scalar.append((row[after.year], row[before.year], *said(finding)))
    codes = [rule.code for rule in OF_YEARS]
    found = rows(check_years_table(table, organ="id" if given_ones else "organ", codes=codes, verdicts=ALL))
    assert found == sorted(scalar, key=lambda each: each[:2])  # sorting keeps the order of the scalar check within a pair
    return found


def test_every_case_of_the_rules_over_years_has_its_verdict() -> None:
    pairs = [[about.report for about in case.found()[0].about] for case in test_rules_years.CASES]
    found = same_years([(str(number), report) for number, pair in enumerate(pairs) for report in pair])
    for number, case in enumerate(test_rules_years.CASES):
        own = [each for each in found if each[0] // 2 == number and each[2] == case.code]
        assert case.verdict.value in [each[5] for each in own if case.line in (None, each[3])]


SCOPES = (None, *ReportScope, *[ReportScope.OWN_ORGAN] * 6)


@settings(max_examples=12)
@given(
    st.lists(st.tuples(reports(blanks=True, max_value=5), st.sampled_from(SCOPES)), min_size=2, max_size=6),
    st.booleans(),
    st.sampled_from([*[ReportScope.AGGREGATE] * 4, None, ReportScope.OWN_ORGAN]),
    st.sampled_from([2022, 2022, 2022, None]),
    st.sampled_from(["a part", "a part but for blanks", "the sum", "of its own"]),
    st.randoms(use_true_random=False),
)
def test_wholes_and_parts_have_the_verdicts_of_the_scalar_check(
    drawn: list[tuple[Report, ReportScope | None]],
    complete: bool,
    scope: ReportScope | None,
    year: int | None,
    relation: str,
    chance: random.Random,
) -> None:
    own = [
        evolve(report, organ=f"part {number}", scope=ReportScope.OWN_ORGAN if relation == "the sum" else kind, year=2022)
        for number, (report, kind) in enumerate(drawn)
    ]
    whole, *parts = evolve(own[0], organ="whole", title="whole", scope=scope, year=year), *own[1:]
    if relation.startswith("a part"):
        copied = chance.choice(parts)
        copied = following(copied, copied, "blanked" if "blanks" in relation else "same", chance)
        whole = evolve(copied, organ="whole", title="whole", scope=scope, year=year)
    elif relation == "the sum":
        with suppress(FigureError):  # on different forms: they do not add up, and the check says so
            whole = aggregate(parts, organ="whole")
    same_parts([(whole, parts)], complete=complete)


def same_parts(given_ones: Sequence[tuple[Report, Sequence[Report]]], *, complete: bool) -> list[Row]:
    """The findings over wholes and parts in a table, all of them, which are those of the scalar check."""
    table = to_table([report for whole, parts in given_ones for report in (whole, *parts)])
    starts = accumulate((1 + len(parts) for _, parts in given_ones[:-1]), initial=0)
    rows_of = [(start, range(start + 1, start + 1 + len(parts))) for start, (_, parts) in zip(starts, given_ones, strict=True)]
    edges = [(start, part) for start, parts in rows_of for part in parts]
    scalar = [
        (start, *said(finding))
        for (start, _), (whole, parts) in zip(rows_of, given_ones, strict=True)
        for finding in check_parts(whole, parts, complete=complete)
    ]
    codes = [rule.code for rule in OF_PARTS]
    found = rows(check_parts_table(table, *zip(*edges, strict=True), complete=complete, codes=codes, verdicts=ALL))
    assert found == scalar
    return found


@pytest.mark.parametrize("complete", [True, False])
def test_every_case_of_the_rules_over_parts_has_its_verdict(complete: bool) -> None:
    cases = [(case, case.found()) for case in test_rules_parts.CASES]
    cases = [(case, found) for case, found in cases if found.coverage and found.coverage.parts and found.coverage.complete is complete]
    split = [[about.report for about in findings[0].about] for _, findings in cases]
    found = same_parts([(whole, parts) for whole, *parts in split], complete=complete)
    starts = accumulate(map(len, split), initial=0)
    for (case, _), start in zip(cases, starts, strict=False):
        own = [each for each in found if each[0] == start and each[1] == case.code and case.line in (None, each[2])]
        assert case.verdict.value in [each[4] for each in own]


FEES = (None, "", "未收取信息处理费。", "全年收取信息处理费25件2950元。", "收取信息处理费3件，共370.50元。", "收取信息处理费0件0元。")


@settings(max_examples=10)
@given(st.lists(st.tuples(reports(blanks=True, max_value=9), st.sampled_from(FEES)), max_size=4))
def test_rates_over_a_table_are_those_of_each_report(drawn: list[tuple[Report, str | None]]) -> None:
    given_ones = [evolve(report, other_matters=fee) for report, fee in drawn]
    table = to_table(given_ones)
    names = [name for name, metric in METRICS.items() if not metric.needs]
    measured = measure(table, names)
    assert set(measure(table).column_names) < set(measured.column_names)
    for report, row in zip(given_ones, measured.to_pylist(), strict=True):
        for name in names:
            same_rate(row, name, METRICS[name].of(report))
    for name in (name for name, metric in METRICS.items() if "decided" in metric.alternatives):
        for report, row in zip(given_ones, measure(table, [name], denominator="decided").to_pylist(), strict=True):
            same_rate(row, name, METRICS[name].of(report, denominator="decided"))


def same_rate(row: dict[str, Any], name: str, exact: Fraction | None) -> None:
    """The columns of a rate say it, exactly and as a double."""
    sums = row[f"{name}.numerator"], row[f"{name}.denominator"]
    assert (None if None in sums else Fraction(sums[0]) / Fraction(sums[1])) == exact
    assert row[name] == (None if exact is None else float(exact))


@settings(max_examples=10)
@given(st.lists(st.tuples(reports(blanks=True, max_value=9), st.sampled_from([1, 1, 2])), min_size=1, max_size=5))
def test_growth_over_a_table_is_that_of_every_two_years(drawn: list[tuple[Report, int]]) -> None:
    years = list(accumulate(step for _, step in drawn))
    given_ones = [evolve(report, organ="甲局", year=2018 + year, scope=None) for (report, _), year in zip(drawn, years, strict=True)]
    cells = [cell.address for form in FORMS for matrix in form.matrices for cell in (*matrix.cells[:3], *matrix.cells[-3:])]
    cells = list(dict.fromkeys(cells))
    found = {row["report"]: row for row in measure_growth(to_table(given_ones), cells).to_pylist()}
    followed = {row for row in range(1, len(given_ones)) if years[row] == years[row - 1] + 1}
    assert set(found) == followed
    for row in followed:
        before, after = given_ones[row - 1], given_ones[row]
        assert found[row]["before"] == row - 1
        for cell in cells:
            there = all(cell in table_cells(report) for report in (before, after))
            same_rate(found[row], cell, growth(before, after, cell) if there else None)


def table_cells(report: Report) -> set[str]:
    """The cells that a report has."""
    return {address for table in report.tables for address in table.matrix.addresses}


def test_what_is_covered_are_rules() -> None:
    assert set(COVERED) == {"R301", "R302", "R303", "D401", "D402", "D403"}
    assert {*COVERED, *YEARS_COVERED, *PARTS_COVERED} <= set(RULES)
    assert {rule.code for rule in OF_YEARS} - set(YEARS_COVERED) == {"N410"}
    assert {rule.code for rule in OF_PARTS} - set(PARTS_COVERED) == {"H805"}
