"""The cells to look at first: what is printed, what it should be, which slip it looks like, and what it broke."""

from collections.abc import Iterator, Sequence

from govinfo.cli.checking import Checked
from govinfo.cli.places import place
from govinfo.findings import Finding, Lang, Words
from govinfo.locator import Change, Correction, Diagnosis, Slip

_WAYS = 5  # so many alternatives are listed; JSON lists more
_INDENT = "  "


def suspect_lines(checked: Checked, lang: Lang) -> tuple[list[str], list[Finding]]:
    """The lines on suspects, and the findings that these explain, so that they are not said again."""
    lines: list[str] = []
    explained: list[Finding] = []
    for group in checked.diagnosis.groups:
        if not group.corrections:
            lines.append(_GIVEN_UP.said(lang))
            continue
        broke = [finding for finding in _explained(checked, group) if finding not in explained]
        explained += broke
        lines += _group(checked, group, broke, lang)
    return lines, explained


_GIVEN_UP = Words(
    "找不出是哪一格错：错处太多，搜索已到上限。请对照原件逐格核对",
    "which cell is wrong was not found: too much is, and the search stopped at its bound. Compare cell by cell with the source",
)


def suspects_of(checked: Checked) -> Iterator[tuple[str, Words]]:
    """Every suspected cell in the likeliest set of corrections, and what is to be said of it."""
    for group in checked.diagnosis.groups:
        for correction in group.corrections[:1]:
            for change in correction.changes:
                yield change.address, _change(checked, correction, change, alone=group.unique)


def _explained(checked: Checked, group: Diagnosis) -> list[Finding]:
    """What is broken now and would not be after any of the corrections: that is, what the suspects broke."""
    rest = list(checked.findings.broken)
    for correction in group.corrections[:_WAYS]:
        after = {_instance(finding) for finding in checked.with_values(dict(correction.cells)).broken}
        rest = [finding for finding in rest if _instance(finding) not in after and not finding.about]
    return rest


def _instance(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    return finding.code, finding.line, finding.cells


def _group(checked: Checked, group: Diagnosis, broke: Sequence[Finding], lang: Lang) -> Iterator[str]:
    ways = group.corrections[:_WAYS]
    yield _headline(group, len(ways)).said(lang)
    for number, correction in enumerate(ways, 1):
        numbered = f"{number}) " if len(ways) > 1 else ""
        for place_in_way, change in enumerate(correction.changes):
            said = _change(checked, correction, change, alone=len(ways) == 1).said(lang)
            yield f"{_INDENT}{numbered if not place_in_way else ' ' * len(numbered)}{said}"
            if len(ways) == 1:
                mine = [finding for finding in broke if _first(finding, correction) == change.address]
                yield from (f"{_INDENT * 2}{finding.code} {told(finding, lang)}" for finding in mine)
    rest = [finding for finding in broke if len(ways) > 1 or _first(finding, group.corrections[0]) is None]
    yield from (f"{_INDENT * 2}{finding.code} {told(finding, lang)}" for finding in rest)


def _first(finding: Finding, correction: Correction) -> str | None:
    return next((address for address in correction.cells if address in finding.cells), None)


def _headline(group: Diagnosis, listed: int) -> Words:
    size, number = len(group.corrections[0].changes), len(group.corrections) + group.unlisted
    cells = Words(f"{size}格", "one cell" if size == 1 else f"{size} cells")
    if not group.complete:
        return Words(
            f"可疑：改{cells.zh}即可平衡（搜索已到上限，可能还有别的改法）：",
            f"suspects: changing {cells.en} mends these sums (the search stopped at its bound: there may be other ways):",
        )
    if number == 1:
        return Words(
            f"可疑：只改{cells.zh}就能平衡的改法仅此一种（请对照原件核实）：",
            f"suspect: the only way to mend these sums by changing {cells.en} (compare with the source):",
        )
    more = Words(f"，列出{listed}种", f", {listed} of them listed") if listed < number else Words("", "")
    return Words(
        f"可疑：只改{cells.zh}就能平衡的改法有{number}种，可能性大的在前{more.zh}（请对照原件核实）：",
        f"suspects: {number} ways to mend these sums by changing {cells.en}, likelier first{more.en} (compare with the source):",
    )


def _change(checked: Checked, correction: Correction, change: Change, *, alone: bool) -> Words:
    where = place(checked.report.table_at(change.address).matrix, change.address)
    zh = f"{where.zh}：印为{change.printed}，{'应为' if alone else '若改为'}{change.value}"
    en = f"{where.en}: printed {change.printed}, {'should be' if alone else 'perhaps'} {change.value}"
    if change.slip is not Slip.NONE:
        zh, en = f"{zh}，像是{change.slip.words.zh}", f"{en}; looks like {change.slip.words.en}"
    if not correction.exact:
        zh, en = f"{zh}（别的数也可能，此为改动最小的）", f"{en} (other values would do; these change least)"
    return Words(zh, en)


def told(finding: Finding, lang: Lang) -> str:
    """What a finding says, without its known exceptions."""
    return finding.rule.explain(finding).said(lang)
