"""`govinfo metrics`: the rates of a report with what they are made of."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from govinfo.cli.commands import govinfo
from govinfo.convert import to_json
from govinfo.metrics import METRICS
from tests.unit.test_metrics import DISTRICT


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "district.json").write_text(to_json(DISTRICT), "utf-8")
    return str(tmp_path / "district.json")


def test_every_rate_is_the_metric_with_its_sums(path: str) -> None:
    done = CliRunner().invoke(govinfo, ["metrics", path, "--format", "json"])
    found = json.loads(done.stdout)
    assert (found["source"], found["year"], done.exit_code) == (path, None, 0)
    assert {row["name"] for row in found["metrics"]} == {name for name, metric in METRICS.items() if not metric.needs}
    assert [row["over"] for row in found["metrics"] if row["name"] == "loss_rate"] == [None, "decided"]
    for row in found["metrics"]:
        rate = METRICS[row["name"]].of(DISTRICT, denominator=row["over"])
        assert (None if row["rate"] is None else Fraction(row["rate"])) == rate
        if rate is not None:
            assert rate == Fraction(row["numerator"], row["denominator"])
            assert row["value"] == float(rate)
    assert any(row["rate"] is None and row["denominator"] == 0 for row in found["metrics"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_see_the_sums_and_why_there_is_no_rate(path: str, lang: str) -> None:
    done = CliRunner().invoke(govinfo, ["metrics", path, "--lang", lang, "--metric", "disclosure_rate", "--metric", "loss_rate"])
    head, first, *rest = done.stdout.splitlines()
    assert head == f"{path}:"
    assert first.split()[-4:] == ["1033", "/", "1453", "71.09%"]
    assert len(rest) == 2


def test_an_unknown_metric_is_misuse_and_a_file_that_is_none_is_said(path: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(govinfo, ["metrics", path, "--metric", "requests_per_10k"]).exit_code == 2
    done = CliRunner().invoke(govinfo, ["metrics", str(tmp_path / "none"), path])
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert done.stdout
