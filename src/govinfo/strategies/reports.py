"""Whole reports for which every balance holds."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve, frozen
from hypothesis import strategies as st

from govinfo.form import Form, Matrix
from govinfo.forms import FORMS
from govinfo.keys import TABLES, ReportScope, Section
from govinfo.report import MAX_COUNT, Report, Table
from govinfo.strategies.figures import MAX_MONEY, tables

_YEARS = 30  # years after its first that a form still in use is drawn for
# Which of the three tables are there: mostly all, now and then one is missing, or all are.
_ALL = (True,) * len(TABLES)
_PRESENT = [*[_ALL] * 8, *(tuple(n != missing for n in range(len(TABLES))) for missing in range(len(TABLES))), (False,) * len(TABLES)]
_LINES = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
_PROSE = st.none() | st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n"))


@frozen
class Bounds:
    """What bounds the figures of a report: see `tables`."""

    forms: Sequence[Form] = FORMS
    max_value: int = MAX_COUNT
    max_amount: Decimal | int = MAX_MONEY
    blanks: bool = False

    def tables(self, matrix: Matrix) -> st.SearchStrategy[Table]:
        """Tables of that matrix within the bounds."""
        return tables(matrix, forms=self.forms, max_value=self.max_value, max_amount=self.max_amount, blanks=self.blanks)


def reports(
    *,
    form: Form | None = None,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    organ: str | None = None,
    max_value: int = MAX_COUNT,
    blanks: bool = False,
) -> st.SearchStrategy[Report]:
    """Reports for which every balance holds, on any of those forms, for a year that the form is for or none.

    Some pair the tables of two forms (their year is None); some lack tables. Prose, organ and title are any text or
    None. `form` is the one form that all tables are on; `year` and `organ` are those of every report. `max_value` and
    `blanks` are those of `tables`. Raises `ValueError` where none of the forms is for that year.
    """
    bounds = Bounds(forms, max_value, blanks=blanks)
    if year is None:
        newest_first = [form] if form else list(reversed(forms))
        pairs = [
            (a, b)
            for a in newest_first
            for b in newest_first
            if a is not b and Section.PROACTIVE in sections(a) and Section.REQUESTS in sections(b)
        ]
    else:
        newest_first, pairs = [form_of(year, (form,) if form else forms)], []
    pure = [_on(each, each, bounds, year, _PRESENT) for each in newest_first]
    return _of(organ, st.one_of([*pure, *(_on(one, other, bounds, None, _PRESENT) for one, other in pairs)]))


def with_all_tables(form: Form, bounds: Bounds, *, year: int | None = None, organ: str | None = None) -> st.SearchStrategy[Report]:
    """Reports on that form that have every table of it."""
    return _of(organ, _on(form, form, bounds, year, [_ALL]))


def _of(organ: str | None, drawn: st.SearchStrategy[Report]) -> st.SearchStrategy[Report]:
    # Hypothesis prints a value by the calls that made it, and a strategy by its arguments: of these, a page. It knows
    # neither of what a function without arguments makes anew.
    @st.composite
    def report(draw: st.DrawFn) -> Report:
        found = draw(drawn)
        return evolve(found, organ=found.organ if organ is None else organ)

    return report()


def form_of(year: int, forms: Sequence[Form]) -> Form:
    """The form that reports of that year are filed on. Raises `ValueError` where it is none of those."""
    if (form := next((form for form in reversed(forms) if form.used_in(year)), None)) is None:
        named = ", ".join(f"{form.id} ({form.first_year}-{form.last_year or ''})" for form in forms)
        raise ValueError(f"none of the forms {named} is for the year {year}")
    return form


def sections(form: Form) -> set[str]:
    """The sections that hold a table of the form."""
    return {matrix.key for matrix in form.matrices}


def _on(first: Form, rest: Form, bounds: Bounds, year: int | None, presence: Sequence[tuple[bool, ...]]) -> st.SearchStrategy[Report]:
    """Reports whose section 2 is on one form, and whose sections 3 and 4 are on another or the same."""

    def section(form: Form, key: str) -> st.SearchStrategy[Table | None]:
        return bounds.tables(form.matrix(key)) if key in sections(form) else st.none()

    def made(
        found: tuple[Table | None, ...],
        present: tuple[bool, ...],
        said: tuple[int | None, int | None, ReportScope | None],
        words: tuple[str | None, ...],
    ) -> Report:
        two, three, four = (table if there else None for table, there in zip(found, present, strict=True))
        of_year, day, scope = said
        # Section 4 is printed alike on all forms: it is taken for that of section 3, else of section 2, else of the year.
        if three is None and (first is not rest or (two is None and of_year is None)):
            four = None
        published_on = None if day is None else dt.date((of_year or first.first_year) + 1, 1, 1) + dt.timedelta(day)
        texts = dict(zip(("organ", "title", "overview", "problems", "other_matters"), words, strict=True))
        return Report(year=of_year, scope=scope, published_on=published_on, proactive=two, requests=three, disputes=four, **texts)

    last = first.last_year or first.first_year + _YEARS
    if year is not None:
        years: st.SearchStrategy[int | None] = st.just(year)
    else:
        years = st.none() if first is not rest else st.none() | st.integers(first.first_year, last)
    in_january = st.none() | st.integers(0, 30)
    return st.builds(
        made,
        st.tuples(section(first, Section.PROACTIVE), section(rest, Section.REQUESTS), section(rest, Section.DISPUTES)),
        st.sampled_from(presence),
        st.tuples(years, in_january, st.sampled_from([None, *ReportScope])),
        st.tuples(st.none() | _LINES, st.none() | _LINES, _PROSE, _PROSE, _PROSE),
    )
