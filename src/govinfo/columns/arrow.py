"""pyarrow and NumPy, imported once for the package; tables of other libraries in, without importing them."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from govinfo.errors import DataError, MissingExtraError

try:
    import numpy as np
    import numpy.typing as npt

    # pyarrow ships no types: here it is `Any`, as whatever has a name but no declaration.
    pa: Any = import_module("pyarrow")
    pc: Any = import_module("pyarrow.compute")
except ImportError as _error:  # pragma: no cover -- the tests themselves need the extra
    raise MissingExtraError("columns", "govinfo.columns") from _error

__all__ = ["ArrowTable", "Bools", "Ints", "Stream", "as_table", "coded", "conformed", "ints", "np", "npt", "pa", "pc", "valid"]

ArrowTable = Any
"""A `pyarrow.Table`. It has `__arrow_c_stream__`, so that Polars, DuckDB and pandas take it without a copy."""

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Stream(Protocol):
    """Whatever hands out its data by the Arrow PyCapsule protocol: a frame of Polars or pandas, a DuckDB relation, an Arrow table."""

    def __arrow_c_stream__(self, requested_schema: object = None, /) -> object: ...


def as_table(given: Stream) -> ArrowTable:
    """The data as a `pyarrow.Table`, without copying it. Raises `TypeError` for what does not speak the protocol, or is no table."""
    if isinstance(given, pa.Table):
        return given
    try:
        if hasattr(given, "__arrow_c_stream__"):
            return pa.table(given)
        if hasattr(given, "__arrow_c_array__"):
            return pa.Table.from_batches([pa.record_batch(given)])
    except pa.ArrowInvalid:  # a single column
        pass
    raise TypeError(
        f"given {type(given).__name__}, accepted is a table that has __arrow_c_stream__: of pyarrow, Polars (a LazyFrame collected), "
        "pandas, DuckDB"
    )


_NO_FIGURES = (pa.types.is_boolean, pa.types.is_temporal, pa.types.is_binary, pa.types.is_large_binary)
"""What Arrow turns into integers, and what no figure is: a date would become its days since 1970."""
_NO_TEXT = (pa.types.is_boolean, pa.types.is_temporal, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
"""What Arrow turns into strings, and what is no name: a NaN would become an organ called nan."""


def conformed(table: ArrowTable, fields: Sequence[Any]) -> ArrowTable:
    """Those columns of the table, in that order, each of its type. Raises `DataError` that names every column that is missing or unfit.

    Libraries have types of their own for the same thing (views, dictionaries, floats where an integer is missing): what converts
    without loss is accepted. Columns beside these are left alone.
    """
    wanted = pa.schema(fields)
    try:
        found = table.select(wanted.names)
    except KeyError:  # a column that is missing, or there twice
        found = None
    if found is not None and found.schema.equals(wanted):
        return found
    there, problems, columns = table.schema, list[tuple[str, str]](), list[Any]()
    for field in fields:
        places = there.get_all_field_indices(field.name)
        if len(places) != 1:
            problems.append((field.name, "this column is there twice" if places else "this column is missing"))
            continue
        column = table.column(places[0])
        if (unfit := _unfit(column.type, field.type)) is None:
            try:
                column = _decoded(column).cast(field.type)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
                unfit = f": {str(error).splitlines()[0]}"
        if unfit is not None:
            problems.append((field.name, f"given {column.type}, accepted is {field.type}{unfit}"))
        columns.append(column)
    if problems:
        raise DataError(sorted(problems))
    return pa.Table.from_arrays(columns, schema=wanted)


def _decoded(column: Any) -> Any:
    """The column without dictionaries of views, as Polars has them: Arrow has no way from there to strings."""
    if not (pa.types.is_dictionary(column.type) and pa.types.is_string_view(column.type.value_type)):
        return column
    chunks = [pa.DictionaryArray.from_arrays(chunk.indices, chunk.dictionary.cast(pa.string())) for chunk in column.chunks]
    return pa.chunked_array([chunk.cast(pa.string()) for chunk in chunks], pa.string())


def _unfit(given: Any, wanted: Any) -> str | None:
    """Why a type is none that could be converted, None where it may be."""
    refused = _NO_FIGURES if pa.types.is_integer(wanted) else _NO_TEXT if pa.types.is_string(wanted) else ()
    return "" if any(is_other(given) for is_other in refused) else None


def coded(column: Any) -> Ints:
    """A number for each value of a column of any simple type, the same where the values are; none may be null.

    Raises `pa.ArrowNotImplementedError` for types that Arrow does not compare.
    """
    if not len(column):  # a table without rows may have columns without a piece, or of no type
        return np.zeros(0, np.int64)
    column = pa.chunked_array([getattr(chunk, "storage", chunk) for chunk in _decoded(column).chunks])
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    encoded = pc.dictionary_encode(column).combine_chunks()
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    return cast("Ints", encoded.indices.to_numpy().astype(np.int64))


def ints(column: Any) -> Ints:
    """A column of integers as int64, with 0 where there is none."""
    return cast("Ints", pc.fill_null(column, 0).to_numpy().astype(np.int64))


def valid(column: Any) -> Bools:
    """Where a column has a value."""
    return cast("Bools", pc.is_valid(column).to_numpy())
