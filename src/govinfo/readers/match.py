"""Grids of cells held against the tables of the forms: which figure stands for which cell.

The one law here: a figure that is placed stands where the document says. A row is read if the number of its cells, or
the heads above them, leave one way to read it; otherwise its cells are unreadable. Nothing is ever shifted into place.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import evolve, frozen

from govinfo.form import Form, Matrix
from govinfo.readers.figures import is_figure
from govinfo.readers.flat import place_flat
from govinfo.readers.grid import GridCell
from govinfo.readers.groups import Group, Splitter, Stretch
from govinfo.readers.heads import Columns, Token, columns_of, in_order, unit_of
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.readers.placed import Placed
from govinfo.readers.shifted import add_up, are_shifted, places
from govinfo.readers.spanned import Spans, has_columns
from govinfo.report import folded

_FAR = 100  # rows: more than any form has
_ENOUGH = 2  # rows of one width, for that width to be the table's


def place_best(key: str, stretches: Sequence[Stretch], forms: tuple[Form, ...]) -> list[tuple[Form, Placed]]:
    """The forms that fit a table best, several where they fit alike, and how each reads it.

    A form that has fewer rows in the table than another was found to have is not tried.
    """
    having = [(form, form.matrix(key)) for form in forms if any(matrix.key == key for matrix in form.matrices)]
    splitters = {id(matrix): Splitter(lexicon(matrix), stretches) for _, matrix in having}
    found: dict[int, Placed] = {}
    for _, matrix in sorted(having, key=lambda pair: -len(splitters[id(pair[1])].present)):
        most = max((placed.rows for placed in found.values()), default=0)
        if same := next((placed for placed in found.values() if _alike(matrix, placed.matrix)), None):
            found[id(matrix)] = evolve(same, matrix=matrix)
        elif matrix.flat or splitters[id(matrix)].has_at_least(most):
            found[id(matrix)] = _placed(splitters[id(matrix)], _foreign(matrix, forms))
    best = max((placed.score for placed in found.values()), default=None)
    return [(form, placed) for form, matrix in having if (placed := found.get(id(matrix))) is not None and placed.score == best]


def place(matrix: Matrix, stretches: Sequence[Stretch], forms: tuple[Form, ...]) -> Placed:
    """The cells of a document that belong to one table, placed in a matrix as far as that is certain."""
    return _placed(Splitter(lexicon(matrix), stretches), _foreign(matrix, forms))


def _placed(splitter: Splitter, foreign: frozenset[str]) -> Placed:
    words, stretches = splitter.words, splitter.stretches
    groups = splitter.split()
    placed = Placed(words.matrix, used=set(splitter.keys))
    if words.matrix.flat:
        place_flat(words, groups, placed, foreign)
    else:
        _Rows(words, groups, placed, foreign).place()
    placed.leave_rest((cell for stretch in stretches for row in stretch.rows for cell in row), words)
    return placed


@lru_cache(maxsize=64)
def _alike(one: Matrix, other: Matrix) -> bool:
    """Whether two forms print the same table."""
    return (one.key, one.bands, one.identities, one.flat) == (other.key, other.bands, other.identities, other.flat)


@lru_cache(maxsize=64)
def _foreign(matrix: Matrix, forms: tuple[Form, ...]) -> frozenset[str]:
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
        heads = self._head_widths()
        ways = [
            _ways(group, columns, width, padded=padded, sure=not padded or not self._doubtful(group, columns, heads))
            for group, columns in rows
        ]
        mode = _mode(ways, self._shown_by_heads())
        spans = Spans.of([(group.fillers, columns) for group, columns in rows if columns and group.fillers and has_columns(group.cells)])
        taken: dict[int, tuple[Group, list[GridCell] | None]] = {}
        for (group, columns), way in zip(rows, ways, strict=True):
            assert group.row is not None  # noqa: S101 -- rows() holds only such
            self.placed.used.update(map(id, group.cells))
            if not group.fillers:
                continue
            if has_columns(group.cells):
                cells = spans.figures(group.fillers, columns, cut=group.last) if columns is not None else None
            else:
                cells = _read(group, columns, way, mode, width, padded=padded)
            if (before := taken.get(group.row.index)) is not None:
                self._twice(group, before, cells)
                continue
            taken[group.row.index] = group, cells
            if group.damaged is not None:
                self.placed.damaged.append((group.damaged, group.row.line.label))
            self._keep(group, columns, cells)
        self._reaching([group for group, _ in rows], [cell for _, cells in taken.values() for cell in cells or ()])
        self._spliced([group for group, cells in taken.values() if cells is not None])
        self._untraced([group for group, _ in taken.values()])
        self._unbalanced(taken.values())
        self._doubled([group for group, _ in taken.values()])
        self.placed.rows = len(taken)

    def _reaching(self, groups: Iterable[Group], cells: Iterable[GridCell]) -> None:
        """A figure in a cell that reaches down into another row of the form is that of both rows, which says nothing of either."""
        printed = {(group.cells[0].origin.table, group.cells[0].origin.row) for group in groups}
        for cell in cells:
            table, row = cell.origin.table, cell.origin.row
            below = [(table, row + more) for more in range(1, min(cell.down, _FAR))] if row else []
            if cell.empty or printed.isdisjoint(below):
                continue
            for address in [address for address, (own, _) in self.placed.cells.items() if own is cell]:
                del self.placed.cells[address]
                self.placed.unreadable[address] = folded(cell.text)
            self.placed.leave((cell,), "one figure beside several rows")

    def _spliced(self, groups: Sequence[Group]) -> None:
        """Where rows have no ends, a row before a missing one may have lost its end and got the end of that one."""
        for group, following in pairwise(groups):
            assert group.row is not None  # noqa: S101 -- only rows come here
            assert following.row is not None  # noqa: S101 -- the same
            if not group.ended and following.row.index > group.row.index + 1:
                self._unreadable(group)
                self.placed.leave(group.cells, "a row that cannot be read: the row after it is missing, so it may hold figures of both")

    def _untraced(self, groups: Sequence[Group]) -> None:
        """The same where an empty cell leaves no trace; there the last row may have got the end of one that is missing behind it."""
        for group, following in zip(groups, [*groups[1:], None], strict=False):
            assert group.row is not None  # noqa: S101 -- only rows come here
            if group.traced or (following is None and group.last):
                continue
            then = following.row.index if following and following.row else len(self.words.rows)
            if then > group.row.index + 1 and not self._is_unreadable(group):
                self._unreadable(group)
                self.placed.leave(group.cells, "a row that cannot be read: the row after it is missing, so it may hold figures of both")

    def _unbalanced(self, taken: Iterable[tuple[Group, list[GridCell] | None]]) -> None:
        """Where empty cells leave no trace, a row may be one figure short and have got a page number.

        Its sum, where the form has one, tells; nothing is put right by it. A document may have wrong sums: a row whose figures
        do not add up is in doubt only where the table has empty cells, or where such a number would explain it.
        """
        matrix = self.words.matrix
        rows = [
            (group, cells, matrix.bands[group.row.band].columns) for group, cells in taken if group.row is not None and not group.traced
        ]
        empty = any(len(group.fillers) < len(columns) or not group.fillers[0].closed for group, _, columns in rows)
        for group, cells, columns in rows:
            assert group.row is not None  # noqa: S101 -- rows holds only such
            addresses = [f"{matrix.key}.{group.row.line.key}.{column.key}" for column in columns]
            sums = places(matrix.balances, addresses)
            if not sums or cells is None or self._is_unreadable(group):
                continue
            texts = [cell.text for cell in cells]
            whole = len(texts) == len(columns)
            if whole and all(text.isdecimal() for text in texts) and add_up([int(text) for text in texts], sums):
                continue
            if empty or (whole and are_shifted(texts, sums)):
                self._unreadable(group)
                self.placed.leave(group.cells, "a row that cannot be read: empty cells leave no trace here, and its figures do not add up")

    def _with_columns(self) -> list[tuple[Group, Columns | None]]:
        """The groups that are rows of the form, each with the columns that the heads above it name."""
        rows: list[tuple[Group, Columns | None]] = []
        pending: list[Token] = []
        columns: dict[int, Columns | None] = {}
        for group in self.groups:
            pending += group.tokens
            if group.strange and all(cell.empty for cell in group.fillers):
                # Words that the form does not know, with no figures behind them: they may be heads.
                pending += [Token(cell, 0, 0, 0) for cell in group.cells[: group.own] if not cell.empty]
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
            self.placed.leave(group.cells, "a row that the form does not have")
        elif group.strange:
            for cell in group.cells:
                if not cell.empty:
                    self.placed.leave((cell,), "text in a table that is no label of the form")
        elif not group.ended and filled:
            self.placed.leave(filled, "figures without a row label")
        elif group.ended and any(is_figure(cell.text) for cell in filled):
            self.placed.leave(group.cells, "figures without a row label")

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

    def _head_widths(self) -> frozenset[int]:
        """The numbers of cells of the rows of heads that are filled up."""
        heads = (group for group in self.groups if group.row is None and not group.strange and len(group.cells) > 1)
        return frozenset(group.width for group in heads if group.cells[-1].empty)

    def _doubtful(self, group: Group, columns: Columns | None, heads: frozenset[int]) -> bool:
        """Whether a row that is filled up may have lost or doubled a figure: then what fills it up would be taken for a blank."""
        if columns is None or group.row is None:
            return True
        count = len(columns.leaves)
        if len(group.fillers) > count and heads and group.width not in heads:
            return True  # a column of figures was lost or doubled, and the heads were not
        # With all its columns a table is as wide as its longest label path and they are together.
        depth = max(len(row.chain) for row in self.words.rows if row.band == group.row.band) + 1
        whole = columns.complete and heads <= {group.width} and group.width >= depth + count
        figures = group.fillers[:count]
        return not whole and bool(figures) and figures[-1].empty and not all(cell.empty for cell in figures)

    def _shown_by_heads(self) -> str | None:
        """What the heads say of the layout: below the first row of heads the corner leaves empty cells, or does not."""
        below = [group for group in self.groups if group.ended and group.row is None and group.tokens and len(group.cells) > 1]
        heads = [group for group in below if all(self.words.knows(token.cell.text) in self.words.head_keys for token in group.tokens)]
        starts = {group.cells[0].empty for group in heads}
        if len(starts) != 1:
            return None
        return "in place" if starts.pop() else "filled up"

    def _twice(self, group: Group, before: tuple[Group, list[GridCell] | None], cells: list[GridCell] | None) -> None:
        first, kept = before
        same = kept is not None and cells is not None and [c.text for c in kept] == [c.text for c in cells] and cells[-1].closed
        self.placed.leave(group.cells, "the same row a second time" + ("" if same else ", with other figures"))
        if not same:
            self.placed.twice += 1
            self._unreadable(first)

    def _doubled(self, groups: Iterable[Group]) -> None:
        """Of two tables with other figures nobody can say which is the report's, not even for a row that only one of them has."""
        for group in groups if self.placed.doubled else ():
            if not self._is_unreadable(group):
                self._unreadable(group)
                self.placed.leave(group.cells, "a row that cannot be read: the table is there twice, with other figures")

    def _keep(self, group: Group, columns: Columns | None, cells: list[GridCell] | None) -> None:
        assert group.row is not None  # noqa: S101 -- only rows come here
        if columns is None or cells is None:
            self._unreadable(group)
            why = "its cells are not as many as its columns" if columns else "the heads above it are not those of the form"
            self.placed.leave(group.cells, f"a row that cannot be read: {why}")
            return
        own = [cell for cell, leaf in zip(cells, columns.leaves, strict=False) if leaf is not None]
        strange = any(leaf is None and not cell.empty for cell, leaf in zip(cells, columns.leaves, strict=False))
        if strange and any(cell.empty for cell in own) and not has_columns(group.cells):
            # It may as well be the figure of the column beside it, which looks blank: only cells that know their column can tell.
            self._unreadable(group)
            self.placed.leave(group.cells, "a row that cannot be read: a figure in a column that the form does not have, beside a blank")
            return
        band = self.words.matrix.bands[group.row.band]
        labels = [label.text for label in group.cells[: group.own]]
        for cell, leaf, unit in zip(cells, columns.leaves, columns.units, strict=False):
            if leaf is not None:
                address = f"{self.words.matrix.key}.{group.row.line.key}.{band.columns[leaf].key}"
                self.placed.cells[address] = cell, unit_of(unit or "", *labels)
            elif not cell.empty:
                self.placed.leave((cell,), "a figure in a column that the form does not have")

    def _is_unreadable(self, group: Group) -> bool:
        assert group.row is not None  # noqa: S101 -- only rows come here
        return any(f"{self.words.matrix.key}.{group.row.line.key}.{column.key}" in self.placed.unreadable
                   for column in self.words.matrix.bands[group.row.band].columns)  # fmt: skip

    def _unreadable(self, group: Group) -> None:
        assert group.row is not None  # noqa: S101 -- only rows come here
        raw = folded(" | ".join(cell.text for cell in group.cells if not cell.empty))
        self.placed.told.update(map(id, group.cells))
        for column in self.words.matrix.bands[group.row.band].columns:
            address = f"{self.words.matrix.key}.{group.row.line.key}.{column.key}"
            self.placed.cells.pop(address, None)
            self.placed.unreadable[address] = raw


_Ways = dict[str, list[GridCell]]
"""The ways to read a row that its number of cells allows, by the layout that each supposes."""


def _ways(group: Group, columns: Columns | None, width: int | None, *, padded: bool, sure: bool) -> _Ways:
    if columns is None or has_columns(group.cells):
        return {}
    ways: _Ways = {}
    count, fillers = len(columns.leaves), list(group.fillers)
    filled_up = width == group.width and (len(fillers) == count or (padded and len(fillers) > count))
    if not group.gap and filled_up and all(cell.empty for cell in fillers[count:]) and sure:
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


def _mode(ways: Sequence[_Ways], shown: str | None) -> str | None:
    """The layout of the table: the one that explains most of the rows that allow a single reading."""
    votes: Counter[str] = Counter([shown] if shown else [])
    for way in ways:
        if len({tuple(map(id, cells)) for cells in way.values()}) == 1:
            votes.update(way.keys())
    ranked = votes.most_common()
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _read(
    group: Group, columns: Columns | None, ways: _Ways, mode: str | None, width: int | None, *, padded: bool
) -> list[GridCell] | None:
    """The figures of a row from left to right, None where there is more than one way to read it, or none."""
    if columns is None:
        return None
    if mode is not None and ways.get(mode):
        return ways[mode]
    if mode is None and len({tuple(map(id, cells)) for cells in ways.values()}) == 1 and (only := next(iter(ways.values()))):
        return only
    return _without_blanks(group, len(columns.leaves), width, padded=padded) or _cut_short(group, columns)


def _without_blanks(group: Group, count: int, width: int | None, *, padded: bool) -> list[GridCell] | None:
    """As many figures as columns, none of them blank: only the empty cells around them are in question."""
    fillers = list(group.fillers)
    filled = [cell for cell in fillers if not cell.empty]
    if len(filled) != count:
        return None
    leading = padded and width is None and filled == fillers[:count]
    trailing = padded and group.ended and width == group.width and filled == fillers[-count:]
    return filled if len(fillers) == count or leading or trailing else None


def _cut_short(group: Group, columns: Columns) -> list[GridCell] | None:
    """The first figures of a row in which the source ends."""
    fillers = list(group.fillers)
    if (
        not group.last
        or not group.traced
        or not columns.complete
        or group.gap
        or group.damaged is not None
        or any(cell.empty for cell in fillers)
    ):
        return None
    starts = columns.places is None or columns.places[0] == group.own
    return fillers if starts and 0 < len(fillers) < len(columns.leaves) else None
