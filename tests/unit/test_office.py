"""Word documents, workbooks, archives and old Office files: what of them counts, and what is refused."""

import base64
import io
import quopri
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from govinfo.errors import ReadError
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import Section
from govinfo.readers import package, read, sheet
from govinfo.reading import Reading
from govinfo.report import CellState
from govinfo.strategies.writers import as_docx, as_xlsx
from tests.documents.spans import document

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the published samples are not part of the package")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
TYPE = "application/vnd.openxmlformats-officedocument"
RULES = (("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "1", "2", "3"), ("行政规范性文件", "4", "5", "6"))
FIGURES = {f"proactive.{row}.{column}": number for number, (row, column) in enumerate(
    ((row, column) for row in ("rules", "normative_documents") for column in ("issued", "repealed", "in_force")), 1)}  # fmt: skip


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def word(body: str, head: str = "") -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/></Types>'
    return packed({"[Content_Types].xml": types, "word/document.xml": f"{head}<w:document {W} {MC}><w:body>{body}</w:body></w:document>"})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, look: str = "") -> str:
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{p(text)}</w:tc>"


def tbl(rows: tuple[tuple[str, ...], ...] = RULES) -> str:
    return "<w:tbl>" + "".join("<w:tr>" + "".join(map(tc, row)) + "</w:tr>" for row in rows) + "</w:tbl>"


HEAD = p("某局2023年政府信息公开工作年度报告") + p("一、总体情况") + p("甲") + p("二、主动公开政府信息情况")


def figures(reading: Reading) -> dict[str, object]:
    table = reading.report.proactive
    return {address: table.at(address) for address in FIGURES} if table else {}


class TestWord:
    """A Word document is read as Word shows it, all changes accepted."""

    def test_figures_with_their_places(self) -> None:
        reading = read(word(HEAD + tbl()))
        assert figures(reading) == FIGURES
        origin = reading.origins["proactive.normative_documents.issued"]
        assert (origin.raw, origin.table, origin.row, origin.column) == ("4", 1, 3, 2)
        assert (reading.report.organ, reading.report.year, reading.report.overview) == ("某局", 2023, "甲")

    @pytest.mark.parametrize(
        "cell",
        [
            '<w:p><w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>4</w:t></w:r></w:ins></w:p>',
            "<w:p><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>4</w:t></w:r></w:moveTo></w:p>",
            (
                '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1+3</w:instrText></w:r><w:r><w:t>9</w:t></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            ),
            '<w:p><w:fldSimple w:instr="=1+3"><w:r><w:t>4</w:t></w:r></w:fldSimple></w:p>',
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>4</w:t></w:r></w:p>",
            "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>4</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            (
                "<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>4</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>4</w:t></w:r></mc:Fallback>"
                "</mc:AlternateContent></w:p>"
            ),
        ],
        ids=["deleted and inserted", "moved", "field", "simple field", "hidden", "content control", "alternatives"],
    )
    def test_what_a_cell_shows(self, cell: str) -> None:
        body = tbl().replace(tc("4"), f"<w:tc><w:tcPr/>{cell}</w:tc>")
        assert figures(read(word(HEAD + body))) == FIGURES

    def test_a_deleted_row_is_gone(self) -> None:
        row = "<w:tr><w:trPr><w:del/></w:trPr>" + "".join(map(tc, ("规章", "7", "8", "9"))) + "</w:tr>"
        assert figures(read(word(HEAD + tbl().replace("</w:tbl>", f"{row}</w:tbl>")))) == FIGURES

    def test_a_deleted_paragraph_mark_joins_paragraphs(self) -> None:
        first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>一、总</w:t></w:r></w:p>"
        reading = read(word(first + p("体情况") + p("甲") + p("五、存在的主要问题及改进情况") + p("乙")))
        assert reading.report.overview == "甲"

    def test_soft_breaks_divide_lines(self) -> None:
        body = "<w:p><w:r><w:t>一、总体情况</w:t><w:br/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
        assert read(word(body + p("六、其他需要报告的事项"))).report.overview == "甲\n乙"

    def test_tables_in_text_boxes_and_in_tables(self) -> None:
        box = f"<w:p><w:r><w:pict><w:txbxContent>{tbl()}{p('')}</w:txbxContent></w:pict></w:r></w:p>"
        assert figures(read(word(HEAD + box))) == FIGURES
        outer = f"<w:tbl><w:tr><w:tc><w:tcPr/>{HEAD}{tbl()}{p('三、收到和处理政府信息公开申请情况')}</w:tc></w:tr></w:tbl>"
        reading = read(word(outer))
        assert figures(reading) == FIGURES
        assert [heading.section for heading in reading.headings] == [Section.OVERVIEW, Section.PROACTIVE, Section.REQUESTS]

    def test_a_figure_over_two_columns_stands_for_none(self) -> None:
        body = tbl().replace(tc("1") + tc("2"), tc("1", '<w:gridSpan w:val="2"/>'))
        found = figures(read(word(HEAD + body)))
        assert found == FIGURES | {address: None for address in FIGURES if ".rules." in address}

    def test_a_figure_over_two_rows_stands_for_none_of_them(self) -> None:
        body = tbl().replace(tc("1"), tc("1", '<w:vMerge w:val="restart"/>')).replace(tc("4"), tc("", "<w:vMerge/>"))
        found = figures(read(word(HEAD + body)))
        assert found == FIGURES | {address: None for address in FIGURES if ".rules.issued" in address or ".normative_documents" in address}

    @pytest.mark.parametrize(
        "shown",
        [
            "<w:r><w:drawing/></w:r>", "<w:r><w:pict/></w:r>", "<w:r><w:object/></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        ],
        ids=["drawing", "picture", "object", "field without a result", "number made by Word"],
    )  # fmt: skip
    def test_a_cell_that_shows_what_is_no_text_is_not_blank(self, shown: str) -> None:
        reading = read(word(HEAD + tbl().replace(p("1"), f"<w:p>{shown}</w:p>")))
        assert figures(reading) == FIGURES | {"proactive.rules.issued": None}
        assert reading.report.proactive is not None
        assert reading.report.proactive.state("proactive.rules.issued") is CellState.UNREADABLE
        assert (
            figures(read(word(HEAD + tbl().replace(p("1"), f"<w:p>{shown.replace('begin', 'end')}<w:r><w:t>1</w:t></w:r></w:p>"))))
            == FIGURES
        )

    def test_a_hidden_row_is_gone(self) -> None:
        row = "<w:tr><w:trPr><w:hidden/></w:trPr>" + "".join(map(tc, ("规章", "7", "8", "9"))) + "</w:tr>"
        assert figures(read(word(HEAD + tbl().replace("</w:tbl>", f"{row}</w:tbl>")))) == FIGURES

    def test_a_frame_of_one_cell_is_no_table(self) -> None:
        """Neither around a figure nor around the whole report."""
        framed = f"<w:tc><w:tcPr/><w:tbl><w:tr>{tc('4')}</w:tr></w:tbl>{p('')}</w:tc>"
        assert figures(read(word(HEAD + tbl().replace(tc("4"), framed)))) == FIGURES
        assert figures(read(word(f"<w:tbl><w:tr><w:tc><w:tcPr/>{HEAD}{tbl()}</w:tc></w:tr></w:tbl>"))) == FIGURES

    def test_a_field_that_never_has_a_result_hides_its_paragraph_alone(self) -> None:
        begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>9</w:t></w:r></w:p>'
        assert figures(read(word(HEAD + begun + tbl()))) == FIGURES

    def test_footnotes_are_told_and_are_no_prose(self) -> None:
        rule, note = (
            f"<w:footnote{kind}>{p(text)}</w:footnote>" for kind, text in ((' w:type="separator"', "-"), ("", "注：含上年度结转数量。"))
        )
        notes = f"<w:footnotes {W}>{rule}{note}</w:footnotes>"
        with zipfile.ZipFile(io.BytesIO(word(HEAD + tbl() + p("六、其他需要报告的事项") + p("乙")))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        reading = read(packed({**parts, "word/footnotes.xml": notes}))
        assert [leftover.text for leftover in reading.leftovers] == ["注：含上年度结转数量。"]
        assert reading.report.other_matters == "乙"

    def test_labels_numbered_by_word(self) -> None:
        """What Word numbers has no number in its text."""
        texts = {address: str(number) for number, address in enumerate(CN_2021.cells, 1)}
        with zipfile.ZipFile(io.BytesIO(as_docx(document(CN_2021, texts)))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        body = re.sub(r"(<w:t[^>]*>)(?:[1-8]\.|（[一二三四五六七]）|[一二三四五六]、)", r"\1", parts["word/document.xml"].decode())
        reading = read(packed({**parts, "word/document.xml": body}))
        assert {address: str(reading.report[address]) for address in CN_2021.cells} == texts

    @needs_samples
    def test_the_template_is_an_empty_form(self) -> None:
        reading = read(SAMPLES / "form-2021-template.docx")
        assert [len(table.matrix.cells) for table in reading.report.tables] == [10, 175, 15]
        assert {table.form for table in reading.report.tables} == {CN_2021}
        assert {mark.state for mark in reading.report.marks.values()} == {CellState.BLANK}
        assert len(reading.report.marks) == len(reading.origins) == 200


RUN = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
MATH = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'


@pytest.mark.parametrize(
    ("runs", "value"),
    [
        (RUN.format("", "22") + RUN.format('<w:vertAlign w:val="superscript"/>', "1"), None),
        (RUN.format("", "22") + RUN.format('<w:position w:val="6"/>', "1"), None),
        (RUN.format("", "22") + RUN.format('<w:position w:val="-4"/>', "1"), None),
        (RUN.format("", "22") + RUN.format('<w:position w:val="0"/>', "1"), 221),
        (RUN.format('<w:position w:val="3"/>', "22") + RUN.format('<w:position w:val="3"/>', "1"), 221),  # all of the line
        (RUN.format("<w:strike/>", "3") + RUN.format("", "5"), None),
        (RUN.format('<w:strike w:val="0"/>', "3") + RUN.format("", "5"), 35),
        (RUN.format("", "22") + RUN.format('<w:rStyle w:val="note"/>', "1"), None),
        (RUN.format('<w:rStyle w:val="gone"/>', "1") + RUN.format("", "22"), 22),
        (RUN.format('<w:rStyle w:val="gone"/><w:vanish w:val="0"/>', "1") + RUN.format("", "22"), 122),
        (RUN.format('<w:rStyle w:val="note of note"/>', "1"), None),
        ('<w:pPr><w:pStyle w:val="struck"/></w:pPr>' + RUN.format("", "3"), None),
        ('<w:pPr><w:pStyle w:val="struck"/></w:pPr>' + RUN.format('<w:strike w:val="0"/>', "3"), 3),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/><w:t>3</w:t></w:r>', None),  # a minus sign
        (RUN.format("", "1") + MATH.format("<m:r><m:t>5</m:t></m:r>"), 15),
        (MATH.format("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"), None),
    ],
)
def test_letters_of_a_word_document_that_are_no_digits_of_the_figure_beside_them(runs: str, value: int | None) -> None:
    body = HEAD + tbl().replace("<w:r><w:t>1</w:t></w:r>", runs)
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/></Types>'
    looks = {"note": '<w:vertAlign w:val="superscript"/>', "gone": "<w:vanish/>", "struck": "<w:strike/>"}
    style = "".join(
        f'<w:style w:styleId="{name}"><w:basedOn w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>' for name, look in looks.items()
    )
    style += '<w:style w:styleId="note of note"><w:basedOn w:val="note"/></w:style>'
    reading = read(
        packed(
            {
                "[Content_Types].xml": types, "word/document.xml": f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>",
                "word/styles.xml": f"<w:styles {W}>{style}</w:styles>",
            }
        )
    )  # fmt: skip
    assert figures(reading) == FIGURES | {"proactive.rules.issued": value}
    assert reading.report.proactive is not None
    assert value is not None or reading.report.proactive.state("proactive.rules.issued") is CellState.UNREADABLE


def workbook(rows: str, styles: str = "", more: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" '
            f'ContentType="{TYPE}.spreadsheetml.sheet.main+xml"/></Types>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}">'
            '<sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="a" Type="{relation}/worksheet" Target="worksheets/one.xml"/>'
            f'<Relationship Id="b" Type="{relation}/styles" Target="/xl/styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
            "xl/worksheets/one.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{more}</worksheet>',
        }
    )


def c(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(first: str, styles: str = "") -> Reading:
    """A sheet with section 2, its first figure given as XML."""
    lines = [c("某局2023年政府信息公开工作年度报告"), c("二、主动公开政府信息情况"), "".join(map(c, RULES[0]))]
    lines += [c("规章") + first + c("2") + c("3"), "".join(map(c, RULES[2]))]
    return read(workbook("".join(f"<row>{line}</row>" for line in lines), styles))


class TestWorkbooks:
    """A sheet is read as Excel shows it."""

    @pytest.mark.parametrize(
        ("cell", "value"),
        [
            ("<c><v>1</v></c>", 1),
            ("<c><v>1.0</v></c>", 1),
            ("<c><v>1.5</v></c>", None),
            ("<c><f>SUM(A1:B1)</f><v>1</v></c>", 1),
            ("<c><f>SUM(A1:B1)</f></c>", None),
            ('<c t="str"><f>A1</f><v>1</v></c>', 1),
            ('<c t="b"><v>1</v></c>', None),
            ('<c t="e"><v>#N/A</v></c>', None),
            ('<c s="1"><v>1</v></c>', None),
            ("<c><v>1E+0</v></c>", 1),
            ('<c s="2"><v>1</v></c>', None),
            ('<c s="3"><v>1</v></c>', None),
            ('<c s="4"><v>1</v></c>', 1),
            ("<c/>", None),
            ("<c><f>SUM(A1:B1)</f><v></v></c>", None),
            ('<c s="5"><v>1</v></c>', None),
            ('<c t="inlineStr"><is><r><t>1</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c>', None),
            ('<c t="inlineStr"><is><r><rPr><strike/></rPr><t>1</t></r><r><t>2</t></r></is></c>', None),
            ('<c s="6"><v>1</v></c>', None),
            ('<c t="inlineStr" s="6"><is><t>1</t></is></c>', None),
            ('<c s="7"><v>0</v></c>', None),
            ('<c s="1"><v>0</v></c>', None),
            ('<c s="8"><v>0</v></c>', None),
            ('<c t="inlineStr"><is><r><rPr><strike val="0"/><vertAlign val="baseline"/></rPr><t>1</t></r></is></c>', 1),
        ],
    )
    def test_a_cell(self, cell: str, value: int | None) -> None:
        # The first two show a part of the number that is stored, the last nothing of a zero.
        codes = ("0!.0,", "#,##0,", "#,##0.00_ ", "0&quot;元&quot;", "0;-0;;@")
        own = "".join(f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(codes, 170))
        used = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 9, 170, 171, 172, 173))
        used += '<xf numFmtId="0" fontId="1"/><xf numFmtId="174"/><xf numFmtId="14" fontId="7"/>'
        fonts = "<fonts><font/><font><strike/></font></fonts>"
        reading = sheet_of(cell, f"<numFmts>{own}</numFmts>{fonts}<cellXfs>{used}</cellXfs>")
        assert figures(reading) == FIGURES | {"proactive.rules.issued": value}
        state = reading.report.proactive.state("proactive.rules.issued") if reading.report.proactive else None
        assert state is (CellState.VALUE if value else CellState.BLANK if cell == "<c/>" else CellState.UNREADABLE)

    def test_the_place_is_that_of_the_sheet(self) -> None:
        origin = sheet_of(c("1")).origins["proactive.rules.repealed"]
        assert (origin.sheet, origin.row, origin.column) == ("表", 4, 3)

    @pytest.mark.parametrize(
        ("value", "text"),
        [(5.0, "5"), (59237.2449, "59237.2449"), (96171.600000000006, "96171.6"), (0.1 + 0.2, "0.3"), (0.00001, "0.00001"), (-3.0, "-3")],
    )
    def test_numbers(self, value: float, text: str) -> None:
        assert sheet.shown(value) == text

    def test_dates(self) -> None:
        lines = [
            c("某局2023年政府信息公开工作年度报告"),
            c("发布日期：2024-01-05"),
            c("一、总体情况"),
            '<c s="1"><v>45296</v></c>',
            c("六、其他需要报告的事项"),
        ]
        book = workbook("".join(f"<row>{line}</row>" for line in lines), '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>')
        assert read(book).report.overview == "2024-01-05"

    @pytest.mark.parametrize("said", ['showZeros="0"', 'showZeros="1"', ""])
    def test_zeros_that_a_sheet_does_not_show(self, said: str) -> None:
        lines = [[c("某局2023年政府信息公开工作年度报告")], [c("二、主动公开政府信息情况")], *([*map(c, row)] for row in RULES)]
        rows = "".join(f"<row>{''.join(line)}</row>" for line in lines).replace(c("1"), "<c><v>0</v></c>")
        reading = read(workbook(rows, more=f"<sheetViews><sheetView {said}/></sheetViews>"))
        assert figures(reading) == FIGURES | {"proactive.rules.issued": None if said == 'showZeros="0"' else 0}

    @pytest.mark.parametrize("where", ["row", "column", "first row of a merged cell", "row of no height", "column of no width"])
    def test_what_is_hidden_is_told_and_does_not_count(self, where: str) -> None:
        lines = [[c("某局2023年政府信息公开工作年度报告")], [c("二、主动公开政府信息情况")], *([*map(c, row)] for row in RULES)]
        rows, more = [f"<row>{''.join(line)}</row>" for line in lines], ""
        match where:
            case "row" | "row of no height":
                said = 'hidden="1"' if where == "row" else 'ht="0" customHeight="1"'
                rows.insert(4, f"<row {said}>{''.join(map(c, ('规章', '7', '8', '9')))}</row>")
            case "column" | "column of no width":
                rows = [row.replace("</c>", "</c>" + c("7"), 1) for row in rows]
                more = f'<cols><col min="2" max="2" {"hidden" if where == "column" else "width"}="{int(where == "column")}"/></cols>'
            case _:
                rows.insert(3, f'<row hidden="1">{c("规章")}</row>')
                rows[4] = rows[4].replace(c("规章"), "<c/>")
                more = '<mergeCells><mergeCell ref="A4:A5"/></mergeCells>'
        reading = read(workbook("".join(rows), more=more))
        assert figures(reading) == FIGURES
        told = {"row": {"规章", "7", "8", "9"}, "column": {"7"}}.get(where.partition(" ")[0], set())
        assert {leftover.text for leftover in reading.leftovers} == told

    def test_a_figure_in_a_column_that_is_hidden_is_not_blank(self) -> None:
        lines = [[c("某局2023年政府信息公开工作年度报告")], [c("二、主动公开政府信息情况")], *([*map(c, row)] for row in RULES)]
        rows = "".join(f"<row>{''.join(line)}</row>" for line in lines)
        reading = read(workbook(rows, more='<cols><col min="3" max="3" hidden="1"/></cols>'))
        assert reading.report.proactive is not None
        found = {address: reading.report.proactive.state(address) for address in FIGURES}
        assert {state for address, state in found.items() if ".repealed" in address} == {CellState.UNREADABLE}
        assert all(value in (None, FIGURES[address]) for address, value in figures(reading).items())

    def test_sheets_that_are_not_merged(self) -> None:
        """Labels in several columns, the cells beside them simply empty."""
        texts = {address: str(number) for number, address in enumerate(CN_2021.cells, 1)}
        parts = document(CN_2021, texts)
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(as_xlsx(parts)))
        for each in book.worksheets:
            for area in list(each.merged_cells.ranges):
                each.unmerge_cells(str(area))
        written = io.BytesIO()
        book.save(written)
        reading = read(written.getvalue())
        assert {address: str(reading.report[address]) for address in CN_2021.cells} == texts


PREFIXES = {
    "word": "http://schemas.microsoft.com/office/word/2003/wordml",
    "package": "http://schemas.microsoft.com/office/2006/xmlPackage",
}


def flat(body: str, more: str = "") -> str:
    main = f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    part = f"<pkg:part pkg:name='/word/document.xml'><pkg:xmlData>{main}</pkg:xmlData></pkg:part>"
    head = "<?xml version='1.0'?><?mso-application progid='Word.Document'?>"
    return f"{head}<pkg:package xmlns:pkg='{PREFIXES['package']}'>{more}{part}</pkg:package>"


def of_2003(body: str) -> str:
    body = body.replace("vMerge", "vmerge")
    style = '<w:styles><w:style w:styleId="gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    return f"<?xml version='1.0'?>\n<w:wordDocument xmlns:w='{PREFIXES['word']}'>{style}<w:body>{body}</w:body></w:wordDocument>"


class TestWordAsOneFile:
    """What is written as one XML file is read as the package would be."""

    BODY = HEAD + tbl().replace(tc("1"), tc("1", '<w:vMerge w:val="restart"/>')).replace(tc("4"), tc("", "<w:vMerge/>"))

    @pytest.mark.parametrize("written", [flat, of_2003])
    def test_it_is_the_same_report(self, written: Callable[[str], str]) -> None:
        body = self.BODY + p("六、其他需要报告的事项") + p("乙")
        reading, same = read(f"\ufeff{written(body)}".encode()), read(word(body))
        assert (reading.report, reading.leftovers) == (same.report, same.leftovers)
        assert figures(reading)["proactive.rules.repealed"] == 2

    def test_its_styles_count(self) -> None:
        hidden = tbl().replace("<w:r><w:t>1</w:t></w:r>", RUN.format('<w:rStyle w:val="gone"/>', "1") + RUN.format("", "22"))
        assert figures(read(of_2003(HEAD + hidden).encode()))["proactive.rules.issued"] == 22

    @pytest.mark.parametrize(
        "spoiled",
        [
            flat("")[:-20], flat("", "<pkg:part/>"), f"<?xml version='1.0'?><pkg:package xmlns:pkg='{PREFIXES['package']}'/>",
            flat(tbl(), "<pkg:part pkg:name='/word/styles.xml'><pkg:xmlData><a/>b</pkg:xmlData></pkg:part>"), of_2003("")[:-9],
            f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><w:wordDocument xmlns:w='{PREFIXES['word']}'>&b;</w:wordDocument>",
        ],
    )  # fmt: skip
    def test_what_is_broken_or_no_report_is_refused(self, spoiled: str) -> None:
        with pytest.raises(ReadError):
            read(spoiled.encode())


ROWS = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in RULES)
PAGE = (
    "<html><head><title>某局2023年政府信息公开工作年度报告</title></head>"
    f"<body><p>二、主动公开政府信息情况</p><table>{ROWS}</table></body></html>"
)


def web_archive(kind: str, packed_as: str = "", end: str = "\r\n") -> bytes:
    said = PAGE.encode("gb18030" if kind == "gbk" else "utf-8")
    body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(packed_as, bytes)(said)
    head = [f"Content-Transfer-Encoding: {packed_as}"] if packed_as else []
    head += ['Content-Type: text/html; charset="gb2312"']
    lines = ["From: <saved by a browser>", "Subject:", "MIME-Version: 1.0"]
    if kind == "alone":
        return end.join([*lines, *head, "", ""]).encode() + body
    lines += [
        "Content-Type: multipart/related;",
        '\tboundary="----=_Next"',
        "",
        "a message of many parts",
        "",
        "------=_Next",
        *head,
        "",
        "",
    ]
    rest = ["", "------=_Next", "Content-Type: image/gif", "Content-Transfer-Encoding: base64", "", "R0lGODlh", "------=_Next--", ""]
    return end.join(lines).encode() + body + end.join(rest).encode()


class TestWebArchives:
    """The page in it is read."""

    @pytest.mark.parametrize("packed_as", ["", "base64", "quoted-printable"])
    @pytest.mark.parametrize("kind", ["utf-8", "gbk", "alone"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_however_it_is_packed(self, kind: str, packed_as: str, end: str) -> None:
        assert figures(read(web_archive(kind, packed_as, end))) == FIGURES

    @pytest.mark.parametrize(
        "spoiled",
        [
            b"MIME-Version: 1.0\nContent-Type: image/gif\n\nR0", b"MIME-Version: 1.0\nContent-Type: text/html",
            b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nabcde",
            b"MIME-Version: 1.0\nContent-Type: text/html\n\n" * 20_000,
            b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + word(HEAD + tbl()),
        ],
    )  # fmt: skip
    def test_without_a_page_it_is_refused(self, spoiled: bytes) -> None:
        with pytest.raises(ReadError):
            read(spoiled)

    def test_text_that_speaks_of_it_is_text(self) -> None:
        assert read(f"{PAGE}<p>MIME-Version: 1.0</p>".encode()).report.year == 2023


class TestArchives:
    """One document in an archive is read; several are not mistaken for one."""

    def test_one_document(self) -> None:
        content = packed({"报告/某局.docx": word(HEAD + tbl()), "__MACOSX/某局.docx": b"x", "说明.jpg": b"x"})
        assert figures(read(content)) == FIGURES

    @pytest.mark.parametrize(
        "content",
        [
            packed({}),
            packed({"a.jpg": b"x"}),
            packed({"a.docx": word(HEAD), "b.docx": word(HEAD)}),
            packed({"a.docx": packed({"b.docx": word(HEAD)})}),
        ],
        ids=["empty", "no document", "several", "nested"],
    )
    def test_refused(self, content: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            read(content)
        assert caught.value.remedy


BOMB = 64 * 1024 * 1024


class TestHostile:
    """Refused within bounds, each with one sentence."""

    @pytest.mark.parametrize(
        "content",
        [
            word(HEAD, '<!DOCTYPE a [<!ENTITY b "bbbb">]>'),
            word(HEAD, '<!DOCTYPE a SYSTEM "http://localhost/x">'),
            word("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
            word(f"<w:tbl><w:tr><w:tc>{'<w:tbl><w:tr><w:tc>' * 1000}{'</w:tc></w:tr></w:tbl>' * 1000}</w:tc></w:tr></w:tbl>"),
            word(HEAD)[:-30],
            word(HEAD)[:200],
            word("<w:p>"),
            packed({"[Content_Types].xml": b" " * BOMB}),
            packed({f"{number}.txt": b"" for number in range(package.MOST_MEMBERS + 1)}),
            packed({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}),
            workbook(f'<row r="1048576">{c("a")}</row><row r="1"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row>'),
            workbook(f"<row>{'<c/>' * (sheet.MOST_CELLS + 1)}</row>"),
            workbook(f"<row>{c('a')}</row>", more="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 1_000_000 + "</mergeCells>"),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage\0".encode("utf-16-le"),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "Workbook\0".encode("utf-16-le"),
        ],
        ids=[
            "entities", "outside", "deep", "nested tables", "cut", "cut early", "broken", "bomb", "members",
            "slides", "far corners", "cells", "merged",
            "encrypted", "broken xls",
        ],
    )  # fmt: skip
    def test_refused(self, content: bytes) -> None:
        with pytest.raises(ReadError) as caught:
            read(content)
        assert caught.value.problem
        assert caught.value.remedy
        assert "\n" not in str(caught.value)

    def test_a_member_without_a_name_is_none(self) -> None:
        with pytest.raises(ReadError):  # a name ends before its first null
            read(packed({"nameless": b"x"}).replace(b"nameless", b"\0ameless"))

    def test_enormous_spans_cost_nothing(self) -> None:
        body = tbl().replace(tc("3"), tc("3", '<w:gridSpan w:val="999999999"/>'))
        assert figures(read(word(HEAD + body)))["proactive.normative_documents.issued"] == 4


class TestOldOffice:
    """What only LibreOffice opens is converted by it."""

    def test_without_libreoffice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(ReadError) as caught:
            read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument\0".encode("utf-16-le"))
        assert "LibreOffice" in caught.value.remedy

    @needs_office
    @pytest.mark.parametrize("ending", ["doc", "rtf", "odt", "xls", "ods"])
    def test_converted(self, tmp_path: Path, ending: str) -> None:
        form = CN_2019
        texts = {address: str(number) for number, address in enumerate(form.cells, 1)}
        spread = ending in {"xls", "ods"}
        source = tmp_path / ("a.xlsx" if spread else "a.docx")
        source.write_bytes(as_xlsx(document(form, texts)) if spread else as_docx(document(form, texts)))
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", ending, source.name]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        reading = read((tmp_path / f"a.{ending}").read_bytes())
        assert {address: str(reading.report[address]) for address in form.cells} == texts
