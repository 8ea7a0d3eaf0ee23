"""The simulated country: consistent as it is, and with every planted fault found and none beside them."""

from collections import Counter

import pytest

pytest.importorskip("pyarrow", reason="needs the extra 'columns'")

from govinfo.columns import check_parts_table, check_table, check_years_table, schema, to_table
from govinfo.errors import UnknownFormError
from govinfo.keys import AdminLevel, OrganKind, ReportScope
from govinfo.rules import check, check_parts, check_years
from govinfo.simulate import Country, country
from govinfo.simulate.organs import MOST_DEPARTMENTS, organs

SMALL = country(cities=1, counties=2, townships=2, departments=3)
FAULTY = country(cities=2, counties=3, townships=4, departments=4, faults=0.15, seed=5)
DECIDED = ("R301", "R302", "R303", "D401", "D402", "D403")
NOT_BROKEN = {"Y701", "Y702", "Y703", "Y704", "Y706", "H801", "H802", "H803", "H804"}


def broken(made: Country) -> set[tuple[int, str]]:
    """Row and code of what is broken."""
    table, parts = made.table(), made.parts()
    tables = (
        check_table(table, codes=(*DECIDED, "T601", "T602")),
        check_years_table(table),
        check_parts_table(table, *parts, complete=True),
    )
    return {(row["report"], row["code"]) for found in tables for row in found.to_pylist() if row["verdict"] == "broken"}


def test_a_country_without_faults_breaks_nothing_that_the_form_or_a_statute_asks_for() -> None:
    for report in SMALL.reports():
        assert check(report).errors == ()
    assert not {code for _, code in broken(SMALL)} & (NOT_BROKEN | set(DECIDED) | {"T601", "T602"})


def test_the_scalar_checks_agree_over_years_and_parts() -> None:
    reports = list(SMALL.reports())
    size = len(SMALL.organs)
    for number, organ in enumerate(SMALL.organs):
        over_years = check_years(reports[number::size])
        assert not {finding.code for finding in over_years.broken} & NOT_BROKEN
        if organ.aggregate:
            own = reports[:size]
            found = check_parts(own[number], [own[part] for part in organ.parts], complete=True)
            assert not found.broken
            assert not found.unknown


def test_every_planted_fault_is_found() -> None:
    found = broken(FAULTY)
    assert len(FAULTY.planted) == round(0.15 * len(FAULTY))
    assert {planted.kind for planted in FAULTY.planted} == {"slip", "dispute", "carry", "stock", "sum", "late"}
    assert not [planted for planted in FAULTY.planted for code in planted.rules if (planted.row, code) not in found]


def test_nothing_is_found_that_was_not_planted() -> None:
    size, whole_of = len(FAULTY.organs), Counter[int]()
    touched = {planted.row for planted in FAULTY.planted}
    for whole, part in zip(*FAULTY.parts(), strict=True):
        whole_of[int(whole)] += int(part) in touched
    for row, code in broken(FAULTY):
        if code[0] in "RDT" and code not in ("D405", "D406"):
            assert code in next(planted.rules for planted in FAULTY.planted if planted.row == row)
        elif code in NOT_BROKEN:
            assert row in touched or (row - size in touched if code[0] == "Y" else whole_of[row])


def test_what_is_planted_stands_there() -> None:
    reports = list(FAULTY.reports())
    for planted in FAULTY.planted:
        report = reports[planted.row]
        assert (report.organ, report.year) == (planted.organ, planted.year)
        for address, (right, wrong) in planted.cells.items():
            assert right != wrong
            stands = report.published_on.toordinal() if address == "published_on" and report.published_on else report[address]
            assert stands == wrong


def test_the_table_is_that_of_its_reports() -> None:
    assert SMALL.table().schema.equals(schema(), check_metadata=True)
    assert to_table(SMALL.reports()).equals(SMALL.table())
    assert len(SMALL) == SMALL.table().num_rows == len(SMALL.organs) * 7


def test_the_same_seed_gives_the_same_country() -> None:
    again, other = (country(cities=1, counties=2, townships=2, departments=3, seed=seed) for seed in (0, 1))
    assert again.table().equals(SMALL.table())
    assert not other.table().equals(SMALL.table())


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
    assert len({organ.name for organ in found}) == len(found)
    (province,) = (organ for organ in found if organ.aggregate and organ.level is AdminLevel.PROVINCIAL)
    assert [found[part] for part in province.parts] == [organ for organ in found if not organ.aggregate]
    scopes = {organ.name: report.scope for organ, report in zip(SMALL.organs, SMALL.reports(), strict=False)}
    assert {scopes[organ.name] for organ in SMALL.organs if organ.aggregate} == {ReportScope.AGGREGATE}


def test_activity_is_heavy_tailed_and_often_none() -> None:
    table = FAULTY.table()
    new = sorted(table.column("requests.new_received.total").to_pylist())
    assert new.count(0) > len(new) / 5
    assert new[-1] > 20 * (new[len(new) // 2] + 1)


@pytest.mark.parametrize(
    "wrong",
    [{"provinces": 0}, {"cities": -1}, {"departments": MOST_DEPARTMENTS + 1}, {"faults": 0.5}, {"years": (2019, 2021)}, {"years": ()}],
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="accepted"):
        country(**wrong)  # type: ignore[arg-type]  # on purpose


def test_a_year_without_a_form_is_refused() -> None:
    with pytest.raises(UnknownFormError):
        country(years=(2018, 2019))
