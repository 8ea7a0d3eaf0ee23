"""Tables whose cells no bar divides: a cell on each line, a row on each line, or what copying from a PDF leaves of them.

An empty cell leaves no trace there. So a row is only given out as a row if its label was recognised and nothing about it
is in doubt; whether its figures are as many as its columns is for `match` to say, and if they are not, no cell of it has a
value. What speaks against a row is collected here: figures before the first label (the figures may all stand above their
labels), a label without figures before it, a page break within it, figures on several lines where rows are lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from attrs import define, evolve, field, frozen

from govinfo.errors import ReadError
from govinfo.fold import fold, label_key
from govinfo.form import Form
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell
from govinfo.readers.labels import Head, Lexicon, breadth_first, lexicon
from govinfo.readers.pieces import LONGEST, Piece, is_bare_number, is_note, is_page_number, pieces_of
from govinfo.readers.text import Text

_FEW = 3  # labels from which on a stretch of lines is a table
MOST_LINES = 20_000
"""The most lines that a section of a text may have, if no bars divide its cells; the longest reports published have a thousandth of it."""

_MOST_PIECES = 12  # of one label: 三、本年度办理结果 is printed one character a line, and so may others be
_BEHIND = 3  # pieces of a label behind its figures
_LONGEST_LINE = 400  # of figures alone
_MOST_HEADS = 120  # pieces over a table
_ACCEPTED = "accepted are tables with something between their cells: bars, tabs, spaces or line breaks"

_NUMBER = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")


@frozen
class _Words:
    """What the words of all forms are, together."""

    lexicons: tuple[Lexicon, ...]
    rows: frozenset[str]
    spans: tuple[str, ...]  # folded
    span_keys: frozenset[str]
    heads: frozenset[str]
    labels: tuple[str, ...]  # folded, all of them

    @classmethod
    def of(cls, forms: tuple[Form, ...]) -> "_Words":
        lexicons = tuple(dict.fromkeys(lexicon(matrix) for form in forms for matrix in form.matrices))
        rows = frozenset(key for each in lexicons for key in each.rows_by_key)
        heads = frozenset(key for each in lexicons for key in each.head_keys)
        labels = {text for each in lexicons for row in each.rows for text in row.line.within}
        keys = frozenset(key for each in lexicons for key in each.spans)
        printed = {line.label for each in lexicons for band in each.matrix.bands for line in (*band.rows, *band.columns)}
        printed |= {text for each in lexicons for band in each.matrix.bands for line in (*band.rows, *band.columns) for text in line.within}
        every = {fold(text) for text in printed} | rows | heads | {text for each in lexicons for text in each.fixtures}
        return cls(lexicons, rows, tuple(map(fold, sorted(labels))), keys, heads, tuple(sorted(every)))

    def knows(self, text: str) -> bool:
        return any(each.knows(text) is not None for each in self.lexicons)

    def is_part(self, text: str) -> bool:
        """Whether a text is a label or a piece of one."""
        key = fold(text)
        return self.knows(text) or any(key in label for label in self.labels)

    def row(self, text: str) -> str | None:
        """The match key of a row label; 其他 and 总计 are heads unless a number says otherwise."""
        for each in self.lexicons:
            key = each.knows(text)
            if key in each.rows_by_key and (key not in self.heads or fold(text) != label_key(text)):
                return key
        return None

    def is_part_of_span(self, text: str) -> bool:
        """Whether a piece may be a part of a label beside several rows, which stands anywhere between them."""
        key = fold(text)
        return any(key in span for span in self.spans) and (label_key(text) in self.span_keys or not self.row(text))


@lru_cache(maxsize=16)
def _words(forms: tuple[Form, ...]) -> _Words:
    return _Words.of(forms)


def barless_blocks(text: Text, numbers: range, forms: tuple[Form, ...], *, last: bool) -> list[Block] | None:
    """The lines and the table of one section, None where it holds no table without bars. `last`: the text ends with it."""
    words = _words(forms)
    lines = {number: text.lines[number] for number in numbers}
    filled = [number for number, (_, line) in lines.items() if line.strip(" \t|\u3000\xa0")]
    if sum(line.count("|") for _, line in lines.values()) * 4 > len(filled):
        return None
    if len(filled) > MOST_LINES:
        problem = f"{len(filled)} lines in one section, more than any report has"
        accepted = f"accepted are sections of at most {MOST_LINES} lines, and longer ones with bars between the cells"
        raise ReadError(problem, remedy=f"{accepted} (`readers.barless.MOST_LINES` sets it)")
    found = {number: pieces for number in filled if (pieces := _pieces(lines[number], number, words))}
    labelled = [number for number, pieces in found.items() if any(not piece.figure and words.is_part(piece.text) for piece in pieces)]
    figures = [number for number, pieces in found.items() if any(piece.figure for piece in pieces)]
    if len(labelled) < _FEW or not figures:
        return None
    first = labelled[0]
    place = filled.index(first)
    while place and _only_figures(found.get(filled[place - 1], ())):
        place -= 1
    first = filled[place]
    final = max(labelled[-1], figures[-1] if _only_figures(found[figures[-1]]) or figures[-1] in labelled else labelled[-1])
    for number in (n for n in filled if n > final):  # the end of a label behind its figures
        if number not in found or not all(words.is_part_of_span(p.text) or _ends_a_label(p.text, words) for p in found[number]):
            break
        final = number
    table = _Table(text, words, found, [number for number in filled if first <= number <= final], ends=last and final == filled[-1])
    grid = table.grid()
    if grid is None:
        return None
    before_, after = ([text.line(n) for n in filled if n < first], [text.line(n) for n in filled if n > final])
    return [*before_, grid, *after]


def _pieces(line: tuple[int, str], number: int, words: _Words) -> list[Piece]:
    """The pieces of a line; none where it is a page number, or too long for a line of a table."""
    start, text = line
    if len(text.strip()) > _LONGEST_LINE or is_page_number(text):
        return []
    pieces = pieces_of(text, start, number, words.lexicons)
    return pieces if len(text.strip()) <= LONGEST or all(piece.label or piece.figure for piece in pieces) else []


def _only_figures(pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and all(piece.figure for piece in pieces)


def _ends_a_label(text: str, words: _Words) -> bool:
    key = fold(text)
    return len(key) > 1 and any(label.endswith(key) for label in words.rows)


@define(eq=False)
class _Run:
    """Figures that stand together, the pieces before them, and what was found out about them."""

    before: list[Piece]
    figures: list[Piece]
    label: list[Piece] = field(factory=list[Piece])
    doubtful: bool = False


@define(eq=False)
class _Table:
    """The lines of one section from the first to the last that belong to a table."""

    text: Text
    words: _Words
    found: dict[int, list[Piece]]
    numbers: list[int]
    ends: bool
    asides: list[int] = field(factory=list[int])
    parts: list[Piece] = field(factory=list[Piece])  # of labels beside several rows
    paged: list[int] = field(factory=list[int])  # lines that are page numbers
    rows_are_lines: bool = False

    def grid(self) -> Grid | None:
        pieces = self._pieces()
        runs = self._runs(pieces)
        self._label(runs)
        if not any(run.label or self._heads(run.before) for run in runs):
            return None
        rows = list(self._rows(runs))
        lines = tuple(line for number in range(self.numbers[0], self.numbers[-1] + 1) if (line := self.text.line(number)).text)
        asides = tuple(self.text.line(number) for number in sorted(set(self.asides)))
        if self.ends and not self.text.whole and rows and rows[-1]:
            rows[-1] = (*rows[-1][:-1], evolve(rows[-1][-1], closed=False))
        return Grid(tuple(rows), True, lines, asides, self.ends, traced=False)  # noqa: FBT003 -- ended

    # --- pieces --------------------------------------------------------------------------------------------------------

    def _pieces(self) -> list[Piece]:
        """The pieces of the table in order, without page numbers and lines of prose."""
        several = sum(len(line) > 1 and any(p.figure for p in line) for line in self.found.values())
        lone = sum(len(line) == 1 and line[0].figure for line in self.found.values())
        self.rows_are_lines = several >= max(1, lone)
        pieces: list[Piece] = []
        self.paged = [number for number in self.numbers if number not in self.found and is_page_number(self.text.lines[number][1])]
        for number in self.numbers:
            line = self.found.get(number)
            if line is None or (self.rows_are_lines and len(line) == 1 and line[0].figure and is_bare_number(line[0].text)):
                self.asides.append(number)
            elif pieces and pieces[-1].figure and is_note(note := " ".join(piece.text for piece in line), self.words.lexicons):
                pieces[-1] = evolve(pieces[-1], text=f"{pieces[-1].text}{note}", end=line[-1].end)
            else:
                pieces += line
        return pieces

    def _runs(self, pieces: Sequence[Piece]) -> list[_Run]:
        runs = [_Run([], [])]
        for piece in pieces:
            if piece.figure:
                runs[-1].figures.append(piece)
            elif runs[-1].figures:
                runs.append(_Run([piece], []))
            else:
                runs[-1].before.append(piece)
        return runs

    # --- labels --------------------------------------------------------------------------------------------------------

    def _label(self, runs: Sequence[_Run]) -> None:
        """Give each run of figures the label before it, or around it."""
        for run, following in pairwise([*runs, _Run([], [])]):
            if not run.figures:
                continue
            best: tuple[int, list[Piece], int] | None = None
            for behind in range(min(_BEHIND, len(following.before)) + 1):
                ends = following.before[:behind]
                for count in range(1, min(_MOST_PIECES, len(run.before)) + 1):
                    label = self._is_label([*run.before[-count:], *ends])
                    if label and (best is None or sum(len(p.text) for p in label) > best[0]):
                        best = sum(len(p.text) for p in label), label, behind
            if best is None:
                continue
            run.label = best[1]
            run.before = [piece for piece in run.before if piece not in run.label]
            following.before = [piece for piece in following.before if piece not in run.label]

    def _is_label(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces if they make up a row label, all of them or all that are no part of a label beside several rows."""
        own = [piece for piece in pieces if not self.words.is_part_of_span(piece.text)]
        for chosen in (list(pieces), own):
            text = "".join(piece.text for piece in chosen)
            # A number within is that of another label, which would be taken for a note to this one.
            if chosen and chosen[0] is pieces[0] and not _NUMBER.search(text, 1) and self.words.row(text):
                return chosen
        return []

    # --- rows ----------------------------------------------------------------------------------------------------------

    def _rows(self, runs: Sequence[_Run]) -> Iterator[tuple[GridCell, ...]]:
        adrift = False  # figures stood before the first label: perhaps each stands above its own
        for number, run in enumerate(runs):
            cells = list(self._before(run.before, first=not number))
            headed = any(kind == "heads" for kind, _ in cells)
            adrift = adrift and not headed
            missing = bool(cells) and cells[-1][0] == "missing"
            strange = cells.pop()[1] if cells and cells[-1][0] == "strange" and run.figures and not run.label else ()
            yield from (row for _, row in cells)
            if run.label:
                doubt = adrift or missing or self._doubtful(run)
                yield (self._cell(*run.label), *([self._doubt(run.figures)] if doubt else map(self._cell, run.figures)))
            elif run.figures:
                adrift = adrift or ((headed or not number) and not strange)
                yield (*strange, *map(self._cell, run.figures))
        spelled = Counter(fold("".join(piece.text for piece in self.parts)))
        if spelled not in ({}, *(Counter("".join(each)) for each in self._spans())):
            self.asides += sorted({piece.line for piece in self.parts})

    def _spans(self) -> Iterator[list[str]]:
        for each in self.words.lexicons:
            yield list(dict.fromkeys(fold(text) for row in each.rows for text in row.line.within))

    def _doubtful(self, run: _Run) -> bool:
        """Whether the figures may be those of several rows, or a page number among them."""
        if self.rows_are_lines:
            return len({piece.line for piece in run.figures}) > 1
        first, last = run.figures[0], run.figures[-1]
        within = self._unnumbered_breaks(first.start, last.end, first.line, last.line)
        lines = self.text.lines
        before = lines[first.line - 1][0] if first.line else 0
        after = lines[last.line + 2][0] if last.line + 2 < len(lines) else len(self.text.mended.text)
        around = self._unnumbered_breaks(before, after, first.line - 2, last.line + 2)
        return within or (around and (is_bare_number(first.text) or is_bare_number(last.text)))

    def _unnumbered_breaks(self, start: int, end: int, first: int, last: int) -> bool:
        """Whether a page ends between two places of the text, without a number that can only be that of the page."""
        breaks = self.text.mended.text.count("\x0c", start, end)
        return breaks > bisect_right(self.paged, last) - bisect_left(self.paged, first)

    def _before(self, pieces: list[Piece], *, first: bool) -> Iterator[tuple[str, tuple[GridCell, ...]]]:
        """What stands before a row: heads, labels of rows without figures, parts of labels beside rows, and other text."""
        if heads := self._heads(pieces):
            yield "heads", heads
            return
        heads_: list[GridCell] = []
        joined = list(self._joined(pieces))
        headed = first or any(kind == "heads" for kind, _ in joined)
        for place, (kind, group) in enumerate(joined):
            cell = self._cell(*group)
            if kind == "heads" or (kind == "other" and heads_):
                heads_.append(cell)
                continue
            if kind == "row":
                if heads_:
                    yield "heads", tuple(heads_)
                    heads_ = []
                yield "missing", (cell, GridCell("", cell.origin, closed=False))
            elif kind == "part":
                self.parts += group
            elif headed or place == len(joined) - 1:
                yield "strange", (cell,)
            else:
                self.asides += sorted({piece.line for piece in group})
        if heads_:
            yield "heads", tuple(heads_)

    def _joined(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, Sequence[Piece]]]:
        """The pieces, those together that make up a label, each time with what it is."""
        number = 0
        while number < len(pieces):
            most = min(_MOST_PIECES, len(pieces) - number)
            count = next((n for n in range(most, 1, -1) if self.words.knows("".join(p.text for p in pieces[number : number + n]))), 1)
            group = pieces[number : number + count]
            number += count
            text = "".join(piece.text for piece in group)
            if self.words.is_part_of_span(text):
                yield "part", group
            elif self.words.knows(text):
                yield ("row" if self.words.row(text) else "heads"), group
            else:
                yield "other", group

    def _heads(self, pieces: Sequence[Piece]) -> tuple[GridCell, ...]:
        """The heads of a table with heads over heads, where all their characters are there, in whatever order lines give them."""
        if len(pieces) > _MOST_HEADS or not pieces:
            return ()
        printed = fold("".join(piece.text for piece in pieces))
        counts = Counter(printed)
        for each in self.words.lexicons:
            for band, heads in zip(each.matrix.bands, each.heads, strict=True):
                if not any(head.children for head in heads):
                    continue
                labels = [head.label for head in breadth_first(heads)]
                wanted = Counter(fold("".join(labels)))
                if counts in (wanted, wanted + Counter(fold(band.corner))) and all(_in_order(group, printed) for group in _siblings(heads)):
                    origin = self._cell(*pieces).origin
                    return tuple(GridCell(label, origin) for label in labels)
        return ()

    def _cell(self, *pieces: Piece) -> GridCell:
        text = "\n".join(self.text.plain(piece.text) for piece in pieces)
        behind = [piece for before, piece in pairwise(pieces) if piece.line > before.line + 2]
        last = pieces[-1] if not behind else pieces[0]
        return GridCell(text, self.text.origin(pieces[0].start, last.end))

    def _doubt(self, figures: Sequence[Piece]) -> GridCell:
        """Figures that are not to be read: one cell of unknown end."""
        text = " ".join(piece.text for piece in figures)
        return GridCell(text, self.text.origin(figures[0].start, figures[-1].end), closed=False)


def _siblings(heads: Sequence[Head]) -> Iterator[list[Head]]:
    """The heads with no heads below them, by the head that they stand below."""
    yield [head for head in heads if head.leaf is not None]
    for head in heads:
        yield from _siblings(head.children)


def _in_order(heads: Sequence[Head], printed: str) -> bool:
    """Whether heads side by side begin in that order, as far as text of many columns can show it."""
    at = 0
    for head in heads:
        found = printed.find(fold(head.label)[:1], at)
        if found < 0:
            return False
        at = found + 1
    return True


# --- what is beyond recovery -------------------------------------------------------------------------------------------


def is_barless(lines: Sequence[str], forms: tuple[Form, ...]) -> bool:
    """Whether lines hold a table without bars, which is to be read as text, or refused as such."""
    words = _words(forms)
    short = [line.strip() for line in lines if line.strip() and len(line) <= LONGEST]
    rows = [text for text in short if words.row(text) or words.row(text.rstrip("0123456789")) or any(map(words.row, text.split()))]
    return len(rows) >= _FEW


def refuse_barless(lines: Sequence[str], forms: tuple[Form, ...]) -> None:
    """Raise `ReadError` where the figures of a table are glued together, or where repeated lines were taken out of it."""
    words = _words(forms)
    short = [(number, line.strip()) for number, line in enumerate(lines, 1) if "|" not in line and line.strip() and len(line) <= LONGEST]
    if sum(line.count("|") for line in lines) > len(short):
        return
    glued = next((number for number, text in short if _is_glued(text, words)), None)
    if glued is not None:
        lost = f"the figures of line {glued} and its like are glued together: nobody can tell them apart"
        raise ReadError(lost, remedy=_ACCEPTED)
    cells = [(number, text) for number, text in short if words.knows(text) or is_figure(text)]
    bands = {
        fold(text)
        for _, text in cells
        if any(fold(text) == fold(band.label) for each in words.lexicons for band in each.matrix.bands if band.label)
    }
    texts = [text for _, text in cells]
    lone = sum(is_figure(text) and len(text.split()) == 1 for text in texts)
    several = any(sum(map(is_figure, text.split())) > 1 for _, text in short)
    if lone >= _FEW and not several and len(bands) > 1 and len(texts) > 2 * _FEW and len(set(texts)) == len(texts):
        lost = f"no line of the table at line {cells[0][0]} occurs twice: repeated figures and labels were removed and are lost"
        raise ReadError(lost, remedy=_ACCEPTED)


def _is_glued(text: str, words: _Words) -> bool:
    label = text.rstrip("0123456789")
    figures = text[len(label) :]
    return len(figures) > 1 and label == label.rstrip() and words.row(label) is not None
