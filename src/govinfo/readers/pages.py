"""Printed pages: where characters and ruled lines stand, as lines of text and parts of tables."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from statistics import median

from attrs import define, evolve, frozen

from govinfo.readers.labels import Lexicon
from govinfo.readers.lettering import Lettering, lettered

_WORD = re.compile(r"[0-9A-Za-z]")
_SPACE = re.compile(r"[ \t\xa0]+")
_GAP = 0.2  # of the font size: so far apart stand two words, or two figures
_TOUCHING = 0.1  # of the font size: two figures this close are one to the eye, whatever line is between them
_OVER = 0.5  # of the narrower: so much of two characters lies over one another where they belong to different texts
_TOO_TALL = 1.25  # times as tall as its cell, and as the others in its table
_SMALLER = 0.8  # of the largest digit beside it: so small is no digit of the same figure
_OFF_LEVEL = 0.15  # of the font size: nor is what stands so much higher or lower
_HIGHEST, _LOWEST = 0.3, 0.8  # of a character's height: a stroke between goes through it, wherever its font has the line
_SAME_LINE = 0.5  # of the font size


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
    """What one page prints.

    `aside` is text that runs in another direction than the rest: a watermark; `pictures` counts them. `others` are the boxes
    of pictures and of such characters: left, top, right, bottom. `strokes` are level lines that are the edge of no cell:
    left, right, height, from top to bottom.
    """

    number: int
    width: float
    height: float
    characters: tuple[PageChar, ...]
    tables: tuple[PageTable, ...]
    aside: str = ""
    pictures: int = 0
    others: tuple[tuple[float, float, float, float], ...] = ()
    strokes: tuple[tuple[float, float, float], ...] = ()


@frozen
class PageLine:
    """A line of text outside tables, where it stands and how large it is set."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@define(eq=False)
class PageCell:
    """A cell on its page; `lines` is its text."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str = ""
    row: int = 0
    start: int = 0
    end: int = 0
    pictured: bool = False


@define(eq=False)
class Piece:
    """The part of a table that stands on one page."""

    page: int
    cells: list[PageCell]

    @cached_property
    def top(self) -> float:
        """Where its first row begins."""
        return min(cell.top for cell in self.cells)

    @cached_property
    def bottom(self) -> float:
        """Where its last row ends."""
        return max(cell.bottom for cell in self.cells)

    @cached_property
    def left(self) -> float:
        """Where its first column begins."""
        return min(cell.x0 for cell in self.cells)

    @cached_property
    def right(self) -> float:
        """Where its last column ends."""
        return max(cell.x1 for cell in self.cells)


Item = PageLine | Piece


def items_of(page: Page, words: Sequence[Lexicon]) -> list[Item]:
    """The lines and tables of a page from top to bottom. A frame around text, or a table without any label, is text."""
    rest = list(page.characters)
    pieces: list[Piece] = []
    for table in page.tables:
        piece = Piece(page.number, [PageCell(*box) for box in table.cells])
        if len({round(cell.x0) for cell in piece.cells}) == 1:
            continue
        outside = _fill(piece, rest, page)
        first = not pieces and all(character.bottom > piece.top for character in outside if character.text.strip())
        if first or any(each.knows(cell.text) is not None for cell in piece.cells if cell.text for each in words):
            rest = outside
            pieces.append(piece)
    lines = [PageLine(text, page.number, *box) for text, *box in _lines_of(rest)]
    # Text that stands beside the cells of a table comes before it, so that the table can go on over the page.
    order: list[tuple[float, int, Item]] = [(piece.top, 1, piece) for piece in pieces]
    for line in lines:
        beside = next((piece for piece in pieces if piece.top < (line.top + line.bottom) / 2 < piece.bottom), None)
        order.append((beside.top if beside else line.top, 0, line))
    return [item for _, _, item in sorted(order, key=lambda each: each[:2])]


def _fill(piece: Piece, characters: Sequence[PageChar], page: Page) -> list[PageChar]:
    """Put the characters that lie in a cell there; those that do not are given back."""
    across = sorted({cell.x0 for cell in piece.cells} | {cell.x1 for cell in piece.cells})
    down = sorted({cell.top for cell in piece.cells} | {cell.bottom for cell in piece.cells})
    slots: dict[tuple[int, int], PageCell] = {}
    for cell in piece.cells:
        for y in range(bisect_right(down, cell.top) - 1, bisect_right(down, cell.bottom) - 1):
            for x in range(bisect_right(across, cell.x0) - 1, bisect_right(across, cell.x1) - 1):
                slots[y, x] = cell
    inside: dict[int, tuple[PageCell, list[PageChar]]] = {}
    outside: list[PageChar] = []

    def slot_of(x0: float, top: float, x1: float, bottom: float) -> PageCell | None:
        return slots.get((bisect_right(down, (top + bottom) / 2) - 1, bisect_right(across, (x0 + x1) / 2) - 1))

    placed = [(character, slot_of(character.x0, character.top, character.x1, character.bottom)) for character in characters]
    usual = median([character.size for character, slot in placed if slot is not None] or [0.0])
    for character, slot in placed:
        tall = character.size > _TOO_TALL * usual
        if slot is None or (tall and character.bottom - character.top > _TOO_TALL * (slot.bottom - slot.top)):  # a watermark across cells
            outside.append(character)
        else:
            inside.setdefault(id(slot), (slot, []))[1].append(character)
    for filled, own in inside.values():
        filled.text = "\n".join(text for text, *_ in _lines_of(_unstruck(own, page.strokes)))
    for box in page.others:
        slot = slot_of(*box)
        if (
            slot is not None
            and box[3] - box[1] <= _TOO_TALL * (slot.bottom - slot.top)
            and box[2] - box[0] <= _TOO_TALL * (slot.x1 - slot.x0)
        ):
            slot.pictured = True
    _join(list(_run_over([(character, slot) for character, slot in placed if character.text.isdigit()])))
    return outside


def _unstruck(characters: Sequence[PageChar], strokes: Sequence[tuple[float, float, float]]) -> Sequence[PageChar]:
    """The characters of a cell, those that a stroke goes through lettered so."""
    if not strokes:
        return characters

    def is_struck(each: PageChar) -> bool:
        middle, tall = (each.x0 + each.x1) / 2, each.bottom - each.top
        first, last = (bisect_right(strokes, each.top + part * tall, key=itemgetter(2)) for part in (_HIGHEST, _LOWEST))
        return any(left <= middle <= right for left, right, _ in strokes[first:last])

    return [
        evolve(each, text=lettered(each.text, Lettering.STRUCK)) if each.text.isdigit() and is_struck(each) else each for each in characters
    ]


def _run_over(digits: Sequence[tuple[PageChar, PageCell | None]]) -> Iterator[tuple[PageCell | None, PageCell | None]]:
    """Neighbours whose figures touch over the line between them: where the one ends, and the other begins, cannot be told."""
    slots = {id(character): slot for character, slot in digits}
    by_size: dict[int, list[PageChar]] = {}  # a watermark is none of them
    for character, _ in digits:
        by_size.setdefault(round(character.size), []).append(character)
    for row in (row for alike in by_size.values() for row in _rows_of(alike)):
        for one, other in pairwise(sorted(row, key=lambda each: each.x0)):
            if slots[id(one)] is not slots[id(other)] and other.x0 - one.x1 < _TOUCHING * other.size:
                yield slots[id(one)], slots[id(other)]


def _join(touching: Sequence[tuple[PageCell | None, PageCell | None]]) -> None:
    """Give each of two such cells what is printed in both: that is no figure, and says why there is none."""
    texts = {id(cell): cell.text for pair in touching for cell in pair if cell is not None}
    for pair in touching:
        both = " | ".join(texts[id(cell)] for cell in pair if cell is not None)
        for cell in pair:
            if cell is not None:
                cell.text = both if None not in pair else f"{texts[id(cell)]} | …"


def _lines_of(characters: Sequence[PageChar]) -> Iterator[tuple[str, float, float, float, float, float]]:
    """Text, left, right, top, bottom and font size of each line."""
    for row in _rows_of(characters):
        row.sort(key=lambda each: each.x0)
        filled = [each for each in row if each.text.strip()]
        if filled:
            yield (
                _text_of(row), filled[0].x0, max(each.x1 for each in filled), min(each.top for each in filled),
                max(each.bottom for each in filled), median(each.size for each in filled),
            )  # fmt: skip


def _rows_of(characters: Sequence[PageChar]) -> list[list[PageChar]]:
    """The characters of each line, from top to bottom."""
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
    return rows


def _levelled(row: Sequence[PageChar]) -> Iterator[PageChar]:
    """The characters of a line; of digits that touch, the small ones and those that stand higher or lower are notes to the others."""
    run: list[PageChar] = []
    for character in row:
        if run and (not character.text.isdigit() or character.x0 - run[-1].x1 > _GAP * run[-1].size):
            yield from _level(run)
            run = []
        if character.text.isdigit():
            run.append(character)
        else:
            yield character
    yield from _level(run)


def _level(run: Sequence[PageChar]) -> Iterator[PageChar]:
    largest = max(run, key=lambda each: each.size, default=None)
    for each in run:
        assert largest is not None  # noqa: S101 -- a run that is not empty has one
        if each.size < _SMALLER * largest.size or abs(each.bottom - largest.bottom) > _OFF_LEVEL * largest.size:
            raised = each.top + each.bottom <= largest.top + largest.bottom
            yield evolve(each, text=lettered(each.text, Lettering.RAISED if raised else Lettering.LOWERED))
        else:
            yield each


def _text_of(row: Sequence[PageChar]) -> str:
    parts: list[str] = []
    before: PageChar | None = None
    for character in _levelled(row):
        if before is not None and character.text.strip():
            if character.text == before.text and abs(character.x0 - before.x0) < 0.1 * character.size:
                continue  # printed twice, to look bold
            over = before.x1 - character.x0 > _OVER * min(before.x1 - before.x0, character.x1 - character.x0)
            gap = over or character.x0 - before.x1 > _GAP * character.size  # what is printed over something is none of it
            if gap and parts and _WORD.match(character.text) and _WORD.match(parts[-1][-1:]):
                parts.append(" ")
        parts.append(character.text)
        if character.text.strip():
            before = character
    return _SPACE.sub(" ", "".join(parts)).strip(" \t\xa0\u3000")
