"""The law of reading, for HTML: the same figures in any layout, and never a figure that the page does not say there."""

import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import read
from govinfo.report import CellState
from tests.documents.mutilations import mutilated
from tests.documents.pages import AROUND, BLANKS, DECLARED, LABELS, MADE, SPANS, TABLES, Look, page
from tests.laws.test_reading import figures, wrong

# Form by form, and as half of the offices did after 2021: section 2 of the one beside section 3 of the other.
FORMS = {
    "cn-2019": CN_2019,
    "cn-2021": CN_2021,
    "hybrid": Form(
        "hybrid", "混", "hybrid", "", 2021, None, CN_2021.sections, (CN_2021.proactive, CN_2019.requests, CN_2021.disputes)
    ),
}  # fmt: skip

looks = st.builds(
    Look, spans=st.sampled_from(SPANS), labels=st.sampled_from(LABELS), blanks=st.sampled_from(BLANKS),
    around=st.sampled_from(AROUND), tables=st.sampled_from((*TABLES, *MADE)), declared=st.sampled_from(DECLARED),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")),
)  # fmt: skip
seeds = st.integers(0, 2**32)
forms = st.sampled_from(sorted(FORMS))
amounts = st.sampled_from((0.0, 0.05, 0.4, 0.9))
damages = st.sampled_from(("cell gone", "cell doubled", "cell emptied", "row gone", "row doubled", "rows exchanged"))


class TestEveryLayoutIsReadWhole:
    """A page in a known layout is read to the last cell, and the same whatever the layout."""

    @given(form_id=forms, look=looks, seed=seeds, blanks=amounts)
    @settings(max_examples=120, deadline=None)
    def test_all_is_read(self, form_id: str, look: Look, seed: int, blanks: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        reading = read(page(form, texts, look, seed).encode(look.encoding))
        report = reading.report
        assert wrong(reading, texts) == []
        assert {mark.state for mark in report.marks.values()} <= {CellState.BLANK, CellState.SLASH}
        assert len(set(reading.origins.values())) == len(reading.origins) == len(form.cells)
        assert (report.year, report.organ, report.title) == (2023, "某县某局", "某县某局2023年政府信息公开工作年度报告")
        assert [report.overview, report.problems, report.other_matters] == [
            f"这是{form.section(key).label[2:]}一节的文字。" for key in ("overview", "problems", "other_matters")
        ]
        assert {leftover.why for leftover in reading.leftovers} <= {"text around the report"}
        assert len(reading.leftovers) <= 2


class TestNothingIsReadThatIsNotThere:
    """Of a damaged page each cell keeps its own figure or loses it; it never gets another's."""

    @given(form_id=forms, look=looks, seed=seeds, blanks=amounts, how=damages)
    @settings(max_examples=300, deadline=None)
    def test_a_cell_or_a_row(self, form_id: str, look: Look, seed: int, blanks: float, how: str) -> None:
        form = FORMS[form_id]
        texts, chance = figures(form, seed, blanks), random.Random(seed)
        touched: list[str] = []
        _damaged(page(form, texts, look, seed, lambda rows: mutilated(rows, how, chance, touched)), look, texts, touched)

    @given(form_id=forms, look=looks, seed=seeds, blanks=amounts, at=st.floats(0, 1))
    @settings(max_examples=150, deadline=None)
    def test_a_cut(self, form_id: str, look: Look, seed: int, blanks: float, at: float) -> None:
        form = FORMS[form_id]
        texts = figures(form, seed, blanks)
        content = page(form, texts, look, seed).encode(look.encoding)
        try:
            reading = read(content[: int(at * len(content))])
        except ReadError:
            return
        assert wrong(reading, texts) == []


def _damaged(text: str, look: Look, texts: Mapping[str, str], touched: Sequence[str]) -> None:
    try:
        reading = read(text.encode(look.encoding))
    except ReadError:
        return
    assert wrong(reading, texts, touched) == []
    assert len(set(reading.origins.values())) == len(reading.origins)


@pytest.mark.parametrize("form_id", sorted(FORMS))
@pytest.mark.parametrize("spans", SPANS)
@pytest.mark.parametrize("tables", TABLES)
def test_every_way_of_spans(form_id: str, spans: str, tables: str) -> None:
    form = FORMS[form_id]
    texts = figures(form, 7, 0.2)
    reading = read(page(form, texts, Look(spans=spans, tables=tables), 7).encode())
    assert wrong(reading, texts) == []
    assert {mark.state for mark in reading.report.marks.values()} <= {CellState.BLANK, CellState.SLASH}
