"""Rules on the prose: every verdict that they can give, the cases that must never be accused, and the published samples."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govinfo.keys import OrganKind, ReportScope
from govinfo.report import Report
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
