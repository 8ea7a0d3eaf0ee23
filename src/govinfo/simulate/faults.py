"""Known faults, planted in a consistent country: what is wrong, where, and which rules must say so."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import field, frozen

from govinfo.columns.arrow import np
from govinfo.form import Form
from govinfo.keys import Applicant, DisputeResult, DisputeTrack, Flow, OrganKind, Outcome, ProactiveColumn, ProactiveRow
from govinfo.simulate.organs import Organ
from govinfo.simulate.prose import STATED

Cells = Mapping[str, tuple[int, int]]
Look = Callable[[str], int]


@frozen
class Planted:
    """One planted fault: the row of its report, whose and of which year, what is right and what stands there, the rules that must break.

    `kind`: `slip` (one figure of section 3), `dispute` (a total of section 4), `carry` (carried in, other than carried forward before),
    `stock` (documents in force, other than last year's with what came and went), `sum` (an aggregate that is not the sum of its parts,
    though it adds up), `late` (published after the deadline; `cells` then holds days of the calendar, counted from year 1), `unit`
    (charges in 元 under a head that says 万元; amounts are in units of 元 here), `prose` (section 1 states another number of concluded
    requests than the table; `cells` then names `overview`).
    """

    row: int
    organ: str
    year: int
    kind: str
    cells: Cells = field(hash=False)
    rules: tuple[str, ...]


@frozen
class Place:
    """Where a fault may be planted: a report, its form, and what it and the year before say (`before`: None in the first year)."""

    organ: Organ
    form: Form
    before: Form | None
    value: Look
    value_before: Look
    published_on: int
    deadline: int


def fault(place: Place, random: np.random.Generator) -> tuple[str, Cells, tuple[str, ...]]:
    """One fault, of any kind that the place allows."""
    while True:
        kind = _KINDS[int(random.integers(len(_KINDS)))]
        if found := kind(place, random):
            cells, rules = found
            return kind.__name__.removeprefix("_"), MappingProxyType(dict(cells)), rules


_Found = tuple[dict[str, tuple[int, int]], tuple[str, ...]] | None


def _other(value: int, random: np.random.Generator) -> tuple[int, int]:
    """A figure and one that it is not, mostly a little more."""
    return value, value + int(random.integers(1, 10)) * (1 if value < 10 or random.random() < 0.8 else -1)  # noqa: PLR2004 -- never below 0


def _broken_by(form: Form, address: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(balance.code for balance in form.balances if address in balance.cells))


def _slip(place: Place, random: np.random.Generator) -> _Found:
    # Not in the rows that other years depend on: there a slip is another kind of fault.
    cells = [cell.address for cell in place.form.requests.cells if cell.row.key not in (Flow.CARRIED_IN, Flow.CARRIED_FORWARD)]
    address = cells[int(random.integers(len(cells)))]
    return {address: _other(place.value(address), random)}, _broken_by(place.form, address)


def _dispute(place: Place, random: np.random.Generator) -> _Found:
    address = f"disputes.{list(DisputeTrack)[int(random.integers(3))]}.{DisputeResult.TOTAL}"
    return {address: _other(place.value(address), random)}, _broken_by(place.form, address)


def _carry(place: Place, random: np.random.Generator) -> _Found:
    new, old = (f"requests.{flow}.{Applicant.NATURAL_PERSON}" for flow in (Flow.NEW_RECEIVED, Flow.CARRIED_IN))
    if place.before is None or not (most := place.value(new)):
        return None
    moved = int(random.integers(1, most + 1))
    cells = {
        f"requests.{flow}.{column}": sign * moved
        for flow, sign in ((Flow.NEW_RECEIVED, -1), (Flow.CARRIED_IN, 1))
        for column in (Applicant.NATURAL_PERSON, Applicant.TOTAL)
    }
    assert old in cells  # noqa: S101 -- moved from new to old, in the column and in the total: every sum still holds
    return {address: (place.value(address), place.value(address) + change) for address, change in cells.items()}, ("Y701",)


def _stock(place: Place, random: np.random.Generator) -> _Found:
    address = f"proactive.{ProactiveRow.NORMATIVE_DOCUMENTS}.{ProactiveColumn.IN_FORCE}"
    if place.before is None or any(address not in form.cells for form in (place.form, place.before)):
        return None
    value = place.value(address)
    return {address: (value, value + int(random.integers(1, 20)))}, ("Y702",)


def _sum(place: Place, random: np.random.Generator) -> _Found:
    if not place.organ.aggregate:
        return None
    more = int(random.integers(1_000, 100_000))
    rows = (Flow.NEW_RECEIVED, Outcome.GRANTED, Flow.TOTAL_CONCLUDED)
    cells = [f"requests.{row}.{column}" for row in rows for column in (Applicant.NATURAL_PERSON, Applicant.TOTAL)]
    return {address: (place.value(address), place.value(address) + more) for address in cells}, ("H801",)


def _late(place: Place, random: np.random.Generator) -> _Found:
    rules = {OrganKind.LOCAL_DEPARTMENT: "T601", OrganKind.LOCAL_GOVERNMENT: "T602"}
    if place.organ.kind not in rules:
        return None  # townships have local deadlines
    return {"published_on": (place.published_on, place.deadline + int(random.integers(1, 60)))}, (rules[place.organ.kind],)


def _unit(place: Place, random: np.random.Generator) -> _Found:  # noqa: ARG001 -- every kind is given both
    address = f"proactive.{ProactiveRow.CHARGES}.{ProactiveColumn.AMOUNT_WAN}"
    if place.before is None or any(address not in form.cells for form in (place.form, place.before)):
        return None
    value = place.value(address)
    if not 0 < value < _MOST_WAN or not place.value_before(address):
        return None
    return {address: (value, value * 10_000)}, ("Y707",)


def _prose(place: Place, random: np.random.Generator) -> _Found:
    value = place.value(STATED)
    # More than there were in all: a smaller number might count those of this year alone.
    most = value + place.value(f"requests.{Flow.CARRIED_FORWARD}.{Applicant.TOTAL}")
    return ({"overview": (value, most + int(random.integers(1, 10)))}, ("N403",)) if value else None


_MOST_WAN = 10**10
"""Units of the amount charged, up to which ten thousand times as much is an amount that a report can hold."""

_KINDS = (_slip, _slip, _dispute, _carry, _stock, _sum, _late, _unit, _prose)
"""The kinds of faults; a slip of one figure is the commonest."""
