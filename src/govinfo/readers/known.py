"""Tables of a pattern that was read before: where each figure stands is known, only the figures are new.

Which cell is which depends on the labels, on the blanks and on how cells stand, never on the figures (but for a row that is
there twice). So what the careful way found in a whole and undamaged table holds for every table of the same pattern. What is
remembered came from the careful way itself, of a table of which it left nothing over; anything else it does again each time.
"""

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from typing import cast

from attrs import frozen

from govinfo.form import Form, Kind, Matrix
from govinfo.readers.figures import figure, is_figure
from govinfo.readers.grid import GridCell, Sketch
from govinfo.readers.heads import unit_of
from govinfo.readers.labels import lexicon
from govinfo.readers.placed import Placed
from govinfo.reading import Origin, Origins
from govinfo.report import Mark, Table, Value

_MOST = 512  # patterns that are remembered, of some ten thousand bytes each
_MOST_TEXTS = 50_000
_counted = Table._trusted  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # for figures that `_Counts` has checked


class _Marks(dict[str, str | int]):
    """The texts of cells: a figure as 0, for all figures are alike; every other as itself."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        super().__init__()
        self.words = [lexicon(matrix) for form in forms for matrix in form.matrices]

    def __missing__(self, text: str) -> str | int:
        if len(self) > _MOST_TEXTS:
            self.clear()
        alike = "\n" not in text and is_figure(text) and all(each.knows(text) is None for each in self.words)
        mark = self[text] = 0 if alike else text
        return mark


@lru_cache(maxsize=8)
def marks(forms: tuple[Form, ...]) -> Mapping[str, str | int]:
    """Text of a cell -> what of it decides where figures stand."""
    return _Marks(forms)


class _Counts(dict[str, int]):
    """Plain counts by their text; `KeyError` for any other text."""

    def __missing__(self, text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= len("999999999")) or (text[0] == "0" and text != "0"):
            raise KeyError(text)
        if len(self) > _MOST_TEXTS:
            self.clear()
        count = self[text] = int(text)
        return count


_COUNTS = _Counts()


@frozen(eq=False)
class Pattern:
    """Where one matrix stands in tables of a pattern: for each of its cells, the place among all cells, and the unit of its head."""

    form: Form
    matrix: Matrix
    places: tuple[int, ...]
    units: tuple[str | None, ...]


@frozen(eq=False)
class Known:
    """One matrix in tables of a known pattern: what `Placed` says of it, and nothing left over."""

    pattern: Pattern
    texts: Sequence[str]
    sketches: Sequence[Sketch]
    left: tuple[()] = ()
    damaged: tuple[()] = ()
    used: frozenset[int] = frozenset()  # of cells that are made; here none is

    def table(self, units: Sequence[str] = ()) -> tuple[Table, Mapping[str, Origin]]:
        """The table, and where each of its cells stands; `units` are those that lines around it print."""
        matrix, texts = self.pattern.matrix, self.texts
        origins = Origins(self._origins)
        said = [texts[place] for place in self.pattern.places]
        if matrix.all_counts:
            try:
                return _counted(matrix, tuple([_COUNTS[text] for text in said])), origins
            except KeyError:
                pass
        values: dict[str, Value | Mark] = {}
        noted: dict[str, Mark] = {}
        for cell, text, unit in zip(matrix.cells, said, self.pattern.units, strict=True):
            if cell.kind is Kind.COUNT and not cell.signed and text in _COUNTS:
                values[cell.address] = _COUNTS[text]
                continue
            value, mark = figure(text, cell, unit_of(unit or "", *units) if units else unit)
            if value is None:
                values[cell.address] = cast("Mark", mark)
            else:
                values[cell.address] = value
                if mark is not None:
                    noted[cell.address] = mark
        return Table.of(matrix, values, noted), origins

    def _origins(self) -> Mapping[str, Origin]:
        cells = [cell for sketch in self.sketches for row in sketch.drawn().rows for cell in row]
        return {address: cells[place].origin for address, place in zip(self.pattern.matrix.addresses, self.pattern.places, strict=True)}


Patterns = Mapping[str, tuple[Pattern, ...]]
"""Section key -> the forms that read its table alike."""

_KNOWN: dict[Hashable, Patterns] = {}


def known(forms: tuple[Form, ...], sketches: Sequence[Sketch]) -> dict[str, list[tuple[Form, Known]]] | None:
    """Section key -> its table by each form that fits, None for tables of a pattern that was not learned."""
    patterns = _KNOWN.get((forms, *(sketch.pattern for sketch in sketches)))
    if patterns is None:
        return None
    texts = [text for sketch in sketches for text in sketch.texts]
    return {key: [(each.form, Known(each, texts, sketches)) for each in tried] for key, tried in patterns.items()}


def learn(
    forms: tuple[Form, ...],
    sketches: Sequence[Sketch],
    made: Sequence[GridCell],
    tables: Mapping[str, Sequence[tuple[Form, Placed | Known]]],
) -> None:
    """Remember how tables were read, if nothing in them was left over, mended, lost or in doubt. `made` are all their cells."""
    numbers = {id(cell): number for number, cell in enumerate(made)}
    used: set[int] = set()
    found: dict[str, tuple[Pattern, ...]] = {}
    for key, tried in tables.items():
        patterns: list[Pattern] = []
        for form, placed in tried:
            if isinstance(placed, Known):
                return
            cells = [placed.cells.get(address) for address in placed.matrix.addresses]
            places = [numbers.get(id(each[0])) for each in cells if each is not None]
            if placed.left or placed.damaged or placed.unreadable or len(places) < len(cells) or None in places:
                return
            if patterns and patterns[0].places != tuple(places):
                return
            patterns.append(Pattern(form, placed.matrix, cast("tuple[int, ...]", tuple(places)), tuple(each[1] for each in cells if each)))
        used |= set[int].intersection(*(set(placed.used) for _, placed in tried))
        found[key] = tuple(patterns)
    if found and all(cell.empty or id(cell) in used for cell in made):
        while len(_KNOWN) >= _MOST:
            del _KNOWN[next(iter(_KNOWN))]
        _KNOWN[(forms, *(sketch.pattern for sketch in sketches))] = found


def forget() -> None:
    """Forget every pattern, for those who measure."""
    _KNOWN.clear()


def learned() -> int:
    """How many patterns are remembered."""
    return len(_KNOWN)
