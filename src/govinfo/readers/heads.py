"""Which column is which: the column heads that a document prints, held against those of the form."""

from collections.abc import Sequence
from collections import deque

from attrs import frozen

from govinfo.fold import label_key, without_notes
from govinfo.readers.grid import GridCell
from govinfo.readers.labels import Head, breadth_first, near


@frozen
class Token:
    """One printed head: its cell, and its row and place in it where rows are known."""

    cell: GridCell
    row: int
    place: int
    width: int  # of its row, 0 where unknown


@frozen
class Columns:
    """The columns from left to right: `leaves` are places in the form, None for a column that the form has not.

    `complete` says that every head of the form was found. `places` is where each column's head stands in its row of
    `width` cells, known only in sources with rows. `units` are units printed in heads, `damaged` the heads that were
    recognised although characters were lost: (cell, label of the form).
    """

    leaves: tuple[int | None, ...]
    complete: bool
    matched: int = 0
    places: tuple[int, ...] | None = None
    width: int = 0
    units: tuple[str | None, ...] = ()
    damaged: tuple[tuple[GridCell, str], ...] = ()


def in_order(heads: Sequence[Head]) -> Columns:
    """The columns as the form orders them, for a document that prints no heads."""
    count = sum(head.leaf is not None for head in breadth_first(heads))
    return Columns(tuple(range(count)), complete=False, units=(None,) * count)


def columns_of(heads: Sequence[Head], tokens: Sequence[Token], foreign: frozenset[str]) -> Columns | None:
    """The columns that the printed heads name; None where they contradict the form, or name a part of it only in doubt.

    `foreign` are the keys of heads that other forms print: such a head is never taken for a damaged one.
    """
    expected = breadth_first(heads)
    keyed, damaged = _mended(expected, [(token, _keys(token.cell.text)) for token in tokens], foreign)
    known = frozenset(key for head in expected for key in head.keys)
    while keyed and not keyed[0][1] & known:
        del keyed[0]  # a corner in words of its own: row labels stand below it, not figures
    if not keyed:
        return None
    if parsed := _parsed(heads, keyed):
        leaves = tuple(head.leaf if head else None for head, _ in parsed)
        units = tuple(_unit(token.cell.text) for _, token in parsed)
        widths = {token.width for _, token in parsed}
        places = tuple(token.place for _, token in parsed)
        aligned = len(widths) == 1 and 0 not in widths and all(a < b for a, b in zip(places, places[1:], strict=False))
        return Columns(leaves, True, len(keyed), places if aligned else None, widths.pop() if aligned else 0, units, damaged)  # noqa: FBT003 -- complete
    # Some heads are missing: the order of the form stands as long as those that are there do not contradict it.
    rest = deque(expected)
    for _, keys in keyed:
        while rest and not keys & rest[0].keys:
            rest.popleft()
        if not rest:
            return None
        rest.popleft()
    plain = in_order(heads)
    return Columns(plain.leaves, complete=False, matched=len(keyed), units=plain.units, damaged=damaged)


def _keys(text: str) -> frozenset[str]:
    key = label_key(text)
    return frozenset({key, without_notes(key)})


def _mended(
    expected: Sequence[Head], keyed: list[tuple[Token, frozenset[str]]], foreign: frozenset[str]
) -> tuple[list[tuple[Token, frozenset[str]]], tuple[tuple[GridCell, str], ...]]:
    known = frozenset(key for head in expected for key in head.keys)
    seen = frozenset(key for _, keys in keyed for key in keys)
    missing = {head.label: head.keys for head in expected if not head.keys & seen}
    damaged: list[tuple[GridCell, str]] = []
    for place, (token, keys) in enumerate(keyed):
        if keys & known or keys & foreign:
            continue
        key = without_notes(label_key(token.cell.text))
        if (label := near(key, missing.items())) is not None:
            keyed[place] = (token, missing.pop(label))
            damaged.append((token.cell, label))
    return keyed, tuple(damaged)


def _parsed(heads: Sequence[Head], keyed: Sequence[tuple[Token, frozenset[str]]]) -> list[tuple[Head | None, Token]] | None:
    """The columns from left to right, None unless every head of the form was found."""
    rest = deque(keyed)
    tiered = any(head.children for head in heads)
    children: dict[int, list[tuple[Head | None, Token]]] = {}
    level: list[tuple[int, Sequence[Head]]] = [(0, heads)]
    number = 0
    names: dict[int, int] = {}  # id of an entry -> the number under which its children stand
    while level:
        below: list[tuple[int, Sequence[Head]]] = []
        for parent, wanted in level:
            left = list(wanted)
            found = children.setdefault(parent, [])
            while rest:
                token, keys = rest[0]
                head = next((head for head in left if keys & head.keys), None)
                # Among heads of one level a column of the document's own has its place; among several it could be anywhere.
                if head is None and (tiered or any(keys & other.keys for other in heads)):
                    break
                rest.popleft()
                found.append((head, token))
                if head is not None:
                    left.remove(head)
                    if head.children:
                        number += 1
                        names[id(token)] = number
                        below.append((number, head.children))
            if left:
                return None
        level = below
    if rest:
        return None
    columns: list[tuple[Head | None, Token]] = []

    def walk(parent: int) -> None:
        for head, token in children[parent]:
            if (under := names.get(id(token))) is not None:
                walk(under)
            else:
                columns.append((head, token))

    walk(0)
    return columns


def _unit(text: str) -> str | None:
    for unit in ("亿元", "万元", "萬元", "億元", "元"):
        if unit in text:
            return unit
    return None
