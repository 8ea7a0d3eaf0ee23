"""Plain data for formats that have no null (TOML): a member that is null is left out, and put back where it is missing.

Nothing is lost by it: a cell without a value has a mark that says why, so one that was lost is still refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from govinfo.convert.plain_data import KEYS, SECTIONS, layout
from govinfo.form import Form


def without_nulls(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The plain data without the members that are null."""
    return {key: without_nulls(cast("dict[str, Any]", v)) if isinstance(v, dict) else v for key, v in plain.items() if v is not None}


def with_nulls(given: object, forms: Sequence[Form]) -> object:
    """The plain data with null for every member of the schema that is missing; what is no mapping is left to be refused."""
    filled: Any = _over(KEYS, _bare(given))
    if not _is_dict(filled):
        return filled
    filled["marks"] = {} if filled["marks"] is None else filled["marks"]
    named: Any = _over(SECTIONS, {} if filled["forms"] is None else filled["forms"])
    filled["forms"] = named
    for matrix in (matrix for form in forms for matrix in form.matrices):
        if _is_dict(named) and named.get(matrix.key) == matrix.form.id:
            filled[matrix.key] = _rows(layout(matrix), filled[matrix.key])
    return filled


def _rows(rows: Mapping[str, Mapping[str, object]], given: Any) -> Any:
    """The table with all its rows and columns; none at all where it has none, for a table cannot be null."""
    found: Any = _over(rows, given, {})
    return {row: _over(rows.get(row, ()), cells) for row, cells in found.items()} if _is_dict(found) else found


def _over(keys: Iterable[str], given: Any, missing: Any = None) -> Any:
    """The mapping with every key of those, `missing` where it had none; what is no mapping as it is."""
    return {**dict.fromkeys(keys, missing), **given} if _is_dict(given) else given


def _is_dict(value: object) -> bool:
    return isinstance(value, dict)


def _bare(given: object) -> Any:
    """The data in the types of Python itself: a parser that keeps the layout gives strings that are more than strings."""
    if isinstance(given, Mapping):
        return {_bare(key): _bare(value) for key, value in cast("Mapping[object, object]", given).items()}
    if isinstance(given, str):
        return "".join(given)
    if isinstance(given, int) and not isinstance(given, bool):
        return int.__int__(given)
    return given
