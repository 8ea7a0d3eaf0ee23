"""A table that the form prints as one row of figures under its heads, such as section 4."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate, compress

from govinfo.readers.figures import is_figure
from govinfo.readers.grid import GridCell
from govinfo.readers.groups import Group
from govinfo.readers.heads import Columns, Token, columns_of
from govinfo.readers.labels import Lexicon, breadth_first
from govinfo.readers.placed import Placed
from govinfo.readers.shifted import are_shifted, places
from govinfo.readers.spanned import has_columns
from govinfo.report import folded

_MOST_REPEATS = 16  # of all heads: each new one is looked at together with all before it
_NO_LABEL = "text in a table that is no label of the form"


def place_flat(words: Lexicon, groups: Sequence[Group], placed: Placed, foreign: frozenset[str]) -> None:
    """Place the one row of figures, or nothing."""
    tokens: list[Token] = []
    columns: Columns | None = None
    done: list[GridCell] | None = None
    filled = any(is_figure(cell.text) for group in groups if group.ended for cell in group.cells)
    most = _MOST_REPEATS * len(breadth_first(words.heads[0]))
    widths = accumulate((_width(group) for group in groups), frozenset[int].union, initial=frozenset[int]())
    for group, before in zip(groups, widths, strict=False):
        placed.used.update(map(id, group.cells))
        if filled and group.ended and all(cell.empty for cell in group.cells):
            continue  # a row of room around the figures
        if (columns is None or not columns.complete or not group.ended) and len(tokens) < most:
            tokens += _tokens(group)
            columns = _columns(words, group, tokens, foreign, columns)
        if group.ended and _is_heads(words, group):
            continue  # perhaps once more, on the next page
        cells = _figures(group, columns, before) if columns is not None else None
        if cells is None or columns is None:
            _leave(group, placed)
        elif done is None:
            done = cells
            if not group.traced and len(cells) == len(columns.leaves) and _are_shifted(words, cells, columns):
                placed.leave(cells, "figures that do not add up: an empty cell leaves no trace here, and one may be a page number")
                placed.unreadable.update(dict.fromkeys(words.matrix.addresses, folded(" | ".join(cell.text for cell in cells))))
                continue
            placed.damaged += columns.damaged
            for cell, leaf, unit in zip(cells, columns.leaves, columns.units, strict=False):
                if leaf is not None:
                    placed.cells[words.matrix.addresses[leaf]] = cell, unit
        else:
            _twice(words, done, cells, placed)
    placed.heads = columns.matched if columns else 0
    placed.rows = int(done is not None)


def _columns(words: Lexicon, group: Group, tokens: Sequence[Token], foreign: frozenset[str], before: Columns | None) -> Columns | None:
    """The columns that the heads name, those of a group included; heads that contradict those above leave none."""
    found = columns_of(words.heads[0], tokens, foreign) if tokens else None
    if found is not None or not any(words.knows(token.cell.text) in words.head_keys for token in group.tokens):
        return found or before
    if any(not token.cell.end for token in tokens):
        return None
    # A page break may put the lowest heads into several rows: where the source says so, they stand as their columns do.
    leaves = {key for head in breadth_first(words.heads[0]) if head.leaf is not None for key in head.keys}
    lowest = [words.knows(token.cell.text) in leaves for token in tokens]
    others = [token for token, is_lowest in zip(tokens, lowest, strict=True) if not is_lowest]
    return columns_of(words.heads[0], [*others, *sorted(compress(tokens, lowest), key=lambda token: token.cell.start)], foreign)


def _width(group: Group) -> frozenset[int]:
    return frozenset((group.width,)) if group.ended or group.fillers else frozenset()


def _tokens(group: Group) -> tuple[Token, ...]:
    own = (Token(group.cells[group.own - 1], 0, 0, 0),) if group.strange and not group.ended else ()
    return (*group.tokens, *own)


def _is_heads(words: Lexicon, group: Group) -> bool:
    if any(words.knows(token.cell.text) for token in group.tokens):
        return True
    return (group.strange or bool(group.tokens)) and not any(is_figure(cell.text) for cell in group.fillers)


def _leave(group: Group, placed: Placed) -> None:
    filled = [cell for cell in group.cells if not cell.empty and is_figure(cell.text)]
    if filled or group.strange:
        placed.leave(filled or group.cells, "figures that the heads above them do not place" if filled else _NO_LABEL)


def _are_shifted(words: Lexicon, cells: Sequence[GridCell], columns: Columns) -> bool:
    addresses = [words.matrix.addresses[leaf] if leaf is not None else "" for leaf in columns.leaves]
    return are_shifted([cell.text for cell in cells], places(words.matrix.balances, addresses))


def _twice(words: Lexicon, first: list[GridCell], second: list[GridCell], placed: Placed) -> None:
    same = [cell.text for cell in first] == [cell.text for cell in second]
    placed.leave(second, "the same row a second time" + ("" if same else ", with other figures"))
    if not same:
        placed.twice += 1
        placed.cells.clear()
        placed.told.update(map(id, first))
        placed.unreadable.update(dict.fromkeys(words.matrix.addresses, folded(" | ".join(cell.text for cell in first))))


def _figures(group: Group, columns: Columns, widths: AbstractSet[int]) -> list[GridCell] | None:
    """The figures under the heads of a flat table, None unless their number leaves one way to read them.

    `widths` are those of the rows before it.
    """
    count = len(columns.leaves)
    if has_columns(group.cells):
        own = group.cells[1:] if group.strange and len(group.cells) > count else group.cells
        return list(own) if len(own) == count else None
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
    cut = group.last and group.traced and columns.complete and 0 < len(cells) < count
    return cells if cut and all(not cell.empty and is_figure(cell.text) for cell in cells) else None
