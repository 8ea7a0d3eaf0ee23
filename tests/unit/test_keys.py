"""What rows and columns mean."""

from enum import StrEnum
from itertools import combinations

import pytest

from govinfo import keys
from govinfo.keys import (
    ORGANISATIONS,
    PROSE,
    TABLES,
    Applicant,
    DisputeResult,
    DisputeTrack,
    Flow,
    Outcome,
    OutcomeGroup,
    ProactiveColumn,
    ProactiveRow,
    Section,
)

ENUMS = [value for value in vars(keys).values() if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum]
CONFUSABLE = [
    (Flow, Outcome),  # both are rows of section 3
    (Outcome, OutcomeGroup),
    (Flow, OutcomeGroup),
    (ProactiveRow, ProactiveColumn),
    (DisputeTrack, DisputeResult),
    *((rows, Applicant) for rows in (Flow, Outcome, OutcomeGroup)),
]


@pytest.mark.parametrize(("one", "other"), CONFUSABLE, ids=lambda enum: enum.__name__)
def test_keys_that_could_stand_in_one_place_never_share_a_value(one: type[StrEnum], other: type[StrEnum]) -> None:
    assert {member.value for member in one}.isdisjoint(member.value for member in other)


def test_rows_of_two_tables_never_share_a_value() -> None:
    rows = [set(ProactiveRow), {*Flow, *Outcome}, set(DisputeTrack)]
    assert all(one.isdisjoint(other) for one, other in combinations(rows, 2))


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_value_can_be_part_of_an_address(enum: type[StrEnum]) -> None:
    assert all(member.value.isidentifier() and member.value.islower() for member in enum)


def test_prose_and_tables_are_the_six_sections() -> None:
    assert sorted((*PROSE, *TABLES)) == sorted(Section)


@pytest.mark.parametrize(
    ("group", "size"),
    [("GRANTED", 1), ("PARTIAL", 1), ("DENIED", 8), ("UNAVAILABLE", 3), ("UNPROCESSED", 5), ("OTHER", 4)],
)
def test_every_outcome_stands_under_one_heading(group: str, size: int) -> None:
    members = [outcome for outcome in Outcome if outcome.group is OutcomeGroup[group]]
    assert len(members) == size


def test_some_outcomes_stand_where_the_form_prints_them() -> None:
    assert Outcome.GRANTED.group is OutcomeGroup.GRANTED
    assert Outcome.PARTIALLY_GRANTED.group is OutcomeGroup.PARTIAL
    assert Outcome.DENIED_SPECIAL_INQUIRY.group is OutcomeGroup.DENIED
    assert Outcome.UNAVAILABLE_STILL_UNCLEAR.group is OutcomeGroup.UNAVAILABLE
    assert Outcome.UNPROCESSED_RECONFIRMATION.group is OutcomeGroup.UNPROCESSED
    assert {o for o in Outcome if o.group is OutcomeGroup.OTHER} == {
        Outcome.OTHER_UNCORRECTED,
        Outcome.OTHER_FEE_UNPAID,
        Outcome.OTHER_MISC,
        Outcome.OTHER_PROCESSING,
    }


def test_organisations_are_the_applicants_but_persons_and_the_total() -> None:
    assert [*ORGANISATIONS] == [a for a in Applicant if a not in (Applicant.NATURAL_PERSON, Applicant.TOTAL)]
