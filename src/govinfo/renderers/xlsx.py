"""A report as a workbook of one sheet, in the order of the form. Needs the extra `office`."""

import io
import math
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from attrs import define, field

from govinfo.errors import MissingExtraError, RenderError
from govinfo.form import Form
from govinfo.renderers.layout import Part
from govinfo.renderers.outline import Details, Heading, Paragraph, Title
from govinfo.renderers.package import settled
from govinfo.renderers.page import Grid, lines_needed, printed, spread, title_of
from govinfo.report import Report, Table, Value

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

MAX_TEXT = 32_767
"""So many UTF-16 code units fit into a cell of Excel."""

_COLUMNS = 15  # of the sheet, all alike: every table of the official forms fits onto them
_WIDTH = 96.0  # of the sheet, in Excel's unit, the width of a digit of its standard font
_DIGITS = 15  # that a number keeps exactly
_SIZE = 10.0  # points, in tables
_PROSE_SIZE = 12.0
_POINTS = 5.6  # in one unit of width
_TALLEST = 400.0  # points: Excel has no rows of more than 409
_PAGE = 740.0  # points of the sheet on one page, of which it is set nine tenths as large
_USUAL = 15.0  # points: a row of no height of its own
_SONG, _KAI, _BAND = "宋体", "楷体", "C6D9F1"
# Excel takes _x0041_ in a text for A; a first underscore that is itself written so makes it mean what it says.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def render_xlsx(source: Report | Form) -> bytes:
    """The report, or the empty form, as an `.xlsx` file; the same report gives the same bytes.

    Plain figures are numbers, money of more than 15 digits and all else is text; no text becomes a formula. Raises
    `MissingExtraError`, and `RenderError` for characters that XML cannot hold and paragraphs longer than a cell.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 -- an extra, imported where it is used
    except ImportError as error:
        raise MissingExtraError("office", "writing xlsx") from error
    found = printed(source, "xlsx")
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = "年度报告"
    writer = _Writer(sheet, max([_COLUMNS, *(Grid.of(piece).layout.columns for piece in found if isinstance(piece, Table))]))
    together = 0
    for piece, after in zip_longest(found, found[1:]):
        if isinstance(piece, Table):
            writer.table(Grid.of(piece))
        else:
            if isinstance(piece, Heading):
                together = writer.row
            writer.words(piece)
        if isinstance(piece, Heading) and not isinstance(after, Paragraph | Table):
            writer.row += 1  # where the prose is to be written
        elif together and not isinstance(piece, Heading):
            writer.together[together] = writer.row
            together = 0
    writer.set_page()
    writer.break_pages()
    written = io.BytesIO()
    book.save(written)
    return settled(written.getvalue(), title_of(found))


@define
class _Writer:
    """Writes down a sheet; `row` is the next row, counted from 1 as Excel does.

    `together` are rows that belong on one page: the first, and the first after them.
    """

    sheet: "Worksheet"
    columns: int
    row: int = 1
    together: dict[int, int] = field(factory=dict[int, int])

    def set_page(self) -> None:
        """A4, upright, as wide as the page and as many pages long as it takes."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- an extra
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 -- an extra

        for column in range(1, self.columns + 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = _WIDTH / self.columns
        self.sheet.page_setup.paperSize, self.sheet.page_setup.orientation = 9, "portrait"  # 9: A4
        self.sheet.page_setup.fitToWidth, self.sheet.page_setup.fitToHeight = 1, 0
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = self.sheet.page_margins
        margins.left = margins.right = 0.6
        self.sheet.print_options.horizontalCentered = True
        self.sheet.sheet_view.showGridLines = False

    def break_pages(self) -> None:
        """Begin a page before a heading whose table, or first paragraph, no longer fits below it."""
        from openpyxl.worksheet.pagebreak import Break  # noqa: PLC0415 -- an extra

        dimensions: Any = self.sheet.row_dimensions  # openpyxl's own types leave the heights and breaks open
        breaks: Any = self.sheet.row_breaks
        heights = [float(dimensions[row].height or _USUAL) for row in range(1, self.row)]
        used = 0.0
        for row, height in enumerate(heights, 1):
            needed = sum(heights[row - 1 : self.together.get(row, row + 1) - 1])
            if used and used + needed > _PAGE >= needed:
                breaks.append(Break(id=row - 1))
                used = 0.0
            used = height if used + height > _PAGE else used + height

    def words(self, piece: Title | Details | Heading | Paragraph) -> None:
        """One piece of text over the whole width, in as many rows as its height takes."""
        text, size, bold, horizontal = {
            Title: (piece.text, 18.0, True, "center"),
            Details: (piece.text, _SIZE, False, "center"),
            Heading: (piece.text, _PROSE_SIZE, True, "left"),
            Paragraph: (piece.text.strip(), _PROSE_SIZE, False, "left"),
        }[type(piece)]
        indent = 2 if isinstance(piece, Paragraph) else 0
        lines = lines_needed(text, _WIDTH * _POINTS / size - indent)
        height = (lines + 0.4) * size * 1.4
        rows = math.ceil(height / _TALLEST)
        for row in range(self.row, self.row + rows):
            self.sheet.row_dimensions[row].height = height / rows
        cell = self._merged(self.row, 0, rows, self.columns)
        _set_text(cell, text)
        cell.font = _font(_SONG, size, bold=bold)
        cell.alignment = _alignment(horizontal, "top" if isinstance(piece, Paragraph) else "center", indent=indent)
        self.row += rows

    def table(self, grid: Grid) -> None:
        """A table, ruled; its columns lie over one or more of the sheet."""
        from openpyxl.styles import Border, PatternFill, Side  # noqa: PLC0415 -- an extra

        if not grid.layout.rows:
            return
        side = Side("thin")
        ruled, shaded = Border(side, side, side, side), PatternFill("solid", fgColor=_BAND)
        edges = spread(grid.widths(_WIDTH * _POINTS, _SIZE), self.columns)
        values, marks = grid.table.by_address, grid.table.marks
        heights = [_SIZE * 1.9] * grid.layout.rows
        for box, text in sorted(zip(grid.layout.boxes, grid.texts, strict=True), key=lambda pair: pair[0].rowspan):
            first, last = edges[box.column], edges[box.column + box.colspan]
            cell = self._merged(self.row + box.row, first, box.rowspan, last - first)
            for row in range(self.row + box.row, self.row + box.row + box.rowspan):
                for column in range(first + 1, last + 1):
                    self.sheet.cell(row, column).border = ruled
            number = values[box.address] if box.address and box.address not in marks else None
            _set_figure(cell, number, text)
            cell.font = _font(_KAI if box.part is Part.CORNER else _SONG, _SIZE)
            cell.alignment = _alignment("center" if grid.centred(box) else "left", "center", shrink=number is not None)
            if box.part is Part.BAND:
                cell.fill = shaded
            lines = 1 if number is not None else lines_needed(text, (last - first) * _WIDTH / self.columns * _POINTS / _SIZE - 0.6)
            missing = (lines + 0.5) * _SIZE * 1.35 - sum(heights[box.row : box.row + box.rowspan])
            for row in range(box.row, box.row + box.rowspan):
                heights[row] += max(0.0, missing) / box.rowspan
        for row, height in enumerate(heights, self.row):
            self.sheet.row_dimensions[row].height = min(_TALLEST, height)
        self.row += grid.layout.rows + 1

    def _merged(self, row: int, column: int, rows: int, columns: int) -> "Cell":
        """The cell at the beginning of that area, which becomes one; `column` is counted from 0."""
        from openpyxl.cell import Cell  # noqa: PLC0415 -- an extra

        if rows > 1 or columns > 1:
            self.sheet.merge_cells(start_row=row, start_column=column + 1, end_row=row + rows - 1, end_column=column + columns)
        cell = self.sheet.cell(row, column + 1)
        assert isinstance(cell, Cell)  # noqa: S101 -- the first of an area is not one of those merged into it
        return cell


def _set_figure(cell: "Cell", number: Value | None, text: str) -> None:
    """A plain figure as a number that shows as it was printed; whatever a number would not keep is text."""
    digits = len(text.replace("-", "").replace(".", "").lstrip("0"))
    if number is None or digits > _DIGITS:
        _set_text(cell, text)
        return
    cell.value = number
    places = len(text.partition(".")[2])
    cell.number_format = "0." + "0" * places if places else "0"


def _set_text(cell: "Cell", text: str) -> None:
    """Text that stays text, whatever it starts with, also after somebody has edited the cell."""
    if not text:
        return
    text = _ESCAPE.sub("_x005F_", text)
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        problem = f"a paragraph of {len(text):,} characters does not fit into a cell, which holds {MAX_TEXT:,}: {text[:40]!r}"
        raise RenderError("xlsx", problem, "divide the paragraph with a line break")
    cell.value = text
    cell.data_type = "s"  # openpyxl takes what starts with = for a formula, and #N/A for an error
    cell.quotePrefix = True


def _font(family: str, size: float, *, bold: bool = False) -> "Font":
    from openpyxl.styles import Font  # noqa: PLC0415 -- an extra

    return Font(name=family, size=size, bold=bold)


def _alignment(horizontal: str, vertical: str, *, indent: int = 0, shrink: bool = False) -> "Alignment":
    from openpyxl.styles import Alignment  # noqa: PLC0415 -- an extra

    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=not shrink, shrink_to_fit=shrink, indent=indent)
