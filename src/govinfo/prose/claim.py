"""What the prose claims, as values."""

from decimal import Decimal
from enum import StrEnum

from attrs import field, frozen

from govinfo.keys import ReportScope, Section
from govinfo.report import Value


class ClaimKind(StrEnum):
    """What a figure is: a count, money in 元, a share in per cent, a growth in per cent, a change in number; or words for none or all."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"
    GROWTH = "growth"
    CHANGE = "change"
    NONE = "none"
    ALL = "all"


class Bound(StrEnum):
    """How the number bounds what is meant: exactly, about (约、左右), more (余、多、超过), less (近、不足)."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more"
    LESS = "less"


class Period(StrEnum):
    """Which time a figure counts: the report's year, the year before, or another or a part of one."""

    YEAR = "year"
    PREVIOUS = "previous"
    OTHER = "other"


@frozen(kw_only=True)
class Claim:
    """One statement of a figure in the prose.

    `measure` is a key of `govinfo.prose.vocabulary`, several joined by `+` where the number is their sum; `applicant` the kind of
    applicants, `organisations` for all but natural persons. `readings` are the groups of cells of which the number may be the sum, in the
    report's own forms; none for a measure outside the tables. `start` and `end` mark the figure, or the words that stand for it, in the
    section as published; `sentence` is what it stands in, from `sentence_start`. A number said in 万 or with a fraction is exact to `step`.
    `part_of` is what a share, a growth or a part after 其中 belongs to. A claim that is not `certain` never accuses.
    """

    section: Section
    start: int
    end: int
    kind: ClaimKind
    measure: str
    number: Value
    applicant: str = ""
    readings: tuple[tuple[str, ...], ...] = ()
    certain: bool = True
    bound: Bound = Bound.EXACT
    step: Decimal = Decimal(1)
    scope: ReportScope | None = None
    period: Period = Period.YEAR
    part_of: "Claim | None" = None
    sentence: str = field(default="", repr=False)
    sentence_start: int = field(default=0, repr=False)

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell of every reading, each once."""
        return tuple(dict.fromkeys(cell for reading in self.readings for cell in reading))

    @property
    def parts(self) -> tuple[str, str, str]:
        """The sentence before the figure, the figure as published, and the sentence after it."""
        start, end = self.start - self.sentence_start, self.end - self.sentence_start
        return self.sentence[:start], self.sentence[start:end], self.sentence[end:]

    @property
    def marked(self) -> str:
        """The sentence with the figure between 【 and 】."""
        before, figure, after = self.parts
        return f"{before}【{figure}】{after}".strip()
