"""The metrics of `govinfo.metrics` over all rows of a table, from the same declarations."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import ArrowTable, Bools, Stream, as_table, conformed, ints, np, pa, valid
from govinfo.columns.figures import Figures, decimals
from govinfo.columns.findings import SIDE, Side
from govinfo.columns.pairs import Pairs
from govinfo.columns.rows import iterate
from govinfo.columns.schema import layout_of
from govinfo.errors import AddressError, FigureError
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.metrics import METRICS, Cells, Given, Metric, Sum
from govinfo.prose import ProcessingFee, processing_fee
from govinfo.table import exactly


def measure(
    table: Stream,
    metrics: Iterable[str | Metric] | None = None,
    *,
    forms: Sequence[Form] = FORMS,
    given: Mapping[str, str] = MappingProxyType({}),
    denominator: str | None = None,
) -> ArrowTable:
    """Metrics of every report of a table, row by row: `METRICS` that are of cells alone, or those named.

    For each metric a column of that name (double) and its exact sums beside it, `….numerator` and `….denominator` (int64, of amounts
    decimal128; a scale is in the numerator, a denominator of 1 where there is none): all null where `Metric.of` gives None. `given` says
    in which column of the table a number stands that a metric takes beside the report, integers or decimals (`{"population":
    "people"}`). What the prose says of the processing fee is read where no column gives it, report by report, which is slow.
    `denominator` names an alternative, as in `Metric.of`. Raises `DataError` for a missing or unfit column or an unknown form,
    `FigureError` for an unknown metric or denominator, and a number that is needed and not given.
    """
    chosen = (
        [_metric(name) for name in _listed("metrics", metrics)] if metrics is not None else [m for m in METRICS.values() if not m.takes]
    )
    sums = _Sums(Figures(as_table(table), layout_of(forms)), forms, given)
    columns: dict[str, object] = {}
    for metric in chosen:
        if missing := [name for name in metric.needs if name not in given]:
            raise FigureError(missing[0], None, f"the column of the number that {metric.name} needs beside the reports")
        top, known = sums.of(metric.numerator)
        below = metric.over(denominator)
        bottom, there = (np.ones(len(top), np.int64), known) if below is None else sums.of(below)
        columns |= _ratio(metric.name, top * metric.scale, bottom, known & there)
    return pa.table(columns)


def measure_growth(table: Stream, cells: Iterable[str], *, organ: str = "organ", forms: Sequence[Form] = FORMS) -> ArrowTable:
    """同比增长: how cells grew from one year to the next, for every two consecutive years of an organ in a table, in whatever order.

    Returns the row of the later year as `report` and of the earlier as `before`, and for each cell, named by its address, the growth
    (double) with `….numerator`, later less earlier, and `….denominator`, the earlier, beside it: all null where `govinfo.metrics.growth`
    gives None. Years with a gap between them and reports of different scopes are not compared. `organ` is as for `check_years_table`, and
    so is what is raised for it; `AddressError` for a cell that no form has.
    """
    layout = layout_of(forms)
    pairs = Pairs.of(as_table(table), organ, layout)
    after, before = pairs.rows(~pairs.apart)
    columns: dict[str, object] = {"report": pa.array(after), "before": pa.array(before)}
    for cell in _listed("cells", cells):
        if cell not in layout.cells:
            raise AddressError(cell, ", ".join(layout.forms), "the cells of these forms")
        (new, is_new), (old, is_old) = (pairs.figures.amounts(cell, rows) for rows in (after, before))
        on = pairs.figures.on(cell.partition(".")[0], layout.homes[cell])
        with exactly():
            columns |= _ratio(cell, new - old, old, is_new & is_old & on[after] & on[before])
    return pa.table(columns)


def _listed(name: str, given: Iterable[Any]) -> Iterable[Any]:
    """What was given, unless it is one string: its letters are not meant. Raises `FigureError`."""
    if isinstance(given, str):
        raise FigureError(name, given, "a list of names")
    return given


def _metric(name: str | Metric) -> Metric:
    if isinstance(name, Metric):
        return name
    if name not in METRICS:
        raise FigureError("metrics", name, f"one of {', '.join(METRICS)}")
    return METRICS[name]


def _ratio(name: str, top: Any, bottom: Any, known: Bools) -> dict[str, Any]:
    """The three columns of a rate."""
    undefined = ~known | np.asarray(bottom == 0, np.bool_)
    if np.object_ in (top.dtype, bottom.dtype):
        exact = [None if no else Fraction(a) / Fraction(b) for a, b, no in zip(top, bottom, undefined, strict=True)]
        ratio = pa.array([None if each is None else float(each) for each in exact], pa.float64())
    else:
        ratio = pa.array(np.divide(top, bottom, out=np.zeros(len(top)), where=~undefined), mask=undefined)
    return {name: ratio, f"{name}.numerator": _sum(top, undefined), f"{name}.denominator": _sum(bottom, undefined)}


def _sum(values: Any, undefined: Bools) -> Any:
    return pa.array(values, SIDE if values.dtype == np.object_ else pa.int64(), mask=undefined)


@frozen(slots=False)
class _Sums:
    """Sums over the rows of a table."""

    figures: Figures
    forms: Sequence[Form]
    given: Mapping[str, str]

    @cached_property
    def _fees(self) -> tuple[ProcessingFee, ...]:
        """What the prose of each report says of the fee."""
        return tuple(processing_fee(report) for report in iterate(self.figures.table, forms=self.forms))

    def of(self, parts: Sum) -> Side:
        """A sum, and where it is known."""
        values, known = self._nothing()
        known = ~known
        for part in parts:
            figures, there = self._cells(part) if isinstance(part, Cells) else self._number(part)
            with exactly():
                values, known = values + figures, known & there
        return values, known

    def _nothing(self) -> Side:
        rows: int = self.figures.table.num_rows
        return np.zeros(rows, np.int64), np.zeros(rows, np.bool_)

    def _number(self, part: Given) -> Side:
        """A number beside the cells: in a column of the caller's, or in the prose."""
        if part.name in self.given:
            name = self.given[part.name]
            table = self.figures.table
            own = table.schema.field(name).type if table.column_names.count(name) == 1 else None
            kind = own if own is not None and pa.types.is_decimal(own) else pa.int64()
            column = conformed(table, [pa.field(name, kind)]).column(0)
            return (decimals(column) if pa.types.is_decimal(kind) else ints(column)), valid(column)
        said = [getattr(fee, part.name) for fee in self._fees]
        known = np.array([value is not None for value in said], np.bool_)
        return np.array([*(value or 0 for value in said), None], np.object_)[:-1], known

    def _cells(self, part: Cells) -> Side:
        """A part of a sum: on every form its own cells."""
        values, known = self._nothing()
        forms = self.figures.forms[part.section]
        for form, matrix in enumerate(self.figures.matrices[part.section]):
            on = forms == form
            if not on.any():
                continue
            signs = part.of(matrix.form)
            total, there = np.zeros(len(on), np.int64), np.full(len(on), bool(signs))
            for address, sign in signs.items():
                figures, has = self.figures.all(address)
                with exactly():
                    total = total + sign * figures
                there &= has
            values, known = np.where(on, total, values), np.where(on, there, known)
        return values, known
