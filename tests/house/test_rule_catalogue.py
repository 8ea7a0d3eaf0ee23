"""Laws over the catalogue: codes and names are pinned, and every verdict of every rule is tested or said to be impossible."""

import pytest

from govinfo.findings import Verdict
from govinfo.rules import NOT_COMPUTABLE, RULES
from tests.rule_cases import Case
from tests.unit import test_rules_cells, test_rules_parts, test_rules_prose, test_rules_report, test_rules_years

CASES: list[Case] = [
    *test_rules_cells.CASES,
    *test_rules_report.CASES,
    *test_rules_prose.CASES,
    *test_rules_years.CASES,
    *test_rules_parts.CASES,
]
TESTED = {(case.code, case.verdict) for case in CASES}

# Published: programs select and ignore rules by these. A rule may be added; none is ever renamed, renumbered or reused.
PINNED = {
    "C101": "count-nonneg-int",
    "C102": "money-nonneg",
    "C103": "cell-filled",
    "C104": "cell-clean",
    "P201": "stock-covers-flow",
    "P202": "rule-power",
    "P203": "charge-unit",
    "P204": "charges-cover-fee",
    "P205": "public-total",
    "P206": "made-vs-public",
    "P207": "items-nonneg",
    "P208": "decisions-need-items",
    "P209": "procurement-pair",
    "P210": "procurement-unit",
    "R301": "column-flow",
    "R302": "outcome-sum",
    "R303": "row-sum",
    "R304": "extra-subtotal",
    "R305": "zero-flow",
    "R306": "total-only",
    "R307": "carry-plausible",
    "R308": "catch-all",
    "R309": "fee-unpaid",
    "R310": "partial-once",
    "D401": "reconsideration-sum",
    "D402": "direct-sum",
    "D403": "post-sum",
    "D404": "reconsideration-first",
    "D405": "post-needs-reconsideration",
    "D406": "disputes-vs-requests",
    "D407": "co-defendant",
    "N401": "text-new",
    "N402": "text-handled",
    "N403": "text-answered",
    "N404": "text-carry",
    "N405": "text-groups",
    "N406": "text-disputes",
    "N407": "text-documents",
    "N408": "text-fee",
    "N409": "text-ratio",
    "N410": "text-growth",
    "N411": "text-none",
    "N412": "text-year",
    "S501": "six-sections",
    "S502": "section-order",
    "S503": "heading-text",
    "S504": "table-shape",
    "S505": "form-for-year",
    "S506": "overview-topics",
    "S507": "government-extras",
    "S508": "problems-nonempty",
    "S509": "fee-reported",
    "S510": "title",
    "S511": "period",
    "S512": "overview-length",
    "T601": "department-deadline",
    "T602": "government-deadline",
    "T603": "not-early",
    "T604": "township-deadline",
    "Y701": "carry-over",
    "Y702": "stock-flow",
    "Y703": "items-roll",
    "Y704": "public-total-roll",
    "Y705": "form-bridge",
    "Y706": "pending-absorbed",
    "Y707": "unit-slip",
    "Y708": "jump",
    "Y709": "frozen",
    "Y710": "text-copied",
    "H801": "requests-additive",
    "H802": "proactive-additive",
    "H803": "disputes-additive",
    "H804": "child-bound",
    "H805": "fee-additive",
    "H806": "scope-mismatch",
}


def test_codes_and_names_never_change() -> None:
    known = {rule.code: rule.name for rule in RULES.values()} | {rule.code: rule.name for rule in NOT_COMPUTABLE}
    assert {code: known.get(code) for code in PINNED} == PINNED
    assert not set(known) - set(PINNED), "pin the new code"


def test_a_rule_is_computable_or_not() -> None:
    assert not {rule.code for rule in NOT_COMPUTABLE} & set(RULES)
    assert all(words for rule in NOT_COMPUTABLE for part in (rule.statement, rule.source, rule.reason) for words in (part.zh, part.en))


@pytest.mark.parametrize("code", RULES)
def test_every_verdict_is_tested_or_said_to_be_impossible(code: str) -> None:
    impossible = dict(RULES[code].never)
    missing = [verdict.value for verdict in Verdict if (code, verdict) not in TESTED and verdict not in impossible]
    assert not missing
    assert not [verdict.value for verdict in impossible if (code, verdict) in TESTED], "said to be impossible, and tested"
    assert all(why.zh and why.en for why in impossible.values())


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_fire(code: str) -> None:
    fired = [case for case in CASES if case.code == code and case.verdict is Verdict.BROKEN]
    assert any(case.matching() for case in fired)


@pytest.mark.parametrize("code", RULES)
def test_what_a_rule_says_is_whole(code: str) -> None:
    rule = RULES[code]
    words = [rule.statement, rule.source, *(t.meaning for t in rule.thresholds), *([rule.exceptions] if rule.exceptions else [])]
    assert all(said.zh and said.en for said in words)
    assert set(rule.forms) <= {"cn-2019", "cn-2021"}


@pytest.mark.parametrize("code", RULES)
def test_findings_of_each_verdict_have_words_without_gaps(code: str) -> None:
    for case in CASES:
        if case.code == code:
            for finding in case.matching():
                for said in (finding.message("zh"), finding.message("en")):
                    assert said
                    assert "{" not in said
                    assert "None" not in said


@pytest.mark.parametrize("code", RULES)
def test_broken_findings_say_what_may_excuse_them(code: str) -> None:
    exceptions = RULES[code].exceptions
    for case in CASES:
        if case.code == code and case.verdict is Verdict.BROKEN and exceptions:
            assert all(exceptions.zh in f.message("zh") and exceptions.en in f.message("en") for f in case.matching())
