"""The cells of a table, taken apart into rows: labels, and what is filled in behind them."""

from collections.abc import Iterator, Sequence

from attrs import evolve, field, frozen

from govinfo.fold import fold, label_key
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import GridCell
from govinfo.readers.heads import Token
from govinfo.readers.labels import Lexicon, Row, near


@frozen
class Stretch:
    """A run of cells that belong to one table. `last`: the source ends with it; `traced`: an empty cell leaves a trace."""

    rows: tuple[tuple[GridCell, ...], ...]
    ended: bool
    last: bool
    traced: bool = True


@frozen
class Group:
    """What belongs together: heads, or the label of one row and its `fillers`.

    `row` is the row of the form, None for heads or for a row that the form has not (`strange`). `own` counts the cells of the
    row up to and with its label, `gap` says that some of them are empty. `cells` are all cells of it, in order.
    """

    cells: tuple[GridCell, ...]
    row: Row | None = None
    strange: bool = False
    own: int = 0
    gap: bool = False
    fillers: tuple[GridCell, ...] = ()
    tokens: tuple[Token, ...] = ()
    ended: bool = False
    last: bool = False
    damaged: GridCell | None = None
    traced: bool = True

    @property
    def width(self) -> int:
        """How many cells the printed row has, as far as they are known to belong to it."""
        return len(self.cells) if self.ended else self.own + len(self.fillers)


@frozen(eq=False)
class Splitter:
    """Takes the stretches of a table apart, keeping track of the heads over rows that were passed.

    `keys` has the match key of each cell (by its id) that the form knows, `present` the keys of the lines that are printed,
    `missing` the match keys of those that are not, `unknown` the texts that are neither labels of the form nor figures.
    """

    words: Lexicon
    stretches: Sequence[Stretch]
    keys: dict[int, str] = field(init=False, factory=dict[int, str])
    present: set[str] = field(init=False, factory=set[str])
    missing: dict[str, frozenset[str]] = field(init=False, factory=dict[str, frozenset[str]])
    unknown: set[str] = field(init=False, factory=set[str])
    chain: list[str] = field(init=False, factory=list[str])
    previous: list[int] = field(init=False, factory=lambda: [-1])

    def __attrs_post_init__(self) -> None:
        found: set[str] = set()
        for cell in (cell for stretch in self.stretches for row in stretch.rows for cell in row):
            if (text := cell.text) and (key := self.words.knows(text)) is not None:
                self.keys[id(cell)] = key
                found.add(key)
            elif text and not is_figure(text):
                self.unknown.add(text)
        self.present.update(str(row.line.key) for key in found for row in self.words.rows_by_key.get(key, ()))
        self.missing.update({str(row.line.key): row.line.keys for row in self.words.rows if row.line.key not in self.present})

    def has_at_least(self, rows: int) -> bool:
        """Whether as many rows of the form may be found, damaged labels counted: never False where they will be."""
        sure = len(self.present)
        if sure >= rows or sure + len(self.unknown) < rows:
            return sure >= rows
        return sure + len({near(label_key(text), self.missing.items()) for text in self.unknown} - {None}) >= rows

    def split(self) -> list[Group]:
        """Every group, in order; those of the whole table at once, because heads over rows reach across pages."""
        groups: list[Group] = []
        for stretch in self.stretches:
            found = self._rows(stretch, len(groups)) if stretch.ended else self._runs(stretch, len(groups))
            groups += found if stretch.traced else (evolve(group, traced=False) for group in found)
        return groups

    def _key(self, cell: GridCell) -> str | None:
        return self.keys.get(id(cell))

    # --- rows whose ends are known ------------------------------------------------------------------------------------

    def _rows(self, stretch: Stretch, number: int) -> Iterator[Group]:
        for place, cells in enumerate(stretch.rows):
            last = stretch.last and place == len(stretch.rows) - 1
            yield self._row(cells, number + place, last=last)

    def _row(self, cells: tuple[GridCell, ...], number: int, *, last: bool) -> Group:
        tokens = tuple(
            Token(cell, number, place, len(cells), cells[-1].end)
            for place, cell in enumerate(cells) if not cell.empty and not is_figure(cell.text) and not self._aside(self._key(cell))
        )  # fmt: skip
        gap = False
        for place, cell in enumerate(cells):
            key = self._key(cell)
            if cell.empty:
                gap = True
                continue
            row, damaged = self._found(key, cell, heads_before=False), None
            if row is None and key is None and not is_figure(cell.text) and not self._has_heads(cells):
                row = self._damaged(cell)
                damaged = cell if row else None
                if row is None:
                    return Group(cells, None, True, place + 1, gap, cells[place + 1 :], (), True, last)  # noqa: FBT003 -- fields
            if row is not None:
                self.previous[0] = row.index
                return Group(cells, row, False, place + 1, gap, cells[place + 1 :], (), True, last, damaged)  # noqa: FBT003 -- fields
            if key is None or not self._pass(key):
                break
        return Group(cells, tokens=tokens, fillers=cells, ended=True, last=last)

    def _has_heads(self, cells: Sequence[GridCell]) -> bool:
        return any((key := self._key(cell)) is not None and key in self.words.head_keys for cell in cells)

    # --- one long row --------------------------------------------------------------------------------------------------

    def _runs(self, stretch: Stretch, number: int) -> Iterator[Group]:
        cells = [cell for row in stretch.rows for cell in row]
        starts = [0]
        filled = False
        for place, cell in enumerate(cells):
            text = self._is_text(cell)
            if text and filled:
                starts.append(place)
            filled = not text
        for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(cells)], strict=True)):
            yield self._run(tuple(cells[start:end]), number + index, last=stretch.last and end == len(cells))

    def _run(self, cells: tuple[GridCell, ...], number: int, *, last: bool) -> Group:
        count = next((place for place, cell in enumerate(cells) if not self._is_text(cell)), len(cells))
        labels, fillers = cells[:count], cells[count:]
        names = [self._key(cell) for cell in labels]
        # Heads over rows come before the label that they span; they count even where the label turns out to be strange.
        for key in names[:-1]:
            if key is not None:
                self._pass(key)
        row, damaged = None, None
        if labels:
            before = names[-2] if len(names) > 1 else None
            heads_before = before is not None and before in self.words.head_keys and before not in self.words.spans
            row = self._found(names[-1], labels[-1], heads_before=heads_before)
            if row is None and names[-1] is None and not heads_before:
                row = self._damaged(labels[-1])
                damaged = labels[-1] if row else None
            if row is None and names[-1] is not None:
                self._pass(names[-1])
        strange = bool(labels) and row is None and names[-1] is None
        own = 0
        if row is not None or strange:
            own = 1
            while own < count and self._only_spans(names[-own - 1]):
                own += 1
        if row is not None:
            self.previous[0] = row.index
        tokens = tuple(Token(cell, number, 0, 0) for cell in labels[: count - own] if not self._aside(self._key(cell)))
        if own:
            return Group(cells[count - own :], row, strange, own, False, fillers, tokens, False, last, damaged)  # noqa: FBT003 -- fields
        return Group(cells, tokens=tokens, fillers=fillers, last=last, own=count)

    def _is_text(self, cell: GridCell) -> bool:
        return not cell.empty and (self._key(cell) is not None or not is_figure(cell.text))

    def _only_spans(self, key: str | None) -> bool:
        return key is not None and key in self.words.spans and key not in self.words.rows_by_key

    # --- labels --------------------------------------------------------------------------------------------------------

    def _aside(self, key: str | None) -> bool:
        return key is not None and key not in self.words.head_keys

    def _pass(self, key: str) -> bool:
        """Note a head over rows; whether it is one."""
        depth = self.words.spans.get(key)
        if depth is not None:
            del self.chain[depth:]
            self.chain.append(key)
        return depth is not None

    def _found(self, key: str | None, cell: GridCell, *, heads_before: bool) -> Row | None:
        """The row that a label names. 其他 and 总计 are heads as well: they need the rows around them to say so."""
        candidates = self.words.rows_by_key.get(key or "", ())
        if key is None or not candidates:
            return None
        if len(candidates) == 1 and key not in self.words.head_keys:
            return candidates[0]
        if heads_before:
            return None
        for row in candidates:
            under = bool(row.chain) and row.chain[-1] in self.chain
            after = row.index > 0 and self.previous[0] == row.index - 1
            if under or after or (_number(cell.text) and _number(cell.text) == _number(row.line.label)):
                return row
        return None

    def _damaged(self, cell: GridCell) -> Row | None:
        found = near(label_key(cell.text), self.missing.items())
        return next((row for row in self.words.rows if row.line.key == found), None) if found is not None else None


def _number(text: str) -> str:
    """The number before a label, folded, "" where it has none."""
    return fold(text)[: len(fold(text)) - len(label_key(text))]
