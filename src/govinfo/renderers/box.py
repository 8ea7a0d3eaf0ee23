"""Boxes drawn with characters: a `Layout` as lines of text, Chinese characters two columns wide.

Only the box characters that GBK has are used. Rows of one group are set without a rule between them, as the printed
form is too long for a screen otherwise.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from attrs import frozen
from rich.cells import cell_len, set_cell_size

from govinfo.renderers.layout import Box, Layout, Part

_CLOSING = "）〕】》”’、，。；：！？)]},.;:!?%"
_OPENING = "（〔【《“‘([{"
_RUN = re.compile(r"[!-~]+")
# (up, down, left, right) -> what joins those lines
_JOINTS = {
    (False, False, False, False): " ",
    (True, True, False, False): "│",
    (False, False, True, True): "─",
    (False, True, False, True): "┌",
    (False, True, True, False): "┐",
    (True, False, False, True): "└",
    (True, False, True, False): "┘",
    (True, True, False, True): "├",
    (True, True, True, False): "┤",
    (False, True, True, True): "┬",
    (True, False, True, True): "┴",
    (True, True, True, True): "┼",
}
_WORD = 4  # columns of two characters: as narrow as a label gets
_ROOMY = 24  # columns: a label column that has them left can afford space around the text

Styled = Callable[[Box, str], str]


@lru_cache(maxsize=8_192)
def wrapped(text: str, width: int, *, at_stops: bool = False, indent: bool = False) -> tuple[str, ...]:
    """The text in lines of at most `width` columns.

    No line begins with a closing mark, and runs of ASCII stay whole where they fit. `at_stops` prefers to break behind
    a bracket or a stop in the second half of a line; `indent` keeps the white space that the text begins with.

    >>> wrapped("（三）不予公开", 8, at_stops=True)
    ('（三）', '不予公开')
    """
    lines: list[str] = []
    rest = text.rstrip() if indent else text.strip()
    while cell_len(rest) > width and len(rest) > 1:
        cut = most = max(1, len(set_cell_size(rest, width).rstrip(" ")))
        while cut > 1 and not _may_break(rest, cut):
            cut -= 1
        cut = cut if _may_break(rest, cut) else most
        if at_stops:
            stops = (end for end in range(cut, 0, -1) if rest[end - 1] in _CLOSING and _may_break(rest, end))
            stop = next(stops, 0)
            cut = stop if 2 * cell_len(rest[:stop]) >= width else cut
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return (*lines, rest)


def _may_break(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    run = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
    return not run and after not in _CLOSING and before not in _OPENING


@frozen
class _Drawing:
    """A layout with its texts, and the widths that were found for it: pure geometry, counted in columns and lines."""

    layout: Layout
    texts: Sequence[str]
    widths: tuple[int, ...]
    padding: int

    def width_of(self, box: Box) -> int:
        """The columns inside a box, without its padding."""
        inside = self.widths[box.column : box.column + box.colspan]
        return sum(inside) + len(inside) - 1 - 2 * self.padding

    def lines_of(self, box: Box, text: str) -> tuple[str, ...]:
        """The text of a box as it is broken into lines."""
        return wrapped(text, max(1, self.width_of(box)), at_stops=box.part is not Part.FIGURE)


@frozen
class _Frame:
    """Where the rules of a drawing run: `tops` and `starts` are the line and the column of each boundary of the grid.

    `ruled` says of each boundary between rows whether a rule is drawn there; one that is not takes no line.
    """

    layout: Layout
    owner: Mapping[tuple[int, int], Box]
    ruled: Sequence[bool]
    tops: Sequence[int]
    starts: Sequence[int]

    @classmethod
    def of(cls, drawing: _Drawing, pieces: Sequence[Sequence[str]]) -> "_Frame":
        """The frame around the pieces of text, one piece for each box."""
        layout = drawing.layout
        owner = {
            (row, column): box
            for box in layout.boxes
            for row in range(box.row, box.row + box.rowspan)
            for column in range(box.column, box.column + box.colspan)
        }
        ruled = [_ruled(layout, owner, row) for row in range(layout.rows + 1)]
        starts = list(accumulate((width + 1 for width in drawing.widths), initial=0))
        return cls(layout, owner, ruled, _tops(layout, pieces, ruled), starts)

    def canvas(self) -> list[list[str]]:
        """An empty frame: one string for each column of each line."""
        canvas = [[" "] * (self.starts[-1] + 1) for _ in range(self.tops[-1] + 1)]
        for row in range(self.layout.rows + 1):
            for column in range(self.layout.columns + 1):
                self._draw(canvas, row, column)
        return canvas

    def _draw(self, canvas: list[list[str]], row: int, column: int) -> None:
        """What begins at that crossing of boundaries: the joint, the rule to its right, the line below it."""
        top, start = self.tops[row], self.starts[column]
        if row < self.layout.rows and self._upright(row, column):
            for line in range(top + self.ruled[row], self.tops[row + 1]):
                canvas[line][start] = "│"
        if self.ruled[row]:
            joint = self._upright(row - 1, column), self._upright(row, column), self._level(row, column - 1), self._level(row, column)
            canvas[top][start] = _JOINTS[joint]
            if column < self.layout.columns and self._level(row, column):
                canvas[top][start + 1 : self.starts[column + 1]] = "─" * (self.starts[column + 1] - start - 1)

    def _upright(self, row: int, column: int) -> bool:
        return self.owner.get((row, column - 1)) is not self.owner.get((row, column))

    def _level(self, row: int, column: int) -> bool:
        return self.owner.get((row - 1, column)) is not self.owner.get((row, column))


def drawn(layout: Layout, figures: Mapping[str, str], width: int, styled: Styled = lambda _, text: text) -> list[str]:
    """The table as lines of at most `width` columns where that can be done; figures are never broken.

    `figures` maps addresses to what stands there. `styled` may put escape sequences around a piece of a box's text.
    """
    texts = [figures[box.address] if box.address else box.text for box in layout.boxes]
    drawing = _fitted(layout, texts, width)
    pieces = [drawing.lines_of(box, text) for box, text in zip(layout.boxes, texts, strict=True)]
    frame = _Frame.of(drawing, pieces)
    canvas = frame.canvas()
    for box, lines in zip(layout.boxes, pieces, strict=True):
        top, bottom = frame.tops[box.row] + frame.ruled[box.row], frame.tops[box.row + box.rowspan]
        top += (bottom - top - len(lines)) // 2
        left, space = frame.starts[box.column] + 1 + drawing.padding, drawing.width_of(box)
        for line, text in enumerate(lines, top):
            taken = max(space, cell_len(text))
            free = taken - cell_len(text)
            before = {Part.FIGURE: free, Part.HEAD: free // 2}.get(box.part, 0)
            # One string stands for all columns that the text takes, so that a wide character cannot be cut.
            canvas[line][left : left + taken] = [" " * before + styled(box, text) + " " * (free - before), *[""] * (taken - 1)]
    return ["".join(line) for line in canvas]


def _ruled(layout: Layout, owner: Mapping[tuple[int, int], Box], row: int) -> bool:
    """Whether a rule stands above that row of the grid: not between two rows that the same heads span."""
    last = layout.labels - 1
    if last < 0 or not 0 < row < layout.rows:
        return True
    above, below = owner[row - 1, last], owner[row, last]
    if above.part is not Part.LABEL or below.part is not Part.LABEL or above.column != below.column:
        return True
    return above.column > 0 and owner[row - 1, above.column - 1] is not owner[row, below.column - 1]


def _tops(layout: Layout, pieces: Sequence[Sequence[str]], ruled: Sequence[bool]) -> list[int]:
    """The line of each boundary between rows; text that spans rows may stretch the last of them."""
    heights = [1] * layout.rows
    for box, lines in sorted(zip(layout.boxes, pieces, strict=True), key=lambda pair: pair[0].rowspan):
        spanned = range(box.row, box.row + box.rowspan)
        there = sum(heights[row] for row in spanned) + sum(ruled[row] for row in spanned[1:])
        heights[spanned[-1]] += max(0, len(lines) - there)
    return list(accumulate((ruled[row] + height for row, height in enumerate(heights)), initial=0))


# --- widths ----------------------------------------------------------------------------------------------------------


def _fitted(layout: Layout, texts: Sequence[str], width: int) -> _Drawing:
    """The narrowest drawing of the fewest lines that fits; without padding where the labels would get too little."""
    roomy = _with_padding(layout, texts, width, 1)
    label = roomy.widths[layout.labels - 1] - 2 if layout.labels else _ROOMY
    fits = sum(roomy.widths) + layout.columns + 1 <= width
    natural = max((cell_len(text) for box, text in zip(layout.boxes, texts, strict=True) if box.part is Part.LABEL), default=0)
    return roomy if fits and label >= min(_ROOMY, natural) else _with_padding(layout, texts, width, 0)


def _with_padding(layout: Layout, texts: Sequence[str], width: int, padding: int) -> _Drawing:
    boxes = list(zip(layout.boxes, texts, strict=True))
    step = math.lcm(*(share.denominator for share in layout.shares))
    beside = [_beside(boxes, column) + 2 * padding for column in range(layout.labels - 1)]

    def drawing(area: int, label: int) -> _Drawing:
        edges = [int(area * sum(layout.shares[:count])) for count in range(len(layout.shares) + 1)]
        columns = [right - left - 1 for left, right in pairwise(edges)]
        labels = [*beside, label + 2 * padding] if layout.labels else []
        return _Drawing(layout, texts, (*labels, *columns), padding)

    def needed(part_of_text: Callable[[Box, str], int]) -> int:
        needs = [
            (part_of_text(box, text) + 2 * padding + 1) / sum(layout.shares[box.column - layout.labels :][: box.colspan])
            for box, text in boxes
            if box.column >= layout.labels
        ]
        return step * math.ceil(max(needs, default=1) / step)

    def lines(candidate: _Drawing, *parts: Part) -> int:
        return sum(len(candidate.lines_of(box, text)) for box, text in boxes if box.part in parts)

    least = needed(lambda box, text: max(_WORD, *(len(run) for run in _RUN.findall(text)), 0) if box.part is Part.FIGURE else _WORD)
    most = needed(lambda _, text: cell_len(text))
    fixed = 1 + sum(beside) + len(beside) + (2 * padding + 1 if layout.labels else 0)
    label = 0
    if layout.labels:
        natural = max((cell_len(text) for box, text in boxes if box.part is Part.LABEL and box.colspan == 1), default=_WORD)
        widest = max(2 * _WORD, min(natural, width - fixed - least))
        label = min(range(_WORD, widest + 1), key=lambda size: (lines(drawing(least, size), Part.LABEL, Part.CORNER), size))
    areas = range(least, max(least, min(most, width - fixed - label)) + 1, step)
    return drawing(min(areas, key=lambda area: (lines(drawing(area, label), Part.HEAD), area)), label)


def _beside(boxes: Sequence[tuple[Box, str]], column: int) -> int:
    """The narrowest column in which labels beside several rows need no more lines than half of those rows."""
    own = [(box, text) for box, text in boxes if box.part is Part.LABEL and box.column == column and box.colspan == 1]
    size = _WORD
    while any(len(wrapped(text, size, at_stops=True)) > max(1, (box.rowspan + 1) // 2) for box, text in own):
        size += 2
    return size
