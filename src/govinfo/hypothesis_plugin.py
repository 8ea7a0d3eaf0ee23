"""What tells Hypothesis of the model's types, so that `st.from_type(Report)` works without an import of the strategies.

Whichever is imported first, govinfo or Hypothesis: the later one calls this, govinfo itself or the entry point of the project
(`_govinfo_hypothesis`). The strategies are imported when one is first asked for. Who uses only one of the two pays nothing.
"""

from typing import Any

from govinfo.report import Report, Table


def register() -> None:
    """Tell Hypothesis where the strategies of the model's types are."""
    from hypothesis import strategies as st  # noqa: PLC0415 -- what calls this is Hypothesis

    st.register_type_strategy(Report, _reports)
    st.register_type_strategy(Table, _tables)


def _reports(_: type[Report]) -> Any:
    from govinfo.strategies import reports  # noqa: PLC0415 -- see the module

    return reports()


def _tables(_: type[Table]) -> Any:
    from govinfo.strategies import tables  # noqa: PLC0415 -- see the module

    return tables()
