"""PDF: printed pages, put together again into paragraphs and tables. Needs the extra `pdf`.

A page says where each character stands and which lines are drawn, nothing else. Cells are what ruled lines enclose; tables,
rows and cells that a page break divides are joined; what remains are lines, joined into paragraphs where they run to the
right margin. Nothing is taken from a table whose cells no lines divide.
"""

import io
import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from govinfo.errors import MissingExtraError, ReadError
from govinfo.form import Form
from govinfo.readers.blocks import parts_of
from govinfo.readers.breaks import blocks_of
from govinfo.readers.document import reading_of
from govinfo.readers.grid import Line
from govinfo.readers.pages import Page, PageChar, PageTable
from govinfo.readers.streams import limited
from govinfo.reading import Origin, Reading
from govinfo.report import folded

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage

__all__ = ["MOST_EDGES", "MOST_OBJECTS", "MOST_PAGES", "MOST_SECONDS", "read_pdf"]

MOST_PAGES = 300
"""The most pages that a document may have; the longest reports published have about fifty."""

MOST_SECONDS = 120.0
"""The longest time that taking the pages of one document apart may take."""

MOST_OBJECTS = 50_000
"""The most characters, lines and nested drawings that one page may have; a page set in type has two thousand."""

MOST_EDGES = 4_000
"""The most edges of ruled lines that one page may have; a table of thirty rows, each cell ruled by itself, has two thousand."""

_FEW = 20  # characters in a whole document: less is a stamp or page numbers over scanned pages
_RIGHT, _LEFT, _UP, _DOWN = "right", "left", "up", "down"  # where the lines of a page may run
_THIN = 1.5  # points, of a ruled line
_Box = tuple[float, float, float, float]
_LEVEL = 0.05  # so much may a line rise for its length; scanners and converters are not exact


def read_pdf(content: bytes, forms: tuple[Form, ...]) -> Reading:
    """Read a PDF. Raises `ReadError` where it is no report, scanned, encrypted, broken or beyond a limit; `MissingExtraError`."""
    pages = list(_pages(content))
    count = sum(len(page.characters) + len(page.aside) for page in pages)
    if not count or (count < _FEW and any(page.pictures for page in pages)):
        raise ReadError("a PDF without text: its pages are pictures (scanned)", remedy="run it through text recognition (OCR) first")
    asides = [Line(page.aside, Origin(page.aside, page=page.number)) for page in pages if page.aside]
    return reading_of(parts_of(blocks_of(pages, forms), forms), [], forms, asides)


def _pages(content: bytes) -> Iterator[Page]:
    try:
        import pdfplumber  # noqa: PLC0415 -- an extra, imported where it is used
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415 -- the same
        from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 -- the same
    except ImportError as error:
        raise MissingExtraError("pdf", "reading PDF") from error
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each small fault of a file that it can read
    deadline = time.monotonic() + MOST_SECONDS
    try:
        with limited(), pdfplumber.open(io.BytesIO(content)) as document:
            for number, page in enumerate(document.pages, 1):
                if number > MOST_PAGES:
                    raise ReadError(f"more than {MOST_PAGES} pages", remedy="`readers.pdf.MOST_PAGES` sets the limit")  # noqa: TRY301 -- a limit of ours, said as such
                yield _page(number, page, deadline)
                page.close()
    except ReadError:
        raise
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # a broken file breaks the parser in any of a hundred places
        if isinstance(error, PdfminerException) and error.args and isinstance(error.args[0], ReadError):
            raise error.args[0] from None
        if isinstance(error, PDFPasswordIncorrect) or (error.args and isinstance(error.args[0], PDFPasswordIncorrect)):
            raise ReadError("an encrypted PDF", remedy="remove its password first") from error
        raise ReadError(
            f"a broken PDF: {str(error) or type(error).__name__}"[:200], remedy="save it again from the program that made it"
        ) from error


def _page(number: int, page: "PlumberPage", deadline: float) -> Page:
    _lay_out(page, deadline)
    turned = Counter(_direction(each) for each in page.chars if each["text"].strip()).most_common(1)
    direction = turned[0][0] if turned and turned[0][0] is not None else _RIGHT
    width, height = float(page.width), float(page.height)
    characters: list[PageChar] = []
    aside: list[str] = []
    others = [_turned((each["x0"], each["top"], each["x1"], each["bottom"]), direction, width, height) for each in page.images]
    for each in page.chars:
        if not each["text"]:
            continue
        if _direction(each) != direction:
            aside.append(each["text"])
            if each["text"].strip():
                others.append(_turned((each["x0"], each["top"], each["x1"], each["bottom"]), direction, width, height))
            continue
        x0, top, x1, bottom = _turned((each["x0"], each["top"], each["x1"], each["bottom"]), direction, width, height)
        characters.append(PageChar(each["text"], x0, x1, top, bottom, each["size"] if direction in {_RIGHT, _LEFT} else bottom - top))
    tables: list[PageTable] = []
    drawn = 4 * len(page.rects) + len(page.lines)  # without finding the edges, which takes long where there are many
    if drawn > MOST_EDGES or len(page.edges) > 3:  # noqa: PLR2004 -- one cell has four
        if (count := max(drawn, len(page.edges) if drawn <= MOST_EDGES else 0)) > MOST_EDGES:
            raise ReadError(
                f"page {number} has {count} ruled lines, more than any report has",
                remedy=f"accepted are {MOST_EDGES} (`readers.pdf.MOST_EDGES` sets it)",
            )
        tables = [PageTable(tuple(_turned(cell, direction, width, height) for cell in table.cells)) for table in page.find_tables()]
    drawings = [
        _turned((each["x0"], each["top"], each["x1"], each["bottom"]), direction, width, height) for each in (*page.lines, *page.rects)
    ]
    if direction not in {_RIGHT, _LEFT}:
        width, height = height, width
    strokes = tuple(sorted(_strokes(drawings, tables), key=itemgetter(2)))
    return Page(number, width, height, tuple(characters), tuple(tables), folded("".join(aside)), len(page.images), tuple(others), strokes)


def _strokes(drawings: Iterable[_Box], tables: Iterable[PageTable]) -> Iterator[tuple[float, float, float]]:
    """The level lines of a page that are the edge of no cell."""
    edges = {round(edge) for table in tables for _, top, _, bottom in table.cells for edge in (top, bottom)}
    for x0, top, x1, bottom in drawings:
        height = (top + bottom) / 2
        if bottom - top < _THIN and x1 - x0 > _THIN and edges.isdisjoint((round(height) - 1, round(height), round(height) + 1)):
            yield x0, x1, height


def _direction(character: Mapping[str, Any]) -> str | None:
    """Where a character's line runs; None where it is slanted."""
    a, b, *_ = character["matrix"]
    if abs(b) <= _LEVEL * abs(a):
        return _RIGHT if a >= 0 else _LEFT
    if abs(a) <= _LEVEL * abs(b):
        return _UP if b > 0 else _DOWN
    return None


def _turned(box: _Box, direction: str, width: float, height: float) -> _Box:
    """Left, top, right and bottom on the page turned so that its lines run to the right."""
    x0, top, x1, bottom = box
    match direction:
        case "left":
            return width - x1, height - bottom, width - x0, height - top
        case "up":
            return height - bottom, x0, height - top, x1
        case "down":
            return top, width - x1, bottom, width - x0
        case _:
            return box


def _lay_out(page: "PlumberPage", deadline: float) -> None:
    """What `page.layout` does on demand, with a limit on time and on the number of things drawn."""
    from pdfminer.pdfinterp import PDFPageInterpreter  # noqa: PLC0415 -- an extra
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent  # noqa: PLC0415 -- the same

    class Counted(PDFPageAggregatorWithMarkedContent):
        drawn = 0

        def count(self) -> None:
            self.drawn += 1
            if self.drawn > MOST_OBJECTS:
                raise ReadError(
                    f"page {page.page_number} draws more than {MOST_OBJECTS} things",
                    remedy="it may run in circles; `readers.pdf.MOST_OBJECTS` sets the limit",
                )
            if self.drawn % 1000 == 0 and time.monotonic() > deadline:
                raise ReadError(
                    f"takes longer than {MOST_SECONDS:.0f} seconds to take apart",
                    remedy="save it again, without drawings; `readers.pdf.MOST_SECONDS` sets the limit",
                )

        def render_char(self, *given: Any, **named: Any) -> float:
            self.count()
            return float(super().render_char(*given, **named))  # pyright: ignore[reportUnknownMemberType]  # pdfminer types it loosely

        def paint_path(self, *given: Any, **named: Any) -> None:
            self.count()
            super().paint_path(*given, **named)  # pyright: ignore[reportUnknownMemberType]  # the same

        def begin_figure(self, *given: Any, **named: Any) -> None:
            self.count()
            super().begin_figure(*given, **named)

    device = Counted(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # where `layout` keeps it
    if time.monotonic() > deadline:
        raise ReadError(
            f"takes longer than {MOST_SECONDS:.0f} seconds to take apart",
            remedy="save it again, without drawings; `readers.pdf.MOST_SECONDS` sets the limit",
        )
