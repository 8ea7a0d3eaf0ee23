"""What `govinfo check` says to people: suspects first, then what has no value, then the rest, and the counts at the end."""

from collections import Counter
from collections.abc import Iterator

from govinfo.cli.checking import Checked
from govinfo.cli.gaps import SEVERITIES, gap_lines
from govinfo.cli.suspects import suspect_lines, told
from govinfo.findings import Coverage, Extent, Finding, Findings, Lang, Severity, Verdict, Words

_MOST = 10  # findings of one rule and verdict that the text lists; JSON lists all
VERDICTS = {
    Verdict.HOLDS: Words("成立", "hold"),
    Verdict.BROKEN: Words("不成立", "broken"),
    Verdict.UNKNOWN: Words("无法判断", "unknown"),
    Verdict.NOT_APPLICABLE: Words("不适用", "not applicable"),
}
_COMMA = Words("，", ", ")


def answer_lines(checked: Checked, lang: Lang) -> Iterator[str]:
    """A headline; suspects with what they broke; cells without a value; other findings; the counts of all verdicts."""
    report = checked.report
    yield " ".join(part for part in (f"{checked.source}:", report.organ, str(report.year or "")) if part)
    suspects, explained = suspect_lines(checked, lang)
    gaps, repeated = gap_lines(checked, lang)
    said = {id(finding) for finding in (*explained, *repeated)}
    others = [finding for finding in checked.findings if id(finding) not in said]
    for line in (*suspects, *gaps, *_others(others, lang), *_notes(checked.findings, lang), *_totals(checked, lang)):
        yield f"  {line}"


def _others(findings: list[Finding], lang: Lang) -> Iterator[str]:
    for severity in Severity:
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.verdict is Verdict.BROKEN and finding.severity is severity:
                groups.setdefault(finding.code, []).append(finding)
        for code, group in groups.items():
            yield from _some(SEVERITIES[severity], [(code, told(finding, lang)) for finding in group], lang)
    # Several rules may lack the same thing: that is said once.
    lacking: dict[str, list[str]] = {}
    for finding in findings:
        if finding.verdict is Verdict.UNKNOWN:
            lacking.setdefault(told(finding, lang), []).append(finding.code)
    by_codes: dict[str, list[tuple[str, str]]] = {}
    for what, codes in lacking.items():
        named = Words("、", ", ").said(lang).join(dict.fromkeys(codes))
        by_codes.setdefault(named, []).append((named, what))
    for group_of_one in by_codes.values():
        yield from _some(VERDICTS[Verdict.UNKNOWN], group_of_one, lang)


def _some(label: Words, group: list[tuple[str, str]], lang: Lang) -> Iterator[str]:
    """A line for each of (code, what is said), and how many more there are."""
    for code, what in group[:_MOST]:
        yield f"{label.said(lang)} {code} {what}"
    if (more := len(group) - _MOST) > 0:
        said = Words(f"另有 {more} 处（--format json 全部列出）", f"{more} more (--format json lists all)")
        yield f"{label.said(lang)} {group[0][0]} {said.said(lang)}"


def _notes(findings: Findings, lang: Lang) -> Iterator[str]:
    """Which of the broken rules have legitimate exceptions, why reports were not compared, and which parts there were."""
    codes = list(dict.fromkeys(finding.code for finding in findings.broken if finding.rule.exceptions))
    if codes:
        named, first = Words("、".join(codes), ", ".join(codes)), f"govinfo rules {codes[0]}"
        yield Words(
            f"{named.zh} 有已知的正当例外，说明见 {first}" + (" 等" if len(codes) > 1 else ""),
            f"{named.en}: may be legitimate, see {first}" + (" and so on" if len(codes) > 1 else ""),
        ).said(lang)
    for extent, words in _AMONG.items():
        if (why := _never_compared(findings, extent)) is not None:
            yield f"{words.said(lang)}{why.said(lang)}"
    if findings.coverage is not None:
        yield _covered(findings.coverage).said(lang)


_AMONG = {
    Extent.YEARS: Words("没有与上年比较：", "not compared with the year before: "),
    Extent.PARTS: Words("没有与下级报告比较：", "not held against its parts: "),
}


def _never_compared(findings: Findings, extent: Extent) -> Words | None:
    """Why no rule over several reports applies, where that was asked for: silence would be taken for agreement."""
    among = [finding for finding in findings if finding.rule.extent is extent]
    if not among or any(finding.verdict is not Verdict.NOT_APPLICABLE for finding in among):
        return None
    return Counter(fact for finding in among for fact in finding.facts[:1] if isinstance(fact, Words)).most_common(1)[0][0]


def _covered(coverage: Coverage) -> Words:
    number = len(coverage.parts)
    names = [name for name in coverage.parts if name]
    zh, en = f"下级报告{number}份", f"{number} part{'s' * (number != 1)}"
    if names:
        shown, more = names[:_MOST], len(names) - _MOST
        zh += f"：{'、'.join(shown)}" + ("等" if more > 0 else "")
        en += f": {', '.join(shown)}" + (f" and {more} more" if more > 0 else "")
    return Words(
        zh + ("" if coverage.complete else "；未声明齐全（--complete）"),
        en + ("" if coverage.complete else "; not declared complete (--complete)"),
    )


def _totals(checked: Checked, lang: Lang) -> Iterator[str]:
    equations = {balance.code for table in checked.report.tables for balance in table.matrix.balances}
    others = {finding.code for finding in checked.findings} - equations
    for name, codes in ((Words("勾稽关系：", "equations: "), equations), (Words("其他规则：", "other rules: "), others)):
        yield f"{name.said(lang)}{_counts(checked.findings.of(*codes), lang)}"


def _counts(findings: Findings, lang: Lang) -> str:
    shown = [_count(verdict, count, findings, lang) for verdict, count in findings.counts.items() if count]
    return _COMMA.said(lang).join(shown) or Words("无", "none").said(lang)


def _count(verdict: Verdict, count: int, findings: Findings, lang: Lang) -> str:
    text = Words(f"{count} {VERDICTS[verdict].zh}", f"{count} {VERDICTS[verdict].en}").said(lang)
    if verdict is not Verdict.BROKEN:
        return text
    kinds = Counter(finding.severity for finding in findings.broken)
    split = "、".join(f"{SEVERITIES[kind].zh} {kinds[kind]}" for kind in Severity if kinds[kind])
    split_en = ", ".join(f"{kinds[kind]} {SEVERITIES[kind].en}{'s' * (kinds[kind] != 1)}" for kind in Severity if kinds[kind])
    return text + Words(f"（{split}）", f" ({split_en})").said(lang)
