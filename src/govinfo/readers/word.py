"""Word documents (`.docx`, `.docm`): paragraphs and tables as they are shown, tracked changes accepted.

Read from the XML itself (ECMA-376 part 1, chapter 17): what is inserted counts, what is deleted or hidden does not; of
alternatives the first; of fields their result; what stands in text boxes comes after the paragraph that holds them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from xml.etree.ElementTree import Element

from attrs import define, field

from govinfo.form import Form
from govinfo.readers.blocks import parts_of
from govinfo.readers.document import reading_of
from govinfo.readers.grid import Block, Grid, GridCell, Line
from govinfo.readers.lettering import LETTERINGS, Lettering, lettered
from govinfo.readers.package import Package
from govinfo.reading import Origin, Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "rt"))
_PICTURED = frozenset(("drawing", "pict", "object", "fldChar", "fldSimple", "numPr", "pgNum"))
_OFF = frozenset(("0", "false", "off"))
_WIDEST = 1000  # columns
_DEEPEST = 12  # styles that are based on one another; Word allows eleven
_TRIMMED = " \t\xa0\u3000"


def read_word(package: Package, main: str, forms: tuple[Form, ...]) -> Reading:
    """Read a Word document whose text is the part `main`. Raises `ReadError`."""
    root = package.xml(main)
    return reading_of(parts_of(blocks_of(root, _styles(package, main)), forms), [], forms, list(_notes(package, main)))


def _styles(package: Package, main: str) -> dict[str, tuple[Element, ...]]:
    """Id of a style -> the run properties that it gives, its own before those of the styles that it is based on."""
    part = f"{main.rpartition('/')[0]}/styles.xml".lstrip("/")
    found: dict[str, tuple[Element | None, str]] = {}
    for style in package.xml(part).iter() if part in package.names else ():
        if _name(style) == "style":
            name = style.get(f"{_W}styleId", style.get(f"{_STRICT}styleId", ""))
            found[name] = _child(style, "rPr"), _value(_child(style, "basedOn"))
    return {name: tuple(_looks(name, found)) for name in found}


def _looks(name: str, styles: Mapping[str, tuple[Element | None, str]]) -> Iterator[Element]:
    for _ in range(_DEEPEST):  # styles may be based on one another in a circle
        if name not in styles:
            return
        look, name = styles[name]
        if look is not None:
            yield look


def _notes(package: Package, main: str) -> Iterator[Line]:
    """The footnotes and endnotes: no part of any section, but said in the document."""
    for name in ("footnote", "endnote"):
        part = f"{main.rpartition('/')[0]}/{name}s.xml".lstrip("/")
        for note in package.xml(part) if part in package.names else ():
            if _name(note) == name and note.get(f"{_W}type", note.get(f"{_STRICT}type", "normal")) == "normal":
                walk = _Walk()
                yield from (block for block in walk.blocks(walk.inside(note)) if isinstance(block, Line))


def blocks_of(root: Element, styles: Mapping[str, tuple[Element, ...]] | None = None) -> list[Block]:
    """The lines and tables of the document part, in order. `styles` are the run properties of styles by id."""
    walk = _Walk(styles or {})
    body = next((child for child in root if _name(child) == "body"), root)
    return list(walk.blocks(walk.inside(body)))


def _name(element: Element) -> str:
    """The name of an element of WordprocessingML; others keep their namespace."""
    tag = element.tag
    return tag.removeprefix(_W).removeprefix(_STRICT)


def _child(element: Element | None, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None) if element is not None else None


def _value(element: Element | None, default: str = "") -> str:
    if element is None:
        return default
    return element.get(f"{_W}val", element.get(f"{_STRICT}val", default))


def _number(element: Element | None, default: int) -> int:
    text = _value(element)
    return min(int(text), _WIDEST) if text.isascii() and text.isdigit() and len(text) < 10 else _WIDEST if len(text) >= 10 else default  # noqa: PLR2004 -- digits


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element, "1") not in _OFF


def _is_said(looks: Sequence[Element], name: str) -> bool:
    """Whether the first of some properties that says anything of it says yes."""
    return _is_on(next((found for each in looks if (found := _child(each, name)) is not None), None))


def _is_uneven(paragraph: Element) -> bool:
    """Whether runs of a paragraph are raised or lowered (17.3.2.24, in half points) each in its own way: all alike say nothing."""
    if all(next(paragraph.iter(f"{space}position"), None) is None for space in (_W, _STRICT)):
        return False
    runs = (each for each in paragraph.iter() if _name(each) == "r" and any(_name(part) == "t" and part.text for part in each))
    return len({_value(_child(_child(run, "rPr"), "position"), "0") for run in runs}) > 1


def _is_pictured(cell: Element) -> bool:
    """Whether a cell shows something that no run holds as text: a picture, a choice or a drawing of a field, a number made by Word."""
    return any(_name(each) in _PICTURED and (_name(each) != "numPr" or _value(_child(each, "numId"), "0") != "0") for each in cell.iter())


def _symbol(element: Element) -> str:
    """A character of a symbol font, which may be a minus sign: what it looks like only the font says, that it is there is certain."""
    code = element.get(f"{_W}char", element.get(f"{_STRICT}char", ""))
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", code) and not 0xD7FF < int(code, 16) < 0xE000 else "\ufffd"  # noqa: PLR2004 -- surrogates


def _formula(element: Element) -> str:
    """The text of a formula; of one that is more than a line of text the pieces, divided: 1 over 2 is not 12."""
    plain = all(each.tag == f"{_MATH}r" for each in element)
    return ("" if plain else " ").join(each.text or "" for each in element.iter(f"{_MATH}t"))


def _shown(element: Element) -> Iterator[Element]:
    """The children that count: of alternatives the first that there is."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            chosen = next((each for each in child if each.tag in {f"{_MC}Choice", f"{_MC}Fallback"}), None)
            if chosen is not None:
                yield from _shown(chosen)
        else:
            yield child


@define(eq=False)
class _Table:
    """Rows of cells."""

    rows: list[list["_Cell"]] = field(factory=list[list["_Cell"]])


@define(eq=False)
class _Cell:
    """A cell: column from, column to, what is in it, how many rows it covers, and whether it shows something that is no text."""

    start: int
    end: int
    inside: "list[_Content]"
    down: int = 1
    pictured: bool = False


_Content = str | _Table
"""A paragraph's text, or a table."""


@define(eq=False)
class _Walk:
    """The parts of a document one after the other; `lines` and `tables` count them for the origins."""

    styles: Mapping[str, tuple[Element, ...]] = field(factory=dict[str, tuple[Element, ...]])  # id -> properties of characters
    lines: int = 0
    tables: int = 0
    paragraph: tuple[Element, ...] = ()  # the properties that the style of the paragraph gives its characters
    uneven: bool = False  # of the paragraph that is read: some of its letters stand higher than others
    fields: list[bool] = field(factory=list[bool])  # of the fields that are open: whether their result has begun

    # --- what is in a document -------------------------------------------------------------------------------------------

    def inside(self, element: Element) -> list[_Content]:
        """The paragraphs and tables in an element, text boxes after the paragraphs that hold them."""
        found: list[_Content] = []
        joined = ""
        for child in self._blocks(element):
            if _name(child) == "tbl":
                table = self._table(child)
                alone = len(table.rows) == 1 and len(table.rows[0]) == 1
                found += table.rows[0][0].inside if alone else [table]  # one cell is a frame around what is in it
                continue
            boxes: list[_Content] = []
            self.fields = [begun for begun in self.fields if begun]  # what has no result by the end of its paragraph never has
            self.paragraph = self.styles.get(_value(_child(_child(child, "pPr"), "pStyle")), ())
            self.uneven = _is_uneven(child)
            joined += "".join(self._texts(child, boxes))
            if _child(_child(_child(child, "pPr"), "rPr"), "del") is not None:
                continue  # the mark at the end of the paragraph is deleted: the next one goes on
            found.append(joined)
            found += boxes
            joined = ""
        return [*found, joined] if joined else found

    def _blocks(self, element: Element) -> Iterator[Element]:
        for child in _shown(element):
            name = _name(child)
            if name in {"p", "tbl"}:
                yield child
            elif name not in _GONE:
                yield from self._blocks(child)

    def _texts(self, element: Element, boxes: list[_Content]) -> Iterator[str]:  # noqa: C901, PLR0912 -- a list of the elements that hold text
        for child in _shown(element):
            name = _name(child)
            if name == "t":
                if all(self.fields):
                    yield child.text or ""
            elif name in {"tab", "ptab"}:
                yield "\t"
            elif name in {"br", "cr"}:
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "fldChar":
                self._field(child)
            elif name == "txbxContent":
                paragraph, uneven = self.paragraph, self.uneven
                boxes += self.inside(child)
                self.paragraph, self.uneven = paragraph, uneven
            elif name == "sym":
                yield _symbol(child)
            elif name == f"{_MATH}oMath":
                yield _formula(child)
            elif name == "r":
                looks = self._looks(_child(child, "rPr"))
                if not _is_said(looks, "vanish"):
                    letterings = tuple(self._letterings(looks))
                    for text in self._texts(child, boxes):
                        yield reduce(lettered, letterings, text)
            elif name not in _GONE:
                yield from self._texts(child, boxes)

    def _looks(self, own: Element | None) -> tuple[Element, ...]:
        """The properties of a run: its own before those of its style, and of the style of its paragraph."""
        if own is None:
            return self.paragraph
        return own, *self.styles.get(_value(_child(own, "rStyle")), ()), *self.paragraph

    def _letterings(self, looks: Sequence[Element]) -> Iterator[Lettering]:
        """How the letters of a run are shown."""
        if _is_said(looks, "strike") or _is_said(looks, "dstrike"):
            yield Lettering.STRUCK
        for each in looks:
            if (kind := LETTERINGS.get(_value(_child(each, "vertAlign")))) is not None:
                yield kind
            if self.uneven and (height := _value(_child(each, "position"), "0")) not in _OFF:
                yield Lettering.LOWERED if height.startswith("-") else Lettering.RAISED

    def _field(self, element: Element) -> None:
        kind = element.get(f"{_W}fldCharType", element.get(f"{_STRICT}fldCharType"))
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    # --- tables ----------------------------------------------------------------------------------------------------------

    def _table(self, element: Element) -> _Table:
        table = _Table()
        above: dict[tuple[int, int], _Cell] = {}  # the cells of the row above
        for row in self._named(element, "tr"):
            properties = _child(row, "trPr")
            if _child(properties, "del") is not None or _is_on(_child(properties, "hidden")):
                continue
            column = _number(_child(properties, "gridBefore"), 0)
            cells: list[_Cell] = []
            reached: dict[tuple[int, int], _Cell] = {}
            for cell in self._named(row, "tc"):
                look = _child(cell, "tcPr")
                if _child(look, "cellDel") is not None:
                    continue
                start, column = column, column + max(1, _number(_child(look, "gridSpan"), 1))
                merged = _child(look, "vMerge")
                if merged is not None and _value(merged, "continue") == "continue" and (start, column) in above:
                    reached[start, column] = upper = above[start, column]
                    upper.down += 1
                    continue
                beside = _child(look, "hMerge")
                if beside is not None and _value(beside, "continue") == "continue" and cells:
                    reached[start, column] = cells[-1]
                    cells[-1].end = column
                    continue
                reached[start, column] = made = _Cell(start, column, self.inside(cell), pictured=_is_pictured(cell))
                cells.append(made)
            table.rows.append(cells)
            above = reached
        return table

    def _named(self, element: Element, name: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, also within content controls."""
        for child in _shown(element):
            if _name(child) == name:
                yield child
            elif _name(child) in {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}:
                yield from self._named(child, name)

    # --- blocks ----------------------------------------------------------------------------------------------------------

    def blocks(self, contents: list[_Content]) -> Iterator[Block]:
        """What was found, with its origins. A table that holds tables only lays them out."""
        for content in contents:
            if isinstance(content, str):
                yield from self._lines(content)
            elif any(isinstance(each, _Table) for row in content.rows for cell in row for each in cell.inside):
                for row in content.rows:
                    for cell in row:
                        yield from self.blocks(cell.inside)
            else:
                yield self._grid(content)

    def _lines(self, text: str) -> Iterator[Line]:
        self.lines += 1
        position = 1
        for piece in text.split("\n"):
            if bare := piece.strip(_TRIMMED):
                yield Line(bare, Origin(piece, self.lines, position))
            position += len(piece) + 1

    def _grid(self, table: _Table) -> Grid:
        self.tables += 1
        rows: list[tuple[GridCell, ...]] = []
        for number, row in enumerate(table.rows, 1):
            self.lines += 1
            cells: list[GridCell] = []
            for cell in row:
                raw = "\n".join(each for each in cell.inside if isinstance(each, str))
                text = "\n".join(filter(None, (line.strip(_TRIMMED) for line in raw.split("\n"))))
                origin = Origin(raw, self.lines, table=self.tables, row=number, column=cell.start + 1)
                cells.append(GridCell(text, origin, True, cell.start, cell.end, cell.down, cell.pictured))  # noqa: FBT003 -- closed
            rows.append(tuple(cells))
        return Grid(tuple(row for row in rows if row), ended=True)
