"""What the tests of rules share: reports made from a few figures, and cases that name the verdict they expect."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from govinfo.findings import Finding, Findings, Severity, Verdict
from govinfo.form import Form, Kind, Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import Section
from govinfo.reading import Heading, Leftover, Origin, Reading
from govinfo.report import BLANK, CellState, Mark, Report, Table, Value
from govinfo.rules import check, check_parts, check_years

HOLDS, BROKEN, UNKNOWN, NOT_APPLICABLE = Verdict.HOLDS, Verdict.BROKEN, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
UNREADABLE = Mark(CellState.UNREADABLE, "约十件")
SLASH = Mark(CellState.SLASH, "/")
Figures = Mapping[str, Value | Mark]


@frozen
class Case:
    """A rule, held against something, has an instance with that verdict (and line and severity, where they are given)."""

    code: str
    verdict: Verdict
    found: Callable[[], Findings]
    line: str | None = None
    severity: Severity | None = None

    @property
    def id(self) -> str:
        """For pytest."""
        return f"{self.code}-{self.verdict}-{self.line or 'any'}"

    def matching(self) -> list[Finding]:
        """The findings that are as the case says."""
        found = [f for f in self.found().of(self.code) if f.verdict is self.verdict and self.line in (None, f.line)]
        return [f for f in found if self.severity in (None, f.severity)]


def zeros(matrix: Matrix) -> Table:
    """The table whose figures are all 0."""
    return Table(matrix, tuple(Decimal(0) if cell.kind is Kind.MONEY else 0 for cell in matrix.cells))


def report(changes: Figures | None = None, form: Form = CN_2021, marks: Mapping[str, Mark] | None = None, **said: Any) -> Report:
    """A report of 2023 (2020 on the form of 2019) whose figures are all 0 but for these; `said` are other attributes."""
    said = {"year": 2020 if form is CN_2019 else 2023} | said
    attributes: dict[str, Any] = {section: zeros(form.matrix(section)) for section in ("proactive", "requests", "disputes")}
    return Report(**(attributes | said)).replace(changes or {}, marks or {})


def checked(
    changes: Figures | None = None, form: Form = CN_2021, marks: Mapping[str, Mark] | None = None, **said: Any
) -> Callable[[], Findings]:
    """The check of such a report; `organ_kind` and `level` are given to it."""
    known = {key: said.pop(key) for key in ("organ_kind", "level", "profile") if key in said}
    return lambda: check(report(changes, form, marks, **said), **known)


def of_bare(**said: Any) -> Callable[[], Findings]:
    """The check of a report without tables."""
    return lambda: check(Report(**said))


HEADINGS = tuple(Heading(Section(str(line.key)), line.label, Origin(line.label, line=n)) for n, line in enumerate(CN_2021.sections, 1))


def read(*headings: Heading, leftovers: tuple[Leftover, ...] = (), of: Report | None = None, **known: Any) -> Callable[[], Findings]:
    """The check of a reading with those headings."""
    return lambda: check(Reading(report() if of is None else of, headings, leftovers, **known))


def heading(number: int, text: str | None = None) -> Heading:
    """The form's heading of that section, 1 to 6, or one in other words."""
    own = HEADINGS[number - 1]
    return own if text is None else Heading(own.section, text, own.origin)


def years(before: Report, after: Report) -> Callable[[], Findings]:
    """The check of two years."""
    return lambda: check_years([before, after])


def whole_and_parts(whole: Report, *parts: Report, complete: bool = True) -> Callable[[], Findings]:
    """The check of a whole against its parts."""
    return lambda: check_parts(whole, parts, complete=complete)


def row(name: str, *figures: Value | Mark) -> dict[str, Value | Mark]:
    """The figures of one row of section 3 by address, in the order of the columns."""
    columns = CN_2021.requests.columns
    return {f"requests.{name}.{column.key}": figure for column, figure in zip(columns, figures, strict=True)}


def on(year: int, month: int, day: int) -> dt.date:
    """A date."""
    return dt.date(year, month, day)


__all__ = [
    "BLANK", "BROKEN", "CN_2019", "CN_2021", "ERROR", "HEADINGS", "HOLDS", "INFO", "NOT_APPLICABLE", "SLASH", "UNKNOWN", "UNREADABLE",
    "WARNING", "Case", "checked", "heading", "of_bare", "on", "read", "report", "row", "whole_and_parts", "years", "zeros",
]  # fmt: skip
