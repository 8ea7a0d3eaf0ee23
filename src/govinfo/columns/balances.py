"""The equations of the forms over all rows at once.

Two passes. The first looks at every figure once, in blocks that fit the cache, and only asks which rows can be dismissed: it adds in
int32, where a sum may run over, so it also marks every row with a figure so large that one could. The second looks at the marked
rows alone, in int64, and decides the verdicts. Whatever the first marks too much costs time, never a verdict.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, cast

from attrs import field, frozen

from govinfo.balance import Balance, total
from govinfo.columns.arrow import ArrowTable, Bools, Ints, Stream, as_table, conformed, np, npt, pa, pc
from govinfo.columns.findings import Found, Instance, Side
from govinfo.columns.rows import iterate
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.errors import DataError, ProfileError
from govinfo.findings import Severity, Verdict
from govinfo.form import Form, Matrix
from govinfo.forms import FORMS
from govinfo.keys import TABLES
from govinfo.rules import RULES, Profile, check
from govinfo.table import exactly

BLOCK = 16_384
"""Rows added up at a time: some fifteen sums of a block at once lie in a cache of 1 MB."""
_PIECE = 4 * BLOCK  # marked rows that are looked at exactly at a time
_ORDER = {code: number for number, code in enumerate(RULES)}

COVERED = tuple(code for code in RULES if any(code == balance.code for form in FORMS for balance in form.balances))
"""The codes that `check_table` decides in columns: the equations of the released forms."""


def check_table(
    table: Stream,
    *,
    forms: Sequence[Form] = FORMS,
    codes: Collection[str] | None = None,
    verdicts: Collection[Verdict] = (Verdict.BROKEN, Verdict.UNKNOWN),
) -> ArrowTable:
    """The findings of `check` on every row of a table of reports: what is broken and what is unknown, or the verdicts asked for.

    Returns a `pyarrow.Table`: `report` (the row, from 0), `code`, `line`, `severity`, `verdict`, `cells`, `left`, `right`, by row and
    then in the order of `check`. Without `codes` these are the equations of the forms (`COVERED`), decided in columns. With `codes`
    they are any rules of one report (`codes=govinfo.RULES`: all of them, but for those over years and parts): what is no equation is
    held against report objects, as a bare report lets it, which takes hundreds of times as long. The sides are int64, or decimals
    as soon as money can be compared. Columns that are not needed may be missing. Raises `DataError` for a missing or unfit column
    or an unknown form, `ProfileError` for an unknown code.

    >>> from govinfo.columns import to_table
    >>> from govinfo.forms import CN_2021
    >>> from govinfo.report import Report, Table
    >>> figures = dict.fromkeys(CN_2021.disputes.addresses, 0) | {"disputes.reconsideration.upheld": 1}
    >>> found = check_table(to_table([Report(), Report(disputes=Table.of(CN_2021.disputes, figures))]))
    >>> [(f["report"], f["code"], f["verdict"], f["left"], f["right"]) for f in found.to_pylist()]
    [(1, 'D401', 'broken', 1, 0)]
    """
    layout = layout_of(forms)
    equations = {*COVERED, *(balance.code for form in forms for balance in form.balances)}
    wanted = equations if codes is None else set(codes)
    if unknown := sorted(wanted - equations - set(RULES)):
        raise ProfileError([("codes", f"no rule has the code {unknown[0]!r}; known are {', '.join(dict.fromkeys((*RULES, *equations)))}")])
    given = as_table(table)
    used = _used(given, layout)
    tied = [balance for _, matrix, _ in used for balance in matrix.balances if balance.code in wanted]
    balanced = [layout.schema.field(cell) for cell in dict.fromkeys(cell for balance in tied for cell in balance.cells)]
    found = Found(("report",), frozenset(verdicts))
    first = 0
    # Without a column Arrow does not know how many rows there are: that of a form is always there.
    for batch in conformed(given, [layout.schema.field(form_column(TABLES[0])), *balanced]).to_batches():
        _batch(batch, first, used, wanted, found)
        first += batch.num_rows
    _unstated(given.num_rows, used, wanted, found)
    scalar = tuple(code for code in RULES if code in wanted - equations)
    if scalar:
        profile = Profile(select=scalar)
        for row, report in enumerate(iterate(given, forms=forms)):
            for number, finding in enumerate(check(report, profile=profile)):
                found.scalar(finding, (row,), (0, _ORDER[finding.code], number))
    return found.table(
        decimals=bool(scalar) or any(layout.is_money(cell) for form in forms for balance in form.balances for cell in balance.cells)
    )


_Used = list[tuple[int, Matrix, Bools]]
"""The place of a section, a form's table of it, and the rows that are on it."""


def _used(given: ArrowTable, layout: Layout) -> _Used:
    """What tables there are. Raises `DataError` for a form that is not known."""
    found: _Used = []
    for place, section in enumerate(TABLES):
        column = conformed(given, [layout.schema.field(form_column(section))]).column(0)
        left = len(column) - column.null_count
        matrices = {form.id: matrix for form in layout.forms.values() for matrix in form.matrices if matrix.key == section}
        for form_id in reversed(matrices):  # the newest first: often it is the only one
            # Comparing strings to one is ten times as fast as coding them.
            on = cast("Bools", pc.fill_null(pc.equal(column, form_id), fill_value=False).to_numpy()) if left else np.zeros(0, np.bool_)
            if count := int(np.count_nonzero(on)):
                found.append((place, matrices[form_id], on))
                left -= count
        if left:
            known = pc.fill_null(pc.is_in(column, value_set=pa.array([*matrices], pa.string())), fill_value=False).to_numpy()
            row = int(np.flatnonzero(~known & pc.is_valid(column).to_numpy())[0])
            accepted = ", ".join(matrices) or "(none)"
            problem = f"no form {column[row].as_py()!r} with that section; accepted are {accepted}"
            raise DataError([(f"{form_column(section)}[{row}]", problem)])
    return found


def _batch(batch: Any, first: int, used: _Used, wanted: Collection[str], found: Found) -> None:
    """Every equation on the rows of one batch; `first` is the number of its first row."""
    for place, matrix, rows_on in used:
        on = rows_on[first : first + batch.num_rows]
        if not on.any():
            continue
        balances = [(n, balance) for n, balance in enumerate(matrix.balances) if balance.code in wanted]
        columns = {a: Column.of(batch.column(a)) for a in dict.fromkeys(a for _, b in balances for a in b.cells)}
        if Verdict.HOLDS not in found.verdicts:
            on = on & suspects(tuple(balance for _, balance in balances), columns, batch.num_rows)
        rows = np.flatnonzero(on)
        for start in range(0, len(rows), _PIECE):
            piece = rows[start : start + _PIECE]
            cells = {a: column.at(piece) for a, column in columns.items()}
            for n, balance in balances:
                left, right = (_side([cells[a] for a in side]) for side in (balance.left, balance.right))
                order = (0, _ORDER[balance.code], place, n) if balance.code in _ORDER else (1, place, n)
                instance = Instance(balance.code, balance.line, Severity.ERROR, balance.cells, order)
                found.compared(instance, [piece + first], left[0] == right[0], left, right)


def _unstated(rows: int, used: _Used, wanted: Collection[str], found: Found) -> None:
    """Where no table of a report states an equation, the rule does not apply."""
    for code in COVERED if Verdict.NOT_APPLICABLE in found.verdicts else ():
        if code in wanted:
            stated = np.zeros(rows, np.bool_)
            for _, matrix, on in used:
                if any(balance.code == code for balance in matrix.balances):
                    stated |= on
            found.said(Instance(code, "", Severity.ERROR, (), (0, _ORDER[code])), Verdict.NOT_APPLICABLE, [np.flatnonzero(~stated)])


def _side(cells: Sequence[Side]) -> Side:
    known = cells[0][1]
    for _, there in cells[1:]:
        known = known & there
    with exactly():
        return total(values for values, _ in cells), known


@frozen
class Column:
    """The figures of a cell in one batch: the int32 values where they lie, and the bits that say which there are (None: all)."""

    values: npt.NDArray[np.int32] | None
    bits: npt.NDArray[np.uint8] | None
    array: Any = field(repr=False)

    @classmethod
    def of(cls, array: Any) -> "Column":
        """The column of an Arrow array; of money `values` is None."""
        validity, *rest = array.buffers()
        first, rows = array.offset, len(array)
        bits: npt.NDArray[np.uint8] | None = None
        if array.null_count:
            packed = np.frombuffer(validity, np.uint8)[first // 8 : (first + rows + 7) // 8]
            bits = packed if first % 8 == 0 else np.packbits(_unpacked(packed, first % 8, rows), bitorder="little")
        if array.type != pa.int32():
            return cls(None, bits, array)
        values = np.frombuffer(rest[0], np.int32)[first : first + rows] if rows else np.zeros(0, np.int32)
        return cls(values, bits, array)

    def at(self, rows: Ints) -> Side:
        """The values in some rows, with 0 where there is none, and where there is one."""
        known = np.ones(len(rows), np.bool_)
        if self.bits is not None:
            known = ((self.bits[rows >> 3] >> (rows & 7).astype(np.uint8)) & 1).astype(np.bool_)
        if self.values is None:
            amounts = [Decimal(0) if value is None else value for value in self.array.take(pa.array(rows)).to_pylist()]
            return np.array([*amounts, None], np.object_)[:-1], known  # the None keeps an empty one an array of objects
        values = self.values[rows].astype(np.int64)
        values[~known] = 0
        return values, known


def _unpacked(packed: npt.NDArray[np.uint8], first: int, rows: int) -> Bools:
    return np.unpackbits(packed, bitorder="little", count=first + rows)[first:].view(np.bool_)


def suspects(balances: tuple[Balance, ...], columns: Mapping[str, Column], rows: int) -> Bools:
    """The rows that may not satisfy every balance; all others do. Not more than a few should be there, in data as it is published."""
    found = np.zeros(rows, np.bool_)
    cells = list(dict.fromkeys(a for balance in balances for a in balance.cells))
    if any(columns[cell].values is None for cell in cells):
        return ~found  # money is added up exactly
    lacking = [bits for cell in cells if (bits := columns[cell].bits) is not None]
    if lacking:
        found |= ~_unpacked(np.bitwise_and.reduce(lacking), 0, rows)
    if balances:
        script, sums, large = _script(balances)
        buffers = [np.zeros(BLOCK, np.int32) for _ in range(sums)]
        gaps, bits = np.zeros(BLOCK, np.int32), np.zeros(BLOCK, np.int32)
        for first in range(0, rows, BLOCK):
            size = min(BLOCK, rows - first)
            views, gap, bit = [buffer[:size] for buffer in buffers], gaps[:size], bits[:size]
            gap[:], bit[:] = 0, 0
            for cell, uses in script:
                values = columns[cell].values
                assert values is not None  # noqa: S101 -- seen to above
                _added(values[first : first + size], uses, views, gap, bit)
            np.bitwise_and(bit, large, out=bit)
            np.bitwise_or(gap, bit, out=gap)
            np.logical_or(found[first : first + size], gap, out=found[first : first + size])
    return found


_Use = tuple[int, int, bool, bool]
"""One use of a cell in a sum: the number of the sum, the sign, whether it is the first and the last."""


def _added(figures: npt.NDArray[np.int32], uses: Sequence[_Use], sums: Sequence[Any], gap: Any, bits: Any) -> None:
    """Add a block of one cell to the sums that use it, while it is in the cache; a sum that is whole leaves its bits in `gap`."""
    np.bitwise_or(bits, figures, out=bits)
    for number, sign, is_first, is_last in uses:
        if is_first:
            np.copyto(sums[number], figures)
        elif sign > 0:
            np.add(sums[number], figures, out=sums[number])
        else:
            np.subtract(sums[number], figures, out=sums[number])
        if is_last:
            np.bitwise_or(gap, sums[number], out=gap)


@cache
def _script(balances: tuple[Balance, ...]) -> tuple[tuple[tuple[str, tuple[_Use, ...]], ...], int, np.int32]:
    """The cells in the order of the form, each with its uses; how many sums are open at once; the bits of a figure that is large.

    Sums are left less right, in int32, where they wrap around: one that is not 0 and less than 2^32 does not look like 0.
    """
    places = _places(balances)
    order: dict[str, list[tuple[int, int]]] = {}
    for number, balance in enumerate(balances):
        start = balance.signs[min(balance.cells, key=places.__getitem__)]  # signs count from the first cell: only 0 matters
        for cell, sign in balance.signs.items():
            order.setdefault(cell, []).append((number, sign * start))
    left, free, slot, used = {n: len(b.cells) for n, b in enumerate(balances)}, list[int](), dict[int, int](), 0
    script: list[tuple[str, tuple[_Use, ...]]] = []
    for cell in sorted(order, key=places.__getitem__):
        uses: list[_Use] = []
        for number, sign in order[cell]:
            if is_first := number not in slot:
                slot[number] = free.pop() if free else (used := used + 1) - 1
            left[number] -= 1
            uses.append((slot[number], sign, is_first, not left[number]))
            if not left[number]:
                free.append(slot[number])
        script.append((cell, tuple(uses)))
    longest = max(len(balance.cells) for balance in balances)
    small = (2**32 // longest).bit_length() - 1
    return tuple(script), used, np.int32(-(2**small))


def _places(balances: tuple[Balance, ...]) -> Mapping[str, int]:
    """The cells in an order that lets sums be finished early: by row, as the addresses say, each row where it first appears."""
    cells = list(dict.fromkeys(a for balance in balances for a in balance.cells))
    rows = {row: n for n, row in enumerate(dict.fromkeys(a.rpartition(".")[0] for a in cells))}
    return {cell: n for n, cell in enumerate(sorted(cells, key=lambda a: rows[a.rpartition(".")[0]]))}
