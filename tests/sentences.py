"""The sentences of `tests/documents/sentences.txt` with their readings, and the parts that they are divided into."""

import hashlib
import re
from enum import Enum, auto
from pathlib import Path

from attrs import frozen

from govinfo.prose import Claim, ClaimKind, claims
from govinfo.report import Report

_MARK = re.compile(r"\{([^|{}]*)\|([\w.+]+)(=0)?\}")
YEAR = 2023


@frozen
class Passage:
    """A passage as it would be published, and its readings: where a figure stands, and what it counts."""

    text: str
    readings: frozenset[tuple[int, str]]
    part: "Part"

    def found(self) -> set[tuple[int, str]]:
        """What the library reads in it."""
        return {(claim.start, said(claim)) for claim in read(self.text) if told(claim)}


def read(text: str) -> tuple[Claim, ...]:
    """The claims of a text that stands in section 1."""
    return claims(Report(year=YEAR, overview=text))


def told(claim: Claim) -> bool:
    """Whether a claim is of something that the tables, their shares or the fee know."""
    return bool(claim.readings) or claim.kind in (ClaimKind.SHARE, ClaimKind.GROWTH, ClaimKind.CHANGE) or claim.measure.startswith("fee.")


def said(claim: Claim) -> str:
    """What a claim counts, as the file says it."""
    if claim.kind in (ClaimKind.SHARE, ClaimKind.GROWTH, ClaimKind.CHANGE):
        return str(claim.kind)
    return f"applicant.{claim.applicant}" if claim.applicant else claim.measure


class Part(Enum):
    """The parts of the file."""

    WORK = auto()
    OPENED = auto()  # held back, measured once, then worked with
    MEASURED = auto()


def passages() -> list[Passage]:
    """Every passage of the file."""
    lines = (Path(__file__).parent / "documents" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    first, second = (number for number, line in enumerate(lines) if line.startswith("# --- only measured"))
    return [
        _passage(line, Part.MEASURED if number > second else Part.OPENED if number > first else None)
        for number, line in enumerate(lines)
        if line and not line.startswith("#")
    ]


def _passage(line: str, part: Part | None) -> Passage:
    text, readings, place = "", set[tuple[int, str]](), 0
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        readings.add((len(text), mark[2]))
        text += mark[1]
        place = mark.end()
    if part is None:
        digest = hashlib.sha256(_MARK.sub(r"\1", line).encode()).digest()[0]
        part = Part.OPENED if digest % 2 == 0 else Part.WORK
    return Passage(text + line[place:], frozenset(readings), part)
