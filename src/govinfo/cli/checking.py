"""What `govinfo check` finds: every document with its findings, over one report, the years of an organ, or a whole and its parts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, Protocol

from attrs import evolve, frozen

from govinfo.cli.sources import Document
from govinfo.errors import FigureError
from govinfo.findings import Finding, Findings, Verdict
from govinfo.keys import AdminLevel, OrganKind
from govinfo.locator import Diagnosis, locate
from govinfo.reading import Reading
from govinfo.report import Report
from govinfo.rules import DEFAULT, Profile, check, check_parts, check_years

Among = Literal["years", "parts"]


@frozen
class Settings:
    """What was asked for: the profile, what is known of the organ, and whether the sources belong together."""

    profile: Profile = DEFAULT
    organ_kind: OrganKind | None = None
    level: AdminLevel | None = None
    among: Among | None = None
    complete: bool = False

    def check(self, subject: Report | Reading) -> Findings:
        """The findings on one report."""
        return check(subject, organ_kind=self.organ_kind, level=self.level, profile=self.profile)


@frozen(slots=False)  # for the cached property
class Checked:
    """One document with its findings; those over several reports stand with the later year, or with the whole."""

    source: str
    subject: Report | Reading
    findings: Findings
    settings: Settings

    @property
    def report(self) -> Report:
        """The report that was checked."""
        return self.subject.report if isinstance(self.subject, Reading) else self.subject

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """The smallest sets of corrections of the report."""
        return locate(self.report)

    @property
    def listed(self) -> tuple[Finding, ...]:
        """The findings to be told: what is broken or unknown."""
        return tuple(finding for finding in self.findings if finding.verdict in (Verdict.BROKEN, Verdict.UNKNOWN))

    def line(self, address: str) -> int | None:
        """The line of the source that the cell stands in, where the source is a file of lines.

        In a source with tables or pages a line counts the text that it shows, which is no line of the file.
        """
        origin = self.subject.origins.get(address) if isinstance(self.subject, Reading) else None
        return origin.line if origin and origin.table is None and origin.page is None else None

    def with_values(self, values: dict[str, int]) -> Findings:
        """The findings on the report with these values in place of its own."""
        changed = self.report.replace(values)
        return self.settings.check(evolve(self.subject, report=changed) if isinstance(self.subject, Reading) else changed)


def subject(reading: Reading) -> Report | Reading:
    """What the rules are held against: of JSON the report alone, for it has no headings that could be missing."""
    return reading if reading.has_document else reading.report


class Complaints(Protocol):
    """What takes note of sources that could not be handled."""

    first_failed: bool
    """Whether the first of the sources could not be read."""

    def fail(self, source: str, problem: str) -> None:
        """Note a source and its problem."""
        ...


def checked(documents: Iterable[Document], settings: Settings, complaints: Complaints) -> Iterator[Checked]:
    """Every document with its findings, one by one; together only where the settings say so, and the documents allow it."""
    alone = (Checked(document.source, own := subject(document.reading), settings.check(own), settings) for document in documents)
    if settings.among is None:
        yield from alone
        return
    every = list(alone)
    try:
        # Without the whole there is nothing to hold the parts against: another source must not take its place.
        nothing = not every or (settings.among == "parts" and complaints.first_failed)
        more = Findings(()) if nothing else _among(every, settings)
    except FigureError as error:
        complaints.fail(", ".join(one.source for one in every), str(error))
        more = Findings(())
    yield from _with(every, more, settings)


def _among(every: Sequence[Checked], settings: Settings) -> Findings:
    subjects = [one.subject for one in every]
    if settings.among == "years":
        return check_years(subjects, profile=settings.profile)
    return check_parts(subjects[0], subjects[1:], complete=settings.complete, profile=settings.profile)


def _with(every: Sequence[Checked], more: Findings, settings: Settings) -> Iterator[Checked]:
    for number, one in enumerate(every):
        if settings.among == "years":
            # A finding over two years names the later one last; where there is but one year, it names none.
            own = tuple(f for f in more if (f.about[-1].report is one.report if f.about else one is every[-1]))
        else:
            own = tuple(more) if number == 0 else ()
        coverage = more.coverage if number == 0 else None
        yield evolve(one, findings=Findings((*one.findings, *own), coverage)) if own else one
