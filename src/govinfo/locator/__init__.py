"""The cell to blame: the smallest sets of corrections after which every balance holds.

A wrong cell breaks two or three balances at once. `locate` looks for the fewest printed cells of sections 3 and 4 that
can be changed, to whole numbers from 0 to 999,999,999, so that all balances hold (the principle of Fellegi and Holt).
Cells without a value are free to fill. It proposes; nothing is ever corrected by itself. Balances that share no cell
are searched apart, and the sets of a report are the combinations of theirs.

What it cannot do. The smallest set need not be the true one: of four wrong cells where two rows cross two columns, some
are explained by fewer cells that are right (3 to 11 in 100, by how the figures are wrong). Two outcome rows that are
exchanged as a whole break no balance and are not seen. A row shifted by one breaks more than the search looks for.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import cast

from attrs import frozen

from govinfo.errors import FigureError
from govinfo.locator.diagnosis import Change, Correction, Diagnosis
from govinfo.locator.flow import fixed, settle
from govinfo.locator.generic import GenericSearch
from govinfo.locator.network import Tied, structure_of
from govinfo.locator.search import Found, NetworkSearch
from govinfo.locator.slips import Slip, slip
from govinfo.report import MAX_COUNT, Report, Table
from govinfo.table import exactly

__all__ = ["LIMIT", "MOST", "Change", "Correction", "Diagnosis", "Slip", "locate"]

MOST = 5
"""The largest set of cells that is searched for among balances that are tied to each other."""

LIMIT = 20
"""So many sets of the smallest size are listed."""


@frozen
class _Part:
    """What was found among tied balances of one table; `deduced` by cell number."""

    table: Table
    found: Found
    deduced: Mapping[int, int]


def locate(report: Report, *, limit: int = LIMIT, most: int = MOST) -> Diagnosis:
    """The smallest sets of corrections of a report's sections 3 and 4, likely slips first, and the blanks that follow.

    At most `limit` sets are listed, and sets of at most `most` cells searched for among tied balances. A report is
    given up (`complete` False) rather than searched for more than about a second. Raises `FigureError` where one of the
    two is no whole number from 0.

    >>> from govinfo.forms import CN_2021
    >>> zeros = dict.fromkeys(CN_2021.disputes.addresses, 0)
    >>> table = Table.of(CN_2021.disputes, zeros | {"disputes.reconsideration.upheld": 10, "disputes.reconsideration.pending": 1})
    >>> diagnosis = locate(Report(disputes=table))
    >>> diagnosis.unique, diagnosis.corrections[0].cells
    (True, {'disputes.reconsideration.total': 11})
    """
    for name, bound in (("limit", limit), ("most", most)):
        if type(bound) is not int or bound < 0:
            raise FigureError(name, bound, "a whole number from 0")
    broken: list[_Part] = []
    deduced: dict[str, int] = {}
    complete, number = True, 1
    for table in report.tables:
        if table.matrix.balances:
            for part in _parts(table, most):
                found = part.found
                if found.solutions or not found.complete:
                    broken.append(part)
                    complete, number = complete and found.complete, number * len(found.solutions)
                for cell, value in part.deduced.items():
                    deduced[table.matrix.addresses[cell]] = value
    if not broken:
        return Diagnosis(deduced=deduced) if deduced else _NOTHING
    ranked = [_ranked(part, limit) for part in broken]
    apart = tuple(map(_alone, broken, ranked)) if len(broken) > 1 else ()
    # A proposal restores every balance: there is none where the search found nothing for some of them.
    corrections = _best(ranked, limit) if number else ()
    return Diagnosis(corrections, complete and number == 1, complete, deduced, number - len(corrections), apart)


def _alone(part: _Part, ranked: list["_Ranked"]) -> Diagnosis:
    """What was found for one part, as if it were all that is broken."""
    found = part.found
    corrections = tuple(correction for _, correction in ranked)
    return Diagnosis(corrections, found.complete and len(found.solutions) == 1, found.complete, unlisted=len(found.solutions) - len(ranked))


_NOTHING = Diagnosis()
_Ranked = tuple[tuple[int, int], Correction]
"""A correction with its rank: how unlikely its slips are, and by how much it changes figures."""


def _parts(table: Table, most: int) -> list[_Part]:
    """The parts of a table in which a balance is broken or a cell has no value."""
    structure, figures = structure_of(table.matrix), table.figures
    missing = [cell for cell, value in enumerate(figures) if value is None] if table.marked else []
    known = cast("Sequence[int]", [0 if value is None else value for value in figures] if missing else figures)
    demands: dict[int, dict[int, int]] = {}
    for node, demand in structure.demands(known).items():
        demands.setdefault(structure.part[node], {})[node] = demand
    if not missing and structure.all_network:
        return [_Part(table, NetworkSearch(structure, known, demand).run(most), {}) for demand in demands.values()]
    parts: list[_Part] = []
    for place, tied in enumerate(structure.tied):
        blanks = [cell for cell in missing if cell in tied.cells]
        if tied.network and (blanks or place in demands):
            parts.append(_in_network(table, known, demands.get(place, {}), blanks, most))
        elif not tied.network:
            parts.append(_in_equations(table, tied, known, blanks, most))
    return parts


def _in_network(table: Table, known: Sequence[int], demand: dict[int, int], blanks: Sequence[int], most: int) -> _Part:
    structure = structure_of(table.matrix)
    search = NetworkSearch(structure, known, demand, blanks)
    found = search.run(most)
    if not blanks or not found.complete:
        return _Part(table, found, {})
    spans = {cell: (structure.low[cell], MAX_COUNT) for cell in search.untouched(found.solutions)}
    nodes = {node for cell in spans for node in structure.ends[cell]}
    settled = settle(structure.ends, spans, {node: amount for node, amount in demand.items() if node in nodes})
    return _Part(table, found, {cell: settled.changes[cell] for cell in sorted(fixed(structure.ends, spans, settled.changes))})


def _in_equations(table: Table, tied: Tied, known: Sequence[int], blanks: Sequence[int], most: int) -> _Part:
    if not tied.counts:
        values = table.by_address
        with exactly():
            gaps = [balance.gap(values) for balance in tied.balances if all(values[cell] is not None for cell in balance.cells)]
        return _Part(table, Found((), complete=not any(gaps)), {})
    search = GenericSearch(structure_of(table.matrix), tied, known, blanks)
    found = search.run(most)
    return _Part(table, found, search.fixed() if found.complete and not found.solutions else {})


def _ranked(part: _Part, limit: int) -> list[_Ranked]:
    """The sets of one part, the likeliest first."""
    addresses, figures = part.table.matrix.addresses, cast("tuple[int, ...]", part.table.figures)
    ranked: list[_Ranked] = []
    for solution in part.found.solutions:
        values = solution.values
        changes = tuple(Change(addresses[cell], figures[cell], values[cell], slip(part.table, cell, values)) for cell in sorted(values))
        rank = (sum(change.slip.rank for change in changes), sum(abs(change.value - change.printed) for change in changes))
        ranked.append((rank, Correction(changes, solution.exact)))
    if len(ranked) > 1:
        ranked.sort(key=_rank)
    return ranked[:limit]


def _rank(ranked: _Ranked) -> tuple[int, int]:
    return ranked[0]


def _best(lists: Sequence[list[_Ranked]], limit: int) -> tuple[Correction, ...]:
    """The likeliest combinations, one set of each list."""
    best, *others = lists
    for more in others:
        pairs = (
            ((a[0] + b[0], a[1] + b[1]), Correction(one.changes + other.changes, one.exact and other.exact))
            for (a, one), (b, other) in product(best, more)
        )
        best = sorted(pairs, key=_rank)[:limit]
    return tuple([correction for _, correction in best])
