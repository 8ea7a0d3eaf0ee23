"""Balances (勾稽关系): some cells add up to others.

A `Balance` is data. The same object is evaluated on one report (integers), on a million (columns), symbolically,
or solved for a cell. It knows addresses and sums, and nothing of reports, forms or verdicts.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, Protocol, Self, TypeVar

from attrs import field, frozen


class Addable(Protocol):
    """Whatever can be added to its own kind: an int, a column, a symbol."""

    def __add__(self, other: Any, /) -> Self: ...


T = TypeVar("T", bound=Addable)


@frozen
class Balance:
    """One equation of a form: the cells of `left` add up to the cells of `right`.

    Addresses are those of `govinfo.form.Form.cells`. `code` is the rule that the equation is an instance of,
    `line` the row or column that it speaks of (its key's value).

    >>> b = Balance("R301", "total", ("new", "carried_in"), ("concluded", "carried_forward"))
    >>> b.sides({"new": 5, "carried_in": 1, "concluded": 4, "carried_forward": 1})
    (6, 5)
    """

    code: str
    line: str
    left: tuple[str, ...] = field(converter=tuple[str, ...])
    right: tuple[str, ...] = field(converter=tuple[str, ...])

    @property
    def cells(self) -> tuple[str, ...]:
        """Every address that the balance uses, left side first."""
        return self.left + self.right

    @property
    def signs(self) -> dict[str, int]:
        """Address -> +1 on the left, -1 on the right."""
        return dict.fromkeys(self.left, 1) | dict.fromkeys(self.right, -1)

    def sides(self, values: Mapping[str, T]) -> tuple[T, T]:
        """Both sums, in whatever arithmetic the values have. Raises `KeyError` where a cell is missing."""
        return total(values[a] for a in self.left), total(values[a] for a in self.right)

    def gap(self, values: Mapping[str, Any]) -> Any:
        """Left side minus right side: 0 where the balance holds."""
        left, right = self.sides(values)
        return left - right


def total(values: Iterable[T]) -> T:
    """Their sum, in their own arithmetic (`sum()` would start from an int). At least one value is needed."""
    return reduce(operator.add, values)


def unrolled(balances: Sequence[Balance], order: Sequence[str]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """A function from figures, in the given order of addresses, to the indices of the balances that do not hold.

    The one place of generated code in the checks: with the cells as local variables and the sums written out, all 42
    balances of a report cost about half of the same sums over nested objects (benchmarks/balances.py). Nothing but
    cell numbers enters the source. A `None` among the figures raises `TypeError`: unknown is for the caller to say.
    """
    if not balances:
        return lambda figures: ()  # noqa: ARG005 -- section 2: nothing to add up, whatever it holds
    name = {address: f"c{index}" for index, address in enumerate(order)}
    lines = ["def check(figures):", f"    {''.join(f'{name[a]},' for a in order)} = figures", "    broken = ()"]
    for index, balance in enumerate(balances):
        left, right = ("+".join(name[a] for a in side) for side in (balance.left, balance.right))
        lines.append(f"    if {left} != {right}: broken += ({index},)")
    lines.append("    return broken")
    namespace: dict[str, Any] = {}
    exec("\n".join(lines), namespace)  # noqa: S102 -- see the docstring
    check: Callable[[Sequence[int]], tuple[int, ...]] = namespace["check"]
    return check
