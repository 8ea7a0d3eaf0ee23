"""What one cell may hold: rules C101-C104, each on every cell of every table."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.form import Cell, Kind
from govinfo.report import CellState, Mark, Value
from govinfo.rules.subject import Subject
from govinfo.rules.wording import not_applicable, section_name, shown

_FEN = {"万元": 6, "元": 2}  # fractional digits down to 1 分, the smallest amount there is
_PLAIN = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"(?P<sign>[-+减]?)(?P<number>\d[\d,]*(?:\.\d+)?)[件项个]?", re.ASCII)
Judge = Callable[[Cell, Value | None, Mark | None], tuple[Verdict, Severity | None]]

_HOLDS, _NO = (Verdict.HOLDS, None), (Verdict.NOT_APPLICABLE, None)
_BROKEN, _UNKNOWN = (Verdict.BROKEN, None), (Verdict.UNKNOWN, None)


def _evaluate(judge: Judge, rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    report, severity = subject.report, rule.severity
    for table in report.tables:
        marks = dict(table.marked)
        if not marks and table.matrix.all_counts:
            # Plain counts throughout, as in most tables: one look at the first settles all.
            verdict, _ = judge(table.matrix.cells[0], table.figures[0], None)
            for address in table.matrix.addresses:
                yield Finding(rule, verdict, severity, (address,), None, None, address, (), report)
            continue
        for cell, value in zip(table.matrix.cells, table.figures, strict=True):
            verdict, other = judge(cell, value, marks.get(cell.address))
            yield Finding(rule, verdict, other or severity, (cell.address,), None, None, cell.address, (), report)
    if not report.tables:
        yield not_applicable(rule, report, Words("报告中没有表格", "the report has no tables"))


def _count(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C101: what the model holds as a count is one; a number that is none stands as an unreadable cell.

    Of other cells without a value C103 speaks: there is no count that could be wrong.
    """
    if cell.kind is not Kind.COUNT:
        return _NO
    if value is not None:
        return _HOLDS
    unreadable = mark is not None and mark.state is CellState.UNREADABLE
    return _BROKEN if unreadable and mark is not None and _no_count(mark.raw, signed=cell.signed) else _NO


def _no_count(raw: str, *, signed: bool) -> bool:
    """Whether the text is a number that no count can be: below zero, or with a fraction."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", raw).replace("−", "-").replace(" ", ""))
    if found is None:
        return False
    # Judged by its digits: a number may be longer than any arithmetic here would keep.
    below_zero = found["sign"] in {"-", "减"} and bool(found["number"].strip("0.,"))
    return (below_zero and not signed) or bool(found["number"].partition(".")[2].strip("0"))


def _money(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C102: an amount is not negative, and has no digits below 1 分."""
    if cell.kind is not Kind.MONEY:
        return _NO
    if not isinstance(value, Decimal):
        return _UNKNOWN
    if value < 0:
        return _BROKEN
    unit = cell.unit or (mark.unit if mark and mark.unit else "万元")
    return (Verdict.BROKEN, Severity.WARNING) if _places(value) > _FEN.get(unit, 6) else _HOLDS


def _places(value: Decimal) -> int:
    """Fractional digits without trailing zeros; counted on the text, because arithmetic would round long amounts."""
    return len(format(value, "f").partition(".")[2].rstrip("0"))


def _filled(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C103: a figure stands in the cell; what could not be read may be one."""
    if value is not None:
        return _HOLDS
    if mark is not None and mark.state is CellState.UNREADABLE:
        return _UNKNOWN
    # A body without the power to make rules prints a slash there: custom, and no cell left empty.
    return _NO if mark is not None and mark.state is CellState.SLASH and cell.row.key == "rules" else _BROKEN


def _clean(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C104: what is printed is the number alone. Where nothing, a slash or a dash is printed, C103 speaks."""
    if mark is None:
        return _HOLDS if value is not None else _NO
    if mark.state not in {CellState.VALUE, CellState.UNREADABLE}:
        return _NO
    if not mark.raw:
        return _UNKNOWN
    text = mark.raw[1:] if cell.signed and mark.raw[0] == "+" else mark.raw  # in 本年增/减 a sign is expected
    return _HOLDS if _PLAIN.fullmatch(text) else _BROKEN


def _explain(broken: Words, finding: Finding) -> Words:
    if finding.report is None or not finding.cells:
        return finding.facts[0] if finding.facts else broken
    (address,) = finding.cells
    table = finding.report.table_at(address)
    cell, mark = table.matrix.cell(address), table.mark(address)
    if finding.verdict is Verdict.UNKNOWN:
        what = _UNREADABLE if mark is not None and mark.state is CellState.UNREADABLE else _NO_FIGURE
    else:
        what = {Verdict.BROKEN: broken, Verdict.HOLDS: _RIGHT, Verdict.NOT_APPLICABLE: _NOTHING}[finding.verdict]
    printed, section = shown(table.at(address), mark), section_name(table.matrix.key)
    is_ = "" if mark is not None and mark.state is CellState.ABSENT else "为"
    return Words(
        f"{section.zh}“{cell.label}”格{is_}{printed.zh}：{what.zh}", f"{section.en}, cell '{cell.english}' is {printed.en}: {what.en}"
    )


_RIGHT = Words("符合要求", "as it should be")
_NOTHING = Words("不适用", "not applicable")
_NO_FIGURE = Words("没有数值，无从判断", "there is no figure to judge")
_UNREADABLE = Words("不能确定是什么数，请对照原件", "which figure that is cannot be said; look at the document")


def _rule(
    code: str,
    name: str,
    statement: Words,
    severity: Severity,
    source: Words,
    judge: Judge,
    broken: Words,
    exceptions: Words | None = None,
    **more: Any,
) -> Rule[Subject]:
    evaluate, explain = partial(_evaluate, judge), partial(_explain, broken)
    return Rule(code, name, statement, severity, Extent.CELL, source, evaluate, explain, exceptions=exceptions, **more)


RULES: tuple[Rule[Subject], ...] = (
    _rule(
        "C101",
        "count-nonneg-int",
        Words("件数为非负整数（“本年增/减”可为负）", "A count is a whole number and not negative (本年增/减 may be)."),
        Severity.ERROR,
        Words("件数的性质", "what counting is"),
        _count,
        Words("件数应为非负整数", "a count is a whole number and not negative"),
        never=((Verdict.UNKNOWN, Words("没有数值的格由C103说明", "of a cell without a value C103 speaks")),),
    ),
    _rule(
        "C102",
        "money-nonneg",
        Words(
            "金额不为负；以万元计不超过6位小数（1分）",
            "An amount is not negative (error) and has no digits below 1 分: 6 decimals in 万元 (warning).",
        ),
        Severity.ERROR,
        Words("表头单位“万元”", "the unit 万元 in the column head"),
        _money,
        Words("金额不应为负，小数不应细于1分", "an amount is not negative and has no digits below 1 分"),
        Words("退费多于收费时金额可为负，少见", "refunds that exceed what was charged; rare"),
    ),
    _rule(
        "C103",
        "cell-filled",
        Words("每一格都填有数值，没有的填0", "Every cell holds a figure; what there was none of is 0."),
        Severity.WARNING,
        Words("填报惯例", "custom of those who check reports"),
        _filled,
        Words("应填数值，没有的填0", "it should hold a figure, 0 where there was none"),
        Words(
            "无规章制定权的机关在“规章”一行填“/”；个别报告以空白表示0",
            "a slash for 规章 where the body cannot make rules; some reports leave zeros blank",
        ),
    ),
    _rule(
        "C104",
        "cell-clean",
        Words("格内只有数字，不带单位、逗号、文字", "The cell holds a plain number: no unit, comma, full-width digit or text."),
        Severity.INFO,
        Words("便于机器读取", "so that machines can read it"),
        _clean,
        Words("应只填数字", "it should hold the number alone"),
        Words("千分位逗号", "thousands separators"),
    ),
)
