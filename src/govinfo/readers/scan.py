"""A page taken apart without building its tree, where its source already is one.

A parser of HTML spends its time on what a page may have got wrong. Where every element is closed in its order and stands where
it may stand, the tree is what the source says, and one loop over the tags finds the lines and tables. Whatever is not
certain to be so ends in None: then the tree is built. A law holds both to the same page.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from govinfo.readers import bombs, tags
from govinfo.readers.tags import (
    CLOSES,
    OUTSIDE,
    SPACE,
    STYLED,
    TRIMMED,
    Cell,
    Page,
    Table,
    entered,
    spans_of,
    styled_lettering,
    styled_tag,
    walked,
)

_NOT_SHOWN = re.compile(
    r"<(?:!--|(?P<raw>[sS](?i:cript|tyle)|[iI](?i:frame))\b(?P<said>[^<>]*)>|!(?i:doctype)\b[^<>]*>|!\[[^<>]*>|\?(?i:xml)[^<>]*>)"
)
_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "iframe")}
_STRICT = re.compile(r"(/?)([a-z][a-z0-9:]*)((?:\s+[a-z_:][a-z0-9_:.-]*(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?", re.IGNORECASE)
_LONGEST = 5_000  # characters of a tag
_MOST_KNOWN = 20_000
_CLOSING = re.compile(r"(?:</[a-zA-Z0-9:]+>[ \t\n\r\f]*)+")
_REFERENCE = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|lsquo|rsquo|middot|mdash|ndash|hellip|emsp|ensp|times"
    r"|#(?:34|38|39|1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}|[1-4][0-9]{4})|#x[1-9a-c][0-9a-f]{2,3});"
)
_WHITE = " \t\n\r\f"
_WITHIN_LINES = frozenset(("!", "a", "img", "wbr", "input"))
_CELLS = frozenset(("td", "th"))

# Where an element stands decides what may stand in it. Within P a block would end the paragraph; within A a link would end the
# link; in the parts of a table everything else would be thrown out of it.
(_START, _HTML, _HEAD, _TITLE, _AFTER_HEAD, _AFTER, _BLOCK, _LINK, _PARAGRAPH, _LINKED, _TABLE, _GROUP, _ROW, _LIST, _TERMS, _COLUMNS) = (
    range(16)
)
_FLOW = frozenset((_BLOCK, _LINK, _PARAGRAPH, _LINKED))
_INLINE = ("span", "font", "b", "strong", "em", "i", "u", "small", "big", "label", "ins")
_PLAIN = ("div", "center", "section", "article", "header", "footer", "nav", "aside", "main", "address", "blockquote", "figure")
_PHRASED = ("p", "h1", "h2", "h3", "h4", "h5", "h6")
_NEXT: dict[int, dict[str, int]] = {
    _START: {"html": _HTML}, _HTML: {"head": _HEAD, "body": _BLOCK}, _HEAD: {"title": _TITLE}, _AFTER_HEAD: {"body": _BLOCK},
    _TABLE: {"thead": _GROUP, "tbody": _GROUP, "tfoot": _GROUP, "tr": _ROW, "caption": _BLOCK, "colgroup": _COLUMNS},
    _GROUP: {"tr": _ROW}, _ROW: {"td": _BLOCK, "th": _BLOCK},
    _LIST: {"li": _BLOCK}, _TERMS: {"dt": _BLOCK, "dd": _BLOCK}, _TITLE: {}, _AFTER: {}, _COLUMNS: {},
    _BLOCK: dict.fromkeys(_PLAIN, _BLOCK) | dict.fromkeys(_PHRASED, _PARAGRAPH)
    | {"table": _TABLE, "ul": _LIST, "ol": _LIST, "dl": _TERMS, "a": _LINK},
    _PARAGRAPH: {"a": _LINKED},
    _LINK: dict.fromkeys(_PLAIN, _LINK) | dict.fromkeys(_PHRASED, _LINKED) | {"table": _TABLE},
    _LINKED: {},
}  # fmt: skip
_VOID = {
    "br": _FLOW, "img": _FLOW, "wbr": _FLOW, "input": _FLOW, "hr": frozenset((_BLOCK, _LINK)), "col": frozenset((_TABLE, _COLUMNS)),
    "!": frozenset(range(16)) - {_TITLE}, "meta": frozenset((_HEAD,)), "link": frozenset((_HEAD,)), "base": frozenset((_HEAD,)),
}  # fmt: skip
_OPEN, _CLOSE, _INSIDE, _INSIDE_END, _ALONE, _OTHER = range(6)
_Action = tuple[int, str, int, int]


class _Actions(dict[str, _Action]):
    """What each tag, as written, does: worked out once, because the tags of a page are a few dozen over and over."""

    def __missing__(self, head: str) -> _Action:
        if len(self) > _MOST_KNOWN:
            self.clear()
        action = self[head] = _action(head)
        return action


def _action(head: str) -> _Action:
    if head == "!":
        return _ALONE, head, 0, 0
    found = _STRICT.fullmatch(head) if len(head) <= _LONGEST else None
    if found is None:
        return _OTHER, "", 0, 0
    name, end = found[2].lower(), bool(found[1])
    if end:
        return (_INSIDE_END if name in _INLINE or ":" in name else _CLOSE), name, 0, 0
    colspan = rowspan = 1
    if found[3]:
        low = head.lower()
        cell = name in ("td", "th")
        if (styled := any(word.lower() in low for word in STYLED)) or (cell and "span" in low):
            around = "<table><tr>" if cell else "<table>" if name in ("tr", "tbody", "thead", "tfoot") else ""
            node = LexborHTMLParser(f"{around}<{head}>").css_first(name.replace(":", r"\:"))
            if node is None or (styled and (styled_tag(node.attributes, name) != name or styled_lettering(node.attributes, name))):
                return _OTHER, "", 0, 0
            colspan, rowspan = spans_of(node.attributes)
    if name in _VOID:
        return (_OTHER if name == "input" and "value" in head.lower() and entered(_attributes(head)) else _ALONE), name, 0, 0
    return (_INSIDE if name in _INLINE or ":" in name else _OPEN), name, colspan, rowspan


def _attributes(head: str) -> Mapping[str, str | None]:
    """What a tag says of its element, as the tree would have it."""
    node = LexborHTMLParser(f"<{head}>").css_first(head.split(None, 1)[0].lower())
    return node.attributes if node is not None else {}


_ACTIONS = _Actions()


@lru_cache(maxsize=4096)
def _text(said: str) -> str | None:
    """What a text with references says, None where one of them is not among the usual ones."""
    return None if "&" in _REFERENCE.sub("", said) else unescape(said)


def _shown(text: str) -> str | None:
    """The page without comments, scripts and styles; None where it is not certain where one ends."""
    kept: list[str] = []
    at = 0
    while found := _NOT_SHOWN.search(text, at):
        kept.append(text[at : found.start()])
        at = found.end()
        # Something stays in its place, lest what stands around it becomes a tag; an iframe opens the body of a page as an image does.
        kept.append("<img>" if found["raw"] and found["raw"].lower() == "iframe" else "<!>")
        if raw := found["raw"]:
            if "=" in found["said"] and _STRICT.fullmatch(f"x{found['said']}") is None:
                return None
            end = _ENDS[raw.lower()].search(text, at)
            if end is None or "<!--" in (inside := text[at : end.start()]) or "</" + raw[:1] in inside:
                return None
            at = end.end()
        elif found[0] == "<!--":
            end_of = text.find("-->", at)
            if end_of < 0 or text.startswith((">", "->"), at) or text.find("--!>", at, end_of) >= 0:
                return None
            at = end_of + len("-->")
    return "".join((*kept, text[at:])) if kept else text


class _Wrappers(dict[tuple[str, str], tuple[int, int] | None]):
    """What stands around the one text of a cell, its own tags included -> the spans of the cell; None where that is not all it is."""

    def __missing__(self, around: tuple[str, str]) -> tuple[int, int] | None:
        if len(self) > _MOST_KNOWN:
            self.clear()
        opened, closing = around
        if closing and _CLOSING.fullmatch(closing) is None:
            return None
        page = _scanned(_tags(f"<table><tr>{opened}x{closing}</td></tr></table>")) if len(opened) + len(closing) < _LONGEST else None
        spans = None
        if page is not None and page.lines == ["x"] and len(page.all_tables) == 1 and [len(row) for row in page.tables[0].rows] == [1]:
            cell = page.tables[0].rows[0][0]
            if (cell.first, cell.last) == (0, 1) and not page.outside and not cell.pictured:
                spans = cell.colspan, cell.rowspan
        self[around] = spans
        return spans


_WRAPPERS = _Wrappers()


_Part = tuple[tuple[int, int] | None, str, str, str]
"""A cell as its spans and its text, or a tag and the text behind it."""


def _tags(text: str) -> Iterator[_Part]:
    before, *pieces = text.split("<")
    if before and before.strip(_WHITE):
        yield None, "", "<", ""
    for piece in pieces:
        head, closed, tail = piece.partition(">")
        yield None, "", head if closed else "<", tail


def _parts(text: str) -> Iterator[_Part]:
    """The page in parts: most of a report are cells with one text each, which are taken whole."""
    *chunks, rest = text.split("</td>")
    last: tuple[str, str, tuple[int, int]] = "<", "", (1, 1)
    for chunk in chunks:
        before, behind, spans = last  # what stood around the last cell often stands around the next
        if chunk.startswith(before) and chunk.endswith(behind) and len(chunk) >= len(before) + len(behind):
            said: str | None = chunk[len(before) : len(chunk) - len(behind)]
            if said is not None and "<" not in said and ">" not in said and ("&" not in said or (said := _text(said)) is not None):
                yield spans, said, "", ""
                continue
        begin = chunk.rfind("<td")
        if begin < 0:
            yield from _tags(f"{chunk}</td>")
            continue
        end = chunk.find("</", begin)
        if end < 0:
            end = len(chunk)
        start = chunk.rfind(">", begin, end) + 1
        said = chunk[start:end]
        around = _WRAPPERS[chunk[begin:start], chunk[end:]]
        if around is not None and said and "&" in said:
            said = _text(said)
        if begin:
            yield from _tags(chunk[:begin])
        if around is None or said is None:
            yield from _tags(f"{chunk[begin:]}</td>")
        else:
            yield around, said, "", ""
            if not begin or chunk[:begin].isspace():
                last = chunk[:start], chunk[end:], around
    yield from _tags(rest)


def scanned(text: str) -> Page | None:
    """The page that a source is, None where its tree may differ from what it says."""
    if text.count("<") > bombs.MOST_TAGS or "\0" in text or (shown := _shown(text)) is None:
        return None
    start = shown.find("<")
    if start < 0 or shown[:start].strip(_WHITE):
        return None
    return _scanned(_parts(shown))


def _scanned(parts: Iterable[_Part]) -> Page | None:  # noqa: C901, PLR0911, PLR0912, PLR0915 -- one loop: a call in it doubles its time
    page = Page()
    lines, ranges, all_tables = page.lines, page.ranges, page.all_tables
    state, ended, titled = _START, False, False
    most_open, most_nested = bombs.MOST_OPEN, tags.MOST_NESTED
    names, before = list[str](), list[tuple[int, int]]()
    pieces, tables, cells, row = list[str](), list[Table](), list[Cell](), list[Cell]()
    for spans, said, head, tail in parts:
        if spans is not None:
            if state != _ROW:
                return None
            first = last = len(lines)
            if said.isalnum() or (said := SPACE.sub(" ", said).strip(TRIMMED)):
                lines.append(said)
                last += 1
            row.append(Cell(first, last, spans[0], spans[1]))
            continue
        what, name, colspan, rowspan = _ACTIONS[head]
        if what == _INSIDE:
            if state not in _FLOW or len(names) > most_open:
                return None
            names.append(name)
        elif what == _INSIDE_END:
            if not names or names.pop() != name:
                return None
        elif what == _OTHER:
            return None
        else:
            if pieces and name not in _WITHIN_LINES:
                found = pieces[0] if len(pieces) == 1 else "".join(pieces)
                pieces.clear()
                if found.isalnum():
                    lines.append(found)
                elif found != "\n" and (bare := SPACE.sub(" ", found).strip(TRIMMED)):
                    lines.append(bare)
            if what == _OPEN:
                if name == "a" and pieces and pieces[-1][-1:].isdigit() and not tail[:1].isalpha():
                    return None  # a link behind a figure may lead to its note
                if state == _START and name != "html":
                    state = _BLOCK  # a piece of a page
                then = _NEXT[state].get(name)
                if then is None or ended or len(names) > most_open:
                    return None
                names.append(name)
                before.append((state, len(lines)))
                if name in _CELLS:
                    cell = Cell(len(lines), 0, colspan, rowspan)
                    cells.append(cell)
                    tables[-1].rows[-1].append(cell)
                elif name == "tr":
                    if state == _TABLE:  # its group is there, though nobody wrote it
                        tables[-1].groups.append(len(tables[-1].rows))
                        names[-1:] = "", "tr"
                        before.append((_GROUP, len(lines)))
                    row = list[Cell]()
                    tables[-1].rows.append(row)
                elif name == "table":
                    if len(tables) >= most_nested or len(cells) != len(tables):
                        return None
                    table = Table(len(all_tables) + 1, len(lines))
                    all_tables.append(table)
                    (cells[-1].inside() if cells else page.tables).append(table)
                    tables.append(table)
                elif then == _GROUP:
                    tables[-1].groups.append(len(tables[-1].rows))
                elif name == "title":
                    if titled or (shown := _text(tail)) is None:
                        return None
                    titled = True
                    page.title = SPACE.sub(" ", shown).strip(TRIMMED)
                state = then
            elif what == _CLOSE:
                last = len(lines)
                if names and not names[-1]:
                    names.pop()
                    state, first = before.pop()
                    if last - first > 1:
                        ranges.append((first, last))
                if not names or names.pop() != name:
                    return None
                state, first = before.pop()
                if name in _CELLS:
                    cells.pop().last = last
                    row = tables[-1].rows[-1]  # after the rows of tables within it
                elif name == "table":
                    tables.pop()
                elif name == "head":
                    state = _AFTER_HEAD
                elif name == "body":
                    state, ended = _AFTER, True
                elif name in OUTSIDE and last > first:
                    page.outside.append((first, last))
                if last - first > 1 and name in CLOSES:
                    ranges.append((first, last))
            elif state not in _VOID[name]:
                return None
            elif name == "img" and cells:
                cells[-1].pictured = True
        if tail:
            if state in _FLOW:
                if "&" not in tail:
                    pieces.append(tail)
                elif (shown := _text(tail)) is None:
                    return None
                else:
                    pieces.append(shown)
            elif state != _TITLE and tail.strip(_WHITE):
                return None
    if names:
        return None
    if bare := SPACE.sub(" ", "".join(pieces)).strip(TRIMMED):
        lines.append(bare)
    if not ended and len(lines) > 1:
        ranges += (0, len(lines)), (0, len(lines))  # the body and the whole, which nobody wrote
    page.whole = True
    return page


def page_of(text: str) -> Page:
    """The lines and tables of a page. Raises `ReadError` where it goes beyond the limits."""
    return scanned(text) or walked(text)
