"""The formats for the tools of continuous integration, held against what their schemas ask for."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import attr
import pytest
import sarif_om  # type: ignore[import-untyped]  # classes that Microsoft generated from the published schema of SARIF 2.1.0
from click.testing import CliRunner, Result

import govinfo
from govinfo.cli.checking import Checked, Settings
from govinfo.cli.commands import govinfo as commands
from govinfo.cli.junit import junit
from govinfo.cli.located import Spot, spot
from govinfo.cli.sarif import sarif
from govinfo.forms import CN_2021
from govinfo.report import BLANK, CellState, Mark, Report, Table

TOTAL = "disputes.reconsideration.total"
BROKEN_AND_BLANK = Report(
    year=2023,
    disputes=Table.of(
        CN_2021.disputes,
        dict.fromkeys(CN_2021.disputes.addresses, 0)
        | {"disputes.reconsideration.upheld": 10, "disputes.reconsideration.pending": 1, "disputes.direct_litigation.total": BLANK},
    ),
)
LAID_OUT = """四、政府信息公开行政复议、行政诉讼情况
|行政复议|||||行政诉讼||||||||||
||||||未经复议直接起诉|||||复议后起诉|||||
|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计|
|10|0|0|1|0|0|0|0|0|0|0|0|0|0|0|
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "报告 1,2%.json"
    path.write_text(govinfo.to_json(BROKEN_AND_BLANK), encoding="utf-8")
    return path


def run(*args: str | Path, data: bytes = b"") -> Result:
    result = CliRunner().invoke(commands, ["check", "--lang", "en", *map(str, args)], input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def checked(report: Report, source: str = "report.json") -> Checked:
    return Checked(source, report, govinfo.check(report), Settings())


# --- SARIF -----------------------------------------------------------------------------------------------------------

CLASS_OF: dict[str, Any] = {
    "runs": sarif_om.Run,
    "tool": sarif_om.Tool,
    "driver": sarif_om.ToolComponent,
    "rules": sarif_om.ReportingDescriptor,
    "shortDescription": sarif_om.MultiformatMessageString,
    "help": sarif_om.MultiformatMessageString,
    "defaultConfiguration": sarif_om.ReportingConfiguration,
    "artifacts": sarif_om.Artifact,
    "description": sarif_om.Message,
    "location": sarif_om.ArtifactLocation,
    "artifactLocation": sarif_om.ArtifactLocation,
    "results": sarif_om.Result,
    "message": sarif_om.Message,
    "locations": sarif_om.Location,
    "relatedLocations": sarif_om.Location,
    "physicalLocation": sarif_om.PhysicalLocation,
    "region": sarif_om.Region,
    "logicalLocations": sarif_om.LogicalLocation,
}
LISTS = {"runs", "rules", "artifacts", "results", "locations", "relatedLocations", "logicalLocations"}
LEVELS = {"none", "note", "warning", "error"}


def conform(value: dict[str, Any], kind: Any, path: str) -> list[str]:
    """What of an object is against the schema: names that there are not, and names that are required and missing."""
    known: dict[str, Any] = {field.metadata["schema_property_name"]: field for field in attr.fields(kind)}
    wrong = [f"{path}.{name}: no such property" for name in value if name not in known]
    wrong += [f"{path}.{name}: required" for name, field in known.items() if field.default is attr.NOTHING and name not in value]
    for name, child in value.items():
        if name in LISTS:
            assert isinstance(child, list), path
            for number, one in enumerate(cast("list[dict[str, Any]]", child)):
                wrong += conform(one, CLASS_OF[name], f"{path}.{name}[{number}]")
        elif name in CLASS_OF:
            wrong += conform(child, CLASS_OF[name], f"{path}.{name}")
        else:
            # A bag of the tool's own, or a plain value.
            assert name == "properties" or isinstance(child, str | int), path
    return wrong


def runs(result: Result) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(result.stdout_bytes)
    assert not conform(log, sarif_om.SarifLog, "$")
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    found: list[dict[str, Any]] = log["runs"]
    (only,) = found
    return only


def test_sarif_is_of_the_published_shape(source: Path) -> None:
    found = runs(run(source, "--format", "sarif"))
    assert found["tool"]["driver"]["name"] == "govinfo"
    rules = found["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in LEVELS
        # Where the kind is not `fail` there is no level (SARIF 2.1.0, 3.27.10).
        assert (result["kind"], result["level"] == "none") in {("fail", False), ("open", True)}
        assert result["message"]["text"]
        ids = [location["id"] for location in result.get("relatedLocations", ())]
        assert len(set(ids)) == len(ids)
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            assert found["artifacts"][location["physicalLocation"]["artifactLocation"]["index"]]["location"]["uri"]


def test_sarif_has_every_finding_and_the_suspects(source: Path) -> None:
    found = runs(run(source, "--format", "sarif"))
    (plain,) = json.loads(run(source, "--format", "json").stdout_bytes)
    assert [result["ruleId"] for result in found["results"]] == [finding["code"] for finding in plain["findings"]]
    artifact: dict[str, Any]
    (artifact,) = found["artifacts"]
    assert artifact["properties"]["suspects"] == plain["suspects"] == [{"cells": {TOTAL: 11}, "unique": True}]
    assert artifact["properties"]["deduced"] == plain["deduced"] == {"disputes.direct_litigation.total": 0}
    written: str = artifact["location"]["uri"]
    uri = urlsplit(written)
    assert (uri.scheme, Path(unquote(uri.path))) == ("file", source)


def test_sarif_points_to_the_suspected_cell_first(source: Path) -> None:
    (equation,) = [result for result in runs(run(source, "--format", "sarif"))["results"] if result["ruleId"] == "D401"]
    (location,) = equation["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": TOTAL, "kind": "member"}]
    assert len(equation["relatedLocations"]) == 4


def test_sarif_of_nothing_is_a_run_without_results(tmp_path: Path) -> None:
    assert runs(run(tmp_path / "missing.json", "--format", "sarif"))["results"] == []


def test_lines_of_a_document_are_regions(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(LAID_OUT, encoding="utf-8")
    reading = govinfo.read(path)
    line = reading.origins[TOTAL].line
    assert line == 5
    (equation,) = [result for result in runs(run(path, "--format", "sarif"))["results"] if result["ruleId"] == "D401"]
    assert equation["locations"][0]["physicalLocation"]["region"] == {"startLine": line}
    (suspect, *_) = run(path, "--format", "github").stdout.splitlines()
    assert f",line={line}," in suspect


def test_braces_are_no_placeholders() -> None:
    report = BROKEN_AND_BLANK.replace({"disputes.direct_litigation.total": Mark(CellState.UNREADABLE, "{0}")})
    texts = [result["message"]["text"] for result in sarif([checked(report)], "en")["runs"][0]["results"]]
    assert any("{{0}}" in text for text in texts)


# --- JUnit -----------------------------------------------------------------------------------------------------------

# What junit-10.xsd of the xUnit plugin of Jenkins accepts, the schema that most tools refer to: element -> attributes
# that may stand, those that must, and children. The order of children is free there.
TEXT: tuple[frozenset[str], frozenset[str], frozenset[str]] = (frozenset({"type", "message"}), frozenset(), frozenset())
JUNIT = {
    "testsuites": (frozenset({"name", "time", "tests", "failures", "errors"}), frozenset[str](), frozenset({"testsuite"})),
    "testsuite": (
        frozenset({"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package", "file"}),
        frozenset({"name", "tests", "failures", "errors"}),
        frozenset({"testsuite", "properties", "testcase", "system-out", "system-err"}),
    ),
    "testcase": (
        frozenset({"name", "time", "classname", "group"}),
        frozenset({"name"}),
        frozenset({"skipped", "error", "failure", "system-out", "system-err"}),
    ),
    **dict.fromkeys(("failure", "error", "skipped"), TEXT),
    "system-out": (frozenset[str](), frozenset[str](), frozenset[str]()),
}


def junit_of(data: bytes) -> ET.Element:
    root = ET.fromstring(data)  # noqa: S314 -- the project's own output
    assert root.tag == "testsuites"
    for element in root.iter():
        allowed, required, children = JUNIT[element.tag]
        assert required <= set(element.keys()) <= allowed
        assert {child.tag for child in element} <= children
        assert element.tag in {"failure", "error", "skipped", "system-out"} or not (element.text or "").strip()
    return root


def test_junit_is_of_the_published_shape(source: Path) -> None:
    root = junit_of(run(source, "--format", "junit").stdout_bytes)
    (suite,) = root
    cases = {case.get("name", "").split()[0]: case for case in suite}
    assert list(cases) == list(dict.fromkeys(finding.code for finding in govinfo.check(BROKEN_AND_BLANK)))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == (str(len(cases)), "1", "0")
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    assert [child.tag for child in cases["D401"]] == ["failure"]
    assert [child.tag for child in cases["D402"]] == ["skipped", "system-out"]
    assert [child.tag for child in cases["D403"]] == []
    assert [child.tag for child in cases["C103"]] == ["system-out"]
    assert [child.tag for child in cases["R301"]] == ["skipped"]


def test_junit_fails_where_the_exit_code_is_1(source: Path) -> None:
    for profile, failures in (("default", "1"), ("strict", "2")):
        result = run(source, "--format", "junit", "--profile", profile)
        assert (result.exit_code, junit_of(result.stdout_bytes).get("failures")) == (1, failures)


def test_junit_survives_what_no_xml_can_hold() -> None:
    report = BROKEN_AND_BLANK.replace({"disputes.direct_litigation.total": Mark(CellState.UNREADABLE, "\x00<&\x1b\ud800")})
    (suite,) = junit_of(junit([checked(report, "a\x08<b>.json")], "en"))
    assert suite.get("name") == "a\ufffd<b>.json"
    assert any("\ufffd<&\ufffd\ufffd" in (text.text or "") for text in suite.iter("system-out"))


def test_junit_of_nothing_is_a_document(tmp_path: Path) -> None:
    assert len(junit_of(run(tmp_path / "missing.json", "--format", "junit").stdout_bytes)) == 0


# --- GitHub ----------------------------------------------------------------------------------------------------------

ANNOTATION = re.compile(
    r"::(?P<level>error|warning|notice) file=(?P<file>[^,:]+)(?:,line=(?P<line>\d+))?,title=(?P<title>[^,:]+)::(?P<message>.*)"
)


def test_annotations_have_a_line_each_and_escape_what_would_end_them(source: Path) -> None:
    found = [ANNOTATION.fullmatch(line) for line in run(source, "--format", "github").stdout_bytes.decode().split("\n")[:-1]]
    (plain,) = json.loads(run(source, "--format", "json").stdout_bytes)
    assert [each["title"].split()[0] for each in found[1:] if each] == [finding["code"] for finding in plain["findings"]]
    levels = {"error": "error", "warning": "warning", "info": "notice"}
    expected = [levels[f["severity"]] if f["verdict"] == "broken" else "notice" for f in plain["findings"]]
    assert [each["level"] for each in found if each] == ["error", *expected]
    files = {each["file"].replace("%2C", ",").replace("%3A", ":").replace("%25", "%") for each in found if each}
    assert files == {str(source)}


def test_a_message_of_several_lines_stays_one_annotation() -> None:
    report = BROKEN_AND_BLANK.replace({"disputes.direct_litigation.total": Mark(CellState.UNREADABLE, "50%")})
    lines = run("-", "--format", "github", data=govinfo.to_json(report).encode()).stdout.splitlines()
    assert all(ANNOTATION.fullmatch(line) for line in lines)
    assert any("50%25" in line for line in lines)


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_report_in_json_lines_stands_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "years.jsonl"
    path.write_text("\n".join([govinfo.to_json(BROKEN_AND_BLANK)] * 2), encoding="utf-8")
    lines = [ANNOTATION.fullmatch(line) for line in run(path, "--format", "github").stdout.splitlines()]
    assert {(each["file"], each["line"]) for each in lines if each} == {(str(path), "1"), (str(path), "2")}


def test_a_file_whose_name_ends_like_a_line_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a:1").write_text(govinfo.to_json(BROKEN_AND_BLANK), encoding="utf-8")
    assert spot(checked(BROKEN_AND_BLANK, "a:1")) == Spot("a:1")
    assert spot(checked(BROKEN_AND_BLANK, "b:1")) == Spot("b", 1)


@pytest.mark.parametrize(("path", "uri"), [("a b/报.json", "a%20b/%E6%8A%A5.json"), ("-", "-"), ("/x y", "file:///x%20y")])
def test_a_path_is_a_uri_reference(path: str, uri: str) -> None:
    assert Spot(path).uri == uri


def test_money_is_a_string_in_every_format(source: Path) -> None:
    report = Report(
        year=2023, proactive=Table(CN_2021.proactive, tuple(Decimal(120_000) if c.kind == "money" else 0 for c in CN_2021.proactive.cells))
    )
    source.write_text(govinfo.to_json(report), encoding="utf-8")
    for form in ("json", "jsonl", "sarif"):
        json.loads(run(source, "--format", form).stdout_bytes, parse_float=pytest.fail)


def test_a_page_is_named_as_a_whole_and_a_text_by_its_line(tmp_path: Path) -> None:
    """A line of what a web page shows is no line of its file."""
    report = Report(requests=Table.blank(CN_2021.matrix("requests")))
    lines: dict[str, set[int | None]] = {}
    for kind in ("html", "markdown"):
        made = tmp_path / f"report.{kind}"
        made.write_text(str(govinfo.render(report, kind)), "utf-8")
        reading = govinfo.read(made)
        one = Checked(made.name, reading, govinfo.check(reading), Settings())
        lines[kind] = {spot(one, address).line for address in reading.origins}
    assert lines["html"] == {None}
    assert None not in lines["markdown"]
    assert len(lines["markdown"]) == 25
