"""Wholes and their parts over a table of reports: every cell of an aggregate against those of its bodies."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import ArrowTable, Bools, Ints, Stream, as_table, conformed, ints, np, npt, pc, valid
from govinfo.columns.findings import Found, Instance, Side
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.errors import FigureError, ProfileError
from govinfo.findings import Verdict
from govinfo.form import Cell, Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import TABLES, ReportScope, Section
from govinfo.rules import RULES
from govinfo.rules.parts import YUAN
from govinfo.table import exactly

_SECTIONS = {"H801": (Section.REQUESTS,), "H802": (Section.PROACTIVE,), "H803": (Section.DISPUTES,), "H804": TABLES}
PARTS_COVERED = tuple(_SECTIONS)
"""The codes that `check_parts_table` decides."""

_BOUND = "H804"


def check_parts_table(
    table: Stream,
    whole: Sequence[int] | npt.NDArray[np.integer[Any]],
    part: Sequence[int] | npt.NDArray[np.integer[Any]],
    *,
    complete: bool = False,
    forms: Sequence[Form] = FORMS,
    codes: Collection[str] = PARTS_COVERED,
    verdicts: Collection[Verdict] = (Verdict.BROKEN, Verdict.UNKNOWN),
) -> ArrowTable:
    """The findings of `check_parts`, by the rules `PARTS_COVERED`, on every whole in a table of reports and its parts.

    `whole` and `part` are row numbers, one pair for each part of each whole; the parts of a whole are of its year. `complete`
    declares, for all of them, that the parts are all there are and do not overlap. Returns a `pyarrow.Table` as `check_table` does,
    with `report` the row of the whole. Raises `FigureError` for a row that is not there, a part that is the whole, that is there
    twice, or of another year; `DataError` for a missing or unfit column, `ProfileError` for a code that is not covered.
    """
    if unknown := sorted(set(codes) - set(PARTS_COVERED)):
        raise ProfileError([("codes", f"{unknown[0]!r} is not decided here; accepted are {', '.join(PARTS_COVERED)}")])
    given, layout = as_table(table), layout_of(forms)
    found = Found(("report",), frozenset(verdicts))
    said = conformed(given, [layout.schema.field(name) for name in ("year", "scope")])
    edges = _Edges.of(whole, part, given.num_rows)
    _refuse_years(said, edges)
    for place, code in enumerate(PARTS_COVERED):
        if code in codes:
            inapplicable, undecided = _unmet(said, edges, additive=code != _BOUND, complete=complete)
            for verdict, where in ((Verdict.NOT_APPLICABLE, inapplicable), (Verdict.UNKNOWN, undecided)):
                found.said(Instance(code, "", RULES[code].severity, (), (place,)), verdict, [edges.wholes[where]])
            for number, section in enumerate(_SECTIONS[code]):
                _section(given, layout, edges.only(~inapplicable & ~undecided), section, (code, place, number), found)
    return found.table(decimals=any(map(layout.is_money, layout.cells)) and not set(codes) <= {"H801", "H803"})


@frozen
class _Edges:
    """Wholes and their parts: row numbers of the wholes, of all parts by whole, and where the parts of each whole start."""

    wholes: Ints
    parts: Ints
    starts: Ints

    @classmethod
    def of(cls, whole: Any, part: Any, rows: int) -> "_Edges":
        tops, own = np.asarray(whole, np.int64), np.asarray(part, np.int64)
        if tops.shape != own.shape or tops.ndim != 1:
            raise FigureError("part", f"{own.shape} rows for {tops.shape} wholes", "one part for each whole: two lists of one length")
        both = np.concatenate([tops, own])
        if both.size and not 0 <= both.min() <= both.max() < rows:
            raise FigureError("part", int(both.max()), f"numbers of rows, from 0 to {rows - 1}")
        if (tops == own).any():
            raise FigureError("part", int(own[tops == own][0]), "parts of the whole; this row is the whole itself")
        order = np.lexsort((own, tops))
        tops, own = tops[order], own[order]
        if (again := (np.diff(tops) == 0) & (np.diff(own) == 0)).any():
            raise FigureError("part", int(own[1:][again][0]), "every part once; this one is there twice")
        wholes, starts = np.unique(tops, return_index=True)
        return cls(wholes, own, starts.astype(np.int64))

    @property
    def counts(self) -> Ints:
        """How many parts each whole has."""
        return np.diff(np.append(self.starts, len(self.parts)))

    def only(self, where: Bools) -> "_Edges":
        """Those wholes with their parts."""
        counts = self.counts[where]
        starts = np.cumsum(counts) - counts
        return _Edges(self.wholes[where], self.parts[np.repeat(where, self.counts)], starts)

    def any(self, of_part: Bools) -> Bools:
        """Which wholes have a part for which that is so; the argument says it of every row."""
        return np.asarray(np.logical_or.reduceat(of_part[self.parts], self.starts) if len(self.starts) else np.zeros(0, np.bool_), np.bool_)


def _refuse_years(said: ArrowTable, edges: _Edges) -> None:
    year, known = ints(said.column("year")), valid(said.column("year"))
    tops = np.repeat(edges.wholes, edges.counts)
    if (other := known[tops] & known[edges.parts] & (year[tops] != year[edges.parts])).any():
        child, top = int(edges.parts[other][0]), int(tops[other][0])
        raise FigureError(f"year[{child}]", int(year[child]), f"reports for {year[top]}, the year of the whole in row {top}")


def _unmet(said: ArrowTable, edges: _Edges, *, additive: bool, complete: bool) -> tuple[Bools, Bools]:
    """For which wholes the rules do not apply, and for which it is not known whether they do."""
    scope, year = said.column("scope"), valid(said.column("year"))
    own, whole = (pc.fill_null(pc.equal(scope, kind.value), fill_value=False).to_numpy() for kind in ReportScope)
    inapplicable = own[edges.wholes]
    unsaid = ~(own | whole)
    undecided = unsaid[edges.wholes] | ~year[edges.wholes] | edges.any(~year)
    if additive:
        inapplicable = inapplicable | edges.any(whole) | (not complete)
        undecided = undecided | edges.any(unsaid)
    return inapplicable, undecided & ~inapplicable


def _section(given: ArrowTable, layout: Layout, edges: _Edges, section: Section, rule: tuple[str, int, int], found: Found) -> None:
    """One rule on the table of one section of every whole."""
    code, *order = rule
    severity = RULES[code].severity
    names = conformed(given, [layout.schema.field(form_column(section))]).column(0)
    there = valid(names)
    for form in layout.forms.values():
        on = pc.fill_null(pc.equal(names, form.id), fill_value=False).to_numpy()
        fit = on[edges.wholes] & ~edges.any(there & ~on)
        if fit.any():
            own = edges.only(fit)
            for cell in form.matrix(section).cells:
                instance = Instance(code, cell.address, severity, (cell.address,), (*order, cell.index))
                values = _amounts(given, layout, cell)
                if code != _BOUND:
                    _additive(instance, own, values, found)
                elif not (cell.signed and cell.kind is Kind.COUNT):  # what some lose, others may gain
                    _bounded(instance, own, values, found)
        edges = edges.only(~fit)
    found.said(Instance(code, str(section), severity, (), tuple(order)), Verdict.NOT_APPLICABLE, [edges.wholes])


def _additive(instance: Instance, edges: _Edges, values: Side, found: Found) -> None:
    """A cell of the whole is the sum of the parts' cells."""
    figures, known = values
    with exactly():
        right = np.add.reduceat(figures[edges.parts], edges.starts)
    left, both = figures[edges.wholes], (known[edges.wholes], ~edges.any(~known))
    found.compared(instance, [edges.wholes], left == right, (left, both[0]), (right, both[1]))


def _bounded(instance: Instance, edges: _Edges, values: Side, found: Found) -> None:
    """A cell of the whole is no less than that of any part; no money where a part has less than none."""
    figures, known = values
    edges = edges.only(~edges.any(known & (figures < 0)))
    if not len(edges.wholes):
        return
    right, there = np.maximum.reduceat(np.where(known, figures, 0)[edges.parts], edges.starts), edges.any(known)
    left, stated = figures[edges.wholes], known[edges.wholes]
    broken = stated & there & np.asarray(left < right, np.bool_)
    unknown = ~broken & (~stated | edges.any(~known))
    sides = ((left, stated), (right, there))
    for verdict, where in ((Verdict.HOLDS, ~broken & ~unknown), (Verdict.BROKEN, broken), (Verdict.UNKNOWN, unknown)):
        found.judged(instance, verdict, where, [edges.wholes], *sides)


def _amounts(given: ArrowTable, layout: Layout, cell: Cell) -> Side:
    """A column in figures that can be added: counts as int64, money as Decimals, in 元 where its column fixes no unit."""
    column = conformed(given, [layout.schema.field(cell.address)]).column(0)
    known = valid(column)
    if not layout.is_money(cell.address):
        return ints(column), known
    amounts = np.array([*(Decimal(0) if value is None else value for value in column.to_pylist()), None], np.object_)[:-1]
    units = np.full(len(amounts), cell.unit, np.object_)
    if cell.kind is Kind.MONEY and not cell.unit:
        for row, unit in _units(given, layout, cell.address):
            units[row] = unit
    with exactly():
        for row in np.flatnonzero(amounts != 0).tolist() if cell.kind is Kind.MONEY else ():
            if units[row] not in YUAN:
                known[row] = False
            elif not cell.unit:
                amounts[row] *= YUAN[units[row]]
    return amounts, known


def _units(given: ArrowTable, layout: Layout, address: str) -> list[tuple[int, str]]:
    """The units that the marks of a cell say, by row."""
    marks = conformed(given, [layout.schema.field("marks")]).column(0).combine_chunks()
    rows, flat = pc.list_parent_indices(marks), pc.list_flatten(marks)
    own = pc.and_(pc.equal(pc.struct_field(flat, "address"), address), pc.is_valid(pc.struct_field(flat, "unit")))
    kept = pc.fill_null(own, fill_value=False)
    return list(zip(pc.filter(rows, kept).to_pylist(), pc.filter(pc.struct_field(flat, "unit"), kept).to_pylist(), strict=True))
