"""Reports with what is hard to print, for the tests of several formats."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ReportScope
from govinfo.report import ABSENT, CellState, Mark, Report, Table
from govinfo.strategies import reports
from tests.toy import RIGHT

HOSTILE = (
    "=1+1",
    "+1",
    "-1+cmd|'/C calc'!A0",
    "@SUM(A1)",
    "#N/A",
    "_x0041_ _x005F_",
    "<script>alert(1)</script><!-- ]]> &amp; &#65; \"'",
    '#import "x": * $x$ \\ *b* _i_ @ref <l> // /* `raw` -- ~ ...',
    "{{7*7}} ${jndi:x} %s",
    "right\u202eto left\u202c and back\u2066\u2069",
    "zero\u200bwidth\ufeff and \u00ad soft",
    "a" * 500,
)
"""Texts that would be more than text where a format let them."""

_NONCHARACTERS = re.compile("[\ufffe\uffff]")


def marked() -> Report:
    """A report of 2019 with what stands in cells besides plain figures, one row absent, and the third part missing."""
    requests = Table.blank(CN_2019.requests).replace(
        {
            "requests.new_received.natural_person": 999_999_999,
            "requests.carried_in.enterprise": Mark(CellState.SLASH, "/"),
            "requests.granted.total": Mark(CellState.UNREADABLE, "=2+3"),
            **dict.fromkeys(
                [address for address in CN_2019.requests.addresses if address.startswith("requests.denied_state_secret.")], ABSENT
            ),
        }
    )
    proactive = Table.blank(CN_2019.proactive).replace(
        {
            "proactive.rules.newly_made": 22,
            "proactive.penalties.net_change": -3,
            "proactive.procurement.amount": Decimal("12345678901234567890.0123456789"),
        },
        {
            "proactive.rules.newly_made": Mark(CellState.VALUE, "22（其中修订16件）", "其中修订16件"),
            "proactive.penalties.net_change": Mark(CellState.VALUE, "减3"),
        },
    )
    return Report(
        organ="某某自治县人民政府办公室（县外事侨务办公室）" * 3,
        year=2019,
        scope=ReportScope.AGGREGATE,
        title="=某县政府信息公开工作年度报告",
        published_on=dt.date(2020, 1, 31),
        overview="\n".join(HOSTILE),
        problems="",
        proactive=proactive,
        requests=requests,
    )


SOURCES = [
    pytest.param(CN_2019, id="empty 2019"),
    pytest.param(CN_2021, id="empty 2021"),
    pytest.param(Report(), id="nothing"),
    pytest.param(Report(requests=RIGHT, overview="无"), id="a form of the caller's own"),
    pytest.param(Report(disputes=Table.of(CN_2021.disputes, dict.fromkeys(CN_2021.disputes.addresses, 999_999_999))), id="long figures"),
    pytest.param(marked(), id="marks and hostile texts"),
]


def printable_reports() -> st.SearchStrategy[Report]:
    """Reports of every kind, of characters that a document can hold."""
    return reports(blanks=True).filter(_printable)


def _printable(report: Report) -> bool:
    return not any(
        _NONCHARACTERS.search(text or "") for text in (report.title, report.organ, report.overview, report.problems, report.other_matters)
    )
