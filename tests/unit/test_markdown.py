"""Markdown: what a Markdown reader makes of it is the report again, word by word and cell by cell."""

import datetime as dt
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from govinfo.errors import FormatError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ReportScope, Section
from govinfo.readers import read
from govinfo.renderers import FORMATS, Format, render
from govinfo.renderers.layout import figures_shown, layout_of
from govinfo.renderers.markdown import escaped
from govinfo.report import ABSENT, CellState, Mark, Report, Table, folded
from govinfo.strategies import reports
from tests.toy import RIGHT, TOY

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def words(token: Token) -> str:
    """The text that a Markdown reader shows; refuses what is not plain text."""
    assert token.children is not None
    assert {child.type for child in token.children} <= {"text", "text_special"}, token.content
    return "".join(child.content for child in token.children)


def read_markdown(text: str) -> tuple[list[tuple[str, str]], list[list[list[str]]]]:
    """(tag, text) of each heading and paragraph, and the rows of each table."""
    blocks: list[tuple[str, str]] = []
    tables: list[list[list[str]]] = []
    tokens = PARSER.parse(text)
    for opened, token in pairwise(tokens):
        if token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "table_open":
            tables.append([])
        elif token.type == "inline" and opened.tag in ("th", "td"):
            tables[-1][-1].append(words(token))
        elif token.type == "inline":
            blocks.append((opened.tag, words(token)))
        else:
            assert token.tag not in ("ul", "ol", "li", "hr", "code", "blockquote"), text
    return blocks, tables


def table_of(table: Table) -> list[list[str]]:
    shown, layout = figures_shown(table), layout_of(table.matrix)
    rows = [[""] * layout.columns for _ in range(layout.rows)]
    for box in layout.boxes:
        rows[box.row][box.column] = shown[box.address] if box.address else box.text
    return rows


def test_the_whole_report_from_top_to_bottom() -> None:
    report = Report(
        organ="某县人民政府办公室",
        year=2023,
        scope=ReportScope.OWN_ORGAN,
        title="某县人民政府办公室2023年政府信息公开工作年度报告",
        published_on=dt.date(2024, 1, 15),
        overview="第一段。\n第二段。",
        problems="",
        proactive=Table.blank(CN_2021.proactive),
    )
    blocks, tables = read_markdown(render(report, "markdown"))
    assert blocks == [
        ("h1", "某县人民政府办公室2023年政府信息公开工作年度报告"),
        ("p", "（公开主体：某县人民政府办公室　报告年度：2023　统计范围：本机关　发布日期：2024-01-15）"),
        ("h2", "一、总体情况"),
        ("p", "第一段。"),
        ("p", "第二段。"),
        ("h2", "二、主动公开政府信息情况"),
        ("h2", "五、存在的主要问题及改进情况"),
    ]
    assert tables == [table_of(Table.blank(CN_2021.proactive))]


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (Report(year=2020), "（报告年度：2020）"),
        (Report(organ="某局", scope=ReportScope.AGGREGATE), "（公开主体：某局　统计范围：汇总）"),
        (Report(published_on=dt.date(2020, 1, 2)), "（发布日期：2020-01-02）"),
    ],
)
def test_the_line_under_the_title_says_only_what_is_known(report: Report, line: str) -> None:
    assert render(report, "markdown") == f"{line}\n"


def test_what_is_none_is_not_printed_at_all() -> None:
    assert render(Report(), "markdown") == ""


@given(reports(blanks=True))
def test_every_cell_stands_where_the_form_has_it(report: Report) -> None:
    if not any(mark.state is CellState.ABSENT for mark in report.marks.values()):
        _, tables = read_markdown(render(report, "markdown"))
        assert tables == [table_of(table) for table in report.tables]


def test_a_row_that_the_document_has_not_is_not_printed() -> None:
    gone = {f"requests.granted.{column.key}": ABSENT for column in CN_2021.requests.columns}
    report = Report(requests=Table.blank(CN_2021.requests).replace(gone))
    assert "（一）予以公开" not in render(report, "markdown")
    assert "（二）部分公开" in render(report, "markdown")


@example("-- -")
@example("- - -")
@example("--")
@given(st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>&;~=\"'1a$ 中：/x"), max_size=24))
def test_whatever_markdown_would_interpret_is_shown_as_it_is(text: str) -> None:
    paragraph = " ".join(text.split())
    blocks, _ = read_markdown(render(Report(year=2023, overview=paragraph), "markdown"))
    assert blocks[2:] == ([("p", paragraph)] if paragraph else [])


@given(st.text(st.sampled_from("\\`*_[]#-|<>&;~1中"), max_size=12))
def test_so_is_what_stands_in_a_cell(raw: str) -> None:
    table = Table.blank(CN_2021.disputes).replace({"disputes.reconsideration.upheld": Mark(CellState.UNREADABLE, raw)})
    _, ((*_, figures),) = read_markdown(render(Report(disputes=table), "markdown"))
    assert figures[0] == raw


# --- and the reader reads it back ------------------------------------------------------------------------------------

PARAGRAPH = st.text(st.sampled_from("\\`*_{}[]()#+-.!|<>&;~=\"'1a$ 中年：/x"), min_size=1, max_size=24).map(folded).filter(bool)
PROSE = st.none() | st.lists(PARAGRAPH, max_size=3).map("\n".join)


@given(reports(blanks=True), PROSE, PROSE, PROSE)
def test_what_is_written_is_read_back(report: Report, overview: str | None, problems: str | None, other_matters: str | None) -> None:
    report = evolve(report, organ="某县人民政府", year=2023, title=None, overview=overview, problems=problems, other_matters=other_matters)
    if report.tables or any(prose is not None for prose in (overview, problems, other_matters)):
        assert read(render(report, "markdown").encode()).report == report


@pytest.mark.parametrize("text", ["1.加强学习", "2023-2024年", "a_b_c", "（一）主动公开", "增长3.5%", "C+D", "3>2", "http://a.cn/?a=1&b=2"])
def test_what_markdown_leaves_alone_is_not_escaped(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize("form", [CN_2019, CN_2021, TOY], ids=lambda form: form.id)
def test_the_empty_form(form: Form) -> None:
    blocks, tables = read_markdown(render(form, "markdown"))
    assert blocks == [("h2", section.label) for section in form.sections]
    assert tables == [table_of(Table.blank(matrix)) for matrix in form.matrices]


def test_a_form_of_the_callers_own_prints_its_own_headings() -> None:
    blocks, tables = read_markdown(render(Report(overview="无", requests=RIGHT, problems="无"), "markdown"))
    assert [text for tag, text in blocks if tag == "h2"] == ["一、总体情况", "二、借书情况", CN_2021.section(Section.PROBLEMS).label]
    assert tables == [table_of(RIGHT)]


def test_an_unknown_format_is_refused_with_what_is_accepted() -> None:
    wrong: Format = "html5"  # type: ignore[assignment]  # what a caller without types may give
    with pytest.raises(FormatError) as refused:
        render(Report(), wrong)
    assert refused.value.given == "html5"
    assert set(refused.value.accepted) == set(FORMATS)
