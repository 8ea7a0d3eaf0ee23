"""The figures of a table of reports, column by column, for checks that look at several rows at once."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import ArrowTable, Bools, Ints, coded, conformed, ints, np, pa, pc, valid
from govinfo.columns.findings import Side
from govinfo.columns.schema import Layout, form_column
from govinfo.errors import DataError
from govinfo.form import Matrix
from govinfo.keys import TABLES

NO_TABLE = -1


def refuse_unknown_forms(column: Any, section: str, accepted: Sequence[str]) -> None:
    """Raise `DataError` for the first row of a section that is on none of these forms."""
    on = pc.fill_null(pc.is_in(column, value_set=pa.array([*accepted], pa.string())), fill_value=False).to_numpy()
    if (wrong := np.flatnonzero(~on & valid(column))).size:
        row = int(wrong[0])
        problem = f"no form {column[row].as_py()!r} with that section; accepted are {', '.join(accepted) or '(none)'}"
        raise DataError([(f"{form_column(section)}[{row}]", problem)])


@frozen(slots=False)
class Figures:
    """The columns of a table of reports; each is converted when it is asked for and not kept."""

    table: ArrowTable
    layout: Layout

    def column(self, name: str) -> Any:
        """A column of the schema, of its type. Raises `DataError` where it is missing or unfit."""
        return conformed(self.table, [self.layout.fields[name]]).column(0)

    @cached_property
    def matrices(self) -> Mapping[str, tuple[Matrix, ...]]:
        """By section the tables of the forms that have it; the numbers of `forms` are places in it."""
        every = [matrix for form in self.layout.forms.values() for matrix in form.matrices]
        return {section: tuple(matrix for matrix in every if matrix.key == section) for section in TABLES}

    @cached_property
    def forms(self) -> Mapping[str, Ints]:
        """By section the number of each row's form, `NO_TABLE` where it has none. Raises `DataError` for an unknown form."""
        found: dict[str, Ints] = {}
        for section, matrices in self.matrices.items():
            names, column = [matrix.form.id for matrix in matrices], self.column(form_column(section))
            refuse_unknown_forms(column, section, names)
            places = pc.index_in(column, value_set=pa.array(names, pa.string()))
            found[section] = pc.fill_null(places, NO_TABLE).to_numpy().astype(np.int64)
        return found

    def on(self, section: str, form_ids: Sequence[str]) -> Bools:
        """Which rows have that section on one of these forms."""
        wanted = [place for place, matrix in enumerate(self.matrices[section]) if matrix.form.id in form_ids]
        return np.isin(self.forms[section], wanted)

    def cells_of(self, rows: Ints, where: Bools) -> list[tuple[tuple[str, ...], Bools]]:
        """All cells of the reports in some of the rows, and in which of them they are: one entry for each set of forms."""
        found: list[tuple[tuple[str, ...], Bools]] = []
        for chosen in product(*(range(NO_TABLE, len(self.matrices[section])) for section in TABLES)):
            own = where.copy()
            for section, form in zip(TABLES, chosen, strict=True):
                own &= self.forms[section][rows] == form
            if own.any():
                tables = [self.matrices[section][form] for section, form in zip(TABLES, chosen, strict=True) if form != NO_TABLE]
                found.append((tuple(address for matrix in tables for address in matrix.addresses), own))
        return found

    def counts(self, cell: str) -> Side:
        """A column of counts as int64, with 0 where there is no value, and where there is one."""
        column = self.column(cell)
        return ints(column), valid(column)

    def amounts(self, cell: str, rows: Ints) -> Side:
        """A column in those rows, int64 or Decimals of money, with 0 where there is no value, and where there is one."""
        if not self.layout.is_money(cell):
            values, known = self.counts(cell)
            return values[rows], known[rows]
        column = self.column(cell).take(pa.array(rows))
        return decimals(column), valid(column)

    def all(self, cell: str) -> Side:
        """A whole column, as `amounts`."""
        if not self.layout.is_money(cell):
            return self.counts(cell)
        column = self.column(cell)
        return decimals(column), valid(column)

    def tokens(self, cell: str) -> Side:
        """A column as int64 that are equal where its figures are, and 0 where these are 0; and where there is a value."""
        if not self.layout.is_money(cell):
            return self.counts(cell)
        column = self.column(cell)
        nothing = pc.fill_null(pc.equal(column, pa.scalar(Decimal(0), column.type)), fill_value=True).to_numpy()
        return np.where(nothing, 0, coded(pc.fill_null(column, Decimal(0))) + 1), valid(column)


def decimals(column: Any) -> Any:
    """A column of amounts as an array of Decimals, with 0 where there is none."""
    amounts = [Decimal(0) if value is None else value for value in column.to_pylist()]
    return np.array([*amounts, None], np.object_)[:-1]  # the None keeps an empty one an array of objects
