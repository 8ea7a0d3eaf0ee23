"""What a rule is given to look at: one report, two consecutive years, or a whole and its parts."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from attrs import field, frozen

from govinfo.findings import Coverage, Limit, Rule, Threshold, Words
from govinfo.form import Form
from govinfo.keys import ReportScope, Section
from govinfo.prose import Claim, ProcessingFee, claims, fee_of, form_of
from govinfo.reading import Reading
from govinfo.report import Mark, Report, Table, Value
from govinfo.rules.organ import UNKNOWN_ORGAN, Organ
from govinfo.solve import Bounds, bounds


@frozen
class Limits:
    """The limits that a profile sets, by rule code and name; for the others a rule's own defaults stand."""

    given: Mapping[tuple[str, str], Limit] = field(factory=dict[tuple[str, str], Limit], hash=False)

    def of(self, rule: Rule[Any], name: str) -> Limit:
        """The limit of that name. Raises `KeyError` where the rule declares none."""
        declared = {threshold.name: threshold for threshold in rule.thresholds}
        return self.given.get((rule.code, name), _default(declared[name]))

    def number(self, rule: Rule[Any], name: str) -> Value:
        """The limit, which is a number."""
        limit = self.of(rule, name)
        assert not isinstance(limit, str)  # noqa: S101 -- a profile accepts the type of the default only
        return limit


def _default(threshold: Threshold) -> Limit:
    return threshold.default


DEFAULT_LIMITS = Limits()


@frozen(slots=False)  # the cached properties are the point: prepared once for all rules
class Subject:
    """A report, the reading that it came from where there is one, and what else is known.

    Rules that need the document (its headings, the order of its rows) do not apply without a reading.
    """

    report: Report
    reading: Reading | None = None
    organ: Organ = UNKNOWN_ORGAN
    limits: Limits = DEFAULT_LIMITS

    @classmethod
    def of(cls, given: Report | Reading) -> "Subject":
        """The subject for what a user gave. Raises `TypeError`."""
        if isinstance(given, Reading):
            return cls(given.report, given)
        if isinstance(given, Report):
            return cls(given)
        raise TypeError(f"given {type(given).__name__}, accepted is a Report or a Reading")

    @cached_property
    def values(self) -> Mapping[str, Value | None]:
        """Every cell of every table by its address."""
        return values_of(self.report)

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """The marks of all tables, by address."""
        return {address: mark for table in self.report.tables for address, mark in table.marked}

    @cached_property
    def form(self) -> Form:
        """The form that the report is judged by as a whole."""
        return form_of(self.report)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every figure that the prose states."""
        return claims(self.report)

    @cached_property
    def fee(self) -> ProcessingFee:
        """What the prose says of the 信息处理费."""
        return fee_of(self.report, self.claims)

    @cached_property
    def bounds(self) -> Mapping[str, Bounds]:
        """The least and the most that each count can be, by the sums and by the figures that are there."""
        return bounds_of(self.report)

    def table(self, rule: Rule[Any], section: Section) -> Table | None:
        """The table of that section, if the rule speaks of the form that it is on."""
        table = self.report.table(section)
        return table if table is not None and rule.applies_to(table.form.id) else None


def values_of(report: Report) -> dict[str, Value | None]:
    """Every cell of every table by its address."""
    found: dict[str, Value | None] = {}
    for table in report.tables:
        found.update(zip(table.matrix.addresses, table.figures, strict=True))
    return found


def bounds_of(report: Report) -> dict[str, Bounds]:
    """The least and the most that each cell that is a count can be."""
    found: dict[str, Bounds] = {}
    for table in report.tables:
        counts = {a: v for a, v in zip(table.matrix.addresses, table.figures, strict=True) if not isinstance(v, Decimal)}
        balances = [balance for balance in table.matrix.balances if all(cell in counts for cell in balance.cells)]
        blank = any(value is None for value in counts.values())
        found |= bounds(balances, counts) if blank else {a: (v, v) for a, v in counts.items() if v is not None}
    return found


@frozen(slots=False)
class Years:
    """Two reports of one organ, the earlier first; `apart` says why they cannot be compared, where they cannot."""

    before: Report
    after: Report
    apart: Words | None = None
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def old(self) -> Mapping[str, Value | None]:
        """Every cell of the earlier year."""
        return values_of(self.before)

    @cached_property
    def new(self) -> Mapping[str, Value | None]:
        """Every cell of the later year."""
        return values_of(self.after)


@frozen(slots=False)
class Parts:
    """A whole and its parts, all of one year, and what is known of their completeness."""

    whole: Report
    parts: tuple[Report, ...]
    coverage: Coverage
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def values(self) -> tuple[Mapping[str, Value | None], ...]:
        """Every cell of each part, in their order."""
        return tuple(values_of(part) for part in self.parts)

    @property
    def undeclared(self) -> tuple[Report, ...]:
        """The reports, whole or part, that do not say whose work they count."""
        return tuple(report for report in (self.whole, *self.parts) if report.scope is None)

    @property
    def aggregates(self) -> tuple[Report, ...]:
        """The parts that already count other bodies."""
        return tuple(part for part in self.parts if part.scope is ReportScope.AGGREGATE)
