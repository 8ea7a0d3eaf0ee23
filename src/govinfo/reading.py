"""What reading a document gives: the report, and everything that is not the report.

A reading loses nothing: what could not be placed is in `leftovers`, what was mended in `repairs` with its original,
and every cell that was found says in `origins` where.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from govinfo.keys import PROSE, Section
from govinfo.report import Report


@frozen
class Origin:
    """Where in the source something stands, as far as that kind of source can say; numbers start at 1.

    `raw` is the text found there, as it stood. `table`, `row` and `column` count within the source's own tables,
    `line` and `position` (in characters) within its text, `page` within its pages, `sheet` names a sheet.
    """

    raw: str
    line: int | None = None
    position: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@frozen
class Heading:
    """A section heading as the document prints it, in the order of the document."""

    section: Section
    text: str
    origin: Origin


@frozen
class Leftover:
    """Text of the document that has no place in the report: `why` says so in one sentence.

    `section` is the section that it stands in, None before the first heading.
    """

    text: str
    section: Section | None
    why: str
    origin: Origin


class RepairKind(StrEnum):
    """What kind of damage was undone."""

    PINYIN = "pinyin"  # a reading put behind a character
    GBK = "gbk"  # two GBK bytes matched across a character boundary, with the pinyin of what they destroyed
    LABEL = "label"  # a label with characters lost or changed, recognised all the same
    ORDER = "order"  # a row whose label is lost, placed by the number and order of all rows and the sums of the table
    DAMAGED = "damaged"  # damage that was recognised and cannot be undone: `repaired` equals `original`


@frozen
class Repair:
    """One piece of damage: what stood there, what it was taken for, and where."""

    kind: RepairKind
    original: str
    repaired: str
    origin: Origin


class Origins(Mapping[str, Origin]):
    """Address -> origin, made when somebody first looks: most who read a million reports never do."""

    def __init__(self, make: Callable[[], Mapping[str, Origin]]) -> None:
        self._make: Callable[[], Mapping[str, Origin]] | None = make
        self._made: Mapping[str, Origin] = {}

    def _all(self) -> Mapping[str, Origin]:
        if (make := self._make) is not None:
            self._made = make()  # before it is said to be made: another thread may ask at the same time
            self._make = None
        return self._made

    def __getitem__(self, address: str) -> Origin:
        return self._all()[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (dict(self._all()),)

    def __repr__(self) -> str:
        return repr(self._all())


def _copied(origins: Mapping[str, Origin]) -> Mapping[str, Origin]:
    return origins if isinstance(origins, Origins) else dict(origins)


@frozen
class Reading:
    """A report read from a document, with all that the reading knows besides.

    `origins` maps the address of every cell that the document has to its place; two cells never share one.
    `headings` are in the document's order, with every section heading that was recognised.
    """

    report: Report
    headings: tuple[Heading, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    repairs: tuple[Repair, ...] = ()
    origins: Mapping[str, Origin] = field(factory=dict[str, Origin], converter=_copied, hash=False)

    @property
    def has_document(self) -> bool:
        """Whether a document stands behind it, of which a heading could be missing: figures or prose without a trace came from data."""
        said = self.report.tables or any(getattr(self.report, section) is not None for section in PROSE)
        return bool(self.headings or self.origins) or not said
