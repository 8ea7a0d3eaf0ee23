"""The empty form as an office fills it in: with python-docx, openpyxl or by hand in HTML, figures typed in all sorts of ways."""

import io
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.form import Form, Kind
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.reading import Reading
from govinfo.renderers import render

docx = pytest.importorskip("docx", reason="needs the extra 'office'")
openpyxl = pytest.importorskip("openpyxl", reason="needs the extra 'office'")

TEMPLATE = Path(__file__).resolve().parents[3] / "shared" / "samples" / "form-2021-template.docx"
TITLE = "某县某局2023年政府信息公开工作年度报告"
forms = st.sampled_from((CN_2019, CN_2021))
seeds = st.integers(0, 2**32)


def figures(form: Form, seed: int) -> dict[str, int | Decimal]:
    """A figure for every cell, of which some are left out: blank."""
    chance = random.Random(seed)
    return {
        address: Decimal(chance.randrange(10**7)) / 100 if cell.kind is Kind.MONEY else chance.choice((0, 1, chance.randrange(10**6)))
        for address, cell in form.cells.items() if chance.random() < 0.9
    }  # fmt: skip


def typed(value: int | Decimal, chance: random.Random) -> str:
    """The figure as somebody types it into a text."""
    plain = str(value)
    return chance.choice(
        (plain, f" {plain} ", f"{plain}\u3000", plain.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789."}), f"{value:,}")
    )


def in_word(content: bytes, values: Mapping[str, int | Decimal], chance: random.Random) -> bytes:
    document = docx.Document(io.BytesIO(content))
    origins = read(content).origins
    for address, value in values.items():
        place = origins[address]
        assert place.row
        assert place.column
        cell: Any = document.tables[(place.table or 0) - 1].cell(place.row - 1, place.column - 1)
        text = typed(value, chance)
        match chance.randrange(3):
            case 0:
                cell.text = text
            case 1:  # in two runs, as Word leaves them after corrections
                cell.paragraphs[0].add_run(text[:1])
                cell.paragraphs[0].add_run(text[1:]).bold = True
            case _:  # below an empty line
                cell.add_paragraph(text)
    headings = [paragraph for paragraph in document.paragraphs if "总体情况" in paragraph.text]
    headings[0].insert_paragraph_before(TITLE)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


FORMATS = ("General", "0", "0_ ", "#,##0", "#,##0.00", "0.00", "@", "0_);[Red]\\(0\\)", '0"件"', '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ')


def in_excel(content: bytes, values: Mapping[str, int | Decimal], chance: random.Random) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    origins = read(content).origins
    sheet: Any = book.worksheets[0]
    for address, value in values.items():
        cell: Any = sheet.cell(origins[address].row, origins[address].column)
        cell.value = chance.choice((value, float(value), typed(value, chance)))
        # What a format prints is said of the figure: an amount in 件 would be no amount.
        cell.number_format = chance.choice([code for code in FORMATS if isinstance(value, int) or "件" not in code])
    # A sheet of its own: openpyxl does not move merged cells along with rows.
    book.create_sheet("封面", 0).cell(1, 1, TITLE)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def in_html(text: str, form: Form, values: Mapping[str, int | Decimal], chance: random.Random) -> bytes:
    empty = iter(form.cells)
    filled = re.sub(r"(<td[^>]*>)(</td>)", lambda found: found[1] + _said(values.get(next(empty)), chance) + found[2], text)
    assert next(empty, None) is None
    return filled.replace("<main>", f"<main><h1>{TITLE}</h1>").encode()


def _said(value: int | Decimal | None, chance: random.Random) -> str:
    return "" if value is None else chance.choice(("{}", "<p>{}</p>", "<span>{}</span>&nbsp;", "\n {}\n")).format(typed(value, chance))


def assert_read(reading: Reading, form: Form, values: Mapping[str, int | Decimal]) -> None:
    report = reading.report
    assert {table.form for table in report.tables} == {form}
    assert {address: report[address] for address in form.cells} == {address: values.get(address) for address in form.cells}
    assert (report.title, report.organ, report.year) == (TITLE, "某县某局", 2023)


@given(form=forms, seed=seeds)
@settings(max_examples=10, deadline=None)
def test_in_word(form: Form, seed: int) -> None:
    values = figures(form, seed)
    assert_read(read(in_word(render(form, "docx"), values, random.Random(seed))), form, values)


@pytest.mark.skipif(not TEMPLATE.is_file(), reason="the published samples are not part of the package")
@given(seed=seeds)
@settings(max_examples=5, deadline=None)
def test_in_the_template_that_offices_use(seed: int) -> None:
    values = figures(CN_2021, seed)
    assert_read(read(in_word(TEMPLATE.read_bytes(), values, random.Random(seed))), CN_2021, values)


@given(form=forms, seed=seeds)
@settings(max_examples=10, deadline=None)
def test_in_excel(form: Form, seed: int) -> None:
    values = figures(form, seed)
    assert_read(read(in_excel(render(form, "xlsx"), values, random.Random(seed))), form, values)


@given(form=forms, seed=seeds)
@settings(max_examples=10, deadline=None)
def test_in_html(form: Form, seed: int) -> None:
    values = figures(form, seed)
    assert_read(read(in_html(render(form, "html"), form, values, random.Random(seed))), form, values)
