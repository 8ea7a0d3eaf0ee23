"""The report as a value: what a body published, right or wrong.

Immutable, hashable, equal by value. Figures that do not add up are held as they are (see `govinfo.check`); values of a
wrong type never get in. What a report is made of, `govinfo.table` and `govinfo.figure` declare; their names are here as well.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType, NoneType
from typing import Any, ClassVar, Self

from attrs import evolve, fields, frozen

from govinfo.errors import AddressError, FigureError
from govinfo.figure import (
    ABSENT,
    BLANK,
    MAX_COUNT,
    MONEY_FRACTION_DIGITS,
    MONEY_INTEGER_DIGITS,
    CellState,
    Mark,
    Value,
    folded,
    plain,
    refuse_value,
)
from govinfo.keys import TABLES, ReportScope, Section
from govinfo.table import Counts, Table

__all__ = [
    "ABSENT",
    "BLANK",
    "MAX_COUNT",
    "MONEY_FRACTION_DIGITS",
    "MONEY_INTEGER_DIGITS",
    "CellState",
    "Counts",
    "Mark",
    "Report",
    "Table",
    "Value",
    "folded",
    "plain",
    "refuse_value",
]

_TEXT = frozenset((str, NoneType))
_YEAR = frozenset((int, NoneType))
_SCOPE = frozenset((ReportScope, NoneType))
_DATE = frozenset((dt.date, NoneType))
_TABLE = frozenset((Table, NoneType))
_A_STRING = (_TEXT, "a string")
_ACCEPTED = {
    "year": (_YEAR, "an int of four digits"),
    "scope": (_SCOPE, "a ReportScope"),
    "published_on": (_DATE, "a datetime.date"),
} | {str(section): (_TABLE, f"a table of section {section}") for section in TABLES}
"""What an attribute of a report holds, and how an error says it; the others hold text."""


@frozen(kw_only=True, repr=False, cache_hash=True)
class Report:
    """One 政府信息公开工作年度报告, as it was published.

    Every attribute may be None: the document did not say. `""` is a heading with nothing under it. Prose keeps its
    script and wording. Raises `FigureError` for values of a wrong type.
    """

    organ: str | None = None
    year: int | None = None
    scope: ReportScope | None = None
    title: str | None = None
    published_on: dt.date | None = None
    overview: str | None = None
    problems: str | None = None
    other_matters: str | None = None
    proactive: Table | None = None
    requests: Table | None = None
    disputes: Table | None = None

    def __attrs_post_init__(self) -> None:
        # One look settles the usual case; a validator for each attribute costs twice as much as making the report.
        if not (
            type(self.organ) in _TEXT
            and type(self.year) in _YEAR
            and type(self.scope) in _SCOPE
            and type(self.title) in _TEXT
            and type(self.published_on) in _DATE
            and type(self.overview) in _TEXT
            and type(self.problems) in _TEXT
            and type(self.other_matters) in _TEXT
            and type(self.proactive) in _TABLE
            and type(self.requests) in _TABLE
            and type(self.disputes) in _TABLE
        ):
            _refuse_types(self)
        if self.year is not None and not 1000 <= self.year <= 9999:  # noqa: PLR2004 -- four digits
            raise _refused("year", self.year)
        for section, table in (("proactive", self.proactive), ("requests", self.requests), ("disputes", self.disputes)):
            if table is not None and table.matrix.key != section:
                raise _refused(section, table)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that the report has, in order."""
        two, three, four = self.proactive, self.requests, self.disputes
        if two is not None and three is not None and four is not None:  # the usual case, on the way to every check
            return (two, three, four)
        return tuple(table for table in (two, three, four) if table is not None)

    def table(self, section: str) -> Table | None:
        """The table of a section, None where the report has none. Raises `AddressError` for a section that holds no table."""
        if section not in TABLES:
            raise AddressError(section, self._forms, "the sections that hold a table", TABLES)
        return {Section.PROACTIVE: self.proactive, Section.REQUESTS: self.requests, Section.DISPUTES: self.disputes}[Section(section)]

    def table_at(self, address: str) -> Table:
        """The table that an address lies in. Raises `AddressError` where the report has none such."""
        section = str(address).partition(".")[0]
        table = self.table(section) if section in TABLES else None
        if table is None:
            raise AddressError(address, self._forms, "the tables of this report", [a for own in self.tables for a in own.matrix.addresses])
        return table

    @property
    def _forms(self) -> str:
        """The ids of its forms, for messages."""
        return ", ".join(dict.fromkeys(table.form.id for table in self.tables)) or "(none)"

    def __getitem__(self, address: str) -> Value | None:
        """The value at an address (`requests.granted.natural_person`). Raises `AddressError`."""
        return self.table_at(address).at(address)

    # Else Python would try the addresses 0, 1, 2, ... where somebody gives a report for a list of reports.
    __iter__: ClassVar[None] = None

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The marks of all tables, by address."""
        return MappingProxyType({address: mark for table in self.tables for address, mark in table.marked})

    def replace(self, values: Mapping[str, Value | Mark], marks: Mapping[str, Mark] = MappingProxyType({})) -> Self:
        """A new report with other values at some addresses. A `Mark` takes a value away and says why.

        `marks` adds marks to values. Raises `AddressError`, `FigureError`.
        """
        for address in (*values, *marks):
            self.table_at(address).matrix.cell(address)
        changed: dict[str, Any] = {}
        for table in dict.fromkeys(self.table_at(address) for address in (*values, *marks)):
            own = table.matrix.index_of
            changed[table.matrix.key] = table.replace(
                {address: value for address, value in values.items() if address in own},
                {address: mark for address, mark in marks.items() if address in own},
            )
        return evolve(self, **changed)

    def __repr__(self) -> str:
        said = ((name, getattr(self, name)) for name in ("organ", "year", "scope", "title", "published_on"))
        shown = [f"{name}={value if name == 'scope' else repr(value)}" for name, value in said if value is not None]
        shown += [
            f"{name}=<{len(text)} characters>"
            for name in ("overview", "problems", "other_matters")
            if (text := getattr(self, name)) is not None
        ]
        return f"Report({', '.join(shown + [repr(table) for table in self.tables])})"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # noqa: FBT001 -- as IPython calls it, and Hypothesis
        # Both would go through all attributes, down to the form of every cell.
        printer.text(repr(self))


def _refuse_types(report: Report) -> None:
    """Raise `FigureError` for the first attribute whose type a report cannot hold."""
    for attribute in fields(Report):
        value: object = getattr(report, attribute.name)
        if type(value) not in _ACCEPTED.get(attribute.name, _A_STRING)[0]:
            raise _refused(attribute.name, value)


def _refused(name: str, value: object) -> FigureError:
    return FigureError(name, value, f"{_ACCEPTED.get(name, _A_STRING)[1]} or None")
