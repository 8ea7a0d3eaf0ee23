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

Figures = dict[str, Ints]
"""A column for each cell, over the bodies. Money is in units of its last place: see `MONEY_PLACES`."""

MONEY_PLACES = {"proactive.charges.amount_wan": 4, "proactive.procurement.amount": 0}
"""Decimal places of the cells that hold money: charges down to 1 元, procurement in whole 万元."""

# How the country is, roughly as published reports are: who asks, and what comes of it.
_APPLICANTS = {
    Applicant.NATURAL_PERSON: 0.88, Applicant.ENTERPRISE: 0.08, Applicant.RESEARCH_INSTITUTION: 0.005,
    Applicant.PUBLIC_WELFARE_ORG: 0.005, Applicant.LEGAL_SERVICE_ORG: 0.01, Applicant.OTHER_ORG: 0.02,
}  # fmt: skip
_OUTCOMES = {Outcome.GRANTED: 0.45, Outcome.PARTIALLY_GRANTED: 0.1, Outcome.UNAVAILABLE_NOT_HELD: 0.2, Outcome.UNPROCESSED_PETITION: 0.04}
_VOLUME = {AdminLevel.PROVINCIAL: 60.0, AdminLevel.PREFECTURAL: 25.0, AdminLevel.COUNTY: 6.0, AdminLevel.TOWNSHIP: 1.5}
_SPREAD, _IDLE, _CHARGING = 1.4, 0.3, 0.3
_OPEN_AT_YEAR_END = 0.06
_DISPUTED = {DisputeTrack.RECONSIDERATION: 0.04, DisputeTrack.DIRECT_LITIGATION: 0.01, DisputeTrack.POST_RECONSIDERATION_LITIGATION: 0.01}
_RESULTS = {DisputeResult.UPHELD: 0.5, DisputeResult.CORRECTED: 0.12, DisputeResult.OTHER_RESULT: 0.25, DisputeResult.PENDING: 0.13}
_ROWS = (ProactiveRow.LICENSING, ProactiveRow.OTHER_SERVICES, ProactiveRow.PENALTIES, ProactiveRow.COMPULSION)
_DOCUMENTS = (ProactiveRow.RULES, ProactiveRow.NORMATIVE_DOCUMENTS)
C = ProactiveColumn
_Put = Callable[[ProactiveRow, C, Ints], Ints]
_Last = Callable[[ProactiveRow, C], Ints | None]


@frozen
class Bodies:
    """What is constant about the bodies that count their own work: how busy, and who may do what."""

    volume: npt.NDArray[np.float64]
    makes_rules: Bools
    acts: Bools
    buys: Bools

    @classmethod
    def of(cls, organs: Sequence[Organ], random: np.random.Generator) -> "Bodies":
        """A draw for each body."""
        volume = np.array([_VOLUME[organ.level] for organ in organs]) * np.exp(random.normal(0, _SPREAD, len(organs)))
        volume[random.random(len(organs)) < _IDLE] = 0
        high = (AdminLevel.PROVINCIAL, AdminLevel.PREFECTURAL)
        makes_rules = np.array([organ.office and organ.level in high for organ in organs], np.bool_)
        acts = np.array([organ.kind is not OrganKind.TOWNSHIP and not organ.office for organ in organs], np.bool_)
        return cls(volume, makes_rules, acts, np.array([organ.finance for organ in organs], np.bool_))


def year(bodies: Bodies, form: Form, before: Figures | None, random: np.random.Generator) -> Figures:
    """The figures of one year on its form, after those of the year before (None: the first)."""
    figures = _requests(form.requests, bodies, before, random)
    figures |= _disputes(form.disputes, figures, before, random)
    return figures | _proactive(form.proactive, bodies, before or {}, random)


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
    rare = (1 - sum(_OUTCOMES.values())) / (len(outcomes) - len(_OUTCOMES))
    shares = [_OUTCOMES.get(Outcome(row), rare) for row in outcomes]
    given: Figures = {}
    for applicant, share in _APPLICANTS.items():
        new = random.poisson(bodies.volume * share)
        carried = np.zeros_like(new) if before is None else before[f"requests.{Flow.CARRIED_FORWARD}.{applicant}"]
        still_open = random.binomial(new + carried, _OPEN_AT_YEAR_END)
        given[f"requests.{Flow.CARRIED_IN}.{applicant}"] = carried
        given[f"requests.{Flow.CARRIED_FORWARD}.{applicant}"] = still_open
        ended = random.multinomial(new + carried - still_open, shares)
        given |= {f"requests.{row}.{applicant}": ended[:, n] for n, row in enumerate(outcomes)}
    return followed(plan(matrix.balances, matrix.addresses), given)


def _disputes(matrix: Matrix, requests: Figures, before: Figures | None, random: np.random.Generator) -> Figures:
    """Disputes about this year's requests, and those of last year that were open."""
    concluded = requests[f"requests.{Flow.TOTAL_CONCLUDED}.{Applicant.TOTAL}"]
    given: Figures = {}
    for track, share in _DISPUTED.items():
        cases = random.binomial(concluded, share)
        if before is not None:
            cases = cases + before[f"disputes.{track}.{DisputeResult.PENDING}"]
        results = random.multinomial(cases, list(_RESULTS.values()))
        given |= {f"disputes.{track}.{result}": results[:, n] for n, result in enumerate(_RESULTS)}
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
        came = np.where(may, random.poisson(0.8, size), 0)
        if (row, C.IN_FORCE) in has:
            stock = last(row, C.IN_FORCE)
            held = np.where(may, random.poisson(8, size), 0) if stock is None else stock
            went = random.binomial(held + put(row, C.ISSUED, came), 0.08)
            put(row, C.IN_FORCE, held + came - put(row, C.REPEALED, went))
        else:
            total = last(row, C.TOTAL_PUBLIC)
            public = random.binomial(put(row, C.NEWLY_MADE, came), 0.9)
            shown = np.where(may, random.poisson(8, size), 0) if total is None else total
            put(row, C.TOTAL_PUBLIC, shown + put(row, C.NEWLY_PUBLIC, public))
    busy = np.where(bodies.acts, np.exp(random.normal(2, 2, size)), 0)
    for row in _ROWS:
        decisions = random.poisson(busy * random.random(size))
        if (row, C.PRIOR_ITEMS) in has:
            decisions = np.where(_rolled(row, put, last, bodies.acts, random) > 0, decisions, 0)
        if (row, C.DECISIONS) in has:
            put(row, C.DECISIONS, decisions)
    if (ProactiveRow.CHARGES, C.PRIOR_ITEMS) in has:
        _rolled(ProactiveRow.CHARGES, put, last, bodies.acts, random)
    else:
        charged = bodies.acts & (random.random(size) < _CHARGING)
        put(ProactiveRow.CHARGES, C.AMOUNT_WAN, np.where(charged, random.lognormal(13, 2, size), 0).astype(np.int64))
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
