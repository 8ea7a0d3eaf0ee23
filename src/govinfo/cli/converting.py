"""What `convert` writes, and where: one stream of JSON Lines, or a document for each report."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Literal

from govinfo.cli import said
from govinfo.convert import to_dict
from govinfo.errors import GovinfoError
from govinfo.renderers import render
from govinfo.report import Report

Format = Literal["json", "markdown", "html", "docx", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = ("json", "markdown", "html", "docx", "xlsx", "pdf")
_ENDING = re.compile(r"\.\w+(?=:\d+$|$)")
_SUFFIXES = {"json": ".jsonl", "markdown": ".md"}


class OneReportError(GovinfoError, ValueError):
    """Several reports, and one document to hold them."""


def written(report: Report, form: Format) -> bytes:
    """The report in that format. Raises `DataError`, `RenderError`, `MissingExtraError`."""
    if form == "json":
        return said.json_bytes(to_dict(report))
    document = render(report, form)
    return document if isinstance(document, bytes) else document.encode("utf-8", "backslashreplace")


def placed(documents: Sequence[tuple[str, bytes]], form: Format, output: Path | None) -> Iterator[tuple[Path | None, bytes]]:
    """Where each document goes; None is standard output. `documents` are (source, content).

    Into a folder goes a file for each source, named after it. Raises `OneReportError` where several reports would have
    to share a document, or two of them a name.
    """
    whole = b"".join(content for _, content in documents)
    if output is not None and output.is_dir():
        names = [_name(source, form) for source, _ in documents]
        # Some file systems take names for the same that differ in case, or in how an accent is written.
        times = Counter(unicodedata.normalize("NFC", name).casefold() for name in names)
        if twice := next((name for name in names if times[unicodedata.normalize("NFC", name).casefold()] > 1), None):
            raise OneReportError(f"two sources would both be written to {output / twice}")
        return iter([(output / name, content) for name, (_, content) in zip(names, documents, strict=True)])
    if form != "json" and len(documents) > 1:
        raise OneReportError(f"a {form} document holds one report; the sources hold {len(documents)} (-o FOLDER writes a file for each)")
    return iter([(None if output is None or str(output) == "-" else output, whole)])


def _name(source: str, form: Format) -> str:
    # A line of JSON Lines is named `reports.jsonl:3`.
    stem = "standard-input" if source == "-" else _ENDING.sub("", PurePath(source).name) or PurePath(source).name
    return stem.replace(":", "-") + _SUFFIXES.get(form, f".{form}")
