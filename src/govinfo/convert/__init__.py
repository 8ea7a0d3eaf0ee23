"""Reports as plain data and as JSON, schema `govinfo.report/1`; each way in is the exact inverse of the way out.

A cell's address is its path in the data (`requests.granted.total`); counts are integers, money is a string, a cell
without a value is null and has a mark. All keys are always present. Whatever does not belong there is refused with its
path, several problems together: see `govinfo.errors.DataError`.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from govinfo.convert import csv_text
from govinfo.convert.csv_text import Shape
from govinfo.convert.data_package import data_package
from govinfo.convert.declared import form_data
from govinfo.convert.json_schema import json_schema
from govinfo.convert.json_text import parsed
from govinfo.convert.nulls import with_nulls, without_nulls
from govinfo.convert.plain_data import from_plain, refuse_unwritable, to_plain
from govinfo.convert.wire import decoded
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.report import Report

if TYPE_CHECKING:
    from cattrs import BaseConverter, Converter

__all__ = [
    "configure_converter",
    "data_package",
    "form_data",
    "from_csv",
    "from_dict",
    "from_json",
    "json_schema",
    "make_converter",
    "to_csv",
    "to_dict",
    "to_json",
]


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data: dicts, strings, integers and None.

    Raises `DataError` where a text holds a lone surrogate, which no file could keep.

    >>> list(to_dict(Report(year=2023)).items())[:3]
    [('schema', 'govinfo.report/1'), ('organ', None), ('year', 2023)]
    """
    plain = to_plain(report)
    refuse_unwritable(plain)
    return plain


def from_dict(plain: object, *, forms: Sequence[Form] = FORMS) -> Report:
    """The report that `to_dict` made the plain data of. Raises `DataError`."""
    return from_plain(plain, forms)


def to_json(report: Report, *, indent: int | None = None) -> str:
    """The report as JSON, on one line unless `indent` says by how many spaces. Raises `DataError` as `to_dict` does.

    >>> from_json(to_json(Report(year=2023)))
    Report(year=2023)
    """
    plain = to_plain(report)
    try:
        data = msgspec.json.encode(plain)
    except UnicodeEncodeError:
        refuse_unwritable(plain)
        raise
    return (data if indent is None else msgspec.json.format(data, indent=indent)).decode()


def from_json(data: str | bytes | bytearray | memoryview, *, forms: Sequence[Form] = FORMS) -> Report:
    """The report in a JSON text; bytes are UTF-8 without a byte order mark. Raises `DataError`."""
    if not isinstance(data, (str, bytes, bytearray, memoryview)):  # pyright: ignore[reportUnnecessaryIsInstance]  # bytes(2023) is 2,023 zeros
        raise TypeError(f"from_json takes a string or bytes, not {type(data).__name__}; for plain data there is from_dict")
    try:
        given = data.encode() if isinstance(data, str) else bytes(data)
    except UnicodeEncodeError:
        pass  # a lone surrogate: the exact path says where
    else:
        if (report := decoded(given, forms)) is not None:
            return report
    return from_plain(parsed(data if isinstance(data, str) else bytes(data)), forms)


def to_csv(reports: Iterable[Report], *, shape: Shape = "tidy", forms: Sequence[Form] = FORMS) -> str:
    """The reports as CSV: `tidy`, a row for each cell, or `wide`, a row for each report. Lines end with CR LF.

    A file is to be opened with `newline=""`, so that line breaks of the prose stay what they are. Raises `DataError` as
    `to_dict` does, and for tables on none of the forms; `FormatError` for another shape.

    >>> print(to_csv([Report(year=2023, overview="=1+1")]).splitlines()[4])
    1,,2023,,overview,,,,,,,,,'=1+1
    """
    return csv_text.written(reports, shape, forms)


def from_csv(text: str, *, forms: Sequence[Form] = FORMS) -> list[Report]:
    """The reports in a CSV text that `to_csv` wrote, of either shape. Raises `DataError`.

    >>> from_csv(to_csv([Report(year=2023)], shape="wide"))
    [Report(year=2023)]
    """
    return [report for _, report in csv_text.read(text, forms)]


def configure_converter(converter: "BaseConverter", *, forms: Sequence[Form] = FORMS, omit_nulls: bool = False) -> None:
    """Teach a cattrs converter of your own (for YAML, MessagePack, TOML, ...) reports in this schema.

    `omit_nulls` is for formats without null, such as TOML: what is null is left out, and null again where it is missing.
    """

    def unstructure(report: Report) -> dict[str, Any]:
        return without_nulls(to_dict(report)) if omit_nulls else to_dict(report)

    def structure(plain: object, _: type[Report]) -> Report:
        return from_plain(with_nulls(plain, forms) if omit_nulls else plain, forms)

    converter.register_unstructure_hook(Report, unstructure)
    converter.register_structure_hook(Report, structure)


def make_converter(*, forms: Sequence[Form] = FORMS) -> "Converter":
    """A new cattrs converter that reads and writes reports in this schema, also inside classes of your own.

    >>> make_converter().structure([to_dict(Report(year=2023))], list[Report])
    [Report(year=2023)]
    """
    from cattrs import Converter  # noqa: PLC0415 -- 40 ms that only its users need

    converter = Converter()
    configure_converter(converter, forms=forms)
    return converter
