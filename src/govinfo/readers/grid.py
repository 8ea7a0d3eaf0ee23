"""Tables as they stand in a source: rows of cells, each with its place, before anyone knows what they mean."""

from collections.abc import Callable, Hashable, Sequence

from attrs import field, frozen

from govinfo.reading import Origin


@frozen
class GridCell:
    """One cell. `closed` is False where the source ends before whatever ends a cell: its text may be cut short.

    `start` and `end` are the columns that it covers, from 0, in sources that say so (spans); `end` is 0 in all others. `down` counts
    the rows that it covers. `pictured` says that something is shown in it that is no text: where it is empty it is not blank.
    """

    text: str
    origin: Origin
    closed: bool = True
    start: int = 0
    end: int = 0
    down: int = 1
    pictured: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text


@frozen
class Line:
    """A line of text outside tables, trimmed."""

    text: str
    origin: Origin


@frozen
class Grid:
    """Cells in reading order. `ended` says that the end of each row is known; otherwise `rows` is one long row.

    `lines` is the same stretch of the source as text, for a section whose text only looked like a table. `asides` is text that
    stood in one cell with a label, before it. `last` says that the source ends with the grid, `traced` that an empty cell
    leaves a trace in it: where it leaves none, only the number of figures tells whether all are there.
    """

    rows: tuple[tuple[GridCell, ...], ...] = field(converter=tuple[tuple[GridCell, ...], ...])
    ended: bool
    lines: tuple[Line, ...] = ()
    asides: tuple[Line, ...] = ()
    last: bool = False
    traced: bool = True


@frozen(eq=False)
class Sketch:
    """A table whose cells are not made yet, because tables like it have been read before: see `govinfo.readers.known`.

    `texts` are the texts of its cells in reading order, `line` is where it begins (from 0), `drawn` makes the grid. Tables of one
    `pattern` differ in nothing but their figures.
    """

    texts: Sequence[str]
    pattern: Hashable
    line: int
    drawn: Callable[[], Grid]


Block = Line | Grid | Sketch
"""What a section of a document consists of, in order."""
