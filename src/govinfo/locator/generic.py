"""The slow search for tied balances that form no network: smallest sets of cells in any equations of whole numbers.

It deepens as the network search does. Where a balance cannot hold with the cells that are free, one of its other cells
is in the set; where every balance alone can hold and all together cannot, any cell may be. Whether free cells can
satisfy all balances is decided by narrowing their ranges and trying values, those near the printed figure first.
"""

from collections.abc import Mapping, Sequence

from govinfo.locator.network import Structure, Tied
from govinfo.locator.search import Found, Solution, SpentError
from govinfo.report import MAX_COUNT

_STEPS = 2_000_000
"""So many cells of balances are looked at before the search gives up: about a second."""

_DEEPEST = 400
"""So many values are tried one within the other: balances may ask for an even number that is odd, which no range shows."""

_QUICK = 8
"""So many times faster than narrowing it is to see that a balance cannot hold."""

_Ranges = dict[int, tuple[int, int]]
"""Cell -> lowest and highest value that it can still have."""


class GenericSearch:
    """The search in tied balances, over figures in which cells without a value count 0. `run` may be called once."""

    def __init__(self, structure: Structure, tied: Tied, figures: Sequence[int], blanks: Sequence[int] = ()) -> None:
        self._tied, self._figures, self._low, self._blanks = tied, figures, structure.low, blanks
        self._equations = [{structure.index_of[a]: sign for a, sign in balance.signs.items()} for balance in tied.balances]
        self._size = sum(map(len, self._equations))
        self._chosen: list[int] = []
        self._tried: set[int] = set()
        self._solutions: list[Solution] = []
        self._left = _STEPS

    def run(self, most: int) -> Found:
        """The smallest sets of at most so many cells."""
        try:
            for size in range(most + 1):
                self._extend(size)
                if self._solutions:
                    return Found(tuple(self._solutions) if size else (), complete=True)
        except SpentError:
            return Found(tuple(self._solutions), complete=False)
        return Found((), complete=False)

    def fixed(self) -> dict[int, int]:
        """The cells without a value that have only one possible value, where no printed cell has to change."""
        found: dict[int, int] = {}
        try:
            ranges = self._narrowed(self._ranges())
            values = self._values(ranges) if ranges is not None else None
            if ranges is not None and values is not None:
                for cell in self._blanks:
                    (low, high), value = ranges[cell], values[cell]
                    others = [span for span in ((low, value - 1), (value + 1, high)) if span[0] <= span[1]]
                    if all(self._values(self._narrowed(ranges | {cell: span})) is None for span in others):
                        found[cell] = value
        except SpentError:
            pass
        return found

    def _extend(self, left: int) -> None:
        self._spend(self._size // _QUICK)
        ranges = self._ranges()
        impossible = next((equation for equation in self._equations if not _possible(equation, ranges)), None)
        values = self._values(self._narrowed(ranges)) if impossible is None else None
        if values is not None:
            self._solutions.append(self._solution(ranges, values))
        elif left:
            tried: list[int] = []
            for cell in impossible or self._tied.cells:
                if cell not in self._tried and cell not in self._chosen and cell not in self._blanks:
                    self._chosen.append(cell)
                    self._extend(left - 1)
                    self._chosen.pop()
                    self._tried.add(cell)
                    tried.append(cell)
            self._tried.difference_update(tried)

    def _ranges(self) -> _Ranges:
        free = {*self._blanks, *self._chosen}
        printed = {cell: (self._figures[cell], self._figures[cell]) for cell in self._tied.cells if cell not in free}
        return printed | {cell: (self._low[cell], MAX_COUNT) for cell in free}

    def _narrowed(self, ranges: _Ranges) -> _Ranges | None:
        """The ranges, without values that some balance rules out by itself; None where nothing is left of one."""
        ranges, changed = dict(ranges), True
        while changed:
            changed = False
            self._spend(self._size)
            for equation in self._equations:
                lowest, highest = _limits(equation, ranges)
                for cell, sign in equation.items():
                    low, high = ranges[cell]
                    # What the other cells add up to lies between these, and this cell has to take it away.
                    least, most = lowest - (low if sign > 0 else -high), highest - (high if sign > 0 else -low)
                    new = (max(low, -most), min(high, -least)) if sign > 0 else (max(low, least), min(high, most))
                    if new[0] > new[1]:
                        return None
                    if new != (low, high):
                        self._spend(len(equation))
                        ranges[cell], changed = new, True
                        lowest, highest = _limits(equation, ranges)
        return ranges

    def _values(self, ranges: _Ranges | None, depth: int = 0) -> dict[int, int] | None:
        """Values for all cells with which every balance holds, None where there are none."""
        if ranges is None:
            return None
        if depth > _DEEPEST:
            raise SpentError
        open_ones = [cell for cell, (low, high) in ranges.items() if low < high]
        if not open_ones:
            return {cell: low for cell, (low, _) in ranges.items()}
        cell = min(open_ones, key=lambda cell: ranges[cell][1] - ranges[cell][0])
        low, high = ranges[cell]
        near = min(max(self._figures[cell], low), high)
        for span in ((near, near), (near + 1, high), (low, near - 1)):
            if span[0] <= span[1] and (values := self._values(self._narrowed(ranges | {cell: span}), depth + 1)) is not None:
                return values
        return None

    def _solution(self, ranges: _Ranges, values: Mapping[int, int]) -> Solution:
        exact = True
        for cell in self._chosen:
            spans = ((ranges[cell][0], values[cell] - 1), (values[cell] + 1, ranges[cell][1]))
            exact = exact and all(self._values(self._narrowed(ranges | {cell: span})) is None for span in spans if span[0] <= span[1])
        return Solution({cell: values[cell] for cell in self._chosen}, exact)

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise SpentError


def _limits(equation: Mapping[int, int], ranges: _Ranges) -> tuple[int, int]:
    """The least and the greatest that left side minus right side can be."""
    lowest = sum(ranges[cell][0] if sign > 0 else -ranges[cell][1] for cell, sign in equation.items())
    highest = sum(ranges[cell][1] if sign > 0 else -ranges[cell][0] for cell, sign in equation.items())
    return lowest, highest


def _possible(equation: Mapping[int, int], ranges: _Ranges) -> bool:
    lowest, highest = _limits(equation, ranges)
    return lowest <= 0 <= highest
