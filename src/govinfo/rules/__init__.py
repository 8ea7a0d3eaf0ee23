"""The rules that reports are held against, one module for each kind, and the functions that hold them.

Arithmetic rules are balances of the form; the others are small functions in visible lists. Codes never change.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

from govinfo.errors import FigureError
from govinfo.findings import Coverage, Finding, Findings, Rule, Verdict, Words
from govinfo.fold import fold
from govinfo.keys import AdminLevel, OrganKind, ReportScope
from govinfo.reading import Reading
from govinfo.report import Report
from govinfo.rules import arithmetic
from govinfo.rules.catalogue import NOT_COMPUTABLE, OF_PARTS, OF_REPORT, OF_YEARS, RULES
from govinfo.rules.organ import organ_of, same_body
from govinfo.rules.profile import DEFAULT, PROFILES, STRICT, Profile
from govinfo.rules.subject import Parts, Subject, Years
from govinfo.table import exactly

__all__ = ["DEFAULT", "NOT_COMPUTABLE", "PROFILES", "RULES", "STRICT", "Profile", "check", "check_parts", "check_years"]

S = TypeVar("S")


def check(
    report: Report | Reading,
    *,
    organ_kind: OrganKind | str | None = None,
    level: AdminLevel | str | None = None,
    profile: Profile | None = None,
) -> Findings:
    """Hold every rule of one report against it: one finding for each instance of a rule, whatever its verdict.

    A `Reading` lets the rules see the document as well; on a bare `Report` those that need it do not apply. What kind
    of body files the report, and at which level, is taken from its name where that is certain and not given here; else
    the rules that need it do not apply. Nothing is raised for a broken report (see `Findings.raise_for_errors`).
    Raises `TypeError` for anything else than the two, `FigureError` for an unknown kind or level.

    >>> from govinfo.forms import CN_2021
    >>> from govinfo.report import Table
    >>> figures = dict.fromkeys(CN_2021.disputes.addresses, 0) | {"disputes.reconsideration.upheld": 1}
    >>> [str(f) for f in check(Report(disputes=Table.of(CN_2021.disputes, figures))).errors]
    ["D401 section 4, row 'Reconsideration': the sum of 4 cells, 1, should equal Total 0"]
    """
    profile = profile or DEFAULT
    given = Subject.of(report)
    subject = Subject(given.report, given.reading, organ_of(given.report, organ_kind, level), profile.limits)
    found = _held(OF_REPORT, subject, profile)
    if profile.select is None:
        with exactly():
            found += [profile.weighed(finding) for finding in arithmetic.of_other_forms(subject)]
    return Findings(tuple(found))


def check_years(reports: Iterable[Report | Reading], *, profile: Profile | None = None) -> Findings:
    """Hold the rules of two consecutive years against any number of reports of one organ, in whatever order.

    Where a year is missing between two reports, where they are of different organs (by name) or different scopes, the
    rules do not apply to that pair, and the finding says why. A finding's `about` says which reports it speaks of, the
    earlier first, and which cells of each; `cells` and the sides name the later year's first.
    Raises `FigureError` for a report without a year and for a year that is there twice, `TypeError` as `check`.
    """
    profile = profile or DEFAULT
    given = [Subject.of(report).report for report in reports]
    if unknown := [report for report in given if report.year is None]:
        raise FigureError("year", unknown[0].organ, "reports that say their year")
    years = Counter(report.year for report in given)
    if twice := [year for year, times in years.items() if times > 1]:
        raise FigureError("year", twice[0], "one report a year; this year is there twice")
    ordered = sorted(given, key=lambda report: report.year or 0)
    found: list[Finding] = []
    for before, after in pairwise(ordered):
        found += _held(OF_YEARS, Years(before, after, _apart(before, after), profile.limits), profile)
    if not found:
        alone = Words("不足两年，不能比较", "fewer than two years: there is nothing to compare")
        found = [Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, facts=(alone,)) for rule in OF_YEARS if profile.chosen(rule.code)]
    return Findings(tuple(found))


def check_parts(
    whole: Report | Reading,
    parts: Iterable[Report | Reading],
    *,
    complete: bool = False,
    expected: Iterable[str] | None = None,
    profile: Profile | None = None,
) -> Findings:
    """Hold a government's report, an aggregate, against those of its bodies, all of one year.

    Sums are compared only where the whole is an aggregate, every part counts its own organ alone, and the parts are all
    there are: `complete` declares that they are and do not overlap, or `expected` names the bodies that there are.
    What is not known is not assumed: the findings say what is missing, and `Findings.coverage` which parts there are.
    Raises `FigureError` for a part that is the whole, for a part that is there twice, and for a part of another year;
    `TypeError` as `check`.
    """
    profile = profile or DEFAULT
    top, own = Subject.of(whole).report, tuple(Subject.of(part).report for part in parts)
    _refuse_parts(top, own)
    coverage = _coverage(top, own, expected, complete=complete)
    return Findings(tuple(_held(OF_PARTS, Parts(top, own, coverage, profile.limits), profile)), coverage)


def _coverage(whole: Report, parts: Sequence[Report], expected: Iterable[str] | None, *, complete: bool) -> Coverage:
    """Which bodies the parts are, held against the names of those that there are, where these are known."""
    names = tuple(part.organ for part in parts)
    if expected is None:
        return Coverage(names, complete=complete)
    if isinstance(expected, str):
        raise FigureError("expected", expected, "a list of the names of bodies")
    wanted = {fold(name): name for name in expected}
    there = {fold(name or "") for name in names}
    missing = tuple(name for key, name in wanted.items() if key not in there)
    # The whole's own organ (本级) is a part beside the bodies that are named.
    unexpected = tuple(name for name in names if fold(name or "") not in {*wanted, fold(whole.organ or "")})
    return Coverage(names, missing, not missing and (complete or not unexpected), unexpected)


def _held(rules: Iterable[Rule[S]], subject: S, profile: Profile) -> list[Finding]:
    with exactly():
        found = [finding for rule in rules if profile.chosen(rule.code) for finding in rule.findings(subject)]
    return found if profile.plain else [profile.weighed(finding) for finding in found]


def _apart(before: Report, after: Report) -> Words | None:
    """Why two reports are not of consecutive years of one organ and one scope, as far as they say."""
    assert before.year is not None  # noqa: S101 -- refused before
    assert after.year is not None  # noqa: S101 -- refused before
    if after.year != before.year + 1:
        lacking = f"{before.year + 1}" if after.year == before.year + 2 else f"{before.year + 1}-{after.year - 1}"
        return Words(f"缺少{lacking}年度报告", f"the report of {lacking} is missing")
    if not same_body(before.organ, after.organ):
        return Words(f"机关名称不同：{before.organ}、{after.organ}", f"different organs: {before.organ}, {after.organ}")
    if None not in (before.scope, after.scope) and before.scope is not after.scope:
        return Words("统计范围不同（一为本机关，一为汇总）", "different scopes: one counts its own organ, the other an aggregate")
    return None


def _refuse_parts(whole: Report, parts: Sequence[Report]) -> None:
    names = Counter(fold(part.organ) for part in parts if part.organ)
    times = Counter(map(id, parts))
    for number, part in enumerate(parts, 1):
        shown = part.organ or f"part {number}"
        itself = part.organ and whole.organ and fold(part.organ) == fold(whole.organ) and part.scope is ReportScope.AGGREGATE
        if part is whole or itself or (part == whole and part.organ):
            raise FigureError("parts", shown, "parts of the whole; this one is the whole itself")
        if (part.organ and names[fold(part.organ)] > 1) or times[id(part)] > 1:
            raise FigureError("parts", shown, "every part once; this one is there twice")
        if None not in (part.year, whole.year) and part.year != whole.year:
            raise FigureError("parts", f"{shown} {part.year}", f"reports for {whole.year}, the year of the whole")
