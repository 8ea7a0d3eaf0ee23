"""PDF files, read back with pdfplumber, which finds cells by their rules."""

import io
import re
import sys
from typing import cast

import pdfplumber
import pytest
from hypothesis import given, settings

from govinfo.errors import MissingExtraError, RenderError
from govinfo.form import Form
from govinfo.forms import CN_2021
from govinfo.renderers import render
from govinfo.renderers.layout import absent_rows, figures_shown, layout_of
from govinfo.renderers.pdf import chosen
from govinfo.report import Report, Table
from govinfo.strategies import tables
from tests.printed import shown
from tests.unit.reports_to_print import HOSTILE, SOURCES, marked

try:
    render(Report(), "pdf")
except RenderError as error:  # pragma: no cover -- where no Chinese font is installed
    pytest.skip(str(error), allow_module_level=True)

NUMBER = re.compile(r"— \d+ —$")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _rows(data: bytes) -> list[list[str]]:
    """The rows of all ruled tables: the texts of the boxes that begin in each."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [
            [_squeezed(cell) for cell in row if cell is not None] for page in pdf.pages for table in page.extract_tables() for row in table
        ]


def _text(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(_squeezed(NUMBER.sub("", page.extract_text())) for page in pdf.pages)


def _expected(source: Report | Form) -> list[list[str]]:
    if isinstance(source, Form):
        tables = tuple(Table.blank(matrix) for matrix in source.matrices)
    else:
        tables = source.tables
    return [
        [_squeezed(figures_shown(table)[box.address] if box.address else box.text) for box in line]
        for table in tables
        for line in layout_of(table.matrix, absent_rows(table)).lines
    ]


@pytest.mark.parametrize("source", SOURCES)
def test_the_rules_enclose_what_the_form_prints(source: Report | Form) -> None:
    assert _rows(render(source, "pdf")) == _expected(source)


@settings(max_examples=8)
@given(tables(blanks=True))
def test_any_table(table: Table) -> None:
    report = _of(table)
    assert _rows(render(report, "pdf")) == _expected(report)


def _of(table: Table) -> Report:
    match table.matrix.key:
        case "proactive":
            return Report(proactive=table)
        case "requests":
            return Report(requests=table)
        case _:
            return Report(disputes=table)


def test_all_words_stand_there_in_order_and_page_numbers_below() -> None:
    report = Report(
        title="年度报告", year=2023, overview="\n".join(f"第{n}段。" + "主动公开信息若干条，" * 40 for n in range(12)), problems="无"
    )
    data = render(report, "pdf")
    assert _text(data) == "".join(_squeezed(item) for item in shown(report) if isinstance(item, str))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert [NUMBER.findall(page.extract_text()) for page in pdf.pages] == [[f"— {n} —"] for n in range(1, len(pdf.pages) + 1)]


@pytest.mark.parametrize("words", [text for text in HOSTILE if "\u202e" not in text])  # text that runs backwards is read backwards
def test_whatever_looks_like_markup_is_only_text(words: str) -> None:
    read = _text(render(Report(title=words, organ=words, overview=words, problems=words), "pdf"))
    invisible = re.compile("[\u00ad\u200b\ufeff]")  # a page need not hold what cannot be seen
    assert invisible.sub("", read).count(invisible.sub("", _squeezed(words))) == 4


def test_nothing_leaves_the_page_and_no_figure_its_box() -> None:
    wide = Report(overview="a" * 500, disputes=Table.of(CN_2021.disputes, dict.fromkeys(CN_2021.disputes.addresses, 999_999_999)))
    with pdfplumber.open(io.BytesIO(render(wide, "pdf"))) as pdf:
        for page in pdf.pages:
            assert all(0 < character["x0"] < character["x1"] < page.width for character in page.chars)
        (table,) = [table for page in pdf.pages for table in page.find_tables()]
        assert table.extract()[-1] == ["999999999"] * 15


def test_a_table_stands_on_one_page_where_it_fits() -> None:
    report = Report(overview="字" * 800, requests=Table.blank(CN_2021.requests), disputes=Table.blank(CN_2021.disputes))
    with pdfplumber.open(io.BytesIO(render(report, "pdf"))) as pdf:
        assert sum(len(page.find_tables()) for page in pdf.pages) == 2


def test_the_same_report_gives_the_same_bytes_and_no_time() -> None:
    data = render(marked(), "pdf")
    assert data == render(marked(), "pdf")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        said = cast("dict[str, str]", pdf.metadata)  # pyright: ignore[reportUnknownMemberType]  # declared as a bare dict
    assert said["Title"] == marked().title
    assert "CreationDate" not in said


def test_a_preferred_font_comes_first_and_one_kind_stands_in_for_the_other() -> None:
    assert chosen({"SimSun", "FangSong", "DejaVu Sans", "SimHei"}) == (["FangSong", "SimSun"], ["SimHei"])
    assert chosen({"SimSun"}) == (["SimSun"], ["SimSun"])


def test_without_a_chinese_font_one_error_says_what_to_install() -> None:
    with pytest.raises(RenderError) as caught:
        chosen({"DejaVu Sans", "Libertinus Serif"})
    assert caught.value.format == "pdf"
    assert "fonts-noto-cjk" in caught.value.remedy


def test_without_the_extra_one_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError) as caught:
        render(Report(), "pdf")
    assert caught.value.extra == "pdf"
