"""A document out: a report, or the empty form, in a format that people and programs use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, overload

from govinfo.errors import FormatError
from govinfo.form import Form
from govinfo.renderers.docx import render_docx
from govinfo.renderers.html import render_html
from govinfo.renderers.markdown import render_markdown
from govinfo.renderers.pdf import render_pdf
from govinfo.renderers.terminal import render_terminal
from govinfo.renderers.xlsx import render_xlsx
from govinfo.report import Report

__all__ = ["FORMATS", "Format", "render"]

TextFormat = Literal["terminal", "markdown", "html"]
FileFormat = Literal["docx", "xlsx", "pdf"]
Format = TextFormat | FileFormat

FORMATS: Mapping[str, Callable[[Report | Form], str | bytes]] = MappingProxyType(
    {
        "terminal": render_terminal,
        "markdown": render_markdown,
        "html": render_html,
        "docx": render_docx,
        "xlsx": render_xlsx,
        "pdf": render_pdf,
    }
)
"""Every format by its name, with the function that writes it: text, or the bytes of a file."""


@overload
def render(source: Report | Form, format: TextFormat) -> str: ...
@overload
def render(source: Report | Form, format: FileFormat) -> bytes: ...
@overload
def render(source: Report | Form, format: Format) -> str | bytes: ...
def render(source: Report | Form, format: Format) -> str | bytes:  # noqa: A002 -- the word that users of every such library know
    r"""The report in that format, or the empty form where a `Form` is given; text or, for docx, xlsx and pdf, bytes.

    What is None is left out with its heading. Raises `FormatError` for a format that is not in `FORMATS`,
    `MissingExtraError` where the packages for it are not installed, `RenderError` for what the format cannot hold.

    >>> from govinfo.report import Report
    >>> render(Report(year=2023, overview="无"), "markdown")
    '（报告年度：2023）\n\n## 一、总体情况\n\n无\n'
    """
    if (writer := FORMATS.get(format)) is None:
        raise FormatError(format, FORMATS)
    return writer(source)
