"""Whole documents: the sample, the fragments, documents of our own, and what is refused."""

import datetime as dt
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from govinfo.errors import ReadError
from govinfo.forms import CN_2021, FORMS
from govinfo.keys import ReportScope, Section
from govinfo.readers import read
from govinfo.reading import Reading, RepairKind
from govinfo.report import CellState
from tests.documents.layouts import LAYOUTS, document
from tests.toy import TOY

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not part of the package")

RULES = """\
第二十条第（一）项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 1 | 2 | 3 |
行政规范性文件 | 4 | 5 | 6 |
"""
TABLE = f"""{RULES}第二十条第（五）项 | |||
信息内容 | 本年处理决定数量 | ||
行政许可 | 7 | ||
第二十条第（六）项 | |||
信息内容 | 本年处理决定数量 | ||
行政处罚 | 8 | ||
行政强制 | 9 | ||
第二十条第（八）项 | |||
信息内容 | 本年收费金额（单位：万元） | ||
行政事业性收费 | 10.5 | ||
"""
SECTION = "二、主动公开政府信息情况\n"


def of(text: str) -> Reading:
    return read(text.encode())


@pytest.fixture(scope="module", name="reading")
def first_sample() -> Reading:
    return read(SAMPLES / "jingyan-office-2023.txt")


@needs_samples
class TestTheFirstSample:
    """A county office's report as crawled: Traditional, pinyin inserted, one cell a line."""

    def test_every_figure(self, reading: Reading) -> None:
        truth = json.loads((SAMPLES / "jingyan-office-2023.truth.json").read_text("utf-8"))
        report = reading.report
        for address, said in truth["cells"].items():
            assert report[address] == (Decimal(said) if isinstance(said, str) else said), address
        assert sum(len(table) for table in report.tables) == len(truth["cells"]) == 200
        assert {address: mark.state for address, mark in report.marks.items()} == {
            "requests.total_concluded.natural_person": CellState.BLANK
        }
        assert [table.form for table in report.tables] == [CN_2021] * 3
        assert (report.year, report.organ, report.title) == (2023, None, None)

    def test_the_prose_is_whole(self, reading: Reading) -> None:
        report = reading.report
        assert report.overview is not None
        assert report.problems is not None
        assert report.other_matters is not None
        original = (SAMPLES / "jingyan-office-2023.txt").read_text("utf-8").splitlines()
        assert report.overview.count("\n") + 1 == 10
        assert report.problems.count("\n") + 1 == 2
        assert report.other_matters == re.sub(r"\([^()]+\)", "", original[-2])
        assert "|" not in report.overview + report.problems + report.other_matters

    def test_the_damage(self, reading: Reading) -> None:
        kinds = [repair.kind for repair in reading.repairs]
        assert kinds.count(RepairKind.PINYIN) == 54
        assert kinds.count(RepairKind.GBK) == 1
        assert len(kinds) == 55
        lines = (SAMPLES / "jingyan-office-2023.txt").read_text("utf-8").splitlines()
        for repair in reading.repairs:
            assert repair.origin.line is not None
            assert repair.origin.position is not None
            at = repair.origin.position - 1
            assert lines[repair.origin.line - 1][at : at + len(repair.original)] == repair.original

    def test_nothing_is_left_over(self, reading: Reading) -> None:
        assert reading.leftovers == ()
        assert [heading.section for heading in reading.headings] == list(Section)

    def test_every_cell_says_where_it_stands(self, reading: Reading) -> None:
        places = {(origin.line, origin.position) for origin in reading.origins.values()}
        assert len(places) == len(reading.origins) == 200
        lines = (SAMPLES / "jingyan-office-2023.txt").read_text("utf-8").splitlines()
        for origin in reading.origins.values():
            assert origin.line is not None
            assert origin.position is not None
            assert lines[origin.line - 1][origin.position - 1 :].startswith(origin.raw or "|")


@needs_samples
class TestTheFragments:
    """Tables cut out of published pages, in other layouts."""

    def values(self, name: str) -> dict[str, object]:
        table = read(SAMPLES / "fragments" / name).report.proactive
        assert table is not None
        return {address: table.at(address) for address in table.matrix.addresses}

    def test_short_rows(self) -> None:
        assert list(self.values("2019-form-short-rows.txt").values()) == [
            0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0, 0, 1, 0, 93, 1, 0, 0, 0, 0, 13, Decimal("477.35"),
        ]  # fmt: skip
        mark = read(SAMPLES / "fragments" / "2019-form-short-rows.txt").report.marks["proactive.procurement.amount"]
        assert mark.unit == "万元"

    def test_an_extra_row_and_labels_with_notes(self) -> None:
        values = list(self.values("2019-form-traditional-extra-row.txt").values())
        assert values == [0, 0, 0, 2, 2, 19, 8, 5, 93, 117, 0, 165, 90, 0, 22, 4, 4, None, None, None, None, None]
        reading = read(SAMPLES / "fragments" / "2019-form-traditional-extra-row.txt")
        states = [mark.state for mark in reading.report.marks.values()]
        assert states == [CellState.DASH, CellState.BLANK, CellState.BLANK, CellState.ABSENT, CellState.ABSENT]
        assert any("186" in leftover.text for leftover in reading.leftovers)

    def test_bars_on_their_own_lines(self) -> None:
        assert list(self.values("2021-form-bar-on-its-own-line.txt").values()) == [0, 0, 0, 0, 0, 0, 0, None, None, None]

    @pytest.mark.parametrize("name", ["2021-form-leading-bars.txt", "2021-form-row-a-line.txt"])
    def test_rows_that_are_lines(self, name: str) -> None:
        values = list(self.values(name).values())
        assert None not in values
        assert values[3:6] == ([2, 0, 2] if "leading" in name else [0, 0, 0])

    @pytest.mark.parametrize("name", ["2021-form-glued-unrecoverable.txt", "2019-form-repeated-lines-lost-unrecoverable.txt"])
    def test_what_is_beyond_recovery_is_refused(self, name: str) -> None:
        with pytest.raises(ReadError) as caught:
            read(SAMPLES / "fragments" / name)
        assert caught.value.source.endswith(name)
        assert "line" in caught.value.problem


class TestTheFront:
    """Title, organ, year, scope and date of publication."""

    def test_a_title_names_organ_and_year(self) -> None:
        report = of(f"某县水务局2022年政府信息公开工作年度报告\n{SECTION}{TABLE}").report
        assert (report.title, report.organ, report.year) == ("某县水务局2022年政府信息公开工作年度报告", "某县水务局", 2022)

    def test_a_title_in_two_lines(self) -> None:
        report = of(f"某县水务局\n2022年度政府信息公开工作年度报告 |\n||||\n{SECTION}{TABLE}").report
        assert (report.organ, report.year) == ("某县水务局", 2022)

    def test_the_line_under_the_title(self) -> None:
        line = "（公开主体：某县 水务局　报告年度：2022　统计范围：本机关　发布日期：2023-01-15）"
        report = of(f"随便什么标题\n{line}\n{SECTION}{TABLE}").report
        assert (report.title, report.organ, report.year) == ("随便什么标题", "某县 水务局", 2022)
        assert (report.scope, report.published_on) == (ReportScope.OWN_ORGAN, dt.date(2023, 1, 15))

    def test_a_labelled_date(self) -> None:
        assert of(f"发布时间：2023-01-15\n{SECTION}{TABLE}").report.published_on == dt.date(2023, 1, 15)
        assert of(f"2023-01-15\n{SECTION}{TABLE}").report.published_on is None

    @pytest.mark.parametrize(
        ("prose", "year"),
        [
            ("统计期限为2022年1月1日至2022年12月31日。", 2022),
            ("统计期限为2022年1月1日起至12月31日止，比2021年多。", 2022),
            ("自202211日起至20221231日止。", None),
            ("2022年我局做了这些事。", 2022),
            ("2022年比2021年多。", None),
            ("我局做了这些事。", None),
        ],
    )
    def test_the_year_is_not_guessed(self, prose: str, year: int | None) -> None:
        assert of(f"一、总体情况\n{prose}\n{SECTION}{TABLE}").report.year == year

    @pytest.mark.parametrize("title", ["某局2023-2024年政府信息公开工作年度报告", "某局2023年至2024年政府信息公开工作年度报告"])
    def test_of_two_years_neither_is_taken(self, title: str) -> None:
        reading = of(f"{title}\n{SECTION}{TABLE}")
        assert (reading.report.year, reading.report.organ, reading.report.title) == (None, None, None)
        assert [left.text for left in reading.leftovers] == [title]


class TestHeadings:
    """Sections begin at their headings, whatever their numbers say."""

    def test_numbers_may_restart_and_be_missing(self) -> None:
        reading = of(
            f"总体情况\n甲\n一、行政机关主动公开政府信息情况\n{TABLE}\n五、存在问题及改进情况\n乙\n（六）其他需要报告的事项：无。\n"
        )
        assert [heading.section for heading in reading.headings][:3] == [Section.OVERVIEW, Section.PROACTIVE, Section.PROBLEMS]
        assert reading.report.overview == "甲"

    def test_the_same_words_within_a_section_are_no_heading(self) -> None:
        report = of(f"一、总体情况\n甲\n（一）主动公开政府信息情况\n乙\n{SECTION}{TABLE}").report
        assert report.overview == "甲\n（一）主动公开政府信息情况\n乙"

    def test_text_on_the_line_of_a_heading(self) -> None:
        assert of(f"{SECTION}{TABLE}六、其他需要报告的事项：无。").report.other_matters == "无。"

    def test_a_heading_with_nothing_under_it(self) -> None:
        assert of(f"{SECTION}{TABLE}六、其他需要报告的事项\n").report.other_matters == ""

    def test_text_around_a_table_is_left_over_with_its_section(self) -> None:
        reading = of(f"{SECTION}我局情况如下。\n{TABLE}注：含修订。\n")
        assert [(left.text, left.section) for left in reading.leftovers] == [
            ("我局情况如下。", Section.PROACTIVE), ("注：含修订。", Section.PROACTIVE),
        ]  # fmt: skip
        assert reading.report.proactive is not None

    def test_a_table_under_no_heading_of_its_own(self) -> None:
        report = of(f"一、总体情况\n甲\n{TABLE}").report
        assert report.overview == "甲"
        assert report["proactive.charges.amount_wan"] == Decimal("10.5")


class TestRows:
    """What happens to rows that are not as the form has them."""

    def test_a_row_that_is_missing_is_absent(self) -> None:
        table = of(SECTION + TABLE.replace("行政强制 | 9 | ||\n", "")).report.proactive
        assert table is not None
        assert table.state("proactive.compulsion.decisions") is CellState.ABSENT
        assert table.at("proactive.penalties.decisions") == 8

    def test_a_row_with_a_cell_too_few_is_unreadable(self) -> None:
        reading = of(SECTION + TABLE.replace("规章 | 1 | 2 | 3 |", "规章 | 1 | 3 |"))
        marks = reading.report.marks
        assert {marks[f"proactive.rules.{column}"].raw for column in ("issued", "repealed", "in_force")} == {"规章 | 1 | 3"}
        assert {mark.state for mark in marks.values()} == {CellState.UNREADABLE}
        assert "proactive.rules.issued" not in reading.origins

    def test_the_same_row_twice(self) -> None:
        row = "行政许可 | 7 | ||\n"
        same = of(SECTION + TABLE.replace(row, row * 2))
        assert same.report["proactive.licensing.decisions"] == 7
        assert len(same.leftovers) == 1
        other = of(SECTION + TABLE.replace(row, row + row.replace("7", "8")))
        assert other.report.marks["proactive.licensing.decisions"].state is CellState.UNREADABLE

    def test_exchanged_columns_are_taken_as_the_heads_say(self) -> None:
        exchanged = RULES.replace("本年制发件数 | 本年废止件数", "本年废止件数 | 本年制发件数")
        report = of(SECTION + TABLE.replace(RULES, exchanged)).report
        assert (report["proactive.rules.repealed"], report["proactive.rules.issued"]) == (1, 2)

    def test_heads_of_no_form_place_nothing(self) -> None:
        foreign = RULES.replace("本年制发件数", "甲类文件").replace("本年废止件数", "乙类文件")
        report = of(SECTION + TABLE.replace(RULES, foreign)).report
        assert report["proactive.rules.issued"] is None
        assert report["proactive.licensing.decisions"] == 7

    def test_without_heads_no_form_is_preferred(self) -> None:
        """The form that reads a row is no better than the one that finds it damaged: both know its label."""
        rows = "规章 | 1 | 2 | 3\n行政许可 | 7 |  | \n行政处罚 | 8 |  | \n行政事业性收费 | 10 |  | \n"
        assert of(SECTION + rows + "一、总体情况\n").report.proactive is None

    def test_signs_that_cannot_be_seen_around_bars(self) -> None:
        hidden = of(SECTION + TABLE.replace("|", "\u200f|\u200e"))
        assert hidden.report == of(SECTION + TABLE).report
        assert hidden.leftovers == ()

    def test_a_label_with_characters_lost_is_a_repair(self) -> None:
        texts = {address: str(number) for number, address in enumerate(CN_2021.cells)}
        text = document(CN_2021, texts, LAYOUTS["row_a_line"]).replace("其他法律行政法规禁止公开", "其他法律行政止公开")
        reading = of(text)
        address = "requests.denied_prohibited_by_law.natural_person"
        assert reading.report[address] == int(texts[address])
        assert [(r.kind, r.repaired) for r in reading.repairs] == [(RepairKind.LABEL, "2.其他法律行政法规禁止公开")]

    def test_a_label_in_two_lines(self) -> None:
        texts = {address: str(number) for number, address in enumerate(CN_2021.cells)}
        text = document(CN_2021, texts, LAYOUTS["cell_a_line"]).replace("商业企业", "商业\n企业").replace("结果维持", "结果\n\n维持")
        assert of(text).report == of(document(CN_2021, texts, LAYOUTS["cell_a_line"])).report


class TestASourceThatEnds:
    """Half a report is half read."""

    def test_inside_a_figure(self) -> None:
        table = of(f"{SECTION}{RULES}"[:-3]).report.proactive
        assert table is not None
        assert [table.at(f"proactive.normative_documents.{column}") for column in ("issued", "repealed", "in_force")] == [4, 5, None]
        assert table.state("proactive.normative_documents.in_force") is CellState.UNREADABLE
        assert table.state("proactive.licensing.decisions") is CellState.ABSENT

    def test_behind_a_bar(self) -> None:
        table = of(f"{SECTION}{RULES}".rstrip()).report.proactive
        assert table is not None
        assert table.at("proactive.normative_documents.in_force") == 6

    def test_cell_a_line(self) -> None:
        text = document(CN_2021, dict.fromkeys(CN_2021.cells, "31"), LAYOUTS["cell_a_line"])
        text = text[: text.index("五、")].rstrip()
        whole, cut = of(text).report.disputes, of(text[:-2]).report.disputes
        assert whole is not None
        assert cut is not None
        last = whole.matrix.addresses[-1]
        assert whole.at(last) == 31
        assert cut.state(last) is CellState.UNREADABLE
        assert cut.figures[:-1] == whole.figures[:-1]


class TestAFormOfTheCallersOwn:
    """The reader knows no form by name."""

    def test_the_toy(self) -> None:
        texts = {address: str(number) for number, address in enumerate(TOY.cells, 5)}
        for layout in LAYOUTS.values():
            text = document(TOY, texts, layout).replace("2023年", "2101年")
            report = read(text.encode(), forms=(TOY,)).report
            assert report.requests is not None
            assert report.requests.form is TOY
            assert {address: str(report[address]) for address in TOY.cells} == texts

    def test_it_does_not_hide_the_others(self) -> None:
        assert of(SECTION + TABLE).report == read((SECTION + TABLE).encode(), forms=(*FORMS, TOY)).report


class TestRefusals:
    """One sentence: what, where, and what is accepted."""

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"  \n",
            b"\x00\x01\x02",
            b"abc\x00def",
            b"%PDF-1.7 x",
            b"PK\x03\x04 word/document.xml",
            b"PK\x03\x04 xl/workbook.xml",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<!DOCTYPE html><html>",
            b"\xef\xbb\xbf<table><tr>",
            "规章".encode("gbk"),
            "规章 | 0".encode("utf-16"),
            "今天天气很好。".encode(),
            "2015年政府信息公开工作年度报告\n一、总体情况\n甲\n".encode(),
            b"|" * 600_000,
            "规章\n000\n行政规范性文件\n行政许可5\n行政处罚12".encode(),
        ],
    )
    def test_what_cannot_be_read(self, content: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            read(content)
        assert caught.value.problem
        assert caught.value.remedy
        assert "\n" not in str(caught.value)

    def test_it_says_where_utf8_ends(self) -> None:
        with pytest.raises(ReadError, match="line 2"):
            read("规章\n".encode() + b"\xb9\xe6")

    def test_broken_files_of_other_kinds_are_refused_as_what_they_are(self) -> None:
        pytest.importorskip("pdfplumber", reason="reading PDF needs the extra pdf")
        for content, kind in {b"%PDF-1.7": "PDF", b"PK\x03\x04 word/": "archive"}.items():
            with pytest.raises(ReadError) as caught:
                read(content)
            assert kind in caught.value.problem

    def test_a_source_that_is_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "large.txt"
        path.write_bytes(b"x" * 101)
        for source in (path, str(path), b"x" * 101, io.BytesIO(b"x" * 101)):
            with pytest.raises(ReadError, match="100"):
                read(source, largest=100)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError) as caught:
            read(tmp_path / "none.txt")
        assert caught.value.source == str(tmp_path / "none.txt")

    def test_a_text_file_object(self) -> None:
        with pytest.raises(ReadError):
            read(io.StringIO("规章"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] -- what a caller may do


def test_all_kinds_of_source_are_read_alike(tmp_path: Path) -> None:
    content = f"\ufeff{SECTION}{TABLE}".encode()
    path = tmp_path / "报告.txt"
    path.write_bytes(content)
    with path.open("rb") as file:
        readings = [read(source) for source in (path, str(path), content, io.BytesIO(content), file)]
    assert all(reading == readings[0] for reading in readings)
    assert read(content.replace(b"\n", b"\r\n")).report == readings[0].report


def test_the_line_under_the_title_is_read_in_traditional_script() -> None:
    text = document(CN_2021, dict.fromkeys(CN_2021.cells, "0"), LAYOUTS["markdown"])
    said = "（公開主體：某縣某局　報告年度：2023　統計範圍：匯總　發布日期：2024-01-15）"
    report = read(text.replace("\n", f"\n{said}\n", 1).encode()).report
    assert (report.organ, report.year, report.scope, report.published_on) == ("某縣某局", 2023, ReportScope.AGGREGATE, dt.date(2024, 1, 15))
