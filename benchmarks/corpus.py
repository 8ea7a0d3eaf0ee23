"""Documents -> a data set: `govinfo.corpus.build` with 1, 2, ... processes against bare loops in one process; and the memory it takes.

python -m benchmarks.corpus [--documents N] [--processes P] [--rounds R] [--memory]

The loops do less: `read` alone, then `read` and `check`; nothing is hashed, laid out in columns, or written. What a process takes to
begin is part of a build's time.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks.documents import DOCUMENTS
from benchmarks.html import page
from govinfo.corpus import build
from govinfo.readers import read
from govinfo.rules import check

_MEASURED = """
import resource, sys
from govinfo.corpus import build
if __name__ == "__main__":
    build([sys.argv[1]], sys.argv[2], processes=2)
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        print(resource.getrusage(who).ru_maxrss // 1024)
"""


def write(folder: Path, count: int) -> list[Path]:
    """So many pages of 70 KB, no two the same."""
    folder.mkdir(parents=True)
    pages = [page(report) for report in DOCUMENTS.values()]
    paths = [folder / f"{number:06}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(pages[number % len(pages)].replace("某市", f"第{number}市"), "utf-8")
    return paths


def read_all(paths: list[Path]) -> None:
    """The bare loop."""
    for path in paths:
        read(path)


def check_all(paths: list[Path]) -> None:
    """The loop that also holds the rules."""
    for path in paths:
        check(read(path))


def built(folder: Path, processes: int) -> None:
    """A build into a new folder."""
    with tempfile.TemporaryDirectory() as name:
        summary = build([folder], Path(name) / "out", processes=processes)
        assert summary.reports == summary.read == len(list(folder.iterdir()))


def results(count: int, processes: int, rounds: int) -> dict[str, float]:
    """Documents a second on each side: the median over the rounds, in which all sides run in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "documents"
        paths = write(folder, count)
        sides: dict[str, partial[None]] = {
            "loop of read": partial(read_all, paths),
            "loop of read and check": partial(check_all, paths),
        }
        for number in range(1, processes + 1):
            sides[f"build, {number} process{'es' * (number > 1)}"] = partial(built, folder, number)
        taken: dict[str, list[float]] = {side: [] for side in sides}
        read_all(paths[:20])
        for _ in range(rounds):
            for side, run in sides.items():
                began = time.perf_counter()
                run()
                taken[side].append(time.perf_counter() - began)
    return {side: count / statistics.median(times) for side, times in taken.items()}


def memory(count: int) -> tuple[int, int]:
    """The most memory that a build of so many documents took, in MB: the process that was begun, and the largest of those it began."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name) / "documents", count)
        script = Path(name) / "measured.py"
        script.write_text(_MEASURED, "utf-8")
        arguments = [sys.executable, str(script), str(Path(name) / "documents"), str(Path(name) / "out")]
        done = subprocess.run(arguments, check=True, capture_output=True, encoding="utf-8")  # noqa: S603 -- a script of ours
        own, others = map(int, done.stdout.split())
        return own, others


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=min(os.cpu_count() or 1, 4))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="measure memory at 500 and 5,000 documents instead")
    chosen = parser.parse_args()
    if chosen.memory:
        for count in (500, 5000):
            own, others = memory(count)
            print(f"{count:>6} documents: {own} MB, and {others} MB the largest of its processes")
        return
    found = results(chosen.documents, chosen.processes, chosen.rounds)
    bare, one = found["loop of read"], found["build, 1 process"]
    for side, rate in found.items():
        print(f"{side:<24}{rate:8.1f} documents a second   {rate / bare:5.2f} of the loop of read")
    for number in range(2, chosen.processes + 1):
        times = found[f"build, {number} processes"] / one
        print(f"{number} processes: {times:.2f} times one, efficiency {times / number:.2f}")


if __name__ == "__main__":
    main()
