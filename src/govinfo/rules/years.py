"""Two consecutive years of one organ: what is carried over; rules Y701-Y706, D405, D406."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from attrs import frozen

from govinfo.findings import About, Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Section
from govinfo.keys import ProactiveColumn as C
from govinfo.keys import ProactiveRow as R
from govinfo.report import Value
from govinfo.rules.arithmetic import added
from govinfo.rules.subject import Years
from govinfo.rules.wording import explained

_OLD, _NEW = ("cn-2019",), ("cn-2021",)
_BOTH = (*_OLD, *_NEW)
_COLUMNS = (Applicant.TOTAL, *(column for column in Applicant if column is not Applicant.TOTAL))
_DOCUMENTS = (R.RULES, R.NORMATIVE_DOCUMENTS)
Figures = Sequence[Value | None]
Sides = tuple[Value, Value]


def apart(rule: Rule[Years], years: Years, why: Words, line: str = "") -> Finding:
    """The rule has nothing to say of these two years, and why."""
    return Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, line=line, facts=(why,), about=(About(years.before), About(years.after)))


def tables_differ(years: Years, section: Section, before: tuple[str, ...], after: tuple[str, ...]) -> Words | None:
    """Why the two tables of a section cannot be compared: apart at all, missing, or not on those forms (empty: on any)."""
    if years.apart is not None:
        return years.apart
    for report, forms in ((years.before, before), (years.after, after)):
        table = report.table(section)
        if table is None:
            return Words(f"{report.year}年度报告没有该表", f"the report of {report.year} has no such table")
        if forms and table.form.id not in forms:
            return Words(
                f"{report.year}年度报告的表用 {table.form.id}，不适用", f"the table of {report.year} is on {table.form.id}: not applicable"
            )
    return None


def over(
    rule: Rule[Years],
    years: Years,
    cells: tuple[Sequence[str], Sequence[str]],
    sides: Callable[[Figures, Figures], tuple[Value, Value]],
    holds: Callable[[Value, Value], bool],
    line: str,
) -> Finding:
    """Two sides over cells of the earlier and of the later year, held against each other."""
    (before, after), about = cells, (About(years.before, tuple(cells[0])), About(years.after, tuple(cells[1])))
    old, new = [years.old[cell] for cell in before], [years.new[cell] for cell in after]
    used = tuple(dict.fromkeys((*after, *before)))
    if None in old or None in new:
        return Finding(rule, Verdict.UNKNOWN, rule.severity, used, line=line, about=about)
    left, right = sides(old, new)
    return Finding(rule, Verdict.HOLDS if holds(left, right) else Verdict.BROKEN, rule.severity, used, left, right, line, about=about)


def _sum(values: Figures) -> Value:
    total = added(values)
    assert total is not None  # noqa: S101 -- `over` has seen to it
    return total


Term = tuple[int, bool, str]
"""A cell in a sum: its sign, whether it is of the later year, its address."""


@frozen(slots=False)  # for the cached properties
class Instance:
    """Two sums over cells of two consecutive years; `line` names it."""

    line: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The cells of the earlier year."""
        return tuple(dict.fromkeys(cell for _, later, cell in (*self.left, *self.right) if not later))

    @cached_property
    def after(self) -> tuple[str, ...]:
        """The cells of the later year."""
        return tuple(dict.fromkeys(cell for _, later, cell in (*self.left, *self.right) if later))

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of both, the later year's first."""
        return tuple(dict.fromkeys((*self.after, *self.before)))


@frozen
class Comparison:
    """What a rule over two years compares: data, for one pair of reports as for columns of them.

    The rule speaks of pairs whose tables of `sections` are on these forms, `before` and `after`.
    """

    sections: tuple[Section, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    holds: Callable[[Any, Any], Any]
    instances: tuple[Instance, ...]


def _old(*cells: str, sign: int = 1) -> tuple[Term, ...]:
    return tuple((sign, False, cell) for cell in cells)


def _new(*cells: str, sign: int = 1) -> tuple[Term, ...]:
    return tuple((sign, True, cell) for cell in cells)


def _documents(after: tuple[str, ...], stock: C, *, before: tuple[str, ...] = _NEW) -> Comparison:
    """What is in force, against a stock of last year with what came and went."""
    return Comparison(
        (Section.PROACTIVE,), before, after, operator.eq,
        tuple(
            Instance(
                str(row),
                _new(f"proactive.{row}.{C.IN_FORCE}"),
                _old(f"proactive.{row}.{stock}") + _new(f"proactive.{row}.{C.ISSUED}") + _new(f"proactive.{row}.{C.REPEALED}", sign=-1),
            )
            for row in _DOCUMENTS
        ),
    )  # fmt: skip


_RECONSIDERED, _PENDING, _SUITS, _DIRECT, _DIRECT_PENDING = (
    f"disputes.{track}.{result}"
    for track, result in (
        (DisputeTrack.RECONSIDERATION, DisputeResult.TOTAL),
        (DisputeTrack.RECONSIDERATION, DisputeResult.PENDING),
        (DisputeTrack.POST_RECONSIDERATION_LITIGATION, DisputeResult.TOTAL),
        (DisputeTrack.DIRECT_LITIGATION, DisputeResult.TOTAL),
        (DisputeTrack.DIRECT_LITIGATION, DisputeResult.PENDING),
    )
)
_CONCLUDED = f"requests.{Flow.TOTAL_CONCLUDED}.{Applicant.TOTAL}"
_ITEMS = (R.LICENSING, R.OTHER_SERVICES, R.PENALTIES, R.COMPULSION, R.CHARGES)

COMPARISONS: Mapping[str, Comparison] = {
    "D405": Comparison(
        (Section.DISPUTES,), _BOTH, _BOTH, operator.le,
        (
            Instance(
                str(DisputeTrack.POST_RECONSIDERATION_LITIGATION),
                _new(_SUITS),
                _new(_RECONSIDERED) + _old(_RECONSIDERED) + _new(_PENDING, sign=-1) + _old(_PENDING, sign=-1),
            ),
        ),
    ),
    "D406": Comparison(
        (Section.DISPUTES, Section.REQUESTS), _BOTH, _BOTH, operator.le,
        (Instance(str(Applicant.TOTAL), _new(_RECONSIDERED, _DIRECT), _old(_CONCLUDED, _PENDING, _DIRECT_PENDING) + _new(_CONCLUDED)),),
    ),
    "Y701": Comparison(
        (Section.REQUESTS,), _BOTH, _BOTH, operator.eq,
        tuple(
            Instance(str(column), _new(f"requests.{Flow.CARRIED_IN}.{column}"), _old(f"requests.{Flow.CARRIED_FORWARD}.{column}"))
            for column in _COLUMNS
        ),
    ),
    "Y702": _documents(_NEW, C.IN_FORCE),
    "Y703": Comparison(
        (Section.PROACTIVE,), _OLD, _OLD, operator.eq,
        tuple(
            Instance(
                str(row),
                _new(f"proactive.{row}.{C.PRIOR_ITEMS}"),
                _old(f"proactive.{row}.{C.PRIOR_ITEMS}", f"proactive.{row}.{C.NET_CHANGE}"),
            )
            for row in _ITEMS
        ),
    ),
    "Y704": Comparison(
        (Section.PROACTIVE,), _OLD, _OLD, operator.le,
        tuple(
            Instance(
                str(row),
                _new(f"proactive.{row}.{C.TOTAL_PUBLIC}"),
                _old(f"proactive.{row}.{C.TOTAL_PUBLIC}") + _new(f"proactive.{row}.{C.NEWLY_PUBLIC}"),
            )
            for row in _DOCUMENTS
        ),
    ),
    "Y705": _documents(_NEW, C.TOTAL_PUBLIC, before=_OLD),
    "Y706": Comparison(
        (Section.DISPUTES,), _BOTH, _BOTH, operator.le,
        tuple(
            Instance(str(track), _old(f"disputes.{track}.{DisputeResult.PENDING}"), _new(f"disputes.{track}.{DisputeResult.TOTAL}"))
            for track in DisputeTrack
        ),
    ),
}  # fmt: skip
"""The rules over two years that compare sums, by code."""


def _compared(code: str, rule: Rule[Years], years: Years) -> Iterator[Finding]:
    comparison = COMPARISONS[code]
    for section in comparison.sections:
        if why := tables_differ(years, section, comparison.before, comparison.after):
            yield apart(rule, years, why)
            return
    for instance in comparison.instances:
        cells, place = (instance.before, instance.after), {False: instance.before, True: instance.after}

        def sides(old: Figures, new: Figures, instance: Instance = instance, place: Mapping[bool, tuple[str, ...]] = place) -> Sides:
            of = {later: dict(zip(place[later], values, strict=True)) for later, values in ((False, old), (True, new))}
            left, right = (_signed([(sign, of[later][cell]) for sign, later, cell in side]) for side in (instance.left, instance.right))
            return left, right

        yield over(rule, years, cells, sides, comparison.holds, instance.line)


def _signed(terms: Sequence[tuple[int, Value | None]]) -> Value:
    """Their sum, those of a negative sign taken away."""
    return _sum([value for sign, value in terms if sign > 0]) - _sum([value for sign, value in terms if sign < 0])


_CUSTOM = Words("审核惯例", "custom of those who check reports")


_COLUMN_HEADS = Words("各栏的含义", "what the columns mean")
RULES: tuple[Rule[Years], ...] = (
    Rule(
        "D405",
        "post-needs-reconsideration",
        Words(
            "复议后起诉的案件不多于两年内审结的行政复议",
            "Suits after reconsideration are no more than the reconsiderations closed in the two years.",
        ),
        Severity.INFO,
        Extent.YEARS,
        Words("先复议、后起诉的程序", "the order of the procedures"),
        partial(_compared, "D405"),
        explained(
            "复议后起诉{left}件，多于两年内审结的行政复议{right}件",
            "{left} suits after reconsideration, more than the {right} reconsiderations closed",
        ),
        _BOTH,
        Words(
            "更早年度的复议；二审重复计数；共同被告的计数口径",
            "reconsiderations of older years; second instance counted; how co-defendants are counted",
        ),
    ),
    Rule(
        "D406",
        "disputes-vs-requests",
        Words(
            "行政复议和未经复议直接起诉的案件，不多于两年办结的申请加上年未审结的案件",
            "Reconsiderations and direct suits are no more than the requests concluded in the two years and the cases pending before.",
        ),
        Severity.INFO,
        Extent.YEARS,
        Words("合理性", "plausibility"),
        partial(_compared, "D406"),
        explained("复议和直接起诉共{left}件，多于{right}", "{left} reconsiderations and direct suits, more than {right}"),
        _BOTH,
        Words("主动公开引起的争议；一件申请引起多件争议", "disputes about proactive disclosure; several disputes about one request"),
    ),
    Rule(
        "Y701",
        "carry-over",
        Words(
            "本年的“上年结转”等于上年的“结转下年度”，先看总计，再看各列",
            "Requests carried in are those that last year's report carried forward: in total, then by column.",
        ),
        Severity.WARNING,
        Extent.YEARS,
        Words("两行的含义；审核惯例", "what the two rows mean; custom of those who check reports"),
        partial(_compared, "Y701"),
        explained("应相等", "they should be equal"),
        _BOTH,
        Words(
            "机关合并、分立；上年报告有更正；申请人重新归类（仅各列）",
            "organs merged or split; last year's report corrected; applicants classed anew (columns only)",
        ),
    ),
    Rule(
        "Y702",
        "stock-flow",
        Words("现行有效件数等于上年现行有效加本年制发减本年废止", "Documents in force are those of last year, plus issued, less repealed."),
        Severity.WARNING,
        Extent.YEARS,
        _CUSTOM,
        partial(_compared, "Y702"),
        explained("本年现行有效应为{right}", "in force should be {right}"),
        _NEW,
        Words(
            "到期失效未计入废止；清理中重新认定；机关划转；修订",
            "expiry not counted as repeal; documents classed anew; organs transferred; amended texts",
        ),
    ),
    Rule(
        "Y703",
        "items-roll",
        Words("“上一年项目数量”等于上年报告的项目数量加增减", "Items of last year are last year's own count with its net change."),
        Severity.WARNING,
        Extent.YEARS,
        _COLUMN_HEADS,
        partial(_compared, "Y703"),
        explained("应为{right}", "it should be {right}"),
        _OLD,
        Words("事项清单改革", "a reform of the lists of items"),
    ),
    Rule(
        "Y704",
        "public-total-roll",
        Words("对外公开总数量不超过上年总数量加本年新公开", "The public total is no more than last year's and those newly public."),
        Severity.WARNING,
        Extent.YEARS,
        _COLUMN_HEADS,
        partial(_compared, "Y704"),
        explained("本年总数量应不超过{right}", "this year's total should be at most {right}"),
        _OLD,
        Words("重新清点", "a new count"),
    ),
    Rule(
        "Y705",
        "form-bridge",
        Words(
            "换用2021年格式：现行有效与上年对外公开总数量加制发减废止之差（仅供参考）",
            "The change to the form of 2021: how documents in force differ from those public, plus issued, less repealed.",
        ),
        Severity.INFO,
        Extent.YEARS,
        Words("两版格式的栏目含义不同", "the columns of the two forms mean different things"),
        partial(_compared, "Y705"),
        explained("现行有效{left}，按上年推算为{right}", "{left} in force, and {right} reckoned from last year"),
        _BOTH,
        Words("两栏本来含义不同，总属正当", "always: the two columns mean different things"),
    ),
    Rule(
        "Y706",
        "pending-absorbed",
        Words("上年尚未审结的案件不多于本年该类案件总计", "Cases pending last year are no more than this year's total."),
        Severity.INFO,
        Extent.YEARS,
        Words("未审结案件次年是否重计，各地做法不一", "whether open cases are counted again is not settled"),
        partial(_compared, "Y706"),
        explained("上年未审结{left}件，多于本年总计{right}件", "{left} were pending, more than the {right} of this year"),
        _BOTH,
        Words("只计新收案件的机关", "bodies that count only new cases"),
    ),
)
