"""Figures among which an empty cell leaves no trace: whether a page number may have taken the place of one.

Where nothing divides the cells of a table, a row that lacks one figure and has got the number of its page is as long as it
should be, and every figure from the gap on stands in the wrong place. Its sums tell. Nothing is put right by them.
"""

from collections.abc import Sequence

from govinfo.balance import Balance
from govinfo.readers.figures import state_of
from govinfo.readers.pieces import is_bare_number

Sums = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
"""For each sum the places of its two sides among the figures."""


def places(balances: Sequence[Balance], addresses: Sequence[str]) -> Sums:
    """The sums that lie within some addresses, by the place of each."""
    at = {address: place for place, address in enumerate(addresses)}
    inside = (each for each in balances if all(address in at for address in (*each.left, *each.right)))
    return [(tuple(at[address] for address in each.left), tuple(at[address] for address in each.right)) for each in inside]


def add_up(values: Sequence[int], sums: Sums) -> bool:
    """Whether every sum holds.

    >>> add_up([1, 2, 3], [((0, 1), (2,))])
    True
    """
    return all(sum(values[place] for place in left) == sum(values[place] for place in right) for left, right in sums)


def are_shifted(texts: Sequence[str], sums: Sums) -> bool:
    """Whether figures that do not add up would, if the first or the last were a page number and an empty cell stood among the others.

    >>> sums = [((0, 1, 2), (3,))]
    >>> are_shifted(["5", "7", "12", "4"], sums), are_shifted(["5", "7", "0", "13"], sums)
    (True, False)
    """
    values = [int(text) if text.isdecimal() else 0 for text in texts]
    if not all(text.isdecimal() or state_of(text) for text in texts) or add_up(values, sums):
        return False
    rests = [rest for number, rest in ((texts[0], values[1:]), (texts[-1], values[:-1])) if is_bare_number(number)]
    broken = [each for each in sums if not add_up(values, [each])]
    for place in range(len(values)):
        known = [each for each in sums if place not in each[1]]  # of a sum that was left out nothing is known
        explains = any(each in known for each in broken)
        if explains and any(add_up([*rest[:place], 0, *rest[place:]], known) for rest in rests):
            return True
    return False
