"""Findings as JUnit XML, in the shape that Jenkins and GitLab read: a suite for each report, a case for each rule."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from govinfo.cli.checking import Checked
from govinfo.findings import Finding, Lang, Severity, Verdict

# What no XML document can hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(found: Iterable[Checked], lang: Lang) -> bytes:
    """The document. A case fails where its rule is broken with severity error, and is skipped where nothing was decided.

    What is broken of lesser severity, or unknown beside what holds, is in the case's output.
    """
    root = Element("testsuites", name="govinfo")
    for checked in found:
        root.append(_suite(checked, lang))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _suite(checked: Checked, lang: Lang) -> Element:
    by_rule: dict[str, list[Finding]] = {}
    for finding in checked.findings:
        by_rule.setdefault(finding.code, []).append(finding)
    suite = Element("testsuite", name=_text(checked.source))
    for findings in by_rule.values():
        suite.append(_case(findings, lang))
    counts = {"failures": len(suite.findall("*/failure")), "errors": 0, "skipped": len(suite.findall("*/skipped"))}
    for name, number in {"tests": len(by_rule), **counts}.items():
        suite.set(name, str(number))
    return suite


def _case(findings: list[Finding], lang: Lang) -> Element:
    rule = findings[0].rule
    case = Element("testcase", classname=f"govinfo.{rule.code}", name=f"{rule.code} {rule.name}")
    failed = [finding for finding in findings if finding.verdict is Verdict.BROKEN and finding.severity is Severity.ERROR]
    rest = [finding for finding in findings if finding.verdict in (Verdict.BROKEN, Verdict.UNKNOWN) and finding not in failed]
    if failed:
        failure = SubElement(case, "failure", type="error", message=_text(rule.statement.said(lang)))
        failure.text = _listed(failed, lang)
    elif all(finding.verdict is Verdict.NOT_APPLICABLE for finding in findings):
        SubElement(case, "skipped", message="not applicable")
    elif all(finding.verdict is not Verdict.HOLDS for finding in findings) and not any(f.verdict is Verdict.BROKEN for f in findings):
        SubElement(case, "skipped", message="unknown")
    if rest:
        SubElement(case, "system-out").text = _listed(rest, lang)
    return case


def _listed(findings: list[Finding], lang: Lang) -> str:
    return _text("\n".join(f"{finding.severity} {finding.verdict}: {finding.message(lang)}" for finding in findings))


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
