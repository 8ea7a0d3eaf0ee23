"""Documents that come as blocks, lines and tables in order, divided at their section headings."""

from collections.abc import Iterator, Sequence

from attrs import evolve

from govinfo.form import Form
from govinfo.readers.document import Part
from govinfo.readers.grid import Block, Grid, GridCell, Line, Sketch
from govinfo.readers.outline import headings
from govinfo.reading import Origin

_NOTHING = Origin("")


def parts_of(blocks: Sequence[Block], forms: tuple[Form, ...]) -> list[Part]:
    """The document divided at its section headings, which may stand in a table's row of their own."""
    entries = list(_entries(blocks))
    lines = [_as_line(entry) for entry in entries]
    found = headings(lines, forms)
    ends = [each.index for each in found] + [len(entries)]
    parts = [Part(None, _joined(entries[: ends[0]]))]
    for each, end in zip(found, ends[1:], strict=True):
        inside = _joined(entries[each.index + 1 : end])
        if each.rest:
            inside.insert(0, evolve(lines[each.index], text=each.rest))
        parts.append(Part(each.heading, inside))
    return parts


def row_lines(rows: Sequence[Sequence[GridCell]]) -> tuple[Line, ...]:
    """Rows as text, for those that turn out to be no part of the report's tables."""
    return tuple(
        Line(text, filled[0].origin)
        for row in rows if (filled := [cell for cell in row if cell.text])
        for text in (filled[0].text.split("\n") if len(filled) == 1 else ["\u3000".join(cell.text for cell in filled)])
    )  # fmt: skip


_Entry = Line | tuple[Grid, int]


def _entries(blocks: Sequence[Block]) -> Iterator[_Entry]:
    for block in blocks:
        if isinstance(block, Sketch):
            yield from _entries((block.drawn(),))
        elif isinstance(block, Grid):
            yield from ((block, number) for number in range(len(block.rows)))
        else:
            yield block


def _as_line(entry: _Entry) -> Line:
    if isinstance(entry, Line):
        return entry
    grid, number = entry
    filled = [cell for cell in grid.rows[number] if cell.text]
    return Line(filled[0].text, filled[0].origin) if len(filled) == 1 else Line("", _NOTHING)


def _joined(entries: Sequence[_Entry]) -> list[Block]:
    """The entries as blocks again: the rows of one table that stand together are one grid."""
    blocks: list[Block] = []
    rows: list[tuple[GridCell, ...]] = []
    current: Grid | None = None
    for entry in (*entries, None):
        grid = entry[0] if isinstance(entry, tuple) else None
        if current is not None and grid is not current:
            blocks.append(evolve(current, rows=tuple(rows), lines=row_lines(rows)))
            rows = []
        current = grid
        if isinstance(entry, tuple):
            rows.append(entry[0].rows[entry[1]])
        elif entry is not None:
            blocks.append(entry)
    return blocks
