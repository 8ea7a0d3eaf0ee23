"""Every limit that a rule compares with: just below it, at it, just above it. And the turns that a rule takes besides its verdict."""

from decimal import Decimal
from typing import Any

import pytest

from govinfo.keys import AdminLevel, OrganKind, ReportScope, Section
from govinfo.reading import Leftover, Origin
from govinfo.report import ABSENT, CellState, Mark, Report
from govinfo.rules import check_years
from govinfo.rules.profile import Profile
from tests.rule_cases import (
    BLANK,
    BROKEN,
    CN_2019,
    CN_2021,
    ERROR,
    HEADINGS,
    HOLDS,
    NOT_APPLICABLE,
    SLASH,
    UNKNOWN,
    UNREADABLE,
    WARNING,
    Case,
    checked,
    heading,
    of_bare,
    on,
    read,
    report,
    row,
    years,
)
from tests.toy import books

TOTAL = "requests.{}.total".format
CHARGES, AMOUNT, DIRECT = "proactive.charges.amount_wan", "proactive.procurement.amount", "disputes.direct_litigation.total"
OWN, ALL = ReportScope.OWN_ORGAN, ReportScope.AGGREGATE
COUNTY, CITY = AdminLevel.COUNTY, AdminLevel.PREFECTURAL


def charged(amount: str, level: AdminLevel | None = None, **limits: int) -> Any:
    profile = Profile(thresholds={"P203": limits}) if limits else None
    return checked({CHARGES: Decimal(amount)}, level=level, profile=profile)


def carried(new: int, forward: int, **limits: Any) -> Any:
    return checked({TOTAL("new_received"): new, TOTAL("carried_forward"): forward}, profile=Profile(thresholds={"R307": limits}))


def misc(done: int, other: int) -> Any:
    return checked({TOTAL("total_concluded"): done, TOTAL("other_misc"): other})


def fees(last: str, now: str, **limits: int) -> Any:
    profile = Profile(thresholds={"Y707": limits})
    return lambda: check_years([report({CHARGES: Decimal(last)}, year=2022), report({CHARGES: Decimal(now)})], profile=profile)


def jump(last: int, now: int) -> Any:
    return years(report({TOTAL("carried_in"): last}, year=2022), report({TOTAL("carried_in"): now}))


LIMITS = [
    # Round amounts from 100,000 on, by steps of 10,000.
    Case("P203", HOLDS, charged("90000")),
    Case("P203", HOLDS, charged("99999")),
    Case("P203", BROKEN, charged("100000")),
    Case("P203", HOLDS, charged("100001")),
    Case("P203", HOLDS, charged("109999")),
    Case("P203", BROKEN, charged("110000")),
    Case("P203", HOLDS, charged("110000.5")),
    # A million at county level.
    Case("P203", HOLDS, charged("999999", COUNTY)),
    Case("P203", BROKEN, charged("1000001", COUNTY)),
    Case("P203", BROKEN, charged("1000001", AdminLevel.TOWNSHIP)),
    Case("P203", HOLDS, charged("1000001", CITY)),
    Case("P203", BROKEN, charged("1000000", CITY)),
    Case("P203", HOLDS, charged("999999")),
    Case("P203", NOT_APPLICABLE, charged("1000001")),
    Case("P203", BROKEN, checked({CHARGES: Decimal(1_000_001)}, organ="井研县人民政府")),
    Case("P203", BROKEN, charged("1001", COUNTY, large=1001)),
    Case("P203", HOLDS, charged("1001", COUNTY, large=1002)),
    Case("P203", BROKEN, charged("50", round_from=50, round_step=25)),
    Case("P203", HOLDS, charged("51", round_from=50, round_step=25)),
    Case("P203", HOLDS, charged("50", round_from=51, round_step=25)),
    # From 20 requests on, half of them.
    Case("R307", NOT_APPLICABLE, carried(19, 19)),
    Case("R307", HOLDS, carried(20, 10)),
    Case("R307", BROKEN, carried(20, 11)),
    Case("R307", HOLDS, carried(10, 5, least=10)),
    Case("R307", BROKEN, carried(10, 1, least=10, share=0)),
    Case("R308", NOT_APPLICABLE, misc(19, 19)),
    Case("R308", HOLDS, misc(20, 6)),
    Case("R308", BROKEN, misc(20, 7)),
    Case("R308", HOLDS, misc(21, 6)),
    Case("D404", NOT_APPLICABLE, checked({DIRECT: 1}, year=2023)),
    Case("D404", BROKEN, checked({DIRECT: 1}, year=2025)),
    # Three to thirty thousand times, either way.
    Case("Y707", HOLDS, fees("10", "29999.9")),
    Case("Y707", BROKEN, fees("10", "30000")),
    Case("Y707", BROKEN, fees("10", "300000")),
    Case("Y707", HOLDS, fees("10", "300000.1")),
    Case("Y707", BROKEN, fees("30000", "10")),
    Case("Y707", HOLDS, fees("29999", "10")),
    Case("Y707", BROKEN, fees("-10", "30000")),
    Case("Y707", NOT_APPLICABLE, fees("0", "0")),
    Case("Y707", NOT_APPLICABLE, fees("10", "0")),
    Case("Y707", BROKEN, fees("10", "20", low=2, high=2)),
    Case("Y707", HOLDS, fees("10", "20", low=3)),
    # Tenfold or a tenth, from 50 on.
    Case("Y708", NOT_APPLICABLE, jump(49, 490), "requests"),
    Case("Y708", HOLDS, jump(50, 499), TOTAL("carried_in")),
    Case("Y708", BROKEN, jump(50, 500), TOTAL("carried_in")),
    Case("Y708", BROKEN, jump(59, 5), TOTAL("carried_in")),
    Case("Y708", HOLDS, jump(59, 6), TOTAL("carried_in")),
    Case("Y708", BROKEN, jump(60, 6), TOTAL("carried_in")),
    Case("Y708", BROKEN, jump(60, 0), TOTAL("carried_in")),
    Case("S512", HOLDS, of_bare(year=2021, overview="字" * 1000)),
    Case("S512", BROKEN, of_bare(year=2021, overview="字" * 1001)),
    Case("T601", HOLDS, of_bare(organ="井研县教育局", year=2023, published_on=on(2023, 12, 31))),
    Case("T601", BROKEN, of_bare(organ="井研县教育局", year=2023, published_on=on(2025, 1, 1))),
    Case("T602", HOLDS, of_bare(organ="井研县人民政府", year=2023, published_on=on(2024, 2, 29))),
    Case("C102", HOLDS, checked({CHARGES: Decimal("0.000001")}), CHARGES),
    Case("C102", BROKEN, checked({CHARGES: Decimal("0.0000001")}), CHARGES, WARNING),
    Case("C102", HOLDS, checked({AMOUNT: Decimal("0.12")}, CN_2019, {AMOUNT: Mark(CellState.VALUE, "0.12元", unit="元")}), AMOUNT),
    Case("C102", HOLDS, checked({AMOUNT: Decimal("0.000001")}, CN_2019), AMOUNT),
    Case("C102", BROKEN, checked({AMOUNT: Decimal("0.0000001")}, CN_2019), AMOUNT),
    Case("C101", BROKEN, checked({TOTAL("granted"): Mark(CellState.UNREADABLE, "- 3")}), TOTAL("granted"), ERROR),
    Case("P201", HOLDS, checked({"proactive.rules.issued": 1, "proactive.rules.repealed": 2}), "rules"),
    Case("P205", HOLDS, checked({"proactive.rules.total_public": 3, "proactive.rules.newly_public": 2}, CN_2019), "rules"),
    Case("P206", HOLDS, checked({"proactive.rules.newly_made": 2, "proactive.rules.newly_public": 2}, CN_2019), "rules"),
    Case("P207", HOLDS, checked({"proactive.charges.prior_items": 1, "proactive.charges.net_change": -1}, CN_2019), "charges"),
    Case("P207", BROKEN, checked({"proactive.charges.prior_items": 1, "proactive.charges.net_change": -2}, CN_2019), "charges"),
    Case("P208", HOLDS, checked({"proactive.penalties.prior_items": 1, "proactive.penalties.decisions": 9}, CN_2019), "penalties"),
    Case("P209", BROKEN, checked({"proactive.procurement.projects": 1}, CN_2019)),
    Case("P209", UNKNOWN, checked({"proactive.procurement.projects": BLANK}, CN_2019)),
]

LEVELS = [
    Case("P202", BROKEN, checked({"proactive.rules.issued": 1}, organ_kind=OrganKind.TOWNSHIP)),
    Case("P202", BROKEN, checked({"proactive.rules.issued": 1}, level=AdminLevel.TOWNSHIP, scope=ALL)),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.issued": 1}, organ_kind=OrganKind.LOCAL_GOVERNMENT, level=CITY)),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.issued": 1}, organ_kind=OrganKind.STATE_COUNCIL_DEPARTMENT)),
    Case("P202", BROKEN, checked({"proactive.rules.issued": 1}, organ="淮安市审计局", scope=OWN)),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.issued": 1}, organ="淮安市审计局", scope=ALL)),
    Case("P202", NOT_APPLICABLE, checked({"proactive.rules.issued": 1}, organ="淮安市人民政府办公室", scope=OWN)),
    Case("P202", BROKEN, checked({"proactive.rules.issued": 1}, organ="井研县人民政府办公室", scope=OWN)),
    Case("P202", HOLDS, checked({"proactive.rules.in_force": SLASH}, organ="井研县人民政府", marks={})),
    Case("T601", HOLDS, of_bare(organ="井研县人民政府办公室", scope=OWN, year=2023, published_on=on(2024, 1, 31))),
    Case("T602", NOT_APPLICABLE, of_bare(organ="井研县教育局", year=2023, published_on=on(2024, 4, 1))),
    Case("T604", NOT_APPLICABLE, of_bare(organ="某某", year=2023, published_on=on(2024, 4, 1))),
    Case(
        "T604",
        BROKEN,
        checked(organ_kind=OrganKind.LOCAL_GOVERNMENT, level=AdminLevel.TOWNSHIP, published_on=on(2024, 2, 1)),
    ),
    Case("T602", NOT_APPLICABLE, checked(organ_kind=OrganKind.LOCAL_GOVERNMENT, level=AdminLevel.TOWNSHIP, published_on=on(2024, 4, 1))),
    Case("T602", BROKEN, checked(organ_kind=OrganKind.LOCAL_GOVERNMENT, published_on=on(2024, 4, 1)), severity=ERROR),
    Case("T601", NOT_APPLICABLE, checked(organ_kind=OrganKind.LOCAL_DEPARTMENT, level=AdminLevel.TOWNSHIP, published_on=on(2024, 4, 1))),
    Case("T601", BROKEN, checked(organ_kind=OrganKind.STATE_COUNCIL_DEPARTMENT, published_on=on(2024, 4, 1))),
    Case("T604", UNKNOWN, of_bare(organ="研城镇人民政府", published_on=on(2024, 4, 1))),
    Case("T603", UNKNOWN, of_bare(published_on=on(2024, 4, 1))),
]

OUTCOMES = [str(line.key) for line in CN_2021.requests.rows]
SUITS = ("unavailable_not_held", "unprocessed_petition", "other_misc")
SHOWN = [
    # Eight cells without a value are named, of more only the number.
    Case("R302", UNKNOWN, checked(dict.fromkeys(map(TOTAL, OUTCOMES[2:10]), BLANK)), "total"),
    Case("R302", UNKNOWN, checked(dict.fromkeys(map(TOTAL, OUTCOMES[2:11]), BLANK)), "total"),
    Case("R302", UNKNOWN, checked(dict.fromkeys(map(TOTAL, OUTCOMES[2:13]), ABSENT)), "total"),
    Case(
        "R301",
        BROKEN,
        checked({TOTAL("new_received"): 1}, marks={TOTAL("carried_in"): Mark(CellState.VALUE, "0（结转）", "结转")}),
        "total",
    ),
    Case("R307", UNKNOWN, checked({TOTAL("new_received"): BLANK, TOTAL("carried_forward"): UNREADABLE})),
    Case("R306", UNKNOWN, checked(row("granted", *[ABSENT] * 5, UNREADABLE, 4)), "granted"),
    Case("R306", HOLDS, checked(row("granted", *[BLANK] * 5, 0, 4)), "granted"),
    *(Case("D404", BROKEN, checked({DIRECT: 2, TOTAL(outcome): 1}, year=2024)) for outcome in SUITS),
    Case("D404", BROKEN, of_bare(year=2024, disputes=report({DIRECT: 2}).disputes)),
    Case("D404", BROKEN, checked({DIRECT: 2, TOTAL("denied_state_secret"): 1, TOTAL("granted"): 1}, year=2024)),
    Case("D404", UNKNOWN, of_bare(disputes=report({DIRECT: BLANK}).disputes)),
    Case("R305", BROKEN, checked({"requests.granted.enterprise": 3}), "enterprise", ERROR),
    Case("R305", HOLDS, checked({"requests.granted.enterprise": 3, "requests.carried_in.enterprise": 1}), "enterprise"),
    Case("R305", UNKNOWN, checked({"requests.new_received.enterprise": BLANK, "requests.granted.enterprise": 3}), "enterprise"),
    # A form of the caller's own has balances under codes of its own.
    Case("T1", HOLDS, of_bare(requests=books(1, 2, 3, 4, 5, 9, 5, 7, 12)), "child"),
    Case("T1", BROKEN, of_bare(requests=books(1, 2, 3, 4, 5, 9, 6, 7, 12)), "child", ERROR),
    Case("T2", BROKEN, of_bare(requests=books(1, 2, 4, 4, 5, 9, 5, 7, 12)), "lent", ERROR),
]


def left_over(text: str, section: Section | None = Section.REQUESTS, **origin: Any) -> Leftover:
    return Leftover(text, section, "a row that the form does not have", Origin(text, **origin))


def cells(*texts: str, **origin: Any) -> tuple[Leftover, ...]:
    places: list[dict[str, Any]] = [{"table": 1, "row": 9, **origin, "column": n} for n in range(len(texts))]
    return tuple(left_over(text, **place) for text, place in zip(texts, places, strict=True))


NOTHING = "不予公开小计 0 0 0 0 0 0 0"
LINES = [
    Case("R304", HOLDS, read(leftovers=(left_over(NOTHING),)), "total"),
    Case("R304", BROKEN, read(leftovers=(left_over("不予公开合计 0 0 0 0 0 0 999999999"),)), "total"),
    # Ten digits are no count, and words after the figures make the line another thing.
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over("不予公开小计 0 0 0 0 0 0 1000000000"),))),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over(f"{NOTHING} 件"),))),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over(NOTHING, Section.DISPUTES),))),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over(NOTHING, None),))),
    Case("R304", UNKNOWN, read(leftovers=(left_over(f"{NOTHING} 0"),)), "不予公开"),
    Case("R304", UNKNOWN, read(leftovers=(left_over("不予公开小计 0 0 0 0 0 0"),)), "不予公开"),
    # Cells of two rows are two lines, those of one row one.
    Case("R304", UNKNOWN, read(leftovers=(*cells("不予公开小计", "0", "0"), *cells("0", "0", "0", "0", "0", row=10))), "不予公开"),
    Case("R304", UNKNOWN, read(leftovers=(*cells("不予公开小计", "0", "0"), *cells("0", "0", "0", "0", "0", table=2))), "不予公开"),
    Case("R304", UNKNOWN, read(leftovers=(*cells("不予公开小计", "0", "0"), *cells("0", "0", "0", "0", "0", page=2))), "不予公开"),
    Case("R304", UNKNOWN, read(leftovers=(*cells("不予公开小计", "0", "0"), *cells("0", "0", "0", "0", "0", sheet="2"))), "不予公开"),
    Case("R304", HOLDS, read(leftovers=(*cells("不予公开小计", "0", "0"), *cells("0", "0", "0", "0", "0"))), "total"),
    Case("R304", UNKNOWN, read(leftovers=(left_over("不予公开小计 0 0"), left_over("0 0 0 0 0"))), "不予公开"),
    Case("R304", BROKEN, read(leftovers=(left_over("无法提供小计 1 0 0 0 0 0 1"),)), "natural_person", ERROR),
    Case("R304", BROKEN, read(leftovers=(left_over("不予处理小计 1 0 0 0 0 0 1"),)), "total"),
    Case("R304", BROKEN, read(leftovers=(left_over("其他处理小计 1 0 0 0 0 0 1"),)), "total"),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over("本年度办理结果小计 1 0 0 0 0 0 1"),))),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over("予以公开小计 1 0 0 0 0 0 1"),))),
    Case("R304", BROKEN, read(leftovers=(left_over("法人或其他组织小计 " + "0 " * 22 + "1"),), of=report(form=CN_2019))),
]

# A period may be stated where no section is, and no figure of a table is one.
PERIODS = [
    Case("S511", HOLDS, read(leftovers=(left_over("统计期限自2023年1月1日起至12月31日止", None),))),
    Case("S511", BROKEN, read(leftovers=(left_over("统计期限自2022年1月1日起至12月31日止", None),))),
    Case("S511", NOT_APPLICABLE, read(leftovers=(left_over("统计期限自2022年1月1日起至12月31日止"),))),
]
GRID = {address: Origin("0", page=1, table=2, row=n // 7, column=n % 7) for n, address in enumerate(CN_2021.requests.addresses)}
LINED = {address: Origin("0", page=1 + n // 90, line=n % 90) for n, address in enumerate(CN_2021.requests.addresses)}
SCANNED = {address: Origin("0", position=n) for n, address in enumerate(CN_2021.requests.addresses)}


def moved(places: dict[str, Origin], line: str, origin: Origin) -> dict[str, Origin]:
    return places | {f"requests.{line}.{column.key}": origin for column in CN_2021.requests.columns}


def gone(*lines: str) -> Report:
    return report({a: ABSENT for a in CN_2021.requests.addresses if {*a.split(".")} & {*lines}})


SHAPES = [
    Case("S504", HOLDS, read(origins=GRID), "requests"),
    Case("S504", HOLDS, read(origins=SCANNED), "requests"),
    Case("S504", HOLDS, read(origins=LINED), "requests"),
    Case("S504", BROKEN, read(origins=moved(LINED, "granted", Origin("0", page=2, line=0))), "requests"),
    Case("S504", BROKEN, read(origins=moved(GRID, "granted", Origin("0", page=1, table=2, row=99))), "requests"),
    Case("S504", BROKEN, read(origins=moved(GRID, "granted", Origin("0", page=1, table=3, row=0))), "requests"),
    Case("S504", BROKEN, read(origins=moved(GRID, "granted", Origin("0", page=2, table=2, row=0))), "requests"),
    Case("S504", BROKEN, read(origins=moved(GRID, "granted", Origin("0", page=1, table=2, row=0))), "requests"),
    Case("S504", BROKEN, read(origins=moved(SCANNED, "granted", Origin("0", position=9999))), "requests"),
    # A place of another kind, or none, is no ground to say that a row stands elsewhere.
    Case("S504", HOLDS, read(origins=moved(GRID, "granted", Origin("0", position=9999))), "requests"),
    Case("S504", HOLDS, read(origins=moved(GRID, "granted", Origin("0"))), "requests"),
    Case("S504", HOLDS, read(origins=moved(GRID, "granted", Origin("0", page=1, table=2, row=2))), "requests"),
    Case("S504", HOLDS, read(origins=moved(SCANNED, "granted", Origin("0"))), "requests"),
    Case("S504", BROKEN, read(of=gone("granted", "pending")), "requests"),
    Case("S504", BROKEN, read(of=gone("enterprise")), "requests"),
    Case("S504", BROKEN, read(of=gone("enterprise", "total", "granted", "other_misc")), "requests"),
    Case("S504", HOLDS, read(of=report({"requests.granted.total": ABSENT})), "requests"),
    Case("S504", BROKEN, read(of=report(dict.fromkeys(CN_2021.disputes.addresses[:5], ABSENT))), "disputes"),
    Case("S501", BROKEN, read(heading(1), of=Report(year=2023)), severity=ERROR),
    Case("S501", BROKEN, read(heading(1), of=Report(year=2019)), severity=WARNING),
    Case("S502", BROKEN, read(*HEADINGS[:3], HEADINGS[4], HEADINGS[3], HEADINGS[5])),
    Case("S502", BROKEN, read(HEADINGS[5], *HEADINGS[:5])),
    # A table of contents first, then the sections: each is there in its place.
    Case("S502", HOLDS, read(HEADINGS[0], HEADINGS[5], *HEADINGS)),
    Case("S503", BROKEN, read(heading(2, "二、主动公开")), "proactive"),
    Case("S503", HOLDS, read(*HEADINGS), "disputes"),
    Case("S505", BROKEN, checked(form=CN_2019, year=2021), severity=ERROR),
    Case("S505", HOLDS, checked(form=CN_2019, year=2020)),
    Case("S505", HOLDS, checked(form=CN_2019, year=2019)),
    Case("S505", NOT_APPLICABLE, of_bare(year=2023, requests=books(1, 2, 3, 4, 5, 9, 5, 7, 12))),
    Case("S510", BROKEN, of_bare(title="井研县教育局2022年政府信息公开工作年度报告", year=2023, organ="井研县教育局"), severity=WARNING),
    Case("S510", HOLDS, of_bare(title="四川省井研县教育局2023年政府信息公开工作年度报告", year=2023, organ="井研县教育局")),
    Case("S510", HOLDS, of_bare(title="井研县教育局2023年政府信息公开工作年度报告")),
    Case("S510", BROKEN, of_bare(title="井研县教育局2023年度工作报告", year=2023)),
]
CASES = [*LIMITS, *LEVELS, *SHOWN, *LINES, *PERIODS, *SHAPES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()
