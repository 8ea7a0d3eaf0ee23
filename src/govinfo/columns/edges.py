"""Wholes and their parts, as row numbers in a table of reports."""

from typing import Any

from attrs import frozen

from govinfo.columns.arrow import ArrowTable, Bools, Ints, ints, np, valid
from govinfo.errors import FigureError


@frozen
class Edges:
    """Wholes and their parts: row numbers of the wholes, of all parts by whole, and where the parts of each whole start."""

    wholes: Ints
    parts: Ints
    starts: Ints

    @classmethod
    def of(cls, whole: Any, part: Any, rows: int) -> "Edges":
        """The pairs of two lists of row numbers. Raises `FigureError` for what are no parts of a whole in a table of so many rows."""
        tops, own = _numbers("whole", whole), _numbers("part", part)
        if tops.shape != own.shape or tops.ndim != 1:
            raise FigureError("part", f"{own.shape} rows for {tops.shape} wholes", "one part for each whole: two lists of one length")
        for name, numbers in (("whole", tops), ("part", own)):
            if (wrong := numbers[(numbers < 0) | (numbers >= rows)]).size:
                raise FigureError(name, int(wrong[0]), f"numbers of rows, from 0 to {rows - 1}" if rows else "nothing: there are no rows")
        if (tops == own).any():
            raise FigureError("part", int(own[tops == own][0]), "parts of the whole; this row is the whole itself")
        order = np.lexsort((own, tops))
        tops, own = tops[order], own[order]
        if (again := (np.diff(tops) == 0) & (np.diff(own) == 0)).any():
            raise FigureError("part", int(own[1:][again][0]), "every part once; this one is there twice")
        wholes, starts = np.unique(tops, return_index=True)
        return cls(wholes, own, starts.astype(np.int64))

    @property
    def tops(self) -> Ints:
        """The row of the whole of each part."""
        return np.repeat(self.wholes, self.counts)

    @property
    def counts(self) -> Ints:
        """How many parts each whole has."""
        return np.diff(np.append(self.starts, len(self.parts)))

    def only(self, where: Bools) -> "Edges":
        """Those wholes with their parts."""
        counts = self.counts[where]
        starts = np.cumsum(counts) - counts
        return Edges(self.wholes[where], self.parts[np.repeat(where, self.counts)], starts)

    def any(self, of_row: Bools) -> Bools:
        """Which wholes have a part for which that is so; the argument says it of every row."""
        return self.any_of(of_row[self.parts])

    def any_of(self, of_part: Bools) -> Bools:
        """Which wholes have a part for which that is so; the argument says it of every part."""
        return np.asarray(np.logical_or.reduceat(of_part, self.starts) if len(self.starts) else np.zeros(0, np.bool_), np.bool_)


def _numbers(name: str, given: Any) -> Ints:
    numbers = np.asarray(given)
    if numbers.size and numbers.dtype.kind not in "iu":
        raise FigureError(name, str(numbers.flat[0]), "whole numbers: those of rows")
    return numbers.astype(np.int64)


def refuse_years(said: ArrowTable, edges: Edges) -> None:
    """Raise `FigureError` for a part that is of another year than its whole, as far as both say."""
    year, known = ints(said.column("year")), valid(said.column("year"))
    if (other := known[edges.tops] & known[edges.parts] & (year[edges.tops] != year[edges.parts])).any():
        child, top = int(edges.parts[other][0]), int(edges.tops[other][0])
        raise FigureError(f"year[{child}]", int(year[child]), f"reports for {year[top]}, the year of the whole in row {top}")
