"""A document of every format -> report: documents a second, and PDF against the bare text extraction of pdfplumber.

python -m benchmarks.formats [--json] [--rounds N] [--repeats N]
"""

import io
from functools import partial
from typing import TYPE_CHECKING

import pdfplumber

from benchmarks.documents import DOCUMENTS
from benchmarks.measure import Result, measure, options, show
from govinfo.readers import read
from govinfo.renderers import Format, render

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS: tuple[Format, ...] = ("markdown", "html", "docx", "xlsx", "pdf")
GOALS = {"text": 2.0}


def extracted(content: bytes) -> list[str]:
    """The text of every page, as pdfplumber gives it: no tables, no paragraphs."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [page.extract_text() for page in document.pages]


def results(*, rounds: int, repeats: int) -> list[Result]:
    """One result a document and format, after it has been seen to give the report."""
    found: list[Result] = []
    for name, report in DOCUMENTS.items():
        for format_ in FORMATS:
            written = render(report, format_)
            content = written if isinstance(written, bytes) else written.encode()
            assert read(content).report.tables == report.tables
            runs: dict[str, Callable[[], object]] = {"govinfo": partial(read, content)}
            if format_ == "pdf":
                runs["text"] = partial(extracted, content)
            work = f"{name}: {len(content)} bytes of {format_} -> report"
            result = measure(work, runs, GOALS if format_ == "pdf" else {}, rounds=rounds, repeats=repeats)
            pages = len(extracted(content)) if format_ == "pdf" else 1
            print(
                f"{work}: {1e6 * pages / result.microseconds['govinfo']:.1f} {'pages' if format_ == 'pdf' else 'documents'} a second a core"
            )
            found.append(result)
    return found


if __name__ == "__main__":
    chosen = options(__doc__ or "", rounds=10, repeats=1)
    show(results(rounds=chosen.rounds, repeats=chosen.repeats), as_json=chosen.json)
