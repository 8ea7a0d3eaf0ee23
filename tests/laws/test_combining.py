"""A whole is its parts added up cell by cell, in any order and grouping; two reports differ exactly where they differ."""

from random import Random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from govinfo.combine import aggregate, diff
from govinfo.forms import CN_2021
from govinfo.report import Report
from govinfo.rules import check
from govinfo.strategies import reports, tables, wholes_and_parts


@st.composite
def part(draw: st.DrawFn) -> Report:
    """A body's report with small enough figures that many of them can be added."""
    requests, disputes = (draw(tables(matrix, max_value=100_000_000)) for matrix in (CN_2021.requests, CN_2021.disputes))
    return Report(year=2023, requests=requests, disputes=disputes)


PARTS = st.lists(part(), min_size=1, max_size=4)


@given(PARTS)
def test_every_cell_is_the_sum_of_the_parts_cells(parts: list[Report]) -> None:
    whole = aggregate(parts)
    for table in whole.tables:
        for address, value in table.by_address.items():
            assert value == sum(part[address] or 0 for part in parts)


@given(wholes_and_parts())
def test_the_whole_of_valid_parts_is_valid(drawn: tuple[Report, tuple[Report, ...]]) -> None:
    whole, _ = drawn
    assert check(whole).errors == ()


@given(PARTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(parts: list[Report], random: Random) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)
    assert aggregate(shuffled) == aggregate(parts)


@given(PARTS, PARTS)
def test_a_whole_of_wholes_is_the_whole_of_all(some: list[Report], others: list[Report]) -> None:
    assert aggregate([aggregate(some), aggregate(others)]) == aggregate([*some, *others])


@given(reports(blanks=True))
def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    assert not diff(report, evolve(report))


@given(reports(blanks=True), reports(blanks=True))
def test_only_equal_reports_do_not_differ(one: Report, other: Report) -> None:
    assert bool(diff(one, other)) == (one != other)


@given(reports(blanks=True), reports(blanks=True))
def test_differences_reverse(one: Report, other: Report) -> None:
    there, back = diff(one, other), diff(other, one)
    assert {(c.address, c.before, c.after) for c in there.cells} == {(c.address, c.after, c.before) for c in back.cells}
    assert {(t.name, t.before, t.after) for t in there.texts} == {(t.name, t.after, t.before) for t in back.texts}
