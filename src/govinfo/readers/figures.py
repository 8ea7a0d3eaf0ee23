"""What one printed cell says: a value, a mark, or both.

Nothing is guessed. Text that is not clearly one figure has no value and keeps what was printed.
"""

import re
from decimal import Decimal
from functools import lru_cache

from govinfo.form import Cell, Kind
from govinfo.report import BLANK, MAX_COUNT, MONEY_FRACTION_DIGITS, MONEY_INTEGER_DIGITS, CellState, Mark, Value, folded

# One character for one, so that a place in the translated text is the same place in the printed one. Only full-width
# forms: the compatibility forms that Unicode offers besides would turn a footnote sign (22①) into a digit.
_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"−": "-", "﹣": "-", "﹢": "+"})
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_PLAIN_COUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,8})")
_PLAIN_DIGITS = re.compile(r"0|[1-9][0-9]{0,8}")
_PLAIN_MONEY = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MONEY_INTEGER_DIGITS - 1}}})(?:\.[0-9]{{1,{MONEY_FRACTION_DIGITS}}})?")
_COUNTERS, _MONEY = "件个個项項条條宗起次份册冊", "(?:[万萬亿億]?元|[万萬亿億])"
_FIGURE = re.compile(
    r"(?P<sign>[+-]|增加?|[减減]少?)?\s?"
    r"(?P<digits>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?P<fraction>\.[0-9]+)?\s?"
    rf"(?P<unit>[{_COUNTERS}]|{_MONEY})?\s?"
    r"(?P<note>\(.*\))?"
)
# What a note in brackets may say of the figure itself: its unit, or that it is below nothing (3（减） is -3, or so it seems).
_UNIT_NOTE = re.compile(rf"(?:(?:计量|計量|金额|金額)?[单單]位[:：]?\s?)?(?:人民[币幣])?(?P<unit>[{_COUNTERS}]|{_MONEY})")
_OTHER_UNIT = re.compile("[元圆圓万萬亿億千仟百佰十拾]|[^民][币幣]|[美欧歐港日][元币幣]")
_BELOW = re.compile("[-减減少降跌负負亏虧↓]")
_STARTS_AS_FIGURE = re.compile(r"(?:[+-]|增加?|[减減]少?)?\s?[0-9]")
_NUMBERING = re.compile(r"[0-9]{1,2}[.、](?![0-9])")
_DASHES, _SLASHES = frozenset("-—–―─‐‑‒_"), frozenset("/\\")
_FACTOR = {"元": 0, "万元": 4, "亿元": 8}  # powers of ten
_LONGEST = 200


def figure(raw: str, cell: Cell, head_unit: str | None = None) -> tuple[Value | None, Mark | None]:
    """The value that a cell's text stands for, and its mark where the text is not a plain figure.

    `head_unit` is a unit printed in the column's head. Money in a column of a fixed unit is converted exactly; where the
    form fixes none it is the number as printed. No value always comes with a mark.
    """
    if cell.kind is Kind.COUNT and _PLAIN_DIGITS.fullmatch(raw):  # nearly all there are
        return int(raw), None
    text = folded(_INVISIBLE.sub("", raw))
    if not text:
        return None, BLANK
    if (state := state_of(text)) is not None:
        return None, Mark(state, text)
    value, mark = _read(text, cell, head_unit)
    return (None, Mark(CellState.UNREADABLE, text)) if value is None else (value, mark)


def state_of(text: str) -> CellState | None:
    """`SLASH` or `DASH` where the text is nothing but slashes or dashes."""
    signs = set(text.translate(_WIDTH).replace(" ", "")) if len(text) <= _LONGEST else {""}
    if signs and signs <= _SLASHES:
        return CellState.SLASH
    return CellState.DASH if signs and signs <= _DASHES else None


@lru_cache(maxsize=4096)
def is_figure(text: str) -> bool:
    """Whether a cell's text has the shape of a figure, or of what is written in place of one; numbering has not.

    >>> is_figure("22（其中修订16件）"), is_figure("/"), is_figure("2.重复申请")
    (True, True, False)
    """
    text = folded(_INVISIBLE.sub("", text[: 2 * _LONGEST])).translate(_WIDTH)
    return bool(_STARTS_AS_FIGURE.match(text) and not _NUMBERING.match(text)) or state_of(text) is not None


def _read(text: str, cell: Cell, head_unit: str | None) -> tuple[Value | None, Mark | None]:
    found = _FIGURE.fullmatch(text.translate(_WIDTH)) if len(text) <= _LONGEST else None
    if found is None:
        return None, None
    sign, fraction = found["sign"] or "", found["fraction"] or ""
    if sign not in ("", "+") and not cell.signed:
        return None, None
    if sign not in ("", "+", "-") and cell.kind is Kind.MONEY:
        return None, None
    unit = text[slice(*found.span("unit"))] or None
    note = text[slice(*found.span("note"))][1:-1].strip() or None
    if note is not None and unit is None and (said := _UNIT_NOTE.fullmatch(note)):
        note, unit = None, said["unit"]
    if note is not None and not re.search("[0-9]", note.translate(_WIDTH)):
        about_itself = _OTHER_UNIT if cell.kind is Kind.MONEY else _BELOW
        if (cell.kind is Kind.MONEY or (cell.signed and not sign)) and about_itself.search(note.translate(_WIDTH)):
            return None, None
    number = ("-" if sign in {"-", "减", "減", "减少", "減少"} else "") + found["digits"].replace(",", "") + fraction
    value = _money(number, unit or head_unit, cell) if cell.kind is Kind.MONEY else _count(number, unit)
    if value is None:
        return None, None
    plainly = (_PLAIN_MONEY if cell.kind is Kind.MONEY else _PLAIN_COUNT).fullmatch(text) and not re.fullmatch(r"-0(?:\.0*)?", text)
    shown = unit or (head_unit if cell.kind is Kind.MONEY and _known(head_unit) != cell.unit else None)
    return value, None if plainly and shown is None else Mark(CellState.VALUE, text, note, shown)


def _count(number: str, unit: str | None) -> int | None:
    if "." in number or (unit is not None and unit not in _COUNTERS) or len(number) > _LONGEST:
        return None
    value = int(number)
    return value if abs(value) <= MAX_COUNT else None


def _known(unit: str | None) -> str | None:
    """The unit of money in the wording of the forms: 萬 is 万元."""
    if not unit:
        return None
    unit = unit.replace("萬", "万").replace("億", "亿")
    return unit if unit.endswith("元") else f"{unit}元"


def _money(number: str, unit: str | None, cell: Cell) -> Decimal | None:
    printed, wanted = _known(unit), _known(cell.unit)
    if printed is not None and printed not in _FACTOR:
        return None
    sign, digits, exponent = Decimal(number).as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 -- made of digits only
    if printed is not None and wanted in _FACTOR and printed != wanted:
        # Through the exponent: arithmetic would round to the precision of the caller's decimal context.
        exponent += _FACTOR[printed] - _FACTOR[wanted]
        while exponent < 0 and len(digits) > 1 and digits[-1] == 0:
            digits, exponent = digits[:-1], exponent + 1
    whole = len(digits) + exponent if any(digits) else 0
    if whole > MONEY_INTEGER_DIGITS or -exponent > MONEY_FRACTION_DIGITS:
        return None
    return Decimal((sign, digits, exponent)) if any(digits) else Decimal((0, digits, exponent))
