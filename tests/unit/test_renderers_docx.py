"""Word documents, read back with python-docx and as plain XML."""

import io
import sys
import zipfile
from itertools import zip_longest
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.shared import Emu
from docx.table import Table as WordTable
from hypothesis import given, settings

from govinfo.errors import MissingExtraError
from govinfo.form import Form
from govinfo.forms import CN_2021
from govinfo.renderers import render
from govinfo.report import Report
from tests.printed import Shown, once, shown
from tests.unit.reports_to_print import SOURCES, marked, printable_reports

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _read(data: bytes) -> Shown:
    found: Shown = []
    for item in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(item, WordTable):
            # python-docx gives a cell that spans several as often as it spans; only its element tells which is which.
            rows = [[(id(cell._tc), cell.text) for cell in row.cells] for row in item.rows]  # noqa: SLF001 -- see above  # pyright: ignore[reportPrivateUsage]
            found.append([once(row) for row in rows])
        elif item.text:
            found.append(item.text)
    return found


@pytest.mark.parametrize("source", SOURCES)
def test_the_document_shows_what_the_form_prints(source: Report | Form) -> None:
    assert _read(render(source, "docx")) == shown(source)


@settings(max_examples=20)
@given(printable_reports())
def test_any_report(report: Report) -> None:
    assert _read(render(report, "docx")) == shown(report)


@pytest.mark.parametrize("source", SOURCES)
def test_every_row_covers_the_grid_and_every_cell_has_a_paragraph(source: Report | Form) -> None:
    with zipfile.ZipFile(io.BytesIO(render(source, "docx"))) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))[0]  # noqa: S314 -- our own document
    for element, after in zip_longest(body, body[1:]):
        if element.tag != f"{W}tbl":
            continue
        columns = [int(column.attrib[f"{W}w"]) for column in element.iter(f"{W}gridCol")]
        for row in element.iter(f"{W}tr"):
            place = 0
            for cell in row.iter(f"{W}tc"):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = cell.find(f"{W}tcPr/{W}tcW")
                across = 1 if span is None else int(span.attrib[f"{W}val"])
                assert width is not None
                assert int(width.attrib[f"{W}w"]) == sum(columns[place : place + across])
                assert cell[-1].tag == f"{W}p"
                place += across
            assert place == len(columns)
        assert after.tag == f"{W}p"  # two tables in a row would be one, and none may end a document


def test_the_tables_are_as_wide_as_the_text_and_section_3_as_narrow_as_on_the_form() -> None:
    document = docx.Document(io.BytesIO(render(CN_2021, "docx")))
    section = document.sections[0]
    assert section.page_width
    assert section.left_margin
    assert section.right_margin
    text = Emu(section.page_width - section.left_margin - section.right_margin).twips
    for table in document.tables:
        assert abs(sum(column.width.twips for column in table.columns if column.width) - text) < 10
    widths = [column.width.twips for column in document.tables[1].columns if column.width]
    printed = [754, 921, 3271, 685, 685, 685, 685, 685, 685, 685]  # twips, in the form as offices use it
    assert all(abs(ours - theirs) < 100 for ours, theirs in zip(widths, printed, strict=True))


def test_the_same_report_gives_the_same_bytes_and_no_time_or_name() -> None:
    data = render(marked(), "docx")
    assert data == render(marked(), "docx")
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.title, properties.author, properties.created, properties.comments) == (marked().title, "", None, "")


def test_nothing_outside_is_referred_to() -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(marked(), "docx")))
    assert not [name for name in archive.namelist() if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name)]


def test_without_the_extra_one_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError) as caught:
        render(Report(), "docx")
    assert caught.value.extra == "office"
