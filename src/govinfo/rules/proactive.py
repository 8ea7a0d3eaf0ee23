"""Section 2: stocks, flows, items and money that contradict each other; rules P201-P203, P205-P210."""

import operator
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from govinfo.findings import Extent, Finding, Rule, Severity, Threshold, Verdict, Words
from govinfo.keys import AdminLevel, ReportScope, Section
from govinfo.keys import ProactiveColumn as C
from govinfo.keys import ProactiveRow as R
from govinfo.report import CellState, Value
from govinfo.rules.organ import is_office
from govinfo.rules.subject import Subject
from govinfo.rules.wording import compared, explained, not_applicable

_DOCUMENTS = (R.RULES, R.NORMATIVE_DOCUMENTS)
_DECIDED = (R.LICENSING, R.OTHER_SERVICES, R.PENALTIES, R.COMPULSION)
_AMOUNT, _CHARGED = "proactive.procurement.amount", "proactive.charges.amount_wan"
Sides = Callable[..., tuple[Value, Value]]
_HEADS = Words("第二部分表格各栏的含义", "what the columns of section 2 mean")


def _each_row(
    rows: Sequence[str], columns: Sequence[str], sides: Sides, holds: Callable[[Value, Value], bool], rule: Rule[Subject], subject: Subject
) -> Iterator[Finding]:
    if subject.table(rule, Section.PROACTIVE) is None:
        yield not_applicable(rule, subject.report)
        return
    for row in rows:
        cells = tuple(f"proactive.{row}.{column}" for column in columns)
        values = [subject.values[cell] for cell in cells]
        yield compared(rule, subject.report, cells, None if None in values else sides(*values), holds, str(row))


def _less_repealed(kept: Value, issued: Value, repealed: Value) -> tuple[Value, Value]:
    return kept, issued - repealed


def _as_printed(left: Value, right: Value) -> tuple[Value, Value]:
    return left, right


def _together(prior: Value, change: Value) -> tuple[Value, Value]:
    return prior + change, 0


def _idle(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P208: without items there is nothing to decide."""
    if subject.table(rule, Section.PROACTIVE) is None:
        yield not_applicable(rule, subject.report)
        return
    for row in _DECIDED:
        cells = tuple(f"proactive.{row}.{column}" for column in (C.PRIOR_ITEMS, C.NET_CHANGE, C.DECISIONS))
        prior, change, decisions = (subject.values[cell] for cell in cells)
        if prior is None or change is None or decisions is None:
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.HOLDS if prior or change or not decisions else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, cells, line=str(row), report=subject.report)


def _no_power(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P202: blank, slash and 0 are all right; a figure is not."""
    report, organ = subject.report, subject.organ
    table = subject.table(rule, Section.PROACTIVE)
    if table is None:
        yield not_applicable(rule, report)
        return
    if organ.makes_rules is not False:
        can = Words("该机关有规章制定权", "the body can make rules")
        unknown = Words(
            "不知道该机关有无规章制定权（未说明机关类别和层级）",
            "whether the body can make rules is not known: neither its kind nor its level was given",
        )
        yield not_applicable(rule, report, can if organ.makes_rules else unknown)
        return
    below = organ.level in (AdminLevel.COUNTY, AdminLevel.TOWNSHIP)
    if not below and (report.scope is ReportScope.AGGREGATE or is_office(report)):
        yield not_applicable(
            rule,
            report,
            Words(
                "汇总报告或政府办公厅（室）的报告可含本级政府的规章",
                "an aggregate, or a government office's report, may count the government's own rules",
            ),
        )
        return
    cells = tuple(cell.address for cell in table.matrix.cells if cell.row.key == R.RULES)
    if any(subject.values[cell] for cell in cells):
        verdict = Verdict.BROKEN
    else:
        unread = any((mark := subject.marks.get(cell)) is not None and mark.state is CellState.UNREADABLE for cell in cells)
        verdict = Verdict.UNKNOWN if unread else Verdict.HOLDS
    because = organ.because or Words("按所给的机关类别和层级", "by the kind and level given")
    facts = (because,) if verdict is Verdict.BROKEN else ()
    yield Finding(rule, verdict, rule.severity, cells, line=str(R.RULES), facts=facts, report=report)


def _charge_unit(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P203: an amount that looks like 元 typed under 万元."""
    report = subject.report
    if subject.table(rule, Section.PROACTIVE) is None:
        yield not_applicable(rule, report)
        return
    amount = subject.values[_CHARGED]
    if amount is None:
        yield Finding(rule, Verdict.UNKNOWN, rule.severity, (_CHARGED,), line=_CHARGED, report=report)
        return
    large, from_, step = (subject.limits.number(rule, name) for name in ("large", "round_from", "round_step"))
    is_round = amount >= from_ and amount % step == 0
    level = subject.organ.level
    if level is None and amount >= large and not is_round:
        why = Words(
            "金额是否过大要看机关层级，而层级不明", "whether the amount is too large depends on the body's level, which is not known"
        )
        yield not_applicable(rule, report, why, _CHARGED)
        return
    too_large = level in (AdminLevel.COUNTY, AdminLevel.TOWNSHIP) and amount >= large
    verdict = Verdict.BROKEN if is_round or too_large else Verdict.HOLDS
    because = (subject.organ.because,) if too_large and subject.organ.because else (Words("", ""),)
    yield Finding(rule, verdict, rule.severity, (_CHARGED,), line=_CHARGED, facts=because, report=report)


def _pair(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P209: projects and money go together."""
    if subject.table(rule, Section.PROACTIVE) is None:
        yield not_applicable(rule, subject.report)
        return
    cells = ("proactive.procurement.projects", _AMOUNT)
    projects, amount = (subject.values[cell] for cell in cells)
    sides = None if projects is None or amount is None else (projects, amount)
    yield compared(rule, subject.report, cells, sides, lambda a, b: bool(a) == bool(b), str(R.PROCUREMENT))


def _unit(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P210: an amount whose column fixes no unit says which it is in; nothing is nothing in any unit."""
    if subject.table(rule, Section.PROACTIVE) is None:
        yield not_applicable(rule, subject.report)
        return
    amount, mark = subject.values[_AMOUNT], subject.marks.get(_AMOUNT)
    if amount is None:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.HOLDS if not amount or (mark is not None and mark.unit) else Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, (_AMOUNT,), line=_AMOUNT, report=subject.report)


_2019, _2021 = ("cn-2019",), ("cn-2021",)
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "P201",
        "stock-covers-flow",
        Words(
            "规章、规范性文件：现行有效件数不少于本年制发减本年废止",
            "Rules and normative documents: those in force are no fewer than issued less repealed.",
        ),
        Severity.WARNING,
        Extent.ROW,
        Words("由历年存量推得（上年现行有效不为负）", "follows from the stock of last year, which is not negative"),
        partial(_each_row, _DOCUMENTS, (C.IN_FORCE, C.ISSUED, C.REPEALED), _less_repealed, operator.ge),
        explained("现行有效应不少于{right}（制发减废止）", "in force should be at least {right}, issued less repealed"),
        _2021,
        Words("到期失效的文件未计入废止", "documents that expired were not counted as repealed"),
    ),
    Rule(
        "P202",
        "rule-power",
        Words(
            "没有规章制定权的机关（县级以下机关、地方政府部门），“规章”一行填0、“/”或留空",
            "A body that cannot make rules (county level and below, local departments) has no figures in the row 规章.",
        ),
        Severity.WARNING,
        Extent.ROW,
        Words("立法法（未经与原文核对）", "the Legislation Law (not checked against its text)"),
        _no_power,
        explained("该机关没有规章制定权（{0}），此行应填0或“/”", "the body cannot make rules ({0}): the row should hold 0 or a slash"),
        ("cn-2019", "cn-2021"),
        Words(
            "设区的市以上的汇总报告；政府办公厅（室）代填本级政府的规章",
            "an aggregate of a city divided into districts or higher; the government's rules printed by its office",
        ),
    ),
    Rule(
        "P203",
        "charge-unit",
        Words(
            "收费金额与单位“万元”相称：县级以下机关不到一百万万元，也不是十万以上的整万数",
            "The amount charged suits its unit 万元: below 10^6 at county level, and no round ten thousands from 10^5.",
        ),
        Severity.INFO,
        Extent.CELL,
        Words("常见的万元、元填错", "a common slip between 万元 and 元"),
        _charge_unit,
        explained("表头单位为万元，请核对是否误按元填报{0}", "the unit of this column is 万元: was it filled in 元? {0}"),
        _2021,
        Words("土地、交通等大额收费", "large charges for land or traffic"),
        (
            Threshold(
                "large",
                1_000_000,
                Words("县级以下机关的金额达到此数（万元）即提示", "an amount of this size (万元) is flagged below prefectural level"),
            ),
            Threshold(
                "round_from",
                100_000,
                Words("达到此数（万元）的整数才看是否为整万", "amounts from this size (万元) are looked at for roundness"),
            ),
            Threshold("round_step", 10_000, Words("此数的整倍数视为可疑", "multiples of this are suspicious")),
        ),
    ),
    Rule(
        "P205",
        "public-total",
        Words(
            "规章、规范性文件：对外公开总数量不少于本年新公开数量",
            "Rules and normative documents: the public total is no less than those newly public.",
        ),
        Severity.WARNING,
        Extent.ROW,
        _HEADS,
        partial(_each_row, _DOCUMENTS, (C.TOTAL_PUBLIC, C.NEWLY_PUBLIC), _as_printed, operator.ge),
        explained("总数应不少于本年新公开的{right}", "the total should be at least the {right} newly public"),
        _2019,
        Words("年内撤下的文件", "items withdrawn within the year"),
    ),
    Rule(
        "P206",
        "made-vs-public",
        Words(
            "规章、规范性文件：本年新公开数量不多于本年新制作数量",
            "Rules and normative documents: newly public are no more than newly made.",
        ),
        Severity.INFO,
        Extent.ROW,
        _HEADS,
        partial(_each_row, _DOCUMENTS, (C.NEWLY_PUBLIC, C.NEWLY_MADE), _as_printed, operator.le),
        explained("新公开一般不多于新制作的{right}", "newly public is usually no more than the {right} newly made"),
        _2019,
        Words("本年公开了往年的文件", "documents of earlier years made public"),
    ),
    Rule(
        "P207",
        "items-nonneg",
        Words("上一年项目数量加本年增/减不为负", "Items of last year and the net change do not add up to less than 0."),
        Severity.ERROR,
        Extent.ROW,
        Words("算术", "arithmetic"),
        partial(_each_row, (*_DECIDED, R.CHARGES), (C.PRIOR_ITEMS, C.NET_CHANGE), _together, operator.ge),
        explained("相加为{left}，项目数量不应为负", "together {left}: a number of items is not negative"),
        _2019,
    ),
    Rule(
        "P208",
        "decisions-need-items",
        Words("上一年项目数量和本年增/减都为0时，处理决定数量为0", "Where there were no items and none came, there were no decisions."),
        Severity.INFO,
        Extent.ROW,
        _HEADS,
        _idle,
        explained("没有项目，却有处理决定", "no items, yet decisions"),
        _2019,
        Words("受委托、授权行使的权力", "delegated powers"),
    ),
    Rule(
        "P209",
        "procurement-pair",
        Words("政府集中采购：项目数量与总金额同为0或同不为0", "Procurement: there are projects exactly if there is an amount."),
        Severity.WARNING,
        Extent.ROW,
        _HEADS,
        _pair,
        explained("二者应同为0或同不为0", "both should be 0, or neither"),
        _2019,
        Words("跨年支付；采购失败", "payments over several years; failed tenders"),
    ),
    Rule(
        "P210",
        "procurement-unit",
        Words("采购总金额写明单位", "The procurement amount states its unit."),
        Severity.INFO,
        Extent.CELL,
        Words("该栏表头未定单位，元和万元均有", "the column head fixes no unit; both 元 and 万元 are printed"),
        _unit,
        explained("应写明单位是元还是万元", "it should say whether that is 元 or 万元"),
        _2019,
    ),
)
