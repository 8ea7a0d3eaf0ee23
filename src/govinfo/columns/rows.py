"""Reports into a table, and back: exact inverses."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from govinfo.columns.arrow import ArrowTable, Stream, as_table, conformed, np, pa, pc
from govinfo.columns.schema import Layout, form_column, layout_of
from govinfo.errors import DataError
from govinfo.form import Form, Kind
from govinfo.forms import FORMS, form_by_id
from govinfo.keys import PROSE, TABLES, ReportScope
from govinfo.report import Mark, Report, Table, Value
from govinfo.table import exactly

BATCH = 16_384
"""So many reports are held as objects at a time."""

_NOWHERE: Mapping[str, int] = MappingProxyType({})
_SAID = ("organ", "year", "title", "published_on", *map(str, PROSE))


def to_table(reports: Iterable[Report], *, forms: Sequence[Form] = FORMS) -> ArrowTable:
    """Reports as a `pyarrow.Table` of `schema(forms)`, one row each, in their order; `from_table` is the exact inverse.

    The reports may come from a generator: some thousands are held at a time. Raises `UnknownFormError` for a table on a form that is
    not among `forms`.

    >>> table = to_table([Report(organ="甲局", year=2023)])
    >>> table.num_rows, table["year"].to_pylist(), table["requests.form"].to_pylist()
    (1, [2023], [None])
    """
    layout = layout_of(forms)
    source = iter(reports)
    batches: list[Any] = []
    while batch := list(islice(source, BATCH)):
        batches.append(_batch(batch, layout, forms))
    return pa.Table.from_batches(batches, schema=layout.schema)


def _batch(reports: Sequence[Report], layout: Layout, forms: Sequence[Form]) -> Any:
    columns: dict[str, Any] = {name: [getattr(report, name) for report in reports] for name in _SAID}
    columns["scope"] = [report.scope and report.scope.value for report in reports]
    columns["marks"] = [_marks(report) for report in reports]
    for section in TABLES:
        wanted = layout.columns(section)
        pick = {id(form): _picker(form, section, wanted) for form in layout.forms.values()}
        nothing = (None,) * len(wanted)
        tables = [report.table(section) for report in reports]
        columns[form_column(section)] = [None if table is None else form_by_id(table.form.id, forms).id for table in tables]
        rows = [nothing if t is None else pick[id(layout.forms[t.form.id])]((*t.figures, None)) for t in tables]
        columns |= dict(zip(wanted, zip(*rows, strict=True), strict=True))
    for address, places in layout.places.items():
        columns[places] = [None if value is None else _places(value) for value in columns[address]]
        columns[address] = [Decimal(v) if type(v) is int else v for v in columns[address]]
    return pa.record_batch([pa.array(columns[field.name], field.type) for field in layout.schema], schema=layout.schema)


def _picker(form: Form, section: str, wanted: Sequence[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Figures of a table and a None behind them -> the figures for the wanted columns, None where the form has no such cell."""
    index: Mapping[str, int] = next((matrix.index_of for matrix in form.matrices if matrix.key == section), _NOWHERE)
    return _picking([index.get(address, -1) for address in wanted])


def _picking(places: Sequence[int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """A tuple -> what stands in it at these places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda given: tuple(given[place] for place in places)


def _marks(report: Report) -> list[tuple[str, str, str, str | None, str | None]] | None:
    found = [(a, m.state.value, m.raw, m.note, m.unit) for table in report.tables for a, m in table.marked]
    return found or None


def _places(value: Value) -> int | None:
    """How many decimal places an amount is printed with, None for a count: 1.50 is 1.5, and still says 1.50 when it comes back."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)  # noqa: S101 -- a table holds finite amounts only
        return -exponent
    return None


def from_table(table: Stream, *, forms: Sequence[Form] = FORMS) -> list[Report]:
    """The reports of a table: the exact inverse of `to_table`, for a table of any library that speaks the Arrow PyCapsule protocol.

    Types that hold the same without loss are accepted, columns beside those of `schema(forms)` are not looked at; without the
    columns `….places` amounts come back with as many decimal places as they need. Raises `DataError` for a missing or unfit column, a
    form that is not among `forms`, and a figure where the section's form has no such cell; `FigureError` for what a report cannot hold.
    """
    return list(iterate(table, forms=forms))


def iterate(table: Stream, *, forms: Sequence[Form] = FORMS) -> Iterator[Report]:
    """The reports of a table one after the other, some thousands held at a time. Raises as `from_table`, for the columns at once."""
    given = as_table(table)
    layout = layout_of(forms)
    optional = set(layout.places.values()) - set(given.column_names)
    whole = conformed(given, [field for field in layout.schema if field.name not in optional])
    return (report for first in range(0, whole.num_rows, BATCH) for report in _reports(whole.slice(first, BATCH), layout, first))


def _reports(table: ArrowTable, layout: Layout, first: int) -> Iterator[Report]:
    marks: list[Any] = table.column("marks").to_pylist()
    said: dict[str, list[Any]] = {name: table.column(name).to_pylist() for name in _SAID}
    scopes = [_scope(text, first + row) for row, text in enumerate(table.column("scope").to_pylist())]
    by_section = [_marks_by_section(given or (), first + row) for row, given in enumerate(marks)]
    sections = [_tables(table, section, layout, [found.pop(section, ()) for found in by_section], first) for section in TABLES]
    for row, left in enumerate(by_section):
        if left:
            raise DataError([(f"marks[{first + row}]", f"speaks of {next(iter(left))!r}, which is no section with a table")])
    for row, (two, three, four) in enumerate(zip(*sections, strict=True)):
        own = {name: values[row] for name, values in said.items()}
        yield Report(scope=scopes[row], proactive=two, requests=three, disputes=four, **own)


def _scope(text: str | None, row: int) -> ReportScope | None:
    try:
        return None if text is None else ReportScope(text)
    except ValueError:
        raise DataError([(f"scope[{row}]", f"given {text!r}, accepted is {', '.join(ReportScope)} or null")]) from None


def _marks_by_section(given: Sequence[Mapping[str, Any]], row: int) -> dict[str, tuple[tuple[str, Mark], ...]]:
    found: dict[str, list[tuple[str, Mark]]] = {}
    for each in given:
        address = each["address"]
        if address is None or each["raw"] is None:
            raise DataError([(f"marks[{row}]", "a mark without an address or without raw text")])
        section = address.partition(".")[0]
        found.setdefault(section, []).append((address, Mark(each["state"], each["raw"], each["note"], each["unit"])))
    return {section: tuple(own) for section, own in found.items()}


def _tables(
    table: ArrowTable, section: str, layout: Layout, marks: Sequence[tuple[tuple[str, Mark], ...]], first: int
) -> list[Table | None]:
    ids: list[str | None] = table.column(form_column(section)).to_pylist()
    wanted = layout.columns(section)
    _refuse_homeless(table, section, layout, ids, first)
    columns = [_values(table, address, layout) for address in wanted]
    place = {address: number for number, address in enumerate(wanted)}
    made: dict[str, tuple[Any, Callable[[tuple[Any, ...]], tuple[Any, ...]], list[int]]] = {}
    for name in {name for name in ids if name is not None}:
        matrix = layout.forms[name].matrix(section)
        counted = [cell.index for cell in matrix.cells if cell.kind is Kind.COUNT and layout.is_money(cell.address)]
        made[name] = (matrix, _picking([place[address] for address in matrix.addresses]), counted)
    found: list[Table | None] = []
    figured: Iterable[tuple[Any, ...]] = zip(*columns, strict=True) if columns else ((),) * len(ids)
    for row, (form_id, values, marked) in enumerate(zip(ids, figured, marks, strict=True)):
        if form_id is None:
            if marked:
                raise DataError([(f"marks[{first + row}]", f"speaks of {marked[0][0]}, and the report has no such table")])
            found.append(None)
            continue
        matrix, pick, counted = made[form_id]
        figures = pick(values)
        if counted:  # another form has money where this one counts
            figures = tuple(int(v) if i in counted and v is not None and v == int(v) else v for i, v in enumerate(figures))
        found.append(Table(matrix, figures, marked))
    return found


def _values(table: ArrowTable, address: str, layout: Layout) -> list[Any]:
    """The values of one column as Python has them."""
    column = table.column(address)
    if not layout.is_money(address):
        if column.null_count == len(column):
            return [None] * len(column)
        values: list[Any] = pc.fill_null(column, 0).to_numpy().tolist()
        for row in np.flatnonzero(pc.is_null(column).to_numpy()) if column.null_count else ():
            values[row] = None
        return values
    places: list[Any] = [None] * len(column)
    if layout.places[address] in table.column_names:
        places = table.column(layout.places[address]).to_pylist()
    with exactly():
        return [None if value is None else _amount(value, shown) for value, shown in zip(column.to_pylist(), places, strict=True)]


def _amount(value: Decimal, places: int | None) -> Decimal:
    """The amount with as many decimal places as it was printed with, or as it needs."""
    needed = value.normalize()
    exponent = needed.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 -- a column holds finite amounts only
    wanted = -places if places is not None else min(exponent, 0)
    return value.quantize(Decimal((0, (1,), min(wanted, exponent) if value else wanted)))


def _refuse_homeless(table: ArrowTable, section: str, layout: Layout, ids: Sequence[str | None], first: int) -> None:
    """Raise `DataError` for an unknown form, or a figure in a column that is no cell of the section's form."""
    known = {form_id for form_id, form in layout.forms.items() if any(matrix.key == section for matrix in form.matrices)}
    for row, name in enumerate(ids):
        if name is not None and name not in known:
            accepted = ", ".join(sorted(known)) or "(none)"
            raise DataError([(f"{form_column(section)}[{first + row}]", f"no form {name!r} with that section; accepted are {accepted}")])
    homes = {address: layout.homes[address] for address in layout.columns(section)}
    homeless = {kinds: np.array([name not in kinds for name in ids], bool) for kinds in set(homes.values())}
    for address, kinds in homes.items():
        column = table.column(address)
        if column.null_count < len(column) and (wrong := np.flatnonzero(homeless[kinds] & pc.is_valid(column).to_numpy())).size:
            row = int(wrong[0])
            raise DataError([(f"{address}[{first + row}]", f"has a figure, and the section is on {ids[row]}: no such cell there")])
