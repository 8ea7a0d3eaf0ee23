"""The prose against the tables of the same report: rules N401-N407, N409, N411.

A claim is held against every reading that its words allow. It is broken only where none of them can be, however the blanks of the table
are filled; it holds where one of them is; all else is unknown. What is not certain, or counts another scope, never accuses.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from attrs import evolve

from govinfo.findings import Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.fold import fold
from govinfo.keys import ReportScope
from govinfo.prose import Bound, Claim, ClaimKind
from govinfo.report import Report, plain
from govinfo.rules.organ import OFFICES
from govinfo.rules.subject import Subject
from govinfo.rules.wording import missing, not_applicable, printed, section_name, where
from govinfo.solve import Bounds

_BOTH = ("cn-2019", "cn-2021")
_LONGEST = 72  # characters of a sentence that is quoted whole; of a longer one, half so many before the figure and a third after it
_HALF = Decimal("0.5")
_NO_CLAIM = Words("文字中没有这样的数字", "the prose states no such figure")
_NO_TABLE = Words("报告中没有可与文字对照的表格", "the report has no table to hold the prose against")
_UNSURE = Words("不能确定所指，仅供参考", "what it means is not certain")
_SCOPE = Words("文字与表格的统计范围可能不同", "the prose may count another scope than the table")


def quoted(claim: Claim) -> str:
    """The sentence with the figure marked, cut where it is long."""
    text = " ".join(claim.marked.split())
    if len(text) <= _LONGEST:
        return text
    # Cut by where the figure stands: the sentence may have such brackets of its own.
    before, figure, after = (" ".join(part.split()) for part in claim.parts)
    lead, rest = before[-_LONGEST // 2 :], after[: _LONGEST // 3]
    return f"{'…' if lead != before else ''}{lead}【{figure}】{rest}{'…' if rest != after else ''}"


def apart(report: Report, claim: Claim) -> Verdict | None:
    """`UNKNOWN` where the scopes are known to differ, `NOT_APPLICABLE` where they may; None where nothing speaks for it."""
    if claim.scope is None:
        return None
    if report.scope is not None:
        return None if claim.scope is report.scope else Verdict.UNKNOWN
    organ = fold(report.organ or "")
    if claim.scope is ReportScope.AGGREGATE:
        return None if organ.endswith("人民政府") else Verdict.NOT_APPLICABLE
    return Verdict.NOT_APPLICABLE if organ.endswith("人民政府") or (organ.endswith(OFFICES) and "本级" in claim.sentence) else None


def fits(claim: Claim, value: Decimal) -> bool:
    """Whether what is said can be said of that value: exactly, as 余 or 近, rounded or cut off."""
    said = Decimal(claim.number)
    if claim.bound is Bound.MORE:
        return said <= value <= said * 2
    if claim.bound is Bound.LESS:
        return said * _HALF <= value <= said
    if claim.bound is Bound.ABOUT:
        return abs(value - said) * 10 <= said
    if claim.kind is ClaimKind.SHARE or claim.kind is ClaimKind.GROWTH:
        return abs(value - said) <= claim.step * _HALF or (value * said >= 0 and 0 <= abs(value) - abs(said) < claim.step)
    return value == said if claim.step == 1 else abs(value - said) < claim.step


def _possible(claim: Claim, bounds: Bounds) -> bool:
    """Whether some value within the bounds can be what is said; a rough word is never impossible but beyond its own side."""
    least, most = bounds
    said = Decimal(claim.number)
    if claim.bound is Bound.MORE:
        return most is None or most >= said
    if claim.bound is not Bound.EXACT:
        return True
    nearest = max(said, Decimal(least))
    return fits(claim, nearest if most is None else min(nearest, Decimal(most)))


def summed(cells: Sequence[str], bounds: Mapping[str, Bounds]) -> Bounds | None:
    """The least and the most that a sum of cells can be; None where the report has no such table."""
    if any(cell not in bounds for cell in cells):
        return None
    least, most = 0, 0
    unbounded = False
    for cell in cells:
        low, high = bounds[cell]
        least += low
        unbounded = unbounded or high is None
        most += high or 0
    return least, None if unbounded else most


def _compared(rule: Rule[Subject], subject: Subject, claim: Claim) -> Finding:
    """One claim held against its readings."""
    ranges = [limits for reading in claim.readings if (limits := summed(reading, subject.bounds)) is not None]
    if not ranges:
        return not_applicable(rule, subject.report, _NO_TABLE, claim.measure)
    settled = [least for least, most in ranges if least == most and fits(claim, Decimal(least))]
    nearest = settled[0] if settled else min(ranges, key=lambda r: abs(Decimal(r[0]) - Decimal(claim.number)))[0]
    differ = apart(subject.report, claim)
    possible = any(_possible(claim, limits) for limits in ranges)
    why = Words("", "")
    if not settled and claim.measure == "concluded" and _of_this_year(claim, subject):
        claim = evolve(claim, certain=False)
    if differ is Verdict.UNKNOWN:
        verdict, why = Verdict.UNKNOWN, _SCOPE
    elif settled:
        verdict = Verdict.HOLDS
    elif possible:
        blank = any(subject.values.get(cell) is None for cell in claim.cells)
        verdict, why = Verdict.UNKNOWN, Words("", "") if blank else _UNSURE
    elif not claim.certain or differ is not None:
        verdict, why = Verdict.UNKNOWN, _UNSURE if differ is None else _SCOPE
    else:
        verdict = Verdict.BROKEN
    exact = any(least == nearest == most for least, most in ranges)
    empty = [cell for cell in claim.cells if subject.values.get(cell) is None]
    known = verdict is not Verdict.UNKNOWN or exact
    return Finding(
        rule, verdict, rule.severity, claim.cells, claim.number, nearest if known else None, claim.measure,
        facts=(why, claim, _deduced(nearest, bool(empty), exact=exact)), report=subject.report,
    )  # fmt: skip


def _of_this_year(claim: Claim, subject: Subject) -> bool:
    """Whether a number of answers is that of all but the requests carried in: those of this year alone may be told."""
    carried = [cell.replace("total_concluded", "carried_in") for cell in claim.cells]
    done, left_out = summed(claim.cells, subject.bounds), summed(carried, subject.bounds)
    if done is None or left_out is None:
        return False
    (least, most), (least_out, most_out) = done, left_out
    return (most_out is None or least - most_out <= claim.number) and (most is None or claim.number <= most - least_out)


def _deduced(value: int, empty: bool, *, exact: bool) -> Words:  # noqa: FBT001 -- read where it is called
    if not empty:
        return Words("", "")
    if exact:
        return Words(f"（空白的格按勾稽关系推算，合{value}）", f" (the blank cells follow from the sums: {value})")
    return Words(f"（有空白的格，按已填各格至少{value}）", f" (some cells are blank; by those that are filled it is at least {value})")


def explain(finding: Finding) -> Words:
    """The sentence with its figure marked, the cells, and both numbers."""
    if finding.verdict is Verdict.NOT_APPLICABLE:
        reason: Words = finding.facts[0]
        return reason
    place = where(finding)
    at = Words(f"{place.zh}：", f"{place.en}: ") if place.zh else place
    why, claim, deduced = finding.facts
    text, stands = quoted(claim), section_name(claim.section)
    quote = Words(f"{stands.zh}写“{text}”", f"{stands.en} says “{text}”")
    # Cells that are blank say nothing by themselves: what follows from the sums is said instead.
    cells = printed(finding) if not deduced.zh else Words("", "")
    if claim.kind is ClaimKind.ALL and finding.verdict is Verdict.BROKEN:
        return Words(
            f"{quote.zh}，即没有其他结果；{at.zh}表中其他结果有{finding.right}件{deduced.zh}，两处不一致",
            f"{quote.en}, so there is no other result; {at.en}the tables have {finding.right}{deduced.en}: they disagree",
        )
    left, right = ("?" if side is None else plain(side) for side in (finding.left, finding.right))
    left = f"{left}%" if claim.kind in (ClaimKind.SHARE, ClaimKind.GROWTH) else left
    right = f"{right}%" if claim.kind in (ClaimKind.SHARE, ClaimKind.GROWTH) else right
    if finding.verdict is Verdict.UNKNOWN:
        blank = missing(finding) if not why.zh else why
        return Words(f"{quote.zh}；{at.zh}{cells.zh}{blank.zh}", f"{quote.en}; {at.en}{cells.en}{blank.en}")
    if finding.verdict is Verdict.HOLDS:
        return Words(f"{quote.zh}；{at.zh}{cells.zh}一致", f"{quote.en}; {at.en}{cells.en}they agree")
    return Words(
        f"{quote.zh}，为{left}；{at.zh}{cells.zh}表中为{right}{deduced.zh}，两处不一致",
        f"{quote.en}, {left}; {at.en}{cells.en}the tables give {right}{deduced.en}: they disagree",
    )


def _claimed(chosen: Callable[[Claim], bool], rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """Every claim that is chosen, held against the tables."""
    found = [claim for claim in subject.claims if claim.readings and chosen(claim)]
    for claim in found:
        table = subject.report.table(claim.readings[0][0].partition(".")[0])  # one report can hold tables of two forms
        if rule.applies_to((table.form if table is not None else subject.form).id):
            yield _compared(rule, subject, claim)
        else:
            yield not_applicable(rule, subject.report, line=claim.measure)
    if not found:
        yield not_applicable(rule, subject.report, _NO_CLAIM)


def _counts(*measures: str) -> Callable[[Claim], bool]:
    return partial(_is_count, frozenset(measures))


def _is_count(measures: frozenset[str], claim: Claim) -> bool:
    return claim.kind is ClaimKind.COUNT and claim.measure in measures


_FLOWS = frozenset(("new", "received", "handled", "concluded", "carried_in", "carried_forward"))


def _is_outcome(claim: Claim) -> bool:
    return claim.kind is ClaimKind.COUNT and claim.measure not in _FLOWS and claim.readings[0][0].startswith("requests.")


def _is_dispute(claim: Claim) -> bool:
    return claim.kind in (ClaimKind.COUNT, ClaimKind.ALL) and claim.readings[0][0].startswith("disputes.")


def _is_document(claim: Claim) -> bool:
    return claim.kind is ClaimKind.COUNT and claim.readings[0][0].startswith("proactive.")


def _is_none(claim: Claim) -> bool:
    return claim.kind is ClaimKind.NONE


# --- shares ----------------------------------------------------------------------------------------------------------

_WHOLES = (
    ("requests.total_concluded.total",),
    ("requests.new_received.total",),
    ("requests.new_received.total", "requests.carried_in.total"),
)


def _shares(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    """N409: a share is the part that the prose or the table gives, of any whole that can be meant."""
    found = [c for c in subject.claims if c.kind is ClaimKind.SHARE and c.part_of is not None and c.part_of.readings]
    for claim in found:
        yield _share(rule, subject, claim)
    if not found:
        yield not_applicable(rule, subject.report, _NO_CLAIM)


def _share(rule: Rule[Subject], subject: Subject, claim: Claim) -> Finding:
    part = claim.part_of
    assert part is not None  # noqa: S101 -- shares without a part were left out
    cases = part.readings[0][0].startswith("disputes.")
    tracks = tuple(dict.fromkeys(f"{cell.rpartition('.')[0]}.total" for cell in part.readings[0])) if cases else ()
    groups = (
        tracks,
        ("disputes.reconsideration.total", "disputes.direct_litigation.total", "disputes.post_reconsideration_litigation.total"),
    )
    wholes = groups if cases else _WHOLES
    limits = [summed(cells, subject.bounds) for cells in (*wholes, *part.readings)]
    cells = tuple(dict.fromkeys(cell for group in (*part.readings, *wholes) for cell in group if subject.values.get(cell) is not None))
    known = [limit[0] for limit in limits[: len(wholes)] if limit is not None and limit[0] == limit[1]]
    if part.part_of is not None:
        known.append(int(part.part_of.number))
    parts = [int(part.number), *(limit[0] for limit in limits[len(wholes) :] if limit is not None and limit[0] == limit[1])]
    shares = [Decimal(100) * p / w for p in parts for w in known if w]
    vague = any(limit is not None and limit[0] != limit[1] for limit in limits) or not shares
    why = Words("", "")
    if any(fits(claim, share) for share in shares):
        verdict = Verdict.HOLDS
    elif vague or not claim.certain or claim.bound is not Bound.EXACT:
        verdict, why = Verdict.UNKNOWN, Words("", "") if any(subject.values.get(c) is None for c in cells) else _UNSURE
    else:
        verdict = Verdict.BROKEN
    nearest = min(shares, key=lambda share: abs(share - Decimal(claim.number)), default=None)
    right = None if nearest is None else nearest.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Finding(
        rule, verdict, rule.severity, cells, claim.number, right, claim.measure, facts=(why, claim, Words("", "")), report=subject.report
    )


# --- the rules -------------------------------------------------------------------------------------------------------

_CUSTOM = Words("文表一致：各地审核年度报告的做法", "that prose and tables agree is what offices check")
_OWN_OR_YEAR = Words(
    "文字只说本机关，或只说本年新收申请的答复", "the prose speaks of the organ alone, or of the requests of this year alone"
)
_OWN = Words("文字只说本机关，表格含全部", "the prose speaks of the organ alone, the table of the area")


def _rule(
    code: str, name: str, zh: str, en: str, chosen: Callable[[Claim], bool], exceptions: Words, forms: tuple[str, ...] = _BOTH
) -> Rule[Subject]:
    return Rule(
        code, name, Words(zh, en), Severity.WARNING, Extent.REPORT, _CUSTOM, partial(_claimed, chosen), explain, forms, exceptions
    )  # fmt: skip


RULES: tuple[Rule[Subject], ...] = (
    _rule("N401", "text-new", "文字中的新收申请数等于表中的本年新收", "The number of new requests that the prose states is that of the table.", _counts("new"), _OWN),
    _rule(
        "N402", "text-handled", "文字中收到、受理、办理的申请数等于本年新收，或新收与上年结转之和（“办理”也可以是办结数）",
        "The number said to be received or accepted is that of the new requests, or of these and those carried in (办理: or those concluded).",
        _counts("received", "handled"), Words("用语含义不一，任一读法一致即可", "the words are ambiguous: either reading will do"),
    ),
    _rule("N403", "text-answered", "文字中答复、办结的申请数等于表中办理结果总计", "The number said to be answered is the total concluded of the table.", _counts("concluded"), _OWN_OR_YEAR),
    _rule("N404", "text-carry", "文字中上年结转、结转下年度的申请数与表一致", "The numbers carried in and forward are those of the table.", _counts("carried_in", "carried_forward"), _OWN),
    _rule(
        "N405", "text-groups", "文字中各类办理结果的件数等于表中该类之和", "The number of each outcome that the prose states is the sum of its rows.",
        _is_outcome, Words("文字只说其中一种情形", "the prose may speak of one row of a group"),
    ),
    _rule(
        "N406", "text-disputes", "文字中行政复议、行政诉讼及其结果的件数与表一致", "The numbers of cases and of their results are those of the table.",
        _is_dispute, Words("作为复议机关办理的案件、已审结的案件是另一口径", "cases handled as the reviewing organ, or only those concluded, are another measure"),
    ),
    _rule(
        "N407", "text-documents", "文字中制发、废止、现行有效的规章和规范性文件件数与表一致", "The numbers of documents issued, repealed and in force are those of section 2.",
        _is_document, Words("文字计全部文件", "the prose may count all documents"), ("cn-2021",),
    ),
    Rule(
        "N409", "text-ratio", Words("文字中的“占x%”等于部分与整体之比（四舍五入或截去均可）", "A share is its part of its whole, rounded or cut off."),
        Severity.INFO, Extent.REPORT, Words("文表一致", "that prose and tables agree"), _shares, explain, _BOTH,
        Words("以另一总数为整体", "another whole may be meant"),
    ),
    _rule(
        "N411", "text-none", "文字说未收到申请、未发生复议或诉讼时，表中为0", "Where the prose says that there were none, the table says 0.",
        _is_none, Words("“未”的范围", "the scope of 未"),
    ),
)  # fmt: skip
