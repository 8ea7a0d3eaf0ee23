"""Older data of ours: the one place where plain data of schema n becomes plain data of schema n + 1.

The model knows the newest schema only. What a release wrote is upgraded step by step before it is looked at closely, so
that a file stays readable for as long as its step stands here. A step gets a dict of its own and may change it.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, cast

from govinfo.convert.json_text import Object
from govinfo.errors import DataError

Step = Callable[[dict[str, Any]], dict[str, Any]]

NAME, NEWEST = "govinfo.report", 1
STEPS: Mapping[int, Step] = MappingProxyType({})
"""Schema number -> the step to the next. Released schemas are pinned in tests/documents/schemas."""

_VERSION = re.compile(rf"{re.escape(NAME)}/([1-9][0-9]{{0,5}})\Z")


def upgraded(given: Any, *, steps: Mapping[int, Step] = STEPS, newest: int = NEWEST) -> Any:
    """The data in the newest schema; unchanged where it is that, or nothing that this knows.

    Raises `DataError` for data of a schema that is newer than this library, or older than the oldest step.
    """
    schema = cast("Mapping[str, object]", given).get("schema") if isinstance(given, Mapping) else None
    if not isinstance(schema, str) or (found := _VERSION.match(schema)) is None or (number := int(found[1])) == newest:
        return cast("Any", given)
    if number > newest:
        problem = f'given "{schema}", accepted are schemas up to "{NAME}/{newest}": written by a newer govinfo, so upgrade this one'
        raise DataError([("$.schema", problem)])
    if isinstance(given, Object) and given.repeated:
        return given  # a step would keep one of two values; the exact path refuses both
    data = dict(cast("Mapping[str, Any]", given))
    for step in range(number, newest):
        if step not in steps:
            raise DataError([("$.schema", f'given "{schema}", accepted are schemas from "{NAME}/{max(steps, default=newest)}"')])
        data = {**steps[step](data), "schema": f"{NAME}/{step + 1}"}
    return data
