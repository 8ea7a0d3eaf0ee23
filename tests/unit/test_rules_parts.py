"""Rules on a whole and its parts: every verdict that they can give, coverage, and parts that cannot be."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from govinfo.combine import aggregate
from govinfo.errors import FigureError
from govinfo.keys import ReportScope
from govinfo.report import CellState, Mark, Report
from govinfo.rules import check_parts
from govinfo.rules.catalogue import OF_PARTS
from tests.rule_cases import (
    BLANK,
    BROKEN,
    CN_2019,
    HOLDS,
    INFO,
    NOT_APPLICABLE,
    UNKNOWN,
    WARNING,
    Case,
    Figures,
    report,
    whole_and_parts,
)

NEW, RULES, SUITS = "requests.new_received.total", "proactive.rules.issued", "disputes.reconsideration.total"
AMOUNT = "proactive.procurement.amount"


def part(name: str, changes: Figures | None = None, **said: Any) -> Report:
    return report(changes, organ=name, scope=ReportScope.OWN_ORGAN, **said)


def whole(changes: Figures | None = None, **said: Any) -> Report:
    own: dict[str, Any] = {"organ": "某县人民政府", "scope": ReportScope.AGGREGATE, **said}
    return report(changes, **own)


A, B = part("甲局", {NEW: 1, RULES: 1, SUITS: 1}), part("乙局", {NEW: 2, RULES: 2, SUITS: 2})
RIGHT, WRONG = whole({NEW: 3, RULES: 3, SUITS: 3}), whole({NEW: 4, RULES: 4, SUITS: 4})
UNSURE = part("乙局", {NEW: BLANK, RULES: BLANK, SUITS: BLANK})
CASES = [
    *(
        case
        for code, cell in (("H801", NEW), ("H802", RULES), ("H803", SUITS))
        for case in (
            Case(code, HOLDS, whole_and_parts(RIGHT, A, B), cell),
            Case(code, BROKEN, whole_and_parts(WRONG, A, B), cell, WARNING),
            Case(code, UNKNOWN, whole_and_parts(RIGHT, A, UNSURE), cell),
            Case(code, UNKNOWN, whole_and_parts(RIGHT, A, Report(organ="乙局", year=2023, scope=ReportScope.OWN_ORGAN)), cell),
            Case(code, UNKNOWN, whole_and_parts(whole({NEW: 3}, scope=None), A, B)),
            Case(code, UNKNOWN, whole_and_parts(RIGHT, A, report(organ="乙局"))),
            Case(code, NOT_APPLICABLE, whole_and_parts(RIGHT, A, B, complete=False)),
            Case(code, NOT_APPLICABLE, whole_and_parts(whole(scope=ReportScope.OWN_ORGAN), A, B)),
            Case(code, NOT_APPLICABLE, whole_and_parts(RIGHT, A, report(organ="乙镇", scope=ReportScope.AGGREGATE))),
            Case(code, NOT_APPLICABLE, whole_and_parts(RIGHT)),
        )
    ),
    Case("H801", NOT_APPLICABLE, whole_and_parts(RIGHT, A, part("乙局", form=CN_2019, year=2023))),
    Case("H804", HOLDS, whole_and_parts(RIGHT, A, complete=False), NEW),
    Case("H804", BROKEN, whole_and_parts(whole({NEW: 1}), B, complete=False), NEW, WARNING),
    Case("H804", BROKEN, whole_and_parts(whole({NEW: 1}), B, part("丙局", {NEW: BLANK})), NEW),
    Case("H804", UNKNOWN, whole_and_parts(RIGHT, A, UNSURE), NEW),
    Case("H804", UNKNOWN, whole_and_parts(whole({NEW: BLANK}), A), NEW),
    Case("H804", NOT_APPLICABLE, whole_and_parts(whole(scope=ReportScope.OWN_ORGAN), A, B)),
    Case("H806", HOLDS, whole_and_parts(RIGHT, A, B)),
    Case("H806", HOLDS, whole_and_parts(whole({NEW: 1, RULES: 1, SUITS: 1}), A, part("乙局"))),
    Case("H806", BROKEN, whole_and_parts(whole({NEW: 1, RULES: 1, SUITS: 1}), A, B), severity=INFO),
    Case("H806", HOLDS, whole_and_parts(whole({NEW: 1, RULES: 1}, disputes=None), A, B)),  # a part with other cells is another report
    Case("H806", UNKNOWN, whole_and_parts(whole({NEW: 2}), A, part("乙局", {NEW: 2, RULES: BLANK}))),
    Case("H806", NOT_APPLICABLE, whole_and_parts(whole(), A, B)),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()


def test_findings_name_the_whole_and_every_part() -> None:
    found = check_parts(WRONG, [A, B], complete=True).of("H801").broken[0]
    assert [(about.organ, about.year, about.scope) for about in found.about] == [
        ("某县人民政府", 2023, ReportScope.AGGREGATE),
        ("甲局", 2023, ReportScope.OWN_ORGAN),
        ("乙局", 2023, ReportScope.OWN_ORGAN),
    ]
    assert (found.cells, found.left, found.right) == ((NEW,), 4, 3)


def test_coverage_is_stated() -> None:
    short = check_parts(RIGHT, [A], expected=["甲局", "乙 局"])
    assert short.coverage is not None
    assert (short.coverage.parts, short.coverage.missing, short.coverage.complete) == (("甲局",), ("乙 局",), False)
    assert {finding.verdict for finding in short.of("H801")} == {NOT_APPLICABLE}
    assert all("乙 局" in finding.message("zh") for finding in short.of("H801"))
    full = check_parts(RIGHT, [A, B], expected=["甲局", "乙局"]).coverage
    assert full is not None
    assert full.complete


def test_the_names_that_are_expected_may_come_one_by_one() -> None:
    names = ["某某县财政局", "某某县教育局"]
    coverage = check_parts(whole(), [part(names[0])], expected=iter(names)).coverage
    assert coverage == check_parts(whole(), [part(names[0])], expected=names).coverage
    assert coverage is not None
    assert (coverage.missing, coverage.complete) == ((names[1],), False)


def test_a_missing_part_outweighs_the_claim_of_completeness() -> None:
    coverage = check_parts(RIGHT, [A], complete=True, expected=["乙局"]).coverage
    assert coverage is not None
    assert not coverage.complete


def test_a_governments_own_report_is_one_of_its_parts() -> None:
    own = part("某县人民政府", {NEW: 3, RULES: 3, SUITS: 3})
    assert not check_parts(RIGHT, [own, part("甲局")], complete=True).of("H801").broken


@pytest.mark.parametrize(
    ("parts", "given"),
    [
        ([RIGHT], "某县人民政府"),
        ([A, whole({NEW: 5})], "某县人民政府"),
        ([A, A], "甲局"),
        ([B, A, part("甲 局")], "甲局"),
        ([A, part("乙局", year=2022)], "乙局 2022"),
        ([A, evolve(B, organ=None, year=2022)], "part 2 2022"),
    ],
)
def test_the_whole_itself_a_part_twice_and_another_year_are_errors(parts: list[Report], given: str) -> None:
    with pytest.raises(FigureError) as caught:
        check_parts(RIGHT, parts)
    assert (caught.value.where, caught.value.given) == ("parts", given)


def test_a_part_without_a_name_is_counted_once() -> None:
    nameless = evolve(A, organ=None)
    with pytest.raises(FigureError) as caught:
        check_parts(RIGHT, [B, nameless, nameless])
    assert (caught.value.where, caught.value.given) == ("parts", "part 2")
    assert check_parts(RIGHT, [nameless, evolve(nameless)], complete=True).of("H801").broken


def test_a_cycle_of_parts_is_two_questions_and_neither_is_endless() -> None:
    other = whole({NEW: 9, RULES: 9, SUITS: 9}, organ="乙县人民政府")
    assert check_parts(RIGHT, [other]).of("H804").broken
    assert not check_parts(other, [RIGHT]).of("H804").broken
    assert {f.verdict for f in check_parts(other, [RIGHT], complete=True).of("H801")} == {NOT_APPLICABLE}


def test_amounts_are_added_in_one_unit() -> None:
    def priced(name: str, amount: str, unit: str | None) -> Report:
        return part(
            name, {AMOUNT: Decimal(amount)}, form=CN_2019, marks={AMOUNT: Mark(CellState.VALUE, f"{amount}{unit or ''}", unit=unit)}
        )

    def verdict(total: str, unit: str, *parts: Report) -> str:
        top = whole({AMOUNT: Decimal(total)}, form=CN_2019, marks={AMOUNT: Mark(CellState.VALUE, f"{total}{unit}", unit=unit)})
        (found,) = (f for f in check_parts(top, parts, complete=True).of("H802") if f.line == AMOUNT)
        return found.verdict

    assert verdict("3", "万元", priced("甲局", "10000", "元"), priced("乙局", "2", "万元")) == HOLDS
    assert verdict("3", "元", priced("甲局", "10000", "元"), priced("乙局", "2", "万元")) == BROKEN
    assert verdict("3", "万元", priced("甲局", "1", None), priced("乙局", "2", "万元")) == UNKNOWN
    assert verdict("2", "万元", priced("甲局", "0", None), priced("乙局", "2", "万元")) == HOLDS


def test_what_is_aggregated_adds_up() -> None:
    parts = [A, B, part("丙局", {NEW: 7})]
    found = check_parts(aggregate(parts, organ="某县人民政府"), parts, complete=True)
    assert not found.broken
    assert not found.unknown
    assert [rule.code for rule in OF_PARTS] == list(dict.fromkeys(finding.code for finding in found))


def test_a_part_that_is_not_on_the_list_leaves_the_list_in_doubt() -> None:
    parts = [Report(organ=organ, year=2023, scope=ReportScope.OWN_ORGAN) for organ in ("某县财政局", "某县审计局")]
    whole = Report(organ="某县人民政府", year=2023, scope=ReportScope.AGGREGATE)
    coverage = check_parts(whole, parts, expected=["某县财政局"]).coverage
    assert coverage is not None
    assert (coverage.unexpected, coverage.complete) == (("某县审计局",), False)
    declared = check_parts(whole, parts, expected=["某县财政局"], complete=True).coverage
    assert declared is not None
    assert declared.complete
    with pytest.raises(FigureError):
        check_parts(whole, parts, expected="某县财政局")
