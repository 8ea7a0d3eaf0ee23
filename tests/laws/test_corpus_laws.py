"""Laws of a data set: rows come back as what they were made of; a part changes with its own files and no others."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.columns.arrow import pa
from govinfo.corpus.across import blocks
from govinfo.corpus.batches import FINDINGS, Attempt, Failure, attempts_of, checked, digest, readings_batch
from govinfo.corpus.listing import Entry, parts
from govinfo.corpus.part import split
from govinfo.corpus.store import SCHEMAS
from govinfo.findings import Findings
from govinfo.keys import Section
from govinfo.reading import Heading, Leftover, Origin, Reading, Repair, RepairKind
from govinfo.report import Report
from govinfo.rules import check
from govinfo.strategies import reports

_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
_NUMBER = st.none() | st.integers(1, 2**31 - 1)
_ORIGINS = st.builds(Origin, _TEXT, _NUMBER, _NUMBER, _NUMBER, st.none() | _TEXT, _NUMBER, _NUMBER, _NUMBER)
_READINGS = st.builds(
    Reading,
    reports(blanks=True),
    st.lists(st.builds(Heading, st.sampled_from(Section), _TEXT, _ORIGINS), max_size=2).map(tuple),
    st.lists(st.builds(Leftover, _TEXT, st.none() | st.sampled_from(Section), _TEXT, _ORIGINS), max_size=2).map(tuple),
    st.lists(st.builds(Repair, st.sampled_from(RepairKind), _TEXT, _TEXT, _ORIGINS), max_size=2).map(tuple),
    st.dictionaries(_TEXT, _ORIGINS, max_size=3),
)
_FAILURES = st.builds(Failure, st.sampled_from(["unreadable", "crashed"]), _TEXT, _TEXT)
_ATTEMPTS = st.builds(
    Attempt, _TEXT, st.none() | _TEXT, st.none() | st.just(digest(b"")), st.none() | st.integers(0, 2**40), _READINGS | _FAILURES
)


@settings(max_examples=25)
@given(st.lists(_ATTEMPTS, max_size=3))
def test_attempts_come_back_from_their_rows(attempts: list[Attempt]) -> None:
    assert attempts_of(readings_batch(attempts)) == attempts


@settings(max_examples=15)
@given(st.lists(_ATTEMPTS, min_size=1, max_size=3, unique_by=lambda each: each.source))
def test_every_document_is_a_report_or_a_failure_and_keeps_its_findings(attempts: list[Attempt]) -> None:
    found = checked(attempts)
    assert found.readings.equals(readings_batch(attempts))
    tables = split(found.readings, found.findings)
    read = [each for each in attempts if isinstance(each.outcome, Reading)]
    assert tables["reports"]["source"].to_pylist() == tables["prose"]["source"].to_pylist() == [each.source for each in read]
    assert tables["failures"]["source"].to_pylist() == [each.source for each in attempts if isinstance(each.outcome, Failure)]
    assert tables["origins"].num_rows == sum(len(each.outcome.origins) for each in read if isinstance(each.outcome, Reading))
    assert all(tables[name].schema == schema for name, schema in SCHEMAS.items())
    assert found.findings.schema == FINDINGS
    assert list(found.counts) == [sum(row["source"] == each.source for row in found.findings.to_pylist()) for each in attempts]
    told = [(row["source"], row["code"], row["verdict"], row["message_zh"]) for row in found.findings.to_pylist()]
    assert told == [
        (each.source, f.code, f.verdict.value, f.message("zh"))
        for each in read
        if isinstance(each.outcome, Reading)
        for f in check(each.outcome if each.outcome.has_document else each.outcome.report)
        if f.verdict.value in ("broken", "unknown")
    ]


def test_what_no_table_can_hold_is_a_failure_of_that_document_alone() -> None:
    good, bad = (Attempt(name, None, None, 1, Reading(Report(title=title))) for name, title in (("a", "好"), ("b", "\ud800")))
    first, second = attempts_of(readings_batch([good, bad]))
    assert first == good
    assert isinstance(second.outcome, Failure)
    assert second.outcome.kind == "defect"


def test_a_report_that_a_rule_cannot_bear_is_a_failure_of_that_document_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def bearing(reading: Reading) -> Findings:
        if reading.report.title == "坏":
            raise LookupError("a rule")
        return check(reading)

    monkeypatch.setattr("govinfo.corpus.batches.check", bearing)
    titles = {"a": "好", "b": "坏", "c": "\ud800", "d": "也好"}
    attempts = [Attempt(source, None, None, 1, Reading(Report(title=title))) for source, title in titles.items()]
    found = checked(attempts)
    assert found.readings.column("kind").to_pylist() == [None, "defect", "defect", None]
    assert {row["source"] for row in found.findings.to_pylist()} == {"a", "d"}
    assert list(found.counts[1:3]) == [0, 0]
    assert sum(found.counts) == found.findings.num_rows


def _names(found: Sequence[tuple[Entry, ...]]) -> list[list[str]]:
    return [[entry.name for entry in part] for part in found]


@given(st.sets(st.integers(0, 500), min_size=1), st.integers(0, 500))
def test_a_file_that_comes_or_goes_changes_its_own_part_and_at_most_one_beside(numbers: set[int], other: int) -> None:
    def made(chosen: set[int]) -> list[list[str]]:
        return _names(list(parts([Entry(f"{n:03}", "") for n in sorted(chosen)], mean=8)))

    before, after = made(numbers - {other}), made(numbers | {other})
    assert [name for part in after for name in part] == [f"{n:03}" for n in sorted(numbers | {other})]
    assert sum(part not in before for part in after) <= 2
    assert sum(part not in after for part in before) <= 1


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=5))
def test_blocks_hold_every_row_in_order_and_all_rows_that_belong_together(keys: list[list[str]]) -> None:
    ordered = sorted(key for batch in keys for key in batch)
    numbers = iter(range(len(ordered)))
    batches = [pa.record_batch({"together": [ordered[n] for n in own], "n": own}) for own in ([next(numbers) for _ in b] for b in keys)]
    made = [block.to_pydict() for block in blocks(batches)]
    assert [n for block in made for n in block["n"]] == list(range(len(ordered)))
    assert all(block["n"] for block in made)
    assert all(one["together"][-1] < other["together"][0] for one, other in pairwise(made))
