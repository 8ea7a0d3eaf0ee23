"""Reports as published pages lay them out in text, printed from the forms: for golden documents and for properties.

A table is rows of printed cells. `padding` marks cells that only fill a row up: what is left of a spanning cell.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from attrs import frozen

from govinfo.form import Form, Matrix
from govinfo.renderers.layout import layout_of


@frozen
class Printed:
    """One printed cell: its text, and the address where it holds a figure."""

    text: str
    address: str | None = None
    padding: bool = False


Rows = Sequence[Sequence[Printed]]
Layout = Callable[[Rows], str]
Change = Callable[[list[list[Printed]]], Rows]


def rows_of(matrix: Matrix, texts: Mapping[str, str], *, in_place: bool = False) -> list[list[Printed]]:
    """The rows of a table; what a spanning cell covers stands behind each row, or in its place where `in_place`."""
    layout = layout_of(matrix)
    rows: list[list[Printed]] = []
    for boxes in layout.lines:
        cells = [Printed(texts[box.address] if box.address else box.text, box.address) for box in boxes]
        if in_place:
            row = [Printed("", padding=True)] * layout.columns
            for box, cell in zip(boxes, cells, strict=True):
                row[box.column] = cell
        else:
            row = cells + [Printed("", padding=True)] * (layout.columns - len(cells))
        rows.append(row)
    return rows


def cell_a_line(rows: Rows) -> str:
    """`規章 |`, each cell on a line of its own, the filling as bars together on one line."""
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell.text} |".strip() for cell in row if not cell.padding]
        if count := sum(cell.padding for cell in row):
            lines.append("|" * count)
    return "\n".join(lines)


def bar_a_line(rows: Rows) -> str:
    """Each text on a line of its own, and each bar as well."""
    lines: list[str] = []
    for row in rows:
        for cell in row:
            if not cell.padding:
                lines += ([cell.text] if cell.text else []) + ["|"]
        if count := sum(cell.padding for cell in row):
            lines.append("|" * count)
    return "\n".join(lines)


def row_a_line(rows: Rows) -> str:
    """`规章 | 0 | 0 | 0 | ||`, one row a line."""
    return "\n".join(_joined(row) for row in rows)


def leading_bars(rows: Rows) -> str:
    """`| 规章 | 0 | 0 | 0 | ||`."""
    return "\n".join(f"| {_joined(row)}" for row in rows)


def short_rows(rows: Rows) -> str:
    """`行政许可 | 0 |`, without what fills a row up."""
    return "\n".join(_joined([cell for cell in row if not cell.padding]) for row in rows)


def page_table(rows: Rows) -> str:
    """Each row filled up to the many columns of a layout table around it."""
    usual = max(Counter(map(len, rows)).items(), key=itemgetter(1))[0]
    return "\n".join(_joined([*row, *[Printed("", padding=True)] * (60 - usual)]) for row in rows)


def markdown(rows: Rows) -> str:
    """A Markdown table, with its rule."""
    lines = [f"| {' | '.join(cell.text for cell in row)} |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * len(rows[0]), *lines[1:]])


def tabs(rows: Rows) -> str:
    """`规章<tab>0<tab>0<tab>0`, as a table is when it is copied as text: what a spanning cell covers is empty."""
    return "\n".join("\t".join(cell.text for cell in row) for row in rows)


def line_a_cell(rows: Rows) -> str:
    """Each text on a line of its own and nothing else: an empty cell leaves no trace."""
    return "\n".join(cell.text for row in rows for cell in row if cell.text)


def spaced_cells(rows: Rows) -> str:
    """The same with an empty line between."""
    return "\n\n".join(cell.text for row in rows for cell in row if cell.text)


def split_cells(rows: Rows) -> str:
    """The same with labels in two lines: `商业⏎企业`; what spans many rows has a line for each character."""
    return "\n".join(piece for row in rows for cell in row if cell.text for piece in _split(cell))


def spaces(rows: Rows) -> str:
    """`规章    0  0  0`, one row a line."""
    return "\n".join("  ".join(cell.text for cell in row if cell.text) for row in rows)


def pasted(rows: Rows) -> str:
    """Text copied from a PDF, one row a line: a long label goes around its figures, what spans rows is spread over lines."""
    lines: list[str] = []
    for row in rows:
        texts = [cell for cell in row if cell.text]
        figures = " ".join(cell.text for cell in texts if cell.address)
        labels = [cell.text for cell in texts if not cell.address]
        if not figures or not labels:
            lines.append(" ".join(cell.text for cell in texts))
            continue
        for span in labels[:-1]:
            lines += list(span) if len(span) > _LONG_SPAN else [span[:3], span[3:]]
        half = len(labels[-1]) // 2
        lines += [f"{labels[-1]} {figures}"] if len(labels[-1]) <= _LONG_LABEL else [labels[-1][:half], figures, labels[-1][half:]]
    return "\n".join(lines)


def pages(rows: Rows) -> str:
    """The same over several pages, with their numbers."""
    lines = pasted(rows).split("\n")
    for place, number in zip(range(8, len(lines), 12), range(3, 20), strict=False):
        lines[place] += f"\n- {number} -"
    return "\n".join(lines)


_LONG_SPAN, _LONG_LABEL = 7, 16  # characters


def _split(cell: Printed) -> list[str]:
    if cell.address or len(cell.text) < 4:
        return [cell.text]
    half = len(cell.text) // 2
    return list(cell.text) if cell.text.startswith("三、") else [cell.text[:half], cell.text[half:]]


BARLESS: Mapping[str, Layout] = {layout.__name__: layout for layout in (line_a_cell, spaced_cells, split_cells, spaces, pasted, pages)}
"""Layouts in which an empty cell leaves no trace."""

LAYOUTS: Mapping[str, Layout] = {
    layout.__name__: layout for layout in (cell_a_line, bar_a_line, row_a_line, leading_bars, short_rows, page_table, markdown, tabs)
}


def document(form: Form, texts: Mapping[str, str], layout: Layout, change: Change | None = None) -> str:
    """A whole report of 2023, with a line of prose in each prose section; `change` may alter the rows of each table."""
    keys = {matrix.key: matrix for matrix in form.matrices}
    lines = ["某县某局2023年政府信息公开工作年度报告"]
    for section in form.sections:
        lines.append(section.label)
        if (matrix := keys.get(section.key)) is None:
            lines.append(f"这是{section.label[2:]}一节的文字。")
        else:
            rows = rows_of(matrix, texts, in_place=layout in (markdown, tabs))
            lines.append(layout(change(rows) if change else rows))
    return "\n".join(lines) + "\n"


def _joined(row: Sequence[Printed]) -> str:
    shown = " | ".join(cell.text for cell in row if not cell.padding)
    return f"{shown} |" + (f" {'|' * count}" if (count := sum(cell.padding for cell in row)) else "")
