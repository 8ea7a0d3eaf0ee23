"""What is written as JSON or as plain data and read again is the same report, exactly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from govinfo.convert import from_dict, from_json, make_converter, to_dict, to_json
from govinfo.forms import CN_2019, CN_2021
from govinfo.report import Report, Table
from govinfo.strategies import MAX_MONEY, money, reports
from tests.toy import TOY


@given(reports(blanks=True))
def test_from_json_is_the_inverse_of_to_json(report: Report) -> None:
    again = from_json(to_json(report))
    assert again == report
    assert hash(again) == hash(report)


@given(reports(blanks=True), st.integers(0, 4))
def test_layout_and_bytes_make_no_difference(report: Report, indent: int) -> None:
    assert from_json(to_json(report, indent=indent).encode()) == report


@given(reports(blanks=True))
def test_from_dict_is_the_inverse_of_to_dict(report: Report) -> None:
    plain = to_dict(report)
    assert from_dict(plain) == report
    assert to_dict(from_dict(plain)) == plain


@given(st.lists(reports(blanks=True), max_size=2))
def test_a_converter_does_the_same_inside_other_things(several: list[Report]) -> None:
    converter = make_converter()
    assert converter.structure(converter.unstructure(several), list[Report]) == several


@given(reports(forms=(TOY,), blanks=True))
def test_forms_of_the_callers_own(report: Report) -> None:
    assert from_json(to_json(report), forms=(TOY,)) == report
    assert from_dict(to_dict(report), forms=(TOY,)) == report


@given(money(min_value=-MAX_MONEY, max_places=10), money(min_value=-MAX_MONEY, max_places=10))
def test_every_digit_of_money_is_kept(old: Decimal, new: Decimal) -> None:
    report = Report(
        proactive=Table.blank(CN_2019.proactive).replace({"proactive.procurement.amount": old}),
    )
    newer = Report(proactive=Table.blank(CN_2021.proactive).replace({"proactive.charges.amount_wan": new}))
    assert str(from_json(to_json(report))["proactive.procurement.amount"]) == str(old)
    assert str(from_json(to_json(newer))["proactive.charges.amount_wan"]) == str(new)
