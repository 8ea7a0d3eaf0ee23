"""Reading: a published document in, a report out, with everything that was found besides."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from attrs import evolve

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.readers.archive import DOCUMENTS, is_archive, members
from govinfo.readers.barless import barless_blocks, refuse_barless
from govinfo.readers.document import Part, reading_of
from govinfo.readers.encoding import decoded
from govinfo.readers.grid import Block
from govinfo.readers.html import document_of, is_html
from govinfo.readers.kinds import reader_of
from govinfo.readers.outline import headings
from govinfo.readers.text import Text
from govinfo.readers.unlabelled import labelled
from govinfo.reading import Reading

__all__ = ["DOCUMENTS", "LARGEST", "MOST_CELLS", "documents_in", "read"]

LARGEST = 50 * 1024 * 1024
"""The most bytes that `read` takes unless told otherwise; the largest reports published are a hundredth of it."""

MOST_CELLS = 500_000
"""The most bars, tabs and lines that a document may have: a layout table around a report may have a hundred thousand."""

_ACCEPTED = "accepted are HTML pages, PDF, Word and Excel files, and text, with or without bars between the cells"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")


def read(source: str | os.PathLike[str] | bytes | BinaryIO, *, forms: Sequence[Form] = FORMS, largest: int = LARGEST) -> Reading:
    """Read a published report: an HTML page, a PDF, a Word or Excel file, or text, with or without bars between the cells.

    `source` is a path, the document's bytes, or a binary file. A figure that is not certain has no value and a mark that
    says why; see `Reading` for what else is known. An archive (zip) is read where it holds one document. Raises `ReadError`
    where the source is no report that can be read, `OSError` from opening a path becomes one as well; `MissingExtraError`
    where its kind needs packages that are not installed (`pdf` for PDF, `office` for xls).
    """
    name = source if isinstance(source, str) else os.fspath(source) if isinstance(source, os.PathLike) else str(getattr(source, "name", ""))
    try:
        return _read(_content(source, largest), tuple(forms))
    except ReadError as error:
        raise ReadError(error.problem, source=error.source or name, remedy=error.remedy) from error.__cause__


def documents_in(file: BinaryIO, *, largest: int = LARGEST) -> Iterator[tuple[str, bytes | ReadError]] | None:
    """The documents in an archive (zip), each with its name, in name order; None where the file is no archive of documents.

    One that cannot be unpacked comes as the reason why. The file is left at its beginning. Raises `ReadError` where the whole archive is
    broken or goes beyond a limit.
    """
    start = file.read(4)
    file.seek(0)
    if not start.startswith(b"PK"):
        return None
    content = _content(file, largest)
    file.seek(0)
    return members(content) if is_archive(content) else None


def _content(source: str | os.PathLike[str] | bytes | BinaryIO, largest: int) -> bytes:
    if isinstance(source, bytes):
        content = source
    elif isinstance(source, str | os.PathLike):
        try:
            with Path(source).open("rb") as file:
                content = file.read(largest + 1)
        except OSError as error:
            raise ReadError(f"cannot be opened: {error.strerror or error}") from error
    else:
        content = source.read(largest + 1)
        if not isinstance(content, bytes):
            raise ReadError("the file gives text, not bytes", remedy='open it with mode "rb"')
    if len(content) > largest:
        raise ReadError(f"larger than {largest} bytes", remedy="accepted are documents up to that size; `largest` sets it")
    return content


def _read(content: bytes, forms: tuple[Form, ...]) -> Reading:
    if not content.strip():
        raise ReadError("empty", remedy=_ACCEPTED)
    if (reader := reader_of(content)) is not None:
        return reader(content, forms)
    original = decoded(content, forms)
    if is_html(original):
        return _html(original, forms)
    return _text(original, forms)


def _html(original: str, forms: tuple[Form, ...]) -> Reading:
    found = document_of(original, forms)
    return _text(found, forms) if isinstance(found, str) else reading_of(found.parts, found.repairs, forms, found.outside)


def _text(original: str, forms: tuple[Form, ...]) -> Reading:
    if found := _CONTROL.search(original):
        line = original.count("\n", 0, found.start()) + 1
        raise ReadError(f"binary data: control character U+{ord(found[0]):04X} in line {line}", remedy=_ACCEPTED)
    if (count := original.count("|") + original.count("\t") + original.count("\n")) > MOST_CELLS:
        raise ReadError(
            f"{count} bars, tabs and lines, more than any report has",
            remedy=f"accepted are at most {MOST_CELLS} (`readers.MOST_CELLS` sets it)",
        )
    text = Text.of(original)
    refuse_barless([line for _, line in text.lines], forms)
    parts, placed = labelled(_parts(text, forms), forms)
    return reading_of(parts, (*text.repairs(), *placed), forms)


def _parts(text: Text, forms: tuple[Form, ...]) -> list[Part]:
    """The document divided at its section headings."""
    lines = [text.line(number) for number in range(len(text.lines))]
    found = headings(lines, forms)
    count = len(text.lines)
    ends = [each.index for each in found] + [count]
    parts = [Part(None, _blocks(text, range(ends[0]), forms, last=ends[0] == count))]
    for each, end in zip(found, ends[1:], strict=True):
        blocks = _blocks(text, range(each.index + 1, end), forms, last=end == count)
        if each.rest:
            blocks.insert(0, evolve(lines[each.index], text=each.rest))
        parts.append(Part(each.heading, blocks))
    return parts


def _blocks(text: Text, numbers: range, forms: tuple[Form, ...], *, last: bool) -> list[Block]:
    """The lines and the table of one section, whether or not bars divide its cells."""
    return barless_blocks(text, numbers, forms, last=last) or list(text.blocks(numbers, last=last))
