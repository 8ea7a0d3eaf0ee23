"""Wholes and their parts over a table of reports: every cell of an aggregate against those of its bodies."""

from collections.abc import Collection, Sequence
from typing import Any

from govinfo.columns.arrow import ArrowTable, Bools, Stream, as_table, conformed, np, npt, pa, pc, valid
from govinfo.columns.edges import Edges, refuse_years
from govinfo.columns.figures import NO_TABLE, Figures, decimals
from govinfo.columns.findings import Found, Instance, Side, refuse_codes, several
from govinfo.columns.rows import iterate
from govinfo.columns.schema import layout_of
from govinfo.columns.scopes import mislabelled
from govinfo.findings import Verdict
from govinfo.form import Cell, Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import TABLES, ReportScope, Section
from govinfo.rules import RULES, Profile, check_parts
from govinfo.rules.catalogue import OF_PARTS
from govinfo.rules.parts import YUAN
from govinfo.table import exactly

_SECTIONS = {"H801": (Section.REQUESTS,), "H802": (Section.PROACTIVE,), "H803": (Section.DISPUTES,), "H804": TABLES}
_BOUND, _SCOPES = "H804", "H806"
_CODES = tuple(rule.code for rule in OF_PARTS)
PARTS_COVERED = tuple(code for code in _CODES if code in (*_SECTIONS, _SCOPES))
"""The codes that `check_parts_table` decides in columns: all rules over parts but H805, which reads what the prose says of fees."""


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
    with `report` the row of the whole. A code that is not covered, H805, is held against report objects on request, and then their names
    are looked at as well. Raises `FigureError` for a row that is not there, a part that is the whole, that is there twice, or of another
    year; `DataError` for a missing or unfit column or an unknown form, `ProfileError` for a code of no rule over parts.
    """
    refuse_codes(codes, _CODES)
    given, layout = as_table(table), layout_of(forms)
    found = Found(("report",), several(verdicts))
    figures = Figures(given, layout)
    said = conformed(given, [layout.fields[name] for name in ("year", "scope")])
    edges = Edges.of(whole, part, given.num_rows)
    refuse_years(said, edges)
    for place, code in enumerate(_CODES):
        if code in codes and code in PARTS_COVERED:
            inapplicable, undecided = _unmet(said, edges, additive=code in _SECTIONS and code != _BOUND, complete=complete)
            for verdict, where in ((Verdict.NOT_APPLICABLE, inapplicable), (Verdict.UNKNOWN, undecided)):
                found.said(Instance(code, "", RULES[code].severity, (), (place,)), verdict, [edges.wholes[where]])
            ready = edges.only(~inapplicable & ~undecided)
            if code == _SCOPES:
                mislabelled(figures, ready, RULES[code], place, found)
            for number, section in enumerate(_SECTIONS.get(code, ())):
                _section(figures, ready, section, (code, place, number), found)
    if scalar := tuple(code for code in _CODES if code in codes and code not in PARTS_COVERED):
        _by_objects(figures, edges, scalar, forms, found, complete=complete)
    return found.table(decimals=bool(scalar) or (bool(layout.places) and bool({"H802", "H804"} & set(codes))))


def _by_objects(figures: Figures, edges: Edges, codes: tuple[str, ...], forms: Sequence[Form], found: Found, *, complete: bool) -> None:
    """The rules that read what the prose says: held against the reports of each whole and its parts."""
    profile = Profile(select=codes)
    for row, parts in zip(edges.wholes.tolist(), np.split(edges.parts, edges.starts[1:]), strict=True):
        top, *own = iterate(figures.table.take(pa.array([row, *parts.tolist()])), forms=forms)
        for place, finding in enumerate(check_parts(top, own, complete=complete, profile=profile)):
            found.scalar(finding, (row,), (_CODES.index(finding.code), place))


def _unmet(said: ArrowTable, edges: Edges, *, additive: bool, complete: bool) -> tuple[Bools, Bools]:
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


def _section(figures: Figures, edges: Edges, section: Section, rule: tuple[str, int, int], found: Found) -> None:
    """One rule on the table of one section of every whole."""
    code, *order = rule
    severity = RULES[code].severity
    forms = figures.forms[section]
    for form, matrix in enumerate(figures.matrices[section]):
        on = forms == form
        fit = on[edges.wholes] & ~edges.any(~on & (forms != NO_TABLE))
        if fit.any():
            own = edges.only(fit)
            for cell in matrix.cells:
                instance = Instance(code, cell.address, severity, (cell.address,), (*order, cell.index))
                values = _amounts(figures, cell)
                if code != _BOUND:
                    _additive(instance, own, values, found)
                elif not (cell.signed and cell.kind is Kind.COUNT):  # what some lose, others may gain
                    _bounded(instance, own, values, found)
        edges = edges.only(~fit)
    found.said(Instance(code, str(section), severity, (), tuple(order)), Verdict.NOT_APPLICABLE, [edges.wholes])


def _additive(instance: Instance, edges: Edges, values: Side, found: Found) -> None:
    """A cell of the whole is the sum of the parts' cells."""
    figures, known = values
    with exactly():
        right = np.add.reduceat(figures[edges.parts], edges.starts)
    left, both = figures[edges.wholes], (known[edges.wholes], ~edges.any(~known))
    found.compared(instance, [edges.wholes], left == right, (left, both[0]), (right, both[1]))


def _bounded(instance: Instance, edges: Edges, values: Side, found: Found) -> None:
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


def _amounts(figures: Figures, cell: Cell) -> Side:
    """A column in figures that can be added: counts as int64, money as Decimals, in 元 where its column fixes no unit."""
    if not figures.layout.is_money(cell.address):
        return figures.counts(cell.address)
    column = figures.column(cell.address)
    amounts, known = decimals(column), valid(column)
    units = np.full(len(amounts), cell.unit, np.object_)
    if cell.kind is Kind.MONEY and not cell.unit:
        for row, unit in _units(figures, cell.address):
            units[row] = unit
    with exactly():
        for row in np.flatnonzero(amounts != 0).tolist() if cell.kind is Kind.MONEY else ():
            if units[row] not in YUAN:
                known[row] = False
            elif not cell.unit:
                amounts[row] *= YUAN[units[row]]
    return amounts, known


def _units(figures: Figures, address: str) -> list[tuple[int, str]]:
    """The units that the marks of a cell say, by row."""
    marks = figures.column("marks").combine_chunks()
    rows, flat = pc.list_parent_indices(marks), pc.list_flatten(marks)
    own = pc.and_(pc.equal(pc.struct_field(flat, "address"), address), pc.is_valid(pc.struct_field(flat, "unit")))
    kept = pc.fill_null(own, fill_value=False)
    return list(zip(pc.filter(rows, kept).to_pylist(), pc.filter(pc.struct_field(flat, "unit"), kept).to_pylist(), strict=True))
