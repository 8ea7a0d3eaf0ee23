"""Rows whose cells stand in known columns (HTML, Word, Excel): a figure belongs to the head above it."""

from collections.abc import Sequence

from attrs import evolve, frozen

from govinfo.readers.grid import GridCell
from govinfo.readers.heads import Columns


def has_columns(cells: Sequence[GridCell]) -> bool:
    """Whether the source says which columns the cells cover."""
    return bool(cells) and cells[0].end > 0


@frozen
class Spans:
    """What all rows of a table together say of its spans, which are often wrong.

    `right`: the rows stand exactly under their heads, all but one at most. `bare`: rows have no cells but a label and figures, so
    that their number says which is which. `filled`: several rows have more cells than columns, empty ones that fill them up.
    """

    right: bool
    bare: bool
    filled: bool

    @classmethod
    def of(cls, rows: Sequence[tuple[Sequence[GridCell], Columns]]) -> "Spans":
        """Judge the cells behind the label of each row, with the columns that the heads above it name."""
        under = sum(_under(cells, columns) is not None for cells, columns in rows)
        over = sum(len(cells) > len(columns.leaves) for cells, columns in rows)
        same = sum(len(cells) == len(columns.leaves) for cells, columns in rows)
        return cls(under >= max(1, len(rows) - 1), over <= 1 and same * 2 > len(rows), over > 1)

    def figures(self, cells: Sequence[GridCell], columns: Columns, *, cut: bool) -> list[GridCell] | None:
        """The cells of one row, one for each column from left to right; None where that is not certain.

        `cut`: the source ends within the row, so that the number of its cells says nothing.
        """
        # One row alone with more cells than columns is a broken one.
        possible = self.right and (self.filled or len(cells) <= len(columns.leaves))
        if possible and (under := _under(cells, columns)) is not None:
            return under
        return list(cells) if self.bare and not cut and len(cells) == len(columns.leaves) else None


def _under(cells: Sequence[GridCell], columns: Columns) -> list[GridCell] | None:
    if columns.spans is None or not cells or cells[-1].end != columns.end:
        return None
    if tuple([(cell.start, cell.end) for cell in cells]) == columns.spans:
        return list(cells)
    found: list[GridCell] = []
    rest = sum(not cell.empty for cell in cells)
    for start, end in columns.spans:
        inside = [cell for cell in cells if cell.start < end and cell.end > start]
        filled = [cell for cell in inside if not cell.empty]
        if not inside or len(filled) > 1 or any(cell.start < start or cell.end > end for cell in filled):
            return None
        rest -= len(filled)
        cell = filled[0] if filled else inside[0]
        if cell.start < start:  # one empty cell over several columns: each has its own place in it
            cell = evolve(cell, origin=evolve(cell.origin, column=start + 1))
        found.append(cell)
    return None if rest else found
