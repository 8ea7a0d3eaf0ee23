"""A report that travels between processes is the same, and does not carry its released form."""

import copy
import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.forms import FORMS
from govinfo.report import Report
from govinfo.strategies import reports
from tests.toy import RIGHT, TOY

PROTOCOLS = st.integers(2, pickle.HIGHEST_PROTOCOL)


@settings(max_examples=25)
@given(reports(forms=(*FORMS, TOY), blanks=True), PROTOCOLS)
def test_a_report_comes_back_equal_whatever_its_forms(report: Report, protocol: int) -> None:
    back = pickle.loads(pickle.dumps(report, protocol))  # noqa: S301 -- what has just been written here
    assert back == report
    assert hash(back) == hash(report)
    released = [table for table in report.tables if table.form is not TOY]
    assert all(back.table(table.matrix.key).matrix is table.matrix for table in released)


def test_a_released_form_is_named_and_stays_one() -> None:
    for form in FORMS:
        written = pickle.dumps(form)
        assert pickle.loads(written) is form  # noqa: S301 -- what has just been written here
        assert copy.deepcopy(form) is form
        assert form.label.encode() not in written


def test_a_form_that_is_no_released_one_travels_by_value() -> None:
    again = pickle.loads(pickle.dumps(TOY))  # noqa: S301 -- what has just been written here
    assert again == TOY
    assert again is not TOY
    table = pickle.loads(pickle.dumps(RIGHT))  # noqa: S301 -- what has just been written here
    assert table == RIGHT
    assert table.form.requests is table.matrix
