"""Prose made ready for matching, with the way back: every character kept knows where it stood in the published text."""

import re
from collections.abc import Iterator
from functools import lru_cache

from attrs import field, frozen

from govinfo.fold import simplified

# Full-width signs to ASCII, except the comma: `1,234` is a number and `5，234` is none.
_COMMA = 0xFF0C
_NARROW = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if code != _COMMA} | {"〇": "零", "兩": "两", "％": "%", "﹪": "%"}
)
_SPACE = re.compile(r"[^\S\n]+")
_WRAPPED = 15  # a line of so many characters that ends in the middle of a sentence was broken by the page, not by its author
_END = "。!?;:"


@frozen
class Plain:
    """The matching form of a text; `places` maps its characters, and its end, to the published text."""

    text: str
    places: list[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the published text of a span in this one."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=64)  # one check looks at the same prose under several rules
def plain(text: str) -> Plain:
    """Width, script and white space folded away; a line broken within a sentence is joined."""
    folded = _script(text.translate(_NARROW))
    pieces: list[str] = []
    places: list[int] = []
    for start, end in _kept(folded):
        pieces.append(folded[start:end])
        places.extend(range(start, end))
    places.append(len(text))
    return Plain("".join(pieces), places)


def _script(text: str) -> str:
    """In Simplified script, one character for one."""
    whole = simplified.__wrapped__(text)  # the memory of labels is not for prose, which does not come again
    return whole if len(whole) == len(text) else "".join(s if len(s := simplified(c)) == 1 else c for c in text)


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """The spans that are kept: all but white space, and but the line breaks that only the page made."""
    line_start = 0
    for line in re.finditer(r"[^\n]*(\n|$)", text):
        begin, stop = line.start(), line.end() - len(line.group(1))
        place = begin
        for gap in _SPACE.finditer(text, begin, stop):
            # A space between two figures keeps them apart: it stays.
            between = gap.start() > 0 and gap.end() < stop and text[gap.start() - 1].isdigit() and text[gap.end()].isdigit()
            if place < gap.start():
                yield place, gap.start()
            if between:
                yield gap.start(), gap.start() + 1
            place = gap.end()
        if place < stop:
            yield place, stop
        if line.group(1) and not _joined(text, line_start, stop, line.end()):
            yield stop, stop + 1
        line_start = line.end()


def _joined(text: str, start: int, stop: int, following: int) -> bool:
    before, after = text[start:stop].rstrip(), text[following : following + 4].lstrip()
    if (
        not before
        or not after
        or (len(before) < _WRAPPED and before[-1] not in "，、,")
        or before[-1] in _END
        or after[0] in "(一二三四五六七八九十"
    ):
        return False
    return not (before[-1].isdigit() and after[0].isdigit())
