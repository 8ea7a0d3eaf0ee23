"""A form follows from its declaration, and one that contradicts itself cannot be built."""

from collections.abc import Callable

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from govinfo.errors import AddressError, FormError, GovinfoError
from govinfo.form import Band, Form, Identity, Kind, Line, Matrix
from govinfo.keys import TABLES, Section
from tests.messages import unsaid
from tests.toy import BOOKS, TOY, Reader, Shelf

BAND = BOOKS.bands[0]
LENT, ELSEWHERE, ALL = BAND.rows
CHILD, OTHER, READERS = BAND.columns


def with_band(band: Band, *, identities: tuple[Identity, ...] = (), last_year: int | None = None) -> Form:
    return evolve(TOY, matrices=(Matrix(Section.REQUESTS, (band,), identities),), last_year=last_year)


def with_identity(identity: Identity) -> Form:
    return with_band(BAND, identities=(identity,))


# What is wrong with a form, how to declare it so, and the names that the error must have.
REFUSED: dict[str, tuple[Callable[[], Form], tuple[str, ...]]] = {
    "a row twice": (lambda: with_band(evolve(BAND, rows=(LENT, evolve(LENT, label="另一行")))), ("address", "'requests.lent.child'")),
    "a column twice": (
        lambda: with_band(evolve(BAND, columns=(CHILD, evolve(CHILD, label="另一列")))),
        ("address", "'requests.lent.child'"),
    ),
    "a row of two bands with one column": (
        lambda: evolve(TOY, matrices=(Matrix(Section.REQUESTS, (BAND, evolve(BAND, key="again"))),)),
        ("address", "'requests.all_shelves.all_readers'"),
    ),
    "a section twice": (
        lambda: evolve(TOY, sections=(*TOY.sections, evolve(TOY.sections[0], label="另一标题"))),
        ("section", "'overview'"),
    ),
    "headings that print alike": (
        lambda: evolve(TOY, sections=(*TOY.sections, Line(Section.PROBLEMS, "五、总体情况", "V. The same"))),
        ("'overview'", "'problems'"),
    ),
    "a table twice": (
        lambda: evolve(TOY, matrices=(BOOKS, Matrix(Section.REQUESTS, (evolve(BAND, rows=(Line("x", "某", "X"),)),)))),
        ("table", "'requests'"),
    ),
    "a table of no section": (lambda: evolve(TOY, matrices=(Matrix("shelves", (BAND,)),)), ("'shelves'", *TABLES)),
    "a table in a section of prose": (lambda: evolve(TOY, matrices=(Matrix(Section.OVERVIEW, (BAND,)),)), ("'overview'", *TABLES)),
    "a table without bands": (lambda: evolve(TOY, matrices=(Matrix(Section.REQUESTS, ()),)), ("requests",)),
    "a heading of no section": (
        lambda: evolve(TOY, sections=(*TOY.sections, Line("fees", "四、收费情况", "IV. Fees"))),
        ("'fees'", *Section),
    ),
    "rows that print alike": (
        lambda: with_band(evolve(BAND, rows=(LENT, evolve(ELSEWHERE, label="（四）借 出")))),
        ("rows", "'lent'", "'elsewhere'"),
    ),
    "a row whose alias is another's label": (
        lambda: with_band(evolve(BAND, rows=(LENT, evolve(ELSEWHERE, aliases=("借出",))))),
        ("rows", "'lent'", "'elsewhere'"),
    ),
    "columns that print alike": (
        lambda: with_band(evolve(BAND, columns=(CHILD, evolve(OTHER, label="兒童")))),
        ("columns", "'child'", "'other_reader'"),
    ),
    "rows alike but for a note": (
        lambda: with_band(evolve(BAND, rows=(LENT, evolve(ELSEWHERE, label="借出（注）")))),
        ("rows", "'lent'", "'elsewhere'"),
    ),
    "no rows": (lambda: with_band(evolve(BAND, rows=())), ("rows", "'books'")),
    "no columns": (lambda: with_band(evolve(BAND, columns=())), ("columns", "'books'")),
    "an identity over an unknown line": (lambda: with_identity(Identity("T9", (Shelf.LENT, "nowhere"), (Shelf.ALL,))), ("T9", "'nowhere'")),
    "an identity over unknown lines only": (lambda: with_identity(Identity("T9", ("here",), ("nowhere",))), ("T9", "'here'", "'nowhere'")),
    "an identity over both axes": (lambda: with_identity(Identity("T9", (Shelf.LENT,), (Reader.ALL,))), ("T9", "'all_readers'")),
    "an identity that uses a line twice": (
        lambda: with_identity(Identity("T9", (Shelf.LENT, Shelf.LENT), (Shelf.ALL,))),
        ("T9", "requests.lent.child"),
    ),
    "an identity with a line on both sides": (
        lambda: with_identity(Identity("T9", (Shelf.LENT,), (Shelf.LENT,))),
        ("T9", "requests.lent.child"),
    ),
    "an identity without a left side": (lambda: with_identity(Identity("T9", (), (Shelf.ALL,))), ("T9",)),
    "an identity without a right side": (lambda: with_identity(Identity("T9", (Shelf.LENT,), ())), ("T9",)),
    "too few codes": (lambda: with_identity(Identity(("T7", "T8"), (Shelf.LENT,), (Shelf.ALL,))), ("T7", "2", "3")),
    "an identity over a cell that no band has": (
        lambda: evolve(
            TOY,
            matrices=(
                Matrix(
                    Section.REQUESTS,
                    (evolve(BAND, rows=(LENT,), columns=(CHILD,)), Band("more", (ELSEWHERE,), (OTHER,))),
                    (Identity("T9", (Shelf.LENT,), (Shelf.ELSEWHERE,)),),
                ),
            ),
        ),
        ("T9", "requests.elsewhere.child"),
    ),
    "a last year before the first": (lambda: evolve(TOY, last_year=2099), ("2099", "2100")),
}


@pytest.mark.parametrize(("build", "names"), REFUSED.values(), ids=REFUSED)
def test_a_form_that_contradicts_itself_is_refused_by_name(build: Callable[[], Form], names: tuple[str, ...]) -> None:
    with pytest.raises(FormError) as refused:
        build()
    assert unsaid(refused.value, "toy", *names) == []


def test_every_contradiction_is_named_at_once() -> None:
    band = evolve(BAND, rows=(LENT, evolve(LENT, label="另一行")), columns=())
    with pytest.raises(FormError) as refused:
        with_band(band, identities=(Identity("T9", (Shelf.LENT, "nowhere"), (Shelf.ALL,)),), last_year=1)
    assert unsaid(refused.value, "columns", "'lent'", "T9", "'nowhere'", 1) == []


def test_a_wrong_identity_does_not_hide_what_is_wrong_with_the_next_table() -> None:
    wrong = [Matrix(section, (BAND,), (Identity("T9", (Shelf.LENT, section), (Shelf.ALL,)),)) for section in TABLES]
    with pytest.raises(FormError) as refused:
        evolve(TOY, matrices=tuple(wrong))
    assert unsaid(refused.value, *(f"{section}: the identity T9" for section in TABLES)) == []


def test_addresses_are_section_row_and_column_in_the_order_of_the_form() -> None:
    assert BOOKS.addresses == tuple(f"requests.{row}.{column}" for row in Shelf for column in Reader)
    assert [cell.index for cell in BOOKS.cells] == list(range(9))
    assert list(TOY.cells) == list(BOOKS.addresses)
    assert BOOKS.index_of["requests.lent.other_reader"] == BOOKS.index[Shelf.LENT, Reader.OTHER] == 1


def test_identities_expand_over_the_other_axis() -> None:
    assert [(b.code, b.line) for b in TOY.balances] == [*(("T1", r.value) for r in Reader), *(("T2", s.value) for s in Shelf)]
    assert TOY.balances[0].left == ("requests.lent.child", "requests.elsewhere.child")
    assert TOY.balances[0].right == ("requests.all_shelves.child",)
    assert TOY.balances[3].left == ("requests.lent.child", "requests.lent.other_reader")


def test_an_identity_can_have_a_code_for_each_instance() -> None:
    form = with_identity(Identity(("A", "B", "C"), (Shelf.LENT, Shelf.ELSEWHERE), (Shelf.ALL,)))
    assert [(balance.code, balance.line) for balance in form.balances] == [("A", "child"), ("B", "other_reader"), ("C", "all_readers")]


def test_labels_repeat_on_both_axes_and_the_path_tells_them_apart() -> None:
    assert ELSEWHERE.path == ("二、去向", "（二）其他")
    assert OTHER.path == ("读者情况", "其他")
    assert ELSEWHERE.keys == OTHER.keys == {"其他"}
    assert LENT.keys == {"借出", "借阅"}


def test_two_lines_of_one_label_are_told_apart_by_what_spans_them() -> None:
    lines = (evolve(OTHER, within=("读者情况", "大人")), evolve(CHILD, label="其他", within=("读者情况", "儿童")))
    matrix = with_band(evolve(BAND, columns=lines)).requests
    assert matrix.columns == lines
    assert [cell.label for cell in matrix.cells[:2]] == ["（一）借出 · 大人 · 其他", "（一）借出 · 儿童 · 其他"]


def test_a_cell_knows_its_lines_and_what_they_say() -> None:
    cell = BOOKS.cell("requests.elsewhere.other_reader")
    assert (cell.row, cell.column, cell.band) == (ELSEWHERE, OTHER, BAND)
    assert (cell.kind, cell.signed, cell.unit) == (Kind.COUNT, False, "册")
    assert cell.label == "（二）其他 · 其他"
    assert cell.english == "Elsewhere · Other readers"


def test_a_matrix_knows_its_form_and_keeps_the_declaration_as_it_was() -> None:
    declared = Matrix(Section.REQUESTS, (BAND,))
    form = evolve(TOY, matrices=(declared,))
    assert form.requests.form is form
    assert not hasattr(declared, "form")


def test_equal_declarations_are_equal_forms() -> None:
    again = evolve(TOY)
    assert again == TOY
    assert hash(again) == hash(TOY)
    assert again.requests == TOY.requests
    assert evolve(TOY, id="toy-2").requests != TOY.requests


@pytest.mark.parametrize(
    ("look_up", "key", "where"),
    [
        (lambda: TOY.proactive, "proactive", ["tables"]),
        (lambda: TOY.disputes, "disputes", ["tables"]),
        (lambda: TOY.section(Section.PROBLEMS), "problems", ["sections"]),
        (lambda: BOOKS.row("total"), "total", ["rows", "requests"]),
        (lambda: BOOKS.column("total"), "total", ["columns", "requests"]),
        (lambda: BOOKS.cell("requests.granted.total"), "requests.granted.total", ["section", "requests"]),
    ],
)
def test_what_a_form_does_not_have_is_an_error_that_names_it(look_up: Callable[[], object], key: str, where: list[str]) -> None:
    with pytest.raises(AddressError) as refused:
        look_up()
    assert (refused.value.key, refused.value.form) == (key, "toy")
    assert unsaid(refused.value, repr(key), "toy", *where) == []
    assert isinstance(refused.value, GovinfoError)


def test_look_ups_by_key() -> None:
    assert BOOKS.row(Shelf.LENT) is LENT
    assert BOOKS.column("child") is CHILD
    assert TOY.section("requests").aliases == ("图书借阅情况",)


def test_a_form_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        TOY.id = "other"  # type: ignore[misc]  # that is what is tested


@pytest.mark.parametrize(("year", "used"), [(2099, False), (2100, True), (9999, True)])
def test_a_form_still_in_use_has_no_last_year(year: int, used: bool) -> None:
    assert TOY.used_in(year) is used


def test_a_form_has_its_years_including_the_last() -> None:
    short = evolve(TOY, last_year=2101)
    assert [short.used_in(year) for year in (2099, 2100, 2101, 2102)] == [False, True, True, False]
    shortest = evolve(TOY, last_year=2100)
    assert [shortest.used_in(year) for year in (2099, 2100, 2101)] == [False, True, False]
