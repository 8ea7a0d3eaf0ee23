"""The rates that people compute from a report, each with its declared numerator and denominator.

A metric is a value: two sums over cells, said once, evaluated on one report as an exact fraction and on a table of a million in
`govinfo.columns`. Where a cell has no value, or the denominator is 0, there is no rate: it is None, and never rounded.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from attrs import field, frozen

from govinfo.errors import FigureError
from govinfo.findings import Words
from govinfo.form import Form
from govinfo.keys import (
    Applicant,
    DisputeResult,
    DisputeTrack,
    Flow,
    Outcome,
    OutcomeGroup,
    ProactiveColumn,
    ProactiveRow,
    Section,
)
from govinfo.prose import processing_fee
from govinfo.report import Report

__all__ = ["METRICS", "Cells", "Given", "Metric", "growth", "growth_of"]

Number = int | Decimal | Fraction


@frozen
class Cells:
    """Cells whose sum is a part of a rate: those rows crossed with that column.

    A row that is an `OutcomeGroup` stands for its leaf rows, whichever the form has.
    """

    section: Section
    rows: tuple[str, ...]
    column: str
    sign: int = 1

    def of(self, form: Form) -> Mapping[str, int]:
        """Address -> sign on a form, empty where the form has not all of the rows."""
        matrix = next((matrix for matrix in form.matrices if matrix.key == self.section), None)
        signs: dict[str, int] = {}
        for row in self.rows if matrix is not None else ():
            assert matrix is not None  # noqa: S101 -- there are no rows otherwise
            leaves = [line.key for line in matrix.rows if row in (line.key, getattr(line.key, "group", None))]
            cells = [matrix.index.get((leaf, self.column)) for leaf in leaves]
            if not cells or None in cells:
                return {}
            signs |= {matrix.addresses[cell]: self.sign for cell in cells if cell is not None}
        return signs


@frozen
class Given:
    """A number that no cell holds and the caller gives, such as a population.

    `in_prose`: where the caller does not give it, it is what the prose says, the attribute of that name of `ProcessingFee`.
    """

    name: str
    in_prose: bool = False


Sum = tuple[Cells | Given, ...]


@frozen
class Metric:
    """A rate: `numerator` over `denominator` (None: a plain number), times `scale`.

    `alternatives` are other denominators in use, by name; `caveat` says what to beware of. The names are part of the interface.
    """

    name: str
    label: Words
    numerator: Sum
    denominator: Sum | None
    scale: int = 1
    alternatives: Mapping[str, Sum] = field(factory=lambda: MappingProxyType({}), hash=False)
    caveat: Words | None = None

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of the numbers that the caller can give."""
        return tuple(dict.fromkeys(part.name for part in self._given))

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of those that the caller must give: no prose says them."""
        return tuple(dict.fromkeys(part.name for part in self._given if not part.in_prose))

    @property
    def _given(self) -> tuple[Given, ...]:
        return tuple(part for part in (*self.numerator, *(self.denominator or ())) if isinstance(part, Given))

    def over(self, denominator: str | None = None) -> Sum | None:
        """The denominator, or the alternative of that name. Raises `FigureError` for a name that there is not."""
        if denominator is None:
            return self.denominator
        if denominator not in self.alternatives:
            accepted = ", ".join(self.alternatives) or "nothing: there is no other"
            raise FigureError("denominator", denominator, accepted)
        return self.alternatives[denominator]

    def of(self, report: Report, *, denominator: str | None = None, **given: Number | None) -> Fraction | None:
        """The rate of a report, exactly; None where a cell or a given number is not known, or the denominator is 0.

        What the prose says of the processing fee is read where it is not given. Raises `FigureError` for a number that is needed and not
        given, given and not taken, or not exact (a float).

        >>> METRICS["disclosure_rate"].of(Report()) is None
        True
        """
        top, bottom = self.sums(report, denominator=denominator, **given)
        return None if top is None or not bottom else top / bottom

    def sums(self, report: Report, *, denominator: str | None = None, **given: Number | None) -> tuple[Fraction | None, Fraction | None]:
        """The numerator (with the scale) and the denominator (1 where there is none) of a report, each None where it is not known.

        Raises as `of`.
        """
        _refuse_given(self, given)
        top, below = _value(self.numerator, report, given), self.over(denominator)
        bottom = Fraction(1) if below is None else _value(below, report, given)
        return None if top is None else top * self.scale, bottom


def _refuse_given(metric: Metric, given: Mapping[str, object]) -> None:
    if missing := [name for name in metric.needs if name not in given]:
        raise FigureError(missing[0], None, f"the number that {metric.name} needs beside the report")
    for name, value in given.items():
        if name not in metric.takes:
            raise FigureError(name, value, f"only what {metric.name} takes: {', '.join(metric.takes) or 'nothing'}")
        if value is not None and (type(value) not in (int, Decimal, Fraction) or (isinstance(value, Decimal) and not value.is_finite())):
            raise FigureError(name, value, "an int, a finite Decimal or a Fraction")


def _value(parts: Sum, report: Report, given: Mapping[str, Number | None]) -> Fraction | None:
    total = Fraction(0)
    for part in parts:
        if isinstance(part, Given):
            values: list[tuple[int, Number | None]] = [(1, given[part.name] if part.name in given else said(report, part))]
        else:
            table = report.table(part.section)
            values = [] if table is None else [(sign, table.at(address)) for address, sign in part.of(table.form).items()]
        if not values:
            return None
        for sign, value in values:
            if value is None:
                return None
            total += sign * Fraction(value)
    return total


def said(report: Report, part: Given) -> Number | None:
    """What the prose of a report says where the caller gives nothing."""
    value: Number | None = getattr(processing_fee(report), part.name)
    return value


def growth(before: Report, after: Report, address: str) -> Fraction | None:
    """同比增长: how a cell grew from one year to the next, (later - earlier) / earlier.

    None where one of them is not known or the earlier is 0. Raises `AddressError`.
    """
    return growth_of(before[address], after[address])


def growth_of(before: Number | None, after: Number | None) -> Fraction | None:
    """The growth of any number: (later - earlier) / earlier, None where that is not defined.

    >>> growth_of(3607, 3646)
    Fraction(39, 3607)
    """
    if before is None or after is None or not before:
        return None
    return (Fraction(after) - Fraction(before)) / Fraction(before)


_T = Applicant.TOTAL


def _requests(*rows: str, column: str = _T) -> Sum:
    return (Cells(Section.REQUESTS, rows, column),)


def _disputes(column: DisputeResult, *tracks: DisputeTrack, sign: int = 1) -> Sum:
    return (Cells(Section.DISPUTES, tracks, column, sign),)


_CONCLUDED, _NEW, _ALL_OPEN = _requests(Flow.TOTAL_CONCLUDED), _requests(Flow.NEW_RECEIVED), _requests(Flow.NEW_RECEIVED, Flow.CARRIED_IN)
_SHOWN = (Outcome.GRANTED, Outcome.PARTIALLY_GRANTED)
_RECONSIDERATION, _DIRECT, _POST = DisputeTrack
_SUITS = (_DIRECT, _POST)
_WAS_HERE = Words("争议可能源于上年的申请", "the disputes may be about requests of the year before")


def _won(name: str, label: Words, *tracks: DisputeTrack) -> Metric:
    """The share of closed cases that ended with a correction; of those decided on the merits, as the alternative."""
    total, pending = _disputes(DisputeResult.TOTAL, *tracks), _disputes(DisputeResult.PENDING, *tracks, sign=-1)
    corrected, upheld = _disputes(DisputeResult.CORRECTED, *tracks), _disputes(DisputeResult.UPHELD, *tracks)
    return Metric(name, label, corrected, total + pending, alternatives=MappingProxyType({"decided": corrected + upheld}))


def _declared() -> Iterable[Metric]:
    yield Metric("disclosure_rate", Words("公开率", "disclosure rate"), _requests(*_SHOWN), _CONCLUDED)
    yield Metric("full_grant_rate", Words("予以公开率", "full grant rate"), _requests(Outcome.GRANTED), _CONCLUDED)
    yield Metric(
        "disclosure_rate_substantive",
        Words("实体公开率", "disclosure rate of what was decided in substance"),
        _requests(*_SHOWN),
        _requests(*_SHOWN, OutcomeGroup.DENIED, OutcomeGroup.UNAVAILABLE),
        caveat=Words("不计不予处理和其他处理；此口径未见于正式文件", "leaves out what was not processed or otherwise handled; unverified"),
    )
    for name, group, zh, en in (
        ("denial_rate", OutcomeGroup.DENIED, "不予公开率", "denial rate"),
        ("unavailable_rate", OutcomeGroup.UNAVAILABLE, "无法提供率", "unavailable rate"),
        ("unprocessed_rate", OutcomeGroup.UNPROCESSED, "不予处理率", "unprocessed rate"),
        ("other_rate", OutcomeGroup.OTHER, "其他处理率", "rate of other handling"),
    ):
        yield Metric(name, Words(zh, en), _requests(group), _CONCLUDED)
    for row in (outcome for outcome in Outcome if outcome.group is OutcomeGroup.DENIED):
        reason = row.value.removeprefix("denied_")
        label = Words(f"不予公开理由构成·{_REASONS[reason]}", f"share of denials: {reason.replace('_', ' ')}")
        yield Metric(f"exemption_share.{reason}", label, _requests(row), _requests(OutcomeGroup.DENIED))
    yield Metric("completion_rate", Words("办结率", "completion rate"), _CONCLUDED, _ALL_OPEN)
    yield Metric("carry_rate", Words("结转率", "carry-over rate"), _requests(Flow.CARRIED_FORWARD), _ALL_OPEN)
    for column, zh in zip(Applicant, ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""), strict=True):
        if column is not _T:
            label = Words(f"申请人构成·{zh}", f"share of applicants: {column.value.replace('_', ' ')}")
            yield Metric(f"{column.value}_share", label, _requests(Flow.NEW_RECEIVED, column=column), _NEW)
    yield Metric("requests_per_10k", Words("每万人申请量", "requests per 10,000 people"), _NEW, (Given("population"),), 10_000)
    yield Metric(
        "reconsideration_rate", Words("复议率", "reconsideration rate"), _disputes(DisputeResult.TOTAL, _RECONSIDERATION), _CONCLUDED,
        caveat=_WAS_HERE,
    )  # fmt: skip
    yield Metric(
        "litigation_rate", Words("诉讼率", "litigation rate"), _disputes(DisputeResult.TOTAL, *_SUITS), _CONCLUDED, caveat=_WAS_HERE
    )
    yield _won("correction_rate", Words("复议纠错率", "correction rate of reconsideration"), _RECONSIDERATION)
    yield _won("loss_rate", Words("败诉率", "rate of suits lost"), *_SUITS)
    yield Metric(
        "direct_share", Words("直接起诉占比", "share of suits without reconsideration"),
        _disputes(DisputeResult.TOTAL, _DIRECT), _disputes(DisputeResult.TOTAL, *_SUITS),
        caveat=Words("2024年起不予公开须先复议，此比例应下降", "denials go to reconsideration first from 2024 on: expect it to fall"),
    )  # fmt: skip
    documents = ((ProactiveColumn.ISSUED, 1), (ProactiveColumn.REPEALED, -1))
    yield Metric(
        "net_rule_growth", Words("规范性文件净增", "net growth of normative documents"),
        tuple(Cells(Section.PROACTIVE, (ProactiveRow.NORMATIVE_DOCUMENTS,), column, sign) for column, sign in documents), None,
    )  # fmt: skip
    yield Metric(
        "fee_per_case", Words("件均信息处理费", "processing fee per case, 元"),
        (Given("collected_yuan", in_prose=True),), (Given("collected_cases", in_prose=True),),
    )  # fmt: skip


_REASONS = {
    "state_secret": "国家秘密",
    "prohibited_by_law": "法律行政法规禁止公开",
    "security_stability": "三安全一稳定",
    "third_party_rights": "第三方合法权益",
    "internal_affairs": "内部事务信息",
    "process_information": "过程性信息",
    "enforcement_file": "行政执法案卷",
    "special_inquiry": "行政查询事项",
}

METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _declared()})
"""Every metric by its name."""
