"""The printed tables: that boxes tile the grid for any form, and that the real forms look as they are printed."""

from fractions import Fraction
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.form import Band, Form, Line, Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import Section
from govinfo.renderers.layout import Box, Layout, Part, absent_rows, figures_shown, layout_of
from govinfo.report import ABSENT, BLANK, CellState, Mark, Table

MATRICES = [pytest.param(matrix, id=f"{form.id}-{matrix.key}") for form in (CN_2019, CN_2021) for matrix in form.matrices]


def tiles(layout: Layout) -> bool:
    """Whether every place of the grid lies in exactly one box."""
    covered = [
        (row, column)
        for box in layout.boxes
        for row in range(box.row, box.row + box.rowspan)
        for column in range(box.column, box.column + box.colspan)
    ]
    return sorted(covered) == [(row, column) for row in range(layout.rows) for column in range(layout.columns)]


def outline(layout: Layout) -> list[str]:
    """Each row of the grid as text, spans as `text[rows x columns]`; figures as `#`."""

    def shown(box: Box) -> str:
        span = f"[{box.rowspan}x{box.colspan}]" if box.rowspan * box.colspan > 1 else ""
        return ("#" if box.address else box.text) + span

    return [" ".join(map(shown, boxes)) for boxes in layout.lines]


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_boxes_tile_the_grid_and_every_cell_is_printed_once(matrix: Matrix) -> None:
    layout = layout_of(matrix)
    assert tiles(layout)
    assert [box.address for box in layout.boxes if box.address] == list(matrix.addresses)
    assert all(box.part is Part.FIGURE and not box.text for box in layout.boxes if box.address)


@pytest.mark.parametrize("matrix", MATRICES)
def test_the_shares_of_the_figure_columns_are_one_width(matrix: Matrix) -> None:
    layout = layout_of(matrix)
    assert sum(layout.shares) == 1
    assert len(layout.shares) == layout.columns - layout.labels


# The outlines below were written down from the tables as bodies use them (the empty form in Word of the 2021 version, a
# published page of the 2019 version), not from the declaration of the forms.

REQUESTS_HEAD = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）[3x3] 申请人情况[1x7]",
    "自然人[2x1] 法人或其他组织[1x5] 总计[2x1]",
    "商业企业 科研机构 社会公益组织 法律服务机构 其他",
    "一、本年新收政府信息公开申请数量[1x3] # # # # # # #",
    "二、上年结转政府信息公开申请数量[1x3] # # # # # # #",
]
REQUESTS_BODY = [
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）[1x2] # # # # # # #",
    "（三）不予公开[8x1] 1.属于国家秘密 # # # # # # #",
    "2.其他法律行政法规禁止公开 # # # # # # #",
    "3.危及“三安全一稳定” # # # # # # #",
    "4.保护第三方合法权益 # # # # # # #",
    "5.属于三类内部事务信息 # # # # # # #",
    "6.属于四类过程性信息 # # # # # # #",
    "7.属于行政执法案卷 # # # # # # #",
    "8.属于行政查询事项 # # # # # # #",
    "（四）无法提供[3x1] 1.本机关不掌握相关政府信息 # # # # # # #",
    "2.没有现成信息需要另行制作 # # # # # # #",
    "3.补正后申请内容仍不明确 # # # # # # #",
    "（五）不予处理[5x1] 1.信访举报投诉类申请 # # # # # # #",
    "2.重复申请 # # # # # # #",
    "3.要求提供公开出版物 # # # # # # #",
    "4.无正当理由大量反复申请 # # # # # # #",
    "5.要求行政机关确认或重新出具已获取信息 # # # # # # #",
]
REQUESTS_FOOT = ["（七）总计[1x2] # # # # # # #", "四、结转下年度继续办理[1x3] # # # # # # #"]


def test_section_3_of_2021() -> None:
    assert outline(layout_of(CN_2021.requests)) == [
        *REQUESTS_HEAD,
        "三、本年度办理结果[22x1] （一）予以公开[1x2] # # # # # # #",
        *REQUESTS_BODY,
        "（六）其他处理[3x1] 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 # # # # # # #",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 # # # # # # #",
        "3.其他 # # # # # # #",
        *REQUESTS_FOOT,
    ]


def test_section_3_of_2019() -> None:
    assert outline(layout_of(CN_2019.requests)) == [
        *REQUESTS_HEAD,
        "三、本年度办理结果[20x1] （一）予以公开[1x2] # # # # # # #",
        *REQUESTS_BODY,
        "（六）其他处理[1x2] # # # # # # #",
        *REQUESTS_FOOT,
    ]


def test_section_2_of_2021() -> None:
    assert outline(layout_of(CN_2021.proactive)) == [
        "第二十条第（一）项[1x4]",
        "信息内容 本年制发件数 本年废止件数 现行有效件数",
        "规章 # # #",
        "行政规范性文件 # # #",
        "第二十条第（五）项[1x4]",
        "信息内容 本年处理决定数量[1x3]",
        "行政许可 #[1x3]",
        "第二十条第（六）项[1x4]",
        "信息内容 本年处理决定数量[1x3]",
        "行政处罚 #[1x3]",
        "行政强制 #[1x3]",
        "第二十条第（八）项[1x4]",
        "信息内容 本年收费金额（单位：万元）[1x3]",
        "行政事业性收费 #[1x3]",
    ]


def test_section_2_of_2019() -> None:
    items = "信息内容 上一年项目数量 本年增/减[1x2] 处理决定数量"
    assert outline(layout_of(CN_2019.proactive)) == [
        "第二十条第（一）项[1x5]",
        "信息内容 本年新制作数量 本年新公开数量[1x2] 对外公开总数量",
        "规章 # #[1x2] #",
        "规范性文件 # #[1x2] #",
        "第二十条第（五）项[1x5]",
        items,
        "行政许可 # #[1x2] #",
        "其他对外管理服务事项 # #[1x2] #",
        "第二十条第（六）项[1x5]",
        items,
        "行政处罚 # #[1x2] #",
        "行政强制 # #[1x2] #",
        "第二十条第（八）项[1x5]",
        "信息内容 上一年项目数量[1x2] 本年增/减[1x2]",
        "行政事业性收费 #[1x2] #[1x2]",
        "第二十条第（九）项[1x5]",
        "信息内容 采购项目数量[1x2] 采购总金额[1x2]",
        "政府集中采购 #[1x2] #[1x2]",
    ]


def test_section_4_is_one_row_of_fifteen_figures() -> None:
    results = "结果维持 结果纠正 其他结果 尚未审结 总计"
    assert outline(layout_of(CN_2021.disputes)) == [
        "行政复议[1x5] 行政诉讼[1x10]",
        "结果维持[2x1] 结果纠正[2x1] 其他结果[2x1] 尚未审结[2x1] 总计[2x1] 未经复议直接起诉[1x5] 复议后起诉[1x5]",
        f"{results} {results}",
        " ".join("#" * 15),
    ]
    assert layout_of(CN_2021.disputes) == layout_of(CN_2019.disputes)


def test_bands_divide_one_width_evenly() -> None:
    third, sixth = Fraction(1, 3), Fraction(1, 6)
    assert layout_of(CN_2019.proactive).shares == (third, sixth, sixth, third)


@st.composite
def matrices(draw: st.DrawFn, *, flat: bool | None = None, most_bands: int = 3) -> Matrix:
    """Tables whose bands, heads and groups are drawn; every label is one of a kind."""
    number = count()

    def lines(most: int) -> tuple[Line, ...]:
        found: list[Line] = []
        for _ in range(draw(st.integers(1, most))):
            shared = found[-1].within[: draw(st.integers(0, 2))] if found else ()
            within = (*shared, *(f"类{next(number)}" for _ in range(draw(st.integers(0, 2)))))
            found += [Line(f"k{(n := next(number))}", f"目{n}", "x", within) for _ in range(draw(st.integers(1, 3)))]
        return tuple(found)

    flat = draw(st.booleans()) if flat is None else flat
    bands = tuple(
        Band(f"band{n}", lines(3), lines(3), draw(st.sampled_from(["", "一段"])), "角")
        for n in range(1 if flat else draw(st.integers(1, most_bands)))
    )
    return Form("drawn", "x", "x", "x", 2000, None, (), (Matrix(Section.REQUESTS, bands, (), flat),)).requests


@given(matrices())
def test_any_table_tiles_its_grid(matrix: Matrix) -> None:
    layout = layout_of(matrix)
    assert tiles(layout)
    assert [box.address for box in layout.boxes if box.address] == list(matrix.addresses)


@given(matrices(flat=False, most_bands=1))
def test_a_head_spans_exactly_the_lines_that_are_within_it(matrix: Matrix) -> None:
    boxes = layout_of(matrix).boxes
    for line in matrix.rows:
        (leaf,) = (box for box in boxes if box.text == line.label)
        around = [box for box in boxes if box.part is Part.LABEL and box.row <= leaf.row < box.row + box.rowspan and box is not leaf]
        assert tuple(box.text for box in sorted(around, key=lambda box: box.column)) == line.within
    for line in matrix.columns:
        (leaf,) = (box for box in boxes if box.text == line.label)
        above = [box for box in boxes if box.part is Part.HEAD and box.column <= leaf.column < box.column + box.colspan and box is not leaf]
        assert tuple(box.text for box in sorted(above, key=lambda box: box.row)) == line.within


def test_rows_that_the_document_has_not_are_left_out() -> None:
    blank = Table.blank(CN_2021.requests)
    gone = [f"requests.granted.{column.key}" for column in CN_2021.requests.columns]
    table = blank.replace(dict.fromkeys(gone, ABSENT) | {"requests.partially_granted.total": ABSENT})
    assert absent_rows(table) == {"granted"}
    layout = layout_of(table.matrix, absent_rows(table))
    assert tiles(layout)
    assert [box.address for box in layout.boxes if box.address] == [a for a in CN_2021.requests.addresses if a not in gone]
    assert outline(layout)[5].startswith("三、本年度办理结果[21x1] （二）部分公开")


def test_a_track_that_the_document_has_not_takes_no_columns() -> None:
    layout = layout_of(CN_2021.disputes, frozenset({"direct_litigation"}))
    assert tiles(layout)
    assert outline(layout)[0] == "行政复议[1x5] 行政诉讼[1x5]"


def test_figures_are_shown_as_printed() -> None:
    table = Table.blank(CN_2019.proactive).replace(
        {
            "proactive.rules.newly_made": 22,
            "proactive.licensing.net_change": -3,
            "proactive.charges.prior_items": Mark(CellState.SLASH, "/"),
        },
        {"proactive.rules.newly_made": Mark(CellState.VALUE, "22（其中修订16件）", "其中修订16件")},
    )
    shown = figures_shown(table)
    assert shown["proactive.rules.newly_made"] == "22（其中修订16件）"
    assert shown["proactive.licensing.net_change"] == "-3"
    assert shown["proactive.charges.prior_items"] == "/"
    assert shown["proactive.charges.net_change"] == BLANK.raw == ""
