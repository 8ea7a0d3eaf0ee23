"""One table of a report as a value: its figures, and what stood in a cell that is not a plain figure.

Figures that do not add up are held as they are; values of a wrong type never get in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from decimal import Context, Decimal, localcontext
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, Self, overload

from attrs import field, frozen

from govinfo.errors import AddressError, FigureError
from govinfo.figure import (
    BLANK,
    MAX_COUNT,
    MONEY_FRACTION_DIGITS,
    MONEY_INTEGER_DIGITS,
    CellState,
    Mark,
    Value,
    refuse_value,
)
from govinfo.form import Form, Line, Matrix
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Outcome, OutcomeGroup

_COUNTS = frozenset((int, NoneType))


def exactly() -> AbstractContextManager[Context]:
    """A decimal context in which amounts of the size of a cell add up exactly, whatever the caller's own rounds to and raises."""
    return localcontext(Context(prec=2 * (MONEY_INTEGER_DIGITS + MONEY_FRACTION_DIGITS)))


class Counts(Mapping[str, Any]):
    """One row of a table: its figures by column key, or as attributes (`row.natural_person`, `row.total`).

    Columns that the row's band does not have are absent: `KeyError` by key, `AttributeError` by name.
    """

    __slots__ = ("_values", "line")

    line: Line
    _values: Mapping[str, Value | None]
    natural_person: int | None
    enterprise: int | None
    research_institution: int | None
    public_welfare_org: int | None
    legal_service_org: int | None
    other_org: int | None
    upheld: int | None
    corrected: int | None
    other_result: int | None
    pending: int | None
    total: int | None
    issued: int | None
    repealed: int | None
    in_force: int | None
    newly_made: int | None
    newly_public: int | None
    total_public: int | None
    prior_items: int | None
    net_change: int | None
    decisions: int | None
    projects: int | None
    amount: Decimal | None
    amount_wan: Decimal | None

    def __init__(self, line: Line, values: Mapping[str, Value | None]) -> None:
        object.__setattr__(self, "line", line)
        object.__setattr__(self, "_values", dict(values))

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash((self.line, frozenset(self._values.items())))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return self.line == other.line and self._values == other._values

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: a row is read only; use Table.replace")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name}: a row is read only")

    def __reduce__(self) -> tuple[Any, ...]:
        return Counts, (self.line, self._values)

    def __repr__(self) -> str:
        return f"Counts({self.line.key}: {', '.join(f'{k}={v}' for k, v in self._values.items())})"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            try:
                return self._values[name]
            except KeyError:
                raise AttributeError(f"the row {self.line.key} has no column {name!r}") from None


@frozen(repr=False, cache_hash=True)
class Table(Mapping[tuple[str, str], Any]):
    """The figures of one matrix of one form: an immutable mapping (row key, column key) -> value or None.

    `figures` are the values in the order of `matrix.cells`; `marked` the marks, as (address, mark) in that order.
    Raises `FigureError` for a value that the form does not accept, and for a cell with neither value nor mark.
    """

    matrix: Matrix
    figures: tuple[Value | None, ...] = field(converter=tuple[Value | None, ...])
    marked: tuple[tuple[str, Mark], ...] = field(default=(), converter=tuple[tuple[str, Mark], ...])

    def __attrs_post_init__(self) -> None:
        _refuse(self)

    @classmethod
    def of(cls, matrix: Matrix, values: Mapping[str, Value | Mark], marks: Mapping[str, Mark] = MappingProxyType({})) -> Self:
        """A table from {address: value}, every cell named. A `Mark` in place of a value says why there is none.

        `marks` adds marks to cells that have a value (a note, a unit). Raises `FigureError`, `AddressError`.
        """
        if missing := [address for address in matrix.addresses if address not in values]:
            more = "" if len(missing) == 1 else f" and {len(missing) - 1} more"
            raise FigureError(f"{missing[0]}{more}", None, f"a value or a Mark for each of the {len(matrix.cells)} cells (or Table.blank)")
        return cls._with(matrix, ({}, {}), values, marks)

    @classmethod
    def _trusted(cls, matrix: Matrix, figures: tuple[Value, ...]) -> Self:
        """A table of plain figures that its caller has just checked, cell by cell.

        For decoders, which check types and ranges as they read: to look at every figure again would cost more than
        all the sums of the report (benchmarks/json_report.py).
        """
        table = object.__new__(cls)
        put = object.__setattr__
        put(table, "matrix", matrix)
        put(table, "figures", figures)
        put(table, "marked", ())
        put(table, "_attrs_cached_hash", None)  # where `cache_hash` keeps it; a test hashes what is made here
        return table

    @classmethod
    def blank(cls, matrix: Matrix) -> Self:
        """A table whose cells are all blank: the empty form."""
        return cls(matrix, (None,) * len(matrix.cells), tuple((address, BLANK) for address in matrix.addresses))

    @classmethod
    def _with(
        cls,
        matrix: Matrix,
        old: tuple[dict[str, Value | None], dict[str, Mark]],
        new: Mapping[str, Value | Mark],
        more: Mapping[str, Mark],
    ) -> Self:
        values, marks = old
        for address in (*new, *more):
            matrix.cell(address)
        for address, value in new.items():
            marks.pop(address, None)
            if isinstance(value, Mark):
                values[address], marks[address] = None, value
            else:
                values[address] = value
        marks |= more
        order = matrix.addresses
        return cls(matrix, tuple(values.get(a) for a in order), tuple((a, marks[a]) for a in order if a in marks))

    @property
    def form(self) -> Form:
        """The form that the table is on; one report can hold tables of two."""
        return self.matrix.form

    @property
    def marks(self) -> Mapping[str, Mark]:
        """Address -> mark, for the cells that show something else than a plain figure."""
        return MappingProxyType(dict(self.marked))

    @property
    def by_address(self) -> Mapping[str, Value | None]:
        """Address -> value, in the order of the form."""
        return MappingProxyType(dict(zip(self.matrix.addresses, self.figures, strict=True)))

    @overload
    def __getitem__(self, key: tuple[Outcome | Flow, Applicant], /) -> int | None: ...
    @overload
    def __getitem__(self, key: tuple[DisputeTrack, DisputeResult], /) -> int | None: ...
    @overload
    def __getitem__(self, key: tuple[str, str], /) -> Value | None: ...
    @overload
    def __getitem__(self, key: str, /) -> Counts: ...
    def __getitem__(self, key: str | tuple[str, str], /) -> Value | Counts | None:
        if not isinstance(key, tuple):
            return self._row(key)
        index = self.matrix.index.get(key)
        # 总计 of section 3 and of section 4 share a value: a key of another enum is not a key of this table.
        if index is None or any(_foreign(k, line.key) for k, line in zip(key, self._lines(index), strict=True)):
            raise AddressError(key, self.form.id, f"section {self.matrix.key}", self.matrix.addresses if index is None else ())
        return self.figures[index]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.matrix.index)

    def __len__(self) -> int:
        return len(self.figures)

    def __contains__(self, key: object) -> bool:
        try:
            self[key]  # type: ignore[call-overload]  # whatever it is, the look-up says whether it is a key
        except (AddressError, TypeError):
            return False
        return isinstance(key, tuple)

    def _lines(self, index: int) -> tuple[Line, Line]:
        cell = self.matrix.cells[index]
        return cell.row, cell.column

    def _row(self, key: str) -> Counts:
        line = self.matrix.row(key)
        if _foreign(key, line.key):
            raise AddressError(key, self.form.id, f"the rows of section {self.matrix.key}")
        return Counts(line, {column: self.figures[i] for (row, column), i in self.matrix.index.items() if row == key})

    def at(self, address: str) -> Value | None:
        """The value at an address. Raises `AddressError`."""
        return self.figures[self.matrix.cell(address).index]

    def mark(self, address: str) -> Mark | None:
        """The mark at an address, None where the figure is plain. Raises `AddressError`."""
        self.matrix.cell(address)
        return next((mark for marked, mark in self.marked if marked == address), None)

    def state(self, address: str) -> CellState:
        """What stands at an address. Raises `AddressError`."""
        mark = self.mark(address)
        return mark.state if mark else CellState.VALUE

    def subtotal(self, rows: str | Iterable[str], columns: str | Iterable[str]) -> Value | None:
        """The sum over leaf rows and columns, None where one of the cells has no value.

        `rows` is a row key, an `OutcomeGroup` or several of either; `columns` a column key or several
        (`ORGANISATIONS`). The form prints no such subtotal. Raises `AddressError`.
        """
        wanted = [row for key in _each(rows) for row in self._leaves(key)]
        values = [self[row, column] for row in wanted for column in _each(columns)]
        known = [value for value in values if value is not None]
        if not values or len(known) < len(values):
            return None
        with exactly():
            return sum(known[1:], known[0])

    def _leaves(self, key: str) -> tuple[str, ...]:
        if not isinstance(key, OutcomeGroup):
            return (key,)
        leaves = tuple(row.key for row in self.matrix.rows if getattr(row.key, "group", None) is key)
        if not leaves:
            raise AddressError(key, self.form.id, f"the rows of section {self.matrix.key}")
        return leaves

    def replace(self, values: Mapping[str, Value | Mark], marks: Mapping[str, Mark] = MappingProxyType({})) -> Self:
        """A new table with other values at some addresses; a new value is plain unless `marks` says otherwise."""
        return self._with(self.matrix, (dict(self.by_address), dict(self.marked)), values, marks)

    def __repr__(self) -> str:
        states = Counter(mark.state for _, mark in self.marked)
        plain_ones = len(self.figures) - len(self.marked)
        shown = [f"{plain_ones} plain"] + [f"{n} {'marked' if s is CellState.VALUE else s.value}" for s, n in states.items()]
        return f"<Table {self.matrix.key} of {self.form.id}: {', '.join(shown)}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 -- as IPython calls it, and Hypothesis
        # Both would go through all attributes, down to the form of every cell.
        printer.text(repr(self))


def _each(keys: str | Iterable[str]) -> tuple[str, ...]:
    return (keys,) if isinstance(keys, str) else tuple(keys)


def _foreign(key: str, own: str) -> bool:
    return type(key) is not str and type(key) is not type(own)


def _refuse(table: Table) -> None:
    """Raise `FigureError` for the first thing in the table that a table cannot hold."""
    matrix, figures = table.matrix, table.figures
    if len(figures) != len(matrix.cells):
        raise FigureError(
            f"section {matrix.key} of {matrix.form.id}", f"{len(figures)} figures", f"{len(matrix.cells)} figures, one a cell"
        )
    # One look at the whole tuple settles the usual case; only what is unusual is gone through cell by cell.
    kinds = set(map(type, figures))
    counts: Any = [value for value in figures if value is not None] if NoneType in kinds else figures
    if not (matrix.all_counts and kinds <= _COUNTS and (not counts or (min(counts) >= 0 and max(counts) <= MAX_COUNT))):
        for cell, value in zip(matrix.cells, figures, strict=True):
            if value is not None:
                refuse_value(cell, value)
    if table.marked or NoneType in kinds:
        _refuse_marks(table)


def _refuse_marks(table: Table) -> None:
    """Raise `FigureError` where marks and figures contradict each other."""
    matrix, figures = table.matrix, table.figures
    for pair in table.marked:
        if type(pair) is not tuple or list(map(type, pair)) != [str, Mark]:
            raise FigureError(f"section {matrix.key}", pair, "pairs (address, Mark)")
    marks = dict(table.marked)
    if len(marks) != len(table.marked):
        twice = next(a for a, n in Counter(a for a, _ in table.marked).items() if n > 1)
        raise FigureError(twice, "two marks", "one mark a cell")
    for address, mark in table.marked:
        value = figures[matrix.cell(address).index]
        if (value is not None) != (mark.state is CellState.VALUE):
            raise FigureError(
                address, f"{value!r} marked {mark.state.value!r}", "a value with the state 'value', or none with another state"
            )
    for cell, value in zip(matrix.cells, figures, strict=True):
        if value is None and cell.address not in marks:
            raise FigureError(cell.address, None, "a value, or a Mark that says why there is none")
    if [a for a, _ in table.marked] != sorted(marks, key=matrix.index_of.__getitem__):
        raise FigureError(f"section {matrix.key}", "marks out of order", "marks in the order of the cells")
