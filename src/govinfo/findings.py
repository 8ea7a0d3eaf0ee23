"""What checking says: rules, verdicts and findings as values.

A rule is a value with a code that never changes. A finding is one instance of a rule held against one report; it
points both ways, to the rule and to the cells. Nothing here raises for a broken report, unless it is asked to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar, overload

from attrs import field, frozen

from govinfo.errors import BrokenReportError
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


S = TypeVar("S")


@frozen
class Rule(Generic[S]):
    """One rule of the catalogue.

    `statement` is what it asks for; `source` the instrument or custom that asks; `exceptions` are known legitimate
    ones. `forms` are the ids of the forms that it speaks of, empty for any form. `evaluate` gives its findings on a
    subject, one for each instance; `explain` says a finding in words.
    """

    code: str
    name: str
    statement: Words
    severity: Severity
    extent: Extent
    source: Words
    evaluate: Callable[[S], Iterable["Finding"]] = field(eq=False, repr=False)
    explain: Callable[["Finding"], Words] = field(eq=False, repr=False)
    forms: tuple[str, ...] = ()
    exceptions: Words | None = None

    def applies_to(self, form_id: str) -> bool:
        """Whether the rule speaks of that form."""
        return not self.forms or form_id in self.forms


@frozen
class Finding:
    """One instance of a rule, held against a report.

    `cells` are all addresses that it used; `left` and `right` the two sides in the order of the rule's formula, None
    when unknown or when the rule is no equation. `line` names the instance (the column's or row's key, an address, or
    ""). `report` is what was checked, and `facts` what else the explanation needs.
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

    @property
    def code(self) -> str:
        """The rule's code, `R301`."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The rule's short name, `column-flow`."""
        return self.rule.name

    def message(self, lang: Lang = "zh") -> str:
        """One sentence: what is printed, what it should be, where in the form."""
        return self.rule.explain(self).said(lang)

    def __str__(self) -> str:
        return f"{self.code} {self.message('en')}"


@frozen(repr=False)
class Findings(Sequence[Finding]):
    """Every finding of a check, in the order of the rules, those that hold and those that do not apply included."""

    findings: tuple[Finding, ...] = field(converter=tuple[Finding, ...])

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
        return Findings(tuple(finding for finding in self.findings if finding.code in codes))

    def raise_for_errors(self) -> None:
        """Raise `BrokenReportError` where a rule of severity error is broken; else do nothing."""
        if self.errors:
            raise BrokenReportError(self.errors)

    def __repr__(self) -> str:
        return f"<Findings: {', '.join(f'{n} {verdict}' for verdict, n in self.counts.items())}>"
