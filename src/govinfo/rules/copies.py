"""Reports that repeat last year's: rules Y709, Y710."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from govinfo.findings import About, Extent, Finding, Rule, Severity, Threshold, Verdict, Words
from govinfo.keys import TABLES, Section
from govinfo.rules.subject import Years
from govinfo.rules.wording import explained
from govinfo.rules.years import apart

_LONGEST = 20_000  # characters of a text that are looked at: more than any section 1 and 5 seen
PROSE = (Section.OVERVIEW, Section.PROBLEMS)
"""What Y710 compares."""


def similarity(one: str, other: str) -> Decimal:
    """How much of two texts is the same, from 0 to 1: the share of pairs of neighbouring characters that they have in common.

    Linear in their length, whatever they are; white space makes no difference.

    >>> similarity("公开政府信息", "公开政府信息"), similarity("公开", "答复")
    (Decimal('1'), Decimal('0'))
    """
    texts = [squeezed(text) for text in (one, other)]
    pairs: list[Counter[tuple[str, str]]] = [Counter(pairwise(text)) for text in texts]
    return share((pairs[0] & pairs[1]).total(), *texts)


def squeezed(text: str) -> str:
    """What of a text is compared."""
    return "".join(text[:_LONGEST].split())


def share(common: int, one: str, other: str) -> Decimal:
    """The similarity of two squeezed texts with so many pairs of characters in common."""
    size = max(len(one) - 1, 0) + max(len(other) - 1, 0)
    return Decimal(2 * common) / size if size else Decimal(one == other)


def prose_of(texts: Sequence[str]) -> str:
    """The texts of `PROSE` as one, "" where they have no words."""
    return "\n".join(texts).strip()


def _frozen(rule: Rule[Years], years: Years) -> Iterator[Finding]:
    """Y709: one cell that differs settles it, even where others have no value."""
    forms = [
        tuple(table.matrix.form.id if (table := report.table(section)) else None for section in TABLES)
        for report in (years.before, years.after)
    ]
    if years.apart or not any(forms[0]) or forms[0] != forms[1]:
        yield apart(
            rule, years, years.apart or Words("两年的表不全或格式不同", "the two years do not have the same tables on the same forms")
        )
        return
    pairs = [(address, years.old[address], years.new[address]) for address in years.old]
    different = next((address for address, old, new in pairs if None not in (old, new) and old != new), None)
    cells = tuple(years.old) if different is None else (different,)
    about = (About(years.before), About(years.after))
    if different is not None:
        verdict = Verdict.HOLDS
    elif any(None in (old, new) for _, old, new in pairs):
        verdict = Verdict.UNKNOWN
    elif not any(old for _, old, _ in pairs):
        yield apart(rule, years, Words("两年各格都为0，看不出是否照抄", "every figure of both years is 0, which shows nothing"))
        return
    else:
        verdict = Verdict.BROKEN
    yield Finding(rule, verdict, rule.severity, cells, about=about)


def _copied(rule: Rule[Years], years: Years) -> Iterator[Finding]:
    if years.apart:
        yield apart(rule, years, years.apart)
        return
    texts = [[getattr(report, name) for name in PROSE] for report in (years.before, years.after)]
    about = (About(years.before), About(years.after))
    if any(None in text for text in texts):
        why = Words("缺少第一或第五部分的文字，不能比较", "the words of section 1 or 5 are missing, so they cannot be compared")
        yield Finding(rule, Verdict.UNKNOWN, rule.severity, facts=(why,), about=about)
        return
    before, after = (prose_of(text) for text in texts)
    if not before or not after:
        yield apart(rule, years, Words("第一、第五部分没有文字", "sections 1 and 5 have no words"))
        return
    alike = similarity(before, after)
    limit = years.limits.number(rule, "similarity")
    verdict = Verdict.BROKEN if alike >= limit else Verdict.HOLDS
    yield Finding(rule, verdict, rule.severity, facts=(f"{alike:.0%}",), about=about)


RULES: tuple[Rule[Years], ...] = (
    Rule(
        "Y709",
        "frozen",
        Words(
            "第二至第四部分的数字不与上年完全相同（都为0的除外）",
            "The figures of sections 2 to 4 are not all those of last year, unless they are all 0.",
        ),
        Severity.WARNING,
        Extent.YEARS,
        Words("照抄上年表格是常见的错误", "copied tables are a common fault"),
        _frozen,
        explained("两年的全部数字相同，请核对是否照抄上年", "all figures are those of last year: were they copied?"),
        exceptions=Words("业务量很小的机关", "tiny offices"),
    ),
    Rule(
        "Y710",
        "text-copied",
        Words("第一、第五部分的文字与上年的相似度低于九成", "The words of sections 1 and 5 are less than 90 % those of last year."),
        Severity.INFO,
        Extent.YEARS,
        Words(
            "国办公开办函〔2021〕30号“内容雷同”；第三方评估的九成标准",
            "国办公开办函〔2021〕30号 on copied contents; the 90 % of third-party assessments",
        ),
        _copied,
        explained("与上年文字相同的占{0}，请核对是否照抄", "{0} of the words are those of last year: were they copied?"),
        exceptions=Words("简短报告的套语", "set phrases of short reports"),
        thresholds=(Threshold("similarity", Decimal("0.9"), Words("达到此相似度（0至1）即提示", "flagged from this share on, 0 to 1")),),
    ),
)
