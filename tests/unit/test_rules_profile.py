"""Profiles: which rules are held, what they weigh, and what a profile may not say."""

from decimal import Decimal
from pathlib import Path

import pytest

from govinfo.errors import ProfileError
from govinfo.findings import Severity
from govinfo.rules import DEFAULT, PROFILES, RULES, STRICT, Profile, check, check_years
from govinfo.rules.catalogue import OF_REPORT
from tests.rule_cases import BLANK, report, row

GAPPY = report({"requests.granted.total": BLANK}, year=2019)
TOML = """
name = "our office"
select = ["R", "D401", "C103"]
ignore = ["R308"]

[severity]
C103 = "info"
R301 = "warning"

[thresholds.R307]
share = 0.4
least = 10
"""


def test_the_default_profile_changes_nothing() -> None:
    assert check(GAPPY, profile=DEFAULT) == check(GAPPY)
    assert list(dict.fromkeys(finding.code for finding in check(GAPPY))) == [rule.code for rule in OF_REPORT]


def test_strict_counts_warnings_as_errors_and_leaves_notes() -> None:
    usual, strict = check(GAPPY), check(GAPPY, profile=STRICT)
    assert {f.severity for f in usual.broken} == {Severity.WARNING}
    assert {f.severity for f in strict.broken} == {Severity.ERROR}
    assert [f.verdict for f in strict] == [f.verdict for f in usual]
    assert {f.severity for f in strict.of("R307")} == {Severity.INFO}
    assert dict(PROFILES) == {"default": DEFAULT, "strict": STRICT}


def test_a_profile_from_toml() -> None:
    profile = Profile.from_toml(TOML)
    findings = check(GAPPY, profile=profile)
    assert {f.code for f in findings} == {"C103", "D401", "R301", "R302", "R303", "R304", "R305", "R306", "R307", "R309"}
    assert {f.severity for f in findings.of("C103")} == {Severity.INFO}
    assert {f.severity for f in findings.of("R301")} == {Severity.WARNING}
    assert (profile.name, profile.select, profile.ignore) == ("our office", ("R", "D401", "C103"), ("R308",))
    carried = report(row("new_received", 0, 0, 0, 0, 0, 0, 10) | row("carried_forward", 0, 0, 0, 0, 0, 0, 5))
    (found,) = check(carried, profile=profile).of("R307").broken
    assert (found.left, found.right) == (5, Decimal("4.0"))
    assert not check(carried).of("R307").broken


def test_a_profile_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text("\ufeffignore = ['C']", encoding="utf-8")
    assert Profile.read(path).name == "office"
    assert not check(GAPPY, profile=Profile.read(str(path))).of("C101", "C102", "C103", "C104")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ProfileError):
        Profile.read(path)
    with pytest.raises(FileNotFoundError):
        Profile.read(tmp_path / "nowhere.toml")


def test_a_profile_chooses_rules_of_years_as_well() -> None:
    run = [report(year=2022), report()]
    assert {f.code for f in check_years(run, profile=Profile(select=("Y701",)))} == {"Y701"}
    assert {f.code for f in check_years([], profile=Profile(select=("Y701", "Y702")))} == {"Y701", "Y702"}


def test_every_threshold_accepts_its_own_default() -> None:
    defaults = {code: {t.name: t.default for t in rule.thresholds} for code, rule in RULES.items() if rule.thresholds}
    assert {"R307", "R308", "Y707", "Y708", "Y710", "T604", "S512", "P203"} == set(defaults)
    profile = Profile(thresholds=defaults)
    assert check(GAPPY, profile=profile) == check(GAPPY)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("select = ['R399']", "select"),
        ("select = ['R3']", "select"),
        ("select = 'R301'", "select"),
        ("select = [1]", "select"),
        ("ignore = ['r301']", "ignore"),
        ("ignore = ['']", "ignore"),
        ("unknown = 1", "unknown"),
        ("name = 1", "name"),
        ("warnings_as_errors = 'yes'", "warnings_as_errors"),
        ("severity = 'error'", "severity"),
        ("[severity]\nR399 = 'error'", "severity"),
        ("[severity]\nR301 = 'fatal'", "severity.R301"),
        ("[severity]\nR301 = 1", "severity.R301"),
        ("[severity]\nR301 = ['error']", "severity.R301"),
        ("thresholds = 1", "thresholds"),
        ("[thresholds]\nR307 = 1", "thresholds.R307"),
        ("[thresholds.R399]\nshare = 1", "thresholds"),
        ("[thresholds.R307]\nshares = 1", "thresholds.R307.shares"),
        ("[thresholds.R301]\nshare = 1", "thresholds.R301.share"),
        ("[thresholds.R307]\nshare = 1.5", "thresholds.R307.share"),
        ("[thresholds.R307]\nshare = nan", "thresholds.R307.share"),
        ("[thresholds.R307]\nshare = true", "thresholds.R307.share"),
        ("[thresholds.R307]\nleast = 2.5", "thresholds.R307.least"),
        ("[thresholds.R307]\nleast = -1", "thresholds.R307.least"),
        ("[thresholds.T604]\nlast_day = '02-29'", "thresholds.T604.last_day"),
        ("[thresholds.T604]\nlast_day = '31 January'", "thresholds.T604.last_day"),
        ("[thresholds.T604]\nlast_day = 2024-01-31", "thresholds.T604.last_day"),
        ("not toml", "own"),
        (f"[thresholds.R307]\nleast = {'1' * 5_000}", "own"),
        ("select = " + "[" * 100_000, "own"),
    ],
)
def test_what_a_profile_may_not_say(text: str, where: str) -> None:
    with pytest.raises(ProfileError) as caught:
        Profile.from_toml(text)
    assert [place for place, _ in caught.value.problems] == [where]
    assert where in str(caught.value)


def test_a_code_alone_is_no_choice_of_codes() -> None:
    for alone in ("R301", "R"):
        with pytest.raises(ProfileError) as caught:
            Profile(select=alone, ignore=alone)  # type: ignore[arg-type]  # the point
        assert [place for place, _ in caught.value.problems] == ["select", "ignore"]


@pytest.mark.parametrize(
    "text",
    [
        "[thresholds.R307]\nleast = 1\nshare = 0",
        "[thresholds.R307]\nshare = 1",
        "[thresholds.R307]\nshare = 1.0",
        "[thresholds.R307]\nshare = 0.0",
        "[thresholds.T604]\nlast_day = '12-31'",
        "[thresholds.T604]\nlast_day = '02-28'",
        "select = []",
        "ignore = ['C', 'R301']",
    ],
)
def test_what_a_profile_may_say(text: str) -> None:
    Profile.from_toml(text)


@pytest.mark.parametrize(
    "value", ["least = 0", "share = -0.1", "share = 1.1", "share = '0.5'", "share = inf", "least = true", "least = 1.0"]
)
def test_limits_outside_their_range(value: str) -> None:
    with pytest.raises(ProfileError) as caught:
        Profile.from_toml(f"[thresholds.R307]\n{value}")
    ((where, problem),) = caught.value.problems
    assert where == f"thresholds.R307.{value.split(maxsplit=1)[0]}"
    assert "given" in problem


@pytest.mark.parametrize("day", ["1-01", "01-1", "0101", "13-01", "00-10", "01-32", "01-00", "１2-31", "aa-bb", "01-001", "-01", "01-"])
def test_a_day_is_month_and_day_of_every_year(day: str) -> None:
    with pytest.raises(ProfileError):
        Profile(thresholds={"T604": {"last_day": day}})


def test_what_is_given_a_rule_goes_before_warnings_as_errors() -> None:
    profile = Profile(severity={"C103": "warning"}, warnings_as_errors=True)
    assert {f.severity for f in check(GAPPY, profile=profile).of("C103")} == {Severity.WARNING}
    assert {f.severity for f in check(GAPPY, profile=profile).of("R306")} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        (None, (), True),
        (("R",), (), True),
        (("R301",), (), True),
        (("D",), (), False),
        ((), (), False),
        (None, ("R",), False),
        (None, ("R301",), False),
        (("R301",), ("R",), False),
        (("R",), ("R302",), True),
    ],
)
def test_which_rules_are_chosen(select: tuple[str, ...] | None, ignore: tuple[str, ...], chosen: bool) -> None:
    assert Profile(select=select, ignore=ignore).chosen("R301") is chosen


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ProfileError) as caught:
        Profile(select=("R399", "R301"), ignore=("X",), thresholds={"R307": {"least": 0, "most": 1}})
    assert [place for place, _ in caught.value.problems] == ["select", "ignore", "thresholds.R307.least", "thresholds.R307.most"]
