"""Workbooks other than `.xlsx` (`.xls`, `.xlsb`, `.ods`), read by python-calamine, from the extra `office`.

In a process of its own: of broken files calamine panics, and asks for more memory than there is, which ends a process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from govinfo.errors import MissingExtraError, ReadError
from govinfo.form import Form
from govinfo.readers import sheet
from govinfo.readers.sheet import Sheet, reading_of_sheets, shown
from govinfo.reading import Reading

SECONDS = 30
"""The longest time that a workbook may take."""

MOST_MEMORY = 1 << 29
"""The most bytes of memory that reading a workbook may take, on systems that can limit it."""

_PROGRAM = Path(__file__).with_name("calamine_process.py")


def read_other_workbook(content: bytes, forms: tuple[Form, ...]) -> Reading:
    """Read a workbook of another kind. Raises `ReadError`, `MissingExtraError`."""
    return reading_of_sheets(_sheets(content), forms)


def _sheets(content: bytes) -> Iterator[Sheet]:
    if "python_calamine" not in sys.modules and find_spec("python_calamine") is None:
        raise MissingExtraError("office", "reading old workbooks (xls, xlsb, ods)")
    if sys.modules.get("python_calamine", sys) is None:
        raise MissingExtraError("office", "reading old workbooks (xls, xlsb, ods)")
    # -P: else modules beside the program, such as `html`, would stand before those of the same names that it needs.
    command = [sys.executable, "-P", str(_PROGRAM), str(MOST_MEMORY), str(sheet.MOST_CELLS)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, env=environment, check=False)  # noqa: S603 -- no shell, our own program
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"a workbook that takes longer than {SECONDS} seconds",
            remedy="save it again as xlsx; `readers.calamine.SECONDS` sets the limit",
        ) from error
    if done.returncode:
        raise ReadError("a broken workbook", remedy="save it again as xlsx")
    answer = json.loads(done.stdout)
    if "problem" in answer:
        raise ReadError(answer["problem"], remedy=answer["remedy"])
    for each in answer["sheets"]:
        cells = {
            (row, column): shown(value) if isinstance(value, float) else value
            for row, values in enumerate(each["rows"]) for column, value in enumerate(values)
        }  # fmt: skip
        yield Sheet(each["name"], cells, [(top, left, bottom, right) for top, left, bottom, right in each["merged"]])
