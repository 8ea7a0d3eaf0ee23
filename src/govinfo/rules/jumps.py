"""Figures of two consecutive years that are too far apart: rules Y707, Y708."""

from collections.abc import Iterator
from typing import Any

from govinfo.findings import Extent, Finding, Rule, Severity, Threshold, Words
from govinfo.form import Cell, Kind
from govinfo.keys import TABLES, ProactiveColumn, ProactiveRow, Section
from govinfo.report import Value
from govinfo.rules.subject import Years
from govinfo.rules.wording import explained
from govinfo.rules.years import Figures, Sides, apart, over, tables_differ
from govinfo.table import exactly

AMOUNT = f"proactive.{ProactiveRow.CHARGES}.{ProactiveColumn.AMOUNT_WAN}"
"""What Y707 compares."""
AMOUNT_FORMS = ("cn-2021",)
"""The forms that have it."""


def is_one_unit(new: Any, old: Any, low: Value, high: Value) -> Any:
    """Y707, in any arithmetic: neither amount is `low` to `high` times the other, whatever their signs."""
    one, other = abs(new), abs(old)
    return ((one < other * low) | (one > other * high)) & ((other < one * low) | (other > one * high))


def is_near(new: Any, old: Any, times: Value) -> Any:
    """Y708, in any arithmetic: neither count is so many times the other, or more."""
    return (old < times * new) & (new < times * old)


def can_jump(cell: Cell) -> bool:
    """Whether Y708 looks at a cell: at counts, but not at net changes."""
    return cell.kind is Kind.COUNT and not cell.signed


def _unit_slip(rule: Rule[Years], years: Years) -> Iterator[Finding]:
    if why := tables_differ(years, Section.PROACTIVE, AMOUNT_FORMS, AMOUNT_FORMS):
        yield apart(rule, years, why)
        return
    if 0 in (years.old[AMOUNT], years.new[AMOUNT]):
        yield apart(rule, years, Words("有一年收费为0，不能比较", "nothing was charged in one of the years"), AMOUNT)
        return
    low, high = years.limits.number(rule, "low"), years.limits.number(rule, "high")

    def even(new: Value, old: Value) -> bool:
        with exactly():
            return bool(is_one_unit(new, old, low, high))

    yield over(rule, years, ([AMOUNT], [AMOUNT]), _new_and_old, even, AMOUNT)


def _jump(rule: Rule[Years], years: Years) -> Iterator[Finding]:
    """Y708: one instance for each count of the earlier year that is large enough, or is not known."""
    times, least = years.limits.number(rule, "times"), years.limits.number(rule, "least")
    for section in TABLES:
        before, after = years.before.table(section), years.after.table(section)
        why = tables_differ(years, section, (), ())
        if before is None or after is None or why or before.form.id != after.form.id:
            yield apart(rule, years, why or Words("两年的表不是同一格式", "the two tables are not on one form"), str(section))
            continue
        found = False
        for cell in before.matrix.cells:
            old = years.old[cell.address]
            if not can_jump(cell) or (old is not None and old < least):
                continue
            found, cells = True, ([cell.address], [cell.address])
            yield over(rule, years, cells, _new_and_old, lambda new, old: bool(is_near(new, old, times)), cell.address)
        if not found:
            yield apart(rule, years, Words(f"上年各格都不足{least}", f"no figure of the earlier year is {least} or more"), str(section))


def _new_and_old(old: Figures, new: Figures) -> Sides:
    """A cell of the later year, and the same of the earlier."""
    (left,), (right,) = new, old
    assert left is not None  # noqa: S101 -- `over` has seen to it
    assert right is not None  # noqa: S101 -- `over` has seen to it
    return left, right


RULES: tuple[Rule[Years], ...] = (
    Rule(
        "Y707",
        "unit-slip",
        Words(
            "收费金额与上年之比不在三千至三万倍之间（疑为万元、元填错）",
            "The amount charged is not some ten thousand times last year's, or the inverse: 元 in place of 万元.",
        ),
        Severity.WARNING,
        Extent.YEARS,
        Words("常见的万元、元填错", "a common slip between 万元 and 元"),
        _unit_slip,
        explained("两年相差约一万倍，请核对单位是万元还是元", "the years differ about ten thousand times: 万元 or 元?"),
        AMOUNT_FORMS,
        Words("新设或取消的收费", "a levy created or abolished"),
        (
            Threshold("low", 3_000, Words("倍数下限", "from so many times")),
            Threshold("high", 30_000, Words("倍数上限", "to so many times")),
        ),
    ),
    Rule(
        "Y708",
        "jump",
        Words("上年50以上的件数，本年不到其10倍、也多于其十分之一", "A count of 50 or more does not grow tenfold, or fall to a tenth."),
        Severity.INFO,
        Extent.YEARS,
        Words("合理性", "plausibility"),
        _jump,
        explained("本年与上年相差悬殊，请核对", "far apart from last year: check"),
        exceptions=Words("统计范围变化（本机关、汇总）；专项行动", "another scope (own organ, aggregate); campaigns"),
        thresholds=(
            Threshold("times", 10, Words("相差多少倍即提示", "so many times apart is flagged")),
            Threshold("least", 50, Words("上年件数达到此数才看", "counts of the earlier year from this on are looked at")),
        ),
    ),
)
