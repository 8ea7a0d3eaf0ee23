"""A document out: a report, or the empty form, in a format that people and programs use."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from govinfo.errors import FormatError
from govinfo.form import Form
from govinfo.renderers.markdown import render_markdown
from govinfo.renderers.terminal import render_terminal
from govinfo.report import Report

__all__ = ["FORMATS", "Format", "render"]

Format = Literal["terminal", "markdown"]

FORMATS: Mapping[str, Callable[[Report | Form], str]] = MappingProxyType({"terminal": render_terminal, "markdown": render_markdown})
"""Every format by its name, with the function that writes it."""


def render(source: Report | Form, format: Format) -> str:  # noqa: A002 -- the word that users of every such library know
    r"""The report in that format, or the empty form where a `Form` is given.

    What is None is left out with its heading. Raises `FormatError` for a format that is not in `FORMATS`.

    >>> from govinfo.report import Report
    >>> render(Report(year=2023, overview="无"), "markdown")
    '（报告年度：2023）\n\n## 一、总体情况\n\n无\n'
    """
    if (writer := FORMATS.get(format)) is None:
        raise FormatError(format, FORMATS)
    return writer(source)
