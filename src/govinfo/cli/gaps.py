"""Cells without a value: what they should hold where the sums say so, and what cannot be known because of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from attrs import field, frozen

from govinfo.cli.checking import Checked
from govinfo.cli.places import common_line, place
from govinfo.findings import Finding, Lang, Severity, Verdict, Words
from govinfo.report import CellState, Table
from govinfo.rules.wording import STATES, section_name

_MOST = 8  # so many cells of a table are said one by one, else the table at once; and so many values are listed
SEVERITIES = {Severity.ERROR: Words("错误", "error"), Severity.WARNING: Words("警告", "warning"), Severity.INFO: Words("提示", "note")}


@frozen
class _Gap:
    """Cells without a value that are said in one line, and the findings that only say so again."""

    table: Table
    cells: tuple[str, ...]
    broken: list[Finding] = field(factory=list[Finding])
    unknown: list[Finding] = field(factory=list[Finding])


def gap_lines(checked: Checked, lang: Lang) -> tuple[list[str], list[Finding]]:
    """The lines on cells without a value, and the findings that these explain, so that they are not said again."""
    gaps = [_Gap(table, cells) for table in checked.report.tables for cells in _together(table)]
    of_cell = {cell: gap for gap in gaps for cell in gap.cells}
    several: list[Finding] = []
    for finding in checked.findings:
        if finding.about or finding.verdict not in (Verdict.BROKEN, Verdict.UNKNOWN):
            continue
        empty = [cell for cell in finding.cells if cell in of_cell]
        of = {id(of_cell[cell]): of_cell[cell] for cell in empty}
        if finding.verdict is Verdict.BROKEN and len(finding.cells) == 1 and finding.code == "C103" and empty:
            of_cell[empty[0]].broken.append(finding)
        elif finding.verdict is Verdict.UNKNOWN and len(of) == 1:
            of_cell[empty[0]].unknown.append(finding)
        elif finding.verdict is Verdict.UNKNOWN and of:
            several.append(finding)
    deduced = checked.diagnosis.deduced
    told = [gap for gap in gaps if gap.broken or gap.unknown or any(cell in deduced for cell in gap.cells)]
    named = {id(gap) for gap in told}
    several = [finding for finding in several if all(id(of_cell[cell]) in named for cell in finding.cells if cell in of_cell)]
    lines = [line for gap in told for line in _lines(gap, deduced, lang)]
    if several:
        lines.append(
            Words(
                f"因以上几格没有数值，还有无法判断的：{_codes(several, 'zh')}",
                f"unknown because of several of these cells: {_codes(several, 'en')}",
            ).said(lang)
        )
    return lines, [*(finding for gap in told for finding in (*gap.broken, *gap.unknown)), *several]


def _together(table: Table) -> Iterator[tuple[str, ...]]:
    """The cells of a table without a value: one by one where they are few, else all at once; a row that is lost, as a row."""
    empty = tuple(address for address, mark in table.marked if mark.state is not CellState.VALUE)
    if len(empty) > _MOST:
        yield empty
        return

    def place(address: str) -> str:
        return table.matrix.cell(address).row.key if table.state(address) is CellState.ABSENT else address

    yield from (tuple(together) for _, together in groupby(empty, place))


def _lines(gap: _Gap, deduced: Mapping[str, int], lang: Lang) -> Iterator[str]:
    matrix = gap.table.matrix
    if len(gap.cells) == 1:
        (address,) = gap.cells
        where, what = place(matrix, address), _state(gap.table, address)
        value = deduced.get(address)
        advice = Words("，应填数值，没有的填0", "; it should hold a figure, 0 where there was none") if gap.broken else Words("", "")
        if value is not None:
            advice = Words(f"，按勾稽关系应为{value}", f"; by the sums it should be {value}")
        is_ = "" if gap.table.state(address) is CellState.ABSENT else "为"
        head = Words(f"{where.zh}{is_}{what.zh}{advice.zh}", f"{where.en} is {what.en}{advice.en}")
    else:
        head = _many(gap, deduced)
    labels = list(dict.fromkeys(f"{SEVERITIES[finding.severity].said(lang)} {finding.code}" for finding in gap.broken))
    prefix = (labels[0] if labels else Words("无法判断", "unknown").said(lang)) + " "
    unknown = _codes(gap.unknown, lang)
    rest = Words(f"；因此无法判断：{unknown}", f"; so unknown: {unknown}").said(lang) if unknown else ""
    yield f"{prefix}{head.said(lang)}{rest}"
    if len(gap.cells) > 1:
        yield from _listed(gap, deduced, lang)


def _many(gap: _Gap, deduced: Mapping[str, int]) -> Words:
    matrix, number = gap.table.matrix, len(gap.cells)
    section, line = section_name(matrix.key), common_line(matrix, gap.cells)
    where = Words(f"{section.zh}{line.zh}", f"{section.en}, {line.en}") if line else section
    states = Counter(gap.table.state(address) for address in gap.cells)
    what = Words(
        "、".join(f"{count}格{STATES[state].zh}" for state, count in states.items()),
        ", ".join(f"{count} cells {STATES[state].en}" for state, count in states.items()),
    )
    values = [deduced[address] for address in gap.cells if address in deduced]
    zeros = values.count(0)
    of = Words("都", "they") if zeros == number else Words(f"其中{zeros}格", f"{zeros} of them")
    advice = Words("", "")
    if gap.broken and not values:
        advice = Words("，应填数值，没有的填0", "; they should hold figures, 0 where there was none")
    elif zeros:
        advice = Words(f"，按勾稽关系{of.zh}应为0", f"; by the sums {of.en} should be 0")
    return Words(f"{where.zh}{what.zh}{advice.zh}", f"{where.en}: {what.en}{advice.en}")


def _listed(gap: _Gap, deduced: Mapping[str, int], lang: Lang) -> Iterator[str]:
    """A line for each cell of several that the sums say should hold a figure other than 0."""
    values = [(address, deduced[address]) for address in gap.cells if deduced.get(address)]
    for address, value in values[:_MOST]:
        where = place(gap.table.matrix, address)
        yield Words(f"  {where.zh}：按勾稽关系应为{value}", f"  {where.en}: by the sums it should be {value}").said(lang)
    if (more := len(values) - _MOST) > 0:
        yield Words(f"  另有{more}格（--format json 全部列出）", f"  {more} more (--format json lists all)").said(lang)


def _state(table: Table, address: str) -> Words:
    mark = table.mark(address)
    state = STATES[table.state(address)]
    if mark is not None and mark.state is CellState.UNREADABLE and mark.raw:
        return Words(f"“{mark.raw}”，{state.zh}", f"'{mark.raw}', {state.en}")
    return state


def _codes(findings: Iterable[Finding], lang: Lang) -> str:
    counted = Counter(finding.code for finding in findings)
    times = Words("（{}处）", " ({}x)").said(lang)
    return Words("、", ", ").said(lang).join(code + (times.format(n) if n > 1 else "") for code, n in counted.items())
