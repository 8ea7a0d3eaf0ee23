"""Reports that repeat last year's, over all pairs of a table: Y709, Y710."""

from functools import cached_property
from typing import Any

from attrs import frozen

from govinfo.columns.arrow import Ints, np, pa, valid
from govinfo.columns.figures import NO_TABLE
from govinfo.columns.findings import Found, Instance
from govinfo.columns.pairs import Pairs
from govinfo.findings import Rule, Verdict
from govinfo.form import Matrix
from govinfo.keys import TABLES
from govinfo.rules.copies import PROSE, prose_of, share, squeezed
from govinfo.rules.subject import DEFAULT_LIMITS

_AT_A_TIME = 2_048  # pairs of which the texts are held at once


def frozen_figures(pairs: Pairs, rule: Rule[Any], number: int, found: Found) -> None:
    """Y709: the first cell that differs settles it; only pairs without one are looked at further."""
    forms = pairs.figures.forms
    alike = ~pairs.apart & np.logical_or.reduce([forms[section][pairs.after] != NO_TABLE for section in TABLES])
    for section in forms:
        alike &= forms[section][pairs.before] == forms[section][pairs.after]
    lacking, nonzero = np.zeros(len(alike), np.bool_), np.zeros(len(alike), np.bool_)
    undecided = alike.copy()
    for section, form, matrix in _tables(pairs):
        left = np.flatnonzero(undecided & (forms[section][pairs.after] == form))
        for cell in matrix.cells:
            if not len(left):
                break
            values, known = pairs.figures.tokens(cell.address)
            after, before = pairs.rows(left)
            both = known[after] & known[before]
            differs = both & (values[after] != values[before])
            instance = Instance(rule.code, "", rule.severity, (cell.address,), (number,))
            found.said(instance, Verdict.HOLDS, (after[differs], before[differs]))
            lacking[left] |= ~both
            nonzero[left] |= values[before] != 0
            undecided[left[differs]] = False
            left = left[~differs]
    nothing = undecided & ~lacking & ~nonzero
    found.said(Instance(rule.code, "", rule.severity, (), (number,)), Verdict.NOT_APPLICABLE, pairs.rows(~alike | nothing))
    for verdict, where in ((Verdict.UNKNOWN, undecided & lacking), (Verdict.BROKEN, undecided & ~lacking & nonzero)):
        for cells, rows in pairs.figures.cells_of(pairs.after, where):
            found.said(Instance(rule.code, "", rule.severity, cells, (number,)), verdict, pairs.rows(rows))


def _tables(pairs: Pairs) -> list[tuple[str, int, Matrix]]:
    matrices = pairs.figures.matrices
    return [(section, form, matrix) for section in TABLES for form, matrix in enumerate(matrices[section])]


def text_copied(pairs: Pairs, rule: Rule[Any], number: int, found: Found) -> None:
    """Y710: the pairs of characters of each text are counted once, and only where the lengths leave it open."""
    limit = DEFAULT_LIMITS.number(rule, "similarity")
    columns = [pairs.figures.column(str(section)) for section in PROSE]
    instance = Instance(rule.code, "", rule.severity, (), (number,))
    there = np.logical_and.reduce([valid(column) for column in columns])
    known = ~pairs.apart & there[pairs.after] & there[pairs.before]
    found.said(instance, Verdict.NOT_APPLICABLE, pairs.rows(pairs.apart))
    found.said(instance, Verdict.UNKNOWN, pairs.rows(~pairs.apart & ~known))
    compared = np.flatnonzero(known)
    for start in range(0, len(compared), _AT_A_TIME):
        after, before = pairs.rows(compared[start : start + _AT_A_TIME])
        wanted = pa.array(np.union1d(after, before))
        said = zip(*(column.take(wanted).to_pylist() for column in columns), strict=True)
        texts = {row: _Text(prose_of(text)) for row, text in zip(wanted.to_pylist(), said, strict=True)}
        verdicts = [_verdict(texts[early], texts[late], limit) for early, late in zip(before.tolist(), after.tolist(), strict=True)]
        for verdict in set(verdicts):
            where = np.array([each is verdict for each in verdicts])
            found.said(instance, verdict, (after[where], before[where]))


@frozen(slots=False)  # the cached properties are the point
class _Text:
    """A text that is compared with two others, that of the year before and that of the year after."""

    text: str

    @cached_property
    def squeezed(self) -> str:
        """What of it is compared."""
        return squeezed(self.text)

    @cached_property
    def counted(self) -> tuple[Ints, Ints]:
        """The pairs of neighbouring characters, as numbers in their order, and how often each is there."""
        characters = np.frombuffer(self.squeezed.encode("utf-32-le"), np.uint32).astype(np.int64)
        pairs, times = np.unique((characters[:-1] << 21) | characters[1:], return_counts=True)
        return pairs, times.astype(np.int64)

    def common(self, other: "_Text") -> int:
        """How many pairs of characters both have."""
        (own, times), (theirs, others) = self.counted, other.counted
        _, here, there = np.intersect1d(own, theirs, assume_unique=True, return_indices=True)
        return int(np.minimum(times[here], others[there]).sum())


def _verdict(before: _Text, after: _Text, limit: Any) -> Verdict:
    if not before.text or not after.text:
        return Verdict.NOT_APPLICABLE
    texts = before.squeezed, after.squeezed
    most = max(min(map(len, texts)) - 1, 0)
    if share(most, *texts) < limit:
        return Verdict.HOLDS
    return Verdict.BROKEN if share(before.common(after), *texts) >= limit else Verdict.HOLDS
