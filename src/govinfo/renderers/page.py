"""What formats that are printed on paper have in common: the texts of a table's boxes, and how wide its columns are."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from attrs import frozen

from govinfo.errors import RenderError
from govinfo.form import Form
from govinfo.renderers.layout import Box, Layout, Part, absent_rows, figures_shown, layout_of
from govinfo.renderers.outline import NOTHING, Piece, Title, pieces
from govinfo.report import Report, Table

DOCUMENT = "政府信息公开工作年度报告"
"""What a document without a title is called where a format needs a name for it, outside of the page."""

# As the form of 2021 is printed: one column of labels takes a quarter of the width, several take half of it, of which
# those beside other labels are as wide as four characters.
_ONE_LABEL, _LABELS, _BESIDE = 0.25, 0.508, 0.086
_DIGIT = 0.6  # of the font size: no wider is a digit in any of the fonts in use
_NARROWEST = 12  # of the font size: narrower does not get a column of labels that makes room for figures
_PADDING = 1.0  # of the font size: what a cell keeps free at its sides, and its rules
# XML 1.0 has no way to write these, HTML none that survives, and a page none to show them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RUN = re.compile(r"[!-~]+")


@frozen
class Grid:
    """A table ready to be printed: its layout and, box by box, what stands there."""

    table: Table
    layout: Layout
    texts: tuple[str, ...]

    @classmethod
    def of(cls, table: Table) -> "Grid":
        """The table as the form prints it, without the rows that the document does not have."""
        layout, shown = layout_of(table.matrix, absent_rows(table)), figures_shown(table)
        return cls(table, layout, tuple(shown[box.address] if box.address else box.text for box in layout.boxes))

    @cached_property
    def lines(self) -> tuple[tuple[tuple[Box, str], ...], ...]:
        """The boxes that begin in each row of the grid, each with its text, left to right."""
        begin: list[list[tuple[Box, str]]] = [[] for _ in range(self.layout.rows)]
        for box, text in zip(self.layout.boxes, self.texts, strict=True):
            begin[box.row].append((box, text))
        return tuple(map(tuple, begin))

    @property
    def heads(self) -> int:
        """How many rows at the top are heads of all columns, to be repeated on each page; 0 where bands have their own."""
        figures = [box.row for box in self.layout.boxes if box.part is Part.FIGURE]
        later = any(box.part in {Part.BAND, Part.CORNER, Part.HEAD} and box.row > min(figures) for box in self.layout.boxes)
        return 0 if later or not figures else min(figures)

    def centred(self, box: Box) -> bool:
        """Whether the text of the box stands in the middle: figures and heads, and labels in a single column."""
        return box.part in {Part.HEAD, Part.FIGURE} or (box.part in {Part.LABEL, Part.CORNER} and self.layout.labels == 1)

    def widths(self, page: float, size: float) -> tuple[float, ...]:
        """The width of each column on a page of that width, figures set in that size; all widths in one unit.

        Columns are as wide as on the printed form. Where a figure does not fit into its columns they become wider and
        the last column of labels narrower, within reason.
        """
        layout = self.layout
        beside = max(0, layout.labels - 1)
        labels = [_BESIDE * page] * beside
        labels += [_ONE_LABEL * page if layout.labels == 1 else (_LABELS - _BESIDE * beside) * page] if layout.labels else []
        figures = page - sum(labels)
        if labels:
            needed = max((self._needed(box, text, size) for box, text in zip(layout.boxes, self.texts, strict=True)), default=0.0)
            more = min(max(0.0, needed - figures), max(0.0, labels[-1] - _NARROWEST * size))
            labels[-1] -= more
            figures += more
        return (*labels, *(float(share) * figures for share in layout.shares))

    def _needed(self, box: Box, text: str, size: float) -> float:
        """What all figure columns have to take together for the longest run of that box not to be broken."""
        if box.part is not Part.FIGURE:
            return 0.0
        share = sum(self.layout.shares[box.column - self.layout.labels :][: box.colspan])
        return _run_width(text, size) / float(share)

    def fitted(self, box: Box, text: str, widths: Sequence[float], size: float) -> float:
        """The size, at most the one given, in which no run of the text has to be broken in that box."""
        return min(size, size * sum(widths[box.column : box.column + box.colspan]) / max(1e-9, _run_width(text, size)))


def _run_width(text: str, size: float) -> float:
    """How wide the box of that text is at least: its longest run without a place to break, and what is kept free."""
    longest = max((len(run) for run in _RUN.findall(text)), default=0)
    return (longest * _DIGIT + _PADDING) * size


def balanced(text: str, width: float) -> tuple[str, ...]:
    """The text in as few lines as it needs and all about as long, `width` in units of its font size.

    >>> balanced("商业企业", 3)
    ('商业', '企业')
    """
    lines = lines_needed(text, width)
    if lines == 1 or _RUN.search(text):
        return (text,)  # letters are left to be broken between words
    each = -(-len(text) // lines)
    return tuple(text[start : start + each] for start in range(0, len(text), each))


def em(text: str) -> float:
    """How wide the text is set, in units of its font size: a Chinese character is one, a letter about half.

    >>> em("第20条")
    3.0
    """
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def lines_needed(text: str, width: float) -> int:
    """About how many lines the text takes, `width` in units of its font size."""
    return max(1, -int(-em(text) // max(1.0, width)))


def spread(widths: Sequence[float], columns: int) -> tuple[int, ...]:
    """The edges of columns of those widths, moved onto a grid of so many even ones; each keeps at least one.

    >>> spread([25, 25, 25, 25], 15)
    (0, 4, 8, 11, 15)
    """
    edges, whole = [0], sum(widths)
    for place, reached in enumerate(accumulate(widths), 1):
        latest = columns - (len(widths) - place)
        edges.append(max(edges[-1] + 1, min(latest, round(reached / whole * columns))))
    return tuple(edges)


def printed(source: Report | Form, format: str) -> tuple[Piece, ...]:  # noqa: A002 -- as in `render`
    """The pieces of the report or the empty form. Raises `RenderError` for a character that no document can hold."""
    found = tuple(pieces(source))
    for piece in found:
        texts = Grid.of(piece).texts if isinstance(piece, Table) else (piece.text,)
        for text in texts:
            if wrong := _UNPRINTABLE.search(text):
                said = f"the character U+{ord(wrong[0]):04X} cannot be written, in {text[:40]!r}"
                raise RenderError(format, said, "remove the control characters from the report")
    return found


def title_of(found: Sequence[Piece]) -> str:
    """What the document is called outside of its page: its title, or `DOCUMENT`."""
    return next((piece.text for piece in found if isinstance(piece, Title) and piece.text != NOTHING), DOCUMENT)
