"""What rules and locator say, as data that a person can read and a test can compare: the golden records.

`python -m tests.golden.records` writes the files beside this one anew. Read the diff before you commit it: every line that changed
is something that the library now says otherwise of the same report, and SPEC or a source has to say that it is right. Wording is left
out, except for what a message must name: numbers and quoted names.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from typing import Any

from govinfo.balance import Balance
from govinfo.findings import Finding, Findings, Verdict, Words
from govinfo.locator import Correction, Diagnosis, locate
from govinfo.prose import Claim
from govinfo.report import Report

PLACE = Path(__file__).parent
Entry = dict[str, Any]
Records = dict[str, list[Entry]]
"""What is recorded, by the name of the case."""

_LISTED = 8  # lines that are said alike are named up to so many
_NAMED = re.compile(r"“[^”]*”|(?<!\w)'[^']*'|【[^】]*】|-?\d+(?:[.,:-]\d+)*%?")


# --- findings --------------------------------------------------------------------------------------------------------


def of_findings(findings: Iterable[Finding], *, quotes: bool = True, told: Container[Verdict] = tuple(Verdict)) -> list[Entry]:
    """The findings in their order; those that differ in nothing but the line that they speak of are one entry, with all their lines.

    Without `quotes` nothing is kept of what the report says in words; what a message names is kept for the verdicts that are to be `told`.
    """
    merged: dict[str, tuple[Entry, list[Finding]]] = {}
    for finding in findings:
        entry = _entry(finding, quotes=quotes)
        merged.setdefault(json.dumps(entry), (entry, []))[1].append(finding)
    largest: dict[str, int] = {}
    for entry, alike in merged.values():
        largest[entry["code"]] = max(largest.get(entry["code"], _LISTED), len(alike))
    entries: list[Entry] = []
    for entry, alike in merged.values():
        messages = [_named(finding) for finding in alike]
        lines = [finding.line for finding in alike]
        shown: Entry = {"line": lines[0]}
        if len(lines) > 1:
            # The most that a rule says alike are all but those that are listed.
            others = len(lines) == largest[entry["code"]]
            shown = {"lines": "all others" if others else _folded(tuple(lines)), "times": len(lines)}
        said: Entry = {"zh": messages[0][0], "en": messages[0][1]} if len(alike) == 1 and quotes and alike[0].verdict in told else {}
        entries.append({key: value for key, value in (shown | entry | said).items() if value not in ("", None, [])})
    return entries


def _entry(finding: Finding, *, quotes: bool) -> Entry:
    spoken_of: list[Report | None] = [about.report for about in finding.about] or [finding.report]
    assert all(isinstance(report, Report) for report in spoken_of), f"{finding!r} does not say of which report it speaks"
    return {
        "code": finding.code,
        "verdict": str(finding.verdict),
        "severity": str(finding.severity),
        "cells": [_folded(_starred(finding.cells, finding.line))] if finding.cells else [],
        "left": _plain(finding.left),
        "right": _plain(finding.right),
        "facts": [_plain(fact, finding.line) for fact in finding.facts] if quotes else [],
        "about": [
            [about.organ, about.year, None if about.scope is None else str(about.scope), _folded(_starred(about.cells, finding.line))]
            for about in finding.about
        ],
    }


def _named(finding: Finding) -> tuple[str, str]:
    """The numbers and the quoted names of both messages, in their order. Fails where a message is empty or says what is not there."""
    named: list[str] = []
    for lang in ("zh", "en"):
        message = finding.rule.explain(finding).said(lang)
        assert message.strip(), f"{finding!r} has no message in {lang}"
        assert not re.search(r"None|\{|\}|Words\(|Decimal\(|<", message), f"{finding!r} says {message!r}"
        full = finding.message(lang)
        exceptions = finding.rule.exceptions
        excused = finding.verdict is Verdict.BROKEN and exceptions is not None
        assert full.startswith(message), finding
        assert (excused and exceptions is not None and exceptions.said(lang) in full) or full == message, finding
        named.append(" ".join(_NAMED.findall(message)))
    return named[0], named[1]


def _plain(value: object, line: str = "") -> Any:
    """A value as JSON has it; words in the form that `_numbered` replaces."""
    if isinstance(value, Words):
        assert bool(value.zh) == bool(value.en), f"{value!r} in one language only"
        return _Said(_NAMED.sub("", value.zh)) if value.zh else ""
    if isinstance(value, Balance):
        return f"{value.code} {'*' if value.line == line else value.line}"
    if isinstance(value, Claim):
        return {"measure": value.measure, "number": str(value.number), "certain": value.certain, "bound": str(value.bound)}
    if isinstance(value, Decimal | dt.date):
        return str(value)
    assert value is None or isinstance(value, str | int), value
    return value


class _Said(str):
    """What was said in words, of which only that it was said is recorded."""

    __slots__ = ()


def _numbered(records: Mapping[str, list[Entry]]) -> Records:
    """The records with a number for what is said in words, by rule: another reason is another number, the same in other words is not."""
    seen: dict[str, dict[str, int]] = {}

    def fact(code: str, given: Any) -> Any:
        if not isinstance(given, _Said):
            return given
        reasons = seen.setdefault(code, {})
        return f"words {reasons.setdefault(str(given), len(reasons) + 1)}"

    return {
        name: [
            entry | {"facts": [fact(entry["code"], given) for given in entry["facts"]]} if "facts" in entry else entry for entry in entries
        ]
        for name, entries in records.items()
    }


def _starred(cells: tuple[str, ...], line: str) -> tuple[str, ...]:
    """The addresses with * for the line of the instance, so that what is said alike of many lines is recorded once."""
    if not line:
        return cells
    return tuple("*" if cell == line else ".".join("*" if part == line else part for part in cell.split(".")) for cell in cells)


def _folded(cells: tuple[str, ...]) -> str:
    """Addresses in their order, those of one row or one column together: `requests.granted.{total,enterprise}`."""
    shown: list[str] = []
    waiting = list(cells)
    while waiting:
        runs = [_run(waiting, place) for place in (1, 2)]
        longest = max(runs, key=lambda run: run[0])
        shown.append(longest[1])
        del waiting[: longest[0]]
    return " ".join(shown)


def _run(cells: list[str], place: int) -> tuple[int, str]:
    """How many of the first addresses differ in that part only, and all of them as one."""
    first, *others = (cell.split(".") for cell in cells)
    alike = [first, *takewhile(lambda other: _but(other, place) == _but(first, place), others)]
    if len(alike) == 1:
        return 1, cells[0]
    return len(alike), ".".join([*first[:place], "{" + ",".join(other[place] for other in alike) + "}", *first[place + 1 :]])


def _but(parts: list[str], place: int) -> tuple[list[str], int]:
    return parts[:place] + parts[place + 1 :], len(parts)


# --- diagnoses -------------------------------------------------------------------------------------------------------


def of_diagnosis(report: Report, diagnosis: Diagnosis) -> list[Entry]:
    """How far the answer goes, each set of corrections, likeliest first, and what was found for each group of balances.

    Sets that are equally likely stand in no order of their own, and are recorded by the cells' names.
    """
    ranks = [_rank(correction) for correction in diagnosis.corrections]
    assert ranks == sorted(ranks), "less likely corrections stand first"
    head: Entry = {
        "unique": diagnosis.unique,
        "complete": diagnosis.complete,
        "unlisted": diagnosis.unlisted,
        "deduced": dict(diagnosis.deduced),
        "apart": [[len(one.corrections), one.unique, one.complete, one.unlisted] for one in diagnosis.apart],
    }
    sets = [
        {
            "exact": correction.exact,
            **{change.address: f"{change.printed} > {change.value}, {change.slip}" for change in correction.changes},
        }
        for correction in diagnosis.corrections
    ]
    for correction in diagnosis.corrections:
        # Nothing wrong is frozen: every set changes what is printed, and leaves nothing to correct.
        assert all(report[change.address] == change.printed != change.value for change in correction.changes)
        assert not locate(correction.apply(report)).corrections
    order = sorted(range(len(sets)), key=lambda place: (ranks[place], json.dumps(sets[place])))
    return [{key: value for key, value in head.items() if value not in ({}, [])}, *(sets[place] for place in order)]


def _rank(correction: Correction) -> tuple[int, int]:
    changes = correction.changes
    return sum(change.slip.rank for change in changes), sum(abs(change.value - change.printed) for change in changes)


# --- files -----------------------------------------------------------------------------------------------------------


def written(records: Mapping[str, list[Entry]]) -> str:
    """JSON of one line an entry, so that a diff shows what changed."""
    cases = (
        f"{json.dumps(name, ensure_ascii=False)}: [\n" + ",\n".join(f"  {json.dumps(e, ensure_ascii=False)}" for e in entries) + "\n]"
        for name, entries in _numbered(records).items()
    )
    return "{\n" + ",\n".join(cases) + "\n}\n"


def path_of(name: str) -> Path:
    """Where the records of that name stand."""
    return PLACE / f"{name}.json"


def compare(name: str, records: Mapping[str, list[Entry]]) -> None:
    """Fail where the records are not those of the file, with the lines that differ."""
    expected: Records = json.loads(path_of(name).read_text(encoding="utf-8"))
    own: Records = json.loads(written(records))
    differ = [case for case in {**expected, **own} if expected.get(case) != own.get(case)]
    shown = [
        f"{sign} {case}: {json.dumps(entry, ensure_ascii=False)}"
        for case in differ[:5]
        for sign, these, those in (("-", expected, own), ("+", own, expected))
        for entry in these.get(case, [])
        if entry not in those.get(case, [])
    ]
    again = "python -m tests.golden.records writes the file anew; read the diff before you commit it"
    assert not differ, "\n".join([f"{name}.json differs in {len(differ)} of {len(own)} cases ({again}):", *shown[:40]])


def unique_names(cases: Iterable[tuple[str, Callable[[], Findings], str]]) -> Iterator[tuple[str, Callable[[], Findings], str]]:
    """The cases, those of a name that was there before numbered."""
    seen: dict[str, int] = {}
    for name, found, code in cases:
        seen[name] = seen.get(name, 0) + 1
        yield (name if seen[name] == 1 else f"{name} {seen[name]}"), found, code


if __name__ == "__main__":
    from tests.golden import records, said  # this module by its name: what `said` makes is of its classes

    for name, made in said.RECORDED.items():
        records.path_of(name).write_text(records.written(made()), encoding="utf-8", newline="\n")
