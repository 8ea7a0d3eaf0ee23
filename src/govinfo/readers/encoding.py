"""Bytes to text: what a document is encoded in, whatever it declares.

Strict UTF-8 is hardly ever valid by chance, so it comes first; GB2312 and GBK are read as GB18030, which holds them; between
that and Big5 the words of the forms decide.
"""

import codecs
import re
from collections.abc import Sequence
from functools import lru_cache

from govinfo.errors import ReadError
from govinfo.fold import simplified
from govinfo.form import Form

_BOMS = (("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE))
_LEGACY = ("gb18030", "big5hkscs")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_-]{2,20})""")
_ENOUGH = 3  # words of the forms that a right decoding shows
_ACCEPTED = "accepted is text in UTF-8, UTF-16, GB18030 (GBK, GB2312) or Big5"
_JUDGED = 400_000  # characters, in which the words of a report must come
_HEAD = 4096  # bytes, in which a declaration stands


def decoded(content: bytes, forms: Sequence[Form]) -> str:
    """The text of a document. Raises `ReadError` where no encoding gives text for certain."""
    for name, mark in _BOMS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], name)
    try:
        text = _strict(content, "utf-8")
    except ReadError as error:
        return _legacy(content, tuple(forms), error)
    if "\x00" in text and (wide := _wide(content, tuple(forms))) is not None:
        return wide
    return _not_mistaken(text, tuple(forms)) if _looks_mistaken(text) else text


def _strict(content: bytes, name: str) -> str:
    """The text, without a character that the end of the document cuts in two."""
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        if error.start > 0 and error.end == len(content) and len(content) - error.start < len("\U0001f600".encode()):
            try:
                return content[: error.start].decode(name)
            except UnicodeDecodeError:
                pass
        line = content.count(b"\n", 0, error.start) + 1
        where = f"byte 0x{content[error.start]:02x} at offset {error.start}, line {line}"
        raise ReadError(f"not {name.upper()}: {where}", remedy=_ACCEPTED) from error


def _legacy(content: bytes, forms: tuple[Form, ...], problem: ReadError) -> str:
    if content.count(0) * 8 > len(content) and (wide := _wide(content, forms)) is not None:
        return wide
    found: dict[str, str] = {}
    for name in _LEGACY:
        try:
            found[name] = _strict(content, name)
        except ReadError:
            continue
    if not found or b"\x00" in content:
        raise problem
    scores = {name: _words_in(text, forms) for name, text in found.items()}
    best = max(scores, key=lambda name: (scores[name], name == _declared(content)))
    if scores[best] < _ENOUGH:
        raise problem
    return found[best]


def _declared(content: bytes) -> str:
    """The one of the two legacy encodings that the document names, "" if none."""
    found = _DECLARED.search(content[:_HEAD])
    name = found[1].decode("ascii").lower() if found else ""
    return "gb18030" if name.startswith("gb") else "big5hkscs" if name.startswith("big5") else ""


def _wide(content: bytes, forms: tuple[Form, ...]) -> str | None:
    """UTF-16 without a mark, where one byte order shows the words of the forms."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = _strict(content, name)
        except ReadError:
            continue
        if _words_in(text, forms) >= _ENOUGH:
            return text
    return None


@lru_cache(maxsize=16)
def _words(forms: tuple[Form, ...]) -> frozenset[str]:
    """What a report of any form prints somewhere, in Simplified script."""
    lines = (line for form in forms for matrix in form.matrices for line in (*matrix.rows, *matrix.columns))
    names = [line.label for line in lines] + [word for form in forms for line in form.sections for word in line.label.split("、")]
    return frozenset(word for name in names for word in re.findall("[\u4e00-\u9fff]{2,}", name)) | {"政府信息公开"}


def _words_in(text: str, forms: tuple[Form, ...]) -> int:
    plain = simplified.__wrapped__(text[:_JUDGED])  # not through its cache, which is for labels
    return sum(word in plain for word in _words(forms))


# --- UTF-8 that was read as GBK and stored ---------------------------------------------------------------------------

# What the commonest characters of a report turn into: 政府 信息 公开 年度 报告 情况 数量.
_MISTAKEN = tuple(word.encode()[: len(word.encode()) // 2 * 2].decode("gb18030", "ignore")[:2] for word in ("政府", "信息", "公开", "年度", "报告"))


def _looks_mistaken(text: str) -> bool:
    return sum(sign in text for sign in _MISTAKEN) > 1


def _not_mistaken(text: str, forms: tuple[Form, ...]) -> str:
    """The text with that mistake undone; `ReadError` where characters were lost in it."""
    if _words_in(text, forms) >= _ENOUGH:
        return text
    try:
        undone = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        undone = ""
    if undone and _words_in(undone, forms) >= _ENOUGH:
        return undone
    raise ReadError("UTF-8 that was read as GBK and stored so: characters were lost in it for good", remedy="use the original document")
