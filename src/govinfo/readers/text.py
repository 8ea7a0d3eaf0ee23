"""Text with bars, taken apart into lines and grids.

A bar ends a cell. In most layouts a line is a row; in others each cell has a line of its own and nothing says where a row
ends. Which it is, and whether a bar also stands before each row, shows in the lines of each table.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell, Line
from govinfo.readers.repair import Mended, mend
from govinfo.reading import Origin, Repair

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-*:?\s*)?")  # its last cell may be cut short
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_HEADING_SIGNS = re.compile(r"^#{1,6}\s+")
_FEW = 3  # rows of a table
_BAR = "\ue0fc"  # stands for an escaped bar of Markdown while the others are counted
_UNESCAPE = re.compile(rf"\\([!-/:-@\[-`{{-~{_BAR}])")
_SPACE = " \t\u3000\xa0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # and what cannot be seen


@frozen(eq=False)
class Text:
    """A document's text: mended, in lines, with the way back to the original."""

    original: str
    mended: Mended
    lines: tuple[tuple[int, str], ...]  # offset in the mended text, content
    breaks: tuple[int, ...]  # where the lines of the original begin
    whole: bool = field()  # whether the last line has its line break
    markdown: bool = False
    tabbed: bool = False
    _read: dict[int, Line] = field(factory=dict[int, Line], init=False)  # every line is asked for twice

    @classmethod
    def of(cls, original: str) -> "Text":
        """Mend a text and divide it."""
        mended = mend(original)
        breaks = (0, *(found.end() for found in _BREAK.finditer(original)))
        lines: list[tuple[int, str]] = []
        start = 0
        for found in _BREAK.finditer(mended.text):
            lines.append((start, mended.text[start : found.start()]))
            start = found.end()
        whole = start == len(mended.text)
        if not whole:
            lines.append((start, mended.text[start:]))
        ruled = any("-|" in line.replace(" ", "") and _RULE.fullmatch(line) for _, line in lines)
        markdown = ruled or any(_HEADING_SIGNS.match(line) for _, line in lines)  # a report may have no table
        if markdown:
            lines = [(at, _ESCAPE.sub(_hidden, line)) for at, line in lines if not _RULE.fullmatch(line)]
        tabbed = _is_tabbed([line for _, line in lines])
        if tabbed:
            # A bar more at the end does not move what stands before it; a line that the source does not finish gets none.
            ends = ["|"] * (len(lines) - (not whole)) + [""] * (not whole)
            lines = [
                (at, line.replace("\t", "|") + end if "\t" in line.lstrip() else line) for (at, line), end in zip(lines, ends, strict=True)
            ]
        return cls(original, mended, tuple(lines), breaks, whole, markdown, tabbed)

    def origin(self, start: int, end: int) -> Origin:
        """The place of a piece of the mended text."""
        first, last = self.mended.source(start), self.mended.source(max(start, end - 1)) + 1
        line = bisect_right(self.breaks, first)
        return Origin(self.original[first:last] if end > start else "", line, first - self.breaks[line - 1] + 1)

    def repairs(self) -> tuple[Repair, ...]:
        """What was mended, with its original."""
        return tuple(Repair(edit.kind, edit.original, edit.repaired, self._origin(edit.start, edit.original)) for edit in self.mended.edits)

    def _origin(self, start: int, raw: str) -> Origin:
        line = bisect_right(self.breaks, start)
        return Origin(raw, line, start - self.breaks[line - 1] + 1)

    def line(self, number: int) -> Line:
        """A line as text: without bars around it, and without Markdown's own signs."""
        if number not in self._read:
            self._read[number] = self._line(number)
        return self._read[number]

    def _line(self, number: int) -> Line:
        at, text = self.lines[number]
        bare = text.strip(_SPACE + "|")
        start = at + (text.index(bare) if bare else 0)
        origin = self.origin(start, start + len(bare))
        if self.markdown:
            bare = self.plain(_HEADING_SIGNS.sub("", bare, count=1))
        return Line(bare.strip(), origin)

    def plain(self, text: str) -> str:
        """Text without the backslashes that Markdown puts before its signs."""
        return _UNESCAPE.sub(lambda found: "|" if found[1] == _BAR else found[1], text) if self.markdown else text

    def blocks(self, numbers: range, *, last: bool) -> Iterator[Block]:
        """The lines and the grid of one section, in order. `last`: the text ends with it."""
        barred = [number for number in numbers if "|" in self.lines[number][1]]
        if not barred:
            yield from (line for number in numbers if (line := self.line(number)).text)
            return
        # What follows the last bar belongs to no cell, except where the source breaks off.
        end = barred[-1] + 1
        yield self._grid(range(numbers.start, end), numbers, last=last)
        after = (number for number in range(end, numbers.stop) if not (last and self._cut(number, numbers.stop)))
        yield from (line for number in after if (line := self.line(number)).text)

    def _cut(self, number: int, stop: int) -> bool:
        """Whether a line after the last bar is the beginning of a cell that the source does not finish."""
        rest = [self.lines[later][1].strip(_SPACE) for later in range(number, stop)]
        return is_figure(rest[0]) and not any(rest[1:])

    def _grid(self, numbers: range, section: range, *, last: bool) -> Grid:
        parts = [(number, self.lines[number][0], self.lines[number][1]) for number in numbers]
        lines = tuple(line for number in numbers if (line := self.line(number)).text)
        if _rows_are_lines(text for _, _, text in parts):
            return Grid(tuple(self._rows(parts, last=last and numbers.stop == section.stop)), True, lines, last=last)  # noqa: FBT003 -- ended
        tail = [n for n in range(numbers.stop, section.stop) if self.lines[n][1].strip(_SPACE)]
        if last and len(tail) == 1 and self._cut(tail[0], section.stop):
            parts += [(n, *self.lines[n]) for n in range(numbers.stop, tail[0] + 1)]
        return Grid((tuple(self._cells(parts, last=last)),), False, lines, last=last)  # noqa: FBT003 -- ended

    def _cells(self, parts: Iterable[tuple[int, int, str]], *, last: bool) -> Iterator[GridCell]:
        pending: list[tuple[int, str]] = []
        for _, at, text in parts:
            pieces = text.split("|")
            place = at
            for piece in pieces[:-1]:
                pending.append((place, piece))
                place += len(piece) + 1
                yield self._cell(pending, place - 1)
                pending = []
            pending.append((place, pieces[-1]))
        if last and any(piece.strip(_SPACE) for _, piece in pending):
            yield evolve(self._cell(pending, pending[-1][0]), closed=False)

    def _cell(self, pieces: Sequence[tuple[int, str]], end: int) -> GridCell:
        filled = [(at, piece) for at, piece in pieces if piece.strip(_SPACE)]
        if not filled:
            return GridCell("", self.origin(end, end))
        text = "\n".join(self.plain(piece.strip(_SPACE)) for _, piece in filled)
        (first, opening), (final, closing) = filled[0], filled[-1]
        start = first + len(opening) - len(opening.lstrip(_SPACE))
        return GridCell(text, self.origin(start, final + len(closing.rstrip(_SPACE))))

    def _rows(self, parts: Sequence[tuple[int, int, str]], *, last: bool) -> Iterator[tuple[GridCell, ...]]:
        bars = [text.strip(_SPACE) for _, _, text in parts if "|" in text]
        filled = [text for text in bars if text.strip("| \t")]
        opened = not self.tabbed and _are_opened(filled)
        ended = sum(text.endswith("|") for text in filled) * 2 > len(filled)
        pending: list[tuple[int, str]] = []
        row: list[GridCell] = []
        for index, (_, at, text) in enumerate(parts):
            pieces = text.split("|")
            place = at
            if opened and len(pieces) > 1 and not pieces[0].strip(_SPACE) and not row:
                if any(piece.strip(_SPACE) for _, piece in pending):
                    yield (self._cell(pending, place),)
                pending = []
                place += len(pieces[0]) + 1
                del pieces[0]
            for piece in pieces[:-1]:
                pending.append((place, piece))
                place += len(piece) + 1
                row.append(self._cell(pending, place - 1))
                pending = []
            pending.append((place, pieces[-1]))
            final = index == len(parts) - 1
            rest = any(piece.strip(_SPACE) for _, piece in pending)
            if "|" in text and (not ended or not rest or final):
                if rest:
                    # A line break ends a cell only where rows have no bar at their end.
                    cut = last and final and (ended or not self.whole)
                    row.append(evolve(self._cell(pending, place), closed=not cut))
                elif not ended and text.strip(_SPACE + "|"):
                    row.append(self._cell(pending, place))  # no bar ends a row here: this one ends with an empty cell
                yield tuple(row)
                row, pending = [], []
        if row:
            yield tuple(row)


def _are_opened(rows: Sequence[str]) -> bool:
    """Whether a bar stands before each row. Where none does, rows below a label that spans them begin with one as well."""
    opened = Counter(row.count("|") for row in rows if row.startswith("|"))
    others = [row.count("|") for row in rows if not row.startswith("|")]
    if opened.total() * 5 < len(rows) * 4:
        return False
    # The rest of a broken row has fewer bars than a row: with as many it is a row itself, and has no bar before it.
    alike = others.count(opened.most_common(1)[0][0]) if opened else 0
    return alike < _FEW or alike * 2 <= len(others)


def _is_tabbed(lines: Sequence[str]) -> bool:
    """Whether tabs stand between the cells of a document, as in what was copied from a table: they do what bars do."""
    tabbed = [line for line in lines if "\t" in line.strip() and any(is_figure(piece) for piece in line.split("\t") if piece.strip(_SPACE))]
    lone = sum("\t" not in line.strip() and is_figure(line) for line in lines if line.strip(_SPACE))
    return len(tabbed) >= _FEW and len(tabbed) > lone and not any("|" in line for line in tabbed)


def _hidden(found: re.Match[str]) -> str:
    return f"\\{_BAR}" if found[0] == "\\|" else found[0]


def _rows_are_lines(lines: Iterable[str]) -> bool:
    """Whether the lines of a table are its rows: lines with several texts are more than lines with a lone figure."""
    several = lone = 0
    for line in lines:
        if "|" not in line:
            lone += is_figure(line)
            continue
        texts = [piece for piece in line.split("|") if piece.strip(_SPACE)]
        several += len(texts) > 1
        lone += len(texts) == 1 and is_figure(texts[0])
    return several > lone
