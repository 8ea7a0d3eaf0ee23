"""A whole and its parts, of one year: rules H801-H804, H806."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import partial

from govinfo.findings import About, Extent, Finding, Rule, Severity, Verdict, Words
from govinfo.form import Cell, Kind
from govinfo.keys import TABLES, Section
from govinfo.report import Table, Value
from govinfo.rules.subject import Parts, values_of
from govinfo.rules.unmet import hindrance
from govinfo.rules.wording import explained

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


def _about(parts: Parts) -> tuple[About, ...]:
    return tuple(About(report) for report in (parts.whole, *parts.parts))


def _tables(parts: Parts, section: Section) -> tuple[Table, list[Table | None]] | Words:
    """The whole's table of a section and that of each part; why they cannot be compared where they cannot."""
    whole = parts.whole.table(section)
    if whole is None:
        return Words("汇总报告没有该表", "the whole has no such table")
    tables = [part.table(section) for part in parts.parts]
    if any(table is not None and table.form.id != whole.form.id for table in tables):
        return Words("各报告的表不是同一格式", "the tables are not all on one form")
    return whole, tables


def _additive(section: Section, rule: Rule[Parts], parts: Parts) -> Iterator[Finding]:
    """A cell of the whole is the sum of the parts' cells."""
    about = _about(parts)
    if (found := _prepared(rule, parts, section, about, additive=True)) is None or isinstance(found, Finding):
        if found is not None:
            yield found
        return
    whole, tables = found
    columns = _columns(whole, tables)
    for cell in whole.matrix.cells:
        left, others = _added(cell, [_amount(whole, cell)]), _comparable(cell, tables, columns)
        with localcontext(prec=60):
            right = None if None in others else sum(value for value in others if value is not None)
        if left is None or right is None:
            verdict = Verdict.UNKNOWN
        else:
            verdict = Verdict.HOLDS if left == right else Verdict.BROKEN
        yield Finding(rule, verdict, rule.severity, (cell.address,), left, right, cell.address, about=about)


def _bound(rule: Rule[Parts], parts: Parts) -> Iterator[Finding]:
    """H804: a cell of the whole is no less than that of any part, even where parts are missing."""
    about = _about(parts)
    for section in TABLES:
        found = _prepared(rule, parts, section, about, additive=False)
        if found is None or isinstance(found, Finding):
            if found is not None:
                yield found
            continue
        whole, tables = found
        columns = _columns(whole, tables)
        for cell in whole.matrix.cells:
            if cell.signed and cell.kind is Kind.COUNT:
                continue  # what some lose, others may gain
            left = _added(cell, [_amount(whole, cell)])
            known = [value for value in _comparable(cell, tables, columns) if value is not None]
            if min(known, default=0) < 0:
                continue  # refunds of one body may outweigh what another charged
            right = max(known, default=None)
            if left is not None and right is not None and left < right:
                verdict = Verdict.BROKEN
            elif left is None or right is None or len(known) < len(tables):
                verdict = Verdict.UNKNOWN
            else:
                verdict = Verdict.HOLDS
            yield Finding(rule, verdict, rule.severity, (cell.address,), left, right, cell.address, about=about)


def _prepared(
    rule: Rule[Parts], parts: Parts, section: Section, about: tuple[About, ...], *, additive: bool
) -> tuple[Table, list[Table | None]] | Finding | None:
    unmet = hindrance(parts, additive=additive)
    if unmet is not None:
        # Said once for the report, not for each of its tables.
        first = additive or section is TABLES[0]
        return Finding(rule, unmet[0], rule.severity, facts=(unmet[1],), about=about) if first else None
    found = _tables(parts, section)
    if isinstance(found, Words):
        return Finding(rule, Verdict.NOT_APPLICABLE, rule.severity, line=str(section), facts=(found,), about=about)
    return found


Column = Sequence[Value | None]


def _columns(whole: Table, parts: Sequence[Table | None]) -> Sequence[Column]:
    """What the parts say of each cell, in their order: a government may have thousands."""
    blank: Column = (None,) * len(whole.figures)
    return list(zip(*(blank if part is None else part.figures for part in parts), strict=True)) or [()] * len(blank)


def _comparable(cell: Cell, parts: Sequence[Table | None], columns: Sequence[Column]) -> Column:
    """What each part says of a cell, money in one unit; None where it has no value, or no unit that is known."""
    if cell.kind is Kind.COUNT:
        return columns[cell.index]
    return [None if part is None else _added(cell, [_amount(part, cell)]) for part in parts]


Amount = tuple[Value, str]
"""A figure and its unit, "" where none is known."""


def _amount(table: Table, cell: Cell) -> Amount | None:
    value = table.figures[cell.index]
    if value is None:
        return None
    if cell.kind is Kind.COUNT or cell.unit:
        return value, cell.unit
    mark = table.mark(cell.address)
    return value, (mark.unit or "") if mark else ""


def _added(cell: Cell, amounts: Sequence[Amount | None]) -> Value | None:
    """Their sum, money whose column fixes no unit in 元; None where one has no value or no unit that is known."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return None
    if cell.kind is Kind.COUNT:
        return sum(value for value, _ in known)
    # Nothing is nothing in any unit.
    counted = [(Decimal(value), unit) for value, unit in known if value]
    if any(unit not in YUAN for _, unit in counted):
        return None
    with localcontext(prec=60):
        return sum((value * (Decimal(1) if cell.unit else YUAN[unit]) for value, unit in counted), Decimal(0))


def _mislabelled(rule: Rule[Parts], parts: Parts) -> Iterator[Finding]:
    """H806: a whole that is one of its parts, figure for figure, while others have figures too."""
    about = _about(parts)
    unmet = hindrance(parts, additive=False)
    all_own = values_of(parts.whole)
    own = {address: value for address, value in all_own.items() if value is not None}
    if unmet is not None or not any(own.values()):
        verdict, why = unmet or (Verdict.NOT_APPLICABLE, Words("汇总报告没有大于0的数字", "the whole has no figure above 0"))
        yield Finding(rule, verdict, rule.severity, facts=(why,), about=about)
        return
    figures = list(parts.values)
    missing = any(None in values.values() for values in (all_own, *figures))
    same = [n for n, values in enumerate(figures) if None not in values.values() and values == all_own]
    others = any(any(v for v in values.values() if v is not None) for n, values in enumerate(figures) if n not in same[:1])
    if same and others:
        name = parts.parts[same[0]].organ or f"第{same[0] + 1}份"
        english = parts.parts[same[0]].organ or f"part {same[0] + 1}"
        yield Finding(rule, Verdict.BROKEN, rule.severity, tuple(own), facts=(Words(name, english),), about=about)
    else:
        candidate = missing and any(_may_be(own, values) for values in figures)
        facts = (Words("有的格没有数值，不能比较", "some cells have no value, so they cannot be compared"),) if candidate else ()
        yield Finding(rule, Verdict.UNKNOWN if candidate else Verdict.HOLDS, rule.severity, facts=facts, about=about)


def _may_be(own: Mapping[str, Value], part: Mapping[str, Value | None]) -> bool:
    """Whether nothing that is known tells the part from the whole."""
    return all(part.get(address) in (None, value) for address, value in own.items())


_CUSTOM = Words("汇总报告的做法", "how aggregates are made")
_LATE = Words("事后更正；垂直管理机关是否计入", "late corrections; bodies of vertical systems in or out")


def _rule(code: str, name: str, section: Section, what: Words, exceptions: Words) -> Rule[Parts]:
    return Rule(
        code,
        name,
        Words(f"汇总报告{what.zh}的每一格等于各下级报告之和", f"Every cell of {what.en} of an aggregate is the sum of its parts."),
        Severity.WARNING,
        Extent.PARTS,
        _CUSTOM,
        partial(_additive, section),
        explained(
            "汇总报告为{left}，各下级之和为{right}，应相等", "the aggregate says {left}, its parts add up to {right}: they should be equal"
        ),
        exceptions=exceptions,
    )


RULES: tuple[Rule[Parts], ...] = (
    _rule("H801", "requests-additive", Section.REQUESTS, Words("第三部分", "section 3"), _LATE),
    _rule(
        "H802",
        "proactive-additive",
        Section.PROACTIVE,
        Words("第二部分", "section 2"),
        Words("联合发文重复计数", "joint documents counted twice"),
    ),
    _rule(
        "H803",
        "disputes-additive",
        Section.DISPUTES,
        Words("第四部分", "section 4"),
        Words("共同被告的计数口径（国办公开办函〔2016〕201号）", "how co-defendants are counted (国办公开办函〔2016〕201号)"),
    ),
    Rule(
        "H804",
        "child-bound",
        Words(
            "汇总报告的每一格不小于任何一份下级报告（下级不全时也适用）",
            "A cell of an aggregate is no less than that of any part, even where parts are missing.",
        ),
        Severity.WARNING,
        Extent.PARTS,
        _CUSTOM,
        _bound,
        explained("汇总报告为{left}，小于某一下级报告的{right}", "the aggregate says {left}, less than the {right} of one of its parts"),
        exceptions=_LATE,
    ),
    Rule(
        "H806",
        "scope-mismatch",
        Words(
            "汇总报告不与某一份下级报告完全相同（其他下级不都为0时）",
            "An aggregate is not one of its parts, figure for figure, while others have figures too.",
        ),
        Severity.INFO,
        Extent.PARTS,
        Words("统计范围常被标错", "scopes are often mislabelled"),
        _mislabelled,
        explained(
            "与“{0}”的报告完全相同，应是只计本机关而非汇总",
            "it is the report of '{0}', figure for figure: its scope seems to be its own organ",
        ),
    ),
)
