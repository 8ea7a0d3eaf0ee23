"""What a table, its rows and its marks refuse and say; how they are made and looked into stands in `test_report.py`."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest
from hypothesis.vendor.pretty import pretty

from govinfo.convert import from_json, to_json
from govinfo.errors import AddressError, FigureError
from govinfo.forms import CN_2021
from govinfo.report import BLANK, CellState, Counts, Mark, Report, Table
from tests.messages import unsaid
from tests.toy import BOOKS, RIGHT, Reader, Shelf

CORNER, SECOND = BOOKS.addresses[:2]
NOTED = Mark(CellState.VALUE, "1（含外借）", "含外借")
WITHOUT_CORNER = (None, *RIGHT.figures[1:])


class Word(str):
    """A string that is not plainly one."""

    __slots__ = ()


class Twin(StrEnum):
    """Keys of somebody else, of which one has the value of a row of the toy form."""

    LENT = "lent"


# --- what constructors refuse: where, what was given, and the names of what is accepted ---------------------------------

NO_STATES: list[Any] = ["empty", [], None, 1]
NOT_FOLDED = [" ", "22\n件", "22  件", "22 "]
NO_TEXTS: list[Any] = [16, b"x", Word("22")]
NO_PAIRS: list[Any] = [[CORNER, NOTED], (CORNER, "22件"), (CORNER, None), (CORNER, NOTED, NOTED), CORNER, (Word(CORNER), NOTED)]


@pytest.mark.parametrize(
    ("name", "given", "accepted"),
    [
        *(("state", given, ["CellState", *CellState]) for given in NO_STATES),
        *(("raw", given, ["text", "single spaces"]) for given in NOT_FOLDED),
        *(("raw", given, ["string"]) for given in [None, *NO_TEXTS]),
        *((name, given, ["string", "None"]) for name in ("note", "unit") for given in NO_TEXTS),
    ],
)
def test_a_mark_refuses_by_name_what_it_cannot_hold(name: str, given: Any, accepted: list[str]) -> None:
    with pytest.raises(FigureError) as refused:
        Mark(**({"state": CellState.BLANK} | {name: given}))
    assert (refused.value.where, refused.value.given) == (f"mark.{name}", given)
    assert unsaid(refused.value, *accepted) == []
    assert ("None" in refused.value.accepted) == ("None" in accepted)


@pytest.mark.parametrize(
    ("figures", "marked", "where", "given", "accepted"),
    [
        *(((0,) * n, [], "section requests of toy", f"{n} figures", ["9 figures"]) for n in (0, 8, 10)),
        *((RIGHT.figures, [pair], "section requests", pair, ["pairs", "address", "Mark"]) for pair in NO_PAIRS),
        (WITHOUT_CORNER, [], CORNER, None, ["value", "Mark"]),
        (RIGHT.figures, [(CORNER, BLANK)], CORNER, "1 marked 'blank'", ["value", "state"]),
        (WITHOUT_CORNER, [(CORNER, NOTED)], CORNER, "None marked 'value'", ["value", "state"]),
        (RIGHT.figures, [(CORNER, NOTED), (SECOND, NOTED), (SECOND, NOTED)], SECOND, "two marks", ["one", "cell"]),
        (RIGHT.figures, [(SECOND, NOTED), (CORNER, NOTED)], "section requests", "marks out of order", ["order", "cells"]),
    ],
)
def test_a_table_refuses_by_place_what_it_cannot_hold(figures: Any, marked: Any, where: str, given: object, accepted: list[str]) -> None:
    with pytest.raises(FigureError) as refused:
        Table(BOOKS, figures, marked)
    assert (refused.value.where, refused.value.given) == (where, given)
    assert unsaid(refused.value, where, *accepted) == []


def test_the_states_are_listed_as_they_are_written() -> None:
    with pytest.raises(FigureError) as refused:
        Mark("empty")
    assert refused.value.accepted.partition(": ")[2].split(", ") == list(CellState)


# --- keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look_up", "key", "where"),
    [
        (lambda: RIGHT[Twin.LENT], Twin.LENT, ["rows", "requests"]),
        (lambda: RIGHT[Twin.LENT, Reader.CHILD], (Twin.LENT, Reader.CHILD), ["section", "requests"]),
        (lambda: RIGHT["lent", "total"], ("lent", "total"), ["section", "requests"]),
    ],
)
def test_a_key_of_another_enum_is_no_key_though_its_value_is_one(look_up: Callable[[], object], key: object, where: list[str]) -> None:
    with pytest.raises(AddressError) as refused:
        look_up()
    assert (refused.value.key, refused.value.form) == (key, "toy")
    assert unsaid(refused.value, *where) == []
    assert key not in RIGHT


# --- a row -----------------------------------------------------------------------------------------------------------


def test_a_row_is_its_line_and_its_figures() -> None:
    row = RIGHT[Shelf.LENT]
    assert row.line is BOOKS.row("lent")
    assert row == Counts(row.line, dict(row))
    assert row != Counts(BOOKS.row("elsewhere"), dict(row))
    assert row != Counts(row.line, {**row, "child": 2})
    assert len({hash(RIGHT[shelf]) for shelf in Shelf}) == len(Shelf)


def test_a_row_is_read_only_and_says_so_of_the_name() -> None:
    row = RIGHT[Shelf.LENT]
    with pytest.raises(AttributeError) as refused:
        row.total = 2
    assert unsaid(refused.value, "total", "read only", "Table.replace") == []
    with pytest.raises(AttributeError) as refused:
        del row.total
    assert unsaid(refused.value, "total", "read only") == []


# --- shown -----------------------------------------------------------------------------------------------------------

MIXED = RIGHT.replace({CORNER: BLANK, SECOND: Mark(CellState.SLASH, "/")}, {"requests.lent.all_readers": NOTED})


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (RIGHT, "<Table requests of toy: 9 plain>"),
        (MIXED, "<Table requests of toy: 6 plain, 1 blank, 1 slash, 1 marked>"),
        (MIXED[Shelf.LENT], "Counts(lent: child=None, other_reader=None, all_readers=3)"),
    ],
)
def test_a_repr_counts_what_stands_in_the_cells(value: object, shown: str) -> None:
    assert repr(value) == shown


def test_a_table_is_printed_short_where_printers_go_through_attributes() -> None:
    assert pretty(MIXED) == repr(MIXED)


# --- made by a decoder -----------------------------------------------------------------------------------------------


def test_a_table_that_a_decoder_made_is_as_one_that_its_constructor_made() -> None:
    made = Table(CN_2021.requests, range(len(CN_2021.requests.cells)))
    decoded = from_json(to_json(Report(requests=made))).requests
    assert decoded == made
    assert hash(decoded) == hash(made)
    assert decoded is not None
    assert (decoded.figures, decoded.marks, repr(decoded)) == (made.figures, {}, repr(made))
    assert decoded.replace({}) == made
