"""A table is what was put into it: by address, by keys and by row, and after any replacement."""

from hypothesis import given
from hypothesis import strategies as st

from govinfo.report import CellState, Mark, Table, Value, folded
from govinfo.strategies import marks, tables


@given(tables(blanks=True))
def test_a_table_is_made_of_its_values_and_marks(table: Table) -> None:
    values: dict[str, Value | Mark] = {}
    for address, value in table.by_address.items():
        values[address] = table.marks[address] if value is None else value
    noted = {address: mark for address, mark in table.marks.items() if table.at(address) is not None}
    assert Table.of(table.matrix, values, noted) == table
    assert Table(table.matrix, table.figures, table.marked) == table


@given(tables(blanks=True))
def test_all_ways_in_lead_to_the_same_cell(table: Table) -> None:
    for cell, value in zip(table.matrix.cells, table.figures, strict=True):
        assert table.at(cell.address) is value
        assert table[cell.row.key, cell.column.key] is value
        assert table[cell.row.key][cell.column.key] is value
        assert getattr(table[cell.row.key], cell.column.key) is value


@given(tables(blanks=True))
def test_replacing_nothing_changes_nothing(table: Table) -> None:
    assert table.replace({}) == table


@given(tables(blanks=True), st.data())
def test_a_replacement_is_there_and_the_rest_is_as_it_was(table: Table, data: st.DataObject) -> None:
    other = data.draw(tables(table.matrix))
    chosen = data.draw(st.sets(st.sampled_from(table.matrix.addresses), max_size=5))
    new = {address: value for address, value in other.by_address.items() if address in chosen and value is not None}
    changed = table.replace(new)
    for address in table.matrix.addresses:
        source = other if address in chosen else table
        assert (changed.at(address), changed.mark(address)) == (source.at(address), source.mark(address))


@given(tables(), st.data())
def test_a_mark_and_back_again_is_the_same_table(table: Table, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(table.matrix.cells))
    value = table.figures[cell.index]
    assert value is not None
    blank = table.replace({cell.address: data.draw(marks(cell))})
    assert blank != table
    assert blank.replace({cell.address: value}) == table


@given(tables(blanks=True), tables(blanks=True))
def test_equal_tables_and_only_those_have_equal_contents(one: Table, other: Table) -> None:
    alike = (one.matrix, one.figures, one.marked) == (other.matrix, other.figures, other.marked)
    assert (one == other) == alike
    assert not alike or hash(one) == hash(other)


@given(
    st.lists(st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1)), st.text(st.sampled_from(" \t\r\n\u3000\xa0"), min_size=1)
)
def test_folding_keeps_the_words_and_is_what_a_mark_takes(words: list[str], white: str) -> None:
    text = folded(white + white.join(words) + white)
    assert text.split(" ") == (words or [""])
    assert Mark(CellState.BLANK, text).raw == folded(text) == text
