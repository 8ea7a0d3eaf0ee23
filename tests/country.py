"""A simulated country as documents in a folder, with its table of organs: for tests of data sets."""

from collections.abc import Mapping
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


def organs(of: Country) -> list[Mapping[str, str]]:
    """The table of organs: above a body stands the government of the smallest area that it lies in, other than its own."""
    rows: list[Mapping[str, str]] = []
    governments = [each for each in of.organs if each.aggregate]
    for number, organ in enumerate(of.organs):
        own = organ.parts if organ.aggregate else range(number, number + 1)
        above = [(len(g.parts), g.name) for g in governments if g.parts != own and own.start >= g.parts.start and own.stop <= g.parts.stop]
        parent = min(above)[1] if above else ""
        rows.append({"name": organ.name, "level": organ.level.value, "region": organ.name[:3], "parent": parent})
    return rows
