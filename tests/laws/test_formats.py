"""Through cattrs's own converters a report goes into YAML, TOML and MessagePack and comes back the same."""

import importlib
import importlib.util
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.convert import configure_converter, to_dict
from govinfo.errors import DataError
from govinfo.forms import CN_2021
from govinfo.report import Report, Table
from govinfo.strategies import reports
from tests.toy import TOY

FORMATS = {"pyyaml": False, "tomlkit": True, "msgpack": False, "ujson": False}
EVERY = pytest.mark.parametrize("name", [name for name in FORMATS if importlib.util.find_spec(name.replace("pyyaml", "yaml"))])
AWKWARD = st.text(st.sampled_from("'\"\\#:-\t\r\n \x85\u2028一0"), max_size=6) | st.none()


def converter_of(name: str, **how: Any) -> Any:
    """The converter of cattrs for that format, taught reports."""
    made = importlib.import_module(f"cattrs.preconf.{name}").make_converter()
    configure_converter(made, omit_nulls=FORMATS[name], **how)
    return made


@frozen
class Filed:
    """A class of the user's own, with reports in it."""

    by: str
    reports: list[Report]


@EVERY
def test_a_report_comes_back_the_same(name: str) -> None:
    converter = converter_of(name)

    @given(reports(blanks=True, max_value=99), AWKWARD, AWKWARD)
    @settings(max_examples=10)
    @example(Report(), None, "")
    def law(report: Report, title: str | None, overview: str | None) -> None:
        report = evolve(report, title=title, overview=overview)
        assert converter.loads(converter.dumps(report), Report) == report
        filed = Filed("某局", [report])
        assert converter.loads(converter.dumps(filed), Filed) == filed

    law()


@EVERY
@given(report=reports(forms=(TOY,), blanks=True))
@settings(max_examples=10)
def test_on_a_form_of_the_callers_own(name: str, report: Report) -> None:
    converter = converter_of(name, forms=(TOY,))
    assert converter.loads(converter.dumps(report), Report) == report


class TestWithoutNulls:
    """A member that is missing is null; so what was lost by mistake is refused as a null would be."""

    whole = Report(year=2023, requests=Table(CN_2021.requests, range(175)))

    def structured(self, plain: object) -> Report:
        report: Report = converter_of("tomlkit").structure(plain, Report)
        return report

    def test_no_null_is_written(self) -> None:
        plain: dict[str, Any] = converter_of("tomlkit").unstructure(self.whole)
        assert set(plain) == {"schema", "year", "forms", "requests", "marks"}
        assert plain["forms"] == {"requests": "cn-2021"}
        assert self.structured(plain) == self.whole

    @pytest.mark.parametrize("path", ["schema", "forms", "requests", "requests.granted", "requests.granted.total"])
    def test_what_is_lost_is_refused(self, path: str) -> None:
        plain: dict[str, Any] = converter_of("tomlkit").unstructure(self.whole)
        *above, last = path.split(".")
        place = plain
        for key in above:
            place = place[key]
        del place[last]
        with pytest.raises(DataError):
            self.structured(plain)

    @pytest.mark.parametrize(
        "given_", [None, 1, [], {"schema": "govinfo.report/1", "forms": 1}, {**to_dict(whole), "requests": {"granted": 1}}]
    )
    def test_anything_else_is_refused(self, given_: object) -> None:
        with pytest.raises(DataError):
            self.structured(given_)
