"""The rules over two years that compare sums, over a table of reports of many organs and years."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from govinfo.columns.arrow import ArrowTable, Bools, Ints, Stream, as_table, conformed, ints, np, pa, pc, valid
from govinfo.columns.findings import Found, Instance, Side
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.errors import DataError, FigureError, ProfileError
from govinfo.findings import Verdict
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.rules import RULES
from govinfo.rules.organ import same_body
from govinfo.rules.years import COMPARISONS, Comparison, Term

YEARS_COVERED = tuple(code for code in RULES if code in COMPARISONS)
"""The codes that `check_years_table` decides: those that compare sums of two consecutive years."""


def check_years_table(
    table: Stream,
    *,
    organ: str = "organ",
    forms: Sequence[Form] = FORMS,
    codes: Collection[str] = YEARS_COVERED,
    verdicts: Collection[Verdict] = (Verdict.BROKEN, Verdict.UNKNOWN),
) -> ArrowTable:
    """The findings of `check_years`, by the rules `YEARS_COVERED`, on the reports of every organ in a table, in whatever order.

    `organ` names the column that says which rows are one organ's: names, or ids of your own in a column beside those of the schema.
    Returns a `pyarrow.Table` as `check_table` does, with `report` the row of the later year and `before` that of the earlier; an
    organ with one report gives none. Raises `FigureError` where a row has no organ or no year, or an organ a year twice; `DataError`
    for a missing or unfit column, `ProfileError` for a code that is not covered.
    """
    _refuse_codes(codes, YEARS_COVERED)
    given, layout = as_table(table), layout_of(forms)
    if organ in given.column_names and pa.types.is_nested(kind := given.schema.field(organ).type):
        raise DataError([(organ, f"given {kind}, accepted are names, or ids of one value")])
    said = conformed(given, [layout.schema.field(name) for name in ("organ", "year", "scope")])
    before, after = _pairs(
        conformed(
            given, [pa.field(organ, given.schema.field(organ).type)] if organ in given.column_names else [pa.field(organ, pa.string())]
        ).column(0),
        said.column("year"),
    )
    apart = _apart(said, before, after)
    found = Found(("report", "before"), frozenset(verdicts))
    for number, code in enumerate(YEARS_COVERED):
        if code in codes:
            comparison, rule = COMPARISONS[code], RULES[code]
            fit = ~apart & _on(given, comparison, layout, before, after)
            found.said(Instance(code, "", rule.severity, (), (number,)), Verdict.NOT_APPLICABLE, [after[~fit], before[~fit]])
            if fit.any():
                rows = (after[fit], before[fit])
                cells = {cell for instance in comparison.instances for cell in instance.cells}
                columns = Figures(conformed(given, [layout.schema.field(cell) for cell in sorted(cells)]))
                for place, instance in enumerate(comparison.instances):
                    left, right = (columns.sum(side, rows) for side in (instance.left, instance.right))
                    own = Instance(code, instance.line, rule.severity, instance.cells, (number, place))
                    both = left[1] & right[1]  # where one side is unknown the rules over years say neither
                    found.compared(own, rows, comparison.holds(left[0], right[0]), (left[0], both), (right[0], both))
    return found.table()


def _refuse_codes(codes: Iterable[str], covered: Sequence[str]) -> None:
    if unknown := sorted(set(codes) - set(covered)):
        raise ProfileError([("codes", f"{unknown[0]!r} is not decided here; accepted are {', '.join(covered)}")])


def _pairs(organs: Any, years: Any) -> tuple[Ints, Ints]:
    """The rows of every two consecutive reports of one organ: the earlier, the later."""
    for name, column in (("organ", organs), ("year", years)):
        if column.null_count:
            row = int(np.flatnonzero(~valid(column))[0])
            raise FigureError(f"{name}[{row}]", None, f"a table whose rows all say their {name}: leave the others out")
    if not len(organs):  # a table without rows may have columns without a piece, or of no type
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    coded = pc.dictionary_encode(organs)
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    whose, when = coded.indices.to_numpy().astype(np.int64), ints(years)
    order = np.lexsort((when, whose))
    before, after = order[:-1], order[1:]
    same = whose[before] == whose[after]
    if (twice := np.flatnonzero(same & (when[before] == when[after]))).size:
        row = int(after[twice[0]])
        raise FigureError(f"year[{row}]", f"{organs[row].as_py()} {when[row]}", "one report a year of an organ; this one is there twice")
    return before[same], after[same]


def _apart(said: ArrowTable, before: Ints, after: Ints) -> Bools:
    """Which pairs are not of consecutive years of one organ and one scope, as far as they say."""
    when = ints(said.column("year"))
    apart = when[after] != when[before] + 1
    names: Any = np.array(said.column("organ").to_pylist(), np.object_)
    scopes: Any = np.array(said.column("scope").to_pylist(), np.object_)
    stated = (scopes[before] != None) & (scopes[after] != None)  # noqa: E711 -- element by element
    apart |= stated & (scopes[before] != scopes[after])
    for pair in np.flatnonzero(~apart & (names[before] != names[after])):
        apart[pair] = not same_body(names[before[pair]], names[after[pair]])
    return np.asarray(apart, np.bool_)


def _on(given: ArrowTable, comparison: Comparison, layout: Layout, before: Ints, after: Ints) -> Bools:
    """Which pairs have the tables that are compared, on the forms that they are compared on."""
    fit = np.ones(len(before), np.bool_)
    for section in comparison.sections:
        column = conformed(given, [layout.schema.field(form_column(section))]).column(0)
        for forms, rows in ((comparison.before, before), (comparison.after, after)):
            there = pc.is_in(column, value_set=pa.array([*forms], pa.string())).to_numpy()
            fit &= there[rows]
    return fit


class Figures:
    """Columns of counts, taken where they are wanted."""

    def __init__(self, table: ArrowTable) -> None:
        self._table = table
        self._seen: dict[str, Side] = {}

    def of(self, cell: str) -> Side:
        """A column as int64, with 0 where there is no value, and where there is one."""
        if cell not in self._seen:
            column = self._table.column(cell)
            self._seen[cell] = ints(column), valid(column)
        return self._seen[cell]

    def sum(self, terms: Sequence[Term], rows: tuple[Ints, Ints]) -> Side:
        """The sum of signed cells over pairs of rows, the later first, and where every cell of it is known."""
        values, known = np.zeros(len(rows[0]), np.int64), np.ones(len(rows[0]), np.bool_)
        for sign, later, cell in terms:
            figures, there = self.of(cell)
            own = rows[0] if later else rows[1]
            values += sign * figures[own]
            known &= there[own]
        return values, known
