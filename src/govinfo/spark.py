"""The same data set on a cluster: Spark gives the record batches, the functions are those of one machine. Needs the extra `spark`.

Spark divides, schedules and repeats; nothing of that is done here. govinfo with the extras for the documents that there are (`corpus`,
`office`, `pdf`) must be installed where the tasks run. A document that cannot be read is a row with a failure. One that ends its process,
or takes too long, fails its task once: where Spark tries a task again, each of its documents is read in a process of its own, and the
one at fault is a row with a failure too.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from io import BytesIO
from typing import Any

from govinfo.columns.arrow import np, pa
from govinfo.corpus.batches import FINDINGS, Attempt, Checked, Failure, Reader, checked, readings_schema
from govinfo.corpus.listing import Document, contained
from govinfo.corpus.part import chunks, opened, split, tried
from govinfo.corpus.pool import Alone, Limits, within
from govinfo.corpus.store import SCHEMAS
from govinfo.errors import DataError, MissingExtraError
from govinfo.readers import read

try:
    # pyspark's types say more than they hold: here it is `Any`.
    from_arrow_schema: Any = import_module("pyspark.sql.pandas.types").from_arrow_schema
    task_context: Any = import_module("pyspark").TaskContext
except ImportError as _error:  # pragma: no cover -- the tests of this module need the extra
    raise MissingExtraError("spark", "govinfo.spark") from _error

__all__ = ["check_reports", "read_documents", "tables"]

DataFrame = Any
"""A `pyspark.sql.DataFrame`, of a session in this process or of Spark Connect."""

Batches = Iterator[Any]

_READINGS = readings_schema().append(pa.field("findings", pa.list_(pa.struct(list(FINDINGS)))))
"""One row a document: what reading it gave, with the findings of its report."""

_NAMELESS = Failure("unopened", "a row without a source", "give every document a name of its own")
_NOTHING = Failure("unopened", "a row without content")


def read_documents(documents: DataFrame, *, seconds: float = Limits().seconds, reader: Reader = read) -> DataFrame:
    """Read documents and hold the rules against them: one row for each, with the report, its trace and its findings, or the failure.

    `documents` has the columns `source` (or `path`) and `content`, as `spark.read.format("binaryFile")` gives them, and may have `url`. An
    archive gives a row for each document in it. Each document may take so many seconds; `reader` reads the bytes of one, and is a function
    of a module that the tasks can import. Raises `DataError` where a column is missing or of another type.
    """
    types = _types(documents)
    source = "source" if "source" in types else "path"
    accepted = {source: "string", "content": "binary"} | ({"url": "string"} if "url" in types else {})
    lacking = "this column is missing; needed are source (or path) and content"
    problems = [(name, lacking) for name in accepted if name not in types]
    problems += [
        (name, f"given {types[name]}, accepted is {kind}")
        for name, kind in accepted.items()
        if name in types and types[name] != "void" and not types[name].startswith(kind)
    ]
    if problems:
        raise DataError(problems)
    url = "CAST(`url` AS STRING)" if "url" in types else "CAST(NULL AS STRING)"
    given = documents.selectExpr(f"CAST(`{source}` AS STRING) AS source", f"{url} AS url", "CAST(`content` AS BINARY) AS content")
    return _mapped(given, partial(_read, reader, Limits(seconds)), _READINGS)


def check_reports(readings: DataFrame) -> DataFrame:
    """The findings of what `read_documents` gave: one row for each rule of one report that is broken or unknown."""
    return tables(readings)["findings"]


def tables(readings: DataFrame) -> Mapping[str, DataFrame]:
    """The five tables of a data set: `reports`, `findings`, `prose`, `origins`, `failures`.

    `readings` are what `read_documents` gave. Persist them before, or write them and read them again: else every table reads the
    documents anew. Raises `DataError` where a column is missing or of another type.
    """
    types, wanted = _types(readings), {field.name: field.dataType.simpleString() for field in from_arrow_schema(_READINGS).fields}
    missing = [name for name in wanted if name not in types]
    problems = (
        [(missing[0], f"this column and {len(missing) - 1} more are missing; accepted is what read_documents gave")] if missing else []
    )
    problems += [
        (name, f"given {types[name]}, accepted is {kind}") for name, kind in wanted.items() if name in types and types[name] != kind
    ]
    if problems:
        raise DataError(problems)
    # One column of records: Spark takes a point in the name of a column for a step into a record.
    records = ", ".join(f"`{name}`" for name in wanted)
    whole = readings.selectExpr(f"struct({records}) AS reading")
    return {name: _mapped(whole, partial(_split, name), schema) for name, schema in SCHEMAS.items()}


def _types(frame: DataFrame) -> dict[str, str]:
    """The type of each column. Raises `TypeError` for what is no frame of Spark, `DataError` for names that Spark cannot tell apart."""
    if not hasattr(frame, "mapInArrow"):
        raise TypeError(f"given {type(frame).__name__}, accepted is a pyspark.sql.DataFrame")
    found = dict(frame.dtypes)
    times = Counter(name.lower() for name in frame.columns)
    if twice := [name for name in found if times[name.lower()] > 1]:
        raise DataError([(name, "this column is there twice") for name in twice])
    return found


def _mapped(frame: DataFrame, function: Callable[[Batches], Batches], schema: Any) -> DataFrame:
    return frame.mapInArrow(function, from_arrow_schema(schema))


# --- within a task -----------------------------------------------------------------------------------------------------


def _read(reader: Reader, limits: Limits, batches: Batches) -> Batches:
    context = task_context.get()
    again = context is not None and context.attemptNumber() > 0
    with Alone(limits, reader) as alone:

        def attempted(document: Document) -> Attempt:
            if again and document.failure is None:  # what failed before may have been one of these documents
                return alone.attempt(document)
            with within(limits.seconds):
                return tried(document, reader)

        for batch in batches:
            for chunk in chunks(_documents(batch)):
                yield _rows(checked([attempted(document) for document in chunk]))


def _documents(batch: Any) -> Iterator[Document]:
    for source, url, content in zip(*batch.columns, strict=True):
        name, address, data = source.as_py(), url.as_py(), content.as_py()
        if name is None or data is None:
            yield Document(name or "", b"", failure=_NAMELESS if name is None else _NOTHING, url=address)
        else:
            yield from opened(name, contained(name, BytesIO(data), address), address)


def _rows(found: Checked) -> Any:
    """What was found as a record batch of `_READINGS`."""
    ends = pa.array(np.cumsum([0, *found.counts]), pa.int32())
    findings = pa.ListArray.from_arrays(ends, found.findings.to_struct_array(), type=_READINGS.field("findings").type)
    return pa.record_batch([*found.readings.columns, findings], schema=_READINGS)


def _split(name: str, batches: Batches) -> Batches:
    for batch in batches:
        (records,) = batch.columns
        # What Spark hands back has types of the same meaning, and no metadata.
        *columns, findings = (column.cast(field.type) for column, field in zip(records.flatten(), _READINGS, strict=True))
        readings = pa.record_batch(columns, schema=readings_schema())
        flat = pa.RecordBatch.from_struct_array(findings.flatten())
        yield from split(readings, pa.record_batch(flat.columns, schema=FINDINGS))[name].to_batches()
