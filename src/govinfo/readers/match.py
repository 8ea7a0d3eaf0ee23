"""Grids of cells held against the tables of the forms: which figure stands for which cell.

The one law here: a figure that is placed stands where the document says. A row is read if the number of its cells, or
the heads above them, leave one way to read it; otherwise its cells are unreadable. Nothing is ever shifted into place.
"""

from collections import Counter
from collections.abc import Sequence

from attrs import define, field, frozen

from govinfo.form import Form, Matrix
from govinfo.readers.figures import figure, is_figure
from govinfo.readers.grid import GridCell, Line
from govinfo.readers.groups import Group, Splitter, Stretch
from govinfo.readers.heads import Columns, Token, columns_of, in_order
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.reading import Origin
from govinfo.report import ABSENT, CellState, Mark, Table, Value, folded

_ENOUGH = 2  # rows of one width, for that width to be the table's


@define(eq=False)
class Placed:
    """What a document's cells say for one matrix.

    `cells` maps addresses to cells, `unreadable` row addresses to what was printed, `left` is text that has no place in
    the form with the reason, `damaged` labels recognised although characters were lost, `used` the ids of all cells with
    a part in the table.
    """

    matrix: Matrix
    cells: dict[str, tuple[GridCell, str | None]] = field(factory=dict)
    unreadable: dict[str, str] = field(factory=dict)
    left: list[tuple[Line, str]] = field(factory=list)
    damaged: list[tuple[GridCell, str]] = field(factory=list)
    used: set[int] = field(factory=set)
    heads: int = 0
    rows: int = 0

    @property
    def score(self) -> tuple[int, int]:
        """How well the form fits: its rows that the document has, then its heads."""
        return self.rows, self.heads

    def table(self) -> tuple[Table, dict[str, Origin]]:
        """The table, and where each of its cells stands."""
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
            if not cell.closed:
                values[place.address] = Mark(CellState.UNREADABLE, folded(cell.text))
                continue
            value, mark = figure(cell.text, place, unit)
            if value is None:
                assert mark is not None  # noqa: S101 -- figure() says so
                values[place.address] = mark
            else:
                values[place.address] = value
                if mark is not None:
                    marks[place.address] = mark
        return Table.of(self.matrix, values, marks), origins


def place(matrix: Matrix, stretches: Sequence[Stretch], forms: Sequence[Form]) -> Placed:
    """The cells of a document that belong to one table, placed in a matrix as far as that is certain."""
    words = lexicon(matrix)
    foreign = _foreign(matrix, forms)
    splitter = Splitter(words)
    groups = splitter.split(stretches)
    placed = Placed(matrix, used={number for number, name in splitter.names.items() if name.key is not None})
    placed.left += ((line, "text between the rows of a table") for line in splitter.before)
    if matrix.flat:
        _place_flat(words, groups, placed, foreign)
    else:
        _Rows(words, groups, placed, foreign).place()
    return placed


def _foreign(matrix: Matrix, forms: Sequence[Form]) -> frozenset[str]:
    """The keys of heads that other forms print in the same table."""
    others = (other for form in forms for other in form.matrices if other.key == matrix.key)
    return frozenset(key for other in others for key in lexicon(other).head_keys) - lexicon(matrix).head_keys


@frozen(eq=False)
class _Rows:
    """The rows of one table: which of them can be read, and how."""

    words: Lexicon
    groups: list[Group]
    placed: Placed
    foreign: frozenset[str]

    def place(self) -> None:
        rows = self._with_columns()
        width, padded = self._width()
        ways = [_ways(group, columns, width, padded=padded) for group, columns in rows]
        mode = _mode(ways)
        taken: dict[int, tuple[Group, list[GridCell] | None]] = {}
        for (group, columns), way in zip(rows, ways, strict=True):
            assert group.row is not None  # noqa: S101 -- rows() holds only such
            self.placed.used.update(map(id, group.cells))
            if not group.fillers:
                continue
            cells = _read(group, columns, way, mode, width)
            if (before := taken.get(group.row.index)) is not None:
                self._twice(group, before, cells)
                continue
            taken[group.row.index] = group, cells
            if group.damaged is not None:
                self.placed.damaged.append((group.damaged, group.row.line.label))
            self._keep(group, columns, cells)
        self.placed.rows = len(taken)

    def _with_columns(self) -> list[tuple[Group, Columns | None]]:
        """The groups that are rows of the form, each with the columns that the heads above it name."""
        rows: list[tuple[Group, Columns | None]] = []
        pending: list[Token] = []
        columns: dict[int, Columns | None] = {}
        for group in self.groups:
            pending += group.tokens
            if group.row is None:
                self._aside(group)
                continue
            band = group.row.band
            if pending:
                found = columns_of(self.words.heads[band], pending, self.foreign)
                if found is not None and found.matched and band not in columns:
                    self.placed.heads += found.matched
                    self.placed.damaged += found.damaged
                self.placed.used.update(id(token.cell) for token in pending)
                columns[band] = found
                pending = []
            elif band not in columns:
                columns[band] = self._inherited(band, columns)
            rows.append((group, columns[band]))
        return rows

    def _inherited(self, band: int, columns: dict[int, Columns | None]) -> Columns | None:
        """The columns of a band that prints no heads: the form's, unless the heads of its like were exchanged."""
        own = in_order(self.words.heads[band])
        like = columns.get(band - 1)
        if like is not None and list(like.leaves) != sorted(leaf for leaf in like.leaves if leaf is not None):
            return None
        return own

    def _aside(self, group: Group) -> None:
        """Heads, and rows that the form has not."""
        self.placed.used.update(map(id, group.cells))
        filled = [cell for cell in group.fillers if not cell.empty]
        if group.strange and filled:
            self.placed.left.append((_line(group.cells), "a row that the form does not have"))
        elif group.strange:
            self.placed.left += ((_line((cell,)), "text in a table that is no label of the form") for cell in group.cells if not cell.empty)
        elif not group.ended and filled:
            self.placed.left.append((_line(filled), "figures without a row label"))
        elif group.ended and any(is_figure(cell.text) for cell in filled):
            self.placed.left.append((_line(group.cells), "figures without a row label"))

    def _width(self) -> tuple[int | None, bool]:
        """The number of cells that a whole row has, where rows are filled up to one; whether empty cells fill any."""
        votes: Counter[int] = Counter()
        padded = False
        for group in self.groups:
            if group.row is None and not group.strange and (not group.cells or not group.fillers):
                continue
            heads = group.row is None and not group.strange
            votes[group.width] += 1 if group.width > 1 else 0
            padded = padded or (heads and len(group.cells) > 1 and group.cells[-1].empty and not group.cells[0].empty)
        if not votes:
            return None, padded
        (width, times), *others = votes.most_common(2)
        sure = times >= _ENOUGH and (not others or others[0][1] < times)
        return (width if sure else None), padded

    def _twice(self, group: Group, before: tuple[Group, list[GridCell] | None], cells: list[GridCell] | None) -> None:
        first, kept = before
        same = kept is not None and cells is not None and [c.text for c in kept] == [c.text for c in cells] and cells[-1].closed
        self.placed.left.append((_line(group.cells), "the same row a second time" + ("" if same else ", with other figures")))
        if not same:
            self._unreadable(first)

    def _keep(self, group: Group, columns: Columns | None, cells: list[GridCell] | None) -> None:
        assert group.row is not None  # noqa: S101 -- only rows come here
        if columns is None or cells is None:
            self._unreadable(group)
            why = "its cells are not as many as its columns" if columns else "the heads above it are not those of the form"
            self.placed.left.append((_line(group.cells), f"a row that cannot be read: {why}"))
            return
        band = self.words.matrix.bands[group.row.band]
        for cell, leaf, unit in zip(cells, columns.leaves, columns.units, strict=False):
            if leaf is not None:
                self.placed.cells[f"{self.words.matrix.key}.{group.row.line.key}.{band.columns[leaf].key}"] = cell, unit
            elif not cell.empty:
                self.placed.left.append((_line((cell,)), "a figure in a column that the form does not have"))

    def _unreadable(self, group: Group) -> None:
        assert group.row is not None  # noqa: S101 -- only rows come here
        raw = folded(" | ".join(cell.text for cell in group.cells if not cell.empty))
        for column in self.words.matrix.bands[group.row.band].columns:
            address = f"{self.words.matrix.key}.{group.row.line.key}.{column.key}"
            self.placed.cells.pop(address, None)
            self.placed.unreadable[address] = raw


_Ways = dict[str, list[GridCell]]
"""The ways to read a row that its number of cells allows, by the layout that each supposes."""


def _ways(group: Group, columns: Columns | None, width: int | None, *, padded: bool) -> _Ways:
    if columns is None:
        return {}
    ways: _Ways = {}
    count, fillers = len(columns.leaves), list(group.fillers)
    if not group.gap and width == group.width and len(fillers) >= count and all(cell.empty for cell in fillers[count:]):
        ways["filled up"] = fillers[:count]
    if not group.gap and not padded and len(fillers) == count:
        ways["bare"] = fillers
    if columns.places is not None and columns.width == len(group.cells) and group.ended and group.own <= columns.places[0]:
        others = (cell for place, cell in enumerate(group.cells[group.own :], group.own) if place not in columns.places)
        if all(cell.empty for cell in others):
            ways["in place"] = [group.cells[place] for place in columns.places]
    elif group.ended and width == group.width and len(fillers) > count and all(cell.empty for cell in fillers[:-count]):
        # It can be so, but where the columns lie is not known: no reading, only a vote.
        ways["in place"] = []
    return ways


def _mode(ways: Sequence[_Ways]) -> str | None:
    """The layout of the table: the one that explains most of the rows that allow a single reading."""
    votes: Counter[str] = Counter()
    for way in ways:
        if len({tuple(map(id, cells)) for cells in way.values()}) == 1:
            votes.update(way.keys())
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _read(group: Group, columns: Columns | None, ways: _Ways, mode: str | None, width: int | None) -> list[GridCell] | None:
    """The figures of a row from left to right, None where there is more than one way to read it, or none."""
    if columns is None:
        return None
    if mode is not None and ways.get(mode):
        return ways[mode]
    count, fillers = len(columns.leaves), list(group.fillers)
    if mode is None and len({tuple(map(id, cells)) for cells in ways.values()}) == 1 and (only := next(iter(ways.values()))):
        return only
    filled = [cell for cell in fillers if not cell.empty]
    if len(filled) == count:
        # No blank among them, so that only the cells around the figures are in question.
        if len(fillers) == count or (width is None and not fillers[0].empty and filled == fillers[:count]):
            return filled
        if group.ended and width == group.width and filled == fillers[-count:]:
            return filled
    cut = group.last and columns.complete and 0 < len(fillers) < count and len(filled) == len(fillers) and not group.gap
    if cut and (columns.places is None or columns.places[0] == group.own):
        return fillers
    return None


def _place_flat(words: Lexicon, groups: Sequence[Group], placed: Placed, foreign: frozenset[str]) -> None:
    """A table that the form prints as one row of figures under heads, or nothing."""
    matrix = words.matrix
    tokens: list[Token] = []
    columns: Columns | None = None
    done: list[GridCell] | None = None
    for number, group in enumerate(groups):
        placed.used.update(map(id, group.cells))
        strange = group.strange and not any(is_figure(cell.text) for cell in group.fillers)
        if columns is None or not columns.complete or not group.ended:
            more = [*group.tokens, *(Token(group.cells[group.own - 1], 0, 0, 0) for _ in range(group.strange and not group.ended))]
            tokens += more
            columns = (columns_of(words.heads[0], tokens, foreign) if tokens else None) or columns
            if group.ended and (group.tokens or strange):
                continue
        cells = _flat_row(group, columns, groups[:number]) if columns is not None else None
        filled = [cell for cell in group.cells if not cell.empty and is_figure(cell.text)]
        if cells is None or columns is None:
            if filled or group.strange:
                placed.left.append((_line(filled or group.cells), "figures that the heads above them do not place" if filled else "text in a table that is no label of the form"))
            continue
        if done is not None:
            same = [cell.text for cell in done] == [cell.text for cell in cells]
            placed.left.append((_line(cells), "the same row a second time" + ("" if same else ", with other figures")))
            if not same:
                raw = folded(" | ".join(cell.text for cell in done))
                placed.cells.clear()
                placed.unreadable.update(dict.fromkeys(matrix.addresses, raw))
            continue
        done = cells
        placed.damaged += columns.damaged
        for cell, leaf, unit in zip(cells, columns.leaves, columns.units, strict=False):
            if leaf is not None:
                placed.cells[matrix.addresses[leaf]] = cell, unit
    placed.heads = columns.matched if columns else 0
    placed.rows = int(done is not None)


def _flat_row(group: Group, columns: Columns, before: Sequence[Group]) -> list[GridCell] | None:
    """The figures under the heads of a flat table, None unless their number leaves one way to read them."""
    count = len(columns.leaves)
    widths = {earlier.width for earlier in before if earlier.ended or earlier.fillers}
    if group.ended:
        cells = list(group.cells[1:] if group.strange and len(group.cells) > count else group.cells)
        if len(cells) == count or (widths == {len(group.cells)} and len(cells) > count):
            return cells[:count] if all(cell.empty for cell in cells[count:]) else None
    else:
        cells = list(group.fillers)
        # The last row of heads is filled up to the width of the others; the figures follow.
        over = max(0, next(iter(widths)) - group.own) if len(widths) == 1 else 0
        if not columns.complete or len(widths) > 1:
            # How far it is filled up cannot be said: the figures have to show it, by being as many as they should.
            over = next((place for place, cell in enumerate(cells) if not cell.empty), len(cells))
            if any(cell.empty for cell in cells[over:]) or len(cells) - over != count:
                return None
        if any(not cell.empty for cell in cells[:over]):
            return None
        cells = cells[over:]
        if len(cells) == count:
            return cells
    cut = group.last and columns.complete and 0 < len(cells) < count
    return cells if cut and all(not cell.empty and is_figure(cell.text) for cell in cells) else None


def _line(cells: Sequence[GridCell]) -> Line:
    filled = [cell for cell in cells if not cell.empty] or list(cells)
    return Line(folded(" | ".join(cell.text for cell in filled)), filled[0].origin)
