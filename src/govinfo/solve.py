"""Which cells the balances determine, and in which order: derived from the balances, never written in by hand.

Two questions are answered exactly. `plan`: how to fill cells with non-negative integers so that every balance holds,
without trying and rejecting. `bounds`: the least and the most that each cell can be.

The idea of a plan. A balance is settled by a step: the cells of one side are there, and their sum is divided over the
cells of the other side, none of which is there yet. One cell takes the whole sum; of several, all but the first take
what they are given (or what is left of the sum), and the first takes the rest. Sums and parts of sums are never
negative, so a plan never fails: whatever non-negative integers the remaining cells, the *slots*, are given, the steps
complete them. And every filling for which the balances hold comes out, when its own values are given to the slots.

The steps are found from the last to the first. A balance can be the last one if no other balance uses the cells of one
of its sides; taken away, it leaves the question for the others, and never makes it harder. Where none can be the last,
one is left out that follows from the others (in a table with sums along both axes, the sums of the sums). Which ones
may be, the linear dependencies between the balances say: a set of balances follows from the rest exactly if the
dependencies, looked at for that set alone, have full rank.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache

from attrs import frozen

from govinfo.balance import Balance
from govinfo.errors import FormError

_MAX_TRIES = 20_000
_Row = dict[str | int, Fraction]
"""A linear form: cells by address, and what is carried along (the rows it was made of) by number."""


@frozen
class Step:
    """The sum of the cells of `source` is divided over the cells of `into`."""

    source: tuple[str, ...]
    into: tuple[str, ...]


@frozen
class Plan:
    """How to fill cells so that every balance holds: see `plan`.

    `addresses` are all cells in order, `slots` those that take any non-negative integer, `steps` complete them.
    """

    addresses: tuple[str, ...]
    slots: tuple[str, ...]
    steps: tuple[Step, ...]

    def follow(self, given: Mapping[str, int]) -> dict[str, int]:
        """All cells, from non-negative integers for the slots; a slot that is not given is 0.

        Where a slot is a part of a sum, it takes no more than is left of it.
        """
        values = {address: given.get(address, 0) for address in self.slots}
        for step in self.steps:
            rest = sum(values[address] for address in step.source)
            for address in step.into[1:]:
                values[address] = min(values[address], rest)
                rest -= values[address]
            values[step.into[0]] = rest
        return {address: values[address] for address in self.addresses}

    def effects(self) -> dict[str, dict[str, int]]:
        """What one more in each slot does: slot -> the cells that change, and by how much.

        >>> made = plan((Balance("C", "x", ("a", "b"), ("sum",)),), ("a", "b", "sum"))
        >>> made.effects()
        {'a': {'a': 1, 'sum': 1}, 'b': {'b': 1, 'sum': 1}}
        """
        changes: dict[str, Counter[str]] = {slot: Counter({slot: 1}) for slot in self.slots}  # cell -> slot -> by how much
        for step in self.steps:
            change: Counter[str] = Counter()
            for sign, cells in ((1, step.source), (-1, step.into[1:])):
                for cell in cells:
                    for slot, by in changes[cell].items():
                        change[slot] += sign * by
            changes[step.into[0]] = change
        return {slot: {cell: by for cell in self.addresses if (by := changes[cell][slot])} for slot in self.slots}


@cache
def plan(balances: tuple[Balance, ...], addresses: tuple[str, ...]) -> Plan:
    """The plan to fill those cells so that those balances hold. Raises `FormError` where none is found.

    >>> flow = (Balance("C", "x", ("a", "b"), ("sum",)), Balance("C", "y", ("new", "old"), ("sum", "later")))
    >>> made = plan(flow, ("a", "b", "sum", "new", "old", "later"))
    >>> made.slots, made.follow({"a": 3, "b": 4, "old": 5})
    (('a', 'b', 'old', 'later'), {'a': 3, 'b': 4, 'sum': 7, 'new': 2, 'old': 5, 'later': 0})
    """
    steps: list[Step] = []
    for numbers in apart([balance.cells for balance in balances]):
        tied = [balances[number] for number in numbers]
        found = _ordered(dict(enumerate(tied)), (), _dependencies(tied), iter(range(_MAX_TRIES)))
        if found is None:
            named = ", ".join(f"{b.code} {b.line}" for b in tied)
            raise FormError(f"no order was found in which sums and parts of sums satisfy the balances {named}")
        steps += found
    made = {step.into[0] for step in steps}
    return Plan(addresses, tuple(a for a in addresses if a not in made), tuple(steps))


def _ordered(
    balances: Mapping[int, Balance], left_out: tuple[int, ...], dependencies: list[_Row], tries: Iterator[int]
) -> list[Step] | None:
    """Steps that settle the numbered balances, or all but some that follow from the rest; None where there are none."""
    balances, last = dict(balances), list[Step]()
    while final := _final(balances):
        last = [*final.values(), *last]
        balances = {number: balance for number, balance in balances.items() if number not in final}
    if not balances:
        return last
    for number in balances:
        # The order of leaving out makes no difference: each set is looked at once.
        out = (*left_out, number)
        if out == tuple(sorted(out)) and _follow_from_rest(out, dependencies) and next(tries, None) is not None:
            before = _ordered({n: b for n, b in balances.items() if n != number}, out, dependencies, tries)
            if before is not None:
                return [*before, *last]
    return None


def _final(balances: Mapping[int, Balance]) -> dict[int, Step]:
    """The steps that can come last, by balance; of these only those that take most cells into fewest.

    So a total is a sum of its parts wherever it can be, not its parts a division of the total.
    """
    uses = Counter(cell for balance in balances.values() for cell in balance.cells)
    possible = [
        (number, Step(source, into))
        for number, balance in balances.items()
        for source, into in ((balance.left, balance.right), (balance.right, balance.left))
        if all(uses[cell] == 1 for cell in into)
    ]
    spread = [len(step.into) - len(step.source) for _, step in possible]
    return {number: step for (number, step), each in zip(possible, spread, strict=True) if each == min(spread)}


def _follow_from_rest(left_out: tuple[int, ...], dependencies: list[_Row]) -> bool:
    columns: list[_Row] = [{f"{n}": row[d] for n, row in enumerate(dependencies) if d in row} for d in left_out]
    return len(left_out) <= len(dependencies) and len(_reduced(columns)[0]) == len(left_out)


def apart(cells: Sequence[Iterable[str]]) -> list[list[int]]:
    """The numbers of those sets of cells, apart where they share no cell even through others."""
    groups: list[tuple[list[int], set[str]]] = []
    for number, own in enumerate(map(set, cells)):
        joined = [group for group in groups if not group[1].isdisjoint(own)]
        groups = [group for group in groups if group[1].isdisjoint(own)]
        groups.append((sorted([n for numbers, _ in joined for n in numbers] + [number]), own.union(*(more for _, more in joined))))
    return sorted(numbers for numbers, _ in groups)


def _dependencies(balances: Sequence[Balance]) -> list[_Row]:
    """A basis of the linear dependencies: the number of a balance -> its coefficient."""
    rows = ({cell: Fraction(sign) for cell, sign in b.signs.items()} | {n: Fraction(1)} for n, b in enumerate(balances))
    return _reduced(rows)[1]


@frozen
class Tie:
    """What has to hold between cells beside the balances."""

    cells: tuple[str, ...]
    holds: Callable[[Mapping[str, int]], bool]


def neared(
    effects: Mapping[str, Mapping[str, int]],
    start: Mapping[str, int],
    wanted: Mapping[str, int],
    *,
    bounds: Mapping[str, tuple[int, int]],
    ties: Sequence[Tie] = (),
) -> dict[str, int]:
    """The figures at `start`, for which everything holds, each slot moved towards what is wanted as far as everything still holds.

    `effects` are those of a plan: they keep the balances; `bounds` are the least and the most of every cell. Slots move
    one after the other, and again after all have: to the bound, and where a tie does not let them, half as far.

    >>> neared({"a": {"a": 1, "sum": 1}, "b": {"b": 1, "sum": 1}}, {"a": 0, "b": 3, "sum": 3}, {"a": 9, "b": 0},
    ...        bounds=dict.fromkeys(("a", "b", "sum"), (0, 10)))
    {'a': 9, 'b': 0, 'sum': 9}
    """
    values = dict(start)
    tied: dict[str, list[Tie]] = {}
    for tie in ties:
        for cell in tie.cells:
            tied.setdefault(cell, []).append(tie)
    for slot, effect in (*effects.items(), *effects.items()):
        move = wanted[slot] - values[slot]
        for cell, by in effect.items():
            least, most = bounds[cell]
            # How far up and down the cell lets the slot move.
            up, down = (most, least) if by > 0 else (least, most)
            move = min(move, (up - values[cell]) // by) if move > 0 else max(move, -((values[cell] - down) // by))
        touched = [tie for cell in effect for tie in tied.get(cell, ())]
        while move:
            moved = {cell: values[cell] + by * move for cell, by in effect.items()}
            before = {cell: values[cell] for cell in effect}
            values.update(moved)
            if all(tie.holds(values) for tie in touched):
                break
            values.update(before)
            move = move // 2 if move > 0 else -(-move // 2)
    return values


Bounds = tuple[int, int | None]
"""The least and the most that a cell can be; None where nothing bounds it above."""

_ROUNDS = 12  # sums along both axes settle after a few; what is not settled then stays wide, which is safe


def bounds(balances: Sequence[Balance], values: Mapping[str, int | None]) -> dict[str, Bounds]:
    """The least and the most that each cell can be, where every balance holds and no cell is negative.

    A known cell is what it is. Each balance narrows its unknown cells by what the others in it can be, again and again.
    Where the known cells contradict each other nothing follows: then an unknown cell can be anything.

    >>> bounds([Balance("C", "x", ("a", "b"), ("s",))], {"a": 3, "b": None, "s": None})["s"]
    (3, None)
    """
    found: dict[str, Bounds] = {cell: (0, None) if value is None else (value, value) for cell, value in values.items()}
    open_ones = [balance for balance in balances if any(values[cell] is None for cell in balance.cells)]
    for _ in range(_ROUNDS):
        before = dict(found)
        for balance in open_ones:
            for own, other in ((balance.left, balance.right), (balance.right, balance.left)):
                for cell in own:
                    if values[cell] is None:
                        found[cell] = _narrowed(cell, own, other, found)
        if any(most is not None and least > most for least, most in found.values()):
            return {cell: (0, None) if value is None else (value, value) for cell, value in values.items()}
        if found == before:
            break
    return found


def _narrowed(cell: str, own: Sequence[str], other: Sequence[str], found: Mapping[str, Bounds]) -> Bounds:
    """What one balance leaves to one of its cells: the other side, without the rest of its own."""
    rest = [name for name in own if name != cell]
    least, most = found[cell]
    if (over := _most(rest, found)) is not None:
        least = max(least, sum(found[name][0] for name in other) - over)
    if (above := _most(other, found)) is not None:
        bound = above - sum(found[name][0] for name in rest)
        most = bound if most is None else min(most, bound)
    return least, most


def _most(cells: Sequence[str], found: Mapping[str, Bounds]) -> int | None:
    total = 0
    for cell in cells:
        most = found[cell][1]
        if most is None:
            return None
        total += most
    return total


def _reduced(rows: Iterable[_Row]) -> tuple[dict[str, _Row], list[_Row]]:
    """Gauss-Jordan elimination: rows by the cell that they are solved for, and what is left of the others.

    A row is solved for a cell if that cell has the coefficient 1 in it and stands in no other row. What is left of a
    row without cells is only what it carries along; a row of which nothing is left is not returned.
    """
    solved: dict[str, _Row] = {}
    spent: list[_Row] = []
    for given in rows:
        row = {column: value for column, value in given.items() if value}
        for cell in [cell for cell in row if isinstance(cell, str) and cell in solved]:
            row = _minus(row, row[cell], solved[cell])
        pivot = next((column for column in row if isinstance(column, str)), None)
        if pivot is None:
            spent += [row] if row else []
            continue
        row = {column: value / row[pivot] for column, value in row.items()}
        for cell, other in solved.items():
            if pivot in other:
                solved[cell] = _minus(other, other[pivot], row)
        solved[pivot] = row
    return solved, spent


def _minus(row: _Row, factor: Fraction, other: _Row) -> _Row:
    return {c: value for c in row | other if (value := row.get(c, Fraction(0)) - factor * other.get(c, Fraction(0)))}
