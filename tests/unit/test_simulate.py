"""The simulated country: consistent as it is, and with every planted fault found and none beside them."""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra 'columns'")

from govinfo.columns import check_parts_table, check_table, check_years_table, schema, to_table
from govinfo.corpus.organs import Organs
from govinfo.errors import FormatError, UnknownFormError
from govinfo.findings import Finding, Verdict
from govinfo.keys import AdminLevel, OrganKind, ReportScope
from govinfo.readers import read
from govinfo.report import Report
from govinfo.rules import check, check_parts, check_years
from govinfo.rules.organ import organ_of
from govinfo.simulate import Country, country
from govinfo.simulate.organs import MOST_DEPARTMENTS, organs

SMALL = country(cities=1, counties=2, townships=2, departments=3)
FAULTY = country(cities=1, counties=2, townships=3, departments=5, faults=0.3, seed=5)
KINDS = {"slip", "dispute", "carry", "stock", "sum", "late", "unit", "prose"}
ALWAYS = {"C104", "D404"}
"""Notes on reports that are right: the unit stands beside an amount (P210 asks for it); some sued without reconsideration after 2023."""
DECIDED = ("R301", "R302", "R303", "D401", "D402", "D403")

Found = list[tuple[Finding, tuple[int, ...]]]


@cache
def findings(of: Country) -> Found:
    """Whatever is broken or unknown by any rule there is, over reports, years and wholes, each with the rows that it is about."""
    reports, size = list(of.reports()), len(of.organs)
    rows = {id(report): row for row, report in enumerate(reports)}

    def found() -> Iterator[tuple[Finding, tuple[int, ...]]]:
        for row, report in enumerate(reports):
            yield from ((finding, (row,)) for finding in check(report))
        for number, organ in enumerate(of.organs):
            several = list(check_years(reports[number::size])) if len(of.years) > 1 else []
            for first in range(0, len(reports), size) if organ.aggregate else ():
                several += check_parts(reports[first + number], [reports[first + part] for part in organ.parts], complete=True)
            yield from ((finding, tuple(rows[id(about.report)] for about in finding.about)) for finding in several)

    return [each for each in found() if each[0].verdict in (Verdict.BROKEN, Verdict.UNKNOWN)]


@pytest.mark.parametrize(
    "of",
    [
        SMALL,
        country(provinces=2, cities=1, counties=1, townships=3, departments=MOST_DEPARTMENTS, years=range(2021, 2024), seed=11),
        country(provinces=2, cities=0, departments=0, seed=3),  # governments with one body, and tiny ones
        country(counties=0, townships=0, departments=1, years=(2020,), seed=8),
    ],
    ids=lambda of: f"{len(of)} reports",
)
def test_in_a_country_without_faults_no_rule_finds_any(of: Country) -> None:
    told = findings(of)
    assert {finding.code for finding, _ in told} <= ALWAYS
    assert {finding.verdict for finding, _ in told} <= {Verdict.BROKEN}  # and nothing is unknown


def test_every_planted_fault_is_found() -> None:
    found = {(row, finding.code) for finding, rows in findings(FAULTY) if finding.verdict is Verdict.BROKEN for row in rows}
    assert len(FAULTY.planted) == round(0.3 * len(FAULTY))
    assert {planted.kind for planted in FAULTY.planted} == KINDS
    assert not [planted for planted in FAULTY.planted for code in planted.rules if (planted.row, code) not in found]


def test_whatever_is_found_uses_what_was_planted() -> None:
    """In the report itself, in next year's, or in that of a government above: each finding there has a planted cell among its own."""
    planted = {each.row: set(each.cells) for each in FAULTY.planted}
    for finding, rows in findings(FAULTY):
        beside = {"N": {"overview"}, "T": {"published_on"}}.get(finding.code[0], set())
        touched = {cell for row in rows for cell in planted.get(row, set())}
        assert finding.code in ALWAYS or touched & ({*finding.cells} | beside), finding


def test_no_body_has_faults_in_two_years_running() -> None:
    rows = {planted.row for planted in FAULTY.planted}
    assert not rows & {row + len(FAULTY.organs) for row in rows}
    assert set(Counter(planted.year for planted in FAULTY.planted)) == set(FAULTY.years)


def test_the_checks_over_columns_say_the_same() -> None:
    table = FAULTY.table()
    tables = check_table(table), check_years_table(table), check_parts_table(table, *FAULTY.parts(), complete=True)
    told = {(row["report"], row["code"]) for found in tables for row in found.to_pylist()}
    codes = {code for _, code in told}
    assert codes >= {*DECIDED, "Y701", "Y702", "H801"}
    # The later year, the whole: where several reports are concerned, it is said of one.
    place = {"Y": -1, "D": -1, "H": 0}
    scalar = {(rows[place.get(f.code[0], 0)], f.code) for f, rows in findings(FAULTY)}
    assert told == {each for each in scalar if each[1] in codes}


def test_what_is_planted_stands_there() -> None:
    reports = list(FAULTY.reports())
    for planted in FAULTY.planted:
        report = reports[planted.row]
        assert (report.organ, report.year) == (planted.organ, planted.year)
        assert report.published_on is not None
        for address, (right, wrong) in planted.cells.items():
            assert right != wrong
            if address == "overview":
                assert f"办结{wrong}件" in str(report.overview)
                assert report["requests.total_concluded.total"] == right
            elif address == "published_on":
                assert report.published_on.toordinal() == wrong
            elif planted.kind == "unit":
                assert report[address] * 10_000 == wrong  # type: ignore[operator]  # an amount, in units of 元
            else:
                assert report[address] == wrong


def test_the_table_is_that_of_its_reports() -> None:
    assert SMALL.table().schema.equals(schema(), check_metadata=True)
    assert to_table(SMALL.reports()).equals(SMALL.table())
    assert len(SMALL) == SMALL.table().num_rows == len(SMALL.organs) * 7


def test_the_same_seed_gives_the_same_country() -> None:
    again, other = (country(cities=1, counties=2, townships=2, departments=3, seed=seed) for seed in (0, 1))
    assert again.table().equals(SMALL.table())
    assert not other.table().equals(SMALL.table())
    once, more = (country(cities=1, counties=1, faults=0.3) for _ in range(2))
    assert once.planted == more.planted
    assert once.table().equals(more.table())


def test_a_country_is_as_it_was() -> None:
    """What others measured and taught with: a change of these is one that the changelog tells of. They are those of NumPy 1.26 and 2.4."""
    of = country(cities=1, counties=1, townships=2, departments=2, faults=0.2, seed=3)
    rows = ("requests.new_received.total", "disputes.reconsideration.total", "proactive.licensing.decisions")
    assert [sum(of.table().column(row).drop_null().to_pylist()) for row in rows] == [18760, 1302, 51812]
    assert Counter(planted.kind for planted in of.planted).most_common(1) == [("late", 7)]


def test_it_needs_no_hypothesis() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; from govinfo.simulate import country; country(cities=0); print('made')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "made\n"


def test_who_there_is() -> None:
    found = organs(1, 2, 2, 3, 2)
    assert Counter((o.level, o.kind) for o in found) == {
        (AdminLevel.PROVINCIAL, OrganKind.LOCAL_DEPARTMENT): 3,
        (AdminLevel.PREFECTURAL, OrganKind.LOCAL_DEPARTMENT): 6,
        (AdminLevel.COUNTY, OrganKind.LOCAL_DEPARTMENT): 12,
        (AdminLevel.TOWNSHIP, OrganKind.TOWNSHIP): 12,
        (AdminLevel.PROVINCIAL, OrganKind.LOCAL_GOVERNMENT): 1,
        (AdminLevel.PREFECTURAL, OrganKind.LOCAL_GOVERNMENT): 2,
        (AdminLevel.COUNTY, OrganKind.LOCAL_GOVERNMENT): 4,
    }
    (province,) = (organ for organ in found if organ.aggregate and organ.level is AdminLevel.PROVINCIAL)
    assert [found[part] for part in province.parts] == [organ for organ in found if not organ.aggregate]
    scopes = {organ.name: report.scope for organ, report in zip(SMALL.organs, SMALL.reports(), strict=False)}
    assert {scopes[organ.name] for organ in SMALL.organs if organ.aggregate} == {ReportScope.AGGREGATE}


@pytest.mark.parametrize("numbers", [(2, 3, 3, 4, MOST_DEPARTMENTS), (576, 0, 0, 0, 0), (1, 1, 1, 576, 1), (1, 1, 576, 0, 0)])
def test_names_are_of_one_body_each_and_say_what_it_is(numbers: tuple[int, int, int, int, int]) -> None:
    found = organs(*numbers)
    assert len({organ.name for organ in found}) == len(found)
    for organ in found:
        said = organ_of(Report(organ=organ.name, scope=ReportScope.AGGREGATE if organ.aggregate else ReportScope.OWN_ORGAN))
        assert said.kind is organ.kind
        assert said.level is organ.level or (said.level is None and organ.level is AdminLevel.PREFECTURAL)  # 市 may be of any level


def test_the_hierarchy_is_a_table_of_organs() -> None:
    table = Organs.of(SMALL.hierarchy())
    for number, organ in enumerate(SMALL.organs):
        assert table.of_name(organ.name).level is organ.level
        own = organ.parts if organ.aggregate else range(number, number + 1)
        governments = {each.name for each in SMALL.organs if each.aggregate and each is not organ and set(own) <= set(each.parts)}
        # A government whose area holds no others than another's has the same parts, and stands below it.
        assert set(table.above(organ.name)) == {name for name in governments if organ.name not in table.above(name)}


def test_activity_is_heavy_tailed_and_often_none() -> None:
    table = country(cities=2, counties=3, townships=4, departments=4).table()
    new = sorted(table.column("requests.new_received.total").to_pylist())
    assert new.count(0) > len(new) / 5
    assert new[-1] > 20 * (new[len(new) // 2] + 1)


def test_who_asks_and_what_comes_of_it_is_as_in_published_reports() -> None:
    """Within a few per cent of what a city's report of 2024 says: figures of `samples`, of which the shares are these."""
    last = country(provinces=1, cities=4, counties=6, departments=MOST_DEPARTMENTS, years=(2024,), seed=2)
    whole = next(report for report, organ in zip(last.reports(), last.organs, strict=True) if organ.aggregate and not organ.above)

    def share(part: str, of: str) -> float:
        return int(str(whole[part])) / int(str(whole[of]))

    shares = {"granted": 0.447, "partially_granted": 0.149, "unavailable_not_held": 0.252, "denied_special_inquiry": 0.034}
    for row, expected in shares.items():
        assert abs(share(f"requests.{row}.total", "requests.total_concluded.total") - expected) < 0.04
    assert abs(share("requests.new_received.natural_person", "requests.new_received.total") - 0.96) < 0.04
    assert abs(share("requests.carried_forward.total", "requests.new_received.total") - 0.033) < 0.02


@pytest.mark.parametrize(("format", "ending"), [("html", ".html"), ("markdown", ".md"), ("xlsx", ".xlsx")])
def test_documents_are_those_of_the_reports(tmp_path: Path, format: str, ending: str) -> None:  # noqa: A002 -- as `write` has it
    of = country(cities=0, departments=2, years=(2020, 2021), faults=0.2)
    paths = of.write(tmp_path / "documents", format)  # type: ignore[arg-type]  # one of them
    assert [(path.parent.name, path.name) for path in paths] == [(f"{y}", f"{o.name}{ending}") for y in of.years for o in of.organs]
    assert [read(path).report for path in paths] == list(of.reports())
    with (tmp_path / "organs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, of.hierarchy()[0])
        writer.writeheader()
        writer.writerows(of.hierarchy())
    assert set(Organs.read(tmp_path / "organs.csv").by_id) == {organ.name for organ in of.organs}


def test_a_format_that_there_is_not_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormatError):
        SMALL.write(tmp_path, "odt")  # type: ignore[arg-type]  # on purpose
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "wrong",
    [
        {"provinces": 0},
        {"provinces": True},
        {"cities": -1},
        {"townships": 2.0},
        {"departments": MOST_DEPARTMENTS + 1},
        {"provinces": 500, "cities": 500, "counties": 500},  # in all more than fit
        {"faults": 0.5},
        {"faults": float("nan")},
        {"faults": "0.1"},
        {"faults": True},
        {"seed": -1},
        {"seed": None},  # a country of its own each time could not be spoken of
        {"years": (2019, 2021)},
        {"years": ()},
        {"years": 2019},
        {"years": ("2019",)},
        {"years": (2019.0,)},
    ],
    ids=str,
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))}.*accepted") as raised:
        country(**wrong)  # type: ignore[arg-type]  # on purpose
    assert "\n" not in str(raised.value)


def test_a_year_without_a_form_is_refused() -> None:
    with pytest.raises(UnknownFormError):
        country(years=(2018, 2019))
