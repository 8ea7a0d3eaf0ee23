"""What locating says of known cases, and of input that nobody would file."""

import pickle
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve

from govinfo.errors import FigureError
from govinfo.findings import Verdict
from govinfo.form import Band, Form, Identity, Kind, Line, Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import Section
from govinfo.locator import Change, Correction, Diagnosis, Slip, locate
from govinfo.locator.network import structure_of
from govinfo.report import ABSENT, BLANK, MAX_COUNT, CellState, Mark, Report, Table, Value
from govinfo.rules import check
from tests.toy import BOOKS, RIGHT, books

SLASH = Mark(CellState.SLASH, "/")
CHILD, OTHER, ALL = "requests.lent.child", "requests.lent.other_reader", "requests.lent.all_readers"


def toy(*figures: int) -> Report:
    return Report(requests=books(*figures))


def disputes(**figures: Value | Mark) -> Report:
    """Section 4 with these figures of 行政复议, the rest 0."""
    values: dict[str, Value | Mark] = dict.fromkeys(CN_2021.disputes.addresses, 0)
    return Report(
        disputes=Table.of(CN_2021.disputes, values | {f"disputes.reconsideration.{key}": value for key, value in figures.items()})
    )


def cells(diagnosis: Diagnosis) -> list[dict[str, int]]:
    return [dict(correction.cells) for correction in diagnosis.corrections]


class TestStructure:
    @pytest.mark.parametrize("form", [CN_2019, CN_2021], ids=["cn-2019", "cn-2021"])
    def test_section_3_is_one_network(self, form: Form) -> None:
        structure = structure_of(form.requests)
        assert [tied.network for tied in structure.tied] == [True]
        assert len(structure.part) == len(form.requests.balances) - 1
        assert len(structure.ends) == len(form.requests.cells)

    def test_in_section_4_every_track_is_a_network_with_a_ground(self) -> None:
        structure = structure_of(CN_2021.disputes)
        assert structure.part == (0, 0, 1, 1, 2, 2)

    def test_the_toy_form_is_a_network(self) -> None:
        assert structure_of(BOOKS).all_network
        assert set(structure_of(BOOKS).ends) == set(range(9))


class TestKnownCases:
    def test_totals_printed_0_over_parts(self) -> None:
        diagnosis = locate(disputes(upheld=10, pending=1))
        (correction,) = diagnosis.corrections
        assert correction.changes == (Change("disputes.reconsideration.total", 0, 11, Slip.ZERO),)
        assert diagnosis.unique
        assert diagnosis.complete

    def test_a_part_may_be_to_blame_as_well(self) -> None:
        diagnosis = locate(disputes(upheld=10, pending=1, total=10))
        assert not diagnosis.unique
        key = "disputes.reconsideration"
        assert sorted(map(str, cells(diagnosis))) == sorted(map(str, [{f"{key}.total": 11}, {f"{key}.upheld": 9}, {f"{key}.pending": 0}]))

    def test_what_shares_no_cell_is_found_apart(self) -> None:
        row = "disputes.direct_litigation"
        both = disputes(upheld=10, pending=1).replace({f"{row}.upheld": 2, f"{row}.pending": 1, f"{row}.total": 2})
        diagnosis = locate(both)
        assert [len(group.corrections) for group in diagnosis.groups] == [1, 3]
        assert [group.unique for group in diagnosis.groups] == [True, False]
        assert len(diagnosis.corrections) == 3
        alone = locate(disputes(upheld=10, pending=1))
        assert alone.groups == (alone,)
        assert not locate(disputes()).groups

    def test_a_blank_total_is_deduced(self) -> None:
        diagnosis = locate(disputes(upheld=10, pending=1, total=BLANK))
        assert diagnosis == Diagnosis(deduced={"disputes.reconsideration.total": 11})

    def test_blanks_that_the_sums_do_not_determine_stay_unknown(self) -> None:
        assert not locate(disputes(upheld=BLANK, pending=SLASH, total=4)).deduced

    def test_blanks_beside_a_full_total_are_0(self) -> None:
        diagnosis = locate(disputes(upheld=4, pending=SLASH, corrected=ABSENT, total=4))
        assert diagnosis.deduced == {"disputes.reconsideration.corrected": 0, "disputes.reconsideration.pending": 0}

    def test_a_blank_cannot_be_negative(self) -> None:
        diagnosis = locate(disputes(upheld=4, pending=BLANK, total=3))
        assert sorted(map(str, cells(diagnosis))) == ["{'disputes.reconsideration.total': 4}", "{'disputes.reconsideration.upheld': 3}"]
        assert not any(correction.exact for correction in diagnosis.corrections)
        assert not diagnosis.deduced

    def test_two_tracks_are_combined(self) -> None:
        report = disputes(upheld=10, total=9).replace({"disputes.direct_litigation.total": 3})
        diagnosis = locate(report)
        assert {len(c.cells) for c in diagnosis.corrections} == {2}
        # 10 -> 9 or 9 -> 10, with the total 3 -> 0 or one of four parts 0 -> 3.
        assert len(diagnosis.corrections) == 2 * 5
        assert len(locate(report, limit=3).corrections) == 3
        assert locate(report, limit=3).unlisted == 7
        assert not locate(report, limit=1).unique

    def test_an_inner_cell(self) -> None:
        diagnosis = locate(toy(7, 2, 3, 4, 5, 9, 5, 7, 12))
        assert diagnosis.unique
        assert cells(diagnosis) == [{CHILD: 1}]

    def test_a_circle_of_changes(self) -> None:
        """Lent to children is 0 and would have to be less; only a round trip through other cells avoids that."""
        report = toy(0, 3, 2, 2, 0, 2, 1, 3, 4)
        for correction in locate(report).corrections:
            assert not locate(correction.apply(report)).corrections


class TestSlips:
    @pytest.mark.parametrize(
        ("true", "printed", "expected"),
        [
            (132, 123, Slip.DIGITS_SWAPPED),
            (132, 1322, Slip.DIGIT_DOUBLED),
            (132, 32, Slip.DIGIT_DROPPED),
            (132, 1372, Slip.DIGIT_ADDED),
            (132, 137, Slip.DIGIT_CHANGED),
            (132, 0, Slip.ZERO),
            (132, 20, Slip.NEIGHBOUR),
            (132, 999, Slip.NONE),
        ],
    )
    def test_of_one_cell(self, true: int, printed: int, expected: Slip) -> None:
        report = toy(true, 20, true + 20, 7, 8, 15, true + 7, 28, true + 35).replace({CHILD: printed})
        assert [dict(c.slips) for c in locate(report).corrections] == [{CHILD: expected}]

    def test_two_cells_exchanged(self) -> None:
        report = toy(40, 20, 60, 7, 8, 15, 47, 28, 75).replace({CHILD: 20, OTHER: 40})
        first, *_ = locate(report).corrections
        assert first.cells == {CHILD: 40, OTHER: 20}
        assert set(first.slips.values()) == {Slip.EXCHANGED}

    def test_the_total_of_another_row(self) -> None:
        report = toy(40, 20, 60, 7, 8, 15, 47, 28, 75).replace({ALL: 47})
        assert [dict(c.slips) for c in locate(report).corrections] == [{ALL: Slip.OTHER_TOTAL}]

    def test_likely_slips_come_first(self) -> None:
        diagnosis = locate(disputes(upheld=10, corrected=60, pending=13, total=101))
        first, *others = diagnosis.corrections
        assert first.slips == {"disputes.reconsideration.pending": Slip.DIGITS_SWAPPED}
        ranks = [sum(slip.rank for slip in c.slips.values()) for c in (first, *others)]
        assert all(a <= b for a, b in pairwise(ranks))

    def test_every_kind_is_said_in_two_languages(self) -> None:
        said = [slip.words.said(lang) for slip in Slip for lang in ("zh", "en")]
        assert len(set(said)) == 2 * len(Slip)


class TestCorrection:
    def test_it_is_never_applied_by_itself(self) -> None:
        report = toy(7, 2, 3, 4, 5, 9, 5, 7, 12)
        locate(report)
        assert report[CHILD] == 7

    def test_applying_notes_what_was_printed(self) -> None:
        report = toy(7, 2, 3, 4, 5, 9, 5, 7, 12)
        mended = locate(report).corrections[0].apply(report)
        assert mended[CHILD] == 1
        mark = mended.marks[CHILD]
        assert mark.state is CellState.VALUE
        assert mark.note is not None
        assert "7" in mark.note
        assert not locate(mended).corrections

    def test_values(self) -> None:
        diagnosis = locate(disputes(upheld=10, pending=1, total=10))
        assert pickle.loads(pickle.dumps(diagnosis)) == diagnosis  # noqa: S301 -- our own bytes
        assert len({hash(correction) for correction in diagnosis.corrections}) == 3
        assert hash(diagnosis) == hash(evolve(diagnosis))
        assert isinstance(diagnosis.corrections[0], Correction)


class TestBounds:
    def test_more_violations_than_the_bound_can_explain(self) -> None:
        diagnosis = locate(toy(7, 2, 3, 4, 5, 9, 5, 7, 12), most=0)
        assert diagnosis == Diagnosis(complete=False)

    def test_one_part_that_is_given_up_leaves_no_proposal(self) -> None:
        """A proposal restores every balance, so there is none where some balances were given up."""
        worse = {address: place * 7 % 13 + 1 for place, address in enumerate(CN_2021.requests.addresses)}
        report = evolve(disputes(upheld=1), requests=Table.of(CN_2021.requests, worse))
        diagnosis = locate(report)
        assert not diagnosis.corrections
        assert not diagnosis.complete


class TestBadInput:
    @pytest.mark.parametrize("bounds", [{"limit": -1}, {"most": -1}])
    def test_bounds_below_0(self, bounds: dict[str, int]) -> None:
        with pytest.raises(FigureError) as caught:
            locate(toy(7, 2, 3, 4, 5, 9, 5, 7, 12), **bounds)
        assert caught.value.where in bounds

    def test_no_set_is_listed(self) -> None:
        diagnosis = locate(disputes(upheld=10, pending=1), limit=0)
        assert (diagnosis.corrections, diagnosis.unlisted, diagnosis.complete) == ((), 1, True)

    @pytest.mark.parametrize("form", [CN_2019, CN_2021], ids=["cn-2019", "cn-2021"])
    def test_all_blank(self, form: Form) -> None:
        report = Report(proactive=Table.blank(form.proactive), requests=Table.blank(form.requests), disputes=Table.blank(form.disputes))
        assert locate(report) == Diagnosis()

    def test_no_tables(self) -> None:
        assert locate(Report()) == Diagnosis()

    def test_all_zero(self) -> None:
        assert locate(Report(requests=Table.of(CN_2021.requests, dict.fromkeys(CN_2021.requests.addresses, 0)))) == Diagnosis()

    @pytest.mark.parametrize("value", [1, MAX_COUNT])
    def test_every_cell_the_same(self, value: int) -> None:
        diagnosis = locate(Report(requests=Table.of(CN_2021.requests, dict.fromkeys(CN_2021.requests.addresses, value))))
        assert not diagnosis.complete

    def test_a_total_that_cannot_be_large_enough(self) -> None:
        """Four parts of the largest count: the total cannot grow, so three of the parts have to go."""
        parts = dict.fromkeys(("upheld", "corrected", "other_result", "pending"), MAX_COUNT)
        diagnosis = locate(disputes(**parts, total=MAX_COUNT))
        assert {len(c.cells) for c in diagnosis.corrections} == {3}
        assert len(diagnosis.corrections) == 4
        assert all(set(c.cells.values()) == {0} for c in diagnosis.corrections)

    def test_a_few_printed_cells_among_blanks(self) -> None:
        blank = Table.blank(CN_2021.requests)
        diagnosis = locate(Report(requests=blank.replace({"requests.granted.enterprise": 5, "requests.granted.total": 3})))
        assert {len(c.cells) for c in diagnosis.corrections} == {1}
        assert not diagnosis.unique


# --- forms whose balances are no network -----------------------------------------------------------------------------


def matrix_of(rows: tuple[Line, ...], identities: tuple[Identity, ...], column: Line) -> Matrix:
    band = Band("b", rows, (column,))
    matrix = Matrix(Section.REQUESTS, (band,), identities)
    sections = (Line(Section.REQUESTS, "一、表", "Table"),)
    return Form("odd", "奇", "odd", "", 2100, None, sections, (matrix,)).requests


def lines(keys: str) -> tuple[Line, ...]:
    return tuple(Line(key, f"行{key}", f"row {key}") for key in keys)


# a+b=c, a+c=d, b+c=e, and a in a fourth: a, b and c lie in three independent balances each.
ODD = matrix_of(
    lines("abcde"),
    (Identity("X1", ("a", "b"), ("c",)), Identity("X2", ("a", "c"), ("d",)), Identity("X3", ("b", "c"), ("e",))),
    Line("n", "数", "number"),
)


def odd(*figures: int | Mark) -> Report:
    return Report(requests=Table.of(ODD, dict(zip(ODD.addresses, figures, strict=True))))


class TestNoNetwork:
    def test_the_form_is_none(self) -> None:
        assert not structure_of(ODD).all_network

    def test_nothing_wrong(self) -> None:
        assert locate(odd(2, 3, 5, 7, 8)) == Diagnosis()

    def test_a_cell_of_three_balances(self) -> None:
        diagnosis = locate(odd(2, 3, 6, 7, 8))
        assert diagnosis.unique
        assert cells(diagnosis) == [{"requests.c.n": 5}]

    def test_two_wrong_cells(self) -> None:
        diagnosis = locate(odd(2, 3, 5, 9, 1))
        assert {"requests.d.n": 7, "requests.e.n": 8} in cells(diagnosis)
        assert {len(c.cells) for c in diagnosis.corrections} == {2}

    def test_blanks(self) -> None:
        assert locate(odd(2, BLANK, 5, 7, BLANK)).deduced == {"requests.b.n": 3, "requests.e.n": 8}

    @pytest.mark.parametrize("sum_of_two", [1, 2, 5])
    def test_blanks_of_several_values_stay_unknown(self, sum_of_two: int) -> None:
        assert locate(odd(BLANK, BLANK, sum_of_two, BLANK, BLANK)) == Diagnosis()
        assert locate(odd(BLANK, BLANK, 0, BLANK, BLANK)).deduced == {f"requests.{line}.n": 0 for line in "abde"}

    def test_a_large_form_is_given_up(self) -> None:
        """Section 3 with equations that no network holds, every cell wrong."""
        more = (("denied_state_secret", "new_received"), ("other_misc", "new_received"), ("other_misc", "carried_in"))
        more_sums = tuple(Identity(f"X{place}", ("granted", "other_fee_unpaid"), sums) for place, sums in enumerate(more))
        matrix = evolve(CN_2021.requests, identities=(*CN_2021.requests.identities, *more_sums))
        large = Form("large", "大", "large", "", 2100, None, CN_2021.sections, (matrix,)).requests
        assert not structure_of(large).all_network
        # How long that takes is for the benchmark to say; here it ends, and says that it gave up.
        assert not locate(Report(requests=Table.of(large, dict.fromkeys(large.addresses, 1)))).complete

    def test_an_even_number_that_is_odd(self) -> None:
        """a+b=c and a=b+d ask for 2a=c+d: no range of values shows that there is no such a, and trying all takes too long."""
        sums = (Identity("X1", ("a", "b"), ("c",)), Identity("X2", ("a",), ("b", "d")))
        matrix = matrix_of(lines("abcd"), sums, Line("n", "数", "number"))

        def over(c: int, d: int) -> Diagnosis:
            return locate(Report(requests=Table.of(matrix, dict(zip(matrix.addresses, (BLANK, BLANK, c, d), strict=True)))))

        assert over(9, 1).deduced == {"requests.a.n": 5, "requests.b.n": 4}
        assert {len(correction.cells) for correction in over(9, 0).corrections} == {1}
        assert over(900_000_001, 0) == Diagnosis(complete=False)

    def test_money_is_not_searched(self) -> None:
        sums = (Identity("X1", ("a", "b"), ("c",)),)
        matrix = matrix_of(lines("abc"), sums, Line("n", "额", "amount", kind=Kind.MONEY))
        right = Table.of(matrix, dict(zip(matrix.addresses, map(Decimal, (1, 2, 3)), strict=True)))
        assert locate(Report(requests=right)) == Diagnosis()
        assert locate(Report(requests=right.replace({"requests.c.n": Decimal(4)}))) == Diagnosis(complete=False)

    def test_the_longest_amounts_add_up_exactly(self) -> None:
        matrix = matrix_of(lines("abc"), (Identity("X1", ("a", "b"), ("c",)),), Line("n", "额", "amount", kind=Kind.MONEY))
        amounts = map(Decimal, ("99999999999999999998.0000000001", "1.0000000001", "99999999999999999999.0000000002"))
        report = Report(requests=Table.of(matrix, dict(zip(matrix.addresses, amounts, strict=True))))
        assert locate(report) == Diagnosis()
        assert [finding.verdict for finding in check(report).of("X1")] == [Verdict.HOLDS]


def test_the_toy_table_is_right() -> None:
    assert locate(Report(requests=RIGHT)) == Diagnosis()
