"""What one cell may hold: rules C101-C104, each on every cell of every table."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.form import Cell, Kind
from govinfo.report import CellState, Mark, Table, Value, plain
from govinfo.rules.subject import Subject

_FEN = {"万元": 6, "元": 2}  # fractional digits down to 1 分, the smallest amount there is
_NUMBER = re.compile(r"[-－−+]?\d+(?:[.．]\d+)?")
Judge = Callable[[Cell, Value | None, Mark | None], tuple[Verdict, Severity | None]]

_HOLDS, _NO = (Verdict.HOLDS, None), (Verdict.NOT_APPLICABLE, None)
_BROKEN, _UNKNOWN = (Verdict.BROKEN, None), (Verdict.UNKNOWN, None)


def _evaluate(judge: Judge, code: str, subject: Subject) -> Iterator[Finding]:
    rule = BY_CODE[code]
    for table in subject.report.tables:
        marks = table.marks
        for cell, value in zip(table.matrix.cells, table.figures, strict=True):
            verdict, severity = judge(cell, value, marks.get(cell.address))
            yield Finding(rule, verdict, severity or rule.severity, (cell.address,), line=cell.address, report=subject.report)
    if not subject.report.tables:
        yield Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, report=subject.report)


def _count(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C101: what the model holds as a count is one; a number that is none stands as an unreadable cell."""
    if cell.kind is not Kind.COUNT:
        return _NO
    if value is not None:
        return _HOLDS
    unreadable = mark is not None and mark.state is CellState.UNREADABLE
    return _BROKEN if unreadable and mark is not None and _NUMBER.fullmatch(mark.raw) else _NO


def _money(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C102: an amount is not negative, and has no digits below 1 分."""
    if cell.kind is not Kind.MONEY or not isinstance(value, Decimal):
        return _NO
    if value < 0:
        return _BROKEN
    unit = cell.unit or (mark.unit if mark and mark.unit else "万元")
    places = -int(value.normalize().as_tuple().exponent)
    return (Verdict.BROKEN, Severity.WARNING) if places > _FEN.get(unit, 6) else _HOLDS


def _filled(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:
    """C103: a figure stands in the cell; what could not be read may be one."""
    if value is not None:
        return _HOLDS
    if mark is not None and mark.state is CellState.UNREADABLE:
        return _UNKNOWN
    # A body without the power to make rules prints a slash there: custom, and no cell left empty.
    return _NO if mark is not None and mark.state is CellState.SLASH and cell.row.key == "rules" else _BROKEN


def _clean(cell: Cell, value: Value | None, mark: Mark | None) -> tuple[Verdict, Severity | None]:  # noqa: ARG001 -- one shape for all judges
    """C104: the figure is printed plainly."""
    if value is None:
        return _NO
    return _HOLDS if mark is None else _BROKEN


def _explain(says: Callable[[str], Words], finding: Finding) -> Words:
    if finding.report is None or not finding.cells:
        return Words("报告中没有表格", "the report has no tables")
    (address,) = finding.cells
    table = finding.report.table_at(address)
    cell = table.matrix.cell(address)
    shown, said = _shown(table, address), says(finding.verdict)
    return Words(f"“{cell.label}”格为{shown.zh}：{said.zh}", f"cell '{cell.english}' is {shown.en}: {said.en}")


def _shown(table: Table, address: str) -> Words:
    value, mark = table.at(address), table.mark(address)
    if mark is None:
        return Words(plain(value), plain(value)) if value is not None else Words("空白", "blank")
    if mark.state is CellState.ABSENT:
        return Words("缺（文件中没有此格）", "not in the document")
    return Words(f"“{mark.raw}”", f"'{mark.raw}'") if mark.raw else Words("空白", "blank")


_VERDICTS = {
    Verdict.HOLDS: Words("符合", "as it should be"),
    Verdict.UNKNOWN: Words("无法辨读，不能判断", "it could not be read, so this cannot be said"),
    Verdict.NOT_APPLICABLE: Words("不适用", "not applicable"),
}


def _says(broken: Words, verdict: str) -> Words:
    return broken if verdict == Verdict.BROKEN else _VERDICTS[Verdict(verdict)]


def _rule(
    code: str, name: str, statement: Words, severity: Severity, source: Words, judge: Judge, broken: Words, exceptions: Words | None = None
) -> Rule[Subject]:
    evaluate, explain = partial(_evaluate, judge, code), partial(_explain, partial(_says, broken))
    return Rule(code, name, statement, severity, Extent.CELL, source, evaluate, explain, exceptions=exceptions)


RULES: tuple[Rule[Subject], ...] = (
    _rule(
        "C101",
        "count-nonneg-int",
        Words("件数为非负整数（“本年增/减”可为负）", "A count is a whole number and not negative (本年增/减 may be)."),
        Severity.ERROR,
        Words("件数的性质", "what counting is"),
        _count,
        Words("件数应为非负整数", "a count is a whole number and not negative"),
    ),
    _rule(
        "C102",
        "money-nonneg",
        Words(
            "金额不为负；以万元计不超过6位小数（1分）", "An amount is not negative (error) and has no digits below 1 分: 6 decimals in 万元 (warning)."
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
BY_CODE = {rule.code: rule for rule in RULES}
