"""Reports as Word, Excel and PDF files lay them out: tables whose cells span columns and rows, written without the renderers."""

import io
import json
import random
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast
from xml.sax.saxutils import escape

from attrs import evolve, frozen

from govinfo.form import Form, Matrix
from govinfo.renderers.layout import layout_of


@frozen
class Spanning:
    """One cell of a row: its text, the columns that it spans, and whether it goes on from the row above."""

    text: str
    colspan: int = 1
    goes_on: bool = False
    address: str | None = None


Rows = list[list[Spanning]]
Part = str | Rows
Change = Callable[[Rows], Rows]


def rows_of(matrix: Matrix, texts: Mapping[str, str]) -> Rows:
    """The rows of a table, each tiling all columns."""
    layout = layout_of(matrix)
    rows: list[dict[int, Spanning]] = [{} for _ in range(layout.rows)]
    for box in layout.boxes:
        text = texts[box.address] if box.address else box.text
        for row in range(box.row, box.row + box.rowspan):
            begins = row == box.row
            rows[row][box.column] = Spanning(text if begins else "", box.colspan, not begins, box.address if begins else None)
    return [[cells[column] for column in sorted(cells)] for cells in rows]


def document(form: Form, texts: Mapping[str, str], change: Change | None = None) -> list[Part]:
    """A whole report of 2023: lines of text and tables; `change` may alter the rows of each table."""
    keys = {matrix.key: matrix for matrix in form.matrices}
    parts: list[Part] = ["某县某局2023年政府信息公开工作年度报告"]
    for section in form.sections:
        parts.append(section.label)
        if (matrix := keys.get(section.key)) is None:
            parts.append(f"这是{section.label[2:]}一节的文字。")
        else:
            rows = rows_of(matrix, texts)
            parts.append(change(rows) if change else rows)
    return parts


_WIDTH = 800  # of a column, in twentieths of a point: without any, LibreOffice makes up a grid of its own

DAMAGE = ("cell gone", "cell doubled", "cell emptied", "cells merged", "row gone", "row doubled", "row merged", "rows exchanged")


def mutilated(rows: Rows, how: str, chance: random.Random, touched: list[str]) -> Rows:
    """The rows with one cell or row taken out, doubled, emptied or merged with the next; `touched` collects the addresses."""
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[row]))
    cell = rows[row][column]
    changed = [list(each) for each in rows]
    touched += [each.address for each in (rows[row] if "row" in how else [cell]) if each.address]
    match how:
        case "cell gone":
            del changed[row][column]
        case "cell doubled":
            changed[row].insert(column, cell)
        case "cell emptied":
            changed[row][column] = evolve(cell, text="")
        case "cells merged" if column + 1 < len(rows[row]) and not rows[row][column + 1].goes_on:
            after = changed[row].pop(column + 1)
            touched += [after.address] if after.address else []
            changed[row][column] = evolve(cell, colspan=cell.colspan + after.colspan)
        case "row gone":
            del changed[row]
        case "row doubled":
            changed.insert(row, rows[row])
        case "row merged" if row + 1 < len(rows) and [c.colspan for c in rows[row]] == [c.colspan for c in rows[row + 1]]:
            touched += [each.address for each in rows[row + 1] if each.address]
            changed[row + 1] = [evolve(each, text="", goes_on=True, address=None) for each in rows[row + 1]]
        case "rows exchanged":
            other = chance.randrange(len(rows))
            changed[row], changed[other] = changed[other], changed[row]
        case _:
            pass
    return [each for each in changed if each]


# --- writers -------------------------------------------------------------------------------------------------------------


def as_docx(parts: Sequence[Part]) -> bytes:
    """A Word document, its tables as XML so that any damage can be written."""
    import docx
    from docx.oxml import parse_xml

    made = docx.Document()
    body = cast("Any", made).element.body
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for part in parts:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        rows = "".join(f"<w:tr>{''.join(map(_word_cell, row))}</w:tr>" for row in part)
        columns = f'<w:gridCol w:w="{_WIDTH}"/>' * max(sum(cell.colspan for cell in row) for row in part)
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


@frozen
class Placed:
    """A cell on its grid."""

    text: str
    x: int
    y: int
    colspan: int
    rowspan: int


def placed(rows: Rows) -> list[Placed]:
    """Where the cells stand that begin in each row; one that goes on below nothing of its width is left empty."""
    found: dict[tuple[int, int], Placed] = {}
    open_: dict[tuple[int, int], tuple[int, int]] = {}
    for y, row in enumerate(rows):
        x, now = 0, dict[tuple[int, int], tuple[int, int]]()
        for cell in row:
            span = (x, cell.colspan)
            if cell.goes_on and span in open_:
                key = open_[span]
                found[key] = evolve(found[key], rowspan=found[key].rowspan + 1)
            else:
                key = (x, y)
                found[key] = Placed(cell.text, x, y, cell.colspan, 1)
            now[span] = key
            x += cell.colspan
        open_ = now
    return list(found.values())


def as_xlsx(parts: Sequence[Part], *, sheets: bool = False) -> bytes:
    """A workbook of one sheet, or with one for each part behind a heading."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    row = 1
    for number, part in enumerate(parts):
        if isinstance(part, str):
            if sheets and number > 1 and part[1] == "、":
                sheet, row = book.create_sheet(), 1
            sheet.cell(row, 1, part).data_type = "s"
            row += 1
            continue
        for cell in placed(part):
            at: Any = sheet.cell(row + cell.y, cell.x + 1)
            at.value = int(cell.text) if cell.text.isdigit() and cell.text.isascii() and len(cell.text) < 16 else cell.text or None
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
    set text(size: 9pt)
    table(columns: piece.widths.map(width => width * 1fr), inset: 3pt, stroke: 0.6pt,
      ..piece.cells.map(it => table.cell(x: it.x, y: it.y, colspan: it.colspan, rowspan: it.rowspan, breakable: true,
        align: left, text(it.text))))
  }
}
"""


def as_pdf(parts: Sequence[Part], fonts: Sequence[str], down: int = 0, look: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Printed pages; `down` points of room at the top move the page breaks, `look` replaces words of the template."""
    import typst

    pieces: list[object] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            continue
        cells = placed(part)
        columns = max(cell.x + cell.colspan for cell in cells)
        labels = 3 if columns == 10 else 0 if columns == 15 else 1
        widths = [2.0 if column == labels - 1 else 1.0 for column in range(columns)]
        pieces.append(
            {"widths": widths, "cells": [{"text": c.text, "x": c.x, "y": c.y, "colspan": c.colspan, "rowspan": c.rowspan} for c in cells]}
        )
    said = json.dumps({"pieces": pieces, "fonts": list(fonts), "down": down}, ensure_ascii=False)
    template = _TYPST
    for words, others in look.items():
        assert words in template
        template = template.replace(words, others)
    made = typst.compile(template.encode(), sys_inputs={"said": said})
    assert isinstance(made, bytes)
    return made
