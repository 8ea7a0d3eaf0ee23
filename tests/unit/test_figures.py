"""What one cell says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.form import Cell
from govinfo.forms import CN_2019, CN_2021
from govinfo.readers.figures import figure, is_figure
from govinfo.report import BLANK, MAX_COUNT, CellState, Mark, Value, plain

COUNT = CN_2021.cells["requests.granted.total"]
CHANGE = CN_2019.cells["proactive.licensing.net_change"]
CHARGES = CN_2021.cells["proactive.charges.amount_wan"]
AMOUNT = CN_2019.cells["proactive.procurement.amount"]
CELLS = (COUNT, CHANGE, CHARGES, AMOUNT)


def marked(raw: str, note: str | None = None, unit: str | None = None) -> Mark:
    return Mark(CellState.VALUE, raw, note, unit)


@pytest.mark.parametrize(
    ("raw", "cell", "value"), [("0", COUNT, 0), ("1036", COUNT, 1036), ("-3", CHANGE, -3), ("12.50", CHARGES, Decimal("12.50"))]
)
def test_a_plain_figure_has_no_mark(raw: str, cell: Cell, value: Value) -> None:
    assert figure(raw, cell) == (value, None)


@pytest.mark.parametrize(
    ("raw", "cell", "value", "mark"),
    [
        ("１２", COUNT, 12, marked("１２")),
        ("1,036", COUNT, 1036, marked("1,036")),
        ("007", COUNT, 7, marked("007")),
        ("0件", COUNT, 0, marked("0件", unit="件")),
        ("22（其中修订 16 件）", COUNT, 22, marked("22（其中修订 16 件）", note="其中修订 16 件")),
        ("55(含自然失效29件)", COUNT, 55, marked("55(含自然失效29件)", note="含自然失效29件")),
        ("增3", CHANGE, 3, marked("增3")),
        ("减 3", CHANGE, -3, marked("减 3")),
        ("減3", CHANGE, -3, marked("減3")),
        ("+1036", CHANGE, 1036, marked("+1036")),
        ("-0", CHANGE, 0, marked("-0")),
        ("160.5964万元", CHARGES, Decimal("160.5964"), marked("160.5964万元", unit="万元")),
        ("251000元", CHARGES, Decimal("25.1"), marked("251000元", unit="元")),
        ("251000元", AMOUNT, Decimal(251000), marked("251000元", unit="元")),
        ("0.37万元", AMOUNT, Decimal("0.37"), marked("0.37万元", unit="万元")),
    ],
)
def test_a_figure_that_is_not_plain_keeps_what_was_printed(raw: str, cell: Cell, value: Value, mark: Mark) -> None:
    assert figure(raw, cell) == (value, mark)


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("3（减）", CHANGE), ("3(较上年减少)", CHANGE), ("3（-）", CHANGE),
        ("12.5（千元）", CHARGES), ("12.5（百万元）", AMOUNT), ("12.5（美元）", CHARGES), ("12.5万（元）", CHARGES),
        ("22¹", COUNT), ("3\u03365", COUNT), ("22①", COUNT),
    ],
)  # fmt: skip
def test_what_a_note_says_of_the_figure_itself_is_not_passed_over(raw: str, cell: Cell) -> None:
    assert figure(raw, cell) == (None, Mark(CellState.UNREADABLE, raw))


@pytest.mark.parametrize("raw", ["251000（元）", "251000（单位：元）", "251000（人民币元）", "251000(计量单位:元)"])
def test_a_unit_in_brackets_is_a_unit(raw: str) -> None:
    assert figure(raw, CHARGES) == (Decimal("25.1"), marked(raw, unit="元"))


@pytest.mark.parametrize(
    ("raw", "cell", "value"),
    [
        ("-3（减少）", CHANGE, -3),
        ("3（新增5，减少2）", CHANGE, 3),
        ("12.5（其中证照费3万元）", CHARGES, Decimal("12.5")),
        ("251000元（人民币）", CHARGES, Decimal("25.1")),
    ],
)
def test_a_note_on_parts_of_the_figure_stays_a_note(raw: str, cell: Cell, value: Value) -> None:
    read, mark = figure(raw, cell)
    assert (read, mark and mark.note) == (value, raw.partition("（")[2][:-1])


def test_a_unit_in_the_head_speaks_for_money_of_no_fixed_unit() -> None:
    assert figure("477.35", AMOUNT, "万元") == (Decimal("477.35"), marked("477.35", unit="万元"))
    assert figure("477.35", AMOUNT) == (Decimal("477.35"), None)
    assert figure("5", CHARGES, "万元") == (Decimal(5), None)
    assert figure("50000", CHARGES, "元") == (Decimal(5), marked("50000", unit="元"))


def test_conversion_is_exact_beyond_the_precision_of_decimal_contexts() -> None:
    value, _ = figure("12345678901234567890.1234元", CHARGES)
    assert value == Decimal("1234567890123456.78901234")
    assert str(value) == "1234567890123456.78901234"


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        ("/", CellState.SLASH),
        ("／", CellState.SLASH),
        ("-", CellState.DASH),
        ("—", CellState.DASH),
        ("——", CellState.DASH),
        ("－", CellState.DASH),
    ],
)
def test_what_stands_in_place_of_a_figure(raw: str, state: CellState) -> None:
    assert figure(raw, COUNT) == (None, Mark(state, raw))


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\xa0", "\u200b"])
def test_a_blank_is_blank(raw: str) -> None:
    assert figure(raw, COUNT) == (None, BLANK)


NO_COUNTS = ["-5", "1.5", "2.0", "增3", "22①", "22²", "1,23", "约5", "5余", "三", "无", "12%", "5万", "1000000000"]
NO_MONEY = ["5件", "1.12345678901", "123456789012345678901", "增5"]


@pytest.mark.parametrize(
    ("raw", "cell"), [*((raw, COUNT) for raw in (*NO_COUNTS, "1 234", "1元", "9" * 5000)), *((raw, CHARGES) for raw in NO_MONEY)]
)
def test_nothing_is_guessed(raw: str, cell: Cell) -> None:
    assert figure(raw, cell) == (None, Mark(CellState.UNREADABLE, raw))


def test_what_has_the_shape_of_a_figure() -> None:
    assert all(map(is_figure, ("0", "/", "-", "-3", "１２", "增3", "22（其中修订16件）", "0.37万元")))
    assert not any(map(is_figure, ("规章", "1.属于国家秘密", "2、重复申请", "（七）总计", "无", "")))


class TestAPlainFigureIsReadAsItself:
    """`figure(plain(v)) == (v, None)` for every value that the model accepts."""

    @given(st.integers(0, MAX_COUNT))
    def test_counts(self, value: int) -> None:
        assert figure(plain(value), COUNT) == (value, None)

    @given(st.integers(-MAX_COUNT, MAX_COUNT))
    def test_signed_counts(self, value: int) -> None:
        assert figure(plain(value), CHANGE) == (value, None)

    @given(st.integers(-(10**30) + 1, 10**30 - 1), st.integers(0, 10))
    def test_money(self, digits: int, places: int) -> None:
        value = Decimal((int(digits < 0), tuple(map(int, str(abs(digits))[: 20 + places])), -places))
        assert figure(plain(value), CHARGES) == (value, None)
        assert figure(plain(value), AMOUNT) == (value, None)


class TestAMarkIsStable:
    """Reading what a mark kept gives the same value and the same mark."""

    @given(
        st.text("0123456789０１,，.。-+/—增减件元万（()） 其中\u3000", max_size=12),
        st.sampled_from(CELLS),
        st.sampled_from((None, "元", "万元")),
    )
    def test_any_text(self, raw: str, cell: Cell, unit: str | None) -> None:
        value, mark = figure(raw, cell, unit)
        if mark is not None:
            assert figure(mark.raw, cell, unit) == (value, mark)
        else:
            assert value is not None
            assert figure(plain(value), cell, unit) == (value, None)
