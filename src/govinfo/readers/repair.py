"""Damaged text, mended: readings put behind characters, and the one kind of GBK damage that can be undone.

Some sites converted pages to Traditional script with a tool that also wrote the pinyin of a character behind it
(統(tǒng)一), some of them on GBK bytes, so that it matched the last byte of one character with the first of the next.
Every edit is kept with its original; what cannot be undone is reported and left as it is.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from attrs import field, frozen

from govinfo.fold import simplified
from govinfo.reading import RepairKind

_TONED = dict(zip("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuüüüünnnm", strict=True))
_BARE = str.maketrans(_TONED)
_GLOSS = re.compile(rf"[(（]([a-zü{''.join(_TONED)}]{{1,6}})[)）]")
_INITIAL = "(?:[bpmfdtnlgkhjqxryw]|[zcs]h?)"
_SYLLABLE = re.compile(rf"{_INITIAL}?(?:[aeo]|[aeiouü][aeiou]|[iu][ao][oi]?)(?:ng?|r)?|{_INITIAL}[iuü](?:ng?)?|[nm]")
_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff"
_IS_IDEOGRAPH = re.compile(f"[{_IDEOGRAPH}\U00020000-\U0003ffff]")
# A question mark for a lost byte, the character that two halves made, and the half that was left over as a letter.
_BROKEN_BYTES = re.compile(rf"(?<=[{_IDEOGRAPH}])[?？]([！-～,.!:;])([{_IDEOGRAPH}]?)([@-Z\[\]-`a-z])(?=[{_IDEOGRAPH}(（])")
_SEVERAL = 3


@frozen
class Edit:
    """One piece of damage: text[start:end] of the original was taken for `repaired`."""

    kind: RepairKind
    start: int
    end: int
    original: str
    repaired: str


@frozen
class Mended:
    """The text after its edits, which are in order and do not overlap."""

    text: str
    edits: tuple[Edit, ...] = ()
    _starts: tuple[int, ...] = field(default=(), alias="starts")
    _shifts: tuple[int, ...] = field(default=(), alias="shifts")

    def source(self, offset: int) -> int:
        """Where the character at that offset of the mended text stands in the original."""
        place = bisect_right(self._starts, offset) - 1
        return offset + (self._shifts[place] if place >= 0 else 0)


@frozen
class _Gloss:
    start: int  # of its first bracket
    end: int
    owner: str
    reading: str
    toned: bool
    doubled: bool


def mend(text: str) -> Mended:
    """The text with its damage undone as far as that is certain.

    A reading is taken out where the character differs from its Simplified form, or where the document has several such
    readings: a single 行(háng)业 is a genuine gloss.
    """
    glosses = list(_glosses(text))
    if not glosses and not (("?" in text or "？" in text) and _BROKEN_BYTES.search(text)):
        return Mended(text)
    several = sum(gloss.toned or gloss.doubled for gloss in glosses) >= _SEVERAL
    pairs = Counter((gloss.owner, gloss.reading) for gloss in glosses)
    edits: list[Edit] = []
    readings: dict[str, set[str]] = {}
    for gloss in glosses:
        traditional = simplified(gloss.owner) != gloss.owner
        certain = gloss.toned or gloss.doubled or (several and (traditional or pairs[gloss.owner, gloss.reading] > 1))
        if _IS_IDEOGRAPH.match(gloss.owner) and certain and (traditional or several):
            readings.setdefault(gloss.owner, set()).add(gloss.reading)
            edits.append(Edit(RepairKind.PINYIN, gloss.start - 1, gloss.end, text[gloss.start - 1 : gloss.end], gloss.owner))
    edits += _undone(text, glosses, readings)
    starts = {edit.start for edit in edits}
    # Without other damage only the longer form is telling: 是吗?,A类 may be what somebody wrote.
    edits += [
        Edit(RepairKind.DAMAGED, found.start(), found.end(), found[0], found[0])
        for found in _BROKEN_BYTES.finditer(text) if found.start() not in starts and (several or found[2])
    ]  # fmt: skip
    return _applied(text, sorted(edits, key=lambda edit: edit.start))


def _glosses(text: str) -> Iterator[_Gloss]:
    end = 0
    for found in _GLOSS.finditer(text):
        start, reading = found.start(), found[1]
        if start < end or start == 0 or not _SYLLABLE.fullmatch(reading.translate(_BARE)):
            continue
        tones = sum(letter in _TONED for letter in reading)
        if tones > 1:
            continue
        doubled = text.startswith(found[0], found.end())
        end = found.end() + (len(found[0]) if doubled else 0)
        yield _Gloss(start, end, text[start - 1], reading, tones == 1, doubled)


def _undone(text: str, glosses: list[_Gloss], readings: dict[str, set[str]]) -> Iterator[Edit]:
    """`?,F(xiàn)` back to `。現`: kept only where that character carries that reading elsewhere in the document."""
    for gloss in glosses:
        start = gloss.start - 3
        if start < 0 or text[start] not in "?？" or not "@" <= gloss.owner <= "~":
            continue
        middle = text[start + 1]
        try:
            # Crawlers fold the full-width comma that the tool had made.
            first, second = (chr(ord(middle) + 0xFEE0) if "!" <= middle <= "~" else middle).encode("gbk")
            stop, restored = bytes((0xA1, first)).decode("gbk"), bytes((second, ord(gloss.owner))).decode("gbk")
        except ValueError:
            continue
        # The lost byte could be any; only a full stop is likely enough where a sentence may end.
        if stop == "。" and gloss.reading in readings.get(restored, ()):
            yield Edit(RepairKind.GBK, start, gloss.end, text[start : gloss.end], stop + restored)


def _applied(text: str, edits: list[Edit]) -> Mended:
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.repaired)
        length += edit.start - at + len(edit.repaired)
        at = edit.end
        starts.append(length)
        shifts.append(at - length)
    pieces.append(text[at:])
    return Mended("".join(pieces), tuple(edits), tuple(starts), tuple(shifts))
