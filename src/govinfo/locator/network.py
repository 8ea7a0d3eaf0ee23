"""The shape that makes locating fast: cells as the edges of a network whose nodes are balances.

It is found from the balances of a matrix, never written in. Of balances that are tied to each other by shared cells,
those are left out that follow from the rest, until every cell lies in at most two; then each balance is read forwards
or backwards, so that every cell enters its two balances with opposite signs. Raising a cell by 1 then moves one unit
from one balance to the other: it is an edge, and what a balance lacks is the demand of a node. A cell in one balance
only is an edge to a *ground* node, whose demand is whatever the others leave. Demands of tied balances add up to 0.

In section 3 the row sum of 总计 is left out and 38 nodes remain; in section 4 every track is a node and its ground.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any, cast

from attrs import frozen

from govinfo.balance import Balance
from govinfo.form import Kind, Matrix
from govinfo.report import MAX_COUNT
from govinfo.solve import apart

_MOST_LEFT_OUT = 3
"""No more balances than this are left out of tied ones; forms that would need more are searched generically."""

Ends = Mapping[int, tuple[int, int]]
"""Cell -> (the node it brings a unit into when it is raised by 1, the node it takes it from)."""


@frozen
class Tied:
    """Balances that are tied to each other by shared cells. `network` says whether their cells are edges."""

    balances: tuple[Balance, ...]
    cells: tuple[int, ...]
    network: bool
    counts: bool
    """False where they use money: only counts are located."""


@frozen(eq=False)
class Structure:
    """How the balances of a matrix hang together. Cells are numbered as in `Matrix.cells`.

    `ends` holds every cell that is an edge, `neighbours` for each node the cells towards each other node, `part` for
    each node the place of its balances in `tied`. `demands` turns figures into {node: demand}, satisfied nodes left
    out; it raises `TypeError` where a figure is None. `low` is the least value of each cell.
    """

    tied: tuple[Tied, ...]
    part: tuple[int, ...]
    ends: Ends
    neighbours: tuple[Mapping[int, tuple[int, ...]], ...]
    degree: tuple[int, ...]
    demands: Callable[[Sequence[Any]], dict[int, int]]
    low: tuple[int, ...]
    index_of: Mapping[str, int]
    all_network: bool


@lru_cache(maxsize=64)
def structure_of(matrix: Matrix) -> Structure:
    """The structure of a matrix; computed once."""
    tied: list[Tied] = []
    part: list[int] = []
    ends: dict[int, tuple[int, int]] = {}
    for numbers in apart([balance.cells for balance in matrix.balances]):
        balances = tuple(matrix.balances[number] for number in numbers)
        cells = tuple(sorted({matrix.index_of[cell] for balance in balances for cell in balance.cells}))
        counts = all(matrix.cells[cell].kind is Kind.COUNT for cell in cells)
        edges = _edges(balances) if counts else None
        tied.append(Tied(balances, cells, edges is not None, counts))
        if edges is not None:
            first = len(part)
            ends |= {matrix.index_of[cell]: (first + into, first + out) for cell, (into, out) in edges.items()}
            part += [len(tied) - 1] * (1 + max(max(pair) for pair in edges.values()))
    around: list[dict[int, tuple[int, ...]]] = [{} for _ in part]
    for cell, (into, out) in sorted(ends.items()):
        for here, there in ((into, out), (out, into)):
            around[here][there] = (*around[here].get(there, ()), cell)
    degree = tuple(sum(map(len, each.values())) for each in around)
    low = tuple(-MAX_COUNT if cell.signed else 0 for cell in matrix.cells)
    demands = _demands(ends, len(part), len(matrix.cells))
    networks = all(each.network for each in tied)
    return Structure(tuple(tied), tuple(part), ends, tuple(around), degree, demands, low, matrix.index_of, networks)


def _edges(balances: Sequence[Balance]) -> dict[str, tuple[int, int]] | None:
    """Tied balances as a network: cell -> (into, out of); None where they are none."""
    for kept, left_out in _choices(balances):
        edges = _oriented(kept)
        if edges is not None and all(_follows(balance, edges, len(kept)) for balance in left_out):
            return edges
    return None


def _choices(balances: Sequence[Balance]) -> Iterator[tuple[list[Balance], tuple[Balance, ...]]]:
    """Which balances to keep and which to leave out, so that every cell lies in at most two; fewest left out first."""
    uses: dict[str, list[Balance]] = {}
    for balance in balances:
        for cell in balance.cells:
            uses.setdefault(cell, []).append(balance)
    crowded = [of for of in uses.values() if len(of) > 2]  # noqa: PLR2004 -- an edge has two ends
    suspects = [balance for balance in balances if any(balance in of for of in crowded)]
    for number in range(_MOST_LEFT_OUT + 1):
        for left_out in combinations(suspects, number):
            if all(len(of) - sum(balance in left_out for balance in of) <= 2 for of in crowded):  # noqa: PLR2004 -- as above
                yield [balance for balance in balances if balance not in left_out], left_out


def _oriented(balances: Sequence[Balance]) -> dict[str, tuple[int, int]] | None:
    """Read balances forwards or backwards so that every cell enters its two with opposite signs; None if impossible."""
    uses: dict[str, list[tuple[int, int]]] = {}
    for node, balance in enumerate(balances):
        for cell, sign in balance.signs.items():
            uses.setdefault(cell, []).append((node, sign))
    turn: dict[int, int] = {}
    for start in range(len(balances)):
        waiting = [] if start in turn else [start]
        turn.setdefault(start, 1)
        while waiting:
            node = waiting.pop()
            for cell, sign in balances[node].signs.items():
                for other, its_sign in uses[cell]:
                    wanted = -turn[node] * sign * its_sign
                    if other != node and other not in turn:
                        turn[other] = wanted
                        waiting.append(other)
                    elif other != node and turn[other] != wanted:
                        return None
    ground, edges = len(balances), dict[str, tuple[int, int]]()
    for cell, where in uses.items():
        signed = {turn[node] * sign: node for node, sign in where}
        edges[cell] = (signed.get(1, ground), signed.get(-1, ground))
    return edges


def _follows(balance: Balance, edges: Mapping[str, tuple[int, int]], ground: int) -> bool:
    """Whether a balance is a combination of those that the network was made of.

    It is if the nodes can be given weights, the ground 0, so that along every edge they differ by the sign that the
    edge's cell has in the balance.
    """
    signs = balance.signs
    around: dict[int, list[tuple[int, int]]] = {}
    for cell, (into, out) in edges.items():
        around.setdefault(into, []).append((out, -signs.get(cell, 0)))
        around.setdefault(out, []).append((into, signs.get(cell, 0)))
    weight: dict[int, int] = {}
    for start in (ground, *range(ground)):
        waiting = [] if start in weight else [start]
        weight.setdefault(start, 0)
        while waiting:
            node = waiting.pop()
            for other, step in around.get(node, ()):
                if other not in weight:
                    weight[other] = weight[node] + step
                    waiting.append(other)
                elif weight[other] != weight[node] + step:
                    return False
    return signs.keys() <= edges.keys()


def _demands(ends: Ends, nodes: int, cells: int) -> Callable[[Sequence[Any]], dict[int, int]]:
    """What each node lacks, as unrolled code (see `govinfo.balance.unrolled`): only cell numbers enter the source."""
    lines = ["def demands(figures):", f"    {''.join(f'c{cell},' for cell in range(cells)) or '()'} = figures", "    found = {}"]
    for node in range(nodes):
        gives = "+".join(f"c{cell}" for cell, (_, out) in ends.items() if out == node)
        takes = "".join(f"-c{cell}" for cell, (into, _) in ends.items() if into == node)
        lines.append(f"    if demand := {gives}{takes}: found[{node}] = demand")
    namespace: dict[str, Any] = {}
    exec("\n".join([*lines, "    return found"]), namespace)  # noqa: S102 -- see the docstring
    return cast("Callable[[Sequence[Any]], dict[int, int]]", namespace["demands"])
