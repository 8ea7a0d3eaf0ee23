"""The 信息处理费 in prose and tables: rules P204, R309, N408, S509, and H805 over a whole and its parts."""

from collections.abc import Iterator
from decimal import Decimal

from govinfo.findings import About, Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.prose import FeeStatement, ProcessingFee, processing_fee
from govinfo.report import Value, plain
from govinfo.rules.prose import quoted
from govinfo.rules.subject import Parts, Subject
from govinfo.rules.unmet import hindrance
from govinfo.rules.wording import explained, not_applicable, undecided

_FORM = ("cn-2021",)  # the fee is of 2020-11-17; the form of 2019 knows none
_WAN = Decimal(10_000)
_STEP = 10
_CHARGES, _UNPAID = "proactive.charges.amount_wan", "requests.other_fee_unpaid.total"
_NO_FEE = Words("文字没有写信息处理费的金额或件数", "the prose states no amount or number of the fee")
_OTHER_FORM = Words("只适用于2021年格式", "asked for on the form of 2021 only")


def _quotes(fee: ProcessingFee) -> str:
    return "；".join(dict.fromkeys(quoted(claim) for claim in fee.claims))


def _covered(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """P204: what was collected is part of the charges of section 2, once in 元 and once in 万元."""
    report, fee = subject.report, subject.fee
    if _CHARGES not in subject.values or fee.collected_yuan is None:
        yield not_applicable(rule, report, _NO_FEE if fee.collected_yuan is None else _OTHER_FORM)
        return
    charges = subject.values[_CHARGES]
    if charges is None:
        yield Finding(rule, Verdict.UNKNOWN, rule.severity, (_CHARGES,), report=report)
        return
    left = fee.collected_yuan / _WAN
    verdict = Verdict.HOLDS if left <= charges else Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, (_CHARGES,), left, charges, facts=(_quotes(fee), plain(fee.collected_yuan)), report=report)


def _unpaid(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """R309: no more was collected than asked for, and no more requests ended unpaid."""
    report, fee = subject.report, subject.fee
    if fee.notices is None or _UNPAID not in subject.values:
        yield not_applicable(rule, report, Words("文字没有写发出收费通知的件数", "the prose does not state the number of notices"))
        return
    unpaid = subject.values[_UNPAID]
    if unpaid is None:
        yield Finding(rule, Verdict.UNKNOWN, rule.severity, (_UNPAID,), report=report)
        return
    more = max(int(unpaid), fee.collected_cases or 0)
    verdict = Verdict.HOLDS if more <= fee.notices else Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, (_UNPAID,), more, fee.notices, facts=(_quotes(fee),), report=report)


def _sums(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """N408: the breakdown adds up to the whole; and, of less weight, every amount is a multiple of 10 元."""
    report, fee = subject.report, subject.fee
    if not fee.claims:
        yield not_applicable(rule, report, _NO_FEE)
        return
    if fee.breakdown:
        yield from _added(rule, subject)
    amounts = [amount for amount in (fee.notified_yuan, fee.collected_yuan) if amount is not None]
    for amount in amounts:
        tens = amount % _STEP == 0
        said = Words(f"{plain(amount)}元不是10元的整数倍", f"{plain(amount)} 元 is no multiple of 10")
        yield Finding(
            rule, Verdict.HOLDS if tens else Verdict.BROKEN, Severity.INFO, left=amount % _STEP, right=0, line="tens", facts=(_quotes(fee), said), report=report
        )  # fmt: skip
    if not amounts and not fee.breakdown:
        yield undecided(rule, report, Words("文字写了信息处理费，没有写金额", "the prose speaks of the fee and states no amount"))


def _added(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    fee, report = subject.fee, subject.report
    yuan = [part[2] for part in fee.breakdown]
    cases = [part[1] for part in fee.breakdown]
    sides: tuple[tuple[str, list[Decimal | None] | list[int | None], Value | None], ...] = (
        ("yuan", yuan, fee.collected_yuan if fee.collected_yuan is not None else fee.notified_yuan),
        ("cases", cases, fee.collected_cases),
    )
    for line, parts, whole in sides:
        known = [Decimal(part) for part in parts if part is not None]
        if whole is None or len(known) < len(parts):
            if whole is not None and known:
                yield undecided(rule, report, Words("分项没有写全", "not every part is stated"), line=line)
            continue
        total = sum(known, Decimal(0))
        said = Words(
            f"各分项之和为{plain(total)}，合计写{plain(whole)}", f"the parts add up to {plain(total)}, the whole is {plain(whole)}"
        )
        verdict = Verdict.HOLDS if total == whole else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, left=total, right=whole, line=line, facts=(_quotes(fee), said), report=report)


def _reported(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S509: the report says whether a fee was charged, even where none was."""
    report = subject.report
    if not rule.applies_to(subject.form.id):
        yield not_applicable(rule, report, _OTHER_FORM)
    elif report.other_matters is None and subject.fee.statement is FeeStatement.SILENT:
        yield undecided(rule, report, Words("没有第六部分的文字", "section 6 is not there"))
    else:
        verdict = Verdict.BROKEN if subject.fee.statement is FeeStatement.SILENT else Verdict.HOLDS
        yield Finding(rule, verdict, rule.severity, report=report)


def _additive(rule: Rule[Parts], parts: Parts) -> Iterator[Finding]:
    """H805: what the whole collected is what its parts collected."""
    about = tuple(About(report) for report in (parts.whole, *parts.parts))
    if (why := hindrance(parts, additive=True)) is not None:
        yield Finding(rule, why[0], rule.severity, facts=(why[1],), about=about)
        return
    whole = processing_fee(parts.whole)
    each: list[ProcessingFee] | None = None  # thousands of them are not read where the whole says nothing
    said = False
    for line in ("collected_yuan", "collected_cases"):
        left: Value | None = getattr(whole, line)
        if left is None:
            continue
        said = True
        each = [processing_fee(part) for part in parts.parts] if each is None else each
        # A body that charged none counted none.
        known = [0 if fee.statement is FeeStatement.NONE_CHARGED else getattr(fee, line) for fee in each]
        if None in known:
            yield Finding(rule, Verdict.UNKNOWN, rule.severity, line=line, facts=(_SILENT,), about=about)
            continue
        right = sum((Decimal(value) for value in known), Decimal(0))
        yield Finding(
            rule, Verdict.HOLDS if left == right else Verdict.BROKEN, rule.severity, left=left, right=right, line=line, about=about
        )
    if not said:
        yield Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, facts=(_NO_FEE,), about=about)


_SILENT = Words("有的下级报告没有写信息处理费", "some parts say nothing of the fee")
_SOURCE = Words("《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）", "国办函〔2020〕109号, on the information processing fee")
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "P204", "charges-cover-fee",
        Words("文字中实际收取的信息处理费（元）不多于行政事业性收费（万元）", "The fee that the prose says was collected (元) is no more than the charges of section 2 (万元)."),
        Severity.INFO, Extent.REPORT, Words("信息处理费是行政事业性收费（皖财综〔2021〕28号）", "the fee is one of the charges (皖财综〔2021〕28号)"), _covered,
        explained("文字写“{0}”，收取{1}元，即{left}万元，多于{right}万元", "the prose says “{0}”: {1} 元 are {left} 万元, more than {right}"), _FORM,
        Words("收费由财政部门统一填报；统计时点不同", "charges left to the finance bureau; another cut-off"),
    ),
    Rule(
        "R309", "fee-unpaid",
        Words("收取信息处理费的件数和逾期未缴费的申请都不多于发出收费通知的件数", "Neither the cases that paid nor the requests that ended unpaid are more than the notices."),
        Severity.INFO, Extent.REPORT, _SOURCE, _unpaid,
        explained("文字写“{0}”，{left}件多于{right}件通知", "the prose says “{0}”: {left} are more than {right} notices"), _FORM,
        Words("上年发出的通知；一份通知含多件申请", "notices of the year before; several requests in one notice"),
    ),
    Rule(
        "N408", "text-fee",
        Words("文字中信息处理费的分项之和等于合计；金额为10元的整数倍", "The parts of the fee add up to the whole; each amount is a multiple of 10 元."),
        Severity.WARNING, Extent.REPORT, _SOURCE, _sums, explained("文字写“{0}”：{1}", "the prose says “{0}”: {1}"), _FORM,
        Words("退费、部分缴费", "refunds and part-payment"),
    ),
    Rule(
        "S509", "fee-reported",
        Words("第六部分写明信息处理费收取情况，没有收取也要写明", "Section 6 says whether the fee was charged, even where none was."),
        Severity.WARNING, Extent.REPORT, Words("2021年格式第六部分的做法（格式原文未经核对）", "practice of section 6 of the form (its own words were not checked)"), _reported,
        explained("没有写信息处理费收取情况", "nothing is said of the 信息处理费"), _FORM,
    ),
)  # fmt: skip
PARTS_RULES: tuple[Rule[Parts], ...] = (
    Rule(
        "H805", "fee-additive",
        Words("汇总报告的信息处理费金额和件数等于各下级之和", "The fee of an aggregate, in 元 and in cases, is the sum of its parts."),
        Severity.WARNING, Extent.PARTS, Words("汇总报告的做法", "how aggregates are made"), _additive,
        explained("汇总报告写{left}，各下级之和为{right}，应相等", "the aggregate says {left}, its parts add up to {right}: they should be equal"), _FORM,
        Words("事后更正", "late corrections"),
    ),
)  # fmt: skip
