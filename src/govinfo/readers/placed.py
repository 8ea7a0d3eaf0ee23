"""What was found for one table: its cells by address, and what has no place in it."""

from collections.abc import Iterable, Sequence

from attrs import define, field

from govinfo.form import Matrix
from govinfo.readers.figures import figure
from govinfo.readers.grid import GridCell, Line
from govinfo.readers.heads import unit_of
from govinfo.readers.labels import Lexicon
from govinfo.reading import Origin
from govinfo.report import ABSENT, CellState, Mark, Table, Value, folded

_SEVERAL = 3  # rows that are there twice, for the whole table to be there twice
_OBJECT = "\ufffc"  # Unicode's sign for something that is no text


@define(eq=False)
class Placed:
    """What a document's cells say for one matrix.

    `cells` maps addresses to cells, `unreadable` row addresses to what was printed, `left` is text that has no place in
    the form with the reason, `damaged` labels recognised although characters were lost, `used` the ids of all cells with
    a part in the table, `told` those that `left` or `unreadable` tell of. `twice` counts the rows that stand there twice, with
    other figures.
    """

    matrix: Matrix
    cells: dict[str, tuple[GridCell, str | None]] = field(factory=dict[str, tuple[GridCell, str | None]])
    unreadable: dict[str, str] = field(factory=dict[str, str])
    left: list[tuple[Line, str]] = field(factory=list[tuple[Line, str]])
    damaged: list[tuple[GridCell, str]] = field(factory=list[tuple[GridCell, str]])
    used: set[int] = field(factory=set[int])
    told: set[int] = field(factory=set[int])
    heads: int = 0
    rows: int = 0
    twice: int = 0

    @property
    def doubled(self) -> bool:
        """Whether the document has two such tables, with other figures: those of two reports, or of two years."""
        return self.twice >= (1 if self.matrix.flat else _SEVERAL)

    @property
    def score(self) -> tuple[int, int]:
        """How well the form fits: its rows that the document has, then its heads."""
        return self.rows, self.heads

    def leave(self, cells: Sequence[GridCell], why: str) -> None:
        """Tell of cells that have no place in the form."""
        self.told.update(map(id, cells))
        self.left.append((line_of(cells), why))

    def leave_rest(self, cells: Iterable[GridCell], words: Lexicon) -> None:
        """Tell of every cell of the table that nothing else accounts for: nothing is dropped unseen."""
        placed = {id(cell) for cell, _ in (*self.cells.values(), *self.damaged)} | self.told
        for cell in cells:
            if not cell.empty and id(cell) in self.used and id(cell) not in placed and words.knows(cell.text) is None:
                self.leave((cell,), "text in a table that is no label of the form")

    def table(self, units: Sequence[str] = ()) -> tuple[Table, dict[str, Origin]]:
        """The table, and where each of its cells stands; `units` are those that lines around it print."""
        values: dict[str, Value | Mark] = {}
        marks: dict[str, Mark] = {}
        origins: dict[str, Origin] = {}
        for place in self.matrix.cells:
            if (found := self.cells.get(place.address)) is None:
                raw = self.unreadable.get(place.address)
                values[place.address] = ABSENT if raw is None else Mark(CellState.UNREADABLE, raw)
                continue
            cell, unit = found
            origins[place.address] = cell.origin
            if not cell.closed or (cell.pictured and cell.empty):
                values[place.address] = Mark(CellState.UNREADABLE, _OBJECT if cell.pictured and cell.empty else folded(cell.text))
                continue
            value, mark = figure(cell.text, place, unit_of(unit or "", *units) if units else unit)
            if value is None:
                assert mark is not None  # noqa: S101 -- figure() says so
                values[place.address] = mark
            else:
                values[place.address] = value
                if mark is not None:
                    marks[place.address] = mark
        return Table.of(self.matrix, values, marks), origins


def line_of(cells: Sequence[GridCell]) -> Line:
    """The cells as one line of text, where the first of them stands."""
    filled = [cell for cell in cells if not cell.empty] or list(cells)
    return Line(folded(" | ".join(cell.text for cell in filled)), filled[0].origin)
