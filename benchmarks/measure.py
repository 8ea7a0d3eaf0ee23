"""How the benchmarks measure: every side in turn, many short rounds, and the median of the ratios of each round.

A ratio within one round compares what ran within the same few milliseconds, so that a machine that slows down or is
shared spoils a round and not the result.
"""

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Mapping

from attrs import frozen


@frozen
class Result:
    """One work measured on several sides: microseconds and, against the first side, the median ratio of its time."""

    work: str
    microseconds: dict[str, float]
    ratios: dict[str, float]
    goals: dict[str, float]


def measure(
    work: str,
    sides: Mapping[str, Callable[[], object]],
    goals: Mapping[str, float],
    *,
    rounds: int,
    repeats: int,
    clock: Callable[[], float] = time.perf_counter,
) -> Result:
    """Time the sides; the first is the one whose share of the time of the others is to be at most the goals.

    Where every side runs on one thread, `time.process_time` as the `clock` leaves out what other programs took.
    """
    first, *others = sides
    times: dict[str, list[float]] = {name: [] for name in sides}
    gc.collect()
    for _ in range(rounds):
        for name, run in sides.items():
            began = clock()
            for _ in range(repeats):
                run()
            times[name].append((clock() - began) / repeats * 1e6)
    ratios = {name: statistics.median(a / b for a, b in zip(times[first], times[name], strict=True)) for name in others}
    return Result(work, {name: statistics.median(taken) for name, taken in times.items()}, ratios, dict(goals))


def options(what: str, *, rounds: int = 200, repeats: int = 50) -> argparse.Namespace:
    """The command line that every benchmark has."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--json", action="store_true", help="print the results as JSON")
    parser.add_argument("--rounds", type=int, default=rounds, help="rounds of which the median is taken (default %(default)s)")
    parser.add_argument("--repeats", type=int, default=repeats, help="runs of each side in a round (default %(default)s)")
    return parser.parse_args()


def show(results: list[Result], *, as_json: bool) -> None:
    """Print a table, or JSON."""
    if as_json:
        print(
            json.dumps([{"work": r.work, "microseconds": r.microseconds, "ratios": r.ratios, "goals": r.goals} for r in results], indent=2)
        )
        return
    for result in results:
        print(result.work)
        for name, taken in result.microseconds.items():
            against = f"   govinfo takes {result.ratios[name]:.2f}x its time" if name in result.ratios else ""
            goal = f" (goal: at most {result.goals[name]:.2f}x)" if name in result.goals else ""
            print(f"  {name:<10}{taken:9.2f} us{against}{goal}")
