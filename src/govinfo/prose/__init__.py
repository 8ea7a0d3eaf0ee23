"""What the prose of a report claims: every figure that it states, as a value.

The words are data (`govinfo.prose.vocabulary`), the grammar is small (`govinfo.prose.reader`), and what is not certain says so.
"""

from collections.abc import Iterable

from attrs import evolve

from govinfo.form import Form
from govinfo.forms import CN_2021, FIRST_YEAR, form_for
from govinfo.keys import ORGANISATIONS, PROSE, Applicant, Outcome, OutcomeGroup, Section
from govinfo.prose.claim import Bound, Claim, ClaimKind, Period
from govinfo.prose.fees import FeeStatement, ProcessingFee, fee_of
from govinfo.prose.reader import Reader
from govinfo.prose.text import plain
from govinfo.prose.tokens import tokens
from govinfo.report import Report
from govinfo.table import exactly

__all__ = [
    "Bound",
    "Claim",
    "ClaimKind",
    "FeeStatement",
    "Period",
    "ProcessingFee",
    "claims",
    "fee_of",
    "plain_text",
    "processing_fee",
]


def claims(report: Report) -> tuple[Claim, ...]:
    """Every figure that the prose of a report states, in the order of the text.

    Each says what it counts (the cells of which it may be the sum, or a measure that no table has), the number as said, the scope and the
    period, where in the section it stands, what it is a part or a share of, and whether that reading is certain. Sections that the report
    does not have, and figures that are not understood, give none. Nothing is raised.

    >>> [(c.number, c.measure) for c in claims(Report(overview="收到政府信息公开申请5件，答复4件，结转下年度1件。"))]
    [(5, 'received'), (4, 'concluded'), (1, 'carried_forward')]
    """
    found: list[Claim] = []
    for section in PROSE:
        if text := getattr(report, section):
            made = plain(text)
            with exactly():
                read = Reader(section, text, made, tokens(made.text), report.year, plain(report.organ or "").text).read()
            made_of: dict[int, Claim] = {}
            found += [_addressed(report, claim, made_of) for claim in read]
    return tuple(found)


def _addressed(report: Report, claim: Claim, done: dict[int, Claim]) -> Claim:
    """The claim, and what it is part of, with readings in the report's own forms."""
    if id(claim) not in done:
        part_of = None if claim.part_of is None else _addressed(report, claim.part_of, done)
        readings = _cells(report, claim) if claim.readings else ()
        done[id(claim)] = evolve(claim, readings=readings, part_of=part_of) if readings or part_of else claim
    return done[id(claim)]


def processing_fee(report: Report) -> ProcessingFee:
    """What the prose of a report says of the 信息处理费 (国办函〔2020〕109号): notices, amounts in 元, cases, breakdown by body.

    >>> processing_fee(Report(other_matters="全年收取信息处理费25件2950元。")).collected_yuan
    Decimal('2950')
    """
    return fee_of(report, claims(report))


def plain_text(text: str) -> str:
    """A text as it is matched: narrow, in Simplified script, without white space, lines that the page broke joined."""
    return plain(text).text


def _cells(report: Report, claim: Claim) -> tuple[tuple[str, ...], ...]:
    """The readings as cells of the report's own forms; without those that its forms do not have."""
    found = (_filled(report, reading, claim.applicant) for reading in claim.readings)
    return tuple(dict.fromkeys(cells for cells in found if cells))


def _filled(report: Report, reading: Iterable[str], applicant: str) -> tuple[str, ...]:
    made: list[str] = []
    for address in reading:
        section = Section(address.partition(".")[0])
        table = report.table(section)
        matrix = table.matrix if table is not None else next((m for m in form_of(report).matrices if m.key == section), None)
        if matrix is None:
            return ()
        rows = [address]
        if section is Section.REQUESTS:
            row = address.partition(".")[2]
            rows = (
                [row]
                if row not in list(OutcomeGroup)
                else [str(line.key) for line in matrix.rows if isinstance(line.key, Outcome) and line.key.group == row]
            )
            columns = ORGANISATIONS if applicant == "organisations" else (applicant or Applicant.TOTAL,)
            rows = [f"requests.{row}.{column}" for row in rows for column in columns]
        if not rows or any(cell not in matrix.index_of for cell in rows):
            return ()
        made += rows
    return tuple(made)


def form_of(report: Report) -> Form:
    """The form that a report is read and judged by as a whole: of section 3, else of section 2, else of its year, else the one in use."""
    for table in (report.requests, report.proactive):
        if table is not None:
            return table.form
    return form_for(report.year) if report.year is not None and report.year >= FIRST_YEAR else CN_2021
