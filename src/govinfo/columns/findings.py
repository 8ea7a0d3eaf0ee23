"""Findings over many reports, as columns."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, cast

from attrs import field, frozen

from govinfo.columns.arrow import ArrowTable, Bools, Ints, np, npt, pa
from govinfo.errors import FigureError, ProfileError
from govinfo.findings import Finding, Severity, Verdict
from govinfo.report import Value
from govinfo.table import exactly

VERDICTS = tuple(Verdict)
_PIECE = 1 << 18  # findings whose cells are laid out at a time
SIDE = pa.decimal128(38, 10)
Side = tuple[Any, Bools]
"""The values of one side of a comparison (int64, or Decimals as objects), and where they are known."""


def refuse_codes(codes: Collection[str], accepted: Iterable[str]) -> None:
    """Raise `ProfileError` for a code that is none of those, and for a string where there should be several."""
    unknown = [codes] if isinstance(codes, str) else sorted(set(codes) - set(accepted))
    if unknown:
        raise ProfileError([("codes", f"given {unknown[0]!r}, accepted are several of {', '.join(dict.fromkeys(accepted))}")])


def several(verdicts: Collection[Verdict]) -> frozenset[Verdict]:
    """The verdicts asked for. Raises `ProfileError` for what is none, and for a string where there should be several."""
    wrong = [verdicts] if isinstance(verdicts, str) else [each for each in verdicts if each not in VERDICTS]
    if wrong:
        raise ProfileError([("verdicts", f"given {str(wrong[0])!r}, accepted are several of {', '.join(VERDICTS)}")])
    return frozenset(map(Verdict, verdicts))


@frozen(cache_hash=True)
class Instance:
    """What all findings of one instance of a rule have in common; `order` is its place among those of a row."""

    code: str
    line: str
    severity: Severity
    cells: tuple[str, ...]
    order: tuple[int, ...]


@frozen
class Found:
    """Findings gathered by instance, a block of rows at a time; `table` lays them out.

    `names` name the columns of row numbers, the one that a finding stands with first. `verdicts` are those that are kept.
    """

    names: tuple[str, ...]
    verdicts: frozenset[Verdict]
    instances: set[Instance] = field(factory=set[Instance])
    parts: list[tuple[Any, ...]] = field(factory=list[tuple[Any, ...]])

    def compared(self, instance: Instance, rows: Sequence[Ints], holds: Bools, left: Side, right: Side) -> None:
        """Two sides over some rows: unknown where one is, else holding or broken."""
        known = left[1] & right[1]
        for verdict, where in ((Verdict.HOLDS, known & holds), (Verdict.BROKEN, known & ~holds), (Verdict.UNKNOWN, ~known)):
            self.judged(instance, verdict, where, rows, left, right)

    def judged(self, instance: Instance, verdict: Verdict, where: Bools, rows: Sequence[Ints], left: Side, right: Side) -> None:
        """One verdict for some of the rows."""
        if verdict in self.verdicts and where.any():
            self._keep(instance, verdict, [each[where] for each in rows], *((v[where], there[where]) for v, there in (left, right)))

    def said(self, instance: Instance, verdict: Verdict, rows: Sequence[Ints]) -> None:
        """One verdict without sides."""
        if verdict in self.verdicts and len(rows[0]):
            nothing = (np.zeros(len(rows[0]), np.int64), np.zeros(len(rows[0]), np.bool_))
            self._keep(instance, verdict, rows, nothing, nothing)

    def scalar(self, finding: Finding, rows: Sequence[int], order: tuple[int, ...]) -> None:
        """A finding of the scalar check."""
        if finding.verdict in self.verdicts:
            instance = Instance(finding.code, finding.line, finding.severity, finding.cells, order)
            sides = [(np.array([_shown(side)], np.object_), np.array([side is not None])) for side in (finding.left, finding.right)]
            self._keep(instance, finding.verdict, [np.array([row], np.int64) for row in rows], *sides)

    def _keep(self, instance: Instance, verdict: Verdict, rows: Sequence[Ints], left: Side, right: Side) -> None:
        self.instances.add(instance)
        self.parts.append((instance, VERDICTS.index(verdict), tuple(rows), left, right))

    def table(self, *, decimals: bool = False) -> ArrowTable:
        """All of them, by row and then in the order of the instances; the sides are int64, or decimals where money is compared."""
        instances = sorted(self.instances, key=lambda instance: (instance.order, instance.line, instance.cells))
        rank, counts = {instance: number for number, instance in enumerate(instances)}, [len(part[2][0]) for part in self.parts]
        number = np.repeat(np.array([rank[part[0]] for part in self.parts], np.int32), counts)
        verdict = np.repeat(np.array([part[1] for part in self.parts], np.int8), counts)
        rows = [_joined([part[2][n] for part in self.parts]) for n in range(len(self.names))]
        keys: list[Any] = [number, *reversed(rows)]
        order = np.lexsort(keys)
        numbers = pa.array(number[order])
        columns = {name: pa.array(each[order]) for name, each in zip(self.names, rows, strict=True)}
        for name in ("code", "line", "severity"):
            columns[name] = pa.array([str(getattr(instance, name)) for instance in instances], pa.string()).take(numbers)
        columns["verdict"] = pa.array([v.value for v in VERDICTS], pa.string()).take(pa.array(verdict[order]))
        columns["cells"] = _lists([instance.cells for instance in instances], number[order])
        for name, place in (("left", 3), ("right", 4)):
            columns[name] = _sides([part[place] for part in self.parts], order, decimals=decimals)
        return pa.table(columns)


def _shown(side: Value | None) -> Decimal:
    """A side to ten decimal places: what the prose says, divided, may have more."""
    with exactly():
        return Decimal(side or 0).quantize(Decimal(1).scaleb(-SIDE.scale))


def _sides(parts: Sequence[Side], order: Ints, *, decimals: bool) -> Any:
    """The column of one side, put in order."""
    if decimals:
        return _chunked([_side(*part) for part in parts], SIDE).take(pa.array(order))
    values, known = _joined([values for values, _ in parts]), np.concatenate([np.zeros(0, np.bool_), *(known for _, known in parts)])
    return pa.array(values[order], mask=~known[order])


def _side(values: Any, known: Bools) -> Any:
    if values.dtype == np.object_:
        try:
            return pa.array([value if there else None for value, there in zip(values, known, strict=True)], SIDE)
        except pa.ArrowInvalid:
            raise FigureError("left, right", None, "sums of amounts below 10^28") from None
    return pa.array(values, mask=~known).cast(pa.decimal128(28, 0)).cast(SIDE)


def _chunked(arrays: Sequence[Any], kind: Any) -> Any:
    return pa.chunked_array(arrays, kind).combine_chunks() if arrays else pa.array([], kind)


def _lists(kinds: Sequence[tuple[str, ...]], numbers: npt.NDArray[np.integer[Any]]) -> Any:
    """A column of lists of strings, each list given by its number; every string is held once, in a dictionary."""
    strings = list(dict.fromkeys(text for kind in kinds for text in kind))
    place = {text: number for number, text in enumerate(strings)}
    flat = np.array([place[text] for kind in kinds for text in kind], np.int32)
    lengths = np.array([len(kind) for kind in kinds], np.int64)
    starts, words = np.cumsum(lengths) - lengths, pa.array(strings, pa.string())
    pieces: list[Any] = []
    for first in range(0, max(len(numbers), 1), _PIECE):
        piece = numbers[first : first + _PIECE]
        own = lengths[piece]
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(own)])
        within = cast("Ints", np.arange(offsets[-1]) - np.repeat(offsets[:-1] - starts[piece], own))
        coded = pa.DictionaryArray.from_arrays(pa.array(flat[within]), words)
        pieces.append(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), coded))
    return pa.chunked_array(pieces)


def _joined(arrays: Sequence[Ints]) -> Ints:
    """The arrays one behind the other; of none an empty one."""
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)
