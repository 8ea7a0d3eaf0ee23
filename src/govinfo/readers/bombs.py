"""Pages made to exhaust whoever reads them, refused before they are parsed.

What HTML asks of a parser grows with the square of some depths: each paragraph looks through all open elements, and opens
all open fonts once more.
"""

import re
from collections.abc import Iterator

from govinfo.errors import ReadError

MOST_TAGS = 400_000
"""The most tags that a page may have; a report has some thousands."""

MOST_OPEN = 2_000
"""The most elements that may be open within one another."""

MOST_REOPENED = 1_000_000
"""How often an open font, link or the like may be opened once more, because a block begins within it."""

MOST_ATTRIBUTES = 5_000
"""The most words that one tag may have."""

_HARMLESS = 2_500  # tags: with so few nothing can grow
_LONG = 20_000  # characters between two tags, from which on they are looked at
_FORMATTING = frozenset(("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_CLOSED_BY_OTHERS = frozenset(
    (
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dd",
        "dt",
        "option",
        "optgroup",
        "rp",
        "rt",
        "br",
        "img",
        "input",
        "hr",
        "meta",
        "link",
        "col",
        "colgroup",
        "area",
        "base",
        "embed",
        "param",
        "source",
        "track",
        "wbr",
        "html",
        "head",
        "body",
        "title",
        "script",
        "style",
    )
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)", re.IGNORECASE)


def refuse_bombs(text: str) -> None:
    """Raise `ReadError` where a page would take more time or memory than any report is worth."""
    count = text.count("<")
    if count > MOST_TAGS:
        raise ReadError(
            f"{count} tags, more than any report has", remedy=f"accepted are at most {MOST_TAGS} (`readers.bombs.MOST_TAGS` sets it)"
        )
    if max(map(len, text.split("<"))) > _LONG:
        for stretch in _outside_scripts(text):
            if len(stretch) > _LONG and sum(map(stretch.count, " \t\n\f\r/")) > MOST_ATTRIBUTES:
                raise ReadError(
                    f"{len(stretch)} characters of words without a tag, more than any report has",
                    remedy=f"accepted are at most {MOST_ATTRIBUTES} words (`readers.bombs.MOST_ATTRIBUTES` sets it)",
                )
    if count > _HARMLESS:
        _refuse_depth(text)


def _outside_scripts(text: str) -> Iterator[str]:
    at = 0
    lower = text.lower()
    while (start := lower.find("<script", at)) >= 0 and (end := lower.find("</script", start)) >= 0:
        yield from text[at:start].split("<")
        at = end
    yield from text[at:].split("<")


def _refuse_depth(text: str) -> None:
    depth = formatting = reopened = 0
    for closing, name in _TAG.findall(text):
        tag = name.lower()
        if tag in _FORMATTING:
            formatting = max(0, formatting + (-1 if closing else 1))
        elif not closing:
            reopened += formatting
        if tag not in _CLOSED_BY_OTHERS:
            depth = max(0, depth + (-1 if closing else 1))
        if depth > MOST_OPEN:
            raise ReadError(
                "elements within elements, more than any report has",
                remedy=f"accepted are at most {MOST_OPEN} (`readers.bombs.MOST_OPEN` sets it)",
            )
        if reopened > MOST_REOPENED:
            raise ReadError(
                "blocks within open fonts or links, more than any report has",
                remedy=f"accepted are at most {MOST_REOPENED} (`readers.bombs.MOST_REOPENED` sets it)",
            )
