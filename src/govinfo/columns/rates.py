"""The metrics of `govinfo.metrics` over all rows of a table, from the same declarations."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from govinfo.columns.arrow import ArrowTable, Stream, as_table, conformed, ints, np, pa, pc, valid
from govinfo.columns.findings import Side
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.errors import DataError, FigureError
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.metrics import METRICS, Cells, Metric, Sum


def measure(
    table: Stream,
    metrics: Iterable[str | Metric] | None = None,
    *,
    forms: Sequence[Form] = FORMS,
    given: Mapping[str, str] = MappingProxyType({}),
) -> ArrowTable:
    """Metrics of every report of a table, row by row: `METRICS` that need nothing but the report, or those named.

    For each metric a column of that name (double) and its exact sums beside it, `….numerator` and `….denominator` (int64; a scale is
    in the numerator, a denominator of 1 where there is none): all null where `Metric.of` gives None. `given` says in which column of
    the table a number stands that a metric needs beside the report, whole numbers (`{"population": "people"}`). Raises `DataError` for
    a missing or unfit column, `FigureError` for an unknown metric, one over money, or a number that is needed and not given.
    """
    chosen = [_metric(name) for name in metrics] if metrics is not None else [m for m in METRICS.values() if not m.needs]
    sums = _Sums(as_table(table), layout_of(forms), given)
    columns: dict[str, object] = {}
    for metric in chosen:
        if missing := [name for name in metric.needs if name not in given]:
            raise FigureError(missing[0], None, f"the column of the number that {metric.name} needs beside the reports")
        top, known = sums.of(metric.numerator)
        bottom, there = (np.ones_like(top), known) if metric.denominator is None else sums.of(metric.denominator)
        undefined = ~known | ~there | (bottom == 0)
        ratio = np.divide(top * metric.scale, bottom, out=np.zeros(len(top)), where=~undefined)
        columns[metric.name] = pa.array(ratio, mask=undefined)
        columns[f"{metric.name}.numerator"] = pa.array(top * metric.scale, mask=undefined)
        columns[f"{metric.name}.denominator"] = pa.array(bottom, mask=undefined)
    return pa.table(columns)


def _metric(name: str | Metric) -> Metric:
    if isinstance(name, Metric):
        return name
    if name not in METRICS:
        raise FigureError("metrics", name, f"one of {', '.join(METRICS)}")
    return METRICS[name]


class _Sums:
    """Sums over the rows of a table."""

    def __init__(self, table: ArrowTable, layout: Layout, given: Mapping[str, str]) -> None:
        self._table, self._layout, self._given = table, layout, given

    def _column(self, name: str, kind: object | None = None) -> Side:
        field = pa.field(name, pa.int64() if kind is None else kind)
        column = conformed(self._table, [field]).column(0)
        return ints(column), valid(column)

    def of(self, parts: Sum) -> Side:
        """A sum, and where it is known."""
        values, known = np.zeros(self._table.num_rows, np.int64), np.ones(self._table.num_rows, np.bool_)
        for part in parts:
            figures, there = self._cells(part) if isinstance(part, Cells) else self._column(self._given[part.name])
            values, known = values + figures, known & there
        return values, known

    def _cells(self, part: Cells) -> Side:
        """A part of a sum: on every form its own cells."""
        values, known = np.zeros(self._table.num_rows, np.int64), np.zeros(self._table.num_rows, np.bool_)
        names = conformed(self._table, [self._layout.fields[form_column(part.section)]]).column(0)
        used = set(pc.unique(names).to_pylist())
        if unknown := sorted(used - {None, *self._layout.forms}):
            raise DataError([(form_column(part.section), f"no form {unknown[0]!r}; accepted are {', '.join(self._layout.forms)}")])
        for form in (form for form_id, form in self._layout.forms.items() if form_id in used):
            signs = part.of(form)
            if money := [address for address in signs if self._layout.is_money(address)]:
                raise FigureError("metrics", money[0], "metrics over counts: money has no place in columns of int64")
            on = pc.fill_null(pc.equal(names, form.id), fill_value=False).to_numpy()
            total, there = np.zeros_like(values), np.full(len(on), bool(signs))
            for address, sign in signs.items():
                figures, has = self._column(address, self._layout.fields[address].type)
                total += sign * figures
                there &= has
            values, known = np.where(on, total, values), np.where(on, there, known)
        return values, known
