"""An HTML page taken apart into lines of text and tables, before anyone knows what they mean.

Lexbor builds the tree as browsers do, whatever is broken in the page; this walks it once, without recursion.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, reduce

from attrs import define, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from govinfo.errors import ReadError
from govinfo.readers.bombs import refuse_bombs
from govinfo.readers.lettering import Lettering, lettered

MOST_NESTED = 200
"""The most tables within one another that a page may have; layouts seen in print have ten."""

MOST_SPANNED = 2_000_000
"""The most cells that may reach down into later rows, added up over all rows."""

_WIDEST, _LONGEST = 1000, 65_534  # what browsers make of larger spans
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "title", "ul",
))  # fmt: skip
_SKIPPED = frozenset((
    "head", "applet", "audio", "button", "canvas", "datalist", "embed", "frameset", "iframe", "map", "math", "noembed",
    "noframes", "noscript", "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "video",
))  # fmt: skip
_PICTURED = frozenset((
    "img", "applet", "audio", "button", "canvas", "embed", "iframe", "math", "object", "select", "svg", "textarea", "video",
))  # fmt: skip
"""What shows something of its own that is not taken for text."""
OUTSIDE = frozenset(("nav", "footer", "aside"))
_NO_ELEMENT = ("", "-", "!", "_")  # comments, the doctype
SPACE = re.compile("[ \t\n\r\f]+")
# Words of a page in which some style or attribute may change what is shown. Plain search: ten times as fast as a pattern.
STYLED = (
    "hidden", "HIDDEN", "Hidden", "display", "DISPLAY", "Display",
    "visibility", "VISIBILITY", "vertical-align", "VERTICAL-ALIGN", "text-raise", "line-through", "LINE-THROUGH",
    "font-size:0", "font-size: 0", "opacity:0", "opacity: 0", "transparent",
)  # fmt: skip
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?:(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?|color\s*:\s*transparent)\s*(?:;|!|$))",
    re.IGNORECASE,
)
_RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*su(?P<below>b|per)", re.IGNORECASE)
# What Word and editors write: by how much. A whole line may be raised so; behind a figure it is a note to it.
_SHIFTED = re.compile(
    r"(?:^|;)\s*(?:vertical-align\s*:\s*text-(?:top|bottom)|(?:vertical-align|mso-text-raise)\s*:\s*-?[0-9.]*[1-9][0-9.]*(?:p[xt]|r?em|ex|%))",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
LETTERED = {
    "sup": Lettering.RAISED, "sub": Lettering.LOWERED, "del": Lettering.STRUCK, "s": Lettering.STRUCK, "strike": Lettering.STRUCK,
}  # fmt: skip
"""The elements whose letters are shown otherwise than plain."""
_REVEALED = frozenset(("body", "form", "main", "article", "section", "div"))
_PLAIN_TEXT = frozenset(("span", "font", "a", "b", "strong", "em", "i", "u", "small", "big", "label", "ins"))
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*(table-row-group|table-row|table-cell|table)\s*(?:;|!|$)", re.IGNORECASE)
_AS_TAG = {"table": "table", "table-row": "tr", "table-cell": "td", "table-row-group": "tbody"}
_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]+)")
_DIGIT = re.compile("[0-9０-９]")
_WRITTEN_IN = ("", "text", "number", "tel")  # the types of a box that show what is in it
TRIMMED = " \t\n\r\f\v\xa0\u3000\u200b\ufeff"


@define(eq=False)
class Cell:
    """A cell: the lines `first` to `last` of the page, and tables within it."""

    first: int
    last: int
    colspan: int
    rowspan: int
    tables: "list[Table] | None" = None
    start: int = 0
    pictured: bool = False  # something is shown in it that is no text

    @property
    def end(self) -> int:
        """The column after the last that it covers."""
        return self.start + self.colspan

    def inside(self) -> "list[Table]":
        """The tables within it, to add to."""
        if self.tables is None:
            self.tables = []
        return self.tables


@define(eq=False)
class Table:
    """A table: rows of the cells that stand in each, `number` in the order of the page, `place` the line before which it stands."""

    number: int
    place: int
    rows: list[list[Cell]] = field(factory=list[list[Cell]])
    groups: list[int] = field(factory=list[int])  # where a group of rows begins
    resolved: bool = False

    def resolve(self, spent: int) -> int:
        """Give every cell its column, as browsers do; the work done so far, `ReadError` when it is too much."""
        reaching: list[tuple[int, int, int]] = []  # start, end, the row before which it ends
        ends = [*self.groups, len(self.rows)]
        group = 0
        for number, row in enumerate(self.rows):
            while group < len(ends) - 1 and number >= ends[group]:
                group += 1
            if reaching:
                reaching = sorted(span for span in reaching if span[2] > number)
                spent += len(reaching)
                if spent > MOST_SPANNED:
                    raise ReadError(
                        "a table with more spanning cells than any report has",
                        remedy=f"accepted are at most {MOST_SPANNED} (`readers.tags.MOST_SPANNED` sets it)",
                    )
            column = at = 0
            below: list[tuple[int, int, int]] = []
            for cell in row:
                while at < len(reaching) and reaching[at][0] <= column:
                    column = max(column, reaching[at][1])
                    at += 1
                cell.start = column
                column += cell.colspan
                if cell.rowspan != 1:
                    stop = number + cell.rowspan if cell.rowspan else len(self.rows)
                    stop = min(stop, next((end for end in ends if end > number), len(self.rows)))
                    if stop > number + 1:
                        below.append((cell.start, column, stop))
            reaching += below
        return spent


@define(eq=False)
class Page:
    """The lines of a page, its outermost tables, and its title from the head.

    `ranges` are the lines from and to of each element that holds several; `outside` those of navigation and footers,
    `tabbed` the preformatted lines with tabs, as they are written.
    """

    lines: list[str] = field(factory=list[str])
    tables: list[Table] = field(factory=list[Table])
    ranges: list[tuple[int, int]] = field(factory=list[tuple[int, int]])
    outside: list[tuple[int, int]] = field(factory=list[tuple[int, int]])
    title: str = ""
    all_tables: list[Table] = field(factory=list[Table])
    tabbed: dict[int, str] = field(factory=dict[int, str])
    whole: bool = False  # the source is known to end where it should
    made: bool = False  # some of the tables are made of other elements
    spent: int = 0

    def resolve(self, table: Table) -> None:
        """Give every cell of a table its columns. `ReadError` where the tables of the page ask too much."""
        if not table.resolved:
            table.resolved = True
            self.spent = table.resolve(self.spent)


@define(eq=False)
class Made:
    """Elements that are rows and cells of tables without being named so: where each stands in the source tells which it is."""

    tags: dict[int, str] = field(factory=dict[int, str])
    first: set[int] = field(factory=set[int])
    last: set[int] = field(factory=set[int])

    def note(self, rows: Sequence[tuple[int, Sequence[int]]]) -> None:
        """One table more, of rows with their cells, each by its place."""
        for row, cells in rows:
            self.tags[row] = "tr"
            self.tags.update((cell, "td") for cell in cells)
        self.first.add(rows[0][0])
        self.last.add(rows[-1][0])


def walked(text: str, made_by: Callable[[LexborHTMLParser], Made] | None = None, *, revealed: bool = False) -> Page:
    """The page that browsers make of a source, whatever is broken in it. Raises `ReadError` where it goes beyond the limits.

    `made_by` tells which elements are rows and cells of tables although they are not named so. `revealed` shows what stands hidden
    around whole stretches of a page, for scripts to show.
    """
    refuse_bombs(text)
    parser = LexborHTMLParser(text)
    walk = _Walk(Page(), styled=any(word in text for word in STYLED), made=made_by(parser) if made_by else Made(), revealed=revealed)
    if parser.root is not None:
        walk.through(parser.root)
    if parser.head is not None and (title := parser.head.css_first("title")) is not None:
        walk.page.title = SPACE.sub(" ", title.text()).strip(TRIMMED)
    walk.page.made = bool(walk.made.tags)
    return walk.page


@define(eq=False)
class _Walk:
    page: Page
    styled: bool = field(kw_only=True)
    made: Made = field(kw_only=True)
    revealed: bool = field(kw_only=True)
    open_tables: list[Table] = field(factory=list[Table])
    open_cells: list[Cell] = field(factory=list[Cell])
    pieces: list[str] = field(factory=list[str])
    preformatted: int = 0
    letterings: list[Lettering] = field(factory=list[Lettering])

    def through(self, root: LexborNode) -> None:
        """Every node once, in the order of the page."""
        node: LexborNode | None = root
        above: list[tuple[LexborNode, str, int, int]] = []
        lines = self.page.lines
        while node is not None:
            tag, lettered_before = node.tag or "", len(self.letterings)
            if tag == "-text":
                self.pieces.append(reduce(lettered, self.letterings, node.text_content or ""))
            elif tag not in _SKIPPED and tag[:1] not in _NO_ELEMENT and (tag := self.opened(node, tag)):
                if (child := node.first_child) is not None:
                    above.append((node, tag, len(lines), lettered_before))
                    node = child
                    continue
                if tag in CLOSES:
                    self.close(tag, len(lines))
                del self.letterings[lettered_before:]
            if self.open_cells and node.tag in _PICTURED:
                self.open_cells[-1].pictured = True
            while (following := node.next) is None and above:
                node, tag, first, lettered_before = above.pop()
                del self.letterings[lettered_before:]
                if tag in CLOSES:
                    self.close(tag, first)
                if self.made.last and node.mem_id in self.made.last:
                    self.close("table", first)
            node = following
        self.flush()

    def opened(self, node: LexborNode, tag: str) -> str:
        """The beginning of an element: what it is shown as, "" for one that is not."""
        if self.styled and tag != "html":
            attributes = node.attributes
            shown = styled_tag(attributes, tag)
            tag = tag if not shown and self.revealed and tag in _REVEALED and not self.open_tables else shown
            if tag and (found := styled_lettering(attributes, tag)) and (found is not Lettering.SHIFTED or self.is_behind_digit(node)):
                self.letterings.append(found)
        if self.made.tags and tag and node.mem_id in self.made.tags:
            tag = self.made.tags[node.mem_id]
            if node.mem_id in self.made.first:
                self.open_table(node)
        if tag == "a" and self.is_behind_digit(node) and "href" in node.attributes:
            tag = "sup"  # a link behind a figure leads to its note
        if tag in LETTERED:
            self.letterings.append(LETTERED[tag])
        elif tag == "input":
            self.pieces += filter(None, (entered(node.attributes),))
        elif tag in _OPENS:
            _OPENS[tag](self, node)
        elif tag in _BLOCKS:
            self.flush()
            self.preformatted += tag == "pre"
        return tag

    def is_behind_digit(self, node: LexborNode) -> bool:
        """Whether an element begins with a digit and stands directly behind another."""
        return bool(self.pieces and _DIGIT.match(self.pieces[-1][-1:]) and _DIGIT.match(node.text()))

    def close(self, tag: str, first: int) -> None:
        """The end of an element that is no part of a line."""
        self.flush()
        last = len(self.page.lines)
        if tag == "table":
            self.open_tables.pop()
        elif tag in _CELLS:
            self.open_cells.pop().last = last
        elif tag == "pre":
            self.preformatted -= 1
        elif tag in OUTSIDE and last > first:
            self.page.outside.append((first, last))
        if last - first > 1:
            self.page.ranges.append((first, last))

    def flush(self) -> None:
        """The end of a line."""
        if not self.pieces:
            return
        text = "".join(self.pieces) if len(self.pieces) > 1 else self.pieces[0]
        self.pieces.clear()
        for line in text.splitlines() if self.preformatted else (text,):
            if bare := SPACE.sub(" ", line).strip(TRIMMED):
                if self.preformatted and "\t" in line:
                    self.page.tabbed[len(self.page.lines)] = line
                self.page.lines.append(bare)

    def open_table(self, _: LexborNode) -> None:
        self.flush()
        table = Table(len(self.page.all_tables) + 1, len(self.page.lines))
        self.page.all_tables.append(table)
        if len(self.open_tables) >= MOST_NESTED:
            raise ReadError(
                "tables within tables, more than any report has",
                remedy=f"accepted are at most {MOST_NESTED} (`readers.tags.MOST_NESTED` sets it)",
            )
        if not self.open_tables:
            self.page.tables.append(table)
        elif self.open_cells and len(self.open_cells) == len(self.open_tables):
            self.open_cells[-1].inside().append(table)
        self.open_tables.append(table)

    def open_group(self, _: LexborNode) -> None:
        self.flush()
        if self.open_tables:
            self.open_tables[-1].groups.append(len(self.open_tables[-1].rows))

    def open_row(self, _: LexborNode) -> None:
        self.flush()
        if not self.open_tables:  # rows made of other elements, without a table around them
            return
        self.open_tables[-1].rows.append([])

    def open_cell(self, node: LexborNode) -> None:
        self.flush()
        cell = Cell(len(self.page.lines), 0, *spans_of(node.attributes))
        self.open_cells.append(cell)
        if self.open_tables:
            if not self.open_tables[-1].rows:
                self.open_tables[-1].rows.append([])
            self.open_tables[-1].rows[-1].append(cell)


_CELLS = frozenset(("td", "th"))
_OPENS = {
    "table": _Walk.open_table, "tr": _Walk.open_row, "td": _Walk.open_cell, "th": _Walk.open_cell,
    "tbody": _Walk.open_group, "thead": _Walk.open_group, "tfoot": _Walk.open_group,
}  # fmt: skip
CLOSES = _BLOCKS | frozenset(_OPENS)


def is_styled_table(text: str) -> bool:
    """Whether elements are made into the cells of tables by their style."""
    return "table-cell" in text or "TABLE-CELL" in text


@lru_cache(maxsize=1024)
def span(said: str | None) -> int:
    """What browsers read as the number of a span: digits at its beginning, else 1."""
    found = _NUMBER.match(said or "")
    return int(found[1][:9]) if found else 1


def spans_of(attributes: Mapping[str, str | None]) -> tuple[int, int]:
    """How many columns and rows a cell covers; 0 rows: all that follow in its group."""
    return (
        max(1, min(span(attributes.get("colspan")), _WIDEST)) if "colspan" in attributes else 1,
        min(span(attributes.get("rowspan")), _LONGEST) if "rowspan" in attributes else 1,
    )


def entered(attributes: Mapping[str, str | None]) -> str:
    """The figure that stands in a box of a form; "" where the box shows none."""
    value = attributes.get("value") or ""
    return value if (attributes.get("type") or "").lower() in _WRITTEN_IN and _DIGIT.search(value) else ""


def styled_tag(attributes: Mapping[str, str | None], tag: str) -> str:
    """The element that a style makes of it, "" for one that is not shown."""
    if not attributes:
        return tag
    style = attributes.get("style") or ""
    if "hidden" in attributes or _HIDDEN.search(style):
        return ""
    if found := _DISPLAY.search(style):
        return _AS_TAG[found[1].lower()]
    return tag


def styled_lettering(attributes: Mapping[str, str | None], tag: str) -> Lettering | None:
    """How its style shows the letters of an element; `SHIFTED` where it says by how much they stand higher or lower."""
    style = attributes.get("style") or ""
    if _STRUCK.search(style):
        return Lettering.STRUCK
    if tag not in _PLAIN_TEXT:
        return None
    if found := _RAISED.search(style):
        return Lettering.LOWERED if found["below"].lower() == "b" else Lettering.RAISED
    return Lettering.SHIFTED if _SHIFTED.search(style) else None
