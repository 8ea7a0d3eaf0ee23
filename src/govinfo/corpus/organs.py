"""Who files reports: a table that the user gives of names, the body that each belongs to, its level, region and what is above it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from govinfo.errors import DataError
from govinfo.fold import fold
from govinfo.keys import AdminLevel
from govinfo.report import Report
from govinfo.rules.organ import organ_of

COLUMNS = ("name", "id", "level", "region", "parent")
_LEVELS = ", ".join(AdminLevel)


@frozen
class Organ:
    """One body. `parent` is the id of the government that stands above it."""

    id: str
    name: str
    level: AdminLevel | None = None
    region: str | None = None
    parent: str | None = None


@frozen
class Organs:
    """Bodies by id, and the id that each name stands for. Without a table every name is a body of its own."""

    by_id: Mapping[str, Organ] = field(factory=dict[str, Organ])
    ids: Mapping[str, str] = field(factory=dict[str, str])

    @classmethod
    def read(cls, path: Path) -> "Organs":
        """The table in a CSV file, in UTF-8 or GB18030, as spreadsheets write it. Raises `DataError`, `OSError`."""
        content = path.read_bytes()
        if b"\0" in content:
            raise DataError([(str(path), "no CSV in UTF-8 or GB18030; save the table as CSV (UTF-8)")])
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030", "replace")
        rows = csv.DictReader(io.StringIO(text, newline=""), restkey="…", restval="", strict=True)
        try:
            if "name" not in (rows.fieldnames or ()):
                raise DataError([_heads(rows.fieldnames or ())])
            return cls.of(rows)
        except csv.Error as error:
            raise DataError([(f"line {rows.line_num}", str(error))]) from error

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Organs":
        """The table in rows of `name`, `id`, `level`, `region`, `parent`; all but the name may be missing or empty.

        A body has a row for each of its names, the first of which is what it is called. Without an id it is its name. Raises `DataError`
        that names every line (the heads are line 1) which is not to be understood, contradicts another, or has an unknown parent.
        """
        problems: list[tuple[str, str]] = []
        found: dict[str, Organ] = {}
        ids: dict[str, str] = {}
        lines: dict[str, int] = {}
        for line, row in enumerate(rows, 2):
            own = {column: (row.get(column) or "").strip() for column in COLUMNS}
            if line == 2 and "name" not in row:  # noqa: PLR2004 -- the line under the heads
                raise DataError([_heads(row)])
            if "…" in row:
                problems.append((f"line {line}", "has more cells than there are heads; a name with a comma stands in quotation marks"))
            if not own["name"]:
                problems += [(f"line {line}", "a row without a name")] if any(own.values()) else []
                continue
            if own["level"] and own["level"] not in set(AdminLevel):
                problems.append((f"line {line}", f"level {own['level']!r}, accepted is {_LEVELS}, or nothing"))
                continue
            key, name = own["id"] or own["name"], fold(own["name"])
            if ids.setdefault(name, key) != key:
                problems.append((f"line {line}", f"{own['name']} is {ids[name]!r} above, and {key!r} here"))
            level = AdminLevel(own["level"]) if own["level"] else None
            now = Organ(key, own["name"], level, own["region"] or None, own["parent"] or None)
            lines.setdefault(key, line)
            found[key] = _joined(found[key], now, line, problems) if key in found else now
        problems += [
            (f"line {lines[key]}", f"no body has the id {o.parent!r}") for key, o in found.items() if o.parent and o.parent not in found
        ]
        made = cls(found, ids)
        problems += [(f"line {lines[key]}", f"{key!r} stands above itself") for key in found if not problems and made.circular(key)]
        if problems:
            raise DataError(problems)
        return made

    def circular(self, key: str) -> bool:
        """Whether a body is among those above it."""
        return key in self._above(key)[1:]

    def above(self, key: str) -> Sequence[str]:
        """The ids of those above a body, the nearest first."""
        return self._above(key)[1:]

    def _above(self, key: str) -> list[str]:
        chain = [key]
        while (organ := self.by_id.get(chain[-1])) and organ.parent:
            if organ.parent in chain:
                return [*chain, organ.parent]
            chain.append(organ.parent)
        return chain

    def of_name(self, name: str) -> Organ:
        """The body of a name as a report prints it; one of its own where the table does not have it, its level as its name says."""
        key = self.ids.get(fold(name))
        return self.by_id[key] if key is not None else Organ(fold(name), name, organ_of(Report(organ=name)).level)


def _heads(given: Iterable[str]) -> tuple[str, str]:
    return "line 1", f"given {', '.join(map(str, given)) or 'nothing'}; accepted are the heads {', '.join(COLUMNS)}"


def _joined(one: Organ, other: Organ, line: int, problems: list[tuple[str, str]]) -> Organ:
    """A body with what two of its rows say."""
    problems += [
        (f"line {line}", f"{what} of {one.id!r} is {here!r} above, and {there!r} here")
        for what in ("level", "region", "parent")
        if None not in (here := getattr(one, what), there := getattr(other, what)) and here != there
    ]
    return Organ(one.id, one.name, one.level or other.level, one.region or other.region, one.parent or other.parent)
