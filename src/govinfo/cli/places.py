"""Where in the form a cell stands, in words: section, row and column as printed."""

from govinfo.findings import Words
from govinfo.form import Cell, Matrix
from govinfo.rules.wording import section_name


def place(matrix: Matrix, address: str) -> Words:
    """The section, row and column of a cell: `第三部分“（一）予以公开”行“自然人”列`."""
    section, cell = section_name(matrix.key), matrix.cell(address)
    inside = within(matrix, cell)
    return Words(f"{section.zh}{inside.zh}", f"{section.en}, {inside.en}")


def within(matrix: Matrix, cell: Cell) -> Words:
    """Row and column of a cell. A flat table is one printed row: there they are the heads above the figure."""
    row, column = cell.row.named, cell.column.short
    if matrix.flat:
        return Words(f"“{row} · {column}”", f"'{cell.english}'")
    return Words(f"“{row}”行“{column}”列", f"row '{cell.row.english}', column '{cell.column.english}'")


def common_line(matrix: Matrix, addresses: tuple[str, ...]) -> Words | None:
    """The row or column that several cells share, None where they share none."""
    cells = [matrix.cell(address) for address in addresses]
    if len(cells) > 1 and len({cell.row.key for cell in cells}) == 1:
        row = cells[0].row
        return Words(f"“{row.named}”" + ("" if matrix.flat else "行"), f"row '{row.english}'")
    if len(cells) > 1 and len({cell.column.key for cell in cells}) == 1:
        column = cells[0].column
        return Words(f"“{column.short}”列", f"column '{column.english}'")
    return None
