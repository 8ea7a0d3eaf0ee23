"""Growth that the prose states, against two years of tables: rule N410."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from govinfo.findings import About, Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.prose import Bound, Claim, ClaimKind, claims
from govinfo.report import plain
from govinfo.rules.prose import apart, fits, quoted, summed
from govinfo.rules.subject import Years, bounds_of
from govinfo.rules.wording import explained

_RECEIVED = (("requests.new_received.total",), ("requests.new_received.total", "requests.carried_in.total"))


def _growth(rule: Rule[Years], years: Years) -> Iterator[Finding]:
    """N410: a growth in per cent or in number is that of the totals, by the tables or by the number that the prose itself gives."""
    about = (About(years.before), About(years.after))
    if years.apart is not None:
        yield Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, facts=(years.apart,), about=about)
        return
    found = [c for c in claims(years.after) if c.kind in (ClaimKind.GROWTH, ClaimKind.CHANGE) and _readings(c)]
    if not found:
        yield Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, facts=(_NO_GROWTH,), about=about)
        return
    old, new = bounds_of(years.before), bounds_of(years.after)
    for claim in found:
        grown: list[Decimal] = []
        vague = False
        for cells in _readings(claim):
            before, after = summed(cells, old), summed(cells, new)
            if before is None or after is None or before[0] != before[1] or after[0] != after[1] or not before[0]:
                vague = True
                continue
            said = [Decimal(after[0])] + ([Decimal(claim.part_of.number)] if claim.part_of is not None else [])
            grown += [(now - before[0]) * 100 / before[0] if claim.kind is ClaimKind.GROWTH else now - before[0] for now in said]
        agrees = any(fits(claim, value) for value in grown)
        sure = claim.certain and (claim.part_of is None or claim.part_of.certain) and claim.bound is Bound.EXACT
        if agrees:
            verdict = Verdict.HOLDS
        else:
            verdict = Verdict.UNKNOWN if vague or not sure or apart(years.after, claim) is not None else Verdict.BROKEN
        nearest = min(grown, key=lambda value: abs(value - Decimal(claim.number)), default=None)
        right = None if nearest is None else nearest.quantize(Decimal("0.01"), ROUND_HALF_UP)
        cells = tuple(dict.fromkeys(cell for reading in _readings(claim) for cell in reading if cell in years.new))
        unit = "%" if claim.kind is ClaimKind.GROWTH else "件"
        told = (
            (Words(f"文字写“{quoted(claim)}”，不能确定", f"the prose says “{quoted(claim)}”: not certain"),)
            if verdict is Verdict.UNKNOWN
            else ()
        )
        facts = told or (quoted(claim), f"{plain(claim.number)}{unit}", f"{plain(right) if right is not None else '?'}{unit}")
        yield Finding(rule, verdict, rule.severity, cells, claim.number, right, claim.measure, facts=facts, about=about)


def _readings(claim: Claim) -> tuple[tuple[str, ...], ...]:
    if claim.part_of is not None:
        return claim.part_of.readings
    return _RECEIVED if claim.measure == "requests" else ()


_NO_GROWTH = Words("文字没有写增减", "the prose states no growth")
RULES: tuple[Rule[Years], ...] = (
    Rule(
        "N410", "text-growth",
        Words("文字中的同比增减等于两年表中数字的增减（四舍五入或截去均可）", "A growth that the prose states is that of the tables of both years, rounded or cut off."),
        Severity.INFO, Extent.YEARS, Words("文表一致", "that prose and tables agree"), _growth,
        explained("文字写“{0}”，为{1}；按两年的表为{2}", "the prose says “{0}”, {1}; by the tables of both years it is {2}"),
        exceptions=Words("上年基数有调整", "the base of the year before was revised"),
    ),
)  # fmt: skip
