"""Figures, years and known phrases of a text, in one pass."""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum, auto
from functools import cache

from attrs import frozen

from govinfo.prose.claim import Bound
from govinfo.prose.vocabulary import BY_KEY, MEASURES, Measure, Role
from govinfo.report import Value


class Sort(Enum):
    """What a token is."""

    NUMBER = auto()
    YEAR = auto()
    PHRASE = auto()
    STOP = auto()


@frozen
class Token:
    """A piece of the text that means something: a figure with its unit, a year, a known phrase, or a sign that divides."""

    sort: Sort
    start: int
    end: int
    text: str
    measure: Measure | None = None
    sure: bool = True
    number: Value | None = None
    unit: str = ""
    bound: Bound = Bound.EXACT
    step: Decimal = Decimal(1)
    year: int | None = None
    whole_year: bool = True

    @property
    def role(self) -> Role | None:
        """The role of its phrase."""
        return self.measure.role if self.measure else None


COUNTED = frozenset(("件", "宗", "起", "份", "例", "部", "笔"))
"""Units of cases, requests and documents."""
LOOSE = frozenset(("条", "个", "次", "项", "封", "件次", "桩"))
"""Units that are used for these too, and for much else."""
_UNITS = (
    "件次",
    "人次",
    "万元",
    "亿元",
    "工作日",
    "个工作日",
    "小时",
    "平方米",
    "余件",
    *sorted(COUNTED | LOOSE),
    *"元%名人篇期场天页家种类户批年月日号级字季大步",
)
_DIGITS = r"\d{1,3}(?:,\d{3})++(?!\d)|\d++"
_CHINESE = "零一二三四五六七八九十百千两"
_FIGURE = (
    rf"(?P<before>约|近|将近|超过|逾|不足|不到|大约|至少)?+(?P<digits>(?:{_DIGITS})(?:\.\d++)?+|[{_CHINESE}]{{1,9}}+(?=余?[万亿]?(?:件|宗|起|份|例|元)))"
    rf"(?P<more>[余多])?+(?P<scale>[万亿])?+(?P<more2>[余多])?+(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})?+(?P<about>左右|以上)?+"
)
_YEAR = r"(?P<year>\d{4})年(?:度)?+(?:(?P<month>\d{1,2})月(?:份)?+(?:(?P<day>\d{1,2})日)?+)?+(?:起?至(?:\d{4}年)?+(?P<until>\d{1,2})月(?:\d{1,2}日)?+)?+"
_SKIPPED = (
    r"[〔\[(]\d{4}[〕\])]第?\d++号|第\d++[号条款项章批次届期季个]|12345(?:政务)?(?:服务)?(?:便民)?(?:热线|平台)?|https?://[\w./?=&%-]++|\d{1,2}月(?:\d{1,2}日)?+|\d++(?:-\d++)++"
    rf"|第[{_CHINESE}]{{1,4}}+[条款项章批届期季次]|[(][{_CHINESE}\d]{{1,3}}[)]|[{_CHINESE}]{{1,2}}是|一件事|件件|一[件事]一|一申请一"
)


def _trie(phrases: Iterable[str]) -> str:
    """Phrases as a regular expression that looks at each character once, and takes the longest."""
    rest: dict[str, list[str]] = {}
    for phrase in phrases:
        rest.setdefault(phrase[:1], []).append(phrase[1:])
    branches = [re.escape(first) + _trie(after) for first, after in rest.items() if first]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?+" if "" in rest else joined


@cache
def _phrases() -> dict[str, tuple[Measure, bool]]:
    """Every phrase with its measure; a longer counter-example hides what it contains."""
    nothing = Measure("nothing", Role.NOTHING, BY_KEY[Role.TOPIC, "requests"].meaning, ())
    known: dict[str, tuple[Measure, bool]] = {}
    for measure in reversed(MEASURES):  # where two share a phrase, the first in the list has it
        known |= {phrase: (nothing, True) for phrase in measure.not_these if phrase not in known}
        known |= dict.fromkeys(measure.likely, (measure, False))
        known |= dict.fromkeys(measure.phrases, (measure, True))
    return known


@cache
def _pattern() -> re.Pattern[str]:
    phrases = list(_phrases())
    first = "".join(sorted({re.escape(phrase[0]) for phrase in phrases}))
    # Each branch first looks at one character, and most characters begin none. The trie takes the longest way that ends in a phrase; where
    # none ends, nothing matches there.
    return re.compile(
        rf"(?=[{first}\d约近将超逾不大至〔\[(第h件{_CHINESE}，,;:、)\n。!?])"
        rf"(?:(?P<skipped>(?=[〔\[(第h件\d{_CHINESE}])(?:{_SKIPPED}))|(?=\d){_YEAR}|(?P<figure>(?=[\d约近将超逾不大至{_CHINESE}]){_FIGURE})"
        rf"|(?P<phrase>(?=[{first}]){_trie(phrases)})|(?P<stop>[，,;:、()\n。!?]))"
    )


_SCALE = {"万": 4, "亿": 8}
# What is longer is no figure of a report: it would be rounded, so it ends what is said before it as a full stop does.
_READABLE = re.compile(rf"\d{{1,15}}+(?:\.\d{{1,10}}+)?+|[{_CHINESE}]++")


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order. Linear in its length: no part of the expression gives back what it took."""
    found: list[Token] = []
    phrases = _phrases()
    for match in _pattern().finditer(text):
        start, end = match.span()
        if phrase := match["phrase"]:
            measure, sure = phrases[phrase]
            found.append(Token(Sort.PHRASE, start, end, phrase, measure, sure))
        elif stop := match["stop"]:
            found.append(Token(Sort.STOP, start, end, stop))
        elif match["year"]:
            month, until = match["month"], match["until"]
            whole = month is None or until == "12" or (month == "12" and text[max(0, start - 2) : start] in ("截至", "截止"))
            found.append(Token(Sort.YEAR, start, end, match[0], year=int(match["year"]), whole_year=whole))
        elif match["figure"]:
            readable = _READABLE.fullmatch(match["digits"].replace(",", ""))
            found.append(_number(match) if readable else Token(Sort.STOP, start, end, "。"))
    return found


def _number(match: re.Match[str]) -> Token:
    written = match["digits"]
    value: Value = Decimal(written.replace(",", "")) if written[0].isdigit() else chinese(written)
    places = len(written.partition(".")[2])
    shift = _SCALE.get(match["scale"] or "", 0)
    number = Decimal(value).scaleb(shift)
    step = Decimal(1).scaleb(shift - places) if shift or places else Decimal(1)
    unit = match["unit"] or ""
    if unit in ("万元", "亿元"):
        number, step, unit = number.scaleb(_SCALE[unit[0]]), step.scaleb(_SCALE[unit[0]]), "元"
    whole = number == number.to_integral_value() and unit != "元"
    return Token(
        Sort.NUMBER, match.start(), match.end(), match[0], number=int(number) if whole else number, unit=unit, bound=_bound(match), step=step
    )  # fmt: skip


def _bound(match: re.Match[str]) -> Bound:
    before = match["before"]
    if match["more"] or match["more2"] or match["about"] == "以上" or before in ("超过", "逾", "至少"):
        return Bound.MORE
    if before in ("近", "将近", "不足", "不到"):
        return Bound.LESS
    return Bound.ABOUT if before or match["about"] else Bound.EXACT


_NUMERALS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
_WEIGHTS = {"十": 10, "百": 100, "千": 1000}


def chinese(numeral: str) -> int:
    """The number that a Chinese numeral below ten thousand says.

    >>> chinese("一百二十"), chinese("十二"), chinese("两千零五")
    (120, 12, 2005)
    """
    if not any(character in _WEIGHTS for character in numeral):
        return int("".join(str(_NUMERALS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _WEIGHTS:
            total += (digit or 1) * _WEIGHTS[character]
            digit = 0
        else:
            digit = _NUMERALS[character]
    return total + digit
