"""The rules over two consecutive years, over a table of reports of many organs and years."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from govinfo.columns.arrow import ArrowTable, Ints, Stream, as_table, np, pa
from govinfo.columns.copies import frozen_figures, text_copied
from govinfo.columns.figures import Figures
from govinfo.columns.findings import Found, Instance, Side, refuse_codes, several
from govinfo.columns.jumps import jump, unit_slip
from govinfo.columns.pairs import Pairs
from govinfo.columns.rows import iterate
from govinfo.columns.schema import layout_of
from govinfo.findings import Rule, Verdict
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.rules import RULES, Profile, check_years
from govinfo.rules.catalogue import OF_YEARS
from govinfo.rules.years import COMPARISONS, Term

_OTHERS: Mapping[str, Callable[[Pairs, Rule[Any], int, Found], None]] = {
    "Y707": unit_slip,
    "Y708": jump,
    "Y709": frozen_figures,
    "Y710": text_copied,
}
YEARS_COVERED = tuple(code for code in RULES if code in COMPARISONS or code in _OTHERS)
"""The codes that `check_years_table` decides in columns: all rules over two years but N410, which reads what the prose claims."""
_CODES = tuple(rule.code for rule in OF_YEARS)
_AT_A_TIME = 2_048  # pairs of which the report objects are held at once


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
    organ with one report gives none. A code that is not covered, N410, is held against report objects on request. Raises `FigureError`
    where a row has no organ or no year, or an organ a year twice; `DataError` for a missing or unfit column or an unknown form,
    `ProfileError` for a code of no rule over years.
    """
    refuse_codes(codes, _CODES)
    given, layout = as_table(table), layout_of(forms)
    pairs = Pairs.of(given, organ, layout)
    found = Found(("report", "before"), several(verdicts))
    for number, code in enumerate(_CODES):
        if code in codes and code in YEARS_COVERED:
            _OTHERS.get(code, _compared)(pairs, RULES[code], number, found)
    if scalar := tuple(code for code in _CODES if code in codes and code not in YEARS_COVERED):
        _by_objects(pairs, scalar, forms, found)
    return found.table(decimals=bool(scalar) or ("Y707" in codes and bool(layout.places)))


def _compared(pairs: Pairs, rule: Rule[Any], number: int, found: Found) -> None:
    """A rule that compares sums."""
    comparison = COMPARISONS[rule.code]
    fit = pairs.having(comparison.sections, comparison.before, comparison.after)
    found.said(Instance(rule.code, "", rule.severity, (), (number,)), Verdict.NOT_APPLICABLE, pairs.rows(~fit))
    if not fit.any():
        return
    rows, seen = pairs.rows(fit), dict[str, Side]()
    for place, instance in enumerate(comparison.instances):
        left, right = (_sum(pairs.figures, seen, side, rows) for side in (instance.left, instance.right))
        own = Instance(rule.code, instance.line, rule.severity, instance.cells, (number, place))
        both = left[1] & right[1]  # where one side is unknown the rules over years say neither
        found.compared(own, rows, comparison.holds(left[0], right[0]), (left[0], both), (right[0], both))


def _sum(figures: Figures, seen: dict[str, Side], terms: Sequence[Term], rows: tuple[Ints, Ints]) -> Side:
    """The sum of signed cells over pairs of rows, the later first, and where every cell of it is known."""
    values, known = np.zeros(len(rows[0]), np.int64), np.ones(len(rows[0]), np.bool_)
    for sign, later, cell in terms:
        column, there = seen[cell] if cell in seen else seen.setdefault(cell, figures.counts(cell))
        own = rows[0] if later else rows[1]
        values += sign * column[own]
        known &= there[own]
    return values, known


def _by_objects(pairs: Pairs, codes: tuple[str, ...], forms: Sequence[Form], found: Found) -> None:
    """The rules that read what the prose says: held against the reports of each pair."""
    profile = Profile(select=codes)
    for first in range(0, len(pairs.after), _AT_A_TIME):
        after, before = pairs.rows(slice(first, first + _AT_A_TIME))
        wanted = np.union1d(after, before)
        reports = dict(zip(wanted.tolist(), iterate(pairs.figures.table.take(pa.array(wanted)), forms=forms), strict=True))
        for late, early in zip(after.tolist(), before.tolist(), strict=True):
            for place, finding in enumerate(check_years((reports[early], reports[late]), profile=profile)):
                found.scalar(finding, (late, early), (_CODES.index(finding.code), place))
