"""HTML pages: the published sample, and what of a page is the report."""

import json
import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from govinfo.errors import ReadError
from govinfo.forms import CN_2019
from govinfo.keys import Section
from govinfo.readers import read
from govinfo.readers.html import MOST_TEXT
from govinfo.reading import Reading, RepairKind
from govinfo.report import CellState

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not part of the package")
TABLE = (
    "<table><tr><td colspan=4>第二十条第（一）项<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    "<tr><td>规章<td>1<td>2<td>3<tr><td>行政规范性文件<td>4<td>&nbsp;<td>/</table>"
)


def of(text: str) -> Reading:
    return read(text.encode())


@needs_samples
class TestTheSample:
    """A city's general office, 2019 form: spans, blanks as &nbsp;, heads and figures that divide the width differently."""

    def test_every_figure(self) -> None:
        truth = json.loads((SAMPLES / "shanghai-general-office-2019.truth.json").read_text("utf-8"))
        reading = read(SAMPLES / "shanghai-general-office-2019.html")
        report = reading.report
        for address, said in truth["cells"].items():
            expected = None if said is None else Decimal(str(said).removesuffix("元"))
            assert report[address] == expected, address
            assert said is not None or report.marks[address].state is CellState.BLANK
        assert len(truth["cells"]) == len(set(reading.origins.values())) == 198
        assert [table.form for table in report.tables] == [CN_2019] * 3
        assert (report.year, report.organ) == (2019, truth["organ"])
        mark = report.marks["proactive.procurement.amount"]
        assert (mark.raw, mark.unit) == ("251000元", "元")
        origin = reading.origins["requests.new_received.natural_person"]
        assert (origin.raw, origin.table, origin.row, origin.column) == ("821", 2, 4, 4)

    def test_the_prose_is_whole_and_in_order(self) -> None:
        reading = read(SAMPLES / "shanghai-general-office-2019.html")
        source = (SAMPLES / "shanghai-general-office-2019.html").read_text("utf-8")
        lines = [
            unescape(re.sub("<[^>]*>", "", line)).strip()
            for line in re.findall(r"<p\b[^>]*>(.*?)</p>", re.sub("<table.*?</table>", "", source))
        ]
        at = {heading.section: lines.index(heading.text) for heading in reading.headings}
        assert list(at) == list(Section)
        assert (reading.report.overview or "").split("\n") == [
            line for line in lines[at[Section.OVERVIEW] + 1 : at[Section.PROACTIVE]] if line
        ]
        assert (reading.report.problems or "").split("\n") == [
            line for line in lines[at[Section.PROBLEMS] + 1 : at[Section.OTHER_MATTERS]] if line
        ]


def test_a_table_alone_is_read() -> None:
    report = of(TABLE).report
    assert report.proactive is not None
    assert [report[f"proactive.rules.{key}"] for key in ("issued", "repealed", "in_force")] == [1, 2, 3]
    states = [report.proactive.state(f"proactive.normative_documents.{key}") for key in ("issued", "repealed", "in_force")]
    assert states == [CellState.VALUE, CellState.BLANK, CellState.SLASH]


@pytest.mark.parametrize(
    ("printed", "broken"),
    [("<td>1<td>2<td>3", "<td>1<td>2"), ("<td>1<td>2<td>3", "<td>1<td>2<td>2<td>3"), ("<td>1<td>2<td>3", "<td>1<td colspan=2>2")],
)
def test_a_row_of_another_number_of_cells_is_unreadable(printed: str, broken: str) -> None:
    table = of(TABLE.replace(printed, broken)).report.proactive
    assert table is not None
    assert {table.state(f"proactive.rules.{key}") for key in ("issued", "repealed", "in_force")} == {CellState.UNREADABLE}
    assert table.at("proactive.normative_documents.issued") == 4


def test_two_figures_in_a_cell_are_not_one() -> None:
    table = of(TABLE.replace("<td>1<td>2", "<td><p>1</p><p>7</p><td>2")).report.proactive
    assert table is not None
    assert table.state("proactive.rules.issued") is CellState.UNREADABLE


def test_a_cell_in_which_the_page_ends_is_unreadable() -> None:
    table = of(TABLE.partition("/</table>")[0] + "36").report.proactive
    assert table is not None
    assert table.state("proactive.normative_documents.in_force") is CellState.UNREADABLE


def test_pinyin_is_taken_out_of_labels_and_prose() -> None:
    page = "<p>一、總(zǒng)體情況</p><p>統(tǒng)一發(fā)布</p><p>二、主動(dòng)公開政府信息情況</p>" + TABLE
    reading = of(page)
    assert reading.report.overview == "統一發布"
    assert [repair.kind for repair in reading.repairs] == [RepairKind.PINYIN] * 4
    assert {repair.original for repair in reading.repairs} >= {"統(tǒng)"}


@pytest.mark.parametrize("page", ["<html></html>", "<p>一", "<table><tr><td>1</table>", "<p>" + "一" * (MOST_TEXT + 1)])
def test_what_is_no_report_is_refused(page: str) -> None:
    with pytest.raises(ReadError):
        of(page)
