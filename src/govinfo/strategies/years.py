"""The reports of one organ in consecutive years, each solved from the last so that no rule over years is broken."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from govinfo.form import Form, Kind, Matrix
from govinfo.forms import FORMS
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, Outcome, ReportScope
from govinfo.keys import ProactiveColumn as C
from govinfo.report import MAX_COUNT, Report, Table, Value
from govinfo.rules import RULES
from govinfo.rules.copies import similarity
from govinfo.solve import Tie, neared, plan
from govinfo.strategies.reports import Bounds, form_of, with_all_tables


def _limit(code: str, name: str) -> Decimal:
    """A threshold of a rule: what a rule finds odd is what is not drawn."""
    return next(Decimal(threshold.default) for threshold in RULES[code].thresholds if threshold.name == name)


_TIMES, _LEAST = int(_limit("Y708", "times")), int(_limit("Y708", "least"))
_SLIP = (Fraction(_limit("Y707", "low")), Fraction(_limit("Y707", "high")))
_ALIKE = _limit("Y710", "similarity")
_WORDS = ("依法公开政务信息。", "规范办理各项申请。")  # without a pair of characters in common, so that no text is like both
_SUITS, _CASES, _PENDING, _DIRECT, _DIRECT_PENDING = (
    f"disputes.{track}.{result}"
    for track, result in (
        (DisputeTrack.POST_RECONSIDERATION_LITIGATION, DisputeResult.TOTAL),
        (DisputeTrack.RECONSIDERATION, DisputeResult.TOTAL),
        (DisputeTrack.RECONSIDERATION, DisputeResult.PENDING),
        (DisputeTrack.DIRECT_LITIGATION, DisputeResult.TOTAL),
        (DisputeTrack.DIRECT_LITIGATION, DisputeResult.PENDING),
    )
)
_CONCLUDED = f"requests.{Flow.TOTAL_CONCLUDED}.{Applicant.TOTAL}"
Counts = dict[str, int]
Bound = tuple[int, int]
Key = tuple[str, str]
Cells = Mapping[Key, Any]

_STOCK = {"came": {"came": 1, "held": 1}, "went": {"went": 1, "held": -1}}
_FREE = {name: {name: 1} for name in ("came", "went", "held")}


def consecutive(
    years: Sequence[int], *, forms: Sequence[Form] = FORMS, organ: str | None = None, max_value: int = MAX_COUNT
) -> st.SearchStrategy[list[Report]]:
    """The reports of one organ in those consecutive years, each on the form of its year, all with all tables.

    No rule over years is broken (D405, D406, Y701-Y710): what a year carries forward the next carries in, stocks and
    items roll on, pending cases are counted again, nothing jumps, no year repeats the last. All are known to hold, but
    for Y710 where there is no prose to compare. So that there is always a next year, requests new and concluded, and
    those carried in and forward, are less than tenfold apart from 50 on. Figures tend to what was drawn for each year
    as far as all that lets them. No count exceeds `max_value`. Raises `ValueError` for years that do not follow each
    other, or are no form's.
    """
    wanted = list(years)
    if not wanted or any(after != before + 1 for before, after in pairwise(wanted)):
        raise ValueError(f"given {wanted}, accepted are one or more years that follow each other")
    own = [with_all_tables(form_of(year, forms), Bounds(forms, max_value), year=year) for year in wanted]
    said = st.tuples(st.just(organ) if organ else st.none() | st.just("某局"), st.sampled_from([None, *ReportScope]))

    # Composed, not built: see `reports`.
    @st.composite
    def years_of_one(draw: st.DrawFn) -> list[Report]:
        return continued([draw(report) for report in own], *draw(said), most=max_value)

    return years_of_one()


def continued(
    drawn: Sequence[Report], organ: str | None = None, scope: ReportScope | None = None, *, most: int = MAX_COUNT
) -> list[Report]:
    """The drawn reports, of years that follow each other, changed as far as each has to follow from the one before."""
    run: list[Report] = []
    for report in drawn:
        of_one = evolve(report, organ=organ, scope=scope)
        before = run[-1] if run else None
        requests = _requests(before, of_one, most)
        disputes = _disputes(before, of_one, requests, most)
        proactive = _proactive(before, of_one, most)
        after = evolve(of_one, proactive=proactive, requests=requests, disputes=disputes)
        run.append(after if before is None else _not_copied(before, after, most))
    return run


# --- what a figure may be, after last year's --------------------------------------------------------------------------


def _range(old: int, most: int) -> Bound:
    """Y708: what a count may be after that one."""
    return (old // _TIMES + 1, min(most, old * _TIMES - 1)) if old >= _LEAST else (0, most)


def _in_step(one: str, other: str) -> Tie:
    """Two cells that next year's are made of: the second may come after the first."""

    def holds(values: Mapping[str, int]) -> bool:
        low, high = _range(values[one], MAX_COUNT)
        return low <= values[other] <= high

    return Tie((one, other), holds)


def _no_more(less: Mapping[str, int], more: Mapping[str, int], extra: int = 0) -> Tie:
    """A sum of cells that is at most another: cell -> how often it counts."""
    cells = tuple(dict.fromkeys((*less, *more)))

    def holds(values: Mapping[str, int]) -> bool:
        return sum(values[c] * n for c, n in less.items()) <= sum(values[c] * n for c, n in more.items()) + extra

    return Tie(cells, holds)


def _counts(table: Table) -> Counts:
    return {cell.address: int(table.figures[cell.index] or 0) for cell in table.matrix.cells if cell.kind is Kind.COUNT}


def _same_form(before: Table | None, this: Table) -> bool:
    return before is not None and before.form.id == this.form.id


def _solved(this: Table, start: Counts, fixed: Iterable[str], bounds: Mapping[str, Bound], ties: Sequence[Tie]) -> Table:
    """The table whose cells in balances are neared from `start` to what was drawn."""
    kept = frozenset(fixed)
    effects = {slot: effect for slot, effect in _effects(this.matrix).items() if slot not in kept}
    return this.replace(neared(effects, start, _counts(this), bounds=bounds, ties=ties))


@cache
def _effects(matrix: Matrix) -> dict[str, dict[str, int]]:
    return plan(matrix.balances, _tied(matrix)).effects()


def _tied(matrix: Matrix) -> tuple[str, ...]:
    return tuple(address for address in matrix.addresses if any(address in balance.cells for balance in matrix.balances))


# --- section 3 --------------------------------------------------------------------------------------------------------


def _requests(report: Report | None, drawn: Report, most: int) -> Table | None:
    """Y701, Y708: from last year's outcomes, with as many requests new as concluded, and all carried on."""
    this, before = drawn.requests, report.requests if report else None
    if this is None:
        return None
    tied = _tied(this.matrix)
    bounds: dict[str, Bound] = dict.fromkeys(tied, (0, most))
    columns = {cell.column.key for cell in this.matrix.cells}
    rows = {cell.row.key for cell in this.matrix.cells}
    flows = {Flow.NEW_RECEIVED, Flow.CARRIED_IN, Flow.CARRIED_FORWARD, Flow.TOTAL_CONCLUDED} <= rows
    ties = [
        tie
        for column in (columns if flows else ())
        for tie in (
            _in_step(f"requests.{Flow.CARRIED_IN}.{column}", f"requests.{Flow.CARRIED_FORWARD}.{column}"),
            _in_step(f"requests.{Flow.NEW_RECEIVED}.{column}", f"requests.{Flow.TOTAL_CONCLUDED}.{column}"),
        )
    ]
    start, fixed = dict.fromkeys(tied, 0), list[str]()
    if before is not None:
        start, fixed = _carried(before, this) if flows else (_counts(before), [])
        if _same_form(before, this):
            bounds |= {address: _range(value, most) for address, value in _counts(before).items() if address in bounds}
    last = report.disputes if report else None
    if last is not None and before is not None and _CONCLUDED in tied and _CASES in last.matrix.index_of:
        cases = _counts(last)
        closed = cases[_CASES] - cases[_PENDING] + cases[_DIRECT] - cases[_DIRECT_PENDING]
        # D406, with last year's cases once more: that they may be, this year and, with this year's requests, the next.
        least = max(closed - int(before.at(_CONCLUDED) or 0), -(-closed // 2), bounds[_CONCLUDED][0])
        bounds[_CONCLUDED] = (least, bounds[_CONCLUDED][1])
    return _solved(this, start, fixed, bounds, ties)


def _carried(before: Table, this: Table) -> tuple[Counts, list[str]]:
    """Where the year begins: what was carried forward is carried in and on, each outcome is last year's, and so many are new.

    Outcomes that this form does not have go with the last that it has, so that as many are concluded.
    """
    old = _counts(before)
    outcomes = [line.key for line in this.matrix.rows if isinstance(line.key, Outcome)]
    start = dict.fromkeys(this.matrix.addresses, 0)
    for column in {cell.column.key for cell in this.matrix.cells}:
        concluded = old[f"requests.{Flow.TOTAL_CONCLUDED}.{column}"]
        for row in (Flow.CARRIED_IN, Flow.CARRIED_FORWARD):
            start[f"requests.{row}.{column}"] = old[f"requests.{Flow.CARRIED_FORWARD}.{column}"]
        for row in (Flow.NEW_RECEIVED, Flow.TOTAL_CONCLUDED):
            start[f"requests.{row}.{column}"] = concluded
        for outcome in outcomes:
            start[f"requests.{outcome}.{column}"] = old.get(f"requests.{outcome}.{column}", 0)
        start[f"requests.{outcomes[-1]}.{column}"] += concluded - sum(start[f"requests.{outcome}.{column}"] for outcome in outcomes)
    return start, [f"requests.{Flow.CARRIED_IN}.{cell.column.key}" for cell in this.matrix.cells]


# --- section 4 --------------------------------------------------------------------------------------------------------


def _disputes(report: Report | None, drawn: Report, requests: Table | None, most: int) -> Table | None:
    """D405, D406, Y706, Y708: from last year's cases once more."""
    this, before = drawn.disputes, report.disputes if report else None
    if this is None:
        return None
    tied = _tied(this.matrix)
    bounds: dict[str, Bound] = dict.fromkeys(tied, (0, most))
    start = dict.fromkeys(tied, 0)
    if before is not None:
        old = _counts(before)
        start = {address: old.get(address, 0) for address in tied}
        if _same_form(before, this):
            bounds = {address: _range(old[address], most) for address in tied}
        for row in {cell.row.key for cell in this.matrix.cells}:
            pending, total = f"disputes.{row}.{DisputeResult.PENDING}", f"disputes.{row}.{DisputeResult.TOTAL}"
            if pending in old and total in bounds:
                bounds[total] = (max(bounds[total][0], old[pending]), bounds[total][1])
    ties = list[Tie]()
    if {_SUITS, _CASES, _PENDING, _DIRECT, _DIRECT_PENDING} <= set(tied):
        # So that the same cases may be there again next year (D405, D406).
        ties.append(_no_more({_SUITS: 1}, {_CASES: 2, _PENDING: -2}))
        concluded = int(requests.at(_CONCLUDED) or 0) if requests is not None and _CONCLUDED in requests.matrix.index_of else MAX_COUNT
        ties.append(_no_more({_CASES: 1, _DIRECT: 1}, {_PENDING: 1, _DIRECT_PENDING: 1}, 2 * concluded))
        if before is not None and report is not None:
            old = _counts(before)
            ties.append(_no_more({_SUITS: 1}, {_CASES: 1, _PENDING: -1}, old[_CASES] - old[_PENDING]))
            earlier = report.requests
            extra = int(earlier.at(_CONCLUDED) or 0) if earlier is not None and _CONCLUDED in earlier.matrix.index_of else MAX_COUNT
            ties.append(_no_more({_CASES: 1, _DIRECT: 1}, {}, extra + concluded + old[_PENDING] + old[_DIRECT_PENDING]))
    return _solved(this, start, (), bounds, ties)


# --- section 2 --------------------------------------------------------------------------------------------------------


def _proactive(report: Report | None, drawn: Report, most: int) -> Table | None:
    """Y702-Y705, Y707, Y708, where the years have the columns."""
    this, before = drawn.proactive, report.proactive if report else None
    if this is None:
        return None
    old: dict[Key, Any] = dict(before) if before is not None else {}
    new: dict[Key, Any] = dict(this)
    known = old if _same_form(before, this) else {}
    ranges = {(cell.row.key, cell.column.key): _after(known.get((cell.row.key, cell.column.key)), most) for cell in this.matrix.cells}
    for key, (low, high) in ranges.items():
        if isinstance(new[key], int) and key[1] != C.NET_CHANGE:
            new[key] = min(max(new[key], low), high)
    for row in {row for row, _ in new}:
        if (row, C.IN_FORCE) in new:
            _in_force(row, old, new, ranges)
        if (row, C.PRIOR_ITEMS) in new:
            _items(row, old, new, most)
        if (row, C.TOTAL_PUBLIC) in old and (row, C.TOTAL_PUBLIC) in new:
            new[row, C.TOTAL_PUBLIC] = min(new[row, C.TOTAL_PUBLIC], old[row, C.TOTAL_PUBLIC] + new[row, C.NEWLY_PUBLIC])
        if (row, C.AMOUNT_WAN) in old and (row, C.AMOUNT_WAN) in new:
            less, more = sorted([old[row, C.AMOUNT_WAN], new[row, C.AMOUNT_WAN]])
            if less and _SLIP[0] <= Fraction(more) / Fraction(less) <= _SLIP[1]:
                new[row, C.AMOUNT_WAN] = old[row, C.AMOUNT_WAN]
    return this.replace({f"{this.matrix.key}.{row}.{column}": value for (row, column), value in new.items()})


def _near(values: Mapping[str, int]) -> bool:
    """Whether there is a number that may come after both."""
    ranges = [_range(values[name], MAX_COUNT) for name in ("came", "went")]
    return max(low for low, _ in ranges) <= min(high for _, high in ranges)


_NEAR = Tie(("came", "went"), _near)


def _after(old: Value | None, most: int) -> Bound:
    return _range(old, most) if isinstance(old, int) else (0, most)


def _items(row: str, old: Cells, new: dict[Key, Any], most: int) -> None:
    """Y703, Y708: items are last year's with their change, and change no more than they may be next year."""
    if (row, C.PRIOR_ITEMS) in old:
        new[row, C.PRIOR_ITEMS] = old[row, C.PRIOR_ITEMS] + old[row, C.NET_CHANGE]
    prior = new[row, C.PRIOR_ITEMS]
    low, high = _range(prior, most)
    new[row, C.NET_CHANGE] = min(max(new[row, C.NET_CHANGE], low - prior), high - prior)


def _in_force(row: str, old: Cells, new: dict[Key, Any], ranges: Mapping[Key, Bound]) -> None:
    """Y702, Y705: what is in force is what was, with what came and without what went, neither far apart from the other.

    As many may always come as go, so that the stock stays: the least that both may be is where this begins.
    """
    stock = old.get((row, C.IN_FORCE), old.get((row, C.TOTAL_PUBLIC)))
    came, went, held = (row, C.ISSUED), (row, C.REPEALED), (row, C.IN_FORCE)
    names = {"came": came, "went": went, "held": held}
    least = max(ranges[came][0], ranges[went][0])
    start = {"came": least, "went": least, "held": stock or 0}
    bounds = {name: ranges[key] for name, key in names.items()}
    effects = _FREE if stock is None else _STOCK
    found = neared(effects, start, {name: new[key] for name, key in names.items()}, bounds=bounds, ties=(_NEAR,))
    new |= {key: found[name] for name, key in names.items()}


# --- one after the other ----------------------------------------------------------------------------------------------


def _not_copied(before: Report, report: Report, most: int) -> Report:
    """Y709, Y710: where all figures came out as last year's, one is another; where the words did, they are others."""
    words = {name: [getattr(each, name) for each in (before, report)] for name in ("overview", "problems")}
    if all(None not in pair for pair in words.values()):
        last, this = ("\n".join(pair[at] for pair in words.values()).strip() for at in (0, 1))
        if last and this and similarity(last, this) >= _ALIKE:
            report = evolve(report, overview=next(text for text in _WORDS if similarity(last, text) < _ALIKE), problems="")
    figures = [[(table.form.id, table.figures) for table in each.tables] for each in (before, report)]
    if figures[0] != figures[1] or not any(any(values) for _, values in figures[0]):
        return report
    amounts = [cell.address for table in report.tables for cell in table.matrix.cells if cell.kind is Kind.MONEY]
    if amounts:
        return report.replace({amounts[0]: Decimal(0) if report[amounts[0]] else Decimal(1)})
    return next((other for table in report.tables for other in _nudged(report, table, most) if other != report), report)


def _nudged(report: Report, table: Table, most: int) -> Iterator[Report]:
    """The report with one more or one less, where a table of a form without amounts lets it."""
    values = _counts(table)
    tied = _effects(table.matrix)
    effects = {address: {address: 1} for address in values if address not in _tied(table.matrix)}
    effects |= {slot: effect for slot, effect in tied.items() if f".{Flow.CARRIED_IN}." not in slot}
    bounds = {address: _range(value, most) for address, value in values.items()}
    for slot, effect in effects.items():
        for by in (1, -1):
            yield report.replace(neared({slot: effect}, values, {slot: values[slot] + by}, bounds=bounds))
