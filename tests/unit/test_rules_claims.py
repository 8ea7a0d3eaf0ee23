"""What the prose claims against tables, years and parts: how far a word reaches, and every turn that a rule takes besides its verdict."""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from govinfo.findings import Verdict
from govinfo.keys import ReportScope, Section
from govinfo.prose import Bound, Claim, ClaimKind
from govinfo.report import Mark, Report, Value
from govinfo.rules import check_parts
from govinfo.rules.prose import apart, fits, quoted, summed
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
    checked,
    report,
    whole_and_parts,
    years,
)

TOTAL = "requests.{}.total".format
CHARGES, UNPAID = "proactive.charges.amount_wan", TOTAL("other_fee_unpaid")
OWN, ALL = ReportScope.OWN_ORGAN, ReportScope.AGGREGATE


def claim(number: str, kind: ClaimKind = ClaimKind.COUNT, bound: Bound = Bound.EXACT, step: str = "1", **more: Any) -> Claim:
    return Claim(
        section=Section.OVERVIEW, start=0, end=1, kind=kind, measure="new", number=Decimal(number), bound=bound, step=Decimal(step), **more
    )


COUNT, SHARE, GROWTH = ClaimKind.COUNT, ClaimKind.SHARE, ClaimKind.GROWTH


@pytest.mark.parametrize(
    ("said", "value", "fit"),
    [
        *((claim("300", bound=Bound.MORE), value, fit) for value, fit in ((299, False), (300, True), (600, True), (601, False))),
        *((claim("300", bound=Bound.LESS), value, fit) for value, fit in ((149, False), (150, True), (300, True), (301, False))),
        *((claim("300", bound=Bound.ABOUT), value, fit) for value, fit in ((269, False), (270, True), (330, True), (331, False))),
        *((claim("300"), value, fit) for value, fit in ((299, False), (300, True), (301, False))),
        # Said in 万 with one decimal: nearer than a thousand.
        *((claim("12000", step="1000"), value, fit) for value, fit in ((11_000, False), (11_001, True), (12_999, True), (13_000, False))),
        # Rounded, up or down, or cut off.
        *((claim("33.8", SHARE, step="0.1"), v, fit) for v, fit in (("33.74", False), ("33.75", True), ("33.899", True), ("33.9", False))),
        *((claim("-5", GROWTH), v, fit) for v, fit in (("-4.4", False), ("-4.5", True), ("-5.9", True), ("-6", False), ("5.4", False))),
        *((claim("0", GROWTH), value, fit) for value, fit in (("0.9", True), ("-0.9", True), ("1", False))),
    ],
)  # fmt: skip
def test_what_is_said_fits_a_value_up_to_its_limits(said: Claim, value: int | str, fit: bool) -> None:
    assert fits(said, Decimal(value)) is fit


@pytest.mark.parametrize(
    ("cells", "limits"),
    [
        (("a",), (1, 1)),
        (("a", "b"), (3, 6)),
        (("a", "c"), (1, None)),
        (("c", "b"), (2, None)),
        (("a", "d"), None),
        ((), (0, 0)),
    ],
)
def test_the_limits_of_a_sum_are_the_sums_of_the_limits(cells: tuple[str, ...], limits: tuple[int, int | None] | None) -> None:
    assert summed(cells, {"a": (1, 1), "b": (2, 5), "c": (0, None)}) == limits


@pytest.mark.parametrize(
    ("organ", "own", "said", "sentence", "verdict"),
    [
        ("某某县财政局", None, None, "", None),
        ("某某县财政局", OWN, OWN, "", None),
        ("某某县财政局", OWN, ALL, "", UNKNOWN),
        ("某某县财政局", ALL, OWN, "", UNKNOWN),
        ("某某县人民政府", None, ALL, "", None),
        ("某某县财政局", None, ALL, "", NOT_APPLICABLE),
        (None, None, ALL, "", NOT_APPLICABLE),
        ("某某县人民政府", None, OWN, "", NOT_APPLICABLE),
        ("某某县财政局", None, OWN, "本级", None),
        ("某某县人民政府办公室", None, OWN, "", None),
        ("某某县人民政府办公室", None, OWN, "市本级", NOT_APPLICABLE),
        (None, None, OWN, "本级", None),
    ],
)
def test_scopes_that_differ_and_scopes_that_may(
    organ: str | None, own: ReportScope | None, said: ReportScope | None, sentence: str, verdict: Verdict | None
) -> None:
    assert apart(Report(organ=organ, scope=own), claim("1", scope=said, sentence=sentence)) is verdict


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (0, 0, "【7件】"),
        (34, 34, "前" * 34 + "【7件】" + "后" * 34),
        (35, 34, "前" * 35 + "【7件】" + "后" * 24 + "…"),
        (36, 40, "前" * 36 + "【7件】" + "后" * 24 + "…"),
        (37, 40, "…" + "前" * 36 + "【7件】" + "后" * 24 + "…"),
        (90, 24, "…" + "前" * 36 + "【7件】" + "后" * 24),
        (90, 25, "…" + "前" * 36 + "【7件】" + "后" * 24 + "…"),
    ],
)
def test_a_long_sentence_is_quoted_around_its_figure(before: int, after: int, shown: str) -> None:
    sentence = "前" * before + "7件" + "后" * after
    assert quoted(evolve(claim("7"), start=before, end=before + 2, sentence=sentence)) == shown


def said(text: str, changes: Figures | None = None, **more: Any) -> Any:
    return checked(changes, overview=text, **more)


def blank(*cells: str) -> dict[str, Value | Mark]:
    return dict.fromkeys(cells, BLANK)


RECEIVED = "共收到政府信息公开申请{}件。".format
ANSWERED = "答复政府信息公开申请{}件。".format
DONE = {TOTAL("total_concluded"): 10, TOTAL("carried_in"): 2, TOTAL("new_received"): 9}
NO_TABLES = {"proactive": None, "requests": None, "disputes": None}
FLOWS = blank(TOTAL("new_received"), TOTAL("carried_in"), *(f"requests.new_received.{c.key}" for c in CN_2021.requests.columns))
LOOSE: dict[str, Value | Mark] = dict.fromkeys(CN_2021.requests.addresses, BLANK)
KNOWN: dict[str, Value | Mark] = {**LOOSE, "requests.new_received.natural_person": 5}
CASES_OF_COURT = {
    "disputes.reconsideration.total": 4, "disputes.reconsideration.upheld": 3, "disputes.reconsideration.corrected": 1,
    "disputes.direct_litigation.total": 4, "disputes.direct_litigation.upheld": 4,
}  # fmt: skip
CLAIMS = [
    # Either reading will do; the nearest is said where none fits.
    Case("N402", HOLDS, said(RECEIVED(9), DONE)),
    Case("N402", HOLDS, said(RECEIVED(11), DONE)),
    Case("N402", BROKEN, said(RECEIVED(12), DONE), severity=WARNING),
    Case("N402", BROKEN, said(RECEIVED(1), DONE)),
    Case("N402", NOT_APPLICABLE, said(RECEIVED(9), **NO_TABLES)),
    # Answers to the requests of this year alone may be told: 10 less the 2 carried in.
    Case("N403", UNKNOWN, said(ANSWERED(8), DONE)),
    Case("N403", BROKEN, said(ANSWERED(7), DONE)),
    Case("N403", BROKEN, said(ANSWERED(11), DONE)),
    Case("N403", UNKNOWN, said(ANSWERED(8), {**DONE, **blank(TOTAL("carried_in"), "requests.carried_in.enterprise")})),
    # What blanks leave open is unknown; what they cannot be is broken.
    Case("N402", UNKNOWN, said(RECEIVED(5), KNOWN)),
    Case("N402", UNKNOWN, said(RECEIVED(6), KNOWN)),
    Case("N402", BROKEN, said(RECEIVED(4), KNOWN)),
    Case("N402", BROKEN, said("共收到政府信息公开申请4余件。", {TOTAL("new_received"): 3})),
    Case("N402", UNKNOWN, said("共收到政府信息公开申请约40件。", {TOTAL("new_received"): 3})),
    Case("N402", UNKNOWN, said("共收到政府信息公开申请40余件。", KNOWN)),
    Case("N402", UNKNOWN, said("共收到政府信息公开申请近40件。", {TOTAL("new_received"): 300})),
    Case("N402", HOLDS, said("共收到政府信息公开申请1.2万件。", {TOTAL("new_received"): 12_999})),
    Case("N402", BROKEN, said("共收到政府信息公开申请1.2万件。", {TOTAL("new_received"): 13_000})),
    Case("N402", UNKNOWN, said("共收到政府信息公开申请1.2万件。", {**LOOSE, "requests.new_received.enterprise": 12_999})),
    Case("N402", BROKEN, said("共收到政府信息公开申请1.2万件。", {**LOOSE, "requests.new_received.enterprise": 13_000})),
    Case("N402", UNKNOWN, said("全市共收到政府信息公开申请7件。", {TOTAL("new_received"): 7}, scope=OWN)),
    Case("N401", BROKEN, said("本年新收政府信息公开申请7件。", {TOTAL("new_received"): 8}, form=CN_2019)),
    Case("N407", NOT_APPLICABLE, said("制发行政规范性文件7件。", form=CN_2019)),
    Case("N407", BROKEN, said("现行有效规章7件。", {"proactive.rules.in_force": 8})),
    Case("N407", BROKEN, said("废止规章7件。", {"proactive.rules.repealed": 8})),
    Case("N406", BROKEN, said("政府信息公开行政诉讼2件。", {"disputes.direct_litigation.total": 1})),
    Case(
        "N406",
        HOLDS,
        said("政府信息公开行政诉讼2件。", {"disputes.direct_litigation.total": 1, "disputes.post_reconsideration_litigation.total": 1}),
    ),
    Case(
        "N405",
        HOLDS,
        said(
            "政府信息公开申请中，部分公开7件，无法提供1件，不予处理2件。",
            {TOTAL("partially_granted"): 7, TOTAL("unavailable_not_held"): 1, TOTAL("unprocessed_petition"): 2},
        ),
    ),
    Case("N405", BROKEN, said("政府信息公开申请中，部分公开7件。", {TOTAL("partially_granted"): 6})),
    Case("N411", UNKNOWN, said("未发生行政复议。", {"disputes.reconsideration.total": 3})),
    Case("N411", BROKEN, said("未发生因政府信息公开引发的行政复议。", {"disputes.reconsideration.total": 3})),
    # Shares: of the part and the whole that the prose or the tables give.
    Case("N409", HOLDS, said("政府信息公开申请中，予以公开1件，占12.5%。", {TOTAL("granted"): 1, TOTAL("total_concluded"): 8})),
    Case("N409", BROKEN, said("政府信息公开申请中，予以公开1件，占12.7%。", {TOTAL("granted"): 1, TOTAL("total_concluded"): 8})),
    Case("N409", HOLDS, said("政府信息公开申请中，予以公开1件，占12.5%。", {TOTAL("granted"): 1, TOTAL("new_received"): 8})),
    Case(
        "N409",
        HOLDS,
        said("政府信息公开申请中，予以公开1件，占12.5%。", {TOTAL("granted"): 1, TOTAL("new_received"): 5, TOTAL("carried_in"): 3}),
    ),
    Case("N409", UNKNOWN, said("政府信息公开申请中，予以公开1件，占12.5%。", {TOTAL("granted"): 1})),
    Case("N409", UNKNOWN, said("政府信息公开申请中，予以公开1件，占约12%。", {TOTAL("granted"): 1, TOTAL("total_concluded"): 3})),
    Case("N409", HOLDS, said("政府信息公开行政复议4件，其中维持3件，占75%。", CASES_OF_COURT)),
    Case("N409", BROKEN, said("政府信息公开行政复议4件，其中维持3件，占70%。", CASES_OF_COURT)),
    Case("N409", HOLDS, said("政府信息公开行政复议中，维持3件，占75%。", CASES_OF_COURT)),
    Case("N409", HOLDS, said("政府信息公开行政复议中，维持3件，占37.5%。", CASES_OF_COURT)),
    Case("N409", BROKEN, said("政府信息公开行政复议中，维持3件，占50%。", CASES_OF_COURT)),
    Case("N412", BROKEN, said("2022年，我局认真贯彻落实条例。2022年，我局公开信息。"), "overview"),
    Case("N412", UNKNOWN, said("2021年，我局认真贯彻落实条例。"), "overview"),
    Case("N412", UNKNOWN, said("2022年，我局认真贯彻落实条例。2023年的工作另附。"), "overview"),
    Case("N412", HOLDS, checked(title="某某县财政局2023年政府信息公开工作年度报告"), "title"),
    Case("N412", UNKNOWN, checked(title="某某县财政局2023年政府信息公开工作年度报告", year=None)),
    Case("S506", BROKEN, said("（一）主动公开。\n（二）依申请公开。\n（四）信息管理、平台、监督。"), "ordinals", WARNING),
    Case("S506", BROKEN, said("（一）主动公开。\n（二）依申请公开。\n（四）信息管理、平台、监督。", form=CN_2019), "ordinals", INFO),
    Case("S506", HOLDS, said("（一）主动公开。\n（二）依申请公开。\n（一）信息管理、平台、监督。"), "ordinals"),
    Case("S506", HOLDS, said("（二）主动公开。\n（四）依申请公开。\n信息管理、平台、监督。"), "ordinals"),
    Case("S506", HOLDS, said("主动公开、依申请公开、信息管理、平台、监督。"), "topics"),
    *(
        Case(
            "S506",
            BROKEN,
            said("、".join(word for word in ("主动公开信息", "申请", "信息管理", "平台", "监督") if word != left_out)),
            "topics",
        )
        for left_out in ("申请", "平台", "监督")
    ),
    Case("S507", BROKEN, said("开展工作考核。", organ="研城镇人民政府"), severity=WARNING),
    Case("S507", HOLDS, checked(problems="开展工作考核，组织社会评议，未发生责任追究。", organ="研城镇人民政府")),
    Case("S507", NOT_APPLICABLE, said("开展工作考核。")),
    Case("S508", BROKEN, checked(problems="")),
    Case("S508", BROKEN, checked(problems="无\n")),
    Case("S508", BROKEN, checked(problems="无", year=2019, form=CN_2019), severity=INFO),
    Case("S511", HOLDS, said("统计期限自2023年1月1日起至2023年12月31日止。")),
    Case("S511", BROKEN, said("统计期限自2023年1月1日起至2024年12月31日止。")),
    Case("S511", BROKEN, said("统计期限自2023年1月1日起至2023年12月30日止。")),
    Case("S511", BROKEN, said("统计期限自2023年2月1日起至2023年12月31日止。")),
    Case("S511", NOT_APPLICABLE, said("自2023年2月1日起至2023年12月31日开展检查。")),
    Case("S511", HOLDS, checked(problems="统计期限自2023年1月1日起至12月31日止。")),
]


def grown(text: str, before: Report, now: Figures, **more: Any) -> Any:
    return years(before, report(now, overview=text, **more))


LAST = report({TOTAL("new_received"): 10, TOTAL("carried_in"): 2}, year=2022)
MORE = "收到政府信息公开申请12件，同比增长{}%。".format
GROWTHS = [
    Case("N410", HOLDS, grown(MORE("20"), LAST, {TOTAL("new_received"): 12})),
    Case("N410", BROKEN, grown(MORE("21"), LAST, {TOTAL("new_received"): 12}), severity=INFO),
    Case("N410", HOLDS, grown(MORE("8.33"), LAST, {TOTAL("new_received"): 12, TOTAL("carried_in"): 1})),
    Case("N410", UNKNOWN, grown(MORE("21"), report(year=2022), {TOTAL("new_received"): 12})),
    Case("N410", UNKNOWN, grown(MORE("约40"), LAST, {TOTAL("new_received"): 12})),
    Case("N410", UNKNOWN, grown("全市" + MORE("21"), LAST, {TOTAL("new_received"): 12}, scope=OWN)),
    Case("N410", BROKEN, grown("收到政府信息公开申请12件，比上年增加3件。", LAST, {TOTAL("new_received"): 12})),
    Case("N410", HOLDS, grown("收到政府信息公开申请12件，比上年增加2件。", LAST, {TOTAL("new_received"): 12})),
    Case("N410", HOLDS, grown("收到政府信息公开申请5件，同比下降50%。", LAST, {TOTAL("new_received"): 5})),
    Case("N410", UNKNOWN, grown(MORE("20"), LAST, {}, requests=None)),
    Case("N410", NOT_APPLICABLE, grown("新增栏目5个，同比增长20%。", LAST, {})),
]
SPLIT = "本年度收取信息处理费{}件{}元，其中县公安局{}元、县财政局{}元。".format
CHARGED = "本年度收取信息处理费{}件{}元。".format


def fee(text: str, changes: Figures | None = None, **more: Any) -> Any:
    return checked(changes, other_matters=text, **more)


def part(name: str, text: str | None, **more: Any) -> Report:
    return report(organ=f"某某县{name}", scope=OWN, other_matters=text, **more)


def area(text: str, **more: Any) -> Report:
    own: dict[str, Any] = {"organ": "某某县人民政府", "scope": ALL, "other_matters": text, **more}
    return report(**own)


POLICE, TREASURY, SCHOOLS = part("公安局", CHARGED(1, 100)), part("财政局", CHARGED(2, 300)), part("教育局", "未收取信息处理费。")
FEES = [
    Case("P204", HOLDS, fee(CHARGED(1, 10_000), {CHARGES: Decimal(1)})),
    Case("P204", BROKEN, fee(CHARGED(1, 10_010), {CHARGES: Decimal(1)})),
    Case("P204", NOT_APPLICABLE, fee("发出信息处理费收费通知2件。", {CHARGES: Decimal(1)})),
    Case("P204", NOT_APPLICABLE, fee(CHARGED(1, 100), proactive=None)),
    Case("R309", HOLDS, fee("发出信息处理费收费通知3件，收取信息处理费2件200元。", {UNPAID: 3})),
    Case("R309", BROKEN, fee("发出信息处理费收费通知3件，收取信息处理费4件400元。", {UNPAID: 1})),
    Case("R309", NOT_APPLICABLE, fee(CHARGED(1, 100), {UNPAID: 3})),
    Case("R309", NOT_APPLICABLE, fee("发出信息处理费收费通知3件。", form=CN_2019)),
    Case("N408", HOLDS, fee(SPLIT(2, 400, 100, 300)), "yuan"),
    Case("N408", BROKEN, fee(SPLIT(2, 410, 100, 300)), "yuan"),
    Case("N408", UNKNOWN, fee(SPLIT(2, 400, 100, 300).replace("县公安局100", "县公安局1件100")), "cases"),
    Case("N408", HOLDS, fee("本年度收取信息处理费3件，其中县公安局1件100元、县财政局2件300元。"), "cases"),
    Case("N408", HOLDS, fee(CHARGED(1, 380)), "tens"),
    Case("N408", BROKEN, fee(CHARGED(1, 381)), "tens", INFO),
    Case("S509", UNKNOWN, checked(other_matters=None)),
    Case("S509", HOLDS, said("本年度未收取信息处理费。")),
    Case("S509", BROKEN, fee("无其他事项。")),
    Case("H805", HOLDS, whole_and_parts(area(CHARGED(3, 400)), POLICE, TREASURY, SCHOOLS), "collected_yuan"),
    Case("H805", HOLDS, whole_and_parts(area(CHARGED(3, 400)), POLICE, TREASURY, SCHOOLS), "collected_cases"),
    Case("H805", BROKEN, whole_and_parts(area(CHARGED(4, 400)), POLICE, TREASURY), "collected_cases", WARNING),
    Case("H805", BROKEN, whole_and_parts(area(CHARGED(3, 390)), POLICE, TREASURY), "collected_yuan"),
    Case("H805", UNKNOWN, whole_and_parts(area(CHARGED(3, 400)), POLICE, part("财政局", None)), "collected_yuan"),
    Case("H805", UNKNOWN, whole_and_parts(area(CHARGED(3, 400), scope=None), POLICE)),
    Case("H805", NOT_APPLICABLE, whole_and_parts(area("发出信息处理费收费通知2件。"), POLICE)),
]

RULES, NEW, NET = "proactive.rules.issued", TOTAL("new_received"), "proactive.licensing.net_change"


def counted(name: str, changes: Figures, **more: Any) -> Report:
    own: dict[str, Any] = {"organ": name, "scope": OWN, **more}
    return report(changes, **own)


def top(changes: Figures, **more: Any) -> Report:
    own: dict[str, Any] = {"organ": "某县人民政府", "scope": ALL, **more}
    return report(changes, **own)


ONE, TWO = counted("甲局", {NEW: 1, RULES: 1}), counted("乙局", {NEW: 2, RULES: 2})
NOTHING = counted("丙局", {})
PARTS = [
    Case("H801", UNKNOWN, whole_and_parts(top({NEW: 3}, year=None), ONE, TWO)),
    Case("H801", UNKNOWN, whole_and_parts(top({NEW: 3}), ONE, evolve(TWO, year=None))),
    Case("H804", UNKNOWN, whole_and_parts(top({NEW: 3}, year=None), ONE, complete=False)),
    Case("H804", UNKNOWN, whole_and_parts(top({NEW: 3}, scope=None), ONE, complete=False)),
    # A part that does not say whose work it counts is no hindrance here.
    Case("H804", HOLDS, whole_and_parts(top({NEW: 3}), evolve(ONE, scope=None), complete=False), NEW),
    Case("H804", NOT_APPLICABLE, whole_and_parts(top({NEW: 3}), complete=False)),
    Case("H804", NOT_APPLICABLE, whole_and_parts(top({}, requests=None), ONE), "requests"),
    Case("H804", NOT_APPLICABLE, whole_and_parts(top({NEW: 3}), evolve(ONE, requests=report(form=CN_2019).requests)), "requests"),
    Case("H804", UNKNOWN, whole_and_parts(top({NEW: 3}), ONE, evolve(TWO, requests=None)), NEW),
    Case("H804", HOLDS, whole_and_parts(top({NEW: 2}), ONE, TWO), NEW),
    Case("H804", BROKEN, whole_and_parts(top({NEW: 1}), ONE, TWO), NEW, WARNING),
    Case("H804", BROKEN, whole_and_parts(top({CHARGES: Decimal("0.5")}), counted("甲局", {CHARGES: Decimal("0.6")})), CHARGES),
    # Net changes may go up and down; refunds of one body may outweigh what another charged.
    Case(
        "H804",
        HOLDS,
        whole_and_parts(top({NET: 0}, form=CN_2019, year=2020), counted("甲局", {NET: 5}, form=CN_2019, year=2020)),
        RULES.replace("issued", "newly_made"),
    ),
    Case(
        "H804",
        HOLDS,
        whole_and_parts(top({CHARGES: Decimal(1)}), counted("甲局", {CHARGES: Decimal(2)}), counted("乙局", {CHARGES: Decimal(-1)})),
        NEW,
    ),
    Case("H801", NOT_APPLICABLE, whole_and_parts(top({}, requests=None), ONE), "requests"),
    Case("H803", UNKNOWN, whole_and_parts(top({}), evolve(ONE, disputes=None)), "disputes.reconsideration.total"),
    Case("H806", BROKEN, whole_and_parts(top({NEW: 1, RULES: 1}), ONE, TWO), severity=INFO),
    Case("H806", BROKEN, whole_and_parts(top({NEW: 1, RULES: 1}), TWO, evolve(ONE, organ=None))),
    Case("H806", BROKEN, whole_and_parts(top({NEW: 1, RULES: 1}), ONE, evolve(TWO, scope=None), complete=False)),
    Case("H806", HOLDS, whole_and_parts(top({NEW: 1, RULES: 1}), ONE, NOTHING)),
    # Two parts alike are each other's figures.
    Case("H806", BROKEN, whole_and_parts(top({NEW: 1, RULES: 1}), ONE, evolve(ONE, organ="丁局"))),
    Case("H806", HOLDS, whole_and_parts(top({NEW: 2, RULES: 1}), ONE, TWO)),
    Case("H806", UNKNOWN, whole_and_parts(top({NEW: 1, RULES: BLANK}), ONE, TWO)),
    Case("H806", HOLDS, whole_and_parts(top({NEW: 4, RULES: BLANK}), ONE, TWO)),
    Case("H806", UNKNOWN, whole_and_parts(top({NEW: 1, RULES: 1}), counted("甲局", {NEW: 1, RULES: BLANK}), TWO)),
    Case("H806", HOLDS, whole_and_parts(top({NEW: 1, RULES: 1}), counted("甲局", {NEW: 3, RULES: BLANK}), TWO)),
    Case("H806", NOT_APPLICABLE, whole_and_parts(top({NEW: BLANK}), ONE, TWO)),
    Case("H806", NOT_APPLICABLE, whole_and_parts(top({NEW: 1}, scope=OWN), ONE, TWO)),
]
TEXT = "".join(map(chr, range(0x4E00, 0x4E00 + 101)))
COPIES = [
    Case("Y701", NOT_APPLICABLE, years(report(year=2021), report(year=2023))),
    Case("Y701", NOT_APPLICABLE, years(report(year=2021), report(year=2024))),
    Case("Y701", NOT_APPLICABLE, years(report(year=2022, organ="甲县人民政府"), report(organ="乙县人民政府"))),
    Case("Y701", NOT_APPLICABLE, years(report(year=2022, scope=OWN), report(scope=ALL))),
    Case("Y701", HOLDS, years(report(year=2022, scope=OWN), report(scope=None)), "total"),
    Case("Y701", HOLDS, years(report(year=2022, scope=ALL), report(scope=ALL)), "total"),
    Case("Y701", NOT_APPLICABLE, years(report(year=2022), report(requests=None))),
    Case("Y702", NOT_APPLICABLE, years(report(year=2022, proactive=None), report())),
    Case("Y708", NOT_APPLICABLE, years(report(year=2022, proactive=None), report()), "proactive"),
    Case("Y709", NOT_APPLICABLE, years(report({NEW: 1}, year=2022, proactive=None), report({NEW: 1}))),
    Case("Y709", BROKEN, years(report({NEW: 1}, year=2022, proactive=None), report({NEW: 1}, proactive=None))),
    Case("Y709", NOT_APPLICABLE, years(Report(year=2022), Report(year=2023))),
    Case("Y709", HOLDS, years(report({NEW: 1, RULES: BLANK}, year=2022), report({NEW: 2, RULES: BLANK}))),
    Case("Y709", UNKNOWN, years(report({NEW: 1, RULES: BLANK}, year=2022), report({NEW: 1, RULES: BLANK}))),
    Case("Y709", NOT_APPLICABLE, years(report({NEW: 1}, year=2021), report({NEW: 1}))),
    # A hundred pairs of neighbours in both: ninety alike are copied, eighty-nine are not.
    Case("Y710", BROKEN, years(report(year=2022, overview=TEXT, problems=""), report(overview=TEXT[:91] + "一" * 10, problems=""))),
    Case("Y710", HOLDS, years(report(year=2022, overview=TEXT, problems=""), report(overview=TEXT[:90] + "一" * 11, problems=""))),
    Case("Y710", BROKEN, years(report(year=2022, overview="", problems=TEXT), report(overview=TEXT, problems=""))),
    Case("Y710", UNKNOWN, years(report(year=2022, overview=TEXT, problems=TEXT), report(overview=TEXT))),
    Case("Y710", NOT_APPLICABLE, years(report(year=2022, overview=TEXT, problems=TEXT), report(overview="", problems=""))),
    Case("Y710", NOT_APPLICABLE, years(report(year=2021, overview=TEXT, problems=TEXT), report(overview=TEXT, problems=TEXT))),
]
CASES = [*CLAIMS, *GROWTHS, *FEES, *PARTS, *COPIES]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rule_gives_the_verdict(case: Case) -> None:
    assert case.matching()


@pytest.mark.parametrize(
    ("expected", "complete", "coverage"),
    [
        (None, False, ((), False, ())),
        (None, True, ((), True, ())),
        (["甲局", "乙局"], False, ((), True, ())),
        (["甲局", "乙局", "丙局"], True, (("丙局",), False, ())),
        (["甲局"], False, ((), False, ("乙局",))),
        (["甲局"], True, ((), True, ("乙局",))),
        ([], False, ((), False, ("甲局", "乙局"))),
    ],
)
def test_what_covers_a_whole(expected: list[str] | None, complete: bool, coverage: tuple[Any, ...]) -> None:
    found = check_parts(top({NEW: 3, RULES: 3}), [ONE, TWO], expected=expected, complete=complete).coverage
    assert found is not None
    assert (found.missing, found.complete, found.unexpected) == coverage
    assert found.parts == ("甲局", "乙局")


@pytest.mark.parametrize(("expected", "named"), [(["甲局"], "乙局"), (["甲局", "乙局", "丙局"], "丙局"), (["甲局", "丙局"], "丙局")])
def test_what_is_missing_or_not_on_the_list_is_named(expected: list[str], named: str) -> None:
    for finding in check_parts(top({NEW: 3, RULES: 3}), [ONE, TWO], expected=expected).of("H801", "H802", "H803"):
        for said_in in (finding.message("zh"), finding.message("en")):
            assert [name for name in ("甲局", "乙局", "丙局") if name in said_in] == [named]
