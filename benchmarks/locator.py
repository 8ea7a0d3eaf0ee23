"""Naming one, two and three wrong cells of section 3: govinfo against an integer program, and how often it is right.

python -m benchmarks.locator [--json] [--rounds N] [--repeats N]

The integer program is HiGHS by its own Python interface, with everything in its favour: only the cells of broken
balances, changes bounded by what the balances lack, sparse rows, and the true cells given to it as a start. Its
building is part of it. `HiGHS, one` finds one smallest set and knows nothing of others; `HiGHS, all` answers what
govinfo answers, all of them, by forbidding each one found. `scipy, one` is the first by `scipy.optimize.milp`.

A slip is one of five: two digits swapped, one doubled, one dropped, one misread, the figure of a neighbouring cell.
"""

import importlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any, Self

import numpy as np
from attrs import frozen

from benchmarks.documents import FILLED
from benchmarks.measure import Result, measure, options, show
from govinfo.forms import CN_2021
from govinfo.locator import locate
from govinfo.report import Report, Table

GOALS = {1: 1 / 75, 2: 1 / 100, 3: 1 / 100}
SHARES = {1: 0.99, 2: 0.98, 3: 0.97}
SAMPLE = Path(__file__).parents[2] / "shared" / "samples" / "huaian-2024.truth.json"
MATRIX = CN_2021.requests
DRAWN = 1000
AGREE = 20  # so many cases of each number are first seen to agree
HALF = 0.5
highspy: Any = importlib.import_module("highspy")  # untyped for the most part
optimize: Any = importlib.import_module("scipy.optimize")  # its types are stubs of another package
INFINITE = highspy.kHighsInf
SIGNS = [{MATRIX.index_of[address]: sign for address, sign in balance.signs.items()} for balance in MATRIX.balances]
ROWS_OF = [[row for row, signs in enumerate(SIGNS) if cell in signs] for cell in range(len(MATRIX.cells))]


def right_table() -> tuple[str, Table]:
    """Figures of a city of which every sum holds: published ones where they are at hand, else made ones."""
    if SAMPLE.exists():
        cells = json.loads(SAMPLE.read_text("utf8"))["cells"]
        return "a city's published figures", Table.of(MATRIX, {address: cells[address] for address in MATRIX.addresses})
    assert FILLED.requests is not None
    return "made figures", FILLED.requests


def slipped(figures: Sequence[int], cell: int, dice: random.Random) -> int:
    """The figure of a cell after a random slip; always another one."""
    value = figures[cell]
    while True:
        digits = list(str(value))
        place = dice.randrange(len(digits))
        kind = dice.randrange(5)
        if kind == 0 and len(digits) > 1:
            place = place or 1
            digits[place - 1], digits[place] = digits[place], digits[place - 1]
        elif kind == 1:
            digits.insert(place, digits[place])
        elif kind == 2 and len(digits) > 1:  # noqa: PLR2004 -- the third kind of slip
            del digits[place]
        elif kind == 3:  # noqa: PLR2004 -- the fourth
            digits[place] = str(dice.randrange(10))
        else:
            digits = list(str(figures[max(0, min(len(figures) - 1, cell + dice.choice((-7, -1, 1, 7))))]))
        if (wrong := int("".join(digits))) != value:
            return wrong


def spoiled(table: Table, cells: Sequence[int], dice: random.Random) -> tuple[Report, dict[int, int]]:
    """The report with slips in those cells, and their true figures."""
    figures = [int(value or 0) for value in table.figures]
    wrong = list(figures)
    for cell in cells:
        wrong[cell] = slipped(figures, cell, dice)
    return Report(requests=Table(MATRIX, wrong)), {cell: figures[cell] for cell in cells}


@frozen
class Program:
    """The integer program: which cells may change, and which balances they lie in."""

    cells: list[int]
    rows: list[int]
    gaps: dict[int, int]
    most: int

    @classmethod
    def of(cls, figures: Sequence[int]) -> Self:
        """Only the cells of broken balances; no change is larger than the largest gap."""
        gaps = {row: sum(sign * figures[cell] for cell, sign in SIGNS[row].items()) for row in MATRIX.broken(figures)}
        cells = sorted({cell for row in gaps for cell in SIGNS[row]})
        return cls(cells, sorted({row for cell in cells for row in ROWS_OF[cell]}), gaps, max(map(abs, gaps.values())))

    def solver(self, figures: Sequence[int], start: Mapping[int, int]) -> Any:
        """HiGHS with the program in it: the changes, then the switches that allow them."""
        cells, most, count, height = self.cells, float(self.most), len(self.cells), len(self.rows)
        number = {row: place for place, row in enumerate(self.rows)}
        lowest = [float(min(figures[cell], self.most)) for cell in cells]
        starts, index, value = [0], list[int](), list[float]()
        for place, cell in enumerate(cells):
            index += [*(number[row] for row in ROWS_OF[cell]), height + place, height + count + place]
            value += [*(SIGNS[row][cell] for row in ROWS_OF[cell]), 1, 1]
            starts.append(len(index))
        for place, low in enumerate(lowest):
            index += [height + place, height + count + place]
            value += [-most, low]
            starts.append(len(index))
        equal = [-float(self.gaps.get(row, 0)) for row in self.rows]
        solver: Any = highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 -- HiGHS names its options so
        solver.setOptionValue("threads", 1)
        solver.passModel(
            2 * count, height + 2 * count, len(index), 1, 1, 0.0,
            np.array([0.0] * count + [1.0] * count),
            np.array([-low for low in lowest] + [0.0] * count), np.array([most] * count + [1.0] * count),
            np.array(equal + [-INFINITE] * count + [0.0] * count), np.array(equal + [0.0] * count + [INFINITE] * count),
            np.array(starts[:-1], dtype=np.int32), np.array(index, dtype=np.int32), np.array(value, dtype=float),
            np.ones(2 * count, dtype=np.int32),
        )  # fmt: skip
        if start.keys() <= set(cells):
            known = [float(start[cell] - figures[cell]) if cell in start else 0.0 for cell in cells]
            known += [float(cell in start) for cell in cells]
            solver.setSolution(2 * count, np.arange(2 * count, dtype=np.int32), np.array(known))
        solver.run()
        return solver


def one_set(figures: Sequence[int], start: Mapping[int, int]) -> int:
    """The size of a smallest set."""
    return round(float(Program.of(figures).solver(figures, start).getInfo().objective_function_value))


def all_sets(figures: Sequence[int], start: Mapping[int, int]) -> int:
    """How many smallest sets there are: each one found is forbidden, until only larger ones are left."""
    program = Program.of(figures)
    solver, count = program.solver(figures, start), len(program.cells)
    size, sets = round(solver.getInfo().objective_function_value), 0
    while solver.getModelStatus() == highspy.HighsModelStatus.kOptimal and round(solver.getInfo().objective_function_value) == size:
        sets += 1
        switched = [place for place in range(count, 2 * count) if solver.getSolution().col_value[place] > HALF]
        solver.addRow(-INFINITE, size - 1.0, len(switched), np.array(switched, dtype=np.int32), np.ones(len(switched)))
        solver.run()
    return sets


def by_scipy(figures: Sequence[int]) -> int:
    """The size of a smallest set, by the same program as most people would write it."""
    program = Program.of(figures)
    cells, most, count = program.cells, program.most, len(program.cells)
    sums = np.zeros((len(program.rows), 2 * count))
    for place, cell in enumerate(cells):
        for row in ROWS_OF[cell]:
            sums[program.rows.index(row), place] = SIGNS[row][cell]
    lowest = np.array([min(figures[cell], most) for cell in cells], dtype=float)
    gaps = -np.array([program.gaps.get(row, 0) for row in program.rows], dtype=float)
    one = np.eye(count)
    limits = [
        optimize.LinearConstraint(sums, gaps, gaps),
        optimize.LinearConstraint(np.hstack([one, -most * one]), -np.inf, 0),
        optimize.LinearConstraint(np.hstack([one, np.diag(lowest)]), 0, np.inf),
    ]
    bounds = optimize.Bounds(np.concatenate([-lowest, np.zeros(count)]), np.concatenate([np.full(count, most), np.ones(count)]))
    cost = np.concatenate([np.zeros(count), np.ones(count)])
    return round(float(optimize.milp(cost, constraints=limits, integrality=np.ones(2 * count), bounds=bounds).fun))


Case = tuple[Report, list[int], dict[int, int]]
"""A spoiled report, its figures of section 3, and the true ones where they differ."""


def in_turn(cases: Sequence[Case], repeats: int, work: Callable[[Report, list[int], dict[int, int]], object]) -> Iterator[object]:
    """The work on each case in turn, so many times each, without end."""
    for case in cycle(cases):
        for _ in range(repeats):
            yield work(*case)


def results(table: Table, *, rounds: int, repeats: int) -> list[Result]:
    """One result for one, two and three wrong cells; the sides have been seen to agree."""
    found: list[Result] = []
    for wrong, goal in GOALS.items():
        dice = random.Random(wrong)
        cases: list[Case] = []
        for _ in range(rounds):
            report, true = spoiled(table, dice.sample(range(len(MATRIX.cells)), wrong), dice)
            assert report.requests is not None
            cases.append((report, [int(value or 0) for value in report.requests.figures], true))
        for report, figures, true in cases[:AGREE]:
            diagnosis = locate(report)
            size = len(diagnosis.corrections[0].cells)
            assert size == one_set(figures, true) == by_scipy(figures)
            assert len(diagnosis.corrections) + diagnosis.unlisted == all_sets(figures, true)
        sides: dict[str, Callable[[], object]] = {
            "govinfo": partial(next, in_turn(cases, repeats, lambda report, _, __: locate(report))),
            "HiGHS, all": partial(next, in_turn(cases, repeats, lambda _, figures, true: all_sets(figures, true))),
            "HiGHS, one": partial(next, in_turn(cases, repeats, lambda _, figures, true: one_set(figures, true))),
            "scipy, one": partial(next, in_turn(cases, repeats, lambda _, figures, __: by_scipy(figures))),
        }
        found.append(measure(f"{wrong} wrong of 175 cells", sides, {"HiGHS, all": goal}, rounds=rounds, repeats=repeats))
    return found


def shares(table: Table) -> dict[str, float]:
    """How often the true cells with their true figures are the only smallest set."""
    found: dict[str, float] = {}
    for wrong in SHARES:
        dice = random.Random(100 + wrong)
        named = 0
        for _ in range(DRAWN):
            report, true = spoiled(table, dice.sample(range(len(MATRIX.cells)), wrong), dice)
            diagnosis = locate(report)
            named += diagnosis.unique and diagnosis.corrections[0].cells == {MATRIX.addresses[cell]: value for cell, value in true.items()}
        found[f"{wrong} wrong"] = named / DRAWN
    return found


def misnamed_blocks(table: Table) -> float:
    """How often four wrong cells, where two rows cross two columns, are explained by other cells: the limit of the idea."""
    dice, width, misnamed = random.Random(4), len(MATRIX.columns), 0
    for _ in range(DRAWN):
        rows, columns = dice.sample(range(len(MATRIX.rows)), 2), dice.sample(range(width), 2)
        report, true = spoiled(table, [row * width + column for row in rows for column in columns], dice)
        diagnosis = locate(report, limit=1000)
        truth = {MATRIX.addresses[cell]: value for cell, value in true.items()}
        misnamed += diagnosis.complete and truth not in [correction.cells for correction in diagnosis.corrections]
    return misnamed / DRAWN


if __name__ == "__main__":
    chosen = options(__doc__ or "", rounds=100, repeats=5)
    what, right = right_table()
    named, blocks = shares(right), misnamed_blocks(right)
    measured = results(right, rounds=chosen.rounds, repeats=chosen.repeats)
    show(measured, as_json=chosen.json)
    if not chosen.json:
        for result in measured:
            print(result.work, *(f"{1 / ratio:.0f}x faster than {side}" for side, ratio in result.ratios.items()), sep="; ")
        print(f"{DRAWN} random slips each, {what}: the true cells are the only smallest set")
        for key, goal in SHARES.items():
            print(f"  {key} wrong  {named[f'{key} wrong']:.3f} (goal: at least {goal})")
        print(f"  a block of 2 x 2 wrong cells is explained by others: {blocks:.3f}")
