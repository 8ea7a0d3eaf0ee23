"""How findings are put into words, once for all rules: where in the form, what is printed there, what is missing."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from govinfo.findings import Extent, Finding, Lang, Rule, Verdict, Words
from govinfo.form import Cell, Line
from govinfo.keys import Section
from govinfo.report import CellState, Mark, Report, Table, Value, plain

STATES = {
    CellState.VALUE: Words("有数值", "a value"),
    CellState.BLANK: Words("空白", "blank"),
    CellState.SLASH: Words("斜杠", "a slash"),
    CellState.DASH: Words("横线", "a dash"),
    CellState.UNREADABLE: Words("无法辨读", "unreadable"),
    CellState.ABSENT: Words("不在文件中", "not in the document"),
}
PARTS = dict(zip(Section, "一二三四五六", strict=True))
NUMBERS = {section: number for number, section in enumerate(Section, 1)}
_LISTED = 8  # so many cells are listed one by one
LANGS: tuple[Lang, Lang] = ("zh", "en")


def section_name(section: str) -> Words:
    """`第三部分`, `section 3`."""
    return Words(f"第{PARTS[Section(section)]}部分", f"section {NUMBERS[Section(section)]}")


NO_TABLE = Words(
    "报告中没有该规则所说的表（或该表用的是另一版格式）", "the report has no table, or none on that form, that the rule speaks of"
)
NO_DOCUMENT = Words("须对照文件本身，仅有数据时不适用", "this needs the document, and only its data is given")


def not_applicable(rule: Rule[Any], report: Report, why: Words = NO_TABLE, line: str = "") -> Finding:
    """The rule has nothing to say here, and why."""
    return Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, line=line, facts=(why,), report=report)


def undecided(rule: Rule[Any], report: Report, why: Words, cells: tuple[str, ...] = (), line: str = "") -> Finding:
    """The rule cannot be decided for another reason than a cell without a value."""
    return Finding(rule, Verdict.UNKNOWN, rule.severity, cells, line=line, facts=(why,), report=report)


def compared(
    rule: Rule[Any],
    report: Report,
    cells: tuple[str, ...],
    sides: tuple[Value, Value] | None,
    holds: Callable[[Value, Value], bool],
    line: str = "",
) -> Finding:
    """Two sides held against each other; None where a cell has no value."""
    if sides is None:
        return Finding(rule, Verdict.UNKNOWN, rule.severity, cells, line=line, report=report)
    verdict = Verdict.HOLDS if holds(*sides) else Verdict.BROKEN
    return Finding(rule, verdict, rule.severity, cells, *sides, line=line, report=report)


def explained(zh: str, en: str) -> Callable[[Finding], Words]:
    """An explanation whose words for a broken instance may use `{left}`, `{right}` and the facts as `{0}`, `{1}`."""
    return partial(_explain, zh, en)  # not a closure: findings travel between processes


def _explain(zh: str, en: str, finding: Finding) -> Words:
    place = where(finding)
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return _told(place, finding.facts[0])
    if finding.verdict is Verdict.UNKNOWN:
        return _told(place, finding.facts[0] if finding.facts and isinstance(finding.facts[0], Words) else missing(finding))
    listed = printed(finding)
    if finding.verdict is Verdict.HOLDS:
        return _told(place, Words(f"{listed.zh}符合要求", f"{listed.en}as it should be"))
    sides = {name: "?" if side is None else plain(side) for name, side in (("left", finding.left), ("right", finding.right))}
    told = [
        template.format(*(fact.said(lang) if isinstance(fact, Words) else fact for fact in finding.facts), **sides)
        for lang, template in zip(LANGS, (zh, en), strict=True)
    ]
    return _told(place, Words(listed.zh + told[0], listed.en + told[1]))


def _told(place: Words, what: Words) -> Words:
    return Words(f"{place.zh}：{what.zh}", f"{place.en}: {what.en}") if place.zh else what


def where(finding: Finding) -> Words:
    """The section, and the row or column that all cells of the finding lie in; years before it where there are several reports."""
    years = [str(about.year) for about in finding.about if about.year is not None]
    spoken = years[:2] if finding.rule.extent is Extent.YEARS else years[:1]
    prefix = Words("—".join(spoken) + "年度", "-".join(spoken)) if spoken else Words("", "")
    cells = _cells(finding)
    if not cells:
        return prefix
    sections = list(dict.fromkeys(address.partition(".")[0] for _, address, _ in cells))
    name = Words("、".join(section_name(s).zh for s in sections), " and ".join(section_name(s).en for s in sections))
    lines = _common(cells)
    zh = f"{prefix.zh}{name.zh}" + (f"“{lines[1].named if lines[0] else lines[1].short}”{'行' if lines[0] else '列'}" if lines else "")
    en = f"{prefix.en}{' ' if prefix.en else ''}{name.en}" + (f", {'row' if lines[0] else 'column'} '{lines[1].english}'" if lines else "")
    return Words(zh, en)


def _cells(finding: Finding) -> list[tuple[Report, str, int | None]]:
    """(report, address, year to be said) for each cell of the finding, as far as its reports have it."""
    if finding.report is not None:
        found: list[tuple[Report, str, int | None]] = [(finding.report, address, None) for address in finding.cells]
    elif any(about.cells for about in finding.about):
        found = [(about.report, address, about.year) for about in finding.about for address in about.cells]
    else:
        found = [(about.report, address, None) for about in finding.about[:1] for address in finding.cells]
    return [place for place in found if _table(place[0], place[1]) is not None]


def _table(report: Report, address: str) -> Table | None:
    table = report.table(address.partition(".")[0])
    return table if table is not None and address in table.matrix.index_of else None


def _cell(report: Report, address: str) -> Cell:
    return report.table_at(address).matrix.cell(address)


def _common(cells: Iterable[tuple[Report, str, int | None]]) -> tuple[bool, Line] | None:
    """The line that all cells lie in: (whether it is a row, the line), None where there is none."""
    found = [_cell(report, address) for report, address, _ in cells]
    if len({cell.row.key for cell in found}) == 1:
        return True, found[0].row
    if len({cell.column.key for cell in found}) == 1:
        return False, found[0].column
    return None


def term(cell: Cell, common: tuple[bool, Line] | None, lang: Lang) -> str:
    """The name of a cell among others of one line: its column in a row, its row in a column, else both."""
    row, column = (cell.row.named, cell.column.short) if lang == "zh" else (cell.row.english, cell.column.english)
    return f"{row} · {column}" if common is None else column if common[0] else row


def printed(finding: Finding) -> Words:
    """What is printed in each cell of the finding, empty where there are too many."""
    cells = _cells(finding)
    if not 0 < len(cells) <= _LISTED:
        return Words("", "")
    common = _common(cells)
    zh, en = ([_printed(place, common, lang) for place in cells] for lang in LANGS)
    return Words("、".join(zh) + "；", ", ".join(en) + "; ")


def _printed(place: tuple[Report, str, int | None], common: tuple[bool, Line] | None, lang: Lang) -> str:
    report, address, year = place
    table = report.table_at(address)
    name, value = term(_cell(report, address), common, lang), shown(table.at(address), table.mark(address)).said(lang)
    if year is None:
        return f"“{name}”{value}" if lang == "zh" else f"'{name}' {value}"
    return f"{year}年“{name}”{value}" if lang == "zh" else f"in {year} '{name}' {value}"


def shown(value: Value | None, mark: Mark | None) -> Words:
    """What a cell shows: its figure, its text in quotes, or that it is empty or missing."""
    if mark is None:
        return Words(plain(value), plain(value)) if value is not None else STATES[CellState.BLANK]
    if mark.state is CellState.ABSENT:
        return STATES[CellState.ABSENT]
    if not mark.raw:
        return Words(plain(value), plain(value)) if value is not None else STATES[mark.state]
    return Words(f"“{mark.raw}”", f"'{mark.raw}'")


def missing(finding: Finding) -> Words:
    """Which of the finding's cells have no value, and what stands there instead."""
    every = _cells(finding)
    cells = [place for place in every if place[0][place[1]] is None]
    if not cells:
        return Words("缺少所需数值，无法核对", "a figure that it needs is missing, so this cannot be checked")
    common, more = _common(every), len(cells) - _LISTED
    zh, en = ([_empty(place, common, lang) for place in cells[:_LISTED]] for lang in LANGS)
    if more > 0:
        zh, en = [*zh, f"另有{more}格也没有数值"], [*en, f"{more} more have no value"]
    return Words(f"{'、'.join(zh)}，无法核对", f"{', '.join(en)}: this cannot be checked")


def _empty(place: tuple[Report, str, int | None], common: tuple[bool, Line] | None, lang: Lang) -> str:
    report, address, year = place
    name, state = term(_cell(report, address), common, lang), STATES[report.table_at(address).state(address)].said(lang)
    if lang == "zh":
        return f"{'' if year is None else f'{year}年'}“{name}”{state}"
    return f"{'' if year is None else f'in {year} '}'{name}' is {state}"
