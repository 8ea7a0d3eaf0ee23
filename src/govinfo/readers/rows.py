"""Rows and cells that a page makes of other elements, without saying so by a style in it: `<div>`, `<ul>`, `<span>`.

Browsers know such tables by a style sheet, which is no part of a saved page. An element is a row if it holds nothing but cells,
all of one kind and none with a block in it; a run of rows is a table if it has labels of the form beside figures or above them.
What a browser would show on one line counts as cells only where each has a class: a word processor divides words and figures
into spans as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import define, field, frozen
from selectolax.lexbor import LexborNode

from govinfo.form import Form
from govinfo.readers.figures import is_figure
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.readers.tags import SPACE, TRIMMED, Made

_ROWS = frozenset(("div", "li", "ul", "ol", "section"))
_CELLS = frozenset(("div", "li", "span"))
_WITHIN_CELLS = frozenset(
    ("a", "b", "big", "br", "center", "del", "em", "font", "i", "ins", "label", "p", "s", "small", "span", "strong", "sub", "sup", "u")
)
_ENOUGH = 2  # rows with a label and a figure, for a run to be a table


@frozen(eq=False)
class _Element:
    """An element whose end was seen: `bare` says that no block is in it, `cells` are its cells where it is a row."""

    node: LexborNode
    tag: str
    bare: bool
    cells: tuple[LexborNode, ...]


@define(eq=False)
class _Open:
    """An element whose end was not seen yet; None in `inside` stands for text of its own."""

    node: LexborNode
    tag: str
    inside: list[_Element | None] = field(factory=list[_Element | None])


def made_rows(parser: Any, forms: Iterable[Form]) -> Made:
    """The elements of a page (a `LexborHTMLParser`) that are rows and cells of tables; empty where there are none."""
    words = tuple(dict.fromkeys(lexicon(matrix) for form in forms for matrix in form.matrices))
    made = Made()
    stack: list[_Open] = []
    node = parser.root
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            if stack and (node.text_content or "").strip(TRIMMED):
                stack[-1].inside.append(None)
        elif tag[:1] not in ("", "-", "!", "_"):
            if (child := node.first_child) is not None:
                stack.append(_Open(node, tag))
                node = child
                continue
            if stack:
                stack[-1].inside.append(_ended(_Open(node, tag), words, made))
        while (following := node.next) is None and stack:
            ended = stack.pop()
            node = ended.node
            if stack:
                stack[-1].inside.append(_ended(ended, words, made))
        node = following
    return made


def _ended(element: _Open, words: Sequence[Lexicon], made: Made) -> _Element:
    """What an element turns out to be at its end; the tables in it are noted."""
    tables = [run for run in _runs(element.inside) if _is_table(run, words)]
    for run in tables:
        made.note([(row.node.mem_id, [cell.mem_id for cell in row.cells]) for row in run])
    inside = [each for each in element.inside if each is not None]
    bare = not tables and all(each.bare and (each.tag in _WITHIN_CELLS or ":" in each.tag) for each in inside)
    tags = {each.tag for each in inside}
    whole = element.tag in _ROWS and len(inside) == len(element.inside) and len(tags) == 1 and tags <= _CELLS and not tables
    cells = whole and all(each.bare and (each.tag != "span" or each.node.attributes.get("class")) for each in inside)
    return _Element(element.node, element.tag, bare, tuple(each.node for each in inside) if cells else ())


def _runs(inside: Sequence[_Element | None]) -> Iterator[list[_Element]]:
    """Rows of one kind that follow upon one another."""
    run: list[_Element] = []
    for each in (*inside, None):
        if run and (each is None or not each.cells or each.tag != run[0].tag):
            yield run
            run = []
        if each is not None and each.cells:
            run.append(each)


def _is_table(run: Sequence[_Element], words: Sequence[Lexicon]) -> bool:
    """Whether a run has several rows of a label with figures or with room for them, or several of labels above one of figures."""
    rows = heads = figures = 0
    for row in run:
        texts = [SPACE.sub(" ", cell.text()).strip(TRIMMED) for cell in row.cells]
        labels = [text for text in texts if text and any(each.knows(text) is not None for each in words)]
        others = [text for text in texts if text not in labels]
        rows += bool(labels) and bool(others) and (not any(others) or any(map(is_figure, others)))
        heads += len(labels) >= _ENOUGH
        figures += not labels and len(texts) > _ENOUGH and all(not text or is_figure(text) for text in texts)
        if rows >= _ENOUGH or (heads >= _ENOUGH and figures):
            return True
    return False
