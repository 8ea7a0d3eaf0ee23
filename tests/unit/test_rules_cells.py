"""Rules on cells, on section 2 and on the equations: every verdict that they can give."""

from decimal import Decimal
from typing import Any

import pytest

from govinfo.keys import AdminLevel, OrganKind, ReportScope
from govinfo.report import CellState, Mark
from tests.rule_cases import (
    BLANK,
    BROKEN,
    CN_2019,
    ERROR,
    HOLDS,
    INFO,
    NOT_APPLICABLE,
    SLASH,
    UNKNOWN,
    UNREADABLE,
    WARNING,
    Case,
    checked,
    of_bare,
    report,
    row,
)

GRANTED = "requests.granted.natural_person"
CHARGES = "proactive.charges.amount_wan"
AMOUNT = "proactive.procurement.amount"
NET = "proactive.licensing.net_change"


def unreadable(raw: str) -> Mark:
    return Mark(CellState.UNREADABLE, raw)


CELLS = [
    Case("C101", HOLDS, checked(), GRANTED),
    Case("C101", HOLDS, checked({NET: -3}, CN_2019), NET),
    *(Case("C101", BROKEN, checked({GRANTED: unreadable(raw)}), GRANTED, ERROR) for raw in ("-3", "－3", "−3", "减3", "1.5", "1,000.5件")),
    # No count that can be read, or a count that is only absurd: nobody is accused.
    *(
        Case("C101", NOT_APPLICABLE, checked({GRANTED: unreadable(raw)}), GRANTED)
        for raw in ("约十件", "3.0", "9999999999", "-0", "1.2.3", "")
    ),
    Case("C101", NOT_APPLICABLE, checked({NET: unreadable("-3")}, CN_2019), NET),
    Case("C101", NOT_APPLICABLE, checked({GRANTED: BLANK}), GRANTED),
    Case("C101", NOT_APPLICABLE, checked(), CHARGES),
    Case("C101", NOT_APPLICABLE, of_bare()),
    Case("C102", HOLDS, checked({CHARGES: Decimal("59237.244900")}), CHARGES),
    Case("C102", HOLDS, checked({CHARGES: Decimal("12345678901234567890.1234560000")}), CHARGES),
    Case("C102", BROKEN, checked({CHARGES: Decimal("-0.5")}), CHARGES, ERROR),
    Case("C102", BROKEN, checked({CHARGES: Decimal("12345678901234567890.1234567")}), CHARGES, WARNING),
    Case(
        "C102", BROKEN, checked({AMOUNT: Decimal("2.125")}, CN_2019, {AMOUNT: Mark(CellState.VALUE, "2.125元", unit="元")}), AMOUNT, WARNING
    ),
    Case("C102", HOLDS, checked({AMOUNT: Decimal("2.125")}, CN_2019, {AMOUNT: Mark(CellState.VALUE, "2.125万元", unit="万元")}), AMOUNT),
    Case("C102", UNKNOWN, checked({CHARGES: SLASH}), CHARGES),
    Case("C102", NOT_APPLICABLE, checked(), GRANTED),
    Case("C103", HOLDS, checked(), GRANTED),
    *(
        Case("C103", BROKEN, checked({GRANTED: mark}), GRANTED, WARNING)
        for mark in (BLANK, SLASH, Mark(CellState.DASH, "—"), Mark(CellState.ABSENT))
    ),
    Case("C103", UNKNOWN, checked({GRANTED: UNREADABLE}), GRANTED),
    # A legitimate exception: a slash where the body has no power to make rules.
    Case("C103", NOT_APPLICABLE, checked({"proactive.rules.issued": SLASH}), "proactive.rules.issued"),
    Case("C103", BROKEN, checked({"proactive.licensing.decisions": SLASH}), "proactive.licensing.decisions"),
    Case("C104", HOLDS, checked(), GRANTED),
    Case("C104", HOLDS, checked({NET: 3}, CN_2019, {NET: Mark(CellState.VALUE, "+3")}), NET),
    Case("C104", HOLDS, checked({AMOUNT: Decimal(3)}, CN_2019, {AMOUNT: Mark(CellState.VALUE, "3", unit="元")}), AMOUNT),
    Case(
        "C104", BROKEN, checked({GRANTED: 22}, marks={GRANTED: Mark(CellState.VALUE, "22（其中修订16件）", "其中修订16件")}), GRANTED, INFO
    ),
    Case("C104", BROKEN, checked({GRANTED: 1000}, marks={GRANTED: Mark(CellState.VALUE, "1,000")}), GRANTED),
    Case("C104", BROKEN, checked({GRANTED: UNREADABLE}), GRANTED),
    Case("C104", UNKNOWN, checked({GRANTED: unreadable("")}), GRANTED),
    Case("C104", NOT_APPLICABLE, checked({GRANTED: BLANK}), GRANTED),
]

DOCUMENTS = "proactive.normative_documents"
COUNTY: dict[str, Any] = {"organ": "井研县人民政府"}
OFFICE: dict[str, Any] = {"organ": "上海市人民政府办公厅"}
SECTION_2 = [
    Case("P201", HOLDS, checked({f"{DOCUMENTS}.issued": 5, f"{DOCUMENTS}.repealed": 1, f"{DOCUMENTS}.in_force": 4}), "normative_documents"),
    Case("P201", BROKEN, checked({f"{DOCUMENTS}.issued": 5, f"{DOCUMENTS}.in_force": 4}), "normative_documents", WARNING),
    Case("P201", UNKNOWN, checked({f"{DOCUMENTS}.repealed": BLANK}), "normative_documents"),
    Case("P201", NOT_APPLICABLE, checked(form=CN_2019)),
    Case("P202", HOLDS, checked({"proactive.rules.issued": SLASH, "proactive.rules.repealed": BLANK}, **COUNTY)),
    Case("P202", BROKEN, checked({"proactive.rules.in_force": 3}, **COUNTY), severity=WARNING),
    Case("P202", BROKEN, checked({"proactive.rules.in_force": 3}, organ_kind=OrganKind.LOCAL_DEPARTMENT)),
    Case("P202", UNKNOWN, checked({"proactive.rules.in_force": UNREADABLE}, **COUNTY)),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.in_force": 3})),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.in_force": 3}, organ="河北省人民政府")),
    # Legitimate exceptions: an office prints the rules of its government; an aggregate of a city counts them.
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.total_public": 524}, CN_2019, **OFFICE)),
    Case(
        "P202",
        NOT_APPLICABLE,
        checked({"proactive.rules.issued": 1}, organ_kind="local_department", level="prefectural", scope=ReportScope.AGGREGATE),
    ),
    Case("P202", BROKEN, checked({"proactive.rules.issued": 1}, scope=ReportScope.AGGREGATE, **COUNTY)),
    Case("P203", HOLDS, checked({CHARGES: Decimal("96171.6")})),
    Case("P203", HOLDS, checked({CHARGES: Decimal(316_441)})),
    Case("P203", BROKEN, checked({CHARGES: Decimal(120_000)}), severity=INFO),
    Case("P203", BROKEN, checked({CHARGES: Decimal(1_234_567)}, level=AdminLevel.COUNTY)),
    Case("P203", HOLDS, checked({CHARGES: Decimal(1_234_567)}, level=AdminLevel.PREFECTURAL)),
    Case("P203", NOT_APPLICABLE, checked({CHARGES: Decimal(1_234_567)})),
    Case("P203", UNKNOWN, checked({CHARGES: BLANK})),
    Case("P203", NOT_APPLICABLE, checked(form=CN_2019)),
    Case("P205", HOLDS, checked({f"{DOCUMENTS}.newly_public": 2, f"{DOCUMENTS}.total_public": 2}, CN_2019)),
    Case("P205", BROKEN, checked({f"{DOCUMENTS}.newly_public": 2, f"{DOCUMENTS}.total_public": 1}, CN_2019), severity=WARNING),
    Case("P205", UNKNOWN, checked({f"{DOCUMENTS}.total_public": BLANK}, CN_2019)),
    Case("P205", NOT_APPLICABLE, checked()),
    Case("P206", HOLDS, checked({f"{DOCUMENTS}.newly_made": 2}, CN_2019), "normative_documents"),
    Case("P206", BROKEN, checked({f"{DOCUMENTS}.newly_public": 2}, CN_2019), "normative_documents", INFO),
    Case("P206", UNKNOWN, checked({f"{DOCUMENTS}.newly_made": BLANK}, CN_2019)),
    Case("P206", NOT_APPLICABLE, checked()),
    Case("P207", HOLDS, checked({"proactive.licensing.prior_items": 3, NET: -3}, CN_2019), "licensing"),
    Case("P207", BROKEN, checked({NET: -3}, CN_2019), "licensing", ERROR),
    Case("P207", UNKNOWN, checked({NET: BLANK}, CN_2019), "licensing"),
    Case("P207", NOT_APPLICABLE, checked()),
    Case("P208", HOLDS, checked({NET: 3, "proactive.licensing.decisions": 9}, CN_2019), "licensing"),
    Case("P208", BROKEN, checked({"proactive.licensing.decisions": 9}, CN_2019), "licensing", INFO),
    Case("P208", UNKNOWN, checked({NET: BLANK}, CN_2019), "licensing"),
    Case("P208", NOT_APPLICABLE, checked()),
    Case("P209", HOLDS, checked({"proactive.procurement.projects": 1, AMOUNT: Decimal(5)}, CN_2019)),
    Case("P209", HOLDS, checked(form=CN_2019)),
    Case("P209", BROKEN, checked({AMOUNT: Decimal(5)}, CN_2019), severity=WARNING),
    Case("P209", UNKNOWN, checked({AMOUNT: BLANK}, CN_2019)),
    Case("P209", NOT_APPLICABLE, checked()),
    Case("P210", HOLDS, checked({AMOUNT: Decimal(5)}, CN_2019, {AMOUNT: Mark(CellState.VALUE, "5元", unit="元")})),
    Case("P210", HOLDS, checked(form=CN_2019)),
    Case("P210", BROKEN, checked({AMOUNT: Decimal(5)}, CN_2019), severity=INFO),
    Case("P210", UNKNOWN, checked({AMOUNT: SLASH}, CN_2019)),
    Case("P210", NOT_APPLICABLE, checked()),
]

NEW = row("new_received", 1, 0, 0, 0, 0, 0, 1)
DONE = row("total_concluded", 1, 0, 0, 0, 0, 0, 1)
EQUATIONS = [
    Case("R301", HOLDS, checked(NEW | DONE | row("granted", 1, 0, 0, 0, 0, 0, 1)), "natural_person"),
    Case("R301", BROKEN, checked(NEW), "natural_person", ERROR),
    Case("R301", BROKEN, checked(NEW, CN_2019), "total", ERROR),
    Case("R301", UNKNOWN, checked({"requests.carried_in.total": BLANK}), "total"),
    Case("R301", NOT_APPLICABLE, of_bare()),
    Case("R302", HOLDS, checked(), "total"),
    Case("R302", BROKEN, checked(DONE), "total", ERROR),
    Case("R302", UNKNOWN, checked({"requests.other_misc.total": UNREADABLE}), "total"),
    Case("R302", NOT_APPLICABLE, of_bare()),
    Case("R303", HOLDS, checked(NEW), "new_received"),
    Case("R303", BROKEN, checked({GRANTED: 1}), "granted", ERROR),
    Case("R303", UNKNOWN, checked({GRANTED: 1, "requests.granted.total": BLANK}), "granted"),
    Case("R303", NOT_APPLICABLE, of_bare()),
    *(
        case
        for code, track in (("D401", "reconsideration"), ("D402", "direct_litigation"), ("D403", "post_reconsideration_litigation"))
        for case in (
            Case(
                code, HOLDS, checked({f"disputes.{track}.upheld": 10, f"disputes.{track}.pending": 1, f"disputes.{track}.total": 11}), track
            ),
            Case(code, BROKEN, checked({f"disputes.{track}.upheld": 10, f"disputes.{track}.pending": 1}), track, ERROR),
            Case(code, UNKNOWN, checked({f"disputes.{track}.total": BLANK}), track),
            Case(code, NOT_APPLICABLE, of_bare()),
        )
    ),
]
CASES = [*CELLS, *SECTION_2, *EQUATIONS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()


def test_an_equation_says_both_sides_and_all_its_cells() -> None:
    (found,) = checked({"disputes.reconsideration.upheld": 10, "disputes.reconsideration.pending": 1})().errors
    assert (found.code, found.left, found.right) == ("D401", 11, 0)
    assert len(found.cells) == 5


def test_what_was_inferred_is_said_with_the_finding() -> None:
    (found,) = checked({"proactive.rules.in_force": 3}, **COUNTY)().of("P202")
    assert "人民政府" in found.message("zh")
    assert "人民政府" in found.message("en")


def test_exceptions_are_said_with_a_broken_finding_only() -> None:
    findings = checked({GRANTED: BLANK})().of("C103")
    (broken,) = findings.broken
    exceptions = broken.rule.exceptions
    assert exceptions is not None
    assert exceptions.zh in broken.message("zh")
    assert exceptions.en in broken.message("en")
    assert all(exceptions.zh not in finding.message("zh") for finding in findings if finding is not broken)


def test_the_equations_of_the_form_are_all_checked() -> None:
    equations = ("R301", "R302", "R303", "D401", "D402", "D403")
    assert len(checked()().of(*equations)) == 42
    assert len(checked(form=CN_2019)().of(*equations)) == 40
    assert all(len(finding.cells) > 1 for finding in checked()().of(*equations))


def test_a_report_on_two_forms_is_held_to_each_for_its_table() -> None:
    mixed = report(proactive=report(form=CN_2019).proactive)
    findings = checked(proactive=mixed.proactive)()
    assert [f.verdict for f in findings.of("P207")] == [HOLDS] * 5
    assert [f.verdict for f in findings.of("P201")] == [NOT_APPLICABLE]
    assert [f.verdict for f in findings.of("S505")] == [BROKEN]
