"""Every rule in one list, and those that nothing in a report can decide."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from govinfo.findings import NotComputable, Rule, Words
from govinfo.rules import (
    arithmetic,
    cells,
    contents,
    copies,
    dates,
    fees,
    growth,
    jumps,
    parts,
    proactive,
    prose,
    requests,
    structure,
    subtotals,
    years,
)
from govinfo.rules.subject import Parts, Subject, Years

_FAMILIES = "CPRDNSTYH"


def _place(rule: Rule[Any]) -> tuple[int, str]:
    return _FAMILIES.index(rule.code[0]), rule.code


OF_REPORT: tuple[Rule[Subject], ...] = tuple(
    sorted(
        (
            *cells.RULES,
            *proactive.RULES,
            *arithmetic.RULES,
            *subtotals.RULES,
            *requests.RULES,
            *prose.RULES,
            *fees.RULES,
            *contents.RULES,
            *structure.RULES,
            *dates.RULES,
        ),
        key=_place,
    )
)
OF_YEARS: tuple[Rule[Years], ...] = tuple(sorted((*years.RULES, *jumps.RULES, *growth.RULES, *copies.RULES), key=_place))
OF_PARTS: tuple[Rule[Parts], ...] = tuple(sorted((*parts.RULES, *fees.PARTS_RULES), key=_place))

_ALL: tuple[Rule[Any], ...] = (*OF_REPORT, *OF_YEARS, *OF_PARTS)
RULES: Mapping[str, Rule[Any]] = MappingProxyType({rule.code: rule for rule in sorted(_ALL, key=_place)})
"""Every rule by its code."""

NOT_COMPUTABLE: tuple[NotComputable, ...] = (
    NotComputable(
        "R310",
        "partial-once",
        Words("区分处理的申请只计入“部分公开”", "A request that is answered in parts is counted under 部分公开 only."),
        Words("“（二）部分公开”的行名", "the label of the row （二）部分公开"),
        Words("从各格数字看不出一件申请计了几次", "the figures do not show how often one request was counted"),
    ),
    NotComputable(
        "D407",
        "co-defendant",
        Words(
            "仅作为复议机关成为共同被告的案件不计",
            "Suits in which the organ is co-defendant only as the reconsideration organ are not counted.",
        ),
        Words("国办公开办函〔2016〕201号", "国办公开办函〔2016〕201号"),
        Words("从各格数字看不出机关在案件中的身份", "the figures do not show in which role the organ was sued"),
    ),
)
"""Rules of the form and of the law that no figure of a report can decide."""
