"""What reports are made of: counts, amounts, marks, and tables that add up."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st

from govinfo.form import Cell, Form, Kind, Matrix
from govinfo.forms import FORMS
from govinfo.keys import ProactiveColumn
from govinfo.report import (
    ABSENT,
    BLANK,
    MAX_COUNT,
    MONEY_FRACTION_DIGITS,
    MONEY_INTEGER_DIGITS,
    CellState,
    Mark,
    Table,
    Value,
    plain,
)
from govinfo.solve import plan

MAX_MONEY = 10**MONEY_INTEGER_DIGITS - 1
"""The largest amount without a fraction that a cell can hold."""

_FEN_IN_WAN = 6  # fractional digits of an amount in 万元, down to 1 分
_THOUSAND = 1_000
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}  # full-width digits: １２
_EMPTY = (BLANK, Mark(CellState.SLASH, "/"), Mark(CellState.DASH, "-"), Mark(CellState.DASH, "—"))


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
    """Ways of saying a figure in other words than plain digits: with a note, a unit, a sign in words, wide digits, commas."""
    noted = Mark(CellState.VALUE, f"{plain(value)}（含下属单位）", "含下属单位")
    if cell.kind is Kind.MONEY:
        # A unit in the cell says something only where the form does not fix one.
        return (noted,) if cell.unit else (noted, Mark(CellState.VALUE, f"{plain(value)}万元", unit="万元"))
    if cell.signed:
        return (noted, Mark(CellState.VALUE, f"增{value}" if value > 0 else f"减{-value}")) if value else (noted,)
    others = [Mark(CellState.VALUE, plain(value).translate(_WIDE))]
    others += [Mark(CellState.VALUE, f"{value}{cell.unit}", unit=cell.unit)] if cell.unit else []
    others += [Mark(CellState.VALUE, f"{value:,}")] if value >= _THOUSAND else []
    return (noted, *others)


def tables(
    matrix: Matrix | None = None,
    *,
    forms: Sequence[Form] = FORMS,
    max_value: int = MAX_COUNT,
    max_amount: Decimal | int = MAX_MONEY,
    blanks: bool = False,
) -> st.SearchStrategy[Table]:
    """Tables for which every balance holds: of that matrix, or of any of those forms.

    `max_value` bounds every count, `max_amount` money; totals are kept below it by making their parts smaller. With `blanks` some cells
    are blank, hold a slash or a dash, are absent by whole rows, or show their figure with a note.
    """
    if matrix is None:
        of_each = (matrix for form in reversed(forms) for matrix in form.matrices)
        return st.one_of([tables(m, forms=forms, max_value=max_value, max_amount=max_amount, blanks=blanks) for m in of_each])
    figures = _figures(matrix, max_value, max_amount)
    if not blanks:
        return figures.map(lambda values: Table.of(matrix, values))
    shown = st.lists(st.tuples(st.integers(0, len(matrix.cells) - 1), st.integers(0, 9)))
    return st.builds(lambda *drawn: _marked(matrix, *drawn), figures, shown, _absent_rows(matrix, forms))


def _figures(matrix: Matrix, max_value: int, max_amount: Decimal | int) -> st.SearchStrategy[dict[str, Value]]:
    """Values for all cells of a matrix."""
    tied = {address for balance in matrix.balances for address in balance.cells}
    alone = [cell for cell in matrix.cells if cell.address not in tied]
    names = [cell.address for cell in alone]
    drawn = st.tuples(*(_alone(cell, max_value, max_amount) for cell in alone)).map(
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


def _alone(cell: Cell, max_value: int, max_amount: Decimal | int) -> st.SearchStrategy[Value]:
    return (
        money(max_value=max_amount) if cell.kind is Kind.MONEY else counts(min_value=-max_value if cell.signed else 0, max_value=max_value)
    )


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
