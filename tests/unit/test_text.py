"""Text into lines and grids."""

from govinfo.forms import CN_2021
from govinfo.readers import read
from govinfo.readers.grid import Block, Grid, Line
from govinfo.readers.text import Text


def blocks(text: str, *, last: bool = True) -> list[Block]:
    parsed = Text.of(text)
    return list(parsed.blocks(range(len(parsed.lines)), last=last))


def grid(text: str) -> Grid:
    (found,) = (block for block in blocks(text) if isinstance(block, Grid))
    return found


def texts(text: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(text).rows]


def test_each_bar_ends_a_cell() -> None:
    assert texts("规章 |\n0 |\n|\n|||\n商业\n企业 |\n") == [["规章", "0", "", "", "", "", "商业\n企业"]]
    assert texts("规章\n|\n0\n|\n||\n") == [["规章", "0", "", ""]]


def test_lines_that_are_rows() -> None:
    assert texts("规章 | 0 | 0 |\n行政许可 | 1 | ||\n") == [["规章", "0", "0"], ["行政许可", "1", "", ""]]
    assert grid("规章 | 0 | 0 |\n").ended
    assert not grid("规章 |\n0 |\n").ended


def test_a_bar_before_each_row() -> None:
    assert texts("| 规章 | 0 |\n| 行政许可 | 1 | ||\n") == [["规章", "0"], ["行政许可", "1", "", ""]]


def test_an_empty_cell_before_some_rows() -> None:
    assert texts("三 | 一 | 0 |\n | 二 | 1 |\n") == [["三", "一", "0"], ["", "二", "1"]]


def test_rows_without_a_bar_at_their_end() -> None:
    assert texts("规章 | 0 | 0\n行政许可 | 1 | 2\n") == [["规章", "0", "0"], ["行政许可", "1", "2"]]
    assert all(cell.closed for row in grid("规章 | 0\n行政许可 | 1\n").rows for cell in row)
    assert not grid("规章 | 0\n行政许可 | 1").rows[-1][-1].closed


def test_an_empty_cell_at_the_end_of_a_row_without_a_bar() -> None:
    assert texts("规章 | 0 | 0\n行政许可 | 1 | \n行政处罚 | 1 | 2\n") == [["规章", "0", "0"], ["行政许可", "1", ""], ["行政处罚", "1", "2"]]


def test_a_cell_over_two_lines_of_a_row() -> None:
    assert texts("行政处罚 | 1\n（说明）| 3 |\n行政强制 | 0 | 0 |\n") == [["行政处罚", "1\n（说明）", "3"], ["行政强制", "0", "0"]]


def test_where_the_source_ends() -> None:
    assert not grid("规章 |\n0 |\n1").rows[-1][-1].closed
    assert grid("规章 |\n0 |\n1 |").rows[-1][-1].closed
    assert not grid("规章 | 0 |\n行政许可 | 1 | 2").rows[-1][-1].closed


def test_text_behind_the_last_bar_is_a_line() -> None:
    found = blocks("规章 |\n0 |\n注：含修订。\n")
    assert [block.text for block in found if isinstance(block, Line)] == ["注：含修订。"]


def test_text_without_bars_is_lines() -> None:
    assert [block.text for block in blocks("甲\n\n 乙 \n") if isinstance(block, Line)] == ["甲", "乙"]


def test_bars_around_a_line_say_nothing() -> None:
    assert [line.text for line in grid("甲。 |\n||||\n| 乙。 |||\n|").lines] == ["甲。", "乙。"]


def test_markdown_is_unescaped_and_its_rule_dropped() -> None:
    found = grid("| a\\|b | \\*1\\* |\n|---|---|\n| 0 | \\\\ |\n")
    assert [[cell.text for cell in row] for row in found.rows] == [["a|b", "*1*"], ["0", "\\"]]
    assert Text.of("## 一、总体情况\n\n| a | b |\n|---|---|\n").line(0).text == "一、总体情况"


def test_origins_count_in_the_original() -> None:
    row = grid("甲\r\n統(tǒng)一 |\r\n 12 |\r\n|\r\n").rows[0]
    assert [(cell.origin.line, cell.origin.position) for cell in row] == [(1, 1), (3, 2), (4, 1)]
    assert [cell.origin.raw for cell in row[1:]] == ["12", ""]
    (repair,) = Text.of("甲\n統(tǒng)一").repairs()
    assert (repair.origin.line, repair.origin.position) == (2, 1)


def test_rows_below_a_label_that_spans_them_begin_with_a_bar_though_none_stands_before_the_rows() -> None:
    form, figures = CN_2021, "3 | 0 | 0 | 0 | 0 | 0 | 3 |"
    rows = ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | | | 申请人情况 | | | | | | |"]
    rows += [" | | | 自然人 | 法人或其他组织 | | | | | 总计 |", " | | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |"]
    above: tuple[str, ...] = ()
    for line in form.requests.bands[0].rows:
        shown = ["" if above[: depth + 1] == line.within[: depth + 1] else label for depth, label in enumerate(line.within)]
        rows.append(" | ".join([*shown, line.label, *[""] * (2 - len(shown)), figures]))
        above = line.within
    text = "\n".join(("某局2023年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", *rows, ""))
    report = read(text.encode()).report
    assert [report[address] for address in form.requests.addresses] == [3, 0, 0, 0, 0, 0, 3] * 25
