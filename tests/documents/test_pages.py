"""Pages as whole sites publish them, each with the layout of a real one and figures of our own."""

from typing import Literal

import pytest
from attrs import evolve

from govinfo.errors import ReadError
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.renderers import render
from govinfo.report import CellState
from tests.documents.pages import Look, page
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
