"""One part of a data set, made: its files hashed, its documents read and checked, or their rows taken from an earlier part."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from attrs import field, frozen

from govinfo.columns.arrow import pa, pc
from govinfo.corpus.batches import (
    Attempt,
    Failure,
    Reader,
    attempt,
    checked,
    digest,
    published_at,
    taken,
)
from govinfo.corpus.listing import Document, Entry, documents, refused
from govinfo.corpus.store import SCHEMAS, Part, Writer, extras, key_of, part_at, path_of, pq
from govinfo.errors import CorpusError, ReadError
from govinfo.readers import read

_DOCUMENTS, _BYTES = 64, 16 * 1024 * 1024  # held at a time
_TRIES = 3  # times that a part is begun because its files change
_AGAIN = ("crashed", "time-limit", "memory", "missing-extra", "unopened")
"""What may be otherwise another time, though the document is the same."""

Watch = Callable[[str], AbstractContextManager[None]]


@frozen
class Task:
    """A part to make: its files; documents not to be read, for they end the process, each with why; parts to take rows from."""

    entries: tuple[Entry, ...]
    out: Path
    retry: bool = False
    lost: Mapping[str, Failure] = field(factory=dict[str, Failure])
    before: tuple[str, ...] = ()


@frozen
class Made:
    """A part that is there now, and how many of its documents were read for it; `failures` says how many failed, by kind."""

    part: Part
    files: int
    read: int
    failures: Mapping[str, int]


def make(task: Task, watch: Watch, reader: Reader = read) -> Made:
    """Make a part, unless it is there. Raises `OSError` where it cannot be written, `CorpusError` where its files do not keep still."""
    for _ in range(_TRIES):
        if (made := _made(task, watch, reader)) is not None:
            return made
    raise CorpusError(task.entries[0].name, "this file or one after it changes while it is read", "wait until the files are complete")


def _inputs(task: Task) -> list[tuple[str, str]]:
    return [(entry.name, _content_hash(entry)) for entry in task.entries]


def _made(task: Task, watch: Watch, reader: Reader) -> Made | None:
    """The part; None where a file was changed meanwhile: its name would promise what it does not hold."""
    inputs = _inputs(task)
    key = key_of(inputs)
    there = part_at(task.out, key)
    if there is not None:
        failures = _kinds(pq.read_table(path_of(task.out, "failures", key), columns=["kind"]).column("kind").to_pylist())
        if not (task.retry and set(failures) & set(_AGAIN)):
            return Made(there, len(inputs), 0, failures)
    old = _Old.of(task)
    first, last = task.entries[0].name, task.entries[-1].name
    read, kinds = 0, list[str]()
    with Writer(task.out, key, first, last) as writer:
        for chunk in chunks(_documents(task.entries)):
            tables, fresh = _rows(chunk, old, task.lost, watch, reader)
            writer.add(tables, len(chunk))
            kinds += tables["failures"].column("kind").to_pylist()
            read += fresh
        if _inputs(task) != inputs:
            return None
        writer.place()
        return Made(Part(key, first, last, writer.rows), len(inputs), read, _kinds(kinds))


def _kinds(kinds: Sequence[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def _content_hash(entry: Entry) -> str:
    """The hash of a file; of one that cannot be read, of why."""
    if not entry.problem:
        try:
            with Path(entry.path).open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except OSError as error:
            return sha256(f"unopened {error.strerror}".encode()).hexdigest()
    return sha256(f"unopened {entry.problem}".encode()).hexdigest()


def chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents in pieces of which the readings are held at a time."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.content)
        if len(chunk) >= _DOCUMENTS or size >= _BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _documents(entries: Sequence[Entry]) -> Iterator[Document]:
    for entry in entries:
        if entry.problem:
            yield Document(entry.name, b"", failure=Failure("unopened", entry.problem))
            continue
        yield from opened(entry.name, documents(entry))


def opened(name: str, found: Iterable[Document], url: str | None = None) -> Iterator[Document]:
    """The documents of a file, and a failure where it gives no more."""
    try:
        yield from found
    except OSError as error:
        yield Document(name, b"", failure=Failure("unopened", error.strerror or type(error).__name__), url=url)
    except ReadError as error:
        yield Document(name, b"", failure=refused(error), url=url)


def tried(document: Document, reader: Reader) -> Attempt:
    """One document read, a report as JSON by what reads that; nothing is raised, as in `attempt`."""
    if document.failure is not None:
        return Attempt(document.source, document.url, None, None, document.failure)
    return attempt(document.source, document.url, document.content, reader=taken if document.is_json else reader)


@frozen
class _Old:
    """Rows of earlier parts: the tables of each, and which part has a document of that name and content hash."""

    parts: tuple[Mapping[str, Any], ...]
    places: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, task: Task) -> "_Old":
        parts: list[dict[str, Any]] = []
        places: dict[tuple[str, str], int] = {}
        now = extras().encode()
        for number, key in enumerate(task.before):
            stored = {table: pq.read_table(path_of(task.out, table, key)) for table in SCHEMAS}
            # A library that was missing then may be there now.
            changed = stored["failures"].schema.metadata[b"govinfo.extras"] != now
            again = _AGAIN if task.retry else ("missing-extra",) if changed else ()
            tables = {table: rows.replace_schema_metadata(None) for table, rows in stored.items()}
            parts.append(tables)
            for table in ("reports", "failures"):
                rows = tables[table].select(["source", "sha256", *(["kind"] if table == "failures" else [])]).to_pylist()
                usable = (row for row in rows if row["sha256"] is not None and row.get("kind") not in again)
                places |= {(row["source"], row["sha256"]): number for row in usable}
        return cls(tuple(parts), places)

    def rows(self, table: str, wanted: Mapping[int, Sequence[str]]) -> list[Any]:
        """The rows of a table about some documents, by the number of their part."""
        own = [(self.parts[number][table], pa.array(sources, pa.string())) for number, sources in wanted.items()]
        return [rows.filter(pc.is_in(rows["source"], value_set=sources)) for rows, sources in own]


def _rows(chunk: Sequence[Document], old: _Old, lost: Mapping[str, Failure], watch: Watch, reader: Reader) -> tuple[dict[str, Any], int]:
    """The rows of some documents for each table, in their order, and how many were read for them."""
    kept: dict[int, list[str]] = {}
    attempts: list[Attempt] = []
    fresh = 0
    for each in chunk:
        if each.failure is not None:
            attempts.append(tried(each, reader))
        elif each.source in lost:
            attempts.append(Attempt(each.source, published_at(each.content), digest(each.content), len(each.content), lost[each.source]))
        elif (number := old.places.get((each.source, digest(each.content)))) is not None:
            kept.setdefault(number, []).append(each.source)
        else:
            fresh += 1
            with watch(each.source):
                attempts.append(tried(each, reader))
    tables = {table: schema.empty_table() for table, schema in SCHEMAS.items()}
    if attempts:
        found = checked(attempts)
        tables = split(found.readings, found.findings)
    if kept:
        place = pa.array([each.source for each in chunk], pa.string())
        for table, rows in tables.items():
            both = pa.concat_tables([rows.replace_schema_metadata(None), *old.rows(table, kept)])
            tables[table] = both.take(pc.sort_indices(pc.index_in(both["source"], value_set=place)))  # a stable sort
    return {table: rows.replace_schema_metadata(None) for table, rows in tables.items()}, fresh


def split(readings: Any, findings: Any) -> dict[str, Any]:
    """A record batch of readings as the tables of a data set, with the findings of its reports."""
    table = pa.Table.from_batches([readings])
    failed = pc.is_valid(table["kind"])
    reports = table.filter(pc.invert(failed))
    found = {"findings": pa.Table.from_batches([findings])}
    for name, schema in SCHEMAS.items():
        if name == "origins":
            lists = reports["origins"].combine_chunks()
            parents = pc.list_parent_indices(lists)
            flat = pc.list_flatten(lists)
            origin = pc.struct_field(flat, "origin")
            own = {"source": reports["source"].take(parents), "address": pc.struct_field(flat, "address")}
            own |= {each.name: pc.struct_field(origin, each.name) for each in schema if each.name not in own}
            found[name] = pa.table(own, schema=schema)
        elif name != "findings":
            found[name] = (table.filter(failed) if name == "failures" else reports).select(schema.names).cast(schema)
    return {name: found[name] for name in SCHEMAS}
