"""A report as GitHub Markdown: headings, paragraphs, and pipe tables on the grid of the official form.

Markdown has no spanning cells: the text stands where the box begins, and the rest of its area is empty cells. Whatever
Markdown would interpret is escaped with a backslash, so that the words are shown as they are.
"""

import re
from collections.abc import Iterator

from govinfo.form import Form
from govinfo.renderers.layout import absent_rows, figures_shown, layout_of
from govinfo.renderers.outline import Details, Heading, Paragraph, Title, pieces
from govinfo.report import Report, Table

_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"  # a backslash that would escape what follows
    r"|[*`~|\[]"
    r"|(?<!\w)_|_(?!\w)"  # inside a word an underscore means nothing
    r"|<(?=[A-Za-z/!?])"
    r"|&(?=#?\w+;)"
)
_AT_START = re.compile(r"^(?:#{1,6}(?=\s|$)|>|\+(?=\s|$)|-(?=[\s-]|$)|=+(?=\s*$))")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def render_markdown(source: Report | Form) -> str:
    """The report, or the empty form, as Markdown; it ends with a line break where there is anything to print."""
    return "\n\n".join(_printed(source)) + "\n" if any(True for _ in pieces(source)) else ""


def escaped(text: str) -> str:
    r"""The text on one line, with a backslash before each character that Markdown would interpret.

    >>> print(escaped("A|B *1* snake_case # no"))
    A\|B \*1\* snake_case # no
    """
    text = _INLINE.sub(lambda found: f"\\{found[0]}", text)
    text = _AT_START.sub(lambda found: f"\\{found[0]}", text, count=1)
    return _NUMBERED.sub(r"\1\\\2", text, count=1)


def _printed(source: Report | Form) -> Iterator[str]:
    for piece in pieces(source):
        match piece:
            case Title(text):
                yield f"# {escaped(text)}".rstrip()
            case Heading(text):
                yield f"## {escaped(text)}"
            case Details(text) | Paragraph(text):
                yield escaped(text.strip())
            case Table():
                yield "\n".join(_table(piece))


def _table(table: Table) -> Iterator[str]:
    layout, shown = layout_of(table.matrix, absent_rows(table)), figures_shown(table)
    for number, boxes in enumerate(layout.lines):
        cells = [""] * layout.columns
        for box in boxes:
            cells[box.column] = escaped(shown[box.address] if box.address else box.text)
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield "|" + "---|" * layout.columns
