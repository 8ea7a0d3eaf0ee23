"""Cells without any source: grids held against forms, first against the toy."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.form import Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers import flat, read
from govinfo.readers.grid import GridCell
from govinfo.readers.groups import Stretch
from govinfo.readers.heads import Columns, Token, columns_of
from govinfo.readers.labels import Head, distance, lexicon, near
from govinfo.readers.match import place, place_best
from govinfo.readers.placed import Placed
from govinfo.reading import Origin
from govinfo.renderers.layout import layout_of
from tests.toy import TOY

(BOOKS,) = TOY.matrices
HEADS = [["", "读者情况", "", ""], ["", "儿童", "其他", "总计"]]


def stretch(rows: list[list[str]], *, ended: bool = True, last: bool = False) -> Stretch:
    cells = [tuple(GridCell(text, Origin(text, row=r, column=c)) for c, text in enumerate(row)) for r, row in enumerate(rows)]
    return Stretch(tuple(cells) if ended else (tuple(cell for row in cells for cell in row),), ended, last)


def placed(matrix: Matrix, rows: list[list[str]], *, ended: bool = True, last: bool = False) -> Placed:
    return place(matrix, [stretch(rows, ended=ended, last=last)], (TOY, CN_2019, CN_2021))


def said(result: Placed) -> dict[str, str]:
    return {address.partition(".")[2]: cell.text for address, (cell, _) in result.cells.items()}


def whole(*rows: list[str]) -> dict[str, str]:
    return said(placed(BOOKS, [*HEADS, *rows]))


def test_rows_by_label_and_columns_by_head() -> None:
    assert whole(["（一）借出", "1", "2", "3"], ["（二）其他", "4", "5", "9"]) == {
        "lent.child": "1", "lent.other_reader": "2", "lent.all_readers": "3",
        "elsewhere.child": "4", "elsewhere.other_reader": "5", "elsewhere.all_readers": "9",
    }  # fmt: skip


def test_a_word_on_both_axes_is_a_row_only_where_rows_stand() -> None:
    found = whole(["二、去向", "（一）借出", "1", "2", "3"], ["其他", "4", "5", "9"])
    assert found["elsewhere.child"] == "4"


def test_rows_without_ends() -> None:
    rows = [["读者情况", "儿童", "其他", "总计"], ["（一）借出", "1", "2", "3"], ["（二）其他", "4", "5", "9"]]
    assert len(said(placed(BOOKS, rows, ended=False))) == 6


@pytest.mark.parametrize("row", [["（一）借出", "1", "2"], ["（一）借出", "1", "2", "3", "4"], ["（一）借出", "1"]])
def test_a_row_of_another_length_is_not_read(row: list[str]) -> None:
    result = placed(BOOKS, [*HEADS, row, ["（二）其他", "4", "5", "9"]])
    assert not any("lent" in address for address in result.cells)
    assert {address.rpartition(".")[0] for address in result.unreadable} == {"requests.lent"}
    assert len(said(result)) == 3


def test_the_first_figures_of_a_row_that_the_source_breaks_off() -> None:
    result = placed(BOOKS, [*HEADS, ["（二）其他", "4", "5", "9"], ["（三）总计", "6", "7"]], last=True)
    assert said(result)["all_shelves.other_reader"] == "7"
    assert "requests.all_shelves.all_readers" not in result.cells


def test_a_row_of_the_documents_own_is_left() -> None:
    result = placed(BOOKS, [*HEADS, ["（一）借出", "1", "2", "3"], ["送人的", "7", "8", "15"]])
    assert [line.text for line, _ in result.left] == ["送人的 | 7 | 8 | 15"]


class TestHeads:
    """Columns as the heads name them."""

    heads = lexicon(CN_2021.proactive).heads[0]

    def tokens(self, *texts: str) -> list[Token]:
        return [Token(GridCell(text, Origin(text)), 0, place, len(texts)) for place, text in enumerate(texts)]

    def leaves(self, *texts: str) -> tuple[int | None, ...] | None:
        found = columns_of(self.heads, self.tokens(*texts), lexicon(CN_2019.proactive).head_keys)
        return found.leaves if found else None

    def test_in_order_exchanged_and_with_one_of_their_own(self) -> None:
        assert self.leaves("本年制发件数", "本年废止件数", "现行有效件数") == (0, 1, 2)
        assert self.leaves("本年废止件数", "本年制发件数", "现行有效件数") == (1, 0, 2)
        assert self.leaves("本年制发件数", "本年废止件数", "现行有效件数", "备注") == (0, 1, 2, None)

    def test_a_lost_head_leaves_the_order_of_the_form(self) -> None:
        found = columns_of(self.heads, self.tokens("本年制发件数", "现行有效件数"), frozenset())
        assert found is not None
        assert found.leaves == (0, 1, 2)
        assert not found.complete

    def test_a_lost_head_whose_neighbour_stands_in_its_place(self) -> None:
        """The figures below 本年废止件数 are its own, not those of the head that is missing."""
        moved = [Token(GridCell(text, Origin(text)), 0, place, 4) for text, place in (("本年废止件数", 1), ("现行有效件数", 3))]
        kept = [Token(GridCell(text, Origin(text)), 0, place, 4) for text, place in (("本年制发件数", 1), ("现行有效件数", 3))]
        assert columns_of(self.heads, moved, frozenset()) is None
        assert columns_of(self.heads, kept, frozenset()) is not None

    def test_heads_that_contradict_the_form(self) -> None:
        assert self.leaves("本年新制作数量", "本年新公开数量", "对外公开总数量") is None
        assert self.leaves("甲", "本年废止件数", "现行有效件数") is None
        assert self.leaves("现行有效件数", "本年制发件数") is None

    def test_a_damaged_head(self) -> None:
        found = columns_of(self.heads, self.tokens("本年制发件数", "本年止件数", "现行有效件数"), frozenset())
        assert found is not None
        assert found.complete
        assert [label for _, label in found.damaged] == ["本年废止件数"]

    def test_three_levels(self) -> None:
        heads = lexicon(CN_2021.disputes).heads[0]
        results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
        texts = ["行政复议", "行政诉讼", *results, "未经复议直接起诉", "复议后起诉", *results, *results]
        found = columns_of(heads, self.tokens(*texts), frozenset())
        assert found is not None
        assert found.leaves == tuple(range(15))
        assert columns_of(heads, self.tokens(*texts[1:], texts[0]), frozenset()) is None


class TestDamagedLabels:
    """A label is recognised only where nothing else could be meant."""

    names = (
        ("禁止", frozenset({"其他法律行政法规禁止公开"})),
        ("新收", frozenset({"本年新收申请数量"})),
        ("结转", frozenset({"上年结转申请数量"})),
    )

    def test_clearly_the_only_one(self) -> None:
        assert near("其他法律行政止公开", self.names) == "禁止"

    def test_two_that_could_be_meant(self) -> None:
        assert near("本年结转申请数量", self.names) is None
        assert near("申请数量", self.names) is None
        assert near("其他主动公开文件", self.names) is None

    def test_distance(self) -> None:
        assert distance("规章", "规章") == 0
        assert distance("行政许可", "行政处罚") == 2
        assert distance("", "规章") == distance("规章", "") == 2


def test_a_row_before_a_missing_one_is_not_read_where_rows_have_no_ends() -> None:
    """Between 1 and 9 a whole row's worth of cells is lost, the label of the second row among them."""
    rows = [["读者情况", "儿童", "其他", "总计"], ["（一）借出", "1", "5", "9"], ["（三）总计", "5", "7", "12"]]
    alike = [line.label for line in BOOKS.rows]
    rows[1][0], rows[2][0] = alike[0], alike[2]
    result = placed(BOOKS, rows, ended=False)
    row = BOOKS.rows[0].key
    assert {address for address in result.unreadable if address.split(".")[1] == row} == {f"requests.{row}.{c.key}" for c in BOOKS.columns}
    assert len(said(result)) == 3
    assert len(said(placed(BOOKS, rows, ended=True))) == 6


@st.composite
def mixed_tables(draw: st.DrawFn) -> tuple[str, Stretch]:
    """Some rows of a table as both forms print it, their labels whole or damaged: each form finds some of them."""
    key = draw(st.sampled_from(("proactive", "requests", "disputes")))
    chance = draw(st.randoms(use_true_random=False))
    sound = chance.choice((0.5, 0.9))
    printed = [[box.text or "0" for box in line] for form in (CN_2019, CN_2021) for line in layout_of(form.matrix(key)).lines]
    kept = [row for row in printed if len(row) == 1 or chance.random() < chance.choice((0.2, 0.7))] or printed
    rows = [[text if text == "0" or chance.random() < sound else chance.choice((text[1:], f"某{text}")) for text in row] for row in kept]
    return key, stretch(rows, ended=draw(st.booleans()))


@given(mixed_tables())
@settings(max_examples=100, deadline=None)
def test_a_form_that_is_not_tried_would_not_have_fitted(mixed: tuple[str, Stretch]) -> None:
    key, table = mixed
    forms = (CN_2019, CN_2021)
    each = [(form, place(form.matrix(key), [table], forms)) for form in forms]
    best = max(placed.score for _, placed in each)
    found = [(form.id, placed.matrix, placed.score, said(placed), placed.left) for form, placed in place_best(key, [table], forms)]
    assert found == [(form.id, one.matrix, one.score, said(one), one.left) for form, one in each if one.score == best]


def test_no_form_has_the_table() -> None:
    assert place_best("disputes", [stretch([["总计", "1"]])], (TOY,)) == []


@pytest.mark.parametrize(
    ("head", "label", "value"),
    [
        ("本年收费金额（单位：元）", "行政事业性收费", Decimal("5.125")),
        ("本年收费金额", "行政事业性收费（元）", Decimal("5.125")),
        ("本年收费金额（单位：万元）", "行政事业性收费（万元）", Decimal(51250)),
        ("本年收费金额（单位：万元）", "行政事业性收费（元）", None),
        ("本年收费金额（单位：千元）", "行政事业性收费", None),
        ("本年收费金额（单位：百万元）", "行政事业性收费", None),
        ("本年收费金额（单位：元、万元）", "行政事业性收费", None),
    ],
)
def test_the_unit_of_money_is_what_head_and_label_say_together(head: str, label: str, value: Decimal | None) -> None:
    text = f"某局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n| 信息内容 | {head} |\n| {label} | 51250 |\n"
    assert read(text.encode()).report["proactive.charges.amount_wan"] == value


def test_heads_that_repeat_without_end_are_left_and_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each new row of heads was once looked at together with all before it: 8,000 rows took minutes."""
    looked = 0

    def counted(heads: Sequence[Head], tokens: Sequence[Token], foreign: frozenset[str]) -> Columns | None:
        nonlocal looked
        looked += len(tokens)
        return columns_of(heads, tokens, foreign)

    monkeypatch.setattr(flat, "columns_of", counted)
    rows = "| 行政复议 | | | | | 行政诉讼 |\n| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n"
    head = "某局2023年政府信息公开工作年度报告\n四、政府信息公开行政复议、行政诉讼情况\n"
    reading = read((head + rows * 300).encode())
    once = looked
    assert reading.report.disputes is None
    read((head + rows * 600).encode())
    assert looked <= 2 * once + len(rows)
