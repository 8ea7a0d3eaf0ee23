"""Which column is which: the column heads that a document prints, held against those of the form."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import frozen

from govinfo.fold import label_key, without_notes
from govinfo.readers.grid import GridCell
from govinfo.readers.labels import Head, breadth_first, near

_UNIT = re.compile("[千百十仟佰拾万萬亿億美欧歐港日]*元")  # with what stands before it: 百万元 is not 万元


@frozen
class Token:
    """One printed head: its cell, and its row and place in it where rows are known."""

    cell: GridCell
    row: int
    place: int
    width: int  # of its row, 0 where unknown
    end: int = 0


@frozen
class Columns:
    """The columns from left to right: `leaves` are places in the form, None for a column that the form has not.

    `complete` says that every head of the form was found. `places` is where each column's head stands in its row of
    `width` cells, known only in sources with rows. `units` are units printed in heads, `damaged` the heads that were
    recognised although characters were lost: (cell, label of the form). `spans` are the columns of the source that each
    head covers and `end` the one behind the row of the last head, known only in sources that say so.
    """

    leaves: tuple[int | None, ...]
    complete: bool
    matched: int = 0
    places: tuple[int, ...] | None = None
    width: int = 0
    units: tuple[str | None, ...] = ()
    damaged: tuple[tuple[GridCell, str], ...] = ()
    spans: tuple[tuple[int, int], ...] | None = None
    end: int = 0


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
    first = next((place for place, (_, keys) in enumerate(keyed) if keys & known), None)
    if first is None:
        return None
    # A corner in words of its own may stand before them; below it are row labels, no figures.
    tiered = any(head.children for head in heads)
    if parsed := _parsed(heads, keyed[first:]) or (_parsed(heads, keyed[first:], sunk=True) if tiered else None):
        if not tiered and len({token.row for _, token in parsed if token.width}) > 1:
            return None  # heads of two bands, one below the other
        leaves = tuple(head.leaf if head else None for head, _ in parsed)
        units = tuple(unit_of(token.cell.text) for _, token in parsed)
        widths = {token.width for _, token in parsed}
        places = tuple(token.place for _, token in parsed)
        aligned = len(widths) == 1 and 0 not in widths and all(a < b for a, b in pairwise(places))
        spans = tuple((token.cell.start, token.cell.end) for _, token in parsed)
        known_spans = all(end > 0 for _, end in spans) and all(one[1] <= other[0] for one, other in pairwise(spans))
        return Columns(
            leaves, complete=True, matched=len(keyed), places=places if aligned else None, width=widths.pop() if aligned else 0,
            units=units, damaged=damaged, spans=spans if known_spans else None,
            end=parsed[-1][1].end,
        )  # fmt: skip
    # Some heads are missing: the order of the form stands as long as those that are there do not contradict it.
    followed = _followed(expected, keyed) or (_followed(_sunk(heads), keyed) if tiered else None)
    if followed is None:
        return None
    shifts = [
        token.place - head.leaf
        for (token, _), head in zip(keyed, followed, strict=True)
        if token.width and head.leaf is not None and not tiered
    ]
    if shifts != sorted(shifts, reverse=True):
        return None  # an empty cell between two heads: the figures below stand under those, not where the form has them
    plain = in_order(heads)
    return Columns(plain.leaves, complete=False, matched=len(keyed), units=plain.units, damaged=damaged)


def _followed(expected: Sequence[Head], keyed: Sequence[tuple[Token, frozenset[str]]]) -> list[Head] | None:
    """The heads that the printed ones are, where they keep to an order; None where they do not."""
    rest = iter(expected)
    found = [next((head for head in rest if keys & head.keys), None) for _, keys in keyed]
    heads = [head for head in found if head is not None]
    return heads if len(heads) == len(found) else None


def _sunk(heads: Sequence[Head]) -> list[Head]:
    """The heads level by level where the lowest of all stand in one row, however few heads are above them."""
    found: list[Head] = []
    level: list[Sequence[Head]] = [heads]
    while level:
        deepest = max(map(_depth, level))
        found += [head for each in level if _depth(each) == deepest for head in each]
        level = [
            below for each in level for below in ([head.children for head in each if head.children] if _depth(each) == deepest else [each])
        ]
    return found


def _depth(heads: Sequence[Head]) -> int:
    return 1 + max((_depth(head.children) for head in heads if head.children), default=0)


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


@frozen
class _Node:
    """A printed head, the head of the form that it is (None: a column of the document's own), and the heads below it."""

    head: Head | None
    token: Token
    below: list["_Node"]


def _parsed(
    heads: Sequence[Head], keyed: Sequence[tuple[Token, frozenset[str]]], *, sunk: bool = False
) -> list[tuple[Head | None, Token]] | None:
    """The columns from left to right, None unless every head of the form was found; `sunk` as `_sunk` has them."""
    rest = deque(keyed)
    top: list[_Node] = []
    level: list[tuple[list[_Node], Sequence[Head]]] = [(top, heads)]
    tiered = any(head.children for head in heads)
    while level:
        deepest = max(_depth(wanted) for _, wanted in level) if sunk else 0
        now = [not sunk or _depth(wanted) == deepest for _, wanted in level]
        if not all(_taken(rest, wanted, found, tiered=tiered) for (found, wanted), due in zip(level, now, strict=True) if due):
            return None
        level = [each for (found, wanted), due in zip(level, now, strict=True) for each in (_below(found) if due else [(found, wanted)])]
    return None if rest else list(_columns(top))


def _below(nodes: Sequence[_Node]) -> list[tuple[list[_Node], Sequence[Head]]]:
    return [(node.below, node.head.children) for node in nodes if node.head and node.head.children]


def _taken(rest: deque[tuple[Token, frozenset[str]]], wanted: Sequence[Head], found: list[_Node], *, tiered: bool) -> bool:
    """Take the heads below one head from the front of what is left; whether all of them were there."""
    left = list(wanted)
    while rest:
        token, keys = rest[0]
        # Exchanged heads, and columns of the document's own, are taken as they stand only where there is one level of
        # heads: among several, a head that was lost and one that was doubled could look the same.
        head = next((head for head in (left[:1] if tiered else left) if keys & head.keys), None)
        if head is None and (tiered or any(keys & other.keys for other in wanted)):
            break
        rest.popleft()
        found.append(_Node(head, token, []))
        if head is not None:
            left.remove(head)
    return not left


def _columns(nodes: Sequence[_Node]) -> Iterator[tuple[Head | None, Token]]:
    for node in nodes:
        if node.below:
            yield from _columns(node.below)
        else:
            yield node.head, node.token


def unit_of(*texts: str) -> str | None:
    """The unit of money that labels print, None without one; where it is not one of the usual ones or they differ, as printed."""
    printed = ("".join(text.split()).replace("人民币", "").replace("人民幣", "") for text in texts)  # a line may break within 万元
    return "、".join(dict.fromkeys(unit for text in printed for unit in _UNIT.findall(text))) or None
