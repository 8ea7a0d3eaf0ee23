"""The consecutive reports of each organ in a table, in pairs."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import ArrowTable, Bools, Ints, coded, conformed, ints, np, pa, valid
from govinfo.columns.figures import Figures
from govinfo.columns.schema import Layout
from govinfo.errors import DataError, FigureError
from govinfo.keys import Section
from govinfo.rules.organ import same_body


@frozen
class Pairs:
    """Every two consecutive reports of one organ: the rows of the earlier and of the later, and which of them cannot be compared."""

    figures: Figures
    before: Ints
    after: Ints
    apart: Bools

    @classmethod
    def of(cls, given: ArrowTable, organ: str, layout: Layout) -> "Pairs":
        """The pairs of a table; `organ` names the column that says whose a row is.

        Raises `FigureError` where a row has no organ or no year, or an organ a year twice, `DataError` for a missing or unfit column.
        """
        said = conformed(given, [layout.fields[name] for name in ("organ", "year", "scope")])
        kind = given.schema.field(organ).type if given.column_names.count(organ) == 1 else pa.string()
        if pa.types.is_nested(kind) or pa.types.is_floating(kind):
            raise DataError([(organ, f"given {kind}, accepted are names, or ids of one value that is no float")])
        before, after = _consecutive(organ, conformed(given, [pa.field(organ, kind)]).column(0), said.column("year"))
        return cls(Figures(given, layout), before, after, _apart(said, before, after))

    def having(self, sections: Sequence[Section], before: Sequence[str], after: Sequence[str]) -> Bools:
        """Which pairs can be compared and have those sections, on forms of these ids."""
        fit = ~self.apart
        for section in sections:
            fit &= self.figures.on(section, before)[self.before] & self.figures.on(section, after)[self.after]
        return fit

    def rows(self, where: Any) -> tuple[Ints, Ints]:
        """The rows of some pairs as findings name them: the later, the earlier."""
        return self.after[where], self.before[where]


def _consecutive(organ: str, organs: Any, years: Any) -> tuple[Ints, Ints]:
    """The rows of every two consecutive reports of one organ: the earlier, the later; one organ's behind each other."""
    for name, column in ((organ, organs), ("year", years)):
        if column.null_count:
            row = int(np.flatnonzero(~valid(column))[0])
            raise FigureError(f"{name}[{row}]", None, f"a table whose rows all say their {name}: leave the others out")
    try:
        whose, when = coded(organs), ints(years)
    except pa.ArrowNotImplementedError:
        raise DataError([(organ, f"given {organs.type}, accepted are names, or ids of one value")]) from None
    order = np.lexsort((when, whose))
    before, after = order[:-1], order[1:]
    same = whose[before] == whose[after]
    if (twice := np.flatnonzero(same & (when[before] == when[after]))).size:
        row = int(after[twice[0]])
        raise FigureError(f"year[{row}]", f"{organs[row].as_py()} {when[row]}", "one report a year of an organ; this one is there twice")
    return before[same], after[same]


def _apart(said: ArrowTable, before: Ints, after: Ints) -> Bools:
    """Which pairs are not of consecutive years of one organ and one scope, as far as they say."""
    when = ints(said.column("year"))
    apart = when[after] != when[before] + 1
    names: Any = np.array(said.column("organ").to_pylist(), np.object_)
    scopes: Any = np.array(said.column("scope").to_pylist(), np.object_)
    stated = (scopes[before] != None) & (scopes[after] != None)  # noqa: E711 -- element by element
    apart |= stated & (scopes[before] != scopes[after])
    for pair in np.flatnonzero(~apart & (names[before] != names[after])):
        apart[pair] = not same_body(names[before[pair]], names[after[pair]])
    return np.asarray(apart, np.bool_)
