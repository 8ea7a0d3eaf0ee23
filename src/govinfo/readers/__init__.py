"""Reading: a published document in, a report out, with everything that was found besides."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import evolve

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.forms import FORMS
from govinfo.readers.barless import refuse_barless
from govinfo.readers.document import Part, reading_of
from govinfo.readers.kinds import reader_of
from govinfo.readers.outline import headings
from govinfo.readers.text import Text
from govinfo.reading import Reading

if TYPE_CHECKING:
    from govinfo.readers.grid import Block

__all__ = ["LARGEST", "MOST_CELLS", "read"]

LARGEST = 50 * 1024 * 1024
"""The most bytes that `read` takes unless told otherwise; the largest reports published are a hundredth of it."""

MOST_CELLS = 500_000
"""The most bars and lines that a document may have: a layout table around a report may have a hundred thousand."""

_ACCEPTED = "accepted is text in UTF-8 with bars between the cells"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_KINDS = (
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|meta|p)\b", re.IGNORECASE)


def read(source: str | os.PathLike[str] | bytes | BinaryIO, *, forms: Sequence[Form] = FORMS, largest: int = LARGEST) -> Reading:
    """Read a published report: text with bars between the cells, in UTF-8.

    `source` is a path, the document's bytes, or a binary file. A figure that is not certain has no value and a mark that
    says why; see `Reading` for what else is known. Raises `ReadError` where the source is no report that can be read;
    `OSError` from opening a path becomes one as well.
    """
    name = source if isinstance(source, str) else os.fspath(source) if isinstance(source, os.PathLike) else str(getattr(source, "name", ""))
    try:
        return _read(_content(source, largest), tuple(forms))
    except ReadError as error:
        raise ReadError(error.problem, source=error.source or name, remedy=error.remedy) from error.__cause__


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
    _refuse_kind(content)
    try:
        original = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReadError(f"not UTF-8: byte 0x{content[error.start]:02x} at offset {error.start}, line {line}", remedy=_ACCEPTED) from error
    if found := _CONTROL.search(original):
        line = original.count("\n", 0, found.start()) + 1
        raise ReadError(f"binary data: control character U+{ord(found[0]):04X} in line {line}", remedy=_ACCEPTED)
    if (count := original.count("|") + original.count("\n")) > MOST_CELLS:
        raise ReadError(f"{count} bars and lines, more than any report has", remedy=f"accepted are at most {MOST_CELLS}")
    text = Text.of(original)
    refuse_barless([line for _, line in text.lines], forms)
    return reading_of(_parts(text, forms), text.repairs(), forms)


def _refuse_kind(content: bytes) -> None:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for magic, kind in _KINDS if start.startswith(magic)), None)
    if kind is None and _HTML.search(start):
        kind = "an HTML page"
    if kind is not None:
        raise ReadError(f"{kind}, which is not read yet", remedy=_ACCEPTED)


def _parts(text: Text, forms: tuple[Form, ...]) -> list[Part]:
    """The document divided at its section headings."""
    lines = [text.line(number) for number in range(len(text.lines))]
    found = headings(lines, forms)
    count = len(text.lines)
    ends = [each.index for each in found] + [count]
    parts = [Part(None, text.blocks(range(ends[0]), last=ends[0] == count))]
    for each, end in zip(found, ends[1:], strict=True):
        blocks: list[Block] = list(text.blocks(range(each.index + 1, end), last=end == count))
        if each.rest:
            blocks.insert(0, evolve(lines[each.index], text=each.rest))
        parts.append(Part(each.heading, blocks))
    return parts
