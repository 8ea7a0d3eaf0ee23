"""A made-up, consistent country, to teach, test and measure with. Needs the extra `columns`, and no Hypothesis.

Provinces, cities, counties, townships and departments file reports for every year, each on the form of its year. Every report adds up, a
government's is the sum of those of all bodies in its area, what is carried forward comes in the next year, and stocks roll on. On request
a known share of reports has a known fault each. Names and figures are invented: they are like published ones and nobody's.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from os import PathLike
from pathlib import Path
from typing import Any

from attrs import field, frozen

from govinfo.columns import iterate, schema
from govinfo.columns.arrow import ArrowTable, Ints, np, pa
from govinfo.columns.schema import form_column
from govinfo.form import Form
from govinfo.forms import form_for
from govinfo.keys import TABLES, OrganKind, ReportScope
from govinfo.renderers import Format, render
from govinfo.report import Report
from govinfo.simulate.faults import Place, Planted, fault
from govinfo.simulate.figures import MONEY_PLACES, Bodies, Figures, summed, year
from govinfo.simulate.organs import Organ, organs
from govinfo.simulate.prose import overviews, problems

__all__ = ["Country", "Organ", "Planted", "country"]

_YEARS = range(2019, 2026)
_ENDINGS = {"terminal": "txt", "markdown": "md"}
_MONEY_SCALE = 10
_AMOUNT = "proactive.procurement.amount"


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

    def write(self, folder: str | PathLike[str], format: Format = "html") -> list[Path]:  # noqa: A002 -- as `render` has it
        """Write every report as a document, a folder for each year, and return the files in the order of the rows.

        `format` is one of `govinfo.renderers.FORMATS`. Nothing but the documents says what is planted. Raises as `render` does, `OSError`.
        """
        paths: list[Path] = []
        for number, report in enumerate(self.reports()):
            content = render(report, format)
            place, organ = divmod(number, len(self.organs))
            inside = Path(folder) / str(self.years[place])
            inside.mkdir(parents=True, exist_ok=True)
            paths.append(inside / f"{self.organs[organ].name}.{_ENDINGS.get(format, format)}")
            paths[-1].write_bytes(content.encode() if isinstance(content, str) else content)
        return paths

    def hierarchy(self) -> list[dict[str, str]]:
        """Who stands above whom, as `govinfo corpus check --organs` takes it: a row of name, level, region and parent for each body."""
        return [
            {"name": organ.name, "level": organ.level.value, "region": organ.name.partition("省")[0] + "省", "parent": organ.above}
            for organ in self.organs
        ]

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
    when = _years(years)
    if type(faults) not in (int, float) or not 0 <= faults <= _MOST_FAULTS:
        raise ValueError(f"faults: given {faults!r}, accepted is a share from 0 to {_MOST_FAULTS}")
    if type(seed) is not int or seed < 0:
        raise ValueError(f"seed: given {seed!r}, accepted is a whole number from 0")
    forms = [form_for(each) for each in when]
    all_organs = organs(provinces, cities, counties, townships, departments)
    random = np.random.default_rng(seed)
    tops = [organ.parts for organ in all_organs if organ.aggregate]
    bodies = Bodies.of([organ for organ in all_organs if not organ.aggregate], random)
    wanted = round(faults * len(all_organs) * len(when))
    planted: list[Planted] = []
    batches: list[Any] = []
    last: Figures | None = None
    for place, (each, form) in enumerate(zip(when, forms, strict=True)):
        now = year(bodies, each, form, last, tops, random)
        full = {address: summed(values, tops) for address, values in now.items()}
        before = None if last is None else {address: summed(values, tops) for address, values in last.items()}
        days = _published(all_organs, each, random)
        sites = _Sites(all_organs, each, place * len(all_organs), form, forms[place - 1] if place else None, full, before, days)
        due = round(wanted * (place + 1) / len(when)) - len(planted)
        planted += _planted(sites, due, {fault.row for fault in planted if fault.year == each - 1}, random)
        batches.append(_batch(sites, planted))
        last = now
    return Country(all_organs, when, tuple(planted), pa.Table.from_batches(batches))


_MOST_FAULTS = 0.3


def _years(years: Iterable[int]) -> tuple[int, ...]:
    when = tuple(years) if isinstance(years, Iterable) else ()
    if not when or any(type(each) is not int for each in when) or any(later != earlier + 1 for earlier, later in pairwise(when)):
        raise ValueError(f"years: given {years!r}, accepted are consecutive years, such as range(2021, 2024)")
    return when


def _deadline(organ: Organ, of: int) -> int:
    """The last day to publish, counted from year 1: article 49, and for townships the custom of January."""
    month, day = (3, 31) if organ.kind is OrganKind.LOCAL_GOVERNMENT else (1, 31)
    return dt.date(of + 1, month, day).toordinal()


def _published(all_organs: Sequence[Organ], of: int, random: np.random.Generator) -> Ints:
    # Within the four weeks before the deadline: a government's report comes after those that it adds up.
    return np.array([_deadline(organ, of) for organ in all_organs], np.int64) - random.integers(0, 28, len(all_organs))


@frozen
class _Sites:
    """The reports of one year, as columns: where faults may be planted."""

    organs: tuple[Organ, ...]
    year: int
    first: int  # row
    form: Form
    form_before: Form | None
    figures: Figures
    before: Figures | None
    published: Ints

    def place(self, number: int) -> Place:
        """The report of one body."""
        before = self.before
        return Place(
            self.organs[number], self.form, self.form_before,
            lambda address: int(self.figures[address][number]),
            lambda address: 0 if before is None else int(before[address][number]),
            int(self.published[number]), _deadline(self.organs[number], self.year),
        )  # fmt: skip


def _planted(sites: _Sites, wanted: int, last_year: Collection[int], random: np.random.Generator) -> list[Planted]:
    """Plant that many faults, none in a body that had one last year: the figures are changed, the list says how."""
    found: list[Planted] = []
    for number in map(int, random.permutation(len(sites.organs))):
        row = sites.first + number
        if len(found) == wanted:
            break
        if row - len(sites.organs) in last_year:
            continue
        kind, cells, rules = fault(sites.place(number), random)
        for address, (_, wrong) in cells.items():
            if address == "published_on":
                sites.published[number] = wrong
            elif address != "overview":
                sites.figures[address][number] = wrong
        found.append(Planted(row, sites.organs[number].name, sites.year, kind, cells, rules))
    return sorted(found, key=lambda planted: planted.row)


def _batch(sites: _Sites, planted: Iterable[Planted]) -> Any:
    """The reports of one year as a record batch."""
    all_organs, of, form, figures, published = sites.organs, sites.year, sites.form, sites.figures, sites.published
    size, layout = len(all_organs), schema()
    names = [organ.name for organ in all_organs]
    stated = {fault.row - sites.first: fault.cells["overview"][1] for fault in planted if fault.year == of and "overview" in fault.cells}
    columns: dict[str, Any] = {
        "organ": names,
        "year": np.full(size, of, np.int32),
        "scope": [(ReportScope.AGGREGATE if organ.aggregate else ReportScope.OWN_ORGAN).value for organ in all_organs],
        "title": [f"{name}{of}年政府信息公开工作年度报告" for name in names],
        "published_on": pa.array((published - dt.date(1970, 1, 1).toordinal()).astype(np.int32)).cast(pa.date32()),
        "overview": overviews(all_organs, of, figures, stated),
        "problems": problems(size, of),
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
