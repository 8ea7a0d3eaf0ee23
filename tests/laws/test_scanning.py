"""The law of the scan: where it gives a page, that is the page that browsers make of the source."""

import contextlib
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.readers.scan import scanned
from govinfo.readers.tags import Page, Table, walked
from tests.documents.pages import Look, page
from tests.laws.test_reading import figures
from tests.laws.test_reading_html import FORMS, forms, looks, seeds

_TAGS = (
    *("p", "div", "span", "b", "font", "a", "ul", "li", "dl", "dt", "dd", "h2", "h3", "center", "nav", "footer", "pre", "form"),
    *("noscript", "nobr", "button", "select", "table", "tbody", "thead", "tr", "td", "th", "caption", "colgroup", "col"),
    *("html", "head", "body", "title", "br", "br/", "hr", "input", "o:p", "o:p/"),
)
_PIECES = (
    *(f"<{name}>" for name in _TAGS),
    *('<td colspan="2">', "<td rowspan=0>", '<td colspan="2px" rowspan="3">', "<TD ROWSPAN=2>", "<tr/>", "<p/>"),
    *("<p hidden>", '<div style="overflow:hidden">', '<div style="display:none">', '<span style="display:inline">'),
    *("<td colspan=2 colspan=3>", "<td style='display:none'>"),
    *( "<img src=x>", "<meta charset=utf-8>", "<link href='a'>", "<!DOCTYPE html>", "<![if !x]>", "<![endif]>"),
    *("<!-- a -->", "<!-->", "<!-- a <!-- b -->", "<!--a--!>", "<script>a<b</script>", "<script><!--</script>", "<style>p{}</style>"),
    *('<?xml:namespace prefix="o" />', "<iframe src=x></iframe>", "一", "12", " ", "\n", "\r\n", "&nbsp;", "&#12288;", "&amp;lt;"),
    *("&ldquo;三&rdquo;", "&copy;", "&nbsp", "&#x3000;", "&#150;", "a > b", "<", "< 3", "\u200b", "\ufeff", "\x0b", "\xa0"),
    *('<p title="a>b">', "<p title='<b>'>", '<p a"b>', "<p class=>", "<p class = x>", "<a href=http://a/b?c=d>"),
    *("<input value=3>", "<input type=hidden value=3>", "<span style='opacity:0'>", "22<a href=x>1</a>", "22<a href=x><b>1</b></a>"),
)  # fmt: skip
_NAMES = tuple({piece[1:].partition(" ")[0].strip("/>").lower() for piece in _PIECES if piece.startswith("<") and piece[1:2].isalpha()})


def described(page: Page) -> dict[str, Any]:
    return {
        "lines": page.lines, "title": page.title, "ranges": sorted(page.ranges), "outside": sorted(page.outside),
        "tables": [_table(each) for each in page.tables],
    }  # fmt: skip


def _table(table: Table) -> Any:
    rows = [
        [(c.first, c.last, c.colspan, c.rowspan, c.pictured, [_table(each) for each in c.tables or ()]) for c in row] for row in table.rows
    ]
    return table.number, table.place, rows, table.groups


def agrees(text: str) -> bool:
    """Whether the scan gives a page; fails where it is another."""
    found = scanned(text)
    if found is None:
        return False
    assert described(found) == described(walked(text))
    return True


_WITHIN = {
    "html": ("head", "body"), "head": ("title", "meta", "link"), "table": ("tr", "tbody", "thead", "caption", "colgroup", "col"),
    "tbody": ("tr",), "thead": ("tr",), "tr": ("td", "th", '<td colspan="2">', "<td rowspan=0>", '<td colspan="2px" rowspan="3">'),
    "ul": ("li",), "dl": ("dt", "dd"), "": ("div", "p", "table", "ul", "center"),
}  # fmt: skip
_FLOWING = ("p", "div", "span", "b", "font", "ul", "dl", "h2", "center", "nav", "table", "a", "br", "img", "o:p", "footer", "hr")
_LINE = ("span", "b", "font", "br", "img", "o:p")
_LINES, _CELLS = ("p", "h2", "a"), ("td", "th")


def soup(chance: random.Random) -> str:
    """Tags of which most stand where they may and are closed in their order."""
    return _inside("" if chance.random() < 0.7 else "html", chance, 0) if chance.random() < 0.9 else _loose(chance)


def _inside(parent: str, chance: random.Random, depth: int, *, lines: bool = False) -> str:
    pieces: list[str] = []
    for _ in range(chance.randrange(1, 5) if depth < 7 else 0):
        if chance.random() < 0.01:
            pieces.append(chance.choice(_PIECES))
            continue
        flows = parent not in _WITHIN
        if (flows and chance.random() < 0.5) or chance.random() < 0.1:
            pieces.append(chance.choice(("一", "12", "二 三", "&nbsp;", "&ldquo;", "\xa0四")) if flows else chance.choice(" \n"))
        said = chance.choice(_LINE if lines and chance.random() < 0.99 else _WITHIN.get(parent, _FLOWING))
        tag = said if said.startswith("<") else f"<{said}>"
        name = said.strip("<>").partition(" ")[0]
        pieces.append(
            tag
            if name in ("br", "img", "hr", "meta", "link", "col")
            else f"{tag}{_inside(name, chance, depth + 1, lines=name not in _CELLS and (lines or name in _LINES))}</{name}>"
        )
    return "".join(pieces)


def _loose(chance: random.Random) -> str:
    opened: list[str] = []
    pieces: list[str] = []
    for _ in range(chance.randrange(1, 30)):
        if opened and chance.random() < 0.45:
            pieces.append(f"</{opened.pop() if chance.random() < 0.97 else chance.choice(_NAMES)}>")
        else:
            pieces.append(chance.choice(_PIECES))
            if pieces[-1][:1] == "<" and pieces[-1][1:2].isalpha() and "</" not in pieces[-1]:
                name = pieces[-1][1:].partition(" ")[0].strip("/>").lower()
                if name not in ("br", "img", "hr", "input", "meta", "link", "col"):
                    opened.append(name)
    return "".join(pieces) + "".join(f"</{name}>" for name in reversed(opened))


class TestTheScanIsTheTree:
    """Whatever a source is, the scan gives nothing, or what the tree gives."""

    @given(seed=seeds)
    @settings(max_examples=400, deadline=None)
    def test_any_tags(self, seed: int) -> None:
        agrees(soup(random.Random(seed)))

    @given(form_id=forms, look=looks, seed=seeds, at=st.floats(0, 1), length=st.integers(0, 40), more=st.sampled_from(_PIECES))
    @settings(max_examples=60, deadline=None)
    def test_a_report_with_something_taken_out_or_put_in(
        self, form_id: str, look: Any, seed: int, at: float, length: int, more: str
    ) -> None:
        text = page(FORMS[form_id], figures(FORMS[form_id], seed, 0.2), look, seed)
        agrees(text)
        place = int(at * len(text))
        with contextlib.suppress(ReadError):
            agrees(text[:place] + more + text[place + length :])


def test_the_usual_page_is_scanned() -> None:
    assert agrees(page(FORMS["cn-2021"], figures(FORMS["cn-2021"], 3, 0.2), Look(around="site", labels="word"), 3))
    assert agrees("<table><tr><td>一</td><td>二</td></tr></table>")
