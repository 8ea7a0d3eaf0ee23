"""A page number in the place of an empty cell, where nothing divides the cells."""

import pytest

from govinfo.readers import read
from govinfo.report import CellState

TITLE = "某局2023年政府信息公开工作年度报告"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
HEADS = ("行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS)
FIGURES = ("5", "0", "1", "2", "8", "3", "0", "0", "1", "4", "0", "0", "2", "0", "2")


def states(figures: tuple[str, ...]) -> set[CellState]:
    text = "\n".join((TITLE, "四、政府信息公开行政复议、行政诉讼情况", *HEADS, *figures))
    table = read(f"{text}\n".encode()).report.disputes
    return {table.state(address) for address in table.matrix.addresses} if table else set()


def test_whole_figures_are_read() -> None:
    assert states(FIGURES) == {CellState.VALUE}


@pytest.mark.parametrize("gap", [place for place, figure in enumerate(FIGURES) if figure == "0"])
@pytest.mark.parametrize("before", [True, False])
def test_a_page_number_beside_them_does_not_fill_a_gap(gap: int, *, before: bool) -> None:
    rest = (*FIGURES[:gap], *FIGURES[gap + 1 :])
    assert states(("7", *rest) if before else (*rest, "7")) == set()


def test_a_wrong_sum_that_no_page_number_explains_is_read() -> None:
    assert states((*FIGURES[:4], "9", *FIGURES[5:])) == {CellState.VALUE}


@pytest.mark.parametrize("figures", [("1", "0", "0", "0", "0", "1", "7"), ("7", "1", "0", "0", "0", "0", "1")])
def test_nor_in_a_row_of_section_3(figures: tuple[str, ...]) -> None:
    heads = ("自然人", "法人或其他组织", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    rows = (
        ("一、本年新收政府信息公开申请数量", *figures),
        ("二、上年结转政府信息公开申请数量", "3", "0", "0", "0", "0", "0", "3"),
        ("（一）予以公开", "4", "0", "0", "0", "0", "0", "4"),
    )
    lines = (TITLE, "三、收到和处理政府信息公开申请情况", *heads, *(cell for row in rows for cell in row))
    report = read(("\n".join(lines) + "\n").encode()).report
    assert report.marks["requests.new_received.total"].state is CellState.UNREADABLE
    assert report["requests.carried_in.total"] == 3
