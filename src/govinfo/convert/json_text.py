"""JSON text -> plain data, with nothing lost on the way that a reader has to refuse.

The parser of the standard library, told to keep what it would otherwise smooth over: a key that stands twice, and a
number that is no short integer. Both stay visible to `plain_data`, which names them with their path.
"""

import json
from collections import Counter
from typing import Any

from attrs import frozen

from govinfo.errors import DataError

# Longer than any figure of a report; int() of 10^5 digits takes quadratic time (or raises, as the interpreter is set).
_LONGEST_INTEGER = 25


@frozen
class Number:
    """A JSON number that is no integer of ordinary length, as it is written: `1.0`, `1e3`, `NaN`."""

    text: str


class Object(dict[str, Any]):
    """A JSON object that knows which of its keys it was given more than once."""

    __slots__ = ("repeated",)

    repeated: tuple[str, ...]

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.repeated = () if len(self) == len(pairs) else tuple(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)


def parsed(data: str | bytes) -> Any:
    """The plain data that the text stands for. Raises `DataError` where it is not UTF-8, or not JSON."""
    try:
        text = data if isinstance(data, str) else data.decode()
        return json.loads(text, object_pairs_hook=Object, parse_int=_integer, parse_float=Number, parse_constant=Number)
    except UnicodeDecodeError as error:
        problem = f"not UTF-8: {error.reason} at byte {error.start}"
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        problem = "not a report: brackets are nested far deeper than a report nests them"
    raise DataError([("$", problem)])


def _integer(text: str) -> int | Number:
    return int(text) if len(text) <= _LONGEST_INTEGER else Number(text)
