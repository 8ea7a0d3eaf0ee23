"""Reports as plain data and as JSON: the exact inverse, what is refused and where, and that the fast path is only fast."""

import datetime as dt
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, cast

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from govinfo.convert import configure_converter, from_dict, from_json, make_converter, to_dict, to_json
from govinfo.convert.json_text import parsed
from govinfo.convert.plain_data import KEYS, from_plain
from govinfo.convert.wire import decoded
from govinfo.errors import DataError
from govinfo.form import Band, Form, Line, Matrix
from govinfo.forms import CN_2019, CN_2021, FORMS
from govinfo.keys import ReportScope, Section
from govinfo.report import ABSENT, BLANK, MAX_COUNT, CellState, Mark, Report, Table, Value
from govinfo.strategies import reports
from tests.toy import RIGHT, TOY

ADDRESS = "requests.granted.natural_person"


def filled(matrix: Matrix) -> Table:
    """A table whose figures are all different, so that none can stand in for another."""
    figures: list[Value] = [Decimal(f"{c.index}.50") if c.kind == "money" else c.index for c in matrix.cells]
    return Table(matrix, figures)


def on(form: Form) -> Report:
    """A report with all three tables, and everything else as well."""
    return Report(
        organ="某局",
        year=2023,
        scope=ReportScope.AGGREGATE,
        title="年度报告",
        published_on=dt.date(2024, 1, 31),
        overview="第一段：10:30\n第二段",
        problems="",
        other_matters=None,
        proactive=filled(form.proactive),
        requests=filled(form.requests),
        disputes=filled(form.disputes),
    )


WHOLE = on(CN_2021)
MARKED = WHOLE.replace(
    {ADDRESS: BLANK, "requests.granted.total": Mark(CellState.SLASH, "/"), "disputes.reconsideration.total": ABSENT},
    {
        "requests.granted.enterprise": Mark(CellState.VALUE, "22（其中：修订16件）", note="其中：修订16件"),
        "proactive.charges.amount_wan": Mark(CellState.VALUE, "9.5万元", unit="万元"),
    },
)


def exactly(data: str | bytes) -> Report:
    """What the exact path alone makes of a text."""
    return from_plain(parsed(data), FORMS)


def outcome(read: Callable[[bytes], Report | None], data: bytes) -> Report | None:
    """The report, None where it is refused."""
    try:
        return read(data)
    except DataError:
        return None


def problems(read: Callable[[], object]) -> dict[str, str]:
    """Path -> problem of what is refused; fails where nothing is."""
    with pytest.raises(DataError) as caught:
        read()
    return dict(caught.value.problems)


def spoiled(report: Report = MARKED) -> dict[str, Any]:
    """Plain data of a report, to be spoiled."""
    return to_dict(report)


def put(plain: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Plain data with another value at a path (slashes divide the keys)."""
    *parents, last = path.split("/")
    place = plain
    for key in parents:
        place = place[key]
    place[last] = value
    return plain


# --- the schema ------------------------------------------------------------------------------------------------------


def test_every_top_level_key_is_there_in_its_order() -> None:
    expected = [
        "schema", "organ", "year", "scope", "title", "published_on", "forms", "overview", "problems", "other_matters",
        "proactive", "requests", "disputes", "marks",
    ]  # fmt: skip
    assert list(to_dict(Report())) == list(json.loads(to_json(WHOLE))) == list(KEYS) == expected


def test_a_report_that_says_nothing_is_nulls() -> None:
    plain = to_dict(Report())
    assert plain["forms"] == {"proactive": None, "requests": None, "disputes": None}
    assert plain["schema"] == "govinfo.report/1"
    assert plain["marks"] == {}
    assert {key for key, value in plain.items() if value is None} == set(KEYS) - {"schema", "forms", "marks"}


def test_values_are_plain_data() -> None:
    plain = to_dict(MARKED)
    assert plain["scope"] == "aggregate"
    assert plain["published_on"] == "2024-01-31"
    assert plain["proactive"]["charges"] == {"amount_wan": "9.50"}
    assert plain["proactive"]["rules"] == {"issued": 0, "repealed": 1, "in_force": 2}
    assert plain["requests"]["granted"]["natural_person"] is None
    assert plain["marks"] == {
        "proactive.charges.amount_wan": {"state": "value", "raw": "9.5万元", "unit": "万元"},
        ADDRESS: {"state": "blank", "raw": ""},
        "requests.granted.enterprise": {"state": "value", "raw": "22（其中：修订16件）", "note": "其中：修订16件"},
        "requests.granted.total": {"state": "slash", "raw": "/"},
        "disputes.reconsideration.total": {"state": "absent", "raw": ""},
    }
    assert_plain(plain)


def assert_plain(value: object) -> None:
    """No subclass of str (a key's enum) is left in what others are to serialize."""
    assert type(value) in {dict, str, int, type(None)}
    if isinstance(value, dict):
        for key, member in cast("dict[object, object]", value).items():
            assert type(key) is str
            assert_plain(member)


@pytest.mark.parametrize("form", FORMS)
def test_an_address_is_the_path_of_its_cell(form: Form) -> None:
    plain = to_dict(on(form))
    for address in form.cells:
        section, row, column = address.split(".")
        assert str(plain[section][row][column]) == str(on(form)[address])


# --- the inverse -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", [Report(), WHOLE, MARKED, on(CN_2019), Report(requests=filled(CN_2019.requests))])
def test_json_and_plain_data_are_exact_inverses(report: Report) -> None:
    text = to_json(report)
    assert (
        from_json(text) == from_json(text.encode()) == from_json(bytearray(text.encode())) == from_json(memoryview(text.encode())) == report
    )
    assert from_json(to_json(report, indent=2)) == report
    assert from_json(f"\n {text}\r\n\t") == report
    assert from_dict(to_dict(report)) == report
    assert "\n" not in text


def test_tables_of_two_forms_keep_theirs() -> None:
    mixed = Report(proactive=filled(CN_2021.proactive), requests=filled(CN_2019.requests))
    back = from_json(to_json(mixed))
    assert back == mixed
    assert back.proactive is not None
    assert back.requests is not None
    assert (back.proactive.form, back.requests.form) == (CN_2021, CN_2019)


def test_members_stand_in_any_order() -> None:
    def turned(value: object) -> object:
        return {k: turned(v) for k, v in reversed(cast("dict[str, object]", value).items())} if isinstance(value, dict) else value

    data = json.dumps(turned(to_dict(MARKED)))
    assert from_json(data) == MARKED
    assert from_dict(json.loads(data)) == MARKED


def test_a_form_of_the_callers_own_is_read_by_the_same_code() -> None:
    report = Report(requests=RIGHT)
    assert from_json(to_json(report), forms=(TOY,)) == report == from_dict(to_dict(report), forms=(TOY,))
    assert decoded(to_json(report).encode(), (TOY,)) == report
    assert set(problems(lambda: from_json(to_json(report)))) == {"$.forms.requests"}


def test_a_form_whose_keys_hold_colons_is_left_to_the_exact_path() -> None:
    lines = (Line("a:b", "甲", "a"), Line("c d", "乙", "c"))
    odd = Form("odd", "", "", "", 2100, None, (), (Matrix(Section.REQUESTS, (Band("x", lines, lines),)),))
    report = Report(requests=Table(odd.requests, (1, 2, 3, 4)))
    assert decoded(to_json(report).encode(), (odd,)) is None
    assert from_json(to_json(report), forms=(odd,)) == report


def test_a_report_from_json_is_as_good_as_any() -> None:
    back = from_json(to_json(WHOLE))
    assert decoded(to_json(WHOLE).encode(), FORMS) == WHOLE
    assert hash(back) == hash(WHOLE)
    assert pickle.loads(pickle.dumps(back)) == WHOLE  # noqa: S301 -- pickled one call ago
    assert back.replace({ADDRESS: 5})[ADDRESS] == 5
    assert [hash(table) for table in back.tables] == [hash(table) for table in WHOLE.tables]


@pytest.mark.parametrize("text", ["0", "0.00", "-3.5", "12345678901234567890.0123456789", "160.5964"])
def test_money_keeps_every_digit(text: str) -> None:
    report = WHOLE.replace({"proactive.charges.amount_wan": Decimal(text)})
    back = from_json(to_json(report))
    assert str(back["proactive.charges.amount_wan"]) == text
    assert back == report


# --- what is refused -------------------------------------------------------------------------------------------------

CELL = "requests/granted/total"


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("requests/granted/other_org", 1.0, "$.requests.granted.other_org"),
        ("requests/granted/other_org", True, "$.requests.granted.other_org"),
        ("requests/granted/other_org", "12", "$.requests.granted.other_org"),
        ("requests/granted/other_org", "１２", "$.requests.granted.other_org"),
        ("requests/granted/other_org", -1, "$.requests.granted.other_org"),
        ("requests/granted/other_org", MAX_COUNT + 1, "$.requests.granted.other_org"),
        ("requests/granted/other_org", 10**40, "$.requests.granted.other_org"),
        ("requests/granted/other_org", [1], "$.requests.granted.other_org"),
        ("requests/granted/other_org", {"a": 1}, "$.requests.granted.other_org"),
        ("requests/granted/other_org", None, "$.requests.granted.other_org"),
        ("requests/granted/other", 1, "$.requests.granted.other"),
        ("requests/granted", 1, "$.requests.granted"),
        ("requests/重 复", {}, "$.requests['重 复']"),
        ("requests", None, "$.requests"),
        ("requests", [], "$.requests"),
        ("forms/requests", "cn-2035", "$.forms.requests"),
        ("forms/requests", ["cn-2021"], "$.forms.requests"),
        ("forms/prose", None, "$.forms.prose"),
        ("forms", None, "$.forms"),
        ("schema", "govinfo.report/2", "$.schema"),
        ("schema", None, "$.schema"),
        ("organ", 1, "$.organ"),
        ("title", "\ud800", "$.title"),
        ("year", "2023", "$.year"),
        ("year", 2023.0, "$.year"),
        ("year", True, "$.year"),
        ("year", 23, "$.year"),
        ("year", 10000, "$.year"),
        ("scope", "everything", "$.scope"),
        ("scope", ["own_organ"], "$.scope"),
        ("published_on", "2024-02-30", "$.published_on"),
        ("published_on", "20240131", "$.published_on"),
        ("published_on", "2024-01-31T00:00:00", "$.published_on"),
        ("published_on", "２０２４-01-31", "$.published_on"),
        ("published_on", 20240131, "$.published_on"),
        ("more", None, "$.more"),
        ("marks", None, "$.marks"),
        ("marks", [], "$.marks"),
        ("marks/requests.granted.nobody", {"state": "blank", "raw": ""}, "$.marks['requests.granted.nobody']"),
        ("marks/overview", {"state": "blank", "raw": ""}, "$.marks.overview"),
        (f"marks/{ADDRESS}", None, f"$.marks['{ADDRESS}']"),
        (f"marks/{ADDRESS}/state", "empty", f"$.marks['{ADDRESS}'].state"),
        (f"marks/{ADDRESS}/state", "value", f"$.marks['{ADDRESS}'].state"),
        (f"marks/{ADDRESS}/state", ["blank"], f"$.marks['{ADDRESS}'].state"),
        (f"marks/{ADDRESS}/raw", None, f"$.marks['{ADDRESS}'].raw"),
        (f"marks/{ADDRESS}/raw", " two  spaces", f"$.marks['{ADDRESS}'].raw"),
        (f"marks/{ADDRESS}/note", None, f"$.marks['{ADDRESS}'].note"),
        (f"marks/{ADDRESS}/unit", 1, f"$.marks['{ADDRESS}'].unit"),
        (f"marks/{ADDRESS}/more", "", f"$.marks['{ADDRESS}'].more"),
        ("marks/requests.granted.enterprise/state", "dash", "$.marks['requests.granted.enterprise'].state"),
    ],
)
def test_what_does_not_belong_is_refused_with_its_path(path: str, value: object, where: str) -> None:
    plain = put(spoiled(), path, value)
    assert list(problems(lambda: from_dict(plain))) == [where]
    data = json.dumps(plain)
    assert list(problems(lambda: from_json(data))) == [where]
    assert list(problems(lambda: from_json(data.encode()))) == [where]


@pytest.mark.parametrize(
    "amount",
    [1, 1.5, True, "",
     "1e3", "1E+3", "+1", " 1", "1 ", "1\n", "01", "00", "-0", "-0.0", "1.", ".5", "1_0", "１", "NaN", "Infinity", "1,000",
     "1" * 21, "0.12345678901", ["1"], {}],
)  # fmt: skip
def test_money_is_written_in_one_way(amount: object) -> None:
    plain = put(spoiled(WHOLE), "proactive/charges/amount_wan", amount)
    assert list(problems(lambda: from_dict(plain))) == ["$.proactive.charges.amount_wan"]
    assert list(problems(lambda: from_json(json.dumps(plain)))) == ["$.proactive.charges.amount_wan"]


@pytest.mark.parametrize(
    "path", ["year", "marks", "requests/granted", CELL, "forms/disputes", f"marks/{ADDRESS}/raw", f"marks/{ADDRESS}/state"]
)
def test_what_is_missing_is_named(path: str) -> None:
    plain = spoiled()
    *parents, last = path.split("/")
    place = plain
    for key in parents:
        place = place[key]
    del place[last]
    found = problems(lambda: from_dict(plain))
    assert found == problems(lambda: from_json(json.dumps(plain)))
    assert any(where.endswith(f".{last}") for where in found)


def test_a_table_without_a_form_is_refused() -> None:
    assert list(problems(lambda: from_dict(put(spoiled(WHOLE), "forms/requests", None)))) == ["$.requests"]


def test_several_problems_are_reported_together() -> None:
    plain = put(put(put(spoiled(), "year", "2023"), "requests/granted/other_org", 1.0), "more", 1)
    del plain["organ"]
    expected = {"$.year", "$.requests.granted.other_org", "$.more", "$.organ"}
    assert set(problems(lambda: from_dict(plain))) == set(problems(lambda: from_json(json.dumps(plain)))) == expected


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"year":2023', '"year":2023,"year":2023', "$.year"),
        ('"granted":{', '"granted":{},"granted":{', "$.requests.granted"),
        ('"natural_person":14,', '"natural_person":14,"natural_person":14,', "$.requests.granted.natural_person"),
        ('"natural_person":14,', '"natural_person":14,"natural\\u005fperson":14,', "$.requests.granted.natural_person"),
        ('"overview":', '"overview":"\\u003a\\u003A","overview":', "$.overview"),
        ('"forms":{', '"forms":{"requests":"cn-2021",', "$.forms.requests"),
        ('"marks":{}', '"marks":{},"marks":{}', "$.marks"),
    ],
)
def test_a_key_that_stands_twice_is_refused(old: str, new: str, where: str) -> None:
    text = to_json(WHOLE)
    assert old in text
    assert where in problems(lambda: from_json(text.replace(old, new, 1)))


def test_a_mark_that_stands_twice_is_refused() -> None:
    text = to_json(MARKED)
    mark = f'"{ADDRESS}":{{"state":"blank","raw":""}}'
    assert list(problems(lambda: from_json(text.replace(mark, f"{mark},{mark}")))) == [f"$.marks['{ADDRESS}']"]
    twice = mark.replace('"raw":""', '"raw":"","raw":""')
    assert list(problems(lambda: from_json(text.replace(mark, twice)))) == [f"$.marks['{ADDRESS}'].raw"]


def test_an_escaped_colon_cannot_hide_a_key_that_stands_twice() -> None:
    text = to_json(WHOLE)
    hidden = text.replace("10:30", "10\\u003a30").replace('"year":2023', '"year":2023,"year":2023')
    assert hidden.count(":") == text.count(":")
    assert list(problems(lambda: from_json(hidden))) == ["$.year"]
    assert from_json(text.replace("10:30", "10\\u003A30")) == WHOLE


@pytest.mark.parametrize("number", ["1.0", "1e2", "-0.0", "NaN", "Infinity", "-Infinity", "1e999", "9" * 30, "9" * 100_000])
def test_a_number_that_is_no_count_is_refused_at_its_path(number: str) -> None:
    text = to_json(WHOLE).replace('"natural_person":14,', f'"natural_person":{number},')
    assert list(problems(lambda: from_json(text))) == ["$.requests.granted.natural_person"]


@pytest.mark.parametrize(
    "data",
    [
        "", " ", "{", "nul", "[" * 100_000, '{"organ":' * 100_000, "[]", "1", "null", '"x"', "{}}",
        "{'organ': 1}", "\ufeff{}", "9" * 100_000,
        b"\xff\xfe{\x00}\x00", b'{"organ": "\xc3\x28"}', b"\xef\xbb\xbf{}", b'{"organ":"\xed\xa0\x80"}', b"\x00" * 1000, "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_report_at_all_is_refused_at_the_root(data: str | bytes) -> None:
    assert "$" in {where[:1] for where in problems(lambda: from_json(data))}


@pytest.mark.parametrize("data", [None, 2023, ["{}"], {"schema": "govinfo.report/1"}])
def test_what_is_no_text_is_a_type_error(data: Any) -> None:
    with pytest.raises(TypeError, match="from_dict"):
        from_json(data)


@pytest.mark.parametrize("after", ["x", "{}", ",", "\x00", "\ufeff"])
def test_nothing_may_follow_or_precede(after: str) -> None:
    text = to_json(WHOLE)
    assert list(problems(lambda: from_json(text + after))) == ["$"]
    assert list(problems(lambda: from_json(after + text))) == ["$"]


def test_a_nesting_bomb_inside_a_report_is_refused() -> None:
    bomb = "[" * 100_000 + "]" * 100_000
    text = to_json(WHOLE)
    assert list(problems(lambda: from_json(text.replace('"organ":"某局"', f'"organ":{bomb}')))) == ["$"]
    shallow = "[" * 200 + "]" * 200
    assert list(problems(lambda: from_json(text.replace('"organ":"某局"', f'"organ":{shallow}')))) == ["$.organ"]


def test_a_lone_surrogate_is_neither_read_nor_written() -> None:
    text = to_json(WHOLE).replace("某局", "\\ud800")
    assert list(problems(lambda: from_json(text))) == ["$.organ"]
    assert list(problems(lambda: to_json(Report(title="\udfff")))) == ["$.title"]
    assert list(problems(lambda: to_dict(Report(title="\udfff")))) == ["$.title"]
    marked = WHOLE.replace({ADDRESS: Mark(CellState.UNREADABLE, "\ud800")})
    assert list(problems(lambda: to_json(marked))) == [f"$.marks['{ADDRESS}'].raw"]


def test_plain_data_need_not_be_dicts_but_objects() -> None:
    assert list(problems(lambda: from_dict(None))) == ["$"]
    assert list(problems(lambda: from_dict([("organ", None)]))) == ["$"]
    assert "$[1]" in problems(lambda: from_dict({1: 2}))


def test_an_error_is_short_whatever_was_given() -> None:
    long = "x" * 100_000
    for plain in (put(spoiled(WHOLE), "year", long), put(spoiled(WHOLE), long, long)):
        found = problems(partial(from_dict, plain))
        assert all(len(where) + len(said) < 300 for where, said in found.items())


# --- cattrs ----------------------------------------------------------------------------------------------------------


@frozen
class Filed:
    """A class of a user's own with reports in it."""

    office: str
    reports: list[Report]
    draft: Report | None = None


def test_a_converter_reads_and_writes_reports_inside_other_classes() -> None:
    converter = make_converter()
    filed = Filed("a", [WHOLE, MARKED])
    plain = converter.unstructure(filed)
    assert plain["reports"][1] == to_dict(MARKED)
    assert converter.structure(plain, Filed) == filed
    assert list(problems(lambda: converter.structure({"schema": 1} | to_dict(WHOLE) | {"year": "2023"}, Report))) == ["$.year"]


def test_a_converter_of_ones_own_can_be_taught() -> None:
    from cattrs.preconf.json import make_converter as make_json_converter

    converter = make_json_converter()
    configure_converter(converter, forms=(TOY,))
    report = Report(requests=RIGHT)
    assert converter.loads(converter.dumps(report), Report) == report


def test_the_global_converter_is_left_alone() -> None:
    import cattrs

    before = cattrs.global_converter
    make_converter()
    assert cattrs.global_converter is before
    assert before.unstructure(Report()) != to_dict(Report())


# --- laws ------------------------------------------------------------------------------------------------------------


@given(reports(blanks=True))
def test_from_json_inverts_to_json(report: Report) -> None:
    data = to_json(report)
    assert from_json(data) == exactly(data) == from_dict(to_dict(report)) == report


@given(reports())
def test_the_fast_path_is_taken_for_what_to_json_writes(report: Report) -> None:
    data = to_json(report).encode()
    assert decoded(data, FORMS) == report or b"\\u003" in data


class TestBothPathsAgree:
    """On every input the fast path gives the report that the exact path gives, or leaves it to the exact path."""

    SNIPPETS = (
        b"", b":", b",", b'"', b"{", b"}", b"null", b"0", b"-0", b"1.0", b"1e0", b"01", b"-1", b"true", b"\\", b"\\u003a", b"\\u003A",
        b"\\ud800",
        b"\n", b" ", b"\x00", b"\xff", b"\xef\xbb\xbf", b'"total":0,', b'"natural_person":null', b'"year":2023,', b'"marks":{},',
        b'"cn-2019"',
        b'"note":null', b'"state":"value"', b'"2024-02-30"', b'"2024-01-01T00:00:00"', b"1000000000", b"\\u0031", b'"\\u0061":', b'"1e3"',
    )  # fmt: skip
    DOCUMENTS = tuple(
        to_json(report).encode() for report in (WHOLE, MARKED, Report(), on(CN_2019), Report(requests=filled(CN_2019.requests)))
    )

    @given(st.data())
    def test_on_spoiled_documents(self, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from(self.DOCUMENTS), label="document")
        for _ in range(data.draw(st.integers(1, 2), label="edits")):
            start = data.draw(st.integers(0, len(text)), label="start")
            end = start + data.draw(st.sampled_from((0, 1, 2, 5, 20)), label="length")
            text = text[:start] + data.draw(st.sampled_from(self.SNIPPETS) | st.just(text[start:end] * 2), label="new") + text[end:]
        self.agree(text)

    def test_on_every_token_replaced(self) -> None:
        text = self.DOCUMENTS[1]
        for token in (
            b'"year":2023',
            b'"2024-01-31"',
            b'"natural_person":7',
            b'"9.50"',
            b'"state":"blank"',
            b'"raw":""',
            b'"cn-2021"',
            b"null",
        ):
            assert token in text
            for snippet in self.SNIPPETS:
                value = token.rpartition(b":")[0]
                self.agree(text.replace(token, value + b":" + snippet if value else snippet, 1))
                self.agree(text.replace(token, token + b"," + snippet, 1))
                self.agree(text.replace(token, snippet + token, 1))

    @staticmethod
    def agree(text: bytes) -> None:
        fast = decoded(text, FORMS)
        if fast is not None:
            assert exactly(text) == fast
        assert outcome(from_json, text) == outcome(exactly, text)
