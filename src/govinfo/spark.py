"""The same data set on a cluster: Spark gives the record batches, the functions are those of one machine. Needs the extra `spark`.

Spark divides, schedules and repeats; nothing of that is done here. govinfo with the extras for the documents that there are (`corpus`,
`office`, `pdf`) must be installed where the tasks run. A document that cannot be read is a row with a failure. One that ends its process
(`govinfo corpus build` tells which that is) fails its task, and after as many tries as Spark is told, the job.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import Any

from govinfo.columns.arrow import pa
from govinfo.corpus.batches import check_batch, read_batch, readings_schema
from govinfo.corpus.part import split
from govinfo.corpus.store import SCHEMAS
from govinfo.errors import DataError, MissingExtraError

try:
    # pyspark's types say more than they hold: here it is `Any`.
    functions: Any = import_module("pyspark.sql.functions")
    from_arrow_schema: Any = import_module("pyspark.sql.pandas.types").from_arrow_schema
except ImportError as _error:  # pragma: no cover -- the tests of this module need the extra
    raise MissingExtraError("spark", "govinfo.spark") from _error

__all__ = ["check_reports", "read_documents", "tables"]

DataFrame = Any
"""A `pyspark.sql.DataFrame`."""

Batches = Iterator[Any]

_AT_ONCE = 64  # documents of which the readings are held at a time


def read_documents(documents: DataFrame) -> DataFrame:
    """Read documents: one row for each, with the report and its trace, or the failure.

    `documents` has the columns `source` (or `path`) and `content`, as `spark.read.format("binaryFile")` gives them, and may have `url`.
    The rows are those of `govinfo.corpus.batches.read_batch`. Raises `DataError` where a column is missing.
    """
    names = documents.columns
    source = "source" if "source" in names else "path"
    if missing := [name for name in (source, "content") if name not in names]:
        raise DataError([(name, "this column is missing; needed are source (or path) and content") for name in missing])
    url = functions.col("url") if "url" in names else functions.lit(None)
    given = documents.select(functions.col(source).alias("source"), url.cast("string").alias("url"), "content")
    return _mapped(given, _read, readings_schema())


def check_reports(readings: DataFrame) -> DataFrame:
    """Hold every rule of one report against what `read_documents` gave: one row for each finding that is broken or unknown."""
    return _mapped(_whole(readings), _checked, SCHEMAS["findings"])


def tables(readings: DataFrame) -> Mapping[str, DataFrame]:
    """The five tables of a data set: `reports`, `findings`, `prose`, `origins`, `failures`.

    Persist the readings before, or write them and read them again: else every table reads the documents anew.
    """
    whole = _whole(readings)
    return {name: _mapped(whole, partial(_split, name), schema) for name, schema in SCHEMAS.items()}


def _whole(readings: DataFrame) -> DataFrame:
    """The readings as one column of records: Spark takes a point in the name of a column for a step into a record."""
    columns = [functions.col(f"`{name}`") for name in readings_schema().names]
    return readings.select(functions.struct(*columns).alias("reading"))


def _mapped(frame: DataFrame, function: Callable[[Batches], Batches], schema: Any) -> DataFrame:
    return frame.mapInArrow(function, from_arrow_schema(schema))


def _pieces(batches: Batches) -> Batches:
    for batch in batches:
        for first in range(0, batch.num_rows, _AT_ONCE):
            yield batch.slice(first, _AT_ONCE)


def _read(batches: Batches) -> Batches:
    return map(read_batch, _pieces(batches))


def _checked(batches: Batches) -> Batches:
    return (check_batch(_conformed(batch)) for batch in _pieces(batches))


def _split(name: str, batches: Batches) -> Batches:
    for batch in _pieces(batches):
        yield from split(_conformed(batch))[name].to_batches()


def _conformed(batch: Any) -> Any:
    """The records as columns again. What Spark hands back has types of the same meaning, and no metadata."""
    (records,) = batch.columns
    arrays = [column.cast(field.type) for column, field in zip(records.flatten(), readings_schema(), strict=True)]
    return pa.record_batch(arrays, schema=readings_schema())
