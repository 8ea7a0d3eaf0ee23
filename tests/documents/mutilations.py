"""Tables of the tests with one cell or row spoilt, whatever their cells are."""

import random
from typing import TypeVar

from attrs import evolve

from tests.documents.layouts import Printed
from tests.documents.pages import Tag

CellT = TypeVar("CellT", Printed, Tag)


def mutilated(rows: list[list[CellT]], how: str, chance: random.Random, touched: list[str]) -> list[list[CellT]]:
    """The rows with one cell or one row taken out, doubled or emptied, or two rows exchanged; `touched` collects the addresses."""
    row = chance.randrange(len(rows))
    column = chance.randrange(len(rows[row]))
    cell = rows[row][column]
    changed = [list(each) for each in rows]
    touched += [c.address for c in (rows[row] if "row" in how else [cell]) if c.address]
    match how:
        case "cell gone":
            del changed[row][column]
        case "cell doubled":
            changed[row].insert(column, cell)
        case "cell emptied":
            changed[row][column] = evolve(cell, text="")
        case "row gone":
            del changed[row]
        case "row doubled":
            changed.insert(row, rows[row])
        case _:
            other = chance.randrange(len(rows))
            changed[row], changed[other] = changed[other], changed[row]
    return changed
