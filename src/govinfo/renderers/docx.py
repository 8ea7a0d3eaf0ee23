"""A report as a Word document, set as offices set the form in Word. Needs the extra `office`."""

import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import escape

from govinfo.errors import MissingExtraError
from govinfo.form import Form
from govinfo.renderers.layout import Box, Part
from govinfo.renderers.outline import Details, Heading, Paragraph, Piece, Title
from govinfo.renderers.package import settled
from govinfo.renderers.page import Grid, em, lines_needed, printed, title_of
from govinfo.report import Report, Table

if TYPE_CHECKING:
    from docx.document import Document

# Twentieths of a point, as Word counts: A4, and margins that leave the width that the table of the form has.
_PAPER, _TOP, _SIDE = (11906, 16838), 1440, 1083
_WIDTH = _PAPER[0] - 2 * _SIDE
_SIZE = 10.0  # points, in tables
_SMALLEST = 8  # half-points
_SPARE = 1.5  # characters: lines that break before a stop or a number are shorter
_EMU = 12_700  # in a point
_SONG, _KAI = "宋体", "楷体"
_BAND = "C6D9F1"
_STYLES = {
    "Title": (18, True, "center", 0),
    "Subtitle": (10.5, False, "center", 0),
    "Heading 1": (12, True, "left", 0),
    "Normal": (12, False, "both", 200),
}
"""Style -> size in points, bold, alignment, indent of the first line in hundredths of a character."""


def render_docx(source: Report | Form) -> bytes:
    """The report, or the empty form, as a `.docx` file; the same report gives the same bytes.

    Raises `MissingExtraError`, and `RenderError` for characters that XML cannot hold.
    """
    try:
        import docx  # noqa: PLC0415 -- an extra, imported where it is used
    except ImportError as error:
        raise MissingExtraError("office", "writing docx") from error
    found = printed(source, "docx")
    document = docx.Document()
    _set_page(document)
    for name in _STYLES:
        _set_style(document, name)
    for piece, after in zip_longest(found, found[1:]):
        _add(document, piece)
        if isinstance(piece, Heading) and not isinstance(after, Paragraph | Table):
            document.add_paragraph()  # where the prose is to be written
    written = io.BytesIO()
    document.save(written)
    return settled(written.getvalue(), title_of(found))


def _add(document: "Document", piece: Piece) -> None:
    match piece:
        case Title(text):
            format_ = document.add_paragraph(text, "Title").paragraph_format
            format_.left_indent = format_.right_indent = _title_indent(text)
        case Details(text):
            document.add_paragraph(text, "Subtitle")
        case Heading(text):
            document.add_paragraph(text, "Heading 1")
        case Paragraph(text):
            document.add_paragraph(text.strip(), "Normal")
        case Table():
            from docx.oxml import parse_xml  # noqa: PLC0415 -- as above

            grid = Grid.of(piece)
            if grid.layout.rows:
                end = cast("Any", document.element).body.sectPr
                end.addprevious(parse_xml("".join(_table(grid))))
                # Two tables without a paragraph between them would be one, and a document may not end in a table.
                end.addprevious(parse_xml(f"<w:p {_NAMESPACE}>{_SPACE}</w:p>"))


def _title_indent(text: str) -> int:
    """What a title of several lines keeps free at each side, so that no single character is left to the last one (EMU)."""
    size, width = _STYLES["Title"][0], _WIDTH / 20
    lines = lines_needed(text, width / size - _SPARE)
    free = width - (em(text) / lines + _SPARE) * size if lines > 1 else 0
    return round(max(0.0, free / 2) * _EMU)


def _set_page(document: "Document") -> None:
    from docx.shared import Twips  # noqa: PLC0415 -- as above

    section = document.sections[0]
    section.page_width, section.page_height = map(Twips, _PAPER)
    section.top_margin = section.bottom_margin = Twips(_TOP)
    section.left_margin = section.right_margin = Twips(_SIDE)


def _set_style(document: "Document", name: str) -> None:
    """Give a style of Word's the look of the form; what it inherits (colours, rules, spacing) is taken away."""
    from docx.oxml import parse_xml  # noqa: PLC0415 -- as above

    size, bold, alignment, indent = _STYLES[name]
    element = cast("Any", document.styles[name].element)  # an lxml element: its children have no types
    for child in (element.pPr, element.rPr):
        if child is not None:
            element.remove(child)
    keep = "<w:keepNext/>" if name == "Heading 1" else ""
    level = '<w:outlineLvl w:val="0"/>' if name == "Heading 1" else ""
    before, after = {"Title": (0, 120), "Subtitle": (0, 120), "Heading 1": (240, 80)}.get(name, (0, 0))
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    properties = (
        f'<w:pPr {_NAMESPACE}>{keep}<w:spacing w:before="{before}" w:after="{after}" w:line="360" w:lineRule="auto"/>'
        f'<w:ind w:firstLineChars="{indent}" w:firstLine="{int(indent * size / 5)}"/><w:jc w:val="{alignment}"/>{level}</w:pPr>'
    )
    runs = (
        f'<w:rPr {_NAMESPACE}>{_fonts(_SONG)}{weight}<w:i w:val="0"/><w:iCs w:val="0"/><w:color w:val="auto"/><w:spacing w:val="0"/>'
        f'<w:kern w:val="0"/>{_size(int(2 * size))}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )
    for made in (properties, runs):
        element.append(parse_xml(made))


_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SPACE = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
_EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="8" w:space="0" w:color="auto"/>' for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _fonts(family: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{family}" w:hAnsi="{family}" w:eastAsia="{family}" w:cs="{family}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _table(grid: Grid) -> Iterator[str]:
    """The table as XML: a row a line of the grid, a box that spans rows continued by empty cells."""
    widths = [round(width) for width in grid.widths(_WIDTH, 20 * _SIZE)]
    yield f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
    yield f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    yield '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    covering = {
        (row, box.column): (box, text) for line in grid.lines for box, text in line for row in range(box.row, box.row + box.rowspan)
    }
    for row in range(grid.layout.rows):
        header = "<w:tblHeader/>" if row < grid.heads else ""
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="340" w:hRule="atLeast"/>{header}<w:jc w:val="center"/></w:trPr>'
        for column in range(grid.layout.columns):
            if (row, column) in covering:
                box, text = covering[row, column]
                yield _cell(grid, box, text if row == box.row else "", row, widths)
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(grid: Grid, box: Box, text: str, row: int, widths: Sequence[int]) -> str:
    spans = f'<w:gridSpan w:val="{box.colspan}"/>' if box.colspan > 1 else ""
    if box.rowspan > 1:
        spans += '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAND}"/>' if box.part is Part.BAND else ""
    half_points = max(_SMALLEST, int(grid.fitted(box, text, widths, 20 * _SIZE) / 10))
    look = f"<w:rPr>{_fonts(_KAI if box.part is Part.CORNER else _SONG)}{_size(half_points)}</w:rPr>"
    alignment = "center" if grid.centred(box) else "left"
    # Each row keeps to the next: a table that fits onto one page stands on one.
    keep = "<w:keepNext/>" if row < grid.layout.rows - 1 else ""
    paragraph = (
        f'<w:pPr>{keep}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{alignment}"/>{look}</w:pPr>'
    )
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    width = sum(widths[box.column : box.column + box.colspan])
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{shade}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{paragraph}{run}</w:p></w:tc>"
