"""Pages as whole sites publish them, each with the layout of a real one and figures of our own."""

import re
from typing import Literal

import pytest
from attrs import evolve

from govinfo.errors import ReadError
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.reading import Reading
from govinfo.renderers import render
from govinfo.report import CellState
from tests.documents.layouts import document, tabs
from tests.documents.pages import MADE, Look, page
from tests.laws.test_reading import figures, wrong

TEXTS = figures(CN_2021, 11, 0.1)
BODY = page(CN_2021, TEXTS, Look(), 1).partition("<body>")[2].partition("<!--")[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<nav>首页 | 政务公开</nav><h3>棋牌大全 下载</h3>", "<footer>版权所有</footer>"),
        (
            "<div><a>首页</a> &gt; <a>年报</a></div><div><h2>某县某局2022年政府信息公开工作年度报告</h2></div>",
            "<div>上一篇：无</div><div>下一篇：无</div>",
        ),
        ("<p>发布日期：2024-01-20</p>", "<p>打印</p><p>关闭</p>"),
        ("<ul><li>一、总体情况</li><li>二、主动公开政府信息情况</li><li>三、收到和处理政府信息公开申请情况</li></ul>", ""),
    ],
)
def test_what_stands_around_the_report_is_no_part_of_it(before: str, after: str) -> None:
    reading = read(f"<html><body>{before}<div>{BODY}</div>{after}</body></html>".encode())
    assert wrong(reading, TEXTS) == []
    assert len(reading.origins) == len(TEXTS)
    assert (reading.report.year, reading.report.organ, reading.report.other_matters) == (
        2023,
        "某县某局",
        "这是其他需要报告的事项一节的文字。",
    )
    assert len(reading.headings) == 6


def test_several_reports_in_one_page_are_refused() -> None:
    with pytest.raises(ReadError):
        read(f"<html><body><div>{BODY}</div><div>{BODY}</div></body></html>".encode())


@pytest.mark.parametrize("kind", list[Literal["markdown", "html"]](["markdown", "html"]))
def test_several_reports_are_refused_by_their_titles(kind: Literal["markdown", "html"]) -> None:
    report = read(f"<html><body>{BODY}</body></html>".encode()).report
    other = evolve(report, title="乙县某局2022年政府信息公开工作年度报告", organ="乙县某局", year=2022)
    with pytest.raises(ReadError) as caught:
        read("\n".join(render(each, kind) for each in (report, other)).encode())
    assert report.title is not None
    assert report.title in caught.value.problem
    assert "乙县某局2022年" in caught.value.problem


def test_bars_in_a_page_are_read_as_text() -> None:
    rows = "".join(f"<p>{line}</p>" for line in ("规章 | 3 | 1 | 40 |", "行政规范性文件 | 5 | 2 | 60 |"))
    heads = "<p>第二十条第（一）项 | | | |</p><p>信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |</p>"
    reading = read(
        f"<html><body><p>某局2023年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p>{heads}{rows}</body></html>".encode()
    )
    assert [reading.report[f"proactive.rules.{key}"] for key in ("issued", "repealed", "in_force")] == [3, 1, 40]


def test_five_blank_columns_in_one_cell() -> None:
    texts = figures(CN_2019, 5, 0)
    blank = [
        address
        for address in texts
        if address.startswith("requests.granted.") and address.rsplit(".", 1)[1] not in ("natural_person", "total")
    ]

    text = page(CN_2019, texts, Look(), 1)
    for number, address in enumerate(blank):
        text = text.replace(f'<td><p align="center"><span lang=EN-US>{texts[address]}</span></p></td>', "")
        text = text.replace(f"<td>{texts[address]}</td>", '<td colspan="5">&nbsp;</td>' if not number else "")
    reading = read(text.encode())
    assert {reading.report.requests.state(address) for address in blank} == {CellState.BLANK} if reading.report.requests else False
    assert wrong(reading, {**texts, **dict.fromkeys(blank, "")}) == []
    assert len(set(reading.origins.values())) == len(texts)


@pytest.mark.parametrize("tables", MADE)
def test_one_table_is_made_of_other_elements(tables: str) -> None:
    rows = page(CN_2021, TEXTS, Look(tables=tables), 1)
    start, end = rows.index("<p>三、"), rows.index("<p>四、")
    mixed = BODY[: BODY.index("<p>三、")] + rows[start:end] + BODY[BODY.index("<p>四、") :]
    reading = read(f"<html><body>{mixed}</body></html>".encode())
    assert wrong(reading, TEXTS) == []
    assert len(reading.origins) == len(TEXTS)


@pytest.mark.parametrize("whole", [True, False])
def test_figures_that_are_glued_together_are_no_figures(whole: bool) -> None:
    # Spans without a class: a word processor may have divided one figure into them.
    glued = page(CN_2021, TEXTS, Look(tables="rows of spans"), 1).replace(' class="cell"', "")
    start, end = glued.index("<p>三、"), glued.index("<p>四、")
    text = glued if whole else f"<html><body>{BODY[: BODY.index('<p>三、')]}{glued[start:end]}{BODY[BODY.index('<p>四、') :]}</body></html>"
    if whole:
        with pytest.raises(ReadError):
            read(text.encode())
        return
    reading = read(text.encode())
    assert wrong(reading, TEXTS) == []
    assert not any(address.startswith("requests.") for address in reading.origins)
    assert any("本年新收" in leftover.text for leftover in reading.leftovers)


def test_tabs_in_preformatted_text_divide_cells() -> None:
    lines = document(CN_2021, TEXTS, tabs).split("\n")
    reading = read(f"<html><body><pre>{chr(10).join(lines)}</pre></body></html>".encode())
    assert wrong(reading, TEXTS) == []
    assert len(reading.origins) == len(TEXTS)
    assert CellState.BLANK in {mark.state for mark in reading.report.marks.values()}


# The second report stands whole, without its headings, or as its tables alone.
_OTHER = figures(CN_2021, 12, 0)
_SECOND = (
    page(CN_2021, _OTHER, Look(), 1).partition("<body>")[2].partition("<!--")[0].replace("某县某局", "乙县乙局").replace("2023", "2022")
)
_BARE = re.sub(r"<p>[一二三四五六]、[^<]*</p>", "", _SECOND)
_SECONDS = {
    "no headings": _BARE,
    "no headings, no prose": re.sub(r"<p>[^<|]*。</p>", "", _BARE),
    "tables alone": "".join(re.findall(r"<table.*?</table>", _SECOND, re.DOTALL)),
    "section 3 alone": re.findall(r"<table.*?</table>", _SECOND, re.DOTALL)[1],
}


def _outcome(*pieces: str, apart: bool) -> Reading | None:
    inside = "".join(f"<div>{piece}</div>" if apart else piece for piece in pieces)
    try:
        return read(f"<html><body>{inside}</body></html>".encode())
    except ReadError:
        return None


@pytest.mark.parametrize("second", sorted(_SECONDS))
@pytest.mark.parametrize("lost", ["nothing", "a table", "rows"])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("apart", [True, False])
def test_two_reports_of_which_one_has_no_headings_are_not_mixed(second: str, lost: str, first: bool, apart: bool) -> None:
    body = {
        "nothing": BODY,
        "a table": re.sub(r"(<p>四、[^<]*</p>\s*)<table.*?</table>", r"\1<p>无。</p>", BODY, flags=re.DOTALL),
        "rows": re.sub(r"<tr><td[^>]*>(?:行政许可|行政强制)</td>.*?</tr>", "", BODY, flags=re.DOTALL),
    }[lost]
    pieces = (body, _SECONDS[second]) if first else (_SECONDS[second], body)
    reading = _outcome(*pieces, apart=apart)
    if reading is None:
        assert not apart
    else:
        assert wrong(reading, TEXTS) == [] or wrong(reading, _OTHER) == []
        assert len({"某县某局" in (reading.report.title or ""), reading.report.year == 2023}) == 1


HIDDEN = ('<div id="js_content" style="visibility: hidden; opacity: 0;">', '<div style="display:none"><section>')


@pytest.mark.parametrize("opened", HIDDEN)
def test_a_page_that_hides_everything_until_its_scripts_run(opened: str) -> None:
    """What is hidden within its lines and tables stays so."""
    body = BODY.replace(f">{TEXTS['requests.granted.total']}<", f'><span style="display:none">9</span>{TEXTS["requests.granted.total"]}<')
    reading = read(f"<html><body><h2>某号</h2>{opened}{body}</div><script>show()</script></body></html>".encode())
    assert wrong(reading, TEXTS) == []
    assert len(reading.origins) == len(TEXTS)


@pytest.mark.parametrize("opened", HIDDEN)
def test_what_a_page_hides_beside_what_it_shows_stays_hidden(opened: str) -> None:
    reading = read(f"<html><body>{BODY}{opened}{BODY.replace('2023', '2022')}</div></body></html>".encode())
    assert (reading.report.year, wrong(reading, TEXTS)) == (2023, [])


def test_a_heading_that_says_only_information() -> None:
    reading = read(f"<html><body>{BODY.replace('二、主动公开政府信息情况', '二、主动公开信息情况')}</body></html>".encode())
    assert wrong(reading, TEXTS) == []
    assert len(reading.headings) == 6
    assert reading.report.overview == "这是总体情况一节的文字。"
