"""A form of three rows and three columns, on which every mechanism is shown first.

It declares keys of its own, prints 其他 and 总计 on both axes, has an alias, and totals along both axes. Nothing outside
this file knows it: whoever uses it passes `forms=(TOY,)`.
"""

from enum import StrEnum, unique

from govinfo.form import Band, Form, Identity, Line, Matrix
from govinfo.keys import Section
from govinfo.report import Table


@unique
class Shelf(StrEnum):
    """The rows: where the books went."""

    LENT = "lent"
    ELSEWHERE = "elsewhere"
    ALL = "all_shelves"


@unique
class Reader(StrEnum):
    """The columns: who asked for them."""

    CHILD = "child"
    OTHER = "other_reader"
    ALL = "all_readers"


_WHERE = "二、去向"

TOY = Form(
    id="toy",
    label="玩具格式",
    english="the toy form",
    instrument="",
    first_year=2100,
    last_year=None,
    sections=(
        Line(Section.OVERVIEW, "一、总体情况", "I. Overview"),
        Line(Section.REQUESTS, "二、借书情况", "II. Books asked for", aliases=("图书借阅情况",)),
        Line(Section.OTHER_MATTERS, "三、其他需要报告的事项", "III. Other matters"),
    ),
    matrices=(
        Matrix(
            Section.REQUESTS,
            (
                Band(
                    "books",
                    (
                        Line(Shelf.LENT, "（一）借出", "Lent", (_WHERE,), aliases=("借阅",)),
                        Line(Shelf.ELSEWHERE, "（二）其他", "Elsewhere", (_WHERE,)),
                        Line(Shelf.ALL, "（三）总计", "All", (_WHERE,)),
                    ),
                    (
                        Line(Reader.CHILD, "儿童", "Children", ("读者情况",), unit="册"),
                        Line(Reader.OTHER, "其他", "Other readers", ("读者情况",), unit="册"),
                        Line(Reader.ALL, "总计", "All readers", ("读者情况",), unit="册"),
                    ),
                    corner="（各列相加）",
                ),
            ),
            (
                Identity("T1", (Shelf.LENT, Shelf.ELSEWHERE), (Shelf.ALL,)),
                Identity("T2", (Reader.CHILD, Reader.OTHER), (Reader.ALL,)),
            ),
        ),
    ),
)
BOOKS = TOY.requests


def books(*figures: int) -> Table:
    """The table with these nine figures, row by row."""
    return Table(BOOKS, figures)


RIGHT = books(1, 2, 3, 4, 5, 9, 5, 7, 12)
"""A table in which everything adds up."""
