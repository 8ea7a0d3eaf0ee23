"""How a form version is declared, and what follows from the declaration.

A form version is a value: lines, bands, matrices and identities, declared once as typed data (see `govinfo.forms`).
Addresses, cells, balances, label matching, JSON shape, rendered tables and reference docs are derived from it.
A form that contradicts itself cannot be built.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from govinfo.balance import Balance, unrolled
from govinfo.errors import AddressError, FormError
from govinfo.fold import label_key, without_notes
from govinfo.keys import TABLES, Section

_NOTE_AT_END = re.compile(r"\s*(?:（[^（）]*）|\([^()]*\))$")


class Kind(StrEnum):
    """What a cell counts in: whole things, or money with decimals."""

    COUNT = "count"
    MONEY = "money"


class Evidence(StrEnum):
    """How well a stated fact is known."""

    OFFICIAL = "official"  # the words of an official instrument
    PRACTICE = "practice"  # seen in published reports, notices and templates
    UNVERIFIED = "unverified"  # common knowledge of the field, not checked against the instrument


@frozen
class Note:
    """Something known about a line that its label does not say: how it is counted, in both languages."""

    zh: str
    en: str
    evidence: Evidence


@frozen
class Line:
    """One row, one column or one heading of a form, as this version prints it.

    `within` are the printed heads that span it, outermost first; with `label` they are its label path. `aliases` are
    other wordings seen in print. `unit`, `kind` and `signed` are stated on columns and speak of the cells below.
    `basis` names the articles (of 政府信息公开条例 where nothing else is said).
    """

    key: str
    label: str
    english: str
    within: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    basis: str = ""
    unit: str = ""
    kind: Kind = Kind.COUNT
    signed: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The printed labels from the outermost head to the line itself."""
        return (*self.within, self.label)

    @property
    def short(self) -> str:
        """The label without a note in brackets at its end: for messages."""
        return _NOTE_AT_END.sub("", self.label) or self.label

    @property
    def named(self) -> str:
        """The label for messages, under the last head that spans it with others: `（六）其他处理 3.其他`."""
        return " ".join((*self.within[1:][-1:], self.short))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The match keys of the label and its aliases, each also without what stands in brackets."""
        full = {label_key(text) for text in (self.label, *self.aliases)}
        return frozenset(full | {without_notes(key) for key in full})


@frozen
class Band:
    """A part of a matrix with columns of its own: every row crosses every column.

    `label` is the line printed over it, `corner` what is printed where row labels and column heads meet.
    """

    key: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    label: str = ""
    corner: str = ""
    basis: str = ""


@frozen
class Identity:
    """A declared cross-footing: along one axis, the lines of `left` add up to the lines of `right`.

    It holds for every line of the other axis. `code` is its rule, or one rule for each of those lines in their order.
    """

    code: str | tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


@frozen
class Cell:
    """One place for a figure. `address` is the same string everywhere: findings, JSON, columns, docs."""

    address: str
    index: int
    row: Line
    column: Line
    band: Band = field(repr=False)

    @property
    def kind(self) -> Kind:
        """Whether the cell holds a count or money."""
        return self.column.kind

    @property
    def signed(self) -> bool:
        """Whether the form expects negative figures here."""
        return self.column.signed

    @property
    def unit(self) -> str:
        """The unit of its figure as the form fixes it, "" where the form does not."""
        return self.column.unit

    @property
    def label(self) -> str:
        """Row and column as printed: `（一）予以公开 · 自然人`."""
        return " · ".join((self.row.label, *self._qualified()))

    @property
    def english(self) -> str:
        """Row and column in English."""
        return f"{self.row.english} · {self.column.english}"

    def _qualified(self) -> tuple[str, ...]:
        # 其他 stands in several places of the form: say which one it is.
        return (*self.column.within[1:], self.column.label)


@frozen(cache_hash=True)
class Matrix:
    """One table of a form: bands of rows and columns, and the identities that tie its cells together.

    `flat` says that the form prints it as one row of figures, each row of the matrix as a group of columns.
    """

    key: str
    bands: tuple[Band, ...] = field(repr=False)
    identities: tuple[Identity, ...] = field(default=(), repr=False)
    flat: bool = False
    form: "Form" = field(init=False, repr=False, eq=attrgetter("id"))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, in the order of the form: the order of `Table.figures`."""
        places = ((band, row, column) for band in self.bands for row in band.rows for column in band.columns)
        return tuple(
            Cell(f"{self.key}.{row.key}.{column.key}", index, row, column, band) for index, (band, row, column) in enumerate(places)
        )

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """The address of every cell, in order."""
        return tuple(cell.address for cell in self.cells)

    @cached_property
    def index(self) -> Mapping[tuple[str, str], int]:
        """(row key, column key) -> place in the order of the cells."""
        return MappingProxyType({(cell.row.key, cell.column.key): cell.index for cell in self.cells})

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Address -> place in the order of the cells."""
        return MappingProxyType({address: index for index, address in enumerate(self.addresses)})

    @cached_property
    def all_counts(self) -> bool:
        """Whether every cell holds a count that cannot be negative."""
        return all(cell.kind is Kind.COUNT and not cell.signed for cell in self.cells)

    @property
    def rows(self) -> tuple[Line, ...]:
        """The rows of all bands, in order."""
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def columns(self) -> tuple[Line, ...]:
        """The columns of all bands, in order, each key once."""
        return tuple({column.key: column for band in self.bands for column in band.columns}.values())

    def row(self, key: str) -> Line:
        """The row with that key. Raises `AddressError`."""
        return _line(self.rows, key, self, "the rows")

    def column(self, key: str) -> Line:
        """The column with that key. Raises `AddressError`."""
        return _line(self.columns, key, self, "the columns")

    def cell(self, address: str) -> Cell:
        """The cell at an address. Raises `AddressError`."""
        if (index := self.index_of.get(address)) is None:
            raise AddressError(address, self.form.id, f"section {self.key}", self.addresses)
        return self.cells[index]

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """Every equation that the identities declare, in their order."""
        return tuple(balance for identity in self.identities for balance in self._expanded(identity))

    @cached_property
    def broken(self) -> Callable[[Sequence[Any]], tuple[int, ...]]:
        """Figures in order -> indices of the `balances` that do not hold; `TypeError` where one is None."""
        return unrolled(self.balances, self.addresses)

    def _expanded(self, identity: Identity) -> Iterator[Balance]:
        terms = (*identity.left, *identity.right)
        if not (identity.left and identity.right):
            raise FormError(f"{self.key}: the identity {identity.code} has a side without lines")
        over_rows = any(key in {row.key for row in self.rows} for key in terms)
        lines, others = (self.rows, self.columns) if over_rows else (self.columns, self.rows)
        if missing := [str(key) for key in terms if key not in {line.key for line in lines}]:
            raise FormError(f"{self.key}: the identity {identity.code} speaks of {missing}, which the form has not")
        codes = (identity.code,) * len(others) if isinstance(identity.code, str) else identity.code
        if len(codes) != len(others):
            raise FormError(f"{self.key}: {len(codes)} codes for the {len(others)} instances of {identity.code}")
        for code, other in zip(codes, others, strict=True):
            left, right = (
                tuple(f"{self.key}.{a}.{b}" for a, b in ((k, other.key) if over_rows else (other.key, k) for k in side))
                for side in (identity.left, identity.right)
            )
            yield Balance(code, str(other.key), left, right)


@frozen(cache_hash=True)
class Form:
    """One version of the report form.

    `sections` are the headings in order, as `Line`s whose key is a `Section`; `matrices` the tables, any of the three.
    `first_year` and `last_year` (None: still in use) are the report years that it is for.
    Raises `FormError` where the declaration contradicts itself.
    """

    id: str
    label: str
    english: str
    instrument: str
    first_year: int
    last_year: int | None
    sections: tuple[Line, ...] = field(repr=False)
    matrices: tuple[Matrix, ...] = field(repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        # A matrix knows its form, so that one value says all about a table; the declaration stays a plain tree.
        bound = tuple(evolve(matrix) for matrix in self.matrices)
        for matrix in bound:
            object.__setattr__(matrix, "form", self)
        object.__setattr__(self, "matrices", bound)
        _refuse(self)

    def matrix(self, section: str) -> Matrix:
        """The table of that section. Raises `AddressError`."""
        for matrix in self.matrices:
            if matrix.key == section:
                return matrix
        raise AddressError(section, self.id, "its tables", [matrix.key for matrix in self.matrices])

    @property
    def proactive(self) -> Matrix:
        """Section 2."""
        return self.matrix(Section.PROACTIVE)

    @property
    def requests(self) -> Matrix:
        """Section 3."""
        return self.matrix(Section.REQUESTS)

    @property
    def disputes(self) -> Matrix:
        """Section 4."""
        return self.matrix(Section.DISPUTES)

    def section(self, key: str) -> Line:
        """The heading of a section. Raises `AddressError`."""
        for line in self.sections:
            if line.key == key:
                return line
        raise AddressError(key, self.id, "its sections", [line.key for line in self.sections])

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        """Every cell by its address, in the order of the form."""
        return MappingProxyType({cell.address: cell for matrix in self.matrices for cell in matrix.cells})

    @cached_property
    def balances(self) -> tuple[Balance, ...]:
        """Every equation of the form."""
        return tuple(balance for matrix in self.matrices for balance in matrix.balances)

    def used_in(self, year: int) -> bool:
        """Whether reports of that year are to be filed on this form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def _line(lines: Sequence[Line], key: str, matrix: Matrix, where: str) -> Line:
    for line in lines:
        if line.key == key:
            return line
    raise AddressError(key, matrix.form.id, f"{where} of section {matrix.key}", [line.key for line in lines])


def _refuse(form: Form) -> None:
    """Raise `FormError` where the declaration contradicts itself, naming every contradiction."""
    wrong = [f"{what} {key!r} is declared twice" for what, key in _repeated(form)]
    wrong += [f"no such section: {str(line.key)!r} ({', '.join(Section)})" for line in form.sections if line.key not in set(Section)]
    wrong += [f"no such table: {str(matrix.key)!r} ({', '.join(TABLES)})" for matrix in form.matrices if matrix.key not in TABLES]
    wrong += [f"{matrix.key}: a table without a cell" for matrix in form.matrices if not matrix.bands]
    wrong += [f"the headings {a!r} and {b!r} print alike" for a, b in _alike(form.sections)]
    for matrix in form.matrices:
        for band in matrix.bands:
            for axis, lines in (("rows", band.rows), ("columns", band.columns)):
                wrong += [f"{matrix.key}: no {axis} in band {band.key!r}"] if not lines else []
                wrong += [f"{matrix.key}: the {axis} {a!r} and {b!r} print alike" for a, b in _alike(lines)]
        try:
            balances = matrix.balances
        except FormError as error:
            wrong.append(str(error))
            continue
        for balance in balances:
            wrong += [f"{balance.code} speaks of the unknown cell {a}" for a in balance.cells if a not in form.cells]
            wrong += [f"{balance.code} uses {a} twice" for a, n in Counter(balance.cells).items() if n > 1]
    if form.last_year is not None and form.last_year < form.first_year:
        wrong.append(f"its last year {form.last_year} is before its first, {form.first_year}")
    if wrong:
        raise FormError(f"form {form.id}: " + "; ".join(wrong))


def _repeated(form: Form) -> Iterator[tuple[str, str]]:
    named = {
        "section": [line.key for line in form.sections],
        "table": [matrix.key for matrix in form.matrices],
        "address": [cell.address for matrix in form.matrices for cell in matrix.cells],
    }
    for what, keys in named.items():
        yield from ((what, str(key)) for key, times in Counter(keys).items() if times > 1)


def _alike(lines: tuple[Line, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of lines that one printed label path could mean."""
    seen: dict[tuple[tuple[str, ...], str], Line] = {}
    for line in lines:
        heads = tuple(label_key(text) for text in line.within)
        for key in sorted(line.keys):
            if (other := seen.setdefault((heads, key), line)) is not line:
                yield str(other.key), str(line.key)
