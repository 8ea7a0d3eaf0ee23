"""Hypothesis strategies for reports, tables and what they are made of. Needs the extra `strategies`.

Reports are valid by construction: cells are drawn only where the balances leave them free, and the others follow in an
order that is derived from the form (`govinfo.solve.plan`). Nothing is drawn and thrown away, so no health check has to
be silenced, and every form works, a caller's own as well. Everything shrinks to the report whose cells are all 0.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from govinfo.errors import MissingExtraError
from govinfo.form import Cell, Form, Kind, Matrix
from govinfo.forms import FORMS
from govinfo.keys import TABLES, ProactiveColumn, ReportScope, Section
from govinfo.narrative import Statement, statements
from govinfo.report import (
    ABSENT,
    BLANK,
    MAX_COUNT,
    MONEY_FRACTION_DIGITS,
    MONEY_INTEGER_DIGITS,
    CellState,
    Mark,
    Report,
    Table,
    Value,
    plain,
)
from govinfo.solve import plan

try:
    from hypothesis import strategies as st
except ImportError as error:  # pragma: no cover -- the tests themselves need the extra
    raise MissingExtraError("strategies", "govinfo.strategies") from error

__all__ = ["MAX_MONEY", "counts", "marks", "money", "prose", "reports", "tables"]

MAX_MONEY = 10**MONEY_INTEGER_DIGITS - 1
"""The largest amount without a fraction that a cell can hold."""

_FEN_IN_WAN = 6  # fractional digits of an amount in 万元, down to 1 分
_YEARS = 30  # years after its first that a form still in use is drawn for
_EMPTY = (BLANK, Mark(CellState.SLASH, "/"), Mark(CellState.DASH, "-"), Mark(CellState.DASH, "—"))
# Which of the three tables are there: mostly all, now and then one is missing, or all are.
_ALL = (True,) * len(TABLES)
_PRESENT = [*[_ALL] * 8, *(tuple(n != missing for n in range(len(TABLES))) for missing in range(len(TABLES))), (False,) * len(TABLES)]
_LINES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
_PROSE = st.none() | st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"))


def counts(*, min_value: int = 0, max_value: int = MAX_COUNT) -> st.SearchStrategy[int]:
    """Counts of things, 0 to 999,999,999 unless bounded."""
    return st.integers(min_value, max_value)


def money(
    *, min_value: Decimal | int = 0, max_value: Decimal | int = MAX_MONEY, max_places: int = _FEN_IN_WAN
) -> st.SearchStrategy[Decimal]:
    """Amounts of money with at most `max_places` fractional digits: 6 is an amount in 万元 down to 1 分, 10 the limit."""
    if not 0 <= max_places <= MONEY_FRACTION_DIGITS:
        raise ValueError(f"max_places is from 0 to {MONEY_FRACTION_DIGITS}, not {max_places}")
    low, high = Fraction(min_value), Fraction(max_value)

    def of(places: int) -> st.SearchStrategy[Decimal]:
        # Made from text, because arithmetic would round to the precision of the current context.
        units = st.integers(ceil(low * 10**places), floor(high * 10**places))
        return units.map(lambda number: Decimal(f"{number}e-{places}"))

    fitting = [places for places in range(max_places + 1) if ceil(low * 10**places) <= floor(high * 10**places)]
    if not fitting:
        raise ValueError(f"no amount of at most {max_places} fractional digits lies from {min_value} to {max_value}")
    return st.one_of([of(places) for places in fitting])


def marks(cell: Cell, *, value: Value | None = None) -> st.SearchStrategy[Mark]:
    """What the cell may show instead of a plain figure: a mark of that value, or without one a mark that says why.

    The text of a mark reads back to the value and to the mark itself.
    """
    return st.sampled_from(_EMPTY if value is None else _worded(cell, value))


def _worded(cell: Cell, value: Value) -> tuple[Mark, ...]:
    """Ways seen in print of saying a figure in other words than plain digits."""
    noted = Mark(CellState.VALUE, f"{plain(value)}（含下属单位）", "含下属单位")
    if cell.kind is Kind.MONEY:
        # A unit in the cell says something only where the form does not fix one.
        return (noted,) if cell.unit else (noted, Mark(CellState.VALUE, f"{plain(value)}万元", unit="万元"))
    if not cell.signed or not value:
        return (noted,)
    return (noted, Mark(CellState.VALUE, f"增{value}" if value > 0 else f"减{-value}"))


def tables(
    matrix: Matrix | None = None, *, forms: Sequence[Form] = FORMS, max_value: int = MAX_COUNT, blanks: bool = False
) -> st.SearchStrategy[Table]:
    """Tables for which every balance holds: of that matrix, or of any of those forms.

    `max_value` bounds every count; totals are kept below it by making their parts smaller. With `blanks` some cells
    are blank, hold a slash or a dash, are absent by whole rows, or show their figure with a note.
    """
    if matrix is None:
        return st.one_of([tables(m, forms=forms, max_value=max_value, blanks=blanks) for form in reversed(forms) for m in form.matrices])
    figures = _figures(matrix, max_value)
    if not blanks:
        return figures.map(lambda values: Table.of(matrix, values))
    shown = st.lists(st.tuples(st.integers(0, len(matrix.cells) - 1), st.integers(0, 9)))
    return st.builds(lambda *drawn: _marked(matrix, *drawn), figures, shown, _absent_rows(matrix, forms))


def _figures(matrix: Matrix, max_value: int) -> st.SearchStrategy[dict[str, Value]]:
    """Values for all cells of a matrix."""
    tied = {address for balance in matrix.balances for address in balance.cells}
    alone = [cell for cell in matrix.cells if cell.address not in tied]
    names = [cell.address for cell in alone]
    drawn = st.tuples(*(_alone(cell, max_value) for cell in alone)).map(
        lambda values: _not_below_zero(dict(zip(names, values, strict=True)))
    )
    return st.tuples(drawn, _balanced(matrix, tied, max_value)).map(lambda both: both[0] | both[1]) if tied else drawn


def _not_below_zero(values: dict[str, Value]) -> dict[str, Value]:
    """No more items are taken away in a year than there were (rule P207)."""
    for address, value in values.items():
        row, _, column = address.rpartition(".")
        if column == ProactiveColumn.NET_CHANGE:
            values[address] = max(value, -values.get(f"{row}.{ProactiveColumn.PRIOR_ITEMS}", 0))
    return values


def _alone(cell: Cell, max_value: int) -> st.SearchStrategy[Value]:
    return money() if cell.kind is Kind.MONEY else counts(min_value=-max_value if cell.signed else 0, max_value=max_value)


def _balanced(matrix: Matrix, tied: set[str], max_value: int) -> st.SearchStrategy[dict[str, Value]]:
    """Values for the cells that lie in balances: small ones in one draw, some large ones, often one column alone."""
    cells = [cell for cell in matrix.cells if cell.address in tied]
    made = plan(matrix.balances, tuple(cell.address for cell in cells))
    column_of = {cell.address: cell.column.key for cell in cells}
    slots = len(made.slots)

    def filled(small: bytes, large: list[tuple[int, int]], column: str | None) -> dict[str, Value]:
        given = dict(zip(made.slots, small, strict=True)) | {made.slots[n]: amount for n, amount in large}
        given = {a: amount for a, amount in given.items() if column in (None, column_of[a])}
        values = made.follow(given)
        while (largest := max(values.values())) > max_value:
            given = {address: amount * max_value // largest for address, amount in given.items()}
            values = made.follow(given)
        return {
            cell.address: Decimal(value) if cell.kind is Kind.MONEY else value for cell, value in zip(cells, values.values(), strict=True)
        }

    small = st.just(bytes(slots)) | st.binary(min_size=slots, max_size=slots)
    large = st.lists(st.tuples(st.integers(0, slots - 1), counts(max_value=max_value)))
    return st.builds(filled, small, large, st.none() | st.sampled_from([column.key for column in matrix.columns]))


def _absent_rows(matrix: Matrix, forms: Sequence[Form]) -> st.SearchStrategy[set[str]]:
    """Keys of rows that the document may lack: not all, and none that tells the form from others."""
    others = [{row.key for row in m.rows} for form in forms for m in form.matrices if m.key == matrix.key]
    shared = [row.key for row in matrix.rows[1:] if all(row.key in rows for rows in others)]
    if matrix.flat or not shared:  # a flat table is one printed row
        return st.sets(st.nothing())
    return st.sets(st.sampled_from(shared), max_size=3)


def _marked(matrix: Matrix, figures: Mapping[str, Value], shown: Sequence[tuple[int, int]], absent: set[str]) -> Table:
    values: dict[str, Value | Mark] = dict(figures)
    noted: dict[str, Mark] = {}
    for place, number in shown:
        cell = matrix.cells[place]
        choice = (*_EMPTY, *_worded(cell, figures[cell.address]))
        mark = choice[number % len(choice)]
        if mark.state is CellState.VALUE:
            values[cell.address], noted[cell.address] = figures[cell.address], mark
        else:
            values[cell.address] = mark
            noted.pop(cell.address, None)
    for cell in matrix.cells:
        if cell.row.key in absent:
            values[cell.address] = ABSENT
            noted.pop(cell.address, None)
    return Table.of(matrix, values, noted)


def reports(*, forms: Sequence[Form] = FORMS, max_value: int = MAX_COUNT, blanks: bool = False) -> st.SearchStrategy[Report]:
    """Reports for which every balance holds, on any of those forms, for a year that the form is for or none.

    Some pair the tables of two forms (their year is None); some lack tables. Prose, organ and title are any text or
    None. `max_value` and `blanks` are those of `tables`.
    """
    newest_first = list(reversed(forms))
    pairs = [
        (a, b) for a in newest_first for b in newest_first if a is not b and Section.PROACTIVE in _keys(a) and Section.REQUESTS in _keys(b)
    ]
    pure = [_on(form, form, forms, max_value, blanks=blanks) for form in newest_first]
    return st.one_of([*pure, *(_on(one, other, forms, max_value, blanks=blanks) for one, other in pairs)])


def _keys(form: Form) -> set[str]:
    return {matrix.key for matrix in form.matrices}


def _on(first: Form, rest: Form, forms: Sequence[Form], max_value: int, *, blanks: bool) -> st.SearchStrategy[Report]:
    """Reports whose section 2 is on one form, and whose sections 3 and 4 are on another or the same."""

    def section(form: Form, key: str) -> st.SearchStrategy[Table | None]:
        return tables(form.matrix(key), forms=forms, max_value=max_value, blanks=blanks) if key in _keys(form) else st.none()

    def made(
        found: tuple[Table | None, ...],
        present: tuple[bool, ...],
        said: tuple[int | None, int | None, ReportScope | None],
        words: tuple[str | None, ...],
    ) -> Report:
        two, three, four = (table if there else None for table, there in zip(found, present, strict=True))
        year, day, scope = said
        # Section 4 is printed alike on all forms: it is taken for that of section 3, else of section 2, else of the year.
        if three is None and (first is not rest or (two is None and year is None)):
            four = None
        published_on = None if day is None else dt.date((year or first.first_year) + 1, 1, 1) + dt.timedelta(day)
        texts = dict(zip(("organ", "title", "overview", "problems", "other_matters"), words, strict=True))
        return Report(year=year, scope=scope, published_on=published_on, proactive=two, requests=three, disputes=four, **texts)

    last = first.last_year or first.first_year + _YEARS
    year = st.none() if first is not rest else st.none() | st.integers(first.first_year, last)
    in_january = st.none() | st.integers(0, 30)
    return st.builds(
        made,
        st.tuples(section(first, Section.PROACTIVE), section(rest, Section.REQUESTS), section(rest, Section.DISPUTES)),
        st.sampled_from(_PRESENT),
        st.tuples(year, in_january, st.sampled_from([None, *ReportScope])),
        st.tuples(st.none() | _LINES, st.none() | _LINES, _PROSE, _PROSE, _PROSE),
    )


def prose(report: Report) -> st.SearchStrategy[list[Statement]]:
    """Sentences that state figures of that report in varied wording, each with the places of its figures; see `Statement.altered`."""

    @st.composite
    def drawn(draw: st.DrawFn) -> list[Statement]:
        return statements(report, lambda wordings: draw(st.sampled_from(wordings)))

    return drawn()
