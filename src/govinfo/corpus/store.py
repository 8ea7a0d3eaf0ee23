"""The data set on disk: five tables in parts, each part of a name that says what it was made of, and a manifest written last.

A file is written under another name, brought to the disk, and then renamed: under its own name it is whole. So whatever stops a
build, what stands there is either a part or no part, and the next build goes on from it.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from attrs import frozen

from govinfo.columns import schema as reports_schema
from govinfo.columns.arrow import pa
from govinfo.corpus.batches import FAILURE, FINDINGS, HEAD, TRACE
from govinfo.corpus.listing import MANIFEST, SCHEMA
from govinfo.errors import CorpusError
from govinfo.keys import PROSE

pq: Any = import_module("pyarrow.parquet")  # it has no types

ID = f"{SCHEMA}1"
UNFINISHED = ".unfinished"
_KEY = re.compile("[0-9a-f]{24}")

_REPORTS = reports_schema()
_PROSE = tuple(map(str, PROSE))
SCHEMAS: Mapping[str, Any] = {
    "reports": pa.schema([*map(pa.field, HEAD, HEAD.values()), pa.field("figures", pa.string())]
                         + [field.remove_metadata() for field in _REPORTS if field.name not in _PROSE]),
    "findings": FINDINGS,
    "prose": pa.schema([pa.field("source", pa.string()), *(_REPORTS.field(name) for name in _PROSE)]
                       + [pa.field(name, kind) for name, kind in TRACE.items() if name != "origins"]),
    "origins": pa.schema([pa.field("source", pa.string()), pa.field("address", pa.string()),
                          *TRACE["origins"].value_type.field("origin").type]),
    "failures": pa.schema([*map(pa.field, HEAD, HEAD.values()), *map(pa.field, FAILURE, FAILURE.values())]),
}  # fmt: skip
"""The tables of a data set. `source` is the document in each of them."""

_GROUP = 1024
"""Documents in a row group: so many are held as columns at a time."""
# Statistics of two hundred columns of figures would be most of a small part, and of what has to be read to ask of many.
_STATISTICS = ("source", "sha256", "organ", "year", "code", "verdict")
_PARQUET: Mapping[str, Any] = {"compression": "zstd", "compression_level": 3, "version": "2.6", "data_page_version": "1.0"}


@cache
def made_with() -> str:
    """A digest of what all rows depend on besides the documents: this package's code, what reads text and HTML, the writer of the files.

    Another version of one reads every document again: what it reads otherwise would else never be seen.
    """
    root = Path(str(files("govinfo")))
    own = sorted(path for path in root.rglob("*.py") if path.relative_to(root).parts[0] not in ("cli", "renderers", "strategies.py"))
    found = hashlib.sha256(f"{ID} {[(name, _version(name)) for name in ('pyarrow', 'selectolax', 'opencc')]}".encode())
    for path in own:
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:16]


@cache
def extras() -> str:
    """The libraries that read PDF and old workbooks with their versions, as JSON; null for one that is not installed."""
    return json.dumps({name: _version(name) for name in ("pdfplumber", "pdfminer.six", "python-calamine")})


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _compatible(before: str) -> bool:
    """Whether rows made with those libraries are what would be made now, but for documents that one was missing for."""
    return all(was is None or was == json.loads(extras()).get(name) for name, was in json.loads(before).items())


def key_of(inputs: Sequence[tuple[str, str]]) -> str:
    """The name of a part: what it is made of, files by name and content hash, and what makes it."""
    lines = [made_with(), extras(), *(f"{name}\t{content}" for name, content in inputs)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:24]


def path_of(out: Path, table: str, key: str) -> Path:
    """The file of a part of a table."""
    return out / table / f"{key}.parquet"


@frozen
class Part:
    """A part that is there: its key, the first and the last of its files, and how many rows each table has."""

    key: str
    first: str
    last: str
    rows: Mapping[str, int]

    @property
    def documents(self) -> int:
        """How many documents it is made of."""
        return self.rows["reports"] + self.rows["failures"]


def part_at(out: Path, key: str) -> Part | None:
    """The part of that key, None where it is not there whole."""
    try:
        footers = {table: pq.read_metadata(path_of(out, table, key)) for table in SCHEMAS}
    except FileNotFoundError:
        return None
    except pa.ArrowInvalid as error:
        raise CorpusError(str(out), f"a part is damaged: {key}: {error}", "delete its files; the next build makes them again") from error
    said = footers["failures"].metadata
    return Part(key, said[b"govinfo.first"].decode(), said[b"govinfo.last"].decode(), {t: f.num_rows for t, f in footers.items()})


def spans(out: Path) -> list[tuple[str, str, str]]:
    """(first, last, key) of every part that stands there, made with this version, whatever build made it; in no order."""
    found: list[tuple[str, str, str]] = []
    for path in (out / "failures").glob("*.parquet"):
        try:
            said = pq.read_metadata(path).metadata
        except (OSError, pa.ArrowInvalid):
            continue
        ours = said.get(b"govinfo.made_with") == made_with().encode() and _compatible(said[b"govinfo.extras"].decode())
        if ours and all(path_of(out, table, path.stem).is_file() for table in SCHEMAS):
            found.append((said[b"govinfo.first"].decode(), said[b"govinfo.last"].decode(), path.stem))
    return found


class Writer:
    """One part being written: rows are added, then it is put in its place. Raises `OSError`."""

    def __init__(self, out: Path, key: str, first: str, last: str) -> None:
        """Begin the five files of a part under other names."""
        self._out, self._key = out, key
        self._held: dict[str, list[Any]] = {table: [] for table in SCHEMAS}
        self._count = 0
        self.rows: dict[str, int] = dict.fromkeys(SCHEMAS, 0)
        self._folder = out / UNFINISHED / f"{key}-{os.getpid()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        said = {
            "govinfo.schema": ID,
            "govinfo.made_with": made_with(),
            "govinfo.extras": extras(),
            "govinfo.first": first,
            "govinfo.last": last,
        }
        self._schemas = {table: schema.with_metadata({**(schema.metadata or {}), **said}) for table, schema in SCHEMAS.items()}
        self._files: dict[str, BinaryIO] = {}
        self._writers: dict[str, Any] = {}
        try:
            for table in SCHEMAS:
                self._files[table] = (self._folder / table).open("wb")
                self._writers[table] = pq.ParquetWriter(
                    self._files[table],
                    self._schemas[table],
                    write_statistics=[c for c in _STATISTICS if c in SCHEMAS[table].names],
                    **_PARQUET,
                )
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            with suppress(OSError, ValueError, pa.ArrowException):  # what cannot be written has been said
                writer.close()
            writer.is_open = False  # else it would be closed again, loudly, when it is collected
        for file in self._files.values():
            with suppress(OSError):
                file.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, tables: Mapping[str, Any], documents: int) -> None:
        """Rows of some documents, for each table."""
        for table, rows in tables.items():
            self._held[table].append(rows)
            self.rows[table] += rows.num_rows
        self._count += documents
        if self._count >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        for table, held in self._held.items():
            if held:
                whole = pa.concat_tables(held).combine_chunks().replace_schema_metadata(self._schemas[table].metadata)
                self._writers[table].write_table(whole, row_group_size=max(whole.num_rows, 1))
                held.clear()
        self._count = 0

    def place(self) -> None:
        """Put the part in its place."""
        self._flush()
        for table, file in self._files.items():
            self._writers[table].close()
            file.flush()
            os.fsync(file.fileno())
            file.close()
        # The failures last, and first away where the part is made anew: a part whose failures are there is whole.
        path_of(self._out, "failures", self._key).unlink(missing_ok=True)
        for table in SCHEMAS:
            path = path_of(self._out, table, self._key)
            path.parent.mkdir(exist_ok=True)
            (self._folder / table).replace(path)
            settle(path.parent)


def settle(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_manifest(out: Path, parts: Sequence[Part]) -> None:
    """Say which parts the data set is made of, in the order of their files; then take away those of no use. Raises `OSError`."""
    said = {
        "schema": ID,
        "made_with": made_with(),
        "extras": json.loads(extras()),
        "documents": sum(part.documents for part in parts),
        "rows": {table: sum(part.rows[table] for part in parts) for table in SCHEMAS},
        "parts": [{"key": part.key, "first": part.first, "last": part.last, "rows": dict(part.rows)} for part in parts],
    }
    folder = out / UNFINISHED
    folder.mkdir(exist_ok=True)
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(said, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    (folder / MANIFEST).replace(out / MANIFEST)
    settle(out)
    keys = {part.key for part in parts}
    for table in SCHEMAS:
        for path in (out / table).glob("*.parquet"):
            if path.stem not in keys and _KEY.fullmatch(path.stem):
                path.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def read_manifest(out: Path) -> Mapping[str, Any]:
    """The manifest of a data set. Raises `CorpusError` where there is none, or another version's."""
    try:
        said = _said(out)
    except (FileNotFoundError, NotADirectoryError):
        problem = "the build was not finished" if any((out / table).is_dir() for table in SCHEMAS) else "no data set is there"
        raise CorpusError(
            str(out), problem, "`govinfo corpus build SOURCE... --out DIR` makes one, and goes on where it was stopped"
        ) from None
    except (OSError, ValueError) as error:
        raise CorpusError(str(out / MANIFEST), f"cannot be read: {error}", "build it again: what is read already is kept") from error
    if said.get("schema") != ID:
        raise CorpusError(str(out / MANIFEST), f"of schema {said.get('schema')!r}, accepted is {ID!r}", "build it again")
    parts: Any = said.get("parts")
    if not isinstance(parts, list) or not all(_KEY.fullmatch(_key(part)) for part in cast("list[Any]", parts)):  # type: ignore[redundant-cast]  # mypy knows the items, pyright not
        raise CorpusError(str(out / MANIFEST), "does not name the parts", "build it again: what is read already is kept")
    missing = [path for part in said["parts"] for path in (path_of(out, table, part["key"]) for table in SCHEMAS) if not path.is_file()]
    if missing:
        raise CorpusError(str(missing[0]), "this file of the data set is gone", "build it again: it alone is made anew")
    return said


def _said(out: Path) -> Mapping[str, Any]:
    """What stands in the manifest, nothing where that is no object. Raises `OSError`, `ValueError`."""
    said: Any = json.loads((out / MANIFEST).read_bytes())
    return cast("Mapping[str, Any]", said) if isinstance(said, dict) else {}


def _key(part: Any) -> str:
    return str(cast("Mapping[str, Any]", part).get("key")) if isinstance(part, dict) else ""


@contextmanager
def held(out: Path) -> Generator[None, None, None]:
    """Keep a folder for one build at a time, where the system can; what an earlier one left unfinished is cleared. Raises `CorpusError`."""
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not _ours(out))):
        raise CorpusError(str(out), "neither an empty folder nor a data set", "choose another --out: nothing of yours is written over")
    out.mkdir(parents=True, exist_ok=True)
    handle = os.open(out / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            import fcntl  # noqa: PLC0415 -- not on every system
        except ImportError:  # pragma: no cover -- Windows
            pass
        else:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise CorpusError(str(out), "another build is at work there", "wait for it, or stop it") from None
        shutil.rmtree(out / UNFINISHED, ignore_errors=True)
        try:
            yield
        finally:
            shutil.rmtree(out / UNFINISHED, ignore_errors=True)
    finally:
        os.close(handle)


def _ours(out: Path) -> bool:
    """Whether a build made what stands there: it says so (others have a `corpus.json` too), or it is what a stopped one leaves."""
    try:
        said = _said(out)
    except FileNotFoundError:
        return (out / ".lock").exists() and all(path.name in SCHEMAS or path.name.startswith(".") for path in out.iterdir())
    except ValueError:
        return (out / ".lock").exists() and all((out / table).is_dir() for table in SCHEMAS)  # ours, and damaged
    return str(said.get("schema")).startswith(SCHEMA)
