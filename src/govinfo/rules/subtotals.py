"""Subtotals that a publisher adds to section 3 and that no form has: rule R304, over what reading could not place."""

import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve

from govinfo.findings import Extent, Finding, Rule, Severity, Words
from govinfo.fold import label_key
from govinfo.form import Matrix
from govinfo.keys import OutcomeGroup, Section
from govinfo.reading import Leftover
from govinfo.rules.arithmetic import added
from govinfo.rules.subject import Subject
from govinfo.rules.wording import NO_DOCUMENT, compared, explained, not_applicable, undecided

_SUM_WORD = re.compile("(?:小计|合计|共计|总计|总数|小结)$")
_FIGURE = re.compile(r"\d{1,9}", re.ASCII)
_BREAKS = re.compile(r"[\s|]+")


def _evaluate(rule: Rule[Subject], subject: Subject) -> Iterator[Finding]:
    table = subject.table(rule, Section.REQUESTS)
    if subject.reading is None or table is None:
        yield not_applicable(
            rule,
            subject.report,
            NO_DOCUMENT if subject.reading is None else Words("报告中没有第三部分的表", "the report has no table of section 3"),
        )
        return
    groups = _groups(table.matrix)
    found = False
    for label, figures in _lines(subject.reading.leftovers):
        key = label_key(label)
        name = _SUM_WORD.sub("", key)
        if name not in groups or not figures:
            continue
        found = True
        lines = groups[name]
        if len(figures) != len(lines):
            why = Words(
                f"文件另印有“{label}”，但数字个数与表不符，不能核对",
                f"the document also prints '{label}', but not with a figure for each cell",
            )
            yield undecided(rule, subject.report, why, line=name)
            continue
        for printed, (line, cells) in zip(figures, lines, strict=True):
            right = added([subject.values[cell] for cell in cells])
            sides = None if right is None else (printed, right)
            yield evolve(compared(rule, subject.report, cells, sides, operator.eq, line), facts=(label,))
    if not found:
        yield not_applicable(rule, subject.report, Words("文件中没有另加的小计", "the document prints no subtotals of its own"))


def _lines(leftovers: Sequence[Leftover]) -> Iterator[tuple[str, list[int]]]:
    """(label, figures) of each line of text in section 3 that found no place; cells of one row of a grid are one line."""
    own = [leftover for leftover in leftovers if leftover.section is Section.REQUESTS]

    def row(item: tuple[int, Leftover]) -> tuple[object, ...]:
        number, leftover = item
        origin = leftover.origin
        return (number,) if origin.row is None else (origin.sheet, origin.page, origin.table, origin.row)

    for _, cells in groupby(enumerate(own), row):
        words = [word for _, leftover in cells for word in _BREAKS.split(leftover.text) if word]
        first = next((n for n, word in enumerate(words) if _FIGURE.fullmatch(word)), len(words))
        rest = words[first:]
        yield "".join(words[:first]), [int(word) for word in rest if _FIGURE.fullmatch(word)] if all(map(_FIGURE.fullmatch, rest)) else []


def _groups(matrix: Matrix) -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Match key of a head over several rows or columns -> (line, cells to add up) along the other axis."""
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    heads: dict[str, list[str]] = {}
    for row in matrix.rows:
        # Only the outcome groups: 三、本年度办理结果 has its own total row in the form.
        if isinstance(getattr(row.key, "group", None), OutcomeGroup) and len(row.within) > 1:
            heads.setdefault(label_key(row.within[-1]), []).append(row.key)
    for head, keys in heads.items():
        found[head] = tuple((str(c.key), tuple(f"{matrix.key}.{key}.{c.key}" for key in keys)) for c in matrix.columns)
    spans: dict[str, list[str]] = {}
    for column in matrix.columns:
        if len(column.within) > 1:
            spans.setdefault(label_key(column.within[-1]), []).append(column.key)
    for head, keys in spans.items():
        found[head] = tuple((str(r.key), tuple(f"{matrix.key}.{r.key}.{key}" for key in keys)) for r in matrix.rows)
    return found


R304: Rule[Subject] = Rule(
    "R304",
    "extra-subtotal",
    Words(
        "文件另印的小计（不予公开小计、法人小计等）等于所含各格之和",
        "A subtotal that the document prints besides the form's own cells is the sum of its parts.",
    ),
    Severity.ERROR,
    Extent.ROW,
    Words("算术；格式本身没有小计", "arithmetic; the form itself has no subtotals"),
    _evaluate,
    explained(
        "另印的“{0}”为{left}，所含各格之和为{right}，应相等",
        "'{0}', which the form does not have, is printed {left}, its parts add up to {right}",
    ),
    ("cn-2019", "cn-2021"),
)
RULES: tuple[Rule[Subject], ...] = (R304,)
