"""Documents in, readings and findings out, as record batches: the functions that one machine and a cluster both run."""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve, fields, frozen

from govinfo.columns import from_table, to_table
from govinfo.columns import schema as reports_schema
from govinfo.columns.arrow import pa, pc
from govinfo.columns.findings import SIDE
from govinfo.convert import from_json
from govinfo.convert.lines import brief, is_json
from govinfo.errors import DataError, MissingExtraError, ReadError
from govinfo.findings import Finding, Verdict
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.keys import Section
from govinfo.readers import read
from govinfo.reading import Heading, Leftover, Origin, Reading, Repair, RepairKind
from govinfo.report import Report, plain
from govinfo.rules import check

_TEXT = pa.string()
_ORIGIN = [(each.name, _TEXT if each.name in ("raw", "sheet") else pa.int32()) for each in fields(Origin)]
_PLACED = {"origin": pa.struct(_ORIGIN)}

HEAD = {"source": _TEXT, "url": _TEXT, "sha256": _TEXT, "bytes": pa.int64()}
FAILURE = {"kind": _TEXT, "problem": _TEXT, "remedy": _TEXT}
TRACE = {
    "headings": pa.list_(pa.struct({"section": _TEXT, "text": _TEXT, **_PLACED})),
    "leftovers": pa.list_(pa.struct({"text": _TEXT, "section": _TEXT, "why": _TEXT, **_PLACED})),
    "repairs": pa.list_(pa.struct({"kind": _TEXT, "original": _TEXT, "repaired": _TEXT, **_PLACED})),
    "origins": pa.list_(pa.struct({"address": _TEXT, **_PLACED})),
}
FINDINGS = pa.schema(
    {"source": _TEXT, "organ": _TEXT, "year": pa.int32()}
    | dict.fromkeys(("code", "name", "line", "severity", "verdict"), _TEXT)
    | {"cells": pa.list_(_TEXT), "left": SIDE, "right": SIDE, "message_zh": _TEXT, "message_en": _TEXT}
)
"""What `findings_of` gives: one row for each finding that is broken or unknown."""

_HTML = 8192  # bytes of a page in which its own address may stand
_SAVED = re.compile(rb"saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url: (\S+)")
_CANONICAL = re.compile(rb"<link\b[^<>]{0,200}\brel=[\"']?canonical\b[^<>]{0,2000}")
_HREF = re.compile(rb"\bhref=[\"']?(https?://[^\s\"'<>]{1,1900})")
_URL = re.compile(r"https?://[^\s\"'<>]{1,1900}")

Reader = Callable[[bytes], Reading]
REPORT_IT = "this is a defect of govinfo or of a library: please report it with the document"


@frozen
class Failure:
    """Why a document gave no report.

    `kind` is `unreadable` (no report that can be read), `missing-extra`, `crashed` (its reader ended the process), `time-limit`,
    `memory`, `defect` (the reader raised what it should not), or `unopened` (the file itself could not be read).
    """

    kind: str
    problem: str
    remedy: str = ""


@frozen
class Attempt:
    """A document and what reading it gave: a reading, or a failure."""

    source: str
    url: str | None
    sha256: str | None
    size: int | None
    outcome: Reading | Failure


def digest(content: bytes) -> str:
    """The content hash of a document: SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def taken(content: bytes, *, forms: Sequence[Form] = FORMS) -> Reading:
    """A report of `govinfo.report/1`: without a trace, for it is not known what document it was read from. Raises `DataError`."""
    return Reading(from_json(content, forms=forms))


def attempt(source: str, url: str | None, content: bytes, *, reader: Reader = read) -> Attempt:
    """Read one document. Nothing that its reader raises is raised here, other than what ends the process."""
    outcome: Reading | Failure
    try:
        outcome = reader(content)
    except ReadError as error:
        outcome = Failure("unreadable", error.problem, error.remedy)
    except DataError as error:
        outcome = Failure("unreadable", brief(error), "accepted is govinfo.report/1, as `govinfo convert` writes it")
    except MissingExtraError as error:
        outcome = Failure("missing-extra", str(error))
    except MemoryError:
        outcome = Failure("memory", "reading it takes more memory than a document may")
    except Exception as error:  # noqa: BLE001 -- a defect of a reader costs this document only, and is recorded as one
        outcome = Failure("defect", f"{type(error).__name__}: {error}", REPORT_IT)
    return Attempt(source, url or published_at(content), digest(content), len(content), outcome)


def published_at(content: bytes) -> str | None:
    """The address that a saved page says it was published at: what browsers note when they save it, or its canonical link."""
    head = content[:_HTML]
    if b"<" not in head or is_json(head):
        return None
    if found := _SAVED.search(head):
        address = found[1] or found[2]
    else:
        link = _CANONICAL.search(head)
        href = _HREF.search(link[0]) if link else None
        address = href[1] if href else b""
    text = address.decode("utf-8", "replace")
    return text if _URL.fullmatch(text) else None


# --- readings ----------------------------------------------------------------------------------------------------------


def readings_schema(forms: Sequence[Form] = FORMS) -> Any:
    """What `readings_batch` gives, one row a document: its name, address, hash and size; the failure, or a report with its trace."""
    return pa.schema([*map(pa.field, HEAD, HEAD.values()), *map(pa.field, FAILURE, FAILURE.values()), pa.field("figures", _TEXT),
                      *reports_schema(forms), *map(pa.field, TRACE, TRACE.values())])  # fmt: skip


def readings_batch(attempts: Sequence[Attempt], *, forms: Sequence[Form] = FORMS) -> Any:
    """Attempts as a record batch of `readings_schema(forms)`; one that no table can hold becomes a failure."""
    try:
        return _readings(attempts, forms)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        if len(attempts) == 1:
            told = Failure("defect", f"its reading cannot be stored: {type(error).__name__}", REPORT_IT)
            return _readings([evolve(attempts[0], outcome=told)], forms)
    return pa.concat_batches([readings_batch([each], forms=forms) for each in attempts])


def _readings(attempts: Sequence[Attempt], forms: Sequence[Form]) -> Any:
    failures = [each.outcome if isinstance(each.outcome, Failure) else None for each in attempts]
    readings = [each.outcome if isinstance(each.outcome, Reading) else None for each in attempts]
    reports = to_table([reading.report if reading else Report() for reading in readings], forms=forms)
    columns: dict[str, Any] = {
        "source": [each.source for each in attempts],
        "url": [each.url for each in attempts],
        "sha256": [each.sha256 for each in attempts],
        "bytes": [each.size for each in attempts],
        "kind": [failure and failure.kind for failure in failures],
        "problem": [failure and failure.problem for failure in failures],
        "remedy": [failure.remedy or None if failure else None for failure in failures],
        "figures": [fingerprint(reading.report) if reading else None for reading in readings],
        "headings": [r and [(h.section.value, h.text, _plain(h.origin)) for h in r.headings] for r in readings],
        "leftovers": [r and [(p.text, p.section and p.section.value, p.why, _plain(p.origin)) for p in r.leftovers] for r in readings],
        "repairs": [r and [(p.kind.value, p.original, p.repaired, _plain(p.origin)) for p in r.repairs] for r in readings],
        "origins": [r and [(address, _plain(origin)) for address, origin in r.origins.items()] for r in readings],
    }
    schema = readings_schema(forms)
    made = [pa.array(columns[f.name], f.type) if f.name in columns else _one(reports.column(f.name), f.type) for f in schema]
    return pa.record_batch(made, schema=schema)


def _plain(origin: Origin) -> tuple[Any, ...]:
    return (origin.raw, origin.line, origin.position, origin.page, origin.sheet, origin.table, origin.row, origin.column)


def _one(column: Any, kind: Any) -> Any:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], kind)


def fingerprint(report: Report) -> str | None:
    """The same for reports with the same figures on the same forms, whatever else they say; None without a table."""
    if not report.tables:
        return None
    shown: list[tuple[str, list[str]]] = []
    for table in report.tables:
        figures = zip(table.matrix.addresses, table.figures, strict=True)
        shown.append((table.form.id, [str(table.state(address)) if value is None else plain(value) for address, value in figures]))
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:32]


def attempts_of(batch: Any, *, forms: Sequence[Form] = FORMS) -> list[Attempt]:
    """The attempts of a record batch of `readings_schema(forms)`: the exact inverse of `readings_batch`."""
    failed = pc.is_valid(batch.column("kind")).to_pylist()
    own = [field.name for field in reports_schema(forms)]
    reports = iter(from_table(pa.Table.from_batches([batch.select(own)]).filter(pc.is_null(batch.column("kind"))), forms=forms))
    found: list[Attempt] = []
    for lost, row in zip(failed, batch.select([*HEAD, *FAILURE, *TRACE]).to_pylist(), strict=True):
        outcome = Failure(row["kind"], row["problem"], row["remedy"] or "") if lost else _reading(next(reports), row)
        found.append(Attempt(row["source"], row["url"], row["sha256"], row["bytes"], outcome))
    return found


def _reading(report: Report, row: dict[str, Any]) -> Reading:
    return Reading(
        report,
        tuple(Heading(Section(h["section"]), h["text"], Origin(**h["origin"])) for h in row["headings"]),
        tuple(
            Leftover(p["text"], None if p["section"] is None else Section(p["section"]), p["why"], Origin(**p["origin"]))
            for p in row["leftovers"]
        ),
        tuple(Repair(RepairKind(p["kind"]), p["original"], p["repaired"], Origin(**p["origin"])) for p in row["repairs"]),
        {each["address"]: Origin(**each["origin"]) for each in row["origins"]},
    )


# --- findings ----------------------------------------------------------------------------------------------------------


@frozen
class Checked:
    """Documents with what was found in them: a batch of `readings_schema()`, one of `FINDINGS`, and how many of these each document has."""

    readings: Any
    findings: Any
    counts: tuple[int, ...]


def checked(attempts: Sequence[Attempt]) -> Checked:
    """Hold every rule of one report against what was read; a report that cannot be checked or stored is a failure of its document alone."""
    try:
        readings = readings_batch(attempts)
        stored = pc.is_null(readings.column("kind")).to_pylist()
        found = [_found(each) if is_report else [] for each, is_report in zip(attempts, stored, strict=True)]
        return Checked(readings, findings_batch([row for rows in found for row in rows]), tuple(map(len, found)))
    except Exception as error:  # noqa: BLE001 -- a defect of a rule costs the documents that it meets, and is recorded as one
        if len(attempts) == 1:
            told = Failure("defect", f"its report cannot be checked: {type(error).__name__}: {error}", REPORT_IT)
            return Checked(readings_batch([evolve(attempts[0], outcome=told)]), findings_batch([]), (0,))
    alone = [checked([each]) for each in attempts]
    return Checked(
        pa.concat_batches([each.readings for each in alone]),
        pa.concat_batches([each.findings for each in alone]),
        tuple(count for each in alone for count in each.counts),
    )


def findings_of(attempts: Iterable[Attempt]) -> Any:
    """The findings of attempts, in their order: a record batch of `FINDINGS`."""
    return findings_batch([row for each in attempts for row in _found(each)])


def _found(each: Attempt) -> list[tuple[str, Report, Finding]]:
    if not isinstance(each.outcome, Reading):
        return []
    subject = each.outcome if each.outcome.has_document else each.outcome.report
    return [(each.source, each.outcome.report, finding) for finding in listed(check(subject))]


def listed(findings: Iterable[Finding]) -> list[Finding]:
    """Those that a data set holds: what is broken and what is unknown."""
    return [finding for finding in findings if finding.verdict in (Verdict.BROKEN, Verdict.UNKNOWN)]


def findings_batch(rows: Sequence[tuple[str, Report, Finding]]) -> Any:
    """Findings, each with the source and the report that it stands with, as a record batch of `FINDINGS`."""
    found = [finding for _, _, finding in rows]
    columns: dict[str, list[Any]] = {
        "source": [source for source, _, _ in rows],
        "organ": [report.organ for _, report, _ in rows],
        "year": [report.year for _, report, _ in rows],
        "code": [f.code for f in found],
        "name": [f.name for f in found],
        "line": [f.line for f in found],
        "severity": [f.severity.value for f in found],
        "verdict": [f.verdict.value for f in found],
        "cells": [list(f.cells) for f in found],
        "left": [None if f.left is None else Decimal(f.left) for f in found],
        "right": [None if f.right is None else Decimal(f.right) for f in found],
        "message_zh": [f.message("zh") for f in found],
        "message_en": [f.message("en") for f in found],
    }
    return pa.record_batch([pa.array(columns[f.name], f.type) for f in FINDINGS], schema=FINDINGS)
