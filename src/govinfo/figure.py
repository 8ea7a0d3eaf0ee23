"""What stands in one cell: its figure, or a mark that says what is there instead.

A figure that was not printed plainly has a `Mark` that says what was printed; a cell that has no value always has one
that says why. Values of a wrong type never get in.
"""

from decimal import Decimal
from enum import StrEnum, unique

from attrs import field, frozen

from govinfo.errors import FigureError
from govinfo.form import Cell, Kind

Value = int | Decimal
"""What a cell can hold: a count, or money."""

MAX_COUNT = 999_999_999
"""The largest count that a cell holds; the least is 0, or its negative where the form expects a change."""
MONEY_INTEGER_DIGITS, MONEY_FRACTION_DIGITS = 20, 10
"""The most digits of an amount, before and behind the point."""


@unique
class CellState(StrEnum):
    """What stands in a cell. Only `VALUE` carries a number; `ABSENT`: the document has no such cell."""

    VALUE = "value"
    BLANK = "blank"
    SLASH = "slash"
    DASH = "dash"
    UNREADABLE = "unreadable"
    ABSENT = "absent"


def folded(text: str) -> str:
    r"""The text trimmed, every run of white space one space: how `Mark.raw` is kept.

    >>> folded("  22（其中\n修订 16 件） ")
    '22（其中 修订 16 件）'
    """
    return " ".join(text.split())


def _state(given: object) -> CellState:
    try:
        return CellState(given)  # type: ignore[arg-type]  # whatever it is, the look-up says whether it is a state
    except ValueError:
        raise FigureError("mark.state", given, f"a CellState: {', '.join(CellState)}") from None


@frozen
class Mark:
    """What a cell shows where that is not a plain figure.

    `raw` is the cell's text, trimmed and its white space folded; `note` what a figure was printed with (其中修订16件),
    `unit` the unit that was printed with it. Raises `FigureError`.
    """

    state: CellState = field(converter=_state)
    raw: str = ""
    note: str | None = None
    unit: str | None = None

    def __attrs_post_init__(self) -> None:
        for name, text in (("raw", self.raw), ("note", self.note), ("unit", self.unit)):
            # A subclass of str would not survive a file: it comes back as a plain string, if it can be written at all.
            if type(text) is not str and (text is not None or name == "raw"):
                raise FigureError(f"mark.{name}", text, "a string" + ("" if name == "raw" else " or None"))
        if self.raw != folded(self.raw):
            raise FigureError("mark.raw", self.raw, "text without white space around it, and single spaces inside")


BLANK = Mark(CellState.BLANK)
"""Nothing stands in the cell."""
ABSENT = Mark(CellState.ABSENT)
"""The document has no such cell."""


def plain(value: Value) -> str:
    """The figure as the form prints it plainly: ASCII digits, `-` where negative, one point in money.

    >>> plain(Decimal("1E+3")), plain(Decimal("0.50")), plain(-3)
    ('1000', '0.50', '-3')
    """
    if isinstance(value, Decimal):
        return format(value or abs(value), "f")
    return str(value)


def refuse_value(cell: Cell, value: object) -> None:
    """Raise `FigureError` where the cell cannot hold the value."""
    if cell.kind is Kind.MONEY:
        if type(value) is not Decimal or not _fits(value):
            raise FigureError(
                cell.address,
                value,
                f"a finite decimal.Decimal of at most {MONEY_INTEGER_DIGITS} integer and {MONEY_FRACTION_DIGITS} fractional digits",
            )
    elif type(value) is not int or not (-MAX_COUNT if cell.signed else 0) <= value <= MAX_COUNT:
        raise FigureError(cell.address, value, f"an int from {-MAX_COUNT if cell.signed else 0} to {MAX_COUNT}")


def _fits(value: Decimal) -> bool:
    if not value.is_finite():
        return False
    _, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 -- a finite decimal has one
    return -exponent <= MONEY_FRACTION_DIGITS and len(digits) + exponent <= MONEY_INTEGER_DIGITS
