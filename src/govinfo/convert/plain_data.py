"""Report <-> plain data: dicts, strings, integers and None, in the shape of the schema `govinfo.report/1`.

This is the exact path. Reading goes through everything and collects every problem with its path; it is what all other
ways in fall back on, and what they have to agree with.
"""

import datetime as dt
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from govinfo.convert.json_text import Number, Object
from govinfo.convert.upgrade import NAME, NEWEST, upgraded
from govinfo.errors import DataError, FigureError
from govinfo.form import Cell, Form, Kind, Matrix
from govinfo.keys import TABLES, ReportScope
from govinfo.report import CellState, Mark, Report, Table, Value, plain, refuse_value

SCHEMA = f"{NAME}/{NEWEST}"
SECTIONS = tuple(map(str, TABLES))
TEXTS = ("organ", "title", "overview", "problems", "other_matters")
KEYS = (
    "schema", "organ", "year", "scope", "title", "published_on", "forms", "overview", "problems", "other_matters", *SECTIONS, "marks",
)  # fmt: skip
"""The keys of a report in plain data, all of them always present, in the order in which they are written."""

# Money as `govinfo.report.plain` writes it: one way to write an amount, but for the zeros that were published with it.
MONEY = re.compile(r"(?!-[0.]+\Z)-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,10})?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_LONGEST_SHOWN = 60
_TEXT = (str, type(None))


@lru_cache(maxsize=256)
def layout(matrix: Matrix) -> Mapping[str, Mapping[str, Cell]]:
    """Row key -> column key -> cell: how the cells of a table nest in plain data."""
    rows: dict[str, dict[str, Cell]] = {}
    for cell in matrix.cells:
        rows.setdefault(str(cell.row.key), {})[str(cell.column.key)] = cell
    return rows


def to_plain(report: Report) -> dict[str, Any]:
    """The report as plain data, with every key of the schema in its order."""
    tables = {section: report.table(section) for section in SECTIONS}
    return {
        "schema": SCHEMA,
        "organ": report.organ,
        "year": report.year,
        "scope": None if report.scope is None else report.scope.value,
        "title": report.title,
        "published_on": None if report.published_on is None else report.published_on.isoformat(),
        "forms": {section: None if table is None else table.form.id for section, table in tables.items()},
        "overview": report.overview,
        "problems": report.problems,
        "other_matters": report.other_matters,
        **{section: None if table is None else _rows(table) for section, table in tables.items()},
        "marks": {address: _mark(mark) for address, mark in report.marks.items()},
    }


def _rows(table: Table) -> dict[str, dict[str, int | str | None]]:
    shown = [plain(value) if isinstance(value, Decimal) else value for value in table.figures]
    return {row: {column: shown[cell.index] for column, cell in cells.items()} for row, cells in layout(table.matrix).items()}


def _mark(mark: Mark) -> dict[str, str]:
    more = {name: text for name, text in (("note", mark.note), ("unit", mark.unit)) if text is not None}
    return {"state": mark.state.value, "raw": mark.raw, **more}


def refuse_unwritable(given: Mapping[str, Any]) -> None:
    """Raise `DataError` where a text of a report's plain data cannot be written as UTF-8."""
    check = _Check()
    for name in TEXTS:
        check.text(given[name], f"$.{name}")
    for address, mark in given["marks"].items():
        for name, text in mark.items():
            check.text(text, f"{_step('$.marks', address)}.{name}")
    check.settle()


def from_plain(given: object, forms: Sequence[Form]) -> Report:
    """The report that plain data stands for. Raises `DataError` with every problem that was found."""
    check = _Check()
    top = check.members(upgraded(given), "$", KEYS)
    if "schema" in top and top["schema"] != SCHEMA:
        check.refuse("$.schema", top["schema"], f'"{SCHEMA}"')
    readers = dict.fromkeys(TEXTS, check.text) | {"year": check.year, "scope": check.scope, "published_on": check.date}
    fields: dict[str, Any] = {name: read(top[name], f"$.{name}") for name, read in readers.items() if name in top}
    matrices = check.matrices(top["forms"], forms) if "forms" in top else {}
    marks = check.marks(top["marks"], matrices) if "marks" in top else None
    for section, matrix in matrices.items():
        if section in top:
            fields[section] = check.table(top[section], f"$.{section}", matrix, marks)
    check.settle()
    try:
        return Report(**fields)
    except FigureError as error:  # whatever else the model may come to refuse
        raise DataError([(f"$.{error.where}", _refusal(error.given, error.accepted))]) from error


class _Check:
    """Reads parts of the plain data and notes what is wrong with them; what a refused part reads as is never used."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []

    def settle(self) -> None:
        """Raise `DataError` if anything was refused."""
        if self.problems:
            raise DataError(self.problems)

    def refuse(self, path: str, given: object, accepted: str) -> None:
        self.problems.append((path, _refusal(given, accepted)))

    def members(self, given: object, path: str, keys: Iterable[str], optional: Iterable[str] = ()) -> Mapping[str, Any]:
        """The members that belong there."""
        if (found := self._object(given, path)) is None:
            return {}
        required = dict.fromkeys(keys)
        known = required | dict.fromkeys(optional)
        self.problems += [(_step(path, key), "unknown key") for key in found if key not in known]
        self.problems += [(_step(path, key), "missing") for key in required if key not in found]
        return {key: found[key] for key in known if key in found}

    def _object(self, given: object, path: str) -> Mapping[Any, Any] | None:
        if isinstance(given, Object):
            self.problems += [(_step(path, key), "the key stands more than once") for key in given.repeated]
        elif not isinstance(given, Mapping):
            self.refuse(path, given, "an object")
            return None
        return cast("Mapping[Any, Any]", given)

    def text(self, given: object, path: str, types: Container[type] = _TEXT, accepted: str = "a string or null") -> str | None:
        if type(given) not in types:
            self.refuse(path, given, accepted)
        elif isinstance(given, str):
            if _is_unicode(given):
                return given
            self.refuse(path, given, "text that UTF-8 can hold, without lone surrogates")
        return None

    def year(self, given: object, path: str) -> int | None:
        if given is None or (type(given) is int and 1000 <= given <= 9999):  # noqa: PLR2004 -- four digits
            return given
        self.refuse(path, given, "an integer of four digits or null")
        return None

    def scope(self, given: object, path: str) -> ReportScope | None:
        if given is None:
            return None
        if isinstance(given, str) and given in set(ReportScope):
            return ReportScope(given)
        self.refuse(path, given, f"{_choice(ReportScope)} or null")
        return None

    def date(self, given: object, path: str) -> dt.date | None:
        if given is None:
            return None
        if isinstance(given, str) and _DATE.match(given):
            try:
                return dt.date.fromisoformat(given)
            except ValueError:  # the 30th of February
                pass
        self.refuse(path, given, "a date such as 2024-01-31 or null")
        return None

    def matrices(self, given: object, forms: Sequence[Form]) -> dict[str, Matrix | None]:
        """Section -> the matrix of the form that is named for it, None where null is; without those that were refused."""
        found: dict[str, Matrix | None] = {}
        for section, form_id in self.members(given, "$.forms", SECTIONS).items():
            if form_id is None:
                found[section] = None
                continue
            form = next((form for form in forms if form.id == form_id), None)
            if form is None:
                self.refuse(f"$.forms.{section}", form_id, f"{_choice(form.id for form in forms)} or null")
            elif matrix := next((matrix for matrix in form.matrices if matrix.key == section), None):
                found[section] = matrix
            else:
                self.refuse(f"$.forms.{section}", form_id, "null, or a form that has this section")
        return found

    def marks(self, given: object, matrices: Mapping[str, Matrix | None]) -> dict[str, Mark | None] | None:
        """Address -> mark, None in place of a mark that was refused; None where nothing can be said about marks."""
        if (members := self._object(given, "$.marks")) is None:
            return None
        found: dict[str, Mark | None] = {}
        for address, mark in members.items():
            path = _step("$.marks", address)
            section = address.partition(".")[0] if isinstance(address, str) else ""
            matrix = matrices.get(section)
            if section not in SECTIONS or (section in matrices and (matrix is None or address not in matrix.index_of)):
                self.problems.append((path, "the report has no cell with this address"))
            found[address] = self._mark(mark, path)
        return found

    def _mark(self, given: object, path: str) -> Mark | None:
        parts = self.members(given, path, ("state", "raw"), ("note", "unit"))
        before = len(self.problems)
        if "state" in parts and not (isinstance(parts["state"], str) and parts["state"] in set(CellState)):
            self.refuse(f"{path}.state", parts["state"], _choice(CellState))
        for name in ("raw", "note", "unit"):
            if name in parts:
                self.text(parts[name], f"{path}.{name}", (str,), "a string" if name == "raw" else "a string (or no such key)")
        if len(self.problems) > before or not {"state", "raw"} <= set(parts):
            return None
        try:
            return Mark(**parts)
        except FigureError as error:
            self.refuse(f"{path}.{error.where.rpartition('.')[2]}", error.given, error.accepted)
            return None

    def table(self, given: object, path: str, matrix: Matrix | None, marks: Mapping[str, Mark | None] | None) -> Table | None:
        """The table of a section; `marks` is None where the report's marks could not be read at all."""
        if matrix is None or given is None:
            if matrix is not None:
                self.refuse(path, given, f"the rows of {matrix.form.id}, the form that is named for it")
            elif given is not None:
                self.refuse(path, given, "null, as no form is named for it")
            return None
        figures: list[Value | None] = [None] * len(matrix.cells)
        rows = layout(matrix)
        for row, members in self.members(given, path, rows).items():
            within = _step(path, row)
            for column, value in self.members(members, within, rows[row]).items():
                cell = rows[row][column]
                figures[cell.index] = self._figure(value, _step(within, column), cell, marks)
        if self.problems or marks is None:
            return None  # nothing of it will be used
        return Table(matrix, figures, [(address, mark) for address in matrix.addresses if (mark := marks.get(address)) is not None])

    def _figure(self, given: object, path: str, cell: Cell, marks: Mapping[str, Mark | None] | None) -> Value | None:
        if marks is not None:
            self._agree(given, path, cell, marks)
        if given is None:
            return None
        try:
            return _money(given, cell) if cell.kind is Kind.MONEY else _count(given, cell)
        except FigureError as error:
            self.refuse(path, error.given, error.accepted)
            return None

    def _agree(self, given: object, path: str, cell: Cell, marks: Mapping[str, Mark | None]) -> None:
        """A cell without a value has a mark that says why; a mark of another state than `value` has no value beside it."""
        if given is None and cell.address not in marks:
            self.refuse(path, given, f"a value, or null with a mark at $.marks[{cell.address!r}] that says why")
        mark = marks.get(cell.address)
        if mark is not None and (given is None) == (mark.state is CellState.VALUE):
            accepted = "a state other than 'value', as the cell is null" if given is None else "'value', as the cell has one"
            self.refuse(f"{_step('$.marks', cell.address)}.state", mark.state.value, accepted)


def _count(given: object, cell: Cell) -> int:
    refuse_value(cell, given)
    assert isinstance(given, int)  # noqa: S101 -- what has just been checked
    return given


def _money(given: object, cell: Cell) -> Decimal:
    if type(given) is not str or not MONEY.match(given):
        raise FigureError(cell.address, given, 'an amount as a string, in plain digits, such as "160.5964"')
    amount = Decimal(given)
    refuse_value(cell, amount)
    return amount


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _choice(values: Iterable[str]) -> str:
    return ", ".join(f'"{value}"' for value in values)


def _refusal(given: object, accepted: str) -> str:
    return f"given {_shown(given)}, accepted is {accepted}"


def _shown(given: object) -> str:
    """What was given, in at most one short line, as JSON names it."""
    if given is None or isinstance(given, bool):
        return {None: "null", True: "true", False: "false"}[given]
    if isinstance(given, str):
        return repr(_cut(str(given)))
    if isinstance(given, Number):
        return _cut(given.text)
    if isinstance(given, int):
        return str(given) if abs(given) < 10**_LONGEST_SHOWN else "a huge integer"
    if isinstance(given, Mapping):
        return "an object"
    return "an array" if isinstance(given, list | tuple) else f"a {type(given).__name__}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def _step(path: str, key: object) -> str:
    """The path of a member: `$.requests.granted`, `$.marks['requests.granted.total']`."""
    if isinstance(key, str):
        return f"{path}.{key}" if _NAME.match(key) and len(key) <= _LONGEST_SHOWN else f"{path}[{_cut(str(key))!r}]"
    return f"{path}[{_shown(key)}]"
