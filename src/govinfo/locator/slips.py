"""What kind of slip would turn the right figure into the printed one: to put likely corrections first, and say why.

The order of likelihood is a judgement of how people and machines copy tables, not a measurement.
"""

from collections.abc import Mapping
from enum import StrEnum, unique
from functools import lru_cache

from govinfo.findings import Words
from govinfo.form import Matrix
from govinfo.report import Table, Value


@unique
class Slip(StrEnum):
    """A known way to get a figure wrong, the likeliest first; `NONE`: no known way leads to the printed figure."""

    EXCHANGED = "exchanged"
    SHIFTED = "shifted"
    DIGITS_SWAPPED = "digits_swapped"
    DIGIT_DOUBLED = "digit_doubled"
    DIGIT_DROPPED = "digit_dropped"
    NEIGHBOUR = "neighbour"
    ZERO = "zero"
    OTHER_TOTAL = "other_total"
    DIGIT_ADDED = "digit_added"
    DIGIT_CHANGED = "digit_changed"
    NONE = "none"

    @property
    def words(self) -> Words:
        """The slip in Chinese and in English, as it would have happened to the printed figure."""
        return _WORDS[self]

    @property
    def rank(self) -> int:
        """0 for the likeliest kind, larger for less likely ones."""
        return _RANKS[self]


_RANKS = {slip: rank for rank, slip in enumerate(Slip)}
_WORDS = {
    Slip.EXCHANGED: Words("与另一格的数值互换", "exchanged with another cell"),
    Slip.SHIFTED: Words("整行或整列数值错开一格", "a row or column of figures shifted by one"),
    Slip.DIGITS_SWAPPED: Words("两个数字颠倒", "two digits swapped"),
    Slip.DIGIT_DOUBLED: Words("一个数字重复", "a digit doubled"),
    Slip.DIGIT_DROPPED: Words("漏掉一个数字", "a digit dropped"),
    Slip.NEIGHBOUR: Words("填成相邻格的数值", "the value of a neighbouring cell"),
    Slip.ZERO: Words("填成0", "0 in place of a figure"),
    Slip.OTHER_TOTAL: Words("填成另一处的总计", "the total of another row or column"),
    Slip.DIGIT_ADDED: Words("多出一个数字", "a digit too many"),
    Slip.DIGIT_CHANGED: Words("一个数字有误", "one digit is another"),
    Slip.NONE: Words("不像常见的笔误", "no common slip"),
}


def slip(table: Table, cell: int, values: Mapping[int, int]) -> Slip:  # noqa: PLR0911 -- a list of kinds, the first that fits
    """What kind of slip the change of one cell would undo; `values` are the new values of all cells that change with it."""
    printed, value = table.figures[cell], values[cell]
    assert isinstance(printed, int)  # noqa: S101 -- only printed counts are ever changed
    beside = _beside(table.matrix)[cell]
    for other in values:
        if other != cell and values[other] == printed and table.figures[other] == value:
            return Slip.EXCHANGED
    for one, opposite in beside:
        # The figure of one neighbour slid in here, and this cell's figure slid on.
        if values.get(one) == printed and (opposite is None or table.figures[opposite] == value):
            return Slip.SHIFTED
    found = _of_digits(str(printed), str(value))
    if found in {Slip.DIGITS_SWAPPED, Slip.DIGIT_DOUBLED, Slip.DIGIT_DROPPED}:
        return found
    if not printed:
        return Slip.ZERO
    if any(table.figures[one] == printed for one, _ in beside):
        return Slip.NEIGHBOUR
    totals = _totals(table.matrix)
    if cell in totals and any(other != cell and table.figures[other] == printed for other in totals):
        return Slip.OTHER_TOTAL
    return found


def _of_digits(printed: str, value: str) -> Slip:
    if len(printed) == len(value):
        differing = [place for place, (a, b) in enumerate(zip(printed, value, strict=True)) if a != b]
        if len(differing) == 1:
            return Slip.DIGIT_CHANGED
        first, last = differing[0], differing[-1]
        swapped = len(differing) == 2 and printed[first] == value[last] and printed[last] == value[first]  # noqa: PLR2004 -- two digits
        return Slip.DIGITS_SWAPPED if swapped else Slip.NONE
    if len(printed) == len(value) - 1 and printed in _shorter(value):
        return Slip.DIGIT_DROPPED
    if len(printed) == len(value) + 1 and value in _shorter(printed):
        doubled = any(value == printed[:i] + printed[i + 1 :] and printed[i] == printed[i - 1] for i in range(1, len(printed)))
        return Slip.DIGIT_DOUBLED if doubled else Slip.DIGIT_ADDED
    return Slip.NONE


def _shorter(digits: str) -> list[str]:
    return [digits[:place] + digits[place + 1 :] for place in range(len(digits))]


@lru_cache(maxsize=64)
def _beside(matrix: Matrix) -> tuple[tuple[tuple[int, int | None], ...], ...]:
    """For each cell its neighbours as printed, each with the neighbour on the opposite side."""
    found: list[tuple[tuple[int, int | None], ...]] = []
    lines: dict[tuple[str, str], list[int]] = {}
    for cell in matrix.cells:
        # A flat matrix is printed as one row of figures.
        lines.setdefault(("row", "" if matrix.flat else cell.row.key), []).append(cell.index)
        if not matrix.flat:
            lines.setdefault((f"column of {cell.band.key}", cell.column.key), []).append(cell.index)
    of_cell: dict[int, list[tuple[int, int | None]]] = {cell.index: [] for cell in matrix.cells}
    for line in lines.values():
        for place, cell in enumerate(line):
            before = line[place - 1] if place else None
            after = line[place + 1] if place + 1 < len(line) else None
            of_cell[cell] += [(one, other) for one, other in ((before, after), (after, before)) if one is not None]
    found = [tuple(of_cell[cell.index]) for cell in matrix.cells]
    return tuple(found)


@lru_cache(maxsize=64)
def _totals(matrix: Matrix) -> frozenset[int]:
    """The cells that are the only one on their side of a balance."""
    return frozenset(matrix.index_of[side[0]] for balance in matrix.balances for side in (balance.left, balance.right) if len(side) == 1)


def difference(printed: Value | None, value: int) -> int:
    """By how much a change moves a figure."""
    assert isinstance(printed, int)  # noqa: S101 -- as in `slip`
    return abs(value - printed)
