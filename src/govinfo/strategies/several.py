"""Reports that belong together: the years of one organ, and a whole with its parts."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from govinfo.combine import aggregate
from govinfo.form import Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import DisputeResult, Flow, ReportScope, Section
from govinfo.keys import ProactiveColumn as C
from govinfo.report import MAX_COUNT, CellState, Mark, Report, Table, plain
from govinfo.solve import plan
from govinfo.strategies.figures import MAX_MONEY
from govinfo.strategies.reports import Bounds, form_of, with_all_tables

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_PARTS = 4
_SLIP = (3_000, 30_000)  # so many times as much as last year looks like 元 in place of 万元 (rule Y707)


# --- years -----------------------------------------------------------------------------------------------------------


def consecutive(
    years: Sequence[int], *, forms: Sequence[Form] = FORMS, organ: str | None = None, max_value: int = MAX_COUNT
) -> st.SearchStrategy[list[Report]]:
    """The reports of one organ in those consecutive years, each on the form of its year, all with all tables.

    What a year carries forward the next carries in (Y701), stocks and items roll on (Y702, Y703, Y704), cases that are
    pending are counted again (Y706), charges do not jump as if 元 had been printed for 万元 (Y707), and no year repeats
    the figures of the last (Y709). Those are all rules over years that do not only guess (D405, D406, Y705, Y708, Y710).
    No count exceeds `max_value`. Raises `ValueError` for years that do not follow each other, or are no form's.
    """
    wanted = list(years)
    if not wanted or any(after != before + 1 for before, after in pairwise(wanted)):
        raise ValueError(f"given {wanted}, accepted are one or more years that follow each other")
    # What was carried over comes on top of what a year has of its own.
    share = max_value // (len(wanted) + 1)
    own = [with_all_tables(form_of(year, forms), Bounds(forms, share), year=year) for year in wanted]
    said = st.tuples(st.just(organ) if organ else st.none() | st.just("某局"), st.sampled_from([None, *ReportScope]))

    # Composed, not built: see `reports`.
    @st.composite
    def years_of_one(draw: st.DrawFn) -> list[Report]:
        return _continued([draw(report) for report in own], *draw(said))

    return years_of_one()


def _continued(drawn: Sequence[Report], organ: str | None, scope: ReportScope | None) -> list[Report]:
    run: list[Report] = []
    for report in drawn:
        of_one = evolve(report, organ=organ, scope=scope)
        run.append(_after(run[-1], of_one) if run else of_one)
    return run


def _after(before: Report, drawn: Report) -> Report:
    """The drawn report, changed where it has to follow from last year's."""
    changed: dict[str, Any] = {}
    for section, follow in ((Section.PROACTIVE, _rolled), (Section.REQUESTS, _carried), (Section.DISPUTES, _pending)):
        last, this = before.table(section), drawn.table(section)
        if last is not None and this is not None:
            changed[section] = follow(last, this)
    return _not_copied(before, evolve(drawn, **changed))


def _carried(last: Table, this: Table) -> Table:
    """Y701: carried in is what was carried forward; where that is more than there is, the rest is carried on."""
    section = this.matrix.key
    return _set(
        this,
        {
            f"{section}.{Flow.CARRIED_IN}.{column}": (f"{section}.{Flow.CARRIED_FORWARD}.{column}", _count(last, row, column))
            for row, column in last
            if row == Flow.CARRIED_FORWARD and (Flow.CARRIED_IN, column) in this
        },
    )


def _pending(last: Table, this: Table) -> Table:
    """Y706: cases that were pending are among this year's; where there are fewer, some of them are pending still."""
    section, pending = this.matrix.key, DisputeResult.PENDING
    return _set(
        this,
        {
            f"{section}.{row}.{DisputeResult.TOTAL}": (f"{section}.{row}.{pending}", _count(last, row, pending))
            for row, column in last
            if column == pending and (row, DisputeResult.TOTAL) in this
        },
    )


def _set(table: Table, wanted: Mapping[str, tuple[str, int]]) -> Table:
    """The table with those cells at those values, every balance held; what is missing for one is added to the other cell.

    `wanted`: address -> (the cell that takes up what is missing, value). Nothing has to be searched: the plan of the
    form fills the other cells, and a cell that it could not fill as wanted lacks exactly what is then added.
    """
    matrix = table.matrix
    if not wanted:
        return table
    tied = tuple(address for address in matrix.addresses if any(address in balance.cells for balance in matrix.balances))
    made = plan(matrix.balances, tied)
    values = {address: int(table.at(address) or 0) for address in tied}
    given = values | {address: value for address, (_, value) in wanted.items()}
    filled = made.follow({address: given[address] for address in made.slots})
    for address, (spare, value) in wanted.items():
        given[spare] += value - filled[address] if spare in made.slots and filled[address] < value else 0
    return table.replace(made.follow({address: given[address] for address in made.slots}))


def _rolled(last: Table, this: Table) -> Table:
    """Section 2: Y702, Y703, Y704 and Y707, where both years have the columns."""
    old: dict[tuple[str, str], Any] = dict(last)
    new: dict[tuple[str, str], Any] = dict(this)
    for row in {row for row, _ in new}:
        if (row, C.IN_FORCE) in old and (row, C.IN_FORCE) in new:
            before = old[row, C.IN_FORCE] + new[row, C.ISSUED]
            new[row, C.REPEALED] = min(new[row, C.REPEALED], before)
            new[row, C.IN_FORCE] = before - new[row, C.REPEALED]
        if (row, C.PRIOR_ITEMS) in old and (row, C.PRIOR_ITEMS) in new:
            new[row, C.PRIOR_ITEMS] = old[row, C.PRIOR_ITEMS] + old[row, C.NET_CHANGE]
            new[row, C.NET_CHANGE] = max(new[row, C.NET_CHANGE], -new[row, C.PRIOR_ITEMS])
        if (row, C.TOTAL_PUBLIC) in old and (row, C.TOTAL_PUBLIC) in new:
            new[row, C.TOTAL_PUBLIC] = min(new[row, C.TOTAL_PUBLIC], old[row, C.TOTAL_PUBLIC] + new[row, C.NEWLY_PUBLIC])
        if (row, C.AMOUNT_WAN) in old and (row, C.AMOUNT_WAN) in new:
            less, more = sorted([old[row, C.AMOUNT_WAN], new[row, C.AMOUNT_WAN]])
            if less and _SLIP[0] <= Fraction(more) / Fraction(less) <= _SLIP[1]:
                new[row, C.AMOUNT_WAN] = old[row, C.AMOUNT_WAN]
    return this.replace({f"{this.matrix.key}.{row}.{column}": value for (row, column), value in new.items()})


def _not_copied(before: Report, report: Report) -> Report:
    """Y709: where all figures came out as last year's, an amount is another."""
    figures = [[(table.form.id, table.figures) for table in each.tables] for each in (before, report)]
    if figures[0] != figures[1] or not any(any(values) for _, values in figures[0]):
        return report
    amounts = [cell.address for table in report.tables for cell in table.matrix.cells if cell.kind is Kind.MONEY]
    return report.replace({address: Decimal(0) if report[address] else Decimal(1) for address in amounts[:1]})


def _count(table: Table, row: str, column: str) -> int:
    value = table[row, column]
    assert isinstance(value, int)  # noqa: S101 -- there are no blanks, and these rows hold counts
    return value


# --- a whole and its parts -------------------------------------------------------------------------------------------


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
