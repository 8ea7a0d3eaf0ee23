"""Match keys: what publishers vary in a label, folded away.

A key is only ever compared, never stored or shown: the text of a report stays as it was published.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol, cast

_IGNORED = re.compile(r"[\s|\u200b-\u200f\u2060\ufeff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟‘’‚‛「」『』〝〞〟＂＇'《》〈〉", '"'))
# Width is folded before these: what is left are signs that have no narrow twin, and the comma that stands for 、.
_STOPS = str.maketrans({"、": ".", ",": ".", "。": ".", "〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")",
                        "–": "-", "—": "-"})  # fmt: skip
_NUMBERING = re.compile(r"^(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[.,]|\(\d{1,2}\)|\d{1,2}[.,](?!\d))")
# Wording of Taiwan that converters put into copies of mainland pages (seen in print: 規範性檔案, 程式).
_WORDING = (("档案", "文件"), ("程式", "程序"))

_CHANGED_IN_GB2312 = frozenset("乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽沈坏藉哩覆")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter() -> _Converter:
    import opencc  # noqa: PLC0415 -- 30 ms and 8 MB that only matching needs

    return cast("_Converter", opencc.OpenCC("t2s"))


@lru_cache(maxsize=65_536)
def simplified(text: str) -> str:
    """The text in Simplified script (OpenCC `t2s`); for comparing, never for keeping."""
    return text if _plainly_simplified(text) else _converter().convert(text)


def _plainly_simplified(text: str) -> bool:
    """Whether OpenCC would change nothing, as far as that can be said without it: it is slow to load."""
    # GB 2312 holds the Simplified script, and these that OpenCC changes, alone or in a phrase (答覆).
    if not _CHANGED_IN_GB2312.isdisjoint(text):
        return False
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text without what publishers vary: width, white space, bars, brackets, quotes, stops, script.

    Kangxi radicals (⾏) become the ordinary characters. Numbering stays: see `label_key`.

    >>> fold("（一） 主動公開") == fold("(一)主动公开")
    True
    """
    text = _IGNORED.sub("", unicodedata.normalize("NFKC", text))
    text = unicodedata.normalize("NFKC", text)  # once more: accents that a space had kept apart stand together now
    return simplified(text).translate(_QUOTES).translate(_STOPS)


@lru_cache(maxsize=65_536)
def label_key(text: str) -> str:
    """The match key of a label or a heading: folded, and without its numbering.

    >>> label_key("3、其他") == label_key("3.其他") == label_key("其 他")
    True
    """
    return wording(_NUMBERING.sub("", fold(text), count=1))


def wording(key: str) -> str:
    """A match key with Taiwan wording put back into the wording of the forms."""
    for said, meant in _WORDING:
        key = key.replace(said, meant)
    return key


def without_notes(key: str) -> str:
    """A match key without what stands in brackets (a note or a unit); the key itself if nothing else is left.

    >>> without_notes("规章(以本单位名义制作,含联合发文)")
    '规章'
    """
    if "(" not in key:
        return key
    kept: list[str] = []
    opened: list[int] = []  # one pass: notes may be nested as deep as somebody likes
    for character in key:
        if character == ")" and opened:
            del kept[opened.pop() :]
        else:
            if character == "(":
                opened.append(len(kept))
            kept.append(character)
    return "".join(kept) or key
