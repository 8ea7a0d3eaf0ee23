"""A page taken apart: lines as a browser shows them, and the columns that cells cover."""

from types import ModuleType

import pytest

from govinfo.errors import ReadError
from govinfo.forms import FORMS
from govinfo.readers import bombs, html, tags
from govinfo.readers.bombs import MOST_TAGS
from govinfo.readers.html import document_of
from govinfo.readers.scan import page_of, scanned
from govinfo.readers.tags import Page, Table, span, walked


def resolved(text: str) -> Page:
    page = walked(text)
    for table in page.all_tables:
        page.resolve(table)
    return page


def lines(text: str) -> list[str]:
    return walked(text).lines


def columns(table: Table) -> list[list[tuple[int, int]]]:
    return [[(cell.start, cell.end) for cell in row] for row in table.rows]


def test_inline_elements_make_no_lines() -> None:
    assert lines("<p>第二十条<span>第</span><font>（</font><b>一</b><o:p></o:p>）项</p>") == ["第二十条第（一）项"]


def test_blocks_and_breaks_do() -> None:
    assert lines("<div>一<p>二<br>三</p>四</div>五<ul><li>六<li>七</ul>") == list("一二三四五六七")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("22<sup>1</sup>", "22¹"), ("22<sub>[1]</sub>", "22[₁]"), ("<del>3</del>5", "3\u03365"), ("<s>3<b>4</b></s>5", "3\u03364\u03365"),
        ("22<span style='vertical-align: super'>1</span>", "22¹"), ("<font style='text-decoration: line-through'>3</font>5", "3\u03365"),
        ("<span style='font-size:0px'>3</span>5", "5"), ("<span style='font-size:0.5em'>3</span>5", "35"),
        ("5<ruby>件<rt>6</rt></ruby>", "5件"),
        ("<sup>甲</sup>乙", "甲乙"), ("22<a href='#n1'>1</a>", "22¹"), ("<b>22</b><a href='#n1'><b>1</b></a>", "22¹"),
        ("2<a name='n1'>21</a>", "221"), ("22<a href='x'>件</a>", "22件"), ("<a href='x'>22</a>", "22"),
        ("见1<a href='x'>附2</a>", "见1附2"),
        ("5<span style='opacity:0'>3</span>", "5"), ("5<span style='opacity: 0.5'>3</span>", "53"),
        ("<input value=3>", "3"), ("1<input type='text' value='3'>5", "135"), ("5<input type=hidden value=3>", "5"),
        ("5<input value='请输入'>", "5"), ("5<input hidden value='3'>", "5"), ("5<input type=SUBMIT value='3'>", "5"),
    ],
)  # fmt: skip
def test_digits_that_are_raised_or_struck_are_no_digits_of_the_figure_beside_them(source: str, text: str) -> None:
    assert lines(f"<table><tr><td>{source}</td></tr></table>") == lines(f"<p>{source}") == [text]
    assert page_of(f"<table><tr><td>{source}</td></tr></table>").lines == [text]


def test_white_space_is_what_a_browser_shows() -> None:
    assert lines("<p>&nbsp;&#12288;一 \n\t 二&nbsp;</p>\n<pre>三\n四</pre>") == ["一 二", "三", "四"]


HIDDEN = (
    "<script>x</script>", "<style>x</style>", "<!-- x -->", "<p hidden>x</p>", '<p style="display: none">x</p>',
    '<span style="color:red;VISIBILITY:HIDDEN">x</span>', "<template>x</template>", "<textarea>x</textarea>",
    "<noscript>x</noscript>", "<svg><text>x</text></svg>",
)  # fmt: skip


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_is_not_shown_is_left_out(hidden: str) -> None:
    assert lines(f"<p>一{hidden}</p>") == ["一"]


@pytest.mark.parametrize(
    ("said", "meant"), [("2", 2), ("2px", 2), (" +3 ", 3), ("0", 0), ("", 1), (None, 1), ("x", 1), ("-2", 1), ("9" * 40, 999_999_999)]
)
def test_spans_are_read_as_browsers_read_them(said: str | None, meant: int) -> None:
    assert span(said) == meant


def test_a_cell_that_reaches_down_pushes_the_others_aside() -> None:
    (table,) = resolved("<table><tr><td rowspan=2>a<td>b<td>c<tr><td>d<td>e<tr><td>f</table>").tables
    assert columns(table) == [[(0, 1), (1, 2), (2, 3)], [(1, 2), (2, 3)], [(0, 1)]]


def test_rowspan_0_reaches_to_the_end_of_its_group_and_no_span_beyond() -> None:
    for said in ("0", "70000"):
        (table,) = resolved(f"<table><tbody><tr><td rowspan={said}>a<td>b<tr><td>c</tbody><tbody><tr><td>d</table>").tables
        assert columns(table) == [[(0, 1), (1, 2)], [(1, 2)], [(0, 1)]]


def test_wide_spans_are_cut_to_what_browsers_allow() -> None:
    (table,) = resolved("<table><tr><td colspan=1000000000>a<td colspan=0>b</table>").tables
    assert columns(table) == [[(0, 1000), (1000, 1001)]]


def test_tables_within_cells_and_tables_made_of_styles() -> None:
    (outer,) = resolved("<table><tr><td>a<table><tr><td>b</table></table>").tables
    inner = outer.rows[0][0].tables
    assert inner is not None
    assert [len(each.rows) for each in inner] == [1]
    cell = '<div style="display:table-cell">'
    (styled,) = resolved(f'<div style="display: table"><div style="display:table-row">{cell}a</div>{cell}b</div></div></div>').tables
    assert columns(styled) == [[(0, 1), (1, 2)]]


@pytest.mark.parametrize(
    "bomb",
    [
        "<table><tr><td>" * 300, "<div>" * 3_000, "<a href=x><p>" * 5_000, "<p " + "a=1 " * 20_000 + ">", "<p>" * (MOST_TAGS + 1),
        "<table><tr>" + "<td rowspan=65534>x" * 2_000 + "<tr><td>y" * 2_000 + "</table>",
    ],
)  # fmt: skip
def test_bombs_are_refused(bomb: str) -> None:
    with pytest.raises(ReadError) as caught:
        resolved(bomb)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("module", "name", "page"),
    [
        (bombs, "MOST_TAGS", "<p>" * 20),
        (bombs, "MOST_OPEN", "<div>" * 3_000),
        (bombs, "MOST_REOPENED", "<a href=x><p></p>" * 1_500),
        (bombs, "MOST_ATTRIBUTES", "<p " + "a=1 " * 9_000 + ">"),
        (tags, "MOST_NESTED", "<table><tr><td>" * 20),
        (tags, "MOST_SPANNED", "<table><tr>" + "<td rowspan=9>x" * 20 + "<tr><td>y" * 9 + "</table>"),
        (html, "MOST_TEXT", "<p>一二三四五六七八九十一二三四五六七八九十</p>"),
    ],
)
def test_every_limit_is_named_and_can_be_set(module: ModuleType, name: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, 10)
    with pytest.raises(ReadError) as caught:
        document_of(page, FORMS)
    assert f"`{module.__name__.removeprefix('govinfo.')}.{name}`" in str(caught.value.remedy)
    monkeypatch.setattr(module, name, 10_000_000)
    document_of(page, FORMS)


def test_a_scan_keeps_to_the_limits_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<div><div><table><tr><td>1</td></tr></table></div></div>"
    assert scanned(page) is not None
    for module, name in ((bombs, "MOST_TAGS"), (bombs, "MOST_OPEN"), (tags, "MOST_NESTED")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, 0)
            assert scanned(page) is None
