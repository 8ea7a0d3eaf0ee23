"""Reports with figures that are wrong, and what must be said of them."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from attrs import field, frozen
from hypothesis import strategies as st

from govinfo.balance import Balance
from govinfo.form import Form, Kind
from govinfo.forms import FORMS
from govinfo.report import MAX_COUNT, Report, Value
from govinfo.strategies.figures import counts
from govinfo.strategies.reports import Bounds, form_of, with_all_tables

_LEAST = 2  # a figure, the one that it should be, and one that would hide the mistake: so many are told apart


@frozen
class Broken:
    """A report with wrong figures, and the valid one that it was made from.

    `changed` are the wrong cells, address to (right, wrong); `rules` the codes of the balances that no longer hold, so
    that a check must call them broken and may call no other balance so.
    """

    report: Report
    original: Report
    changed: Mapping[str, tuple[Value, Value]] = field(hash=False)
    rules: frozenset[str]


def broken_reports(
    rule: str | None = None,
    *,
    cells: int = 1,
    form: Form | None = None,
    forms: Sequence[Form] = FORMS,
    year: int | None = None,
    organ: str | None = None,
    max_value: int = MAX_COUNT,
) -> st.SearchStrategy[Broken]:
    """Reports of which so many figures are wrong, so that a balance of that rule (of any) does not hold.

    The wrong figures lie in balances, of the same form as the rest of the report. The first lies in a balance of the
    rule, which is broken whatever the others are: they never make up for it. The other parameters are those of
    `reports`. Raises `ValueError` for a rule that is no balance of those forms, for fewer than one cell or more than
    there are, and for a `max_value` below 2, under which a wrong figure cannot be told from a right one.
    """
    if max_value < _LEAST:
        raise ValueError(f"max_value is at least {_LEAST}, not {max_value}")
    on = [form] if form else list(reversed(forms))
    on = on if year is None else [form_of(year, on)]
    having = {each.id: [b for b in each.balances if rule in (None, b.code)] for each in on}
    able = [each for each in on if having[each.id]]
    if not able:
        codes = sorted({balance.code for each in on for balance in each.balances})
        raise ValueError(f"{rule!r} is the code of no balance; of these forms there are {', '.join(codes)}")
    fewest = min(len(_tied(each)) for each in able)
    if not 1 <= cells <= fewest:
        raise ValueError(f"cells is from 1 to {fewest}, not {cells}")
    return st.one_of(
        [
            _broken(having[each.id], _tied(each), cells, max_value, with_all_tables(each, Bounds(forms, max_value), year=year, organ=organ))
            for each in able
        ]
    )


def _tied(form: Form) -> tuple[str, ...]:
    """The cells that lie in balances."""
    return tuple(dict.fromkeys(cell for balance in form.balances for cell in balance.cells))


def _broken(
    balances: Sequence[Balance], tied: Sequence[str], cells: int, max_value: int, valid: st.SearchStrategy[Report]
) -> st.SearchStrategy[Broken]:
    # All in a closure: the arguments of a strategy are part of what it is printed as, and these are long.
    @st.composite
    def broken(draw: st.DrawFn) -> Broken:
        original = draw(valid)
        balance = draw(st.sampled_from(balances))
        first = draw(st.sampled_from(balance.cells))
        others = [cell for cell in tied if cell != first]
        rest = draw(st.lists(st.sampled_from(others), min_size=cells - 1, max_size=cells - 1, unique=True)) if cells > 1 else []
        wrong: dict[str, Value] = {}
        for cell in rest:
            wrong[cell] = _other(draw, original, cell, max_value, {original[cell]})
        # The first comes last: it is neither right, nor what would make the balance hold beside the others.
        hidden = _figure(original.replace(wrong), balance, first)
        wrong[first] = _other(draw, original, first, max_value, {original[first], hidden})
        report = original.replace(wrong)
        changed = {cell: (_known(original[cell]), wrong[cell]) for cell in (first, *rest)}
        return Broken(report, original, MappingProxyType(changed), frozenset(_broken_codes(report)))

    return broken()


def _known(value: Value | None) -> Value:
    assert value is not None  # noqa: S101 -- there are no blanks
    return value


def _broken_codes(report: Report) -> Iterator[str]:
    for table in report.tables:
        yield from (balance.code for balance in table.matrix.balances if balance.gap(table.by_address))


def _figure(report: Report, balance: Balance, cell: str) -> Value:
    """What would have to stand in the cell for the balance to hold."""
    values = {address: _known(report[address]) for address in balance.cells}
    gap: Value = balance.gap(values)
    return values[cell] - balance.signs[cell] * gap


def _other(draw: st.DrawFn, report: Report, cell: str, max_value: int, taken: set[Value | None]) -> Value:
    """A figure that is none of those: drawn from so many fewer, and stepping over them."""
    refused = sorted(int(value) for value in taken if value is not None and 0 <= value <= max_value)
    figure = draw(counts(max_value=max_value - len(refused)))
    for value in refused:
        figure += figure >= value
    return Decimal(figure) if report.table_at(cell).matrix.cell(cell).kind is Kind.MONEY else figure
