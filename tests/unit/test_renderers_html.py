"""The HTML page, read back with the parser of the standard library."""

from html.parser import HTMLParser

import pytest
from hypothesis import given

from govinfo.errors import RenderError
from govinfo.form import Form
from govinfo.forms import CN_2021
from govinfo.renderers import Format, render
from govinfo.report import Report
from tests.printed import Shown, once, shown
from tests.unit.reports_to_print import SOURCES, marked, printable_reports

VOID = {"meta", "col"}


class _Page(HTMLParser):
    """The page as (tag, attributes) of every element, and what a browser shows; refuses elements that do not nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.shown: Shown = []
        self.rows: list[list[tuple[dict[str, str | None], str]]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        match tag:
            case "h1" | "h2" | "p":
                self.shown.append("")
            case "table":
                self.rows = []
            case "tr":
                self.rows.append([])
            case "th" | "td":
                self.rows[-1].append((dict(attrs), ""))
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag == "table":
            self.shown.append(_spanned(self.rows))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in {"h1", "h2", "p"}:
            last = self.shown.pop()
            assert isinstance(last, str)
            self.shown.append(last + data)
        elif self.open and self.open[-1] in {"th", "td"}:
            attributes, text = self.rows[-1].pop()
            self.rows[-1].append((attributes, text + data))


def _spanned(rows: list[list[tuple[dict[str, str | None], str]]]) -> list[list[str]]:
    taken: dict[tuple[int, int], tuple[int, str]] = {}
    number = 0
    for row, cells in enumerate(rows):
        column = 0
        for attributes, text in cells:
            while (row, column) in taken:
                column += 1
            number += 1
            for down in range(int(attributes.get("rowspan") or 1)):
                for across in range(int(attributes.get("colspan") or 1)):
                    assert (row + down, column + across) not in taken
                    taken[row + down, column + across] = (number, text)
    columns = 1 + max(column for _, column in taken)
    return [once([taken[row, column] for column in range(columns)]) for row in range(len(rows))]


@pytest.mark.parametrize("source", SOURCES)
def test_the_page_shows_what_the_form_prints(source: Report | Form) -> None:
    assert [item for item in _Page(render(source, "html")).shown if item] == shown(source)


@given(printable_reports())
def test_any_report(report: Report) -> None:
    assert [item for item in _Page(render(report, "html")).shown if item] == shown(report)


def test_nothing_in_the_report_becomes_an_element_and_nothing_is_fetched() -> None:
    page = render(marked(), "html")
    elements = _Page(page).elements
    assert {tag for tag, _ in elements} == {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "div",
        "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert not [name for _, attributes in elements for name in attributes if name in {"src", "href"} or name.startswith("on")]
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_tables_are_named_by_their_headings_and_heads_have_scopes() -> None:
    elements = _Page(render(CN_2021, "html")).elements
    assert elements[0] == ("html", {"lang": "zh-CN"})
    headings = {attributes["id"] for tag, attributes in elements if tag == "h2"}
    assert len(headings) == 6
    named = [attributes["aria-labelledby"] for tag, attributes in elements if tag == "table"]
    assert len(named) == len(set(named)) == 3
    assert set(named) <= headings
    assert all(attributes["scope"] in {"col", "colgroup", "row", "rowgroup"} for tag, attributes in elements if tag == "th")


@pytest.mark.parametrize("wrong", ["\x00", "\x08", "\x1b", "\ufffe", "\ud800"])
@pytest.mark.parametrize("format_", ["html", "docx", "xlsx", "pdf"])
def test_a_character_that_no_document_can_hold_is_one_clear_error(wrong: str, format_: Format) -> None:
    with pytest.raises(RenderError) as caught:
        render(Report(overview=f"前{wrong}后"), format_)
    assert caught.value.format == format_
    assert f"U+{ord(wrong):04X}" in caught.value.problem
    assert caught.value.remedy
    str(caught.value).encode()
