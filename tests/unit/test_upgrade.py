"""Data that a release wrote stays readable: steps from one schema to the next, and a golden file of each released schema."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govinfo.convert import from_dict, from_json, to_dict
from govinfo.convert.json_text import parsed
from govinfo.convert.upgrade import NEWEST, STEPS, Step, upgraded
from govinfo.errors import DataError
from govinfo.report import CellState, Mark, Report

RELEASED = Path(__file__).parents[1] / "documents" / "schemas"


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 of a toy: the organ is called a body."""
    return {("body" if key == "organ" else key): value for key, value in data.items()}


def _counted(data: dict[str, Any]) -> dict[str, Any]:
    """Schema 3 of a toy: it says how many marks there are."""
    data["marked"] = len(data["marks"])
    return data


TOY: Mapping[int, Step] = {1: _renamed, 2: _counted}


def test_steps_lead_from_the_first_schema_to_the_newest() -> None:
    assert set(STEPS) == set(range(1, NEWEST))


def test_every_released_schema_has_its_golden_file() -> None:
    assert {path.name for path in RELEASED.glob("report-*.json")} == {f"report-{number}.json" for number in range(1, NEWEST + 1)}


def test_schema_1_is_read_as_it_was_written() -> None:
    report = from_json((RELEASED / "report-1.json").read_bytes())
    assert (report.organ, report.year, report.published_on) == ("某市人民政府", 2020, dt.date(2021, 3, 31))
    assert (report.overview, report.problems, report.other_matters) == ("第一段：10:30\n第二段", "", None)
    assert [table.form.id for table in report.tables] == ["cn-2019", "cn-2021", "cn-2021"]
    assert report["requests.new_received.natural_person"] == 0
    assert report["requests.carried_forward.total"] == 174
    assert str(report["proactive.procurement.amount"]) == str(Decimal("21.50"))
    assert report.marks["requests.granted.enterprise"] == Mark(CellState.VALUE, "22（其中：修订16件）", "其中：修订16件")
    assert len(report.marks) == 5
    assert from_dict(to_dict(report)) == report


def test_a_toy_goes_all_the_way_whatever_it_starts_from() -> None:
    first = to_dict(Report(organ="某局", year=2023))
    kept = json.dumps(first)
    second = upgraded(first, steps=TOY, newest=2)
    third = upgraded(first, steps=TOY, newest=3)
    assert isinstance(second, dict)
    assert (second["schema"], second["body"], "organ" in second) == ("govinfo.report/2", "某局", False)
    assert third == {**second, "schema": "govinfo.report/3", "marked": 0}
    assert upgraded(second, steps=TOY, newest=3) == third == upgraded(third, steps=TOY, newest=3)
    assert json.dumps(first) == kept


@pytest.mark.parametrize("given", [None, [], "govinfo.report/2", {}, {"schema": 2}, {"schema": "other/2"}, {"schema": "govinfo.report/x"}])
def test_what_is_no_report_is_left_to_those_who_say_why(given: object) -> None:
    assert upgraded(given) is given


def from_text(plain: object) -> Report:
    return from_json(json.dumps(plain))


@pytest.mark.parametrize("number", [NEWEST + 1, 99])
@pytest.mark.parametrize("read", [from_dict, from_text])
def test_a_newer_schema_is_one_error(number: int, read: Callable[[object], Report]) -> None:
    with pytest.raises(DataError) as caught:
        read({"schema": f"govinfo.report/{number}", "more": 1})
    assert [path for path, _ in caught.value.problems] == ["$.schema"]


def test_a_schema_before_the_oldest_step_is_one_error() -> None:
    with pytest.raises(DataError) as caught:
        upgraded({"schema": "govinfo.report/1"}, steps={2: _counted}, newest=3)
    assert [path for path, _ in caught.value.problems] == ["$.schema"]


def test_a_key_that_stands_twice_is_not_settled_by_a_step() -> None:
    given = parsed('{"schema":"govinfo.report/1","organ":"a","organ":"b","marks":{}}')
    assert upgraded(given, steps=TOY, newest=3) is given
