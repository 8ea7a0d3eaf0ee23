"""Tables as other libraries hand them over: what holds the same is taken as the same, and what cannot be is one clear error."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

pytest.importorskip("pyarrow", reason="needs the extra 'columns'")

from benchmarks.documents import DOCUMENTS
from govinfo.columns import balances, check_parts_table, check_table, check_years_table, from_table, measure, measure_growth, to_table
from govinfo.columns.arrow import np, pa
from govinfo.columns.findings import Found, Instance
from govinfo.errors import AddressError, DataError, FigureError, ProfileError
from govinfo.findings import Severity, Verdict
from govinfo.keys import ReportScope
from govinfo.report import BLANK, Report
from govinfo.rules import RULES, check

GRANTED, AMOUNT = "requests.granted.total", "proactive.charges.amount_wan"
ALL = tuple(Verdict)
FILLED, ZEROS = (evolve(report, organ="甲局", scope=None) for report in DOCUMENTS.values())
REPORTS = [
    evolve(FILLED, year=2022),
    evolve(FILLED.replace({GRANTED: 987_654, "requests.denied_state_secret.total": BLANK}), year=2023),
    evolve(ZEROS, year=2025),
]
TABLE = to_table(REPORTS)
COLUMNS: dict[str, Any] = dict(zip(TABLE.column_names, TABLE.columns, strict=True))
ASKED: dict[str, Callable[[Any], Any]] = {
    "reports": from_table,
    "check": lambda table: check_table(table, verdicts=ALL),
    "years": lambda table: check_years_table(table, verdicts=ALL),
    "rates": measure,
    "growth": lambda table: measure_growth(table, [GRANTED, AMOUNT]),
}
ANSWERS = {name: ask(TABLE) for name, ask in ASKED.items()}


def changed(name: str, values: Any, kind: Any = None) -> Any:
    return TABLE.set_column(TABLE.column_names.index(name), name, pa.array(values, kind))


def retyped(is_such: Callable[[Any], bool], other: Callable[[Any], Any]) -> Any:
    """The table with columns of some types made into others."""
    return pa.table({name: other(column) if is_such(column.type) else column for name, column in COLUMNS.items()})


def polars_frame(**types: Any) -> Any:
    frame = pytest.importorskip("polars", reason="not installed: it comes with the extra 'test'").DataFrame(TABLE)
    return frame.cast(types) if types else frame


def polars_categorical() -> Any:
    import polars as pl

    text = ("organ", "scope", "proactive.form", "requests.form", "disputes.form")
    return polars_frame().with_columns(pl.col(*text).cast(pl.Categorical))


def polars_enum() -> Any:
    import polars as pl

    return polars_frame().with_columns(pl.col("requests.form").cast(pl.Enum(["cn-2019", "cn-2021"])))


def polars_scraps() -> Any:
    import polars as pl

    frame = polars_frame()
    return pl.concat([frame[row : row + 1] for row in range(len(REPORTS))], rechunk=False)


def pandas_frame(**how: Any) -> Any:
    pytest.importorskip("pandas", reason="not installed: it comes with the extra 'bench'")
    return TABLE.to_pandas(**how)


def pandas_nullable() -> Any:
    return pandas_frame().convert_dtypes()


def pandas_arrow() -> Any:
    pandas = pytest.importorskip("pandas", reason="not installed: it comes with the extra 'bench'")
    return pandas_frame(types_mapper=pandas.ArrowDtype)


def large(kind: Any) -> Any:
    if pa.types.is_list(kind):
        return pa.large_list(kind.value_type)
    return pa.large_string() if pa.types.is_string(kind) else kind


def dirty(column: Any) -> Any:
    """What lies where there is no value is what was left in memory."""
    array = pa.array(column.to_pylist(), pa.int32())
    values = np.array([-(2**31) + 7 if value is None else value for value in column.to_pylist()], np.int32)
    return pa.Array.from_buffers(pa.int32(), len(array), [array.buffers()[0], pa.py_buffer(values)])


HANDED: list[Callable[[], Any]] = [
    polars_frame, polars_categorical, polars_enum, polars_scraps, pandas_frame, pandas_nullable, pandas_arrow,
    lambda: retyped(pa.types.is_int32, dirty),
    lambda: retyped(lambda kind: kind != large(kind), lambda column: column.cast(large(column.type))),
    lambda: retyped(pa.types.is_string, lambda column: column.cast(pa.string_view())),
    lambda: retyped(pa.types.is_string, lambda column: column.dictionary_encode()),
    lambda: retyped(pa.types.is_int32, lambda column: column.dictionary_encode()),
    lambda: retyped(pa.types.is_int32, lambda column: column.cast(pa.int64())),
    lambda: retyped(pa.types.is_int32, lambda column: column.cast(pa.float64())),
    lambda: retyped(pa.types.is_int32, lambda column: column.cast(pa.decimal128(20, 0))),
    lambda: retyped(pa.types.is_decimal, lambda column: column.cast(pa.decimal256(60, 12))),
    lambda: pa.concat_tables([TABLE.slice(0, 2), TABLE]).combine_chunks().slice(2),
    lambda: pa.concat_tables([TABLE.slice(row, 1) for row in range(len(REPORTS))]),
    lambda: TABLE.to_struct_array().combine_chunks(),
]  # fmt: skip


@pytest.mark.parametrize("handed", HANDED)
def test_what_holds_the_same_gives_the_same(handed: Callable[[], Any]) -> None:
    theirs = handed()
    for name, ask in ASKED.items():
        answer = ask(theirs)
        assert answer == ANSWERS[name] if name == "reports" else answer.equals(ANSWERS[name])


@pytest.mark.parametrize("kind", [pa.null(), None])
def test_no_rows_are_no_findings_whatever_their_columns(kind: Any) -> None:
    empty = pa.table(
        {name: pa.chunked_array([], kind or column.type) for name, column in zip(TABLE.column_names, TABLE.columns, strict=True)}
    )
    assert from_table(empty) == []
    assert [ASKED[name](empty).num_rows for name in ASKED if name != "reports"] == [0, 0, 0, 0]
    assert check_parts_table(empty, [], []).num_rows == 0


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_where_a_large_table_is_cut_does_not_matter(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.concat_tables([TABLE] * 5)
    whole = check_table(table, verdicts=ALL)
    monkeypatch.setattr(balances, "_PIECE", rows * 8)
    assert check_table(table, verdicts=ALL).equals(whole)


class Counted(pa.ExtensionType):  # type: ignore[misc]  # pyarrow has no types
    """A type of somebody's own."""

    def __arrow_ext_serialize__(self) -> bytes:
        return b""


def test_a_type_of_somebody_s_own_is_what_it_is_stored_as() -> None:
    counted = pa.ExtensionArray.from_storage(Counted(pa.int32(), "tests.counted"), pa.array(TABLE.column(GRANTED).to_pylist(), pa.int32()))
    place = TABLE.column_names.index(GRANTED)
    assert check_table(TABLE.set_column(place, GRANTED, counted), verdicts=ALL).equals(ANSWERS["check"])


@pytest.mark.parametrize(
    ("ask", "table", "where"),
    [
        ("check", changed(GRANTED, [2**40, 1, 2], pa.int64()), GRANTED),
        ("check", changed(GRANTED, [2**63, 1, 2], pa.uint64()), GRANTED),
        ("check", changed(GRANTED, [float("nan"), 1, 2], pa.float64()), GRANTED),
        ("check", changed(GRANTED, [[1], [2], [3]], pa.list_(pa.int32())), GRANTED),
        ("check", changed(GRANTED, [1, 2, 3], pa.duration("s")), GRANTED),
        ("check", changed(GRANTED, [Decimal("1.5"), 1, 2], pa.decimal128(9, 1)), GRANTED),
        ("check", TABLE.append_column(GRANTED, pa.array([1, 2, 3], pa.int32())), GRANTED),
        ("check", changed("requests.form", ["x"] * 3), "requests.form[0]"),
        ("check", TABLE.select(["requests.form", "proactive.form", "disputes.form"]), GRANTED),
        ("rates", changed("requests.form", ["x"] * 3), "requests.form[0]"),
        ("growth", changed("requests.form", ["x"] * 3), "requests.form[0]"),
        ("growth", changed(AMOUNT, [Decimal(10) ** 40] * 3, pa.decimal256(60, 0)), AMOUNT),
        ("years", changed("requests.form", ["x"] * 3), "requests.form[0]"),
        ("years", changed(AMOUNT, [float("nan")] * 3, pa.float64()), AMOUNT),
        ("years", changed(AMOUNT, [date(2023, 1, 1)] * 3, pa.date32()), AMOUNT),
        ("years", changed("organ", [1, 1, 1], pa.int64()), "organ"),
        ("years", changed("organ", [float("nan")] * 3, pa.float64()), "organ"),
        ("years", changed("organ", [b"\xff"] * 3, pa.binary()), "organ"),
        ("years", changed("year", ["二〇二二", "2023", "2024"]), "year"),
        ("reports", changed("organ", [True] * 3, pa.bool_()), "organ"),
        ("reports", changed("marks", ["x"] * 3), "marks"),
    ],
)
def test_what_does_not_hold_the_same_is_refused(ask: str, table: Any, where: str) -> None:
    with pytest.raises(DataError) as refused:
        ASKED[ask](table)
    assert where in [place for place, _ in refused.value.problems]


@pytest.mark.parametrize("given", [[1, 2], None, {"a": [1]}, "x", pa.array([1, 2])])
def test_what_is_no_table_is_refused(given: Any) -> None:
    for ask in ASKED.values():
        with pytest.raises(TypeError):
            ask(given)


@pytest.mark.parametrize("kind", ["Categorical", "String", "Int64", "Date", "Boolean"])
def test_ids_of_organs_are_of_any_simple_type(kind: str) -> None:
    pl = pytest.importorskip("polars", reason="not installed: it comes with the extra 'test'")
    values: dict[str, list[Any]] = {"Int64": [7, 7, 8], "Date": [date(2000, 1, day) for day in (1, 1, 2)], "Boolean": [True, True, False]}
    ids = pl.Series("id", values.get(kind, ["a", "a", "b"]), dtype=getattr(pl, kind))
    found = check_years_table(polars_frame().with_columns(ids), organ="id", verdicts=ALL)
    assert set(zip(found["before"].to_pylist(), found["report"].to_pylist(), strict=True)) == {(0, 1)}


@pytest.mark.parametrize(
    ("ids", "error"), [([1.0, 1.0, 2.0], DataError), ([[1], [1], [2]], DataError), ([None, 1, 1], FigureError), ([None] * 3, FigureError)]
)
def test_ids_that_are_none_are_refused(ids: list[Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        check_years_table(TABLE.append_column("id", pa.array(ids)), organ="id")


@pytest.mark.parametrize("rows", [[0.5], ["a"], [None], [True], [[0]], [2**70], [-1], [3]])
def test_rows_that_are_none_are_refused(rows: list[Any]) -> None:
    for whole, part in ((rows, [1]), ([1], rows)):
        with pytest.raises(FigureError):
            check_parts_table(TABLE, whole, part)


def test_a_word_where_there_should_be_several_is_refused() -> None:
    wrongs: list[dict[str, Any]] = [{"codes": "R301"}, {"verdicts": "broken"}, {"verdicts": ["wrong"]}, {"codes": ["X1"]}]
    for wrong in wrongs:
        with pytest.raises(ProfileError):
            check_table(TABLE, **wrong)
        with pytest.raises(ProfileError):
            check_years_table(TABLE, **wrong)
        with pytest.raises(ProfileError):
            check_parts_table(TABLE, [], [], **wrong)
    with pytest.raises(FigureError):
        measure(TABLE, "denial_rate")
    with pytest.raises(FigureError):
        measure(TABLE, ["denial_rate"], denominator="decided")
    with pytest.raises(FigureError):
        measure_growth(TABLE, GRANTED)
    with pytest.raises(AddressError):
        measure_growth(TABLE, ["requests.granted.nobody"])


def test_verdicts_may_be_given_as_words() -> None:
    assert check_table(TABLE, verdicts=["broken"]).equals(check_table(TABLE, verdicts=[Verdict.BROKEN]))  # type: ignore[list-item]  # a StrEnum


@pytest.mark.parametrize("amount", ["0.1234567891", "999999999999999.9999999999", "9" * 40, "0." + "3" * 40])
def test_no_number_in_the_prose_is_too_much_for_a_column(amount: str) -> None:
    report = Report(organ="甲局", year=2023, overview=f"新收申请{amount}件，同比增长{amount}%。收取信息处理费3件，共{amount}元。")
    table = to_table([report, evolve(report, year=2024)])
    assert check_table(table, codes=RULES).num_rows >= len(check(report).broken)
    assert check_years_table(table, codes=["N410"], verdicts=ALL).num_rows == 1
    assert measure(table, ["fee_per_case"]).num_rows == 2


def test_a_sum_may_be_larger_than_a_cell_but_not_than_a_column() -> None:
    most = FILLED.replace({AMOUNT: Decimal(10) ** 20 - 1})
    parts = [evolve(most, organ=f"{number}局", scope=ReportScope.OWN_ORGAN, year=2023) for number in range(2)]
    whole = evolve(most, organ="甲县人民政府", scope=ReportScope.AGGREGATE, year=2023)
    found = check_parts_table(to_table([whole, *parts]), [0, 0], [1, 2], complete=True, codes=["H802"])
    assert 2 * (Decimal(10) ** 20 - 1) in found["right"].to_pylist()
    sums = Found(("report",), frozenset(ALL))
    side = np.array([Decimal(10) ** 28], np.object_), np.ones(1, np.bool_)
    sums.judged(Instance("H802", "", Severity.WARNING, (), (0,)), Verdict.BROKEN, np.ones(1, np.bool_), [np.zeros(1, np.int64)], side, side)
    with pytest.raises(FigureError):
        sums.table(decimals=True)
