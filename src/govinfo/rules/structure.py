"""Whether the report has the form that it should have."""

from collections.abc import Iterator

from govinfo.errors import UnknownFormError
from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.forms import FORMS, form_for
from govinfo.keys import Section
from govinfo.rules.subject import Subject

_FIRST_YEAR = 2019
_SOFTER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFO, Severity.INFO: Severity.INFO}


def softened(severity: Severity, year: int | None) -> Severity:
    """The severity of a structure rule in that report year.

    For 2019 bodies were encouraged to use the unified form and could follow it loosely (国办公开办函〔2019〕60号, 二).
    """
    return _SOFTER[severity] if year == _FIRST_YEAR else severity


def _form_for_year(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    # Section 4 is printed alike in all forms, so it shows nothing about the form used.
    released = {form.id for form in FORMS}
    tables = [t for t in report.tables if t.matrix.key != Section.DISPUTES and t.form.id in released]
    severity = softened(S505.severity, report.year)
    expected = None
    if report.year is not None:
        try:
            expected = form_for(report.year).id
        except UnknownFormError:
            tables = []  # no common form then: nothing to ask for
    used = tuple((str(table.matrix.key), table.form.id) for table in tables)
    if not used:
        verdict = Verdict.NOT_APPLICABLE
    elif expected is None:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.HOLDS if all(form == expected for _, form in used) else Verdict.BROKEN
    yield Finding(S505, verdict, severity, facts=(report.year, expected, used), report=report)


def _explain_form(finding: Finding) -> Words:
    year, expected, used = finding.facts
    if finding.verdict is Verdict.NOT_APPLICABLE:
        return Words("报告中没有可据以辨别格式的表格", "the report has no table that shows which form was used")
    names = {Section.PROACTIVE: Words("第二部分", "section 2"), Section.REQUESTS: Words("第三部分", "section 3")}
    zh = "、".join(f"{names[Section(section)].zh}用 {form}" for section, form in used)
    en = ", ".join(f"{names[Section(section)].en} is on {form}" for section, form in used)
    if expected is None:
        return Words(f"{zh}；报告年度不明，不能判断格式是否正确", f"{en}; the report year is not known, so this cannot be said")
    return Words(f"{year}年度报告应用 {expected}：{zh}", f"a report for {year} is filed on {expected}: {en}")


S505: Rule[Subject] = Rule(
    "S505",
    "form-for-year",
    Words("2019、2020年度用2019年格式，2021年度起用2021年格式", "Reports for 2019 and 2020 are on the form of 2019, later ones on that of 2021."),
    Severity.ERROR,
    Extent.REPORT,
    Words("国办公开办函〔2019〕60号；国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号; 国办公开办函〔2021〕30号"),
    _form_for_year,
    _explain_form,
    ("cn-2019", "cn-2021"),
    Words("2019年度可参照执行（降为警告）", "for 2019 the form could be followed loosely: a warning then"),
)
RULES: tuple[Rule[Subject], ...] = (S505,)
