"""What the words of a form's table are: row labels, column heads, heads over rows, and where each may stand."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from attrs import field, frozen

from govinfo.fold import fold, label_key, without_notes
from govinfo.form import Band, Line, Matrix

_SHORTEST = 3  # characters, of a label that can be recognised although some of it is lost


@frozen
class Head:
    """A head over columns or a column's own (`leaf` is its place among the columns); `keys` are its match keys."""

    label: str
    keys: frozenset[str]
    children: tuple["Head", ...] = ()
    leaf: int | None = None


@frozen
class Row:
    """A row of figures: `chain` are the keys of the heads that span it, `index` its place in the whole table."""

    index: int
    band: int
    line: Line
    chain: tuple[str, ...]


@frozen(eq=False)
class Lexicon:
    """The labels of one matrix by match key."""

    matrix: Matrix
    heads: tuple[tuple[Head, ...], ...] = field(init=False)
    rows: tuple[Row, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "heads", tuple(_heads(self.matrix, band) for band in self.matrix.bands))
        object.__setattr__(self, "rows", () if self.matrix.flat else tuple(_rows(self.matrix)))

    @cached_property
    def rows_by_key(self) -> dict[str, tuple[Row, ...]]:
        """Match key -> the rows that print so."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            for key in row.line.keys:
                found.setdefault(key, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def head_keys(self) -> frozenset[str]:
        """The match keys of all column heads."""
        return frozenset(key for heads in self.heads for head in breadth_first(heads) for key in head.keys)

    @cached_property
    def spans(self) -> dict[str, int]:
        """Match key of a head over rows -> how deep it stands."""
        return {key: depth for row in self.rows for depth, key in enumerate(row.chain)}

    @cached_property
    def fixtures(self) -> frozenset[str]:
        """The folded texts that are neither head nor row: a band's own line, and corners."""
        texts = [text for band in self.matrix.bands for text in (band.label, band.corner) if text]
        return frozenset(fold(text) for text in texts)

    def knows(self, text: str) -> str | None:
        """The match key by which a text is one of the labels, or None."""
        return _known(self, text)

    def look_up(self, text: str) -> str | None:
        """As `knows`, without remembering."""
        if (folded := fold(text)) in self.fixtures:
            return folded
        key = label_key(text)
        for candidate in (key, without_notes(key)):
            if candidate in self.rows_by_key or candidate in self.head_keys or candidate in self.spans:
                return candidate
        return None


@lru_cache(maxsize=65_536)
def _known(words: Lexicon, text: str) -> str | None:
    return words.look_up(text)


@lru_cache(maxsize=64)
def lexicon(matrix: Matrix) -> Lexicon:
    """The labels of a matrix, made once."""
    return Lexicon(matrix)


def breadth_first(heads: Sequence[Head]) -> list[Head]:
    """The heads level by level, as they are printed."""
    level: list[Head] = list(heads)
    found: list[Head] = []
    while level:
        found += level
        level = [child for head in level for child in head.children]
    return found


_OTHERWISE = ("上年", "上一年", "去年", "前年", "往年", "历年", "次年", "下年", "半年", "季", "月", "累计", "不", "未", "非")
"""Words by which a label says something else than the same label without them."""


def near(key: str, among: Iterable[tuple[str, frozenset[str]]], most: int = 60) -> str | None:
    """The one candidate (name, its keys) that the key is a damaged form of, None unless it is clearly the only one.

    At most a third of the characters may differ, and the next candidate must be two edits further away. Words that say
    something else are no damage: 上年 is not 本年.
    """
    if not _SHORTEST <= len(key) <= most:
        return None
    among = [
        (name, frozenset(other for other in keys if all(key.count(word) <= other.count(word) for word in _OTHERWISE)))
        for name, keys in among
    ]
    ranked = sorted((min(distance(key, other) for other in keys), name, max(map(len, keys))) for name, keys in among if keys)
    if not ranked or ranked[0][0] * 3 > ranked[0][2] or (len(ranked) > 1 and ranked[1][0] < ranked[0][0] + 2):
        return None
    return ranked[0][1]


@lru_cache(maxsize=65_536)  # reports have their labels in common
def distance(one: str, other: str) -> int:
    """The least number of characters to put in, take out or change to make one text the other."""
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        now = [i]
        for j, b in enumerate(other, 1):
            now.append(min(before[j] + 1, now[-1] + 1, before[j - 1] + (a != b)))
        before = now
    return before[-1]


def _rows(matrix: Matrix) -> Iterable[Row]:
    index = 0
    for number, band in enumerate(matrix.bands):
        for line in band.rows:
            yield Row(index, number, line, tuple(label_key(text) for text in line.within))
            index += 1


def _heads(matrix: Matrix, band: Band) -> tuple[Head, ...]:
    if matrix.flat:
        paths = [
            ((*row.path, *column.path), {len(row.within): row.keys, len(row.path) + len(column.within): column.keys})
            for row in band.rows for column in band.columns
        ]  # fmt: skip
    else:
        paths = [((*column.within, column.label), {len(column.within): column.keys}) for column in band.columns]
    return _tree([(path, keys, leaf) for leaf, (path, keys) in enumerate(paths)], 0)


def _tree(paths: Sequence[tuple[tuple[str, ...], dict[int, frozenset[str]], int]], depth: int) -> tuple[Head, ...]:
    heads: list[Head] = []
    start = 0
    while start < len(paths):
        path, keys, leaf = paths[start]
        end = start + 1
        own = keys.get(depth, frozenset({label_key(path[depth])}))
        if len(path) == depth + 1:
            heads.append(Head(path[depth], own, leaf=leaf))
        else:
            while end < len(paths) and len(paths[end][0]) > depth + 1 and paths[end][0][depth] == path[depth]:
                end += 1
            heads.append(Head(path[depth], own, _tree(paths[start:end], depth + 1)))
        start = end
    return tuple(heads)
