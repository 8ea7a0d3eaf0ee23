"""Which cells the balances determine, and in which order."""

from collections.abc import Collection
from random import Random
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.balance import Balance
from govinfo.errors import FormError
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.solve import Plan, Step, Tie, bounds, neared, plan
from tests.toy import BOOKS


def balance(left: str, right: str) -> Balance:
    return Balance("T", left, tuple(left), tuple(right))


def made(*balances: Balance) -> Plan:
    return plan(balances, tuple(sorted({cell for b in balances for cell in b.cells})))


def assert_fills(found: Plan, balances: tuple[Balance, ...], *, trials: int = 50) -> None:
    """Any integers in the slots give values for which all balances hold, and such values come out of themselves."""
    random = Random(0)
    for most in (0, 1, 9, 10**9) * trials:
        values = found.follow({slot: random.randint(0, most) for slot in found.slots})
        assert tuple(values) == found.addresses
        assert min(values.values()) >= 0
        assert all(b.gap(values) == 0 for b in balances)
        assert found.follow(values) == values


def test_the_toy_form_is_filled_from_four_cells() -> None:
    found = plan(BOOKS.balances, BOOKS.addresses)
    assert len(found.slots) == 4
    assert_fills(found, BOOKS.balances)


@pytest.mark.parametrize(("form", "slots"), [(FORMS[0], 22 + 126 + 12), (FORMS[1], 10 + 138 + 12)], ids=["cn-2019", "cn-2021"])
def test_released_forms_are_filled(form: Form, slots: int) -> None:
    # Section 3: every column but the total has its outcomes, what is carried forward and one of two kinds of incoming.
    found = plan(form.balances, tuple(form.cells))
    assert len(found.slots) == slots
    assert_fills(found, form.balances, trials=5)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_declaration_makes_no_difference(seed: int) -> None:
    matrix = FORMS[1].requests
    shuffled = list(matrix.balances)
    Random(seed).shuffle(shuffled)
    found = plan(tuple(shuffled), matrix.addresses)
    assert len(found.slots) == 138
    assert_fills(found, matrix.balances, trials=1)


@pytest.mark.parametrize("seed", range(8))
def test_either_side_may_be_declared_left(seed: int) -> None:
    random = Random(seed)
    matrix = FORMS[0].requests
    turned = tuple(b if random.random() < 0.5 else Balance(b.code, b.line, b.right, b.left) for b in matrix.balances)
    assert_fills(plan(turned, matrix.addresses), matrix.balances, trials=1)


def test_a_total_is_a_sum_and_a_flow_is_divided() -> None:
    found = made(balance("ab", "s"), balance("no", "sl"))
    assert found.steps == (Step(("a", "b"), ("s",)), Step(("s", "l"), ("n", "o")))
    assert found.slots == ("a", "b", "l", "o")
    assert found.follow({"a": 1, "b": 2, "l": 3, "o": 4}) == {"a": 1, "b": 2, "l": 3, "n": 2, "o": 4, "s": 3}


def test_a_part_takes_no_more_than_there_is() -> None:
    found = made(balance("abcd", "s"), balance("nop", "sl"))
    values = found.follow({"a": 5, "o": 3, "p": 9})
    assert (values["n"], values["o"], values["p"]) == (0, 3, 2)


def test_cells_in_no_balance_are_slots() -> None:
    assert plan((), ("a", "b")).follow({"b": 3}) == {"a": 0, "b": 3}


def test_a_balance_that_follows_from_others_needs_no_step() -> None:
    balances = (balance("ab", "s"), balance("s", "t"), balance("ab", "t"))
    found = made(*balances)
    assert len(found.steps) == 2
    assert_fills(found, balances)


def test_a_chain_of_sums() -> None:
    balances = (balance("rs", "t"), balance("ab", "r"), balance("cd", "s"), balance("tx", "yz"))
    assert_fills(made(*balances), balances)


@pytest.mark.parametrize(
    "balances",
    [
        (balance("ab", "cd"), balance("ac", "bd")),  # a cell and its partner are tied crosswise
        (balance("ab", "s"), balance("s", "a")),  # b can only be 0
    ],
)
def test_no_order_is_said_so(balances: tuple[Balance, ...]) -> None:
    with pytest.raises(FormError):
        made(*balances)


def test_plans_are_the_same_every_time() -> None:
    plan.cache_clear()
    first = plan(BOOKS.balances, BOOKS.addresses)
    plan.cache_clear()
    assert plan(BOOKS.balances, BOOKS.addresses) == first


# --- what each cell can be -------------------------------------------------------------------------------------------

FULL = dict(zip(BOOKS.addresses, (1, 2, 3, 4, 5, 9, 5, 7, 12), strict=True))


def test_what_is_known_is_what_it_is() -> None:
    assert bounds(BOOKS.balances, FULL) == {address: (value, value) for address, value in FULL.items()}


@pytest.mark.parametrize("gone", [FULL.keys(), [BOOKS.addresses[0]], BOOKS.addresses[:3], BOOKS.addresses[2::3], BOOKS.addresses[::2]])
def test_the_truth_lies_within_the_bounds(gone: Collection[str]) -> None:
    found = bounds(BOOKS.balances, {address: None if address in gone else value for address, value in FULL.items()})
    assert all(least <= FULL[address] and (most is None or FULL[address] <= most) for address, (least, most) in found.items())


def test_a_sum_bounds_its_parts_and_parts_their_sum() -> None:
    found = bounds([balance("ab", "s"), balance("st", "u")], {"a": 3, "b": None, "s": None, "t": 2, "u": None})
    assert found["s"] == (3, None)
    assert found["u"] == (5, None)
    assert bounds([balance("ab", "s")], {"a": None, "b": None, "s": 7}) == {"a": (0, 7), "b": (0, 7), "s": (7, 7)}


def test_where_the_known_cells_contradict_each_other_nothing_follows() -> None:
    assert bounds([balance("ab", "s")], {"a": 8, "b": None, "s": 7})["b"] == (0, None)


class TestNearing:
    """From figures that hold towards others, as far as everything still holds."""

    EFFECTS: ClassVar = plan((Balance("C", "x", ("a", "b"), ("sum",)),), ("a", "b", "sum")).effects()

    @given(st.tuples(*[st.integers(0, 30)] * 4), st.tuples(*[st.integers(0, 30)] * 2), st.integers(0, 5))
    def test_balance_bounds_and_tie_are_kept(self, start: tuple[int, ...], more: tuple[int, ...], apart: int) -> None:
        a, b, low, _ = start
        values = {"a": a, "b": b, "sum": a + b}
        bounds = {"a": (min(low, a), a + more[0]), "b": (0, 99), "sum": (0, a + b + more[1])}
        tie = Tie(("a", "b"), lambda values: abs(values["a"] - values["b"]) <= abs(a - b) + apart)
        found = neared(self.EFFECTS, values, {"a": start[2], "b": start[3]}, bounds=bounds, ties=(tie,))
        assert found["sum"] == found["a"] + found["b"]
        assert all(least <= found[cell] <= most for cell, (least, most) in bounds.items())
        assert tie.holds(found)

    def test_it_goes_to_the_bound_and_not_beyond_what_is_wanted(self) -> None:
        bounds = {"a": (0, 9), "b": (0, 9), "sum": (2, 12)}
        assert neared(self.EFFECTS, {"a": 1, "b": 1, "sum": 2}, {"a": 20, "b": 2}, bounds=bounds) == {"a": 9, "b": 2, "sum": 11}
        # What the one gives up, the other gets in the second round.
        assert neared(self.EFFECTS, {"a": 3, "b": 9, "sum": 12}, {"a": 9, "b": 0}, bounds=bounds) == {"a": 9, "b": 0, "sum": 9}

    def test_where_a_tie_is_in_the_way_it_goes_half_as_far(self) -> None:
        few = Tie(("sum",), lambda values: values["sum"] <= 5)
        bounds: dict[str, tuple[int, int]] = dict.fromkeys(("a", "b", "sum"), (0, 99))
        assert neared(self.EFFECTS, {"a": 0, "b": 0, "sum": 0}, {"a": 8, "b": 8}, bounds=bounds, ties=(few,)) == {"a": 4, "b": 1, "sum": 5}
