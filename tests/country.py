"""A simulated country as documents in a folder: for tests of data sets."""

from pathlib import Path

from govinfo.renderers import render
from govinfo.simulate import Country, country


def made() -> Country:
    """The country: 14 bodies, three years."""
    return country(cities=1, counties=1, townships=2, departments=2, years=range(2020, 2023), faults=0.12, seed=4)


def write(of: Country, folder: Path) -> list[str]:
    """Every report as an HTML page; the names of the files in the order of the rows."""
    folder.mkdir(parents=True)
    paths = [folder / f"{number:04}.html" for number in range(len(of))]
    for path, report in zip(paths, of.reports(), strict=True):
        path.write_text(render(report, "html"), "utf-8")
    return [path.as_posix() for path in paths]
