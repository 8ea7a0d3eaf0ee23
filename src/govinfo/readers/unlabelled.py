"""Rows of figures that lost their labels, as PDF files turned into Markdown have them: placed by order where nothing is left to doubt.

Order alone is little: one row lost and another doubled leave their number as it was, and the trial form has as many rows as
the form in use without two. So the rows of a table get their labels back only if they are then exactly the rows of one form,
each with exactly as many plain figures as columns, none before a labelled row that comes later, and every sum that the form
declares holds. Each is told as a repair.
"""

from collections.abc import Iterator, Sequence

from attrs import evolve

from govinfo.form import Form, Matrix
from govinfo.keys import Section
from govinfo.readers.document import Part
from govinfo.readers.figures import is_figure
from govinfo.readers.grid import Block, Grid, GridCell
from govinfo.readers.labels import lexicon
from govinfo.reading import Repair, RepairKind

_Row = tuple[GridCell, ...]


def labelled(parts: Sequence[Part], forms: Sequence[Form]) -> tuple[list[Part], tuple[Repair, ...]]:
    """The parts with the labels put back that figure rows of section 3 lack, and a repair for each; as they were where in doubt."""
    found = list(parts)
    repairs: list[Repair] = []
    for number, part in enumerate(parts):
        if part.section is Section.REQUESTS and any(_bare(row) for row in _rows(part.blocks)):
            matrices = [matrix for form in forms for matrix in form.matrices if matrix.key == Section.REQUESTS]
            fitting = [tried for matrix in matrices if (tried := _with_labels(part.blocks, matrix)) is not None]
            if len(fitting) == 1:
                placed, told = fitting[0]
                found[number] = evolve(part, blocks=placed)
                repairs += told
    return found, tuple(repairs)


def _rows(blocks: Sequence[Block]) -> Iterator[_Row]:
    for block in blocks:
        if isinstance(block, Grid) and block.ended:
            yield from block.rows


def _bare(row: _Row) -> list[GridCell]:
    """The figures of a row that has nothing else."""
    filled = [cell for cell in row if not cell.empty]
    return filled if len(filled) > 1 and all(is_figure(cell.text) for cell in filled) else []


def _with_labels(blocks: Sequence[Block], matrix: Matrix) -> tuple[list[Block], list[Repair]] | None:
    words, columns = lexicon(matrix), len(matrix.bands[0].columns)
    changed: list[Block] = []
    repairs: list[Repair] = []
    values: list[int] = []
    at = 0  # the row of the form that comes next
    for block in blocks:
        if not isinstance(block, Grid) or not block.ended:
            changed.append(block)
            continue
        rows: list[_Row] = []
        for row in block.rows:
            known = next(
                (r for cell in row for r in words.rows_by_key.get(words.knows(cell.text) or "", ()) if not cell.empty and r.index == at),
                None,
            )
            figures = _bare(row) or [cell for cell in row if not cell.empty and is_figure(cell.text)]
            if not figures:
                rows.append(row)
                continue
            if (known is None and not _bare(row)) or at >= len(words.rows) or len(figures) != columns:
                return None
            if not all(cell.text.isdecimal() and cell.closed for cell in figures):
                return None
            values += [int(cell.text) for cell in figures]
            if known is not None:
                named = next(cell for cell in row if known in words.rows_by_key.get(words.knows(cell.text) or "", ()))
                rows.append((named, *figures))  # as the others: without what fills a row up
            else:
                label = words.rows[at].line.label
                origin = evolve(figures[0].origin, raw=" | ".join(cell.text for cell in figures))
                repairs.append(Repair(RepairKind.ORDER, origin.raw, label, origin))
                rows.append((GridCell(label, evolve(origin, raw="")), *figures))
            at += 1
        changed.append(evolve(block, rows=tuple(rows)))
    if at != len(words.rows) or not _add_up(matrix, values):
        return None
    return changed, repairs


def _add_up(matrix: Matrix, values: Sequence[int]) -> bool:
    by_address = dict(zip(matrix.addresses, values, strict=True))
    return all(sum(by_address[a] for a in balance.left) == sum(by_address[a] for a in balance.right) for balance in matrix.balances)
