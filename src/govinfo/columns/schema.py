"""The schema of a table of reports: one row a report, one column a cell, derived from the forms."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import pa
from govinfo.form import Cell, Form, Kind
from govinfo.forms import FORMS
from govinfo.keys import PROSE, TABLES
from govinfo.report import MONEY_FRACTION_DIGITS, MONEY_INTEGER_DIGITS

ID = "govinfo.columns/1"
"""The id in the metadata of the schema. It changes when columns mean something else."""

MONEY = pa.decimal128(MONEY_INTEGER_DIGITS + MONEY_FRACTION_DIGITS, MONEY_FRACTION_DIGITS)
MARKS = pa.list_(pa.struct([(name, pa.string()) for name in ("address", "state", "raw", "note", "unit")]))

_HEAD = (
    ("organ", pa.string(), "机关", "organ"),
    ("year", pa.int32(), "报告年度", "report year"),
    ("scope", pa.string(), "统计范围", "scope"),
    ("title", pa.string(), "标题", "title"),
    ("published_on", pa.date32(), "发布日期", "date of publication"),
)


@frozen
class Layout:
    """What a table of reports on those forms looks like.

    `cells` are the cells by column, of the newest form that has them; `homes` say on which forms a column is a cell;
    `places` name, for each column of money, the column of its printed decimal places; `fields` are those of the schema.
    """

    forms: Mapping[str, Form]
    cells: Mapping[str, Cell]
    homes: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    schema: Any
    fields: Mapping[str, Any]

    def columns(self, section: str) -> tuple[str, ...]:
        """The columns of the cells of a section."""
        return tuple(address for address in self.cells if address.partition(".")[0] == section)

    def is_money(self, address: str) -> bool:
        """Whether the column holds money, on any form."""
        return address in self.places


def form_column(section: str) -> str:
    """The column that says which form a section is on; null where the report has no such table."""
    return f"{section}.form"


def schema(forms: Form | Sequence[Form] = FORMS) -> Any:
    """The `pyarrow.Schema` of reports on a form, or on any of several.

    `organ`, `year`, `scope`, `title`, `published_on`; for each of the three sections the id of its form (`requests.form`, null
    where there is no table) and a nullable int32 for each cell, named by its address (money: decimal128(30, 10), with an int8 beside
    it, `….places`, of its printed decimal places); `marks`; the prose. Forms share the columns of the cells that they share.
    Labels, legal basis and unit of a cell are in the metadata of its field.

    >>> field = schema().field("requests.granted.total")
    >>> str(field.type), field.metadata[b"en"].decode(), field.metadata[b"basis"].decode()
    ('int32', '(1) Granted · Total', '36(1), 36(2); 15, 32')
    """
    return layout(_sequence(forms)).schema


def layout_of(forms: Form | Sequence[Form]) -> Layout:
    """The layout for a form or several."""
    return layout(_sequence(forms))


def _sequence(forms: Form | Sequence[Form]) -> tuple[Form, ...]:
    return (forms,) if isinstance(forms, Form) else tuple(forms)


@cache
def layout(forms: tuple[Form, ...]) -> Layout:
    """The layout for those forms."""
    cells: dict[str, Cell] = {}
    homes: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for section in TABLES:
        for form in forms:
            for cell in (cell for matrix in form.matrices if matrix.key == section for cell in matrix.cells):
                cells[cell.address] = cell  # the newest form names it; the place in the order stays that of the first
                homes[cell.address] = (*homes.get(cell.address, ()), form.id)
                if cell.kind is Kind.MONEY:
                    places[cell.address] = f"{cell.address}.places"
    fields = [pa.field(name, kind, metadata={"zh": zh, "en": en}) for name, kind, zh, en in _HEAD]
    for section in TABLES:
        fields.append(pa.field(form_column(section), pa.string()))
        for address, cell in cells.items():
            if address.partition(".")[0] == section:
                metadata = _metadata(cell, homes[address])
                fields.append(pa.field(address, MONEY if address in places else pa.int32(), metadata=metadata))
                fields += [pa.field(places[address], pa.int8())] if address in places else []
    fields.append(pa.field("marks", MARKS))
    fields += [pa.field(str(section), pa.string()) for section in PROSE]
    metadata = {"govinfo.schema": ID, "govinfo.forms": ",".join(form.id for form in forms)}
    by_id = MappingProxyType({form.id: form for form in forms})
    by_name = MappingProxyType({field.name: field for field in fields})
    own_schema = pa.schema(fields, metadata=metadata)
    return Layout(by_id, MappingProxyType(cells), MappingProxyType(homes), MappingProxyType(places), own_schema, by_name)


def _metadata(cell: Cell, homes: tuple[str, ...]) -> dict[str, str]:
    basis = "; ".join(dict.fromkeys(text for text in (cell.row.basis or cell.band.basis, cell.column.basis) if text))
    said = {"zh": cell.label, "en": cell.english, "basis": basis, "unit": cell.unit, "forms": ",".join(homes)}
    return {name: text for name, text in said.items() if text}
