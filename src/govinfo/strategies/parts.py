"""A whole and its parts: reports of one year that belong together."""

from collections.abc import Sequence

from attrs import evolve
from hypothesis import strategies as st

from govinfo.combine import aggregate
from govinfo.form import Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import ReportScope
from govinfo.report import MAX_COUNT, CellState, Mark, Report, plain
from govinfo.strategies.figures import MAX_MONEY
from govinfo.strategies.reports import Bounds, form_of, with_all_tables

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_PARTS = 4


def wholes_and_parts(
    *,
    form: Form | None = None,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    organ: str | None = None,
    max_parts: int = _MOST_PARTS,
    max_value: int = MAX_COUNT,
) -> st.SearchStrategy[tuple[Report, tuple[Report, ...]]]:
    """(whole, parts): the report of a government and those of all its bodies, of one year and on one form.

    Every cell of the whole is the sum of the parts' (rules H801-H804 with `complete=True`), none exceeds `max_value`.
    Amounts whose unit the form leaves open show theirs. `organ` is the government's. Raises `ValueError` for no parts
    or more than 26, and for a year that is none of those forms'.
    """
    if not 1 <= max_parts <= len(_LETTERS):
        raise ValueError(f"max_parts is from 1 to {len(_LETTERS)}, not {max_parts}")
    on = [form] if form else list(reversed(forms))
    on = on if year is None else [form_of(year, on)]
    return st.one_of([_whole(each, year or each.first_year, organ, number, max_value) for number in range(1, max_parts + 1) for each in on])


def _whole(form: Form, year: int, organ: str | None, parts: int, max_value: int) -> st.SearchStrategy[tuple[Report, tuple[Report, ...]]]:
    bounds = Bounds((form,), max_value // parts, MAX_MONEY // parts)
    own = [with_all_tables(form, bounds, year=year, organ=f"{letter}局") for letter in _LETTERS[:parts]]

    @st.composite
    def whole_and_parts(draw: st.DrawFn) -> tuple[Report, tuple[Report, ...]]:
        filed = tuple(_with_units(evolve(draw(part), scope=ReportScope.OWN_ORGAN)) for part in own)
        return aggregate(filed, organ=organ), filed

    return whole_and_parts()


def _with_units(report: Report) -> Report:
    """The report with a unit at every amount whose unit the form does not fix."""
    marks: dict[str, Mark] = {}
    for table in report.tables:
        for cell in table.matrix.cells:
            value = table.figures[cell.index]
            if cell.kind is Kind.MONEY and not cell.unit and value:
                marks[cell.address] = Mark(CellState.VALUE, f"{plain(value)}万元", unit="万元")
    return report.replace({}, marks)
