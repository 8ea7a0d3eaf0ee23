"""The figures of a made-up country, year by year: heavy-tailed, mostly small, tied to last year's, adding up."""

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from govinfo.columns.arrow import Bools, Ints, np, npt
from govinfo.form import Form, Matrix
from govinfo.keys import (
    AdminLevel,
    Applicant,
    DisputeResult,
    DisputeTrack,
    Flow,
    OrganKind,
    Outcome,
    ProactiveColumn,
    ProactiveRow,
)
from govinfo.simulate.organs import Organ
from govinfo.solve import Plan, plan

Rates = npt.NDArray[np.float64]
Figures = dict[str, Ints]
"""A column for each cell, over the bodies. Money is in units of its last place: see `MONEY_PLACES`."""

MONEY_PLACES = {"proactive.charges.amount_wan": 4, "proactive.procurement.amount": 0}
"""Decimal places of the cells that hold money: charges down to 1 元, procurement in whole 万元."""

# How the country is, roughly as the published reports are that govinfo was held against: who asks, and what comes of it.
_APPLICANTS = {
    Applicant.NATURAL_PERSON: 0.94, Applicant.ENTERPRISE: 0.033, Applicant.RESEARCH_INSTITUTION: 0.002,
    Applicant.PUBLIC_WELFARE_ORG: 0.002, Applicant.LEGAL_SERVICE_ORG: 0.018, Applicant.OTHER_ORG: 0.005,
}  # fmt: skip
_OUTCOMES = {
    Outcome.GRANTED: 0.45, Outcome.PARTIALLY_GRANTED: 0.14, Outcome.DENIED_SPECIAL_INQUIRY: 0.03, Outcome.UNAVAILABLE_NOT_HELD: 0.25,
    Outcome.UNPROCESSED_PETITION: 0.02, Outcome.OTHER_UNCORRECTED: 0.02, Outcome.OTHER_MISC: 0.03, Outcome.OTHER_PROCESSING: 0.05,
}  # fmt: skip
_VOLUME = {AdminLevel.PROVINCIAL: 60.0, AdminLevel.PREFECTURAL: 25.0, AdminLevel.COUNTY: 6.0, AdminLevel.TOWNSHIP: 1.5}
_SPREAD, _IDLE, _CHARGING = 1.4, 0.3, 0.3
_OPEN_AT_YEAR_END = 0.04
_RECONSIDERED, _SUED_AFTER, _PENDING = 0.06, 0.2, 0.13
_SUED, _SUED_SINCE_REVISED, _REVISED = 0.012, 0.006, 2024  # 行政复议法 as revised in 2023: denials go to reconsideration first
_CLOSED = {DisputeResult.UPHELD: 0.45, DisputeResult.CORRECTED: 0.2, DisputeResult.OTHER_RESULT: 0.35}
_LEAST, _MOST = 0.6, 1.6  # what a year is of the usual: further apart they would look like a slip
_MOST_VOLUME, _MOST_DECISIONS, _MOST_CHARGED = 5_000, 60_000, 3_000_000_000  # of one body in a usual year; charges in 元
_ROWS = (ProactiveRow.LICENSING, ProactiveRow.OTHER_SERVICES, ProactiveRow.PENALTIES, ProactiveRow.COMPULSION)
_DOCUMENTS = (ProactiveRow.RULES, ProactiveRow.NORMATIVE_DOCUMENTS)
C = ProactiveColumn
_Put = Callable[[ProactiveRow, C, Ints], Ints]
_Last = Callable[[ProactiveRow, C], Ints | None]


@frozen
class Bodies:
    """What is constant about the bodies that count their own work: how busy they usually are, and who may do what."""

    volume: Rates
    decisions: Mapping[ProactiveRow, Rates]
    charges: Rates
    makes_rules: Bools
    acts: Bools
    buys: Bools

    @classmethod
    def of(cls, organs: Sequence[Organ], random: np.random.Generator) -> "Bodies":
        """A draw for each body."""
        size = len(organs)
        volume = np.array([_VOLUME[organ.level] for organ in organs]) * np.exp(random.normal(0, _SPREAD, size))
        volume[random.random(size) < _IDLE] = 0
        high = (AdminLevel.PROVINCIAL, AdminLevel.PREFECTURAL)
        makes_rules = np.array([organ.office and organ.level in high for organ in organs], np.bool_)
        acts = np.array([organ.kind is not OrganKind.TOWNSHIP and not organ.office for organ in organs], np.bool_)
        busy = np.where(acts, np.exp(random.normal(4, 2, size)), 0)
        decisions = {row: np.minimum(busy * random.random(size), _MOST_DECISIONS) for row in _ROWS}
        charges = np.where(acts & (random.random(size) < _CHARGING), np.exp(random.normal(13, 2, size)), 0)
        buys = np.array([organ.finance for organ in organs], np.bool_)
        return cls(np.minimum(volume, _MOST_VOLUME), decisions, np.minimum(charges, _MOST_CHARGED), makes_rules, acts, buys)


def year(bodies: Bodies, of: int, form: Form, before: Figures | None, tops: Sequence[range], random: np.random.Generator) -> Figures:
    """The figures of one year on its form, after those of the year before (None: the first). `tops` are the parts of each government."""
    figures = _requests(form.requests, bodies, before, random)
    figures |= _disputes(form.disputes, of, figures, before, random)
    figures |= _proactive(form.proactive, bodies, before or {}, random)
    return figures if before is None else _unlike(figures, before, tops)


def summed(values: Ints, tops: Sequence[range]) -> Ints:
    """The figures of all bodies, and behind them their sums over the parts of each government."""
    sums = np.concatenate([[0], np.cumsum(values)])
    return np.concatenate([values, sums[[parts.stop for parts in tops]] - sums[[parts.start for parts in tops]]])


def _unlike(figures: Figures, before: Figures, tops: Sequence[range]) -> Figures:
    """The figures; a report that would repeat all of last year's has one more document, for a table that was copied looks like that."""
    if figures.keys() != before.keys():
        return figures
    whole = [(summed(values, tops), summed(before[address], tops)) for address, values in figures.items()]
    same = np.logical_and.reduce([now == then for now, then in whole]) & np.logical_or.reduce([now != 0 for now, _ in whole])
    if not same.any():
        return figures
    size = len(next(iter(figures.values())))
    more = same[:size].astype(np.int64)
    more[[parts.start for parts, is_same in zip(tops, same[size:], strict=True) if is_same]] = 1
    rows = {f"proactive.{ProactiveRow.NORMATIVE_DOCUMENTS}.{column}" for column in _COMING}
    return _unlike({address: values + more if address in rows else values for address, values in figures.items()}, before, tops)


_COMING = (C.NEWLY_MADE, C.NEWLY_PUBLIC, C.TOTAL_PUBLIC, C.ISSUED, C.IN_FORCE)
"""What one more document adds to."""


def _as_usual(usual: Rates, random: np.random.Generator) -> Rates:
    """A year of what is usual: a little more, or less."""
    times: Rates = np.clip(np.exp(random.normal(0, 0.2, len(usual))), _LEAST, _MOST)
    return usual * times


def followed(made: Plan, given: Mapping[str, Ints]) -> Figures:
    """All cells from the slots of a plan, over all bodies at once: `Plan.follow` on columns."""
    nothing = np.zeros_like(next(iter(given.values())))
    values = {address: given.get(address, nothing) for address in made.slots}
    for step in made.steps:
        rest = np.sum([values[address] for address in step.source], axis=0)
        for address in step.into[1:]:
            values[address] = np.minimum(values[address], rest)
            rest = rest - values[address]
        values[step.into[0]] = rest
    return values


def _requests(matrix: Matrix, bodies: Bodies, before: Figures | None, random: np.random.Generator) -> Figures:
    """What came in, what came of it, and what is still open: drawn for each applicant, the totals by the form's plan."""
    outcomes = [row.key for row in matrix.rows if isinstance(row.key, Outcome)]
    known = [_OUTCOMES[row] for row in outcomes if row in _OUTCOMES]
    rare = (1 - sum(known)) / (len(outcomes) - len(known))
    shares = [_OUTCOMES.get(row, rare) for row in outcomes]
    volume = _as_usual(bodies.volume, random)
    given: Figures = {}
    for applicant, share in _APPLICANTS.items():
        new = random.poisson(volume * share)
        carried = np.zeros_like(new) if before is None else before[f"requests.{Flow.CARRIED_FORWARD}.{applicant}"]
        still_open = random.binomial(new + carried, _OPEN_AT_YEAR_END)
        given[f"requests.{Flow.CARRIED_IN}.{applicant}"] = carried
        given[f"requests.{Flow.CARRIED_FORWARD}.{applicant}"] = still_open
        ended = random.multinomial(new + carried - still_open, shares)
        given |= {f"requests.{row}.{applicant}": ended[:, n] for n, row in enumerate(outcomes)}
    return followed(plan(matrix.balances, matrix.addresses), given)


def _disputes(matrix: Matrix, of: int, requests: Figures, before: Figures | None, random: np.random.Generator) -> Figures:
    """Disputes about this year's requests, and those of last year that were open: they end this year.

    Who sues after a reconsideration does so in the year in which it was closed.
    """
    concluded = requests[f"requests.{Flow.TOTAL_CONCLUDED}.{Applicant.TOTAL}"]
    sued = _SUED if of < _REVISED else _SUED_SINCE_REVISED
    new = random.multinomial(concluded, [_RECONSIDERED, sued, 1 - _RECONSIDERED - sued])
    given: Figures = {}

    def held(track: DisputeTrack, cases: Ints) -> Ints:
        """The results of these cases and of those that were open; how many of them are closed."""
        pending = random.binomial(cases, _PENDING)
        closed = cases - pending + (0 if before is None else before[f"disputes.{track}.{DisputeResult.PENDING}"])
        results = random.multinomial(closed, list(_CLOSED.values()))
        given[f"disputes.{track}.{DisputeResult.PENDING}"] = pending
        given.update({f"disputes.{track}.{result}": results[:, n] for n, result in enumerate(_CLOSED)})
        return closed

    reconsidered = held(DisputeTrack.RECONSIDERATION, new[:, 0])
    held(DisputeTrack.DIRECT_LITIGATION, new[:, 1])
    held(DisputeTrack.POST_RECONSIDERATION_LITIGATION, random.binomial(reconsidered, _SUED_AFTER))
    return followed(plan(matrix.balances, matrix.addresses), given)


def _proactive(matrix: Matrix, bodies: Bodies, before: Figures, random: np.random.Generator) -> Figures:
    """Section 2, whichever of its columns the form has: stocks that roll on, decisions, charges."""
    has, size = matrix.index, len(bodies.volume)
    made: Figures = {}

    def put(row: ProactiveRow, column: C, values: Ints) -> Ints:
        made[f"proactive.{row}.{column}"] = values
        return values

    def last(row: ProactiveRow, column: C) -> Ints | None:
        return before.get(f"proactive.{row}.{column}")

    for row in _DOCUMENTS:
        may = bodies.makes_rules if row is ProactiveRow.RULES else np.ones(size, np.bool_)
        came = np.where(may, random.poisson(0.4, size), 0)
        if (row, C.IN_FORCE) in has:
            stock = last(row, C.IN_FORCE)
            stock = last(row, C.TOTAL_PUBLIC) if stock is None else stock  # last year was on the form of 2019
            held = np.where(may, random.poisson(4, size), 0) if stock is None else stock
            went = random.binomial(held + put(row, C.ISSUED, came), 0.08)
            put(row, C.IN_FORCE, held + came - put(row, C.REPEALED, went))
        else:
            total = last(row, C.TOTAL_PUBLIC)
            public = random.binomial(put(row, C.NEWLY_MADE, came), 0.9)
            shown = np.where(may, random.poisson(4, size), 0) if total is None else total
            put(row, C.TOTAL_PUBLIC, shown + put(row, C.NEWLY_PUBLIC, public))
    for row in _ROWS:
        decisions = random.poisson(_as_usual(bodies.decisions[row], random))
        if (row, C.PRIOR_ITEMS) in has:
            decisions = np.where(_rolled(row, put, last, bodies.acts, random) > 0, decisions, 0)
        if (row, C.DECISIONS) in has:
            put(row, C.DECISIONS, decisions)
    if (ProactiveRow.CHARGES, C.PRIOR_ITEMS) in has:
        _rolled(ProactiveRow.CHARGES, put, last, bodies.acts, random)
    else:
        put(ProactiveRow.CHARGES, C.AMOUNT_WAN, _as_usual(bodies.charges, random).astype(np.int64))
    if (ProactiveRow.PROCUREMENT, C.PROJECTS) in has:
        projects = put(ProactiveRow.PROCUREMENT, C.PROJECTS, np.where(bodies.buys, random.poisson(20, size), 0))
        put(ProactiveRow.PROCUREMENT, C.AMOUNT, projects * random.integers(1, 400, size))
    return {address: made[address] for address in matrix.addresses}


def _rolled(row: ProactiveRow, put: _Put, last: _Last, acts: Bools, random: np.random.Generator) -> Ints:
    """Items of last year and their change: how many there are now."""
    prior, change = last(row, C.PRIOR_ITEMS), last(row, C.NET_CHANGE)
    held = np.where(acts, random.poisson(30, len(acts)), 0) if prior is None or change is None else prior + change
    changed = np.where(acts, random.integers(-2, 3, len(acts)), 0)
    return put(row, C.PRIOR_ITEMS, held) + put(row, C.NET_CHANGE, np.maximum(changed, -held))
