"""What a rendered report consists of, from top to bottom; every format prints the same pieces in the same order."""

from collections.abc import Iterator
from typing import assert_never

from attrs import frozen

from govinfo.errors import AddressError, UnknownFormError
from govinfo.form import Form
from govinfo.forms import FORMS, form_for
from govinfo.keys import PROSE, ReportScope, Section
from govinfo.report import Report, Table, folded

SCOPES = {ReportScope.OWN_ORGAN: "本机关", ReportScope.AGGREGATE: "汇总"}
"""How the scope is printed."""

NOTHING = "（）"
"""What is printed where a line has to stand and there is nothing to say."""


@frozen
class Title:
    """The title line."""

    text: str


@frozen
class Details:
    """The line under the title: organ, year, scope and date of publication, those that are known."""

    text: str


@frozen
class Heading:
    """The heading of a section, as the form prints it."""

    text: str


@frozen
class Paragraph:
    """One paragraph of prose, never empty."""

    text: str


Piece = Title | Details | Heading | Paragraph | Table


def pieces(source: Report | Form) -> Iterator[Piece]:
    """The report from top to bottom, or the empty form.

    What is None is not printed, its heading neither: read back, it is None again. `""` is a heading with nothing
    under it; a title without words is a pair of brackets, and so is the line under the title where nothing is known that
    would stand there, but words are printed from which it could be concluded.
    """
    report = source if isinstance(source, Report) else _empty(source)
    if report.title is not None:
        yield Title(folded(report.title) or NOTHING)
    details = _details(report)
    if details or (isinstance(source, Report) and any((report.title is not None, report.overview, report.problems, report.other_matters))):
        yield Details(details or NOTHING)
    for section in Section:
        content: str | Table | None = getattr(report, section)
        if content is None:
            continue
        yield Heading(_heading(report, section))
        match content:
            case Table():
                yield content
            case str():
                yield from (Paragraph(line) for line in content.splitlines() if line.strip())
            case _:
                assert_never(content)


def _empty(form: Form) -> Report:
    prose = {line.key: "" for line in form.sections if line.key in PROSE}
    tables = {matrix.key: Table.blank(matrix) for matrix in form.matrices}
    return Report(
        overview=prose.get(Section.OVERVIEW),
        problems=prose.get(Section.PROBLEMS),
        other_matters=prose.get(Section.OTHER_MATTERS),
        proactive=tables.get(Section.PROACTIVE),
        requests=tables.get(Section.REQUESTS),
        disputes=tables.get(Section.DISPUTES),
    )


def _details(report: Report) -> str:
    said = (
        ("公开主体", report.organ and folded(report.organ)),
        ("报告年度", report.year),
        ("统计范围", report.scope and SCOPES[report.scope]),
        ("发布日期", report.published_on),
    )
    known = "　".join(f"{name}：{value}" for name, value in said if value is not None)
    return f"（{known}）" if known else ""


def _heading(report: Report, section: Section) -> str:
    """The heading as the form of that section's table prints it; for prose, as the first form does that has it."""
    own = report.table(section) if section not in PROSE else None
    for form in (*([own.form] if own else []), *(table.form for table in report.tables), _form_of_year(report.year)):
        try:
            return form.section(section).label
        except AddressError:
            continue
    return FORMS[-1].section(section).label


def _form_of_year(year: int | None) -> Form:
    try:
        return form_for(year) if year is not None else FORMS[-1]
    except UnknownFormError:
        return FORMS[-1]
