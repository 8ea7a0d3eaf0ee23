"""Strategies for prose: sentences that state the figures of a report."""

from hypothesis import strategies as st

from govinfo.narrative import Statement, statements
from govinfo.report import Report

__all__ = ["prose"]


def prose(report: Report) -> st.SearchStrategy[list[Statement]]:
    """Sentences that state figures of that report in varied wording, each with the places of its figures; see `Statement.altered`."""

    @st.composite
    def drawn(draw: st.DrawFn) -> list[Statement]:
        return statements(report, lambda wordings: draw(st.sampled_from(wordings)))

    return drawn()
