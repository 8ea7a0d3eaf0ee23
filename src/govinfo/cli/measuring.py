"""What `govinfo metrics` says of a report: each rate with the sums that it is made of."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from rich.cells import cell_len

from govinfo.errors import FigureError
from govinfo.findings import Lang, Words
from govinfo.metrics import METRICS, Metric
from govinfo.report import Report

Measured = tuple[Metric, str | None, Fraction | None, Fraction | None]
"""A metric, the name of another denominator than its own, and both sums; None where a cell has no value."""

_NO_VALUE = Words("有的格没有数值", "a cell has no value")
_NOTHING = Words("分母为0", "the denominator is 0")


def chosen(names: tuple[str, ...]) -> list[Metric]:
    """The metrics of these names, or all that a report alone decides. Raises `FigureError`."""
    own = {name: metric for name, metric in METRICS.items() if not metric.needs}
    if unknown := [name for name in names if name not in own]:
        raise FigureError("metric", unknown[0], f"one of {', '.join(own)}")
    return [own[name] for name in names] or list(own.values())


def measured(report: Report, metrics: list[Metric]) -> Iterator[Measured]:
    """Every metric of a report, also over its other denominators."""
    for metric in metrics:
        for over in (None, *metric.alternatives):
            yield metric, over, *metric.sums(report, denominator=over)


def plain(source: str, report: Report, metrics: list[Metric]) -> dict[str, Any]:
    """A report's metrics for programs: sums as integers, the rate as an exact fraction and as a number, null where there is none."""
    return {"source": source, "year": report.year, "organ": report.organ, "metrics": [_one(*each) for each in measured(report, metrics)]}


def _one(metric: Metric, over: str | None, top: Fraction | None, bottom: Fraction | None) -> Mapping[str, Any]:
    rate = None if top is None or not bottom else top / bottom
    return {
        "name": metric.name,
        "over": over,
        "numerator": None if top is None else int(top),
        "denominator": None if bottom is None else int(bottom),
        "rate": None if rate is None else str(rate),
        "value": None if rate is None else float(rate),
    }


def lines(source: str, report: Report, metrics: list[Metric], lang: Lang) -> Iterator[str]:
    """The same for people, a line each: the name, both sums, the rate, or why there is none."""
    yield " ".join(str(part) for part in (f"{source}:", report.organ, report.year) if part)
    rows = [_cells(*each, lang) for each in measured(report, metrics)]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(2)]
    for label, sums, rate in rows:
        yield f"  {label}{' ' * (widths[0] - cell_len(label))}  {' ' * (widths[1] - cell_len(sums))}{sums}  {rate}"


def _cells(metric: Metric, over: str | None, top: Fraction | None, bottom: Fraction | None, lang: Lang) -> tuple[str, str, str]:
    label = metric.label.said(lang) + (f" ({over})" if over else "")
    if top is None or bottom is None:
        return label, "-", _NO_VALUE.said(lang)
    if metric.denominator is None:
        return label, str(top), str(top)
    rate = _NOTHING.said(lang) if not bottom else f"{float(top / bottom):.2%}"
    return label, f"{top} / {bottom}", rate
