"""The equations of many reports in columns: against one pass over the same bytes, other libraries, and report objects.

python -m benchmarks.columns [--json] [--rounds N] [--rows N...]
"""

import argparse
import resource
import sys
import threading
import time
from functools import reduce
from operator import add
from typing import Any

import duckdb
import numpy as np
import polars as pl

from benchmarks.measure import Result, measure, show
from govinfo.balance import Balance
from govinfo.columns import COVERED, check_table, from_table
from govinfo.columns.arrow import pa
from govinfo.forms import CN_2021
from govinfo.rules import Profile, check
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
    """The sides agree on how many instances are broken; then each is timed, on one thread where it can be told."""
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
    measured = measure(f"equations in columns: {named}", sides, GOALS, rounds=rounds, repeats=1)
    loop = measure("", {"objects": lambda: [check(report, profile=profile) for report in reports]}, {}, rounds=1, repeats=1)
    objects = loop.microseconds["objects"] * rows / len(reports)
    times = measured.microseconds | {"objects": objects}
    return [Result(measured.work, times, measured.ratios | {"objects": times["govinfo"] / objects}, measured.goals)]


def _objects(count: int) -> list[Any]:
    whole = country(provinces=1, cities=1, counties=4, townships=30, departments=6, years=range(2021, 2026)).table()
    return from_table(whole.slice(0, count))


def peak(table: Any) -> float:
    """The most memory that a check takes beside the table, as a share of the table: resident pages, sampled while it runs."""
    done, most = threading.Event(), [0]
    start = _resident()

    def watch() -> None:
        while not done.is_set():
            most[0] = max(most[0], _resident() - start)
            time.sleep(0.001)

    watcher = threading.Thread(target=watch)
    watcher.start()
    check_table(table)
    done.set()
    watcher.join()
    return most[0] / int(table.nbytes)


def _resident() -> int:
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 -- a file of the kernel
        return int(statm.read().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median is taken (default %(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="how many reports (default: %(default)s)")
    chosen = parser.parse_args()
    every = [each for rows in chosen.rows for each in results(rows=rows, rounds=chosen.rounds)]
    every += results(rows=max(chosen.rows), rounds=chosen.rounds, blanks=0.05)
    show(every, as_json=chosen.json)
    if not chosen.json:
        largest = made(max(chosen.rows))
        print(f"memory beside the table, {largest.nbytes / 1e6:.0f} MB: {peak(largest):.2f}x its size at most")
