"""The equations of the form: every `Balance` that it declares, with four verdicts."""

from collections.abc import Iterator, Mapping, Sequence

from govinfo.balance import Balance
from govinfo.findings import Extent, Finding, Lang, Rule, Severity, Verdict, Words
from govinfo.form import Line
from govinfo.report import Report, Table, Value, plain
from govinfo.rules.subject import Subject
from govinfo.rules.wording import missing, not_applicable, section_name, term

_LONG = 3  # a side of more cells than this is said as their number and their sum
_CORNER = Words("第三部分表格左上角印明的勾稽关系（两版格式相同）", "printed in the corner cell of section 3 in both forms")
_NO_TABLE = Words("报告中没有该表", "the report has no such table")


def added(values: Sequence[Value | None]) -> Value | None:
    """Their sum, None where one of them is None; of nothing, 0."""
    total: Value = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _findings(rule: Rule[Subject], balances: Sequence[Balance], values: Mapping[str, Value | None], report: Report) -> Iterator[Finding]:
    """One finding for each of the balances."""
    for balance in balances:
        left, right = added([values[a] for a in balance.left]), added([values[a] for a in balance.right])
        if left is None or right is None:
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.HOLDS if left == right else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, balance.cells, left, right, balance.line, (balance,), report)


def _evaluate(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    found = False
    for table in subject.report.tables:
        if balances := [balance for balance in table.matrix.balances if balance.code == rule.code]:
            found = True
            yield from _findings(rule, balances, subject.values, subject.report)
    if not found:
        yield not_applicable(rule, subject.report, _NO_TABLE)


def of_other_forms(subject: Subject) -> Iterator[Finding]:
    """The balances that a caller's own form declares under codes of its own."""
    for table in subject.report.tables:
        for code in dict.fromkeys(balance.code for balance in table.matrix.balances if balance.code not in _CODES):
            declared = Words(f"格式 {table.form.id} 声明的勾稽关系", f"an identity that the form {table.form.id} declares")
            rule = Rule[Subject](code, "balance", declared, Severity.ERROR, Extent.TABLE, declared, _evaluate, explain, (table.form.id,))
            yield from _findings(rule, [b for b in table.matrix.balances if b.code == code], subject.values, subject.report)


def explain(finding: Finding) -> Words:
    """Both sides with their cells and sums, and what is missing where a side is unknown."""
    if finding.verdict is Verdict.NOT_APPLICABLE or finding.report is None:
        return _NO_TABLE
    (balance,) = finding.facts
    table = finding.report.table_at(balance.cells[0])
    zh_line, en_line = _line(table, balance, "zh"), _line(table, balance, "en")
    if finding.verdict is Verdict.UNKNOWN:
        unknown = missing(finding)
        return Words(f"{zh_line}：{unknown.zh}", f"{en_line}: {unknown.en}")
    sides = ((balance.left, finding.left), (balance.right, finding.right))
    zh = [_side(table, balance, side, value, "zh") for side, value in sides]
    en = [_side(table, balance, side, value, "en") for side, value in sides]
    if finding.verdict is Verdict.HOLDS:
        return Words(f"{zh_line}：{zh[0]}，{zh[1]}，相等", f"{en_line}: {en[0]} equals {en[1]}")
    return Words(f"{zh_line}：{zh[0]}，{zh[1]}，应相等而不等", f"{en_line}: {en[0]} should equal {en[1]}")


def _side(table: Table, balance: Balance, side: tuple[str, ...], value: Value | None, lang: Lang) -> str:
    shown = "?" if value is None else plain(value)
    if len(side) > _LONG:
        return f"各项（{len(side)}格）之和 {shown}" if lang == "zh" else f"the sum of {len(side)} cells, {shown},"
    common = _common(table, balance)
    names = [(term(table.matrix.cell(address), common, lang), table.at(address)) for address in side]
    terms = " + ".join(f"{name} {'?' if figure is None else plain(figure)}" for name, figure in names)
    return terms if len(side) == 1 else f"{terms} = {shown}"


def _common(table: Table, balance: Balance) -> tuple[bool, Line]:
    """Whether the cells lie in one row, so that their columns tell them apart, and that row; else their column."""
    cells = [table.matrix.cell(address) for address in balance.cells]
    in_one_row = len({cell.row.key for cell in cells}) == 1
    return (True, cells[0].row) if in_one_row else (False, cells[0].column)


def _line(table: Table, balance: Balance, lang: Lang) -> str:
    in_one_row, line = _common(table, balance)
    place = section_name(table.matrix.key).said(lang)
    return (
        f"{place}“{line.named if in_one_row else line.short}”{'行' if in_one_row else '列'}"
        if lang == "zh"
        else f"{place}, {'row' if in_one_row else 'column'} '{line.english}'"
    )


def _rule(code: str, name: str, statement: Words, extent: Extent, source: Words) -> Rule[Subject]:
    return Rule(code, name, statement, Severity.ERROR, extent, source, _evaluate, explain, ("cn-2019", "cn-2021"))


_TOTAL = Words("第四部分表格的“总计”栏（两版格式相同）", "the column 总计 of section 4 in both forms")
RULES: tuple[Rule[Subject], ...] = (
    _rule(
        "R301",
        "column-flow",
        Words(
            "每一列：本年新收加上年结转，等于办理结果总计加结转下年度",
            "In every column, requests received and carried in equal those concluded and carried forward.",
        ),
        Extent.COLUMN,
        _CORNER,
    ),
    _rule(
        "R302",
        "outcome-sum",
        Words("每一列：各项办理结果之和等于“（七）总计”", "In every column, the outcomes add up to the row （七）总计."),
        Extent.COLUMN,
        Words("第三部分表格的“（七）总计”行（两版格式相同）", "the row （七）总计 of section 3 in both forms"),
    ),
    _rule(
        "R303",
        "row-sum",
        Words("每一行：自然人与各类法人或其他组织之和等于“总计”", "In every row, the six kinds of applicants add up to the column 总计."),
        Extent.ROW,
        Words("第三部分表格的“总计”列（两版格式相同）", "the column 总计 of section 3 in both forms"),
    ),
    _rule(
        "D401",
        "reconsideration-sum",
        Words("行政复议：四种结果之和等于总计", "Reconsideration: the four results add up to the total."),
        Extent.ROW,
        _TOTAL,
    ),
    _rule(
        "D402",
        "direct-sum",
        Words(
            "行政诉讼（未经复议直接起诉）：四种结果之和等于总计",
            "Litigation without reconsideration: the four results add up to the total.",
        ),
        Extent.ROW,
        _TOTAL,
    ),
    _rule(
        "D403",
        "post-sum",
        Words("行政诉讼（复议后起诉）：四种结果之和等于总计", "Litigation after reconsideration: the four results add up to the total."),
        Extent.ROW,
        _TOTAL,
    ),
)
_CODES = frozenset(rule.code for rule in RULES)
