"""Number formats of workbooks: what of a number a cell shows (ECMA-376 part 1, 18.8.31).

A format may print a unit or a sign beside the digits, show a thousandth of the number, or no number at all. What it prints
beside them belongs to the figure; where the digits that it shows are others than those that are stored, neither is certain.
"""

import re
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)', re.DOTALL
)
_DIGITS = re.compile(r"(?:general|@|[#0?,]*[#0?](?:\.[#0?]*)?(?:e[+-][#0?]+)?|\.[#0?]+)")
_SCALED = re.compile(r"[#0?],+(?![#0?,])")
_PLACES = "#0?.,@"
_SIGNS = "+-"
_DASHES = frozenset("-–—")
_TWO = 2  # from here on a format has a section for negative numbers


@frozen
class _Section:
    """One of the sections of a format: what stands before the digits and behind them; `plain` says that they are those of the number.

    `bare` says that it shows nothing of a zero.
    """

    before: str
    after: str
    plain: bool
    bare: bool = False


def shown_as(code: str, text: str) -> str:
    """A number's text with what its format prints beside it; with the format itself where the digits shown are others.

    >>> shown_as('#,##0.00"元"', "251000"), shown_as("0!.0,", "123456"), shown_as("0;0", "-3")
    ('251000元', '123456 [0!.0,]', '-3 [0;0]')
    >>> shown_as('0;-0;"-"', "0"), shown_as("0;-0;;@", "0"), shown_as('0;-0;"无"', "0")
    ('0', '0 [0;-0;;@]', '无')
    """
    if not code:
        return text
    sections = [_section(each) for each in _sections(code)]
    shown = _zero(sections) if text == "0" else _negative(sections, text) if text.startswith("-") else _positive(sections[0], text)
    return shown or f"{text} [{code}]"


def _zero(sections: "Sequence[_Section | None]") -> str:
    """A zero, "" where nothing of it is shown."""
    section = sections[0] if len(sections) <= _TWO else sections[_TWO]
    if section is None or section.bare or None in sections:
        return ""
    if not section.plain and section.before.strip() in _DASHES:
        return "0"  # as accounts print it
    return f"{section.before}{'0' if section.plain else ''}{section.after}".strip()


def _negative(sections: "Sequence[_Section | None]", text: str) -> str:
    if len(sections) < _TWO:
        shown = _positive(sections[0], text[1:])
        return f"-{shown}" if shown else ""
    section = sections[1]
    if section is not None and (section.before.strip(), section.after.strip()) == ("(", ")"):
        return text  # as accounts print what is below nothing
    signed = section is not None and section.plain and re.search("[-−减減负負]", section.before)
    return _positive(section, text[1:]) if signed else ""


def _positive(section: "_Section | None", text: str) -> str:
    """A number as a section shows it, "" where it shows other digits."""
    if section is None or not section.plain:
        return ""
    return f"{section.before}{text}{section.after}".strip()


def _sections(code: str) -> list[str]:
    found = [""]
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            found.append("")
        else:
            found[-1] += token[0]
    return found


def _section(code: str) -> _Section | None:
    """A section taken apart, None where it depends on a condition."""
    pieces: list[tuple[bool, str]] = []  # whether it stands for digits, and its text
    for token in _TOKEN.finditer(code):
        if (bracket := token["bracket"]) is not None:
            if bracket[:1] in {"<", ">", "="}:
                return None
            continue
        literal = next((token[name] for name in ("quoted", "escaped", "currency") if token[name] is not None), None)
        if literal is None and (plain := token["plain"]) is not None:
            word = plain.isascii() and plain.isalpha()  # of General, and the E of an exponent
            digits = plain in _PLACES or word or (plain in _SIGNS and bool(pieces) and pieces[-1] == (True, "E"))
            pieces.append((digits, plain))
        elif literal:
            pieces.append((False, literal))
    places = [place for place, (digits, _) in enumerate(pieces) if digits]
    if not places:
        return _Section("".join(text for _, text in pieces), "", plain=False)
    first, last = places[0], places[-1]
    digits = "".join(text for _, text in pieces[first : last + 1]).lower()
    plain = (
        all(is_digit for is_digit, _ in pieces[first : last + 1]) and _DIGITS.fullmatch(digits) is not None and not _SCALED.search(digits)
    )
    before, after = ("".join(text for _, text in each) for each in (pieces[:first], pieces[last + 1 :]))
    bare = re.fullmatch(r"[#,]+(?:\.#*)?", digits) is not None
    return _Section(before, after, plain and not re.search("[0-9]", before + after), bare)
