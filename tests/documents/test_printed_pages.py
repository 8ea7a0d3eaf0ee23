"""PDF pages of every kind: turned, with watermarks, with lines of every kind or none; layouts in use, figures of our own."""

import re
from collections.abc import Mapping

import pytest

from govinfo.forms import CN_2021
from govinfo.readers import read
from govinfo.report import CellState
from govinfo.strategies.writers import as_pdf
from tests.documents.spans import document
from tests.laws.test_reading_office import fonts, wrong

pytest.importorskip("pdfplumber", reason="needs the extra 'pdf'")
pytest.importorskip("typst", reason="needs the extra 'pdf'")

TEXTS = {address: str(number) for number, address in enumerate(CN_2021.cells, 1)}
LARGE = {"size: piece.size * 1pt": "size: 9pt"}  # as offices set tables, where figures are short
PAPER, STROKE = 'paper: "a4"', "stroke: 0.6pt"


def printed(look: Mapping[str, str]) -> bytes:
    return as_pdf(document(CN_2021, TEXTS), fonts(), look={**LARGE, **look})


@pytest.mark.parametrize(
    "look",
    [
        {PAPER: 'paper: "a4", flipped: true'},
        {f"{PAPER}, margin: 70pt": "width: 500pt, height: 300pt, margin: 40pt"},
        {PAPER: f"{PAPER}, background: rotate(45deg, text(60pt, luma(200))[内部资料 3])"},
        {PAPER: f"{PAPER}, background: text(60pt, luma(200))[样本 3]"},
        {STROKE: 'stroke: (dash: "dotted", thickness: 0.6pt)'},
        {STROKE: "stroke: none, fill: (x, y) => if calc.odd(x + y) { luma(230) } else { luma(250) }"},
        {"inset: 3pt,": "inset: 3pt, gutter: 2pt,"},
        {"text(it.text))))": "{ place(dx: 0.2pt, text(it.text)); text(it.text) })))"},
    ],
    ids=["landscape", "small pages", "slanted watermark", "watermark", "dotted", "shaded", "gutters", "printed twice"],
)
def test_every_figure_is_read(look: Mapping[str, str]) -> None:
    reading = read(printed(look))
    assert {address: str(reading.report[address]) for address in CN_2021.cells} == TEXTS
    assert (reading.report.title, len(reading.headings)) == ("某县某局2023年政府信息公开工作年度报告", 6)
    assert {leftover.text.replace(" ", "") for leftover in reading.leftovers} <= {"内部资料3", "样本3", "样", "本", "3", "本3", "样本"}


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_scanned_the_wrong_way_round_is_turned(degrees: int) -> None:
    turned, times = re.subn(rb"/MediaBox ?\[", b"/Rotate %d/MediaBox[" % degrees, printed({}))
    assert times
    reading = read(turned)
    assert {address: str(reading.report[address]) for address in CN_2021.cells} == TEXTS
    assert reading.leftovers == ()


@pytest.mark.parametrize(
    "look",
    [
        {STROKE: "stroke: none"},
        {STROKE: "stroke: (x, y) => (top: 0.6pt, bottom: 0.6pt)"},
        {PAPER: f'{PAPER}, background: text(10pt)[#range(3000).map(i => "9 ").join()]'},
    ],
    ids=["no rules", "rules between rows only", "printed over"],
)
def test_what_is_not_certain_is_not_read(look: Mapping[str, str]) -> None:
    """Where no lines divide the cells nothing is guessed from distances; what was there is told."""
    reading = read(printed(look))
    assert wrong(reading, TEXTS) == []
    assert len(reading.leftovers) > 20


def test_a_figure_that_runs_into_the_next_cell_is_none() -> None:
    """`437620` in a narrow column ends over the next cell: neither `43762` nor `00` is what was printed."""
    texts = {**dict.fromkeys(CN_2021.cells, "0"), "disputes.reconsideration.upheld": "437620", "disputes.reconsideration.total": "437620"}
    report = read(as_pdf(document(CN_2021, texts), fonts(), look={"size: piece.size * 1pt": "size: 9pt"})).report
    assert report.disputes is not None
    wrong = {address: value for address, value in report.disputes.by_address.items() if value is not None and str(value) != texts[address]}
    assert wrong == {}
    assert report.disputes.state("disputes.reconsideration.upheld") is CellState.UNREADABLE
