"""Findings as SARIF 2.1.0 (OASIS standard), which code scanning and many editors show."""

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any

from govinfo.cli.checking import Checked
from govinfo.cli.located import cells, spot
from govinfo.cli.said import diagnosed
from govinfo.cli.suspects import suspects_of
from govinfo.findings import Finding, Lang, Rule, Severity, Verdict

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def sarif(found: Iterable[Checked], lang: Lang) -> dict[str, Any]:
    """One log with one run. What is unknown is of kind `open`; suspects and what was deduced are with the artifact."""
    rules: dict[str, Rule[Any]] = {}
    results: list[dict[str, Any]] = []
    artifacts: list[dict[str, Any]] = []
    for checked in found:
        artifacts.append(_artifact(checked, lang))
        for finding in checked.listed:
            rules.setdefault(finding.code, finding.rule)
            results.append(_result(checked, finding, len(artifacts) - 1, list(rules).index(finding.code), lang))
    driver = {
        "name": "govinfo",
        "semanticVersion": version("govinfo"),
        "rules": [_rule(rule, lang) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _artifact(checked: Checked, lang: Lang) -> dict[str, Any]:
    about = {"source": checked.source, "year": checked.report.year, "organ": checked.report.organ, **diagnosed(checked.diagnosis)}
    said = [words.said(lang) for _, words in suspects_of(checked)]
    artifact: dict[str, Any] = {"location": {"uri": spot(checked).uri}, "properties": about}
    return {**artifact, "description": _message("\n".join(said))} if said else artifact


def _rule(rule: Rule[Any], lang: Lang) -> dict[str, Any]:
    exceptions = [rule.exceptions.said(lang)] if rule.exceptions else []
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": _message(rule.statement.said(lang)),
        "help": _message("\n".join([rule.source.said(lang), *exceptions])),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(checked: Checked, finding: Finding, artifact: int, rule: int, lang: Lang) -> dict[str, Any]:
    broken = finding.verdict is Verdict.BROKEN
    own = cells(checked, finding)
    result = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "kind": "fail" if broken else "open",
        "level": _LEVELS[finding.severity] if broken else "none",
        "message": _message(finding.message(lang)),
        "locations": [_location(checked, own[0] if own else None, artifact)],
    }
    related = [{"id": number, **_location(checked, cell, artifact)} for number, cell in enumerate(own[1:], 1)]
    return {**result, "relatedLocations": related} if related else result


def _location(checked: Checked, cell: str | None, artifact: int) -> dict[str, Any]:
    place = spot(checked, cell)
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.uri, "index": artifact}}
    if place.line:
        physical["region"] = {"startLine": place.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if cell:
        location["logicalLocations"] = [{"fullyQualifiedName": cell, "kind": "member"}]
    return location


def _message(text: str) -> dict[str, str]:
    """A message object; braces would be placeholders."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}
