"""A data set asked with SQL: its tables as views of DuckDB, which reads the parts where they lie and spills what is large."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Self

from govinfo.columns import iterate
from govinfo.columns import schema as reports_schema
from govinfo.columns.arrow import pa
from govinfo.convert import to_dict
from govinfo.corpus.organs import Organs
from govinfo.corpus.store import SCHEMAS, path_of, read_manifest
from govinfo.errors import CorpusError, FormatError, MissingExtraError
from govinfo.keys import PROSE
from govinfo.report import Report

Format = Literal["csv", "parquet", "jsonl"]
FORMATS: Mapping[Format, str] = {
    "csv": "(FORMAT csv, HEADER)",
    "parquet": "(FORMAT parquet, COMPRESSION zstd)",
    "jsonl": "(FORMAT json)",
}
_ORGANS = pa.schema([(name, pa.string()) for name in ("organ", "organ_id", "name", "level", "region", "parent")])
_ABOVE = pa.schema([("organ_id", pa.string()), ("above", pa.string())])
_BATCH = 2048  # rows held as objects at a time
_MEMORY = "1GB"


class Corpus:
    """A data set that `build` made, open to be asked.

    The views are `reports`, `findings`, `prose`, `origins`, `failures`, as the tables of the data set, and `organs`: for each name of an
    organ that a report prints (`organ`) the body it is (`organ_id`, `name`, `level`, `region`, `parent`), from the table of organs that is
    given. SQL reads them and nothing else: no other file, and it changes none (a table of your own: `connection.register`).
    Raises `CorpusError` where there is no finished data set, `MissingExtraError` without the extra `corpus`.
    """

    folder: Path
    organs: Organs
    manifest: Mapping[str, Any]
    connection: Any

    def __init__(self, folder: str | os.PathLike[str], organs: Organs | None = None) -> None:
        """Open the data set in a folder."""
        self.folder, self.organs = Path(folder).resolve(), organs or Organs()
        self.manifest = read_manifest(self.folder)
        duckdb = _duckdb()
        self._error = duckdb.Error
        self._spill = tempfile.TemporaryDirectory(prefix="govinfo-")
        # Nothing is fetched from anywhere: what is needed is built in.
        config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, "temp_directory": self._spill.name}
        self.connection = duckdb.connect(config={**config, "memory_limit": _MEMORY})
        for table, columns in SCHEMAS.items():
            files = [str(path_of(self.folder, table, part["key"])) for part in self.manifest["parts"]]
            if files:
                listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
                self.connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 -- names of ours
            else:
                self._keep(table, columns.empty_table())
        self._register_organs()
        # A query may come from anywhere: it is to read the data set, not the files of whoever runs it.
        allowed = ", ".join("'" + f"{each}{os.sep}".replace("'", "''") + "'" for each in (self.folder, self._spill.name))
        for setting in (f"allowed_directories = [{allowed}]", "enable_external_access = false", "lock_configuration = true"):
            self.connection.execute(f"SET {setting}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self._spill.cleanup()

    def _register_organs(self) -> None:
        names = [name for (name,) in self.connection.execute("SELECT DISTINCT organ FROM reports WHERE organ IS NOT NULL").fetchall()]
        bodies = [(name, self.organs.of_name(name)) for name in sorted(names)]
        rows = [(name, o.id, o.name, o.level and o.level.value, o.region, o.parent) for name, o in bodies]
        columns = zip(*rows, strict=True) if rows else [()] * len(_ORGANS)
        self._keep("organs", pa.table([pa.array(column, pa.string()) for column in columns], schema=_ORGANS))
        seen = sorted({(o.id, above) for _, o in bodies for above in (o.id, *self.organs.above(o.id))})
        pairs = zip(*seen, strict=True) if seen else [()] * len(_ABOVE)
        self._keep("organs_above", pa.table([pa.array(column, pa.string()) for column in pairs], schema=_ABOVE))

    def _keep(self, name: str, table: Any) -> None:
        """A table of the database itself, which every cursor sees."""
        self.connection.register("given", table)
        self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 -- names of ours
        self.connection.unregister("given")

    def query(self, sql: str) -> Any:
        """The result of a query, as a `pyarrow.Table`. Raises `CorpusError` for what DuckDB refuses, with its words."""
        try:
            return self.connection.sql(self._selecting(sql)).to_arrow_table()
        except self._error as error:
            raise _refused(error) from error

    def _selecting(self, sql: str) -> str:
        """The query, without what ends it. Raises `CorpusError` for what is not one SELECT: what else there is writes, or is several."""
        statements = self.connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type.name != "SELECT":
            given = ", ".join(each.type.name for each in statements) or "nothing"
            raise CorpusError("query", f"given {given}", "accepted is one SELECT: a query reads the data set and writes nothing")
        return str(statements[0].query).rstrip().removesuffix(";")

    def batches(self, sql: str, rows: int = _BATCH) -> Iterator[Any]:
        """The result of a query, so many rows at a time."""
        try:
            yield from self.connection.cursor().sql(self._selecting(sql)).to_arrow_reader(rows)
        except self._error as error:
            raise _refused(error) from error

    def reports(self, sql: str, head: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], Report]]:
        """The reports that a query gives, in its order, each with the values of some other columns of it."""
        for batch in self.batches(sql):
            table = pa.Table.from_batches([batch])
            said = zip(*(table.column(name).to_pylist() for name in head), strict=True)
            yield from zip(said, iterate(table), strict=True)

    @cached_property
    def report_columns(self) -> str:
        """The columns of a whole report in SQL, of the tables `r` (reports) and `p` (prose)."""
        prose = {str(section) for section in PROSE}
        return ", ".join(f'{"p" if field.name in prose else "r"}."{field.name}"' for field in reports_schema())

    def write(self, sql: str, path: Path, form: Format) -> None:
        """The result of a query as a file, written whole or not at all. Raises `CorpusError`, `FormatError`.

        What is no ordinary file (a device, a pipe) is written to directly; a link stays a link.
        """
        if form not in FORMATS:
            raise FormatError(form, FORMATS)
        made = Path(self._spill.name) / "result"
        try:
            text = self._selecting(sql)
            if form == "csv":
                text = self._flat(text)
            target = str(made).replace("'", "''")
            self.connection.execute(f"COPY ({text}\n) TO '{target}' {FORMATS[form]}")  # the query may end in a comment
            _moved(made, path)
        except self._error as error:
            raise _refused(error) from error
        except OSError as error:
            raise CorpusError(str(path), f"cannot be written: {error.strerror or error}") from error
        finally:
            made.unlink(missing_ok=True)

    def _flat(self, sql: str) -> str:
        """The query as CSV has it: JSON in place of lists and records, an apostrophe before text that is a formula to a spreadsheet."""
        described = self.connection.execute(f"DESCRIBE {sql}").fetchall()
        told = ((number, name.replace('"', '""'), kind) for number, (name, kind, *_) in enumerate(described))
        cells = ", ".join(f'{_cell(f"_{number}", kind)} AS "{name}"' for number, name, kind in told)
        numbered = ", ".join(f"_{number}" for number in range(len(described)))  # of two columns there may be one name
        return f"SELECT {cells} FROM ({sql}\n) AS told({numbered})"  # noqa: S608 -- the query is the user's own

    def documents(self) -> Iterator[dict[str, Any]]:
        """Every report in the format `govinfo.report/1`, with its source: `{"source", "report"}`, in order of the sources' files."""
        joined = "FROM reports r JOIN prose p ON r.source = p.source ORDER BY r.source"
        sql = f"SELECT r.source, {self.report_columns} {joined}"
        for (source,), report in self.reports(sql, ("source",)):
            yield {"source": source, "report": to_dict(report)}


def _cell(column: str, kind: str) -> str:
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP")):
        return f"to_json({column})::VARCHAR"
    # As `govinfo.convert.to_csv` does it.
    formula = f"regexp_matches({column}, '^[=+@''\\t\\r\\n-]')"
    return f"CASE WHEN {formula} THEN '''' || {column} ELSE {column} END" if kind == "VARCHAR" else column


def _moved(made: Path, path: Path) -> None:
    """Put a file in its place, which may be on another disk: first beside it, under another name."""
    if path.exists() and not path.is_file():
        with made.open("rb") as source, path.open("wb") as sink:
            shutil.copyfileobj(source, sink)
        return
    target = path.resolve()
    temporary = target.with_name(f".{made.parent.name}")  # as no other process calls one
    try:
        shutil.copyfile(made, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _duckdb() -> Any:
    try:
        return import_module("duckdb")
    except ImportError as error:
        raise MissingExtraError("corpus", "asking a data set") from error


def _refused(error: Exception) -> CorpusError:
    return CorpusError("query", " ".join(str(error).split()), "the tables are reports, findings, prose, origins, failures, organs")
