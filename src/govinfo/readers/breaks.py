"""Printed pages of one document as lines of text and tables in order, page breaks undone."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median

from attrs import frozen

from govinfo.fold import label_key, simplified
from govinfo.form import Form
from govinfo.keys import Section
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell, Line
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.readers.outline import section_keys
from govinfo.readers.pages import Item, Page, PageCell, PageLine, Piece, items_of
from govinfo.reading import Origin

_NUMBER = re.compile(r"(?:第\s*)?[-—–－·•~\s]*([0-9]{1,3})[-—–－·•~\s]*(?:页)?(?:\s*[,，]?\s*(?:/|共)\s*[0-9]{1,3}\s*页?)?")
_WORD = re.compile(r"[0-9A-Za-z]")
_RAGGED = 1.6  # of the font size: a full line may end so far before the margin, where no sign may begin a line
_INDENTED = 0.8
_HEADLINE = 1.15  # of the usual font size
_SAME_COLUMN = 0.35  # of the narrowest column
_LONG = 12  # characters, from which on a line says where the margins are
_THIN = 2  # points: a ruled line is thinner
_SEVERAL = 3  # pages with the same line at the top: a running head


def blocks_of(pages: Sequence[Page], forms: tuple[Form, ...]) -> list[Block]:
    """The lines and tables of a document in order."""
    words = [lexicon(matrix) for form in forms for matrix in form.matrices]
    taken = [items_of(page, words) for page in pages]
    _drop_numbers(pages, taken)
    _drop_running_heads(taken)
    usual = _usual(taken)
    blocks: list[Block] = []
    waiting: list[PageLine] = []
    pieces: list[Piece] = []
    tables = 0

    def flush_table() -> None:
        nonlocal tables
        if pieces:
            tables += 1
            blocks.append(_grid(pieces, tables, words))
            pieces.clear()

    for items in taken:
        for place, item in enumerate(items):
            if isinstance(item, Piece):
                blocks += _paragraphs(waiting, usual, forms)
                waiting.clear()
                if place > 0:  # otherwise it may go on from the page before
                    flush_table()
                pieces.append(item)
            else:
                flush_table()
                waiting.append(item)
    flush_table()
    blocks += _paragraphs(waiting, usual, forms)
    return blocks


# --- what is printed on every page ------------------------------------------------------------------------------------------


def _drop_numbers(pages: Sequence[Page], taken: list[list[Item]]) -> None:
    """Take page numbers away: numbers at the top or the bottom that count along with the pages."""
    places: list[tuple[int, int, int]] = []  # page, place among its items, number less page
    for number, items in enumerate(taken):
        for place in dict.fromkeys((0, len(items) - 1)):
            item = items[place] if items else None
            if isinstance(item, PageLine) and (found := _NUMBER.fullmatch(item.text)):
                margin = 0.12 * pages[number].height
                if item.bottom < margin or item.top > pages[number].height - margin:
                    places.append((number, place, int(found[1]) - number))
    steps = Counter(step for _, _, step in places)
    for number, place, step in reversed(places):
        if steps[step] > 1 or len(pages) == 1 or step == 1:
            del taken[number][place]


def _drop_running_heads(taken: list[list[Item]]) -> None:
    """Take away the line that stands at the top of several pages, except the first time."""
    tops = Counter((item.text, round(item.top)) for items in taken if items and isinstance(item := items[0], PageLine))
    seen: set[str] = set()
    for items in taken:
        if items and isinstance(item := items[0], PageLine) and tops[item.text, round(item.top)] >= _SEVERAL:
            if item.text in seen:
                del items[0]
            seen.add(item.text)


# --- paragraphs ----------------------------------------------------------------------------------------------------------


@frozen
class _Usual:
    """Where most lines of text begin and end, and the size of their font."""

    left: float
    right: float
    size: float


def _usual(taken: Sequence[Sequence[Item]]) -> _Usual:
    lines = [item for items in taken for item in items if isinstance(item, PageLine) and len(item.text) >= _LONG]
    if not lines:
        return _Usual(0, 0, 0)
    left = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
    rights = sorted(line.x1 for line in lines)
    return _Usual(left, rights[len(rights) * 9 // 10], median(line.size for line in lines))


def _paragraphs(lines: Sequence[PageLine], usual: _Usual, forms: tuple[Form, ...]) -> Iterator[Line]:
    """Lines joined where they go on from one to the next."""
    keys = section_keys(forms)
    text, first, before = "", 0, None
    for line in lines:
        if before is not None and _goes_on(text, before, line, usual, keys):
            text += (" " if _WORD.match(text[-1:]) and _WORD.match(line.text) else "") + line.text
        else:
            if before is not None:
                yield Line(text, Origin(text, page=first))
            text, first = line.text, line.page
        before = line
    if before is not None:
        yield Line(text, Origin(text, page=first))


def _goes_on(text: str, before: PageLine, line: PageLine, usual: _Usual, keys: Mapping[str, Section]) -> bool:
    if label_key(text) in keys or label_key(line.text) in keys:
        return False
    large = _HEADLINE * usual.size
    if before.size > large or line.size > large:
        return abs(before.size - line.size) < 1 and line.page == before.page
    if simplified(text[:6]).startswith(("（公开主体", "（报告年度", "（统计范围", "（发布日期")):
        return not text.endswith("）")
    full = before.x1 >= usual.right - _RAGGED * before.size
    return full and line.x0 <= usual.left + _INDENTED * line.size and abs(before.size - line.size) < 0.2 * usual.size


# --- tables --------------------------------------------------------------------------------------------------------------


def _grid(pieces: Sequence[Piece], number: int, words: Sequence[Lexicon]) -> Grid:
    """The pieces of a table as one, in its true columns."""
    _set_columns(pieces)
    for piece in pieces:
        for cell in piece.cells:
            if "\n" in cell.text and is_figure(whole := _unbroken(cell.text)):
                cell.text = whole
    rows: list[tuple[int, list[PageCell]]] = []
    above: Piece | None = None
    for piece in pieces:
        own = _rows_of(piece)
        if above is not None and own and _join(above, own[0], words):
            del own[0]
        rows += ((piece.page, row) for row in own if row)
        above = piece
    grid = [
        tuple(_cell(cell, Origin(cell.text, page=page, table=number, row=place, column=cell.start + 1), rows[place:]) for cell in row)
        for place, (page, row) in enumerate(rows, 1)
    ]
    return Grid(grid, ended=True)


def _cell(cell: PageCell, origin: Origin, later: Sequence[tuple[int, Sequence[PageCell]]]) -> GridCell:
    """A cell; `later` are the rows below it, with their pages: how many of them it covers, the page shows."""
    down = 1 + sum(page == origin.page and row[0].top < cell.bottom - _THIN for page, row in later)
    return GridCell(cell.text, origin, start=cell.start, end=cell.end, down=down, pictured=cell.pictured)


def _unbroken(text: str) -> str:
    """What stands in a cell as it was written: its lines end where it is wide enough, which says nothing, except between two figures."""
    first, *others = text.split("\n")
    for line in others:
        first += (" " if _WORD.match(first[-1:]) and _WORD.match(line) else "") + line
    return first


_NARROWER, _WIDER = 0.9, 1.1  # how much the width of a table may differ from page to page


def _set_columns(pieces: Sequence[Piece]) -> None:
    """Number the columns. The pages of one table are set a little wider or narrower: each is stretched to the first."""
    first = pieces[0]
    whole = first.right - first.left
    placed: list[tuple[PageCell, float, float]] = []
    for piece in pieces:
        width = piece.right - piece.left
        factor = whole / width if _NARROWER < whole / width < _WIDER else 1.0
        shift = first.left - piece.left if factor != 1.0 or abs(first.left - piece.left) < 0.05 * whole else 0.0
        for cell in piece.cells:
            left = piece.left + shift
            placed.append((cell, left + (cell.x0 - piece.left) * factor, left + (cell.x1 - piece.left) * factor))
    apart = max(1.0, _SAME_COLUMN * min(right - left for _, left, right in placed))
    edges = sorted(edge for _, left, right in placed for edge in (left, right))
    starts = [edges[0]]
    for one, other in pairwise(edges):
        if other - one > apart:
            starts.append(other)
    for cell, left, right in placed:
        cell.start, cell.end = bisect_right(starts, left) - 1, bisect_right(starts, right) - 1


def _rows_of(piece: Piece) -> list[list[PageCell]]:
    rows: list[list[PageCell]] = []
    top = 0.0
    for cell in sorted(piece.cells, key=lambda each: each.top):
        if not rows or cell.top - top > _THIN:
            rows.append([])
            top = cell.top
        rows[-1].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.start)
    return rows


def _join(above: Piece, row: list[PageCell], words: Sequence[Lexicon]) -> bool:
    """Join the first row of a page to the page above where the break cut it; whether that takes all of it.

    A cell was cut where the two halves together are a label and the second alone is none.
    """
    last = {(cell.start, cell.end): cell for cell in above.cells if cell.bottom > above.bottom - 2}
    cut: list[tuple[PageCell, PageCell]] = []
    whole = True
    for cell in row:
        upper = last.get((cell.start, cell.end))
        if cell.text and upper is not None and upper.text and not _known(cell.text, words) and _known(upper.text + cell.text, words):
            cut.append((upper, cell))
        elif cell.text and not is_figure(cell.text):
            whole = False
    if cut and whole and all((cell.start, cell.end) in last for cell in row if cell.text):
        for cell in row:
            if cell.text:
                upper = last[cell.start, cell.end]
                upper.text = "\n".join(filter(None, (upper.text, cell.text)))
        return True
    gone = {id(cell) for _, cell in cut}
    for upper, cell in cut:
        upper.text = f"{upper.text}\n{cell.text}"
    # What is left of a head over rows that stands complete on the page above.
    for cell in row:
        upper = last.get((cell.start, cell.end))
        if not cell.text and upper is not None and any((key := each.knows(upper.text)) is not None and key in each.spans for each in words):
            gone.add(id(cell))
    row[:] = [cell for cell in row if id(cell) not in gone]
    return not row


def _known(text: str, words: Sequence[Lexicon]) -> bool:
    return any(each.knows(text) is not None for each in words)
