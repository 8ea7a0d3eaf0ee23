"""The law of reading: a cell that is read says what the document says at that place, whatever happened to the document."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import PROSE
from govinfo.readers import read
from govinfo.readers.labels import lexicon
from govinfo.reading import Reading
from govinfo.report import CellState, folded
from tests.documents.layouts import LAYOUTS, Printed, document, rows_of
from tests.documents.mutilations import mutilated

FORMS = {form.id: form for form in (CN_2019, CN_2021)}


def figures(form: Form, seed: int, blanks: float) -> dict[str, str]:
    """A text for every cell: figures that occur once, so that a shifted one is seen, and some cells without any."""
    chance = random.Random(seed)
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


class TestNothingIsReadThatIsNotThere:
    """Of a damaged document each cell keeps its own figure or loses it; it never gets another's."""

    @given(
        form_id=forms, layout=layouts, seed=seeds, blanks=amounts,
        how=st.sampled_from(("cell gone", "cell doubled", "cell emptied", "row gone", "row doubled", "rows exchanged")),
    )  # fmt: skip
    @example(form_id="cn-2019", layout="markdown", seed=148003, blanks=0.9, how="rows exchanged")
    @example(form_id="cn-2019", layout="markdown", seed=764, blanks=0.9, how="rows exchanged")  # heads of other bands over a figure
    @settings(max_examples=300, deadline=None)
    def test_a_cell_or_a_row(self, form_id: str, layout: str, seed: int, blanks: float, how: str) -> None:
        form = FORMS[form_id]
        texts, chance = figures(form, seed, blanks), random.Random(seed)
        touched: list[str] = []
        _damaged(document(form, texts, LAYOUTS[layout], lambda rows: mutilated(rows, how, chance, touched)), texts, touched)

    @given(form_id=forms, layout=layouts, seed=seeds, blanks=amounts, at=st.floats(0, 1))
    @settings(max_examples=150, deadline=None)
    def test_a_cut(self, form_id: str, layout: str, seed: int, blanks: float, at: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        text = document(form, texts, LAYOUTS[layout])
        _damaged(text[: int(at * len(text))], texts)

    @given(form_id=forms, seed=seeds, layout=st.sampled_from(sorted(LAYOUTS.keys() - {"page_table"})), column=st.integers(0, 14),
           how=st.sampled_from(("gone", "doubled", "gone with a head")))  # fmt: skip
    @settings(max_examples=150, deadline=None)
    def test_a_column_of_figures(self, form_id: str, seed: int, layout: str, column: int, how: str) -> None:
        """What fills a row up is not taken for the blank that it would be if all figures stood one column further left.

        In a page that is one large table the row is too wide to tell.
        """
        form = FORMS[form_id]
        texts = figures(form, seed, 0)
        touched: list[str] = []
        _damaged(document(form, texts, LAYOUTS[layout], lambda rows: without_column(rows, column, how, touched)), texts, touched)


def without_column(rows: list[list[Printed]], column: int, how: str, touched: list[str]) -> list[list[Printed]]:
    """The rows with a column of figures taken out or doubled, its head left or taken out as well."""
    changed = [list(row) for row in rows]
    for row in changed:
        places = [place for place, cell in enumerate(row) if cell.address]
        if column < len(places):
            touched += filter(None, [row[places[column]].address])
            row[places[column] : places[column] + 1] = [row[places[column]]] * 2 if how == "doubled" else []
    heads = [row for row in changed if not any(cell.address for cell in row)]
    if how == "gone with a head":
        row = heads[column % len(heads)]
        row.remove([cell for cell in row if cell.text][-1])
    return changed


class TestNothingIsDroppedUnseen:
    """All text of a document is in the report, a heading, a leftover, a mark or a repair, or it is a label of the form."""

    @given(
        form_id=forms, layout=layouts, seed=seeds, word=st.sampled_from(("备注", "新增事项", "74123456", "—4—", "- 4 -", "注：含修订。"))
    )
    @settings(max_examples=150, deadline=None)
    def test_a_word_anywhere(self, form_id: str, layout: str, seed: int, word: str) -> None:
        form = FORMS[form_id]
        texts, chance = figures(form, seed, 0.1), random.Random(seed)

        def with_word(rows: list[list[Printed]]) -> list[list[Printed]]:
            changed = [list(row) for row in rows]
            row = chance.choice(changed)
            row.insert(chance.randrange(len(row) + 1), Printed(word))
            return changed

        text = document(form, texts, LAYOUTS[layout], with_word)
        reading = read(text.encode())
        told = accounted(reading)
        words = [lexicon(matrix) for matrix in form.matrices]
        pieces = [piece.strip() for line in text.splitlines() for piece in line.replace("\t", "|").split("|")]
        assert [p for p in pieces if folded(p) not in told and not any(w.knows(p) for w in words) and p.strip("-")] == []


def accounted(reading: Reading) -> str:
    """All text that a reading gives back."""
    report = reading.report
    told = [report.title or "", *(getattr(report, section) or "" for section in PROSE)]
    told += [mark.raw or "" for mark in report.marks.values()]
    told += [origin.raw for origin in reading.origins.values()]
    told += [heading.text for heading in reading.headings]
    told += [leftover.text for leftover in reading.leftovers]
    told += [repair.original for repair in reading.repairs]
    return "\n".join(map(folded, told))


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
