"""Tables whose cells nothing divides: recognised so that they are refused with the reason, never half-read."""

import re
from collections.abc import Sequence

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.readers.figures import is_figure
from govinfo.readers.labels import Lexicon, lexicon

_FEW = 3  # labels on lines of their own, from which on a text has a table
_GLUED = re.compile(r"(.*?[^\d\s.,])\s*([0-9]{2,})")
_LONGEST = 80
_ACCEPTED = "accepted is text with a bar after each cell"


def refuse_barless(lines: Sequence[str], forms: Sequence[Form]) -> None:
    """Raise `ReadError` where a document prints a table without bars between its cells, saying what is lost."""
    words = [lexicon(matrix) for form in forms for matrix in form.matrices]
    short = [(number, line.strip()) for number, line in enumerate(lines, 1) if "|" not in line and line.strip() and len(line) <= _LONGEST]
    bars = sum(line.count("|") for line in lines)
    if bars > len(short):
        return
    cells = [(number, text) for number, text in short if is_figure(text) or _known(text, words)]
    glued = next((number for number, text in short if (found := _GLUED.fullmatch(text)) and _row(found[1], words)), None)
    labels = [text for _, text in cells if not is_figure(text)]
    if len(labels) + (_FEW if glued else 0) < _FEW or bars * 2 > len(labels):
        return
    texts = [text for _, text in cells]
    at = cells[0][0] if cells else glued
    if glued is not None:
        lost = f"the figures of line {glued} and its like are glued together: nobody can tell them apart"
    elif len(texts) > 2 * _FEW and len(set(texts)) == len(texts):
        lost = f"no line of the table at line {at} occurs twice: repeated figures and labels were removed and are lost"
    else:
        lost = f"the cells of the table at line {at} have no bars between them, a layout that is not read yet"
    raise ReadError(lost, remedy=_ACCEPTED)


def _known(text: str, words: Sequence[Lexicon]) -> bool:
    return any(each.knows(text) is not None for each in words)


def _row(text: str, words: Sequence[Lexicon]) -> bool:
    return any(each.knows(text) in each.rows_by_key for each in words)
