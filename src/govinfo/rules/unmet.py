"""Whether a whole can be held against its parts at all, and why not."""

from collections.abc import Sequence

from govinfo.findings import Verdict, Words
from govinfo.keys import ReportScope
from govinfo.report import Report
from govinfo.rules.subject import Parts


def hindrance(parts: Parts, *, additive: bool) -> tuple[Verdict, Words] | None:
    """Why the rules cannot be held against these reports: what is known to be otherwise, then what is not known."""
    if otherwise := _otherwise(parts, additive=additive):
        return Verdict.NOT_APPLICABLE, otherwise
    unsaid = parts.undeclared if additive else [report for report in (parts.whole,) if report.scope is None]
    if unsaid:
        names = _names(unsaid)
        return Verdict.UNKNOWN, Words(
            f"统计范围（本机关或汇总）不明：{names}", f"whether these count their own organ or an aggregate is not known: {names}"
        )
    if parts.whole.year is None or any(part.year is None for part in parts.parts):
        return Verdict.UNKNOWN, Words("有的报告年度不明", "the report year of some is not known")
    return None


def _otherwise(parts: Parts, *, additive: bool) -> Words | None:
    if not parts.parts:
        return Words("没有下级报告", "there are no parts")
    if parts.whole.scope is ReportScope.OWN_ORGAN:
        return Words("上级报告只计本机关，不是汇总", "the whole counts its own organ only, and is no aggregate")
    if additive and parts.aggregates:
        names = _names(parts.aggregates)
        return Words(f"下级报告本身是汇总，可能重复：{names}", f"parts that are aggregates themselves may overlap: {names}")
    if additive and not parts.coverage.complete:
        lacking = "、".join(parts.coverage.missing)
        if parts.coverage.unexpected and not lacking:
            names = "、".join(name or "（无机关名称）" for name in parts.coverage.unexpected)
            return Words(f"有名单以外的下级报告：{names}", f"there are parts that the list does not name: {names}")
        return Words(
            f"下级报告不全{f'，缺少：{lacking}' if lacking else '，或未声明齐全'}",
            f"the parts are not complete{f': missing are {lacking}' if lacking else ', or not declared so'}",
        )
    return None


def _names(reports: Sequence[Report]) -> str:
    return "、".join(report.organ or "（无机关名称）" for report in reports)
