"""The two released forms, against tables written down here on their own."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from govinfo.errors import UnknownFormError
from govinfo.fold import label_key
from govinfo.form import Evidence, Form, Kind
from govinfo.forms import CN_2019, CN_2021, FORMS, form_by_id, form_for
from govinfo.keys import Applicant, Section
from tests.toy import TOY

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
TRUTHS = sorted(SAMPLES.glob("*.truth.json"))
IDS = [form.id for form in FORMS]

APPLICANTS = ["natural_person", "enterprise", "research_institution", "public_welfare_org", "legal_service_org", "other_org", "total"]
SHARED_OUTCOMES = [
    "granted",
    "partially_granted",
    "denied_state_secret",
    "denied_prohibited_by_law",
    "denied_security_stability",
    "denied_third_party_rights",
    "denied_internal_affairs",
    "denied_process_information",
    "denied_enforcement_file",
    "denied_special_inquiry",
    "unavailable_not_held",
    "unavailable_needs_creation",
    "unavailable_still_unclear",
    "unprocessed_petition",
    "unprocessed_duplicate",
    "unprocessed_publication",
    "unprocessed_excessive",
    "unprocessed_reconfirmation",
]
OUTCOMES = {
    "cn-2019": [*SHARED_OUTCOMES, "other_processing"],
    "cn-2021": [*SHARED_OUTCOMES, "other_uncorrected", "other_fee_unpaid", "other_misc"],
}
PROACTIVE = {
    "cn-2019": {
        "rules": "newly_made newly_public total_public",
        "normative_documents": "newly_made newly_public total_public",
        "licensing": "prior_items net_change decisions",
        "other_services": "prior_items net_change decisions",
        "penalties": "prior_items net_change decisions",
        "compulsion": "prior_items net_change decisions",
        "charges": "prior_items net_change",
        "procurement": "projects amount",
    },
    "cn-2021": {
        "rules": "issued repealed in_force",
        "normative_documents": "issued repealed in_force",
        "licensing": "decisions",
        "penalties": "decisions",
        "compulsion": "decisions",
        "charges": "amount_wan",
    },
}
TRACKS = ["reconsideration", "direct_litigation", "post_reconsideration_litigation"]
RESULTS = ["upheld", "corrected", "other_result", "pending", "total"]


def addresses(form_id: str) -> list[str]:
    """Every address of a form, from the tables above."""
    rows = ["new_received", "carried_in", *OUTCOMES[form_id], "total_concluded", "carried_forward"]
    return [
        *(f"proactive.{row}.{column}" for row, columns in PROACTIVE[form_id].items() for column in columns.split()),
        *(f"requests.{row}.{column}" for row in rows for column in APPLICANTS),
        *(f"disputes.{row}.{column}" for row in TRACKS for column in RESULTS),
    ]


def equations(form_id: str) -> list[tuple[str, set[str], set[str]]]:
    """Every equation of a form, code and both sides, from the tables above."""
    rows = ["new_received", "carried_in", *OUTCOMES[form_id], "total_concluded", "carried_forward"]

    def side(*keys: str, column: str) -> set[str]:
        return {f"requests.{row}.{column}" for row in keys}

    flow = [
        ("R301", side("new_received", "carried_in", column=c), side("total_concluded", "carried_forward", column=c)) for c in APPLICANTS
    ]
    outcomes = [("R302", side(*OUTCOMES[form_id], column=c), side("total_concluded", column=c)) for c in APPLICANTS]
    sums = [("R303", {f"requests.{row}.{c}" for c in APPLICANTS[:-1]}, {f"requests.{row}.total"}) for row in rows]
    tracks = [
        (code, {f"disputes.{track}.{result}" for result in RESULTS[:-1]}, {f"disputes.{track}.total"})
        for code, track in zip(("D401", "D402", "D403"), TRACKS, strict=True)
    ]
    return [*flow, *outcomes, *sums, *tracks]


@pytest.mark.parametrize(("form_id", "cells", "balances"), [("cn-2019", 198, 40), ("cn-2021", 200, 42)])
def test_cells_and_equations_are_as_many_as_the_instrument_has(form_id: str, cells: int, balances: int) -> None:
    form = form_by_id(form_id)
    assert (len(form.cells), len(form.balances)) == (cells, balances)


@pytest.mark.parametrize("form_id", IDS)
def test_addresses(form_id: str) -> None:
    assert list(form_by_id(form_id).cells) == addresses(form_id)


@pytest.mark.parametrize("form_id", IDS)
def test_equations(form_id: str) -> None:
    declared = [(b.code, set(b.left), set(b.right)) for b in form_by_id(form_id).balances]
    assert declared == equations(form_id)


@pytest.mark.parametrize(
    ("form_id", "signed", "money"),
    [
        (
            "cn-2019",
            [f"{row}.net_change" for row in ("licensing", "other_services", "penalties", "compulsion", "charges")],
            "proactive.procurement.amount",
        ),
        ("cn-2021", [], "proactive.charges.amount_wan"),
    ],
)
def test_which_figures_are_signed_and_which_are_money(form_id: str, signed: list[str], money: str) -> None:
    cells = form_by_id(form_id).cells
    assert [a for a, cell in cells.items() if cell.kind is Kind.MONEY] == [money]
    assert [a for a, cell in cells.items() if cell.signed and cell.kind is Kind.COUNT] == [f"proactive.{address}" for address in signed]


@pytest.mark.parametrize(
    ("form_id", "address", "unit"),
    [
        ("cn-2021", "proactive.charges.amount_wan", "万元"),
        ("cn-2021", "proactive.rules.issued", "件"),
        ("cn-2019", "proactive.licensing.net_change", "项"),
        ("cn-2019", "proactive.procurement.projects", "个"),
        ("cn-2019", "proactive.procurement.amount", ""),
        ("cn-2019", "requests.granted.total", "件"),
        ("cn-2021", "disputes.reconsideration.upheld", "件"),
    ],
)
def test_units(form_id: str, address: str, unit: str) -> None:
    assert form_by_id(form_id).cells[address].unit == unit


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_every_line_says_what_a_reader_needs(form: Form) -> None:
    for matrix in form.matrices:
        for line in (*matrix.rows, *matrix.columns):
            assert line.label
            assert line.english.isprintable()
            assert "  " not in line.label
            assert all(note.zh and note.en for note in line.notes)
    assert all(row.basis for matrix in form.matrices for row in matrix.rows if row.key != "total_concluded")
    assert [line.key for line in form.sections] == list(Section)


def test_what_is_not_verified_is_said_to_be() -> None:
    evidence = Counter(note.evidence for form in FORMS for m in form.matrices for line in (*m.rows, *m.columns) for note in line.notes)
    assert all(evidence[kind] for kind in Evidence)
    (partial,) = CN_2021.requests.row("partially_granted").notes
    assert partial.evidence is Evidence.OFFICIAL
    assert [note.evidence for note in CN_2021.requests.column(Applicant.PUBLIC_WELFARE_ORG).notes] == [Evidence.UNVERIFIED]


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("other_org", ["法人或其他组织", "其他"]),
        ("enterprise", ["商业企业"]),
        ("total", ["总计", "合计"]),
    ],
)
def test_columns_of_section_3_match_what_is_seen_in_print(address: str, printed: list[str]) -> None:
    column = CN_2021.requests.column(address)
    assert {label_key(text) for text in printed} <= column.keys | {label_key(text) for text in column.within}


@pytest.mark.parametrize(
    ("form", "row", "printed"),
    [
        (CN_2021, "normative_documents", "规范性文件"),
        (CN_2021, "normative_documents", "規範性檔案"),
        (CN_2019, "normative_documents", "行政规范性文件"),
        (CN_2021, "rules", "规章"),
    ],
)
def test_rows_of_section_2_match_what_is_seen_in_print(form: Form, row: str, printed: str) -> None:
    assert label_key(printed) in form.proactive.row(row).keys


@pytest.mark.parametrize(
    ("section", "printed"),
    [
        (Section.PROACTIVE, "二、行政机关主动公开政府信息情况"),
        (Section.REQUESTS, "三、行政机关收到和处理政府信息公开申请情况"),
        (Section.DISPUTES, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (Section.DISPUTES, "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况"),
        (Section.PROBLEMS, "五、政府信息公开工作存在的主要问题及改进情况"),
        (Section.PROBLEMS, "五、存在问题及改进情况"),
        (Section.OTHER_MATTERS, "六、其他需要報告的事項"),
    ],
)
def test_headings_match_what_is_seen_in_print(section: Section, printed: str) -> None:
    for form in FORMS:
        matching = [line.key for line in form.sections if label_key(printed) in line.keys]
        assert matching == [section]


@pytest.mark.parametrize(("year", "form"), [(2019, CN_2019), (2020, CN_2019), (2021, CN_2021), (2025, CN_2021), (2100, CN_2021)])
def test_the_form_for_a_year(year: int, form: Form) -> None:
    assert form_for(year) is form


@pytest.mark.parametrize("year", [2018, 2008, 0, -1])
def test_before_2019_there_was_no_common_form(year: int) -> None:
    with pytest.raises(UnknownFormError):
        form_for(year)


def test_forms_of_the_callers_own() -> None:
    assert form_for(2100, forms=(TOY,)) is TOY
    assert form_by_id("toy", forms=(TOY,)) is TOY
    with pytest.raises(UnknownFormError):
        form_by_id("toy")
    with pytest.raises(UnknownFormError):
        form_for(2023, forms=(TOY,))


@pytest.mark.skipif(not TRUTHS, reason="the transcribed sample reports are not on this machine")
@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name)
def test_transcribed_reports_have_the_addresses_of_their_forms(path: Path) -> None:
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    expected = [
        address for section, form_id in truth["forms"].items() if form_id for address in form_by_id(form_id).matrix(section).addresses
    ]
    assert sorted(truth["cells"]) == sorted(expected)
