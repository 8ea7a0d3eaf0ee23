"""What the type checkers must know about the public names. Nothing here is run: mypy and pyright read it."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

from cattrs import Converter
from hypothesis.strategies import SearchStrategy

import govinfo
from govinfo import (
    CN_2021,
    ORGANISATIONS,
    Applicant,
    CellState,
    Change,
    Correction,
    Counts,
    Diagnosis,
    DisputeResult,
    DisputeTrack,
    Finding,
    Findings,
    Flow,
    Form,
    Mark,
    Outcome,
    OutcomeGroup,
    ProactiveColumn,
    ProactiveRow,
    Profile,
    Reading,
    Report,
    ReportScope,
    Severity,
    Slip,
    Table,
    Verdict,
    strategies,
)
from govinfo.combine import Differences
from govinfo.convert import configure_converter, data_package, form_data
from govinfo.findings import NotComputable, Rule


def a_report_may_lack_anything(report: Report) -> None:
    assert_type(report.organ, str | None)
    assert_type(report.year, int | None)
    assert_type(report.scope, ReportScope | None)
    assert_type(report.published_on, dt.date | None)
    assert_type(report.overview, str | None)
    assert_type(report.requests, Table | None)
    assert_type(report.tables, tuple[Table, ...])
    assert_type(report.marks, Mapping[str, Mark])


def an_address_gives_a_count_an_amount_or_nothing(report: Report) -> None:
    assert_type(report["requests.granted.natural_person"], int | Decimal | None)


def keys_give_what_their_table_holds(table: Table) -> None:
    assert_type(table[Outcome.GRANTED, Applicant.NATURAL_PERSON], int | None)
    assert_type(table[Flow.NEW_RECEIVED, Applicant.TOTAL], int | None)
    assert_type(table[DisputeTrack.RECONSIDERATION, DisputeResult.UPHELD], int | None)
    assert_type(table[ProactiveRow.CHARGES, ProactiveColumn.AMOUNT_WAN], int | Decimal | None)
    assert_type(table["granted", "total"], int | Decimal | None)


def a_row_gives_counts_with_typed_fields(table: Table) -> None:
    assert_type(table[Outcome.GRANTED], Counts)
    assert_type(table[Outcome.GRANTED].natural_person, int | None)
    assert_type(table[Outcome.GRANTED].total, int | None)
    assert_type(table[DisputeTrack.DIRECT_LITIGATION].pending, int | None)
    assert_type(table[ProactiveRow.CHARGES].amount_wan, Decimal | None)


def a_table_says_what_its_cells_show(table: Table) -> None:
    assert_type(table.form, Form)
    assert_type(table.mark("requests.granted.total"), Mark | None)
    assert_type(table.state("requests.granted.total"), CellState)
    assert_type(table.subtotal(OutcomeGroup.DENIED, Applicant.TOTAL), int | Decimal | None)
    assert_type(table.subtotal([Outcome.GRANTED, OutcomeGroup.OTHER], ORGANISATIONS), int | Decimal | None)


def values_are_made_from_values(table: Table, report: Report) -> None:
    assert_type(Table.blank(CN_2021.requests), Table)
    assert_type(Table.of(CN_2021.requests, {"requests.granted.total": 1}), Table)
    assert_type(Table.of(CN_2021.proactive, {"proactive.charges.amount_wan": Decimal("1.5")}), Table)
    assert_type(table.replace({"requests.granted.total": Mark(CellState.BLANK)}), Table)
    assert_type(report.replace({"requests.granted.total": 3}), Report)


def a_check_gives_findings(report: Report, reading: Reading) -> None:
    assert_type(govinfo.check(report), Findings)
    assert_type(govinfo.check(reading), Findings)
    findings = govinfo.check(report)
    assert_type(findings.broken, tuple[Finding, ...])
    assert_type(findings.unknown, tuple[Finding, ...])
    assert_type(findings.errors, tuple[Finding, ...])
    assert_type(findings[0], Finding)
    assert_type(findings.counts, Mapping[Verdict, int])
    assert_type(findings[0].verdict, Verdict)
    assert_type(findings[0].severity, Severity)
    assert_type(findings[0].cells, tuple[str, ...])
    assert_type(findings[0].left, int | Decimal | None)
    assert_type(findings[0].message("en"), str)


def a_check_knows_more_than_the_report(report: Report, reading: Reading) -> None:
    profile = Profile(ignore=("C104",), thresholds={"R307": {"least": 50}})
    assert_type(govinfo.check(report, organ_kind=govinfo.OrganKind.TOWNSHIP, level="county", profile=profile), Findings)
    assert_type(govinfo.check_years([report, reading]), Findings)
    assert_type(govinfo.check_parts(report, [reading, report], complete=True), Findings)
    assert_type(govinfo.PROFILES, Mapping[str, Profile])
    assert_type(Profile.read("own.toml"), Profile)


def locating_gives_sets_of_corrections(report: Report) -> None:
    diagnosis = govinfo.locate(report)
    assert_type(diagnosis, Diagnosis)
    assert_type(diagnosis.corrections, tuple[Correction, ...])
    assert_type(diagnosis.unique, bool)
    assert_type(diagnosis.complete, bool)
    assert_type(diagnosis.deduced, Mapping[str, int])
    assert_type(diagnosis.groups, tuple[Diagnosis, ...])
    correction = diagnosis.corrections[0]
    assert_type(correction.cells, Mapping[str, int])
    assert_type(correction.changes, tuple[Change, ...])
    assert_type(correction.changes[0].slip, Slip)
    assert_type(correction.apply(report), Report)


def reading_and_writing(report: Report) -> None:
    assert_type(govinfo.read("report.txt"), Reading)
    assert_type(govinfo.read(Path("report.txt")), Reading)
    assert_type(govinfo.read(b""), Reading)
    with Path("report.txt").open("rb") as file:
        assert_type(govinfo.read(file), Reading)
    assert_type(govinfo.read("report.txt").report, Report)
    assert_type(govinfo.render(report, "markdown"), str)
    assert_type(govinfo.to_json(report), str)
    assert_type(govinfo.from_json("{}"), Report)
    assert_type(govinfo.from_json(b"{}", forms=(CN_2021,)), Report)
    assert_type(govinfo.to_dict(report), dict[str, Any])
    assert_type(govinfo.from_dict({}), Report)


def interchange(report: Report, form: Form) -> None:
    assert_type(govinfo.to_csv([report]), str)
    assert_type(govinfo.to_csv(iter([report]), shape="wide", forms=[form]), str)
    assert_type(govinfo.from_csv("", forms=(form,)), list[Report])
    assert_type(govinfo.json_schema(), dict[str, Any])
    assert_type(govinfo.json_schema("findings", forms=[form]), dict[str, Any])
    assert_type(data_package("wide", path="a.csv"), dict[str, Any])
    assert_type(form_data(form), dict[str, Any])
    assert_type(govinfo.make_converter(), Converter)
    configure_converter(govinfo.make_converter(), forms=[form], omit_nulls=True)


def several_reports(reports: list[Report], report: Report) -> None:
    assert_type(govinfo.aggregate(reports), Report)
    assert_type(govinfo.diff(report, report), Differences)
    assert_type(govinfo.diff(report, report).cells[0].change, int | Decimal | None)


def strategies_draw_what_they_say(form: Form) -> None:
    assert_type(strategies.reports(form=form, organ="某局", blanks=True), SearchStrategy[Report])
    assert_type(strategies.reports(year=2023, max_value=9), SearchStrategy[Report])
    assert_type(strategies.tables(form.requests, max_amount=3), SearchStrategy[Table])
    assert_type(strategies.counts(min_value=1), SearchStrategy[int])
    assert_type(strategies.money(max_value=Decimal("0.5")), SearchStrategy[Decimal])
    assert_type(strategies.marks(form.requests.cells[0], value=3), SearchStrategy[Mark])
    assert_type(strategies.broken_reports("R301", cells=2), SearchStrategy[strategies.Broken])
    assert_type(strategies.consecutive([2022, 2023]), SearchStrategy[list[Report]])
    assert_type(strategies.consecutive(range(2019, 2023), organ="某局"), SearchStrategy[list[Report]])
    assert_type(strategies.wholes_and_parts(max_parts=2), SearchStrategy[tuple[Report, tuple[Report, ...]]])
    assert_type(strategies.documents(format="html"), SearchStrategy[strategies.Document])


def what_strategies_draw(broken: strategies.Broken, document: strategies.Document) -> None:
    assert_type(broken.report, Report)
    assert_type(broken.changed, Mapping[str, tuple[int | Decimal, int | Decimal]])
    assert_type(broken.rules, frozenset[str])
    assert_type(document.content, bytes)
    assert_type(document.report, Report)


def errors_say_what_was_wrong(
    data: govinfo.DataError, figure: govinfo.FigureError, address: govinfo.AddressError, read: govinfo.ReadError
) -> None:
    assert_type(data.problems, tuple[tuple[str, str], ...])
    assert_type(figure.accepted, str)
    assert_type(address.form, str)
    assert_type(read.remedy, str)


def rules() -> None:
    assert_type(govinfo.RULES, Mapping[str, Rule[Any]])
    assert_type(govinfo.RULES["R301"].severity, Severity)
    assert_type(govinfo.NOT_COMPUTABLE, tuple[NotComputable, ...])


def forms(form: Form) -> None:
    assert_type(govinfo.form_for(2023), Form)
    assert_type(govinfo.FORMS, tuple[Form, ...])
    assert_type(form.requests.addresses, tuple[str, ...])
    assert_type(Outcome.GRANTED.group, OutcomeGroup)
