"""What `govinfo check` says to people, and the options that say what reports are held against."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

import govinfo
from govinfo.cli.answer import answer_lines
from govinfo.cli.checking import Checked, Settings
from govinfo.cli.commands import govinfo as commands
from govinfo.cli.streams import broken_at
from govinfo.cli.suspects import suspect_lines, suspects_of
from govinfo.findings import Lang
from govinfo.forms import CN_2021
from govinfo.keys import ReportScope
from govinfo.report import ABSENT, BLANK, CellState, Mark, Report, Table, Value
from tests.rule_cases import report, row

UPHELD, PENDING, TOTAL = (f"disputes.reconsideration.{key}" for key in ("upheld", "pending", "total"))
ZERO_TOTAL = report({UPHELD: 10, PENDING: 1})
CONSISTENT: Mapping[str, Value | Mark] = {
    **row("new_received", 50, 20, 0, 0, 0, 5, 75),
    **row("granted", 30, 12, 0, 0, 0, 5, 47),
    **row("partially_granted", 20, 8, 0, 0, 0, 0, 28),
    **row("total_concluded", 50, 20, 0, 0, 0, 5, 75),
}
GRANTED, GRANTED_TOTAL = "requests.granted.natural_person", "requests.granted.total"
PARTIAL_ENTERPRISE = "requests.partially_granted.enterprise"


def consistent(changes: Mapping[str, Value | Mark] | None = None) -> Report:
    """A report whose sums hold, but for these changes."""
    return report({**CONSISTENT, **(changes or {})})


ALL_BLANK = Report(
    year=2023, proactive=Table.blank(CN_2021.proactive), requests=Table.blank(CN_2021.requests), disputes=Table.blank(CN_2021.disputes)
)
LANGS: tuple[Lang, Lang] = ("zh", "en")


def checked(subject: Report, settings: Settings | None = None) -> Checked:
    settings = settings or Settings()
    return Checked("report.json", subject, settings.check(subject), settings)


def lines(subject: Report, lang: Lang = "en") -> list[str]:
    return list(answer_lines(checked(subject), lang))


def run(*args: str | Path, data: bytes = b"") -> Result:
    result = CliRunner().invoke(commands, ["check", *map(str, args)], input=data)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(folder: Path, **reports: Report) -> list[Path]:
    paths = [folder / f"{name}.json" for name in reports]
    for path, one in zip(paths, reports.values(), strict=True):
        path.write_text(govinfo.to_json(one), encoding="utf-8")
    return paths


def told(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout_bytes)
    return found


def codes(one: dict[str, Any], verdict: str = "broken") -> set[str]:
    return {finding["code"] for finding in one["findings"] if finding["verdict"] == verdict}


# --- suspects --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_suspect_comes_first_with_what_it_broke_under_it(lang: Lang) -> None:
    headline, heading, suspect, equation, *rest = lines(ZERO_TOTAL, lang)
    assert headline.startswith("report.json:")
    assert [len(line) - len(line.lstrip()) for line in (heading, suspect, equation)] == [2, 4, 6]
    assert all(figure in suspect for figure in ("0", "11"))
    assert equation.split()[0] == "D401"
    assert not any("D401" in line for line in rest)


def test_what_one_wrong_cell_broke_is_under_that_cell() -> None:
    both = consistent({GRANTED_TOTAL: 74, PARTIAL_ENTERPRISE: 0})
    _, _, *said = lines(both)
    suspects = [line for line in said if line.startswith("    s")]
    assert ["Granted" in line for line in suspects] == [True, False]
    under: list[list[str]] = []
    for line in said:
        if line.startswith("    s"):
            under.append([])
        elif line.startswith("      "):
            under[-1].append(line.split()[0])
    assert under == [["R302", "R303"], ["R302", "R303"]]


def test_alternatives_are_numbered_and_what_is_broken_stands_once() -> None:
    said = lines(report({UPHELD: 10, TOTAL: 11}))
    assert [line.split()[0] for line in said if ")" in line[:8]] == ["1)", "2)", "3)", "4)", "5)"]
    assert sum("D401" in line for line in said) == 1


def test_groups_that_share_no_cell_are_said_apart() -> None:
    found = checked(consistent({GRANTED_TOTAL: 74, UPHELD: 10, TOTAL: 11}))
    assert [len(group.corrections) for group in found.diagnosis.groups] == [1, 5]
    assert next(address for address, _ in suspects_of(found)) == GRANTED_TOTAL
    said, explained = suspect_lines(found, "en")
    assert len(said) == (1 + 1 + 2) + (1 + 5 + 1)
    assert [finding.code for finding in explained] == ["R302", "R303", "D401"]


def test_a_search_that_stopped_says_so_and_hides_nothing() -> None:
    figures = {address: number * number % 97 for number, address in enumerate(CN_2021.requests.addresses)}
    found = checked(report(figures))
    assert not found.diagnosis.complete
    said, explained = suspect_lines(found, "en")
    assert len(said) == len(found.diagnosis.groups)
    assert not explained
    assert {"R301", "R302", "R303"} <= {line.split()[1] for line in answer_lines(found, "en")}


def test_nothing_is_suspected_where_nothing_is_broken() -> None:
    assert suspect_lines(checked(consistent()), "en") == ([], [])


@pytest.mark.parametrize("word", ["certain", "definitely", "肯定", "必定", "一定是"])
def test_the_only_one_is_never_called_certain(word: str) -> None:
    assert not any(word in line for lang in LANGS for line in lines(ZERO_TOTAL, lang))


# --- cells without a value -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [BLANK, ABSENT, Mark(CellState.DASH, "-"), Mark(CellState.SLASH, "/"), Mark(CellState.UNREADABLE, "4？")])
@pytest.mark.parametrize("lang", LANGS)
def test_a_cell_without_a_value_is_said_once_with_what_the_sums_give(state: Mark, lang: Lang) -> None:
    said = lines(consistent({GRANTED_TOTAL: state}), lang)
    about = [line for line in said if "R302" in line or "R303" in line]
    assert len(about) == 1
    assert "47" in about[0]


def test_a_column_of_totals_left_blank_is_one_line_and_one_for_each_that_is_not_0() -> None:
    totals: dict[str, Value | Mark] = {f"requests.{line.key}.total": BLANK for line in CN_2021.requests.rows}
    subject = consistent(totals)
    deduced = govinfo.locate(subject).deduced
    assert set(deduced) == set(totals)
    figures = sorted(value for value in deduced.values() if value)
    assert figures == [28, 47, 75, 75]
    head, *values = [line for line in lines(subject) if "sums" in line]
    assert ("25" in head, "21" in head) == (True, True)
    assert sorted(int(line.rsplit(maxsplit=1)[1]) for line in values) == figures


@pytest.mark.parametrize("lang", LANGS)
def test_a_row_that_the_document_lost_is_one_line(lang: Lang) -> None:
    lost = dict.fromkeys([address for address in CN_2021.requests.addresses if ".partially_granted." in address], ABSENT)
    for gone, said in ((lost, 1), ({**lost, GRANTED_TOTAL: BLANK}, 2)):
        assert sum(line.split()[1:2] == ["C103"] for line in lines(consistent(gone), lang)) == said


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_form_is_a_line_for_each_table(lang: Lang) -> None:
    said = lines(ALL_BLANK, lang)
    assert len([line for line in said if "C103" in line]) == 3 + 1  # and that it has exceptions
    assert len(said) < 15


def test_several_rules_that_lack_the_same_thing_are_one_line() -> None:
    said = lines(report(organ="某某县财政局"))
    assert [line.split()[1:3] for line in said if "T603" in line] == [["T601,", "T603"]]


def test_every_finding_is_told() -> None:
    """By its code at least: grouping hides no rule."""
    for subject in (ZERO_TOTAL, ALL_BLANK, consistent({GRANTED_TOTAL: BLANK, GRANTED: 31, UPHELD: 3})):
        found = checked(subject)
        text = "\n".join(answer_lines(found, "en"))
        assert all(finding.code in text for finding in found.listed)


# --- the screen ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_long_line_is_broken_and_nothing_of_it_lost(lang: Lang, width: int) -> None:
    for line in lines(consistent({GRANTED_TOTAL: BLANK, PARTIAL_ENTERPRISE: 80}), lang):
        pieces = broken_at(line, width)
        assert all(cell_len(piece) <= width for piece in pieces)
        assert "".join("".join(pieces).split()) == "".join(line.split())
        indent = len(line) - len(line.lstrip())
        assert all(piece.startswith(" " * (indent + 4)) for piece in pieces[1:])


def test_all_that_is_said_can_be_shown_in_gbk() -> None:
    for subject in (ZERO_TOTAL, ALL_BLANK, consistent({GRANTED_TOTAL: BLANK, PARTIAL_ENTERPRISE: 80})):
        for lang in LANGS:
            "\n".join(lines(subject, lang)).encode("gbk")


# --- options ---------------------------------------------------------------------------------------------------------


def test_a_profile_decides_what_is_an_error(tmp_path: Path) -> None:
    (path,) = written(tmp_path, blank=consistent({GRANTED_TOTAL: BLANK}))
    own = tmp_path / "own.toml"
    own.write_text('ignore = ["C103"]\n[severity]\nR301 = "info"\n', encoding="utf-8")
    assert [run(path, "--profile", profile).exit_code for profile in ("default", "strict", str(own))] == [0, 1, 0]
    (found,) = told(run(path, "--profile", own, "--format", "json"))
    assert "C103" not in codes(found)


@pytest.mark.parametrize("text", ["select = ['X999']", "nonsense = 1", "not toml", None])
def test_a_wrong_profile_is_misuse(tmp_path: Path, text: str | None) -> None:
    (path,) = written(tmp_path, clean=report())
    own = tmp_path / "own.toml"
    if text is not None:
        own.write_text(text, encoding="utf-8")
    result = run(path, "--profile", own)
    assert (result.exit_code, result.stdout) == (2, "")


def test_what_is_known_of_the_organ_is_given(tmp_path: Path) -> None:
    late = report({"proactive.rules.in_force": 3}, published_on=dt.date(2024, 2, 1))
    (path,) = written(tmp_path, late=late)
    assert not {"P202", "T601"} & codes(told(run(path, "--format", "json"))[0])
    given = ("--organ-kind", "local_department", "--level", "county")
    assert {"P202", "T601"} <= codes(told(run(path, "--format", "json", *given))[0])


def test_years_are_compared_and_the_later_one_has_the_findings(tmp_path: Path) -> None:
    years = [report({"requests.carried_in.total": number, "requests.carried_forward.total": 9}, year=2020 + number) for number in (3, 1, 2)]
    paths = written(tmp_path, c=years[0], a=years[1], b=years[2])
    found = told(run(*paths, "--format", "json", "--years"))
    assert [one["year"] for one in found] == [2023, 2021, 2022]
    assert ["Y701" in codes(one) for one in found] == [True, False, True]
    assert all(list(one) == ["source", "year", "organ", "findings", "suspects", "deduced"] for one in found)
    (carried,) = [finding for finding in found[2]["findings"] if finding["code"] == "Y701"]
    assert (carried["left"], carried["right"]) == (2, 9)
    assert not any("Y701" in codes(one) for one in told(run(*paths, "--format", "json")))


@pytest.mark.parametrize("years", [(2023, 2023), (2023, None)])
def test_years_that_cannot_be_compared_are_checked_alone(tmp_path: Path, years: tuple[int | None, ...]) -> None:
    paths = written(tmp_path, **{f"r{number}": report(year=year) for number, year in enumerate(years)})
    result = run(*paths, "--format", "json", "--years")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert len(told(result)) == 2


@pytest.mark.parametrize("years", [(2022, 2024), (2023,)])
def test_years_that_were_not_compared_are_not_passed_over(tmp_path: Path, years: tuple[int, ...]) -> None:
    reports = [report(year=year, organ="某某县财政局") for year in years]
    paths = written(tmp_path, **{f"year{one.year}": one for one in reports})
    (why,) = {finding.facts[0] for finding in govinfo.check_years(reports)}
    for lang in LANGS:
        assert run("--years", "--lang", lang, *paths).output.count(why.said(lang)) == 1
        assert why.said(lang) not in run("--lang", lang, *paths).output


def test_a_whole_that_is_none_is_not_passed_over(tmp_path: Path) -> None:
    whole, *parts = (part(name, 1) for name in ("某某县人民政府", "某某县财政局"))
    paths = written(tmp_path, whole=whole, part=parts[0])
    (why,) = {finding.facts[0] for finding in govinfo.check_parts(whole, parts)}
    assert run("--parts", "--lang", "zh", *paths).output.count(why.zh) == 1


def part(name: str, number: int) -> Report:
    return report({"requests.new_received.total": number}, organ=name, scope=ReportScope.OWN_ORGAN)


WHOLE = report({"requests.new_received.total": 4}, organ="某某县人民政府", scope=ReportScope.AGGREGATE)


def test_parts_are_held_against_the_whole_which_comes_first(tmp_path: Path) -> None:
    paths = written(tmp_path, whole=WHOLE, a=part("甲局", 1), b=part("乙局", 2))
    found = told(run(*paths, "--format", "json", "--parts", "--complete"))
    assert ["H801" in codes(one) for one in found] == [True, False, False]
    (sums,) = [finding for finding in found[0]["findings"] if finding["code"] == "H801"]
    assert (sums["cells"], sums["left"], sums["right"]) == (["requests.new_received.total"], 4, 3)
    # Whether there are other parts is not known unless it is said.
    assert not any("H801" in codes(one) for one in told(run(*paths, "--format", "json", "--parts")))
    text = run(*paths, "--parts", "--complete", "--lang", "en").stdout
    assert sum("甲局, 乙局" in line for line in text.splitlines()) == 1


def test_nothing_takes_the_place_of_a_whole_that_cannot_be_read(tmp_path: Path) -> None:
    _, *parts = written(tmp_path, whole=WHOLE, a=part("甲局", 1), b=part("乙局", 2))
    result = run(tmp_path / "missing.json", *parts, "--format", "json", "--parts", "--complete")
    assert result.exit_code == 2
    assert [one["organ"] for one in told(result)] == ["甲局", "乙局"]
    assert not any(finding["code"].startswith("H") for one in told(result) for finding in one["findings"])


def test_a_part_that_is_there_twice_is_one_line_on_standard_error(tmp_path: Path) -> None:
    whole, a = written(tmp_path, whole=WHOLE, a=part("甲局", 1))
    result = run(whole, a, a, "--format", "json", "--parts")
    assert (result.exit_code, len(result.stderr.splitlines()), len(told(result))) == (2, 1, 3)


@pytest.mark.parametrize("line", ["--complete -", "--years --complete -", "--organ-kind office -", "--level village -", "--format xml -"])
def test_misuse_is_exit_code_2(line: str) -> None:
    assert run(*line.split(), data=govinfo.to_json(report()).encode()).exit_code == 2


def test_an_error_over_years_counts_for_the_exit_code(tmp_path: Path) -> None:
    paths = written(tmp_path, a=report(year=2022), b=report({**CONSISTENT, **row("carried_in", 0, 0, 0, 0, 0, 0, 0)}))
    one = report({**CONSISTENT, **row("carried_forward", 9, 0, 0, 0, 0, 0, 9), **row("new_received", 59, 20, 0, 0, 0, 5, 84)}, year=2022)
    paths[0].write_text(govinfo.to_json(one), encoding="utf-8")
    assert [run(*paths, "--years", "--profile", profile).exit_code for profile in ("default", "strict")] == [0, 1]
    assert run(*paths, "--profile", "strict").exit_code == 0
