"""Workbooks, read back with openpyxl and with calamine."""

import io
import re
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from govinfo.errors import MissingExtraError, RenderError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.renderers import render
from govinfo.renderers.xlsx import MAX_TEXT
from govinfo.report import BLANK, Report, Table
from tests.printed import shown
from tests.unit.reports_to_print import HOSTILE, SOURCES, marked, printable_reports


def _sheet(data: bytes) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert len(book.worksheets) == 1
    return book.worksheets[0]


def _text(value: object) -> str:
    if isinstance(value, float):
        value = Decimal(repr(value))
    return "" if value is None else str(value).replace("_x005F_x", "_x")  # openpyxl leaves that to its callers


def _rows(data: bytes) -> list[list[str]]:
    """Each row of the sheet as the texts of its areas."""
    sheet = _sheet(data)
    area = {place: merged.min_row * 10_000 + merged.min_col for merged in sheet.merged_cells.ranges for place in merged.cells}
    found: list[list[str]] = []
    for row in range(1, (sheet.max_row or 0) + 1):
        texts: dict[int, str] = {}
        if row not in sheet.row_dimensions:
            continue  # nothing was written there
        for column in range(1, (sheet.max_column or 0) + 1):
            first = area.get((row, column), row * 10_000 + column)
            texts[first] = _text(sheet.cell(*divmod(first, 10_000)).value)
        found.append(list(texts.values()))
    return found


def _expected(source: Report | Form) -> list[list[str]]:
    rows: list[list[str]] = []
    for item in shown(source):
        rows += [[item]] if isinstance(item, str) else item
    return rows


def _same(found: list[str], wanted: list[str]) -> bool:
    return len(found) == len(wanted) and all(
        a == b or (_number(b) is not None and _number(a) == _number(b)) for a, b in zip(found, wanted, strict=True)
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.replace(".", "", 1).removeprefix("-").isdecimal() and text.isascii() else None


def _check(source: Report | Form) -> None:
    rows = _rows(render(source, "xlsx"))
    wanted = _expected(source)
    assert len(rows) == len(wanted)
    for found, row in zip(rows, wanted, strict=True):
        assert _same(found, row), (found, row)


@pytest.mark.parametrize("source", SOURCES)
def test_the_sheet_shows_what_the_form_prints(source: Report | Form) -> None:
    _check(source)


@settings(max_examples=20)
@given(printable_reports())
def test_any_report(report: Report) -> None:
    _check(report)


def test_no_text_becomes_a_formula_or_an_error_and_every_text_is_quoted() -> None:
    data = render(marked(), "xlsx")
    cells = [cell for row in _sheet(data).iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if cell.data_type == "s")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    texts = {_text(cell.value) for cell in cells}
    assert {*HOSTILE, "=2+3", marked().title} <= texts


def test_a_reader_that_decodes_escapes_sees_the_text_itself() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(render(marked(), "xlsx"))).get_sheet_by_index(0).to_python()
    assert "_x0041_ _x005F_" in {row[0] for row in rows}


def test_counts_are_numbers_and_money_is_one_as_far_as_it_stays_exact() -> None:
    def shown_as(amount: str) -> tuple[object, str, str]:
        blank: dict[str, Decimal | object] = dict.fromkeys(CN_2021.proactive.addresses, BLANK)
        table = Table.of(CN_2021.proactive, {**dict.fromkeys(blank, BLANK), "proactive.charges.amount_wan": Decimal(amount)})
        sheet = _sheet(render(Report(proactive=table), "xlsx"))
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None and _number(str(cell.value)) is not None]
        return cell.value, cell.data_type, cell.number_format

    assert shown_as("160.50") == (160.5, "n", "0.00")
    assert shown_as("12345678901234.5") == (12345678901234.5, "n", "0.0")
    assert shown_as("1234567890123456") == ("1234567890123456", "s", "General")
    assert shown_as("12345678901234567890.0123456789") == ("12345678901234567890.0123456789", "s", "General")
    signed = Report(proactive=Table.blank(CN_2019.proactive).replace({"proactive.penalties.net_change": -3}))
    assert -3 in [cell.value for row in _sheet(render(signed, "xlsx")).iter_rows() for cell in row]


def test_a_paragraph_longer_than_a_cell_is_one_clear_error() -> None:
    longest = "字" * MAX_TEXT
    assert longest in [cell.value for row in _sheet(render(Report(overview=f"{longest}\n又一段"), "xlsx")).iter_rows() for cell in row]
    for too_long in (f"{longest}字", "😀" * (MAX_TEXT // 2 + 1)):
        with pytest.raises(RenderError) as caught:
            render(Report(overview=too_long), "xlsx")
        assert caught.value.format == "xlsx"
        assert caught.value.remedy


def test_it_prints_on_upright_a4_as_wide_as_the_page_and_no_row_is_taller_than_excel_allows() -> None:
    sheet = _sheet(render(Report(overview="字" * 20_000, requests=Table.blank(CN_2021.requests)), "xlsx"))
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", "portrait")  # 9: A4
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    with zipfile.ZipFile(io.BytesIO(render(Report(overview="字" * 20_000), "xlsx"))) as archive:
        heights = re.findall(rb' ht="([0-9.]+)"', archive.read("xl/worksheets/sheet1.xml"))
    assert heights
    assert max(map(float, heights)) <= 409


def test_the_same_report_gives_the_same_bytes() -> None:
    data = render(marked(), "xlsx")
    assert data == render(marked(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml")
    assert b"dcterms" not in properties
    assert b"openpyxl" not in properties


def test_without_the_extra_one_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as caught:
        render(Report(), "xlsx")
    assert caught.value.extra == "office"
