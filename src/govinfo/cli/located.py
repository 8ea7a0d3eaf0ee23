"""Where in a source something stands, for tools that show it there: the file, its line, and the cell to blame."""

from pathlib import Path
from urllib.parse import quote

from attrs import frozen

from govinfo.cli.checking import Checked
from govinfo.findings import Finding


@frozen
class Spot:
    """A place in a file; `line` counts from 1 and is None where that is not known."""

    path: str
    line: int | None = None

    @property
    def uri(self) -> str:
        """The file as a URI reference: relative where the path is."""
        path = Path(self.path)
        return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def spot(checked: Checked, address: str | None = None) -> Spot:
    """The place of a cell, or of the report."""
    path, line = _file(checked.source)
    return Spot(path, line or (checked.line(address) if address else None))


def _file(source: str) -> tuple[str, int | None]:
    """The file, and the line of a report in JSON Lines: there the name of a source ends in it."""
    path, colon, number = source.rpartition(":")
    if colon and number.isdecimal() and (path == "-" or not Path(source).exists()):
        return path, int(number)
    return source, None


def cells(checked: Checked, finding: Finding) -> tuple[str, ...]:
    """The report's own cells that a finding uses: suspects first, then those without a value."""
    own = next((about.cells for about in finding.about if about.report is checked.report and about.cells), finding.cells)
    there = [cell for cell in own if (table := checked.report.table(cell.partition(".")[0])) and cell in table.matrix.index_of]
    suspects = {cell for correction in checked.diagnosis.corrections for cell in correction.cells}
    return tuple(sorted(there, key=lambda cell: (cell not in suspects, checked.report[cell] is not None)))
