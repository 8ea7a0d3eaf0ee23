"""Metrics: figures of published reports, what has no rate, and what a caller gives."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govinfo.errors import FigureError
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021, FORMS
from govinfo.metrics import METRICS, Cells, growth, growth_of
from govinfo.report import BLANK, Mark, Report, Table, Value


def report(values: dict[str, Value | Mark], form: Form = CN_2021) -> Report:
    def table(section: str) -> Table:
        matrix = form.matrix(section)
        zeros: dict[str, Value | Mark] = {c.address: Decimal(0) if c.kind == "money" else 0 for c in matrix.cells}
        return Table.of(matrix, zeros | {address: value for address, value in values.items() if address.startswith(section)})

    return Report(proactive=table("proactive"), requests=table("requests"), disputes=table("disputes"))


TOTAL = "requests.{}.total".format
# Figures of a district's report for 2022, and of another's for the first half of that year.
DISTRICT = report(
    {
        TOTAL("granted"): 966,
        TOTAL("partially_granted"): 67,
        TOTAL("denied_third_party_rights"): 50,
        TOTAL("denied_process_information"): 31,
        TOTAL("unavailable_not_held"): 182,
        TOTAL("unprocessed_petition"): 61,
        TOTAL("other_misc"): 96,
        TOTAL("total_concluded"): 1453,
    }
)
HALF_YEAR = report({TOTAL("granted"): 60, TOTAL("partially_granted"): 21, TOTAL("total_concluded"): 263})


@pytest.mark.parametrize(
    ("published", "name", "share", "percent"),
    [
        (HALF_YEAR, "disclosure_rate", Fraction(81, 263), "30.80"),
        (DISTRICT, "full_grant_rate", Fraction(966, 1453), "66.48"),
        (DISTRICT, "denial_rate", Fraction(81, 1453), "5.57"),
        (DISTRICT, "unavailable_rate", Fraction(182, 1453), "12.53"),
        (DISTRICT, "unprocessed_rate", Fraction(61, 1453), "4.20"),
        (DISTRICT, "other_rate", Fraction(96, 1453), "6.61"),
        (DISTRICT, "exemption_share.process_information", Fraction(31, 81), "38.27"),
        (DISTRICT, "disclosure_rate_substantive", Fraction(1033, 1296), "79.71"),
    ],
)
def test_published_rates(published: Report, name: str, share: Fraction, percent: str) -> None:
    assert METRICS[name].of(published) == share
    assert f"{float(share):.2%}" == f"{percent}%"


def test_nothing_over_nothing_is_no_rate() -> None:
    empty = report({})
    assert {name for name, metric in METRICS.items() if not metric.needs and metric.of(empty) is not None} == {"net_rule_growth"}


def test_what_is_not_known_is_no_rate() -> None:
    assert METRICS["full_grant_rate"].of(DISTRICT.replace({TOTAL("granted"): BLANK})) is None
    assert METRICS["full_grant_rate"].of(DISTRICT.replace({TOTAL("other_misc"): BLANK})) == Fraction(966, 1453)
    assert METRICS["other_rate"].of(DISTRICT.replace({TOTAL("other_misc"): BLANK})) is None
    assert METRICS["full_grant_rate"].of(Report()) is None


def test_a_group_is_whatever_rows_the_form_has_for_it() -> None:
    old = report({TOTAL("other_processing"): 3, TOTAL("total_concluded"): 4}, CN_2019)
    assert METRICS["other_rate"].of(old) == Fraction(3, 4)
    assert METRICS["net_rule_growth"].of(old) is None  # the form of 2019 has no such columns


def test_closed_cases_or_decided_ones() -> None:
    row = "disputes.reconsideration.{}".format
    cases = report({row("upheld"): 6, row("corrected"): 2, row("other_result"): 4, row("pending"): 3, row("total"): 15})
    metric = METRICS["correction_rate"]
    assert metric.of(cases) == Fraction(2, 12)
    assert metric.of(cases, denominator="decided") == Fraction(2, 8)
    with pytest.raises(FigureError) as refused:
        metric.of(cases, denominator="all")
    assert (refused.value.where, refused.value.accepted) == ("denominator", "decided")


def test_numbers_that_the_caller_gives() -> None:
    made = report({TOTAL("new_received"): 30})
    assert METRICS["requests_per_10k"].of(made, population=60_000) == 5
    assert METRICS["requests_per_10k"].of(made, population=0) is None
    assert METRICS["requests_per_10k"].of(made, population=None) is None
    assert METRICS["fee_per_case"].of(made, collected_yuan=Decimal(2950), collected_cases=25) == 118


def test_the_fee_is_what_the_prose_says_unless_it_is_given() -> None:
    metric, said = METRICS["fee_per_case"], Report(other_matters="全年收取信息处理费25件2950元。")
    assert (metric.needs, metric.takes) == ((), ("collected_yuan", "collected_cases"))
    assert metric.of(said) == 118
    assert metric.of(said, collected_cases=50) == 59
    assert metric.of(said, collected_cases=None) is None
    assert metric.of(Report(other_matters="未收取信息处理费。")) is None
    assert metric.of(Report()) is None


@pytest.mark.parametrize(
    ("name", "given", "where"),
    [
        ("requests_per_10k", {}, "population"),
        ("requests_per_10k", {"population": 1.5}, "population"),
        ("requests_per_10k", {"population": True}, "population"),
        ("fee_per_case", {"collected_yuan": Decimal("NaN"), "collected_cases": 1}, "collected_yuan"),
        ("denial_rate", {"population": 1}, "population"),
    ],
)
def test_numbers_that_are_refused(name: str, given: dict[str, Any], where: str) -> None:
    with pytest.raises(FigureError) as refused:
        METRICS[name].of(DISTRICT, **given)
    assert refused.value.where == where


def test_growth() -> None:
    before, after = report({TOTAL("new_received"): 3607}), report({TOTAL("new_received"): 3646})
    assert growth(before, after, TOTAL("new_received")) == Fraction(39, 3607)
    assert growth(before, after, TOTAL("granted")) is None  # from 0
    assert growth_of(None, 1) is None
    assert growth_of(1, None) is None


def test_every_metric_is_declared_whole() -> None:
    for name, metric in METRICS.items():
        assert name == metric.name
        assert metric.label.zh
        assert metric.label.en
        for part in (*metric.numerator, *(metric.denominator or ()), *(p for s in metric.alternatives.values() for p in s)):
            assert not isinstance(part, Cells) or any(part.of(form) for form in FORMS)
