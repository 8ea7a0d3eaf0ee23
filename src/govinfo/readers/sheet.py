"""Workbooks: the cells of all sheets as they are shown, with the cached values of formulas.

`.xlsx` is read from the XML itself (ECMA-376 part 1, chapter 18); for others see `calamine`. Excel shows at most 15
digits of a number, so that no more of them count.
"""

import datetime as dt
import math
import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.readers.blocks import parts_of
from govinfo.readers.document import reading_of
from govinfo.readers.grid import Block, Grid, GridCell, Line
from govinfo.readers.lettering import LETTERINGS, Lettering, lettered
from govinfo.readers.number_format import shown_as
from govinfo.readers.package import Package
from govinfo.reading import Origin, Reading
from govinfo.report import folded

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CELLS = 500_000
"""The most cells that a workbook may have, empty ones within its tables included."""

_DIGITS = 15
_COLUMNS, _ROWS = 16_384, 1_048_576
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_TRIMMED = " \t\r\xa0\u3000"
_YES = frozenset(("1", "true"))
_EPOCHS = (dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1))  # noqa: DTZ001 -- a day in a cell has no time zone


@define(eq=False)
class Sheet:
    """The cells of a sheet by (row, column) from 0, and the areas that are one cell: first row and column, last row and column.

    `hidden` is what stands in rows and columns that are not shown, `unseen` the places of that in columns.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(factory=dict[tuple[int, int], str])
    merged: list[tuple[int, int, int, int]] = field(factory=list[tuple[int, int, int, int]])
    hidden: list[Line] = field(factory=list[Line])
    unseen: set[tuple[int, int]] = field(factory=set[tuple[int, int]])

    def hide(self, rows: set[int], columns: set[int]) -> None:
        """Take away what is not shown. What merged cells show stands in their first cell, also where that alone is hidden."""
        if not rows and not columns:
            return
        down, across = _shown_from(rows), _shown_from(columns)
        areas, self.merged = self.merged, []
        for top, left, last, right in areas:
            first, begin = down.get(top, top), across.get(left, left)
            if first > last or begin > right:
                continue
            if (first, begin) != (top, left) and (top, left) in self.cells:
                self.cells[first, begin] = self.cells.pop((top, left))
            self.merged.append((first, begin, last, right))
        for row, column in sorted(place for place in self.cells if place[0] in rows or place[1] in columns):
            if text := self.cells.pop((row, column)):
                self.unseen.add((row, column))
                self.hidden.append(Line(folded(text), Origin(text, sheet=self.name, row=row + 1, column=column + 1)))


def read_workbook(package: Package, main: str, forms: tuple[Form, ...]) -> Reading:
    """Read an `.xlsx` whose workbook is the part `main`. Raises `ReadError`."""
    return reading_of_sheets(_Workbook(package, main).sheets(), forms)


def reading_of_sheets(sheets: Iterator[Sheet], forms: tuple[Form, ...]) -> Reading:
    """Read the sheets of a workbook, one after the other. Raises `ReadError`."""
    blocks: list[Block] = []
    hidden: list[Line] = []
    lines = 0
    for number, sheet in enumerate(sheets, 1):
        grid = _grid(sheet, number, lines)
        if grid is not None:
            lines += len(grid.rows)
            blocks.append(grid)
        hidden += sheet.hidden
    parts = [evolve(part, blocks=tuple(map(_trimmed, part.blocks))) for part in parts_of(blocks, forms)]
    return reading_of(parts, [], forms, hidden)


# --- sheets as grids -----------------------------------------------------------------------------------------------------


def _grid(sheet: Sheet, number: int, lines: int) -> Grid | None:
    """The rows that have cells, each from the first to the last column in use, without what merged cells cover."""
    filled = [place for place, text in sheet.cells.items() if text]
    if not filled:
        return None
    width = max(column for _, column in filled) + 1
    ends = {(top, left): right + 1 for top, left, _, right in sheet.merged}
    downs = {(top, left): last + 1 - top for top, left, last, _ in sheet.merged}
    bottom = max(row for row, _ in filled)
    covered: dict[int, list[tuple[int, int]]] = {}
    spent = 0
    for top, left, last, right in sheet.merged:
        spent += max(0, min(last, bottom + 1) - top)
        if spent > MOST_CELLS:
            raise ReadError(
                f"a sheet with more than {MOST_CELLS} merged cells",
                remedy="no report has so many; `readers.sheet.MOST_CELLS` sets the limit",
            )
        for row in range(top, min(last, bottom + 1) + 1):
            covered.setdefault(row, []).append((left + (row == top), right + 1))
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        by_row.setdefault(row, []).append(column)
    if len(by_row) * width > MOST_CELLS:
        raise ReadError(
            f"a sheet of {len(by_row)} rows and {width} columns",
            remedy=f"accepted are at most {MOST_CELLS} cells (`readers.sheet.MOST_CELLS` sets it)",
        )
    rows: list[tuple[GridCell, ...]] = []
    for row in sorted(by_row):
        hidden = {column for start, end in covered.get(row, ()) for column in range(start, min(end, width))}
        cells = [
            GridCell(
                _bare(raw := sheet.cells.get((row, column), "")),
                Origin(raw, lines + len(rows) + 1, sheet=sheet.name, table=number, row=row + 1, column=column + 1),
                True, column, min(width, ends.get((row, column), column + 1)),  # noqa: FBT003 -- closed
                downs.get((row, column), 1), (row, column) in sheet.unseen,
            )
            for column in range(width) if column not in hidden
        ]  # fmt: skip
        if cells and (any(cell.text for cell in cells) or len(by_row[row]) > 1):
            rows.append(tuple(cells))
    return Grid(tuple(rows), ended=True)


def _bare(text: str) -> str:
    return "\n".join(filter(None, (line.strip(_TRIMMED) for line in text.split("\n"))))


def _trimmed(block: Block) -> Block:
    """A stretch of a sheet without the empty columns around it, and without empty rows where rows with text follow."""
    if not isinstance(block, Grid):
        return block
    filled = [(cell.start, cell.end) for row in block.rows for cell in row if cell.text]
    if not filled:
        return block
    left, right = min(start for start, _ in filled), max(end for _, end in filled)
    last = max(number for number, row in enumerate(block.rows) if any(cell.text for cell in row))
    rows = [
        tuple(cell for cell in row if cell.start < right and cell.end > left)
        for number, row in enumerate(block.rows) if number == last + 1 or any(cell.text for cell in row)
    ]  # fmt: skip
    return evolve(block, rows=tuple(rows))


# --- xlsx ----------------------------------------------------------------------------------------------------------------


def _local(element: "Element") -> str:
    return element.tag.rpartition("}")[2]


def _children(element: "Element | None", *path: str) -> "list[Element]":
    """The descendants at that path of names."""
    found = [element] if element is not None else []
    for name in path:
        found = [child for each in found for child in each if _local(child) == name]
    return found


def _text(element: "Element") -> str:
    """The text of a string: its runs, without phonetic readings."""
    parts = [child.text or "" for child in element if _local(child) == "t"]
    for run in _children(element, "r"):
        text = "".join(each.text or "" for each in _children(run, "t"))
        for kind in _letterings(run):
            text = lettered(text, kind)
        parts.append(text)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))


def _letterings(run: "Element") -> Iterator[Lettering]:
    """How the letters of a run are shown."""
    for look in _children(run, "rPr"):
        if any(each.get("val", "1") in _YES for each in _children(look, "strike")):
            yield Lettering.STRUCK
        for each in _children(look, "vertAlign"):
            if (kind := LETTERINGS.get(each.get("val", ""))) is not None:
                yield kind


@define(eq=False)
class _Workbook:
    package: Package
    main: str
    strings: list[str] = field(init=False)
    dated: list[bool] = field(init=False)
    percent: list[bool] = field(init=False)
    formats: list[str] = field(init=False)
    struck: list[bool] = field(init=False)
    epoch: dt.datetime = field(init=False)
    count: int = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are shown, in order."""
        root = self.package.xml(self.main)
        parts = self._relations()
        by_kind = dict(parts.values())
        shared = by_kind.get("sharedStrings", "")
        self.strings = [_text(each) for each in _children(self.package.xml(shared), "si")] if shared in self.package.names else []
        self._set_styles(by_kind.get("styles", ""))
        self.epoch = _EPOCHS[any(each.get("date1904") in _YES for each in _children(root, "workbookPr"))]
        found = _children(root, "sheets", "sheet")
        for sheet in found:
            identity = next((value for key, value in sheet.attrib.items() if key.rpartition("}")[2] == "id" and key != "id"), "")
            kind, target = parts.get(identity, ("", ""))
            if kind == "worksheet" and target in self.package.names and sheet.get("state", "visible") == "visible":
                yield self._sheet(sheet.get("name", ""), self.package.xml(target))

    def _relations(self) -> dict[str, tuple[str, str]]:
        """Id -> kind and name of the parts of the workbook."""
        folder, _, name = self.main.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        found: dict[str, tuple[str, str]] = {}
        for each in self.package.xml(path) if path in self.package.names else ():
            if each.get("TargetMode") != "External":  # nothing outside the file is ever opened
                found[each.get("Id", "")] = each.get("Type", "").rpartition("/")[2], _resolved(folder, each.get("Target", ""))
        return found

    def _set_styles(self, name: str) -> None:
        root = self.package.xml(name) if name in self.package.names else None
        formats = {each.get("numFmtId", ""): each.get("formatCode", "") for each in _children(root, "numFmts", "numFmt")}
        used = [each.get("numFmtId", "0") for each in _children(root, "cellXfs", "xf")]
        codes = [_LITERAL.sub("", formats.get(each, "")).lower() for each in used]
        self.dated = [
            bool(re.search("[ymdhs]", code)) or (not code and each.isdigit() and int(each) in _DATES)
            for each, code in zip(used, codes, strict=True)
        ]
        self.percent = ["%" in code or each in {"9", "10"} for each, code in zip(used, codes, strict=True)]
        self.formats = [formats.get(each, "") for each in used]
        fonts = [any(each.get("val", "1") in _YES for each in _children(font, "strike")) for font in _children(root, "fonts", "font")]
        own = [each.get("fontId", "0") for each in _children(root, "cellXfs", "xf")]
        self.struck = [_is_short(each) and int(each) < len(fonts) and fonts[int(each)] for each in own]

    def _sheet(self, name: str, root: "Element") -> Sheet:
        sheet, hidden = Sheet(name), set[int]()
        zeros_hidden = any(view.get("showZeros", "1") not in _YES for view in _children(root, "sheetViews", "sheetView")[:1])
        row = -1
        for line in _children(root, "sheetData", "row"):
            said = line.get("r", "")
            row = int(said) - 1 if _is_short(said) else row + 1
            column = -1
            for cell in _children(line, "c"):
                place = _place(cell.get("r", ""))
                column = place[1] if place else column + 1
                self.count += 1
                if self.count > MOST_CELLS:
                    raise ReadError(
                        f"a workbook of more than {MOST_CELLS} cells",
                        remedy="no report is so large; `readers.sheet.MOST_CELLS` sets the limit",
                    )
                if row < _ROWS and column < _COLUMNS:
                    text = self._shown(cell)
                    sheet.cells[row, column] = (
                        f"{text} [showZeros=0]" if text == "0" and zeros_hidden and cell.get("t", "n") == "n" else text
                    )
            if line.get("hidden") in _YES or _is_nothing(line.get("ht")):
                hidden.add(row)
        for area in _children(root, "mergeCells", "mergeCell"):
            first, _, last = area.get("ref", "").partition(":")
            if (one := _place(first)) and (other := _place(last)):
                sheet.merged.append((*one, *other))
        sheet.hide(hidden, _hidden_columns(root))
        return sheet

    def _shown(self, cell: "Element") -> str:
        style = int(said) if _is_short(said := cell.get("s", "0")) else 0
        text = self._text(cell, style)
        return lettered(text, Lettering.STRUCK) if style < len(self.struck) and self.struck[style] else text

    def _text(self, cell: "Element", style: int) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(_text(each) for each in _children(cell, "is"))
        values = [each for each in _children(cell, "v") if each.text]
        if not values:
            # A formula that nobody has worked out yet: what it would give is not in the document.
            return "".join(f"={each.text or ''}" for each in _children(cell, "f"))
        text = values[0].text or ""
        if kind == "s":
            return self.strings[int(text)] if text.isascii() and text.isdigit() and int(text) < len(self.strings) else text
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind != "n":
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        return self._figure(text, style)

    def _figure(self, text: str, style: int) -> str:
        """A number as the cell's style shows it."""
        if style >= len(self.formats):
            return _number(text, dated=False, percent=False, epoch=self.epoch)
        dated, percent = self.dated[style], self.percent[style]
        number = _number(text, dated=dated, percent=percent, epoch=self.epoch)
        return number if dated or percent else shown_as(self.formats[style], number)


def _hidden_columns(root: "Element") -> set[int]:
    hidden = bytearray(_COLUMNS)
    for each in _children(root, "cols", "col")[:_COLUMNS]:
        first, last = each.get("min", ""), each.get("max", "")
        if (
            (each.get("hidden") in _YES or _is_nothing(each.get("width")))
            and _is_short(first)
            and _is_short(last)
            and 0 < int(first) <= int(last) <= _COLUMNS
        ):
            hidden[int(first) - 1 : int(last)] = b"\1" * (int(last) - int(first) + 1)
    return {column for column, is_hidden in enumerate(hidden) if is_hidden}


def _is_nothing(length: str | None) -> bool:
    """Whether a row or a column has no height or width."""
    return length is not None and re.fullmatch(r"0+(?:\.0*)?", length) is not None


def _is_short(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 8  # noqa: PLR2004 -- digits: the last row has seven


def _shown_from(hidden: Collection[int]) -> dict[int, int]:
    """For each hidden row or column the next that is shown."""
    found: dict[int, int] = {}
    for number in sorted(hidden, reverse=True):
        found[number] = found.get(number + 1, number + 1)
    return found


def _resolved(folder: str, target: str) -> str:
    """The name of a part from a target that may be relative to a folder."""
    if target.startswith("/"):
        return target.lstrip("/")
    parts = [part for part in folder.split("/") if part]
    for part in target.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column from 0 that a reference such as `B7` names."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _number(text: str, *, dated: bool, percent: bool, epoch: dt.datetime) -> str:
    try:
        value = float(text)
    except ValueError:
        return text
    if dated and value == 0:
        return "1900-01-00"  # as Excel shows it
    if dated and math.isfinite(value) and 0 < value < 2_958_466:  # noqa: PLR2004 -- the day after the year 9999
        moment = epoch + dt.timedelta(days=value)
        return moment.date().isoformat() if value >= 1 else moment.time().isoformat("seconds")
    if percent and math.isfinite(value):
        return f"{shown(value * 100)}%"
    return shown(value)


def shown(value: float) -> str:
    """A number as text: whole ones without a point, others with at most the 15 digits that Excel shows.

    >>> shown(5.0), shown(59237.2449), shown(0.1 + 0.2)
    ('5', '59237.2449', '0.3')
    """
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 10**_DIGITS:
        return str(int(value))
    text = repr(value)
    digits = text.partition("e")[0].replace("-", "").replace(".", "").lstrip("0")
    text = text if len(digits) <= _DIGITS else f"{value:.{_DIGITS}g}"
    if "e" in text and abs(value) < 1:
        return f"{value:.20f}".rstrip("0") if abs(value) >= 1e-10 else text  # noqa: PLR2004 -- smaller is no money
    return text
