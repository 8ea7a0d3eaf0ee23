"""What stands on the command line -> readings: documents, JSON, JSON Lines, CSV of ours, folders, standard input.

A source that cannot be read becomes an `Unreadable` in its place, so that the others are still handled.
"""

import io
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from govinfo.convert import csv_text, from_json
from govinfo.convert.lines import ENDINGS, brief, is_json, texts
from govinfo.errors import DataError, GovinfoError, ReadError
from govinfo.forms import FORMS
from govinfo.readers import DOCUMENTS, documents_in, read
from govinfo.reading import Reading

ARCHIVE_SUFFIXES = (".zip",)
CSV_SUFFIXES = (".csv",)
KNOWN_SUFFIXES = (*DOCUMENTS, *ARCHIVE_SUFFIXES, *ENDINGS, *CSV_SUFFIXES)
"""Which files of a folder are taken; a file that is named itself is taken whatever it is called."""

_DESCRIPTOR = "datapackage.json"  # stands beside the CSV that it describes, and is no report
_CSV_BEGINS = ",".join(csv_text.TIDY[:3]).encode()  # as the heads of both shapes do
_HEAD = 64  # bytes that tell what a file is
_LONGEST = 400  # characters of that line


@frozen
class Document:
    """One report, and the name of where it came from."""

    source: str
    reading: Reading


@frozen
class Unreadable:
    """A source that gave no report: `problem` says in one line what is wrong and where."""

    source: str
    problem: str


@frozen
class Given:
    """One thing to read: a file, or standard input where `path` is None."""

    path: Path | None

    @property
    def name(self) -> str:
        """How it is called in output: always printable and on one line, whatever bytes the file's name has."""
        return "-" if self.path is None else _printable(os.fsencode(self.path).decode("utf-8", "backslashreplace"))


def listed(sources: Iterable[str]) -> list[Given | Unreadable]:
    """The files that the arguments stand for: a folder for every file of a known kind in it, at any depth, in name order."""
    found: list[Given | Unreadable] = []
    for source in sources:
        if source == "-":
            found.append(Given(None))
        elif not source:  # a variable of the shell that was not set; as a path it would be the current folder
            found.append(Unreadable("''", "an empty name"))
        elif os.path.isdir(source):  # noqa: PTH112 -- Path.is_dir raises for a name that is too long
            found += _in_folder(Path(source))
        else:
            found.append(Given(Path(source)))
    return found


def _in_folder(folder: Path) -> list[Given | Unreadable]:
    """The files of a known kind in it, and what of it cannot be looked into."""
    found: dict[Path, Given | Unreadable] = {}

    def closed(error: OSError) -> None:
        path = Path(os.fsdecode(error.filename))
        found[path] = Unreadable(Given(path).name, error.strerror or type(error).__name__)

    for where, _, names in os.walk(folder, onerror=closed):
        files = (Path(where, name) for name in names if name.lower().endswith(KNOWN_SUFFIXES) and name != _DESCRIPTOR)
        found |= {file: Given(file) for file in files if os.path.isfile(file)}  # noqa: PTH113 -- Path.is_file raises where it may not look
    if not found:
        return [Unreadable(Given(folder).name, f"a folder without a file of a known kind ({', '.join(KNOWN_SUFFIXES)})")]
    return [found[path] for path in sorted(found)]


def readings(given: Given) -> Iterator[Document | Unreadable]:
    """What one source holds: one report, or several in JSON Lines or an archive, or why there is none."""
    try:
        if given.path is None:
            # One read for all: standard input cannot be looked at twice.
            yield from _found(given.name, io.BytesIO(sys.stdin.buffer.read()), "")
            return
        with given.path.open("rb") as file:
            # A pipe with a name (/dev/stdin, <(...) of a shell) is read once as well.
            yield from _found(given.name, file if file.seekable() else io.BytesIO(file.read()), given.path.suffix.lower())
    except OSError as error:
        yield Unreadable(given.name, error.strerror or type(error).__name__)


def _found(name: str, file: BinaryIO, suffix: str) -> Iterator[Document | Unreadable]:
    """What a file holds, by its name, or by how it begins."""
    first = _beginning(file)
    if suffix in ENDINGS or is_json(first):
        yield from _json(name, file)
    elif suffix in CSV_SUFFIXES or first.removeprefix(BOM_UTF8).startswith(_CSV_BEGINS):
        yield from _csv(name, file)
    else:
        yield from _documents(name, file)


def one_line(error: GovinfoError) -> str:
    """What is wrong, on one line of a length that can be read."""
    if isinstance(error, ReadError):
        text = f"{error.problem} ({error.remedy})" if error.remedy else error.problem
    elif isinstance(error, DataError):
        text = brief(error)
    else:
        text = str(error)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _printable(text: str) -> str:
    """The text with a code in place of each control character: a file's name may hold line breaks, or colours of a terminal."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _documents(name: str, file: BinaryIO) -> Iterator[Document | Unreadable]:
    """The report in a document, or every report in an archive, each under the name `archive.zip/member`."""
    try:
        found = documents_in(file)
        if found is None:
            yield _document(name, file)
            return
        empty = True
        for member, content in found:
            empty = False
            source = f"{name}/{_printable(member)}"
            yield _document(source, content) if isinstance(content, bytes) else Unreadable(source, one_line(content))
        if empty:
            yield Unreadable(name, f"an archive without a document of a known kind ({', '.join(DOCUMENTS)})")
    except GovinfoError as error:
        yield Unreadable(name, one_line(error))


def _document(name: str, source: bytes | BinaryIO) -> Document | Unreadable:
    try:
        return Document(name, read(source))
    except GovinfoError as error:
        return Unreadable(name, one_line(error))


def _beginning(file: BinaryIO) -> bytes:
    first = file.read(_HEAD)
    file.seek(0)
    return first


def _csv(name: str, file: BinaryIO) -> Iterator[Document | Unreadable]:
    """Every report of a table that `convert` wrote, each under the name `reports.csv:2`, the line that it begins in."""
    try:
        reports = csv_text.read(file.read().decode("utf-8-sig"), FORMS)
    except UnicodeDecodeError:
        yield Unreadable(name, "CSV that is not UTF-8 (of Excel's kinds, save it as 'CSV UTF-8')")
    except GovinfoError as error:
        yield Unreadable(name, one_line(error))
    else:
        yield from (Document(f"{name}:{line}" if len(reports) > 1 else name, Reading(report)) for line, report in reports)
        if not reports:
            yield Unreadable(name, "a table without a report")


def _json(name: str, file: BinaryIO) -> Iterator[Document | Unreadable]:
    """One report, or one a line."""
    try:
        for number, text in texts(file):
            yield _report(name if number is None else f"{name}:{number}", text)
    except GovinfoError as error:
        yield Unreadable(name, one_line(error))


def _report(name: str, text: bytes) -> Document | Unreadable:
    try:
        return Document(name, Reading(from_json(text)))
    except GovinfoError as error:
        return Unreadable(name, one_line(error))
