"""The fast way from JSON to a report; where it is not certain what a text means, it gives None.

For each combination of forms a msgspec Struct is generated that is the document and nothing else: every key, no other
key, every range. What such a decoder accepts, the exact path (`plain_data`) accepts with the same meaning, but for one
thing: a Struct takes a key that stands twice. `_no_key_twice` says why that cannot slip through.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any, Literal

import msgspec
from attrs import frozen

from govinfo.convert.plain_data import KEYS, MONEY, SCHEMA, SECTIONS, TEXTS, layout
from govinfo.errors import FigureError
from govinfo.form import Cell, Form, Kind, Matrix
from govinfo.keys import ReportScope, Section
from govinfo.report import MAX_COUNT, CellState, Mark, Report, Table

_LONGEST_HEAD = 500  # bytes of `"forms": {...}` that are worth a place in a cache
_checked_table = Table._trusted  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # made for what a decoder has checked
_texts = attrgetter(*TEXTS)
_NO_MARKS = (b'"marks":{}}', b'"marks":{}}\n')


class _Mark(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    state: CellState
    raw: str
    note: str | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType = msgspec.UNSET


class _NoMarks(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    pass


class _Head(msgspec.Struct):
    forms: dict[str, str | None]


@frozen
class _Wire:
    """What the documents of one combination of forms are decoded with.

    `tables` has each matrix with the function from its Struct to the flat tuple of its figures, in the order of the
    cells; `keys` is the number of keys in the document, those of its marks not counted.
    """

    decoder: "msgspec.json.Decoder[Any]"
    tables: tuple[tuple[Matrix, Callable[[Any], tuple[Any, ...]]], ...]
    keys: int


def decoded(data: bytes, forms: Sequence[Form]) -> Report | None:
    """The report in a JSON text, None where only the exact path can say what it is."""
    start = data.find(b'"forms"')
    head = data[start : data.find(b"}", start) + 1]
    unmarked = data.endswith(_NO_MARKS)
    try:
        # Both are a guess at worst: the Struct then demands what was guessed.
        wire = _guessed(head, tuple(forms), unmarked) if len(head) <= _LONGEST_HEAD else None
        if wire is None:
            return None
        found = wire.decoder.decode(data)
        return (_unmarked if unmarked else _marked)(data, found, wire)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, FigureError):
        return None


def _unmarked(data: bytes, found: Any, wire: _Wire) -> Report | None:
    """The usual report: figures in every cell and not one mark, so that the decoder has checked all there is."""
    if not _no_key_twice(data, found, wire.keys, ()):
        return None
    return _report(found, {m.key: _checked_table(m, figures(getattr(found, m.key))) for m, figures in wire.tables})


def _marked(data: bytes, found: Any, wire: _Wire) -> Report | None:
    marks = {
        address: Mark(
            mark.state, mark.raw, None if mark.note is msgspec.UNSET else mark.note, None if mark.unit is msgspec.UNSET else mark.unit
        )
        for address, mark in found.marks.items()
    }
    texts = [text for mark in marks.values() for text in (mark.raw, mark.note, mark.unit) if text is not None]
    # A key each for the mark, its state and every text of it.
    if not _no_key_twice(data, found, wire.keys + 2 * len(marks) + len(texts), texts):
        return None
    tables: dict[str, Table] = {}
    for matrix, figures in wire.tables:
        placed = [(address, mark) for address in matrix.addresses if (mark := marks.pop(address, None)) is not None]
        tables[matrix.key] = Table(matrix, figures(getattr(found, matrix.key)), placed)
    return None if marks else _report(found, tables)


def _report(found: Any, tables: dict[str, Table]) -> Report:
    return Report(
        organ=found.organ,
        year=found.year,
        scope=found.scope,
        title=found.title,
        published_on=found.published_on,
        overview=found.overview,
        problems=found.problems,
        other_matters=found.other_matters,
        proactive=tables.get(Section.PROACTIVE),
        requests=tables.get(Section.REQUESTS),
        disputes=tables.get(Section.DISPUTES),
    )


def _no_key_twice(data: bytes, found: Any, keys: int, texts: Iterable[str]) -> bool:
    """Whether every key of a document that was decoded stands there once; `texts` are those of its marks.

    A colon byte of a JSON text follows a key or stands in a string. The decoder demanded `keys` different keys, none
    with a colon in it. So the text has `keys` colons, one for each colon that was written as such in the strings that
    were kept, and at least one more for every key that stood twice. A colon can also be written as an escape, and
    only then can it be missing from the count: where that is possible, the answer is no.
    """
    inside = [text for text in (*_texts(found), *texts) if text and ":" in text]
    if inside and b"\\u003" in data:
        return False
    colons: int = keys + sum(text.count(":") for text in inside)
    return data.count(b":") == colons


# --- the Structs of a form: made once, here --------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _guessed(head: bytes, forms: tuple[Form, ...], unmarked: bool) -> _Wire | None:  # noqa: FBT001 -- half of a cache's key
    """The wire for the forms that a piece of the document names, None where it names none."""
    ids = msgspec.json.decode(b"{" + head + b"}", type=_Head).forms
    by_id = {form.id: form for form in reversed(forms)}
    if tuple(ids) != SECTIONS or any(form_id is not None and form_id not in by_id for form_id in ids.values()):
        return None
    return _wire(tuple(None if form_id is None else by_id[form_id] for form_id in ids.values()), unmarked)


@lru_cache(maxsize=64)
def _wire(forms: tuple[Form | None, ...], unmarked: bool) -> _Wire | None:  # noqa: FBT001 -- as above
    """The generated Structs for the forms of the three tables; without marks no cell is without a value either."""
    named = [(section, form) for section, form in zip(SECTIONS, forms, strict=True) if form is not None]
    used = [matrix for section, form in named for matrix in form.matrices if matrix.key == section]
    if len(used) < len(named) or any(":" in key for matrix in used for row, cells in layout(matrix).items() for key in (row, *cells)):
        return None  # a form without that section; or keys that `_no_key_twice` could not tell from the colons after keys
    year: Any = Annotated[int, msgspec.Meta(ge=1000, le=9999)]
    types: dict[str, Any] = {
        "schema": Literal[SCHEMA],
        **dict.fromkeys(TEXTS, str | None),
        "year": year | None,
        "scope": ReportScope | None,
        "published_on": dt.date | None,
        "forms": _struct("Forms", {s: None if form is None else Literal[form.id] for s, form in zip(SECTIONS, forms, strict=True)}),
        **dict.fromkeys(SECTIONS),
        **{matrix.key: _table(matrix, unmarked=unmarked) for matrix in used},
        "marks": _NoMarks if unmarked else dict[str, _Mark],
    }
    document = msgspec.defstruct("Document", [(key, types[key]) for key in KEYS], forbid_unknown_fields=True, gc=False)
    keys = len(KEYS) + len(SECTIONS) + sum(len(layout(matrix)) + len(matrix.cells) for matrix in used)
    return _Wire(msgspec.json.Decoder(document), tuple((matrix, _flattener(matrix)) for matrix in used), keys)


def _table(matrix: Matrix, *, unmarked: bool) -> Any:
    rows = {
        row: _struct("Row", {column: _cell(cell, unmarked=unmarked) for column, cell in cells.items()})
        for row, cells in layout(matrix).items()
    }
    return _struct("Table", rows)


def _struct(name: str, types: dict[str, Any]) -> Any:
    # Fields are named by their place: a key of a form need not be a name in Python.
    fields = {f"f{place}": key for place, key in enumerate(types)}
    return msgspec.defstruct(name, list(zip(fields, types.values(), strict=True)), rename=fields, forbid_unknown_fields=True, gc=False)


def _cell(cell: Cell, *, unmarked: bool) -> Any:
    least = -MAX_COUNT if cell.signed else 0
    if cell.kind is Kind.MONEY:
        return str if unmarked else str | None
    count: Any = Annotated[int, msgspec.Meta(ge=least, le=MAX_COUNT)]
    return count if unmarked else count | None


def _flattener(matrix: Matrix) -> Callable[[Any], tuple[Any, ...]]:
    """A function from the Struct of a table to its figures; generated, as `govinfo.balance.unrolled` is, of places only."""
    places: dict[int, str] = {}
    for row, cells in enumerate(layout(matrix).values()):
        for column, cell in enumerate(cells.values()):
            figure = f"row{row}.f{column}"
            places[cell.index] = f"amount({figure})" if cell.kind is Kind.MONEY else figure
    lines = ["def figures(table):", *(f"    row{row} = table.f{row}" for row in range(len(layout(matrix))))]
    lines.append(f"    return ({''.join(f'{places[index]},' for index in range(len(places)))})")
    namespace: dict[str, Any] = {"amount": _amount}
    exec("\n".join(lines), namespace)  # noqa: S102 -- see the docstring
    return namespace["figures"]  # type: ignore[no-any-return]  # what exec made


def _amount(text: str | None) -> Decimal | None:
    if text is not None and not MONEY.match(text):
        raise FigureError("money", text, "an amount in plain digits")
    return None if text is None else Decimal(text)
