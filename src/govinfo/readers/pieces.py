"""Text whose cells nothing divides, taken apart into pieces: words that may be labels or parts of them, and figures."""

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from govinfo.fold import fold
from govinfo.readers.figures import is_figure
from govinfo.readers.labels import Lexicon

LONGEST = 100
"""The most characters of a line that can belong to a table without bars; the longest label printed has 40."""

_WIDE = re.compile(r"[^\s\u3000|]+(?:[ \xa0](?=[^\s|])[^\s\u3000|]+)*")  # what stands between wide gaps
_WORD = re.compile(r"[^\s|]+")
_PAGE = re.compile(
    r"\s*(?:[-—–－―·~]+\s*[0-9０-９]{1,4}\s*[-—–－―·~]+|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?|[0-9]{1,4}\s*/\s*[0-9]{1,4})\s*"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_UNIT = re.compile(r"[万萬亿億]?元|[件个個项項条條宗起次份册冊]")
_NOTE = re.compile(r"[（(](?![一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[）)]).*[）)]")
_OPEN, _CLOSE = "（(", "）)"
_MOST_JOINED = 8  # words of a figure with a note in it


@frozen
class Piece:
    """A word of a line: `start` and `end` are its place in the text, `line` the number of its line, from 0.

    `label` says that it is a label by itself, `figure` that it has the shape of a figure.
    """

    text: str
    start: int
    end: int
    line: int
    label: bool = False
    figure: bool = False


def is_page_number(text: str) -> bool:
    """Whether a line is a page number that nobody could take for a figure: dashes on both sides, 第4页, 4/12."""
    return len(text) <= LONGEST and _PAGE.fullmatch(text) is not None


def is_bare_number(text: str) -> bool:
    """Whether a text may be a page number as well as a figure."""
    return _BARE_NUMBER.fullmatch(text.strip()) is not None


def pieces_of(text: str, start: int, line: int, words: Sequence[Lexicon]) -> list[Piece]:
    """The pieces of one line, from left to right."""
    if _is_label(text, words):
        bare = text.strip(" \t|\u3000\xa0")
        at = start + text.index(bare)
        return [Piece(bare, at, at + len(bare), line, label=True)]
    return list(_with_notes([piece for found in _WIDE.finditer(text) for piece in _divided(found, start, line, words)], words))


def _divided(found: re.Match[str], start: int, line: int, words: Sequence[Lexicon]) -> Iterator[Piece]:
    if _is_label(found[0], words):
        yield Piece(found[0], start + found.start(), start + found.end(), line, label=True)
        return
    for word in _WORD.finditer(found[0]):
        at = start + found.start() + word.start()
        label = _is_label(word[0], words)
        yield Piece(word[0], at, at + len(word[0]), line, label=label, figure=not label and is_figure(word[0]))


def _with_notes(pieces: Sequence[Piece], words: Sequence[Lexicon]) -> Iterator[Piece]:
    """The pieces of a line with units and notes put back behind their figure: `22（其中修订 16 件）` is one."""
    number = 0
    while number < len(pieces):
        piece = pieces[number]
        number += 1
        if piece.figure:
            end = number
            while end < len(pieces) and end - number < _MOST_JOINED and _open(piece.text):
                piece = _joined(piece, pieces[end])
                end += 1
            if not _open(piece.text):
                number = end
            else:
                piece = pieces[number - 1]
            if number < len(pieces) and _UNIT.fullmatch(pieces[number].text):
                piece = _joined(piece, pieces[number])
                number += 1
            if number < len(pieces) and is_note(pieces[number].text, words):
                piece = _joined(piece, pieces[number])
                number += 1
        yield piece


def is_note(text: str, words: Sequence[Lexicon]) -> bool:
    """Whether a text in brackets can be a note to the figure before it: it is numbering of no kind, and part of no label."""
    if len(text) > LONGEST or not _NOTE.fullmatch(text):
        return False
    key = fold(text)
    return not any(key in label for each in words for label in (*each.rows_by_key, *each.head_keys, *each.fixtures))


def _joined(one: Piece, other: Piece) -> Piece:
    return evolve(one, text=f"{one.text} {other.text}", end=other.end)


def _open(text: str) -> bool:
    return sum(map(text.count, _OPEN)) > sum(map(text.count, _CLOSE))


def _is_label(text: str, words: Sequence[Lexicon]) -> bool:
    return any(each.knows(text) is not None for each in words)
