"""Laws of the prose: what states the tables' own figures is never accused, and one wrong figure is exactly what is found."""

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.findings import Verdict
from govinfo.forms import CN_2021, FORMS
from govinfo.narrative import Statement
from govinfo.prose import claims
from govinfo.report import BLANK, Report
from govinfo.rules import check
from govinfo.strategies import prose, reports
from tests.nasty import ELSEWHERE, TRUE, filed
from tests.rule_cases import report

PROSE = ("P204", "R309", "N401", "N402", "N403", "N404", "N405", "N406", "N407", "N408", "N409", "N411")
SPREAD = 1_000_003  # no sum or neighbour of small figures


def accused(report: Report, text: str) -> list[tuple[str, int]]:
    """The rules that the text breaks, each with the place of the figure."""
    found = check(evolve(report, overview=text)).of(*PROSE).broken
    return [(finding.code, finding.facts[1].start) for finding in found]


def valid(*, blanks: bool = False) -> st.SearchStrategy[Report]:
    said = {"overview": None, "problems": None, "other_matters": None, "organ": None, "scope": None}
    return reports(forms=FORMS, max_value=9_999, blanks=blanks).map(lambda report: evolve(report, **said))


def stated(*, blanks: bool = False) -> st.SearchStrategy[tuple[Report, list[Statement]]]:
    return valid(blanks=blanks).flatmap(lambda report: st.tuples(st.just(report), prose(report)))


class TestProseThatStatesTheTables:
    """A report's own figures, said in whatever wording."""

    @settings(max_examples=40)
    @given(stated())
    def test_is_never_accused(self, drawn: tuple[Report, list[Statement]]) -> None:
        report, statements = drawn
        assert not accused(report, "".join(statement.text for statement in statements))

    @settings(max_examples=20)
    @given(stated(blanks=True))
    def test_is_never_accused_where_cells_are_blank(self, drawn: tuple[Report, list[Statement]]) -> None:
        report, statements = drawn
        assert not accused(report, "".join(statement.text for statement in statements))

    @settings(max_examples=40)
    @given(stated())
    def test_is_read_figure_for_figure(self, drawn: tuple[Report, list[Statement]]) -> None:
        report, statements = drawn
        for statement in statements:
            found = {(claim.start, claim.number) for claim in claims(evolve(report, overview=statement.text)) if claim.readings}
            assert found == {(place, figure) for place, figure in statement.figures}

    @settings(max_examples=40)
    @given(stated().filter(lambda drawn: bool(drawn[1])), st.data())
    def test_with_one_figure_changed_is_accused_of_exactly_that(self, drawn: tuple[Report, list[Statement]], data: st.DataObject) -> None:
        report, statements = drawn
        which = data.draw(st.integers(0, len(statements) - 1))
        number = data.draw(st.integers(0, len(statements[which].figures) - 1))
        place, figure = statements[which].figures[number]
        texts = [statement.text for statement in statements]
        texts[which] = statements[which].altered(number, figure + SPREAD)
        found = accused(report, "".join(texts))
        assert [start for _, start in found] == [sum(map(len, texts[:which])) + place]


@settings(max_examples=30)
@given(reports(max_value=99), st.text(st.sampled_from("收到申请公开予以部分不复议诉讼未无其中，、。5件0均年2023占%"), max_size=60))
def test_no_text_makes_checking_fail(report: Report, text: str) -> None:
    found = check(evolve(report, overview=text))
    assert all(finding.message("zh") and finding.message("en") for finding in found if finding.verdict is not Verdict.HOLDS)


def test_true_sentences_of_a_nasty_kind_are_never_accused() -> None:
    assert len(TRUE) >= 100
    assert not [(text, found) for text in TRUE if (found := accused(filed(text), text))]


def test_nor_are_those_of_reports_with_other_tables_or_of_a_named_organ() -> None:
    assert not [(text, found) for cells, organ, text in ELSEWHERE if (found := accused(report(cells, organ=organ), text))]


@settings(max_examples=30)
@given(st.sampled_from(TRUE), st.data())
def test_nor_are_they_where_cells_are_blank(text: str, data: st.DataObject) -> None:
    whole = filed(text)
    tables = [table for table in (whole.requests, whole.disputes, whole.proactive) if table is not None]
    cells = [cell for table in tables for cell in table.matrix.addresses]
    share = data.draw(st.integers(1, 9))
    kept = data.draw(st.randoms(use_true_random=False))
    blank = {cell: BLANK for cell in cells if kept.randrange(10) < share}
    assert not accused(whole.replace(blank), text)


def test_nor_is_a_year_told_without_what_it_carried_in_where_only_the_outcomes_show_how_many_it_concluded() -> None:
    text = "本年度收到政府信息公开申请57件，答复52件，另答复上年结转申请3件，结转下年度5件。"
    whole = filed(text)
    told = ("new_received", "carried_in", "carried_forward", "total_concluded", "other_uncorrected")  # 53 of 55 are left
    blank = {cell: BLANK for cell in CN_2021.requests.addresses if not cell.endswith(".total") or cell.split(".")[1].startswith(told)}
    assert not accused(whole.replace(blank), text)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(TRUE), min_size=2, max_size=5, unique=True))
def test_nor_are_they_in_one_paragraph(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert not accused(filed(text), text)
