"""The equations of many reports in columns: against one pass over the same bytes, other libraries, and report objects.

python -m benchmarks.columns [--json] [--rounds N] [--rows N...]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from functools import reduce
from operator import add
from typing import Any

import duckdb
import numpy as np
import polars as pl

from benchmarks.measure import Result, measure, show
from govinfo.balance import Balance
from govinfo.columns import COVERED, PARTS_COVERED, YEARS_COVERED, check_parts_table, check_table, check_years_table, from_table
from govinfo.columns.arrow import pa
from govinfo.forms import CN_2021
from govinfo.rules import Profile, check, check_parts, check_years
from govinfo.simulate import country

GOALS = {"numpy.sum": 2.0}
BALANCES = tuple(balance for balance in CN_2021.balances if balance.code in COVERED)
CELLS = list(dict.fromkeys(cell for balance in BALANCES for cell in balance.cells))
OBJECTS = 1_000
"""The loop over objects is measured on so many rows, and its time multiplied."""


def made(rows: int, *, blanks: float = 0) -> Any:
    """So many rows on the form of 2021, one in a hundred with a fault; in a share of them one cell is blank."""
    country_table = country(provinces=1, cities=4, counties=8, townships=20, departments=6, years=range(2021, 2026), faults=0.01).table()
    copies = -(-rows // country_table.num_rows)
    table = pa.concat_tables([country_table] * copies).slice(0, rows).select(["organ", "year", *country_table.column_names[5:]])
    table = table.select([name for name in table.column_names if name.endswith(".form") or name in CELLS]).combine_chunks()
    if not blanks:
        return table
    random = np.random.default_rng(1)
    drawn: dict[str, Any] = {}
    which = np.where(random.random(rows) < blanks, random.integers(0, len(CELLS), rows), -1)
    for number, cell in enumerate(CELLS):
        drawn[cell] = pa.array(table.column(cell).to_numpy(), pa.int32(), mask=which == number)
    return pa.table({name: drawn.get(name, table.column(name)) for name in table.column_names})


def summed(columns: list[Any]) -> int:
    """One pass over the same bytes, that finds nothing."""
    return sum(int(np.sum(column)) for column in columns)


def with_polars(frame: pl.DataFrame) -> int:
    """The number of broken instances, by Polars expressions."""

    def broken(balance: Balance) -> pl.Expr:
        left, right = (reduce(add, [pl.col(cell).cast(pl.Int64) for cell in side]) for side in (balance.left, balance.right))
        return (left != right).sum().alias(f"{balance.code} {balance.line}")

    return int(sum(frame.lazy().select([broken(balance) for balance in BALANCES]).collect().row(0)))


def with_duckdb(connection: duckdb.DuckDBPyConnection, table: Any) -> int:
    """The number of broken instances, in SQL over the Arrow table."""
    sums = [[" + ".join(f'"{cell}"::BIGINT' for cell in side) for side in (balance.left, balance.right)] for balance in BALANCES]
    connection.register("reports", table)
    counted = ", ".join(f"count(*) FILTER (({left}) <> ({right}))" for left, right in sums)
    return sum(connection.sql(f"SELECT {counted} FROM reports").fetchall()[0])  # noqa: S608 -- the addresses are our own


def results(*, rows: int, rounds: int, blanks: float = 0) -> list[Result]:
    """The sides agree on how many instances are broken; then each is timed, on one thread where it can be told, in processor time."""
    table = made(rows, blanks=blanks)
    columns = [table.column(cell).chunk(0).fill_null(0).to_numpy() for cell in CELLS]
    frame = pl.DataFrame(table)
    connection = duckdb.connect()
    connection.sql("SET threads TO 1")
    few = table.slice(0, min(rows, OBJECTS))
    reports = _objects(few.num_rows)
    profile = Profile(select=COVERED)
    found = check_table(table).column("verdict").to_pylist().count("broken")
    assert found == with_polars(frame) == with_duckdb(connection, table)
    sides = {
        "govinfo": lambda: check_table(table),
        "numpy.sum": lambda: summed(columns),
        "polars": lambda: with_polars(frame),
        "duckdb": lambda: with_duckdb(connection, table),
    }
    named = f"{rows:,} reports, {found} broken" + (f", a blank in {blanks:.0%}" if blanks else "")
    measured = measure(f"equations in columns: {named}", sides, GOALS, rounds=rounds, repeats=1, clock=time.process_time)
    objects = measure(
        "", {"objects": lambda: [check(report, profile=profile) for report in reports]}, {}, rounds=1, repeats=1, clock=time.process_time
    ).microseconds["objects"] * (rows / len(reports))
    times = measured.microseconds | {"objects": objects}
    return [Result(measured.work, times, measured.ratios | {"objects": times["govinfo"] / objects}, measured.goals)]


def _objects(count: int) -> list[Any]:
    whole = country(provinces=1, cities=1, counties=4, townships=30, departments=6, years=range(2021, 2026)).table()
    return from_table(whole.slice(0, count))


def across(*, rounds: int) -> list[Result]:
    """The rules over years and over parts, with all that they find, against the loops of `check_years` and `check_parts`."""
    made_up = country(provinces=1, cities=2, counties=4, townships=10, departments=6, faults=0.02)
    table, (whole, part) = made_up.table(), made_up.parts()
    reports = list(made_up.reports())
    organs = len(made_up.organs)
    own_years = [reports[number::organs] for number in range(organs)]
    tops: list[int] = np.unique(whole).tolist()
    wholes: list[tuple[Any, list[Any]]] = [(reports[top], [reports[int(row)] for row in part[whole == top]]) for top in tops]
    years, parts = Profile(select=YEARS_COVERED), Profile(select=PARTS_COVERED)
    works = {
        f"rules over years: {len(reports):,} reports": {
            "govinfo": lambda: check_years_table(table),
            "objects": lambda: [check_years(each, profile=years) for each in own_years],
        },
        f"rules over parts: {len(part):,} parts of {len(wholes):,} wholes": {
            "govinfo": lambda: check_parts_table(table, whole, part, complete=True),
            "objects": lambda: [check_parts(top, own, complete=True, profile=parts) for top, own in wholes],
        },
    }
    return [measure(work, sides, {}, rounds=rounds, repeats=1, clock=time.process_time) for work, sides in works.items()]


def peak(rows: int, blanks: float) -> tuple[float, float]:
    """The size of such a table in bytes, and the most memory that a check takes beside it, as a share; in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/table.arrow"
        table = made(rows, blanks=blanks)
        with pa.ipc.new_file(path, table.schema) as file:
            file.write_table(table)
        done = subprocess.run([sys.executable, "-c", _PEAK, path], capture_output=True, check=True, text=True)  # noqa: S603 -- our own
        size, most = map(int, done.stdout.split())
    return size, most / size


_PEAK = """
import sys
from govinfo.columns import check_table
from govinfo.columns.arrow import pa

def memory(name):
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith(name))

with pa.ipc.open_file(sys.argv[1]) as file:
    table = file.read_all()
check_table(table.slice(0, 100))
with open("/proc/self/clear_refs", "w", encoding="ascii") as mark:
    mark.write("5")  # the kernel counts the most from here on
before = memory("VmRSS")
found = check_table(table)
print(table.nbytes, memory("VmHWM") - before)
"""
"""Linux only: the most resident memory, as the kernel counts it."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median is taken (default %(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="how many reports (default: %(default)s)")
    chosen = parser.parse_args()
    every = [each for rows in chosen.rows for each in results(rows=rows, rounds=chosen.rounds)]
    every += results(rows=max(chosen.rows), rounds=chosen.rounds, blanks=0.05)
    every += across(rounds=min(chosen.rounds, 3))
    show(every, as_json=chosen.json)
    if not chosen.json:
        for blanks in (0, 0.05, 1) if sys.platform == "linux" else ():
            size, share = peak(max(chosen.rows), blanks)
            print(f"memory beside a table of {size / 1e6:.0f} MB, a blank in {blanks:.0%}: {share:.2f}x its size at most")
