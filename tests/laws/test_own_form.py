"""A form of the caller's own is read, checked, rendered and serialized by the same code as the released ones, with `forms=`."""

import re
from pathlib import Path

from hypothesis import given

from govinfo.convert import from_json, to_json
from govinfo.findings import Verdict
from govinfo.keys import Section
from govinfo.readers import read
from govinfo.renderers import render
from govinfo.report import BLANK, Report, Table
from govinfo.rules import check
from govinfo.strategies import tables
from tests.toy import BOOKS, RIGHT, TOY, Reader, Shelf

ROOT = Path(__file__).parents[2]
REPORT = Report(year=2100, overview="甲\n乙", requests=RIGHT, other_matters="")
PAGE = """\
（报告年度：2100）

一、总体情况
甲
二、图书借阅情况
（各列相加） | 读者情况 | | |
| | 儿童 | 其他 | 总计 |
二、去向 | 借阅 | 1 | 2 | 3 |
| （二）其他 | 4 | | 9 |
| （三）总计 | 5 | 7 | 12 |
三、其他需要报告的事项
乙
"""


def test_it_is_read_from_a_page_with_an_alias_and_a_blank() -> None:
    reading = read(PAGE.encode(), forms=(TOY,))
    assert reading.report.requests == RIGHT.replace({"requests.elsewhere.other_reader": BLANK})
    assert (reading.report.year, reading.report.overview, reading.report.other_matters) == (2100, "甲", "乙")
    assert [heading.section for heading in reading.headings] == [Section.OVERVIEW, Section.REQUESTS, Section.OTHER_MATTERS]
    assert list(reading.origins) == list(BOOKS.addresses)
    assert reading.leftovers == ()


def test_it_is_checked_under_codes_of_its_own() -> None:
    findings = check(REPORT.replace({"requests.lent.child": 2, "requests.elsewhere.other_reader": BLANK})).of("T1", "T2")
    found = {(f.code, f.line): (f.verdict, f.left, f.right) for f in findings}
    assert found == {
        ("T1", Reader.CHILD): (Verdict.BROKEN, 6, 5),
        ("T1", Reader.OTHER): (Verdict.UNKNOWN, None, 7),
        ("T1", Reader.ALL): (Verdict.HOLDS, 12, 12),
        ("T2", Shelf.LENT): (Verdict.BROKEN, 4, 3),
        ("T2", Shelf.ELSEWHERE): (Verdict.UNKNOWN, None, 9),
        ("T2", Shelf.ALL): (Verdict.HOLDS, 12, 12),
    }


def test_it_is_written_as_json_by_its_addresses() -> None:
    data = to_json(REPORT)
    assert '"requests":{"lent":{"child":1,"other_reader":2,"all_readers":3}' in data
    assert from_json(data, forms=(TOY,)) == REPORT


@given(tables(BOOKS, blanks=True))
def test_what_is_rendered_is_read_back(table: Table) -> None:
    report = Report(year=2100, requests=table)
    assert read(render(report, "markdown").encode(), forms=(TOY,)).report == report


def test_it_is_laid_out_from_its_declaration() -> None:
    for format in ("markdown", "terminal"):  # noqa: A001 -- the word that `render` has for it
        shown = render(REPORT, format)
        positions = [shown.index(text) for text in ("总体情况", "借书情况", "儿童", "借出", "其他需要报告的事项")]
        assert positions == sorted(positions)
        for line in ("1 +. +2 +. +3", "4 +. +5 +. +9", "5 +. +7 +. +12"):
            assert re.search(line, shown)


def test_nothing_outside_its_own_file_knows_it() -> None:
    words = ("all_shelves", "借书情况", "玩具")
    knowing = [path.name for path in (ROOT / "src").rglob("*.py") if any(word in path.read_text(encoding="utf-8") for word in words)]
    assert knowing == []
