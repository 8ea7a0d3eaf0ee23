"""Printed pages of one document as lines of text and tables in order, page breaks undone."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median

from attrs import define, frozen

from govinfo.fold import label_key
from govinfo.form import Form
from govinfo.keys import Section
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell, Line
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.readers.outline import section_keys
from govinfo.reading import Origin

_NUMBER = re.compile(r"(?:第\s*)?[-—–－·•~\s]*([0-9]{1,3})[-—–－·•~\s]*(?:页)?(?:\s*[,，]?\s*(?:/|共)\s*[0-9]{1,3}\s*页?)?")
_WORD = re.compile(r"[0-9A-Za-z]")
_SPACE = re.compile(r"[ \t\xa0]+")
_GAP = 0.2  # of the font size: so far apart stand two words, or two figures
_SAME_LINE = 0.5  # of the font size
_RAGGED = 1.6  # of the font size: a full line may end so far before the margin, where no sign may begin a line
_INDENTED = 0.8
_HEADLINE = 1.15  # of the usual font size
_SAME_COLUMN = 0.35  # of the narrowest column
_LONG = 12  # characters, from which on a line says where the margins are
_SEVERAL = 3  # pages with the same line at the top: a running head


@frozen
class PageChar:
    """One character, or what a font prints as one; lengths in points from the top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@frozen
class PageTable:
    """The cells that ruled lines enclose: left, top, right, bottom."""

    cells: tuple[tuple[float, float, float, float], ...]


@frozen
class Page:
    """What one page prints."""

    number: int
    width: float
    height: float
    characters: tuple[PageChar, ...]
    tables: tuple[PageTable, ...]


@frozen
class _PageLine:
    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@define(eq=False)
class _Cell:
    """A cell on its page; `lines` is its text."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str = ""
    row: int = 0
    start: int = 0
    end: int = 0


@define(eq=False)
class _Piece:
    """The part of a table that stands on one page."""

    page: int
    cells: list[_Cell]

    @cached_property
    def top(self) -> float:
        return min(cell.top for cell in self.cells)

    @cached_property
    def bottom(self) -> float:
        return max(cell.bottom for cell in self.cells)

    @cached_property
    def left(self) -> float:
        return min(cell.x0 for cell in self.cells)

    @cached_property
    def right(self) -> float:
        return max(cell.x1 for cell in self.cells)


_Item = _PageLine | _Piece


def blocks_of(pages: Sequence[Page], forms: tuple[Form, ...]) -> list[Block]:
    """The lines and tables of a document in order."""
    words = [lexicon(matrix) for form in forms for matrix in form.matrices]
    taken = [_items(page, words) for page in pages]
    _drop_numbers(pages, taken)
    _drop_running_heads(taken)
    usual = _usual(taken)
    blocks: list[Block] = []
    waiting: list[_PageLine] = []
    pieces: list[_Piece] = []
    tables = 0

    def flush_table() -> None:
        nonlocal tables
        if pieces:
            tables += 1
            blocks.append(_grid(pieces, tables, words))
            pieces.clear()

    for items in taken:
        for place, item in enumerate(items):
            if isinstance(item, _Piece):
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


# --- a page --------------------------------------------------------------------------------------------------------------


def _items(page: Page, words: Sequence[Lexicon]) -> list[_Item]:
    """The lines and tables of a page from top to bottom. A frame around text, or a table without any label, is text."""
    rest = list(page.characters)
    pieces: list[_Piece] = []
    for table in page.tables:
        piece = _Piece(page.number, [_Cell(*box) for box in table.cells])
        if len({round(cell.x0) for cell in piece.cells}) == 1:
            continue
        outside = _fill(piece, rest)
        first = not pieces and all(character.bottom > piece.top for character in outside if character.text.strip())
        if first or any(each.knows(cell.text) is not None for cell in piece.cells if cell.text for each in words):
            rest = outside
            pieces.append(piece)
    lines = [_PageLine(text, page.number, *box) for text, *box in _lines_of(rest)]
    # Text that stands beside the cells of a table comes before it, so that the table can go on over the page.
    order: list[tuple[float, int, _Item]] = [(piece.top, 1, piece) for piece in pieces]
    for line in lines:
        beside = next((piece for piece in pieces if piece.top < (line.top + line.bottom) / 2 < piece.bottom), None)
        order.append((beside.top if beside else line.top, 0, line))
    return [item for _, _, item in sorted(order, key=lambda each: each[:2])]


def _fill(piece: _Piece, characters: Sequence[PageChar]) -> list[PageChar]:
    """Put the characters that lie in a cell there; those that do not are given back."""
    across = sorted({cell.x0 for cell in piece.cells} | {cell.x1 for cell in piece.cells})
    down = sorted({cell.top for cell in piece.cells} | {cell.bottom for cell in piece.cells})
    slots: dict[tuple[int, int], _Cell] = {}
    for cell in piece.cells:
        for y in range(bisect_right(down, cell.top) - 1, bisect_right(down, cell.bottom) - 1):
            for x in range(bisect_right(across, cell.x0) - 1, bisect_right(across, cell.x1) - 1):
                slots[y, x] = cell
    inside: dict[int, tuple[_Cell, list[PageChar]]] = {}
    outside: list[PageChar] = []
    for character in characters:
        y = bisect_right(down, (character.top + character.bottom) / 2) - 1
        x = bisect_right(across, (character.x0 + character.x1) / 2) - 1
        slot = slots.get((y, x))
        if slot is None:
            outside.append(character)
        else:
            inside.setdefault(id(slot), (slot, []))[1].append(character)
    for filled, own in inside.values():
        filled.text = "\n".join(text for text, *_ in _lines_of(own))
    return outside


def _lines_of(characters: Sequence[PageChar]) -> Iterator[tuple[str, float, float, float, float, float]]:
    """Text, left, right, top, bottom and font size of each line."""
    rows: list[list[PageChar]] = []
    middle = 0.0
    for character in sorted(characters, key=lambda each: (each.top + each.bottom) / 2):
        if not character.text.strip() and not rows:
            continue
        at = (character.top + character.bottom) / 2
        if rows and abs(at - middle) <= _SAME_LINE * max(character.size, rows[-1][0].size):
            rows[-1].append(character)
        else:
            rows.append([character])
            middle = at
    for row in rows:
        row.sort(key=lambda each: each.x0)
        filled = [each for each in row if each.text.strip()]
        if filled:
            yield (
                _text_of(row), filled[0].x0, max(each.x1 for each in filled), min(each.top for each in filled),
                max(each.bottom for each in filled), median(each.size for each in filled),
            )  # fmt: skip


def _text_of(row: Sequence[PageChar]) -> str:
    parts: list[str] = []
    before: PageChar | None = None
    for character in row:
        if before is not None and character.text.strip():
            if character.text == before.text and abs(character.x0 - before.x0) < 0.1 * character.size:
                continue  # printed twice, to look bold
            gap = character.x0 - before.x1 > _GAP * character.size
            if gap and parts and _WORD.match(character.text) and _WORD.match(parts[-1][-1:]):
                parts.append(" ")
        parts.append(character.text)
        if character.text.strip():
            before = character
    return _SPACE.sub(" ", "".join(parts)).strip(" \t\xa0\u3000")


def _drop_numbers(pages: Sequence[Page], taken: list[list[_Item]]) -> None:
    """Take page numbers away: numbers at the top or the bottom that count along with the pages."""
    places: list[tuple[int, int, int]] = []  # page, place among its items, number less page
    for number, items in enumerate(taken):
        for place in dict.fromkeys((0, len(items) - 1)):
            item = items[place] if items else None
            if isinstance(item, _PageLine) and (found := _NUMBER.fullmatch(item.text)):
                margin = 0.12 * pages[number].height
                if item.bottom < margin or item.top > pages[number].height - margin:
                    places.append((number, place, int(found[1]) - number))
    steps = Counter(step for _, _, step in places)
    for number, place, step in reversed(places):
        if steps[step] > 1 or len(pages) == 1 or step == 1:
            del taken[number][place]


def _drop_running_heads(taken: list[list[_Item]]) -> None:
    """Take away the line that stands at the top of several pages, except the first time."""
    tops = Counter((item.text, round(item.top)) for items in taken if items and isinstance(item := items[0], _PageLine))
    seen: set[str] = set()
    for items in taken:
        if items and isinstance(item := items[0], _PageLine) and tops[item.text, round(item.top)] >= _SEVERAL:
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


def _usual(taken: Sequence[Sequence[_Item]]) -> _Usual:
    lines = [item for items in taken for item in items if isinstance(item, _PageLine) and len(item.text) >= _LONG]
    if not lines:
        return _Usual(0, 0, 0)
    left = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
    rights = sorted(line.x1 for line in lines)
    return _Usual(left, rights[len(rights) * 9 // 10], median(line.size for line in lines))


def _paragraphs(lines: Sequence[_PageLine], usual: _Usual, forms: tuple[Form, ...]) -> Iterator[Line]:
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


def _goes_on(text: str, before: _PageLine, line: _PageLine, usual: _Usual, keys: Mapping[str, Section]) -> bool:
    if label_key(text) in keys or label_key(line.text) in keys:
        return False
    large = _HEADLINE * usual.size
    if before.size > large or line.size > large:
        return abs(before.size - line.size) < 1 and line.page == before.page
    if text.startswith(("（公开主体", "（报告年度", "（统计范围", "（发布日期")):
        return not text.endswith("）")
    full = before.x1 >= usual.right - _RAGGED * before.size
    return full and line.x0 <= usual.left + _INDENTED * line.size and abs(before.size - line.size) < 0.2 * usual.size


# --- tables --------------------------------------------------------------------------------------------------------------


def _grid(pieces: Sequence[_Piece], number: int, words: Sequence[Lexicon]) -> Grid:
    """The pieces of a table as one, in its true columns."""
    _set_columns(pieces)
    rows: list[tuple[int, list[_Cell]]] = []
    above: _Piece | None = None
    for piece in pieces:
        own = _rows_of(piece)
        if above is not None and own and _join(above, own[0], words):
            del own[0]
        rows += ((piece.page, row) for row in own if row)
        above = piece
    return Grid(
        tuple(
            tuple(
                GridCell(
                    cell.text, Origin(cell.text, page=page, table=number, row=place, column=cell.start + 1), start=cell.start, end=cell.end
                )
                for cell in row
            )
            for place, (page, row) in enumerate(rows, 1)
        ),
        ended=True,
    )


_NARROWER, _WIDER = 0.9, 1.1  # how much the width of a table may differ from page to page


def _set_columns(pieces: Sequence[_Piece]) -> None:
    """Number the columns. The pages of one table are set a little wider or narrower: each is stretched to the first."""
    first = pieces[0]
    whole = first.right - first.left
    placed: list[tuple[_Cell, float, float]] = []
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


def _rows_of(piece: _Piece) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    top = 0.0
    for cell in sorted(piece.cells, key=lambda each: each.top):
        if not rows or cell.top - top > 2:  # noqa: PLR2004 -- points: a ruled line is thinner
            rows.append([])
            top = cell.top
        rows[-1].append(cell)
    for row in rows:
        row.sort(key=lambda cell: cell.start)
    return rows


def _join(above: _Piece, row: list[_Cell], words: Sequence[Lexicon]) -> bool:
    """Join the first row of a page to the page above where the break cut it; whether that takes all of it.

    A cell was cut where the two halves together are a label and the second alone is none.
    """
    last = {(cell.start, cell.end): cell for cell in above.cells if cell.bottom > above.bottom - 2}
    cut: list[tuple[_Cell, _Cell]] = []
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
