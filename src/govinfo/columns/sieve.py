"""Which rows of a batch can be dismissed: one look at every figure, in blocks that fit the cache.

It adds in int32, where a sum may run over, so it also marks every row with a figure so large that one could. Whatever it marks too
much costs time, never a verdict.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from attrs import field, frozen

from govinfo.balance import Balance
from govinfo.columns.arrow import Bools, Ints, np, npt, pa

BLOCK = 32_768
"""Rows added up at a time: some fifteen sums of a block at once are 2 MB; of smaller blocks NumPy takes longer to be called."""
_INT32 = pa.int32()


@frozen
class Column:
    """The figures of a cell in one batch: the int32 values where they lie, and the bits that say which there are (None: all)."""

    values: npt.NDArray[np.int32] | None
    bits: npt.NDArray[np.uint8] | None
    array: Any = field(repr=False)

    @classmethod
    def of(cls, array: Any) -> "Column":
        """The column of an Arrow array; of money `values` is None."""
        validity, *rest = array.buffers()
        first, rows = array.offset, len(array)
        bits: npt.NDArray[np.uint8] | None = None
        if array.null_count:
            packed = np.frombuffer(validity, np.uint8)[first // 8 : (first + rows + 7) // 8]
            bits = packed if first % 8 == 0 else np.packbits(unpacked(packed, first % 8, rows), bitorder="little")
        if array.type != _INT32:
            return cls(None, bits, array)
        values = np.frombuffer(rest[0], np.int32, rows, first * 4) if rows else np.zeros(0, np.int32)
        return cls(values, bits, array)

    def at(self, rows: Ints) -> Any:
        """The values in some rows, int64 or Decimals; whatever lies there where there is no value."""
        if self.values is not None:
            return self.values[rows].astype(np.int64)
        amounts = [Decimal(0) if value is None else value for value in self.array.take(pa.array(rows)).to_pylist()]
        return np.array([*amounts, None], np.object_)[:-1]  # the None keeps an empty one an array of objects


def unpacked(packed: npt.NDArray[np.uint8], first: int, rows: int) -> Bools:
    """The bits of an Arrow bitmap as bools, from a bit of its first byte on."""
    return np.unpackbits(packed, bitorder="little", count=first + rows)[first:].view(np.bool_)


def lacking(cells: Sequence[Column], rows: int) -> Bools:
    """Which rows have no value in one of the cells; empty where every row has them all."""
    bits = [column.bits for column in cells if column.bits is not None]
    return ~unpacked(np.bitwise_and.reduce(bits), 0, rows) if bits else np.zeros(0, np.bool_)


def suspects(script: "Script", columns: Mapping[str, Column], unknown: Sequence[Ints], rows: int) -> Bools:
    """The rows that may break a balance; no other does. `unknown` are, of each balance, the rows that lack one of its cells.

    Not more than a few should be there, in data as it is published.
    """
    found = np.zeros(rows, np.bool_)
    values = [columns[cell].values for cell, _ in script.steps]
    if any(each is None for each in values):
        return ~found  # money is added up exactly
    gaps, bits, *buffers = np.empty((script.sums + 2, min(BLOCK, rows)), np.int32)
    for first in range(0, rows, BLOCK):
        size = min(BLOCK, rows - first)
        views, gap, bit = [buffer[:size] for buffer in buffers], gaps[:size], bits[:size]
        gap[:], bit[:] = 0, 0
        dropped = [each[slice(*np.searchsorted(each, (first, first + size)))] - first if len(each) else each for each in unknown]
        for (_, uses), figures in zip(script.steps, values, strict=True):
            assert figures is not None  # noqa: S101 -- seen to above
            _added(figures[first : first + size], uses, views, dropped, (gap, bit))
        np.bitwise_and(bit, script.large, out=bit)
        np.bitwise_or(gap, bit, out=gap)
        np.not_equal(gap, 0, out=found[first : first + size])
    return found


_Use = tuple[int, int, int, bool, bool]
"""One use of a cell in a balance: the number of the balance, of its sum, the sign, whether it is the first and the last."""


def _added(
    figures: npt.NDArray[np.int32], uses: Sequence[_Use], sums: Sequence[Any], dropped: Sequence[Any], into: tuple[Any, Any]
) -> None:
    """Add a block of one cell to the sums that use it, while it is in the cache; a sum that is whole leaves its bits in the gap."""
    # The third argument is where the result goes: by name it would cost a fifth of the whole.
    gap, bits = into
    np.bitwise_or(bits, figures, bits)
    for balance, number, sign, is_first, is_last in uses:
        own = sums[number]
        if is_first:
            np.copyto(own, figures)
        elif sign > 0:
            np.add(own, figures, own)
        else:
            np.subtract(own, figures, own)
        if is_last:
            if len(dropped[balance]):
                own[dropped[balance]] = 0
            np.bitwise_or(gap, own, gap)


@frozen
class Script:
    """The cells in the order of the form, each with its uses; how many sums are open at once; the bits of a figure that is large.

    Sums are left less right, in int32, where they wrap around: one that is not 0 and less than 2^32 does not look like 0.
    """

    steps: tuple[tuple[str, tuple[_Use, ...]], ...]
    sums: int
    large: np.int32


@cache
def script_of(balances: tuple[Balance, ...]) -> Script:
    """How to add up those balances in one look at each cell."""
    places = _places(balances)
    order: dict[str, list[tuple[int, int]]] = {}
    for number, balance in enumerate(balances):
        start = balance.signs[min(balance.cells, key=places.__getitem__)]  # signs count from the first cell: only 0 matters
        for cell, sign in balance.signs.items():
            order.setdefault(cell, []).append((number, sign * start))
    left, free, slot, used = {n: len(b.cells) for n, b in enumerate(balances)}, list[int](), dict[int, int](), 0
    steps: list[tuple[str, tuple[_Use, ...]]] = []
    for cell in sorted(order, key=places.__getitem__):
        uses: list[_Use] = []
        for number, sign in order[cell]:
            if is_first := number not in slot:
                slot[number] = free.pop() if free else (used := used + 1) - 1
            left[number] -= 1
            uses.append((number, slot[number], sign, is_first, not left[number]))
            if not left[number]:
                free.append(slot[number])
        steps.append((cell, tuple(uses)))
    longest = max((len(balance.cells) for balance in balances), default=1)
    small = (2**32 // longest).bit_length() - 1
    return Script(tuple(steps), used, np.int32(-(2 ** min(small, 31))))


def _places(balances: tuple[Balance, ...]) -> Mapping[str, int]:
    """The cells in an order that lets sums be finished early: by row, as the addresses say, each row where it first appears."""
    cells = list(dict.fromkeys(a for balance in balances for a in balance.cells))
    rows = {row: n for n, row in enumerate(dict.fromkeys(a.rpartition(".")[0] for a in cells))}
    return {cell: n for n, cell in enumerate(sorted(cells, key=lambda a: rows[a.rpartition(".")[0]]))}
