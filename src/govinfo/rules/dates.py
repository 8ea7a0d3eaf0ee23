"""When a report was published: rules T601-T604."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from govinfo.findings import Extent, Finding, Limit, Rule, Severity, Threshold, Verdict, Words
from govinfo.keys import AdminLevel, OrganKind
from govinfo.report import Report
from govinfo.rules.organ import Organ
from govinfo.rules.subject import Subject
from govinfo.rules.wording import explained, not_applicable, undecided

_JANUARY_31, _MARCH_31 = (1, 31), (3, 31)


def _deadline(speaks_of: Callable[[Organ], bool], last: tuple[int, int] | None, rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """Published no later than that day of the next year; without a fixed day, the day that the threshold says."""
    report, organ = subject.report, subject.organ
    if not speaks_of(organ):
        unknown = Words("不知道是哪一类机关", "what kind of body it is is not known")
        yield not_applicable(
            rule, report, unknown if organ.kind is None else Words("不是该规则所说的机关", "not a body that the rule speaks of")
        )
        return
    if report.year is None or report.published_on is None:
        yield undecided(rule, report, _undated(report))
        return
    month, day = last or _month_and_day(subject.limits.of(rule, "last_day"))
    # Compared as triples: the year after a report's may be beyond what a date can hold.
    latest = (report.year + 1, month, day)
    verdict = Verdict.HOLDS if _triple(report.published_on) <= latest else Verdict.BROKEN
    because = organ.because or Words("按所给的机关类别", "by the kind given")
    yield Finding(rule, verdict, rule.severity, facts=(report.published_on, _shown(latest), because), report=report)


def _undated(report: Report) -> Words:
    """Which of the two that a deadline needs is not known."""
    gone = [Words("发布日期", "the date of publication")] if report.published_on is None else []
    gone += [Words("报告年度", "the report year")] if report.year is None else []
    zh, en = "和".join(each.zh for each in gone), " and ".join(each.en for each in gone)
    return Words(f"{zh}不明，无法核对", f"{en} {'is' if len(gone) == 1 else 'are'} not known, so this cannot be checked")


def _month_and_day(limit: Limit) -> tuple[int, int]:
    month, _, day = str(limit).partition("-")
    return int(month), int(day)


def _triple(day: dt.date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _shown(day: tuple[int, int, int]) -> str:
    return f"{day[0]}-{day[1]:02}-{day[2]:02}"


def _is_department(organ: Organ) -> bool:
    return organ.kind in (OrganKind.LOCAL_DEPARTMENT, OrganKind.STATE_COUNCIL_DEPARTMENT) and organ.level is not AdminLevel.TOWNSHIP


def _is_government(organ: Organ) -> bool:
    return organ.kind is OrganKind.LOCAL_GOVERNMENT and organ.level is not AdminLevel.TOWNSHIP


def _is_township(organ: Organ) -> bool:
    return organ.kind is OrganKind.TOWNSHIP or (organ.kind is OrganKind.LOCAL_GOVERNMENT and organ.level is AdminLevel.TOWNSHIP)


def _not_early(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    report = subject.report
    if report.year is None or report.published_on is None:
        yield undecided(rule, report, _undated(report))
        return
    first = (report.year + 1, 1, 1)
    verdict = Verdict.HOLDS if _triple(report.published_on) >= first else Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, facts=(report.published_on, _shown(first)), report=report)


_late = explained("{0}发布，应不迟于{1}（{2}）", "published on {0}, and due by {1} ({2})")
_AGAIN = Words("网页重新发布的日期不是首次发布日期", "a page published again shows another date than the first")
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "T601",
        "department-deadline",
        Words(
            "县级以上人民政府部门在次年1月31日前公布年度报告",
            "A government department publishes its report by 31 January of the next year.",
        ),
        Severity.ERROR,
        Extent.REPORT,
        Words("《政府信息公开条例》第四十九条第一款", "政府信息公开条例 article 49 ¶1"),
        partial(_deadline, _is_department, _JANUARY_31),
        _late,
        exceptions=_AGAIN,
    ),
    Rule(
        "T602",
        "government-deadline",
        Words(
            "县级以上地方人民政府的年度报告在次年3月31日前公布", "A local government's report is published by 31 March of the next year."
        ),
        Severity.ERROR,
        Extent.REPORT,
        Words("《政府信息公开条例》第四十九条第二款", "政府信息公开条例 article 49 ¶2"),
        partial(_deadline, _is_government, _MARCH_31),
        _late,
        exceptions=_AGAIN,
    ),
    Rule(
        "T603",
        "not-early",
        Words("年度报告在报告年度结束后公布", "A report is published after its year has ended."),
        Severity.INFO,
        Extent.REPORT,
        Words("统计期限为全年", "the period is the whole year"),
        _not_early,
        explained("{0}发布，早于{1}，报告年度尚未结束", "published on {0}, before {1}: the year had not ended"),
        exceptions=Words("年内撤销的机关", "bodies abolished within the year"),
        never=((Verdict.NOT_APPLICABLE, Words("每份报告都有报告年度，只会不明", "every report has a year; at worst it is not known")),),
    ),
    Rule(
        "T604",
        "township-deadline",
        Words(
            "乡镇（街道）的年度报告在当地规定的日期前公布（默认次年1月31日）",
            "A township's report is published by the local date (31 January unless set otherwise).",
        ),
        Severity.INFO,
        Extent.REPORT,
        Words("条例第四十九条未提乡镇，由当地规定", "article 49 does not name townships: local rules do"),
        partial(_deadline, _is_township, None),
        _late,
        exceptions=Words("当地另有规定的日期", "another date by local rule"),
        thresholds=(Threshold("last_day", "01-31", Words("次年的截止月日", "the last day, month-day, of the next year")),),
    ),
)
