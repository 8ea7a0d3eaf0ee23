"""Flows along free cells: whether they can meet the demands of the nodes, and if not, why.

A free cell may be changed within a span (lowest change, highest change) that contains 0. Nodes, cells and the
direction of an edge are those of `govinfo.locator.network`. All figures are integers, and so are all flows.
"""

from collections.abc import Callable, Iterable, Mapping

from attrs import frozen

from govinfo.locator.network import Ends

Spans = Mapping[int, tuple[int, int]]
"""Free cell -> the lowest and the highest change."""


@frozen
class Settled:
    """A try to meet all demands: the change of every free cell, and where it failed a set of nodes as the reason.

    The nodes of `stuck` have together more than can flow out of them: some cell that is not free has to carry the
    rest. It is empty where every demand is met.
    """

    changes: dict[int, int]
    stuck: frozenset[int]


Room = Callable[[int, int, bool], int]


def settle(ends: Ends, spans: Spans, demand: Mapping[int, int]) -> Settled:
    """Meet the demands, which add up to 0 (less than 0: the node has something to give), along the free cells."""
    around = _around(ends, spans)
    changes = dict.fromkeys(spans, 0)
    lacking = {node: amount for node, amount in demand.items() if amount > 0}
    for start, amount in demand.items():
        rest = -amount
        while rest > 0:
            came = _reached(start, around, changes, spans, lacking)
            end = next((node for node in lacking if node in came), None)
            if end is None:
                return Settled(changes, frozenset(came))
            steps = _back(end, start, came)
            moved = min(rest, lacking[end], *(_room(cell, up, changes, spans) for cell, up in steps))
            for cell, up in steps:
                changes[cell] += moved if up else -moved
            rest -= moved
            lacking[end] -= moved
            if not lacking[end]:
                del lacking[end]
    return Settled(changes, frozenset())


def lessen(ends: Ends, spans: Spans, changes: Mapping[int, int], counted: Iterable[int]) -> dict[int, int]:
    """Changes that meet the same demands, with the least sum of absolute changes over the counted cells."""
    changes, counted = dict(changes), frozenset(counted)
    while cycle := _saving(ends, spans, changes, counted):
        moved = min(_room(cell, up, changes, spans) for cell, up in cycle)
        # The price of a change turns at 0: no step goes past it.
        turns = [abs(changes[cell]) for cell, up in cycle if cell in counted and (changes[cell] < 0) == up and changes[cell]]
        moved = min([moved, *turns])
        for cell, up in cycle:
            changes[cell] += moved if up else -moved
    return changes


def fixed(ends: Ends, spans: Spans, changes: Mapping[int, int]) -> set[int]:
    """The free cells that have the same change in every flow that meets the demands, given one such flow."""
    around = _around(ends, spans)
    found: set[int] = set()
    for cell in spans:
        into, out = ends[cell]
        # Another flow differs by circles: one of them would lead through this cell, upwards or downwards.
        ways = ((into, out, True), (out, into, False))
        if not any(
            _room(cell, up, changes, spans) and end in _reached(start, around, changes, spans, (end,), without=cell) for start, end, up in ways
        ):
            found.add(cell)
    return found


_Around = dict[int, list[tuple[int, int, bool]]]


def _around(ends: Ends, spans: Spans) -> _Around:
    """Node -> (free cell, the node at its other end, whether raising the cell carries a unit there)."""
    around: _Around = {}
    for cell in spans:
        into, out = ends[cell]
        around.setdefault(out, []).append((cell, into, True))
        around.setdefault(into, []).append((cell, out, False))
    return around


def _room(cell: int, up: bool, changes: Mapping[int, int], spans: Spans) -> int:  # noqa: FBT001 -- one of two directions
    return spans[cell][1] - changes[cell] if up else changes[cell] - spans[cell][0]


def _reached(
    start: int, around: _Around, changes: Mapping[int, int], spans: Spans, until: Iterable[int], without: int | None = None
) -> dict[int, tuple[int, int, bool]]:
    """The nodes that more can flow to, each with the step that came there (node, cell, up), until one of some is there."""
    came = {start: (start, -1, True)}
    waiting, until = [start], frozenset(until)
    for node in waiting:
        for cell, other, up in around.get(node, ()):
            if other not in came and cell != without and _room(cell, up, changes, spans):
                came[other] = (node, cell, up)
                if other in until:
                    return came
                waiting.append(other)
    return came


def _back(end: int, start: int, came: Mapping[int, tuple[int, int, bool]]) -> list[tuple[int, bool]]:
    steps: list[tuple[int, bool]] = []
    while end != start:
        end, cell, up = came[end]
        steps.append((cell, up))
    return steps


def _saving(ends: Ends, spans: Spans, changes: Mapping[int, int], counted: frozenset[int]) -> list[tuple[int, bool]]:
    """A circle along which a unit can flow so that the counted changes grow less, by Bellman and Ford; [] if none."""
    arcs: list[tuple[int, int, int, int, bool]] = []
    for cell, (into, out) in ((cell, ends[cell]) for cell in spans):
        for here, there, up in ((out, into, True), (into, out, False)):
            if _room(cell, up, changes, spans):
                gain = (changes[cell] < 0) if up else (changes[cell] > 0)
                arcs.append((here, there, 0 if cell not in counted else -1 if gain else 1, cell, up))
    price = dict.fromkeys((node for cell in spans for node in ends[cell]), 0)
    came: dict[int, tuple[int, int, bool]] = {}
    last = None
    for _ in price:
        last = None
        for here, there, cost, cell, up in arcs:
            if price[here] + cost < price[there]:
                price[there], came[there], last = price[here] + cost, (here, cell, up), there
        if last is None:
            return []
    if last is None:
        return []
    for _ in price:
        last = came[last][0]
    start, steps = last, list[tuple[int, bool]]()
    while True:
        last, cell, up = came[last]
        steps.append((cell, up))
        if last == start:
            return steps
