"""What the commands say of a reading and of its findings: as plain data for programs, as lines for people."""

import json
from typing import Any

from attrs import asdict, fields

from govinfo.cli.checking import Checked
from govinfo.convert import to_dict
from govinfo.findings import Finding, Lang, Words
from govinfo.locator import Diagnosis
from govinfo.reading import Origin, Reading
from govinfo.report import CellState, Table, Value, plain

_COMMA = Words("，", ", ")


def json_bytes(data: object) -> bytes:
    """JSON on one line, in UTF-8; what no UTF-8 can hold stands there as an escape."""
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "backslashreplace")


# --- for programs ----------------------------------------------------------------------------------------------------


def traced(source: str, reading: Reading) -> dict[str, Any]:
    """A reading with everything that it knows besides the report."""
    return {
        "source": source,
        "report": to_dict(reading.report),
        "headings": [_plain(heading) for heading in reading.headings],
        "leftovers": [_plain(leftover) for leftover in reading.leftovers],
        "repairs": [_plain(repair) for repair in reading.repairs],
        "origins": {address: _plain(origin) for address, origin in reading.origins.items()},
    }


def judged(checked: Checked, lang: Lang) -> dict[str, Any]:
    """What is broken or unknown in a report, and what the sums say of it."""
    return {
        "source": checked.source,
        "year": checked.report.year,
        "organ": checked.report.organ,
        "findings": [_finding(finding, lang) for finding in checked.listed],
        **diagnosed(checked.diagnosis),
    }


def diagnosed(diagnosis: Diagnosis) -> dict[str, Any]:
    """The suspects (smallest sets of corrections, likely slips first) and the blanks that the sums determine.

    `unique` says of a set that there is no other of its size, as far as the search was complete.
    """
    return {
        "suspects": [{"cells": dict(correction.cells), "unique": diagnosis.unique} for correction in diagnosis.corrections],
        "deduced": dict(diagnosis.deduced),
    }


def _finding(finding: Finding, lang: Lang) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "cells": list(finding.cells),
        "left": _number(finding.left),
        "right": _number(finding.right),
        "message": finding.message(lang),
    }


def _number(value: Value | None) -> int | str | None:
    return value if value is None or isinstance(value, int) else plain(value)


def _plain(part: Any) -> dict[str, Any]:
    """An attrs value as a dict; an origin says only what its kind of source can say."""
    return asdict(part, filter=lambda field, value: value is not None or field.name not in _ORIGIN)


_ORIGIN = {attribute.name for attribute in fields(Origin)}


# --- for people ------------------------------------------------------------------------------------------------------


def reading_line(source: str, reading: Reading, lang: Lang) -> str:
    """One line on a reading: whose report, of which year, on which form, how much of it is there."""
    report = reading.report
    who = [report.organ, str(report.year) if report.year else None]
    parts = [" ".join(part for part in who if part) or Words("未注明机关和年度", "no organ or year").said(lang)]
    parts += [_tables(report.tables, lang)]
    counted = (
        (len(reading.repairs), Words("处修复", "repaired")),
        (len(reading.leftovers), Words("段未归入", "left over")),
    )
    parts += [f"{count} {what.said(lang)}" for count, what in counted if count]
    return f"{source}: {_COMMA.said(lang).join(parts)}"


def _tables(tables: tuple[Table, ...], lang: Lang) -> str:
    if not tables:
        return Words("没有表格", "no tables").said(lang)
    forms = "/".join(dict.fromkeys(table.form.id for table in tables))
    cells = sum(len(table) for table in tables)
    missing = sum(mark.state is not CellState.VALUE for table in tables for _, mark in table.marked)
    counted = Words(f"{len(tables)} 张表 {cells} 格", f"{len(tables)} table{'s' * (len(tables) != 1)} of {cells} cells")
    without = [Words(f"{missing} 格没有数值", f"{missing} without value").said(lang)] if missing else []
    return _COMMA.said(lang).join([forms, counted.said(lang), *without])
