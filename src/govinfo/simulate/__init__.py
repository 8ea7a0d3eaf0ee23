"""A made-up, consistent country, to teach, test and measure with. Needs the extra `columns`, and no Hypothesis.

Provinces, cities, counties, townships and departments file reports for every year, each on the form of its year. Every report adds up, a
government's is the sum of those of all bodies in its area, what is carried forward comes in the next year, and stocks roll on. On request
a known share of reports has a known fault each. Names and figures are invented: they are like published ones and nobody's.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from govinfo.columns import iterate, schema
from govinfo.columns.arrow import ArrowTable, Ints, np, pa
from govinfo.columns.schema import form_column
from govinfo.form import Form
from govinfo.forms import form_for
from govinfo.keys import TABLES, OrganKind, ReportScope
from govinfo.report import Report
from govinfo.simulate.faults import Place, Planted, fault
from govinfo.simulate.figures import MONEY_PLACES, Bodies, Figures, year
from govinfo.simulate.organs import Organ, organs

__all__ = ["Country", "Organ", "Planted", "country"]

_YEARS = range(2019, 2026)
_MONEY_SCALE = 10
_AMOUNT = "proactive.procurement.amount"
_OVERVIEW = """{year}年，{organ}依法公开政府信息。
（一）主动公开方面，及时发布和更新应当公开的信息。
（二）依申请公开方面，认真登记、按时答复。
（三）政府信息管理方面，定期清理，动态调整。
（四）平台建设方面，维护好网站和查阅点。
（五）监督保障方面，开展了工作考核和社会评议，责任追究结果按规定公布。"""
"""What a report has to speak of (rules S506, S507), without a figure."""


@frozen
class Country:
    """A simulated country: its bodies, their reports, and what is wrong with them.

    Rows are numbered year by year, in each year in the order of `organs`: `row(organ, year)`.
    """

    organs: tuple[Organ, ...] = field(repr=lambda organs: f"<{len(organs)}>")
    years: tuple[int, ...]
    planted: tuple[Planted, ...] = field(repr=lambda planted: f"<{len(planted)}>")
    _table: Any = field(repr=False, eq=False)

    def __len__(self) -> int:
        return len(self.organs) * len(self.years)

    def row(self, organ: int, year: int) -> int:
        """The row of the report of a body (its place in `organs`) for a year."""
        return self.years.index(year) * len(self.organs) + organ

    def table(self) -> ArrowTable:
        """Every report, as a table of `govinfo.columns.schema()`."""
        return self._table

    def reports(self) -> Iterator[Report]:
        """Every report, in the order of the rows."""
        return iterate(self._table)

    def parts(self) -> tuple[Ints, Ints]:
        """The rows of all aggregates with those of their parts, one pair for each part: for `govinfo.columns.check_parts_table`."""
        tops = [(number, organ.parts) for number, organ in enumerate(self.organs) if organ.aggregate]
        whole = np.concatenate([np.full(len(parts), number, np.int64) for number, parts in tops])
        part = np.concatenate([np.arange(parts.start, parts.stop, dtype=np.int64) for _, parts in tops])
        starts = [place * len(self.organs) for place in range(len(self.years))]
        return np.concatenate([whole + start for start in starts]), np.concatenate([part + start for start in starts])


def country(
    *,
    provinces: int = 1,
    cities: int = 2,
    counties: int = 3,
    townships: int = 5,
    departments: int = 6,
    years: Iterable[int] = _YEARS,
    faults: float = 0,
    seed: int = 0,
) -> Country:
    """A country with so many provinces, cities in each of them, counties in each city, townships in each county, departments at each level.

    `years` are consecutive, from 2019 on. `faults` is the share of reports with one planted fault, from 0 to 0.3; no body has faults in two
    years that follow each other. The same numbers and `seed` give the same country. Raises `ValueError` for numbers out of range,
    `UnknownFormError` for a year without a form.

    >>> made = country(cities=1, counties=1, townships=2, departments=1, faults=0.1)
    >>> len(made.organs), len(made), made.table().num_rows
    (11, 77, 77)
    >>> made.organs[0].name, len(made.planted)
    ('安平省人民政府办公厅', 8)
    """
    when = tuple(years)
    if not when or any(later != earlier + 1 for earlier, later in pairwise(when)):
        raise ValueError(f"years: given {when}, accepted are consecutive years")
    if not 0 <= faults <= _MOST_FAULTS:
        raise ValueError(f"faults: given {faults}, accepted is a share from 0 to {_MOST_FAULTS}")
    forms = [form_for(each) for each in when]
    all_organs = organs(provinces, cities, counties, townships, departments)
    random = np.random.default_rng(seed)
    own = [organ for organ in all_organs if not organ.aggregate]
    tops = [organ.parts for organ in all_organs if organ.aggregate]
    bodies = Bodies.of(own, random)
    figures: list[Figures] = []
    published: list[Ints] = []
    last: Figures | None = None
    for each, form in zip(when, forms, strict=True):
        last = year(bodies, form, last, random)
        figures.append({address: _with_sums(values, tops) for address, values in last.items()})
        published.append(_published(all_organs, each, random))
    planted = _planted(all_organs, when, forms, figures, published, round(faults * len(all_organs) * len(when)), random)
    batches = [_batch(all_organs, *each) for each in zip(when, forms, figures, published, strict=True)]
    return Country(all_organs, when, planted, pa.Table.from_batches(batches))


_MOST_FAULTS = 0.3


def _with_sums(values: Ints, tops: Sequence[range]) -> Ints:
    """The figures of all bodies, and behind them their sums over the parts of each government."""
    sums = np.concatenate([[0], np.cumsum(values)])
    return np.concatenate([values, sums[[parts.stop for parts in tops]] - sums[[parts.start for parts in tops]]])


def _deadline(organ: Organ, of: int) -> int:
    """The last day to publish, counted from year 1: article 49, and for townships the custom of January."""
    month, day = (3, 31) if organ.kind is OrganKind.LOCAL_GOVERNMENT else (1, 31)
    return dt.date(of + 1, month, day).toordinal()


def _published(all_organs: Sequence[Organ], of: int, random: np.random.Generator) -> Ints:
    # Within the four weeks before the deadline: a government's report comes after those that it adds up.
    return np.array([_deadline(organ, of) for organ in all_organs], np.int64) - random.integers(0, 28, len(all_organs))


def _planted(
    all_organs: Sequence[Organ],
    when: Sequence[int],
    forms: Sequence[Form],
    figures: Sequence[Figures],
    published: Sequence[Ints],
    wanted: int,
    random: np.random.Generator,
) -> tuple[Planted, ...]:
    """Plant that many faults: the figures are changed, the list says how."""
    found: dict[int, Planted] = {}
    size = len(all_organs)
    for row in map(int, random.permutation(size * len(when))):
        if len(found) == wanted:
            break
        if row - size in found or row + size in found:
            continue
        place, number = divmod(row, size)
        organ, own, days = all_organs[number], figures[place], published[place]
        site = Place(
            organ, forms[place], forms[place - 1] if place else None,
            lambda address, own=own, number=number: int(own[address][number]),  # type: ignore[misc]  # mypy cannot infer a lambda with defaults
            int(days[number]), _deadline(organ, when[place]),
        )  # fmt: skip
        kind, cells, rules = fault(site, random)
        for address, (_, wrong) in cells.items():
            (days if address == "published_on" else own[address])[number] = wrong
        found[row] = Planted(row, organ.name, when[place], kind, cells, rules)
    return tuple(found[row] for row in sorted(found))


def _batch(all_organs: Sequence[Organ], of: int, form: Form, figures: Figures, published: Ints) -> Any:
    """The reports of one year as a record batch."""
    size, layout = len(all_organs), schema()
    names = [organ.name for organ in all_organs]
    columns: dict[str, Any] = {
        "organ": names,
        "year": np.full(size, of, np.int32),
        "scope": [(ReportScope.AGGREGATE if organ.aggregate else ReportScope.OWN_ORGAN).value for organ in all_organs],
        "title": [f"{name}{of}年政府信息公开工作年度报告" for name in names],
        "published_on": pa.array((published - dt.date(1970, 1, 1).toordinal()).astype(np.int32)).cast(pa.date32()),
        "overview": [_OVERVIEW.format(year=of, organ=name) for name in names],
        "problems": ["主要问题是公开内容不够丰富。下一步将充实内容，改进服务。"] * size,
        "other_matters": ["本年度未收取信息处理费。"] * size,
    }
    columns |= {form_column(section): [form.id] * size for section in TABLES}
    for address, values in figures.items():
        if (places := MONEY_PLACES.get(address)) is None:
            columns[address] = values.astype(np.int32)
        else:
            columns[address] = _money(values, places)
            columns[f"{address}.places"] = np.where(values == 0, 0, places).astype(np.int8)
    if _AMOUNT in figures:
        columns["marks"] = [_marked(int(value)) for value in figures[_AMOUNT]]
    arrays = [
        _array(columns[name], kind) if name in columns else pa.nulls(size, kind)
        for name, kind in zip(layout.names, layout.types, strict=True)
    ]
    return pa.record_batch(arrays, schema=layout)


def _array(values: Any, kind: Any) -> Any:
    return values if isinstance(values, pa.Array) else pa.array(values, kind)


def _money(values: Ints, places: int) -> Any:
    """Whole numbers of the last place as decimals: two words of 64 bits each, the lower first."""
    words = np.zeros((len(values), 2), np.int64)
    words[:, 0] = values * 10 ** (_MONEY_SCALE - places)
    words[:, 1] = -(words[:, 0] < 0).astype(np.int64)
    return pa.Array.from_buffers(pa.decimal128(30, _MONEY_SCALE), len(values), [None, pa.py_buffer(words.tobytes())])


def _marked(amount: int) -> list[tuple[str, str, str, str | None, str]] | None:
    """The head of that column fixes no unit: the cell says it."""
    return [(_AMOUNT, "value", f"{amount}万元", None, "万元")] if amount else None
