"""The law of reading: a cell that is read says what the document says at that place, whatever happened to the document."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import PROSE
from govinfo.reading import Reading
from govinfo.readers import read
from govinfo.report import CellState
from tests.documents.layouts import LAYOUTS, Printed, document, rows_of

FORMS = {form.id: form for form in (CN_2019, CN_2021)}


def figures(form: Form, seed: int, blanks: float) -> dict[str, str]:
    """A text for every cell: figures that occur once, so that a shifted one is seen, and some cells without any."""
    chance = random.Random(seed)  # noqa: S311 -- test data
    numbers = chance.sample(range(1, 900_000), len(form.cells))
    return {
        address: "" if chance.random() < blanks else "/" if chance.random() < 0.02 else str(number)
        for address, number in zip(form.cells, numbers, strict=True)
    }


def wrong(reading: Reading, texts: Mapping[str, str], touched: Sequence[str] = ()) -> list[tuple[str, object, str]]:
    """The cells whose value, or state without one, is not what the document says."""
    found: list[tuple[str, object, str]] = []
    for table in reading.report.tables:
        for address in table.matrix.addresses:
            said, value, state = texts.get(address), table.at(address), table.state(address)
            if value is not None and str(value) != said:
                found.append((address, value, str(said)))
            elif state in (CellState.BLANK, CellState.SLASH, CellState.DASH) and address not in touched and said not in ("", "/"):
                found.append((address, state, str(said)))
    return found


seeds = st.integers(0, 2**32)
layouts = st.sampled_from(sorted(LAYOUTS))
forms = st.sampled_from(sorted(FORMS))
amounts = st.sampled_from((0.0, 0.05, 0.4, 0.9))


class TestEveryLayoutIsReadWhole:
    """A document in a known layout is read to the last cell."""

    @given(form_id=forms, layout=layouts, seed=seeds)
    @settings(max_examples=60, deadline=None)
    def test_without_blanks(self, form_id: str, layout: str, seed: int) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, 0)
        reading = read(document(form, texts, LAYOUTS[layout]).encode())
        assert wrong(reading, texts) == []
        assert {table.form for table in reading.report.tables} == {form}
        assert all(reading.report.table(m.key) for m in form.matrices)
        states = {mark.state for mark in reading.report.marks.values()}
        assert states <= {CellState.SLASH}
        assert len(reading.origins) == len(form.cells) == len(set(map(id, reading.origins.values())))
        assert reading.leftovers == ()
        assert reading.report.year == 2023
        assert all(getattr(reading.report, section) for section in PROSE)

    @given(form_id=forms, layout=layouts, seed=seeds, blanks=amounts)
    @settings(max_examples=60, deadline=None)
    def test_with_blanks_nothing_moves(self, form_id: str, layout: str, seed: int, blanks: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        try:
            reading = read(document(form, texts, LAYOUTS[layout]).encode())
        except ReadError:
            return
        assert wrong(reading, texts) == []

    @pytest.mark.parametrize("layout", sorted(LAYOUTS))
    @pytest.mark.parametrize("form_id", sorted(FORMS))
    def test_with_some_blanks_all_is_read(self, form_id: str, layout: str) -> None:
        form = FORMS[form_id]
        texts = figures(form, 7, 0.2)
        reading = read(document(form, texts, LAYOUTS[layout]).encode())
        assert {m.state for m in reading.report.marks.values()} <= {CellState.BLANK, CellState.SLASH}
        assert wrong(reading, texts) == []


def mutilated(rows: list[list[Printed]], how: str, chance: random.Random, touched: list[str]) -> list[list[Printed]]:
    """The rows with one cell or one row taken out, doubled or emptied."""
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[row]))
    cell = rows[row][column]
    changed = [list(each) for each in rows]
    touched += [c.address for c in (rows[row] if "row" in how else [cell]) if c.address]
    match how:
        case "cell gone":
            del changed[row][column]
        case "cell doubled":
            changed[row].insert(column, cell)
        case "cell emptied":
            changed[row][column] = Printed("", padding=cell.padding)
        case "row gone":
            del changed[row]
        case "row doubled":
            changed.insert(row, rows[row])
        case "rows exchanged":
            other = chance.randrange(len(rows))
            changed[row], changed[other] = changed[other], changed[row]
    return changed


class TestNothingIsReadThatIsNotThere:
    """Of a damaged document each cell keeps its own figure or loses it; it never gets another's."""

    @given(
        form_id=forms, layout=layouts, seed=seeds, blanks=amounts,
        how=st.sampled_from(("cell gone", "cell doubled", "cell emptied", "row gone", "row doubled", "rows exchanged")),
    )  # fmt: skip
    @settings(max_examples=300, deadline=None)
    def test_a_cell_or_a_row(self, form_id: str, layout: str, seed: int, blanks: float, how: str) -> None:
        form = FORMS[form_id]
        texts, chance = figures(form, seed, blanks), random.Random(seed)  # noqa: S311 -- test data
        touched: list[str] = []
        _damaged(document(form, texts, LAYOUTS[layout], lambda rows: mutilated(rows, how, chance, touched)), texts, touched)

    @given(form_id=forms, layout=layouts, seed=seeds, blanks=amounts, at=st.floats(0, 1))
    @settings(max_examples=150, deadline=None)
    def test_a_cut(self, form_id: str, layout: str, seed: int, blanks: float, at: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        text = document(form, texts, LAYOUTS[layout])
        _damaged(text[: int(at * len(text))], texts)


def _damaged(text: str, texts: Mapping[str, str], touched: Sequence[str] = ()) -> None:
    try:
        reading = read(text.encode())
    except ReadError:
        return
    assert wrong(reading, texts, touched) == []


def test_the_writers_print_every_cell() -> None:
    for form in FORMS.values():
        texts = figures(form, 1, 0)
        for matrix in form.matrices:
            printed = {cell.address for row in rows_of(matrix, texts) for cell in row if cell.address}
            assert printed == set(matrix.addresses)
