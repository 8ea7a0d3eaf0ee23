"""What a rule over one report is given to look at."""

from attrs import frozen

from govinfo.reading import Reading
from govinfo.report import Report


@frozen
class Subject:
    """A report, and the reading that it came from where there is one.

    Rules that need the document (its headings, the order of its rows) do not apply without a reading.
    """

    report: Report
    reading: Reading | None = None

    @classmethod
    def of(cls, given: Report | Reading) -> "Subject":
        """The subject for what a user gave. Raises `TypeError`."""
        if isinstance(given, Reading):
            return cls(given.report, given)
        if isinstance(given, Report):
            return cls(given)
        raise TypeError(f"given {type(given).__name__}, accepted is a Report or a Reading")
