"""The 信息处理费 as the prose reports it (国办函〔2020〕109号; SPEC of the field E.9): notices, amounts in 元, cases, breakdown."""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from attrs import frozen

from govinfo.keys import PROSE
from govinfo.prose.claim import Claim, ClaimKind, Period
from govinfo.prose.text import plain
from govinfo.prose.tokens import is_endless
from govinfo.report import Report


class FeeStatement(StrEnum):
    """What a report says of the fee: that none was charged, that some was, or nothing."""

    NONE_CHARGED = "none_charged"
    CHARGED = "charged"
    SILENT = "silent"


@frozen
class ProcessingFee:
    """What a report says of the 信息处理费; what it does not say is None. Amounts are in 元, table 2 is in 万元.

    `breakdown` names bodies with their cases and their amount, each None where it is not said. `claims` are the statements that this is
    taken from.
    """

    notices: int | None = None
    notified_yuan: Decimal | None = None
    collected_yuan: Decimal | None = None
    collected_cases: int | None = None
    statement: FeeStatement = FeeStatement.SILENT
    breakdown: tuple[tuple[str, int | None, Decimal | None], ...] = ()
    claims: tuple[Claim, ...] = ()


_PART = re.compile(
    r"(?:^|[、,，;:和])(?P<organ>[^\d、,，;:。()和]{2,20}?)(?:收取|共收取|发出)?(?:(?P<cases>\d++)[件份宗笔])?+[，,]?(?:共|计|合计|收取)?(?:(?P<yuan>\d++(?:\.\d++)?+)元)"
)
_BODY = re.compile(r"[局委厅办镇乡市区县院司处中心队所]$|街道$|政府$|管委会$")
_SAID = re.compile(r"信息处理费|收取任何费用|收取费用|收费情况|依申请公开.{0,12}费用|未收费|免费提供")
_NIL = re.compile(r"(?:未|没有|无|未曾|不)(?:发生|产生|有|向申请人)?(?:收取|收费|征收|发出)")


def fee_of(report: Report, claims: Sequence[Claim]) -> ProcessingFee:
    """The fee of a report whose claims are known."""
    own = tuple(c for c in claims if c.measure.startswith("fee.") and c.period is Period.YEAR)
    if not own:
        return ProcessingFee(statement=_statement(report))
    parts = tuple(part for sentence in dict.fromkeys(c.sentence for c in own) for part in _breakdown(sentence))
    parted = {part[2] for part in parts} if len(parts) > 1 else set[Decimal | None]()
    first: dict[str, Claim] = {}
    for claim in own:
        # The parts of a breakdown come after the total; where the total itself is not said, the first of a part is no total.
        if claim.measure not in first and not (
            claim.kind is ClaimKind.MONEY and claim.number in parted and "其中" in claim.sentence[: claim.start]
        ):
            first[claim.measure] = claim
    amounts = {key: Decimal(claim.number) for key, claim in first.items()}
    collected, notified = amounts.get("fee.collected"), amounts.get("fee.notified")
    cases, notices = amounts.get("fee.cases"), amounts.get("fee.notices")
    charged = any(amounts.values())
    return ProcessingFee(
        None if notices is None else int(notices),
        notified,
        collected,
        None if cases is None else int(cases),
        FeeStatement.CHARGED if charged else FeeStatement.NONE_CHARGED,
        parts if len(parts) > 1 else (),
        own,
    )


def _statement(report: Report) -> FeeStatement:
    """What is said of the fee where no figure is."""
    said = [plain(text).text for section in PROSE if (text := getattr(report, section))]
    sentences = [sentence for text in said for sentence in re.split(r"[。;\n]", text) if _SAID.search(sentence)]
    return FeeStatement.NONE_CHARGED if any(_NIL.search(sentence) for sentence in sentences) else FeeStatement.SILENT


def _breakdown(sentence: str) -> tuple[tuple[str, int | None, Decimal | None], ...]:
    """`其中甲局3件350元、乙局22件2600元`: the bodies after 其中 or in brackets; none where a figure is no figure of a fee."""
    text = plain(sentence).text
    _, marked, rest = text.partition("其中")
    if not marked:
        return ()
    found = [(m["organ"].strip("：: "), Decimal(m["cases"]) if m["cases"] else None, Decimal(m["yuan"])) for m in _PART.finditer(rest)]
    if any(is_endless(yuan, "元") or (cases is not None and is_endless(cases, "件")) for _, cases, yuan in found):
        return ()  # without one of the parts the others would not add up
    return tuple((organ, None if cases is None else int(cases), yuan) for organ, cases, yuan in found if _BODY.search(organ))
