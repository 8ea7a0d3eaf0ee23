"""What the type checkers must refuse. Nothing here is run.

Every ignored line has to be an error for mypy (unused ignores are errors) and, by the next line, for pyright.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

import govinfo
from govinfo import CN_2021, Applicant, DisputeResult, Finding, Findings, Outcome, Reading, Report, Table, strategies
from govinfo.columns import from_table, to_table


def a_value_is_immutable(report: Report, table: Table, finding: Finding) -> None:
    report.year = 2023  # type: ignore[misc]  # frozen
    table.figures = ()  # type: ignore[misc]  # frozen
    finding.cells = ()  # type: ignore[misc]  # frozen
    table["granted", "total"] = 1  # type: ignore[index]  # a Mapping, not a MutableMapping


def a_report_is_made_by_name(table: Table) -> None:
    Report("某某局", 2023)  # type: ignore[call-arg]  # keywords only
    Report(year="2023")  # type: ignore[arg-type]  # text is no year
    Report(requests={"granted": 1})  # type: ignore[arg-type]  # no table
    Report(summary="")  # type: ignore[call-arg]  # no such attribute
    Table.of(CN_2021.requests, {"requests.granted.total": "1"})  # type: ignore[dict-item]  # text is no count
    table.replace({"requests.granted.total": None})  # type: ignore[dict-item]  # a Mark says why there is no value


def a_table_may_be_missing(report: Report) -> None:
    report.requests[Outcome.GRANTED, Applicant.TOTAL]  # type: ignore[index]  # it may be None


def a_count_may_be_missing(table: Table) -> None:
    table[Outcome.GRANTED, Applicant.TOTAL] + 1  # type: ignore[operator]  # it may be None
    table[Outcome.GRANTED].total + 1  # type: ignore[operator]  # it may be None


def a_row_has_only_the_columns_of_the_forms(table: Table) -> None:
    print(table[Outcome.GRANTED].men)  # type: ignore[attr-defined]  # no form counts them


def a_key_is_a_key(table: Table) -> None:
    table[1]  # type: ignore[call-overload]  # rows have names
    table[Outcome.GRANTED, 1]  # type: ignore[index]  # columns have names
    table[Outcome.GRANTED, Applicant.TOTAL, DisputeResult.TOTAL]  # type: ignore[index]  # a cell has two keys


def functions_take_what_they_say(report: Report) -> None:
    govinfo.check("report.txt")  # type: ignore[arg-type]  # read it first
    govinfo.check(None)  # type: ignore[arg-type]  # nothing to check
    govinfo.render(report, "docs")  # type: ignore[call-overload]  # no such format
    govinfo.from_json({})  # type: ignore[arg-type]  # plain data is for from_dict
    govinfo.to_csv(report)  # type: ignore[arg-type]  # several reports
    govinfo.to_csv([report], shape="long")  # type: ignore[arg-type]  # no such shape
    govinfo.from_csv(b"")  # type: ignore[arg-type]  # text
    govinfo.json_schema("reports")  # type: ignore[arg-type]  # no such schema
    govinfo.form_for("2023")  # type: ignore[arg-type]  # a year is a number


def strategies_take_names_and_no_more() -> None:
    strategies.reports(CN_2021)  # type: ignore[call-arg]  # keywords only
    strategies.reports(year="2023")  # type: ignore[arg-type]  # a year is a number
    strategies.documents(format="odt")  # type: ignore[arg-type]  # no such format
    strategies.consecutive(2)  # type: ignore[arg-type]  # the years themselves
    strategies.consecutive(["2022"])  # type: ignore[list-item]  # a year is a number
    strategies.documents(damage=1)  # type: ignore[arg-type]  # its name
    strategies.broken_reports(301)  # type: ignore[arg-type]  # a code is text
    strategies.tables("requests")  # type: ignore[arg-type]  # the table of a form
    strategies.wholes_and_parts(parts=2)  # type: ignore[call-arg]  # max_parts


def a_reading_is_no_report(report: Report, reading: Reading) -> None:
    reading.report = report  # type: ignore[misc]  # frozen
    govinfo.to_json(reading)  # type: ignore[arg-type]  # reading.report
    govinfo.locate(reading)  # type: ignore[arg-type]  # reading.report
    govinfo.render("report", "html")  # type: ignore[call-overload]  # the report itself


def one_is_not_several(report: Report) -> None:
    govinfo.to_dict([report])  # type: ignore[arg-type]  # one report
    govinfo.aggregate(report)  # type: ignore[arg-type]  # several reports
    govinfo.diff([report], report)  # type: ignore[arg-type]  # one before, one after
    govinfo.check_years(report)  # type: ignore[arg-type]  # the years of an organ
    govinfo.check_parts([report], report)  # type: ignore[arg-type]  # the whole comes first
    govinfo.read("report.txt", forms=CN_2021)  # type: ignore[arg-type]  # a sequence of forms
    govinfo.from_json("{}", form=CN_2021)  # type: ignore[call-arg]  # forms
    to_table(report)  # type: ignore[arg-type]  # several reports
    from_table(report)  # type: ignore[arg-type]  # a table


def a_call_says_what_it_means(report: Report) -> None:
    govinfo.read(2023)  # type: ignore[arg-type]  # a path, bytes or a file
    govinfo.check(report, profile="strict")  # type: ignore[arg-type]  # a Profile
    report.replace({"requests.granted.total": "5"})  # type: ignore[dict-item]  # text is no count
    report.replace(organ="某局")  # type: ignore[call-arg]  # attrs.evolve
    report.year + 1  # type: ignore[operator]  # it may be None
    report["requests.granted.total"] + 1  # type: ignore[operator]  # the cell may have no value


def findings_are_asked_by_code(findings: Findings) -> None:
    findings.broken = ()  # type: ignore[misc]  # it is what was found
    findings.of(301)  # type: ignore[arg-type]  # a code is text


def a_document_is_text_or_bytes(report: Report) -> None:
    govinfo.render(report, "docx").encode()  # type: ignore[attr-defined]  # bytes already
    govinfo.render(report, "html").decode()  # type: ignore[attr-defined]  # text already
