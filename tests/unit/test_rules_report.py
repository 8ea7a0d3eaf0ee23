"""Rules on requests, disputes, structure and dates: every verdict that they can give."""

from typing import Any

import pytest

from govinfo.errors import FigureError
from govinfo.findings import Findings
from govinfo.keys import AdminLevel, OrganKind, ReportScope, Section
from govinfo.reading import Leftover, Origin
from govinfo.report import ABSENT, Report
from govinfo.rules import check
from govinfo.rules.organ import organ_of
from govinfo.rules.profile import Profile
from tests.rule_cases import (
    BLANK,
    BROKEN,
    CN_2019,
    CN_2021,
    ERROR,
    HEADINGS,
    HOLDS,
    INFO,
    NOT_APPLICABLE,
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
)
from tests.toy import RIGHT


def left_over(text: str, section: Section = Section.REQUESTS, **origin: Any) -> Leftover:
    return Leftover(text, section, "a row that the form does not have", Origin(text, **origin))


DENIED = report(row("denied_state_secret", 1, 0, 0, 0, 0, 0, 1) | row("denied_process_information", 2, 0, 0, 0, 0, 0, 2))
RIGHT_SUBTOTAL = left_over("不予公开小计 | 3 | 0 | 0 | 0 | 0 | 0 | 3")
CELL_BY_CELL = tuple(
    left_over(text, table=1, row=9, column=n) for n, text in enumerate(("（三）不予公开", "3", "0", "0", "0", "0", "0", "4"))
)
NO_ORGANISATIONS = left_over(" ".join(["法人或其他组织小计", *["0"] * 25]))
TOTAL = "requests.{}.total".format
REQUESTS = [
    Case("R304", HOLDS, read(leftovers=(RIGHT_SUBTOTAL,), of=DENIED), "total"),
    Case("R304", HOLDS, read(leftovers=(NO_ORGANISATIONS,)), "granted"),
    Case("R304", BROKEN, read(leftovers=CELL_BY_CELL, of=DENIED), "total", ERROR),
    Case("R304", HOLDS, read(leftovers=CELL_BY_CELL, of=DENIED), "natural_person"),
    Case(
        "R304", UNKNOWN, read(leftovers=(RIGHT_SUBTOTAL,), of=DENIED.replace({"requests.denied_third_party_rights.total": BLANK})), "total"
    ),
    Case("R304", UNKNOWN, read(leftovers=(left_over("不予公开小计 3 0"),), of=DENIED)),
    Case("R304", NOT_APPLICABLE, read(of=DENIED)),
    Case("R304", NOT_APPLICABLE, read(leftovers=(left_over("其他说明 3 0 0"), left_over("不予公开小计 见附件")), of=DENIED)),
    Case("R304", NOT_APPLICABLE, checked()),
    Case("R304", NOT_APPLICABLE, read(leftovers=(RIGHT_SUBTOTAL,), of=Report())),
    Case("R305", HOLDS, checked(), "total"),
    Case("R305", HOLDS, checked({TOTAL("new_received"): 1, TOTAL("granted"): 7}), "total"),
    Case("R305", BROKEN, checked({TOTAL("granted"): 1}), "total", ERROR),
    Case("R305", UNKNOWN, checked({TOTAL("granted"): BLANK}), "total"),
    Case("R305", UNKNOWN, checked({TOTAL("carried_in"): BLANK}), "total"),
    Case("R305", BROKEN, checked({TOTAL("granted"): 1, TOTAL("other_misc"): BLANK}), "total"),
    Case("R305", NOT_APPLICABLE, of_bare()),
    Case("R306", HOLDS, checked({TOTAL("granted"): 1}), "granted"),
    Case("R306", HOLDS, checked(row("granted", *[BLANK] * 6, 0)), "granted"),
    Case("R306", BROKEN, checked(row("granted", *[BLANK] * 6, 4)), "granted", WARNING),
    Case("R306", UNKNOWN, checked(row("granted", *[BLANK] * 6, BLANK)), "granted"),
    Case("R306", UNKNOWN, checked(row("granted", *[BLANK] * 5, UNREADABLE, 4)), "granted"),
    Case("R306", NOT_APPLICABLE, of_bare()),
    Case("R307", HOLDS, checked({TOTAL("new_received"): 21, TOTAL("carried_forward"): 10})),
    Case("R307", BROKEN, checked({TOTAL("new_received"): 21, TOTAL("carried_forward"): 11}), severity=INFO),
    Case("R307", UNKNOWN, checked({TOTAL("new_received"): 21, TOTAL("carried_forward"): BLANK})),
    Case("R307", UNKNOWN, checked({TOTAL("new_received"): BLANK})),
    Case("R307", NOT_APPLICABLE, checked({TOTAL("new_received"): 19, TOTAL("carried_forward"): 19})),
    Case("R307", NOT_APPLICABLE, of_bare()),
    Case(
        "R307",
        HOLDS,
        checked({TOTAL("new_received"): 21, TOTAL("carried_forward"): 11}, profile=Profile(thresholds={"R307": {"share": 1}})),
    ),
    Case("R308", HOLDS, checked({TOTAL("total_concluded"): 20, TOTAL("other_misc"): 6})),
    Case("R308", BROKEN, checked({TOTAL("total_concluded"): 20, TOTAL("other_misc"): 7}), severity=INFO),
    Case("R308", BROKEN, checked({TOTAL("total_concluded"): 20, TOTAL("other_processing"): 7}, CN_2019)),
    Case("R308", UNKNOWN, checked({TOTAL("total_concluded"): 20, TOTAL("other_misc"): BLANK})),
    Case("R308", NOT_APPLICABLE, checked({TOTAL("other_misc"): 7})),
    Case("R308", NOT_APPLICABLE, of_bare()),
    Case("D404", HOLDS, checked(year=2024)),
    Case("D404", BROKEN, checked({"disputes.direct_litigation.total": 1}, year=2024), severity=INFO),
    Case("D404", UNKNOWN, checked({"disputes.direct_litigation.total": BLANK}, year=2024)),
    Case("D404", UNKNOWN, checked(year=None)),
    Case("D404", NOT_APPLICABLE, checked({"disputes.direct_litigation.total": 1})),
    Case("D404", NOT_APPLICABLE, of_bare(year=2024)),
]

RENAMED = heading(5, "五、政府信息公开工作存在的主要问题及改进情况")
OTHER_WORDS = heading(5, "五、问题与展望")
LOOSE = report(form=CN_2019, year=2019)
PLACES = {address: Origin("0", line=n) for n, address in enumerate(CN_2021.requests.addresses, 1)}
SWAPPED = PLACES | {f"requests.granted.{column.key}": Origin("0", line=1000) for column in CN_2021.requests.columns}
FOURTH = report(dict.fromkeys((a for a in CN_2021.requests.addresses if ".carried_in." in a), ABSENT))
TITLE = "井研县教育局2023年政府信息公开工作年度报告"
STRUCTURE = [
    Case("S501", HOLDS, read(*HEADINGS)),
    # A table that is there without its heading is a section that is there.
    Case("S501", HOLDS, read(heading(1), heading(5), heading(6))),
    Case("S501", BROKEN, read(*HEADINGS[:5]), severity=ERROR),
    Case("S501", BROKEN, read(*HEADINGS[:5], of=LOOSE), severity=WARNING),
    # An extract shows no headings at all: nobody is accused of leaving sections out.
    Case("S501", UNKNOWN, read()),
    Case("S503", NOT_APPLICABLE, read()),
    Case("S501", NOT_APPLICABLE, checked()),
    Case("S502", HOLDS, read(*HEADINGS)),
    Case("S502", HOLDS, read(*HEADINGS, *HEADINGS)),
    Case("S502", HOLDS, read(heading(1), heading(6))),
    Case("S502", BROKEN, read(heading(2), heading(1)), severity=ERROR),
    Case("S502", BROKEN, read(heading(2), heading(1), of=LOOSE), severity=WARNING),
    Case("S502", NOT_APPLICABLE, read()),
    Case("S502", NOT_APPLICABLE, checked()),
    Case("S503", HOLDS, read(heading(5)), "problems"),
    Case("S503", HOLDS, read(heading(5, "（五） 存在的主要问题\n及改进情况")), "problems"),
    Case("S503", BROKEN, read(RENAMED), "problems", INFO),
    Case("S503", BROKEN, read(OTHER_WORDS), "problems", WARNING),
    Case("S503", BROKEN, read(OTHER_WORDS, of=LOOSE), "problems", INFO),
    Case("S503", BROKEN, read(heading(5)), "requests", WARNING),
    Case("S503", NOT_APPLICABLE, checked()),
    Case("S503", NOT_APPLICABLE, read(of=Report())),
    Case("S504", HOLDS, read(origins=PLACES), "requests"),
    Case("S504", HOLDS, read(), "proactive"),
    Case("S504", BROKEN, read(of=FOURTH), "requests", ERROR),
    Case("S504", BROKEN, read(origins=SWAPPED), "requests", ERROR),
    Case(
        "S504",
        BROKEN,
        read(of=report({"requests.granted.total": ABSENT} | row("carried_in", *[ABSENT] * 7), CN_2019, year=2019)),
        "requests",
        WARNING,
    ),
    Case("S504", NOT_APPLICABLE, checked()),
    Case("S504", NOT_APPLICABLE, read(of=Report())),
    Case("S505", HOLDS, checked(year=2021)),
    Case("S505", BROKEN, checked(form=CN_2019, year=2023), severity=ERROR),
    Case("S505", BROKEN, checked(year=2019), severity=WARNING),
    Case("S505", UNKNOWN, checked(year=None)),
    Case("S505", NOT_APPLICABLE, checked(year=2015)),
    Case("S505", NOT_APPLICABLE, of_bare(year=2023, disputes=report().disputes)),
    Case("S510", HOLDS, of_bare(title=TITLE, year=2023, organ="井研县教育局")),
    Case("S510", HOLDS, of_bare(title="井研縣教育局 2023年度政府信息公開工作年度報告", year=2023, organ="井研县教育局")),
    Case("S510", HOLDS, of_bare(title="淮安市2024年政府信息公开工作年度报告", organ="淮安市人民政府")),
    Case("S510", BROKEN, of_bare(title=TITLE, year=2024), severity=WARNING),
    Case("S510", BROKEN, of_bare(title=TITLE, organ="某某县教育局")),
    Case("S510", BROKEN, of_bare(title="2023年政府信息公开工作年度报告")),
    Case("S510", BROKEN, of_bare(title="工作总结", year=2019), severity=INFO),
    Case("S510", UNKNOWN, of_bare(organ="井研县教育局")),
    Case("S510", NOT_APPLICABLE, of_bare(title="借书情况", requests=RIGHT)),
    Case("S501", BROKEN, read(heading(1), of=Report(requests=RIGHT))),
    Case("S512", HOLDS, of_bare(overview="字 \n" * 1000)),
    Case("S512", BROKEN, of_bare(overview="字" * 1001), severity=INFO),
    Case("S512", HOLDS, checked(overview="字" * 1001, profile=Profile(thresholds={"S512": {"longest": 1001}}))),
    Case("S512", UNKNOWN, checked()),
    Case("S512", NOT_APPLICABLE, checked(form=CN_2019, overview="字" * 1001)),
    Case("S512", NOT_APPLICABLE, of_bare(year=2020, overview="字" * 1001)),
]

BUREAU: dict[str, Any] = {"organ": "井研县教育局", "year": 2023}
GOVERNMENT: dict[str, Any] = {"organ": "井研县人民政府", "year": 2023}
TOWN: dict[str, Any] = {"organ": "研城镇人民政府", "year": 2023}
DATES = [
    Case("T601", HOLDS, of_bare(**BUREAU, published_on=on(2024, 1, 31))),
    Case("T601", BROKEN, of_bare(**BUREAU, published_on=on(2024, 2, 1)), severity=ERROR),
    Case("T601", UNKNOWN, of_bare(**BUREAU)),
    Case("T601", NOT_APPLICABLE, of_bare(**GOVERNMENT, published_on=on(2024, 3, 1))),
    Case("T601", NOT_APPLICABLE, of_bare(year=2023, published_on=on(2024, 3, 1))),
    Case("T601", NOT_APPLICABLE, of_bare(organ="国家税务总局井研县税务局", year=2023, published_on=on(2024, 3, 1))),
    # The office of a government also files the government's own report, by 31 March.
    Case(
        "T601", NOT_APPLICABLE, of_bare(organ="井研县人民政府办公室", scope=ReportScope.AGGREGATE, year=2023, published_on=on(2024, 3, 1))
    ),
    Case("T602", HOLDS, of_bare(**GOVERNMENT, published_on=on(2024, 3, 31))),
    Case("T602", BROKEN, of_bare(**GOVERNMENT, published_on=on(2024, 4, 1)), severity=ERROR),
    Case("T602", UNKNOWN, of_bare(organ="井研县人民政府", published_on=on(2024, 4, 1))),
    Case("T602", NOT_APPLICABLE, of_bare(**TOWN, published_on=on(2024, 4, 1))),
    Case("T603", HOLDS, of_bare(year=2023, published_on=on(2024, 1, 1))),
    Case("T603", BROKEN, of_bare(year=2023, published_on=on(2023, 12, 31)), severity=INFO),
    Case("T603", BROKEN, of_bare(year=9999, published_on=on(9999, 12, 31))),
    Case("T603", UNKNOWN, of_bare(year=2023)),
    Case("T604", HOLDS, of_bare(**TOWN, published_on=on(2024, 1, 31))),
    Case("T604", BROKEN, of_bare(**TOWN, published_on=on(2024, 2, 29)), severity=INFO),
    Case("T604", UNKNOWN, of_bare(**TOWN)),
    Case("T604", NOT_APPLICABLE, of_bare(**BUREAU, published_on=on(2024, 2, 29))),
    Case("T604", HOLDS, checked(**TOWN, published_on=on(2024, 2, 29), profile=Profile(thresholds={"T604": {"last_day": "03-01"}}))),
]
CASES = [*REQUESTS, *STRUCTURE, *DATES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()


def test_a_zero_flow_uses_the_whole_column_only_where_nothing_came_in() -> None:
    found = checked({TOTAL("new_received"): 1})().of("R305")
    assert [len(f.cells) for f in found if f.line == "total"] == [2]
    assert [len(f.cells) for f in found if f.line == "enterprise"] == [25]


def test_direct_suits_say_more_where_every_request_was_granted_or_denied() -> None:
    def direct(more: dict[str, int]) -> Findings:
        return checked({"disputes.direct_litigation.total": 1, **more}, year=2024)().of("D404")

    ((strong,), (weak,)) = direct({}), direct({TOTAL("unprocessed_petition"): 3})
    assert len(strong.cells) == 12
    assert weak.cells == ("disputes.direct_litigation.total",)


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("河北省人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.PROVINCIAL),
        ("内蒙古自治区人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.PROVINCIAL),
        ("上海市人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.PROVINCIAL),
        ("淮安市人民政府", OrganKind.LOCAL_GOVERNMENT, None),
        ("凉山彝族自治州人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.PREFECTURAL),
        ("上海市黄浦区人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.COUNTY),
        ("井研縣人民政府", OrganKind.LOCAL_GOVERNMENT, AdminLevel.COUNTY),
        ("井研县研城镇人民政府", OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP),
        ("井研县某某乡人民政府", OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP),
        ("黄浦区外滩街道办事处", OrganKind.TOWNSHIP, AdminLevel.TOWNSHIP),
        ("井研县人民政府办公室", None, AdminLevel.COUNTY),
        ("河北省教育厅", OrganKind.LOCAL_DEPARTMENT, AdminLevel.PROVINCIAL),
        ("淮安市审计局", OrganKind.LOCAL_DEPARTMENT, None),
        ("国家税务总局淮安市税务局", None, None),
        ("某某经济开发区人民政府", None, None),
        ("某某高新区财政局", None, None),
        ("财政局", None, None),
        ("人民政府", None, None),
        ("教育部", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_the_kind_of_a_body_is_inferred_only_where_its_name_is_certain(
    name: str | None, kind: OrganKind | None, level: AdminLevel | None
) -> None:
    organ = organ_of(Report(organ=name))
    assert (organ.kind, organ.level) == (kind, level)
    assert (organ.because is None) == (kind is None and level is None)


def test_what_is_given_goes_before_what_the_name_says() -> None:
    organ = organ_of(Report(organ="井研县人民政府"), OrganKind.TOWNSHIP)
    assert (organ.kind, organ.level, organ.because) == (OrganKind.TOWNSHIP, None, None)
    both = organ_of(Report(organ="井研县人民政府"), OrganKind.LOCAL_GOVERNMENT, AdminLevel.PREFECTURAL)
    assert (both.kind, both.level, both.because) == (OrganKind.LOCAL_GOVERNMENT, AdminLevel.PREFECTURAL, None)
    assert organ_of(Report(organ="淮安市人民政府"), level="prefectural").level is AdminLevel.PREFECTURAL


@pytest.mark.parametrize("given", [{"organ_kind": "ministry"}, {"level": "village"}])
def test_an_unknown_kind_or_level_is_an_error(given: dict[str, str]) -> None:
    with pytest.raises(FigureError) as caught:
        check(Report(), **given)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the mistake
    assert caught.value.where in given


def test_only_reports_and_readings_are_checked() -> None:
    with pytest.raises(TypeError):
        check("report")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # that is the mistake
