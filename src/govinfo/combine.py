"""Several reports made into one, and two reports held side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import fields, frozen

from govinfo.errors import FigureError
from govinfo.form import Cell, Kind
from govinfo.keys import TABLES, ReportScope
from govinfo.report import ABSENT, CellState, Mark, Report, Table, Value
from govinfo.table import exactly

_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


def aggregate(parts: Iterable[Report], *, organ: str | None = None, title: str | None = None) -> Report:
    """The report that a government files from those of its bodies: every cell the sum of theirs, scope `AGGREGATE`.

    A cell that has no value in one of the parts has none in the whole: it is blank, and its note says of how many
    parts the figure is missing. Money is added exactly; amounts that were printed in 元 and in 万元 give 元, and amounts
    whose unit is not known are not added. Prose is left to be written.

    Raises `FigureError` where the parts cannot be one whole: none at all, different years or none, a table on
    different forms, the same organ twice, a sum beyond what a cell holds.
    """
    reports = tuple(parts)
    year = _common_year(reports)
    proactive, requests, disputes = (_added(section, reports) for section in TABLES)
    return Report(
        organ=organ, title=title, year=year, scope=ReportScope.AGGREGATE, proactive=proactive, requests=requests, disputes=disputes
    )


def _common_year(reports: Sequence[Report]) -> int:
    years = {report.year for report in reports}
    if len(years) != 1 or None in years:
        raise FigureError("year", sorted(map(str, years)), "at least one part, all of one report year")
    twice = [organ for organ, times in Counter(report.organ for report in reports).items() if organ is not None and times > 1]
    if twice:
        raise FigureError("organ", twice[0], "every part once; this one is there twice")
    (year,) = years
    assert year is not None  # noqa: S101 -- None was refused above
    return year


def _added(section: str, reports: Sequence[Report]) -> Table | None:
    tables = [report.table(section) for report in reports]
    present = [table for table in tables if table is not None]
    if not present:
        return None
    if len(forms := sorted({table.form.id for table in present})) > 1:
        raise FigureError(section, forms, "tables of one form: figures of two forms do not add up")
    matrix = present[0].matrix
    values: dict[str, Value | Mark] = {}
    marks: dict[str, Mark] = {}
    held = [(table.by_address, table.marks) for table in present]
    for cell in matrix.cells:
        value, mark = _sum(cell, [(v[cell.address], m.get(cell.address)) for v, m in held], len(tables) - len(present))
        if value is None:
            values[cell.address] = mark or Mark(CellState.BLANK)
        else:
            values[cell.address] = value
            marks |= {cell.address: mark} if mark else {}
    return Table.of(matrix, values, marks)


def _sum(cell: Cell, held: Sequence[tuple[Value | None, Mark | None]], missing: int) -> tuple[Value | None, Mark | None]:
    missing += sum(value is None for value, _ in held)
    if missing:
        return None, Mark(CellState.BLANK, note=f"{missing}个机关无数值")
    if cell.kind is Kind.COUNT:
        return sum(value for value, _ in held if isinstance(value, int)), None
    # Nothing is nothing in any unit: an amount of 0 need not say which.
    amounts = [(value, cell.unit or (mark.unit if mark else None)) for value, mark in held if isinstance(value, Decimal) and value]
    units = {unit for _, unit in amounts}
    if not units <= set(_YUAN):
        return None, Mark(CellState.BLANK, note="金额单位不明，未相加")
    unit = units.pop() if len(units) == 1 else "元"
    with exactly():
        whole = sum((value * _YUAN[str(u)] / _YUAN[str(unit)] for value, u in amounts), Decimal(0))
    return whole, None if cell.unit or not amounts else Mark(CellState.VALUE, raw=f"{whole:f}{unit}", unit=unit)


@frozen
class CellChange:
    """A cell that differs: its value and its mark before and after. A cell that one report lacks is `ABSENT` there."""

    address: str
    before: Value | None
    after: Value | None
    mark_before: Mark | None = None
    mark_after: Mark | None = None

    @property
    def change(self) -> Value | None:
        """After minus before; None where one of them has no value."""
        if self.before is None or self.after is None:
            return None
        with exactly():
            return self.after - self.before


@frozen
class TextChange:
    """An attribute of the report other than a table that differs, before and after."""

    name: str
    before: Any
    after: Any


@frozen
class Differences:
    """What changed between two reports: figures cell by cell in the order of the form, texts attribute by attribute.

    `forms` lists (section, form before, form after) where a table is on another form, or is missing (None).
    """

    cells: tuple[CellChange, ...]
    texts: tuple[TextChange, ...]
    forms: tuple[tuple[str, str | None, str | None], ...]

    def __bool__(self) -> bool:
        return bool(self.cells or self.texts or self.forms)


def diff(before: Report, after: Report) -> Differences:
    """What is different in `after`. Equal reports, and only they, give an empty (falsy) value.

    >>> from govinfo.forms import CN_2021
    >>> one = Report(year=2023, disputes=Table.blank(CN_2021.disputes))
    >>> [(c.address, c.after) for c in diff(one, one.replace({"disputes.reconsideration.total": 2})).cells]
    [('disputes.reconsideration.total', 2)]
    """
    names = [field.name for field in fields(Report) if field.name not in set(TABLES)]
    texts = tuple(TextChange(name, a, b) for name in names if (a := getattr(before, name)) != (b := getattr(after, name)))
    pairs = [(str(section), before.table(section), after.table(section)) for section in TABLES]
    forms = tuple((section, _form(a), _form(b)) for section, a, b in pairs if _form(a) != _form(b))
    return Differences(tuple(change for _, a, b in pairs for change in _changes(a, b)), texts, forms)


def _form(table: Table | None) -> str | None:
    return table.form.id if table else None


def _changes(before: Table | None, after: Table | None) -> Iterator[CellChange]:
    (values, marks), (values_after, marks_after) = _contents(before), _contents(after)
    for address in dict.fromkeys((*values, *values_after)):
        old, new = values.get(address), values_after.get(address)
        old_mark, new_mark = (m.get(address) if address in v else ABSENT for v, m in ((values, marks), (values_after, marks_after)))
        if (old, old_mark) != (new, new_mark):
            yield CellChange(address, old, new, old_mark, new_mark)


def _contents(table: Table | None) -> tuple[Mapping[str, Value | None], Mapping[str, Mark]]:
    return (table.by_address, table.marks) if table else ({}, {})
