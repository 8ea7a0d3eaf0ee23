"""What a cell of a workbook shows of its number."""

import pytest

from govinfo.readers.number_format import shown_as


@pytest.mark.parametrize(
    "code",
    [
        "",
        "General",
        "0",
        "#,##0",
        "0.00",
        "#,##0.00_ ",
        "0.00E+00",
        "0;-0",
        "0;(0)",
        "[Red]0",
        "_ * #,##0_ ;_ * -#,##0_ ",
        "[DBNum1]0",
        "@",
    ],
)
@pytest.mark.parametrize("text", ["0", "12", "-3"])
def test_most_formats_show_the_number(code: str, text: str) -> None:
    assert shown_as(code, text) == text


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ('0.00"元"', "251000", "251000元"), ("0元", "5", "5元"), ('General"万元"', "5", "5万元"), ('0"①"', "22", "22①"),
        ('0"%"', "5", "5%"),
        ('0;-0;"-"', "0", "0"), ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "0"),
        ("0.00", "59237.2449", "59237.2449"),
        ('0;0;"无"', "0", "无"), ('0;-0;0"件"', "0", "0件"),
        ('0;"减"0', "-3", "减3"), ('"减"0', "3", "减3"), ("-0", "3", "-3"), ("[$¥-804]0", "3", "¥3"), ("0!元", "3", "3元"),
    ],
)  # fmt: skip
def test_what_a_format_prints_beside_the_digits_is_part_of_the_figure(code: str, text: str, shown: str) -> None:
    assert shown_as(code, text) == shown


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("0,", "12000"),
        ("0!.0,", "123456"),
        ("0;0", "-3"),
        ("0;[Red]0", "-3"),
        (";;;", "12"),
        ("0;-0;;@", "0"),
        ("General;General;", "0"),
        ("#", "0"),
        ("#,###.##", "0"),
        ("0 0", "12"),
        ('0"1"', "12"),
        ("1000", "12"),
        ('[>10]"多"0;0', "12"),
        ("0.0,,", "12"),
    ],
)
def test_where_other_digits_are_shown_the_format_is_shown_too(code: str, text: str) -> None:
    assert shown_as(code, text) == f"{text} [{code}]"
