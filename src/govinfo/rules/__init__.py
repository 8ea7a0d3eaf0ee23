"""The rules that a report is held against, one module for each kind, and the function that holds it.

Arithmetic rules are balances of the form; the others are small functions in visible lists. Codes never change.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from govinfo.findings import Finding, Findings, Rule
from govinfo.reading import Reading
from govinfo.report import Report
from govinfo.rules import arithmetic, cells, structure
from govinfo.rules.subject import Subject

__all__ = ["RULES", "check"]

_OF_ONE_REPORT: tuple[Rule[Subject], ...] = (*cells.RULES, *arithmetic.RULES, *structure.RULES)
RULES: Mapping[str, Rule[Any]] = MappingProxyType({rule.code: rule for rule in _OF_ONE_REPORT})
"""Every rule by its code."""


def check(report: Report | Reading) -> Findings:
    """Hold every rule against a report: one finding for each instance of a rule, whatever its verdict.

    A `Reading` lets the rules see the document as well; on a bare `Report` those do not apply. Nothing is raised for
    a broken report (see `Findings.raise_for_errors`). Raises `TypeError` for anything else than the two.

    >>> from govinfo.forms import CN_2021
    >>> from govinfo.report import Table
    >>> figures = dict.fromkeys(CN_2021.disputes.addresses, 0) | {"disputes.reconsideration.upheld": 1}
    >>> [str(f) for f in check(Report(disputes=Table.of(CN_2021.disputes, figures))).errors]
    ["D401 row 'Reconsideration': the sum of 4 cells, 1, and Total 0 should be equal and are not"]
    """
    subject = Subject.of(report)
    found: list[Finding] = [finding for rule in _OF_ONE_REPORT for finding in rule.evaluate(subject)]
    return Findings((*found, *arithmetic.of_other_forms(subject)))
