"""Files of `govinfo.report/1`: one report as JSON, or one a line (JSON Lines)."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from govinfo.errors import DataError

ENDINGS = (".json", ".jsonl", ".ndjson")
"""How the names of such files end; others are known by what they begin with."""

LARGEST = 50 * 1024 * 1024
"""The most bytes of one report; a large one has a few thousand."""

_HEAD = 64
_MOST_PROBLEMS = 3  # of one text that are told on one line


def begins_as_json(file: BinaryIO) -> bool:
    """Whether a file begins as JSON; it is left at its beginning."""
    head = file.read(_HEAD)
    file.seek(0)
    return is_json(head)


def is_json(content: bytes) -> bool:
    """Whether some bytes begin as JSON: a brace begins no document of another kind but RTF."""
    begun = content[:_HEAD].removeprefix(BOM_UTF8).lstrip()
    return begun.startswith(b"{") and not begun.startswith(b"{\\rtf")


def texts(file: BinaryIO, *, largest: int = LARGEST) -> Iterator[tuple[int | None, bytes]]:
    """The JSON texts in a file, each with the number of its line: one a line where the first line with text is closed and another follows.

    Else the whole file is one text, without a number. A line is held at a time. Raises `DataError` for a text that is too large.
    """
    lines = ((number, line) for number, line in enumerate(_lines(file, largest), 1) if line.strip())
    begun = list(islice(lines, 2))
    if len(begun) > 1 and begun[0][1].rstrip().endswith(b"}"):
        for number, line in chain(begun, lines):
            if len(line) > largest:
                raise DataError([(f"line {number}", _too_large(largest))])
            yield number, line.strip().removeprefix(BOM_UTF8)
        return
    file.seek(0)
    text = file.read(largest + 1)
    if len(text) > largest:
        raise DataError([("$", _too_large(largest))])
    yield None, text.removeprefix(BOM_UTF8)


def brief(error: DataError) -> str:
    """What is wrong with a text, on one line: the first problems, and how many more there are."""
    more = len(error.problems) - _MOST_PROBLEMS
    told = "; ".join(f"{problem} @ {path}" for path, problem in error.problems[:_MOST_PROBLEMS])
    return told + (f"; and {more} more" if more > 0 else "")


def _lines(file: BinaryIO, largest: int) -> Iterator[bytes]:
    while line := file.readline(largest + 1):
        yield line


def _too_large(largest: int) -> str:
    return f"larger than {largest} bytes, which no report is"
