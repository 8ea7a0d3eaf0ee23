"""What rows and columns of the report mean, free of any form version.

A key says what a line *is*; a form says how a version *prints* it (`govinfo.form.Line`).
Every key is a `StrEnum` member whose value is its part of a cell's address.
Source of the members: the two forms issued under article 50 of 政府信息公开条例 (2019).
"""

from enum import StrEnum, unique


@unique
class Section(StrEnum):
    """The six sections of a report, in order; three hold tables, three hold prose."""

    OVERVIEW = "overview"
    PROACTIVE = "proactive"
    REQUESTS = "requests"
    DISPUTES = "disputes"
    PROBLEMS = "problems"
    OTHER_MATTERS = "other_matters"


PROSE = (Section.OVERVIEW, Section.PROBLEMS, Section.OTHER_MATTERS)
"""The sections that hold prose."""

TABLES = (Section.PROACTIVE, Section.REQUESTS, Section.DISPUTES)
"""The sections that hold a table."""


@unique
class ReportScope(StrEnum):
    """Whose work the figures count: the organ's own, or that of all bodies below it as well."""

    OWN_ORGAN = "own_organ"
    AGGREGATE = "aggregate"


@unique
class ProactiveBand(StrEnum):
    """The bands of section 2, each an item of article 20."""

    ART20_1 = "art20_1"
    ART20_5 = "art20_5"
    ART20_6 = "art20_6"
    ART20_8 = "art20_8"
    ART20_9 = "art20_9"


@unique
class ProactiveRow(StrEnum):
    """The rows of section 2, of all form versions."""

    RULES = "rules"
    NORMATIVE_DOCUMENTS = "normative_documents"
    LICENSING = "licensing"
    OTHER_SERVICES = "other_services"
    PENALTIES = "penalties"
    COMPULSION = "compulsion"
    CHARGES = "charges"
    PROCUREMENT = "procurement"


@unique
class ProactiveColumn(StrEnum):
    """The columns of section 2, of all form versions."""

    ISSUED = "issued"
    REPEALED = "repealed"
    IN_FORCE = "in_force"
    NEWLY_MADE = "newly_made"
    NEWLY_PUBLIC = "newly_public"
    TOTAL_PUBLIC = "total_public"
    PRIOR_ITEMS = "prior_items"
    NET_CHANGE = "net_change"
    DECISIONS = "decisions"
    AMOUNT_WAN = "amount_wan"
    PROJECTS = "projects"
    AMOUNT = "amount"


@unique
class Flow(StrEnum):
    """The rows of section 3 that count requests in and out, not how they ended."""

    NEW_RECEIVED = "new_received"
    CARRIED_IN = "carried_in"
    TOTAL_CONCLUDED = "total_concluded"
    CARRIED_FORWARD = "carried_forward"


@unique
class OutcomeGroup(StrEnum):
    """The headings (一) to (六) over the outcomes of section 3. They have no figures of their own.

    The values differ from those of `Outcome`, because string enums that share a value are equal.
    """

    GRANTED = "group_granted"
    PARTIAL = "group_partial"
    DENIED = "group_denied"
    UNAVAILABLE = "group_unavailable"
    UNPROCESSED = "group_unprocessed"
    OTHER = "group_other"


@unique
class Outcome(StrEnum):
    """How a request ended: the leaf rows of 三、本年度办理结果, of all form versions."""

    GRANTED = "granted"
    PARTIALLY_GRANTED = "partially_granted"
    DENIED_STATE_SECRET = "denied_state_secret"  # noqa: S105 -- a key's name, not a password
    DENIED_PROHIBITED_BY_LAW = "denied_prohibited_by_law"
    DENIED_SECURITY_STABILITY = "denied_security_stability"
    DENIED_THIRD_PARTY_RIGHTS = "denied_third_party_rights"
    DENIED_INTERNAL_AFFAIRS = "denied_internal_affairs"
    DENIED_PROCESS_INFORMATION = "denied_process_information"
    DENIED_ENFORCEMENT_FILE = "denied_enforcement_file"
    DENIED_SPECIAL_INQUIRY = "denied_special_inquiry"
    UNAVAILABLE_NOT_HELD = "unavailable_not_held"
    UNAVAILABLE_NEEDS_CREATION = "unavailable_needs_creation"
    UNAVAILABLE_STILL_UNCLEAR = "unavailable_still_unclear"
    UNPROCESSED_PETITION = "unprocessed_petition"
    UNPROCESSED_DUPLICATE = "unprocessed_duplicate"
    UNPROCESSED_PUBLICATION = "unprocessed_publication"
    UNPROCESSED_EXCESSIVE = "unprocessed_excessive"
    UNPROCESSED_RECONFIRMATION = "unprocessed_reconfirmation"
    OTHER_UNCORRECTED = "other_uncorrected"
    OTHER_FEE_UNPAID = "other_fee_unpaid"
    OTHER_MISC = "other_misc"
    OTHER_PROCESSING = "other_processing"

    @property
    def group(self) -> OutcomeGroup:
        """The heading that this outcome stands under."""
        return _GROUP[self]


_GROUP = {
    outcome: next(g for prefix, g in (
        ("granted", OutcomeGroup.GRANTED),
        ("partially_granted", OutcomeGroup.PARTIAL),
        ("denied_", OutcomeGroup.DENIED),
        ("unavailable_", OutcomeGroup.UNAVAILABLE),
        ("unprocessed_", OutcomeGroup.UNPROCESSED),
        ("other_", OutcomeGroup.OTHER),
    ) if outcome.value.startswith(prefix))
    for outcome in Outcome
}  # fmt: skip


@unique
class Applicant(StrEnum):
    """The columns of section 3: who asked. `TOTAL` is stored as printed, never derived."""

    NATURAL_PERSON = "natural_person"
    ENTERPRISE = "enterprise"
    RESEARCH_INSTITUTION = "research_institution"
    PUBLIC_WELFARE_ORG = "public_welfare_org"
    LEGAL_SERVICE_ORG = "legal_service_org"
    OTHER_ORG = "other_org"
    TOTAL = "total"


ORGANISATIONS = (
    Applicant.ENTERPRISE,
    Applicant.RESEARCH_INSTITUTION,
    Applicant.PUBLIC_WELFARE_ORG,
    Applicant.LEGAL_SERVICE_ORG,
    Applicant.OTHER_ORG,
)
"""法人或其他组织: the five columns of legal persons and other organisations."""


@unique
class DisputeTrack(StrEnum):
    """The ways to contest how information was disclosed: the rows of section 4, printed side by side."""

    RECONSIDERATION = "reconsideration"
    DIRECT_LITIGATION = "direct_litigation"
    POST_RECONSIDERATION_LITIGATION = "post_reconsideration_litigation"


@unique
class DisputeResult(StrEnum):
    """The columns of section 4: how a case ended. `TOTAL` is stored as printed."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER_RESULT = "other_result"
    PENDING = "pending"
    TOTAL = "total"


@unique
class OrganKind(StrEnum):
    """What kind of body files the report; duties and deadlines differ by it."""

    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    LOCAL_GOVERNMENT = "local_government"
    LOCAL_DEPARTMENT = "local_department"
    TOWNSHIP = "township"
    VERTICAL_SYSTEM = "vertical_system"
    AUTHORISED_ORGANISATION = "authorised_organisation"


@unique
class AdminLevel(StrEnum):
    """At which level of administration a body stands."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    PREFECTURAL = "prefectural"
    COUNTY = "county"
    TOWNSHIP = "township"
