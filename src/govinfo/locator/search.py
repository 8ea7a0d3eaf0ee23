"""The smallest sets of cells in a network (see `govinfo.locator.network`) whose change lets every balance hold.

A set of cells is enough if along them, and along the cells without a value, a flow meets the demands of all nodes and
leaves every cell within its limits. The search deepens: all sets of one cell, then of two, and so on, so the first
that are found are the smallest, and all of their size are found.

Cells without a value cost nothing: the nodes that they connect are joined into one, and so are the nodes at the ends
of every cell that is chosen. Demands add up. Something has to flow in or out of a node that still has a demand, so one
of the cells at its border is in the set: try each, and leave it out of the sets that are tried after it. A chosen cell
can satisfy two nodes at most, so 2 x (cells left) - (nodes with a demand) is the slack. At slack 0, each further cell
has to cancel two demands exactly. Where all demands are met but a cell would fall below 0, the flow that fails names a
border that some further cell has to cross; then, and only then, sets with circles in them are found.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from govinfo.locator.flow import Spans, lessen, settle
from govinfo.locator.network import Structure
from govinfo.report import MAX_COUNT

ALLOWANCE = 40_000
"""So many steps are spent on tied balances before the search gives up: well under a second."""

_FLOW_STEPS = 25
"""What a flow costs in steps."""


@frozen
class Solution:
    """One set of cells that is enough: cell -> new value. `exact`: with these cells no other values are possible."""

    values: dict[int, int]
    exact: bool


@frozen
class Found:
    """All smallest sets; `complete` says that there are no others. None and complete: nothing has to change."""

    solutions: tuple[Solution, ...]
    complete: bool


class SpentError(Exception):
    """The search has spent what it was allowed."""


class NetworkSearch:
    """The search in one part of a structure, over figures in which cells without a value count 0.

    `demand` holds the part's demands, `blanks` its cells without a value. `run` may be called once.
    """

    __slots__ = ("_blanks", "_chosen", "_demand", "_demand_of_roots", "_figures", "_left", "_members", "_root", "_solutions", "_structure", "_tried")

    def __init__(self, structure: Structure, figures: Sequence[int], demand: dict[int, int], blanks: Sequence[int] = ()) -> None:
        self._structure, self._figures, self._blanks, self._demand = structure, figures, blanks, demand
        self._left = ALLOWANCE
        self._chosen: list[int] = []
        self._tried: set[int] = set()
        self._solutions: list[Solution] = []
        self._root: Sequence[int] = range(len(structure.part))
        self._members: dict[int, tuple[int, ...]] = {}
        joined = demand
        for cell in blanks:
            into, out = structure.ends[cell]
            if self._root[into] != self._root[out]:
                self._root, self._members, joined = self._joined(self._root, self._members, joined, self._root[into], self._root[out])
        self._demand_of_roots = joined

    def run(self, most: int) -> Found:
        """The smallest sets of at most so many cells."""
        demand = self._demand_of_roots
        if not demand and not self._settled()[1]:
            return Found((), complete=True)
        for size in range(max(1, (len(demand) + 1) // 2), most + 1):
            try:
                self._extend(self._root, self._members, demand, size)
            except SpentError:
                return Found(tuple(self._solutions), complete=False)
            if self._solutions:
                return Found(tuple(self._solutions), complete=True)
        return Found((), complete=False)

    def untouched(self, solutions: Sequence[Solution]) -> list[int]:
        """The cells without a value whose joined nodes no solution touches."""
        ends = self._structure.ends
        touched = {self._root[node] for solution in solutions for cell in solution.values for node in ends[cell]}
        return [cell for cell in self._blanks if self._root[ends[cell][0]] not in touched]

    def _extend(self, root: Sequence[int], members: dict[int, tuple[int, ...]], demand: dict[int, int], left: int) -> None:
        """All sets that add exactly so many cells to the chosen ones, none of them tried before."""
        slack = 2 * left - len(demand)
        if not demand:
            self._conclude(root, members, left)
        elif not slack:
            self._pair(members, demand, left)
        elif slack > 0:
            node = min(demand, key=lambda node: self._borders(members, node))
            tried: list[int] = []
            for cell, other in self._border(root, members, node, demand[node]):
                if slack >= 2 or demand.get(other):  # noqa: PLR2004 -- a node without a demand costs two ends
                    self._choose(cell, *self._joined(root, members, demand, node, other), left - 1)
                    self._tried.add(cell)
                    tried.append(cell)
            self._tried.difference_update(tried)

    def _pair(self, members: dict[int, tuple[int, ...]], demand: dict[int, int], left: int) -> None:
        """As `_extend` at slack 0: every chosen cell cancels the demands of two nodes, and no other node is touched."""
        neighbours, ends = self._structure.neighbours, self._structure.ends
        figures, low, tried = self._figures, self._structure.low, self._tried
        node = next(iter(demand))
        need = demand[node]
        for other, its in demand.items():
            if its != -need:
                continue
            rest = {n: d for n, d in demand.items() if n != node and n != other}  # noqa: PLR1714 -- half the time of a set
            for here in members.get(node, (node,)):
                for there in members.get(other, (other,)):
                    for cell in neighbours[here].get(there, ()):
                        value = figures[cell] + (need if ends[cell][0] == here else -need)
                        if low[cell] <= value <= MAX_COUNT and cell not in tried:
                            self._spend(1)
                            self._chosen.append(cell)
                            if rest:
                                self._pair(members, rest, left - 1)
                            else:
                                self._conclude((), {}, 0)
                            self._chosen.pop()

    def _conclude(self, root: Sequence[int], members: dict[int, tuple[int, ...]], left: int) -> None:
        """All demands can be met along the chosen cells, if limits allow it; else they say where to go on."""
        values = self._along_tree() if not self._blanks else None
        if values is not None:
            if all(self._structure.low[cell] <= value <= MAX_COUNT for cell, value in values.items()):
                self._solutions.append(Solution(values, exact=True))
                return
            if not left:
                return
        changes, stuck = self._settled()
        if not stuck:
            self._solutions.append(self._least(changes))
        elif left:
            tried: list[int] = []
            for cell, into, out in self._crossing(stuck):
                one, other = root[into], root[out]
                if one == other:
                    self._choose(cell, root, members, {}, left - 1)
                elif left > 1:
                    self._choose(cell, *self._joined(root, members, {}, one, other), left - 1)
                self._tried.add(cell)
                tried.append(cell)
            self._tried.difference_update(tried)

    def _choose(self, cell: int, root: Sequence[int], members: dict[int, tuple[int, ...]], demand: dict[int, int], left: int) -> None:
        self._spend(1)
        self._chosen.append(cell)
        self._extend(root, members, demand, left)
        self._chosen.pop()

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise SpentError

    def _joined(
        self, root: Sequence[int], members: dict[int, tuple[int, ...]], demand: dict[int, int], node: int, other: int
    ) -> tuple[list[int], dict[int, tuple[int, ...]], dict[int, int]]:
        """The same with one node joined into another."""
        moving = members.get(node, (node,))
        root, members, demand = list(root), {**members, other: members.get(other, (other,)) + moving}, dict(demand)
        for member in moving:
            root[member] = other
        if together := demand.pop(node, 0) + demand.pop(other, 0):
            demand[other] = together
        return root, members, demand

    def _borders(self, members: dict[int, tuple[int, ...]], node: int) -> int:
        degree = self._structure.degree
        return sum([degree[member] for member in members[node]]) if node in members else degree[node]

    def _border(self, root: Sequence[int], members: dict[int, tuple[int, ...]], node: int, need: int) -> Iterator[tuple[int, int]]:
        """The cells at the border of a node that can bring some of what it needs, with the node beyond."""
        neighbours, ends, figures, low = self._structure.neighbours, self._structure.ends, self._figures, self._structure.low
        for here in members.get(node, (node,)):
            for there, cells in neighbours[here].items():
                if (other := root[there]) != node:
                    for cell in cells:
                        raised = (ends[cell][0] == here) == (need > 0)
                        if cell not in self._tried and (figures[cell] < MAX_COUNT if raised else figures[cell] > low[cell]):
                            yield cell, other

    def _along_tree(self) -> dict[int, int] | None:
        """The new values of the chosen cells where they form a tree, so that there is only one flow; else None."""
        figures, ends, demand = self._figures, self._structure.ends, dict(self._demand)
        values: dict[int, int] = {}
        open_ones = [(cell, *ends[cell]) for cell in self._chosen]
        while open_ones:
            touched = [node for _, into, out in open_ones for node in (into, out)]
            leaves = {node for node in touched if touched.count(node) == 1}
            if not leaves:
                return None
            inner: list[tuple[int, int, int]] = []
            for cell, into, out in open_ones:
                if into in leaves:
                    change = demand.get(into, 0)
                    demand[out] = demand.get(out, 0) + change
                elif out in leaves:
                    change = -demand.get(out, 0)
                    demand[into] = demand.get(into, 0) - change
                else:
                    inner.append((cell, into, out))
                    continue
                values[cell] = figures[cell] + change
            open_ones = inner
        return values

    def _spans(self) -> Spans:
        figures, low = self._figures, self._structure.low
        free = {cell: (low[cell], MAX_COUNT) for cell in self._blanks}
        return free | {cell: (low[cell] - figures[cell], MAX_COUNT - figures[cell]) for cell in self._chosen}

    def _settled(self) -> tuple[dict[int, int], frozenset[int]]:
        self._spend(_FLOW_STEPS)
        settled = settle(self._structure.ends, self._spans(), self._demand)
        return settled.changes, settled.stuck

    def _crossing(self, stuck: frozenset[int]) -> list[tuple[int, int, int]]:
        """The cells that could carry something out of the nodes, with their ends."""
        figures, low, free = self._figures, self._structure.low, {*self._blanks, *self._chosen, *self._tried}
        found: list[tuple[int, int, int]] = []
        for here in sorted(stuck):
            for there, cells in self._structure.neighbours[here].items():
                if there not in stuck:
                    for cell in cells:
                        into, out = self._structure.ends[cell]
                        if cell not in free and (figures[cell] < MAX_COUNT if out == here else figures[cell] > low[cell]):
                            found.append((cell, into, out))
        return found

    def _least(self, changes: dict[int, int]) -> Solution:
        """The chosen cells with new values, of all possible ones those that change least."""
        root, members, exact = self._root, self._members, True
        for cell in self._chosen:
            one, other = (root[node] for node in self._structure.ends[cell])
            if one == other:
                exact = False
            else:
                root, members, _ = self._joined(root, members, {}, one, other)
        if not exact:
            changes = lessen(self._structure.ends, self._spans(), changes, self._chosen)
        return Solution({cell: self._figures[cell] + changes[cell] for cell in self._chosen}, exact)
