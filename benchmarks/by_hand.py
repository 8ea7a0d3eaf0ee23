"""The same report as people write it down who have no library for it: pydantic v2 models and msgspec Structs.

Both refuse unknown and missing keys, wrong types and counts out of range, as either library does when it is asked to.
What they take, unlike `govinfo.from_json`: a key that stands twice (the last one wins), a null without a mark, a mark
at an address that the report does not have or beside a figure that it contradicts, an amount such as "1e3" or "NaN" or
without quotes. They know one form version.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
import pydantic

MAX_COUNT = 999_999_999
Scope = Literal["own_organ", "aggregate"] | None
State = Literal["value", "blank", "slash", "dash", "unreadable", "absent"]

# --- msgspec ---------------------------------------------------------------------------------------------------------

MCount = Annotated[int, msgspec.Meta(ge=0, le=MAX_COUNT)] | None
MYear = Annotated[int, msgspec.Meta(ge=1000, le=9999)] | None


class MDocuments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    issued: MCount
    repealed: MCount
    in_force: MCount


class MDecisions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    decisions: MCount


class MCharges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    amount_wan: Decimal | None


class MProactive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: MDocuments
    normative_documents: MDocuments
    licensing: MDecisions
    penalties: MDecisions
    compulsion: MDecisions
    charges: MCharges


class MRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    natural_person: MCount
    enterprise: MCount
    research_institution: MCount
    public_welfare_org: MCount
    legal_service_org: MCount
    other_org: MCount
    total: MCount


class MRequests(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    new_received: MRow
    carried_in: MRow
    granted: MRow
    partially_granted: MRow
    denied_state_secret: MRow
    denied_prohibited_by_law: MRow
    denied_security_stability: MRow
    denied_third_party_rights: MRow
    denied_internal_affairs: MRow
    denied_process_information: MRow
    denied_enforcement_file: MRow
    denied_special_inquiry: MRow
    unavailable_not_held: MRow
    unavailable_needs_creation: MRow
    unavailable_still_unclear: MRow
    unprocessed_petition: MRow
    unprocessed_duplicate: MRow
    unprocessed_publication: MRow
    unprocessed_excessive: MRow
    unprocessed_reconfirmation: MRow
    other_uncorrected: MRow
    other_fee_unpaid: MRow
    other_misc: MRow
    total_concluded: MRow
    carried_forward: MRow


class MTrack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    upheld: MCount
    corrected: MCount
    other_result: MCount
    pending: MCount
    total: MCount


class MDisputes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reconsideration: MTrack
    direct_litigation: MTrack
    post_reconsideration_litigation: MTrack


class MForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    proactive: Literal["cn-2021"] | None
    requests: Literal["cn-2021"] | None
    disputes: Literal["cn-2021"] | None


class MMark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    state: State
    raw: str
    note: str | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType = msgspec.UNSET


class MReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal["govinfo.report/1"]
    organ: str | None
    year: MYear
    scope: Scope
    title: str | None
    published_on: dt.date | None
    forms: MForms
    overview: str | None
    problems: str | None
    other_matters: str | None
    proactive: MProactive | None
    requests: MRequests | None
    disputes: MDisputes | None
    marks: dict[str, MMark]


# --- pydantic --------------------------------------------------------------------------------------------------------

PCount = Annotated[int, pydantic.Field(ge=0, le=MAX_COUNT)] | None
PYear = Annotated[int, pydantic.Field(ge=1000, le=9999)] | None


class PModel(pydantic.BaseModel):
    """What every model here shares."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True, frozen=True)


class PDocuments(PModel):
    issued: PCount
    repealed: PCount
    in_force: PCount


class PDecisions(PModel):
    decisions: PCount


class PCharges(PModel):
    amount_wan: Decimal | None


class PProactive(PModel):
    rules: PDocuments
    normative_documents: PDocuments
    licensing: PDecisions
    penalties: PDecisions
    compulsion: PDecisions
    charges: PCharges


class PRow(PModel):
    natural_person: PCount
    enterprise: PCount
    research_institution: PCount
    public_welfare_org: PCount
    legal_service_org: PCount
    other_org: PCount
    total: PCount


class PRequests(PModel):
    new_received: PRow
    carried_in: PRow
    granted: PRow
    partially_granted: PRow
    denied_state_secret: PRow
    denied_prohibited_by_law: PRow
    denied_security_stability: PRow
    denied_third_party_rights: PRow
    denied_internal_affairs: PRow
    denied_process_information: PRow
    denied_enforcement_file: PRow
    denied_special_inquiry: PRow
    unavailable_not_held: PRow
    unavailable_needs_creation: PRow
    unavailable_still_unclear: PRow
    unprocessed_petition: PRow
    unprocessed_duplicate: PRow
    unprocessed_publication: PRow
    unprocessed_excessive: PRow
    unprocessed_reconfirmation: PRow
    other_uncorrected: PRow
    other_fee_unpaid: PRow
    other_misc: PRow
    total_concluded: PRow
    carried_forward: PRow


class PTrack(PModel):
    upheld: PCount
    corrected: PCount
    other_result: PCount
    pending: PCount
    total: PCount


class PDisputes(PModel):
    reconsideration: PTrack
    direct_litigation: PTrack
    post_reconsideration_litigation: PTrack


class PForms(PModel):
    proactive: Literal["cn-2021"] | None
    requests: Literal["cn-2021"] | None
    disputes: Literal["cn-2021"] | None


class PMark(PModel):
    state: State
    raw: str
    note: str | None = None
    unit: str | None = None


class PReport(PModel):
    schema_: Literal["govinfo.report/1"] = pydantic.Field(alias="schema")
    organ: str | None
    year: PYear
    scope: Scope
    title: str | None
    published_on: dt.date | None
    forms: PForms
    overview: str | None
    problems: str | None
    other_matters: str | None
    proactive: PProactive | None
    requests: PRequests | None
    disputes: PDisputes | None
    marks: dict[str, PMark]


# --- the sums --------------------------------------------------------------------------------------------------------


def broken(report: Any) -> list[str]:
    """The names of the sums that do not hold, of either model; `TypeError` where a cell is null."""
    return requests_broken(report.requests) + disputes_broken(report.disputes)


def broken_tuned(report: Any) -> list[str]:
    """The same by somebody who has measured it."""
    return requests_broken_tuned(report.requests) + disputes_broken(report.disputes)


def requests_broken(r: Any) -> list[str]:
    """Section 3: every row adds up to its total, the outcomes to the total concluded, what came in to what went out."""
    outcomes = (
        r.granted,
        r.partially_granted,
        r.denied_state_secret,
        r.denied_prohibited_by_law,
        r.denied_security_stability,
        r.denied_third_party_rights,
        r.denied_internal_affairs,
        r.denied_process_information,
        r.denied_enforcement_file,
        r.denied_special_inquiry,
        r.unavailable_not_held,
        r.unavailable_needs_creation,
        r.unavailable_still_unclear,
        r.unprocessed_petition,
        r.unprocessed_duplicate,
        r.unprocessed_publication,
        r.unprocessed_excessive,
        r.unprocessed_reconfirmation,
        r.other_uncorrected,
        r.other_fee_unpaid,
        r.other_misc,
    )
    new, carried_in, concluded, forward = r.new_received, r.carried_in, r.total_concluded, r.carried_forward
    wrong = [
        f"row {place}"
        for place, row in enumerate((new, carried_in, *outcomes, concluded, forward))
        if row.natural_person + row.enterprise + row.research_institution + row.public_welfare_org + row.legal_service_org + row.other_org
        != row.total
    ]
    if sum(row.natural_person for row in outcomes) != concluded.natural_person:
        wrong.append("concluded natural_person")
    if new.natural_person + carried_in.natural_person != concluded.natural_person + forward.natural_person:
        wrong.append("flow natural_person")
    if sum(row.enterprise for row in outcomes) != concluded.enterprise:
        wrong.append("concluded enterprise")
    if new.enterprise + carried_in.enterprise != concluded.enterprise + forward.enterprise:
        wrong.append("flow enterprise")
    if sum(row.research_institution for row in outcomes) != concluded.research_institution:
        wrong.append("concluded research_institution")
    if new.research_institution + carried_in.research_institution != concluded.research_institution + forward.research_institution:
        wrong.append("flow research_institution")
    if sum(row.public_welfare_org for row in outcomes) != concluded.public_welfare_org:
        wrong.append("concluded public_welfare_org")
    if new.public_welfare_org + carried_in.public_welfare_org != concluded.public_welfare_org + forward.public_welfare_org:
        wrong.append("flow public_welfare_org")
    if sum(row.legal_service_org for row in outcomes) != concluded.legal_service_org:
        wrong.append("concluded legal_service_org")
    if new.legal_service_org + carried_in.legal_service_org != concluded.legal_service_org + forward.legal_service_org:
        wrong.append("flow legal_service_org")
    if sum(row.other_org for row in outcomes) != concluded.other_org:
        wrong.append("concluded other_org")
    if new.other_org + carried_in.other_org != concluded.other_org + forward.other_org:
        wrong.append("flow other_org")
    if sum(row.total for row in outcomes) != concluded.total:
        wrong.append("concluded total")
    if new.total + carried_in.total != concluded.total + forward.total:
        wrong.append("flow total")
    return wrong


def requests_broken_tuned(r: Any) -> list[str]:
    """The same in one pass over the rows, with every cell and the column sums in local variables."""
    wrong: list[str] = []
    n = e = i = w = s = o = t = 0
    outcomes = (
        r.granted,
        r.partially_granted,
        r.denied_state_secret,
        r.denied_prohibited_by_law,
        r.denied_security_stability,
        r.denied_third_party_rights,
        r.denied_internal_affairs,
        r.denied_process_information,
        r.denied_enforcement_file,
        r.denied_special_inquiry,
        r.unavailable_not_held,
        r.unavailable_needs_creation,
        r.unavailable_still_unclear,
        r.unprocessed_petition,
        r.unprocessed_duplicate,
        r.unprocessed_publication,
        r.unprocessed_excessive,
        r.unprocessed_reconfirmation,
        r.other_uncorrected,
        r.other_fee_unpaid,
        r.other_misc,
    )
    for place, row in enumerate(outcomes):
        a, b, c, d, f, g, total = (
            row.natural_person,
            row.enterprise,
            row.research_institution,
            row.public_welfare_org,
            row.legal_service_org,
            row.other_org,
            row.total,
        )
        if a + b + c + d + f + g != total:
            wrong.append(f"outcome {place}")
        n += a
        e += b
        i += c
        w += d
        s += f
        o += g
        t += total
    new, carried_in, concluded, forward = r.new_received, r.carried_in, r.total_concluded, r.carried_forward
    for name, row in (("new", new), ("carried in", carried_in), ("concluded", concluded), ("forward", forward)):
        parts = (
            row.natural_person + row.enterprise + row.research_institution + row.public_welfare_org + row.legal_service_org + row.other_org
        )
        if parts != row.total:
            wrong.append(name)
    if n != concluded.natural_person:
        wrong.append("concluded natural_person")
    if e != concluded.enterprise:
        wrong.append("concluded enterprise")
    if i != concluded.research_institution:
        wrong.append("concluded research_institution")
    if w != concluded.public_welfare_org:
        wrong.append("concluded public_welfare_org")
    if s != concluded.legal_service_org:
        wrong.append("concluded legal_service_org")
    if o != concluded.other_org:
        wrong.append("concluded other_org")
    if t != concluded.total:
        wrong.append("concluded total")
    if new.natural_person + carried_in.natural_person != concluded.natural_person + forward.natural_person:
        wrong.append("flow natural_person")
    if new.enterprise + carried_in.enterprise != concluded.enterprise + forward.enterprise:
        wrong.append("flow enterprise")
    if new.research_institution + carried_in.research_institution != concluded.research_institution + forward.research_institution:
        wrong.append("flow research_institution")
    if new.public_welfare_org + carried_in.public_welfare_org != concluded.public_welfare_org + forward.public_welfare_org:
        wrong.append("flow public_welfare_org")
    if new.legal_service_org + carried_in.legal_service_org != concluded.legal_service_org + forward.legal_service_org:
        wrong.append("flow legal_service_org")
    if new.other_org + carried_in.other_org != concluded.other_org + forward.other_org:
        wrong.append("flow other_org")
    if new.total + carried_in.total != concluded.total + forward.total:
        wrong.append("flow total")
    return wrong


def disputes_broken(d: Any) -> list[str]:
    """Section 4: every track adds up to its total."""
    tracks = (d.reconsideration, d.direct_litigation, d.post_reconsideration_litigation)
    return [f"track {place}" for place, t in enumerate(tracks) if t.upheld + t.corrected + t.other_result + t.pending != t.total]
