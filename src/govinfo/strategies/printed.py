"""A report as offices print it: lines of text, and tables as rows of cells that span columns and rows.

This is what documents are made of before they are damaged and written. It shares the layout of the form with the
renderers, and nothing else: a reader that understood only our own renderers would fail on it.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from govinfo.form import Matrix
from govinfo.renderers.layout import absent_rows, figures_shown, layout_of
from govinfo.renderers.outline import pieces
from govinfo.report import Report, Table


@frozen
class Spanning:
    """One cell of a row: its text, the columns that it spans, and whether it goes on from the row above.

    `address` is that of its figure, None where it holds none.
    """

    text: str
    colspan: int = 1
    goes_on: bool = False
    address: str | None = None


Rows = list[list[Spanning]]
Part = str | Rows
"""A line of text, or a table."""


def rows_of(matrix: Matrix, texts: Mapping[str, str], leave_out: frozenset[str] = frozenset()) -> Rows:
    """The rows of a table with those texts at its figures, each tiling all columns; without the rows of those keys."""
    layout = layout_of(matrix, leave_out)
    rows: list[dict[int, Spanning]] = [{} for _ in range(layout.rows)]
    for box in layout.boxes:
        text = texts[box.address] if box.address else box.text
        for row in range(box.row, box.row + box.rowspan):
            begins = row == box.row
            rows[row][box.column] = Spanning(text if begins else "", box.colspan, not begins, box.address if begins else None)
    return [[cells[column] for column in sorted(cells)] for cells in rows]


def parts_of(report: Report) -> list[Part]:
    """The report from top to bottom."""
    return [
        rows_of(piece.matrix, figures_shown(piece), absent_rows(piece)) if isinstance(piece, Table) else piece.text.strip()
        for piece in pieces(report)
    ]


@frozen
class Placed:
    """A cell on its grid."""

    text: str
    x: int
    y: int
    colspan: int
    rowspan: int


def placed(rows: Sequence[Sequence[Spanning]]) -> list[Placed]:
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
