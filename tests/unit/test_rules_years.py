"""Rules on two consecutive years: every verdict that they can give, and years that cannot be compared."""

from decimal import Decimal
from typing import Any

import pytest

from govinfo.errors import FigureError
from govinfo.findings import Findings, Verdict
from govinfo.keys import ReportScope
from govinfo.report import Report
from govinfo.rules import check_years
from govinfo.rules.catalogue import OF_YEARS
from govinfo.rules.copies import similarity
from govinfo.rules.profile import Profile
from tests.rule_cases import (
    BLANK,
    BROKEN,
    CN_2019,
    CN_2021,
    HOLDS,
    INFO,
    NOT_APPLICABLE,
    UNKNOWN,
    WARNING,
    Case,
    Figures,
    report,
    years,
)


def before(changes: Figures | None = None, **said: Any) -> Report:
    return report(changes, year=2022, **said)


def after(changes: Figures | None = None, **said: Any) -> Report:
    return report(changes, **said)


def old(changes: Figures | None = None) -> Report:
    return report(changes, CN_2019, year=2019)


def bridge(changes: Figures | None = None) -> Report:
    return report(changes, CN_2019)


def bare(year: int) -> Report:
    return Report(year=year)


CARRIED, FORWARD = "requests.carried_in.{}".format, "requests.carried_forward.{}".format
RULES, CHARGES, LICENSING = "proactive.rules.{}".format, "proactive.charges.amount_wan", "proactive.licensing.{}".format
DISPUTES = "disputes.{}".format
NEITHER = years(bare(2022), bare(2023))
TEXT = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
CASES = [
    Case("Y701", HOLDS, years(before({FORWARD("total"): 121}), after({CARRIED("total"): 121})), "total"),
    Case("Y701", BROKEN, years(before({FORWARD("total"): 121}), after({CARRIED("total"): 118})), "total", WARNING),
    Case("Y701", BROKEN, years(old({FORWARD("enterprise"): 1}), bridge()), "enterprise"),
    Case("Y701", BROKEN, years(bridge({FORWARD("enterprise"): 1}), report(year=2021)), "enterprise"),
    Case("Y701", UNKNOWN, years(before({FORWARD("total"): BLANK}), after()), "total"),
    Case("Y701", NOT_APPLICABLE, NEITHER),
    Case(
        "Y702",
        HOLDS,
        years(before({RULES("in_force"): 11}), after({RULES("issued"): 2, RULES("repealed"): 1, RULES("in_force"): 12})),
        "rules",
    ),
    Case("Y702", BROKEN, years(before({RULES("in_force"): 11}), after({RULES("in_force"): 12})), "rules", WARNING),
    Case("Y702", UNKNOWN, years(before({RULES("in_force"): 11}), after({RULES("repealed"): BLANK})), "rules"),
    Case("Y702", NOT_APPLICABLE, years(bridge(), report(year=2021))),
    Case(
        "Y703",
        HOLDS,
        years(old({LICENSING("prior_items"): 5, LICENSING("net_change"): -2}), bridge({LICENSING("prior_items"): 3})),
        "licensing",
    ),
    Case("Y703", BROKEN, years(old({LICENSING("prior_items"): 5}), bridge({LICENSING("prior_items"): 3})), "licensing", WARNING),
    Case("Y703", UNKNOWN, years(old({LICENSING("net_change"): BLANK}), bridge()), "licensing"),
    Case("Y703", NOT_APPLICABLE, years(before(), after())),
    Case("Y704", HOLDS, years(old({RULES("total_public"): 5}), bridge({RULES("total_public"): 6, RULES("newly_public"): 1})), "rules"),
    Case(
        "Y704",
        BROKEN,
        years(old({RULES("total_public"): 5}), bridge({RULES("total_public"): 7, RULES("newly_public"): 1})),
        "rules",
        WARNING,
    ),
    Case("Y704", UNKNOWN, years(old({RULES("total_public"): BLANK}), bridge()), "rules"),
    Case("Y704", NOT_APPLICABLE, years(before(), after())),
    Case(
        "Y705", HOLDS, years(bridge({RULES("total_public"): 5}), report({RULES("in_force"): 4, RULES("repealed"): 1}, year=2021)), "rules"
    ),
    Case("Y705", BROKEN, years(bridge({RULES("total_public"): 5}), report({RULES("in_force"): 4}, year=2021)), "rules", INFO),
    Case("Y705", UNKNOWN, years(bridge({RULES("total_public"): BLANK}), report(year=2021)), "rules"),
    Case("Y705", NOT_APPLICABLE, years(before(), after())),
    Case(
        "Y706",
        HOLDS,
        years(before({DISPUTES("reconsideration.pending"): 2}), after({DISPUTES("reconsideration.total"): 2})),
        "reconsideration",
    ),
    Case("Y706", BROKEN, years(before({DISPUTES("reconsideration.pending"): 2}), after()), "reconsideration", INFO),
    Case("Y706", UNKNOWN, years(before({DISPUTES("reconsideration.pending"): BLANK}), after()), "reconsideration"),
    Case("Y706", NOT_APPLICABLE, NEITHER),
    Case("Y707", HOLDS, years(before({CHARGES: Decimal(10)}), after({CHARGES: Decimal(29_999)}))),
    Case("Y707", BROKEN, years(before({CHARGES: Decimal(10)}), after({CHARGES: Decimal(30_000)})), severity=WARNING),
    Case("Y707", BROKEN, years(before({CHARGES: Decimal(300_000)}), after({CHARGES: Decimal(10)}))),
    Case("Y707", HOLDS, years(before({CHARGES: Decimal(10)}), after({CHARGES: Decimal(300_001)}))),
    Case("Y707", UNKNOWN, years(before({CHARGES: BLANK}), after({CHARGES: Decimal(10)}))),
    # A legitimate exception: a levy that was created or abolished.
    Case("Y707", NOT_APPLICABLE, years(before({CHARGES: Decimal(0)}), after({CHARGES: Decimal(10)}))),
    Case("Y707", NOT_APPLICABLE, years(before({CHARGES: Decimal(10)}), after({CHARGES: Decimal(0)}))),
    Case("Y708", HOLDS, years(before({CARRIED("total"): 50}), after({CARRIED("total"): 499})), CARRIED("total")),
    Case("Y708", BROKEN, years(before({CARRIED("total"): 50}), after({CARRIED("total"): 500})), CARRIED("total"), INFO),
    Case("Y708", BROKEN, years(before({CARRIED("total"): 50}), after({CARRIED("total"): 5})), CARRIED("total")),
    Case("Y708", HOLDS, years(before({CARRIED("total"): 50}), after({CARRIED("total"): 6})), CARRIED("total")),
    Case("Y708", UNKNOWN, years(before({CARRIED("total"): 50}), after({CARRIED("total"): BLANK})), CARRIED("total")),
    Case("Y708", NOT_APPLICABLE, years(before({CARRIED("total"): 49}), after({CARRIED("total"): 4_900})), "requests"),
    Case("Y708", NOT_APPLICABLE, years(bridge({CARRIED("total"): 50}), report(year=2021)), "requests"),
    Case("Y709", HOLDS, years(before({CARRIED("total"): 5}), after({CARRIED("total"): 6}))),
    Case("Y709", BROKEN, years(before({CARRIED("total"): 5}), after({CARRIED("total"): 5})), severity=WARNING),
    Case("Y709", UNKNOWN, years(before({CARRIED("total"): 5}), after({CARRIED("total"): BLANK}))),
    Case("Y709", NOT_APPLICABLE, years(before(), after())),
    Case("Y709", NOT_APPLICABLE, years(bridge(), report(year=2021))),
    Case("Y710", HOLDS, years(before(overview=TEXT, problems=TEXT), after(overview=TEXT[::-1], problems=TEXT[::2]))),
    Case("Y710", BROKEN, years(before(overview=TEXT, problems="无"), after(overview=f"{TEXT[:290]}某某", problems="无")), severity=INFO),
    Case("Y710", BROKEN, years(before(overview=TEXT[:10], problems=""), after(overview=TEXT[:12], problems=""))),  # 18 of 20 pairs
    Case("Y710", UNKNOWN, years(before(overview=TEXT), after(overview=TEXT))),
    Case("Y710", NOT_APPLICABLE, years(before(overview="", problems=""), after(overview=TEXT, problems=TEXT))),
    Case(
        "D405", HOLDS, years(before({DISPUTES("reconsideration.total"): 1}), after({DISPUTES("post_reconsideration_litigation.total"): 1}))
    ),
    Case(
        "D405",
        BROKEN,
        years(
            before({DISPUTES("reconsideration.total"): 1, DISPUTES("reconsideration.pending"): 1}),
            after({DISPUTES("post_reconsideration_litigation.total"): 1}),
        ),
        severity=INFO,
    ),
    Case("D405", UNKNOWN, years(before({DISPUTES("reconsideration.pending"): BLANK}), after())),
    Case("D405", NOT_APPLICABLE, NEITHER),
    # No request in the year, disputes about those of the year before: legitimate, and seen.
    Case("D406", HOLDS, years(before({"requests.total_concluded.total": 3}), after({DISPUTES("direct_litigation.total"): 3}))),
    Case(
        "D406", BROKEN, years(before({"requests.total_concluded.total": 2}), after({DISPUTES("direct_litigation.total"): 3})), severity=INFO
    ),
    Case("D406", UNKNOWN, years(before({"requests.total_concluded.total": BLANK}), after())),
    Case("D406", NOT_APPLICABLE, NEITHER),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()


def verdicts(findings: Findings) -> set[str]:
    return {finding.verdict for finding in findings}


def test_findings_say_which_years_they_speak_of_and_which_cells_of_each() -> None:
    findings = check_years([after({CARRIED("total"): 118}, organ="某县"), before({FORWARD("total"): 121}, organ="某县")])
    (found,) = findings.of("Y701").broken
    assert [(about.year, about.organ, about.cells) for about in found.about] == [
        (2022, "某县", (FORWARD("total"),)),
        (2023, "某县", (CARRIED("total"),)),
    ]
    assert (found.left, found.right) == (118, 121)
    assert "2022" in found.message("zh")
    assert "2023" in found.message("en")


def test_the_total_is_compared_before_the_columns() -> None:
    assert years(before(), after())().of("Y701")[0].line == "total"


def test_years_are_compared_in_their_order_and_never_over_a_gap() -> None:
    run = [report(year=year) for year in (2025, 2021, 2022)]
    findings = check_years(run)
    assert [f.verdict for f in findings.of("Y701")] == [HOLDS] * 7 + [NOT_APPLICABLE]
    gap = findings.of("Y701")[-1]
    assert [about.year for about in gap.about] == [2022, 2025]
    assert "2023-2024" in gap.message("en")
    assert check_years(run[::-1]).counts == findings.counts


def test_other_organs_and_other_scopes_are_not_compared() -> None:
    changed = {FORWARD("total"): 9}
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"organ": "甲县人民政府"}, {"organ": "乙县人民政府"}),
        ({"scope": ReportScope.OWN_ORGAN}, {"scope": ReportScope.AGGREGATE}),
    ]
    for one, other in pairs:
        assert verdicts(check_years([before(changed, **one), after(**other)])) == {NOT_APPLICABLE}
    renamed = check_years([before(changed, organ="淮安市"), after(organ="淮安市人民政府")])
    assert renamed.of("Y701").broken


@pytest.mark.parametrize("run", [[], [report()]])
def test_fewer_than_two_years_have_nothing_to_compare(run: list[Report]) -> None:
    findings = check_years(run)
    assert verdicts(findings) == {NOT_APPLICABLE}
    assert [(finding.code, finding.severity) for finding in findings] == [(rule.code, rule.severity) for rule in OF_YEARS]
    assert all(finding.message("zh") and finding.message("en") for finding in findings)


def test_the_same_year_twice_and_no_year_are_errors() -> None:
    wrong: list[tuple[list[Report], object]] = [
        ([report(year=2022), report(), report()], 2023),
        ([report(), Report()], None),
        ([report(), Report(organ="某县")], "某县"),
    ]
    for run, given in wrong:
        with pytest.raises(FigureError) as caught:
            check_years(run)
        assert (caught.value.where, caught.value.given) == ("year", given)


def test_two_forms_in_one_report_are_compared_table_by_table() -> None:
    mixed = report(requests=report(form=CN_2019).requests)
    findings = check_years([before(), mixed])
    assert {f.verdict for f in findings.of("Y701")} == {HOLDS}
    assert {f.verdict for f in findings.of("Y709")} == {NOT_APPLICABLE}


def test_thresholds_of_years() -> None:
    run = [before({CARRIED("total"): 10}), after({CARRIED("total"): 30})]
    assert not check_years(run).of("Y708").broken
    assert check_years(run, profile=Profile(thresholds={"Y708": {"times": 3, "least": 10}})).of("Y708").broken


def test_similarity() -> None:
    assert similarity(TEXT, TEXT) == 1
    assert similarity(TEXT, TEXT[::-1]) < Decimal("0.01")
    assert similarity("", "") == 1
    assert similarity("", "公开") == 0
    assert similarity("字", "字") == 1
    assert similarity("公 开\n", "公开") == 1


def test_similarity_of_long_texts_is_quick() -> None:
    """A quadratic comparison of these would take minutes."""
    assert similarity("公开政府信息" * 500_000, "政府信息公开" * 500_000) > Decimal("0.9")


def test_what_is_said_of_two_years_names_both() -> None:
    """Also where no cell is shown: it is the later report that copied, and a gap lies between two years."""
    copied = check_years([before({CARRIED("total"): 10}), after({CARRIED("total"): 10})]).of("Y709")
    gap = check_years([before(), report(year=2025)])
    for finding, later in ((copied.broken[0], "2023"), *((finding, "2025") for finding in gap)):
        assert "2022" in finding.message("zh")
        assert later in finding.message("en")


def test_the_forms_here_are_those_that_are_released() -> None:
    assert {table.form.id for table in (*before().tables, *old().tables)} == {CN_2019.id, CN_2021.id}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("某市教育局", "某市", False),
        ("海淀区教育局", "北京市海淀区教育局", True),
        ("淮安市人民政府", "淮安市人民政府办公室", True),
        ("某县审计局", "某县审计局直属分局", False),
    ],
)
def test_a_name_inside_another_is_the_same_body_only_where_it_leaves_out_a_place_or_an_office(one: str, other: str, same: bool) -> None:
    findings = check_years([before(organ=one), after(organ=other)]).of("Y701")
    assert (findings[0].verdict is not Verdict.NOT_APPLICABLE) is same
