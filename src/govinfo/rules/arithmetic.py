"""The equations of the form: every `Balance` that it declares, with four verdicts."""

from collections.abc import Iterator, Sequence
from functools import partial

from govinfo.balance import Balance
from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.report import CellState, Report, Table, Value, plain
from govinfo.rules.subject import Subject

_LONG = 3  # a side of more cells than this is said as their number and their sum
_CORNER = Words("第三部分表格左上角印明的勾稽关系（两版格式相同）", "printed in the corner cell of section 3 in both forms")


def findings_of(rule: Rule[Subject], table: Table, balances: Sequence[Balance], report: Report) -> Iterator[Finding]:
    """One finding for each of the balances, all of them balances of the table's matrix."""
    values = table.by_address
    for balance in balances:
        left, right = (_sum([values[address] for address in side]) for side in (balance.left, balance.right))
        if left is None or right is None:
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.HOLDS if left == right else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, balance.cells, left, right, balance.line, (balance,), report)


def _sum(values: Sequence[Value | None]) -> Value | None:
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if len(known) == len(values) else None


def _evaluate(code: str, subject: Subject) -> Iterator[Finding]:
    rule, found = BY_CODE[code], False
    for table in subject.report.tables:
        if balances := [balance for balance in table.matrix.balances if balance.code == code]:
            found = True
            yield from findings_of(rule, table, balances, subject.report)
    if not found:
        yield Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, report=subject.report)


def of_other_forms(subject: Subject) -> Iterator[Finding]:
    """The balances that a caller's own form declares under codes of its own."""
    for table in subject.report.tables:
        for code in dict.fromkeys(balance.code for balance in table.matrix.balances if balance.code not in BY_CODE):
            declared = Words(f"格式 {table.form.id} 声明的勾稽关系", f"an identity that the form {table.form.id} declares")
            rule = Rule(code, "balance", declared, Severity.ERROR, Extent.TABLE, declared, of_other_forms, explain, (table.form.id,))
            yield from findings_of(rule, table, [b for b in table.matrix.balances if b.code == code], subject.report)


def explain(finding: Finding) -> Words:
    """Both sides with their cells and sums, and what is missing where a side is unknown."""
    if finding.verdict is Verdict.NOT_APPLICABLE or finding.report is None:
        return Words("报告中没有该表", "the report has no such table")
    (balance,) = finding.facts
    table = finding.report.table_at(balance.cells[0])
    zh_line, en_line = (_line(table, balance, lang) for lang in ("zh", "en"))
    if finding.verdict is Verdict.UNKNOWN:
        missing = [address for address in balance.cells if table.at(address) is None]
        zh = "、".join(f"“{_term(table, address, balance, 'zh')}”（{STATES[table.state(address)].zh}）" for address in missing)
        en = ", ".join(f"'{_term(table, address, balance, 'en')}' ({STATES[table.state(address)].en})" for address in missing)
        return Words(f"{zh_line}：{zh}没有数值，无法核对", f"{en_line}: cannot be checked, no value in {en}")
    sides = ((balance.left, finding.left), (balance.right, finding.right))
    zh, en = ([_side(table, balance, side, value, lang) for side, value in sides] for lang in ("zh", "en"))
    relation = Words("相等", "equal") if finding.verdict is Verdict.HOLDS else Words("应相等而不等", "should be equal and are not")
    return Words(f"{zh_line}：{zh[0]}，{zh[1]}，{relation.zh}", f"{en_line}: {en[0]} and {en[1]} {relation.en}")


STATES = {
    CellState.VALUE: Words("有数值", "a value"),
    CellState.BLANK: Words("空白", "blank"),
    CellState.SLASH: Words("斜杠", "a slash"),
    CellState.DASH: Words("横线", "a dash"),
    CellState.UNREADABLE: Words("无法辨读", "unreadable"),
    CellState.ABSENT: Words("文件中没有此格", "not in the document"),
}


def _side(table: Table, balance: Balance, side: tuple[str, ...], value: Value | None, lang: str) -> str:
    shown = "?" if value is None else plain(value)
    if len(side) > _LONG:
        return f"{len(side)}项之和 {shown}" if lang == "zh" else f"the sum of {len(side)} cells, {shown},"
    terms = " + ".join(f"{_term(table, address, balance, lang)} {_printed(table, address)}" for address in side)
    return terms if len(side) == 1 else f"{terms} = {shown}"


def _printed(table: Table, address: str) -> str:
    value = table.at(address)
    return "?" if value is None else plain(value)


def _in_one_row(balance: Balance) -> bool:
    """Whether the cells lie in one row, so that their columns tell them apart."""
    return len({address.rpartition(".")[0] for address in balance.cells}) == 1


def _term(table: Table, address: str, balance: Balance, lang: str) -> str:
    cell = table.matrix.cell(address)
    line = cell.column if _in_one_row(balance) else cell.row
    return line.short if lang == "zh" else line.english


def _line(table: Table, balance: Balance, lang: str) -> str:
    cell = table.matrix.cell(balance.cells[0])
    zh, en, line = ("行", "row", cell.row) if _in_one_row(balance) else ("列", "column", cell.column)
    return f"“{line.short}”{zh}" if lang == "zh" else f"{en} '{line.english}'"


def _rule(code: str, name: str, statement: Words, extent: Extent, source: Words) -> Rule[Subject]:
    return Rule(code, name, statement, Severity.ERROR, extent, source, partial(_evaluate, code), explain, ("cn-2019", "cn-2021"))


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
BY_CODE = {rule.code: rule for rule in RULES}
