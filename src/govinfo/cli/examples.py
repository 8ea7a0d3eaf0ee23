"""A broken report for every rule, so that the catalogue can show what the rule says of one.

Each starts from a report whose figures are all 0; what is said of it is the finding of the rule itself.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from govinfo.findings import Finding, Findings, Verdict
from govinfo.form import Form, Kind, Matrix
from govinfo.forms import CN_2019, CN_2021
from govinfo.keys import ReportScope, Section
from govinfo.reading import Heading, Leftover, Origin, Reading
from govinfo.report import ABSENT, BLANK, CellState, Mark, Report, Table, Value
from govinfo.rules import check, check_parts, check_years

Changes = Mapping[str, Value | Mark]


def example(code: str) -> Finding:
    """A finding of that rule on a report, on two years or on a whole and its parts, that breaks it."""
    found = EXAMPLES[code]().of(code)
    return next(finding for finding in found if finding.verdict is Verdict.BROKEN)


def _report(changes: Changes | None = None, form: Form = CN_2021, marks: Mapping[str, Mark] | None = None, **said: Any) -> Report:
    attributes: dict[str, Any] = {"year": 2020 if form is CN_2019 else 2023}
    attributes |= {str(matrix.key): _zeros(matrix) for matrix in form.matrices}
    return Report(**(attributes | said)).replace(changes or {}, marks or {})


def _zeros(matrix: Matrix) -> Table:
    return Table(matrix, tuple(Decimal(0) if cell.kind is Kind.MONEY else 0 for cell in matrix.cells))


def _on(changes: Changes | None = None, form: Form = CN_2021, **said: Any) -> Callable[[], Findings]:
    return lambda: check(_report(changes, form, **said))


def _bare(**said: Any) -> Callable[[], Findings]:
    return lambda: check(Report(**said))


def _document(
    headings: tuple[Heading, ...], leftovers: tuple[Leftover, ...] = (), changes: Changes | None = None
) -> Callable[[], Findings]:
    return lambda: check(Reading(_report(changes), headings, leftovers))


def _years(before: Changes, after: Changes, form: Form = CN_2021, **said: Any) -> Callable[[], Findings]:
    first = 2019 if form is CN_2019 else 2022
    return lambda: check_years([_report(before, form, year=first, **said), _report(after, form, year=first + 1, **said)])


def _bridge() -> Findings:
    before = _report({"proactive.rules.total_public": 5}, CN_2019)
    return check_years([before, _report({"proactive.rules.in_force": 4}, year=2021)])


def _parts(changes: Changes) -> Callable[[], Findings]:
    """Two parts of 1 and 2 each, and a whole."""

    def part(name: str, number: int) -> Report:
        return _report(dict.fromkeys(_ADDED, number), organ=name, scope=ReportScope.OWN_ORGAN)

    whole = _report(changes, organ="某某县人民政府", scope=ReportScope.AGGREGATE)
    return lambda: check_parts(whole, [part("某某县财政局", 1), part("某某县教育局", 2)], complete=True)


_ADDED = ("requests.new_received.total", "proactive.rules.issued", "disputes.reconsideration.total")
_HEADINGS = tuple(Heading(Section(str(line.key)), line.label, Origin(line.label, line=n)) for n, line in enumerate(CN_2021.sections, 1))
_OTHER_WORDS = Heading(Section.PROBLEMS, "五、问题与展望", Origin("五、问题与展望", line=5))
_SUBTOTAL = "不予公开小计 3 0 0 0 0 0 4"
_LEFT_OVER = Leftover(_SUBTOTAL, Section.REQUESTS, "", Origin(_SUBTOTAL))
_DENIED = {
    f"requests.{row}.{column}": number
    for row, number in (("denied_state_secret", 2), ("denied_internal_affairs", 1))
    for column in ("natural_person", "total")
}
_GRANTED, _CHARGES = "requests.granted.natural_person", "proactive.charges.amount_wan"
_NO_ROW = {address: ABSENT for address in CN_2021.requests.addresses if ".carried_in." in address}
_PARTS_BLANK = {f"requests.granted.{column.key}": BLANK for column in CN_2021.requests.columns if column.key != "total"}
_TITLE = "某某县财政局2023年政府信息公开工作年度报告"
_WORDS = "今年以来，我局认真贯彻落实条例，扎实推进政府信息公开工作。" * 12


def _said(text: str, changes: Changes | None = None, **said: Any) -> Callable[[], Findings]:
    """A report on the form of 2021 whose section 1 says that."""
    return _on(changes, overview=text, **said)


def _fees() -> Findings:
    whole = _report(organ="某某县人民政府", scope=ReportScope.AGGREGATE, other_matters="全县收取信息处理费3件500元。")
    part = _report(organ="某某县财政局", scope=ReportScope.OWN_ORGAN, other_matters="本年度收取信息处理费3件400元。")
    return check_parts(whole, [part], complete=True)


def _growing() -> Findings:
    after = _report({"requests.new_received.total": 12}, overview="收到政府信息公开申请12件，同比增长30%。")
    return check_years([_report({"requests.new_received.total": 10}, year=2022), after])


EXAMPLES: Mapping[str, Callable[[], Findings]] = {
    "C101": _on({_GRANTED: Mark(CellState.UNREADABLE, "-3")}),
    "C102": _on({_CHARGES: Decimal("-0.5")}),
    "C103": _on({_GRANTED: BLANK}),
    "C104": _on(marks={_GRANTED: Mark(CellState.VALUE, "0件")}),
    "P201": _on({"proactive.rules.issued": 1}),
    "P202": _on({"proactive.rules.in_force": 3}, organ="某某县人民政府"),
    "P203": _on({_CHARGES: Decimal(120_000)}),
    "P204": _on({_CHARGES: Decimal("0.1")}, other_matters="本年度实际收取信息处理费2230元。"),
    "P205": _on({"proactive.rules.newly_public": 1}, CN_2019),
    "P206": _on({"proactive.rules.newly_public": 1}, CN_2019),
    "P207": _on({"proactive.licensing.net_change": -1}, CN_2019),
    "P208": _on({"proactive.licensing.decisions": 1}, CN_2019),
    "P209": _on({"proactive.procurement.projects": 1}, CN_2019),
    "P210": _on({"proactive.procurement.amount": Decimal(251_000)}, CN_2019),
    "R301": _on({"requests.new_received.natural_person": 5, "requests.total_concluded.natural_person": 3}),
    "R302": _on({_GRANTED: 5, "requests.total_concluded.natural_person": 4}),
    "R303": _on({_GRANTED: 5, "requests.granted.total": 4}),
    "R304": _document(_HEADINGS, (_LEFT_OVER,), _DENIED),
    "R305": _on({_GRANTED: 1}),
    "R306": _on({"requests.granted.total": 4, **_PARTS_BLANK}),
    "R307": _on({"requests.new_received.total": 21, "requests.carried_forward.total": 11}),
    "R308": _on({"requests.total_concluded.total": 20, "requests.other_misc.total": 7}),
    "R309": _on({"requests.other_fee_unpaid.total": 3}, other_matters="本年度发出信息处理费收费通知2件。"),
    "D401": _on({"disputes.reconsideration.upheld": 10, "disputes.reconsideration.pending": 1}),
    "D402": _on({"disputes.direct_litigation.upheld": 10, "disputes.direct_litigation.pending": 1}),
    "D403": _on({"disputes.post_reconsideration_litigation.upheld": 10, "disputes.post_reconsideration_litigation.pending": 1}),
    "D404": _on({"disputes.direct_litigation.total": 1}, year=2024),
    "D405": _years({}, {"disputes.post_reconsideration_litigation.total": 1}),
    "D406": _years({"requests.total_concluded.total": 2}, {"disputes.direct_litigation.total": 3}),
    "N401": _said("本年度新收政府信息公开申请3件。", {"requests.new_received.total": 2}),
    "N402": _said("本年度共受理政府信息公开申请3件。", {"requests.new_received.total": 2}),
    "N403": _said("本年度答复政府信息公开申请3件。", {"requests.total_concluded.total": 2}),
    "N404": _said("上年度结转政府信息公开申请3件。", {"requests.carried_in.total": 2}),
    "N405": _said("政府信息公开申请中，予以公开3件。", {"requests.granted.total": 2}),
    "N406": _said("因政府信息公开被申请行政复议3件。", {"disputes.reconsideration.total": 2}),
    "N407": _said("本年度制发行政规范性文件3件。", {"proactive.normative_documents.issued": 2}),
    "N408": _on(other_matters="全年收取信息处理费3件500元，其中县公安局1件100元、县财政局2件300元。"),
    "N409": _said("答复政府信息公开申请8件，其中予以公开3件，占40%。", {"requests.total_concluded.total": 8, "requests.granted.total": 3}),
    "N410": _growing,
    "N411": _said("本年度未收到政府信息公开申请。", {"requests.new_received.total": 2}),
    "N412": _said("2022年，我局认真贯彻落实条例。"),
    "S501": _document(_HEADINGS[:5]),
    "S502": _document((_HEADINGS[1], _HEADINGS[0], *_HEADINGS[2:])),
    "S503": _document((*_HEADINGS[:4], _OTHER_WORDS, _HEADINGS[5])),
    "S504": _document(_HEADINGS, changes=_NO_ROW),
    "S505": _on(form=CN_2019, year=2023),
    "S506": _on(overview="我局主动公开信息，办理申请，完善平台，加强监督。"),
    "S507": _on(organ="某某县人民政府", overview="全面加强考核，开展社会评议。"),
    "S508": _on(problems="无。"),
    "S509": _on(other_matters="无其他需要报告的事项。"),
    "S510": _bare(title=_TITLE, year=2024),
    "S511": _on(other_matters="本报告统计期限为2022年1月1日至12月31日。"),
    "S512": _bare(overview="公开" * 501),
    "T601": _bare(organ="某某县财政局", year=2023, published_on=dt.date(2024, 2, 1)),
    "T602": _bare(organ="某某县人民政府", year=2023, published_on=dt.date(2024, 4, 1)),
    "T603": _bare(year=2023, published_on=dt.date(2023, 12, 31)),
    "T604": _bare(organ="某某镇人民政府", year=2023, published_on=dt.date(2024, 2, 29)),
    "Y701": _years({"requests.carried_forward.total": 121}, {"requests.carried_in.total": 118}),
    "Y702": _years({"proactive.rules.in_force": 11}, {"proactive.rules.in_force": 12}),
    "Y703": _years({"proactive.licensing.prior_items": 5}, {"proactive.licensing.prior_items": 3}, CN_2019),
    "Y704": _years({"proactive.rules.total_public": 5}, {"proactive.rules.total_public": 6}, CN_2019),
    "Y705": _bridge,
    "Y706": _years({"disputes.reconsideration.pending": 2}, {}),
    "Y707": _years({_CHARGES: Decimal(10)}, {_CHARGES: Decimal(100_000)}),
    "Y708": _years({"requests.new_received.total": 50}, {"requests.new_received.total": 500}),
    "Y709": _years({"requests.new_received.total": 5}, {"requests.new_received.total": 5}),
    "Y710": _years({}, {}, overview=_WORDS, problems="公开内容不够丰富。"),
    "H801": _parts({_ADDED[0]: 4}),
    "H802": _parts({_ADDED[1]: 4}),
    "H803": _parts({_ADDED[2]: 4}),
    "H804": _parts({_ADDED[0]: 1}),
    "H805": _fees,
    "H806": _parts(dict.fromkeys(_ADDED, 1)),
}
"""By rule code. A rule without an example would be one that nobody has seen broken."""
