"""The equations of the forms over all rows at once.

Two passes: `sieve` looks at every figure once and dismisses the rows that satisfy every equation; what it leaves is looked at here, in
int64 or in Decimals, and the verdicts are decided.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, cast

from attrs import frozen

from govinfo.balance import total
from govinfo.columns.arrow import ArrowTable, Bools, Ints, Stream, as_table, conformed, np, pc
from govinfo.columns.figures import refuse_unknown_forms
from govinfo.columns.findings import Found, Instance, Side, refuse_codes, several
from govinfo.columns.rows import iterate
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.columns.sieve import BLOCK, Column, Script, lacking, script_of, suspects
from govinfo.findings import Severity, Verdict
from govinfo.form import Form, Matrix
from govinfo.forms import FORMS
from govinfo.keys import TABLES
from govinfo.rules import RULES, Profile, check
from govinfo.table import exactly

_PIECE = 8 * BLOCK  # rows looked at at a time
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
    refuse_codes(codes or (), (*RULES, *equations))
    wanted = equations if codes is None else set(codes)
    given = as_table(table)
    used = _used(given, layout)
    plans = [(plan, on) for place, matrix, on in used if (plan := _plan(matrix, place, frozenset(wanted))).equations]
    cells = dict.fromkeys(cell for plan, _ in plans for cell in plan.cells)
    found = Found(("report",), several(verdicts))
    first = 0
    # Without a column Arrow does not know how many rows there are: that of a form is always there.
    for batch in _batches(given, [layout.fields[name] for name in (form_column(TABLES[0]), *cells)]):
        _batch(batch, first, plans, found)
        first += batch.num_rows
    _unstated(given.num_rows, used, wanted, found)
    scalar = tuple(code for code in RULES if code in wanted - equations)
    if scalar:
        profile = Profile(select=scalar)
        for row, report in enumerate(iterate(given, forms=forms)):
            for number, finding in enumerate(check(report, profile=profile)):
                found.scalar(finding, (row,), (0, _ORDER[finding.code], number))
    balanced_cells = (cell for form in forms for balance in form.balances for cell in balance.cells)
    return found.table(decimals=bool(scalar) or not layout.places.keys().isdisjoint(balanced_cells))


_Used = list[tuple[int, Matrix, Bools]]
"""The place of a section, a form's table of it, and the rows that are on it."""


def _used(given: ArrowTable, layout: Layout) -> _Used:
    """What tables there are. Raises `DataError` for a form that is not known."""
    found: _Used = []
    for place, section in enumerate(TABLES):
        column = conformed(given, [layout.fields[form_column(section)]]).column(0)
        left = len(column) - column.null_count
        matrices = {form.id: matrix for form in layout.forms.values() for matrix in form.matrices if matrix.key == section}
        for form_id in reversed(matrices):  # the newest first: often it is the only one
            # Comparing strings to one is ten times as fast as coding them.
            on = cast("Bools", pc.fill_null(pc.equal(column, form_id), fill_value=False).to_numpy()) if left else np.zeros(0, np.bool_)
            if count := int(np.count_nonzero(on)):
                found.append((place, matrices[form_id], on))
                left -= count
        if left:
            refuse_unknown_forms(column, section, [*matrices])
    return found


_Equation = tuple[Instance, tuple[int, ...], tuple[int, ...]]
"""An equation, with the places of the cells of its two sides among those of the plan."""


@frozen
class _Plan:
    """What is done for the equations of one table of a form."""

    cells: tuple[str, ...]
    equations: tuple[_Equation, ...]
    script: Script


@cache
def _plan(matrix: Matrix, section: int, wanted: frozenset[str]) -> _Plan:
    chosen = [(number, balance) for number, balance in enumerate(matrix.balances) if balance.code in wanted]
    cells = tuple(dict.fromkeys(cell for _, balance in chosen for cell in balance.cells))
    place = {cell: number for number, cell in enumerate(cells)}
    equations: list[_Equation] = []
    for number, balance in chosen:
        order = (0, _ORDER[balance.code], section, number) if balance.code in _ORDER else (1, section, number)
        instance = Instance(balance.code, balance.line, Severity.ERROR, balance.cells, order)
        left, right = (tuple(place[cell] for cell in side) for side in (balance.left, balance.right))
        equations.append((instance, left, right))
    return _Plan(cells, tuple(equations), script_of(tuple(balance for _, balance in chosen)))


def _batches(given: ArrowTable, fields: Sequence[Any]) -> Iterator[Any]:
    """Those columns, no more than a piece of their rows at a time; where they come in scraps, these are put together."""
    for first in range(0, max(given.num_rows, 1), _PIECE):  # columns are looked for where there are no rows, too
        piece = conformed(given.slice(first, _PIECE), fields)
        batches = piece.to_batches()
        yield from batches if len(batches) <= 1 + piece.num_rows // BLOCK else piece.combine_chunks().to_batches()


def _batch(batch: Any, first: int, plans: Sequence[tuple[_Plan, Bools]], found: Found) -> None:
    """Every equation on the rows of one batch; `first` is the number of its first row."""
    rows, arrays = batch.num_rows, dict(zip(batch.schema.names, batch.columns, strict=True))
    for plan, rows_on in plans:
        on = rows_on[first : first + rows]
        columns = [Column.of(arrays[cell]) for cell in plan.cells]
        blanks = [_Blanks(*(lacking([columns[place] for place in side], rows) for side in sides)) for _, *sides in plan.equations]
        if Verdict.UNKNOWN in found.verdicts:
            for equation, blank in zip(plan.equations, blanks, strict=True):
                _undecided(equation, columns, blank, blank.rows[on[blank.rows]], first, found)
        if Verdict.HOLDS not in found.verdicts:
            on = on & suspects(plan.script, dict(zip(plan.cells, columns, strict=True)), [blank.rows for blank in blanks], rows)
        _decided(plan, columns, blanks, np.flatnonzero(on), first, found)


@frozen(slots=False)
class _Blanks:
    """The rows in which a side of an equation lacks a figure; both empty where no row does."""

    left: Bools
    right: Bools

    @cached_property
    def rows(self) -> Ints:
        """The rows in which either does."""
        if len(self.left) and len(self.right):
            return np.flatnonzero(self.left | self.right)
        return np.flatnonzero(self.left if len(self.left) else self.right)


def _undecided(equation: _Equation, columns: Sequence[Column], blanks: _Blanks, rows: Ints, first: int, found: Found) -> None:
    """An equation in rows that lack a figure of it: the side that lacks none is known."""
    if not len(rows):
        return
    instance, *places = equation
    sides: list[Side] = []
    for side, lacks in zip(places, (blanks.left, blanks.right), strict=True):
        known = ~lacks[rows] if len(lacks) else np.ones(len(rows), np.bool_)
        with exactly():
            there = total(columns[place].at(rows[known]) for place in side)
        values = np.zeros(len(rows), there.dtype)
        values[known] = there
        sides.append((values, known))
    found.judged(instance, Verdict.UNKNOWN, np.ones(len(rows), np.bool_), [rows + first], *sides)


def _decided(plan: _Plan, columns: Sequence[Column], blanks: Sequence[_Blanks], rows: Ints, first: int, found: Found) -> None:
    """Every equation in some rows, where they lack no figure of it."""
    if not len(rows):
        return
    values, numbers = [column.at(rows) for column in columns], [rows + first]
    for (instance, *places), blank in zip(plan.equations, blanks, strict=True):
        with exactly():
            left, right = (total(values[place] for place in side) for side in places)
        holds = left == right
        if holds.all() and Verdict.HOLDS not in found.verdicts:
            continue
        known = np.ones(len(rows), np.bool_)
        for lacks in (blank.left, blank.right):
            if len(lacks):
                known &= ~lacks[rows]
        found.judged(instance, Verdict.HOLDS, known & holds, numbers, (left, known), (right, known))
        found.judged(instance, Verdict.BROKEN, known & ~holds, numbers, (left, known), (right, known))


def _unstated(rows: int, used: _Used, wanted: Collection[str], found: Found) -> None:
    """Where no table of a report states an equation, the rule does not apply."""
    for code in COVERED if Verdict.NOT_APPLICABLE in found.verdicts else ():
        if code in wanted:
            stated = np.zeros(rows, np.bool_)
            for _, matrix, on in used:
                if any(balance.code == code for balance in matrix.balances):
                    stated |= on
            found.said(Instance(code, "", Severity.ERROR, (), (0, _ORDER[code])), Verdict.NOT_APPLICABLE, [np.flatnonzero(~stated)])
