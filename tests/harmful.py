"""A reader that does to its process what a document says: what native code does when it meets a document that it cannot bear."""

import ctypes
import os
import re
import time

from govinfo.readers import read
from govinfo.reading import Reading
from govinfo.report import Report


def harmful(content: bytes) -> Reading:
    """Read a document, unless its first word says otherwise."""
    word = content.split(maxsplit=1)[0] if content.strip() else b""
    if word == b"EXIT":
        os._exit(3)
    if word == b"SEGFAULT":
        ctypes.string_at(0)
    if word == b"LOOP":
        re.match(r"(a+)+$", "a" * 60 + "b")  # native code that does not end, nor looks at signals
    if word == b"SLOW":
        time.sleep(0.05)
    if word == b"HUNGRY":
        bytearray(1 << 40)
    if word == b"DEFECT":
        raise LookupError("a table without rows")
    return read(content)


def quick(content: bytes) -> Reading:
    """A reading that takes no time: the organ is what the document says. For trials of everything but the readers."""
    return Reading(Report(organ=content.decode(), year=2023))


def crashing(content: bytes) -> Reading:
    """As `quick`, where the document does not say otherwise."""
    return quick(content) if not content.isascii() else harmful(content)
