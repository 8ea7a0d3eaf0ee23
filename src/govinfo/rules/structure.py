"""Whether the report has the form that it should have: rules S501-S505, S510, S512."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from govinfo.errors import UnknownFormError
from govinfo.findings import Extent, Finding, Rule, Severity, Threshold, Verdict, Words
from govinfo.fold import fold, label_key, without_notes
from govinfo.form import Line
from govinfo.forms import FIRST_YEAR, FORMS, form_for
from govinfo.keys import Section
from govinfo.reading import Heading, Origin
from govinfo.report import CellState, Table
from govinfo.rules.subject import Subject
from govinfo.rules.wording import NO_DOCUMENT, explained, not_applicable, section_name, undecided

_SOFTER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.INFO, Severity.INFO: Severity.INFO}
_TITLE = re.compile(r"(?P<organ>.*?)(?P<year>\d{4})年度?政府信息公开工作年度报告")
_BOTH = ("cn-2019", "cn-2021")


def softened(severity: Severity, year: int | None) -> Severity:
    """The severity of a structure rule in that report year.

    For 2019 bodies were encouraged to use the unified form and could follow it loosely (国办公开办函〔2019〕60号, 二).
    """
    return _SOFTER[severity] if year == FIRST_YEAR else severity


def _found(
    rule: Rule[Subject], subject: Subject, verdict: Verdict, *facts: object, line: str = "", severity: Severity | None = None
) -> Finding:
    own = softened(severity or rule.severity, subject.report.year)
    return Finding(rule, verdict, own, line=line, facts=facts, report=subject.report)


def _names(keys: Sequence[str], subject: Subject) -> Words:
    """The sections' headings as the form prints them."""
    lines = {line.key: line for line in subject.form.sections}
    return Words("、".join(f"“{lines[key].label}”" for key in keys), ", ".join(f"'{lines[key].english}'" for key in keys))


def _six(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S501: a section is there with its heading, or with its table where only the heading is lost."""
    if subject.reading is None:
        yield not_applicable(rule, subject.report, NO_DOCUMENT)
        return
    there = {heading.section for heading in subject.reading.headings} | {Section(table.matrix.key) for table in subject.report.tables}
    if not subject.reading.headings:
        # An extract, or headings in words that nobody knows: no ground to say that sections are missing.
        why = Words("文件中没有辨认出标题，可能不完整", "no headings were recognised: it may be an extract")
        yield _found(rule, subject, Verdict.UNKNOWN, why)
        return
    absent = [line.key for line in subject.form.sections if line.key not in there]
    yield _found(rule, subject, Verdict.BROKEN if absent else Verdict.HOLDS, _names(absent, subject))


def _order(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S502: read from the top, the headings come in the form's order; a table of contents may name them before."""
    headings = subject.reading.headings if subject.reading else ()
    if not headings:
        why = NO_DOCUMENT if subject.reading is None else Words("文件中没有辨认出标题", "no headings were recognised in the document")
        yield not_applicable(rule, subject.report, why)
        return
    place, early = -1, list[str]()
    for line in subject.form.sections:
        places = [n for n, heading in enumerate(headings) if heading.section == line.key]
        later = [n for n in places if n > place]
        if later:
            place = later[0]
        elif places:
            early.append(line.key)
    yield _found(rule, subject, Verdict.BROKEN if early else Verdict.HOLDS, _names(early, subject))


def _headings(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S503: each heading in the form's words; in other words that are known, only worth a note."""
    if subject.reading is None:
        yield not_applicable(rule, subject.report, NO_DOCUMENT)
        return
    lines = {line.key: line for line in subject.form.sections}
    headings = [heading for heading in subject.reading.headings if heading.section in lines]
    for heading in headings:
        line = lines[heading.section]
        verdict, severity = _wording(heading, line)
        yield _found(rule, subject, verdict, heading.text, line.label, line=str(line.key), severity=severity)
    named = {heading.section for heading in headings}
    for table in subject.report.tables if named else ():
        if table.matrix.key not in named and table.matrix.key in lines:
            line = lines[table.matrix.key]
            nothing = Words("缺失", "missing")
            yield _found(rule, subject, Verdict.BROKEN, nothing, line.label, line=str(line.key))
    if not headings:
        yield not_applicable(rule, subject.report, Words("文件中没有辨认出标题", "no headings were recognised in the document"))


def _wording(heading: Heading, line: Line) -> tuple[Verdict, Severity | None]:
    said = {label_key(heading.text), without_notes(label_key(heading.text))}
    if label_key(line.label) in said:
        return Verdict.HOLDS, None
    return Verdict.BROKEN, Severity.INFO if said & line.keys else None


def _shape(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S504: no row or column of the form is missing, and those that are there stand in its order."""
    reading = subject.reading
    if reading is None or not subject.report.tables:
        why = NO_DOCUMENT if reading is None else Words("报告中没有表格", "the report has no tables")
        yield not_applicable(rule, subject.report, why)
        return
    for table in subject.report.tables:
        rows, columns = _absent(table)
        disordered = _disordered(table, reading.origins) if not table.matrix.flat else []
        wrong = (*rows, *columns, *disordered)
        gone, moved = _listed(Words("缺少", "missing: "), (*rows, *columns)), _listed(Words("次序不对：", "out of order: "), disordered)
        said = Words("；".join(filter(None, (gone.zh, moved.zh))), "; ".join(filter(None, (gone.en, moved.en))))
        place = section_name(table.matrix.key)
        yield _found(rule, subject, Verdict.BROKEN if wrong else Verdict.HOLDS, place, said, line=str(table.matrix.key))


def _listed(what: Words, lines: Sequence[Line]) -> Words:
    """The lines behind what is to be said of them; nothing where there are none."""
    if not lines:
        return Words("", "")
    return Words(what.zh + "、".join(f"“{line.named}”" for line in lines), what.en + ", ".join(f"'{line.english}'" for line in lines))


def _absent(table: Table) -> tuple[list[Line], list[Line]]:
    """The rows and the columns of which the document has no cell."""
    gone = {address for address, mark in table.marked if mark.state is CellState.ABSENT}
    cells = table.matrix.cells
    rows = [row for row in table.matrix.rows if all(cell.address in gone for cell in cells if cell.row is row)]
    columns = [c for c in table.matrix.columns if all(cell.address in gone for cell in cells if cell.column.key == c.key)]
    return rows, [] if len(rows) == len(table.matrix.rows) else columns


def _disordered(table: Table, origins: Mapping[str, Origin]) -> list[Line]:
    """The rows that stand above one that the form prints before them, as far as their places in the document are known."""
    places: list[tuple[tuple[int, ...], Line]] = []
    for row in table.matrix.rows:
        found = [_height(origin) for cell in table.matrix.cells if cell.row is row and (origin := origins.get(cell.address)) is not None]
        if found and all(found):
            places.append((min(found), row))
    return [row for (above, _), (place, row) in pairwise(places) if len(above) == len(place) and place < above]


def _height(origin: Origin) -> tuple[int, ...]:
    """How far down the document a place is, empty where that is not known."""
    if origin.row is not None:
        return (origin.page or 0, origin.table or 0, origin.row)
    if origin.line is not None:
        return (origin.page or 0, origin.line)
    return () if origin.position is None else (origin.position,)


def _form_for_year(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    report = subject.report
    # Section 4 is printed alike in all forms, so it shows nothing about the form used.
    released = {form.id for form in FORMS}
    tables = [t for t in report.tables if t.matrix.key != Section.DISPUTES and t.form.id in released]
    expected = None
    if report.year is not None:
        try:
            expected = form_for(report.year)
        except UnknownFormError:
            yield not_applicable(rule, report, Words("该年度没有统一格式", "reports for that year followed no common form"))
            return
    used = [(section_name(table.matrix.key), table.form) for table in tables]
    zh = "、".join(f"{name.zh}用{form.label}" for name, form in used)
    en = ", ".join(f"{name.en} is on {form.english}" for name, form in used)
    if not used:
        yield not_applicable(rule, report, Words("没有可据以辨别格式的表格", "there is no table that shows which form was used"))
    elif expected is None:
        why = Words(
            f"{zh}；报告年度不明，不能判断格式是否正确", f"{en}; the report year is not known, so whether that is right cannot be said"
        )
        yield _found(rule, subject, Verdict.UNKNOWN, why)
    else:
        right = all(form.id == expected.id for _, form in used)
        asked = Words(expected.label, expected.english)
        yield _found(rule, subject, Verdict.HOLDS if right else Verdict.BROKEN, report.year, asked, Words(zh, en))


def _title(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S510: organ, year and the name of the report; what the report's own organ and year are, the title says too."""
    report = subject.report
    if not rule.applies_to(subject.form.id):
        yield not_applicable(rule, report, Words("该格式的标题另有规定", "a form of its own has a title of its own"))
        return
    if not report.title:
        yield _found(rule, subject, Verdict.UNKNOWN, Words("文件中没有标题", "the document has no title"))
        return
    found = _TITLE.fullmatch(fold(report.title))
    right = found is not None and bool(found["organ"])
    if found is not None and report.year is not None:
        right = right and int(found["year"]) == report.year
    if found is not None and report.organ:
        organ = fold(report.organ)
        right = right and (found["organ"] in organ or organ in found["organ"])
    asked = f"{report.organ or '〈机关〉'}{report.year or '〈年份〉'}年政府信息公开工作年度报告"
    yield _found(rule, subject, Verdict.HOLDS if right else Verdict.BROKEN, report.title, asked)


def _length(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """S512: characters without white space."""
    report = subject.report
    if not rule.applies_to(subject.form.id):
        yield not_applicable(rule, report, Words("只适用于2021年格式", "asked for on the form of 2021 only"))
        return
    if report.overview is None:
        yield undecided(rule, report, Words("没有第一部分的文字", "section 1 is not there"))
        return
    longest = subject.limits.number(rule, "longest")
    length = len("".join(report.overview.split()))
    verdict = Verdict.HOLDS if length <= longest else Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, left=length, right=longest, report=report)


# The softening is done, not only said: a finding of 2019 already weighs less, and needs no excuse beside it.
_FORM = Words(
    "统一格式；《政府信息公开条例》第五十条；2019年度可参照执行，降一级（国办公开办函〔2019〕60号）",
    "the form; 政府信息公开条例 article 50; for 2019 it could be followed loosely, a step lower (国办公开办函〔2019〕60号)",
)
S505: Rule[Subject] = Rule(
    "S505",
    "form-for-year",
    Words(
        "2019、2020年度用2019年格式，2021年度起用2021年格式",
        "Reports for 2019 and 2020 are on the form of 2019, later ones on that of 2021.",
    ),
    Severity.ERROR,
    Extent.REPORT,
    Words(
        "国办公开办函〔2019〕60号（2019年度可参照执行，降一级）；国办公开办函〔2021〕30号",
        "国办公开办函〔2019〕60号 (for 2019 it could be followed loosely: a step lower); 国办公开办函〔2021〕30号",
    ),
    _form_for_year,
    explained("{0}年度报告应用{1}，而{2}", "a report for {0} is filed on {1}, but {2}"),
    _BOTH,
)
RULES: tuple[Rule[Subject], ...] = (
    Rule(
        "S501",
        "six-sections",
        Words("六个部分齐全", "All six sections are there."),
        Severity.ERROR,
        Extent.REPORT,
        _FORM,
        _six,
        explained("缺少{0}", "missing: {0}"),
    ),
    Rule(
        "S502",
        "section-order",
        Words("各部分按一至六的次序", "The sections stand in the form's order."),
        Severity.ERROR,
        Extent.REPORT,
        _FORM,
        _order,
        explained("{0}的位置不对", "out of place: {0}"),
        never=((Verdict.UNKNOWN, Words("标题的次序总是看得出的", "the order of the headings that are there can always be seen")),),
    ),
    Rule(
        "S503",
        "heading-text",
        Words(
            "各部分标题与格式一致（编号、空格、括号不计）；常见的其他写法只作提示",
            "Each heading is worded as in the form, numbering, spaces and brackets aside; other wordings often seen are only noted.",
        ),
        Severity.WARNING,
        Extent.REPORT,
        _FORM,
        _headings,
        explained("标题（{0}）应为“{1}”", "the heading ({0}) should read '{1}'"),
        never=((Verdict.UNKNOWN, Words("辨认出的标题都有文字", "a heading that was recognised has its words")),),
    ),
    Rule(
        "S504",
        "table-shape",
        Words("各表的行和列齐全，次序与格式一致", "Every row and column of the form is there, in its order."),
        Severity.ERROR,
        Extent.TABLE,
        _FORM,
        _shape,
        explained("{0}：{1}", "{0}: {1}"),
        never=((Verdict.UNKNOWN, Words("表已辨认出，行列有无即可看出", "of a table that was recognised a row is there or not")),),
    ),
    S505,
    Rule(
        "S510",
        "title",
        Words("标题为“〈机关〉〈年份〉年政府信息公开工作年度报告”", "The title reads 〈organ〉〈year〉年政府信息公开工作年度报告."),
        Severity.WARNING,
        Extent.REPORT,
        Words("格式的标题", "the form's title"),
        _title,
        explained("标题为“{0}”，应为“{1}”", "the title reads '{0}' and should read '{1}'"),
        _BOTH,
    ),
    Rule(
        "S512",
        "overview-length",
        Words("第一部分不超过1000字", "Section 1 has no more than 1,000 characters."),
        Severity.INFO,
        Extent.REPORT,
        Words("地方通知（格式原文未经核对）", "a city's notice (the form's own words were not checked)"),
        _length,
        explained("第一部分{left}字，超过{right}字", "section 1 has {left} characters, more than {right}"),
        ("cn-2021",),
        Words("各级政府的报告往往较长", "reports of governments are often longer"),
        (Threshold("longest", 1000, Words("最多字数，不计空白", "the most characters, white space not counted")),),
    ),
)
