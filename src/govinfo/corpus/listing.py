"""What there is to read: files in a fixed order, divided into parts that a change elsewhere does not move."""

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from govinfo.convert import lines
from govinfo.corpus.batches import Failure
from govinfo.errors import CorpusError, DataError, ReadError
from govinfo.readers import DOCUMENTS, LARGEST, documents_in

ENDINGS = (*DOCUMENTS, ".zip", *lines.ENDINGS)
"""Which files of a folder are taken; a file that is named itself is taken whatever it is called."""

MANIFEST, SCHEMA = "corpus.json", "govinfo.corpus/"
"""The file that says what a data set is made of, and how its schema is called."""

_OURS = (".parquet", ".lock")
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")

MEAN = 256
"""So many files a part has on average. About so much work is lost where a build is stopped, for each process."""


@frozen
class Entry:
    """One file to read: its name in the data set, and its path. `problem` says why it cannot be looked into, of a folder that cannot."""

    name: str
    path: str
    problem: str = ""


def existing(sources: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """The sources as paths. Raises `CorpusError` for one that is neither a file nor a folder."""
    paths = [Path(source) for source in sources]
    for path in paths:
        if not path.exists():
            raise CorpusError(str(path), "there is no such file or folder")
        if not path.is_dir() and not path.is_file():
            raise CorpusError(str(path), "neither a file nor a folder", "a file is read twice, for its hash and its report: save it first")
    return paths


def entries(sources: Iterable[str | os.PathLike[str]], aside: Counter[str] | None = None) -> Iterator[Entry]:
    """The files that some sources stand for, in the order of their names; a folder for every document in it, at any depth.

    Only one folder's names are held at a time. `aside` counts the files of a folder that are of no known kind, by how their names end
    ("" for no ending), and as "/" the links to folders, which are not followed.
    Raises as `existing`.
    """
    left = Counter[str]() if aside is None else aside
    paths = {path.resolve(): path for path in existing(sources)}
    for found in sorted(paths.values(), key=lambda path: path.as_posix().split("/")):
        if any(parent in paths and paths[parent].is_dir() for parent in found.resolve().parents):
            continue  # it lies in a folder that is a source itself
        if found.is_dir():
            yield from _in_folder(found.as_posix(), os.fspath(found), left)
        else:
            yield Entry(printable(found.as_posix()), os.fspath(found))


def _in_folder(name: str, path: str, aside: Counter[str]) -> Iterator[Entry]:
    try:
        with os.scandir(path) as scanned:
            found = sorted((each.name, each.is_dir(follow_symlinks=False)) for each in scanned)
    except OSError as error:
        yield Entry(printable(name), path, error.strerror or type(error).__name__)
        return
    for each, is_folder in found:
        inside, own = f"{name.rstrip('/')}/{each}", os.path.join(path, each)  # noqa: PTH118 -- as scandir has it, a million times
        if is_folder:
            yield from _in_folder(inside, own, aside)
        elif each.lower().endswith(ENDINGS):
            if _is_manifest(each, own):
                continue
            if (problem := _problem(own)) is None:
                aside["/"] += 1
            else:
                yield Entry(printable(inside), own, problem)
        elif not each.endswith(_OURS):
            ending = _ENDING.search(each)
            aside["/" if os.path.isdir(own) else ending[0].lower() if ending else ""] += 1  # noqa: PTH112 -- Path.is_dir raises


def _problem(path: str) -> str | None:
    """Why a file cannot be looked into, "" where it can; None for a link to a folder, which is not followed."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 -- as scandir has it, a million times
    except OSError as error:
        return error.strerror or type(error).__name__
    return "" if stat.S_ISREG(mode) else None if stat.S_ISDIR(mode) else "neither a file nor a folder"


def _is_manifest(name: str, path: str) -> bool:
    """Whether a file says what a data set is made of: a data set may lie among its sources, and is none itself."""
    if name != MANIFEST:
        return False
    try:
        with Path(path).open("rb") as file:
            return SCHEMA.encode() in file.read(64)
    except OSError:
        return False


def printable(name: str) -> str:
    r"""The name with a code in place of each character that does not print: a file's name may hold any bytes.

    No two names become one, for `source` joins the tables: a backslash is doubled, and `\xff` is a byte, never a character.
    """
    if name.isprintable() and "\\" not in name:
        return name
    text = os.fsencode(name).decode("utf-8", "surrogateescape")
    return "".join(char if char.isprintable() and char != "\\" else _code(char) for char in text)


def _code(char: str) -> str:
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return f"\\u{ord(char):04x}" if "\x80" <= char <= "\xff" else char.encode("unicode_escape").decode()


def parts(found: Iterable[Entry], mean: int = MEAN) -> Iterator[tuple[Entry, ...]]:
    """The entries in parts. Names decide where one begins, so that a file that comes or goes changes its own part and no other."""
    part: list[Entry] = []
    for entry in found:
        if part and int.from_bytes(hashlib.blake2b(entry.name.encode(), digest_size=8).digest()) % mean == 0:
            yield tuple(part)
            part = []
        part.append(entry)
    if part:
        yield tuple(part)


def order(name: str) -> list[str]:
    """What names are sorted by: folder by folder."""
    return name.split("/")


@frozen
class Document:
    """A document, or a report as JSON: its name in the data set, its bytes, and its address where that is known; or why there are none."""

    source: str
    content: bytes
    is_json: bool = False
    failure: Failure | None = None
    url: str | None = None


def refused(error: ReadError) -> Failure:
    """A document that cannot be read, as a failure."""
    return Failure("unreadable", error.problem, error.remedy)


def documents(entry: Entry) -> Iterator[Document]:
    """The documents in a file: itself, those of an archive, the reports of `govinfo.report/1`. Raises `OSError`, `ReadError`."""
    with Path(entry.path).open("rb") as file:
        yield from contained(entry.name, file)


def contained(name: str, file: BinaryIO, url: str | None = None) -> Iterator[Document]:
    """The documents in a file of that name that is open. Raises `OSError`, `ReadError`."""
    if name.lower().endswith(lines.ENDINGS) or lines.begins_as_json(file):
        yield from _reports(name, file, url)
        return
    found = documents_in(file)
    if found is None:
        content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ReadError(f"larger than {LARGEST} bytes", remedy="accepted are documents up to that size")
        yield Document(name, content, url=url)
        return
    empty = True
    for member, held in found:
        empty = False
        source = f"{name}/{printable(member)}"
        yield Document(source, held, url=url) if isinstance(held, bytes) else Document(source, b"", failure=refused(held), url=url)
    if empty:
        raise ReadError("an archive without a document of a known kind", remedy=f"looked for are {', '.join(DOCUMENTS)}")


def _reports(name: str, file: BinaryIO, url: str | None) -> Iterator[Document]:
    try:
        for number, text in lines.texts(file):
            yield Document(name if number is None else f"{name}:{number}", text, is_json=True, url=url)
    except DataError as error:
        raise ReadError(str(error)) from error


def is_of(source: str, entry: Entry) -> bool:
    """Whether a document of that name may be in that file."""
    return source == entry.name or source.startswith((f"{entry.name}/", f"{entry.name}:"))
