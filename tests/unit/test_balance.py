"""Some cells add up to others, in any arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest

from govinfo.balance import Balance, total, unrolled
from tests.toy import BOOKS

FLOW = Balance("R301", "total", ("new", "old"), ("done", "left"))


def test_sides_gap_cells_and_signs() -> None:
    values = {"new": 5, "old": 1, "done": 4, "left": 1}
    assert FLOW.sides(values) == (6, 5)
    assert FLOW.gap(values) == 1
    assert FLOW.cells == ("new", "old", "done", "left")
    assert FLOW.signs == {"new": 1, "old": 1, "done": -1, "left": -1}


class Expression(str):
    """Text that adds up to text: an arithmetic without numbers."""

    __slots__ = ()

    def __add__(self, other: str) -> "Expression":
        return Expression(f"{self!s}+{other!s}")


def test_the_arithmetic_is_that_of_the_values() -> None:
    assert FLOW.sides({cell: Expression(cell) for cell in FLOW.cells}) == ("new+old", "done+left")
    assert FLOW.gap(dict.fromkeys(FLOW.cells, Decimal("0.1"))) == Decimal(0)
    assert FLOW.gap(dict.fromkeys(FLOW.cells, Fraction(1, 3))) == 0


def test_a_missing_cell_is_an_error() -> None:
    with pytest.raises(KeyError):
        FLOW.sides({"new": 5})


def test_a_sum_starts_from_its_first_value() -> None:
    assert total([Expression("a")]) == "a"
    with pytest.raises(TypeError):
        total([])


def test_sides_are_kept_as_tuples_so_that_a_balance_hashes() -> None:
    assert Balance("X", "y", ["a"], ["b"]) == Balance("X", "y", ("a",), ("b",))
    assert len({FLOW, Balance("R301", "total", ("new", "old"), ("done", "left"))}) == 1


def test_unrolled_says_which_do_not_hold() -> None:
    check = unrolled(BOOKS.balances, BOOKS.addresses)
    assert check([1, 2, 3, 4, 5, 9, 5, 7, 12]) == ()
    wrong = check([1, 2, 3, 4, 5, 9, 5, 8, 12])
    assert [(BOOKS.balances[n].code, BOOKS.balances[n].line) for n in wrong] == [("T1", "other_reader"), ("T2", "all_shelves")]


def test_unrolled_leaves_unknown_to_the_caller() -> None:
    with pytest.raises(TypeError):
        unrolled([FLOW], FLOW.cells)([1, None, 2, 3])  # type: ignore[list-item]  # that is what is tested


def test_unrolled_over_nothing_finds_nothing() -> None:
    assert unrolled([], ())(()) == ()
    assert unrolled([], ("a",))((1,)) == ()
