"""What is written as CSV and read again is the same reports, exactly; no cell of text is a formula; the descriptor fits."""

import csv
import importlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.convert import data_package, from_csv, to_csv, to_dict
from govinfo.convert.csv_text import SHAPES, TIDY, Shape
from govinfo.errors import DataError, FormatError
from govinfo.forms import CN_2021
from govinfo.report import BLANK, CellState, Mark, Report, Table
from govinfo.strategies import reports
from tests.toy import TOY

FEW = settings(max_examples=25)
BOTH = pytest.mark.parametrize("shape", SHAPES)
AWKWARD = st.text(st.sampled_from("'=+-@\t\r\n,\"；一\ufeff a0"), max_size=6) | st.none()


@st.composite
def awkward(draw: st.DrawFn) -> Report:
    """A report whose words are what CSV and spreadsheets stumble over."""
    report = draw(reports(blanks=True, max_value=99))
    return evolve(report, organ=draw(AWKWARD), title=draw(AWKWARD), overview=draw(AWKWARD), other_matters=draw(AWKWARD))


def parsed(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@BOTH
def test_from_csv_is_the_inverse_of_to_csv(shape: Shape) -> None:
    @given(st.lists(awkward(), max_size=3))
    @settings(max_examples=40)
    @example([Report(organ="某局", overview="一\r\n二\r三\n"), Report(), Report(title="")])
    @example([Report(overview="长" * 200_000)])
    def law(several: list[Report]) -> None:
        text = to_csv(several, shape=shape)
        assert from_csv(text) == several
        assert from_csv("\ufeff" + text) == several

    law()


@BOTH
def test_forms_of_the_callers_own(shape: Shape) -> None:
    @given(st.lists(reports(forms=(TOY,), blanks=True), min_size=1, max_size=2))
    @FEW
    def law(several: list[Report]) -> None:
        assert from_csv(to_csv(several, shape=shape, forms=(TOY,)), forms=(TOY,)) == several

    law()


@BOTH
def test_no_text_is_a_formula(shape: Shape) -> None:
    """A field that a spreadsheet could take for a formula is a number of the form, and nothing else."""

    @given(st.lists(awkward(), min_size=1, max_size=2))
    @FEW
    def law(several: list[Report]) -> None:
        heads, *rows = parsed(to_csv(several, shape=shape))
        for row in rows:
            for head, field in zip(heads, row, strict=True):
                if field.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
                    assert head == "value" or "." in head
                    assert float(field) < 0

    law()


def test_a_note_is_told_from_no_note() -> None:
    table = Table.blank(CN_2021.requests)
    address = "requests.granted.total"
    for mark in (Mark(CellState.VALUE, ""), Mark(CellState.VALUE, "", note=""), Mark(CellState.VALUE, "-1", unit="", note="=")):
        report = Report(requests=table.replace({address: 1}, {address: mark}))
        assert [from_csv(to_csv([report], shape=shape)) for shape in SHAPES] == [[report]] * 2


def test_a_tidy_row_says_what_its_cell_is() -> None:
    report = Report(organ="某局", year=2023, requests=Table.blank(CN_2021.requests).replace({"requests.granted.total": 7}))
    rows = [dict(zip(TIDY, row, strict=True)) for row in parsed(to_csv([report]))[1:]]
    (row,) = [row for row in rows if row["address"] == "requests.granted.total"]
    assert {key: row[key] for key in ("report", "organ", "year", "form", "value", "unit", "state", "raw")} == {
        "report": "1", "organ": "某局", "year": "2023", "form": "cn-2021", "value": "7", "unit": "件", "state": "value", "raw": "",
    }  # fmt: skip
    assert row["label_zh"] == CN_2021.cells["requests.granted.total"].label
    assert len(rows) == 6 + 175


ONE = to_csv([Report(organ="某局", year=2023, requests=Table.blank(CN_2021.requests))])
WIDE = to_csv(
    [Report(organ="某局", year=2023, requests=Table.blank(CN_2021.requests).replace({"requests.granted.total": 7}))], shape="wide"
)
REFUSED = {
    "nothing": "",
    "other heads": "a,b\r\n1,2\r\n",
    "a quote that is not closed": ONE + '"',
    "a field too few": ONE + "1,2\r\n",
    "a cell twice": ONE + "1,某局,2023,cn-2021,requests.granted.total,,,,,blank,,,,\r\n",
    "an attribute twice": ONE + "1,某局,2023,,title,,,,,,,,,x\r\n",
    "an unknown address": ONE + "1,某局,2023,,summary,,,,,,,,,x\r\n",
    "an address of no cell": ONE + "1,某局,2023,cn-2021,requests.granted.men,,,1,,value,,,,\r\n",
    "two forms in a table": ONE + "1,某局,2023,cn-2019,requests.other_processing.total,,,1,,value,,,,\r\n",
    "another organ in one report": ONE + "1,别局,2023,,title,,,,,,,,,x\r\n",
    "a cell missing": ONE.replace(",requests.granted.total,", ",requests.granted.x,"),
    "an unknown form": ONE.replace(",cn-2021,", ",cn-2020,"),
    "an unknown state": ONE.replace(",blank,", ",empty,"),
    "a figure in words": WIDE.replace(",7,", ",七,"),
    "a fraction": WIDE.replace(",7,", ",7.0,"),
    "full-width digits": WIDE.replace(",7,", ",７,"),
    "marks that are no JSON": WIDE.replace('"{', '"[{'),
    "a figure that needs another form": WIDE.replace("cn-2021", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        from_csv(text)
    assert caught.value.problems


@given(st.sampled_from([ONE, WIDE]), st.integers(0, 3_000), st.text(st.sampled_from("\",\r\n'=0x七"), max_size=3))
@settings(max_examples=100)
def test_damaged_text_is_refused_or_read_never_a_crash(text: str, at: int, junk: str) -> None:
    try:
        found = from_csv(text[:at] + junk + text[at:])
    except DataError:
        return
    assert from_csv(to_csv(found)) == found


def test_another_shape_is_refused() -> None:
    for refused in (lambda: to_csv([], shape="long"), lambda: data_package("long")):  # type: ignore[arg-type]  # the point
        with pytest.raises(FormatError) as error:
            refused()
        assert (error.value.given, error.value.accepted) == ("long", ("tidy", "wide"))


def test_the_limit_of_the_csv_module_is_as_it_was() -> None:
    before = csv.field_size_limit()
    from_csv(to_csv([Report(overview="长" * 200_000)]))
    assert csv.field_size_limit() == before


@BOTH
def test_the_descriptor_fits_what_is_written(shape: Shape, tmp_path: Path) -> None:
    frictionless: Any = importlib.import_module("frictionless")
    money = {"proactive.charges.amount_wan": BLANK}
    whole = Report(
        organ="=某局",
        year=2023,
        overview="一\n二",
        proactive=Table.blank(CN_2021.proactive).replace({**money, "proactive.rules.issued": 3}),
    )
    (tmp_path / "reports.csv").write_text(to_csv([whole, Report()], shape=shape), encoding="utf-8-sig", newline="")
    (tmp_path / "datapackage.json").write_text(json.dumps(data_package(shape)), encoding="utf-8")
    found = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert found.valid, found.flatten(["rowNumber", "fieldName", "type", "note"])
    wrong = to_csv([whole], shape=shape).replace(",3,", ",drei,")
    (tmp_path / "reports.csv").write_text(wrong, encoding="utf-8", newline="")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_csv_says_as_much_as_json() -> None:
    report = Report(organ="", year=2023)
    assert [to_dict(back) for shape in SHAPES for back in from_csv(to_csv([report], shape=shape))] == [to_dict(report)] * 2
