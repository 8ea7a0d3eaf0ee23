"""The law of reading where nothing divides the cells: an empty cell leaves no trace, and still no figure moves."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.keys import PROSE
from govinfo.readers import read
from govinfo.report import CellState
from tests.documents.layouts import BARLESS, LAYOUTS, Printed, document
from tests.laws.test_reading import FORMS, figures, forms, seeds, wrong

layouts = st.sampled_from(sorted(BARLESS))


class TestEveryLayoutIsReadWhole:
    """Where all cells are filled a document is read to the last cell, the same in every layout."""

    @given(form_id=forms, seed=seeds)
    @settings(max_examples=6, deadline=None)
    def test_equal_reports_in_all_layouts(self, form_id: str, seed: int) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, 0)
        expected = read(document(form, texts, LAYOUTS["cell_a_line"]).encode()).report
        for layout in BARLESS.values():
            reading = read(document(form, texts, layout).encode())
            assert reading.report == expected
            assert len(reading.origins) == len(form.cells) == len(set(map(id, reading.origins.values())))
            assert all(getattr(reading.report, section) for section in PROSE)
        assert wrong(read(document(form, texts, LAYOUTS["tabs"]).encode()), texts) == []

    @pytest.mark.parametrize("layout", sorted(BARLESS.keys() - {"pages"}))
    @pytest.mark.parametrize("form_id", sorted(FORMS))
    def test_nothing_is_left_over(self, form_id: str, layout: str) -> None:
        form = FORMS[form_id]
        assert read(document(form, figures(form, 1, 0), BARLESS[layout]).encode()).leftovers == ()

    @pytest.mark.parametrize("layout", sorted(BARLESS))
    def test_a_row_with_an_empty_cell_has_no_value_and_says_what_was_printed(self, layout: str) -> None:
        form = FORMS["cn-2021"]
        texts = dict.fromkeys(form.cells, "0") | {"requests.granted.enterprise": ""}
        reading = read(document(form, texts, BARLESS[layout]).encode())
        assert reading.report.requests is not None
        unread = {address for address in form.cells if reading.report[address] is None}
        assert unread == {address for address in form.cells if address.startswith("requests.granted.")}
        marks = reading.report.marks
        assert {(marks[address].state, marks[address].raw.replace("） ", "）")) for address in unread} == {
            (CellState.UNREADABLE, "（一）予以公开 | 0 | 0 | 0 | 0 | 0 | 0")
        }


def damaged(text: str, how: str, chance: random.Random) -> str:
    """The text with lines lost, doubled or emptied, or with a page that ends somewhere."""
    lines = text.split("\n")
    at, count = chance.randrange(len(lines)), chance.randrange(1, 30)
    if how == "cut":
        return text[: chance.randrange(len(text))]
    words = lines[at].split(" ")
    without = chance.randrange(len(words))
    ways: dict[str, tuple[int, list[str]]] = {
        "line gone": (1, []),
        "line doubled": (0, lines[at : at + 1]),
        "line emptied": (1, [""]),
        "lines gone": (count, []),
        "lines doubled": (0, lines[at : at + count]),
        "page number": (0, [f"— {count} —"]),
        "bare page number": (0, [str(count)]),
        "page break": (0, [f"{count}\n\x0c"]),
        "word gone": (1, [" ".join(words[:without] + words[without + 1 :])]),
        "word": (0, ["（续表）"]),
    }
    gone, new = ways[how]
    lines[at : at + gone] = new
    return "\n".join(lines)


ONE = ("cut", "line gone", "line doubled", "line emptied", "lines gone", "lines doubled", "page number", "bare page number",
       "page break", "word gone", "word")  # fmt: skip
GAINED = {"bare page number", "page break", "line doubled", "lines doubled"}


class TestNothingIsReadThatIsNotThere:
    """Of a damaged document each cell keeps its own figure or loses it; it never gets another's."""

    @given(form_id=forms, layout=layouts, seed=seeds, how=st.sampled_from(ONE))
    @example(form_id="cn-2021", layout="split_cells", seed=1092, how="line emptied")
    @settings(max_examples=60, deadline=None)
    def test_lines(self, form_id: str, layout: str, seed: int, how: str) -> None:
        form = FORMS[form_id]
        _damaged(form, figures(form, seed, 0), layout, how, seed)

    @given(form_id=forms, layout=layouts, seed=seeds, blanks=st.sampled_from((0.05, 0.4, 0.9)),
           how=st.sampled_from(sorted({*ONE} - GAINED)))  # fmt: skip
    @settings(max_examples=50, deadline=None)
    def test_lines_of_a_document_with_empty_cells(self, form_id: str, layout: str, seed: int, blanks: float, how: str) -> None:
        """A figure gained in the row of an empty cell, which leaves no trace, fills it up: where no sum tells, nobody can."""
        form = FORMS[form_id]
        _damaged(form, figures(form, seed, blanks), layout, how, seed)

    @given(form_id=forms, layout=layouts, seed=seeds)
    @settings(max_examples=15, deadline=None)
    def test_a_row_gone(self, form_id: str, layout: str, seed: int) -> None:
        form = FORMS[form_id]
        texts, chance = figures(form, seed, 0), random.Random(seed)

        def without(rows: list[list[Printed]]) -> list[list[Printed]]:
            at = chance.randrange(len(rows))
            return [row for number, row in enumerate(rows) if number != at]

        assert wrong(read(document(form, texts, BARLESS[layout], without).encode()), texts) == []


def _damaged(form: Form, texts: dict[str, str], layout: str, how: str, seed: int) -> None:
    text = damaged(document(form, texts, BARLESS[layout]), how, random.Random(seed))
    try:
        reading = read(text.encode())
    except ReadError:
        return
    assert wrong(reading, texts) == []
