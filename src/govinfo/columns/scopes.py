"""Wholes that are one of their parts, figure for figure: H806."""

from typing import Any

from govinfo.columns.arrow import Ints, np
from govinfo.columns.edges import Edges
from govinfo.columns.figures import NO_TABLE, Figures
from govinfo.columns.findings import Found, Instance
from govinfo.findings import Rule, Verdict


def mislabelled(figures: Figures, edges: Edges, rule: Rule[Any], number: int, found: Found) -> None:
    """H806: broken where a part has all the figures of its whole and another has figures too; unknown where a blank leaves it open."""
    parts, tops = edges.parts, edges.tops
    lacking, nonzero = np.zeros(figures.table.num_rows, np.bool_), np.zeros(figures.table.num_rows, np.bool_)
    apart = np.zeros(len(parts), np.bool_)  # the parts that have another figure than their whole
    one_set = np.ones(len(parts), np.bool_)  # those that have the very cells of their whole
    for section in figures.forms if len(parts) else ():
        forms, sets = figures.forms[section], _sets(figures, section)
        one_set &= sets[forms[tops]] == sets[forms[parts]]
        for cell, homes in _homes(figures, section).items():
            on = np.isin(forms, homes)
            values, known = figures.tokens(cell)
            lacking |= on & ~known
            known = on & known
            nonzero |= known & (values != 0)
            apart |= known[tops] & known[parts] & (values[tops] != values[parts])
    same = one_set & ~apart & ~lacking[tops] & ~lacking[parts]
    shown = nonzero[edges.wholes]
    others = np.add.reduceat(nonzero[parts].astype(np.int64), edges.starts) > 1 if len(parts) else shown
    broken = shown & edges.any_of(same) & others
    unknown = shown & ~broken & edges.any_of(~apart) & (lacking[edges.wholes] | edges.any(lacking))
    nothing = Instance(rule.code, "", rule.severity, (), (number,))
    for verdict, where in (
        (Verdict.NOT_APPLICABLE, ~shown),
        (Verdict.UNKNOWN, unknown),
        (Verdict.HOLDS, shown & ~broken & ~unknown),
    ):
        found.said(nothing, verdict, [edges.wholes[where]])
    for cells, where in figures.cells_of(edges.wholes, broken):
        found.said(Instance(rule.code, "", rule.severity, cells, (number,)), Verdict.BROKEN, [edges.wholes[where]])


def _sets(figures: Figures, section: str) -> Ints:
    """By form, and last for no table, a number that is the same where the cells are."""
    kinds = [frozenset(matrix.addresses) for matrix in figures.matrices[section]]
    return np.array([*(kinds.index(kind) for kind in kinds), NO_TABLE], np.int64)


def _homes(figures: Figures, section: str) -> dict[str, list[int]]:
    """The cells of a section, each with the numbers of the forms that have it."""
    found: dict[str, list[int]] = {}
    for form, matrix in enumerate(figures.matrices[section]):
        for address in matrix.addresses:
            found.setdefault(address, []).append(form)
    return found
