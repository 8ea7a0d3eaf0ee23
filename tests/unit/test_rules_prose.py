"""Rules on the prose: every verdict that they can give, the cases that must never be accused, and the published samples."""

from decimal import Decimal, Inexact, localcontext
from pathlib import Path
from typing import Any

import pytest

import govinfo
from govinfo.findings import Verdict
from govinfo.keys import OrganKind, ReportScope
from govinfo.report import Report, Value
from govinfo.rules import check
from govinfo.rules.prose import quoted
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
    of_bare,
    report,
    whole_and_parts,
    years,
)
from tests.toy import RIGHT

TOTAL = "requests.{}.total".format
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
NEEDS_SAMPLES = pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the project")
CHARGES, UNPAID = "proactive.charges.amount_wan", TOTAL("other_fee_unpaid")


def said(text: str, changes: Figures | None = None, **more: Any) -> Any:
    return checked(changes, overview=text, **more)


def fee(text: str, changes: Figures | None = None, **more: Any) -> Any:
    return checked(changes, other_matters=text, **more)


def both(code: str, text: str, cell: str, number: int, **more: Any) -> list[Case]:
    """What the prose says holds for that number, is broken for another, is unknown for a blank and does not apply without the sentence."""
    return [
        Case(code, HOLDS, said(text, {cell: number}, **more)),
        Case(code, BROKEN, said(text, {cell: number + 1}, **more)),
        Case(code, UNKNOWN, said(text, _open(cell), **more)),
        Case(code, NOT_APPLICABLE, said("认真贯彻落实条例。", {cell: number}, **more)),
    ]


def _open(cell: str) -> Figures:
    """The rest of its table is blank too: then no sum says what the cell is."""
    section = cell.partition(".")[0]
    return dict.fromkeys((a for a in CN_2021.matrix(section).addresses if section != "proactive" or a == cell), BLANK)


WHOLE = {
    TOTAL("total_concluded"): 805,
    TOTAL("new_received"): 859,
    TOTAL("carried_in"): 18,
    TOTAL("granted"): 272,
    TOTAL("partially_granted"): 3,
}
SHARE = "答复政府信息公开申请805件，其中予以公开272件，占{}%。".format
TABLES = [
    *both("N401", "本年新收政府信息公开申请7件。", TOTAL("new_received"), 7),
    *both("N402", "共收到政府信息公开申请7件。", TOTAL("new_received"), 7),
    Case("N402", HOLDS, said("共受理政府信息公开申请749件。", {TOTAL("new_received"): 718, TOTAL("carried_in"): 31})),
    *both("N403", "答复政府信息公开申请7件。", TOTAL("total_concluded"), 7),
    *both("N404", "上年度结转政府信息公开申请7件。", TOTAL("carried_in"), 7),
    *both("N404", "7件政府信息公开申请结转下年度继续办理。", TOTAL("carried_forward"), 7),
    *both("N405", "政府信息公开申请中，不予公开7件。", TOTAL("denied_state_secret"), 7),
    *both("N406", "因政府信息公开被申请行政复议7件。", "disputes.reconsideration.total", 7),
    *both("N407", "制发行政规范性文件7件。", "proactive.normative_documents.issued", 7),
    Case(
        "N405",
        BROKEN,
        said("政府信息公开申请中，予以公开258件。", {**_open(TOTAL("granted")), "requests.granted.natural_person": 272}),
        severity=WARNING,
    ),
    Case("N405", BROKEN, said("政府信息公开申请由其他处理3件。", {TOTAL("other_processing"): 4}, form=CN_2019)),
    Case(
        "N406",
        BROKEN,
        said("政府信息公开行政复议2件，均获维持。", {"disputes.reconsideration.total": 2, "disputes.reconsideration.pending": 1}),
    ),
    Case(
        "N406",
        HOLDS,
        said("政府信息公开行政复议2件，均获维持。", {"disputes.reconsideration.total": 2, "disputes.reconsideration.upheld": 2}),
        "all_upheld",
    ),
    Case("N409", HOLDS, said(SHARE("33.8"), WHOLE)),
    Case("N409", HOLDS, said(SHARE("33.7"), WHOLE)),  # cut off
    Case("N409", BROKEN, said(SHARE("33.9"), WHOLE), severity=INFO),
    Case("N409", UNKNOWN, said("政府信息公开申请中，予以公开272件，占33.9%。", _open(TOTAL("granted")))),
    Case("N409", NOT_APPLICABLE, said("办结率为33.9%。", WHOLE)),
    Case("N411", HOLDS, said("本机关未收到政府信息公开申请。")),
    Case("N411", BROKEN, said("本机关未收到政府信息公开申请。", {TOTAL("new_received"): 1})),
    Case("N411", BROKEN, said("未发生因政府信息公开引发的行政诉讼。", {"disputes.direct_litigation.total": 1})),
    Case("N411", UNKNOWN, said("本机关未收到政府信息公开申请。", _open(TOTAL("new_received")))),
    Case("N411", NOT_APPLICABLE, said("收到政府信息公开申请0件。")),
    Case("N412", HOLDS, said("2023年，我局认真贯彻落实条例。")),
    Case("N412", HOLDS, said("2022年，收到申请5件。2023年，收到申请7件。")),
    Case("N412", BROKEN, said("2022年，我局认真贯彻落实条例。"), "overview"),
    Case("N412", BROKEN, checked(title="某某县财政局2022年政府信息公开工作年度报告"), "title"),
    Case("N412", UNKNOWN, said("2022年，我局认真贯彻落实条例。", year=None)),
    Case("N412", UNKNOWN, said("2024年，我局将继续努力。")),
    Case("N412", NOT_APPLICABLE, said("我局认真贯彻落实条例。")),
]
NOW = report({TOTAL("new_received"): 12}, overview="收到政府信息公开申请12件，同比增长20%，比上年增加2件。")
THEN = report({TOTAL("new_received"): 10}, year=2022)
GROWTH = [
    Case("N410", HOLDS, years(THEN, NOW)),
    Case(
        "N410", BROKEN, years(THEN, report({TOTAL("new_received"): 12}, overview="收到政府信息公开申请12件，同比下降20%。")), severity=INFO
    ),
    Case("N410", UNKNOWN, years(report(_open(TOTAL("new_received")), year=2022), NOW)),
    Case("N410", NOT_APPLICABLE, years(THEN, report())),
    Case("N410", NOT_APPLICABLE, years(report(year=2020), NOW)),
]
TWO = "本年度收取信息处理费3件{}元，其中县公安局1件100元、县财政局2件300元。".format
OWN, ALL = ReportScope.OWN_ORGAN, ReportScope.AGGREGATE
PART = report(organ="某某县财政局", scope=OWN, other_matters="本年度收取信息处理费1件100元。")
NONE = report(organ="某某县教育局", scope=OWN, other_matters="本年度未收取信息处理费。")
SILENT = report(organ="某某县审计局", scope=OWN, other_matters="无。")


def government(text: str) -> Report:
    return report(organ="某某县人民政府", scope=ALL, other_matters=text)


FEES = [
    Case("P204", HOLDS, fee("实际收取信息处理费2230元。", {CHARGES: Decimal("0.223")})),
    Case("P204", BROKEN, fee("实际收取信息处理费2230元。", {CHARGES: Decimal("0.2")}), severity=INFO),
    Case("P204", UNKNOWN, fee("实际收取信息处理费2230元。", {CHARGES: BLANK})),
    Case("P204", NOT_APPLICABLE, fee("无。")),
    Case("P204", NOT_APPLICABLE, fee("实际收取信息处理费2230元。", form=CN_2019)),
    Case("R309", HOLDS, fee("发出信息处理费收费通知2件。", {UNPAID: 2})),
    Case("R309", BROKEN, fee("发出信息处理费收费通知2件。", {UNPAID: 3}), severity=INFO),
    Case("R309", UNKNOWN, fee("发出信息处理费收费通知2件。", {UNPAID: BLANK})),
    Case("R309", NOT_APPLICABLE, fee("无。")),
    Case("N408", HOLDS, fee(TWO(400)), "yuan"),
    Case("N408", HOLDS, fee(TWO(400)), "cases"),
    Case("N408", BROKEN, fee(TWO(500)), "yuan", WARNING),
    Case("N408", BROKEN, fee("收取信息处理费385元。"), "tens", INFO),
    Case("N408", UNKNOWN, fee("发出信息处理费收费通知2件。")),
    Case("N408", NOT_APPLICABLE, fee("无。")),
    Case("S509", HOLDS, fee("本年度未收取信息处理费。")),
    Case("S509", HOLDS, fee("全年收取信息处理费100元。")),
    Case("S509", BROKEN, fee("无。"), severity=WARNING),
    Case("S509", UNKNOWN, checked()),
    Case("S509", NOT_APPLICABLE, fee("无。", form=CN_2019)),
    Case("H805", HOLDS, whole_and_parts(government("全县收取信息处理费1件100元。"), PART, NONE)),
    Case("H805", BROKEN, whole_and_parts(government("全县收取信息处理费1件200元。"), PART, NONE), severity=WARNING),
    Case("H805", UNKNOWN, whole_and_parts(government("全县收取信息处理费1件100元。"), PART, SILENT)),
    Case("H805", NOT_APPLICABLE, whole_and_parts(government("无。"), PART)),
    Case("H805", NOT_APPLICABLE, whole_and_parts(government("全县收取信息处理费1件100元。"), PART, complete=False)),
]
FIVE = (
    "（一）主动公开。认真主动公开。\n（二）依申请公开。办理申请。\n（三）信息管理。加强政府信息管理。\n"
    "（四）平台建设。办好网站。\n（五）监督保障。"
)
CONTENTS = [
    Case("S506", HOLDS, said(FIVE), "topics"),
    Case("S506", HOLDS, said(FIVE), "ordinals"),
    Case("S506", BROKEN, said(FIVE.replace("（四）", "（五）")), "ordinals", WARNING),
    Case("S506", BROKEN, said("主动公开。", form=CN_2019), "topics", INFO),
    Case("S506", UNKNOWN, checked()),
    Case("S506", NOT_APPLICABLE, of_bare(requests=RIGHT, overview="借书。")),
    Case("S507", HOLDS, said("开展工作考核，组织社会评议，未发生责任追究。", organ="某某县人民政府")),
    Case("S507", BROKEN, said("开展工作考核，组织社会评议。", organ="某某县人民政府"), severity=WARNING),
    Case("S507", UNKNOWN, checked(organ="某某县人民政府")),
    Case("S507", NOT_APPLICABLE, said("开展工作考核。", organ_kind=OrganKind.LOCAL_DEPARTMENT)),
    Case("S507", BROKEN, said("开展工作考核。", organ="某某县某某镇人民政府")),
    Case("S507", NOT_APPLICABLE, said("开展工作考核。", organ="某某区某某街道办事处")),
    Case("S507", NOT_APPLICABLE, said("开展工作考核。", organ="某某区某某街道", organ_kind=OrganKind.TOWNSHIP)),
    Case("S508", HOLDS, checked(problems="存在的问题是公开不及时，下一步加强培训。")),
    Case("S508", BROKEN, checked(problems="无。"), severity=WARNING),
    Case("S508", BROKEN, checked(problems="公开不够及时。")),
    Case("S508", BROKEN, checked(problems="下一步加强培训。")),
    Case("S508", UNKNOWN, checked()),
    Case("S508", NOT_APPLICABLE, of_bare(requests=RIGHT, problems="借书。")),
    Case("S511", HOLDS, fee("统计期限自2023年1月1日起至12月31日止。")),
    Case("S511", BROKEN, fee("统计期限自2022年1月1日起至12月31日止。"), severity=WARNING),
    Case("S511", UNKNOWN, fee("统计期限自2022年1月1日起至12月31日止。", year=None)),
    # Characters are lost: nothing is read, nobody accused.
    Case("S511", NOT_APPLICABLE, fee("统计期限自202311日起至20231231日止。")),
]
CASES = [*TABLES, *GROWTH, *FEES, *CONTENTS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_rules_give_the_verdict_of_the_case(case: Case) -> None:
    assert case.matching()


# --- what must never be accused, and the published samples ---------------------------------------------------------------------------

AGAINST_TABLES = ("P204", "R309", "N401", "N402", "N403", "N404", "N405", "N406", "N407", "N408", "N409", "N411", "N412")


def disagreeing(name: str) -> list[tuple[str, str, Value | None]]:
    """The rules on prose that a sample breaks, with the words that are marked and what the tables give."""
    found = check(govinfo.read(SAMPLES / name)).of(*AGAINST_TABLES).broken
    return [(f.code, f.facts[1].marked.partition("【")[2].partition("】")[0], f.right) for f in found]


@NEEDS_SAMPLES
def test_a_city_whose_prose_agrees_reconciles_wholly() -> None:
    findings = check(govinfo.read(SAMPLES / "huaian-2024.pdf")).of(*AGAINST_TABLES)
    assert not findings.broken
    assert not findings.unknown
    assert len([f for f in findings.having(HOLDS) if f.code < "N409"]) == 15


@NEEDS_SAMPLES
def test_a_general_office_has_exactly_the_disagreements_that_are_known() -> None:
    assert disagreeing("shanghai-general-office-2019.html") == [
        ("N405", "258件", 275),
        ("N405", "265件", 337),
        ("N406", "均获维持", 3),
        ("N409", "33.9%", Decimal("34.16")),
    ]


@NEEDS_SAMPLES
def test_the_first_sample_says_that_there_were_no_requests_and_there_were_none() -> None:
    findings = check(govinfo.read(SAMPLES / "jingyan-office-2023.txt")).of(*AGAINST_TABLES)
    assert not findings.broken
    assert [f.code for f in findings.having(HOLDS)] == ["N411", "N412"]


def test_what_was_deduced_is_said() -> None:
    figures = {**_open(TOTAL("granted")), "requests.granted.natural_person": 272}
    (finding,) = check(report(figures, overview="政府信息公开申请中，予以公开258件。")).of("N405").broken
    assert finding.right == 272
    assert "272" in finding.message("zh").partition("至少")[2]


def test_a_message_shows_the_sentence_with_the_figure_marked_and_both_numbers() -> None:
    (finding,) = check(report({TOTAL("new_received"): 859}, overview="本年新收政府信息公开申请860件。")).of("N401").broken
    assert (finding.left, finding.right, finding.cells) == (860, 859, (TOTAL("new_received"),))
    for lang in ("zh", "en"):
        said_in = finding.message(lang)
        assert all(part in said_in for part in ("【860件】", "859", "本年新收政府信息公开申请" if lang == "zh" else "New requests"))


@pytest.mark.parametrize(
    ("own", "text", "verdict"),
    [
        (ReportScope.OWN_ORGAN, "全市收到政府信息公开申请9件。", UNKNOWN),
        (ReportScope.AGGREGATE, "本机关收到政府信息公开申请9件。", UNKNOWN),
        (ReportScope.AGGREGATE, "全市收到政府信息公开申请9件。", BROKEN),
        (ReportScope.OWN_ORGAN, "本机关收到政府信息公开申请9件。", BROKEN),
        (ReportScope.OWN_ORGAN, "全市收到政府信息公开申请7件。", UNKNOWN),
        (None, "全市收到政府信息公开申请9件。", UNKNOWN),
        (None, "本机关收到政府信息公开申请9件。", BROKEN),
        (ReportScope.AGGREGATE, "市政府及市政府办公室收到政府信息公开申请9件。", UNKNOWN),
        (ReportScope.OWN_ORGAN, "市政府办公室收到政府信息公开申请9件。", BROKEN),
    ],
)
def test_another_scope_is_never_accused(own: ReportScope | None, text: str, verdict: Verdict) -> None:
    (finding,) = check(report({TOTAL("new_received"): 7}, overview=text, scope=own)).of("N402")
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("said_number", "table", "verdict"),
    [
        ("1.2万", 12_345, HOLDS),
        ("1.2万", 11_960, HOLDS),
        ("1.2万", 13_100, BROKEN),
        ("300余", 317, HOLDS),
        ("300余", 299, BROKEN),
        ("近300", 288, HOLDS),
    ],
)
def test_rough_numbers_are_held_to_what_they_say(said_number: str, table: int, verdict: Verdict) -> None:
    (finding,) = check(report({TOTAL("new_received"): table}, overview=f"共收到政府信息公开申请{said_number}件。")).of("N402")
    assert finding.verdict is verdict


@pytest.mark.parametrize("written", ["9" * 30, "9" * 5_000, "0." + "4" * 5_000])
def test_endless_figures_in_the_prose_are_no_error_of_the_check(written: str) -> None:
    fees = f"收取信息处理费{written}元。发出收费通知{written}件，其中县公安局{written}件{written}元。"
    text = f"{fees}收到政府信息公开申请{written}件，占{written}%。"
    findings = check(report(overview=text, other_matters=text))
    assert all(finding.message("zh") and finding.message("en") for finding in findings)


def test_the_check_ends_on_prose_of_empty_lines() -> None:
    assert check(report(overview="\n" * 50_000)).of("S506").broken  # a minute, if ordinals were looked for from every line to the end


def test_ordinals_are_seen_behind_white_space() -> None:
    of = report(overview="\u3000\u3000(一) 主动公开。\n\n \u3000（三）依申请公开。")
    (finding,) = [finding for finding in check(of).of("S506") if finding.line == "ordinals"]
    assert finding.verdict is BROKEN


@pytest.mark.parametrize("before", ["【重点工作】", "工作】", "】【"])
def test_the_figure_is_in_what_is_quoted_whatever_brackets_stand_before_it(before: str) -> None:
    text = f"{before}{'认真贯彻落实条例' * 12}，全年收到政府信息公开申请3件。"
    (claim,) = govinfo.claims(report(overview=text))
    assert "收到政府信息公开申请【3件】" in quoted(claim)


def test_verdicts_do_not_depend_on_the_decimal_context_of_the_caller() -> None:
    of = report(
        {CHARGES: Decimal("1234567.89")}, overview="答复政府信息公开申请3件，其中予以公开1件，占33.3%。全年收取信息处理费1件12345元。"
    )
    with localcontext(prec=3) as narrow:
        narrow.traps[Inexact] = True
        findings = check(of)
    assert findings == check(of)


def test_where_the_report_year_is_not_known_only_the_last_year_that_is_named_is_compared() -> None:
    text = "2022年收到政府信息公开申请41件，2023年收到政府信息公开申请7件。"
    findings = check(report({TOTAL("new_received"): 7}, overview=text, year=None)).of("N402")
    assert [(finding.verdict, finding.left) for finding in findings] == [(HOLDS, 7)]


@pytest.mark.parametrize("text", ["市政府及市政府办公室共收到政府信息公开申请9件。", "市政府本级收到政府信息公开申请9件。"])
def test_a_government_may_speak_of_itself_in_a_report_for_its_area(text: str) -> None:
    (finding,) = check(report({TOTAL("new_received"): 7}, overview=text, organ="某某市人民政府")).of("N402")
    assert finding.verdict is UNKNOWN
