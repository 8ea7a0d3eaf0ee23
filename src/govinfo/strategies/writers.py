"""What is printed, as a document: written without the renderers, and plainly, so that any damage can be written."""

import io
import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any, cast

from govinfo.errors import MissingExtraError
from govinfo.renderers.markdown import escaped
from govinfo.strategies.printed import Part, Spanning, placed

_WIDTH = 800  # of a column in Word, in twentieths of a point: without any, LibreOffice makes up a grid of its own

_DIGITS = 15  # that a number of Excel keeps exactly
_LABELS = {10: 3, 15: 0}  # how many columns of labels the tables of so many columns have
_SIZES = {10: 6.0, 15: 4.5}  # points at which the largest count fits into a column of them on A4


def as_markdown(parts: Sequence[Part]) -> str:
    """Pipe tables on their grid: the text stands where the cell begins, and the rest of its area is empty cells."""
    written: list[str] = []
    for part in parts:
        if isinstance(part, str):
            written.append(escaped(part))
            continue
        rows = ["".join(f"| {escaped(cell.text)} {'|  ' * (cell.colspan - 1)}" for cell in row) + "|" for row in part]
        columns = max((sum(cell.colspan for cell in row) for row in part), default=0)
        written.append("\n".join([*rows[:1], "|" + "---|" * columns, *rows[1:]]))
    return "\n\n".join(written) + "\n"


def as_html(parts: Sequence[Part]) -> str:
    """A page with tables of `td`."""
    written: list[str] = []
    for part in parts:
        if isinstance(part, str):
            written.append(f"<p>{escape(part)}</p>")
            continue
        rows: list[list[str]] = [[] for _ in part]
        for cell in sorted(placed(part), key=lambda cell: (cell.y, cell.x)):
            spans = (("colspan", cell.colspan), ("rowspan", cell.rowspan))
            said = "".join(f' {name}="{count}"' for name, count in spans if count > 1)
            rows[cell.y].append(f"<td{said}>{escape(cell.text)}</td>")
        written.append("<table border=1>" + "\n".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>")
    body = "\n".join(written)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>年报</title></head><body>\n{body}\n</body></html>\n'


def as_docx(parts: Sequence[Part]) -> bytes:
    """A Word document, its tables as XML. Needs the extra `office`."""
    try:
        import docx  # noqa: PLC0415 -- an extra, imported where it is used
        from docx.oxml import parse_xml  # noqa: PLC0415 -- as above
    except ImportError as error:  # pragma: no cover -- the tests have every extra
        raise MissingExtraError("office", "writing docx") from error
    made = docx.Document()
    body = cast("Any", made).element.body
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        rows = "".join(f"<w:tr>{''.join(map(_word_cell, row))}</w:tr>" for row in part)
        columns = f'<w:gridCol w:w="{_WIDTH}"/>' * max((sum(cell.colspan for cell in row) for row in part), default=1)
        look = '<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr>'
        body.sectPr.addprevious(parse_xml(f"<w:tbl {space}>{look}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"))
        made.add_paragraph()
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _word_cell(cell: Spanning) -> str:
    merged = '<w:vMerge w:val="continue"/>' if cell.goes_on else '<w:vMerge w:val="restart"/>'
    text = f'<w:r><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r>'
    width = f'<w:tcW w:w="{_WIDTH * cell.colspan}" w:type="dxa"/><w:gridSpan w:val="{cell.colspan}"/>'
    return f"<w:tc><w:tcPr>{width}{merged}</w:tcPr><w:p>{text}</w:p></w:tc>"


def as_xlsx(parts: Sequence[Part], *, sheets: bool = False) -> bytes:
    """A workbook of one sheet, or with one for each part behind a heading. Needs the extra `office`."""
    try:
        import openpyxl  # noqa: PLC0415 -- an extra, imported where it is used
    except ImportError as error:  # pragma: no cover -- the tests have every extra
        raise MissingExtraError("office", "writing xlsx") from error
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    row = 1
    for number, part in enumerate(parts):
        if isinstance(part, str):
            if sheets and number > 1 and part[1:2] == "、":
                sheet, row = book.create_sheet(), 1
            line: Any = sheet.cell(row, 1, part)
            line.data_type = "s"
            row += 1
            continue
        for cell in placed(part):
            at: Any = sheet.cell(row + cell.y, cell.x + 1)
            at.value = int(cell.text) if cell.text.isdigit() and cell.text.isascii() and len(cell.text) <= _DIGITS else cell.text or None
            if isinstance(at.value, str):
                at.data_type = "s"
            if cell.colspan * cell.rowspan > 1:
                last = (row + cell.y + cell.rowspan - 1, cell.x + cell.colspan)
                sheet.merge_cells(start_row=row + cell.y, start_column=cell.x + 1, end_row=last[0], end_column=last[1])
        row += len(part) + 1
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


_TYPST = """
#let said = json(bytes(sys.inputs.said))
#set page(paper: "a4", margin: 70pt, footer: context align(center)[- #counter(page).display() -])
#set text(font: said.fonts, size: 12pt, lang: "zh", cjk-latin-spacing: none)
#v(said.down * 1pt)
#for piece in said.pieces {
  if type(piece) == str { par(first-line-indent: (amount: 2em, all: true), text(piece)) } else {
    set text(size: piece.size * 1pt)
    table(columns: piece.widths.map(width => width * 1fr), inset: 3pt, stroke: 0.6pt,
      ..piece.cells.map(it => table.cell(x: it.x, y: it.y, colspan: it.colspan, rowspan: it.rowspan, breakable: true,
        align: left, text(it.text))))
  }
}
"""


def as_pdf(
    parts: Sequence[Part], fonts: Sequence[str] | None = None, down: int = 0, look: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Printed pages; `down` points of room at the top move the page breaks, `look` replaces words of the template.

    Needs the extra `pdf` and one of those fonts, any Chinese one if None.
    """
    try:
        import typst  # noqa: PLC0415 -- an extra, imported where it is used
    except ImportError as error:  # pragma: no cover -- the tests have every extra
        raise MissingExtraError("pdf", "writing pdf") from error
    printed: list[object] = []
    for part in parts:
        if isinstance(part, str):
            printed.append(part)
            continue
        cells = placed(part)
        columns = max((cell.x + cell.colspan for cell in cells), default=1)
        labels = _LABELS.get(columns, 1)
        widths = [2.0 if column == labels - 1 else 1.0 for column in range(columns)]
        boxes = [{"text": c.text, "x": c.x, "y": c.y, "colspan": c.colspan, "rowspan": c.rowspan} for c in cells]
        printed.append({"widths": widths, "size": _SIZES.get(columns, 9.0), "cells": boxes})
    said = json.dumps({"pieces": printed, "fonts": list(fonts or _fonts()), "down": down}, ensure_ascii=False)
    template = _TYPST
    for words, others in look.items():
        assert words in template  # noqa: S101 -- a look that changes nothing is a mistake of ours
        template = template.replace(words, others)
    made = typst.compile(template.encode(), sys_inputs={"said": said})
    assert isinstance(made, bytes)  # noqa: S101 -- a PDF is one file, not a list of pages
    return made


@cache
def _fonts() -> tuple[str, ...]:
    from typst import Fonts  # noqa: PLC0415 -- as above

    from govinfo.renderers.pdf import chosen  # noqa: PLC0415 -- with the extra

    song, _ = chosen(Fonts().families())
    return tuple(song)
