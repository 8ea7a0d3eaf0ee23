"""Sections of lines and grids, put together into a reading. Every kind of source ends here."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, field, frozen

from govinfo.errors import ReadError
from govinfo.form import Form
from govinfo.keys import PROSE, TABLES, Section
from govinfo.readers.grid import Block, Grid, GridCell, Line, Sketch
from govinfo.readers.groups import Stretch
from govinfo.readers.known import Known, known, learn
from govinfo.readers.labels import Lexicon, lexicon
from govinfo.readers.match import place_best
from govinfo.readers.outline import front, is_title, year_of
from govinfo.readers.placed import Placed
from govinfo.reading import Heading, Leftover, Origin, Origins, Reading, Repair, RepairKind
from govinfo.report import Report

_ENOUGH_SECTIONS = 2
_SEVERAL = 3  # sections that stand twice in a document with several reports
_UNIT_SAID = re.compile(r"[单單]\s*位\s*[:：为為是]\s*([^0-9\s,，。;；()（）]{1,12})(?![0-9])")
_LABEL_LINES = 4  # the most lines of a label behind other text in its cell


@frozen
class Part:
    """What stands under one heading, or before the first (`heading` None)."""

    heading: Heading | None
    blocks: tuple[Block, ...] = field(converter=tuple[Block, ...])

    @property
    def section(self) -> Section | None:
        """The section that its heading names."""
        return self.heading.section if self.heading else None


def reading_of(parts: Sequence[Part], repairs: Sequence[Repair], forms: tuple[Form, ...], outside: Sequence[Line] = ()) -> Reading:
    """The reading of a document in parts. Raises `ReadError` where it is no such report, several, or one of before the first form.

    `outside` is text that stands around the report and is none of it.
    """
    _refuse_several(parts)
    parts, tables = _with_tables(parts, forms)
    used = {number for placed in tables.values() for number in placed.used}
    found = front([line for part in parts if part.heading is None for line in _lines(part, used)])
    prose = _prose(parts, used)
    texts = [line.text for part in parts for line in _lines(part, used)]
    year = found.year if found.year is not None or found.stated else year_of(texts, prose.get(Section.OVERVIEW))
    _refuse_early(year, forms)
    sections = {part.section for part in parts if part.section}
    if not tables and len(sections) < _ENOUGH_SECTIONS and found.title is None and not found.stated:
        raise ReadError(
            "not a 政府信息公开工作年度报告: none of its headings and tables was found",
            remedy="accepted are reports of 2019 and later",
        )
    chosen = _chosen(tables, year, forms)
    _refuse_mixed(parts, chosen, sections)
    fields: dict[str, Any] = {}
    origins: list[Mapping[str, Origin]] = []
    leftovers: list[Leftover] = [Leftover(line.text, None, "text before the first heading", line.origin) for line in found.rest]
    leftovers += (Leftover(line.text, None, "text around the report", line.origin) for line in outside)
    for key, placed in chosen.items():
        fields[key], places = placed.table(_units(parts, key, placed))
        origins.append(places)
        leftovers += (Leftover(line.text, Section(key), why, line.origin) for line, why in placed.left if line.text)
        repairs = [*repairs, *(Repair(RepairKind.LABEL, cell.text, label, cell.origin) for cell, label in placed.damaged)]
    used = {number for placed in chosen.values() for number in placed.used}
    leftovers += _between(parts, used)
    fields |= {str(section): text for section, text in _prose(parts, used).items()}
    report = Report(organ=found.organ, year=year, scope=found.scope, title=found.title, published_on=found.published_on, **fields)
    return Reading(
        report,
        tuple(part.heading for part in parts if part.heading),
        tuple(sorted(leftovers, key=_where)),
        tuple(sorted(repairs, key=_where)),
        Origins(lambda: {address: origin for places in origins for address, origin in places.items()}),
    )


def _where(thing: Leftover | Repair) -> tuple[int, int, int]:
    return thing.origin.line or 0, thing.origin.position or 0, thing.origin.column or 0


def _refuse_several(parts: Sequence[Part]) -> None:
    """Raise `ReadError` where sections stand twice: to read two reports as one would mix them."""
    filled = [part.section for part in parts if part.section and any(not isinstance(block, Line) or block.text for block in part.blocks)]
    if sum(count > 1 for count in Counter(filled).values()) < _SEVERAL:
        return
    raise _several(parts)


def _several(parts: Sequence[Part]) -> ReadError:
    titles = dict.fromkeys(block.text for part in parts for block in part.blocks if isinstance(block, Line) and is_title(block.text))
    return ReadError("several reports in one document" + "".join(f"; {title}" for title in titles), remedy="give each report by itself")


def _refuse_mixed(parts: Sequence[Part], chosen: Mapping[str, Placed | Known], sections: Collection[Section]) -> None:
    """Raise `ReadError` where a report without headings stands beside another: a title above tables again, or tables there twice."""
    doubled = sum(isinstance(placed, Placed) and placed.doubled for placed in chosen.values())
    used = {number for placed in chosen.values() for number in placed.used}
    titled = False
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Line):
                titled = titled or (part.heading is not None and is_title(block.text))
            elif titled and isinstance(block, Grid) and any(id(cell) in used for row in block.rows for cell in row):
                raise _several(parts)
    if doubled > 1 and sections:
        raise _several(parts)


def _refuse_early(year: int | None, forms: Sequence[Form]) -> None:
    first = min(form.first_year for form in forms)
    if year is not None and year < first:
        raise ReadError(
            f"a report of {year}: before {first} reports followed no common form", remedy=f"accepted are reports of {first} and later"
        )


# --- tables ---------------------------------------------------------------------------------------------------------


def _with_tables(parts: Sequence[Part], forms: tuple[Form, ...]) -> tuple[Sequence[Part], "dict[str, _Candidates]"]:
    """The parts and their tables: by what is known of tables of their pattern, else with care."""
    blocks = [block for part in parts for block in part.blocks]
    sketches = [block for block in blocks if isinstance(block, Sketch)]
    alike = bool(sketches) and not any(isinstance(block, Grid) for block in blocks)
    if alike and (found := known(forms, sketches)) is not None:
        return parts, {key: _Candidates(tried) for key, tried in found.items()}
    drawn: dict[int, Grid] = {}
    if sketches:
        drawn = {id(sketch): sketch.drawn() for sketch in sketches}
        parts = [evolve(part, blocks=tuple(drawn.get(id(block), block) for block in part.blocks)) for part in parts]
    made = [cell for grid in drawn.values() for row in grid.rows for cell in row] if alike else []
    parts = _without_asides(parts, [lexicon(matrix) for form in forms for matrix in form.matrices])
    tables = _tables(parts, forms)
    if alike:
        learn(forms, sketches, made, {key: candidates.tried for key, candidates in tables.items()})
    return parts, tables


@frozen
class _Candidates:
    """The forms that fit a table equally well, and how each reads it."""

    tried: Sequence[tuple[Form, Placed | Known]]

    @property
    def used(self) -> set[int]:
        """The cells that have a part in the table."""
        return {number for _, placed in self.tried for number in placed.used}

    @property
    def certain(self) -> bool:
        """Whether all of them say the same of the same addresses; what is known was so."""
        first, *others = [placed.cells for _, placed in self.tried if isinstance(placed, Placed)] or [{}]
        return all(other.keys() == first.keys() for other in others)


def _tables(parts: Sequence[Part], forms: tuple[Form, ...]) -> dict[str, _Candidates]:
    """Section key -> the readings of its table by each form that has one, for the tables that the document has."""
    owners = _owners(forms)
    stretches: dict[str, list[Stretch]] = {}
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Grid):
                for key, stretch in _divided(block, owners, forms):
                    stretches.setdefault(key, []).append(stretch)
    found: dict[str, _Candidates] = {}
    for key in TABLES:
        if key in stretches:
            fitting = place_best(key, stretches[key], forms)
            if any(placed.cells or placed.doubled for _, placed in fitting):
                found[key] = _Candidates(fitting)
    return found


def _owners(forms: Sequence[Form]) -> dict[str, set[str]]:
    """Match key of a label -> the tables that print it."""
    owners: dict[str, set[str]] = {}
    for form in forms:
        for matrix in form.matrices:
            words = lexicon(matrix)
            for key in (*words.rows_by_key, *words.head_keys, *words.spans, *words.fixtures):
                owners.setdefault(key, set()).add(matrix.key)
    return owners


def _divided(grid: Grid, owners: dict[str, set[str]], forms: Sequence[Form]) -> Iterator[tuple[str, Stretch]]:
    """The stretches of a grid that belong to one table each: a label that only one table prints says whose it is."""
    units = list(grid.rows) if grid.ended else [(cell,) for row in grid.rows for cell in row]
    words = [lexicon(matrix) for form in forms for matrix in form.matrices]
    current: str | None = None
    waiting: list[tuple[GridCell, ...]] = []
    for unit in units:
        owner = _owner(unit, owners, words)
        if owner is not None and owner != current:
            if current is not None and waiting:
                yield current, _stretch(waiting, grid, last=False)
                waiting = []
            current = owner
        waiting.append(unit)
    if current is not None:
        yield current, _stretch(waiting, grid, last=grid.last)


def _stretch(units: list[tuple[GridCell, ...]], grid: Grid, *, last: bool) -> Stretch:
    rows = tuple(units) if grid.ended else (tuple(cell for unit in units for cell in unit),)
    return Stretch(rows, grid.ended, last, grid.traced)


def _owner(cells: Iterable[GridCell], owners: dict[str, set[str]], words: Sequence[Lexicon]) -> str | None:
    for cell in cells:
        if cell.text:
            for each in words:
                key = each.knows(cell.text)
                if key is not None and len(owners[key]) == 1:
                    return next(iter(owners[key]))
    return None


def _chosen(tables: dict[str, _Candidates], year: int | None, forms: Sequence[Form]) -> dict[str, Placed | Known]:
    """One form a table. Where several fit alike: the form of the table beside it, then the year's, then the newest."""
    chosen: dict[str, tuple[Form, Placed | Known]] = {}
    newest = max(forms, key=lambda form: form.first_year)
    of_year = [form for form in forms if year is not None and form.used_in(year)]
    for key in TABLES:
        if (candidates := tables.get(key)) is None or not candidates.certain:
            continue
        beside = [chosen[other][0] for other in (Section.REQUESTS, Section.PROACTIVE) if other in chosen]
        wanted = [*beside, *of_year, newest]
        chosen[key] = min(candidates.tried, key=lambda pair: wanted.index(pair[0]) if pair[0] in wanted else len(wanted))
    return {key: placed for key, (_, placed) in chosen.items()}


def _without_asides(parts: Sequence[Part], words: Sequence[Lexicon]) -> list[Part]:
    """The parts with text that stood before a label in its cell taken out of the cell."""
    return [
        evolve(part, blocks=tuple(_without_aside(block, words) if isinstance(block, Grid) else block for block in part.blocks))
        for part in parts
    ]


def _without_aside(grid: Grid, words: Sequence[Lexicon]) -> Grid:
    asides: list[Line] = []
    rows: list[tuple[GridCell, ...]] = []
    for row in grid.rows:
        cells = list(row)
        for number, cell in enumerate(row):
            if "\n" in cell.text and (first := _label_line(cell.text, words)):
                lines = cell.text.split("\n")
                asides.append(Line("\n".join(lines[:first]), cell.origin))
                cells[number] = evolve(cell, text="\n".join(lines[first:]))
        rows.append(tuple(cells))
    return evolve(grid, rows=rows, asides=tuple(asides)) if asides else grid


def _label_line(text: str, words: Sequence[Lexicon]) -> int:
    """The line from which on a cell is a label, 0 where it is one from the beginning or not at all."""
    lines = text.split("\n")
    starts: list[int] = [0, *range(max(1, len(lines) - _LABEL_LINES), len(lines))]
    known = (first for first in starts if any(each.knows("\n".join(lines[first:])) is not None for each in words))
    return next(known, 0)


# --- text -----------------------------------------------------------------------------------------------------------


def _lines(part: Part, used: set[int]) -> Iterator[Line]:
    """The text of a part, without its tables."""
    for block in part.blocks:
        if isinstance(block, Line):
            yield block
        elif isinstance(block, Sketch):
            continue  # of a known pattern: its cells are all in their places
        elif not any(id(cell) in used for row in block.rows for cell in row):
            yield from block.lines or (_row_line(row) for row in block.rows if any(cell.text for cell in row))
        else:
            yield from block.asides
            yield from (Line(cell.text, cell.origin) for row in block.rows for cell in row if cell.text and id(cell) not in used)


def _row_line(row: Sequence[GridCell]) -> Line:
    """A row of a table that is none of the form's, as text."""
    filled = [cell for cell in row if cell.text]
    return Line("\u3000".join(cell.text for cell in filled), filled[0].origin)


def _prose(parts: Sequence[Part], used: set[int]) -> dict[Section, str]:
    found: dict[Section, str] = {}
    for part in parts:
        if part.section is not None and part.section in PROSE:
            text = "\n".join(line.text for line in _lines(part, used) if line.text)
            found[part.section] = "\n".join(filter(None, (found.get(part.section), text)))
    return found


def _units(parts: Sequence[Part], key: str, placed: Placed | Known) -> list[str]:
    """What lines around a table say of the unit of its figures: 单位：元."""
    around = [line for part in parts if part.section == key for line in _lines(part, set(placed.used))]
    said = (_UNIT_SAID.finditer(line.text) for line in (*around, *(line for line, _ in placed.left)))
    return [found[1] for each in said for found in each]


def _between(parts: Sequence[Part], used: set[int]) -> Iterator[Leftover]:
    for part in parts:
        if part.section in TABLES:
            for line in _lines(part, used):
                yield Leftover(line.text, part.section, "text of the section outside its table", line.origin)
