"""Tables that add up and tables that were broken, drawn by dice: the same for the same seed."""

import random

from govinfo.form import Matrix
from govinfo.report import BLANK, Mark, Table


def random_table(matrix: Matrix, dice: random.Random) -> Table:
    """A table that adds up, small figures and many zeros, as most offices have."""
    *_, total = matrix.columns
    rows = [row.key for row in matrix.rows]
    parts = [column.key for column in matrix.columns[:-1]]
    new, carried, *outcomes, concluded, forward = rows if len(rows) > 3 else ["", "", *rows, "", ""]
    values: dict[tuple[str, str], int] = {}
    for column in parts:
        for row in outcomes:
            values[row, column] = dice.choice([0, 0, 0, 1, 2, dice.randrange(30)])
        values[concluded, column] = sum(values[row, column] for row in outcomes)
        values[forward, column] = dice.randrange(4)
        values[carried, column] = dice.randrange(min(4, values[concluded, column] + values[forward, column] + 1))
        values[new, column] = values[concluded, column] + values[forward, column] - values[carried, column]
    for row in {row for row, _ in values}:
        values[row, total.key] = sum(values[row, column] for column in parts)
    return Table.of(matrix, {cell.address: values[cell.row.key, cell.column.key] for cell in matrix.cells})


def random_damage(table: Table, dice: random.Random) -> Table:
    """Up to four wrong figures, sometimes blanks besides, sometimes all in two rows."""
    cells = list(table.matrix.addresses)
    if dice.random() < 0.3:
        first = dice.randrange(len(cells) - 14) if len(cells) > 15 else 0
        cells = cells[first : first + 14]
    wrong: dict[str, int | Mark] = {cell: dice.choice([0, 1, 5, dice.randrange(60)]) for cell in dice.sample(cells, dice.randrange(1, 5))}
    if dice.random() < 0.4:
        wrong |= dict.fromkeys(dice.sample(table.matrix.addresses, dice.randrange(1, len(cells))), BLANK)
    return table.replace(wrong)
