"""A match key is its own match key, and what a label was printed with makes no difference to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.fold import fold, label_key, without_notes
from govinfo.form import Form
from govinfo.forms import FORMS
from tests.toy import TOY

PRINTED = sorted(
    {text for form in (*FORMS, TOY) for m in form.matrices for line in (*m.rows, *m.columns) for text in (line.label, *line.aliases)}
)
NOISE = st.lists(st.sampled_from([" ", "\n", "\u3000", "\u200b", "|", "\u00a0", "\r\n"]), max_size=3).map("".join)
TWINS = str.maketrans({"（": "(", "）": ")", "“": "「", "”": "」", "、": ",", ".": "．"})


@given(st.text(max_size=30) | st.sampled_from(PRINTED))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30) | st.sampled_from(PRINTED))
def test_taking_notes_away_twice_is_taking_them_away_once(text: str) -> None:
    key = label_key(text)
    assert without_notes(without_notes(key)) == without_notes(key)


@given(st.sampled_from(PRINTED), st.data())
def test_white_space_and_bars_inside_a_label_make_no_difference(label: str, data: st.DataObject) -> None:
    printed = "".join(character + data.draw(NOISE) for character in label)
    assert label_key(printed) == label_key(label)


@given(st.sampled_from(PRINTED))
def test_width_brackets_and_quotes_make_no_difference(label: str) -> None:
    assert label_key(label.translate(TWINS)) == label_key(label)


@pytest.mark.parametrize("form", [*FORMS, TOY], ids=lambda form: form.id)
def test_a_label_path_or_an_alias_names_one_line_of_its_band(form: Form) -> None:
    for matrix in form.matrices:
        for band in matrix.bands:
            for lines in (band.rows, band.columns):
                for line in lines:
                    heads = tuple(map(label_key, line.within))
                    for text in (line.label, *line.aliases):
                        found = [o for o in lines if tuple(map(label_key, o.within)) == heads and label_key(text) in o.keys]
                        assert found == [line]
