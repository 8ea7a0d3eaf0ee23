"""Section 3 beyond its equations, and what section 4 says besides: rules R305-R308, D404."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from govinfo.findings import Extent, Finding, Rule, Severity, Threshold, Verdict, Words
from govinfo.form import Line, Matrix
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Outcome, OutcomeGroup, Section
from govinfo.report import CellState
from govinfo.rules.arithmetic import added
from govinfo.rules.subject import Subject
from govinfo.rules.wording import compared, explained, not_applicable, undecided

_BOTH = ("cn-2019", "cn-2021")
_TOTAL = Applicant.TOTAL
_DIRECT_SUIT_YEAR = 2024  # 行政复议法 as revised in 2023 applies from 2024-01-01
# What may go straight to court: only denials must be reconsidered first.
_NOT_DENIALS = (OutcomeGroup.UNAVAILABLE, OutcomeGroup.UNPROCESSED, OutcomeGroup.OTHER)


def _zero_flow(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """R305: where nothing came in, nothing went out."""
    table = subject.table(rule, Section.REQUESTS)
    if table is None:
        yield not_applicable(rule, subject.report)
        return
    for column, incoming, outgoing in _columns(table.matrix):
        came = added([subject.values[cell] for cell in incoming])
        rest = [subject.values[cell] for cell in outgoing] if came == 0 else []
        if came is None or (not any(rest) and None in rest):
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.BROKEN if any(rest) else Verdict.HOLDS
        cells = (*incoming, *outgoing) if came == 0 else incoming
        yield Finding(rule, verdict, rule.severity, cells, line=column, report=subject.report)


@cache
def _columns(matrix: Matrix) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Each column with its cells: those that came in, and all others."""
    incoming = (Flow.NEW_RECEIVED, Flow.CARRIED_IN)
    return tuple(
        (
            str(column.key),
            tuple(f"requests.{row}.{column.key}" for row in incoming),
            tuple(f"requests.{row.key}.{column.key}" for row in matrix.rows if row.key not in incoming),
        )
        for column in matrix.columns
    )


@cache
def _rows(matrix: Matrix) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each row with its cells, the total last."""
    return tuple((str(row.key), tuple(f"requests.{row.key}.{column}" for column in Applicant)) for row in matrix.rows)


def _total_only(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """R306: a total whose parts are all left empty."""
    table = subject.table(rule, Section.REQUESTS)
    if table is None:
        yield not_applicable(rule, subject.report)
        return
    for row, cells in _rows(table.matrix):
        *parts, total = [subject.values[cell] for cell in cells]
        if total is None:
            verdict = Verdict.UNKNOWN
        elif total == 0 or any(part is not None for part in parts):
            verdict = Verdict.HOLDS
        else:
            unread = any(subject.marks[cell].state is CellState.UNREADABLE for cell in cells[:-1])
            verdict = Verdict.UNKNOWN if unread else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, cells, line=row, report=subject.report)


def _share(row: str, whole: str, rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """A row of the total column is at most a share of another, where that other is large enough to tell."""
    cells = (f"requests.{row}.{_TOTAL}", f"requests.{whole}.{_TOTAL}")
    part, base = (subject.values[cell] for cell in cells)
    least, share = subject.limits.number(rule, "least"), subject.limits.number(rule, "share")
    if base is not None and base < least:
        why = Words(f"件数不足{least}，不作判断", f"fewer than {least}: too few to tell")
        yield not_applicable(rule, subject.report, why, str(_TOTAL))
        return
    sides = None if part is None or base is None else (part, _shortest(Decimal(base) * Decimal(share)))
    yield compared(rule, subject.report, cells, sides, lambda a, b: a <= b, str(_TOTAL))


def _shortest(number: Decimal) -> Decimal:
    """Without zeros behind the point: 6, not 6.0, and 10, not 1E+1."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _carry(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    if subject.table(rule, Section.REQUESTS) is None:
        yield not_applicable(rule, subject.report)
    else:
        yield from _share(Flow.CARRIED_FORWARD, Flow.NEW_RECEIVED, rule, subject)


def _catch_all(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    table = subject.table(rule, Section.REQUESTS)
    if table is None:
        yield not_applicable(rule, subject.report)
    else:
        rows = {row.key for row in table.matrix.rows}
        yield from _share(
            Outcome.OTHER_MISC if Outcome.OTHER_MISC in rows else Outcome.OTHER_PROCESSING, Flow.TOTAL_CONCLUDED, rule, subject
        )


def _direct(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """D404: from 2024 on, denials are reconsidered first. Other matters may still go straight to court."""
    report = subject.report
    if subject.table(rule, Section.DISPUTES) is None:
        yield not_applicable(rule, report)
        return
    cell = f"disputes.{DisputeTrack.DIRECT_LITIGATION}.{DisputeResult.TOTAL}"
    if report.year is None:
        yield undecided(rule, report, Words("报告年度不明", "the report year is not known"), (cell,))
        return
    if report.year < _DIRECT_SUIT_YEAR:
        yield not_applicable(rule, report, Words("2024年度以前不作此要求", "not asked for before 2024"))
        return
    direct = subject.values[cell]
    if not direct:
        yield Finding(rule, Verdict.UNKNOWN if direct is None else Verdict.HOLDS, rule.severity, (cell,), report=report)
        return
    table = subject.report.requests
    others = _others(table.matrix.rows) if table is not None else ()
    none_left = bool(others) and all(subject.values[other] == 0 for other in others)
    stronger = Words(
        "；而无法提供、不予处理、其他处理的申请均为0，尤须核对",
        " (in particular as no request was unavailable, unprocessed or otherwise handled)",
    )
    yield Finding(
        rule, Verdict.BROKEN, rule.severity, (cell, *(others if none_left else ())),
        facts=(stronger if none_left else Words("", ""), direct), report=report,
    )  # fmt: skip


def _others(rows: tuple[Line, ...]) -> tuple[str, ...]:
    """The totals of all outcomes that are no denials and no grants."""
    keys = [row.key for row in rows]
    return tuple(f"requests.{key}.{_TOTAL}" for key in keys if isinstance(key, Outcome) and key.group in _NOT_DENIALS)


_LEAST = Words("达到此数才判断", "so many are needed to tell")
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "R305",
        "zero-flow",
        Words(
            "某列新收和上年结转都为0时，该列其他各格都为0",
            "Where a column has no requests, new or carried in, every other cell of it is 0.",
        ),
        Severity.ERROR,
        Extent.COLUMN,
        Words("由R301和C101推得", "follows from R301 and C101"),
        _zero_flow,
        explained("没有新收也没有上年结转，该列其余各格应为0", "no request came in, so every other cell of the column should be 0"),
        _BOTH,
    ),
    Rule(
        "R306",
        "total-only",
        Words("总计大于0的行，六类申请人不都空白", "Where a row has a total above 0, not all six kinds of applicants are left empty."),
        Severity.WARNING,
        Extent.ROW,
        Words("格式要求按申请人分列", "the form asks for the applicants one by one"),
        _total_only,
        explained("填了总计而没有填各类申请人，应分列填报", "a total and none of the six kinds of applicants: they should be filled in"),
        _BOTH,
    ),
    Rule(
        "R307",
        "carry-plausible",
        Words(
            "结转下年度不超过本年新收的一半（新收20件以上时）",
            "No more than half of the new requests are carried forward, where there are 20 or more.",
        ),
        Severity.INFO,
        Extent.TABLE,
        Words(
            "条例第三十三条：20个工作日，可延长20个工作日，约为一年的六分之一",
            "article 33: 20 working days and 20 more, about a sixth of a year",
        ),
        _carry,
        explained("结转多于{right}件，请核对", "more than {right} are carried forward: check"),
        _BOTH,
        Words(
            "11、12月申请集中；补正和征求第三方意见的时间不计入",
            "a burst of requests in November and December; time for corrections and third parties",
        ),
        (
            Threshold("share", Decimal("0.5"), Words("结转占新收的上限", "the largest share of the new requests")),
            Threshold("least", 20, _LEAST),
        ),
    ),
    Rule(
        "R308",
        "catch-all",
        Words(
            "“其他处理”中的“其他”不超过办理结果总计的三成（总计20件以上时；2019年格式为整个“其他处理”）",
            "No more than 30 % of the concluded requests end under 其他, where there are 20 or more (2019: the whole of 其他处理).",
        ),
        Severity.INFO,
        Extent.TABLE,
        Words("防止滥用“其他”", "against overuse of 其他"),
        _catch_all,
        explained("多于{right}件，请核对是否应归入具体情形", "more than {right}: should some stand under what they are?"),
        _BOTH,
        Words("主动撤回的申请计入“其他”", "requests that were withdrawn count here"),
        (
            Threshold("share", Decimal("0.3"), Words("“其他”占总计的上限", "the largest share of those concluded")),
            Threshold("least", 20, _LEAST),
        ),
    ),
    Rule(
        "D404",
        "reconsideration-first",
        Words(
            "2024年度起，不予公开的须先复议：未经复议直接起诉的应属其他情形",
            "From 2024 denials go to reconsideration first: suits without it should be about other matters.",
        ),
        Severity.INFO,
        Extent.REPORT,
        Words(
            "行政复议法（2023年修订）第二十三条第一款第四项；最高人民法院2025年司法解释",
            "行政复议法 (2023) article 23 ¶1(4); the Supreme People's Court's interpretation of 2025",
        ),
        _direct,
        explained(
            "有{1}件未经复议直接起诉，请核对是否属于不予公开以外的情形{0}",
            "{1} went to court without reconsideration: are they about other matters than denials{0}?",
        ),
        _BOTH,
        Words(
            "无法提供、不予处理等情形；其他行政行为；2024年以前的案件",
            "requests that were unavailable or not processed; other acts; matters from before 2024",
        ),
    ),
)
