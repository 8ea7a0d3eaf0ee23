"""What a person sees of a figure: where a document shows another, or something that is no text, its cell has no value of ours.

Each is a way in which editors, Word, WPS, Excel and PDF writers show a figure otherwise than its characters alone say.
"""

import struct
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from govinfo.forms import CN_2021
from govinfo.readers import read
from govinfo.reading import Reading
from govinfo.report import CellState
from govinfo.strategies.printed import Rows
from govinfo.strategies.writers import as_docx, as_pdf, as_xlsx
from tests.documents import layouts, spans
from tests.documents.pages import Look, Tag, page
from tests.laws.test_reading_office import fonts

TEXTS = {address: str(number) for number, address in enumerate(CN_2021.cells, 11)}
FEE = "proactive.charges.amount_wan"


def state(reading: Reading, address: str) -> CellState:
    table = getattr(reading.report, address.partition(".")[0])
    assert table is not None
    found: CellState = table.state(address)
    return found


def differing(reading: Reading) -> dict[str, object]:
    """Address -> value of the cells that do not hold the figure of `TEXTS`."""
    found = {address: table.at(address) for table in reading.report.tables for address in table.matrix.addresses}
    return {address: found.get(address) for address, text in TEXTS.items() if str(found.get(address)) != text}


def starting(*rows: str) -> dict[str, object]:
    return {address: None for address in TEXTS if address.startswith(rows)}


# --- HTML ----------------------------------------------------------------------------------------------------------------


def shown(source: str, address: str = "requests.granted.natural_person") -> Reading:
    """A page in which one figure is written as given."""
    written = page(CN_2021, {**TEXTS, address: "#"}, Look(), 1)
    assert written.count(">#</td>") == 1
    return read(written.replace(">#</td>", f">{source}</td>").encode())


@pytest.mark.parametrize(
    "source",
    [
        '<img src="7.gif">', '<p><img src="7.gif" alt="7"/></p>', "<select><option>1<option selected>7</select>", "<textarea>7</textarea>",
        "<button>7</button>", "<svg><text>7</text></svg>", "<math><mn>7</mn></math>", "<object></object>", "<canvas></canvas>",
    ],
)  # fmt: skip
def test_a_cell_of_a_page_with_a_picture_is_not_blank(source: str) -> None:
    reading = shown(source)
    assert differing(reading) == starting("requests.granted.natural_person")
    assert state(reading, "requests.granted.natural_person") is CellState.UNREADABLE


def test_a_picture_beside_a_figure_leaves_it() -> None:
    assert shown('35<img src="new.gif">').report["requests.granted.natural_person"] == 35
    assert state(shown(" &nbsp;<p></p>"), "requests.granted.natural_person") is CellState.BLANK


@pytest.mark.parametrize(
    "source",
    [
        '<p style="text-decoration:line-through">7</p>', '<div style="TEXT-DECORATION: line-through"><b>7</b></div>',
        '22<span style="vertical-align:5px">1</span>', '22<span style="font-size:6pt;vertical-align:text-top">1</span>',
        '22<span style="vertical-align: -20%">1</span>',
        '22<span lang=EN-US style="position:relative;top:-3.0pt;mso-text-raise:3.0pt">1</span>',
        '22<font style="vertical-align:sub">1</font>',
    ],
)  # fmt: skip
def test_digits_of_a_page_that_are_raised_or_struck_make_no_figure(source: str) -> None:
    reading = shown(source)
    assert differing(reading) == starting("requests.granted.natural_person")
    assert state(reading, "requests.granted.natural_person") is CellState.UNREADABLE


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('<span style="position:relative;top:-1.0pt;mso-text-raise:1.0pt">22</span>', 22),  # a whole line, as Word writes it
        ('<span style="vertical-align:middle">22</span>', 22), ('2<span style="vertical-align:baseline">2</span>', 22),
        ('2<span style="vertical-align:0px">2</span>', 22), ('<span style="color:transparent">1</span>22', 22),
        ('<s style="display:none">1</s><span>22</span>', 22), ('<b style="visibility: collapse">1</b>22', 22),
        ('<span style="background-color:transparent">2</span>2', 22),
    ],
)  # fmt: skip
def test_digits_of_a_page_that_are_shown_make_the_figure(source: str, value: int) -> None:
    assert shown(source).report["requests.granted.natural_person"] == value


def rearranged(change: Any, form: Mapping[str, str] = TEXTS) -> Reading:
    return read(page(CN_2021, form, Look(), 1, change).encode())


@pytest.mark.parametrize(("rows", "lost"), [(2, ("requests.new_received", "requests.carried_in")), (40, ("requests.carried_forward",))])
def test_one_figure_of_a_page_beside_several_rows_is_that_of_none(rows: int, lost: tuple[str, ...]) -> None:
    """A span that reaches past the table says nothing."""

    def change(table: list[list[Tag]]) -> list[list[Tag]]:
        taller = [[evolve(cell, rowspan=rows) if (cell.address or "").startswith(lost[0]) else cell for cell in row] for row in table]
        return (
            [[cell for cell in row if not (cell.address or "").startswith("requests.carried_in")] for row in taller]
            if rows == 2
            else taller
        )

    assert differing(rearranged(change)) == (starting(*lost) if rows == 2 else {})


def test_one_figure_of_a_page_over_rows_leaves_those_beside_it() -> None:
    def change(table: list[list[Tag]]) -> list[list[Tag]]:
        return [[evolve(cell, rowspan=2) if cell.address == "proactive.rules.issued" else cell for cell in row
                 if cell.address != "proactive.normative_documents.issued"] for row in table]  # fmt: skip

    assert differing(rearranged(change)) == starting("proactive.rules.issued", "proactive.normative_documents")


def test_heads_of_disputes_in_another_order_place_nothing() -> None:
    def change(table: list[list[Tag]]) -> list[list[Tag]]:
        ways = [place for row in table for place, cell in enumerate(row) if cell.text in ("未经复议直接起诉", "复议后起诉")]
        if not ways:
            return table
        one, other = ways
        for row in table:
            if row[one : other + 1] and row[one].text == "未经复议直接起诉":
                row[one], row[other] = row[other], row[one]
        *heads, figures = table
        return [*heads, [*figures[:5], *figures[10:], *figures[5:10]]]

    assert differing(rearranged(change)) == starting("disputes.")


SUNK = """某局2023年政府信息公开工作年度报告
四、政府信息公开行政复议、行政诉讼情况
|行政复议|||||行政诉讼||||||||||
||||||未经复议直接起诉|||||复议后起诉|||||
|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|
|1|2|3|4|10|5|6|7|8|26|0|9|0|0|9|
"""


@pytest.mark.parametrize(
    ("said", "instead", "whole"),
    [
        ("", "", True),
        ("||行政诉讼|", "||||", True),
        ("结果维持|结果纠正", "结果纠正|结果维持", False),
        ("|复议后起诉|", "|未经复议直接起诉|", False),
    ],
)
def test_heads_of_disputes_whose_lowest_stand_in_one_row(said: str, instead: str, whole: bool) -> None:
    reading = read(SUNK.replace(said, instead, 1).encode())
    disputes = reading.report.disputes
    assert (disputes is not None and disputes.at("disputes.direct_litigation.total") == 26) == whole
    assert whole or disputes is None


def test_last_years_figures_are_not_this_years() -> None:
    def change(table: list[list[Tag]]) -> list[list[Tag]]:
        return [
            [evolve(cell, text=cell.text.replace("本年制发", "上年制发").replace("本年处理", "去年处理")) for cell in row] for row in table
        ]

    lost = ("proactive.rules", "proactive.normative", "proactive.licensing", "proactive.penalties", "proactive.compulsion")
    assert differing(rearranged(change)) == starting(*lost)


@pytest.mark.parametrize(
    ("line", "head", "value"),
    [
        ("单位：元", "本年收费金额", "0.3"), ("（金额单位：元）", "本年收费金额", "0.3"), ("单位:件、元", "本年收费金额", "0.3"),
        ("单位：万元", "本年收费金额", "3000"), ("单位：件", "本年收费金额", "3000"), ("收费单位：某局2元", "本年收费金额", "3000"),
        ("单位：元", "本年收费金额（单位：万元）", None), ("单位：万元", "本年收费金额（单位：万元）", "3000"),
        ("注：以上收费的单位为元。", "本年收费金额", "0.3"),
        ("单位：百元", "本年收费金额", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above", "row", "below"])
def test_a_unit_that_stands_beside_the_table(line: str, head: str, value: str | None, place: str) -> None:
    written = page(CN_2021, {**TEXTS, FEE: "3000"}, Look(), 1).replace("本年收费金额（单位：万元）", head)
    before, table, after = written.partition("<table border=1><tbody>")
    match place:
        case "above":
            written = f"{before}<p align=right>{line}</p>{table}{after}"
        case "row":
            written = f"{before}{table}<tr><td colspan=4>{line}</td></tr>{after}"
        case _:
            written = f"{before}{table}{after.replace('</table>', f'</table><p>{line}</p>', 1)}"
    for _ in range(2):  # the second is of a known pattern
        found = read(written.encode()).report[FEE]
        assert (None if found is None else str(found)) == value


@pytest.mark.parametrize("layout", [layouts.markdown, layouts.bar_a_line, layouts.line_a_cell, layouts.spaces])
def test_a_unit_that_stands_above_a_table_of_text(layout: layouts.Layout) -> None:
    text = layouts.document(CN_2021, {**TEXTS, FEE: "3000"}, layout).replace("（单位：万元）", "")
    reading = read(text.replace("主动公开政府信息情况\n", "主动公开政府信息情况\n单位：元\n").encode())
    assert {address: str(value) for address, value in differing(reading).items()} == {FEE: "0.3"}


# --- Word, Excel and PDF -------------------------------------------------------------------------------------------------


def over_two_rows(rows: Rows) -> Rows:
    return [
        [
            evolve(cell, text="", goes_on=True, address=None) if (cell.address or "").startswith("requests.carried_in.") else cell
            for cell in row
        ]
        for row in rows
    ]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf"])
def test_one_figure_beside_several_rows_is_that_of_none(kind: str) -> None:
    parts = spans.document(CN_2021, TEXTS, over_two_rows)
    written = as_docx(parts) if kind == "docx" else as_xlsx(parts) if kind == "xlsx" else as_pdf(parts, fonts())
    assert differing(read(written)) == starting("requests.new_received", "requests.carried_in")


def picture() -> bytes:
    """A PNG of one dot."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    parts = (struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


SET = {
    "41": "[22#super(typographic: false)[1]]", "42": "[22#super(typographic: false, size: 0.5em, baseline: -0.3em)[1]]",
    "43": "[22#text(baseline: -0.3em)[1]]", "44": "[22#text(size: 0.5em)[1]]", "45": "[22#sub(typographic: false)[1]]",
    "46": "[#strike[3]5]", "47": "[#strike[35]]", "48": "[#rotate(90deg)[12]]",
    "49": f"[#image(bytes(({', '.join(map(str, picture()))})), width: 6pt)]",
}  # fmt: skip


def test_digits_of_a_printed_page_that_make_no_figure() -> None:
    look = "text(it.text)"
    for text, instead in SET.items():
        look = f'if it.text == "{text}" {{ {instead} }} else {{ {look} }}'
    reading = read(as_pdf(spans.document(CN_2021, TEXTS), fonts(), look={"text(it.text))))": f"{look})))"}))
    lost = [address for address, text in TEXTS.items() if text in SET]
    assert differing(reading) == dict.fromkeys(lost)
    assert {state(reading, address) for address in lost} == {CellState.UNREADABLE}


def test_a_printed_table_whose_rules_touch_its_text() -> None:
    reading = read(as_pdf(spans.document(CN_2021, TEXTS), fonts(), look={"inset: 3pt": "inset: 1pt", "align: left": "align: right"}))
    assert differing(reading) == {}
