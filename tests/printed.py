"""What a rendered document has to show, in a form that every format can be read back to by independent means."""

from collections.abc import Hashable, Sequence

from govinfo.form import Form
from govinfo.renderers.layout import absent_rows, figures_shown, layout_of
from govinfo.renderers.outline import pieces
from govinfo.report import Report, Table

Shown = list["str | list[list[str]]"]
"""Texts and tables from top to bottom; a table is, row by row, the texts of the boxes that lie in that row."""


def shown(source: Report | Form) -> Shown:
    """What stands in the document, empty texts left out."""
    return [item for item in (_table(piece) if isinstance(piece, Table) else piece.text.strip() for piece in pieces(source)) if item]


def _table(table: Table) -> list[list[str]]:
    layout, figures = layout_of(table.matrix, absent_rows(table)), figures_shown(table)
    grid: list[list[tuple[int, str]]] = [[(-1, "")] * layout.columns for _ in range(layout.rows)]
    for number, box in enumerate(layout.boxes):
        for row in range(box.row, box.row + box.rowspan):
            for column in range(box.column, box.column + box.colspan):
                grid[row][column] = (number, figures[box.address] if box.address else box.text)
    return [once(row) for row in grid]


def once(row: Sequence[tuple[Hashable, str]]) -> list[str]:
    """The texts of a row in which a box that spans columns stands several times: (what tells boxes apart, text)."""
    return list(dict(row).values())
