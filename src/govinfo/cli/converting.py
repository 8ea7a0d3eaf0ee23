"""What `convert` writes, and where: one stream of JSON Lines, one table, or a document for each report."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Literal, get_args

from govinfo.cli import said
from govinfo.convert import data_package, to_csv, to_dict
from govinfo.convert.csv_text import Shape
from govinfo.errors import GovinfoError
from govinfo.renderers import render
from govinfo.report import Report

Format = Literal["json", "jsonl", "csv", "csv-wide", "markdown", "html", "docx", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
_LINES = ("json", "jsonl")
_SHAPES: dict[str, Shape] = {"csv": "tidy", "csv-wide": "wide"}
_ENDING = re.compile(r"\.\w+(?=:\d+$|$)")
_SUFFIXES = {"json": ".jsonl", "markdown": ".md"}
_TABLE, _DESCRIPTOR = "reports.csv", "datapackage.json"


class OneReportError(GovinfoError, ValueError):
    """Several reports, and one document to hold them."""


def written(report: Report, form: Format) -> bytes:
    """The report in that format. Raises `DataError`, `RenderError`, `MissingExtraError`."""
    if form == "json" or form == "jsonl" or form == "csv" or form == "csv-wide":  # noqa: PLR1714 -- as type checkers follow it
        return said.json_bytes(to_dict(report))  # a table holds what JSON can hold; it is made of all reports at once
    document = render(report, form)
    return document if isinstance(document, bytes) else document.encode("utf-8", "backslashreplace")


def placed(
    documents: Sequence[tuple[str, bytes]], reports: Sequence[Report], form: Format, output: Path | None
) -> Iterator[tuple[Path | None, bytes]]:
    """Where each document goes; None is standard output. `documents` are (source, content), `reports` what is in them.

    Into a folder goes a file for each source, named after it; of reports in a table the table with its descriptor.
    Raises `OneReportError` where several reports would have to share a document, or two of them a name.
    """
    if form in _SHAPES:
        return _table(reports, _SHAPES[form], output)
    whole = b"".join(content for _, content in documents)
    if output is not None and output.is_dir():
        names = [_name(source, form) for source, _ in documents]
        # Some file systems take names for the same that differ in case, or in how an accent is written.
        times = Counter(unicodedata.normalize("NFC", name).casefold() for name in names)
        if twice := next((name for name in names if times[unicodedata.normalize("NFC", name).casefold()] > 1), None):
            raise OneReportError(f"two sources would both be written to {output / twice}")
        return iter([(output / name, content) for name, (_, content) in zip(names, documents, strict=True)])
    if form not in _LINES and len(documents) > 1:
        raise OneReportError(f"a {form} document holds one report; the sources hold {len(documents)} (-o FOLDER writes a file for each)")
    return iter([(None if output is None or str(output) == "-" else output, whole)])


def _table(reports: Sequence[Report], shape: Shape, output: Path | None) -> Iterator[tuple[Path | None, bytes]]:
    text = to_csv(reports, shape=shape)
    if output is None or str(output) == "-":
        return iter([(None, text.encode())])
    # A file has a byte order mark: without it Excel takes Chinese for something else, and everything else skips it.
    content = text.encode("utf-8-sig")
    if not output.is_dir():
        return iter([(output, content)])
    return iter([(output / _TABLE, content), (output / _DESCRIPTOR, said.json_bytes(data_package(shape, path=_TABLE)))])


def _name(source: str, form: Format) -> str:
    # A line of JSON Lines is named `reports.jsonl:3`.
    stem = "standard-input" if source == "-" else _ENDING.sub("", PurePath(source).name) or PurePath(source).name
    return stem.replace(":", "-") + _SUFFIXES.get(form, f".{form}")
