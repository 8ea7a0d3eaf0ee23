"""What govinfo writes fits its JSON Schema; what `from_json` refuses, the schema refuses wherever a schema can."""

import datetime as dt
import importlib
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import govinfo
from govinfo.cli.commands import govinfo as command_line
from govinfo.convert import from_json, json_schema, to_dict, to_json
from govinfo.convert.json_schema import Name
from govinfo.errors import DataError
from govinfo.forms import CN_2021, FORMS
from govinfo.report import BLANK, CellState, Mark, Report, Table
from govinfo.strategies import Broken, broken_reports, reports
from tests.toy import TOY

Draft202012Validator: Any = importlib.import_module("jsonschema").Draft202012Validator  # it has no types of its own
FEW = settings(max_examples=25)
OF_REPORTS = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
OF_FINDINGS = Draft202012Validator(json_schema("findings"))


@pytest.mark.parametrize("name", ["report", "findings"])
def test_a_schema_is_one(name: Name) -> None:
    Draft202012Validator.check_schema(json_schema(name))
    assert json_schema(name)["$id"] == f"urn:govinfo:{name}:1"


@given(reports(blanks=True))
def test_every_report_fits(report: Report) -> None:
    assert list(OF_REPORTS.iter_errors(json.loads(to_json(report)))) == []


@given(reports(forms=(TOY,), blanks=True))
@FEW
def test_so_does_every_report_on_a_form_of_the_callers_own(report: Report) -> None:
    schema = Draft202012Validator(json_schema(forms=(TOY,)))
    assert list(schema.iter_errors(to_dict(report))) == []
    assert report.requests is None or not OF_REPORTS.is_valid(to_dict(report))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_array_of_findings_fits(lang: str, tmp_path: Any) -> None:
    file = tmp_path / "reports.jsonl"

    @given(st.lists(broken_reports(max_value=30).map(lambda drawn: drawn.report) | reports(blanks=True), min_size=1, max_size=3))
    @settings(max_examples=10)
    def law(several: list[Report]) -> None:
        file.write_text("\n".join(map(to_json, several)), encoding="utf-8")
        done = CliRunner().invoke(command_line, ["check", "--lang", lang, "--format", "json", str(file)])
        found = json.loads(done.stdout)
        assert len(found) == len(several)
        assert list(OF_FINDINGS.iter_errors(found)) == []

    law()


# --- what is refused -------------------------------------------------------------------------------------------------

WHOLE = to_dict(
    Report(
        organ="某局",
        year=2023,
        published_on=dt.date(2024, 1, 31),
        overview="一",
        **{str(m.key): Table.of(m, {c.address: Decimal(0) if c.kind == "money" else 0 for c in m.cells}) for m in CN_2021.matrices},  # type: ignore[arg-type]  # by section
    ).replace({"requests.granted.total": BLANK}, {"requests.denied_prohibited_by_law.total": Mark(CellState.VALUE, "0件", unit="件")})
)
WRONG: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "an unknown key": lambda d: d.update(more=1),
    "a missing key": lambda d: d.pop("organ"),
    "another schema": lambda d: d.update(schema="govinfo.report/2"),
    "a number for a text": lambda d: d.update(organ=1),
    "a year of three digits": lambda d: d.update(year=999),
    "a year of five digits": lambda d: d.update(year=10_000),
    "a year in words": lambda d: d.update(year="2023"),
    "a fraction of a year": lambda d: d.update(year=2023.5),
    "an unknown scope": lambda d: d.update(scope="all"),
    "a date in words": lambda d: d.update(published_on="2024年1月31日"),
    "a day that there is not": lambda d: d.update(published_on="2024-02-30"),
    "an unknown form": lambda d: d["forms"].update(requests="cn-2020"),
    "the other form": lambda d: d["forms"].update(requests="cn-2019"),
    "no form for a table": lambda d: d["forms"].update(requests=None),
    "no table for a form": lambda d: d.update(requests=None),
    "an unknown row": lambda d: d["requests"].update(more={}),
    "a missing row": lambda d: d["requests"].pop("granted"),
    "an unknown column": lambda d: d["requests"]["granted"].update(more=1),
    "a missing column": lambda d: d["requests"]["granted"].pop("other_org"),
    "a negative count": lambda d: d["requests"]["granted"].update(other_org=-1),
    "too large a count": lambda d: d["requests"]["granted"].update(other_org=10**9),
    "a fraction": lambda d: d["requests"]["granted"].update(other_org=0.5),
    "a boolean": lambda d: d["requests"]["granted"].update(other_org=True),
    "a figure as text": lambda d: d["requests"]["granted"].update(other_org="1"),
    "money as a number": lambda d: d["proactive"]["charges"].update(amount_wan=1),
    "money in other digits": lambda d: d["proactive"]["charges"].update(amount_wan="1,000"),
    "money with a zero before it": lambda d: d["proactive"]["charges"].update(amount_wan="01"),
    "money below nothing": lambda d: d["proactive"]["charges"].update(amount_wan="-0.00"),
    "too much money": lambda d: d["proactive"]["charges"].update(amount_wan="1" * 21),
    "no value and no mark": lambda d: d["requests"]["granted"].update(other_org=None),
    "a value beside a blank": lambda d: d["requests"]["granted"].update(total=1),
    "no value beside a value's mark": lambda d: d["requests"]["denied_prohibited_by_law"].update(total=None),
    "a mark of no cell": lambda d: d["marks"].update({"requests.granted.men": {"state": "value", "raw": ""}}),
    "a mark of no section": lambda d: d["marks"].update({"overview": {"state": "value", "raw": ""}}),
    "a mark of the other form's cell": lambda d: d["marks"].update({"requests.other_processing.total": {"state": "value", "raw": ""}}),
    "a mark without a state": lambda d: d["marks"]["requests.granted.total"].pop("state"),
    "a mark without its text": lambda d: d["marks"]["requests.granted.total"].pop("raw"),
    "a mark of an unknown state": lambda d: d["marks"]["requests.granted.total"].update(state="empty"),
    "a mark with more": lambda d: d["marks"]["requests.granted.total"].update(more=""),
    "a mark with a null": lambda d: d["marks"]["requests.granted.total"].update(note=None),
    "a mark with loose white space": lambda d: d["marks"]["requests.granted.total"].update(raw=" a  b"),
    "no marks": lambda d: d.update(marks=None),
}
# What no schema can tell, and `from_json` refuses all the same.
BEYOND: Mapping[str, Callable[[str], str]] = {
    "a key that stands twice": lambda text: text.replace('"year":2023', '"year":2022,"year":2023'),
    "an integer that is written as a float": lambda text: text.replace('"year":2023', '"year":2023.0'),
    "a lone surrogate": lambda text: text.replace('"某局"', '"\\ud800"'),
}


def spoiled(wrong: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(WHOLE))
    wrong(plain)
    return plain


def test_what_is_spoiled_below_fits_before() -> None:
    assert list(OF_REPORTS.iter_errors(WHOLE)) == []


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_from_json_refuses_the_schema_refuses(wrong: Callable[[dict[str, Any]], object]) -> None:
    plain = spoiled(wrong)
    with pytest.raises(DataError):
        from_json(json.dumps(plain))
    assert not OF_REPORTS.is_valid(plain)


@pytest.mark.parametrize("wrong", BEYOND.values(), ids=BEYOND)
def test_what_no_schema_can_say(wrong: Callable[[str], str]) -> None:
    text = wrong(json.dumps(WHOLE, ensure_ascii=False, separators=(",", ":")))
    with pytest.raises(DataError):
        from_json(text)
    assert OF_REPORTS.is_valid(json.loads(text))


JUNK = st.one_of(st.none(), st.booleans(), st.integers(-2, 10**10), st.just(0.5), st.text(max_size=3), st.just("0"), st.just({}))


def places(plain: Mapping[str, Any], *above: str) -> Iterator[tuple[str, ...]]:
    for key, value in plain.items():
        yield (*above, key)
        if isinstance(value, dict):
            yield from places(value, *above, key)  # pyright: ignore[reportUnknownArgumentType]  # plain data


PLACES = list(places(WHOLE))


@given(st.sampled_from(PLACES), JUNK)
@settings(max_examples=80)
def test_both_refuse_and_accept_alike_whatever_stands_anywhere(place: tuple[str, ...], junk: object) -> None:
    def put(plain: dict[str, Any]) -> None:
        *above, last = place
        for key in above:
            plain = plain[key]
        plain[last] = junk

    plain = spoiled(put)
    try:
        from_json(json.dumps(plain))
        accepted = True
    except DataError:
        accepted = False
    assert OF_REPORTS.is_valid(plain) == accepted


@given(broken_reports())
@FEW
def test_wrong_sums_are_no_matter_of_the_schema(broken: Broken) -> None:
    assert OF_REPORTS.is_valid(to_dict(broken.report))


def test_every_line_is_said_in_both_languages() -> None:
    schema = govinfo.json_schema()
    for form in FORMS:
        for matrix in form.matrices:
            table = schema["$defs"][f"{form.id}.{matrix.key}"]["properties"]
            assert {row: (table[row]["title"], table[row]["description"]) for row in table} == {
                str(row.key): (" › ".join(row.path), row.english) for row in matrix.rows
            }
    assert all(schema["properties"][key]["title"] and schema["properties"][key]["description"] for key in schema["properties"])


def _subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(schema, dict):
        return
    own: dict[str, Any] = cast("dict[str, Any]", schema)
    yield own
    for keyword in ("properties", "$defs"):
        for each in own.get(keyword, {}).values():
            yield from _subschemas(each)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for each in own.get(keyword, []):
            yield from _subschemas(each)
    for keyword in ("if", "then", "else", "not", "items", "propertyNames", "additionalProperties"):
        yield from _subschemas(own.get(keyword))


KEYWORDS = {
    "$schema", "$id", "$ref", "$defs", "title", "description", "type", "properties", "required", "additionalProperties", "propertyNames",
    "items", "const", "enum", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "uniqueItems", "minItems",
    "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
}  # fmt: skip


@pytest.mark.parametrize("name", ["report", "findings"])
def test_a_strict_validator_takes_it(name: Name) -> None:
    """Validators such as Ajv refuse keywords that they do not know, and ask for the type beside what only objects can have."""
    found = list(_subschemas(json_schema(name)))
    assert {keyword for schema in found for keyword in schema} <= KEYWORDS
    objects = [schema for schema in found if schema.keys() & {"properties", "required", "propertyNames"}]
    assert objects
    assert [schema for schema in objects if schema.get("type") != "object"] == []
    assert [schema for schema in found if "pattern" in schema and "string" not in schema.get("type", "string")] == []
