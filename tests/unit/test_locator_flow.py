"""Flows along free cells: what they meet, where they fail, and what they change least, against all flows there are."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest

from govinfo.locator.flow import Spans, fixed, lessen, settle

Ends = Mapping[int, tuple[int, int]]
NODES = 4


def drawn(seed: int) -> tuple[Ends, Spans, dict[int, int]]:
    """Up to five cells between four nodes with narrow spans, and demands that add up to 0."""
    dice = Random(seed)
    ends = {cell: (pair[0], pair[1]) for cell in range(dice.randrange(1, 6)) if (pair := dice.sample(range(NODES), 2))}
    spans = {cell: (-dice.randrange(3), dice.randrange(3)) for cell in ends}
    demand = {node: dice.randrange(-2, 3) for node in range(NODES - 1)}
    demand[NODES - 1] = -sum(demand.values())
    return ends, spans, {node: amount for node, amount in demand.items() if amount}


def flows(ends: Ends, spans: Spans, demand: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """Every flow that meets the demands."""
    for changes in product(*(range(low, high + 1) for low, high in spans.values())):
        flow = dict(zip(spans, changes, strict=True))
        if brought(ends, flow) == [demand.get(node, 0) for node in range(NODES)]:
            yield flow


def brought(ends: Ends, flow: Mapping[int, int]) -> list[int]:
    """What a flow brings into each node."""
    found = [0] * NODES
    for cell, change in flow.items():
        into, out = ends[cell]
        found[into] += change
        found[out] -= change
    return found


@pytest.mark.parametrize("seeds", [range(150), range(150, 300)], ids=str)
def test_a_flow_is_found_exactly_where_there_is_one(seeds: range) -> None:
    met = 0
    for seed in seeds:
        ends, spans, demand = drawn(seed)
        every = list(flows(ends, spans, demand))
        settled = settle(ends, spans, demand)
        if every:
            met += 1
            assert settled.changes in every
            assert not settled.stuck
            least = lessen(ends, spans, settled.changes, spans)
            assert sum(map(abs, least.values())) == min(sum(map(abs, flow.values())) for flow in every)
            assert least in every
            first = [cell for cell in spans if cell % 2]
            some = lessen(ends, spans, settled.changes, first)
            assert sum(abs(some[cell]) for cell in first) == min(sum(abs(flow[cell]) for cell in first) for flow in every)
            assert fixed(ends, spans, settled.changes) == {cell for cell in spans if len({flow[cell] for flow in every}) == 1}
        else:
            # The nodes that are named have more to give than the free cells can carry away.
            surplus = -sum(demand.get(node, 0) for node in settled.stuck)
            carried = 0
            for cell, (into, out) in ends.items():
                low, high = spans[cell]
                if out in settled.stuck and into not in settled.stuck:
                    carried += high
                elif into in settled.stuck and out not in settled.stuck:
                    carried -= low
            assert surplus > carried
    assert met > len(seeds) // 10
