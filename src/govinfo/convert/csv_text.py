"""Reports as CSV (RFC 4180), tidy or wide, and back, exactly.

Tidy has a row for every cell, and for everything else that a report says; wide has a row for every report and a column
for every cell. Nothing (None) is an empty field. A text that is empty, or that a spreadsheet would take for a formula,
stands behind an apostrophe; so does one that begins with an apostrophe, and to read a text is to take one away.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from threading import Lock
from typing import Any, Literal, get_args

from govinfo.convert.json_text import parsed
from govinfo.convert.plain_data import KEYS, SCHEMA, SECTIONS, TEXTS, from_plain, layout, refuse_unwritable, to_plain
from govinfo.errors import DataError, FormatError
from govinfo.form import Cell, Form, Kind, Matrix
from govinfo.report import CellState, Report

Shape = Literal["tidy", "wide"]
SHAPES: tuple[Shape, ...] = get_args(Shape)

TIDY = (
    "report",
    "organ",
    "year",
    "form",
    "address",
    "label_zh",
    "label_en",
    "value",
    "unit",
    "state",
    "raw",
    "note",
    "printed_unit",
    "text",
)
"""The columns of the tidy shape."""
_SAID = tuple(key for key in KEYS if key in (*TEXTS, "scope", "published_on") and key != "organ")
_FORMS = tuple(f"form_{section}" for section in SECTIONS)
_WIDE = ("report", "organ", "year", *_SAID, *_FORMS)
_INTEGER = re.compile(r"-?[0-9]{1,12}\Z")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_limit = Lock()


def written(reports: Iterable[Report], shape: Shape, forms: Sequence[Form]) -> str:
    """The reports as CSV with a line of heads. Raises `DataError` for text that UTF-8 cannot hold, `FormatError` for another shape."""
    made: dict[Shape, Callable[[Sequence[dict[str, Any]], Sequence[Form]], Iterator[Sequence[Any]]]] = {"tidy": _tidy, "wide": _wide}
    if shape not in made:
        raise FormatError(shape, SHAPES)
    every = [_writable(to_plain(report)) for report in reports]
    text = io.StringIO(newline="")
    csv.writer(text).writerows(made[shape](every, forms))
    return text.getvalue()


def read(text: str, forms: Sequence[Form]) -> list[tuple[int, Report]]:
    """The reports in a CSV text of either shape, each with the line that it begins in. Raises `DataError` with line and column."""
    rows = list(_rows(text.removeprefix("\ufeff")))
    if not rows:
        raise DataError([("$", "no line of heads")])
    heads = rows[0][1]
    if heads == list(TIDY):
        return list(_from_tidy(rows[1:], forms))
    if heads == wide_columns(forms):
        return [(line, _from_wide(line, dict(zip(heads, row, strict=True)), forms)) for line, row in rows[1:]]
    problem = (
        f"the heads are those of no CSV of govinfo: accepted are tidy ({','.join(TIDY[:5])},…) and wide ({','.join(_WIDE[:5])},…), "
        "as to_csv and govinfo convert write them"
    )
    raise DataError([("line 1", problem)])


def _writable(plain: dict[str, Any]) -> dict[str, Any]:
    refuse_unwritable(plain)
    return plain


def _escaped(text: str | None) -> str | None:
    return f"'{text}" if text is not None and (not text or text.startswith(_FORMULA)) else text


def _unescaped(field: str) -> str | None:
    return field.removeprefix("'") if field else None


def _cells(forms: Sequence[Form], ids: Mapping[str, str | None]) -> Iterator[Cell]:
    """The cells of the tables that a report has, by the ids of their forms."""
    for section, form_id in ids.items():
        if form_id is not None:
            yield from _matrix(forms, section, form_id).cells


def _matrix(forms: Sequence[Form], section: str, form_id: str) -> Matrix:
    for form in forms:
        if form.id == form_id and (found := next((matrix for matrix in form.matrices if matrix.key == section), None)):
            return found
    raise DataError(
        [(section, f"given the form {form_id!r}, accepted are {', '.join(form.id for form in forms)} where they have this table")]
    )


def _value(plain: Mapping[str, Any], cell: Cell) -> Any:
    section, row, column = cell.address.split(".")
    return plain[section][row][column]


# --- tidy ------------------------------------------------------------------------------------------------------------


def _tidy(every: Sequence[dict[str, Any]], forms: Sequence[Form]) -> Iterator[Sequence[Any]]:
    yield TIDY
    for number, plain in enumerate(every, 1):
        start = (number, _escaped(plain["organ"]), plain["year"])
        for key in _SAID:
            yield (*start, None, key, *[None] * (len(TIDY) - len(start) - 3), _escaped(plain[key]))
        for cell in _cells(forms, plain["forms"]):
            mark = plain["marks"].get(cell.address)
            shown = [None] * 3 if mark is None else [_escaped(mark.get(part)) for part in ("raw", "note", "unit")]
            state = CellState.VALUE.value if mark is None else mark["state"]
            labels = (cell.label, cell.english)
            form_id = plain["forms"][cell.address.partition(".")[0]]
            yield (*start, form_id, cell.address, *map(_escaped, labels), _value(plain, cell), cell.unit or None, state, *shown, None)


def _from_tidy(rows: Sequence[tuple[int, list[str]]], forms: Sequence[Form]) -> Iterator[tuple[int, Report]]:
    named = [(line, dict(zip(TIDY, row, strict=True))) for line, row in rows]
    for _, group in groupby(named, key=lambda row: row[1]["report"]):
        own = list(group)
        first, start = own[0]
        plain = _empty(first, start["organ"], start["year"])
        cells: dict[str, tuple[int, str]] = {}
        for line, row in own:
            address, section = row["address"], row["address"].partition(".")[0]
            if (row["organ"], row["year"]) != (start["organ"], start["year"]):
                raise DataError([(f"line {line}", f"the organ or the year is not that of line {first}, of the same report")])
            if address in _SAID:
                if address in cells:
                    raise DataError([(f"line {line}", f"{address} stands twice in the report")])
                cells[address] = (line, "")
                plain[address] = _unescaped(row["text"])
                continue
            if section not in SECTIONS or address in cells:
                raise DataError([(f"line {line}, address", f"given {address!r}, accepted is each cell or attribute of a report once")])
            if plain["forms"][section] not in (None, row["form"]):
                raise DataError([(f"line {line}, form", f"given {row['form']!r} after {plain['forms'][section]!r} in one table")])
            plain["forms"][section] = row["form"]
            cells[address] = (line, row["value"])
            if row["raw"] or row["state"] != CellState.VALUE:
                parts = {"raw": row["raw"], "note": row["note"], "unit": row["printed_unit"]}
                plain["marks"][address] = {"state": row["state"], **{name: _unescaped(part) for name, part in parts.items() if part}}
        yield first, _made(plain, {a: value for a, value in cells.items() if a not in _SAID}, forms)


# --- wide ------------------------------------------------------------------------------------------------------------


def wide_columns(forms: Sequence[Form]) -> list[str]:
    """The heads of the wide shape: what a report says, the form of each table, every cell of any of the forms, the marks."""
    addresses = dict.fromkeys(a for section in SECTIONS for form in forms for m in form.matrices if m.key == section for a in m.addresses)
    return [*_WIDE, *addresses, "marks"]


def _wide(every: Sequence[dict[str, Any]], forms: Sequence[Form]) -> Iterator[Sequence[Any]]:
    heads = wide_columns(forms)
    yield heads
    for number, plain in enumerate(every, 1):
        values: dict[str, Any] = {"report": number, **{cell.address: _value(plain, cell) for cell in _cells(forms, plain["forms"])}}
        values |= {key: _escaped(plain[key]) for key in ("organ", *_SAID)}
        values |= {f"form_{section}": form_id for section, form_id in plain["forms"].items()}
        values |= {"year": plain["year"], "marks": json.dumps(plain["marks"], ensure_ascii=False) if plain["marks"] else None}
        yield [values.get(head) for head in heads]


def _from_wide(line: int, row: Mapping[str, str], forms: Sequence[Form]) -> Report:
    plain = _empty(line, row["organ"], row["year"])
    plain |= {key: _unescaped(row[key]) for key in _SAID}
    plain["forms"] = {section: row[f"form_{section}"] or None for section in SECTIONS}
    plain["marks"] = parsed(row["marks"]) if row["marks"] else {}
    own = {cell.address for cell in _cells(forms, plain["forms"])}
    fields = {address: (line, value) for address, value in row.items() if address not in _WIDE and address != "marks"}
    if stray := next((address for address, (_, value) in fields.items() if value and address not in own), None):
        raise DataError([(f"line {line}, {stray}", "a figure for a cell that the form of its table does not have")])
    return _made(plain, {address: value for address, value in fields.items() if address in own}, forms)


# --- both ------------------------------------------------------------------------------------------------------------


def _empty(line: int, organ: str, year: str) -> dict[str, Any]:
    plain: dict[str, Any] = dict.fromkeys(KEYS)
    return plain | {
        "schema": SCHEMA,
        "organ": _unescaped(organ),
        "year": _integer(line, "year", year),
        "forms": dict.fromkeys(SECTIONS),
        "marks": {},
    }


def _made(plain: dict[str, Any], fields: Mapping[str, tuple[int, str]], forms: Sequence[Form]) -> Report:
    """The report of plain data whose cells still stand in fields: (line, text)."""
    for section, form_id in plain["forms"].items():
        if form_id is None:
            continue
        matrix = _matrix(forms, section, form_id)
        plain[section] = {
            row: {column: _figure(cell, *fields[cell.address]) for column, cell in cells.items() if cell.address in fields}
            for row, cells in layout(matrix).items()
        }
        if stray := next((a for a in fields if a.partition(".")[0] == section and a not in matrix.index_of), None):
            raise DataError([(f"line {fields[stray][0]}, address", f"given {stray!r}, which {form_id} does not have")])
    return from_plain(plain, forms)


def _figure(cell: Cell, line: int, field: str) -> int | str | None:
    # Whether an amount is one, the exact path says.
    return (field or None) if cell.kind is Kind.MONEY else _integer(line, cell.address, field)


def _integer(line: int, column: str, field: str) -> int | None:
    if not field:
        return None
    if not _INTEGER.match(field):
        raise DataError(
            [(f"line {line}, {column}", f"given {field[:60]!r}, accepted is an integer of at most 12 ASCII digits, or nothing")]
        )
    return int(field)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV text, each with the line that it begins in."""
    with _limit:
        # The module refuses fields beyond a limit that is the same for the whole process; prose may be longer.
        before = csv.field_size_limit(max(len(text), 131_072))
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            line, width = 1, None
            for row in reader:
                width = len(row) if width is None else width
                if row and len(row) != width:
                    raise DataError([(f"line {line}", f"given {len(row)} fields, accepted are {width}, as in the line of heads")])
                if row:
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise DataError([(f"line {reader.line_num}", f"not CSV: {error}")]) from error
        finally:
            csv.field_size_limit(before)
