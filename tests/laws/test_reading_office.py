"""The law of reading for Word, Excel and PDF: nothing is read that is not said there, and what `render` writes is read back."""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.reading import Reading
from govinfo.renderers import render
from govinfo.report import CellState, Report
from govinfo.strategies import reports
from govinfo.strategies.damage import MUTILATIONS, mutilated
from govinfo.strategies.printed import Rows
from govinfo.strategies.writers import as_docx, as_pdf, as_xlsx
from tests.documents.spans import document

pytest.importorskip("docx", reason="needs the extra 'office'")
pytest.importorskip("openpyxl", reason="needs the extra 'office'")
pytest.importorskip("pdfplumber", reason="needs the extra 'pdf'")
typst = pytest.importorskip("typst", reason="needs the extra 'pdf'")

FORMS = {form.id: form for form in (CN_2019, CN_2021)}
seeds = st.integers(0, 2**32)
forms = st.sampled_from(sorted(FORMS))
amounts = st.sampled_from((0.0, 0.05, 0.4, 0.9))


@cache
def fonts() -> list[str]:
    from govinfo.renderers.pdf import HEI, SONG

    found = [name for name in (*SONG, *HEI) if name in typst.Fonts().families()]
    if not found:
        pytest.skip("no Chinese font is installed")
    return found


def write(parts: Sequence[str | Rows], kind: str, chance: random.Random) -> bytes:
    match kind:
        case "docx":
            return as_docx(parts)
        case "xlsx":
            return as_xlsx(parts, sheets=chance.random() < 0.5)
        case _:
            return as_pdf(parts, fonts(), down=chance.randrange(0, 600))


def figures(form: Form, seed: int, blanks: float) -> dict[str, str]:
    """A text for every cell: figures that occur once, so that a shifted one is seen, and some cells without any."""
    chance = random.Random(seed)
    numbers = chance.sample(range(1, 9_000), len(form.cells))
    return {
        address: "" if chance.random() < blanks else "/" if chance.random() < 0.02 else str(number)
        for address, number in zip(form.cells, numbers, strict=True)
    }


def wrong(reading: Reading, texts: Mapping[str, str], touched: Sequence[str] = ()) -> list[tuple[str, object, str | None]]:
    """The cells whose value, or state without one, is not what the document says."""
    found: list[tuple[str, object, str | None]] = []
    for table in reading.report.tables:
        for address in table.matrix.addresses:
            said, value, state = texts.get(address), table.at(address), table.state(address)
            if value is not None and str(value) != said:
                found.append((address, value, said))
            elif state in (CellState.BLANK, CellState.SLASH, CellState.DASH) and address not in touched and said not in ("", "/"):
                found.append((address, state, said))
    return found


class TestNothingIsReadThatIsNotThere:
    """Of a damaged document each cell keeps its own figure or loses it; it never gets another's."""

    @given(form_id=forms, kind=st.sampled_from(("docx", "xlsx", "pdf")), seed=seeds)
    @settings(max_examples=15)
    def test_a_whole_document_is_read_whole(self, form_id: str, kind: str, seed: int) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, 0)
        reading = read(write(document(form, texts), kind, random.Random(seed)))
        assert wrong(reading, texts) == []
        assert {table.form for table in reading.report.tables} == {form}
        assert {mark.state for mark in reading.report.marks.values()} <= {CellState.SLASH}
        assert len(reading.origins) == len(form.cells)
        places = [(o.page, o.table, o.row, o.column) for o in reading.origins.values()]
        assert len(set(places)) == len(places)
        assert reading.report.year == 2023
        assert reading.report.organ == "某县某局"
        assert all((reading.report.overview, reading.report.problems, reading.report.other_matters))

    @given(form_id=forms, kind=st.sampled_from(("docx", "xlsx", "pdf")), seed=seeds, blanks=amounts)
    @settings(max_examples=15)
    def test_with_blanks_nothing_moves(self, form_id: str, kind: str, seed: int, blanks: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        reading = read(write(document(form, texts), kind, random.Random(seed)))
        assert wrong(reading, texts) == []

    @given(form_id=forms, kind=st.sampled_from(("docx", "xlsx", "pdf")), seed=seeds, blanks=amounts, how=st.sampled_from(MUTILATIONS))
    def test_a_cell_or_a_row(self, form_id: str, kind: str, seed: int, blanks: float, how: str) -> None:
        _damaged(FORMS[form_id], kind, seed, blanks, how)


def _damaged(form: Form, kind: str, seed: int, blanks: float, how: str) -> None:
    texts, chance = figures(form, seed, blanks), random.Random(seed)
    touched: list[str] = []
    if kind in {"xlsx", "pdf"} and how in {"cell gone", "cell doubled"}:
        how = "cell emptied"  # neither has gaps: shifted cells would truly stand under other heads
    parts = document(form, texts, lambda rows: mutilated(rows, how, chance.randrange, touched))
    try:
        reading = read(write(parts, kind, chance))
    except ReadError:
        return
    assert wrong(reading, texts, touched) == []


_WORDS = (
    "政府信息公开工作推进群众服务平台管理监督保障情况年度规范完善加强全市各级部门答复申请办理网站发布解读回应2023年15件，。；：“”、（）%"
)
_MORE_THAN_TEXT = (
    "=1+1", "+1", "-1", "@SUM(A1)", "<b>x</b>", "&amp;", "*x*", "_y_", "`z`", "#", "[a](b)", "|", "$x$", "\\", "1.", "- ", "+ ", "> ",
    "===", "---", "~~~", "<!-- -->", "{{x}}", "_x0041_", "  ", "\u3000", "第20条", "/", "“”", '"', "'", "https://a.b/?c=d&e", "]]>", "#N/A",
)  # fmt: skip
"""What would be more than text in a cell or in some markup, if a format let it."""
_runs = st.lists(st.text(st.sampled_from(_WORDS), min_size=1, max_size=30) | st.sampled_from(_MORE_THAN_TEXT), max_size=6).map("".join)
_paragraphs = st.builds(
    "{}{}我们{}等。{}".format, st.sampled_from(("", "  ", "\u3000\u3000")), _runs, _runs, st.sampled_from(("", " ", "\u3000"))
)
_prose = st.none() | st.just("") | st.lists(_paragraphs, min_size=1, max_size=4).map("\n".join)
_names = st.sampled_from(("某市人民政府", "某省某厅（委）", "=某局", "<b>局</b>", "*局*", "A & B", "某_局_", "[局]", "某局|科", ""))
_titles = st.sampled_from(
    ("", "关于公开", "=报告", "# 报告", "1. 报告", "- 报告", "> x", "*报告*", "第一章 报告", "（报告）", "2023年报", "<i>报</i>")
)


@st.composite
def worded(draw: st.DrawFn) -> Report:
    """A report of any figures, blanks and marks whose words are those of a report, or try to be more than words."""
    report = draw(reports(blanks=True))
    organ = draw(st.none() | _names)
    title = draw(st.none() | st.just(f"{organ or ''}{report.year or 2023}年政府信息公开工作年度报告") | _titles)
    return evolve(report, organ=organ, title=title, overview=draw(_prose), problems=draw(_prose), other_matters=draw(_prose))


def respaced(report: Report, kind: str) -> Report:
    """The report without what `kind` cannot keep: space around paragraphs, in HTML between words, in PDF anywhere in prose."""

    def kept(line: str) -> str:
        return re.sub(r"\s" if kind == "pdf" else " +", "" if kind == "pdf" else " ", line) if kind in {"pdf", "html"} else line

    prose: dict[str, Any] = {
        name: ("" if kind == "pdf" else "\n").join(filter(None, (kept(line).strip() for line in text.split("\n"))))
        for name in ("overview", "problems", "other_matters") if (text := getattr(report, name))
    }  # fmt: skip
    return evolve(report, **prose)


class TestWhatIsWrittenIsReadBack:
    """`read(render(report, format)).report == report`; the prose of a PDF up to white space."""

    @pytest.mark.parametrize(("kind", "count"), [("docx", 15), ("xlsx", 15), ("pdf", 6), ("html", 15), ("markdown", 15)])
    def test_any_report(self, kind: Literal["docx", "xlsx", "pdf", "html", "markdown"], count: int) -> None:
        @given(report=worded())
        @example(report=Report(title="", year=2023))
        @example(report=Report(title="2023年政府信息公开工作年度报告"))
        @example(report=Report(overview="我们2023年公开15件。"))
        @example(report=Report(overview="我们#  等。\n# 一"))
        @settings(max_examples=count)
        def check(report: Report) -> None:
            if kind == "pdf":
                fonts()
            written = render(report, kind)
            if report == Report():
                return  # nothing is printed of it
            back = read(written.encode() if isinstance(written, str) else written).report
            assert respaced(back, kind) == respaced(report, kind)

        check()
