"""Figures of two consecutive years that are too far apart, over all pairs of a table: Y707, Y708."""

from typing import Any

from govinfo.columns.arrow import np
from govinfo.columns.findings import Found, Instance
from govinfo.columns.pairs import Pairs
from govinfo.findings import Rule, Verdict
from govinfo.keys import TABLES, Section
from govinfo.rules.jumps import AMOUNT, AMOUNT_FORMS, can_jump, is_near, is_one_unit
from govinfo.rules.subject import DEFAULT_LIMITS
from govinfo.table import exactly


def unit_slip(pairs: Pairs, rule: Rule[Any], number: int, found: Found) -> None:
    """Y707: what was charged, where both years charged something."""
    fit = pairs.having((Section.PROACTIVE,), AMOUNT_FORMS, AMOUNT_FORMS)
    found.said(Instance(rule.code, "", rule.severity, (), (number,)), Verdict.NOT_APPLICABLE, pairs.rows(~fit))
    if not fit.any():
        return
    after, before = pairs.rows(fit)
    new, old = (pairs.figures.amounts(AMOUNT, rows) for rows in (after, before))
    nothing = (new[1] & (new[0] == 0)) | (old[1] & (old[0] == 0))
    found.said(Instance(rule.code, AMOUNT, rule.severity, (), (number,)), Verdict.NOT_APPLICABLE, (after[nothing], before[nothing]))
    both = (new[1] & old[1])[~nothing]
    left, right = new[0][~nothing], old[0][~nothing]
    low, high = (DEFAULT_LIMITS.number(rule, name) for name in ("low", "high"))
    with exactly():
        holds = is_one_unit(left, right, low, high).astype(np.bool_)
    instance = Instance(rule.code, AMOUNT, rule.severity, (AMOUNT,), (number,))
    found.compared(instance, (after[~nothing], before[~nothing]), holds, (left, both), (right, both))


def jump(pairs: Pairs, rule: Rule[Any], number: int, found: Found) -> None:
    """Y708: every count that was large enough, or is not known, where both years are on one form."""
    times, least = (DEFAULT_LIMITS.number(rule, name) for name in ("times", "least"))
    for place, section in enumerate(TABLES):
        forms = pairs.figures.forms[section]
        one_form = ~pairs.apart & (forms[pairs.before] == forms[pairs.after])
        nowhere = np.ones(len(pairs.after), np.bool_)  # the pairs in which no figure is looked at
        for form, matrix in enumerate(pairs.figures.matrices[section]):
            of_form = np.flatnonzero(one_form & (forms[pairs.after] == form))
            for cell in matrix.cells if len(of_form) else ():
                if not can_jump(cell):
                    continue
                values, known = pairs.figures.counts(cell.address)
                after, before = pairs.rows(of_form)
                looked_at = ~known[before] | (values[before] >= least)
                nowhere[of_form[looked_at]] = False
                after, before = after[looked_at], before[looked_at]
                both, new, old = known[after] & known[before], values[after], values[before]
                instance = Instance(rule.code, cell.address, rule.severity, (cell.address,), (number, place, cell.index))
                found.compared(instance, (after, before), is_near(new, old, times), (new, both), (old, both))
        found.said(Instance(rule.code, str(section), rule.severity, (), (number, place)), Verdict.NOT_APPLICABLE, pairs.rows(nowhere))
