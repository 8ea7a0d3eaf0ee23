"""The documents that the benchmarks use: made by rule, the same on every machine, no publisher's.

`FILLED` has the size of a city's report, with sums of up to four digits; `ZEROS` is the report that most small offices
file. Every balance of both holds.
"""

from decimal import Decimal

from govinfo.forms import CN_2021
from govinfo.keys import ORGANISATIONS, Applicant, DisputeResult, Flow, Outcome
from govinfo.report import Report, Table, Value

_SENTENCE = "本年度依法做好主动公开、依申请公开和平台建设各项工作，及时回应社会关切。"


def _requests(size: int) -> Table:
    """Section 3: the outcomes by a fixed pattern, everything else as the form's sums have it."""
    people: tuple[str, ...] = (Applicant.NATURAL_PERSON, *ORGANISATIONS)
    outcomes: list[str] = [row.key for row in CN_2021.requests.rows if isinstance(row.key, Outcome)]
    parts: dict[tuple[str, str], int] = {}
    for i, outcome in enumerate(outcomes):
        for j, who in enumerate(people):
            parts[outcome, who] = size * (i * 37 % 11) * (i % 3 + 1) // (1 + 4 * j)
    for j, who in enumerate(people):
        concluded = sum(parts[outcome, who] for outcome in outcomes)
        carried_in, carried_forward = size * (7 - j), size * (9 - j)
        parts[Flow.TOTAL_CONCLUDED, who] = concluded
        parts[Flow.CARRIED_IN, who], parts[Flow.CARRIED_FORWARD, who] = carried_in, carried_forward
        parts[Flow.NEW_RECEIVED, who] = concluded + carried_forward - carried_in
    for row in CN_2021.requests.rows:
        parts[row.key, Applicant.TOTAL] = sum(parts[row.key, who] for who in people)
    return Table(CN_2021.requests, [parts[cell.row.key, cell.column.key] for cell in CN_2021.requests.cells])


def _disputes(size: int) -> Table:
    total = [column.key for column in CN_2021.disputes.columns].index(DisputeResult.TOTAL)
    figures: list[int] = []
    for track in range(len(CN_2021.disputes.rows)):
        parts = [size * (track * 5 + result * 3) % 40 for result in range(total)]
        figures += [*parts, sum(parts)]
    return Table(CN_2021.disputes, figures)


def _proactive(size: int) -> Table:
    figures: list[Value] = [size * (place * 29 % 23) for place in range(len(CN_2021.proactive.cells) - 1)]
    return Table(CN_2021.proactive, [*figures, Decimal("160.5964") * size])


def _report(size: int, sentences: int) -> Report:
    return Report(
        organ="某市人民政府办公室", year=2023, title="2023年政府信息公开工作年度报告",
        overview=_SENTENCE * sentences, problems=_SENTENCE * (sentences // 2), other_matters="无其他需要报告的事项。",
        proactive=_proactive(size), requests=_requests(size), disputes=_disputes(size),
    )  # fmt: skip


FILLED = _report(3, 40)
ZEROS = _report(0, 12)
DOCUMENTS = {"filled": FILLED, "zeros": ZEROS}
