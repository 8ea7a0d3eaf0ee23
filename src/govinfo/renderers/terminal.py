"""A report for the screen: its tables drawn as the official form prints them, with signs at the cells to look at."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from attrs import frozen
from rich.cells import cell_len

from govinfo.findings import Findings, Lang, Severity, Words
from govinfo.form import Form
from govinfo.renderers.box import drawn, wrapped
from govinfo.renderers.layout import Box, Part, figures_shown, layout_of
from govinfo.renderers.outline import NOTHING, Details, Heading, Paragraph, Piece, Title, pieces
from govinfo.report import CellState, Report, Table

WIDTH = 100
"""Columns to draw in where nothing is known of the screen."""

BROKEN, CROSSED, NO_VALUE, ABSENT = "!", "!!", "?", "x"
LEGEND: Mapping[str, Words] = {
    BROKEN: Words("所在的一条规则不成立", "lies in a rule that is broken"),
    CROSSED: Words("所在的多条规则不成立：先看这里", "lies in several broken rules: look here first"),
    NO_VALUE: Words("没有数值", "no value"),
    ABSENT: Words("文件中没有此格", "the document has no such cell"),
}
"""What the signs beside figures mean."""

_BOLD, _RED, _YELLOW, _RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[33m", "\x1b[0m"
_COLOURS = {BROKEN: _RED, CROSSED: _RED, NO_VALUE: _YELLOW, ABSENT: _YELLOW}


@frozen
class Screen:
    """Where the text goes: how many columns, whether colours are shown, and in which language legends are."""

    width: int = WIDTH
    colour: bool = False
    lang: Lang = "zh"


_SCREEN = Screen()


def render_terminal(source: Report | Form, findings: Findings | None = None, screen: Screen = _SCREEN, *, prose: bool = True) -> str:
    """The report, or the empty form, as text, with or without its prose.

    With `findings`, cells in broken rules and cells without a value have signs, explained at the end.
    """
    signs = signs_of(source, findings) if isinstance(source, Report) and findings is not None else {}
    shown = (piece for piece in pieces(source) if not (isinstance(piece, Title | Details) and piece.text == NOTHING))
    kept = [piece for piece in shown if prose or not isinstance(piece, Paragraph)]
    if not prose:
        kept = [piece for piece, after in zip_longest(kept, kept[1:]) if not isinstance(piece, Heading) or isinstance(after, Table)]
    blocks = ["\n".join(line.rstrip() for line in _lines(piece, signs, screen)) for piece in kept]
    return "".join(f"{block}\n" for block in (*blocks, *_legend(signs, screen)))


def signs_of(report: Report, findings: Findings) -> dict[str, str]:
    """Address -> sign, for cells without a value and cells in what is broken (what is only worth a look aside)."""
    broken = Counter(cell for finding in findings.broken if finding.severity is not Severity.INFO for cell in finding.cells)
    signs = {cell: BROKEN if times == 1 else CROSSED for cell, times in broken.items()}
    for address, mark in report.marks.items():
        if mark.state is not CellState.VALUE:
            signs[address] = ABSENT if mark.state is CellState.ABSENT else NO_VALUE
    return signs


def _lines(piece: Piece, signs: Mapping[str, str], screen: Screen) -> Iterator[str]:
    match piece:
        case Title(text):
            for line in wrapped(text, screen.width):
                yield " " * ((screen.width - cell_len(line)) // 2) + _painted(line, _BOLD, screen)
        case Details(text):
            for line in wrapped(text, screen.width):
                yield " " * ((screen.width - cell_len(line)) // 2) + line
        case Heading(text):
            yield ""
            yield _painted(text, _BOLD, screen)
        case Paragraph(text):
            yield from wrapped(f"\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}{text.strip()}", screen.width, indent=True)
        case Table():
            yield from _table(piece, signs, screen)


def _table(table: Table, signs: Mapping[str, str], screen: Screen) -> Iterator[str]:
    figures = {address: signs.get(address, "") + text for address, text in figures_shown(table).items()}

    def styled(box: Box, text: str) -> str:
        if box.address is not None:
            return _painted(text, _COLOURS.get(signs.get(box.address, ""), ""), screen)
        return _painted(text, _BOLD if box.part is not Part.LABEL else "", screen)

    yield from drawn(layout_of(table.matrix), figures, screen.width, styled)


def _legend(signs: Mapping[str, str], screen: Screen) -> Iterator[str]:
    used = set(signs.values())
    for sign, meaning in LEGEND.items():
        if sign in used:
            yield f"{_painted(sign, _COLOURS[sign], screen)} {meaning.said(screen.lang)}"


def _painted(text: str, colour: str, screen: Screen) -> str:
    return f"{colour}{text}{_RESET}" if text and colour and screen.colour else text
