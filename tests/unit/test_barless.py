"""Tables without bars: layouts of published pages, with figures of our own."""

import json
from pathlib import Path

import pytest

from govinfo.errors import ReadError
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.readers.barless import MOST_LINES
from govinfo.reading import Reading, RepairKind
from govinfo.report import CellState, Table
from tests.documents.layouts import BARLESS, LAYOUTS, Printed, Rows, document
from tests.laws.test_reading import figures, wrong

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
HEADS = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n"
RULES = f"{HEADS}规章\n1\n2\n3\n行政规范性文件\n4\n5\n6\n"
REST = (
    "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n7\n第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n8\n行政强制\n9\n"
    "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n10.5\n"
)


def of(text: str) -> Reading:
    return read(text.encode())


def table(text: str) -> Table:
    found = of(text).report.proactive
    assert found is not None
    return found


def rules(text: str) -> list[object]:
    return [table(text).at(f"proactive.rules.{column}") for column in ("issued", "repealed", "in_force")]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not part of the package")
@pytest.mark.parametrize("sample", ["huaian-2024", "jingyan-office-2023"])
@pytest.mark.parametrize("layout", sorted(BARLESS))
def test_the_figures_of_the_samples_in_every_layout(sample: str, layout: str) -> None:
    truth = json.loads((SAMPLES / f"{sample}.truth.json").read_text("utf-8"))["cells"]
    texts = {address: "" if said is None else str(said) for address, said in truth.items()}
    reading = of(document(CN_2021, texts, BARLESS[layout]))
    assert wrong(reading, texts) == []
    unread = [address for address in texts if reading.report[address] is None]
    assert {address.rsplit(".", 1)[0] for address in unread} == {a.rsplit(".", 1)[0] for a, text in texts.items() if not text}


class TestPDFText:
    """What copying from a PDF makes of a table."""

    def test_heads_in_pieces_one_above_the_other(self) -> None:
        """Columns are narrow: the lines of neighbouring heads mingle, and the corner stands between."""
        texts = figures(CN_2021, 4, 0)
        text = document(CN_2021, texts, BARLESS["pasted"])
        start, end = text.index("（本列数据"), text.index("一、本年新收")
        mingled = (
            "申请人情况\n（本列数据的勾稽关系为：第一项加第二项之和， 法人或其他组织\n等于第三项加第四项之和）\n自然人 总计\n"
            "商业企 科研机 社会公益 法律服务\n其他\n业 构 组织 机构\n"
        )
        start_, end_ = text.index("行政复议 行政诉讼"), text.index(texts["disputes.reconsideration.upheld"])
        flat = (
            "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结果 结果 其他结 尚未\n总计\n结 果 结果 其他 尚未 结果 结果 其他 尚未审\n"
            "维持 纠正 果 审结\n总计 总计\n维持 纠正 结果 审结 维持 纠正 结果 结\n"
        )
        reading = of(text[:start] + mingled + text[end:start_] + flat + text[end_:])
        assert reading.report == of(document(CN_2021, texts, LAYOUTS["row_a_line"])).report

    def test_a_head_too_few_places_nothing(self) -> None:
        texts = figures(CN_2021, 4, 0)
        text = document(CN_2021, texts, BARLESS["pasted"])
        assert "未经复议直接起诉" in text
        assert of(text.replace("未经复议直接起诉", "未经复议")).report.disputes is None

    def test_kangxi_radicals_and_a_page_number_inside_a_label(self) -> None:
        text = document(CN_2021, figures(CN_2021, 4, 0), BARLESS["pasted"])
        other = text.replace("行政许可", "⾏政许可").replace("（四）\n无法提供", "（四）无\n- 4 -\n法提供")
        assert other != text
        assert of(other).report == of(text).report

    def test_figures_above_their_labels_are_not_read(self) -> None:
        reading = of(f"{HEADS}1 2 3\n规章\n4 5 6\n行政规范性文件\n{REST}")
        assert reading.report.proactive is not None
        assert [reading.report[a] for a in reading.report.proactive.matrix.addresses if "rules" in a or "normative" in a] == [None] * 6


class TestCellsOnLines:
    """Each cell on a line of its own."""

    def test_certain(self) -> None:
        assert rules(RULES + REST) == [1, 2, 3]

    @pytest.mark.parametrize("row", ["规章\n1\n2\n", "规章\n1\n2\n3\n4\n", "规章\n\n\n1\n2\n", "规章\n"])
    def test_too_few_or_too_many(self, row: str) -> None:
        text = (RULES + REST).replace("规章\n1\n2\n3\n", row)
        assert rules(text) == [None] * 3
        assert table(text).state("proactive.rules.issued") is CellState.UNREADABLE

    def test_a_page_that_ends_within_a_row(self) -> None:
        """Between the figures of one row: the number of the page may be one of them, unless it looks like no figure."""
        assert rules(RULES.replace("\n2\n3\n", "\n2\n\x0c3\n") + REST) == [None] * 3
        assert rules(RULES.replace("\n2\n3\n", "\n2\n- 7 -\n\x0c3\n") + REST) == [1, 2, 3]

    def test_notes_stay_with_their_figures(self) -> None:
        mark = of(RULES.replace("\n3\n", "\n3\n（其中修订 2 件）\n") + REST).report.marks["proactive.rules.in_force"]
        assert (mark.state, mark.note) == (CellState.VALUE, "其中修订 2 件")

    def test_a_row_behind_one_without_figures_may_have_got_them(self) -> None:
        found = table((RULES + REST).replace("行政处罚\n8\n", "行政处罚\n"))
        assert (found.at("proactive.penalties.decisions"), found.at("proactive.compulsion.decisions")) == (None, None)

    def test_text_around_the_table_is_left_over(self) -> None:
        reading = of(f"{HEADS.partition(chr(10))[0]}\n我局情况如下。\n{(RULES + REST).partition(chr(10))[2]}注：含修订。\n")
        assert [left.text for left in reading.leftovers] == ["我局情况如下。", "注：含修订。"]


class TestHTMLWithoutTables:
    """A page whose table is paragraphs, divided lines, or preformatted text."""

    @pytest.mark.parametrize("how", ["p", "br", "pre"])
    @pytest.mark.parametrize("layout", ["line_a_cell", "spaces", "pasted"])
    def test_it_is_read_as_text(self, how: str, layout: str) -> None:
        text = document(CN_2019, figures(CN_2019, 3, 0), BARLESS[layout])
        lines = text.split("\n")
        pages = {"p": "".join(f"<p>{line}</p>" for line in lines), "br": f"<div>{'<br>'.join(lines)}</div>", "pre": f"<pre>{text}</pre>"}
        assert of(f"<html><body>{pages[how]}</body></html>").report == of(text).report


class TestRowsWithoutLabels:
    """Figure rows of section 3 that lost their labels: read where number, order and sums all say the same."""

    def text(self, *, form_id: str = "cn-2021", keep: int = 0, wrong: bool = False, lost: int | None = None, short: bool = False) -> str:
        form = CN_2021 if form_id == "cn-2021" else CN_2019
        texts = dict.fromkeys(form.cells, "0")
        for row in ("new_received", "granted", "total_concluded"):
            texts |= {f"requests.{row}.natural_person": "3", f"requests.{row}.total": "3"}
        if wrong:
            texts["requests.granted.enterprise"] = "1"
        seen = iter(range(1000))

        def without_labels(rows: list[list[Printed]]) -> Rows:
            if len(rows) < 20:
                return rows
            kept: list[list[Printed]] = []
            for row in rows:
                filled = [cell for cell in row if cell.address]
                number = next(seen) if filled else -1
                if number >= 0 and number != lost:
                    bare = filled[:-1] if short and number == 4 else filled
                    kept.append(row if keep and number % keep == 0 else [Printed(""), *bare])
                elif number < 0:
                    kept.append(row)
            return kept

        return document(form, texts, LAYOUTS["leading_bars"], without_labels)

    @pytest.mark.parametrize("form_id", ["cn-2019", "cn-2021"])
    @pytest.mark.parametrize("keep", [0, 3, 7])
    def test_placed_and_told(self, form_id: str, keep: int) -> None:
        reading = of(self.text(form_id=form_id, keep=keep))
        assert reading.report["requests.granted.natural_person"] == 3
        assert reading.report.requests is not None
        assert reading.report.requests.form.id == form_id
        assert None not in reading.report.requests.figures
        told = [repair.repaired for repair in reading.repairs if repair.kind is RepairKind.ORDER]
        rows = len(reading.report.requests.figures) // 7
        assert len(told) == rows - (len(range(0, rows, keep)) if keep else 0)

    def test_in_doubt_nothing_is_placed(self) -> None:
        for text in (self.text(wrong=True), self.text(lost=5), self.text(short=True)):
            reading = of(text)
            assert reading.report.requests is None
            assert not [repair for repair in reading.repairs if repair.kind is RepairKind.ORDER]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADS}规章000\n行政规范性文件000\n",
        "\n".join(dict.fromkeys((RULES + REST).replace("\n5\n", "\n2\n").split("\n"))),
        "二、主动公开政府信息情况\n" + "规章\n" * (MOST_LINES + 1),
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        of(text)
    assert caught.value.remedy
