"""Aggregates and differences: what they refuse, and how honest they are about what they do not know."""

from collections.abc import Mapping
from decimal import Decimal, localcontext

import pytest
from attrs import evolve

from govinfo.combine import aggregate, diff
from govinfo.errors import FigureError
from govinfo.form import Form, Kind
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ReportScope
from govinfo.report import ABSENT, BLANK, CellState, Mark, Report, Table, Value

AMOUNT = "proactive.procurement.amount"


def filled(form: Form, values: Mapping[str, Value | Mark], marks: Mapping[str, Mark] | None = None, **said: str | int) -> Report:
    """A report on that form whose other cells are 0."""
    tables: dict[str, Table] = {}
    for matrix in form.matrices:
        figures: dict[str, Value | Mark] = {c.address: Decimal(0) if c.kind is Kind.MONEY else 0 for c in matrix.cells}
        figures |= {address: value for address, value in values.items() if address in figures}
        tables[matrix.key] = Table.of(matrix, figures, {a: m for a, m in (marks or {}).items() if a in figures})
    year = said.pop("year", form.first_year)
    assert isinstance(year, int)
    organ = said.pop("organ", None)
    assert organ is None or isinstance(organ, str)
    return Report(organ=organ, year=year, proactive=tables["proactive"], requests=tables["requests"], disputes=tables["disputes"])


def test_a_whole_is_the_sum_of_its_parts_and_says_that_it_is_one() -> None:
    whole = aggregate([filled(CN_2021, {"requests.granted.total": n}) for n in (2, 3)], organ="某市人民政府", title="年度报告")
    assert whole["requests.granted.total"] == 5
    assert (whole.organ, whole.title, whole.year, whole.scope) == ("某市人民政府", "年度报告", 2021, ReportScope.AGGREGATE)
    assert (whole.overview, whole.problems, whole.other_matters) == (None, None, None)


@pytest.mark.parametrize("mark", [BLANK, ABSENT, Mark(CellState.SLASH, "/"), Mark(CellState.UNREADABLE, "?")])
def test_what_one_part_does_not_say_the_whole_does_not_know(mark: Mark) -> None:
    address = "requests.granted.total"
    whole = aggregate([filled(CN_2021, {address: 2}), filled(CN_2021, {address: mark})])
    assert whole[address] is None
    assert whole.marks[address] == Mark(CellState.BLANK, note="1个机关无数值")
    assert whole["requests.granted.natural_person"] == 0


def test_a_part_without_the_table_leaves_all_its_cells_unknown() -> None:
    whole = aggregate([filled(CN_2021, {}), evolve(filled(CN_2021, {}), disputes=None)])
    assert whole.disputes is not None
    assert set(whole.disputes.figures) == {None}
    assert whole.requests is not None
    assert set(whole.requests.figures) == {0}


def test_a_table_that_no_part_has_is_not_made_up() -> None:
    assert aggregate([Report(year=2023), Report(year=2023)]).tables == ()


@pytest.mark.parametrize(
    ("printed", "whole", "unit"),
    [
        ([("3", "万元"), ("0.5", "万元")], "3.5", "万元"),
        ([("3", "元"), ("5", "元")], "8", "元"),
        ([("3", "万元"), ("5", "元")], "30005", "元"),
        ([("3", "万元"), ("0", None)], "3", "万元"),
        ([("0", None), ("0", None)], "0", None),
    ],
)
def test_amounts_are_added_in_one_unit(printed: list[tuple[str, str | None]], whole: str, unit: str | None) -> None:
    marks = [{AMOUNT: Mark(CellState.VALUE, f"{amount}{unit}", unit=unit)} if unit else {} for amount, unit in printed]
    parts = [filled(CN_2019, {AMOUNT: Decimal(amount)}, mark) for (amount, _), mark in zip(printed, marks, strict=True)]
    added = aggregate(parts)
    assert added[AMOUNT] == Decimal(whole)
    assert (added.marks[AMOUNT].unit if AMOUNT in added.marks else None) == unit


def test_an_amount_of_unknown_unit_is_not_added() -> None:
    added = aggregate(
        [filled(CN_2019, {AMOUNT: Decimal(3)}), filled(CN_2019, {AMOUNT: Decimal(3)}, {AMOUNT: Mark(CellState.VALUE, "3元", unit="元")})]
    )
    assert added[AMOUNT] is None
    assert added.marks[AMOUNT].note is not None


def test_money_is_added_exactly() -> None:
    address = "proactive.charges.amount_wan"
    large, small = Decimal("99999999999999999998.0000000001"), Decimal("0.0000000001")
    assert aggregate([filled(CN_2021, {address: large}), filled(CN_2021, {address: small})])[address] == Decimal(
        "99999999999999999998.0000000002"
    )


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ([], "year"),
        ([Report(year=2022), Report(year=2023)], "year"),
        ([Report()], "year"),
        ([Report(year=2023, organ="某局"), Report(year=2023, organ="某局")], "organ"),
        ([filled(CN_2019, {}, year=2021), filled(CN_2021, {})], "proactive"),
        (
            [filled(CN_2021, {"requests.granted.total": 999_999_999}), filled(CN_2021, {"requests.granted.total": 1})],
            "requests.granted.total",
        ),
    ],
)
def test_parts_that_are_no_whole_are_refused(parts: list[Report], where: str) -> None:
    with pytest.raises(FigureError) as refused:
        aggregate(parts)
    assert refused.value.where == where


def test_a_difference_names_the_cell_and_both_values() -> None:
    before = filled(CN_2021, {})
    after = evolve(before.replace({"requests.granted.total": 4, "disputes.reconsideration.total": BLANK}), title="题", overview="")
    found = diff(before, after)
    assert [(c.address, c.before, c.after, c.change) for c in found.cells] == [
        ("requests.granted.total", 0, 4, 4),
        ("disputes.reconsideration.total", 0, None, None),
    ]
    assert [(t.name, t.before, t.after) for t in found.texts] == [("title", None, "题"), ("overview", None, "")]
    assert found.forms == ()


def test_a_difference_of_money_is_exact_whatever_the_context() -> None:
    address = "proactive.charges.amount_wan"
    large, small = Decimal("99999999999999999999.9999999999"), Decimal("0.0000000001")
    with localcontext(prec=3):
        (change,) = diff(filled(CN_2021, {address: small}), filled(CN_2021, {address: large})).cells
        assert change.change is not None
        assert str(change.change) == "99999999999999999999.9999999998"


def test_a_note_alone_is_a_difference() -> None:
    before = filled(CN_2021, {})
    noted = Mark(CellState.VALUE, "0（无）", "无")
    (change,) = diff(before, before.replace({}, {"requests.granted.total": noted})).cells
    assert (change.before, change.after, change.mark_before, change.mark_after) == (0, 0, None, noted)


def test_a_cell_that_only_one_form_has_is_absent_in_the_other() -> None:
    found = diff(filled(CN_2019, {}), filled(CN_2021, {}))
    by_address = {change.address: change for change in found.cells}
    assert by_address["requests.other_misc.total"].mark_before == ABSENT
    assert by_address["requests.other_processing.total"].mark_after == ABSENT
    assert "requests.granted.total" not in by_address
    assert [form for form, *_ in found.forms] == ["proactive", "requests", "disputes"]
