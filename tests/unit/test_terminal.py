"""Tables on the screen: every line as wide as the others, every label and figure whole and in its place."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from govinfo.form import Form, Kind, Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.renderers import render
from govinfo.renderers.box import drawn, wrapped
from govinfo.renderers.layout import figures_shown, layout_of
from govinfo.renderers.terminal import ABSENT, BROKEN, CROSSED, LEGEND, NO_VALUE, Screen, render_terminal, signs_of
from govinfo.report import ABSENT as NOT_THERE
from govinfo.report import BLANK, CellState, Mark, Report, Table
from govinfo.rules import check
from govinfo.strategies import reports
from tests.toy import RIGHT, TOY

MATRICES = [pytest.param(matrix, id=f"{form.id}-{matrix.key}") for form in (CN_2019, CN_2021) for matrix in form.matrices]
FRAME = "─│┌┐└┘├┤┬┴┼"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def zeros(matrix: Matrix) -> Table:
    return Table(matrix, tuple(0 if cell.kind is Kind.COUNT else Decimal(0) for cell in matrix.cells))


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_a_table_fits_the_screen_and_its_lines_are_of_one_width(matrix: Matrix, width: int) -> None:
    lines = drawn(layout_of(matrix), figures_shown(zeros(matrix)), width)
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= width


@pytest.mark.parametrize("matrix", MATRICES)
def test_only_frames_that_gbk_has_are_drawn(matrix: Matrix) -> None:
    for line in drawn(layout_of(matrix), figures_shown(Table.blank(matrix)), 100):
        line.encode("gbk")


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("width", [80, 120])
def test_frames_join(matrix: Matrix, width: int) -> None:
    """Every frame character reaches exactly those neighbours that reach back."""
    reach = {"─": "lr", "│": "ud", "┌": "dr", "┐": "dl", "└": "ur", "┘": "ul", "├": "udr", "┤": "udl", "┬": "dlr", "┴": "ulr", "┼": "udlr"}
    canvas = [spread(line) for line in drawn(layout_of(matrix), figures_shown(zeros(matrix)), width)]
    for y, line in enumerate(canvas):
        for x, mark in enumerate(line):
            for side, (dy, dx), back in (("u", (-1, 0), "d"), ("d", (1, 0), "u"), ("l", (0, -1), "r"), ("r", (0, 1), "l")):
                if side in reach.get(mark, ""):
                    assert back in reach.get(canvas[y + dy][x + dx], ""), f"{mark} at line {y}, column {x}"


def spread(line: str) -> list[str]:
    """The line by columns: a wide character takes two."""
    return [part for character in line for part in ([character, ""] if cell_len(character) == 2 else [character])]


@pytest.mark.parametrize("matrix", MATRICES)
@pytest.mark.parametrize("width", [80, 100])
def test_every_label_is_there_and_whole(matrix: Matrix, width: int) -> None:
    """All characters of all labels, and nothing else besides the figures."""
    text = "".join(drawn(layout_of(matrix), figures_shown(Table.blank(matrix)), width))
    printed = sorted(character for character in text if character not in FRAME + " ")
    assert printed == sorted("".join(box.text for box in layout_of(matrix).boxes))


def test_figures_stand_in_the_columns_of_their_heads() -> None:
    values = {address: number for number, address in enumerate(CN_2021.requests.addresses, 100)}
    lines = drawn(layout_of(CN_2021.requests), figures_shown(Table.of(CN_2021.requests, values)), 100)
    rows = [tuple(map(int, found)) for line in lines if (found := re.findall(r"(?<![\d.])\d{3}(?!\d)", line))]
    assert rows == [tuple(range(start, start + 7)) for start in range(100, 275, 7)]


def test_a_long_figure_widens_its_column_and_is_never_broken() -> None:
    table = zeros(CN_2021.requests).replace({"requests.granted.total": 999_999_999})
    assert any("999999999" in line for line in drawn(layout_of(CN_2021.requests), figures_shown(table), 80))


def test_a_note_in_a_cell_is_broken_between_words() -> None:
    table = zeros(CN_2021.requests).replace({"requests.granted.total": Mark(CellState.UNREADABLE, "12345（其中修订678件）")})
    text = "\n".join(drawn(layout_of(CN_2021.requests), figures_shown(table), 100))
    assert "12345" in text
    assert "678" in text


@given(st.text(st.sampled_from("（一）不予公开、，“”abc123 年"), max_size=40), st.integers(2, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(("text", "width"), [("一，二", 2), ("（一", 2), ("）））", 2), ("abc", 1), ("中", 1)])
def test_wrapping_ends_where_nothing_can_be_done(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)) == text


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrapped("一二三，四五六。", 6) == ("一二", "三，四", "五六。")


# --- signs -----------------------------------------------------------------------------------------------------------

GRANTED = "requests.granted.natural_person"


def test_signs_say_where_to_look() -> None:
    report = Report(requests=zeros(CN_2021.requests)).replace({GRANTED: 5, "requests.unprocessed_duplicate.total": BLANK})
    signs = signs_of(report, check(report))
    assert signs[GRANTED] == CROSSED
    assert signs["requests.granted.total"] == BROKEN
    assert signs["requests.unprocessed_duplicate.total"] == NO_VALUE
    assert "requests.carried_forward.total" not in signs


def test_a_slash_has_no_value_and_an_absent_cell_says_so() -> None:
    table = zeros(CN_2021.disputes).replace(
        {"disputes.reconsideration.upheld": Mark(CellState.SLASH, "/"), "disputes.direct_litigation.upheld": NOT_THERE}
    )
    report = Report(disputes=table)
    signs = signs_of(report, check(report))
    assert signs == {"disputes.reconsideration.upheld": NO_VALUE, "disputes.direct_litigation.upheld": ABSENT}


def test_signs_are_drawn_beside_the_figures_and_explained() -> None:
    report = Report(requests=zeros(CN_2021.requests)).replace({GRANTED: 5})
    text = render_terminal(report, check(report), Screen(100))
    assert f"{CROSSED}5 " in text
    assert all((sign in signs_of(report, check(report)).values()) == (meaning.zh in text) for sign, meaning in LEGEND.items())


def test_nothing_has_signs_without_findings() -> None:
    report = Report(requests=zeros(CN_2021.requests)).replace({GRANTED: 5})
    assert not set("!?") & set(render(report, "terminal"))


@given(reports(blanks=True), st.sampled_from([80, 100, 120]))
def test_colours_change_nothing_but_colours(report: Report, width: int) -> None:
    findings = check(report)
    plain, coloured = (render_terminal(report, findings, Screen(width, colour)) for colour in (False, True))
    assert ESCAPE.sub("", coloured) == plain
    assert "\x1b" not in plain


def test_broken_cells_and_cells_without_value_are_coloured() -> None:
    report = Report(requests=zeros(CN_2021.requests)).replace({GRANTED: 5, "requests.carried_in.total": BLANK})
    text = render_terminal(report, check(report), Screen(100, colour=True))
    assert re.search(r"\x1b\[[0-9;]+m!!5\x1b\[0m", text)
    assert re.search(r"\x1b\[[0-9;]+m\?\x1b\[0m", text)


@pytest.mark.parametrize("form", [CN_2019, CN_2021, TOY], ids=lambda form: form.id)
def test_the_empty_form(form: Form) -> None:
    text = render(form, "terminal")
    assert [line for line in text.splitlines() if line in {section.label for section in form.sections}] == [s.label for s in form.sections]


def test_the_toy_form_is_drawn_by_the_same_code() -> None:
    assert render_terminal(Report(requests=RIGHT, overview="说明"), prose=False).splitlines() == [
        "",
        "二、借书情况",
        "┌───────────────────┬────────────────────┐",
        "│                   │      读者情况      │",
        "│ （各列相加）      ├──────┬──────┬──────┤",
        "│                   │ 儿童 │ 其他 │ 总计 │",
        "├──────┬────────────┼──────┼──────┼──────┤",
        "│ 二、 │ （一）借出 │    1 │    2 │    3 │",
        "│ 去向 │ （二）其他 │    4 │    5 │    9 │",
        "│      │ （三）总计 │    5 │    7 │   12 │",
        "└──────┴────────────┴──────┴──────┴──────┘",
    ]
