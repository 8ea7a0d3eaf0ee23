"""HTML pages as blocks of lines and grids: what of a page is the report, and what only stands around it."""

import re
from collections.abc import Hashable, Iterator, Sequence

from attrs import define, evolve, field, frozen

from govinfo.errors import ReadError
from govinfo.fold import label_key
from govinfo.form import Form
from govinfo.keys import TABLES
from govinfo.readers.barless import is_barless
from govinfo.readers.document import Part
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell, Line, Sketch
from govinfo.readers.known import marks
from govinfo.readers.labels import lexicon
from govinfo.readers.outline import Found, headings, is_details, is_organ, is_title, section_keys
from govinfo.readers.repair import mend
from govinfo.readers.rows import made_rows
from govinfo.readers.scan import page_of
from govinfo.readers.tags import STYLED, Cell, Page, Table, is_styled_table, walked
from govinfo.reading import Origin, Repair

_BEHIND = re.compile(
    r"(?:版权所有|版權所有|主办单位|主辦單位|承办单位|网站标识码|網站標識碼|政府网站标识码|.{0,12}ICP[备備]|.{0,4}公网安备|技术支持|上一篇|下一篇|"
    r"相关链接|相关阅读|相关稿件|分享到|扫一扫|【?(?:打印|关闭|返回顶部|字号|字体)|打印本页|关闭窗口|网站地图|联系我们|责任编辑|附件下载)"
)
MOST_TEXT = 1_000_000
"""The most characters that a page may show; the longest reports published have a twentieth of it."""

_MOST_PATTERNS = 512
_WHOLE: set[Hashable] = set()  # patterns of tables that are one grid each
_LONGEST_BEHIND = 80
_LONGEST_HEADING = 60
_SEVERAL = 3  # headings in a row that make a table of contents
_CLOSED = re.compile(r"</[Tt](?:[Rr]|[Aa][Bb]|[Bb][Oo])")
_OPENED = re.compile(r"<[Tt][Rr]\b")
_CLOSED_CELL = re.compile(r"</[Tt](?:[DdHhRr]|[Aa][Bb]|[Bb][Oo])")
_OPENED_CELL = re.compile(r"<[Tt][DdHh]\b")
_FIRST_TAG = re.compile(r"\s*<(?:!doctype\s+html|!--|\?xml|[a-z][a-z0-9:]*[\s/>])", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(?:html|body|table|tr|td)\b", re.IGNORECASE)
_DOWN = 65_535  # rows: a span of 0 reaches to the end of its group
_HEAD, _TAIL = 4096, 100_000  # characters


def is_html(text: str) -> bool:
    """Whether a document is an HTML page, or a piece of one."""
    start = text[:_HEAD]
    return "<" in start and bool(_FIRST_TAG.match(start) or _TABLE_TAG.search(start))


@frozen
class Document:
    """A page as parts, with what was mended; `outside` is what stands around the report, a line for each stretch."""

    parts: tuple[Part, ...]
    repairs: tuple[Repair, ...]
    outside: tuple[Line, ...]


def document_of(text: str, forms: tuple[Form, ...]) -> Document | str:
    """The report in a page; its plain text where the page holds a report that is laid out as text.

    Raises `ReadError` where the page goes beyond the limits.
    """
    taken = _taken(page_of(text), text, forms)
    if taken.tables < len(TABLES):  # some may be made of other elements
        made = walked(text, lambda parser: made_rows(parser, forms))
        if made.made and (again := _taken(made, text, forms)).tables:
            taken = again
    if not taken.tables and any(word in text for word in STYLED) and not _is_shown(taken, forms):
        revealed = _taken(walked(text, revealed=True), text, forms)
        taken = revealed if _is_shown(revealed, forms) else taken
    if not taken.tables:
        plain = "\n".join(taken.page.lines)
        if plain.count("|") > len(taken.page.lines) or is_barless(taken.page.lines, forms) or _has_tabs(taken.page, forms):
            return "\n".join(taken.page.tabbed.get(number, line) for number, line in enumerate(taken.original))
    parts, outside = _parts(taken.page, taken.blocks, forms)
    return Document(tuple(parts), taken.repairs, tuple(outside))


def _is_shown(taken: "_Taken", forms: tuple[Form, ...]) -> bool:
    """Whether a page shows anything of a report. Some pages hide all of it until their scripts have run."""
    return bool(taken.tables or headings([block for block in taken.blocks if isinstance(block, Line)], forms))


def _has_tabs(page: Page, forms: tuple[Form, ...]) -> bool:
    """Whether preformatted text has rows of the form whose cells tabs divide."""
    words = [lexicon(matrix) for form in forms for matrix in form.matrices]
    return any(each.knows(cell) is not None for line in page.tabbed.values() for cell in line.split("\t") for each in words)


@frozen
class _Taken:
    """A page, its lines as they were before they were mended, and its blocks."""

    page: Page
    original: list[str]
    repairs: tuple[Repair, ...]
    blocks: list[Block]

    @property
    def tables(self) -> int:
        """How many it has."""
        return sum(isinstance(block, Grid | Sketch) for block in self.blocks)


def _taken(page: Page, text: str, forms: tuple[Form, ...]) -> _Taken:
    original = page.lines
    if (length := sum(map(len, original))) > MOST_TEXT:
        raise ReadError(
            f"{length} characters of text, more than any report has",
            remedy=f"accepted are at most {MOST_TEXT} (`readers.html.MOST_TEXT` sets it)",
        )
    mended = mend("\n".join(original))
    if mended.edits:
        page.lines = mended.text.split("\n")
    cut, cut_in_cell = not page.whole and _is_cut(page, text), not page.whole and _is_cut_in_cell(page, text)
    blocks = list(_Blocks(page, original, forms, cut=cut, cut_in_cell=cut_in_cell).all())
    repairs = tuple(Repair(edit.kind, edit.original, edit.repaired, _place(original, edit.start, edit.original)) for edit in mended.edits)
    return _Taken(page, original, repairs, blocks)


def _is_cut(page: Page, text: str) -> bool:
    """Whether the source ends within a row of a table."""
    if page.made or is_styled_table(text):
        lower = text.lower()
        return any(lower.count(f"<{name}") > lower.count(f"</{name}") for name in ("div", "span", *(("li", "ul") if page.made else ())))
    at = max((found.start() for found in _OPENED.finditer(text, max(0, len(text) - _TAIL))), default=-1)
    return at >= 0 and _CLOSED.search(text, at) is None


def _is_cut_in_cell(page: Page, text: str) -> bool:
    """Whether the source ends within a cell."""
    at = max((found.start() for found in _OPENED_CELL.finditer(text, max(0, len(text) - _TAIL))), default=-1)
    return page.made or is_styled_table(text) or (at >= 0 and _CLOSED_CELL.search(text, at) is None)


def _place(lines: Sequence[str], offset: int, raw: str) -> Origin:
    for number, line in enumerate(lines, 1):
        if offset <= len(line):
            return Origin(raw, number, offset + 1)
        offset -= len(line) + 1
    return Origin(raw)


# --- tables ------------------------------------------------------------------------------------------------------------


@define(eq=False)
class _Blocks:
    """The page as lines and grids, in order: layout tables dissolved, tables divided at rows that are text."""

    page: Page
    original: list[str]
    forms: tuple[Form, ...]
    cut: bool = field(kw_only=True)
    cut_in_cell: bool = field(kw_only=True)

    def all(self) -> Iterator[Block]:
        blocks = self.between(0, len(self.page.lines), self.page.tables)
        if not self.cut:
            yield from blocks
            return
        found = list(blocks)
        if found and isinstance(last := found[-1], Grid) and last.rows:
            *rows, row = last.rows
            found[-1] = evolve(last, rows=(*rows, (*row[:-1], evolve(row[-1], closed=not self.cut_in_cell))), last=True)
        yield from found

    def line(self, number: int) -> Line:
        return Line(self.page.lines[number], Origin(self.original[number], number + 1))

    def between(self, first: int, last: int, tables: Sequence[Table]) -> Iterator[Block]:
        for table in tables:
            yield from map(self.line, range(first, table.place))
            first = table.place
            for block, after in self.table(table):
                yield block
                first = after
        yield from map(self.line, range(first, last))

    def table(self, table: Table) -> Iterator[tuple[Block, int]]:
        """The blocks of a table, each with the number of the line after it."""
        sketch = self.sketch(table)
        return self.divided(table) if sketch is None else iter((sketch,))

    def divided(self, table: Table) -> Iterator[tuple[Block, int]]:
        """A table as grids and lines: rows that are text stand between the grids."""
        rows: list[tuple[GridCell, ...]] = []
        at = table.place
        self.page.resolve(table)
        for number, row in enumerate(table.rows, 1):
            if not row:
                continue
            first, last = row[0].first, row[-1].last
            if at < first or self.is_text(row):
                if rows:
                    yield Grid(tuple(rows), ended=True), at
                    rows = []
                for line in range(at, first):  # a caption, or what stands between rows
                    yield self.line(line), line + 1
            at = max(at, first)
            if self.is_text(row):
                for cell in row:
                    for block in self.between(max(at, cell.first), cell.last, cell.tables or ()):
                        yield block, cell.last
                    at = max(at, cell.last)
            else:
                rows.append(tuple(self.cell(cell, table.number, number) for cell in row))
                at = max(at, last)
        if rows:
            yield Grid(tuple(rows), ended=True), at

    def sketch(self, table: Table) -> tuple[Sketch, int] | None:
        """A table that is one grid, and the number of the line after it; None where it is not, or holds more than cells."""
        if self.cut:
            return None
        lines, at = self.page.lines, table.place
        texts: list[str] = []
        spans: list[int] = []
        for row in table.rows:
            for cell in row:
                first, last = cell.first, cell.last
                if first != at or cell.tables or cell.pictured:
                    return None
                at = last
                texts.append(lines[first] if last - first == 1 else "\n".join(lines[first:last]))
                spans.append(cell.colspan << 20 | cell.rowspan)
            spans.append(-1)
        if not texts:
            return None
        alike = marks(self.forms)
        pattern = (tuple([alike[text] for text in texts]), tuple(spans), tuple(table.groups))
        if (self.forms, pattern) not in _WHOLE:
            if any(self.is_text(row) for row in table.rows if row):
                return None
            if len(_WHOLE) > _MOST_PATTERNS:
                _WHOLE.clear()
            _WHOLE.add((self.forms, pattern))
        return Sketch(texts, pattern, table.place, lambda: self.drawn(table)), at

    def drawn(self, table: Table) -> Grid:
        """A table that is one grid."""
        self.page.resolve(table)
        rows = [tuple(self.cell(cell, table.number, number) for cell in row) for number, row in enumerate(table.rows, 1) if row]
        return Grid(tuple(rows), ended=True)

    def is_text(self, row: list[Cell]) -> bool:
        """Whether a row holds no cells of a table: layout around tables, a heading, a title or a paragraph."""
        for cell in row:
            if cell.tables and any(len(inner.rows) > 1 or any(len(each) > 1 for each in inner.rows) for inner in cell.tables):
                return True
            if cell.last - cell.first > 1 and any(self.is_heading(number) for number in range(cell.first, cell.last)):
                return True
        filled = [cell for cell in row if cell.last > cell.first]
        if len(filled) != 1:
            return False
        (only,) = filled
        if self.is_heading(only.first):
            return True
        if len(row) > 1:
            return False
        text = "\n".join(self.page.lines[only.first : only.last])
        words = [lexicon(matrix) for form in self.forms for matrix in form.matrices]
        return not is_figure(text) and all(each.knows(text) is None for each in words)

    def is_heading(self, number: int) -> bool:
        text = self.page.lines[number]
        return len(text) <= _LONGEST_HEADING and label_key(text.rstrip("：: ")) in section_keys(self.forms)

    def cell(self, cell: Cell, table: int, row: int) -> GridCell:
        first, last = cell.first, cell.last
        if last - first == 1:
            text, raw = self.page.lines[first], self.original[first]
        else:
            text, raw = "\n".join(self.page.lines[first:last]), "\n".join(self.original[first:last])
        start, end = cell.start, cell.start + cell.colspan
        origin = Origin(raw, first + 1, None, None, None, table, row, start + 1)
        return GridCell(text, origin, True, start, end, cell.rowspan or _DOWN, cell.pictured)  # noqa: FBT003 -- closed


# --- the report within the page ------------------------------------------------------------------------------------------


def _parts(page: Page, blocks: list[Block], forms: tuple[Form, ...]) -> tuple[list[Part], list[Line]]:
    """The page divided at its section headings, and what stands around the report."""
    lines = [block for block in blocks if isinstance(block, Line)]
    places = {id(line): place for place, line in enumerate(blocks)}
    found = _without_contents([(each, places[id(lines[each.index])]) for each in headings(lines, forms)])
    starts = [places[id(lines[each.index])] for each in found]
    outside: list[Line] = []
    stop = _end(page, blocks, starts) if found else len(blocks)
    outside += _stretches(blocks[stop:])
    before, around = _front(page, blocks[: starts[0]] if found else blocks[:stop])
    outside += around
    parts = [Part(None, before)]
    for each, start, end in zip(found, starts, [*starts[1:], stop][: len(starts)], strict=True):
        inside: list[Block] = list(blocks[start + 1 : end])
        if each.rest:
            inside.insert(0, evolve(lines[each.index], text=each.rest))
        parts.append(Part(each.heading, inside))
    return parts, outside


def _without_contents(found: list[tuple[Found, int]]) -> list[Found]:
    """The headings without those of a table of contents: a run of them with nothing between, whose sections all come again."""
    runs: list[list[Found]] = []
    before = -1
    for each, place in found:
        if runs and not each.rest and place == before + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
        before = place
    for place, run in enumerate(runs):
        later = {each.heading.section for other in runs[place + 1 :] for each in other}
        if len(run) >= _SEVERAL and all(each.heading.section in later for each in run):
            return [each for other in (*runs[:place], *runs[place + 1 :]) for each in other]
    return [each for each, _ in found]


def _number(block: Block) -> int:
    """The line of the page, from 0, at which a block stands."""
    if isinstance(block, Line):
        return (block.origin.line or 1) - 1
    if isinstance(block, Sketch):
        return block.line
    return (block.rows[0][0].origin.line or 1) - 1


def _end(page: Page, blocks: list[Block], starts: list[int]) -> int:
    """The place after the report: behind the smallest element around all headings, or where the foot of a page begins."""
    first, last = _number(blocks[starts[0]]), _number(blocks[starts[-1]])
    around = [stop for start, stop in page.ranges if start <= first and stop > last] if len(starts) > 1 else []
    limit = min(around, default=len(page.lines))
    for place in range(starts[-1] + 1, len(blocks)):
        block = blocks[place]
        number = _number(block)
        if number >= limit or any(start <= number < stop for start, stop in page.outside):
            return place
        if isinstance(block, Line) and len(block.text) <= _LONGEST_BEHIND and _BEHIND.match(block.text):
            return place
    return len(blocks)


def _front(page: Page, blocks: list[Block]) -> tuple[list[Block], list[Line]]:
    """What stands before the first heading: from the title on, and what stands around the report before it."""
    lines = [block for block in blocks if isinstance(block, Line)]
    if any(is_details(line.text) for line in lines):
        return list(blocks), []
    titles = [place for place, block in enumerate(blocks) if isinstance(block, Line) and is_title(block.text)]
    if not titles:
        if is_title(page.title):
            return [Line(page.title, Origin(page.title)), *blocks], []
        return list(blocks), []
    place = titles[-1]
    start = place - 1 if place and isinstance(above := blocks[place - 1], Line) and is_organ(above.text) else place
    return list(blocks[start:]), list(_stretches(blocks[:start]))


def _stretches(blocks: Sequence[Block]) -> Iterator[Line]:
    """What stands around the report, a line for each run of it."""
    lines = [line for block in blocks for line in _as_lines(block)]
    if lines:
        yield Line("\n".join(line.text for line in lines if line.text), lines[0].origin)


def _as_lines(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
    else:
        rows = block.drawn().rows if isinstance(block, Sketch) else block.rows
        yield from (Line("\u3000".join(cell.text for cell in row if cell.text), row[0].origin) for row in rows)
