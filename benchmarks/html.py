"""An HTML page -> report: govinfo against the bare parse of the page by lexbor, and against pandas.read_html alone.

python -m benchmarks.html [--json] [--rounds N] [--repeats N]
"""

import re
from functools import partial
from importlib import import_module
from io import StringIO
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks.documents import DOCUMENTS
from benchmarks.measure import Result, measure, options, show
from govinfo.readers import read
from govinfo.readers.known import forget
from govinfo.renderers import render
from govinfo.report import Report

_pandas: Any = import_module("pandas")  # it has no types
GOALS = {"lexbor": 2.0, "pandas": 0.125}
_STYLE = "border-top: none;border-left: none;border-bottom: 1px solid windowtext;padding: 0px 7px"
_FONT = '<p style="text-align:center"><span style="font-size:14px;font-family:仿宋">'


def page(report: Report) -> str:
    """The report as offices publish it: every cell with a style of its own, as Word leaves it."""
    text = re.sub(r"<style>.*?</style>", "", render(report, "html"), flags=re.DOTALL)
    text = re.sub(r"<t[hd]([^>]*)>([^<]*)</t[hd]>", rf'<td\1 width="53" nowrap="" style="{_STYLE}">{_FONT}\2</span></p></td>', text)
    return text.replace(' scope="col"', "").replace(' scope="row"', "")


def _new(content: bytes) -> None:
    forget()
    read(content)


def results(*, rounds: int, repeats: int) -> list[Result]:
    """Two results a document (a layout read before, and a new one), after the page has been seen to give the report."""
    found: list[Result] = []
    for name, report in DOCUMENTS.items():
        text = page(report)
        content = text.encode()
        assert read(content).report == report
        runs = {
            "govinfo": lambda content=content: read(content),
            "lexbor": lambda text=text: LexborHTMLParser(text),
            "pandas": lambda text=text: _pandas.read_html(StringIO(text)),
        }
        work = f"{name}: {len(content)} bytes of HTML -> report"
        result = measure(work, runs, GOALS, rounds=rounds, repeats=repeats)
        print(f"{work}: {1e6 / result.microseconds['govinfo']:.0f} pages a second")
        found.append(result)
        # Tables of a layout that was read before cost little; a page whose layout is new is read with care, and measured by itself.
        cold = measure(f"{name}, its layout never seen", {"govinfo": partial(_new, content), "lexbor": runs["lexbor"]}, {},
                       rounds=rounds, repeats=repeats)  # fmt: skip
        found.append(cold)
    return found


if __name__ == "__main__":
    chosen = options(__doc__ or "", rounds=20, repeats=3)
    show(results(rounds=chosen.rounds, repeats=chosen.repeats), as_json=chosen.json)
