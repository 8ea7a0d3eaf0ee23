"""A table as the official form prints it: boxes on a grid, derived from the declaration of the matrix alone.

Every renderer draws the same boxes. Nothing here knows a row or a column by name: what spans what follows from the
label paths (`Line.within`), from the bands, and from whether the matrix is printed flat.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, pairwise
from types import MappingProxyType

from attrs import evolve, field, frozen

from govinfo.form import Band, Line, Matrix
from govinfo.report import CellState, Table, plain


class Part(StrEnum):
    """What a box is for."""

    BAND = "band"  # a line over the whole width, above a band's own heads
    CORNER = "corner"  # where row labels and column heads meet
    HEAD = "head"  # a column head, or a head over several
    LABEL = "label"  # a row label, or a label beside several rows
    FIGURE = "figure"


@frozen
class Box:
    """One printed box. `row` and `column` start at 0; `address` is that of its figure, None where it holds none."""

    part: Part
    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None


@frozen
class Layout:
    """The printed table: `boxes` tile a grid of `rows` x `columns`, in reading order, without overlap or hole.

    `labels` is how many columns at the left hold row labels. `shares` is the width of each column after those, as a
    share of what they have together: bands divide the same width into different numbers of columns.
    """

    rows: int
    columns: int
    labels: int
    shares: tuple[Fraction, ...]
    boxes: tuple[Box, ...] = field(repr=False)

    @property
    def lines(self) -> tuple[tuple[Box, ...], ...]:
        """The boxes that begin in each row of the grid, left to right."""
        begin: list[list[Box]] = [[] for _ in range(self.rows)]
        for box in self.boxes:
            begin[box.row].append(box)
        return tuple(map(tuple, begin))


def figures_shown(table: Table) -> Mapping[str, str]:
    """Address -> what stands in the cell: the plain figure, or what was printed instead."""
    marks = table.marks
    pairs = zip(table.matrix.addresses, table.figures, strict=True)
    return MappingProxyType({a: marks[a].raw if a in marks else "" if value is None else plain(value) for a, value in pairs})


def absent_rows(table: Table) -> frozenset[str]:
    """The keys of the rows that the document does not have at all: every cell `ABSENT`."""
    seen: dict[str, bool] = {}
    marks = table.marks
    for cell in table.matrix.cells:
        mark = marks.get(cell.address)
        seen[cell.row.key] = seen.get(cell.row.key, True) and mark is not None and mark.state is CellState.ABSENT
    return frozenset(str(key) for key, absent in seen.items() if absent)


@lru_cache(maxsize=256)
def layout_of(matrix: Matrix, leave_out: frozenset[str] = frozenset()) -> Layout:
    """The printed table of a matrix, without the rows of `leave_out` (keys).

    >>> from govinfo.forms import CN_2021
    >>> layout = layout_of(CN_2021.requests)
    >>> layout.rows, layout.columns, layout.boxes[0].rowspan, layout.boxes[0].colspan
    (28, 10, 3, 3)
    """
    bands = [evolve(band, rows=kept) for band in matrix.bands if (kept := tuple(row for row in band.rows if row.key not in leave_out))]
    labels = 0 if matrix.flat else max((len(row.path) for band in bands for row in band.rows), default=0)
    edges = _edges({len(_columns(matrix, band)) for band in bands})
    boxes: list[Box] = []
    for band in bands:
        boxes += _band(matrix, band, boxes[-1].row + 1 if boxes else 0, labels, edges)
    return Layout(
        rows=max((box.row + box.rowspan for box in boxes), default=0),
        columns=labels + len(edges) - 1,
        labels=labels,
        shares=tuple(right - left for left, right in pairwise(edges)),
        boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.column))),
    )


def _edges(counts: Collection[int]) -> tuple[Fraction, ...]:
    """Where columns begin and end when bands of so many columns each divide one width evenly.

    This is how the forms are printed: where bands have three and two columns, the middle one of three lies over two
    columns of the grid, and each of two lies over two.
    """
    return tuple(sorted({Fraction(place, count) for count in counts for place in range(count + 1)} or {Fraction(0)}))


def _columns(matrix: Matrix, band: Band) -> list[tuple[Line | None, Line]]:
    """Each printed column; a flat matrix prints its rows side by side, so that a column there belongs to a row."""
    return [(row, column) for row in (band.rows if matrix.flat else (None,)) for column in band.columns]


def _band(matrix: Matrix, band: Band, top: int, labels: int, edges: Sequence[Fraction]) -> Iterator[Box]:
    columns = _columns(matrix, band)
    starts = [edges.index(Fraction(place, len(columns))) + labels for place in range(len(columns) + 1)]
    if band.label:
        yield Box(Part.BAND, band.label, top, 0, 1, labels + len(edges) - 1)
        top += 1
    paths = [row.path + column.path if row else column.path for row, column in columns]
    depth = max(map(len, paths))
    if labels:
        yield Box(Part.CORNER, band.corner, top, 0, depth, labels)
    for text, level, levels, first, count in _nested(paths, depth):
        yield Box(Part.HEAD, text, top + level, starts[first], levels, starts[first + count] - starts[first])
    top += depth
    for text, level, levels, first, count in _nested([row.path for row in band.rows], labels):
        yield Box(Part.LABEL, text, top + first, level, count, levels)
    for down, row in enumerate(band.rows[:1] if matrix.flat else band.rows):
        for across, (own, column) in enumerate(columns):
            address = f"{matrix.key}.{(own or row).key}.{column.key}"
            yield Box(Part.FIGURE, "", top + down, starts[across], 1, starts[across + 1] - starts[across], address)


def _nested(paths: Sequence[tuple[str, ...]], depth: int) -> Iterator[tuple[str, int, int, int, int]]:
    """Label paths side by side -> (text, level, levels, first, count) of each box that they need.

    Neighbours share a head where their paths agree down to it; a last label fills the levels that are left.
    """
    for level in range(depth):
        # A last label stands for itself; its own number keeps it apart from neighbours of the same words.
        own = [(path[: level + 1], index if len(path) == level + 1 else -1) for index, path in enumerate(paths)]
        for _, run in groupby(range(len(paths)), key=own.__getitem__):
            first, *more = run
            path = paths[first]
            if len(path) > level:
                yield path[level], level, depth - level if len(path) == level + 1 else 1, first, 1 + len(more)
