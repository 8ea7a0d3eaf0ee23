"""What checking says: rules, verdicts and findings as values.

A rule is a value with a code that never changes. A finding is one instance of a rule held against one report; it
points both ways, to the rule and to the cells. Nothing here raises for a broken report, unless it is asked to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar, overload

from attrs import field, frozen

from govinfo.errors import BrokenReportError
from govinfo.keys import ReportScope
from govinfo.report import Report, Value

Lang = Literal["zh", "en"]


class Verdict(StrEnum):
    """What a rule says of one instance. `UNKNOWN`: a cell that it needs has no value; never silently `HOLDS`."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """What a broken rule is worth: the form or a statute asks for it; custom asks for it; worth a look."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Extent(StrEnum):
    """How much one instance of a rule looks at."""

    CELL = "cell"
    ROW = "row"
    COLUMN = "column"
    TABLE = "table"
    REPORT = "report"
    YEARS = "years"
    PARTS = "parts"


@frozen
class Words:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str

    def said(self, lang: Lang = "zh") -> str:
        """The words in that language."""
        return self.zh if lang == "zh" else self.en


Limit = int | Decimal | str
"""What a rule compares with: a count, a share, or a day of the year (`01-31`)."""


@frozen
class Threshold:
    """A limit that a rule declares and that a profile may set; a value of the default's own type is accepted."""

    name: str
    default: Limit
    meaning: Words


S = TypeVar("S")


@frozen
class Rule(Generic[S]):
    """One rule of the catalogue.

    `statement` is what it asks for; `source` the instrument or custom that asks; `exceptions` are known legitimate
    ones. `forms` are the ids of the forms that it speaks of, empty for any form. `evaluate` gives its findings on a
    subject, one for each instance; `explain` says a finding in words. `thresholds` are the limits that it compares
    with; `never` says of a verdict that it cannot have why not.
    """

    code: str
    name: str
    statement: Words
    severity: Severity
    extent: Extent
    source: Words
    evaluate: Callable[["Rule[S]", S], Iterable["Finding"]] = field(eq=False, repr=False)
    explain: Callable[["Finding"], Words] = field(eq=False, repr=False)
    forms: tuple[str, ...] = ()
    exceptions: Words | None = None
    thresholds: tuple[Threshold, ...] = ()
    never: tuple[tuple[Verdict, Words], ...] = ()

    def applies_to(self, form_id: str) -> bool:
        """Whether the rule speaks of that form."""
        return not self.forms or form_id in self.forms

    def findings(self, subject: S) -> Iterable["Finding"]:
        """One finding for each instance of the rule on that subject."""
        return self.evaluate(self, subject)


@frozen
class NotComputable:
    """A rule that figures and words cannot decide: it is there to be known, and never gives a finding."""

    code: str
    name: str
    statement: Words
    source: Words
    reason: Words


@frozen
class About:
    """One of the reports that a finding over several speaks of; `cells` are its own cells, empty for those of the finding."""

    report: Report = field(repr=False)
    cells: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """Its report year."""
        return self.report.year

    @property
    def organ(self) -> str | None:
        """Whose report it is."""
        return self.report.organ

    @property
    def scope(self) -> ReportScope | None:
        """Whether it counts the organ's own work or all bodies below it as well."""
        return self.report.scope


@frozen
class Coverage:
    """Which bodies the parts of a whole are: their names, those that were expected and are missing, and the claim.

    `complete`: the caller declared that there are no other parts, or every expected one is there and no other
    (`unexpected`).
    """

    parts: tuple[str | None, ...]
    missing: tuple[str, ...] = ()
    complete: bool = False
    unexpected: tuple[str | None, ...] = ()


# A report has about a thousand findings: with a `__dict__` they are made in half the time that slots would take.
@frozen(slots=False)
class Finding:
    """One instance of a rule, held against a report.

    `cells` are all addresses that it used; `left` and `right` the two sides in the order of the rule's formula, None
    when unknown or when the rule compares nothing. `line` names the instance (the column's or row's key, an address, or
    ""). `report` is what was checked, `facts` what else the explanation needs. A finding over several reports has no
    `report`; `about` then says which, in order of years, or the whole before its parts.
    """

    rule: Rule[Any] = field(repr=lambda rule: rule.code)
    verdict: Verdict
    severity: Severity
    cells: tuple[str, ...] = ()
    left: Value | None = None
    right: Value | None = None
    line: str = ""
    facts: tuple[Any, ...] = ()
    report: Report | None = field(default=None, eq=False, repr=False)
    about: tuple[About, ...] = field(default=(), repr=False)

    @property
    def code(self) -> str:
        """The rule's code, `R301`."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The rule's short name, `column-flow`."""
        return self.rule.name

    def message(self, lang: Lang = "zh") -> str:
        """What is printed, what it should be, where in the form; known legitimate exceptions where it is broken."""
        said = self.rule.explain(self).said(lang)
        if self.verdict is not Verdict.BROKEN or self.rule.exceptions is None:
            return said
        exceptions = self.rule.exceptions.said(lang)
        return f"{said}（可能的正当例外：{exceptions}）" if lang == "zh" else f"{said} (may be legitimate: {exceptions})"

    def __str__(self) -> str:
        return f"{self.code} {self.message('en')}"


@frozen(repr=False)
class Findings(Sequence[Finding]):
    """Every finding of a check, in the order of the rules, those that hold and those that do not apply included.

    `coverage` says which parts a whole was checked against, None where there was no whole.
    """

    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])
    coverage: Coverage | None = None

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.findings[index]

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def having(self, verdict: Verdict) -> tuple[Finding, ...]:
        """The findings with that verdict."""
        return tuple(finding for finding in self.findings if finding.verdict is verdict)

    @property
    def broken(self) -> tuple[Finding, ...]:
        """What is broken, of any severity."""
        return self.having(Verdict.BROKEN)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """What could not be decided, because a cell has no value."""
        return self.having(Verdict.UNKNOWN)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is broken and of severity error."""
        return tuple(finding for finding in self.broken if finding.severity is Severity.ERROR)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many findings have each verdict; every verdict is a key."""
        seen = Counter(finding.verdict for finding in self.findings)
        return {verdict: seen[verdict] for verdict in Verdict}

    def of(self, *codes: str) -> "Findings":
        """The findings of these rules only."""
        return Findings(tuple(finding for finding in self.findings if finding.code in codes), self.coverage)

    def raise_for_errors(self) -> None:
        """Raise `BrokenReportError` where a rule of severity error is broken; else do nothing."""
        if self.errors:
            raise BrokenReportError(self.errors)

    def __repr__(self) -> str:
        return f"<Findings: {', '.join(f'{n} {verdict}' for verdict, n in self.counts.items())}>"
